"""Induction over an index: P(0), and P(k + 1) from P(k).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{n x n}, x : R^n(k)\\nassume x_{k+1} = A x_k\\nshow x_k = A^k x_0")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    add,
    make,
    number,
    substitute,
    subterms,
    symbol,
    symbols_of,
    to_json,
)
from lemmata.prove.draft import Draft, Ref

__all__ = ["by_induction"]


def by_induction(draft: Draft, claim: Term) -> Ref | None:
    """The claim for all k, if it names an index and nothing here holds at one k only."""
    from lemmata.prove.search import establish, obligations

    if (general := _renamed(draft, claim)) is not None:
        return general
    for name in _indices(draft, claim):
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


def _renamed(draft: Draft, claim: Term) -> Ref | None:
    """A^N, N no name of an index: the claim for all k, and its instance at N."""
    exponents = [s for t in subterms(claim) if t.head == "power" for s in symbols_of(t.args[1])]
    large = [s for s in exponents if s.value[3] == "natural" and s.name not in INDICES and not s.value[4]]
    known = {s.name for p in (claim, *(f for f, _ in draft.facts)) for s in symbols_of(p)}
    names = sorted(INDICES - known - {"n", "m"}, key="kjlimn".index)
    if not large or not names or draft.inducting:
        return None
    k = symbol(names[0], domain="natural")
    general = substitute(claim, {large[0]: k})
    inner = draft.inner([])
    if by_induction(inner, general) is None:
        return None
    ref = draft.add(make("forall", (k, general)), "forall", steps=inner.steps)
    return draft.add(claim, "instance", of=ref, terms=[to_json(large[0])])


def _indices(draft: Draft, claim: Term) -> list[str]:
    if draft.inducting:
        return []
    letters = symbols_of(claim)
    found = {s.value[4] for s in letters} & INDICES
    powers = [t for t in subterms(claim) if t.head == "power"]
    found |= {s.name for p in powers for s in symbols_of(p.args[1]) if s.value[3] == "natural"} & INDICES
    fixed = {s.name for f, _ in draft.facts for s in symbols_of(f) if s.shape == SCALAR and not any(
        o.value[4] == s.name for o in symbols_of(f))}  # fmt: skip
    return sorted(found - fixed)
