"""Limits of what moves at a linear rate, of iterations by their defect, and derivatives of defined inverses."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved

LAYERS = "let U : R^{d x n}(t), V : R^{p x d}(t), G : R^{p x n}(t), mu : positive, c : real; "
FIT = "let A : R^{m x n}, P : R^{n x n}, y : R^m, w : R^n(t); "
PULLED = "let S, K : R^{n x n}, D : R^{n x n}(t); "
NEWTON = "let A : R^{n x n}, X : R^{n x n}(k); "
PROVED = [
    LAYERS + "assume \\dot U = V^T G - mu U, \\dot V = G U^T - mu V; show lim_{t -> oo} (U U^T - V^T V) = 0",
    FIT + "assume spd(P), \\dot w = -P A^T (A w - y); show lim_{t -> oo} A w = A A^+ y",
    FIT + "assume spd(P), \\dot w = P^{-1} A^T (y - A w); show lim_{t -> oo} A w = A A^+ y",
    FIT + "assume spd(P), y in Col(A), \\dot w = -P A^T (A w - y); show lim_{t -> oo} A w = y",
    FIT + "assume spd(P), rank(A) = n, \\dot w = -P A^T (A w - y); show lim_{t -> oo} w = A^+ y",
    PULLED + "assume spd(S), \\dot D = -S D - D S; show lim_{t -> oo} D = 0",
    PULLED + "assume K^T = -K, \\dot D = K D - D K - 3 D; show lim_{t -> oo} D = 0",
]
OPEN = [
    LAYERS + "assume \\dot U = V^T G - c U, \\dot V = G U^T - c V; show lim_{t -> oo} (U U^T - V^T V) = 0",
    LAYERS + "assume \\dot U = V^T G - mu U, \\dot V = G U^T + mu V; show lim_{t -> oo} (U U^T - V^T V) = 0",
    LAYERS + "assume \\dot U = V^T G - mu U, \\dot V = -G U^T - mu V; show lim_{t -> oo} (U U^T - V^T V) = 0",
    FIT + "assume psd(P), \\dot w = -P A^T (A w - y); show lim_{t -> oo} A w = A A^+ y",
    FIT + "assume spd(P), \\dot w = P A^T (A w - y); show lim_{t -> oo} A w = A A^+ y",
    FIT + "assume spd(P), \\dot w = -P A^T (A w - y); show lim_{t -> oo} A w = y",
    FIT + "assume spd(P), \\dot w = -P A^T (A w - y); show lim_{t -> oo} w = A^+ y",
    FIT + "assume spd(P), rank(A) = m, \\dot w = -P A^T (A w - y); show lim_{t -> oo} w = A^+ y",
    PULLED + "assume spd(S), \\dot D = -S D + D S; show lim_{t -> oo} D = 0",
    PULLED + "assume \\dot D = K D - D K - 3 D; show lim_{t -> oo} D = 0",
]
ITERATED = [
    NEWTON + "assume X_{k+1} = X_k (2 I - A X_k), ||I - A X_0|| < 1; show lim_{k -> oo} X_k = A^{-1}",
    NEWTON + "assume X_{k+1} = (2 I - X_k A) X_k, 1 > ||I - X_0 A||; show lim_{k -> oo} X_k = A^{-1}",
    NEWTON
    + "assume X_{k+1} = X_k (3 I - 3 A X_k + A X_k A X_k), ||I - A X_0|| < 1; show lim_{k -> oo} A X_k = I",
    NEWTON + "assume X_{k+1} = X_k + X_0 (I - A X_k), ||I - A X_0|| < 1; show lim_{k -> oo} A X_k = I",
]
NOT_ITERATED = [
    NEWTON + "assume X_{k+1} = X_k (2 I - A X_k), ||I - A X_0|| <= 1; show lim_{k -> oo} A X_k = I",
    NEWTON + "assume X_{k+1} = X_k (2 I - A X_k), ||I - A X_0|| < 2; show lim_{k -> oo} A X_k = I",
    NEWTON + "assume X_{k+1} = X_k (2 I + A X_k), ||I - A X_0|| < 1; show lim_{k -> oo} A X_k = I",
    NEWTON + "assume X_{k+1} = X_k (2 I - A X_k), ||I - A X_0|| < 1; show lim_{k -> oo} A X_k = 2 I",
    NEWTON + "assume X_{k+1} = X_k (2 I - A X_k), ||I - X_0|| < 1; show lim_{k -> oo} A X_k = I",
]
RESOLVENT = "let G : R^{n x n}; assume psd(G); define S(t) = (I + t G)^{-1} G; "


@pytest.mark.parametrize("text", [*PROVED, *ITERATED])
def test_limits(text: str) -> None:
    assert_proved(text, "squeeze")


@pytest.mark.parametrize("text", [*OPEN, *NOT_ITERATED])
def test_limits_that_do_not_follow(text: str) -> None:
    assert_not_proved(text)


def test_a_definition_is_differentiated_with_its_inverses() -> None:
    assert_proved(RESOLVENT + "show d/dt S = -S^2", "ideal")
    assert_not_proved(RESOLVENT + "show d/dt S = S^2")
    assert_not_proved(RESOLVENT.replace("psd(G)", "symmetric(G)") + "show d/dt S = -S^2")
