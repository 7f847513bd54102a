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
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref

__all__ = ["by_induction", "indices_of", "reads_on", "shift_definitions"]


MOST_TOGETHER = 3


def by_induction(draft: Draft, claim: Term) -> Ref | None:
    """The claim for all k, if it names an index and nothing here holds at one k only."""
    if (general := _renamed(draft, claim)) is not None:
        return general
    for name in indices_of(draft, claim):
        shift_definitions(draft, claim, name)
        if reads_on(claim, name):
            equation = claim.head == "eq" and claim.args[0].sort == "matrix"
            if equation and (known := by_ideal(draft, claim, 0.5)) is not None:
                return known
        k = next((s for s in symbols_of(claim) if s.name == name), symbol(name, domain="natural"))
        try:
            base = value_at(claim, name, number(0))
            later = value_at(claim, name, add(k, number(1)))
        except Refused:
            continue
        ref = _alone(draft, claim, name, base, later) or _together(
            draft, claim, _started(draft, claim, name), name, k
        )
        ref = ref or _together(draft, claim, _companions(draft, claim, name), name, k)
        ref = ref or _pairwise(draft, claim, name, k)
        if ref is not None:
            return ref
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


def _alone(draft: Draft, claim: Term, name: str, base: Term, later: Term) -> Ref | None:
    from lemmata.prove.determinants import use_determinants
    from lemmata.prove.search import establish, obligations

    with draft.attempt() as keep:
        draft.inducting, known = True, None
        use_determinants(draft, base)
        try:
            known = establish(draft, base)
        finally:
            draft.inducting = False
        if known is None:
            return None
        inner = draft.inner([claim])
        inner.inducting = True
        use_determinants(inner, later)
        if obligations(inner, [claim, later]) or establish(inner, later) is None:
            return None
        keep()
        return draft.add(claim, "induction", variable=name, steps=inner.steps)


def _companions(draft: Draft, claim: Term, name: str) -> list[Term]:
    """The claim of every other sequence of the same shape: what holds of x_k may need it of the velocities v_k."""
    run = {s for p in (claim, *(f for f, _ in draft.facts)) for s in symbols_of(p) if s.value[4] == name}
    own = {s for s in run if s in symbols_of(claim)}
    if len(own) != 1:
        return []
    (x,) = own
    others = sorted((s for s in run - own if s.shape == x.shape and s.value[3] == x.value[3]), key=repr)
    return [substitute(claim, {x: v}) for v in others]


def _started(draft: Draft, claim: Term, name: str) -> list[Term]:
    """What the hypotheses say at 0, said for all k."""
    found = []
    for fact, _ in draft.facts:
        starts = {t: t.args[0] for t in subterms(fact) if t.head == "at" and t.args[1] is number(0)}
        lifted = substitute(fact, starts) if fact.head in ("eq", "in") and starts else fact
        runs = {s for s in symbols_of(lifted) if s.value[4] == name}
        if lifted is not fact and runs and claim is not lifted and not reads_on(lifted, name):
            found.append(lifted)
    return found


def _together(draft: Draft, claim: Term, others: list[Term], name: str, k: Term) -> Ref | None:
    """The claim with others that hold at 0 and may hold for all k: invariants that need each other."""
    if not 0 < len(others) <= MOST_TOGETHER or claim.head not in ("eq", "in"):
        return None
    whole = make("and", (claim, *others))
    with draft.attempt() as keep:
        try:
            later = value_at(whole, name, add(k, number(1)))
            bases = [value_at(part, name, number(0)) for part in whole.args]
        except Refused:
            return None
        if any((draft.find(base) or by_ideal(draft, base, 0.2)) is None for base in bases):
            return None
        inner = draft.inner([whole])
        inner.inducting = True
        refs = [by_ideal(inner, part, 0.5) for part in later.args]
        if None in refs:
            return None
        inner.add(later, "logic", of=refs)
        keep()
        found = draft.add(whole, "induction", variable=name, steps=inner.steps)
        return draft.add(claim, "logic", of=[found])


def _pairwise(draft: Draft, claim: Term, name: str, k: Term) -> Ref | None:
    """The claim at k and at k + 1, where a recursion tells x_{k+2} from both: momentum, three-term recursions."""
    from lemmata.prove.search import establish, obligations

    two_ahead = add(k, number(2))
    if not any(t.head == "at" and t.args[1] is two_ahead for fact, _ in draft.facts for t in subterms(fact)):
        return None
    pair = make("and", (claim, value_at(claim, name, add(k, number(1)))))
    later = value_at(pair, name, add(k, number(1)))
    with draft.attempt() as keep:
        draft.inducting = True
        try:
            starts = [establish(draft, start) for start in value_at(pair, name, number(0)).args]
        finally:
            draft.inducting = False
        if None in starts:
            return None
        inner = draft.inner([pair])
        inner.inducting = True
        now = inner.add(pair.args[1], "logic", of=[inner.find(pair)])
        if obligations(inner, [later]) or (last := establish(inner, later.args[1])) is None:
            return None
        inner.add(later, "logic", of=[now, last])
        keep()
        found = draft.add(pair, "induction", variable=name, steps=inner.steps)
        return draft.add(claim, "logic", of=[found])


def reads_on(claim: Term, name: str) -> bool:
    """Whether the claim names x_{k+1}."""
    inside = (t for t in subterms(claim) if t.head == "at" and t.args[0].value[4] == name)
    return any(name in {s.name for s in symbols_of(t.args[1])} for t in inside)


def shift_definitions(draft: Draft, claim: Term, name: str) -> None:
    """e_{k+1} = x_{k+1} - z and e_0 = x_0 - z from e_k = x_k - z; of a claim on x_{k+1}, its recursion as well."""
    k = symbol(name, domain="natural")
    letters = {s for s in symbols_of(claim) if s.value[4] == name}
    for fact, ref in draft.facts:
        further = reads_on(claim, name) and reads_on(fact, name)
        if fact.head != "eq" or not (further or any(side in letters for side in fact.args)):
            continue
        for point in (number(0), add(k, number(1))):
            try:
                shifted = value_at(fact, name, point)
            except Refused:
                continue
            if draft.find(shifted) is None:
                draft.add(shifted, "value", of=ref, variable=name, point=to_json(point))


def indices_of(draft: Draft, claim: Term) -> list[str]:
    if draft.inducting or draft.pointwise is not None:
        return []
    letters = symbols_of(claim)
    found = {s.value[4] for s in letters} & INDICES
    powers = [t for t in subterms(claim) if t.head == "power"]
    found |= {s.name for p in powers for s in symbols_of(p.args[1]) if s.value[3] == "natural"} & INDICES
    fixed = {s.name for f, _ in draft.facts for s in symbols_of(f) if s.shape == SCALAR and not any(
        o.value[4] == s.name for o in symbols_of(f))}  # fmt: skip
    return sorted(found - fixed)
