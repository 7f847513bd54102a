"""The class report: marks by part, the most frequent mistakes with an example, what waits for a person.

    tally = Tally(report)
    for student, graded in report.by_student():
        tally.add(graded)
    stream.writelines(class_page(report, tally))

A tally grows with the number of mistakes that have a name, not with the number of students; what a person has to
read is written as it is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from lemmata.grade.classroom.report import Report, decimal, known_marks, template, visible
from lemmata.grade.classroom.stack import Graded

__all__ = ["Tally", "class_page"]

CLASS = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Class report</title>
<style>
body { font-family: serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.45; }
table { border-collapse: collapse; } td, th { border: 1px solid #bbb; padding: .2rem .5rem; text-align: left; }
td code { overflow-wrap: anywhere; }
</style></head><body>
<h1>Class report</h1>
<p>{{ students }} students; mean {{ mean }} of {{ out_of }}.</p>
<h2>Parts</h2>
<table><thead><tr><th scope="col">Part</th><th scope="col">Mean</th><th scope="col">Of</th>
<th scope="col">Right</th><th scope="col">No answer</th>
<th scope="col">For a person</th></tr></thead><tbody>
{% for p in parts %}<tr><th scope="row">{{ p.name }}</th><td>{{ p.mean }}</td><td>{{ p.out_of }}</td>
<td>{{ p.right }}</td><td>{{ p.missing }}</td><td>{{ p.open }}</td></tr>
{% endfor %}</tbody></table>
<h2>Most frequent mistakes</h2>
{% if more %}<p>{{ mistakes|length }} of {{ mistakes|length + more }} are shown.</p>{% endif %}
<table><thead><tr><th scope="col">Part</th><th scope="col">Mistake</th><th scope="col">How often</th>
<th scope="col">For example</th><th scope="col">What the student was told</th></tr></thead><tbody>
{% for m in mistakes %}<tr><th scope="row">{{ m.name }}</th><td>{{ m.mistake }}</td><td>{{ m.count }}</td>
<td><code>{{ m.example }}</code></td><td>{{ m.feedback }}</td></tr>
{% endfor %}</tbody></table>
<h2>For a person to read</h2>
{% if waiting %}<table><thead><tr><th scope="col">Student</th><th scope="col">Part</th><th scope="col">Answer</th>
<th scope="col">Why</th></tr></thead><tbody>
{% for f in flagged %}<tr><th scope="row">{{ f.student }}</th><td>{{ f.name }}</td><td><code>{{ f.answer }}</code></td>
<td>{{ f.why }}</td></tr>
{% endfor %}</tbody></table>{% else %}<p>Nothing.</p>{% endif %}
{% if problems %}<h2>What was no answer</h2><ul>
{% for p in problems %}<li><code>{{ p.file }}{% if p.line %}:{{ p.line }}{% endif %}</code>: {{ p.message }}</li>
{% endfor %}</ul>{% endif %}
{% if changes %}<h2>Marks that changed</h2><ul>
{% for c in changes %}<li>{{ c.student }}, {{ c.exercise }} ({{ c.part }}):
{{ c.before or "?" }}, now {{ c.after or "?" }}</li>
{% endfor %}</ul>{% endif %}
</body></html>
"""


class Tally:
    """Counts over the class, student by student."""

    def __init__(self, report: Report) -> None:
        self.columns = report.columns
        self.students = 0
        self.total = Fraction(0)
        self.sums: Counter[tuple[str, str]] = Counter()
        self.counts: Counter[tuple[str, str, str]] = Counter()  # exercise, part, what
        self.mistakes: Counter[tuple[str, str, str]] = Counter()  # exercise, part, diagnosis
        self.examples: dict[tuple[str, str, str], Graded] = {}
        self.waiting = 0

    def add(self, graded: Sequence[Graded]) -> None:
        """The marks of one more student."""
        self.students += 1
        self.total += known_marks(graded)
        for g in graded:
            place = (g.submission.exercise, g.submission.part)
            if g.marked.flagged:
                self.waiting += 1
                self.counts[(*place, "open")] += 1
                continue
            self.counts[(*place, "known")] += 1
            self.sums[place] += g.marked.marks or Fraction(0)  # type: ignore[assignment]
            if g.marked.verdict == "correct":
                self.counts[(*place, "right")] += 1
            elif g.marked.diagnosis == "no-answer":
                self.counts[(*place, "missing")] += 1
            else:
                key = (*place, g.marked.diagnosis)
                self.mistakes[key] += 1
                # The shortest one: an example is read at a glance.
                if key not in self.examples or len(g.submission.answer) < len(
                    self.examples[key].submission.answer
                ):
                    self.examples[key] = g


def class_page(report: Report, tally: Tally | None = None, most: int = 30) -> Iterator[str]:
    """The page, piece by piece: marks by part, the most frequent mistakes with an example each, what waits
    for a person, what was no answer."""
    if tally is None:
        tally = Tally(report)
        for _, graded in report.by_student():
            tally.add(graded)
    parts = []
    for exercise, part, out_of in report.columns:
        known = tally.counts[exercise, part, "known"]
        parts.append({
            "name": f"{exercise} ({part})", "out_of": decimal(out_of),
            "mean": f"{float(tally.sums[exercise, part]) / known:.2f}" if known else "?",
            "right": tally.counts[exercise, part, "right"], "missing": tally.counts[exercise, part, "missing"],
            "open": tally.counts[exercise, part, "open"],
        })  # fmt: skip
    ordered = sorted(tally.mistakes.items(), key=lambda c: (-c[1], c[0]))
    mistakes = [
        {"name": f"{e} ({p})", "mistake": d.replace("-", " "), "count": n,
         "example": visible(tally.examples[e, p, d].submission.answer)[:200],
         "feedback": visible(tally.examples[e, p, d].marked.feedback)[:300]}
        for (e, p, d), n in ordered[:most]
    ]  # fmt: skip
    flagged = (
        {"student": visible(g.submission.student), "name": f"{g.submission.exercise} ({g.submission.part})",
         "answer": visible(g.submission.answer)[:300], "why": visible(g.marked.feedback)[:300]}
        for g in report.waiting()
    )  # fmt: skip
    problems = [
        {"file": visible(p.file), "line": p.line, "message": visible(p.message)} for p in report.problems
    ]
    yield from template(CLASS).generate(
        students=tally.students, mean=f"{float(tally.total) / max(1, tally.students):.2f}", parts=parts,
        mistakes=mistakes, more=len(ordered) - len(mistakes), flagged=flagged, problems=problems,
        out_of=decimal(report.out_of), changes=report.changes,
        waiting=tally.waiting,
    )  # fmt: skip
