"""False claims and the smallest data at which they fail, asserted exactly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.refute.counterexample import refute
from lemmata.refute.decide import Truth, decide, decide_all
from lemmata.refute.goals import goals

Claim = Callable[[str], Statement]

ZERO, ONE = [["0"]], [["1"]]
E11, E12 = [["1", "0"], ["0", "0"]], [["0", "1"], ["0", "0"]]
I2 = [["1", "0"], ["0", "1"]]

FALSE: list[tuple[str, dict[str, Any]]] = [
    # one matrix
    ("let X : R^{m x n}; show X^+ X = I", {"X": ZERO}),
    ("let X : R^{m x n}; show X^+ = X^T", {"X": [["2"]]}),
    ("let A : R^{n x n}; assume A^2 = 0; show A = 0", {"A": E12}),
    # a definite matrix below the identity
    (
        "let S : R^{n x n}, u, v : R^n; assume spd(S); show (u^T v)^2 <= (u^T S u) (v^T S v)",
        {"S": [["1/2"]], "u": ONE, "v": ONE},
    ),
    ("let A : R^{n x n}; assume A^2 = A; show symmetric(A)", {"A": [["1", "1"], ["0", "0"]]}),
    ("let A : R^{n x n}; show trace(A^2) = trace(A)^2", {"A": I2}),
    ("let A : R^{n x n}; show ||A||_F <= ||A||", {"A": I2}),
    ("let Q : R^{n x n}; assume orthogonal(Q); show Q^2 = I", {"Q": [["0", "-1"], ["1", "0"]]}),
    # several matrices
    ("let A : R^{m x n}, B : R^{n x p}; show (A B)^+ = B^+ A^+", {"A": [["1", "1"]], "B": [["1"], ["0"]]}),
    ("let A, B : R^{n x n}; show A B = B A", {"A": E11, "B": E12}),
    ("let A, B : R^{n x n}; assume A B = A; show B = I", {"A": ZERO, "B": ZERO}),
    (
        "let A, B : R^{n x n}; assume symmetric(A), symmetric(B); show symmetric(A B)",
        {"A": E11, "B": [["0", "1"], ["1", "0"]]},
    ),
    (
        "let A, B : R^{n x n}; assume psd(A), psd(B), A >= B; show A^2 >= B^2",
        {"A": [["2", "1"], ["1", "1"]], "B": E11},
    ),
    (
        "let A, B : R^{n x n}; assume psd(A), psd(B); show A B + B A >= 0",
        {"A": [["1", "1"], ["1", "1"]], "B": E11},
    ),
    (
        "let P, Q : R^{n x n}; assume projection(P), projection(Q); show projection(P Q)",
        {"P": E11, "Q": [["1/2", "1/2"], ["1/2", "1/2"]]},
    ),
    (
        "let A, B : R^{n x n}; assume invertible(A), invertible(B); show (A + B)^{-1} = A^{-1} + B^{-1}",
        {"A": ONE, "B": ONE},
    ),
    # subspaces and systems of equations
    ("let A : R^{m x n}, v : R^n; assume v in Null(A); show v in Row(A)", {"A": ZERO, "v": ONE}),
    (
        "let A : R^{m x n}, B : R^{m x p}; assume Col(B) <= Col(A); show Col(A) <= Col(B)",
        {"A": ONE, "B": ZERO},
    ),
    ("let A : R^{m x n}, y : R^m; show A A^+ y = y", {"A": ZERO, "y": ONE}),
    ("let A : R^{m x n}, w : R^n, y : R^m; assume A w = y; show w = A^+ y", {"A": ZERO, "w": ONE, "y": ZERO}),
    (
        "let A : R^{m x n}, w : R^n, y : R^m; assume A w = y; show ||w|| <= ||A^+ y||",
        {"A": ZERO, "w": ONE, "y": ZERO},
    ),
    # norms and scalars
    ("let u, v : R^n; show <u, v> < ||u|| ||v||", {"u": ZERO, "v": ZERO}),
    ("let a, b : real; show a^2 + b^2 >= 3 a b", {"a": ONE, "b": ONE}),
    ("let a : positive; show a + 1/a > 2", {"a": ONE}),
    # exponentials, derivatives, limits
    ("let A, B : R^{n x n}; show e^{A + B} = e^A e^B", {"A": E11, "B": E12}),
    (
        "let A : R^{m x n}, w_0 : R^n; define w(t) = e^{-t A^T A} w_0; show d/dt w = A^T A w",
        {"A": ONE, "w_0": ONE, "t": ZERO, "w": ONE},
    ),
    (
        "let A : R^{m x n}, w_0 : R^n; define w(t) = e^{-t A^T A} w_0; show lim_{t -> oo} w(t) = 0",
        {"A": ZERO, "w_0": ONE, "t": ZERO, "w": ONE},
    ),
    (
        "let A : R^{m x n}, y : R^m, lambda : positive;"
        "show lim_{lambda -> 0+} (A^T A + lambda I)^{-1} A^T y = A^T y",
        {"A": [["2"]], "y": ONE},
    ),
    (
        "let A : R^{n x n}, w : R^n(t); assume d/dt w = A w; show d/dt (w^T w) = 0",
        {"A": ONE, "w": ONE, "w'": ONE},
    ),
    # complex numbers
    ("let A : C^{n x n}; show trace(A^* A) = trace(A A)", {"A": [["i"]]}),
    (
        "let x : R, k : natural; assume 0 <= x, x <= 3; show 1 - k x <= (1 - x)^k",
        {"x": [["3"]], "k": [["5"]]},
    ),
    ("let x : C; show x^* x = x^2", {"x": [["i"]]}),
]


@pytest.mark.parametrize(("text", "values"), FALSE, ids=[t for t, _ in FALSE])
def test_smallest_counterexample(claim: Claim, text: str, values: dict[str, Any]) -> None:
    found = refute(claim(text), seconds=20)
    assert found is not None
    assert found.kind == "refuted"
    assert {k: v for k, v in found.values.items() if k in values} == values


@pytest.mark.parametrize(
    ("text", "values", "reason"),
    [
        ("let X : R^{m x n}; show X^+ = X^T (X X^T)^{-1}", {"X": ZERO}, "X X^T is not invertible"),
        ("let A : R^{n x n}; show A A^{-1} = I", {"A": ZERO}, "A is not invertible"),
        ("let a : real; show a/a = 1", {"a": ZERO}, "a is not invertible"),
    ],
)
def test_undefined_is_rejected_not_refuted(
    claim: Claim, text: str, values: dict[str, Any], reason: str
) -> None:
    found = refute(claim(text), seconds=20)
    assert found is not None
    assert (found.kind, found.values, found.reason) == ("rejected", values, reason)


@pytest.mark.parametrize(
    "text",
    [
        "let Z : C^{m x n}; assume ||Z|| = 1; show Z^+ = Z^*",
        "let Z : C^{n x n}; assume Z^* = -Z, tr(Z Z^*) = 2; show Z = 0",
    ],
)
def test_a_smaller_counterexample_is_still_made_of_complex_numbers(claim: Claim, text: str) -> None:
    """Of a + b i as a block [[a, -b], [b, a]] no single entry may change."""
    found = refute(claim(text), seconds=20)
    assert found is not None and found.instance is not None
    for value in found.instance.values.values():
        for i in range(0, value.nrows(), 2):
            for j in range(0, value.ncols(), 2):
                assert (value[i, j], value[i, j + 1]) == (value[i + 1, j + 1], -value[i + 1, j])


def test_the_two_sides_are_exact_strings(claim: Claim) -> None:
    found = refute(claim("let A : R^{m x n}, B : R^{n x p}; show (A B)^+ = B^+ A^+"), seconds=20)
    assert found is not None
    assert (found.lhs, found.rhs, found.reason) == ([["1"]], [["1/2"]], "the two sides differ")
    assert found.to_json()["dims"] == {"m": 1, "n": 2, "p": 1}


def test_square_roots_are_written_as_such(claim: Claim) -> None:
    found = refute(claim("let A : R^{n x n}; show ||A||_F <= ||A||"), seconds=20)
    assert found is not None
    assert (found.lhs, found.rhs) == ([["sqrt(2)"]], [["1"]])


@pytest.mark.parametrize("text", [t for t, _ in FALSE])
def test_what_is_reported_is_a_counterexample(claim: Claim, text: str) -> None:
    statement = claim(text)
    found = refute(statement, seconds=20)
    assert found is not None and found.instance is not None and found.show is not None
    (goal,) = [g for g in goals(statement.given, statement.show) if g.show is found.show]
    assert decide_all(goal.given, found.instance) >= Truth.ENCLOSED
    assert decide(found.show, found.instance) is Truth.FALSE


def test_the_same_seed_gives_the_same_counterexample(claim: Claim) -> None:
    statement = claim("let Q, S : R^{n x n}; assume orthogonal(Q), orthogonal(S); show Q S = S Q")
    assert refute(statement, seconds=20, seed=5) == refute(statement, seconds=20, seed=5)


def test_random_search_shrinks(claim: Claim) -> None:
    # Enumeration with small integers never meets a = 5/3; what random search meets is shrunk in b.
    found = refute(claim("let a : positive, b : real; assume 3 a = 5; show b = 1"), seconds=20)
    assert found is not None
    assert found.values == {"a": [["5/3"]], "b": ZERO}


EQUIVALENCES = [
    ("let A : R^{n x n}; show symmetric(A) <==> psd(A)", {"A": [["-1"]]}),
    ("let A : R^{n x n}; show A^2 = 0 ==> A = 0", {"A": E12}),
]


@pytest.mark.parametrize(("text", "values"), EQUIVALENCES)
def test_implications_are_tried_under_their_premises(claim: Claim, text: str, values: dict[str, Any]) -> None:
    found = refute(claim(text), seconds=20)
    assert found is not None and found.values == values
