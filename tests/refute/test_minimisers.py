"""Minimisers of quadratic functions are computed, so that false claims about them fall at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.refute.counterexample import refute
from lemmata.refute.minimisers import minimised, uniquely
from lemmata.refute.models import models

Claim = Callable[[str], Statement]
DATA = "let A : R^{m x n}, y : R^m, w, z, b : R^n, L, S : R^{n x n}, W : R^{m x m}, lambda : positive;"

# The hypotheses, a false conclusion, a true one.
CLAIMS: list[tuple[str, str, str]] = [
    ("assume invertible(L), w = argmin_v (||A v - y||^2 + lambda ||L v||^2)",
     "w = (A^T A + lambda L L^T)^{-1} A^T y", "w = (A^T A + lambda L^T L)^{-1} A^T y"),
    ("assume w = argmin_v (||A v - y||^2 + lambda ||v - z||^2)",
     "w = (A^T A + lambda I)^{-1} (A^T y + z)", "w = (A^T A + lambda I)^{-1} (A^T y + lambda z)"),
    ("assume W > 0, rank(A) = n, w = argmin_v ((A v - y)^T W (A v - y))",
     "w = (A^T W A)^{-1} A^T y", "w = (A^T W A)^{-1} A^T W y"),
    ("assume S > 0, w = argmin_v (1/2 v^T S v - b^T v)", "w = 2 S^{-1} b", "w = S^{-1} b"),
    ("assume S >= 0, forall v : R^n. 1/2 w^T S w - b^T w <= 1/2 v^T S v - b^T v", "w = S^+ b", "S w = b"),
    ("assume forall v : R^n. ||A w - y|| <= ||A v - y||", "w = A^+ y", "A w = A A^+ y"),
    ("assume w = argmin_v ||A v - y||", "w = A^T y", "w = A^+ y"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "wrong", "right"), CLAIMS, ids=[c[1] for c in CLAIMS])
def test_claims_about_minimisers(claim: Claim, given: str, wrong: str, right: str) -> None:
    found = refute(claim(f"{DATA} {given}; show {wrong}"), seconds=10)
    assert found is not None
    assert found.kind == "refuted"
    assert refute(claim(f"{DATA} {given}; show {right}"), seconds=0.5) is None
    statement = claim(f"{DATA} {given}; show {right}")
    assert len(list(models(statement.given, statement.show, count=10))) == 10


def test_the_penalty_counterexample_is_small(claim: Claim) -> None:
    given, wrong, _ = CLAIMS[0]
    found = refute(claim(f"{DATA} {given}; show {wrong}"), seconds=10)
    assert found is not None
    assert found.values["L"] == [["1", "1"], ["0", "1"]]
    assert found.values["w"] == [["2/3"], ["-1/3"]]


def test_only_quadratic_functions_are_minimised_so(claim: Claim) -> None:
    best, only = claim(f"{DATA} assume w = argmin_v ||A v - y||; show w = w").given[0].args[1].args
    v = claim(f"{DATA} assume w = argmin_v ||A v - y||; show w = w").given[0].args[0]
    from lemmata.kernel.term import make

    assert minimised(make("forall", (v, best))) == uniquely(make("forall", (v, only))) is not None
    rough = claim(f"{DATA} assume forall v : R^n. ||w|| + w^T w <= ||v|| + v^T v; show w = w").given[0]
    assert minimised(rough) is None
