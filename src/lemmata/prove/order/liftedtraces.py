"""Inequalities between numbers that are traces of an inequality between matrices: tr(X) <= tr(Y) from X <= Y.

A form v^T R R v is the trace of R v v^T R, so that a sum of forms and of traces is the trace of one matrix M; each
word is turned so that it reads the same from both ends.  If M >= 0 by what is known of outer products, then
tr(M) >= 0.  So the mean square error of ridge regression, a bias and a variance, is compared as the matrix that it
is the trace of (Theobald 1974).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, w : R^n, c : positive
... assume c ||w||^2 <= 1
... show c ||A w||^2 + tr(A A^T) <= 2 tr(A A^T)''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Poly, Refused, Word, star_word, to_term
from lemmata.kernel.term import SCALAR, Term, identity, subterms
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.normchains import rows_add_up
from lemmata.prove.order.gram import Row
from lemmata.prove.order.outer import by_outer_products
from lemmata.prove.order.semidefinite import by_rows
from lemmata.terms.forms import is_

__all__ = ["by_lifted_traces"]

ONE = Fraction(1)
MOST_TERMS = 8
MOST_MATRICES = 4
MOST_ROWS = 12


def by_lifted_traces(draft: Draft, claim: Term) -> Ref | None:
    """An inequality between sums of forms v^T M v and of traces, as the trace of one between matrices."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        return None
    try:
        goal = difference(claim)
    except Refused:
        return None
    if (known := _of_known(draft, claim)) is not None:
        return known
    for M in islice(_matrices(goal), MOST_MATRICES):
        with draft.attempt() as keep:
            whole = by_outer_products(draft, is_("psd", to_term(M)))
            ref = whole and rows_add_up(draft, claim, [(ONE, (), identity(M.shape[0]), whole)])
            if ref is not None:
                keep()
                return ref
    return _alone(draft, claim, goal)


def _of_known(draft: Draft, claim: Term) -> Ref | None:
    """Sums of traces of matrices that are known to be semidefinite: tr(A) >= tr(B) from A >= B."""
    if not any(t.head == "trace" for t in subterms(claim)):
        return None
    rows: list[Row] = []
    for fact, ref in draft.facts:
        try:
            M = difference(fact)
        except Refused:
            continue
        if M.shape != SCALAR and M.shape[0] == M.shape[1]:
            rows.append((ONE, (), identity(M.shape[0]), ref))
    return by_rows(draft, claim, rows[:MOST_ROWS]) if rows else None


def _alone(draft: Draft, claim: Term, goal: Poly) -> Ref | None:
    """Traces alone, or forms in one vector alone, where inverses are in them: tr(M) >= 0, v^T M v >= 0 from M >= 0."""
    if not any(_inverts(t) and t.shape != SCALAR for t in subterms(claim)) or len(goal.terms) > MOST_TERMS:
        return None
    for M, root in islice(_middles(draft, goal), MOST_MATRICES):
        with draft.attempt() as keep:
            whole = by_rows(draft, is_("psd", to_term(M)))
            ref = whole and rows_add_up(draft, claim, [(ONE, (), root, whole)])
            if ref is not None:
                keep()
                return ref
    return None


def _middles(draft: Draft, goal: Poly) -> Iterator[tuple[Poly, Term]]:
    """M and R with R^T M R, or its trace, for the goal."""
    kinds = ("psd", "spd", "symmetric", "projection")
    symmetric = frozenset(f.args[0] for f, _ in draft.facts if f.value in kinds)
    choices: list[list[tuple[Poly, Term]]] = []
    for (loops, _), value in goal.terms.items():
        compound = [loop for loop in loops if len(loop) > 1 or loop[0].head == "trace"]
        if len(compound) != 1:
            return
        (loop,) = compound
        rest = tuple(other for other in loops if other is not loop)
        if loop[0].head == "trace":
            words = [(w, identity(w[0].shape[0])) for w in _turns(loop) if _is_mirrored(w, symmetric)]
        else:
            words = [(loop[1:-1], loop[-1])] if star_word(loop[:1]) == loop[-1:] and len(loop) > 2 else []
        size = [(Poly((R.shape[0], R.shape[0]), {(rest, w): value}), R) for w, R in words]
        choices.append(size)
    for picked in product(*choices):
        if len({R for _, R in picked}) == 1:
            total = picked[0][0]
            for M, _ in picked[1:]:
                total = total + M
            yield total, picked[0][1]


def _matrices(goal: Poly) -> Iterator[Poly]:
    """The matrices whose trace is the goal, made of words that read the same from both ends."""
    if not 1 < len(goal.terms) <= MOST_TERMS:
        return
    choices: list[list[Poly]] = []
    kinds = set()
    for (loops, _), value in goal.terms.items():
        compound = [loop for loop in loops if len(loop) > 1 or loop[0].head == "trace"]
        if any(loop[0].head == "trace" for loop in compound):  # ||v||^2 tr(M) is the trace of ||v||^2 M
            compound = [loop for loop in compound if len(loop) != 2]
        if len(compound) != 1:
            return
        kinds.add(len(compound[0]) > 1)
        rest = tuple(loop for loop in loops if loop is not compound[0])
        turns = [word for word in _turns(compound[0]) if word[0].shape[0] != 1 and _is_mirrored(word)]
        sizes = [(word[0].shape[0], word[0].shape[0]) for word in turns]
        choices.append([Poly(n, {(rest, word): value}) for n, word in zip(sizes, turns, strict=True)])
    if len(kinds) < 2:
        return  # forms alone, or traces alone, are compared elsewhere
    for picked in product(*choices):
        if len({p.shape for p in picked}) == 1:
            total = picked[0]
            for p in picked[1:]:
                total = total + p
            yield total


def _turns(loop: Word) -> list[Word]:
    word = loop
    if loop[0].head == "trace":
        (inner,) = loop[0].args
        word = inner.args if inner.head == "mul" else (inner,)
    return [word[k:] + word[:k] for k in range(len(word))]


def _is_mirrored(word: Word, symmetric: frozenset[Term] = frozenset()) -> bool:
    """Whether it is its own adjoint, if the inverses in it and these letters are."""
    return all(
        x is y or (_inverts(x) and _inverts(y)) or (_bare(x) is _bare(y) and _bare(x) in symmetric)
        for x, y in zip(word, star_word(word), strict=True)
    )


def _inverts(x: Term) -> bool:
    return _bare(x).head in ("inverse", "pinv")


def _bare(x: Term) -> Term:
    return x.args[0] if x.head == "adjoint" else x
