"""What a course decides: tolerance, decimals, partial marks, follow-through, form, opposite directions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lemmata.course.errors import CourseError
from lemmata.grade.classroom.follow import mark_following
from lemmata.grade.classroom.gradebook import fingerprint
from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Exercise, Part, SolutionStep, Variant
from lemmata.grade.mark import mark
from lemmata.grade.policy import Policy, course_exercises
from lemmata.kernel.term import mul, number
from lemmata.terms.forms import equation

HALF = Part("a", "", "number", number(Fraction(1, 2)), Fraction(2))
THIRD = Part("a", "", "number", number(Fraction(1, 3)), Fraction(2))
SQUARE = Part("a", "", "matrix", matrix_of([[1, 2], [3, 4]]), Fraction(2))
ROW = Part("a", "", "vector", vector_of([1, 2]), Fraction(2))
WAY = replace(ROW, mode="direction")
ROUNDED = replace(THIRD, tolerance=Fraction(1, 100))

# policy, part, answer, marks and diagnosis without the policy, and with it
CASES = [
    (Policy(tolerance=Fraction(1, 100)), THIRD, "0.33", 0, "decimals-only", 2, "correct"),
    (Policy(tolerance=Fraction(1, 100)), THIRD, "0.3", 0, None, 0, None),
    (Policy(tolerance=Fraction(1, 2)), WAY, "(1, 2.2)", 0, "wrong-direction", 0, "wrong-direction"),
    (Policy(decimals=False), HALF, "0.5", 2, "correct", 0, "decimals"),
    (Policy(decimals=False), HALF, "0,5", 2, "correct", 0, "decimals"),
    (Policy(decimals=False), HALF, r"\frac12", 2, "correct", 2, "correct"),
    (Policy(decimals=False), ROW, "(1,2)", 2, "correct", 2, "correct"),
    (Policy(decimals=False), ROW, "(1.0, 2)", 2, "correct", 0, "decimals"),
    (Policy(decimals=False), ROUNDED, "0.33", 2, "correct", 2, "correct"),
    (
        Policy(partial=False),
        ROW,
        r"\begin{pmatrix}1 & 2\end{pmatrix}",
        1,
        "row-for-column",
        0,
        "row-for-column",
    ),
    (Policy(form=True), ROW, "[1 0; 0 2] (1, 1)", 2, "correct", 1, "not-evaluated"),
    (Policy(form=True, partial=False), ROW, "[1 0; 0 2] (1, 1)", 2, "correct", 0, "not-evaluated"),
    (Policy(form=True), HALF, "1/2", 2, "correct", 2, "correct"),
    (Policy(opposite=False), WAY, "(-2, -4)", 2, "correct", 0, "opposite-direction"),
    (Policy(opposite=False), WAY, "(3, 6)", 2, "correct", 2, "correct"),
    (Policy(opposite=False), WAY, r"(-\sqrt2, -2\sqrt2)", 2, "correct", 0, "opposite-direction"),
]


@pytest.mark.parametrize(("policy", "part", "said", "before", "why", "after", "then"), CASES)
def test_each_switch(
    policy: Policy, part: Part, said: str, before: int, why: str | None, after: int, then: str | None
) -> None:
    free, bound = mark(part, said), mark(policy.applied(part), said)
    assert (free.marks, bound.marks) == (before, after), (free, bound)
    if why not in (None, "decimals-only"):
        assert (free.diagnosis, bound.diagnosis) == (why, then)
    assert bound.verdict == ("correct" if after == 2 else "partial" if after else "incorrect")


def test_follow_through_can_be_switched_off() -> None:
    a = Part("a", "", "number", number(6), Fraction(2))
    b = Part(
        "b", "", "number", number(24), Fraction(3), uses=("a",), carried=lambda e: mul(number(4), e["a"])
    )
    for policy, marks in ((Policy(), 3), (Policy(follow=True), 3), (Policy(follow=False), 0)):
        assert mark_following(policy.applied(b), "28", ((a, "7"),)).marks == marks


@pytest.mark.parametrize("policy", [
    Policy(tolerance=Fraction(1, 100)), Policy(decimals=False), Policy(partial=False), Policy(follow=False),
    Policy(form=True), Policy(opposite=False),
])  # fmt: skip
def test_a_policy_is_part_of_the_question(policy: Policy) -> None:
    assert fingerprint(policy.applied(HALF)) != fingerprint(HALF)
    assert fingerprint(Policy().applied(HALF)) == fingerprint(HALF)


def test_what_a_part_says_itself_stays() -> None:
    own = replace(HALF, decimals=True, partial=True, tolerance=Fraction(1, 10), mode="direction")
    said = Policy(Fraction(1), False, False, None, True, None).applied(own)
    assert said == own


# --- settings ---------------------------------------------------------------------------------------


def course(table: Mapping[str, Any], policy: Policy = Policy()) -> Any:  # noqa: B008
    def write(draw: Draw) -> Variant:
        return Variant("Let $x = 1$.", (HALF,), (SolutionStep("Yes.", equation(number(1), number(1))),))

    exercises = {label: Exercise(label, "", write, policy=policy) for label in ("one", "two")}
    return SimpleNamespace(root=Path("/course"), settings={"grading": table}, exercises=exercises)


def test_the_nearest_word_counts() -> None:
    table = {"decimals": False, "tolerance": 0.01, "exercises": {"two": {"decimals": True, "partial": False}}}
    found = course_exercises(course(table))
    assert found["one"].policy == Policy(tolerance=Fraction(1, 100), decimals=False)
    assert found["two"].policy == Policy(tolerance=Fraction(1, 100), decimals=True, partial=False)
    own = course_exercises(course(table, Policy(partial=True)))
    assert own["two"].policy.partial is True and own["one"].policy.decimals is False
    part = found["one"].variant(1, 0).parts[0]
    assert (part.decimals, part.tolerance) == (False, Fraction(1, 100))


@pytest.mark.parametrize(("table", "message"), [
    ({"decimal": False}, "did you mean 'decimals'"), ({"decimals": "no"}, "decimals is 'no'"),
    ({"tolerance": True}, "the tolerance is True"), ({"tolerance": -1}, "the tolerance is -1"),
    ({"exercises": {"three": {}}}, "there is no exercise 'three'"), ({"exercises": {"one": 3}}, "is no table"),
    ({"exercises": {"one": {"from": 1}}}, "unknown key 'from'"), ({"exercises": []}, "is no table"),
    (3, "is no table"),
])  # fmt: skip
def test_a_table_that_is_none(table: Any, message: str) -> None:
    with pytest.raises(CourseError, match=message):
        course_exercises(course(table))
