"""The runner: order, reuse of evidence, composition along citations, broken engines, JUnit."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from lemmata.course.certificates import write_certificates
from lemmata.course.check import INSTANCES, Report, check_course
from lemmata.course.errors import CourseError
from lemmata.course.junit import junit_xml
from lemmata.course.load import Course, load_course
from lemmata.course.script import Script
from lemmata.course.theorem import Theorem

STATES = """
theorem("gram-x", "Gram", show=symmetric(X.T @ X), notes="{notes}")
theorem("fits-x", "Fits", given={{"fits": Eq(X @ pinv(X) @ y, {rhs})}}, show=Eq(X @ pinv(X) @ y, {rhs}))
theorem("last-x", "Last", show=Eq(X, X))
theorem("other-x", "Other", show=Eq(A, A))
"""
DERIVES = """
@derivation("fits-x")
def _(p: Proof) -> None:
    p.conclude(by="{by}")

@derivation("last-x")
def _(p: Proof) -> None:
    p.conclude(by="fits-x")
"""


@pytest.fixture
def course(write_course: Callable[..., Path]) -> Callable[..., Course]:
    def load(notes: str = "", rhs: str = "y", by: str = "gram-x") -> Course:
        files = {
            "theorems/a.py": STATES.format(notes=notes, rhs=rhs),
            "derivations/a.py": DERIVES.format(by=by),
        }
        return load_course(write_course(files))

    return load


def verify(
    theorem: Theorem, script: Script | None, statements: Mapping[str, Theorem], *, seed: int, instances: int
) -> dict[str, Any]:
    """Stands in for the prover: the word is the theorem's notes, if it has any."""
    word = theorem.notes or "proved"
    verdict = word if word in ("proved", "refuted") else "unknown"
    if word == "broken":
        raise ZeroDivisionError("division by zero")
    if word == "killed":
        os._exit(9)
    return {
        "label": theorem.label, "word": word, "verdict": verdict, "mutants": [], "warnings": [],
        "evidence": {"instances": instances, "seed": seed}, "steps": [], "seconds": 0.25,
        "why": [f"given {sorted(statements)}\x01"], "certificate": {"for": theorem.label},
    }  # fmt: skip


def run(course: Course, *labels: str, **options: Any) -> Report:
    return check_course(course, labels, verify=verify, **options)


def words(report: Report) -> dict[str, str]:
    return {result["label"]: result["word"] for result in report.results}


ALL = {"gram-x", "fits-x", "last-x", "other-x"}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEMMATA_CACHE", str(tmp_path / "cache"))


@pytest.mark.parametrize("jobs", [1, 3])
def test_all_are_checked_in_the_order_of_the_course(course: Callable[..., Course], jobs: int) -> None:
    seen = []
    report = run(course(), jobs=jobs, progress=lambda done, total, result: seen.append((done, total)))
    assert [r["label"] for r in report.results] == ["gram-x", "fits-x", "last-x", "other-x"]
    assert report.results[1]["why"] == ["given ['gram-x']\x01"]
    assert report.results[0]["evidence"] == {"instances": INSTANCES, "seed": 7}
    assert (report.exit_code(), report.words, report.redone) == (0, {"proved": 4}, ALL)
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_label_is_checked_with_what_it_rests_on(course: Callable[..., Course]) -> None:
    assert set(words(run(course(), "fits-x"))) == {"gram-x", "fits-x"}
    with pytest.raises(CourseError, match="did you mean 'fits-x'"):
        run(course(), "fit-x")


CHANGES = [
    ({}, {}, set()),
    ({"by": "a word"}, {}, {"fits-x"}),
    ({"rhs": "1 * y"}, {}, {"fits-x", "last-x"}),
    ({}, {"seed": 8}, ALL),
    ({}, {"instances": 5}, ALL),
    ({}, {"use_store": False}, ALL),
]


@pytest.mark.parametrize(("change", "options", "redone"), CHANGES)
def test_only_what_changed_and_what_depends_on_it_is_redone(
    course: Callable[..., Course], change: dict[str, str], options: dict[str, Any], redone: set[str]
) -> None:
    run(course())
    report = run(course(**change), **options)
    assert report.redone == redone
    assert set(words(report)) == ALL


