"""Stable matrices: drawn by construction, decided over the rationals."""

from __future__ import annotations

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.refute.counterexample import refute
from lemmata.refute.models import models
from lemmata.refute.stable import asymptotics, drawn_stable
from lemmata.terms.claims import read_claims
from lemmata.terms.show import show

LET = "let A, B : R^{n x n}, Z : C^{n x n}, w : R^n, mu : positive\n"
HURWITZ, SCHUR = "lim_{t -> oo} e^{t A} = 0", "lim_{k -> oo} A^k = 0"
REFUTED = [
    f"assume {HURWITZ}\nshow A + A^T <= 0",
    f"assume {HURWITZ}\nshow w^T A w <= 0",
    f"assume {SCHUR}\nshow ||A|| < 1",
    "assume lim_{k -> oo} Z^k = 0\nshow Z^* Z <= I",
    f"assume {SCHUR}, lim_{{k -> oo}} ||B^k|| = 0\nshow lim_{{k -> oo}} (A B)^k = 0",
    "assume lim_{t -> oo} e^{-t A} = 0\nshow lim_{k -> oo} (I - mu A)^k = 0",
]
LEFT_ALONE = [
    f"assume {HURWITZ}\nshow invertible(A)",
    f"assume {HURWITZ}\nshow tr(A) < 0",
    f"assume {HURWITZ}, symmetric(A)\nshow A <= 0",
    f"assume {SCHUR}\nshow invertible(I - A)",
    "assume lim_{k -> oo} (I - mu A)^k = 0\nshow lim_{t -> oo} e^{-t A} = 0",
]


def statement(text: str) -> Statement:
    claims = read_claims(LET + text)
    return Statement(claims.given, claims.shows[0].prop)


@pytest.mark.parametrize("text", REFUTED)
def test_refuted(text: str) -> None:
    assert refute(statement(text), seconds=10, seed=1) is not None


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_true_of_all_stable_matrices(text: str) -> None:
    assert refute(statement(text), seconds=0.5, seed=1) is None


def test_most_are_not_normal() -> None:
    s = statement(f"assume {HURWITZ}\nshow A = B")
    found = [i.values | {"A": i.value(s.show.args[0])} for i in models(s.given, s.show, seed=1, count=30)]
    large = [i["A"] for i in found if i["A"].nrows() > 1]
    assert len(large) > 10
    assert sum(a * a.transpose() != a.transpose() * a for a in large) > len(large) / 2


def test_what_is_asked_to_be_symmetric_as_well_is_left_to_luck() -> None:
    given = statement(f"assume {HURWITZ}, symmetric(A)\nshow A = B").given
    assert drawn_stable(given) == given


@pytest.mark.parametrize(
    ("text", "matrix"),
    [
        ("lim_{t -> oo} e^{t (A - B)} = 0", "A - B"),
        ("lim_{t -> oo} ||e^{-t A}|| = 0", "-A"),
        ("lim_{k -> oo} (I - mu A)^k = 0", "I - mu A"),
        ("lim_{t -> oo} e^{t A} = B", None),
        ("lim_{t -> oo} e^{t^2 A} = 0", None),
        ("lim_{t -> 0+} e^{t A} = 0", None),
    ],
)
def test_reading(text: str, matrix: str | None) -> None:
    found = asymptotics(statement(f"assume {text}\nshow A = B").given[0])
    assert (found and show(found[0])) == matrix
