r"""The book of marks: what was handed in, by which checker and seed it was marked, and what came of it.

    with Gradebook("sqlite:///marks/grades.sqlite") as book:
        book.record(entries)          one transaction: all of them or none
        book.known(keys)              results of the same checker for the same part and answer
        book.explain("ada", "ridge", "a")

A mark is a fact about a *question* (fingerprint of the part: its data, criteria and marks), an *answer* (its
text) and a *checker* (version and sources): from the three it can be derived again.  A student's current mark is
the latest entry; what was before stays.  Any URL that SQLAlchemy knows will do; a file is SQLite with a
write-ahead log, so that a process killed at any moment leaves whole transactions only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

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

import lemmata
from lemmata.grade.exercise import Part
from lemmata.grade.handed_in import Submission

__all__ = ["Change", "Entry", "Gradebook", "checker_version", "fingerprint"]

_META = MetaData()
_MARKS = Table(
    "marks", _META,
    Column("id", Integer, primary_key=True),
    Column("student", String(200), nullable=False, index=True),
    Column("exercise", String(200), nullable=False),
    Column("part", String(200), nullable=False),
    Column("variant", String(200), nullable=False),
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


@lru_cache(maxsize=1)
def checker_version() -> str:
    """The version, and a hash of the sources that decide a mark: another checker, another mark."""
    found = hashlib.sha256()
    root = Path(lemmata.__file__).parent
    for folder in ("grade", "terms", "review", "refute", "prove", "kernel"):
        for path in sorted((root / folder).glob("*.py")):
            found.update(path.read_bytes())
    return f"{lemmata.__version__}+{found.hexdigest()[:12]}"


def fingerprint(part: Part) -> str:
    """A hash of everything about a part that decides marks."""
    fields = (
        part.kind, repr(part.answer), part.marks, part.mode, part.tolerance, repr(part.symbols), repr(part.given),
        repr(part.aliases), part.options, repr(part.criteria), repr(part.mistakes), sorted(part.credit.items()),
        part.context, part.relation, part.reference,
    )  # fmt: skip
    return hashlib.sha256(repr(fields).encode()).hexdigest()


def digest_of(question: str, answer: str) -> str:
    """A hash of a question's fingerprint and an answer."""
    return hashlib.sha256(f"{question}\0{answer}".encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Entry:
    """A mark to be kept: ``question`` is the fingerprint of the part, ``result`` what Marked.to_json gave."""

    submission: Submission
    variant: str
    seed: int
    question: str
    result: dict[str, Any]

    @property
    def digest(self) -> str:
        return digest_of(self.question, self.submission.answer)


@dataclass(frozen=True)
class Change:
    """A mark that is not what it was: None where a person has to decide."""

    student: str
    exercise: str
    part: str
    before: str | None
    after: str | None


class Gradebook:
    """The book at a URL.  Raises what SQLAlchemy raises where it cannot be opened."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(url)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _sqlite)
        _META.create_all(self.engine)

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
        return found

    def record(self, entries: Iterable[Entry]) -> list[Change]:
        """Keep these marks, in one transaction; the marks that are not what they were."""
        changes: list[Change] = []
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        with self.engine.begin() as connection:
            for e in entries:
                s = e.submission
                before = _latest(connection, s.student, s.exercise, s.part)
                digest = e.digest
                if (
                    before is not None
                    and before["digest"] == digest
                    and before["checker"] == checker_version()
                ):
                    continue
                again = select(_MARKS.c.id).where(*_same(s.student, s.exercise, s.part), _MARKS.c.digest == digest,
                                                  _MARKS.c.checker == checker_version())  # fmt: skip
                old = connection.execute(again).scalar()
                if old is not None:  # an earlier answer, handed in once more: it becomes the latest
                    connection.execute(_MARKS.delete().where(_MARKS.c.id == old))
                connection.execute(insert(_MARKS).values(
                    student=s.student, exercise=s.exercise, part=s.part, variant=e.variant, seed=str(e.seed),
                    answer=s.answer.encode("utf-8", "replace").decode(), file=s.file, question=e.question,
                    digest=digest, checker=checker_version(), result=json.dumps(e.result), at=now,
                ))  # fmt: skip
                if before is not None:
                    was, now_is = json.loads(before["result"])["marks"], e.result["marks"]
                    if was != now_is:
                        changes.append(Change(s.student, s.exercise, s.part, was, now_is))
        return changes

    def explain(self, student: str, exercise: str, part: str) -> list[dict[str, Any]]:
        """Every mark of an answer, the current one last: answer, checker, seed, variant, result, time."""
        query = select(_MARKS).where(*_same(student, exercise, part)).order_by(_MARKS.c.id)
        with self.engine.connect() as connection:
            rows = [dict(row._mapping) for row in connection.execute(query)]
        return [{**row, "result": json.loads(row["result"])} for row in rows]


def _same(student: str, exercise: str, part: str) -> tuple[Any, ...]:
    return (_MARKS.c.student == student, _MARKS.c.exercise == exercise, _MARKS.c.part == part)


def _latest(connection: Connection, student: str, exercise: str, part: str) -> dict[str, Any] | None:
    query = select(_MARKS).where(*_same(student, exercise, part)).order_by(_MARKS.c.id.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else dict(row._mapping)


def _blocks(items: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _sqlite(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()
