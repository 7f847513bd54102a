"""Equations along a flow by a linear rate: g = 0 where g' = A g + g B + c g and g(0) = 0.

The derivative of e^{-ct} e^{-tA} g e^{-tB} vanishes, so that it stays at its start, which is 0.  So weight
decay shrinks the imbalance D = U^T U - V V^T of two layers, D(t) = e^{-2 lambda t} D(0), since D' = -2 lambda D
(after Arora, Cohen and Hazan 2018): g is the difference of the two sides.  A, B and c are read off: they
stand around one monomial of g in its rate, with the equations of motion put in.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let U, V : R^{n x n}(t), H : R^{n x n}
... assume \\\\dot U = H V, \\\\dot V = H U
... show U + V = e^{t H} (U(0) + V(0))''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Poly, Refused, depends_on, expand, to_term, word_poly
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    exp,
    mul,
    number,
    substitute,
    subterms,
    symbols_of,
    to_json,
)
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.motion.flows import clock_of
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import at, diff, equation, neg, zero

__all__ = ["by_linear_rate", "linear_rates"]

MOST_TRIED = 3
SECONDS = 0.5
ONE = Fraction(1)
MOST_WRITTEN = 4
"""How often equations are put into a rate: a definition in terms of another is written out in turn."""


def by_linear_rate(draft: Draft, claim: Term) -> Ref | None:
    """left = right between functions of time, where the difference has a linear rate and starts at 0."""
    if claim.head != "eq" or claim.args[0].sort != "matrix" or draft.pointwise is not None:
        return None
    gap = claim.args[0] - claim.args[1]
    for variable in sorted({s.value[4] for s in symbols_of(claim) if s.value[4]} - INDICES):
        with draft.attempt() as keep:
            try:
                ref = _along(draft, claim, gap, variable)
            except Refused:
                continue
            if ref is not None:
                keep()
                return ref
    return None


def linear_rates(draft: Draft, gap: Term, variable: str) -> list[tuple[Term, Term, Term]]:
    """A, B and c, constant in time, for which  gap' = A gap + gap B + c gap  may hold; the likely first."""
    known = _motions(draft, variable)
    if not any(t.head == "diff" for t in known):
        return []
    rate = expand(_written(to_term(expand(diff(gap, variable))), known))
    return _generators(expand(_written(gap, known)), rate, variable)


def _along(draft: Draft, claim: Term, gap: Term, variable: str) -> Ref | None:
    found = linear_rates(draft, gap, variable)
    if not found:
        return None
    start = value_at(gap, variable, number(0))
    _read_definitions_at_start(draft, variable)
    beginning = by_ideal(draft, equation(start, _nothing(gap)), SECONDS)
    for A, B, c in found[:MOST_TRIED] if beginning is not None else ():
        moved = (
            [mul(A, gap)] * bool(expand(A))
            + [mul(gap, B)] * bool(expand(B))
            + [mul(c, gap)] * bool(expand(c))
        )
        linear = by_ideal(draft, equation(diff(gap, variable), sum(moved[1:], moved[0])), SECONDS)
        if linear is not None and beginning is not None:
            ref = _from_rate(draft, claim, (gap, start), (A, B, c), variable, (linear, beginning))
            if ref is not None:
                return ref
    return None


def _nothing(term: Term) -> Term:
    return zero(*term.shape) if term.shape != SCALAR else number(0)


def _motions(draft: Draft, variable: str) -> dict[Term, Term]:
    """What the equations say of the rates of letters, and of letters that they define."""
    found: dict[Term, Term] = {}
    for fact, _ in draft.facts:
        if fact.head != "eq" or fact.args[0].sort != "matrix":
            continue
        for side, other in (fact.args, fact.args[::-1]):
            rate = side.head == "diff" and side.value == variable and side.args[0].head == "symbol"
            named = side.head == "symbol" and side.value[4] == variable and side not in symbols_of(other)
            if (rate or named) and side not in found and other not in found:
                found[side] = other
                break
    for s, value in list(found.items()):
        if s.head == "symbol" and not any(t.head in ("diff", "limit") for t in subterms(value)):
            found.setdefault(diff(s, variable), to_term(expand(diff(value, variable))))
            found.setdefault(at(s, number(0)), value_at(value, variable, number(0)))
    return found


