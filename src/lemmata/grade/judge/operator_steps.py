r"""Steps of a derivation with sums, integrals, brackets or binomials: judged by their values on instances.

    \int_0^1 (3x^2 + 2x) dx = [x^3 + 2x^2]_0^1      2 on the left, 3 on the right: refuted
    \sum_{i=1}^n (2i - 1) = n^2                     holds for n = 0, ..., 6 and beyond

The letter of an operator says nothing to the review, which takes it for any number; so what it found is put aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from lemmata.grade.evaluate.arithmetic import NoValue, Value, plus, rational, scalar, times
from lemmata.grade.evaluate.operator_values import alike, counted_instances, extended
from lemmata.grade.evaluate.probe import Instance, instances, printed
from lemmata.grade.evaluate.propositions import holds
from lemmata.grade.reading.operators import Operator, operands, restored
from lemmata.kernel.term import ShapeError, Term, add, mul, number, substitute, symbols_of
from lemmata.terms.claims import Claims
from lemmata.terms.forms import infinity, neg

__all__ = ["equal_with_operators", "judged"]

NOT_ELSEWHERE = "with another upper end the two sides differ"
ENOUGH = 3  # instances that a step must have a truth value on, where it has letters


def judged(report: Any, operators: Sequence[Operator], claims: Claims) -> Any:
    """The report with its steps as they were written, and those with operators judged."""
    if not operators:
        return report
    values = {d.args[0]: d.args[1] for d in claims.definitions}
    steps = []
    for step in report.steps:
        found = _judged(step, operators, claims.given, values)
        moved = _moved(step, operators) if found.verdict in ("proved", "unknown") else []
        for others in moved:
            other = _judged(step, others, claims.given, values)
            if other.verdict == "refuted":
                found = replace(other, why=f"the bracket is no antiderivative: {NOT_ELSEWHERE}")
        steps.append(found)
    written = [replace(s, text=restored(s.text, operators), why=restored(s.why, operators)) for s in steps]
    return replace(report, steps=tuple(written))


def _moved(step: Any, operators: Sequence[Operator]) -> list[list[Operator]]:
    """The operators of \\int_a^b f = [F]_a^b with other upper ends, for which the step must hold as well.

    At one end F may be right by chance, as x^4 for x^3 from 0 to 1.  Where variables or ends differ, as after a
    substitution, there is nothing to move.
    """
    said = set(symbols_of(step.prop)) if step.prop is not None and step.prop.head == "eq" else set()
    used = [o for o in operators if o.letter in said and o.kind in ("integral", "bracket")]
    if {o.kind for o in used} != {"integral", "bracket"}:
        return []
    if any(not {o.letter for o in used} & set(symbols_of(side)) for side in step.prop.args):
        return []  # the value of a side: it is for these ends only
    first = used[0]
    low, high = first.low, first.high
    same = all((o.low, o.high, o.variable.name) == (low, high, first.variable.name) for o in used)
    if not same or infinity() in (low, *low.args):
        return []
    length = number(3) if infinity() in (high, *high.args) else add(high, neg(low))
    ends = [add(low, mul(number(q), length)) for q in (Fraction(1, 3), Fraction(3, 4))]
    return [[replace(o, high=end) if o in used else o for o in operators] for end in ends]


def _judged(step: Any, operators: Sequence[Operator], given: Sequence[Term], values: dict[Term, Term]) -> Any:
    if step.prop is None:
        return step
    prop, *premises = (substitute(p, values) for p in (step.prop, *step.premises))
    said = {s for p in (prop, *premises) for s in symbols_of(p)}
    used = [o for o in operators if o.letter in said]
    if not used:
        return step
    supposed = [substitute(g, values) for g in given]
    letters = said | {s for g in supposed for s in symbols_of(g)} | set(operands(used))
    try:
        drawn = _instances(letters, (*supposed, *premises), used)
    except (NoValue, ShapeError, ArithmeticError):
        drawn = []
    tried, exact = 0, True
    indefinite = any(o.kind == "antiderivative" for o in used)
    for i in drawn:
        try:
            truth, sides = _up_to_constant(prop, i, used) if indefinite else _truth(prop, i)
        except (NoValue, ShapeError, ArithmeticError, ValueError):
            continue
        tried, exact = tried + 1, exact and all(rational(s) for s in sides)
        if not truth:
            told = [] if indefinite else sides
            shown = {n: v for n, v in zip(("lhs", "rhs"), map(_shown, told), strict=False)}
            example = {**printed(i), **shown}
            why = f"{shown['lhs']} is not {shown['rhs']}" if shown and len(printed(i)) == 0 else ""
            evidence = {"word": "refuted", "instances": 1, **shown}
            return replace(step, verdict="refuted", evidence=evidence, counterexample=example,
                           why=why or "it fails for the values shown")  # fmt: skip
    closed = not printed(drawn[0]) if drawn else False
    if not tried or (not closed and tried < ENOUGH):
        return replace(
            step, verdict="unknown", evidence={"word": "open", "instances": tried, "closed": closed}
        )
    word = "exact" if exact else "enclosed"
    if closed and exact:
        why = "evaluated exactly, no variables"
        return replace(step, verdict="proved", evidence={"word": "exact", "instances": 1}, why=why)
    evidence = {"word": word, "instances": tried, "closed": closed}
    return replace(step, verdict="unknown", why="", counterexample=None, evidence=evidence)


def _instances(letters: set[Term], given: Sequence[Term], operators: Sequence[Operator]) -> list[Instance]:
    """Instances under hypotheses some of which may have operators in them, too."""
    standing = {o.letter for o in operators}
    plain = [g for g in given if not standing & set(symbols_of(g))]
    others = [g for g in given if standing & set(symbols_of(g))]
    own = tuple(sorted((s for s in letters if s not in standing), key=lambda s: str(s.name)))
    drawn = counted_instances(own, plain, operators)
    return [i for i in drawn if all(holds(g, i.values, i.dims) for g in others)]


def _truth(prop: Term, at: Instance) -> tuple[bool, list[Value]]:
    """Whether the proposition holds there, and its sides where it is one relation."""
    if prop.head in ("eq", "ne"):
        one, two = (at.value(a) for a in prop.args)
        return alike(one, two) == (prop.head == "eq"), [one, two]
    if prop.head in ("and", "or"):
        found = [_truth(a, at)[0] for a in prop.args]
        return (all(found) if prop.head == "and" else any(found)), []
    sides = [at.value(a) for a in prop.args] if prop.head in ("lt", "le", "gt", "ge") else []
    return holds(prop, at.values, at.dims), sides


def _up_to_constant(prop: Term, at: Instance, used: Sequence[Operator]) -> tuple[bool, list[Value]]:
    """Whether the difference of two sides with antiderivatives is the same at another value of their variable."""
    variables = {o.variable for o in used if o.kind == "antiderivative"}
    if prop.head != "eq" or len(variables) != 1:
        raise NoValue("antiderivatives in several variables")
    (x,) = variables
    there = extended(Instance(at.dims, {**at.values, x: plus(at.values[x], scalar(Fraction(3, 2)))}), used)
    first, second = (
        plus(i.value(prop.args[0]), times(scalar(-1), i.value(prop.args[1]))) for i in (at, there)
    )
    return alike(first, second), [first, second]


def _shown(value: Value) -> Any:
    """The entry of a scalar: an integer, a fraction as text, or ten digits."""
    if (value.nrows(), value.ncols()) != (1, 1):
        return str(value)
    x = value[0, 0]
    if not rational(value):
        return str(x.real.str(10, radius=False)) if bool(x.imag == 0) else str(x.str(10, radius=False))
    return int(x.p) if int(x.q) == 1 else str(x)


def equal_with_operators(one: Term, two: Term, given: Sequence[Term], operators: Sequence[Operator]) -> bool:
    """Whether two terms have the same value on instances of the hypotheses."""
    said = dict.fromkeys((*symbols_of(one), *symbols_of(two)))
    used = [o for o in operators if o.letter in said]
    try:
        if used:
            drawn: Sequence[Instance] = _instances({*said, *operands(used)}, given, used)
        else:
            drawn = instances(tuple(said), tuple(given), 12)
        return all(alike(i.value(one), i.value(two)) for i in drawn)
    except (NoValue, ShapeError):
        return False
