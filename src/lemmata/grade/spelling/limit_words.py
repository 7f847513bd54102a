r"""Limits in words and arrows: the value alone.

    f(x) \to 2,  "the sequence converges to 2"         2
    0 as k \to \infty,  0 (k → ∞),  0 for x → 2^+      0, as what stands behind it says where the limit is taken

>>> limit_alone(r"a_k \to 0 as k \to \infty")
'0'
"""

from __future__ import annotations

import re

__all__ = ["limit_alone"]

_ARROW = r"\\(?:long)?(?:to|rightarrow)(?![A-Za-z])|→|-+>"
_WITH_WORDS_ABOVE = re.compile(r"\\xrightarrow\s*(?:\[[^\]]{0,60}\])?\s*\{[^{}]{0,60}\}")
_TENDS = re.compile(rf"{_ARROW}|\b(?:diverges|converges|tends|goes)\s+to\b|\bapproaches\b")
_WHERE_TAKEN = re.compile(
    r"(?<=[^\s,;(\\])(?:\s|\\[,;:! ]|\\q?quad|[,;])*"
    r"(?:(?:\bas|\bfor|\bwhen|\bfür|\bpour|\bwenn|\bcuando)\s+\(?|\()\s*"
    rf"\\?[A-Za-z]+(?:_\{{?\w\}}?)?\s*(?:{_ARROW}|\b(?:tends to|goes to|approaches)\b)"
    r"\s*[-+−]?\s*(?:\\infty|∞|oo|infinity|[\w.]+)(?:\s*\^\s*\{?\s*[-+]\s*\}?)?\s*\)?\s*$"
)


def limit_alone(text: str) -> str:
    """What stands behind the last arrow, where none of them belongs to a limit sign."""
    text = _WHERE_TAKEN.sub("", _WITH_WORDS_ABOVE.sub(r"\\to ", text))
    if "\\lim" not in text and "lim" not in text[:4]:
        pieces = _TENDS.split(text)
        if len(pieces) > 1 and pieces[-1].strip():
            return pieces[-1].strip()
    return text
