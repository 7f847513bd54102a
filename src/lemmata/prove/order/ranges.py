"""Ranges of semidefinite matrices: what adds up to nothing on the null space of X lives on its range.

Let N = I - X X^+, or N = I - X^+ X, and let T^* M T be semidefinite matrices.  If sum c N T^* M T N = 0 with
c > 0, then each M T N = 0: the rows of M T lie in the space onto which I - N projects.  An exact linear
programme finds the sums.  Three kinds of it:

* S = A + B with semidefinite A, B: Col(A) <= Col(S).  Then parallel sums are algebra (Anderson and Duffin
  1969): A (A + B)^+ B = A - A (A + B)^+ A.
* A A^* <= c B B^*: N A A^* N + N (c B B^* - A A^*) N = c N B B^* N = 0, so that Col(A) <= Col(B) (Douglas 1966).
* X = A^* W A with W >= 0: W A = W A X^+ X, the normal equations of weighted least squares can be solved.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> text = "let A : R^{m x n}, B : R^{m x p}\\nassume A A^T <= 2 B B^T\\nshow Col(A) <= Col(B)"
>>> c = read_claims(text)
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from time import thread_time

from lemmata.kernel.meaning import difference, zeros
from lemmata.kernel.poly import Poly, Refused, expand, star, star_word, to_term, word_poly
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, identity, mul, pinv, subterms
from lemmata.prove.algebra import by_ideal, by_squares_sum, combine_all, total, with_squares, written
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.hypotheses import collect
from lemmata.prove.order.gram import Row
from lemmata.prove.rank.equations import nested_ranges
from lemmata.prove.words.completion import Completion, SearchError
from lemmata.prove.words.linear import nonnegative_solution
from lemmata.terms.forms import equation, is_

__all__ = ["all_vanish", "by_ranges", "establish_ranges", "semidefinite_inverses", "summands"]

MOST_BASES = 3
MOST_SUMMANDS = 40
SECONDS = 1.0
ONE = Fraction(1)


@dataclass(frozen=True)
class Summand:
    """s T^* M T, where the fact ``middle`` says that M is semidefinite; M = 1 without one."""

    scalars: tuple[Term, ...]
    root: Term
    middle: Ref | None

    def row(self, N: Term) -> Row:
        """s (T N)^* M T N."""
        return ONE, self.scalars, N if self.root.head == "identity" else mul(self.root, N), self.middle

    def absorbed(self, draft: Draft, P: Term) -> Term:
        """M T = M T P."""
        root = expand(self.root)
        inner = root if self.middle is None else difference(draft.fact(self.middle)) * root
        return equation(to_term(inner), mul(to_term(inner), P))


def by_ranges(draft: Draft, claim: Term) -> Ref | None:
    """An equation, once it is known what lies in the ranges of the X whose X^+ it, or a fact, names."""
    goals = _zeros(claim)
    props = [to_term(z) for fact in (claim, *(f for f, _ in draft.facts)) for z in _zeros(fact) if z]
    named = dict.fromkeys(t.args[0] for p in props for t in subterms(p) if t.head == "pinv")
    bases = list(dict.fromkeys(X.args[0] if X.head == "adjoint" else X for X in named))
    if not goals or not bases:
        return None
    with draft.attempt() as keep:
        found = [ref for X in bases[:MOST_BASES] for ref in establish_ranges(draft, X)]
        if not found:
            return None
        ref = draft.find(claim) or by_ideal(draft, claim, SECONDS)
        if ref is None and nested_ranges(draft):
            ref = by_ideal(draft, claim, SECONDS)
        if ref is not None:
            keep()
            return ref
    draft.tried.append("ranges: what semidefinite matrices say of them does not settle it")
    return None


def _zeros(fact: Term) -> list[Poly]:
    try:
        return zeros(fact)
    except Refused:
        return []


def establish_ranges(draft: Draft, X: Term) -> list[Ref]:
    """M T = M T X X^+, or M T = M T X^+ X, for the T^* M T of which that is found; and X^+ X = X X^+."""
    _semidefinite_projections(draft)
    order = [f for f, _ in draft.facts if f.head in ("le", "ge", "lt", "gt")]
    semidefinite_inverses(draft, order)
    known = [ref for fact, ref in draft.facts if fact in order or fact.value in ("psd", "spd")]
    before = len(draft.claims)
    with draft.only(known):  # equations that are not needed make for long certificates
        found = _established(draft, X)
    if draft.focus is not None:
        draft.focus += [["step", i] for i in range(before, len(draft.claims))]
    return found or _established(draft, X)


def _established(draft: Draft, X: Term) -> list[Ref]:
    left, right = mul(X, pinv(X)), mul(pinv(X), X)
    parts = list(summands(draft, X))[:MOST_SUMMANDS]
    if not parts:
        return []
    sides = [(P, [s for s in parts if s.root.shape[1] == P.shape[0]]) for P in (left, right)]
    normal = _normals(
        draft, [expand(X), expand(right), *(total(draft, [s.row(P)]) for P, ss in sides for s in ss)]
    )
    symmetric = X.shape[0] == X.shape[1] and not normal(expand(X) - expand(X.T))
    found = [ref for P, ss in sides[: 1 if symmetric else 2] for ref in _absorbed(draft, normal, P, ss)]
    if found and symmetric:
        for one, other in ((pinv(X).T, pinv(X)), (right, left)):
            if expand(one) != expand(other) and draft.find(equation(one, other)) is None:
                by_ideal(draft, equation(one, other), SECONDS)
    return found


def _semidefinite_projections(draft: Draft) -> None:
    """P >= 0 for the symmetric idempotents that are known: P = P^* P."""
    for fact, _ in draft.facts:
        if fact.head == "is" and fact.value == "projection" and draft.find(is_("psd", fact.args[0])) is None:
            P = fact.args[0]
            with_squares(draft, is_("psd", P), expand(P), [(ONE, (), P, None)], SECONDS)


def semidefinite_inverses(draft: Draft, props: Sequence[Term]) -> None:
    """X^+ >= 0 for the X^+ in the propositions with letters X >= 0, or sums of them: X^+ = X^+ X X^+."""
    named = dict.fromkeys(t for p in props for t in subterms(p) if t.head == "pinv")
    known = {f.args[0] for f, _ in draft.facts if f.value in ("psd", "spd")}
    plain = [t for t in named if t.args[0].head == "symbol" and t.shape[0] == t.shape[1] != 1]
    sums = [t for t in named if t.args[0].head == "add" and set(t.args[0].args) <= known]
    for plus in (*plain, *sums):
        X = plus.args[0]
        if draft.find(is_("psd", plus)) is None:
            ref = draft.find(is_("psd", X)) or by_squares_sum(draft, is_("psd", X), SECONDS / 4)
            if ref is not None:
                with_squares(draft, is_("psd", plus), expand(plus), [(ONE, (), plus, ref)], SECONDS)


def summands(draft: Draft, X: Term) -> Iterator[Summand]:
    """The semidefinite matrices that are known; and the words w^* w and w^* M w in them and in X."""
    known: list[tuple[Poly, Ref]] = []
    for fact, ref in draft.facts:
        with suppress(Refused):
            if difference(fact).shape != SCALAR:
                known.append((difference(fact), ref))
    plain = [(word[0], ref) for M, ref in known for _, word in M.terms if word and expand(word[0]) == M]
    letters = {x: ref for M, ref in plain for x in (M, star(M))}
    monomials = [m for poly in (expand(X), *(M for M, _ in known)) for m in poly.terms]
    weights = dict.fromkeys([(), *(tuple(mul(*s) for s in scalars) for scalars, _ in monomials)])
    positive = [s for s in weights if all(sign_of(x) == 1 for x in s)]
    roots: list[tuple[Term, Ref | None]] = [(identity(M.shape[0]), ref) for M, ref in known]
    for _, word in monomials:
        half = (len(word) + 1) // 2
        middle, tail = (word[half - 1], word[half:]) if len(word) % 2 else (None, word[half:])
        if tail and star_word(tail) == word[: len(tail)] and (middle is None or middle in letters):
            shape = tail[0].shape[0], tail[-1].shape[1]
            roots.append((to_term(word_poly(shape, (), tail)), letters.get(middle) if middle else None))
    roots += _beside(draft, letters)
    seen: list[tuple[Term, Ref | None]] = []
    for pair in roots:
        if pair not in seen:
            seen.append(pair)
    yield from (Summand(s, root, ref) for root, ref in seen for s in positive)


def _beside(draft: Draft, letters: Mapping[Term, Ref]) -> Iterator[tuple[Term, Ref | None]]:
    """T^* and T with T M or M T in an equation: where A M = B, the matrix B A^* is A M A^*."""
    words = [word for f, _ in draft.facts if f.head == "eq" for z in _zeros(f) for _, word in z.terms]
    for first, second in (word for word in words if len(word) == 2):
        if second in letters:
            yield star(first), letters[second]
        if first in letters:
            yield second, letters[first]


def _normals(draft: Draft, polys: list[Poly]) -> Callable[[Poly], Poly | None]:
    """Normal forms under one completion of what is known."""
    _, known, _ = collect(polys, draft)
    system = Completion(known, goals=polys, max_rules=150, max_degree=8)
    seconds = min(SECONDS, draft.clock()) / 2
    system.until = thread_time() + 2 * seconds
    system.complete(seconds)

    def normal(poly: Poly) -> Poly | None:
        try:
            return system.normal(poly)
        except (SearchError, Refused):
            return None

    return normal


def _absorbed(
    draft: Draft, normal: Callable[[Poly], Poly | None], P: Term, candidates: list[Summand]
) -> list[Ref]:
    """M T = M T P for the summands that have a part in a sum which vanishes on N = I - P."""
    N = identity(P.shape[0]) - P
    columns: list[tuple[Summand, Poly]] = []
    for s in candidates:
        value, gap = normal(total(draft, [s.row(N)])), normal(*zeros(s.absorbed(draft, P)))
        if value is not None and gap:  # else there is nothing to show
            columns.append((s, value))
    found: dict[Term, Ref] = {}
    for place, (s, value) in enumerate(columns):
        if s.absorbed(draft, P) in found:
            continue
        others = columns[:place] + columns[place + 1 :]
        multiples = nonnegative_solution([p.terms for _, p in others], value.scale(-ONE).terms)
        if multiples is not None:
            parts = [(v, other) for v, (other, _) in zip(multiples, others, strict=True) if v]
            rows = [(v, *part.row(N)[1:]) for v, part in [(ONE, s), *parts]]
            found |= all_vanish(
                draft, [s.absorbed(draft, P), *(part.absorbed(draft, P) for _, part in parts)], rows
            )
    return list(found.values())


def all_vanish(draft: Draft, claims: list[Term], rows: list[Row]) -> dict[Term, Ref]:
    """The claims, each of which one of the squares gives if they add up to nothing."""
    result = combine_all(draft, [total(draft, rows)], SECONDS)
    if result is None:
        return {}
    letters, combinations = write_combinations(result[1])
    return {
        claim: draft.find(claim)
        or draft.add(
            claim,
            "square",
            uses=result[0],
            letters=letters,
            combinations=combinations,
            squares=[written(rows)],
        )
        for claim in claims
    }
