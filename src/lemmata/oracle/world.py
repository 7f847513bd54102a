"""Worlds: the letters of one statement, what they stand for, and what is assumed of them.

Letters are symbols, e^{-x}, powers b^k, roots, sines, logarithms and constants.  Each is kept once,
under a name that shows what it stands for, so equal functions are the same letter:

>>> world = World()
>>> s, t = world.symbol("s", 2), world.symbol("t", 1)
>>> world.exponential(s * t) * world.exponential(-(t * s)) == Ratio.of(1)
True

``e^{x}`` is the reciprocal of the letter ``e^{-x}``; a sum in an exponent is a product of letters.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from lemmata.oracle.ratios import (
    COUNT,
    GENERATORS,
    ONE,
    ZERO,
    Poly,
    Ratio,
    Refused,
    constant,
    factors,
    letters_of,
    monomials,
    polynomial,
    primes,
    replace_power,
    root_of_number,
)

__all__ = ["Again", "Letter", "Split", "World"]


class Again(Exception):
    """The unit of an exponent became finer: read once more."""


class Split(Exception):
    """The sign of a ratio decides how to go on."""

    def __init__(self, ratio: Ratio) -> None:
        super().__init__("a sign is not known")
        self.ratio = ratio


@dataclass(frozen=True)
class Letter:
    """kind: symbol, constant, exp (e^{-of}), power (of[0]^of[1]), root (of^{1/degree}), sin, cos, log, arctan."""

    kind: str
    name: str
    of: tuple[Ratio, ...] = ()
    degree: int = 1
    natural: bool = False
    key: Any = None


class World:
    """Letters and hypotheses.  ``signs``: 2 positive, 1 nonnegative, 0 not known."""

    def __init__(self, units: dict[str, int] | None = None, seconds: float = 5.0) -> None:
        self.letters: list[Letter] = []
        self.signs: list[int] = []
        self.names: dict[str, int] = {}
        self.keys: dict[Any, str] = {}
        self.undecided: Ratio | None = None
        """A ratio whose sign a hypothesis waits for."""
        self.absolutes = 0
        """How often an absolute value has been resolved by a sign."""
        self.units = {} if units is None else units
        self.hypotheses: list[tuple[Poly, bool]] = []
        """(p, strict): p > 0 or p >= 0."""
        self.equalities: list[Poly] = []
        self.nonzero: list[Poly] = []
        self.deadline = time.monotonic() + seconds
        self.prove: Callable[[Poly, str], bool] = lambda poly, relation: False
        self.changed = 0

    def clock(self) -> None:
        if time.monotonic() > self.deadline:
            raise Refused("out of time")

    # --- letters -----------------------------------------------------------------------------

    def _letter(self, letter: Letter, sign: int) -> Ratio:
        if letter.name not in self.names:
            if len(self.letters) == COUNT:
                raise Refused("too many letters")
            self.names[letter.name] = len(self.letters)
            self.letters.append(letter)
            self.signs.append(sign)
            self.changed += 1
        return Ratio.letter(self.names[letter.name])

    def symbol(self, name: str, sign: int, natural: bool = False, key: Any = None) -> Ratio:
        """A letter for ``key`` (or for the name).  Names of letters show what they stand for, so the signs
        of a formula are taken out of a symbol's own name, and two symbols never share one."""
        key = name if key is None else key
        if key not in self.keys:
            plain = re.sub(r"[^\w' ]", "_", name)
            while plain in self.names:
                plain += "'"
            self.keys[key] = plain
        return self._letter(Letter("symbol", self.keys[key], natural=natural, key=key), sign)

    def index_of(self, key: Any) -> int | None:
        """The letter of a symbol."""
        return self.names.get(self.keys.get(key, ""))

    def pi(self) -> Ratio:
        return self._letter(Letter("constant", "#pi"), 2)

    def show(self, ratio: Ratio) -> str:
        """A name for a ratio; equal ratios have equal names."""
        top = self.show_poly(ratio.num)
        return top if ratio.den == 1 else f"({top})/({self.show_poly(ratio.den)})"

    def show_poly(self, poly: Poly) -> str:
        parts = []
        for exponents, c in monomials(poly):
            named = sorted((self.letters[i].name, e) for i, e in enumerate(exponents) if e)
            parts.append((named, c))
        shown = []
        for named, c in sorted(parts):
            letters = "*".join(n if e == 1 else f"{n}^{e}" for n, e in named)
            shown.append(str(c) if not letters else letters if c == 1 else f"{c}*{letters}")
        return " + ".join(shown) or "0"

    def _pieces(self, ratio: Ratio) -> list[tuple[Ratio, Fraction]]:
        """The ratio as a sum of (monomial / denominator, coefficient)."""
        unit = constant(1)
        return [
            (Ratio.make(polynomial({e: Fraction(1)}), ratio.den * unit), c) for e, c in monomials(ratio.num)
        ]

    def _units(self, name: str, coefficient: Fraction) -> int:
        unit = self.units.get(name, 1)
        if (coefficient * unit).denominator != 1:
            finer = lcm(unit, coefficient.denominator)
            if finer > 60:
                raise Refused("exponents with large denominators")
            self.units[name] = finer
            raise Again
        return unit

    def exponential(self, x: Ratio) -> Ratio:
        """e^x."""
        if self.is_zero(x.num):
            return ONE
        # e^{log x} = x
        total = ONE
        for piece, coefficient in self._pieces(x):
            found = letters_of(piece.num)
            if piece.den == 1 and len(found) == 1 and coefficient.denominator == 1:
                letter = self.letters[found[0]]
                if letter.kind == "log" and piece.num == GENERATORS[found[0]] and abs(coefficient) <= 12:
                    total = total * letter.of[0] ** int(coefficient)
                    continue
            name = f"exp(-({self.show(piece)}))"
            unit = self._units(name, coefficient)
            of = piece * Ratio.of(Fraction(1, unit))
            e = self._letter(Letter("exp", name, (of,)), 2)
            total = total * e ** -int(coefficient * unit)
        return total

    def known_exponential(self, x: Ratio) -> Ratio | None:
        """e^x if it needs no new letter."""
        for piece, c in self._pieces(x):
            name = f"exp(-({self.show(piece)}))"
            if name not in self.names or (c * self.units.get(name, 1)).denominator != 1:
                return None
        return self.exponential(x)

    def power(self, base: Ratio, exponent: Ratio, natural: bool) -> Ratio:
        """base^exponent, the exponent not constant; its pieces are natural numbers if ``natural``."""
        if base == ONE:
            return ONE
        if self.is_zero(base.num):
            raise Refused("a power of 0 with a symbolic exponent")
        total = ONE
        for piece, coefficient in self._pieces(exponent):
            if not self._symbolic(piece):
                if coefficient.denominator != 1:
                    raise Refused("a power with a fractional shift of its exponent")
                total = total * base ** int(coefficient)
                continue
            top, flipped = base, 1
            if base.num.is_constant() and not base.den.is_constant():
                top, flipped = ONE / base, -1
            name = f"({self.show(top)})^({self.show(piece)})"
            unit = self._units(name, coefficient)
            if natural and unit != 1:
                raise Refused("a power with a fractional exponent of a base of unknown sign")
            of = piece * Ratio.of(Fraction(1, unit))
            sign = 2 if self.positive(top) else 1 if self.nonnegative(top) else 0
            p = self._letter(Letter("power", name, (top, of), natural=natural), sign)
            total = total * p ** (flipped * int(coefficient * unit))
        return total

    def _symbolic(self, ratio: Ratio) -> bool:
        return bool(ratio.letters())

    def root(self, base: Ratio, degree: int, known: Callable[[Ratio], bool] | None = None) -> Ratio:
        """base^{1/degree}; the base is nonnegative, as ``known`` may tell."""
        if self.is_zero(base.num):
            return ZERO
        outside, inside, value = ONE, ONE, Fraction(1)
        for poly, below in ((base.num, False), (base.den, True)):
            unit, parts = factors(poly)
            value *= 1 / unit if below else unit
            for p, m in parts:
                f = Ratio(p, constant(1))
                taken, left = divmod(m, degree)
                if taken:
                    out = f if degree % 2 or taken % 2 == 0 else self.absolute(f)
                    outside = outside * out ** (-taken if below else taken)
                if not left:
                    continue
                if below:
                    # The square-free part keeps a positive denominator: a/b = a b^{d-1} / b^d.
                    if not self.positive(f):
                        if not self.positive(-f):
                            raise Split(f)
                        f, value = -f, -value if left % 2 else value
                    outside, inside = outside / f, inside * f ** (degree - left)
                else:
                    inside = inside * f**left
        whole, rest = root_of_number(abs(value), degree)
        outside, inside = outside * Ratio.of(whole), inside * Ratio.of(rest if value > 0 else -rest)
        if inside == ONE:
            return outside
        if not self.nonnegative(inside) and not (known is not None and known(inside)):
            raise Refused("a root of what is not seen to be nonnegative")
        name = f"({self.show(inside)})^(1/{degree})"
        sign = 2 if self.positive(inside) else 1
        return outside * self._letter(Letter("root", name, (inside,), degree), sign)

    def absolute(self, x: Ratio) -> Ratio:
        """|x|, if its sign is known; else a case distinction is asked for."""
        self.absolutes += 1
        if self.is_zero(x.num):
            return ZERO
        result = ONE
        for poly, below in ((x.num, False), (x.den, True)):
            unit, parts = factors(poly)
            result = result * Ratio.of(abs(unit)) ** (-1 if below else 1)
            for p, m in parts:
                f = Ratio(p, constant(1))
                if m % 2:
                    if self.nonnegative(-f):
                        f = -f
                    elif not self.nonnegative(f):
                        raise Split(f)
                result = result * f ** (-m if below else m)
        return result

    def trigonometric(self, x: Ratio) -> tuple[Ratio, Ratio]:
        """(sin x, cos x)."""
        if self.is_zero(x.num):
            return ZERO, ONE
        first = min((self.show_poly(polynomial({e: Fraction(1)})), c) for e, c in monomials(x.num))
        sign = -1 if first[1] < 0 else 1
        if sign < 0:
            x = -x
        if x.letters() and all(self.letters[i].name == "#pi" for i in x.letters()):
            return self._exact_angle(x, sign)
        sin = self._letter(Letter("sin", f"sin({self.show(x)})", (x,)), 0)
        cos = self._letter(Letter("cos", f"cos({self.show(x)})", (x,)), 0)
        return (sin if sign > 0 else -sin), cos

    def _exact_angle(self, x: Ratio, sign: int) -> tuple[Ratio, Ratio]:
        turns = (x / self.pi()).value() * 2 if (x / self.pi()).is_constant() else None
        if turns is None or turns.denominator != 1:
            raise Refused("an angle that is no multiple of pi/2")
        sin, cos = ((0, 1), (1, 0), (0, -1), (-1, 0))[int(turns) % 4]
        return Ratio.of(sign * sin), Ratio.of(cos)

    def logarithm(self, x: Ratio, known: bool = False) -> Ratio:
        """log x for positive x (``known`` to be so): a sum over the factors that are positive themselves."""
        if not known and not self.positive(x):
            raise Refused("a logarithm of what is not seen to be positive")
        total, rest = ZERO, ONE
        for poly, sign in ((x.num, 1), (x.den, -1)):
            unit, parts = factors(poly)
            rest = rest * Ratio.of(unit) ** sign
            for p, m in parts:
                f = Ratio(p, constant(1))
                letter = self.letters[letters_of(p)[0]] if len(monomials(p)) == 1 else None
                if letter is not None and letter.kind == "exp":
                    total = total - letter.of[0] * Ratio.of(m * sign)
                elif self.positive(f):
                    total = total + self._log(f) * Ratio.of(m * sign)
                else:
                    rest = rest * f ** (m * sign)
        return total + (ZERO if rest == ONE else self._log(rest))

    def _log(self, x: Ratio) -> Ratio:
        if x.is_constant():
            total, value = ZERO, x.value()
            if value <= 0:
                raise Refused("a logarithm of a number that is not positive")
            for number, sign in ((value.numerator, 1), (value.denominator, -1)):
                for p, count in primes(number):
                    total = total + self._log_letter(Ratio.of(p)) * Ratio.of(sign * count)
            return total
        return self._log_letter(x)

    def _log_letter(self, x: Ratio) -> Ratio:
        return self._letter(Letter("log", f"log({self.show(x)})", (x,)), 0)

    def arctangent(self, x: Ratio) -> Ratio:
        if self.is_zero(x.num):
            return ZERO
        return self._letter(Letter("arctan", f"arctan({self.show(x)})", (x,)), 0)

    # --- what is known -----------------------------------------------------------------------

    def reduce(self, poly: Poly) -> Poly:
        """The polynomial modulo r^q = base and sin^2 + cos^2 = 1."""
        for i in reversed(letters_of(poly)):
            letter = self.letters[i]
            if letter.kind == "root":
                relation = GENERATORS[i] ** letter.degree
                poly = replace_power(poly, i, letter.degree, letter.of[0].num, relation)
            elif letter.kind == "power" and letter.natural and letter.of[0] == -ONE:
                poly = replace_power(poly, i, 2, constant(1), GENERATORS[i] ** 2)
            elif letter.kind == "sin":
                cos = GENERATORS[self.names["cos" + letter.name[3:]]]
                poly = replace_power(poly, i, 2, 1 - cos * cos, GENERATORS[i] ** 2)
        return poly

    def is_zero(self, poly: Poly) -> bool:
        return not self.reduce(poly)

    def positive(self, x: Ratio) -> bool:
        return self._sign(x, ">")

    def nonnegative(self, x: Ratio) -> bool:
        return self._sign(x, ">=")

    def _sign(self, x: Ratio, relation: str) -> bool:
        if self.prove(x.den, ">"):
            return self.prove(x.num, relation)
        if self.prove(-x.den, ">"):
            return self.prove(-x.num, relation)
        return self.prove(x.den, "!=") and self.prove(x.num * x.den, relation)

    def settle(self) -> None:
        """Look at the equations once more, with all that is known."""
        old, self.equalities = self.equalities, []
        for poly in old:
            self._equal(poly)

    def assume(self, poly: Poly, relation: str) -> None:
        """Add p > 0, p >= 0, p == 0 or p != 0; the sign of a single letter is noted at once."""
        poly = self.reduce(poly)
        if relation == "==":
            self._equal(poly)
        elif relation == "!=":
            self.nonzero.append(poly)
        else:
            strict = relation == ">"
            terms = monomials(poly)
            if len(terms) == 1 and terms[0][1] > 0 and sum(terms[0][0]) == 1:
                i = letters_of(poly)[0]
                self.signs[i] = max(self.signs[i], 2 if strict else 1)
            else:
                self.hypotheses.append((poly, strict))
        self.changed += 1

    def _equal(self, poly: Poly) -> None:
        """p = 0 without the factors that cannot vanish; a sum of nonnegative terms vanishes term by term."""
        if not poly:
            return
        root = constant(1)
        for p, _ in factors(poly)[1]:
            if not self.prove(p, "!="):
                root = root * p
        terms = monomials(root)
        alike = all(c > 0 for _, c in terms) or all(c < 0 for _, c in terms)
        if (
            alike
            and len(terms) > 1
            and all(all(x % 2 == 0 or self.signs[n] for n, x in enumerate(e) if x) for e, _ in terms)
        ):
            for e, _ in terms:
                self._equal(polynomial({tuple(min(x, 1) for x in e): Fraction(1)}))
        else:
            self.equalities.append(root)
