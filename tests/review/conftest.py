"""Documents in a few lines, and the command as a process."""

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
        return json.loads(self.out)


@pytest.fixture
def review(tmp_path: Path) -> Callable[..., Done]:
    """``review("a.md", "--json")`` in a folder of the test's own."""

    def call(*arguments: str, stdin: str = "") -> Done:
        command = [sys.executable, "-m", "lemmata", "review", *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, input=stdin.encode(), capture_output=True, timeout=120, check=False
        )
        result = Done(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.err, result.err
        return result

    return call
