"""Forms x^* G x from matrix inequalities, forms that bound a recursion, and squares that are definite."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved_without_oracle, statement

from lemmata.prove.search import prove
from lemmata.prove.standard import standard

STABLE = "let A, C, P, Q : R^{n x n}, x : R^n(k), c : positive; assume x_{k+1} = A x_k;"
IDEMPOTENT = "let E : R^{n x n}; assume E^2 = E;"
GAUSS = "let X : R^{m x n}, V : R^{m x m}; assume rank(X) = n, spd(V);"
BLOCKS = "let A : C^{m x m}, B : C^{m x n}, D : C^{n x n};"

PROVED = [
    STABLE + "assume psd(P), psd(Q), A^T P A - P + Q <= 0; show x_k^T Q x_k <= x_0^T P x_0",
    STABLE + "assume psd(P), psd(Q), A^T P A - P = -Q; show x_0^T P x_0 >= x_k^T Q x_k",
    STABLE + "assume psd(P), A^T P A - P + C^T C <= 0; show ||C x_k||^2 <= x_0^T P x_0",
    STABLE + "assume A^T P A <= P, I <= P, P <= c I; show c ||x_0||^2 >= ||x_k||^2",
    "let A, P, Q : C^{n x n}, x : C^n; assume psd(P), A^* P A - P + Q <= 0, psd(Q); show x^* Q x <= x^* P x",
    IDEMPOTENT + "show invertible(E + E^T - I)",
    IDEMPOTENT + "show spd(I + (E - E^T) (E - E^T)^T)",
    GAUSS + "show invertible(X^T V^{-1} X)",
    GAUSS + "show (X^T V^{-1} X)^{-1} X^T V^{-1} = X^+ <==> Col(V X) <= Col(X)",
]

NOT_PROVED = [
    STABLE + "assume psd(Q), A^T P A - P + Q <= 0; show x_k^T Q x_k <= x_0^T P x_0",
    STABLE + "assume psd(P), psd(Q), A^T P A - P - Q <= 0; show x_k^T Q x_k <= x_0^T P x_0",
    STABLE + "assume A^T P A <= P, P <= c I; show ||x_k||^2 <= c ||x_0||^2",
    "let A, P, Q : R^{n x n}, x : R^n; assume A^T P A - P + Q <= 0; show x^T Q x <= x^T P x",
    "let E : R^{n x n}; assume E^3 = E; show invertible(E + E^T - I)",
    IDEMPOTENT + "show invertible(E + E^T)",
    IDEMPOTENT + "show spd((E - E^T) (E - E^T)^T)",
    "let X : R^{m x n}, V : R^{m x m}; assume spd(V); show invertible(X^T V^{-1} X)",
    GAUSS + "show (X^T V^{-1} X)^{-1} X^T V^{-1} = X^+",
    BLOCKS + "assume A^* = A, D^* = D; show rank([A B; B^* D]) = rank(A) + rank(D - B^* A^+ B)",
]
"""A hypothesis that is missing, a sign that is turned, the identity that is not left over."""


@pytest.mark.parametrize("text", PROVED)
def test_is_proved(text: str) -> None:
    assert_proved_without_oracle(text)


def test_albert() -> None:
    """The selectors of a partition are hypotheses of the standard form."""
    claim = "assume psd([A B; B^* D]); show rank([A B; B^* D]) = rank(A) + rank(D - B^* A^+ B)"
    assert prove(standard(statement(BLOCKS + claim))).theorem is not None


@pytest.mark.parametrize("text", NOT_PROVED)
def test_is_not_proved(text: str) -> None:
    assert_not_proved(text)
