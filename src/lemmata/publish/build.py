"""Build: chapters and a checked course in, notes on disk out.

    output/student/notes.html            one page, MathML, no network
    output/student/notes.pdf             set by Typst with embedded fonts
    output/student/latex/notes.tex       with its figures; and notes.pdf, where a TeX is installed
    output/instructor/...                the same with solutions

Files appear by renaming once they are whole: a build that fails leaves the earlier ones as they are.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lemmata.publish import html, latex, typst
from lemmata.publish.chapters import Expansion, chapter_files, expand
from lemmata.publish.errors import PublishError
from lemmata.publish.model import CourseViews, ExerciseView, FigureView, TheoremView
from lemmata.publish.numbering import Numbered, number
from lemmata.publish.pandoc import Node, Unconverted, read, typeset_formulas
from lemmata.publish.results import results_chapter
from lemmata.publish.tree import formula, math, nodes, rewrite, with_norms
from lemmata.publish.writer import AUDIENCES, for_audience

__all__ = ["FORMATS", "BuildReport", "Notes", "build", "compose"]

FORMATS = ("html", "latex", "pdf")
Progress = Callable[[str], None]


@dataclass(frozen=True)
class BuildReport:
    """What was written, and what a reader of the notes should know was not."""

    files: tuple[Path, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Notes:
    """The one document tree, numbered, with what it was made of; ``formulas``: Typst's spelling of each."""

    numbered: Numbered
    expansion: Expansion
    version: tuple[int, ...]
    formulas: Mapping[tuple[str, bool], str]


def compose(views: CourseViews, chapters_dir: Path, render_dir: Path | None = None) -> Notes:
    """Expand, read and number the chapters; PublishError names what is missing or misplaced."""
    expansion = expand(views, chapter_files(views, chapters_dir), render_dir)
    version: tuple[int, ...] = ()
    chapters: list[tuple[str, list[Node]]] = []
    for chapter in expansion.chapters:
        tree = read(chapter.markdown)
        version = tree.version
        chapters.append(
            (chapter.file, rewrite(list(_own_source(tree.blocks, chapter.file, chapter.source)), _norms))
        )
    try:
        numbered = number(chapters)
    except PublishError as error:
        raise _placed(error, expansion) from None
    for (kind, label), (file, line) in expansion.shown.items():
        if kind != "proof" and (kind, label) not in numbered.anchors:
            raise PublishError(
                f"{kind} {label!r} does not stand by itself", file, line,
                "put the call on a line of its own, unindented, with an empty line before and after",
            )  # fmt: skip
    numbered = results_chapter(numbered, render_dir)
    return Notes(numbered, expansion, version, _formulas(numbered.blocks, version, expansion, views))


def _formulas(
    blocks: list[Node], version: tuple[int, ...], expansion: Expansion, views: CourseViews
) -> dict[tuple[str, bool], str]:
    """Every formula is read once before anything is written: what pandoc cannot read no format can show."""
    found = list(dict.fromkeys(formula(node) for node in nodes(blocks) if node["t"] == "Math"))
    try:
        return dict(zip(found, typeset_formulas(found, version), strict=True))
    except Unconverted as error:
        file, line = _place_of(error.latex, expansion, views)
        raise PublishError(
            f"this formula cannot be shown: {error.latex}\n  {error.complaint}", file, line,
            "use standard LaTeX mathematics; define a command of your own with \\newcommand in the chapter",
        ) from None  # fmt: skip


def _placed(error: PublishError, expansion: Expansion) -> PublishError:
    """A link that leads nowhere carries no place: find its (#label) in the chapters."""
    target = re.search(r"\(#[^)]*\)", error.message)
    for chapter in expansion.chapters if error.file is None and target else ():
        line = _line_of(chapter.source, target[0] if target else "")
        if line is not None:
            return PublishError(error.message, chapter.file, line, error.remedy)
    return error


def _norms(node: Node) -> list[Node] | None:
    if node["t"] != "Math":
        return None
    latex, display = formula(node)
    return [math(with_norms(latex), display)]


def _own_source(blocks: list[Node], file: str, source: str) -> Iterator[Node]:
    """Refuse source of one format (raw HTML or TeX), which the other two formats would drop in silence."""
    for node in nodes(blocks):
        if node["t"] in ("RawBlock", "RawInline"):
            kind, text = node["c"]
            comment = kind == "html" and text.lstrip().startswith("<!--")
            macro = kind in ("tex", "latex") and text.lstrip().startswith(("\\newcommand", "\\renewcommand"))
            if not (comment or macro):
                raise PublishError(
                    f"raw {kind} ({text.strip()[:60]!r}) would be missing from the other formats", file,
                    _line_of(source, text), "write it in Markdown; mathematics stands between $ or $$",
                )  # fmt: skip
    for block in blocks:
        if block["t"] != "RawBlock":
            yield block


