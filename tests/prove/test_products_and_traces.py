# ruff: noqa: E501 - tables of one case a line
"""Commuting products, bounds by traces, rates along gradients, ranges that meet in 0, pairs of inverses; and mutations."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved

PROVED = [
    ("let A : C^{m x n}, U : C^{m x m}, V : C^{n x n}; assume U^* U = I, V^* V = I; show (U A V)^+ = V^* A^+ U^*", "ideal"),
    ("let A, B : R^{n x n}; assume psd(B), A >= B, A B = B A; show A^2 >= B^2", "positive"),
    ("let P, Q : C^{n x n}; assume psd(P), psd(Q), Q P = P Q; show P Q >= 0", "positive"),
    ("let S : R^{n x n}; assume psd(S); show S <= tr(S) I", "logic"),
    ("let S : R^{n x n}; assume spd(S); show ||S|| <= tr(S)", "logic"),
    ("let A : C^{m x n}; show A^* A <= tr(A^* A) I", "positive"),
    ("let A : R^{m x n}, G : R^{n x n}, y : R^m, w : R^n(t); assume psd(G), \\dot w = -G A^T (A w - y); show d/dt ||A w - y||^2 <= 0", "positive"),
    ("let X : R^{m x n}, G : R^{n x n}, Y : R^{m x p}, W : R^{n x p}(t); assume psd(G), \\dot W = -G X^T (X W - Y); show ||X W - Y||_F <= ||X W(0) - Y||_F", "root"),
    ("let A : R^{m x n}, B : R^{m x p}, v : R^n, u : R^p; assume rank([A B]) = rank(A) + rank(B), A v = B u; show A v = 0", "ideal"),
]  # fmt: skip

MUTATIONS = [
    "let A : C^{m x n}, U : C^{m x m}, V : C^{n x n}; assume U^* U = I; show (U A V)^+ = V^* A^+ U^*",
    "let A, B : R^{n x n}; assume psd(B), A >= B; show A^2 >= B^2",
    "let A, B : R^{n x n}; assume A >= B, A B = B A; show A^2 >= B^2",
    "let P, Q : R^{n x n}; assume psd(P), symmetric(Q), Q P = P Q; show P Q >= 0",
    "let S : R^{n x n}; assume symmetric(S); show S <= tr(S) I",
    "let S : R^{n x n}; assume psd(S); show 2 S <= tr(S) I",
    "let A : R^{m x n}, G : R^{n x n}, y : R^m, w : R^n(t); assume symmetric(G), \\dot w = -G A^T (A w - y); show d/dt ||A w - y||^2 <= 0",
    "let A : R^{m x n}, G : R^{n x n}, y : R^m, w : R^n(t); assume psd(G), \\dot w = G A^T (A w - y); show d/dt ||A w - y||^2 <= 0",
    "let A : R^{m x n}, B : R^{m x p}, v : R^n, u : R^p; assume rank([A B]) <= rank(A) + rank(B), A v = B u; show A v = 0",
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule"), PROVED)
def test_what_products_traces_and_ranges_say(text: str, rule: str) -> None:
    assert_proved(text, rule)


@pytest.mark.parametrize("text", MUTATIONS)
def test_without_a_hypothesis_or_with_another_sign_there_is_no_proof(text: str) -> None:
    assert_not_proved(text)
