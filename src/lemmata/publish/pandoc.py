r"""Pandoc as a function: Markdown in, document tree out, and a tree written in one format.

The tree is pandoc's own JSON.  Pandoc only warns about a formula that it cannot convert and then shows the
raw source; here that is an error (:class:`Unconverted`), because a reader must never meet it.

>>> read("a $x$").blocks[0]["c"][2]
{'t': 'Math', 'c': [{'t': 'InlineMath'}, 'x']}
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lemmata.publish.errors import PublishError

__all__ = ["Node", "Tree", "Unconverted", "read", "typeset_formulas", "write"]

Node = dict[str, Any]
# No citations (an @ is an @), no superscripts outside mathematics (X^+ is X^+), no figure made of a lone
# image.
MARKDOWN = "markdown-citations-implicit_figures-example_lists-superscript-subscript"


@dataclass(frozen=True)
class Tree:
    """A document: pandoc's blocks and the version of its tree format."""

    version: tuple[int, ...]
    blocks: list[Node]


class Unconverted(Exception):
    """A formula that one of the formats cannot show: ``latex`` and the reader's complaint."""

    def __init__(self, latex: str, complaint: str) -> None:
        self.latex, self.complaint = latex, complaint
        super().__init__(f"{latex}: {complaint}")


@lru_cache(maxsize=1)
def _program() -> str:
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        raise PublishError(
            "pandoc is needed to build notes and is not installed", remedy="pip install pypandoc_binary"
        ) from None


def _run(arguments: Sequence[str], text: str) -> tuple[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log.json")
        done = subprocess.run(
            [_program(), *arguments, "--quiet", f"--log={log}", "--wrap=none"],
            input=text, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        entries = json.loads(log.read_text(encoding="utf-8")) if log.is_file() else []
    if done.returncode:
        raise PublishError(f"pandoc gave up: {done.stderr.strip()}")
    warnings = []
    for entry in entries:
        if entry.get("type") == "CouldNotConvertTeXMath":
            complaint = [line for line in str(entry["message"]).splitlines() if line.startswith("unexpected")]
            raise Unconverted(entry["contents"], "; ".join(complaint) or str(entry["message"]))
        if entry.get("verbosity") in ("WARNING", "ERROR"):
            warnings.append(str(entry.get("pretty") or entry.get("message") or entry.get("type")))
    return done.stdout, warnings


def read(markdown: str) -> Tree:
    """The document tree of some Markdown."""
    document = json.loads(_run(["-f", MARKDOWN, "-t", "json"], markdown)[0])
    return Tree(tuple(document["pandoc-api-version"]), document["blocks"])


def write(tree: Tree, target: str, *options: str) -> tuple[str, list[str]]:
    """The tree as a fragment of ``target`` ("html", "latex", "typst"), and pandoc's warnings.

    Unconverted, if a formula cannot be shown in that format.
    """
    document = {"pandoc-api-version": list(tree.version), "meta": {}, "blocks": tree.blocks}
    text, warnings = _run(
        ["-f", "json", "-t", target, "--syntax-highlighting=none", *options], json.dumps(document)
    )
    return text, warnings


def typeset_formulas(formulas: Sequence[tuple[str, bool]], version: tuple[int, ...]) -> list[str]:
    """Typst's spelling of each (LaTeX, display?) formula, in one run; Unconverted names the one that fails.

    >>> typeset_formulas([(r"X^\\top X", False)], (1, 23, 1))
    ['$X^top X$']
    """
    mark = "//formula//"
    blocks: list[Node] = []
    for latex, display in formulas:
        kind = {"t": "DisplayMath" if display else "InlineMath"}
        blocks += [
            {"t": "Plain", "c": [{"t": "Math", "c": [kind, latex]}]},
            {"t": "RawBlock", "c": ["typst", mark]},
        ]
    text = write(Tree(version, blocks), "typst")[0]
    # A word before a bracket is the name of an operator, rank(X), and not a text beside a bracket.
    return [
        re.sub(r'"([A-Za-z]{2,})" (?=\\\(|lr\()', r'op("\1") ', part.strip())
        for part in text.split(mark)[:-1]
    ]
