r"""Answers that restate the task: a derivative, an integral or a sum that is left standing.

    \\frac{d}{dx} \\arctan x  for  1/(1 + x^2)        right, but not computed
    \\int_0^1 x^2 dx  for  1/3                        the same

Whether what is left standing has the right value is tried numerically: derivatives by central differences,
sums and integrals as in ``operator_values``, those without end as in ``endless``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from flint import acb, acb_mat, arb, fmpq

from lemmata.grade.evaluate.arithmetic import as_ball, close, plus, rational, scalar
from lemmata.grade.evaluate.endless import Diverges, endless
from lemmata.grade.evaluate.extrapolation import TOLERANCE, limit_value
from lemmata.grade.evaluate.operator_values import alike, outside_of_cases
from lemmata.grade.evaluate.probe import Instance, printed
from lemmata.grade.exercise import Part
from lemmata.grade.marked import Wrong
from lemmata.grade.reading.answer import (
    counterexample,
    free_letters,
    letters_in,
    probes_of,
    read_answer,
    scope_of,
)
from lemmata.grade.reading.operators import N, has_operators, lifted, operands, taken
from lemmata.grade.reading.relations import plain_letters
from lemmata.grade.spelling.pieces import clean, unlabel
from lemmata.grade.values import NoValue, Value, evaluate
from lemmata.kernel.term import ShapeError, Term, substitute, subterms, symbol, symbols_of
from lemmata.terms.forms import infinity

__all__ = [
    "at_rest",
    "endless_sum",
    "has_derivative",
    "left_standing",
    "limit_left",
    "moves",
    "with_operators",
]

STEP = Fraction(1, 2**40)
CLOSE = Fraction(1, 10**9)


def has_derivative(term: Term) -> bool:
    return any(t.head in ("diff", "grad") for t in subterms(term))


def moves(term: Term) -> bool:
    """Whether derivatives of declared functions occur in the term, as in -A^{-1} \\dot A A^{-1}."""
    return any(t.head == "diff" and t.args[0].head == "symbol" and t.args[0].value[4] for t in subterms(term))


def at_rest(part: Part, term: Term) -> tuple[Part, Term]:
    """The question and the answer at one moment: A and \\dot A are letters that know nothing of each other."""
    given, symbols = (tuple(plain_letters(t) for t in terms) for terms in (part.given, part.symbols))
    still = replace(part, answer=plain_letters(part.answer), given=given, symbols=symbols)
    return still, plain_letters(term)


def left_standing(term: Term, probes: Sequence[Instance], right: Sequence[Value]) -> Wrong:
    """The verdict on an expression with derivatives that are not computed."""
    values = [_value(term, p.values, p.dims) for p in probes[:8]]
    return _verdict("derivative", values, right)


def limit_left(term: Term, probes: Sequence[Instance], right: Sequence[Value]) -> Wrong:
    """The verdict on an answer in which a limit is left, alone or within a formula, 3 \\lim_{u \\to 0} ..."""
    values = [limit_value(term, p.values, p.dims) for p in probes]
    same = all(
        (v.nrows(), v.ncols()) == (r.nrows(), r.ncols()) and close(v, r, TOLERANCE)
        for v, r in zip(values, right, strict=True)
    )
    if same:
        return Wrong("limit-not-evaluated", "The limit is the right one, but it is not computed.")
    return Wrong("different", "The limit that is left here is not the right value.")


def _verdict(what: str, values: Sequence[Value], right: Sequence[Value]) -> Wrong:
    if all(close(v, r, CLOSE * _size(r)) for v, r in zip(values, right, strict=False)):
        return Wrong("not-evaluated", f"This is the right {what}, but it is still to be computed.")
    return Wrong("different", f"The {what} that is left here is not the right value.")


def _size(value: Value) -> Fraction:
    largest = max((abs(complex(x.mid())) for x in as_ball(value).entries()), default=0.0)
    return Fraction(max(1.0, min(largest, 1e30)))


def _value(term: Term, given: Mapping[Term, Value], dims: Mapping[str, int]) -> Value:
    """The value of a term, derivatives in it by differences."""
    while True:
        # The innermost derivatives last: a second derivative is a difference of differences.
        node = next((t for t in reversed(list(subterms(term))) if t.head in ("diff", "grad")), None)
        if node is None:
            return evaluate(term, given, dims)
        value = _difference(node, given, dims)
        letter = symbol(f"left_{len(given)}", *node.shape)
        term, given = substitute(term, {node: letter}), {**given, letter: value}


def _difference(node: Term, given: Mapping[Term, Value], dims: Mapping[str, int]) -> Value:
    body = node.args[0]
    letter: Term | None
    if node.head == "grad":
        letter = node.value if isinstance(node.value, Term) else node.args[1]
    else:
        letter = next((s for s in symbols_of(body) if s.name == node.value), None)
        if letter is None:
            return _moving(body, given, dims)
    if letter not in given:
        raise NoValue(f"the derivative in {letter.name} has no value here")
    if node.head == "diff" and not letter.is_scalar:
        raise NoValue(f"a derivative in the vector {letter.name}: write a gradient")
    at = given[letter]
    entries = []
    for i in range(at.nrows()):
        for j in range(at.ncols()):
            sides = [_value(body, {**given, letter: _moved(at, i, j, step)}, dims) for step in (STEP, -STEP)]
            entries.append(_times(plus(sides[0], _times(sides[1], Fraction(-1))), 1 / (2 * STEP)))
    if node.head == "diff":
        return entries[0]
    flat = [as_ball(e)[0, 0] for e in entries]
    return acb_mat(at.nrows(), at.ncols(), flat)


def _moving(body: Term, given: Mapping[Term, Value], dims: Mapping[str, int]) -> Value:
    """The derivative along the motion: A moves by A', where both have values."""
    slopes = {
        s: next((v for r, v in given.items() if r.name == f"{s.name}'"), None) for s in symbols_of(body)
    }
    sides = []
    for step in (STEP, -STEP):
        there = {
            s: plus(given[s], _times(v, step)) for s, v in slopes.items() if v is not None and s in given
        }
        sides.append(_value(body, {**given, **there}, dims))
    return _times(plus(sides[0], _times(sides[1], Fraction(-1))), 1 / (2 * STEP))


