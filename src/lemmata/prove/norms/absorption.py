"""Bounds by absorption: ||M|| <= x/(1 - y) from ||M|| <= x + y ||M||, where y < 1.

M enters its own bound where it solves an equation: R = (I - A)^{-1} is I + A R, so ||R|| <= 1/(1 - ||A||) (Neumann);
(A + E)^{-1} = A^{-1} - A^{-1} E (A + E)^{-1}; and x = A x + b gives ||x|| <= ||b||/(1 - ||A||).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{n x n}\\nassume ||A|| < 1\\nshow ||(I - A)^{-1}|| <= 1/(1 - ||A||)")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from lemmata.kernel.poly import expand, is_real, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, add, inverse, mul, number, subterms
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.hypotheses import collect
from lemmata.prove.motion.energies import by_energy
from lemmata.prove.norms.normchains import (
    Part,
    bound_of_vector,
    known_bounds,
    parts_of,
    rows_add_up,
    written_bound,
)
from lemmata.prove.norms.operatornorms import along, choices_of_bounds, total_below
from lemmata.prove.order.gram import Row
from lemmata.prove.scalars import by_arithmetic
from lemmata.prove.search import establish
from lemmata.prove.words.completion import Completion, SearchError
from lemmata.terms.forms import equation, is_, norm, relation

__all__ = ["by_absorption"]

ONE = Fraction(1)
SECONDS = 0.3
MOST_SPLITS = 4
Choice = dict[Term, tuple[Term, Ref]]
"""By what norms enter a bound other than themselves."""


def by_absorption(draft: Draft, claim: Term) -> Ref | None:
    """||M|| <= x/(1 - y), or a bound that numbers tell, for a matrix or a vector M."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not all(map(is_real, claim.args)):
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    if small.head != "norm" or small.value != "2" or not any(islice(_splits(draft, small.args[0]), 1)):
        return None
    factors = large.args if large.head == "mul" else (large,)
    over = [f for f in factors if f.head == "inverse" and sign_of(f, strict=False) != 1]
    with draft.attempt() as keep:
        if len(over) == 1:
            x = mul(*(f for f in factors if f is not over[0])) if len(factors) > 1 else number(1)
            ref = _divided(draft, claim, small, x, over[0].args[0])
        else:
            ref = next(
                (ref for total in _totals(draft, small) if (ref := _by_numbers(draft, claim, total))), None
            )
        if ref is not None:
            keep()
        return ref


def _divided(draft: Draft, claim: Term, small: Term, x: Term, s: Term) -> Ref | None:
    """r <= x/s for s = 1 - y: x/s - r = (1/s)^2 s (x + y r - r)."""
    y = to_term(expand(number(1)) - expand(s))
    if sign_of(y, strict=False) != 1 or sign_of(x, strict=False) != 1:
        return None
    positive = establish(draft, relation("lt", number(0), s))
    one = equation(mul(inverse(s), s), number(1))
    unit = positive and (by_arithmetic(draft, one) or by_ideal(draft, one, SECONDS))
    chain = unit and _chain(draft, relation("le", small, add(x, mul(y, small))))
    if positive is None or unit is None or chain is None:
        return None
    return rows_add_up(draft, claim, [(ONE, (), inverse(s), [positive, chain])], [unit])


def _by_numbers(draft: Draft, claim: Term, total: Term) -> Ref | None:
    """r <= b from r <= x + y r, if what is known of the numbers tells it."""
    with draft.attempt() as keep:
        chain = _chain(draft, relation("le", claim.args[claim.head == "ge"], total))
        ref = chain and by_energy(draft, claim)
        if ref is not None:
            keep()
        return ref


def _totals(draft: Draft, small: Term) -> Iterator[Term]:
    """What the parts of M are bounded by."""
    bounds = known_bounds(draft)
    for parts in islice(_splits(draft, small.args[0]), MOST_SPLITS):
        for choice in islice(choices_of_bounds(draft, parts, bounds, number(0)), MOST_SPLITS):
            yield _total(parts, choice)


