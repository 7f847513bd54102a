"""Laurent series in h with ratios as coefficients, cut off after some terms; flat letters beside them.

>>> s = Series(1, [ONE, ZERO, ZERO])                      # h
>>> compose([Fraction(1), Fraction(1), Fraction(1, 2)], s, 3).coefficients[2] == Ratio.of(Fraction(1, 2))
True
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import Any

from lemmata.oracle.ratios import ONE, ZERO, Ratio

__all__ = ["Series", "Short", "compose", "factorial", "merge", "small_rest", "without_common"]


class Short(Exception):
    """The series are too short to tell."""


class Series:
    """A Laurent series: coefficients from the power ``start`` on, as many as are known."""

    __slots__ = ("coefficients", "start")

    def __init__(self, start: int, coefficients: list[Ratio]) -> None:
        self.start = start
        self.coefficients = coefficients

    def __add__(self, other: Series) -> Series:
        start = min(self.start, other.start)
        end = min(self.start + len(self.coefficients), other.start + len(other.coefficients))
        return Series(start, [self.at(k) + other.at(k) for k in range(start, end)])

    def at(self, k: int) -> Ratio:
        n = k - self.start
        return self.coefficients[n] if 0 <= n < len(self.coefficients) else ZERO

    def __mul__(self, other: Series) -> Series:
        count = min(len(self.coefficients), len(other.coefficients))
        found = []
        for k in range(count):
            total = ZERO
            for i in range(k + 1):
                a, b = self.coefficients[i], other.coefficients[k - i]
                if a != ZERO and b != ZERO:
                    total = total + a * b
            found.append(total)
        return Series(self.start + other.start, found)

    def scaled(self, c: Ratio) -> Series:
        return Series(self.start, [c * x for x in self.coefficients])


def compose(weights: list[Fraction], s: Series, count: int) -> Series:
    """sum w_k (s - s(0))^k, for a power series s."""
    u = Series(0, [ZERO, *(s.at(k) for k in range(1, count))])
    total, power = Series(0, [ZERO] * count), Series(0, [ONE] + [ZERO] * (count - 1))
    for w in weights:
        if w:
            total = total + power.scaled(Ratio.of(w))
        power = power * u
    return total


def merge(a: tuple[tuple[int, int], ...], b: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    merged = dict(a)
    for n, e in b:
        merged[n] = merged.get(n, 0) + e
    return tuple(sorted((n, e) for n, e in merged.items() if e))


def without_common(above: dict[Any, Series], below: dict[Any, Series]) -> tuple[dict[Any, Series], ...]:
    """Both divided by the least powers of the flat letters in the denominator."""
    letters = {n for key in (*above, *below) for n, _ in key[0]}
    shift = tuple((n, -min(dict(key[0]).get(n, 0) for key in below)) for n in letters)
    return tuple(
        {(merge(key[0], shift), *key[1:]): s for key, s in groups.items()} for groups in (above, below)
    )


def small_rest(groups: dict[Any, Series], key: Any) -> bool:
    """Whether the flat terms beside this one are smaller."""
    return all(not k[0] or k[0] == key[0] or all(e > 0 for _, e in k[0]) for k in groups)
