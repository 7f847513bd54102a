# ruff: noqa: E501 - tables of one case a line
"""Ranges that meet in zero, strict norms of products, Douglas's multiples, and rank-one changes that lose a rank."""

from __future__ import annotations

import pytest
from proof_tables import statement

from lemmata.prove.search import prove
from lemmata.prove.standard import standard

TWO_PROJECTIONS = "let P, Q : C^{n x n}; assume projection(P), projection(Q)"

PROVED = [
    # two projections whose ranges meet in zero
    f"{TWO_PROJECTIONS}; show ||P Q|| < 1 <==> (forall v : C^n. (P v = v and Q v = v ==> v = 0))",
    f"{TWO_PROJECTIONS}; show (forall v : C^n. (v in Col(Q) and v in Col(P) ==> v = 0)) <==> 1 > ||P Q||",
    f"{TWO_PROJECTIONS}; show ||P Q|| < 1 <==> invertible(I - P Q)",
    f"{TWO_PROJECTIONS}; show invertible(I - P Q) <==> (forall v : C^n. (P v = v and Q v = v ==> v = 0))",
    # strict bounds on norms
    "let A, B : R^{n x n}, c : positive; assume B^T A^T A B < c^2 I; show ||A B|| < c",
    "let A, B : C^{n x n}; assume A B B^* A^* < 4 I; show 2 > ||A B||",
    "let A, B : R^{m x n}; assume ||A^T B|| < 1; show ||B^T A|| < 1",
    # what a definite matrix or an invertible one leaves of a vector
    "let A, B : R^{n x n}, v : R^n; assume ||A B|| < 1, A v = v, B v = v; show v = 0",
    "let A, B : R^{n x n}, v : R^n; assume invertible(I - A B), A v = v, B v = v; show v = 0",
    # multiples
    "let A : R^{m x n}, B : R^{m x p}; show Col(A) <= Col(B) <==> (exists c : real. A A^T <= c B B^T)",
    "let A : C^{m x n}, B : C^{m x p}; show (exists c : nonnegative. c B B^* >= A A^*) <==> Col(A) <= Col(B)",
    "let A : R^{m x n}, B : R^{m x p}; show (exists X : R^{p x n}. A = B X) <==> (exists c : real. A A^T <= c B B^T)",
    "let A : R^{n x m}, B : R^{p x m}; assume Null(B) <= Null(A); show exists c : positive. A^T A <= c B^T B",
    "let A : R^{m x n}, B : R^{m x p}; assume Col(A) <= Col(B); show exists c : positive. c A A^T <= B B^T",
    "let A : R^{n x m}, B : R^{p x m}; assume Null(B) <= Null(A); show exists c : real. forall x : R^m. ||A x|| <= c ||B x||",
    "let A : R^{n x m}, B : R^{p x m}; assume Null(B) <= Null(A); show forall x : R^m. ||A x||^2 <= ||A B^+||^2 ||B x||^2",
    "let A, C : R^{m x n}, B : R^{m x p}; assume Col(A) <= Col(B), Col(C) <= Col(B); show exists c : real. A A^T + 2 C C^T <= c B B^T",
    # changes of rank one
    "let A : R^{m x n}, u : R^m, v : R^n; assume u in Col(A), v in Row(A), v^T A^+ u = -1; show rank(A + u v^T) + 1 = rank(A)",
    "let A : C^{m x n}, u : C^m, v : C^n; assume v in Row(A), u in Col(A), 1 = 2 v^* A^+ u; show rank(A - 2 u v^*) = rank(A) - 1",
    "let A : R^{m x n}, u : R^m, v : R^n; assume u in Col(A), v in Row(A); show v^T A^+ u != -1 <==> rank(A + u v^T) = rank(A)",
]  # fmt: skip

NEAR_MISSES = [
    f"{TWO_PROJECTIONS}; show ||P Q|| <= 1 <==> (forall v : C^n. (P v = v and Q v = v ==> v = 0))",
    f"{TWO_PROJECTIONS}; show ||P Q|| < 1 <==> (forall v : C^n. (P v = v ==> v = 0))",
    f"{TWO_PROJECTIONS}; show ||P Q|| < 1 <==> invertible(I + P Q)",
    "let P, Q : R^{n x n}; assume idempotent(P), projection(Q), forall v : R^n. (P v = v and Q v = v ==> v = 0); show ||P Q|| < 1",
    "let A, B : R^{n x n}, c : positive; assume B^T A^T A B <= c^2 I; show ||A B|| < c",
    "let A, B : R^{n x n}, c : positive; assume B^T A^T A B < c I; show ||A B|| < c",
    "let A, B : R^{n x n}, v : R^n; assume ||A B|| <= 1, A v = v, B v = v; show v = 0",
    "let A, B : R^{n x n}, v : R^n; assume invertible(I + A B), A v = v, B v = v; show v = 0",
    "let A : R^{m x n}, B : R^{m x p}; show exists c : real. A A^T <= c B B^T",
    "let A : R^{m x n}, B : R^{m x p}; assume Col(B) <= Col(A); show exists c : real. A A^T <= c B B^T",
    "let A : R^{m x n}, B : R^{m x p}; assume Col(A) <= Col(B); show exists c : positive. A A^T >= c B B^T",
    "let A : R^{n x m}, B : R^{p x m}; assume Null(A) <= Null(B); show exists c : real. forall x : R^m. ||A x|| <= c ||B x||",
    "let A : R^{m x n}, B : R^{m x p}; assume Col(A) <= Col(B); show A A^T <= ||B^+ A|| B B^T",
    "let A : R^{m x n}, u : R^m, v : R^n; assume u in Col(A), v^T A^+ u = -1; show rank(A + u v^T) + 1 = rank(A)",
    "let A : R^{m x n}, u : R^m, v : R^n; assume u in Col(A), v in Row(A), v^T A^+ u = 1; show rank(A + u v^T) + 1 = rank(A)",
]  # fmt: skip


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim: str) -> None:
    outcome = prove(standard(statement(claim)), seconds=20)
    assert outcome.theorem is not None, outcome.tried
    assert not outcome.theorem.oracles and not outcome.theorem.cites


@pytest.mark.parametrize("claim", NEAR_MISSES)
def test_near_misses_stay_unproved(claim: str) -> None:
    assert prove(standard(statement(claim)), seconds=3).theorem is None
