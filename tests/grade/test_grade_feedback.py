# ruff: noqa: E501 - tables of one case a line
"""The mistake is named where it can be: an answer, its verdict, the diagnosis, words of the sentence."""

from __future__ import annotations

import pytest

from lemmata.grade.compare import compare_record

START = "let X : R^{m x n}, y : R^m, w_0 : R^n, t : positive"
LOSS = "let A : R^{m x n}, x : R^n, b : R^m"

TABLE = [
    ("matrix", "[1 2;3 4]", "[1 3;2 4]", "", "", "incorrect", "transposed", "transpose"),
    ("matrix", "[1 2;3 4]", "[-1 -2;-3 -4]", "", "", "incorrect", "sign", "sign"),
    ("matrix", "[1 2;3 4]", "[1 2;3 5]", "", "", "incorrect", "wrong-entry", "(2, 2)"),
    ("matrix", "1/5[1 2;2 4]", "1/5[1 2;3 4]", "", "", "incorrect", "wrong-entry", "symmetric"),
    ("matrix", "1/5[1 2;2 4]", "1/5[4 2;0 1]", "", "", "incorrect", "not-symmetric", "symmetric"),
    ("matrix", "1/5[1;2]", "[1;2]", "", "", "incorrect", "scaled", "factor"),
    ("vector", "(1,2,3)", "[1 2 3]", "", "", "partial", "row-for-column", "column"),
    ("vector", "(1,2)", "(1,3)", "", "", "incorrect", "wrong-entry", "2"),
    ("vector", "(1,2)", "(2,1)", "", "", "incorrect", "entries-in-wrong-order", "places"),
    ("set", "span{(1,2,0),(0,1,1)}", "span{(1,2,0),(2,4,0)}", "span", "", "partial", "direction-missing", "dependent"),
    ("set", "span{(1,2,0),(0,1,1)}", "{(1,2,0),(0,1,1),(1,3,1)}", "span", "", "correct", "correct", "no basis"),
    ("set", r"\{(1,0)+t(1,1):t\in\mathbb R\}", "t(1,1)", "affine", "", "incorrect", "direction-only", "particular"),
    ("set", "(0,2/9)", "(0,2/9]", "", "", "incorrect", "endpoint-included", "end"),
    ("set", "(0,2/9)", "0 < mu < 1/2", "", "", "incorrect", "too-wide", "large"),
    ("set", "(0,2/9)", "mu < 2/9", "", "", "incorrect", "lower-bound-missing", "lower"),
    ("set", "[0,\\infty)", "[0,\\infty]", "", "", "incorrect", "closed-at-infinity", "open"),
    ("limit", "X^+y+(I-X^+X)w_0", "X^+y", "", START, "incorrect", "null-component", "w(0) = 0 only"),
    ("expression", "X^+y+(I-X^+X)w_0", "X^+y+w_0", "", START, "incorrect", "only-for-zero", "w(0) = 0"),
    ("expression", "(I-e^{-tX^TX})X^+y+e^{-tX^TX}w_0", "(I-e^{-tX^TX})X^+y", "", START, "incorrect", "only-for-zero", "w(0) = 0"),
    ("expression", "X^+", "(X^TX)^{-1}X^T", "", "let X : R^{m x n}", "incorrect", "needs-hypothesis", "inverse"),
    ("expression", "A^T(Ax-b)", "A^T(b-Ax)", "", LOSS, "incorrect", "sign", "sign"),
    ("expression", "A^T(Ax-b)", "(Ax-b)^TA", "", LOSS, "partial", "row-layout", "row"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "reference", "text", "mode", "given", "verdict", "diagnosis", "said"), TABLE
)
def test_the_mistake_is_named(
    kind: str, reference: str, text: str, mode: str, given: str, verdict: str, diagnosis: str, said: str
) -> None:
    found = compare_record(
        {"kind": kind, "reference": reference, "submission": text, "mode": mode, "given": given}
    )
    assert (found["verdict"], found["diagnosis"]) == (verdict, diagnosis)
    assert said in found["feedback"]


@pytest.mark.parametrize("text", ["(2,4)", "(-1,-2)", "(1/2, 1)", "(-i, -2i)"])
def test_a_direction_has_no_orientation(text: str) -> None:
    """Documented: any nonzero multiple, negative ones too."""
    record = {"kind": "vector", "reference": "(1,2)", "submission": text, "mode": "direction"}
    assert compare_record(record)["verdict"] == "correct"
