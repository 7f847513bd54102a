"""In from course systems, out to them: LaTeX, notebooks, Gradescope folders; results.json, Moodle, class report."""

from __future__ import annotations

import csv
import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from lemmata.grade.classroom.feedback import feedback_typst
from lemmata.grade.classroom.follow import mark_following
from lemmata.grade.classroom.formats import FORMATS
from lemmata.grade.classroom.report import grade
from lemmata.grade.classroom.submissions import read_submissions
from lemmata.grade.draw import Draw
from lemmata.grade.exercise import Exercise, Part, SolutionStep, Variant
from lemmata.kernel.term import mul, number, symbol
from lemmata.terms.forms import equation

LATEX = r"""\documentclass{article}\author{ada}
\begin{document}
\section{double}
\subsection{a} % my answer
$\frac{12}{2}$
\subsection*{b}
It is $5$, I think.
\end{document}"""
NOTEBOOK = {"nbformat": 4, "metadata": {"student": "ada"}, "cells": [
    {"cell_type": "markdown", "metadata": {}, "source": ["Some text"]},
    {"cell_type": "markdown", "metadata": {"nbgrader": {"grade_id": "double_a", "solution": True}},
     "source": ["$\\frac{12}{2}$"]},
    {"cell_type": "code", "metadata": {"tags": ["double/b"]}, "source": "It is $5$, I think.", "outputs": []},
]}  # fmt: skip
HEADED = {"nbformat": 4, "metadata": {}, "cells": [
    {"cell_type": "markdown", "metadata": {}, "source": "# double\n## a\n"},
    {"cell_type": "markdown", "metadata": {}, "source": "$\\frac{12}{2}$"},
    {"cell_type": "markdown", "metadata": {}, "source": "## b\nIt is $5$, I think."},
]}  # fmt: skip
EXPECTED = {("double", "a"): r"\frac{12}{2}", ("double", "b"): "It is $5$, I think."}


@pytest.mark.parametrize(("name", "text"), [
    ("hw.tex", LATEX),
    ("hw.ipynb", json.dumps(NOTEBOOK)),
    ("ada.ipynb", json.dumps(HEADED)),
    ("submitted/ada/ps1/ps1.ipynb", json.dumps(HEADED)),
])  # fmt: skip
def test_latex_and_notebooks(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)
    found, problems = read_submissions([tmp_path])
    assert problems == [] and {s.student for s in found} == {"ada"}
    assert {(s.exercise, s.part): s.answer for s in found} == EXPECTED


def test_a_gradescope_export_names_its_students(tmp_path: Path) -> None:
    for n in (1, 2):
        folder = tmp_path / f"submission_{n}"
        folder.mkdir()
        (folder / "hw.md").write_text(f"# double\n## a\n{n}\n")
    (tmp_path / "submission_metadata.yml").write_text(
        "submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: 's17'\n"
    )
    found, problems = read_submissions([tmp_path])
    assert {s.student: s.answer for s in found} == {"s17": "1", "submission_2": "2"}
    assert [p.message for p in problems] == ["no submitters of submission_2: the folder is the student"]


# As in the export of a real course: times, statuses, a history, a group, a name that looks like markup.
EXPORT = """\
---
submission_11:
  :submitters:
  - :name: Pair One
    :sid: '200'
    :email: one@x.org
  - :name: "<b>Two</b>"
    :sid:
    :email: two@x.org
  :created_at: 2026-10-01 17:03:11.905373000 Z
  :score: 4.0
  :status: processed
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    tests: []
  :history: []
submission_12:
  :submitters:
  - :name: Solo
    :sid: '0123'
"""


def test_whoever_handed_in_as_a_group_has_the_same_answers(tmp_path: Path) -> None:
    for n in (11, 12):
        folder = tmp_path / f"submission_{n}" / "deep"
        folder.mkdir(parents=True)
        (folder / "hw.md").write_text(f"# double\n## a\n{n}\n")
    (tmp_path / "submission_metadata.yml").write_text(EXPORT)
    found, problems = read_submissions([tmp_path])
    assert problems == []
    assert sorted((s.student, s.answer) for s in found) == [
        ("0123", "12"),
        ("200", "11"),
        ("two@x.org", "11"),
    ]


