"""What hypotheses ask of one letter: to lie above a matrix, to commute with one, to have a norm.

>>> from lemmata.kernel.term import number, symbol
>>> from lemmata.terms.forms import equation, norm
>>> A = symbol("A", "m", "n")
>>> size_said(equation(number(2), norm(A)), A).kind
'2'
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.term import Term, inverse, mul, number, subterms
from lemmata.refute.slots import refs
from lemmata.terms.forms import call, norm, power

__all__ = ["Size", "bound_below", "commuting", "size_said"]


def bound_below(s: Term, active: list[Term]) -> Term | None:
    """B where  s >= B  in the Loewner order is asked for and B is known by now."""
    for g in active:
        if g.head in ("ge", "gt", "le", "lt") and g.args[0].shape != (1, 1):
            large, small = g.args if g.head in ("ge", "gt") else g.args[::-1]
            if large is s and small.head != "zero":
                return small
    return None


def commuting(linear: list[Term], s: Term) -> Term | None:
    """The symbol that ``s`` is to commute with, when that is all that is asked."""
    rest = [g for g in linear if g.head != "is"]
    if len(rest) != 1 or rest[0].head != "eq":
        return None
    left, right = rest[0].args
    for a in refs(left, {}):
        other = a.symbol
        if other is not s and other.shape == s.shape and {left, right} == {mul(s, other), mul(other, s)}:
            return other
    return None


@dataclass(frozen=True)
class Size:
    """||A|| = length, in the spectral norm ("2") or in that of Frobenius ("F"); ``fixed`` if it has to be so."""

    kind: str
    length: Term
    fixed: bool


def size_said(prop: Term, A: Term) -> Size | None:
    """What an equation or an upper bound says of the norm of a letter for a matrix: of a bound, half of it."""
    if prop.head not in ("eq", "le", "ge", "lt", "gt") or prop.args[0].sort != "matrix" or 1 in A.shape:
        return None
    small = prop.args if prop.head in ("le", "lt") else prop.args[::-1]
    for side, value in (prop.args, prop.args[::-1]) if prop.head == "eq" else (small,):
        for kind in ("2", "F"):
            size = norm(A, kind)
            if A not in subterms(value) and side in (size, power(size, 2), mul(size, size)):
                if prop.head == "eq":
                    return Size(kind, value if side is size else call("sqrt", value), True)
                # c/(1 + c) is below the root of c, and rational with c.
                below = mul(value, inverse(number(1) + value))
                return Size(kind, mul(number(Fraction(1, 2)), value) if side is size else below, False)
    return None
