"""Inequalities with S and S^{-1} beside each other, in new variables: with B = S Z all is a form with the middle S.

Young's inequality 2 tr(A^T B) <= c tr(A^T S A) + tr(B^T S^{-1} B) / c becomes

    2 tr(A^T S Z) <= c tr(A^T S A) + tr(Z^T S Z) / c,

which is c (A - Z/c)^T S (A - Z/c) under the trace (Fenchel's inequality for the form of S).  For a semidefinite S and
a B whose columns lie in Col(S) it is S^+ that stands for S^{-1}.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A, B : R^{m x n}, S : R^{m x m}, c : positive
... assume spd(S)
... show A^T B + B^T A <= c A^T S A + 1/c B^T S^{-1} B''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Poly, Refused, Word, expand, is_real
from lemmata.kernel.term import SCALAR, Term, inverse, mul, pinv, substitute, subterms, symbols_of
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.hypotheses import collect
from lemmata.prove.minima.quadratics import fresh
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import normal_form
from lemmata.prove.order.weights import with_weights
from lemmata.prove.words.completion import Completion
from lemmata.terms.forms import equation

__all__ = ["by_change_of_variables"]

MOST_VARIABLES = 3
SECONDS = 0.3


def by_change_of_variables(draft: Draft, claim: Term) -> Ref | None:
    """A weak inequality with S^{-1} B or S^+ B in it, S known to be semidefinite, by Z for S^{-1} B."""
    if claim.head not in ("le", "ge") and claim.value != "psd":
        return None
    try:
        goal = difference(claim)
    except Refused:
        return None
    if goal.shape[0] != goal.shape[1]:
        return None
    variables = islice(_variables(draft, claim, goal), MOST_VARIABLES)
    found = (_in_a_new_variable(draft, claim, goal, L, B) for L, B in variables)
    return next((ref for ref in found if ref is not None), None)


def _in_a_new_variable(draft: Draft, claim: Term, goal: Poly, L: Term, B: Term) -> Ref | None:
    """The claim as a form in Z for L B, L = S^{-1} or S^+, and in what else there is."""
    (S,) = L.args
    (letter,) = symbols_of(B)
    old = mul(L, B)
    if L.head == "pinv" and by_ideal(draft, equation(mul(S, old), B), SECONDS) is None:
        return None
    names = {s.name for p in (claim, *(f for f, _ in draft.facts)) for s in symbols_of(p)}
    Z = fresh("Z", names, B.shape, "real" if is_real(B) else "complex")
    new = _without_inverses(draft, substitute(claim, {letter: mul(S, Z) if letter is B else mul(Z.T, S)}))

    def finish(rows: list[Row]) -> Ref | None:
        back = [(c, scalars, substitute(R, {Z: old}), ref) for c, scalars, R, ref in rows]
        return with_squares(draft, claim, goal, back, SECONDS)

    return None if new is None else with_weights(draft, new, finish)


def _variables(draft: Draft, claim: Term, goal: Poly) -> Iterator[tuple[Term, Term]]:
    """S^{-1} and B for the S^{-1} B in the claim, with S a letter that is known to be semidefinite."""
    known = [f.args[0] for f, _ in draft.facts if f.value in ("psd", "spd") and f.args[0].head == "symbol"]
    inside = set(subterms(claim))
    inverses = [L for S in known for L in (inverse(S), pinv(S)) if L in inside]
    pairs = dict.fromkeys(pair for word in _words(goal) for pair in pairwise((*word, *word[:1])))
    for L in inverses:
        spellings = (expand(L), expand(L.T))
        beside = [B for a, B in pairs if a.shape == L.shape and expand(a) in spellings]
        plain = [B for B in beside if (B.args[0] if B.head == "adjoint" else B).head == "symbol"]
        yield from ((L, B) for B in dict.fromkeys(plain) if B not in (L.args[0], L.args[0].T))


def _words(goal: Poly) -> Iterator[Word]:
    """The words of a polynomial, those of the scalars and those under traces."""
    for loops, word in goal.terms:
        yield word
        for loop in loops:
            inner = loop[0].args[0] if loop[0].head == "trace" else None
            yield loop if inner is None else inner.args if inner.head == "mul" else (inner,)


def _without_inverses(draft: Draft, claim: Term) -> Poly | None:
    """The difference of the claim, without S^{-1} S."""
    goal = difference(claim)
    _, polys, _ = collect([goal], draft)
    system = Completion(polys, goals=[goal])
    system.complete(min(SECONDS, draft.clock()))
    return normal_form(system, goal, goal.shape == SCALAR)
