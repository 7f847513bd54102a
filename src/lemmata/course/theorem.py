"""A theorem of a course: a statement with its label, its title and its place in the files.

The statement is what a reader must trust: the hypotheses ``given`` (each has a name) and one or more
conclusions ``shows``, all universally quantified over the free symbols and dimensions.  Its fingerprint
depends on these alone, so that a new title or a moved line never makes evidence stale.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lemmata.course.errors import CourseError, Place
from lemmata.kernel.term import Term, to_json

if TYPE_CHECKING:
    from lemmata.course.proof import Proof
    from lemmata.kernel.judgement import Statement

__all__ = ["KINDS", "Citation", "Derivation", "Register", "Theorem", "digest", "loading"]

KINDS = ("theorem", "lemma", "proposition", "corollary", "definition", "example", "conjecture")


def digest(data: Any) -> str:
    """A hash of JSON data: the same for the same content, in every process and on every machine."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Theorem:
    """What is claimed: under all ``given`` (pairs of name and proposition) every one of ``shows``."""

    label: str
    title: str
    given: tuple[tuple[str, Term], ...]
    shows: tuple[Term, ...]
    kind: str = "theorem"
    source: str = ""
    notes: str = ""
    topic: str = ""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def hypotheses(self) -> tuple[Term, ...]:
        """The given propositions without their names."""
        return tuple(prop for _, prop in self.given)

    @property
    def place(self) -> Place:
        """Where it is stated."""
        return Place(self.file, self.line)

    def statements(self) -> tuple[Statement, ...]:
        """One statement of the kernel for each conclusion."""
        from lemmata.kernel.judgement import Statement

        return tuple(Statement(self.hypotheses, show) for show in self.shows)

    def to_json(self) -> dict[str, Any]:
        """The mathematical content: names and propositions."""
        return {
            "given": [[name, to_json(prop)] for name, prop in self.given],
            "shows": [to_json(show) for show in self.shows],
        }

    def fingerprint(self) -> str:
        """A hash of the content; title, notes and place do not enter."""
        return digest(self.to_json())


@dataclass(frozen=True)
class Citation:
    """A result of the course named by its label; whether it exists is checked when all is loaded."""

    label: str
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Derivation:
    """A function that writes the proof of the theorem ``label`` on a recorder."""

    label: str
    write: Callable[[Proof], None]
    file: str
    line: int


@dataclass
class Register:
    """What the files of one course have declared so far."""

    theorems: dict[str, Theorem] = field(default_factory=dict)
    derivations: dict[str, Derivation] = field(default_factory=dict)
    citations: list[Citation] = field(default_factory=list)
    exercises: dict[str, Any] = field(default_factory=dict)
    topic: str = ""

    def add_theorem(self, theorem: Theorem) -> None:
        """Raises CourseError when the label is taken, naming both places."""
        self._free(theorem.label, "theorem", self.theorems.get(theorem.label), theorem)
        self.theorems[theorem.label] = theorem

    def add_derivation(self, derivation: Derivation) -> None:
        """Raises CourseError when the theorem has a derivation already."""
        self._free(derivation.label, "derivation", self.derivations.get(derivation.label), derivation)
        self.derivations[derivation.label] = derivation

    def add_exercise(self, label: str, exercise: Any, file: str, line: int) -> None:
        """Keep an exercise; what it is, its own module knows.  Raises CourseError when the label is taken."""
        here = Place(file, line)
        if label in self.exercises:
            raise CourseError(
                f"the exercise {label!r} is declared twice",
                here.file,
                here.line,
                "give one of the two another label",
            )
        self.exercises[label] = exercise

    @staticmethod
    def _free(label: str, what: str, old: Theorem | Derivation | None, new: Theorem | Derivation) -> None:
        if old is not None:
            raise CourseError(
                f"the {what} {label!r} is declared twice: first at {Place(old.file, old.line)}",
                new.file,
                new.line,
                "a label names one result: give one of the two another label",
            )


loading: ContextVar[Register | None] = ContextVar("loading", default=None)
"""The register of the course whose files are being read; none when a file runs on its own."""
