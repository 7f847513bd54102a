"""Products of quadratic forms: 4 a b (x^T S x) (x^T S^{-1} x) <= (a + b)^2 ||x||^4 for a I <= S <= b I (Kantorovich).

Let p = x^T S x, q = x^T S^{-1} x, n = ||x||^2.  From (S - a I) (b I - S) S^{-1} >= 0 follows the linear relation
L = (a + b) n - p - a b q >= 0, and the difference is L^2 + 2 L (p + a b q) + (p - a b q)^2 (so argued by
Greub and Rheinboldt 1959).  In general: products of two of the forms and linear relations, and squares of
combinations of two forms, with products of declared scalars as factors; an exact linear programme adds them.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let S : R^{n x n}, x : R^n, a, b : positive
... assume a I <= S, S <= b I
... show 4 a b ||S x||^2 ||x||^2 <= (a + b)^2 (x^T S x)^2''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Poly, Refused, Word, expand, is_real, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, identity, mul, number
from lemmata.prove.algebra import by_squares_sum
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.hypotheses import collect
from lemmata.prove.onematrix import by_singular_values
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import by_rows
from lemmata.prove.scalars import by_arithmetic
from lemmata.prove.words.completion import Completion, SearchError
from lemmata.terms.forms import relation

__all__ = ["by_products_of_forms"]

ONE = Fraction(1)
MOST_FORMS = 4
MOST_LINEAR = 4
MOST_ROWS = 320


def by_products_of_forms(draft: Draft, claim: Term) -> Ref | None:
    """An inequality between numbers in which a product of two quadratic forms occurs."""
    try:
        goal = difference(claim)
    except Refused:
        return None
    forms = _forms(goal)
    if claim.head not in ("le", "ge") or not 0 < len(forms) <= MOST_FORMS or not is_real(claim):
        return None
    if not any(len(_compound(loops)) > 1 for loops, _ in goal.terms) or len(_vectors(forms)) != 1:
        return None
    with draft.attempt() as keep:
        linear = _linear_relations(draft, goal, forms)
        if not linear:
            return None
        signs = [ref for f in forms if (ref := _nonnegative(draft, f)) is not None]
        ref = by_rows(draft, claim, list(_rows(goal, forms, linear, signs))[:MOST_ROWS])
        if ref is not None:
            keep()
        return ref


def _compound(loops: tuple[Word, ...]) -> list[Word]:
    return [loop for loop in loops if len(loop) > 1]


def _forms(goal: Poly) -> list[Term]:
    """The forms of the goal, as terms."""
    found = dict.fromkeys(loop for loops, _ in goal.terms for loop in _compound(loops))
    return [mul(*loop) for loop in found]


def _vectors(forms: list[Term]) -> set[Term]:
    """The vectors of which the forms are made."""
    letters = {x for form in forms for x in form.args}
    return {x for x in letters if x.shape[1] == 1 and x.head != "adjoint"}


def _nonnegative(draft: Draft, form: Term) -> Ref | None:
    claim = relation("ge", form, number(0))
    known = draft.find(claim) or by_arithmetic(draft, claim)
    return known or by_singular_values(draft, claim) or by_squares_sum(draft, claim, 0.2)


Linear = tuple[Ref, list[Term]]
"""A linear relation between forms, and its coefficients up to sign."""


def _linear_relations(draft: Draft, goal: Poly, forms: list[Term]) -> list[Linear]:
    """x^T M N F x >= 0 for known M, N >= 0 that commute, F one of the functions beside x, in terms of the forms."""
    (x,) = _vectors(forms)
    square = (x.shape[0], x.shape[0])
    middles = []
    for fact, _ in draft.facts:
        try:
            M = difference(fact)
        except Refused:
            continue
        if M.shape == square and len(M.terms) > 1:
            middles.append(M)
    inside = {y for form in forms for y in form.args if y.shape == square}
    functions = [identity(x.shape[0]), *sorted(inside, key=repr)]
    _, polys, _ = collect([goal, *(expand(f) for f in functions)], draft)
    system = Completion(polys, goals=[goal])
    system.complete(min(0.3, draft.clock()))
    found: list[Linear] = []
    for M, N in combinations(middles, 2):
        for F in functions if M * N == N * M else ():
            form = mul(x.T, to_term(M), to_term(N), F, x)
            coefficients = _coefficients(system, expand(form), forms)
            if coefficients and len(found) < MOST_LINEAR:
                ref = by_singular_values(draft, relation("ge", form, number(0)))
                found += [(ref, coefficients)] if ref is not None else []
    return found


def _coefficients(system: Completion, form: Poly, forms: list[Term]) -> list[Term]:
    """Those of the combination of these forms, and of numbers, that it is in normal form; none if it is not."""
    try:
        known = [system.normal(expand(f)) for f in forms]
        left = system.normal(form)
    except SearchError:
        return []
    loops = {loop for p in known for scalars, _ in p.terms for loop in _compound(scalars)}
    found: dict[tuple[Word, ...], Poly] = {}
    for (scalars, _), value in left.terms.items():
        own = tuple(_compound(scalars))
        if not set(own) <= loops or len(own) > 1:
            return []
        rest = Poly(SCALAR, {(tuple(s for s in scalars if s not in own), ()): value})
        found[own] = found.get(own, Poly(SCALAR, {})) + rest
    return [to_term(p) for p in found.values()]


def _rows(goal: Poly, forms: list[Term], linear: list[Linear], signs: list[Ref]) -> Iterator[Row]:
    """Products of a linear relation and another fact; squares of one form and of two."""
    coefficients = list(dict.fromkeys(c for _, cs in linear for c in cs))
    positive = [c if sign_of(c) == 1 else to_term(expand(-c)) for c in coefficients if sign_of(c)]
    factors = [(), *((c,) for c in dict.fromkeys(positive) if c.head != "number")]
    scales = _scales(goal)
    relations = [ref for ref, _ in linear]
    for a in relations:
        for b in [*relations, *signs, None]:
            refs = [a] if b is None else [a, b]
            yield from ((ONE, (*t, *s), number(1), refs) for s in factors for t in scales)
    parts = [*forms, number(1)]
    for f, g in permutations(parts, 2):
        for c in (number(1), *coefficients):
            for root in (f - mul(c, g), f + mul(c, g), 2 * f - mul(c, g), 2 * f + mul(c, g)):
                yield from ((ONE, t, root, None) for t in scales)
    yield from ((ONE, t, number(1), [a, b]) for a, b in combinations(signs, 2) for t in scales)


def _scales(goal: Poly) -> list[tuple[Term, ...]]:
    """1, and the product of the denominators of the goal."""
    letters = {loop[0] for loops, _ in goal.terms for loop in loops if len(loop) == 1}
    divisors = sorted((s for s in letters if s.head == "inverse" and sign_of(s) == 1), key=repr)
    return [(), tuple(divisors)] if divisors else [()]
