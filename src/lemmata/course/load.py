"""Finding a course and reading its files.

A course is a folder whose ``pyproject.toml`` has a table ``[tool.lemmata]``:

    [tool.lemmata]
    title = "Least squares"
    seed = 7
    chapters = [{ name = "batra", topics = ["projections", "ridge"] }]

Its files are read by path, each as a module under a private name; ``sys.path`` stays as it is and two
courses can be open at once.  First ``theorems/*.py`` (what is claimed), then ``derivations/*.py`` (why it
holds), then ``exercises/*.py``; then every derivation is run once on a recorder.  Whatever goes wrong in a
file comes out as a :class:`CourseError` with file and line.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from lemmata.course.errors import CourseError, Place, suggest
from lemmata.course.graph import Graph
from lemmata.course.proof import Proof
from lemmata.course.script import Script
from lemmata.course.starter import embedded_course
from lemmata.course.theorem import Derivation, Register, Theorem, loading
from lemmata.kernel.term import ShapeError

__all__ = ["PARTS", "Chapter", "Course", "find_course", "load_course", "read_settings"]

PARTS = ("theorems", "derivations", "exercises")


@dataclass(frozen=True)
class Chapter:
    """A chapter: its name, its title (the name, if none is given) and its topics, that is, file names."""

    name: str
    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """A course that has been read: theorems by label in the order of the chapters, derivations, exercises."""

    root: Path
    title: str
    seed: int
    chapters: tuple[Chapter, ...]
    theorems: Mapping[str, Theorem]
    scripts: Mapping[str, Script]
    exercises: Mapping[str, Any]
    graph: Graph
    settings: Mapping[str, Any] = field(default_factory=dict)

    def relative(self, file: str) -> str:
        """A file of the course as its path from the root, with forward slashes."""
        path = Path(file)
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else file

    def theorem(self, label: str) -> Theorem:
        """The theorem of that label.  Raises CourseError with the nearest labels."""
        if label not in self.theorems:
            remedy = suggest(label, self.theorems, "`lemmata check` lists the labels of this course")
            raise CourseError(f"no theorem is labelled {label!r}", remedy=remedy)
        return self.theorems[label]


# --- finding ---------------------------------------------------------------------------------


def find_course(start: Path | None = None) -> Path:
    """The root of the course around a folder; for a command, the one around the working directory.

    Where a command finds none it works on a copy of the embedded starter course, and a note on standard error
    says so.  With ``start`` given, raises CourseError when no ``pyproject.toml`` upwards has [tool.lemmata].
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        file = folder / "pyproject.toml"
        if file.is_file() and "lemmata" in _read_toml(file).get("tool", {}):
            return folder
    nothing = f"no course here: no pyproject.toml in {here} or above it has a table [tool.lemmata]"
    if start is not None:
        remedy = "go to a folder of a course, or mark one with [tool.lemmata] in its pyproject.toml"
        raise CourseError(nothing, remedy=remedy)
    root = embedded_course()
    print(
        f"{nothing}\n  working on the starter course, in {root}; `lemmata new DIR` makes one of your own",
        file=sys.stderr,
    )
    return root


def read_settings(root: Path) -> dict[str, Any]:
    """The table [tool.lemmata] of a course.  Raises CourseError when it is no table or cannot be read."""
    file = root / "pyproject.toml"
    settings = _read_toml(file).get("tool", {}).get("lemmata")
    if not isinstance(settings, dict):
        raise CourseError(
            "there is no table [tool.lemmata]", str(file), 0, 'add [tool.lemmata] with title = "..."'
        )
    return settings


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise CourseError(
            f"cannot be read: {error.strerror}", str(file), 0, "check its permissions"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"is not TOML: {error}", str(file), 0, "mend it there") from None


def _chapters(settings: Mapping[str, Any], file: str) -> tuple[Chapter, ...]:
    chapters = []
    for entry in settings.get("chapters", []):
        if isinstance(entry, str):
            entry = {"name": entry, "topics": [entry]}
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise CourseError("a chapter needs a name", file, 0, '{ name = "ridge", topics = ["ridge"] }')
        name = entry["name"]
        chapters.append(Chapter(name, str(entry.get("title", name)), tuple(entry.get("topics", [name]))))
    return tuple(chapters)


# --- reading ---------------------------------------------------------------------------------


