# ruff: noqa: E501 - tables of one case a line
"""Ranks and traces: what is proved, by which rule, and near misses that are false."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved

PROVED = [
    ("let A : C^{m x n}, G : C^{n x m}; assume A G A = A; show trace(A G) = rank(A)", "ideal"),
    ("let A : R^{n x n}; assume A^4 = A; show trace(A^3) = rank(A)", "ideal"),
    ("let A, B : R^{n x n}; assume A B = 0, A + B = I; show rank(A) + rank(B) = n", "ideal"),
    ("let X : R^{m x n}, Y : R^{p x n}; assume psd(X^T X); show rank(X Y^T) <= rank(Y)", "rank"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show rank(A) <= rank(A + B)", "rank"),
    ("let A, B : R^{n x n}; assume psd(A), A <= B; show rank(A) <= rank(B)", "rank"),
    ("let A : R^{m x n}, G : R^{n x m}; assume A G A = A; show rank(G) >= rank(A)", "rank"),
    ("let A : R^{m x n}, G : R^{n x m}; assume A G A = A, G A G = G; show rank(G) = rank(A)", "rank"),
    ("let A : R^{n x n}; assume A A^+ = A^+ A; show rank(A^2) = rank(A)", "rank"),
    ("let A : R^{m x n}, B : R^{n x p}; show rank(A B) <= rank(A)", "rank"),
    ("let A : R^{m x n}, B : R^{n x p}; show rank(A B) <= rank(B)", "rank"),
    ("let A : R^{m x n}; show rank(A^T) = rank(A)", "spectral"),
    ("let A : R^{m x n}, P : R^{m x m}, Q : R^{n x n}; assume invertible(P), invertible(Q); show rank(P A Q) = rank(A)", "rank"),
    ("let A : R^{m x n}, B : R^{n x p}; assume B B^+ = I; show rank(A B) = rank(A)", "rank"),
    ("let A : R^{m x n}, B : R^{n x p}; assume rank(B) = n; show rank(A B) = rank(A)", "rank"),
    ("let A : R^{m x n}; show rank(A) <= n", "spectral"),
    ("let A : R^{m x n}; show rank(A) <= m", "spectral"),
    ("let A : R^{m x n}, B : R^{n x p}; assume rank(A) = n; show rank(A B) = rank(B)", "rank"),
    ("let A : R^{m x n}, B : R^{m x p}; assume Col(B) <= Col(A); show rank(B) <= rank(A)", "rank"),
    ("let A : R^{m x n}; show rank(A^T A) = rank(A)", "spectral"),
    ("let A : R^{m x n}; show rank(A^+) = rank(A)", "spectral"),
    ("let A : R^{m x n}; show rank(A A^T) = rank(A^T A)", "spectral"),
    ("let A : R^{m x n}; show rank(A A^+) = rank(A)", "spectral"),
    ("let A : R^{m x n}; assume rank(A) = n; show n <= m", "rank"),
    ("let A : R^{m x n}, B : R^{n x p}, C : R^{p x q}; show rank(A B C) <= rank(B)", "rank"),
    ("let A : R^{n x n}; assume invertible(A); show rank(A) = n", "ideal"),
    ("let A : R^{n x n}; assume rank(A) = n; show invertible(A)", "witness"),
    ("let A : R^{m x n}; assume rank(A) = 0; show A = 0", "spectral"),
    ("let A : R^{m x n}, B : R^{m x p}; assume Col(B) = Col(A); show rank(B) = rank(A)", "rank"),
    ("let A : R^{m x n}, B : R^{n x p}; assume rank(A B) = p; show rank(B) = p", "ideal"),
    ("let A : R^{m x n}, B : R^{n x p}; assume Row(A) = Col(B); show rank(A B) = rank(B)", "rank"),
    ("let A : R^{n x n}, B : R^{n x n}; assume invertible(A); show rank(A B A^{-1}) = rank(B)", "rank"),
    ("let u : R^m, v : R^n; show rank(u v^T) <= 1", "rank"),
    ("let A : R^{m x n}, G : R^{n x m}; assume A G A = A; show trace(A G) = rank(A)", "ideal"),
    ("let A : R^{n x n}; assume A^3 = A; show trace(A^2) = rank(A)", "ideal"),
    ("let A : R^{m x n}; show trace(I - A^+ A) = n - rank(A)", "spectral"),
    ("let E : R^{n x n}; assume idempotent(E); show rank(E) + rank(I - E) = n", "ideal"),
    ("let E : R^{n x n}; assume idempotent(E); show trace(E) = rank(E)", "ideal"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q), P Q = Q, trace(P) = trace(Q); show P = Q", "square"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q), Q P = Q, trace(P) = trace(Q); show P = Q", "square"),
    ("let A : R^{m x n}, B : R^{n x m}; show trace(A B) = trace(B A)", "rational"),
    ("let A : R^{m x n}; show trace(I - A A^+) = m - rank(A)", "spectral"),
    ("let E : R^{n x n}; assume idempotent(E); show rank(I - E) = n - rank(E)", "ideal"),
    ("let E, F : R^{n x n}; assume idempotent(E), idempotent(F), E F = 0, F E = 0; show rank(E + F) = rank(E) + rank(F)", "ideal"),
    ("let A : R^{m x n}, B : R^{n x p}; assume rank(A) = n, rank(B) = n; show rank(A B) = n", "rank"),
    ("let A : R^{m x n}, B : R^{n x p}; assume B = A^+ A B; show rank(A B) = rank(B)", "rank"),
    ("let A : R^{m x n}, X : R^{n x p}; show rank(A X X^T) <= rank(A X)", "rank"),
    ("let A : R^{m x n}, X : R^{n x p}; show rank(A X X^T) = rank(A X)", "rank"),
    ("let A : R^{m x n}, B : R^{n x p}; show rank(A^T A B) = rank(A B)", "rank"),
    ("let A, B : R^{n x n}; assume A B = B A, invertible(A); show rank(A B) = rank(B)", "rank"),
    ("let A, B : R^{n x n}; assume invertible(A B); show rank(A) = n", "ideal"),
    ("let u : R^m, v : R^n; assume u != 0, v != 0; show rank(u v^T) = 1", "rank"),
    ("let A : R^{m x n}, Q : R^{m x m}; assume orthogonal(Q); show rank(Q A) = rank(A)", "rank"),
    ("let A : R^{m x n}, C : R^{m x p}, R : R^{p x n}; assume A = C R; show rank(A) <= p", "rank"),
    ("let A, B : R^{n x n}, S : R^{n x n}; assume invertible(S), B = S^{-1} A S; show rank(B) = rank(A)", "rank"),
    ("let A, B : R^{n x n}, S : R^{n x n}; assume invertible(S), B = S^{-1} A S; show trace(B) = trace(A)", "ideal"),
    ("let P : R^{n x n}; assume projection(P); show trace(P) = rank(P)", "spectral"),
    ("let P : R^{n x n}; assume projection(P); show trace(I - P) = n - rank(P)", "spectral"),
    ("let A : R^{n x n}; assume A^2 = I; show rank(I + A) + rank(I - A) = n", "ideal"),
    ("let A : R^{n x n}; assume A^2 = A; show rank(A) + rank(A - I) = n", "ideal"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q), P Q = Q P; show trace(P Q) = rank(P Q)", "ideal"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q), P Q = 0; show rank(P + Q) = rank(P) + rank(Q)", "ideal"),
    ("let A : R^{m x n}, G : R^{n x m}; assume A G A = A; show rank(A G) = rank(A)", "rank"),
    ("let A : R^{m x n}, G : R^{n x m}; assume A G A = A; show rank(I - G A) = n - rank(A)", "ideal"),
    ("let A : R^{m x n}, G : R^{n x m}; assume G A G = G; show trace(A G) = rank(G)", "ideal"),
    ("let A : R^{m x n}, B : R^{n x m}; assume A B = I; show trace(B A) = m", "ideal"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q), Col(P) <= Col(Q), rank(P) = rank(Q); show P = Q", "square"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q), P <= Q, trace(P) = trace(Q); show P = Q", "square"),
    ("let A, B : R^{n x n}; assume 0 <= A, A <= B, trace(A) = trace(B); show A = B", "square"),
]  # fmt: skip

NOT_PROVED = [
    "let A, B : R^{n x n}; assume psd(A), symmetric(B); show rank(A) <= rank(A + B)",
    "let A, B : R^{n x n}; assume symmetric(A), A <= B; show rank(A) <= rank(B)",
    "let A : R^{m x n}, G : R^{n x m}; assume G A G = G; show rank(G) >= rank(A)",
    "let A : R^{m x n}, G : R^{n x m}; assume A G A = A; show rank(G) = rank(A)",
    "let A : R^{n x n}; show rank(A^2) = rank(A)",
    "let A : R^{m x n}, B : R^{n x p}; show rank(A) <= rank(A B)",
    "let A : R^{m x n}, P : R^{m x m}; show rank(P A) = rank(A)",
    "let A : R^{m x n}, B : R^{n x p}; assume rank(B) = p; show rank(A B) = rank(A)",
    "let A : R^{m x n}, B : R^{n x p}; assume rank(A) = m; show rank(A B) = rank(B)",
    "let A : R^{m x n}; show rank(A) >= n",
    "let A : R^{m x n}, B : R^{m x p}; assume Col(B) <= Col(A); show rank(B) = rank(A)",
    "let A : R^{m x n}, G : R^{n x m}; assume G A G = G; show trace(A G) = rank(A)",
    "let A : R^{n x n}; assume A^2 = A^4; show trace(A^2) = rank(A)",
    "let A : R^{n x n}; assume A^3 = A; show trace(A) = rank(A)",
    "let A : R^{m x n}; show trace(I - A^+ A) = m - rank(A)",
    "let E : R^{n x n}; show rank(E) + rank(I - E) = n",
    "let P, Q : R^{n x n}; assume projection(P), projection(Q), trace(P) = trace(Q); show P = Q",
    "let P, Q : R^{n x n}; assume idempotent(P), idempotent(Q), P Q = Q, trace(P) = trace(Q); show P = Q",
    "let u : R^m, v : R^n; assume u != 0; show rank(u v^T) = 1",
    "let A : R^{m x n}, C : R^{m x p}, R : R^{p x n}; assume A = C R; show rank(A) = p",
    "let A, B : R^{n x n}; assume A <= B, trace(A) <= trace(B); show A = B",
    "let A, B, C : R^{n x n}; assume symmetric(C), A <= B; show trace(A C) <= trace(B C)",
    "let A, B : R^{n x n}; assume invertible(A + B); show rank(A) = n",
]


@pytest.mark.parametrize(("text", "rule"), PROVED)
def test_what_is_true_is_proved_and_the_certificate_replays(text: str, rule: str) -> None:
    assert_proved(text, rule)


@pytest.mark.parametrize("text", NOT_PROVED)
def test_what_is_false_is_not_proved(text: str) -> None:
    assert_not_proved(text)
