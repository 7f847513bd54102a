"""Nested projections: Q <= P says that P Q = Q, which is algebra.

(I - P) Q vanishes, since Q (I - P) Q <= P (I - P) P = 0 between Q and P.  Halmos, Finite-Dimensional Vector Spaces,
section 76.
"""

from __future__ import annotations

from lemmata.kernel.term import Term, mul
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.search import establish
from lemmata.terms.forms import equation, is_

__all__ = ["by_nested_projections"]

SECONDS = 0.3


def by_nested_projections(draft: Draft, claim: Term) -> Ref | None:
    """An equation, or a property that is one, from Q <= P between known projections."""
    found = False
    for fact, _ in draft.facts:
        if fact.head not in ("le", "ge"):
            continue
        Q, P = fact.args if fact.head == "le" else fact.args[::-1]
        inside = equation(mul(P, Q), Q)
        both = all(draft.find(is_("projection", X)) is not None for X in (P, Q))
        if both and claim is not inside and draft.find(inside) is None:
            found |= establish(draft, inside) is not None
    return by_ideal(draft, claim, SECONDS) if found else None
