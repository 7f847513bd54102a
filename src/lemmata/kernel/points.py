"""The value of an expression at a point: w(t) at t = 0, x_k at k + 1.

>>> from lemmata.kernel.term import symbol
>>> value_at(symbol("w", "n", of="t"), "t", number(0)).head
'at'
"""

from __future__ import annotations

from lemmata.kernel.poly import Refused, depends_on, is_real
from lemmata.kernel.scalar import is_natural, sign_of
from lemmata.kernel.term import INDICES, Term, make, number, substitute, subterms, symbol

__all__ = ["value_at"]


def _reachable(clock: Term, point: Term) -> None:
    """Refuses a point that is not seen to be a value of the variable."""
    domain = clock.value[3]
    inside = sign_of(point, strict=domain == "positive") == 1 or (point is number(0) and domain != "positive")
    if not is_real(point) or not (is_natural(point) if domain == "natural" else inside or domain == "real"):
        raise Refused(f"the point is not seen to be a value of {clock.name}")


def value_at(q: Term, variable: str, point: Term, clock: Term | None = None) -> Term:
    """q with the variable (declared as ``clock``) set to a point where q holds no derivative or limit."""
    _reachable(clock or symbol(variable, domain="natural" if variable in INDICES else "time"), point)
    replaced: dict[Term, Term] = {}
    for term in subterms(q):
        if term.head == "at" and not depends_on(term, variable):
            replaced[term] = term
        elif term.head in ("diff", "limit", "at", "grad", "forall", "exists"):
            raise Refused("the value of a derivative, a limit or a general statement is not formed")
        if term.head == "symbol" and term.value[4] == variable:
            replaced[term] = make("at", (term, point))
        elif term.head == "symbol" and term.name == variable:
            _reachable(term, point)
            replaced[term] = point
    return substitute(q, replaced)
