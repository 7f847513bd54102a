"""Block matrices at instances: sizes from parts, standard selectors, small counterexamples without selectors."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from flint import fmpq_mat

from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import symbol
from lemmata.refute.balls import Balls
from lemmata.refute.counterexample import refute
from lemmata.refute.exact import Exact
from lemmata.refute.floats import Floats
from lemmata.refute.instance import Instance
from lemmata.refute.models import lint, models
from lemmata.refute.sample import sample
from lemmata.refute.system import System
from lemmata.terms.blocks import selector, sum_of, with_selectors
from lemmata.terms.forms import is_

Claim = Callable[[str], Statement]

ZERO, ONE = [["0"]], [["1"]]
E = [[["1", "0"], ["0", "0"]], [["0", "1"], ["0", "0"]], [["0", "0"], ["1", "0"]], [["0", "0"], ["0", "1"]]]
BLOCKS = "let A : R^{m x m}, B : R^{m x n}, C : R^{n x m}, D : R^{n x n}; "

FALSE: list[tuple[str, dict[str, Any]]] = [
    ("let A : R^{m x n}, B : R^{p x n}; show [A; B]^+ = [A^+ B^+]", {"A": ONE, "B": ONE}),
    ("let x : R^m, y : R^n; show ||[x; y]|| = ||x|| + ||y||", {"x": ONE, "y": ONE}),
    (
        BLOCKS + "assume psd(A), psd(D); show psd([A B; B^T D])",
        {"A": ZERO, "B": ONE, "D": ZERO},
    ),
    (
        "let A, B, C, D : R^{n x n}; show det([A B; C D]) = det(A D - B C)",
        {"A": E[0], "B": E[2], "C": E[0], "D": E[1]},
    ),
    (BLOCKS + "assume psd([A B; B^T D]); show invertible(A)", {"A": ZERO, "B": ZERO, "D": ZERO}),
    (
        BLOCKS + "assume orthogonal([A B; C D]); show orthogonal(A)",
        {"A": ZERO, "B": ONE, "C": ONE, "D": ZERO},
    ),
    ("let M : R^{(m+n) x (m+n)}; assume psd(M); show [I 0] M [I; 0_{n x m}] = 0", {"M": E[0]}),
    ("let z : R^{n+1}; show [0_{1 x n} I_1] z = 0", {"z": [["0"], ["1"]]}),
    ("let A : C^{m x n}, B : C^{m x p}; show [A B] [A B]^* = A A^*", {"A": ZERO, "B": ONE}),
]


@pytest.mark.parametrize(("text", "values"), FALSE, ids=[text for text, _ in FALSE])
def test_the_smallest_counterexample(text: str, values: dict[str, Any], claim: Claim) -> None:
    statement = claim(text)
    for given in (statement.given, with_selectors(statement.given, statement.show)):
        found = refute(Statement(given, statement.show), seconds=5.0)
        assert found is not None and found.kind == "refuted"
        assert found.values == values, "and no selector among the data"


TRUE = [
    "let x : R^m, y : R^n; show ||[x; y]||^2 = ||x||^2 + ||y||^2",
    "let A : C^{m x n}, B : C^{m x p}; show [A B] [A B]^* = A A^* + B B^*",
    "let A : R^{m x n}, B : R^{p x n}, C : R^{q x n}; show [[A; B]; C] = [A; [B; C]]",
    "let M : R^{m x (n+1)}; show dim Null(M) = n + 1 - rank(M)",
    BLOCKS + "assume psd([A B; B^T D]); show psd(D)",
]


@pytest.mark.parametrize("text", TRUE)
def test_nothing_is_found_against_what_is_true(text: str, claim: Claim) -> None:
    statement = claim(text)
    assert refute(statement, seconds=0.5) is None
    assert sample(statement, count=100).word in ("exact", "sampled")


@pytest.mark.parametrize("system", [Exact(), Floats(), Balls()], ids=lambda s: s.name)
def test_selectors_are_columns_of_the_identity(system: System) -> None:
    data = Instance({"m": 1, "n": 2}, {})
    parts = ("m", "n")
    whole = [data.evaluator(system).value(selector(parts, i)) for i in (0, 1)]
    joined, one = system.join([whole]), system.eye(3)
    assert (joined == one).all() if isinstance(system, Floats) else joined == one


def test_a_size_is_the_sum_of_its_parts() -> None:
    M = symbol("M", sum_of(("m", "n")), 1)
    found = Instance({"m": 2, "n": 1}, {"M": fmpq_mat(3, 1, [1, 2, 3])})
    top = found.value(selector(("m", "n"), 0).T * M)
    assert [Fraction(int(x.p), int(x.q)) for x in top.entries()] == [1, 2]


def test_a_semidefinite_whole_is_drawn_for_its_blocks(claim: Claim) -> None:
    statement = claim(BLOCKS + "assume psd([A B; B^T D]); show psd(A)")
    shapes = {(i.dims["m"], i.dims["n"]) for i in models(statement.given, statement.show, count=60)}
    assert len(shapes) > 5, "not only numbers as blocks"
    assert lint(statement.given).warning == ""


def test_what_is_true_of_selectors_is_no_odd_hypothesis(claim: Claim) -> None:
    statement = claim("let A : R^{m x n}, B : R^{p x n}; show [A; B]^T [A; B] = A^T A + B^T B")
    given = with_selectors((is_("psd", statement.show.args[1]),), statement.show)
    assert lint(given, show=statement.show).warning == ""
