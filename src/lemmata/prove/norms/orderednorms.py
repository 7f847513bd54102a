"""Norms of matrices that lie between others: ||X|| <= ||Y|| and ||X||_F <= ||Y||_F from -Y <= X <= Y.

Of the Frobenius norm: Y - X and Y + X = G^T G are semidefinite, and

    ||Y||_F^2 - ||X||_F^2 = tr((Y - X) (Y + X)) = tr(G (Y - X) G^T) >= 0.

Of the spectral norm: -||Y|| I <= -Y <= X <= Y <= ||Y|| I, and the singular values of a Hermitian X are the sizes of
its eigenvalues.  The first condition holds where 0 <= X <= Y, so that both norms are monotone (Horn and Johnson,
Matrix Analysis, 7.7).  The kernel's factor G is real, so that complex matrices have the second alone.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A, B : R^{n x n}\\nassume psd(A), A <= B\\nshow ||A||_F <= ||B||_F")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import is_real
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, identity, make, mul, number, symbol, symbols_of
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.order.gram import Row
from lemmata.prove.search import establish
from lemmata.terms.forms import is_, norm, relation

__all__ = ["by_ordered_norms"]

ONE = Fraction(1)
SECONDS = 0.3


def by_ordered_norms(draft: Draft, claim: Term) -> Ref | None:
    """||X|| <= c ||Y||, or the same of squares or of Frobenius norms, for square X and Y."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        return None
    small, large = (_scaled(side) for side in (claim.args if claim.head == "le" else claim.args[::-1]))
    if small is None or large is None:
        return None
    (c, X, kind, squared), (d, Y, other, both) = small, large
    if c is not number(1) or (squared and d is not number(1)):
        return None
    fits = X.shape == Y.shape and X.shape[0] == X.shape[1] != 1 and kind == other and squared == both
    if not fits or not _orders(draft) or (kind == "F" and not is_real(claim)):
        return None
    with draft.attempt() as keep:
        above = Y if d is number(1) else mul(d, Y)
        between = [ref for gap in (above - X, above + X) if (ref := establish(draft, is_("psd", gap)))]
        if len(between) < 2:
            return None
        if kind == "F":
            ref = _frobenius(draft, claim, X, mul(d, d), Y, between)
        else:
            ref = _spectral(draft, claim, X, d, Y, between)
        if ref is not None:
            keep()
        return ref


def _orders(draft: Draft) -> bool:
    heads, kinds = ("le", "ge", "lt", "gt"), ("psd", "spd")
    return any(
        (f.head in heads and f.args[0].shape != SCALAR) or (f.head == "is" and f.value in kinds)
        for f, _ in draft.facts
    )


def _scaled(side: Term) -> tuple[Term, Term, str, bool] | None:
    """c, M, the kind of the norm and whether it is squared, for c ||M|| with c > 0, ||M||^2 and tr(M^2)."""
    squared = side.head == "power" and side.args[1] is number(2)
    if side.head == "trace":
        (W,) = side.args
        twice = W.args if W.head == "mul" and len(W.args) == 2 else (W.args[0],) * 2 if _is_square(W) else ()
        return (number(1), twice[1], "F", True) if twice and twice[0] in (twice[1], twice[1].T) else None
    factors = (side.args[0],) if squared else side.args if side.head == "mul" else (side,)
    norms = [f for f in factors if f.head == "norm" and 1 not in f.args[0].shape]
    rest = [f for f in factors if f not in norms]
    if len(norms) != 1 or (rest and sign_of(mul(*rest)) != 1):
        return None
    return mul(*rest) if rest else number(1), norms[0].args[0], norms[0].value, squared


def _is_square(W: Term) -> bool:
    return W.head == "power" and W.args[1] is number(2)


# --- the Frobenius norm ----------------------------------------------------------------------


