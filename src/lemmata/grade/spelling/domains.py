r"""Where a formula holds, said behind it: 1/x (x \ne 0), \frac{1}{1-x}, |x| < 1, 3e^{-2t} for t \ge 0.

An expression is compared as a formula, and the remark says nothing against it.  An equation that holds only where
x is not 0 is another one, unless x = 0 has no solutions anyway: ``excluded_values`` names what is excluded, for
the judge to look at.

>>> without_domain("1/x (x ≠ 0)", {"x"}), excluded_values("y = 1/x, x ≠ 0")
('1/x', ('y = 1/x', [('x', '0')]))
"""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["excluded_values", "without_domain"]

_LETTER = r"(?P<letter>\\?[A-Za-z]+(?:_\{?\w\}?)?)"
_NUMBER = r"(?:\d+(?:[./]\d+)?|\\frac\s*(?:\d\s*\d|\{\d+\}\s*\{\d+\}))"
_NOT = r"(?:\\neq?(?![A-Za-z])|≠|!=|\\not\s*=)"
_MORE = r"(?:>=?|≥|\\(?:geq?|geqslant|gt)(?![A-Za-z]))"
_LESS = r"(?:<=?|≤|\\(?:leq?|leqslant|lt)(?![A-Za-z]))"
_MINUS = r"[-−]\s*"
_BAR = r"(?:\\[lr]?vert(?![A-Za-z])|\|)"
_REALS = r"(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ)"
_VALUE = rf"(?:\\pm\s*|±\s*|{_MINUS})?{_NUMBER}"
_AND = r"(?:\s*,\s*|\s+(?:and|or|und|oder|et|ou|y)\s+)"
_UNEQUAL = rf"{_LETTER}\s*{_NOT}\s*(?P<values>{_VALUE}(?:{_AND}{_VALUE}){{0,3}})"
# What excludes nothing of a formula that a question would ask for: a range that begins at 0 or below it.
_RANGE = (
    rf"(?P<large>\\?[A-Za-z]+)\s*{_MORE}\s*(?:{_MINUS}{_NUMBER}|0)"
    rf"|{_BAR}\s*(?P<small>\\?[A-Za-z]+)\s*{_BAR}\s*{_LESS}\s*{_NUMBER}"
    rf"|{_MINUS}{_NUMBER}\s*{_LESS}\s*(?P<between>\\?[A-Za-z]+)\s*{_LESS}\s*{_NUMBER}"
    rf"|(?P<real>\\?[A-Za-z]+)\s*(?:\\in(?![A-Za-z])|∈)\s*{_REALS}(?:\s*\\(?:setminus|backslash)\s*\\\{{\s*0\s*\\\}})?"
)
_WORD = r"(?:for|where|with|if|provided|für|wenn|falls|mit|pour|si|avec|para|con)(?:\s+(?:all|alle|tout))?"
_FOR = rf"(?:{_WORD}\s+|\\(?:text|textrm|mathrm)\s*\{{\s*{_WORD}\s*\}})"
_SPACE = r"(?:\s|\\[,;: !]|\\q?quad(?![A-Za-z])|~)*"


def _behind(condition: str) -> re.Pattern[str]:
    """The condition at the end of a text, in brackets, behind a comma, or behind a word."""
    return re.compile(
        rf"{_SPACE}(?:(?P<bracket>[(\[]){_SPACE}{_FOR}?|[,;]{_SPACE}{_FOR}?|(?<=[\s)\]}}\dA-Za-z]){_FOR}){_SPACE}"
        rf"(?:{condition}){_SPACE}(?(bracket)[)\]])\s*\.?\s*$"
    )


_DOMAIN, _EXCLUDED = _behind(f"{_UNEQUAL}|{_RANGE}"), _behind(_UNEQUAL)
LONGEST_REMARK = 100
MOST = 3


def without_domain(text: str, letters: Collection[str]) -> str:
    """A formula without the remark where it holds; ``letters`` are those of the question."""
    for _ in range(MOST):
        at = max(0, len(text) - LONGEST_REMARK)
        found = _DOMAIN.search(text, at)
        if found is None or found.start() == 0:
            return text
        names = (found[n] for n in ("letter", "large", "small", "between", "real"))
        if not any(name and name.lstrip("\\") in letters for name in names):
            return text
        text = text[: found.start()]
    return text


def excluded_values(text: str) -> tuple[str, list[tuple[str, str]]]:
    """An equation without the remarks that exclude values of a letter, and what they exclude."""
    excluded: list[tuple[str, str]] = []
    for _ in range(MOST):
        found = _EXCLUDED.search(text, max(0, len(text) - LONGEST_REMARK))
        if found is None or not re.search(r"[=<>]", text[: found.start()]):
            break
        for value in re.split(_AND, found["values"]):
            both = re.sub(r"\\pm|±", "", value)
            excluded += [(found["letter"], v) for v in ((both, f"-{both}") if both != value else (value,))]
        text = text[: found.start()]
    return text, excluded
