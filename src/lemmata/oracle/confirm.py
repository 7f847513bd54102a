"""Confirmation: the statement at many points of its domain, extremes included, in ball arithmetic.

A point is drawn for the symbols, moved until it satisfies the hypotheses (also with equality, where
that can be reached by moving one symbol along a line), and the statement is evaluated there.

>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.kernel.term import number, symbol
>>> from lemmata.terms.forms import relation
>>> x = symbol("x", 1, 1, "positive")
>>> confirm(Statement((), relation("gt", x * x, x))).failure
'x = 1'
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import isqrt

from flint import fmpq

from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import Term, subterms
from lemmata.oracle.values import Undefined, Unknown, Values
from lemmata.terms.forms import bound_symbols

__all__ = ["Outcome", "confirm", "free_symbols", "points_of"]

Point = dict[Term, Fraction]
SEED = 20240517
POINTS = 100
_SIZES = tuple(Fraction(q) for q in (
    "1", "2", "1/2", "1/10", "10", "3", "1/3", "1/1000", "1000", "7/5", "1/20", "5", "1/1000000", "1000000",
    "3/4", "20", "100", "1/100", "3/5", "4/5", "5/13",
))  # fmt: skip
_POOLS = {
    "positive": _SIZES,
    "nonnegative": (Fraction(0), *_SIZES),
    "time": (Fraction(0), *_SIZES),
    "real": (Fraction(0), *(s * v for v in _SIZES for s in (1, -1))),
    "natural": tuple(Fraction(k) for k in (0, 1, 2, 3, 4, 5, 7, 10, 20, 50)),
}


@dataclass(frozen=True)
class Outcome:
    """points: where the statement was seen to hold, or not seen to fail; failure: a point, or empty.

    ``doubt`` is a point where a sampled limit or derivative does not fit: no refutation, yet a refusal.
    """

    points: int
    failure: str = ""
    doubt: str = ""
    seen: int = 0


def free_symbols(statement: Statement) -> list[Term]:
    """The symbols that the statement speaks about, without those bound by a limit."""
    found: dict[Term, None] = {}
    for prop in (*statement.given, statement.show):
        _collect(prop, frozenset(), found)
    return list(found)


def _collect(term: Term, bound: frozenset[Term], found: dict[Term, None]) -> None:
    if term.head in ("symbol", "dim"):
        if term not in bound:
            found.setdefault(term)
        return
    inner = bound | set(bound_symbols(term))
    for i, a in enumerate(term.args):
        # The point of a limit is outside of it.
        _collect(a, bound if term.head == "limit" and i == 2 else inner, found)


def domain(leaf: Term) -> str:
    return "natural" if leaf.head == "dim" else str(leaf.value[3])


def allowed(leaf: Term, value: Fraction) -> bool:
    match domain(leaf):
        case "positive":
            return value > 0
        case "nonnegative" | "time":
            return value >= 0
        case "natural":
            return value >= (leaf.head == "dim") and value.denominator == 1
    return True


@lru_cache(maxsize=256)
def points_of(given: tuple[Term, ...], leaves: tuple[Term, ...], count: int) -> tuple[Point, ...]:
    """Up to ``count`` different points that satisfy the hypotheses for certain."""
    rng = random.Random(SEED)
    stop = time.monotonic() + count / 400
    found: dict[tuple[Fraction, ...], Point] = {}
    pools = [_POOLS[domain(s)][int(s.head == "dim") :] for s in leaves]
    if not leaves:
        return ({},) if _satisfies(given, {}) else ()
    rounds = 0
    while len(found) < count and rounds < 12 * count and (not rounds or time.monotonic() < stop):
        point: Point = {}
        for n, (leaf, pool) in enumerate(zip(leaves, pools, strict=True)):
            if rounds < len(pool) and n == 0:
                point[leaf] = pool[rounds]
            elif rng.random() < 0.3 and domain(leaf) != "natural":
                value = Fraction(rng.randint(1, 60), rng.randint(1, 40))
                point[leaf] = -value if domain(leaf) == "real" and rng.random() < 0.5 else value
            else:
                width = len(pool) if rng.random() < 0.4 else min(len(pool), 8)
                point[leaf] = pool[rng.randrange(width)]
        rounds += 1
        moved = _move(given, point, rng)
        if moved is not None:
            found.setdefault(tuple(moved[s] for s in leaves), moved)
    return tuple(found.values())


def _satisfies(given: tuple[Term, ...], point: Point) -> bool:
    return all(_holds(g, point) for g in given)


def _holds(prop: Term, point: Point) -> bool:
    try:
        return Values(point, 128).truth(prop) is True
    except (Undefined, Unknown):
        return False


def _move(given: tuple[Term, ...], point: Point, rng: random.Random) -> Point | None:
    """The point, moved along single symbols onto or across the boundaries of broken hypotheses."""
    for _ in range(8):
        broken = [g for g in given if not _holds(g, point)]
        if not broken:
            return point
        prop = broken[0]
        if prop.head == "and":
            prop = next((p for p in prop.args if not _holds(p, point)), prop)
        if prop.head not in ("eq", "ne", "le", "lt", "ge", "gt"):
            return None
        leaves = [s for s in point if s in set(subterms(prop))]
        if not leaves:
            return None
        leaf = rng.choice(leaves)
        roots = _roots_on_line(prop, point, leaf)
        if not roots:
            point = {**point, leaf: rng.choice(_POOLS[domain(leaf)])}
            if not allowed(leaf, point[leaf]):
                return None
            continue
        root = rng.choice(roots)
        options = [root]
        if (prop.head in ("le", "ge") and rng.random() < 0.7) or prop.head in ("lt", "gt", "ne"):
            factor = rng.choice(
                (Fraction(1, 2), Fraction(99, 100), Fraction(2), Fraction(101, 100), Fraction(1, 10))
            )
            options = [root * factor, root - factor, root + factor]
            if domain(leaf) == "natural":
                options = [Fraction(round(o)) for o in options] + [root + 1, root - 1]
            rng.shuffle(options)
        for value in options:
            if allowed(leaf, value) and _holds(prop, {**point, leaf: value}):
                point = {**point, leaf: value}
                break
    return point if _satisfies(given, point) else None


def _roots_on_line(prop: Term, point: Point, leaf: Term) -> list[Fraction]:
    """Where left = right, if the difference is of degree 1 or 2 in the symbol, exact, with rational zeros."""
    values = []
    for v in (1, 2, 3, 4):
        try:
            at = Values({**point, leaf: Fraction(v)})
            difference = at.value(prop.args[0]) - at.value(prop.args[1])
        except (Undefined, Unknown):
            return []
        if not isinstance(difference, fmpq):
            return []
        values.append(Fraction(int(difference.p), int(difference.q)))
    first = [b - a for a, b in pairwise(values)]
    second = [b - a for a, b in pairwise(first)]
    if second[0] != second[1]:
        return []
    # By Newton: values[0] + first[0] (v - 1) + second[0]/2 (v - 1)(v - 2), with w = v - 1.
    a, b, c = second[0] / 2, first[0] - second[0] / 2, values[0]
    if a == 0:
        return [1 - c / b] if b else []
    inside = b * b - 4 * a * c
    if inside < 0:
        return []
    top, below = isqrt(inside.numerator), isqrt(inside.denominator)
    if top * top != inside.numerator or below * below != inside.denominator:
        return []
    return [1 + (-b + s * Fraction(top, below)) / (2 * a) for s in (1, -1)]


def confirm(statement: Statement, count: int = POINTS, seconds: float = 1.0) -> Outcome:
    """Evaluate the statement at up to ``count`` points that satisfy its hypotheses."""
    leaves = tuple(free_symbols(statement))
    stop = time.monotonic() + seconds
    checked = seen = 0
    for point in points_of(statement.given, leaves, POINTS)[:count]:
        if time.monotonic() > stop:
            break
        truth: bool | None = None
        soft = False
        try:
            for bits in (64, 256, 1024):
                values = Values(point, bits)
                truth = values.truth(statement.show)
                soft = soft or values.soft
                if truth is not None or soft:
                    break
        except Undefined as reason:
            return Outcome(checked, f"{_show(point)}: {reason}")
        except Unknown:
            continue
        if truth is False:
            return Outcome(checked, doubt=_show(point)) if soft else Outcome(checked, _show(point))
        checked += 1
        seen += truth is True
    return Outcome(checked, seen=seen)


def _show(point: Point) -> str:
    names = (f"{s.name if s.head == 'symbol' else s.value} = {v}" for s, v in point.items())
    return ", ".join(names) or "everywhere"
