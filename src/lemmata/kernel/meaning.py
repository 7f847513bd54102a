"""What propositions mean in polynomials: each equational proposition is a list of zeros.

A hypothesis contributes its polynomials to the ideal, a conclusion is proved when all of its
polynomials are shown to vanish.  The table (P_S is the orthogonal projector onto S):

    A = B                     A - B
    rank(A) = rows of A       A A^+ - I          rank(A) = columns of A     A^+ A - I
    x in Col(A)               (I - A A^+) x      x in Row(A)                (I - A^+ A) x
    x in Null(A)              A x                x in S^perp                (generators of S)^T x
    S <= T                    (test of T)(generators of S)
    ||a|| = ||b||             a^T a - b^T b      ||a|| = 0                  a
    symmetric, projection, orthogonal, idempotent: their equations

A proposition with literals, [[1, 2], [3, 4]] x = y, is read entry by entry (entries.py).
"""

from __future__ import annotations

from functools import lru_cache

from lemmata.kernel.entries import written_out
from lemmata.kernel.poly import Poly, Refused, expand, is_vector_norm
from lemmata.kernel.term import Term, identity, pinv, subterms

__all__ = ["difference", "equations", "is_vector_norm", "zeros"]


@lru_cache(maxsize=1 << 12)
def zeros(prop: Term) -> list[Poly]:
    """The polynomials whose vanishing is the proposition.  Raises Refused if it is not equational."""
    if prop.head == "and":
        return [z for a in prop.args for z in zeros(a)]
    found = [expand(z) for z in equations(prop)]
    written = any(t.head == "literal" for t in subterms(prop))
    return [entry for z in found for entry in written_out(z)] if written else found


def equations(prop: Term) -> list[Term]:
    """The matrices whose vanishing is the proposition, which is no conjunction.  May raise Refused."""
    head, args = prop.head, prop.args
    found: list[Term] = []
    if head == "is":
        found = _property(prop.value, args[0])
    elif head == "in" and args[1].sort == "space":
        found = [_subspace(args[1])[1] * args[0]]
    elif head == "subset":
        found = [_subspace(args[1])[1] * _subspace(args[0])[0]]
    elif head == "eq" and args[0].sort == "space":
        found = [_subspace(b)[1] * _subspace(a)[0] for a, b in (args, args[::-1])]
    elif head == "eq" and args[0].sort == "matrix":
        found = _equal(*args)
    if not found:
        raise Refused("this is no equation")
    return found


def difference(prop: Term) -> Poly:
    """b - a for a <= b (and the like): the matrix or scalar that the proposition calls nonnegative."""
    if prop.head == "is" and prop.value in ("psd", "spd"):
        return expand(prop.args[0])
    if prop.head not in ("le", "lt", "ge", "gt"):
        raise Refused(f"{prop.head} is no inequality")
    return expand(_difference(*(prop.args if prop.head in ("ge", "gt") else prop.args[::-1])))


def _difference(left: Term, right: Term) -> Term:
    """left - right, of norms that of their squares."""
    return left**2 - right**2 if is_vector_norm(left) and is_vector_norm(right) else left - right


def _subspace(space: Term) -> tuple[Term, Term]:
    """A matrix whose columns span the subspace, and one whose null space it is."""
    inner = space.args[0]
    if space.head == "perp":
        columns, _ = _subspace(inner)
        return _complement(columns), columns.T
    if space.head == "null":
        return identity(inner.shape[1]) - pinv(inner) * inner, inner
    columns = inner if space.head == "col" else inner.T
    return columns, _complement(columns)


def _complement(basis: Term) -> Term:
    """The projector onto what is orthogonal to the columns."""
    return identity(basis.shape[0]) - basis * pinv(basis)


def _equal(left: Term, right: Term) -> list[Term]:
    for a, b in ((left, right), (right, left)):
        full = _rank(a.args[0], b.value) if a.head == "rank" and b.head in ("dim", "number") else []
        if full:
            return full
        if is_vector_norm(a) and not expand(b):
            return [a.args[0]]
    return [_difference(left, right)]


def _rank(A: Term, rank: object) -> list[Term]:
    rows, cols = A.shape
    cases = [(rows, A * pinv(A) - identity(rows)), (cols, pinv(A) * A - identity(cols)), (0, A)]
    return [equation for size, equation in cases if size == rank]


def _property(name: str, A: Term) -> list[Term]:
    one = identity(A.shape[0])
    return {
        "symmetric": [A.T - A],
        "idempotent": [A * A - A],
        "projection": [A * A - A, A.T - A],
        "orthogonal": [A.T * A - one, A * A.T - one],
    }.get(name, [])
