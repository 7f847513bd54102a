"""Verifying one theorem of a course: prove it, try it on instances, and cross-examine it.

Cited theorems enter as statements that the kernel is told to assume for the moment; the certificates
name them, ``check`` composes the results along the graph of citations, and ``lemmata recheck`` replays
all certificates in order with nothing assumed.

A result is JSON: label, word, verdict, evidence, steps (what became of each line of the derivation),
certificate, why (what happens without each hypothesis), mutants, warnings, seconds.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from lemmata.course.script import Script
from lemmata.course.theorem import Theorem
from lemmata.kernel.check import Proved, check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term, make, subterms, to_json
from lemmata.prove.draft import Draft
from lemmata.prove.replay import Replayed, replay_script
from lemmata.prove.scalars import said
from lemmata.prove.search import obligations, prove
from lemmata.refute.counterexample import refute
from lemmata.refute.models import lint
from lemmata.refute.mutants import mutants
from lemmata.refute.sample import sample
from lemmata.refute.verdict import Counterexample
from lemmata.terms.forms import is_

__all__ = ["conclusion_labels", "verify"]

WORDS = {"exact": "exact", "balls": "enclosed", "floats": "sampled"}
STEP_SECONDS = 10.0
REFUTE_SECONDS = 1.0


def conclusion_labels(theorem: Theorem) -> tuple[str, ...]:
    """The labels of the conclusions in certificates: "label", or "label#1", "label#2", ..."""
    if len(theorem.shows) == 1:
        return (theorem.label,)
    return tuple(f"{theorem.label}#{i}" for i in range(1, len(theorem.shows) + 1))


def verify(
    theorem: Theorem, script: Script | None, statements: Mapping[str, Theorem], *, seed: int, instances: int
) -> dict[str, Any]:
    """Everything that is to be known about one theorem; see the module's docstring."""
    start = time.monotonic()
    lemmas, conclusions = _assumed(statements)
    certificate, steps, rests, uses, tried = _prove(theorem, script, lemmas, conclusions)
    proved = len(certificate) == len(theorem.shows)
    evidence, found = _sample(theorem, seed, instances)
    result: dict[str, Any] = {
        "label": theorem.label, "steps": steps, "certificate": certificate, "uses": uses,
        "warnings": _vacuous(theorem, seed), "why": [] if proved else tried,
    }  # fmt: skip
    if proved and found is not None:
        word, verdict = "refuted", "failed"
        result["counterexample"] = found
        result["why"] = [
            "a proof was accepted of a statement that an instance violates: one of the two has a bug"
        ]
    elif proved:
        word, verdict = "proved", "proved"
        result["hypotheses"] = _without_each(theorem, seed)
        result["mutants"] = _mutants(theorem, seed)
    else:
        smallest = _smallest(theorem, seed) or found
        word, verdict = "open", "unknown"
        if smallest is not None:
            word, verdict = "refuted", "rejected" if smallest["kind"] == "rejected" else "refuted"
            result["counterexample"] = smallest
    evidence.update(word=word, seed=seed, **rests)
    result.update(word=word, verdict=verdict, evidence=evidence, seconds=round(time.monotonic() - start, 3))
    return result


def _assumed(statements: Mapping[str, Theorem]) -> tuple[dict[str, Proved], dict[str, tuple[str, ...]]]:
    """The cited theorems as lemmas, taken on trust here and composed by the caller."""
    lemmas: dict[str, Proved] = {}
    conclusions = {}
    for label, theorem in statements.items():
        conclusions[label] = conclusion_labels(theorem)
        for name, statement in zip(conclusions[label], theorem.statements(), strict=True):
            lemmas[name] = _trusted(name, statement)
    return lemmas, conclusions


def _trusted(name: str, statement: Statement) -> Proved:
    inverses = {
        t.args[0] for p in (*statement.given, statement.show) for t in subterms(p) if t.head == "inverse"
    }
    claims = [*(is_("invertible", A) for A in inverses if A.head != "number"), statement.show]
    steps = [{"claim": to_json(c), "rule": "cite", "name": f"theorem {name} of this course"} for c in claims]
    return check(name, statement, {"steps": steps}, {})


