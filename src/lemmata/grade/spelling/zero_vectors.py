r"""The zero vector as a symbol: a zero in bold type, with an arrow, or underlined.

    \vec{0}     \mathbf{0}     \underline{0}     r = \vec 0     \{\vec 0\}     \mathbf{0}_3

>>> zero_vectors(r"r = \vec 0", 2), zero_vectors(r"\mathbf{0}_3", 2), zero_vectors(r"\mathbf{0}", 0)
('r = (0,0)', '(0,0,0)', '0')

Its size is that of the answer, unless it is said; within a tuple it is an entry.
"""

from __future__ import annotations

import re

__all__ = ["zero_vectors"]

MOST = 12
_STYLE = r"\\(?:vec|mathbf|boldsymbol|bm|underline|overrightarrow|mathbb|mathsf|vb|va|pmb)"
_ZERO = re.compile(
    rf"{_STYLE}\s*(?:\{{\s*(?:{_STYLE}\s*\{{\s*0\s*\}}|0)\s*\}}|\s0|0)(?:\s*_\s*(?:\{{\s*(?P<set>\d\d?)\s*\}}|(?P<one>\d)))?"
)
# r = 0 \in R^2 says where it lies.
_LIES_IN = re.compile(r"(?:\\in(?![A-Za-z])|∈)\s*(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ)\s*\^\s*\{?\s*(\d)\s*\}?\s*$")


def zero_vectors(text: str, size: int) -> str:
    """The text with such zeros written out; ``size`` is that of the answer, 0 for a number."""
    found = _ZERO.search(text)
    if found is None:
        return text
    said = _LIES_IN.search(text)
    if said and size and int(said[1]) == size:
        text = text[: said.start()]

    def written(m: re.Match[str]) -> str:
        entries = int(m["set"] or m["one"] or size)
        before = text[: m.start()]
        entry = before.count("(") > before.count(")") or before.count("\\begin") > before.count("\\end")
        entry = entry and not (before.rstrip().endswith("(") and text[m.end() :].lstrip().startswith(")"))
        return f"({','.join('0' * entries)})" if 1 < entries <= MOST and not entry else "0"

    return _ZERO.sub(written, text)
