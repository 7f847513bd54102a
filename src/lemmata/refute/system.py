"""What a number system offers, and what can go wrong in one.

The evaluator speaks to every number system through the same operations (`System`): values are
matrices, scalars are 1 x 1 matrices.  An operation without a result raises one of six errors, which
say what to try next: `Undefined` (there is no value), `Diverges` (no limit), `Irrational` (ask the
balls), `Undecided` (ask for more bits), `Unsupported` (nothing to ask), `OutOfTime`.

>>> issubclass(Diverges, Undefined)
True
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Protocol

__all__ = [
    "Diverges", "Irrational", "NumberError", "OutOfTime", "System", "Undecided", "Undefined", "Unsupported",
]  # fmt: skip

Value = Any


class NumberError(ArithmeticError):
    """An expression without a value here; ``place`` is the subterm, filled in by the evaluator."""

    def __init__(self, message: str, place: Any = None) -> None:
        super().__init__(message)
        self.place = place


class Undefined(NumberError):
    """The expression has no value: a singular inverse, a logarithm of 0."""


class Diverges(Undefined):
    """Values on the way to a limit do not settle."""


class Irrational(NumberError):
    """The value exists but not among rational matrices and square roots: ask the balls."""


class Undecided(NumberError):
    """The balls are too wide to tell: ask for more precision."""


class Unsupported(NumberError):
    """This number system has no such operation."""


class OutOfTime(NumberError):
    """The time for this search is over."""


class System(Protocol):
    """The operations that the evaluator needs.  Matrices are values, scalars are 1 x 1 matrices."""

    name: str

    def rational(self, q: Fraction) -> Value: ...
    def zeros(self, rows: int, cols: int) -> Value: ...
    def eye(self, n: int) -> Value: ...
    def add(self, a: Value, b: Value) -> Value: ...
    def mul(self, a: Value, b: Value) -> Value: ...
    def scale(self, s: Value, a: Value) -> Value: ...
    def transpose(self, a: Value) -> Value: ...
    def inverse(self, a: Value) -> Value: ...
    def pinv(self, a: Value) -> Value: ...
    def power(self, a: Value, exponent: Value) -> Value: ...
    def exp(self, a: Value) -> Value: ...
    def sqrt(self, s: Value) -> Value: ...
    def function(self, name: str, s: Sequence[Value]) -> Value: ...
    def rank(self, a: Value) -> Value: ...
    def det(self, a: Value) -> Value: ...
    def spectral(self, a: Value) -> Value: ...
    def join(self, rows: Sequence[Sequence[Value]]) -> Value: ...
    def part(self, a: Value, r0: int, r1: int, c0: int, c1: int) -> Value: ...
    def settle(self, values: Sequence[Value]) -> Value: ...
    def index(self, s: Value) -> Fraction: ...
