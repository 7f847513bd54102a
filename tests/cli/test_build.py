"""``lemmata build``: a small course becomes notes; what cannot be shown stops the build with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

CHAPTER = """\
# The pseudoinverse

{{ theorem("penrose-one") }}

{{ theorem("full-row-rank") }}
"""


@pytest.fixture
def notes(course: Path) -> Path:
    """The small course with one chapter."""
    chapter = course / "render" / "chapters" / "01-pseudoinverse.md"
    chapter.parent.mkdir(parents=True)
    chapter.write_text(CHAPTER)
    return course


def test_the_web_page_of_a_course(run: Run, notes: Path) -> None:
    done = run("build", "--only", "html", "--audience", "student", cwd=notes)
    assert done.code == 0, done.err
    assert done.out.splitlines() == ["output/student/notes.html"]
    page = (notes / "output" / "student" / "notes.html").read_text()
    assert "The first condition" in page
    assert "proved" in page


def test_json_and_another_folder(run: Run, notes: Path, tmp_path: Path) -> None:
    done = run("build", "--only", "html", "--out", str(tmp_path / "www"), "--json", cwd=notes)
    assert done.code == 0, done.err
    assert {Path(file).parent.name for file in done.json["files"]} == {"student", "instructor"}
    assert all(Path(file).is_file() for file in done.json["files"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--only", "docx"), "'docx' is not one of html, latex, pdf"),
        (("--audience", "dean"), "'dean' is not one of student, instructor"),
    ],
)
def test_bad_usage(run: Run, notes: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run("build", *arguments, cwd=notes)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_a_chapter_that_names_no_theorem(run: Run, notes: Path) -> None:
    file = notes / "render" / "chapters" / "01-pseudoinverse.md"
    file.write_text(CHAPTER.replace("penrose-one", "penrose-on"))
    done = run("build", "--only", "html", cwd=notes)
    assert (done.code, done.out) == (2, "")
    assert "01-pseudoinverse.md:3: no theorem is labelled 'penrose-on'" in done.err
    assert not (notes / "output" / "student").exists()


def test_a_course_without_chapters(run: Run, course: Path) -> None:
    done = run("build", cwd=course)
    assert done.code == 2
    assert "no chapter" in done.err
