"""Solutions of least norm: ||B^+ y|| <= ||x|| for every x with B x = y.

B^+ y is the projection of x on the row space of B, so that

    x^* x - (B^+ y)^* (B^+ y) = (x - B^+ y)^* (x - B^+ y),

also for matrices x and y, in Loewner order.  The x is what stands on the other side, or that with zeros in places: if
D = B T, where T puts the blocks of D in the places that they have in B, T D^+ y solves B x = y as D^+ y solves
D x = y, and T^* T = I.  So ||[A b]^+ y|| <= ||A^+ y|| for y in Col(A).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.prove.standard import standard
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{m x n}, b, y : R^m\\nassume y in Col(A)\\nshow ||[A b]^+ y|| <= ||A^+ y||")
>>> prove(standard(Statement(c.given, c.shows[0].prop))).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lemmata.kernel.meaning import difference, is_vector_norm
from lemmata.kernel.poly import Poly, Word, expand, star, to_term
from lemmata.kernel.term import SCALAR, Term, add, identity, mul, number
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.lowerbounds import square_bound
from lemmata.prove.norms.normchains import rows_add_up
from lemmata.prove.order.gram import Row
from lemmata.terms.blocks import selected
from lemmata.terms.forms import equation, norm, relation

__all__ = ["by_least_norm"]

ONE = Fraction(1)
MOST_WORDS = 6
SECONDS = 0.3


def by_least_norm(draft: Draft, claim: Term) -> Ref | None:
    """||B^+ y|| <= ||z||, of norms of one kind or their squares."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    squared = small.head == large.head == "power" and small.args[1] is large.args[1] is number(2)
    sizes = [side.args[0] if squared else side for side in (small, large)]
    if any(size.head != "norm" for size in sizes) or sizes[0].value != sizes[1].value:
        return None
    least, z = (size.args[0] for size in sizes)
    found = _solved(least)
    if found is None or least.shape[1] != z.shape[1]:
        return None
    B, y = found
    for x in _solutions(B, z):
        with draft.attempt() as keep:
            if by_ideal(draft, equation(mul(B, x), y), SECONDS) is None:
                continue
            row: Row = (ONE, (), x - least, None)
            if all(map(is_vector_norm, sizes)):  # Frobenius norms are such too
                ref = with_squares(draft, claim, difference(claim), [row], SECONDS)
            else:
                ref = None if squared else _spectral(draft, claim, least, z, row)
            if ref is not None:
                keep()
                return ref
    return None


def _spectral(draft: Draft, claim: Term, least: Term, z: Term, row: Row) -> Ref | None:
    """||S|| <= ||Z|| from S^* S <= Z^* Z <= ||Z||^2 I."""
    below = relation("le", mul(least.T, least), mul(z.T, z))
    ordered, bound = with_squares(draft, below, difference(below), [row], SECONDS), square_bound(draft, z)
    one, size = identity(z.shape[1]), norm(z)
    squares = relation("le", mul(least.T, least), mul(size, size, one))
    if ordered is None or bound is None:
        return None
    ref = rows_add_up(draft, squares, [(ONE, (), one, ordered), (ONE, (), one, bound)])
    return None if ref is None else draft.add(claim, "root", of=ref)


def _solved(least: Term) -> tuple[Term, Term] | None:
    """B and y for B^+ y."""
    terms = expand(least).terms
    first = {word[:1] for _, word in terms}
    plus = first.pop() if len(first) == 1 else ()
    B = _inverted(plus)
    if B is None or len(terms) > MOST_WORDS:
        return None
    rest = Poly(
        (plus[0].shape[1], least.shape[1]), {(s, word[1:]): value for (s, word), value in terms.items()}
    )
    return B, to_term(rest)


def _inverted(plus: Word) -> Term | None:
    """B for B^+, which normal forms may write as ((B^*)^+)^*."""
    for x, turned in ((plus[0], False), (star(plus[0]), True)) if plus else ():
        if x.head in ("pinv", "inverse"):
            return x.args[0].T if turned else x.args[0]
    return None


def _solutions(B: Term, z: Term) -> Iterator[Term]:
    """z, and T z where z = D^+ c with D = B T."""
    if z.shape[0] == B.shape[1]:
        yield z
    solved = _solved(z)
    D = solved and solved[0]
    blocks, own = _columns(B), _columns(D) if D is not None else []
    pairs = [(E, F) for K, F in own for L, E in blocks if K == L]
    if D is not None and len(pairs) == len(own):
        yield mul(add(*(_moved(E, F) for E, F in pairs)), z) if len(pairs) > 1 else mul(_moved(*pairs[0]), z)


Column = tuple[Poly, Term | None]
"""A block K and the selector E of a summand K E^*; None for the only block."""


def _columns(B: Term) -> list[Column]:
    """The blocks that stand side by side."""
    grouped: dict[Term | None, Poly] = {}
    for (scalars, word), value in expand(B).terms.items():
        last = star(word[-1]) if word and selected(_bare(word[-1])) is not None else None
        inner = word if last is None else word[:-1]
        part = Poly((B.shape[0], B.shape[1] if last is None else last.shape[1]), {(scalars, inner): value})
        grouped[last] = grouped[last] + part if last in grouped else part
    return [(K, E) for E, K in grouped.items()]


def _bare(x: Term) -> Term:
    return x.args[0] if x.head == "adjoint" else x


def _moved(E: Term | None, F: Term | None) -> Term:
    """E F^*."""
    sides = [*([E] if E is not None else []), *([F.T] if F is not None else [])]
    return mul(*sides) if sides else number(1)
