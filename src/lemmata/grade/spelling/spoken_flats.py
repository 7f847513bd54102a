r"""Lines and planes in words, by points that lie on them, directions, normals, or an equation.

    the line through (1,2) with direction (2,3)      (1,2) + \operatorname{span}\{(2,3)\}
    the line through (1,2) and (3,5)                 (1,2) + \operatorname{span}\{(3,5) - (1,2)\}
    the plane through (1,0,0) with normal (1,-1,1)   1 (x - (1)) + -1 (y - (0)) + 1 (z - (0)) = 0
    the plane x - y + z = 1 through (1,0,0)          x - y + z = 1 through (1,0,0)

>>> flat_in_words("the line through (1,2) with direction (2,3)", 2)
'(1,2) + \\operatorname{span}\\{(2,3)\\}'

A point beside an equation says something more: it has to lie there, and stays behind the word "through".
"""

from __future__ import annotations

import re
import unicodedata

from lemmata.grade.spelling.libraries import arguments

__all__ = ["THROUGH", "flat_in_words", "points_listed"]

LONGEST = 300
THROUGH = " through "
_ENGLISH = tuple(
    (re.compile(rf"(?<![\w\\])(?:{words})(?![\w])", re.IGNORECASE), english)
    for words, english in (
        (r"(?:and |which |that )?(?:passing|going|passes|goes|which passes) through", "through"),
        (r"(?:and |which |that )?(?:containing|contains)(?: the points?)?", "through"),
        (
            r"(?:geht |verl(?:ä|ae)uft )?durch(?: (?:den|die) Punkte?)?|(?:qui passe|passant|que pasa) (?:par|por)",
            "through",
        ),
        (r"die Ebene|Ebene|le plan|plan|el plano|plano", "plane"),
        (r"die Gerade|Gerade|la droite|droite|la recta|recta", "line"),
        (
            r"(?:mit|in)(?: (?:dem|der))? Richtung(?:svektor)?|de vecteur directeur|con vector director",
            "with direction",
        ),
        (r"(?:mit|in)(?: dem)? Normalenvektor|de vecteur normal|con vector normal", "with normal"),
        (r"(?:mit|in)(?: der)? Steigung|de pente|con pendiente", "with slope"),
        (r"(?:mit|in)(?: der)? Gleichung|d['’](?:é|e)quation|con ecuaci(?:ó|o)n", "with equation"),
        (r"und|et|y(?= \()", "and"),
    )
)
_TUPLE = r"(?:\([^()=]{1,80}\)|(?:the )?origin)"
_POINT = rf"(?:(?:the )?(?:points? )?(?:[A-Z] ?=? ?)?{_TUPLE})"
_POINTS = rf"{_POINT}(?:(?:, and|,| and) ?{_POINT}){{0,3}}"
_EQUATION = r"[^=]{1,120}=[^=]{1,60}?"
_FLAT = r"(?:the |a )?(?P<flat>line|plane|hyperplane)"
_FOUND = re.compile(_TUPLE)
_BY_EQUATION = re.compile(
    rf"(?:{_FLAT} (?:(?:with|by|of)(?: the)? equation |given by |: ?)?)?(?P<equation>{_EQUATION})"
    rf",? \(?through (?P<points>{_POINTS})\)?"
)
_BY_EQUATION_BEHIND = re.compile(
    rf"{_FLAT} through (?P<points>{_POINTS})(?: ?[:,]| with(?: the)? equation| given by)"
    rf"(?: with(?: the)? equation| given by)? (?P<equation>{_EQUATION})"
)
_BY_POINTS = re.compile(rf"{_FLAT} through (?P<points>{_POINTS})")
_BY_DIRECTIONS = re.compile(
    rf"{_FLAT} through (?P<points>{_POINT}),? (?:and )?(?:(?:with|in)(?: the)? directions?|parallel to|spanned by)"
    rf"(?: vectors?)?(?: of)?(?: the vectors?)? (?P<directions>{_POINTS})"
)
_BY_NORMAL = re.compile(
    rf"{_FLAT} through (?P<points>{_POINT}),? (?:and )?(?:with(?: the| a)? normal(?: vector)?"
    rf"|(?:perpendicular|orthogonal|normal) to(?: the vector)?) (?P<normal>{_TUPLE})"
)
_BY_SLOPE = re.compile(
    rf"{_FLAT} through (?P<points>{_POINT}),? (?:and )?(?:with|of)(?: the| a)? slope (?:of )?"
    rf"(?P<slope>[-+−\w./\\{{}}]{{1,30}})"
)


def flat_in_words(text: str, size: int) -> str:
    """The line or plane as a point and directions, or as an equation; any other text as it is."""
    if len(text) > LONGEST or ("(" not in text and "origin" not in text):
        return text
    said = re.sub(r"(?<!\\)\$", "", unicodedata.normalize("NFC", text).replace("|", ","))
    for words, english in _ENGLISH:
        said = words.sub(english, said)
    said = " ".join(said.split()).strip(" .")
    if "through" not in said:
        return text
    for form in (_BY_EQUATION, _BY_EQUATION_BEHIND):
        if found := form.fullmatch(said):
            points = points_listed(found["points"], size)
            return f"{found['equation'].strip(' ,')}{THROUGH}{', '.join(points)}"
    if found := _BY_DIRECTIONS.fullmatch(said):
        return _spanned(found, points_listed(found["directions"], size), size)
    if found := _BY_POINTS.fullmatch(said):
        first, *others = points_listed(found["points"], size)
        return _spanned(found, [f"{p} - {first}" for p in others], size) if others else text
    if (
        (found := _BY_NORMAL.fullmatch(said))
        and found["flat"] == ("line" if size == 2 else "plane")
        and size < 4
    ):
        point, normal = (arguments(points_listed(found[n], size)[0][1:-1]) for n in ("points", "normal"))
        if len(point) == len(normal) == size:
            return (
                " + ".join(f"({n}) ({x} - ({p}))" for n, x, p in zip(normal, "xyz", point, strict=False))
                + " = 0"
            )
    if (found := _BY_SLOPE.fullmatch(said)) and found["flat"] == "line" and size == 2:
        return _spanned(found, [f"(1, {found['slope']})"], size)
    return text


def _spanned(found: re.Match[str], directions: list[str], size: int) -> str:
    """A line has one direction and a plane has two; another number contradicts the word."""
    wanted = {"line": 1, "plane": 2, "hyperplane": size - 1}[found["flat"]]
    point = points_listed(found["points"], size)[0]
    if len(directions) != wanted:
        return found[0]
    return rf"{point} + \operatorname{{span}}\{{{', '.join(directions)}\}}"


def points_listed(text: str, size: int) -> list[str]:
    """The points in a list of them; the origin is one."""
    origin = f"({','.join('0' * size)})"
    return [origin if "origin" in point else point for point in _FOUND.findall(text)]
