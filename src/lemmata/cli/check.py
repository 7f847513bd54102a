"""``lemmata check``: prove, sample and cross-examine the theorems of the course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lemmata.cli.output import json_only, paint, progress_bar

if TYPE_CHECKING:
    from lemmata.course.check import Report
    from lemmata.course.load import Course

__all__ = ["check"]


@click.command()
@click.argument("labels", nargs=-1, metavar="[LABEL]...")
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes (default: one for each processor).")
@click.option("--seed", type=int, help="Seed of the random instances (default: the course's).")
@click.option("--instances", type=click.IntRange(min=1), help="Instances of every theorem.")
@click.option(
    "--junit", type=click.Path(dir_okay=False, path_type=Path), help="Write JUnit XML to this file."
)
@click.option("--no-cache", is_flag=True, help="Do everything again, keep nothing.")
@click.option("--strict", is_flag=True, help="What stays undecided counts as failed.")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Use the Dask cluster at this address.")
@click.option("--verbose", "-v", is_flag=True, help="List the steps that need more than they name.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check(
    labels: tuple[str, ...],
    jobs: int | None,
    seed: int | None,
    instances: int | None,
    junit: Path | None,
    no_cache: bool,
    strict: bool,
    scheduler: str,
    verbose: bool,
    as_json: bool,
) -> int:
    """Prove, sample and cross-examine the theorems named and all they rest on, or the whole course.

    Only what changed and what depends on it is done again.  The certificates of what was proved are
    written to output/certificates.json, for `lemmata recheck`, when the whole course is checked.
    """
    from lemmata.course.check import INSTANCES, check_course
    from lemmata.course.executor import default_jobs
    from lemmata.course.load import find_course, load_course

    with json_only(as_json) as emit:
        course = load_course(find_course())
        with progress_bar("checking") as progress:
            report = check_course(
                course,
                labels,
                jobs=jobs or default_jobs(),
                seed=seed,
                instances=instances or INSTANCES,
                use_store=not no_cache,
                scheduler=scheduler,
                progress=progress,
            )
        if junit is not None:
            from lemmata.course.junit import junit_xml

            junit.parent.mkdir(parents=True, exist_ok=True)
            junit.write_text(junit_xml(course, report, strict), "utf-8")
        if not labels:
            from lemmata.course.certificates import write_certificates

            write_certificates(course, report)
        code = report.exit_code(strict)
        if as_json:
            emit(_document(course, report, code))
        else:
            _print(course, report, verbose)
        return code


def _document(course: Course, report: Report, code: int) -> dict[str, Any]:
    return {
        "course": course.title,
        "seed": report.seed,
        "instances": report.instances,
        "results": list(report.results),
        "redone": sorted(report.redone),
        "summary": report.words,
        "exit": code,
    }


def _print(course: Course, report: Report, verbose: bool) -> None:
    from lemmata.course.check import outcome, standing
    from lemmata.refute.verdict import assignments

    debug = click.get_current_context().find_object(dict) == {"debug": True}

    topic = None
    loose: list[str] = []
    width = max((len(result["label"]) for result in report.results), default=0)
    for result in report.results:
        theorem = course.theorems[result["label"]]
        if theorem.topic != topic:
            topic = theorem.topic
            click.echo(topic)
        click.echo(f"  {paint(standing(result), 9)} {theorem.label.ljust(width)}  {theorem.title}")
        notes = list(result.get("warnings", []))
        script = course.scripts.get(theorem.label)
        for step in result.get("steps", []):
            if script is not None and step.get("established") and not step.get("by_named_facts", True):
                loose.append(
                    f"{course.relative(script.file)}:{step['line']}: {step['reason'] or 'the steps it uses'}"
                )
        if outcome(result) != "good":
            notes += [f"{course.relative(theorem.file)}:{theorem.line}", *result.get("why", [])]
        for note in notes:
            click.echo(f"            {note}")
        counterexample = result.get("counterexample")
        if counterexample:
            click.echo(f"            it fails: {counterexample['reason']}")
            for line in assignments(counterexample["values"]):
                click.echo(f"                {line}")
        if debug and result.get("traceback"):
            click.echo(result["traceback"], err=True)
    counts = ", ".join(f"{count} {paint(word)}" for word, count in report.words.items()) or "no theorems"
    if loose and verbose:
        click.echo("steps that hold, but need more than they name:")
        for line in loose:
            click.echo(f"  {line}")
    elif loose:
        click.echo(f"{len(loose)} steps hold, but need more than they name (--verbose lists them)")
    fresh = len(report.redone)
    click.echo(f"{counts} ({fresh} checked now, {len(report.results) - fresh} known; seed {report.seed})")
