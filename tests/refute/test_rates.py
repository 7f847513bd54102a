"""Flows by their rates: what is refuted at the start, and what must not be."""

from __future__ import annotations

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.refute.rates import by_rate, solved
from lemmata.terms.claims import read_claims
from lemmata.terms.show import show

LET = "let A : R^{n x n}, c : real, a : R(t), w, v : R^n(t)\n"
REFUTED = [
    "assume \\dot w = A w\nshow ||w||^2 = ||w(0)||^2",
    "assume \\dot w = v, \\dot v = -w - c v\nshow ||w||^2 + ||v||^2 <= ||w(0)||^2 + ||v(0)||^2",
]
LEFT_ALONE = [
    "assume A^T = -A, \\dot w = A w\nshow ||w||^2 = ||w(0)||^2",  # true
    "assume \\dot a = a^2\nshow a^2 <= a(0)^2",  # true of the solutions that live for all times
    "assume \\dot w = A w, w(0) = 0\nshow ||w||^2 = ||w(0)||^2",  # true, and the start is fixed
    "assume \\dot a = 1, a = 2 a\nshow a = a(0)",  # nothing satisfies this at all times
]


def statement(text: str) -> Statement:
    claims = read_claims(LET + text)
    return Statement(claims.given, claims.shows[0].prop)


@pytest.mark.parametrize("text", REFUTED)
def test_a_rate_refutes(text: str) -> None:
    found = by_rate(statement(text), 3.0, 1)
    assert found is not None and found.reason.startswith("the rate at t = 0")


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_a_rate_does_not_refute(text: str) -> None:
    assert by_rate(statement(text), 3.0, 1) is None


def test_equations_are_solved_for_the_rate() -> None:
    assert show(solved(statement("assume A w - 2 \\dot w = v\nshow w = 0")).given[0]).startswith("d/dt w = ")
