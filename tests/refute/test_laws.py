"""Inequalities that say how a function goes on: equations that meet them, and what these refute."""

from __future__ import annotations

import time
from itertools import islice

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.prove.answer import decide
from lemmata.refute.counterexample import refute
from lemmata.refute.laws import by_laws
from lemmata.refute.models import ModelMaker
from lemmata.refute.shrink import shrink
from lemmata.refute.tight import of_real_data, tightened
from lemmata.refute.verdict import judge
from lemmata.terms.claims import read_claims
from lemmata.terms.show import show

LET = "let w : R^n(t), z : C^n(t), x : R^n(k), b, c : positive, P : R^{n x n}\n"
REFUTED = [
    "assume d/dt ||w||^2 <= 2 c ||w||^2\nshow ||w||^2 <= e^{c t} ||w(0)||^2",
    "assume d/dt ||z||^2 <= 2 c ||z||^2\nshow ||z||^2 <= e^{c t} ||z(0)||^2",
    "assume w^T \\dot w <= 0\nshow w = w(0)",
    "assume ||x_{k+1}|| <= c ||x_k|| + b, c < 1\nshow ||x_k|| <= c^k ||x_0|| + b",
    "assume ||x_{k+1}||^2 <= c ||x_k||^2 + b\nshow ||x_k||^2 <= c^k ||x_0||^2",
]
TRUE = [
    "assume d/dt ||w||^2 <= 2 c ||w||^2\nshow ||w||^2 <= e^{2 c t} ||w(0)||^2",
    "assume w^T \\dot w <= 0\nshow ||w|| <= ||w(0)||",
    "assume ||\\dot w|| <= ||w||\nshow ||w|| <= e^{t} ||w(0)||",
    "assume ||x_{k+1}|| <= c ||x_k|| + b, c < 1\nshow ||x_k|| <= c^k ||x_0|| + b / (1 - c)",
]


def statement(text: str) -> Statement:
    claims = read_claims(LET + text)
    return Statement(claims.given, claims.shows[0].prop)


@pytest.mark.parametrize("text", REFUTED)
def test_an_equation_that_meets_the_inequality_refutes(text: str) -> None:
    assert decide(statement(text), seconds=20).verdict == "refuted"


@pytest.mark.parametrize("text", TRUE)
def test_what_is_true_is_not_refuted(text: str) -> None:
    assert decide(statement(text), seconds=3.0).verdict in ("proved", "unknown")


def test_a_bound_that_is_added_becomes_a_vector_of_length_one() -> None:
    text = "let x : R^n(k), b, c : positive, d : real\nassume ||x_{k+1}|| <= c ||x_k|| + b, d = 0\nshow x = 0"
    claims = read_claims(text)
    first = next(tightened(Statement(claims.given, claims.shows[0].prop)))
    assert [show(p) for p in first.given] == ["x_{k + 1} = b d_1 + c x_k", "||d_1|| <= 1", "d = 0"]


def test_laws_are_asked_to_meet_the_inequality_everywhere() -> None:
    laws = [[show(p) for p in s.given] for s in by_laws(statement("assume d/dt (w^T P w) <= 0\nshow w = 0"))]
    assert [given[0] for given in laws] == ["d/dt w = r w + v", "d/dt w = M w"]
    assert all(given[1].startswith("forall u : R^n. ") for given in laws)


@pytest.mark.parametrize(
    "text",
    [
        "assume d/dt ||w||^2 <= 0, ||w|| <= 1\nshow w = 0",  # what else is said of w need not hold on a line
        "assume d/dt ||w||^2 <= e^{-t}\nshow w = 0",  # no hypothesis about constants
        "assume \\dot w = P w\nshow w = 0",  # an equation of motion is solved
    ],
)
def test_where_there_are_no_laws(text: str) -> None:
    assert not list(by_laws(statement(text)))


def test_real_data_are_complex_data() -> None:
    real = of_real_data(statement("assume \\dot z = 2 z\nshow z = 0"))
    assert {s.value[3] for p in real.given for s in (p.args[0].args[0],)} == {"real"}


def test_what_is_computed_is_not_shrunk_by_itself() -> None:
    """x_1 belongs to x_0: a counterexample in which only one of them is simpler is none."""
    stronger = next(by_laws(statement("assume ||x_{k+1}||^2 <= c ||x_k||^2\nshow ||x_k|| <= c^k ||x_0||")))
    maker = ModelMaker(stronger.given, stronger.show, seed=4)
    found = [c for i in islice(maker, 60) if (c := judge(stronger.show, i)) is not None]
    assert found
    for c in found:
        small = shrink(c, maker, time.monotonic() + 1.0).instance
        assert small is not None
        data = small.values
        r, v, k = data["r"][0, 0], data["v"], int(data["k"][0, 0].p)
        assert data["x"] == data[f"x({k})"]
        assert all(data[f"x({j + 1})"] == data[f"x({j})"] * r + v for j in range(k + 1))


HIGHER_ORDER = {
    "assume f_{k+2} = f_{k+1} + f_k; show f_{k+3} = 2 f_{k+1} + f_k": True,
    "assume f_{k+2} = f_{k+1} + f_k; show f_{k+3} = f_{k+1} + 2 f_k": False,
    "assume f_{k+1} <= f_k; show f_{k+2} <= f_k": True,
    "assume f_{k+1} <= f_k; show f_{k+2} <= 1/2 f_k": False,
    "assume f_{k+1} + f_k = 0; show f_{k+2} = f_k": True,
    "assume f_k = f_{k+1}^2; show f_{k+1} >= 0": True,
}
"""A hypothesis about a sequence holds at all places, not at k alone."""


@pytest.mark.parametrize(("text", "true"), HIGHER_ORDER.items())
def test_hypotheses_about_sequences_hold_at_later_places(text: str, true: bool) -> None:
    claims = read_claims(f"let f : R(k); {text}", semicolons=True)
    found = refute(Statement(claims.given, claims.shows[0].prop), seconds=1)
    assert (found is None) is true
