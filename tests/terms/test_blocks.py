"""Block matrices: how they are read, which mistakes have names, what their hypotheses are."""

from __future__ import annotations

import pytest
from mistakes import assert_mistake

from lemmata.kernel.term import Term, add, identity, make, mul, number, symbol
from lemmata.terms import Scope, parse_prop, parse_term, read_claims, show, statement_text
from lemmata.terms.blocks import (
    block,
    grid_of,
    parts_of,
    selected,
    selector,
    selector_hypotheses,
    size_of,
    sum_of,
    with_selectors,
    without_selectors,
)
from lemmata.terms.forms import adjoint, equation, literal, neg, zero

A, B, C, D = symbol("A", "m", "n"), symbol("B", "m", "p"), symbol("C", "q", "n"), symbol("D", "q", "p")
S, G, x, y, c = symbol("S", "n", "n"), symbol("G", "n", "n"), symbol("x", "n"), symbol("y", "m"), symbol("c")
SCOPE = Scope.of([A, B, C, D, S, G, x, y, c]).having_dims("r")
MN = sum_of(("m", "n"))

four = block([[A, B], [C, D]], ("m", "q"), ("n", "p"))
triangular = block([[identity("n"), None], [C, identity("q")]], ("n", "q"), ("n", "q"))
bordered = block([[S, x], [x.T, c]], ("n", 1), ("n", 1))

