"""Random matrices with a property by construction, in exact and in stacked numbers alike.

A `Source` hands out small random integers (or dyadic fractions) as values of a number system.  The
recipes below only combine such draws by matrix operations, so that one recipe serves one exact
instance and a stack of floating-point ones; and an element of a stack can be drawn again, exactly.

    symmetric   M + M^T              psd   G G^T            spd   G G^T + I
    projection  G^+ G                idempotent   U (V U)^+ V          rank r   U V, U m x r, V r x n
    orthogonal  S (I - K)(I + K)^{-1} with K skew, S diagonal of signs (Cayley 1846)
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat

from lemmata.refute.floats import Floats
from lemmata.refute.system import System, Unsupported

__all__ = ["RECIPES", "SCALARS", "Source"]

SCALARS: dict[str, tuple[Fraction, ...]] = {
    "positive": tuple(Fraction(*q) for q in ((1, 1), (2, 1), (1, 2), (3, 1), (1, 4), (5, 3), (1, 16))),
    "nonnegative": tuple(Fraction(*q) for q in ((0, 1), (1, 1), (2, 1), (1, 2), (3, 1), (1, 4), (1, 16))),
    "time": tuple(Fraction(*q) for q in ((1, 1), (0, 1), (1, 2), (2, 1), (1, 3), (3, 1))),
    "natural": tuple(Fraction(k) for k in (0, 1, 2, 3, 4, 5, 7)),
    "real": tuple(Fraction(*q) for q in ((0, 1), (1, 1), (-1, 1), (2, 1), (1, 2), (-2, 1), (-1, 3), (3, 1))),
}
"""Values that a scalar of a domain takes in exact instances."""


class Source:
    """Random values of a number system, reproducible from ``seed``.

    ``batch`` draws are made at once; with ``pick`` only that element of each batch is kept, which
    repeats in another system what a stack drew.
    """

    def __init__(
        self, seed: int, system: System, batch: int = 1, pick: int | None = None, unit: int = 1
    ) -> None:
        self.system = system
        self.batch = batch
        self.pick = pick
        self.unit = unit
        self.choice = random.Random(seed)
        self._numbers = np.random.default_rng(seed)

    @property
    def stacked(self) -> bool:
        """Are these draws (a part of) a stack?"""
        return self.batch > 1

    def _value(self, a: Any, denominator: int) -> Any:
        """An integer array of shape (batch, r, c) over a denominator as a value of the system."""
        if isinstance(self.system, Floats):
            return a / denominator
        m = a[self.pick or 0]
        rows, cols = m.shape
        value = fmpq_mat(rows, cols, [int(x) for x in m.flat])
        return value * fmpq(1, denominator) if denominator != 1 else value

    def _real(self, rows: int, cols: int, high: int) -> tuple[Any, int]:
        if self.stacked:  # spread out, and still exact: multiples of 1/16
            return self._numbers.integers(-24, 25, (self.batch, rows, cols)), 16
        return self._numbers.integers(-high, high + 1, (1, rows, cols)), 1

    def matrix(self, rows: int, cols: int, complex_: bool = False, high: int = 2) -> Any:
        """A matrix of independent small entries; of the unit's size."""
        a, denominator = self._real(rows, cols, high)
        if self.unit == 1:
            return self._value(a, denominator)
        b = self._real(rows, cols, high)[0] if complex_ else np.zeros_like(a)
        return self._value(np.kron(a, [[1, 0], [0, 1]]) + np.kron(b, [[0, -1], [1, 0]]), denominator)

    def diagonal(self, n: int, values: tuple[int, ...]) -> Any:
        picks = self._numbers.integers(0, len(values), (self.batch, n))
        a = np.asarray(values)[picks][:, :, None] * np.eye(n, dtype=int)
        return self._value(np.kron(a, np.eye(self.unit, dtype=int)), 1)

    def corner(self, rows: int, cols: int, k: int) -> Any:
        """diag(1, ..., 1, 0, ..., 0) with k ones, rows x cols."""
        a = np.zeros((self.batch, rows, cols), dtype=int) + np.eye(rows, cols, dtype=int)
        a[:, k:, k:] = 0
        return self._value(np.kron(a, np.eye(self.unit, dtype=int)), 1)

    def scalar(self, domain: str, fixed: bool) -> Any:
        """A scalar of a domain; one value for the whole batch if ``fixed`` (times, indices)."""
        choices = SCALARS.get(domain, SCALARS["real"])
        if fixed or domain == "natural":
            q = choices[self.choice.randrange(len(choices))]
            one = self.system.eye(self.unit)
            return self.system.scale(self.system.rational(q), one)
        if not self.stacked:
            q = choices[int(self._numbers.integers(0, len(choices)))]
            if self.choice.random() < 0.5:
                low = {"positive": 1, "nonnegative": 0, "time": 0}.get(domain, -9)
                q = Fraction(self.choice.randint(low, 9), self.choice.randint(1, 8))
            return self.system.scale(self.system.rational(q), self.system.eye(self.unit))
        low = {"positive": 1, "nonnegative": 0, "time": 0}.get(domain, -48)
        a = self._numbers.integers(low, 49, (self.batch, 1, 1))
        spread = self.choice.choice((4, 16, 64))  # up to 12, 3 or 3/4: many a step size must be small
        return self._value(np.kron(a, np.eye(self.unit, dtype=int)), spread)

    def eye(self, n: int) -> Any:
        return self.system.eye(n * self.unit)

    def zeros(self, rows: int, cols: int) -> Any:
        return self.system.zeros(rows * self.unit, cols * self.unit)

    def gram(self, g: Any) -> Any:
        return self.system.mul(g, self.system.transpose(g))

    def minus(self, a: Any) -> Any:
        return self.system.scale(self.system.rational(Fraction(-1)), a)


