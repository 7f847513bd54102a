r"""What counts as the same answer: a table of (kind, reference, submission, verdict, diagnosis)."""

from __future__ import annotations

import pytest

from lemmata.grade.compare import compare_record

HALF, COLUMN = r"\frac{1}{2}", r"\begin{pmatrix}1\\2\end{pmatrix}"
MATRIX, INVERSE = (
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"\begin{pmatrix}-2&1\\\frac{3}{2}&-\frac{1}{2}\end{pmatrix}",
)
UPRIGHT = r"\begin{pmatrix}\mathrm e^{t}&t\,\mathrm e^{t}\\0&\mathrm e^{t}\end{pmatrix}"
EXP = r"\begin{pmatrix}e^{t}&te^{t}\\0&e^{t}\end{pmatrix}"
PHI, XY = r"\frac{1+\sqrt{5}}{2}", r"\begin{pmatrix}x\\2y\end{pmatrix}"

NUMBERS = [
    (HALF, r"\frac{1}{2}", "correct", "correct"), (HALF, "1/2", "correct", "correct"),
    (HALF, "½", "correct", "correct"), (HALF, r"\dfrac{2}{4}", "correct", "correct"),
    (HALF, r"\tfrac 1 2", "correct", "correct"), (HALF, r"\frac{-1}{-2}", "correct", "correct"),
    (HALF, "0.5", "correct", "correct"), (HALF, "0,5", "correct", "correct"),
    (HALF, "$\\frac12$", "correct", "correct"), (HALF, r"\boxed{\frac12}", "correct", "correct"),
    (HALF, "2/4 = 1/2", "correct", "correct"), (HALF, "1/3 = 1/2", "incorrect", "chain-broken"),
    (HALF, "2", "incorrect", "reciprocal"), (HALF, "-1/2", "incorrect", "sign"),
    (HALF, "0.501", "incorrect", "rounded"), (HALF, "7", "incorrect", "different"),
    (HALF, "x", "incorrect", "unknown-letter"), (HALF, "1/0", "incorrect", "undefined"),
    (HALF, r"\frac{1}{", "malformed", "unreadable"), (HALF, "", "malformed", "no-answer"),
    (HALF, r"\boxed{1}\boxed{2}", "malformed", "unreadable"), (HALF, "(1,2)", "incorrect", "wrong-shape"),
    ("3+\\sqrt{5}", "3+sqrt 5", "correct", "correct"), ("3+\\sqrt{5}", "5.236", "incorrect", "rounded"),
    ("-2", "-\\!2", "correct", "correct"), ("-2", "|A| = -2", "correct", "correct"),
    ("1000000", r"1\times10^{6}", "correct", "correct"), ("1000000", "10⁶", "correct", "correct"),
    ("3+4i", "3+4j", "correct", "correct"), ("3+4i", "3+i4", "correct", "correct"),
    ("3+4i", "3-4i", "incorrect", "conjugate"), (PHI, "(1+√5)/2", "correct", "correct"),
    (PHI, "1/2+sqrt(5)/2", "correct", "correct"), ("2", "rk A=3", "incorrect", "different"),
    ("2", "2 pivots", "correct", "correct"),
]  # fmt: skip

