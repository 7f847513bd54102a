"""Bound letters: a proposition as a polynomial in the matrices that a quantifier binds.

At given data  A X B = C  is affine in X and  |A v - y|^2  quadratic in v.  The degree is read off the
term, so that it is certain; the coefficients come from values at a few points, since a polynomial of
degree 2 is determined by its values at  0, d_i, 2 d_i  and  d_i + d_j  for a basis d_1, d_2, ...

>>> from lemmata.kernel.term import mul, pinv, symbol
>>> from lemmata.terms.forms import adjoint
>>> A, v = symbol("A", "n", "n"), symbol("v", "n")
>>> [degree(t, frozenset([v])) for t in (mul(pinv(A), v), mul(adjoint(v), A, v), pinv(v))]
[1, 2, None]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from lemmata.kernel.term import Term, add, make, substitute, symbols_of
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.truth import projector
from lemmata.terms.forms import neg, power

__all__ = ["Binding", "Chart", "degree", "fresh", "full_chart", "mentions", "squared_sides", "vanishing"]

Letters = frozenset[Term]


@lru_cache(maxsize=20_000)
def mentions(term: Term, letters: Letters) -> bool:
    """Does the term speak of one of the letters?"""
    return not letters.isdisjoint(symbols_of(term))


def fresh(quantified: Term, depth: int) -> tuple[Letters, tuple[Term, ...], Term]:
    """The bound letters under names that nothing else has, and the body in them."""
    renaming = {
        s: make("symbol", (), (f"{s.name}#{depth}.{i}", *s.value[1:]))
        for i, s in enumerate(quantified.args[:-1])
    }
    letters = tuple(renaming.values())
    return frozenset(letters), letters, substitute(quantified.args[-1], renaming)


@lru_cache(maxsize=20_000)
def degree(term: Term, letters: Letters) -> int | None:
    """The degree as a polynomial in the entries of the letters, at most; None if it may be none."""
    if not mentions(term, letters):
        return 0
    head, args = term.head, term.args
    if head == "symbol":
        return 1
    if head == "power" and args[1].head == "number" and args[1].value.denominator == 1 and args[1].value >= 0:
        base = args[0].args[0] if args[0].head == "norm" and args[1].value % 2 == 0 else args[0]
        if base is not args[0] and args[0].value == "2" and 1 not in base.shape:
            return None  # the square of a spectral norm is no polynomial
        inner = degree(base, letters)
        return None if inner is None else inner * int(args[1].value)
    if head == "mul" and args[0].head == "norm" and args[1] is args[0]:
        parts = [degree(power(args[0], 2), letters), *(degree(a, letters) for a in args[2:])]
    elif head in ("add", "mul", "adjoint", "trace", "inner", "literal"):
        parts = [degree(a, letters) for a in args]
    else:
        return None
    known = [d for d in parts if d is not None]
    if len(known) < len(parts):
        return None
    return sum(known) if head in ("mul", "inner") else max(known)


class Binding(Evaluator):
    """An evaluator in which some letters have values; what does not mention them is asked for outside."""

    def __init__(self, outer: Evaluator, values: Mapping[Term, Any]) -> None:
        by_name = {s.name: v for s, v in values.items()}

        def lookup(s: Term, order: int, point: Fraction | None) -> Any:
            if s.name in by_name and order == 0 and point is None:
                return by_name[s.name]
            return outer.lookup(s, order, point)

        super().__init__(outer.system, outer.dims, lookup, outer.definitions, outer.unit)
        self._outer = outer
        self._letters = frozenset(values)
        self.depth = getattr(outer, "depth", 0) + 1

    def value(self, term: Term) -> Any:
        if not mentions(term, self._letters):
            return self._outer.value(term)
        return super().value(term)


@dataclass(frozen=True)
class Chart:
    """Values of the letters: ``base`` plus combinations of ``directions``, one value for each letter."""

    letters: tuple[Term, ...]
    base: tuple[Any, ...]
    directions: tuple[tuple[Any, ...], ...]

    def at(self, e: Evaluator, *steps: tuple[int, int]) -> Binding:
        """The letters at  base + sum of k times direction i  for the steps (i, k)."""
        s, point = e.system, list(self.base)
        for i, k in steps:
            factor = s.rational(Fraction(k))
            point = [s.add(p, s.scale(factor, d)) for p, d in zip(point, self.directions[i], strict=True)]
        return Binding(e, dict(zip(self.letters, point, strict=True)))

    def quadratic(self, e: Evaluator, f: Callable[[Evaluator], Any]) -> Any:
        """M with f = [z; 1]^T M [z; 1] in the coordinates z, for a function f of degree 2 at most."""
        s, n = e.system, len(self.directions)

        def combined(*terms: tuple[Fraction | int, Any]) -> Any:
            total = None
            for factor, x in terms:
                part = s.scale(s.rational(Fraction(factor)), x)
                total = part if total is None else s.add(total, part)
            return total

        half = Fraction(1, 2)
        c = f(self.at(e))
        once = [f(self.at(e, (i, 1))) for i in range(n)]
        twice = [f(self.at(e, (i, 2))) for i in range(n)]
        q = [combined((half, twice[i]), (-1, once[i]), (half, c)) for i in range(n)]
        b = [combined((1, once[i]), (-1, c), (-1, q[i])) for i in range(n)]
        cells: list[list[Any]] = [[None] * (n + 1) for _ in range(n + 1)]
        for i in range(n):
            cells[i][i] = q[i]
            cells[i][n] = cells[n][i] = combined((half, b[i]))
            for j in range(i):
                both = f(self.at(e, (i, 1), (j, 1)))
                cells[i][j] = cells[j][i] = combined(
                    (half, both), (-half, once[i]), (-half, once[j]), (half, c)
                )
        cells[n][n] = c
        return s.join(cells)


def full_chart(e: Evaluator, letters: tuple[Term, ...]) -> Chart:
    """All values of the letters: every entry is free (real and imaginary parts apart)."""
    s, u = e.system, e.unit
    zeros = [s.zeros(e.size(x.shape[0]) * u, e.size(x.shape[1]) * u) for x in letters]
    directions = [(*zeros[:i], unit, *zeros[i + 1 :]) for i, x in enumerate(letters) for unit in _units(e, x)]
    return Chart(letters, tuple(zeros), tuple(directions))


def _units(e: Evaluator, x: Term) -> Iterator[Any]:
    rows, cols, u, s = e.size(x.shape[0]), e.size(x.shape[1]), e.unit, e.system
    blocks = [[(k, k, 1) for k in range(u)]]
    if x.value[3] == "complex":
        blocks.append([(1, 0, 1), (0, 1, -1)])
    for i in range(rows):
        for j in range(cols):
            for block in blocks:
                cells = {(i * u + a, j * u + b): sign for a, b, sign in block}
                yield s.join(
                    [[s.rational(Fraction(cells.get((p, q), 0))) for q in range(cols * u)]
                     for p in range(rows * u)]
                )  # fmt: skip


def squared_sides(p: Term, letters: Letters) -> Term | None:
    """For  a <= b  and its kin:  b - a  as a polynomial of degree 2, norms on both sides squared."""
    low, high = p.args if p.head in ("le", "lt") else p.args[::-1]
    if low.shape != (1, 1):
        return None
    sides = [_as_norm(low), _as_norm(high)]
    if all(s is not None for s in sides):  # 0 <= a <= b iff a^2 <= b^2
        low, high = (s for s in sides if s is not None)
    gap = add(high, neg(low))
    d = degree(gap, letters)
    return gap if d is not None and d <= 2 else None


def _as_norm(side: Term) -> Term | None:
    """The square of a side that is a norm or the number 0."""
    if side.head == "norm":
        return power(side, 2)
    return side if side.head == "number" and side.value == 0 else None


def vanishing(p: Term, letters: Letters) -> Callable[[Evaluator], Any] | None:
    """What must vanish for ``p`` to hold, where that is affine in the letters; else None."""

    def affine(*terms: Term) -> bool:
        return all((d := degree(t, letters)) is not None and d <= 1 for t in terms)

    def away(e: Evaluator, space: Term, value: Any) -> Any:
        return e.system.add(e.system.mul(projector(e, space), value), e.minus(value))

    if p.head == "eq" and p.args[0].sort == "matrix":
        left, right = p.args
        if affine(left, right):
            return lambda e: e.system.add(e.value(left), e.minus(e.value(right)))
        if right.head == "number" and right.value == 0 and left.head == "norm" and affine(left.args[0]):
            return lambda e: e.value(left.args[0])
        return None
    if p.head == "in" and p.args[1].sort == "space" and not mentions(p.args[1], letters):
        v, place = p.args
        return (lambda e: away(e, place, e.value(v))) if affine(v) else None
    if p.head == "subset" and p.args[0].head in ("col", "row") and not mentions(p.args[1], letters):
        inner, outer = p.args[0], p.args[1]
        if not affine(inner.args[0]):
            return None
        if inner.head == "col":
            return lambda e: away(e, outer, e.value(inner.args[0]))
        return lambda e: away(e, outer, e.system.transpose(e.value(inner.args[0])))
    if p.head == "is" and p.value == "symmetric" and affine(p.args[0]):
        a = p.args[0]
        return lambda e: e.system.add(e.value(a), e.minus(e.system.transpose(e.value(a))))
    if p.head == "is" and p.value == "diagonal" and affine(p.args[0]):
        return lambda e: _off_diagonal(e, e.value(p.args[0]), e.size(p.args[0].shape[0]))
    return None


def _off_diagonal(e: Evaluator, a: Any, n: int) -> Any:
    s, u = e.system, e.unit
    zero = s.zeros(u, u)
    return s.join(
        [
            [zero if i == j else s.part(a, i * u, i * u + u, j * u, j * u + u) for j in range(n)]
            for i in range(n)
        ]
    )
