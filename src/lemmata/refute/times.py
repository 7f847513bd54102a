"""Functions that statements ask for at several times: flows to be solved, and what cannot be drawn apart.

A function whose equation of motion is known is a flow.  Where other hypotheses relate two times, or part the values
that a continuous function may take, as w^2 = 1 does, values drawn at two times need not be those of one function.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lemmata.kernel.term import INDICES, Term, subterms, symbols_of
from lemmata.refute.flow import functions_in_limits, has_derivative
from lemmata.refute.slots import Ref

__all__ = ["flows_asked_for", "speaks_of"]


def flows_asked_for(
    terms: tuple[Term, ...],
    definitions: Mapping[str, Term],
    assigned: dict[Ref, Term],
    recursions: Collection[str],
    needed: Mapping[Ref, None],
    rest: list[Term],
) -> tuple[dict[str, Term], str]:
    """Functions that must be known at two times though their equation relates them: name to dw/dt."""
    flows: dict[str, Term] = {}
    refusal = ""
    limits = functions_in_limits(terms)
    for s in dict.fromkeys(r.symbol for r in needed if r.symbol.value[4]):
        if s.name in definitions or s.name in recursions:
            continue
        own = [r for r in needed if r.symbol is s]
        fixed = {r.point for r in own if r.point is not None and not speaks_of(r.point, s.value[4])}
        moving = {r.point for r in own} - fixed
        if s.name not in limits and (not fixed or len(fixed) + len(moving) < 2):
            continue
        related = [g for g in rest if has_derivative(g, s.name) or (len(moving) > 1 and _shifted(g, s))]
        if Ref(s, 1) not in assigned and s.value[4] not in INDICES:
            related += [g for g in rest if _parts_values(g, s)]
        equation = assigned.pop(Ref(s, 1), None)
        if equation is not None and not related:
            flows[s.name] = equation
        elif equation is not None or related:
            refusal = f"{s.name} is asked for at several times, which its equations relate: not tried"
    return flows, refusal


def speaks_of(term: Term, variable: str) -> bool:
    return any(t.head == "symbol" and t.name == variable for t in subterms(term))


def _parts_values(g: Term, s: Term) -> bool:
    """Whether the values that satisfy it may lie in parts that no path joins, as projections of two ranks do."""
    if s not in subterms(g) or g.head == "is":
        return s in subterms(g) and g.value in ("projection", "idempotent", "orthogonal", "invertible")
    inside = [t for t in subterms(g) if t.head not in ("at", "symbol") and s in subterms(t)]
    if g.head in ("or", "not", "implies", "iff"):
        return True
    if g.head in ("le", "lt", "ge", "gt"):
        large = g.args[g.head in ("le", "lt")]
        return _often(large, s) or any(t.head in ("rank", "pinv", "inverse") for t in inside)
    if g.head not in ("eq", "ne"):
        return any(t.head in ("rank", "pinv", "inverse") for t in inside)
    return g.head == "ne" or any(
        t.head not in ("eq", "add", "mul", "adjoint", "trace", "inner")
        or (t.head in ("mul", "inner") and sum(any(x.value[4] for x in symbols_of(a)) for a in t.args) > 1)
        for t in inside
    )


def _often(large: Term, s: Term) -> bool:
    """Whether a function is in a power, a norm or a product with itself: w^2 >= 1 parts the numbers w in two."""
    inside = [t for t in subterms(large) if s in subterms(t)]
    return any(
        t.head in ("power", "norm")
        or (t.head in ("mul", "inner") and sum(s in subterms(a) for a in t.args) > 1)
        for t in inside
    )


def _shifted(g: Term, s: Term) -> bool:
    """Does the hypothesis relate the function to its value at a moving point, such as x_{k+1}?"""
    return any(t.head == "at" and t.args[0] is s and speaks_of(t.args[1], s.value[4]) for t in subterms(g))
