# ruff: noqa: E501 - tables of one case a line
"""Mixtures, outer products, least solutions, limits that are equal, perturbed pseudoinverses; what a change makes false."""

from __future__ import annotations

import pytest
from proof_tables import statement

from lemmata.kernel.check import check
from lemmata.kernel.term import subterms
from lemmata.prove.search import prove
from lemmata.prove.standard import standard

TWO = "let A, B : R^{n x n}, c : real; assume spd(A), spd(B), 0 <= c, c <= 1; "
PROVED = [
    TWO + "show (c A + (1 - c) B)^{-1} <= c A^{-1} + (1 - c) B^{-1}",
    TWO + "show (c A^{-1} + (1 - c) B^{-1})^{-1} <= c A + (1 - c) B",
    "let S, G : C^{n x n}, a, b : nonnegative; assume spd(S), spd(G), a + b = 1; show a S^{-1} + b G^{-1} >= (a S + b G)^{-1}",
    "let A, B : R^{n x n}, x, y : R^n; assume spd(A), spd(B); show (x + y)^T (A + B)^{-1} (x + y) <= x^T A^{-1} x + y^T B^{-1} y",
    "let A, B : R^{n x n}, a, b : nonnegative; assume spd(A), spd(B), a + b > 0; show spd(a A + b B)",
    "let A, B, C, D : C^{n x n}, c : real; assume A <= B, C <= D, 0 <= c, c <= 1; show c A + (1 - c) C <= c B + (1 - c) D",
    "let S : R^{n x n}, w : R^n, k, s : positive; assume spd(S), k ||w||^2 <= 2 s; show (S + k I)^{-1} (s S + k^2 w w^T) (S + k I)^{-1} <= s S^{-1}",
    "let x : C^m, y : C^n; show ||x y^*|| = ||x|| ||y||",
    "let A : R^{m x n}, u, x : R^m, v, y : R^n; show ||A + u v^T - x y^T|| <= ||A|| + ||u|| ||v|| + ||x|| ||y||",
    "let A : C^{m x n}, b, y : C^m; assume y in Col(A); show ||[b A]^+ y|| <= ||A^+ y||",
    "let A : R^{m x n}, C : R^{p x n}, y : R^m, d : R^p; assume [y; d] in Col([A; C]); show ||A^+ y|| <= ||[A; C]^+ [y; d]||",
    "let A : R^{m x n}, y : R^m; show lim_{t -> 0+} ((I - e^{-t A^T A}) A^+ y) / t = lim_{t -> 0+} ((t A^T A + I)^{-1} A^T y)",
    "let F, G : C^{m x n}; show F G^* = G F^* and Col(G) <= Col(F) <==> (exists Y : C^{n x n}. symmetric(Y) and F Y = G)",
    "let A, B : C^{m x n}; show (exists X : C^{n x n}. psd(X) and A X = B) <==> psd(B A^*) and rank(B A^*) = rank(B)",
    "let A, B : R^{m x n}; show (exists X : R^{m x m}. psd(X) and X A = B) <==> psd(A^T B) and rank(A^T B) = rank(B)",
    "let X, Y : C^{m x n}; assume rank(Y) = rank(X), ||X - Y|| ||X^+|| < 1; show ||Y^+|| <= ||X^+|| / (1 - ||X^+|| ||X - Y||)",
]
NOT_PROVED = [
    "let A, B : R^{n x n}, c : real; assume spd(A), spd(B), 0 < c, c < 1; show c A^{-1} + (1 - c) B^{-1} <= (c A + (1 - c) B)^{-1}",
    "let A, B : R^{n x n}, a, b : nonnegative; assume spd(A), spd(B); show spd(a A + b B)",
    "let A, B : R^{n x n}, c : real; assume spd(A), psd(B), 0 <= c, c <= 1; show spd(c A + (1 - c) B)",
    "let S : R^{n x n}, w : R^n, k, s : positive; assume spd(S), k ||w||^2 <= 3 s; show (S + k I)^{-1} (s S + k^2 w w^T) (S + k I)^{-1} <= s S^{-1}",
    "let u, v : R^m; show ||I + u v^T|| = 1 + ||u|| ||v||",
    "let A : R^{m x n}, b, y : R^m; show ||[A b]^+ y|| <= ||A^+ y||",
    "let A : R^{m x n}, b, y : R^m; assume y in Col(A); show ||[A b]^+ y|| >= ||A^+ y||",
    "let A : R^{m x n}; show lim_{t -> oo} e^{-t A^T A} A^T = lim_{t -> 0+} A^T e^{-t A A^T}",
    "let A, B : R^{m x n}; assume Col(B) <= Col(A); show exists X : R^{n x n}. A X = B and X^T = X",
    "let A, B : R^{m x n}; show (exists X : R^{n x n}. psd(X) and A X = B) <==> psd(B A^T)",
    "let A, B : R^{m x n}; assume ||A^+|| ||B - A|| < 1; show ||B^+|| (1 - ||A^+|| ||B - A||) <= ||A^+||",
    "let A, B : R^{m x n}; assume rank(A) = rank(B), ||A^+|| ||B - A|| < 1; show ||B^+|| (1 + ||A^+|| ||B - A||) <= ||A^+||",
]


@pytest.mark.parametrize("text", PROVED)
def test_proved(text: str) -> None:
    claim = standard(statement(text))
    outcome = prove(claim, seconds=20)
    assert outcome.proof is not None, outcome.tried
    assert check("again", claim, outcome.proof, {}).statement == claim


@pytest.mark.parametrize("text", NOT_PROVED)
def test_not_proved(text: str) -> None:
    outcome = prove(standard(statement(text)), seconds=3)
    assert outcome.theorem is None, "proved"


def test_a_limit_from_above_gives_its_letter_another_name_where_it_has_a_meaning_outside() -> None:
    claim = statement(
        "let A : R^{n x n}, t : time; assume psd(A); show e^{-t A} lim_{t -> 0+} (I - e^{-t A}) / t = A e^{-t A}"
    )
    (limit,) = {x for x in subterms(standard(claim).show) if x.head == "limit"}
    assert limit.args[1].name != "t"
    assert limit.args[1].value[3] == "positive"
