# ruff: noqa: E501 - tables of one case a line
"""Ranks of products of complements, ranks and pseudoinverses after a change, and minimisers that are the only one."""

from __future__ import annotations

import pytest
from proof_tables import statement

from lemmata.prove.search import prove
from lemmata.prove.standard import standard

PROVED = [
    # the meet of a null space and a range: either order, inner inverses, idempotents, column spaces, ranges
    "let A : C^{m x n}, B : C^{n x p}; show rank((I - B B^+) (I - A^+ A)) = rank(A B) - rank(A) - rank(B) + n",
    "let A : R^{m x n}, B : R^{n x p}; show rank((I - A^+ A) (I - B B^+)) = rank(A B) - rank(A) - rank(B) + n",
    "let A : R^{m x n}, B : R^{n x p}, G : R^{n x m}, H : R^{p x n}; assume A G A = A, B H B = B; show rank(A B) = rank(A) + rank(B) - n + rank((I - B H) (I - G A))",
    "let E, F : C^{n x n}; assume E^2 = E, idempotent(F); show rank((I - E) (I - F)) = n - rank(E) - rank(F) + rank(F E)",
    "let A, B : R^{m x n}; show rank((I - A A^+) (I - B B^+)) = m - rank(A) - rank(B) + rank(A^T B)",
    "let A : R^{m x n}, B : R^{n x p}; show (I - A^+ A) (I - B B^+) = 0 <==> rank(A B) = rank(A) + rank(B) - n",
    "let A : R^{m x n}, B : R^{n x p}; assume rank(A B) + n = rank(A) + rank(B); show Null(A) <= Col(B)",
    "let A : R^{n x n}; show rank(A^2) = 2 rank(A) - n <==> (I - A^+ A) = A A^+ (I - A^+ A)",
    # a change of rank one
    "let A : C^{m x n}, u : C^m, v : C^n; assume not (u in Col(A)), not (v in Row(A)); show rank(A - 3 u v^*) = rank(A) + 1",
    "let A : R^{m x n}, u : R^m, v : R^n; assume v in Row(A), not (u in Col(A)); show rank(A) = rank(A + u v^T)",
    "let A : R^{m x n}, u : R^m, v : R^n; assume u in Col(A), v in Row(A), 1 + v^T A^+ u != 0; show rank(A + u v^T) = rank(A)",
    "let S : R^{n x n}, b : R^n; assume psd(S), not (b in Col(S)); show rank(S + b b^T) = rank(S) + 1",
    # pseudoinverses, and what does not vanish
    "let G : C^{n x n}, c : C^n; assume psd(G), c in Col(G); show (G + c c^*)^+ = G^+ - \\frac{1}{1 + c^* G^+ c} G^+ c c^* G^+",
    "let H : R^{n x n}, w : R^n; assume H >= 0, w in Row(H); show (H + 2 w w^T)^+ = H^+ - \\frac{2}{1 + 2 w^T H^+ w} H^+ w w^T H^+",
    "let A : R^{m x n}, x : R^n; show 2 + x^T (A^T A)^+ x != 0",
    # one minimiser only
    "let A : C^{m x n}, y : C^m, w : C^n; assume w = argmin_v ||A v - y||; show rank(A) = n",
    "let A : R^{m x n}, y : R^m, w : R^n; show w = argmin_v ||A v - y||^2 <==> (rank(A) = n and w = A^+ y)",
    "let A : R^{m x n}, y : R^m, w : R^n; assume w = argmin_v ||A v - y||^2; show w = (A^T A)^{-1} A^T y",
    "let A : R^{m x n}, y : R^m, w : R^n; assume w = argmin_v ||A v - y||^2; show n <= m",
    "let S : R^{n x n}, b, w : R^n; assume S^T = S, w = argmin_v (1/2 v^T S v - b^T v); show w = S^{-1} b",
]  # fmt: skip

NEAR_MISSES = [
    "let A : R^{m x n}, B : R^{n x p}; show rank((I - A^+ A) (I - B B^+)) = rank(A B) - rank(A) + rank(B)",
    "let A : R^{m x n}, B : R^{n x p}, G : R^{n x m}, H : R^{p x n}; assume A G A = A; show rank(A B) = rank(A) + rank(B) - n + rank((I - B H) (I - G A))",
    "let E, F : R^{n x n}; assume idempotent(E), idempotent(F); show rank((I - E) (I - F)) = n - rank(E) - rank(F) + rank(E F)",
    "let A : R^{m x n}, u : R^m, v : R^n; assume not (u in Col(A)); show rank(A + u v^T) = rank(A) + 1",
    "let A : R^{m x n}, u : R^m, v : R^n; assume u in Col(A), v in Row(A), 1 - v^T A^+ u != 0; show rank(A + u v^T) = rank(A)",
    "let S : R^{n x n}, b : R^n; assume psd(S); show (S + b b^T)^+ = S^+ - \\frac{1}{1 + b^T S^+ b} S^+ b b^T S^+",
    "let S : R^{n x n}, b : R^n; assume S^T = S; show 1 + b^T S^+ b != 0",
    "let A : R^{m x n}, y : R^m, w : R^n; assume forall v : R^n. ||A w - y|| <= ||A v - y||; show rank(A) = n",
    "let A : R^{m x n}, y : R^m, w : R^n; assume w = argmin_v ||A v - y||^2; show rank(A) = m",
]


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim: str) -> None:
    outcome = prove(standard(statement(claim)), seconds=20)
    assert outcome.theorem is not None, outcome.tried
    assert not outcome.theorem.oracles and not outcome.theorem.cites


@pytest.mark.parametrize("claim", NEAR_MISSES)
def test_near_misses_stay_unproved(claim: str) -> None:
    assert prove(standard(statement(claim)), seconds=3).theorem is None
