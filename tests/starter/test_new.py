"""``lemmata new``: a course of one's own, all of it or nothing, in which every command works."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from lemmata.course.starter import STARTER, plant

Done = subprocess.CompletedProcess[str]


def lemmata(*arguments: str, cwd: Path) -> Done:
    command = [sys.executable, "-m", "lemmata", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(STARTER.parent.parent)}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One course for all the tests that only read it."""
    here = tmp_path_factory.mktemp("new")
    done = lemmata("new", "mine", cwd=here)
    assert done.returncode == 0, done.stderr
    assert "cd mine && lemmata check" in done.stdout
    return here / "mine"


# --- the folder ------------------------------------------------------------------------------

ROOMS = ["theorems", "derivations", "exercises", "sources", "render/chapters", ".ci", ".github/workflows"]


@pytest.mark.parametrize("room", ROOMS)
def test_the_course_has_the_shape_of_the_flagship(course: Path, room: str) -> None:
    assert any((course / room).iterdir())


def test_the_table_and_the_ignored_folder(course: Path) -> None:
    settings = tomllib.loads((course / "pyproject.toml").read_text())["tool"]["lemmata"]
    for chapter in settings["chapters"]:
        for topic in chapter["topics"]:
            assert (course / "theorems" / f"{topic}.py").is_file()
            assert (course / "derivations" / f"{topic}.py").is_file()
    assert "output/" in (course / ".gitignore").read_text().split()
    assert not (course / "gitignore").exists()


def test_the_check_for_a_build_server_can_be_run(course: Path) -> None:
    assert (course / ".ci" / "run").stat().st_mode & stat.S_IXUSR
    assert ".ci/run" in (course / ".github" / "workflows" / "check.yml").read_text()


def test_an_empty_folder_will_do_even_the_one_we_are_in(tmp_path: Path) -> None:
    before = tmp_path.stat().st_ino
    assert lemmata("new", ".", cwd=tmp_path).returncode == 0
    assert (tmp_path / "pyproject.toml").is_file()
    assert tmp_path.stat().st_ino == before


def test_json_lists_the_files(tmp_path: Path) -> None:
    done = lemmata("new", "a/b", "--json", cwd=tmp_path)
    document = json.loads(done.stdout)
    assert document["exit"] == done.returncode == 0
    assert all((tmp_path / file).is_file() for file in document["files"])


# --- refusals --------------------------------------------------------------------------------


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("years of work")
    done = lemmata("new", "mine", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the folder mine is not empty" in done.stderr and "new or empty" in done.stderr
    assert [file.name for file in tmp_path.rglob("*")] == ["mine", "thesis.tex"]


def test_a_second_time_is_refused(tmp_path: Path) -> None:
    assert lemmata("new", "mine", cwd=tmp_path).returncode == 0
    assert lemmata("new", "mine", cwd=tmp_path).returncode == 2


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("")
    done = lemmata("new", "mine", cwd=tmp_path)
    assert done.returncode == 2 and "is a file" in done.stderr


def test_a_missing_name_is_bad_usage(tmp_path: Path) -> None:
    assert lemmata("new", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("exists", [False, True])
def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exists: bool) -> None:
    """The disk is full at the fifth file: nothing is left, neither files nor new folders."""
    from lemmata.course import starter
    from lemmata.course.errors import CourseError

    copy, count = starter.shutil.copyfile, 0

    def failing(source: Path, target: Path) -> object:
        nonlocal count
        count += 1
        if count == 5:
            raise OSError(28, "No space left on device")
        return copy(source, target)

    target = tmp_path / "a" / "b"
    if exists:
        target.mkdir(parents=True)
    monkeypatch.setattr(starter.shutil, "copyfile", failing)
    with pytest.raises(CourseError, match="No space left"):
        plant(target)
    assert list(tmp_path.rglob("*")) == ([tmp_path / "a", target] if exists else [])


# --- what works in it ------------------------------------------------------------------------


def test_every_theorem_is_proved_and_its_certificate_replayed(course: Path) -> None:
    done = lemmata("check", "--json", "--jobs", "1", cwd=course)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    results = json.loads(done.stdout)["results"]
    assert len(results) >= 4 and all(result["word"] == "proved" for result in results)
    replayed = lemmata("recheck", cwd=course)
    assert replayed.returncode == 0 and "refused" not in replayed.stdout


def test_every_hypothesis_is_needed(course: Path) -> None:
    done = lemmata("check", "--json", "--jobs", "1", cwd=course)
    for result in json.loads(done.stdout)["results"]:
        assert not result["warnings"], result


def test_the_ledger_agrees(course: Path) -> None:
    done = lemmata("audit", "--jobs", "1", cwd=course)
    assert done.returncode == 0, done.stdout + done.stderr


def test_sheets(course: Path) -> None:
    done = lemmata("sheet", "--variants", "3", "--solutions", cwd=course)
    assert done.returncode == 0, done.stderr
    texts = [(course / f"output/sheets/sheet-{i}.md").read_text() for i in (1, 2, 3)]
    assert len(set(texts)) == 3


@pytest.mark.slow
def test_build(course: Path) -> None:
    done = lemmata("build", "--jobs", "1", cwd=course)
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr
    for name in ("student/notes.pdf", "student/notes.html", "instructor/latex/notes.tex"):
        assert (course / "output" / name).stat().st_size > 1000


def test_a_dropped_hypothesis_is_refuted(tmp_path: Path) -> None:
    root = tmp_path / "mine"
    plant(root)
    file = root / "theorems" / "oblique.py"
    text = file.read_text()
    assert ', "symmetric": symmetric(P)' in text
    file.write_text(text.replace(', "symmetric": symmetric(P)', ""))
    derivation = root / "derivations" / "oblique.py"
    derivation.write_text(derivation.read_text().replace(', "symmetric"]', "]"))
    done = lemmata("check", "perpendicular-light", "--jobs", "1", cwd=root)
    assert done.returncode == 1
    assert "refuted" in done.stdout


# --- the embedded course ---------------------------------------------------------------------


def test_with_no_course_around_the_starter_course_is_used(tmp_path: Path) -> None:
    done = lemmata("check", "complement", "--jobs", "1", cwd=tmp_path)
    assert done.returncode == 0
    assert "1 proved" in done.stdout
    assert "no course here" in done.stderr and "lemmata new DIR" in done.stderr
    assert list(tmp_path.iterdir()) == [], "the working directory stays as it is"


def test_the_note_is_no_part_of_json(tmp_path: Path) -> None:
    done = lemmata("check", "complement", "--json", "--jobs", "1", cwd=tmp_path)
    assert json.loads(done.stdout)["exit"] == 0
    assert "no course here" in done.stderr


def test_the_package_is_not_written_to(tmp_path: Path) -> None:
    before = sorted(STARTER.rglob("*"))
    assert lemmata("check", "--jobs", "1", cwd=tmp_path).returncode == 0
    assert lemmata("recheck", cwd=tmp_path).returncode == 0
    assert sorted(STARTER.rglob("*")) == before


def test_the_cache_is_where_the_user_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEMMATA_CACHE", os.fspath(tmp_path / "cache"))
    here = tmp_path / "here"
    here.mkdir()
    lemmata("check", "complement", "--jobs", "1", cwd=here)
    assert len(list((tmp_path / "cache").glob("starter-*/pyproject.toml"))) == 1
