# ruff: noqa: E501 - tables of one case a line
"""Null spaces of sums, full rank in other words, several unknowns, pseudoinverses of what is above, the minus order."""

from __future__ import annotations

import pytest
from proof_tables import statement

from lemmata.prove.search import prove
from lemmata.prove.standard import standard

PROVED = [
    # what a sum of semidefinite matrices annihilates
    "let A : C^{m x n}, B : C^{p x n}, C : C^{q x n}, x : C^n; assume (A^* A + B^* B + C^* C) x = 0; show B x = 0",
    "let A : R^{n x m}, B : R^{n x p}, x : R^n; assume x^T (A A^T + B B^T) = 0; show x^T B = 0",
    "let A : R^{m x n}, B : R^{p x n}, c : nonnegative; assume c A^T A + B^T B = 0; show B = 0",
    "let S : R^{n x n}, B : R^{p x n}, W : R^{p x p}, x : R^n; assume psd(S), spd(W); show x in Null(S + B^T W B) ==> B x = 0",
    # Cauchy and Schwarz for complex matrices
    "let A : C^{m x n}; assume rank(A) = n; show n <= ||A||_F ||A^+||_F",
    "let A : C^{m x n}; show ||A^+||_F ||A||_F >= rank(A)",
    # full rank in other words
    "let A : C^{m x n}; assume Null(I_n) = Null(A); show (A^* A)^{-1} A^* = A^+",
    "let A : R^{m x n}; assume dim Null(A) = 0; show (A^T A)^{-1} A^T = A^+",
    "let A : R^{m x n}; assume n <= rank(A); show A^+ A = I",
    "let A : R^{m x n}; assume Null(A)^\\perp = Col(I_n); show A^+ A = I",
    # several unknowns, or one in several places
    "let A : C^{m x n}, G, H : C^{n x m}; assume A G A = A; show A H A = A <==> (exists W : C^{n x m}. H = G + W - G A W A G)",
    "let A : C^{m x n}, G, H : C^{n x m}; assume A G A = A, A H A = A; show exists V, W : C^{n x m}. G + V (I - A G) + (I - G A) W = H",
    "let A : R^{m x n}, B : R^{p x q}, C : R^{m x q}, X : R^{n x p}; assume A X B = C; show exists W : R^{n x p}. X = A^+ C B^+ + W - A^+ A W B B^+",
    # pseudoinverses of what is above
    "let A, B : C^{n x n}; assume psd(A), B - A >= 0; show A >= A B^+ A",
    "let S, G : R^{n x n}; assume psd(S), psd(G); show S (S + G)^+ S <= S",
    "let A, B : R^{n x n}; assume psd(A), spd(B), A <= B; show tr(A B^{-1}) <= rank(A)",
    "let A, B : R^{n x n}; assume 0 <= A, A <= B; show tr(A B^+ A) <= tr(A)",
    # the minus order
    "let A, B : R^{m x n}; assume rank(A) = rank(B) + rank(A - B); show (A - B) A^+ B = 0",
    "let A, B : R^{m x n}, G : R^{n x m}; assume A G A = A; show rank(A - B) = rank(A) - rank(B) <==> (B G B = B and Col(B) <= Col(A) and Row(B) <= Row(A))",
    "let P, Q : C^{m x n}, X : C^{n x m}; assume (P + Q) X (P + Q) = P + Q, rank(P + Q) = rank(P) + rank(Q); show P X P = P",
]  # fmt: skip

NEAR_MISSES = [
    "let A : R^{m x n}, B : R^{p x n}, x : R^n; assume (A^T A - B^T B) x = 0; show A x = 0",
    "let A : R^{m x n}, B : R^{p x n}, x : R^n, c : nonnegative; assume (c A^T A + B^T B) x = 0; show A x = 0",
    "let A : R^{m x n}, B : R^{p x n}, x : R^n, c : real; assume (c A^T A + B^T B) x = 0; show B x = 0",
    "let S, B : R^{n x n}, x : R^n; assume symmetric(S), (S + B^T B) x = 0; show B x = 0",
    "let A : C^{m x n}; show 2 rank(A) <= ||A||_F ||A^+||_F",
    "let A : R^{m x n}; assume rank(A) >= n - 1; show A^+ A = I",
    "let A : R^{m x n}; assume rank(A) <= n; show A^+ A = I",
    "let A : R^{m x n}; assume Col(A) = Col(I_m); show A^+ A = I",
    "let A : R^{m x n}, G, H : R^{n x m}; assume A G A = A; show exists W : R^{n x m}. H = G + W - G A W A G",
    "let A, B : R^{n x n}; assume A <= B; show A B^+ A <= A",
    "let A, B : R^{n x n}; assume psd(A), A <= B; show A B A <= A",
    "let A, B : R^{m x n}, G : R^{n x m}; assume rank(A - B) = rank(A) - rank(B); show B G B = B",
    "let A, B : R^{m x n}, G : R^{n x m}; assume A G A = A, rank(A - B) <= rank(A) + rank(B); show B G B = B",
]


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim: str) -> None:
    outcome = prove(standard(statement(claim)), seconds=20)
    assert outcome.theorem is not None, outcome.tried
    assert not outcome.theorem.oracles and not outcome.theorem.cites


@pytest.mark.parametrize("claim", NEAR_MISSES)
def test_near_misses_stay_unproved(claim: str) -> None:
    assert prove(standard(statement(claim)), seconds=4).theorem is None
