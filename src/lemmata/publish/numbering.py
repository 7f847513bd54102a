"""Numbering: one pass over the document tree gives every block its number, every reference its target.

Chapters are the headings of level 1, sections those of levels 2 and 3.  Results of all kinds share one
counter in a chapter (Lemma 1.1, Theorem 1.2), exercises and figures have their own.  The three writers
read what this pass wrote into the tree, so they cannot disagree.

The target of a reference is an :class:`Anchor`:

>>> Anchor("thm-min-norm", "Theorem", "1.7", "The shortest interpolant").words
'Theorem 1.7'
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lemmata.publish.errors import PublishError, closest
from lemmata.publish.pandoc import Node
from lemmata.publish.tree import (
    attribute,
    blocks_of,
    classes,
    div,
    div_class,
    link,
    nodes,
    plain_text,
    rewrite,
    take_title,
    text,
)

__all__ = ["Anchor", "Heading", "Numbered", "Result", "number"]

PREFIX = {"theorem": "thm", "exercise": "exr", "figure": "fig", "section": "sec"}


@dataclass(frozen=True)
class Anchor:
    """Where a reference leads: the anchor's name, what it is ("Theorem"), its number, its title."""

    name: str
    kind: str
    number: str
    title: str

    @property
    def words(self) -> str:
        """What a reference to it says."""
        return f"{self.kind} {self.number}".strip() if self.number else f"“{self.title}”"


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents."""

    level: int
    number: str
    anchor: str
    title: list[Node]


@dataclass(frozen=True)
class Result:
    """A line of the list of results: label, anchor and evidence word."""

    label: str
    anchor: Anchor
    title: list[Node]
    word: str


@dataclass(frozen=True)
class Numbered:
    """The numbered document: blocks, table of contents, list of results, anchors by kind and label."""

    blocks: list[Node]
    contents: tuple[Heading, ...]
    results: tuple[Result, ...]
    anchors: Mapping[tuple[str, str], Anchor]


def number(chapters: Sequence[tuple[str, list[Node]]]) -> Numbered:
    """Number the chapters (file, blocks) and resolve their references.

    PublishError where a chapter does not start with its one title, or a reference leads nowhere.
    """
    state = _State()
    blocks: list[Node] = []
    for index, (file, content) in enumerate(chapters, 1):
        blocks += state.chapter(index, file, content)
    resolved = rewrite(blocks, state.resolve)
    contents = tuple(
        Heading(h.level, h.number, h.anchor, rewrite(h.title, state.resolve)) for h in state.contents
    )
    return Numbered(resolved, contents, tuple(state.results), state.anchors)


class _State:
    def __init__(self) -> None:
        self.anchors: dict[tuple[str, str], Anchor] = {}
        self.contents: list[Heading] = []
        self.results: list[Result] = []
        self.counters: dict[str, int] = {}
        self.place = [0, 0, 0]

    def chapter(self, index: int, file: str, content: list[Node]) -> list[Node]:
        titles = [
            n for n in content if n["t"] == "Header" and n["c"][0] == 1 and "unnumbered" not in classes(n)
        ]
        if len(titles) != 1 or content[0] is not titles[0]:
            raise PublishError(
                f"a chapter begins with its title, its only heading of level 1; here are {len(titles)}",
                file, 1, "start the file with '# Title' and use '##' and '###' below",
            )  # fmt: skip
        self.counters = {}
        self.place = [index, 0, 0]
        return [self.block(node, file) for node in content]

    def block(self, node: Node, file: str) -> Node:
        if node["t"] == "Header":
            return self.heading(node, file)
        kind = div_class(node, ("theorem", "exercise", "figure"))
        if kind:
            node = self.numbered(node, kind)
        elif node["t"] != "Div":
            return node
        attr, content = node["c"]
        return {"t": "Div", "c": [attr, [self.block(part, file) for part in content]]}

    def heading(self, node: Node, file: str) -> Node:
        level, attr, title = node["c"]
        number = ""
        if "unnumbered" not in attr[1] and level <= 3:
            if level > 1:
                self.place[level - 1] += 1
                self.place[level:] = [0] * (3 - level)
            number = ".".join(str(part) for part in self.place[:level])
        label = attr[0] or re.sub(r"[^a-z0-9]+", "-", plain_text(title).lower()).strip("-")
        kind = {1: "Chapter"}.get(level, "Section")
        anchor = Anchor(self.free(f"sec-{_slug(label)}"), kind if number else "", number, plain_text(title))
        self.anchors.setdefault(("section", label), anchor)
        if number:
            self.contents.append(Heading(level, number, anchor.name, title))
        values = [["number", number], *attr[2]]
        return {"t": "Header", "c": [level, [anchor.name, attr[1], values], title]}

    def numbered(self, node: Node, kind: str) -> Node:
        label = attribute(node, "label")
        word = attribute(node, "kind", kind).capitalize()
        self.counters[kind] = self.counters.get(kind, 0) + 1
        own = f"{self.place[0]}.{self.counters[kind]}"
        title, _, _ = take_title(blocks_of(node))
        anchor = Anchor(self.free(f"{PREFIX[kind]}-{_slug(label)}"), word, own, plain_text(title))
        self.anchors[kind, label] = anchor
        if kind == "theorem":
            found = (attribute(n, "word") for n in nodes(node) if div_class(n, ("evidence",)))
            self.results.append(Result(label, anchor, title, next(found, "")))
        attr, content = node["c"]
        values = [["number", own], ["word", word], *attr[2]]
        return {"t": "Div", "c": [[anchor.name, attr[1], values], content]}

    def free(self, name: str) -> str:
        used = {anchor.name for anchor in self.anchors.values()}
        while name in used:
            name += "-x"
        return name

    def resolve(self, node: Node) -> list[Node] | None:
        """References become links; a proof, too, learns the number of its theorem."""
        if node["t"] == "Span" and "ref" in classes(node):
            return [self.reference(node)]
        if node["t"] == "Link" and node["c"][2][0].startswith("#") and "ref" not in classes(node):
            return [self.own_link(node)]
        if div_class(node, ("proof", "why", "counterexample")):
            anchor = self.anchors.get(("theorem", attribute(node, "label")))
            if anchor:
                name, names, values = node["c"][0]
                own = div(blocks_of(node), names[0])
                own["c"][0] = [name, names, [["of", anchor.words], ["to", anchor.name], *values]]
                return [own]
        return None

    def find(self, label: str) -> Anchor | None:
        """The anchor of a label; "figure:x" means the figure where a theorem is called x, too."""
        kind, _, rest = label.partition(":")
        if kind in PREFIX:
            return self.anchors.get((kind, rest))
        return next((self.anchors[kind, label] for kind in PREFIX if (kind, label) in self.anchors), None)

    def own_link(self, node: Node) -> Node:
        """A Markdown link of the author's, [words](#label)."""
        _, words, (target, _) = node["c"]
        anchor = self.find(target[1:])
        if anchor is None:
            known = [name for _, name in self.anchors]
            raise PublishError(
                f"the link [{plain_text(words)}]({target}) leads nowhere", remedy=closest(target[1:], known)
            )
        return link(words, f"#{anchor.name}", f"{anchor.words} {anchor.title}".strip(), "ref")

    def reference(self, node: Node) -> Node:
        label, soft = attribute(node, "label"), "soft" in classes(node)
        own: list[Node] = node["c"][1]
        anchor = self.find(label)
        if anchor:
            words = own if own and not soft else _spaced(anchor.words)
            return link(words, f"#{anchor.name}", anchor.title, "ref")
        if soft:
            return {"t": "Emph", "c": own}
        file, _, line = attribute(node, "place").rpartition(":")
        known = [name for _, name in self.anchors]
        raise PublishError(
            f"nothing in these notes is labelled {label!r}", file or None, int(line) if line else None,
            closest(label, known, f'show it somewhere: {{{{ theorem("{label}") }}}}'),
        )  # fmt: skip


def _spaced(words: str) -> list[Node]:
    # A no-break space keeps "Theorem" and its number on one line.
    return [text(words.replace(" ", "\u00a0", 1) if words[-1:].isdigit() else words)]


def _slug(label: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", label)
