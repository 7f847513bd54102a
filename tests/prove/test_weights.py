# ruff: noqa: E501 - tables of one case a line
"""Squares with scalar symbols, outer products, products of quadratic forms; near misses that are false."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved, assert_proved_without_oracle

YOUNG = [
    "let A, B : R^{m x n}, c : positive; show A^T B + B^T A <= c A^T A + \\frac{1}{c} B^T B",
    "let A, B : C^{m x n}, c : positive; show -A^* B - B^* A <= c A^* A + \\frac{1}{c} B^* B",
    "let A, B : R^{m x n}, c : positive; show c A A^T + c^{-1} B B^T >= A B^T + B A^T",
    "let A, B : R^{m x n}, c : positive; show (A + B)^T (A + B) <= (1 + c) A^T A + (1 + 1/c) B^T B",
    "let A, B : R^{m x n}, a, b : positive; show \\frac{1}{a + b} (A + B)^T (A + B) <= \\frac{1}{a} A^T A + \\frac{1}{b} B^T B",
    "let A, B, C : R^{m x n}, a, b, c : positive; show (A + B + C)^T (A + B + C) <= (a + b + c) (A^T A / a + B^T B / b + C^T C / c)",
    "let A, B : R^{m x n}, a, b : positive; show a b (A^T B + B^T A) <= a^2 A^T A + b^2 B^T B",
    "let A, B : R^{m x n}, c : positive; show psd(c A^T A + \\frac{1}{c} B^T B - A^T B - B^T A)",
    "let A : R^{n x n}, c : positive; show A + A^T <= c I + \\frac{1}{c} A^T A",
    "let A, B : R^{m x n}, c : positive; show A^T B + B^T A < c A^T A + \\frac{1}{c} B^T B + I",
    "let A, B : R^{m x n}, c : positive; show 2 trace(A^T B) <= c ||A||_F^2 + ||B||_F^2 / c",
    "let S : R^{n x n}, A, B : R^{n x m}, c : positive; assume psd(S); show A^T S B + B^T S A <= c A^T S A + 1/c B^T S B",
    "let S : R^{n x n}, A : R^{n x m}, u, v : R^m, c : positive; assume psd(S); show 2 u^T A^T S A v <= c u^T A^T S A u + v^T A^T S A v / c",
    "let A, B : R^{m x n}, a, b : positive; assume a + b = 1; show (a A + b B)^T (a A + b B) <= a A^T A + b B^T B",
    "let A, B, C : R^{m x n}, a, b, c : nonnegative; assume a + b + c = 1; show (a A + b B + c C)^T (a A + b B + c C) <= a A^T A + b B^T B + c C^T C",
]
OUTER = [
    ("let v : R^n; show v v^T <= ||v||^2 I", "positive"),
    ("let A : R^{m x n}, x : R^n; show (A x) (A x)^T <= ||x||^2 A A^T", "positive"),
    ("let v : R^n; assume ||v|| <= 1; show psd(I - v v^T)", "positive"),
    ("let v : R^n, c : positive; assume c ||v||^2 <= 1; show c v v^T <= I", "positive"),
    ("let S : R^{n x n}, x : R^n; assume spd(S); assume x^T S^{-1} x <= 1; show x x^T <= S", "positive"),
    (
        "let A : R^{m x n}, x : R^n, lambda, s : positive; assume rank(A) = n; assume lambda ||x||^2 <= 2 s; define Z = (A^T A + lambda I)^{-1}; show s Z A^T A Z + lambda^2 Z x x^T Z <= s (A^T A)^{-1}",
        "positive",
    ),
]
BOUNDED = "let S : R^{n x n}, x : R^n, a, b : positive; assume symmetric(S), a I <= S, S <= b I; "
FORMS = [
    (BOUNDED + "show 4 a b (x^T S x) (x^T S^{-1} x) <= (a + b)^2 ||x||^4", "positive"),
    (BOUNDED + "show 4 a b ||S x||^2 ||x||^2 <= (a + b)^2 (x^T S x)^2", "positive"),
    (BOUNDED + "show (x^T S x) (x^T S^{-1} x) <= \\frac{(a + b)^2}{4 a b} ||x||^4", "positive"),
    (BOUNDED + "assume ||x|| = 1; show 4 (||S x||^2 - (x^T S x)^2) <= (b - a)^2", "positive"),
    (
        "let S : R^{n x n}, x : R^n; assume symmetric(S), I <= S, S <= 3 I; show 3 (x^T S x) (x^T S^{-1} x) <= 4 ||x||^4",
        "positive",
    ),
    ("let S : R^{n x n}, x : R^n; assume spd(S), ||x|| = 1; show 1 <= (x^T S x) (x^T S^{-1} x)", "logic"),
    ("let S : R^{n x n}, x : R^n; assume psd(S); show (x^T S^2 x)^2 <= (x^T S x) (x^T S^3 x)", "logic"),
]
MISSES = [
    "let A, B : R^{m x n}, c : positive; show A^T B + B^T A <= c A^T A + \\frac{1}{2 c} B^T B",
    "let A, B : R^{m x n}, c : positive; show A^T B + B^T A <= c A^T A + c B^T B",
    "let A, B : R^{m x n}, c : positive; show A^T B + B^T A < c A^T A + \\frac{1}{c} B^T B",
    "let A, B : R^{m x n}, c : real; assume c != 0; show A^T B + B^T A <= c A^T A + \\frac{1}{c} B^T B",
    "let A, B : R^{m x n}, s : real; show (s A + (1 - s) B)^T (s A + (1 - s) B) <= s A^T A + (1 - s) B^T B",
    "let S : R^{n x n}, A, B : R^{n x m}, c : positive; assume symmetric(S); show A^T S B + B^T S A <= c A^T S A + 1/c B^T S B",
    "let v : R^n; show v v^T <= I",
    "let v : R^n; assume ||v|| <= 2; show v v^T <= 2 I",
    "let S : R^{n x n}, x : R^n; assume spd(S); assume x^T S^{-1} x <= 2; show x x^T <= S",
    "let A : R^{m x n}, x : R^n, lambda, s : positive; assume rank(A) = n; assume lambda ||x||^2 <= 3 s; define Z = (A^T A + lambda I)^{-1}; show s Z A^T A Z + lambda^2 Z x x^T Z <= s (A^T A)^{-1}",
    BOUNDED + "show 5 a b (x^T S x) (x^T S^{-1} x) <= (a + b)^2 ||x||^4",
    "let S : R^{n x n}, x : R^n, a, b : positive; assume symmetric(S), a I <= S; show 4 a b (x^T S x) (x^T S^{-1} x) <= (a + b)^2 ||x||^4",
    BOUNDED + "show 4 (||S x||^2 - (x^T S x)^2) <= (b - a)^2",
    "let S : R^{n x n}, x : R^n; assume symmetric(S), invertible(S); show ||x||^4 <= (x^T S x) (x^T S^{-1} x)",
]


@pytest.mark.parametrize("text", YOUNG)
def test_weights(text: str) -> None:
    assert_proved(text, "positive")
    assert_proved_without_oracle(text)


@pytest.mark.parametrize(("text", "rule"), [*OUTER, *FORMS])
def test_proved(text: str, rule: str) -> None:
    assert_proved(text, rule)


@pytest.mark.parametrize("text", MISSES)
def test_not_proved(text: str) -> None:
    assert_not_proved(text)
