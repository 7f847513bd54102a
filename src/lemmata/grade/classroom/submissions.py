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
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lemmata.grade.classroom.course_folders import gradescope_students
from lemmata.grade.classroom.course_systems import latex_answers, markdown_answers, notebook_answers
from lemmata.grade.classroom.handed_in import LONGEST_NAME, Problem, Submission

__all__ = ["Problem", "Submission", "read_submissions", "submissions_in"]

MOST_BYTES = 20_000_000  # of a file that is read at once; .jsonl and .csv are read line by line
LONGEST_LINE = 2_000_000
# What the course systems put beside the answers.
NOT_ANSWERS = ("submission_metadata.json", "submission_metadata.yml", "results.json", "metadata.json")
SUFFIXES = (".json", ".jsonl", ".csv", ".md", ".tex", ".ipynb")
# Nobody's answer: system files, and what a LaTeX run leaves behind.
IGNORED = ("", ".aux", ".log", ".out", ".toc", ".gz", ".fls", ".fdb_latexmk", ".db", ".ini")


def read_submissions(paths: Iterable[Path | str]) -> tuple[list[Submission], list[Problem]]:
    """The answers in these files and folders (.json, .jsonl, .csv, .md, .tex, .ipynb), in the order of file names."""
    found: list[Submission] = []
    problems: list[Problem] = []
    for item in submissions_in(paths):
        (found if isinstance(item, Submission) else problems).append(item)  # type: ignore[arg-type]
    return found, problems


def submissions_in(
    paths: Iterable[Path | str], without: Path | None = None
) -> Iterator[Submission | Problem]:
    """The same one by one, and between them what is no answer; ``without`` a folder, that of the marks."""
    out = "" if without is None else str(without.resolve())
    for file in (f for given in paths for f in _files(str(given), out)):
        if isinstance(file, Problem):
            yield file
            continue
        path = Path(file)
        students, problems = gradescope_students(path)
        yield from problems
        for item in _read(path):
            if isinstance(item, Submission) and students:
                yield from (_checked(replace(item, student=student)) for student in students)
            else:
                yield _checked(item) if isinstance(item, Submission) else item


def _checked(s: Submission) -> Submission | Problem:
    for name in (s.student, s.exercise, s.part):
        if len(name) > LONGEST_NAME:
            return Problem(s.file, 0, f"a name of more than {LONGEST_NAME} characters: {name[:40]}...")
    return s if s.student.strip() else Problem(s.file, 0, "no student")


def _files(given: str, out: str) -> Iterator[str | Problem]:
    suffix = os.path.splitext(given)[1].lower()
    if os.path.isdir(given):
        yield from _below(given, out)
    elif not os.path.isfile(given):
        yield Problem(given, 0, "there is no such file or folder")
    elif suffix not in SUFFIXES:
        yield Problem(given, 0, f"expected one of {', '.join(SUFFIXES)}")
    else:
        yield given


def _below(folder: str, out: str) -> Iterator[str | Problem]:
    """Files in a folder and the folders in it, by name; what may be an answer and cannot be read is a problem."""
    if os.path.realpath(folder) == out:
        return
    with os.scandir(folder) as entries:
        names = sorted(
            (e.name, e.is_dir(follow_symlinks=False), e.is_file(follow_symlinks=False)) for e in entries
        )
    for name, is_folder, is_file in names:
        path = os.path.join(folder, name)
        if name.startswith((".", "__MACOSX")) or name in NOT_ANSWERS:
            continue
        if is_folder:
            yield from _below(path, out)
            continue
        suffix = os.path.splitext(name)[1].lower()
        if not is_file:  # what a student's link points to is not the student's
            yield Problem(path, 0, "a link or a device: not followed")
        elif suffix in SUFFIXES:
            yield path
        elif suffix not in IGNORED:
            yield Problem(
                path, 0, f"a file of a kind that is not read; expected one of {', '.join(SUFFIXES)}"
            )


def _read(path: Path) -> Iterator[Submission | Problem]:
    name, suffix = str(path), path.suffix.lower()
    try:
        if suffix in (".jsonl", ".csv"):
            yield from (_json_lines if suffix == ".jsonl" else _csv)(path)
            return
        if path.stat().st_size > MOST_BYTES:
            yield Problem(
                name, 0, f"larger than {MOST_BYTES // 10**6} MB; give many answers as .jsonl or .csv"
            )
            return
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Problem(name, 0, f"not UTF-8 text: byte {error.start}")
        return
    except OSError as error:
        yield Problem(name, 0, f"cannot be read: {error.strerror}")
        return
    readers = {".json": _json, ".md": markdown_answers, ".tex": latex_answers, ".ipynb": notebook_answers}
    try:
        yield from readers[suffix](text, path)
    except RecursionError:
        yield Problem(name, 0, "nested too deeply")


def _lines(path: Path) -> Iterator[str | Problem]:
    """The lines of a file, with their ends."""
    with open(path, "rb") as stream:
        number = 0
        while line := stream.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LONGEST_LINE)
                yield Problem(str(path), number, f"longer than {LONGEST_LINE} characters")
                continue
            try:
                yield line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                yield Problem(str(path), number, f"not UTF-8 text: byte {error.start} of the line")


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


def _json_lines(path: Path) -> Iterator[Submission | Problem]:
    for number, line in enumerate(_lines(path), start=1):
        if isinstance(line, Problem):
            yield line
        elif line.strip():
            try:
                entry = json.loads(line)
            except ValueError:
                yield Problem(str(path), number, "this line is not JSON")
            except RecursionError:
                yield Problem(str(path), number, "nested too deeply")
            else:
                yield _row(entry, path, number)


def _csv(path: Path) -> Iterator[Submission | Problem]:
    faults: list[Problem] = []

    def lines() -> Iterator[str]:
        for line in _lines(path):
            if isinstance(line, Problem):
                faults.append(line)
            else:
                yield line

    rows = csv.DictReader(lines())
    while True:
        try:
            entry = next(rows, None)
        except csv.Error as error:
            yield Problem(str(path), rows.line_num, f"not CSV: {error}")
            continue
        yield from faults
        faults.clear()
        if entry is None:
            return
        yield _row(entry, path, rows.line_num)


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
