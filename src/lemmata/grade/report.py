"""A class's answers graded: every answer marked in a limited worker, then written out for people and systems.

    grade(["handin/"], exercises, out="marks/", seed=7)  ->  marks/grades.csv, grades.json, feedback/ada.html

An answer that cannot be read, takes too long or breaks a worker has no marks: its cell in grades.csv says
"?", the total counts what is known, and ``Report.flagged`` lists it for a person.  Nothing a student wrote
reaches a page unescaped.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from lemmata.grade.exercise import Exercise, Part, Variant
from lemmata.grade.limits import Killed, Limits, run_limited
from lemmata.grade.mark import Marked, mark
from lemmata.grade.submissions import Problem, Submission, read_submissions

__all__ = ["FORMATS", "Graded", "Report", "feedback_page", "grade", "grades_csv", "mark_all"]

FORMATS = ("csv", "json", "html")


@dataclass(frozen=True)
class Graded:
    """A submission and its result; ``variant`` is the number of the variant, None for the student's own."""

    submission: Submission
    marked: Marked
    prompt: str = ""


@dataclass(frozen=True)
class Report:
    """Everything that came of a set of submissions."""

    graded: tuple[Graded, ...]
    problems: tuple[Problem, ...]
    columns: tuple[tuple[str, str, Fraction], ...]
    seed: int
    written: tuple[Path, ...] = ()

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
) -> Report:
    """Grade the submissions in ``paths`` and write the report into the folder ``out``.

    Each student has the variant of their identifier, or all have the variant with the number ``variant``.
    Where a student answers a part twice, the last answer counts and the report says so.  Raises ValueError
    for an unknown format and WrongSolution when an exercise's own solution does not hold good.
    """
    formats = tuple(formats)
    unknown = [f for f in formats if f not in FORMATS]
    if unknown:
        raise ValueError(f"unknown format {unknown[0]!r}: the formats are {', '.join(FORMATS)}")
    submissions, problems = read_submissions(paths)
    graded, more, columns = mark_all(
        submissions, exercises, seed, jobs, variant=variant, prove=prove, limits=limits
    )
    report = Report(tuple(graded), (*problems, *more), columns, seed)
    written = _write(report, Path(out), formats)
    return Report(report.graded, report.problems, report.columns, seed, tuple(written))


def mark_all(
    submissions: Iterable[Submission], exercises: Mapping[str, Exercise], seed: int, jobs: int = 1, *,
    variant: int | None = None, prove: bool = False, limits: Limits | None = None,
) -> tuple[list[Graded], list[Problem], tuple[tuple[str, str, Fraction], ...]]:  # fmt: skip
    """Every answer marked, each in a limited worker; parts without an answer are marked as such."""
    problems: list[Problem] = []
    latest: dict[tuple[str, str, str], Submission] = {}
    variants: dict[tuple[str, str], Variant] = {}
    students: dict[str, set[str]] = {}
    for s in submissions:
        if s.exercise not in exercises:
            problems.append(Problem(s.file, 0, f"{s.student}: there is no exercise {s.exercise!r}"))
            continue
        if (s.student, s.exercise) not in variants:
            who = s.student if variant is None else variant
            variants[s.student, s.exercise] = exercises[s.exercise].variant(seed, who)
        if s.part not in {p.id for p in variants[s.student, s.exercise].parts}:
            problems.append(Problem(s.file, 0, f"{s.student}: {s.exercise!r} has no part {s.part!r}"))
            continue
        key = (s.student, s.exercise, s.part)
        if key in latest:
            problems.append(
                Problem(
                    s.file, 0, f"{s.student}: {s.exercise} {s.part} is answered twice; the last one counts"
                )
            )
        latest[key] = s
        students.setdefault(s.student, set()).add(s.exercise)
    used = [label for label in exercises if any(label in e for e in students.values())]
    columns: dict[tuple[str, str], Fraction] = {}
    tasks: list[tuple[Submission, Part]] = []
    for student in sorted(students):
        for label in used:
            known = variants.get((student, label))
            if known is None:
                known = exercises[label].variant(seed, student if variant is None else variant)
            for part in known.parts:
                columns[label, part.id] = part.marks
                tasks.append(
                    (latest.get((student, label, part.id), Submission(student, label, part.id, "")), part)
                )

    if prove:
        import lemmata.prove.answer  # noqa: F401 - loaded once, before the workers are forked

    def work(number: int) -> dict[str, Any]:
        submission, part = tasks[number]
        return mark(part, submission.answer, prove).to_json()

    results: dict[int, Marked] = {}
    for number, result in run_limited(work, range(len(tasks)), jobs, limits):
        part = tasks[number][1]
        results[number] = _killed(part, result) if isinstance(result, Killed) else Marked.from_json(result)
    graded = [Graded(s, results[n], p.prompt) for n, (s, p) in enumerate(tasks)]
    return graded, problems, tuple((e, p, marks) for (e, p), marks in columns.items())


def _killed(part: Part, killed: Killed) -> Marked:
    reasons = {"time": "it took too long", "memory": "it needed too much memory"}
    why = reasons.get(killed.why, "it could not be processed")
    return Marked(
        "malformed",
        None,
        part.marks,
        f"Your answer was not marked: {why}. A person will look at it.",
        killed.why.partition(":")[0],
    )


# --- output ----------------------------------------------------------------------------------------


def decimal(marks: Fraction | None) -> str:
    """2, 1.5, 1/3 as it is where it has no short decimal; "?" for marks that wait for a person."""
    if marks is None:
        return "?"
    scaled = marks * 1000
    return f"{float(marks):g}" if scaled.denominator == 1 else str(marks)


def _cell(text: str) -> str:
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
            [_cell(student), *cells, decimal(report.total(student)), sum(c == "?" for c in cells)]
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
            "part": g.submission.part, "answer": _visible(g.submission.answer), "verdict": m.verdict,
            "words": "no answer" if m.diagnosis == "no-answer" else WORDS[m.verdict],
            "marks": decimal(m.marks), "out_of": decimal(m.out_of), "feedback": _visible(m.feedback),
            "multiline": "\n" in m.feedback, "counterexample": examples,
        })  # fmt: skip
    out_of = sum((c[2] for c in report.columns), Fraction(0))
    return template.render(
        student=_visible(student), total=decimal(report.total(student)), out_of=decimal(out_of),
        open=sum(g.marked.flagged for g in report.of(student)), exercises=list(by_exercise.items()),
    )  # fmt: skip


def _visible(text: str) -> str:
    """Control characters and directional marks shown as U+FFFD, and no more than 2,000 characters."""
    shown = "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text[:2000])
    return shown + (" …" if len(text) > 2000 else "")


def _file_name(student: str) -> str:
    """A file name that no identifier can lead out of the folder with; distinct for distinct students."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "_", student)[:60]
    return plain if plain == student else f"{plain}-{hashlib.sha256(student.encode()).hexdigest()[:8]}"


def _write(report: Report, out: Path, formats: tuple[str, ...]) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    texts: dict[Path, str] = {}
    if "csv" in formats:
        texts[out / "grades.csv"] = grades_csv(report)
    if "json" in formats:
        texts[out / "grades.json"] = json.dumps(report.to_json(), indent=1, ensure_ascii=False) + "\n"
    if "html" in formats:
        (out / "feedback").mkdir(exist_ok=True)
        texts |= {
            out / "feedback" / f"{_file_name(s)}.html": feedback_page(report, s) for s in report.students
        }
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", errors="replace")
    return list(texts)