def _frobenius(draft: Draft, claim: Term, X: Term, square: Term, Y: Term, between: list[Ref]) -> Ref | None:
    """The trace of (c Y - X) (c Y + X), with c Y + X = G^T G and c^2 the ``square``."""
    names = {s.name for p in (claim, *(f for f, _ in draft.facts)) for s in symbols_of(p)}
    G = symbol(next(n for n in ("G", "H", "G'", "G''", "the factor") if n not in names), *X.shape)
    above = draft.fact(between[1]).args[0]
    premise = make("exists", (G, make("eq", (above, mul(G.T, G)))))
    root = draft.add(premise, "gram", of=between[1])
    inner = draft.inner([premise.args[-1]])
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    scaled = large.head == "mul"
    squares = relation("le", mul(small, small), mul(square, norm(Y, "F") ** 2)) if scaled else claim
    row: Row = (ONE, (), G.T, inner.find(draft.fact(between[0])))
    ref = with_squares(inner, squares, difference(squares), [row], SECONDS)
    if ref is None:
        return None
    arrow = draft.add(make("implies", (premise, squares)), "implies", steps=inner.steps)
    ref = draft.add(squares, "logic", of=[arrow, root])
    if not scaled:
        return ref
    wanted = relation("le", mul(small, small), mul(large, large))
    ref = rows_add_up(draft, wanted, [(ONE, (), number(1), ref)])
    return None if ref is None else draft.add(claim, "root", of=ref)


# --- the spectral norm -----------------------------------------------------------------------


def _spectral(draft: Draft, claim: Term, X: Term, c: Term, Y: Term, between: list[Ref]) -> Ref | None:
    """-b I <= X <= b I for b = c ||Y||, hence ||X|| <= b."""
    hermitian = [by_ideal(draft, is_("symmetric", Z), SECONDS) for Z in (X, Y)]
    if None in hermitian:
        return None
    below = instance_of(draft, [symbol("Z'", *Y.shape)], _below_norm, [Y])
    if below is None:
        return None
    bounded = draft.add(draft.fact(below).args[1], "logic", of=[below, hermitian[1]])
    plain = c is number(1)
    b, one = norm(Y) if plain else mul(c, norm(Y)), identity(X.shape[0])
    sides = (relation("le", X, mul(b, one)), relation("le", mul(number(-1), b, one), X))
    rows: list[list[Row]] = [
        [(ONE, (), one, gap), (ONE, () if plain else (c,), one, bounded)] for gap in between
    ]
    known = [ref for ref in hermitian if ref is not None]
    found = [rows_add_up(draft, side, row, known) for side, row in zip(sides, rows, strict=True)]
    if None in found:
        return None
    letters = [symbol("Z'", *X.shape), symbol("r'", domain="nonnegative")]
    arrow = instance_of(draft, letters, _norm_below, [X, b])
    if arrow is None:
        return None
    premise, conclusion = draft.fact(arrow).args
    whole = draft.add(premise, "logic", of=[hermitian[0], *found])
    ref = draft.add(conclusion, "logic", of=[arrow, whole])
    return ref if conclusion is claim else _written_as(draft, claim, ref)


def _below_norm(Z: Term) -> Term:
    bound = relation("le", Z, mul(norm(Z), identity(Z.shape[0])))
    return make("implies", (is_("symmetric", Z), bound))


def _norm_below(Z: Term, r: Term) -> Term:
    one = identity(Z.shape[0])
    between = (relation("le", Z, mul(r, one)), relation("le", mul(number(-1), r, one), Z))
    premise = make("and", (is_("symmetric", Z), *between))
    return make("implies", (premise, relation("le", norm(Z), r)))


def _written_as(draft: Draft, claim: Term, ref: Ref) -> Ref | None:
    """The claim as it is written, from ||X|| <= ||Y||: squares as b^2 - a^2 = (b - a) a + (b - a) b."""
    small, large = draft.fact(ref).args
    one = number(1)
    squared = any(side.head == "power" for side in claim.args)
    scales: list[tuple[Term, ...]] = [(small,), (large,)] if squared else [()]
    return rows_add_up(draft, claim, [(ONE, s, one, ref) for s in scales])
