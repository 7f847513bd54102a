r"""The rows or columns of a matrix one by one, each under its number, or all of them in a list.

    first row 1 2, second row 3 4     1st row: (1, 2), 2nd row: (3, 4)     row one: 1 2; row two: 3 4
    R1: (1, 2), R2: (3, 4)            1. Zeile: 1, 2; 2. Zeile: 3, 4       colonne 1 : (1, 3), colonne 2 : (2, 4)
    rows (1, 2) and (3, 4)            top row 1 2, bottom row 3 4          the matrix with columns (1, 3), (2, 4)

>>> numbered_lines("2nd row: (3, 4), 1st row: (1, 2)", 2, 2)
(True, [['1', '2'], ['3', '4']])
"""

from __future__ import annotations

import re
import unicodedata

from lemmata.grade.spelling.libraries import arguments, closing

__all__ = ["numbered_lines"]

_NAMES = {
    1: "first|erste|premi(?:è|e)re|primera|prima|one|eins|une|uno",
    2: "second|zweite|deuxi(?:è|e)me|seconde|segunda|two|zwei|deux|dos",
    3: "third|dritte|troisi(?:è|e)me|tercera|three|drei|trois|tres",
    4: "fourth|vierte|quatri(?:è|e)me|cuarta|four|vier|quatre|cuatro",
    5: "fifth|f(?:ü|ue)nfte|cinqui(?:è|e)me|quinta|five|f(?:ü|ue)nf|cinq|cinco",
    6: "sixth|sechste|sixi(?:è|e)me|sexta|six|sechs|seis",
}
_PLACE = rf"(?:[1-6](?:st|nd|rd|th|\.|ère|re|e|ème|eme|ª|a)?|{'|'.join(_NAMES.values())})"
_ROW = r"(?:rows?|Zeilen?|lignes?|filas?|riga|righe)"
_COLUMN = r"(?:columns?|cols?|Spalten?|colonnes?|columnas?|colonn[ae])"
# A vector has one entry in each row.
_ENTRY = (
    r"(?:entry|components?|coordinate|Eintrag|Komponente|Koordinate|composante|coordonn(?:é|e)e"
    r"|componente|coordenada)"
)
_END = r"(?:\s*(?:is|are|ist|est|es)\b)?\s*[:=]?\s*"
_HEAD = re.compile(
    rf"(?:the |die |la )?(?:(?P<before>{_PLACE}|top|bottom|left|middle|right|last)) (?P<kind>{_ROW}|{_COLUMN})\b{_END}"
    rf"|(?:the |die )?(?P<named>{_ROW}|{_COLUMN}) ?(?P<behind>{_PLACE})\b{_END}"
    r"|(?P<letter>[RZ]|C|S)_?\{?(?P<number>[1-6])\}?\s*[:=]\s*",
    re.IGNORECASE,
)  # fmt: skip
_LISTED = re.compile(
    r"(?:(?:the |die )?matri[xz] )?(?:(?:with|whose|mit(?: den)?|de|con) )?(?:the |die |les |las )?"
    rf"(?P<kind>{_ROW}|{_COLUMN}){_END}(?=[(\[])",
    re.IGNORECASE,
)
_FRACTION = r"\\[dt]?frac\s*(?:\{[^{}]{1,12}\}\s*\{[^{}]{1,12}\}|\d\s*\d)"
_NUMBER = rf"[-+−]?(?:{_FRACTION}|\d+(?:\.\d+)?(?:/\d+)?[ij]?|\.\d+|[ij])(?![\w.])"
_NUMBERS = re.compile(
    rf"{_NUMBER}(?:(?:\s*,\s*|\s+and\s+|\s+){_NUMBER}(?!\.? (?:{_ROW}|{_COLUMN})\b))*", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:[,;.]|\\\\)?\s*(?:(?:and|und|et|y|e)\b)?\s*", re.IGNORECASE)


def numbered_lines(text: str, rows: int, cols: int) -> tuple[bool, list[list[str]]] | None:
    """Whether they are rows, and their entries in the order of the numbers; None where one is missing or too short."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(rf"\b{_ENTRY}\b", "row", text, flags=re.IGNORECASE) if cols == 1 else text
    found, kinds, at = dict[int, list[str]](), set[bool](), 0
    listed = _LISTED.match(text)
    while at < len(text):
        head = None if listed else _HEAD.match(text, at)
        if not (listed or head):
            return None
        start = head.end() if head else max(at, listed.end() if listed else 0)
        entries, at = _entries(text, start, bracketed=listed is not None)
        by_rows = _is_row(head or listed)
        place = _place(head, rows if by_rows else cols) if head else len(found) + 1
        if not entries or place in found:
            return None
        found[place] = entries
        kinds.add(by_rows)
    wanted = rows if kinds == {True} else cols
    if len(kinds) != 1 or len(found) < wanted or sorted(found) != list(range(1, len(found) + 1)):
        return None
    lines = [found[place] for place in sorted(found)]
    return (kinds.pop(), lines) if len({len(line) for line in lines}) == 1 else None


def _entries(text: str, start: int, bracketed: bool) -> tuple[list[str], int]:
    """The entries of one line, a tuple or numbers side by side, and where the next one begins."""
    if text[start : start + 1] in ("(", "["):
        end = closing(text, start + 1, text[start], ")" if text[start] == "(" else "]")
        inside = text[start + 1 : end] if end > 0 else ""
        entries = arguments(inside) if "," in inside else inside.split()
        return entries if all(entries) else [], _next(text, end + 1)
    numbers = None if bracketed else _NUMBERS.match(text, start)
    if numbers is None:
        return [], len(text)
    return re.split(r"\s*,\s*|\s+and\s+|\s+", numbers[0]), _next(text, numbers.end())


def _next(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _is_row(head: re.Match[str] | None) -> bool:
    said = head.groupdict() if head else {}
    if said.get("letter"):
        return said["letter"].upper() in "RZ"
    return bool(re.fullmatch(_ROW, said.get("kind") or said.get("named") or "", re.IGNORECASE))


def _place(head: re.Match[str], count: int) -> int:
    """The number of a line; the top row is the first one, the bottom row is the last one."""
    said = (head["before"] or head["behind"] or head["number"]).lower()
    if said[0].isdigit():
        return int(said[0])
    if said in ("top", "left"):
        return 1
    if said == "middle":
        return 2 if count == 3 else 0
    return next((n for n, names in _NAMES.items() if re.fullmatch(names, said)), count)
