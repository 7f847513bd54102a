# ruff: noqa: E501 - tables of one case a line
"""Normal matrices and semidefinite sums, products and inverses; near misses that are false."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved

PROVED = [
    ("let E : C^{n x n}; assume E^2 = E, E E^* = E^* E; show E = E^*", "ideal"),
    ("let A, B : C^{n x n}; assume psd(A), psd(B); show Col(A) <= Col(A + B)", "ideal"),
    ("let A, B : R^{n x n}, lambda, mu : positive; assume psd(A), psd(B); show Col(A) <= Col(lambda A + mu B)", "ideal"),
    ("let A, B : R^{n x n}, x : R^n; assume psd(A), psd(B); show x in Null(A + B) <==> x in Null(A) and x in Null(B)", "implies"),
    ("let E : R^{n x n}; assume E^2 = E, E E^T = E^T E; show E = E^T", "ideal"),
    ("let A : R^{n x n}; assume A^2 = 0, A A^T = A^T A; show A = 0", "ideal"),
    ("let A : R^{n x n}; assume A A^T = A^T A; show Null(A) = Null(A^T)", "ideal"),
    ("let A : R^{n x n}; assume A A^T = A^T A; show Col(A) = Col(A^T)", "ideal"),
    ("let A : R^{n x n}, B : R^{n x p}; assume A A^T = A^T A, A B = 0; show A^T B = 0", "square"),
    ("let A : R^{n x n}; assume A^3 = A^2, A A^T = A^T A; show A^2 = A", "ideal"),
    ("let A : R^{n x n}, x : R^n; assume A A^T = A^T A; show A x = 0 <==> A^T x = 0", "implies"),
    ("let A : R^{n x n}; assume A A^T = A^T A; show A A^+ = A^+ A", "ideal"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show Col(A) <= Col(A + B)", "ideal"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show A (A + B)^+ B = B (A + B)^+ A", "ideal"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q); show P (P + Q)^+ Q = Q (P + Q)^+ P", "ideal"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q); show projection(2 P (P + Q)^+ Q)", "ideal"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show Null(A + B) <= Null(A)", "ideal"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show Null(A + B) <= Null(B)", "ideal"),
    ("let A, B : R^{n x n}, x : R^n; assume psd(A), psd(B), (A + B) x = 0; show A x = 0", "square"),
    ("let A, B : R^{n x n}, x : R^n; assume psd(A), psd(B); show (A + B) x = 0 <==> A x = 0 and B x = 0", "implies"),
    ("let A : R^{n x n}, x : R^n; assume psd(A), x^T A x = 0; show A x = 0", "square"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show trace(A B) >= 0", "logic"),
    ("let A, B : R^{n x n}; assume spd(A), spd(B), psd(B - A); show psd(A^{-1} - B^{-1})", "positive"),
    ("let A, B : R^{n x n}; assume spd(A), psd(B - A); show psd(A^{-1} - B^{-1})", "positive"),
    ("let A, B : R^{n x n}; assume spd(A), spd(B), A >= B; show B^{-1} >= A^{-1}", "positive"),
    ("let A, B : R^{n x n}, C : R^{n x p}; assume A >= B; show C^T A C >= C^T B C", "positive"),
    ("let A : R^{n x n}; assume psd(A), A <= I; show psd(A - A^2)", "spectral"),
    ("let A : R^{n x n}; assume psd(A), A <= I; show A^2 <= A", "spectral"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show psd(A + B)", "positive"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B), trace(A B) = 0; show A B = 0", "logic"),
    ("let A, B : R^{n x n}; assume psd(A), A <= B; show Col(A) <= Col(B)", "ideal"),
    ("let A, B, C : R^{n x n}; assume psd(C), A <= B; show trace(A C) <= trace(B C)", "logic"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B), A + B = 0; show A = 0", "square"),
    ("let A : R^{n x n}; assume psd(A), trace(A) = 0; show A = 0", "square"),
    ("let A : R^{n x n}; assume symmetric(A); show A <= ||A|| I", "spectral"),
    ("let A : R^{n x n}; assume symmetric(A); show -||A|| I <= A", "spectral"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q), P <= Q; show Q P = P", "square"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q), Q P = P; show P <= Q", "positive"),
    ("let A, B : R^{n x n}; assume invertible(A B); show invertible(A)", "witness"),
    ("let A : R^{n x n}; assume A A^T = A^T A, A^2 = I; show A = A^T", "square"),
    ("let A : R^{n x n}; assume A A^T = A^T A, A^3 = 0; show A = 0", "square"),
    ("let A : R^{n x n}; assume A A^T = A^T A, A^3 = A; show A = A^T", "square"),
    ("let A, B : R^{n x n}, X : R^{n x n}; assume A A^T = A^T A, A X = X A; show A^T X = X A^T", "square"),
    ("let A, B : R^{n x n}, v : R^n; assume A A^T = A^T A; show ||A v|| = ||A^T v||", "ideal"),
    ("let A, B, C : R^{n x n}; assume psd(A), psd(B), psd(C); show Col(A) <= Col(A + B + C)", "ideal"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show Col(A + B) = Col(A + 2 B)", "ideal"),
    ("let A : R^{m x n}, B : R^{m x p}; show Col(A) <= Col(A A^T + B B^T)", "ideal"),
    ("let A : R^{m x n}, B : R^{p x n}; show Null(A^T A + B^T B) <= Null(A)", "ideal"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show psd(A (A + B)^+ B)", "positive"),
    ("let A, B : R^{n x n}; assume spd(A), psd(B); show A (A + B)^{-1} B = B (A + B)^{-1} A", "ideal"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show A (A + B)^+ B <= A", "positive"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show symmetric(A (A + B)^+ B)", "ideal"),
    ("let A, B, C : R^{n x n}; assume psd(A), psd(B), A <= C, B <= C; show Col(A) <= Col(C)", "ideal"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show trace(A B A) >= 0", "positive"),
    ("let A, B, C : R^{n x n}; assume psd(A), psd(B); show trace(A C B C^T) >= 0", "logic"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show trace((A + B)^2) >= trace(A^2) + trace(B^2)", "logic"),
    ("let A, B : R^{n x n}; assume spd(A), psd(B); show (A + B)^{-1} <= A^{-1}", "positive"),
    ("let A, B : R^{n x n}, mu : positive; assume psd(A), psd(B), A <= B; show (B + mu I)^{-1} <= (A + mu I)^{-1}", "positive"),
    ("let A, B : R^{n x n}; assume spd(A), spd(B), A < B; show B^{-1} < A^{-1}", "positive"),
    ("let A : R^{n x n}; assume spd(A), A <= I; show A^{-1} >= I", "spectral"),
    ("let A : R^{n x n}; assume spd(A); show A + A^{-1} >= 2 I", "spectral"),
    ("let A, B : R^{n x n}; assume spd(A), spd(B); show A B^{-1} A >= 2 A - B", "positive"),
    ("let A, B : R^{n x n}; assume spd(A), spd(B); show spd(A^{-1} + B^{-1})", "positive"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B), A B A = 0; show A B = 0", "ideal"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B), A B = 0; show Col(B) <= Null(A)", "ideal"),
]  # fmt: skip

NOT_PROVED = [
    "let A, B : R^{n x n}, lambda, mu : real; assume psd(A), psd(B); show Col(A) <= Col(lambda A + mu B)",
    "let P, Q : R^{n x n}; assume projection(P), projection(Q), P Q = Q; show P = Q",
    "let E : R^{n x n}; assume E^2 = E; show E = E^T",
    "let A : R^{n x n}; assume A^2 = 0; show A = 0",
    "let A : R^{n x n}; show Null(A) = Null(A^T)",
    "let A, B : R^{n x n}; assume psd(A), symmetric(B); show Col(A) <= Col(A + B)",
    "let A, B : R^{n x n}; assume psd(A), symmetric(B); show A (A + B)^+ B = B (A + B)^+ A",
    "let P, Q : R^{n x n}; assume projection(P), idempotent(Q); show P (P + Q)^+ Q = Q (P + Q)^+ P",
    "let P, Q : R^{n x n}; assume projection(P), projection(Q); show projection(P (P + Q)^+ Q)",
    "let A, B : R^{n x n}; assume psd(A), symmetric(B); show Null(A + B) <= Null(A)",
    "let A : R^{n x n}, x : R^n; assume symmetric(A), x^T A x = 0; show A x = 0",
    "let A, B : R^{n x n}; assume psd(A), symmetric(B); show trace(A B) >= 0",
    "let A, B : R^{n x n}; assume psd(A), psd(B); show psd(A B)",
    "let A, B : R^{n x n}; assume spd(A), psd(B - A); show psd(B^{-1} - A^{-1})",
    "let A, B : R^{n x n}; assume spd(A), spd(B), A >= B; show A^{-1} >= B^{-1}",
    "let A, B : R^{n x n}, C : R^{n x p}; assume A >= B; show C^T B C >= C^T A C",
    "let A : R^{n x n}; assume psd(A); show psd(A - A^2)",
    "let A : R^{n x n}; assume A <= I; show A^2 <= A",
    "let A, B : R^{n x n}; assume psd(A), psd(B), A <= B; show A^2 <= B^2",
    "let A, B : R^{n x n}; assume psd(A), psd(B); show psd(B - A (A + B)^+ A)",
    "let A, B : R^{n x n}, mu : positive; assume psd(A), psd(B), A <= B; show (A + mu I)^{-1} <= (B + mu I)^{-1}",
    "let A, B : R^{n x n}; assume spd(A), spd(B); show A B^{-1} A <= 2 A - B",
    "let A, B : R^{n x n}; assume spd(A), spd(B), A <= B; show B^{-1} < A^{-1}",
    "let A, B : R^{n x n}; assume symmetric(A), symmetric(B), A B A = 0; show A B = 0",
    "let A : R^{n x n}; assume A A^T = A^T A, A^3 = I; show A = A^T",
    "let A, B : R^{n x n}; assume psd(A), psd(B); show Col(A + B) <= Col(A)",
    "let A, B : R^{n x n}; assume psd(A), trace(A B) = 0; show A B = 0",
]


@pytest.mark.parametrize(("text", "rule"), PROVED)
def test_what_is_true_is_proved_and_the_certificate_replays(text: str, rule: str) -> None:
    assert_proved(text, rule)


@pytest.mark.parametrize("text", NOT_PROVED)
def test_what_is_false_is_not_proved(text: str) -> None:
    assert_not_proved(text)
