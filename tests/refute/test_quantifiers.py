"""Existence is decided by linear algebra, "for all" by coefficients; numbers are of their declared kind."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from flint import fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import Term
from lemmata.refute.counterexample import refute
from lemmata.refute.decide import Truth, decide
from lemmata.refute.goals import conjuncts, goals
from lemmata.refute.instance import Instance

Claim = Callable[[str], Statement]
ZERO, ONE = [["0"]], [["1"]]

# The proposition, the data (n, rows of A, rows of B), its truth.
N, E12, I2, E11 = [[0]], [[0, 1], [0, 0]], [[1, 0], [0, 1]], [[1, 0], [0, 0]]
DECIDED: list[tuple[str, Any, Any, Truth]] = [
    # there is: affine in the letters
    ("exists X : R^{n x n}. A X = I", N, N, Truth.FALSE),
    ("exists X : R^{n x n}. A X = I", I2, I2, Truth.TRUE),
    ("exists X : R^{n x n}. A X B = A", E12, E11, Truth.FALSE),
    ("exists X : R^{n x n}. A X = B and X A = B", E11, E11, Truth.TRUE),
    ("exists X, Y : R^{n x n}. A X + Y A = I", E12, E12, Truth.TRUE),
    ("exists X, Y : R^{n x n}. A X + Y A = I", [[0, 0], [0, 0]], N, Truth.FALSE),
    ("exists X : R^{n x n}. X^T = X and A X = B", I2, E12, Truth.FALSE),
    ("exists X : R^{n x n}. symmetric(X) and A X = B", E11, E12, Truth.TRUE),
    ("exists X : R^{n x n}. diagonal(X) and A X = B", I2, E12, Truth.FALSE),
    # there is, with an order: what the linear equations force on a subspace
    ("exists X : R^{n x n}. A X = B and X >= 0", E11, E12, Truth.FALSE),
    ("exists X : R^{n x n}. A X = B and X >= 0", I2, [[1, 1], [1, 1]], Truth.TRUE),
    ("exists X : R^{n x n}. A X = B and X >= 0", I2, [[1, 2], [2, 1]], Truth.FALSE),
    ("exists X : R^{n x n}. A X = B and X >= 0", I2, [[0, 1], [1, 0]], Truth.FALSE),
    ("exists X : R^{n x n}. A X = B and X >= 0", E11, [[-1, 0], [0, 0]], Truth.FALSE),
    ("exists X : R^{n x n}. A X = B and X >= 0", E11, E11, Truth.TRUE),
    ("exists X : R^{n x n}. A X = 0 and X > 0", E11, N, Truth.FALSE),
    ("exists X : R^{n x n}. A X = 0 and X >= B", E11, [[1, 0], [0, -1]], Truth.FALSE),
    ("exists X : R^{n x n}. X >= A and X <= B", I2, E11, Truth.FALSE),
    ("exists X : R^{n x n}. A^T X + X A = 0 and X > 0", [[1, 1], [0, 1]], N, Truth.FALSE),
    ("exists X : R^{n x n}. A^T X + X A = 0 and X > 0", [[0, -1], [1, 0]], N, Truth.TRUE),
    ("exists x : R^n. A x = 0 and x != 0", I2, I2, Truth.FALSE),
    ("exists x : R^n. A x = 0 and x != 0", E12, I2, Truth.TRUE),
    ("exists x : R^n. x in Null(A) and B x != 0", E12, E12, Truth.FALSE),
    ("exists X : R^{n x n}. Col(X) <= Col(A) and B X = I", E11, I2, Truth.FALSE),
    ("(exists X : R^{n x n}. A X = I) or (exists Y : R^{n x n}. B Y = I)", N, N, Truth.FALSE),
    ("exists X : R^{n x n}. A X = I or B X = I", E12, I2, Truth.TRUE),
    ("exists c : positive. A = c B", I2, I2, Truth.TRUE),
    ("exists c : positive. A = c B", [[-1]], [[1]], Truth.FALSE),
    ("exists c : natural. A = c B", [[1]], [[2]], Truth.FALSE),
    # a unique solution decides the rest, otherwise nothing is claimed
    ("exists X : R^{n x n}. A X = B and X^2 = B", I2, E12, Truth.FALSE),
    ("exists x : real. x^2 = -1", N, N, Truth.UNKNOWN),
    ("exists v : R^n. v^T A v < 0", I2, N, Truth.FALSE),
    ("exists v : R^n. v^T A v < 0", E12, N, Truth.TRUE),
    ("exists v : R^n. B v = 0 and v^T A v < 0", [[-1, 0], [0, 1]], E11, Truth.FALSE),
    # for all
    ("forall v : R^n. v^T A v >= 0", I2, N, Truth.TRUE),
    ("forall v : R^n. v^T A v >= 0", E12, N, Truth.FALSE),
    ("forall v : R^n. v^T A v = 0", [[0, 1], [-1, 0]], N, Truth.TRUE),
    ("forall v : R^n. v^T A v = v^T A^T v", E12, N, Truth.TRUE),
    ("forall v : R^n. v^T A v + 1 > 0", E11, N, Truth.TRUE),
    ("forall v : R^n. v != 0 ==> v^T A v > 0", E11, N, Truth.FALSE),
    ("forall v : R^n. v != 0 ==> v^T A v > 0", I2, N, Truth.TRUE),
    ("forall v : R^n. ||A v|| <= ||B v||", E11, I2, Truth.TRUE),
    ("forall v : R^n. ||B v|| <= ||A v||", E11, I2, Truth.FALSE),
    ("forall v : R^n. A v = 0 ==> B v = 0", E12, E12, Truth.TRUE),
    ("forall v : R^n. A v = 0 ==> B v = 0", E12, I2, Truth.FALSE),
    ("forall v : R^n. v in Row(A) ==> B v = 0", E12, E11, Truth.TRUE),
    ("forall v : R^n. ||A v||^2 <= 0 ==> v = 0", I2, N, Truth.TRUE),
    ("forall v : R^n. ||A v||^2 <= 0 ==> v = 0", E12, N, Truth.FALSE),
    ("forall X : R^{n x n}. A X = X A", I2, N, Truth.TRUE),
    ("forall X : R^{n x n}. A X = X A", E12, N, Truth.FALSE),
    ("forall v : R^n. (exists u : R^n. A u = v) ==> B v = v", E11, I2, Truth.UNKNOWN),
]


def _square(rows: Any, n: int) -> fmpq_mat:
    return fmpq_mat(n, n, [rows[i % len(rows)][j % len(rows)] for i in range(n) for j in range(n)])


def _prop(claim: Claim, text: str) -> Term:
    return claim(f"let A, B : R^{{n x n}}; show {text}").show


@pytest.mark.parametrize(("text", "a", "b", "truth"), DECIDED, ids=[f"{t} {a}" for t, a, _, _ in DECIDED])
def test_quantifiers_at_given_data(claim: Claim, text: str, a: Any, b: Any, truth: Truth) -> None:
    n = max(len(a), len(b))
    data = Instance({"n": n}, {"A": _square(a, n), "B": _square(b, n)})
    assert decide(_prop(claim, text), data) is truth


@given(
    st.lists(st.integers(-2, 2), min_size=9, max_size=9), st.lists(st.integers(-2, 2), min_size=3, max_size=3)
)
@settings(max_examples=60, deadline=None)
def test_solvability_is_a_matter_of_rank(a: list[int], b: list[int]) -> None:
    from lemmata.kernel.term import make, mul, symbol
    from lemmata.terms.forms import equation

    A, x, y = symbol("A", "n", "n"), symbol("x", "n"), symbol("y", "n")
    data = Instance({"n": 3}, {"A": fmpq_mat(3, 3, a), "y": fmpq_mat(3, 1, b)})
    both = fmpq_mat(3, 4, [*a[:3], b[0], *a[3:6], b[1], *a[6:], b[2]])
    expected = Truth.TRUE if data.values["A"].rank() == both.rank() else Truth.FALSE
    assert decide(make("exists", (x, equation(mul(A, x), y))), data) is expected


FALSE = [
    ("let A : R^{m x n}, b : R^m; show exists x : R^n. A x = b", {"A": ZERO, "b": ONE}),
    ("let A, B : R^{m x n}; assume A B^T >= 0, Col(B) <= Col(A); show exists X : R^{n x n}. A X = B and X >= 0",
     {"A": [["1", "0"]], "B": [["0", "1"]]}),
    ("let A : R^{m x n}; show not exists x : R^n. A x = 0", {"A": ZERO, "x": ZERO}),
    ("let A : R^{m x n}; assume not (exists x : R^n. A x = 0 and x != 0); show rank(A) = m", {"A": [["1"], ["0"]]}),
    ("let S : R^{n x n}; assume forall v : R^n. v != 0 ==> v^T S v > 0; show symmetric(S)", {}),
    ("let A : R^{m x n}, v, w : R^n, y : R^m; assume w = argmin_v ||A v - y||; show w = A^T y", {}),
    ("let A, B : C^{n x n}; show exists X : C^{n x n}. A X = B", {"A": ZERO, "B": ONE}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values"), FALSE, ids=[t for t, _ in FALSE])
def test_false_claims_with_quantifiers(claim: Claim, text: str, values: dict[str, Any]) -> None:
    found = refute(claim(text), seconds=5)
    assert found is not None and found.kind == "refuted"
    assert {k: found.values[k] for k in values} == values


def test_a_missing_solution_is_shown_by_ranks(claim: Claim) -> None:
    found = refute(claim("let A : R^{m x n}, b : R^m; show exists x : R^n. A x = b"))
    assert found is not None
    assert found.reason == (
        "there is no such x; its linear equations have rank 0, with the right-hand side 1"
    )


TRUE = [
    "let A : R^{m x n}, y : R^m; show exists w : R^n. A^T A w = A^T y",
    "let A : R^{n x n}; show exists X : R^{n x n}. A X A = A and X A X = X",
    "let A : R^{m x n}, w : R^n, y : R^m; assume A^T A w = A^T y; show forall v : R^n. ||A w - y|| <= ||A v - y||",
    "let A : R^{m x n}, v, w : R^n, y : R^m; assume w = argmin_v ||A v - y||; show w = A^+ y",
    "let S : R^{n x n}; assume symmetric(S), forall v : R^n. v^T S v >= 0; show psd(S)",
    "let A, B : R^{m x n}; assume forall v : R^n. ||A v|| <= ||B v||; show Null(B) <= Null(A)",
    "let A, B : R^{n x n}; assume exists X : R^{n x n}. A X = B; show Col(B) <= Col(A)",
    # numbers are of the kind that was declared, also where they are computed
    "let c : positive, x : R; assume c = x; show x > 0",
    "let c : positive, x : R^n; assume x^T x = c; show x != 0",
    "let k : natural, c : real; assume c = 1/2, k = c + 1; show k = 2",
    "let c : C, x : R; assume x = c; show c^* = c",
    "let A : R^{m x n}, lambda : positive; show ||(A^T A + lambda I)^{-1}|| <= 1 / lambda",
]


@pytest.mark.parametrize("text", TRUE)
def test_true_claims_are_not_refuted(claim: Claim, text: str) -> None:
    assert refute(claim(text), seconds=1.5) is None


def test_a_counterexample_keeps_to_the_declared_kinds(claim: Claim) -> None:
    found = refute(
        claim("let A : R^{m x n}, lambda : positive; show ||(A^T A + lambda I)^{-1} A^T|| <= 1 / lambda")
    )
    assert found is not None and Fraction(found.values["lambda"][0][0]) > 0


def test_negations_move_inward(claim: Claim) -> None:
    given = claim("let A : R^{m x n}; assume not (exists x : R^n. A x = 0 and x != 0); show A = A").given
    (one,) = conjuncts(given)
    assert one.head == "forall" and one.args[-1].head == "implies"
    (goal,) = goals((), claim("let A : R^{m x n}; show not exists x : R^n. A x = 0").show)
    assert goal.show.head == "ne"
