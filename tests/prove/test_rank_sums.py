# ruff: noqa: E501 - tables of one case a line
"""Sums of ranks, and what equal ranks say of matrices: proved, and refuted where a hypothesis is dropped."""

from __future__ import annotations

import pytest
from proof_tables import assert_proved, statement

from lemmata.prove.answer import decide
from lemmata.prove.rank.facts import frobenius, nonnegativity, nullity, subadditivity

SUMS = [
    ("let A, B : R^{m x n}; show rank(A + B) <= rank(A) + rank(B)", "instance"),
    ("let A, B : C^{m x n}; show rank(A + B) <= rank(A) + rank(B)", "instance"),
    ("let A, B : R^{m x n}; show rank(A - B) <= rank(A) + rank(B)", "positive"),
    ("let A, B, C : R^{m x n}; show rank(A + B + C) <= rank(A) + rank(B) + rank(C)", "positive"),
    ("let A, B : R^{m x n}; show rank(A) - rank(B) <= rank(A - B)", "positive"),
    ("let A, B : R^{m x n}; show rank(A) - rank(B) <= rank(A + B)", "positive"),
    ("let A, B : R^{m x n}; show abs(rank(A) - rank(B)) <= rank(A - B)", "root"),
    ("let A : R^{m x n}, B : R^{n x p}; show rank(A) + rank(B) <= rank(A B) + n", "positive"),
    ("let A : R^{m x n}, B : R^{n x p}; show rank(A) + rank(B) - n <= rank(A B)", "positive"),
    ("let A : R^{m x n}, B : R^{n x p}; assume A B = 0; show rank(A) + rank(B) <= n", "positive"),
    ("let A : R^{m x n}, B : R^{n x p}, C : R^{p x q}; show rank(A B) + rank(B C) <= rank(B) + rank(A B C)", "instance"),
    ("let A : R^{m x n}, B : R^{n x p}, C : R^{p x q}; assume A B C = 0; show rank(A B) + rank(B C) <= rank(B)", "positive"),
    ("let A : R^{n x n}; show rank(A) + rank(I - A) >= n", "positive"),
    ("let A : R^{n x n}; show n <= rank(A) + rank(I + A)", "positive"),
    ("let A, B : R^{m x n}; assume A^T B = 0, A B^T = 0; show rank(A + B) = rank(A) + rank(B)", "logic"),
    ("let A : R^{n x n}; assume A^2 = I; show rank(I + A) + rank(I - A) = n", "logic"),
    ("let A, B : R^{n x n}; show rank(I - A B) = rank(I - B A)", "logic"),
    ("let A : R^{m x n}, B : R^{n x m}; show rank(I - A B) + n = rank(I - B A) + m", "logic"),
    ("let A : R^{n x n}; assume rank(A) + rank(I - A) = n; show A^2 = A", "ideal"),
    ("let A : R^{m x n}, X : R^{n x m}; assume X A X = X; show rank(A - A X A) = rank(A) - rank(X)", "logic"),
    ("let A : R^{m x n}, X : R^{n x m}; show rank(A - A X A) = rank(A) + rank(I - X A) - n", "logic"),
    ("let A : R^{m x n}, X : R^{n x m}; show rank(A - A X A) >= rank(A) - rank(X)", "positive"),
    ("let A : R^{m x n}, X : R^{n x m}; show rank(X - X A X) + rank(A) = rank(A - A X A) + rank(X)", "logic"),
    ("let A : R^{m x n}, X : R^{n x m}; show rank(A - A X A) = rank(A) + rank(I - A X) - m", "logic"),
    ("let A : R^{n x n}, B : R^{n x n}; show dim(Null(A B)) <= dim(Null(A)) + dim(Null(B))", "positive"),
    ("let A, B : R^{n x n}; show n - rank(A B) <= (n - rank(A)) + (n - rank(B))", "positive"),
    ("let A : R^{n x n}; assume A^3 = 0; show rank(A) + rank(A^2) <= n", "positive"),
    ("let A : R^{n x n}; assume A^2 = 0; show 2 rank(A) <= n", "positive"),
    ("let A : R^{n x n}; show 2 rank(A^2) <= rank(A) + rank(A^3)", "positive"),
    ("let A : R^{n x n}; show rank(A) - rank(A^2) <= n - rank(A)", "positive"),
    ("let E, F : R^{n x n}; assume idempotent(E), idempotent(F); show rank(E - F) <= rank(E) + rank(F)", "positive"),
    ("let A, B : R^{n x n}; assume A + B = I; show n <= rank(A) + rank(B)", "positive"),
    ("let A, B : R^{n x n}; assume A + B = I, A B = 0; show rank(A) + rank(B) = n", "logic"),
    ("let A, B : R^{n x n}; assume A + B = I, rank(A) + rank(B) = n; show A B = 0", "ideal"),
    ("let A, B : R^{n x n}; assume A + B = I, rank(A) + rank(B) <= n; show A^2 = A", "ideal"),
    ("let A : R^{m x n}, B : R^{m x n}, u : R^m, v : R^n; show rank(A + u v^T) <= rank(A) + 1", "positive"),
    ("let A : R^{m x n}, u : R^m, v : R^n; show rank(A) - 1 <= rank(A + u v^T)", "positive"),
    ("let A, B : R^{n x n}; show rank(A B - B A) <= 2 rank(A)", "positive"),
    ("let A, B : R^{n x n}; show rank(A B + B A) <= rank(A) + rank(A)", "positive"),
    ("let A, B : R^{n x n}; show rank(A B - I) <= rank(A - I) + rank(B - I)", "positive"),
    ("let A : R^{n x n}; assume (A - I) (A - 2 I) = 0; show rank(A - I) + rank(A - 2 I) = n", "logic"),
    ("let A : R^{n x n}; assume A^2 = A + 2 I; show rank(A + I) + rank(A - 2 I) = n", "logic"),
    ("let A : R^{n x n}; show rank(A - I) + rank(A + I) >= n", "positive"),
    ("let A : R^{n x n}; show rank(A^2 - I) + n = rank(A - I) + rank(A + I)", "logic"),
    ("let A : R^{n x n}; show rank(A - A^2) = rank(A) + rank(I - A) - n", "logic"),
    ("let A : R^{n x n}; assume A^3 = A; show rank(A) = rank(A + A^2) + rank(A - A^2)", "logic"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q); show rank(P + Q) <= rank(P) + rank(Q)", "instance"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q), P Q = 0; show rank(P + Q) = rank(P) + rank(Q)", "logic"),
    ("let A : R^{m x n}, y : R^m, x : R^n; show rank(A - y x^T) >= rank(A) - 1", "positive"),
    ("let A, B : R^{n x n}; assume psd(A), psd(B); show rank(A + B) <= rank(A) + rank(B)", "instance"),
    ("let A, B : R^{n x n}; assume A B = 0, invertible(A + B); show rank(A) + rank(B) = n", "logic"),
    ("let A, B : R^{n x n}; assume A B = B A, A B = 0, invertible(A + B); show rank(A) + rank(B) = n", "logic"),
    ("let A : R^{n x n}; assume rank(A) = rank(A^2); show rank(A^2) = rank(A^3)", "logic"),
    ("let A : R^{n x n}; assume rank(A^2) = rank(A); show rank(A^3) = rank(A)", "logic"),
    ("let A : R^{m x n}, B : R^{n x p}, C : R^{p x q}; assume rank(A B) = rank(B); show rank(A B C) = rank(B C)", "logic"),
    ("let A : R^{m x n}, B : R^{n x p}, C : R^{q x m}; assume rank(A B) = rank(A); show rank(C A B) = rank(C A)", "logic"),
    ("let A : R^{m x n}, B : R^{n x p}; assume rank(A B) = rank(B); show rank(A^T A B) = rank(B)", "logic"),
    ("let A, B, C, D : R^{m x n}; show rank(A + B + C + D) <= rank(A) + rank(B) + rank(C) + rank(D)", "positive"),
    ("let A : R^{m x n}, B : R^{n x p}, C : R^{p x q}; show rank(A) + rank(B) + rank(C) <= rank(A B C) + n + p", "positive"),
    ("let A, B : R^{m x n}, C : R^{p x m}; show rank(C A + C B) <= rank(A) + rank(B)", "positive"),
    ("let A, B, C, D : R^{n x n}; show rank(A B - C D) <= rank(A - C) + rank(B - D)", "positive"),
    ("let A, B : R^{n x n}; assume rank(A B) = n; show rank(A) = n", "ideal"),
    ("let A : R^{m x n}, B : R^{n x p}; assume A B = 0, rank(A) + rank(B) = n; show Col(B) = Null(A)", "ideal"),
    ("let A, B : R^{m x n}; assume Col(A) <= Col(B); show rank(A + B) <= rank(B)", "rank"),
    ("let A : R^{m x n}, B : R^{p x n}; assume A B^T = 0; show rank(A) + rank(B) <= n", "positive"),
    ("let A : R^{m x n}, B : R^{m x p}; assume A^T B = 0; show rank(A) + rank(B) <= m", "positive"),
    ("let A : R^{n x n}; assume A^T = -A; show rank(I + A) = n", "ideal"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q); show rank(P - Q) >= rank(P) - rank(Q)", "positive"),
    ("let E : R^{n x n}; assume idempotent(E); show rank(E) + rank(I - E) = n", "logic"),
    ("let A, B : R^{m x n}; show rank(A + B) + rank(A - B) >= rank(A)", "positive"),
    ("let A, B : R^{m x n}; show rank(A) <= rank(A + B) + rank(A - B)", "positive"),
    ("let A : R^{m x n}, B : R^{n x m}; show m - rank(I - A B) = n - rank(I - B A)", "logic"),
    ("let A : R^{2 x 3}, B : R^{3 x 4}; show rank(A) + rank(B) <= rank(A B) + 3", "positive"),
    ("let A, B : R^{n x n}; assume invertible(A); show rank(A + B) >= n - rank(B)", "positive"),
    ("let A, B : R^{n x n}; assume invertible(A), rank(B) = 1; show rank(A + B) >= n - 1", "positive"),
    ("let A, B : R^{n x n}; assume rank(A) = 1, rank(B) <= 2; show rank(A B + A + B) <= 3", "positive"),
]  # fmt: skip

