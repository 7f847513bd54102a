r"""LaTeX: our blocks as environments of the page template, and latexmk where a TeX is installed.

The numbers are those of the tree: LaTeX counts nothing.  A result becomes

    \begin{lemresult}{Theorem}{1.3}{thm-min-norm}{The shortest interpolant} ... \end{lemresult}

and what refers to it ``\hyperref[thm-min-norm]{Theorem 1.3}``.  Only ``texlive-latex-recommended`` and
``lmodern`` are needed.

>>> special("50 % of A_b & C")
'50 \\% of A\\_b \\& C'
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from lemmata.publish.chapters import fill, page_environment
from lemmata.publish.errors import PublishError
from lemmata.publish.model import CourseViews, FigureView
from lemmata.publish.numbering import Numbered
from lemmata.publish.pandoc import Node
from lemmata.publish.tree import (
    attribute,
    blocks_of,
    div_class,
    identifier,
    para,
    plain,
    raw,
    raw_inline,
    rewrite,
    take_title,
)
from lemmata.publish.writer import CALLOUTS, Document, Writer, evidence_parts, letter, step_parts

__all__ = ["LatexWriter", "compile_tex", "installed", "page", "special"]

SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}",
    "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
# Characters that authors type in prose or mathematics and that pdfLaTeX does not know by itself.
UNICODE = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
    "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "≤": "le", "≥": "ge", "≠": "ne", "≈": "approx", "≡": "equiv",
    "→": "to", "←": "leftarrow", "↔": "leftrightarrow", "↦": "mapsto", "⇒": "Rightarrow",
    "⇔": "Leftrightarrow",
    "∈": "in", "∉": "notin", "⊆": "subseteq", "⊂": "subset", "∪": "cup", "∩": "cap", "∅": "emptyset",
    "∞": "infty", "∂": "partial", "∇": "nabla", "∑": "sum", "∏": "prod", "∫": "int", "√": "surd",
    "⊥": "perp", "⊕": "oplus", "⊗": "otimes", "⊤": "top", "†": "dagger", "‖": "Vert", "⟨": "langle",
    "⟩": "rangle", "∀": "forall", "∃": "exists", "∘": "circ", "∎": "blacksquare", "−": "mathord{-}",
    "ℝ": "mathbb{R}", "ℂ": "mathbb{C}", "ℕ": "mathbb{N}", "⁺": "mathord{}^{+}", "⁻": "mathord{}^{-}",
}  # fmt: skip


def special(words: str) -> str:
    """Plain text as LaTeX text."""
    return "".join(SPECIAL.get(char, char) for char in words)


class LatexWriter(Writer):
    """Our blocks as the environments that templates/notes.tex defines."""

    target = "latex"
    options = ("--top-level-division=chapter",)

    def __init__(self, numbered: Numbered, figures: Mapping[str, FigureView]) -> None:
        super().__init__(numbered)
        self.figures = figures

    def heading(self, node: Node) -> list[Node]:
        level, (name, _, _), title = node["c"]
        number = attribute(node, "number")
        before = raw_inline("latex", f"\\lemheading{{{level}}}{{{number}}}{{{name}}}{{")
        return [plain([before, *rewrite(title, _unlinked), raw_inline("latex", "}")])]

    def span(self, cls: str, value: str, content: list[Node]) -> list[Node]:
        return [raw_inline("latex", f"\\lem{cls}{{{value}}}{{"), *content, raw_inline("latex", "}")]

    def block(self, cls: str, node: Node, place: int) -> list[Node]:
        method = getattr(self, "_" + cls.replace("-", "_"), None)
        if method is not None:
            found: list[Node] = method(node, place)
            return found
        if cls in CALLOUTS:
            title = special(attribute(node, "title")) or CALLOUTS[cls]
            return self._wrap(f"\\begin{{lemcallout}}{{{title}}}", self.inside(node), "\\end{lemcallout}")
        return self.inside(node)

    def _wrap(self, before: str, content: list[Node], after: str) -> list[Node]:
        return self.around("latex", before, content, after)

    def _section(self, node: Node, environment: str) -> list[Node]:
        title, extra, rest = take_title(blocks_of(node))
        head = (
            f"\\begin{{{environment}}}{{{attribute(node, 'word')}}}{{{attribute(node, 'number')}}}"
            f"{{{identifier(node)}}}{{"
        )
        line = [raw_inline("latex", head), *title, raw_inline("latex", "}"), *extra]
        return [plain(line), *self.walk(_joined(rest)), raw("latex", f"\\end{{{environment}}}")]

    def _theorem(self, node: Node, place: int) -> list[Node]:
        return self._section(node, "lemresult")

    def _exercise(self, node: Node, place: int) -> list[Node]:
        return self._section(node, "lemexercise")

    def _evidence(self, node: Node, place: int) -> list[Node]:
        line, hidden, _ = evidence_parts(node)
        shown = plain([raw_inline("latex", "\\lemevidence{"), *line, raw_inline("latex", "}")])
        listed = self._wrap("\\begin{lemsmall}", self.walk(hidden), "\\end{lemsmall}") if hidden else []
        return [shown, *listed]

    def _small(self, node: Node, place: int) -> list[Node]:
        return self._wrap("\\begin{lemsmall}", self.inside(node), "\\end{lemsmall}")

    _source = _remark_line = _small

    def _proof(self, node: Node, place: int) -> list[Node]:
        head = f"\\begin{{lemproof}}{{{attribute(node, 'to')}}}{{{attribute(node, 'of')}}}"
        return self._wrap(head, self.inside(node), "\\end{lemproof}")

    def _steps(self, node: Node, place: int) -> list[Node]:
        return self._wrap("\\begin{lemsteps}", self.inside(node), "\\end{lemsteps}")

    def _step(self, node: Node, place: int) -> list[Node]:
        claim, reason, note = step_parts(node)
        out = [raw_inline("latex", f"\\lemstep{{{place}}}"), *claim]
        for macro, words in (("lemreason", reason), ("lemnote", note)):
            if words:
                out += [raw_inline("latex", f"\\{macro}{{"), *words, raw_inline("latex", "}")]
        return [plain(out)]

    def _why(self, node: Node, place: int) -> list[Node]:
        head = f"\\begin{{lemwhy}}{{{attribute(node, 'to')}}}{{{attribute(node, 'of')}}}"
        return self._wrap(head, self.inside(node), "\\end{lemwhy}")

    def _counterexample(self, node: Node, place: int) -> list[Node]:
        return self._wrap("\\begin{lemcallout}{Counterexample}", self.inside(node), "\\end{lemcallout}")

    def _part(self, node: Node, place: int) -> list[Node]:
        return self._wrap(f"\\begin{{lempart}}{{({letter(place)})}}", self.inside(node), "\\end{lempart}")

    def _option(self, node: Node, place: int) -> list[Node]:
        return self._wrap(
            f"\\begin{{lempart}}{{{letter(place).upper()}.}}", self.inside(node), "\\end{lempart}"
        )

    def _solution(self, node: Node, place: int) -> list[Node]:
        return self._wrap("\\begin{lemsolution}", self.inside(node), "\\end{lemsolution}")

    def _figure(self, node: Node, place: int) -> list[Node]:
        figure = self.figures[attribute(node, "label")]
        head = (
            f"\\begin{{lemfigure}}{{{identifier(node)}}}{{{attribute(node, 'number')}}}"
            f"{{figures/{figure.name}.pdf}}{{{special(figure.alt)}}}{{"
        )
        caption = [n for part in self.inside(node) if part["t"] in ("Para", "Plain") for n in part["c"]]
        return [plain([raw_inline("latex", head), *caption, raw_inline("latex", "}\\end{lemfigure}")])]


def _joined(blocks: list[Node]) -> list[Node]:
    """What is given and what holds as one paragraph: a display that opens a paragraph leaves a gap."""
    out: list[Node] = []
    line: list[Node] = []
    for node in [*blocks, None]:
        if node is not None and div_class(node, ("given", "statement")):
            line += [n for part in blocks_of(node) if part["t"] == "Para" for n in part["c"]]
            line.append({"t": "SoftBreak"})
            continue
        if line:
            out.append(para(line))
            line = []
        if node is not None:
            out.append(node)
    return out


def _unlinked(node: Node) -> list[Node] | None:
    """Links in headings would end up in the running heads and bookmarks."""
    content: list[Node] = node["c"][1] if node["t"] == "Link" else []
    return content if node["t"] == "Link" else None


def page(
    writer: LatexWriter, blocks: list[Node], version: tuple[int, ...], views: CourseViews, audience: str,
    render_dir: Path | None,
) -> Document:  # fmt: skip
    """The whole .tex file."""
    document = writer.document(blocks, version)
    environment = page_environment(
        render_dir, variable_start_string="<<", variable_end_string=">>", block_start_string="<%",
        block_end_string="%>", comment_start_string="<#", comment_end_string="#>",
    )  # fmt: skip
    environment.filters["tex"] = special
    used = {char: name for char, name in UNICODE.items() if char in document.body}
    text = fill(
        environment, "notes.tex", course=views, audience=audience, body=document.body,
        unicode=[(f"{ord(char):04X}", name) for char, name in used.items()],
    )  # fmt: skip
    return Document(text, document.warnings)


def installed() -> bool:
    """Whether a TeX that can compile the notes is on this machine."""
    return bool(shutil.which("latexmk") and shutil.which("pdflatex"))


def compile_tex(tex: Path, seconds: float = 300) -> tuple[Path, list[str]]:
    """Compile with latexmk; the PDF and LaTeX's complaints about references.

    PublishError gives the log's first error, and the line of the .tex file it stands in.
    """
    fixed = {"SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1", "max_print_line": "10000"}
    command = [
        "latexmk",
        "-pdf",
        "-interaction=nonstopmode",
        "-halt-on-error",
        "-file-line-error",
        "-norc",
        tex.name,
    ]
    try:
        subprocess.run(
            command,
            cwd=tex.parent,
            env={**os.environ, **fixed},
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PublishError(f"LaTeX did not finish in {seconds:g} seconds", str(tex)) from None
    log_file = tex.with_suffix(".log")
    log = log_file.read_text(encoding="utf-8", errors="replace") if log_file.is_file() else ""
    pdf = tex.with_suffix(".pdf")
    error = re.search(r"^(?:\./)?[^\n:]*\.tex:(\d+): (.*(?:\n.*){0,3})", log, re.MULTILINE)
    if error or not pdf.is_file():
        raise _tex_error(tex, log, error)
    return pdf, re.findall(
        r"^(?:LaTeX|Package hyperref) Warning: (?:Reference|.*undefined).*$", log, re.MULTILINE
    )


def _tex_error(tex: Path, log: str, found: re.Match[str] | None) -> PublishError:
    if found is None:
        last = next((line for line in log.splitlines() if line.startswith("!")), "no PDF came out")
        return PublishError(f"LaTeX failed: {last}", str(tex), remedy="run latexmk -pdf on that file")
    line = int(found[1])
    source = tex.read_text(encoding="utf-8").splitlines()
    shown = source[line - 1].strip() if line <= len(source) else ""
    message = f"LaTeX: {found[2].splitlines()[0].strip()}\n  the line reads: {shown[:200]}"
    return PublishError(message, str(tex), line, "correct the chapter or the statement this line comes from")
