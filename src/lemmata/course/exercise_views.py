"""An exercise as the notes show it: its original variant, with the worked solution that has been checked."""

from __future__ import annotations

from lemmata.course.load import Course
from lemmata.grade.exercise import Exercise, Part
from lemmata.publish.model import ExerciseView, OptionView, PartView
from lemmata.terms.show import show

__all__ = ["exercise_view"]


def exercise_view(course: Course, exercise: Exercise) -> ExerciseView:
    """The view of variant 0.  Raises WrongSolution when the solution does not hold good."""
    variant = exercise.variant(course.seed)
    return ExerciseView(
        exercise.label,
        exercise.title,
        variant.task,
        tuple(_part(part) for part in variant.parts),
        "\n\n".join(step.text for step in variant.solution),
        points=float(variant.marks),
        file=course.relative(exercise.file),
        line=exercise.line,
    )


def _part(part: Part) -> PartView:
    if part.kind == "choice":
        right = int(part.answer.value)
        options = tuple(OptionView(text, index == right) for index, text in enumerate(part.options))
        return PartView(part.prompt, points=float(part.marks), options=options)
    return PartView(part.prompt, show(part.answer, style="latex"), points=float(part.marks))
