# ruff: noqa: E501 - one claim a row
"""Hypotheses in standard form say what they said: domains, properties, the current time."""

from __future__ import annotations

import pytest
from proof_tables import statement

from lemmata.prove.answer import decide
from lemmata.prove.standard import as_read, standard
from lemmata.terms.show import show

FORMS = [
    ("let S : R^{n x n}; assume S >= 0; show S S = S", ["psd(S)"], "S S = S"),
    ("let S : R^{n x n}; assume 0 < S; show S S = S", ["spd(S)"], "S S = S"),
    ("let P : C^{n x n}; assume P^2 = P, P^* = P; show P P P = P", ["projection(P)", "0 = 0"], "P P P = P"),
    ("let P : R^{n x n}; assume P^2 = P; show P P P = P", ["P^2 = P"], "P P P = P"),
    ("let A : R^{n x n}; assume invertible(A); show A^{-2} A = A^{-1}", ["invertible(A)"], "(A^{-1})^2 A = A^{-1}"),
    ("let r : real; assume r >= 0; show r r >= 0", ["0 = 0"], "r r >= 0"),
    ("let r : real; assume r >= 1; show r r >= 0", ["r >= 1"], "r r >= 0"),
    ("let w : R^n(t), tau : nonnegative; assume \\dot w = 0; show w(tau) = w(0)", ["d/dt w = 0"], "w = w(0)"),
    ("let x : R^n(k), N : natural; assume x_{k+1} = x_k; show x_N = x_0", ["x_{k + 1} = x_k"], "x_k = x_0"),
]  # fmt: skip


@pytest.mark.parametrize("text, given, shown", FORMS)
def test_the_standard_form(text: str, given: list[str], shown: str) -> None:
    found = standard(statement(text))
    assert [show(p) for p in found.given] == given
    assert show(found.show) == shown


def test_a_sign_becomes_a_domain() -> None:
    (letter,) = standard(statement("let r : real; assume 0 < r; show r r > 0")).show.args[0].args[:1]
    assert letter.value[3] == "positive"


def test_a_positive_time_is_read_from_zero_on_for_a_proof_only() -> None:
    """At t = 0 a claim about all t > 0 may fail: that would be no counterexample."""
    claim = statement("let w : R(t), tau : positive; assume \\dot w = -w, w(0) = 1; show w(tau) < 1")
    assert as_read(claim) == claim
    assert show(standard(claim).show) == "w < 1"
    assert decide(claim).verdict != "refuted"
    closed = statement("let w : R(t), tau : nonnegative; assume \\dot w = -w, w(0) = 1; show w(tau) < 1")
    assert decide(closed).verdict == "refuted"


STAY = [
    # Of s more is known: it is no arbitrary time.
    "let w : R^n(t), s : nonnegative; assume \\dot w = 0, s <= 1; show w(s) = w(0)",
    # t and s in one claim are two times.
    "let w : R^n(t), s : nonnegative; assume \\dot w = 0; show w(s) = w(t)",
    # For a real s the value may not be on the interval.
    "let w : R^n(t), s : real; assume \\dot w = 0; show w(s) = w(0)",
    # A bound letter keeps its domain.
    "let s : real; assume s >= 0; show forall s : real. s s >= 0",
]


@pytest.mark.parametrize("text", STAY)
def test_what_would_not_say_the_same_stays(text: str) -> None:
    before = statement(text)
    assert standard(before).show is before.show


READ = [
    ("let A : R^{n x n}, x : R^n(k); assume x_k = A x_{k-1}; show x_k = A^k x_0", ["x_{k + 1} = A x_k"], "x_k = A^{k} x_0"),
    ("let x : R(k); assume x_k = x_{k-1} + x_{k-2}; show x_k = 0", ["x_{k + 2} = x_{k + 1} + x_k"], "x_k = 0"),
    ("let A : R^{m x n}, x : R^n, r : R^m; assume r = A x; show grad_x ||r||^2 = 2 A^T r", ["r = A x"], "grad_x (||A x||^2) = 2 A^T r"),
    ("let A : R^{m x n}, x : R^n, r : R^m; assume r - A x = 0; show grad_x ||r||^2 = 0", ["r - A x = 0"], "grad_x (||A x||^2) = 0"),
]  # fmt: skip


@pytest.mark.parametrize("text, given, shown", READ)
def test_sequences_are_read_from_their_first_place_and_gradients_with_what_depends_on_them(
    text: str, given: list[str], shown: str
) -> None:
    found = as_read(statement(text))
    assert [show(p) for p in found.given] == given
    assert show(found.show) == shown


DEPENDENT = [
    ("let A : R^{m x n}, x : R^n, r, y : R^m; assume A x - y = r; show grad_x (1/2 ||r||^2) = A^T r", "proved"),
    ("let A : R^{m x n}, x : R^n, r, y : R^m; assume r = y - A x; show grad_x ||r||^2 = -2 A^T r", "proved"),
    ("let A : R^{m x n}, x : R^n, r, y : R^m; assume r = y - A x; show grad_x ||r||^2 = 2 A^T r", "refuted"),
    ("let A : R^{m x n}, x : R^n, r : R^m; assume r - A x = 0; show grad_x ||r||^2 = 0", "refuted"),
    ("let A : R^{m x n}, w : R^n, y : R^m; assume A w = y; show grad_w (1/2 ||A w - y||^2) = A^T (A w - y)", "proved"),
    ("let A : R^{m x n}, w : R^n, y : R^m; assume w = A^+ y; show grad_w (1/2 ||A w - y||^2) = 0", "proved"),
    ("let A : R^{n x n}, x : R^n(k); assume x_k = A x_{k-1}; assume A = 0; show x_0 = 0", "refuted"),
]  # fmt: skip


@pytest.mark.parametrize("text, verdict", DEPENDENT)
def test_proof_and_counterexample_read_a_claim_alike(text: str, verdict: str) -> None:
    assert decide(statement(text)).verdict == verdict


NAMED_ELSEWHERE = [
    # The rate in s of the value at s is the rate in t.
    ("let w : R^n(t), s : time; assume d/dt w = w; show d/ds w(s) = w(s)", "proved"),
    ("let w : R^n(t), s : time; show d/ds (w(s)^T w(s)) = 0", "refuted"),
    # All letters of a quantifier are bound, not the first two alone.
    ("let s : real; assume s > 0; show forall a, b, s : real. s > 0", "refuted"),
    ("let s : real; assume s > 0; show forall a, b, s : real. s + 1000 > 0", "unknown"),
    ("let a : R(t); assume forall t : positive. a(t) > 0; show a(0) > 0", "unknown"),
    # A place that the recursion does not move stays.
    ("let x : R^n(k); assume x_0 = x_{k-1}; show x_k = x_0", "proved"),
    ("let x : R^n(k), N : natural; assume x_k = x_{k-1} + x_N; show x_k = x_0", "unknown"),
]  # fmt: skip


@pytest.mark.parametrize("text, verdict", NAMED_ELSEWHERE)
def test_a_letter_means_what_binds_it(text: str, verdict: str) -> None:
    assert decide(statement(text)).verdict == verdict
