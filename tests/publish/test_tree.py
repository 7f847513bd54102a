"""The tree: what is rewritten in it before it is numbered and written."""

from __future__ import annotations

import pytest

from lemmata.publish.numbering import number
from lemmata.publish.pandoc import Unconverted, read, typeset_formulas
from lemmata.publish.tree import nodes, plain_text, rewrite, text, with_norms

VERSION = (1, 23, 1)

BARS = [
    (r"\|x\|", r"\lVert x\rVert "),
    (r"\|x\| \le \|y\|", r"\lVert x\rVert  \le \lVert y\rVert "),
    ("|a| + |b|", r"\lvert a\rvert  + \lvert b\rvert "),
    (r"|a| \|x\|", r"\lvert a\rvert  \lVert x\rVert "),
    (r"\left\|x\right\|", r"\left\|x\right\|"),
    (r"\bigl| x \bigr|", r"\bigl| x \bigr|"),
    (r"\{x | x > 0\}", r"\{x | x > 0\}"),
    (r"\begin{array}{c|c|c} 1 & 2 & 3 \end{array}", r"\begin{array}{c|c|c} 1 & 2 & 3 \end{array}"),
    (
        r"\begin{gathered}a \\|b|\end{gathered}",
        r"\begin{gathered}a \\\lvert b\rvert \end{gathered}",
    ),
]


@pytest.mark.parametrize(("written", "meant"), BARS)
def test_bars_open_and_close(written: str, meant: str) -> None:
    assert with_norms(written) == meant
    typeset_formulas([(meant, False)], VERSION)


SPELLINGS = [
    (r"X^\top X", "$X^top X$"),
    (r"\operatorname{rank}(X) = m", r'$op("rank") \( X \) = m$'),
    (r"\lVert x\rVert", "$lr(bar.v.double x bar.v.double)$"),
]


@pytest.mark.parametrize(("latex", "spelling"), SPELLINGS)
def test_formulas_for_typst(latex: str, spelling: str) -> None:
    assert typeset_formulas([(latex, False)], VERSION) == [spelling]


def test_a_formula_that_cannot_be_read_is_named() -> None:
    with pytest.raises(Unconverted) as caught:
        typeset_formulas([("x", False), (r"\foo", False), ("y", True)], VERSION)
    assert caught.value.latex == r"\foo"
    assert "foo" in caught.value.complaint


def test_sections_of_two_chapters_are_numbered_by_place() -> None:
    first = read("# One\n\n## A {#a}\n\n### B\n\n## C\n\n## Notes {.unnumbered}\n").blocks
    second = read("# Two\n\n## A\n\nSee [the other A](#a) and [this](#two).\n").blocks
    found = number([("one.md", first), ("two.md", second)])
    assert [(h.number, plain_text(h.title)) for h in found.contents] == [
        ("1", "One"), ("1.1", "A"), ("1.1.1", "B"), ("1.2", "C"), ("2", "Two"), ("2.1", "A"),
    ]  # fmt: skip
    links = [node["c"][2][0] for node in nodes(found.blocks) if node["t"] == "Link"]
    assert links == ["#sec-a", "#sec-two"]
    anchors = [h.anchor for h in found.contents]
    assert len(set(anchors)) == len(anchors)


def test_front_matter_is_not_text() -> None:
    assert plain_text(read("---\ntitle: Hidden\n---\n\n# Shown\n").blocks) == "Shown"


def test_rewriting_replaces_and_drops() -> None:
    blocks = read("a b a").blocks
    assert plain_text(rewrite(blocks, lambda n: [] if n == text("a") else None)) == "b"
    assert plain_text(blocks) == "a b a"
