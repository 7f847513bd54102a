r"""Vectors and matrices in the angle brackets of Maple: a bar puts side by side, a comma one below the other.

    <<1,3>|<2,4>>, <<1|2>,<3|4>>, <1,2;3,4>      [1, 2; 3, 4]
    <1|2|3>                                      a row
    Matrix(2, 2, [[1, 2], [3, 4]])               Matrix([[1, 2], [3, 4]])

>>> angle_arrays("A := <<1,3>|<2,4>>", "matrix")
'[1, 2; 3, 4]'

Commas and bars in one pair of brackets, <1,2|3,4>, have two readings, and are left to the parser to refuse.
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.libraries import arguments, call

__all__ = ["angle_arrays", "sized_arrays"]

LONGEST = 2000
DEEPEST = 3
Rows = list[list[str]]
_LABEL = re.compile(r"\s*[A-Za-z]\w{0,20}\s*:?=\s*")


def angle_arrays(text: str, kind: str) -> str:
    """The text as a matrix, where all of it is one such array; a plain column stays as it is."""
    if kind not in ("vector", "matrix") or "<" not in text or len(text) > LONGEST:
        return text
    label = _LABEL.match(text)
    body = text[label.end() if label else 0 :].strip().rstrip(";:")
    if not re.search(r"[|;]|<\s*<", body) or re.search(r"[=\\]", body):
        return text
    rows = _rows(body, 0)
    if not rows:
        return text
    if len(rows) == 1 and kind == "vector":  # [1, 2] would be a column there
        return rf"\begin{{pmatrix}}{' & '.join(rows[0])}\end{{pmatrix}}"
    return "[" + "; ".join(", ".join(row) for row in rows) + "]"


def sized_arrays(text: str) -> str:
    """Matrix(2, 2, [[1, 2], [3, 4]]) and Vector(2, [1, 2]) without their sizes, where these are right."""
    if len(text) > LONGEST or ("Matrix" not in text and "Vector" not in text):
        return text
    text = re.sub(r"(?<![\w.\\])Vector\[column\](?=\()", "Vector", text)
    for name in ("Matrix", "Vector"):
        text = call(text, rf"(?<![\w.\\]){name}\s*\(", lambda given, by=name: _without_sizes(by, given))  # type: ignore[misc]
    return text


def _without_sizes(name: str, given: list[str]) -> str | None:
    *sizes, entries = given
    if len(sizes) != (2 if name == "Matrix" else 1) or not re.fullmatch(r"\[.*\]", entries, re.DOTALL):
        return None
    listed = arguments(entries[1:-1])
    nested = all(re.fullmatch(r"\[[^\[\]]*\]", row) for row in listed)
    found = [len(listed), *({len(arguments(row[1:-1])) for row in listed} if name == "Matrix" else ())]
    if (nested or name == "Vector") and sizes == [str(n) for n in found]:
        return f"{name}({entries})"
    return None


def _rows(text: str, depth: int) -> Rows | None:
    """The rows of one array or of one entry; None where they do not fit together."""
    text = text.strip()
    if not text.startswith("<"):
        return [[text]] if text and not re.search(r"[<>|]", text) else None
    if depth > DEEPEST or not text.endswith(">"):
        return None
    pieces, signs = _cut(text[1:-1])
    if signs == {",", ";"}:
        lines = [_cut(line)[0] for line in _cut(text[1:-1], ";")[0]]
        flat = all(entry.strip() and not re.search(r"[<>|]", entry) for line in lines for entry in line)
        return _even([[entry.strip() for entry in line] for line in lines]) if flat else None
    if len(signs) > 1:
        return None
    blocks = [_rows(piece, depth + 1) for piece in pieces]
    found = [block for block in blocks if block]
    if len(found) < len(blocks):
        return None
    if signs != {"|"}:
        return _even([row for block in found for row in block])
    if len({len(block) for block in found}) > 1:
        return None
    return [[entry for row in rows for entry in row] for rows in zip(*found, strict=True)]


def _even(rows: Rows) -> Rows | None:
    return rows if len({len(row) for row in rows}) == 1 else None


def _cut(text: str, at: str = "|,;") -> tuple[list[str], set[str]]:
    """The pieces between these signs outside of all brackets, and the signs that were found."""
    pieces, signs, depth = [""], set[str](), 0
    for c in text:
        depth += (c in "(<[{") - (c in ")>]}")
        if depth == 0 and c in at:
            pieces.append("")
            signs.add(c)
        else:
            pieces[-1] += c
    return pieces, signs
