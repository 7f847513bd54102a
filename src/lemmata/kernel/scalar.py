"""Scalar expressions: fractions of polynomials, and signs that can be read off.

A scalar term is a quotient of two polynomials in the normal form of poly.py (where e^a e^b = e^{a+b}),
so that rational identities are decided by multiplying out across.

>>> from lemmata.kernel.term import inverse, mul, symbol
>>> s, c = symbol("s", domain="positive"), symbol("c", domain="positive")
>>> equal(mul(s, inverse(mul(s, s) + mul(c, s))), inverse(s + c))
True
>>> sign(expand(s + c)), sign(expand(s - c))
(1, 0)
"""

from __future__ import annotations

from lemmata.kernel.poly import Poly, Refused, Word, expand, is_real, star_word
from lemmata.kernel.term import SCALAR, Term, number, subterms

__all__ = ["divisors", "equal", "fraction_of", "is_natural", "sign", "sign_of"]

POSITIVE = ("positive",)
NONNEGATIVE = ("positive", "nonnegative", "time", "natural")


def is_natural(term: Term) -> bool:
    """Whether a scalar is a sum of products of natural numbers and letters for them."""
    if term.head in ("add", "mul"):
        return all(map(is_natural, term.args))
    if term.head == "number":
        return bool(term.value >= 0 and term.value.denominator == 1)
    return term.head == "symbol" and term.value[3] == "natural" and not term.value[4]


def divisors(term: Term) -> list[Term]:
    """What must not vanish (what must be invertible) for the term to have a value."""
    found = [
        t for t in subterms(term) if t.head == "inverse" or (t.head == "power" and not is_natural(t.args[1]))
    ]
    return [t.args[0] for t in found if t.args[0].head != "number" or not t.args[0].value]


def fraction_of(term: Term) -> tuple[Poly, Poly]:
    """Numerator and denominator.  Whether the denominator vanishes, the caller must see to."""
    head, args = term.head, term.args
    if head == "inverse":
        return fraction_of(args[0])[::-1]
    if head == "power" and args[1].head == "number" and args[1].value.denominator == 1 and args[1].value < 0:
        return fraction_of(args[0] ** -args[1].value)[::-1]
    if head not in ("add", "mul", "power") or any(a.shape != SCALAR for a in args):
        return expand(term), expand(number(1))
    if head == "power":
        if args[1].head != "number" or args[1].value.denominator != 1 or args[1].value > 64:
            return expand(term), expand(number(1))
        args = (args[0],) * int(args[1].value)
    top, bottom = expand(number(int(head != "add"))), expand(number(1))
    for a, b in map(fraction_of, args):
        if head != "add":
            top, bottom = top * a, bottom * b
        elif b == bottom:
            top = top + a
        else:
            top, bottom = top * b + a * bottom, bottom * b
    return top, bottom


def equal(left: Term, right: Term) -> bool:
    """Whether two scalars agree wherever their denominators do not vanish."""
    (a, b), (c, d) = fraction_of(left), fraction_of(right)
    return a * d == c * b


def sign_of(term: Term, strict: bool = True) -> int:
    """The sign of a scalar on its whole domain; 0 if it is not seen."""
    try:
        top, bottom = fraction_of(term)
    except Refused:
        return 0
    return sign(top, strict) * sign(bottom)


def sign(poly: Poly, strict: bool = True) -> int:
    """1 or -1 if all monomials have this sign and, if ``strict``, one of them vanishes nowhere."""
    signs = {1 if value > 0 else -1 for value in poly.terms.values()}
    seen = len(signs) == 1 and poly.shape == SCALAR and all(_least(s, False) for s, _ in poly.terms)
    return signs.pop() if seen and (not strict or any(_least(s, True) for s, _ in poly.terms)) else 0


def _least(loops: tuple[Word, ...], strict: bool) -> bool:
    """Whether a product of scalars is nonnegative (positive, if ``strict``) everywhere."""
    return all(
        _letter_sign(loop[0], strict) if len(loop) == 1 else not strict and _square(loop)
        for loop in set(loops)
        if strict or loops.count(loop) % 2 or not all(map(is_real, loop))
    )


def _square(loop: Word) -> bool:
    half = len(loop) // 2
    return len(loop) % 2 == 0 and star_word(loop[half:]) == loop[:half]


def _letter_sign(letter: Term, strict: bool) -> bool:
    head = letter.head
    if head == "symbol":
        return letter.value[3] in (POSITIVE if strict else NONNEGATIVE) and not letter.value[4]
    if head == "power":
        return sign_of(letter.args[0], strict) == 1 and is_real(letter)
    if head == "inverse":
        return sign_of(letter.args[0]) == 1
    if head in ("norm", "rank") or (head == "call" and letter.value == "abs"):
        return not strict
    if head == "call" and letter.value == "sqrt":
        return sign_of(letter.args[0], strict) == 1
    return head == "dim" or (head in ("exp", "constant") and is_real(letter))
