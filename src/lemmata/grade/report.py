"""A class's answers graded: every answer marked in a limited worker, then written out for people and systems.

    grade(["handin/"], exercises, out="marks/", seed=7)  ->  marks/grades.csv, grades.json, feedback/ada.html

An answer that cannot be read, takes too long or breaks a worker has no marks: its cell in grades.csv says
"?", the total counts what is known, and ``Report.flagged`` lists it for a person.  Nothing a student wrote
reaches a page unescaped.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from lemmata.grade.exercise import Exercise
from lemmata.grade.gradebook import Change
from lemmata.grade.handed_in import Problem, Submission
from lemmata.grade.limits import Limits
from lemmata.grade.marking import Graded, mark_submissions
from lemmata.grade.submissions import read_submissions

__all__ = [
    "FORMATS", "WORDS", "Graded", "Report", "decimal", "feedback_page", "grade", "grades_csv", "safe_cell",
    "visible",
]  # fmt: skip

FORMATS = ("csv", "json", "gradescope", "html")


@dataclass(frozen=True)
class Report:
    """Everything that came of a set of submissions."""

    graded: tuple[Graded, ...]
    problems: tuple[Problem, ...]
    columns: tuple[tuple[str, str, Fraction], ...]
    seed: int
    written: tuple[Path, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def flagged(self) -> list[Graded]:
        """The answers that wait for a person."""
        return [g for g in self.graded if g.marked.flagged]

    @property
    def students(self) -> list[str]:
        return sorted({g.submission.student for g in self.graded})

    def of(self, student: str) -> list[Graded]:
        return [g for g in self.graded if g.submission.student == student]

    def total(self, student: str) -> Fraction:
        """The marks known so far."""
        return sum((g.marked.marks for g in self.of(student) if g.marked.marks is not None), Fraction(0))

    def to_json(self) -> dict[str, Any]:
        return {
            "seed": self.seed,
            "out_of": str(sum((c[2] for c in self.columns), Fraction(0))),
            "students": [
                {
                    "student": s,
                    "total": str(self.total(s)),
                    "complete": not any(g.marked.flagged for g in self.of(s)),
                    "answers": [
                        {"exercise": g.submission.exercise, "part": g.submission.part,
                         "answer": g.submission.answer, **g.marked.to_json()}
                        for g in self.of(s)
                    ],
                }
                for s in self.students
            ],
            "flagged": [[*_place(g.submission), g.marked.diagnosis] for g in self.flagged],
            "changes": [asdict(c) for c in self.changes],
            "problems": [{"file": p.file, "line": p.line, "message": p.message} for p in self.problems],
        }  # fmt: skip


def _place(s: Submission) -> tuple[str, str, str]:
    return s.student, s.exercise, s.part


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
) -> Report:
    """Grade the submissions in ``paths`` and write the report into the folder ``out``.

    Each student has the variant of their identifier, or all have the variant with the number ``variant``.
    Where a student answers a part twice, the last answer counts and the report says so.  The marks are kept in
    the book at the URL ``database``, by default in grades.sqlite in the folder; ``resume`` takes from it what
    the same checker has marked already.  Raises ValueError for an unknown format and WrongSolution when an
    exercise's own solution does not hold good.
    """
    from lemmata.grade.formats import FORMATS as known
    from lemmata.grade.formats import write_report
    from lemmata.grade.gradebook import Gradebook

    formats = tuple(formats)
    unknown = [f for f in formats if f not in known]
    if unknown:
        raise ValueError(f"unknown format {unknown[0]!r}: the formats are {', '.join(known)}")
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    submissions, problems = read_submissions(paths)
    with Gradebook(database or f"sqlite:///{folder.resolve() / 'grades.sqlite'}") as book:
        marking = mark_submissions(
            submissions,
            exercises,
            seed,
            jobs,
            variant=variant,
            prove=prove,
            limits=limits,
            book=book,
            resume=resume,
        )
    report = Report(
        marking.graded, (*problems, *marking.problems), marking.columns, seed, changes=marking.changes
    )
    return replace(report, written=tuple(write_report(report, folder, formats)))


# --- output ----------------------------------------------------------------------------------------


def decimal(marks: Fraction | None) -> str:
    """2, 1.5, 1/3 as it is where it has no short decimal; "?" for marks that wait for a person."""
    if marks is None:
        return "?"
    scaled = marks * 1000
    return f"{float(marks):g}" if scaled.denominator == 1 else str(marks)


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def grades_csv(report: Report) -> str:
    """A row a student, a column a part, the total, and how many answers wait for a person."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    heads = [f"{e}/{p} ({decimal(m)})" for e, p, m in report.columns]
    writer.writerow(["student", *heads, "total", "to be read by a person"])
    for student in report.students:
        by_part = {(g.submission.exercise, g.submission.part): g.marked for g in report.of(student)}
        cells = [decimal(by_part[e, p].marks) for e, p, _ in report.columns]
        writer.writerow(
            [safe_cell(student), *cells, decimal(report.total(student)), sum(c == "?" for c in cells)]
        )
    return buffer.getvalue()


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


def feedback_page(report: Report, student: str) -> str:
    """The HTML page for one student; every text is escaped."""
    from jinja2 import Environment

    template = Environment(autoescape=True, trim_blocks=True).from_string(PAGE)
    by_exercise: dict[str, list[dict[str, Any]]] = {}
    for g in report.of(student):
        m = g.marked
        examples = [
            (k, json.dumps(v, ensure_ascii=False) if not isinstance(v, str) else v)
            for k, v in (m.counterexample or {}).items()
        ]
        by_exercise.setdefault(g.submission.exercise, []).append({
            "part": g.submission.part, "answer": visible(g.submission.answer), "verdict": m.verdict,
            "words": "no answer" if m.diagnosis == "no-answer" else WORDS[m.verdict],
            "marks": decimal(m.marks), "out_of": decimal(m.out_of), "feedback": visible(m.feedback),
            "multiline": "\n" in m.feedback, "counterexample": examples,
        })  # fmt: skip
    out_of = sum((c[2] for c in report.columns), Fraction(0))
    return template.render(
        student=visible(student), total=decimal(report.total(student)), out_of=decimal(out_of),
        open=sum(g.marked.flagged for g in report.of(student)), exercises=list(by_exercise.items()),
    )  # fmt: skip


def visible(text: str) -> str:
    """Control characters and directional marks shown as U+FFFD, and no more than 2,000 characters."""
    shown = "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text[:2000])
    return shown + (" …" if len(text) > 2000 else "")
