r"""Letters that the answer itself explains behind the formula, written out in it.

    A^T r, where r = A x - b                                 A^T (A x - b)
    w_* + e^{-tX^TX}(w_0 - w_*), where w_* = X^+ y           (X^+ y) + e^{-tX^TX}(w_0 - (X^+ y))
    U D V^T b with D = S^{-1} and S = \Sigma                 what a value needs itself is written out, too

>>> with_names_replaced("A^T r, where r = A x - b")
'A^T (A x - b)'

A name is a letter, alone or with an index, a star or an accent.  Where one of them does not occur in the formula, or
what stands behind "where" is more than names with values, the text stays as it is.
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.pieces import is_outside

__all__ = ["with_names_replaced"]

LONGEST_VALUE = 200
LONGEST = 4_000
MOST = 4
_WORD = "(?:where|with|for|mit|wobei|avec|où|donde|con)"
_WHERE = re.compile(
    r"(?<![\s,;\\])(?:[\s,;]|\\[,;: ]|\\q?quad)+"
    rf"(?:{_WORD}|\\text\s*\{{\s*{_WORD}\s*\}})(?:\s|(?<=\}}))\s*(?=\\?[A-Za-z])"
)
_LETTER = r"\\?[A-Za-z]|\\[a-z]+|\\(?:hat|bar|tilde|vec|overline)\s*(?:\{\s*\\?[A-Za-z]+\s*\}|[A-Za-z])"
_ACCENTS = frozenset(("hat", "bar", "tilde", "vec", "overline"))
_MARK = r"[_^]\s*(?:\{\s*[^{}\s]{1,6}\s*\}|\\(?:star|ast|infty|dagger)|[\w*])"
_NAMED = re.compile(
    rf"\s*(?P<letter>{_LETTER})\s*(?P<mark>{_MARK})?\s*:?=\s*(?P<value>(?:[^=]|(?<=_\{{[a-z])=)+)", re.DOTALL
)


def with_names_replaced(text: str) -> str:
    """The formula with the values put into it."""
    found = next((m for m in _WHERE.finditer(text) if is_outside(text[: m.start()])), None)
    pieces = _pieces(text[found.end() :]) if found is not None else []
    named = [_NAMED.fullmatch(piece) for piece in pieces]
    if found is None or len(named) > MOST:
        return text
    values: list[tuple[str, str]] = []
    for m in named:
        if m is None or len(m["value"]) > LONGEST_VALUE:
            return text
        values.append((_occurrences(m["letter"], m["mark"]), m["value"].strip()))
    body = text[: found.start()]
    left = values
    while left and len(body) < LONGEST:
        used = [(name, value) for name, value in left if re.search(name, body)]
        if not used:
            return text
        name, value = used[0]
        body = re.sub(name, lambda _, v=value: f"({v})", body)  # type: ignore[misc]
        left = [pair for pair in left if pair[0] != name]
    return text if left else body


def _pieces(text: str) -> list[str]:
    """What commas and "and" separate outside of brackets; a comma in a tuple separates nothing."""
    found = [""]
    for token in re.split(r"(\s*[,;]\s*(?:and|und)\s+|[,;]|\s+(?:and|und)\s+)", text):
        separates = re.fullmatch(r"\s*[,;]\s*(?:(?:and|und)\s+)?|\s+(?:and|und)\s+", token)
        if separates and is_outside(found[-1]):
            found.append("")
        else:
            found[-1] += token
    return found


def _occurrences(letter: str, mark: str | None) -> str:
    """Where a name stands: a letter alone or in a pair (u u^T may be written uu^T), not within a word."""
    accent = re.fullmatch(r"(\\[a-z]+)\s*(?:\{\s*(\\?[A-Za-z]+)\s*\}|\s([A-Za-z])|([A-Za-z]))", letter)
    if accent and accent[1][1:] in _ACCENTS:  # \bar x is \bar{x}
        inside = re.escape(accent[2] or accent[3] or accent[4])
        return rf"{re.escape(accent[1])}\s*(?:\{{\s*{inside}\s*\}}|{inside}(?![A-Za-z]))(?!\s*_)"
    name = re.escape(letter)
    if mark is None:
        end = r"(?![A-Za-z_])" if letter.startswith("\\") else r"(?![A-Za-z]{2}|_)"
        alone = rf"(?<![A-Za-z\\]){name}{end}"
        return (
            alone
            if letter.startswith("\\")
            else rf"{alone}|(?<=[A-Za-z])(?<![A-Za-z]{{2}})(?<!\\[A-Za-z]){name}(?![A-Za-z_])"
        )
    sign, inside = mark[0], mark[1:].strip().strip("{}").strip()
    index = rf"\{{\s*{re.escape(inside)}\s*\}}|{re.escape(inside)}(?![\w])"
    return rf"(?<![A-Za-z\\]){name}\s*{re.escape(sign)}\s*(?:{index})"
