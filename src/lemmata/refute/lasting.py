"""Flows whose solutions last: no start leads to infinity in finite time.

A claim about w : R^n(t) is one about functions that live for all t >= 0; a state at which it fails must
therefore be the start of a solution that does.  One does if  w^T F(w) <= c (1 + |w|^2),  for then |w| grows
exponentially at most (Wintner 1945).  That is so where every monomial of  w^T F(w)  (summed over the
functions, if there are several) of more than two factors w is seen to be nonpositive:

    -w^T S w  w^T w,  S psd;     -tr(W^T W W^T W);     -a^4;     but not  a^3  nor  -a^3.

A function whose rate is not prescribed is an input.  Inputs may be switched off soon after t = 0, so that a
monomial with an input for a factor is harmless: until then the solution has had no time to grow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from lemmata.kernel.poly import Poly, Refused, expand
from lemmata.kernel.term import SCALAR, Term, make, number, subterms, symbols_of
from lemmata.terms.forms import adjoint, at, relation, zero

__all__ = ["lasting"]

Word = tuple[Term, ...]
Signs = Mapping[Term, int]


def lasting(rates: Mapping[Term, Term], constant: Iterable[Term]) -> tuple[Term, ...] | None:
    """Hypotheses under which the solutions of  w' = rates[w]  live for all times; None if none are seen.

    ``constant`` are the hypotheses about what does not move.  Where these do not suffice, the constant
    matrices are asked to be semidefinite, or scalars to start in the positive orthant and to stay there.
    """
    if any(t.head in ("diff", "at", "limit") for rate in rates.values() for t in subterms(rate)):
        return None
    known = dict(filter(None, map(_definite, constant)))
    squares = {s for rate in rates.values() for s in symbols_of(rate)
               if not s.value[4] and s.shape[0] == s.shape[1] != 1 and s not in known}  # fmt: skip
    above, below = ({s: sign for s in squares} for sign in (1, -1))
    try:
        growth = expand(number(0))  # half the rate of |w|^2 + |v|^2 + ...
        for w, rate in rates.items():
            growth += expand(make("inner", (w, rate)))
        for more in ({}, above, below):
            if _bounded(growth, frozenset(rates), known | more):
                return tuple(
                    relation("ge" if sign > 0 else "le", s, zero(*s.shape)) for s, sign in more.items()
                )
        scalars = dict.fromkeys(rates, 1)
        if _stays(rates, scalars) and _bounded(growth, frozenset(rates), known | scalars):
            return tuple(relation("ge", at(a, number(0)), number(0)) for a in rates)
    except Refused:
        pass
    return None


def _bounded(growth: Poly, states: frozenset[Term], signs: Signs) -> bool:
    """Are the monomials of more than two factors nonpositive?"""
    for (loops, word), value in growth.terms.items():
        words = tuple(map(_opened, (*loops, word)))
        moving = [x for part in words for x in part if any(s.value[4] for s in symbols_of(x))]
        if any(x.head not in ("symbol", "adjoint") for x in moving):
            return False
        if any(states.isdisjoint(symbols_of(x)) for x in moving):
            continue  # an input, and it is switched off
        if len(moving) > 2 and (word or value * _sign(words[:-1], signs) >= 0):
            return False
    return True


def _stays(rates: Mapping[Term, Term], signs: Signs) -> bool:
    """Do scalars that start nonnegative stay so?  Where one is 0, its rate must not be negative."""
    for a, rate in rates.items():
        if a.shape != SCALAR or a.value[3] == "complex":
            return False
        for (loops, _), value in expand(rate).terms.items():
            if (a,) not in loops and value * _sign(loops, signs) <= 0:
                return False
    return True


def _opened(loop: Word) -> Word:
    """The word of which a letter is the trace."""
    if len(loop) == 1 and loop[0].head == "trace" and loop[0].args[0].head == "mul":
        return loop[0].args[0].args
    return loop


def _definite(prop: Term) -> tuple[Term, int] | None:
    """S and 1 for psd(S), spd(S), S >= 0;  S and -1 for S <= 0;  also where  S + S^T  stands for S."""
    if prop.head == "is" and prop.value in ("psd", "spd", "projection"):
        return prop.args[0], 1
    if prop.head not in ("ge", "gt", "le", "lt") or prop.args[1].head not in ("zero", "number"):
        return None
    s, nothing = prop.args
    if nothing.head == "number" and nothing.value:
        return None
    sign = 1 if prop.head in ("ge", "gt") else -1
    if s.head == "add" and len(s.args) == 2 and adjoint(s.args[0]) is s.args[1]:
        return s.args[0], sign
    return s, sign


def _sign(loops: tuple[Word, ...], signs: Signs) -> int:
    """The sign of a product of traces of words; 0 if it is not seen."""
    sign = 1
    for loop, times in Counter(loops).items():
        if times % 2:
            sign *= _sign_of_loop(loop, signs)
    return sign


def _sign_of_loop(loop: Word, signs: Signs) -> int:
    """That of  X^* X, of  X^* S X  with a definite S  (up to rotation), or of a scalar."""
    if len(loop) == 1 and loop[0].head == "symbol":
        return 1 if loop[0].value[3] in ("positive", "nonnegative", "time") else signs.get(loop[0], 0)
    half, middle = divmod(len(loop), 2)
    for start in range(len(loop)):
        turned = loop[start:] + loop[:start]
        left, right = turned[:half], turned[half + middle :]
        if all(x is _mirrored(y) for x, y in zip(left, reversed(right), strict=True)):
            centre = turned[half] if middle else None
            sign = 1 if centre is None else signs.get(centre) or signs.get(_mirrored(centre), 0)
            if sign:
                return sign
    return 0


def _mirrored(x: Term) -> Term:
    return x.args[0] if x.head == "adjoint" else adjoint(x)
