# ruff: noqa: E501 - one statement a row
"""Determinants, what equal matrices have in common, eigenvectors, limits by bounds: what the checker accepts."""

from __future__ import annotations

import pytest
from certificate_steps import ABSURD, G0, G1, ONE, ZERO, J, Row, ideal, once, proved, step

from lemmata.kernel.poly import Refused
from lemmata.kernel.term import identity, make, number, symbol
from lemmata.terms.forms import diff, equation, grad, is_, limit, relation, zero

A, B, C = (symbol(x, "n", "n") for x in "ABC")
U, V = symbol("U", "n", "m"), symbol("V", "m", "n")
Z = symbol("Z", "n", "n", "complex")
W, R = symbol("W", "n", "n", of="t"), symbol("R", "n", "n", of="t")
v, x, a = symbol("v", "n"), symbol("x", "n", "n"), symbol("a", domain="positive")
s, t = symbol("s"), symbol("u")
one = identity("n")


def det(M):  # type: ignore[no-untyped-def]
    return make("det", (M,))


def adj(M):  # type: ignore[no-untyped-def]
    return make("adjugate", (M,))


def congruent(T, letter, ref):  # type: ignore[no-untyped-def]
    return ["congruent", J(T), J(letter), ref]


def by(claim, use, index=0):  # type: ignore[no-untyped-def]
    return [once(claim, use, index=index)]


PRODUCT = ["det", J(A), J(B)]
PAIR = equation(A * v, number(-1) * a * v)

ACCEPTED: list[Row] = [
    ((), equation(det(A * B), det(A) * det(B)), by(equation(det(A * B), det(A) * det(B)), PRODUCT, 2)),
    ((), equation(det(one), ONE), by(equation(det(one), ONE), PRODUCT, 1)),
    ((), equation(det(one + U * V), det(identity("m") + V * U)), by(equation(det(one + U * V), det(identity("m") + V * U)), ["det", J(U), J(V)])),
    ((), equation(adj(A) * A, det(A) * one), by(equation(adj(A) * A, det(A) * one), ["adjugate", J(A)])),
    ((), equation(det(A.T), det(A)), [ideal(equation(det(A.T), det(A)))]),
    ((), equation(diff(det(W), "t"), make("trace", (adj(W) * diff(W, "t"),))), [ideal(equation(diff(det(W), "t"), make("trace", (adj(W) * diff(W, "t"),))))]),
    ((equation(A, B),), equation(det(A), det(B)), by(equation(det(A), det(B)), congruent(det(x), x, G0))),
    ((equation(A, B),), equation(make("rank", (C * A,)), make("rank", (C * B,))), by(equation(make("rank", (C * A,)), make("rank", (C * B,))), congruent(make("rank", (C * x,)), x, G0))),
    ((relation("le", s, t), relation("ne", s, t)), relation("lt", s, t), [step(relation("lt", s, t), "logic", of=[G0, G1])]),
]  # fmt: skip


@pytest.mark.parametrize("row", ACCEPTED)
def test_accepted(row: Row) -> None:
    assert proved(*row)


def eigen(claim, steps, name="v", value="a", symmetry=()):  # type: ignore[no-untyped-def]
    return [step(claim, "eigen", vector=name, value=value, steps=steps, uses=[G0], symmetry=list(symmetry))]


