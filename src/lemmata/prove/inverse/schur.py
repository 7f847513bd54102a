"""Block elimination: what a block matrix and the Schur complement of a block in it say of each other.

Let P be the inverse or the pseudoinverse of a block A, with A P B = B and C P A = C.  Then S = D - C P B and

    [A B; C D] = L [A 0; 0 S] R,      L = [I 0; C P  I],   R = [I  P B; 0 I]

with L and R invertible.  Hence rank(M) = rank(A) + rank(S) (Guttman); M is invertible if A and S are
(Banachiewicz); for symmetric M, where C = B^T, it is semidefinite exactly if A and S are and Col(B) lies
in Col(A) (Albert), and definite if A and S are.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.prove.standard import standard
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A, B : R^{n x n}\\nassume psd([A B; B^T A])\\nshow Col(B) <= Col(A)")
>>> prove(standard(Statement(c.given, c.shows[0].prop))).theorem is not None
True

(Albert, *Conditions for positive and nonnegative definiteness in terms of pseudoinverses*, 1969.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from lemmata.kernel.meaning import difference, zeros
from lemmata.kernel.poly import Poly, Refused, expand, to_term
from lemmata.kernel.term import (
    SCALAR,
    Term,
    dim,
    identity,
    inverse,
    make,
    mul,
    number,
    pinv,
    subterms,
    symbol,
    symbols_of,
    to_json,
)
from lemmata.prove.algebra import by_ideal, combine_all, total, with_squares, written
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.inverse.likely import by_witness
from lemmata.prove.inverse.pivots import Pivot, pivots
from lemmata.prove.order.gram import Row
from lemmata.prove.rank.facts import instance_of, rank, sum_of_facts, within
from lemmata.prove.rank.sums import by_rank_facts
from lemmata.prove.search import establish
from lemmata.terms.blocks import selected
from lemmata.terms.forms import equation, is_, relation, zero

__all__ = ["by_block_elimination", "invertible_by_blocks"]

ONE = Fraction(1)
QUICK, SECONDS = 0.1, 1.0


# --- the strategy ----------------------------------------------------------------------------


def by_block_elimination(draft: Draft, claim: Term) -> Ref | None:
    """A claim about a block matrix, a Schur complement or a rank, by elimination of one block."""
    if not in_blocks(draft, claim):
        return None
    if any(t.head == "rank" for t in subterms(claim)):
        return _ranks(draft, claim)
    try:
        spaces = claim.head == "eq" or claim.args[0].sort != "matrix"
        goal = None if spaces else difference(claim) if claim.head in ("le", "ge", "lt", "gt", "is") else None
        if goal is not None:
            strict = claim.head in ("lt", "gt") or claim.value == "spd"
            return _whole(draft, claim, goal, strict) or _complement(draft, claim, goal, strict)
        return _column_space(draft, claim)
    except Refused:
        return None


def _whole(draft: Draft, claim: Term, goal: Poly, strict: bool) -> Ref | None:
    """psd(M) from psd(A), psd(S) and A P B = B:  M = R^T A R + K S K^T with R = F^T + P B K^T."""
    if strict:
        return None
    for pivot in [p for p in pivots(to_term(goal)) if p.E is p.F]:
        with draft.attempt() as keep:
            A = _semidefinite(draft, pivot.A)
            if A is None:
                continue
            for P in _inverses(draft, pivot, claim):
                S = pivot.complement(P)
                below = _semidefinite(draft, S) if A is not None else None
                if below is None or not _absorbs(draft, pivot, P):
                    continue
                _symmetric(draft, P)
                R = pivot.F.T + mul(P, pivot.B, pivot.K.T)
                rows: list[Row] = [(ONE, (), R, A), (ONE, (), pivot.K.T, below)]
                ref = with_squares(draft, claim, goal, rows, SECONDS)
                if ref is not None:
                    keep()
                    return ref
    return None


def _complement(draft: Draft, claim: Term, goal: Poly, strict: bool) -> Ref | None:
    """S = R^T M R with R = K - F P B; rank(R) is full since K^T R = I."""
    for pivot, ref in _known(draft):
        for P in _inverses(draft, pivot, claim):
            if expand(pivot.complement(P)) != goal:
                continue
            with draft.attempt() as keep:
                R = pivot.K - mul(pivot.F, P, pivot.B)
                if strict:
                    _full_columns(draft, R, pivot.K.T)
                _symmetric(draft, P)
                found = with_squares(draft, claim, goal, [(ONE, (), R, ref)], SECONDS)
                if found is not None:
                    keep()
                    return found
    return None


def _column_space(draft: Draft, claim: Term) -> Ref | None:
    """Col(B) <= Col(A) from psd(M): with N = I - A^+ A, N^T A N = 0 gives M F N = 0 and B^T N = 0."""
    inside = {A for z in zeros(claim) for t in subterms(to_term(z)) for A in t.args}
    with draft.attempt() as keep:
        found = [_ranges(draft, pivot, ref) for pivot, ref in list(_known(draft)) if pivot.A in inside]
        ref = by_ideal(draft, claim, SECONDS) if any(found) else None
        if ref is not None:
            keep()
        return ref


def _ranges(draft: Draft, pivot: Pivot, ref: Ref) -> Ref | None:
    """M F (I - A^+ A) = 0."""
    A, M = pivot.A, difference(draft.fact(ref))
    R = mul(pivot.F, identity(A.shape[1]) - mul(pinv(A), A))
    gone = equation(to_term(M * expand(R)), zero(M.shape[0], A.shape[1]))
    if (known := draft.find(gone)) is not None:
        return known
    row: list[Row] = [(ONE, (), R, ref)]
    result = combine_all(draft, [total(draft, row)], SECONDS)
    if result is None or zeros(gone) != [M * expand(R)]:
        return None
    letters, cofactors = write_combinations(result[1])
    vanishing = draft.add(
        gone, "square", uses=result[0], letters=letters, combinations=cofactors, squares=[written(row)]
    )
    establish(draft, is_("psd", A))
    _symmetric(draft, pinv(A))
    return vanishing


def _known(draft: Draft) -> Iterator[tuple[Pivot, Ref]]:
    """The block matrices that are known to be semidefinite."""
    for fact, ref in draft.facts:
        if fact.head in ("le", "ge", "lt", "gt") or fact.value in ("psd", "spd"):
            try:
                M = difference(fact)
            except Refused:
                continue
            if M.shape != SCALAR:
                yield from ((p, ref) for p in pivots(to_term(M)) if p.E is p.F)


def in_blocks(draft: Draft, claim: Term) -> bool:
    """Whether a block matrix is in play."""
    props = (claim, *(fact for fact, _ in draft.facts))
    return any(selected(s) is not None for p in props for s in symbols_of(p))


# --- premises --------------------------------------------------------------------------------


def _inverses(draft: Draft, pivot: Pivot, claim: Term) -> list[Term]:
    """What stands for A^{-1}: it, if A is known to have one, and A^+; for I it is I."""
    A = pivot.A
    if not expand(A):
        return []
    if A.head == "identity":
        return [A]
    if A.shape == SCALAR:
        return [inverse(A)]
    named = [t for p in (claim, *(f for f, _ in draft.facts)) for t in subterms(p)]
    known = [A.shape[0] == A.shape[1] and draft.find(is_(name, A)) for name in ("spd", "invertible")]
    both = [inverse(A)] if any(known) else []
    return both + ([pinv(A)] if not both or pinv(A) in named else [])


def _semidefinite(draft: Draft, A: Term) -> Ref | None:
    """A known difference equal to A that is semidefinite, or one found."""
    poly = expand(A)
    for fact, ref in draft.facts:
        if fact.head in ("le", "ge", "lt", "gt") or fact.value in ("psd", "spd", "projection"):
            try:
                if difference(fact) == poly:
                    return ref
            except Refused:
                continue
    if poly.shape == SCALAR:
        return establish(draft, relation("ge", A, number(0)))
    return establish(draft, is_("psd", A))


def _absorbs(draft: Draft, pivot: Pivot, P: Term, rows: bool = False) -> bool:
    """A P B = B; and, if ``rows``, C P A = C."""
    pairs = [(mul(pivot.A, P, pivot.B), pivot.B)] + ([(mul(pivot.C, P, pivot.A), pivot.C)] if rows else [])
    return all(
        expand(a) == expand(b) or by_ideal(draft, equation(a, b), SECONDS) is not None for a, b in pairs
    )


def _symmetric(draft: Draft, P: Term) -> None:
    """(A^+)^T = A^+ of a symmetric A, and A^+ A = A A^+."""
    if P.head != "pinv":
        return
    A = P.args[0]
    for claim in (equation(P.T, P), equation(mul(P, A), mul(A, P))):
        if expand(claim.args[0]) != expand(claim.args[1]) and draft.find(claim) is None:
            establish(draft, claim)


def _full_columns(draft: Draft, R: Term, L: Term) -> None:
    """rank(R) is the number of columns, from L R = I."""
    n = dim(R.shape[1])
    one, claim = identity(R.shape[1]), equation(rank(R), n)
    trivial, link = equation(R, mul(R, one, one)), equation(one, mul(L, R, one))
    if draft.find(claim) is not None:
        return
    low = draft.add(trivial, "ideal", uses=[], letters=[], combinations=[[]])
    high = by_ideal(draft, link, SECONDS)
    if high is not None:
        factors = [[to_json(R), to_json(one)], [to_json(L), to_json(one)]]
        draft.add(claim, "rank", of=[low, high], factors=factors)


# --- inverses --------------------------------------------------------------------------------


def invertible_by_blocks(draft: Draft, claim: Term) -> Ref | None:
    """A diagonal block of a definite matrix; a matrix with a pivot and a Schur complement that have inverses."""
    if not in_blocks(draft, claim):
        return None
    M = claim.args[0]
    for pivot, ref in _known(draft):
        fact = draft.fact(ref)
        if pivot.A is M and (fact.value == "spd" or fact.head in ("lt", "gt")):
            found = establish(draft, is_("spd", M))
            if found is not None:
                return draft.add(claim, "logic", of=[found])
    for pivot in pivots(M):
        with draft.attempt() as keep:
            P = _inverse(draft, pivot.A)
            Q = None if P is None else _inverse(draft, pivot.complement(P))
            if P is None or Q is None:
                continue
            draft.witnesses.setdefault(M, []).insert(0, _banachiewicz(pivot, P, Q))
            found = by_witness(draft, claim, SECONDS)
            if found is not None:
                keep()
                return found
    return None


def _inverse(draft: Draft, A: Term) -> Term | None:
    """A^{-1}, or -(-A)^{-1} if -A is definite."""
    if A.shape[0] != A.shape[1] or A.shape == SCALAR or not expand(A):
        return None
    if A.head == "identity":
        return A
    negative = to_term(expand(A).scale(-ONE))
    _full_sides(draft, A)
    for sign, X in ((1, A), (-1, negative)):
        found = draft.find(is_("invertible", X)) or establish(draft, is_("spd", X))
        if found is not None:
            if draft.fact(found).value == "spd" and draft.find(is_("invertible", X)) is None:
                draft.add(is_("invertible", X), "logic", of=[found])
            return inverse(X) if sign == 1 else -inverse(X)
    return inverse(A) if establish(draft, is_("invertible", A)) is not None else None


def _full_sides(draft: Draft, A: Term) -> None:
    """rank(X^T) = m for the X of rank m in a product."""
    for fact, _ in list(draft.facts):
        for side in fact.args if fact.head == "eq" else ():
            X = side.args[0] if side.head == "rank" else None
            if X is not None and X in subterms(A) and fact is equation(side, dim(X.shape[0])):
                establish(draft, equation(rank(X.T), dim(X.shape[0])))


def _banachiewicz(p: Pivot, P: Term, Q: Term) -> Term:
    """[I  -P B; 0 I] [P 0; 0 Q] [I 0; -C P  I]."""
    left, right = p.K - mul(p.F, P, p.B), p.H.T - mul(p.C, P, p.E.T)
    return to_term(expand(mul(p.F, P, p.E.T)) + expand(left) * expand(Q) * expand(right))


# --- ranks -----------------------------------------------------------------------------------


def _ranks(draft: Draft, claim: Term) -> Ref | None:
    """Guttman's rank(M) = rank(A) + rank(S) for the block matrices in a claim, and what follows."""
    named = dict.fromkeys(t.args[0] for t in subterms(claim) if t.head == "rank")
    with draft.attempt() as keep:
        for pivot, fact in [(p, ref) for p, ref in _known(draft) if _equals_one(p.M, named)]:
            _ranges(draft, pivot, fact)
        whole, found = [pivot for M in named for pivot in pivots(M)], list[Ref]()
        # A block whose rank the claim names tells the most, and is alone at first.
        for chosen in ([p for p in whole if p.A in named], [p for p in whole if p.A not in named]):
            for pivot in chosen:
                law = _guttman(draft, pivot, claim)
                with draft.only(found := [*found, law] if law is not None else found):
                    ref = draft.find(claim) or by_ideal(draft, claim, QUICK) if law is not None else None
                if ref is not None:
                    keep()
                    return ref
            ref = by_rank_facts(draft, claim) if found else None
            if ref is not None:
                keep()
                return ref
    return None


