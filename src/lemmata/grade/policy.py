"""What a course accepts and how it gives marks, where exercises leave it open.

    [tool.lemmata.grading]                     for the whole course
    decimals = false                           an answer with a decimal fraction is not exact: no marks
    partial = false                            no marks for what is only partly right

    [tool.lemmata.grading.exercises.ridge]     for one exercise
    tolerance = 0.001                          numbers, vectors, matrices may be off by so much

    @exercise("ridge", title="Ridge", policy=Policy(follow=False))      the same in the exercise

What a part says itself comes first, then its exercise, the table of the exercise, the table of the course.
A policy is part of the question: the gradebook marks again when it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lemmata.course.errors import CourseError, suggest

if TYPE_CHECKING:
    from lemmata.course.load import Course
    from lemmata.grade.exercise import Exercise, Part

__all__ = ["OPEN", "Policy", "course_exercises"]

VALUES = ("number", "vector", "matrix")


@dataclass(frozen=True)
class Policy:
    """What None leaves open is decided elsewhere, in the end by the defaults of ``Part``.

    ``tolerance``: numbers, vectors and matrices may be off by so much in every entry.  ``decimals``: decimal
    fractions are accepted (always where the part itself has a tolerance).  ``partial``: there are marks for what
    is partly right.  ``follow``: there are marks for what follows from an earlier wrong answer.  ``form``: values
    have to be computed, a product of matrices is not enough.  ``opposite``: where a direction is asked for, the
    opposite one is right too.
    """

    tolerance: Fraction | None = None
    decimals: bool | None = None
    partial: bool | None = None
    follow: bool | None = None
    form: bool | None = None
    opposite: bool | None = None

    def over(self, other: Policy) -> Policy:
        """This policy, and where it says nothing the other one."""
        said = {name: value for name, value in asdict(self).items() if value is not None}
        return replace(other, **said)

    def applied(self, part: Part) -> Part:
        """The part under this policy; what the part says itself stays."""
        said: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("decimals", "partial", "follow", "opposite")
            if getattr(part, name) is None and getattr(self, name) is not None
        }
        if part.tolerance is not None:  # a part that allows for rounding asks for decimals
            said.pop("decimals", None)
        if part.kind in VALUES:
            if part.tolerance is None and self.tolerance is not None and part.mode != "direction":
                said["tolerance"] = self.tolerance
            if not part.mode and self.form:
                said["mode"] = "form"
        return replace(part, **said) if said else part


OPEN = Policy()
NAMES = tuple(f.name for f in fields(Policy))


def read_policy(table: Mapping[str, Any], place: str, file: str) -> Policy:
    """The policy in a table of pyproject.toml.  Raises CourseError, naming the key."""
    said: dict[str, Any] = {}
    for key, value in table.items():
        if key not in NAMES:
            raise CourseError(
                f"[{place}]: unknown key {key!r}", file, 0, suggest(key, NAMES, f"known: {NAMES}")
            )
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if key == "tolerance" and not (number and 0 <= value < 1e9):
            raise CourseError(
                f"[{place}]: the tolerance is {value!r}", file, 0, "give a number such as 0.001"
            )
        if key != "tolerance" and not isinstance(value, bool):
            raise CourseError(f"[{place}]: {key} is {value!r}", file, 0, "write true or false")
        said[key] = Fraction(str(value)) if key == "tolerance" else value
    return Policy(**said)


def course_exercises(course: Course, exercises: Mapping[str, Exercise] | None = None) -> dict[str, Exercise]:
    """The exercises of a course under its policy, or some of them.  Raises CourseError for a bad table."""
    file, place = str(course.root / "pyproject.toml"), "tool.lemmata.grading"
    table = course.settings.get("grading", {})
    if not isinstance(table, dict) or not isinstance(table.get("exercises", {}), dict):
        raise CourseError(f"[{place}] is no table", file, 0, f"[{place}]\ndecimals = true")
    own = table.get("exercises", {})
    for label, entry in own.items():
        if label not in course.exercises:
            known = suggest(label, course.exercises, "name an exercise of this course")
            raise CourseError(f"[{place}.exercises]: there is no exercise {label!r}", file, 0, known)
        if not isinstance(entry, dict):
            raise CourseError(f"[{place}.exercises.{label}] is no table", file, 0, "partial = false")
    general = read_policy({k: v for k, v in table.items() if k != "exercises"}, place, file)
    chosen = course.exercises if exercises is None else exercises
    return {
        label: replace(e, policy=e.policy.over(
            read_policy(own.get(label, {}), f"{place}.exercises.{label}", file).over(general)))
        for label, e in chosen.items()
    }  # fmt: skip
