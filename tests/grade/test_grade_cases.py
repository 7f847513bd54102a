"""Answers as students write them, each with the verdict of a fair human marker: cases/*.jsonl, a case a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lemmata.grade.compare import compare_record

FOLDER = Path(__file__).parent / "cases"
ANSWERS = ("expected", "first_wrong_step", "note")


def cases() -> list[dict[str, object]]:
    return [
        json.loads(line)
        for path in sorted(FOLDER.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


@pytest.mark.parametrize("case", cases(), ids=lambda c: str(c["id"]))
def test_verdict(case: dict[str, object]) -> None:
    found = compare_record({key: value for key, value in case.items() if key not in ANSWERS})
    assert found["verdict"] == case["expected"], found.get("feedback")
    if case["kind"] == "derivation":
        assert found["first_wrong_step"] == case.get("first_wrong_step")
    assert found["verdict"] == "correct" or found["feedback"], "a mistake is named"


def test_there_are_enough_of_them() -> None:
    assert len(cases()) >= 300
