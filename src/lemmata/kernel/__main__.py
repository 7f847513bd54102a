"""Replay certificates: ``python -I -m lemmata.kernel certificates.json``.

The file holds ``{"theorems": [{"label", "given", "show", "proof"}, ...]}``; a theorem may apply those
before it.  Prints one line each.  Exit code 0 when all check, 1 when one is refused, 2 when the file
cannot be read.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from lemmata.kernel.check import MALFORMED, Proved, check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused

__all__ = ["main", "replay"]


def replay(data: Any) -> list[dict[str, Any]]:
    """One row a theorem: label, verdict ("checked" or "refused"), cites, oracles, lemmas, why.

    ``cites`` holds what the theorem and the lemmas below it take from the literature, ``oracles`` the
    statements about real numbers that they rest on.
    """
    checked: dict[str, Proved] = {}
    rows: list[dict[str, Any]] = []
    for entry in data["theorems"]:
        label = str(entry["label"])
        rows.append(
            {"label": label, "verdict": "refused", "why": "", "cites": [], "oracles": [], "lemmas": []}
        )
        try:
            if label in checked:
                raise Refused("a second theorem of this label")
            theorem = checked[label] = check(label, Statement.from_json(entry), entry["proof"], checked)
            below = [row for row in rows if row["label"] in theorem.lemmas]
            cites = {*theorem.cites, *(name for row in below for name in row["cites"])}
            oracles = [fact.to_json() for fact in theorem.oracles]
            found = {"cites": sorted(cites), "oracles": oracles, "lemmas": list(theorem.lemmas)}
            rows[-1] |= {"verdict": "checked", **found}
        except MALFORMED as error:
            rows[-1]["why"] = str(error)
    return rows


def main(arguments: list[str]) -> int:
    try:
        with open(arguments[0], encoding="utf-8") as file:
            rows = replay(json.load(file))
    except (OSError, *MALFORMED) as error:
        print(f"cannot read certificates: {error!r}", file=sys.stderr)
        return 2
    for row in rows:
        rests = f"  cites {', '.join(row['cites'])}" if row["cites"] else ""
        rests += f"  rests on {len(row['oracles'])} oracle facts" if row["oracles"] else ""
        why = f"  {row['why']}" if row["why"] else ""
        # A label is another's text: it gets no line of its own, and nothing that cannot be printed.
        print(ascii(f"{row['verdict']:8} {row['label']}{rests}{why}")[1:-1])
    return 0 if all(row["verdict"] == "checked" for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
