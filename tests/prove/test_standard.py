"""Hypotheses in standard form say what they said: domains, properties, the current time."""

from __future__ import annotations

import pytest
from proof_tables import statement

from lemmata.prove.answer import decide
from lemmata.prove.standard import at_current_time, standard
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
    assert at_current_time(claim) == claim
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
