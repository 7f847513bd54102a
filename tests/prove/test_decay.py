"""Limits by an energy that decays exponentially."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved

LET = "let A, P, Q : R^{n x n}, x : R^n(t), z : R^n; "
PROVED = [
    LET + "assume spd(P), spd(Q), A^T P + P A = -Q, \\dot x = A x; show lim_{t -> oo} x = 0",
    LET + "assume spd(Q), A^T + A = -Q, \\dot x = A x; show lim_{t -> oo} x = 0",
    LET + "assume spd(P), spd(Q), A^T P + P A = -Q, \\dot x = A (x - z); show lim_{t -> oo} x = z",
]
OPEN = [
    LET + "assume spd(P), psd(Q), A^T P + P A = -Q, \\dot x = A x; show lim_{t -> oo} x = 0",
    LET + "assume psd(P), spd(Q), A^T P + P A = -Q, \\dot x = A x; show lim_{t -> oo} x = 0",
    LET + "assume spd(P), spd(Q), A^T P + P A = Q, \\dot x = A x; show lim_{t -> oo} x = 0",
    LET + "assume spd(P), spd(Q), A^T P + P A = -Q, \\dot x = A x; show lim_{t -> oo} x = z",
]


@pytest.mark.parametrize("text", PROVED)
def test_proved(text: str) -> None:
    assert_proved(text, "squeeze")


@pytest.mark.parametrize("text", OPEN)
def test_not_proved(text: str) -> None:
    assert_not_proved(text)
