"""From a folder of submissions to marks and pages; sheets; the same seed gives the same bytes."""

from __future__ import annotations

import csv
import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from lemmata.grade.classroom import marking as marking_module
from lemmata.grade.classroom.handed_in import Problem, Submission
from lemmata.grade.classroom.limits import Limits
from lemmata.grade.classroom.marking import mark_all
from lemmata.grade.classroom.report import Report, decimal, grade
from lemmata.grade.classroom.submissions import read_submissions
from lemmata.grade.classroom.tables import grades_csv
from lemmata.grade.exercise import Exercise
from lemmata.grade.sheet import answer_tex, sheet_markdown, write_sheets

LINE = {"a": "(4,0)+t(-2,1)", "b": "(4,0)", "c": "(0.8, 1.6)", "d": "0 < eta < 2/5"}
MARKDOWN = "# min-norm-line\n## a\n$(4,0)+t(-2,1)$\n## b\n(4,0)\n## c\n(0.8, 1.6)\n## d\n0 < eta < 2/5\n"


def _answers(found: list[Submission]) -> dict[tuple[str, str], str]:
    return {(s.exercise, s.part): s.answer.strip("$") for s in found}


@pytest.mark.parametrize(("name", "text"), [
    ("ada.json", json.dumps({"student": "ada", "answers": {"min-norm-line": LINE}})),
    ("ada.json", json.dumps({"answers": {"min-norm-line": LINE}})),
    ("x.json", json.dumps([{"student": "ada", "answers": {"min-norm-line": LINE}}])),
    ("x.jsonl", "\n".join(json.dumps({"student": "ada", "exercise": "min-norm-line", "part": p, "answer": a})
                          for p, a in LINE.items()) + "\n\n"),
    ("x.csv", "\ufeffstudent,exercise,part,answer\n"
              + "".join(f'ada,min-norm-line,{p},"{a}"\n' for p, a in LINE.items())),
    ("ada.md", MARKDOWN),
    ("x.md", "student: ada\n\n" + MARKDOWN),
])  # fmt: skip
def test_every_format_gives_the_same_answers(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found, problems = read_submissions([tmp_path])
    assert (problems, {s.student for s in found}) == ([], {"ada"})
    assert _answers(found) == {("min-norm-line", p): a for p, a in LINE.items()}


@pytest.mark.parametrize(("name", "content", "message"), [
    ("a.json", b"{", "not JSON"), ("a.json", b"[1]", "expected"),
    ("a.json", b'{"answers": {"e": 3}}', "not {part"),
    ("a.json", b'{"answers": {"e": {"a": null}}}', "no answer"), ("a.json", b"\xff\xfe\x00", "not UTF-8"),
    ("a.json", b'{"answers": {"e": {"a": {"b": 1}}}}', "texts"),
    ("a.json", b"[" * 100000, "nested too deeply"),
    ("a.jsonl", b"nonsense", "not JSON"), ("a.jsonl", b"[]", "expected"),
    ("a.csv", b"student,part\nada,b\n", "no exercise"),
    ("a.md", b"# e\nlost text\n", "before the heading"), ("a.md", b"## a\n1\n", "before its exercise"),
    ("a.md", b"# e\n## a\n\xe9", "not UTF-8"),
])  # fmt: skip
def test_what_is_no_answer_is_a_problem(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    found, problems = read_submissions([tmp_path / name])
    assert not found and message in problems[0].message


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert read_submissions([tmp_path / "none.json"]) == (
        [],
        [Problem(str(tmp_path / "none.json"), 0, "there is no such file or folder")],
    )


@pytest.fixture
def graded(tmp_path: Path, exercises: dict[str, Exercise]) -> Report:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.md").write_text(MARKDOWN)
    bob = {"student": "../=bob", "answers": {"min-norm-line": {**LINE, "a": "(4,0)+t("}, "none": {"a": "1"}}}
    (tmp_path / "in" / "bob.json").write_text(json.dumps(bob))
    rows = [
        {"student": "ada", "exercise": "min-norm-line", "part": p, "answer": "(4/5,8/5)"} for p in ("b", "z")
    ]
    (tmp_path / "in" / "z.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return grade([tmp_path / "in"], exercises, tmp_path / "out", seed=1, variant=0, jobs=2)


def test_marks_add_up_and_unreadable_answers_wait_for_a_person(graded: Report) -> None:
    assert graded.total("ada") == 7
    assert graded.total("../=bob") == 4  # 1 of 2 for a point that is not minimal, a not yet read
    assert [(g.submission.student, g.submission.part) for g in graded.flagged] == [("../=bob", "a")]
    messages = " ".join(p.message for p in graded.problems)
    assert all(part in messages for part in ("no exercise 'none'", "no part 'z'", "answered twice"))


def test_the_files(graded: Report, tmp_path: Path) -> None:
    rows = list(csv.reader((tmp_path / "out" / "grades.csv").open()))
    assert rows[0] == ["student", *(f"min-norm-line/{p} ({m})" for p, m in zip("abcd", "2212", strict=True)),
                       "total", "to be read by a person"]  # fmt: skip
    assert rows[1] == ["../=bob", "?", "1", "1", "2", "4", "1"]
    assert rows[2] == ["ada", "2", "2", "1", "2", "7", "0"]
    data = json.loads((tmp_path / "out" / "grades.json").read_text())
    assert [s["complete"] for s in data["students"]] == [False, True] and data["out_of"] == "7"
    pages = sorted(p.name for p in (tmp_path / "out" / "feedback").iterdir())
    assert pages[1] == "ada.html" and re.fullmatch(r"____bob-[0-9a-f]{8}\.html", pages[0])
    assert all(path.resolve().is_relative_to(tmp_path / "out") for path in graded.written)


def test_a_student_is_never_a_formula(exercises: dict[str, Exercise], tmp_path: Path) -> None:
    row = {"student": "=1+1", "exercise": "min-norm-line", "part": "b", "answer": "(0,0)"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    report = grade([tmp_path / "a.jsonl"], exercises, tmp_path / "out", formats=["csv"])
    assert "'=1+1" in grades_csv(report)
    assert [p.name for p in report.written] == ["grades.csv", "moodle.csv"]


def test_a_part_without_an_answer_says_so(exercises: dict[str, Exercise], tmp_path: Path) -> None:
    (tmp_path / "ada.json").write_text(json.dumps({"answers": {"min-norm-line": {"c": " "}}}))
    report = grade([tmp_path], exercises, tmp_path / "out")
    assert [g.marked.diagnosis for g in report.graded] == ["no-answer"] * 4 and not report.flagged
    assert "no answer" in (tmp_path / "out" / "feedback" / "ada.html").read_text()


def test_each_student_is_marked_by_their_own_variant(exercises: dict[str, Exercise], tmp_path: Path) -> None:
    """Every exercise of the course: all marks for one's own answers, and not for those of a neighbour."""
    assert len(exercises) >= 30
    whose = {"ada": "ada", "bob": "bob", "eve": "bob"}
    for student, source in whose.items():
        own = {
            label: {p.id: p.options[int(p.answer.value)] if p.kind == "choice" else answer_tex(p)
                    for p in e.variant(9, source).parts if p.kind != "derivation"}
            for label, e in exercises.items()
        }  # fmt: skip
        (tmp_path / f"{student}.json").write_text(json.dumps({"student": student, "answers": own}))
    report = grade([tmp_path], exercises, tmp_path / "out", ["csv"], 9, 2)
    assert {label for label, _, _ in report.columns} == set(exercises)
    marks: dict[tuple[str, str], Fraction] = {}
    for g in report.graded:
        s, right = g.submission, g.marked.verdict == "correct"
        if s.student != "eve":
            assert right or g.marked.diagnosis == "no-answer", (s, g.marked)
        marks[s.student, s.exercise] = marks.get((s.student, s.exercise), Fraction(0)) + (g.marked.marks or 0)
    assert all(marks["eve", label] < marks["bob", label] for label in exercises)


def test_a_proof_is_called_a_proof(exercises: dict[str, Exercise]) -> None:
    rows = [Submission("ada", "initialisation", "d", r"w_0 + X^\top (X X^\top)^{-1} (y - X w_0)")]
    for prove, evidence in ((True, "proved"), (False, "exact on 24 instances")):
        graded, _, _ = mark_all(rows, exercises, 1, prove=prove, limits=Limits(seconds=20))
        assert next(g.marked.evidence for g in graded if g.submission.part == "d") == evidence


def test_problems_without_end_are_counted(
    exercises: dict[str, Exercise], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking_module, "LISTED", 3)
    rows = [{"student": f"s{n}", "exercise": "none", "part": "a", "answer": "1"} for n in range(9)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    report = grade([tmp_path / "a.jsonl"], exercises, tmp_path / "out", ["csv"])
    assert [p.message for p in report.problems][2:] == [
        "s2: there is no exercise 'none'", "and 6 more that are not listed",
    ]  # fmt: skip


def test_unknown_format(exercises: dict[str, Exercise], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown format 'xml'"):
        grade([], exercises, tmp_path, formats=["xml"])


@pytest.mark.parametrize(("marks", "text"), [
    (Fraction(2), "2"), (Fraction(3, 2), "1.5"), (Fraction(1, 3), "1/3"), (Fraction(0), "0"), (None, "?"),
])  # fmt: skip
def test_marks_as_text(marks: Fraction | None, text: str) -> None:
    assert decimal(marks) == text


# --- sheets -----------------------------------------------------------------------------------------


def test_sheets_are_reproducible_and_keep_their_answers_to_themselves(
    exercises: dict[str, Exercise], tmp_path: Path
) -> None:
    paths = write_sheets(
        exercises, tmp_path / "a", variants=2, students=["ada", "../eve"], seed=3, solutions=True
    )
    again = write_sheets(
        exercises, tmp_path / "b", variants=2, students=["ada", "../eve"], seed=3, solutions=True
    )
    assert [p.read_bytes() for p in paths] == [p.read_bytes() for p in again]
    assert len(paths) == 8 and all(p.parent == tmp_path / "a" for p in paths)
    for path in paths:
        assert ("Solution" in path.read_text()) == path.stem.endswith("-solutions")
    assert sheet_markdown(exercises, 3, 1) != sheet_markdown(exercises, 4, 1)


def test_a_sheet_as_html(exercises: dict[str, Exercise], tmp_path: Path) -> None:
    (path,) = write_sheets(exercises, tmp_path, students=["<b>*x*"], seed=3, formats=["html"])
    text = path.read_text()
    assert "<math" in text and "<b>*x*" not in text and "&lt;b&gt;*x*" in text


@pytest.mark.parametrize(
    ("arguments", "message"), [({}, "no sheet"), ({"variants": 1, "formats": ["pdf"]}, "unknown format")]
)
def test_bad_sheets(
    exercises: dict[str, Exercise], tmp_path: Path, arguments: dict[str, int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        write_sheets(exercises, tmp_path / "x", **arguments)  # type: ignore[arg-type]
    assert not (tmp_path / "x").exists()
