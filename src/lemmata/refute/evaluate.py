"""The value of a term at given data, in any number system.

The data are dimensions and *slots*: "w" is a symbol's value, "w'" its derivative in its variable (value
and derivative are independent data), "w(0)" its value at a point.  A definition (w(t) = e^{-tA} w_0)
stands in for a slot: the symbol is then a function, evaluated wherever it is asked for.

>>> from lemmata.kernel.term import symbol, pinv
>>> from lemmata.refute.floats import Floats
>>> X = symbol("X", "m", "n")
>>> stack = Floats().join([[Floats().rational(Fraction(1)), Floats().rational(Fraction(1))]])
>>> e = Evaluator(Floats(), {"m": 1, "n": 2}, lambda symbol, order, point: stack)
>>> e.value(pinv(X)).round(3).tolist()
[[[0.5], [0.5]]]

Derivatives and gradients run the same evaluator on dual numbers.  Complex matrices are real ones of
twice the size, a + bi being [[a, -b], [b, a]]: adjoint, inverse, pseudoinverse and exp carry over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from lemmata.kernel.poly import is_real
from lemmata.kernel.term import SCALAR, Term, mul, substitute, subterms, symbols_of
from lemmata.refute.clock import check
from lemmata.refute.determinant import determinant, trace
from lemmata.refute.dual import Dual, Pair, at_rest
from lemmata.refute.system import Irrational, NumberError, System, Undefined, Unsupported
from lemmata.terms.blocks import selected, size_of
from lemmata.terms.forms import power, zero

__all__ = ["ONE_SIDED", "Evaluator", "Lookup", "far_points", "is_complex", "slot"]

ONE_SIDED = ("positive", "nonnegative", "time")
"""Domains in which 0 is approached from above only."""

_LARGEST_SIZE = 400  # rows or columns, of what is written as I_{n} or R^n with a number n

Lookup = Callable[[Term, int, Fraction | None], Any]


def slot(name: str, order: int = 0, point: Fraction | None = None) -> str:
    """ "w", "w'", "w''", "w(1/2)": the name under which a piece of data is kept."""
    return name + "'" * order + ("" if point is None else f"({point})")


def is_complex(terms: Iterable[Term]) -> bool:
    """Do the terms speak of complex numbers?"""
    return any(
        (t.head == "symbol" and t.value[3] == "complex") or (t.head == "constant" and t.value == "i")
        for term in terms
        for t in subterms(term)
    )


def far_points(point: Term, value: Fraction | None, side: int, natural: bool) -> list[Fraction]:
    """Three points ever nearer to the limit point: 2^20, 2^24, 2^28 or value +- 2^-60, 2^-80, 2^-100."""
    if value is None:
        sign = -1 if point.head == "mul" else 1
        return [Fraction(sign * 2**k) for k in (20, 24, 28)]
    return [value + side * Fraction(1, 2**k) for k in (60, 80, 100)]


class Evaluator:
    """Evaluates terms in one number system; ``lookup(symbol, order, point)`` supplies the data."""

    def __init__(
        self,
        system: System,
        dims: Mapping[str, int],
        lookup: Lookup,
        definitions: Mapping[str, Term] | None = None,
        unit: int = 1,
    ) -> None:
        self.system = system
        self.dims = dims
        self.lookup = lookup
        self.definitions = definitions or {}
        self.unit = unit
        self._memo: dict[Term, Any] = {}

    def value(self, term: Term) -> Any:
        """The value.  Raises Undefined, Irrational, Undecided or Unsupported, naming the subterm."""
        found = self._memo.get(term)
        if found is None:
            check()
            rule = _RULES.get(term.head)
            if rule is None:
                raise Unsupported(f"{term.head} has no numerical value", term)
            try:
                found = rule(self, term)
            except NumberError as error:
                if error.place is None:
                    error.place = term
                raise
            self._memo[term] = found
        return found

    def size(self, d: int | str) -> int:
        size = size_of(d, self.dims)
        if size > _LARGEST_SIZE:
            raise Unsupported(f"a matrix with {size} rows or columns")
        return size

    def entry(self, term: Term) -> Any:
        """The value of a real scalar as a 1 x 1 matrix, whatever the unit."""
        v = self.value(term)
        return v if self.unit == 1 else self.system.part(v, 0, 1, 0, 1)

    def scalar(self, v: Any) -> Any:
        """A real 1 x 1 value as a scalar of this evaluator."""
        return v if self.unit == 1 else self.system.scale(v, self.system.eye(self.unit))

    def times(self, s: Any, a: Any, rows: int) -> Any:
        """A scalar times a matrix with so many (declared) rows."""
        if self.unit == 1:
            return self.system.scale(s, a)
        zero = self.system.zeros(self.unit, self.unit)
        diagonal = [[s if i == j else zero for j in range(rows)] for i in range(rows)]
        return self.system.mul(self.system.join(diagonal), a)

    def minus(self, a: Any) -> Any:
        return self.system.scale(self.system.rational(Fraction(-1)), a)

    def with_value(self, name: str, value: Any) -> Evaluator:
        """The same with a variable set to a value; its undefined functions have none there."""
        outer = self.lookup

        def lookup(s: Term, order: int, point: Fraction | None) -> Any:
            if s.name == name and order == 0 and point is None:
                return value
            if s.value[4] == name and point is None:
                raise Unsupported(f"{s.name} is known at one {name} only", s)
            return outer(s, order, point)

        definitions = {k: v for k, v in self.definitions.items() if k != name}
        return Evaluator(self.system, self.dims, lookup, definitions, self.unit)

    def dual(self, seed: Callable[[Term, int, Fraction | None, Any], Any], without: str = "") -> Evaluator:
        """The same over dual numbers; ``seed`` gives the derivative of a slot or None for 0."""
        system = Dual(self.system)

        def lookup(s: Term, order: int, point: Fraction | None) -> Any:
            # A symbol whose definition is suspended here still has the value that this gives it.
            v = self.value(s) if s.name == without and order == 0 else self.lookup(s, order, point)
            dot = seed(s, order, point, v)
            return system.lift(v) if dot is None else Pair(v, dot)

        definitions = {k: v for k, v in self.definitions.items() if k != without}
        return Evaluator(system, self.dims, lookup, definitions, self.unit)

    def derivative(self, body: Term, variable: str) -> Any:
        def seed(s: Term, order: int, point: Fraction | None, v: Any) -> Any:
            if point is not None:
                return None
            if s.name == variable:
                return self.scalar(self.system.rational(Fraction(1))) if order == 0 else None
            return self.lookup(s, order + 1, None) if s.value[4] == variable else None

        return self._slope(self.dual(seed), body)

    def _slope(self, dual: Evaluator, body: Term) -> Any:
        try:
            return dual.value(body).dot
        except Undefined as error:
            # W W^+ W is differentiable where W^+ is not: only what holds W nowhere else is surely undefined.
            jumps = error.place
            if jumps is not None and jumps.head == "pinv":
                inside = frozenset(symbols_of(jumps))
                if not inside.isdisjoint(symbols_of(substitute(body, {jumps: zero(*jumps.shape)}))):
                    raise Unsupported(str(error), jumps) from None
            raise

    def gradient(self, body: Term, x: Term) -> Any:
        if self.unit != 1:
            raise Unsupported("a gradient in a complex matrix")
        rows, cols = self.size(x.shape[0]), self.size(x.shape[1])

        def entry(i: int, j: int) -> Any:
            def seed(s: Term, order: int, point: Fraction | None, v: Any) -> Any:
                if s.name != x.name or order or point is not None:
                    return None
                cell = self.system.rational
                return self.system.join(
                    [[cell(Fraction(int((r, c) == (i, j)))) for c in range(cols)] for r in range(rows)]
                )

            return self._slope(self.dual(seed, x.name), body)

        return self.system.join([[entry(i, j) for j in range(cols)] for i in range(rows)])


# --- one rule for each head --------------------------------------------------------------------


def _symbol(e: Evaluator, t: Term) -> Any:
    place = selected(t)
    if place is not None:
        return _selector(e, *place)
    definition = e.definitions.get(t.name)
    return e.lookup(t, 0, None) if definition is None else e.value(definition)


def _selector(e: Evaluator, parts: tuple[int | str, ...], place: int) -> Any:
    """The columns of the identity that belong to one part of a partition."""
    sizes = [e.unit * e.size(p) for p in parts]
    cols, s = sizes[place], e.system
    return s.join([[s.eye(cols) if k == place else s.zeros(rows, cols)] for k, rows in enumerate(sizes)])


def _number(e: Evaluator, t: Term) -> Any:
    return e.scalar(e.system.rational(t.value))


def _constant(e: Evaluator, t: Term) -> Any:
    s = e.system
    if t.value == "i":
        one, zero = s.rational(Fraction(1)), s.zeros(1, 1)
        return s.join([[zero, e.minus(one)], [one, zero]])
    if not hasattr(s, "constant"):
        raise Irrational(str(t.value))
    return e.scalar(s.constant(t.value))


def _add(e: Evaluator, t: Term) -> Any:
    total = e.value(t.args[0])
    for a in t.args[1:]:
        total = e.system.add(total, e.value(a))
    return total


def _mul(e: Evaluator, t: Term) -> Any:
    product, shape = e.value(t.args[0]), t.args[0].shape
    if t.args[0].head == "norm" and t.args[1] is t.args[0]:
        return e.value(mul(power(t.args[0], 2), *t.args[2:]))
    for a in t.args[1:]:
        v = e.value(a)
        if shape[1] == a.shape[0]:
            product, shape = e.system.mul(product, v), (shape[0], a.shape[1])
        elif shape == SCALAR:
            product, shape = e.times(product, v, e.size(a.shape[0])), a.shape
        else:
            product = e.times(v, product, e.size(shape[0]))
    return product


def _norm(e: Evaluator, t: Term) -> Any:
    rows, cols = (e.size(d) for d in t.args[0].shape)
    if t.value == "2" and rows > 1 and cols > 1:
        return e.scalar(e.system.spectral(e.value(t.args[0])))
    if isinstance(e.system, Dual) and at_rest(e.value(t.args[0])):
        return e.system.zeros(e.unit, e.unit)
    return e.scalar(e.system.sqrt(_squared_norm(e, t)))


def _squared_norm(e: Evaluator, t: Term) -> Any:
    """|a|^2 as a 1 x 1 value: rational for rational data, and smooth where |a| is not."""
    rows, cols = (e.size(d) for d in t.args[0].shape)
    if t.value == "2" and rows > 1 and cols > 1:
        return e.system.power(e.system.spectral(e.value(t.args[0])), e.system.rational(Fraction(2)))
    a = e.value(t.args[0])
    return _real_trace(e, e.system.mul(e.system.transpose(a), a), cols)


def _real_trace(e: Evaluator, a: Any, n: int) -> Any:
    """The real part of the trace as a 1 x 1 value: of each complex entry the first corner."""
    total = None
    for i in range(0, n * e.unit, e.unit):
        corner = e.system.part(a, i, i + 1, i, i + 1)
        total = corner if total is None else e.system.add(total, corner)
    return total


def _inner(e: Evaluator, t: Term) -> Any:
    u, v = (e.value(a) for a in t.args)
    return trace(e.system, e.system.mul(e.system.transpose(u), v), e.size(t.args[0].shape[1]), e.unit)


def _rank(e: Evaluator, t: Term) -> Any:
    r = e.system.rank(e.value(t.args[0]))
    return e.scalar(r if e.unit == 1 else e.system.scale(e.system.rational(Fraction(1, e.unit)), r))


def _det(e: Evaluator, t: Term) -> Any:
    a = e.value(t.args[0])
    if e.unit == 1:
        return e.system.det(a)
    return determinant(e.system, a, e.size(t.args[0].shape[0]), e.unit)[0]


def _power(e: Evaluator, t: Term) -> Any:
    base, exponent = t.args
    squares = base.head == "norm" and exponent.head == "number" and exponent.value > 1
    # |a|^3 is smooth enough to be differentiated at 0, |a| is not; where there are no derivatives it is |a|^3.
    if squares and (exponent.value % 2 == 0 or isinstance(e.system, Dual)):
        half = e.system.rational(exponent.value / 2)
        return e.scalar(e.system.power(_squared_norm(e, base), half))
    return e.system.power(e.value(t.args[0]), e.entry(t.args[1]))


def _exp(e: Evaluator, t: Term) -> Any:
    return e.system.exp(e.value(t.args[0]))


def _call(e: Evaluator, t: Term) -> Any:
    if e.unit != 1 and not all(is_real(a) for a in t.args):
        raise Unsupported(f"{t.value} of a complex number", t)
    return e.scalar(e.system.function(t.value, [e.entry(a) for a in t.args]))


def _literal(e: Evaluator, t: Term) -> Any:
    rows, cols = t.value
    return e.system.join([[e.value(t.args[i * cols + j]) for j in range(cols)] for i in range(rows)])


def _at(e: Evaluator, t: Term) -> Any:
    w, point = t.args
    definition = e.definitions.get(w.name)
    if definition is not None:
        return e.with_value(w.value[4], e.value(point)).value(definition)
    return e.lookup(w, 0, e.system.index(e.entry(point)))


def _limit(e: Evaluator, t: Term) -> Any:
    body, variable, point = t.args
    if e.system.name in ("exact", "balls"):
        from lemmata.refute.limits import exact_limit

        try:
            return exact_limit(e, t)
        except (Irrational, Unsupported):
            pass
    e.system.settle([]) if e.system.name != "balls" else None
    infinite = any(a.head == "infinity" for a in subterms(point))
    target = None if infinite else e.system.index(e.entry(point))
    both = [1] if infinite or (target == 0 and variable.value[3] in ONE_SIDED) else [1, -1]
    sides = {"+": [1], "-": [-1], "": both}[t.value]
    found = []
    for side in sides:
        points = far_points(point, target, side, variable.value[3] == "natural")
        values = [e.with_value(variable.name, e.scalar(e.system.rational(p))).value(body) for p in points]
        found.append(e.system.settle(values))
    if len(found) == 2:  # the two sides must agree
        return e.system.settle([found[0], found[1], found[0]])
    return found[0]


_RULES: dict[str, Callable[[Evaluator, Term], Any]] = {
    "symbol": _symbol,
    "number": _number,
    "constant": _constant,
    "dim": lambda e, t: e.scalar(e.system.rational(Fraction(e.size(t.value)))),
    "identity": lambda e, t: e.system.eye(e.unit * e.size(t.value)),
    "zero": lambda e, t: e.system.zeros(e.unit * e.size(t.value[0]), e.unit * e.size(t.value[1])),
    "literal": _literal,
    "add": _add,
    "mul": _mul,
    "adjoint": lambda e, t: e.system.transpose(e.value(t.args[0])),
    "inverse": lambda e, t: e.system.inverse(e.value(t.args[0])),
    "pinv": lambda e, t: e.system.pinv(e.value(t.args[0])),
    "power": _power,
    "exp": _exp,
    "norm": _norm,
    "inner": _inner,
    "trace": lambda e, t: trace(e.system, e.value(t.args[0]), e.size(t.args[0].shape[0]), e.unit),
    "rank": _rank,
    "det": _det,
    "adjugate": lambda e, t: determinant(e.system, e.value(t.args[0]), e.size(t.shape[0]), e.unit)[1],
    "call": _call,
    "diff": lambda e, t: e.derivative(t.args[0], t.value),
    "grad": lambda e, t: e.gradient(t.args[0], t.args[1]),
    "at": _at,
    "limit": _limit,
}