REFUSED: dict[str, Row] = {
    "factors that are not square": ((), equation(det(U * V), ZERO), by(equation(det(U * V), ZERO), ["det", J(U), J(V)], 2)),
    "another sign": ((), equation(det(A * B), -1 * det(A) * det(B)), by(equation(det(A * B), -1 * det(A) * det(B)), PRODUCT, 2)),
    "the determinant is not additive": ((), equation(det(A + B), det(A) + det(B)), [ideal(equation(det(A + B), det(A) + det(B)))]),
    "det(2 A) = 2 det(A)": ((), equation(det(2 * A), 2 * det(A)), [ideal(equation(det(2 * A), 2 * det(A)))]),
    "complex transposes conjugate": ((), equation(det(Z.T), det(Z)), [ideal(equation(det(Z.T), det(Z)))]),
    "Sylvester on one side": ((), equation(det(one + A * B), det(one + A)), by(equation(det(one + A * B), det(one + A)), PRODUCT)),
    "equal at one time, and so the derivatives": (
        (), make("implies", (equation(W, R), equation(diff(W, "t"), diff(R, "t")))),
        [step(
            make("implies", (equation(W, R), equation(diff(W, "t"), diff(R, "t")))), "implies",
            steps=by(equation(diff(W, "t"), diff(R, "t")), congruent(diff(symbol("y", "n", "n", of="t"), "t"), symbol("y", "n", "n", of="t"), G0)),
        )],
    ),
    "not equal at all": ((relation("le", A, B),), equation(det(A), det(B)), by(equation(det(A), det(B)), congruent(det(x), x, G0))),
    "a matrix that is not symmetric": ((PAIR,), is_("psd", A), eigen(is_("psd", A), [])),
    "no contradiction": ((is_("symmetric", A),), is_("psd", A), eigen(is_("psd", A), [])),
    "a vector that is known": (
        (is_("symmetric", A), equation(v, zero("n"))), is_("psd", A),
        eigen(is_("psd", A), [], symmetry=[["1", [], [], 0, False, []]]),
    ),
    "a real eigenvector of a complex matrix": (
        (is_("symmetric", Z), relation("ne", v, v)), is_("psd", Z),
        eigen(is_("psd", Z), [step(ABSURD, "logic", of=[G0])], symmetry=[["1", [], [], 0, False, []]]),
    ),
    "a number": ((relation("le", s, t),), relation("le", t, s), eigen(relation("le", t, s), [])),
    "order is not strict between matrices": (
        (relation("le", A, B), relation("ne", A, B)), relation("lt", A, B),
        [step(relation("lt", A, B), "logic", of=[G0, G1])],
    ),
    "nothing strict from one fact": ((relation("le", s, t),), relation("lt", s, t), [step(relation("lt", s, t), "logic", of=[G0])]),
}  # fmt: skip


@pytest.mark.parametrize("row", REFUSED.values(), ids=list(REFUSED))
def test_refused(row: Row) -> None:
    with pytest.raises(Refused):
        proved(*row)


def test_a_strict_inequality_excludes_the_eigenvalue_zero() -> None:
    """With a > 0 instead of a >= 0 spd(0) would follow from 0 v = -a v."""
    O = zero("n", "n")  # noqa: E741
    pair = equation(zero("n"), number(-1) * symbol("a", domain="positive") * v)
    steps = [step(pair, "ideal", uses=[G1], letters=[], combinations=[[["1", [], [], 0, False, []]]])]
    with pytest.raises(Refused):
        proved((equation(A, O),), is_("spd", A), eigen(is_("spd", A), steps))


u, w = symbol("u", "n", 1, "complex"), symbol("w", "n", 1, "complex")
CAUCHY = {"left": J(u), "right": J(w)}


def test_cauchy_and_schwarz_over_the_complex_numbers() -> None:
    claim = relation("le", u.T * w * (w.T * u), u.T * u * (w.T * w))
    assert proved((), claim, [step(claim, "cauchy", **CAUCHY)])


@pytest.mark.parametrize("small", [u.T * w * (u.T * w), w.T * u * (w.T * u)], ids=["(u^* w)^2", "(w^* u)^2"])
def test_a_square_is_no_modulus(small) -> None:  # type: ignore[no-untyped-def]
    claim = relation("le", small, u.T * u * (w.T * w))
    with pytest.raises(Refused):
        proved((), claim, [step(claim, "cauchy", **CAUCHY)])


def test_roots_are_taken_of_real_numbers_only() -> None:
    z, b = symbol("z", 1, 1, "complex"), symbol("b", domain="positive")
    squares, claim = relation("le", z * z, b * b), relation("le", z, b)
    with pytest.raises(Refused):
        proved((squares,), claim, [step(claim, "root", of=G0)])


# --- limits by bounds -------------------------------------------------------------------------------

p, b = symbol("p", "n", of="t"), symbol("b", of="t")
clock, oo = symbol("t", domain="time"), make("infinity")
TENDS = equation(limit(b, clock, oo), ZERO)
SQUARE = p.T * p
NEAR = relation("le", SQUARE, b)
GOAL = equation(limit(p, clock, oo), zero("n"))


