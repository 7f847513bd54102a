"""``lemmata check``: cold, warm, and after one theorem has changed, on a copy of the course of this house.

python bench/check.py [--jobs N]
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from table import ROOT, print_table, seconds

PARTS = ("theorems", "derivations", "exercises", "sources")
# One more conclusion for a theorem that no other cites; an equation turned round in one that others cite.
CHANGES = {
    "a theorem changed": (
        "theorems/projections.py",
        "        Eq(P @ (I(n) - P), 0),\n",
        "        Eq(P @ (I(n) - P), 0),\n        Eq((I(n) - P) @ P, 0),\n",
    ),
    "a much cited theorem changed": (
        "theorems/pseudoinverse.py",
        '"i": Eq(A @ B @ A, A),',
        '"i": Eq(A, A @ B @ A),',
    ),
}


def check(root: Path, cache: Path, options: list[str]) -> tuple[float, int, int]:
    """Wall-clock time of a whole process, how many theorems it checked, and how many there are."""
    command = [sys.executable, "-m", "lemmata", "check", "--json", *options]
    start = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "LEMMATA_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    taken = time.perf_counter() - start
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr or done.stdout)
    document = json.loads(done.stdout)
    return taken, len(document["redone"]), len(document["results"])


def apply(root: Path, file: str, before: str, after: str) -> None:
    text = (root / file).read_text("utf-8")
    if text.count(before) != 1:
        raise SystemExit(f"{file} no longer has the line {before.strip()!r} once")
    (root / file).write_text(text.replace(before, after), "utf-8")


def main(options: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, cache = Path(folder) / "course", Path(folder) / "cache"
        root.mkdir()
        shutil.copy(ROOT / "pyproject.toml", root)
        for part in PARTS:
            shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
        found = {"cold": check(root, cache, options), "warm": check(root, cache, options)}
        for name, change in CHANGES.items():
            apply(root, *change)
            found[name] = check(root, cache, options)
    cold = found["cold"][0]
    rows = [
        [name, f"{redone} of {all_}", seconds(taken), f"{taken / cold:.1%}"]
        for name, (taken, redone, all_) in found.items()
    ]
    print_table(["lemmata check", "checked", "time", "of cold"], rows)


if __name__ == "__main__":
    main(sys.argv[1:])
