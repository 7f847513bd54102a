r"""Braces and square brackets around the argument of a function, as parentheses.

    \exp\{-3t\}, \mathrm{exp}\{-3t\}, exp[-3t], \sin\left[x\right]       \exp(-3t), exp(-3t), \sin(x)
    Exp[-3 t], Sqrt[2], Sin[x], E^(2 t)                                  exp(-3 t), sqrt(2), sin(x), e^(2 t)

>>> with_parentheses(r"2\,\mathrm{exp}\{-3t\} + Sqrt[2]")
'2\\,\\exp(-3t) + sqrt(2)'

\max\{1, 2\} is the maximum of two numbers, and tr[A], \det[A] have one matrix.
"""

from __future__ import annotations

import re

__all__ = ["with_parentheses"]

MOST = 12  # functions in a text
_ELEMENTARY = "sqrt|exp|ln|log|sinh|cosh|tanh|sin|cos|tan|cot|arcsin|arccos|arctan"
_OF_LISTS = "max|min"
_OF_MATRICES = "tr|det|rank|Tr|trace|diag"
_CAPITALS = "Sqrt|Exp|Log|Sinh|Cosh|Tanh|Sin|Cos|Tan|Cot|Abs|Tr|Det"
_WRITTEN = (
    rf"\\(?:mathrm|operatorname|text|textrm|mathop)\s*\*?\s*\{{\s*(?P<set>{_ELEMENTARY}|{_OF_MATRICES})\s*\}}"
)
_CALLED = re.compile(
    rf"(?:{_WRITTEN}|\\(?P<command>{_ELEMENTARY}|{_OF_LISTS}|{_OF_MATRICES})(?![A-Za-z])"
    rf"|(?<![A-Za-z\\_{{])(?P<plain>{_ELEMENTARY}|{_OF_MATRICES}))\s*"
    r"(?:\\(?:left|[bB]igg?l?)\s*)?(?P<opener>\\\{|\\lbrace(?![A-Za-z])|\[)"
)
_MATHEMATICA = re.compile(rf"(?<![A-Za-z\\_{{])(?:{_CAPITALS})(?=\[)")
_CLOSERS = {"[": "]", "\\{": "\\}", "\\lbrace": "\\rbrace"}
_SIZE = re.compile(r"\\(?:right|[bB]igg?r?)\s*$")


def with_parentheses(text: str) -> str:
    """The text with the arguments of functions in parentheses."""
    if "[" not in text and "\\{" not in text and "\\lbrace" not in text:
        return text
    if _MATHEMATICA.search(text):
        text = _MATHEMATICA.sub(lambda m: m[0].lower(), text)
        text = re.sub(r"(?<![A-Za-z\\_])E(?=\^)", "e", text)
    at = 0
    for _ in range(MOST):
        found = _CALLED.search(text, at)
        if found is None:
            return text
        opener = found["opener"]
        end = _end(text, found.end(), opener)
        body = _SIZE.sub("", text[found.end() : end]) if end >= 0 else ""
        name = found["set"] or found["command"] or found["plain"]
        # [1 2; 3 4] is a matrix; \sqrt[3]{8} has its order in brackets.
        matrix = opener == "[" and (re.search(r"[;&]|\d\s+\d", body) or name in _OF_LISTS.split("|"))
        order = opener == "[" and found["command"] == "sqrt"
        if end < 0 or matrix or order or not body.strip():
            at = found.end()
            continue
        # A root in LaTeX has its argument in braces, and what follows \mathrm{exp} begins a word of its own.
        head = ("" if found["plain"] else "\\") + name.replace("Tr", "tr").replace("trace", "tr")
        head = f"{head}{{{body}}}" if head == "\\sqrt" else f"{head}({body})"
        text, at = text[: found.start()] + head + text[end + len(_CLOSERS[opener]) :], found.start() + 1
    return text


def _end(text: str, start: int, opener: str) -> int:
    """Where the bracket that ``opener`` opens just before ``start`` closes; -1 where it does not."""
    closer, depth, at = _CLOSERS[opener], 1, start
    while at < len(text):
        if text.startswith(closer, at):
            depth -= 1
            if depth == 0:
                return at
            at += len(closer)
        elif text.startswith(opener, at):
            depth += 1
            at += len(opener)
        else:
            at += 1
    return -1
