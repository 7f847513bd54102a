r"""Components under names of their own, in the order in which the question lists these names.

    m = 1/3, b = 5/3       where the question asks for (m, b)               (1/3, 5/3)
    slope 2, intercept 1   where it asks for (m, b) = (slope, intercept)    (2, 1)
    x = 3                  where it asks for (x, y)                         x_1 = 3, one entry of the two

Without such a list, names are ordered by their numbers or by the alphabet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lemmata.grade.spelling.pieces import split
from lemmata.terms.errors import ReadError

__all__ = ["in_named_order"]

LONGEST = 2_000
_NAME = r"\\?[A-Za-z]+(?:_(?:\{\w{1,4}\}|\w))?"
# A name that is a word needs no sign.
_SAID = re.compile(r"(?:(?:the|a|with|has) ){0,3}([A-Za-z]{3,20}) ?(?:=|:|is|of| ) ?([-+−\d\\(√.][^=:]*)")
_TUPLE = re.compile(rf"\(\s*({_NAME}(?:\s*,\s*{_NAME}){{1,7}})\s*\)\s*(?:\^\s*\{{?\s*(?:T|\\top)\b)?")
_VALUE = re.compile(rf"\s*({_NAME})\s*=\s*([^=]+)")


def in_named_order(text: str, question: str) -> str:
    """The components as a tuple; the text as it is where the names are not those of one list in the question."""
    if "(" not in question or max(len(text), len(question)) > LONGEST:
        return text
    try:
        plain = re.sub(r"\b(?:und|et)\b", "and", text.strip(" $."))
        pieces = [p for p in split(plain, ",", ";", "and") if p]
    except ReadError:
        return text
    read = [_VALUE.fullmatch(p) or _SAID.fullmatch(p) for p in pieces]
    values = {m[1]: m[2].strip() for m in read if m is not None}
    lists = {tuple(re.findall(_NAME, found)) for found in _TUPLE.findall(question)}
    if some := _some_of(values, question):
        return some if len(values) == len(pieces) else text
    orders = [names for names in lists if set(names) == set(values) and len(names) == len(values)]
    if len(orders) != 1 or len(values) != len(pieces):
        return text
    return f"({', '.join(values[name] for name in orders[0])})"


def _some_of(values: Mapping[str, str], question: str) -> str | None:
    """x = 3 where the question asks for (x, y), as x_1 = 3; None for all of the names, and where they are no such list.

    The (x, y) of f(x, y) is a point and no list of what is asked for.
    """
    lists = {
        tuple(re.findall(_NAME, m[1]))
        for m in _TUPLE.finditer(question)
        if not re.match(r"[A-Za-z}_]", question[: m.start()][-1:])
    }
    found = [names for names in lists if values and set(values) < set(names)]
    if len(found) != 1:
        return None
    return ", ".join(f"x_{found[0].index(name) + 1} = {value}" for name, value in values.items())
