"""The course at the top of this repository: every theorem proved, and cross-examined."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lemmata.course.check import check_course
from lemmata.course.exercise_views import exercise_view
from lemmata.course.load import load_course
from lemmata.kernel.__main__ import replay

ROOT = Path(__file__).parents[2]
COURSE = load_course(ROOT)

# Changed conclusions that are true, but that the search does not prove.
TRUE_MUTANTS = 12


@cache
def results() -> dict[str, dict[str, Any]]:
    report = check_course(COURSE, jobs=2)
    return {result["label"]: result for result in report.results}


@pytest.mark.parametrize("label", COURSE.theorems)
def test_the_theorem_is_proved_and_tried_on_a_thousand_instances(label: str) -> None:
    result = results()[label]
    assert (result["word"], result["verdict"]) == ("proved", "proved"), result.get("why")
    assert result["evidence"]["instances"] >= 1000
    assert not result["warnings"]


@pytest.mark.parametrize("label", COURSE.theorems)
def test_each_hypothesis_is_needed(label: str) -> None:
    for row in results()[label].get("hypotheses", ()):
        assert row["status"] == "needed", row
        assert row["counterexample"]["values"]


@pytest.mark.parametrize("label", COURSE.theorems)
def test_changed_conclusions_are_refuted(label: str) -> None:
    found = results()[label]["mutants"]
    assert len(found["gaps"]) <= found["refuted"] + found["equivalent"]
    if not (found["refuted"] or found["equivalent"]):
        # spd(X X^T) has no change that keeps its shape: its hypothesis alone is tested.
        assert label == "gram-positive-definite"


def test_few_changed_conclusions_stay_undecided() -> None:
    assert sum(len(r["mutants"]["gaps"]) for r in results().values()) <= TRUE_MUTANTS


def test_every_certificate_replays() -> None:
    entries = [c for label in COURSE.graph.order() for c in results()[label]["certificate"]]
    rows = replay({"theorems": entries})
    assert {row["verdict"] for row in rows} == {"checked"}
    assert len(rows) >= 100


def test_no_step_holds_for_another_reason_than_it_gives() -> None:
    wrong = [
        (label, step["line"])
        for label, r in results().items()
        for step in r["steps"]
        if not step["by_named_facts"]
    ]
    assert not wrong


@pytest.mark.parametrize("label", sorted(COURSE.exercises))
def test_the_notes_show_answers_and_solutions_as_mathematics(label: str) -> None:
    view = exercise_view(COURSE, COURSE.exercises[label])
    answers = " ".join(part.answer for part in view.parts)
    assert not re.search(r"affine|interval", answers), answers
    checked = [
        step for step in COURSE.exercises[label].variant(COURSE.seed).solution if step.claim is not None
    ]
    assert view.solution.count("$$") == 2 * len(checked)
