"""||P|| = ||I - P|| for an idempotent P that is neither 0 nor I.

Let X + Y = I with X^2 = X and c = ||Y||, so that c >= 1.  Were X^* X <= c^2 I false, there would be a v != 0 and an
a > 0 with X^* X v = (c^2 + a) v.  Let u = X v, w = Y v and r = (w^* w) u + (u^* u) w.  Then Y r = (u^* u) w, and
c^2 r^* r - (Y r)^* (Y r) >= 0 says

    a^2 (v^* v)^2 (w^* w) + a c^2 (v^* v)^2 (w^* w) <= 0.

So w = 0 and X v = v, whence c^2 + a = 1 against c >= 1.  Kato 1960; Szyld, The many proofs of an identity on the
norm of oblique projections, Numerical Algorithms 42 (2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import expand
from lemmata.kernel.term import Term, add, identity, mul, number
from lemmata.prove.algebra import by_ideal, by_square, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.lowerbounds import by_dividing, square_bound
from lemmata.prove.order.eigenvectors import absurd, reciprocal, without_eigenvector
from lemmata.prove.order.gram import Row
from lemmata.terms.forms import equation, norm, relation, zero

__all__ = ["by_complementary_idempotents"]

SECONDS = 0.5
ONE = Fraction(1)


def by_complementary_idempotents(draft: Draft, claim: Term) -> Ref | None:
    """||X|| <= ||Y|| for an idempotent X and Y = I - X, which is not 0."""
    if claim.head not in ("le", "ge"):
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    if small.head != "norm" or large.head != "norm" or {small.value, large.value} != {"2"}:
        return None
    X, Y = small.args[0], large.args[0]
    if X.shape != Y.shape or X.shape[0] != X.shape[1]:
        return None
    if expand(X) + expand(Y) != expand(identity(X.shape[0])):
        return None
    with draft.attempt() as keep:
        facts = [by_ideal(draft, equation(mul(Z, Z), Z), SECONDS) for Z in (X, Y)]
        facts += [by_dividing(draft, relation("le", number(1), mul(large, large))), square_bound(draft, Y)]
        if None in facts:
            return None
        known = [draft.fact(ref) for ref in facts if ref is not None]
        goal = relation("le", mul(X.T, X), mul(large, large, identity(X.shape[0])))
        ref = without_eigenvector(draft, goal, lambda inner, v, a: _contradiction(inner, v, a, X, Y, known))
        if ref is None:
            return None
        keep()
        return draft.add(claim, "root", of=ref)


def _contradiction(inner: Draft, v: Term, a: Term, X: Term, Y: Term, known: Sequence[Term]) -> Ref | None:
    *_, at_least_one, bound = (ref for fact in known if (ref := inner.find(fact)) is not None)
    eigen, c = inner.find(inner.given[-2]), norm(Y)
    u, w, n = mul(X, v), mul(Y, v), mul(norm(v), norm(v))
    alpha, beta = mul(u.T, u), mul(w.T, w)
    r = add(mul(beta, u), mul(alpha, w))
    squares: list[Row] = [(ONE, (), r, bound), (ONE, (a, n, n, c, c), w, None)]
    idempotents = [ref for fact in known[:2] if (ref := inner.find(fact)) is not None]
    with inner.only([*idempotents, *([] if eigen is None else [eigen])]):
        vanishes = _is_zero(inner, mul(a, a, n, n, beta), squares, [(ONE, (a, a, n, n), w, None)])
    if vanishes is None:
        return None
    with inner.only([vanishes, *(reciprocal(inner, x) for x in (a, n))]):
        nothing = by_ideal(inner, equation(beta, number(0)), SECONDS)
    if nothing is None:
        return None
    with inner.only([nothing]):
        fixed = by_square(inner, equation(w, zero(*w.shape)), SECONDS)
    if fixed is None or eigen is None:
        return None
    with inner.only([fixed, eigen]):
        last = _is_zero(inner, mul(a, n), [(ONE, (n,), number(1), at_least_one)], [(ONE, (a,), v, None)])
    return None if last is None else absurd(inner, last, a, n)


def _is_zero(inner: Draft, q: Term, below: list[Row], above: list[Row]) -> Ref | None:
    """q = 0, by squares that show -q >= 0 and q >= 0."""
    both = []
    for claim, rows in ((relation("le", q, number(0)), below), (relation("le", number(0), q), above)):
        both.append(with_squares(inner, claim, difference(claim), rows, SECONDS))
        if both[-1] is None:
            return None
    return inner.add(equation(q, number(0)), "logic", of=both)
