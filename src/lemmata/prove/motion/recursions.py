"""Linear recursions: from x_{k+1} = M x_k + c to x_k = p + M^k (x_0 - p), by induction.

The fixed point p solves (I - M) p = c; K^{-1} c and K^+ c are tried, with K = I - M.

An implicit step names x_{k+1} on both sides, as that of Euler's backward method does, or multiplies it:
P x_{k+1} = N x_k + b.  With an invertible P it is x_{k+1} = P^{-1} N x_k + P^{-1} b, and a fixed point
solves (P - N) p = b.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, x : R^n(k), mu : positive
... assume x_{k+1} = x_k - mu A^T A x_{k+1}
... show lim_{k -> oo} x_k = (I - A^+ A) x_0''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Container
from fractions import Fraction

from lemmata.kernel.poly import Poly, Refused, depends_on, expand, to_term
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    add,
    identity,
    inverse,
    mul,
    number,
    pinv,
    subterms,
    symbol,
)
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft
from lemmata.prove.motion.induction import by_induction
from lemmata.prove.search import establish
from lemmata.terms.forms import at, equation, is_, power

__all__ = ["matrices_of_recursions", "solve_recursions"]

SECONDS = 0.5


def solve_recursions(draft: Draft, letters: Container[Term] | None = None) -> bool:
    """Establish the closed form of every linear recursion (of these letters) given; True if one was new."""
    found = False
    for fact, _ in draft.facts:
        if fact.head == "eq" and fact.args[0].sort == "matrix" and fact.args[0].shape != SCALAR:
            for side, other in (fact.args, fact.args[::-1]):
                if _is_next(side) and (letters is None or side.args[0] in letters):
                    found |= _solve(draft, side.args[0], other)
            for later in _implicit(fact):
                if letters is None or later.args[0] in letters:
                    found |= _solve_implicit(draft, fact, later)
    return found


def _is_next(side: Term) -> bool:
    """x_{k+1}."""
    return side.head == "at" and side.args[0].value[4] in INDICES and side.args[1].head == "add"


def _implicit(fact: Term) -> list[Term]:
    """The only x_{k+1} of an equation that does not isolate it."""
    later = {t for t in subterms(fact) if _is_next(t)}
    isolated = any(_is_next(a) and a not in subterms(b) for a, b in (fact.args, fact.args[::-1]))
    return [x for x in later if not isolated and len(later) == 1 and x.shape == fact.args[0].shape]


def _solve_implicit(draft: Draft, fact: Term, later: Term) -> bool:
    """From P x_{k+1} = N x_k + b."""
    x, size = later.args[0], later.shape[0]
    P, rest = Poly((size, size), {}), Poly(later.shape, {})
    try:
        gap = expand(fact.args[0]) - expand(fact.args[1])
    except Refused:
        return False
    for (scalars, word), value in gap.terms.items():
        if word and word[-1] is later:
            P = P + Poly(P.shape, {(scalars, word[:-1]): value})
        else:
            rest = rest + Poly(rest.shape, {(scalars, word): -value})
    if P.terms.get(((), ()), 0) < 0:  # x_k = x_{k+1} + ...
        P, rest = P.scale(Fraction(-1)), rest.scale(Fraction(-1))
    step, implicit = to_term(P), to_term(rest)
    parts = _affine(x, implicit) if later not in subterms(implicit) else None
    if parts is None or depends_on(step, x.value[4]):
        return False
    N, b = parts
    with draft.attempt() as keep:
        if establish(draft, is_("invertible", step)) is None:
            return False
        explicit = [mul(inverse(step), N, x), *([mul(inverse(step), b)] if expand(b) else [])]
        fixed = mul(pinv(to_term(expand(step - N))), b)
        if by_ideal(draft, equation(later, add(*explicit) if len(explicit) > 1 else explicit[0]), SECONDS):
            keep()
            return _solve(draft, x, draft.claims[-1].args[1], fixed)
    return False


def matrices_of_recursions(draft: Draft, name: str) -> list[tuple[Term, Term, Term]]:
    """x, M and c for every x_{k+1} = M x_k + c that is given, also as x_{k+1} - z = M (x_k - z)."""
    found = []
    for fact, _ in draft.facts:
        if fact.head == "eq" and fact.args[0].sort == "matrix" and fact.args[0].shape != SCALAR:
            inside = {t for t in subterms(fact) if t.head == "at" and t.args[0].value[4] == name}
            for later in (t for t in inside if t.args[1].head == "add" and t.shape == fact.args[0].shape):
                x = later.args[0]
                try:
                    parts = _affine(x, later - fact.args[0] + fact.args[1])
                except Refused:
                    continue
                if parts is not None:
                    found.append((x, *parts))
    return found


def _solve(draft: Draft, x: Term, later: Term, likely: Term | None = None) -> bool:
    parts = _affine(x, later)
    if parts is None:
        return False
    M, c = parts
    K = to_term(expand(identity(x.shape[0]) - M))
    k = symbol(x.value[4], domain="natural")
    now = at(x, number(0))
    pairs = [f.args for f, _ in draft.facts if f.head == "eq"]
    start = next((b for a, b in [*pairs, *((b, a) for a, b in pairs)] if a is now), now)
    fixed: list[Term | None] = [None] if not expand(c) else []
    if expand(c):
        invertible = establish(draft, is_("invertible", K)) is not None
        fixed = [mul(inverse(K), c)] if invertible else [mul(pinv(K), c) if likely is None else likely]
    for p in fixed:
        powers = power(M, k)
        closed = powers @ start if p is None else p + powers @ (start - p)
        with draft.attempt() as keep:
            try:
                good = p is None or establish(draft, equation(mul(K, p), c)) is not None
                if good and by_induction(draft, equation(x, closed)) is not None:
                    keep()
                    return True
            except Refused:
                continue
    return False


def _affine(x: Term, later: Term) -> tuple[Term, Term] | None:
    """M and c with later = M x + c, both constant in the index."""
    linear, rest = Poly((x.shape[0], x.shape[0]), {}), Poly(x.shape, {})
    for (scalars, word), value in expand(later).terms.items():
        if word and word[-1] is x:
            linear = linear + Poly(linear.shape, {(scalars, word[:-1]): value})
        else:
            rest = rest + Poly(rest.shape, {(scalars, word): value})
    M, c = to_term(linear), to_term(rest)
    if not linear or any(depends_on(part, x.value[4]) for part in (M, c)):
        return None
    return M, c
