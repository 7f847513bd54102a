r"""Remarks that exclude points from an equation: y = 1/x (x \ne 0) has all the solutions of x y = 1.

The remark says nothing where the right equation has no solutions at these points; where it has some, they are lost.
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.grade.judge.polynomials import zeros_of
from lemmata.grade.marked import Wrong
from lemmata.grade.spelling.domains import excluded_values
from lemmata.grade.spelling.pieces import IllTyped, read_term
from lemmata.grade.values import NoValue, Undefined, evaluate, fractions, rational, scalar
from lemmata.kernel.term import ShapeError, Term, add, number, substitute, symbols_of
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import neg
from lemmata.terms.scope import Scope

__all__ = ["without_exclusions"]


def without_exclusions(right: Term, text: str) -> str:
    """The equation without these remarks.  Raises Wrong where a solution is excluded."""
    if right.head != "eq" or not right.args[0].is_scalar:
        return text
    equation, excluded = excluded_values(text)
    for name, written in excluded:
        letter = next((s for s in symbols_of(right) if s.name == name.lstrip("\\") and s.is_scalar), None)
        value = _number(written)
        if letter is None or value is None:
            return text
        if not _unsolvable(substitute(right, {letter: number(value)})):
            raise Wrong(
                "solution-lost", f"There are solutions where {letter.name} is {value}; they are excluded."
            )
    return equation


def _number(text: str) -> Fraction | None:
    try:
        value = evaluate(read_term(text, Scope(student=True)))
    except (ReadError, IllTyped, NoValue):
        return None
    return fractions(value)[0][0] if rational(value) else None


def _unsolvable(equation: Term) -> bool:
    """Whether an equation between polynomials has no solutions, or no meaning at all (1/0)."""
    residual = add(equation.args[0], neg(equation.args[1]))
    try:
        evaluate(residual, {s: scalar(Fraction(7, 3 + n)) for n, s in enumerate(symbols_of(residual))})
        (zeros,) = zeros_of([residual])
    except Undefined:
        return True
    except (NoValue, ShapeError, ArithmeticError):
        return False
    return not (zeros.opaque or zeros.trivial or zeros.factors)
