"""Values of several unknown matrices from one linear equation between them: candidates, which a proof has to confirm.

    L_1 X_1 R_1 + L_2 X_2 R_2 + ... = C

is solved unknown by unknown: X_1 = L_1^- C R_1^-, then the same with C - L_1 X_1 R_1 for the rest.  For two unknowns
this is the solution of A X + Y B = C, X = A^- C and Y = (I - A A^-) C B^- (Baksalary and Kala 1979).  An idempotent
E is an inner inverse of itself, as -E is of -E; which factors are, as I - G A is if A G A = A, the known facts say.

The unknown may also be mapped by a sum of several such products, as in X - G A X A G.  If X is itself among the
summands C is tried: it solves T(X) = C where T is a projection of matrices and C belongs to it.

(Ben-Israel and Greville, *Generalized inverses*, chapter 2: with an inner inverse G of A all others are
G + X - G A X A G, and G + (I - G A) V + W (I - A G).)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.poly import Monomial, Poly, Refused, expand, to_term, word_poly
from lemmata.kernel.term import SCALAR, Term, identity, pinv, subterms
from lemmata.prove.algebra import combine_all
from lemmata.prove.draft import Draft

__all__ = ["solved"]

SECONDS = 0.2
MOST_SUMMANDS = 8


@dataclass(frozen=True)
class Summand:
    """c L X R, one term of an equation."""

    monomial: Monomial
    left: Poly
    right: Poly


def solved(draft: Draft, unknowns: Sequence[Term], equation: Poly) -> list[Term] | None:
    """Values of the unknowns, in their order; None where the equation is not of the form, or has one summand."""
    if equation.shape == SCALAR or len(equation.terms) > MOST_SUMMANDS:
        return None
    try:
        parts = [_summands(x, unknowns, equation) for x in unknowns]
        inside = {s.monomial for part in parts for s in part}
        if any(not part for part in parts) or len(inside) < 2:
            return None
        rest = Poly(equation.shape, {m: -v for m, v in equation.terms.items() if m not in inside})
        values = []
        for part in parts:
            value = _value(draft, part, rest)
            for s in part:
                rest = rest - s.left * value * s.right
            values.append(to_term(value))
    except Refused:
        return None
    return values


def _summands(x: Term, unknowns: Sequence[Term], equation: Poly) -> list[Summand]:
    """The terms in which x is; an unknown may be in them once, and not as its adjoint."""
    found = []
    for (scalars, word), value in equation.terms.items():
        letters = [y for w in (*scalars, word) for y in w]
        if not any(x in subterms(y) for y in letters):
            continue
        if (
            scalars
            or word.count(x) != 1
            or any(u in subterms(y) for u in unknowns for y in letters if y is not x)
        ):
            raise Refused("the equation is not linear")
        at = word.index(x)
        left = word_poly((equation.shape[0], x.shape[0]), (), word[:at]).scale(value)
        right = word_poly((x.shape[1], equation.shape[1]), (), word[at + 1 :])
        found.append(Summand((scalars, word), left, right))
    return found


def _value(draft: Draft, part: Sequence[Summand], C: Poly) -> Poly:
    """L^- C R^- where the unknown is between one L and one R; else C itself, where the unknown stands alone."""
    first = part[0]
    left, right = first.left, first.right
    if all(s.right == right for s in part):
        for s in part[1:]:
            left = left + s.left
    elif all(_unit(s.left) == _unit(left) for s in part):
        right = right.scale(_number(left))
        for s in part[1:]:
            right = right + s.right.scale(_number(s.left))
        left = _unit(left)
    else:
        alone = [s.left for s in part if _unit(s.left) == _one(s.left) and s.right == _one(s.right)]
        if not alone:
            raise Refused("the unknown is mapped by a sum of products")
        return C.scale(1 / _number(alone[0]))
    return _inner_inverse(draft, left) * C * _inner_inverse(draft, right)


def _inner_inverse(draft: Draft, E: Poly) -> Poly:
    """E itself where E E E = E, as for idempotents and their negatives; else E^+."""
    if E.shape[0] == E.shape[1] and combine_all(draft, [E * E * E - E], SECONDS) is not None:
        return E
    return expand(pinv(to_term(E)))


def _one(E: Poly) -> Poly:
    return expand(identity(E.shape[0]))


def _number(E: Poly) -> Fraction:
    (value,) = E.terms.values()
    return value


def _unit(E: Poly) -> Poly:
    return E.scale(1 / _number(E))
