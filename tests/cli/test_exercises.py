"""``lemmata sheet`` and ``lemmata grade``: a sheet is reproducible, marks follow, bad input is named."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

Run = Callable[..., Any]

EXERCISES = """\
from lemmata.grade.draw import Draw
from lemmata.grade.exercise import Part, SolutionStep, Variant, exercise
from lemmata.kernel.term import number
from lemmata.terms.forms import equation


@exercise("double", title="Twice")
def double(draw: Draw) -> Variant:
    a = draw.integer(2, 9)
    return Variant(
        task=f"Let $a = {a}$.",
        parts=(Part("a", "Compute $2a$.", "number", number(2 * a)),),
        solution=(SolutionStep(f"$2a = {2 * a}$.", equation(number(2) * number(a), number(2 * a))),),
    )
"""


@pytest.fixture
def exercises(course: Path) -> Path:
    """The small course with one exercise."""
    (course / "exercises").mkdir()
    (course / "exercises" / "doubling.py").write_text(EXERCISES)
    return course


def solution(run: Run, course: Path, student: str) -> str:
    """The number that a student's sheet of solutions gives."""
    assert run("sheet", "--for", student, "--solutions", cwd=course).code == 0
    text = (course / "output" / "sheets" / f"sheet-{student}-solutions.md").read_text()
    return text.rpartition("**(a)** $")[2].partition("$")[0]


def test_sheets_are_written_and_reproducible(run: Run, exercises: Path) -> None:
    done = run("sheet", "double", "--variants", "2", "--for", "ada", "--solutions", cwd=exercises)
    names = [
        "sheet-1",
        "sheet-1-solutions",
        "sheet-2",
        "sheet-2-solutions",
        "sheet-ada",
        "sheet-ada-solutions",
    ]
    assert (done.code, done.out.splitlines()) == (0, [f"output/sheets/{name}.md" for name in names])
    first = {name: (exercises / "output" / "sheets" / f"{name}.md").read_text() for name in names}
    assert "Twice" in first["sheet-1"] and "Solution" not in first["sheet-1"]
    again = run("sheet", "--variants", "2", "--for", "ada", "--solutions", "--json", cwd=exercises)
    assert [Path(file).stem for file in again.json["files"]] == names
    assert first == {name: (exercises / "output" / "sheets" / f"{name}.md").read_text() for name in names}


def test_a_wrong_solution_is_no_sheet(run: Run, exercises: Path) -> None:
    file = exercises / "exercises" / "doubling.py"
    file.write_text(EXERCISES.replace("number(2 * a))),)", "number(3 * a))),)"))
    done = run("sheet", cwd=exercises)
    assert (done.code, done.out) == (1, "")
    assert "exercise 'double'" in done.err and "the claim is false" in done.err
    assert not (exercises / "output").exists()


def test_marks_follow_the_answers(run: Run, exercises: Path) -> None:
    right = solution(run, exercises, "ada")
    (exercises / "answers.csv").write_text(
        f"student,exercise,part,answer\nada,double,a,{right}\nbob,double,a,-1\n"
    )
    done = run("grade", "answers.csv", cwd=exercises)
    assert done.code == 0, done.err
    assert done.out.splitlines()[:2] == ["ada  1 of 1", "bob  0 of 1"]
    assert (exercises / "output" / "grades" / "grades.csv").read_text().splitlines()[1] == "ada,1,1,0"
    report = run("grade", "answers.csv", "--json", "--format", "json", "--jobs", "1", cwd=exercises).json
    assert {entry["student"]: entry["total"] for entry in report["students"]} == {"ada": "1", "bob": "0"}
    assert [Path(file).name for file in report["files"]] == ["grades.json"]


def test_what_is_no_answer_is_named(run: Run, exercises: Path) -> None:
    (exercises / "answers.csv").write_text("student,exercise,part,answer\nada,double,a,1\nada,triple,a,1\n")
    done = run("grade", "answers.csv", cwd=exercises)
    assert done.code == 3
    assert "there is no exercise 'triple'" in done.err
    assert run("grade", "answers.csv", "--strict", cwd=exercises).code == 1


def test_exports_for_other_systems(run: Run, exercises: Path) -> None:
    done = run("sheet", "--variants", "3", "--format", "moodle,qti", cwd=exercises)
    assert (done.code, done.out.splitlines()) == (0, ["output/sheets/moodle.xml", "output/sheets/qti.zip"])
    quiz = ElementTree.parse(exercises / "output" / "sheets" / "moodle.xml").getroot()
    assert [question.get("type") for question in quiz] == ["category", "numerical", "numerical", "numerical"]
    with zipfile.ZipFile(exercises / "output" / "sheets" / "qti.zip") as package:
        names = package.namelist()
        assert names[0] == "imsmanifest.xml" and sum(name.startswith("items/") for name in names) == 3
    first = (exercises / "output" / "sheets" / "qti.zip").read_bytes()
    assert run("sheet", "--variants", "3", "--format", "md,qti", cwd=exercises).code == 0
    assert (exercises / "output" / "sheets" / "qti.zip").read_bytes() == first


def test_the_policy_of_the_course(run: Run, exercises: Path) -> None:
    right = solution(run, exercises, "ada")
    (exercises / "answers.csv").write_text(f"student,exercise,part,answer\nada,double,a,{right}.0\n")
    assert run("grade", "answers.csv", cwd=exercises).out.startswith("ada  1 of 1")
    with (exercises / "pyproject.toml").open("a") as stream:
        stream.write("\n[tool.lemmata.grading]\ndecimals = false\n")
    done = run("grade", "answers.csv", "--resume", cwd=exercises)
    assert done.out.startswith("ada  0 of 1") and "ada, double (a): 1, now 0" in done.err
    assert "1 answers, of which 1 were marked now" in done.err
    assert "of which 0 were marked now" in run("grade", "answers.csv", "--resume", cwd=exercises).err
    with (exercises / "pyproject.toml").open("a") as stream:
        stream.write("decimal = true\n")
    done = run("grade", "answers.csv", cwd=exercises)
    assert (done.code, done.out) == (2, "") and "did you mean 'decimals'?" in done.err


def test_no_scheduler_and_no_database(run: Run, exercises: Path) -> None:
    (exercises / "answers.csv").write_text("student,exercise,part,answer\nada,double,a,1\n")
    done = run("grade", "answers.csv", "--database", "nonsense", cwd=exercises)
    assert (done.code, done.out) == (2, "") and "no database URL" in done.err
    done = run("grade", "answers.csv", "--scheduler", "tcp://127.0.0.1:1", cwd=exercises)
    assert (
        done.code != 0 and done.out == "" and "Traceback" not in done.err and "internal error" not in done.err
    )


BAD = [
    (("sheet", "doubel"), "did you mean 'double'?"),
    (("sheet", "--variants", "0"), "--variants"),
    (("sheet", "--format", "pdf"), "'pdf' is not one of md, html, moodle, qti"),
    (("sheet", "--for", "ada", "--format", "qti"), "qti exports numbered variants"),
    (("grade",), "Missing argument"),
    (("grade", "nowhere"), "nowhere"),
    (("grade", "pyproject.toml"), "there is no answer"),
    (("grade", "theorems", "--format", "xls"), "'xls' is not one of csv, json, gradescope, html, pdf, latex"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD)
def test_bad_usage(run: Run, exercises: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run(*arguments, cwd=exercises)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_a_course_without_exercises(run: Run, course: Path) -> None:
    done = run("sheet", cwd=course)
    assert done.code == 2
    assert "this course has no exercises" in done.err
