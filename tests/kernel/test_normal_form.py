"""The normal form against exact evaluation: equal expansions have equal values, on matrices of integers.

The evaluator below knows nothing of polynomials: it computes with lists of fractions from the definitions.
"""

from __future__ import annotations

from fractions import Fraction

from exact_matrices import Matrix, flip, plus, times, trace, unit
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import derivative, expand, to_term
from lemmata.kernel.term import SCALAR, Term, identity, make, mul, number, symbol
from lemmata.terms.forms import adjoint, diff, equation, grad, literal, norm, power, zero

SIZES = {"m": 2, "n": 3}
A, B, S = symbol("A", "m", "n"), symbol("B", "n", "m"), symbol("S", "n", "n")
u, v, s = symbol("u", "m"), symbol("v", "n"), symbol("s")
LETTERS = (A, B, S, u, v, s)


def size(term: Term) -> tuple[int, int]:
    rows, cols = (SIZES.get(d, d) if isinstance(d, str) else d for d in term.shape)
    return int(rows), int(cols)


def value(term: Term, at: dict[Term, Matrix]) -> Matrix:
    args = [value(a, at) for a in term.args] if term.head not in ("norm", "power", "grad") else []
    match term.head:
        case "symbol":
            return at[term]
        case "number":
            return [[term.value]]
        case "dim":
            return [[Fraction(SIZES[term.value])]]
        case "identity":
            return unit(size(term)[0])
        case "zero":
            rows, cols = size(term)
            return [[Fraction(0)] * cols for _ in range(rows)]
        case "literal":
            cols = size(term)[1]
            return [[a[0][0] for a in args[i : i + cols]] for i in range(0, len(args), cols)]
        case "add" | "mul":
            total = args[0]
            for a in args[1:]:
                total = plus(total, a) if term.head == "add" else times(total, a)
            return total
        case "adjoint":
            return flip(args[0])
        case "trace":
            return trace(args[0])
        case "inner":
            return trace(times(flip(args[0]), args[1]))
        case "power":
            base, count = term.args[0], int(term.args[1].value)
            if base.head == "norm":
                inner = value(base.args[0], at)
                return trace(times(flip(inner), inner))
            result = unit(size(base)[0])
            for _ in range(count):
                result = times(result, value(base, at))
            return result
    raise NotImplementedError(term.head)


ENTRIES = st.integers(-3, 3).map(Fraction)


def matrix(shape: tuple[int, int]) -> st.SearchStrategy[Matrix]:
    row = st.lists(ENTRIES, min_size=shape[1], max_size=shape[1])
    return st.lists(row, min_size=shape[0], max_size=shape[0])


INSTANCES = st.fixed_dictionaries({letter: matrix(size(letter)) for letter in LETTERS})
SHAPES = [("m", "n"), ("n", "m"), ("m", "m"), ("n", "n"), ("m", 1), ("n", 1), (1, "n"), SCALAR]


@st.composite
def terms(draw: st.DrawFn, shape: tuple[int | str, int | str] | None = None, depth: int = 3) -> Term:
    """A random well-shaped term of the polynomial fragment."""
    rows, cols = shape or draw(st.sampled_from(SHAPES))
    here = [x for x in LETTERS if x.shape == (rows, cols)] + [x.T for x in LETTERS if x.shape == (cols, rows)]
    here += [zero(rows, cols)] + ([identity(rows)] if rows == cols else [])
    here += [number(draw(st.integers(-2, 2)))] if (rows, cols) == SCALAR else []
    if not depth or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(here))
    heads = ["add", "mul", "scaled", "adjoint"] + (
        ["trace", "inner", "square"] if (rows, cols) == SCALAR else []
    )
    heads += ["power"] if rows == cols else []
    head, d = draw(st.sampled_from(heads)), depth - 1
    if head == "add":
        return make("add", (draw(terms((rows, cols), d)), draw(terms((rows, cols), d))))
    if head == "mul":
        middle = draw(st.sampled_from(["m", "n", 1]))
        return mul(draw(terms((rows, middle), d)), draw(terms((middle, cols), d)))
    if head == "scaled":
        return mul(draw(terms(SCALAR, d)), draw(terms((rows, cols), d)))
    if head == "adjoint":
        return adjoint(draw(terms((cols, rows), d)))
    if head == "power":
        return power(draw(terms((rows, cols), d)), draw(st.integers(0, 2)))
    if head == "trace":
        n = draw(st.sampled_from(["m", "n"]))
        return make("trace", (draw(terms((n, n), d)),))
    x, y = draw(st.sampled_from([("m", 1), ("n", 1), ("m", "n")])), d
    if head == "inner":
        return make("inner", (draw(terms(x, y)), draw(terms(x, y))))
    return norm(draw(terms(x, y)), "F") ** 2


