"""Ratios: quotients of polynomials in letters, with rational coefficients.

A letter is a generator of one fixed polynomial ring; what it stands for (a symbol, e^{-x}, a root)
is kept elsewhere.  Numerator and denominator have no common factor, so two ratios of independent
letters are equal when they are written alike.

>>> x, y = Ratio.letter(0), Ratio.letter(1)
>>> (x * x - y * y) / (x + y) == x - y
True
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mpoly_ctx

__all__ = ["COUNT", "GENERATORS", "ONE", "RING", "ZERO", "Poly", "Ratio", "Refused", "constant", "factors",
           "fraction", "letters_of", "monomials", "polynomial", "primes",
           "replace_power", "root_of_number"]  # fmt: skip

Poly = Any
COUNT = 30
"""The number of letters of the ring."""
MOST_TERMS = 1200
MOST_DEGREE = 80

RING = fmpq_mpoly_ctx.get([f"x{i}" for i in range(COUNT)], "lex")
GENERATORS: tuple[Poly, ...] = tuple(RING.gens())


class Refused(Exception):
    """The oracle does not decide this; the message says what it could not show."""


def constant(value: Fraction | int) -> Poly:
    value = Fraction(value)
    return RING.constant(fmpq(value.numerator, value.denominator))


def fraction(value: Any) -> Fraction:
    """A rational number of the library as a Fraction."""
    return Fraction(int(value.p), int(value.q))


def monomials(poly: Poly) -> list[tuple[tuple[int, ...], Fraction]]:
    """(exponents, coefficient) of every term."""
    return [(tuple(map(int, e)), fraction(c)) for e, c in poly.to_dict().items()]


def polynomial(terms: dict[tuple[int, ...], Fraction]) -> Poly:
    return RING.from_dict({e: fmpq(c.numerator, c.denominator) for e, c in terms.items() if c})


def letters_of(poly: Poly) -> list[int]:
    """The letters that occur."""
    return [i for i, d in enumerate(poly.degrees()) if d > 0] if poly else []


def factors(poly: Poly) -> tuple[Fraction, list[tuple[Poly, int]]]:
    """The constant and the irreducible factors with their multiplicities."""
    _guard(poly)
    unit, found = poly.factor()
    return fraction(unit), [(p, int(m)) for p, m in found]


def _guard(poly: Poly) -> None:
    if len(poly) > MOST_TERMS or (poly and poly.total_degree() > MOST_DEGREE):
        raise Refused("an expression grows too large")


@dataclass(frozen=True, eq=False)
class Ratio:
    """num / den; den is not the zero polynomial."""

    num: Poly
    den: Poly

    @classmethod
    def of(cls, value: Fraction | int) -> Ratio:
        return cls(constant(value), constant(1))

    @classmethod
    def letter(cls, index: int) -> Ratio:
        return cls(GENERATORS[index], constant(1))

    @classmethod
    def make(cls, num: Poly, den: Poly) -> Ratio:
        """num / den in lowest terms, with leading coefficient 1 below."""
        _guard(num)
        _guard(den)
        if not den:
            raise Refused("a division by zero")
        if not num:
            return cls(num, constant(1))
        if not den.is_constant():
            common = num.gcd(den)
            if not common.is_constant():
                num, den = num / common, den / common
        lead = den.leading_coefficient()
        if lead != 1:
            num, den = num / lead, den / lead
        return cls(num, den)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ratio) and self.num == other.num and self.den == other.den

    def __hash__(self) -> int:
        return hash((str(self.num), str(self.den)))

    def __add__(self, other: Ratio) -> Ratio:
        if self.den == other.den:
            return Ratio.make(self.num + other.num, self.den)
        return Ratio.make(self.num * other.den + other.num * self.den, self.den * other.den)

    def __neg__(self) -> Ratio:
        return Ratio(-self.num, self.den)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + -other

    def __mul__(self, other: Ratio) -> Ratio:
        return Ratio.make(self.num * other.num, self.den * other.den)

    def __truediv__(self, other: Ratio) -> Ratio:
        return Ratio.make(self.num * other.den, self.den * other.num)

    def __pow__(self, exponent: int) -> Ratio:
        base = self if exponent >= 0 else Ratio.of(1) / self
        count = abs(exponent)
        if count * max(int(base.num.total_degree()) if base.num else 0, int(base.den.total_degree()), 1) > 80:
            if base.is_constant() and count <= 400:
                return Ratio.of(base.value() ** count)
            raise Refused(f"the power {exponent} is too large")
        if len(base.num) ** min(count, 8) > 50000:
            raise Refused(f"the power {exponent} is too large")
        return Ratio(base.num**count, base.den**count)

    def is_constant(self) -> bool:
        return bool(self.num.is_constant() and self.den.is_constant()) or not self.num

    def value(self) -> Fraction:
        """The value of a constant ratio."""
        if not self.num:
            return Fraction(0)
        return fraction(self.num.leading_coefficient()) / fraction(self.den.leading_coefficient())

    def letters(self) -> set[int]:
        return {*letters_of(self.num), *letters_of(self.den)}

    def at(self, values: dict[int, Ratio]) -> Ratio:
        """The ratio with ratios in place of letters."""
        if not self.letters() & set(values):
            return self
        return _put(self.num, values) / _put(self.den, values)


ZERO, ONE = Ratio.of(0), Ratio.of(1)


def _put(poly: Poly, values: dict[int, Ratio]) -> Ratio:
    powers: dict[tuple[int, int], Ratio] = {}
    total = ZERO
    for exponents, coefficient in monomials(poly):
        kept = [0 if i in values else e for i, e in enumerate(exponents)]
        term = Ratio(polynomial({tuple(kept): coefficient}), constant(1))
        for i, e in enumerate(exponents):
            if e and i in values:
                if (i, e) not in powers:
                    powers[i, e] = values[i] ** e
                term = term * powers[i, e]
        total = total + term
    return total


def replace_power(poly: Poly, index: int, degree: int, by: Poly, relation: Poly) -> Poly:
    if poly.degrees()[index] < degree:
        return poly
    groups: dict[int, dict[tuple[int, ...], Fraction]] = {}
    for e, c in monomials(poly):
        rest = (*e[:index], e[index] % degree, *e[index + 1 :])
        groups.setdefault(e[index] // degree, {})[rest] = c
    total = constant(0)
    for count, part in groups.items():
        total = total + polynomial(part) * by**count
    return total


def primes(n: int) -> list[tuple[int, int]]:
    """Small prime factors with multiplicities, and what is left."""
    found = []
    for p in (2, 3, 5, 7, 11, 13, 17, 19):
        count = 0
        while n % p == 0:
            n, count = n // p, count + 1
        if count:
            found.append((p, count))
    return found if n == 1 else [*found, (n, 1)]


def root_of_number(value: Fraction, degree: int) -> tuple[Fraction, Fraction]:
    """(w, r) with value = w^degree r; r an integer without degree-th powers of small primes."""
    if value < 0:
        raise Refused("a root of a negative number")
    number = value.numerator * value.denominator ** (degree - 1)
    outside = Fraction(1, value.denominator)
    for p in (2, 3, 5, 7, 11, 13):
        while number and number % p**degree == 0:
            number //= p**degree
            outside *= p
    guess = round(number ** (1 / degree)) if number < 10**15 else 0
    if guess and guess**degree == number:
        return outside * guess, Fraction(1)
    return outside, Fraction(number)
