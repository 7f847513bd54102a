"""Builds: three formats of one tree that agree, two audiences that differ, and failures that harm nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from sample_course import SECRETS

from lemmata.publish.build import BuildReport, build, compose
from lemmata.publish.errors import PublishError
from lemmata.publish.model import CourseViews, TheoremView
from lemmata.publish.typst import TypstWriter
from lemmata.publish.writer import for_audience, letter

Output = tuple[Path, BuildReport]


def typst_source(course: CourseViews, chapters: Path, audience: str) -> str:
    notes = compose(course, chapters)
    writer = TypstWriter(notes.numbered, course.figures, notes.formulas)
    return writer.document(for_audience(notes.numbered.blocks, audience), notes.version).body


class Page(HTMLParser):
    """Elements of a page: what opens, which identifiers and link targets there are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.outside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "xlink:href") and (value or "").startswith("#"):
                self.targets.append((value or "")[1:])
            elif name in ("href", "src", "xlink:href"):
                self.outside.append(value or "")


def page(output: Output, audience: str = "student") -> Page:
    return Page((output[0] / audience / "notes.html").read_text(encoding="utf-8"))


# All three formats ------------------------------------------------------------------------------
def test_everything_is_written(output: Output) -> None:
    folder, report = output
    written = {str(path.relative_to(folder)) for path in report.files}
    for audience in ("student", "instructor"):
        for name in ("notes.html", "notes.pdf", "latex/notes.tex", "latex/figures/flow-geometry.pdf"):
            assert f"{audience}/{name}" in written
    assert all(path.is_file() for path in report.files)
    assert [w for w in report.warnings if "LaTeX" not in w] == []
    assert not list(folder.rglob(".building-*"))


def test_numbers_and_references_agree(output: Output, course: CourseViews, chapters: Path) -> None:
    folder, _ = output
    html = (folder / "student/notes.html").read_text(encoding="utf-8")
    tex = (folder / "student/latex/notes.tex").read_text(encoding="utf-8")
    typ = typst_source(course, chapters, "student")
    blocks = [
        ("Lemma", "1.1", "thm-row-null-orthogonal"), ("Theorem", "1.2", "thm-min-norm"),
        ("Exercise", "1.1", "exr-by-hand"), ("Theorem", "2.1", "thm-flow-limit"),
        ("Conjecture", "2.2", "thm-wrong-limit"), ("Exercise", "2.1", "exr-choose"),
    ]  # fmt: skip
    in_html = re.findall(r'<a class="self" href="#([^"]*)">(\w+) ([\d.]+)</a>', html)
    in_tex = re.findall(r"\\begin\{lem(?:result|exercise)\}\{(\w+)\}\{([\d.]+)\}\{([^}]*)\}", tex)
    in_typ = re.findall(r'#lem-(?:result|exercise)\("(\w+)", "([\d.]+)"', typ)
    assert [(word, number, name) for name, word, number in in_html] == blocks
    assert in_tex == blocks
    assert in_typ == [(word, number) for word, number, _ in blocks]
    space = "[\u00a0~ ]"
    html_refs = re.findall(rf'<a href="#([^"]*)"[^>]*class="ref"[^>]*>(\w+){space}([\d.]+)</a>', html)
    tex_refs = re.findall(rf"\\hyperref\[([^]]*)\]\{{(\w+){space}([\d.]+)\}}", tex)
    typ_refs = re.findall(rf"#link\(<([^>]*)>\)\[(\w+){space}([\d.]+)\]", typ)
    assert html_refs and html_refs == tex_refs == typ_refs
    assert ("thm-min-norm", "Theorem", "1.2") in html_refs and ("sec-the-flow", "Section", "2.1") in html_refs
    for number, title in (
        ("1", "Least squares"),
        ("1.1", "Row space"),
        ("1.1.1", "A table"),
        ("2.1", "The flow"),
    ):
        assert f'<span class="num">{number}</span> {title}' in html
        assert re.search(rf"\\lemheading\{{\d\}}\{{{number}\}}\{{[^}}]*\}}\{{{title}", tex)
        assert f'"{number}", outlined: true)[{title}' in typ


