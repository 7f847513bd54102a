# ruff: noqa: E501 - tables of one case a line
"""Words, calls and notations around an answer; each rewriting alone, and long inputs in no time."""

from __future__ import annotations

import time

import pytest

from lemmata.grade.compare import compare_record
from lemmata.grade.reading.unions import as_condition, is_range, of_letter, zero_space
from lemmata.grade.spelling.habits import spelled
from lemmata.grade.spelling.libraries import finite_sums, library_calls
from lemmata.grade.spelling.wording import (
    in_plain_letters,
    multiples,
    no_solution,
    without_approximation,
    without_words,
)


@pytest.mark.parametrize(("text", "left"), [
    ("the answer is 3/4.", "3/4."), ("The eigenvalues are 2 and 3", "2 and 3"), ("eigenvalues: 2, 3", "2, 3"), ("5 is the answer", "5"),
    (r"\text{The value is } \frac34", r"\frac34"), ("**5**", "5"), ("the rank of A is 2", "2"), ("x = 3", "x = 3"), ("sin(x) + 1", "sin(x) + 1"),
    ("the answer is not 3", "the answer is not 3"), ("no eigenvalue is 3", "no eigenvalue is 3"), (r"x = 1 \text{ or } x = 2", "x = 1   or   x = 2"),
])  # fmt: skip
def test_words_go_and_denials_stay(text: str, left: str) -> None:
    assert without_words(text) == left


@pytest.mark.parametrize(("text", "call"), [
    ("np.array([1,2])", "array([1,2])"), ("Fraction(3,4)", "((3)/(4))"), ("A.transpose()", "A^T "), ("A.T.dot(x)", "A.T @ (x)"), ("np.linalg.solve(A, b)", "((A)^{-1} (b))"),
    ("S(A-B)", "S(A-B)"), ("S(3)/4", "3/4"), ("np.pi/4", "pi/4"), ("norm(A,'fro')", r"\|A\|_F"), ("os.system('x')", "os.system('x')"),
])  # fmt: skip
def test_calls(text: str, call: str) -> None:
    assert library_calls(text) == call


@pytest.mark.parametrize(("text", "condition"), [
    (r"\mathbb{R} \setminus \{0\}", "x != 0"), ("(0,1]", "x > 0 and x <= 1"), ("x<0 or x>1", "x<0 or x>1"), (r"[0,1]\cup\{3\}", "x >= 0 and x <= 1 or x = 3"), ("1, 2", ""), (r"\emptyset", ""),
])  # fmt: skip
def test_sets_as_conditions(text: str, condition: str) -> None:
    found = as_condition(text) or ""
    assert found.replace("(", "").replace(")", "") == condition


def test_small_pieces() -> None:
    assert in_plain_letters("ẇ = 3⁄4 ≠ √2") == r"\dot{w} = 3/4 ≠ √2"
    assert multiples("all multiples of (1,2)") == r"\operatorname{span}\{(1,2)\}"
    assert no_solution("The system is inconsistent.") and not no_solution("0")
    assert without_approximation(r"\sqrt2 \approx 1.41") == r"\sqrt2"
    assert without_approximation(r"x \approx 0.5") == "0.5"
    assert finite_sums(r"\sum_{k=1}^{2} 3k + 1") == "((3(1)) + (3(2)))+ 1"
    assert of_letter(r"0<\mu<\frac{2}{L}", {"L"}) == r"\mu"
    assert is_range("(0, oo)") and not is_range("[1,4]")
    assert zero_space("{(0,0)}") == 2 and zero_space("(0,1)") is None


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "ab, ",
        "1 (twice), ",
        "multiples of ",
        r"\,",
        "(",
        "{",
        "x_1=",
        "√",
        r"\text{a}",
        "is ",
        "&",
        r"\\",
        "| ",
        "with ",
    ],
)
def test_long_texts_are_rewritten_in_no_time(unit: str) -> None:
    text = (unit * 9000)[:9000]
    start = time.process_time()
    for kind in ("number", "vector", "matrix", "expression", "finite", "interval", "limit", "equation"):
        try:
            spelled(text, kind)
        except ValueError:
            continue
    assert time.process_time() - start < 4


@pytest.mark.parametrize(("reference", "right", "wrong"), [
    (r"(-\infty,0)\cup(1,\infty)", ["x<0 or x>1", "t<0 or t>1", r"\mathbb{R}\setminus[0,1]"], ["x<=0", "x<1", r"(-\infty,0]\cup[1,\infty)", "R"]),
    (r"\mathbb{R}\setminus\{0\}", ["x != 0", r"(-\infty,0)\cup(0,\infty)"], ["R", "x > 0", "x = 0"]),
    ("0<\\eta<1", ["(0,1)", "0 < mu < 1"], ["[0,1)", "(0,1)\\cup(1,2)"]), (r"\mathbb{R}", ["R", "(-oo,oo)"], ["x>0"]),
])  # fmt: skip
def test_unions(reference: str, right: list[str], wrong: list[str]) -> None:
    for text, verdict in [*((t, "correct") for t in right), *((t, "incorrect") for t in wrong)]:
        assert (
            compare_record({"kind": "set", "reference": reference, "submission": text})["verdict"] == verdict
        ), text


def test_a_part_of_a_union_is_partly_right() -> None:
    record = {"kind": "set", "reference": r"(-\infty,0)\cup(1,\infty)", "submission": "x<0"}
    assert compare_record(record)["diagnosis"] == "part-missing"
