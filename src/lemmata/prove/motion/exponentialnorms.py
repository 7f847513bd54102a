"""Bounds on e^{tA}: (e^{tA})^T e^{tA} <= e^{a} I for all t >= 0, by its rate.

With X = e^{tA} the matrix e^{-2ct} X^T X changes at the rate e^{-2ct} X^T (A + A^T - 2 c I) X, so that it
does not grow where A + A^T <= 2 c I, and it begins with I.  So ||e^{tA}|| <= e^{ct} (the logarithmic
norm of Dahlquist and Lozinskii, 1958), and ||e^{tA}|| <= e^{t ||A||} for any A.  Without a time in the
claim, as for ||e^A|| <= e^{||A||}, it is shown of e^{sA} for all s >= 0.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{n x n}, c : real
... assume A + A^T <= 2 c I
... show ||e^{t A}|| <= e^{c t}''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused, depends_on, expand, is_real, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import (
    SCALAR,
    Term,
    exp,
    identity,
    make,
    mul,
    number,
    substitute,
    subterms,
    symbol,
    symbols_of,
    to_json,
)
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.normchains import rows_add_up
from lemmata.prove.norms.symmetricpart import symmetric_parts
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import by_rows
from lemmata.prove.search import establish
from lemmata.terms.forms import diff, relation

__all__ = ["by_exponential_growth"]

ONE = Fraction(1)
MOST_ROWS = 80
MOST_SCALARS = 3
TIMES = ("time", "nonnegative")


def by_exponential_growth(draft: Draft, claim: Term) -> Ref | None:
    """||M|| <= b, or M^T M <= b^2 I, where e^{tA} occurs in M and t runs from 0 on."""
    if claim.head not in ("le", "ge") or not is_real(claim) or draft.pointwise is not None:
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    if not any(t.head == "exp" and t.shape != SCALAR for t in subterms(claim)):
        return None
    with draft.attempt() as keep:
        ref = _root(draft, claim, small, large) or _at_one(draft, claim)
        if ref is not None:
            keep()
        return ref


def _root(draft: Draft, claim: Term, small: Term, large: Term) -> Ref | None:
    if claim.args[0].shape != SCALAR:
        return _growth(draft, claim, small, large)
    if small.head != "norm" or small.value != "2" or 1 in small.args[0].shape or sign_of(large, False) != 1:
        return None
    (M,) = small.args
    squares = relation("le", mul(M.T, M), mul(large, large, identity(M.shape[1])))
    ref = _growth(draft, squares, *squares.args)
    return None if ref is None else draft.add(claim, "root", of=ref)


def _growth(draft: Draft, claim: Term, small: Term, large: Term) -> Ref | None:
    """small <= large in the Loewner order, since e^{-a} (small - large) does not grow from below 0."""
    gap = small - large
    scalars = {s for s in symbols_of(gap) if s.shape == SCALAR and not s.value[4] and s.value[3] in TIMES}
    exponents = [t.args[0] for t in subterms(gap) if t.head == "exp"]
    fixed = {s for f in draft.given for s in symbols_of(f)}
    symmetric_parts(draft, [claim])
    for clock in sorted((s for s in scalars if s not in fixed), key=repr):
        rates = [to_term(expand(a + b)) for a in _own(exponents, clock) for b in (a, number(0))]
        for exponent in dict.fromkeys([*rates, number(0)]):
            with draft.attempt() as keep:
                try:
                    ref = _not_growing(draft, claim, gap, exponent, clock)
                except Refused:
                    continue
                if ref is not None:
                    keep()
                    return ref
    return None


def _own(exponents: Iterable[Term], clock: Term) -> list[Term]:
    """The scalar exponents that vary with the clock."""
    return [a for a in dict.fromkeys(exponents) if a.shape == SCALAR and depends_on(a, clock.name)]


def _not_growing(draft: Draft, claim: Term, gap: Term, exponent: Term, clock: Term) -> Ref | None:
    name, one = clock.name, identity(gap.shape[0])
    weight, inverse_weight = exp(to_term(expand(-exponent))), exp(exponent)
    varies = bool(expand(exponent))
    q = mul(weight, gap) if varies else gap
    zero = make("zero", (), gap.shape)
    start = value_at(q, name, number(0), clock)
    rate = to_term(expand(diff(gap, name)) - expand(mul(diff(exponent, name), gap)))
    falls = relation("le", rate, zero)
    ref = by_rows(draft, falls, list(_rows(draft, gap))[:MOST_ROWS])
    if ref is None:
        return None
    decay = relation("le", diff(q, name), zero)
    step = rows_add_up(
        draft, decay, [(ONE, (weight,) if varies else (), one, ref)], _exponential_facts(draft)
    )
    begins = relation("le", start, zero)
    below = None if step is None or not expand(start) else establish(draft, begins)
    if step is None or (below is None and expand(start)):
        return None
    now = draft.add(relation("le", q, start), "constant", of=step)
    scale = (inverse_weight,) if varies else ()
    rows: list[Row] = [(ONE, scale, one, r) for r in (now, below) if r is not None]
    return rows_add_up(draft, claim, rows)


def _exponential_facts(draft: Draft) -> list[Ref]:
    return [ref for fact, ref in draft.facts if fact.head in ("eq", "is")]


def _rows(draft: Draft, gap: Term) -> Iterable[Row]:
    """X^T M X for the known M >= 0 and X^T L^T L X, for the words X of exponentials at the end."""
    ends: dict[Term, None] = {}
    letters = sorted({s for s in symbols_of(gap) if 1 not in s.shape}, key=repr)
    for _, word in expand(gap).terms:
        for start in range((len(word) + 1) // 2, len(word)):
            ends[mul(*word[start:])] = None
    roots = [*ends, identity(gap.shape[0])]
    factors = [s for p in (gap, *(f for f, _ in draft.facts)) for s in symbols_of(p) if s.shape == SCALAR]
    factors = [
        s for s in dict.fromkeys(factors) if not s.value[4] and s.value[3] in ("positive", "nonnegative")
    ]
    middles = []
    for fact, ref in draft.facts:
        try:
            middles += [(difference(fact), ref)] if not any(map(_is_vector, symbols_of(fact))) else []
        except Refused:
            continue
    for s in ((), *((f,) for f in factors[:MOST_SCALARS])):
        for R in roots:
            for M, ref in middles:
                if M.shape in ((R.shape[0], R.shape[0]), SCALAR):
                    yield ONE, s, R, ref
            for L in (X for A in letters for X in (A, A.T)):
                if L.shape[1] == R.shape[0]:
                    yield ONE, s, mul(L, R), None


def _is_vector(s: Term) -> bool:
    return 1 in s.shape and s.shape != SCALAR


def _at_one(draft: Draft, claim: Term) -> Ref | None:
    """The claim for e^{sA} and e^{sa}, for all s >= 0, and its instance at s = 1."""
    taken = {s.name for p in (claim, *(f for f, _ in draft.facts)) for s in symbols_of(p)}
    exponents = {t for t in subterms(claim) if t.head == "exp"}
    s = symbol(next(name for name in ("s", "r", "s'", "s''") if name not in taken), domain="nonnegative")
    general = substitute(claim, {t: exp(mul(s, t.args[0])) for t in exponents})
    inner = draft.inner([])
    small, large = general.args if general.head == "le" else general.args[::-1]
    if _root(inner, general, small, large) is None:
        return None
    ref = draft.add(make("forall", (s, general)), "forall", steps=inner.steps)
    special = substitute(general, {s: number(1)})
    ref = draft.add(special, "instance", of=ref, terms=[to_json(number(1))])
    return rows_add_up(draft, claim, [(ONE, (), identity(claim.args[0].shape[0]), ref)])
