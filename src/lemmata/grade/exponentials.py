"""Sums of exponentials in the time: what gradient flow on a quadratic gives, mode by mode.

    decay(3, [(Fraction(-2), 4)])          3 - 2 e^{-4t}
    derivative([(Fraction(-2), 4)])        8 e^{-4t}
    at_time(term, 0)                       its value at the start

Exercises build their answers and solutions of these; ``TIME`` is the letter t.
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.term import Term, add, exp, mul, number, substitute, symbol
from lemmata.terms.forms import literal, neg

__all__ = ["TIME", "Modes", "at_time", "column", "decay", "derivative"]

TIME = symbol("t", domain="time")
Modes = list[tuple[Fraction, int]]  # coefficient and rate: the sum of c e^{-rate t}


def decay(constant: int | Fraction, modes: Modes) -> Term:
    """The constant plus the sum of c e^{-rate t}, without what is zero."""
    terms = [number(Fraction(constant))] if constant else []
    for c, rate in modes:
        wave = exp(TIME if rate == -1 else mul(number(-rate), TIME))
        size = wave if abs(c) == 1 else mul(number(abs(Fraction(c))), wave)
        if c:
            first = not terms and abs(c) != 1
            terms.append(size if c > 0 else mul(number(Fraction(c)), wave) if first else neg(size))
    return number(0) if not terms else terms[0] if len(terms) == 1 else add(*terms)


def derivative(modes: Modes) -> Term:
    """The time derivative of such a sum."""
    return decay(0, [(-c * rate, rate) for c, rate in modes])


def at_time(term: Term, t: Fraction | int) -> Term:
    """The value at a time."""
    return substitute(term, {TIME: number(t)})


def column(*entries: Term) -> Term:
    """A column with these entries."""
    return literal([[e] for e in entries])
