r"""Columns as MATLAB prints them: a line for each entry, complex numbers with blanks around their sign.

       2.0000 + 3.0000i
       2.0000 - 3.0000i        2.0000+3.0000i, 2.0000-3.0000i

>>> printed_columns("ans =\n\n   2.0000 + 3.0000i\n   2.0000 - 3.0000i", "finite")
'2.0000+3.0000i, 2.0000-3.0000i'

A line with more than one number belongs to a matrix.  Complex matrices are printed without commas, by NumPy in
brackets and by MATLAB in lines:

    [[1.+0.j 0.-1.j]           1 + 0i   0 - 1i
     [0.+1.j 1.+0.j]]          0 + 1i   1 + 0i
"""

from __future__ import annotations

import re

__all__ = ["printed_columns"]

LONGEST = 2000
_NUMBER = r"\d+(?:\.\d*)?(?:e[-+]?\d+)?"
_LABEL = re.compile(r"\s*[A-Za-z]\w{0,20}(?:\(\w{1,20}\))?\s*=(?=\s*\n)")
_COMPLEX = re.compile(rf"[-+]?\s?{_NUMBER}\s*(?:[-+]\s*{_NUMBER}[ij])?|[-+]?\s?{_NUMBER}[ij]")
_PART = r"\d{1,20}(?:\.\d{0,20})?(?:e[-+]?\d{1,3})?"
_ENTRY = re.compile(rf"(?:[-+]\s?)?{_PART}\s?[-+]\s?{_PART}[ij]")
_WRITTEN = rf"-?{_PART}[-+]{_PART}j"
_PRINTED_ROW = re.compile(rf"\[\s*({_WRITTEN}(?:\s+{_WRITTEN}){{1,12}})\s*\]")
_PRINTED_LINE = re.compile(rf"\s*(?:{_ENTRY.pattern}\s*){{1,12}}")


def printed_columns(text: str, kind: str) -> str:
    """The entries of a column parted by commas, for a vector in parentheses; the rows of a complex matrix likewise."""
    if kind == "matrix":
        return _complex_matrix(text)
    if "\n" not in text or len(text) > LONGEST or kind not in ("finite", "vector"):
        return text
    label = _LABEL.match(text)
    lines = [line.strip() for line in text[label.end() if label else 0 :].split("\n")]
    entries = ["".join(line.split()) for line in lines if _COMPLEX.fullmatch(line)]
    if len(entries) < 2 or len(entries) < sum(map(bool, lines)):
        return text
    listed = ", ".join(entries)
    return f"({listed})" if kind == "vector" else listed


def _complex_matrix(text: str) -> str:
    if len(text) > LONGEST or not _ENTRY.search(text):
        return text
    body = text[label.end() :] if (label := _LABEL.match(text)) else text
    if "[" in body:
        printed = _PRINTED_ROW.sub(lambda m: "[" + ", ".join(m[1].split()) + "]", body)
        return re.sub(r"\](\s*)\[", r"],\1[", printed) if printed != body else text
    lines = [line for line in body.split("\n") if line.strip()]
    if len(lines) < 2 or not all(_PRINTED_LINE.fullmatch(line) for line in lines):
        return text
    rows = [["".join(entry.split()) for entry in _ENTRY.findall(line)] for line in lines]
    return "[" + "; ".join(" ".join(row) for row in rows) + "]" if len(set(map(len, rows))) == 1 else text
