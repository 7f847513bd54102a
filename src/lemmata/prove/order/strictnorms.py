"""Strict bounds on spectral norms of functions of one matrix: ||f(A)|| < c by f(||A||) < c.

No singular value exceeds b = ||A||, so that ||f(A)|| <= f(b) for an f that increases, and f(b) < c is a statement
about numbers.  So the hat matrix of ridge regression is a strict contraction: its singular values s^2/(s^2 + lambda)
are at most b^2/(b^2 + lambda) < 1 (Hoerl and Kennard 1970).  Where f does not increase, as s/(s^2 + lambda), half of
c may be a bound still.  A square is below c where ||f(A)|| <= b with b^2 < c.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, lambda : positive
... show ||A (A^T A + lambda I)^{-1} A^T|| < 1''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lemmata.kernel.operators import Operator
from lemmata.kernel.poly import Refused
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.spectral import Reduction
from lemmata.kernel.term import SCALAR, Term, mul, number, substitute, symbols_of
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.order.gram import Row
from lemmata.prove.order.normchains import rows_add_up
from lemmata.prove.order.norms import by_root
from lemmata.prove.scalars import by_arithmetic, by_oracle
from lemmata.terms.forms import norm, relation

__all__ = ["by_strict_norm"]

ONE, HALF = Fraction(1), Fraction(1, 2)
SECONDS = 0.5


def by_strict_norm(draft: Draft, claim: Term) -> Ref | None:
    """||M|| < c from ||M|| <= b and b < c, where b is M at the norm of the one matrix that it is made of."""
    if claim.head not in ("lt", "gt") or claim.args[0].shape != SCALAR:
        return None
    small, large = claim.args if claim.head == "lt" else claim.args[::-1]
    squared = small.head == "power" and small.args[1] is number(2)
    size = small.args[0] if squared else small
    if size.head != "norm" or size.value != "2" or 1 in size.args[0].shape or sign_of(large) != 1:
        return None
    for between in _between(draft, size.args[0], large):
        with draft.attempt() as keep:
            below = relation("lt", between**2 if squared else between, large)
            strict = by_arithmetic(draft, below) or by_oracle(draft, below)
            weak = strict and by_root(draft, relation("le", size, between), SECONDS)
            if strict is None or weak is None:
                continue
            # b^2 - a^2 = (b - a) a + (b - a) b
            scalars: list[tuple[Term, ...]] = [(size,), (between,)] if squared else [()]
            rows: list[Row] = [(ONE, (), number(1), strict), *((ONE, s, number(1), weak) for s in scalars)]
            ref = rows_add_up(draft, claim, rows)
            if ref is not None:
                keep()
                return ref
    return None


def _between(draft: Draft, M: Term, large: Term) -> Iterator[Term]:
    """f(||A||) for M = f(A), and half of what is claimed."""
    matrices = [s for s in symbols_of(M) if 1 not in s.shape]
    if len(matrices) != 1 or matrices[0].value[4]:
        return
    (A,) = matrices
    try:
        reduction = Reduction(A, [f for f, _ in draft.facts if f.head == "is" and f.args[0] is A])
        value = reduction.value(M)
    except Refused:
        return
    if isinstance(value, Operator):
        at_norm = substitute(value.at("pair"), {reduction.sigma: norm(A)})
        yield at_norm if sign_of(at_norm, strict=False) != -1 else -at_norm
        yield mul(number(HALF), large)
