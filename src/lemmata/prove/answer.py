"""Deciding a claim: proved, refuted, rejected or unknown, with the evidence for it.

One door for ``lemmata ask``, the claims ledgers, grading and review: search a proof, and where none
is found look for a counterexample.  Every claim is tried on instances too; a proof and an instance
that disagree raise ``Contradiction``, because one of the two has a bug.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import lemmata.prove.strategies  # noqa: F401 - else the first claim would wait for the code of all searches
from lemmata.kernel.check import Proved
from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import Term, number, substitute, subterms, symbol, symbols_of
from lemmata.prove.explain import explain
from lemmata.prove.scalars import said
from lemmata.prove.search import Outcome, prove
from lemmata.prove.standard import as_read, standard
from lemmata.refute.climb import climb
from lemmata.refute.counterexample import refute
from lemmata.refute.goals import conjuncts
from lemmata.refute.laws import by_laws
from lemmata.refute.models import Lint, lint
from lemmata.refute.rates import by_rate, solved
from lemmata.refute.sample import Evidence, sample
from lemmata.refute.tight import of_real_data, tightened
from lemmata.refute.verdict import Counterexample
from lemmata.terms.blocks import parts_of, selected
from lemmata.terms.claims import Claims
from lemmata.terms.forms import at, equation
from lemmata.terms.show import show

__all__ = ["Answer", "Contradiction", "answer", "decide", "inline"]


MOST_SAMPLING = 3.0
"""Seconds for which a proved claim is tried on instances, at most."""
MOST_CLIMBING = 0.5
"""Seconds for which an inequality between norms is tried uphill, where all else has found nothing."""


WATCHING = 20
"""Instances of a proved claim, at most: the proof stands without them, they watch over the checker."""


QUICK_PROOF, QUICK_REFUTATION = 0.06, 0.12
"""Seconds for a first proof and for a first counterexample: most claims need no more."""


QUICK_RATES = 0.3
"""Seconds for which a flow is tried by its rate, before it is solved at many instances."""


LEAST_FOR_RATES = 1.0
"""Seconds for which a flow is tried by its rate, even where the time is used up."""


class Contradiction(RuntimeError):
    """A proof was accepted for a statement that an exact instance violates."""


def _with_start(definition: Term) -> list[Term]:
    """x_k = f(k, x_0) as x_k = f(k, c) and x_0 = c: a definition must not refer to what it defines."""
    function, body = definition.args
    start = at(function, number(0))
    if function.head != "symbol" or start not in subterms(body):
        return [definition]
    c = symbol(f"{function.name}_0", *function.shape, function.value[3])
    return [equation(function, substitute(body, {start: c})), equation(start, c)]


@dataclass(frozen=True)
class Answer:
    """The verdict on one claim."""

    claim: str
    verdict: str  # proved | refuted | rejected | unknown
    evidence: dict[str, Any]
    counterexample: dict[str, Any] | None
    why: str
    seconds: float
    outcome: Outcome | None = field(default=None, repr=False, compare=False)

    def to_json(self) -> dict[str, Any]:
        """The object of ``ask --json``; ``proof`` holds the lines of a proof where there is one."""
        keys = ("claim", "verdict", "evidence", "counterexample", "why", "seconds")
        found = {k: getattr(self, k) for k in keys}
        if self.outcome is not None and self.outcome.theorem is not None:
            found["proof"] = explain(self.outcome.theorem.statement, self.outcome.proof)
        return found


def inline(definitions: Sequence[Term], props: Sequence[Term]) -> tuple[list[Term], list[Term]]:
    """Write out the definitions of constants; those of functions stay, as equations.

    A constant that abbreviates an expression in a running variable (u = e^{-tA} v) is then a
    function like the expression that it stands for.
    """
    functions: list[Term] = []
    mapping: dict[Term, Term] = {}
    for definition in definitions:
        left, right = definition.args
        right = substitute(right, mapping)
        if left.head == "symbol" and (not left.value[4] or _is_parameter(left.value[4], right)):
            mapping[left] = right
        else:
            functions += _with_start(
                substitute(definition, {k: v for k, v in mapping.items() if k is not left})
            )
    # Of w(w(2)) the inner value comes first: subterms are listed before what they are in.
    for value in dict.fromkeys(
        v for p in props for v in subterms(p) if v.head == "at" and v.args[0] in mapping
    ):
        f, point = value.args[0], substitute(value.args[1], mapping)
        parameter = {s: point for s in symbols_of(mapping[f]) if s.name == f.value[4]}
        mapping[value] = substitute(mapping[f], parameter)
    return functions, [substitute(p, mapping) for p in props]


def _is_parameter(name: str, body: Term) -> bool:
    """Whether the body calls it positive: w(lambda) then abbreviates an expression, and is no flow."""
    return any(s.name == name and s.value[3] in ("positive", "nonnegative") for s in symbols_of(body))


def decide(
    statement: Statement, *, claim: str = "", lemmas: Mapping[str, Proved] | None = None,
    seconds: float = 5.0, instances: int = 200, seed: int = 1,
) -> Answer:  # fmt: skip
    """Prove, refute or reject one statement within about ``seconds`` of wall-clock time."""
    start = time.monotonic()
    statement = as_read(statement)
    # What is easy to prove or to refute is so at once; the rest of the time goes to what is not.
    outcome = prove(standard(statement), lemmas, seconds=min(QUICK_PROOF, 0.1 * seconds))
    found = None
    if outcome.theorem is None:
        found = refute(solved(statement), seconds=min(QUICK_REFUTATION, 0.1 * seconds), seed=seed)
    if outcome.theorem is None and found is None:
        outcome = prove(standard(statement), lemmas, seconds=0.5 * seconds)
    if outcome.theorem is not None:
        left = max(MOST_SAMPLING / 3, seconds - (time.monotonic() - start))
        return _proved(statement, claim, outcome, instances, seed, start, min(MOST_SAMPLING, left))
    if found is None:
        found, taken = _searched(statement, start + seconds, instances, seed)
    if found is None:
        why = "; ".join(outcome.tried) or "no strategy applies"
        return Answer(
            claim, "unknown", _sampled(taken), None, f"tried {why}", time.monotonic() - start, outcome
        )
    verdict = "rejected" if found.kind == "rejected" else "refuted"
    evidence = {"word": "refuted", "instances": 1, "oracles": [], "cites": [], "seed": seed}
    return Answer(
        claim, verdict, evidence, _values(found, statement), found.reason, time.monotonic() - start, outcome
    )


def _searched(
    statement: Statement, deadline: float, instances: int, seed: int
) -> tuple[Counterexample | None, Evidence]:
    """A counterexample: small ones in order, by the rate of a flow, with equations for the inequalities
    that say how a function goes on, among the instances, and at last uphill from instance to instance.
    """

    def left(least: float) -> float:
        return max(least, deadline - time.monotonic())

    narrowed = [*tightened(statement), *map(of_real_data, by_laws(statement))]
    found = by_rate(statement, QUICK_RATES, seed)
    found = found or refute(solved(statement), seconds=left(0.2) / (2 if narrowed else 1), seed=seed)
    found = found or by_rate(statement, left(LEAST_FOR_RATES), seed)
    for i, stronger in enumerate(narrowed if found is None else ()):
        share = left(LEAST_FOR_RATES) / (len(narrowed) - i)
        found = refute(solved(stronger), seconds=max(0.6 * LEAST_FOR_RATES, share), seed=seed)
        if found is not None and found.kind != "rejected":
            found = replace(found, reason="; ".join([*_narrowed(statement, stronger), found.reason]))
            break
        found = None
    if found is not None:
        return found, Evidence("refuted", 1, {}, 0, None, seed, found, ())
    taken = sample(statement, count=instances, seed=seed, seconds=left(0.3))
    return taken.counterexample or climb(statement, MOST_CLIMBING, seed), taken


def _narrowed(statement: Statement, stronger: Statement) -> list[str]:
    """The equations that say how the functions of a counterexample go on."""
    return [show(p) for p in stronger.given if p.head == "eq" and p not in conjuncts(statement.given)]


def _values(found: Counterexample, statement: Statement) -> dict[str, Any]:
    """The data, and the sizes that cannot be read off: the m and n of M : R^{(m+n) x p}."""
    letters = {s for p in (*statement.given, statement.show) for s in symbols_of(p) if selected(s) is None}
    sizes = {d for s in letters for d in s.shape}
    hidden = {p for d in sizes for p in parts_of(d)} - sizes
    return {**found.values, **{d: [[str(size)]] for d, size in found.dims.items() if d in hidden}}


def _proved(
    statement: Statement,
    claim: str,
    outcome: Outcome,
    instances: int,
    seed: int,
    start: float,
    seconds: float,
) -> Answer:
    taken = sample(statement, count=min(instances, WATCHING), seed=seed, seconds=seconds)
    if taken.counterexample is not None:
        raise Contradiction(f"a proof was accepted of a statement that an instance violates: {claim}")
    warnings = _warnings(lint(statement.given, seed=seed, show=statement.show)) if statement.given else []
    cites = list(outcome.theorem.cites) if outcome.theorem else []
    oracles = [said(fact) for fact in outcome.theorem.oracles] if outcome.theorem else []
    evidence = {**_sampled(taken), "word": "proved", "oracles": oracles, "cites": cites, "warnings": warnings}
    why = "; ".join(["the kernel accepted a certificate", *warnings])
    return Answer(claim, "proved", evidence, None, why, time.monotonic() - start, outcome)


def _warnings(found: Lint) -> list[str]:
    return [f"vacuous: {'; '.join(found.reasons)}"] if found.warning else []


def _sampled(taken: Evidence) -> dict[str, Any]:
    evidence = {
        "word": taken.word,
        "instances": taken.instances,
        "oracles": [],
        "cites": [],
        "seed": taken.seed,
    }
    if taken.worst_residual is not None:
        evidence["worst_residual"] = taken.worst_residual
    return evidence


def answer(claims: Claims, seconds: float = 5.0, *, seed: int = 1) -> list[dict[str, Any]]:
    """The verdict on each claim of a claim text, under the same hypotheses, as ``ask --json`` has them.

    Claims do not use each other.  ``seconds`` bounds each claim.
    """
    answers = []
    for shown in claims.shows:
        functions, props = inline(claims.definitions, [*claims.given, shown.prop])
        statement = Statement((*functions, *props[:-1]), props[-1])
        try:
            answers.append(decide(statement, claim=shown.text, seconds=seconds, seed=seed).to_json())
        except Contradiction as error:
            answers.append(_contradicted(shown.text, str(error), seed))
    return answers


def _contradicted(claim: str, why: str, seed: int) -> dict[str, Any]:
    """A mistake of ours, told as such: neither the proof nor the instance is believed."""
    evidence = {"word": "open", "instances": 0, "oracles": [], "cites": [], "seed": seed}
    return {
        "claim": claim, "verdict": "unknown", "evidence": evidence, "counterexample": None, "why": why,
        "seconds": 0.0, "contradiction": True,
    }  # fmt: skip
