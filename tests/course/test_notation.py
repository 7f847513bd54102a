"""The words of a statement build the terms that the parser builds, and refuse shapes that do not fit."""

from __future__ import annotations

import subprocess
import sys

import pytest

from lemmata.course import author, notation
from lemmata.course.notation import (
    Eq,
    ForAll,
    I,
    In,
    Le,
    Null,
    Perp,
    Row,
    ShapeError,
    Subset,
    Term,
    at,
    diff,
    dims,
    exp,
    grad,
    inner,
    inv,
    limit,
    matrices,
    matrix,
    norm,
    oo,
    pinv,
    rank,
    scalar,
    symmetric,
    trace,
    vector,
    zero,
)  # fmt: skip
from lemmata.kernel import term as k
from lemmata.terms import forms

m, n = dims("m n")
X = matrix("X", m, n)
y, w = vector("y", m), vector("w", n, of="t")
DECLARATIONS = {"Calc", "Citation", "Proof", "Step", "Theorem", "cite", "derivation", "theorem"}
lam, t = scalar("lambda", "positive"), scalar("t", "time")

SHAPES = [
    (X.T @ inv(X @ X.T), ("n", "m")),
    (pinv(X), ("n", "m")),
    (X.T @ X + lam * I(n), ("n", "n")),
    (exp(-t * X.T @ X) @ w, ("n", 1)),
    (limit(inv(X.T @ X + lam * I(n)), lam, 0), ("n", "n")),
    (diff(w), ("n", 1)),
    (grad(inner(X @ w - y, X @ w - y) / 2, w), ("n", 1)),
    (norm(X, "F"), (1, 1)),
    (matrix("A", 2, 3), (2, 3)),
]


@pytest.mark.parametrize(("term", "shape"), SHAPES)
def test_shape(term: Term, shape: tuple[object, object]) -> None:
    assert term.shape == shape


def test_a_symbol_written_twice_is_one_symbol() -> None:
    assert matrix("X", "m", "n") is X
    assert matrices("X Z", m, n)[0] is X


def test_a_dimension_is_a_size_and_a_number() -> None:
    assert Eq(rank(X), m) is forms.equation(k.make("rank", (X,)), k.dim("m"))


def test_zero_takes_the_shape_of_the_other_side() -> None:
    assert Eq(X @ w, 0) is Eq(X @ w, zero(m))
    assert Eq(0, X) is Eq(zero(m, n), X)
    assert Eq(norm(w), 0) is forms.equation(forms.norm(w), k.number(0))


def test_the_value_at_the_own_variable_is_the_symbol() -> None:
    assert at(w, t) is w
    assert at(w, 0) is forms.at(w, k.number(0))


def test_a_limit_at_infinity_has_no_side() -> None:
    assert limit(w, t, oo) is limit(w, t, oo, side="")
    assert limit(lam, lam, 0) is not limit(lam, lam, 0, side="-")


WRONG = [
    lambda: X @ X,
    lambda: X + X.T,
    lambda: inv(X),
    lambda: trace(X),
    lambda: Eq(X, X.T),
    lambda: Le(X, X),
    lambda: In(y, Row(X)),
    lambda: Subset(Row(X), Null(X.T)),
    lambda: Perp(X),
    lambda: symmetric(X),
    lambda: at(X, 0),
    lambda: ForAll(w, X),
    lambda: grad(X, w),
    lambda: matrix("A", 0, n),
    lambda: matrix("A", 1.5, n),
    lambda: matrix("A", m + 1, n),
]


@pytest.mark.parametrize("build", WRONG)
def test_what_does_not_fit_is_refused(build: object) -> None:
    with pytest.raises(ShapeError):
        build()  # type: ignore[operator]


def test_something_else_is_no_term() -> None:
    with pytest.raises(TypeError, match="is no term"):
        Eq(X, "X")
    with pytest.raises(TypeError, match="is no term"):
        X + 0.5


def test_a_course_file_gets_the_whole_vocabulary() -> None:
    assert set(author.__all__) == {*notation.__all__, *DECLARATIONS}
    assert all(hasattr(author, name) for name in author.__all__)


def test_scalars_of_sympy_mix_in() -> None:
    """SymPy is loaded by the first of its objects, in a process that has not met any."""
    code = """\
import sys
from lemmata.course.notation import *
X = matrix("X", "m", "n")
assert "sympy" not in sys.modules
import sympy
s = sympy.Symbol("lambda", positive=True)
half = sympy.Rational(1, 2)
assert s * X is scalar("lambda", "positive") * X
assert X * s is X * scalar("lambda", "positive")
assert Eq(half * X, X * half) is Eq(Fraction(1, 2) * X, X * Fraction(1, 2))
assert limit(inv(X.T @ X + s * I("n")), s, 0).shape == ("n", "n")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
