r"""Roots: the signs of LaTeX, Unicode and programs as powers; an odd root of a negative number is negative.

    \sqrt[3]{8}, \root 3 \of {8}, ∛8, cbrt(8), nthroot(8, 3)        (8)^{(1/(3))}
    \sqrt[3]{-8}, cbrt(-8)                                          (-(8)^{(1/(3))})

>>> radicals(r"\sqrt[3]{-8}"), radicals("cbrt(x)")
('(-(8)^{(1/(3))})', '(x)^{(1/(3))}')

A power, (-8)^{1/3}, keeps its principal value: computer algebra means it so.  What has letters has no known sign
and is a power, too.
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.libraries import call, closing

__all__ = ["radicals"]

MOST = 12
_ROOT = re.compile(r"\\sqrt\s*\[([^\[\]]{1,40})\]\s*(?:\{|(\d|[A-Za-z]))")
_NUMBERS = r"(?<![A-Za-z\\.])(?:np\.|numpy\.|math\.|sympy\.)?"


def radicals(text: str) -> str:
    """The text with every root that has an index as a power."""
    if "root" in text:
        text = re.sub(r"\\root\s*\{?(\d{1,3})\}?\s*\\of\s*(?=\{|\d)", r"\\sqrt[\1]", text)
    if "∛" in text or "∜" in text:
        text = re.sub(r"([∛∜])\s*(?:\(([^()]*)\)|(\d+(?:\.\d+)?|[A-Za-z]))", _unicode, text)
    if "(" in text and ("cbrt" in text or "root" in text):
        text = call(text, rf"{_NUMBERS}cbrt\s*\(", lambda a: rf"\sqrt[3]{{{a[0]}}}" if len(a) == 1 else None)
        text = call(
            text,
            rf"{_NUMBERS}(?:nthroot|real_root)\s*\(",
            lambda a: rf"\sqrt[{a[1]}]{{{a[0]}}}" if len(a) == 2 else None,
        )
    for _ in range(MOST):
        found = _ROOT.search(text)
        if found is None:
            break
        end = found.end() - 1 if found[2] else closing(text, found.end(), "{", "}")
        if end < 0:
            break
        inside = found[2] or text[found.end() : end]
        text = text[: found.start()] + _power(inside, found[1]) + text[end + 1 :]
    return text


def _unicode(match: re.Match[str]) -> str:
    return rf"\sqrt[{3 if match[1] == '∛' else 4}]{{{match[2] or match[3]}}}"


def _power(inside: str, index: str) -> str:
    size = _size_of_negative(inside) if re.fullmatch(r"\s*\d*[13579]\s*", index) else None
    return f"({inside})^{{(1/({index}))}}" if size is None else f"(-({size})^{{(1/({index}))}})"


def _size_of_negative(inside: str) -> str | None:
    """The number behind a minus that stands before all of it; None where there are letters or other summands."""
    found = re.fullmatch(r"\s*[-−]\s*(\S.*)", inside, re.DOTALL)
    if found is None or re.search(r"[-+−]", found[1]):
        return None
    letters = re.search(
        r"[A-Za-zα-ω]", re.sub(r"\\(?:[dt]?frac|sqrt|cdot|left|right)(?![A-Za-z])", "", found[1])
    )
    return None if letters else found[1]
