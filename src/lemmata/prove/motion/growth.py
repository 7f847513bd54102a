"""Bounds along a flow: Groenwall's lemma and the decay of energies.

To show u <= v for two functions of time, let g = u - v.  Where g' + a g <= 0 the function e^{a t} g does
not grow, so that g(0) <= 0 is enough.  The rates -a that are tried are those of the exponentials of the
claim, and 0.  Norms are compared by their squares.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let u : R(t), c : real\\nassume \\\\dot u <= -c u\\nshow u(t) <= e^{-c t} u(0)")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused, depends_on, expand, is_real, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import INDICES, SCALAR, Term, exp, make, mul, number, subterms, symbols_of
from lemmata.prove.algebra import with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.motion.energies import by_energy, multiple, roots_of
from lemmata.prove.norms.symmetricpart import symmetric_parts
from lemmata.prove.order.gram import Row
from lemmata.terms.forms import diff, relation

__all__ = ["by_growth"]

ONE = Fraction(1)


def by_growth(draft: Draft, claim: Term) -> Ref | None:
    """u <= v (or >=) between functions of time, from the sign of the derivative of e^{a t} (u - v)."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        return None
    rates = [
        f for f, _ in draft.facts if f.head in ("le", "ge") and any(t.head == "diff" for t in subterms(f))
    ]
    if not rates and not any(t.head == "at" for t in subterms(claim)):
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    clocks = {s.value[4] for s in symbols_of(claim) if s.value[4]} - INDICES
    for variable in sorted(name for name in clocks if any(depends_on(side, name) for side in claim.args)):
        with draft.attempt() as keep:
            symmetric_parts(
                draft, [claim, *(f for f, _ in draft.facts if f.head in ("le", "lt", "ge", "gt"))]
            )
            ref = _compared(draft, claim, small, large, variable)
            if ref is not None:
                keep()
                return ref
    return None


def _compared(draft: Draft, claim: Term, small: Term, large: Term, variable: str) -> Ref | None:
    if any(f.head == "norm" for side in (small, large) for f in _factors(side)):
        if sign_of(large, strict=False) != 1 or not is_real(claim):
            return None
        squares = relation("le", _squared(small), _squared(large))
        ref = _compared(draft, squares, squares.args[0], squares.args[1], variable)
        if ref is None:
            return None
        sides = relation("le", mul(small, small), mul(large, large))
        ref = draft.find(sides) or multiple(draft, sides, ref)
        return None if ref is None else draft.add(claim, "root", of=ref)
    gap = small - large
    for exponent in _exponents(claim, variable):
        with draft.attempt() as keep:
            try:
                ref = _not_growing(draft, claim, gap, exponent, variable)
            except Refused:
                continue
            if ref is not None:
                keep()
                return ref
    return None


def _not_growing(draft: Draft, claim: Term, gap: Term, exponent: Term, variable: str) -> Ref | None:
    """gap <= 0, since e^{-exponent} gap does not grow and starts below 0."""
    from lemmata.prove.search import establish

    start = to_term(expand(value_at(gap, variable, number(0))))
    weight = exp(to_term(expand(-exponent)))
    rate = to_term(expand(diff(gap, variable) - mul(diff(exponent, variable), gap)))
    falls = relation("le", rate, number(0))
    roots = [v for v in roots_of(draft, claim) if depends_on(v, variable)]
    below = relation("le", start, number(0))
    fact = draft.find(falls) or by_energy(draft, falls, roots)
    fact = fact or with_squares(draft, falls, difference(falls), [], 0.3)
    beginning = establish(draft, below) if fact is not None and expand(start) else None
    if fact is None or (beginning is None and expand(start)):
        return None
    q = mul(weight, gap) if expand(exponent) else gap
    decay = relation("le", diff(q, variable), number(0))
    step = multiple(draft, decay, fact, (weight,) if expand(exponent) else ())
    if step is None:
        return None
    now = draft.add(relation("le", q, value_at(q, variable, number(0))), "constant", of=step)
    inverse_weight = (exp(exponent),) if expand(exponent) else ()
    rows: list[Row] = [(ONE, inverse_weight, number(1), now)]
    rows += [(ONE, inverse_weight, number(1), beginning)] if beginning is not None else []
    with draft.only([ref for _, _, _, ref in rows if ref is not None]):
        return with_squares(draft, claim, difference(claim), rows, 0.5)


def _exponents(claim: Term, variable: str) -> list[Term]:
    """The exponents in the claim that vary, and 0."""
    inside = [t.args[0] for t in subterms(claim) if t.head == "exp" and t.shape == SCALAR]
    return [*dict.fromkeys(a for a in inside if depends_on(a, variable)), number(0)]


def _factors(side: Term) -> tuple[Term, ...]:
    return side.args if side.head == "mul" else (side,)


def _squared(side: Term) -> Term:
    return mul(
        *(
            exp(mul(number(2), f.args[0])) if f.head == "exp" else make("power", (f, number(2)))
            for f in _factors(side)
        )
    )
