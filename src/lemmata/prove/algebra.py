"""Forms 1 and 4: ideal membership, star cancellation and sums of squares, by completion.

Each function tries one rule on one claim and records a step in the draft when it succeeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from time import thread_time
from typing import Any

from lemmata.kernel.meaning import difference, is_vector_norm, zeros
from lemmata.kernel.poly import Poly, Refused, expand, star_word, to_term, trace, word_poly
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import (
    SCALAR,
    Term,
    dim,
    identity,
    make,
    symbols_of,
    to_json,
)
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.hypotheses import FREE, collect
from lemmata.prove.order.gram import Row, sum_of_squares
from lemmata.prove.words.completion import Cofactor, combinations
from lemmata.prove.words.traces import under_traces
from lemmata.terms.forms import is_

__all__ = [
    "by_ideal", "by_square", "by_squares_sum", "cited", "combine_all", "is_strict", "total", "with_squares",
    "written",
]  # fmt: skip


def combine_all(
    draft: Draft, goals: Sequence[Poly], seconds: float
) -> tuple[list[Ref], list[list[Cofactor]]] | None:
    """Cofactors for every goal over one shared list of references, unused references dropped."""
    refs, polys, owner = collect(list(goals), draft)
    found = combinations(goals, polys, seconds=min(seconds, draft.clock()))
    for i, goal in enumerate(goals):
        if found[i] is None and goal.shape == SCALAR:
            found[i] = under_traces(goal, polys, min(seconds, draft.clock()))
    if any(cofactors is None for cofactors in found):
        return None
    return cited(refs, polys, owner, [cofactors or [] for cofactors in found])


def cited(
    refs: list[Ref], polys: list[Poly], owner: list[int], found: list[list[Cofactor]]
) -> tuple[list[Ref], list[list[Cofactor]]]:
    found = [[c for c in cofactors if refs[owner[c.index]] is not FREE] for cofactors in found]
    used = sorted({owner[c.index] for cofactors in found for c in cofactors})
    place: dict[int, int] = {}
    for old in range(len(polys)):
        if owner[old] in used:
            place[old] = len(place)
    shifted = [
        [Cofactor(c.coefficient, c.scalars, c.left, place[c.index], c.starred, c.right) for c in cofactors]
        for cofactors in found
    ]
    return [refs[i] for i in used], shifted


def by_ideal(draft: Draft, claim: Term, seconds: float) -> Ref | None:
    """The claim's polynomials lie in the ideal of what is known."""
    try:
        result = combine_all(draft, zeros(claim), seconds)
    except Refused as refused:
        draft.tried.append(f"algebra: {refused}")
        return None
    if result is None:
        draft.tried.append("algebra: no combination of the hypotheses found")
        return None
    letters, rows = write_combinations(result[1])
    return draft.add(claim, "ideal", uses=result[0], letters=letters, combinations=rows)


def by_square(draft: Draft, claim: Term, seconds: float) -> Ref | None:
    """Star cancellation: c f^* f + squares in the ideal gives f = 0."""
    try:
        goals = zeros(claim)
        choices = [_vanishing_squares(draft, goal) for goal in goals]
    except Refused:
        return None
    for picks in zip(*choices, strict=False) if all(choices) else ():
        for under_trace in (False, True):
            if under_trace and all(expand(rows[0][2]).shape[1] == 1 for rows in picks):
                continue
            try:
                totals = [total(draft, rows, under_trace) for rows in picks]
                result = combine_all(draft, totals, seconds)
            except Refused:
                continue
            if result is not None:
                letters, rows = write_combinations(result[1])
                more = {"trace": True} if under_trace else {}
                return draft.add(
                    claim, "square", uses=result[0], letters=letters, combinations=rows,
                    squares=[written(rows) for rows in picks], **more,
                )  # fmt: skip
    draft.tried.append("star cancellation: the square does not vanish either")
    return None


def _vanishing_squares(draft: Draft, goal: Poly) -> list[list[Row]]:
    """f, f^*, z with M z = f; and f among the last squares of |v|^2 = |w|^2 + |f|^2 + |g|^2."""
    one, opposite = Fraction(1), goal.scale(Fraction(-1))
    found: list[list[Row]] = [[(one, (), to_term(goal), None)]]
    if goal.shape[1] != 1:
        found.append([(one, (), to_term(goal.adjoint()), None)])
    for fact, ref in draft.facts:
        if fact.head == "is" and fact.value in ("psd", "spd"):
            found += [[(one, (), R, ref)] for R in _under(expand(fact.args[0]), goal, fact.value == "spd")]
        if fact.head != "eq" or fact.args[0].shape != SCALAR or goal.shape[1] != 1:
            continue
        squares = [s for s in _norm_squares(fact.args[1]) if _usable(s)]
        for start in range(len(squares)):
            tail = squares[start:]
            if any(a.shape == goal.shape and expand(a) in (goal, opposite) for _, _, a in tail):
                rows = [
                    (c, tuple(s), to_term(goal) if expand(a) == opposite else a, None) for c, s, a in tail
                ]
                found.append(list(rows))
    return found


