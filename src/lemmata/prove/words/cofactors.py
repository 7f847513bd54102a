"""Cofactors: the certificate that a polynomial lies in the ideal of the hypotheses.

``goal = sum coefficient * scalars * left * h * right`` with each h a hypothesis or its adjoint.

>>> from lemmata.kernel.poly import expand
>>> from lemmata.kernel.term import symbol
>>> from lemmata.terms.forms import zero
>>> A, x = symbol("A", "m", "n"), symbol("x", "n")
>>> given = [expand(A @ x)]
>>> recombine(("n", 1), given, [Cofactor(Fraction(2), (), (A.T,), 0, False, ())]) == expand(2 * A.T @ A @ x)
True
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lemmata.kernel.poly import Monomial, Poly, Refused, Word, is_real, star_word, word_poly
from lemmata.kernel.term import SCALAR, Shape

__all__ = ["Cofactor", "SearchError", "recombine", "shorten"]


class SearchError(RuntimeError):
    """A certificate that does not multiply out: a defect of this module, never of the input."""


@dataclass(frozen=True)
class Cofactor:
    """coefficient * scalars * left * h * right, h the hypothesis at ``index`` or (starred) its adjoint.

    If left * h * right is a scalar and the goal is a square matrix, it multiplies the identity.
    """

    coefficient: Fraction
    scalars: tuple[Word, ...]
    left: Word
    index: int
    starred: bool
    right: Word


def recombine(shape: Shape, hypotheses: Sequence[Poly], cofactors: Iterable[Cofactor]) -> Poly:
    """The sum that the cofactors stand for.  Raises Refused where a product does not compose."""
    total: dict[Monomial, Fraction] = {}
    for c in cofactors:
        h = hypotheses[c.index].adjoint() if c.starred else hypotheses[c.index]
        if c.left:
            h = word_poly((c.left[0].shape[0], c.left[-1].shape[1]), (), c.left) * h
        if c.right:
            h = h * word_poly((c.right[0].shape[0], c.right[-1].shape[1]), (), c.right)
        if h.shape == SCALAR != shape:
            h = h * word_poly(shape, (), ())
        product = word_poly(SCALAR, c.scalars, (), c.coefficient) * h
        if product.shape != shape:
            raise Refused(f"a product of shape {product.shape} in a sum of shape {shape}")
        for monomial, value in product.terms.items():
            total[monomial] = total.get(monomial, Fraction(0)) + value
    return Poly(shape, {monomial: value for monomial, value in total.items() if value})


def shorten(cofactors: Iterable[Cofactor], hypotheses: Sequence[Poly] = ()) -> list[Cofactor]:
    """Merge equal summands and drop zeros.

    With hypotheses, the combination is taken as a scalar: where it is real, l h^* r is the same as
    r^* h l^*, and the unstarred form is kept.
    """
    merged: dict[Cofactor, Fraction] = {}
    for c in cofactors:
        if c.starred and hypotheses and _is_real(c, hypotheses[c.index]):
            c = replace(c, starred=False, left=star_word(c.right), right=star_word(c.left))
        key = replace(c, coefficient=Fraction(0))
        merged[key] = merged.get(key, Fraction(0)) + c.coefficient
    return [replace(key, coefficient=value) for key, value in merged.items() if value]


def _is_real(c: Cofactor, h: Poly) -> bool:
    letters = {x for scalars, word in h.terms for w in (*scalars, word) for x in w}
    return all(map(is_real, letters.union(c.left, c.right)))
