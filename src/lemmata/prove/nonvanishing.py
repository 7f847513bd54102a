"""What does not vanish: a != b, since a = b would give u = v for a pair that is known to differ.

With d = u - v the number d^* d is not zero, so that it has an inverse; and d = 0 gives
1 = (d^* d)^{-1} d^* d = 0.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{m x n}, y : R^m\\nassume A^T y != 0\\nshow A^+ y != 0")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.poly import expand, is_real, to_term
from lemmata.kernel.rules import ABSURD
from lemmata.kernel.term import SCALAR, Term, inverse, make, mul, number
from lemmata.prove.algebra import by_ideal, by_squares_sum, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.onematrix import by_singular_values
from lemmata.prove.order.gram import Row
from lemmata.terms.forms import equation, relation, zero

__all__ = ["by_nonvanishing", "by_positivity", "known_nonzero", "use_conjugates"]

MOST_KNOWN = 3


def known_nonzero(draft: Draft) -> list[Term]:
    """The vectors and numbers u - v of the facts u != v, as the facts have them."""
    pairs = [f.args for f, _ in draft.facts if f.head == "ne" and f.args[0].sort == "matrix"]
    known = [u if not expand(v) else u - v for u, v in pairs if u.shape[1] == 1]
    return list(dict.fromkeys(known))


def by_nonvanishing(draft: Draft, claim: Term) -> Ref | None:
    """a != b from u != v, where u = v follows from a = b by algebra or on singular values."""
    if claim.head != "ne" or claim.args[0].sort != "matrix":
        return None
    premise = equation(*claim.args)
    for d in known_nonzero(draft)[:MOST_KNOWN]:
        if d.shape == SCALAR:
            continue
        inner = draft.inner([premise])
        vanishes = equation(to_term(expand(d)), zero(*d.shape))
        known = inner.find(vanishes) or by_ideal(inner, vanishes, 0.3) or by_singular_values(inner, vanishes)
        if known is None:
            continue
        square = to_term(expand(mul(d.T, d)))
        whole = by_ideal(inner, equation(mul(square, inverse(square)), number(1)), 0.2)
        if whole is None:
            continue
        with inner.only([known, whole]):
            if by_ideal(inner, ABSURD, 0.3) is None:
                continue
        arrow = draft.add(make("implies", (premise, ABSURD)), "implies", steps=inner.steps)
        return draft.add(claim, "logic", of=[arrow])
    return None


def by_positivity(draft: Draft, claim: Term) -> Ref | None:
    """a != 0 from a > 0, where a is a positive number and squares: 1 + b^T S^+ b for S >= 0."""
    a, none = claim.args
    terms = expand(a).terms if a.shape == SCALAR and none is number(0) else {}
    constant = terms.get(((), ()), Fraction(0))
    if len(terms) < 2 or constant <= 0:
        return None
    positive = relation("gt", a, none)
    if draft.find(positive) is None and by_squares_sum(draft, positive, 0.3) is None:
        rest = by_singular_values(draft, relation("le", none, to_term(expand(a) - expand(number(constant)))))
        rows: list[Row] = [(constant, (), number(1), None), (Fraction(1), (), number(1), rest)]
        if rest is None or with_squares(draft, positive, expand(a), rows, 0.3) is None:
            return None
    return draft.add(claim, "rational")


def use_conjugates(draft: Draft) -> None:
    """c^* != 0 from c != 0 for the complex numbers that are known not to vanish: c = c^** = 0 otherwise."""
    for c in known_nonzero(draft):
        if c.shape != SCALAR or is_real(c):
            continue
        conjugate = make("ne", (to_term(expand(c.T)), number(0)))
        if draft.find(conjugate) is not None:
            continue
        with draft.attempt() as keep:
            premise = equation(*conjugate.args)
            inner = draft.inner([premise])
            one = by_ideal(inner, equation(mul(c, inverse(c)), number(1)), 0.2)
            if one is None or by_ideal(inner, ABSURD, 0.3) is None:
                continue
            arrow = draft.add(make("implies", (premise, ABSURD)), "implies", steps=inner.steps)
            draft.add(conjugate, "logic", of=[arrow])
            keep()
