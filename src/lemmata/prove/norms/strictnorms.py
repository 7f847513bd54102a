"""Strict bounds on spectral norms: of functions of one matrix, ||f(A)|| < c by f(||A||) < c, and of others.

No singular value exceeds b = ||A||, so that ||f(A)|| <= f(b) for an f that increases, and f(b) < c is a statement
about numbers.  So the hat matrix of ridge regression is a strict contraction: its singular values s^2/(s^2 + lambda)
are at most b^2/(b^2 + lambda) < 1 (Hoerl and Kennard 1970).  Where f does not increase, as s/(s^2 + lambda), half of
c may be a bound still.  A square is below c where ||f(A)|| <= b with b^2 < c.

For several matrices ||M|| < c follows from N = c^2 I - M^* M > 0.  With W = N^{-1}, k = 1 + 1/c^2 and t = ||W|| + k

    N = (W - t I) N (W - t I) / t^2 + I/t + (t I - W)/t^2
    t I - W = ((t I - W)^2 + (||W||^2 I - W^2) + k (2 ||W|| + k) I) / (2 t)

so that N >= I/t, and ||M|| <= b = c - 1/(2 c t).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, lambda : positive
... show ||A (A^T A + lambda I)^{-1} A^T|| < 1''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, identity, inverse, mul, number, subterms, symbol
from lemmata.prove.algebra import by_ideal, by_squares_sum, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.attainednorms import value_at_norm
from lemmata.prove.norms.contractions import by_letter, establish_contractions
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.norms.norms import by_root
from lemmata.prove.norms.operatornorms import by_operator_norm
from lemmata.prove.order.gram import Row
from lemmata.prove.order.nullvectors import by_null_vectors
from lemmata.prove.scalars import by_arithmetic, by_oracle
from lemmata.terms.forms import equation, is_, norm, relation

__all__ = ["by_definite_gap", "by_strict_chain", "by_strict_norm"]

ONE, HALF = Fraction(1), Fraction(1, 2)
SECONDS = 0.5


def by_strict_norm(draft: Draft, claim: Term) -> Ref | None:
    """||M|| < c from ||M|| <= b and b < c, where b is M at the norm of the one matrix that it is made of."""
    if claim.head not in ("lt", "gt") or claim.args[0].shape != SCALAR:
        return None
    small, large = claim.args if claim.head == "lt" else claim.args[::-1]
    squared = small.head == "power" and small.args[1] is number(2)
    size = small.args[0] if squared else small
    if size.head != "norm" or size.value != "2" or 1 in size.args[0].shape or sign_of(large) != 1:
        return None
    for between in _between(draft, size.args[0], large):
        with draft.attempt() as keep:
            below = relation("lt", between**2 if squared else between, large)
            strict = by_arithmetic(draft, below) or by_oracle(draft, below)
            weak = strict and by_root(draft, relation("le", size, between), SECONDS)
            if strict is None or weak is None:
                continue
            # b^2 - a^2 = (b - a) a + (b - a) b
            scalars: list[tuple[Term, ...]] = [(size,), (between,)] if squared else [()]
            rows: list[Row] = [(ONE, (), number(1), strict), *((ONE, s, number(1), weak) for s in scalars)]
            ref = rows_add_up(draft, claim, rows)
            if ref is not None:
                keep()
                return ref
    return None


def _between(draft: Draft, M: Term, large: Term) -> Iterator[Term]:
    """f(||A||) for M = f(A), and half of what is claimed."""
    found = value_at_norm(draft, M)
    if found is not None:
        at_norm = found[1]
        yield at_norm if sign_of(at_norm, strict=False) != -1 else -at_norm
        yield mul(number(HALF), large)


def by_strict_chain(draft: Draft, claim: Term) -> Ref | None:
    """||M|| < c from ||M|| <= b by a chain of norms, where b < c is known."""
    if claim.head not in ("lt", "gt") or claim.args[0].shape != SCALAR:
        return None
    small, large = claim.args if claim.head == "lt" else claim.args[::-1]
    if small.head != "norm" or small.value != "2" or 1 in small.args[0].shape:
        return None
    for fact, ref in draft.facts:
        b, c = fact.args if fact.head == "lt" else fact.args[::-1] if fact.head == "gt" else (None, None)
        if b is None or c is not large or b is small or not any(t.head == "norm" for t in subterms(b)):
            continue
        with draft.attempt() as keep:
            weak = by_operator_norm(draft, relation("le", small, b))
            found = weak and rows_add_up(draft, claim, [(ONE, (), number(1), r) for r in (weak, ref)])
            if found is not None:
                keep()
                return found
    return None


def by_definite_gap(draft: Draft, claim: Term) -> Ref | None:
    """||M|| < c from c^2 I - M^* M > 0, for a letter and then for M."""
    if claim.head not in ("lt", "gt") or claim.args[0].shape != SCALAR:
        return None
    small, c = claim.args if claim.head == "lt" else claim.args[::-1]
    if small.head != "norm" or small.value != "2" or 1 in small.args[0].shape or sign_of(c) != 1:
        return None

    (M,) = small.args
    with draft.attempt() as keep:
        ref = _below(draft, M, c)
        if ref is None and (turned := _below(draft, M.T, c)) is not None:
            letter = symbol("Z'", *M.shape)
            same = instance_of(draft, [letter], lambda Z: relation("le", norm(Z), norm(Z.T)), [M])
            ref = (
                turned
                if same is None
                else rows_add_up(
                    draft, relation("lt", small, c), [(ONE, (), number(1), r) for r in (turned, same)]
                )
            )
        if ref is not None and draft.fact(ref) is not claim:
            ref = rows_add_up(draft, claim, [(ONE, (), number(1), ref)])
        if ref is not None:
            keep()
        return ref


def _below(draft: Draft, M: Term, c: Term) -> Ref | None:
    def gap(Z: Term) -> Term:
        return is_("spd", mul(c, c, identity(Z.shape[1])) - mul(Z.T, Z))

    known = draft.find(gap(M)) or _known_gap(draft, gap(M)) or by_null_vectors(draft, gap(M))
    return (
        None
        if known is None
        else by_letter(draft, known, M, gap, lambda Z: relation("lt", norm(Z), c), _from_gap)
    )


def _known_gap(draft: Draft, gap: Term) -> Ref | None:
    """The same where a definite matrix is known that may be it, as ||E|| < c tells one."""
    establish_contractions(draft, strict=True)
    size = gap.args[0].shape
    definite = any(
        (f.value == "spd" or f.head in ("lt", "gt")) and f.args[0].shape == size for f, _ in draft.facts
    )
    return by_squares_sum(draft, gap, SECONDS) if definite else None


def _from_gap(draft: Draft, ref: Ref, claim: Term) -> Ref | None:
    """||Z|| < c for a letter Z."""
    size, c = claim.args
    (Z,), (N,) = size.args, draft.fact(ref).args
    one, over = identity(N.shape[0]), number(1) if c is number(1) else inverse(c)
    letter = symbol("W'", *N.shape)
    bounded = instance_of(draft, [letter], _square_bound, [inverse(N)])
    if bounded is None:
        return None
    W, w, k = inverse(N), norm(inverse(N)), number(1) + mul(over, over)
    s, rest = inverse(w + k), number(2) * w + k
    b = mul(number(HALF), s, over, number(2) * mul(c, c, w) + number(2) * mul(c, c) + number(1))
    units = [by_ideal(draft, equation(mul(x, inverse(x)), number(1)), SECONDS) for x in (w + k, c)]
    below, gap = relation("le", mul(Z.T, Z), mul(b, b, one)), W - mul(w + k, one)
    rows: list[Row] = [
        (ONE, (s, s), gap, ref), (HALF, (s, s, s), gap, None), (HALF, (s, s, s), one, bounded),
        (HALF, (s, s, s, k, rest), one, None), (HALF * HALF, (s, s, over, over), one, None),
    ]  # fmt: skip
    known = [unit for unit in units if unit is not None]
    with draft.only([ref, bounded, *known]):
        squares = with_squares(draft, below, difference(below), rows, SECONDS)
    if squares is None:
        return None
    weak = draft.add(relation("le", size, b), "root", of=squares)
    return rows_add_up(draft, claim, [(HALF, (s, over), number(1), None), (ONE, (), number(1), weak)], known)


def _square_bound(W: Term) -> Term:
    return relation("le", mul(W.T, W), mul(norm(W), norm(W), identity(W.shape[1])))
