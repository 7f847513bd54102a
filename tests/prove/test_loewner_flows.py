# ruff: noqa: E501 - tables of one case a line
"""Loewner inequalities along a flow, and values at a positive time; near misses that are false."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved, statement

from lemmata.kernel.judgement import Statement
from lemmata.prove.answer import inline
from lemmata.prove.search import prove
from lemmata.prove.standard import standard
from lemmata.terms.claims import read_claims

LYAPUNOV = "let A, Q : R^{n x n}, X : R^{n x n}(t); assume \\dot X = A X + X A^T + Q; "
PROVED = [
    LYAPUNOV + "assume psd(Q), X(0) >= 0; show X >= 0",
    LYAPUNOV + "assume psd(Q), psd(X(0)); show psd(X)",
    LYAPUNOV + "assume psd(Q), X(0) > 0; show X > 0",
    LYAPUNOV + "assume psd(Q), symmetric(X(0)); show X >= e^{t A} X(0) e^{t A^T}",
    "let A, Q, Y : R^{n x n}, X : R^{n x n}(t); assume A Y + Y A^T + Q = 0, \\dot X = A X + X A^T + Q, X(0) <= Y; show X <= Y",
    "let A, P, Q : R^{n x n}, X, Y : R^{n x n}(t); assume \\dot X = A X + X A^T + P, \\dot Y = A Y + Y A^T + Q, P <= Q, X(0) <= Y(0); show X <= Y",
    "let A, Q : C^{n x n}, X : C^{n x n}(t); assume \\dot X - A X = X A^* + Q, psd(Q), X(0) = 0; show X >= 0",
    "let F : R^{n x n}, B : R^{n x p}, X : R^{n x n}(t); assume \\dot X = F^T X + X F + B B^T, X(0) = 0; show X >= 0",
    "let A : R^{n x n}, X : R^{n x n}(t); assume \\dot X <= A X + X A^T, X(0) <= 0; show X <= 0",
    "let Q : R^{n x n}, X : R^{n x n}(t), c : positive; assume \\dot X = -2 c X + Q, psd(Q), X(0) >= 0; show X >= 0",
    "let S : R^{n x n}(t); assume \\dot S >= 0; show S(0) <= S",
]
MISSES = [
    LYAPUNOV + "assume psd(Q); show X >= 0",
    LYAPUNOV + "assume X(0) >= 0; show X >= 0",
    LYAPUNOV + "assume psd(Q), X(0) >= 0; show X > 0",
    LYAPUNOV + "assume psd(Q), X(0) <= 0; show X <= 0",
    LYAPUNOV + "assume psd(Q), symmetric(X(0)); show X <= e^{t A} X(0) e^{t A^T}",
    "let A, Q : R^{n x n}, X : R^{n x n}(t); assume \\dot X = A X + X A + Q, psd(Q), X(0) >= 0; show X >= 0",
    "let A : R^{n x n}, X : R^{n x n}(t); assume \\dot X >= A X + X A^T, X(0) <= 0; show X <= 0",
    "let S : R^{n x n}(t); assume \\dot S >= 0; show S >= 0",
]
SHRINKS = "let A : R^{m x n}, y : R^m, w : R^n(t), s : positive; assume \\dot w = -A^T (A w - y), w(0) = 0; "


@pytest.mark.parametrize("text", PROVED)
def test_proved(text: str) -> None:
    assert_proved(text, "positive")


@pytest.mark.parametrize("text", MISSES)
def test_not_proved(text: str) -> None:
    assert_not_proved(text)


def test_a_time_by_which_the_claim_divides_is_not_taken_as_0() -> None:
    claims = read_claims(
        SHRINKS + "define v = (A^T A + \\frac{1}{s} I)^{-1} A^T y; show ||A w(s) - y|| <= ||A v - y||",
        semicolons=True,
    )
    functions, props = inline(claims.definitions, [*claims.given, claims.shows[0].prop])
    found = standard(Statement((*functions, *props[:-1]), props[-1]))
    assert found.show is props[-1]
    assert prove(found, seconds=20).theorem is not None


def test_any_other_time_is() -> None:
    found = standard(statement(SHRINKS + "show ||w(s)|| <= s ||A^T y||"))
    assert {t.head for t in found.show.args[0].args} == {"symbol"}
