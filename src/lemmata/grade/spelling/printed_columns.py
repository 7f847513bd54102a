r"""Columns as MATLAB prints them: a line for each entry, complex numbers with blanks around their sign.

       2.0000 + 3.0000i
       2.0000 - 3.0000i        2.0000+3.0000i, 2.0000-3.0000i

>>> printed_columns("ans =\n\n   2.0000 + 3.0000i\n   2.0000 - 3.0000i", "finite")
'2.0000+3.0000i, 2.0000-3.0000i'

A line with more than one number belongs to a matrix, and the text stays as it is.
"""

from __future__ import annotations

import re

__all__ = ["printed_columns"]

LONGEST = 2000
_NUMBER = r"\d+(?:\.\d*)?(?:e[-+]?\d+)?"
_LABEL = re.compile(r"\s*[A-Za-z]\w{0,20}(?:\(\w{1,20}\))?\s*=(?=\s*\n)")
_COMPLEX = re.compile(rf"[-+]?\s?{_NUMBER}\s*(?:[-+]\s*{_NUMBER}[ij])?|[-+]?\s?{_NUMBER}[ij]")


def printed_columns(text: str, kind: str) -> str:
    """The entries of a column parted by commas, for a vector in parentheses."""
    if "\n" not in text or len(text) > LONGEST or kind not in ("finite", "vector"):
        return text
    label = _LABEL.match(text)
    lines = [line.strip() for line in text[label.end() if label else 0 :].split("\n")]
    entries = ["".join(line.split()) for line in lines if _COMPLEX.fullmatch(line)]
    if len(entries) < 2 or len(entries) < sum(map(bool, lines)):
        return text
    listed = ", ".join(entries)
    return f"({listed})" if kind == "vector" else listed
