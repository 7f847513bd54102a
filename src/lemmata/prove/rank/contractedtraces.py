"""Traces below ranks: tr(X) <= rank(X) where X does not lengthen what it maps.

rank(X) = tr(R) = tr(S) for the projections R = X X^+ and S = X^+ X, and tr(X) = tr(R X).  Sums of squares under
the trace compare the two: for any contraction X

    2 rank(X) - 2 tr(X) = ||R - X||_F^2 + tr(S (I - X^T X) S),

and X = P Q is one for projections P, Q: I - Q P Q = (I - Q) + Q (I - P) Q.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let P, Q : R^{n x n}
... assume projection(P), projection(Q)
... show tr(P Q) <= rank(P Q)''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import islice

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import SCALAR, Term, identity, make, mul, number, pinv, subterms
from lemmata.prove.algebra import by_squares_sum
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.contractions import by_letter, establish_contractions
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import by_rows
from lemmata.terms.forms import relation

__all__ = ["by_contracted_traces"]

ONE = Fraction(1)
MOST_ROWS = 60
MOST_RANKS = 2
SECONDS = 0.5


def by_contracted_traces(draft: Draft, claim: Term) -> Ref | None:
    """An inequality between traces and ranks, by squares of projections onto ranges."""
    inside = dict.fromkeys(subterms(claim))
    ranked = [t.args[0] for t in inside if t.head == "rank"]
    if claim.head not in ("le", "ge") or not 0 < len(ranked) <= MOST_RANKS:
        return None
    if not any(t.head == "trace" or t.value == "F" for t in inside):
        return None
    with draft.attempt() as keep:
        establish_contractions(draft)
        bounds = [ref for X in ranked if (ref := _trace_below_rank(draft, X)) is not None]
        rows = [*_scalars(draft), *islice(_rows(draft, ranked), MOST_ROWS)]
        ref = by_rows(draft, claim, _scalars(draft)) if bounds else None
        ref = ref or by_rows(draft, claim, rows)
        if ref is not None:
            keep()
        return ref


def _scalars(draft: Draft) -> list[Row]:
    """The scalar inequalities that are known."""
    scalar = [
        ref
        for fact, ref in draft.facts
        if fact.head in ("le", "lt", "ge", "gt") and fact.args[0].shape == SCALAR
    ]
    return [(ONE, (), number(1), ref) for ref in scalar]


def _trace_below_rank(draft: Draft, X: Term) -> Ref | None:
    """tr(X) + tr(X^*) <= 2 rank(X) for a product X with X^* X <= I, by the case of a letter."""
    if X.shape[0] != X.shape[1] or X.head == "symbol":
        return None

    def premise(Z: Term) -> Term:
        return relation("le", mul(Z.T, Z), identity(Z.shape[0]))

    def conclusion(Z: Term) -> Term:
        traces = make("trace", (Z,)) + make("trace", (Z.T,))
        return relation("le", traces, mul(number(2), make("rank", (Z,))))

    ref = draft.find(premise(X)) or by_squares_sum(draft, premise(X), SECONDS)
    return None if ref is None else by_letter(draft, ref, X, premise, conclusion, _shown)


def _shown(draft: Draft, ref: Ref, claim: Term) -> Ref | None:
    (Z,) = claim.args[1].args[-1].args
    with draft.only([ref]):
        return by_rows(draft, claim, list(_rows(draft, [Z])))


def _rows(draft: Draft, ranked: list[Term]) -> Iterator[Row]:
    """R^T M R for the projections R onto the ranges of the ranked X and of X^T, and (R - X)^T (R - X)."""
    known = [fact.args[0] for fact, _ in draft.facts if fact.value == "projection"]
    projections = [Y for P in known for Y in (P, identity(P.shape[0]) - P)]
    middles: list[tuple[Term, Ref]] = []
    for fact, ref in draft.facts:
        with suppress(Refused):
            if difference(fact).shape != SCALAR:
                middles.append((fact, ref))
    for X in ranked:
        for R in (mul(X, pinv(X)), mul(pinv(X), X)):
            yield from ((ONE, (), mul(P, R), None) for P in projections if P.shape == R.shape)
            yield from ((ONE, (), R, ref) for M, ref in middles if difference(M).shape == R.shape)
            if R.shape == X.shape:
                yield from ((ONE, (), Y, None) for Y in (R - X, R + X))
        yield ONE, (), X, None
