"""Propositions made of others: each part is established in its turn, under its premises.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{m x n}, v : R^n\\nshow A v = 0 <==> A^T A v = 0")
>>> prove(Statement(c.given, c.shows[0].prop)).proof["steps"][-1]["rule"]
'implies'
"""

from __future__ import annotations

from typing import Any

from lemmata.kernel.rules import ABSURD
from lemmata.kernel.term import Term, make, subterms
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.implications import use_linear_implications
from lemmata.prove.minima.minimisers import use_general_facts
from lemmata.prove.minima.quadratics import use_stationarity
from lemmata.prove.norms.vanishingnorms import use_vanishing_norms
from lemmata.prove.rank.full import use_full_ranks
from lemmata.prove.search import detach, establish, establish_opened, obligations
from lemmata.terms.forms import equation

__all__ = ["by_contradiction", "by_parts", "by_premise", "in_general"]


def by_parts(draft: Draft, claim: Term) -> Ref | None:
    """All parts.  What was found on the way to one about ranks would only swell the pool for the next."""
    before = [ref for _, ref in draft.facts]
    ranks = any(t.head == "rank" for fact, _ in draft.facts for t in subterms(fact))
    refs: list[Ref] = []
    for part in claim.args:
        if ranks and refs:
            general = [ref for fact, ref in draft.facts if fact.head == "forall"]
            with draft.only([*before, *general, *refs]):
                ref = establish(draft, part)
        else:
            ref = establish(draft, part)
        if ref is None:
            return None
        refs.append(ref)
    return draft.add(claim, "logic", of=refs)


def by_premise(draft: Draft, claim: Term) -> Ref | None:
    P, Q = claim.args
    forward = _nested(draft, [P], Q)
    if forward is None:
        return None
    if claim.head == "implies":
        return draft.add(claim, "implies", steps=forward)
    back = _nested(draft, [Q], P)
    return None if back is None else draft.add(claim, "implies", steps=forward, back=back)


def _nested(draft: Draft, extra: list[Term], goal: Term) -> list[Any] | None:
    # "There is x with P" is used as P for the letter x itself; the kernel checks that it is new.
    extra = [p.args[-1] if p.head == "exists" else p for p in extra]
    inner = draft.inner(extra)
    detach(inner)
    missing = obligations(inner, [*extra, goal])
    if missing:
        return None
    use_stationarity(inner, goal)
    use_linear_implications(inner)
    use_full_ranks(inner)
    use_vanishing_norms(inner)
    if establish_opened(inner, goal) is None:
        if not any(t.head == "forall" for t in (p for e in extra for p in subterms(e))):
            return None
        use_general_facts(inner, goal)
        if establish(inner, goal) is None:
            return None
    return inner.steps


def in_general(draft: Draft, claim: Term) -> Ref | None:
    general = _nested(draft, [], claim.args[-1])
    return None if general is None else draft.add(claim, "forall", steps=general)


def by_contradiction(draft: Draft, claim: Term) -> Ref | None:
    """a != b, since a = b would give 1 = 0."""
    steps = _nested(draft, [equation(*claim.args)], ABSURD) if claim.args[0].sort == "matrix" else None
    if steps is None:
        return None
    ref = draft.add(make("implies", (equation(*claim.args), ABSURD)), "implies", steps=steps)
    return draft.add(claim, "logic", of=[ref])
