"""The search as a specification: what is proved, by which rule, and what must not be."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, statement

from lemmata.kernel.check import check
from lemmata.prove.search import prove

PROVED = [
    # one matrix
    ("let X : R^{m x n}; show X X^+ X = X", "spectral"),
    ("let X : R^{m x n}; assume rank(X) = m; show X^+ = X^T (X X^T)^{-1}", "spectral"),
    ("let X : R^{m x n}, lambda : positive; show spd(X^T X + lambda I)", "spectral"),
    ("let X : R^{m x n}, lambda : positive; show lim_{lambda -> 0+} (X^T X + lambda I)^{-1} X^T = X^+", "spectral"),
    ("let X : R^{m x n}, w : R^n; show ||X^+ X w|| <= ||w||", "root"),
    # several matrices
    ("let A, B : R^{n x n}; assume A B = B A; show (A + B)^2 = A^2 + 2 A B + B^2", "ideal"),
    ("let A : R^{n x n}, B : R^{n x n}; assume invertible(A), invertible(B); show (A B)^{-1} = B^{-1} A^{-1}", "ideal"),
    ("let A : R^{m x n}, B : R^{n x p}; assume A^T A B = 0; show A B = 0", "square"),
    ("let A, B : R^{n x n}; assume A B = I; show B A = I", "ideal"),
    ("let P : R^{n x n}, z, s : R^n; assume projection(P), s in Col(P); show ||z - P z|| <= ||z - s||", "root"),
    # functions of time
    ("let A : R^{n x n}, w : R^n(t); assume A^T = -A, \\dot w = A w; show d/dt ||w||^2 = 0", "ideal"),
    ("let X : R^{m x n}, w : R^n(t), v : R^n; assume \\dot w = -X^T X w, w(0) = v; show w = e^{-t X^T X} v", "linear"),
    # connectives
    ("let A : R^{m x n}, B : R^{n x p}; show A^T A B = 0 <==> A B = 0", "implies"),
]  # fmt: skip

NOT_PROVED = [
    "let X : R^{m x n}; show X^+ X = I",
    "let X : R^{m x n}; show X^+ = X^T (X X^T)^{-1}",
    "let X : R^{m x n}; show spd(X^T X)",
    "let A, B : R^{n x n}; show (A + B)^2 = A^2 + 2 A B + B^2",
    "let A : R^{m x n}, B : R^{n x p}; show (A B)^+ = B^+ A^+",
    "let A : R^{n x n}, w : R^n(t); assume \\dot w = A w; show d/dt ||w||^2 = 0",
    "let X : R^{m x n}, w : R^n(t), v : R^n; assume \\dot w = -X^T X w; show w = e^{-t X^T X} v",
    "let A : R^{m x n}, B : R^{n x m}; assume A B = I; show B A = I",
    "let P : R^{n x n}, z, s : R^n; assume P^2 = P, s in Col(P); show ||z - P z|| <= ||z - s||",
    "let A, B : R^{n x n}; assume A >= B, psd(B); show A^2 >= B^2",
]


@pytest.mark.parametrize(("text", "rule"), PROVED)
def test_what_is_true_is_proved_by_the_expected_rule(text: str, rule: str) -> None:
    outcome = prove(statement(text))
    assert outcome.proof is not None, outcome.tried
    assert outcome.proof["steps"][-1]["rule"] == rule


@pytest.mark.parametrize(("text", "rule"), PROVED)
def test_the_certificate_replays_without_the_search(text: str, rule: str) -> None:
    claim = statement(text)
    outcome = prove(claim)
    assert check("again", claim, outcome.proof, {}).statement == claim


@pytest.mark.parametrize("text", NOT_PROVED)
def test_what_is_false_is_not_proved_and_says_what_was_tried(text: str) -> None:
    assert_not_proved(text)


def test_the_same_certificate_every_time() -> None:
    claim = statement(PROVED[5][0])
    assert prove(claim).proof == prove(claim).proof


def test_an_inverse_that_need_not_exist_is_named() -> None:
    outcome = prove(statement("let X : R^{m x n}; show X^T (X X^T)^{-1} X = X^+ X"))
    assert [m.head for m in outcome.missing] == ["mul"]
