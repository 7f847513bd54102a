r"""Matrices by their entries, under names with two indices or as second derivatives.

    f_{xx} = 2, f_{xy} = f_{yx} = 1, f_{yy} = 0          \frac{\partial^2 f}{\partial x \partial y} = 1, ...
    a_{11} = 1, a_{12} = 2, a_{21} = 3, a_{22} = 4

Second derivatives are symmetric: f_{xy} alone stands for f_{yx}, too.  Every other entry has to be given.

>>> by_second_derivatives("f_xx = 2, f_xy = 1, f_yy = 0", (2, 2))
'\\begin{pmatrix}2 & 1 \\\\ 1 & 0\\end{pmatrix}'
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.pieces import split
from lemmata.terms.errors import ReadError

__all__ = ["by_second_derivatives"]

LONGEST = 1000
_DEL = r"(?:\\partial(?![A-Za-z])|∂)\s*"
_SECOND = rf"{_DEL}\^\s*\{{?2\}}?\s*[A-Za-z]?\s*"
_NAME = re.compile(
    r"[A-Za-z]_\{?\s*(?P<first>[a-z1-9])\s*,?\s*(?P<second>[a-z1-9])\s*\}?"
    rf"|\\[dt]?frac\s*\{{{_SECOND}\}}\s*\{{\s*{_DEL}(?:(?P<twice>[a-z])\s*\^\s*\{{?2\}}?|(?P<outer>[a-z])\s*{_DEL}(?P<inner>[a-z]))\s*\}}"
    r"\s*[A-Za-z]?"
)
_BETWEEN = re.compile(r"(?<!\\)\\[ ,;:!]|\\q?quad(?![A-Za-z])|\\text\s*\{\s*and\s*\}|\n")


def by_second_derivatives(text: str, shape: tuple[object, object]) -> str:
    """The matrix, where the text gives all its entries by such names; any other text as it is."""
    size = shape[0]
    if (
        not isinstance(size, int)
        or size != shape[1]
        or size > 4
        or len(text) > LONGEST
        or text.count("=") < 2
    ):
        return text
    try:
        entries = _entries(_BETWEEN.sub(" ", text.strip(" .$")))
    except ReadError:
        return text
    indices = sorted({i for place in entries or () for i in place})
    if not entries or len(indices) != size:
        return text
    if indices[0].isdigit() and indices != [str(n + 1) for n in range(size)]:
        return text
    if not indices[0].isdigit():
        entries = {(j, i): value for (i, j), value in entries.items()} | entries
    rows = [[entries.get((i, j)) for j in indices] for i in indices]
    if any(value is None for row in rows for value in row):
        return text
    written = r" \\ ".join(" & ".join(str(value) for value in row) for row in rows)
    return rf"\begin{{pmatrix}}{written}\end{{pmatrix}}"


def _entries(text: str) -> dict[tuple[str, str], str] | None:
    """The values by the pairs of indices; None where a piece is anything else or a name comes twice."""
    found: dict[tuple[str, str], str] = {}
    for piece in (p for p in split(text, ",", ";", "and") if p):
        *names, value = split(piece, "=")
        for name in names:
            read = _NAME.fullmatch(name)
            if read is None or not value:
                return None
            place = (read["first"] or read["outer"], read["second"] or read["inner"])
            place = (read["twice"], read["twice"]) if read["twice"] else place
            if place in found or place[0].isdigit() != place[1].isdigit():
                return None
            found[place] = value
    # One value for two names: they have to be of one kind.
    return found if len({p[0].isdigit() for p in found}) == 1 else None
