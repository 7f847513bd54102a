# ruff: noqa: E501 - tables of one case a line
"""Sums, products, integrals, brackets and binomials: where they end, what they are worth, which steps they bear."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest

from lemmata.grade.compare import compare_record
from lemmata.grade.evaluate.arithmetic import NoValue, Value, as_ball, rational
from lemmata.grade.evaluate.operator_values import counted_instances
from lemmata.grade.judge.families import read_families
from lemmata.grade.reading.operators import lifted, operands, restored
from lemmata.grade.spelling.number_words import in_digits
from lemmata.grade.spelling.pieces import read_term
from lemmata.terms.scope import Scope

STUDENT = Scope(student=True)

ENDS = [  # (text, what is left of it, the kinds of its operators)
    (r"\sum_{i=1}^n 2i + 1", r"(\sigma_{901}) + 1", ["sum"]),
    (r"\frac{\sum_{i=1}^n i}{n}", r"\frac{(\sigma_{901})}{n}", ["sum"]),
    (r"\int_0^1 (x + 1)\,dx + 1", r"(\sigma_{901}) + 1", ["integral"]),
    (r"\int_0^1\frac{dx}{1+x^2}", r"(\sigma_{901})", ["integral"]),
    (r"\int_0^1\int_0^x xy\,dy\,dx", r"(\sigma_{902})", ["integral"]),
    (r"\left[x^3\right]_0^1 = 1", r"(\sigma_{901}) = 1", ["bracket"]),
    (r"= \frac{x^3}{3}\Big|_0^1", r"=(\sigma_{901})", ["bracket"]),
    (r"{n \choose 2}", r"(\sigma_{901})", ["binomial"]),
    ("Sum(i**2, (i, 1, n))", r"((\sigma_{901}))", ["sum"]),
    (r"\|x\|_2^2", r"\|x\|_2^2", []),
    (r"\sum_{i=1}^n x_i", r"(\sigma_{901})", ["sum"]),  # elements of a sequence
    (r"\sum_j (y_j - 1)", r"(\sigma_{901})", ["sum"]),  # all of its elements
    (r"\sum_j y", r"\sum_j y", []),  # of what?
    (r"\sum_{i=1} x_i", r"\sum_{i=1} x_i", []),
    (r"\sum_{i=1}^n x_{ij}", r"\sum_{i=1}^n x_{ij}", []),  # an entry of a matrix
    (r"\int x\,dx", r"\int x\,dx", []),
]


@pytest.mark.parametrize(("text", "left", "kinds"), ENDS)
def test_where_an_operator_ends(text: str, left: str, kinds: list[str]) -> None:
    found, operators = lifted(text, STUDENT)
    assert (found.strip(), [o.kind for o in operators]) == (left, kinds)


def test_operators_are_shown_as_they_were_written() -> None:
    text = r"\eta \sum_{j=0}^{k-1} (1 - \eta)^j = 1"
    found, operators = lifted(text, STUDENT)
    assert restored(found, operators).split() == text.split()


VALUES = [
    (r"\sum_{k=1}^{4} k^2", Fraction(30)), (r"\sum_{k=3}^{1} k", Fraction(0)), (r"\prod_{k=2}^{5}(1-\frac1k)", Fraction(1, 5)),
    (r"\sum_{i=1}^{4}\sum_{j=1}^{i} j", Fraction(20)), (r"\int_0^1 (3x^2+2x)\,dx", Fraction(2)), (r"\int_0^1\int_0^x xy\,dy\,dx", Fraction(1, 8)),
    (r"\left[x^3+2x^2\right]_0^1", Fraction(3)), (r"\left.\frac{x^3}{3}\right|_{x=0}^{x=2}", Fraction(8, 3)), (r"\binom{5}{2}", Fraction(10)),
    (r"\binom{3}{5}", Fraction(0)), (r"\sum_{k=0}^{6}\binom{6}{k}", Fraction(64)),
]  # fmt: skip


def value(text: str) -> Value:
    left, operators = lifted(text, STUDENT)
    instance = counted_instances(operands(operators), (), operators)[-1]
    return instance.value(read_term(left, STUDENT))


@pytest.mark.parametrize(("text", "exact"), VALUES)
def test_exact_values(text: str, exact: Fraction) -> None:
    found = value(text)
    assert rational(found) and Fraction(int(found[0, 0].p), int(found[0, 0].q)) == exact


@pytest.mark.parametrize(("text", "near"), [
    (r"\int_0^1 e^x\,dx", 1.718281828459045), (r"\int_{-1}^1 |x|\,dx", 1), (r"\int_0^1\sqrt{1-x^2}\,dx", 0.7853981633974483),
    (r"\int_0^1\frac{1}{\sqrt{x}}\,dx", 2), (r"\int_0^1\ln x\,dx", -1), (r"\int_0^\infty e^{-x}\,dx", 1), (r"[-e^{-x}]_0^\infty", 1),
    (r"\sum_{k=0}^\infty 2^{-k}", 2),
])  # fmt: skip
def test_enclosed_and_extrapolated_values(text: str, near: float) -> None:
    assert abs(complex(as_ball(value(text))[0, 0].mid()) - near) < 1e-9


def test_an_integral_without_a_value_has_none() -> None:
    with pytest.raises(NoValue):
        value(r"\int_{-1}^1 \frac{1}{x^2}\,dx")


def verdict(text: str, reference: str = "", given: str = "") -> tuple[object, object]:
    record = {"kind": "derivation", "reference": reference, "submission": text, "given": given}
    found = compare_record(record)
    return found["verdict"], found["first_wrong_step"]


def test_a_wrong_antiderivative_is_found_though_the_end_is_right() -> None:
    assert verdict(r"\int_0^1(3x^2+2x)\,dx = [x^3+2x^2]_0^1 = 2", "2") == ("incorrect", 1)
    # At the end 1 there is no telling x^4 from x^3.
    assert verdict(r"\int_0^1(3x^2+2x)\,dx = [x^4+x^2]_0^1 = 2", "2") == ("incorrect", 1)
    assert verdict(r"\int_0^1(3x^2+2x)\,dx = [x^3+x^2]_0^1 = 2", "2") == ("correct", None)


def test_a_letter_that_counts_is_natural_declared_or_not() -> None:
    for given in ("", "let n : natural"):
        assert verdict(r"\sum_{i=1}^n (2i-1) = n^2", "n^2", given) == ("correct", None)
        assert (
            verdict(r"\sum_{i=1}^n (2i-1) = n^2 + n(n-1)(n-2)(n-3)(n-4)(n-5)(n-6)", "", given)[0]
            == "incorrect"
        )


@pytest.mark.parametrize("text", [
    r"\sum_{i=1}^{199}\sum_{j=1}^{199}\sum_{k=1}^{199} 1", r"\sum_{k=1}^\infty\int_0^1 e^{-kx^2}dx", r"\int_0^1\sin(1/x)\,dx",
    r"\sum_{i=1}^{n}" * 300, r"\int_0^1" * 300 + "x" + "dx" * 300, "[" * 2000 + "x" + "]_0^1" * 800, r"\binom{10^9}{10^8}", r"\prod_{k=1}^{190} 9^{9^{k}}",
])  # fmt: skip
def test_operators_cannot_take_long(text: str) -> None:
    start = time.process_time()
    found = compare_record({"kind": "number", "reference": "2", "submission": text})
    assert found["verdict"] in ("malformed", "incorrect")
    assert time.process_time() - start < 3


def test_families_are_numbers_and_periods() -> None:
    assert [[str(v) for v in pair] for pair in read_families(r"\{1 \pm 2k : k \in \mathbb{Z}\}").pairs] == [
        ["[1]", "[2]"],
        ["[1]", "[-2]"],
    ]
    assert read_families(r"x = n, n \in \mathbb{N}").domain == "natural"
    assert read_families("x = 3k").domain == ""


@pytest.mark.parametrize(("words", "digits"), [
    ("three", "3"), ("minus two", "-2"), ("one half", "1/2"), ("two thirds", "2/3"), ("twenty-one", "21"), ("second", None), ("not three", None),
    ("three or four", None), ("x", None),
])  # fmt: skip
def test_numbers_in_words(words: str, digits: str | None) -> None:
    assert in_digits(words) == digits
