"""Matrices whose norm a hypothesis fixes or bounds: ||A|| = 1, ||A||^2 = c, ||A||_F = c, ||A|| < 1 (half of it).

Of the integer matrices with ||A|| = 1 all are partial isometries, so that chance shows too little: the singular
values are chosen, the largest of them 1, or a matrix is divided by its norm, where that is rational.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import fmpq_mat

from lemmata.kernel.term import Term, inverse, mul
from lemmata.refute.asked import Size
from lemmata.refute.draw import Source, orthogonal
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.floats import Floats
from lemmata.refute.system import NumberError, Unsupported
from lemmata.terms.forms import norm

__all__ = ["of_size"]

_DRAWS = 12
_TURNED = 0.5
"""How often the singular vectors on the left are others than the coordinate axes."""


def of_size(size: Size, A: Term, key: str, values: dict[str, Any], source: Source, e: Evaluator) -> Any:
    """A matrix of this norm, for the slot ``key`` of ``values``.  Raises NumberError if none was drawn."""
    rows, cols = (e.size(d) for d in A.shape)
    complex_ = A.value[3] == "complex"
    if size.kind == "2":
        return e.times(e.value(size.length), _contraction(source, rows, cols, complex_), rows)
    for _ in range(_DRAWS):
        values[key] = source.matrix(rows, cols, complex_)
        try:
            factor = e.value(mul(size.length, inverse(norm(A, "F"))))
        except NumberError:
            continue
        if isinstance(source.system, Floats) or type(factor) is fmpq_mat:
            return e.times(factor, values[key], rows)
    raise Unsupported("no matrix with a rational norm was drawn")


def _contraction(source: Source, rows: int, cols: int, complex_: bool) -> Any:
    """U D with singular values of which the first is 1 and the others are 1, 1/2 or 0."""
    system, small = source.system, min(rows, cols)
    first = source.corner(small, small, 1)
    others = system.add(source.eye(small), source.minus(first))
    half = system.scale(system.rational(Fraction(1, 2)), source.diagonal(small, (0, 1, 2)))
    square = system.add(first, system.mul(others, half))
    whole = system.mul(
        source.corner(rows, small, small), system.mul(square, source.corner(small, cols, small))
    )
    turn = source.choice.random() < _TURNED
    return system.mul(orthogonal(source, rows, complex_), whole) if turn else whole
