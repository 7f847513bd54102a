"""One block of work for the class: draw variants, or mark answers.  It runs in whatever process there is.

    draw_block(desk, [("ada", "ridge"), ...])           the parts of each variant: identifier, marks, fingerprint
    mark_block(desk, [("ada", "ridge", "a", "1/2", []), ...])      what came of each answer, in their order

``Desk`` says where the exercises are and what decides marks.  A process forked here has the exercises already;
a worker of a cluster reads the course from its folder.  Answers are marked in a child with an allowance of time
and memory, which only a process with a single thread may fork: in a thread of a worker there is one beside it.
Only JSON values come back.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from lemmata.grade.classroom.follow import mark_following
from lemmata.grade.classroom.gradebook import fingerprint
from lemmata.grade.classroom.limits import Killed, Limits, run_limited
from lemmata.grade.exercise import Exercise, Part, Variant
from lemmata.grade.marked import Marked

__all__ = ["Desk", "Paper", "Question", "draw_block", "lay_out", "mark_block"]

Paper = tuple[str, str]  # student, exercise
Question = tuple[str, str, str, str, Sequence[Sequence[str]]]  # ... part, answer, earlier (part, answer)
GRADING = Limits(seconds=5.0, megabytes=300)
REMEMBERED = 1500  # variants: those of the blocks under way

_HERE: dict[str, Mapping[str, Exercise]] = {}


@dataclass(frozen=True)
class Desk:
    """``exercises`` is the folder of a course, or the name under which ``lay_out`` has put them in this process."""

    exercises: str
    seed: int
    variant: int | None = None
    prove: bool = False
    limits: Limits = field(default=GRADING)


def lay_out(exercises: Mapping[str, Exercise], name: str) -> None:
    """Put exercises where the processes forked from now on find them."""
    _HERE[name] = exercises


@lru_cache(maxsize=2)
def _course(root: str) -> dict[str, Exercise]:
    from lemmata.course.load import load_course
    from lemmata.grade.policy import course_exercises

    return course_exercises(load_course(Path(root)))


_VARIANTS: OrderedDict[tuple[str, int, str, int | str], Variant] = OrderedDict()


def variant_of(desk: Desk, student: str, label: str) -> Variant:
    """The variant of a student, or the one of all.  Raises WrongSolution."""
    who = student if desk.variant is None else desk.variant
    key = (desk.exercises, desk.seed, label, who)
    if key in _VARIANTS:
        _VARIANTS.move_to_end(key)
        return _VARIANTS[key]
    exercises = _HERE.get(desk.exercises) or _course(desk.exercises)
    _VARIANTS[key] = found = exercises[label].variant(desk.seed, who)
    while len(_VARIANTS) > REMEMBERED:
        _VARIANTS.popitem(last=False)
    return found


def draw_block(desk: Desk, papers: Sequence[Paper]) -> dict[str, Any]:
    """{"seconds", "results"}: for each paper the parts as [identifier, marks, fingerprint, parts it uses, kind]."""
    if _crowded():
        from lemmata.course.beside import call_beside

        return dict(
            call_beside("lemmata.grade.classroom.marker", "draw_beside", [_packed(desk), list(papers)])
        )
    start = time.perf_counter()
    found = [
        [
            [p.id, str(p.marks), fingerprint(p), list(p.uses), p.kind]
            for p in variant_of(desk, student, label).parts
        ]
        for student, label in papers
    ]
    return {"seconds": time.perf_counter() - start, "results": found}


def mark_block(desk: Desk, questions: Sequence[Question]) -> dict[str, Any]:
    """{"seconds", "results"}: for each question what Marked.to_json gives."""
    if _crowded():
        from lemmata.course.beside import call_beside

        return dict(
            call_beside("lemmata.grade.classroom.marker", "mark_beside", [_packed(desk), list(questions)])
        )
    start = time.perf_counter()
    if desk.prove:
        import lemmata.prove.answer
    parts: list[tuple[Part, tuple[tuple[Part, str], ...]]] = []
    for student, label, part, _, earlier in questions:
        variant = variant_of(desk, student, label)
        parts.append((variant.part(part), tuple((variant.part(p), said) for p, said in earlier)))
    if any(part.kind == "derivation" for part, _ in parts):
        import lemmata.review.derivation  # noqa: F401

    def work(n: int) -> dict[str, Any]:
        part, earlier = parts[n]
        return mark_following(part, questions[n][3], earlier, desk.prove).to_json()

    results: list[Any] = [None] * len(questions)
    for n, found in run_limited(work, range(len(questions)), 1, desk.limits):
        results[n] = _killed(parts[n][0], found).to_json() if isinstance(found, Killed) else found
    return {"seconds": time.perf_counter() - start, "results": results}


def _killed(part: Part, killed: Killed) -> Marked:
    reasons = {"time": "it took too long", "memory": "it needed too much memory"}
    why = reasons.get(killed.why, "it could not be processed")
    feedback = f"Your answer was not marked: {why}. A person will look at it."
    return Marked("malformed", None, Fraction(part.marks), feedback, killed.why.partition(":")[0])


# --- in a thread of a worker ---------------------------------------------------------------------


def _crowded() -> bool:
    """Whether this is no process in which one can fork."""
    return threading.active_count() > 1 or multiprocessing.current_process().daemon


def _packed(desk: Desk) -> list[Any]:
    return [desk.exercises, desk.seed, desk.variant, desk.prove, desk.limits.seconds, desk.limits.megabytes]


def _unpacked(desk: Sequence[Any]) -> Desk:
    return Desk(desk[0], desk[1], desk[2], desk[3], Limits(desk[4], desk[5]))


def draw_beside(desk: Sequence[Any], papers: Sequence[Paper]) -> dict[str, Any]:
    return draw_block(_unpacked(desk), papers)


def mark_beside(desk: Sequence[Any], questions: Sequence[Question]) -> dict[str, Any]:
    return mark_block(_unpacked(desk), questions)
