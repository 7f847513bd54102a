"""Certificates changed in one place: refused, or still a proof of the very same statement.

Every number, name, flag and term of a valid certificate is changed in turn, and every part left out.  The
changes that do no harm are few, and each is of a kind that `_harmless` names; all else must be refused,
also by the checker that runs without asserts.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from proof_tables import statement
from test_more_rules import ROWS as WITH_CHANGES
from test_rules import ALLOWED

import lemmata
from lemmata.kernel.check import check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import ShapeError
from lemmata.prove.search import prove

CLAIMS = {
    "ideal": "let A, B : R^{n x n}; assume A B = B A; show A^2 B = B A^2",
    "square": "let A : R^{m x n}, B : R^{n x p}; assume A^T A B = 0; show A B = 0",
    "positive": "let P : R^{n x n}, z, s : R^n; assume projection(P), s in Col(P);"
    " show ||z - P z|| <= ||z - s||",
    "spectral": "let X : R^{m x n}; assume rank(X) = m; show X^+ = X^T (X X^T)^{-1}",
    "witness": "let A, B : R^{n x n}; assume invertible(A), invertible(B); show (A B)^{-1} = B^{-1} A^{-1}",
    "ideal, witness": "let A, B : R^{n x n}; assume A B = I; show B A = I",
    "rank": "let A : R^{m x n}, B : R^{n x p}; show rank(A B) <= rank(A)",
    "logic": "let A : R^{n x n}; assume spd(A); show invertible(A)",
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


ROWS = ALLOWED | {name: row[:3] for name, row in WITH_CHANGES.items()}
"""Every certificate of these two files."""


def _parts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every entry of every list and table."""
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield (*path, key)
        yield from _parts(value[key], (*path, key))


def _without(proof: Any, path: tuple[Any, ...]) -> Any:
    changed = copy.deepcopy(proof)
    at = changed
    for key in path[:-1]:
        at = at[key]
    del at[path[-1]]
    return changed


def _forged(proof: Any) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
    yield from (("changed", path, _with(proof, path)) for path in _places(proof))
    yield from (("left out", path, _without(proof, path)) for path in _parts(proof) if path != ("steps",))


def _harmless(kind: str, path: tuple[Any, ...], proof: Any) -> str:
    """Why a change leaves a proof of the same statement; the empty string if it should not."""
    at = proof
    steps = []
    for key in path:
        steps += [at] if isinstance(at, dict) and "rule" in at else []
        at = at[key]
    steps += [at] if isinstance(at, dict) and "rule" in at else []
    if kind == "left out" and path[-1] in ("letters", "symmetry") and at == []:
        return "an empty list need not be written"
    if kind == "changed" and path[-1] == 4 and at is False:
        return "a polynomial that is its own adjoint, or whose sides are read in the other order"
    if kind == "changed" and path[-1] == "name" and steps[-1]["rule"] == "cite":
        return "the name of a citation, which is listed"
    if (
        steps
        and steps[-1]["rule"] in ("rational", "logic", "positive")
        and (kind == "left out" or "claim" in path)
    ):
        return "a step that is not needed, since the goal is settled at sight"
    return ""


@pytest.mark.parametrize("name", ROWS)
def test_every_change_of_a_certificate_is_refused_or_harmless(name: str) -> None:
    given, show, steps = ROWS[name]
    claim, proof = Statement(given, show), {"steps": steps}
    for kind, path, forged in _forged(proof):
        try:
            found = check("forged", claim, forged, {})
        except Refused:
            continue
        assert found.statement == claim
        assert _harmless(kind, path, proof), f"{kind}: {path}"


@pytest.mark.parametrize("flags", [["-I", "-S"], ["-I", "-S", "-O"]], ids=" ".join)
def test_the_checker_refuses_the_same_without_asserts(flags: list[str], tmp_path: Path) -> None:
    """One verdict a certificate, whole and forged, from the checker that runs alone."""
    entries, wanted = [], []
    for given, show, steps in ROWS.values():
        claim = Statement(given, show)
        for _, _, forged in (("", (), {"steps": steps}), *_forged({"steps": steps})):
            entries.append({"label": str(len(entries)), **claim.to_json(), "proof": forged})
            try:
                check("forged", claim, forged, {})
                wanted.append("checked")
            except Refused:
                wanted.append("refused")
    file = tmp_path / "certificates.json"
    file.write_text(json.dumps({"theorems": entries}))
    source = str(Path(lemmata.__file__).parents[1])
    code = (
        f"import sys; sys.path[:0] = [{source!r}]; "
        "from lemmata.kernel.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    run = subprocess.run([sys.executable, *flags, "-c", code, str(file)], capture_output=True, text=True)
    assert run.returncode == 1, run.stderr
    assert [line.split()[0] for line in run.stdout.splitlines()] == wanted
    assert len(ROWS) <= wanted.count("checked") < len(ROWS) * 2 < wanted.count("refused") / 10


@pytest.mark.parametrize("rule", CLAIMS)
def test_a_change_in_one_place(rule: str) -> None:
    claim = statement(CLAIMS[rule])
    proof = prove(claim).proof
    assert proof is not None
    assert set(rule.split(", ")) <= {step["rule"] for step in proof["steps"]}
    places = list(_places(proof))
    accepted = 0
    for path in places:
        try:
            found = check("changed", claim, _with(proof, path), {})
        except (Refused, ShapeError):
            continue
        assert found.statement == claim and not found.cites
        accepted += 1
    # What may change without harm: a step that the rest does not use, a name of a letter nobody reads.
    assert accepted <= len(places) // 5, f"{accepted} of {len(places)} changes were accepted"


@pytest.mark.parametrize("rule", CLAIMS)
def test_a_proof_of_one_statement_proves_no_other(rule: str) -> None:
    proof = prove(statement(CLAIMS[rule])).proof
    for other, text in CLAIMS.items():
        if other != rule:
            wanted = statement(text)
            with pytest.raises((Refused, ShapeError)):
                check("other", wanted, proof, {})


@pytest.mark.parametrize(
    "junk", [None, [], {}, {"steps": 3}, {"steps": [{}]}, {"steps": [[]]}, "x", {"steps": [None]}]
)
def test_what_is_no_proof_is_refused(junk: Any) -> None:
    claim = statement("let X : R^{m x n}; show X X^+ X = X")
    with pytest.raises(Refused):
        check("junk", claim, junk, {})
