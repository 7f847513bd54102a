"""The values of functions by cases, and the instances on which they have to be tried: those at their borders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from lemmata.grade.evaluate.arithmetic import NoValue, Undefined, Value, agree, rational, scalar
from lemmata.grade.evaluate.probe import Instance
from lemmata.grade.evaluate.propositions import holds
from lemmata.grade.reading.affine import linear_part
from lemmata.grade.reading.operators import Operator
from lemmata.grade.values import as_term
from lemmata.kernel.term import Term, add, substitute, subterms, symbols_of
from lemmata.terms.forms import neg

__all__ = ["at_borders", "piecewise"]

MOST = 12
_COMPARED = ("lt", "le", "gt", "ge", "eq", "ne")
USUAL = (Fraction(-1), Fraction(0), Fraction(1))


def piecewise(o: Operator, at: Instance, value_of: Callable[[Term], Value]) -> Value:
    """The value of the case that holds; where two hold, they have to agree.  Raises Undefined."""
    values = [value_of(value) for value, condition in o.cases if holds(condition, at.values, at.dims)]
    if not values:
        raise Undefined("none of the cases holds")
    if not all(agree(values[0], v) for v in values[1:]):
        raise Undefined("two cases hold, and their values differ")
    return values[0]


def at_borders(
    drawn: Sequence[Instance], operators: Sequence[Operator], given: Sequence[Term]
) -> list[Instance]:
    """Copies of an instance with a letter where a condition begins to hold, or with a small number for it."""
    found: list[Instance] = []
    conditions = [c for o in operators if o.kind == "cases" for _, c in o.cases]
    compared = dict.fromkeys(t for c in conditions for t in subterms(c) if t.head in _COMPARED)
    for n, comparison in enumerate(compared):
        at = drawn[n % len(drawn)]
        for letter in (
            s for s in symbols_of(comparison) if s.is_scalar and s in at.values and s.value[3] == "real"
        ):
            for value in (*_border(comparison, letter, at), *map(scalar, USUAL)):
                there = Instance(at.dims, {**at.values, letter: value})
                if len(found) < MOST and _allowed(given, there):
                    found.append(there)
    return found


def _border(comparison: Term, letter: Term, at: Instance) -> list[Value]:
    """Where both sides are equal, when they are linear in the letter."""
    difference = add(comparison.args[0], neg(comparison.args[1]))
    others = {s: as_term(v) for s, v in at.values.items() if s is not letter and s in symbols_of(difference)}
    try:
        constant, (slope,) = linear_part(substitute(difference, others), [letter])
    except (NoValue, ValueError):
        return []
    if not (rational(constant) and rational(slope)) or slope[0, 0] == 0:
        return []
    return [constant * (-1 / slope[0, 0])]


def _allowed(given: Sequence[Term], at: Instance) -> bool:
    try:
        return all(holds(g, at.values, at.dims) for g in given)
    except NoValue:
        return False
