r"""Sets as SymPy prints them, in the notation of the parser.

    Interval.Ropen(-1, 3), Interval(-1, 3, False, True)      [-1, 3)
    Union(Interval.open(-oo, 0), {2})                        (-oo, 0) \cup \{2\}
    Complement(Reals, FiniteSet(0, 1))                       \mathbb{R} \setminus \{0, 1\}
    EmptySet, S.Reals                                        \emptyset, \mathbb{R}
    (-oo < x) & (x < 2), (x < -1) | (x >= 3)                 -oo < x and x < 2, x < -1 or x >= 3

>>> printed_sets("Union(Interval.open(-oo, 0), FiniteSet(2))")
'(-oo, 0) \\cup \\{2\\}'

What is not in the table stays as it is, and the parser refuses it by name.
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.libraries import arguments, closing
from lemmata.grade.spelling.systems.mathematica import usual_signs

__all__ = ["has_interval", "printed_sets"]

LONGEST = 2000
MOST = 24  # calls in a text
_NAMED = re.compile(r"Interval|FiniteSet|EmptySet|Reals|Union\s*\(|Intersection\s*\(|Complement\s*\(")
# Calls without another call in them come first.
_CALL = re.compile(
    r"(?<![\w.\\])(?:S\.|sympy\.|sp\.)?(?P<name>Interval(?:\.(?:open|Lopen|Ropen))?|FiniteSet|Union|Intersection|Complement)\s*\("
)
_EMPTY = re.compile(r"(?<![\w.\\])(?:S\.|sympy\.)*EmptySet(?:\(\))?(?![\w(])")
_REALS = re.compile(r"(?<![\w.\\])(?:S\.|sympy\.)*Reals(?![\w(])")
_STYLES = {"Interval.open": "()", "Interval.Lopen": "(]", "Interval.Ropen": "[)"}
_RELATION = r"\([^()&|=<>]{1,80}(?:<=?|>=?)[^()&|=<>]{1,80}\)"
_RELATIONS = re.compile(rf"[\s()]*{_RELATION}(?:[\s()]*[&|][\s()]*{_RELATION})+[\s()]*")
_ALWAYS = (
    r"\(\s*(?:-oo\s*<\s*[A-Za-z]\w*|[A-Za-z]\w*\s*>\s*-oo|[A-Za-z]\w*\s*<\s*oo|oo\s*>\s*[A-Za-z]\w*)\s*\)"
)
_AND_ALWAYS = re.compile(rf"{_ALWAYS}\s*&\s*|\s*&\s*{_ALWAYS}")
# Half-open intervals do not balance: until all calls are read, a sign of its own stands for every set.
_FIRST_SIGN = 0xE000
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_JOINED = {"Union": r" \cup ", "Intersection": r" \cap ", "Complement": r" \setminus "}


def printed_sets(text: str, ranges: bool = True) -> str:
    """The text with the sets of SymPy rewritten; without ``ranges`` only where no interval is among them.

    [1, 2] may be read as a list where a finite set is asked for, and Interval(1, 2) is none.
    """
    text = usual_signs(text)
    if len(text) > LONGEST or _PRIVATE.search(text) or (has_interval(text) and not ranges):
        return text
    if _RELATIONS.fullmatch(text):
        return _AND_ALWAYS.sub("", text).replace("&", " and ").replace("|", " or ")
    return _with_sets(text) if _NAMED.search(text) else text


def has_interval(text: str) -> bool:
    """Whether an interval is printed here."""
    return bool(re.search(r"(?<![\w.\\])(?:S\.|sympy\.|sp\.)?Interval(?:\.\w+)?\s*\(", text))


def _with_sets(text: str) -> str:
    text = _REALS.sub(r"\\mathbb{R}", _EMPTY.sub(r"\\emptyset", text))
    sets: list[str] = []
    end = len(text)
    for _ in range(MOST):
        found = next(reversed(list(_CALL.finditer(text, 0, end))), None)
        if found is None:
            break
        end = found.start()
        close = closing(text, found.end(), "(", ")")
        written = _written(found["name"], text[found.end() : close]) if close >= 0 else None
        if written is not None:
            text = text[:end] + chr(_FIRST_SIGN + len(sets)) + text[close + 1 :]
            sets.append(written)
    for n in reversed(range(len(sets))):
        text = text.replace(chr(_FIRST_SIGN + n), sets[n])
    return text


def _written(name: str, inside: str) -> str | None:
    given = arguments(inside)
    if name == "FiniteSet":
        return rf"\{{{inside}\}}" if inside.strip() else r"\emptyset"
    if name.startswith("Interval"):
        return _interval(name, given)
    if not all(given) or len(given) < 2 or (name == "Complement" and len(given) != 2):
        return None
    return _JOINED[name].join(re.sub(r"^\{(.*)\}$", r"\\{\1\\}", g) for g in given)


def _interval(name: str, given: list[str]) -> str | None:
    """An end at infinity is always open, as in SymPy."""
    ends, flags = given[:2], given[2:]
    if len(ends) != 2 or not all(ends) or len(flags) > 2 or (flags and name in _STYLES):
        return None
    opened = {"left_open": False, "right_open": False}
    for place, flag in zip(tuple(opened), flags, strict=False):
        named, _, value = flag.rpartition("=")
        if value.strip() not in ("True", "False") or (named.strip() or place) not in opened:
            return None
        opened[named.strip() or place] = value.strip() == "True"
    style = _STYLES.get(name, "[("[opened["left_open"]] + "])"[opened["right_open"]])
    left, right = ("(" if "oo" in ends[0] else style[0]), (")" if "oo" in ends[1] else style[1])
    return f"{left}{ends[0]}, {ends[1]}{right}"
