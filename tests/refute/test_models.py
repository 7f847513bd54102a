"""Hypotheses, their models, and hypotheses without any."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import islice

import numpy as np
import pytest
from flint import fmpq_mat

from lemmata.kernel.judgement import Statement
from lemmata.refute.decide import Truth, decide, decide_all
from lemmata.refute.instance import Instance
from lemmata.refute.models import ModelMaker, lint, models

Claim = Callable[[str], Statement]

SOLVABLE = [
    "let X : R^{m x n}; assume rank(X) = m; show X = X",
    "let X : R^{m x n}; assume rank(X) = 2; show X = X",
    "let S : R^{n x n}; assume symmetric(S); show S = S",
    "let S : R^{n x n}; assume psd(S); show S = S",
    "let S : R^{n x n}; assume spd(S); show S = S",
    "let S : R^{n x n}; assume invertible(S); show S = S",
    "let Q : R^{n x n}; assume orthogonal(Q); show Q = Q",
    "let P : R^{n x n}; assume projection(P); show P = P",
    "let P : R^{n x n}; assume P^2 = P; show P = P",
    "let D : R^{n x n}; assume diagonal(D), spd(D); show D = D",
    "let U : R^{m x n}; assume U^T U = I; show U = U",
    "let A : R^{m x n}, B : R^{m x p}; assume Col(B) <= Col(A); show A = A",
    "let A : R^{m x n}, B : R^{p x n}; assume Null(A) <= Null(B); show A = A",
    "let A : R^{m x n}, y : R^m, v, w : R^n; assume y in Col(A), v in Null(A), w in Row(A); show y = y",
    "let A : R^{m x n}, v, w : R^n, y : R^m; assume A w = y, A v = y; show w = w",
    "let A : R^{m x n}, w : R^n, y : R^m; assume A^T A w = A^T y; show w = w",
    "let A, B : R^{n x n}; assume A B = B A; show A = A",
    "let A : R^{m x n}; assume ||A|| = 1; show A = A",
    "let A : R^{n x n}; assume ||A|| < 1; show A = A",
    "let A : C^{m x n}; assume ||A||^2 <= 1/2; show A = A",
    "let A, B : R^{n x n}; assume A B = B A, spd(A), spd(B); show A = A",
    "let A : R^{m x n}, X : R^{n x m}; assume A X A = A, X A X = X, symmetric(A X), symmetric(X A);"
    "show X = X",
    "let A, B : R^{n x n}; assume psd(A), psd(B), A >= B; show A = A",
    "let a, b : real; assume 0 < a, a < b, b < 1; show a = a",
    "let A : R^{n x n}, w : R^n(t); assume d/dt w = A w; show d/dt w = d/dt w",
    "let A : R^{n x n}, x : R^n(k); assume x_{k+1} = A x_k; show x_{k+1} = A x_0",
    "let A : C^{m x n}, w : C^n, y : C^m; assume A w = y; show w = w",
]


@pytest.mark.parametrize("text", SOLVABLE)
def test_models_satisfy_every_hypothesis(claim: Claim, text: str) -> None:
    statement = claim(text)
    found = list(models(statement.given, statement.show, seed=1, count=40))
    assert len(found) == 40
    assert all(decide_all(statement.given, i) >= Truth.ENCLOSED for i in found)


@pytest.mark.parametrize("text", [t for t in SOLVABLE if "rank(X) = 2" not in t and "real;" not in t])
def test_models_have_several_shapes_and_are_not_all_alike(claim: Claim, text: str) -> None:
    statement = claim(text)
    found = list(models(statement.given, statement.show, seed=1, count=60))
    assert len({tuple(i.dims.values()) for i in found}) >= 3
    assert len({str(i.strings()) for i in found}) >= 15
    assert any(any(any(m.entries()) for m in i.values.values()) for i in found)


def test_free_matrices_include_the_degenerate_ones(claim: Claim) -> None:
    statement = claim("let X : R^{m x n}; show X = X")
    found = [i.values["X"] for i in models((), statement.show, seed=1, count=300)]
    assert any(m == fmpq_mat(m.nrows(), m.ncols()) for m in found)
    assert any(0 < m.rank() < min(m.nrows(), m.ncols()) for m in found)
    assert {(1, 1), (1, 4), (4, 1), (4, 4)} <= {(m.nrows(), m.ncols()) for m in found}


@pytest.mark.parametrize("text", [t for t in SOLVABLE if "orthogonal" not in t])
def test_an_element_of_a_stack_is_drawn_again_exactly(claim: Claim, text: str) -> None:
    statement = claim(text)
    maker = ModelMaker(statement.given, statement.show, seed=2)
    list(islice(maker, 30))
    stacks = [s for s in (maker.stack(64) for _ in range(12)) if s is not None and s.keep.any()]
    assert stacks
    for stack in stacks[:4]:
        i = int(np.flatnonzero(stack.keep)[0])
        instance = maker.again(stack, i)
        assert instance is not None
        for name, value in instance.values.items():
            exact = np.array([[float(x.p) / float(x.q) for x in row] for row in value.tolist()])
            stacked = np.broadcast_to(stack.values[name], (64, *exact.shape))[i]
            assert np.allclose(exact, stacked, rtol=1e-6, atol=1e-6)


LINTS = [
    ("let A : R^{n x n}; assume spd(A), A^2 = 0; show A = A", "no model of the hypotheses was found"),
    ("let a : real; assume a < 0, a > 1; show a = a", "no model of the hypotheses was found"),
    ("let A : R^{n x n}; assume psd(A), trace(A) = 0; show A = A", "A is zero in every model"),
    ("let X : R^{m x n}; assume rank(X) = m, rank(X) = n; show X = X", "X is square in every model"),
    (
        "let P : R^{n x n}; assume projection(P), invertible(P); show P = P",
        "P is the identity in every model",
    ),
]


@pytest.mark.parametrize(("text", "reason"), LINTS)
def test_odd_hypotheses_are_vacuous(claim: Claim, text: str, reason: str) -> None:
    found = lint(claim(text).given)
    assert found.warning == "vacuous"
    assert reason in found.reasons


MEANT = [
    "let S : R^{n x n}; assume psd(S), trace(S) = 0; show S = 0",
    "let A : R^{m x n}, w : R^n; assume w in Row(A), w in Null(A); show w = 0",
    "let A : R^{m x n}, w : R^n; assume w in Row(A), w in Null(A); show ||w|| = 0",
    "let A : R^{m x n}, v : R^n; assume rank(A) = n, A v = 0; show 2 v = 0",
    "let E : R^{n x n}; assume idempotent(E), invertible(E); show E = I",
    "let A : R^{m x n}, B, C : R^{n x m}; assume A B = I, C A = I; show B = C",
    "let v : R^n; assume v = 0; show v^T v = 0",
]


@pytest.mark.parametrize("text", MEANT)
def test_what_the_conclusion_says_is_not_odd(claim: Claim, text: str) -> None:
    statement = claim(text)
    assert lint(statement.given, show=statement.show).warning == ""


def test_a_lint_ends_in_time(claim: Claim) -> None:
    start = time.monotonic()
    lint(claim("let A, B : R^{20 x 20}; assume A B = B A; show A = A").given, seconds=0.5)
    assert time.monotonic() - start < 3


@pytest.mark.parametrize("text", [t for t in SOLVABLE if "rank(X) = 2" not in t])
def test_sound_hypotheses_are_not(claim: Claim, text: str) -> None:
    assert lint(claim(text).given).warning == ""


def test_what_is_not_a_model_is_not_taken_for_one(claim: Claim) -> None:
    statement = claim("let A : R^{n x n}, w : R^n, y : R^n; assume A w = y; show w = w")
    maker = ModelMaker(statement.given, statement.show)
    one, two = fmpq_mat(1, 1, [1]), fmpq_mat(1, 1, [2])
    good = Instance({"n": 1}, {"A": one, "w": two, "y": two})
    bad = Instance({"n": 1}, {"A": one, "w": two, "y": one})
    assert maker.satisfies(good) and not maker.satisfies(bad)


def test_a_hypothesis_that_is_undefined_fails(claim: Claim) -> None:
    statement = claim("let A, B : R^{n x n}; assume B = A^{-1}; show A B = I")
    maker = ModelMaker(statement.given, statement.show)
    assert not maker.satisfies(Instance({"n": 1}, {"A": fmpq_mat(1, 1), "B": fmpq_mat(1, 1)}))
    assert all(decide(statement.show, i) is Truth.TRUE for i in islice(maker, 20))
