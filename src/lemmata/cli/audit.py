"""``lemmata audit``: every claim of every source with its verdict, re-established now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lemmata.cli.output import json_only, paint, progress_bar

if TYPE_CHECKING:
    from lemmata.course.check import Result

__all__ = ["audit"]


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--time", "seconds", type=click.FloatRange(min=0, min_open=True), default=10.0, show_default=True
)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes (default: one for each processor).")
@click.option("--strict", is_flag=True, help="What stays undecided counts as failed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def audit(sources: tuple[str, ...], seconds: float, jobs: int | None, strict: bool, as_json: bool) -> int:
    """Decide the claims of the SOURCEs (files of sources/, without .toml) again, or of all of them.

    A claim that its ledger calls true must be proved, any other refuted as it stands, a correction proved.
    """
    from lemmata.course.check import check_course
    from lemmata.course.executor import default_jobs
    from lemmata.course.ledger import audit_sources, exit_code, read_sources
    from lemmata.course.load import find_course, load_course

    with json_only(as_json) as emit:
        course = load_course(find_course(), parts=("theorems", "derivations"))
        ledgers = read_sources(course.root, sources)
        settling = {label for ledger in ledgers for claim in ledger.claims for label in claim.settled_by}
        known = [label for label in course.theorems if label in settling]
        jobs = jobs or default_jobs()
        results: dict[str, Result] = {}
        if known:
            with progress_bar("checking") as progress:
                report = check_course(course, known, jobs=jobs, progress=progress)
            results = {result["label"]: result for result in report.results}
        with progress_bar("auditing") as progress:
            audited = audit_sources(ledgers, results, seconds=seconds, jobs=jobs, progress=progress)
        code = exit_code(audited, strict)
        if as_json:
            emit({"claims": audited, "summary": _count(audited), "exit": code})
            return code
        for entry in audited:
            _print(entry)
        counts = [f"{count} {paint(status)}" for status, count in _count(audited).items()]
        click.echo(", ".join(counts) or "no claims")
        return code


def _count(audited: list[dict[str, Any]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for entry in audited:
        found[entry["status"]] = found.get(entry["status"], 0) + 1
    return found


def _print(entry: dict[str, Any]) -> None:
    name = f"{entry['source']}#{entry['id']}"
    click.echo(f"{paint(entry['status'], 10)} {name:18} {entry['verdict']:20} {entry['summary']}")
    for line in entry["why"]:
        click.echo(f"{'':30}{line}")