def _written(term: Term, known: dict[Term, Term]) -> Term:
    """The term with the equations put in; one definition may need another."""
    for _ in range(MOST_WRITTEN):
        term = substitute(term, known)
    return term


def _generators(gap: Poly, rate: Poly, variable: str) -> list[tuple[Term, Term, Term]]:
    """A, B and c, constant in time, for which  rate = A gap + gap B + c gap,  by each monomial of the gap.

    Those first for which this is so by expanding; for the others it may follow from what is known.
    """
    rows, cols = gap.shape
    found: dict[tuple[Term, Term, Term], bool] = {}
    for (scalars, word), size in gap.terms.items():
        before, after, factor = Poly((rows, rows), {}), Poly((cols, cols), {}), Poly(SCALAR, {})
        for (around, other), value in rate.terms.items():
            if Counter(scalars) - Counter(around):
                continue
            loops, share = tuple((Counter(around) - Counter(scalars)).elements()), value / size
            if other == word:
                factor = factor + word_poly(SCALAR, loops, (), share)
            elif word and other[len(other) - len(word) :] == word:
                before = before + word_poly(before.shape, loops, other[: len(other) - len(word)], share)
            elif word and other[: len(word)] == word:
                after = after + word_poly(after.shape, loops, other[len(word) :], share)
        parts = to_term(before), to_term(after), to_term(factor)
        if any(depends_on(part, variable) for part in parts) or not (before or after or factor):
            continue
        found[parts] = rate == (before * gap + gap * after if word else Poly(gap.shape, {})) + factor * gap
    return sorted(found, key=lambda parts: not found[parts])


def _read_definitions_at_start(draft: Draft, variable: str) -> None:
    """D(0) = U(0)^T U(0) from D = U^T U."""
    for fact, ref in list(draft.facts):
        named = fact.head == "eq" and any(s.head == "symbol" and s.value[4] == variable for s in fact.args)
        try:
            start = value_at(fact, variable, number(0)) if named else fact
        except Refused:
            continue
        if draft.find(start) is None:
            uses = [["value", ref, variable, to_json(number(0))]]
            letters, rows = write_combinations([[Cofactor(ONE, (), (), 0, False, ())]])
            draft.add(start, "ideal", uses=uses, letters=letters, combinations=rows)


def _from_rate(
    draft: Draft, claim: Term, path: tuple[Term, Term], generator: tuple[Term, Term, Term], variable: str,
    known: tuple[Ref, Ref],
) -> Ref | None:  # fmt: skip
    """The claim, since  q = e^{-ct} e^{-tA} gap e^{-tB}  does not move."""
    (gap, start), (A, B, c), (linear, beginning) = path, generator, known
    clock = clock_of(draft, variable)
    weight, left, right = ([_exponential(mul(clock, X))] * bool(expand(X)) for X in (c, A, B))
    strip = [[_exponential(neg(mul(clock, X)))] * bool(expand(X)) for X in (c, A, B)]
    q = mul(*strip[0], *strip[1], gap, *strip[2])
    with draft.only([linear]):
        still = by_ideal(draft, equation(diff(q, variable), _nothing(gap)), SECONDS)
    if still is None:
        return None
    kept = draft.add(equation(q, start), "constant", of=still)
    around = Cofactor(ONE, tuple((w,) for w in weight), tuple(left), 0, False, tuple(right))
    letters, rows = write_combinations([[around]])
    link = equation(mul(*weight, *left, q, *right), mul(*weight, *left, start, *right))
    with draft.only([draft.add(link, "ideal", uses=[kept], letters=letters, combinations=rows), beginning]):
        return by_ideal(draft, claim, SECONDS)


def _exponential(exponent: Term) -> Term:
    """As a letter of the kernel, its exponent in normal form."""
    return to_term(expand(exp(exponent)))
