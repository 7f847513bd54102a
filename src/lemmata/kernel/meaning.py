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

__all__ = ["difference", "is_vector_norm", "zeros"]


def _generators(space: Term) -> Term:
    """A matrix whose columns span the subspace."""
    inner = space.args[0]
    if space.head in ("col", "row"):
        return inner if space.head == "col" else inner.T
    if space.head == "null":
        return identity(inner.shape[1]) - pinv(inner) * inner
    return _complement(_generators(inner))


def _test(space: Term) -> Term:
    """A matrix whose null space is the subspace."""
    if space.head == "null":
        return space.args[0]
    if space.head == "perp":
        return _generators(space.args[0]).T
    return _complement(_generators(space))


def _complement(basis: Term) -> Term:
    """The projector onto what is orthogonal to the columns."""
    return identity(basis.shape[0]) - basis * pinv(basis)


def _rank(A: Term, value: Term) -> list[Term]:
    size = value.value if value.head in ("dim", "number") else None
    left, right = identity(A.shape[0]), identity(A.shape[1])
    cases = [(A.shape[0], A * pinv(A) - left), (A.shape[1], pinv(A) * A - right), (0, A)]
    found = [equation for rank, equation in cases if rank == size]
    if not found:
        raise Refused("only rank 0, full row rank and full column rank are equations")
    return found


def _property(name: str, A: Term) -> list[Term]:
    equations = {
        "symmetric": [A.T - A],
        "idempotent": [A * A - A],
        "projection": [A * A - A, A.T - A],
        "orthogonal": [A.T * A - identity(A.shape[0]), A * A.T - identity(A.shape[0])],
    }
    if name not in equations:
        raise Refused(f"{name} is no equation")
    return equations[name]


@lru_cache(maxsize=1 << 12)
def zeros(prop: Term) -> list[Poly]:
    """The polynomials whose vanishing is the proposition.  Raises Refused if it is not equational."""
    head, args = prop.head, prop.args
    if head == "and":
        return [z for a in args for z in zeros(a)]
    found = [expand(z) for z in _equations(head, args, prop.value)]
    if any(t.head == "literal" for t in subterms(prop)):
        return [entry for z in found for entry in written_out(z)]
    return found


def _equations(head: str, args: tuple[Term, ...], value: str) -> list[Term]:
    if head == "is":
        return _property(value, args[0])
    if head == "in" and args[1].sort == "space":
        return [_test(args[1]) * args[0]]
    if head == "subset":
        return [_test(args[1]) * _generators(args[0])]
    if head == "eq" and args[0].sort == "space":
        return [_test(b) * _generators(a) for a, b in (args, args[::-1])]
    if head != "eq" or args[0].sort != "matrix":
        raise Refused(f"{head} is no equation")
    left, right = args
    for a, b in (args, args[::-1]):
        if a.head == "rank" and b.head != "rank":
            return _rank(a.args[0], b)
        if is_vector_norm(a) and not expand(b):
            return [a.args[0]]
    return [left**2 - right**2] if is_vector_norm(left) and is_vector_norm(right) else [left - right]


def difference(prop: Term) -> Poly:
    """b - a for a <= b (and the like): the matrix or scalar that the proposition calls nonnegative."""
    if prop.head == "is" and prop.value in ("psd", "spd"):
        return expand(prop.args[0])
    if prop.head not in ("le", "lt", "ge", "gt"):
        raise Refused(f"{prop.head} is no inequality")
    small, large = prop.args if prop.head in ("le", "lt") else prop.args[::-1]
    if is_vector_norm(small) and is_vector_norm(large):
        return expand(large**2) - expand(small**2)
    return expand(large) - expand(small)
