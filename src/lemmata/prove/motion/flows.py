"""Linear flows: from w' = c - K w to w(t) = p + e^{-tK} (w(0) - p), by the integrating factor.

With K p = c the derivative of e^{tK} (w - p) vanishes, so that it keeps its initial value; no existence
or uniqueness theorem is cited.  The fixed point tried is p = K^+ c.
"""

from __future__ import annotations

from collections.abc import Container

from lemmata.kernel.poly import Poly, depends_on, expand, to_term
from lemmata.kernel.term import SCALAR, Term, exp, mul, number, pinv, symbol, symbols_of
from lemmata.prove.draft import Draft
from lemmata.prove.search import establish
from lemmata.terms.forms import at, diff, equation, neg, zero

__all__ = ["clock_of", "solve_flows"]


def solve_flows(draft: Draft, letters: Container[Term] | None = None) -> bool:
    """Establish the closed form of every linear flow (of these letters) given; True if one was new."""
    found = False
    for fact, _ in draft.facts:
        if fact.head != "eq" or fact.args[0].shape == SCALAR or fact.args[0].sort != "matrix":
            continue
        for side, other in (fact.args, fact.args[::-1]):
            own = (
                side.head == "diff" and side.args[0].head == "symbol" and side.args[0].value[4] == side.value
            )
            if own and (letters is None or side.args[0] in letters):
                found |= _solve(draft, side.args[0], other)
    return found


def _solve(draft: Draft, w: Term, rate: Term) -> bool:
    parts = _affine(w, rate)
    if parts is None:
        return False
    K, c = parts
    clock = clock_of(draft, w.value[4])
    now = at(w, number(0))
    start = next((b for a, b in _equations(draft) if a is now), now)
    p = to_term(expand(mul(pinv(K), c)))
    moved, from_start, from_now = (w - p, start - p, now - p) if expand(c) else (w, start, now)
    shift = exp(mul(clock, K)) @ moved
    closed = exp(neg(mul(clock, K))) @ from_start
    claims = [
        equation(mul(K, p), c),
        equation(diff(shift, w.value[4]), zero(*w.shape)),
        equation(shift, from_now),
        equation(shift, from_start),
        equation(w, p + closed if expand(c) else closed),
    ]
    with draft.attempt() as keep:
        if all(establish(draft, claim) is not None for claim in claims):
            keep()
            return True
    return False


def _equations(draft: Draft) -> list[tuple[Term, Term]]:
    pairs = [f.args for f, _ in draft.facts if f.head == "eq"]
    return [(a, b) for a, b in pairs] + [(b, a) for a, b in pairs]


def clock_of(draft: Draft, name: str) -> Term:
    """The time variable of that name as the statement declares it."""
    letters = [s for fact, _ in draft.facts for s in symbols_of(fact)] + list(draft.letters)
    return next((s for s in letters if s.name == name and s.shape == SCALAR), symbol(name, 1, 1, "time"))


def _affine(w: Term, rate: Term) -> tuple[Term, Term] | None:
    """K and c with rate = c - K w, both constant in time."""
    linear, rest = Poly((w.shape[0], w.shape[0]), {}), Poly(w.shape, {})
    for (scalars, word), value in expand(rate).terms.items():
        if word and word[-1] is w:
            linear = linear + Poly(linear.shape, {(scalars, word[:-1]): -value})
        else:
            rest = rest + Poly(rest.shape, {(scalars, word): value})
    K, c = to_term(linear), to_term(rest)
    if not linear or any(depends_on(part, w.value[4]) for part in (K, c)):
        return None
    return K, c
