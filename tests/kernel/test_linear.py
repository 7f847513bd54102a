# ruff: noqa: E501 - one statement a row
"""Equal at 0 and a difference with a linear rate: equal at all times.  What the rule accepts and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from certificate_steps import G0, G1, ONE, ZERO, J, Row, Step, proved, step

from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term, exp, identity, inverse, make, mul, number, pinv, symbol
from lemmata.terms.forms import at, diff, equation, grad, limit, relation, zero

A, B = symbol("A", "n", "n"), symbol("B", "n", "n")
K, X, Y = (symbol(name, "n", "n", of="t") for name in "KXY")
Z = symbol("Z", "n", "n")
f, g = symbol("f", of="t"), symbol("g", of="t")
s, z = symbol("s"), symbol("Z")
O = zero("n", "n")  # noqa: E741


def trace(a: Term) -> Term:
    return make("trace", (a,))


def linear(claim: Term, rule: Term, of: Any = G0, letter: str = "Z") -> list[Step]:
    return [step(claim, "linear", of=of, map=J(rule), letter=letter)]


def vanishes(x: Term, rate: Term, rule: Term, *, start: bool = True) -> Row:
    """x = 0, from x' = rate and x(0) = 0, by the map."""
    nothing = O if x is X else ZERO
    given = [equation(diff(x, "t"), rate), *([equation(at(x, number(0)), nothing)] if start else [])]
    return tuple(given), equation(x, nothing), linear(equation(x, nothing), rule)


ACCEPTED: dict[str, Row] = {
    "constant coefficients": vanishes(X, A * X, A * Z),
    "coefficients that move": vanishes(X, K * X - X * K, K * Z - Z * K),
    "a transpose": vanishes(X, A * X.T, A * Z.T),
    "a trace": vanishes(X, trace(A * X) * B, trace(A * Z) * B),
    "an exponential of the time": vanishes(X, exp(symbol("t", domain="time") * A) * X, exp(symbol("t", domain="time") * A) * Z),
    "no rate at all": vanishes(X, O, O),
    "two functions": (
        (equation(diff(X - Y, "t"), A * X - A * Y), equation(at(X, number(0)), at(Y, number(0)))),
        equation(X, Y), linear(equation(X, Y), A * Z),
    ),
    "numbers": vanishes(f, g * f, g * z),
    "the inverse of a constant": vanishes(f, inverse(symbol("m", domain="positive")) * f, inverse(symbol("m", domain="positive")) * z),
}  # fmt: skip

