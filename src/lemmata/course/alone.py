"""A course file run on its own: ``python theorems/x.py`` states, ``python derivations/x.py`` establishes.

The file needs no lines for it: a declaration that finds no course being loaded and a script around it
prints itself, and the course of a derivation is found from the file upwards.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lemmata.course.errors import CourseError
from lemmata.course.theorem import Theorem
from lemmata.kernel.term import Term

if TYPE_CHECKING:
    from lemmata.course.load import Course

__all__ = ["print_established", "print_statement", "show_prop"]


def show_prop(prop: Term) -> str:
    """A proposition in plain text."""
    from lemmata.terms.show import show

    return show(prop, style="text")


def print_statement(theorem: Theorem) -> None:
    """Print a statement as it would be read aloud: title, hypotheses, conclusions."""
    print(f"{theorem.kind} {theorem.label}: {theorem.title}")
    for name, prop in theorem.given:
        print(f"    given {show_prop(prop)}    ({name})")
    for prop in theorem.shows:
        print(f"    show  {show_prop(prop)}")


def print_established(label: str, file: str) -> None:
    """Check the theorem whose derivation stands in a file and print how it is known (or exit with 2)."""
    from lemmata.course.check import check_course, standing

    try:
        course = _course_around(Path(file).resolve().parent)
        report = check_course(course, [label])
    except CourseError as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None
    (result,) = (result for result in report.results if result["label"] == label)
    print(f"{standing(result)}: {label}: {course.theorems[label].title}")
    for line in result.get("why", []):
        print(f"    {line}")


@cache
def _course_around(folder: Path) -> Course:
    """The course of a file; read once for all the derivations in it."""
    from lemmata.course.load import find_course, load_course

    return load_course(find_course(folder), parts=("theorems", "derivations"))