def _prove(
    theorem: Theorem,
    script: Script | None,
    lemmas: Mapping[str, Proved],
    conclusions: Mapping[str, tuple[str, ...]],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, list[str]], list[str], list[str]]:
    """Certificates of the conclusions, what became of each step, cites and oracles, labels used, what was tried."""
    certificates: list[dict[str, Any]] = []
    report: list[dict[str, Any]] = []
    cites: set[str] = set()
    oracles: set[Statement] = set()
    uses: set[str] = set()
    tried: list[str] = []
    draft = Draft(theorem.hypotheses, lemmas, time.monotonic() + STEP_SECONDS)
    if script is not None:
        obligations(draft, [*theorem.hypotheses, *theorem.shows])
        names = {name: i for i, (name, _) in enumerate(theorem.given)}
        report = _step_report(script, replay_script(draft, script.steps, names, conclusions, STEP_SECONDS))
    for name, statement in zip(conclusion_labels(theorem), theorem.statements(), strict=True):
        proof: Any = {"steps": draft.steps}
        checked = None
        if script is not None and all(r["established"] for r in report):
            try:
                checked = check(name, statement, proof, lemmas)
            except Refused as refused:
                tried.append(f"the kernel refused the derivation: {refused}")
        elif script is None:
            outcome = prove(statement, lemmas, seconds=STEP_SECONDS, label=name)
            checked, proof = outcome.theorem, outcome.proof
            tried += outcome.tried
        if checked is not None:
            certificates.append({"label": name, **statement.to_json(), "proof": proof})
            cites |= set(checked.cites)
            oracles |= set(checked.oracles)
            uses |= {lemma.split("#")[0] for lemma in checked.lemmas}
    tried += [f"step {r['index'] + 1} is not established: {r['why']}" for r in report if not r["established"]]
    facts = sorted(json.dumps(fact.to_json()) for fact in oracles)
    rests = {"cites": sorted(cites), "oracles": sorted(map(said, oracles)), "facts": facts}
    return certificates, report, rests, sorted(uses), list(dict.fromkeys(tried))


def _step_report(script: Script, replayed: list[Replayed]) -> list[dict[str, Any]]:
    return [
        {
            "index": r.index, "kind": script.steps[r.index].kind, "reason": script.steps[r.index].reason,
            "claim": _claim(script.steps[r.index].claim), "established": r.established, "rule": r.rule,
            "by_named_facts": r.by_named_facts, "why": r.why, "line": script.steps[r.index].line,
            "seconds": round(r.seconds, 3),
        }
        for r in replayed
    ]  # fmt: skip


def _claim(claim: Term | None) -> Any:
    return None if claim is None else to_json(claim)


def _smallest(theorem: Theorem, seed: int) -> dict[str, Any] | None:
    """The smallest counterexample to the first conclusion that has one."""
    for show in theorem.shows:
        found = refute(Statement(theorem.hypotheses, show), seconds=5.0, seed=seed)
        if found is not None:
            return _written(found)
    return None


def _written(found: Counterexample) -> dict[str, Any]:
    return {"values": dict(found.values), "reason": found.reason, "kind": found.kind}


def _sample(theorem: Theorem, seed: int, instances: int) -> tuple[dict[str, Any], Any]:
    """Instances shared between the conclusions; the counterexample of the first that fails."""
    total: dict[str, Any] = {"instances": 0, "by_system": {}, "degenerate": 0, "worst_residual": None}
    for statement in theorem.statements():
        # A flow costs milliseconds an instance, all else far less.
        taken = sample(statement, count=-(-instances // len(theorem.shows)), seed=seed, seconds=60.0)
        total["instances"] += taken.instances
        total["degenerate"] += taken.degenerate
        for system, count in taken.by_system.items():
            word = WORDS[system]
            total["by_system"][word] = total["by_system"].get(word, 0) + count
        if taken.worst_residual is not None:
            total["worst_residual"] = max(total["worst_residual"] or 0.0, taken.worst_residual)
        if taken.counterexample is not None:
            return total, _written(taken.counterexample)
    return total, None


def _whole(theorem: Theorem) -> Term:
    return theorem.shows[0] if len(theorem.shows) == 1 else make("and", tuple(theorem.shows))


def _vacuous(theorem: Theorem, seed: int) -> list[str]:
    if not theorem.given:
        return []
    found = lint(theorem.hypotheses, seed=seed, show=_whole(theorem))
    return [f"vacuous: {'; '.join(found.reasons)}"] if found.warning else []


def _without_each(theorem: Theorem, seed: int) -> list[dict[str, Any]]:
    """For each hypothesis: needed (with a counterexample), superfluous (provable without), undecided."""
    rows = []
    for i, (name, _) in enumerate(theorem.given):
        rest = theorem.hypotheses[:i] + theorem.hypotheses[i + 1 :]
        row: dict[str, Any] = {"name": name, "status": "undecided", "counterexample": None}
        provable = 0
        for show in theorem.shows:
            weakened = Statement(rest, show)
            found = refute(weakened, seconds=REFUTE_SECONDS, seed=seed)
            if found is not None:
                row.update(status="needed", counterexample=_written(found))
                break
            provable += prove(weakened, seconds=REFUTE_SECONDS).theorem is not None
        if provable == len(theorem.shows):
            row["status"] = "superfluous"
        rows.append(row)
    return rows


def _mutants(theorem: Theorem, seed: int) -> dict[str, Any]:
    """Changed conclusions: refuted, provably equivalent, or a gap that is reported."""
    counts: dict[str, Any] = {"refuted": 0, "equivalent": 0, "gaps": []}
    for show in theorem.shows:
        for mutant in mutants(show):
            changed = Statement(theorem.hypotheses, mutant.prop)
            if refute(changed, seconds=REFUTE_SECONDS, seed=seed) is not None:
                counts["refuted"] += 1
            elif prove(changed, seconds=REFUTE_SECONDS).theorem is not None:
                counts["equivalent"] += 1
            else:
                counts["gaps"].append({"change": mutant.description, "claim": to_json(mutant.prop)})
    return counts