VECTORS = [
    (COLUMN, "(1,2)", "correct", "correct"), (COLUMN, "x=1, y=2", "correct", "correct"),
    (COLUMN, r"x_1=1,\;x_2=2", "correct", "correct"), (COLUMN, "x_2=2, x_1=1", "correct", "correct"),
    (COLUMN, r"\left(\begin{array}{c}1\\2\end{array}\right)", "correct", "correct"),
    (COLUMN, r"\vec{x}=(1,2)", "correct", "correct"), (COLUMN, "[1; 2]", "correct", "correct"),
    (COLUMN, "[1, 2]", "correct", "correct"), (COLUMN, "(1, 2)^T", "correct", "correct"),
    (COLUMN, r"\begin{pmatrix}1&2\end{pmatrix}", "partial", "row-for-column"),
    (COLUMN, "(1,2", "malformed", "unreadable"), (COLUMN, "(2,1)", "incorrect", "entries-in-wrong-order"),
    (COLUMN, "(1,-2)", "incorrect", "signs-of-entries"), (COLUMN, "(-1,-2)", "incorrect", "sign"),
    (COLUMN, "(2,4)", "incorrect", "scaled"), (COLUMN, "(1,7)", "incorrect", "wrong-entry"),
    (COLUMN, "(1,2,3)", "incorrect", "wrong-shape"),
    (XY, r"\nabla f=(x,2y)", "correct", "correct"),
    (XY, r"\begin{pmatrix}x\\y+y\end{pmatrix}", "correct", "correct"),
    (XY, "(2y, x)", "incorrect", "entries-in-wrong-order"), (XY, "[x, 2*y]", "correct", "correct"),
]  # fmt: skip

MATRICES = [
    (MATRIX, "[1 2; 3 4]", "correct", "correct"), (MATRIX, "matrix([1,2],[3,4])", "correct", "correct"),
    (MATRIX, r"\left[\begin{array}{cc}1&2\\3&4\end{array}\right]", "correct", "correct"),
    (MATRIX, r"\begin{smallmatrix}1&2\\3&4\end{smallmatrix}", "correct", "correct"),
    (MATRIX, r"\begin{pmatrix}1&3\\2&4\end{pmatrix}^T", "correct", "correct"),
    (MATRIX, "[[1. 2.]\n [3. 4.]]", "correct", "correct"),
    (MATRIX, "[[1,3],[2,4]]", "incorrect", "transposed"),
    (MATRIX, r"\begin{pmatrix}1&2&3\\3&4&5\end{pmatrix}", "incorrect", "wrong-shape"),
    (MATRIX, "[1 2; 3 5]", "incorrect", "wrong-entry"), (MATRIX, "[-1 -2; -3 -4]", "incorrect", "sign"),
    (MATRIX, "[2 4; 6 8]", "incorrect", "scaled"),
    (MATRIX, r"\begin{pmatrix}1&2\\3&4\end{pmatrix", "malformed", "unreadable"),
    ("[1 0; 0 1]", "I", "correct", "correct"), ("[1 0; 0 1]", "I_2", "correct", "correct"),
    (INVERSE, r"\begin{pmatrix}-2&1\\\frac32&-\frac12\end{pmatrix}", "correct", "correct"),
    (INVERSE, "[-2 1; 3/2 -1/2]", "correct", "correct"),
    (EXP, r"\begin{pmatrix}\exp(t)&t\exp(t)\\0&\exp(t)\end{pmatrix}", "correct", "correct"),
    (EXP, "[[exp(t), t*exp(t)],[0, exp(t)]]", "correct", "correct"),
    (EXP, UPRIGHT, "correct", "correct"),
]  # fmt: skip

TABLE = [
    (kind, *row)
    for kind, rows in (("number", NUMBERS), ("vector", VECTORS), ("matrix", MATRICES))
    for row in rows
]


@pytest.mark.parametrize(("kind", "reference", "submission", "verdict", "diagnosis"), TABLE)
def test_values(kind: str, reference: str, submission: str, verdict: str, diagnosis: str) -> None:
    found = compare_record({"kind": kind, "reference": reference, "submission": submission})
    assert (found["verdict"], found["diagnosis"]) == (verdict, diagnosis), found["feedback"]


def test_wrong_entries_are_named() -> None:
    found = compare_record({"kind": "matrix", "reference": MATRIX, "submission": "[1 2; 3 5]"})
    assert "(2, 2)" in found["feedback"]


