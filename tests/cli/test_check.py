"""``lemmata check``: exit codes, reuse of evidence, JSON alone on standard output, JUnit, broken courses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

Run = Callable[..., Any]


def test_a_course_that_holds(run: Run, course: Path) -> None:
    done = run("check", "--jobs", "1", cwd=course / "theorems")
    assert done.code == 0, done.out + done.err
    lines = done.out.splitlines()
    assert lines[0] == "pinv"
    assert lines[1].split() == ["proved", "penrose-one", "The", "first", "condition"]
    assert lines[-1] == "2 proved (2 checked now, 0 known; seed 7)"
    again = run("check", cwd=course)
    assert again.out.splitlines()[-1] == "2 proved (0 checked now, 2 known; seed 7)"
    assert run("check", "--no-cache", cwd=course).out.splitlines()[-1].startswith("2 proved (2 checked now")


def test_a_false_theorem(run: Run, course: Path) -> None:
    with (course / "theorems" / "pinv.py").open("a") as file:
        file.write('theorem("reversed", "False", show=Eq(pinv(X) @ X, I(n)))\n')
    done = run("check", "--json", cwd=course)
    assert done.code == done.json["exit"] == 1
    words = {result["label"]: result["word"] for result in done.json["results"]}
    assert words == {"penrose-one": "proved", "full-row-rank": "proved", "reversed": "refuted"}


def test_a_false_theorem_is_shown_with_its_smallest_counterexample(run: Run, course: Path) -> None:
    with (course / "theorems" / "pinv.py").open("a") as file:
        file.write('theorem("reversed", "False", show=Eq(pinv(X) @ X, I(n)))\n')
    lines = [line.strip() for line in run("check", cwd=course).out.splitlines()]
    assert lines[lines.index("it fails: the two sides differ") + 1] == "X = [0]"
    report = course / "report.xml"
    run("check", "--junit", str(report), cwd=course)
    assert "X = [0]" in report.read_text("utf-8")


def test_json_stays_alone_even_when_a_course_file_prints(run: Run, course: Path) -> None:
    file = course / "theorems" / "pinv.py"
    file.write_text(file.read_text() + 'print("noise")\n')
    done = run("check", "penrose-one", "--json", "--seed", "3", "--instances", "20", cwd=course)
    assert (done.json["seed"], done.json["instances"], done.json["course"]) == (3, 20, "A small course")
    assert [result["label"] for result in done.json["results"]] == ["penrose-one"]
    assert "noise" in done.err


def test_junit_is_written(run: Run, course: Path) -> None:
    assert run("check", "--junit", "reports/check.xml", cwd=course).code == 0
    suite = ElementTree.parse(course / "reports" / "check.xml").getroot().find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "0", "0")


def test_certificates_are_replayed(run: Run, course: Path) -> None:
    assert run("recheck", cwd=course).code == 2
    assert run("check", cwd=course).code == 0
    done = run("recheck", "--json", cwd=course)
    assert done.code == 0
    assert {row["verdict"] for row in done.json["theorems"]} == {"checked"}


def test_a_forged_certificate_is_refused(run: Run, course: Path) -> None:
    assert run("check", cwd=course).code == 0
    file = course / "output" / "certificates.json"
    file.write_text(file.read_text().replace('"adjoint"', '"inverse"').replace('"pinv"', '"adjoint"'))
    done = run("recheck", str(file), cwd=course)
    assert done.code == 1
    assert "refused" in done.out


BROKEN = [
    ("theorems/pinv.py", "theorem('x', '', show=Eq(X @ X, X))", "theorems/pinv.py:7: shapes do not fit"),
    ("theorems/pinv.py", "theorem('x', '',", "theorems/pinv.py:7: syntax error"),
    ("theorems/pinv.py", "theorem('penrose-one', '', show=Eq(X, X))", "is declared twice"),
    ("derivations/pinv.py", "derivation('penros-one')(lambda p: None)", "did you mean 'penrose-one'?"),
    ("pyproject.toml", "title = ", "pyproject.toml: is not TOML"),
]


@pytest.mark.parametrize(("file", "text", "message"), BROKEN)
def test_a_broken_course(run: Run, course: Path, file: str, text: str, message: str) -> None:
    with (course / file).open("a") as out:
        out.write(text + "\n")
    done = run("check", cwd=course)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_an_unknown_label(run: Run, course: Path) -> None:
    done = run("check", "penrose-on", cwd=course)
    assert (done.code, done.out) == (2, "")
    assert "did you mean 'penrose-one'?" in done.err
