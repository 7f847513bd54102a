"""What a report is written as: for people, for spreadsheets, for the course's own system.

    csv          grades.csv, a column a part; moodle.csv, for Moodle's grade import
    json         grades.json, everything
    gradescope   gradescope/ada/results.json, one a student, as an autograder writes it
    html         feedback/ada.html, one a student; class.html, marks and the most frequent mistakes
    pdf          feedback/ada.pdf, the same through Typst

A mark that waits for a person is "?" and never a silent zero: Moodle gets an empty cell, Gradescope a test
that says so.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from lemmata.grade.report import WORDS, Report, decimal, feedback_page, grades_csv, safe_cell, visible

__all__ = ["FORMATS", "class_page", "feedback_typst", "gradescope_results", "moodle_csv", "write_report"]

FORMATS = ("csv", "json", "gradescope", "html", "pdf")


def file_name(student: str) -> str:
    """A file name that no identifier can lead out of the folder with; distinct for distinct students."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "_", student)[:60]
    return plain if plain == student else f"{plain}-{hashlib.sha256(student.encode()).hexdigest()[:8]}"


def gradescope_results(report: Report, student: str) -> dict[str, Any]:
    """The results.json of an autograder for one student."""
    tests: list[dict[str, Any]] = []
    for g in report.of(student):
        m = g.marked
        test: dict[str, Any] = {
            "name": f"{g.submission.exercise} ({g.submission.part})", "max_score": float(m.out_of),
            "score": float(m.marks or 0), "output": visible(m.feedback), "output_format": "text",
            "visibility": "visible",
        }  # fmt: skip
        if m.marks is None:
            test["output"] = f"A person will read this answer. {test['output']}"
            test["extra_data"] = {"waits_for_a_person": True}
        elif m.diagnosis not in ("correct", ""):
            test["tags"] = [m.diagnosis]
        tests.append(test)
    waiting = sum(g.marked.flagged for g in report.of(student))
    note = f"{waiting} answers will be read by a person." if waiting else ""
    return {"score": float(report.total(student)), "output": note, "tests": tests}


