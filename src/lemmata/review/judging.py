r"""The verdict on one step: proved, refuted, rejected or unknown, and what it rests on.

A step is tried under the hypotheses of the document first and with the steps that are already established
only then; so a step that does not need them does not rest on them, and a counterexample violates the step
under the hypotheses alone.  A step without letters is evaluated exactly: that is its proof, and its evidence
says ``exact`` and not ``proved``, because no certificate was made.

>>> from lemmata.terms import read_claims
>>> claims = read_claims("show 2 + 3 = 5\nshow 2 + 3 = 5 * 4")
>>> [judge(Known(Scope()), (), s.prop, s.text, 1.0).verdict for s in claims.shows]
['proved', 'refuted']
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import Term, substitute, subterms, symbols_of
from lemmata.prove.answer import Contradiction, decide, inline
from lemmata.refute import verdict as exact
from lemmata.refute.counterexample import refute
from lemmata.refute.decide import Truth
from lemmata.refute.decide import decide as decide_at
from lemmata.refute.evaluate import is_complex
from lemmata.refute.instance import Instance
from lemmata.refute.system import NumberError
from lemmata.terms.forms import at
from lemmata.terms.scope import Scope

__all__ = ["Fact", "Judgement", "Known", "judge"]

MOST_FACTS = 12


@dataclass(frozen=True)
class Fact:
    """An established step: its proposition and the step that says it."""

    prop: Term
    step: str


@dataclass(frozen=True)
class Known:
    """What holds at a place of the document."""

    scope: Scope
    given: tuple[Term, ...] = ()
    definitions: tuple[Term, ...] = ()
    facts: tuple[Fact, ...] = ()

    def having(self, *given: Term) -> Known:
        return replace(self, given=(*self.given, *(g for g in given if g not in self.given)))

    def holds(self, prop: Term) -> bool:
        """Whether the proposition is a hypothesis or an established step, word for word."""
        return prop in self.given or any(fact.prop is prop for fact in self.facts)


@dataclass(frozen=True)
class Judgement:
    """A verdict with its evidence, as in a step of ``review --json``."""

    verdict: str
    evidence: dict[str, Any]
    counterexample: dict[str, Any] | None = None
    why: str = ""
    rests_on: tuple[str, ...] = field(default=())


def judge(known: Known, premises: Sequence[Term], show: Term, claim: str, seconds: float) -> Judgement:
    """Decide one proposition under the hypotheses and the premises, in about ``seconds``."""
    functions, props = _unfolded(known.definitions, [*known.given, *premises, show])
    given, goal = (*functions, *props[:-1]), props[-1]
    ground = _ground(goal)
    if ground is not None:
        return ground
    own = _within(given, goal)
    if len(own) < len(given):
        # A proof that needs no more is a proof; only a counterexample must satisfy all hypotheses.
        quick = _decided(Statement(own, goal), claim, seconds * 0.3)
        if quick.verdict == "proved":
            return quick
    facts = _relevant(known, given, goal)
    share = 0.6 if facts else 1.0
    found = _decided(Statement(given, goal), claim, seconds * share)
    if found.verdict != "unknown" or not facts:
        return found
    _, more = _unfolded(known.definitions, [fact.prop for fact in facts])
    again = _decided(Statement((*given, *more), goal), claim, seconds * (1 - share), len(given))
    if again.verdict != "proved":
        return found
    return replace(again, rests_on=tuple(dict.fromkeys(facts[int(i)].step for i in again.rests_on)))


def _unfolded(definitions: Sequence[Term], props: Sequence[Term]) -> tuple[list[Term], list[Term]]:
    """Definitions written out: of constants, and of functions that abbreviate others, as e = X w - y.

    e(s) is then X w(s) - y; functions with a formula of their own, as w = e^{-t A} w_0, stay equations.
    """
    functions, found = inline(definitions, props)
    kept: list[Term] = []
    for definition in functions:
        left, right = definition.args
        variable = left.value[4] if left.head == "symbol" else ""
        moving = [s for s in symbols_of(right) if s.value[4] == variable]
        if (
            not variable
            or not moving
            or any(t.head in ("diff", "limit", "at", "grad") for t in subterms(right))
        ):
            kept.append(definition)
            continue
        for n, prop in enumerate(found):
            places = {t for t in subterms(prop) if t.head == "at" and t.args[0] is left}
            mapping = {left: right}
            for place in places:
                there = {s: at(s, place.args[1]) for s in moving}
                there |= {s: place.args[1] for s in symbols_of(right) if s.name == variable}
                mapping[place] = substitute(right, there)
            found[n] = substitute(prop, mapping)
    return kept, found


def _within(given: Sequence[Term], goal: Term) -> tuple[Term, ...]:
    """The hypotheses that speak of no letter that the goal does not have."""
    letters = set(symbols_of(goal))
    letters |= {s for prop in given for s in symbols_of(prop) if s.name in {str(x.value[4]) for x in letters}}
    return tuple(prop for prop in given if letters.issuperset(symbols_of(prop)))


def _near(given: Sequence[Term], goal: Term) -> tuple[Term, ...]:
    """The hypotheses that speak of a letter of the goal, of a letter of such a hypothesis, and so on."""
    letters, found = set(symbols_of(goal)), [False] * len(given)
    growing = True
    while growing:
        growing = False
        for n, prop in enumerate(given):
            own = set(symbols_of(prop))
            if not found[n] and (own & letters or not own):
                found[n] = growing = True
                letters |= own
    return tuple(prop for n, prop in enumerate(given) if found[n])


def _relevant(known: Known, given: Sequence[Term], goal: Term) -> list[Fact]:
    """The latest facts that speak of a letter of the goal (or of a letter tied to one by a hypothesis)."""
    letters = set(symbols_of(goal)).union(*(symbols_of(prop) for prop in _near(given, goal)))
    near = [fact for fact in known.facts if letters & set(symbols_of(fact.prop)) and fact.prop not in given]
    return near[-MOST_FACTS:]


def _decided(statement: Statement, claim: str, seconds: float, first_fact: int | None = None) -> Judgement:
    try:
        answer = decide(statement, claim=claim, seconds=seconds)
    except Contradiction:
        raise
    except (ArithmeticError, LookupError, MemoryError, RecursionError, TypeError, ValueError) as error:
        # One step that the engine cannot digest must not take the verdicts of the others with it.
        evidence = {"word": "open", "instances": 0, "oracles": [], "cites": []}
        return Judgement(
            "unknown", evidence, None, f"the engine gave up: {type(error).__name__}: {error}"[:300]
        )
    evidence = dict(answer.evidence)
    if answer.verdict == "refuted":
        sides = refute(statement, seconds=seconds, seed=1)
        if sides is not None:
            evidence |= {"lhs": sides.lhs, "rhs": sides.rhs}
    rests: tuple[str, ...] = ()
    if first_fact is not None and answer.outcome is not None and answer.outcome.proof is not None:
        used = _used(answer.outcome.proof)
        rests = tuple(str(i - first_fact) for i in sorted(used) if first_fact <= i < len(statement.given))
    return Judgement(answer.verdict, evidence, _ordered(answer.counterexample, statement), answer.why, rests)


def _ordered(values: dict[str, Any] | None, statement: Statement) -> dict[str, Any] | None:
    """A counterexample with the letters of the claim first; the others only satisfy the hypotheses."""
    if values is None:
        return None
    own = {s.name for s in symbols_of(statement.show)}
    return dict(sorted(values.items(), key=lambda item: item[0].rstrip("'").partition("(")[0] not in own))


def _used(proof: Any) -> set[int]:
    """The hypotheses that a certificate refers to."""
    found: set[int] = set()
    stack = [proof]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            stack.extend(node.values())
        elif isinstance(node, list):
            if len(node) == 2 and node[0] == "given" and isinstance(node[1], int):
                found.add(node[1])
            stack.extend(part for part in node if isinstance(part, (list, dict)))
    return found


def _ground(goal: Term) -> Judgement | None:
    """The verdict on a proposition without letters by evaluating it; None for others."""
    if not all(_closed(term) for term in subterms(goal)):
        return None
    here = Instance({}, {}, unit=2 if is_complex([goal]) else 1)
    evidence: dict[str, Any] = {"word": "exact", "instances": 1, "oracles": [], "cites": []}
    try:
        found = exact.judge(goal, here)
        if found is not None:
            sides = {
                name: side for name, side in (("lhs", found.lhs), ("rhs", found.rhs)) if side is not None
            }
            evidence = {**evidence, "word": "refuted", **sides}
            return Judgement(found.kind, evidence, sides or None, found.reason)
        if decide_at(goal, here) is Truth.TRUE:
            why = "evaluated exactly, no variables"
            return Judgement("proved", {**evidence, "why": why}, None, why)
    except (NumberError, ArithmeticError, RecursionError, MemoryError):
        pass
    return None


def _closed(term: Term) -> bool:
    sizes = term.value if term.head == "zero" else (term.value,) if term.head == "identity" else ()
    return term.head not in ("symbol", "dim") and not any(isinstance(size, str) for size in sizes)
