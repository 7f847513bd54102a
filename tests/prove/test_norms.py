# ruff: noqa: E501 - tables of one case a line
"""Spectral norms: chains, division, the identity, the symmetric part, exponentials, recursions; mutations."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved, assert_proved_without_oracle

CHAINS = [
    ("let A, B, C : R^{n x n}; show ||A B C|| <= ||A|| ||B|| ||C||", "root"),
    ("let A : R^{m x n}, B : R^{p x n}; show ||A B^T|| <= ||A|| ||B||", "root"),
    ("let A, B : R^{n x n}, c : nonnegative; assume ||A|| <= c, ||B|| <= c; show ||A + B|| <= 2 c", "root"),
    ("let A : R^{n x n}; assume ||A|| <= 1; show ||(I + A)/2|| <= 1", "root"),
    ("let A : R^{n x n}, c : nonnegative; assume ||A|| <= c, c < 1; show ||I + A + A^2|| <= 3", "root"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q); show ||P Q|| <= 1", "root"),
    ("let A, B : R^{n x n}; assume invertible(A), invertible(B); show ||B^{-1} - A^{-1}|| <= ||B^{-1}|| ||A - B|| ||A^{-1}||", "root"),
    ("let U, A : R^{n x n}; assume orthogonal(U); show ||A|| <= ||U A||", "root"),
    ("let A : R^{n x n}; assume forall x : R^n. ||A x|| <= ||x||; show ||A|| <= 1", "root"),
    ("let A : R^{n x n}, k : natural; show ||A^k|| <= ||A||^k", "induction"),
    ("let A, B : R^{n x n}, v : R^n; show ||A B v|| <= ||A|| ||B|| ||v||", "positive"),
    ("let A : R^{m x n}, x : R^n, y : R^m; show y^T A x <= ||A|| ||x|| ||y||", "positive"),
    ("let A : R^{m x n}, s : positive; show s ||A|| <= ||s A||", "logic"),
]  # fmt: skip

LOWER = [
    ("let A : R^{m x n}; assume A != 0; show 1 <= ||A|| ||A^+||", "positive"),
    ("let A : R^{m x n}; assume A^T != 0; show 1/||A|| <= ||A^+||", "positive"),
    ("let E : R^{n x n}; assume E^2 = E, E != 0; show 1 <= ||E||", "positive"),
    ("let P : R^{n x n}; assume projection(P), P != 0; show ||P|| = 1", "logic"),
    ("let A : R^{n x n}; assume spd(A); show 1 <= ||A|| ||A^{-1}||", "positive"),
    ("let A : R^{n x n}; assume invertible(A); show A != 0", "logic"),
    ("let U : R^{m x n}; assume U^T U = I; show 1 <= ||U||", "root"),
    ("let A : R^{m x n}, c, mu : positive; assume mu A^T A <= I, c I <= A^T A; show 1 >= mu c", "positive"),
    ("let A : R^{n x n}, v : R^n, s : real; assume A v = s v, v != 0; show |s| <= ||A||", "positive"),
    ("let E : R^{n x n}; assume idempotent(E); show ||E|| <= 1 <==> E^T = E", "implies"),
]  # fmt: skip

MOTION = [
    ("let A : R^{n x n}; show -2 ||A|| I <= A + A^T", "positive"),
    ("let A : R^{n x n}, w : R^n(t); assume \\dot w = A w; show ||w(t)|| <= e^{t ||A||} ||w(0)||", "root"),
    ("let A : R^{n x n}, w : R^n(t); assume \\dot w = A w; show e^{-t ||A||} ||w(0)|| <= ||w(t)||", "root"),
    ("let A : R^{n x n}(t), c : nonnegative, w : R^n(t); assume \\dot w = A w, ||A|| <= c; show ||w(t)|| <= e^{c t} ||w(0)||", "root"),
    ("let A : R^{n x n}, c : real; assume A + A^T <= 2 c I; show ||e^{t A}|| <= e^{c t}", "root"),
    ("let A : R^{n x n}, c : real; assume 2 c I <= A + A^T; show e^{2 c t} I <= (e^{t A})^T e^{t A}", "positive"),
    ("let A, B : R^{n x n}; show ||e^{t (A + B)}|| <= e^{t (||A|| + ||B||)}", "root"),
    ("let A : R^{n x n}; show ||e^A|| <= e^{||A||}", "positive"),
    ("let S, K : R^{n x n}; assume psd(S), K^T = -K; show ||e^{t (K - S)}|| <= 1", "root"),
    ("let A : R^{n x n}, v : R^n; show ||e^{t A} v|| <= e^{t ||A||} ||v||", "positive"),
    ("let A : R^{n x n}, b : R^n, x : R^n(k), c, d : nonnegative; assume x_{k+1} = A x_k + b, ||A|| <= c, c < 1, ||b|| <= d; show ||x_k|| <= c^k ||x_0|| + d/(1 - c)", "induction"),
    ("let A : R^{n x n}, b, x : R^n(k), d : nonnegative; assume x_{k+1} = A x_k + b_k, orthogonal(A), ||b_k|| <= d; show ||x_k|| <= ||x_0|| + d k", "induction"),
    ("let A, B : R^{n x n}, x : R^n(k), c, d : nonnegative; assume x_{k+1} = A B x_k, ||A|| <= c, ||B|| <= d; show ||x_k|| <= (c d)^k ||x_0||", "induction"),
]  # fmt: skip

CONTRACTIONS = [
    "let A : R^{m x n}, y : R^m, x : R^n(k), mu, c : positive; assume x_{k+1} = x_k - mu A^T (A x_k - y), c I <= A^T A, mu A^T A <= I; show ||x_k - A^+ y|| <= (1 - mu c)^k ||x_0 - A^+ y||",
    "let S : R^{n x n}, b, z : R^n, x : R^n(k), mu, c : positive; assume symmetric(S), S z = b, x_{k+1} = x_k - mu (S x_k - b), c I <= S, mu S <= I; show ||x_k - z|| <= (1 - mu c)^k ||x_0 - z||",
]

FALSE = [
    "let A, B : R^{n x n}; show ||A B|| <= ||A|| + ||B||",
    "let A, B : R^{n x n}, c : nonnegative; assume ||A|| <= c; show ||A + B|| <= 2 c",
    "let A : R^{n x n}; assume ||A|| <= 2; show ||(I + A)/2|| <= 1",
    "let P, Q : R^{n x n}; assume idempotent(P), projection(Q); show ||P Q|| <= 1",
    "let U, A : R^{n x n}; assume invertible(U); show ||A|| <= ||U A||",
    "let A : R^{n x n}, x : R^n; assume ||A x|| <= ||x||; show ||A|| <= 1",
    "let A : R^{m x n}, s : real; show s ||A|| >= ||s A||",
    "let A : R^{m x n}; show 1 <= ||A|| ||A^+||",
    "let A, B : R^{m x n}; assume A != 0; show 1 <= ||B|| ||B^+||",
    "let E : R^{n x n}; assume E^2 = E; show 1 <= ||E||",
    "let E : R^{n x n}; assume E^3 = E^2, E != 0; show 1 <= ||E||",
    "let A : R^{n x n}; assume psd(A); show A != 0",
    "let A : R^{m x n}, c, mu : positive; assume mu A^T A <= I, A^T A <= c I; show mu c <= 1",
    "let A : R^{n x n}, v : R^n, s : real; assume A v = s v; show |s| <= ||A||",
    "let A : R^{n x n}; show A + A^T <= ||A|| I",
    "let A : R^{n x n}, w : R^n(t); assume \\dot w = 2 A w; show ||w(t)|| <= e^{t ||A||} ||w(0)||",
    "let A : R^{n x n}, c : real; assume A + A^T <= 4 c I; show ||e^{t A}|| <= e^{c t}",
    "let A : R^{n x n}, c : real; assume 2 c I <= A + A^T; show ||e^{t A}|| <= e^{c t}",
    "let S, K : R^{n x n}; assume symmetric(S), K^T = -K; show ||e^{t (K - S)}|| <= 1",
    "let A : R^{n x n}, b : R^n, x : R^n(k), c, d : nonnegative; assume x_{k+1} = A x_k + b, ||A|| <= c, ||b|| <= d; show ||x_k|| <= c^k ||x_0|| + d/(1 - c)",
    "let A : R^{n x n}, b : R^n, x : R^n(k), c, d : nonnegative; assume x_{k+1} = A x_k + b, ||A|| <= c, c < 1, ||b|| <= 2 d; show ||x_k|| <= c^k ||x_0|| + d/(1 - c)",
    "let A : R^{m x n}, y : R^m, x : R^n(k), mu, c : positive; assume x_{k+1} = x_k - mu A^T (A x_k - y), c I <= A^T A; show ||x_k - A^+ y|| <= (1 - mu c)^k ||x_0 - A^+ y||",
]


@pytest.mark.parametrize(("text", "rule"), [*CHAINS, *LOWER, *MOTION])
def test_what_is_true_is_proved_and_the_certificate_replays(text: str, rule: str) -> None:
    assert_proved(text, rule)


@pytest.mark.parametrize("text", [text for text, _ in [*CHAINS, *LOWER, *MOTION]])
def test_it_rests_on_nothing(text: str) -> None:
    assert_proved_without_oracle(text)


@pytest.mark.parametrize("text", CONTRACTIONS)
def test_a_contraction_converges_at_its_rate(text: str) -> None:
    assert_proved(text, "root")


@pytest.mark.parametrize("text", FALSE)
def test_what_is_false_is_not_proved(text: str) -> None:
    assert_not_proved(text)
