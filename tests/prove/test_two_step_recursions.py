"""Momentum and three-term recursions: the claim at k and at k + 1, or of the velocities as well."""

from __future__ import annotations

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.prove.answer import decide, inline
from lemmata.prove.search import prove
from lemmata.prove.standard import standard
from lemmata.terms.claims import read_claims

MOMENTUM = """
let X : R^{n x d}, y : R^n, w : R^d(k), eta, beta : real
assume w_{k+2} = w_{k+1} - eta X^T (X w_{k+1} - y) + beta (w_{k+1} - w_k)
"""
VELOCITY = """
let X : R^{n x d}, y : R^n, w, v : R^d(k), eta, beta : real
assume v_{k+1} = beta v_k - eta X^T (X w_k - y), w_{k+1} = w_k + v_{k+1}
"""
LOOKING_AHEAD = """
let X : R^{n x d}, y : R^n, w : R^d(k), eta : real, beta : real(k)
assume w_{k+2} = w_{k+1} + beta_k (w_{k+1} - w_k) - eta X^T (X (w_{k+1} + beta_k (w_{k+1} - w_k)) - y)
"""
FIBONACCI = """
let f : real(k), c : real
assume f_{k+2} = f_{k+1} + f_k
"""

PROVED = {
    "momentum stays in the row space": MOMENTUM + "assume w_0 = 0, w_1 = 0\nshow w_k in Row(X)",
    "momentum keeps the null component": MOMENTUM
    + "assume w_1 = w_0\nshow (I - X^+ X) w_k = (I - X^+ X) w_0",
    "velocities stay in the row space": VELOCITY + "assume w_0 = 0, v_0 = 0\nshow w_k in Row(X)",
    "velocities keep the null component": VELOCITY + "assume v_0 = 0\nshow (I - X^+ X) w_k = (I - X^+ X) w_0",
    "a step that looks ahead": LOOKING_AHEAD + "assume w_1 = w_0, w_0 in Row(X)\nshow w_k in Row(X)",
    "no second difference": "let x : R^n(k)\nassume x_{k+2} = 2 x_{k+1} - x_k, x_0 = 0\nshow x_k = k x_1",
    "Cassini": FIBONACCI + "assume f_0 = 0, f_1 = c\nshow f_{k+1}^2 - f_k f_{k+2} = (-1)^k c^2",
    "two roots": "let f : real(k)\nassume f_{k+2} = 5 f_{k+1} - 6 f_k, f_0 = 2, f_1 = 5\nshow f_k = 2^k + 3^k",
    "a claim on the next one": "let A : R^{n x n}, x : R^n(k)\nassume x_{k+1} = A x_k\nshow x_{k+1} = A^{k+1} x_0",
}
FALSE = {
    "the second start is anywhere": MOMENTUM + "assume w_0 = 0\nshow w_k in Row(X)",
    "the starts differ": MOMENTUM + "show (I - X^+ X) w_k = (I - X^+ X) w_0",
    "the velocity is anywhere": VELOCITY + "assume w_0 = 0\nshow w_k in Row(X)",
    "one of the two starts": LOOKING_AHEAD + "assume w_0 in Row(X)\nshow w_k in Row(X)",
    "the start is anywhere": "let x : R^n(k)\nassume x_{k+2} = 2 x_{k+1} - x_k\nshow x_k = k x_1",
    "the wrong sign": FIBONACCI + "assume f_0 = 0, f_1 = c\nshow f_{k+1}^2 - f_k f_{k+2} = c^2",
    "another start": "let f : real(k)\nassume f_{k+2} = 5 f_{k+1} - 6 f_k, f_0 = 2, f_1 = 6\nshow f_k = 2^k + 3^k",
}


def statement(text: str) -> Statement:
    claims = read_claims(text)
    functions, props = inline(claims.definitions, [*claims.given, claims.shows[0].prop])
    return Statement((*functions, *props[:-1]), props[-1])


@pytest.mark.parametrize("text", PROVED.values(), ids=PROVED)
def test_what_is_true_is_proved(text: str) -> None:
    assert prove(standard(statement(text)), seconds=20).theorem is not None


@pytest.mark.parametrize("text", FALSE.values(), ids=FALSE)
def test_what_is_false_is_refuted(text: str) -> None:
    assert prove(standard(statement(text)), seconds=2).theorem is None
    assert decide(statement(text), seconds=20).verdict in ("refuted", "rejected")


PLACES = [
    "let A : R^{n x n}, x : R^n(k); assume x_{k+1} = A x_k; show x_{k+3} = A^3 x_k",
    "let A : R^{n x n}, x : R^n(k); assume x_{k+1} = A x_k; show x_2 = A^2 x_0",
    "let x : R(k); assume x_{k+1} = 2 x_k, x_1 = 2; show x_0 = 1",
    "let f : R(k); assume f_{k+2} = f_{k+1} + f_k, f_0 = 0; show f_3 = 2 f_1",
    "let x : R(k), N : natural; assume x_{k+1} = 2 x_k, x_N = 4; show x_{N+2} = 16",
    "let w : R^n(k), X : R^{m x n}, y : R^m, eta : R(k); assume w_{k+1} = w_k - eta_k X^T (X w_k - y), w_0 = 0;"
    "show w_1 = eta_0 X^T y",
]
ELSEWHERE = [
    "let A : R^{n x n}, x : R^n(k); assume x_{k+1} = A x_k; show x_2 = A x_0",
    "let f : R(k); assume f_{k+2} = f_{k+1} + f_k, f_0 = 0; show f_4 = 2 f_1",
    "let x : R(k), N : natural; assume x_{k+1} = 2 x_k, x_N = 4; show x_{N+2} = 8",
    "let x : R(k), N : natural; assume x_{k+1} = 2 x_k; show x_{N+1} = x_1",
]


@pytest.mark.parametrize("text", PLACES)
def test_named_places_are_reached_one_after_the_other(text: str) -> None:
    assert prove(standard(statement(text.replace(";", "\n"))), seconds=20).theorem is not None


@pytest.mark.parametrize("text", ELSEWHERE)
def test_other_places_are_not(text: str) -> None:
    assert prove(standard(statement(text.replace(";", "\n"))), seconds=2).theorem is None
    assert decide(statement(text.replace(";", "\n")), seconds=20).verdict in ("refuted", "rejected")