EQUATIONS = [
    ("let A : R^{n x n}; assume rank(A^2) = rank(A); show Col(A^2) = Col(A)", "ideal"),
    ("let A : R^{n x n}; assume rank(A^2) = rank(A); show Null(A^2) = Null(A)", "ideal"),
    ("let A : R^{n x n}; assume rank(A) = rank(A^2); show Row(A^2) = Row(A)", "ideal"),
    ("let A : R^{n x n}; assume rank(A^2) = rank(A); show A = A^2 (A^2)^+ A", "ideal"),
    ("let A : R^{n x n}, x : R^n; assume rank(A^2) = rank(A), A^2 x = 0; show A x = 0", "ideal"),
    ("let A : R^{m x n}, B : R^{n x p}; assume rank(A B) = rank(A); show Col(A B) = Col(A)", "ideal"),
    ("let A : R^{m x n}, B : R^{n x p}; assume rank(A B) = rank(A); show A = A B (A B)^+ A", "ideal"),
    ("let A : R^{m x n}, B : R^{n x p}; assume rank(A B) >= rank(A); show Col(A) <= Col(A B)", "ideal"),
    ("let A : R^{m x n}, B : R^{n x p}; assume rank(A B) = rank(B); show Null(A B) = Null(B)", "ideal"),
    ("let A : R^{m x n}, B : R^{n x p}; assume rank(A B) = rank(B); show Row(A B) = Row(B)", "ideal"),
    ("let A : R^{m x n}, B : R^{n x p}; assume rank(A B) = rank(B); show B = B (A B)^+ A B", "ideal"),
    ("let A : R^{m x n}, X : R^{n x m}; assume A X A = A, rank(X) = rank(A); show X A X = X", "ideal"),
    ("let A : R^{m x n}, X : R^{n x m}; assume A X A = A; show rank(X) = rank(A) <==> X A X = X", "implies"),
    ("let A : R^{m x n}, X : R^{n x m}; assume X A X = X, rank(X) = rank(A); show A X A = A", "ideal"),
    ("let A : R^{m x n}, B : R^{m x p}; assume Col(A) <= Col(B), rank(A) = rank(B); show Col(A) = Col(B)", "ideal"),
    ("let A : R^{m x n}, B : R^{p x n}; assume Row(A) <= Row(B), rank(A) = rank(B); show Row(A) = Row(B)", "ideal or square"),
    ("let A : R^{m x n}, B : R^{p x n}; assume Null(A) <= Null(B), rank(A) = rank(B); show Null(A) = Null(B)", "ideal"),
    ("let A : R^{m x n}, B : R^{m x p}, C : R^{p x n}; assume A = B C, rank(A) = rank(B); show Col(A) = Col(B)", "ideal"),
    ("let E : R^{n x n}; assume idempotent(E), rank(E) = n; show E = I", "ideal"),
    ("let A : R^{n x n}; assume rank(A) + rank(I - A) = n; show A^2 = A", "ideal"),
    ("let A : R^{m x n}, B : R^{n x p}, x : R^p; assume rank(A B) = rank(B), A B x = 0; show B x = 0", "ideal"),
    ("let A : R^{m x n}, B : R^{n x p}, C, D : R^{p x q}; assume rank(A B) = rank(B), A B C = A B D; show B C = B D", "ideal"),
    ("let A : R^{n x n}; assume rank(A^2) = rank(A); show Col(A^3) = Col(A)", "ideal"),
    ("let P, Q : R^{n x n}; assume projection(P), projection(Q), Col(P) <= Col(Q), rank(P) = rank(Q); show P = Q", "ideal"),
    ("let A : R^{m x n}, G : R^{n x m}; assume rank(G A) = rank(A), G A G = G; show A G A = A", "ideal"),
    ("let A : R^{m x n}, G : R^{n x m}; assume rank(G A) = rank(A), (G A)^2 = G A; show A G A = A", "ideal"),
    ("let A : R^{m x n}, B : R^{n x m}; assume A B A = A, rank(A) = n; show B A = I", "ideal"),
    ("let A : R^{n x n}; assume rank(A^2) = rank(A), A^3 = 0; show A = 0", "ideal"),
]  # fmt: skip

