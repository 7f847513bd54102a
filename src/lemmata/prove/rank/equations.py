"""Equations between matrices from what is known about ranks: f = 0 if rank(f) <= 0.

rank(A B) = rank(A) gives Col(A B) = Col(A): with P = A B (A B)^+ Frobenius' inequality says that
rank((I - P) A) + rank(A B) <= rank(A) + rank((I - P) A B) = rank(A).  Of two ranges of equal dimension where one
lies in the other, the projections differ by a projection of trace 0.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{n x n}\\nassume rank(A^2) = rank(A), A^3 = 0\\nshow A = 0")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import Poly, Refused, to_term
from lemmata.kernel.term import SCALAR, Term, mul, number, pinv
from lemmata.prove.algebra import by_ideal, by_square, combine_all, total, written
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.order.gram import Row
from lemmata.prove.rank.facts import instance_of, nonnegativity, rank
from lemmata.prove.rank.programme import sizes_of
from lemmata.prove.rank.sums import by_rank_facts
from lemmata.terms.forms import equation, relation, zero

__all__ = ["by_rank_equations", "equal_ranges", "nested_ranges", "vanishes"]

MOST_NAMED = 4
SECONDS = 1.0


def by_rank_equations(draft: Draft, claim: Term, rich: bool = False) -> Ref | None:
    """An equation from rank(f) <= 0; or by algebra, once V = U U^+ V or V = V U^+ U is known for ranks named."""
    named = _named(draft)
    try:
        goals = [goal for goal in zeros(claim) if goal] if named else []
    except Refused:
        return None
    if not goals:
        return None
    with draft.attempt() as keep:
        refs = [vanishes(draft, f, rich) if f.shape != SCALAR else None for f in goals]
        if None not in refs:
            keep()
            items = iter(range(len(goals)))
            rows = [[["1", [], [], next(items), False, []]] if f else [] for f in zeros(claim)]
            return draft.find(claim) or draft.add(claim, "ideal", uses=refs, letters=[], combinations=rows)
    with draft.attempt() as keep:
        if not rich and equal_ranges(draft):
            ref = by_ideal(draft, claim, 0.5) or by_square(draft, claim, 0.3)
            if ref is not None:
                keep()
                return ref
    return None


def equal_ranges(draft: Draft) -> bool:
    """Whether U and V, whose ranks the facts compare, are found to have the same columns or rows."""
    return any(
        [
            nested_ranges(draft, [(U, V)]) or _onto(draft, U, V) | _onto(draft, V, U)
            for U, V in _compared(draft)
        ]
    )


def nested_ranges(draft: Draft, pairs: Sequence[tuple[Term, Term]] | None = None) -> bool:
    """Whether U U^+ = V V^+ or U^+ U = V^+ V is found, because the difference of the two is a projection.

    For tr(D^* D) = tr(D) = rank(V) - rank(U) = 0 with D = V V^+ - U U^+.
    """
    return any([_projections(draft, U, V) for U, V in (_compared(draft) if pairs is None else pairs)])


def _compared(draft: Draft) -> list[tuple[Term, Term]]:
    return [pair for pair in combinations(_named(draft), 2) if _comparable(draft, *pair)]


def _projections(draft: Draft, U: Term, V: Term) -> bool:
    claims = []
    if U.shape[0] == V.shape[0]:
        claims.append(equation(mul(U, pinv(U)), mul(V, pinv(V))))
    if U.shape[1] == V.shape[1]:
        claims.append(equation(mul(pinv(U), U), mul(pinv(V), V)))
    return any([draft.find(c) is None and _trace_vanishes(draft, c) is not None for c in claims])


def _trace_vanishes(draft: Draft, claim: Term) -> Ref | None:
    """D = 0 from tr(D^* D) = 0."""
    (D,) = zeros(claim)
    rows: list[Row] = [(Fraction(1), (), to_term(D), None)]
    result = combine_all(draft, [total(draft, rows, under_trace=True)], SECONDS) if D else None
    if result is None:
        return None
    letters, cofactors = write_combinations(result[1])
    return draft.add(
        claim,
        "square",
        uses=result[0],
        letters=letters,
        combinations=cofactors,
        squares=[written(rows)],
        trace=True,
    )


def _named(draft: Draft) -> list[Term]:
    """The matrices whose ranks the facts compare with each other."""
    found = list[Term]()
    for fact, _ in draft.facts:
        row = sizes_of(fact) or {}
        if len(row) > 1 and not (fact.head == "eq" and any(z.shape != SCALAR for z in zeros(fact))):
            found += [k.args[0] for k in row if k.head == "rank"]
    return list(dict.fromkeys(found))[:MOST_NAMED]


def _comparable(draft: Draft, U: Term, V: Term) -> bool:
    """Whether a fact compares just these two ranks."""
    return any(set(sizes_of(fact) or ()) == {rank(U), rank(V)} for fact, _ in draft.facts)


def _onto(draft: Draft, U: Term, V: Term) -> bool:
    """Whether V = U U^+ V, or V = V U^+ U, is found."""
    found = False
    if U.shape[0] == V.shape[0]:
        found |= _equal(draft, V, mul(U, pinv(U), V))
    if U.shape[1] == V.shape[1]:
        found |= _equal(draft, V, mul(V, pinv(U), U))
    return found


def _equal(draft: Draft, V: Term, W: Term) -> bool:
    claim = equation(V, W)
    if draft.find(claim) is not None:
        return False
    with draft.attempt() as keep:
        (f,) = zeros(claim)
        if f and vanishes(draft, f) is not None:
            keep()
            return True
    return False


def vanishes(draft: Draft, f: Poly, rich: bool = False) -> Ref | None:
    """f = 0, since 0 <= rank(f) <= 0."""
    X = to_term(f)
    none, bound = equation(X, zero(*X.shape)), relation("le", rank(X), number(0))
    if (known := draft.find(none)) is not None:
        return known
    upper = draft.find(bound) or by_rank_facts(draft, bound, rich)
    lower = None if upper is None else instance_of(draft, nonnegativity(X.shape), [X])
    if lower is None:
        return None
    ref = draft.add(equation(rank(X), number(0)), "logic", of=[upper, lower])
    items = [["1", [], [], 0, False, []]]
    return draft.add(none, "ideal", uses=[ref], letters=[], combinations=[items])
