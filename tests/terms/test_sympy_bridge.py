"""SymPy is spoken to node by node: nothing is cancelled, nothing guessed, the rest is refused."""

# ruff: noqa: E501  (tables read better in long lines)

from __future__ import annotations

import pytest
import sympy as sp

from lemmata.kernel.term import (
    Term,
    add,
    coercions,
    dim,
    exp,
    identity,
    inverse,
    make,
    mul,
    number,
    pinv,
    symbol,
)
from lemmata.terms.forms import (
    adjoint,
    at,
    call,
    constant,
    diff,
    equation,
    infinity,
    limit,
    literal,
    neg,
    norm,
    power,
    relation,
    zero,
)
from lemmata.terms.sympy_bridge import ConversionError, enable_sympy_scalars, from_sympy, to_sympy

X, S, y = symbol("X", "m", "n"), symbol("S", "n", "n"), symbol("y", "m")
s, lam, t = symbol("s"), symbol("lambda", domain="positive"), symbol("t", domain="time")
k, f = symbol("k", domain="natural"), symbol("f", of="t")

SURVIVORS = [
    mul(inverse(mul(X.T, X)), X.T, X),  # SymPy's own product is I
    mul(X, X.T, inverse(mul(X, X.T))),
    mul(identity("n"), S, identity("n")),
    mul(S, inverse(S)),
    add(S, neg(S)), add(S, zero("n", "n")), add(s, neg(s)), add(s, s), mul(s, inverse(s)),
    mul(number(2), number(3)), mul(number(0), X), adjoint(adjoint(X)), adjoint(mul(X, S)),
    inverse(inverse(S)), power(S, number(2)), power(S, k), power(power(s, number(2)), number(3)),
    add(mul(X.T, X), mul(lam, identity("n"))), add(s, add(s, number(1))), mul(s, mul(s, lam)),
    exp(mul(number(-1), t, lam)), exp(number(0)), call("log", exp(s)), call("sqrt", number(4)), call("abs", number(-1)),
    diff(f), diff(diff(f)), diff(mul(f, f)), at(f, number(0)), f, constant("pi"), dim("n"),
    limit(mul(s, inverse(add(power(s, number(2)), lam))), lam, number(0), "+"), limit(exp(neg(t)), t, infinity()),
    equation(mul(inverse(S), S), identity("n")), equation(s, s), relation("le", number(1), number(0)),
    make("trace", (S,)), make("det", (S,)), literal([[number(1), s], [add(s, s), number("1/2")]]),
]  # fmt: skip


@pytest.mark.parametrize("term", SURVIVORS, ids=repr)
def test_there_and_back(term: Term) -> None:
    assert from_sympy(to_sympy(term)) is term


def test_sympy_itself_would_have_cancelled() -> None:
    """The reason for all this: if it ever fails, the trap is gone."""
    m, n = sp.symbols("m n", integer=True, positive=True)
    A = sp.MatrixSymbol("X", m, n)
    assert sp.Inverse(A.T * A) * A.T * A == sp.Identity(n)
    kept = sp.MatMul(sp.Inverse(sp.MatMul(A.T, A, evaluate=False)), A.T, A, evaluate=False)
    assert from_sympy(kept) is SURVIVORS[0]


@pytest.mark.parametrize(
    "term", [pinv(X), norm(y), exp(S), symbol("w", "n", 1, "real", "t"), relation("ge", S, zero("n", "n")),
             add(mul(y.T, y), number(1)), make("rank", (X,)), symbol("C", "n", "n", "complex"), call("sigmoid", s), call("max", s, lam)],
    ids=repr,
)  # fmt: skip
def test_what_sympy_cannot_say_is_refused(term: Term) -> None:
    with pytest.raises(ConversionError):
        to_sympy(term)


@pytest.mark.parametrize(
    "expression", [sp.Float(0.5), sp.nan, sp.zoo, sp.gamma(sp.Symbol("x")), sp.Integral(sp.Symbol("x")),
                   sp.Function("g")(sp.Symbol("x"), sp.Symbol("y")), sp.true, "x", True, None],
    ids=repr,
)  # fmt: skip
def test_what_we_cannot_say_is_refused(expression: object) -> None:
    with pytest.raises(ConversionError):
        from_sympy(expression)


@pytest.mark.parametrize(
    ("assumptions", "domain"),
    [({}, "real"), ({"real": True}, "real"), ({"positive": True}, "positive"), ({"nonnegative": True}, "nonnegative"),
     ({"integer": True, "nonnegative": True}, "natural"), ({"complex": True}, "complex")],
)  # fmt: skip
def test_assumptions_are_domains(assumptions: dict[str, bool], domain: str) -> None:
    assert from_sympy(sp.Symbol("q", **assumptions)).value[3] == domain


def test_scalars_of_sympy_in_course_files() -> None:
    before = list(coercions)
    try:
        enable_sympy_scalars()
        once = list(coercions)
        enable_sympy_scalars()
        assert coercions == once
        assert X * sp.Symbol("lambda", positive=True) is mul(X, lam)
        assert s + sp.Rational(1, 2) is add(s, number("1/2"))
    finally:
        coercions[:] = before
