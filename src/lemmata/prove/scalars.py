"""Claims about numbers: by multiplying out and by signs where that suffices, else by the oracle.

What the kernel settles itself rests on nothing; what the oracle decides is listed with the theorem.
"""

from __future__ import annotations

from time import monotonic

from lemmata.kernel.context import Context
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused
from lemmata.kernel.scalar import divisors, equal, sign_of
from lemmata.kernel.term import SCALAR, Term, subterms, symbols_of
from lemmata.prove.draft import Draft, Ref

__all__ = ["by_arithmetic", "by_oracle", "is_scalar", "said", "settles"]


def is_scalar(prop: Term) -> bool:
    """Whether a proposition is about numbers alone, none of them a function of time."""
    letters = symbols_of(prop)
    return all(s.shape == SCALAR and not s.value[4] for s in letters) and all(
        t.shape == SCALAR and t.sort in ("matrix", "prop") for t in subterms(prop)
    )


def settles(draft: Draft, claim: Term) -> bool:
    """Whether the kernel takes the claim as it stands."""
    try:
        return Context([fact for fact, _ in draft.facts], {}).settles(claim)
    except (Refused, ValueError):
        return False


def by_arithmetic(draft: Draft, claim: Term) -> Ref | None:
    """An identity of fractions, or a relation that the signs of the terms show."""
    if claim.head in RELATIONS and claim.args[0].shape == SCALAR and settles(draft, claim):
        return draft.add(claim, "rational")
    return None


def by_oracle(draft: Draft, claim: Term) -> Ref | None:
    """A fact about real numbers that the oracle decides, under the facts that share letters with it."""
    if not is_scalar(claim) or claim.head in ("implies", "iff", "not", "or") or _orders_limits(claim):
        return None
    from lemmata.oracle import decide

    if decide(Statement((), claim), min(0.5, draft.clock())).holds is True:
        return draft.add(claim, "oracle", uses=[])
    facts = _relevant(draft, claim)
    start = monotonic()
    decision = decide(Statement(tuple(fact for fact, _ in facts), claim), min(2.0, draft.clock()))
    if decision.holds is not True:
        draft.tried.append(f"oracle: {decision.why}")
        return None
    # With a fact too few the oracle may search long for what is not so.
    enough = max(0.05, min(0.5, 2 * (monotonic() - start)))
    for pair in list(facts):
        fewer = [other for other in facts if other is not pair]
        if decide(Statement(tuple(f for f, _ in fewer), claim), min(enough, draft.clock())).holds is True:
            facts = fewer
    return draft.add(claim, "oracle", uses=[ref for _, ref in facts])


def _says_nothing(fact: Term) -> bool:
    """Whether the ranges of the letters say the same, s^2 + 1 > 0, or it is an identity, s/s = 1.

    A closed form that is put into the equation of motion makes an identity of it.
    """
    if fact.head == "eq" and _is_identity(fact):
        return True
    gap = fact.args[0] - fact.args[1]
    if fact.head in ("eq", "ne"):
        return fact.head == "ne" and bool(sign_of(gap))
    above = fact.head in ("ge", "gt")
    return sign_of(gap if above else -gap, strict=fact.head in ("lt", "gt")) == 1


def _moves(prop: Term) -> bool:
    return any(t.head in ("diff", "limit") for t in subterms(prop))


def _orders_limits(claim: Term) -> bool:
    """Whether a limit is more than one side of an equation, of which the kernel asks no oracle."""
    limits = [side for side in claim.args if any(t.head == "limit" for t in subterms(side))]
    return bool(limits) and (claim.head != "eq" or len(limits) > 1)


def _is_identity(fact: Term) -> bool:
    try:
        return equal(*fact.args) and all(map(sign_of, divisors(fact)))
    except Refused:
        return False


def _relevant(draft: Draft, claim: Term) -> list[tuple[Term, Ref]]:
    """The scalar facts that are linked with the claim by letters, one through another.

    A rate or a limit tells nothing of values at one time.
    """
    rates = _moves(claim)
    pool = [(f, ref) for f, ref in draft.facts if is_scalar(f) and f.head in RELATIONS]
    pool = [(f, ref) for f, ref in pool if (rates or not _moves(f)) and not _says_nothing(f)]
    letters = set(symbols_of(claim))
    found: list[tuple[Term, Ref]] = []
    while True:
        new = [(f, ref) for f, ref in pool if (f, ref) not in found and letters & set(symbols_of(f))]
        if not new:
            return found
        found += new
        letters |= {s for f, _ in new for s in symbols_of(f)}


RELATIONS = ("eq", "ne", "le", "lt", "ge", "gt")
RANGES = {"positive": " > 0", "nonnegative": " >= 0", "time": " >= 0", "natural": " natural", "real": " real"}


def said(fact: Statement) -> str:
    """An oracle fact in words that claim text could hold.

    >>> from lemmata.kernel.term import number, symbol
    >>> from lemmata.terms.forms import relation
    >>> s = symbol("s", domain="positive")
    >>> said(Statement((), relation("ge", s + 1, number(1))))
    's + 1 >= 1 for all s > 0'
    """
    from lemmata.terms.show import show

    letters = sorted({s for p in (*fact.given, fact.show) for s in symbols_of(p)}, key=lambda s: str(s.name))
    ranges = ", ".join(f"{s.name}{RANGES[s.value[3]]}" for s in letters)
    given = f" with {', '.join(map(show, fact.given))}" if fact.given else ""
    return f"{show(fact.show)}{f' for all {ranges}' if ranges else ''}{given}"
