"""What a spectral norm that vanishes says: ||M|| = 0, or ||M|| <= 0, makes M zero.

From M^* M <= ||M||^2 I the squares M^* M + (||M||^2 I - M^* M) add up to 0.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A, B : R^{m x n}\\nshow ||A - B|| = 0 <==> A = B")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

from lemmata.kernel.term import SCALAR, Term, identity, number
from lemmata.prove.algebra import by_squares_sum
from lemmata.prove.draft import Draft
from lemmata.prove.norms.lowerbounds import matrix_norms, square_bound
from lemmata.prove.order.gram import Row
from lemmata.prove.order.ranges import all_vanish
from lemmata.terms.forms import equation, relation, zero

__all__ = ["use_vanishing_norms"]

ONE = Fraction(1)
MOST_FACTS = 4
SECONDS = 0.3


def use_vanishing_norms(draft: Draft) -> None:
    """Add M = 0 for each spectral norm that a fact says to be 0."""
    for fact, _ in islice([pair for pair in draft.facts if _says_zero(pair[0])], MOST_FACTS):
        for size in matrix_norms(fact)[:1]:
            (M,) = size.args
            gone = equation(size, number(0))
            below = square_bound(draft, M)
            if below is None or (draft.find(gone) is None and _equal(draft, gone) is None):
                continue
            rows: list[Row] = [(ONE, (), M, None), (ONE, (), identity(M.shape[1]), below)]
            all_vanish(draft, [equation(M, zero(*M.shape))], rows)


def _says_zero(fact: Term) -> bool:
    """||M|| = 0, ||M|| <= 0, c ||M|| = 0."""
    if fact.head not in ("eq", "le", "ge") or fact.args[0].sort != "matrix" or fact.args[0].shape != SCALAR:
        return False
    return number(0) in fact.args and bool(matrix_norms(fact))


def _equal(draft: Draft, claim: Term) -> object:
    """||M|| = 0 from ||M|| <= 0."""
    size, nothing = claim.args
    sides = [
        by_squares_sum(draft, prop, SECONDS)
        for prop in (relation("le", size, nothing), relation("le", nothing, size))
    ]
    return None if None in sides else draft.add(claim, "logic", of=sides)
