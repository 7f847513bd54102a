"""Certificates changed in one place: refused, or still a proof of the very same statement.

Every number, name, flag and term of a valid certificate is changed in turn.  A changed certificate may
only be accepted if what it proves is still the statement that was asked, which the checker compares; a
change of the statement itself must always be noticed.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from lemmata.kernel.check import check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import ShapeError
from lemmata.prove.search import prove
from lemmata.terms.claims import read_claims

CLAIMS = {
    "ideal": "let A, B : R^{n x n}; assume A B = B A; show A^2 B = B A^2",
    "square": "let A : R^{m x n}, B : R^{n x p}; assume A^T A B = 0; show A B = 0",
    "positive": "let P : R^{n x n}, z, s : R^n; assume projection(P), s in Col(P);"
    " show ||z - P z|| <= ||z - s||",
    "spectral": "let X : R^{m x n}; assume rank(X) = m; show X^+ = X^T (X X^T)^{-1}",
    "witness": "let A, B : R^{n x n}; assume invertible(A), invertible(B); show (A B)^{-1} = B^{-1} A^{-1}",
    "flip": "let A, B : R^{n x n}; assume A B = I; show B A = I",
    "constant": "let S : R^{n x n}, x : R^n(t); assume S^T = -S, \\dot x = S x; show ||x||^2 = ||x(0)||^2",
    "implies": "let A : R^{m x n}, B : R^{n x p}; show A^T A B = 0 <==> A B = 0",
    "root": "let u, v : R^n; show ||u + v|| <= ||u|| + ||v||",
    "exists": "let A : R^{m x n}, B : R^{m x p}; assume Col(B) <= Col(A); show exists Y : R^{n x p}. A Y = B",
}


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key in value:
            yield from _places(value[key], (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _places(item, (*path, index))
    else:
        yield path


def _changed(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return True if value is None else not value
    if isinstance(value, int):
        return value + 1
    number = value.lstrip("-").replace("/", "").isdigit()
    return f"{int(value.split('/')[0]) + 1}" if number else value + "x"


def _with(proof: Any, path: tuple[Any, ...]) -> Any:
    changed = copy.deepcopy(proof)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = _changed(at[path[-1]])
    return changed


@pytest.mark.parametrize("rule", CLAIMS)
def test_a_change_in_one_place(rule: str) -> None:
    claims = read_claims(CLAIMS[rule], semicolons=True)
    statement = Statement((*claims.definitions, *claims.given), claims.shows[0].prop)
    proof = prove(statement).proof
    assert proof is not None
    assert rule in {step["rule"] for step in proof["steps"]}
    places = list(_places(proof))
    accepted = 0
    for path in places:
        try:
            found = check("changed", statement, _with(proof, path), {})
        except (Refused, ShapeError):
            continue
        assert found.statement == statement and not found.cites
        accepted += 1
    # What may change without harm: a step that the rest does not use, a name of a letter nobody reads.
    assert accepted <= len(places) // 5, f"{accepted} of {len(places)} changes were accepted"


@pytest.mark.parametrize("rule", CLAIMS)
def test_a_proof_of_one_statement_proves_no_other(rule: str) -> None:
    claims = read_claims(CLAIMS[rule], semicolons=True)
    statement = Statement((*claims.definitions, *claims.given), claims.shows[0].prop)
    proof = prove(statement).proof
    for other, text in CLAIMS.items():
        if other != rule:
            wanted = read_claims(text, semicolons=True)
            with pytest.raises((Refused, ShapeError)):
                check(
                    "other", Statement((*wanted.definitions, *wanted.given), wanted.shows[0].prop), proof, {}
                )


@pytest.mark.parametrize(
    "junk", [None, [], {}, {"steps": 3}, {"steps": [{}]}, {"steps": [[]]}, "x", {"steps": [None]}]
)
def test_what_is_no_proof_is_refused(junk: Any) -> None:
    statement = Statement(
        (), read_claims("let X : R^{m x n}; show X X^+ X = X", semicolons=True).shows[0].prop
    )
    with pytest.raises(Refused):
        check("junk", statement, junk, {})
