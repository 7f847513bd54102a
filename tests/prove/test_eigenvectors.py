"""Loewner inequalities whose violation would give an eigenvector that cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from proof_tables import assert_not_proved, assert_proved, statement

from lemmata.kernel.check import check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import to_json
from lemmata.prove.search import prove
from lemmata.terms.forms import relation

PROVED = [
    "let S, G : R^{n x n}; assume psd(S), psd(G), S^2 <= G^2; show S <= G",
    "let S, G : C^{n x n}; assume psd(S), psd(G), S^2 <= G^2; show S <= G",
    "let S, G : R^{n x n}; assume symmetric(S), psd(G), S^2 <= G^2; show S <= G",
    "let S, X : R^{n x n}; assume spd(S), symmetric(X), S X + X S >= 0; show X >= 0",
]
OPEN = [
    "let S, G : R^{n x n}; assume psd(S), symmetric(G), S^2 <= G^2; show S <= G",
    "let S, G : R^{n x n}; assume psd(S), psd(G), S <= G; show S^2 <= G^2",
    "let S, G : R^{n x n}; assume psd(S), psd(G), S^2 <= 2 G^2; show S <= G",
    "let S, X : R^{n x n}; assume psd(S), symmetric(X), S X + X S >= 0; show X >= 0",
    "let S, X : R^{n x n}; assume spd(S), S X + X S >= 0; show X >= 0",
    "let A, B : R^{n x n}; assume psd(A), symmetric(B), A^2 = B^2; show A = B",
]


@pytest.mark.parametrize("text", PROVED)
def test_proved(text: str) -> None:
    assert_proved(text, "eigen")


def _with(proof: Any, **changed: Any) -> Any:
    *before, last = proof["steps"]
    return {"steps": [*before, {**last, **changed}]}


def test_a_certificate_says_no_more_than_it_shows() -> None:
    """Another letter, a strict order, or one hypothesis less: the same steps are refused."""
    claim = statement(PROVED[0])
    proof = prove(claim).proof
    assert proof is not None
    assert check("T", claim, proof, {})
    strict = relation("lt", *claim.show.args)
    wrong = [
        (claim, _with(proof, vector="S")),
        (claim, _with(proof, steps=[])),
        (claim, _with(proof, symmetry=[])),
        (Statement(claim.given, strict), _with(proof, claim=to_json(strict))),
        (Statement(claim.given[:2], claim.show), proof),
    ]
    for other, mutant in wrong:
        with pytest.raises(Refused):
            check("T", other, mutant, {})


def test_the_square_root_is_unique() -> None:
    assert_proved("let A, B : R^{n x n}; assume psd(A), psd(B), A^2 = B^2; show A = B", "logic")


@pytest.mark.parametrize("text", OPEN)
def test_not_proved(text: str) -> None:
    assert_not_proved(text)


COMPLEMENTARY = "let P : C^{n x n}; assume P^2 = P, P != I; show "


def test_complementary_idempotents_have_one_norm() -> None:
    assert_proved(COMPLEMENTARY + "||P|| <= ||I - P||", "root")
    assert_proved(COMPLEMENTARY.replace("P != I", "P != I, P != 0") + "||P|| = ||I - P||", "logic")


@pytest.mark.parametrize("text", [
    COMPLEMENTARY + "||I - P|| <= ||P||",
    COMPLEMENTARY.replace("P^2 = P", "P^2 = 2 P") + "||P|| <= ||I - P||",
    COMPLEMENTARY + "||P||_F <= ||I - P||_F",
])  # fmt: skip
def test_but_not_without_the_hypotheses(text: str) -> None:
    assert_not_proved(text)
