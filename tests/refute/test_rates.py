"""Flows by their rates: what is refuted at the start, and what must not be."""

from __future__ import annotations

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.refute.rates import by_rate, solved
from lemmata.terms.claims import read_claims
from lemmata.terms.show import show

LET = "let A, S : R^{n x n}, c : real, a : R(t), w, v : R^n(t), W : R^{n x n}(t), z : C^n(t)\n"
REFUTED = [
    "assume \\dot w = A w\nshow ||w||^2 = ||w(0)||^2",
    "assume \\dot w = v, \\dot v = -w - c v\nshow ||w||^2 + ||v||^2 <= ||w(0)||^2 + ||v(0)||^2",
    "assume \\dot a = -a^3\nshow a = a(0)",
    "assume spd(S), \\dot w = S w - (w^T S w) w\nshow ||w|| = ||w(0)||",
    "assume symmetric(S), \\dot w = S w - (w^T S w) w, ||w(0)|| = 2\nshow ||w|| = 2",
    "assume spd(S), \\dot w = S w - (w^T S w) w, ||w(0)|| = 1\nshow w^T S w <= w(0)^T S w(0)",
    "assume A + A^T <= 0, \\dot w = ||w||^2 A w\nshow ||w|| = ||w(0)||",
    "assume \\dot w = -||w||^2 w\nshow ||w||^2 <= e^{-t} ||w(0)||^2",
    "assume \\dot W = W - W W^T W\nshow W^T W = W(0)^T W(0)",
    "assume \\dot W = -W W^T W\nshow det(W) = det(W(0))",
    "assume \\dot a = a - a^2, a(0) >= 0\nshow a <= a(0)",
    "assume \\dot a = a - a^2, a(0) >= 0\nshow a <= 1",
    "assume \\dot z = i z\nshow z = z(0)",
    "assume t >= 0, \\dot w = -c w\nshow ||w||^2 <= ||w(0)||^2",
    "assume spd(S), S \\dot w = A w\nshow w^T S w <= w(0)^T S w(0)",
]
LEFT_ALONE = [
    "assume \\dot w = -||w||^2 w\nshow ||w|| <= ||w(0)||",  # true
    "assume symmetric(S), \\dot w = S w - (w^T S w) w, ||w(0)|| = 1\nshow ||w|| = 1",  # true
    "assume \\dot W = W - W W^T W, W(0)^T W(0) = I\nshow W^T W = I",  # true
    "assume \\dot a = a - a^2, a(0) >= 0, a(0) <= 1\nshow a <= 1",  # true
    "assume \\dot a = a^2 - a\nshow a <= a(0)",  # true of the solutions that live for all times
    "assume \\dot W = A W - W A\nshow det(W) = det(W(0))",  # true
    "assume A^T = -A, \\dot w = A w\nshow ||w||^2 = ||w(0)||^2",  # true
    "assume \\dot a = a^2\nshow a^2 <= a(0)^2",  # true of the solutions that live for all times
    "assume \\dot w = A w, w(0) = 0\nshow ||w||^2 = ||w(0)||^2",  # true, and the start is fixed
    "assume \\dot a = 1, a = 2 a\nshow a = a(0)",  # nothing satisfies this at all times
    "assume t > 0, \\dot a = 1\nshow a > a(0)",  # true, though not at t = 0
    "assume t >= 1, \\dot a = 1\nshow a >= a(0) + 1",  # true, though not at t = 0
    "assume psd(S), S \\dot w = 0\nshow w^T S w = w(0)^T S w(0)",  # true, and S may be singular
]


def statement(text: str) -> Statement:
    claims = read_claims(LET + text)
    return Statement(claims.given, claims.shows[0].prop)


@pytest.mark.parametrize("text", REFUTED)
def test_a_rate_refutes(text: str) -> None:
    found = by_rate(statement(text), 3.0, 1)
    assert found is not None and "at t = 0" in found.reason


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_a_rate_does_not_refute(text: str) -> None:
    assert by_rate(statement(text), 3.0, 1) is None


def test_equations_are_solved_for_the_rate() -> None:
    assert show(solved(statement("assume A w - 2 \\dot w = v\nshow w = 0")).given[0]).startswith("d/dt w = ")
