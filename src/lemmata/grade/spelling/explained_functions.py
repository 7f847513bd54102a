r"""Functions that the answer itself explains behind the formula, written out in it.

    \sigma(z) - 1, \quad \sigma(z) = \frac{1}{1+e^{-z}}           (\frac{1}{1+e^{-z}}) - 1
    2 g(x) - g(1) where g(t) = t^2                                2 ((x)^2) - ((1)^2)

>>> with_functions_replaced(r"\sigma(z) - 1, \quad \sigma(z) = \frac{1}{1+z}", {"z"})
'(\\frac{1}{1+z}) - 1'

A name is one letter that the question does not have.  Where what is explained does not occur in the formula, or has
itself in its value, the text stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lemmata.grade.spelling.libraries import closing

__all__ = ["with_functions_replaced"]

LONGEST = 2000
LONGEST_VALUE = 300
MOST = 12  # calls in a formula
_LETTER = (
    r"\\?[A-Za-z](?![A-Za-z])|\\(?:sigma|phi|varphi|psi|rho|tau|theta|vartheta|Phi|Psi|Sigma)(?![A-Za-z])"
)
_WORD = r"(?:where|with|for|mit|wobei|avec|où|donde|con)"
_DEFINED = re.compile(
    rf"(?:[\s,;($]|\\[,;: ]|\\q?quad(?![A-Za-z]))+(?:(?:{_WORD}|\\text\s*\{{\s*{_WORD}\s*\}})(?:[\s$]|\\[,;: ])+)?"
    rf"(?P<name>{_LETTER})\s*\(\s*(?P<letter>\\?[A-Za-z]+)\s*\)\s*:?=(?!=)(?P<value>[^=]+)$"
)
# Letters that are numbers, operators or functions of their own.
_NO_NAMES = frozenset(("e", "i", "d", "I"))


def with_functions_replaced(text: str, letters: Collection[str]) -> str:
    """The formula with the values of the function put into it."""
    if len(text) > LONGEST or text.count("=") > 2:
        return text
    # The definition stands last, behind a comma or a word: where it begins is found from its own sign.
    begin = max(text.rfind(",", 0, text.rfind("=")), _last_word(text))
    found = _DEFINED.match(text, begin) if begin > 0 else None
    if found is None or found["name"] in _NO_NAMES or found["name"].lstrip("\\") in letters:
        return text
    name, value = found["name"], found["value"].strip(" .$")
    body = text[:begin].rstrip(" ,;$")
    called = re.compile(rf"(?<![A-Za-z\\_]){re.escape(name)}\s*(?:\\left)?\(")
    derived = re.search(rf"(?<![A-Za-z\\_]){re.escape(name)}\s*(?:'|’|′|\^\s*\{{?\s*(?:\\prime|\())", body)
    if len(value) > LONGEST_VALUE or called.search(value) or not called.search(body) or derived:
        return text
    letter = re.compile(rf"(?<![A-Za-z\\]){re.escape(found['letter'])}(?![A-Za-z])")
    for _ in range(MOST):
        call = called.search(body)
        if call is None:
            return body
        end = closing(body, call.end(), "(", ")")
        if end < 0:
            return text
        argument = re.sub(r"\\right\s*$", "", body[call.end() : end]).strip()
        same = argument == found["letter"]
        put = value if same else letter.sub(lambda _, a=argument: f"({a})", value)
        body = f"{body[: call.start()]}({put}){body[end + 1 :]}"
    return text


def _last_word(text: str) -> int:
    """Where the last word such as "where" begins, with the space in front of it; -1 without one."""
    places = [m.start() for m in re.finditer(rf"\s(?:\\text\s*\{{\s*)?{_WORD}\b", text)]
    return places[-1] if places else -1
