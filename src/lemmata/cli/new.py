"""``lemmata new``: a small course to begin with, in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import click

from lemmata.cli.output import json_only, shorten

__all__ = ["new"]


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def new(folder: Path, as_json: bool) -> int:
    """Make a small course in the folder DIR, which must be new or empty: all of it or nothing.

    It has theorems, derivations, exercises, a source and a chapter, and all is proved; make it yours file
    by file.
    """
    from lemmata.course.starter import plant

    with json_only(as_json) as emit:
        files = plant(folder)
        if as_json:
            emit({"files": [str(file) for file in files], "exit": 0})
            return 0
        for file in files:
            click.echo(shorten(str(file)))
        click.echo(f"A course of {len(files)} files. Begin with:  cd {shorten(str(folder))} && lemmata check")
        return 0
