"""Strict inequalities: a < b from a + s ||u||^2 <= b for a vector u != 0 and a factor s > 0.

The u that are tried are those known not to vanish; the factor is 1, a positive letter, or the gap 2 - mu ||A||^2 of
a strict inequality between numbers, perhaps times a letter; and for ||u||^2 also u^T S u with a definite S is
tried.  For ||a|| < ||b|| so are b - a and b + a with factor 1, if they are seen not to vanish.  So a gradient
step with mu ||A||^2 < 2 decreases the loss unless the gradient vanishes.  A norm itself is positive where its
vector does not vanish: ||v|| = (||v||^2 + ||v||)/(1 + ||v||).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let P : R^{n x n}, x : R^n
... assume projection(P), P x != x
... show ||P x|| < ||x||''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lemmata.kernel.meaning import difference, is_vector_norm
from lemmata.kernel.poly import Refused, expand, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, inverse, mul, number, subterms, symbols_of
from lemmata.prove.algebra import by_squares_sum, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.nonvanishing import by_nonvanishing, known_nonzero
from lemmata.prove.onematrix import by_singular_values
from lemmata.prove.order.gram import Row
from lemmata.terms.forms import norm, relation, zero

__all__ = ["by_strictness"]

ONE = Fraction(1)
MOST_VECTORS = 3
MOST_FACTORS = 6
SECONDS = 0.3


def by_strictness(draft: Draft, claim: Term) -> Ref | None:
    """A strict inequality between numbers, from one that leaves room for a square."""
    known = [u for u in known_nonzero(draft) if u.shape != SCALAR]
    if claim.head not in ("lt", "gt") or claim.args[0].shape != SCALAR or not known:
        return None
    small, large = claim.args if claim.head == "lt" else claim.args[::-1]
    if is_vector_norm(large) and not expand(small):
        return _positive_norm(draft, claim, large)
    for scalars, fact in _factors(draft, claim):
        plain = not scalars and fact is None
        for u in _vectors(draft, claim, known) if plain else known[:MOST_VECTORS]:
            gap = number(1) if fact is None else to_term(difference(draft.fact(fact)))
            if gap.shape[0] not in (1, u.shape[0]):
                continue
            with draft.attempt() as keep:
                ref = _with_room(draft, claim, (small, large), (scalars, u, fact))
                if ref is not None:
                    keep()
                    return ref
    return None


def _vectors(draft: Draft, claim: Term, known: list[Term]) -> Iterator[Term]:
    """What is known not to vanish, or seen not to."""
    yield from known[:MOST_VECTORS]
    small, large = claim.args if claim.head == "lt" else claim.args[::-1]
    a, b = (_under_the_norm(t) for t in (small, large))
    if a is None or b is None or a.shape != b.shape:
        return
    for step in (to_term(expand(b - a)), to_term(expand(b + a))):
        if expand(step) not in map(expand, known) and expand(-step) not in map(expand, known):
            differs = relation("ne", step, zero(*step.shape))
            if by_nonvanishing(draft, differs) is not None:
                yield step


def _under_the_norm(t: Term) -> Term | None:
    t = t.args[0] if t.head == "power" and t.args[1] is number(2) else t
    return t.args[0] if is_vector_norm(t) else None


Factor = tuple[tuple[Term, ...], Ref | None]


def _factors(draft: Draft, claim: Term) -> list[Factor]:
    """1, a definite matrix, the gap of a strict fact, that times a letter, and a letter."""
    props = [claim, *(f for f, _ in draft.facts)]
    positive = {s for p in props for s in symbols_of(p) if s.shape == SCALAR and sign_of(s) == 1}
    letters = sorted(positive, key=repr)
    strict = [
        ref for f, ref in draft.facts if f.head in ("lt", "gt") and f.args[0].shape == SCALAR and _fixed(f)
    ]
    gaps: list[tuple[tuple[Term, ...], Ref]] = [((s,), ref) for ref in strict for s in letters]
    gaps += [((), ref) for ref in strict]
    # A bound on a norm is there for the length of the step; other facts of order are tried later.
    first = [(s, ref) for s, ref in gaps if any(t.head == "norm" for t in subterms(draft.fact(ref)))]
    found: list[Factor] = [*first, ((), None)]
    found += [((), ref) for f, ref in draft.facts if f.head == "is" and f.value == "spd"]
    found += [gap for gap in gaps if gap not in first]
    return [*found, *(((s,), None) for s in letters)][:MOST_FACTORS]


def _fixed(fact: Term) -> bool:
    return not any(s.value[4] for s in symbols_of(fact))


def _with_room(
    draft: Draft, claim: Term, sides: tuple[Term, Term], room: tuple[tuple[Term, ...], Term, Ref | None]
) -> Ref | None:
    """a + s ||u||^2 <= b by squares or on singular values, and with it a < b."""
    scalars, u, fact = room
    small, large = (t**2 if is_vector_norm(t) else t for t in sides)
    if all(map(is_vector_norm, sides)) is not any(map(is_vector_norm, sides)):
        return None
    try:
        gap = to_term(difference(draft.fact(fact))) if fact is not None else number(1)
        square = mul(gap, norm(u) ** 2) if gap.shape == SCALAR else mul(u.T, gap, u)
        weak = relation("le", small + mul(*scalars, square), large)
        ref = by_squares_sum(draft, weak, SECONDS) or by_singular_values(draft, weak)
    except Refused:
        return None
    if ref is None:
        return None
    rows: list[Row] = [(ONE, (), number(1), ref), (ONE, scalars, u, fact)]
    with draft.only([ref, *([fact] if fact is not None else [])]):
        return with_squares(draft, claim, difference(claim), rows, SECONDS)


def _positive_norm(draft: Draft, claim: Term, size: Term) -> Ref | None:
    """||v|| > 0 from v != 0."""
    (v,) = size.args
    differs = relation("ne", v, zero(*v.shape))
    if draft.find(differs) is None and by_nonvanishing(draft, differs) is None:
        return None
    share = inverse(number(1) + size)
    rows: list[Row] = [(ONE, (share,), v, None), (ONE, (share, size), number(1), None)]
    return with_squares(draft, claim, difference(claim), rows, SECONDS)
