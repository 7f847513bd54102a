"""Powers with symbolic exponents and scalar exponentials: what their normal form identifies, and what not."""

from __future__ import annotations

import pytest

from lemmata.kernel.poly import derivative, expand, star, to_term
from lemmata.kernel.term import Term, add, exp, identity, inverse, mul, number, substitute, symbol

j, k = symbol("j", domain="natural"), symbol("k", domain="natural")
r, s, t = symbol("r"), symbol("s"), symbol("t", domain="time")
z = symbol("z", domain="complex")
A, B, S = symbol("A", "n", "n"), symbol("B", "n", "n"), symbol("S", "n", "n")
x, y = symbol("x", "n"), symbol("y", "n")
I = identity("n")  # noqa: E741 - the field's own name
half = number("1/2")
G = I - r * (S + S.T)

SAME: dict[str, tuple[Term, Term]] = {
    "exponentials of one sign": (exp(-t * s) * exp(-t * s), exp(number(-2) * t * s)),
    "opposite exponentials": (exp(r) * exp(-r), number(1)),
    "exponentials around a word": (exp(r) * (A * (exp(s) * x)), exp(s + r) * (A * x)),
    "the exponential of nothing": (exp(r - r), number(1)),
    "a square of an exponential": (exp(r) ** 2, exp(2 * r)),
    "exponents are compared expanded": (exp((r + s) ** 2) * exp(-(r * r)), exp(2 * r * s + s * s)),
    "a shifted power": (B ** (k + 1), B * B**k),
    "a shifted power, the other way round": (B ** (k + 1), B**k * B),
    "a sum of exponents": (B ** (k + j), B**j * B**k),
    "a multiple": (B ** (2 * k + 3), B * B**k * B * B**k * B),
    "a power of a scalar": ((1 - r * s) ** (k + 1), (1 - r * s) ** k - r * s * (1 - r * s) ** k),
    "a power of a sum": (G ** (k + 2), G * G * G**k),
    "no power": (B ** (k - k), I),
    "0^0": (number(0) ** (k - k), number(1)),
    "a positive power of zero": (number(0) ** (k + 1), number(0)),
    "the adjoint of a power": ((A ** (k + 1)).T, A.T ** (k + 1)),
    "a power of a self-adjoint matrix": ((G**k).T, G**k),
    "equal bases, written differently": ((A * (A + B)) ** k, (A * B + A * A) ** k),
    "in a scalar": (x.T * B ** (k + 1) * y, y.T * (B.T * (B.T) ** k) * x),
    "a constant negative exponent": (r ** number(-1), inverse(r)),
}
OTHER: dict[str, tuple[Term, Term]] = {
    "exponentials of matrices": (exp(A) * exp(B), exp(A + B)),
    "powers of two bases": (A**k * B**k, (A * B) ** k),
    "two exponents": (B**k, B**j),
    "a power of zero is not zero": (number(0) ** k, number(0)),
    "a matrix and another's power": (A * B**k, B**k * A),
    "a square root of a square": ((r**2) ** half, r),
    "two square roots": (s**half * s**half, s),
    "a square root and its matrix": (S**half * S, S * S**half),
    "a difference of exponents": (B ** (k - j) * B**j, B**k),
    "a product of exponents": (B ** (k * j), B**k * B**j),
    "a conjugate power": ((z**k).T, z**k),
}


@pytest.mark.parametrize("case", SAME)
def test_one_normal_form(case: str) -> None:
    left, right = SAME[case]
    assert expand(left) == expand(right)
    assert expand(to_term(expand(left))) == expand(left)


@pytest.mark.parametrize("case", OTHER)
def test_two_normal_forms(case: str) -> None:
    left, right = OTHER[case]
    assert expand(left) != expand(right)


@pytest.mark.parametrize("exponents", [(0, 0), (0, 1), (1, 2), (3, 2)])
@pytest.mark.parametrize("case", [*SAME, *OTHER])
def test_the_normal_form_holds_at_every_exponent(case: str, exponents: tuple[int, int]) -> None:
    values = {j: number(exponents[0]), k: number(exponents[1])}
    for side in (SAME | OTHER)[case]:
        assert expand(substitute(to_term(expand(side)), values)) == expand(substitute(side, values))


def test_the_derivative_of_a_product_of_exponentials() -> None:
    found = derivative(expand(exp(-t * s) * exp(-t * r) * x), "t")
    assert found == expand(mul(number(-1), add(s, r), exp(-t * (s + r)), x))


def test_a_real_power_is_its_own_adjoint() -> None:
    (letter,) = (loop[0] for loops, _ in expand(r**k).terms for loop in loops)
    assert star(letter) is letter
