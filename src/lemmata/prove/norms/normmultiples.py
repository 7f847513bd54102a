"""Multiples of spectral norms: c ||M||^2 <= b from c M^T M <= b I, and c ||M|| <= b by squares, for c >= 0.

Such a c may vanish, so nothing is divided by it.  But adding M^T M <= ||M||^2 I gives
(c + 1) M^T M <= (b + ||M||^2) I, whose factor is positive: so ||M||^2 <= (b + ||M||^2) / (c + 1), and the
claim is c + 1 times that.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{m x n}, s : nonnegative\\nshow s ||A|| <= ||s A||")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.poly import is_real
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, add, identity, inverse, mul, number, subterms
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.lowerbounds import matrix_norms, square_bound, square_from_order
from lemmata.prove.norms.normchains import rows_add_up
from lemmata.prove.onematrix import by_singular_values
from lemmata.prove.order.gram import Row
from lemmata.prove.scalars import by_arithmetic
from lemmata.prove.search import establish
from lemmata.terms.forms import equation, norm, relation

__all__ = ["by_multiple_of_norm"]

ONE = Fraction(1)
Ray = tuple[Term, Term, int]
"""c, M and j of c ||M||^j."""


def by_multiple_of_norm(draft: Draft, claim: Term) -> Ref | None:
    """c ||M||^2 <= b, or c ||M|| <= b, for a c >= 0 that names no norm of a matrix."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not all(map(is_real, claim.args)):
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    ray = _ray(small)
    if ray is None or sign_of(large, strict=False) != 1:
        return None
    c, M, exponent = ray
    with draft.attempt() as keep:
        if exponent == 2:
            ref = _of_square(draft, claim, c, M, large)
        else:
            squares = relation("le", mul(small, small), mul(large, large))
            ref = _of_square(draft, squares, mul(c, c), M, mul(large, large))
            ref = None if ref is None else draft.add(claim, "root", of=ref)
        if ref is not None:
            keep()
        return ref


def _ray(term: Term) -> Ray | None:
    """c, M and j for c ||M||^j with j = 1 or 2, if c >= 0 is more than a number."""
    factors = term.args if term.head == "mul" else (term,)
    flat = [g for f in factors for g in (f.args[:1] * 2 if f.head == "power" and _is_two(f) else (f,))]
    norms = [f for f in flat if f.head == "norm" and f in matrix_norms(f)]
    rest = [f for f in flat if f not in norms]
    c = mul(*rest) if rest else number(1)
    if len(set(norms)) != 1 or len(norms) > 2 or matrix_norms(c) or all(f.head == "number" for f in rest):
        return None
    return (c, norms[0].args[0], len(norms)) if sign_of(c, strict=False) == 1 else None


def _is_two(term: Term) -> bool:
    return term.args[1] is number(2)


def _of_square(draft: Draft, claim: Term, c: Term, M: Term, large: Term) -> Ref | None:
    one, size = identity(M.shape[1]), norm(M)
    order = relation("le", mul(c, M.T, M), mul(large, one))
    found = draft.find(order) or by_singular_values(draft, order) or _of_norms(draft, order)
    below = found and square_bound(draft, M)
    more = add(c, number(1))
    unit = by_arithmetic(draft, equation(mul(inverse(more), more), number(1)))
    if found is None or below is None or unit is None:
        return None
    bound = mul(inverse(more), add(large, mul(size, size)))
    rows: list[Row] = [(ONE, (inverse(more),), one, ref) for ref in (found, below)]
    mixed = rows_add_up(draft, relation("le", mul(M.T, M), mul(bound, one)), rows, [unit])
    square = mixed and square_from_order(draft, relation("le", mul(size, size), bound), mixed)
    return square and rows_add_up(draft, claim, [(ONE, (more,), number(1), square)], [unit])


def _of_norms(draft: Draft, order: Term) -> Ref | None:
    """c M^T M <= b I by what is known of the norms that b names, and by hypotheses."""
    for size in matrix_norms(order.args[1]):
        square_bound(draft, size.args[0])
    return establish(draft, order) if any(t.head == "norm" for t in subterms(order)) or draft.facts else None
