"""Vanishing by positivity: f = 0 because nonnegative things, f^* f among them, add up to nothing.

From psd(S), psd(T) and (S + T) x = 0 follows S x = 0, since x^T S x + x^T T x = 0.  From a minimiser's
f(v) <= f(w) follows v = w, since f(w) - f(v) + ||v - w||^2 = 0 modulo what is known of w.  An exact
linear programme finds the multiples.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let S, T : R^{n x n}\\nassume psd(S), psd(T), S + T = 0\\nshow S = 0")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from time import thread_time

from lemmata.kernel.meaning import difference, zeros
from lemmata.kernel.poly import Poly, Refused, expand, star, to_term, trace, word_poly
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, identity, make, mul, number, symbols_of
from lemmata.prove.algebra import by_ideal, by_square, combine_all, total, written
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.hypotheses import collect
from lemmata.prove.order.gram import Row
from lemmata.prove.words.completion import Completion, SearchError
from lemmata.prove.words.linear import nonnegative_solution

__all__ = ["by_cancellation", "by_normality"]

MOST_COLUMNS = 120
ROUNDS = 3
"""How often C Z = 0 is divided by C."""
ONE = Fraction(1)


def by_cancellation(draft: Draft, claim: Term, seconds: float) -> Ref | None:
    """An equation from inequalities that are known; failing that, from L times the equation, L a letter."""
    ref = _directly(draft, claim, seconds) or _mirrored(draft, claim, seconds / 2)
    if ref is not None or claim.head != "eq" or claim.args[0].sort != "matrix" or claim.args[0].shape[1] != 1:
        return ref
    left, right = claim.args
    letters = {s for f, _ in draft.facts for s in symbols_of(f) if not s.value[4] and 1 not in s.shape}
    for L in sorted(letters, key=repr) if _inequalities(draft) else ():
        if L.shape[1] == left.shape[0]:
            with draft.attempt() as keep:
                lemma = _directly(draft, make("eq", (mul(L, left), mul(L, right))), seconds / 2)
                ref = None if lemma is None else by_ideal(draft, claim, seconds / 2)
                if ref is not None:
                    keep()
                    return ref
    return None


def _mirrored(draft: Draft, claim: Term, seconds: float) -> Ref | None:
    """A B = 0 from B A = 0 for symmetric A, B: the adjoint with the letters known to be symmetric."""
    kinds = ("psd", "spd", "symmetric", "projection")
    symmetric = {f.args[0] for f, _ in draft.facts if f.head == "is" and f.value in kinds}
    goals = _zeros(claim)
    if len(goals) != 1 or goals[0].shape == SCALAR or not symmetric:
        return None
    flipped = {
        (
            scalars,
            tuple(x.args[0] if x.head == "adjoint" and x.args[0] in symmetric else x for x in word),
        ): value
        for (scalars, word), value in goals[0].adjoint().terms.items()
    }
    other = Poly(goals[0].shape[::-1], flipped)
    if other in (goals[0], goals[0].adjoint()):
        return None
    with draft.attempt() as keep:
        mirror = make("eq", (to_term(other), make("zero", (), other.shape)))
        if by_square(draft, mirror, seconds) or _directly(draft, mirror, seconds):
            ref = by_ideal(draft, claim, seconds)
            if ref is not None:
                keep()
                return ref
    return None


def _directly(draft: Draft, claim: Term, seconds: float, bare: bool = False) -> Ref | None:
    """An equation from sums of squares and known inequalities; ``bare``: also where none is known."""
    known = _inequalities(draft)
    try:
        goals = zeros(claim)
    except Refused:
        return None
    if not (known or bare) or any(goal.shape == SCALAR for goal in goals):
        return None
    for under_trace in (False, True):
        picks = [_rows(draft, goal, known, under_trace, seconds / len(goals) / 2) for goal in goals]
        found = [rows for rows in picks if rows is not None]
        if len(found) < len(goals):
            continue
        try:
            result = combine_all(draft, [total(draft, rows, under_trace) for rows in found], seconds)
        except Refused:
            continue
        if result is not None:
            letters, combinations = write_combinations(result[1])
            more = {"trace": True} if under_trace else {}
            return draft.add(
                claim, "square", uses=result[0], letters=letters, combinations=combinations,
                squares=[written(rows) for rows in found], **more,
            )  # fmt: skip
    draft.tried.append("positivity: the known inequalities do not add up")
    return None


def _inequalities(draft: Draft) -> list[tuple[Ref, Poly]]:
    found = []
    for fact, ref in draft.facts:
        try:
            found.append((ref, difference(fact)))
        except Refused:
            continue
    return found


def _rows(
    draft: Draft, goal: Poly, known: list[tuple[Ref, Poly]], under_trace: bool, seconds: float
) -> list[Row] | None:
    """Rows that add up to zero (as numbers, or as matrices), the first of which makes the goal vanish."""
    if under_trace and goal.shape[1] == 1:
        return None
    _, polys, _ = collect([goal, *(d for _, d in known)], draft)
    system = Completion(polys, goals=[goal, *(d for _, d in known)])
    system.until = thread_time() + min(seconds, draft.clock())
    system.complete(min(seconds, draft.clock()) / 2)
    hits = list(_hits(draft, goal, known))
    rest = list(_others(draft, goal, known))
    columns: list[tuple[Row, Poly]] = []
    for row in [*hits, *rest][:MOST_COLUMNS]:
        try:
            normal = system.normal(total(draft, [row]))
            normal = system.normal(trace(normal)) if under_trace else normal
        except (SearchError, Refused):
            continue
        columns.append((row, normal))
    for place, (row, normal) in enumerate(columns):
        if row not in hits or not goal:
            continue
        others = [c for c in columns[:place] + columns[place + 1 :] if c[1].shape == normal.shape]
        values = nonnegative_solution([p.terms for _, p in others], normal.scale(-ONE).terms)
        if values is not None:
            pairs = zip(others, values, strict=True)
            return [row, *((v * r[0], *r[1:]) for (r, _), v in pairs if v)]
    return None


def _scalars(draft: Draft) -> list[tuple[Term, ...]]:
    """Positive scalars that the facts contain, one at a time."""
    letters = {s for fact, _ in draft.facts for s in symbols_of(fact) if s.shape == SCALAR}
    return [(), *((s,) for s in sorted(letters, key=repr) if sign_of(s) == 1)]


def _hits(draft: Draft, goal: Poly, known: list[tuple[Ref, Poly]]) -> Iterator[Row]:
    """Rows whose vanishing gives the goal: f^* f, and z^* M z with M z = f."""
    for scalars in _scalars(draft):
        yield (ONE, scalars, to_term(goal), None)
        if goal.shape[1] != 1:
            yield (ONE, scalars, to_term(goal.adjoint()), None)
    for ref, M in known:
        if M.shape != SCALAR and M.shape[1] == goal.shape[0]:
            for z in _roots(goal, M):
                if M * expand(z) == goal:
                    yield (ONE, (), z, ref)
                elif M * expand(z) == goal.scale(-ONE):
                    yield (ONE, (), to_term(expand(-z)), ref)


def _roots(goal: Poly, M: Poly) -> list[Term]:
    """z = I, and the words in which the goal ends."""
    found = [identity(M.shape[0])]
    for _, word in goal.terms:
        for i in range(1, len(word)):
            found.append(to_term(word_poly((word[i].shape[0], word[-1].shape[1]), (), word[i:])))
    return [z for z in dict.fromkeys(found) if z.shape[0] == M.shape[1]]


def _others(draft: Draft, goal: Poly, known: list[tuple[Ref, Poly]]) -> Iterator[Row]:
    """Rows that may complete the sum: known inequalities, and squares of L f for letters L."""
    scalars = _scalars(draft)
    ends = [to_term(goal), to_term(goal.adjoint())] + [
        to_term(word_poly((w[-1].shape[0], w[-1].shape[1]), (), w[-1:])) for _, w in goal.terms if w
    ]
    for ref, M in known:
        if M.shape == SCALAR:
            yield from ((ONE, s, number(1), ref) for s in scalars)
        else:
            roots = [*_roots(goal, M), *ends, *(identity(M.shape[0]) - z for z in _idempotents(draft, M))]
            yield from ((ONE, (), z, ref) for z in dict.fromkeys(roots) if z.shape[0] == M.shape[0])
    letters = {s for fact, _ in draft.facts for s in symbols_of(fact)} | {
        x.args[0] if x.head == "adjoint" else x for _, w in goal.terms for x in w
    }
    for letter in sorted(letters, key=repr):
        for L in (letter, letter.T):
            if L.shape[1] == goal.shape[0] and L.shape != SCALAR:
                yield from ((ONE, s, L @ to_term(goal), None) for s in scalars)


def _idempotents(draft: Draft, M: Poly) -> list[Term]:
    kinds = ("projection", "idempotent")
    return [
        f.args[0]
        for f, _ in draft.facts
        if f.head == "is" and f.value in kinds and f.args[0].shape == M.shape
    ]


# --- normal matrices -------------------------------------------------------------------------


def by_normality(draft: Draft, claim: Term, seconds: float) -> Ref | None:
    """An equation, once C^T Z = 0 is added to each known C Z = 0 with C C^T = C^T C.

    (C^T Z)^T C^T Z = Z^T C C^T Z = Z^T C^T C Z = 0.  From E (I - E) = 0, say, follows E^T = E^T E.
    """
    known = [p for fact, _ in draft.facts if fact.head in ("eq", "is") for p in _zeros(fact)]
    normal = {x for p in known for x in _normal_letters(p)}
    if not normal:
        return None
    with draft.attempt() as keep:
        tried: set[Term] = set()
        for _ in range(ROUNDS):
            lemmas = [lemma for p in known for q in (p, p.adjoint()) for lemma in _divided(q, normal)]
            for lemma in dict.fromkeys(x for x in lemmas if x not in tried):
                tried.add(lemma)
                if draft.find(lemma) is None and by_square(draft, lemma, seconds / 2) is not None:
                    known += _zeros(lemma)
        ref = draft.find(claim) or by_ideal(draft, claim, seconds) or by_square(draft, claim, seconds)
        ref = ref or _directly(draft, claim, seconds, bare=True)
        if ref is not None:
            keep()
            return ref
    return None


def _divided(p: Poly, normal: set[Term]) -> list[Term]:
    """C^T Z = 0 from C Z = 0; C W = 0 from C^T C W = 0."""
    found = []
    for depth in (1, 2):
        heads = {word[:depth] for _, word in p.terms}
        head = next(iter(heads)) if len(heads) == 1 else ()
        if len(head) < depth or head[-1] not in normal or star(head[-1]) is head[-1]:
            continue
        if depth == 2 and head[0] is not star(head[1]):
            continue
        C = star(head[0]) if depth == 1 else head[1]
        shape = (head[-1].shape[1], p.shape[1])
        Z = Poly(shape, {(scalars, word[depth:]): value for (scalars, word), value in p.terms.items()})
        found.append(make("eq", (mul(C, to_term(Z)), make("zero", (), (C.shape[0], p.shape[1])))))
    return found


def _zeros(fact: Term) -> list[Poly]:
    try:
        return [p for p in zeros(fact) if p]
    except Refused:
        return []


def _normal_letters(p: Poly) -> set[Term]:
    """The letter C of C C^T - C^T C, and its adjoint."""
    words = [word for _, word in p.terms]
    good = len(words) == 2 and words[0] == words[1][::-1] and len(words[0]) == 2 and not sum(p.terms.values())
    C, D = words[0] if good else (None, None)
    return {C, D} if good and C is not None and D is not None and star(C) is D else set()