REFUSED: dict[str, Row] = {
    "the start is not known": vanishes(X, A * X, A * Z, start=False),
    "another start": ((equation(diff(f, "t"), f), equation(at(f, number(0)), ONE)), equation(f, ZERO), linear(equation(f, ZERO), z)),
    "a rate that does not vanish with it": vanishes(f, ONE, ONE),
    "a constant besides": vanishes(f, f + ONE, z + ONE),
    "a square, and no other reason": vanishes(f, f * f, z * z),
    "its inverse": vanishes(f, inverse(f), inverse(z)),
    "its exponential": vanishes(f, exp(f), exp(z)),
    "an exponential of the matrix": vanishes(X, exp(X) - identity("n"), exp(Z) - identity("n")),
    "the square of a trace": vanishes(X, trace(X) * trace(X) * A, trace(Z) * trace(Z) * A),
    "a trace of a square": vanishes(X, trace(X * X) * A, trace(Z * Z) * A),
    "a square root": vanishes(f, make("call", (f,), "sqrt"), make("call", (z,), "sqrt")),
    "a coefficient that may jump": vanishes(X, pinv(K) * X, pinv(K) * Z),
    "a coefficient with another time": vanishes(X, at(symbol("Y", "n", "n", of="s"), inverse(symbol("t", domain="time"))) * X, at(symbol("Y", "n", "n", of="s"), inverse(symbol("t", domain="time"))) * Z),
    "a coefficient with a pole": vanishes(f, inverse(g) * f, inverse(g) * z),
    "2 f / t, which t^2 solves": vanishes(f, 2 * inverse(symbol("t", domain="time")) * f, 2 * inverse(symbol("t", domain="time")) * z),
    "another map": vanishes(X, A * X, B * Z),
    "another order": vanishes(X, A * X, Z * A),
    "the rate of something else": (
        (equation(diff(Y, "t"), A * Y), equation(at(X, number(0)), O)), equation(X, O), linear(equation(X, O), A * Z),
    ),
    "a bound, not a rate": (
        (relation("le", diff(f, "t"), f), equation(at(f, number(0)), ZERO)), equation(f, ZERO), linear(equation(f, ZERO), z),
    ),
    "a sequence": (
        (equation(at(symbol("x", of="k"), number(0)), ZERO),), equation(symbol("x", of="k"), ZERO),
        linear(equation(symbol("x", of="k"), ZERO), z),
    ),
    "the time before 0 is not reached by a positive time": (
        (equation(diff(f, "t"), f), equation(at(f, number(0)), ZERO), relation("eq", symbol("t", domain="positive") * f, f)),
        equation(f, ZERO), linear(equation(f, ZERO), z),
    ),
    "its own rate: any function has that": vanishes(f, diff(f, "t"), diff(z, "t")),
    "a gradient that sees into the difference": (
        (equation(diff(s * f + g, "t"), f), equation(s * at(f, number(0)) + at(g, number(0)), ZERO)),
        equation(s * f + g, ZERO), linear(equation(s * f + g, ZERO), grad(z, s)),
    ),
    "a gradient of a product with the letter": (
        (equation(diff(s * f + g, "t"), 2 * s * f + g), equation(s * at(f, number(0)) + at(g, number(0)), ZERO)),
        equation(s * f + g, ZERO), linear(equation(s * f + g, ZERO), grad(z * s, s)),
    ),
    "a letter named like the time": (
        (equation(diff(f, "t"), diff(diff(f, "t"), "t") * g), equation(at(f, number(0)), ZERO)), equation(f, ZERO),
        linear(equation(f, ZERO), diff(diff(symbol("t"), "t"), "t") * g, letter="t"),
    ),
    "a limit": vanishes(f, f, limit(z, symbol("l", domain="positive"), ZERO)),
    "a letter of two shapes": vanishes(X, s * X, mul(symbol("Z"), Z)),
    "an inequality": (
        (equation(diff(f, "t"), f), equation(at(f, number(0)), ZERO)), relation("le", f, ZERO),
        [step(relation("le", f, ZERO), "linear", of=G0, map=J(z), letter="Z")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("row", ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(row: Row) -> None:
    assert proved(*row)


@pytest.mark.parametrize("row", REFUSED.values(), ids=REFUSED)
def test_refused(row: Row) -> None:
    with pytest.raises(Refused):
        proved(*row)


def test_what_is_real_for_the_letter_only_is_not_used_for_a_complex_difference() -> None:
    """w - w^* = 0 for a real letter: the map must be linear for complex ones."""
    w, c = symbol("w", 1, 1, "complex", "t"), number(1)
    rate = w + (w - w.T) * (w - w.T)
    given = (equation(diff(w, "t"), rate), equation(at(w, number(0)), ZERO))
    for rule in (z + (z - z.T) * (z - z.T), mul(c, z)):
        with pytest.raises(Refused):
            proved(given, equation(w, ZERO), linear(equation(w, ZERO), rule))


def test_a_rate_at_one_moment_is_no_rate() -> None:
    """Under a premise, which holds at one moment, x' = A x is not the equation of motion."""
    premise, claim = equation(diff(X, "t"), A * X), equation(X, O)
    arrow = make("implies", (premise, claim))
    inner = linear(claim, A * Z, of=G1)
    with pytest.raises(Refused):
        proved((equation(at(X, number(0)), O),), arrow, [step(arrow, "implies", steps=inner)])


def test_nothing_is_proved_to_be_something() -> None:
    """t + f = f by its own rate, and then 1 = 0: expanding a rate of the letter forgets what is put in for it."""
    time = symbol("t", domain="time")
    own = equation(diff(time + f - f, "t"), diff(time + f - f, "t"))
    steps = [
        step(own, "ideal", uses=[], letters=[], combinations=[[]]),
        *linear(equation(time + f, f), diff(z, "t"), of=["step", 0]),
    ]
    with pytest.raises(Refused):
        proved((), equation(time + f, f), steps)