def of_rank(s: Source, rows: int, cols: int, r: int, complex_: bool = False) -> Any:
    """A product through r dimensions: of rank r for almost all draws, of rank at most r for all."""
    if r <= 0:
        return s.zeros(rows, cols)
    if r >= min(rows, cols):
        return s.matrix(rows, cols, complex_)
    return s.system.mul(s.matrix(rows, r, complex_, 1), s.matrix(r, cols, complex_, 1))


def _symmetric(s: Source, n: int, c: bool) -> Any:
    m = s.matrix(n, n, c, 1)
    return s.system.add(m, s.system.transpose(m))


def _psd(s: Source, n: int, c: bool) -> Any:
    return s.gram(s.matrix(n, s.choice.randint(1, n), c))


def _spd(s: Source, n: int, c: bool) -> Any:
    """Some with eigenvalues below 1, which G G^* + I has not: what is false may hold for S >= I."""
    style = s.choice.random()
    drawn = s.diagonal(n, (1, 2, 3)) if style < 0.25 else s.system.add(s.gram(s.matrix(n, n, c, 1)), s.eye(n))
    return s.system.scale(s.system.rational(Fraction(1, 4)), drawn) if style > 0.8 else drawn


def orthogonal(s: Source, n: int, c: bool) -> Any:
    signs = s.diagonal(n, (1, -1))
    if n == 1 and not c:
        return signs
    m = s.matrix(n, n, c, 1)
    k = s.system.add(m, s.minus(s.system.transpose(m)))
    cayley = s.system.mul(s.system.add(s.eye(n), s.minus(k)), s.system.inverse(s.system.add(s.eye(n), k)))
    return s.system.mul(signs, cayley)


def _projection(s: Source, n: int, c: bool) -> Any:
    k = s.choice.randint(0, n)
    if k == 0:
        return s.zeros(n, n)
    g = s.matrix(k, n, c, 1)
    return s.system.mul(s.system.pinv(g), g)


def _idempotent(s: Source, n: int, c: bool) -> Any:
    k = s.choice.randint(0, n)
    if k in (0, n):
        return s.zeros(n, n) if k == 0 else s.eye(n)
    u, v = s.matrix(n, k, c, 1), s.matrix(k, n, c, 1)
    return s.system.mul(s.system.mul(u, s.system.inverse(s.system.mul(v, u))), v)


def _reflection(s: Source, n: int, c: bool) -> Any:
    p = _projection(s, n, c)
    return s.system.add(s.eye(n), s.system.scale(s.system.rational(Fraction(-2)), p))


def partial_isometry(s: Source, rows: int, cols: int, c: bool) -> Any:
    """U E V with orthogonal U, V and a diagonal E of ones and zeros, so A A^* A = A."""
    k = s.choice.randint(1, min(rows, cols))
    u, v = orthogonal(s, rows, c), orthogonal(s, cols, c)
    return s.system.mul(s.system.mul(u, s.corner(rows, cols, k)), v)


def _diagonal(*values: int) -> Callable[[Source, int, bool], Any]:
    return lambda s, n, c: s.diagonal(n, values)


RECIPES: list[tuple[frozenset[str], Callable[[Source, int, bool], Any]]] = [
    (frozenset(needs.split()), make)
    for needs, make in (
        ("diagonal orthogonal", _diagonal(1, -1)),
        ("diagonal idempotent", _diagonal(0, 1)),
        ("diagonal projection", _diagonal(0, 1)),
        ("diagonal spd", _diagonal(1, 2, 3)),
        ("diagonal psd", _diagonal(0, 1, 2)),
        ("diagonal invertible", _diagonal(1, -1, 2, 3)),
        ("diagonal", _diagonal(0, 1, -1, 2)),
        ("symmetric orthogonal", _reflection),
        ("orthogonal", orthogonal),
        ("symmetric idempotent", _projection),
        ("projection", _projection),
        ("idempotent", _idempotent),
        ("spd", _spd),
        ("psd invertible", _spd),
        ("psd", _psd),
        ("symmetric", _symmetric),
    )
]
"""From the most special set of properties to the least: the first that fits makes the draw."""


def free(s: Source, rows: int, cols: int, complex_: bool, earlier: list[Any]) -> Any:
    """A matrix with no property asked for: dense mostly, sometimes degenerate or akin to an earlier one."""
    style = s.choice.random()
    small = min(rows, cols)
    if style < 0.55 or (s.stacked and style < 0.8):
        return s.matrix(rows, cols, complex_)
    if style < 0.7 and small > 1:
        return of_rank(s, rows, cols, s.choice.randint(1, small - 1), complex_)
    if style < 0.75:
        return s.zeros(rows, cols)
    if style < 0.85:
        return s.matrix(rows, cols, complex_, 1)
    if style < 0.93 and rows == cols:
        return s.diagonal(rows, (0, 1, -1, 2))
    candidates = [f for f in earlier if _shape(f) == (rows * s.unit, cols * s.unit)]
    candidates += [s.system.transpose(f) for f in earlier if _shape(f) == (cols * s.unit, rows * s.unit)]
    if candidates and (complex_ or s.unit == 1):
        return candidates[s.choice.randrange(len(candidates))]
    return s.matrix(rows, cols, complex_, 1)


def _shape(a: Any) -> tuple[int, int]:
    if isinstance(a, fmpq_mat):
        return a.nrows(), a.ncols()
    if hasattr(a, "shape"):
        return tuple(a.shape[-2:])
    raise Unsupported("a value without a shape")
