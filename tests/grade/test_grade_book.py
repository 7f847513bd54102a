"""The gradebook: what is kept, what is done again, and that killing the process loses and doubles nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import tracemalloc
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from lemmata.course.errors import CourseError
from lemmata.grade.classroom import marking
from lemmata.grade.classroom.gradebook import Entry, Gradebook, checker_version, fingerprint
from lemmata.grade.classroom.handed_in import Submission
from lemmata.grade.classroom.report import Report, grade
from lemmata.grade.draw import Draw
from lemmata.grade.exercise import Exercise, Part, SolutionStep, Variant
from lemmata.grade.mark import mark
from lemmata.grade.policy import Policy
from lemmata.kernel.term import number
from lemmata.terms.forms import equation

TWICE = Part("a", "Twice 3.", "number", number(6), Fraction(2))


def twice(answer: int = 6) -> dict[str, Exercise]:
    def write(draw: Draw) -> Variant:
        step = SolutionStep("It is a number.", equation(number(answer), number(answer)))
        parts = (Part("a", "Twice 3.", "number", number(answer), Fraction(2)),)
        return Variant("Let $x = 3$.", parts, (step,))

    return {"double": Exercise("double", "Twice", write)}


def hand_in(folder: Path, answers: dict[str, str]) -> Path:
    path = folder / "answers.jsonl"
    rows = [{"student": s, "exercise": "double", "part": "a", "answer": a} for s, a in answers.items()]
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def rows(book: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(book) as connection:
        return connection.execute("select student, result from marks order by student, id").fetchall()


def graded(tmp_path: Path, answers: dict[str, str], right: int = 6, resume: bool = False) -> Report:
    return grade([hand_in(tmp_path, answers)], twice(right), tmp_path / "out", ["csv"], 1, resume=resume)


def test_every_mark_is_kept_once_and_can_be_explained_and_derived_again(tmp_path: Path) -> None:
    for _ in range(2):
        graded(tmp_path, {"ada": "6", "bob": "7"})
    assert [s for s, _ in rows(tmp_path / "out" / "grades.sqlite")] == ["ada", "bob"]
    with Gradebook(f"sqlite:///{tmp_path / 'out' / 'grades.sqlite'}") as book:
        (entry,) = book.explain("bob", "double", "a")
    assert (entry["answer"], entry["checker"], entry["seed"]) == ("7", checker_version(), "1")
    part = twice()["double"].variant(int(entry["seed"]), "bob").part("a")
    assert fingerprint(part) == entry["question"]
    assert mark(part, entry["answer"]).to_json() == entry["result"]


def test_resuming_marks_only_what_is_new(tmp_path: Path) -> None:
    three = {"ada": "6", "bob": "7", "eve": "8"}
    assert graded(tmp_path, {"ada": "6", "bob": "7"}).fresh == 2
    report = graded(tmp_path, three, resume=True)
    assert report.fresh == 1 and report.total("ada") == 2 and report.total("bob") == 0
    assert graded(tmp_path, three).fresh == 3, "without --resume everything is marked again"
    assert graded(tmp_path, {s: "6" for s in "abcdefgh"}).fresh == 1, "equal answers are marked once"
    assert graded(tmp_path, {s: "6" for s in "ijklmnop"}, resume=True).fresh == 0, "whoever gave them"


def test_a_mark_is_derived_again_when_what_decides_it_changes(tmp_path: Path) -> None:
    hand_in(tmp_path, {"ada": "6", "bob": "6.0"})

    def again(policy: Policy = Policy(), **options: bool) -> Report:  # noqa: B008
        exercises = {label: replace(e, policy=policy) for label, e in twice().items()}
        return grade(
            [tmp_path / "answers.jsonl"], exercises, tmp_path / "out", ["csv"], 1, resume=True, **options
        )

    assert [again().fresh, again().fresh] == [2, 0]
    assert [again(prove=True).fresh, again(prove=True).fresh] == [2, 0]
    report = again(Policy(decimals=False))
    assert report.fresh == 2 and [(c.student, c.before, c.after) for c in report.changes] == [
        ("bob", "2", "0")
    ]


def test_what_was_ended_for_its_time_is_tried_again(tmp_path: Path) -> None:
    entry = Entry(Submission("ada", "e", "a", "1"), "v", 1, "q", {"marks": None, "diagnosis": "time"}, "d1")
    done = replace(entry, digest="d2", result={"marks": "1", "diagnosis": "correct"})
    with Gradebook(f"sqlite:///{tmp_path / 'b.sqlite'}") as book:
        book.record([entry])
        book.record([done])
        assert list(book.known(["d1", "d2"])) == ["d2"]
        # The same answer, and now it came to an end: the mark is replaced, and the change is told.
        again = replace(entry, result={"marks": "1", "diagnosis": "correct"})
        assert [c.after for c in book.record([again])] == [], "1 before, 1 now"
        assert book.known(["d1"]) == {"d1": again.result}
    assert len(rows(tmp_path / "b.sqlite")) == 2


@pytest.mark.parametrize(("url", "message"), [
    ("nonsense", "this is no database URL"), ("mongodb://x", "this is no database URL"),
    ("sqlite:////nowhere/at/all.sqlite", "the database cannot be opened"),
])  # fmt: skip
def test_a_database_that_is_none(url: str, message: str) -> None:
    with pytest.raises(CourseError, match=message):
        Gradebook(url)


def test_postgresql(tmp_path: Path) -> None:
    pgserver = pytest.importorskip(
        "pgserver", reason="pgserver is not installed: there is no PostgreSQL to try"
    )
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    # A server that runs under another user must be able to reach its folder.
    folder = Path(tempfile.mkdtemp(prefix="lemmata-pg-"))
    folder.chmod(0o755)
    server = pgserver.get_server(folder / "pg", cleanup_mode="stop")
    try:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        paths, out = (
            [hand_in(tmp_path, {"ada": "6", "bob": "\0 \ud800", "eve": "x" * 5000})],
            tmp_path / "out",
        )
        first = grade(paths, twice(), out, ["csv"], 1, database=url)
        assert (first.fresh, grade(paths, twice(), out, ["csv"], 1, database=url, resume=True).fresh) == (
            3,
            0,
        )
        changed = grade(paths, twice(7), out, ["csv"], 1, database=url, resume=True).changes
        assert [(c.student, c.before, c.after) for c in changed] == [("ada", "2", "0")]
        assert not (out / "grades.sqlite").exists()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def test_regrading_after_a_correction_lists_whose_mark_changes(tmp_path: Path) -> None:
    first = graded(tmp_path, {"ada": "6", "bob": "7", "eve": "8"})
    assert first.changes == ()
    second = graded(tmp_path, {"ada": "6", "bob": "7", "eve": "8"}, right=7, resume=True)
    assert [(c.student, c.before, c.after) for c in second.changes] == [("ada", "2", "0"), ("bob", "0", "2")]
    assert len(rows(tmp_path / "out" / "grades.sqlite")) == 6, "what was before stays"


def test_a_block_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    book = Gradebook(f"sqlite:///{tmp_path / 'b.sqlite'}")

    entries = [
        Entry(Submission(f"s{n}", "e", "a", "1"), "v", 1, "q", {"marks": "1"}, f"d{n}") for n in range(5)
    ]
    entries[3] = replace(entries[3], seed=None, submission=replace(entries[3].submission, part=None))  # type: ignore
    with pytest.raises(IntegrityError):
        book.record(entries)
    assert rows(tmp_path / "b.sqlite") == []


def test_memory_does_not_grow_with_the_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "MOST", 100)  # so that a small class is large already
    peaks = []
    for students in (200, 200, 1000):
        paths = [hand_in(tmp_path, {f"s{n:05}": str(n % 40) for n in range(students)})]
        out = tmp_path / f"out{len(peaks)}"
        tracemalloc.start()
        report = grade(paths, twice(), out, ["csv", "json", "gradescope", "html"], 1, variant=0)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert report.fresh == 40 and len((out / "grades.csv").read_text().splitlines()) == students + 1
        assert len(list((out / "feedback").iterdir())) == students
    assert peaks[2] < 2 * peaks[1], [f"{p:,}" for p in peaks]


SCRIPT = """
import sys, time
sys.path[:0] = [{src!r}, {here!r}]
import lemmata.grade.classroom.gradebook as gradebook
import lemmata.grade.classroom.marker as marker
import lemmata.grade.classroom.marking as marking
from lemmata.grade.classroom.report import grade
from test_grade_book import twice
marking.SECONDS, marking.FIRST = 0.02, {{"draw": 20, "mark": 5, "prove": 5}}
gradebook.checker_version = lambda: "this one"
plain = marker.mark_following
def slow(*a):
    time.sleep(0.004)
    return plain(*a)
