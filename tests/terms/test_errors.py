"""Typical mistakes: each has a place, a message and something to try."""

from __future__ import annotations

import pytest
from mistakes import assert_mistake

from lemmata.terms import ReadError, Scope, parse_prop, read_claims

SCOPE = (
    Scope()
    .declare("A", "m", "n")
    .declare("X", "m", "n")
    .declare("x", "n")
    .declare("lambda", domain="positive")
)

MISTAKES = [  # text, column, words of the message, words of the suggestion
    ("(A x", 1, "never closed", "add )"),
    ("A x)", 4, "closes nothing", "remove"),
    ("A y", 3, "unknown name 'y'", "declare"),
    ("lamda x", 1, "unknown name 'lamda'", "lambda"),
    ("A A", 3, "A (m x n) and A (m x n) does not fit: n is not m", "A A^T"),
    ("A^'", 3, "no transpose", "A^T"),
    ("A'", 2, "prime", "A^T"),
    ("A^{-1}", 1, "square", "A^+"),
    ("x^2", 1, "square", "||x||^2"),
    ("sin lambda^2", 11, "two ways", "sin(x^2)"),
    ("X^+ X + 1", 9, "cannot be added", "I"),
    ("I", 1, "size of this I", "I_n"),
    ("A x + + x", 7, "cannot stand here", ""),
    ("A x +", 6, "too early", ""),
    (r"\foo", 1, "not known", ""),
    ("x/A", 3, "division", "inverse"),
    ("[1 2; 3]", 1, "differ in length", ""),
    (r"\begin{pmatrix}1&2", 1, "never closed", r"\end{pmatrix}"),
]


@pytest.mark.parametrize(("text", "column", "message", "hint"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_mistakes(text: str, column: int, message: str, hint: str) -> None:
    assert_mistake(text, SCOPE, column, message, hint)


def test_one_is_not_the_identity() -> None:
    with pytest.raises(ReadError, match="cannot be compared"):
        parse_prop("X^+ X = 1", SCOPE)


CLAIMS = [
    ("let A : R^{m x n}\n\nshow A A = A", 3, 8, "does not fit"),
    ("let f : R^n -> R", 1, 13, "cannot be declared yet"),
    ("let A : R^n\nlet A : R^m", 2, 5, "declared twice"),
    ("let I : R^{n x n}", 1, 5, "identity"),
    ("prove 1 = 1", 1, 1, "cannot begin"),
    ("show", 1, 1, "nothing follows"),
    ("define x_k = x_{k-1}", 1, 14, "sequence"),
    ("  let A : R^n   # R\n  assume rank(A) = q", 2, 20, "unknown name 'q'"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), CLAIMS, ids=[c[0] for c in CLAIMS])
def test_places_count_in_the_whole_text(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_claims(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert message in caught.value.message


def test_definitions_declare_initial_values() -> None:
    claims = read_claims(
        "let A : R^{m x n}, mu : positive\ndefine w(t) = e^{-t A^T A} w_0\ndefine x_k = (I - mu A^T A)^k x_0"
    )
    assert claims.scope.symbols["w_0"].shape == ("n", 1)
    assert claims.scope.symbols["x"].value == ("x", "n", 1, "real", "k")
    assert [d.head for d in claims.definitions] == ["eq", "eq"]


def test_semicolons_are_newlines_outside_of_brackets() -> None:
    claims = read_claims("let A : R^{2x2}; assume A = [1 2; 3 4]; show rank(A) = 2", semicolons=True)
    assert len(claims.given) == len(claims.shows) == 1