def test_what_is_bounded_by_what_vanishes_vanishes() -> None:
    assert proved((NEAR, TENDS), GOAL, [step(GOAL, "squeeze", of=G0, limit=G1)])


@pytest.mark.parametrize(("given", "goal"), [
    ((relation("le", b, SQUARE), TENDS), GOAL),
    ((relation("le", SQUARE, 2 * b), TENDS), GOAL),
    ((NEAR, equation(limit(b, clock, oo), ONE)), GOAL),
    ((NEAR, equation(limit(b, clock, ZERO), ZERO)), equation(limit(p, clock, ZERO), zero("n"))),
    ((NEAR, TENDS), equation(limit(p, clock, oo), v)),
    ((NEAR, TENDS), equation(limit(p, clock, oo), p)),
    ((relation("le", make("inner", (p, v)), b), TENDS), GOAL),
])  # fmt: skip
def test_but_not_by_something_else(given, goal) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused):
        proved(given, goal, [step(goal, "squeeze", of=G0, limit=G1)])


def test_a_bound_at_one_time_says_nothing_of_the_limit() -> None:
    claim = make("implies", (NEAR, GOAL))
    with pytest.raises(Refused):
        proved((TENDS,), claim, [step(claim, "implies", steps=[step(GOAL, "squeeze", of=G1, limit=G0)])])


# --- what a reader from outside found -----------------------------------------------------------------


@pytest.mark.parametrize("n", ["n", 2])
def test_a_number_is_no_factor_of_a_determinant(n: str | int) -> None:
    """det(A s) = det(A) s would make 4 = 2 for A = I, s = 2."""
    M = symbol("M", n, n)
    claim = equation(det(M * s), det(M) * s)
    with pytest.raises(Refused):
        proved((), claim, by(claim, ["det", J(M), J(s)], 2))


y, q = symbol("y", "n"), symbol("q", "n")
FLAT = equation(grad(y.T * y, q), zero("n"))
DEFINED = equation(y, A * q)


@pytest.mark.parametrize("given", [
    (DEFINED,),
    (make("and", (DEFINED, equation(ZERO, ZERO))),),
    (make("and", (DEFINED, relation("le", ZERO, y.T * y))),),
    (equation(make("norm", (y - A * q,), "2"), ZERO),),
    (relation("le", make("norm", (y - A * q,), "2"), ZERO),),
])  # fmt: skip
def test_what_a_hypothesis_defines_is_not_held_fixed(given) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused):
        proved(given, FLAT, [ideal(FLAT)])


def test_nor_what_a_premise_defines_when_a_lemma_is_applied() -> None:
    free = symbol("f", "n")
    lemma = make("implies", (equation(free, A * q), equation(grad(y.T * y, q), zero("n"))))
    steps = [step(lemma, "implies", steps=[ideal(FLAT)])]
    claim = make("implies", (DEFINED, FLAT))
    use = step(claim, "apply", lemma="L", dims={}, terms=[[J(free), J(y)]], given=[])
    with pytest.raises(Refused):
        proved((), claim, [use], (((), lemma, steps),))


def test_no_complex_number_in_an_oracle_fact() -> None:
    z = symbol("z", 1, 1, "complex")
    claim = relation("ge", make("norm", (z * z + 1,), "2"), ONE)
    with pytest.raises(Refused):
        proved((), claim, [step(claim, "oracle", uses=[])])


SIZE = make("norm", (p,), "2")


def _tends(body, value):  # type: ignore[no-untyped-def]
    return equation(limit(body, clock, oo), value)


def test_roots_of_limits() -> None:
    claim = _tends(SIZE, number(2))
    assert proved((_tends(SIZE**2, number(4)),), claim, [step(claim, "limitroot", of=G0)])


@pytest.mark.parametrize(("given", "claim"), [
    (_tends(SIZE**2, number(4)), _tends(SIZE, number(-2))),
    (_tends(SIZE**2, number(4)), _tends(SIZE, number(4))),
    (_tends(b * b, number(4)), _tends(b, number(2))),
    (equation(limit(SIZE**2, clock, ZERO), number(4)), _tends(SIZE, number(2))),
])  # fmt: skip
def test_but_of_nonnegative_numbers_only(given, claim) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused):
        proved((given,), claim, [step(claim, "limitroot", of=G0)])
