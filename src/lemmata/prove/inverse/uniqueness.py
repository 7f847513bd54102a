"""The one solution of a linear equation: x = e from H x = b, where H has an inverse and H e = b.

For x - e = H^{-1} (H x - H e).  That H e = b is often algebra where H^{-1} b = e is not: the ridge solution is
A^T (A A^T + lambda I)^{-1} y, since (A^T A + lambda I) A^T = A^T (A A^T + lambda I) ("push-through", Henderson and
Searle 1981).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, X : R^{n x p}, Y : R^{m x p}, lambda : positive
... assume A^T A X + lambda X = A^T Y
... show X = A^T (A A^T + lambda I)^{-1} Y''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import Poly, to_term
from lemmata.kernel.term import Term, identity, inverse, mul, subterms
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.search import establish
from lemmata.terms.forms import equation, is_

__all__ = ["by_unique_solution"]

SECONDS = 0.3
MOST_FACTS = 4


def by_unique_solution(draft: Draft, claim: Term) -> Ref | None:
    """x = e for a letter x, of which a fact says that H x = b."""
    if claim.head != "eq" or claim.args[0].sort != "matrix" or claim.args[0].shape[0] == 1:
        return None
    for x, e in (claim.args, claim.args[::-1]):
        if x.head != "symbol" or x in subterms(e):
            continue
        found = [(H, b, ref) for fact, ref in draft.facts for H, b in _linear(fact, x)]
        for H, b, ref in found[:MOST_FACTS]:
            with draft.attempt() as keep:
                shown = _shown(draft, claim, e, (H, b, ref))
                if shown is not None:
                    keep()
                    return shown
    return None


def _linear(fact: Term, x: Term) -> list[tuple[Term, Term]]:
    """H and b of a fact H x = b with a square H that is more than a letter, in which x does not occur."""
    if fact.head != "eq" or fact.args[0].sort != "matrix" or fact.args[0].shape != x.shape:
        return []
    (gap,) = zeros(fact)
    H, b = Poly((x.shape[0], x.shape[0]), {}), Poly(x.shape, {})
    for (loops, word), value in gap.terms.items():
        inside = {t for w in (*loops, word[:-1]) for letter in w for t in subterms(letter)}
        if word and word[-1] is x and x not in inside:
            H = H + Poly(H.shape, {(loops, word[:-1]): value})
        elif x in inside or (word and x in subterms(word[-1])):
            return []
        else:
            b = b + Poly(b.shape, {(loops, word): -value})
    if not H or list(H.terms) == [((), ())]:
        return []
    scale = Fraction(1) / next(iter(H.terms.values()))
    return [(to_term(H.scale(scale)), to_term(b.scale(scale)))]


def _shown(draft: Draft, claim: Term, e: Term, known: tuple[Term, Term, Ref]) -> Ref | None:
    H, b, ref = known
    unit = is_("invertible", H)
    exists = draft.find(unit) or establish(draft, unit)
    level = exists and by_ideal(draft, equation(mul(H, e), b), SECONDS)
    if exists is None or level is None:
        return None
    same = by_ideal(draft, equation(mul(inverse(H), H), identity(H.shape[0])), SECONDS)
    if same is None:
        return None
    with draft.only([ref, level, same]):
        return by_ideal(draft, claim, SECONDS)
