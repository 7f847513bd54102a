"""Hostile answers all the way: read from files, marked, written as tables, pages, PDF and LaTeX; nothing runs, ever."""

from __future__ import annotations

import csv
import json
import re
import runpy
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lemmata.grade.classroom.feedback import feedback_latex, latex_text
from lemmata.grade.classroom.formats import FORMATS
from lemmata.grade.classroom.report import Report, grade
from lemmata.grade.exercise import Exercise

MARKUP = [
    "<script>alert(1)</script>", "</pre><img src=x onerror=alert(1)>", "{{ 7*7 }}{% for x in y %}",
    "&lt;b&gt;", "]]>",
    "\"'`;--", "' OR 1=1; DROP TABLE marks; --", "=HYPERLINK(\"http://x\")", "@SUM(A1)", "\tcmd|' /C calc'!A0",
    "#set page(fill: red)", "#read(\"/etc/passwd\")", "\\input{/etc/passwd}", "\\write18{touch CANARY}",
    "$x_1^2$ 50% #3 & ~", "\\end{document}", "^^5cinput", "``'' -- --- <<>> ?` !`", "$$\\immediate\\openout",
    "a\u0000b", "\ud800", "\u202eevil",
    "e\u0301 ﬀ 𝔸 漢字 👩‍🔬", "x\r\ny\rz", "%" * 50, "_" * 50, "{" * 50, "\\" * 51, "A" * 3000,
]  # fmt: skip
NAMES = [
    "../../etc/passwd",
    "=1+1",
    "<b>bob</b>",
    "a/b\\c",
    "%00",
    "\u202eeve",
    "-rf",
    "o'brien",
    "CON",
    ".",
    "ä_1^2%",
]


def listed(file: str, *names: str) -> list[str]:
    """The attacks of a neighbouring file."""
    found = runpy.run_path(str(Path(__file__).with_name(file)))
    return [attack for name in names for attack in found[name]]


EVERY = list(dict.fromkeys([
    *listed("test_grade_hostile.py", "CODE", "COSTLY", "ODD"), *listed("test_grade_stream.py", "ATTACKS"), *MARKUP,
]))  # fmt: skip


