"""Linear flows: from w' = c - K w to w(t) = p + e^{-tK} (w(0) - p), by the integrating factor.

Where K is a number times the identity, so is e^{tK}.

With K p = c the derivative of e^{tK} (w - p) vanishes, so that it keeps its initial value; no existence
or uniqueness theorem is cited.  The fixed point tried is p = K^+ c.
"""

from __future__ import annotations

from collections.abc import Container

from lemmata.kernel.poly import Poly, Refused, depends_on, expand, to_term, word_poly
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, exp, inverse, mul, number, pinv, symbol, symbols_of
from lemmata.prove.draft import Draft
from lemmata.prove.search import establish
from lemmata.terms.forms import at, diff, equation, neg, relation, zero

__all__ = ["clock_of", "linear_flows", "solve_flows"]


def solve_flows(draft: Draft, letters: Container[Term] | None = None) -> bool:
    """Establish the closed form of every linear flow (of these letters) given; True if one was new."""
    found = False
    for w, rate in _flows(draft):
        if letters is None or w in letters:
            found |= _solve(draft, w, rate)
    return found


def linear_flows(draft: Draft) -> list[tuple[Term, Term, Term]]:
    """w, K and c for every w' = c - K w that is given."""
    found = [(w, _affine(w, rate)) for w, rate in _flows(draft)]
    return [(w, *parts) for w, parts in found if parts is not None]


def _flows(draft: Draft) -> list[tuple[Term, Term]]:
    facts = [f for f, _ in draft.facts if f.head == "eq" and f.args[0].sort == "matrix"]
    return [pair for f in facts if f.args[0].shape != SCALAR for pair in _rates(f)]


def _rates(fact: Term) -> list[tuple[Term, Term]]:
    """w and f for an equation w' = f, or m w' = m f with a number m that does not vanish."""
    sides = [(a.args[0], b) for a, b in (fact.args, fact.args[::-1]) if _is_rate(a)]
    if sides:
        return sides
    try:
        poly = expand(fact.args[0]) - expand(fact.args[1])
    except Refused:
        return []
    rates = [key for key in poly.terms if any(x.head == "diff" for x in key[1])]
    if len(rates) != 1 or len(rates[0][1]) != 1 or not _is_rate(rates[0][1][0]):
        return []
    ((loops, (rate,)),) = rates
    mass = to_term(word_poly(SCALAR, loops, (), poly.terms[rates[0]]))
    rest = Poly(poly.shape, {key: -value for key, value in poly.terms.items() if key != rates[0]})
    return [(rate.args[0], mul(inverse(mass), to_term(rest)))] if sign_of(mass) else []


def _is_rate(side: Term) -> bool:
    return side.head == "diff" and side.args[0].head == "symbol" and side.args[0].value[4] == side.value


def _solve_from_both_sides(draft: Draft, w: Term, rate: Term) -> bool:
    """w = e^{tK} w(0) e^{tN} for w' = K w + w N with constant K and N."""
    from lemmata.prove.motion.defects import by_vanishing_defect

    rows, cols = w.shape
    K, N = Poly((rows, rows), {}), Poly((cols, cols), {})
    for (loops, word), c in expand(rate).terms.items():
        if not word or w not in (word[0], word[-1]):
            return False
        if word[-1] is w:
            K += word_poly(K.shape, loops, word[:-1], c)
        else:
            N += word_poly(N.shape, loops, word[1:], c)
    t = clock_of(draft, w.value[4])
    generators = [to_term(g) for g in (K, N)]
    if 1 in w.shape or any(depends_on(g, t.name) for g in generators):
        return False
    left, right = (exp(mul(t, g)) for g in generators)
    claim = equation(w, mul(left, at(w, number(0)), right))
    return draft.find(claim) is None and by_vanishing_defect(draft, claim) is not None


def _solve(draft: Draft, w: Term, rate: Term) -> bool:
    parts = _affine(w, rate)
    if parts is None:
        return _solve_from_both_sides(draft, w, rate)
    K, c = parts
    clock = clock_of(draft, w.value[4])
    now = at(w, number(0))
    start = next((b for a, b in _equations(draft) if a is now), now)
    if not expand(c):
        p = c
    elif K.shape != SCALAR:
        p = to_term(expand(mul(pinv(K), c)))
    elif establish(draft, relation("ne", K, number(0))) is not None:
        p = to_term(expand(mul(inverse(K), c)))
    else:
        return False
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
    # A multiple of the identity as a number, whose exponential is one.
    alike = w.shape[0] != 1 and all(not word for _, word in linear.terms)
    K, c = to_term(Poly(SCALAR, dict(linear.terms)) if alike else linear), to_term(rest)
    if not linear or any(depends_on(part, w.value[4]) for part in (K, c)):
        return None
    return K, c
