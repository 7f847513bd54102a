"""The sample course, built once for all tests of publishing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from lemmata.publish.build import BuildReport, build
from lemmata.publish.model import CourseViews

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from sample_course import sample_course  # noqa: E402

CHAPTERS = HERE / "chapters"


@pytest.fixture(scope="session")
def course() -> CourseViews:
    return sample_course()


@pytest.fixture(scope="session")
def chapters() -> Path:
    return CHAPTERS


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildReport]:
    """Folder and report of a build of everything for everyone."""
    folder = tmp_path_factory.mktemp("output")
    return folder, build(sample_course(), CHAPTERS, folder)


@pytest.fixture
def own_chapters(tmp_path: Path) -> Path:
    """A copy of the chapters that a test may spoil."""
    shutil.copytree(CHAPTERS, tmp_path / "render" / "chapters")
    return tmp_path / "render" / "chapters"
