r"""Half-lines by their names, as intervals.

    \mathbb{R}_{\ge 0}    \mathbb{R}_0^+    all non-negative reals       [0, \infty)
    \mathbb{R}_{>0}       all positive real numbers                      (0, \infty)

>>> half_lines(r"\mathbb{R}_0^+"), half_lines("all negative numbers")
('[0, \\infty)', '(-\\infty, 0)')

R^+ alone has 0 in it in France and not in Germany, and stays.
"""

from __future__ import annotations

import re

__all__ = ["half_lines"]

_REALS = r"(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ)"
_CLOSED = re.compile(
    rf"{_REALS}(?:_\{{?0\}}?\s*\^\{{?\+\}}?|\^\{{?\+\}}?\s*_\{{?0\}}?|_\{{?\s*(?:\\geq?|≥|>=)\s*0\s*\}}?)"
)
_OPEN = re.compile(rf"{_REALS}_\{{?\s*(?:\\gt|>)\s*0\s*\}}?")
_IN_WORDS = re.compile(
    r"(?:all|every|any|each)(?: the)? ((?:non-?)?(?:positive|negative))(?: reals?| real numbers?| numbers?)",
    re.IGNORECASE,
)
_RANGES = {
    "positive": r"(0, \infty)", "negative": r"(-\infty, 0)",
    "nonnegative": r"[0, \infty)", "nonpositive": r"(-\infty, 0]",
}  # fmt: skip


def half_lines(text: str) -> str:
    """The text with these names as intervals."""
    said = _IN_WORDS.fullmatch(text.strip(" ."))
    if said:
        return _RANGES[said[1].lower().replace("-", "")]
    return _OPEN.sub(r"(0, \\infty)", _CLOSED.sub(r"[0, \\infty)", text))
