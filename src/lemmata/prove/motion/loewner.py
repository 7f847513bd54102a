"""Loewner inequalities along a flow: X >= 0 where X' = A X + X A^T + Q with Q >= 0 and X(0) >= 0.

To show G >= 0 for a symmetric function of time, let B be a matrix with G' - B G - G B^T >= 0.  Then
Y = e^{-tB} G e^{-tB^T} has Y' = e^{-tB} (G' - B G - G B^T) e^{-tB^T} >= 0, so that Y >= Y(0) = G(0); and
G = e^{tB} Y e^{tB^T}.  It is the variation of constants without its integral (Bellman 1970, ch. 10).  The
B that are tried stand before a letter in its own equation of motion, and 0.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{n x n}, X, Y : R^{n x n}(t)
... assume \\\\dot X = A X + X A^T, \\\\dot Y = A Y + Y A^T, X(0) <= Y(0)
... show X <= Y''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.meaning import difference, zeros
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Poly, Refused, depends_on, expand, to_term
from lemmata.kernel.term import INDICES, SCALAR, Term, exp, identity, mul, number, symbols_of
from lemmata.prove.algebra import by_squares_sum, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.motion.flows import clock_of
from lemmata.prove.order.gram import Row
from lemmata.prove.search import establish
from lemmata.terms.forms import diff, is_, neg, relation, zero

__all__ = ["by_loewner_flow"]

ONE = Fraction(1)
MOST_TRIED = 4


def by_loewner_flow(draft: Draft, claim: Term) -> Ref | None:
    """An inequality between matrices that move, by the rate of e^{-tB} G e^{-tB^T}."""
    names = {s.value[4] for s in symbols_of(claim) if s.value[4]} - INDICES
    clocks = [name for name in names if any(depends_on(side, name) for side in claim.args)]
    try:
        gap = difference(claim)
    except Refused:
        return None
    if gap.shape == SCALAR or gap.shape[0] != gap.shape[1] or draft.pointwise is not None:
        return None
    for variable in sorted(clocks):
        for B in _generators(draft, gap, variable)[:MOST_TRIED]:
            with draft.attempt() as keep:
                try:
                    ref = _above_its_start(draft, claim, to_term(gap), B, variable)
                except Refused:
                    continue
                if ref is not None:
                    keep()
                    return ref
    return None


def _generators(draft: Draft, gap: Poly, variable: str) -> list[Term]:
    """B of X' = B X + X B^T + ... for the letters X of the claim, half of 2 c in X' = 2 c X, and 0."""
    letters = {x.args[0] if x.head == "adjoint" else x for _, word in gap.terms for x in word}
    found: list[Poly] = []
    for fact, _ in draft.facts:
        for p in _relations(fact):
            for X in (x for x in symbols_of(fact) if x in letters and x.shape == gap.shape == p.shape):
                rate = ((), (diff(X, variable),))
                if X.value[4] != variable or not p.terms.get(rate):
                    continue
                before = Poly(gap.shape, {})
                for (scalars, word), value in p.terms.items():
                    if word[-1:] == (X,):
                        part = Poly(gap.shape, {(scalars, word[:-1]): -value / p.terms[rate]})
                        before = before + (part if len(word) > 1 else part.scale(ONE / 2))
                found.append(before)
    constant = [to_term(B) for B in found if B and not depends_on(to_term(B), variable)]
    return [*dict.fromkeys(constant), zero(*gap.shape)]


def _relations(fact: Term) -> list[Poly]:
    """An equation or an inequality between matrices as what vanishes, or is semidefinite."""
    try:
        return zeros(fact) if fact.head == "eq" else [difference(fact)]
    except Refused:
        return []


def _above_its_start(draft: Draft, claim: Term, gap: Term, B: Term, variable: str) -> Ref | None:
    start = to_term(expand(value_at(gap, variable, number(0))))
    strict = claim.head in ("lt", "gt") or claim.value == "spd"
    one, nothing = identity(gap.shape[0]), zero(*gap.shape)
    still = not expand(B)
    rate = diff(gap, variable) - mul(B, gap) - mul(gap, B.T)
    grows = by_squares_sum(draft, relation("ge", to_term(expand(rate)), nothing), 0.5)
    above = relation("gt" if strict else "ge", start, nothing)
    beginning = establish(draft, above) if grows and (expand(start) or strict) else None
    if grows is None or (beginning is None and (expand(start) or strict)):
        return None
    shift = mul(clock_of(draft, variable), B)
    strip, restore = exp(neg(shift)), exp(shift)
    moved = gap if still else mul(strip, gap, strip.T)
    rows: list[Row] = [(ONE, (), one if still else strip.T, grows)]
    rising = relation("ge", diff(moved, variable), nothing)
    with draft.only([ref for fact, ref in draft.facts if fact.head == "eq" or ref == grows]):
        step = with_squares(draft, rising, difference(rising), rows, 1.0)
    if step is None:
        return None
    at_start = value_at(moved, variable, number(0))
    now = draft.add(relation("ge", moved, at_start), "constant", of=step)
    if strict and not still and establish(draft, is_("invertible", restore.T)) is None:
        return None
    known = [now, *([beginning] if beginning is not None else [])]
    rows = [(ONE, (), one if still else restore.T, ref) for ref in known]
    with draft.only(known):
        return with_squares(draft, claim, difference(claim), rows, 1.0)
