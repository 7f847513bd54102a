"""Symbolic powers of a matrix and of a commuting reflexive inverse: facts about Drazin inverses."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved_without_oracle

ONE = "let A, X, Y : R^{n x n}, k, l : natural; assume X A X = X, A X = X A;"
INDEX = "assume A^{k+1} X = A^k;"

PROVED = [
    ONE + INDEX + "assume Y A Y = Y, A Y = Y A, A^{k+1} Y = A^k; show X = Y",
    ONE + INDEX + "assume Y A^{l+1} = A^l, Y A = A Y, Y A Y = Y; show Y = X",
    ONE + INDEX + "show X = A^k X^{k+1}",
    ONE + INDEX + "show X^{k+1} A^k = X",
    ONE + INDEX + "show Col(X) = Col(A^k)",
    ONE + INDEX + "show Null(X) = Null(A^k)",
]

NOT_PROVED = [
    ONE + INDEX + "assume A Y = Y A, A^{k+1} Y = A^k; show X = Y",
    ONE + INDEX + "assume Y A Y = Y, A^{k+1} Y = A^k; show X = Y",
    ONE + "assume Y A Y = Y, A Y = Y A, A^{k+1} Y = A^k; show X = Y",
    ONE + "show Col(X) = Col(A^k)",
]
"""Without Y A Y = Y, without A Y = Y A, without the index of X: each is needed."""


@pytest.mark.parametrize("text", PROVED)
def test_proved(text: str) -> None:
    assert_proved_without_oracle(text)


@pytest.mark.parametrize("text", NOT_PROVED)
def test_not_proved(text: str) -> None:
    assert_not_proved(text)
