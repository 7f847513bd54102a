r"""What was handed in: JSON, JSON lines, CSV and Markdown become one list of answers.

    {"student": "ada", "answers": {"min-norm-line": {"a": "(4,0)+t(-2,1)"}}}     JSON
    student,exercise,part,answer                            CSV, or the same keys as JSON lines
    # min-norm-line / ## a / (4,0) + t(-2,1)                Markdown, the file name is the student
    \section{min-norm-line} / \subsection{a} / ...         LaTeX, the same
    {"cell_type": ..., "metadata": {"nbgrader": ...}}       a notebook: cells with an id, or under headings
    submission_12/..., submission_metadata.yml              a Gradescope export: the folder is the student

A file that cannot be read, and a line without its four fields, is a ``Problem`` in the report: it is shown,
never skipped in silence.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lemmata.grade.course_systems import gradescope_student, latex_answers, markdown_answers, notebook_answers
from lemmata.grade.handed_in import Problem, Submission

__all__ = ["Problem", "Submission", "read_submissions"]

MOST_BYTES = 20_000_000
# What the course systems put beside the answers.
NOT_ANSWERS = ("submission_metadata.json", "results.json", "metadata.json")
SUFFIXES = (".json", ".jsonl", ".csv", ".md", ".tex", ".ipynb")


def read_submissions(paths: Iterable[Path | str]) -> tuple[list[Submission], list[Problem]]:
    """The answers in these files and folders (.json, .jsonl, .csv, .md, .tex, .ipynb), in the order of file names."""
    found: list[Submission] = []
    problems: list[Problem] = []
    for path in (p for given in paths for p in _files(Path(given), problems)):
        for item in _read(path):
            if isinstance(item, Submission) and (name := gradescope_student(path)):
                item = replace(item, student=name)
            (found if isinstance(item, Submission) else problems).append(item)  # type: ignore[arg-type]
    return found, problems


def _files(path: Path, problems: list[Problem]) -> list[Path]:
    if path.is_dir():
        found = (p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        return sorted(p for p in found if ".ipynb_checkpoints" not in p.parts and p.name not in NOT_ANSWERS)
    if not path.is_file():
        problems.append(Problem(str(path), 0, "there is no such file or folder"))
        return []
    if path.suffix.lower() not in SUFFIXES:
        problems.append(Problem(str(path), 0, f"expected one of {', '.join(SUFFIXES)}"))
        return []
    return [path]


def _read(path: Path) -> Iterator[Submission | Problem]:
    name = str(path)
    if path.stat().st_size > MOST_BYTES:
        yield Problem(name, 0, f"larger than {MOST_BYTES // 10**6} MB")
        return
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Problem(name, 0, f"not UTF-8 text: byte {error.start}")
        return
    reader = {
        ".json": _json,
        ".jsonl": _json_lines,
        ".csv": _csv,
        ".md": markdown_answers,
        ".tex": latex_answers,
        ".ipynb": notebook_answers,
    }[path.suffix.lower()]
    try:
        yield from reader(text, path)
    except RecursionError:
        yield Problem(name, 0, "nested too deeply")


def _json(text: str, path: Path) -> Iterator[Submission | Problem]:
    try:
        data = json.loads(text)
    except ValueError as error:
        yield Problem(
            str(path),
            getattr(error, "lineno", 0),
            f"not JSON: {getattr(error, 'msg', 'a number is too long')}",
        )
        return
    entries = data if isinstance(data, list) else [data]
    for entry in entries:
        if isinstance(entry, dict) and "exercise" in entry:
            yield _row(entry, path, 0)
            continue
        answers = entry.get("answers") if isinstance(entry, dict) else None
        if not isinstance(answers, dict):
            yield Problem(str(path), 0, 'expected {"student": ..., "answers": {exercise: {part: answer}}}')
            continue
        student = entry.get("student", path.stem)
        for exercise, parts in answers.items():
            if not isinstance(parts, dict):
                yield Problem(str(path), 0, f"the answers to {exercise!r} are not {{part: answer}}")
                continue
            for part, answer in parts.items():
                yield _row(
                    {"student": student, "exercise": exercise, "part": part, "answer": answer}, path, 0
                )


def _json_lines(text: str, path: Path) -> Iterator[Submission | Problem]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError:
            yield Problem(str(path), number, "this line is not JSON")
            continue
        yield _row(entry, path, number)


def _csv(text: str, path: Path) -> Iterator[Submission | Problem]:
    try:
        for number, entry in enumerate(csv.DictReader(io.StringIO(text)), start=2):
            yield _row(entry, path, number)
    except csv.Error as error:
        yield Problem(str(path), 0, f"not CSV: {error}")


def _row(entry: Any, path: Path, line: int) -> Submission | Problem:
    if not isinstance(entry, dict):
        return Problem(str(path), line, "expected student, exercise, part and answer")
    missing = [key for key in ("student", "exercise", "part", "answer") if entry.get(key) is None]
    if missing:
        return Problem(str(path), line, f"no {' and no '.join(missing)}")
    values = [entry[key] for key in ("student", "exercise", "part", "answer")]
    if isinstance(values[3], (int, float)) and not isinstance(values[3], bool):
        values[3] = json.dumps(values[3])
    if isinstance(values[3], list):
        values[3] = json.dumps(values[3])
    if not all(isinstance(v, (str, int)) for v in values) or any(isinstance(v, bool) for v in values):
        return Problem(str(path), line, "the four fields are texts")
    student, exercise, part, answer = map(str, values)
    if not student.strip():
        return Problem(str(path), line, "no student")
    return Submission(student.strip(), exercise.strip(), part.strip(), answer, str(path))
