"""True claims, which no instance may refute, and the words in which evidence is stated."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.refute.counterexample import refute
from lemmata.refute.sample import sample

Claim = Callable[[str], Statement]

GRADIENT_FLOW = "let A : R^{m x n}, y : R^m, w : R^n(t), w_0 : R^n; assume d/dt w = -A^T (A w - y)"

TRUE = [
    ("exact", "let X : R^{m x n}; show X X^+ X = X"),
    ("exact", "let X : R^{m x n}; assume rank(X) = m; show X^+ = X^T (X X^T)^{-1}"),
    ("exact", "let X : R^{m x n}; assume rank(X) = n; show X^+ X = I"),
    ("exact", "let A : R^{m x n}, B : R^{m x p}; assume Col(B) <= Col(A); show A A^+ B = B"),
    ("exact", "let A, B : R^{n x n}; assume A B = I; show B A = I"),
    ("exact", "let A : R^{m x n}, w : R^n, y : R^m; assume A w = y; show ||A^+ y|| <= ||w||"),
    ("exact", "let A : R^{m x n}, w : R^n, y : R^m; show A^T A w = A^T y <==> w - A^+ y in Null(A)"),
    ("exact", "let P : R^{n x n}; assume projection(P); show projection(I - P)"),
    ("exact", "let Q : R^{n x n}, v : R^n; assume orthogonal(Q); show ||Q v|| = ||v||"),
    ("exact", "let A, B : R^{n x n}; assume psd(A), psd(B), A >= B, A B = B A; show A^2 >= B^2"),
    ("exact", "let A, B : R^{n x n}; assume spd(A), spd(B), A >= B; show B^{-1} >= A^{-1}"),
    ("exact", "let u, v : R^n; show ||u + v|| <= ||u|| + ||v||"),
    ("exact", "let w, v : R^n; show ||w + v||^2 + ||w - v||^2 = 2 ||w||^2 + 2 ||v||^2"),
    ("exact", "let A : C^{m x n}; show (A^*)^+ = (A^+)^*"),
    ("exact", "let A : C^{n x n}; show psd(A^* A)"),
    ("exact", "let A : R^{m x n}, w : R^n(t), y : R^m; assume A w = y; show A d/dt w = 0"),
    ("exact", "let A : R^{m x n}, w : R^n(t); assume w in Row(A); show d/dt w in Row(A)"),
    ("enclosed", "let A : R^{n x n}; show e^A e^{-A} = I"),
    ("enclosed", "let A, B : R^{n x n}; assume A B = B A; show e^{A + B} = e^A e^B"),
    ("enclosed", "let A : R^{m x n}, w_0 : R^n; define w(t) = e^{-t A^T A} w_0; show d/dt w = -A^T A w"),
    (
        "exact",
        "let A : R^{m x n}, y : R^m, lambda : positive;"
        "show lim_{lambda -> 0+} (A^T A + lambda I)^{-1} A^T y = A^+ y",
    ),
    ("exact", GRADIENT_FLOW + "; assume w(0) = 0; show lim_{t -> oo} w(t) = A^+ y"),
    ("enclosed", GRADIENT_FLOW + "; assume w(0) = w_0; show (I - A^+ A) w = (I - A^+ A) w_0"),
    ("exact", GRADIENT_FLOW + "; show (I - A^+ A) d/dt w = 0"),
]


@pytest.mark.parametrize(("word", "text"), TRUE, ids=[t for _, t in TRUE])
def test_no_instance_refutes_a_theorem(claim: Claim, word: str, text: str) -> None:
    found = sample(claim(text), count=400, seed=3, seconds=20)
    assert found.counterexample is None
    assert found.word == word
    assert found.instances >= 200
    assert found.worst_residual is None or found.worst_residual < 1e-7


@pytest.mark.parametrize("text", [t for _, t in TRUE])
def test_the_search_finds_nothing_against_a_theorem(claim: Claim, text: str) -> None:
    assert refute(claim(text), seconds=0.3, seed=4) is None


def test_sampling_is_reproducible(claim: Claim) -> None:
    statement = claim("let A : R^{m x n}, B : R^{m x p}; assume Col(B) <= Col(A); show A A^+ B = B")
    assert sample(statement, seed=7, seconds=20) == sample(statement, seed=7, seconds=20)
    assert sample(statement, seed=7, seconds=20) != sample(statement, seed=8, seconds=20)


def test_degenerate_instances_are_among_them(claim: Claim) -> None:
    assert sample(claim("let X : R^{m x n}; show X X^+ X = X")).degenerate > 10


NOT_TRIED = [
    ("let x : R(t); assume d/dt x = -x^3; show x^2 <= x(0)^2", "affine"),
    ("let A : R^{n x n}; assume spd(A), A^2 = 0; show A = 0", "no model"),
    ("let W : R^{n x m}(t); assume d/dt (W^T W) = 0; show W^T W = W(0)^T W(0)", "several times"),
]


@pytest.mark.parametrize(("text", "why"), NOT_TRIED)
def test_what_was_not_tried_is_said(claim: Claim, text: str, why: str) -> None:
    found = sample(claim(text))
    assert (found.word, found.instances, found.counterexample) == ("open", 0, None)
    assert any(why in note for note in found.notes)
    assert refute(claim(text), seconds=0.2) is None


def test_false_and_undefined_are_told_apart(claim: Claim) -> None:
    false = sample(claim("let A, B : R^{n x n}; show A B = B A"))
    undefined = sample(claim("let X : R^{m x n}; show X^+ = X^T (X X^T)^{-1}"))
    assert false.word == "refuted" and false.counterexample and false.counterexample.kind == "refuted"
    assert (
        undefined.word == "open" and undefined.counterexample and undefined.counterexample.kind == "rejected"
    )
