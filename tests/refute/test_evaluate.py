"""The value of a term: tables, three number systems against each other, derivatives."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, arb_mat, fmpq, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.kernel.term import Term, add, dim, exp, identity, inverse, make, mul, number, pinv, symbol
from lemmata.refute.balls import Balls
from lemmata.refute.decide import Truth, decide
from lemmata.refute.dual import Dual, Pair
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.exact import Exact, Surd
from lemmata.refute.floats import Floats
from lemmata.refute.instance import Instance, lookup_in
from lemmata.refute.rational import exact_pinv, precision
from lemmata.refute.system import Diverges, Irrational, Undefined, Unsupported
from lemmata.terms.forms import (
    adjoint,
    at,
    call,
    constant,
    diff,
    grad,
    infinity,
    limit,
    literal,
    norm,
    power,
    relation,
    space,
    zero,
)

A, B = symbol("A", 1, "n"), symbol("B", "n", "n")
v, w = symbol("v", "n"), symbol("w", "n", 1, "real", "t")
t, a = symbol("t", 1, 1, "time"), symbol("a")
DATA = Instance(
    {"n": 2},
    {
        "A": fmpq_mat(1, 2, [1, 2]),
        "B": fmpq_mat(2, 2, [2, 1, 0, 1]),
        "v": fmpq_mat(2, 1, [3, 4]),
        "w": fmpq_mat(2, 1, [1, -1]),
        "w'": fmpq_mat(2, 1, [5, 7]),
        "w(0)": fmpq_mat(2, 1, [0, 9]),
        "a": fmpq_mat(1, 1, [4]),
        "t": fmpq_mat(1, 1, [2]),
    },
)


def scalar(q: Any) -> fmpq_mat:
    return fmpq_mat(1, 1, [fmpq(q)] if isinstance(q, int) else [q])


VALUES: list[tuple[Term, fmpq_mat]] = [
    (A @ v, scalar(11)),
    (-A @ v, scalar(-11)),
    (a * B - identity("n"), fmpq_mat(2, 2, [7, 4, 0, 3])),
    (B / a, fmpq_mat(2, 2, [fmpq(1, 2), fmpq(1, 4), 0, fmpq(1, 4)])),
    (pinv(A), fmpq_mat(2, 1, [fmpq(1, 5), fmpq(2, 5)])),
    (pinv(A.T @ A), fmpq_mat(2, 2, [fmpq(1, 25), fmpq(2, 25), fmpq(2, 25), fmpq(4, 25)])),
    (inverse(B), fmpq_mat(2, 2, [fmpq(1, 2), fmpq(-1, 2), 0, 1])),
    (power(B, 3), fmpq_mat(2, 2, [8, 7, 0, 1])),
    (power(B, -1), fmpq_mat(2, 2, [fmpq(1, 2), fmpq(-1, 2), 0, 1])),
    (norm(v), scalar(5)),
    (norm(B, "F") ** 2, scalar(6)),
    (make("inner", (v, w)), scalar(-1)),
    (make("trace", (B,)), scalar(3)),
    (make("det", (B,)), scalar(2)),
    (make("rank", (A.T @ A,)), scalar(1)),
    (dim("n") * a, scalar(8)),
    (literal([[a, number(1)], [number(0), a]]), fmpq_mat(2, 2, [4, 1, 0, 4])),
    (exp(zero("n", "n")), fmpq_mat(2, 2, [1, 0, 0, 1])),
    (exp(literal([[number(0), a], [number(0), number(0)]])), fmpq_mat(2, 2, [1, 4, 0, 1])),
    (power(a, number(Fraction(1, 2))), scalar(2)),
    (call("sqrt", a), scalar(2)),
    (diff(w), fmpq_mat(2, 1, [5, 7])),
    (diff(A @ w), scalar(19)),
    (diff(w.T @ w), scalar(-4)),
    (diff(norm(w) ** 2), scalar(-4)),
    (diff(t * t * w), fmpq_mat(2, 1, [24, 24])),
    (diff(at(w, number(0))), fmpq_mat(2, 1)),
    (at(w, number(0)), fmpq_mat(2, 1, [0, 9])),
    (diff(inverse(t)), scalar(fmpq(-1, 4))),
    (grad(norm(A @ v) ** 2, v), fmpq_mat(2, 1, [22, 44])),
    (grad(make("trace", (B.T @ B,)), B), fmpq_mat(2, 2, [4, 2, 0, 2])),
    (grad(norm(A @ w) ** 2, w), fmpq_mat(2, 1, [-2, -4])),
]


@pytest.mark.parametrize(("term", "value"), VALUES, ids=[str(i) for i in range(len(VALUES))])
def test_exact_values(term: Term, value: fmpq_mat) -> None:
    assert DATA.value(term) == value


def floats(instance: Instance) -> Evaluator:
    stacked = {
        k: np.array([[[float(x.p) / float(x.q) for x in row] for row in m.tolist()]])
        for k, m in instance.values.items()
    }
    return Evaluator(Floats(), instance.dims, lookup_in(stacked), instance.definitions)


@pytest.mark.parametrize(("term", "value"), VALUES, ids=[str(i) for i in range(len(VALUES))])
def test_three_systems_agree(term: Term, value: fmpq_mat) -> None:
    with precision(128):
        enclosed = Balls().ball(DATA.evaluator(Balls()).value(term))
        assert enclosed.contains(arb_mat(value)) or enclosed.overlaps(arb_mat(value))
    expected = np.array([[float(x.p) / float(x.q) for x in row] for row in value.tolist()])
    assert np.allclose(floats(DATA).value(term)[0], expected)


SINGULAR = B - identity("n")
DIFFERENTIABLE = [
    (grad(make("det", (B,)), B), fmpq_mat(2, 2, [1, 0, -1, 2])),  # the cofactors
    (grad(make("det", (SINGULAR,)), B), fmpq_mat(2, 2, [0, 0, -1, 1])),
    (diff(norm(w - w)), scalar(0)),  # |u| = o(t) where u and u' vanish
    (diff(power(norm(w - w), 3)), scalar(0)),
    (diff(power(norm(A @ w + 1), 3)), scalar(0)),
    (diff(call("abs", A @ w)), scalar(-19)),
]


@pytest.mark.parametrize(("term", "value"), DIFFERENTIABLE, ids=[str(i) for i in range(len(DIFFERENTIABLE))])
def test_what_is_differentiable_where_its_parts_are_not(term: Term, value: fmpq_mat) -> None:
    assert DATA.value(term) == value


def test_a_complex_determinant() -> None:
    turn = fmpq_mat(4, 4, [0, -1, 1, 0, 1, 0, 0, 1, 0, 0, 0, -1, 0, 0, 1, 0])  # [i, 1; 0, i]
    C = symbol("C", "n", "n", "complex")
    assert Instance({"n": 2}, {"C": turn}, unit=2).value(make("det", (C,))) == fmpq_mat(2, 2, [-1, 0, 0, -1])


UNDEFINED = [
    inverse(A.T @ A),
    inverse(a - 4),
    power(a - 4, -1),
    call("sqrt", -a),
    diff(norm(A @ w + 1)),
]


@pytest.mark.parametrize("term", UNDEFINED, ids=[str(i) for i in range(len(UNDEFINED))])
def test_what_has_no_value_says_so(term: Term) -> None:
    with pytest.raises(Undefined):
        DATA.value(term)


def test_undefined_names_the_place() -> None:
    with pytest.raises(Undefined) as caught:
        DATA.value(A @ inverse(A.T @ A))
    assert caught.value.place is inverse(A.T @ A)


def test_no_data_no_value() -> None:
    with pytest.raises(Unsupported, match="no value for w\\(1\\)"):
        DATA.value(at(w, number(1)))
    with pytest.raises(Unsupported, match="one t only"):
        DATA.evaluator(Balls()).value(limit(w, t, infinity()))


@pytest.mark.parametrize("term", [exp(B), constant("pi"), call("sin", a)])
def test_what_is_not_algebraic_is_left_to_balls(term: Term) -> None:
    with pytest.raises(Irrational):
        DATA.value(term)


def test_definitions_stand_in_for_functions() -> None:
    data = Instance(DATA.dims, DATA.values, {"w": exp(-t * B) @ v})
    assert decide(relation("eq", at(w, number(0)), v), data) is Truth.TRUE
    assert decide(relation("eq", diff(w), -B @ w), data) is Truth.ENCLOSED
    assert decide(relation("eq", diff(w), B @ w), data) is Truth.FALSE
    assert decide(relation("eq", limit(w, t, infinity()), zero("n")), data) is Truth.TRUE


LIMITS: list[tuple[Term, Term, Truth]] = [
    (limit(inverse(t + 1), t, infinity()), number(0), Truth.TRUE),
    (limit(inverse(t + 1), t, infinity()), number(1), Truth.FALSE),
    (limit(mul(t, inverse(t + 1)), t, number(0), "+"), number(0), Truth.TRUE),
    (limit(inverse(A.T @ A + a * identity("n")) @ A.T, a, number(0), "+"), pinv(A), Truth.TRUE),
    (limit(inverse(A.T @ A + a * identity("n")) @ A.T, a, number(0), "+"), A.T, Truth.FALSE),
]


@pytest.mark.parametrize(("left", "right", "truth"), LIMITS, ids=range(len(LIMITS)))
def test_limits(left: Term, right: Term, truth: Truth) -> None:
    assert decide(relation("eq", left, right), DATA) is truth


@pytest.mark.parametrize("body", [t, inverse(a), mul(a, inverse(call("abs", a)))])
def test_a_limit_that_does_not_exist_diverges(body: Term) -> None:
    at_zero = limit(body, a, number(0)) if a in body.args or body.head == "mul" else limit(t, t, infinity())
    with pytest.raises(Diverges), precision(256):
        DATA.evaluator(Balls()).value(at_zero)


# --- square roots ---------------------------------------------------------------------------------


def root(q: int | Fraction) -> Any:
    return Exact().sqrt(Exact().rational(Fraction(q)))


def test_square_roots_are_exact() -> None:
    e = Exact()
    assert e.mul(root(2), root(8)) == scalar(4)
    assert e.add(root(18), e.scale(e.rational(Fraction(-3)), root(2))) == scalar(0)
    assert isinstance(root(2), Surd) and root(Fraction(9, 4)) == scalar(fmpq(3, 2))


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(1, 30)), min_size=1, max_size=4))
def test_the_inverse_of_a_sum_of_roots(terms: list[tuple[int, int]]) -> None:
    e = Exact()
    total = scalar(0)
    for c, d in terms:
        total = e.add(total, e.scale(e.rational(Fraction(c)), root(d)))
    if total == scalar(0):
        with pytest.raises(Undefined):
            e.inverse(total)
    else:
        assert e.mul(total, e.inverse(total)) == scalar(1)
        assert e.sign(total) == math.copysign(1, sum(c * math.sqrt(d) for c, d in terms)) or len(terms) > 1


SIGNS = [
    (norm(v) + norm(w), norm(v + w), "ge", Truth.TRUE),
    (norm(v) + norm(w), norm(v + w), "le", Truth.FALSE),
    (norm(w) * norm(w), number(2), "eq", Truth.TRUE),
    (norm(w), number(Fraction(141421356, 10**8)), "gt", Truth.TRUE),
    (norm(2 * w), 2 * norm(w), "eq", Truth.TRUE),
]


@pytest.mark.parametrize(("left", "right", "sign", "truth"), SIGNS, ids=range(len(SIGNS)))
def test_relations_between_norms_are_decided_exactly(
    left: Term, right: Term, sign: str, truth: Truth
) -> None:
    assert decide(relation(sign, left, right), DATA) is truth


# --- properties ------------------------------------------------------------------------------------


@st.composite
def matrices(draw: st.DrawFn, rows: int | None = None, cols: int | None = None) -> fmpq_mat:
    r = rows or draw(st.integers(1, 4))
    c = cols or draw(st.integers(1, 4))
    return fmpq_mat(r, c, draw(st.lists(st.integers(-2, 2), min_size=r * c, max_size=r * c)))


@given(matrices())
def test_penrose_conditions_hold_exactly(m: fmpq_mat) -> None:
    p = exact_pinv(m)
    assert m * p * m == m and p * m * p == p
    assert (m * p).transpose() == m * p and (p * m).transpose() == p * m


@given(matrices())
def test_stacked_and_exact_pseudoinverse_agree(m: fmpq_mat) -> None:
    x = np.array([[[float(q.p) for q in row] for row in m.tolist()]])
    expected = np.array([[float(q.p) / float(q.q) for q in row] for row in exact_pinv(m).tolist()])
    assert np.allclose(Floats().pinv(x)[0], expected, atol=1e-9)


@settings(deadline=None)
@given(matrices(3, 3))
def test_stacked_exponential_lies_in_the_balls(m: fmpq_mat) -> None:
    x = np.array([[[float(q.p) for q in row] for row in m.tolist()]])
    with precision(128):
        exact = np.array([[float(q.mid()) for q in row] for row in arb_mat(m).exp().tolist()])
    assert np.allclose(Floats().exp(x)[0], exact, rtol=1e-10, atol=1e-10)


@settings(deadline=None)
@given(matrices(2, 3), matrices(2, 3))
def test_the_derivative_of_the_pseudoinverse_is_a_difference_quotient(m: fmpq_mat, dm: fmpq_mat) -> None:
    moved = m + dm * fmpq(1, 10**9)
    if m.rank() < 2 or moved.rank() < 2:
        return
    dot = Dual(Exact()).pinv(Pair(m, dm)).dot
    quotient = (exact_pinv(moved) - exact_pinv(m)) * fmpq(10**9)
    gap = [abs(x) for x in (dot - quotient).entries()]
    assert max(gap) < fmpq(1, 1000)


@settings(deadline=None)
@given(matrices(3, 3), matrices(3, 3))
def test_the_derivative_of_the_exponential_is_a_difference_quotient(m: fmpq_mat, dm: fmpq_mat) -> None:
    with precision(256):
        step = fmpq(1, 2**80)
        dot = Balls().ball(Dual(Balls()).exp(Pair(m, dm)).dot)
        quotient = (arb_mat(m + dm * step).exp() - arb_mat(m).exp()) * arb(2) ** 80
        assert all(abs(x) < arb(2) ** -40 for x in (dot - quotient).entries())


@given(matrices(2, 2), matrices(2, 2))
def test_adjoint_of_a_product_is_complex_too(x: fmpq_mat, y: fmpq_mat) -> None:
    z, u = symbol("Z", 1, 1, "complex"), symbol("U", 1, 1, "complex")

    def number_from(m: fmpq_mat) -> fmpq_mat:
        return fmpq_mat(2, 2, [m[0, 0], -m[1, 0], m[1, 0], m[0, 0]])

    data = Instance({}, {"Z": number_from(x), "U": number_from(y)}, unit=2)
    assert decide(relation("eq", adjoint(z @ u), adjoint(u) @ adjoint(z)), data) is Truth.TRUE
    assert decide(relation("eq", norm(z) ** 2, adjoint(z) @ z), data) is Truth.TRUE


# --- propositions ----------------------------------------------------------------------------------

TRUTHS: list[tuple[Term, Truth]] = [
    (relation("in", pinv(A), space("row", A)), Truth.TRUE),
    (relation("in", v, space("row", A)), Truth.FALSE),
    (relation("in", v, space("perp", space("null", B))), Truth.TRUE),
    (relation("subset", space("row", A), space("col", B)), Truth.TRUE),
    (relation("subset", space("col", B), space("row", A)), Truth.FALSE),
    (relation("eq", space("null", A), space("perp", space("row", A))), Truth.TRUE),
    (relation("ge", B.T @ B, zero("n", "n")), Truth.TRUE),
    (relation("gt", A.T @ A, zero("n", "n")), Truth.FALSE),
    (relation("ge", B, zero("n", "n")), Truth.FALSE),  # not symmetric
    (relation("ne", A.T, v), Truth.TRUE),
    (make("is", (A.T @ A,), "psd"), Truth.TRUE),
    (make("is", (A.T @ A,), "spd"), Truth.FALSE),
    (make("is", (B,), "invertible"), Truth.TRUE),
    (make("is", (A.T @ pinv(A.T),), "projection"), Truth.TRUE),
    (make("is", (B,), "diagonal"), Truth.FALSE),
    (make("not", (make("is", (B,), "symmetric"),)), Truth.TRUE),
    (relation("in", a, make("set", (number(3), number(4)))), Truth.TRUE),
    (relation("in", a, make("interval", (number(4), infinity()), "()")), Truth.FALSE),
    (relation("in", a, make("interval", (number(4), infinity()), "[)")), Truth.TRUE),
    (relation("lt", a, infinity()), Truth.TRUE),
    (relation("gt", add(a, exp(-a)), a), Truth.TRUE),
]


@pytest.mark.parametrize(("prop", "truth"), TRUTHS, ids=range(len(TRUTHS)))
def test_propositions(prop: Term, truth: Truth) -> None:
    assert decide(prop, DATA) is truth


def test_no_derivative_of_a_pseudoinverse_where_the_rank_changes() -> None:
    e = Dual(Exact())
    e11, e22 = fmpq_mat(2, 2, [1, 0, 0, 0]), fmpq_mat(2, 2, [0, 0, 0, 1])
    assert e.pinv(Pair(e11, e11)).dot == -e11
    with pytest.raises(Undefined):
        e.pinv(Pair(e11, e22))
