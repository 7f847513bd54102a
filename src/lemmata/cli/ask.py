"""``lemmata ask``: decide claims written as claim text."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

import click

from lemmata.cli.output import json_only, paint, read_text

__all__ = ["ask"]


@click.command()
@click.argument("file", required=False)
@click.option("-e", "text", metavar="TEXT", help="The claim text itself, with ; for the ends of lines.")
@click.option(
    "--time", "seconds", type=click.FloatRange(min=0, min_open=True), default=8.0, show_default=True
)
@click.option("--explain", is_flag=True, help="Print the steps of each proof.")
@click.option("--strict", is_flag=True, help="What stays undecided counts as failed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def ask(
    file: str | None, text: str | None, seconds: float, explain: bool, strict: bool, as_json: bool
) -> int:
    """Decide the claims of FILE (- for standard input) or of -e TEXT, at most --time seconds each.

    \b
    lemmata ask -e 'let A : R^{m x n}; show A A^+ A = A'
    """
    from lemmata.course.claims import decide_text

    with json_only(as_json) as emit:
        answers = decide_text(_claim_text(file, text), seconds)
        if not answers:
            raise click.UsageError("there is nothing to decide: no line begins with show")
        if as_json:
            emit({"claims": answers})
        else:
            for entry in answers:
                print_answer(entry)
                for line in entry.get("proof", ()) if explain else ():
                    click.echo(f"    {line}")
        verdicts = {entry["verdict"] for entry in answers}
        if verdicts & {"refuted", "rejected"} or any(entry.get("contradiction") for entry in answers):
            return 1
        return (1 if strict else 3) if "unknown" in verdicts else 0


def _claim_text(file: str | None, text: str | None) -> str:
    if text is not None:
        if file is not None:
            raise click.UsageError("give a file or -e TEXT, not both")
        return _lines(text)
    if file is None and sys.stdin.isatty():
        raise click.UsageError("there is nothing to read: give a file, - or -e TEXT")
    return read_text(file if file is not None else "-")


def _lines(text: str) -> str:
    """Semicolons end lines, but not within brackets (matrices have them) nor after a backslash (TeX)."""
    parts = re.split(r"(\\.|[\[\];])", text)
    depth = 0
    for index, part in enumerate(parts):
        depth += (part == "[") - (part == "]")
        if part == ";" and depth <= 0:
            parts[index] = "\n"
    return "".join(parts)


def print_answer(entry: Mapping[str, Any]) -> None:
    """One claim with its verdict, how it is known, and a counterexample if there is one."""
    click.echo(f"{paint(entry['verdict'], 9)} {entry['claim']}")
    from lemmata.refute.verdict import assignments

    evidence = entry.get("evidence") or {}
    known = []
    if entry["verdict"] == "unknown" and evidence.get("word"):
        known.append(str(evidence["word"]))
    if entry["verdict"] in ("proved", "unknown") and evidence.get("instances"):
        known.append(f"{evidence['instances']} instances")
    for key in ("oracles", "cites"):
        if evidence.get(key):
            known.append(f"{key}: {', '.join(str(item) for item in evidence[key])}")
    if known:
        click.echo(f"    {', '.join(known)}")
    if entry.get("counterexample"):
        for line in assignments(entry["counterexample"]):
            click.echo(f"    {line}")
    why = entry.get("why") or []
    for line in [why] if isinstance(why, str) else why:
        click.echo(f"    {line}")
