"""What the kernel is made of: the standard library only, no assert, and no way around the checker."""

from __future__ import annotations

import ast
import io
import json
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

import lemmata.kernel
from lemmata.kernel.check import Proved
from lemmata.kernel.term import Term, symbol

FOLDER = Path(lemmata.kernel.__file__).parent
FILES = sorted(FOLDER.glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_imports_the_standard_library_only(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names or name.startswith("lemmata.kernel"), name


LINES = 1997
"""At most so many lines of code, without docstrings, comments and blank lines; to be lowered."""
SPACE = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER,
}  # fmt: skip


def lines_of_code(text: str) -> int:
    strings: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            strings |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in SPACE:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return len(lines - strings)


def test_the_kernel_is_small_enough_to_be_read() -> None:
    assert lines_of_code('"""Doc."""\n\n# comment\nx = (1,\n     2)\n') == 2
    assert sum(lines_of_code(file.read_text("utf-8")) for file in FILES) <= LINES


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_no_assert_and_nothing_that_runs_text(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        assert not isinstance(node, ast.Assert), f"{file.name}:{node.lineno}"
        if isinstance(node, ast.Name):
            assert node.id not in ("eval", "exec", "compile", "__import__"), f"{file.name}:{node.lineno}"


def test_a_proved_statement_cannot_be_made_by_hand() -> None:
    with pytest.raises(TypeError):
        Proved("label", None, (), (), ())
    with pytest.raises(TypeError):
        Term("symbol", (), None)


def test_terms_are_immutable() -> None:
    with pytest.raises(AttributeError):
        symbol("X", "m", "n").shape = (1, 1)


@pytest.mark.parametrize("flags", [["-I"], ["-I", "-O"]], ids=" ".join)
def test_the_checker_runs_alone_and_refuses_a_forgery_also_without_asserts(
    flags: list[str], tmp_path: Path
) -> None:
    X = ["symbol", ["X", "m", "n", "real", ""]]
    false = ["eq", None, ["mul", None, ["pinv", None, X], X], ["identity", "n"]]
    true = ["eq", None, ["mul", None, X, ["pinv", None, X], X], X]
    entries = [
        {"label": label, "given": [], "show": claim, "proof": {"steps": [
            {"claim": claim, "rule": "spectral", "matrix": X, "uses": [], "cases": {}}]}}
        for label, claim in (("true", true), ("false", false))
    ]  # fmt: skip
    file = tmp_path / "certificates.json"
    file.write_text(json.dumps({"theorems": entries}))
    source = FOLDER.parents[1]
    code = (
        f"import sys; sys.path[:0] = [{str(source)!r}]; "
        "from lemmata.kernel.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, *flags, "-S", "-c", code, str(file)], capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["checked", "true"],
        ["refused", "false"],
    ]
