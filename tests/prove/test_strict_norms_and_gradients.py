# ruff: noqa: E501 - tables of one case a line
"""Inner inverses, strict bounds of norms, gradients in norms, dyads, unique solutions; and mutations of each."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved

PROVED = [
    ("let A : R^{m x n}, G : R^{n x m}; assume A G A = A; show ||A^+|| <= ||G||", "root"),
    ("let A : C^{m x n}, G : C^{n x m}; assume A G A = A; show ||G|| >= ||A^+||", "positive"),
    ("let A : R^{m x n}, G : R^{n x m}, c : positive; assume A G A = A, ||G|| <= c; show ||A^+|| <= c", "root"),
    ("let A, B : R^{n x n}, c, d : positive; assume invertible(A), invertible(B), ||A^{-1}|| <= c, ||B^{-1}|| <= d; show ||A^{-1} - B^{-1}|| <= c d ||A - B||", "root"),
    ("let A : R^{m x n}, lambda : positive; show ||A (A^T A + lambda I)^{-1} A^T|| < 1", "positive"),
    ("let A : C^{m x n}, lambda : positive; show 1 > ||A^* (A A^* + lambda I)^{-1} A||^2", "positive"),
    ("let A : R^{m x n}, lambda : positive; show ||(A^T A + lambda I)^{-1} A^T|| < 1/sqrt(lambda)", "positive"),
    ("let S : R^{n x n}; assume symmetric(S); show ||S^2 (S^2 + I)^{-1}|| < 1", "positive"),
    ("let A : R^{m x n}, x : R^n, y : R^m; show ||A x - A A^+ y|| <= ||A^+|| ||grad_x (1/2 ||A x - y||^2)||", "positive"),
    ("let A : R^{m x n}, x : R^n, y : R^m; show ||A^T A x - A^T y|| = 1/2 ||grad_x ||A x - y||^2||", "logic"),
    ("let S : R^{n x n}, v : R^n; assume psd(S), v in Col(S); show v v^T <= (v^T S^+ v) S", "vectors"),
    ("let A : R^{m x n}, X : R^{n x p}, Y : R^{m x p}, mu : positive; assume A^T A X + mu X = A^T Y; show X = A^T (A A^T + mu I)^{-1} Y", "ideal"),
    ("let A : R^{m x n}, x : R^n, y : R^m, mu : positive; show grad_x (||A x - y||^2 + mu ||x||^2) = 0 <==> x = A^T (A A^T + mu I)^{-1} y", "implies"),
]  # fmt: skip

MUTATIONS = [
    "let A : R^{m x n}, G : R^{n x m}; assume G A G = G; show ||A^+|| <= ||G||",
    "let A : R^{m x n}, G : R^{n x m}; assume A G A = A; show ||G|| <= ||A^+||",
    "let A : R^{m x n}, G : R^{n x m}, c : positive; assume A G A = A, ||G|| <= 2 c; show ||A^+|| <= c",
    "let A, B : R^{n x n}, c, d : positive; assume invertible(A), invertible(B), ||A^{-1}|| <= c; show ||A^{-1} - B^{-1}|| <= c d ||A - B||",
    "let A : R^{m x n}; show ||A A^+|| < 1",
    "let A : R^{m x n}, lambda : positive; show ||lambda (A^T A + lambda I)^{-1}|| < 1",
    "let A : R^{m x n}; show ||2 A^T (I + A A^T)^{-1}|| < 1",
    "let S : R^{n x n}; assume symmetric(S); show ||S (S^2 + I)^{-1}|| < 1/2",
    "let A : R^{m x n}, x : R^n, y : R^m; show ||A x - y|| <= ||A^+|| ||grad_x (1/2 ||A x - y||^2)||",
    "let A : R^{m x n}, x : R^n, y : R^m; show ||A^T A x - A^T y|| = ||grad_x ||A x - y||^2||",
    "let S : R^{n x n}, v : R^n; assume psd(S); show v v^T <= (v^T S^+ v) S",
    "let A : R^{m x n}, X : R^{n x p}, Y : R^{m x p}, mu : positive; assume A^T A X + mu X = A^T Y; show X = A^T (A A^T + 2 mu I)^{-1} Y",
    "let A : R^{m x n}, x : R^n, y : R^m, mu : positive; show grad_x (||A x - y||^2 - mu ||x||^2) = 0 <==> x = A^T (A A^T + mu I)^{-1} y",
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule"), PROVED)
def test_proved(text: str, rule: str) -> None:
    assert_proved(text, rule)


@pytest.mark.parametrize("text", MUTATIONS)
def test_with_a_hypothesis_less_or_another_bound_there_is_no_proof(text: str) -> None:
    assert_not_proved(text)
