"""The last pages: every result of the notes with the word that says how it is known.

A list of links, chapter by chapter, below an explanation of the words.  It is made from the numbered tree,
so it cannot disagree with the pages before it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from pathlib import Path

from lemmata.publish.chapters import fill, page_environment
from lemmata.publish.numbering import Heading, Numbered, Result
from lemmata.publish.pandoc import Node, read
from lemmata.publish.tree import div, link, plain, span, text

__all__ = ["results_chapter"]

ANCHOR = "results"


def results_chapter(numbered: Numbered, render_dir: Path | None) -> Numbered:
    """The numbered tree with the list of results at its end; unchanged where there are none."""
    if not numbered.results:
        return numbered
    markdown = fill(page_environment(render_dir, blocks=True), "results.md")
    title, *words = read(markdown).blocks
    title["c"][1] = [ANCHOR, ["unnumbered"], []]
    lists = [
        _listed(list(group))
        for _, group in groupby(numbered.results, key=lambda r: r.anchor.number.split(".")[0])
    ]
    heading = Heading(1, "", ANCHOR, title["c"][2])
    return replace(
        numbered, blocks=[*numbered.blocks, title, *words, *(div([entry], "results") for entry in lists)],
        contents=(*numbered.contents, heading),
    )  # fmt: skip


def _listed(results: list[Result]) -> Node:
    items: list[list[Node]] = []
    for result in results:
        anchor = result.anchor
        line: list[Node] = [
            link([text(anchor.words.replace(" ", "\u00a0"))], f"#{anchor.name}", anchor.title, "ref")
        ]
        line += [{"t": "Space"}, *result.title]
        if result.word:
            line += [{"t": "Space"}, _chip(result.word)]
        items.append([plain(line)])
    return {"t": "BulletList", "c": items}


def _chip(word: str) -> Node:
    chip = span([text(word)], "word")
    chip["c"][0][1].append(word)
    return chip
