# ruff: noqa: E501 - tables of one case a line
"""Ranks by elimination, of sums of idempotents, by Wedderburn's reduction, and the minus order; near misses."""

from __future__ import annotations

import pytest
from proof_tables import statement

from lemmata.prove.search import prove
from lemmata.prove.standard import standard

PROVED = [
    # columns, then rows
    "let A : R^{m x n}, B : R^{m x p}, C : R^{q x n}; show rank([A B; C 0]) = rank(B) + rank(C) + rank((I - B B^+) A (I - C^+ C))",
    "let K : C^{m x n}, L : C^{m x p}, M : C^{q x n}; show rank([0 M; L K]) - rank(L) - rank(M) = rank((I - L L^+) K (I - M^+ M))",
    # idempotents by their equation
    "let P, Q : R^{n x n}; assume P^2 = P, Q = Q^2; show rank(P - Q) = rank([P; Q]) + rank([P Q]) - rank(P) - rank(Q)",
    # the sum of two
    "let P, Q : C^{n x n}; assume P^2 = P, Q^2 = Q; show rank(P + Q) = rank([P Q; Q 0]) - rank(Q)",
    "let E, F : R^{n x n}; assume idempotent(E), idempotent(F); show rank(F + E) = rank(E) + rank((I - E) F (I - E))",
    # Wedderburn
    "let A : R^{m x n}, x : R^n, y : R^m; assume y^T A x != 0; show rank(A - \\frac{A x y^T A}{y^T A x}) = rank(A) - 1",
    "let A : R^{m x n}, x : R^n, y : R^m; assume x^T A^T y != 0; show rank(A x y^T) = 1",
    # the minus order
    "let A, B : R^{m x n}; show rank(B - A) = rank(B) - rank(A) <==> B B^+ A = A and A B^+ B = A and A B^+ A = A",
]  # fmt: skip

NEAR_MISSES = [
    "let A : R^{m x n}, B : R^{m x p}, C : R^{q x n}; show rank([A B; C 0]) = rank(B) + rank(C) + rank((I - B B^+) A)",
    "let P, Q : R^{n x n}; assume idempotent(P); show rank(P + Q) = rank([P Q; Q 0]) - rank(Q)",
    "let P, Q : R^{n x n}; assume P^2 = P, Q^2 = Q; show rank(P - Q) = rank([P Q; Q 0]) - rank(Q)",
    "let A : R^{m x n}, x : R^n, y : R^m; show rank(A x y^T) = 1",
    "let A : R^{m x n}, x : R^n, y : R^m; assume y^T A x != 0; show rank(A + \\frac{A x y^T A}{y^T A x}) = rank(A) - 1",
    "let A, B : R^{m x n}; show rank(B - A) = rank(B) - rank(A) <==> B B^+ A = A and A B^+ B = A",
]


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim: str) -> None:
    outcome = prove(standard(statement(claim)), seconds=20)
    assert outcome.theorem is not None, outcome.tried


@pytest.mark.parametrize("claim", NEAR_MISSES)
def test_near_miss(claim: str) -> None:
    assert prove(standard(statement(claim)), seconds=3).theorem is None
