"""Semidefinite sums, products under a trace and inverses: the lemmas that algebra alone does not find.

* Inverses.  A^{-1} - B^{-1} = B^{-1} (B - A) B^{-1} + (I - A B^{-1})^T A^{-1} (I - A B^{-1}): rows R^T M R
  with known M, where R is made of letters, inverses and differences; an exact linear programme adds them.
* Pseudoinverses.  A - A B^+ A = (I - B^+ A)^T A (I - B^+ A) + (B^+ A)^T (B - A) B^+ A.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A, B : R^{n x n}\\nassume spd(A), A <= B\\nshow B^{-1} <= A^{-1}")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, islice, permutations
from time import thread_time

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Poly, Refused, expand, is_real, star_word, to_term, trace, word_poly
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Dim, Term, identity, inverse, mul, subterms
from lemmata.prove.algebra import by_ideal, by_squares_sum, combine_all, total, written
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.hypotheses import collect
from lemmata.prove.inverse.blocks import block_roots, is_full_rank
from lemmata.prove.order.gram import Row
from lemmata.prove.order.ranges import establish_ranges, semidefinite_inverses
from lemmata.prove.rank.equations import equal_ranges
from lemmata.prove.words.completion import Completion, SearchError
from lemmata.prove.words.linear import nonnegative_solution
from lemmata.prove.words.traces import rewritten
from lemmata.terms.forms import equation, is_

__all__ = ["by_rows", "definite_inverses", "normal_form"]

MOST_ROWS = 240
MOST_PAIRS = 6
SECONDS = 1.0
ONE = Fraction(1)


# --- rows with a known middle ----------------------------------------------------------------


def by_rows(draft: Draft, claim: Term, rows: Sequence[Row] | None = None) -> Ref | None:
    """An inequality whose difference is a sum of rows c R^T M R modulo what is known."""
    try:
        goal = difference(claim)
    except Refused:
        return None
    if goal.shape[0] != goal.shape[1]:
        return None
    strict = claim.head in ("lt", "gt") or claim.value == "spd"
    if rows is None:
        inverses = any(t.head in ("inverse", "pinv") for p in (claim, *draft.given) for t in subterms(p))
        if goal.shape == SCALAR:
            return by_rows(draft, claim, _completed(draft, goal)) if inverses else None
        blocks = block_roots(draft, claim, strict)
        if not (inverses or blocks):
            return None
        definite_inverses(draft, claim)
        semidefinite_inverses(draft, [claim])
        _parallel_sums(draft, claim)
        for S in dict.fromkeys(t.args[0] for t in subterms(claim) if t.head == "pinv"):
            establish_ranges(draft, S)
        equal_ranges(draft)
        # The simplex method takes the first of equal columns: for a strict claim a strict one.
        rows = sorted(_likely(draft, goal, blocks), key=lambda row: strict and not _is_strict(draft, row))
    chosen = _chosen(draft, goal, rows)
    if chosen is None or (strict and not any(_is_strict(draft, row) for row in chosen)):
        draft.tried.append("rows R^T M R: no nonnegative combination found")
        return None
    try:
        rest = goal - total(draft, chosen, goal.shape == SCALAR) if chosen else goal
        result = combine_all(draft, [rest, goal.adjoint() - goal], SECONDS)
    except Refused:
        return None
    if result is None:
        return None
    letters, cofactors = write_combinations(result[1])
    return draft.add(
        claim, "positive", uses=result[0], letters=letters, squares=written(chosen),
        combination=cofactors[0], symmetry=cofactors[1],
    )  # fmt: skip


def _is_strict(draft: Draft, row: Row) -> bool:
    """R^T M R > 0 for definite M and an R with an inverse."""
    _, scalars, R, ref = row
    middle = draft.fact(ref) if ref is not None else None
    definite = middle is None or middle.head in ("lt", "gt") or middle.value == "spd"
    known = [f.args[0] for f, _ in draft.facts if f.head == "is" and f.value in ("invertible", "spd")]
    injective = R.head == "identity" or R in known or any(expand(R) == expand(inverse(A)) for A in known)
    return definite and (injective or is_full_rank(draft, R)) and all(sign_of(s) == 1 for s in scalars)


def definite_inverses(draft: Draft, claim: Term) -> None:
    """A^{-1} > 0 for the definite A whose inverses the claim names: A^{-1} = A^{-1} A A^{-1}."""
    for A in [t.args[0] for t in dict.fromkeys(subterms(claim)) if t.head == "inverse" and t.shape != SCALAR]:
        wanted = is_("spd", inverse(A))
        ref = draft.find(is_("spd", A)) or by_squares_sum(draft, is_("spd", A), SECONDS / 2)
        if ref is not None and draft.find(wanted) is None:
            if draft.find(is_("invertible", A)) is None:
                draft.add(is_("invertible", A), "logic", of=[ref])
            by_rows(draft, wanted, [(ONE, (), inverse(A), ref)])


def _parallel_sums(draft: Draft, claim: Term) -> None:
    """(S + G)^{-1} > 0 and (S^{-1} + G^{-1})^{-1} = S (S + G)^{-1} G for the sums of inverses in the claim."""
    for t in [t for t in dict.fromkeys(subterms(claim)) if t.head == "inverse" and t.shape != SCALAR]:
        summands = t.args[0].args if t.args[0].head == "add" else ()
        if len(summands) != 2 or any(a.head != "inverse" for a in summands):
            continue
        S, G = (a.args[0] for a in summands)
        if by_squares_sum(draft, is_("spd", S + G), SECONDS / 2) is not None:
            by_ideal(draft, equation(t, S @ inverse(S + G) @ G), SECONDS / 2)
            definite_inverses(draft, inverse(S + G))


def _completed(draft: Draft, goal: Poly) -> list[Row]:
    """Completed squares: u + A^{-1} b with the middle A from u^T A u + 2 u^T b, A definite; and vectors."""
    loops = {s for scalars, _ in goal.terms for s in scalars}
    vectors = {x.args[0] if x.head == "adjoint" else x for s in loops for x in s if 1 in x.shape}
    middles = []
    for fact, ref in draft.facts:
        try:
            if (M := difference(fact)).shape != SCALAR:
                middles.append((fact, M, ref))
        except Refused:
            continue
    rows: list[Row] = []
    for u in sorted((v for v in vectors if v.shape[1] == 1 != v.shape[0]), key=repr):
        fitting = [(fact, M, ref) for fact, M, ref in middles if M.shape[0] == u.shape[0]]
        rows += [(ONE, (), u, ref) for _, _, ref in fitting]
        for fact, A in ((fact, fact.args[0]) for fact, _, _ in fitting if fact.value == "spd"):
            b = Poly(u.shape, {})
            for (scalars, word), value in goal.terms.items():
                loop = scalars[0] if len(scalars) == 1 and not word else ()
                for w in (loop, star_word(loop)) if loop else ():
                    if w[0] is u.T and w[-1] is not u and len(w) > 1:
                        b = b + word_poly(u.shape, (), w[1:]).scale(value / 2)
                        break
            if b:
                rows.append((ONE, (), u + inverse(A) @ to_term(b), draft.find(fact)))
    return rows[:MOST_ROWS]


def _likely(draft: Draft, goal: Poly, blocks: Sequence[Term]) -> list[Row]:
    """R^T M R for known M; R is I, a letter of the goal or a difference D, and D L, L D for inverses L."""
    atoms = (x.args[0] if x.head == "adjoint" else x for _, word in goal.terms for x in word)
    letters = list(dict.fromkeys(atoms))
    known = [f.args[0] for f, _ in draft.facts if f.head == "is" and f.args[0].head == "inverse"]
    inverses: list[Term] = []
    for x in [*(x for x in letters if x.head in ("inverse", "pinv")), *known]:
        if not any(expand(x) in (expand(y), expand(y.T)) for y in inverses):
            inverses.append(x)
    plain = [x for x in letters if x.head == "symbol"]
    middles = []
    for fact, ref in draft.facts:
        try:
            if difference(fact).shape != SCALAR:
                middles.append((difference(fact), ref))
        except Refused:
            continue
    differences = list(dict.fromkeys(to_term(D) for D, _ in middles))
    sizes = dict.fromkeys(x.shape[0] for x in letters)
    roots = [*blocks, *map(identity, sizes), *inverses, *(L.T for L in inverses)]
    roots += [X - Y for X, Y in combinations(plain, 2) if X.shape == Y.shape]
    pairs = [(L, K) for L, K in permutations(inverses, 2) if L.shape == K.shape]
    roots += [L - c * K for L, K in pairs[:MOST_PAIRS] for c in (1, 2)]
    roots += [mul(D, L) for D in differences for L in inverses if D.shape[1] == L.shape[0]]
    roots += [*plain, *(X.T for X in plain), *differences]
    roots += [identity(n) - P for L in inverses if L.head == "pinv" for n, P in _projections(L)]
    products = [mul(L, X) for L in inverses for X in plain if L.shape[1] == X.shape[0]]
    roots += [*products, *_between(products, inverses)]
    roots += [identity(X.shape[0]) - X for X in products if X.shape[0] == X.shape[1]]
    rows: list[Row] = [
        (ONE, (), R, ref)
        for R in dict.fromkeys(roots)
        for D, ref in middles
        if R.shape == (D.shape[0], goal.shape[1])
    ]
    rows += [(ONE, (), R, None) for R in dict.fromkeys(roots) if R.shape[1] == goal.shape[1]]
    return rows[:MOST_ROWS]


def _between(products: Sequence[Term], inverses: Sequence[Term]) -> list[Term]:
    """S^{-1} P - K for the other inverses K: so (P S P)^+ <= P S^{-1} P, with the middle S."""
    pairs = ((X, K) for X in products for K in inverses if X.shape == K.shape and X.args[0] is not K)
    return [X - K for X, K in islice(pairs, MOST_PAIRS)]


def _projections(plus: Term) -> list[tuple[Dim, Term]]:
    """X^+ X and X X^+ with their sizes."""
    X = plus.args[0]
    return [(X.shape[1], mul(plus, X)), (X.shape[0], mul(X, plus))]


def _chosen(draft: Draft, goal: Poly, rows: Sequence[Row]) -> list[Row] | None:
    """Nonnegative multiples of the rows that add up to the goal in normal form."""
    _, polys, _ = collect([goal, *(total(draft, [row]) for row in rows)], draft)
    system = Completion(polys, goals=[goal], max_rules=150, max_degree=8)
    seconds = min(SECONDS, draft.clock()) / 2
    system.until = thread_time() + 2 * seconds
    system.complete(seconds)
    normal = normal_form(system, goal, goal.shape == SCALAR)
    if normal is None:
        return None
    columns: list[tuple[Row, Poly]] = []
    seen: list[tuple[Ref | None, tuple[Term, ...], Poly]] = []
    for row in rows:
        root = normal_form(system, expand(row[2]), False)
        if root is not None and (row[3], row[1], root) in seen:
            continue
        if root is not None:
            seen.append((row[3], row[1], root))
        value = normal_form(system, total(draft, [row]), goal.shape == SCALAR)
        if value and value.shape == goal.shape:
            columns.append((row, value))
    values = nonnegative_solution([p.terms for _, p in columns], normal.terms)
    if values is None:
        return None
    return [(v * row[0], *row[1:]) for v, (row, _) in zip(values, columns, strict=True) if v]


def normal_form(system: Completion, poly: Poly, under_trace: bool) -> Poly | None:
    """The normal form of a polynomial, or of its trace; None where that is not found."""
    try:
        normal = system.normal(poly)
        if not under_trace:
            return normal
        settled = is_real(to_term(normal))  # over the complex numbers a mirrored word is another number
        return system.normal(rewritten(trace(normal), system, settled=settled)[0])
    except (SearchError, Refused):
        return None
