"""Properties of functions of time, as equations: what may be differentiated is an equation.

That P is idempotent at all times says P P = P, hence P' P + P P' = P': tangents of projectors have no
component within the range, P P' P = 0, and the rank tr(P) stays (Kato, *Perturbation Theory for Linear
Operators*, I 4.6).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let P : R^{n x n}(t)\\nassume projection(P)\\nshow P \\\\dot P P = 0")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from lemmata.kernel.meaning import equations
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import INDICES, symbols_of
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft
from lemmata.terms.forms import equation, zero

__all__ = ["use_properties"]

SECONDS = 0.1


def use_properties(draft: Draft) -> None:
    """The equations that symmetric(P), idempotent(P), projection(P) and orthogonal(P) stand for, if P moves."""
    for fact, ref in list(draft.facts):
        clocks = {s.value[4] for s in symbols_of(fact)} - {""}
        if fact.head != "is" or not clocks or clocks & set(INDICES):
            continue
        try:
            vanishing = equations(fact)
        except Refused:
            continue
        with draft.only([ref]):
            for gap in vanishing:
                by_ideal(draft, equation(gap, zero(*gap.shape)), SECONDS)
