"""The value of an expression at a point: what is reached, what is not, and that it is the value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term, add, make, mul, number, symbol
from lemmata.terms.forms import diff
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
