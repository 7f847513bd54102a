"""``lemmata recheck``: replay certificates with the standalone checker, without search."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from lemmata.cli.output import json_only, paint

__all__ = ["recheck"]

ORACLE_SECONDS = 10.0


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--oracles", is_flag=True, help="Decide the statements about numbers again that the proofs rest on."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def recheck(file: Path | None, oracles: bool, as_json: bool) -> int:
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
    facts = _decided(rows) if oracles else []
    code = 1 if refused or any(not fact["holds"] for fact in facts) else 0
    with json_only(as_json) as emit:
        if as_json:
            emit(
                {"file": str(file), "theorems": rows, **({"oracles": facts} if oracles else {}), "exit": code}
            )
            return code
    for row in rows:
        cites = f"  cites {', '.join(row['cites'])}" if row["cites"] else ""
        rests = f"  oracle facts: {len(row['oracles'])}" if row["oracles"] else ""
        why = f"  {row['why']}" if row["why"] else ""
        click.echo(f"{paint(row['verdict'], 8)} {row['label']}{cites}{rests}{why}")
    for fact in facts:
        click.echo(f"{paint('holds' if fact['holds'] else 'open', 8)} {fact['fact']}  ({fact['how']})")
    click.echo(f"{len(rows) - len(refused)} of {len(rows)} certificates checked")
    if oracles:
        click.echo(f"{sum(fact['holds'] for fact in facts)} of {len(facts)} oracle facts decided again")
    return code


def _decided(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each oracle fact once, with whether the oracle decides it again and how."""
    from lemmata.kernel.judgement import Statement
    from lemmata.oracle import decide
    from lemmata.prove.scalars import said

    facts = {json.dumps(o): o for row in rows for o in row["oracles"]}
    found = []
    for fact in map(Statement.from_json, facts.values()):
        decision = decide(fact, ORACLE_SECONDS)
        holds = decision.holds is True
        found.append({"fact": said(fact), "holds": holds, "how": decision.how if holds else decision.why})
    return found


def _replayed(replay: Callable[[Any], list[dict[str, Any]]], file: Path) -> list[dict[str, Any]]:
    try:
        return replay(json.loads(file.read_text("utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise click.UsageError(f"{file} holds no certificates: {type(error).__name__}: {error}") from None
