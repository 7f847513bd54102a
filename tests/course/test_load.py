"""Loading: what a course says when all is well, and the place and remedy of everything that can be wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lemmata.course.errors import CourseError
from lemmata.course.load import find_course, load_course

STATES = 'theorem("gram", "The Gram matrix", show=symmetric(X.T @ X))\n'
USES = """theorem("zero-residual", "No residual",
        given={"fits": Eq(X @ pinv(X) @ y, y)}, show=Eq(X @ pinv(X) @ y - y, 0))
"""
DERIVES = """
@derivation("zero-residual")
def _(p: Proof) -> None:
    "Subtract."
    p.have(symmetric(X.T @ X), by="gram")
    p.conclude(by="fits")
"""


def test_a_course_is_read(write_course: Callable[..., Path]) -> None:
    root = write_course({"theorems/b.py": USES, "theorems/a.py": STATES, "derivations/b.py": DERIVES})
    course = load_course(root)
    assert (course.title, course.seed) == ("A course", 7)
    assert list(course.theorems) == ["gram", "zero-residual"]
    theorem = course.theorems["zero-residual"]
    assert (course.relative(theorem.file), theorem.line, theorem.topic) == ("theorems/b.py", 7, "b")
    assert course.scripts["zero-residual"].idea == "Subtract."
    assert course.graph.cites == {"gram": (), "zero-residual": ("gram",)}


def test_chapters_order_the_topics(write_course: Callable[..., Path]) -> None:
    settings = 'chapters = [{ name = "one", topics = ["b"] }, "a"]'
    course = load_course(write_course({"theorems/a.py": STATES, "theorems/b.py": USES}, settings))
    assert list(course.theorems) == ["zero-residual", "gram"]
    assert [(c.name, c.topics) for c in course.chapters] == [("one", ("b",)), ("a", ("a",))]


def test_two_courses_are_open_at_once_and_the_path_stays(write_course: Callable[..., Path]) -> None:
    before = list(sys.path)
    one = load_course(write_course({"theorems/a.py": STATES}, 'title = "one"', "one"))
    two = load_course(write_course({"theorems/a.py": USES}, 'title = "two"', "two"))
    assert (list(one.theorems), list(two.theorems)) == (["gram"], ["zero-residual"])
    assert sys.path == before


def test_a_course_is_found_upwards(write_course: Callable[..., Path]) -> None:
    root = write_course({"theorems/a.py": STATES})
    assert find_course(root / "theorems") == root


def test_outside_of_a_course(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    with pytest.raises(CourseError, match="no course here"):
        find_course(tmp_path)


TWICE = "the derivation 'zero-residual' is declared twice"
BROKEN = [
    # the files, and what the error says of place, trouble and remedy
    (
        {"theorems/a.py": "theorem('a', '', show=Eq(X @ X, X))\n"},
        "a.py:7: shapes do not fit: product of m x n and",
    ),
    ({"theorems/a.py": "\ntheorem('a', '',\n"}, r"a.py:8: syntax error: '\(' was never closed"),
    ({"theorems/a.py": "1 / 0\n"}, "a.py:7: ZeroDivisionError"),
    ({"theorems/a.py": "import sys; sys.exit(3)\n"}, "a.py:7: SystemExit"),
    ({"theorems/a.py": "theorem('a', '', show=X == X)\n"}, "a.py:7: 'a': True stands where a proposition"),
    ({"theorems/a.py": "theorem('a', '', show=X)\n"}, "a.py:7: 'a': a matrix stands where a proposition"),
    ({"theorems/a.py": "theorem('a', '', given=Eq(X, X), show=[])\n"}, "a.py:7: 'a' shows nothing"),
    ({"theorems/a.py": "theorem('a b', '', show=Eq(X, X))\n"}, "a.py:7: bad label"),
    ({"theorems/a.py": "theorem('a', '', show=Eq(X, X), kind='theorm')\n"}, "did you mean 'theorem'"),
    ({"theorems/a.py": "theorem('a', '', show=Eq(X, 'y'))\n"}, "a.py:7: 'y' is no term"),
    ({"theorems/a.py": STATES, "theorems/b.py": STATES}, "b.py:7: the theorem 'gram' .* first at .*a.py:7"),
    ({"theorems/a.py": STATES, "theorems/b.py": "cite('grm')\n"}, "b.py:7: no theorem is labelled 'grm'"),
    ({"theorems/a.py": STATES, "theorems/b.py": "cite('grm')\n"}, "did you mean 'gram'"),
    ({"derivations/b.py": DERIVES}, "b.py:8: no theorem is labelled 'zero-residual'"),
    (
        {"theorems/b.py": USES, "derivations/b.py": DERIVES.replace('"gram"', '"a-gram"')},
        "b.py:11: .*'a-gram'",
    ),
    (
        {"theorems/b.py": USES, "derivations/b.py": DERIVES.replace("X.T @ X", "X @ X")},
        "b.py:11: shapes do not fit",
    ),
    ({"theorems/b.py": USES + STATES, "derivations/b.py": DERIVES + DERIVES}, TWICE),
    ({"theorems/b.py": "\0"}, "b.py"),
]


@pytest.mark.parametrize(("files", "message"), BROKEN)
def test_a_broken_course_names_the_place(
    write_course: Callable[..., Path], files: dict[str, str], message: str
) -> None:
    with pytest.raises(CourseError, match=message):
        load_course(write_course(files))


def test_circular_citation_shows_the_cycle(write_course: Callable[..., Path]) -> None:
    states = "".join(f"theorem('{x}-x', '', show=Eq(X, X))\n" for x in "abc")
    derives = "".join(
        f"@derivation('{x}-x')\ndef _(p: Proof) -> None:\n    p.conclude(by='{y}-x')\n"
        for x, y in ("ab", "bc", "ca")
    )
    with pytest.raises(CourseError, match="'a-x' cites 'b-x' cites 'c-x' cites 'a-x'") as caught:
        load_course(write_course({"theorems/a.py": states, "derivations/a.py": derives}))
    assert caught.value.line == 9


SETTINGS = [
    ("seed = 'x'", "the seed is 'x'"),
    ("chapters = [3]", "a chapter needs a name"),
    ("title = ", "is not TOML"),
]


@pytest.mark.parametrize(("settings", "message"), SETTINGS)
def test_bad_settings_name_their_file(write_course: Callable[..., Path], settings: str, message: str) -> None:
    with pytest.raises(CourseError, match=f"pyproject.toml: .*{message}"):
        load_course(write_course({}, settings))


def test_an_unreadable_file(write_course: Callable[..., Path]) -> None:
    root = write_course({"theorems/a.py": STATES})
    (root / "theorems" / "b.py").symlink_to(root / "nowhere.py")
    with pytest.raises(CourseError, match=r"b.py: cannot be read: No such file"):
        load_course(root)


def test_a_file_of_statements_runs_on_its_own(write_course: Callable[..., Path]) -> None:
    file = write_course({"theorems/b.py": USES}) / "theorems" / "b.py"
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    title, given, show = done.stdout.splitlines()
    assert title == "theorem zero-residual: No residual"
    assert given.split()[0] == "given" and given.endswith("(fits)")
    assert show.split()[0] == "show"


def test_a_file_of_derivations_runs_on_its_own(write_course: Callable[..., Path]) -> None:
    files = {"theorems/b.py": USES + STATES, "derivations/b.py": DERIVES}
    file = write_course(files) / "derivations" / "b.py"
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "proved: zero-residual: No residual\n"


def test_a_file_of_derivations_without_its_theorem(write_course: Callable[..., Path]) -> None:
    file = write_course({"derivations/b.py": DERIVES}) / "derivations" / "b.py"
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert "b.py:8: no theorem is labelled 'zero-residual'" in done.stderr
