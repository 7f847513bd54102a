"""Typst: our blocks as functions of the page template, and a PDF without any TeX.

The ``typst`` package compiles with embedded fonts, so the same source gives the same bytes everywhere.
Every formula carries its LaTeX source as alternative text, which makes the PDF accessible (PDF/UA-1).

>>> quoted('a "b"')
'"a \\\\"b\\\\""'
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lemmata.publish.chapters import fill, page_environment
from lemmata.publish.errors import PublishError
from lemmata.publish.model import CourseViews, FigureView
from lemmata.publish.numbering import Numbered
from lemmata.publish.pandoc import Node
from lemmata.publish.tree import (
    attribute,
    blocks_of,
    formula,
    identifier,
    plain,
    raw,
    raw_inline,
    take_title,
)
from lemmata.publish.writer import CALLOUTS, Document, Writer, evidence_parts, letter, step_parts

__all__ = ["TypstWriter", "compile_typst", "page", "quoted"]


def quoted(words: str) -> str:
    """A Typst string."""
    return json.dumps(words, ensure_ascii=False)


class TypstWriter(Writer):
    """Our blocks as calls of the functions that templates/notes.typ defines."""

    target = "typst"

    def __init__(
        self, numbered: Numbered, figures: Mapping[str, FigureView], formulas: Mapping[tuple[str, bool], str]
    ) -> None:
        super().__init__(numbered)
        self.figures, self.formulas = figures, formulas

    def inline(self, node: Node) -> list[Node] | None:
        """A formula with its alternative text."""
        if node["t"] != "Math":
            return None
        latex, display = formula(node)
        source = self.formulas[latex, display]
        call = f"#math.equation(block: {'true' if display else 'false'}, alt: {quoted(latex)}, {source}.body)"
        # A comment ends the call's reach: what follows is text, even if it starts with a bracket or a dot.
        return [raw_inline("typst", f"{call};")]

    def heading(self, node: Node) -> list[Node]:
        level, (name, _, _), title = node["c"]
        number = attribute(node, "number")
        numbering = f"(..counted) => {quoted(number)}" if number else "none"
        listed = "true" if number or level == 1 else "false"
        before = raw_inline("typst", f"#heading(level: {level}, numbering: {numbering}, outlined: {listed})[")
        return [plain([before, *title, raw_inline("typst", f"] <{name}>")])]

    def span(self, cls: str, value: str, content: list[Node]) -> list[Node]:
        return [raw_inline("typst", f"#lem-{cls}({quoted(value)})["), *content, raw_inline("typst", "];")]

    def block(self, cls: str, node: Node, place: int) -> list[Node]:
        method = getattr(self, "_" + cls.replace("-", "_"), None)
        if method is not None:
            found: list[Node] = method(node, place)
            return found
        if cls in CALLOUTS:
            return self._wrap(f"#lem-callout({quoted(attribute(node, 'title') or CALLOUTS[cls])})[",
                              self.inside(node), "]")  # fmt: skip
        return self.inside(node)

    def _wrap(self, before: str, content: list[Node], after: str) -> list[Node]:
        return self.around("typst", before, content, after)

    def _section(self, node: Node, function: str) -> list[Node]:
        title, extra, rest = take_title(blocks_of(node))
        head = f"#{function}({quoted(attribute(node, 'word'))}, {quoted(attribute(node, 'number'))}, ["
        line = [
            raw_inline("typst", head),
            *title,
            raw_inline("typst", "], ["),
            *extra,
            raw_inline("typst", "])["),
        ]
        return [plain(line), *self.walk(rest), raw("typst", f"] <{identifier(node)}>")]

    def _theorem(self, node: Node, place: int) -> list[Node]:
        return self._section(node, "lem-result")

    def _exercise(self, node: Node, place: int) -> list[Node]:
        return self._section(node, "lem-exercise")

    def _evidence(self, node: Node, place: int) -> list[Node]:
        line, hidden, _ = evidence_parts(node)
        shown = plain([raw_inline("typst", "#lem-evidence["), *line, raw_inline("typst", "]")])
        return [shown, *(self._wrap("#lem-small[", self.walk(hidden), "]") if hidden else [])]

    def _small(self, node: Node, place: int) -> list[Node]:
        return self._wrap("#lem-small[", self.inside(node), "]")

    _source = _remark_line = _small

    def _proof(self, node: Node, place: int) -> list[Node]:
        head = f"#lem-proof({_to(node)})["
        return self._wrap(head, self.inside(node), "]")

    def _step(self, node: Node, place: int) -> list[Node]:
        claim, reason, note = step_parts(node)
        out = [raw_inline("typst", f'#lem-step("{place}")['), *claim, raw_inline("typst", "][")]
        out += [*reason, raw_inline("typst", "]["), *note, raw_inline("typst", "]")]
        return [plain(out)]

    def _why(self, node: Node, place: int) -> list[Node]:
        return self._wrap(f"#lem-why({_to(node)})[", self.inside(node), "]")

    def _counterexample(self, node: Node, place: int) -> list[Node]:
        return self._wrap('#lem-callout("Counterexample")[', self.inside(node), "]")

    def _part(self, node: Node, place: int) -> list[Node]:
        return self._wrap(f'#lem-part("({letter(place)})")[', self.inside(node), "]")

    def _option(self, node: Node, place: int) -> list[Node]:
        return self._wrap(f'#lem-part("{letter(place).upper()}.")[', self.inside(node), "]")

    def _solution(self, node: Node, place: int) -> list[Node]:
        return self._wrap("#lem-solution[", self.inside(node), "]")

    def _figure(self, node: Node, place: int) -> list[Node]:
        figure = self.figures[attribute(node, "label")]
        arguments = (f"figures/{figure.name}.svg", attribute(node, "number"), figure.alt)
        head = f"#lem-figure({', '.join(quoted(a) for a in arguments)})["
        caption = [n for part in self.inside(node) if part["t"] in ("Para", "Plain") for n in part["c"]]
        return [plain([raw_inline("typst", head), *caption, raw_inline("typst", f"] <{identifier(node)}>")])]


def _to(node: Node) -> str:
    return f"<{attribute(node, 'to')}>, {quoted(attribute(node, 'of'))}"


def page(
    writer: TypstWriter, blocks: list[Node], version: tuple[int, ...], views: CourseViews, audience: str,
    render_dir: Path | None,
) -> Document:  # fmt: skip
    """The whole .typ file."""
    document = writer.document(blocks, version)
    environment = page_environment(
        render_dir, variable_start_string="<<", variable_end_string=">>", block_start_string="<%",
        block_end_string="%>", comment_start_string="<##", comment_end_string="##>",
    )  # fmt: skip
    environment.filters["str"] = quoted
    text = fill(environment, "notes.typ", course=views, audience=audience, body=document.body)
    return Document(text, document.warnings)


def compile_typst(source: Path) -> tuple[bytes, list[str]]:
    """The PDF of a .typ file, with embedded fonts only and no date; PublishError where Typst refuses it."""
    try:
        import typst
    except ImportError:
        raise PublishError("the PDF needs the typst package", remedy="pip install typst") from None
    options: dict[str, Any] = {
        "root": str(source.parent), "ignore_system_fonts": True, "format": "pdf", "pdf_standards": ["ua-1"],
        "timestamp": 0,
    }  # fmt: skip
    try:
        pdf, warnings = typst.compile_with_warnings(str(source), **options)
    except typst.TypstError as error:
        raise PublishError(f"Typst: {error.diagnostic or error}".strip(), str(source)) from None
    if not isinstance(pdf, bytes):
        raise PublishError("Typst gave no single document", str(source))
    return pdf, [str(warning.message) for warning in warnings]