FALSE = [
    "let A, B : R^{m x n}; show rank(A) + rank(B) <= rank(A + B)",
    "let A, B : R^{m x n}; show rank(A + B) < rank(A) + rank(B)",
    "let A, B : R^{m x n}; show rank(A + B) <= rank(A)",
    "let A, B : R^{m x n}; show rank(A - B) <= rank(A) - rank(B)",
    "let A, B : R^{m x n}; show rank(A - B) <= abs(rank(A) - rank(B))",
    "let A, B : R^{m x n}; assume A^T B = 0; show rank(A + B) = rank(A) + rank(B)",
    "let A, B : R^{m x n}; assume A B^T = 0; show rank(A + B) = rank(A) + rank(B)",
    "let A : R^{m x n}, B : R^{n x p}; show rank(A) + rank(B) <= rank(A B)",
    "let A : R^{m x n}, B : R^{n x p}; show rank(A) + rank(B) < rank(A B) + n",
    "let A : R^{m x n}, B : R^{n x p}; show rank(A B) + n <= rank(A) + rank(B)",
    "let A : R^{m x n}, B : R^{n x p}; show rank(A) + rank(B) <= rank(A B) + m",
    "let A : R^{m x n}, B : R^{n x p}; assume A B = 0; show rank(A) + rank(B) = n",
    "let A : R^{m x n}, B : R^{n x p}; show rank(A) + rank(B) <= n",
    "let A : R^{m x n}, B : R^{n x p}, C : R^{p x q}; show rank(B) + rank(A B C) <= rank(A B) + rank(B C)",
    "let A : R^{m x n}, B : R^{n x p}, C : R^{p x q}; show rank(A B) + rank(B C) < rank(B) + rank(A B C)",
    "let A : R^{m x n}, B : R^{n x p}, C : R^{p x q}; show rank(A B) + rank(B C) <= rank(B)",
    "let A : R^{n x n}; show rank(A) + rank(I - A) = n",
    "let A : R^{n x n}; show rank(A) + rank(I - A) > n",
    "let A : R^{n x n}; show rank(I + A) + rank(I - A) = n",
    "let A, B : R^{n x n}; show rank(A B) = rank(B A)",
    "let A, B : R^{n x n}; show rank(I - A B) = rank(I - A^T B)",
    "let A : R^{m x n}, B : R^{n x m}; show rank(I - A B) = rank(I - B A)",
    "let A : R^{m x n}, X : R^{n x m}; show rank(A - A X A) = rank(A) - rank(X)",
    "let A : R^{n x n}; show 2 rank(A) <= n",
    "let A : R^{n x n}; show rank(A) + rank(A^3) <= 2 rank(A^2)",
    "let A : R^{n x n}; show Col(A^2) = Col(A)",
    "let A : R^{n x n}; assume rank(A^3) = rank(A^2); show Col(A^2) = Col(A)",
    "let A : R^{m x n}, B : R^{n x p}; assume rank(A B) = rank(A); show Null(A B) = Null(B)",
    "let A : R^{m x n}, B : R^{n x p}; assume rank(A B) = rank(B); show Col(A B) = Col(A)",
    "let A : R^{m x n}, B : R^{n x p}; assume rank(A B) <= rank(A); show Col(A B) = Col(A)",
    "let A : R^{m x n}, X : R^{n x m}; assume rank(X) = rank(A); show X A X = X",
    "let A : R^{m x n}, X : R^{n x m}; assume A X A = A; show X A X = X",
    "let A : R^{m x n}, B : R^{m x p}; assume rank(A) = rank(B); show Col(A) = Col(B)",
    "let A : R^{m x n}, B : R^{m x p}; assume Col(A) <= Col(B), rank(A) <= rank(B); show Col(A) = Col(B)",
    "let A : R^{n x n}; assume rank(A) + rank(I - A) <= n + 1; show A^2 = A",
    "let A, B : R^{n x n}; assume rank(A) + rank(B) = n; show A B = 0",
    "let A : R^{n x n}; assume A^3 = 0; show A = 0",
    "let A, B : R^{n x n}; show dim(Null(A B)) <= dim(Null(A))",
    "let A : R^{m x n}, B : R^{n x p}, C, D : R^{p x q}; assume A B C = A B D; show B C = B D",
]


@pytest.mark.parametrize(("text", "rule"), [*SUMS, *EQUATIONS])
def test_what_is_true_is_proved_and_the_certificate_replays(text: str, rule: str) -> None:
    assert_proved(text, rule)


@pytest.mark.parametrize("text", FALSE)
def test_what_is_false_is_refuted(text: str) -> None:
    assert decide(statement(text), claim=text, seconds=5).verdict == "refuted"


def test_the_general_facts_are_found_for_sizes_that_are_names_and_numbers() -> None:
    for m, n in (("m", "n"), ("n", "n"), (2, 3)):
        assert subadditivity((m, n)) and nonnegativity((m, n)) and nullity((m, n), left=True)
        assert frobenius((m, n), (n, m)) and nullity((m, n), left=False)
