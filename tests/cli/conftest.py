"""The command line as its users meet it: a process with arguments, input, two outputs and an exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON document; fails when there is anything else."""
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """``run("check", "--json", cwd=..., stdin=...)``; in an empty folder unless told otherwise."""

    def call(*arguments: str, cwd: Path | None = None, stdin: str | bytes = "", seconds: float = 120) -> Done:
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        command = [sys.executable, "-m", "lemmata", *arguments]
        done = subprocess.run(command, cwd=cwd or tmp_path, input=raw, capture_output=True, timeout=seconds)
        result = Done(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.err or "--debug" in arguments, result.err
        return result

    return call


COURSE = {
    "pyproject.toml": '[tool.lemmata]\ntitle = "A small course"\nseed = 7\n',
    "theorems/pinv.py": """\
from lemmata.course.author import *

m, n = dims("m n")
X = matrix("X", m, n)
theorem("penrose-one", "The first condition", show=Eq(X @ pinv(X) @ X, X))
theorem("full-row-rank", "Full row rank", given={"full row rank": Eq(rank(X), m)}, show=Eq(X @ pinv(X), I(m)))
""",
    "derivations/pinv.py": """\
from lemmata.course.author import *

m, n = dims("m n")
X = matrix("X", m, n)

@derivation("penrose-one")
def _(p: Proof) -> None:
    "It is one of the four conditions."
    p.conclude()
""",
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two theorems that hold."""
    root = tmp_path / "course"
    for name, text in COURSE.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root
