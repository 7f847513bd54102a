"""Replaying a derivation: each step of the blackboard becomes steps of a certificate.

A step is proved from the hypotheses, the steps before it and the theorems that it names.  The facts
that its author names are tried first, alone; if they do not suffice, everything known is tried, and
the step is marked so, because a reader who follows the reason given would be stuck there.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import SCALAR, Term, identity, number, substitute, to_json
from lemmata.prove.algebra import by_ideal, combine_all
from lemmata.prove.draft import Draft, OutOfTime, Ref, write_combinations
from lemmata.prove.search import establish, obligations

__all__ = ["Replayed", "ScriptStep", "replay_script"]


class ScriptStep(Protocol):
    """What is read of a recorded step; see lemmata.course.script.ProofStep."""

    @property
    def kind(self) -> str: ...
    @property
    def claim(self) -> Term | None: ...
    @property
    def reason(self) -> str: ...
    @property
    def uses(self) -> tuple[tuple[str, str | int], ...]: ...
    @property
    def terms(self) -> tuple[tuple[Term, Term], ...]: ...
    @property
    def dims(self) -> tuple[tuple[str, Any], ...]: ...


@dataclass(frozen=True)
class Replayed:
    """What became of one step: ``established`` by ``rule``, or not and why."""

    index: int
    established: bool
    rule: str
    why: str
    seconds: float
    by_named_facts: bool


def replay_script(
    draft: Draft,
    steps: Sequence[ScriptStep],
    names: Mapping[str, int],
    conclusions: Mapping[str, tuple[str, ...]],
    seconds: float,
) -> list[Replayed]:
    """Establish the steps in order; goes on after a step that fails, without it.

    ``names`` maps the names of hypotheses to their places; ``conclusions`` maps the label of a theorem
    to the labels of its conclusions among the draft's lemmas.
    """
    refs: dict[int, Ref] = {}
    report = []
    for index, step in enumerate(steps):
        if step.claim is None:
            continue
        start = time.monotonic()
        draft.deadline = start + seconds
        mark, tried = len(draft.steps), len(draft.tried)
        named = True
        try:
            ref, named = _step(draft, step, refs, names, conclusions)
            why = "; ".join(dict.fromkeys(draft.tried[tried:]))
        except OutOfTime:
            ref, why = None, f"out of time after {seconds:g} s"
        except Refused as refused:
            ref, why = None, str(refused)
        if ref is None:
            del draft.steps[mark:], draft.claims[mark:]
        else:
            refs[index] = ref
            why = ""
        rule = _rule(draft, ref)
        report.append(Replayed(index, ref is not None, rule, why, time.monotonic() - start, named))
    return report


def _rule(draft: Draft, ref: Ref | None) -> str:
    if ref is None:
        return ""
    return "hypothesis" if ref[0] == "given" else str(draft.steps[ref[1]]["rule"])


def _step(
    draft: Draft, step: ScriptStep, refs: Mapping[int, Ref], names: Mapping[str, int],
    conclusions: Mapping[str, tuple[str, ...]],
) -> tuple[Ref | None, bool]:  # fmt: skip
    claim = step.claim
    if claim is None:
        return None, True
    if step.kind == "cite":
        return draft.add(claim, "cite", name=step.reason), True
    if step.kind == "apply":
        label = next(str(name) for kind, name in step.uses if kind == "theorem")
        return _apply(draft, claim, conclusions[label], dict(step.terms), dict(step.dims)), True
    uses = _used(draft, step, refs, names, conclusions)
    if step.kind == "chain":
        return _chain(draft, claim, uses), True
    if uses:
        with draft.only(uses), draft.attempt() as keep:
            if not obligations(draft, [claim]):
                ref = establish(draft, claim)
                if ref is not None:
                    keep()
                    return ref, True
    obligations(draft, [claim])
    return establish(draft, claim), not uses


def _used(
    draft: Draft, step: ScriptStep, refs: Mapping[int, Ref], names: Mapping[str, int],
    conclusions: Mapping[str, tuple[str, ...]],
) -> list[Ref]:  # fmt: skip
    """References to the facts that a step names; a theorem without free choices is applied as it is."""
    found: list[Ref] = []
    for kind, name in step.uses:
        if kind == "given":
            found.append(["given", names[str(name)]])
        elif kind == "step" and name in refs:
            found.append(refs[int(name)])
        elif kind == "theorem":
            for label in conclusions[str(name)]:
                show = draft.lemmas[label].statement.show
                ref = _apply(draft, show, (label,), {}, {})
                if ref is not None:
                    found.append(ref)
    return found


def _apply(
    draft: Draft, claim: Term, labels: tuple[str, ...], terms: Mapping[Term, Term], dims: Mapping[str, Any]
) -> Ref | None:
    """Instantiate a theorem of the course: its hypotheses are established first."""
    refs = []
    for label in labels:
        statement = draft.lemmas[label].statement
        show = substitute(statement.show, terms, dims)
        if show is not claim and not (claim.head == "and" and show in claim.args):
            continue
        given = []
        for prop in statement.given:
            wanted = substitute(prop, terms, dims)
            ref = establish(draft, wanted)
            if ref is None:
                draft.tried.append(f"a hypothesis of {label} is not established")
                return None
            given.append(ref)
        mapping = [[to_json(a), to_json(b)] for a, b in terms.items()]
        refs.append(
            draft.add(
                show, "apply", lemma=label, terms=mapping, dims=[list(d) for d in dims.items()], given=given
            )
        )
    if len(refs) == 1 and draft.fact(refs[0]) is claim:
        return refs[0]
    return draft.add(claim, "logic", of=refs) if refs else None


def _chain(draft: Draft, claim: Term, links: list[Ref]) -> Ref | None:
    """First against last term of a chain of equations and inequalities."""
    if claim.head == "eq":
        with draft.only(links):
            return by_ideal(draft, claim, 1.0)
    goal = difference(claim)
    one = number(1) if goal.shape == SCALAR else identity(goal.shape[0])
    rows, rest, equations = [], goal, []
    for ref in links:
        fact = draft.fact(ref)
        if fact.head == "eq":
            equations.append(ref)
        else:
            rows.append(["1", [], to_json(one), [ref]])
            rest = rest - difference(fact)
    with draft.only(equations):
        result = combine_all(draft, [rest, goal.adjoint() - goal], 1.0)
    if result is None:
        return None
    letters, combinations = write_combinations(result[1])
    return draft.add(
        claim, "positive", uses=result[0], letters=letters, squares=rows,
        combination=combinations[0], symmetry=combinations[1],
    )  # fmt: skip
