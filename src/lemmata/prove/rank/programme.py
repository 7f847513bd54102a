"""The linear programme for ranks: which multiples of known inequalities add up to a claim.

Ranks that are known to be equal, and those that equations express by others, are replaced first; what
is left is small.  The facts by which they were replaced are put back at the end.

>>> from lemmata.kernel.term import dim
>>> a, b, c = map(dim, "abc")
>>> below = [Fact({b: ONE, a: -ONE}, list), Fact({c: ONE, b: -ONE}, list)]
>>> [value for _, value in cheapest(below, {c: ONE, a: -ONE}) or []]
[Fraction(1, 1), Fraction(1, 1)]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Refused, expand
from lemmata.kernel.term import SCALAR, Term, number, subterms
from lemmata.prove.draft import Ref
from lemmata.prove.words.linear import nonnegative_solution

__all__ = ["Fact", "Row", "cheapest", "row_sum", "sizes_of"]

ONE = Fraction(1)
MOST_FACTS = 400
Row = dict[Term, Fraction]
"""A sum of ranks, dimensions and (under the number 1) a constant."""


@dataclass(frozen=True)
class Fact:
    """row >= 0, or row = 0; ``write`` gives the known facts whose sum it is, or the dimension that it is."""

    row: Row
    write: Callable[[], Sequence[Ref | Term] | None]
    equal: bool = False


def sizes_of(prop: Term) -> Row | None:
    """The right side minus the left of a relation that is linear in ranks, one at least, and dimensions."""
    if prop.head not in ("le", "lt", "ge", "gt", "eq") or prop.args[0].sort != "matrix":
        return None
    if prop.args[0].shape != SCALAR or not any(t.head == "rank" for t in subterms(prop)):
        return None
    try:
        poly = expand(prop.args[1] - prop.args[0]) if prop.head == "eq" else difference(prop)
    except Refused:
        return None
    row: Row = {}
    for (loops, _), value in poly.terms.items():
        if not loops:
            row[number(1)] = value
        elif len(loops) == 1 and len(loops[0]) == 1 and loops[0][0].head in ("rank", "dim"):
            row[loops[0][0]] = value
        else:
            return None
    return row


def row_sum(*sizes: tuple[Term, Fraction]) -> Row:
    """Multiples of ranks and dimensions; what is a number counts under the number 1."""
    row: Row = {}
    for size, value in sizes:
        key, value = (number(1), value * size.value) if size.head == "number" else (size, value)
        row[key] = row.get(key, Fraction(0)) + value
    return {key: value for key, value in row.items() if value}


def cheapest(facts: Sequence[Fact], goal: Mapping[Term, Fraction]) -> list[tuple[Fact, Fraction]] | None:
    """Facts and multiples, nonnegative but for equations, that add up to the goal."""
    classes = _Classes(facts, goal)
    chosen = _useful([(f, row) for f in facts if (row := classes.reduced(f.row))], classes.reduced(goal))
    columns = [(f, s, row) for f, row in chosen for s in ((ONE, -ONE) if f.equal else (ONE,))]
    values = nonnegative_solution(
        [{k: s * v for k, v in row.items()} for _, s, row in columns], classes.reduced(goal)
    )
    if values is None:
        return None
    found = [(f, s * value) for (f, s, _), value in zip(columns, values, strict=True) if value]
    rest = dict(goal)
    for f, value in found:
        _subtract(rest, f.row, value)
    for key in classes.order:  # each is replaced by what comes later, or is never replaced
        value = rest.get(key, Fraction(0))
        for f, multiple in classes.back(key, value) if value else ():
            found.append((f, multiple))
            _subtract(rest, f.row, multiple)
    return found if not any(rest.values()) else None


def _subtract(row: Row, other: Mapping[Term, Fraction], value: Fraction) -> None:
    for k, v in other.items():
        row[k] = row.get(k, Fraction(0)) - value * v


class _Classes:
    """Ranks that are replaced: by one that is equal to them, or by what an equation says."""

    def __init__(self, facts: Sequence[Fact], goal: Mapping[Term, Fraction]) -> None:
        self.above: dict[Term, dict[Term, tuple[Fact, Fraction]]] = {}
        for f in facts:
            if sorted(f.row.values()) == [-ONE, ONE]:
                low, high = sorted(f.row, key=lambda k: f.row[k])
                self.above.setdefault(low, {}).setdefault(high, (f, ONE))
                if f.equal:
                    self.above.setdefault(high, {}).setdefault(low, (f, -ONE))
        self.leader: dict[Term, Term] = {}
        keys = dict.fromkeys([*goal, *(k for f in facts for k in f.row)])
        reach = {k: self._reach(k) for k in keys}
        for k in keys:
            self.leader[k] = next(x for x in keys if x in reach[k] and k in reach[x])
        self.solved: dict[Term, Fact] = {}
        for f in facts:
            row = self._led(f.row)
            free = [k for k in row if k not in goal and k not in self.solved and abs(row[k]) == 1]
            apart = not any(k in self.solved for k in row)
            if f.equal and len(row) > 2 and free and apart and not self._used(free[0]):
                self.solved[free[0]] = f
        self.order = [k for k in keys if self.leader[k] is not k] + list(self.solved)

    def _used(self, key: Term) -> bool:
        return any(key in self._led(f.row) for f in self.solved.values())

    def _reach(self, start: Term) -> set[Term]:
        seen, agenda = {start}, [start]
        while agenda:
            for k in self.above.get(agenda.pop(), ()):
                if k not in seen:
                    seen.add(k)
                    agenda.append(k)
        return seen

    def _led(self, row: Mapping[Term, Fraction]) -> Row:
        found: Row = {}
        for k, v in row.items():
            found[self.leader[k]] = found.get(self.leader[k], Fraction(0)) + v
        return {k: v for k, v in found.items() if v}

    def reduced(self, row: Mapping[Term, Fraction]) -> Row:
        found = self._led(row)
        for k, f in self.solved.items():
            if value := found.get(k):
                other = self._led(f.row)
                _subtract(found, other, value / other[k])
        return {k: v for k, v in found.items() if v}

    def back(self, key: Term, value: Fraction) -> list[tuple[Fact, Fraction]]:
        """Facts whose sum has the value at the key, and is known to be equivalent to 0."""
        leader = self.leader[key]
        if leader is key:
            f = self.solved[key]
            return [(f, value / self._led(f.row)[key])]
        # value (key - leader) >= 0 by the facts from the leader up to the key, or from the key up
        path = self._path(leader, key) if value > 0 else self._path(key, leader)
        return [(f, sign * abs(value)) for f, sign in path]

    def _path(self, low: Term, high: Term) -> list[tuple[Fact, Fraction]]:
        paths: dict[Term, list[tuple[Fact, Fraction]]] = {low: []}
        agenda = [low]
        while high not in paths:
            k = agenda.pop(0)
            for other, f in self.above.get(k, {}).items():
                if other not in paths:
                    paths[other] = [*paths[k], f]
                    agenda.append(other)
        return paths[high]


def _useful(facts: Sequence[tuple[Fact, Row]], goal: Mapping[Term, Fraction]) -> list[tuple[Fact, Row]]:
    """Without doubles, and without facts whose ranks cannot cancel: they occur with one sign only."""
    first = {(frozenset(row.items()), f.equal): (f, row) for f, row in reversed(facts)}
    left = list(first.values())[::-1]
    while True:
        signs: set[tuple[Term, bool]] = set()
        for f, row in left:
            for key, value in row.items():
                signs |= {(key, value > 0)} | ({(key, value < 0)} if f.equal else set())
        fewer = [
            (f, row) for f, row in left if all(k in goal or {(k, True), (k, False)} <= signs for k in row)
        ]
        if len(fewer) == len(left):
            # An equation says what was assumed, or a theorem; it is never one too many.
            return sorted(fewer, key=lambda pair: (not pair[0].equal, len(pair[1])))[:MOST_FACTS]
        left = fewer
