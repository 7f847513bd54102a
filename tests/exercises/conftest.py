"""The exercises of the course, by label, and a hundred variants of each, drawn once."""

from __future__ import annotations

import runpy
from functools import lru_cache
from pathlib import Path

import pytest

from lemmata.grade.exercise import Exercise, Variant

FOLDER = Path(__file__).resolve().parents[2] / "exercises"
VARIANTS = 100
SEED = 20240517


@lru_cache(maxsize=1)
def course_exercises() -> dict[str, Exercise]:
    found: dict[str, Exercise] = {}
    for path in sorted(FOLDER.glob("*.py")):
        for value in runpy.run_path(str(path), run_name=f"course_{path.stem}").values():
            if isinstance(value, Exercise):
                assert value.label not in found, value.label
                found[value.label] = value
    return found


@lru_cache(maxsize=4)
def drawn(label: str) -> tuple[Variant, ...]:
    """Variants 0 to 99; each has passed the check of its solution, or WrongSolution is raised."""
    return tuple(course_exercises()[label].variant(SEED, n) for n in range(VARIANTS))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "label" in metafunc.fixturenames:
        metafunc.parametrize("label", sorted(course_exercises()))


@pytest.fixture
def variants(label: str) -> tuple[Variant, ...]:
    return drawn(label)


@pytest.fixture(scope="session")
def exercises() -> dict[str, Exercise]:
    return course_exercises()
