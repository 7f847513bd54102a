"""What is proved of determinants, and what a hypothesis less or another sign makes unprovable."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved_without_oracle

PROVED = [
    "let A, B, C : R^{n x n}; show det(A B C) = det(C A B)",
    "let A, B : C^{n x n}; show det(A^* B^*) = det(B A)^*",
    "let A, B : R^{n x n}; assume A B = I; show det(A) det(B) = 1",
    "let A, B, S : R^{n x n}; assume invertible(S), A S = S B; show det(A) det(S) = det(S) det(B)",
    "let A : R^{n x n}; assume A^T A = I; show det(A)^2 = 1",
    "let A : C^{n x n}; assume unitary(A); show det(A)^* det(A) = 1",
    "let A : R^{n x n}; assume A^3 = A; show det(A)^3 = det(A)",
    "let A : R^{n x n}, u, v : R^n; assume spd(A); show det(A - u v^T) = det(A) (1 - v^T A^{-1} u)",
    "let U : R^{n x p}, V : R^{p x n}, lambda : real; show det(I + lambda U V) = det(I + lambda V U)",
    "let A : R^{n x n}; assume det(A) != 0; show A adj(A)/det(A) = I",
    "let S : R^{n x n}(t); assume \\dot S = -S; show d/dt det(S) = -n det(S)",
    "let S : R^{n x n}(t), A, B : R^{n x n}; assume \\dot S = A S + S B; show d/dt det(S) = (tr(A) + tr(B)) det(S)",
    "let A : R^{n x n}, t : real; show det(e^{t A}) = e^{t tr(A)}",
    "let A : R^{n x n}; assume tr(A) = 0; show det(e^{A}) = 1",
    "let S : R^{n x n}; assume psd(S); show 1 + tr(S) <= det(I + S)",
    "let A : R^{m x n}, c : positive; show det(I + c A A^T) > c ||A||_F^2",
    "let S : R^{n x n}; show psd(S) ==> det(S + I) >= 1",
    "let S : R^{n x n}; assume S >= I; show det(S) >= 1 + tr(S - I)",
]
OPEN = [
    "let S : R^{n x n}; assume symmetric(S); show 1 + tr(S) <= det(I + S)",
    "let A : R^{m x n}, c : positive; show det(I + c A A^T) >= 1 + 2 c ||A||_F^2",
    "let S : R^{n x n}; assume psd(S); show det(S) >= tr(S)",
    "let A, B : R^{n x n}; show det(A B) = -det(B A)",
    "let A, B, S : R^{n x n}; assume A S = S B; show det(A) = det(B)",
    "let A : R^{n x n}; assume A^T A = I; show det(A) = 1",
    "let A : R^{n x n}, u, v : R^n; show det(A - u v^T) = det(A) (1 - v^T A^+ u)",
    "let U : R^{n x p}, V : R^{p x n}; show det(I + U V) = det(I - V U)",
    "let A : R^{n x n}; show det(A) != 0",
    "let S : R^{n x n}(t), A, B : R^{n x n}; assume \\dot S = A S B; show d/dt det(S) = tr(A B) det(S)",
    "let A : R^{n x n}; show det(e^{A}) = e^{2 tr(A)}",
    "let A, B : R^{n x n}; show adj(A B) = adj(A) adj(B)",
]


@pytest.mark.parametrize("text", PROVED)
def test_proved(text: str) -> None:
    assert_proved_without_oracle(text)


@pytest.mark.parametrize("text", OPEN)
def test_not_proved(text: str) -> None:
    assert_not_proved(text)


SIGNS = [
    "let A : R^{n x n}; assume psd(A); show det(A) >= 0",
    "let A : R^{n x n}; assume spd(A); show 0 < det(A)",
    "let A : R^{n x n}; show det(A^T A) >= 0",
    "let A : R^{n x n}, k : natural; show det(A^k) = det(A)^k",
    "let A : R^{n x n}, x : R^n; assume A x = 0, x != 0; show det(A) = 0",
    "let A : C^{n x n}, z : complex, x : C^n; assume A x = z x, x != 0; show det(A - z I) = 0",
]
NO_SIGNS = [
    "let A : R^{n x n}; show det(A) >= 0",
    "let A : R^{n x n}; assume psd(A); show det(A) > 0",
    "let A : R^{n x n}, x : R^n; assume A x = 0; show det(A) = 0",
    "let A : C^{n x n}, z : complex, x : C^n; assume A x = z x; show det(A - z I) = 0",
]


@pytest.mark.parametrize("text", SIGNS)
def test_signs_powers_and_zeros(text: str) -> None:
    assert_proved_without_oracle(text)


@pytest.mark.parametrize("text", NO_SIGNS)
def test_not_without_the_hypotheses(text: str) -> None:
    assert_not_proved(text)
