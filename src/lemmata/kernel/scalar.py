"""Scalar functions of a singular value: exact fractions of polynomials with exponentials.

A monomial is a sorted tuple of (letter, exponent).  Letters: scalar symbols, the singular value
``SIGMA``, and exponentials ``e^m`` of a monomial m, whose exponents may be negative or fractional
(e^{-t s^2} is the letter e^{t s^2} to the power -1).  Two fractions are equal when the
cross-multiplied polynomials are; no cancellation is ever needed, so none is trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.poly import Refused, letter_key
from lemmata.kernel.term import Term, symbol

__all__ = ["SIGMA", "Frac", "Sum", "sign"]

SIGMA = symbol("singular value", 1, 1, "positive")


@dataclass(frozen=True)
class Exponential:
    """The letter e^m of a monomial m."""

    of: Product


Letter = Term | Exponential
Product = tuple[tuple[Letter, Fraction], ...]
Sum = dict[Product, Fraction]
"""A polynomial: no zero coefficients."""


def _key(item: tuple[Letter, Fraction]) -> tuple[int, str]:
    letter = item[0]
    return (0, letter_key(letter)) if isinstance(letter, Term) else (1, repr(letter.of))


def _times(a: Product, b: Product) -> Product:
    powers: dict[Letter, Fraction] = dict(a)
    for letter, exponent in b:
        powers[letter] = powers.get(letter, Fraction(0)) + exponent
    return tuple(sorted(((k, v) for k, v in powers.items() if v), key=_key))


def _plus(a: Sum, b: Sum, factor: int = 1) -> Sum:
    total = dict(a)
    for product, value in b.items():
        total[product] = total.get(product, Fraction(0)) + factor * value
    return {k: v for k, v in total.items() if v}


def _mult(a: Sum, b: Sum) -> Sum:
    total: Sum = {}
    for p, x in a.items():
        for q, y in b.items():
            r = _times(p, q)
            total[r] = total.get(r, Fraction(0)) + x * y
    return {k: v for k, v in total.items() if v}


def _domain(letter: Letter) -> str:
    return "positive" if isinstance(letter, Exponential) else str(letter.value[3])


def sign(poly: Sum, strict: bool = True) -> int:
    """1 or -1 if the polynomial is positive or negative on its whole domain, 0 if that is not seen.

    Seen means: all coefficients have one sign and one monomial is strictly positive everywhere
    (positive letters only; not asked for unless ``strict``); a real letter counts as nonnegative in
    even powers alone.
    """
    signs = {1 if value > 0 else -1 for value in poly.values()}
    positive = False
    for product in poly:
        for letter, exponent in product:
            domain = _domain(letter)
            if domain not in ("positive", "nonnegative", "time", "natural") and exponent % 2:
                return 0
        positive = positive or all(_domain(x) == "positive" for x, _ in product)
    return signs.pop() if (positive or not strict) and len(signs) == 1 else 0


@dataclass(frozen=True)
class Frac:
    """num / den, den nonzero on the domain (checked by ``sign`` whenever a division is made)."""

    num: Sum
    den: Sum

    @staticmethod
    def of(value: int | Fraction | Term) -> Frac:
        if isinstance(value, Term):
            return Frac({((value, Fraction(1)),): Fraction(1)}, {(): Fraction(1)})
        return Frac({(): Fraction(value)} if value else {}, {(): Fraction(1)})

    def __add__(self, other: Frac) -> Frac:
        if self.den == other.den:
            return Frac(_plus(self.num, other.num), self.den)
        return Frac(_plus(_mult(self.num, other.den), _mult(other.num, self.den)), _mult(self.den, other.den))

    def __mul__(self, other: Frac) -> Frac:
        return Frac(_mult(self.num, other.num), _mult(self.den, other.den))

    def __neg__(self) -> Frac:
        return Frac({k: -v for k, v in self.num.items()}, self.den)

    def symbols(self) -> set[Term]:
        found: set[Term] = set()
        stack = [*self.num, *self.den]
        while stack:
            for letter, _ in stack.pop():
                if isinstance(letter, Term):
                    found.add(letter)
                else:
                    stack.append(letter.of)
        return found

    def is_zero(self) -> bool:
        return not self.num

    def inverse(self) -> Frac:
        if not sign(self.num):
            raise Refused("a divisor is not seen to be nonzero on its whole domain")
        return Frac(self.den, self.num)

    def exp(self) -> Frac:
        if self.is_zero():
            return Frac.of(1)
        if list(self.den) != [()]:
            raise Refused("the exponential of a quotient is not treated")
        scale = self.den[()]
        product: Product = ()
        for m, value in self.num.items():
            if any(isinstance(x, Exponential) for x, _ in m):
                raise Refused("the exponential of an exponential is not treated")
            product = _times(product, ((Exponential(m), value / scale),))
        return Frac({product: Fraction(1)}, {(): Fraction(1)})

    def derivative(self, variable: Term) -> Frac:
        """By the quotient rule and (e^{c m})' = c m' e^{c m}."""
        dnum, dden = _derivative(self.num, variable), _derivative(self.den, variable)
        return Frac(_plus(_mult(dnum, self.den), _mult(self.num, dden), -1), _mult(self.den, self.den))

    def at_zero(self, variable: Term) -> Frac:
        """The value at variable = 0 (equal to the limit from the right, for a continuous fraction)."""
        num, den = _cancel(self.num, self.den, variable)
        num, den = _zero(num, variable), _zero(den, variable)
        if not sign(den):
            raise Refused(f"the denominator may vanish at {variable.name} = 0")
        return Frac(num, den)

    def at_infinity(self, variable: Term) -> Frac:
        """The limit variable -> oo: decaying exponentials go, then leading powers are compared."""
        num, den = _decay(self.num, variable), _decay(self.den, variable)
        den_degree, lead = _leading(den, variable)
        num_degree, top = _leading(num, variable) if num else (den_degree - 1, num)
        if not sign(lead):
            raise Refused("the leading coefficient of the denominator may vanish")
        if num_degree > den_degree:
            raise Refused(f"grows without bound as {variable.name} -> oo")
        return Frac.of(0) if num_degree < den_degree else Frac(top, lead)


def _exponent(product: Product, letter: Letter) -> Fraction:
    return dict(product).get(letter, Fraction(0))


def _derivative(poly: Sum, variable: Term) -> Sum:
    total: Sum = {}
    for product, value in poly.items():
        for letter, exponent in product:
            if letter is variable:
                total = _plus(total, {_times(product, ((variable, Fraction(-1)),)): value * exponent})
            elif isinstance(letter, Exponential):
                inner = _derivative({letter.of: exponent}, variable)
                total = _plus(total, _mult({product: value}, inner))
    return total


def _cancel(num: Sum, den: Sum, variable: Term) -> tuple[Sum, Sum]:
    """Divide both by the largest common power of the variable."""
    common = min(_exponent(p, variable) for p in [*num, *den])
    shift: Product = ((variable, -common),) if common else ()
    return {_times(p, shift): v for p, v in num.items()}, {_times(p, shift): v for p, v in den.items()}


def _zero(poly: Sum, variable: Term) -> Sum:
    total: Sum = {}
    for product, value in poly.items():
        kept = tuple((x, e) for x, e in product if not (isinstance(x, Exponential) and _exponent(x.of, variable) > 0))
        if any(isinstance(x, Exponential) and _exponent(x.of, variable) < 0 for x, _ in kept) or _exponent(product, variable) < 0:
            raise Refused(f"a pole at {variable.name} = 0")
        if not _exponent(product, variable):
            total = _plus(total, {kept: value})
    return total


def _decay(poly: Sum, variable: Term) -> Sum:
    """Drop the monomials that decay exponentially in the variable; refuse those that may grow."""
    kept: Sum = {}
    for product, value in poly.items():
        decays = False
        for letter, exponent in product:
            degree = _exponent(letter.of, variable) if isinstance(letter, Exponential) else Fraction(0)
            if isinstance(letter, Exponential) and degree:
                rate = _times(letter.of, ((variable, -degree),))
                if degree < 0 or exponent > 0 or not sign({rate: Fraction(1)}):
                    raise Refused(f"an exponential that may not decay as {variable.name} -> oo")
                decays = True
        if not decays:
            kept[product] = value
    return kept


def _leading(poly: Sum, variable: Term) -> tuple[Fraction, Sum]:
    if not poly:
        raise Refused("the denominator vanishes in the limit")
    degree = max(_exponent(p, variable) for p in poly)
    shift: Product = ((variable, -degree),) if degree else ()
    return degree, {_times(p, shift): v for p, v in poly.items() if _exponent(p, variable) == degree}
