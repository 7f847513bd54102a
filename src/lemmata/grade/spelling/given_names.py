r"""Names that lines, planes and functions are given, in front of a formula or behind it.

    g: y = 2x + 1         line g: ...        E: x + y + z = 1       without the name and its colon
    f: x \mapsto 2x       x \mapsto 2x                              2x
    \frac{e^x}{e^x+1} = \sigma(x)            2x = f'(x)             without the name behind the last sign
    y = f(x) = 2x + 1                                               y = 2x + 1
    A = 1, B = -1, so A/x + B/(x+1)                                 what is concluded, then the values

A name is one letter, of which the question says nothing.

>>> without_given_names("g: y = 2x", "equation", {"x", "y"}), without_given_names(r"2x = f'(x)", "expression", {"x"})
('y = 2x', '2x')
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lemmata.grade.spelling.pieces import split
from lemmata.terms.errors import ReadError
from lemmata.terms.letters import GREEK

__all__ = ["conclusion_first", "without_given_names"]

LONGEST = 2000
_SPACE = r"(?:\s|\\[,;: !]|~)*"
_KIND_OF_CURVE = (
    r"line|plane|curve|circle|tangent(?: line)?|normal|parabola|hyperbola|ellipse|gerade|ebene|kurve|kreis"
    r"|tangente|normale|parabel|hyperbel|droite|cercle|courbe|recta|plano|circunferencia"
)
_IN_FRONT = re.compile(
    rf"\s*\(?(?:(?:the|die|der|das|la|le|el)\s+)?(?:{_KIND_OF_CURVE})?\s*"
    rf"(?P<name>\\?[A-Za-z]+(?:_\{{?\w\}}?)?)?\)?\s*(?::(?!=)|\\colon(?![A-Za-z])){_SPACE}",
    re.IGNORECASE,
)
_REALS = r"(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ)(?:_\+|\^\w)?"
_MAPS_TO = re.compile(
    rf"\s*(?:(?P<name>\\?[A-Za-z]+)(?:_\{{?\w\}}?)?\s*(?::|\\colon(?![A-Za-z])){_SPACE}"
    rf"(?:{_REALS}\s*(?:\\to(?![A-Za-z])|→|->)\s*{_REALS}\s*,{_SPACE})?)?"
    rf"(?P<letter>\\?[A-Za-z]+){_SPACE}(?:\\(?:long)?mapsto(?![A-Za-z])|↦|\|->){_SPACE}"
)
_CALLED = re.compile(
    r"(?::\s*)?(?P<nabla>\\nabla\s*)?(?P<name>\\?[A-Za-z]+)(?:_\{?\w\}?)?\s*(?:'|’|′){0,3}\s*"
    r"(?:(?:\\left)?\((?P<arguments>[^()=]{1,40})(?:\\right)?\))?\s*"
)
# Letters that are numbers or operators: e(x), i(x), d(x) are products.
_NO_NAMES = frozenset(("e", "i", "d", "\\pi", "I"))
_SO = re.compile(
    r"\b(?:so|thus|hence|therefore|giving|daher|somit|also|donc|luego)\b|\\(?:Rightarrow|implies)(?![A-Za-z])|⇒|=>"
)
_VALUE = re.compile(r"\s*(?P<name>\\?[A-Za-z]+(?:_\{?\w+\}?)?)\s*=\s*(?P<value>[^=<>]{1,80}?)\s*")
_MORE = re.compile(rf"{_SPACE}[,;]{_SPACE}|\s+(?:and|und|et|y)\s+")


def without_given_names(text: str, kind: str, letters: Collection[str]) -> str:
    """The formula without the names of lines and functions around it."""
    if len(text) > LONGEST:
        return text
    known = {name.partition("_")[0] for name in letters}
    if kind in ("equation", "affine") and (":" in text or "\\colon" in text):
        return _without_name_in_front(text, kind, known)
    if kind in ("expression", "vector", "number", "matrix"):
        mapped = _MAPS_TO.match(text)
        if mapped and mapped["letter"].lstrip("\\") in known and _is_name(mapped["name"] or "f", known):
            return text[mapped.end() :]
    if kind == "derivation" or "=" not in text or "(" not in text:
        return text
    return _without_called(text, kind, known)


def _without_name_in_front(text: str, kind: str, known: set[str]) -> str:
    text = text.lstrip("$ ")
    found = _IN_FRONT.match(text)
    rest = text[found.end() :] if found else ""
    # x : y = 2 : 3 is a proportion.
    if not rest or (kind == "equation" and (":" in rest or not re.search(r"[=<>≤≥]|\\[lg]eq?", rest))):
        return text
    name = found["name"] if found else None
    return rest if name is None or _is_name(name, known) else text


def _is_name(name: str, known: set[str]) -> bool:
    letter = name.partition("_")[0]
    bare = letter.removeprefix("\\")
    return (len(letter) == 1 or bare in GREEK or bare in ("ell", "varepsilon")) and not (
        letter in _NO_NAMES or bare in known
    )


def _without_called(text: str, kind: str, known: set[str]) -> str:
    """Without the sides of a chain that are a name with arguments; in expressions only without the last one."""
    try:
        sides = split(text, "=")
    except ReadError:
        return text
    if kind == "equation":
        kept = [s for s in sides if not _is_called(s, known)]
        return " = ".join(kept) if len(kept) >= 2 and len(kept) < len(sides) else text
    if len(sides) > 1 and sides[-2] and _is_called(sides[-1], known):
        return " = ".join(sides[:-1])
    return text


def _is_called(text: str, known: set[str]) -> bool:
    r"""Whether this is \sigma(x), f'(2), \nabla f(x, y): an unknown name, of known letters and numbers."""
    found = _CALLED.fullmatch(text)
    if found is None or not _is_name(found["name"], known) or not (found["nabla"] or found["arguments"]):
        return False
    given = [a.strip().lstrip("\\") for a in (found["arguments"] or "").split(",")]
    return all(a in known or re.fullmatch(r"-?\d+(?:\.\d+)?|", a) for a in given)


def conclusion_first(text: str, kind: str, letters: Collection[str]) -> str:
    """A = 1, B = -1, so 1/x - 1/(x+1): the conclusion, with the values behind it where it has their letters."""
    said = list(_SO.finditer(text)) if len(text) <= LONGEST else []
    if not said:
        return text
    found = said[-1]
    body = text[found.end() :].strip(" ,:$")
    values = [_VALUE.fullmatch(p) for p in _MORE.split(text[: found.start()].strip(" ,;\\$"))]
    named = [v for v in values if v is not None]
    if not body or not named or len(named) < len(values) or any(v["name"] in letters for v in named):
        return text
    if kind == "number" and "=" in body:  # x = 3, so y = 1: either may be the answer
        return text
    used = [v for v in named if re.search(rf"(?<![A-Za-z\\]){re.escape(v['name'])}(?![a-z])", body)]
    return ", ".join([body, *(v[0].strip() for v in used)])