def build(
    views: CourseViews, chapters_dir: Path, out_dir: Path, only: Sequence[str] = FORMATS,
    audience: Sequence[str] = AUDIENCES, progress: Progress | None = None, render_dir: Path | None = None,
) -> BuildReport:  # fmt: skip
    """Write the notes for each audience in each format.

    ``render_dir`` (by default the folder above ``chapters_dir``) holds the course's own templates.
    PublishError for whatever stops the build: a label, a formula, TeX, a folder that cannot be written.
    """
    for given, known in ((only, FORMATS), (audience, AUDIENCES)):
        for name in given:
            if name not in known:
                raise PublishError(f"{name!r} is not one of {', '.join(known)}")
    say = progress or (lambda message: None)
    render_dir = chapters_dir.parent if render_dir is None else render_dir
    say("reading the chapters")
    notes = compose(views, chapters_dir, render_dir)
    files: list[Path] = []
    warnings = list(notes.expansion.warnings)
    for reader in audience:
        for name in only:
            say(f"{reader}: {name}")
            with _stage(out_dir / reader) as stage:
                warnings += _write(notes, views, reader, name, stage, out_dir / reader, render_dir)
                files += _publish(stage, out_dir / reader)
    return BuildReport(tuple(files), tuple(dict.fromkeys(warnings)))


def _write(
    notes: Notes, views: CourseViews, audience: str, name: str, stage: Path, final: Path, render_dir: Path
) -> list[str]:
    blocks = for_audience(notes.numbered.blocks, audience)
    common = (blocks, notes.version, views, audience, render_dir)
    shown = [views.figures[label] for kind, label in notes.expansion.shown if kind == "figure"]
    if name == "html":
        document = html.page(html.HtmlWriter(notes.numbered, views.figures), *common)
        _save(stage / "notes.html", document.body)
        return list(document.warnings)
    if name == "latex":
        document = latex.page(latex.LatexWriter(notes.numbered, views.figures), *common)
        return [*document.warnings, *_latex(stage / "latex", final, document.body, shown)]
    document = typst.page(typst.TypstWriter(notes.numbered, views.figures, notes.formulas), *common)
    return [*document.warnings, *_typst(stage, document.body, shown)]


def _latex(folder: Path, final: Path, text: str, figures: Iterable[FigureView]) -> list[str]:
    _save(folder / "notes.tex", text)
    for figure in figures:
        _save(folder / "figures" / f"{figure.name}.pdf", figure.pdf)
    if not latex.installed():
        return ["no LaTeX (latexmk and pdflatex) is installed: notes.tex was written, not compiled"]
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch, "latex")
        shutil.copytree(folder, work)
        try:
            pdf, warnings = latex.compile_tex(work / "notes.tex")
        except PublishError as error:
            # The failing source is kept beside the last good one, for the line numbers in the message.
            kept = final / "latex" / "notes.failed.tex"
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(work / "notes.tex", kept)
            raise PublishError(error.message, str(kept), error.line, error.remedy) from None
        shutil.copy(pdf, folder / "notes.pdf")
        (final / "latex" / "notes.failed.tex").unlink(missing_ok=True)
        return warnings


def _typst(stage: Path, text: str, figures: Iterable[FigureView]) -> list[str]:
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        _save(work / "notes.typ", text)
        for figure in figures:
            _save(work / "figures" / f"{figure.name}.svg", figure.svg)
        pdf, warnings = typst.compile_typst(work / "notes.typ")
    _save(stage / "notes.pdf", pdf)
    return warnings


def _save(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def _stage(folder: Path) -> Iterator[Path]:
    """A scratch folder on the same file system as ``folder``, so that renaming is all or nothing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _publish(stage: Path, folder: Path) -> list[Path]:
    files = []
    try:
        for path in sorted(p for p in stage.rglob("*") if p.is_file()):
            target = folder / path.relative_to(stage)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
            files.append(target)
    except OSError as error:
        raise _unwritable(folder, error) from None
    return files


def _unwritable(folder: Path, error: OSError) -> PublishError:
    return PublishError(
        f"cannot write to {folder}: {error.strerror or error}", remedy="choose another output folder"
    )


def _line_of(source: str, text: str) -> int | None:
    start = source.find(text.strip())
    return source.count("\n", 0, start) + 1 if start >= 0 else None


def _place_of(latex: str, expansion: Expansion, views: CourseViews) -> tuple[str | None, int | None]:
    """Where a formula was written: in a chapter, or in the theorem or exercise that holds it."""
    for chapter in expansion.chapters:
        line = _line_of(chapter.source, latex)
        if line is not None:
            return chapter.file, line
    bare = "".join(latex.rstrip(".,").split())
    owners: list[TheoremView | ExerciseView] = [*views.theorems.values(), *views.exercises.values()]
    for view in owners:
        if bare in "".join(repr(view).replace("\\\\", "\\").split()):
            return view.file or view.label, view.line
    return None, None
