# ruff: noqa: E501 - tables of one case a line
"""What projections leave, summands divided by their sum, Cauchy and Schwarz with a pseudoinverse; and mutations."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved

PROVED = [
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q); show ||P - Q|| <= 1", "root"),
    ("let P, Q : C^{n x n}; assume P^2 = P, P^* = P, Q^* Q = Q; show 1 >= ||Q - P||", "root"),
    ("let P, Q : C^{n x n}; assume projection(P), projection(Q); show ||I - P - Q|| <= 1", "root"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q); show ||P Q - Q P|| <= 1", "root"),
    ("let P, Q : R^{n x n}, x : R^n; assume projection(P), projection(Q); show x^T (P - Q) x <= x^T x", "positive"),
    ("let A : C^{m x n}, B : C^{m x p}; show ||A A^+ - B B^+|| <= 1", "root"),
    ("let A : R^{m x n}, B : R^{m x p}; show B^T A (A^T A)^+ A^T B <= B^T B", "positive"),
    ("let A : R^{m x n}, B : R^{m x p}; assume rank(A) = n; show tr(B^T A (A^T A)^{-1} A^T B) <= ||B||_F^2", "positive"),
    ("let A : C^{m x n}, B : C^{m x p}; show psd(B^* (I - A A^+) B)", "positive"),
    ("let A : C^{m x n}, B : C^{m x p}; show A^* (A A^* + B B^*)^+ A <= I", "positive"),
    ("let A : C^{m x n}, B : C^{m x p}; show ||B^* (A A^* + 2 B B^*)^+ B|| <= 1/2", "root"),
    ("let A : R^{m x n}, S : R^{m x m}, c : positive; assume psd(S); show A^T (c I + S + A A^T)^{-1} A <= I", "positive"),
    ("let P, Q : C^{n x n}; assume projection(Q); show P^* P = P ==> ||P - Q|| <= 1", "implies"),
    ("let S : R^{n x n}, x, y : R^n; assume psd(S), y in Col(S); show <x, y>^2 <= (x^T S x) (y^T S^+ y)", "logic"),
    ("let S : R^{n x n}, x, y : R^n; assume y in Col(S), psd(S); show (x^T S^+ x) (y^T S y) >= (y^T x)^2", "logic"),
    ("let A : C^{m x n}, x, y : C^n; assume y in Row(A); show |<x, y>|^2 <= (y^* (A^* A)^+ y) ||A x||^2", "positive"),
]  # fmt: skip

MUTATIONS = [
    "let P, Q : R^{n x n}; assume projection(P), idempotent(Q); show ||P - Q|| <= 1",
    "let P, Q : R^{n x n}; assume projection(P), symmetric(Q); show ||P - Q|| <= 1",
    "let P, Q : R^{n x n}; assume projection(P), projection(Q); show ||P + Q|| <= 1",
    "let P, Q : R^{n x n}; assume projection(P), projection(Q); show ||P - Q||^2 <= 1/2",
    "let P, Q : R^{n x n}; assume projection(P), projection(Q); show P Q P <= Q",
    "let A : R^{m x n}, B : R^{m x p}; show B^T A (A^T A)^+ A^T B <= 1/2 B^T B",
    "let A : R^{m x n}, B : R^{n x p}; show B^T A^T A B <= B^T B",
    "let A : R^{m x n}, B : R^{m x p}; show A^T (A A^T - B B^T)^+ A <= I",
    "let A : R^{m x n}, S : R^{m x m}; assume symmetric(S); show A^T (A A^T + S)^+ A <= I",
    "let A : R^{m x n}, B : R^{m x p}; show ||A^T (2 B B^T + A A^T)^+ A|| <= 1/2",
    "let S : R^{n x n}, x, y : R^n; assume psd(S); show <x, y>^2 <= (x^T S x) (y^T S^+ y)",
    "let S : R^{n x n}, x, y : R^n; assume symmetric(S), y in Col(S); show <x, y>^2 <= (x^T S x) (y^T S^+ y)",
    "let A : R^{m x n}, x, y : R^n; show <x, y>^2 <= (y^T (A^T A)^+ y) ||A x||^2",
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule"), PROVED)
def test_squares_of_what_projections_leave(text: str, rule: str) -> None:
    assert_proved(text, rule)


@pytest.mark.parametrize("text", MUTATIONS)
def test_without_a_hypothesis_or_with_another_bound_there_is_no_proof(text: str) -> None:
    assert_not_proved(text)
