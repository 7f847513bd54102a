"""``lemmata grade``: mark what students handed in, and write marks and feedback."""

from __future__ import annotations

from pathlib import Path

import click

from lemmata.cli.output import chosen_exercises, comma_words, json_only, shorten

__all__ = ["grade"]

FORMATS = ("csv", "json", "gradescope", "html", "pdf", "latex")
DEFAULT = "csv,json,gradescope,html"


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--variant", type=click.IntRange(min=0), help="All have this variant (default: each their own)."
)
@click.option("--seed", type=int, help="Seed of the data (default: the course's).")
@click.option("--prove", is_flag=True, help="Prove that matrix expressions are equal, instead of probing.")
@click.option("--format", "formats", callback=comma_words(FORMATS), default=DEFAULT, show_default=True)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder (default: output/grades)."
)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes (default: one for each processor).")
@click.option(
    "--resume", is_flag=True, help="Go on after an interruption: keep what this checker has marked."
)
@click.option(
    "--database", default="", metavar="URL", help="Where marks are kept (default: grades.sqlite in --out)."
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="Use the Dask cluster at this address.")
@click.option("--strict", is_flag=True, help="What waits for a person counts as failed.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON document.")
def grade(
    paths: tuple[Path, ...],
    variant: int | None,
    seed: int | None,
    prove: bool,
    formats: tuple[str, ...],
    out: Path | None,
    jobs: int | None,
    resume: bool,
    database: str,
    scheduler: str,
    strict: bool,
    as_json: bool,
) -> int:
    """Grade the submissions in the files and folders PATH (.json, .jsonl, .csv, .md, .tex, .ipynb).

    Exit code 3 when an answer waits for a person or something in the files was no answer: both are listed.
    """
    from lemmata.course.executor import default_jobs
    from lemmata.course.load import find_course, load_course
    from lemmata.grade.classroom.report import decimal, known_marks
    from lemmata.grade.classroom.report import grade as grade_all
    from lemmata.grade.policy import course_exercises

    with json_only(as_json) as emit:
        course = load_course(find_course())
        report = grade_all(
            paths,
            course_exercises(course, chosen_exercises(course, ())),
            out or course.root / "output" / "grades",
            formats,
            course.seed if seed is None else seed,
            jobs or default_jobs(),
            variant=variant,
            prove=prove,
            database=database,
            resume=resume,
            scheduler=scheduler,
            course=course.root,
        )
        for change in report.changes:
            place = f"{change.student}, {change.exercise} ({change.part})"
            click.echo(f"{place}: {change.before or '?'}, now {change.after or '?'}", err=True)
        for problem in report.problems:
            place = f"{shorten(problem.file)}:{problem.line}" if problem.line else shorten(problem.file)
            click.echo(f"{place}: {problem.message}" if place else problem.message, err=True)
        if not report.columns:
            raise click.UsageError("there is no answer to an exercise of this course in what was given")
        if as_json:
            document = report.to_json()
            code = (1 if strict else 3) if document["flagged"] or report.problems else 0
            emit({**document, "files": [str(file) for file in report.written], "exit": code})
            return code
        full, open_answers, count = decimal(report.out_of), 0, 0
        for student, graded in report.by_student():
            waiting = sum(entry.marked.flagged for entry in graded)
            later = f"  ({waiting} to be read by a person)" if waiting else ""
            click.echo(f"{student}  {decimal(known_marks(graded))} of {full}{later}")
            open_answers += waiting
            count += sum(entry.marked.diagnosis != "no-answer" for entry in graded)
        for file in report.written:
            click.echo(shorten(str(file)) + ("/" if file.is_dir() else ""))
        click.echo(f"{count} answers, of which {report.fresh} were marked now", err=True)
        return (1 if strict else 3) if open_answers or report.problems else 0
