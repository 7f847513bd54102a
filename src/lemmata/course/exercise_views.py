"""An exercise as the notes show it: its original variant, with the worked solution that has been checked."""

from __future__ import annotations

from lemmata.course.load import Course
from lemmata.grade.exercise import Exercise, Part
from lemmata.grade.sheet import answer_tex, solution_markdown
from lemmata.publish.model import ExerciseView, OptionView, PartView

__all__ = ["exercise_view"]


def exercise_view(course: Course, exercise: Exercise) -> ExerciseView:
    """The view of variant 0.  Raises WrongSolution when the solution does not hold good."""
    variant = exercise.variant(course.seed)
    return ExerciseView(
        exercise.label,
        exercise.title,
        variant.task,
        tuple(_part(part) for part in variant.parts),
        solution_markdown(variant),
        points=float(variant.marks),
        file=course.relative(exercise.file),
        line=exercise.line,
    )


def _part(part: Part) -> PartView:
    if part.kind == "choice":
        right = int(part.answer.value)
        options = tuple(OptionView(text, index == right) for index, text in enumerate(part.options))
        return PartView(part.prompt, points=float(part.marks), options=options)
    return PartView(part.prompt, answer_tex(part), points=float(part.marks))
