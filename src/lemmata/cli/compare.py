"""``lemmata compare``: the bare checker for other systems, one JSON object a line in and out."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Iterator

import click

__all__ = ["compare"]


@click.command()
@click.argument("file", required=False, metavar="[FILE.jsonl]")
@click.option("--jobs", "-j", type=click.IntRange(min=1), default=1, show_default=True, help="Processes.")
def compare(file: str | None, jobs: int) -> int:
    """Compare answers with their references: FILE, or - for standard input.

    Each line is an object with id, kind (number, vector, matrix, expression, set, equation, limit,
    derivation), reference and submission, and where needed mode, given, tolerance, relation.  Each answer is
    a line with id, verdict (correct, partial, incorrect, malformed), feedback, first_wrong_step,
    counterexample, seconds.  A line that cannot be read is malformed; the others go on.

    \b
    echo '{"id": 1, "kind": "number", "reference": "1/2", "submission": "0,5"}' | lemmata compare -
    """
    if file is None and sys.stdin.isatty():
        raise click.UsageError("there is nothing to read: give a file, or - for standard input")
    from lemmata.grade.stream import compare_lines

    with _lines(file) as (lines, derivations):
        out = sys.stdout
        with contextlib.redirect_stdout(sys.stderr):
            for answer in compare_lines(lines, jobs, derivations=derivations):
                out.write(json.dumps(answer) + "\n")
                out.flush()
    return 0


@contextlib.contextmanager
def _lines(file: str | None) -> Iterator[tuple[Iterable[str], bool]]:
    """The lines, and whether there may be derivations among them."""
    if file in (None, "-"):
        yield (line.decode("utf-8", "replace") for line in sys.stdin.buffer), True
        return
    with open(str(file), "rb") as stream:
        derivations = any(b'"derivation"' in line for line in stream)
        stream.seek(0)
        yield (line.decode("utf-8", "replace") for line in stream), derivations