def test_a_moved_line_changes_nothing(
    course: Callable[..., Course], write_course: Callable[..., Path]
) -> None:
    run(course())
    files = {
        "theorems/a.py": "\n# moved\n" + STATES.format(notes="", rhs="y"),
        "derivations/a.py": DERIVES.format(by="gram-x"),
    }
    assert run(load_course(write_course(files))).redone == set()


def test_a_spoilt_row_is_done_again(course: Callable[..., Course], tmp_path: Path) -> None:
    run(course())
    connection = sqlite3.connect(tmp_path / "cache" / "evidence.sqlite3")
    with connection:
        connection.execute("UPDATE evidence SET document = '{}'")
    connection.close()
    assert run(course()).redone == ALL


COMPOSED = [
    ("open", {"gram-x": "open", "fits-x": "open", "last-x": "open", "other-x": "proved"}, 3),
    ("sampled", {"gram-x": "sampled", "fits-x": "open", "last-x": "open", "other-x": "proved"}, 3),
    ("refuted", {"gram-x": "refuted", "fits-x": "open", "last-x": "open", "other-x": "proved"}, 1),
    ("cited", {"gram-x": "cited", "fits-x": "proved", "last-x": "proved", "other-x": "proved"}, 0),
    ("broken", {"gram-x": "open", "fits-x": "open", "last-x": "open", "other-x": "proved"}, 1),
]


@pytest.mark.parametrize(("word", "expected", "code"), COMPOSED)
def test_a_proof_is_worth_what_it_rests_on(
    course: Callable[..., Course], word: str, expected: dict[str, str], code: int
) -> None:
    report = run(course(notes=word))
    assert words(report) == expected
    assert report.exit_code() == code
    assert report.exit_code(strict=True) == (1 if code else 0)
    if word == "open":
        assert report.results[1]["rests_on"] == ["gram-x"]
        assert report.results[1]["why"][-1] == "the derivation is accepted, but it rests on gram-x (open)"


def test_a_broken_engine_is_a_failure_and_not_kept(course: Callable[..., Course]) -> None:
    result = run(course(notes="broken")).results[0]
    assert (result["verdict"], result["why"]) == (
        "failed",
        ["internal error: ZeroDivisionError: division by zero"],
    )
    assert "verify" in result["traceback"]
    assert run(course(notes="broken")).redone == {"gram-x"}


def test_a_worker_that_dies_is_a_failure(course: Callable[..., Course]) -> None:
    report = run(course(notes="killed"), jobs=2)
    assert report.results[0]["verdict"] == "failed"
    assert "a worker process ended" in report.results[0]["why"][0]
    assert report.exit_code() == 1


def test_without_dask_a_scheduler_is_an_error(
    course: Callable[..., Course], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "dask.distributed", None)
    with pytest.raises(CourseError, match=r"install lemmata\[distributed\]"):
        run(course(), scheduler="tcp://127.0.0.1:1")


STATES_OF_CASES = [("proved", False, None), ("open", False, "skipped"), ("open", True, "failure"),
                   ("refuted", False, "failure"), ("broken", False, "error")]  # fmt: skip


@pytest.mark.parametrize(("word", "strict", "tag"), STATES_OF_CASES)
def test_junit(course: Callable[..., Course], word: str, strict: bool, tag: str | None) -> None:
    checked = course(notes="" if word == "proved" else word)
    suite = ElementTree.fromstring(junit_xml(checked, run(checked), strict)).find("testsuite")
    assert suite is not None
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases] == list(checked.theorems)
    assert (cases[0].get("classname"), cases[0].get("file")) == ("a", "theorems/a.py")
    assert [child.tag for child in cases[0]] == ([tag] if tag else [])
    for name, counted in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        assert int(suite.get(counted, "-1")) == sum(case.find(name) is not None for case in cases)


def test_certificates_are_written_for_the_checker(course: Callable[..., Course]) -> None:
    import json

    checked = course()
    document = json.loads(write_certificates(checked, run(checked)).read_text())
    assert document["theorems"][:2] == [{"for": "gram-x"}, {"for": "fits-x"}]
    assert [p.name for p in (checked.root / "output").iterdir()] == ["certificates.json"]
