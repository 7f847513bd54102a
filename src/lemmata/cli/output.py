"""What the commands share: JSON alone on standard output, progress on standard error, words in colour."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lemmata.course.load import Course

__all__ = [
    "chosen_exercises",
    "comma_words",
    "json_only",
    "paint",
    "progress_bar",
    "read_text",
    "shorten",
]

_COLOURS = {
    **dict.fromkeys(("proved", "checked", "agrees"), "green"),
    **dict.fromkeys(("cited", "exact", "enclosed", "sampled"), "cyan"),
    **dict.fromkeys(("refuted", "refused", "rejected", "failed", "disagrees"), "red"),
    **dict.fromkeys(("open", "unknown", "undecided"), "yellow"),
}


def paint(word: str, width: int = 0) -> str:
    """A word of the ladder or a verdict, in its colour where the terminal has any."""
    return click.style(word.ljust(width), fg=_COLOURS.get(word))


@contextlib.contextmanager
def json_only(wanted: bool) -> Iterator[Callable[[Any], None]]:
    """A function that prints a JSON document; if wanted, nothing else reaches standard output meanwhile.

    Course files and libraries that print are redirected to standard error.
    """
    out = sys.stdout

    def emit(document: Any) -> None:
        # Plain ASCII: readable whatever encoding the other end of the pipe expects.
        out.write(json.dumps(document, indent=2) + "\n")

    if not wanted:
        yield emit
        return
    with contextlib.redirect_stdout(sys.stderr):
        yield emit


@contextlib.contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int, Mapping[str, Any]], None]]:
    """A function (done, total, result) that draws a bar on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total, result: None
        return
    from rich.console import Console
    from rich.progress import Progress

    # No thread redraws the bar: worker processes are forked meanwhile.
    with Progress(console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        task = bar.add_task(what, total=None)

        def advance(done: int, total: int, result: Mapping[str, Any]) -> None:
            bar.update(task, completed=done, total=total, description=f"{what} {result.get('label', '')}")
            bar.refresh()

        yield advance


def comma_words(known: tuple[str, ...]) -> Callable[[click.Context, click.Parameter, str], tuple[str, ...]]:
    """The callback of an option that takes known words, separated by commas."""

    def read(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
        words = tuple(word.strip() for word in value.split(","))
        for word in words:
            if word not in known:
                raise click.BadParameter(f"{word!r} is not one of {', '.join(known)}", ctx, param)
        return words

    return read


def chosen_exercises(course: Course, labels: Iterable[str]) -> dict[str, Any]:
    """The exercises named, or all.  Raises CourseError for an unknown one, or where there is none at all."""
    from lemmata.course.errors import CourseError, suggest

    for label in labels:
        if label not in course.exercises:
            known = ", ".join(course.exercises) or "none"
            remedy = suggest(label, course.exercises, f"the course has {known}")
            raise CourseError(f"no exercise is labelled {label!r}", remedy=remedy)
    if not course.exercises:
        raise CourseError("this course has no exercises", remedy="write one in exercises/")
    return {label: course.exercises[label] for label in (tuple(labels) or course.exercises)}


def read_text(name: str) -> str:
    """The text of a file, or of standard input for "-".  Raises click.UsageError when it is no text."""
    try:
        return sys.stdin.buffer.read().decode("utf-8") if name == "-" else Path(name).read_text("utf-8")
    except UnicodeDecodeError:
        raise click.UsageError(f"{name} is not UTF-8 text") from None


def shorten(file: str) -> str:
    """A path as seen from the working directory, if it lies below."""
    path, here = Path(file), Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else file
