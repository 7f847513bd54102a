"""Every answer of a class marked: once for equal answers, each in a limited worker, kept as it comes.

    submissions -> (answer, part of the student's variant) -> mark -> the gradebook, a block at a time

Marks are kept in blocks, each one transaction: a process killed at any moment has kept whole blocks, and
``resume`` goes on after them.  Equal answers to equal questions are marked once.  A later part that is right
for a wrong earlier answer has follow-through marks (``lemmata.grade.follow``).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lemmata.grade.exercise import Exercise, Part, Variant
from lemmata.grade.follow import mark_following
from lemmata.grade.handed_in import Problem, Submission
from lemmata.grade.limits import Killed, Limits, run_limited
from lemmata.grade.mark import Marked

if TYPE_CHECKING:
    from lemmata.grade.gradebook import Change, Gradebook

__all__ = ["Graded", "Marking", "Task", "mark_all", "mark_submissions"]

BLOCK, PAUSE = 200, 1.0  # a transaction: so many marks, or so many seconds
GRADING = Limits(seconds=5.0, megabytes=300)


@dataclass(frozen=True)
class Graded:
    """A submission and its result; ``variant`` is the number of the variant, None for the student's own."""

    submission: Submission
    marked: Marked
    prompt: str = ""


@dataclass(frozen=True)
class Task:
    """One answer to be marked, and whose variant its part is of."""

    submission: Submission
    part: Part
    variant: str = ""
    earlier: tuple[tuple[Part, str], ...] = ()

    @property
    def question(self) -> str:
        """What decides the mark beside the answer: the part, and the answers that it follows from."""
        from lemmata.grade.gradebook import digest_of, fingerprint

        found = fingerprint(self.part)
        for part, said in self.earlier:
            found = digest_of(found, f"{fingerprint(part)} {said}")
        return found


@dataclass(frozen=True)
class Marking:
    """What came of it: marks in the order of students and parts, what is no answer, the columns of the table."""

    graded: tuple[Graded, ...]
    problems: tuple[Problem, ...]
    columns: tuple[tuple[str, str, Fraction], ...]
    changes: tuple[Change, ...] = ()


def mark_all(
    submissions: Iterable[Submission], exercises: Mapping[str, Exercise], seed: int, jobs: int = 1, *,
    variant: int | None = None, prove: bool = False, limits: Limits | None = None,
) -> tuple[list[Graded], list[Problem], tuple[tuple[str, str, Fraction], ...]]:  # fmt: skip
    """Marks without a book: (graded, problems, columns)."""
    found = mark_submissions(submissions, exercises, seed, jobs, variant=variant, prove=prove, limits=limits)
    return list(found.graded), list(found.problems), found.columns


def mark_submissions(
    submissions: Iterable[Submission], exercises: Mapping[str, Exercise], seed: int, jobs: int = 1, *,
    variant: int | None = None, prove: bool = False, limits: Limits | None = None,
    book: Gradebook | None = None, resume: bool = False,
) -> Marking:  # fmt: skip
    """Every answer marked; parts without an answer are marked as such."""
    from lemmata.grade.gradebook import Entry, digest_of

    problems: list[Problem] = []
    tasks, columns = _tasks(submissions, exercises, seed, variant, problems)
    questions = [task.question for task in tasks]
    keys = [digest_of(q, task.submission.answer) for q, task in zip(questions, tasks, strict=True)]
    results: dict[str, dict[str, Any]] = book.known(keys) if book is not None and resume else {}
    changes: list[Change] = []
    places: dict[str, list[int]] = {}
    for n, key in enumerate(keys):
        places.setdefault(key, []).append(n)

    def keep(done: list[str]) -> None:
        if book is not None and done:
            changes.extend(book.record(
                Entry(tasks[n].submission, tasks[n].variant, seed, questions[n], results[key])
                for key in done for n in places[key]
            ))  # fmt: skip

    keep([key for key in places if key in results])
    new = [ns[0] for key, ns in places.items() if key not in results]
    if prove:
        import lemmata.prove.answer
    if any(tasks[n].part.kind == "derivation" for n in new):
        import lemmata.review.derivation  # noqa: F401

    def work(number: int) -> dict[str, Any]:
        task = tasks[number]
        return mark_following(task.part, task.submission.answer, task.earlier, prove).to_json()

    block: list[str] = []
    last = time.monotonic()
    for number, found in run_limited(work, new, jobs, limits or GRADING):
        n = new[number]
        killed = isinstance(found, Killed)
        results[keys[n]] = _killed(tasks[n].part, found).to_json() if killed else found
        block.append(keys[n])
        if len(block) >= BLOCK or time.monotonic() - last > PAUSE:
            keep(block)
            block, last = [], time.monotonic()
    keep(block)
    graded = tuple(
        Graded(t.submission, Marked.from_json(results[keys[n]]), t.part.prompt) for n, t in enumerate(tasks)
    )
    return Marking(graded, tuple(problems), columns, tuple(changes))


def _tasks(
    submissions: Iterable[Submission], exercises: Mapping[str, Exercise], seed: int, variant: int | None,
    problems: list[Problem],
) -> tuple[list[Task], tuple[tuple[str, str, Fraction], ...]]:  # fmt: skip
    latest: dict[tuple[str, str, str], Submission] = {}
    variants: dict[tuple[str, str], Variant] = {}
    shared: dict[str, Variant] = {}
    students: dict[str, set[str]] = {}

    def variant_of(student: str, label: str) -> Variant:
        if variant is not None:
            if label not in shared:
                shared[label] = exercises[label].variant(seed, variant)
            return shared[label]
        if (student, label) not in variants:
            variants[student, label] = exercises[label].variant(seed, student)
        return variants[student, label]

    for s in submissions:
        if s.exercise not in exercises:
            problems.append(Problem(s.file, 0, f"{s.student}: there is no exercise {s.exercise!r}"))
            continue
        if s.part not in {p.id for p in variant_of(s.student, s.exercise).parts}:
            problems.append(Problem(s.file, 0, f"{s.student}: {s.exercise!r} has no part {s.part!r}"))
            continue
        key = (s.student, s.exercise, s.part)
        if key in latest and latest[key].answer != s.answer:
            twice = f"{s.student}: {s.exercise} {s.part} is answered twice; the last one counts"
            problems.append(Problem(s.file, 0, twice))
        latest[key] = s
        students.setdefault(s.student, set()).add(s.exercise)
    used = [label for label in exercises if any(label in e for e in students.values())]
    columns: dict[tuple[str, str], Fraction] = {}
    tasks: list[Task] = []
    for student in sorted(students):
        for label in used:
            known = variant_of(student, label)
            for part in known.parts:
                columns[label, part.id] = part.marks
                answer = latest.get((student, label, part.id), Submission(student, label, part.id, ""))
                said = {p: latest.get((student, label, p)) for p in part.uses}
                earlier = tuple((known.part(p), s.answer) for p, s in said.items() if s is not None)
                tasks.append(Task(answer, part, known.who, earlier if len(earlier) == len(part.uses) else ()))
    return tasks, tuple((e, p, marks) for (e, p), marks in columns.items())


def _killed(part: Part, killed: Killed) -> Marked:
    reasons = {"time": "it took too long", "memory": "it needed too much memory"}
    why = reasons.get(killed.why, "it could not be processed")
    feedback = f"Your answer was not marked: {why}. A person will look at it."
    return Marked("malformed", None, part.marks, feedback, killed.why.partition(":")[0])
