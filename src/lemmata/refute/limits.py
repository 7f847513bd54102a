"""Limits of expressions at given data, exactly.

The variable becomes a germ (`germs`): s, -s, a + 1/s or a - 1/s with s towards infinity; at a point a, where
that does not do, a power series (`series`).  Powers of negative numbers are taken for even and for odd
exponents apart.  What turns, or has eigenvalues that are not rational, solves a linear equation (`motions`).
What is none of these but depends continuously on germs
(a norm, the root of a sum) has the value at their limits.

>>> from flint import fmpq_mat
>>> from lemmata.kernel.term import add, identity, inverse, mul, symbol
>>> from lemmata.terms.forms import adjoint, infinity, limit
>>> from lemmata.refute.instance import Instance
>>> A, s = symbol("A", "m", "n"), symbol("s", domain="positive")
>>> ridge = mul(inverse(add(mul(adjoint(A), A), mul(s, identity("n")))), adjoint(A))
>>> data = Instance({"m": 1, "n": 1}, {"A": fmpq_mat(1, 1, [2])})
>>> exact_limit(data.evaluator(), limit(mul(s, ridge), s, infinity()))
[2]

Where none of this does, `Irrational` says so.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import fmpq_mat

from lemmata.kernel.term import Term, make, subterms
from lemmata.refute.evaluate import ONE_SIDED, Evaluator, Lookup
from lemmata.refute.germs import Alternates, Germs
from lemmata.refute.letters import Binding
from lemmata.refute.motions import Motions, Turns
from lemmata.refute.series import Series, terms
from lemmata.refute.system import Diverges, Irrational, Undecided, Undefined, Unsupported

__all__ = ["exact_limit"]

_CONTINUOUS = frozenset(
    ["norm", "add", "mul", "adjoint", "trace", "inner", "inverse", "exp", "literal", "power", "call"]
)
_CALLS = ("sqrt", "abs", "exp", "sin", "cos", "log", "ln", "max", "min")

Approach = Callable[[Any], Any]


def exact_limit(e: Evaluator, t: Term) -> Any:
    """The value of a limit over rational data.

    Raises Diverges where there is none, Irrational where it cannot be found out in this way.
    """
    body, variable, point = t.args
    natural = variable.value[3] == "natural"
    if any(a.head == "infinity" for a in subterms(point)):
        sign = -1 if point.head == "mul" else 1
        try:
            return _value(e, body, variable, Germs(natural), lambda g: g.variable(sign, 0))
        except Alternates:
            pair = [_value(e, body, variable, Germs(True), _every_other(parity)) for parity in (0, 1)]
            return _agreed(e, pair, "even and odd exponents lead to different limits")
    target = e.system.index(e.entry(point))
    both = [1] if target == 0 and variable.value[3] in ONE_SIDED else [1, -1]
    sides = {"+": [1], "-": [-1], "": both}[t.value]
    found = [_at_point(e, body, variable, target, side) for side in sides]
    return _agreed(e, found, "the limits from both sides differ")


def _at_point(e: Evaluator, body: Term, variable: Term, target: Fraction, side: int) -> Any:
    """One-sided limit: among germs, else by power series."""
    try:
        return _value(e, body, variable, Germs(), _towards(target, side))
    except Alternates:
        raise Irrational("a power of a negative number") from None
    except (Irrational, Unsupported):
        with terms(16):
            return _value(e, body, variable, Series(), _towards(target, side))


def _every_other(parity: int) -> Approach:
    return lambda g: g.variable(2, parity)


def _towards(target: Fraction, side: int) -> Approach:
    return lambda g: g.near(target, side)


def _agreed(e: Evaluator, found: list[Any], otherwise: str) -> Any:
    first = found[0]
    for other in found[1:]:
        if type(first) is not fmpq_mat or type(other) is not fmpq_mat:
            raise Irrational("limits that are not rational")
        if first != other:
            raise Diverges(otherwise)
    return first


def _varies(e: Evaluator, term: Term, name: str, seen: frozenset[str] = frozenset()) -> bool:
    for t in subterms(term):
        if t.head == "symbol":
            if name in (t.name, t.value[4]):
                return True
            body = e.definitions.get(t.name) if t.name not in seen else None
            if body is not None and _varies(e, body, name, seen | {t.name}):
                return True
        elif t.head == "diff" and t.value == name:
            return True
    return False


def _value(e: Evaluator, body: Term, variable: Term, system: Any, approach: Approach) -> Any:
    if not _varies(e, body, variable.name):
        return e.value(body)
    try:
        return _limit(e, body, variable, system, approach)
    except (Irrational, Unsupported) as error:
        if body.head not in _CONTINUOUS or (body.head == "call" and body.value not in _CALLS):
            raise
        if body.head == "power" and (body.args[1].head != "number" or body.args[1].value < 0):
            raise
        reason = error
    values: dict[Term, Any] = {}
    for a in dict.fromkeys(body.args):
        try:
            values[a] = _value(e, a, variable, system, approach)
        except Diverges as error:
            if body.head == "norm" and not isinstance(error, Turns):
                raise
            raise Irrational(str(reason)) from None
    stand_in = {
        a: make("symbol", (), (f"limit#{i}", *a.shape, "complex" if e.unit == 2 else "real", ""))
        for i, a in enumerate(values)
    }
    inner = Binding(e, {stand_in[a]: v for a, v in values.items()})
    try:
        return inner.value(make(body.head, tuple(stand_in[a] for a in body.args), body.value))
    except Undefined:
        raise Irrational(str(reason)) from None


def _limit(e: Evaluator, body: Term, variable: Term, system: Any, approach: Approach) -> Any:
    """Among the germs or the series; towards infinity, where those do not do, among the motions."""
    try:
        return system.limit(_germ(e, body, variable, system, approach))
    except (Irrational, Unsupported) as error:
        if not isinstance(system, Germs):
            raise
        motions = Motions(system.natural)
        try:
            return motions.limit(_germ(e, body, variable, motions, approach))
        except (Irrational, Unsupported):
            raise error from None


class _Approaching(Evaluator):
    """Evaluates near the limit point; what does not vary is evaluated outside, over the rationals."""

    def __init__(self, e: Evaluator, variable: Term, system: Any, lookup: Lookup) -> None:
        definitions = {k: v for k, v in e.definitions.items() if k != variable.name}
        super().__init__(system, e.dims, lookup, definitions, e.unit)
        self._outside = e
        self._variable = variable

    def value(self, term: Term) -> Any:
        if term.args and term not in self._memo and not _varies(self._outside, term, self._variable.name):
            self._memo[term] = _lifted(self.system, self._outside.value(term))
        return super().value(term)


def _lifted(system: Any, value: Any) -> Any:
    if type(value) is not fmpq_mat:
        raise Irrational("data that are not rational")
    return system.lift(value)


def _germ(e: Evaluator, body: Term, variable: Term, system: Any, approach: Approach) -> Any:
    name = variable.name

    def lookup(s: Term, order: int, point: Fraction | None) -> Any:
        if s.name == name and order == 0 and point is None:
            one = approach(system)
            return one if e.unit == 1 else system.scale(one, system.eye(e.unit))
        if s.value[4] == name and point is None:
            raise Unsupported(f"{s.name} is known at one {name} only", s)
        return _lifted(system, e.lookup(s, order, point))

    try:
        return _Approaching(e, variable, system, lookup).value(body)
    except Undecided as error:
        raise Irrational(str(error)) from None
