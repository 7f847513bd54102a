# ruff: noqa: E501 - tables of one case a line
"""Norms of ordered matrices and of blocks, forms in new variables, traces of an order; near misses that are false."""

from __future__ import annotations

import pytest
from proof_tables import statement

from lemmata.kernel.check import check
from lemmata.prove.search import prove
from lemmata.prove.standard import standard

BETWEEN = "let A, B : R^{n x n}; assume symmetric(A), symmetric(B), -B <= A, A <= B; "
ORDERED = [
    BETWEEN + "show ||A||_F <= ||B||_F",
    BETWEEN + "show ||A|| <= ||B||",
    BETWEEN + "show ||B||^2 >= ||A||^2",
    BETWEEN + "show tr(A^2) <= tr(B^2)",
    "let A, B : C^{n x n}; assume psd(A), A <= B; show ||A|| <= ||B||",
    "let A, B, C : R^{n x n}; assume A <= B, psd(C), psd(A); show ||C A C||_F <= ||C B C||_F",
    "let A, B : R^{n x n}, c : positive; assume symmetric(A), symmetric(B), -c B <= A, A <= c B; show ||A||_F <= c ||B||_F",
    "let A, B : R^{n x n}, c : positive; assume symmetric(A), symmetric(B), -c B <= A, A <= c B; show ||A|| <= c ||B||",
]
BLOCK = "let A : R^{m x m}, X : R^{m x n}, B : R^{n x n}, u : R^m, v : R^n; assume [A, X; X^T, B] >= 0; "
BLOCKS = [
    BLOCK + "show ||X||^2 <= ||A|| ||B||",
    BLOCK + "show ||X||_F^2 <= ||A||_F ||B||_F",
    BLOCK + "show 2 ||X||_F <= ||A||_F + ||B||_F",
    BLOCK + "show (u^T X v)^2 <= (u^T A u) (v^T B v)",
    "let P : R^{k x m}, Q : R^{k x n}; show ||P^T Q||^2 <= ||P^T P|| ||Q^T Q||",
]
WEIGHTED = "let A, B : R^{m x n}, S : R^{m x m}, c : positive; assume spd(S); "
NEW_VARIABLES = [
    WEIGHTED + "show 2 tr(A^T B) <= c tr(A^T S A) + 1/c tr(B^T S^{-1} B)",
    WEIGHTED + "show A^T B + B^T A <= c A^T S A + 1/c B^T S^{-1} B",
    WEIGHTED + "show psd(A^T S A + B^T S^{-1} B - A^T B - B^T A)",
    "let A, B : C^{m x n}, S : C^{m x m}, c : positive; assume psd(S), S S^+ B = B; show A^* B + B^* A <= c A^* S A + 1/c B^* S^+ B",
    "let A, B : R^{m x n}, G : R^{n x n}; assume spd(G); show tr(A G A^T) + tr(B G^{-1} B^T) >= 2 tr(A B^T)",
]
RIDGE = "let A : R^{m x n}, w : R^n, lambda, s : positive; "
ERROR = "show lambda^2 ||R w||^2 + s tr(R A^T A R) <= s tr((A^T A)^{-1})".replace(
    "R", "(A^T A + lambda I)^{-1}"
)
LIFTED = [
    RIDGE + "assume rank(A) = n, lambda ||w||^2 <= 2 s; " + ERROR,
    "let A : R^{m x n}, w : R^n; show ||A^T A w||^2 <= ||w||^2 tr(A^T A A^T A)",
    "let A : R^{m x n}, w : R^n, c : positive; assume c ||w||^2 <= 1; show c ||A w||^2 + tr(A A^T) <= 2 tr(A A^T)",
]
BELOW = [
    "let S : R^{n x n}, x : R^n; assume psd(S); show x x^T <= S <==> (x in Col(S) and x^T S^+ x <= 1)",
    "let S : C^{n x n}, x : C^n, c : positive; assume psd(S), x in Col(S); show x^* S^+ x <= c <==> x x^* <= c S",
    "let A : R^{m x n}, y : R^m; assume y in Col(A); show y y^T <= A A^T <==> y^T (A A^T)^+ y <= 1",
    "let S, G : R^{n x n}; assume S >= 0, G >= 0; show 4 S (S + G)^+ G <= S + G",
    "let S, P : R^{n x n}; assume spd(S), projection(P); show (P S P)^+ <= P S^{-1} P",
]
MISSES = [
    "let A, B : R^{n x n}; assume symmetric(A), symmetric(B), A <= B; show ||A||_F <= ||B||_F",
    "let A, B : R^{n x n}; assume symmetric(A), symmetric(B), -B <= A; show ||A|| <= ||B||",
    "let A, B : R^{n x n}; assume symmetric(A), symmetric(B), -2 B <= A, A <= 2 B; show ||A|| <= ||B||",
    "let A, B, C : R^{n x n}; assume A <= B, psd(C), psd(B); show ||C A C||_F <= ||C B C||_F",
    BLOCK + "show 2 ||X||^2 <= ||A|| ||B||",
    BLOCK.replace(">= 0", "<= 0") + "show ||X|| <= ||A||",
    BLOCK.replace("assume [A, X; X^T, B] >= 0", "assume psd(A), psd(B)") + "show ||X||^2 <= ||A|| ||B||",
    WEIGHTED + "show 3 tr(A^T B) <= c tr(A^T S A) + 1/c tr(B^T S^{-1} B)",
    WEIGHTED.replace("spd(S)", "symmetric(S), invertible(S)")
    + "show 2 tr(A^T B) <= c tr(A^T S A) + 1/c tr(B^T S^{-1} B)",
    WEIGHTED.replace("spd", "psd") + "show A^T B + B^T A <= c A^T S A + 1/c B^T S^+ B",
    RIDGE + "assume rank(A) = n, lambda ||w||^2 <= 3 s; " + ERROR,
    "let A : R^{m x n}, w : R^n; show 2 ||A^T A w||^2 <= ||w||^2 tr(A^T A A^T A)",
    "let S : R^{n x n}, x : R^n; assume psd(S), x^T S^+ x <= 1; show x x^T <= S",
    "let S : R^{n x n}, x : R^n; assume psd(S), x in Col(S), x^T S^+ x <= 2; show x x^T <= S",
    "let S, G : R^{n x n}; assume S >= 0, symmetric(G); show 4 S (S + G)^+ G <= S + G",
    "let S, P : R^{n x n}; assume psd(S), projection(P); show (P S P)^+ <= P S^+ P",
    "let S, P : R^{n x n}; assume spd(S), symmetric(P); show (P S P)^+ <= P S^{-1} P",
]


@pytest.mark.parametrize("text", [*ORDERED, *BLOCKS, *NEW_VARIABLES, *LIFTED, *BELOW])
def test_is_proved(text: str) -> None:
    claim = standard(statement(text))
    outcome = prove(claim, seconds=20)
    assert outcome.proof is not None, outcome.tried
    assert check("again", claim, outcome.proof, {}).statement == claim


@pytest.mark.parametrize("text", MISSES)
def test_a_near_miss_is_not(text: str) -> None:
    outcome = prove(standard(statement(text)), seconds=3)
    assert outcome.theorem is None, "proved"
    assert outcome.tried or outcome.missing, "no reason is given"
