"""The document tree: small words for pandoc's JSON nodes, and one walk.

A node is ``{"t": type, "c": content}``.  Blocks of ours are Divs with a class ("theorem", "proof", ...)
and attributes; :func:`rewrite` visits every node bottom-up and lets a function replace it.

>>> rewrite([para([text("a")])], lambda node: [text("b")] if node["t"] == "Str" else None)
[{'t': 'Para', 'c': [{'t': 'Str', 'c': 'b'}]}]
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

from lemmata.publish.pandoc import Node

__all__ = [
    "attribute", "blocks_of", "classes", "div", "div_class", "formula", "identifier", "link", "math",
    "nodes", "para", "plain", "plain_text", "raw", "raw_inline", "rewrite", "span", "take_title",
    "text", "with_norms",
]  # fmt: skip


def text(words: str) -> Node:
    return {"t": "Str", "c": words}


def para(inlines: list[Node]) -> Node:
    return {"t": "Para", "c": inlines}


def plain(inlines: list[Node]) -> Node:
    return {"t": "Plain", "c": inlines}


def raw(target: str, source: str) -> Node:
    return {"t": "RawBlock", "c": [target, source]}


def raw_inline(target: str, source: str) -> Node:
    return {"t": "RawInline", "c": [target, source]}


def _attributes(name: str, classes: list[str], values: dict[str, str]) -> list[Any]:
    return [name, classes, [list(pair) for pair in values.items()]]


def div(content: list[Node], cls: str, name: str = "", **values: str) -> Node:
    return {"t": "Div", "c": [_attributes(name, [cls], values), content]}


def span(content: list[Node], cls: str, name: str = "", **values: str) -> Node:
    return {"t": "Span", "c": [_attributes(name, [cls], values), content]}


def link(content: list[Node], target: str, title: str = "", cls: str = "") -> Node:
    return {"t": "Link", "c": [_attributes("", [cls] if cls else [], {}), content, [target, title]]}


def math(latex: str, display: bool = False) -> Node:
    return {"t": "Math", "c": [{"t": "DisplayMath" if display else "InlineMath"}, latex]}


# A bar that LaTeX sizes already (\\left|, \\bigl\\|) says by itself whether it opens or closes.
_SIZED = r"(?:\\(?:left|right|middle|[bB]igg?[lrm]?)\s*)"
_BARS = re.compile(rf"(\\\\|{_SIZED}\\?\|)|(\\\||\|)")


def with_norms(latex: str) -> str:
    r"""Pairs of ``\|`` and of ``|`` as opening and closing bars: alone they read as "is parallel to".

    An odd number of bars is left alone: it holds one that is not half of a pair, as in {x | x > 0}.  So are
    the rules of an array.

    >>> with_norms(r"\|x\|^2 \le |y|")
    '\\lVert x\\rVert ^2 \\le \\lvert y\\rvert '
    """
    for bar, letter in ((r"\|", "V"), ("|", "v")):
        count = sum(match[2] == bar for match in _BARS.finditer(latex))
        if count % 2 or (bar == "|" and "{array}" in latex):
            continue
        sides = itertools.cycle((rf"\l{letter}ert ", rf"\r{letter}ert "))
        latex = _BARS.sub(lambda m, b=bar, s=sides: next(s) if m[2] == b else m[0], latex)  # type: ignore[misc]
    return latex


def formula(node: Node) -> tuple[str, bool]:
    """The LaTeX of a Math node, and whether it is a display."""
    return str(node["c"][1]), bool(node["c"][0]["t"] == "DisplayMath")


def _attr(node: Node) -> list[Any]:
    where = {"Div": 0, "Span": 0, "Link": 0, "Header": 1, "Code": 0, "CodeBlock": 0, "Image": 0}
    found = where.get(node["t"])
    attr: list[Any] = ["", [], []] if found is None else node["c"][found]
    return attr


def identifier(node: Node) -> str:
    return str(_attr(node)[0])


def classes(node: Node) -> list[str]:
    return list(_attr(node)[1])


def attribute(node: Node, name: str, default: str = "") -> str:
    """The value of an attribute of a Div, Span, Link or Header."""
    return str(dict(_attr(node)[2]).get(name, default))


def div_class(node: Node, known: tuple[str, ...] | frozenset[str]) -> str:
    """The class by which a Div is one of ours, else the empty string."""
    if node["t"] != "Div":
        return ""
    return next((cls for cls in classes(node) if cls in known), "")


def blocks_of(node: Node) -> list[Node]:
    """The content of a Div."""
    content: list[Node] = node["c"][1]
    return content


def nodes(value: Any) -> Iterator[Node]:
    """Every node of a tree, parents first, in reading order."""
    if isinstance(value, dict):
        if "t" in value:
            yield value
        for part in value.values():
            yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


def rewrite(value: Any, change: Callable[[Node], list[Node] | None]) -> Any:
    """A copy of the tree in which each node for which ``change`` gives a list is replaced by that list."""
    if isinstance(value, list):
        out: list[Any] = []
        for part in value:
            new = rewrite(part, change)
            instead = change(new) if isinstance(new, dict) and "t" in new else None
            if instead is None:
                out.append(new)
            else:
                out.extend(instead)
        return out
    if isinstance(value, dict):
        return {key: rewrite(part, change) for key, part in value.items()}
    return value


def take_title(content: list[Node]) -> tuple[list[Node], list[Node], list[Node]]:
    """(title inlines, what else stands on the title's line, the blocks below) of a block of ours."""
    if content and content[0]["t"] in ("Para", "Plain"):
        line: list[Node] = content[0]["c"]
        if line and line[0]["t"] == "Span" and "title" in classes(line[0]):
            return line[0]["c"][1], line[1:], content[1:]
    return [], [], content


def plain_text(value: Any) -> str:
    """The words of a tree; mathematics as LaTeX."""
    words = []
    for node in nodes(value):
        kind = node["t"]
        if kind in ("Str", "Code"):
            words.append(node["c"] if kind == "Str" else node["c"][1])
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            words.append(" ")
        elif kind == "Math":
            words.append(node["c"][1])
        elif kind == "Quoted":
            words.append("")
    return "".join(words).strip()
