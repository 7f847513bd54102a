r"""Answers with a constant of integration: right up to a constant, and with one.

    x^3/3 + C       x^3/3 + c, (x^3 + 1)/3 + C, (x^3 + c)/3 are right; x^3/3 lacks the constant; x^2/2 + C is wrong

The letter C is one of integration where nobody declared it and the answer is something plus C.
"""

from __future__ import annotations

from lemmata.grade.evaluate.arithmetic import (
    NoValue,
    Undefined,
    Value,
    agree,
    is_zero,
    plus,
    rational,
    scalar,
    times,
)
from lemmata.grade.evaluate.probe import Instance, instances
from lemmata.grade.exercise import Part
from lemmata.grade.marked import Wrong
from lemmata.grade.values import evaluate
from lemmata.kernel.term import ShapeError, Term, number, substitute, symbols_of

__all__ = ["mark_antiderivative"]

ENOUGH = 6
NAMES = ("C", "c", "K", "k", "const", "D", "C_1", "c_1", "C_0", "c_0")


def mark_antiderivative(part: Part, term: Term) -> str:
    """How equality up to a constant is known; empty where the question is none of integration.

    Raises Wrong where the constant is missing.
    """
    if part.answer.head != "add":
        return ""
    own = _constant(part.answer, {s.name for s in part.symbols})
    if own is None or not term.is_scalar:
        return ""
    right = substitute(part.answer, {own: number(0)})
    letters = tuple(dict.fromkeys((*part.symbols, *symbols_of(right))))
    known = {s.name for s in letters}
    added = _constant(term, known) or _over_denominator(term, known)
    mine = term if added is None else substitute(term, {added: number(0)})
    if not letters or any(s not in letters for s in symbols_of(mine)):
        return ""
    try:
        probes = _where_defined(part, right, letters)
        if added is not None and not _takes_every_value(term, added, probes):
            return ""
        values = [_difference(i, mine, right) for i in probes]
    except (NoValue, ShapeError):
        return ""
    if not all(agree(v, values[0]) for v in values):
        return ""
    if added is None:
        raise Wrong("constant-missing", f"The constant of integration is missing: + {own.name}.")
    return f"{'exact' if all(rational(v) for v in values) else 'enclosed'} on {len(values)} instances"


def _over_denominator(term: Term, known: set[str]) -> Term | None:
    """The letter c of (x^3 + c)/3, the only one that the question does not know."""
    unknown = [s for s in symbols_of(term) if s.name not in known]
    return unknown[0] if len(unknown) == 1 and unknown[0].is_scalar and unknown[0].name in NAMES else None


def _takes_every_value(term: Term, constant: Term, probes: list[Instance]) -> bool:
    """Whether the constant adds a multiple of itself, the same one at every place: c/3, but not c x or c^2."""
    steps = [
        _difference(i, substitute(term, {constant: number(high)}), substitute(term, {constant: number(low)}))
        for i in probes
        for low, high in ((0, 1), (1, 2), (-3, -2))
    ]
    return all(agree(s, steps[0]) for s in steps) and not is_zero(steps[0])


def _where_defined(part: Part, right: Term, letters: tuple[Term, ...]) -> list[Instance]:
    r"""The instances on which the right answer has a value: none of the poles of \ln|x - 1|."""
    found = []
    for i in instances(letters, part.given):
        try:
            i.value(right)
        except Undefined:
            continue
        found.append(i)
    if len(found) < ENOUGH:
        raise NoValue("the right answer has hardly any values")
    return found


def _difference(at: Instance, one: Term, two: Term) -> Value:
    return plus(at.value(one), times(scalar(-1), at.value(two)))


def _constant(term: Term, known: set[str]) -> Term | None:
    """The letter C of a term that is something without C, plus C."""
    for s in symbols_of(term):
        if s.name in NAMES and s.is_scalar and s.name not in known and _added(term, s):
            return s
    return None


def _added(term: Term, letter: Term) -> bool:
    """Whether the letter is a summand of the term, once, and nothing else depends on it.

    The sum may be over a common denominator: (x^3 + c)/3 is x^3/3 + c/3, and c/3 is as arbitrary as c.
    """
    holding = [a for a in term.args if letter in symbols_of(a)]
    if len(holding) != 1:
        return False
    if term.head == "mul":
        return _added(holding[0], letter) and all(_is_number(a) for a in term.args if a is not holding[0])
    return term.head == "add" and (holding[0] is letter or _added(holding[0], letter))


def _is_number(factor: Term) -> bool:
    """Whether a factor is a number other than zero."""
    try:
        return not symbols_of(factor) and not is_zero(evaluate(factor))
    except NoValue:
        return False