def _under(M: Poly, goal: Poly, definite: bool) -> list[Term]:
    """Likely z with M z = goal (or z = goal, if M is definite)."""
    ends = {word[1:] for _, word in goal.terms if M.terms.get(((), word[:1]))}
    roots = [to_term(word_poly((w[0].shape[0], w[-1].shape[1]), (), w)) for w in ends if w]
    roots += [to_term(goal)] if definite else []
    roots += [identity(goal.shape[0])] if goal == M else []
    return [R for R in roots if expand(R).shape[0] == M.shape[0]]


def total(draft: Draft, rows: Sequence[Row], under_trace: bool = False) -> Poly:
    """sum of c * scalars * R^* M R, or of its trace."""
    result: Poly | None = None
    for c, scalars, R, middle in rows:
        root = inner = expand(R)
        for ref in _refs(middle):
            inner = difference(draft.fact(ref)) * inner
        term = root.adjoint() * inner
        term = trace(term) if under_trace else term
        for s in scalars:
            term = expand(s) * term
        result = term.scale(c) if result is None else result + term.scale(c)
    return result if result is not None else Poly(SCALAR, {})


def written(rows: Sequence[Row]) -> list[list[Any]]:
    return [
        [str(c), [to_json(s) for s in scalars], to_json(R), _refs(middle)] for c, scalars, R, middle in rows
    ]


def _refs(middle: Any) -> list[Ref]:
    return [] if middle is None else middle if isinstance(middle[0], list) else [middle]


SHARES = (Fraction(1), Fraction(1, 4))
"""What of the identity may be left over beside squares; less is seldom needed."""

Square = tuple[Fraction, list[Term], Term]


def by_squares_sum(draft: Draft, claim: Term, seconds: float, hints: Sequence[Square] = ()) -> Ref | None:
    """An inequality whose difference is a sum of squares modulo the ideal."""
    try:
        goal = difference(claim)
    except Refused as refused:
        draft.tried.append(f"squares: {refused}")
        return None
    if goal.shape[0] != goal.shape[1]:
        return None
    end = thread_time() + seconds

    def left() -> float:
        return max(0.05, end - thread_time())

    candidates = [list(hints)] if hints else _candidates(claim, draft)
    strict = claim.head in ("lt", "gt") or (claim.head == "is" and claim.value == "spd")
    if strict:
        candidates = [c for c in candidates if any(is_strict(draft, (x, tuple(s), R, None)) for x, s, R in c)]
    for squares in candidates:
        ref = with_squares(draft, claim, goal, [(c, tuple(s), R, None) for c, s, R in squares], left())
        if ref is not None:
            return ref
    for weighted in _weighted(draft, claim):
        ref = with_squares(draft, claim, goal, weighted, left())
        if ref is not None and not strict:
            return ref
    rows = sum_of_squares(draft, claim, goal, left())
    if strict and rows and not any(is_strict(draft, row) for row in rows):
        rows = _above_identity(draft, claim, goal, left())
    if rows is not None and (not strict or any(is_strict(draft, row) for row in rows)):
        ref = with_squares(draft, claim, goal, rows, left())
        if ref is not None:
            return ref
    draft.tried.append("squares: no sum of squares found")
    return None


def _above_identity(draft: Draft, claim: Term, goal: Poly, seconds: float) -> list[Row] | None:
    """M = c I + squares with c > 0: of the many sums of squares that M is, one that is seen to be definite."""
    if goal.shape == SCALAR:
        return None
    one = identity(goal.shape[0])
    for c in SHARES:
        rest = sum_of_squares(draft, claim, goal - expand(one).scale(c), seconds / len(SHARES))
        if rest is not None:
            return [(c, (), one, None), *rest]
    return None


def _weighted(draft: Draft, claim: Term) -> list[list[Row]]:
    """u^T M u <= v^T M v with M known to be semidefinite: by Pythagoras (v - u)^T M (v - u) is the rest."""
    if claim.head not in ("le", "ge") or not all(a.head == "mul" and len(a.args) == 3 for a in claim.args):
        return []
    (_, M, u), (_, N, v) = (a.args for a in claim.args)
    fact = draft.find(is_("psd", M)) or draft.find(is_("spd", M))
    fits = (
        M is N and fact is not None and u.shape == v.shape and M.shape != SCALAR and u.shape[0] == M.shape[1]
    )
    return [[(Fraction(1), (), v - u, fact)]] if fits else []


