"""Flows by their rates: equations solved for w', and claims that the rate at the start refutes.

A claim  f <= g  in which both sides agree at t = 0, as in  |w|^2 <= e^{ct} |w(0)|^2,  says that f' <= g'
there; f = g says f' = g'.  The equations of motion turn this into a claim about the start alone, so that a
flow need not be solved, and need not be linear.

>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{n x n}, w : R^n(t)\\nassume A w + \\\\dot w = 0\\nshow w = 0")
>>> from lemmata.terms.show import show
>>> show(solved(Statement(c.given, c.shows[0].prop)).given[0])
'd/dt w = -(A w)'
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from lemmata.kernel.judgement import Statement
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Poly, Refused, depends_on, expand, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    inverse,
    mul,
    number,
    substitute,
    subterms,
    symbol,
    symbols_of,
)
from lemmata.refute.counterexample import refute
from lemmata.refute.goals import Goal, goals
from lemmata.refute.lasting import lasting
from lemmata.refute.verdict import Counterexample
from lemmata.terms.forms import diff, equation, neg, power, relation, zero

__all__ = ["by_rate", "solved"]


def solved(statement: Statement) -> Statement:
    """With equations such as M w' + A w = b solved for w': instances of a flow are drawn from its rate."""
    regular = _regular(statement.given)
    return Statement(tuple(_rate_alone(p, regular) for p in statement.given), statement.show)


def _regular(given: Iterable[Term]) -> set[Term]:
    """The constant matrices that are given as invertible."""
    kinds = ("invertible", "spd", "orthogonal")
    named = {p.args[0] for p in given if p.head == "is" and p.value in kinds}
    named |= {
        p.args[0]
        for p in given
        if p.head == "gt" and p.args[1].head in ("number", "zero") and not expand(p.args[1])
    }
    return {M for M in named if M.head == "symbol" and M.shape != SCALAR and not M.value[4]}


def _rate_alone(prop: Term, regular: Collection[Term] = ()) -> Term:
    if prop.head != "eq" or prop.args[0].sort != "matrix" or any(a.head == "diff" for a in prop.args):
        return prop
    try:
        poly = expand(prop.args[0]) - expand(prop.args[1])
    except Refused:
        return prop
    rates = [(key, value) for key, value in poly.terms.items() if any(x.head == "diff" for x in key[1])]
    if len(rates) != 1:
        return prop
    (((loops, (*mass, rate)), value),) = rates
    scalars = [mul(*loop) for loop in loops]
    if rate.head != "diff" or not all(M in regular for M in mass) or not all(map(sign_of, scalars)):
        return prop
    rest = to_term(
        Poly(poly.shape, {k: v for k, v in poly.terms.items() if k != rates[0][0]}).scale(-1 / value)
    )
    return equation(rate, mul(*map(inverse, (*scalars, *reversed(mass))), rest))


@dataclass(frozen=True)
class _Start:
    """What is known of a flow at t = 0, all of it constants: w(0), and u'(0) for an input u."""

    variable: str
    rates: Mapping[Term, Term]
    given: tuple[Term, ...]
    free: bool  # may the flow start anywhere?
    later: bool = False  # is the claim one for t > 0?

    def value(self, term: Term) -> Term:
        """The term at t = 0, rates put in.  Raises Refused where it speaks of other times."""
        letters = {s for s in symbols_of(term) if s.value[4] == self.variable}
        slopes: dict[Term, Term] = {}
        points: dict[Term, Term] = {}
        for t in subterms(term):
            if t.head == "diff":
                if t.args[0].head != "symbol":
                    raise Refused("a derivative of more than a function")
                rate = self.rates.get(t.args[0])
                slopes[t] = _constant(t.args[0], "'(0)") if rate is None else rate
            elif t.head == "at" and t.args[0] in letters:
                if t.args[1] is not number(0):
                    raise Refused("a value at another time")
                points[t] = _constant(t.args[0])
            elif t.head in ("limit", "grad", "forall", "exists"):
                raise Refused("a limit or a general statement")
            elif t.head == "symbol" and t.name == self.variable:
                points[t] = number(0)
        moved = substitute(substitute(term, slopes), points)
        return substitute(moved, {s: _constant(s) for s in symbols_of(moved) if s.value[4] == self.variable}
                          | {t: number(0) for t in symbols_of(moved) if t.name == self.variable})  # fmt: skip


def _constant(s: Term, mark: str = "(0)") -> Term:
    return symbol(s.name + mark, *s.shape, s.value[3])


def _start(goal: Goal) -> _Start | None:
    """Reads the hypotheses, if they are equations of motion and others about t = 0 or about constants."""
    rates: dict[Term, Term] = {}
    others: list[Term] = []
    for prop in goal.given:
        if prop.head == "eq" and prop.args[0].head == "diff" and prop.args[0].args[0].head == "symbol":
            s = prop.args[0].args[0]
            if s in rates:
                return None
            rates[s] = prop.args[1]
        else:
            others.append(prop)
    variables = {s.value[4] for s in rates}
    if len(variables) != 1:
        return None
    (variable,) = variables
    signs = {p: p.head in ("gt", "lt") for p in others if _of_clock(p, variable)}
    others = [p for p in others if p not in signs]
    if any(_now(prop, variable) for prop in others):
        return None
    start = _Start(variable, rates, (), not any(map(_moves, others)), any(signs.values()))
    more = lasting(rates, others)
    if more is None:
        return None
    try:
        return replace(start, given=tuple(start.value(p) if _moves(p) else p for p in (*others, *more)))
    except Refused:
        return None


