"""``lemmata audit``: a ledger that tells the truth, and one that does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]

LEDGER = """
title = "Notes"

[[claim]]
id = "P1"
summary = "the first Penrose condition"
claim = '''
let A : R^{m x n}
show A A^+ A = A
'''
verdict = "true"
settled_by = "penrose-one"

[[claim]]
id = "P2"
summary = "pseudoinverses reverse products"
claim = '''
let A : R^{m x n}, B : R^{n x p}
show (A B)^+ = B^+ A^+
'''
verdict = "false"
"""


def write(course: Path, text: str) -> None:
    (course / "sources").mkdir(exist_ok=True)
    (course / "sources" / "notes.toml").write_text(text)


def test_a_true_ledger(run: Run, course: Path) -> None:
    write(course, LEDGER)
    done = run("audit", "--json", cwd=course)
    assert done.code == 0, done.err
    assert [entry["status"] for entry in done.json["claims"]] == ["agrees", "agrees"]
    assert done.json["claims"][0]["settled_by"] == {"penrose-one": "proved"}
    assert run("audit", "notes", cwd=course).out.splitlines()[-1] == "2 agrees"


def test_a_ledger_that_calls_a_false_claim_true(run: Run, course: Path) -> None:
    write(course, LEDGER.replace('verdict = "false"', 'verdict = "true"'))
    done = run("audit", cwd=course)
    assert done.code == 1
    assert "disagrees  notes#P2" in done.out


def test_a_ledger_that_cannot_be_read(run: Run, course: Path) -> None:
    write(course, LEDGER.replace("A A^+ A = A", "A A^+ A ="))
    done = run("audit", cwd=course)
    assert (done.code, done.out) == (2, "")
    assert "notes.toml: claim P1 cannot be read" in done.err
    assert "did you mean 'notes'?" in run("audit", "note", cwd=course).err


def test_a_course_without_sources(run: Run, course: Path) -> None:
    done = run("audit", cwd=course)
    assert (done.code, done.out) == (0, "no claims\n")
