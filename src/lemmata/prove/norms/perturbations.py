"""The pseudoinverse of a perturbed matrix of the same rank: ||B^+|| (1 - ||A^+|| ||B - A||) <= ||A^+||.

Let rank(A) = rank(B), and ||A^+ E|| < 1 for E = A - B.  Then K = I - A^+ E has an inverse, and G = K^{-1} A^+ is
bounded, for G = A^+ E G + A^+ gives ||G|| (1 - ||A^+ E||) <= ||A^+||.  With M = B A^+ A it is A^+ M = K A^+ A, so that

    A = A G M         hence rank(M) = rank(A) = rank(B), and B = M M^+ B, as Col(M) <= Col(B),
    M G M = M         hence B G B = B,

and of all such G the pseudoinverse has the least norm: B^+ = (B^+ B) G (B B^+).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A, B : R^{m x n}
... assume rank(A) = rank(B), ||A^+|| ||B - A|| < 1
... show ||B^+|| (1 - ||A^+|| ||B - A||) <= ||A^+||''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True

(Wedin, *Perturbation theory for pseudo-inverses*, BIT 13, 1973; Stewart 1969.)
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, permutations

from lemmata.kernel.poly import expand, to_term
from lemmata.kernel.term import SCALAR, Term, identity, inverse, make, mul, number, pinv, subterms, symbol
from lemmata.prove.algebra import by_ideal, by_squares_sum
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.lowerbounds import matrix_norms
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.order.eigenvectors import reciprocal
from lemmata.prove.order.gram import Row
from lemmata.prove.rank.facts import rank
from lemmata.prove.search import establish
from lemmata.terms.forms import equation, is_, norm, relation

__all__ = ["by_perturbation"]

ONE = Fraction(1)
SECONDS = 0.3
MOST_PAIRS = 2


def by_perturbation(draft: Draft, claim: Term) -> Ref | None:
    """An inequality that names ||B^+||, from what is known of a matrix near B with the same rank."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        return None
    named = {size.args[0].args[0] for size in matrix_norms(claim) if size.args[0].head == "pinv"}
    for A, B, factors, small in islice(_near(draft), MOST_PAIRS):
        if B not in named:
            continue
        with draft.attempt() as keep:
            bound = _bound(draft, A, B, factors, small)
            ref = None if bound is None else _conclusion(draft, claim, bound, small)
            if ref is not None:
                keep()
                return ref
    return None


def _near(draft: Draft) -> Iterator[tuple[Term, Term, list[Term], Ref]]:
    """A, B, the factors of A^+ E with E = A - B up to a sign, and the fact that their norms multiply to less than 1."""
    ranks = [f.args for f, _ in draft.facts if f.head == "eq" and all(a.head == "rank" for a in f.args)]
    pairs = [(p.args[0], q.args[0]) for both in ranks for p, q in permutations(both)]
    for fact, ref in draft.facts:
        if fact.head not in ("lt", "gt"):
            continue
        size, one = fact.args if fact.head == "lt" else fact.args[::-1]
        sizes = size.args if size.head == "mul" else (size,)
        if one is not number(1) or any(s.head != "norm" or s.value != "2" for s in sizes):
            continue
        inside = [s.args[0] for s in sizes]
        for A, B in pairs:
            E = pinv(A) @ (A - B) if len(inside) == 1 else A - B
            first = [] if len(inside) == 1 else [pinv(A)]
            rest = [X for X in inside if X not in first]
            if A.shape == B.shape and len(rest) == 1 and len(inside) == len(first) + 1 and _sign(rest[0], E):
                yield A, B, [*first, *rest], ref


def _sign(X: Term, E: Term) -> int:
    """The sign with which X is E; 0 if it is not."""
    if X.shape != E.shape:
        return 0
    return next((s for s in (1, -1) if expand(X) == expand(E).scale(Fraction(s))), 0)


