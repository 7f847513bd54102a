"""Calculus on letters: derivatives, values at a point, and enclosures of Taylor coefficients.

>>> from lemmata.oracle.world import World
>>> world = World()
>>> x = world.symbol("x", 1)
>>> e = world.exponential(-x)
>>> derivative(world, e, 0) == -e
True
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb, arb_series, fmpq

from lemmata.oracle.ratios import ONE, ZERO, Poly, Ratio, Refused, constant, monomials
from lemmata.oracle.world import World

__all__ = ["at_point", "dependent", "derivative", "series"]


def dependent(world: World, index: int) -> list[int]:
    """The letters that depend on a symbol, itself first; arguments come before what contains them."""
    found = [index]
    for n, letter in enumerate(world.letters):
        if n != index and any(set(found) & r.letters() for r in letter.of):
            found.append(n)
    return found


def derivative(world: World, ratio: Ratio, index: int) -> Ratio:
    """The derivative in a symbol."""
    total = ZERO
    for n in sorted(ratio.letters()):
        inner = _letter_derivative(world, n, index)
        if inner == ZERO:
            continue
        top = Ratio.make(ratio.num.derivative(n), constant(1)) * Ratio(ratio.den, constant(1))
        top = top - Ratio.make(ratio.num * ratio.den.derivative(n), constant(1))
        total = total + top / Ratio(ratio.den * ratio.den, constant(1)) * inner
    return total


def _letter_derivative(world: World, n: int, index: int) -> Ratio:
    if n == index:
        return ONE
    letter, value = world.letters[n], Ratio.letter(n)
    if not letter.of:
        return ZERO
    inner = derivative(world, letter.of[0], index)
    if letter.kind == "power":
        slope = derivative(world, letter.of[1], index)
        total = value * letter.of[1] * inner / letter.of[0] if inner != ZERO else ZERO
        return total + (value * world.logarithm(letter.of[0]) * slope if slope != ZERO else ZERO)
    if inner == ZERO:
        return ZERO
    match letter.kind:
        case "exp":
            return -value * inner
        case "root":
            return value * inner / (Ratio.of(letter.degree) * letter.of[0])
        case "log":
            return inner / letter.of[0]
        case "sin":
            return world.trigonometric(letter.of[0])[1] * inner
        case "cos":
            return -world.trigonometric(letter.of[0])[0] * inner
        case "arctan":
            return inner / (ONE + letter.of[0] * letter.of[0])
    raise Refused(f"the derivative of {letter.name}")


def at_point(world: World, ratio: Ratio, index: int, point: Ratio) -> Ratio:
    """The value where the symbol has a value; every letter is continuous there.  Raises Refused."""
    values = {index: point}
    for n in dependent(world, index)[1:]:
        if not _needed(world, ratio, n):
            continue
        letter = world.letters[n]
        inner = [_put(world, r, values) for r in letter.of]
        match letter.kind:
            case "exp":
                values[n] = world.exponential(-inner[0])
            case "root":
                values[n] = world.root(inner[0], letter.degree)
            case "log":
                values[n] = world.logarithm(inner[0])
            case "sin" | "cos":
                values[n] = world.trigonometric(inner[0])[letter.kind == "cos"]
            case "arctan":
                values[n] = world.arctangent(inner[0])
            case "power" if inner[1] == letter.of[1] and (letter.natural or world.positive(inner[0])):
                if world.is_zero(inner[0].num):
                    raise Refused("a power of zero")
                values[n] = world.power(inner[0], inner[1], letter.natural)
            case _:
                raise Refused(f"the value of {letter.name}")
    return _put(world, ratio, values)


def _needed(world: World, ratio: Ratio, n: int) -> bool:
    found = ratio.letters()
    while True:
        more = {m for i in found for r in world.letters[i].of for m in r.letters()} - found
        if not more:
            return n in found
        found |= more


def _put(world: World, ratio: Ratio, values: dict[int, Ratio]) -> Ratio:
    kept = {i: v for i, v in values.items() if i in ratio.letters()}
    below = Ratio(ratio.den, constant(1)).at(kept)
    if not world.prove(below.num, "!="):
        raise Refused("a divisor that may vanish at a point")
    return Ratio(ratio.num, constant(1)).at(kept) / below


def series(world: World, ratio: Ratio, index: int, centre: arb, length: int) -> list[arb]:
    """Enclosures of the Taylor coefficients at every point of the ball, for one symbol and numbers.

    Raises Refused where a letter is not analytic on the ball.
    """
    return Expansion(world, index, centre, length).coefficients(ratio)


class Expansion:
    """Power series of the letters at a ball, each computed once."""

    def __init__(self, world: World, index: int, centre: arb, length: int) -> None:
        self.world, self.length = world, length
        self.known: dict[int, Any] = {index: arb_series([centre, arb(1)], length)}

    def coefficients(self, ratio: Ratio) -> list[arb]:
        value = self._ratio(ratio)
        found = list(value.coeffs()) if isinstance(value, arb_series) else [value]
        found += [arb(0)] * (self.length - len(found))
        if not all(c.is_finite() for c in found[: self.length]):
            raise Refused("no finite enclosure")
        return found[: self.length]

    def _ratio(self, ratio: Ratio) -> Any:
        top = self._poly(ratio.num)
        if ratio.den == 1:
            return top
        below = self._poly(ratio.den)
        if below[0].contains(0):
            raise Refused("a divisor that may vanish in a box")
        return top / below

    def _poly(self, poly: Poly) -> Any:
        total = arb_series([arb(0)], self.length)
        powers: dict[tuple[int, int], Any] = {}
        for exponents, c in monomials(poly):
            term: Any = arb_series([arb(fmpq(c.numerator, c.denominator))], self.length)
            for n, e in enumerate(exponents):
                if e:
                    if (n, e) not in powers:
                        powers[n, e] = self._letter(n) ** e
                    term = term * powers[n, e]
            total = total + term
        return total

    def _letter(self, n: int) -> Any:
        if n not in self.known:
            self.known[n] = self._compute(n)
        return self.known[n]

    def _compute(self, n: int) -> Any:
        letter = self.world.letters[n]
        if letter.kind == "constant":
            return arb_series([arb.pi()], self.length)
        if letter.kind == "symbol":
            raise Refused("more than one symbol")
        inner = [self._ratio(r) for r in letter.of]
        x = inner[0]
        if letter.kind in ("root", "log", "power") and not x[0] > 0:
            raise Refused("a function at the end of its domain")
        match letter.kind:
            case "exp":
                return (-x).exp()
            case "root":
                return x.sqrt() if letter.degree == 2 else (x.log() / letter.degree).exp()
            case "log":
                return x.log()
            case "sin":
                return x.sin()
            case "cos":
                return x.cos()
            case "arctan":
                return x.atan()
            case "power":
                return (x.log() * inner[1]).exp()
        raise Refused(f"the series of {letter.name}")


def number(world: World, ratio: Ratio) -> arb:
    """An enclosure of a ratio of numbers."""
    return Expansion(world, -1, arb(0), 1).coefficients(ratio)[0]


def float_letters(world: World, point: dict[Any, Fraction]) -> list[float]:
    """Floating values of all letters, to guide the search (nan where there is none)."""
    import math

    values: list[float] = []

    def ratio(r: Ratio) -> float:
        return poly_float(r.num, values) / poly_float(r.den, values)

    for letter in world.letters:
        try:
            inner = [ratio(r) for r in letter.of]
            match letter.kind:
                case "symbol":
                    value = float(point[letter.key])
                case "constant":
                    value = math.pi
                case "exp":
                    value = math.exp(-inner[0])
                case "root":
                    value = inner[0] ** (1 / letter.degree)
                case "power":
                    value = inner[0] ** (round(inner[1]) if letter.natural else inner[1])
                case kind:
                    value = {"log": math.log, "sin": math.sin, "cos": math.cos, "arctan": math.atan}[kind](
                        inner[0]
                    )
        except (ArithmeticError, ValueError, KeyError):
            value = math.nan
        values.append(value if isinstance(value, float) else math.nan)
    return values


def poly_float(poly: Poly, values: list[float]) -> float:
    total = 0.0
    for exponents, c in monomials(poly):
        term = float(c)
        for n, e in enumerate(exponents):
            if e:
                term *= values[n] ** e
        total += term
    return total
