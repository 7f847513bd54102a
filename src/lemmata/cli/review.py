"""``lemmata review``: check the displayed formulas of derivation documents, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lemmata.cli.output import json_only, progress_bar, read_text

if TYPE_CHECKING:
    from lemmata.review.report import Report

__all__ = ["review"]

TEX = (".tex", ".ltx", ".latex")
MARKDOWN = (".md", ".markdown", ".mkd", ".qmd", ".rmd")


@click.command()
@click.argument("docs", metavar="DOC...", nargs=-1, required=True)
@click.option("--given", "given", metavar="FILE", help="Claim text with declarations, for every DOC.")
@click.option("--html", "html", metavar="FILE", help="Also write the review as a page.")
@click.option(
    "--time", "seconds", type=click.FloatRange(min=0, min_open=True), default=5.0, show_default=True,
    help="Seconds for each step.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="What stays undecided or unread counts as failed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def review(
    docs: tuple[str, ...], given: str | None, html: str | None, seconds: float, strict: bool, as_json: bool
) -> int:
    """Check the displayed formulas of each DOC (Markdown or LaTeX; - for standard input), step by step.

    Declarations stand in YAML front matter (let, assume, define), in %% comment lines at the top of a LaTeX
    file, or in the FILE of --given.
    """
    with json_only(as_json) as emit:
        declared = read_text(given) if given is not None else ""
        if docs.count("-") + (given == "-") > 1:
            raise click.UsageError("standard input can be read once")
        reports = [_reviewed(name, declared, seconds) for name in docs]
        if html is not None:
            from lemmata.review.page import page

            Path(html).write_text(page(reports), "utf-8")
        if as_json:
            one = [report.to_json() for report in reports]
            several = {
                "documents": [{"file": r.file, **found} for r, found in zip(reports, one, strict=True)]
            }
            emit(one[0] if len(one) == 1 else several)
        else:
            _print(reports)
    verdicts = {step.verdict for report in reports for step in report.steps}
    if verdicts & {"refuted", "rejected"}:
        return 1
    return (1 if strict else 3) if verdicts & {"unknown", "unread"} else 0


def _reviewed(name: str, given: str, seconds: float) -> Report:
    from lemmata.review.report import Step
    from lemmata.review.review import review_document

    text = read_text(name)
    ending = Path(name).suffix.lower()
    tex = True if ending in TEX else False if ending in MARKDOWN else None
    with progress_bar(name) as advance:

        def progress(done: int, total: int, step: Step) -> None:
            advance(done, total, {"label": step.id})

        found = review_document(text, given, file=name, tex=tex, seconds=seconds, progress=progress)
    if not found.displays:
        click.echo(f"lemmata: {name}: there is no displayed formula", err=True)
    if any("unknown name" in step.why for step in found.steps if step.verdict == "unread"):
        where = "%% lines at the top" if tex else "the front matter"
        click.echo(
            f"lemmata: {name}: letters are declared in {where} (docs/review.md) or by --given", err=True
        )
    return found


def _print(reports: list[Report]) -> None:
    from rich.console import Console

    from lemmata.review.terminal import print_report

    console = Console()
    for report in reports:
        print_report(report, console)
