r"""Rules drawn between the rows and columns of an array: they part what belongs together, and mean nothing.

    \begin{array}{c|c} 1 & 0 \\ \hline 0 & 1 \end{array}       1 & 0 \\ 0 & 1 in an array with two columns
    \begin{array}{@{}*{2}{r}@{}}, {c:c}                         likewise
    \cline{1-2}, \toprule, \midrule, \bottomrule, \hdashline    likewise

>>> without_rules(r"\begin{array}{c||c}1&0\\[2pt]\hline 0&1\\\hline\end{array}")
'\\begin{array}{cc}1&0\\\\[2pt]  0&1\\\\ \\end{array}'
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.libraries import closing

__all__ = ["without_rules"]

_RULE = re.compile(
    r"\\(?:hline|hdashline|toprule|midrule|bottomrule)(?![A-Za-z])"
    r"|\\c(?:mid)?(?:line|rule)(?:\([lr]{1,2}\))?\s*\{\s*\d{1,2}\s*-\s*\d{1,2}\s*\}"
)
_ARRAY = re.compile(r"\\begin\s*\{array\}\s*\{")
_REPEATED = re.compile(r"\*\s*\{\s*(\d{1,2})\s*\}\s*\{([^{}]{1,20})\}")
_BESIDE = re.compile(r"[@!>]\s*\{[^{}]*\}")  # what stands beside a column
MOST = 12  # arrays in a text


def without_rules(text: str) -> str:
    """The text without rules between rows and columns."""
    if "line" in text or "rule" in text:
        text = _RULE.sub(" ", text)
    at = 0
    for _ in range(MOST):
        found = _ARRAY.search(text, at)
        end = closing(text, found.end(), "{", "}") if found else -1
        if found is None or end < 0:
            return text
        columns = _REPEATED.sub(lambda m: m[2] * int(m[1]), _BESIDE.sub("", text[found.end() : end]))
        text = text[: found.end()] + re.sub(r"[|:;\s]", "", columns) + text[end:]
        at = found.end()
    return text
