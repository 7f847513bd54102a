r"""Finite sets by a rule: the elements of \{k^2 : k = 1, 2, 3\}, one for each value of the letter.

    \{k^2 : k = 1, \ldots, 3\}    \{2k : k \in \{1, 2\}\}    \{k^2 \mid 1 \le k \le 3, k \in \mathbb{Z}\}
    z_k = e^{2\pi i k/3}, k = 0, 1, 2

A letter between two numbers takes integers only where the text says so; without it the set is a range.

>>> from lemmata.grade.values import evaluate
>>> from lemmata.terms.scope import Scope
>>> [int(evaluate(e)[0, 0].p) for e in by_rule("k^2 : |k| <= 2, k integer", Scope(student=True)) or []]
[4, 1, 0, 1, 4]
"""

from __future__ import annotations

import re
from itertools import pairwise

from lemmata.grade.evaluate.propositions import holds
from lemmata.grade.spelling.pieces import inner, read_any, split, unlabel
from lemmata.grade.values import NoValue, scalar
from lemmata.kernel.term import Term, number, substitute, symbol, symbols_of
from lemmata.terms.scope import Scope

__all__ = ["by_rule", "rule_in_front", "with_dots_filled"]

_ORDER = ("lt", "le", "gt", "ge", "ne", "and")
_IS_ONE_OF = r"\s*[jklmnpqr]\s*(?:=|\\in(?![A-Za-z])|∈|\bin\b)"
_INDEX, _INDEX_BEHIND = re.compile(_IS_ONE_OF), re.compile(rf"[,;\s(}}]{_IS_ONE_OF}")
_INDEX_IN_BRACKETS = re.compile(rf"\(({_IS_ONE_OF}[^()]*)\)\s*$")
_NAMED = re.compile(r"\\?[A-Za-z]+(?:_\s*\{?\s*[jklmnpqr]\s*\}?)?")
LONGEST = 1000
MOST = 60  # integers are tried from -60 to 60
_NAME = r"\s*(?P<name>[A-Za-z])\s*"
_MEMBER = re.compile(
    rf"{_NAME}(?:\\in(?![A-Za-z])|∈|\bin\b)\s*(?:\\mathbb\s*\{{?\s*(?P<set>[ZN])\s*\}}?|(?P<sign>[ℤℕ]))"
    r"(?:_\s*\{?\s*(?P<start>[01])\s*\}?)?\s*"
)
_SAID = re.compile(
    r"\s*(?P<name>[A-Za-z])?\s*(?:\\(?:text|mathrm|textrm)\s*\{)?\s*"
    r"(?:is |are )?(?:an )?(?:integers?|whole|ganz(?:zahlig)?|entiers?|enteros?)\s*(?P<behind>[A-Za-z])?\s*\}?\s*"
)
_WORD = re.compile(
    r"\\(?:text|mathrm|textrm)\s*\{\s*(?:for|with|where|and|für|mit|und)\s*\}|\b(?:for|with|where|für|mit|und)\b"
)
_DOTS = re.compile(
    r"(?<![\d.,])(?P<first>(?:-?\d+\s*,\s*)+)(?:\\[lc]?dots(?![A-Za-z])|\.{3}|…)\s*,\s*(?P<last>-?\d+)"
)


def with_dots_filled(text: str) -> str:
    r"""1, \ldots, 4 and 2, 4, \ldots, 8 written out; other lists with dots stay as they are."""

    def filled(m: re.Match[str]) -> str:
        first = [int(n) for n in m["first"].split(",") if n.strip()]
        steps = {b - a for a, b in pairwise(first)} or {1}
        step = steps.pop()
        last = int(m["last"])
        if steps or step <= 0 or (last - first[0]) % step or not 0 <= (last - first[0]) // step <= MOST:
            return m[0]
        return ", ".join(map(str, range(first[0], last + 1, step)))

    return _DOTS.sub(filled, text)