marker.mark_following = slow
grade([{answers!r}], twice(), {out!r}, ["csv"], 1, {jobs}, resume=True)
"""


def _alive(script: str) -> list[str]:
    """The processes that still run this script, a moment later."""
    time.sleep(0.2)
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit() and script in (entry / "cmdline").read_text("utf-8", "replace"):
                found.append(entry.name)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_killing_it_at_any_moment_loses_and_doubles_nothing(tmp_path: Path, jobs: int) -> None:
    answers = {f"s{n:03}": str(n) for n in range(150)}
    path, book = hand_in(tmp_path, answers), tmp_path / "out" / "grades.sqlite"
    src = str(Path(marking.__file__).parents[2])
    script = SCRIPT.format(src=src, here=str(Path(__file__).parent), answers=str(path), out=str(tmp_path / "out"),
                           jobs=jobs)  # fmt: skip
    before = 0
    for patience in (0.9, 1.0, 1.1, 1.25, 1.4):
        process = subprocess.Popen([sys.executable, "-c", script], start_new_session=True)
        time.sleep(patience)
        process.kill()  # SIGKILL, and to this process only
        process.wait()
        found = [s for s, _ in rows(book)] if book.exists() and _has_table(book) else []
        assert len(found) == len(set(found)) >= before
        before = len(found)
        assert not _alive(script), "its workers end with it"
    subprocess.run([sys.executable, "-c", script], check=True)
    assert [s for s, _ in rows(book)] == sorted(answers)
    assert [json.loads(r)["marks"] for s, r in rows(book) if s == "s006"] == ["2"]


def _has_table(book: Path) -> bool:
    with sqlite3.connect(book) as connection:
        return bool(connection.execute("select name from sqlite_master where name = 'marks'").fetchall())
