"""Invertibility: by known facts, by singular values, by a sum of squares, by a likely inverse.

For square matrices A B = I makes A invertible, and then B A = I.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A, B : R^{n x n}\\nassume A B = I\\nshow B A = I")
>>> [step["rule"] for step in prove(Statement(c.given, c.shows[0].prop)).proof["steps"]]
['witness', 'ideal', 'ideal']
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.poly import expand, to_term
from lemmata.kernel.term import SCALAR, Term, dim, identity, inverse, make, mul, number, subterms
from lemmata.prove.algebra import by_ideal, by_squares_sum
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.inverse.likely import by_witness
from lemmata.prove.inverse.schur import invertible_by_blocks
from lemmata.prove.norms.contractions import invertible_near_identity
from lemmata.prove.onematrix import by_singular_values
from lemmata.prove.order.mixtures import definite_mixture
from lemmata.prove.order.semidefinite import by_rows
from lemmata.prove.search import establish
from lemmata.terms.forms import equation, is_

__all__ = ["by_factored_inverse", "by_square_inverse", "invertible"]


def invertible(draft: Draft, claim: Term) -> Ref | None:
    A = claim.args[0]
    for arg in A.args:
        # The inverses that a likely inverse is made of: (A B)^{-1} of A^{-1} and B^{-1}.
        for part in subterms(arg):
            if part.head == "inverse" and part.args[0].shape != SCALAR:
                establish(draft, is_("invertible", part.args[0]))
                if A.head == "add" and draft.find(is_("spd", part.args[0])) is not None:
                    establish(draft, is_("spd", part))
    for fact, ref in draft.facts:
        if fact.head == "is" and fact.value in ("invertible", "spd") and expand(fact.args[0]) == expand(A):
            if fact is is_("spd", A):
                return draft.add(claim, "logic", of=[ref])
            return ref
    if A.shape == SCALAR:
        return None
    found = by_singular_values(draft, claim)
    if found is not None:
        return found
    found = invertible_by_blocks(draft, claim) or invertible_near_identity(draft, claim)
    if found is not None:
        return found
    definite = is_("spd", A)
    _full_ends(draft, A)
    found = (
        definite_mixture(draft, definite) or by_squares_sum(draft, definite, 1.0) or by_rows(draft, definite)
    )
    if found is not None:
        return draft.add(claim, "logic", of=[found])
    _products_near_identity(draft, A)
    return by_witness(draft, claim, 1.0) or _definite_square(draft, claim)


def _full_ends(draft: Draft, A: Term) -> None:
    """rank(R) = n for the ends of R^* M R, where rank(R^*) = n or an inverse of R^* R says so."""
    R = A.args[-1] if A.head == "mul" else A
    if A.head != "mul" or expand(A.args[0]) != expand(R.T):
        return
    n = dim(R.shape[1])
    said = (equation(make("rank", (R.T,)), n), is_("invertible", mul(R.T, R)))
    full = equation(make("rank", (R,)), n)
    if draft.find(full) is None and any(draft.find(fact) is not None for fact in said):
        establish(draft, full)


def _definite_square(draft: Draft, claim: Term) -> Ref | None:
    """invertible(A) for a sum A with A^* A = c I + squares, c > 0: it has the left inverse (A^* A)^{-1} A^*.

    For an idempotent E that is E + E^* - I, whose square is I + (E - E^*)^* (E - E^*).
    """
    (A,) = claim.args
    if A.head != "add":
        return None
    square = to_term(expand(A).adjoint() * expand(A))
    with draft.attempt() as keep:
        definite = by_squares_sum(draft, is_("spd", square), 0.5)
        if definite is None:
            return None
        draft.add(is_("invertible", square), "logic", of=[definite])
        draft.witnesses.setdefault(A, []).insert(0, mul(inverse(square), A.T))
        ref = by_witness(draft, claim, 0.5)
        if ref is not None:
            keep()
        return ref


def _products_near_identity(draft: Draft, A: Term) -> None:
    """invertible(A Y) from ||I - A Y|| < 1, and likewise with Y A: then A has the inverse Y (A Y)^{-1}.

    Such is A = S + E with ||S^{-1} E|| < 1, or ||S^{-1}|| ||E|| < 1, with Y = S^{-1}.
    """
    for fact, _ in list(draft.facts):
        small = fact.args[fact.head == "gt"] if fact.head in ("lt", "gt") else fact
        _sums_near_identity(draft, A, small)
        if small.head != "norm" or small.value != "2" or small.args[0].shape != A.shape:
            continue
        for sign in (1, -1):
            near = expand(identity(A.shape[0])) - expand(small.args[0]).scale(Fraction(sign))
            words = [word for _, word in near.terms]
            if len(words) == 1 and len(words[0]) > 1 and A in (words[0][0], words[0][-1]):
                establish(draft, is_("invertible", to_term(near)))


def _sums_near_identity(draft: Draft, A: Term, small: Term) -> None:
    """invertible(I + S^{-1} E), or invertible(I + E S^{-1}), for A = S + E and what is named as small."""
    inverses = [t for t in subterms(small) if t.head == "inverse" and t.args[0] in A.args]
    for Y in inverses if A.head == "add" else ():
        E, one = to_term(expand(A) - expand(Y.args[0])), identity(A.shape[0])
        for product, turned in ((mul(Y, E), False), (mul(E, Y), True)):
            near = one + product
            if _bounds(small, product, Y, E) and establish(draft, is_("invertible", near)) is not None:
                both = (Y, inverse(near)) if turned else (inverse(near), Y)
                draft.witnesses.setdefault(A, []).append(mul(*both))


def _bounds(small: Term, product: Term, Y: Term, E: Term) -> bool:
    """Whether it is ||Y E||, or ||Y|| ||E||, up to signs."""
    factors = small.args if small.head == "mul" else (small,)
    if any(f.head != "norm" or f.value != "2" for f in factors):
        return False
    inside = [expand(f.args[0]) for f in factors]
    wanted = [[expand(product)]] if len(inside) == 1 else [[expand(Y), expand(E)], [expand(E), expand(Y)]]
    return any(
        all(a in (b, b.scale(Fraction(-1))) for a, b in zip(inside, pair, strict=True))
        for pair in wanted
        if len(pair) == len(inside)
    )


def by_square_inverse(draft: Draft, claim: Term) -> Ref | None:
    """B A = I from A B = I for square matrices: A is then invertible, with the inverse B."""
    if claim.head != "eq" or claim.args[0].head != "mul" or claim.args[1].head != "identity":
        return None
    factors = claim.args[0].args
    for i in range(1, len(factors)):
        B, A = mul(*factors[:i]), mul(*factors[i:])
        if A.shape == B.shape and A.shape[0] == A.shape[1] and A.shape != SCALAR:
            draft.witnesses.setdefault(A, []).append(B)
            if by_witness(draft, is_("invertible", A), 0.5) is not None:
                by_ideal(draft, equation(B, inverse(A)), 0.5)
                return by_ideal(draft, claim, 2.0)
    return None


def by_factored_inverse(draft: Draft, claim: Term) -> Ref | None:
    """From a A B + b A + c B + d I = 0 with a d != b c: A + c/a and B + b/a are, up to a factor, inverse to
    each other, so they commute.  (A + B = A B gives A B = B A.)
    """
    if claim.head != "eq" or claim.args[0].sort != "matrix" or claim.args[0].shape == SCALAR:
        return None
    with draft.attempt() as keep:
        lemmas = [lemma for fact, _ in list(draft.facts) for lemma in _turned(fact)]
        # All of them: U A V may need what both U and V are inverse to.
        if any([by_square_inverse(draft, lemma) for lemma in lemmas]):
            ref = by_ideal(draft, claim, 0.5)
            if ref is not None:
                keep()
                return ref
    return None


def _turned(fact: Term) -> list[Term]:
    """(B + b/a) (A + c/a) = k I, divided by k, for an equation of this form."""
    if fact.head != "eq" or fact.args[0].sort != "matrix" or fact.args[0].shape == SCALAR:
        return []
    terms = (expand(fact.args[0]) - expand(fact.args[1])).terms
    long = [word for scalars, word in terms if len(word) == 2 and not scalars]
    if len(long) != 1 or any(scalars or len(word) > 2 for scalars, word in terms):
        return []
    A, B = long[0]
    if A is B or A.shape[0] != A.shape[1] or not {w for _, w in terms} <= {(A, B), (A,), (B,), ()}:
        return []
    a, b, c, d = (terms.get(((), w), Fraction(0)) for w in ((A, B), (A,), (B,), ()))
    k = (b * c / a - d) / a
    if not k:
        return []
    one = identity(A.shape[0])
    Q, P = expand(B + number(b / a) * one).scale(1 / k), expand(A + number(c / a) * one)
    return [equation(mul(to_term(Q), to_term(P)), one)]