def _moved(value: Value, i: int, j: int, step: Fraction) -> Value:
    rows = [list(r) for r in as_ball(value).tolist()]
    rows[i][j] = rows[i][j] + acb(arb(fmpq(step.numerator, step.denominator)))
    return acb_mat(rows)


def _times(value: Value, factor: Fraction) -> Value:
    return as_ball(value) * as_ball(scalar(factor))[0, 0]


# --- integrals and sums -------------------------------------------------------------------------------


def endless_sum(part: Part, text: str) -> None:
    """Raises Wrong where all of the answer is one sum or integral without end that is left standing."""
    if ("\\int" not in text and "\\sum" not in text) or (value := endless(text, scope_of(part))) is None:
        return
    what, evaluated = value
    letters = letters_in(part, *part.symbols)
    endless_answer = infinity() in (part.answer, *part.answer.args)
    try:
        probes, right = ([Instance({}, {})], []) if endless_answer else probes_of(part, letters)
        values = [evaluated(p) for p in probes[:3]]
    except Diverges as error:
        if endless_answer and error.upwards == (part.answer is infinity()):
            raise Wrong("not-evaluated", f"The {what} grows without end, but this is not said.") from None
        raise Wrong("different", f"The {what} that is left here has no value.") from None
    except (NoValue, ShapeError, ArithmeticError, ValueError):
        return
    if not endless_answer:
        raise _verdict(what, values, right)


def with_operators(part: Part, text: str) -> str:
    """How the equality is known of an answer with sums, integrals or binomials; empty where there are none.

    Raises Wrong where it is not right, or right and still to be computed: a number is computed, and so is an
    answer whose form was asked for; and one that is nothing but a sum says the task again.
    """
    if part.mode == "direction" or not has_operators(text):
        return ""
    lengths = [o.high for o in part.operators if o.sequences and o.high.head == "symbol"]
    length = (*lengths, N)[0]
    text, operators = lifted(
        clean(text), scope_of(part), taken(part.operators), length=length, matrices=True, cases=True
    )
    if not operators:
        return ""
    value = unlabel(text)[0]
    term = read_answer(replace(part, symbols=(*part.symbols, *(o.letter for o in operators))), value)
    operators = tuple(o for o in operators if o.letter in symbols_of(term))
    letters = letters_in(part, *part.symbols)
    standing = {o.letter for o in operators}
    used = dict.fromkeys((*(s for s in free_letters(term) if s not in standing), *operands(operators)))
    unknown = [s for s in used if s not in letters]
    if unknown:
        raise Wrong("unknown-letter", f"The letter {unknown[0].name} does not occur in the question.")
    probes, right = probes_of(part, letters, operators)
    student = [i.value(term) for i in probes]
    same = len(student) > 0 and all(alike(s, r) for s, r in zip(student, right, strict=True))
    near = part.tolerance
    if not same and near is not None:
        same = all(close(s, r, near) for s, r in zip(student, right, strict=True))
    left = [o for o in operators if o.kind not in ("binomial", "cases") and not o.over_sequences()]
    if not same:
        what = f"The {left[0].kind} that is left here" if left and term in standing else "This"
        place = next(n for n, (s, r) in enumerate(zip(student, right, strict=True)) if not alike(s, r))
        example = counterexample(probes[place], student[place], right[place])
        raise Wrong("different", f"{what} is not the right value.", example)
    computed = part.kind == "number" or part.reference == "limit" or part.mode == "form" or term in standing
    if left and computed:
        raise Wrong("not-evaluated", f"This is the right {left[0].kind}, but it is still to be computed.")
    if (gap := outside_of_cases(operators, part.answer, letters, part.given, part.operators)) is not None:
        raise Wrong(
            "case-missing",
            "This is right in part: for the values shown none of your cases holds, or two that differ.",
            printed(gap),
        )
    exact = all(rational(s) and rational(r) for s, r in zip(student, right, strict=True))
    return f"{'exact' if exact else 'enclosed'} on {len(probes)} instances"