@pytest.mark.parametrize(("reference", "submission", "tolerance", "verdict"), [
    ("e", "2.718", "0.001", "correct"), ("e", "2.71", "0.001", "incorrect"), ("e", "exp(1)", None, "correct"),
    ("e", "2.718", None, "incorrect"),
    ("1/3", "0.333", "0.001", "correct"),
    ("1/3", "0.3", "0.001", "incorrect"),
])  # fmt: skip
def test_tolerance(reference: str, submission: str, tolerance: str | None, verdict: str) -> None:
    record = {"kind": "number", "reference": reference, "submission": submission, "tolerance": tolerance}
    assert compare_record(record)["verdict"] == verdict


@pytest.mark.parametrize(("submission", "verdict"), [
    (INVERSE, "correct"),
    (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}^{-1}", "partial"),
    ("[1 2; 3 4]", "incorrect"),
    (r"\frac12\begin{pmatrix}-4&2\\3&-1\end{pmatrix}", "correct"),
    (r"\begin{pmatrix}1&2\\3&5\end{pmatrix}^{-1}", "incorrect"),
])  # fmt: skip
def test_what_is_to_be_computed_must_be_computed(submission: str, verdict: str) -> None:
    record = {"kind": "matrix", "reference": INVERSE, "submission": submission, "mode": "form"}
    assert compare_record(record)["verdict"] == verdict


@pytest.mark.parametrize(("submission", "verdict"), [
    (r"t(1,-1)^T,\ t\neq0", "correct"),
    (r"\begin{pmatrix}t\\-t\end{pmatrix}", "correct"),
    ("(i,-i)", "correct"),
    ("(2,-2)", "correct"), ("(-1/2,1/2)", "correct"), ("(2,-1.9999)", "incorrect"), ("(0,0)", "incorrect"),
])  # fmt: skip
def test_a_direction_is_right_up_to_a_factor(submission: str, verdict: str) -> None:
    record = {
        "kind": "vector",
        "reference": "(1,-1)",
        "submission": submission,
        "mode": "direction",
        "tolerance": 1e-6,
    }
    assert compare_record(record)["verdict"] == verdict


RECTANGLE, SQUARE = (
    "let A : R^{m x n}, x : R^n, b : R^m",
    "let A : R^{n x n}, B : R^{n x n}, C : R^{n x n}, x : R^n",
)
EXPRESSIONS = [
    (RECTANGLE, "A^TA", r"A^\top A", "correct"), (RECTANGLE, "A^TA", "(A^T A)", "correct"),
    (RECTANGLE, "A^TA", "A A^T", "incorrect"), (RECTANGLE, "A^TA", "A^2", "incorrect"),
    (SQUARE + "\nassume invertible(A), invertible(B)", "(AB)^{-1}", "B^{-1}A^{-1}", "correct"),
    (SQUARE + "\nassume invertible(A), invertible(B)", "(AB)^{-1}", "A^{-1}B^{-1}", "incorrect"),
    (SQUARE, "(I+A)(I-A)", "I-A^2", "correct"), (SQUARE, "(A+B)^2", "A^2+2AB+B^2", "incorrect"),
    (SQUARE, r"\operatorname{tr}(ABC)", r"\operatorname{tr}(ACB)", "incorrect"),
    (SQUARE, r"\operatorname{tr}(ABC)", r"\mathrm{tr}(BCA)", "correct"),
    (RECTANGLE, "2A^T(Ax-b)", "2(A^TA x - A^T b)", "correct"),
    (RECTANGLE, "2A^T(Ax-b)", "2(Ax-b)^TA", "partial"),
    (RECTANGLE, "2A^T(Ax-b)", "-2A^T(Ax-b)", "incorrect"), (SQUARE, "(A+A^T)x", "Ax+A^Tx", "correct"),
    (RECTANGLE + "\nassume rank(A) = n", "(A^TA)^{-1}A^Tb", "A^{+}b", "correct"),
    (RECTANGLE + "\nassume rank(A) = n", "(A^TA)^{-1}A^Tb", "A^{-1}b", "incorrect"),
    (RECTANGLE + "\nassume rank(A) = n", "A^+ b", "A^T (A A^T)^{-1} b", "incorrect"),
    (RECTANGLE, r"\|A\|_F^2", r"\|A\|_F", "incorrect"),
    (RECTANGLE, r"\|A\|_F^2", r"\operatorname{tr}(A^T A)", "correct"),
    (SQUARE + "\nassume invertible(A)", "(A^{-1})^T", "A^{-T}", "correct"),
    ("", "(x+1)^2", "x**2 + 2*x + 1", "correct"), ("", r"\sin^2 x", r"1-\cos^2x", "correct"),
    ("", "e^{-2t}", r"\frac{1}{e^{2t}}", "correct"),
    ("", r"\frac{2^n+(-1)^n}{3}", r"\frac{2^n+1}{3}", "incorrect"),
    ("let x : positive", r"2\ln x", r"\ln x^2", "correct"),
    ("let x : positive", r"2\ln x", r"(\ln x)^2", "incorrect"),
    ("", r"\frac{x^2-1}{x-1}", "x+1", "correct"), ("", r"x_0e^{-\lambda t}", r"c\,e^{-\lambda t}", "partial"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "reference", "submission", "verdict"), EXPRESSIONS)
