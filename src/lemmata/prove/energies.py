"""Inequalities between quadratic forms of the vectors at hand: the step of a flow or of a recursion.

With e = w - z and w' = -S e the rate of ||e||^2 is -2 e^T S e, and what is known of S says how large that
is.  So the difference of the claim is sought as a sum of rows c s R^T M R, where M >= 0 is known, R is
a vector of the claim, perhaps with a matrix in front, and s >= 0 a product of declared scalars; an exact
linear programme adds them.

>>> from lemmata.kernel.term import symbol
>>> w, z, S = symbol("w", "n", of="t"), symbol("z", "n"), symbol("S", "n", "n")
>>> vectors(relation("le", mul((w - z).T, S, w - z), number(0))) == [w - z]
True
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement

from lemmata.kernel.meaning import difference, is_vector_norm
from lemmata.kernel.poly import Poly, Refused, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import INDICES, SCALAR, Term, make, mul, number, subterms, symbols_of
from lemmata.prove.algebra import with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.gram import Row
from lemmata.prove.semidefinite import by_rows

__all__ = ["by_energy", "multiple", "vectors"]

MOST_SCALARS = 4
MOST_ROWS = 160
ONE = Fraction(1)


def by_energy(draft: Draft, claim: Term, roots: Sequence[Term] = ()) -> Ref | None:
    """A scalar inequality by rows of its vectors, or of these; few rows first."""
    rows = list({str(row): row for row in _rows(draft, claim, roots or vectors(claim))}.values())
    for some in dict.fromkeys((min(len(rows), MOST_ROWS // 8), min(len(rows), MOST_ROWS))):
        with draft.attempt() as keep:
            ref = by_rows(draft, claim, rows[:some])
            if ref is not None:
                keep()
                return ref
    return None


def multiple(draft: Draft, claim: Term, ref: Ref, scalars: tuple[Term, ...] = ()) -> Ref | None:
    """What is a nonnegative multiple of a known inequality."""
    with draft.only([ref]):
        return with_squares(draft, claim, difference(claim), [(ONE, scalars, number(1), ref)], 0.5)


def vectors(prop: Term) -> list[Term]:
    """The vectors of which forms are made: inside norms, inner products, and at the end of products."""
    found = []
    for t in subterms(prop):
        if t.head in ("norm", "inner"):
            found += [a for a in t.args if a.shape[1] == 1]
        elif t.head == "mul" and t.shape == SCALAR:
            found += [t.args[-1]] if t.args[-1].shape[1] == 1 != t.args[-1].shape[0] else []
    return list(dict.fromkeys(v for v in found if v.shape != SCALAR))


def _rows(draft: Draft, claim: Term, roots: Sequence[Term]) -> Iterable[Row]:
    """The likely rows, the simplest first."""
    middles: list[tuple[Poly, Ref]] = []
    for fact, ref in draft.facts:
        try:
            middles.append((difference(fact), ref))
        except Refused:
            continue
    letters = {s for p in (claim, *(f for f, _ in draft.facts)) for s in symbols_of(p)}
    factors = _factors([claim, *(f for f, _ in draft.facts)])
    matrices = sorted((X for X in letters if 1 not in X.shape), key=repr)
    both = [X for L in matrices for X in (L, L.T)]
    forms = [to_term(M) for M, _ in middles if M.shape != SCALAR]
    near = [*roots, *(mul(D, r) for D in forms for r in roots if D.shape[1] == r.shape[0])]
    near += [mul(X, r) for r in near for X in both if X.shape[1] == r.shape[0]]
    near += [mul(X.T, X, r) for r in roots for X in both if X.shape[1] == r.shape[0] != X.shape[0]]
    rates = [
        make("diff", (s,), s.value[4])
        for s in letters
        if s.shape != SCALAR and s.value[4] not in INDICES | {""}
    ]
    divisors = sorted((t for t in subterms(claim) if t.head == "inverse" and t.shape == SCALAR), key=repr)
    for s in factors:
        for M, ref in middles:
            if M.shape == SCALAR:
                for r in (number(1), *divisors):
                    yield ONE, s, r, ref
    for depth in (near[: len(roots)], near[len(roots) :]):
        for s in factors:
            for R in depth:
                for M, ref in middles:
                    if M.shape[0] == R.shape[0]:
                        yield ONE, s, R, ref
            for R in (*depth, *(r for r in sorted(rates, key=repr) if depth[:1] == roots[:1])):
                yield ONE, s, R, None
            for R in depth[: len(roots)] if depth[:1] == roots[:1] else ():
                for M, ref in middles:
                    if M.shape == SCALAR:
                        yield ONE, s, R, ref


def _factors(props: list[Term]) -> list[tuple[Term, ...]]:
    """Products of at most two scalars that are seen to be nonnegative, shortest first."""
    inside = {t for p in props for t in subterms(p) if t.shape == SCALAR and t.sort == "matrix"}
    single = [t for t in inside if t.head in ("symbol", "norm", "inverse") and not is_vector_norm(t)]
    single = [t for t in single if t.head != "symbol" or t.value[3] not in ("time", "natural")]
    single = sorted((t for t in single if sign_of(t, strict=False) == 1), key=repr)[:MOST_SCALARS]
    return [(), *((s,) for s in single), *combinations_with_replacement(single, 2)]
