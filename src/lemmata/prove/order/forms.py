"""Forms in one vector: x^* G x >= 0 from G >= 0, where that takes more than the squares of vectors at hand.

What is inside is a claim about matrices, for which rows R^* M R are known.  So Q <= P from A^* P A - P + Q <= 0 and
P >= 0 gives x^* Q x <= x^* P x, also where x = x_k runs and x_{k+1} = A x_k would be put in for A x_k.

>>> from lemmata.prove.search import prove
>>> from lemmata.prove.standard import standard
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A, P, Q : R^{n x n}, x : R^n
... assume psd(P), A^T P A - P + Q <= 0
... show x^T Q x <= x^T P x''')
>>> prove(standard(Statement(c.given, c.shows[0].prop))).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.meaning import difference, is_vector_norm
from lemmata.kernel.poly import Monomial, Poly, Refused, is_real, star, to_term
from lemmata.kernel.term import SCALAR, Term, mul, number, substitute, subterms
from lemmata.prove.algebra import by_squares_sum, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.order.semidefinite import by_rows
from lemmata.terms.forms import is_

__all__ = ["by_forms"]

SECONDS = 0.3
ONE = Fraction(1)


def by_forms(draft: Draft, claim: Term) -> Ref | None:
    """A weak inequality between numbers whose difference is a form x^* G x, from G >= 0."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not _compares_matrices(draft):
        return None
    try:
        form = form_of(difference(_without_norms(claim)))
    except Refused:
        return None
    if form is None:
        return None
    x, G = form
    inside = is_("psd", G)
    of_matrices = [ref for fact, ref in draft.facts if not _of_vectors(fact)]
    with draft.attempt() as keep:
        with draft.only(of_matrices):
            known = draft.find(inside) or by_squares_sum(draft, inside, SECONDS) or by_rows(draft, inside)
        if known is None:
            return None
        with draft.only(
            [known, *(ref for fact, ref in draft.facts if fact.value in ("psd", "spd", "symmetric"))]
        ):
            ref = with_squares(draft, claim, difference(claim), [(ONE, (), x, known)], SECONDS)
        if ref is not None:
            keep()
        return ref


def form_of(goal: Poly) -> tuple[Term, Term] | None:
    """x and G, Hermitian if it is real, with x^* G x the goal; None if that is no form in one vector, or x^* x."""
    vector: Term | None = None
    terms: dict[Monomial, Fraction] = {}
    for (scalars, word), value in goal.terms.items():
        long = [loop for loop in scalars if len(loop) > 1]
        if word or len(long) != 1:
            return None
        (loop,) = long
        x = loop[-1]
        if x.shape[1] != 1 or x.shape == SCALAR or loop[0] != star(x) or vector not in (None, x):
            return None
        vector = x
        others = tuple(loop for loop in scalars if loop is not long[0])
        terms[others, loop[1:-1]] = value
    if vector is None or not any(word for _, word in terms):
        return None
    G = Poly((vector.shape[0], vector.shape[0]), terms)
    if is_real(vector) and is_real(to_term(G)):
        G = (G + G.adjoint()).scale(Fraction(1, 2))
    return vector, to_term(G)


def _without_norms(claim: Term) -> Term:
    """v^* v for the ||v||^2 of vectors."""
    squares = {
        t: mul(t.args[0].args[0].T, t.args[0].args[0])
        for t in subterms(claim)
        if t.head == "power" and t.args[1] is number(2) and is_vector_norm(t.args[0])
    }
    return substitute(claim, squares) if squares else claim


def _compares_matrices(draft: Draft) -> bool:
    """Whether facts order matrices, or tie what is semidefinite to others: else the squares of vectors tell all."""
    relations = [f for f, _ in draft.facts if f.head in ("le", "ge", "lt", "gt", "eq") and not _of_vectors(f)]
    heads = {f.head for f in relations if f.args[0].shape != SCALAR}
    return bool(heads - {"eq"}) or (bool(heads) and any(f.value in ("psd", "spd") for f, _ in draft.facts))


def _of_vectors(fact: Term) -> bool:
    """Whether vectors are named: a recursion, a stationary point."""
    return any(1 in t.shape for t in subterms(fact) if t.head == "symbol" and t.shape != SCALAR)