def test_expressions(given: str, reference: str, submission: str, verdict: str) -> None:
    found = compare_record(
        {"kind": "expression", "reference": reference, "submission": submission, "given": given}
    )
    assert found["verdict"] == verdict, found
    if found["diagnosis"] == "correct":
        assert "instances" in found["evidence"], "agreement on instances is not called a proof"


def test_a_wrong_expression_comes_with_a_counterexample() -> None:
    record = {"kind": "expression", "given": SQUARE, "reference": "(A+B)^2", "submission": "A^2+2AB+B^2"}
    example = compare_record(record)["counterexample"]
    assert example is not None and set(example) >= {"A", "B", "yours", "expected"}
    assert example["yours"] != example["expected"]


LINE = r"\{(1,2,0)+t(1,-1,1):t\in\mathbb R\}"
PLANE = r"\operatorname{span}\{(1,0,-1),(0,1,-1)\}"
OTHER_LINE = r"\begin{pmatrix}3\\0\\2\end{pmatrix}+\lambda\begin{pmatrix}1\\-1\\1\end{pmatrix}"
OTHER_PLANE = r"\left\{\begin{pmatrix}1\\0\\-1\end{pmatrix},\begin{pmatrix}0\\1\\-1\end{pmatrix}\right\}"
AFFINE = [
    ("affine", LINE, "(1,2,0)+t(2,-2,2)", "correct"), ("affine", LINE, "(1,2,0)", "partial"),
    ("affine", LINE, OTHER_LINE, "correct"),
    ("affine", LINE, "x = 1+s, y = 2-s, z = s", "correct"), ("affine", LINE, "x+y=3, y+z=2", "correct"),
    ("affine", LINE, "(1,2,0)+t(1,1,1)", "incorrect"), ("affine", LINE, "t(1,-1,1)", "incorrect"),
    ("affine", LINE, "(1,2)+t(1,-1)", "incorrect"), ("affine", LINE, "(1,2,0)+t(1,-1", "malformed"),
    ("span", PLANE, r"\operatorname{span}\{(1,-1,0),(1,1,-2)\}", "correct"),
    ("span", PLANE, r"\{(x,y,z):x+y+z=0\}", "correct"), ("span", PLANE, r"\{(1,0,1),(0,1,-1)\}", "partial"),
    ("span", PLANE, OTHER_PLANE, "correct"),
    ("span", PLANE, "span{(1,0,-1)}", "partial"),
    ("span", PLANE, "span{(1,0,0),(0,1,0),(0,0,1)}", "incorrect"),
    ("", r"(2,\infty)", "(2,∞)", "correct"), ("", r"(2,\infty)", "2<x", "correct"),
    ("", r"(2,\infty)", "x≥2", "incorrect"), ("", r"(2,\infty)", "(2, 5)", "incorrect"),
]  # fmt: skip


