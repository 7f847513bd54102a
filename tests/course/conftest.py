"""A small course on disk that tests write, load and spoil."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

WriteCourse = Callable[..., Path]

VOCABULARY = """\
from lemmata.course.author import *

m, n = dims("m n")
A, B = matrices("A B", m, n)
X = matrix("X", m, n)
y = vector("y", m)
"""


@pytest.fixture
def write_course(tmp_path: Path) -> WriteCourse:
    """``write_course({"theorems/ridge.py": "..."})``: files after the vocabulary; returns the root."""

    def write(
        files: dict[str, str], settings: str = 'title = "A course"\nseed = 7', name: str = "course"
    ) -> Path:
        root = tmp_path / name
        (root / "theorems").mkdir(parents=True, exist_ok=True)
        (root / "pyproject.toml").write_text(f"[tool.lemmata]\n{settings}\n")
        for path, text in files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(VOCABULARY + text if path.endswith(".py") else text)
        return root

    return write
