"""What is kept of a result is kept under the sources that decide it, all of them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import lemmata
from lemmata.sources import DECIDES, source_version

ROOT = Path(lemmata.__file__).parent


def imported(folder: str) -> set[str]:
    """The other folders of the package that a folder imports from."""
    found = set()
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lemmata."):
                found.add((node.module or "").split(".")[1])
    return {name for name in found if (ROOT / name).is_dir()} - {folder}


@pytest.mark.parametrize("folder", ["prove", "refute"])
def test_whatever_the_engine_imports_is_in_its_version(folder: str) -> None:
    reached, new = {folder}, {folder}
    while new:
        new = {name for one in new for name in imported(one)} - reached
        reached |= new
    assert reached <= set(DECIDES)


def test_marks_have_a_version_of_their_own() -> None:
    assert source_version().startswith(lemmata.__version__ + "+")
    assert len({source_version(), source_version("course"), source_version("grade", "review")}) == 3


def test_a_file_in_a_room_changes_the_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "lemmata"
    room = package / "prove" / "order"
    room.mkdir(parents=True)
    (room / "norms.py").write_text("A = 1\n")
    monkeypatch.setattr(lemmata, "__file__", str(package / "__init__.py"))
    before = source_version.__wrapped__()
    (room / "norms.py").write_text("A = 2\n")
    assert source_version.__wrapped__() != before
