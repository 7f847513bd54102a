"""Cofactors multiplied out again, by the kernel's polynomials and without the completion that found them."""

from __future__ import annotations

from collections.abc import Sequence

from lemmata.kernel.poly import Poly, expand
from lemmata.kernel.term import SCALAR, identity
from lemmata.prove.words.completion import Cofactor


def verify_combination(goal: Poly, hypotheses: Sequence[Poly], cofactors: Sequence[Cofactor]) -> bool:
    """Is the goal the sum of coefficient * scalars * left * hypothesis * right?"""
    total = Poly(goal.shape, {})
    for c in cofactors:
        h = hypotheses[c.index].adjoint() if c.starred else hypotheses[c.index]
        for x in reversed(c.left):
            h = expand(x) * h
        for x in c.right:
            h = h * expand(x)
        for loop in c.scalars:
            factor = expand(loop[0])
            for x in loop[1:]:
                factor = factor * expand(x)
            h = factor * h
        if h.shape == SCALAR != goal.shape:
            h = h * expand(identity(goal.shape[0]))
        total = total + h.scale(c.coefficient)
    return total == goal
