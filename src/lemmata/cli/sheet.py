"""``lemmata sheet``: write exercise sheets, a variant for each number or student."""

from __future__ import annotations

from pathlib import Path

import click

from lemmata.cli.output import chosen_exercises, comma_words, json_only, shorten

__all__ = ["sheet"]

FORMATS = ("md", "html", "moodle", "qti")


@click.command()
@click.argument("labels", nargs=-1, metavar="[LABEL]...")
@click.option("--variants", type=click.IntRange(min=1), help="So many sheets, numbered (default: one).")
@click.option(
    "--for", "students", multiple=True, metavar="STUDENT", help="A sheet for this student (repeatable)."
)
@click.option("--seed", type=int, help="Seed of the data (default: the course's).")
@click.option("--solutions", is_flag=True, help="Write the worked solutions too, in files of their own.")
@click.option("--format", "formats", callback=comma_words(FORMATS), default="md", show_default=True)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder (default: output/sheets)."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def sheet(
    labels: tuple[str, ...],
    variants: int | None,
    students: tuple[str, ...],
    seed: int | None,
    solutions: bool,
    formats: tuple[str, ...],
    out: Path | None,
    as_json: bool,
) -> int:
    """Write sheets with the exercises named, or all of the course.

    --format moodle writes the numbered variants as a question bank (moodle.xml), qti as a QTI 2.1 package (qti.zip).

    The same seed and student always give the same data.  A variant whose own solution does not hold good
    is an error, and nothing is written.
    """
    from lemmata.course.load import find_course, load_course
    from lemmata.grade.policy import course_exercises
    from lemmata.grade.sheet import write_sheets

    exported = [form for form in formats if form in ("moodle", "qti")]
    if exported and students and not variants:
        raise click.UsageError(f"{exported[0]} exports numbered variants: say how many with --variants")
    with json_only(as_json) as emit:
        course = load_course(find_course())
        seed = course.seed if seed is None else seed
        files = write_sheets(
            course_exercises(course, chosen_exercises(course, labels)),
            out or course.root / "output" / "sheets",
            variants=variants or (None if students else 1),
            students=students,
            seed=seed,
            solutions=solutions,
            formats=formats,
            title=course.title,
        )
        if as_json:
            emit({"files": [str(file) for file in files], "seed": seed, "exit": 0})
            return 0
        for file in files:
            click.echo(shorten(str(file)))
        return 0
