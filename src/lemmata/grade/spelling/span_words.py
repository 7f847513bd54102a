r"""Names of spans: \langle u, v \rangle, \mathrm{Lin}\{u, v\}, LH{u, v}, \mathcal{L}(u, v), [(1,0),(0,1)].

>>> spans(r"(1,2) + \langle(1,-1)^T\rangle")
'(1,2) + \\operatorname{span}\\{(1,-1)^T\\}'

This is for answers that are subspaces or affine sets only: elsewhere such brackets are inner products and lists.
"""

from __future__ import annotations

import re

__all__ = ["VECTOR", "VECTORS", "spans"]

_NAMES = r"(?:[Ll]in|LIN|LH|Lh|L|[Ss]pan|[Ss]p|gen|[Vv]ect)"
_NAMED = re.compile(
    rf"\\(?:operatorname\*?|mathrm|mathsf|text|textrm|mathbf)\s*\{{\s*{_NAMES}\s*\}}|\\mathcal\s*\{{?\s*L\s*\}}?"
    r"|(?<![A-Za-z\\{])(?:lin|Lin|LH|sp|L|gen|Vect)(?=\s*(?:\\?\{\s*(?:\(|\\begin)|\(\s*(?:\(|\\begin|\\?\{)))"
)
_TRANSPOSE = r"(?:\s*\^\s*(?:T|\\top|\\intercal|\{\s*(?:T|\\top|\\intercal)\s*\}|t)|ᵀ|')?"
VECTOR = rf"(?:\([^()]*\)|\[[^\[\]]*\]|\\begin\s*\{{\w+\}}(?:(?!\\end).)*\\end\s*\{{\w+\}}){_TRANSPOSE}"
VECTORS = rf"{VECTOR}(?:\s*[,;]\s*{VECTOR})*"
_LIST = rf"\s*(?P<list>{VECTORS})\s*"
# What follows an inner product is a relation: \langle (1,1), (x,y) \rangle = 0.
_ANGLES = re.compile(
    rf"(?:\\langle(?![A-Za-z])|⟨|<){_LIST}(?:\\rangle(?![A-Za-z])|⟩|>)(?!\s*[=<>])", re.DOTALL
)
_BRACKETS = re.compile(rf"\[{_LIST}\]", re.DOTALL)
_LABEL = re.compile(
    r"^\s*(?:\\mathcal\s*\{?\s*)?[A-Z]\}?(?:_\{?\w+\}?|\([^()]*\))?\s*=\s*(?=\\operatorname\{span\})"
)


def spans(text: str) -> str:
    """The text with every name and every bracket that stands for a span written as one."""
    text = _NAMED.sub(r"\\operatorname{span}", text)
    text = re.sub(
        r"(\\operatorname\{span\})\s*\(\s*\\?\{(.*?)\\?\}\s*\)", r"\1\\{\2\\}", text, flags=re.DOTALL
    )
    text = _ANGLES.sub(lambda m: rf"\operatorname{{span}}\{{{m['list']}\}}", text)
    listed = _BRACKETS.fullmatch(text)
    if listed and not re.match(r"\[", listed["list"]):  # [[1,0],[0,1]] is a matrix
        text = rf"\operatorname{{span}}\{{{listed['list']}\}}"
    return _LABEL.sub("", text)
