"""The exercises of the course, by label."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from lemmata.grade.exercise import Exercise

FOLDER = Path(__file__).resolve().parents[2] / "exercises"


def course_exercises() -> dict[str, Exercise]:
    found: dict[str, Exercise] = {}
    for path in sorted(FOLDER.glob("*.py")):
        for value in runpy.run_path(str(path), run_name=f"course_{path.stem}").values():
            if isinstance(value, Exercise):
                found[value.label] = value
    return found


@pytest.fixture(scope="session")
def exercises() -> dict[str, Exercise]:
    return course_exercises()