def with_squares(draft: Draft, claim: Term, goal: Poly, squares: list[Row], seconds: float) -> Ref | None:
    """An inequality whose difference, the goal, is the sum of these squares modulo the ideal."""
    rows = written(squares)
    try:
        rest = goal - total(draft, squares, goal.shape == SCALAR) if squares else goal
        result = combine_all(draft, [rest, goal.adjoint() - goal], seconds)
    except Refused:
        return None
    if result is None:
        return None
    letters, combinations = write_combinations(result[1])
    return draft.add(
        claim, "positive", uses=result[0], letters=letters, squares=rows,
        combination=combinations[0], symmetry=combinations[1],
    )  # fmt: skip


def _norm_squares(term: Term, sign: int = 1) -> list[tuple[Fraction, list[Term], Term]]:
    """The summands c * scalars * ||a||^2 of a sum, as (c, scalars, a)."""
    if term.head == "add":
        return [s for arg in term.args for s in _norm_squares(arg, sign)]
    factors = list(term.args) if term.head == "mul" else [term]
    coefficient, scalars, inner = Fraction(sign), [], None
    for f in factors:
        if f.head == "number":
            coefficient *= f.value
        elif (
            f.head == "power"
            and is_vector_norm(f.args[0])
            and f.args[1].head == "number"
            and f.args[1].value == 2
        ):
            inner = f.args[0].args[0]
        else:
            scalars.append(f)
    return [(coefficient, scalars, inner)] if inner is not None else []


def _candidates(claim: Term, draft: Draft) -> list[list[Square]]:
    """Likely sums of squares: nothing, Pythagoras (b - a), the parts of a Gram form, derivatives."""
    found: list[list[Square]] = [[]]
    if claim.head == "is":
        A = claim.args[0]
        found += _gram(A, strict=claim.value == "spd")
    elif claim.head in ("le", "lt", "ge", "gt"):
        small, large = claim.args if claim.head in ("le", "lt") else claim.args[::-1]
        if is_vector_norm(small) and is_vector_norm(large) and small.args[0].shape == large.args[0].shape:
            found.append([(Fraction(1), [], large.args[0] - small.args[0])])
        lower, upper = _norm_squares(small), _norm_squares(large)
        if (
            lower
            and len(lower) == len(upper)
            and all(a[:2] == b[:2] and a[2].shape == b[2].shape for a, b in zip(lower, upper, strict=True))
        ):
            found.append([(c, s, b - a) for (c, s, a), (_, _, b) in zip(lower, upper, strict=True)])
        found.append([(c, s, a) for c, s, a in upper if c > 0])
        rates = {make("diff", (s,), s.value[4]) for s in symbols_of(claim) if s.value[4]}
        if rates and small.shape == SCALAR:
            for c in (1, 2):
                found.append([(Fraction(c), [], r) for r in sorted(rates, key=repr)])
        if small.shape != SCALAR:
            found += _gram(large - small, strict=claim.head in ("lt", "gt"))
    return [c for c in found if all(_usable(s) for s in c)]


def is_strict(draft: Draft, row: Row) -> bool:
    """Whether c s R^* M R > 0: R a multiple of the identity, or a vector that is known not to vanish."""
    _, scalars, R, middle = row
    facts = [draft.fact(ref) for ref in _refs(middle)]
    above = all(f.head in ("lt", "gt") or f.value == "spd" for f in facts)
    nonzero = [
        expand(f.args[0]) - expand(f.args[1])
        for f, _ in draft.facts
        if f.head == "ne" and f.args[0].shape == R.shape
    ]
    injective = R.head in ("identity", "number") or (R.shape[1] == 1 and expand(R) in nonzero)
    kinds = ("invertible", "spd")
    bare = R.args[0] if R.head == "adjoint" else R
    invertible = bare.head == "inverse" or any(
        f.head == "is" and f.value in kinds and f.args[0] is R for f, _ in draft.facts
    )
    invertible |= any(
        f.head == "eq" and f.args[0].head == "rank" and f.args == (make("rank", (R,)), dim(R.shape[1]))
        for f, _ in draft.facts
    )
    return above and (injective or invertible) and all(sign_of(s) == 1 for s in scalars)


def _usable(square: Square) -> bool:
    return square[0] > 0 and all(sign_of(s) == 1 or s.head == "symbol" for s in square[1])


def _gram(A: Term, strict: bool) -> list[list[Square]]:
    """Summands of the form c s B^T B or c s I of a sum, written by their authors as such."""
    squares: list[Square] = []
    for scalars, word, value in ((s, w, v) for (s, w), v in expand(A).terms.items()):
        half = len(word) // 2
        factors = [make("mul", s) if len(s) > 1 else s[0] for s in scalars]
        if len(word) % 2 == 0 and star_word(word[half:]) == word[:half]:
            R = identity(A.shape[0]) if not word else (make("mul", word[half:]) if half > 1 else word[half])
            squares.append((value, factors, R))
        else:
            return []
    return [squares] if squares else []