def _of_clock(prop: Term, variable: str) -> bool:
    """t >= 0 or t > 0, which what fails at the start and soon after it does not contradict."""
    if prop.head not in ("le", "lt", "ge", "gt"):
        return False
    large, small = prop.args if prop.head in ("ge", "gt") else prop.args[::-1]
    return large.head == "symbol" and large.name == variable and small is number(0)


def _moves(prop: Term) -> bool:
    return any(s.value[4] for s in symbols_of(prop))


def _now(prop: Term, variable: str) -> bool:
    """Does the proposition speak of more than constants and the start?"""
    fixed: dict[Term, Term] = {
        t: number(0) if t.shape == SCALAR else zero(*t.shape)
        for t in subterms(prop)
        if t.head == "at" and t.args[1] is number(0)
    }
    return depends_on(substitute(prop, fixed), variable)


def _at_the_start(goal: Goal, start: _Start) -> Iterator[tuple[str, Statement]]:
    """What the claim says about t = 0: its own truth, and that of its rate; each with what refutes it."""
    claim = _by_rules(goal.show)
    small, large = claim.args
    if any(t.head == "norm" for side in claim.args for t in _factors(side)) and claim.args[0].shape == SCALAR:
        if any(sign_of(side, strict=False) != 1 for side in claim.args):
            return
        small, large = _squared(small), _squared(large)
    low, high = start.value(small), start.value(large)
    agree = expand(low) == expand(high)
    if not agree and (not start.later or claim.head in ("eq", "le", "ge")):
        # What then fails at 0, sides that differ, does so soon after it.
        yield "at {} = 0" if not start.later else "near {} = 0", Statement(start.given, start.value(claim))
    if claim.head in ("lt", "gt", "ne"):
        return
    head = {"eq": "eq", "le": "ge", "ge": "le"}[claim.head]
    reason = "the rate at {} = 0 is not as claimed"
    try:
        slope = start.value(
            to_term(expand(diff(large, start.variable)) - expand(diff(small, start.variable)))
        )
    except Refused:  # no polynomial, as a determinant: its derivative has values all the same
        rate = _rate_of_one_side(small, large, start.variable)
        if not agree or not start.free or rate is None:
            return
        yield reason, Statement(goal.given, relation(head, rate, _nothing(rate)))
        return
    given = start.given if agree else (*start.given, equation(low, high))
    yield reason, Statement(given, relation(head, slope, _nothing(slope)))


def _by_rules(claim: Term) -> Term:
    """The derivatives of products and sums written out, as far as rules go."""
    try:
        rates = {
            t: to_term(expand(t)) for t in subterms(claim) if t.head == "diff" and t.args[0].head != "symbol"
        }
    except Refused:
        return claim
    return substitute(claim, rates)


def _rate_of_one_side(small: Term, large: Term, variable: str) -> Term | None:
    """The derivative of  large - small  where one of them does not move."""
    if not depends_on(small, variable):
        return diff(large, variable)
    return neg(diff(small, variable)) if not depends_on(large, variable) else None


def _nothing(term: Term) -> Term:
    return number(0) if term.shape == SCALAR else zero(*term.shape)


def _factors(side: Term) -> tuple[Term, ...]:
    return side.args if side.head == "mul" else (side,)


def _squared(side: Term) -> Term:
    return mul(*(power(t, 2) if t.head == "norm" else mul(t, t) for t in _factors(side)))


def by_rate(statement: Statement, seconds: float, seed: int) -> Counterexample | None:
    """A start at which the claim fails, or the rate that it implies; None if neither is found.

    For flows whose solutions exist for all times and whose start is free but for hypotheses about it.
    """
    end = time.monotonic() + seconds
    statement = _written_out(statement)
    for goal in goals(solved(statement).given, statement.show):
        regular = _regular(goal.given)
        start = _start(Goal(tuple(_rate_alone(p, regular) for p in goal.given), goal.show))
        claimed = (
            goal.show.head in ("eq", "ne", "le", "ge", "lt", "gt") and goal.show.args[0].sort == "matrix"
        )
        if start is None or not claimed:
            continue
        try:
            found = _refuted(list(_at_the_start(goal, start)), start.variable, end, seed)
        except Refused:
            continue
        if found is not None:
            return found
    return None


def _written_out(statement: Statement) -> Statement:
    """Without the functions of time that are defined by others: U^T U for D, where D = U^T U."""
    props = [*statement.given, statement.show]
    for place, prop in enumerate(statement.given):
        D, value = prop.args if prop.head == "eq" else (prop, prop)
        named = D.head == "symbol" and D.value[4] and D.value[4] not in INDICES
        if not named or any(t is D or t.head in ("diff", "limit") for t in subterms(value)):
            continue
        here = props[place].args[1]
        try:
            mapping = {t: value_at(here, D.value[4], t.args[1]) for p in props for t in subterms(p)
                       if t.head == "at" and t.args[0] is D}  # fmt: skip
        except Refused:
            continue
        props[place] = equation(number(0), number(0))
        props = [substitute(substitute(p, mapping), {D: here}) for p in props]
    return Statement(tuple(props[:-1]), props[-1])


def _refuted(
    claims: list[tuple[str, Statement]], variable: str, end: float, seed: int
) -> Counterexample | None:
    for reason, claim in claims:
        found = refute(claim, seconds=(end - time.monotonic()) / len(claims), seed=seed)
        if found is not None and found.kind != "rejected":
            return replace(found, reason=f"{reason.format(variable)}: {found.reason}")
    return None
