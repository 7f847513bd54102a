"""Full rank, however it is said: rank(A) = n as one fact, before what depends on it is searched.

    Null(A) = Null(I),  Row(A) = Row(I),  Null(A)^perp = Col(I)      the columns of A are independent: A^+ A = I
    dim Null(A) = 0,  rank(A) >= n,  rank(A^T A) = n                 the same in numbers
    for all v, A v = 0 implies v = 0                                 the same in vectors (implications.py)
    Col(A) = Col(I), Null(A^T) = Null(I), rank(A) = m, ...           the rows are: A A^+ = I

Of numbers it is seen by a trace: with N = I - A^+ A is tr(N^T N) = tr(N) = n - rank(A), so that N = 0 where this is not
positive.  The singular values of one matrix have no null space then.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{m x n}\\nassume rank(A) >= n\\nshow lim_{t -> oo} e^{-t A^T A} = 0")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import Refused, to_term
from lemmata.kernel.term import SCALAR, Term, dim, number, subterms, symbols_of
from lemmata.prove.algebra import by_ideal, combine_all, total, written
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.order.gram import Row
from lemmata.prove.rank.facts import rank
from lemmata.prove.rank.programme import sizes_of
from lemmata.terms.forms import equation

__all__ = ["use_full_ranks"]

MOST_FACTS = 4
SECONDS = 0.1
ONE = Fraction(1)


def use_full_ranks(draft: Draft) -> None:
    """Add rank(A) = n, or rank(A) = m, where a fact says it in another way."""
    spaces = [(f, ref) for f, ref in draft.facts if _compares_with_all(f)]
    numbers = [(f, ref) for f, ref in draft.facts if _bounds_a_rank(f)]
    for fact, ref in islice((*spaces, *numbers), MOST_FACTS):
        for A in sorted(symbols_of(fact), key=repr):
            sizes = [k for k in dict.fromkeys(A.shape) if 1 not in A.shape]
            for claim in (equation(rank(A), dim(k)) for k in reversed(sizes)):
                if draft.find(claim) is None:
                    with draft.only([ref]):
                        found = (
                            _by_spaces(draft, claim)
                            if fact in dict(spaces)
                            else _by_trace(draft, claim, fact, ref)
                        )
                    if found is not None and draft.focus is not None:
                        draft.focus.append(found)


def _compares_with_all(fact: Term) -> bool:
    """Null(A) = Null(I), Col(I) <= Col(A); and N (I - A^+ A) = 0, from an implication for all vectors."""
    heads = ("col", "row", "null")
    return fact.head in ("eq", "subset") and any(
        t.head in heads and t.args[0].head in ("identity", "zero") for t in subterms(fact)
    )


def _bounds_a_rank(fact: Term) -> bool:
    """A relation between one rank and dimensions, which is not read as an equation between matrices."""
    row = sizes_of(fact)
    if row is None or fact.head not in ("eq", "le", "ge") or sum(k.head == "rank" for k in row) != 1:
        return False
    return fact.head != "eq" or all(z.shape == SCALAR for z in zeros(fact))


def _by_spaces(draft: Draft, claim: Term) -> Ref | None:
    return by_ideal(draft, claim, SECONDS)


def _by_trace(draft: Draft, claim: Term, fact: Term, ref: Ref) -> Ref | None:
    """N = 0 from tr(N^T N) + (rank(A) - n) = 0."""
    try:
        (N,) = zeros(claim)
        rows: list[Row] = [(ONE, (), to_term(N), None)]
        if fact.head != "eq":
            rows.append((ONE, (), number(1), ref))
        result = combine_all(draft, [total(draft, rows, under_trace=True)], SECONDS)
    except (Refused, ValueError):
        return None
    if result is None:
        return None
    letters, combinations = write_combinations(result[1])
    return draft.add(
        claim, "square", uses=result[0], letters=letters, combinations=combinations, squares=[written(rows)],
        trace=True,
    )  # fmt: skip
