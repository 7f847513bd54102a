"""Data for a variant of an exercise, drawn from a seed: small numbers that stay small when one computes.

>>> draw = Draw.of(7, "pinv-2x3", variant=1)
>>> draw.integer(1, 6) == Draw.of(7, "pinv-2x3", variant=1).integer(1, 6)
True

The draw depends on the course's seed, the label of the exercise and the student's identifier (or the
number of the variant) and on nothing else: the key is hashed with SHA-256, and integers come from the
bits of the Mersenne Twister, which Python keeps stable.  Variant 0 is the *original*: an exercise may
fix its data there (``first``), so that the notes show the same numbers for every seed.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isqrt
from typing import TypeVar

from flint import fmpq_mat

from lemmata.grade.values import fractions, value_of_rows
from lemmata.kernel.term import Term, number
from lemmata.terms.forms import literal

__all__ = ["Draw", "matrix_of", "vector_of"]

T = TypeVar("T")
Rows = Sequence[Sequence[int | Fraction]]


def matrix_of(rows: Rows) -> Term:
    """The matrix with these rows, written out."""
    return literal([[number(Fraction(x)) for x in row] for row in rows])


def vector_of(entries: Sequence[int | Fraction]) -> Term:
    """The column with these entries."""
    return literal([[number(Fraction(x))] for x in entries])


class Draw:
    """A reproducible source of exercise data.  ``original`` is true for variant 0."""

    def __init__(self, key: str, original: bool = False) -> None:
        self.key = key
        self.original = original
        self._bits = random.Random(int.from_bytes(hashlib.sha256(key.encode()).digest()))

    @classmethod
    def of(cls, seed: int, label: str, *, variant: int | None = None, student: str | None = None) -> Draw:
        """The draw for a variant or for a student; exactly one of the two is given."""
        if (variant is None) == (student is None):
            raise ValueError("a draw is for a variant or for a student: give exactly one of the two")
        who = f"student\0{student}" if student is not None else f"variant\0{variant}"
        return cls(f"{seed}\0{label}\0{who}", original=variant == 0)

    def first(self, original: T, drawn: Callable[[], T]) -> T:
        """The fixed value in the original variant, a drawn one in every other."""
        return original if self.original else drawn()

    def integer(self, low: int, high: int, nonzero: bool = False) -> int:
        """An integer of [low, high], each equally likely."""
        if low > high or (nonzero and low == high == 0):
            raise ValueError(f"no integer between {low} and {high}")
        width = high - low + 1
        while True:
            bits = self._bits.getrandbits(width.bit_length())
            if bits < width and not (nonzero and low + bits == 0):
                return low + bits

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.integer(0, len(options) - 1)]

    def until(self, draw: Callable[[], T], good: Callable[[T], bool], tries: int = 20_000) -> T:
        """Draw again until it is good.  Raises ValueError when that does not happen."""
        for _ in range(tries):
            value = draw()
            if good(value):
                return value
        raise ValueError(f"{tries} draws and none was good: the condition is too narrow ({self.key!r})")

    def integers(self, count: int, low: int = -3, high: int = 3) -> list[int]:
        return [self.integer(low, high) for _ in range(count)]

    def vector(self, n: int, low: int = -3, high: int = 3) -> Term:
        """An integer column that is not zero."""
        return vector_of(self.until(lambda: self.integers(n, low, high), any))

    def matrix(self, rows: int, cols: int, low: int = -3, high: int = 3) -> Term:
        """An integer matrix."""
        return matrix_of([self.integers(cols, low, high) for _ in range(rows)])

    def full_row_rank(
        self, rows: int, cols: int, low: int = -2, high: int = 2, denominator: int = 30
    ) -> Term:
        """An integer matrix of full row rank whose pseudoinverse has entries over a small common denominator.

        No row is zero, no two rows are orthogonal (the Gram matrix is not diagonal), and the common
        denominator of the pseudoinverse is at least 2 and at most ``denominator``.
        """

        def good(entries: Rows) -> bool:
            x = value_of_rows([[Fraction(e) for e in row] for row in entries])
            gram = x * x.transpose()
            if gram.det() == 0 or (rows > 1 and all(gram[i, j] == 0 for i in range(rows) for j in range(i))):
                return False
            pseudoinverse = x.transpose() * gram.inv()
            return 2 <= int(pseudoinverse.numer_denom()[1]) <= denominator

        def entries() -> Rows:
            return [self.integers(cols, low, high) for _ in range(rows)]

        return matrix_of(self.until(entries, good))

    def symmetric(self, spectrum: Sequence[int | Fraction]) -> Term:
        """A rational symmetric matrix with exactly these eigenvalues.

        S = H diag(spectrum) H with the reflection H = I - 2 v v^T / v^T v of a drawn integer vector v.
        """
        n = len(spectrum)
        h = self._reflection(n)
        d = value_of_rows(
            [[Fraction(spectrum[i]) if i == j else Fraction(0) for j in range(n)] for i in range(n)]
        )
        return matrix_of(fractions(h * d * h))

    def with_singular_values(self, rows: int, cols: int, values: Sequence[int | Fraction]) -> Term:
        """A rational matrix with exactly these nonzero singular values: two reflections around a diagonal."""
        if len(values) > min(rows, cols) or any(v <= 0 for v in values):
            raise ValueError(
                f"a {rows} x {cols} matrix has at most {min(rows, cols)} positive singular values"
            )
        middle = [
            [Fraction(values[i]) if i == j and i < len(values) else Fraction(0) for j in range(cols)]
            for i in range(rows)
        ]
        return matrix_of(fractions(self._reflection(rows) * value_of_rows(middle) * self._reflection(cols)))

    def _reflection(self, n: int) -> fmpq_mat:
        if n == 1:
            return value_of_rows([[Fraction(self.choice([-1, 1]))]])
        v = self.until(lambda: self.integers(n, -2, 2), lambda v: sum(x != 0 for x in v) >= 2)
        length = sum(x * x for x in v)
        return value_of_rows(
            [[Fraction(int(i == j)) - Fraction(2 * v[i] * v[j], length) for j in range(n)] for i in range(n)]
        )

    def pythagorean(self) -> tuple[int, int, int]:
        """(a, b, c) with a^2 + b^2 = c^2, up to 25: norms of (a, b) that are integers."""
        triples = [(a, b, isqrt(a * a + b * b)) for a in range(3, 25) for b in range(3, 25)]
        return self.choice([t for t in triples if t[0] ** 2 + t[1] ** 2 == t[2] ** 2 and t[2] <= 25])
