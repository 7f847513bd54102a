# ruff: noqa: E501 - tables of one case a line
"""No false step passes: true for small sizes, generic matrices, symmetric draws or small numbers only."""

from __future__ import annotations

import pytest

from lemmata.grade.compare import compare_record
from lemmata.grade.judge.second_look import second_look
from lemmata.kernel.term import number, symbol
from lemmata.terms.forms import equation, relation

SQUARE = "let A : R^{n x n}, B : R^{n x n}, C : R^{n x n}, D : R^{n x n}, x : R^n, y : R^n"
WIDE = "let X : R^{m x n}, Y : R^{m x n}, w : R^n, b : R^m"

FALSE = [
    (SQUARE, "(AB-BA)^2C = C(AB-BA)^2"),
    (SQUARE, "\\operatorname{tr}((AB-BA)^3) = 0"),
    (SQUARE, "A^2-\\operatorname{tr}(A)A+\\det(A)I = 0"),
    (SQUARE, "\\det(A+B)=\\det(A)+\\det(B)"),
    (WIDE, "X^+X = I"),
    (WIDE, "XX^+=I"),
    (SQUARE, "(AB)^+ = B^+A^+"),
    (SQUARE, "\\operatorname{tr}(AB)=\\operatorname{tr}(A)\\operatorname{tr}(B)"),
    (SQUARE, "x^TAy = y^TAx"),
    (WIDE, "(X+Y)^+ = X^+ + Y^+"),
    (
        SQUARE,
        "A^3-\\operatorname{tr}(A)A^2+\\frac12(\\operatorname{tr}(A)^2-\\operatorname{tr}(A^2))A-\\frac16(\\operatorname{tr}(A)^3-3\\operatorname{tr}(A)\\operatorname{tr}(A^2)+2\\operatorname{tr}(A^3))I = 0",
    ),
    (SQUARE, "\\|A\\|_F^2 \\le 3\\|A\\|^2"),
    (SQUARE, "\\det(-A)=-\\det(A)"),
    (SQUARE, "\\operatorname{tr}(A)^2 \\le 3\\operatorname{tr}(A^TA)"),
    ("let A : R^{n x n}\nassume A^4 = 0", "A^3 = 0"),
    ("let A : R^{n x n}\nassume A^3 = 0", "A^2 = 0"),
    ("let A : R^{n x n}\nassume A^2 = 0", "A = 0"),
    ("let A : R^{n x n}\nassume A^2 = A", "A = A^T"),
    ("let A : R^{n x n}\nassume A^2 = I", "A = A^T"),
    ("let Q : R^{n x n}\nassume orthogonal(Q)", "Q^2 = I"),
    ("let Q : R^{n x n}\nassume orthogonal(Q)", "Q = Q^T"),
    ("let A : R^{n x n}, B : R^{n x n}\nassume psd(A), psd(B)", "AB = BA"),
    ("let A : R^{n x n}, B : R^{n x n}\nassume symmetric(A), symmetric(B)", "(AB)^T = AB"),
    ("let A : R^{n x n}, B : R^{n x n}\nassume invertible(A), invertible(B)", "(A+B)^{-1} = A^{-1}+B^{-1}"),
    ("let A : R^{n x n}, B : R^{n x n}\nassume psd(A-B), psd(B)", "A^2 \\ge B^2"),
    (SQUARE, "e^{A+B} = e^A e^B"),
    (SQUARE, "e^{A}B = Be^{A}"),
    ("let A : R^{n x n}\nassume symmetric(A)", "A^+ = A^{-1}"),
    ("let A : R^{n x n}\nassume invertible(A)", "A^{-1} = A^T"),
    (WIDE, "(X^TX)^{-1}X^T = X^+"),
    (WIDE, "X^T(XX^T)^{-1} = X^+"),
    ("let X : R^{m x n}, w : R^n, b : R^m\nassume X w = b", "w = X^+ b"),
    (
        "let X : R^{m x n}, w : R^n(t), y : R^m, w_0 : R^n\nassume \\dot w = -X^T (X w - y)\nassume w(0) = w_0",
        "\\lim_{t\\to\\infty} w(t) = X^+y",
    ),
    (
        "let X : R^{m x n}, w : R^n(t), y : R^m\nassume \\dot w = -X^T (X w - y)",
        "\\frac{d}{dt}\\|w\\|^2 \\le 0",
    ),
    ("let A : R^{n x n}, x : R^n\nassume x^T A x = 0", "A x = 0"),
    ("let A : R^{n x n}", "A A^T = A^T A"),
    (SQUARE, "\\|AB\\|_F = \\|A\\|_F\\|B\\|_F"),
    (SQUARE, "\\|A+B\\|_F^2=\\|A\\|_F^2+\\|B\\|_F^2"),
    (
        SQUARE,
        "ABCD-ABDC-ACBD+ACDB+ADBC-ADCB-BACD+BADC+BCAD-BCDA-BDAC+BDCA+CABD-CADB-CBAD+CBDA+CDAB-CDBA-DABC+DACB+DBAC-DBCA-DCAB+DCBA = 0",
    ),
    ("let A : R^{3 x 3}, B : R^{3 x 3}", "AB = BA"),
    ("let v : R^n, u : R^n", "vv^Tuu^T = uu^Tvv^T"),
    ("let v : R^n, u : R^n", "\\|u+v\\| = \\|u\\|+\\|v\\|"),
    ("let v : R^n, u : R^n", "(u^Tv)^2 = \\|u\\|^2\\|v\\|^2"),
    (SQUARE, "\\operatorname{rank}(AB) = \\operatorname{rank}(BA)"),
    (SQUARE, "\\operatorname{rank}(A+B) = \\operatorname{rank}(A)+\\operatorname{rank}(B)"),
    (SQUARE, "\\operatorname{rank}(A^2)=\\operatorname{rank}(A)"),
    ("let x : real", "\\sqrt{x^2} = x"),
    ("let x : real, y : real", "\\frac{x^2-y^2}{x-y} = x+y = x+y+x y-x y+ 10^{-9}"),
    ("let x : real", "e^{\\ln x} = x"),
    ("let x : real", "|x| = x"),
    ("let x : real, y : real", "x^2y = xy^2"),
    ("let x : real", "\\sin x = x - x^3/6"),
    ("let n : natural", "n^2+n+41 = n^2 + n + 41 + n(n-1)(n-2)(n-3)(n-4)(n-5)(n-6)(n-7)(n-8)(n-9)"),
    ("let n : natural", "(-1)^{n^2} = 1"),
    ("let n : natural", "2^n \\ge n^2"),
    ("let x : positive", "\\ln(1+x) = x"),
    ("let x : positive", "x \\le 1000"),
    ("let x : positive", "x \\ge \\frac{1}{1000}"),
    ("let x : real", "x^2 + 1 \\le 10^{6}"),
    ("let x : real, y : real", "\\max(x,y) = \\frac{x+y}{2}"),
    ("let A : R^{m x n}, B : R^{n x p}", "(AB)^+ = (A^+AB)^+(ABB^+)^+B^+A^+"),
    ("let A : R^{m x n}, B : R^{n x p}", "(AB)^+ = B^+A^+ABB^+A^+"),
]