def moodle_csv(report: Report) -> str:
    """For Grades > Import > CSV: a row a student, a column an exercise; empty where marks are not known yet."""
    labels = list(dict.fromkeys(e for e, _, _ in report.columns))
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["ID number", *labels, "Feedback"])
    for student in report.students:
        cells, words = [], []
        for label in labels:
            marks = [g.marked.marks for g in report.of(student) if g.submission.exercise == label]
            known = [m for m in marks if m is not None]
            cells.append(f"{float(sum(known, Fraction(0))):.5g}" if len(known) == len(marks) else "")
        for g in report.of(student):
            if g.marked.diagnosis not in ("correct", "no-answer"):
                place = f"{g.submission.exercise} ({g.submission.part})"
                words.append(f"{place}: {visible(g.marked.feedback).splitlines()[0]}")
        writer.writerow([safe_cell(student), *cells, safe_cell("; ".join(words))])
    return buffer.getvalue()


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
<th scope="col">Right</th><th scope="col">No answer</th></tr></thead><tbody>
{% for p in parts %}<tr><th scope="row">{{ p.name }}</th><td>{{ p.mean }}</td><td>{{ p.out_of }}</td>
<td>{{ p.right }}</td><td>{{ p.missing }}</td></tr>
{% endfor %}</tbody></table>
<h2>Most frequent mistakes</h2>
<table><thead><tr><th scope="col">Part</th><th scope="col">Mistake</th><th scope="col">How often</th>
<th scope="col">For example</th><th scope="col">What the student was told</th></tr></thead><tbody>
{% for m in mistakes %}<tr><th scope="row">{{ m.name }}</th><td>{{ m.mistake }}</td><td>{{ m.count }}</td>
<td><code>{{ m.example }}</code></td><td>{{ m.feedback }}</td></tr>
{% endfor %}</tbody></table>
<h2>For a person to read</h2>
{% if flagged %}<table><thead><tr><th scope="col">Student</th><th scope="col">Part</th><th scope="col">Answer</th>
<th scope="col">Why</th></tr></thead><tbody>
{% for f in flagged %}<tr><th scope="row">{{ f.student }}</th><td>{{ f.name }}</td><td><code>{{ f.answer }}</code></td>
<td>{{ f.why }}</td></tr>
{% endfor %}</tbody></table>{% else %}<p>Nothing.</p>{% endif %}
{% if changes %}<h2>Marks that changed</h2><ul>
{% for c in changes %}<li>{{ c.student }}, {{ c.exercise }} ({{ c.part }}):
{{ c.before or "?" }}, now {{ c.after or "?" }}</li>
{% endfor %}</ul>{% endif %}
</body></html>
"""


def class_page(report: Report, most: int = 30) -> str:
    """Marks by part, the most frequent mistakes with an example each, and what waits for a person."""
    from jinja2 import Environment

    groups: dict[tuple[str, str], list[Any]] = {}
    for g in report.graded:
        groups.setdefault((g.submission.exercise, g.submission.part), []).append(g)
    parts = []
    counts: Counter[tuple[str, str, str]] = Counter()
    examples: dict[tuple[str, str, str], Any] = {}
    for exercise, part, out_of in report.columns:
        group = groups.get((exercise, part), [])
        known = [g.marked.marks for g in group if g.marked.marks is not None]
        mean = sum(known, Fraction(0)) / len(known) if known else Fraction(0)
        parts.append({
            "name": f"{exercise} ({part})", "mean": f"{float(mean):.2f}", "out_of": decimal(out_of),
            "right": sum(g.marked.verdict == "correct" for g in group),
            "missing": sum(g.marked.diagnosis == "no-answer" for g in group),
        })  # fmt: skip
        for g in group:
            if g.marked.diagnosis not in ("correct", "no-answer") and not g.marked.flagged:
                key = (exercise, part, g.marked.diagnosis)
                counts[key] += 1
                examples.setdefault(key, g)
    mistakes = [
        {"name": f"{e} ({p})", "mistake": d.replace("-", " "), "count": n,
         "example": visible(examples[e, p, d].submission.answer)[:200],
         "feedback": visible(examples[e, p, d].marked.feedback)[:300]}
        for (e, p, d), n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:most]
    ]  # fmt: skip
    flagged = [
        {"student": visible(g.submission.student), "name": f"{g.submission.exercise} ({g.submission.part})",
         "answer": visible(g.submission.answer)[:300], "why": visible(g.marked.feedback)[:300]}
        for g in report.flagged
    ]  # fmt: skip
    totals = [report.total(s) for s in report.students]
    mean = sum(totals, Fraction(0)) / len(totals) if totals else Fraction(0)
    return (
        Environment(autoescape=True, trim_blocks=True)
        .from_string(CLASS)
        .render(
            students=len(totals), mean=f"{float(mean):.2f}", parts=parts, mistakes=mistakes, flagged=flagged,
            out_of=decimal(sum((c[2] for c in report.columns), Fraction(0))), changes=report.changes,
        )
    )  # fmt: skip


def _quoted(text: str) -> str:
    """A Typst string: nothing in it is markup or code."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def feedback_typst(report: Report, student: str) -> str:
    """The feedback for one student as Typst; every text of the student is a string literal."""
    lines = [
        f"#set document(title: {_quoted('Feedback for ' + visible(student))})",
        '#set text(lang: "en", size: 10.5pt)',
        f"= #{_quoted('Feedback for ' + visible(student))}",
        f"#{_quoted('Marks so far: ' + decimal(report.total(student)))}",
    ]
    exercise = ""
    for g in report.of(student):
        m = g.marked
        if g.submission.exercise != exercise:
            exercise = g.submission.exercise
            lines.append(f"== #{_quoted(exercise)}")
        words = "no answer" if m.diagnosis == "no-answer" else WORDS[m.verdict]
        lines.append(
            f"=== #{_quoted(f'Part {g.submission.part}: {words}, {decimal(m.marks)} of {decimal(m.out_of)}')}"
        )
        if g.submission.answer.strip():
            lines.append(f"#raw(block: true, {_quoted(visible(g.submission.answer))})")
        lines.append(f"#{_quoted(visible(m.feedback))}")
        for name, value in (m.counterexample or {}).items():
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            lines.append(f"- #{_quoted(f'{name} = {shown}')}")
    return "\n\n".join(lines) + "\n"


def _pdf(source: str) -> bytes:
    from lemmata.publish.typst import compile_typst

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "feedback.typ"
        path.write_text(source, encoding="utf-8", errors="replace")
        return compile_typst(path)[0]


def write_report(report: Report, out: Path, formats: Sequence[str]) -> list[Path]:
    """Write the files of these formats into the folder; their paths."""
    texts: dict[Path, str | bytes] = {}
    if "csv" in formats:
        texts[out / "grades.csv"] = grades_csv(report)
        texts[out / "moodle.csv"] = moodle_csv(report)
    if "json" in formats:
        texts[out / "grades.json"] = json.dumps(report.to_json(), indent=1, ensure_ascii=False) + "\n"
    names = {s: file_name(s) for s in report.students}
    if "gradescope" in formats:
        for s, name in names.items():
            found = json.dumps(gradescope_results(report, s), indent=1) + "\n"
            texts[out / "gradescope" / name / "results.json"] = found
    if "html" in formats:
        texts |= {out / "feedback" / f"{name}.html": feedback_page(report, s) for s, name in names.items()}
        texts[out / "class.html"] = class_page(report)
    if "pdf" in formats:
        texts |= {
            out / "feedback" / f"{name}.pdf": _pdf(feedback_typst(report, s)) for s, name in names.items()
        }
    for path, content in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
    return list(texts)
