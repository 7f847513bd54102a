"""The project's own catalogue: what a handbook says is proved, what it does not say is refuted.

A true claim is proved and its certificate passes the standalone checker; a false one is refuted or
rejected with a counterexample that NumPy confirms.  A claim marked ``# undecided:`` must at least never
be decided wrongly; one marked ``# wrong:`` is a known bug.  A mark that no longer applies is a failure.

LEMMATA_CATALOGUE_SECONDS (5) bounds each claim, six times as long when it stays undecided: what is
decidable does not depend on the machine.  LEMMATA_CATALOGUE (a word) selects files by name.
"""

from __future__ import annotations

import json
import os
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from catalogue_models import Undefined, check, evaluator
from claim_files import Entry, catalogue

from lemmata.kernel.__main__ import replay
from lemmata.kernel.judgement import Statement
from lemmata.prove.answer import Answer, decide, inline
from lemmata.prove.standard import as_read, standard
from lemmata.terms.claims import Claims, read_claims

SECONDS = float(os.environ.get("LEMMATA_CATALOGUE_SECONDS", "5"))
ENTRIES = [e for e in catalogue() if os.environ.get("LEMMATA_CATALOGUE", "") in f"{e.truth}/{e.topic}"]
WRONG = {"true": ("refuted", "rejected"), "false": ("proved",)}
RIGHT = {"true": ("proved",), "false": ("refuted", "rejected")}


def _decide(claims: Claims, seconds: float) -> tuple[Statement, Answer]:
    (shown,) = claims.shows
    functions, props = inline(claims.definitions, [*claims.given, shown.prop])
    statement = Statement((*functions, *props[:-1]), props[-1])
    return statement, decide(statement, claim=shown.text, seconds=seconds)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.name)
def test_verdict(entry: Entry, record_property: Any) -> None:
    claims = read_claims(entry.text)
    try:
        # What stays undecided need not take its full time here: the run is long enough.
        statement, found = _decide(claims, min(1.5, SECONDS) if entry.undecided else SECONDS)
        if found.verdict == "unknown" and not entry.undecided:
            statement, found = _decide(claims, 6 * SECONDS)
    except Exception:  # a traceback counts as a wrong verdict
        if not entry.wrong:
            raise
        pytest.xfail(entry.wrong)
    right = found.verdict in RIGHT[entry.truth]
    wrong = found.verdict in WRONG[entry.truth]
    word = "decided" if right else "wrong" if wrong else "undecided"
    record_property("catalogue", [f"{entry.truth}/{entry.topic}", word])
    if entry.wrong:
        assert wrong, f"the engine no longer decides this claim wrongly: remove its mark\n{entry.text}"
        pytest.xfail(entry.wrong)
    assert not wrong, f"a {entry.truth} claim is {found.verdict}: {found.why}\n{entry.text}"
    if entry.undecided:
        assert not right, f"the engine decides this claim now: remove its mark\n{entry.text}"
        return
    assert right, f"neither proved nor refuted: {found.why}\n{entry.text}"
    if entry.truth == "true":
        assert found.evidence["word"] == "proved"
        _recheck(entry.title, statement, found)
    else:
        assert found.counterexample is not None, "a refutation shows where the claim fails"
        _confirm(claims, found.counterexample)


def _recheck(label: str, statement: Statement, found: Answer) -> None:
    """The certificate, as JSON text, by the checker that ``lemmata recheck`` uses."""
    assert found.outcome is not None and found.outcome.proof is not None
    entry = {"label": label, **standard(as_read(statement)).to_json(), "proof": found.outcome.proof}
    (row,) = replay(json.loads(json.dumps({"theorems": [entry]})))
    assert row["verdict"] == "checked", row["why"]


def _confirm(claims: Claims, values: dict[str, list[list[str]]]) -> None:
    """The counterexample again, in floating point, where it consists of rational matrices only.

    Values of functions are given at one time only, so claims about functions are left to the engine.
    """
    names = {s.name for s in claims.scope.symbols.values()}
    if (
        claims.definitions
        or any(s.value[4] for s in claims.scope.symbols.values())
        or not names <= set(values)
    ):
        return
    try:
        data = {n: np.array([[float(Fraction(x)) for x in row] for row in values[n]]) for n in values}
    except ValueError:  # surds, decimals, complex numbers
        return
    e = evaluator(claims, data)
    with np.errstate(all="ignore"):
        _violates(e, claims, values)


def _violates(e: Any, claims: Claims, values: object) -> None:
    try:
        assert all(e.truth(g) for g in claims.given), f"the counterexample violates a hypothesis: {values}"
    except Undefined:
        return
    try:
        assert not e.truth(claims.shows[0].prop), f"the claim holds at its counterexample: {values}"
    except Undefined:
        return


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.name)
def test_truth_by_instances(entry: Entry) -> None:
    """Without the engine: a true claim holds on random instances, a false one fails on one of them."""
    with np.errstate(all="ignore"):
        held = check(read_claims(entry.text), entry.model, seed=7, count=12 if entry.truth == "true" else 400)
    assert held is not None, "no instance satisfies the hypotheses: add a model line"
    assert held is (entry.truth == "true"), f"this claim is not {entry.truth}\n{entry.text}"


def test_titles_are_distinct() -> None:
    names = [e.name for e in catalogue()]
    assert len(names) == len(set(names)), sorted({n for n in names if names.count(n) > 1})
