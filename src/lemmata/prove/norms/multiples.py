"""W^* W <= c T^* T for some number c: Douglas's theorem, and bounds by norms that the claim names.

If the rows of W lie in those of T, then W = Y T with Y = W T^+, and Y^* Y <= ||Y||^2 I gives
W^* W = T^* Y^* Y T <= ||Y||^2 T^* T.  So c = ||W T^+||^2 will do, ||W T^+||^2 + 1 where c is to be positive, and
c = ||W T^+|| for ||W x|| <= c ||T x||.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, B : R^{m x p}
... assume Col(A) <= Col(B)
... show exists c : real. A A^T <= c B B^T''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True

(R. G. Douglas, *On majorization, factorization, and range inclusion of operators on Hilbert space*, Proc. AMS 17,
1966.)
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lemmata.kernel.meaning import is_vector_norm
from lemmata.kernel.poly import Poly, Refused, Word, expand, star_word
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, add, identity, inverse, mul, number, pinv, symbol
from lemmata.prove.algebra import by_squares_sum
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.lowerbounds import matrix_norms
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.order.gram import Row
from lemmata.prove.scalars import by_arithmetic
from lemmata.terms.forms import equation, norm, relation

__all__ = ["by_named_norms", "likely_multiples"]

ONE = Fraction(1)
SECONDS = 0.5
MOST_NORMS = 2


def by_named_norms(draft: Draft, claim: Term) -> Ref | None:
    """M <= ||Y||^2 N, or ||u|| <= ||Y|| ||v||, once Y^* Y <= ||Y||^2 I and Y Y^* <= ||Y||^2 I are known."""
    if claim.head not in ("le", "ge"):
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    if (known := _by_known_bound(draft, claim, small, large)) is not None:
        return known
    sizes = matrix_norms(large)[:MOST_NORMS]
    if not sizes or matrix_norms(small):
        return None if sizes else _divided(draft, claim, small, large)
    with draft.attempt() as keep:
        for (Y,) in (size.args for size in sizes):
            letter = symbol("Z'", *Y.shape)
            instance_of(draft, [letter], _columns, [Y])
            instance_of(draft, [letter], _rows, [Y])
        if is_vector_norm(small) and sign_of(large, strict=False) == 1:
            squares = by_squares_sum(draft, relation("le", mul(small, small), mul(large, large)), SECONDS)
            ref = None if squares is None else draft.add(claim, "root", of=squares)
        else:
            ref = by_squares_sum(draft, claim, SECONDS)
        if ref is not None:
            keep()
        return ref


def _by_known_bound(draft: Draft, claim: Term, small: Term, large: Term) -> Ref | None:
    """X^* X <= b^2 I from ||X|| <= b: b^2 - s^2 = (b - s) b + (b - s) s for s = ||X||."""
    if small.shape == SCALAR or small.shape[0] != small.shape[1]:
        return None
    one = identity(small.shape[0])
    for fact, ref in draft.facts:
        if fact.head not in ("le", "lt", "ge", "gt") or fact.args[0].shape != SCALAR:
            continue
        size, b = fact.args if fact.head in ("le", "lt") else fact.args[::-1]
        if size not in matrix_norms(size) or expand(mul(b, b, one)) != expand(large):
            continue
        for body in (_columns, _rows):
            with draft.attempt() as keep:
                bound = instance_of(draft, [symbol("Z'", *size.args[0].shape)], body, [size.args[0]])
                rows: list[Row] = [(ONE, (s,), one, ref) for s in (size, b)]
                found = bound and rows_add_up(draft, claim, [*rows, (ONE, (), one, bound)])
                if found is not None:
                    keep()
                    return found
    return None


def _divided(draft: Draft, claim: Term, small: Term, large: Term) -> Ref | None:
    """M/s <= N from M <= s N."""
    over = [x for x in small.args if x.head == "inverse" and matrix_norms(x)] if small.head == "mul" else []
    if len(over) != 1 or sign_of(over[0]) != 1:
        return None
    (s,), rest = over[0].args, [x for x in small.args if x is not over[0]]
    with draft.attempt() as keep:
        whole = by_named_norms(draft, relation("le", mul(*rest), mul(s, large)))
        unit = by_arithmetic(draft, equation(mul(over[0], s), number(1)))
        if whole is None or unit is None:
            return None
        ref = rows_add_up(draft, claim, [(ONE, (over[0],), identity(small.shape[0]), whole)], [unit])
        if ref is not None:
            keep()
        return ref


def _columns(Z: Term) -> Term:
    return relation("le", mul(Z.T, Z), mul(norm(Z), norm(Z), identity(Z.shape[1])))


def _rows(Z: Term) -> Term:
    return relation("le", mul(Z, Z.T), mul(norm(Z), norm(Z), identity(Z.shape[0])))


# --- which number ----------------------------------------------------------------------------


def likely_multiples(c: Term, body: Term) -> list[Term]:
    """Numbers c for the inequalities M <= c N and c N <= M in a proposition."""
    found: list[Term] = []
    for prop in _inequalities(body):
        small, large = prop.args if prop.head == "le" else prop.args[::-1]
        for bound, other, above in ((large, small, True), (small, large, False)):
            without = _without(c, bound)
            if without is None or c in _letters(other):
                continue
            N, M = (without, other) if above else (other, without)
            size = _ratio(M, N)
            if size is not None:
                found += [size, size + number(1)] if above else [inverse(size + number(1))]
    return list(dict.fromkeys(found))


def _inequalities(body: Term) -> Iterator[Term]:
    if body.head in ("le", "ge"):
        yield body
    elif body.head in ("and", "forall", "implies"):
        for part in body.args if body.head == "and" else body.args[-1:]:
            yield from _inequalities(part)


def _letters(term: Term) -> set[Term]:
    return {x for scalars, word in _terms(term) for w in (*scalars, word) for x in w}


def _terms(term: Term) -> dict[tuple[tuple[Word, ...], Word], object]:
    try:
        return dict(expand(term).terms)
    except Refused:
        return {}


def _without(c: Term, bound: Term) -> Term | None:
    """N for the bound c N, as it is written."""
    if bound is c:
        return number(1)
    if bound.head != "mul" or bound.args.count(c) != 1:
        return None
    rest = [x for x in bound.args if x is not c]
    return None if any(c in _letters(x) for x in rest) else mul(*rest)


def _ratio(M: Term, N: Term) -> Term | None:
    """The c with M <= c N that the norms of W T^+ give."""
    if M.shape == SCALAR:
        return _ratio_of_lengths(M, N)
    roots, below = _squares(M), _squares(N)
    if not roots or below is None or len(below) != 1 or below[0][0] != number(1):
        return None
    ((_, T),) = below
    quotients = [(a, norm(mul(W, pinv(T)) if T is not None else W) ** 2) for a, W in roots if W is not None]
    return add(*(q if a is number(1) else mul(a, q) for a, q in quotients)) if quotients else None


def _squares(M: Term) -> list[tuple[Term, Term | None]] | None:
    """a > 0 and W of the summands a W^* W of a matrix; None for the W that is the identity."""
    found: list[tuple[Term, Term | None]] = []
    for (scalars, word), value in expand(M).terms.items():
        half = len(word) // 2
        if scalars or value <= 0 or len(word) % 2 or star_word(word[half:]) != word[:half]:
            return None
        found.append((number(value), mul(*word[half:]) if word else None))
    return found


def _ratio_of_lengths(M: Term, N: Term) -> Term | None:
    """||W T^+|| for the lengths ||W x|| and ||T x||, squared for their squares."""
    squared = all(t.head == "power" and t.args[1] is number(2) for t in (M, N))
    a, b = (t.args[0] if squared else t for t in (M, N))
    if a.head != "norm" or b.head != "norm" or {a.args[0].shape[1], b.args[0].shape[1]} != {1}:
        return None
    W, T = (_map(expand(t.args[0])) for t in (a, b))
    if W is None or T is None or W[1] is not T[1] or W[0] is None:
        return None
    size = norm(W[0] if T[0] is None else mul(W[0], pinv(T[0])))
    return size**2 if squared else size


def _map(u: Poly) -> tuple[Term | None, Term] | None:
    """W and x of the vector u = W x; None for the identity."""
    if len(u.terms) != 1:
        return None
    (((scalars, word), value),) = u.terms.items()
    if scalars or value != 1 or not word:
        return None
    return (mul(*word[:-1]) if len(word) > 1 else None), word[-1]
