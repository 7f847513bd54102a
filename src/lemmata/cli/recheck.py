"""``lemmata recheck``: replay certificates with the standalone checker, without search."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from lemmata.cli.output import json_only, paint

__all__ = ["recheck"]


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def recheck(file: Path | None, as_json: bool) -> int:
    """Replay the certificates of FILE, by default those that the last `lemmata check` wrote."""
    from lemmata.kernel.__main__ import replay

    if file is None:
        from lemmata.course.certificates import certificates_file
        from lemmata.course.load import find_course

        file = certificates_file(find_course())
        if not file.is_file():
            raise click.UsageError(f"there is no {file}: run `lemmata check` first")
    rows = _replayed(replay, file)
    refused = [row for row in rows if row["verdict"] != "checked"]
    with json_only(as_json) as emit:
        if as_json:
            emit({"file": str(file), "theorems": rows, "exit": 1 if refused else 0})
            return 1 if refused else 0
    for row in rows:
        cites = f"  cites {', '.join(row['cites'])}" if row["cites"] else ""
        click.echo(
            f"{paint(row['verdict'], 8)} {row['label']}{cites}{'  ' + row['why'] if row['why'] else ''}"
        )
    click.echo(f"{len(rows) - len(refused)} of {len(rows)} certificates checked")
    return 1 if refused else 0


def _replayed(replay: Callable[[Any], list[dict[str, Any]]], file: Path) -> list[dict[str, Any]]:
    try:
        return replay(json.loads(file.read_text("utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise click.UsageError(f"{file} holds no certificates: {type(error).__name__}: {error}") from None
