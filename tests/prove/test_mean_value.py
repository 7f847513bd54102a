"""The mean value inequality: a bounded rate gives bounded growth, of flows and of steps."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved

RATE = "let x : R^n(t), c : nonnegative; assume ||\\dot x|| <= c; "
PAIR = "let S, G : R^{n x n}; assume psd(S), psd(G); "
FLOWS = (
    "let w, v : R^n(t), X : R^{m x n}, y, z : R^m; "
    "assume \\dot w = X^T (y - X w), \\dot v = X^T (z - X v), w(0) = v(0); "
)
STEPS = "let x : R^n(k), c : nonnegative; assume ||x_{k+1} - x_k|| <= c; "
FROM_MARGINS = [
    RATE + "show ||x - x(0)|| <= c t",
    RATE + "show ||x(0) - x|| <= c t",
    RATE + "show ||x|| <= ||x(0)|| + c t",
    "let x : R(t), c : nonnegative; assume |\\dot x| <= c; show |x - x(0)| <= c t",
    "let x : C^n(t), c : nonnegative; assume ||\\dot x|| <= c; show ||x - x(0)|| <= c t",
    "let X : R^{m x n}(t), c : nonnegative; assume ||\\dot X||_F <= c; show ||X - X(0)||_F <= c t",
    "let x : R^n(t), c : nonnegative; assume ||\\dot x|| <= c t; show ||x - x(0)|| <= c t^2/2",
    FLOWS + "show ||w - v|| <= t ||X^T (y - z)||",
    FLOWS + "show ||w - v|| <= t ||X|| ||y - z||",
    "let S : R^{n x n}, w : R^n(t), b : R^n; assume psd(S), \\dot w = b - S w; show ||w|| <= ||w(0)|| + t ||b||",
]
OF_MATRICES = [
    "let X : R^{m x n}(t), c : nonnegative; assume ||\\dot X|| <= c; show ||X - X(0)|| <= c t",
    PAIR + "show ||e^{-t S} - e^{-t G}|| <= t ||S - G||",
    "let S : R^{n x n}; assume psd(S); show ||e^{-t S} - I|| <= t ||S||",
]
BY_STEPS = [STEPS + "show ||x_k - x_0|| <= k c", STEPS + "show ||x_k|| <= ||x_0|| + k c"]
OPEN = [
    "let x : R^n(t), c : nonnegative; show ||x - x(0)|| <= c t",
    "let x : R^n(t), c : nonnegative; assume ||x|| <= c; show ||x - x(0)|| <= c t",
    RATE + "show ||x - x(0)|| <= c t/2",
    RATE + "show ||x|| <= c t",
    "let S, G : R^{n x n}; assume psd(S); show ||e^{-t S} - e^{-t G}|| <= t ||S - G||",
    PAIR + "show ||e^{t S} - e^{t G}|| <= t ||S - G||",
    FLOWS.replace(", w(0) = v(0)", "") + "show ||w - v|| <= t ||X^T (y - z)||",
    FLOWS.replace("z - X v", "z + X v") + "show ||w - v|| <= t ||X^T (y - z)||",
    STEPS + "show ||x_k - x_0|| <= c",
]


@pytest.mark.parametrize("text", FROM_MARGINS)
def test_every_margin_gives_the_bound(text: str) -> None:
    assert_proved(text, "logic")


@pytest.mark.parametrize("text", OF_MATRICES)
def test_spectral_norms_by_all_vectors(text: str) -> None:
    assert_proved(text, "root")


@pytest.mark.parametrize("text", BY_STEPS)
def test_steps_of_bounded_size(text: str) -> None:
    assert_proved(text, "induction")


@pytest.mark.parametrize("text", OPEN)
def test_not_without_its_hypotheses(text: str) -> None:
    assert_not_proved(text)
