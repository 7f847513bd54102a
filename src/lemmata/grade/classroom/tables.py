"""Marks for spreadsheets: a row for each student.

    grades.csv    a column a part, the total, how many answers a person has to read
    moodle.csv    for Moodle's Grades > Import > CSV: who, and for each exercise marks and feedback

Moodle asks which column is which: "ID number" or "Email address" says who, "ridge (Real)" and "ridge (Feedback)"
are named as in its own exports.  It wants feedback and grade of an item together, and takes an empty grade for
none: what waits for a person is empty there, and "?" in grades.csv (docs.moodle.org, "Grade import").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from fractions import Fraction

from lemmata.grade.classroom.report import Report, decimal, known_marks, visible
from lemmata.grade.classroom.stack import Graded

__all__ = [
    "grades_csv", "grades_head", "grades_row", "moodle_csv", "moodle_head", "moodle_row", "row_text",
    "safe_cell",
]  # fmt: skip


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r") else text


def row_text(cells: Sequence[object]) -> str:
    """A line of CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def grades_head(report: Report) -> list[str]:
    heads = [f"{e}/{p} ({decimal(m)})" for e, p, m in report.columns]
    return ["student", *heads, "total", "to be read by a person"]


def grades_row(report: Report, student: str, graded: Sequence[Graded]) -> list[object]:
    by_part = {(g.submission.exercise, g.submission.part): g.marked for g in graded}
    cells = [decimal(by_part[e, p].marks) for e, p, _ in report.columns]
    return [safe_cell(student), *cells, decimal(known_marks(graded)), sum(c == "?" for c in cells)]


def grades_csv(report: Report) -> str:
    """A row a student, a column a part, the total, and how many answers wait for a person."""
    rows = (grades_row(report, student, graded) for student, graded in report.by_student())
    return row_text(grades_head(report)) + "".join(map(row_text, rows))


def moodle_head(report: Report) -> list[str]:
    labels = dict.fromkeys(e for e, _, _ in report.columns)
    return ["ID number", "Email address", *(f"{e} ({what})" for e in labels for what in ("Real", "Feedback"))]


def moodle_row(report: Report, student: str, graded: Sequence[Graded]) -> list[str]:
    cells = ["", safe_cell(student)] if "@" in student.strip("@") else [safe_cell(student), ""]
    for label in dict.fromkeys(e for e, _, _ in report.columns):
        own = [g for g in graded if g.submission.exercise == label]
        known = [g.marked.marks for g in own if g.marked.marks is not None]
        marks = f"{float(sum(known, Fraction(0))):.5f}".rstrip("0").rstrip(".")
        words = [
            f"({g.submission.part}) {visible(g.marked.feedback).splitlines()[0]}"
            for g in own
            if g.marked.diagnosis not in ("correct", "no-answer") and g.marked.feedback.strip()
        ]
        cells += [marks if len(known) == len(own) else "", safe_cell("; ".join(words))]
    return cells


def moodle_csv(report: Report) -> str:
    """A row a student, marks and feedback for each exercise; empty where marks are not known yet."""
    rows = (moodle_row(report, student, graded) for student, graded in report.by_student())
    return row_text(moodle_head(report)) + "".join(map(row_text, rows))
