"""Definite matrices: H > 0, since H is a sum of squares R^* R and no v != 0 has R v = 0 for all of them.

Suppose H v = -a v with a >= 0 and v != 0.  Then the squares ||R v||^2 and a ||v||^2 add up to nothing, so that each
R v = 0; with what is known this gives v = 0.  So I - Q P Q = (I - Q) + Q (I - P) Q is definite for two projections
whose ranges meet in 0 alone.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let P, Q : R^{n x n}
... assume projection(P), projection(Q), forall v : R^n. (P v = v and Q v = v ==> v = 0)
... show spd(I - Q P Q)''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Poly, Refused, expand, to_term
from lemmata.kernel.term import SCALAR, Term, identity, inverse, mul, number
from lemmata.prove.algebra import by_ideal, by_squares_sum
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.minima.minimisers import at_vector
from lemmata.prove.order.eigenvectors import absurd, without_eigenvector
from lemmata.prove.order.gram import Row, sum_of_squares
from lemmata.prove.order.ranges import all_vanish
from lemmata.terms.forms import equation, relation, zero

__all__ = ["by_null_vectors"]

ONE = Fraction(1)
SECONDS = 0.3
MOST_FACTS = 3


def by_null_vectors(draft: Draft, claim: Term) -> Ref | None:
    """H > 0 from a sum of squares for H and from facts by which a vector vanishes."""
    strict = claim.head in ("lt", "gt") or claim.value == "spd"
    if not strict or not _vanishing_facts(draft):
        return None
    try:
        H = difference(claim)
    except Refused:
        return None
    rows = None if H.shape == SCALAR else sum_of_squares(draft, claim, H, SECONDS)
    if not rows:
        return None
    with draft.attempt() as keep:
        inside = [(c, scalars, R, _inside(draft, middle)) for c, scalars, R, middle in rows]
        ref = without_eigenvector(draft, claim, lambda inner, v, a: _contradiction(inner, v, a, inside))
        if ref is not None:
            keep()
        return ref


def _inside(draft: Draft, middle: Any) -> Any:
    """The references of a row as a sub-proof makes them."""
    if middle is None or isinstance(middle[0], list):
        return middle and [_inside(draft, ref) for ref in middle]
    return middle if middle[0] == "given" else ["given", len(draft.given) + middle[1]]


def _vanishing_facts(draft: Draft) -> list[tuple[Term, Ref]]:
    """ "For all v, P(v) implies Q(v)", and that matrices are invertible."""
    found = []
    for fact, ref in draft.facts:
        general = fact.head == "forall" and len(fact.args) == 2 and fact.args[1].head == "implies"
        if general or (fact.head == "is" and fact.value in ("invertible", "spd")):
            found.append((fact, ref))
    return found[:MOST_FACTS]


def _contradiction(inner: Draft, v: Term, a: Term, rows: list[Row]) -> Ref | None:
    """1 = 0: the squares vanish, so v does, but v^* v is positive."""
    form = mul(v.T, v)
    with inner.only([["given", len(inner.given) - 1]]):
        if by_squares_sum(inner, relation("lt", number(0), form), SECONDS) is None:
            return None
    parts: list[Row] = [(c, scalars, mul(R, v), middle) for c, scalars, R, middle in rows]
    claims = []
    for _, _, u, middle in parts:
        matrix = _matrix(inner, middle)
        image = u if matrix is None else to_term(matrix * expand(u))
        claims.append(equation(image, zero(*image.shape)))
    if not all_vanish(inner, claims, [*parts, (ONE, (a,), v, None)]):
        return None
    for fact, ref in _vanishing_facts(inner):
        if fact.head == "forall" and fact.args[0].shape == v.shape:
            at_vector(inner, ref, fact.args[0], fact.args[1], v)
        elif fact.head == "is" and fact.args[0].shape[1] == v.shape[0]:
            _cancel(inner, fact.args[0], v)
    nothing = by_ideal(inner, equation(v, zero(*v.shape)), SECONDS)
    if nothing is None:
        return None
    with inner.only([nothing]):
        vanishes = by_ideal(inner, equation(form, number(0)), SECONDS)
    return None if vanishes is None else absurd(inner, vanishes, form)


def _matrix(inner: Draft, middle: Any) -> Poly | None:
    """The M of a row R^* M R with one known M >= 0."""
    M = difference(inner.fact(middle)) if middle is not None and middle[0] == "given" else None
    return None if M is None or M.shape == SCALAR else M


def _cancel(inner: Draft, A: Term, v: Term) -> None:
    """A v = 0 and A^{-1} A = I, from which v = 0."""
    if by_ideal(inner, equation(mul(A, v), zero(*v.shape)), SECONDS) is not None:
        by_ideal(inner, equation(mul(inverse(A), A), identity(A.shape[0])), SECONDS)
