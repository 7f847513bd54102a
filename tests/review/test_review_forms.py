# ruff: noqa: E501 - tables of one case a line
"""Forms besides chains: sums over entries, block matrices, cases, letters that a condition introduces, dots."""

from __future__ import annotations

import pytest

from lemmata.review.review import review_document
from lemmata.review.sums import without_sums
from lemmata.terms.scope import Scope

FRONT = "---\nlet:\n  X: R^{m x n}\n  A: R^{n x n}\n  B: R^{n x n}\n  y: R^m\n  w: R^n\n  v: R^n\n  c: real\nassume:\n  - X v = 0\n---\n"
P, R, U, J = "proved", "refuted", "unread", "rejected"

DISPLAYS = [
    (r"\|y\|^2 = \sum_{i=1}^m y_i^2", [P]), (r"\|y\|^2 = \sum_{i=1}^n y_i^2", [U]), (r"\sum_{i=1}^n w_i v_i = w^\top v", [P]), (r"\sum_{i=1}^n w_i v_i = w^\top w", [R]),
    (r"\|Xw-y\|^2 = \sum_{i=1}^m (x_i^\top w - y_i)^2", [P]), (r"\|Xw-y\|^2 = \sum_{i=1}^m (x_i^\top w + y_i)^2", [R]), (r"\sum_{k=1}^3 k = 6", [P]), (r"\sum_{k=1}^3 k = 5", [R]),
    (r"\sum_{i=1}^\infty 2^{-i} = 1", [U]),
    (r"\begin{pmatrix}A&0\\0&B\end{pmatrix}\begin{pmatrix}w\\v\end{pmatrix} = \begin{pmatrix}Aw\\Bv\end{pmatrix}", [P]),
    (r"\begin{pmatrix}A&0\\0&B\end{pmatrix}\begin{pmatrix}w\\v\end{pmatrix} = \begin{pmatrix}Aw\\Bw\end{pmatrix}", [R]),
    (r"\begin{bmatrix}A&B\end{bmatrix}\begin{bmatrix}w\\v\end{bmatrix} = Aw + Bv", [P]), (r"\begin{bmatrix}A&B\end{bmatrix}\begin{bmatrix}w\\v\\w\end{bmatrix} = Aw", [J]),
    (r"\begin{pmatrix}A&B\\0&I\end{pmatrix}^{-1} = \begin{pmatrix}A^{-1}&-A^{-1}B\\0&I\end{pmatrix}", [J]), (r"\begin{pmatrix}I&B\\0&I\end{pmatrix}^{-1} = \begin{pmatrix}I&-B\\0&I\end{pmatrix}", [P]),
    (r"\begin{pmatrix}A\\B\end{pmatrix}^\top\begin{pmatrix}A\\B\end{pmatrix} = A^\top A + B^\top B", [P]),
    (r"w = \begin{cases} v & \text{if } w = v \\ 0 & \text{if } w = 0 \end{cases}", [P, P]), (r"|c| = \begin{cases} c & c \ge 0 \\ c & \text{otherwise} \end{cases}", [P, R]),
    (r"\text{for all } u \in \operatorname{Row}(X): \quad u^\top v = 0", [P]), (r"\text{for all } u \in \operatorname{Row}(X): u^\top v = 1", [R]),
    (r"\forall u \in \operatorname{Null}(X): X u = 0", [P]), (r"\text{Let } u \in \operatorname{Null}(X). \text{ Then } X u = 0.", [P]), (r"\text{Let } u \in \operatorname{Null}(X). \text{ Then } A u = 0.", [R]),
    (r"X w = \cdots = X X^+ X w", [P]), (r"X w = \cdots = X^+ w", [J]), (r"w \cdot v - w \cdot v = w \cdot 0 = 0", [P, P]), (r"\arg\min_{u \in \mathbb{R}^n} \|X u - y\|^2", []),
    (r"c^2 = 4 \Rightarrow c = 2 \lor c = -2", [P]), (r"c^2 = 4 \Rightarrow c = 2 \lor c = 3", [R]), (r"c^2 = 4 \Rightarrow c = \pm 1", [R]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "verdicts"), DISPLAYS)
def test_each_display(body: str, verdicts: list[str]) -> None:
    report = review_document(f"{FRONT}$$ {body} $$\n", seconds=1 if "unknown" in verdicts else 10)
    assert [s.verdict for s in report.steps] == verdicts
    for step in report.steps:
        assert step.verdict != U or "^" in step.why, "a caret shows the place"
    assert report.steps or report.hypotheses or report.remarks, "every display leaves a trace"


def test_a_sum_is_read_only_over_all_entries() -> None:
    scope = Scope().declare("X", "m", "n").declare("w", "n", 1).declare("y", "m", 1)
    for text in (
        r"\sum_{i=2}^m y_i^2",
        r"\sum_{i=1}^n y_i^2",
        r"\sum_i y_i^3",
        r"\sum_i (y_i^2 - 1)^2",
        r"\sum_{i=1}^m z_i^2",
    ):
        assert without_sums(text, scope) == text