def _total(parts: list[Part], choice: Choice) -> Term:
    ends = [[] if part.end is None else [norm(part.end)] for part in parts]
    return add(*(mul(written_bound(part, choice), *end) for part, end in zip(parts, ends, strict=True)))


def _chain(draft: Draft, claim: Term) -> Ref | None:
    (M,), large = claim.args[0].args, claim.args[1]
    bounds = known_bounds(draft)
    for parts in islice(_splits(draft, M), MOST_SPLITS):
        for choice in choices_of_bounds(draft, parts, bounds, large):
            total = _total(parts, choice)
            spare = None if expand(total) == expand(large) else total_below(draft, total, large)
            if spare is None and expand(total) != expand(large):
                continue
            with draft.attempt() as keep:
                ref = (_of_vector if M.shape[1] == 1 else along)(draft, claim, parts, choice, spare)
                if ref is not None:
                    keep()
                    return ref
    return None


def _splits(draft: Draft, M: Term) -> Iterator[list[Part]]:
    """M as N + Y M: by the inverse of S + E in it, where Y = -S^{-1} E, and by equations."""
    for R in (t for t in subterms(M) if t.head == "inverse" and t.args[0].head == "add"):
        (T,) = R.args
        for S in T.args:
            if S.shape[0] == M.shape[0] and (
                S.head == "identity" or draft.find(is_("invertible", S)) is not None
            ):
                E, front = to_term(expand(T) - expand(S)), () if S.head == "identity" else (inverse(S),)
                N = _reduced(draft, mul(*front, T, M))
                sign = min(expand(E).terms.values()) < 0
                last = Part(ONE if sign else -ONE, (), (mul(*front, -E if sign else E), M))
                known = [_plain(part) for part in parts_of(N)]
                yield [*known, last]
                yield [*known, *parts_of(mul(number(-1), *front, E, M), {M})]
    for fact, _ in draft.facts:
        for side, other in (fact.args, fact.args[::-1]) if fact.head == "eq" and M.shape[1] == 1 else ():
            if side is M:
                yield parts_of(other)


def _plain(part: Part) -> Part:
    """A^{-1} for ((A^T)^{-1})^T, as which normal forms are written."""
    return replace(part, factors=tuple(map(_straight, part.factors)))


def _straight(factor: Term) -> Term:
    if factor.head != "adjoint" or factor.args[0].head != "inverse":
        return factor
    (B,) = factor.args[0].args
    return inverse(B.args[0] if B.head == "adjoint" else B.T)


def _reduced(draft: Draft, term: Term) -> Term:
    """The normal form by what is known, as (A + E) (A + E)^{-1} = I."""
    wanted = expand(term)
    _, polys, _ = collect([wanted], draft)
    system = Completion(polys, goals=[wanted])
    system.complete(min(SECONDS, draft.clock()))
    try:
        return to_term(system.reduce(wanted)[0])
    except SearchError:
        return term


def _of_vector(draft: Draft, claim: Term, parts: list[Part], choice: Choice, spare: Ref | None) -> Ref | None:
    """||v|| <= b for v = F v + c, by the square of ||F v + c||."""
    (v,), large = claim.args[0].args, claim.args[1]
    found = bound_of_vector(draft, parts, choice)
    if found is None:
        return None
    image, chain = found
    same = by_ideal(draft, equation(v, image), SECONDS)
    rows: list[Row] = [(ONE, (), number(1), ref) for ref in (chain, spare) if ref is not None]
    length = rows_add_up(draft, relation("le", norm(image), large), rows)
    if same is None or length is None:
        return None
    # b^2 - a^2 = (b - a) a + (b - a) b
    rows = [(ONE, (side,), number(1), length) for side in (norm(image), large)]
    squares = relation("le", mul(norm(v), norm(v)), mul(large, large))
    ref = rows_add_up(draft, squares, rows, [same])
    return None if ref is None else draft.add(claim, "root", of=ref)
