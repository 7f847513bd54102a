r"""Answers that are right in a special case only: with a start at 0, with full rank, without the null component.

    X^+ y   for   X^+ y + (I - X^+ X) w_0        right for w_0 = 0 only; what is missing lies in the null space of X
    (X^T X)^{-1} X^T y   for   X^+ y             right where X^T X is invertible, which is not assumed

``explained`` looks at an answer that is wrong without a named mistake; what it finds replaces the general sentence.
The verdict stays what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lemmata.grade.evaluate.probe import Instance, instances
from lemmata.grade.evaluate.sets import independent
from lemmata.grade.exercise import Part
from lemmata.grade.marked import Marked, Wrong
from lemmata.grade.reading.affine import read_affine
from lemmata.grade.reading.answer import read_answer
from lemmata.grade.spelling.dialect import beside_the_question
from lemmata.grade.spelling.habits import spelled
from lemmata.grade.spelling.pieces import IllTyped
from lemmata.grade.values import NoValue, Undefined, Value, agree, is_zero, plus, times
from lemmata.kernel.term import ShapeError, Term, substitute, symbols_of
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import zero

__all__ = ["explained"]


def explained(part: Part, text: str, marked: Marked) -> Marked:
    """The mark with a better sentence, where one of the special cases explains the answer."""
    try:
        if part.kind == "affine" and part.mode == "span" and marked.verdict == "correct":
            return _dependent(part, text, marked)
        if part.kind != "expression" or part.operators or marked.diagnosis not in ("different", "undefined"):
            return marked
        term = read_answer(part, spelled(beside_the_question(part, text), part.reference or part.kind))
        if term.shape != part.answer.shape:
            return marked
        found = _special(part, term) if marked.diagnosis == "different" else _where_defined(part, term)
    except (ReadError, IllTyped, NoValue, ShapeError, ArithmeticError, Wrong):
        return marked
    return marked if found is None else replace(marked, diagnosis=found[0], feedback=found[1])


def _dependent(part: Part, text: str, marked: Marked) -> Marked:
    given = read_affine(spelled(text, "affine", "span"), int(part.answer.args[0].shape[0]), True)
    vectors = [] if given is None else [d for d in given.directions if not is_zero(d)]
    if len(vectors) < 2 or independent(vectors):
        return marked
    said = f"Correct. These {len(vectors)} vectors span the right space, but they are dependent: they are no basis."
    return replace(marked, feedback=said)


def _special(part: Part, term: Term) -> tuple[str, str] | None:
    letters = tuple(dict.fromkeys((*part.symbols, *symbols_of(part.answer))))
    probes = instances(letters, part.given, 12)
    for letter in symbols_of(part.answer):
        if letter.shape == (1, 1) or letter.shape[1] != 1:
            continue
        nothing = {letter: zero(*letter.shape)}
        if not _agree(substitute(term, nothing), substitute(part.answer, nothing), probes):
            continue
        name = _shown(letter.name)
        missing = _null_space(part, term, probes)
        if missing and letter not in symbols_of(term):
            return "null-component", (
                f"This is right for {name} = 0 only: the component of {name} in the null space of {missing} is "
                "forgotten; it stays."
            )
        if missing:
            return "null-component", (
                f"This is right for {name} = 0 only: the difference to the right answer lies in the null space of "
                f"{missing}."
            )
        return "only-for-zero", f"This is right for {name} = 0 only: check what {name} contributes."
    missing = _null_space(part, term, probes)
    if missing:
        return "null-component", f"The difference to the right answer lies in the null space of {missing}."
    return None


def _shown(name: str) -> str:
    base, _, index = name.partition("_")
    return f"{base}(0)" if index == "0" else name


def _agree(one: Term, two: Term, probes: Sequence[Instance]) -> bool:
    try:
        return all(agree(i.value(one), i.value(two)) for i in probes)
    except (NoValue, ShapeError):
        return False


def _null_space(part: Part, term: Term, probes: Sequence[Instance]) -> str:
    """The matrix X of the question with X (right - answer) = 0 on all instances, where X itself is not zero there."""
    rows = part.answer.shape[0]
    for matrix in symbols_of(part.answer):
        if matrix.shape[1] != rows or matrix.shape[0] == 1 or matrix.shape == (1, 1):
            continue
        try:
            differences = [plus(i.value(part.answer), _negative(i.value(term))) for i in probes]
            images = [times(i.value(matrix), d) for i, d in zip(probes, differences, strict=True)]
        except (NoValue, ShapeError):
            continue
        telling = [
            not is_zero(d) and not is_zero(i.value(matrix)) for i, d in zip(probes, differences, strict=True)
        ]
        if all(is_zero(v) for v in images) and sum(telling) >= 2:
            return matrix.name
    return ""


def _negative(value: Value) -> Value:
    return value * -1


def _where_defined(part: Part, term: Term) -> tuple[str, str] | None:
    """Right wherever it has a value, and there are hypotheses missing for it to have one."""
    letters = tuple(dict.fromkeys((*part.symbols, *symbols_of(part.answer))))
    met = 0
    for i in instances(letters, part.given, 24):
        try:
            value = i.value(term)
        except Undefined:
            continue
        if not agree(value, i.value(part.answer)):
            return None
        met += 1
    if met < 3:
        return None
    said = (
        "This is right where it has a value, but the inverse in it need not exist under the assumptions of the "
        "question."
    )
    return "needs-hypothesis", said
