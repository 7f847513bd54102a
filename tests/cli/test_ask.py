"""``lemmata ask``: claims from a file, from standard input and from -e, with their exit codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

TRUE = "let A : R^{m x n}; show A A^+ A = A"
FALSE = "let A : R^{m x n}; let B : R^{n x p}; show (A B)^+ = B^+ A^+"


def lines(text: str) -> str:
    return text.replace("; ", "\n") + "\n"


def test_a_claim_that_holds(run: Run) -> None:
    done = run("ask", "-e", TRUE, "--json")
    (claim,) = done.json["claims"]
    assert (done.code, claim["verdict"], claim["counterexample"]) == (0, "proved", None)
    assert claim["evidence"]["word"] == "proved"


def test_a_claim_that_fails_comes_with_a_counterexample(run: Run) -> None:
    done = run("ask", "-e", FALSE, "--json")
    (claim,) = done.json["claims"]
    assert (done.code, claim["verdict"]) == (1, "refuted")
    assert set(claim["counterexample"]) == {"A", "B"}
    assert all(isinstance(x, str) for rows in claim["counterexample"].values() for row in rows for x in row)


def test_the_same_claim_by_three_ways(run: Run, tmp_path: Path) -> None:
    (tmp_path / "claim.txt").write_text(lines(TRUE))
    by_option, by_file = run("ask", "-e", TRUE), run("ask", "claim.txt")
    by_pipe, by_default = run("ask", "-", stdin=lines(TRUE)), run("ask", stdin=lines(TRUE))
    assert by_option.code == 0
    assert by_option.out == by_file.out == by_pipe.out == by_default.out
    assert by_option.out.startswith("proved ")


def test_several_claims_give_the_worst_exit_code(run: Run) -> None:
    done = run("ask", "-e", f"{FALSE}; show A A^+ A = A", "--json")
    assert [claim["verdict"] for claim in done.json["claims"]] == ["refuted", "proved"]
    assert done.code == 1


NO_STATEMENT = [
    ("let A : R^{m x n}; show A A = A; show A A^+ A = A", ["rejected", "proved"], "does not fit"),
    ("let A : R^{m x n}; show A A^+ A = A; show inv(A) = A  # not square", ["proved", "rejected"], "square"),
    ("let A : R^{m x n}; show A = A + A^T", ["rejected"], "n x m"),
    ("let A : R^{n x n}; show A^{-1} A = I", ["rejected"], ""),
]


@pytest.mark.parametrize(("text", "verdicts", "why"), NO_STATEMENT)
def test_what_is_no_statement_is_rejected_and_the_rest_decided(
    run: Run, text: str, verdicts: list[str], why: str
) -> None:
    done = run("ask", "-e", text, "--json")
    assert [claim["verdict"] for claim in done.json["claims"]] == verdicts
    assert done.code == 1
    assert why in next(claim["why"] for claim in done.json["claims"] if claim["verdict"] == "rejected")


def test_semicolons_within_brackets_are_the_rows_of_a_matrix(run: Run) -> None:
    assert run("ask", "-e", r"let A : R^{2 x 2}; assume A = [1 2; 3 4]; show A = \; [1 2; 3 4]").code == 0


BAD = [
    (("-e", "let A : R^{m x n}; show A B = A"), "B"),
    (("-e", "let A : R^{m x n}; show A A^+ ="), "line 2"),
    (("-e", "let A : R^{m x n}"), "no line begins with show"),
    (("-e", ""), "no line begins with show"),
    (("claim.txt", "-e", TRUE), "not both"),
    (("missing.txt",), "missing.txt: No such file or directory"),
    (("binary.txt",), "is not UTF-8 text"),
    ((".",), "Is a directory"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD)
def test_what_cannot_be_read(run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    (tmp_path / "claim.txt").write_text(lines(TRUE))
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")
    done = run("ask", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


@pytest.mark.parametrize("claim", ["show tr(I_{99999}) = 3", "let x : R^{99999999999999999999}; show x = 0"])
def test_matrices_that_no_memory_holds_are_not_written_down(run: Run, claim: str) -> None:
    done = run("ask", "-e", claim)
    assert "unknown" in done.out
    assert "internal error" not in done.err


def test_binary_noise_on_standard_input(run: Run) -> None:
    done = run("ask", "-", stdin=bytes(range(256)))
    assert done.code == 2
    assert "not UTF-8" in done.err
