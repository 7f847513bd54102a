r"""Marking one answer: read, compared, diagnosed; the result is a value.

>>> from lemmata.grade.draw import vector_of
>>> part = Part("b", "The shortest.", "vector", vector_of([Fraction(4, 5), Fraction(8, 5)]), Fraction(2))
>>> mark(part, "(0.8, 1.6)").verdict, mark(part, r"(\frac45, -\frac85)").diagnosis
('correct', 'signs-of-entries')

Verdicts are correct, partial, incorrect and malformed.  An answer that cannot be read has no marks at all
(``marks`` is None): it waits for a person.  Nothing that a student writes raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from lemmata.grade.answers import components, read_affine
from lemmata.grade.conditions import Condition, read_condition
from lemmata.grade.diagnosis import diagnose, is_right, parallel, unevaluated
from lemmata.grade.exercise import Part
from lemmata.grade.finite import elements, improper, relate_finite
from lemmata.grade.marked import PARTIAL, Marked
from lemmata.grade.pieces import IllTyped, clean, read_any, read_term, split, unlabel
from lemmata.grade.probe import Instance, instances, printed
from lemmata.grade.propositions import holds
from lemmata.grade.sets import affine_set, relate_affine, relate_ranges
from lemmata.grade.values import NoValue, TooLarge, Undefined, Value, agree, enclosed, is_zero
from lemmata.kernel.term import ShapeError, Term, adjoint, infinity, neg, substitute, subterms, symbols_of
from lemmata.terms.errors import ReadError
from lemmata.terms.scope import Scope

__all__ = ["Marked", "mark"]


class Wrong(Exception):
    """Raised inside this module only: the answer is readable and wrong, and this is why."""

    def __init__(self, name: str, feedback: str, counterexample: dict[str, Any] | None = None) -> None:
        super().__init__(name)
        self.name = name
        self.feedback = feedback
        self.counterexample = counterexample
        self.marks: Fraction | None = None


@enclosed
def mark(part: Part, text: str, prove: bool = False) -> Marked:
    """The verdict on the answer ``text`` to one part.  ``prove``: try to prove equality of expressions."""
    if not text.strip():
        return Marked("malformed", Fraction(0), part.marks, "No answer.", "no-answer")
    try:
        evidence = _KINDS[part.kind](part, text, prove)
    except Wrong as wrong:
        return _wrong(part, wrong)
    except IllTyped as error:
        return _wrong(part, Wrong("ill-typed", f"The shapes do not fit: {error}."))
    except Undefined as error:
        return _wrong(part, Wrong("undefined", f"Your answer has no value: {error}."))
    except TooLarge as error:
        return _malformed(part, "too-large", f"Your answer is too large to be computed: {error}.")
    except ReadError as error:
        return _malformed(part, "unreadable", str(error))
    except (NoValue, ShapeError) as error:
        return _malformed(part, "no-value", f"Your answer cannot be compared: {error}.")
    except RecursionError:
        return _malformed(part, "too-deep", "Your answer is nested too deeply to be read.")
    return Marked("correct", part.marks, part.marks, "Correct.", "correct", evidence=evidence)


def _malformed(part: Part, name: str, feedback: str) -> Marked:
    return Marked("malformed", None, part.marks, feedback, name)


def _wrong(part: Part, wrong: Wrong) -> Marked:
    marks = part.credit.get(wrong.name, wrong.marks)
    if marks is None:
        marks = part.marks / 2 if wrong.name in PARTIAL else Fraction(0)
    verdict = "partial" if marks > 0 else "incorrect"
    return Marked(verdict, marks, part.marks, wrong.feedback, wrong.name, wrong.counterexample)


# --- numbers, vectors, matrices ------------------------------------------------------------------


def _scope(part: Part) -> Scope:
    return Scope(student=True).having(
        *part.symbols, *symbols_of(part.answer), *(s for a, _ in part.aliases for s in symbols_of(a))
    )


def _read(part: Part, text: str) -> Term:
    """The answer as one term; labels in front of it are dropped, chains must be true."""
    scope = _scope(part)
    if part.kind == "number":
        text = _number_text(text)
    text = clean(text)
    if part.kind == "vector":
        found = components(text, scope)
        if found is not None:
            return found
    if part.mode == "direction":
        text = _without_conditions(text)
    value, labels = unlabel(text)
    term = _member(read_any(value, scope, part.answer.shape), part)
    for place, label in enumerate(labels):
        try:
            side = read_term(label, scope)
        except (ReadError, IllTyped):
            continue
        if side.shape == term.shape and (place > 0 or not symbols_of(side)):
            _same_or_wrong(part, side, term)
    aliases = dict(part.aliases)
    return substitute(term, aliases) if aliases else term


def _probes(part: Part, letters: tuple[Term, ...]) -> tuple[list[Instance], list[Value]]:
    """Instances on which the right answer has a value, and that value.  Raises NoValue without any."""
    pairs = []
    for i in instances(letters, part.given):
        try:
            pairs.append((i, i.value(part.answer)))
        except Undefined:
            continue
    if not pairs:
        raise NoValue("the right answer has no value on any instance")
    return [i for i, _ in pairs], [v for _, v in pairs]


def _free(term: Term) -> list[Term]:
    """The letters of a term that are not the variable of a limit."""
    bound = {t.args[1] for t in subterms(term) if t.head == "limit"}
    return [s for s in symbols_of(term) if s not in bound]


def _member(term: Term, part: Part) -> Term:
    if term.head == "set" and len(term.args) == 1:
        term = term.args[0]
    if term.sort != "matrix":
        raise ReadError(f"a {term.sort}, where a {part.kind} was expected")
    return term


def _same_or_wrong(part: Part, side: Term, term: Term) -> None:
    letters = tuple({**dict.fromkeys(symbols_of(side)), **dict.fromkeys(symbols_of(term))})
    try:
        same = all(agree(i.value(side), i.value(term)) for i in instances(letters, part.given, 8))
    except NoValue:
        return
    if not same:
        raise Wrong("chain-broken", "The two sides of your equals sign are not equal.")


def _number_text(text: str) -> str:
    """Decimal comma, and a word behind the number ("2 pivots")."""
    text = text.strip().strip("$").strip()
    if re.fullmatch(r"[-+−]?\d+,\d+", text):
        return text.replace(",", ".")
    unit = re.fullmatch(r"(?P<number>[-+−]?[\d./]+)\s+(?!(?:sqrt|and|or)\b)[A-Za-z]{3,}", text)
    return unit["number"] if unit else text


def _without_conditions(text: str) -> str:
    """t(1,-1), t != 0: what is said about the parameter goes."""
    pieces = [p for p in split(text, ",", ";") if p]
    if len(pieces) > 1 and all(len(split(p, "!=", "in", ">", "<")) > 1 for p in pieces[1:]):
        return pieces[0]
    return text


def _mark_value(part: Part, text: str, prove: bool) -> str:
    term = _read(part, text)
    letters = tuple(dict.fromkeys(symbols_of(part.answer)))
    unknown = [s for s in _free(term) if s not in letters]
    if part.mode == "direction":
        return _mark_direction(part, term, letters, unknown)
    if unknown:
        raise Wrong("unknown-letter", f"The letter {unknown[0].name} does not belong to the answer.")
    left = unevaluated(term) if part.mode == "form" else ""
    probes, right = _probes(part, letters)
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
    raise _diagnosed(part, student, right, probes)


def _mark_direction(part: Part, term: Term, letters: Sequence[Term], unknown: Sequence[Term]) -> str:
    probes = instances((*letters, *unknown), part.given)
    pairs = [(i.value(term), i.value(part.answer)) for i in probes]
    if all(is_zero(s) for s, _ in pairs):
        raise Wrong("zero-vector", "The zero vector has no direction.")
    if all(is_zero(s) or parallel(s, r) for s, r in pairs):
        return "exact"
    raise Wrong("wrong-direction", "This vector is not a multiple of the right one.")


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
        wrong.counterexample = _counterexample(probes[place], student[place], right[place])
    elif found.name != "wrong-shape" and part.criteria:
        _credit_properties(part, student[0], wrong)
    return wrong


def _counterexample(instance: Instance, student: Value, right: Value) -> dict[str, Any]:
    return {**printed(instance), "yours": _shown(student), "expected": _shown(right)}


def _shown(value: Value) -> list[list[str]]:
    return [
        [str(x) if not hasattr(x, "real") else x.str(8, radius=False) for x in row] for row in value.tolist()
    ]


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


# --- expressions -------------------------------------------------------------------------------------


def _mark_expression(part: Part, text: str, prove: bool) -> str:
    if (part.answer.sort == "set" or part.answer.is_scalar) and (evidence := _improper(part, text)):
        return evidence
    term = _read(part, text)
    letters = tuple(dict.fromkeys((*part.symbols, *symbols_of(part.answer))))
    unknown = [s for s in _free(term) if s not in letters]
    if unknown:
        _constant_not_fixed(part, term, unknown, letters)
        names = ", ".join(s.name for s in letters)
        raise Wrong(
            "unknown-letter",
            f"The letter {unknown[0].name} does not occur in the question; its letters are {names}.",
        )
    probes, right = _probes(part, letters)
    if term.shape != part.answer.shape:
        if term.shape == part.answer.shape[::-1] and all(
            agree(i.value(adjoint(term)), i.value(part.answer)) for i in probes
        ):
            raise Wrong("row-layout", "This is the right answer written as a row; a column is needed.")
        raise Wrong("wrong-shape", f"This is {_size(term)}; the answer is {_size(part.answer)}.")
    student = []
    for i in probes:
        try:
            student.append(i.value(term))
        except Undefined as error:
            raise Wrong(
                "undefined", f"For the values shown your expression has no value: {error}.", printed(i)
            ) from None
    evidence = is_right(student, right, part.tolerance)
    if evidence:
        if prove and _proved(part, term):
            return "proved"
        return f"{evidence} on {len(probes)} instances"
    raise _diagnosed_expression(part, term, student, right, probes)


def _diagnosed_expression(
    part: Part, term: Term, student: list[Value], right: list[Value], probes: Sequence[Instance]
) -> Wrong:
    wrong = _foreseen(part, student, probes)
    if wrong is None:
        wrong = Wrong(
            "different", "Your expression differs from the right one, for example for the values shown."
        )
        for name, other, why in (
            ("sign", neg(term), "The sign is wrong."),
            ("transposed", adjoint(term), "This is the transpose of the right expression."),
        ):
            if other.shape == part.answer.shape and all(
                agree(i.value(other), r) for i, r in zip(probes, right, strict=True)
            ):
                wrong = Wrong(name, why)
    place = next(n for n, (s, r) in enumerate(zip(student, right, strict=True)) if not agree(s, r))
    wrong.counterexample = _counterexample(probes[place], student[place], right[place])
    return wrong


def _foreseen(part: Part, student: list[Value], probes: Sequence[Instance]) -> Wrong | None:
    for mistake in part.mistakes:
        if mistake.answer.shape != part.answer.shape:
            continue
        if all(agree(s, i.value(mistake.answer)) for s, i in zip(student, probes, strict=True)):
            wrong = Wrong(mistake.diagnosis, mistake.feedback)
            wrong.marks = Fraction(mistake.marks)
            return wrong
    return None


def _constant_not_fixed(part: Part, term: Term, unknown: Sequence[Term], letters: Sequence[Term]) -> None:
    """c e^{-lambda t} for x_0 e^{-lambda t}: right up to a constant that the question determines."""
    missing = [s for s in letters if s in symbols_of(part.answer) and s not in symbols_of(term)]
    if len(unknown) != 1 or len(missing) != 1 or unknown[0].shape != missing[0].shape:
        return
    try:
        fixed = substitute(term, {unknown[0]: missing[0]})
        if all(agree(i.value(fixed), i.value(part.answer)) for i in instances(tuple(letters), part.given)):
            raise Wrong(
                "constant-not-fixed", f"The constant {unknown[0].name} is determined by the question."
            )
    except (NoValue, ShapeError):
        return


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
    from lemmata.kernel.term import equation
    from lemmata.prove.answer import decide

    return (
        decide(Statement(part.given, equation(part.answer, term)), seconds=1.0, instances=8).verdict
        == "proved"
    )


# --- sets and choices --------------------------------------------------------------------------------


def _mark_affine(part: Part, text: str, prove: bool) -> str:
    right = affine_set(part.answer)
    found = read_affine(text, right.dimension, part.mode == "span")
    if found is None:
        raise Wrong("empty", "No point satisfies this.")
    name, feedback = relate_affine(found, right)
    if name != "same":
        raise Wrong(name, feedback)
    return "exact"


def _mark_interval(part: Part, text: str, prove: bool) -> str:
    letters = tuple(dict.fromkeys((*part.symbols, *symbols_of(part.answer))))
    condition = read_condition(text, letters)
    right = Condition(part.answer)
    unknown = [s for s in condition.letters() if s not in letters]
    if unknown:
        raise Wrong("unknown-letter", f"The letter {unknown[0].name} does not belong to the answer.")
    probes = instances(letters, part.given, 8)
    names = []
    for i in probes:
        name, feedback = relate_ranges(condition.solve(i.values), right.solve(i.values))
        names.append((name, feedback))
    wrong = next((n for n in names if n[0] != "same"), None)
    if wrong is None:
        return "exact" if not letters else f"exact on {len(probes)} instances"
    if any(n[0] != wrong[0] for n in names):
        raise Wrong("wrong-range", "The range is not the right one.")
    raise Wrong(*wrong)


def _mark_finite(part: Part, text: str, prove: bool) -> str:
    right = part.answer.args
    try:
        found = elements(text, _scope(part))
    except ReadError as error:
        if "not solved" in error.message:
            raise Wrong("not-solved", "This is an equation; its solutions were asked for.") from None
        raise
    name, feedback = relate_finite(found, right, part.mode == "multiset")
    if name != "same":
        raise Wrong(name, feedback)
    return "exact"


def _improper(part: Part, text: str) -> str:
    """Compare answers one of which is infinite or says that there is no limit; empty for two numbers."""
    right = None
    if part.answer.head in ("empty", "infinity") or infinity() in part.answer.args:
        right = part.answer
    speaks = re.search(r"oo|inf|∞|exist|dne", text, re.IGNORECASE)
    said = improper(text) if right is not None or speaks else None
    if said is None and right is None:
        return ""
    if said is None or said is not right:
        if said is not None and right is not None and "empty" not in (said.head, right.head):
            raise Wrong("sign", "The sign is wrong.")
        raise Wrong("different", "This is not the right limit.")
    return "exact"


def _mark_choice(part: Part, text: str, prove: bool) -> str:
    said = text.strip().strip("$*_. ").lower()
    right = int(part.answer.value)
    for n, option in enumerate(part.options):
        if said in (option.lower(), str(n + 1), f"({n + 1})"):
            chosen = n
            break
    else:
        starts = [n for n, o in enumerate(part.options) if re.match(rf"{re.escape(o.lower())}\b", said)]
        others = "|".join(re.escape(o.lower()) for n, o in enumerate(part.options) if n not in starts)
        torn = len(starts) == 1 and re.match(
            rf"{re.escape(part.options[starts[0]].lower())}\s*(?:and|or|/|,)\s*(?:{others})\b", said
        )
        if len(starts) != 1 or torn:
            raise ReadError(
                "none of the options, or more than one", text, suggestion=" or ".join(part.options)
            )
        chosen = starts[0]
    if chosen != right:
        raise Wrong("wrong-option", f"Not {part.options[chosen]!r}.")
    return "exact"


_KINDS: dict[str, Callable[[Part, str, bool], str]] = {
    "number": _mark_value, "vector": _mark_value, "matrix": _mark_value, "expression": _mark_expression,
    "affine": _mark_affine, "interval": _mark_interval,
    "finite": _mark_finite, "choice": _mark_choice,
}  # fmt: skip
