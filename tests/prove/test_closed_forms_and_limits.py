"""Implicit steps, rates like 1/t, limits inside of inequalities, and balls that a recursion keeps."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved

FIT = "let A : R^{m x n}, y : R^m, w : R^n(t), v : R^n; "
STEP = "let A : R^{m x n}, y : R^m, x : R^n(k), mu : positive; "
BALL = "let x, u : R^n(k), A : R^{n x n}, q, c : nonnegative; assume x_{k+1} = A x_k + u_k; "
BIAS = "let A : R^{m x n}, G : R^{n x n}, y : R^m, w : R^n(t); "
IMPLICIT = STEP + "assume x_{k+1} = x_k - mu A^T (A x_{k+1} - y); "

PROVED = [
    (IMPLICIT + "show lim_{k -> oo} x_k = A^+ y + (I - A^+ A) x_0", "spectral"),
    (STEP + "assume (I + mu A^T A) x_{k+1} = x_k + mu A^T y, x_0 = 0; show lim_{k -> oo} x_k = A^+ y", "spectral"),
    (IMPLICIT + "show 2 k mu ||A x_k - A A^+ y||^2 <= ||x_0 - A^+ y||^2", "spectral"),
    (FIT + "assume \\dot w = -A^T A w; show 2 t ||A w(t)||^2 <= ||w(0)||^2", "spectral"),
    (FIT + "assume \\dot w = -A^T (A w - y), w(0) = 0, A v = y; show ||v|| >= lim_{t -> oo} ||w||", "positive"),
    (FIT + "assume \\dot w = -A^T (A w - y); show lim_{t -> oo} ||A w - y|| <= ||A v - y||", "positive"),
    (BALL + "assume ||A|| <= q, ||u_k|| <= (1 - q) c, ||x_0|| <= c; show ||x_k|| <= c", "induction"),
    (BIAS + "assume spd(G), \\dot w = G A^T (y - A w), w(0) = 0; "
     "show lim_{t -> oo} w = G A^T (A G A^T)^+ y", "squeeze"),
]  # fmt: skip
OPEN = [
    STEP + "assume x_{k+1} = x_k + mu A^T (A x_{k+1} - y); show lim_{k -> oo} x_k = A^+ y + (I - A^+ A) x_0",
    IMPLICIT + "show lim_{k -> oo} x_k = A^+ y",
    IMPLICIT + "show 9 k mu ||A x_k - A A^+ y||^2 <= ||x_0 - A^+ y||^2",
    FIT + "assume \\dot w = A^T A w; show 2 t ||A w(t)||^2 <= ||w(0)||^2",
    FIT
    + "assume \\dot w = -A^T A w; show ||A w(t)||^2 <= \\frac{1}{2 t} ||w(0)||^2",  # at t = 0 it says nothing
    FIT + "assume \\dot w = -A^T (A w - y), A v = y; show ||v|| >= lim_{t -> oo} ||w||",
    FIT + "assume \\dot w = -A^T (A w - y), w(0) = 0, A v = y; show ||v|| <= lim_{t -> oo} ||w||",
    BALL + "assume ||A|| <= q, ||u_k|| <= (1 + q) c, ||x_0|| <= c; show ||x_k|| <= c",
    BALL + "assume ||A|| <= q, ||u_k|| <= (1 - q) c; show ||x_k|| <= c",
    BIAS + "assume spd(G), \\dot w = G A^T (y - A w); show lim_{t -> oo} w = G A^T (A G A^T)^+ y",
    BIAS + "assume spd(G), \\dot w = G A^T (y - A w), w(0) = 0; show lim_{t -> oo} w = A^+ y",
    BIAS + "assume \\dot w = G A^T (y - A w), w(0) = 0; show lim_{t -> oo} w = G A^T (A G A^T)^+ y",
]


@pytest.mark.parametrize(("text", "rule"), PROVED)
def test_proved(text: str, rule: str) -> None:
    assert_proved(text, rule)


@pytest.mark.parametrize("text", OPEN)
def test_what_does_not_follow(text: str) -> None:
    assert_not_proved(text)