class Tags(HTMLParser):
    """The elements of a page and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {(tag, name) for name, _ in attrs} or {(tag, "")}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, exercises: dict[str, Exercise]) -> tuple[Report, Path]:
    """Every attack as the answer to every part of an exercise with many kinds, by students with hostile names."""
    root = tmp_path_factory.mktemp("attacked")
    rows = []
    for n, attack in enumerate(EVERY):
        label = ("min-norm-line", "flow-quadratic", "prove-gram-kernel")[n % 3]
        student = NAMES[n // 3] if n // 3 < len(NAMES) else f"s{n // 3}"
        rows += [{"student": student, "exercise": label, "part": p.id, "answer": attack}
                 for p in exercises[label].variant(1, 0).parts]  # fmt: skip
    (root / "in").mkdir()
    (root / "in" / "all.jsonl").write_text("\n".join(map(json.dumps, rows)))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        report = grade([root / "in"], exercises, root / "out", FORMATS, 1, 2, variant=0)
    assert not list(root.rglob("CANARY")), "something was executed"
    return report, root / "out"


@pytest.mark.slow
def test_every_attack_has_a_verdict_and_no_marks(attacked: tuple[Report, Path]) -> None:
    report, _ = attacked
    assert not report.problems
    for g in report.graded:
        assert g.marked.verdict != "correct" and g.marked.diagnosis != "crash", (g.submission, g.marked)
        waits = g.marked.verdict == "malformed" and g.marked.diagnosis != "no-answer"
        assert (g.marked.marks is None) == waits, "what cannot be read is never silently zero"


@pytest.mark.slow
def test_pages_have_the_elements_of_the_template_only(attacked: tuple[Report, Path]) -> None:
    report, out = attacked
    pages = [*sorted((out / "feedback").glob("*.html")), out / "class.html"]
    assert len(pages) == len(report.students) + 1
    for page in pages:
        tags = Tags()
        text = page.read_text("utf-8")
        tags.feed(text)
        assert {tag for tag, _ in tags.seen} <= {
            "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "strong", "section", "pre",
            "table", "caption", "thead", "tbody", "tr", "th", "td", "code", "ul", "li",
        }  # fmt: skip
        assert {name for _, name in tags.seen} <= {"", "lang", "charset", "name", "content", "class", "scope"}
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", text)
        assert page.resolve().is_relative_to(out)
    assert re.search("Most frequent mistakes.*</td>", (out / "class.html").read_text("utf-8"), re.DOTALL)
    shown = (out / "class.html").read_text("utf-8").partition("For a person to read")[2].count("<tr>") - 1
    assert shown == len(report.flagged)


@pytest.mark.slow
def test_tables_have_no_formulas_and_their_rows(attacked: tuple[Report, Path]) -> None:
    report, out = attacked
    for name in ("grades.csv", "moodle.csv"):
        with (out / name).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        assert len(rows) == len(report.students) + 1 and len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if re.match(r"\s*[=+@]|\s*-\D", cell)]
    data = json.loads((out / "grades.json").read_text("utf-8"))
    assert len(data["students"]) == len(report.students) and len(data["flagged"]) == len(report.flagged)


@pytest.mark.slow
def test_every_pdf_is_one(attacked: tuple[Report, Path]) -> None:
    report, out = attacked
    files = list((out / "feedback").glob("*.pdf"))
    assert len(files) == len(report.students) and all(f.read_bytes().startswith(b"%PDF") for f in files)


@pytest.mark.slow
def test_latex_source_has_our_commands_only(attacked: tuple[Report, Path]) -> None:
    report, out = attacked
    files = list((out / "feedback").glob("*.tex"))
    assert len(files) == len(report.students)
    spelled = latex_text("\\{}$&#_%^~<>|\"'`-\n") + feedback_latex("x", [], report.out_of)
    known = set(re.findall(r"\\[A-Za-z]+", spelled))
    for file in files:
        body = re.sub(r"\\\\", " ", file.read_text("utf-8"))
        ours = known | {r"\subsection", r"\subsubsection", r"\ttfamily", r"\sloppy", r"\mbox"}
        assert set(re.findall(r"\\[A-Za-z]+", body)) <= ours
        assert not re.search(r"(?<!\\)[$&#%^~_]", re.sub(r"\\\S", "", body)), file.name
        assert body.isascii() or not re.search("[^\x00-\xff]", body)


@pytest.mark.slow
@pytest.mark.tex
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_latex_source_compiles(attacked: tuple[Report, Path], tmp_path: Path) -> None:
    _, out = attacked
    files = sorted((out / "feedback").glob("*.tex"))
    for file in files[:: max(1, len(files) // 6)]:
        options = ["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "-jobname=out"]
        command = ["pdflatex", *options, str(file)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout.decode("latin-1")[-800:]


def test_what_a_link_points_to_is_nobodys_answer(tmp_path: Path, exercises: dict[str, Exercise]) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("# min-norm-line\n## a\nsecret\n")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "eve.md").symlink_to(secret)
    (tmp_path / "in" / "eve.pdf").write_bytes(b"%PDF")
    (tmp_path / "in" / "ada.md").write_text("# min-norm-line\n## a\n1\n")
    report = grade([tmp_path / "in"], exercises, tmp_path / "in" / "out", ["csv"], 1)
    assert report.students == ["ada"]
    assert [(Path(p.file).name, p.message.split(";")[0]) for p in report.problems] == [
        ("eve.md", "a link or a device: not followed"), ("eve.pdf", "a file of a kind that is not read"),
    ]  # fmt: skip
    again = grade([tmp_path / "in"], exercises, tmp_path / "in" / "out", ["csv"], 1)
    assert again.problems == report.problems, "its own tables are not read as answers"
