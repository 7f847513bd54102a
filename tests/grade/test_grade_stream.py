"""``lemmata compare``: one JSON object a line in and out, whatever the lines are."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from lemmata.grade.classroom.limits import Limits
from lemmata.grade.stream import KINDS, compare_lines

KEYS = {"id", "verdict", "feedback", "first_wrong_step", "counterexample", "seconds"}
SRC = str(Path(__file__).resolve().parents[2] / "src")
REFERENCES = {
    "number": "1", "vector": "(1,2)", "matrix": "[1 2;3 4]", "expression": "x^2", "set": r"\{1,2\}",
    "equation": "y=x", "limit": "e", "derivation": "1",
}  # fmt: skip


def line(submission: str, kind: str = "number", reference: str = "1/2", **more: Any) -> str:
    return json.dumps(
        {"id": submission, "kind": kind, "reference": reference, "submission": submission, **more}
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_answers_come_in_order_and_a_broken_line_is_one_of_them(jobs: int) -> None:
    lines = [line("1/2"), "{broken", "", "[]", line("0.5"), line("x", "poem"), line("2"), line("1/2"),
             line("1", tolerance="much"), '{"kind": "number", "reference": 1}', line("1", reference="(")]  # fmt: skip
    found = list(compare_lines(lines, jobs, derivations=False))
    assert [f["verdict"] for f in found] == [
        "correct", "malformed", "malformed", "correct", "malformed", "incorrect", "correct", "malformed",
        "malformed", "malformed",
    ]  # fmt: skip
    assert [f["line"] for f in found] == [1, 2, 4, 5, 6, 7, 8, 9, 10, 11]
    assert "line 2 is not JSON" in found[1]["feedback"] and "unknown kind 'poem'" in found[4]["feedback"]
    assert all(set(f) >= KEYS for f in found)


def test_a_derivation_has_its_first_wrong_step_and_a_counterexample() -> None:
    (found,) = compare_lines([line("2+3 = 5 \\cdot 4 = 20", "derivation", "")])
    assert (found["verdict"], found["first_wrong_step"]) == ("incorrect", 1) and found["counterexample"]


def test_equal_records_are_checked_once_and_different_ids_are_kept() -> None:
    lines = [
        json.dumps({"id": n, "kind": "number", "reference": "1", "submission": str(n % 3)})
        for n in range(300)
    ]
    start = time.perf_counter()
    found = list(compare_lines(lines, 1, derivations=False))
    assert [f["id"] for f in found] == list(range(300)) and time.perf_counter() - start < 2
    assert len({f["seconds"] for f in found}) <= 3


def test_one_that_takes_too_long_is_malformed_and_the_others_are_not() -> None:
    slow = line("1", "derivation", "", given="let A : R^{n x n}\n" * 20)
    found = list(compare_lines([line("1/2"), slow, line("0.5")], 1, Limits(seconds=1e-9), derivations=False))
    assert {f["verdict"] for f in found} <= {"malformed", "correct"} and len(found) == 3


ATTACKS = [
    "__import__(\"os\").system(\"touch CANARY\")", "exec(\"open('CANARY','w')\")", "9**9**9**9", "((((9!)!)!)!)",
    "10**(10**9)", "(x+1)**100000", "1e1000000000", "|" * 61 + "x" + "|" * 61, "(" * 5000 + "1" + ")" * 5000,
    "-" * 20000 + "1", "+".join(["1"] * 50000), "2^" * 3000 + "2", r"\newcommand{\x}{\x\x}\x", "x\u200b+1", "\0x",
    "oo-oo", "zoo", "True", "a==a", "answer", r"\input{/etc/passwd}", "<script>alert(1)</script>", "{{ 7*7 }}",
    r"\begin{pmatrix}1&1\\1&0\end{pmatrix}^{1000000000}", "sin(" * 30 + "x" + ")" * 30 + "**200",
    r"\sqrt[1000000]{2}^{10^{12}}", r"\sqrt[", r"\pmatrix{" * 500, "pow(" * 500, "diag(" + "1," * 3000 + "1)",
    r"{1\over " * 800, "f(" * 1000, "x'" * 2000, r"\pm" * 300, "x<" * 500, "x=" * 500, r"\dot " * 500,
]  # fmt: skip


@pytest.mark.slow
def test_no_attack_is_correct_runs_anything_or_takes_two_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [line(a, kind, REFERENCES[kind]) for a in ATTACKS for kind in KINDS]
    lines += [line(f"$${a} = 1$$", "derivation", "1") for a in ATTACKS]
    found = list(compare_lines(lines, 2))
    assert len(found) == len(lines) and not list(tmp_path.iterdir())
    for f in found:
        assert f["verdict"] in ("incorrect", "partial", "malformed"), f
        assert f["seconds"] < 2 and len(f["feedback"]) < 30_000, f["id"][:40]


def test_the_command_reads_standard_input_and_answers_line_by_line() -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from lemmata.cli import main; main(sys.argv[1:])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, SRC, "compare", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    for said, verdict in (("0,5", "correct"), ("2", "incorrect")):
        process.stdin.write(line(said) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["verdict"] == verdict
    process.stdin.close()
    assert process.wait(20) == 0
