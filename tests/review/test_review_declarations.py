"""Declarations: front matter, comment lines, claim text; and the place of what is wrong in them."""

from __future__ import annotations

import pytest

from lemmata.review.declarations import read_declarations
from lemmata.review.review import review_document
from lemmata.terms.errors import ReadError

FORMS = [
    ("---\nlet:\n  X: R^{m x n}\n  w(t): R^n\n---\n", ["let X : R^{m x n}", "let w(t) : R^n"]),
    ("---\nlet: [X : 'R^{m x n}']\nassume: rank(X) = m\n---\n", ["let X : R^{m x n}", "assume rank(X) = m"]),
    ("---\nlet:\n  - X, Y : R^n\nassume:\n  - X = Y\n---\n", ["let X, Y : R^n", "assume X = Y"]),
    ("---\ndefine:\n  w(t): e^{-t A} w_0\n---\n", ["define w(t) = e^{-t A} w_0"]),
    ("---\ndefine:\n  - P = A^+ A\n---\n", ["define P = A^+ A"]),
    ("---\nassume: |\n  A = B\n  B = C\n---\n", ["assume A = B", "assume B = C"]),
    ("---\ntitle: mine\nauthor: [me]\n---\n", [""]),
    ("---\n---\n", [""]),
    ("no front matter\n", [""]),
    ("%% let X : R^n\n%% assume X = 0\n\\[ X = 0 \\]", ["let X : R^n", "assume X = 0"]),
    ("%% let:\n%%   X: R^n\n", ["let X : R^n"]),
    ("% a file\n%% let X : R^n\n\n\\section{A}\n%% let Y : R^n\n", ["let X : R^n"]),
]


@pytest.mark.parametrize(("text", "lines"), FORMS)
def test_forms(text: str, lines: list[str]) -> None:
    assert read_declarations(text).text.split("\n") == lines


BAD = [
    ("---\nlet:\n  X: R^{m x n}\nassume:\n  - rank(Y) = m\n---\n", 5, "unknown name 'Y'"),
    ("---\nlet:\n  X: T^n\n---\n", 3, "unknown type"),
    ("---\nasume: [X = 0]\n---\n", 2, "unknown key 'asume'"),
    ("---\nlet: {X: [R, n]}\n---\n", 2, "a name and a text"),
    ("---\nassume:\n  - ||x|| = 1\n---\n", 3, "not YAML"),
    ("---\n- let\n---\n", 2, "a mapping"),
    ("%% let X : R^n\n%% assumee X = 0\n", 2, "no keyword"),
    ("%% let X : R^n\n%% assume Z = 0\n", 2, "unknown name 'Z'"),
]


@pytest.mark.parametrize(("text", "line", "message"), BAD)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        review_document(text)
    assert message in str(caught.value)
    assert caught.value.line == line


def test_aliases_of_yaml_do_not_multiply() -> None:
    bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nlet: *c\n---\n"
    with pytest.raises(ReadError):
        review_document(bomb)


def test_given_may_not_claim() -> None:
    with pytest.raises(ReadError, match="claim nothing"):
        review_document("$$ 1 = 1 $$", "show 1 = 1")
