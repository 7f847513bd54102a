"""Induction over an index: P(0), and P(k + 1) from P(k).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{n x n}, x : R^n(k)\\nassume x_{k+1} = A x_k\\nshow x_k = A^k x_0")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused, depends_on
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    add,
    make,
    mul,
    number,
    subterms,
    symbol,
    symbols_of,
    to_json,
)
from lemmata.prove.completion import Cofactor
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.energies import by_energy, multiple, vectors
from lemmata.prove.scalars import by_arithmetic
from lemmata.terms.forms import relation

__all__ = ["by_descent", "by_induction"]


def by_induction(draft: Draft, claim: Term) -> Ref | None:
    """The claim for all k, if it names an index and nothing here holds at one k only."""
    from lemmata.prove.search import establish, obligations

    for name in _indices(draft, claim):
        _shift_definitions(draft, claim, name)
        k = next((s for s in symbols_of(claim) if s.name == name), symbol(name, domain="natural"))
        try:
            base = value_at(claim, name, number(0))
            later = value_at(claim, name, add(k, number(1)))
        except Refused:
            continue
        with draft.attempt() as keep:
            draft.inducting, known = True, None
            try:
                known = establish(draft, base)
            finally:
                draft.inducting = False
            if known is None:
                continue
            inner = draft.inner([claim])
            inner.inducting = True
            if obligations(inner, [claim, later]) or establish(inner, later) is None:
                continue
            keep()
            return draft.add(claim, "induction", variable=name, steps=inner.steps)
    return None


def by_descent(draft: Draft, claim: Term) -> Ref | None:
    """An inequality for all k, where the step is a matter of energies; norms also by their squares."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not _recursive(draft):
        return None
    for name in _indices(draft, claim):
        if not any(depends_on(side, name) for side in claim.args):
            continue
        with draft.attempt() as keep:
            _shift_definitions(draft, claim, name)
            ref = _descends(draft, claim, name) or _squares_descend(draft, claim, name)
            if ref is not None:
                keep()
                return ref
    return None


def _recursive(draft: Draft) -> bool:
    inside = {t for f, _ in draft.facts for t in subterms(f)}
    return any(t.head == "at" and t.args[0].value[4] in INDICES and t.args[1].head == "add" for t in inside)


def _descends(draft: Draft, claim: Term, name: str) -> Ref | None:
    k = next((s for s in symbols_of(claim) if s.name == name), symbol(name, domain="natural"))
    try:
        base = value_at(claim, name, number(0))
        later = value_at(claim, name, add(k, number(1)))
    except Refused:
        return None
    with draft.attempt() as keep:
        if (by_arithmetic(draft, base) or by_energy(draft, base)) is None:
            return None
        inner = draft.inner([claim])
        inner.inducting = True
        roots = [v for v in vectors(claim) if depends_on(v, name)]
        if by_energy(inner, later, roots) is None:
            return None
        keep()
        return draft.add(claim, "induction", variable=name, steps=inner.steps)


def _squares_descend(draft: Draft, claim: Term, name: str) -> Ref | None:
    from lemmata.prove.norms import bounds_of_norms

    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    factors = [f for side in (small, large) for f in (side.args if side.head == "mul" else (side,))]
    if not any(f.head == "norm" for f in factors) or sign_of(large, strict=False) != 1:
        return None
    for fact, _ in draft.facts:
        if fact.head in ("le", "lt", "ge", "gt"):
            bounds_of_norms(draft, fact)
    squares = relation("le", *(mul(*_twice(side)) for side in (small, large)))
    ref = _descends(draft, squares, name)
    sides = relation("le", mul(small, small), mul(large, large))
    ref = multiple(draft, sides, ref) if ref is not None and sides is not squares else ref
    return None if ref is None else draft.add(claim, "root", of=ref)


def _twice(side: Term) -> list[Term]:
    """The factors of the square: ||a||^2 for norms."""
    factors = side.args if side.head == "mul" else (side,)
    return [g for f in factors for g in ([make("power", (f, number(2)))] if f.head == "norm" else [f, f])]


def _shift_definitions(draft: Draft, claim: Term, name: str) -> None:
    """e_{k+1} = x_{k+1} - z and e_0 = x_0 - z from e_k = x_k - z."""
    k = symbol(name, domain="natural")
    letters = {s for s in symbols_of(claim) if s.value[4] == name}
    for fact, ref in draft.facts:
        if fact.head != "eq" or not any(side in letters for side in fact.args):
            continue
        for point in (number(0), add(k, number(1))):
            try:
                shifted = value_at(fact, name, point)
            except Refused:
                continue
            if draft.find(shifted) is None:
                uses: list[Any] = [["value", ref, name, to_json(point)]]
                words, rows = write_combinations([[Cofactor(Fraction(1), (), (), 0, False, ())]])
                draft.add(shifted, "ideal", uses=uses, letters=words, combinations=rows)


def _indices(draft: Draft, claim: Term) -> list[str]:
    if draft.inducting or draft.pointwise is not None:
        return []
    letters = symbols_of(claim)
    found = {s.value[4] for s in letters} & INDICES
    powers = [t for t in subterms(claim) if t.head == "power"]
    found |= {s.name for p in powers for s in symbols_of(p.args[1]) if s.value[3] == "natural"} & INDICES
    fixed = {s.name for f, _ in draft.facts for s in symbols_of(f) if s.shape == SCALAR and not any(
        o.value[4] == s.name for o in symbols_of(f))}  # fmt: skip
    return sorted(found - fixed)
