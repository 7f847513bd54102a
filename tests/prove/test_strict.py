"""Strict inequalities from a square to spare, and what does not vanish; near misses that are false."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved

RIDGE = "let A : R^{m x n}, y : R^m, lambda : positive; define w = (A^T A + lambda I)^{-1} A^T y; "
STEP = "let A : R^{m x n}, y : R^m, w, v : R^n, mu : positive; assume v = w - mu A^T (A w - y); "
FLOW = "let A : R^{m x n}, y : R^m, w : R^n(t); assume \\dot w = -A^T (A w - y); "
PROVED = [
    ("let A : R^{m x n}, x : R^n; assume A x != 0; show x != 0", "logic"),
    ("let A : R^{m x n}, y : R^m; assume A^T y != 0; show A^+ y != 0", "logic"),
    ("let A : R^{m x n}, x : R^n; assume A x != 0; show ||A^T A x|| > 0", "positive"),
    (RIDGE + "assume A^T y != 0; show ||w|| < ||A^+ y||", "positive"),
    (RIDGE + "assume A^+ y != 0; show ||w||^2 < ||A^+ y||^2", "positive"),
    (RIDGE + "show A^T y != 0 ==> ||A w - y|| > ||A A^+ y - y||", "implies"),
    (RIDGE + "assume A^T y != 0; show ||A w - y|| < ||y||", "positive"),
    ("let P : R^{n x n}, x : R^n; assume projection(P), P x != x; show ||P x|| < ||x||", "positive"),
    (STEP + "assume mu ||A||^2 < 2, A^T (A w - y) != 0; show ||A v - y|| < ||A w - y||", "positive"),
    (FLOW + "assume A^T (A w - y) != 0; show d/dt ||A w - y||^2 < 0", "positive"),
    (FLOW + "assume \\dot w != 0; show d/dt ||A w - y||^2 < 0", "positive"),
    (
        "let S : R^{n x n}, b, x, z : R^n; assume spd(S), S z = b, x != z; show z^T S z - 2 b^T z < x^T S x - 2 b^T x",
        "positive",
    ),
]
MISSES = [
    "let A : R^{m x n}, x : R^n; assume x != 0; show A x != 0",
    "let A : R^{m x n}, x : R^n; assume x != 0; show ||A^T A x|| > 0",
    RIDGE + "show ||w|| < ||A^+ y||",
    RIDGE + "assume y != 0; show ||w|| < ||A^+ y||",
    RIDGE + "assume A^T y != 0; show ||A w - y|| < ||A A^+ y - y||",
    "let P : R^{n x n}, x : R^n; assume projection(P), P x != 0; show ||P x|| < ||x||",
    STEP + "assume mu ||A||^2 <= 2, A^T (A w - y) != 0; show ||A v - y|| < ||A w - y||",
    STEP + "assume mu ||A||^2 < 2, A w != y; show ||A v - y|| < ||A w - y||",
    FLOW + "assume A w != y; show d/dt ||A w - y||^2 < 0",
    "let S : R^{n x n}, b, x, z : R^n; assume psd(S), S z = b, x != z; show z^T S z - 2 b^T z < x^T S x - 2 b^T x",
]


@pytest.mark.parametrize(("text", "rule"), PROVED)
def test_proved(text: str, rule: str) -> None:
    assert_proved(text, rule)


@pytest.mark.parametrize("text", MISSES)
def test_not_proved(text: str) -> None:
    assert_not_proved(text)
