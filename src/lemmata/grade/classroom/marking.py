"""Every answer of a class marked: once for equal answers, in blocks on one executor, kept as it comes.

    papers --draw--> questions --+-- known: the stack, the gradebook
                                 +-- new: --mark--> result --> the stack, the gradebook

A paper is what one student answered to one exercise.  Blocks of papers are drawn and blocks of new answers are
marked (``marker``) by the processes of an executor, here or in a cluster; this process decides what is new and
keeps the marks.  A few blocks are under way at a time, so that memory does not grow with the class.  Marks are
kept block by block, each in one transaction: a process killed at any moment has kept whole blocks, and ``resume``
goes on after them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any

from lemmata.course.errors import CourseError
from lemmata.grade.classroom.handed_in import Problem, Submission
from lemmata.grade.classroom.limits import Limits
from lemmata.grade.classroom.marker import Desk, draw_block, lay_out, mark_block
from lemmata.grade.classroom.stack import Graded, Stack, clean_text
from lemmata.grade.exercise import Exercise, WrongSolution

if TYPE_CHECKING:
    from lemmata.grade.classroom.gradebook import Change, Entry, Gradebook

__all__ = ["Graded", "Marking", "mark_all", "mark_submissions"]

SECONDS = 0.5  # of work in a block: far more than its way to a worker and back
MOST = 2000  # items of a block
LISTED = 10_000  # problems
FIRST = {"draw": 100, "mark": 300, "prove": 2}  # items of the first blocks: some tenths of a second


@dataclass(frozen=True)
class Marking:
    """What came of it: marks by student and column, what is no answer, the columns; ``fresh`` were marked now."""

    graded: Stack
    problems: tuple[Problem, ...]
    columns: tuple[tuple[str, str, Fraction], ...]
    changes: tuple[Change, ...] = ()
    fresh: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A mark to be: whose, for which part of which exercise, of what question."""

    submission: Submission
    exercise: int
    place: int
    question: str


def mark_all(
    submissions: Iterable[Submission], exercises: Mapping[str, Exercise], seed: int, jobs: int = 1, *,
    variant: int | None = None, prove: bool = False, limits: Limits | None = None,
) -> tuple[list[Graded], list[Problem], tuple[tuple[str, str, Fraction], ...]]:  # fmt: skip
    """Marks without a book: (graded, problems, columns)."""
    found = mark_submissions(submissions, exercises, seed, jobs, variant=variant, prove=prove, limits=limits)
    return list(found.graded), list(found.problems), found.columns


def mark_submissions(
    submissions: Iterable[Submission | Problem], exercises: Mapping[str, Exercise], seed: int, jobs: int = 1, *,
    variant: int | None = None, prove: bool = False, limits: Limits | None = None,
    book: Gradebook | None = None, resume: bool = False, scheduler: str = "", course: str = "",
) -> Marking:  # fmt: skip
    """Every answer marked; parts without an answer are marked as such.

    ``course`` is the folder from which a worker of a cluster (``scheduler``) can read the exercises.  Raises
    WrongSolution when an exercise's own solution does not hold good, and CourseError when a worker ends.
    """
    from lemmata.course.executor import open_executor

    stack, problems = Stack(exercises), Problems()
    _sort_in(submissions, stack, problems)
    name = course or f"here {id(exercises)}"
    lay_out(exercises, name)
    desk = Desk(name, seed, variant, prove)
    desk = desk if limits is None else replace(desk, limits=limits)
    with open_executor(jobs, scheduler) as executor:
        run = _Run(desk, stack, problems, executor, max(1, jobs), book, resume)
        try:
            columns = run.all()
        except BrokenProcessPool:
            raise CourseError(
                "a worker process was ended", remedy="what is marked is kept: --resume goes on"
            ) from None
        except (CourseError, WrongSolution):
            raise
        except Exception as error:
            if not scheduler:
                raise
            remedy = (
                "its scheduler and workers need the same version of lemmata, and the folder of the course"
            )
            raise CourseError(
                f"the cluster failed: {type(error).__name__}: {error}", remedy=remedy
            ) from error
        finally:
            for future in run.under_way:
                future.cancel()
    stack.fill(columns)
    return Marking(stack, problems.all(), columns, tuple(run.changes), run.fresh)


