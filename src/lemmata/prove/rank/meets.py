"""The dimension of Null(A) meets Col(B), told twice: by A and B, and by what is left of them.

With A G A = A and B H B = B let N = I - G A and M = I - B H.  Then Null(A) = Col(N) and Col(B) = Null(M), so that
dim(Null(A) meets Col(B)) is rank(B) - rank(A B) and also rank(N) - rank(M N) = n - rank(A) - rank(M N):

    rank(A B) = rank(A) + rank(B) - n + rank((I - B H) (I - G A)).

It is proved for letters, each half by what spans the meet: Z = B (I - (A B)^+ A B) has rank at least
rank(B) - rank(A B), and Z = N Z with M N Z = 0; the other half is the same with M, N for A, B.

>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.prove.search import prove
>>> from lemmata.prove.standard import standard
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, B : R^{n x p}
... show rank((I - A^+ A) (I - B B^+)) = rank(A B) - rank(A) - rank(B) + n''')
>>> prove(standard(Statement(c.given, c.shows[0].prop))).theorem is not None
True

(Marsaglia and Styan, *Equalities and inequalities for ranks of matrices*, 1974, (8.9).)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from typing import Any

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import Poly, Refused, expand, to_term
from lemmata.kernel.term import (
    SCALAR,
    Dim,
    Term,
    dim,
    identity,
    make,
    mul,
    number,
    pinv,
    substitute,
    subterms,
    symbol,
    symbols_of,
    to_json,
)
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.rank.direct import rank_is_trace
from lemmata.prove.rank.elimination import idempotents
from lemmata.prove.rank.equations import by_rank_equations
from lemmata.prove.rank.facts import (
    at_most,
    frobenius,
    instance_of,
    nonnegativity,
    rank,
    subadditivity,
    sum_of_facts,
    transposition,
    vanishing,
    within,
)
from lemmata.prove.rank.programme import sizes_of
from lemmata.prove.rank.sums import by_rank_facts
from lemmata.terms.forms import equation, relation

__all__ = ["by_meets"]

ONE = Fraction(1)
SECONDS = 2.0
MOST_MEETS = 2
MOST_SIDES = 12


@dataclass(frozen=True)
class Side:
    """A matrix X with G such that X G X = X."""

    X: Term
    G: Term

    @property
    def symmetric(self) -> bool:
        """Whether X G and G X are."""
        return self.G.head == "pinv"

    @property
    def left(self) -> Term:
        """I - X G."""
        return identity(self.X.shape[0]) - mul(self.X, self.G)

    @property
    def right(self) -> Term:
        """I - G X."""
        return identity(self.X.shape[1]) - mul(self.G, self.X)

    @property
    def premise(self) -> Term:
        return equation(mul(self.X, self.G, self.X), self.X)


def by_meets(draft: Draft, claim: Term, alone: bool = False) -> Ref | None:
    """A claim about ranks, or an equation, with what is known of the meets of ranges and null spaces that it names.

    ``alone``: only as far as equations between ranks tell, which is soon seen.
    """
    pairs = list(islice(_named(draft, claim), MOST_MEETS))
    if not pairs:
        return None
    with draft.attempt() as keep:
        if not any([_meet(draft, *pair) is not None for pair in pairs]):
            return None
        ref = _by_ranks_alone(draft, claim)
        if ref is None and not alone:
            ref = by_rank_facts(draft, claim) or by_rank_equations(draft, claim)
        if ref is not None:
            keep()
        return ref


def _by_ranks_alone(draft: Draft, claim: Term) -> Ref | None:
    """An equation between numbers that the equations between ranks give, with no matrix looked at."""
    if claim.head != "eq" or any(goal.shape != SCALAR for goal in zeros(claim)):
        return None
    sizes = [ref for fact, ref in draft.facts if fact.head == "eq" and sizes_of(fact) is not None]
    with draft.only(sizes):
        return draft.find(claim) or by_ideal(draft, claim, SECONDS / 8)


# --- which meets -----------------------------------------------------------------------------


def _named(draft: Draft, claim: Term) -> Iterator[tuple[Side, Side, list[Term]]]:
    """A and B with (I - B H) (I - G A) among what the claim and the facts name, and the names that it has there."""
    props = (claim, *(fact for fact, _ in draft.facts))
    if not any(t.head == "rank" for p in props for t in subterms(p)):
        return
    ranked = {t.args[0]: _key(expand(t.args[0])) for p in props for t in subterms(p) if t.head == "rank"}
    named = {_key(poly) for poly in _vanishing(props)} | set(ranked.values())
    told = set[Any]()
    for A, B in product(_sides(draft, props), repeat=2):
        if A.X.shape[1] != B.X.shape[0] or 1 in (*A.X.shape, B.X.shape[1]):
            continue
        keys = {_key(f.scale(s)) for f in _forms(A, B) for s in (ONE, -ONE)}
        if keys & named - told:
            told |= keys
            yield A, B, [X for X, key in ranked.items() if key in keys]


def _forms(A: Side, B: Side) -> Iterator[Poly]:
    """(I - B H) (I - G A) and its adjoint, in which the factors may be turned if they are symmetric."""
    M, N = expand(B.left), expand(A.right)
    for left in (M, M.adjoint())[: 1 + B.symmetric] if M and N else ():
        for right in (N, N.adjoint())[: 1 + A.symmetric]:
            yield from (left * right, (left * right).adjoint())


def _key(poly: Poly) -> Any:
    return poly.shape, frozenset(poly.terms.items())


def _vanishing(props: Iterable[Term]) -> Iterator[Poly]:
    for p in props:
        for part in p.args if p.head == "and" else (p,):
            try:
                yield from zeros(part)
            except Refused:
                continue


def _sides(draft: Draft, props: Sequence[Term]) -> list[Side]:
    """Matrices with their pseudoinverses, idempotents with I, and A with G where A G A = A is known."""
    inside = [t for p in props for t in subterms(p)]
    inside += [t for poly in _vanishing(props) for t in subterms(to_term(poly))]
    plus = dict.fromkeys(t.args[0] for t in inside if t.head == "pinv" and 1 not in t.shape)
    found = [Side(X, identity(X.shape[0])) for E in idempotents(draft) for X in (E, E.T)]
    known = {_key(poly) for poly in _vanishing(fact for fact, _ in draft.facts)}
    letters = [X for X in dict.fromkeys(s for p in props for s in symbols_of(p)) if 1 not in X.shape]
    for A, G in product(letters, repeat=2):
        if A.shape == G.shape[::-1] and _key(expand(mul(A, G, A)) - expand(A)) in known:
            found += [Side(A, G), Side(A.T, G.T)]
    found += [Side(X, pinv(X)) for A in plus for X in (A, to_term(expand(A.T)))]
    return list(dict.fromkeys(found))[:MOST_SIDES]


# --- the fact --------------------------------------------------------------------------------


def _meet(draft: Draft, A: Side, B: Side, names: Sequence[Term]) -> Ref | None:
    """The equation between ranks for these two, from the lemma."""
    ref = _lemma(draft, *A.X.shape, B.X.shape[1])
    *letters, chain = draft.fact(ref).args
    terms = [A.X, A.G, B.X, B.G]
    chain = substitute(chain, dict(zip(letters, terms, strict=True)))
    ref = draft.find(chain) or draft.add(chain, "instance", of=ref, terms=[to_json(t) for t in terms])
    while chain.head == "implies":
        premise, chain = chain.args
        known = draft.find(premise) or by_ideal(draft, premise, SECONDS / 4)
        if known is None:
            return None
        ref = draft.find(chain) or draft.add(chain, "logic", of=[ref, known])
    rest = mul(B.left, A.right)
    for X in names:
        _same_rank(draft, X, rest)
    if any(poly.shape != SCALAR for poly in _vanishing(fact for fact, _ in draft.facts)):
        for X in (rest, mul(A.X, B.X)):
            _no_rank(draft, X)
    return ref


def _no_rank(draft: Draft, X: Term) -> None:
    """rank(X) = 0 for an X that vanishes."""
    upper = vanishing(draft, X, _at_once)
    if upper is not None:
        lower = instance_of(draft, nonnegativity(X.shape), [X])
        draft.add(equation(rank(X), number(0)), "logic", of=[upper, lower])


def _same_rank(draft: Draft, X: Term, Y: Term) -> None:
    """rank(X) = rank(Y) for X = Y, or X = Y^*."""
    claim = equation(rank(X), rank(Y))
    if X is Y or draft.find(claim) is not None:
        return
    one, turned = identity(X.shape[0]), _by_algebra(draft, equation(X, Y)) is None
    below = []
    for V, W in ((X, Y), (Y, X)):
        low = within(draft, at_most(V, W.T if turned else W), one, one)
        if low is not None and turned:
            high = instance_of(draft, transposition(W.shape), [W])
            low = sum_of_facts(draft, at_most(V, W), [(ONE, low), (ONE, high)])
        below.append(low)
    if None not in below:
        draft.add(claim, "logic", of=below)


def _lemma(draft: Draft, m: Dim, n: Dim, p: Dim) -> Ref:
    """For all A, G, B, H of these sizes A G A = A and B H B = B give the equation."""
    sizes = " x ".join(map(str, (m, n, p)))
    shapes = {"A": (m, n), "G": (n, m), "B": (n, p), "H": (p, n)}
    letters = [symbol(f"{name}'_{{{sizes}}}", *shape, "complex") for name, shape in shapes.items()]
    A, B = Side(*letters[:2]), Side(*letters[2:])
    N, M = A.right, B.left
    claim = equation(rank(mul(A.X, B.X)), rank(A.X) + rank(B.X) - dim(n) + rank(mul(M, N)))
    arrow = make("implies", (B.premise, claim))
    whole = make("implies", (A.premise, arrow))
    general = make("forall", (*letters, whole))
    if (known := draft.find(general)) is not None:
        return known
    outer = draft.inner([])
    middle = outer.inner([A.premise])
    inner = middle.inner([B.premise])
    given = len(inner.given)
    with inner.only([["given", given - 2], ["given", given - 1]]):
        size = _nullity(inner, A, N)
        first = _half(inner, (A.X, B.X), (M, N), identity(n))
        second = _half(inner, (M, N), (A.X, B.X), B.G)
        below, above = (relation("le", *sides) for sides in (claim.args, claim.args[::-1]))
        _must(sum_of_facts(inner, below, [(ONE, second)], [(ONE, size)]))
        _must(sum_of_facts(inner, above, [(ONE, first)], [(-ONE, size)]))
        inner.add(claim, "logic", of=[inner.find(below), inner.find(above)])
    middle.add(arrow, "implies", steps=inner.steps)
    outer.add(whole, "implies", steps=middle.steps)
    return draft.add(general, "forall", steps=outer.steps)


def _nullity(draft: Draft, A: Side, N: Term) -> Ref:
    """rank(I - G A) = tr(I - G A) = n - tr(A G) = n - rank(A)."""
    _must(rank_is_trace(draft, A.X, A.G))
    _must(rank_is_trace(draft, N, identity(N.shape[0])))
    return _must(by_ideal(draft, equation(rank(N), dim(N.shape[0]) - rank(A.X)), SECONDS))


def _half(draft: Draft, PQ: tuple[Term, Term], MN: tuple[Term, Term], inner: Term) -> Ref:
    """rank(Q) + rank(M N) <= rank(P Q) + rank(N), for Z = Q - Q (P Q)^+ P Q is N C with M N C = 0, C = inner Z."""
    (P, Q), (M, N) = PQ, MN
    X = mul(P, Q)
    V = mul(Q, pinv(X), X)
    Z = Q - V
    C = mul(inner, Z)
    one, right = identity(Q.shape[0]), identity(Q.shape[1])
    claim = relation("le", rank(Q) + rank(mul(M, N)), rank(X) + rank(N))
    facts = [
        within(draft, at_most(Q, V + Z), one, right),
        instance_of(draft, subadditivity(Q.shape), [V, Z]),
        within(draft, at_most(V, X), mul(Q, pinv(X)), right),
        within(draft, at_most(Z, mul(N, C)), one, right),
        instance_of(draft, frobenius((M.shape[0], N.shape[0]), C.shape), [M, N, C]),
        vanishing(draft, mul(M, N, C), _by_algebra),
    ]
    return _must(sum_of_facts(draft, claim, [(ONE, _must(ref)) for ref in facts]))


def _by_algebra(draft: Draft, claim: Term) -> Ref | None:
    return by_ideal(draft, claim, SECONDS / 4)


def _at_once(draft: Draft, claim: Term) -> Ref | None:
    return by_ideal(draft, claim, SECONDS / 20)


def _must(ref: Ref | None) -> Ref:
    if ref is None:
        raise Refused("the meet of a null space and a range is not told for matrices of these sizes")
    return ref
