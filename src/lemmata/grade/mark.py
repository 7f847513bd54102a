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
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from lemmata.grade.exercise import Part
from lemmata.grade.judge.derivations import mark_derivation
from lemmata.grade.judge.equations import mark_equation
from lemmata.grade.judge.expressions import mark_expression
from lemmata.grade.judge.single import mark_value
from lemmata.grade.judge.solution_sets import mark_affine, mark_choice, mark_finite, mark_interval
from lemmata.grade.marked import PARTIAL, Marked, Wrong
from lemmata.grade.spelling.dialect import beside_the_question
from lemmata.grade.spelling.domain_words import domain_in_signs
from lemmata.grade.spelling.empty_sets import says_empty
from lemmata.grade.spelling.habits import spelled
from lemmata.grade.spelling.latex_packages import without_packages
from lemmata.grade.spelling.numerals import all_points, ends_in_zero, is_plainly_decimal, listed_commas
from lemmata.grade.spelling.one_notation import in_one_notation
from lemmata.grade.spelling.other_languages import in_english
from lemmata.grade.spelling.other_systems import from_other_systems
from lemmata.grade.spelling.pieces import IllTyped
from lemmata.grade.spelling.printed_sets import printed_sets
from lemmata.grade.spelling.reasons import without_reasons
from lemmata.grade.spelling.spoken import spoken
from lemmata.grade.spelling.values_beside import value_beside
from lemmata.grade.spelling.wording import without_words
from lemmata.grade.spelling.zero_vectors import zero_vectors
from lemmata.grade.values import NoValue, TooLarge, Undefined, enclosed
from lemmata.kernel.term import ShapeError, symbols_of
from lemmata.terms.errors import ReadError

__all__ = ["Marked", "mark"]

LONGEST_SPOKEN = 300
# A long blank says no more than a short one, and costs every pattern that looks at it.
_LONG_BLANK = re.compile(r"[ \t]{40,}")
_DECIMAL = re.compile(r"\d\s*\.\s*\d|(?<![\w.])\.\d")


@enclosed
def mark(part: Part, text: str, prove: bool = False) -> Marked:
    """The verdict on the answer ``text`` to one part.  ``prove``: try to prove equality of expressions."""
    text = _LONG_BLANK.sub("    ", text)
    if text.strip() not in part.options:  # the words of an option are what they are
        text = in_one_notation(text, rows=part.kind == "derivation")
        text = from_other_systems(part, without_packages(_zeros_written(part, text)))
        if part.kind == "number" or (part.answer.is_scalar and part.reference == "limit"):
            text = value_beside(text, part.answer)
        if part.kind in _SETS:
            text = r"\emptyset" if says_empty(text) else domain_in_signs(text)
            text = printed_sets(text, part.kind != "finite")
        if part.kind not in ("derivation", "choice"):
            text = without_reasons(text, part.reference or part.kind)
        text = text if part.kind == "derivation" else in_english(text, part.kind)
    if not text.strip():
        return Marked("malformed", Fraction(0), part.marks, "No answer.", "no-answer")
    found = _mark(part, text, prove)
    if found.verdict == "malformed" and (written := _written(part, text)) is not None:
        found = _mark(part, written, prove)
    if part.partial is False and found.verdict == "partial":
        return replace(found, verdict="incorrect", marks=Fraction(0))
    return found


def _zeros_written(part: Part, text: str) -> str:
    r"""\vec 0 in the size of the answer, or of the elements of the right set."""
    if part.kind == "derivation" or (part.answer.sort == "matrix" and 1 not in part.answer.shape):
        return text
    columns = part.answer.args if part.kind in ("finite", "affine") else (part.answer,)
    sizes = {t.shape[0] for t in columns if t.sort == "matrix"}
    size = sizes.pop() if len(sizes) == 1 else 1
    return zero_vectors(text, size) if isinstance(size, int) else text


def _written(part: Part, text: str) -> str | None:
    """An answer as it is spoken, with signs; None for any other."""
    if part.kind in ("derivation", "choice") or len(text) > LONGEST_SPOKEN:
        return None
    letters = {s.name for s in (*part.symbols, *symbols_of(part.answer))}
    return spoken(text, letters) or spoken(without_words(text.strip()), letters)


def _mark(part: Part, text: str, prove: bool) -> Marked:
    """A comma between digits parts a list where that can be, and is a decimal point where it cannot."""
    if part.kind in ("derivation", "choice") or not _COMMA.search(text):
        return _read(part, text, prove)
    if part.kind in ("number", "expression", "equation") and listed_commas(text):
        found = _read(part, text, prove, points=False)
        if found.verdict != "malformed" and found.diagnosis not in _NO_LIST:
            return found
        return _read(part, text, prove)
    found = _read(part, text, prove)
    if found.verdict == "correct" or part.kind in ("number", "expression") or ends_in_zero(text):
        return found
    if part.kind == "matrix" and not re.search(r"\d,\d+\s+[-\d]", text):  # [1,5 0; 0 1,5]
        return found
    other = _read(part, all_points(text), prove)
    if other.verdict not in ("correct", "partial") or (other.verdict, found.verdict) == (
        "partial",
        "partial",
    ):
        return found
    if found.verdict == "malformed" or is_plainly_decimal(text):
        return other
    return _malformed(
        part,
        "decimal-or-list",
        "A comma between digits: a decimal point, or the next entry of a list? Write 0.5, or (0,5; 1,5).",
    )


_SETS = ("finite", "interval", "equation", "affine")
_COMMA = re.compile(r"\d,\d")
# What is said of a list where none can be.
_NO_LIST = frozenset(
    ("ill-typed", "wrong-shape", "no-equation", "row-for-column", "column-for-row", "row-layout")
)


def _read(part: Part, text: str, prove: bool, points: bool = True) -> Marked:
    try:
        if part.kind == "derivation":
            return mark_derivation(part, text)
        if text.strip() not in part.options:
            text = beside_the_question(part, text, points)
            text = spelled(text, part.reference or part.kind, part.mode if part.kind == "affine" else "")
        evidence = _KINDS[part.kind](part, text, prove)
        if part.decimals is False and _decimal(part, text):
            raise Wrong(
                "decimals", "The value is right, but a decimal fraction was written: give it exactly."
            )
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


def _decimal(part: Part, text: str) -> bool:
    """Whether a decimal fraction is written; a comma is one where it does not separate entries."""
    comma = part.kind == "number" or ";" in text or "|" in text
    return bool(_DECIMAL.search(text) or (comma and re.search(r"\d,\d", text)))


def _malformed(part: Part, name: str, feedback: str) -> Marked:
    return Marked("malformed", None, part.marks, feedback, name)


def _wrong(part: Part, wrong: Wrong) -> Marked:
    marks = part.credit.get(wrong.name, wrong.marks)
    if marks is None:
        marks = part.marks / 2 if wrong.name in PARTIAL else Fraction(0)
    verdict = "partial" if marks > 0 else "incorrect"
    return Marked(verdict, marks, part.marks, wrong.feedback, wrong.name, wrong.counterexample)


_KINDS: dict[str, Callable[[Part, str, bool], str]] = {
    "number": mark_value, "vector": mark_value, "matrix": mark_value, "expression": mark_expression,
    "equation": mark_equation, "affine": mark_affine, "interval": mark_interval,
    "finite": mark_finite, "choice": mark_choice,
}  # fmt: skip
