# ruff: noqa: E501 - one statement a row
"""The value of an expression at a point: what is reached, what is not, and that it is the value."""

from __future__ import annotations

import pytest
from certificate_steps import G0, G1, ONE, ZERO, J, Row, proved, step
from hypothesis import given
from hypothesis import strategies as st

from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term, add, make, mul, number, symbol
from lemmata.terms.forms import at, diff, equation, is_, limit, relation
from lemmata.terms.show import show

k = symbol("k", domain="natural")
i = symbol("i", domain="natural")
x = symbol("x", of="k")
w = symbol("w", "n", of="t")


def later(c: int) -> Term:
    return make("at", (x, add(k, number(c)))) if c else x


@pytest.mark.parametrize(
    ("term", "point", "text"),
    [
        (later(1), number(0), "x_1"),
        (later(2), add(k, number(1)), "x_{k + 3}"),
        (later(2), i, "x_{i + 2}"),
        (make("at", (x, number(0))), number(3), "x_0"),
        (make("at", (x, mul(number(2), k))), add(k, number(1)), "x_{2 k + 2}"),
        (mul(k, later(1)), number(4), "4 x_5"),
    ],
)
def test_what_is_reached(term: Term, point: Term, text: str) -> None:
    assert show(value_at(term, "k", point)) == text


@pytest.mark.parametrize(
    ("term", "variable", "point"),
    [
        (later(1), "k", number(-1)),
        (later(1), "k", add(k, number(-1))),
        (make("at", (x, add(k, number(-2)))), "k", number(0)),
        (make("at", (w, symbol("t", domain="time"))), "t", number(0)),
        (diff(w, "t"), "t", number(0)),
        (make("at", (w, k)), "k", number(0)),
    ],
    ids=[
        "before the first",
        "one earlier",
        "before the first, written out",
        "at a time",
        "rate",
        "of another clock",
    ],
)
def test_what_is_not_reached(term: Term, variable: str, point: Term) -> None:
    with pytest.raises(Refused):
        value_at(term, variable, point)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.integers(0, 5), st.integers(0, 5))
def test_it_is_the_value(places: list[int], first: int, second: int) -> None:
    """With x_j = 7^j the value of a product tells the sum of its places."""

    def exponent(term: Term) -> int:
        if term.head == "mul":
            return sum(map(exponent, term.args))
        return int(term.args[1].value)

    product = mul(*map(later, places))
    moved = value_at(value_at(product, "k", add(k, number(first))), "k", number(second))
    assert exponent(moved) == sum(place + first + second for place in places)


# --- the rule -----------------------------------------------------------------------------------

S = symbol("S", "n", "n", of="t")
a, b = symbol("a", of="t"), symbol("b", of="t")
time = symbol("t", domain="time")


def value(fact: Term, claim: Term, variable: str, point: Term) -> Row:
    """The claim as the value of the one hypothesis."""
    return (fact,), claim, [step(claim, "value", of=G0, variable=variable, point=J(point))]


def implies(p: Term, q: Term) -> Term:
    return make("implies", (p, q))


VALUES: dict[str, Row] = {
    "a property": value(is_("psd", S), is_("psd", at(S, ZERO)), "t", ZERO),
    "an inequality": value(relation("le", a, b), relation("le", at(a, ONE), at(b, ONE)), "t", ONE),
    "an implication": value(
        implies(equation(a, ONE), equation(b, ONE)), implies(equation(at(a, ONE), ONE), equation(at(b, ONE), ONE)), "t", ONE
    ),
    "a later place": value(relation("le", later(1), x), relation("le", later(2), later(1)), "k", add(k, ONE)),
}  # fmt: skip
NO_VALUES: dict[str, Row] = {
    "of another function": value(is_("psd", S), is_("psd", at(symbol("R", "n", "n", of="t"), ZERO)), "t", ZERO),
    "at another point": value(is_("psd", S), is_("psd", at(S, ONE)), "t", ZERO),
    "before the start": value(relation("le", a, b), relation("le", at(a, number(-1)), at(b, number(-1))), "t", number(-1)),
    "before the first": value(relation("le", later(1), x), relation("le", x, later(-1)), "k", add(k, number(-1))),
    "of a rate": value(relation("le", diff(a, "t"), b), relation("le", diff(at(a, ZERO), "t"), at(b, ZERO)), "t", ZERO),
    "of a limit": value(equation(limit(a, time, make("infinity")), a), equation(limit(a, time, make("infinity")), at(a, ZERO)), "t", ZERO),
    "of a constant": value(relation("le", symbol("c"), ONE), relation("le", symbol("c"), ONE), "t", ZERO),
    "of one value": value(relation("le", at(a, ONE), ONE), relation("le", at(a, ZERO), ONE), "t", ZERO),
    "in part only": value(relation("le", a, b), relation("le", at(a, ONE), b), "t", ONE),
}  # fmt: skip


@pytest.mark.parametrize("row", VALUES.values(), ids=VALUES)
def test_what_always_holds_holds_at_a_point(row: Row) -> None:
    assert proved(*row)


@pytest.mark.parametrize("row", NO_VALUES.values(), ids=NO_VALUES)
def test_what_is_no_value_is_refused(row: Row) -> None:
    with pytest.raises(Refused):
        proved(*row)


def test_what_holds_at_one_moment_has_no_value_at_another() -> None:
    here, there = equation(a, ONE), equation(at(a, ZERO), ONE)
    arrow = implies(here, there)
    inner = [step(there, "value", of=G0, variable="t", point=J(ZERO))]
    with pytest.raises(Refused):
        proved((), arrow, [step(arrow, "implies", steps=inner)])
    with pytest.raises(Refused):
        proved(
            (equation(b, ONE),),
            arrow,
            [step(arrow, "implies", steps=[step(there, "value", of=G1, variable="t", point=J(ZERO))])],
        )
