"""The search for a proof: what must be shown, in what order, within what time.

``establish`` adds steps to a draft until the claim is a known fact, or gives up; which strategies it tries
is the table of lemmata.prove.strategies.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lemmata.kernel.check import Proved, check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused, expand
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, make, mul, number, subterms, symbols_of
from lemmata.prove.draft import Draft, OutOfTime, Ref
from lemmata.prove.nonvanishing import use_conjugates
from lemmata.prove.pruning import prune
from lemmata.prove.scalars import by_oracle, is_scalar
from lemmata.terms.forms import is_, relation

__all__ = ["Outcome", "detach", "establish", "establish_opened", "obligations", "prove"]


@dataclass(frozen=True)
class Outcome:
    """What a search found: a checked theorem with its proof, or what was tried."""

    theorem: Proved | None
    proof: dict[str, Any] | None
    tried: tuple[str, ...] = ()
    missing: tuple[Term, ...] = field(default=())
    """Matrices whose inverse is used but not established."""
    seconds: float = 0.0


def prove(
    statement: Statement,
    lemmas: Mapping[str, Proved] | None = None,
    *,
    seconds: float = 5.0,
    label: str = "claim",
) -> Outcome:
    """Search a proof and let the kernel check it.  Never raises on a well-formed statement."""
    from lemmata.prove.norms.vanishingnorms import use_vanishing_norms
    from lemmata.prove.rank.full import use_full_ranks

    start = time.monotonic()
    draft = Draft(statement.given, lemmas or {}, start + seconds)
    missing: list[Term] = []
    theorem = None
    try:
        detach(draft)
        use_full_ranks(draft)
        use_vanishing_norms(draft)
        missing = obligations(draft, (*statement.given, statement.show))
        if missing and is_scalar(statement.show) and by_oracle(draft, statement.show) is not None:
            missing = []  # that what it says is defined, the oracle has seen; the kernel asks for no more
        if not missing and _establish_goal(draft, statement.show):
            draft.steps = _shortest(draft, label, statement)
            theorem = draft.finish(label, statement)
    except OutOfTime:
        draft.tried.append(f"out of time after {seconds:g} s")
    except Refused as refused:
        draft.tried.append(f"the kernel refused: {refused}")
    proof = {"steps": draft.steps} if theorem else None
    tried = tuple(dict.fromkeys(draft.tried))
    return Outcome(theorem, proof, tried, tuple(missing), time.monotonic() - start)


def _shortest(draft: Draft, label: str, statement: Statement) -> list[dict[str, Any]]:
    """The steps without those that the goal does not use, if the kernel agrees."""
    goals = [statement.show, *(statement.show.args if statement.show.head == "and" else ())]
    fewer = prune(draft.steps, len(statement.given), goals)
    if len(fewer) == len(draft.steps) and fewer == draft.steps:
        return draft.steps
    try:
        check(label, statement, {"steps": fewer}, draft.lemmas)
    except Refused:
        return draft.steps
    return fewer


def _establish_goal(draft: Draft, goal: Term) -> bool:
    """The goal as it stands, and with what general facts, flows and recursions say in closed form."""
    from lemmata.prove.determinants import use_determinants
    from lemmata.prove.implications import use_linear_implications
    from lemmata.prove.minima.minimisers import use_general_facts
    from lemmata.prove.minima.quadratics import use_stationarity
    from lemmata.prove.motion.closedforms import by_closed_form
    from lemmata.prove.motion.conserved import use_balances
    from lemmata.prove.motion.flows import solve_flows
    from lemmata.prove.motion.namedlimits import use_named_limits
    from lemmata.prove.motion.places import use_places
    from lemmata.prove.motion.properties import use_properties
    from lemmata.prove.motion.recursions import solve_recursions
    from lemmata.prove.motion.settling import by_settling
    from lemmata.prove.norms.norms import by_root
    from lemmata.prove.norms.squareroots import squares_of_roots
    from lemmata.prove.onematrix import by_singular_values
    from lemmata.prove.order.growingdeterminants import use_growing_determinants

    draft.letters = tuple(symbols_of(goal))
    squares_of_roots(draft, goal)
    use_properties(draft)
    use_places(draft, goal)
    # A limit of something that is given by its rate or its recursion needs the closed form at once.
    early = any(t.head == "limit" for t in subterms(goal))
    if early:
        if by_settling(draft, goal) is not None:
            return True
        solve_flows(draft, draft.letters)
        solve_recursions(draft, draft.letters)
        use_named_limits(draft, goal)
    elif by_closed_form(draft, goal) is not None:
        return True
    use_stationarity(draft, goal)
    use_linear_implications(draft)
    use_determinants(draft, goal)
    use_growing_determinants(draft, goal)
    if establish_opened(draft, goal) is not None:
        return True
    use_general_facts(draft, goal)
    if draft.find(goal) is not None:
        return True
    general = any(f.head == "forall" for f, _ in draft.facts)
    new = [general] if early else [general, solve_flows(draft), solve_recursions(draft), use_balances(draft)]
    # What is known in closed form the singular values tell at once, and searches among words seldom.
    if not any(new):
        return False
    found = by_singular_values(draft, goal) or by_root(draft, goal, 0.5)
    return (found or establish(draft, goal)) is not None


def obligations(draft: Draft, props: Sequence[Term]) -> list[Term]:
    """Establish that every inverse in the propositions exists; returns those that were not."""
    missing = []
    use_conjugates(draft)
    for prop in props:
        _note_witnesses(draft, prop)
    for prop in props:
        bound = {b for t in subterms(prop) if t.head in ("forall", "exists") for b in t.args[:-1]}
        for term in subterms(prop):
            if term.head != "inverse" or term.args[0].head == "number" or bound & set(symbols_of(term)):
                continue
            A = term.args[0]
            if A.shape == SCALAR:
                if not all(sign_of(a) or establish(draft, relation("ne", a, number(0))) for a in _factors(A)):
                    missing.append(A)
            elif establish(draft, is_("invertible", A)) is None and A not in missing:
                missing.append(A)
    return missing


def _factors(a: Term) -> list[Term]:
    """What must not vanish for 1/a: the factors of a monomial, as the normal form 1/(2 i) = 1/2 1/i has them."""
    terms = expand(a).terms
    if len(terms) != 1:
        return [a]
    (((loops, _), coefficient),) = terms.items()
    return [mul(*loop) for loop in loops] + ([] if loops and coefficient == 1 else [a])


def _note_witnesses(draft: Draft, prop: Term) -> None:
    """T^{-1} = Y, to be shown, names the likely inverse of T."""
    for equality in subterms(prop):
        if equality.head == "eq" and equality.args[0].sort == "matrix":
            for left, right in (equality.args, equality.args[::-1]):
                if left.head == "inverse" and left not in subterms(right):
                    draft.witnesses.setdefault(left.args[0], []).append(right)


def establish_opened(draft: Draft, goal: Term) -> Ref | None:
    """The goal, with the letters of what is known to exist."""
    for fact, ref in draft.facts:
        if fact.head == "exists" and draft.find(fact.args[-1]) is None:
            arrow = establish(draft, make("implies", (fact, goal)))
            if arrow is not None:
                return draft.add(goal, "logic", of=[arrow, ref])
    return establish(draft, goal)


def establish(draft: Draft, claim: Term) -> Ref | None:
    """Make the claim a fact of the draft by the first strategy that works; None if none does."""
    known = draft.find(claim)
    if known is not None:
        return known
    draft.clock()
    from lemmata.prove.strategies import strategies_for

    for strategy in strategies_for(claim):
        with draft.attempt() as keep:
            try:
                ref = strategy(draft, claim)
            except Refused as refused:
                # One search that goes astray does not end the others.
                draft.tried.append(f"the kernel refused: {refused}")
                continue
            if ref is not None:
                keep()
                return ref
    return None


def detach(draft: Draft) -> None:
    """Forward chaining: every known implication whose premise is known gives its conclusion."""
    progress = True
    while progress:
        progress = False
        known = dict(draft.facts)
        for fact, ref in draft.facts:
            # Equations alone are left together: the searches read them out of the conjunction.
            if fact.head == "and" and any(part.head != "eq" for part in fact.args):
                for part in (part for part in fact.args if part not in known):
                    draft.add(part, "logic", of=[ref])
                    known, progress = dict(draft.facts), True
            pairs = (
                [fact.args]
                if fact.head == "implies"
                else [fact.args, fact.args[::-1]]
                if fact.head == "iff"
                else []
            )
            for premise, conclusion in pairs:
                if premise in known and conclusion not in known:
                    draft.add(conclusion, "logic", of=[ref, known[premise]])
                    known = dict(draft.facts)
                    progress = True
