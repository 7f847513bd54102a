"""H >= 0, because an eigenvector with a negative eigenvalue would contradict what is known.

Suppose H v = -a v with a > 0 and v != 0.  For the Loewner-Heinz inequality (S, G >= 0 and S^2 <= G^2 give
S <= G) let H = G - S.  Then S v = G v + a v, and

    0 <= v^T (G^2 - S^2) v = -2 a v^T G v - a^2 v^T v,      so that  a^2 v^T v <= -2 a v^T G v <= 0.

In general a^k v^T v <= 0, or a^k v^T M v <= 0 for a known M > 0, is sought as a sum of squares, with
k = 0, 1, 2; since a > 0 and v != 0, that is absurd.
Bhatia, Matrix Analysis, section V.1.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Refused, expand, is_real, to_term
from lemmata.kernel.rules import ABSURD
from lemmata.kernel.term import SCALAR, Term, inverse, mul, number, symbols_of, to_json
from lemmata.prove.algebra import by_ideal, by_squares_sum, combine_all
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.minima.quadratics import fresh
from lemmata.terms.forms import equation, relation, zero

__all__ = ["absurd", "by_antisymmetry", "by_eigenvectors", "reciprocal", "without_eigenvector"]

SECONDS = 0.5
MOST_DEFINITE = 2


Contradiction = Callable[[Draft, Term, Term], Ref | None]
"""1 = 0 in a draft whose last two hypotheses are H v = -a v and v != 0."""


def by_eigenvectors(draft: Draft, claim: Term) -> Ref | None:
    """A Loewner inequality, or psd(H), where squares alone tell the contradiction."""
    if claim.head in ("lt", "gt") or claim.value == "spd":
        return None
    return without_eigenvector(draft, claim, lambda *pair: _contradiction(*pair) or _of_orders(*pair))


def without_eigenvector(
    draft: Draft, claim: Term, contradiction: Contradiction, called: tuple[str, str] = ("v", "a")
) -> Ref | None:
    """A Loewner inequality, since an eigenvector v with the eigenvalue -a leads to a contradiction.

    For H >= 0 the number a is positive; for H > 0 it may vanish.  ``called`` are the names of v and a.
    """
    try:
        H = difference(claim)
    except Refused:
        return None
    if H.shape == SCALAR:
        return None
    strict = claim.head in ("lt", "gt") or claim.value == "spd"
    symmetric = combine_all(draft, [H.adjoint() - H], SECONDS)
    if symmetric is None:
        return None
    names = {x.name for f in (claim, *(f for f, _ in draft.facts)) for x in symbols_of(f)}
    v = fresh(called[0], names, (H.shape[0], 1), "real" if is_real(claim) else "complex")
    a = fresh(called[1], names, SCALAR, "nonnegative" if strict else "positive")
    pair = [equation(to_term(H * expand(v)), mul(number(-1), a, v)), relation("ne", v, zero(*v.shape))]
    inner = draft.inner(pair)
    if contradiction(inner, v, a) is None:
        return None
    letters, rows = write_combinations(symmetric[1])
    return draft.add(
        claim, "eigen", vector=v.name, value=a.name, steps=inner.steps, uses=symmetric[0], letters=letters,
        symmetry=rows[0],
    )  # fmt: skip


def _contradiction(inner: Draft, v: Term, a: Term) -> Ref | None:
    """1 = 0, from a^k v^T M v <= 0, with M = I or a known M > 0."""
    definite = [f.args[0] for f, _ in inner.facts if f.value == "spd" and f.args[0].shape[0] == v.shape[0]]
    forms = [mul(v.T, v), *(mul(v.T, M, v) for M in definite[:MOST_DEFINITE])]
    for form, k in product(forms, range(3)):
        q = mul(*[a] * k, form)
        below = by_squares_sum(inner, relation("le", q, number(0)), SECONDS)
        if below is None:
            continue
        above = by_squares_sum(inner, relation("le", number(0), q), SECONDS)
        strict = by_squares_sum(inner, relation("lt", number(0), form), SECONDS)
        if above is None or strict is None:
            return None
        zero_form = inner.add(equation(q, number(0)), "logic", of=[below, above])
        return absurd(inner, zero_form, a, form)
    return None


def absurd(inner: Draft, product_is_zero: Ref, *factors: Term) -> Ref | None:
    """1 = 0, since a product vanishes of which no factor does."""
    with inner.only([product_is_zero, *(reciprocal(inner, x) for x in factors)]):
        return by_ideal(inner, ABSURD, SECONDS)


def _of_orders(inner: Draft, v: Term, a: Term) -> Ref | None:
    with inner.only(_with_orders(inner)):
        return _contradiction(inner, v, a)


def _with_orders(inner: Draft) -> list[Ref]:
    """All that is known, with P <= Q and Q <= P in place of equations P = Q, which would hide them."""
    n, kept = inner.given[-1].args[0].shape[0], []
    for fact, ref in inner.facts:
        kept.append(ref)
        if fact.head == "eq" and fact.args[0].sort == "matrix" and fact.args[0].shape == (n, n):
            pairs = (fact.args, fact.args[::-1])
            both = [r for p in pairs if (r := by_squares_sum(inner, relation("le", *p), 0.1)) is not None]
            kept[-1:] = both or [ref]
    return kept


def reciprocal(inner: Draft, x: Term) -> Ref:
    """x x^{-1} = 1 for a number x that is known not to vanish."""
    uses, item = [["inverse", to_json(x), None]], ["1", [], [], 0, False, []]
    claim = equation(mul(x, inverse(x)), number(1))
    return inner.add(claim, "ideal", uses=uses, letters=[], combinations=[[item]])


def by_antisymmetry(draft: Draft, claim: Term) -> Ref | None:
    """A = B from A <= B and B <= A, for A and B that are known to be semidefinite."""
    known = {f.args[0] for f, _ in draft.facts if f.value in ("psd", "spd")}
    if claim.head != "eq" or not set(claim.args) <= known:
        return None
    both = []
    for pair in (claim.args, claim.args[::-1]):
        both.append(by_eigenvectors(draft, relation("le", *pair)))
        if both[-1] is None:
            return None
    return draft.add(claim, "logic", of=both)
