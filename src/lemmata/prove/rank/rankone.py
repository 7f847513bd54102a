"""The rank of A + u v^T: that of A, one more, or one less.

With a = (I - A A^+) u and b = (I - A^+ A) v:

    u in Col(A), so M = A (I + A^+ u v^T)                      rank(M) <= rank(A)
    b != 0, so A = M (I - b v^T / b^T b)                       rank(A) <= rank(M)
    u in Col(A), d = 1 + v^T A^+ u != 0,
        so A = M (I - A^+ u v^T / d)                           rank(A) <= rank(M)
    a != 0 and b != 0, so A b = 0 and A = (I - u a^T / a^T a) M,
        while M b b^T = u b^T (b^T b) has rank 1               rank(A) + 1 <= rank(M)

    u in Col(A), v in Row(A), d = 0, so (I + u v^T A^+) A = M
        and M A^+ u = 0, while A A^+ u v^T = u v^T has rank 1  rank(M) + 1 <= rank(A)

and the same with rows for columns.  The last two are the inequality of Frobenius, for I - u a^T / a^T a, M and
b b^T, and for I + u v^T A^+, A and A^+ u v^T (Wedderburn 1934).

>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.prove.search import prove
>>> from lemmata.prove.standard import standard
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, u : R^m, v : R^n
... assume not (u in Col(A)), not (v in Row(A))
... show rank(A + u v^T) = rank(A) + 1''')
>>> prove(standard(Statement(c.given, c.shows[0].prop))).theorem is not None
True

(Meyer, *Generalized inversion of modified matrices*, SIAM J. Appl. Math. 24, 1973.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.poly import Poly, expand, to_term
from lemmata.kernel.term import SCALAR, Term, identity, inverse, mul, number, pinv, subterms
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.nonvanishing import by_positivity
from lemmata.prove.rank.facts import (
    at_most,
    complement,
    frobenius,
    instance_of,
    rank,
    sum_of_facts,
    vanishing,
    within,
)
from lemmata.prove.rank.programme import sizes_of
from lemmata.prove.rank.sums import by_rank_facts
from lemmata.terms.forms import equation, relation

__all__ = ["by_rank_one"]

ONE = Fraction(1)
SECONDS = 0.3
MOST_CHANGES = 2


@dataclass(frozen=True)
class Change:
    """M = A + c u v^T for a number c; v is kept as the row r."""

    M: Term
    A: Term
    c: Term
    u: Term
    r: Term


def by_rank_one(draft: Draft, claim: Term) -> Ref | None:
    """A claim about rank(M) and rank(A), once it is known how they compare."""
    if sizes_of(claim) is None:
        return None
    with draft.attempt() as keep:
        changes = list(_changes(claim))[:MOST_CHANGES]
        if not any([_compare(draft, change) for change in changes]):
            return None
        both = [draft.find(relation("le", *pair)) for pair in (claim.args, claim.args[::-1])]
        if claim.head == "eq" and None not in both:
            keep()
            return draft.add(claim, "logic", of=both)
        ref = draft.find(claim) or by_rank_facts(draft, claim)
        if ref is not None:
            keep()
        return ref


def _changes(claim: Term) -> Iterator[Change]:
    """M and A with M = A + u v^T, whose ranks are named."""
    named = list(dict.fromkeys(t.args[0] for t in subterms(claim) if t.head == "rank"))
    for M in named:
        for A in named:
            gap = expand(M) - expand(A) if M.shape == A.shape and 1 not in M.shape else None
            if gap is not None and len(gap.terms) == 1 and len(expand(M).terms) > len(expand(A).terms):
                (((loops, word), value),) = gap.terms.items()
                cuts = [i + 1 for i, x in enumerate(word[:-1]) if x.shape[1] == 1]
                if cuts:
                    u = Poly((M.shape[0], 1), {(loops, word[: cuts[0]]): ONE})
                    yield Change(M, A, number(value), to_term(u), mul(*word[cuts[0] :]))


def _compare(draft: Draft, change: Change) -> bool:
    """Whether something about the two ranks is found."""
    M, A, c, u, r = change.M, change.A, change.c, change.u, change.r
    one, other, P = identity(M.shape[0]), identity(M.shape[1]), pinv(A)
    a, b = _beside(draft, A, u), _beside(draft, A.T, r.T)
    d = _nonzero(draft, number(1) + mul(c, r, P, u))
    above = a is None and within(draft, at_most(M, A), one, other + mul(c, P, u, r), _link)
    above = above or (b is None and within(draft, at_most(M, A), one + mul(c, u, r, P), other, _link))
    pairs = list[tuple[Term, Term]]()
    if a is not None:
        pairs.append((one - mul(u, inverse(mul(a.T, a)), a.T), other))
    if b is not None:
        pairs.append((one, other - mul(b, inverse(mul(b.T, b)), r)))
    if d is not None:
        pairs += [(one, other - mul(c, inverse(d), P, u, r)), (one - mul(c, inverse(d), u, r, P), other)]
    below = next((ref for P, Q in pairs if (ref := within(draft, at_most(A, M), P, Q, _link))), None)
    more = _more(draft, change, a, b, pairs[0][0]) if a is not None and b is not None else None
    less = _less(draft, change) if above and not pairs else None
    return bool(above or below or more or less)


def _beside(draft: Draft, A: Term, u: Term) -> Term | None:
    """(I - A A^+) u, if it is known not to vanish, with A^+ or (A^T)^+ as the fact has it."""
    turned = mul(pinv(A.T), A.T)
    forms = [expand(mul(complement(A, True), u)), expand(u) - expand(mul(turned, u))]
    for fact, _ in draft.facts:
        if fact.head == "ne" and fact.args[0].sort == "matrix" and fact.args[0].shape == u.shape != SCALAR:
            gap = expand(fact.args[0]) - expand(fact.args[1])
            if any(gap in (wanted, wanted.scale(-ONE)) for wanted in forms):
                return to_term(gap)
            # For a symmetric A what is beside the columns is beside the rows.
            if (
                A.shape[0] == A.shape[1]
                and _link(draft, equation(to_term(gap), to_term(forms[0]))) is not None
            ):
                return to_term(gap)
    return None


def _nonzero(draft: Draft, d: Term) -> Term | None:
    """d, if it is known not to vanish, as the fact has it."""
    for fact, _ in draft.facts:
        if fact.head == "ne" and fact.args[0].sort == "matrix" and fact.args[0].shape == SCALAR:
            left, right = fact.args
            known = left if right is number(0) else left - right
            if expand(known) in (expand(d), expand(-d)):
                return known if expand(known) == expand(d) else -known
    return d if by_positivity(draft, relation("ne", d, number(0))) is not None else None


def _more(draft: Draft, change: Change, a: Term, b: Term, P: Term) -> Ref | None:
    """rank(A) + 1 <= rank(M) where u is no column and v no row: Frobenius for P, M and b b^T with P M = A, A b = 0."""
    M, A = change.M, change.A
    C = mul(b, b.T)
    one, other = identity(M.shape[0]), identity(M.shape[1])
    unit = relation("le", number(1), rank(mul(M, C)))
    length, width = inverse(mul(a.T, a)), inverse(mul(b.T, b))
    facts = [
        within(draft, at_most(A, mul(P, M)), one, other, _link),
        within(draft, unit, mul(inverse(change.c), length, a.T), mul(width, width, b), _link),
        instance_of(draft, frobenius(M.shape[:1] * 2, C.shape), [P, M, C]),
        vanishing(draft, mul(P, M, C), _link),
    ]
    claim = relation("le", rank(A) + number(1), rank(M))
    if None in facts:
        return None
    return sum_of_facts(draft, claim, [(ONE, ref) for ref in facts if ref is not None])


def _less(draft: Draft, change: Change) -> Ref | None:
    """rank(M) + 1 <= rank(A) where 1 + c v^T A^+ u = 0: Frobenius for X, A and x v^T with X A = M, M x = 0."""
    M, A, c, u, r = change.M, change.A, change.c, change.u, change.r
    y, x = mul(r, pinv(A)), mul(pinv(A), u)
    if _link(draft, equation(mul(c, y, u), number(-1))) is None:
        return None
    one, other = identity(M.shape[0]), identity(M.shape[1])
    X, Z = one + mul(c, u, y), mul(x, r)
    unit = relation("le", number(1), rank(mul(A, Z)))
    facts = [
        within(draft, at_most(M, mul(X, A)), one, other, _link),
        within(draft, unit, mul(c, y), mul(c, x), _link),
        instance_of(draft, frobenius(M.shape[:1] * 2, Z.shape), [X, A, Z]),
        vanishing(draft, mul(X, A, Z), _link),
    ]
    claim = relation("le", rank(M) + number(1), rank(A))
    if None in facts:
        return None
    return sum_of_facts(draft, claim, [(ONE, ref) for ref in facts if ref is not None])


def _link(draft: Draft, claim: Term) -> Ref | None:
    return by_ideal(draft, claim, SECONDS)
