"""Quotients of sums of  c s^a mu^s e^{q s}: an ordered field of functions, near s = infinity.

>>> s, e = (Germ({k: fmpq(1)}, UNIT) for k in (Key(Fraction(0), Fraction(1), 1), Key(Fraction(1), Fraction(1), 0)))
>>> quotient = times_germ(s, inverse_of(plus_germ(s, e)))       # s / (s + e^s)
>>> growth(over(lead(quotient.num), lead(quotient.den)))        # it tends to 0
-1

Of two terms the one that grows faster wins, and a sum behaves like its largest term.  The coefficients c, q
and mu > 0 are rational, a is whole.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cmp_to_key
from typing import Any, NamedTuple

from flint import arb, fmpq, fmpq_poly, fmpz

from lemmata.refute.clock import check
from lemmata.refute.rational import squarefree
from lemmata.refute.system import Irrational, Undefined

__all__ = [
    "ONE", "UNIT", "Germ", "Key", "Sum", "constant", "growth", "inverse_of", "lead", "minus_germ", "over",
    "plus_germ", "reduced", "root", "terms_of", "times_germ",
]  # fmt: skip


class Key(NamedTuple):
    """The term s^a mu^s e^{q s}."""

    q: Fraction
    mu: Fraction
    a: int


Sum = dict[Key, fmpq]
ONE = Key(Fraction(0), Fraction(1), 0)
UNIT: Sum = {ONE: fmpq(1)}
_MOST = 60  # terms of a sum


class Germ(NamedTuple):
    num: Sum
    den: Sum


def times(k: Key, other: Key) -> Key:
    return Key(k.q + other.q, k.mu * other.mu, k.a + other.a)


def over(k: Key, other: Key) -> Key:
    return Key(k.q - other.q, k.mu / other.mu, k.a - other.a)


def growth(k: Key) -> int:
    """1 if the term tends to infinity, -1 if it tends to 0, 0 if it is 1."""
    if k.q and k.mu != 1:
        # q + log mu is not 0, since e^q is irrational (Lindemann): the ball must leave 0 in the end.
        x = arb(str(k.q.numerator)) / k.q.denominator + (arb(k.mu.numerator) / k.mu.denominator).log()
        if not x.contains(0):
            return 1 if x > 0 else -1
        raise Irrational("two rates of growth too close to tell apart")
    for side, neutral in ((k.q, 0), (k.mu, 1), (k.a, 0)):
        if side != neutral:
            return 1 if side > neutral else -1
    return 0


_LARGEST_FIRST: Callable[[Key], Any] = cmp_to_key(lambda x, y: -growth(over(x, y)))


def lead(s: Sum) -> Key:
    return min(s, key=_LARGEST_FIRST)


def plus(x: Sum, y: Sum, sign: int = 1) -> Sum:
    total = dict(x)
    for k, c in y.items():
        c = total.get(k, fmpq(0)) + sign * c
        if c:
            total[k] = c
        else:
            total.pop(k, None)
    return total


def product(x: Sum, y: Sum) -> Sum:
    total: Sum = {}
    for k, c in x.items():
        for m, d in y.items():
            n = times(k, m)
            e = total.get(n, fmpq(0)) + c * d
            if e:
                total[n] = e
            else:
                total.pop(n, None)
    if len(total) > _MOST:
        raise Irrational("too many terms")
    return total


def reduced(num: Sum, den: Sum) -> Germ:
    """The quotient with common factors taken out, as far as that is cheap."""
    if not num:
        return Germ({}, {ONE: fmpq(1)})
    if den == UNIT:
        return Germ(num, den)
    if len(den) > 1 and all(k.q == 0 and k.mu == 1 for k in (*num, *den)):
        low = min(k.a for k in (*num, *den))
        p, q = (_polynomial(s, low) for s in (num, den))
        common = p.gcd(q)
        if common.degree() > 0:
            num, den = terms_of(p // common), terms_of(q // common)
    if len(num) == len(den) > 1 and num.keys() == den.keys():
        ratios = {num[k] / den[k] for k in num}
        if len(ratios) == 1:
            return Germ({ONE: ratios.pop()}, {ONE: fmpq(1)})
    first = lead(den)
    c = den[first]
    return Germ(
        {over(k, first): x / c for k, x in num.items()}, {over(k, first): x / c for k, x in den.items()}
    )


def _polynomial(s: Sum, low: int) -> fmpq_poly:
    top = max(k.a for k in s) - low
    if top > 200:
        raise Irrational("a polynomial of high degree")
    coefficients = [fmpq(0)] * (top + 1)
    for k, c in s.items():
        coefficients[k.a - low] = c
    return fmpq_poly(coefficients)


def terms_of(p: fmpq_poly) -> Sum:
    return {Key(Fraction(0), Fraction(1), i): c for i, c in enumerate(p.coeffs()) if c}


def constant(q: fmpq) -> Germ:
    return Germ({ONE: q} if q else {}, {ONE: fmpq(1)})


def plus_germ(x: Germ, y: Germ) -> Germ:
    if x.den == y.den:
        return reduced(plus(x.num, y.num), x.den)
    return reduced(plus(product(x.num, y.den), product(y.num, x.den)), product(x.den, y.den))


def times_germ(x: Germ, y: Germ) -> Germ:
    check()
    return reduced(product(x.num, y.num), product(x.den, y.den))


def minus_germ(x: Germ) -> Germ:
    return Germ({k: -c for k, c in x.num.items()}, x.den)


def inverse_of(x: Germ) -> Germ:
    if not x.num:
        raise Undefined("division by zero")
    return reduced(x.den, x.num)


def root(s: Sum) -> Sum:
    """The root of a sum that is a square, term by term from the largest.  Raises Irrational."""
    if not s:
        return {}
    k = lead(s)
    c = s[k]
    roots = [squarefree(n) if n else (n, 1) for n in (c.p, c.q)]
    bases = [squarefree(fmpz(n)) for n in (k.mu.numerator, k.mu.denominator)]
    if c < 0 or k.a % 2 or any(d != 1 for _, d in (*roots, *bases)):
        raise Irrational("a square root")
    first = Key(k.q / 2, Fraction(int(bases[0][0]), int(bases[1][0])), k.a // 2)
    root: Sum = {first: fmpq(roots[0][0], roots[1][0])}
    for _ in range(12):
        rest = plus(s, product(root, root), -1)
        if not rest:
            return root
        m = lead(rest)
        root = plus(root, {over(m, first): rest[m] / (2 * root[first])})
    raise Irrational("a square root")
