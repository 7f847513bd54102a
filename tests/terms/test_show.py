"""Printing is injective: what is shown reads back as the very same term."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from random_terms import BORDERED, BOTH, SYMBOLS, RandomTerms

from lemmata.kernel.term import Term, add, exp, identity, inverse, make, mul, number, symbol, symbols_of
from lemmata.terms import Scope, parse_prop, parse_term, read_claims, show, statement_text
from lemmata.terms.forms import adjoint, at, equation, neg, power, zero

STYLES = ("text", "unicode", "latex")
SCOPE = Scope.of(SYMBOLS)
X, s, x, k = (
    symbol("X", "m", "n"),
    symbol("s"),
    symbol("x", "n", 1, "real", "k"),
    symbol("k", domain="natural"),
)


def reads_back(term: Term, scope: Scope = SCOPE) -> None:
    for style in STYLES:
        text = show(term, style, names=scope.symbols)
        read = parse_prop if term.sort == "prop" else parse_term
        assert read(text, scope) is term, (style, text, term)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**9))
@example(5974763)  # a block after w_row, which is no function of that block
def test_random_matrices_read_back(seed: int) -> None:
    draw = RandomTerms(seed)
    rows, cols = draw.r.choice(
        [("m", "n"), ("n", "n"), ("n", 1), (1, 1), (2, 2), (BOTH, "n"), (BOTH, BORDERED)]
    )
    reads_back(draw.matrix(rows, cols, draw.r.randint(1, 4)))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
def test_random_statements_read_back(seed: int) -> None:
    draw = RandomTerms(seed)
    reads_back(draw.prop(draw.r.randint(1, 4)))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9))
def test_statements_survive_claim_text(seed: int) -> None:
    draw = RandomTerms(seed)
    hypotheses, goal = [draw.prop(2) for _ in range(2)], draw.prop(3)
    claims = read_claims(statement_text(hypotheses, goal))
    assert list(claims.given) == hypotheses
    assert [c.prop for c in claims.shows] == [goal]


LATEX = [
    (adjoint(X), r"X^{\top}"),
    (inverse(add(mul(X.T, X), mul(s, identity("n")))), r"(X^{\top} X + s I)^{-1}"),
    (mul(number("1/2"), s), r"\frac{1}{2} s"),
    (mul(s, inverse(number(2))), r"\frac{s}{2}"),
    (exp(mul(number(-1), symbol("t", domain="time"), X.T, X)), r"e^{-t X^{\top} X}"),
    (at(x, add(k, number(1))), r"x_{k + 1}"),
    (identity("n"), "I_n"),
    (zero("m", "n"), r"0_{m \times n}"),
    (equation(mul(X, x), zero("m")), r"X x_k = 0"),
    (make("diff", (symbol("W_1", "m", "n", "real", "t"),), "t"), r"\dot{W}_{1}"),
    (power(s, number(-1)), "s^{{-1}}"),
    (neg(neg(s)), "-(-s)"),
]


@pytest.mark.parametrize(("term", "text"), LATEX, ids=[text for _, text in LATEX])
def test_latex_of_the_notes(term: Term, text: str) -> None:
    assert show(term, "latex") == text
    assert (parse_prop if term.sort == "prop" else parse_term)(
        text, Scope.of(symbols_of(term)).having_dims("m", "n")
    ) is term


def test_a_declared_name_is_not_a_value_of_a_sequence() -> None:
    value, name = at(x, number(0)), symbol("x_0", "n")
    assert show(value) == "x_0" and show(name) == "x_0"
    scope = Scope.of([x, name])
    assert show(value, names=scope.symbols) == "x(0)"
    assert parse_term("x(0)", scope) is value and parse_term("x_0", scope) is name


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown style"):
        show(X, "html")
