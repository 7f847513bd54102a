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

from lemmata.kernel.poly import Refused, expand
from lemmata.kernel.term import Term, make, number, subterms, symbols_of
from lemmata.terms.forms import adjoint

__all__ = ["lasts"]

Word = tuple[Term, ...]


def lasts(rates: Mapping[Term, Term], constant: Iterable[Term]) -> bool:
    """Do the solutions of  w' = rates[w]  live for all times, from any start?

    ``constant`` are the hypotheses about what does not move.
    """
    states = frozenset(rates)
    definite = frozenset(filter(None, map(_definite, constant)))
    if any(t.head in ("diff", "at", "limit") for rate in rates.values() for t in subterms(rate)):
        return False
    try:
        growth = sum(
            (expand(make("inner", (w, rate))) for w, rate in rates.items()), expand(number(0))
        )  # half the rate of |w|^2 + |v|^2 + ...
    except Refused:
        return False
    for (loops, word), value in growth.terms.items():
        words = tuple(map(_opened, (*loops, word)))
        moving = [x for part in words for x in part if any(s.value[4] for s in symbols_of(x))]
        if any(x.head not in ("symbol", "adjoint") for x in moving):
            return False
        if any(states.isdisjoint(symbols_of(x)) for x in moving):
            continue  # an input, and it is switched off
        if len(moving) > 2 and not (not word and value < 0 and _nonnegative(words[:-1], definite)):
            return False
    return True


def _opened(loop: Word) -> Word:
    """The word of which a letter is the trace."""
    if len(loop) == 1 and loop[0].head == "trace" and loop[0].args[0].head == "mul":
        return loop[0].args[0].args
    return loop


def _definite(prop: Term) -> Term | None:
    """The S of a hypothesis psd(S), spd(S), S >= 0."""
    if prop.head == "is" and prop.value in ("psd", "spd", "projection"):
        return prop.args[0]
    return prop.args[0] if prop.head in ("ge", "gt") and prop.args[1].head == "zero" else None


def _nonnegative(loops: tuple[Word, ...], definite: frozenset[Term]) -> bool:
    """Is the product of traces of words seen to be nonnegative?"""
    odd = [loop for loop, times in Counter(loops).items() if times % 2]
    return all(_square(loop, definite) for loop in odd)


def _mirrored(x: Term, definite: frozenset[Term]) -> Term:
    if x.head == "adjoint":
        return x.args[0]
    return x if x in definite else adjoint(x)


def _square(loop: Word, definite: frozenset[Term]) -> bool:
    """Is the word, up to rotation, X^* X, X^* S X with a semidefinite S, or a nonnegative scalar?"""
    if (
        len(loop) == 1
        and loop[0].head == "symbol"
        and loop[0].value[3] in ("positive", "nonnegative", "time")
    ):
        return True
    word = tuple(x.args[0] if x.head == "adjoint" and x.args[0] in definite else x for x in loop)
    half, middle = divmod(len(word), 2)
    for start in range(len(word)):
        turned = word[start:] + word[:start]
        left, right = turned[:half], turned[half + middle :]
        mirrored = all(x is _mirrored(y, definite) for x, y in zip(left, reversed(right), strict=True))
        if mirrored and (not middle or turned[half] in definite):
            return True
    return False