def _bound(draft: Draft, A: Term, B: Term, factors: list[Term], small: Ref) -> Ref | None:
    """||B^+|| (1 - ||A^+ E||) <= ||A^+||, where the factors are those of A^+ E."""
    L, one = pinv(A), number(1)
    K = to_term(expand(identity(A.shape[1]) - L @ (A - B)))
    G, sign = mul(inverse(K), L), _sign(mul(*factors), L @ (A - B))
    letters = [symbol(f"X{k}'", *X.shape) for k, X in enumerate((*factors, G, L))]
    # The lemmas come first: their proofs name vectors of their own, and must not meet others of the same names.
    arrows = [
        instance_of(draft, [symbol("B'", *B.shape), symbol("G'", *G.shape)], _least_norm, [B, G]),
        instance_of(draft, letters, lambda *X: _chain(sign, *X), [*factors, G, L]),
    ]
    if None in arrows or not _is_inner_inverse(draft, A, B, K, small):
        return None
    least = equation(mul(B, G, B), B)
    fixed = equation(G, mul(number(sign), *factors, G) + L)
    known = [by_ideal(draft, claim, SECONDS) for claim in (least, fixed)]
    if None in known:
        return None
    bounds = [
        draft.add(draft.fact(arrow).args[1], "logic", of=[arrow, premise])
        for arrow, premise in zip(arrows, known, strict=True)
        if arrow is not None
    ]
    product = mul(*(norm(X) for X in factors))
    claim = relation("le", mul(norm(pinv(B)), one - product), norm(L))
    # a - b (1 - c) = (a + c g - g) + (g - b) (1 - c)
    return rows_add_up(draft, claim, [(ONE, (), one, bounds[1]), (ONE, (), one, [bounds[0], small])])


def _least_norm(B: Term, G: Term) -> Term:
    return make("implies", (equation(mul(B, G, B), B), relation("le", norm(pinv(B)), norm(G))))


def _chain(sign: int, *letters: Term) -> Term:
    *factors, G, L = letters
    fixed = equation(G, mul(number(sign), *factors, G) + L)
    return make("implies", (fixed, relation("le", norm(G), mul(*map(norm, factors), norm(G)) + norm(L))))


def _is_inner_inverse(draft: Draft, A: Term, B: Term, K: Term, small: Ref) -> bool:
    """Whether it is known that K has an inverse and that B = M M^+ B for M = B A^+ A."""
    P = mul(pinv(A), A)
    arrow = instance_of(draft, [symbol("B'", *B.shape), symbol("P'", *P.shape)], _same_columns, [B, P])
    with draft.only([small]):
        if arrow is None or establish(draft, is_("invertible", K)) is None:
            return False
    whole = by_ideal(draft, equation(A, mul(A, inverse(K), pinv(A), B, P)), SECONDS)
    ranks = [ref for f, ref in draft.facts if f.head == "eq" and set(f.args) == {rank(A), rank(B)}]
    if whole is None:
        return False
    premise, conclusion = draft.fact(arrow).args
    with draft.only([whole, *ranks]):
        same = establish(draft, premise)
    return same is not None and bool(draft.add(conclusion, "logic", of=[arrow, same]))


def _same_columns(B: Term, P: Term) -> Term:
    """rank(B P) = rank(B) implies B = M M^+ B for M = B P."""
    M = mul(B, P)
    return make("implies", (equation(rank(M), rank(B)), equation(B, mul(M, pinv(M), B))))


def _conclusion(draft: Draft, claim: Term, bound: Ref, small: Ref) -> Ref | None:
    """The claim from the bound as it stands, divided by 1 - c > 0, or with what else is known."""
    one = number(1)
    size, most = draft.fact(small).args if draft.fact(small).head == "lt" else draft.fact(small).args[::-1]
    gap = expand(most - size)
    found = draft.find(claim) or rows_add_up(draft, claim, [(ONE, (), one, bound)])
    for d in (t for t in subterms(claim) if t.head == "inverse" and t.shape == SCALAR):
        if found is None and expand(d.args[0]) == gap:
            unit = reciprocal(draft, d.args[0])
            above = rows_add_up(draft, relation("le", number(0), d), [(ONE, (), d, small)], [unit])
            if above is not None:
                row: Row = (ONE, (), one, [bound, above])
                found = rows_add_up(draft, claim, [row], [unit])
    return found or by_squares_sum(draft, claim, SECONDS)
