"""Equations along flows by a linear rate, and what the rate at the start refutes."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved_without_oracle, statement

from lemmata.prove.answer import decide

LAYERS = (
    "let U : R^{p x h}(t), V : R^{h x n}(t), G : R^{p x n}(t), lambda : positive;"
    r"assume \dot U = -G V^T - lambda U, \dot V = -U^T G - lambda V;"
)
TWO = "let U, V : R^{n x n}(t), A, B : R^{n x n};"

PROVED = [
    LAYERS + "show U^T U - V V^T = e^{-2 lambda t} (U(0)^T U(0) - V(0) V(0)^T)",
    LAYERS + "show e^{-2 lambda t} (V(0) V(0)^T - U(0)^T U(0)) = V V^T - U^T U",
    LAYERS + "assume U(0)^T U(0) = V(0) V(0)^T; show U^T U = V V^T",
    TWO + r"assume \dot U = A V, \dot V = A U; show U + V = e^{t A} (U(0) + V(0))",
    TWO + r"assume \dot U = V B, \dot V = U B; show U - V = (U(0) - V(0)) e^{-t B}",
    TWO + r"assume \dot U = A U - U B, \dot V = A V - V B, U(0) = V(0); show U = V",
    TWO + r"assume \dot U = A U + U A^T, U(0)^T = U(0); show U^T = U",
    TWO + r"assume \dot U = A U - U A, U(0)^2 = U(0); show U^2 = U",
    TWO + r"assume A^T = -A, \dot U = A U - U A, U(0)^T = U(0); show U^T = U",
    r"let a, b, g : R(t), c : real; assume \dot a = -g b - c a, \dot b = -g a - c b;"
    "show a^2 - b^2 = e^{-2 c t} (a(0)^2 - b(0)^2)",
]
"""The difference g of the two sides has a rate A g + g B + c g, and starts at 0."""

NOT_PROVED = [
    LAYERS + "show U^T U - V V^T = e^{-lambda t} (U(0)^T U(0) - V(0) V(0)^T)",
    LAYERS + "show U^T U + V V^T = e^{-2 lambda t} (U(0)^T U(0) + V(0) V(0)^T)",
    LAYERS + "show U^T U = V V^T",
    TWO + r"assume \dot U = A V, \dot V = -A U; show U + V = e^{t A} (U(0) + V(0))",
    TWO + r"assume \dot U = A U + U B, \dot V = A V - V B, U(0) = V(0); show U = V",
    TWO + r"assume \dot U = A U + U A, U(0)^T = U(0); show U^T = U",
    TWO + r"assume \dot U = A U - U A, U(0)^T = U(0); show U^T = U",
]
"""Half the rate, another sign, a start that is not known, a transpose that is missing, A that is not skew."""


@pytest.mark.parametrize("text", PROVED)
def test_proved(text: str) -> None:
    assert_proved_without_oracle(text)


@pytest.mark.parametrize("text", NOT_PROVED)
def test_not_proved(text: str) -> None:
    assert_not_proved(text)


@pytest.mark.parametrize("exponent", ["-lambda t", "2 lambda t", "-2 t"])
def test_a_defined_quantity_is_refuted_by_its_rate(exponent: str) -> None:
    claim = statement(LAYERS + f"define D(t) = U^T U - V V^T; show D(t) = e^{{{exponent}}} D(0)")
    assert decide(claim, seconds=5).verdict == "refuted"


def test_a_function_given_in_time_does_not_rest() -> None:
    """D = e^{-t} D(0) at t = 0 would leave D free: no counterexample to a limit is made of that."""
    claim = statement("let D : R^{n x n}(t); assume D = e^{-t} D(0); show lim_{t -> oo} D = 0")
    assert decide(claim, seconds=2).verdict != "refuted"
