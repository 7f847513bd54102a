"""Values of terms at a point: exact where they are rational, else enclosed by balls.

This reads terms on its own, apart from the algebra of the decisions: what the two disagree about is
refused.  A limit is sampled near its point; what depends on such a value is marked as soft.

>>> from lemmata.kernel.term import exp, number, symbol
>>> x = symbol("x")
>>> Values({x: Fraction(1)}).value(exp(x) * number(2))
[5.43656365691809 +/- 1.09e-15]
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from lemmata.kernel.term import Term

__all__ = ["Undefined", "Unknown", "Values"]

Value = Any
"""fmpq if exact, else arb."""


class Undefined(Exception):
    """A value that does not exist at this point, for certain."""


class Unknown(Exception):
    """A value that cannot be enclosed, or a head that is not treated."""


def ball(x: Value) -> arb:
    return arb(x) if isinstance(x, fmpq) else x


class Values:
    """The values of terms at one point; ``soft`` tells whether a sampled limit has been met."""

    def __init__(self, point: Mapping[Term, Fraction], bits: int = 53) -> None:
        self.known: dict[Term, Value] = {s: fmpq(v.numerator, v.denominator) for s, v in point.items()}
        self.point = dict(point)
        self.bits = bits
        self.soft = False

    def value(self, term: Term) -> Value:
        if term in self.known:
            return self.known[term]
        if self.bits != ctx.prec:
            with ctx.workprec(self.bits):
                found = self._value(term)
        else:
            found = self._value(term)
        if not isinstance(found, fmpq) and not found.is_finite():
            raise Unknown("no finite enclosure")
        self.known[term] = found
        return found

    def truth(self, prop: Term) -> bool | None:
        """True or False for certain, None if the enclosures do not tell.  Raises Undefined, Unknown."""
        match prop.head:
            case "and" | "or":
                found = [self.truth(p) for p in prop.args]
                decisive = prop.head == "or"
                if decisive in found:
                    return decisive
                return None if None in found else not decisive
            case "not":
                inner = self.truth(prop.args[0])
                return None if inner is None else not inner
            case "implies":
                first = self.truth(prop.args[0])
                if first is False:
                    return True
                second = self.truth(prop.args[1])
                return True if second else second if first else None
            case "iff":
                both = [self.truth(p) for p in prop.args]
                return None if None in both else both[0] == both[1]
            case "eq" | "ne" | "le" | "lt" | "ge" | "gt":
                return self._relation(prop)
            case "is":
                return self._is(prop)
        raise Unknown(f"the proposition {prop.head}")

    def _is(self, prop: Term) -> bool | None:
        x = self.value(prop.args[0])
        match prop.value:
            case "symmetric" | "diagonal":
                return True
            case "psd":
                return _compare("ge", x, fmpq(0))
            case "spd":
                return _compare("gt", x, fmpq(0))
            case "invertible":
                return _compare("ne", x, fmpq(0))
        raise Unknown(f"the property {prop.value}")

    def _relation(self, prop: Term) -> bool | None:
        if any(map(_infinite, prop.args)):
            return self._unbounded(prop)
        before, self.soft = self.soft, False
        a, b = self.value(prop.args[0]), self.value(prop.args[1])
        soft, self.soft = self.soft, before or self.soft
        if soft or any(t.head in ("limit", "diff") for t in _nodes(prop)):
            self.soft = True
        return _compare(prop.head, a, b)

    def _unbounded(self, prop: Term) -> bool:
        """lim f = oo, judged by two values of f near the point."""
        body, target = prop.args
        if prop.head != "eq" or body.head != "limit" or not _infinite(target):
            raise Unknown("infinity")
        sign = 1 if target.head == "infinity" or not any(a.head == "number" for a in target.args) else -1
        near, nearer = (sign * v for v in self._near(body))
        self.soft = True
        return bool(nearer > near and nearer > 1)

    def _value(self, term: Term) -> Value:
        match term.head:
            case "number":
                return fmpq(term.value.numerator, term.value.denominator)
            case "constant":
                if term.value == "i":
                    raise Unknown("a complex number")
                return arb.pi() if term.value == "pi" else arb(1).exp()
            case "add":
                return _sum([self.value(a) for a in term.args])
            case "mul":
                product: Value = fmpq(1)
                for a in term.args:
                    product = _times(product, self.value(a))
                return product
            case "inner":
                return _times(*(self.value(a) for a in term.args))
            case "adjoint" | "trace" | "det" | "literal":
                return self.value(term.args[0])
            case "zero":
                return fmpq(0)
            case "identity":
                return fmpq(1)
            case "inverse":
                return _over(self.value(term.args[0]))
            case "norm":
                return abs(self.value(term.args[0]))
            case "exp":
                x = self.value(term.args[0])
                return fmpq(1) if x == 0 and isinstance(x, fmpq) else _finite(ball(x).exp())
            case "power":
                return _power(self.value(term.args[0]), self.value(term.args[1]))
            case "call":
                return _call(str(term.value), [self.value(a) for a in term.args])
            case "limit":
                return self._limit(term)
            case "diff":
                return self._derivative(term)
        raise Unknown(f"the head {term.head}")

    def _near(self, term: Term) -> list[arb]:
        """Values at two points near the point of a limit."""
        body, variable, point = term.args
        far = _infinite(point)
        where = None if far else self.value(point)
        if where is not None and not isinstance(where, fmpq):
            raise Unknown("a limit at an irrational point")
        side = -1 if term.value == "-" or (far and point.head == "mul") else 1
        found = []
        for k in (60, 120):
            step = Fraction(2**k) if where is None else Fraction(1, 2**k)
            at = side * step + (0 if where is None else Fraction(int(where.p), int(where.q)))
            near = Values({**self.point, variable: at}, bits=640)
            try:
                with ctx.workprec(640):
                    found.append(ball(near.value(body)))
            except Undefined as reason:
                raise Unknown("a limit of what is not defined near its point") from reason
        return found

    def _limit(self, term: Term) -> Value:
        found = self._near(term)
        self.soft = True
        with ctx.workprec(640):
            radius = abs(found[1] - found[0]).upper() * 2 + (abs(found[1]) + 1) * arb(2) ** -40
            return found[1] + arb(0, radius.upper())

    def _derivative(self, term: Term) -> Value:
        variable = next((s for s in self.point if s.name == term.value), None)
        if variable is None:
            return fmpq(0)
        step = Fraction(1, 2**80)
        found = []
        for side in (-1, 1):
            at = self.point[variable] + side * step
            try:
                with ctx.workprec(400):
                    found.append(ball(Values({**self.point, variable: at}, bits=400).value(term.args[0])))
            except Undefined as reason:
                raise Unknown("a derivative at the end of a domain") from reason
        self.soft = True
        with ctx.workprec(400):
            slope = (found[1] - found[0]) * arb(2) ** 79
            return slope + arb(0, ((abs(slope) + 1) * arb(2) ** -40).upper())


def _infinite(point: Term) -> bool:
    return point.head == "infinity" or (point.head == "mul" and any(a.head == "infinity" for a in point.args))


def _nodes(term: Term) -> list[Term]:
    found = [term]
    for t in found:
        found.extend(t.args)
    return found


def _compare(head: str, a: Value, b: Value) -> bool | None:
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return {"eq": a == b, "ne": a != b, "le": a <= b, "lt": a < b, "ge": a >= b, "gt": a > b}[head]
    a, b = ball(a), ball(b)
    if head in ("ge", "gt"):
        a, b, head = b, a, {"ge": "le", "gt": "lt"}[head]
    match head:
        case "le":
            return True if a <= b else False if a > b else None
        case "lt":
            return True if a < b else False if a >= b else None
        case "eq":
            return None if a.overlaps(b) else False
    return None if a.overlaps(b) else True


def _finite(x: arb) -> arb:
    if not x.is_finite():
        raise Unknown("no finite enclosure")
    return x


def _sum(values: list[Value]) -> Value:
    exact = sum((v for v in values if isinstance(v, fmpq)), fmpq(0))
    balls = [v for v in values if not isinstance(v, fmpq)]
    return sum(balls, arb(exact)) if balls else exact


def _times(a: Value, b: Value) -> Value:
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return a * b
    if (isinstance(a, fmpq) and a == 0) or (isinstance(b, fmpq) and b == 0):
        return fmpq(0)
    return ball(a) * ball(b)


def _over(x: Value) -> Value:
    if isinstance(x, fmpq):
        if x == 0:
            raise Undefined("a division by zero")
        return 1 / x
    if x.contains(0):
        raise Unknown("a divisor that may be zero")
    return 1 / x


def _power(base: Value, exponent: Value) -> Value:
    if isinstance(exponent, fmpq) and exponent.q == 1:
        count = int(exponent.p)
        if isinstance(base, fmpq):
            if base == 0:
                if count < 0:
                    raise Undefined("a division by zero")
                return fmpq(int(count == 0))
            if abs(count) * max(int(base.p).bit_length(), int(base.q).bit_length()) < 20000:
                return base**count
            base = arb(base)
        if count < 0 and base.contains(0):
            raise Unknown("a divisor that may be zero")
        if abs(count) < 2**30:
            return _finite(base**count)
        if base.contains(0):
            raise Unknown("a large power near zero")
        size = _finite((abs(base).log() * count).exp())
        return -size if base < 0 and count % 2 else size
    if isinstance(base, fmpq) and base == 0:
        if isinstance(exponent, fmpq) and exponent > 0:
            return fmpq(0)
        if exponent < 0:
            raise Undefined("a division by zero")
        raise Unknown("a power of zero")
    if base < 0:
        raise Undefined("a power of a negative number")
    if not base > 0:
        raise Unknown("a power of what may be negative")
    return _finite((ball(base).log() * ball(exponent)).exp())


def _call(name: str, values: list[Value]) -> Value:
    if name in ("max", "min") and values:
        best = values[0]
        for v in values[1:]:
            if isinstance(best, fmpq) and isinstance(v, fmpq):
                best = max(best, v) if name == "max" else min(best, v)
            else:
                a, b = ball(best), ball(v)
                best = (a + b + abs(a - b)) / 2 if name == "max" else (a + b - abs(a - b)) / 2
        return best
    if len(values) != 1:
        raise Unknown(f"{name} of {len(values)} values")
    x = values[0]
    exact = isinstance(x, fmpq)
    if name == "abs":
        return abs(x)
    if name == "sign" and exact:
        return fmpq((x > 0) - (x < 0))
    if name == "sqrt":
        if x < 0:
            raise Undefined("the square root of a negative number")
        if exact:
            top, below = int(x.p), int(x.q)
            if x == 0 or (_square(top) is not None and _square(below) is not None):
                return fmpq(_square(top) or 0, _square(below) or 1)
        elif not x >= 0:
            raise Unknown("the root of what may be negative")
        return ball(x).sqrt()
    if name in ("log", "ln"):
        if exact and x == 1:
            return fmpq(0)
        if x <= 0:
            raise Undefined("the logarithm of a number that is not positive")
        if not x > 0:
            raise Unknown("the logarithm of what may not be positive")
        return ball(x).log()
    if exact and x == 0:
        if name in ("sin", "sinh", "tan", "tanh", "arctan", "arcsin"):
            return fmpq(0)
        if name in ("cos", "cosh", "sec"):
            return fmpq(1)
        if name in ("cot", "csc"):
            raise Undefined("a division by zero")
    function = {"arcsin": "asin", "arccos": "acos", "arctan": "atan"}.get(name, name)
    if function not in (
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "sinh",
        "cosh",
        "tanh",
        "asin",
        "acos",
        "atan",
    ):
        raise Unknown(f"the function {name}")
    return _finite(getattr(ball(x), function)())


def _square(n: int) -> int | None:
    from math import isqrt

    root = isqrt(n)
    return root if root * root == n else None
