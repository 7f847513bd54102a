"""Schur complements of definite and semidefinite block matrices; near misses that are false."""

from __future__ import annotations

import pytest
from proof_tables import statement

from lemmata.kernel.check import check
from lemmata.prove.search import prove
from lemmata.prove.standard import standard

BLOCKS = "let A : R^{n x n}, B : R^{n x m}, D : R^{m x m}; "

PROVED = [
    "assume [A B; B^T D] > 0; show D - B^T A^{-1} B > 0",
    "assume spd(A); show spd([A B; B^T D]) <==> spd(D - B^T A^{-1} B)",
    "assume A >= 0; assume Col(B) <= Col(A); assume D - B^T A^+ B >= 0; show [A B; B^T D] >= 0",
    "assume [A B; B^T D] >= 0; show D - B^T A^+ B >= 0",
    "assume [A B; B^T D] >= 0; show Col(B) <= Col(A)",
    "assume A >= 0; show [A B; B^T D] >= 0 <==> Col(B) <= Col(A) and D - B^T A^+ B >= 0",
    "assume Col(B) <= Col(A); show rank([A B; 0 D]) = rank(A) + rank(D)",
    "assume spd(A), rank(B) = m; show invertible([A B; B^T 0])",
    "assume ||B|| <= 1; show psd([I B; B^T I])",
]

NOT_PROVED = [
    "assume [A B; B^T D] >= 0; show D - B^T A^+ B > 0",
    "assume A >= 0; assume D - B^T A^+ B >= 0; show [A B; B^T D] >= 0",
    "assume spd(A); show spd([A B; B^T D]) <==> psd(D - B^T A^{-1} B)",
    "assume spd(A); show invertible([A B; B^T 0])",
    "show rank([A B; 0 D]) = rank(A) + rank(D)",
    "assume ||B|| <= 2; show psd([I B; B^T I])",
]


@pytest.mark.parametrize("text", PROVED)
def test_proved(text: str) -> None:
    claim = standard(statement(BLOCKS + text))
    outcome = prove(claim, seconds=20)
    assert outcome.proof is not None, outcome.tried
    assert check("again", claim, outcome.proof, {}).statement == claim


@pytest.mark.parametrize("text", NOT_PROVED)
def test_not_proved(text: str) -> None:
    assert prove(standard(statement(BLOCKS + text)), seconds=3).theorem is None
