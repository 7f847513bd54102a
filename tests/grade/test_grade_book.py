
"""The gradebook: what is kept, what is done again, and that killing the process loses and doubles nothing."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import pytest

from lemmata.grade import marking
from lemmata.grade.draw import Draw
from lemmata.grade.exercise import Exercise, Part, SolutionStep, Variant
from lemmata.grade.gradebook import Entry, Gradebook, checker_version, fingerprint
from lemmata.grade.handed_in import Submission
from lemmata.grade.mark import mark
from lemmata.grade.report import Report, grade
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


def test_resuming_marks_only_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graded(tmp_path, {"ada": "6", "bob": "7"})
    asked: list[int] = []
    run = marking.run_limited

    def counted(work, payloads, jobs, limits):  # type: ignore[no-untyped-def]
        payloads = list(payloads)
        asked.append(len(payloads))
        return run(work, payloads, jobs, limits)

    monkeypatch.setattr(marking, "run_limited", counted)
    report = graded(tmp_path, {"ada": "6", "bob": "7", "eve": "8"}, resume=True)
    assert asked == [1] and report.total("ada") == 2 and report.total("bob") == 0
    graded(tmp_path, {"ada": "6", "bob": "7", "eve": "8"})
    assert asked == [1, 3], "without --resume everything is marked again"
    graded(tmp_path, {s: "6" for s in "abcdefgh"})
    assert asked == [1, 3, 1], "equal answers to equal questions are marked once"


def test_regrading_after_a_correction_lists_whose_mark_changes(tmp_path: Path) -> None:
    first = graded(tmp_path, {"ada": "6", "bob": "7", "eve": "8"})
    assert first.changes == ()
    second = graded(tmp_path, {"ada": "6", "bob": "7", "eve": "8"}, right=7, resume=True)
    assert [(c.student, c.before, c.after) for c in second.changes] == [("ada", "2", "0"), ("bob", "0", "2")]
    assert len(rows(tmp_path / "out" / "grades.sqlite")) == 6, "what was before stays"


def test_a_block_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    book = Gradebook(f"sqlite:///{tmp_path / 'b.sqlite'}")

    def entries():  # type: ignore[no-untyped-def]
        for n in range(5):
            yield Entry(Submission(f"s{n}", "e", "a", "1"), "v", 1, "q", {"marks": "1"})
            if n == 3:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        book.record(entries())
    assert rows(tmp_path / "b.sqlite") == []


SCRIPT = """
import sys, time
sys.path[:0] = [{src!r}, {here!r}]
import lemmata.grade.marking as marking
from lemmata.grade.report import grade
from test_grade_book import twice
marking.BLOCK = 5
plain = marking.mark_following
def slow(*a):
    time.sleep(0.004)
    return plain(*a)
marking.mark_following = slow
grade([{answers!r}], twice(), {out!r}, ["csv"], 1, resume=True)
"""


@pytest.mark.slow
def test_killing_it_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    answers = {f"s{n:03}": str(n) for n in range(150)}
    path, book = hand_in(tmp_path, answers), tmp_path / "out" / "grades.sqlite"
    src = str(Path(marking.__file__).parents[2])
    script = SCRIPT.format(src=src, here=str(Path(__file__).parent), answers=str(path), out=str(tmp_path / "out"))
    before = 0
    for patience in (0.9, 1.0, 1.1, 1.25, 1.4):
        process = subprocess.Popen([sys.executable, "-c", script], start_new_session=True)
        time.sleep(patience)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        found = [s for s, _ in rows(book)] if book.exists() and _has_table(book) else []
        assert (len(found) == len(set(found)) >= before and len(found) % 5 == 0) or len(found) == 150
        before = len(found)
    subprocess.run([sys.executable, "-c", script], check=True)
    assert [s for s, _ in rows(book)] == sorted(answers)
    assert [json.loads(r)["marks"] for s, r in rows(book) if s == "s006"] == ["2"]


def _has_table(book: Path) -> bool:
    with sqlite3.connect(book) as connection:
        return bool(connection.execute("select name from sqlite_master where name = 'marks'").fetchall())
