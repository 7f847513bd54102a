"""Limits of iterations by their defect: X_k -> L where E_{k+1} = E_k^m, or E_0 E_k, with ||E_0|| < 1.

The iteration of Newton for an inverse, X_{k+1} = X_k (2 I - A X_k), squares its defect E_k = I - A X_k (Schulz
1933; of higher order m in Householder 1964).  With r = ||E_0|| < 1, by induction

    E_k^T E_k <= r^2 r^{2k} I,    and where  X_k - L = Y E_k  or  E_k Y,    |X_k - L|_F^2 <= c r^{2k} -> 0.

The defect is what the hypothesis ||E_0|| < 1 says it is, at any k.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{n x n}, X : R^{n x n}(k)
... assume invertible(A), X_{k+1} = X_k (2 I - A X_k), ||I - A X_0|| < 1
... show lim_{k -> oo} X_k = A^{-1}''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused, depends_on, expand
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    add,
    identity,
    inverse,
    make,
    mul,
    number,
    substitute,
    subterms,
    symbol,
    symbols_of,
)
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.normchains import instance_of
from lemmata.prove.order.gram import Row
from lemmata.terms.forms import equation, neg, norm, power, relation

__all__ = ["by_error_powers"]

ONE = Fraction(1)
SECONDS = 0.5
MOST_DEFECTS = 2
LARGEST_POWER = 4
MOST_FACTORS = 12


def by_error_powers(draft: Draft, claim: Term) -> Ref | None:
    """lim X_k = L for k -> oo, where a defect that is small at the start is raised to a power in each step."""
    if claim.head != "eq" or claim.args[0].head != "limit" or claim.args[0].args[2].head != "infinity":
        return None
    (f, k, _), L = claim.args[0].args, claim.args[1]
    runs = any(s.value[4] == k.name for s in symbols_of(f)) and k.name in INDICES
    if not runs or f.shape == SCALAR or draft.pointwise is not None or draft.inducting:
        return None
    gap = f - L if expand(L) else f
    for defect in _defects(draft, k)[:MOST_DEFECTS]:
        with draft.attempt() as keep:
            try:
                factor = _factored(draft, gap, defect.at_k)
                small = None if factor is None else _powers(draft, defect)
                ref = None if factor is None or small is None else _squeezed(
                    draft, claim, gap, factor, defect, small
                )  # fmt: skip
            except Refused:
                continue
            if ref is not None:
                keep()
                return ref
    return None


@dataclass(frozen=True)
class Defect:
    """E_k, with E_0 and the fact ||E_0|| < 1."""

    at_k: Term
    at_start: Term
    below: Ref
    k: Term

    @property
    def size(self) -> Term:
        """||E_0||."""
        return norm(self.at_start)

    @property
    def fading(self) -> Term:
        """||E_0||^k."""
        return power(self.size, self.k)


def _defects(draft: Draft, k: Term) -> list[Defect]:
    found = []
    for fact, ref in draft.facts:
        small, large = (
            fact.args if fact.head == "lt" else fact.args[::-1] if fact.head == "gt" else (fact, fact)
        )
        if small.head != "norm" or small.value != "2" or large is not number(1):
            continue
        (start,) = small.args
        lifted = substitute(start, {t: t.args[0] for t in subterms(start) if _at_start(t, k)})
        if lifted is not start and start.shape[0] == start.shape[1] != 1 and not depends_on(start, k.name):
            found.append(Defect(lifted, start, ref, k))
    return found


def _at_start(t: Term, k: Term) -> bool:
    return t.head == "at" and t.args[0].value[4] == k.name and t.args[1] is number(0)


# --- the gap is a multiple of the defect -------------------------------------------------------


@dataclass(frozen=True)
class Factor:
    """X_k - L = Y E_k, or E_k Y."""

    Y: Term
    before: bool
    why: Ref


def _factored(draft: Draft, gap: Term, E: Term) -> Factor | None:
    for Y in _likely(draft, gap)[:MOST_FACTORS]:
        for before, product in ((True, (Y, E)), (False, (E, Y))):
            if product[0].shape[1] == product[1].shape[0] and mul(*product).shape == gap.shape:
                why = by_ideal(draft, equation(gap, mul(*product)), SECONDS / 5)
                if why is not None:
                    return Factor(Y, before, why)
    return None


def _likely(draft: Draft, gap: Term) -> list[Term]:
    """I and the inverses at hand, with either sign."""
    props = [gap, *(fact for fact, _ in draft.facts)]
    inside = [t for p in props for t in subterms(p) if t.head in ("inverse", "pinv") and t.shape != SCALAR]
    known = [f.args[0] for f, _ in draft.facts if f.head == "is" and f.value in ("invertible", "spd")]
    found = [*(identity(size) for size in gap.shape), *inside, *map(inverse, known)]
    return [sign for Y in dict.fromkeys(found) for sign in (neg(Y), Y) if not _moves(Y)]


def _moves(Y: Term) -> bool:
    return any(s.value[4] for s in symbols_of(Y))


# --- the defect is small -----------------------------------------------------------------------


def _powers(draft: Draft, defect: Defect) -> Ref | None:
    """E_k^T E_k <= (r r^k)^2 I by induction."""
    E, start, r, p = defect.at_k, defect.at_start, defect.size, defect.fading
    one = identity(E.shape[0])
    claim = relation("le", mul(E.T, E), mul(r, r, p, p, one))
    first, later = (value_at(claim, defect.k.name, at) for at in (number(0), add(defect.k, number(1))))
    begins = _gram_bound(draft, start)
    found = next(_steps(draft, defect), None)
    if begins is None or found is None:
        return None
    with draft.only([begins]):
        if with_squares(draft, first, difference(first), [(ONE, (), one, begins)], SECONDS) is None:
            return None
    general = _at_most_one(draft, defect)
    inner = draft.inner([claim])
    below_one = None if general is None else _at_most_one(inner, defect, defect.k)
    if below_one is None:
        return None
    known, why = inner.find(claim), inner.find(draft.fact(found.why))
    rows = _rows_of_step(inner, defect, found, known, [inner.find(draft.fact(begins)), below_one])
    with inner.only([ref for ref in (why, *(row[3] for row in rows)) if ref is not None]):
        if with_squares(inner, later, difference(later), rows, SECONDS) is None:
            return None
    return draft.add(claim, "induction", variable=defect.k.name, steps=inner.steps)


@dataclass(frozen=True)
class _Step:
    """E_{k+1} = E_k^m, or for m = 1 E_0 E_k or E_k E_0."""

    m: int
    before: bool
    why: Ref


def _steps(draft: Draft, defect: Defect) -> Iterator[_Step]:
    E, start = defect.at_k, defect.at_start
    later = value_at(E, defect.k.name, add(defect.k, number(1)))
    for m in range(2, LARGEST_POWER + 1):
        why = by_ideal(draft, equation(later, mul(*[E] * m)), SECONDS / 2)
        if why is not None:
            yield _Step(m, False, why)
    for before, product in ((True, mul(start, E)), (False, mul(E, start))):
        why = by_ideal(draft, equation(later, product), SECONDS / 2)
        if why is not None:
            yield _Step(1, before, why)


def _rows_of_step(
    inner: Draft, defect: Defect, step: _Step, known: Ref | None, others: list[Ref | None]
) -> list[Row]:
    """Rows whose sum is  r^2 q I - E_{k+1}^T E_{k+1},  where q = (r r^k)^2 and E_k^T E_k <= q I is known."""
    E, r, p = defect.at_k, defect.size, defect.fading
    one, (begins, below_one) = identity(E.shape[0]), others
    if step.m == 1 and step.before:
        return [(ONE, (), E, begins), (ONE, (r, r), one, known)]
    if step.m == 1:
        return [(ONE, (), defect.at_start, known), (ONE, (r, r, p, p), one, begins)]
    # q E^T E <= r^2 E^T E <= r^2 q I, since q <= r^2; and E^T E <= I takes the higher powers down to E^2.
    rows: list[Row] = [(ONE, (), E, known), (ONE, (r, r), one, known)]
    rows += [(ONE, scalars, E, below_one) for scalars in ((r, r), (r, r, p))]
    if step.m > 2:
        unit = relation("le", mul(E.T, E), one)
        small = [(), (r,)]
        parts: list[Row] = [(ONE, (), one, known), *((ONE, s, one, defect.below) for s in small)]
        parts += [(ONE, scalars, one, below_one) for scalars in ((r, r), (r, r, p))]
        with inner.only([ref for *_, ref in parts if ref is not None]):
            contracts = with_squares(inner, unit, difference(unit), parts, SECONDS)
        rows += [(ONE, (), mul(*[E] * j), contracts) for j in range(2, step.m)]
    return rows


def _at_most_one(draft: Draft, defect: Defect, at: Term | None = None) -> Ref | None:
    """r^k <= 1, since r < 1, from the lemma for all j, which must stand before an induction over k: it names no k."""

    def body(p: Term, j: Term) -> Term:
        return make("implies", (relation("lt", p, number(1)), relation("le", power(p, j), number(1))))

    j = symbol(next(name for name in "jkl" if name != defect.k.name), domain="natural")
    letters = [symbol("p", domain="nonnegative"), j]
    return _of_number(draft, defect, letters, body, [defect.size, at or symbol("j'", domain="natural")])


def _of_number(
    draft: Draft, defect: Defect, letters: list[Term], body: Callable[..., Term], terms: list[Term]
) -> Ref | None:
    """The conclusion of a general fact whose premise is that ||E_0|| < 1."""
    arrow = instance_of(draft, letters, body, terms)
    premise = relation("lt", defect.size, number(1))
    below = draft.find(premise) or by_reversal(draft, premise, defect.below)
    if arrow is None or below is None:
        return None
    return draft.add(draft.fact(arrow).args[1], "logic", of=[arrow, below])


def by_reversal(draft: Draft, premise: Term, known: Ref) -> Ref | None:
    """a < b from b > a."""
    with draft.only([known]):
        return with_squares(draft, premise, difference(premise), [(ONE, (), number(1), known)], SECONDS)


def _gram_bound(draft: Draft, Z: Term) -> Ref | None:
    """Z^T Z <= ||Z||^2 I."""
    return instance_of(draft, [symbol("Z'", *Z.shape)], _gram_below, [Z])


def _gram_below(Z: Term) -> Term:
    return relation("le", mul(Z.T, Z), mul(norm(Z), norm(Z), identity(Z.shape[1])))


def _squeezed(draft: Draft, claim: Term, gap: Term, factor: Factor, defect: Defect, small: Ref) -> Ref | None:
    """|Y E|_F^2 <= n ||Y||^2 q and |E Y|_F^2 <= |Y|_F^2 q, which tend to 0."""
    E, Y, r, p = defect.at_k, factor.Y, defect.size, defect.fading
    if factor.before:
        longest, within = norm(Y), _gram_bound(draft, Y)
        rows: list[Row] = [(ONE, (), E, within), (ONE, (longest, longest), identity(E.shape[0]), small)]
        level = mul(r, r, longest, longest, make("trace", (identity(E.shape[0]),)))
    else:
        rows = [(ONE, (), Y, small)]
        level = mul(r, r, power(norm(Y, "F"), 2))
    if any(row[3] is None for row in rows):
        return None
    square = make("trace", (mul(gap.T, gap),)) if gap.shape[1] != 1 else mul(gap.T, gap)
    below = relation("le", square, mul(level, p, p))
    with draft.only([factor.why, *(row[3] for row in rows if row[3] is not None)]):
        bound = with_squares(draft, below, difference(below), rows, SECONDS)

    def tends(K: Term, rate: Term) -> Term:
        fades = mul(K, power(rate, defect.k), power(rate, defect.k))
        limit = make("limit", (fades, *claim.args[0].args[1:]), claim.args[0].value)
        return make("implies", (relation("lt", rate, number(1)), equation(limit, number(0))))

    letters = [symbol("K"), symbol("p", domain="nonnegative")]
    limit = None if bound is None else _of_number(draft, defect, letters, tends, [level, r])
    return None if limit is None else draft.add(claim, "squeeze", of=bound, limit=limit)