@pytest.mark.parametrize("secret", SECRETS)
def test_students_never_see_solutions(
    output: Output, course: CourseViews, chapters: Path, secret: str
) -> None:
    folder, _ = output
    for name in ("notes.html", "latex/notes.tex"):
        assert secret.encode() not in (folder / "student" / name).read_bytes()
        assert secret in (folder / "instructor" / name).read_text(encoding="utf-8")
    escaped = secret.replace("\\", "\\\\")
    assert escaped not in typst_source(course, chapters, "student")
    assert escaped in typst_source(course, chapters, "instructor")
    if shutil.which("pdftotext"):
        for pdf in folder.glob("student/**/notes.pdf"):
            words = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
            assert secret not in words and "Solution" not in words.splitlines()


def test_both_audiences_count_alike(output: Output) -> None:
    anchors = [
        [name for name in page(output, audience).ids if name.startswith(("thm-", "exr-", "fig-", "sec-"))]
        for audience in ("student", "instructor")
    ]
    assert anchors[0] == anchors[1]


def test_the_same_input_gives_the_same_bytes(
    output: Output, course: CourseViews, chapters: Path, tmp_path: Path
) -> None:
    report = build(course, chapters, tmp_path, audience=("student",))
    for path in report.files:
        assert path.read_bytes() == (output[0] / path.relative_to(tmp_path)).read_bytes(), path.name


# HTML -------------------------------------------------------------------------------------------
def test_the_page_needs_no_network_and_no_script(output: Output) -> None:
    text = (output[0] / "student/notes.html").read_text(encoding="utf-8")
    assert "<script" not in text and "@import" not in text
    assert re.findall(r"url\([\"']?(?!data:|[\"']?#|[\"']?data:)", text.replace("url(#", "")) == []
    assert page(output).outside == []


def test_links_lead_somewhere_and_identifiers_are_unique(output: Output) -> None:
    found = page(output)
    assert sorted({name for name in found.ids if found.ids.count(name) > 1}) == []
    assert sorted(set(found.targets) - set(found.ids)) == []


def test_headings_do_not_skip_a_level(output: Output) -> None:
    levels = [int(tag[1]) for tag in page(output).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_formula_is_mathml(output: Output) -> None:
    found, text = page(output), (output[0] / "student/notes.html").read_text(encoding="utf-8")
    assert found.tags.count("math") > 60
    outside = re.sub(
        r"<annotation.*?</annotation>|<style>.*?</style>|<svg.*?</svg>", "", text, flags=re.DOTALL
    )
    assert re.findall(r"\\[a-zA-Z]{2,}|\$", outside) == []
    assert text.count('<svg role="img" aria-label="') == 2


@pytest.mark.chromium
def test_a_browser_reads_the_page(output: Output) -> None:
    program = next(p for p in ("chromium", "chromium-browser", "google-chrome") if shutil.which(p))
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
             "--dump-dom",
             (output[0] / "student/notes.html").as_uri()],
            capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
    read = Page(done.stdout)
    assert read.tags.count("math") == page(output).tags.count("math")
    assert set(read.targets) <= set(read.ids) and "thm-min-norm" in read.ids


# LaTeX and Typst ----------------------------------------------------------------------------------
@pytest.mark.tex
def test_latex_compiles(output: Output) -> None:
    for audience in ("student", "instructor"):
        pdf = output[0] / audience / "latex/notes.pdf"
        assert pdf.read_bytes().startswith(b"%PDF-")
    assert output[1].warnings == ()


@pytest.mark.tex
def test_a_tex_error_gives_the_log_line_and_the_source_line(
    course: CourseViews, own_chapters: Path, tmp_path: Path
) -> None:
    (own_chapters.parent / "notes.tex").write_text(
        "\\documentclass{article}\n\\begin{document}\n\\undefinedcommand{x}\n\\end{document}\n",
        encoding="utf-8",
    )
    with pytest.raises(PublishError, match="Undefined control sequence") as caught:
        build(course, own_chapters, tmp_path / "out", only=("latex",), audience=("student",))
    assert caught.value.line == 3
    assert r"the line reads: \undefinedcommand{x}" in caught.value.message
    assert Path(caught.value.file or "").is_file()


