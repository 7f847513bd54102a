"""Ranks: rank(A) <= rank(B) by factors with A = P B Q; rank(A) = tr(A G) for any G with A G A = A.

The factors are sought among short words in the letters at hand.  All candidates are compared by their
normal forms under one completion of what is known; the equation found is then established as such.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{m x n}, G : R^{n x m}\\nassume A G A = A\\nshow rank(A) <= rank(G)")
>>> [step["rule"] for step in (prove(Statement(c.given, c.shows[0].prop)).proof or {})["steps"]]
['ideal', 'rank']

(Sylvester; for generalised inverses Ben-Israel and Greville, *Generalized Inverses*, chapter 1.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, product
from time import thread_time

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import Poly, Refused, expand, to_term, word_poly
from lemmata.kernel.term import (
    SCALAR,
    Dim,
    Shape,
    Term,
    identity,
    inverse,
    make,
    mul,
    pinv,
    subterms,
    symbols_of,
    to_json,
)
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.hypotheses import collect
from lemmata.prove.words.completion import Cofactor, Completion, SearchError
from lemmata.terms.forms import equation, is_

__all__ = ["by_factors", "by_rank_sums", "rank_is_trace", "ranked"]

MOST_WORDS = 60
"""Words of one or two letters on one side."""
MOST_PAIRS = 1500
SECONDS = 1.0
ONE = Fraction(1)


# --- comparisons of two ranks ----------------------------------------------------------------


def by_factors(draft: Draft, claim: Term) -> Ref | None:
    """rank(A) <= rank(B) or rank(A) = rank(B), where a dimension k stands for rank(I_k)."""
    if claim.head not in ("le", "ge", "eq") or not any(a.head == "rank" for a in claim.args):
        return _sizes(draft, claim)
    if any(ranked(a) is None for a in claim.args):
        return None
    full = [a.args[0].shape for a in claim.args if a.head == "rank"]
    if (
        claim.head == "eq"
        and len(full) == 1
        and any(a.value in full[0] for a in claim.args if a.head != "rank")
    ):
        return _full(draft, claim)
    low, high = claim.args if claim.head != "ge" else claim.args[::-1]
    pairs = [(low, high)] if claim.head != "eq" else [(low, high), (high, low)]
    try:
        found = _all_factored(draft, pairs) or _with_ranges(draft, pairs) or _with_contractions(draft, pairs)
    except Refused:  # an expansion too long
        found = None
    if found is None:
        draft.tried.append("ranks: no factors with A = P B Q found")
        return None
    refs, factors = [one[0] for one in found], [one[1] for one in found]
    return draft.add(claim, "rank", of=refs, factors=factors)


Factored = tuple[Ref, list[object]]


def _all_factored(draft: Draft, pairs: Sequence[tuple[Term, Term]]) -> list[Factored] | None:
    found = []
    with draft.attempt() as keep:
        for low, high in pairs:
            one = _factored(draft, low, high)
            if one is None:
                return None
            found.append(one)
        keep()
    return found


def _with_ranges(draft: Draft, pairs: Sequence[tuple[Term, Term]]) -> list[Factored] | None:
    """The same, once the ranges of semidefinite summands are known to lie in that of their sum."""
    sums = [S for S in (ranked(high) for _, high in pairs) if S is not None and S.head != "identity"]
    known = any(f.head in ("le", "ge") or f.value in ("psd", "spd", "projection") for f, _ in draft.facts)
    if not known and not any(S.head == "add" for S in sums):
        return None
    from lemmata.prove.order.ranges import establish_ranges

    with draft.attempt() as keep:
        if not any([establish_ranges(draft, S) for S in sums]):
            return None
        found = _all_factored(draft, pairs)
        if found is not None:
            keep()
        return found


def _with_contractions(draft: Draft, pairs: Sequence[tuple[Term, Term]]) -> list[Factored] | None:
    """The same with the inverses of I - E and I + E for each ||E|| < 1 that is known."""
    if not any(f.head in ("lt", "gt") and f.args[0].shape == SCALAR for f, _ in draft.facts):
        return None
    from lemmata.prove.norms.contractions import near_identity

    with draft.attempt() as keep:
        found = [near_identity(draft, ref, sign) for _, ref in draft.facts for sign in (-1, 1)]
        factored = _all_factored(draft, pairs) if any(found) else None
        if factored is not None:
            keep()
        return factored


def _full(draft: Draft, claim: Term) -> Ref | None:
    """rank(A) = n for square A from invertible(A); else it is an equation of matrices, A^+ A = I, for algebra."""
    from lemmata.prove.search import establish

    A = next(a.args[0] for a in claim.args if a.head == "rank")
    if A.shape[0] != A.shape[1] or A.shape == SCALAR or by_ideal(draft, claim, SECONDS / 4) is not None:
        return draft.find(claim)
    with draft.attempt() as keep:
        if establish(draft, is_("invertible", A)) is not None:
            ref = by_ideal(draft, claim, SECONDS)
            if ref is not None:
                keep()
            return ref
    return None


def ranked(side: Term) -> Term | None:
    """A of rank(A); I_k of a dimension k."""
    if side.head == "rank":
        return side.args[0]
    if side.head == "dim":
        return identity(side.value)
    if side.head == "number" and side.value.denominator == 1 and side.value > 0:
        return identity(int(side.value))
    return None


def _sizes(draft: Draft, claim: Term) -> Ref | None:
    """n <= m between dimensions: rank(I_n) <= rank(I_m) from a map with a one-sided inverse."""
    sized = claim.head in ("le", "ge") and all(a.head in ("dim", "number") for a in claim.args)
    if not sized or any(ranked(a) is None for a in claim.args):
        return None
    low, high = claim.args if claim.head == "le" else claim.args[::-1]
    found = _factored(draft, low, high)
    return None if found is None else draft.add(claim, "rank", of=[found[0]], factors=[found[1]])


def _factored(draft: Draft, low: Term, high: Term) -> Factored | None:
    """A = P B Q established, with the factors as a certificate has them."""
    A, B = ranked(low), ranked(high)
    if A is None or B is None:
        return None
    for P, Q in _factors(draft, A, B):
        link = equation(A, mul(P, B, Q))
        if zeros(link) != [expand(A) - expand(mul(P, B, Q))]:
            continue
        ref = draft.find(link) or by_ideal(draft, link, SECONDS)
        if ref is not None:
            return ref, [to_json(P), to_json(Q)]
    return None


def _factors(draft: Draft, A: Term, B: Term) -> Iterator[tuple[Term, Term]]:
    """P, Q with A = P B Q: read off A as written, else among short words by normal forms."""
    yield from _as_written(A, B)
    system, letters = _known(draft, [expand(A), expand(B)])
    wanted = _normal(system, expand(A))
    if wanted is None:
        return
    lefts = _words(letters, (A.shape[0], B.shape[0]))
    rights = _words(letters, (B.shape[1], A.shape[1]))
    starts = [(P, _normal(system, expand(P) * expand(B))) for P in lefts]
    ends = [(Q, expand(Q)) for Q in rights]
    pairs = sorted(product(range(len(starts)), range(len(ends))), key=lambda pair: (sum(pair), pair))
    for i, j in pairs[:MOST_PAIRS]:
        (P, start), (Q, end) = starts[i], ends[j]
        if start is not None and _normal(system, start * end) == wanted:
            yield P, Q
    yield from (
        pair for pair in _absorbing(A, B) if _normal(system, expand(mul(pair[0], B, pair[1]))) == wanted
    )


def _absorbing(A: Term, B: Term) -> Iterator[tuple[Term, Term]]:
    """A = B B^+ A or A = A B^+ B."""
    if B.head != "identity" and A.shape[0] == B.shape[0]:
        yield identity(A.shape[0]), mul(pinv(B), A)
    if B.head != "identity" and A.shape[1] == B.shape[1]:
        yield mul(A, pinv(B)), identity(A.shape[1])


def _as_written(A: Term, B: Term) -> Iterator[tuple[Term, Term]]:
    """A = P B Q by its letters alone."""
    long, short = expand(A), expand(B)
    if len(long.terms) != 1 or len(short.terms) != 1 or not short:
        return
    ((_, word),), ((_, inner),) = long.terms, short.terms
    for i in range(len(word) - len(inner) + 1):
        if inner and word[i : i + len(inner)] == inner:
            before = word_poly((A.shape[0], B.shape[0]), (), word[:i]) if i else expand(identity(A.shape[0]))
            after = word[i + len(inner) :]
            end = word_poly((B.shape[1], A.shape[1]), (), after) if after else expand(identity(A.shape[1]))
            if before * short * end == long:
                yield to_term(before), to_term(end)


# --- words and their normal forms ------------------------------------------------------------


def _known(draft: Draft, goals: list[Poly]) -> tuple[Completion, list[Term]]:
    """What is known, completed for a short time, and the letters that factors may be made of."""
    plain = {s for f, _ in draft.facts for s in symbols_of(f)} | {
        s for g in goals for s in symbols_of(to_term(g))
    }
    matrices = sorted((s for s in plain if s.shape != SCALAR and not s.value[4]), key=repr)
    inside = [t for g in goals for t in subterms(to_term(g))]
    inside += [t for f, _ in draft.facts for t in subterms(f)]
    atoms = [t for t in dict.fromkeys(inside) if t.head in ("pinv", "inverse") and t.shape != SCALAR]
    known = [f.args[0] for f, _ in draft.facts if f.head == "is" and f.value in ("invertible", "spd")]
    compound = [to_term(g) for g in goals if g.terms and not (len(g.terms) == 1 and _letters(g) < 2)]
    letters = [
        *atoms, *map(inverse, known), *matrices, *(x.T for x in matrices), *map(pinv, matrices),
        *(pinv(A).T for A in matrices), *(pinv(A) for A in compound),
    ]  # fmt: skip
    # u^T / u^T u of the vectors that do not vanish
    vectors = [f.args[0] for f, _ in draft.facts if f.head == "ne" and f.args[1].head == "zero"]
    sided = [mul(inverse(mul(u.T, u)), u.T) for u in vectors if u.shape[1] == 1 != u.shape[0]]
    letters = [x for x in dict.fromkeys([*sided, *letters, *(x.T for x in sided)]) if x.shape != SCALAR]
    pool = [*goals, *(expand(x) for x in letters)]
    _, polys, _ = collect(pool, draft)
    system = Completion(polys, goals=pool, max_rules=150, max_degree=8, eliminate=False)
    seconds = min(SECONDS, draft.clock()) / 2
    system.until = thread_time() + 2 * seconds
    system.complete(seconds)
    return system, letters


def _letters(poly: Poly) -> int:
    return max(len(word) for _, word in poly.terms)


def _normal(system: Completion, poly: Poly | None) -> Poly | None:
    try:
        return None if poly is None else system.normal(poly)
    except (SearchError, Refused):
        return None


def _words(letters: list[Term], shape: Shape) -> list[Term]:
    """The identity, the letters and the products of two letters of a shape."""
    found: list[Term] = [identity(shape[0])] if shape[0] == shape[1] else []
    found += [x for x in letters if x.shape == shape]
    middles: dict[Dim, list[Term]] = {}
    for x in letters:
        if x.shape[1] == shape[1]:
            middles.setdefault(x.shape[0], []).append(x)
    pairs = (mul(x, y) for x in letters if x.shape[0] == shape[0] for y in middles.get(x.shape[1], ()))
    found += islice(pairs, MOST_WORDS)
    return found[:MOST_WORDS]


# --- rank as a trace -------------------------------------------------------------------------


def rank_is_trace(draft: Draft, X: Term, G: Term) -> Ref | None:
    """rank(X) = tr(X G) from X G X = X: tr(X G) = tr(X X^+ X G) = tr(X^+ X G X) = tr(X^+ X)."""
    claim = equation(make("rank", (X,)), make("trace", (mul(X, G),)))
    if expand(claim.args[0]) == expand(claim.args[1]):
        return None
    known = draft.find(claim)
    if known is not None:
        return known
    link = equation(mul(X, G, X), X)
    ref = draft.find(link) or by_ideal(draft, link, SECONDS)
    if ref is None:
        return None
    if zeros(link) != [expand(mul(X, G, X)) - expand(X)]:
        return None
    ((_, plus),) = expand(pinv(X)).terms
    # 0: X X^+ X - X, 1 to 3: the other Penrose conditions, 4: X G X - X, 5: rank(X) - tr(X X^+)
    around = [Cofactor(value, loops, (), 0, False, word) for (loops, word), value in expand(G).terms.items()]
    cofactors = [
        Cofactor(ONE, (), (), 5, False, ()), *around, Cofactor(-ONE, (), plus, 4, False, ()),
    ]  # fmt: skip
    letters, rows = write_combinations([cofactors])
    uses = [["penrose", to_json(X)], ref, ["rank", to_json(X)]]
    return draft.add(claim, "ideal", uses=uses, letters=letters, combinations=rows)


def by_rank_sums(draft: Draft, claim: Term) -> Ref | None:
    """An equation between traces and ranks, once rank(X) is tr(X G) for known G with X G X = X."""
    if claim.head != "eq" or claim.args[0].shape != SCALAR or claim.args[0].sort != "matrix":
        return None
    ranks = [t for t in dict.fromkeys(subterms(claim)) if t.head == "rank"]
    plain = len(ranks) < 2 and not any(t.head == "trace" for t in subterms(claim)) and not _summed(claim)
    if not ranks or plain:
        return None
    with draft.attempt() as keep:
        found = [ref for rank in ranks for ref in _traces(draft, rank.args[0])]
        if found:
            ref = by_ideal(draft, claim, SECONDS)
            if ref is not None:
                keep()
                return ref
    return None


def _summed(claim: Term) -> bool:
    return any(side.head == "add" for side in claim.args)


def _traces(draft: Draft, X: Term) -> list[Ref]:
    """rank(X) = tr(X G) for a generalised inverse G of X among short words: at most two."""
    system, letters = _known(draft, [expand(X)])
    wanted, poly = _normal(system, expand(X)), expand(X)
    found: list[Ref] = []
    for G in _words(
        [x for x in letters if x.head == "symbol" or x.head == "inverse"], (X.shape[1], X.shape[0])
    ):
        if wanted is not None and _normal(system, poly * expand(G) * poly) == wanted:
            ref = rank_is_trace(draft, X, G)
            found += [ref] if ref is not None else []
        if len(found) == 2:
            break
    return found
