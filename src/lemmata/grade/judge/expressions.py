r"""Expressions in the letters of the question: equal on all instances of its hypotheses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lemmata.grade.evaluate.extrapolation import has_limit
from lemmata.grade.evaluate.probe import Instance, printed
from lemmata.grade.exercise import Part
from lemmata.grade.judge.antiderivatives import mark_antiderivative
from lemmata.grade.judge.constants import constant_not_fixed, renamed_constants
from lemmata.grade.judge.diagnosis import is_right, unevaluated
from lemmata.grade.judge.finite import improper
from lemmata.grade.judge.general_solutions import same_family
from lemmata.grade.judge.left_standing import (
    at_rest,
    endless_sum,
    has_derivative,
    left_standing,
    limit_left,
    moves,
    with_operators,
)
from lemmata.grade.judge.nearly_right import is_gradient_of, set_to_zero, without_identity
from lemmata.grade.marked import Wrong
from lemmata.grade.reading.answer import (
    counterexample,
    foreseen,
    free_letters,
    letters_in,
    probes_of,
    read_answer,
)
from lemmata.grade.spelling.pieces import IllTyped
from lemmata.grade.values import NegativeFactorial, Undefined, Value, agree
from lemmata.kernel.term import Term
from lemmata.terms.blocks import selected
from lemmata.terms.forms import adjoint, infinity, neg

__all__ = ["mark_expression"]


def mark_expression(part: Part, text: str, prove: bool) -> str:
    endless_sum(part, text)
    finite = part.answer.sort == "matrix" and infinity() not in (part.answer, *part.answer.args)
    if finite and (evidence := with_operators(part, text)):
        return evidence
    if (part.answer.sort == "set" or part.answer.is_scalar) and (evidence := mark_improper(part, text)):
        return evidence
    set_to_zero(part, text)
    try:
        term = read_answer(part, text)
    except IllTyped:
        if (wrong := without_identity(part, text)) is not None:
            raise wrong from None
        raise
    if moves(part.answer):
        part, term = at_rest(part, term)
    if evidence := mark_antiderivative(part, term):
        return evidence
    letters = letters_in(part, *part.symbols)
    unknown = [s for s in free_letters(term) if s not in letters]
    if unknown and not part.operators and (renamed := renamed_constants(part, term, unknown)) is not None:
        term, unknown = renamed, []
    if unknown and not part.operators and same_family(part, term, unknown):
        return "enclosed, as a family of functions"
    if unknown:
        if not part.operators:
            constant_not_fixed(part, term, unknown, letters)
        names = ", ".join(s.name for s in letters if selected(s) is None)
        raise Wrong(
            "unknown-letter",
            f"The letter {unknown[0].name} does not occur in the question; its letters are {names}.",
        )
    probes, right = probes_of(part, letters)
    if has_derivative(term):
        raise left_standing(term, probes, right)
    if has_limit(term):
        raise limit_left(term, probes, right)
    if term.shape != part.answer.shape:
        if term.shape == part.answer.shape[::-1] and all(
            agree(i.value(adjoint(term)), i.value(part.answer)) for i in probes
        ):
            if 1 not in term.shape and (letter := is_gradient_of(part)):
                said = f"This is the gradient laid out as the transpose of {letter}; lay it out as {letter} itself."
                raise Wrong("transposed-layout", said)
            if 1 not in term.shape:
                raise Wrong("transposed", "This is the transpose of the right expression.")
            raise Wrong("row-layout", "This is the right answer written as a row; a column is needed.")
        raise Wrong("wrong-shape", f"This is {_size(term)}; the answer is {_size(part.answer)}.")
    probes, right, student = _values(term, probes, right)
    evidence = is_right(student, right, part.tolerance)
    if evidence:
        # Where the right answer has an inverse or a product in it, too, there is nothing to compute.
        if part.mode == "form" and (left := unevaluated(term, text)) and not unevaluated(part.answer):
            raise Wrong("not-evaluated", f"The value is right, but there is still {left} to compute.")
        if prove and _proved(part, term):
            return "proved"
        return f"{evidence} on {len(probes)} instances"
    raise _diagnosed_expression(part, term, student, right, probes)


ENOUGH = 4


def _values(
    term: Term, probes: Sequence[Instance], right: Sequence[Value]
) -> tuple[list[Instance], list[Value], list[Value]]:
    """The instances that count, the right values there, and those of the answer.

    n!/(n - 2)! is n(n - 1) by convention where n < 2; such instances do not count, if others are left.  Raises Wrong.
    """
    found: list[tuple[Instance, Value, Value]] = []
    without: Wrong | None = None
    for i, value in zip(probes, right, strict=True):
        try:
            found.append((i, value, i.value(term)))
        except Undefined as error:
            said = f"For the values shown your expression has no value: {error}."
            without = Wrong("undefined", said, printed(i))
            if not isinstance(error, NegativeFactorial):
                raise without from None
    if without is not None and len({tuple(map(str, i.values.values())) for i, _, _ in found}) < ENOUGH:
        raise without
    return [i for i, _, _ in found], [r for _, r, _ in found], [s for _, _, s in found]


def _diagnosed_expression(
    part: Part, term: Term, student: list[Value], right: list[Value], probes: Sequence[Instance]
) -> Wrong:
    wrong = foreseen(part, student, probes)
    if wrong is None:
        wrong = Wrong(
            "different", "Your expression differs from the right one, for example for the values shown."
        )
        for name, other, why in (
            ("sign", neg(term), "The sign is wrong."),
            ("conjugate", adjoint(term), "This is the complex conjugate of the right expression.")
            if term.is_scalar
            else ("transposed", adjoint(term), "This is the transpose of the right expression."),
        ):
            if other.shape == part.answer.shape and all(
                agree(i.value(other), r) for i, r in zip(probes, right, strict=True)
            ):
                wrong = Wrong(name, why)
    place = next(n for n, (s, r) in enumerate(zip(student, right, strict=True)) if not agree(s, r))
    wrong.counterexample = counterexample(probes[place], student[place], right[place])
    return wrong


def _size(term: Term) -> str:
    rows, cols = term.shape
    return (
        "a scalar"
        if (rows, cols) == (1, 1)
        else f"a vector with {rows} entries"
        if cols == 1
        else f"{rows} x {cols}"
    )


def _proved(part: Part, term: Term) -> bool:
    from lemmata.kernel.judgement import Statement
    from lemmata.prove.answer import decide
    from lemmata.terms.forms import equation

    return (
        decide(Statement(part.given, equation(part.answer, term)), seconds=1.0, instances=8).verdict
        == "proved"
    )


def mark_improper(part: Part, text: str) -> str:
    """Compare answers one of which is infinite or says that there is no limit; empty for two numbers."""
    right = None
    if part.answer.head in ("empty", "infinity") or infinity() in part.answer.args:
        right = part.answer
    speaks = re.search(r"oo|inf|∞|exist|dne|limit|verge|oscill|oszill|grenzwert", text, re.IGNORECASE)
    said = improper(text) if right is not None or speaks else None
    if said is None and right is None:
        return ""
    if said is None or said is not right:
        if said is not None and right is not None and "empty" not in (said.head, right.head):
            raise Wrong("sign", "The sign is wrong.")
        raise Wrong("different", "This is not the right limit.")
    return "exact"