def load_course(root: Path, parts: Iterable[str] = PARTS) -> Course:
    """Read a course.  Raises CourseError at the first thing that cannot be read or does not fit."""
    root = root.resolve()
    settings = read_settings(root)
    config = str(root / "pyproject.toml")
    seed = settings.get("seed", 0)
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise CourseError(f"the seed is {seed!r}", config, 0, "seed = 7")
    register = Register()
    for part in [part for part in PARTS if part in set(parts)]:
        for file in sorted((root / part).glob("*.py")):
            register.topic = file.stem
            _run_file(file, part, root, register)
    chapters = _chapters(settings, config)
    theorems = _in_order(register.theorems, chapters)
    for citation in register.citations:
        _known(citation.label, theorems, Place(citation.file, citation.line))
    scripts = {d.label: _record(d, theorems) for d in register.derivations.values()}
    graph = Graph({label: scripts[label].cites if label in scripts else () for label in theorems})
    _refuse_cycles(graph, theorems, scripts)
    return Course(
        root,
        str(settings.get("title", root.name)),
        seed,
        chapters,
        theorems,
        {label: scripts[label] for label in theorems if label in scripts},
        dict(register.exercises),
        graph,
        settings,
    )


def _run_file(file: Path, part: str, root: Path, register: Register) -> None:
    try:
        source = file.read_bytes()
    except OSError as error:
        raise CourseError(
            f"cannot be read: {error.strerror}", str(file), 0, "check its permissions"
        ) from None
    # The name is private to this course, so that two courses with a file of one name do not meet.
    mark = hashlib.sha256(str(root).encode()).hexdigest()[:12]
    module = ModuleType(f"_lemmata_{mark}_{part}_{file.stem}")
    module.__file__ = str(file)
    sys.modules[module.__name__] = module
    with _located(str(file)):
        code = compile(source, str(file), "exec", dont_inherit=True)
        token = loading.set(register)
        try:
            exec(code, module.__dict__)
        finally:
            loading.reset(token)


@contextmanager
def _located(file: str) -> Iterator[None]:
    """Turn whatever a course file raises into a CourseError at its line."""
    try:
        yield
    except CourseError:
        raise
    except SyntaxError as error:
        text = f"\n  {error.text.strip()}" if error.text else ""
        remedy = f"Python cannot read this line{text}"
        raise CourseError(
            f"syntax error: {error.msg}", error.filename or file, error.lineno or 0, remedy
        ) from error
    except (Exception, SystemExit) as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == file]
        line = (frames[-1].lineno or 0) if frames else 0
        code = f"in `{frames[-1].line}`" if frames and frames[-1].line else ""
        if isinstance(error, ShapeError):
            raise CourseError(f"shapes do not fit: {error}", file, line, code) from error
        if isinstance(error, TypeError) and str(error).endswith("is no term"):
            raise CourseError(
                str(error), file, line, f"{code} a matrix, vector or scalar is expected"
            ) from error
        raise CourseError(f"{type(error).__name__}: {error}", file, line, code) from error


def _in_order(theorems: Mapping[str, Theorem], chapters: tuple[Chapter, ...]) -> dict[str, Theorem]:
    """By chapter and topic; topics that no chapter names come last, in alphabetical order."""
    topics = [topic for chapter in chapters for topic in chapter.topics]
    rank = {topic: i for i, topic in enumerate(topics)}
    ordered = sorted(theorems.values(), key=lambda t: rank.get(t.topic, len(topics)))
    return {t.label: t for t in ordered}


def _known(label: str, theorems: Mapping[str, Theorem], place: Place) -> None:
    if label not in theorems:
        remedy = suggest(label, theorems, "state it in theorems/ first")
        raise CourseError(f"no theorem is labelled {label!r}", place.file, place.line, remedy)


def _record(derivation: Derivation, theorems: Mapping[str, Theorem]) -> Script:
    _known(derivation.label, theorems, Place(derivation.file, derivation.line))
    proof = Proof(theorems[derivation.label], theorems, derivation.file, derivation.line)
    with _located(derivation.file):
        derivation.write(proof)
        return proof.finish(derivation.write.__doc__ or "")


def _refuse_cycles(graph: Graph, theorems: Mapping[str, Theorem], scripts: Mapping[str, Script]) -> None:
    cycle = graph.cycle()
    if cycle is None:
        return
    script = scripts[cycle[0]]
    place = next((s for s in script.steps if ("theorem", cycle[1]) in s.uses), script)
    what = " cites ".join(repr(label) for label in cycle)
    raise CourseError(
        f"circular citation: {what}", place.file, place.line, "derive one of them without the others"
    )
