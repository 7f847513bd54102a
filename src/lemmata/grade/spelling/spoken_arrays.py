r"""Vectors, matrices and subspaces in words, written out in the size that the answer has.

    the zero vector, the origin          (0, 0, 0)            the zero matrix, the identity matrix
    first row 1 2, second row 3 4        [1 2; 3 4]           first column (1, 3), second column (2, 4)
    the xy-plane, the z-axis             span{(1,0,0), (0,1,0)}, span{(0,0,1)}
    only the zero vector, the trivial subspace, the origin    span{(0,0,0)}
    the line y = 2x, the plane x + y + z = 0                  the equation alone

>>> subspace_in_words("the xy-plane", 3), matrix_in_words("row 1: 1, 2; row 2: 3, 4", (2, 2))
('\\operatorname{span}\\{(1,0,0), (0,1,0)\\}', '[1 2; 3 4]')
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.numbered_lines import numbered_lines
from lemmata.grade.spelling.whole_space import whole_space

__all__ = ["matrix_in_words", "subspace_in_words", "vector_in_words"]

LONGEST = 400
_ZERO_VECTOR = re.compile(r"(?:the )?(?:zero|null)[- ]?vector|(?:the )?origin", re.IGNORECASE)
_TRIVIAL = re.compile(
    r"(?:(?:only|just) )?(?:the )?(?:(?:zero|null)[- ]?vector(?: (?:only|alone))?|origin(?: (?:only|alone))?"
    r"|(?:trivial|zero)[- ](?:sub)?space)",
    re.IGNORECASE,
)
_AXES = re.compile(r"(?:the )?(?:\$?([xyz])\$?[- ]?axis|\$?([xyz])([xyz])\$?[- ]?plane)", re.IGNORECASE)
_BY_EQUATION = re.compile(
    r"(?:the )?(?:line|plane|hyperplane)\s+(?:with (?:the )?equation\s+)?\$?(?=[^=]+=[^=]+$)", re.IGNORECASE
)
_WHOLE_MATRIX = re.compile(
    r"(?:the )?(?:(\d) ?(?:x|×|by) ?(\d) )?(?P<name>zero|identity|unit)[- ]matrix", re.IGNORECASE
)


def vector_in_words(text: str, size: object) -> str:
    """The zero vector as a column of zeros where the size is a number, as 0 elsewhere; entries under their numbers."""
    said = text.strip(" .$")
    if len(text) > LONGEST or not _ZERO_VECTOR.fullmatch(said):
        lines = numbered_lines(said, size, 1) if isinstance(size, int) and len(text) <= LONGEST else None
        return f"({', '.join(entry for line in lines[1] for entry in line)})" if lines and lines[0] else text
    return f"({', '.join('0' * size)})" if isinstance(size, int) else "0"


def subspace_in_words(text: str, size: int) -> str:
    """The whole space, a coordinate axis or plane, the zero vector alone, a line or a plane by its equation."""
    said = text.strip(" .$")
    if len(said) > LONGEST:
        return text
    if (whole := whole_space(said, size)) is not None:
        return _span(list(range(whole)), whole)
    if _TRIVIAL.fullmatch(said):
        return _span([None], size)
    if (found := _AXES.fullmatch(said)) and 2 <= size <= 3:
        places = ["xyz".index(c.lower()) for c in found.groups() if c]
        if len(set(places)) == len(places) and max(places) < size:
            return _span(places, size)
    return _BY_EQUATION.sub("", said)


def _span(places: list[int] | list[None], size: int) -> str:
    units = (",".join(str(int(i == place)) for i in range(size)) for place in places)
    return rf"\operatorname{{span}}\{{{', '.join(f'({u})' for u in units)}\}}"


def matrix_in_words(text: str, shape: tuple[object, object]) -> str:
    """The rows or columns one by one, each under its number; the zero and the identity matrix."""
    rows, cols = shape
    said = text.strip(" .$")
    if not isinstance(rows, int) or not isinstance(cols, int) or len(said) > LONGEST:
        return text
    if whole := _WHOLE_MATRIX.fullmatch(said):
        rows, cols = (int(whole[1]), int(whole[2])) if whole[1] else (rows, cols)
        if whole["name"].lower() != "zero" and rows != cols:
            return text
        one = 0 if whole["name"].lower() == "zero" else 1
        return _written([[str(one * (i == j)) for j in range(cols)] for i in range(rows)])
    lines = numbered_lines(said, rows, cols)
    if lines is None:
        return text
    by_rows, entries = lines
    return _written(entries if by_rows else [list(row) for row in zip(*entries, strict=True)])


def _written(rows: list[list[str]]) -> str:
    if all(re.fullmatch(r"[-+−]?[\d./]+", entry) for row in rows for entry in row):
        return "[" + "; ".join(" ".join(row) for row in rows) + "]"
    return r"\begin{pmatrix}" + r" \\ ".join(" & ".join(row) for row in rows) + r"\end{pmatrix}"
