r"""Fractions in plain TeX: \over parts its group, with whatever braces around both sides.

    {{2}\over{3}}     {\sqrt{3} \over 2}     1\over{1+{1\over 2}}     x = {a \over b}

>>> with_fractions(r"x = {{2}\over{3}}"), with_fractions(r"3\over 1+1")
('x = {\\frac{{2}}{{3}}}', '\\frac{3}{1+1}')

Outside of all braces a side ends at a sign of comparison, a comma, or the next entry of a matrix.
"""

from __future__ import annotations

import re

__all__ = ["with_fractions"]

MOST = 24
_OVER = re.compile(r"\\over(?![A-Za-z])")
_TOKEN = re.compile(r"\\[A-Za-z]+\s*(?:\{[a-z]*matrix\})?|\\.|.", re.DOTALL)
_ENDS = re.compile(r"[=<>&,;≤≥≈]|\\\\|\\(?:begin|end|left|right|approx|le|ge|quad|qquad)(?![A-Za-z]).*")


def with_fractions(text: str) -> str:
    """The text with \\frac for every \\over whose two sides have all their brackets."""
    for _ in range(MOST):
        found = next(reversed(list(_OVER.finditer(text))), None)
        if found is None:
            return text
        before = [m[0] for m in _TOKEN.finditer(text[: found.start()])]
        behind = [m[0] for m in _TOKEN.finditer(text[found.end() :])]
        above = "".join(reversed(_side(before[::-1], "}", "{")))
        below = "".join(_side(behind, "{", "}"))
        if not above.strip() or not below.strip() or _torn(above) or _torn(below):
            return text
        start, end = found.start() - len(above), found.end() + len(below)
        text = rf"{text[:start]}\frac{{{above.strip()}}}{{{below.strip()}}}{text[end:]}"
    return text


def _side(tokens: list[str], opener: str, closer: str) -> list[str]:
    """The tokens up to the end of the group; outside of braces also up to a sign that parts."""
    depth = 0
    for place, token in enumerate(tokens):
        if depth == 0 and (token == closer or _ENDS.fullmatch(token)):
            return tokens[:place]
        depth += (token == opener) - (token == closer)
    return tokens


def _torn(side: str) -> bool:
    return any(side.count(a) != side.count(b) for a, b in ("()", "[]", "{}"))
