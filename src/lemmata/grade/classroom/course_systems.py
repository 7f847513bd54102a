r"""Answers under headings and in notebooks.

    # min-norm-line            \section{min-norm-line}       a notebook: the same headings in Markdown cells,
    ## a                       \subsection{a}                or answer cells with an nbgrader id or a tag
    (4,0) + t(-2,1)            $(4,0) + t(-2,1)$             "min-norm-line/a"; code cells count by their text

A notebook is read, never run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lemmata.grade.classroom.handed_in import Problem, Submission

__all__ = ["latex_answers", "markdown_answers", "notebook_answers"]

# What nbgrader puts into the cells of the version for students (ClearSolutions: text_stub, code_stub).
_STUB = re.compile(r"\s*(YOUR ANSWER HERE|# YOUR CODE HERE\s*raise NotImplementedError\(\))\s*")
_SECTION = re.compile(r"\\(section|subsection|paragraph|part)\*?\s*\{((?:[^{}]|\{[^{}]*\})*)\}")


def markdown_answers(text: str, path: Path) -> Iterator[Submission | Problem]:
    """``# exercise`` and ``## part`` headings; ``student: ...`` before them overrides the file name."""
    student, exercise, part = path.stem, "", ""
    body: list[str] = []
    for number, line in enumerate([*text.splitlines(), "# "], start=1):
        heading = re.fullmatch(r"(#{1,2})\s*(.*?)\s*#*", line.strip()) if line.startswith("#") else None
        if heading is None:
            named = re.fullmatch(r"student:\s*(\S.*)", line.strip(), re.IGNORECASE)
            if named and not exercise:
                student = named[1].strip()
            elif part:
                body.append(line)
            elif line.strip() and exercise:
                yield Problem(str(path), number, "text before the heading of a part (## a)")
            continue
        if part:
            yield Submission(student, exercise, part, "\n".join(body).strip(), str(path))
        body = []
        if len(heading[1]) == 1:
            exercise, part = heading[2], ""
        elif not exercise:
            yield Problem(str(path), number, "a part (## ...) before its exercise (# ...)")
            part = ""
        else:
            part = heading[2]


def latex_answers(text: str, path: Path) -> Iterator[Submission | Problem]:
    r"""\section{exercise} and \subsection{part}; \author{...} overrides the file name."""
    author = re.search(r"\\author\s*\{([^{}]*)\}", text)
    student = author[1].strip() if author and author[1].strip() else path.stem
    body = re.sub(r"(?<!\\)%.*", "", text.split(r"\begin{document}", 1)[-1].split(r"\end{document}", 1)[0])
    headings = list(_SECTION.finditer(body))
    if not headings:
        yield Problem(str(path), 0, r"no headings: \section{exercise} and \subsection{part}")
        return
    exercise = ""
    for n, found in enumerate(headings):
        end = headings[n + 1].start() if n + 1 < len(headings) else len(body)
        content = body[found.end() : end].strip()
        name = found[2].replace("\\_", "_").strip()
        line = text.count("\n", 0, max(text.find(found[0]), 0)) + 1
        if found[1] in ("section", "part"):
            exercise = name
            if content:
                yield Problem(str(path), line, r"text before the heading of a part (\subsection{a})")
        elif not exercise:
            yield Problem(str(path), line, "a part before its exercise")
        else:
            yield Submission(student, exercise, name, _bare(content), str(path))


def _bare(text: str) -> str:
    """An answer that is one formula, without its dollars."""
    one = re.fullmatch(r"\$([^$]+)\$[.]?|\\\(((?:(?!\\\)).)+)\\\)[.]?", text, re.DOTALL)
    return (one[1] or one[2]).strip() if one else text


def notebook_answers(text: str, path: Path) -> Iterator[Submission | Problem]:
    """Cells whose id (nbgrader, a tag, or the metadata "lemmata") is exercise/part; else cells under headings."""
    try:
        data = json.loads(text)
        cells = data["cells"]
        entries = [(c["cell_type"], _source(c), _cell_id(c)) for c in cells]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Problem(str(path), 0, "not a notebook of format 4")
        return
    metadata = data.get("metadata")
    student = str(metadata.get("student", "")) if isinstance(metadata, dict) else ""
    # nbgrader: submitted/ada/ps1/ps1.ipynb
    if not student and "submitted" in path.parts[:-2]:
        student = path.parts[path.parts.index("submitted") + 1]
    student = student or path.stem
    named = [(place, source) for _, source, place in entries if place]
    if named:
        for (exercise, part), source in named:
            answer = "" if _STUB.fullmatch(source) else _bare(source.strip())
            yield Submission(student, exercise, part, answer, str(path))
        return
    lines = "\n".join(source for _, source, _ in entries)
    for item in markdown_answers(f"student: {student}\n{lines}", path):
        yield (
            Submission(item.student, item.exercise, item.part, _bare(item.answer), item.file)
            if isinstance(item, Submission)
            else item
        )


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def _cell_id(cell: dict[str, Any]) -> tuple[str, str] | None:
    """(exercise, part) of "ridge/a", "ridge.a", "ridge--a" or nbgrader's "ridge_a" with ``solution`` set."""
    metadata = cell.get("metadata")
    if not isinstance(metadata, dict):
        return None
    names = [metadata.get("lemmata")]
    tags = metadata.get("tags")
    names += tags if isinstance(tags, list) else []
    grader = metadata.get("nbgrader")
    if isinstance(grader, dict) and grader.get("solution"):
        names.append(grader.get("grade_id"))
    for name in names:
        if isinstance(name, str):
            found = re.fullmatch(r"\s*([\w-]+?)\s*(?:/|\.|--|:|_)\s*([A-Za-z0-9]+)\s*", name)
            if found:
                return found[1], found[2]
    return None
