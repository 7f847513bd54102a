r"""The book of marks: what was handed in, by which checker and seed it was marked, and what came of it.

    with Gradebook("sqlite:///marks/grades.sqlite") as book:
        book.record(entries)          one transaction: all of them or none
        book.known(keys)              results of the same checker for the same part and answer
        book.explain("ada", "ridge", "a")

A mark is a fact about a *question* (fingerprint of the part: its data, criteria, marks and policy), an *answer*
(its text) and a *checker* (version, sources, whether it proves): from these it can be derived again.  A student's
current mark is the latest entry; what was before stays.  Any URL that SQLAlchemy knows will do; a file is SQLite
with a write-ahead log, so that a process killed at any moment leaves whole transactions only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from lemmata.course.errors import CourseError
from lemmata.grade.classroom.handed_in import Submission
from lemmata.grade.exercise import Part
from lemmata.sources import source_version

__all__ = ["Change", "Entry", "Gradebook", "checker_version", "fingerprint", "hash_of"]

T = TypeVar("T")
ENDED = ("time", "memory", "crash")

_META = MetaData()
_MARKS = Table(
    "marks", _META,
    Column("id", Integer, primary_key=True),
    Column("student", String(200), nullable=False, index=True),
    Column("exercise", String(200), nullable=False),
    Column("part", String(200), nullable=False),
    Column("variant", String(220), nullable=False),
    Column("seed", String(40), nullable=False),
    Column("answer", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("question", String(64), nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("checker", String(80), nullable=False),
    Column("result", Text, nullable=False),
    Column("at", String(40), nullable=False),
    # The same answer to the same question by the same checker is one entry, however often it is handed in.
    UniqueConstraint("student", "exercise", "part", "digest", "checker", name="one_mark"),
)  # fmt: skip


def checker_version() -> str:
    """What a mark depends on besides the question: another checker, another mark."""
    return source_version("grade", "review")


def fingerprint(part: Part) -> str:
    """A hash of everything about a part that decides marks."""
    fields = (
        part.kind, repr(part.answer), part.marks, part.mode, part.tolerance, repr(part.symbols), repr(part.given),
        repr(part.aliases), part.options, repr(part.criteria), repr(part.mistakes), sorted(part.credit.items()),
        part.context, part.relation, part.reference, part.decimals, part.partial, part.follow, part.opposite,
        part.uses, part.carried is not None,
    )  # fmt: skip
    return hashlib.sha256(repr(fields).encode()).hexdigest()


def hash_of(*texts: str) -> str:
    """A hash of texts, in their order."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Entry:
    """A mark to be kept: ``result`` is what Marked.to_json gave.

    ``question`` is the fingerprint of the part (hashed with the earlier answers that it follows from), ``digest``
    a hash of the question, the answer and the options of the checker.
    """

    submission: Submission
    variant: str
    seed: int
    question: str
    result: dict[str, Any]
    digest: str


@dataclass(frozen=True)
class Change:
    """A mark that is not what it was: None where a person has to decide."""

    student: str
    exercise: str
    part: str
    before: str | None
    after: str | None


class Gradebook:
    """The book at a URL.  Raises CourseError where it cannot be opened."""

    def __init__(self, url: str) -> None:
        try:
            self.engine: Engine = create_engine(url)
            if self.engine.dialect.name == "sqlite":
                event.listen(self.engine, "connect", _sqlite)
            _META.create_all(self.engine)
        except ModuleNotFoundError as error:
            remedy = f"pip install {error.name}, or name the driver, as in postgresql+psycopg://"
            raise CourseError(f"the database needs the Python package {error.name}", remedy=remedy) from None
        except (ArgumentError, NoSuchModuleError) as error:
            remedy = "for example sqlite:///grades.sqlite or postgresql+psycopg://user@host/course"
            raise CourseError(f"this is no database URL: {error}", remedy=remedy) from None
        except DBAPIError as error:
            raise CourseError(f"the database cannot be opened: {str(error.orig).strip()}") from None

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    def known(self, digests: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Results of this checker for these digests."""
        found: dict[str, dict[str, Any]] = {}
        with self.engine.connect() as connection:
            for some in _blocks(list(dict.fromkeys(digests)), 500):
                query = select(_MARKS.c.digest, _MARKS.c.result).where(
                    _MARKS.c.checker == checker_version(), _MARKS.c.digest.in_(some)
                )
                found.update((digest, json.loads(result)) for digest, result in connection.execute(query))
        # What was ended for its time or memory may come to an end today.
        return {d: r for d, r in found.items() if r["diagnosis"] not in ENDED}

    def record(self, entries: Sequence[Entry]) -> list[Change]:
        """Keep these marks, in one transaction; the marks that are not what they were."""
        entries = list(entries)
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        with self.engine.begin() as connection:
            before = _history(connection, {e.submission.student for e in entries})
            new, again, changes = [], [], []
            for e in entries:
                s = e.submission
                past = before.get((s.student, s.exercise, s.part), [])
                key = (e.digest, checker_version())
                if past:
                    if past[-1][1:3] == key and json.loads(past[-1][3]) == e.result:
                        continue
                    # An earlier answer, handed in once more: it becomes the latest.
                    again += [number for number, *rest in past if tuple(rest[:2]) == key]
                    was, now_is = json.loads(past[-1][3])["marks"], e.result["marks"]
                    if was != now_is:
                        changes.append(Change(s.student, s.exercise, s.part, was, now_is))
                new.append(_values(e, now))
            for some in _blocks(again, 500):
                connection.execute(_MARKS.delete().where(_MARKS.c.id.in_(some)))
            if new:
                connection.execute(insert(_MARKS), new)
        return changes

    def explain(self, student: str, exercise: str, part: str) -> list[dict[str, Any]]:
        """Every mark of an answer, the current one last: answer, checker, seed, variant, result, time."""
        query = select(_MARKS).where(*_same(student, exercise, part)).order_by(_MARKS.c.id)
        with self.engine.connect() as connection:
            rows = [dict(row._mapping) for row in connection.execute(query)]
        return [{**row, "result": json.loads(row["result"])} for row in rows]


def _same(student: str, exercise: str, part: str) -> tuple[Any, ...]:
    return (_MARKS.c.student == student, _MARKS.c.exercise == exercise, _MARKS.c.part == part)


def _values(e: Entry, now: str) -> dict[str, Any]:
    s = e.submission
    return {
        "student": s.student, "exercise": s.exercise, "part": s.part, "variant": e.variant, "seed": str(e.seed),
        "answer": s.answer, "file": s.file, "question": e.question, "digest": e.digest,
        "checker": checker_version(), "result": json.dumps(e.result), "at": now,
    }  # fmt: skip


def _history(
    connection: Connection, students: Iterable[str]
) -> dict[tuple[str, str, str], list[tuple[int, str, str, str]]]:
    """(id, digest, checker, result) of all marks of these students, oldest first."""
    c = _MARKS.c
    found: dict[tuple[str, str, str], list[tuple[int, str, str, str]]] = {}
    for some in _blocks(sorted(students), 500):
        query = select(c.student, c.exercise, c.part, c.id, c.digest, c.checker, c.result)
        for student, exercise, part, *rest in connection.execute(
            query.where(c.student.in_(some)).order_by(c.id)
        ):
            found.setdefault((student, exercise, part), []).append((rest[0], rest[1], rest[2], rest[3]))
    return found


def _blocks(items: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _sqlite(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute(
        "PRAGMA synchronous=NORMAL"
    )  # safe from a killed process; a power cut costs the last blocks
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()
