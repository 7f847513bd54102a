"""From terms to ratios of letters; what a term needs in order to be defined is proved on the way.

A divisor is nonzero, the argument of a logarithm positive, that of a root nonnegative, the base of a
power with a real exponent positive: each is shown under the hypotheses, or the reading is refused.

>>> from lemmata.kernel.term import inverse, mul, symbol
>>> from lemmata.oracle.prover import Prover
>>> world = World()
>>> _ = Prover(world, [])
>>> x, a = symbol("x"), symbol("a", 1, 1, "positive")
>>> Reader(world).ratio(mul(x, inverse(x)))
Traceback (most recent call last):
...
lemmata.oracle.ratios.Refused: a divisor is not seen to be nonzero: x
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from lemmata.kernel.term import SCALAR, Term, add, exp, inverse, mul, number, subterms
from lemmata.oracle.calculus import derivative
from lemmata.oracle.ratios import ONE, ZERO, Poly, Ratio, Refused, monomials
from lemmata.oracle.world import Split, World
from lemmata.terms.forms import call, constant, power

__all__ = ["Reader", "is_natural", "to_term"]

_TURNS = frozenset({"abs", "max", "min", "sign"})
_SIGNS = {"positive": 2, "nonnegative": 1, "time": 1, "natural": 1, "real": 0}


def is_natural(term: Term) -> bool:
    """Is the term a natural number, whatever its symbols are?"""
    match term.head:
        case "symbol":
            return bool(term.value[3] == "natural")
        case "dim":
            return True
        case "number":
            return bool(term.value >= 0 and term.value.denominator == 1)
        case "add" | "mul":
            return all(map(is_natural, term.args))
    return False


def is_integer(term: Term) -> bool:
    if term.head in ("add", "mul"):
        return all(map(is_integer, term.args))
    return bool(term.head == "number" and term.value.denominator == 1) or is_natural(term)


class Reader:
    """Reads terms in a world.  ``values`` are ratios for the variables of limits."""

    def __init__(self, world: World, values: Mapping[Term, Ratio] | None = None, near: Any = None) -> None:
        self.world = world
        self.values = dict(values or {})
        self.near = near
        """Inside of a limit: the approach, which shows conditions near the point only."""
        self.read: dict[Term, Ratio] = {}

    def ratio(self, term: Term) -> Ratio:
        if term not in self.read:
            self.world.clock()
            self.read[term] = self._ratio(term)
        return self.read[term]

    # --- conditions --------------------------------------------------------------------------

    def need(self, x: Ratio, relation: str, what: str) -> None:
        """Show that the ratio is nonzero (!=), positive (>) or nonnegative (>=)."""
        if self.holds(x, relation):
            return
        raise Refused(f"{what}: {self.world.show(x)}")

    def holds(self, x: Ratio, relation: str) -> bool:
        poly = x.num if relation == "!=" else x.num * x.den
        if self.world.prove(poly, relation):
            return True
        return bool(self.near is not None and self.near.eventually(x, relation))

    def is_nonnegative(self, x: Ratio) -> bool:
        return self.holds(x, ">=")

    # --- heads -------------------------------------------------------------------------------

    def _ratio(self, term: Term) -> Ratio:
        if not term.is_scalar:
            raise Refused(f"a {term.head} that is no scalar")
        if term in self.values:
            return self.values[term]
        match term.head:
            case "symbol":
                return self._symbol(term)
            case "dim":
                return self.world.symbol(str(term.value), 2, True, term)
            case "number":
                return Ratio.of(term.value)
            case "zero":
                return ZERO
            case "identity":
                return ONE
            case "constant":
                return self._constant(str(term.value))
            case "add":
                total = ZERO
                for a in term.args:
                    total = total + self.ratio(a)
                return total
            case "mul" | "inner":
                product = ONE
                for a in term.args:
                    product = product * self.ratio(a)
                return product
            case "adjoint" | "trace" | "det" | "literal":
                return self.ratio(term.args[0])
            case "inverse" | "pinv":
                x = self.ratio(term.args[0])
                self.need(x, "!=", "a divisor is not seen to be nonzero")
                return ONE / x
            case "exp":
                return self.world.exponential(self.ratio(term.args[0]))
            case "norm":
                return self.absolute(self.ratio(term.args[0]))
            case "power":
                return self._power(*term.args)
            case "call":
                return self._call(str(term.value), term.args)
            case "diff":
                return self._derivative(term)
            case "limit":
                from lemmata.oracle.limits import limit_of

                return limit_of(self, term)
        raise Refused(f"the head {term.head} is not treated")

    def _symbol(self, term: Term) -> Ratio:
        name, _, _, domain, of = term.value
        if of or domain not in _SIGNS:
            raise Refused(f"{name} is complex or depends on {of or 'nothing'}")
        return self.world.symbol(str(name), _SIGNS[domain], domain == "natural", term)

    def _constant(self, name: str) -> Ratio:
        if name == "i":
            raise Refused("a complex number")
        return self.world.pi() if name == "pi" else self.world.exponential(ONE)

    def absolute(self, x: Ratio) -> Ratio:
        if self.near is not None:
            for signed in (x, -x):
                if self.near.eventually(signed, ">"):
                    return signed
        return self.world.absolute(x)

    def _power(self, base: Term, exponent: Term) -> Ratio:
        k = self.ratio(exponent)
        if base.head == "constant" and base.value == "e":
            return self.world.exponential(k)
        x = self.ratio(base)
        if k.is_constant():
            return self._number_power(x, k.value())
        natural = is_natural(exponent)
        integer = natural or is_integer(exponent)
        if not integer:
            self.need(x, ">", "the base of a power is not seen to be positive")
        elif not natural:
            self.need(x, "!=", "the base of a power is not seen to be nonzero")
        elif self.world.is_zero(x.num):
            self.need(k, ">", "zero to a power that is not seen to be positive")
            return ZERO
        return self.world.power(x, k, integer)

    def _number_power(self, x: Ratio, k: Fraction) -> Ratio:
        if k.denominator == 1:
            if k < 0:
                self.need(x, "!=", "a divisor is not seen to be nonzero")
            return x ** int(k)
        self.need(x, ">" if k < 0 else ">=", "the base of a fractional power is not seen to be nonnegative")
        if k.denominator > 12:
            raise Refused("a root of high degree")
        if k < 0:
            x, k = ONE / x, -k
        whole, part = divmod(k.numerator, k.denominator)
        return x**whole * self.world.root(x**part, k.denominator, self.is_nonnegative)

    def _call(self, name: str, args: tuple[Term, ...]) -> Ratio:
        values = [self.ratio(a) for a in args]
        if name in ("max", "min") and values:
            best = values[0]
            for v in values[1:]:
                gap = (best - v) if name == "max" else (v - best)
                if self.world.nonnegative(-gap):
                    best = v
                elif not self.world.nonnegative(gap):
                    raise Split(gap)
            return best
        if len(values) != 1:
            raise Refused(f"{name} of {len(values)} arguments")
        return self._function(name, values[0])

    def _function(self, name: str, x: Ratio) -> Ratio:
        world, two = self.world, Ratio.of(2)
        match name:
            case "sqrt":
                self.need(x, ">=", "a square root of what is not seen to be nonnegative")
                return world.root(x, 2, self.is_nonnegative)
            case "abs":
                return self.absolute(x)
            case "log" | "ln":
                self.need(x, ">", "a logarithm of what is not seen to be positive")
                return world.logarithm(x, known=True)
            case "sin" | "cos" | "tan" | "cot" | "sec" | "csc":
                sin, cos = world.trigonometric(x)
                if name in ("sin", "cos"):
                    return sin if name == "sin" else cos
                below = cos if name in ("tan", "sec") else sin
                self.need(below, "!=", f"{name} is not seen to be defined")
                return {"tan": sin, "cot": cos}.get(name, ONE) / below
            case "sinh" | "cosh" | "tanh":
                up, down = world.exponential(x), world.exponential(-x)
                if name == "tanh":
                    return (up - down) / (up + down)
                return (up - down if name == "sinh" else up + down) / two
            case "arctan":
                return world.arctangent(x)
            case "sign":
                if world.positive(x):
                    return ONE
                if world.positive(-x):
                    return -ONE
                if world.is_zero(x.num):
                    return ZERO
                raise Split(x)
        raise Refused(f"the function {name} is not treated")

    def _derivative(self, term: Term) -> Ratio:
        variable = str(term.value)
        before = self.world.absolutes
        body = Reader(self.world, self.values, self.near).ratio(term.args[0])
        if self.world.absolutes != before or _turns(term.args[0]):
            # A sign that holds at one point says nothing about the points around it.
            raise Refused("a derivative of an absolute value or the like")
        inside = [t for t in subterms(term.args[0]) if t.head == "symbol" and t.name == variable]
        if not inside:
            return ZERO
        index = self.world.index_of(inside[0])
        if len(inside) > 1 or index is None or inside[0] in self.values or is_natural(inside[0]):
            raise Refused(f"a derivative in {variable}")
        slope = derivative(self.world, body, index)
        self.need(Ratio.make(slope.den, ONE.den), "!=", "a derivative is not seen to exist")
        return slope


def _turns(term: Term) -> bool:
    return any(t.head == "norm" or (t.head == "call" and t.value in _TURNS) for t in subterms(term))


# --- back to terms ---------------------------------------------------------------------------


def to_term(world: World, ratio: Ratio) -> Term:
    """A term with the value of the ratio.  Raises Refused for the inner letters of limits."""
    top = poly_term(world, ratio.num)
    return top if ratio.den == 1 else mul(top, inverse(poly_term(world, ratio.den)))


def poly_term(world: World, poly: Poly) -> Term:
    parts = []
    for exponents, c in monomials(poly):
        factors = [number(c)] if c != 1 or not any(exponents) else []
        for n, e in enumerate(exponents):
            if e:
                letter = letter_term(world, n)
                factors.append(letter if e == 1 else power(letter, e))
        parts.append(mul(*factors))
    return add(*parts) if parts else number(0)


def letter_term(world: World, n: int) -> Term:
    letter = world.letters[n]
    of = [to_term(world, r) for r in letter.of]
    match letter.kind:
        case "symbol" if isinstance(letter.key, Term) and letter.key.shape == SCALAR:
            return letter.key
        case "constant":
            return constant("pi")
        case "exp":
            return exp(mul(number(-1), of[0]))
        case "power":
            return power(of[0], of[1])
        case "root":
            return power(of[0], number(Fraction(1, letter.degree)))
        case "sin" | "cos" | "log" | "arctan":
            return call(letter.kind, of[0])
    raise Refused(f"no term for {letter.name}")
