"""What the three writers share: the walk over our blocks, parts that are numbered by place, inline words.

A writer turns each block of ours (a Div with one of the classes below) into raw source of its format around
the block's content, which pandoc then writes; everything else in the tree is pandoc's own business.

>>> letter(3)
'c'
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lemmata.publish.numbering import Numbered
from lemmata.publish.pandoc import Node, Tree, write
from lemmata.publish.tree import attribute, blocks_of, classes, div_class, nodes, plain, raw, rewrite

__all__ = ["AUDIENCES", "BLOCKS", "CALLOUTS", "Document", "Writer", "for_audience", "letter"]

AUDIENCES = ("student", "instructor")
CALLOUTS = {
    "remark": "Remark", "intuition": "Intuition", "note": "Note", "caution": "Caution", "summary": "Summary",
    "worked": "Example", "history": "History",
}  # fmt: skip
BLOCKS = frozenset(
    [
        "theorem",
        "given",
        "statement",
        "evidence",
        "evidence-list",
        "remark-line",
        "source",
        "proof",
        "idea",
        "steps",
        "step",
        "why",
        "reason-why",
        "counterexample",
        "exercise",
        "part",
        "option",
        "solution",
        "figure",
    ]
) | frozenset(CALLOUTS)
ORDERED = ("part", "option", "step")
SOLUTIONS = ("solution", "instructor")


@dataclass(frozen=True)
class Document:
    """What a page template is filled with, apart from the course's own names."""

    body: str
    warnings: tuple[str, ...]


def for_audience(blocks: list[Node], audience: str) -> list[Node]:
    """The tree a reader may see: students get no block of class ``solution`` or ``instructor``."""
    if audience != "student":
        return blocks
    visible: list[Node] = rewrite(blocks, lambda node: [] if div_class(node, SOLUTIONS) else None)
    return visible


def letter(place: int) -> str:
    """1, 2, ... as a, b, ..., z, aa, ab, ..."""
    name = ""
    while place > 0:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("a") + rest) + name
    return name


class Writer(ABC):
    """One format.  ``target`` is pandoc's name for it, ``options`` go to pandoc."""

    target: str
    options: tuple[str, ...] = ()

    def __init__(self, numbered: Numbered) -> None:
        self.numbered = numbered

    def document(self, blocks: list[Node], version: tuple[int, ...]) -> Document:
        """The body of the document; Unconverted where a formula cannot be shown."""
        tree = self.words(self.walk(blocks))
        body, warnings = write(Tree(version, tree), self.target, *self.options)
        return Document(body, tuple(warnings))

    def fragments(self, lines: Sequence[list[Node]], version: tuple[int, ...]) -> list[str]:
        """Several lines of inlines in one run of pandoc."""
        mark = "<!--line-->"
        blocks: list[Node] = []
        for line in lines:
            blocks += [plain(self.words(line)), raw(self.target, mark)]
        text, _ = write(Tree(version, blocks), self.target, *self.options)
        return [part.strip() for part in text.split(mark)[:-1]]

    # The walk -----------------------------------------------------------------------------------
    def walk(self, value: Any) -> Any:
        """Replace our blocks, wherever they stand; siblings of an ordered class are counted from 1."""
        if isinstance(value, list):
            out: list[Any] = []
            count = dict.fromkeys(ORDERED, 0)
            for part in value:
                if not (isinstance(part, dict) and "t" in part):
                    out.append(self.walk(part))
                    continue
                cls = div_class(part, BLOCKS)
                if cls in ORDERED:
                    count[cls] += 1
                if cls:
                    out += self.block(cls, part, count.get(cls, 0))
                elif part["t"] == "Header":
                    out += self.heading(part)
                else:
                    out.append(self.walk(part))
            return out
        if isinstance(value, dict):
            return {key: self.walk(part) for key, part in value.items()}
        return value

    def inside(self, node: Node) -> list[Node]:
        """The content of a Div, walked."""
        content: list[Node] = self.walk(blocks_of(node))
        return content

    def words(self, value: Any) -> Any:
        """Spans of ours (evidence words, rules, points, warnings) in the format's own spelling."""
        return rewrite(value, self._word)

    def _word(self, node: Node) -> list[Node] | None:
        if node["t"] == "Span":
            for cls in ("word", "rule", "points", "warning"):
                if cls in classes(node):
                    return self.span(cls, next((c for c in classes(node) if c != cls), ""), node["c"][1])
        return self.inline(node)

    def inline(self, node: Node) -> list[Node] | None:
        """A format may replace other inlines too."""
        return None

    @staticmethod
    def around(target: str, before: str, content: list[Node], after: str) -> list[Node]:
        return [raw(target, before), *content, raw(target, after)]

    @abstractmethod
    def block(self, cls: str, node: Node, place: int) -> list[Node]:
        """One of our blocks; ``place`` counts parts, options and steps among their siblings."""

    @abstractmethod
    def heading(self, node: Node) -> list[Node]:
        """A heading with the number it was given."""

    @abstractmethod
    def span(self, cls: str, value: str, content: list[Node]) -> list[Node]:
        """A short run of words with a meaning of ours."""


def evidence_parts(node: Node) -> tuple[list[Node], list[Node], str]:
    """(the line's inlines, the list behind it, the word) of an evidence block."""
    line, *rest = blocks_of(node)
    hidden = [part for block in rest if div_class(block, ("evidence-list",)) for part in blocks_of(block)]
    return line["c"], hidden, attribute(node, "word")


def step_parts(node: Node) -> tuple[list[Node], list[Node], list[Node]]:
    """(claim, reason, note) of a step, as inlines."""
    parts: dict[str, list[Node]] = {"claim": [], "reason": [], "note-line": []}
    for block in blocks_of(node):
        cls = div_class(block, tuple(parts))
        if cls:
            parts[cls] = [
                n for inner in blocks_of(block) if inner["t"] in ("Para", "Plain") for n in inner["c"]
            ]
    return parts["claim"], parts["reason"], parts["note-line"]


def has_list(node: Node) -> bool:
    """Whether an evidence block hides a list behind its line."""
    return any(div_class(part, ("evidence-list",)) for part in nodes(node))
