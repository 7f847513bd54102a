"""a <= b from a^2 <= b^2 and b >= 0, for a number a that is real by what is known, though not at sight.

Of tr(S) with a complex S = S^* it has to be proved that it is its own conjugate, and the kernel takes roots of what
is real as it stands.  A Hermitian matrix whose eigenvalues are known to be nonnegative does as well: H = (b - a) I
has no eigenvector v with the eigenvalue -c < 0, since a v = (b + c) v gives

    c^2 v^* v = (a^2 - b^2) v^* v - 2 b c v^* v <= 0.

Then 2 (b - a) = tr(H) >= 0 for the 2 x 2 identity.
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import Term, identity, mul, number
from lemmata.prove.algebra import by_squares_sum
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.order.eigenvectors import absurd, without_eigenvector
from lemmata.prove.order.semidefinite import by_rows
from lemmata.terms.forms import equation, relation

__all__ = ["root_of_real"]

SECONDS = 0.3
ONE = Fraction(1)


def root_of_real(draft: Draft, claim: Term, squares: Ref) -> Ref | None:
    """The claim a <= b, where ``squares`` says that a^2 <= b^2, and the facts that a is real."""
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    factors = large.args if large.head == "mul" else (large,)
    if any(sign_of(b, strict=False) != 1 for b in factors):
        return None

    def contradiction(inner: Draft, v: Term, c: Term) -> Ref | None:
        at = squares if squares[0] == "given" else ["given", len(draft.given) + squares[1]]
        length, rows = mul(v.T, v), [(ONE, (), v.T, at), (Fraction(2), (c, *factors), v, None)]
        form = mul(c, c, length)
        below = by_rows(inner, relation("le", form, number(0)), rows)
        above = (
            None
            if below is None
            else by_rows(inner, relation("le", number(0), form), [(ONE, (c, c), v, None)])
        )
        if above is None or by_squares_sum(inner, relation("lt", number(0), length), SECONDS) is None:
            return None
        return absurd(inner, inner.add(equation(form, number(0)), "logic", of=[below, above]), c, length)

    two = identity(2)
    ref = without_eigenvector(draft, relation("le", mul(small, two), mul(large, two)), contradiction)
    return None if ref is None else by_rows(draft, claim, [(ONE, (), two, ref)])
