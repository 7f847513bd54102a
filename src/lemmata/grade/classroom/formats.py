"""What a report is written as: for people, for spreadsheets, for the course's own system.

    csv          grades.csv, a column a part; moodle.csv, for Moodle's grade import
    json         grades.json, everything
    gradescope   gradescope/ada/results.json, one a student, as an autograder writes it
    html         feedback/ada.html, one a student; class.html, marks and the most frequent mistakes
    pdf, latex   feedback/ada.pdf and feedback/ada.tex, the same for paper

A mark that waits for a person is "?" and never a silent zero: Moodle gets an empty cell, Gradescope a test
that says so.  One walk through the class writes everything.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from lemmata.grade.classroom.class_page import Tally, class_page
from lemmata.grade.classroom.feedback import feedback_latex, feedback_pdf
from lemmata.grade.classroom.report import (
    Report,
    feedback_page,
    flagged_json,
    known_marks,
    student_json,
    visible,
)
from lemmata.grade.classroom.stack import Graded
from lemmata.grade.classroom.tables import grades_head, grades_row, moodle_head, moodle_row, row_text

__all__ = ["FORMATS", "file_name", "gradescope_results", "write_report"]

FORMATS = ("csv", "json", "gradescope", "html", "pdf", "latex")
Row = Callable[[Report, str, Sequence[Graded]], Sequence[object]]


def file_name(student: str) -> str:
    """A file name that no identifier can lead out of the folder with; distinct for distinct students."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "_", student)[:60]
    return plain if plain == student else f"{plain}-{hashlib.sha256(student.encode()).hexdigest()[:8]}"


def gradescope_results(graded: Sequence[Graded]) -> dict[str, Any]:
    """The results.json of an autograder for one student (gradescope-autograders, "Autograder Specifications")."""
    tests: list[dict[str, Any]] = []
    for g in graded:
        m = g.marked
        test: dict[str, Any] = {
            "name": f"{g.submission.exercise} ({g.submission.part})", "name_format": "text",
            "score": float(m.marks or 0), "max_score": float(m.out_of),
            "output": visible(m.feedback), "output_format": "text", "visibility": "visible",
        }  # fmt: skip
        if m.marks is None:
            test["output"] = f"A person will read this answer. {test['output']}"
            test["extra_data"] = {"waits_for_a_person": True}
        else:
            test["status"] = "passed" if m.verdict == "correct" else "failed"
            if m.diagnosis not in ("correct", ""):
                test["tags"] = [m.diagnosis]
        tests.append(test)
    waiting = sum(g.marked.flagged for g in graded)
    note = f"{waiting} answer{'s' * (waiting != 1)} will be read by a person." if waiting else ""
    return {
        "score": float(known_marks(graded)), "output": note, "output_format": "text", "visibility": "visible",
        "stdout_visibility": "hidden", "tests": tests,
    }  # fmt: skip


@contextmanager
def _whole(path: Path) -> Iterator[IO[str]]:
    """A file that is there when it is whole, and not before."""
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        yield stream
    os.replace(part, path)


def write_report(report: Report, out: Path, formats: Sequence[str]) -> list[Path]:
    """Write the files of these formats into the folder; the files, and the folders of files for each student."""
    written = [out / name for name in ("grades.csv", "moodle.csv") if "csv" in formats]
    written += [out / "grades.json"] if "json" in formats else []
    own = tuple(f for f in ("html", "pdf", "latex") if f in formats)
    folders = [out / "gradescope"] if "gradescope" in formats else []
    folders += [out / "feedback"] if own else []
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    tally = Tally(report)
    with ExitStack() as stack:
        streams = [stack.enter_context(_whole(path)) for path in written]
        tables: list[tuple[IO[str], Row]] = []
        if "csv" in formats:
            tables = [(streams[0], grades_row), (streams[1], moodle_row)]
            for stream, head in zip(streams[:2], (grades_head, moodle_head), strict=True):
                stream.write(row_text(head(report)))
        document = streams[-1] if "json" in formats else None
        if document is not None:
            document.write(f'{{\n"seed": {report.seed},\n"out_of": "{report.out_of}",\n"students": [')
        for n, (student, graded) in enumerate(report.by_student()):
            tally.add(graded)
            for stream, row in tables:
                stream.write(row_text(row(report, student, graded)))
            if document is not None:
                line = json.dumps(student_json(student, graded), ensure_ascii=False)
                document.write((",\n" if n else "\n") + line)
            if "gradescope" in formats:
                folder = out / "gradescope" / file_name(student)
                folder.mkdir(exist_ok=True)
                (folder / "results.json").write_text(
                    json.dumps(gradescope_results(graded), indent=1) + "\n", "utf-8"
                )
            for form in own:
                path = out / "feedback" / f"{file_name(student)}.{'tex' if form == 'latex' else form}"
                path.write_bytes(_page(report, student, graded, form))
        if document is not None:
            document.write('\n],\n"flagged": [')
            for n, entry in enumerate(report.waiting()):
                document.write((",\n" if n else "\n") + json.dumps(flagged_json(entry), ensure_ascii=False))
            rest = json.dumps(report.remarks_json(), indent=1, ensure_ascii=False)
            document.write("\n],\n" + rest.strip().removeprefix("{").lstrip() + "\n")
    if "html" in formats:
        with _whole(out / "class.html") as stream:
            stream.writelines(class_page(report, tally))
        written.append(out / "class.html")
    return [*written, *folders]


def _page(report: Report, student: str, graded: Sequence[Graded], form: str) -> bytes:
    if form == "html":
        return feedback_page(report, student, graded).encode("utf-8", "replace")
    if form == "latex":
        return feedback_latex(student, graded, report.out_of).encode("utf-8", "replace")
    return feedback_pdf(student, graded, report.out_of)