def _equals_one(M: Term, others: Iterable[Term]) -> bool:
    return any(X.shape == M.shape and expand(X) == expand(M) for X in others)


def _guttman(draft: Draft, pivot: Pivot, claim: Term) -> Ref | None:
    if not expand(pivot.B) and not expand(pivot.C):
        return None
    for P in _inverses(draft, pivot, claim):
        with draft.attempt() as keep:
            if not _absorbs(draft, pivot, P, rows=True):
                continue
            S = pivot.complement(P)
            named = [t.args[0] for t in subterms(claim) if t.head == "rank"]
            S = next((X for X in named if expand(X) == expand(S)), S)
            p, whole = pivot, equation(rank(pivot.M), rank(pivot.A) + rank(S))
            L = mul(p.E, p.E.T) + mul(p.H, p.H.T) + mul(p.H, p.C, P, p.E.T)
            R = mul(p.F, p.F.T) + mul(p.K, p.K.T) + mul(p.F, P, p.B, p.K.T)
            back_L, back_R = 2 * identity(L.shape[0]) - L, 2 * identity(R.shape[0]) - R
            middle = mul(p.E, p.A, p.F.T) + mul(p.H, S, p.K.T)
            ends = (
                within(draft, relation("le", rank(p.M), rank(middle)), L, R),
                within(draft, relation("le", rank(middle), rank(p.M)), back_L, back_R),
            )
            diagonal = None if None in ends else _diagonal(draft, p, S)
            if diagonal is None:
                continue
            sides = relation("le", *whole.args), relation("le", *whole.args[::-1])
            both = [
                None if end is None else sum_of_facts(draft, side, [(ONE, end)], [(sign * ONE, diagonal)])
                for side, end, sign in zip(sides, ends, (-1, 1), strict=True)
            ]
            if None not in both:
                keep()
                return draft.add(whole, "logic", of=both)
    return None


def _diagonal(draft: Draft, p: Pivot, S: Term) -> Ref | None:
    """rank([A 0; 0 S]) = rank(A) + rank(S), for letters and then for these."""
    X, Y = symbol("X'", *p.A.shape, "complex"), symbol("Y'", *S.shape, "complex")
    law = equation(rank(mul(p.E, X, p.F.T) + mul(p.H, Y, p.K.T)), rank(X) + rank(Y))
    general = make("forall", (X, Y, law))
    if establish(draft, general) is None:
        return None
    return instance_of(draft, (general, []), [p.A, S])
