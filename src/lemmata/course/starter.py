"""The starter course: a small course inside the package, which ``lemmata new`` copies.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     [file.name for file in plant(Path(folder) / "mine")][:3]
['run', 'check.yml', '.gitignore']

Where a command finds no course around it, it works on a copy of this one in the user's cache folder:
the package itself is never written to.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from lemmata.course.errors import CourseError

__all__ = ["STARTER", "embedded_course", "plant"]

STARTER = Path(__file__).parent.parent / "starter"

# Under its own name it would hide files of the engine's repository.
_RENAMED = {"gitignore": ".gitignore"}
_MADE = frozenset({"output", "__pycache__"})


def plant(folder: Path) -> list[Path]:
    """Copy the starter course into a folder that is new or empty, all of it or nothing; the files written.

    Raises CourseError when the folder is a file, is not empty or cannot be written.
    """
    target = folder.absolute()
    if target.exists() and not target.is_dir():
        raise CourseError(f"{folder} is a file", remedy="name a folder that does not exist yet")
    missing = [parent for parent in target.parents if not parent.exists()]
    stage: Path | None = None
    try:
        if target.is_dir() and any(target.iterdir()):
            raise CourseError(f"the folder {folder} is not empty", remedy="name one that is new or empty")
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside the target, hence on the same file system: what remains to be done is renaming.
        stage = Path(tempfile.mkdtemp(prefix=".lemmata-", dir=target.parent))
        files = _copy(stage)
        _move(stage, target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CourseError(f"cannot write {folder}: {reason}", remedy="nothing was left behind") from None
    finally:
        if stage is not None:
            shutil.rmtree(stage, ignore_errors=True)
        # Parents that were made in vain go again; a folder that holds the course stays.
        for parent in missing:
            with contextlib.suppress(OSError):
                parent.rmdir()
    return [folder / file for file in files]


def _move(stage: Path, target: Path) -> None:
    if not target.exists():
        # mkdtemp makes a folder for one user only; a course is an ordinary folder.
        umask = os.umask(0)
        os.umask(umask)
        stage.chmod(0o777 & ~umask)
        stage.rename(target)
        return
    # The empty folder itself stays: somebody's shell may stand in it.
    moved: list[Path] = []
    try:
        for child in sorted(stage.iterdir()):
            moved.append(child.rename(target / child.name))
    except OSError:
        for child in moved:
            child.rename(stage / child.name)
        raise


def embedded_course() -> Path:
    """A copy of the starter course in the cache folder: made on first use, the same for the same content."""
    from lemmata.course.store import default_path

    content = hashlib.sha256()
    for name, source in _sources():
        content.update(f"{name}\0{source.stat().st_size}\0".encode() + source.read_bytes())
    root = default_path().parent / f"starter-{content.hexdigest()[:12]}"
    if not (root / "pyproject.toml").is_file():
        try:
            plant(root)
        except CourseError:
            # Another process may have been faster.
            if not (root / "pyproject.toml").is_file():
                raise
    return root


def _sources() -> list[tuple[Path, Path]]:
    """Name in a course and place in the package, in alphabetical order."""
    files = [file for file in STARTER.rglob("*") if file.is_file()]
    names = [file.relative_to(STARTER) for file in files]
    pairs = [
        (name.with_name(_RENAMED.get(name.name, name.name)), file)
        for name, file in zip(names, files, strict=True)
        if not _MADE & set(name.parts)
    ]
    return sorted(pairs)


def _copy(root: Path) -> list[Path]:
    names = []
    for name, source in _sources():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, root / name)
        # A wheel may have lost the mark of a program.
        if source.read_bytes()[:2] == b"#!":
            (root / name).chmod(0o755)
        names.append(name)
    return names
