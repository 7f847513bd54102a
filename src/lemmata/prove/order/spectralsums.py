"""Sums over singular values: traces, ranks and squared Frobenius norms of functions of one matrix.

Singular value by singular value the kernel compares sums.  It takes ||M||_F for a number, so here ||M||_F^2 is
written as the sum tr(M^T M) that it is.  Of strict inequalities it is not asked, for there may be no singular
value; with A != 0 there is one.  Let f(s) be the larger side less the smaller one on a singular pair, and
b = 1 + ||A||, which is more than any s.  If f(s)/s^2 decreases the sides differ by at least f(b)/b^2 ||A||_F^2 > 0,
and where n is named and f decreases, by at least f(b) n.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, lambda : positive
... assume A != 0
... show tr(A (A^T A + lambda I)^{-1} A^T) < rank(A)''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.operators import Operator
from lemmata.kernel.poly import Refused, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.spectral import SIGMA, Reduction
from lemmata.kernel.term import (
    SCALAR,
    Term,
    dim,
    identity,
    make,
    mul,
    number,
    pinv,
    substitute,
    subterms,
    symbol,
    symbols_of,
)
from lemmata.prove.algebra import with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.onematrix import by_singular_values
from lemmata.prove.order.gram import Row
from lemmata.terms.forms import norm, relation

__all__ = ["by_spectral_sums"]

ONE = Fraction(1)
SECONDS = 0.2


def by_spectral_sums(draft: Draft, claim: Term) -> Ref | None:
    """An inequality between sums over the singular values of one matrix, strict or not."""
    if claim.head not in ("le", "ge", "lt", "gt") or claim.args[0].shape != SCALAR:
        return None
    matrices = [s for s in symbols_of(claim) if s.shape != SCALAR]
    if len(matrices) != 1 or 1 in matrices[0].shape or matrices[0].value[4]:
        return None
    plain = _with_traces(claim, matrices[0])
    if not any(t.head in ("trace", "rank") for t in subterms(plain)):
        return None
    if claim.head in ("le", "ge"):
        ref = by_singular_values(draft, plain) if plain is not claim else None
        return None if ref is None else _added_up(draft, claim, [(ONE, (), number(1), ref)])
    return _strict(draft, claim, plain, matrices[0])


def _with_traces(claim: Term, A: Term) -> Term:
    """tr(M^T M) for ||M||_F^2, and for n the trace of an identity that tells which of the two sides it is of."""
    inside = set(subterms(claim))
    squares = [t for t in inside if t.head == "power" and t.args[0].value == "F" and t.args[1] is number(2)]
    sums = {t: make("trace", (mul(t.args[0].args[0].T, t.args[0].args[0]),)) for t in squares}
    sums |= {
        t: make("trace", (_identity(A, t.value),)) for t in inside if t.head == "dim" and t.value in A.shape
    }
    return substitute(claim, sums)


def _identity(A: Term, n: object) -> Term:
    """I as the sum of two projections that A names."""
    onto = mul(pinv(A), A) if n == A.shape[1] else mul(A, pinv(A))
    return onto + (identity(onto.shape[0]) - onto)


def _added_up(draft: Draft, claim: Term, rows: list[Row]) -> Ref | None:
    known = [
        ref
        for row in rows
        if row[3] is not None
        for ref in (row[3] if isinstance(row[3][0], list) else [row[3]])
    ]
    with draft.only(known):
        return with_squares(draft, claim, difference(claim), rows, SECONDS)


# --- strict inequalities ---------------------------------------------------------------------

Room = tuple[tuple[Term, ...], list[Ref]]
"""Positive factors, and the strict facts whose gaps are factors too; their product leaves room between the sides."""


def _strict(draft: Draft, claim: Term, plain: Term, A: Term) -> Ref | None:
    small, large = plain.args if plain.head == "lt" else plain.args[::-1]
    for scalars, facts in _rooms(draft, A, small, large):
        room = mul(*scalars, *(to_term(difference(draft.fact(ref))) for ref in facts))
        weak = _with_traces(relation("le", small + room, large), A)
        with draft.attempt() as keep:
            ref = by_singular_values(draft, weak)
            middle = facts or None
            rows: list[Row] = [(ONE, (), number(1), ref), (ONE, scalars, number(1), middle)]
            if ref is not None and (found := _added_up(draft, claim, rows)) is not None:
                keep()
                return found
    return None


def _rooms(draft: Draft, A: Term, small: Term, large: Term) -> Iterator[Room]:
    from lemmata.oracle.variants import quotient

    f = _on_pairs(draft, A, small, large)
    if f is None:
        return
    size, nonzero = symbol(SIGMA, domain="positive"), _nonzero(draft, A)
    f = substitute(f, {s: size for s in symbols_of(f) if s.name == SIGMA})
    above = {size: number(1) + norm(A)}
    sizes = [t for t in (dim(A.shape[1]), dim(A.shape[0])) if _with_traces(t, A) in subterms(small + large)]
    # what f is divided by, the sums that may be multiplied with it, and why they are positive
    weights: list[tuple[Term, list[tuple[Term, ...]], list[Ref]]] = [(number(1), [(n,) for n in sizes], [])]
    weights += [(size**2, [()], [nonzero])] if nonzero is not None else []
    for share, sums, known in weights:
        c = quotient(f, share) if sums else None
        for factors, facts in _positive(draft, c) if c is not None else ():
            here = tuple(substitute(s, above) for s in factors)
            yield from (((*here, *n), [*facts, *known]) for n in sums)


def _on_pairs(draft: Draft, A: Term, small: Term, large: Term) -> Term | None:
    """The larger side less the smaller one, on a singular pair."""
    kinds = [f for f, _ in draft.facts if f.head == "is" and f.args[0] is A]
    total = number(0)
    for side, sign in ((large, 1), (small, -1)):
        try:
            value = Reduction(A, kinds).value(side)
        except (Refused, ValueError):
            return None
        if isinstance(value, Operator):
            total = total + number(sign) * value.at("pair")
        elif value is not number(0):
            return None
    return total


def _nonzero(draft: Draft, A: Term) -> Ref | None:
    """||A||_F^2 > 0, if A != 0 is known."""
    if not any(f.head == "ne" and A in f.args for f, _ in draft.facts):
        return None
    wanted = relation("lt", number(0), make("trace", (mul(A.T, A),)))
    with draft.attempt() as keep:
        ref = draft.find(wanted)
        size = relation("lt", number(0), norm(A, "F"))
        if ref is None and (positive := by_singular_values(draft, size)) is not None:
            ref = _added_up(draft, wanted, [(ONE, (), number(1), [positive, positive])])
        if ref is not None:
            keep()
        return ref


def _positive(draft: Draft, c: Term) -> Iterator[Room]:
    """c > 0 by its form, or as a multiple of the gap of a strict inequality that is known."""
    from lemmata.oracle.variants import quotient

    if sign_of(c) == 1:
        yield (c,), []
        return
    for fact, ref in draft.facts:
        if fact.head in ("lt", "gt") and fact.args[0].shape == SCALAR:
            rest = quotient(c, to_term(difference(fact)))
            if rest is not None and sign_of(rest) == 1:
                yield (rest,), [ref]
