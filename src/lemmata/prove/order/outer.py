"""Outer products in Loewner order: v v^T <= ||v||^2 I, and v v^T <= S where v^T S^{-1} v <= 1.

The first is Cauchy and Schwarz for v and any other vector x: (x^T v)^2 <= ||x||^2 ||v||^2.  It joins what is
known, and rows s R^T M R are sought as in semidefinite.py, with products s of declared scalars.  So ridge
regression is better than least squares in mean square where lambda ||x||^2 <= 2 sigma^2 (Theobald 1974).  The
second is the same in the inner product of S = G^T G, for G x and G S^{-1} v; a semidefinite S and a v in Col(S)
have S^+ for S^{-1} (Albert 1969).  With L = S^+, q = v^T L v and S L v = v it is a sum of squares, and so is its
converse:

    c S - v v^T = c (I - L v v^T / c)^T S (I - L v v^T / c) + v (c - q) v^T / c,
    c - q = ((c - q)^2 + (L v)^T (c S - v v^T) L v) / c.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{m x n}, v : R^n\\nshow A v v^T A^T <= ||v||^2 A A^T")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, pairwise, permutations

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Poly, Refused, star, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, identity, inverse, make, mul, number, subterms, to_json
from lemmata.prove.algebra import by_squares_sum, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.norms import with_root
from lemmata.prove.order.gram import Row
from lemmata.prove.order.ranges import summands
from lemmata.prove.order.semidefinite import by_rows, definite_inverses
from lemmata.prove.order.vectors import for_all_vectors, new_vector
from lemmata.terms.forms import norm, relation

__all__ = ["by_outer_products"]

ONE = Fraction(1)
MOST_VECTORS = 3
MOST_SCALARS = 10
MOST_ROWS = 480
MOST_SUMMANDS = 8


def by_outer_products(draft: Draft, claim: Term) -> Ref | None:
    """An inequality between matrices in which v v^T occurs."""
    try:
        goal = difference(claim)
    except Refused:
        return None
    vectors = _vectors(goal)
    if goal.shape == SCALAR:
        return _form_below(draft, claim, goal)
    if not 0 < len(vectors) <= MOST_VECTORS:
        return None
    rows = list(_above_forms(draft, vectors))
    ref = by_rows(draft, claim, rows) if rows else None
    if ref is not None:
        return ref
    with draft.attempt() as keep:
        bounds = [ref for v in vectors if (ref := _bounded(draft, v)) is not None]
        _squared_bounds(draft)
        ref = by_squares_sum(draft, claim, 0.3)
        if ref is None:
            definite_inverses(draft, claim)
            ref = by_rows(draft, claim, list(_rows(draft, goal, bounds))[:MOST_ROWS])
        if ref is not None:
            keep()
            return ref
    return _in_the_inner_product(draft, claim, goal)


def _vectors(goal: Poly) -> list[Term]:
    """The v of v v^T."""
    pairs = [pair for _, word in goal.terms for pair in pairwise(word)]
    return list(dict.fromkeys(a for a, b in pairs if a.shape[1] == 1 != a.shape[0] and b is star(a)))


def _bounded(draft: Draft, v: Term) -> Ref | None:
    """v v^T <= ||v||^2 I."""
    bound = relation("le", mul(v, v.T), mul(norm(v) ** 2, identity(v.shape[0])))
    x = new_vector(draft, bound, v.shape[0])
    form = relation("ge", mul(x.T, to_term(difference(bound)), x), number(0))
    inner = draft.inner([])
    inner.add(form, "cauchy", left=to_json(v), right=to_json(x))
    general = draft.add(make("forall", (x, form)), "forall", steps=inner.steps)
    return for_all_vectors(draft, bound, general)


def _squared_bounds(draft: Draft) -> None:
    """a^2 <= b^2 from a <= b between nonnegative numbers: (b - a) a + (b - a) b."""
    for fact, ref in draft.facts:
        if fact.head in ("le", "lt", "ge", "gt") and fact.args[0].shape == SCALAR:
            small, large = fact.args if fact.head in ("le", "lt") else fact.args[::-1]
            norms = [t for t in subterms(fact) if t.head == "norm"]
            if norms and all(sign_of(a, strict=False) == 1 for a in fact.args):
                squares = relation("le", mul(small, small), mul(large, large))
                rows: list[Row] = [(ONE, (a,), number(1), ref) for a in (small, large)]
                with draft.only([ref]):
                    with_squares(draft, squares, difference(squares), rows, 0.2)


def _rows(draft: Draft, goal: Poly, bounds: Sequence[Ref]) -> Iterator[Row]:
    """s R^T M R for the known M; R is I or a letter, the products of two inverses, and L^T before v v^T."""
    letters = list(dict.fromkeys(x for _, word in goal.terms for x in word if 1 not in x.shape))
    inverses = [x for x in letters if x.head in ("inverse", "pinv")]
    plain = [x for x in letters if x not in inverses]
    roots = [identity(goal.shape[1]), *inverses, *plain]
    roots += [mul(a, b) for a in letters for b in inverses if a.shape[1] == b.shape[0]]
    roots += [mul(x, a, b) for x in plain for a, b in permutations(inverses, 2) if x.shape[1] == a.shape[0]]
    middles: list[tuple[Poly | None, Ref | None]] = [(None, None)]
    for fact, known in draft.facts:
        try:
            middles.append((difference(fact), known))
        except Refused:
            continue
    middles.sort(key=lambda pair: pair[1] not in bounds)
    for R in (R for R in roots if R.shape[1] == goal.shape[1]):
        for M, ref in middles:
            if M is None or M.shape in (SCALAR, (R.shape[0], R.shape[0])):
                yield from ((ONE, s, R, ref) for s in _scalars(goal))


def _scalars(goal: Poly) -> list[tuple[Term, ...]]:
    """Products of positive scalars: those of the goal, and each of them with one more letter."""
    products = [tuple(loop[0] for loop in loops if len(loop) == 1) for loops, _ in goal.terms]
    found = [p for p in dict.fromkeys(products) if all(sign_of(s) == 1 for s in p)]
    single = list(dict.fromkeys(s for p in found for s in p))
    longer = [tuple(sorted((*p, s), key=repr)) for p in found for s in single]
    return list(dict.fromkeys([(), *((s,) for s in single), *found, *longer]))[:MOST_SCALARS]


# --- v v^T <= c S and v^T S^+ v <= c ---------------------------------------------------------


def _forms(goal: Poly) -> Iterator[tuple[Term, Term, Term]]:
    """v, L and c, where the goal is c - v^T L v and L an inverse or a pseudoinverse."""
    for monomial, value in goal.terms.items():
        loops, _ = monomial
        compound = [loop for loop in loops if len(loop) > 1]
        if len(compound) != 1 or len(compound[0]) != 3 or value >= 0:
            continue
        (u, L, v) = compound[0]
        plain = L.args[0] if L.head == "adjoint" else L
        rest = Poly(SCALAR, {key: c for key, c in goal.terms.items() if key != monomial})
        if u is star(v) and plain.head in ("inverse", "pinv") and len(loops) == 1 and value == -1:
            yield v, L, to_term(rest)


def _above_forms(draft: Draft, vectors: Sequence[Term]) -> Iterator[Row]:
    """The squares that add up to c S - v v^T, for the facts c - v^T L v >= 0."""
    facts = [(difference(f), ref) for f, ref in draft.facts if f.head in ("le", "ge", "lt", "gt")]
    for gap, ref in facts:
        for v, L, c in _forms(gap) if gap.shape == SCALAR else ():
            if v not in vectors or sign_of(c) != 1:
                continue
            one = c is number(1)
            yield ONE, () if one else (inverse(c),), v.T, ref
            R = identity(v.shape[0]) - mul(*([] if one else [inverse(c)]), L, v, v.T)
            (X,) = (L.args[0] if L.head == "adjoint" else L).args
            for part in islice(summands(draft, X), MOST_SUMMANDS):
                if part.root.shape[1] == R.shape[0]:
                    _, scalars, root, middle = part.row(R)
                    yield ONE, scalars if one else (c, *scalars), root, middle


def _form_below(draft: Draft, claim: Term, goal: Poly) -> Ref | None:
    """v^T L v <= c, where a matrix is known to be at most another."""
    for v, L, c in _forms(goal):
        middles = [
            ref
            for fact, ref in draft.facts
            if fact.head in ("le", "ge", "lt", "gt") and fact.args[0].shape == (v.shape[0], v.shape[0])
        ]
        if sign_of(c) != 1 or not middles:
            continue
        scale = () if c is number(1) else (inverse(c),)
        rows: list[Row] = [(ONE, scale, to_term(goal), None)]
        rows += [(ONE, scale, mul(L, v), ref) for ref in middles]
        ref = by_rows(draft, claim, rows)
        if ref is not None:
            return ref
    return None


def _in_the_inner_product(draft: Draft, claim: Term, goal: Poly) -> Ref | None:
    """The form of a new vector x, in the inner product of a definite S, or of a semidefinite one with S^+."""
    known = [(f, ref) for f, ref in draft.facts if f.head == "is" and f.args[0].head == "symbol"]
    definite = [(f.args[0], ref) for f, ref in known if f.value == "spd"]
    named = {t.args[0] for t in subterms(claim) if t.head == "pinv"}
    definite += [(f.args[0], ref) for f, ref in known if f.value == "psd" and f.args[0] in named]
    x = new_vector(draft, claim, goal.shape[0])
    sides = claim.args if claim.head in ("ge", "gt") else claim.args[::-1]
    gap = claim.args[0] if claim.head == "is" else sides[0] - sides[1]
    form = relation("ge", mul(x.T, gap, x), number(0))
    for S, fact in (pair for pair in definite if pair[0].shape == goal.shape):
        inner = draft.inner([])
        if with_root(inner, form, S, inner.find(draft.fact(fact)) or fact) is None:
            continue
        with draft.attempt() as keep:
            general = draft.add(make("forall", (x, form)), "forall", steps=inner.steps)
            ref = for_all_vectors(draft, claim, general)
            if ref is not None:
                keep()
                return ref
    return None
