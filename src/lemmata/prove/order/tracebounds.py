"""No eigenvalue of a semidefinite matrix is more than their sum: S <= tr(S) I for S >= 0.

With S = R^* R this is R^* R <= ||R||_F^2 I, which the singular values of R tell for a letter.  For the traces that
are named the bound becomes known; the claim then is a sum of squares with it, or a bound of a norm.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let S : R^{n x n}, v : R^n
... assume psd(S)
... show v^T S v <= tr(S) v^T v''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Refused, star_word, to_term, word_poly
from lemmata.kernel.term import Term, identity, make, mul, subterms, symbol, symbols_of
from lemmata.prove.algebra import by_ideal, by_squares_sum, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.normchains import instance_of
from lemmata.prove.norms.triangles import by_known_bounds
from lemmata.prove.order.gram import Row
from lemmata.prove.order.gramfactors import factored
from lemmata.terms.forms import equation, is_, norm, relation

__all__ = ["by_trace_bounds"]

ONE = Fraction(1)
MOST_TRACES = 3
SECONDS = 0.3


def by_trace_bounds(draft: Draft, claim: Term) -> Ref | None:
    """An inequality with S <= tr(S) I for the semidefinite S whose traces are named."""
    if claim.head in ("lt", "gt") or claim.value == "spd":
        return None
    named = {w: None for p in (claim, *(f for f, _ in draft.facts)) for w in _under_traces(p)}
    with draft.attempt() as keep:
        if not any([_bound(draft, S) for S in list(named)[:MOST_TRACES]]):
            return None
        ref = draft.find(claim) or by_squares_sum(draft, claim, SECONDS)
        if ref is None and any([_norm_bound(draft, S) for S in _normed(claim) if S in named]):
            ref = draft.find(claim) or by_known_bounds(draft, claim)
        if ref is not None:
            keep()
        return ref


def _normed(claim: Term) -> list[Term]:
    """The letters in norms."""
    inside = [x for t in subterms(claim) if t.head == "norm" for x in symbols_of(t)]
    return [S for S in dict.fromkeys(inside) if 1 not in S.shape]


def _norm_bound(draft: Draft, S: Term) -> Ref | None:
    """||S|| <= tr(S), as ||S|| <= c for letters 0 <= S <= c I."""
    size = make("trace", (S,))
    letters = [symbol("Z'", *S.shape), symbol("c'", domain="real")]
    parts = [is_("psd", S), relation("le", S, mul(size, identity(S.shape[0])))]
    if draft.find(is_("psd", S)) is None and (definite := draft.find(is_("spd", S))) is not None:
        draft.add(parts[0], "logic", of=[definite])
    known = [draft.find(part) for part in parts]
    arrow = None if None in known else instance_of(draft, letters, _norm_below, [S, size])
    if arrow is None:
        return None
    premise, conclusion = draft.fact(arrow).args
    return draft.add(conclusion, "logic", of=[arrow, draft.add(premise, "logic", of=known)])


def _norm_below(Z: Term, c: Term) -> Term:
    premise = make("and", (is_("psd", Z), relation("le", Z, mul(c, identity(Z.shape[0])))))
    return make("implies", (premise, relation("le", norm(Z), c)))


def _under_traces(prop: Term) -> list[Term]:
    """The words whose traces a proposition names; a trace of a sum is one of its words."""
    try:
        poly = difference(prop)
    except Refused:
        return []
    letters = [loop[0] for scalars, _ in poly.terms for loop in scalars if len(loop) == 1]
    words = [t.args[0] for t in letters if t.head == "trace"]
    return [S.args[0] if S.head == "adjoint" else S for S in words]  # tr(S) may be written tr(S^T)


def _bound(draft: Draft, S: Term) -> Ref | None:
    """S <= tr(S) I, if S is R^* R or known to be semidefinite; and R R^* <= tr(R^* R) I."""
    wanted = relation("le", S, mul(make("trace", (S,)), identity(S.shape[0])))
    if draft.find(wanted) is not None:
        return None
    word = S.args if S.head == "mul" else (S,)
    half, odd = divmod(len(word), 2)
    if not odd and star_word(word[:half]) == word[half:]:
        R = to_term(word_poly((word[half].shape[0], S.shape[0]), (), word[half:]))
        turned = relation("le", mul(R, R.T), mul(make("trace", (S,)), identity(R.shape[0])))
        _of_square(draft, turned, R.T)
        return _of_square(draft, wanted, R)
    return factored(draft, wanted, _of_square)


def _of_square(draft: Draft, wanted: Term, R: Term) -> Ref | None:
    """R^* R <= ||R||_F^2 I, of a letter by its singular values."""
    ref = instance_of(draft, [symbol("Z'", *R.shape)], _square_bound, [R])
    # Traces are told apart as numbers only: that these two are the same is a fact of its own.
    sizes = [t for t in subterms(wanted) if t.head == "trace"]
    if any(by_ideal(draft, equation(t, norm(R, "F") ** 2), SECONDS) is None for t in sizes):
        return None
    rows: list[Row] = [(ONE, (), identity(R.shape[1]), ref)]
    return None if ref is None else with_squares(draft, wanted, difference(wanted), rows, SECONDS)


def _square_bound(Z: Term) -> Term:
    return relation("le", mul(Z.T, Z), mul(norm(Z, "F") ** 2, identity(Z.shape[1])))