def rule_in_front(text: str) -> str | None:
    """e^{2 pi i k/3}, k = 0, 1, 2  as it stands in braces, with a colon; None for any other text."""
    if len(text) > LONGEST or not _INDEX_BEHIND.search(text):
        return None
    rule, *conditions = [
        p for p in split(_WORD.sub(" , ", _INDEX_IN_BRACKETS.sub(r", \1", text)), ",", ";") if p
    ]
    index = _INDEX.match(conditions[0]) if conditions else None
    value, labels = unlabel(rule)
    if index is None or len(labels) > 1 or not all(_NAMED.fullmatch(label) for label in labels):
        return None
    return f"{value} : {', '.join(conditions)}"


def by_rule(text: str, scope: Scope) -> list[Term] | None:
    """The elements that the inside of the braces describes; None where it is no rule with finitely many values.

    Raises ReadError or IllTyped where what stands in it cannot be read.
    """
    sides = split(text, ":")
    sides = sides if len(sides) == 2 else split(text, "|")
    if len(sides) != 2 or not all(sides):
        return None
    conditions = [p for p in split(_WORD.sub(" , ", sides[1]), ",", ";", "and") if p]
    member = _MEMBER.fullmatch(sides[0])
    told = _values([sides[0], *conditions] if member else conditions, scope)
    if told is None:
        return None
    letter, values = told
    element = read_any(member["name"] if member else sides[0], scope.having(letter))
    if element.sort != "matrix" or letter not in symbols_of(element):
        return None
    return [substitute(element, {letter: number(v)}) for v in values]


def _values(conditions: list[str], scope: Scope) -> tuple[Term, list[int]] | None:
    """The letter and the integers that it runs through."""
    name, values, kept, listing = "", list[int](), list[str](), False
    for condition in conditions:
        if (member := _MEMBER.fullmatch(condition)) is not None:
            # Zero counts as a natural number only where it is written.
            natural = "N" in (member["set"], {"ℕ": "N"}.get(member["sign"] or ""))
            least = int(member["start"] or 1) if natural else -MOST
            name, values = member["name"], values or list(range(least, MOST + 1))
        elif (said := _SAID.fullmatch(condition)) is not None:
            name, values = said["name"] or said["behind"] or name, values or list(range(-MOST, MOST + 1))
        elif (listed := _listed(condition)) is not None:
            if name and name != listed[0]:
                return None
            name, values, listing = listed[0], [*(values if listing else ()), *listed[1]], True
        elif listing and (value := _integer(condition)) is not None:
            values.append(value)
        else:
            kept.append(condition)
    if not values:
        return None
    name = name or next((m["name"] for c in kept for m in re.finditer(_NAME, c)), "")
    letter = symbol(name or "k", 1, 1)
    tests = [read_any(c, scope.having(letter)) for c in kept]
    # An equation among the conditions is to be solved, and not tried out.
    if any(t.head not in _ORDER or set(symbols_of(t)) != {letter} for t in tests):
        return None
    try:
        found = [v for v in values if all(holds(t, {letter: scalar(v)}) for t in tests)]
    except (NoValue, ValueError):
        return None
    endless = not listing and (not found or found[-1] == MOST or found[0] == -MOST)
    return None if endless else (letter, found)


def _listed(condition: str) -> tuple[str, list[int]] | None:
    r"""k = 1, to which the next numbers are added, and k \in \{1, 2\}."""
    for sign in ("=", "in"):
        sides = split(condition, sign)
        name = re.fullmatch(_NAME, sides[0])
        if len(sides) != 2 or name is None:
            continue
        content = inner(sides[1], "\\{", "\\}") or inner(sides[1], "{", "}") if sign == "in" else sides[1]
        found = [_integer(v) for v in split(content or "", ",", ";") if v]
        values = [v for v in found if v is not None]
        return (name["name"], values) if values and len(values) == len(found) else None
    return None


def _integer(text: str) -> int | None:
    found = re.fullmatch(r"\s*([-+−]?)\s*(\d{1,9})\s*", text)
    return None if found is None else int(found[2]) * (1 if found[1] in ("", "+") else -1)