def test_without_tex_the_source_is_written_and_the_report_says_so(
    course: CourseViews, chapters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lemmata.publish.latex.installed", lambda: False)
    report = build(course, chapters, tmp_path, only=("latex",), audience=("student",))
    assert sorted(path.name for path in report.files) == ["flow-geometry.pdf", "notes.tex", "ridge-path.pdf"]
    assert report.warnings == (
        "no LaTeX (latexmk and pdflatex) is installed: notes.tex was written, not compiled",
    )


def test_an_error_in_a_template_of_the_course_is_named(
    course: CourseViews, own_chapters: Path, tmp_path: Path
) -> None:
    (own_chapters.parent / "notes.html").write_text("<html>\n{{ curse.title }}\n</html>\n", encoding="utf-8")
    with pytest.raises(PublishError, match="'curse' is undefined") as caught:
        build(course, own_chapters, tmp_path / "out", only=("html",))
    assert (caught.value.file, caught.value.line) == (str(own_chapters.parent / "notes.html"), 2)


def test_typst_pdf(output: Output) -> None:
    pdf = (output[0] / "student/notes.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-") and b"pdfuaid" in pdf


# Failures -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("only", ["html", "latex", "pdf"])
def test_a_formula_that_cannot_be_shown_is_an_error(
    course: CourseViews, own_chapters: Path, tmp_path: Path, only: str
) -> None:
    chapter = own_chapters / "flow.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nAnd $\\nosuchthing{x}$.\n", encoding="utf-8")
    lines = chapter.read_text(encoding="utf-8").count("\n")
    with pytest.raises(PublishError, match=r"cannot be shown: \\nosuchthing\{x\}") as caught:
        build(course, own_chapters, tmp_path / "out", only=(only,))
    assert (caught.value.file, caught.value.line) == (str(chapter), lines)


def test_a_formula_of_a_theorem_is_found_in_its_file(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text('# A\n\n{{ theorem("a") }}\n', encoding="utf-8")
    bad = TheoremView("a", "A", statements=(r"x = \nosuchthing",), file="theorems/a.py", line=5)
    with pytest.raises(PublishError) as caught:
        build(CourseViews("A", {"a": bad}), tmp_path, tmp_path / "out", only=("html",))
    assert (caught.value.file, caught.value.line) == ("theorems/a.py", 5)


def test_a_failed_build_leaves_earlier_files(course: CourseViews, own_chapters: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(course, own_chapters, out, only=("html",), audience=("student",))
    before = (out / "student/notes.html").read_bytes()
    (own_chapters / "flow.md").write_text('# Flow\n\n{{ theorem("gone") }}\n', encoding="utf-8")
    with pytest.raises(PublishError, match="no theorem is labelled 'gone'"):
        build(course, own_chapters, out, only=("html",), audience=("student",))
    assert (out / "student/notes.html").read_bytes() == before
    assert [path.name for path in (out / "student").iterdir()] == ["notes.html"]


def test_a_folder_that_cannot_be_written(course: CourseViews, chapters: Path, tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file, not a folder")
    with pytest.raises(PublishError, match="cannot write to") as caught:
        build(course, chapters, tmp_path / "output", only=("html",))
    assert caught.value.remedy == "choose another output folder"


def test_unknown_formats_and_audiences_are_refused(
    course: CourseViews, chapters: Path, tmp_path: Path
) -> None:
    with pytest.raises(PublishError, match="'epub' is not one of html, latex, pdf"):
        build(course, chapters, tmp_path, only=("epub",))
    with pytest.raises(PublishError, match="'teacher' is not one of student, instructor"):
        build(course, chapters, tmp_path, audience=("teacher",))


def test_a_course_may_have_its_own_templates(course: CourseViews, own_chapters: Path, tmp_path: Path) -> None:
    (own_chapters.parent / "style.css").write_text("body { color: teal; }", encoding="utf-8")
    (own_chapters.parent / "blocks").mkdir()
    (own_chapters.parent / "blocks" / "figure.md").write_text(
        '::: {.figure label="{{ figure.name }}"}\nOUR CAPTION\n:::\n', encoding="utf-8"
    )
    report = build(course, own_chapters, tmp_path / "out", only=("html",), audience=("student",))
    text = report.files[0].read_text(encoding="utf-8")
    assert "color: teal" in text and text.count("OUR CAPTION") == 2


def test_letters() -> None:
    assert [letter(n) for n in (1, 2, 26, 27, 52, 53)] == ["a", "b", "z", "aa", "az", "ba"]
