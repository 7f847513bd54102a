# ruff: noqa: E501 - tables of one case a line
"""Inequalities between norms that fail at rare instances are refuted uphill; true ones never."""

from __future__ import annotations

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.refute.climb import climb
from lemmata.refute.verdict import Counterexample
from lemmata.terms.claims import read_claims

EQUAL = "let A, B : R^{m x n}; assume rank(A) = rank(B); "


def climbed(claim: str) -> Counterexample | None:
    claims = read_claims(claim, semicolons=True)
    return climb(Statement(claims.given, claims.shows[0].prop), 3.0, seed=1)


@pytest.mark.parametrize(
    "claim",
    [
        EQUAL + "show ||B^+ - A^+|| <= ||A^+|| ||B^+|| ||B - A||",
        EQUAL + "show ||A^+|| ||A - B|| ||B^+|| >= ||A^+ - B^+||",
        "let A, B : R^{n x n}; show ||A B - B A|| <= ||A|| ||B||",
    ],
)
def test_nearly_right_constants(claim: str) -> None:
    found = climbed(claim)
    assert found is not None and found.kind == "refuted" and found.lhs and found.rhs


@pytest.mark.parametrize(
    "claim",
    [
        EQUAL + "show ||B^+ - A^+|| <= 2 ||A^+|| ||B^+|| ||B - A||",
        "let A, B : R^{n x n}; show ||A B - B A|| <= 2 ||A|| ||B||",
        "let A, B : R^{n x n}; assume invertible(A), invertible(B); show ||B^{-1} - A^{-1}|| <= ||A^{-1}|| ||B^{-1}|| ||B - A||",
        "let A, B : R^{m x n}; show A^T B = B^T A",
    ],
)
def test_what_is_true_or_no_inequality_is_left_alone(claim: str) -> None:
    assert climbed(claim) is None
