"""``lemmata build``: render the checked course into output/."""

from __future__ import annotations

from pathlib import Path

import click

from lemmata.cli.output import comma_words, json_only, progress_bar, shorten

__all__ = ["build"]

FORMATS = ("html", "latex", "pdf")
AUDIENCES = ("student", "instructor")


@click.command()
@click.option(
    "--only", callback=comma_words(FORMATS), default=",".join(FORMATS), show_default=True, help="Formats."
)
@click.option(
    "--audience",
    callback=comma_words(AUDIENCES),
    default=",".join(AUDIENCES),
    show_default=True,
    help="Readers.",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder (default: output/).")
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes (default: one for each processor).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def build(
    only: tuple[str, ...], audience: tuple[str, ...], out: Path | None, jobs: int | None, as_json: bool
) -> int:
    """Render the notes as web page, LaTeX and PDF, for students and (with solutions) for instructors.

    The course is checked first; what is known from an earlier check is not done again.
    """
    from lemmata.course.check import check_course
    from lemmata.course.executor import default_jobs
    from lemmata.course.exercise_views import exercise_view
    from lemmata.course.load import find_course, load_course
    from lemmata.course.views import course_views
    from lemmata.publish.build import build as publish
    from lemmata.publish.figures import draw_all

    with json_only(as_json) as emit:
        course = load_course(find_course())
        with progress_bar("checking") as progress:
            report = check_course(course, jobs=jobs or default_jobs(), progress=progress)
        exercises = {label: exercise_view(course, entry) for label, entry in course.exercises.items()}
        views = course_views(course, report, exercises, draw_all())
        written = publish(
            views,
            course.root / "render" / "chapters",
            out or course.root / "output",
            only,
            audience,
            progress=lambda message: click.echo(message, err=True),
        )
        if as_json:
            files = [str(file) for file in written.files]
            emit({"files": files, "warnings": list(written.warnings), "exit": 0})
            return 0
        for file in written.files:
            click.echo(shorten(str(file)))
        for warning in written.warnings:
            click.echo(f"warning: {warning}", err=True)
        return 0
