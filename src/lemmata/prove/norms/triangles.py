"""||v|| <= b from bounds that are known of other vectors: v = u + w with ||u|| <= c, ||w|| <= d and c + d <= b.

One step of an induction is of this form: with ||x_k - x_0|| <= k c and ||x_{k+1} - x_k|| <= c

    ||x_{k+1} - x_0|| <= ||x_{k+1} - x_k|| + ||x_k - x_0|| <= (k + 1) c.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let x : R^n(k), c : nonnegative
... assume ||x_{k+1} - x_k|| <= c
... show ||x_k - x_0|| <= k c''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from lemmata.kernel.meaning import is_vector_norm
from lemmata.kernel.poly import expand
from lemmata.kernel.term import SCALAR, Term, add, mul, number, symbol
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.order.gram import Row
from lemmata.terms.forms import norm, relation

__all__ = ["by_known_bounds"]

ONE = Fraction(1)
MOST_KNOWN = 8
SIGNS = ((1, 1), (1, -1), (-1, 1), (-1, -1))


def by_known_bounds(draft: Draft, claim: Term) -> Ref | None:
    """||v|| <= b in an induction, where v is a sum or a difference of two vectors or matrices with known bounds.

    Elsewhere the chains of operatornorms.py do this.
    """
    if not draft.inducting or claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    if small.head != "norm" or is_vector_norm(large):
        return None
    v, known = expand(small.args[0]), _known(draft, small)
    for (a, first), (b, second) in combinations(known, 2):
        for signs in SIGNS:
            parts = [mul(number(sign), x) if sign < 0 else x for sign, x in zip(signs, (a, b), strict=True)]
            if expand(add(*parts)) == v:
                return _sum(draft, claim, signs, (a, b), (first, second), small)
    return None


def _known(draft: Draft, small: Term) -> list[tuple[Term, Ref]]:
    """The vectors of the same shape with a bound that is no norm."""
    found = []
    for fact, ref in draft.facts:
        sides = (
            fact.args if fact.head in ("le", "lt") else fact.args[::-1] if fact.head in ("ge", "gt") else ()
        )
        if sides and sides[0].head == "norm" and sides[0].value == small.value:
            fits = sides[0].args[0].shape == small.args[0].shape and not is_vector_norm(sides[1])
            found += [(sides[0].args[0], ref)] * fits
    return found[-MOST_KNOWN:]


def _sum(
    draft: Draft,
    claim: Term,
    signs: tuple[int, int],
    pair: tuple[Term, Term],
    refs: tuple[Ref, Ref],
    small: Term,
) -> Ref | None:
    kind = small.value
    shape = small.args[0].shape

    def triangle(u: Term, w: Term) -> Term:
        total = add(*(mul(number(sign), x) if sign < 0 else x for sign, x in zip(signs, (u, w), strict=True)))
        return relation("le", norm(total, kind), add(norm(u, kind), norm(w, kind)))

    # The lemma on matrices rests on that on vectors u' and v'.
    names = ("u'", "v'") if shape[1] == 1 else ("U'", "V'")
    both = instance_of(draft, [symbol(name, *shape) for name in names], triangle, pair)
    rows: list[Row] = [] if both is None else [(ONE, (), number(1), ref) for ref in (both, *refs)]
    return rows_add_up(draft, claim, rows) if rows else None
