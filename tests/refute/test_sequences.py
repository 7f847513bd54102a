"""Instances of recursions: two steps, data that change with the index, equations that must hold together."""

from __future__ import annotations

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.prove.answer import inline
from lemmata.refute.counterexample import refute
from lemmata.terms.claims import read_claims


def statement(text: str) -> Statement:
    claims = read_claims(text, semicolons=True)
    functions, props = inline(claims.definitions, [*claims.given, claims.shows[0].prop])
    return Statement((*functions, *props[:-1]), props[-1])


TRUE = [
    "let f : R(k); assume f_{k+2} = 5 f_{k+1} - 6 f_k, f_0 = 2, f_1 = 5; show f_k = 2^k + 3^k",
    "let f : R(k); assume f_{k+2} = f_{k+1} + f_k, f_0 = 0; show f_3 = 2 f_1",
    "let f : R(k); assume f_{k+1} = 2 f_k, f_2 = 4; show f_3 = 8",
    "let f : R(k); assume f_{k+1} = 5 f_k, f_{k+1} = 2 f_k; show f_k = 0",
    "let w : R^n(k), X : R^{m x n}, eta : R(k); assume w_{k+1} = w_k - eta_k X^T X w_k, w_0 = 0; show w_k = 0",
]
FALSE = {
    "let f : R(k); assume f_{k+2} = 5 f_{k+1} - 6 f_k, f_0 = 2, f_1 = 6; show f_k = 2^k + 3^k": "f(1)",
    "let f : R(k); assume f_{k+2} = f_{k+1} + f_k, f_0 = 0; show f_3 = 3 f_1": "f(1)",
    "let w, g : R^n(k), A : R^{n x n}; assume w_{k+1} = w_k - A g_k; show w_k = w_0": "w(0)",
    "let w : R(k), c : R(k); assume w_{k+1} = w_k - c_k w_k, c_k > 0; show w_{k+1} <= w_k": "w(0)",
}


@pytest.mark.parametrize("text", TRUE)
def test_what_follows_from_a_recursion_is_not_refuted(text: str) -> None:
    assert refute(statement(text), seconds=1.5) is None


@pytest.mark.parametrize(("text", "shown"), FALSE.items())
def test_a_counterexample_names_where_it_starts(text: str, shown: str) -> None:
    found = refute(statement(text), seconds=10)
    assert found is not None
    assert shown in found.values


def test_a_sequence_that_is_asked_for_at_two_places_is_not_kept_constant() -> None:
    """c_0 = 1 and c_k = 2 are two values: no instance is made rather than a wrong one."""
    text = "let w, c : R(k); assume w_{k+1} = w_k + c_k, c_0 = 1, w_0 = 0; show w_1 = 1"
    assert refute(statement(text), seconds=1) is None
