"""Minimisers of losses that have a name: the letter of argmin is bound within what the name stands for."""

from __future__ import annotations

import pytest

from lemmata.terms.claims import read_claims
from lemmata.terms.errors import ReadError

LET = "let A : R^{m x n}, y : R^m, w, z : R^n;"
PLAIN = read_claims(LET + "show z = argmin_w ||A w - y||^2", semicolons=True).shows[0].prop


@pytest.mark.parametrize(
    "text",
    [
        "define f = ||A w - y||^2; show z = argmin_w f",
        "define r = A w - y; define f = ||r||^2; show z = argmin_w f",
        "define r = A w - y; show z = argmin_w ||r||^2",
    ],
)
def test_the_name_is_written_out(text: str) -> None:
    assert read_claims(LET + text, semicolons=True).shows[0].prop is PLAIN


def test_a_name_may_be_the_bound_letter() -> None:
    """w names A^+ y, and within argmin_w it is the letter of the loss."""
    text = "let A : R^{m x n}, y : R^m; define w = A^+ y; define f = ||A w - y||^2; show w = argmin_w f"
    named = read_claims(text, semicolons=True)
    plain = read_claims(text.replace("argmin_w f", "argmin_w ||A w - y||^2"), semicolons=True)
    assert named.shows[0].prop is plain.shows[0].prop


def test_a_letter_that_is_not_in_the_loss() -> None:
    with pytest.raises(ReadError, match="argmin over which variable"):
        read_claims(LET + "define f = ||A w - y||^2; show z = argmin_z f", semicolons=True)