READ: list[tuple[Term, list[str]]] = [
    (four, ["[A B; C D]", "[A, B; C, D]", "[[A, B], [C, D]]", "[[A B], [C D]]", "matrix([A, B], [C, D])",
            r"\begin{pmatrix} A & B \\ C & D \end{pmatrix}", r"\begin{bmatrix} A & B \\ C & D \end{bmatrix}"]),
    (block([[A, B]], ("m",), ("n", "p")), ["[A B]", "[ A  B ]", "[[A, B]]", r"\begin{pmatrix} A & B \end{pmatrix}"]),
    (block([[A], [C]], ("m", "q"), ("n",)), ["[A; C]", "[A;C]", r"\begin{pmatrix} A \\ C \end{pmatrix}"]),
    (block([[x], [y]], ("n", "m"), (1,)), ["[x; y]", r"\begin{pmatrix} x \\ y \end{pmatrix}"]),
    (triangular, ["[I 0; C I]", "[I_n 0; C I_q]", "[I 0_{n x q}; C I]"]),
    (bordered, ["[S x; x^T c]", "[S, x; x^T, c]"]),
    (block([[x], [number(1)]], ("n", 1), (1,)), ["[x; 1]"]),
    (block([[A, None], [None, D]], ("m", "q"), ("n", "p")), ["[A 0; 0 D]", "diag(A, D)"]),
    (block([[x], [mul(number(2), y)]], ("n", "m"), (1,)), ["[x; 2 y]", "[x; (2 y)]"]),
    (block([[add(mul(S, x), x)], [number(1)]], ("n", 1), (1,)), ["[S x + x; 1]"]),
    (block([[A, neg(A)]], ("m",), ("n", "n")), ["[A -A]", "[A (-A)]"]),
    # brackets around one expression are brackets still
    (mul(S, x), [r"\left[ S x \right]", r"\bigl[S x\bigr]", "(S x)"]),
    (mul(A, x), ["[A x]", "[Ax]"]),
    (add(S, G), ["[S + G]"]),
    (add(A, neg(A)), ["[A - A]"]),
    (literal([[number(1), number(2), number(5)], [number(3), number(4), number(6)]]), ["[[1 2; 3 4] [5; 6]]"]),
    (identity(MN), ["I_{m+n}"]),
    (zero(MN, "p"), ["0_{(m+n) x p}", "0_{m+n x p}"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("term", "text"), [(t, s) for t, spellings in READ for s in spellings], ids=lambda v: str(v)[:40]
)
def test_reading(term: Term, text: str) -> None:
    assert parse_term(text, SCOPE) is term


@pytest.mark.parametrize("term", [t for t, _ in READ], ids=lambda t: show(t))
@pytest.mark.parametrize("style", ["text", "unicode", "latex"])
def test_reading_back(term: Term, style: str) -> None:
    assert parse_term(show(term, style), SCOPE) is term
    assert "⟨" not in show(term, style), "selectors are not shown"


SHOWN = [
    (four, "[A B; C D]", r"\begin{pmatrix} A & B \\ C & D \end{pmatrix}"),
    (triangular, "[I 0; C I]", r"\begin{pmatrix} I & 0 \\ C & I \end{pmatrix}"),
    (block([[mul(S, A.T), x]], ("n",), ("m", 1)), "[[S A^T, x]]", r"\begin{pmatrix} S A^{\top} & x \end{pmatrix}"),
    (block([[A, None]], ("m",), ("n", "p")), "[A 0_{m x p}]", r"\begin{pmatrix} A & 0_{m \times p} \end{pmatrix}"),
    (identity(MN), "I_{m+n}", "I_{m+n}"),
    (selector(("m", "n"), 0), "[I_m; 0_{n x m}]", r"\begin{pmatrix} I_m \\ 0_{n \times m} \end{pmatrix}"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "text", "latex"), SHOWN, ids=[s[1] for s in SHOWN])
def test_showing(term: Term, text: str, latex: str) -> None:
    assert (show(term), show(term, "latex")) == (text, latex)


MISTAKES = [  # text, column, words of the message, words of the suggestion
    ("[A D]", 4, "block row 1: A is m x n, D is q x p: heights differ", ""),
    ("[A B; D C]", 7, "block column 1: A is m x n, D is q x p: widths differ", ""),
    ("[A 1; C D]", 4, "heights differ", "I for the identity"),
    ("[S, S]", 1, "side by side or one above the other", "[S S] or [S; S]"),
    ("(x, x)", 1, "side by side or one above the other", "[x x] or [x; x]"),
    ("[A 0]", 1, "the size of block column 2 does not follow", "0_{m x n}"),
    ("[0 I; I 0] + [I I; I I]", 4, "size of this I", "I_n"),
    ("[I 0; C S I]", 1, "differ in length", "set commas"),
    ("[S x + x; S x]", 1, "where an entry of this matrix ends", "commas"),
    ("[c 1; c]", 1, "differ in length", ""),
    ("[A; C] x + y", 12, "[A; C] x is a vector in R^(m+q) and y is a vector in R^m", ""),
    ("[A B] [x; x]", 7, "n+p is not n+n", ""),
    ("[A 0; 0 D]^{-1}", 1, "square", "^+"),
    ("E₁⟨m,n⟩", 1, "unknown name", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("commas", "plain"), [("[A, C]", "[A; C]"), ("[A, B]", "[A B]"), ("(x, y)", "[x; y]")]
)
def test_commas_where_the_sizes_leave_one_way(commas: str, plain: str) -> None:
    assert parse_term(commas, SCOPE) is parse_term(plain, SCOPE)


@pytest.mark.parametrize(("text", "column", "message", "hint"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_mistakes(text: str, column: int, message: str, hint: str) -> None:
    assert_mistake(text, SCOPE, column, message, hint)


def test_dimensions_that_are_sums() -> None:
    assert parts_of(sum_of((sum_of(("m", "n")), "q"))) == ("m", "n", "q")
    assert sum_of((2, 3)) == 5 and parts_of(5) == (5,) and parts_of(sum_of(("n", 1))) == ("n", 1)
    assert size_of(sum_of(("m", 2, "n")), {"m": 1, "n": 4}) == 7


def test_declarations() -> None:
    claims = read_claims("let M : R^{(m+n) x p}, z : R^{m+n}, u : R^{n+1}\nshow M^T z = 0")
    M, z = claims.scope.symbols["M"], claims.scope.symbols["z"]
    assert M.shape == (MN, "p") and z.shape == (MN, 1) and claims.scope.dims == {"m", "n", "p"}
    assert claims.scope.symbols["u"].shape == (sum_of(("n", 1)), 1)
    assert claims.given == (), "what is true of selectors is no hypothesis of the user"


def test_a_sum_fills_in_its_parts() -> None:
    scope = Scope.of([symbol("M", MN, MN)]).having_dims("m", "n")
    prop = parse_prop("M = [I 0; 0 0]", scope)
    assert prop.args[1] is block([[identity("m"), None], [None, None]], ("m", "n"), ("m", "n"))


def test_statements_survive_claim_text() -> None:
    goal = equation(mul(four, four.T), identity(sum_of(("m", "q"))))
    given = with_selectors([], goal)
    claims = read_claims(statement_text(given, goal))
    assert claims.given == () and claims.shows[0].prop is goal


def test_selectors_are_recognised_by_name_and_shape() -> None:
    E = selector(("m", sum_of(("n", 1))), 1)
    assert selected(E) == (("m", sum_of(("n", 1))), 1)
    assert selected(symbol(E.name, "m", "n")) is None and selected(A) is None


def test_hypotheses_of_selectors() -> None:
    E, F = selector(("m", "n"), 0), selector(("m", "n"), 1)
    stacked = mul(E, A)
    assert selector_hypotheses([stacked]) == (
        equation(mul(E.T, E), identity("m")),
        equation(mul(F.T, F), identity("n")),
        equation(mul(E.T, F), zero("m", "n")),
        equation(add(mul(E, E.T), mul(F, F.T)), identity(MN)),
    )
    assert selector_hypotheses([A]) == ()


def test_two_partitions_of_one_dimension_are_tied() -> None:
    fine, coarse = selector(("m", "n", "q"), 1), selector((MN, "q"), 0)
    found = selector_hypotheses([equation(mul(fine, symbol("X", "n")), mul(coarse, symbol("z", MN)))])
    assert equation(mul(coarse, selector(("m", "n"), 1)), fine) in found
    assert without_selectors(found) == []


def test_only_what_was_written_as_blocks_is_shown_so() -> None:
    E, F = selector(("m", "q"), 0), selector(("m", "q"), 1)
    for term in (
        add(mul(F, C), mul(E, A)),  # not in the order of the rows
        add(mul(E, A), mul(E, A)),
        mul(E, zero("m", "n")),
        make("add", (mul(E, A), mul(adjoint(adjoint(F)), C))),
    ):
        assert grid_of(term) is None
        assert parse_term(show(term), SCOPE) is term