METADATA = ["{", "- 1", "submission_11: 3", "a: &a [*a]", "? [1]\n: !!python/object:os.system {}"]


@pytest.mark.parametrize("text", METADATA)
def test_metadata_that_is_none_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "submission_11").mkdir()
    (tmp_path / "submission_11" / "hw.md").write_text("# double\n## a\n6\n")
    (tmp_path / "submission_metadata.yml").write_text(text)
    found, problems = read_submissions([tmp_path])
    assert [s.student for s in found] == ["submission_11"] and "no submitters" in problems[0].message


CELL = {"grade": True, "locked": False, "points": 2, "schema_version": 3, "solution": True, "task": False}
STUBS = ["YOUR ANSWER HERE", "# YOUR CODE HERE\nraise NotImplementedError()"]


def test_cells_of_nbgrader(tmp_path: Path) -> None:
    """Answers, what was left as it was, and cells that are no answers: tests, tasks, read-only text."""
    cells = [
        ("markdown", {**CELL, "grade_id": "min-norm-line_a"}, "$(4,0)$"),
        ("code", {**CELL, "grade": False, "grade_id": "min-norm-line--b"}, "np.array([1, 2])"),
        ("markdown", {**CELL, "grade_id": "double_a"}, STUBS[0]),
        ("code", {**CELL, "grade_id": "double_b"}, STUBS[1]),
        ("code", {**CELL, "solution": False, "locked": True, "grade_id": "double_c"}, "assert x == 1"),
        ("markdown", {**CELL, "solution": False, "grade": False, "grade_id": "double_d"}, "Read this."),
    ]
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
        {"cell_type": kind, "metadata": {"nbgrader": own}, "source": source.splitlines(keepends=True), "outputs": []}
        for kind, own, source in cells
    ]}  # fmt: skip
    path = tmp_path / "submitted" / "ada" / "ps1" / "ps1.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook))
    found, problems = read_submissions([tmp_path])
    assert problems == [] and {s.student for s in found} == {"ada"}
    assert {(s.exercise, s.part): s.answer for s in found} == {
        ("min-norm-line", "a"): "(4,0)", ("min-norm-line", "b"): "np.array([1, 2])", ("double", "a"): "",
        ("double", "b"): "",
    }  # fmt: skip


def test_results_json_has_the_keys_of_the_documentation(tmp_path: Path) -> None:
    (tmp_path / "ada.json").write_text(json.dumps({"answers": {"double": {"a": "7", "b": "("}}}))
    report = grade([tmp_path], carried(), tmp_path / "out", ["gradescope", "csv"], 1)
    assert report.total("ada") == 0
    found = json.loads((tmp_path / "out" / "gradescope" / "ada" / "results.json").read_text())
    assert set(found) <= {
        "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format", "visibility",
        "stdout_visibility", "extra_data", "tests", "leaderboard",
    }  # fmt: skip
    for test in found["tests"]:
        assert set(test) <= {
            "score", "max_score", "status", "name", "name_format", "number", "output", "output_format", "tags",
            "visibility", "extra_data",
        }  # fmt: skip
        assert test["visibility"] in ("hidden", "after_due_date", "after_published", "visible")
        assert test["output_format"] in ("text", "html", "simple_format", "md", "ansi")
    assert [t.get("status") for t in found["tests"]] == ["failed", None], "what waits has no status"
    assert found["score"] == sum(t["score"] for t in found["tests"])


def test_an_autograder_folder_has_the_student_in_its_metadata(tmp_path: Path) -> None:
    (tmp_path / "submission_metadata.json").write_text(json.dumps({"users": [{"email": "ada@x.org"}]}))
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission" / "hw.md").write_text("# double\n## a\n6\n")
    found, problems = read_submissions([tmp_path])
    assert problems == [] and [s.student for s in found] == ["ada@x.org"]


