"""What three ranks that add up say of equations: rank(U) = rank(V) + rank(W).

The two strategies that read it (additivity, disjoint) find facts about U, V and W by what is known of the ranks, and
then a claim by algebra from these facts, in which no rank is named any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term
from lemmata.prove.algebra import by_ideal, by_square
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.rank.programme import sizes_of

__all__ = ["by_facts", "states_equations", "triples"]

SECONDS = 0.5
Triple = tuple[Term, tuple[Term, Term], Ref]


def triples(draft: Draft) -> Iterator[Triple]:
    """U, (V, W) and the fact that says rank(U) >= rank(V) + rank(W)."""
    for fact, ref in draft.facts:
        row = sizes_of(fact) if fact.head in ("eq", "le", "ge") else None
        if row is None or len(row) != 3 or any(k.head != "rank" for k in row):
            continue
        larger = [k.args[0] for k in row if row[k] > 0]
        smaller = [k.args[0] for k in row if row[k] < 0]
        if fact.head == "eq" and len(larger) == 2:
            larger, smaller = smaller, larger
        if len(larger) == 1 and {abs(value) for value in row.values()} == {1}:
            (U,), (V, W) = larger, smaller
            yield U, (V, W), ref


def states_equations(claim: Term) -> bool:
    """Whether the claim says that something is zero."""
    try:
        return any(zeros(claim))
    except Refused:
        return False


def by_facts(draft: Draft, claim: Term, facts: Sequence[Ref]) -> Ref | None:
    """The claim by algebra from these facts alone; what was found on the way to them is about ranks."""
    with draft.only(facts):
        ref = by_ideal(draft, claim, SECONDS) or by_square(draft, claim, SECONDS)
    if ref is not None and draft.focus is not None:
        draft.focus.append(ref)
    return ref
