r"""Follow-through marks: a later part that is right for a wrong earlier answer.

    (a)  the pseudoinverse P            the student has P', which is wrong
    (b)  the solution P y               the student has P' y: right for P', so it is not punished twice

A part says which earlier ones it ``uses`` and how its answer is ``carried`` from theirs; the answer that would
be right is computed from what the student wrote there, and the part is marked against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lemmata.grade.evaluate.arithmetic import NoValue
from lemmata.grade.exercise import Part
from lemmata.grade.mark import Marked, mark
from lemmata.grade.marked import Wrong
from lemmata.grade.reading.answer import read_answer
from lemmata.grade.spelling.habits import spelled
from lemmata.grade.spelling.pieces import IllTyped
from lemmata.kernel.term import ShapeError, Term
from lemmata.terms.errors import ReadError

__all__ = ["mark_following"]


def mark_following(
    part: Part, text: str, earlier: Sequence[tuple[Part, str]] = (), prove: bool = False
) -> Marked:
    """The mark for an answer; ``earlier`` are the parts that it uses, with what the student answered there."""
    marked = mark(part, text, prove)
    if part.follow is False or part.carried is None or not earlier:
        return marked
    if marked.verdict == "correct" or marked.diagnosis == "no-answer":
        return marked
    found: dict[str, Term] = {}
    wrong = []
    for other, said in earlier:
        verdict = mark(other, said).verdict
        if verdict == "malformed":
            return marked
        if verdict != "correct":
            wrong.append(other.id)
        try:
            found[other.id] = read_answer(other, spelled(said, other.kind))
        except (ReadError, IllTyped, NoValue, ShapeError, Wrong, RecursionError):
            return marked
    if not wrong:
        return marked
    try:
        # Criteria and foreseen mistakes are about the right answer, not about this one.
        other = replace(part, answer=part.carried(found), criteria=(), mistakes=())
        again = mark(other, text)
    except (NoValue, ShapeError, ArithmeticError, ValueError, KeyError):
        return marked
    if again.verdict != "correct" or part.marks <= (marked.marks or 0):
        return marked
    parts = " and ".join(f"({name})" for name in wrong)
    feedback = f"This is right for your answer to part {parts}, which is not right itself."
    return Marked("partial", part.marks, part.marks, feedback, "carried-forward", evidence=again.evidence)
