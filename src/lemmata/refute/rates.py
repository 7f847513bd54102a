"""Flows by their rates: equations solved for w', and conservation refuted by a rate.

>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{n x n}, w : R^n(t)\\nassume A w + \\\\dot w = 0\\nshow w = 0")
>>> from lemmata.terms.show import show
>>> show(solved(Statement(c.given, c.shows[0].prop)).given[0])
'd/dt w = -(A w)'
"""

from __future__ import annotations

from dataclasses import replace

from lemmata.kernel.judgement import Statement
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Poly, Refused, expand, to_term
from lemmata.kernel.term import SCALAR, Term, number, subterms, symbols_of
from lemmata.refute.counterexample import refute
from lemmata.refute.verdict import Counterexample
from lemmata.terms.forms import diff, equation, relation, zero

__all__ = ["by_rate", "solved"]


def solved(statement: Statement) -> Statement:
    """With equations such as w' + A w = b solved for w': instances of a flow are drawn from its rate."""
    return Statement(tuple(map(_rate_alone, statement.given)), statement.show)


def _rate_alone(prop: Term) -> Term:
    if prop.head != "eq" or prop.args[0].sort != "matrix" or any(a.head == "diff" for a in prop.args):
        return prop
    try:
        poly = expand(prop.args[0]) - expand(prop.args[1])
    except Refused:
        return prop
    rates = [(key, value) for key, value in poly.terms.items() if any(x.head == "diff" for x in key[1])]
    if len(rates) != 1 or rates[0][0][0] or len(rates[0][0][1]) != 1:
        return prop
    ((_, (rate,)), value) = rates[0]
    rest = Poly(poly.shape, {k: v for k, v in poly.terms.items() if k != rates[0][0]}).scale(-1 / value)
    return equation(rate, to_term(rest))


def _exists(given: tuple[Term, ...]) -> bool:
    """Whether the flow has a solution for all times from any state and any values of the inputs at t = 0.

    A function whose rate is not prescribed is an input.  Without inputs the flow must be linear.  Inputs
    may be switched off soon after t = 0, so that a product of several states is harmless if it has an
    input for a factor: what is left is linear, and until then the solution has had no time to grow.
    """
    rates = [p.args[0].args[0] for p in given if p.head == "eq" and p.args[0].head == "diff"]
    functions = {s for p in given for s in symbols_of(p) if s.value[4]}
    states = set(rates)
    if len(states) < len(rates) or any(s.head != "symbol" for s in rates):
        return False
    for prop in given:
        inside = functions & set(symbols_of(prop))
        if not inside:
            continue
        if prop.head != "eq" or prop.args[0].head != "diff":
            return False
        try:
            monomials = expand(prop.args[1]).terms
        except Refused:
            return False
        if any(t.head in ("diff", "at") for t in subterms(prop.args[1])):
            return False
        for loops, word in monomials:
            letters = [set(symbols_of(x)) for w in (*loops, word) for x in w]
            whole = [x for w in (*loops, word) for x in w if functions & set(symbols_of(x))]
            if any(x.head not in ("symbol", "adjoint") for x in whole):
                return False
            moving = sum(bool(states & x) for x in letters)
            if moving > 1 and not any((functions - states) & x for x in letters):
                return False
    return True


def by_rate(statement: Statement, seconds: float, seed: int) -> Counterexample | None:
    """q(t) = q(0), or q(t) <= q(0), refuted at t = 0 by the rate of q.

    For flows that may start anywhere and whose solutions exist for all times.
    """
    claim = statement.show
    if claim.head not in ("eq", "le", "ge") or claim.args[0].sort != "matrix":
        return None
    inside = [t for p in statement.given for t in subterms(p)]
    for variable in sorted({t.value for t in inside if t.head == "diff"}):
        free = not any(t.head == "at" or (t.head == "symbol" and t.name == variable) for t in inside)
        free = free and _exists(solved(statement).given)
        try:
            q, start = claim.args
            if not free or expand(start) != expand(value_at(q, variable, number(0))) or q.head == "norm":
                continue
            zero_there = number(0) if q.shape == SCALAR else zero(*q.shape)
            rate = relation(claim.head, diff(q, variable), zero_there)
        except Refused:
            continue
        found = refute(Statement(solved(statement).given, rate), seconds=seconds, seed=seed)
        if found is not None and found.kind != "rejected":
            return replace(found, reason=f"the rate at {variable} = 0 is not as claimed: {found.reason}")
    return None
