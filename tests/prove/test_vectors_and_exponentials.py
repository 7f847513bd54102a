# ruff: noqa: E501 - tables of one case a line
"""General vectors, null spaces of semidefinite matrices, operator norms, exponentials and powers; near misses."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved

PROVED = [
    # --- for all vectors ---
    ("let A, B : R^{m x n}; assume forall v : R^n. A v = B v; show A = B", "vectors"),
    ("let S : R^{n x n}; assume symmetric(S); assume forall v : R^n. v^T S v >= 0; show psd(S)", "vectors"),
    ("let A : R^{m x n}; show (forall v : R^n. ||A v|| = ||v||) <==> A^T A = I", "implies"),
    ("let A : C^{m x n}; show (forall v : C^n. ||A v|| = ||v||) <==> A^* A = I", "implies"),
    ("let A : R^{n x n}; show (forall v : R^n. v^T A v = 0) <==> A^T = -A", "implies"),
    ("let N : C^{n x n}; show (forall v : C^n. ||N v|| = ||N^* v||) <==> N N^* = N^* N", "implies"),
    ("let E : R^{n x n}; assume E^2 = E; show (forall v : R^n. ||E v|| <= ||v||) <==> E = E^T", "implies"),
    # --- null spaces of semidefinite matrices ---
    ("let A : R^{n x n}; assume A + A^T >= 0; show A A^+ = A^+ A", "ideal"),
    ("let A : R^{n x n}; assume A + A^T >= 0; show A^+ + (A^+)^T >= 0", "positive"),
    ("let E : R^{n x n}; assume E^2 = E, ||E|| <= 1; show E = E^T", "ideal"),
    # --- norms ---
    ("let A, B : R^{m x n}; show ||A + B|| <= ||A|| + ||B||", "root"),
    ("let A, B : R^{m x n}; show ||A|| - ||B|| <= ||A - B||", "positive"),
    ("let A, B, C : R^{m x n}; show ||A - C|| <= ||A - B|| + ||B - C||", "root"),
    (
        "let u, v : R^n, s : nonnegative; assume s <= 1; show ||s u + (1 - s) v|| <= s ||u|| + (1 - s) ||v||",
        "root",
    ),
    ("let u, v : R^n; show | ||u|| - ||v|| | <= ||u - v||", "root"),
    # --- traces ---
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show tr(A B) <= tr(A) tr(B)", "logic"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show tr(A B) <= ||A|| tr(B)", "logic"),
    ("let L, B : R^{n x n}; assume B^T = -B; show tr(L^T B L) = 0", "ideal"),
    # --- inverses and pseudoinverses ---
    ("let y : R^m; assume y != 0; show y y^+ = y y^T / ||y||^2", "ideal"),
    ("let A, B : R^{n x n}; assume A + B = A B; show A B = B A", "ideal"),
    ("let A : C^{m x n}; show (i A)^+ = -i A^+", "ideal"),
    ("let S, G : R^{n x n}; assume spd(S), spd(G); show 4 (S^{-1} + G^{-1})^{-1} <= S + G", "positive"),
    ("let S, G : R^{n x n}; assume spd(S), spd(G); show ((S + G)/2)^{-1} <= (S^{-1} + G^{-1})/2", "positive"),
    (
        "let A : R^{m x m}, B : R^{m x n}, D : R^{n x n}, u : R^m, v : R^n; assume spd(A), D - B^T A^{-1} B >= 0; show u^T A u + 2 u^T B v + v^T D v >= 0",
        "positive",
    ),
    # --- existence ---
    (
        "let A, B : R^{m x n}; assume Col(B) <= Col(A), A B^T = B A^T; show exists X : R^{n x n}. A X = B and X^T = X",
        "exists",
    ),
    # --- exponentials by their rates ---
    ("let S, G : R^{n x n}; assume S G = G S; show exp(t (S + G)) = exp(t S) exp(t G)", "ideal"),
    ("let P : R^{n x n}, s : real; assume P^2 = P; show e^{s P} = I + (e^s - 1) P", "ideal"),
    ("let N : C^{n x n}; assume N^3 = 0; show e^{t N} = I + t N + t^2/2 N^2", "ideal"),
    ("let K : R^{n x n}; assume K + K^T = 0; show (e^{t K})^T e^{t K} = I", "ideal"),
    ("let H : C^{n x n}; assume H^* = H; show (e^{i t H})^* e^{i t H} = I", "ideal"),
    (
        "let A, B : R^{n x n}, X : R^{n x n}(t); assume \\dot X = A X + X B; show X(t) = e^{t A} X(0) e^{t B}",
        "linear",
    ),
    # --- powers ---
    ("let S : R^{n x n}, s : real, N : natural; show (e^{s S})^N = e^{N s S}", "instance"),
    ("let E, F : R^{n x n}, N : natural; assume E F = F E; show (E F)^N = E^N F^N", "instance"),
    (
        "let A : R^{n x n}, u : R^n, mu : real, k : natural; assume A u = mu u; show A^k u = mu^k u",
        "induction",
    ),
]

FALSE = [
    "let A, B : R^{m x n}, v : R^n; assume A v = B v; show A = B",
    "let A : R^{n x n}; assume forall v : R^n. v^T A v = 0; show A = 0",
    "let S : R^{n x n}; assume forall v : R^n. v^T S v >= 0; show psd(S)",
    "let E : R^{n x n}; assume forall v : R^n. ||E v|| <= ||v||; show E = E^T",
    "let A : R^{n x n}; assume A + A^T >= 0; show A = A^T",
    "let E : R^{n x n}; assume E^2 = E, ||E|| <= 2; show E = E^T",
    "let A, B : R^{m x n}; show ||A + B|| <= ||A||",
    "let u, v : R^n, s : real; assume s <= 1; show ||s u + (1 - s) v|| <= s ||u|| + (1 - s) ||v||",
    "let A, B : R^{n x n}; assume psd(A), psd(B); show tr(A B) <= tr(A)",
    "let A, S : R^{n x n}; assume symmetric(S); show tr(A S) = 0",
    "let y : R^m; show y^+ = y^T / ||y||^2",
    "let A, B : R^{n x n}; assume A B = 2 A + 3 B - 6 I; show A B = B A",
    "let A : C^{m x n}; show (i A)^+ = i A^+",
    "let S, G : R^{n x n}; assume spd(S), spd(G); show 5 (S^{-1} + G^{-1})^{-1} <= S + G",
    "let S, G : R^{n x n}; show exp(t (S + G)) = exp(t S) exp(t G)",
    "let P : R^{n x n}, s : real; assume P^3 = P; show e^{s P} = I + (e^s - 1) P",
    "let K : R^{n x n}; assume K - K^T = 0; show (e^{t K})^T e^{t K} = I",
    "let E, F : R^{n x n}, N : natural; show (E F)^N = E^N F^N",
]


@pytest.mark.parametrize("text, rule", PROVED)
def test_what_is_true_is_proved_and_the_certificate_replays(text: str, rule: str) -> None:
    assert_proved(text, rule)


@pytest.mark.parametrize("text", FALSE)
def test_what_is_false_is_not_proved(text: str) -> None:
    assert_not_proved(text)
