r"""Spellings beside the question: tables of (input, expected), and what each refuses."""

from __future__ import annotations

import pytest

from lemmata.grade.spelling.arrays import array_products, program_calls
from lemmata.grade.spelling.entry_sums import entry_sums
from lemmata.grade.spelling.numerals import decimal_points, in_radians
from lemmata.grade.spelling.unit_vectors import by_partial_derivatives, by_unit_vectors
from lemmata.kernel.term import number, symbol
from lemmata.terms.scope import Scope

A, B, x, y = symbol("A", "m", "n"), symbol("B", "m", "n"), symbol("x", "n", 1), symbol("y", "n", 1)
LETTERS = (A, B, x, y)


@pytest.mark.parametrize(("text", "kind", "expected"), [
    (r"0,5\sqrt{2}", "number", r"0.5\sqrt{2}"), ("0{,}5", "vector", "0.5"), ("(1,2)", "number", "(1,2)"),
    (r"\sin(0,5)", "number", r"\sin(0.5)"), ("max(0,5)", "number", "max(0,5)"), ("1,2,3", "number", "1,2,3"),
    (r"\|(3,4)\|", "number", r"\|(3,4)\|"), ("(0,5)", "vector", "(0,5)"), ("(0,5; 1,5)", "vector", "(0.5; 1.5)"),
    (r"\{1,2\}", "set", r"\{1,2\}"), ("(0; 0,4)", "set", "(0; 0.4)"), ("x = 2,3", "equation", "x = 2,3"),
])  # fmt: skip
def test_a_comma_is_decimal_where_no_list_is_possible(text: str, kind: str, expected: str) -> None:
    assert decimal_points(text, kind) == expected


@pytest.mark.parametrize(("text", "answer", "expected"), [
    ("60°", None, r"(60\pi/180)"), ("60°", 60, "60"), (r"\cos 60^\circ", 60, r"\cos (60\pi/180)"), ("60", None, "60"),
])  # fmt: skip
def test_degrees(text: str, answer: int | None, expected: str) -> None:
    right = None if answer is None else number(answer)
    assert in_radians(text, right, "number") == expected


@pytest.mark.parametrize(("text", "expected"), [
    (r"\sum_{i,j} A_{ij}B_{ij}", r"( \operatorname{tr}(A B^T))"), (r"\sum_i x_i y_i", "( (x^T y))"),
    (r"\sum_{i=1}^n x_i^2", "( (x^T x))"), (r"2\sum_{i} x_i y_i + 1", "2( (x^T y))+ 1"),
    (r"\sum_{i=1}^m x_i y_i", r"\sum_{i=1}^m x_i y_i"),  # x has n entries
    (r"\sum_{i} x_i", r"\sum_{i} x_i"), (r"\sum_{i=2}^n x_i y_i", r"\sum_{i=2}^n x_i y_i"),
])  # fmt: skip
def test_sums_over_entries(text: str, expected: str) -> None:
    assert entry_sums(text, LETTERS).replace(" +", "+") == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("np.eye(n)", "I_{n}"), ("eye(size(A,2))", "I_{n}"), ("np.eye(A.shape[0])", "I_{m}"), ("eye(k)", "eye(k)"),
    ("np.zeros((m, n))", "0_{m x n}"), ("zeros(n)", "zeros(n)"),  # a vector in NumPy, a matrix in MATLAB
    ("np.sum(A*B)", "tr(A^T B)"), ("sum(A.*B)", "sum(A.*B)"), ("sum(x.*y)", "tr(x^T y)"),
    (r"A\x", "(inv((A)^T (A)) * (A)^T * (x))"), ("x.dot(y)", "(x @ (y))"),
])  # fmt: skip
def test_calls_of_programs(text: str, expected: str) -> None:
    assert program_calls(text, LETTERS) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("x @ y", r"\langle x, y\rangle"), ("A @ x", "A @ x"), ("A.T @ A @ x", "A.T @ A @ x"), ("x @ A.T", "((A.T)^T (x))"),
    ("1 + x @ y / 2", r"1 +\langle x, y\rangle / 2"),
])  # fmt: skip
def test_products_of_columns(text: str, expected: str) -> None:
    assert array_products(text, Scope(student=True).having(*LETTERS)).replace("+ ", "+") == expected.replace(
        "+ ", "+"
    )


def test_unit_vectors_are_columns_unless_the_question_has_the_letter() -> None:
    column = r"\begin{pmatrix}0 \\ 1\end{pmatrix}"
    assert by_unit_vectors(r"3\mathbf{j}", 2, ()) == f"3{column}"
    assert by_unit_vectors("3j", 2, ()) == f"3{column}"
    assert by_unit_vectors("3j", 2, ("j",)) == "3j"
    assert by_unit_vectors("3k", 2, ()) == "3k"
    assert by_unit_vectors("(1, j)", 2, ()) == "(1, j)"


def test_partial_derivatives_come_in_the_order_of_their_variables() -> None:
    assert by_partial_derivatives("f_y = 3, f_x = 2", 2) == r"\begin{pmatrix}2 \\ 3\end{pmatrix}"
    assert by_partial_derivatives("f_x = 2", 2) == "f_x = 2"