@settings(max_examples=300, deadline=None)
@given(terms(), INSTANCES)
def test_the_normal_form_has_the_value_of_the_term(term: Term, at: dict[Term, Matrix]) -> None:
    assert value(to_term(expand(term)), at) == value(term, at)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SHAPES).flatmap(lambda shape: st.tuples(terms(shape), terms(shape))), INSTANCES)
def test_equal_normal_forms_have_equal_values(pair: tuple[Term, Term], at: dict[Term, Matrix]) -> None:
    left, right = pair
    if expand(left) == expand(right):
        assert value(left, at) == value(right, at)
    assert expand(make("add", (left, right))) == expand(left) + expand(right)


@settings(max_examples=150, deadline=None)
@given(terms(SCALAR), st.sampled_from([A, S, v, s]), INSTANCES, st.data())
def test_the_gradient_is_the_linear_part(
    f: Term, x: Term, at: dict[Term, Matrix], data: st.DataObject
) -> None:
    """f(x + e h) = f(x) + e <grad f, h> + ..., read off from values at many e."""
    gradient = value(to_term(expand(grad(f, x))), at)
    h = data.draw(matrix(size(x)))
    slope = trace(times(flip(gradient), h))[0][0]
    assert _slope(lambda e: value(f, at | {x: plus(at[x], times([[e]], h))})[0][0]) == slope


@settings(max_examples=150, deadline=None)
@given(terms(), INSTANCES, INSTANCES)
def test_the_derivative_is_that_of_the_curve(
    term: Term, at: dict[Term, Matrix], rate: dict[Term, Matrix]
) -> None:
    """With every letter moving along a line, by the slope of each entry."""
    moving = {x: symbol(x.name, *x.shape, "real", "t") for x in LETTERS}
    curve = make_moving(term, moving)
    values = {moving[x]: at[x] for x in LETTERS}
    still = {diff(moving[x]): symbol(f"{x.name}'", *x.shape) for x in LETTERS}
    rates = {still[diff(moving[x])]: rate[x] for x in LETTERS}
    found = value(replaced(to_term(derivative(expand(curve), "t")), still), values | rates)
    for i, row in enumerate(found):
        for j, entry in enumerate(row):
            along = lambda e: value(term, {x: plus(at[x], times([[e]], rate[x])) for x in LETTERS})  # noqa: E731
            assert _slope(lambda e, i=i, j=j, along=along: along(e)[i][j]) == entry


def make_moving(term: Term, moving: dict[Term, Term]) -> Term:
    return moving.get(term) or make(term.head, tuple(make_moving(a, moving) for a in term.args), term.value)


def replaced(term: Term, terms: dict[Term, Term]) -> Term:
    return terms.get(term) or make(term.head, tuple(replaced(a, terms) for a in term.args), term.value)


def _slope(f: object, degree: int = 32) -> Fraction:
    """The derivative at 0 of a polynomial of at most this degree, from its values (Lagrange)."""
    points = [Fraction(i) for i in range(-degree // 2, degree // 2 + 1)]
    others = [p for p in points if p]
    total = Fraction(0)
    for p in others:
        weight = Fraction(1) / p
        for q in others:
            if q != p:
                weight *= q / (q - p)
        total += weight * (f(p) - f(Fraction(0)))  # type: ignore[operator]
    return total


@settings(max_examples=100, deadline=None)
@given(matrix((2, 2)), matrix((2, 2)), matrix((2, 1)))
def test_what_is_written_out_is_compared_entry_by_entry(a: Matrix, b: Matrix, c: Matrix) -> None:
    def written(rows: Matrix) -> Term:
        return literal([[number(x) for x in row] for row in rows])

    P, Q, x = written(a), written(b), written(c)
    for left, right in (
        (P @ Q @ x, times(times(a, b), c)),
        (P.T + Q, plus(flip(a), b)),
        (P @ P, times(b, b)),
    ):
        same = value(left, {}) == right
        assert same == (not any(zeros(equation(left, written(right)))))
    determinant = a[0][0] * a[1][1] - a[0][1] * a[1][0]
    assert not any(zeros(equation(make("det", (P,)), number(determinant))))
    assert any(zeros(equation(make("det", (P,)), number(determinant + 1))))
