"""HTML: one page with MathML that opens from a file, without a network and without scripts.

Results, exercises and figures are sections with their own anchors; proofs and solutions fold away in
``<details>``; figures are inlined as SVG.  Headings never skip a level: the page's title is ``h1``,
chapters are ``h2``, and a result's heading is one below the section it stands in.

>>> inline_svg('<?xml version="1.0"?><svg viewBox="0 0 1 1"><g id="a"/></svg>', "f", "a dot")
'<svg role="img" aria-label="a dot" viewBox="0 0 1 1"><g id="f-a"/></svg>'
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from markupsafe import Markup

from lemmata.publish.chapters import asset, fill, page_environment
from lemmata.publish.model import CourseViews, FigureView
from lemmata.publish.numbering import Heading, Numbered
from lemmata.publish.pandoc import Node
from lemmata.publish.tree import (
    attribute,
    blocks_of,
    identifier,
    plain,
    raw,
    raw_inline,
    rewrite,
    span,
    take_title,
)
from lemmata.publish.writer import CALLOUTS, Document, Writer, evidence_parts, letter, step_parts

__all__ = ["HtmlWriter", "inline_svg", "page"]


MATH_FONT = "fonts/STIXTwoMath-subset.woff2"


class HtmlWriter(Writer):
    """Our blocks as HTML sections."""

    target = "html"
    options = ("--mathml", "--section-divs=false")

    def __init__(self, numbered: Numbered, figures: Mapping[str, FigureView]) -> None:
        super().__init__(numbered)
        self.figures = figures
        self.level = 2

    def heading(self, node: Node) -> list[Node]:
        level, (name, names, _), title = node["c"]
        self.level = level + 1
        number = attribute(node, "number")
        lead = [raw_inline("html", f'<span class="num">{number}</span> ')] if number else []
        return [{"t": "Header", "c": [level + 1, [name, names, []], [*lead, *title]]}]

    def span(self, cls: str, value: str, content: list[Node]) -> list[Node]:
        if cls == "rule":
            return [raw_inline("html", '<code class="rule">'), *content, raw_inline("html", "</code>")]
        return [raw_inline("html", f'<span class="{cls} {value}">'), *content, raw_inline("html", "</span>")]

    def words(self, value: Any) -> Any:
        return super().words(_glued(value))

    def block(self, cls: str, node: Node, place: int) -> list[Node]:
        method = getattr(self, "_" + cls.replace("-", "_"), None)
        if method is not None:
            found: list[Node] = method(node, place)
            return found
        if cls in CALLOUTS:
            title = escape(attribute(node, "title")) or CALLOUTS[cls]
            head = f'<aside class="callout {cls}" aria-label="{title}">\n<p class="lead">{title}</p>'
            return self._wrap(head, self.inside(node), "</aside>")
        return self._wrap(f'<div class="{cls}">', self.inside(node), "</div>")

    def _wrap(self, before: str, content: list[Node], after: str) -> list[Node]:
        return self.around("html", before, content, after)

    def _section(self, node: Node, cls: str) -> list[Node]:
        name, word, own = identifier(node), attribute(node, "word"), attribute(node, "number")
        title, extra, rest = take_title(blocks_of(node))
        level = min(self.level + 1, 6)
        head = (
            f'<section class="{cls}" id="{name}" aria-labelledby="{name}-title">\n'
            f'<h{level} id="{name}-title">'
            f'<a class="self" href="#{name}">{word} {own}</a> <span class="name">'
        )
        return [
            plain([raw_inline("html", head), *title, raw_inline("html", "</span>"), *extra,
                   raw_inline("html", f"</h{level}>")]),
            *self.walk(rest), raw("html", "</section>"),
        ]  # fmt: skip

    def _theorem(self, node: Node, place: int) -> list[Node]:
        return self._section(node, f"result {attribute(node, 'kind', 'theorem')}")

    def _exercise(self, node: Node, place: int) -> list[Node]:
        return self._section(node, "exercise")

    def _evidence(self, node: Node, place: int) -> list[Node]:
        line, hidden, word = evidence_parts(node)
        if not hidden:
            return [
                plain([raw_inline("html", f'<p class="evidence {word}">'), *line, raw_inline("html", "</p>")])
            ]
        head = f'<details class="evidence {word}"><summary>'
        return [
            plain([raw_inline("html", head), *line, raw_inline("html", "</summary>")]),
            *self.walk(hidden), raw("html", "</details>"),
        ]  # fmt: skip

    def _proof(self, node: Node, place: int) -> list[Node]:
        steps = int(attribute(node, "steps", "0"))
        count = f' <span class="count">{steps} step{"" if steps == 1 else "s"}</span>' if steps else ""
        head = f'<details class="proof"><summary>Proof of {escape(attribute(node, "of"))}{count}</summary>'
        return self._wrap(head, self.inside(node), "</details>")

    def _steps(self, node: Node, place: int) -> list[Node]:
        return self._wrap('<ol class="steps">', self.inside(node), "</ol>")

    def _step(self, node: Node, place: int) -> list[Node]:
        claim, reason, note = step_parts(node)
        shown = rewrite(claim, _displayed)
        out = [
            raw_inline("html", '<li><div class="row"><div class="claim">'),
            *shown,
            raw_inline("html", "</div>"),
        ]
        if reason:
            out += [raw_inline("html", '<div class="reason">'), *reason, raw_inline("html", "</div>")]
        out.append(raw_inline("html", "</div>"))
        if note:
            out += [raw_inline("html", '<div class="note-line">'), *note, raw_inline("html", "</div>")]
        return [plain([*out, raw_inline("html", "</li>")])]

    def _why(self, node: Node, place: int) -> list[Node]:
        head = (
            '<aside class="why" aria-label="Is each hypothesis needed?">\n'
            f'<p class="lead"><a href="#{attribute(node, "to")}">{attribute(node, "of")}</a>'
            ": is each hypothesis needed?</p>"
        )
        return self._wrap(head, self.inside(node), "</aside>")

    def _part(self, node: Node, place: int) -> list[Node]:
        head = f'<div class="part"><span class="letter">({letter(place)})</span><div>'
        return self._wrap(head, self.inside(node), "</div></div>")

    def _option(self, node: Node, place: int) -> list[Node]:
        head = f'<div class="part option"><span class="letter">{letter(place).upper()}.</span><div>'
        return self._wrap(head, self.inside(node), "</div></div>")

    def _solution(self, node: Node, place: int) -> list[Node]:
        return self._wrap(
            '<details class="solution"><summary>Solution</summary>', self.inside(node), "</details>"
        )

    def _figure(self, node: Node, place: int) -> list[Node]:
        figure = self.figures[attribute(node, "label")]
        svg = inline_svg(figure.svg, figure.name, figure.alt)
        lead = f"<b>Figure {attribute(node, 'number')}.</b> "
        head = f'<figure id="{identifier(node)}">\n{svg}\n<figcaption>{lead}'
        caption = [n for part in self.inside(node) if part["t"] in ("Para", "Plain") for n in part["c"]]
        return [plain([raw_inline("html", head), *caption, raw_inline("html", "</figcaption></figure>")])]


def _glued(value: Any) -> Any:
    """Keep a formula on one line with the bracket before it and the punctuation after it."""
    if isinstance(value, dict):
        return {key: _glued(part) for key, part in value.items()}
    if not isinstance(value, list):
        return value
    out: list[Any] = []
    run: list[Any] = []
    end = object()
    for part in [*value, end]:
        kind = part.get("t") if isinstance(part, dict) else None
        if kind == "Str" or (kind == "Math" and part["c"][0]["t"] == "InlineMath"):
            run.append(part)
            continue
        if len(run) > 1 and any(node["t"] == "Math" for node in run):
            out.append(span(run, "nb"))
        else:
            out += run
        run = []
        if part is not end:
            out.append(_glued(part))
    return out


def _displayed(node: Node) -> list[Node] | None:
    return [{"t": "Math", "c": [{"t": "DisplayMath"}, node["c"][1]]}] if node["t"] == "Math" else None


def inline_svg(svg: str, name: str, alt: str) -> str:
    """An SVG for inlining: no prolog, identifiers made unique by the figure's name, alternative text."""
    body = svg[svg.index("<svg") :].strip()
    body = re.sub(r"<metadata>.*?</metadata>\s*", "", body, flags=re.DOTALL)
    body = re.sub(r'(\bid=")', rf"\g<1>{name}-", body)
    body = re.sub(r'((?:xlink:)?href="#|url\(#)', rf"\g<1>{name}-", body)
    label = escape(alt, quote=True)
    return body.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def page(
    writer: HtmlWriter, blocks: list[Node], version: tuple[int, ...], views: CourseViews, audience: str,
    render_dir: Path | None,
) -> Document:  # fmt: skip
    """The whole page."""
    document = writer.document(blocks, version)
    contents = [heading for heading in writer.numbered.contents if heading.level <= 2]
    names = [Markup(_without_links(text)) for text in writer.fragments([h.title for h in contents], version)]
    environment = page_environment(render_dir, autoescape=True)
    text = fill(
        environment, "notes.html", course=views, audience=audience, body=Markup(document.body),
        chapters=_nested(contents, names),
        css=Markup(asset(render_dir, "style.css").decode()),
        math_font=b64encode(asset(render_dir, MATH_FONT)).decode(),
    )  # fmt: skip
    return Document(text, document.warnings)


def _without_links(html: str) -> str:
    return re.sub(r"</?a\b[^>]*>", "", html)


def _nested(contents: list[Heading], names: list[Markup]) -> list[dict[str, Any]]:
    """The contents as chapters with their sections, for the list of links."""
    chapters: list[dict[str, Any]] = []
    for heading, name in zip(contents, names, strict=True):
        entry: dict[str, Any] = {
            "number": heading.number,
            "anchor": heading.anchor,
            "title": name,
            "sections": [],
        }
        if heading.level == 1 or not chapters:
            chapters.append(entry)
        else:
            chapters[-1]["sections"].append(entry)
    return chapters
