"""Scalar functions of a singular value: exact fractions of polynomials with exponentials.

A monomial is a sorted tuple of (letter, exponent).  Letters: scalar symbols, the singular value
``SIGMA``, and exponentials ``e^m`` of a monomial m, whose exponents may be negative or fractional
(e^{-t s^2} is the letter e^{t s^2} to the power -1).  Two fractions are equal when the
cross-multiplied polynomials are; no cancellation is ever needed, so none is trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.poly import Refused, letter_key
from lemmata.kernel.term import Term, symbol

__all__ = [
    "EXCESS",
    "SIGMA",
    "Frac",
    "Sum",
    "coefficients",
    "exponential_bounds",
    "multiple_of",
    "plus",
    "sign",
    "without_decay",
]

SIGMA = symbol("singular value", 1, 1, "positive")


@dataclass(frozen=True)
class Exponential:
    """The letter e^m of a monomial m."""

    of: Product


@dataclass(frozen=True)
class Power:
    """The letter p^k of a polynomial p (as items of a Sum) and an index k."""

    of: tuple[tuple[Product, Fraction], ...]
    index: Term


Letter = Term | Exponential | Power
Product = tuple[tuple[Letter, Fraction], ...]
Sum = dict[Product, Fraction]
"""A polynomial: no zero coefficients."""


def _key(item: tuple[Letter, Fraction]) -> tuple[int, str]:
    letter = item[0]
    if isinstance(letter, Term):
        return 0, letter_key(letter)
    return (1, repr(letter.of)) if isinstance(letter, Exponential) else (2, repr((letter.of, letter.index)))


def _times(a: Product, b: Product) -> Product:
    powers: dict[Letter, Fraction] = dict(a)
    for letter, exponent in b:
        powers[letter] = powers.get(letter, Fraction(0)) + exponent
    return tuple(sorted(((k, v) for k, v in powers.items() if v), key=_key))


def plus(a: Sum, b: Sum, factor: int = 1) -> Sum:
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
    if isinstance(letter, Power):
        return "positive" if sign(dict(letter.of)) == 1 else "real"
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


def multiple_of(poly: Sum, bound: Sum, direction: int, strict: bool) -> bool:
    """Whether poly = direction * c * m * bound with c > 0 and a monomial m >= 0 (> 0 if strict)."""
    if not poly or len(poly) != len(bound):
        return False
    first, lead = min(bound.items(), key=repr)
    for product, value in poly.items():
        ratio = _times(product, tuple((x, -e) for x, e in first))
        factor = value / lead
        scaled = {_times(p, ratio): v * factor for p, v in bound.items()}
        # Divided by a letter that may vanish, a bound says nothing where it does.
        whole = all(e > 0 or _domain(x) == "positive" for x, e in ratio)
        if scaled == poly and factor * direction > 0 and whole and sign({ratio: Fraction(1)}, strict) == 1:
            return True
    return False


def _exponentials(poly: Sum) -> set[tuple[Exponential, Fraction]]:
    return {(x, e) for product in poly for x, e in product if isinstance(x, Exponential)}


EXCESS = symbol("e^x - 1", 1, 1, "nonnegative")


def exponential_bounds(poly: Sum) -> list[Sum]:
    """e^x - 1 - x >= 0 and e^{-x} - 1 + x >= 0 for the exponents x that occur."""
    powers = _exponentials(poly)
    found = []
    for letter, exponent in sorted(powers, key=repr):
        for c in (exponent, -exponent):
            linear: Sum = plus({(): Fraction(-1)}, {letter.of: -c})
            found.append(plus({((letter, c),): Fraction(1)}, linear))
    return found


def without_decay(poly: Sum) -> Sum | None:
    """A polynomial in E = e^{-x}, x >= 0, times (1 + u)^n where E = 1 / (1 + u), u >= 0."""
    powers = _exponentials(poly)
    letters = {letter for letter, _ in powers}
    if len(letters) != 1 or any(exponent > 0 for _, exponent in powers):
        return None
    (letter,) = letters
    if sign({letter.of: Fraction(1)}, strict=False) != 1:
        return None
    unit = max(exponent for _, exponent in powers)
    degrees = {exponent: exponent / unit for _, exponent in powers}
    if any(d.denominator != 1 for d in degrees.values()):
        return None
    top, total = int(max(degrees.values())), Sum()
    for product, value in poly.items():
        degree = int(degrees.get(_exponent(product, letter), Fraction(0)))
        rest: Sum = {tuple(item for item in product if item[0] != letter): value}
        factor = _times_itself({(): Fraction(1), ((EXCESS, Fraction(1)),): Fraction(1)}, top - degree)
        total = plus(total, _mult(rest, factor))
    return total


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
            return Frac(plus(self.num, other.num), self.den)
        return Frac(plus(_mult(self.num, other.den), _mult(other.num, self.den)), _mult(self.den, other.den))

    def __mul__(self, other: Frac) -> Frac:
        return Frac(_mult(self.num, other.num), _mult(self.den, other.den))

    def __neg__(self) -> Frac:
        return Frac({k: -v for k, v in self.num.items()}, self.den)

    def symbols(self) -> set[Term]:
        return _symbols([*self.num, *self.den])

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

    def raised(self, index: Term, times: int) -> Frac:
        """The power with exponent times * index; 0^k is refused, since 0^0 = 1."""
        if not self.num:
            raise Refused("a power of 0 with a symbolic exponent")
        return Frac(_raised(self.num, index, times), _raised(self.den, index, times))

    def shifted(self, index: Term, by: int) -> Frac:
        """The value at index + by."""
        return Frac(_shifted(self.num, index, by), _shifted(self.den, index, by))

    def derivative(self, variable: Term) -> Frac:
        """By the quotient rule and (e^{c m})' = c m' e^{c m}."""
        dnum, dden = _derivative(self.num, variable), _derivative(self.den, variable)
        return Frac(plus(_mult(dnum, self.den), _mult(self.num, dden), -1), _mult(self.den, self.den))

    def at_zero(self, variable: Term) -> Frac:
        """The value at variable = 0 (equal to the limit from the right, for a continuous fraction)."""
        num, den = _cancel(self.num, self.den, variable)
        num, den = _zero(num, variable), _zero(den, variable)
        if not sign(den):
            raise Refused(f"the denominator may vanish at {variable.name} = 0")
        return Frac(num, den)

    def at_infinity(self, variable: Term, shrinks: Callable[[Sum], bool] = lambda base: False) -> Frac:
        """The limit variable -> oo: decaying exponentials go, then leading powers are compared.

        ``shrinks`` says of the base of a power whether it lies strictly between -1 and 1.
        """
        num, den = _decay(self.num, variable, shrinks), _decay(self.den, variable, shrinks)
        den_degree, lead = _leading(den, variable)
        num_degree, top = _leading(num, variable) if num else (den_degree - 1, num)
        if not sign(lead):
            raise Refused("the leading coefficient of the denominator may vanish")
        if num_degree > den_degree:
            raise Refused(f"grows without bound as {variable.name} -> oo")
        return Frac.of(0) if num_degree < den_degree else Frac(top, lead)


def _raised(poly: Sum, index: Term, times: int) -> Sum:
    if poly == {(): Fraction(1)} or not times:
        return {(): Fraction(1)}
    items = tuple(sorted(poly.items(), key=repr))
    return {((Power(items, index), Fraction(times)),): Fraction(1)}


def _shifted(poly: Sum, index: Term, by: int) -> Sum:
    total: Sum = {}
    for product, value in poly.items():
        factor: Sum = {(): value}
        for letter, exponent in product:
            if _mentions(letter, index):
                raise Refused("an index inside the base of a power is not shifted")
            power: Sum = {((letter, exponent),): Fraction(1)}
            inside = isinstance(letter, Exponential) and _exponent(letter.of, index)
            if (
                inside
                or (exponent.denominator != 1 and letter is index)
                or (letter is index and exponent < 0)
            ):
                raise Refused("an index inside an exponential or a denominator is not shifted")
            if letter is index:
                power = _times_itself({((index, Fraction(1)),): Fraction(1), (): Fraction(by)}, int(exponent))
            elif isinstance(letter, Power) and letter.index is index:
                if exponent < 0:
                    raise Refused("a negative power with an index is not shifted")
                power = _mult(power, _times_itself(dict(letter.of), by * int(exponent)))
            factor = _mult(factor, power)
        total = plus(total, factor)
    return total


def _times_itself(poly: Sum, count: int) -> Sum:
    result: Sum = {(): Fraction(1)}
    for _ in range(count):
        result = _mult(result, poly)
    return result


def _symbols(products: Iterable[Product]) -> set[Term]:
    """All symbols, those inside of exponentials and powers and their indices too."""
    found: set[Term] = set()
    stack = list(products)
    while stack:
        for letter, _ in stack.pop():
            if isinstance(letter, Term):
                found.add(letter)
            elif isinstance(letter, Exponential):
                stack.append(letter.of)
            else:
                found.add(letter.index)
                stack += [product for product, _ in letter.of]
    return found


def coefficients(poly: Sum, variable: Term) -> list[Sum]:
    """The coefficients of the positive powers of a variable.  Refuses exponentials in it and the like."""
    found: dict[Fraction, Sum] = {}
    for product, value in poly.items():
        rest = tuple(item for item in product if item[0] is not variable)
        power = _exponent(product, variable)
        if power < 0 or variable in _symbols([rest]):
            raise Refused(f"no polynomial in {variable.name}")
        found.setdefault(power, {})[rest] = value
    return [part for power, part in found.items() if power]


def _mentions(letter: Letter, variable: Term) -> bool:
    """Whether the base of a power holds the variable, or a power in an exponent does."""
    if isinstance(letter, Term):
        return False
    if isinstance(letter, Power):
        return variable in _symbols(product for product, _ in letter.of)
    return variable in _symbols(((x, e),) for x, e in letter.of if not isinstance(x, Term))


def _exponent(product: Product, letter: Letter) -> Fraction:
    return dict(product).get(letter, Fraction(0))


def _derivative(poly: Sum, variable: Term) -> Sum:
    total: Sum = {}
    for product, value in poly.items():
        for letter, exponent in product:
            if _mentions(letter, variable):
                raise Refused("a power with a symbolic exponent is not differentiated")
            if letter is variable:
                total = plus(total, {_times(product, ((variable, Fraction(-1)),)): value * exponent})
            elif isinstance(letter, Exponential):
                inner = _derivative({letter.of: exponent}, variable)
                total = plus(total, _mult({product: value}, inner))
    return total


def _cancel(num: Sum, den: Sum, variable: Term) -> tuple[Sum, Sum]:
    """Divide both by the largest common power of the variable."""
    common = min(_exponent(p, variable) for p in [*num, *den])
    shift: Product = ((variable, -common),) if common else ()
    return {_times(p, shift): v for p, v in num.items()}, {_times(p, shift): v for p, v in den.items()}


def _zero(poly: Sum, variable: Term) -> Sum:
    total: Sum = {}
    for product, value in poly.items():
        if any(_mentions(x, variable) for x, _ in product):
            raise Refused("a power with a symbolic exponent under a limit")
        kept = tuple(
            (x, e) for x, e in product if not (isinstance(x, Exponential) and _exponent(x.of, variable) > 0)
        )
        kept = tuple((x, e) for x, e in kept if not (isinstance(x, Power) and x.index is variable))
        if (
            any(isinstance(x, Exponential) and _exponent(x.of, variable) < 0 for x, _ in kept)
            or _exponent(product, variable) < 0
        ):
            raise Refused(f"a pole at {variable.name} = 0")
        if not _exponent(product, variable):
            total = plus(total, {kept: value})
    return total


def _decay(poly: Sum, variable: Term, shrinks: Callable[[Sum], bool]) -> Sum:
    """Drop the monomials that decay exponentially in the variable; refuse those that may grow."""
    kept: Sum = {}
    for product, value in poly.items():
        decays = False
        for letter, exponent in product:
            if _mentions(letter, variable):
                raise Refused("a power with a symbolic exponent under a limit")
            if isinstance(letter, Power) and letter.index is variable:
                if exponent < 0 or not shrinks(dict(letter.of)):
                    raise Refused(f"a power that may not decay as {variable.name} -> oo")
                decays = True
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
