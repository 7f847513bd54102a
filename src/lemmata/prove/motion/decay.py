"""Limits by an energy that decays: x -> L, since <x - L, x - L> <= K e^{-ct}.

Let z = x - L and E = z^T M z with M > 0, and suppose that E' = -z^T N z with N > 0 (Lyapunov: for x' = A x this is
A^T M + M A = -N).  With c = 1/(1 + ||M|| ||N^{-1}||)

    c M <= N,    so that  e^{ct} E  does not grow,    and    z^T z <= ||M^{-1}|| E <= ||M^{-1}|| E(0) e^{-ct}.

Hahn, Stability of Motion (1967), section 25.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from lemmata.kernel.meaning import difference, is_vector_norm
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused, expand
from lemmata.kernel.term import (
    SCALAR,
    Term,
    add,
    exp,
    identity,
    inverse,
    make,
    mul,
    number,
    subterms,
    symbol,
    symbols_of,
)
from lemmata.prove.algebra import with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.normchains import instance_of
from lemmata.prove.order.gram import Row
from lemmata.prove.search import establish
from lemmata.terms.forms import diff, equation, is_, norm, relation

__all__ = ["by_decay", "by_limit_of_squares"]

ONE = Fraction(1)
SECONDS = 0.5
MOST_PAIRS = 6


def by_decay(draft: Draft, claim: Term) -> Ref | None:
    """lim x(t) = L for t -> oo, x a vector."""
    if claim.head != "eq" or claim.args[0].head != "limit" or claim.args[0].args[2].head != "infinity":
        return None
    (x, t, _), L = claim.args[0].args, claim.args[1]
    moving = [s for s in symbols_of(x) if s.value[4] == t.name]
    if not moving or x.shape[1] != 1 or x.shape == SCALAR or any(p.head == "at" for p in subterms(x)):
        return None
    definite = [f.args[0] for f, _ in draft.facts if f.value == "spd" and f.args[0].shape[0] == x.shape[0]]
    pairs = product([identity(x.shape[0]), *definite], definite)
    for M, N in [(M, N) for M, N in pairs if M is not N or len(definite) == 1][:MOST_PAIRS]:
        with draft.attempt() as keep:
            ref = _by_energy(draft, claim, _to_zero(x, L), t, M, N)
            if ref is not None:
                keep()
                return ref
    return None


def by_limit_of_squares(draft: Draft, claim: Term) -> Ref | None:
    """lim ||f|| = ||L|| from the limit of the squares."""
    if claim.head != "eq" or claim.args[0].head != "limit" or not is_vector_norm(claim.args[0].args[0]):
        return None
    (size, *where), value = claim.args[0].args, claim.args[1]
    tends = make("limit", (size**2, *where), claim.args[0].value)
    squares = equation(tends, value**2 if expand(value) else number(0))
    ref = establish(draft, squares)
    return None if ref is None else draft.add(claim, "limitroot", of=ref)


def _to_zero(x: Term, L: Term) -> Term:
    """x - L."""
    return x - L if expand(L) else x


def _by_energy(draft: Draft, claim: Term, z: Term, t: Term, M: Term, N: Term) -> Ref | None:
    one, unit = identity(z.shape[0]), expand(M) == expand(identity(z.shape[0]))
    size, least = number(1) if unit else norm(M), norm(inverse(N))
    c = inverse(add(number(1), mul(size, least)))
    bounds = [establish(draft, relation("le", one, mul(least, N))), draft.find(is_("spd", N))]
    bounds.append(None if unit else establish(draft, relation("le", M, mul(size, one))))
    below, definite, above = bounds
    if below is None or definite is None or (above is None and not unit):
        return None
    rows: list[Row] = [(ONE, (c,), one, definite), (ONE, (c, size), one, below)]
    rows += [] if above is None else [(ONE, (c,), one, above)]
    smaller = _squares(draft, relation("le", mul(c, M), N), rows)
    if smaller is None:
        return None
    energy, growing = mul(z.T, M, z), exp(mul(c, t))
    q = mul(growing, energy)
    try:
        rate = relation("le", diff(q, t.name), number(0))
        falls = _squares(draft, rate, [(ONE, (growing,), z, smaller)])
    except Refused:
        return None
    if falls is None:
        return None
    start = value_at(q, t.name, number(0), t)
    constant = draft.add(relation("le", q, start), "constant", of=falls)
    return _squeezed(draft, claim, z, t, c, M, start, constant)


def _squeezed(
    draft: Draft, claim: Term, z: Term, t: Term, c: Term, M: Term, start: Term, constant: Ref
) -> Ref | None:
    one, decaying = identity(z.shape[0]), exp(mul(number(-1), c, t))
    unit = expand(M) == expand(one)
    factor = number(1) if unit else norm(inverse(M))
    least = None if unit else establish(draft, relation("le", one, mul(factor, M)))
    if least is None and not unit:
        return None
    K = mul(factor, start)
    rows: list[Row] = [] if least is None else [(ONE, (), z, least)]
    rows.append((ONE, (factor, decaying), number(1), constant))
    bound = _squares(draft, relation("le", mul(z.T, z), mul(K, decaying)), rows)

    def tends(level: Term, speed: Term) -> Term:
        body = mul(level, exp(mul(number(-1), speed, t)))
        return equation(make("limit", (body, *claim.args[0].args[1:]), claim.args[0].value), number(0))

    letters = [symbol("K"), symbol("c", domain="positive")]
    limit = instance_of(draft, letters, tends, [K, c])
    return None if bound is None or limit is None else draft.add(claim, "squeeze", of=bound, limit=limit)


def _squares(draft: Draft, claim: Term, rows: list[Row]) -> Ref | None:
    return with_squares(draft, claim, difference(claim), rows, SECONDS)
