"""Two facts about ranks, proved for letters and then used for the matrices at hand.

rank(Y + Z) <= rank(Y) + rank(Z).  With W = (I - Y Y^+) Z the matrix S = Y Y^+ + W W^+ is the projection
onto Col(Y) + Col(Z).  So Y + Z = S (Y + Z), and rank(S) = tr(S) = rank(Y) + rank(W) <= rank(Y) + rank(Z).

rank(A B) + rank(B C) <= rank(B) + rank(A B C) (Frobenius; with B = I it is Sylvester's).  E = B (A B)^+ A
is idempotent.  B C is the sum of E B C, of rank at most rank(A B C), and of F B C, where F = (I - E) B B^+
is idempotent with rank(F) = tr(F) = rank(B) - rank(A B).

>>> subadditivity(("m", "n"))[0].args[-1].head
'le'

(Marsaglia and Styan, *Equalities and inequalities for ranks of matrices*, 1974.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from time import monotonic
from typing import Any

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import Refused, expand
from lemmata.kernel.term import (
    SCALAR,
    Dim,
    Shape,
    Term,
    dim,
    identity,
    make,
    mul,
    number,
    pinv,
    substitute,
    symbol,
    to_json,
)
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.rank.direct import rank_is_trace, ranked
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import equation, relation, zero

__all__ = [
    "at_most", "complement", "frobenius", "instance_of", "nonnegativity", "nullity", "rank", "subadditivity",
    "sum_of_facts", "transposition", "vanishing", "within",
]  # fmt: skip

SECONDS = 2.0
Lemma = tuple[Term, list[dict[str, Any]]]
"""A general claim, and the steps that prove it for letters."""
Link = Callable[[Draft, Term], Ref | None]


def rank(A: Term) -> Term:
    return make("rank", (A,))


def at_most(A: Term, B: Term) -> Term:
    return relation("le", rank(A), rank(B))


def _letters(names: str, *sizes: Dim) -> list[Term]:
    """Matrices of the sizes in turn.  The sizes belong to the names: no letter is bound by two facts."""
    tail = " x ".join(map(str, sizes))
    return [
        symbol(f"{name}'_{{{tail}}}", *shape, "complex")
        for name, shape in zip(names, pairwise(sizes), strict=True)
    ]


@lru_cache(maxsize=64)
def subadditivity(shape: Shape, names: str = "YZ") -> Lemma:
    """For all Y, Z of this shape rank(Y + Z) <= rank(Y) + rank(Z)."""
    Y, Z = (_letters(name, *shape)[0] for name in names)
    claim = relation("le", rank(Y + Z), rank(Y) + rank(Z))
    draft = Draft([], {}, monotonic() + SECONDS)
    P, one = mul(Y, pinv(Y)), identity(shape[0])
    W = Z - mul(P, Z)
    S = P + mul(W, pinv(W))
    _must(_by_algebra(draft, equation(mul(pinv(W), Y), make("zero", (), (shape[1], shape[1])))))
    _must(rank_is_trace(draft, S, one))
    rest = _must(_by_algebra(draft, equation(rank(S), rank(Y) + rank(W))))
    low = _must(within(draft, at_most(Y + Z, S), one, Y + Z))
    high = _must(within(draft, at_most(W, Z), one - P, identity(shape[1])))
    _must(sum_of_facts(draft, claim, [(Fraction(1), low), (Fraction(1), high)], [(Fraction(-1), rest)]))
    return make("forall", (Y, Z, claim)), draft.steps


@lru_cache(maxsize=64)
def nonnegativity(shape: Shape) -> Lemma:
    """For all X of this shape 0 <= rank(X) = tr((X X^+)^* X X^+)."""
    (X,) = _letters("X", *shape)
    claim = relation("le", number(0), rank(X))
    draft = Draft([], {}, monotonic() + SECONDS)
    # 0: rank(X) - tr(X X^+), 1: X X^+ X - X, 3: (X X^+)^* - X X^+
    one = Fraction(1)
    ((_, plus),) = expand(pinv(X)).terms
    cofactors = [
        Cofactor(one, (), (), 0, False, ()), Cofactor(-one, (), (), 1, False, plus),
        Cofactor(-one, (), (), 3, False, (X, *plus)),
    ]  # fmt: skip
    letters, rows = write_combinations([cofactors])
    uses, square = [["rank", to_json(X)], ["penrose", to_json(X)]], ["1", [], to_json(mul(X, pinv(X))), []]
    draft.add(claim, "positive", uses=uses, letters=letters, squares=[square], combination=rows[0])
    return make("forall", (X, claim)), draft.steps


@lru_cache(maxsize=64)
def nullity(shape: Shape, left: bool) -> Lemma:
    """For all X of this shape rank(I - X^+ X) = n - rank(X); ``left``: rank(I - X X^+) = m - rank(X)."""
    (X,) = _letters("L" if left else "R", *shape)
    N = complement(X, left)
    claim = equation(rank(N), dim(N.shape[0]) - rank(X))
    draft = Draft([], {}, monotonic() + SECONDS)
    _must(rank_is_trace(draft, N, identity(N.shape[0])))
    _must(_by_algebra(draft, claim))
    return make("forall", (X, claim)), draft.steps


@lru_cache(maxsize=64)
def transposition(shape: Shape) -> Lemma:
    """For all X of this shape rank(X^*) <= rank(X), for X^* = X^+ X X^*."""
    (X,) = _letters("T", *shape)
    draft = Draft([], {}, monotonic() + SECONDS)
    claim = at_most(X.T, X)
    _must(within(draft, claim, pinv(X), X.T))
    return make("forall", (X, claim)), draft.steps


def complement(X: Term, left: bool) -> Term:
    """The projection onto Null(X), or Null(X^T)."""
    return identity(X.shape[0]) - mul(X, pinv(X)) if left else identity(X.shape[1]) - mul(pinv(X), X)


@lru_cache(maxsize=64)
def frobenius(left: Shape, right: Shape) -> Lemma:
    """For all A, B, C with A B of the shape ``left`` times B of ``right[0]`` columns: see the module."""
    (k, m), (n, q) = left, right
    A, B, C = _letters("ABC", k, m, n, q)
    M = mul(A, B)
    claim = relation("le", rank(M) + rank(mul(B, C)), rank(B) + rank(mul(A, B, C)))
    draft = Draft([], {}, monotonic() + SECONDS)
    E, one = mul(B, pinv(M), A), identity(m)
    F = mul(B, pinv(B)) - mul(E, B, pinv(B))
    Y, Z = mul(E, B, C), mul(B, C) - mul(E, B, C)
    rest = _difference(draft, F, B, M, A)
    low = _must(within(draft, at_most(mul(B, C), Y + Z), one, identity(q)))
    split = instance_of(draft, subadditivity((m, q), "VW"), [Y, Z])
    first = _must(within(draft, at_most(Y, mul(A, B, C)), mul(B, pinv(M)), identity(q)))
    second = _must(within(draft, at_most(Z, F), one, mul(B, C)))
    facts = [(Fraction(1), ref) for ref in (low, split, first, second)]
    _must(sum_of_facts(draft, claim, facts, [(Fraction(-1), rest)]))
    return make("forall", (A, B, C, claim)), draft.steps


def _difference(draft: Draft, F: Term, B: Term, M: Term, A: Term) -> Ref:
    """rank(F) = tr(F) = tr(B B^+) - tr(M^+ A B B^+ B) = rank(B) - rank(M)."""
    trace_of_F = _must(rank_is_trace(draft, F, identity(F.shape[0])))
    ((_, turned),) = expand(mul(pinv(M), A)).terms
    one = Fraction(1)
    cofactors = [
        Cofactor(one, (), (), 0, False, ()), Cofactor(-one, (), (), 1, False, ()),
        Cofactor(one, (), (), 2, False, ()), Cofactor(-one, (), turned, 3, False, ()),
    ]  # fmt: skip
    uses = [trace_of_F, ["rank", to_json(B)], ["rank", to_json(M)], ["penrose", to_json(B)]]
    letters, rows = write_combinations([cofactors])
    claim = equation(rank(F), rank(B) - rank(M))
    return draft.add(claim, "ideal", uses=uses, letters=letters, combinations=rows)


def _must(ref: Ref | None) -> Ref:
    if ref is None:
        raise Refused("a general fact about ranks is not found for matrices of these sizes")
    return ref


def _by_algebra(draft: Draft, claim: Term) -> Ref | None:
    return by_ideal(draft, claim, SECONDS)


def instance_of(draft: Draft, lemma: Lemma, terms: Sequence[Term]) -> Ref:
    """The lemma, established once in a draft, read for these terms."""
    general, steps = lemma
    ref = draft.find(general) or draft.add(general, "forall", steps=steps)
    mapping: Mapping[Term, Term] = dict(zip(general.args[:-1], terms, strict=True))
    special = substitute(general.args[-1], mapping)
    return draft.find(special) or draft.add(special, "instance", of=ref, terms=[to_json(t) for t in terms])


def within(draft: Draft, claim: Term, P: Term, Q: Term, link: Link = _by_algebra) -> Ref | None:
    """rank(A) <= rank(B) from A = P B Q; the number k is the rank of I_k."""
    known = draft.find(claim)
    if known is not None:
        return known
    A, B = map(ranked, claim.args)
    if A is None or B is None:
        return None
    whole = equation(A, mul(P, B, Q))
    if zeros(whole) != [expand(A) - expand(mul(P, B, Q))]:
        return None
    found = draft.find(whole)
    if found is None and not zeros(whole)[0]:
        found = draft.add(whole, "ideal", uses=[], letters=[], combinations=[[]])
    found = found or link(draft, whole)
    if found is None:
        return None
    return draft.add(claim, "rank", of=[found], factors=[[to_json(P), to_json(Q)]])


def vanishing(draft: Draft, X: Term, link: Link) -> Ref | None:
    """rank(X) <= 0 from X = 0."""
    claim, none = relation("le", rank(X), number(0)), equation(X, zero(*X.shape))
    if (known := draft.find(claim)) is not None:
        return known
    one = Fraction(1)
    uses, cofactors = [["rank", to_json(X)]], [Cofactor(-one, (), (), 0, False, ())]
    if expand(X):
        ref = draft.find(none) or link(draft, none)
        if ref is None:
            return None
        ((_, plus),) = expand(pinv(X)).terms
        uses, cofactors = [*uses, ref], [*cofactors, Cofactor(-one, (), (), 1, False, plus)]
    letters, rows = write_combinations([cofactors])
    return draft.add(claim, "positive", uses=uses, letters=letters, squares=[], combination=rows[0])


def sum_of_facts(
    draft: Draft,
    claim: Term,
    facts: Sequence[tuple[Fraction, Ref]],
    equations: Sequence[tuple[Fraction, Ref]] = (),
    sizes: Sequence[tuple[Fraction, Term]] = (),
) -> Ref | None:
    """A scalar inequality as a sum of multiples of known ones, of equations and of nonnegative scalars."""
    one = to_json(number(1))
    squares = [[str(c), [], one, [ref]] for c, ref in facts] + [
        [str(c), [to_json(s)], one, []] for c, s in sizes
    ]
    combination = [[str(c), [], [], i, False, []] for i, (c, _) in enumerate(equations)]
    if claim.args[0].shape != SCALAR:
        return None
    return draft.add(
        claim, "positive", uses=[ref for _, ref in equations], letters=[], squares=squares, combination=combination
    )  # fmt: skip
