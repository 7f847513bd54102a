"""A class's answers graded: every answer marked in a limited worker, then written out for people and systems.

    grade(["handin/"], exercises, out="marks/", seed=7)  ->  marks/grades.csv, grades.json, feedback/ada.html

An answer that cannot be read, takes too long or breaks a worker has no marks: its cell in grades.csv says
"?", the total counts what is known, and ``Report.flagged`` lists it for a person.  Nothing a student wrote
reaches a page unescaped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from lemmata.grade.classroom.gradebook import Change
from lemmata.grade.classroom.handed_in import Problem
from lemmata.grade.classroom.limits import Limits
from lemmata.grade.classroom.marking import mark_submissions
from lemmata.grade.classroom.stack import Graded, Stack
from lemmata.grade.classroom.submissions import submissions_in
from lemmata.grade.exercise import Exercise

__all__ = [
    "FORMATS",
    "WORDS",
    "Graded",
    "Report",
    "decimal",
    "feedback_page",
    "grade",
    "known_marks",
    "visible",
]

FORMATS = ("csv", "json", "gradescope", "html")


@dataclass(frozen=True)
class Report:
    """Everything that came of a set of submissions; ``graded`` is by student and column, and may be long.

    ``fresh`` answers were marked in this run; the others were equal to one of them, or known.
    """

    graded: Iterable[Graded]
    problems: tuple[Problem, ...]
    columns: tuple[tuple[str, str, Fraction], ...]
    seed: int
    written: tuple[Path, ...] = ()
    changes: tuple[Change, ...] = ()
    fresh: int = 0

    @property
    def out_of(self) -> Fraction:
        return sum((marks for _, _, marks in self.columns), Fraction(0))

    @property
    def flagged(self) -> list[Graded]:
        """The answers that wait for a person."""
        return list(self.waiting())

    def waiting(self) -> Iterator[Graded]:
        """The same, one after the other."""
        return (
            self.graded.waiting()
            if isinstance(self.graded, Stack)
            else (g for g in self.graded if g.marked.flagged)
        )

    def by_student(self) -> Iterator[tuple[str, list[Graded]]]:
        """Each student with their marks, one after the other: for classes of any size."""
        for student, group in groupby(self.graded, lambda g: g.submission.student):
            yield student, list(group)

    @property
    def students(self) -> list[str]:
        return [student for student, _ in self.by_student()]

    def of(self, student: str) -> list[Graded]:
        if isinstance(self.graded, Stack):
            return self.graded.of(student)
        return [g for g in self.graded if g.submission.student == student]

    def total(self, student: str) -> Fraction:
        """The marks known so far."""
        return known_marks(self.of(student))

    def to_json(self) -> dict[str, Any]:
        return {
            "seed": self.seed,
            "out_of": str(self.out_of),
            "students": [student_json(s, graded) for s, graded in self.by_student()],
            "flagged": [flagged_json(g) for g in self.waiting()],
            **self.remarks_json(),
        }

    def remarks_json(self) -> dict[str, Any]:
        """What changed, and what was no answer."""
        return {
            "changes": [asdict(c) for c in self.changes],
            "problems": [{"file": p.file, "line": p.line, "message": p.message} for p in self.problems],
        }


def flagged_json(g: Graded) -> list[str]:
    return [g.submission.student, g.submission.exercise, g.submission.part, g.marked.diagnosis]


def student_json(student: str, graded: Iterable[Graded]) -> dict[str, Any]:
    graded = list(graded)
    return {
        "student": student,
        "total": str(known_marks(graded)),
        "complete": not any(g.marked.flagged for g in graded),
        "answers": [
            {"exercise": g.submission.exercise, "part": g.submission.part, "answer": g.submission.answer,
             **g.marked.to_json()}
            for g in graded
        ],
    }  # fmt: skip


def known_marks(graded: Iterable[Graded]) -> Fraction:
    """The sum of the marks that do not wait for a person."""
    return sum((g.marked.marks for g in graded if g.marked.marks is not None), Fraction(0))


def grade(
    paths: Iterable[Path | str],
    exercises: Mapping[str, Exercise],
    out: Path | str,
    formats: Iterable[str] = FORMATS,
    seed: int = 0,
    jobs: int = 1,
    *,
    variant: int | None = None,
    prove: bool = False,
    limits: Limits | None = None,
    database: str = "",
    resume: bool = False,
    scheduler: str = "",
    course: Path | str = "",
) -> Report:
    """Grade the submissions in ``paths`` and write the report into the folder ``out``.

    Each student has the variant of their identifier, or all have the variant with the number ``variant``.
    Where a student answers a part twice, the last answer counts and the report says so.  The marks are kept in
    the book at the URL ``database``, by default in grades.sqlite in the folder; ``resume`` takes from it what
    the same checker has marked already.  ``scheduler`` is the address of a Dask cluster, whose workers read the
    exercises from the folder ``course``.  Raises ValueError for an unknown format and WrongSolution when an
    exercise's own solution does not hold good.
    """
    from lemmata.grade.classroom.formats import FORMATS as known
    from lemmata.grade.classroom.formats import write_report
    from lemmata.grade.classroom.gradebook import Gradebook

    formats = tuple(formats)
    unknown = [f for f in formats if f not in known]
    if unknown:
        raise ValueError(f"unknown format {unknown[0]!r}: the formats are {', '.join(known)}")
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    with Gradebook(database or f"sqlite:///{folder.resolve() / 'grades.sqlite'}") as book:
        marking = mark_submissions(
            submissions_in(paths, folder),
            exercises,
            seed,
            jobs,
            variant=variant,
            prove=prove,
            limits=limits,
            book=book,
            resume=resume,
            scheduler=scheduler,
            course=str(course),
        )
    report = Report(
        marking.graded, marking.problems, marking.columns, seed, changes=marking.changes, fresh=marking.fresh
    )
    return replace(report, written=tuple(write_report(report, folder, formats)))


# --- output ----------------------------------------------------------------------------------------


def decimal(marks: Fraction | None) -> str:
    """2, 1.5, 1/3 as it is where it has no short decimal; "?" for marks that wait for a person."""
    if marks is None:
        return "?"
    scaled = marks * 1000
    return f"{float(marks):g}" if scaled.denominator == 1 else str(marks)


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Feedback for {{ student }}</title>
<style>
body { font-family: serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.45; }
pre { background: #f4f4f4; padding: .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.correct { border-left: .3rem solid #2a7; } .partial { border-left: .3rem solid #c90; }
.incorrect { border-left: .3rem solid #c33; } .malformed { border-left: .3rem solid #777; }
section section { padding-left: .8rem; margin: 1rem 0; }
</style></head><body>
<h1>Feedback for {{ student }}</h1>
<p>Marks so far: <strong>{{ total }}</strong> of {{ out_of }}{% if open %};
{{ open }} answer{{ "" if open == 1 else "s" }} will be read by a person{% endif %}.</p>
{% for exercise, answers in exercises %}
<section><h2>{{ exercise }}</h2>
{% for a in answers %}
<section class="{{ a.verdict }}"><h3>Part {{ a.part }}: {{ a.words }}, {{ a.marks }} of {{ a.out_of }}</h3>
<p>Your answer:</p><pre>{{ a.answer }}</pre>
{% if a.multiline %}<pre>{{ a.feedback }}</pre>{% else %}<p>{{ a.feedback }}</p>{% endif %}
{% if a.counterexample %}<table><caption>For example</caption>
{% for name, value in a.counterexample %}<tr><th scope="row">{{ name }}</th>
<td><code>{{ value }}</code></td></tr>
{% endfor %}</table>{% endif %}
</section>
{% endfor %}</section>
{% endfor %}
</body></html>
"""
WORDS = {
    "correct": "correct",
    "partial": "partly right",
    "incorrect": "not right",
    "malformed": "not readable",
}


