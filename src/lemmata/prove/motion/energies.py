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
from itertools import combinations, combinations_with_replacement

from lemmata.kernel.meaning import difference, is_vector_norm
from lemmata.kernel.poly import Poly, Refused, depends_on, expand, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import INDICES, SCALAR, Term, make, mul, number, subterms, symbols_of
from lemmata.prove.algebra import with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import by_rows
from lemmata.terms.forms import grad, relation

__all__ = ["by_energy", "gradients", "multiple", "roots_of", "vectors"]

MOST_SCALARS = 4
MOST_MULTIPLIED = 4
MOST_ROWS = 160
ONE = Fraction(1)


def by_energy(draft: Draft, claim: Term, roots: Sequence[Term] = ()) -> Ref | None:
    """A scalar inequality by rows of its vectors, or of these; few rows first."""
    roots = roots or roots_of(draft, claim)
    simple = {number(1), *roots, *(t.args[0] for t in subterms(claim) if t.head == "power")}
    rows = list({str(row): row for row in _rows(draft, claim, roots)}.values())
    rows.sort(key=lambda row: len(row[1]) + 2 * (row[2] not in simple))
    for some in dict.fromkeys((min(len(rows), MOST_ROWS // 6), min(len(rows), MOST_ROWS))):
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


def roots_of(draft: Draft, prop: Term) -> list[Term]:
    """The vectors that an inequality is about."""
    found: dict[Term, Term] = {}
    for v in dict.fromkeys([*vectors(prop), *_gradients(draft, prop)]):
        poly = expand(v)
        first = next(iter(poly.terms.values()), ONE)
        found.setdefault(to_term(poly.scale(1 / first)), v)  # of 2 u - 2 v and u - v one is enough
    return list(found.values())


def _gradients(draft: Draft, claim: Term) -> list[Term]:
    """The gradients of forms in a vector that runs, and the vectors of which defined numbers are made."""
    letters = symbols_of(claim)
    pairs = [p for f, _ in draft.facts if f.head == "eq" for p in (f.args, f.args[::-1])]
    defined = [b for a, b in pairs if a.head == "symbol" and a in letters and a.shape == SCALAR]
    found = [v for b in defined for v in vectors(relation("le", b, b))]
    return list(dict.fromkeys([*found, *gradients([*claim.args, *defined])]))


def gradients(forms: Iterable[Term]) -> list[Term]:
    """The gradients of forms in what runs, if they have more than one term."""
    found = []
    for form in forms:
        for x in symbols_of(form):
            if x.value[4] and x.shape != SCALAR:
                try:
                    gradient = expand(grad(form, x))
                except Refused:
                    continue
                if len({word for _, word in gradient.terms}) > 1:
                    found.append(to_term(gradient))
    return list(dict.fromkeys(found))


def _rows(draft: Draft, claim: Term, roots: Sequence[Term]) -> Iterable[Row]:
    """The likely rows, the simplest first."""
    numbers: list[Middle] = []
    forms: list[Middle] = []
    for fact, ref in draft.facts:
        try:
            M = difference(fact)
        except Refused:
            continue
        (numbers if M.shape == SCALAR else forms).append((M, ref))
    # A lemma for all Z is there for its instances: its letters stand for nothing at hand.
    props = [claim, *(f for f, _ in draft.facts if f.head not in ("forall", "exists"))]
    factors = _factors(props)
    yield from _of_numbers(claim, numbers, factors)
    letters = {s for p in props for s in symbols_of(p)}
    matrices = sorted((X for X in letters if 1 not in X.shape), key=repr)
    both = [X for L in matrices for X in (L, L.T)]
    near = [mul(D, r) for D in (to_term(M) for M, _ in forms) for r in roots if D.shape[1] == r.shape[0]]
    near += [mul(X, r) for r in [*roots, *near] for X in both if X.shape[1] == r.shape[0]]
    near += [mul(X.T, X, r) for r in roots for X in both if X.shape[1] == r.shape[0] != X.shape[0]]
    runs = [s for s in sorted(letters, key=repr) if s.shape != SCALAR and s.value[4] not in INDICES | {""}]
    rates = [make("diff", (s,), s.value[4]) for s in runs]
    yield from _of_vectors(roots, [*forms, *numbers], factors, rates)
    yield from _of_vectors(near, forms, factors, [])


Middle = tuple[Poly, Ref]


def _of_numbers(claim: Term, numbers: Sequence[Middle], factors: Sequence[tuple[Term, ...]]) -> Iterable[Row]:
    """s M, s r^2 M for the divisors and the bases of powers r, s alone, and products of two of the M."""
    inside = [t for t in subterms(claim) if t.shape == SCALAR]
    others = [t for t in inside if t.head == "inverse"] + [t.args[0] for t in inside if t.head == "power"]
    for s in factors:
        for _, ref in numbers:
            for r in (number(1), *dict.fromkeys(others)):
                yield ONE, s, r, ref
        yield ONE, s, number(1), None
    for (_, a), (_, b) in combinations(numbers, 2) if len(numbers) <= MOST_MULTIPLIED else ():
        yield ONE, (), number(1), [a, b]


def _of_vectors(
    vectors: Sequence[Term],
    middles: Sequence[Middle],
    factors: Sequence[tuple[Term, ...]],
    rates: Sequence[Term],
) -> Iterable[Row]:
    for s in factors:
        for R in vectors:
            for M, ref in middles:
                if M.shape in (SCALAR, (R.shape[0], R.shape[0])):
                    yield ONE, s, R, ref
        for R in (*vectors, *rates):
            yield ONE, s, R, None


def _factors(props: list[Term]) -> list[tuple[Term, ...]]:
    """Products of at most two scalars that are seen to be nonnegative, shortest first."""
    inside = {t for p in props for t in subterms(p) if t.shape == SCALAR and t.sort == "matrix"}
    letters = _letters(difference(props[0]))
    inside = {
        t for t in inside if not is_vector_norm(t) or (_letters(expand(t)) <= letters and not _varies(t))
    }
    single = [t for t in inside if t.head in ("symbol", "norm", "inverse")]
    single = [t for t in single if t.head != "symbol" or t.value[3] not in ("time", "natural")]
    single = sorted((t for t in single if sign_of(t, strict=False) == 1), key=repr)[:MOST_SCALARS]
    return [(), *((s,) for s in single), *combinations_with_replacement(single, 2)]


def _letters(poly: Poly) -> set[Term]:
    return {x for loops, _ in poly.terms for loop in loops for x in loop}


def _varies(term: Term) -> bool:
    return any(depends_on(term, s.value[4]) for s in symbols_of(term) if s.value[4])