@pytest.mark.parametrize(("mode", "reference", "submission", "verdict"), AFFINE)
def test_sets(mode: str, reference: str, submission: str, verdict: str) -> None:
    found = compare_record({"kind": "set", "mode": mode, "reference": reference, "submission": submission})
    assert found["verdict"] == verdict, found


FINITE = [
    ("2 and 3", "correct"), ("{3,2}", "correct"), ("[2,3]", "correct"), ("{2,3,3}", "correct"),
    ("{2}", "element-missing"),
    ("{2,3,4}", "element-too-many"), (r"\frac{5\pm1}{2}", "correct"), (r"x=2\lor x=3", "correct"),
    ("2, 3", "correct"),
    ("x_1 = 2, x_2 = 3", "correct"), ("{2,4}", "elements-mixed"), ("{5}", "different"),
    (r"\emptyset", "different"),
    ("x^2 - 5x + 6 = 0", "not-solved"), ("{2,3", "unreadable"), ("{2, x}", "no-value"),
]  # fmt: skip


@pytest.mark.parametrize(("submission", "diagnosis"), FINITE)
def test_finite_sets(submission: str, diagnosis: str) -> None:
    record = {"kind": "set", "reference": r"\{2,3\}", "submission": submission}
    assert compare_record(record)["diagnosis"] == diagnosis


@pytest.mark.parametrize(("reference", "submission", "mode", "verdict"), [
    (r"\{2,2,3\}", r"\lambda_{1,2}=2,\lambda_3=3", "multiset", "correct"),
    (r"\{2,2,3\}", "{2,3}", "multiset", "partial"),
    (r"\{\sqrt{2},-\sqrt{2}\}", r"\sqrt2", "", "partial"),
    (r"\{\sqrt{2},-\sqrt{2}\}", r"\pm\sqrt2", "", "correct"),
    (r"\{i,-i\}", "i, -i", "", "correct"), (r"\emptyset", r"\varnothing", "", "correct"),
    (r"\emptyset", r"\{0\}", "", "incorrect"), (r"\emptyset", r"\{\}", "", "correct"),
])  # fmt: skip
def test_other_finite_sets(reference: str, submission: str, mode: str, verdict: str) -> None:
    record = {"kind": "set", "reference": reference, "submission": submission, "mode": mode}
    assert compare_record(record)["verdict"] == verdict


@pytest.mark.parametrize(("reference", "submission", "verdict"), [
    (r"\infty", "oo", "correct"), (r"\infty", r"-\infty", "incorrect"), (r"\infty", "7", "incorrect"),
    (r"-\infty", r"-\infty", "correct"), ("e", r"\infty", "incorrect"), ("e", "does not exist", "incorrect"),
    (r"\text{does not exist}", "does not exist", "correct"),
    (r"\text{does not exist}", "undefined", "correct"),
    (r"\text{does not exist}", "0", "incorrect"), ("0", r"\lim_{t \to \infty} x(t) = 0", "correct"),
])  # fmt: skip
def test_limits(reference: str, submission: str, verdict: str) -> None:
    assert (
        compare_record({"kind": "limit", "reference": reference, "submission": submission})["verdict"]
        == verdict
    )


@pytest.mark.parametrize(("submission", "diagnosis"), [
    ("(0,1/L)", "too-narrow"), (r"0 < \eta < 2/L", "correct"), (r"\eta L < 2, \eta > 0", "correct"),
    (r"|1 - \eta L| < 1", "correct"), ("(0,2/L]", "endpoint-included"), ("(0, 2/M)", "unknown-letter"),
])  # fmt: skip
def test_a_range_with_a_letter(submission: str, diagnosis: str) -> None:
    record = {
        "kind": "set",
        "reference": r"(0,\frac{2}{L})",
        "given": "let L : positive",
        "submission": submission,
    }
    assert compare_record(record)["diagnosis"] == diagnosis


def test_a_kind_that_is_not_known_says_so() -> None:
    assert compare_record({"kind": "poem", "reference": "1", "submission": "1"})["verdict"] == "unsupported"