@lru_cache(maxsize=4)
def template(source: str) -> Any:
    """A page whose every value is escaped."""
    from jinja2 import Environment

    return Environment(autoescape=True, trim_blocks=True).from_string(source)


def feedback_page(report: Report, student: str, graded: Iterable[Graded] | None = None) -> str:
    """The HTML page for one student; every text is escaped."""
    graded = report.of(student) if graded is None else list(graded)
    by_exercise: dict[str, list[dict[str, Any]]] = {}
    for g in graded:
        m = g.marked
        examples = [
            (visible(k), visible(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)))
            for k, v in (m.counterexample or {}).items()
        ]
        by_exercise.setdefault(g.submission.exercise, []).append({
            "part": g.submission.part, "answer": visible(g.submission.answer), "verdict": m.verdict,
            "words": "no answer" if m.diagnosis == "no-answer" else WORDS[m.verdict],
            "marks": decimal(m.marks), "out_of": decimal(m.out_of), "feedback": visible(m.feedback),
            "multiline": "\n" in m.feedback, "counterexample": examples,
        })  # fmt: skip
    return str(template(PAGE).render(
        student=visible(student), total=decimal(known_marks(graded)), out_of=decimal(report.out_of),
        open=sum(g.marked.flagged for g in graded), exercises=list(by_exercise.items()),
    ))  # fmt: skip


def visible(text: str) -> str:
    """Control characters and directional marks shown as U+FFFD, and no more than 2,000 characters."""
    shown = "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text[:2000])
    return shown + (" …" if len(text) > 2000 else "")
