r"""Vectors and matrices as consoles display them: a heading, and rows of numbers below it.

    2-element Vector{Float64}:    A =                   A =                        [,1] [,2]
     2.0                                                   1.0e+03 *          [1,]    1    2
     3.0                          Diagonal Matrix           1.0    2.0         [2,]    3    4
                                     2   0                  0.1    3.0
                                     0   3
    Julia                         Octave                MATLAB                 R

>>> displayed("2×2 Matrix{Int64}:\n 1  2\n 3  4", "matrix")
'[1, 2; 3, 4]'
>>> displayed("A =\n\n   1.0e+03 *\n\n    1.5    2.0", "matrix"), displayed("[1]  1  2 -1", "vector")
('[1500, 2000]', '(1, 2, -1)')

A text in which a line is neither a heading nor a row stays as it is, and so does one whose rows are not as many as
its heading or its numbering says.  Rows without a heading are read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from lemmata.grade.spelling.libraries import arguments

__all__ = ["displayed"]

LONGEST = 4000
Rows = list[list[str]]

_NUMBER = r"(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][-+]?\d{1,3})?(?://?\d{1,40})?"
# The sign of an imaginary part has blanks on both sides or on none: 1 -2i are two entries.
_ENTRY = re.compile(
    rf"[-+]?{_NUMBER}(?:(?:\s+[-+]\s+|[-+]){_NUMBER}\s?(?:\*?im|[ij])(?![A-Za-z]))?(?:im|[ij])?(?=\s|$)|[⋅·.](?=\s|$)"
)
_PROMPT = re.compile(r"\s*(?:julia|octave(?::\d+)?|sage)?>{1,3}\s[^\n]*\n")
_LABEL = re.compile(r"\s*(?:[A-Za-z]\w{0,20}(?:\(\w{1,20}\))?)\s*=\s*")
_KIND_OF_MATRIX = re.compile(r"\s*(?:Diagonal|Permutation|Identity)\s+Matrix\s*")
_SCALE = re.compile(r"\s*1(?:\.0*)?[eE](?P<power>[-+]?\d{1,2})\s*\*\s*")
_JULIA = re.compile(
    r"\s*(?P<rows>\d{1,3})(?:-element|\s?[×x]\s?(?P<cols>\d{1,3}))\s+[A-Za-z][^\n]{0,160}:\s*"
)
_R_COLUMNS = re.compile(r"\s*\[,(?P<first>\d{1,3})\](?:\s+\[,\d{1,3}\])*\s*")
_BLOCK = re.compile(
    r"\s*Columns?\s+(?P<first>\d{1,3})(?:\s+(?:through|and|to)\s+(?:\d{1,3}|end))?\s*:?\s*", re.IGNORECASE
)
# The names of columns, which R prints above the numbered rows of a matrix.
_NAMES = re.compile(r"(?:\s+[A-Za-z][\w.]{0,20}){1,20}\s*")
_IN_BRACKETS = re.compile(r"\s*[\[⎡⎢⎣](?P<entries>[^\[\]⎤⎥⎦]*)[\]⎤⎥⎦],?\s*")
_VALUES = re.compile(r"\s*(?:\$values|Eigen\{[^\n]{0,160}\nvalues:)\s*\n")
_VECTORS = re.compile(r"\n\s*(?:\$vectors|vectors:)\s*\n")
_R_ROW = re.compile(r"\s*\[(?P<place>\d{1,3})(?P<comma>,?)\]\s+")


@dataclass
class _Display:
    """What has been read of a display: its blocks of columns from the left to the right."""

    blocks: list[Rows] = field(default_factory=lambda: [[]])
    headed: bool = False
    power: int = 0
    size: tuple[int, int | None] | None = None
    names: int | None = None
    list_of_r: bool = False

    def rows(self) -> Rows | None:
        """The rows of all blocks side by side; None where they do not fit together or to the heading."""
        blocks = [block for block in self.blocks if block]
        if not self.headed or not blocks or len({len(block) for block in blocks}) > 1:
            return None
        joined = [[entry for row in rows for entry in row] for rows in zip(*blocks, strict=True)]
        if self.list_of_r:  # what R prints in one line has no direction: a column, where vectors are columns
            joined = [[entry] for entry in joined[0]]
        width = len(joined[0])
        if any(len(row) != width for row in joined):
            return None
        if self.size is not None and self.size != (len(joined), width if self.size[1] is not None else None):
            return None
        if self.names not in (None, width):
            return None
        return [[_plain(entry, self.power) for entry in row] for row in joined]


def displayed(text: str, kind: str) -> str:
    """The display as a matrix, tuple or set, as this kind of answer is written; any other text as it is."""
    write = _WRITTEN.get(kind)
    if write is None or len(text) > LONGEST or ("\n" not in text and "[1]" not in text):
        return text
    prompt = _PROMPT.match(text)
    text_of_rows = text[prompt.end() if prompt else 0 :]
    rows = _rows(_values(text_of_rows) if kind == "finite" else text_of_rows)
    if rows is None and kind in ("matrix", "vector"):
        rows = _rows_in_brackets(text_of_rows)
    return (write(rows) if rows else None) or text


def _rows(text: str) -> Rows | None:
    found = _Display()
    for line in text.split("\n"):
        if line.strip() and not _heading(line, found) and not _row(line, found):
            return None
    return found.rows()


def _values(text: str) -> str:
    """The eigenvalues alone, of R's eigen(A) and Julia's eigen(A), which print the vectors, too."""
    text = text.removeprefix("eigen() decomposition\n")
    above = _VALUES.match(text)
    return _VECTORS.split(text[above.end() :])[0] if above else text


def _rows_in_brackets(text: str) -> Rows | None:
    """Rows in brackets of their own on every line, as Maple and SymPy draw matrices; [   ] is between two rows."""
    label = re.match(r"\s*[A-Za-z]\w{0,20}\s*:?=\s*(?=[\[⎡])", text)
    lines = [line for line in text[label.end() if label else 0 :].split("\n") if line.strip()]
    found = [_IN_BRACKETS.fullmatch(line) for line in lines]
    inside = [m["entries"] for m in found if m is not None]
    # With commas between them, entries may be formulas: MATLAB shows symbolic matrices so.
    rows = [arguments(line) if "," in line else _entries(line) for line in inside if line.strip()]
    if (
        len(inside) < len(lines)
        or len(rows) < 2
        or len({len(row) for row in rows}) > 1
        or not all(map(all, rows))
    ):
        return None
    return [[_plain(entry, 0) if _ENTRY.fullmatch(entry) else entry for entry in row] for row in rows]


def _heading(line: str, found: _Display) -> bool:
    """Whether the line is a heading; what it says is kept."""
    above = not any(found.blocks)
    if above and (_LABEL.fullmatch(line) or _KIND_OF_MATRIX.fullmatch(line)):
        found.headed = True
        return True
    if above and (scale := _SCALE.fullmatch(line)):
        found.headed, found.power = True, int(scale["power"])
        return True
    if above and (julia := _JULIA.fullmatch(line)):
        found.headed, found.size = True, (int(julia["rows"]), int(julia["cols"]) if julia["cols"] else None)
        return True
    if above and _NAMES.fullmatch(line):
        found.headed, found.names = True, len(line.split())
        return True
    columns = _R_COLUMNS.fullmatch(line) or _BLOCK.fullmatch(line)
    if columns is None:
        return False
    width = sum(len(block[0]) for block in found.blocks if block)
    found.headed = True
    found.blocks.append([])
    return int(columns["first"]) == width + 1


def _row(line: str, found: _Display) -> bool:
    """Whether the line is a row of numbers; its entries are kept."""
    numbered = _R_ROW.match(line)
    entries = _entries(line[numbered.end() if numbered else 0 :])
    rows = found.blocks[-1]
    if not entries:
        return False
    if numbered is None:
        rows.append(entries)
        return not found.list_of_r and found.names is None
    if numbered["comma"]:
        rows.append(entries)
        return found.headed and int(numbered["place"]) == len(rows)
    # A vector of R runs on over the lines, each with the place of its first entry.
    if not rows:
        found.headed = found.list_of_r = True
        rows.append([])
    before = len(rows[0])
    rows[0] += entries
    return found.list_of_r and len(rows) == 1 and int(numbered["place"]) == before + 1


def _entries(line: str) -> list[str]:
    """The numbers of a row; none where something else stands in it."""
    entries, at, line = [], 0, line.strip()
    while at < len(line):
        found = _ENTRY.match(line, at)
        if found is None:
            return []
        entries.append(found[0])
        at = found.end()
        while at < len(line) and line[at].isspace():
            at += 1
    return entries


def _plain(entry: str, power: int) -> str:
    """One entry in the notation of the parser, the common factor multiplied into it."""
    if entry in "⋅·.":  # what is zero by its place
        return "0"
    entry = re.sub(r"\*?im$", "i", "".join(entry.split())).replace("//", "/")
    if not power:
        return entry
    return re.sub(_NUMBER, lambda m: _shifted(m[0], power), entry)


def _shifted(number: str, power: int) -> str:
    above, slash, below = number.partition("/")
    shifted = format(Decimal(above).scaleb(power), "f")
    if "." in shifted:
        shifted = shifted.rstrip("0").rstrip(".")
    return shifted + slash + below


# --- how each kind of answer is written -------------------------------------------------------------


def _matrix(rows: Rows) -> str:
    return "[" + "; ".join(", ".join(row) for row in rows) + "]"


def _vector(rows: Rows) -> str:
    """A column as a tuple; [1, 2] would be one, too, and a row stays a row."""
    if len(rows[0]) == 1:
        return f"({', '.join(row[0] for row in rows)})"
    written = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{pmatrix}}{written}\end{{pmatrix}}"


def _set(rows: Rows) -> str | None:
    if len(rows) > 1 and len(rows[0]) > 1:
        return None
    return r"\{" + ", ".join(entry for row in rows for entry in row) + r"\}"


def _span(rows: Rows) -> str:
    """The columns, as programs return a basis."""
    columns = ("(" + ", ".join(column) + ")" for column in zip(*rows, strict=True))
    return r"\operatorname{span}\{" + ", ".join(columns) + r"\}"


def _number(rows: Rows) -> str | None:
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else None


_WRITTEN: dict[str, Callable[[Rows], str | None]] = {
    "matrix": _matrix, "vector": _vector, "finite": _set, "span": _span, "number": _number,
}  # fmt: skip
