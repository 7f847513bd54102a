r"""Reading ranges: what students write for the step sizes of a convergent iteration.

    0 < \eta < 2/5       (0, 2/5)      eta > 0 and eta < 0.4      |1 - 5 eta| < 1      ]0, 2/5[

All of them become a ``Condition``, which is solved for the values of the other letters of the question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lemmata.grade.evaluate.sets import Range, compare_ends, intersect
from lemmata.grade.reading.affine import FILLER, SIZES, linear_part
from lemmata.grade.spelling.pieces import clean, inner, read_any, read_term, split, top_level, unlabel
from lemmata.grade.values import NoValue, Value, as_ball, as_term, enclosed, evaluate, rational, scalar
from lemmata.kernel.term import Term, add, make, number, substitute, symbols_of
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import call, infinity, neg
from lemmata.terms.scope import Scope

__all__ = ["Condition", "read_condition"]


# 0 < x < 1, x \\in \\mathbb{R}: what is said of every letter says nothing.
_REAL = re.compile(
    r"\s*[,;]\s*\\?[A-Za-z]+\s*(?:\\in(?![A-Za-z])|∈|\bin\b)\s*(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ)\s*$"
)


@dataclass(frozen=True)
class Condition:
    """A condition on one real number: an interval, or a proposition in ``variable``."""

    term: Term
    variable: Term | None = None

    def letters(self) -> list[Term]:
        """The other letters, such as L in (0, 2/L)."""
        return [s for s in symbols_of(self.term) if s is not self.variable]

    @enclosed
    def solve(self, given: Mapping[Term, Value]) -> Range:
        """The interval of numbers that satisfy it, at values for the other letters.

        Raises NoValue when the condition is not one interval that can be computed here.
        """
        return _solve(self.term, self.variable, given)


def read_condition(text: str, known: Sequence[Term] = (), ends: Sequence[Term] = ()) -> Condition:
    r"""A range in any notation: (0, 2/5), 0 < \eta < 2/5, eta in (0, 0.4), {eta : |1 - 5 eta| < 1}.

    ``known`` are the letters of the question (L in 2/L); one more letter may stand for the quantity
    itself.  Where all are known, it is the only one that does not occur in the ``ends`` of the range that was asked
    for: 0 < \mu \sigma^2 < 2 is about mu beside (0, 2/\sigma^2).  Raises ReadError.
    """
    text = FILLER.sub(" , ", SIZES.sub("", clean(text))).strip(" .,")
    for opener, closer in (("\\{", "\\}"), ("{", "}")):
        content = inner(text, opener, closer)
        if content is not None:
            text = split(content, ":", "|")[-1]
    text = _REAL.sub("", text)
    member = split(text, "in")
    if len(member) == 2 and member[1]:
        text = member[1]
    elif (value := unlabel(text))[1] and _interval(value[0], known) is not None:
        text = value[0]
    scope = Scope(student=True).having(*known)
    interval = _interval(text, known)
    if interval is not None:
        return Condition(interval)
    pieces = [p for p in split(text, ",", ";", "and") if p]
    props = [read_any(p, scope) for p in pieces]
    if not props or any(p.sort != "prop" for p in props):
        raise ReadError.at("a range was expected", text, 0, "write it as (a, b) or as a < eta < b")
    prop = props[0] if len(props) == 1 else make("and", tuple(props))
    free = [s for s in symbols_of(prop) if s not in known]
    if not free and ends:
        free = [s for s in symbols_of(prop) if s.is_scalar and s not in ends]
    if len(free) != 1:
        names = ", ".join(s.name for s in free) or "no letter"
        raise ReadError.at(f"a condition on one quantity was expected, found {names}", text, 0)
    return Condition(prop, free[0])


def _interval(text: str, known: Sequence[Term]) -> Term | None:
    """(a, b], ]a, b[ and the like."""
    tokens = [t for t in (tok for tok, _ in top_level(text)) if t.kind != "eof"]
    if len(tokens) < 4:
        return None
    first, last = tokens[0], tokens[-1]
    if first.text not in ("(", "[", "]") or last.text not in (")", "]", "["):
        return None
    body = text[first.end : last.start]
    try:
        ends = split(body, ",", ";")
    except ReadError:
        return None
    if len(ends) != 2 or not all(ends) or any(depth < 0 for _, depth in top_level(body)):
        return None
    scope = Scope(student=True).having(*known)
    terms = tuple(read_term(end, scope) for end in ends)
    if any(t.shape != (1, 1) for t in terms):
        return None
    style = ("[" if first.text == "[" else "(") + ("]" if last.text == "]" else ")")
    return make("interval", terms, style)


def _end(term: Term, given: Mapping[Term, Value]) -> Value | None:
    infinite = term is infinity() or (term.head == "mul" and infinity() in term.args)
    return None if infinite else evaluate(term, given)


def _solve(term: Term, variable: Term | None, given: Mapping[Term, Value]) -> Range:
    if term.head == "interval":
        low, high = (_end(a, given) for a in term.args)
        return Range(
            low, high, term.value[0] == "[" and low is not None, term.value[1] == "]" and high is not None
        )
    if term.head == "and":
        found = Range(None, None)
        for a in term.args:
            found = intersect(found, _solve(a, variable, given))
        return found
    if term.head not in ("lt", "le", "gt", "ge") or variable is None:
        raise NoValue("this condition is not a range")
    left, right = term.args if term.head in ("lt", "le") else reversed(term.args)
    strict = term.head in ("lt", "gt")
    if left.head == "call" and left.value == "abs" and variable in symbols_of(left):
        inside = left.args[0]
        return intersect(
            _below(inside, right, strict, variable, given),
            _below(neg(inside), right, strict, variable, given),
        )
    if left.head == "power" and left.args[1] is number(2) and variable in symbols_of(left):
        root = call("sqrt", right)
        base = left.args[0]
        return intersect(
            _below(base, root, strict, variable, given), _below(neg(base), root, strict, variable, given)
        )
    return _below(left, right, strict, variable, given)


def _below(left: Term, right: Term, strict: bool, variable: Term, given: Mapping[Term, Value]) -> Range:
    """Where left < right, both linear in the variable."""
    if any(side is infinity() or infinity() in side.args for side in (left, right)):
        return Range(None, None)
    difference = add(left, neg(right))
    for s, v in given.items():
        difference = _put(difference, s, v) if s is not variable else difference
    constant, (slope,) = linear_part(difference, [variable])
    zero = scalar(0)
    turn = compare_ends(slope, zero)
    if turn == 0:
        order = compare_ends(constant, zero)
        holds = order < 0 or (order == 0 and not strict)
        return Range(None, None) if holds else Range(scalar(1), scalar(0))
    end = _divide(constant, slope)
    return Range(None, end, False, not strict) if turn > 0 else Range(end, None, not strict, False)


def _divide(constant: Value, slope: Value) -> Value:
    if rational(constant) and rational(slope):
        return constant * (-1 / slope[0, 0])
    return as_ball(constant) * (-1 / as_ball(slope)[0, 0])


def _put(term: Term, letter: Term, value: Value) -> Term:
    return substitute(term, {letter: as_term(value)})