class Problems:
    """What was no answer: the first ten thousand, and how many there are beyond."""

    def __init__(self) -> None:
        self.listed: list[Problem] = []
        self.more = 0

    def note(self, problem: Problem) -> None:
        if len(self.listed) < LISTED:
            self.listed.append(problem)
        else:
            self.more += 1

    def all(self) -> tuple[Problem, ...]:
        more = f"and {self.more} more that are not listed"
        return (*self.listed, *([Problem("", 0, more)] if self.more else []))


def _sort_in(submissions: Iterable[Submission | Problem], stack: Stack, problems: Problems) -> None:
    """Everything onto the stack; the last answer of a student to a part counts."""
    known = set(stack.labels)
    for s in submissions:
        if isinstance(s, Problem):
            problems.note(s)
        elif s.exercise not in known:
            problems.note(Problem(s.file, 0, f"{s.student}: there is no exercise {s.exercise!r}"))
        else:
            s = Submission(*(clean_text(t) for t in (s.student, s.exercise, s.part, s.answer, s.file)))
            before = stack.put(s)
            if before is not None and before != s.answer:
                twice = f"{s.student}: {s.exercise} {s.part} is answered twice; the last one counts"
                problems.note(Problem(s.file, 0, twice))


@dataclass
class _Run:
    """The state of a run: blocks under way, and the rows that wait for each of their results."""

    desk: Desk
    stack: Stack
    problems: Problems
    executor: Executor
    jobs: int
    book: Gradebook | None
    resume: bool
    changes: list[Change] = field(default_factory=list)
    fresh: int = 0
    pending: int = 0
    columns: dict[tuple[int, int], tuple[str, str, Fraction]] = field(default_factory=dict)
    shared: dict[str, list[Any]] = field(default_factory=dict)
    rate: dict[str, float] = field(default_factory=lambda: {k: SECONDS / n for k, n in FIRST.items()})
    under_way: dict[Future[Any], tuple[str, list[Any]]] = field(default_factory=dict)
    waiting: dict[str, list[Row]] = field(default_factory=dict)
    # Answers to be marked: those that take a millisecond, and those with something to prove.
    new: dict[str, deque[tuple[str, list[Any]]]] = field(
        default_factory=lambda: {"mark": deque(), "prove": deque()}
    )

    def all(self) -> tuple[tuple[str, str, Fraction], ...]:
        """Draw and mark until nothing is left; the columns of the table."""
        self.left = self.stack.size()
        papers = self.stack.papers()
        more = True
        while more or any(self.new.values()) or self.under_way:
            # Marking comes before drawing: what is drawn waits in memory.
            last = not more and all(kind != "draw" for kind, _ in self.under_way.values())
            last = last or self.pending >= MOST  # many wait for few: a class that says the same
            for kind, queue in self.new.items():
                while queue and len(self.under_way) < 2 * self.jobs:
                    size = self._size(kind, len(queue))
                    if len(queue) < size and not last:
                        break
                    self._submit(kind, [queue.popleft() for _ in range(min(size, len(queue)))])
            while (
                more
                and len(self.under_way) < 2 * self.jobs
                and self.pending < MOST
                and all(map(self._few, self.new))
            ):
                more = self._draw(papers)
            if self.under_way:
                for future in wait(self.under_way, return_when=FIRST_COMPLETED).done:
                    self._done(future)
        return tuple(self.columns[key] for key in sorted(self.columns))

    def _few(self, kind: str) -> bool:
        """Whether fewer answers are waiting to be marked than the workers take at once."""
        return len(self.new[kind]) < self.jobs * SECONDS / self.rate[kind]

    def _size(self, kind: str, left: int) -> int:
        """Items of a block that takes long enough; fewer where the last ones are shared among the workers."""
        size = max(1, min(MOST, round(SECONDS / self.rate[kind])))
        return min(size, max(-(-left // self.jobs), -(-size * 2 // 5)))

    def _submit(self, kind: str, items: list[Any]) -> None:
        if kind == "draw":
            papers = [(student, self.stack.labels[number]) for student, number, _ in items]
            future = self.executor.submit(draw_block, self.desk, papers)
        else:
            future = self.executor.submit(mark_block, self.desk, [question for _, question in items])
        self.under_way[future] = kind, items

    def _draw(self, papers: Iterator[tuple[str, int, dict[str, Submission]]]) -> bool:
        """Hand out a block of papers to be drawn; with one variant for all, its questions are known at once."""
        size = self._size("draw", self.left)
        items = list(islice(papers, size))
        self.left -= len(items)
        if not items:
            return False
        if self.desk.variant is None:
            self._submit("draw", items)
            return True
        for label in dict.fromkeys(self.stack.labels[number] for _, number, _ in items):
            if label not in self.shared:
                self.shared[label] = self.executor.submit(draw_block, self.desk, [("", label)]).result()[
                    "results"
                ][0]
        self._sort_out(items, [self.shared[self.stack.labels[number]] for _, number, _ in items])
        return True

    def _done(self, future: Future[Any]) -> None:
        kind, items = self.under_way.pop(future)
        found = future.result()
        seconds = max(found["seconds"], 1e-4) / len(items)
        self.rate[kind] = 0.5 * self.rate[kind] + 0.5 * seconds
        if kind == "draw":
            self._sort_out(items, found["results"])
            return
        self.fresh += len(items)
        rows = []
        for (digest, _), result in zip(items, found["results"], strict=True):
            self.stack.keep(digest, result)
            rows += [(row, digest, result) for row in self.waiting.pop(digest)]
        self.pending -= len(rows)
        self._keep(rows)

    def _sort_out(
        self, items: Sequence[tuple[str, int, dict[str, Submission]]], drawn: Sequence[Any]
    ) -> None:
        """Which of these answers are known, being marked, or new."""
        rows: dict[str, list[Row]] = {}
        questions: dict[str, tuple[str, list[Any]]] = {}
        for (student, number, answers), parts in zip(items, drawn, strict=True):
            for row, kind, question in self._rows(student, number, answers, parts):
                digest = _digest(row, self.desk)
                rows.setdefault(digest, []).append(row)
                questions[digest] = kind, question
        known = self._known([d for d in rows if d not in self.waiting])
        ready = []
        for digest, some in rows.items():
            if digest in known:
                ready += [(row, digest, known[digest]) for row in some]
                continue
            self.pending += len(some)
            if digest in self.waiting:
                self.waiting[digest] += some
            else:
                self.waiting[digest] = some
                kind, question = questions[digest]
                proving = kind == "derivation" or (kind == "expression" and self.desk.prove)
                self.new["prove" if proving else "mark"].append((digest, question))
        self._keep(ready)

    def _rows(
        self, student: str, number: int, answers: dict[str, Submission], parts: Sequence[Any]
    ) -> Iterator[tuple[Row, str, list[Any]]]:
        label = self.stack.labels[number]
        prints = {part: question for part, _, question, *_ in parts}
        for said in [s for p, s in answers.items() if p not in prints]:
            self.problems.note(Problem(said.file, 0, f"{student}: {label!r} has no part {said.part!r}"))
        if not prints.keys() & answers.keys():
            return
        for place, (part, marks, question, uses, kind) in enumerate(parts):
            self.columns.setdefault((number, place), (label, part, Fraction(marks)))
            said = answers.get(part, Submission(student, label, part, ""))
            earlier = [(p, answers[p].answer) for p in uses if p in answers]
            if len(earlier) < len(uses):
                earlier = []
            for other, answer in earlier:
                question = _hash(question, prints[other], answer)
            yield Row(said, number, place, question), kind, [student, label, part, said.answer, earlier]

    def _known(self, digests: list[str]) -> dict[str, dict[str, Any]]:
        found = {d: self.stack.result(d) for d in digests if self.stack.known(d)}
        if self.book is not None and self.resume:
            kept = self.book.known([d for d in digests if d not in found])
            for digest, result in kept.items():
                self.stack.keep(digest, result)
            found |= kept
        return found

    def _keep(self, rows: Sequence[tuple[Row, str, dict[str, Any]]]) -> None:
        """Marks onto the stack and, in one transaction, into the book."""
        for row, digest, _ in rows:
            self.stack.place(row.submission.student, row.exercise, row.place, row.submission.part, digest)
        if self.book is not None and rows:
            self.changes += self.book.record([self._entry(*row) for row in rows])

    def _entry(self, row: Row, digest: str, result: dict[str, Any]) -> Entry:
        from lemmata.grade.classroom.gradebook import Entry

        who = (
            f"student {row.submission.student}"
            if self.desk.variant is None
            else f"variant {self.desk.variant}"
        )
        return Entry(row.submission, who, self.desk.seed, row.question, result, digest)


def _hash(*texts: str) -> str:
    from lemmata.grade.classroom.gradebook import hash_of

    return hash_of(*texts)


def _digest(row: Row, desk: Desk) -> str:
    """What decides the mark: the question, the answer, and how it is marked."""
    return _hash(row.question, row.submission.answer, "prove" if desk.prove else "")
