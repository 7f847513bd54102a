r"""Answers that restate the task: a derivative, an integral or a sum that is left standing.

    \\frac{d}{dx} \\arctan x  for  1/(1 + x^2)        right, but not computed
    \\int_0^1 x^2 dx  for  1/3                        the same

Whether what is left standing has the right value is tried numerically: derivatives by central differences,
integrals by the quadrature of Arb, sums by adding up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from flint import acb, acb_mat, arb, fmpq

from lemmata.grade.arithmetic import as_ball, close, plus, rational, scalar
from lemmata.grade.endless import Diverges, endless
from lemmata.grade.exercise import Part
from lemmata.grade.libraries import summand_end
from lemmata.grade.marked import Wrong
from lemmata.grade.pieces import IllTyped, read_term
from lemmata.grade.probe import Instance
from lemmata.grade.reading import probes_of, scope_of
from lemmata.grade.values import NoValue, Value, evaluate
from lemmata.kernel.term import ShapeError, Term, substitute, subterms, symbol, symbols_of
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import infinity

__all__ = ["has_derivative", "left_standing", "standing_sum"]

STEP = Fraction(1, 2**40)
CLOSE = Fraction(1, 10**9)
MOST_SUMMANDS = 60


def has_derivative(term: Term) -> bool:
    return any(t.head in ("diff", "grad") for t in subterms(term))


def left_standing(term: Term, probes: Sequence[Instance], right: Sequence[Value]) -> Wrong:
    """The verdict on an expression with derivatives that are not computed."""
    values = [_value(term, p.values, p.dims) for p in probes[:8]]
    return _verdict("derivative", values, right)


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
            return _times(_value(body, given, dims), Fraction(0))
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


def _moved(value: Value, i: int, j: int, step: Fraction) -> Value:
    rows = [list(r) for r in as_ball(value).tolist()]
    rows[i][j] = rows[i][j] + acb(arb(fmpq(step.numerator, step.denominator)))
    return acb_mat(rows)


def _times(value: Value, factor: Fraction) -> Value:
    return as_ball(value) * as_ball(scalar(factor))[0, 0]


# --- integrals and sums -------------------------------------------------------------------------------

_BOUND = r"\s*(?:\{(?P<%s>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}|(?P<%s1>\\[a-z]+|[-\w]))"
_INTEGRAL = re.compile(
    rf"\s*\\int\s*(?:\\limits)?\s*_{_BOUND % ('low', 'low')}\s*\^{_BOUND % ('high', 'high')}(?P<body>.+?)"
    r"(?:\\[,;: !]|\s)*(?:\\mathrm\s*\{\s*d\s*\}|\\mathrm\s+d|d)\s*(?P<name>\\?[A-Za-z]+)\s*", re.DOTALL
)  # fmt: skip
_SUM = re.compile(
    rf"\s*\\sum\s*(?:\\limits)?\s*_\s*\{{\s*(?P<name>[a-z])\s*=\s*(?P<low>[^{{}}=]*)\}}"
    rf"\s*\^{_BOUND % ('high', 'high')}(?P<body>.+)",
    re.DOTALL,
)


def standing_sum(part: Part, text: str) -> None:
    """Raises Wrong where all of the answer is one definite integral or one sum that is left standing."""
    found = None
    if ("\\int" in text or "\\sum" in text) and (value := endless(text, scope_of(part))) is not None:
        what, evaluated = value
        letters = tuple(dict.fromkeys((*part.symbols, *symbols_of(part.answer))))
        try:
            endless_answer = infinity() in (part.answer, *part.answer.args)
            probes, right = ([Instance({}, {})], []) if endless_answer else probes_of(part, letters)
            values = [evaluated(p) for p in probes[:3]]
            if endless_answer:
                return
        except Diverges as error:
            if endless_answer and error.upwards == (part.answer is infinity()):
                raise Wrong("not-evaluated", f"The {what} grows without end, but this is not said.") from None
            raise Wrong("different", f"The {what} that is left here has no value.") from None
        except (NoValue, ShapeError, ArithmeticError, ValueError):
            return
        raise _verdict(what, values, right)
    if "\\int" in text or "\\sum" in text:
        found = _INTEGRAL.fullmatch(text) or _SUM.fullmatch(text)
    if found is None:
        return
    summing = "\\sum" in found[0][: found.start("body")]
    if summing and summand_end(text, found.start("body")) < len(text.rstrip()):
        return
    scope = scope_of(part)
    try:
        texts = [found["low"] if summing else found["low"] or found["low1"], found["high"] or found["high1"]]
        low, high, body = (read_term(t.strip(), scope) for t in (*texts, found["body"]))
        name = found["name"].lstrip("\\")
        letter = next((s for s in symbols_of(body) if s.name == name), symbol(name, 1, 1))
        letters = tuple(dict.fromkeys((*part.symbols, *symbols_of(part.answer))))
        probes, right = probes_of(part, letters)
        compute = _added if summing else _integral
        values = [compute(body, letter, low, high, p) for p in probes[:8]]
    except (ReadError, IllTyped, NoValue, ShapeError, ArithmeticError, ValueError):
        return
    raise _verdict("sum" if summing else "integral", values, right)


def _integral(body: Term, letter: Term, low: Term, high: Term, at: Instance) -> Value:
    ends = [as_ball(at.value(e))[0, 0] for e in (low, high)]

    def integrand(z: Any, _: Any) -> Any:
        return as_ball(evaluate(body, {**at.values, letter: acb_mat([[z]])}, at.dims))[0, 0]

    return acb_mat([[acb.integral(integrand, ends[0], ends[1])]])


def _added(body: Term, letter: Term, low: Term, high: Term, at: Instance) -> Value:
    ends = [at.value(e) for e in (low, high)]
    if not all(rational(e) and int(e[0, 0].q) == 1 for e in ends):
        raise NoValue("a sum between limits that are no integers")
    first, last = (int(e[0, 0].p) for e in ends)
    if last - first > MOST_SUMMANDS:
        raise NoValue("a long sum")
    total: Value = scalar(0)
    for k in range(first, last + 1):
        total = plus(total, evaluate(body, {**at.values, letter: scalar(k)}, at.dims))
    return total
