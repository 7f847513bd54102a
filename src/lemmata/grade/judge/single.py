r"""Numbers, vectors and matrices: the right value, a direction, partial credit by property."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import acb_mat, fmpq_mat

from lemmata.grade.evaluate.extrapolation import has_limit
from lemmata.grade.evaluate.probe import Instance, instances
from lemmata.grade.evaluate.propositions import holds
from lemmata.grade.evaluate.sets import compare_ends
from lemmata.grade.exercise import Part
from lemmata.grade.judge.constants import constant_not_fixed, renamed_constants
from lemmata.grade.judge.diagnosis import diagnose, is_right, parallel, unevaluated
from lemmata.grade.judge.left_standing import endless_sum, limit_left, with_operators
from lemmata.grade.marked import Wrong
from lemmata.grade.reading.affine import named_components
from lemmata.grade.reading.answer import (
    counterexample,
    free_letters,
    letters_in,
    probes_of,
    read_answer,
    scope_of,
)
from lemmata.grade.values import (
    NoValue,
    TooLarge,
    Undefined,
    Value,
    agree,
    as_ball,
    is_zero,
    rational,
    scalar,
)
from lemmata.kernel.term import Term, symbols_of
from lemmata.terms.errors import ReadError

__all__ = ["mark_value"]


def mark_value(part: Part, text: str, prove: bool) -> str:
    endless_sum(part, text)
    if evidence := with_operators(part, text):
        return evidence
    letters = letters_in(part)
    try:
        term = read_answer(part, text)
    except ReadError:
        _some_components(part, text, *probes_of(part, letters))
        raise
    unknown = [s for s in free_letters(term) if s not in letters]
    if part.mode == "direction":
        return _mark_direction(part, term, letters, unknown)
    if unknown and (renamed := renamed_constants(part, term, unknown)) is not None:
        term, unknown = renamed, []
    if unknown:
        constant_not_fixed(part, term, unknown, letters)
        raise Wrong("unknown-letter", f"The letter {unknown[0].name} does not belong to the answer.")
    left = unevaluated(term, text) if part.mode == "form" else ""
    probes, right = probes_of(part, letters)
    if has_limit(term):
        raise limit_left(term, probes, right)
    try:
        student = [i.value(term) for i in probes]
    except (Undefined, TooLarge):
        raise
    except NoValue:
        if left:
            raise Wrong("not-evaluated", f"There is still {left} to compute.") from None
        raise
    evidence = is_right(student, right, part.tolerance)
    if evidence and left:
        raise Wrong("not-evaluated", f"The value is right, but there is still {left} to compute.")
    if evidence:
        return evidence if not letters else f"{evidence} on {len(probes)} instances"
    _some_components(part, text, probes, right)
    raise _diagnosed(part, student, right, probes)


def _some_components(part: Part, text: str, probes: Sequence[Instance], right: Sequence[Value]) -> None:
    """Raises Wrong where some entries are given by name, are right, and others are not given."""
    size = part.answer.shape[0]
    if not isinstance(size, int):
        return
    given = named_components(text, scope_of(part)) if part.kind == "vector" and "=" in text else None
    if not given or len(given) >= size or max(given) >= size or (len(given) == 1 and "_" not in text):
        return
    entries = [[(i.value(t), _entry(r, place)) for i, r in zip(probes, right, strict=True)]
               for place, t in given.items()]  # fmt: skip
    if all(agree(a, b) for pairs in entries for a, b in pairs):
        missing = [str(n + 1) for n in range(size) if n not in given]
        word = "entry" if len(missing) == 1 else "entries"
        raise Wrong("component-missing", f"What is there is right; {word} {', '.join(missing)} is not given.")


def _entry(value: Value, place: int) -> Value:
    x = value[place, 0]
    return fmpq_mat(1, 1, [x]) if rational(value) else acb_mat([[x]])


def _mark_direction(part: Part, term: Term, letters: Sequence[Term], unknown: Sequence[Term]) -> str:
    probes = instances((*letters, *unknown), part.given)
    pairs = [(i.value(term), i.value(part.answer)) for i in probes]
    if all(is_zero(s) for s, _ in pairs):
        raise Wrong("zero-vector", "The zero vector has no direction.")
    if all(is_zero(s) or parallel(s, r) or _nearly(s, r, part.tolerance) for s, r in pairs):
        if part.opposite is False and any(_opposite(s, r) for s, r in pairs):
            raise Wrong("opposite-direction", "This vector points in the opposite direction.")
        return "exact"
    if all(s.ncols() > 1 == r.ncols() and parallel(s.transpose(), r) for s, r in pairs):
        raise Wrong("row-for-column", "The direction is right, but as a row; a column is needed.")
    raise Wrong("wrong-direction", "This vector is not a multiple of the right one.")


def _nearly(a: Value, b: Value, tolerance: Fraction | None) -> bool:
    """Whether a rounded vector is a multiple, up to the tolerance where its largest entry is 1."""
    if tolerance is None or (a.nrows(), a.ncols()) != (b.nrows(), b.ncols()):
        return False
    one, two = ([complex(as_ball(v)[i, 0].mid()) for i in range(v.nrows())] for v in (a, b))
    largest = max(range(len(two)), key=lambda i: abs(two[i]))
    size = max(map(abs, one))
    if not size or not two[largest]:
        return False
    factor = one[largest] / two[largest]
    return all(abs(x - factor * y) <= float(tolerance) * size for x, y in zip(one, two, strict=True))


def _opposite(a: Value, b: Value) -> bool:
    """Whether a parallel vector is a negative multiple."""
    inner = a.transpose() * b
    return compare_ends(inner, scalar(0)) < 0


def _diagnosed(part: Part, student: list[Value], right: list[Value], probes: Sequence[Instance]) -> Wrong:
    for mistake in part.mistakes:
        if all(agree(s, i.value(mistake.answer)) for s, i in zip(student, probes, strict=True)):
            wrong = Wrong(mistake.diagnosis, mistake.feedback)
            wrong.marks = Fraction(mistake.marks)
            return wrong
    found = diagnose(student, right)
    wrong = Wrong(found.name, found.feedback)
    if probes[0].values:
        place = next((n for n, (s, r) in enumerate(zip(student, right, strict=True)) if not agree(s, r)), 0)
        wrong.counterexample = counterexample(probes[place], student[place], right[place])
    elif found.name != "wrong-shape" and part.criteria:
        _credit_properties(part, student[0], wrong)
    return wrong


def _credit_properties(part: Part, value: Value, wrong: Wrong) -> None:
    """Marks for the criteria that hold, and a sentence about those that do not."""
    if value.nrows() != part.answer.shape[0] or value.ncols() != part.answer.shape[1]:
        return
    letter = next(s for s in symbols_of(part.criteria[0].prop) if s.name == "answer")
    met, unmet = [], []
    for criterion in part.criteria:
        if holds(criterion.prop, {letter: value}):
            met.append(criterion)
            continue
        unmet.append(criterion)
        if criterion.gate:
            if wrong.name in ("different", "wrong-entry") and criterion.lacks:
                wrong.name = criterion.lacks
            wrong.feedback = f"This does not hold of your answer: it {criterion.name}. {wrong.feedback}"
            return
    wrong.marks = sum((Fraction(c.marks) for c in met), Fraction(0))
    if met and unmet:
        wrong.name = unmet[0].lacks or wrong.name
        wrong.feedback = (
            f"Your answer {_listed([c.name for c in met])}. But this does not hold: it {unmet[0].name}. "
            + (wrong.feedback if wrong.name in ("sign", "scaled") else "")
        ).strip()


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
