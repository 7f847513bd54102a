"""``lemmata review`` as a process: exit codes, JSON alone on standard output, a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Review = Callable[..., Any]
HEAD = "---\nlet: {X: 'R^{m x n}'}\nassume: [rank(X) = m]\n---\n"
GOOD, WRONG, UNREAD = "$$ X X^+ = I $$\n", "$$ X^+ X = I $$\n", "$$ \\foo = X $$\n"
OPEN = "$$ \\det(2 X X^T) = 2^m \\det(X X^T) $$\n"

CODES = [
    (GOOD, (), 0), (WRONG, (), 1), (GOOD + WRONG, (), 1), (UNREAD, (), 3), (GOOD + UNREAD, ("--strict",), 1),
    (WRONG + UNREAD, (), 1), (OPEN, (), 3), (OPEN, ("--strict",), 1), ("no display\n", (), 0),
]  # fmt: skip


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(HEAD + GOOD)
    (tmp_path / "wrong.md").write_text(HEAD + GOOD + WRONG)


@pytest.mark.parametrize(("body", "options", "code"), CODES)
def test_exit_codes(review: Review, tmp_path: Path, body: str, options: tuple[str, ...], code: int) -> None:
    (tmp_path / "a.md").write_text(HEAD + body)
    assert review("a.md", "--time", "1", *options).code == code


def test_json_is_the_contract(review: Review) -> None:
    done = review("wrong.md", "--json")
    assert (done.code, done.json["first_error"]) == (1, "2.1")
    right, wrong = done.json["steps"]
    assert set(right) == {"id", "line", "text", "verdict", "evidence", "counterexample", "why"}
    assert (right["line"], right["text"], right["verdict"]) == (5, "X X^+ = I", "proved")
    assert right["evidence"]["word"] == "proved"
    assert (wrong["verdict"], wrong["counterexample"]) == ("refuted", {"X": [["1", "0"]]})


def test_several_documents(review: Review) -> None:
    done = review("good.md", "wrong.md", "--json")
    assert done.code == 1
    assert [(d["file"], d["first_error"]) for d in done.json["documents"]] == [
        ("good.md", None), ("wrong.md", "2.1"),
    ]  # fmt: skip


def test_for_people(review: Review) -> None:
    out = review("wrong.md").out
    for said in ("wrong.md", "line 5", "proved", "refuted", "X^+ X = I", "X = [1 0]", "error: step 2.1"):
        assert said in out
    assert "left side [1 0; 0 0], right side [1 0; 0 1]" in out


def test_a_page(review: Review, tmp_path: Path) -> None:
    assert review("wrong.md", "good.md", "--html", "out.html").code == 1
    page = (tmp_path / "out.html").read_text("utf-8")
    assert page.count("<math") == 3
    for said in ("refuted", "[1 0]", "step 2.1", 'lang="en"'):
        assert said in page
    assert "http" not in page.replace("http-equiv", "")


def test_declarations_from_a_file_and_text_from_a_pipe(review: Review, tmp_path: Path) -> None:
    (tmp_path / "x.given").write_text("let X : R^{m x n}\nassume rank(X) = m\n")
    assert review("-", "--given", "x.given", stdin=GOOD).code == 0
    assert review("-", "--given", "x.given", stdin=WRONG).code == 1
    assert review("-", stdin="%% let X : R^{m x n}\n%% assume rank(X) = m\n\\[ X X^+ = I \\]\n").code == 0


BAD = [
    ((), "", "Missing argument"),
    (("missing.md",), "", "No such file"),
    (("noise.md",), "", "not UTF-8"),
    (("good.md", "--given", "missing"), "", "No such file"),
    (("good.md", "--given", "bad.given"), "", "line 1"),
    (("bad.md",), "", "unknown name"),
    (("-", "-"), "", "once"),
    (("good.md", "--time", "0"), "", "range"),
]


@pytest.mark.parametrize(("arguments", "stdin", "message"), BAD)
def test_what_cannot_be_read(
    review: Review, tmp_path: Path, arguments: tuple[str, ...], stdin: str, message: str
) -> None:
    (tmp_path / "noise.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "bad.given").write_text("nonsense\n")
    (tmp_path / "bad.md").write_text("---\nassume: [Y = 0]\n---\n$$ 1 = 1 $$\n")
    done = review(*arguments, stdin=stdin)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    if arguments:
        assert set(review(*arguments, "--json", stdin=stdin).json) == {"error", "exit"}


def test_a_document_without_declarations_is_told_where_they_belong(review: Review, tmp_path: Path) -> None:
    (tmp_path / "bare.md").write_text("$$ A^+ A A^+ = A^+ $$\n")
    (tmp_path / "bare.tex").write_text("\\[ A^+ A A^+ = A^+ \\]\n")
    assert "front matter" in review("bare.md").err
    assert "%% lines" in review("bare.tex").err
    (tmp_path / "x.given").write_text("let A : R^{m x n}\n")
    assert "declared" not in review("bare.md", "--given", "x.given").err
