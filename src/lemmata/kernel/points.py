"""The value of an expression at a point: w(t) at t = 0, x_k at k + 1.

>>> from lemmata.kernel.term import symbol
>>> value_at(symbol("w", "n", of="t"), "t", number(0)).head
'at'
"""

from __future__ import annotations

from lemmata.kernel.poly import Poly, Refused, depends_on, expand, is_real, to_term
from lemmata.kernel.scalar import is_natural, sign_of
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    add,
    make,
    number,
    substitute,
    subterms,
    symbol,
    symbols_of,
)

__all__ = ["value_at"]


def _reachable(clock: Term, point: Term) -> None:
    """Refuses a point that is not seen to be a value of the variable."""
    domain = clock.value[3]
    inside = sign_of(point, strict=domain == "positive") == 1 or (point is number(0) and domain != "positive")
    if not is_real(point) or not (is_natural(point) if domain == "natural" else inside or domain == "real"):
        raise Refused(f"the point is not seen to be a value of {clock.name}")


def _moved(point: Term, variable: str, to: Term) -> Term:
    """The point k + c with k at another point, as the sum that is written for it: its constant comes last."""
    terms = dict(expand(substitute(point, {s: to for s in symbols_of(point) if s.name == variable})).terms)
    constant = number(terms.pop(((), ()), 0))
    rest = to_term(Poly(SCALAR, terms))
    return constant if not terms else rest if constant is number(0) else add(rest, constant)


def value_at(q: Term, variable: str, point: Term, clock: Term | None = None) -> Term:
    """q with the variable (declared as ``clock``) set to a point where q holds no derivative or limit."""
    clock = clock or symbol(variable, domain="natural" if variable in INDICES else "time")
    _reachable(clock, point)
    replaced: dict[Term, Term] = {}
    for term in subterms(q):
        if term.head == "at" and not depends_on(term, variable):
            replaced[term] = term
        elif term.head == "at" and variable in INDICES and term.args[0].value[4] == variable:
            replaced[term] = make("at", (term.args[0], _moved(term.args[1], variable, point)))
            _reachable(clock, replaced[term].args[1])
        elif term.head in ("diff", "limit", "at", "grad", "forall", "exists"):
            raise Refused("the value of a derivative, a limit or a general statement is not formed")
        if term.head == "symbol" and term.value[4] == variable:
            replaced[term] = make("at", (term, point))
        elif term.head == "symbol" and term.name == variable:
            _reachable(term, point)
            replaced[term] = point
    return substitute(q, replaced)
