"""One executor, whatever stands behind it: the same marks with one process, with two, and with a Dask cluster."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lemmata.course.beside import call_beside
from lemmata.course.errors import CourseError
from lemmata.course.load import load_course
from lemmata.grade.classroom import marking
from lemmata.grade.classroom.marker import Desk, draw_block, mark_block
from lemmata.grade.classroom.report import Report, grade
from lemmata.grade.classroom.tables import grades_csv
from lemmata.grade.exercise import WrongSolution
from lemmata.grade.policy import course_exercises

COURSE = """\
[tool.lemmata]
title = "Doubling"
seed = 3
[tool.lemmata.grading.exercises.double]
tolerance = 0.01
"""
EXERCISES = """\
from fractions import Fraction
from lemmata.grade.draw import Draw
from lemmata.grade.exercise import Part, SolutionStep, Variant, exercise
from lemmata.kernel.term import mul, number
from lemmata.terms.forms import equation

print("a course file may print")


@exercise("double", title="Twice")
def double(draw: Draw) -> Variant:
    a = draw.integer(2, 9)
    parts = (
        Part("a", "Compute $2a$.", "number", number(2 * a), Fraction(2)),
        Part("b", "And half of it.", "number", number(a), uses=("a",), carried=lambda e: e["a"] / number(2)),
    )
    return Variant(f"Let $a = {a}$.", parts, (SolutionStep("Yes.", equation(number(2) * number(a), number(2 * a))),))


@exercise("bad", title="Wrong for some")
def bad(draw: Draw) -> Variant:
    a = draw.integer(2, 9)
    step = SolutionStep("No.", equation(number(a), number(2 if a < 6 else a)))
    return Variant("", (Part("a", "$a$", "number", number(a)),), (step,))
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "pyproject.toml").write_text(COURSE)
    (tmp_path / "exercises" / "doubling.py").write_text(EXERCISES)
    answers = ("6", "7", "8.004", "(", "3", "", "2 \\cdot 4", "10", "x", "9**9**9**9")
    rows = [
        {"student": f"s{n:03}", "exercise": "double", "part": part, "answer": answers[(n * 7 + k) % 10]}
        for n in range(120) for k, part in enumerate("ab")
    ]  # fmt: skip
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return tmp_path


def graded(root: Path, name: str, jobs: int = 1, scheduler: str = "", **options: Any) -> Report:
    course = load_course(root)
    return grade([root / "in.jsonl"], course_exercises(course), root / name, ["json"], 3, jobs,
                 scheduler=scheduler, course=root, **options)  # fmt: skip


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    distributed = pytest.importorskip("dask.distributed", reason="Dask is not installed")
    with pytest.MonkeyPatch.context() as patch:
        path = [str(Path(marking.__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
        patch.setenv("PYTHONPATH", os.pathsep.join(path))
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", host="127.0.0.1"
        ) as local:
            yield local.scheduler_address


@pytest.mark.slow
@pytest.mark.parametrize("variant", [None, 1])
def test_the_same_marks_everywhere(root: Path, cluster: str, variant: int | None) -> None:
    one = graded(root, "one", 1, variant=variant)
    two = graded(root, "two", 2, variant=variant)
    far = graded(root, "far", scheduler=cluster, variant=variant)
    tables = [grades_csv(report) for report in (one, two, far)]
    assert tables[0] == tables[1] == tables[2] and len(tables[0].splitlines()) == 121
    documents = [(root / name / "grades.json").read_bytes() for name in ("one", "two", "far")]
    assert documents[0] == documents[1] == documents[2], "feedback and evidence too"
    assert one.fresh == two.fresh == far.fresh < 240, "equal answers are marked once, wherever"
    again = graded(root, "one", scheduler=cluster, variant=variant, resume=True)
    assert again.fresh == 0, "and what was marked here is known there"


@pytest.mark.slow
def test_what_goes_wrong_on_a_cluster_is_told(root: Path, cluster: str) -> None:
    (root / "in.jsonl").write_text(
        "\n".join(
            json.dumps({"student": f"s{n}", "exercise": "bad", "part": "a", "answer": "1"}) for n in range(20)
        )
    )
    with pytest.raises(WrongSolution, match="the claim is false"):
        graded(root, "here", 2)
    with pytest.raises(CourseError, match="the claim is false"):
        graded(root, "there", scheduler=cluster)


def test_a_cluster_that_is_not_there(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "dask.distributed", None)
    with pytest.raises(CourseError, match="Dask is not installed"):
        graded(root, "out", scheduler="tcp://127.0.0.1:1")


def test_work_is_handed_out_in_blocks_and_few_at_a_time(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: dict[str, list[int]] = {"draw": [], "mark": [], "prove": []}
    most = []
    submit = marking._Run._submit

    def counted(run: Any, kind: str, items: list[Any]) -> None:
        submit(run, kind, items)
        sizes[kind].append(len(items))
        most.append(len(run.under_way))

    monkeypatch.setattr(marking._Run, "_submit", counted)
    graded(root, "out", 2)
    assert sum(sizes["draw"]) == 120 and len(sizes["draw"]) <= 4 and max(most) <= 4
    assert len(sizes["mark"]) <= 3, "answers that take a millisecond are not sent one by one"


def test_a_process_beside_a_thread(root: Path) -> None:
    desk = [str(root), 3, None, False, 2.0, 300]
    papers = [["ada", "double"], ["bob", "double"]]
    found = call_beside("lemmata.grade.classroom.marker", "draw_beside", [desk, papers])
    here = draw_block(Desk(str(root), 3), [("ada", "double"), ("bob", "double")])
    assert found["results"] == json.loads(json.dumps(here["results"]))
    questions = [("ada", "double", "a", "(", ()), ("bob", "double", "b", "1", (("a", "2"),))]
    there = call_beside("lemmata.grade.classroom.marker", "mark_beside", [desk, questions])
    assert there["results"] == mark_block(Desk(str(root), 3), questions)["results"]
    with pytest.raises(CourseError, match="nobody"):
        call_beside("lemmata.grade.classroom.marker", "draw_beside", [desk, [["ada", "nobody"]]])
    with pytest.raises(CourseError, match="ended"):
        call_beside("os", "_exit", [3])
    assert call_beside("math", "gcd", [4, 6]) == 2, "another one is started"
