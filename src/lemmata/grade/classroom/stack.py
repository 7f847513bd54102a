"""The stack of papers: what was handed in and its marks, sorted by student, on disk and not in memory.

    stack.put(Submission("ada", "ridge", "a", "1/2"))      replaces an earlier answer to the same part
    for student, exercise, answers in stack.papers(): ...   in the order of students and exercises
    stack.place("ada", 0, 0, digest)                        a mark in its row and column
    for graded in stack.graded(): ...                       marks in the order of students and columns

It is a private temporary database that vanishes with the process.  A class of any size needs the same memory,
and equal answers share one result.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

from lemmata.grade.classroom.handed_in import Submission
from lemmata.grade.marked import Marked

__all__ = ["Graded", "Stack", "clean_text"]

_TABLES = """
CREATE TABLE answers (
    student TEXT, exercise INTEGER, part TEXT, answer TEXT, file TEXT, PRIMARY KEY (student, exercise, part)
) WITHOUT ROWID;
CREATE TABLE results (digest TEXT PRIMARY KEY, result TEXT, waits INTEGER) WITHOUT ROWID;
CREATE TABLE marks (
    student TEXT, exercise INTEGER, place INTEGER, part TEXT, digest TEXT, PRIMARY KEY (student, exercise, place)
) WITHOUT ROWID;
"""
_MARKS = """
SELECT m.student, m.exercise, m.part, a.answer, a.file, r.result FROM marks m JOIN results r USING (digest)
LEFT JOIN answers a ON a.student = m.student AND a.exercise = m.exercise AND a.part = m.part
"""


@dataclass(frozen=True, slots=True)
class Graded:
    """A submission and its result."""

    submission: Submission
    marked: Marked


def clean_text(text: str) -> str:
    """Text that every database takes: no halves of characters, no NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


class Stack:
    """Answers and marks of a run; ``labels`` are the exercises in their order."""

    def __init__(self, labels: Iterable[str]) -> None:
        self.labels = tuple(labels)
        self._number = {label: n for n, label in enumerate(self.labels)}
        # An empty name: a file that is deleted as soon as it is opened, with a cache of fixed size.
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;" + _TABLES
        )
        self._db.execute("BEGIN")

    # --- answers ---------------------------------------------------------------------------------

    def put(self, s: Submission) -> str | None:
        """Lay an answer on the stack; the answer that it replaces, if there was one.  Raises KeyError."""
        key = (s.student, self._number[s.exercise], s.part)
        row = self._db.execute(
            "SELECT answer FROM answers WHERE student = ? AND exercise = ? AND part = ?", key
        ).fetchone()
        self._db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)", (*key, s.answer, s.file))
        return None if row is None else str(row[0])

    def used(self) -> list[int]:
        """The numbers of the exercises to which there are answers."""
        found = self._db.execute("SELECT DISTINCT exercise FROM answers ORDER BY exercise")
        return [int(n) for (n,) in found]

    def size(self) -> int:
        """How many papers there are: pairs of a student and an exercise."""
        return int(self._db.execute(
            "SELECT count(*) FROM (SELECT DISTINCT student, exercise FROM answers)").fetchone()[0])  # fmt: skip

    def papers(self) -> Iterator[tuple[str, int, dict[str, Submission]]]:
        """(student, number of the exercise, answers by part), sorted."""
        rows = self._db.execute("SELECT * FROM answers ORDER BY student, exercise, part")
        for (student, number), group in groupby(rows, lambda row: (row[0], row[1])):
            label = self.labels[number]
            yield (
                student,
                number,
                {part: Submission(student, label, part, answer, file) for _, _, part, answer, file in group},
            )

    # --- marks -----------------------------------------------------------------------------------

    def keep(self, digest: str, result: dict[str, Any]) -> None:
        """Keep what came of a question and an answer."""
        row = (digest, json.dumps(result), result["marks"] is None)
        self._db.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", row)

    def known(self, digest: str) -> bool:
        return self._db.execute("SELECT 1 FROM results WHERE digest = ?", (digest,)).fetchone() is not None

    def result(self, digest: str) -> dict[str, Any]:
        """What came of it.  Raises KeyError."""
        row = self._db.execute("SELECT result FROM results WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            raise KeyError(digest)
        return dict(json.loads(row[0]))

    def place(self, student: str, exercise: int, place: int, part: str, digest: str) -> None:
        """The mark of this student for the part at that place of the exercise is the result ``digest``."""
        row = (student, exercise, place, part, digest)
        self._db.execute("INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, ?)", row)

    def fill(self, columns: Iterable[tuple[str, str, Fraction]]) -> None:
        """A student who handed in nothing for an exercise has no answer in each of its columns."""
        places: dict[int, int] = {}
        for label, part, out_of in columns:
            number = self._number[label]
            place = places[number] = places.get(number, -1) + 1
            none = Marked("malformed", Fraction(0), out_of, "No answer.", "no-answer").to_json()
            digest = f"none {out_of}"
            self.keep(digest, none)
            self._db.execute(
                "INSERT OR IGNORE INTO marks SELECT DISTINCT student, ?, ?, ?, ? FROM answers",
                (number, place, part, digest),
            )

    def __iter__(self) -> Iterator[Graded]:
        """Every mark, by student and column."""
        return self._graded(f"{_MARKS} ORDER BY m.student, m.exercise, m.place")

    def waiting(self) -> Iterator[Graded]:
        """The answers that wait for a person."""
        return self._graded(f"{_MARKS} WHERE r.waits ORDER BY m.student, m.exercise, m.place")

    def of(self, student: str) -> list[Graded]:
        return list(self._graded(f"{_MARKS} WHERE m.student = ? ORDER BY m.exercise, m.place", student))

    def _graded(self, query: str, *values: str) -> Iterator[Graded]:
        for student, number, part, answer, file, result in self._db.execute(query, values):
            submission = Submission(student, self.labels[number], part, answer or "", file or "")
            yield Graded(submission, Marked.from_json(json.loads(result)))