TRUE = [  # nearest relatives, which hold
    (SQUARE, r"(AB-BA)^TC = (B^TA^T-A^TB^T)C"), (SQUARE, r"\operatorname{tr}(AB-BA) = 0"), (WIDE, "XX^+X = X"),
    ("let A : R^{n x n}\nassume A^2 = 0", "A^3 = 0"), ("let x : positive", r"\sqrt{x^2} = x"),
    ("", r"\frac{x^2-y^2}{x-y} = x+y"), ("let n : natural", "n^2+n = n(n+1)"), ("let x : real", "x^2+1 \\ge 1"),
]  # fmt: skip


def verdict(step: str, given: str = "", relation: str = "=") -> dict[str, object]:
    return compare_record(
        {"kind": "derivation", "reference": "", "submission": step, "given": given, "relation": relation}
    )


@pytest.mark.parametrize(("given", "step"), FALSE)
def test_a_false_step_is_never_correct(given: str, step: str) -> None:
    assert verdict(step, given)["verdict"] != "correct"


@pytest.mark.parametrize(("given", "step"), TRUE)
def test_a_true_step_is_not_refused(given: str, step: str) -> None:
    found = verdict(step, given)
    assert found["verdict"] == "correct", found["feedback"]


def test_steps_without_a_proof_are_listed() -> None:
    found = verdict(r"\|A\|_F^2 \le n \|A\|^2", SQUARE)
    assert found["verdict"] == "correct"
    assert "proved" in str(found["evidence"]) and ("Step 1 (" in str(found["feedback"])) == (
        "0 of 1" in str(found["evidence"])
    )


def test_a_denominator_of_the_beginning_is_not_zero_and_a_later_one_may_be() -> None:
    assert verdict(r"\frac{x^2}{x} = x")["verdict"] == "correct"
    assert verdict(r"x = \frac{x^2}{x}")["verdict"] == "incorrect"
    assert (
        verdict(r"\frac{a(a-b)}{a-b} = a", "let a : real, b : real\nassume a = b")["verdict"] == "incorrect"
    )


def test_the_second_look_goes_where_the_search_did_not() -> None:
    x = symbol("x", 1, 1)
    assert second_look(relation("le", x, number(10**5)), ()).word == "fails"
    assert second_look(equation(x * x - number(4), (x - number(2)) * (x + number(2))), ()).word == "identical"
    square = symbol("A", "n", "n")
    assert second_look(equation(square.T.T, square), ()).word == "holds"
    assert second_look(equation(square.T, square), ()).word == "fails"


@pytest.mark.parametrize(("text", "wrong"), [
    (r"3x = 9 \iff x = 3 \iff 2x = 6", None), (r"3x = 9 \iff x = 3 \iff x = 4", 2), (r"x = 2 \iff x^2 = 4", 1),
    (r"x^2 = 9 \iff x = 3 \lor x = -3", None), (r"x^2 = 9 \Rightarrow x = \pm 3", None), (r"x^2 = 9 \Rightarrow x = 3 \text{ or } x = -2", 1),
])  # fmt: skip
def test_an_equivalence_is_one_relation(text: str, wrong: int | None) -> None:
    found = verdict(text, relation="implies")
    assert found["first_wrong_step"] == wrong
    assert found["verdict"] == ("correct" if wrong is None else "incorrect")
