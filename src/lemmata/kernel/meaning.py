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
"""

from __future__ import annotations

from functools import lru_cache

from lemmata.kernel.entries import entries, is_written_out
from lemmata.kernel.poly import Poly, Refused, expand
from lemmata.kernel.term import Term, make, pinv

__all__ = ["is_vector_norm", "zeros"]


def _identity(n: object) -> Term:
    return make("identity", (), n)


def _generators(space: Term) -> Term:
    """A matrix whose columns span the subspace."""
    inner = space.args[0]
    if space.head in ("col", "row"):
        return inner if space.head == "col" else inner.T
    if space.head == "null":
        return _identity(inner.shape[1]) - pinv(inner) * inner
    basis = _generators(inner)
    return _identity(basis.shape[0]) - basis * pinv(basis)


def _test(space: Term) -> Term:
    """A matrix whose null space is the subspace."""
    inner = space.args[0]
    if space.head == "null":
        return inner
    if space.head == "perp":
        return _generators(inner).T
    basis = _generators(space)
    return _identity(basis.shape[0]) - basis * pinv(basis)


def is_vector_norm(term: Term) -> bool:
    """A norm whose square is a trace: the Euclidean norm of a vector or the Frobenius norm."""
    return term.head == "norm" and (term.value == "F" or term.args[0].shape[1] == 1)


def _rank(A: Term, value: Term) -> list[Poly]:
    size = value.value if value.head in ("dim", "number") else None
    found = []
    if size == A.shape[0]:
        found.append(expand(A * pinv(A) - _identity(A.shape[0])))
    if size == A.shape[1]:
        found.append(expand(pinv(A) * A - _identity(A.shape[1])))
    if size == 0:
        found.append(expand(A))
    if not found:
        raise Refused("only rank 0, full row rank and full column rank are equations")
    return found


def _property(name: str, A: Term) -> list[Poly]:
    equations = {
        "symmetric": [A.T - A],
        "idempotent": [A * A - A],
        "projection": [A * A - A, A.T - A],
        "orthogonal": [A.T * A - _identity(A.shape[0]), A * A.T - _identity(A.shape[0])],
    }
    if name not in equations:
        raise Refused(f"{name} is no equation")
    return [expand(e) for e in equations[name]]


@lru_cache(maxsize=1 << 12)
def zeros(prop: Term) -> list[Poly]:
    """The polynomials whose vanishing is the proposition.  Raises Refused if it is not equational."""
    head, args = prop.head, prop.args
    if head == "and":
        return [z for a in args for z in zeros(a)]
    if head == "is":
        return _property(prop.value, args[0])
    if head == "in" and args[1].sort == "space":
        return [expand(_test(args[1]) * args[0])]
    if head == "subset":
        return [expand(_test(args[1]) * _generators(args[0]))]
    if head == "eq" and args[0].sort == "space":
        return [expand(_test(b) * _generators(a)) for a, b in (args, args[::-1])]
    if head == "eq" and args[0].sort == "matrix" and is_written_out(prop):
        rows = zip(entries(args[0]), entries(args[1]), strict=True)
        return [x - y for a, b in rows for x, y in zip(a, b, strict=True)]
    if head == "eq" and args[0].sort == "matrix":
        for a, b in (args, args[::-1]):
            if a.head == "rank" and b.head != "rank":
                return _rank(a.args[0], b)
        left, right = args
        if is_vector_norm(left) and is_vector_norm(right):
            return [expand(left**2) - expand(right**2)]
        if is_vector_norm(left) and not expand(right):
            return [expand(left.args[0])]
        return [expand(left) - expand(right)]
    raise Refused(f"{head} is no equation")
