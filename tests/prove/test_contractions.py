# ruff: noqa: E501 - tables of one case a line
"""Bounds on norms as inequalities between matrices: near projections, Neumann, Douglas, traces; and mutations."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved

PROVED = [
    ("let E : R^{m x n}; assume ||E|| < 1; show spd(I - E^T E)", "spectral"),
    ("let P, Q : C^{m x n}; assume ||P - Q|| < 2; show (P - Q) (P - Q)^* < 4 I", "positive"),
    ("let B : R^{m x p}, X, Y : R^{p x n}; assume ||X - Y|| <= 2; show B (X - Y) (X - Y)^T B^T <= 4 B B^T", "positive"),
    ("let E : R^{n x n}; assume ||E|| < 1; show invertible(I - E)", "witness"),
    ("let E, F : R^{n x n}; assume 1 > ||E - F||; show invertible(I + F - E)", "witness"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q), ||P - Q|| < 1; show rank(P) = rank(Q)", "rank"),
    ("let P, Q : C^{n x n}; assume idempotent(P), idempotent(Q), ||Q - P|| < 1; show rank(Q) = rank(P)", "rank"),
    ("let A : R^{m x n}, B : R^{m x p}; assume A A^T <= B B^T; show ||B^+ A|| <= 1", "positive"),
    ("let A : R^{m x n}, B : R^{p x n}, c : positive; assume A^T A <= c B^T B; show ||A B^+||^2 <= c", "positive"),
    ("let A : R^{m x n}, B : R^{m x p}; show A A^T <= B B^T <==> (exists X : R^{p x n}. B X = A and ||X|| <= 1)", "implies"),
    ("let X : R^{n x n}; assume ||X|| <= 1; show tr(X) <= rank(X)", "positive"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q); show tr(P Q) <= rank(P Q)", "positive"),
    ("let P : R^{n x n}(t); assume idempotent(P); show tr(\\dot P) = 0", "ideal"),
    ("let E, F : R^{n x n}; assume idempotent(E), E F + F E = F; show tr(F) = 0", "ideal"),
]  # fmt: skip

MUTATIONS = [
    "let E : R^{m x n}; assume ||E|| <= 1; show spd(I - E^T E)",
    "let P, Q : R^{m x n}; assume ||P - Q|| < 2; show (P - Q) (P - Q)^T < 2 I",
    "let E : R^{n x n}; assume ||E|| <= 1; show invertible(I - E)",
    "let E, F : R^{n x n}; assume 2 > ||E - F||; show invertible(I + F - E)",
    "let P, Q : R^{n x n}; assume projection(P), projection(Q), ||P - Q|| <= 1; show rank(P) = rank(Q)",
    "let P, Q : R^{n x n}; assume idempotent(P), ||P - Q|| < 1; show rank(P) = rank(Q)",
    "let A : R^{m x n}, B : R^{m x p}; assume A A^T <= 2 B B^T; show ||B^+ A|| <= 1",
    "let A : R^{m x n}, B : R^{m x p}; show A A^T <= B B^T <==> (exists X : R^{p x n}. B X = A and ||X|| <= 2)",
    "let A : R^{m x n}, B : R^{m x p}; show A A^T <= B B^T <==> ||B^+ A|| <= 1",
    "let X : R^{n x n}; assume ||X|| <= 2; show tr(X) <= rank(X)",
    "let P, Q : R^{n x n}; assume projection(P), idempotent(Q); show tr(P Q) <= rank(P Q)",
    "let P : R^{n x n}(t); assume symmetric(P); show tr(\\dot P) = 0",
    "let E, F : R^{n x n}; assume idempotent(E), E F + F E = E F E; show tr(F) = 0",
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule"), PROVED)
def test_what_a_bound_on_a_norm_says(text: str, rule: str) -> None:
    assert_proved(text, rule)


@pytest.mark.parametrize("text", MUTATIONS)
def test_without_a_hypothesis_or_with_another_bound_there_is_no_proof(text: str) -> None:
    assert_not_proved(text)