@pytest.mark.parametrize(("name", "text", "message"), [
    ("a.tex", "nothing", "no headings"), ("a.tex", r"\subsection{a} 1", "before its exercise"),
    ("a.tex", r"\section{e} lost", "before the heading"), ("a.ipynb", "[]", "not a notebook"),
    ("a.ipynb", '{"cells": [1]}', "not a notebook"),
])  # fmt: skip
def test_what_is_no_answer_is_a_problem(name: str, text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    found, problems = read_submissions([tmp_path])
    assert not found and message in problems[0].message


# --- out ----------------------------------------------------------------------------------------------


def carried() -> dict[str, Exercise]:
    def write(draw: Draw) -> Variant:
        parts = (
            Part("a", "Twice 3.", "number", number(6), Fraction(2)),
            Part("b", "And 4 times that.", "number", number(24), Fraction(3), uses=("a",),
                 carried=lambda earlier: mul(number(4), earlier["a"])),
        )  # fmt: skip
        return Variant("Let $x = 3$.", parts, (SolutionStep("Yes.", equation(number(6), number(6))),))

    return {"double": Exercise("double", "Twice", write)}


ROWS = {
    "ada": {"a": "6", "b": "24"}, "bob": {"a": "7", "b": "28"}, "eve": {"a": "(6", "b": "24"},
    "joe": {"a": "7", "b": "29"}, "<b>&": {"a": "-6", "b": '#set page(fill: red) "\\'},
}  # fmt: skip


def test_a_later_part_that_is_right_for_a_wrong_answer_has_its_marks(tmp_path: Path) -> None:
    a, b = carried()["double"].variant(1, 0).parts
    for said_a, said_b, marks, diagnosis in (
        ("6", "24", 3, "correct"), ("7", "28", 3, "carried-forward"), ("7", "24", 3, "correct"),
        ("7", "29", 0, "different"), ("6", "28", 0, "different"), ("(", "28", 0, "different"),
    ):  # fmt: skip
        marked = mark_following(b, said_b, ((a, said_a),))
        assert (marked.marks, marked.diagnosis) == (marks, diagnosis), (said_a, said_b)


def test_every_format(tmp_path: Path) -> None:
    for student, answers in ROWS.items():
        name = "odd" if student.startswith("<") else student
        (tmp_path / f"{name}.json").write_text(
            json.dumps({"student": student, "answers": {"double": answers}})
        )
    out = tmp_path / "out"
    report = grade([tmp_path], carried(), out, FORMATS, 1)
    assert {s: report.total(s) for s in ("ada", "bob", "eve", "joe")} == {
        "ada": 5,
        "bob": 3,
        "eve": 3,
        "joe": 0,
    }
    scope = json.loads((out / "gradescope" / "eve" / "results.json").read_text())
    assert scope["score"] == 3 and scope["tests"][0]["extra_data"] == {"waits_for_a_person": True}
    moodle = list(csv.reader((out / "moodle.csv").open()))
    assert moodle[0] == ["ID number", "Email address", "double (Real)", "double (Feedback)"]
    by_student = {row[0] or row[1]: row[2] for row in moodle[1:]}
    assert by_student["ada"] == "5" and by_student["eve"] == "", "what waits for a person is not a zero"
    page = (out / "class.html").read_text()
    assert "Most frequent mistakes" in page and "<code>(6</code>" in page and "<b>&" not in page
    assert (out / "feedback" / "ada.pdf").read_bytes().startswith(b"%PDF")
    code = re.sub(
        r'"(?:\\.|[^"\\])*"', '""', feedback_typst("<b>&", report.of("<b>&"), report.out_of), flags=re.DOTALL
    )
    assert "fill" not in code, "what students write is in string literals only"


def test_an_equation_as_a_part() -> None:
    x = symbol("x")
    part = Part("a", "", "equation", equation(x, number(2)), symbols=(x,), context="x = 2")
    assert mark_following(part, "2x = 4").verdict == "correct"
    assert mark_following(part, "x = 3").verdict == "incorrect"
    chain = Part(
        "a", "", "derivation", equation(x + x, number(2) * x), context="let x : real", reference="2x"
    )
    for text, verdict in (("x + x = 2x", "correct"), ("2x = 2x", "incorrect"), ("2x = x + x = 2x", "partial"),
                          ("x + x = 3x = 2x", "incorrect")):  # fmt: skip
        assert mark_following(chain, text).verdict == verdict, text
