"""The ways to write the rate of z as A z + g, with A constant in time, along the equations of motion.

For w' = X^T (y - X w) and z = w - w(0) the rate is -X^T X z + X^T (y - X w(0)); for z = (e^{-tS} - e^{-tG}) v it is
-S z + (G - S) e^{-tG} v.  A is read off: it stands before a monomial of z in the rate.  What is read off is a guess,
and a proof that uses it shows the equation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.poly import Poly, Word, depends_on, expand, to_term, word_poly
from lemmata.kernel.term import SCALAR, Term, mul
from lemmata.prove.draft import Draft
from lemmata.prove.motion.linearrates import motions, written
from lemmata.terms.forms import diff

__all__ = ["Split", "splits"]

MOST_SPLIT = 4


@dataclass(frozen=True)
class Split:
    """z' = A z + sign g; no A where it is 0."""

    A: Term | None
    g: Term
    sign: int


def splits(draft: Draft, z: Term, name: str) -> Iterator[Split]:
    """The ways to write z' as A z + g: by every monomial of z that its rate ends with, and without A."""
    known = motions(draft, name)
    z = written(z, {s: value for s, value in known.items() if s.head == "symbol"})
    rate = expand(written(to_term(_rate(expand(z), name)), known))
    found: dict[Term | None, Poly] = {}
    for prefix in _prefixes(expand(z), rate, name):
        found.setdefault(to_term(prefix), rate - prefix * expand(z))
    found = dict(list(found.items())[:MOST_SPLIT])
    found[None] = rate
    for A, g in found.items():
        sign = -1 if g and next(iter(g.terms.values())) < 0 else 1
        yield Split(A, _factored(g.scale(Fraction(sign))), sign)


def _prefixes(z: Poly, rate: Poly, name: str) -> Iterator[Poly]:
    rows = z.shape[0]
    for (scalars, word), size in z.terms.items():
        if not word or scalars or z.shape == SCALAR:
            continue
        A = Poly((rows, rows), {})
        for (around, other), value in rate.terms.items():
            if len(other) > len(word) and other[len(other) - len(word) :] == word:
                A = A + word_poly(A.shape, around, other[: len(other) - len(word)], value / size)
        if A and not depends_on(to_term(A), name):
            yield A


def _rate(z: Poly, name: str) -> Poly:
    """z' with the factors that exponentials give before them."""
    total = Poly(z.shape, {})
    for (scalars, word), value in z.terms.items():
        if z.shape == SCALAR or any(depends_on(x, name) for loop in scalars for x in loop):
            return expand(diff(to_term(z), name))
        for i, x in enumerate(word):
            if depends_on(x, name):
                before, after = (_of_word(w) for w in (word[:i], word[i + 1 :]))
                term = before * _rate_of_letter(x, name) if before else _rate_of_letter(x, name)
                term = term * after if after else term
                total = total + word_poly(SCALAR, scalars, (), value) * term
    return total


def _of_word(word: Word) -> Poly | None:
    return word_poly((word[0].shape[0], word[-1].shape[1]), (), word) if word else None


def _rate_of_letter(x: Term, name: str) -> Poly:
    inside = x.args[0] if x.head == "adjoint" else x
    if inside.head != "exp":
        return expand(diff(x, name))
    exponent = inside.args[0].T if inside is not x else inside.args[0]
    return expand(diff(exponent, name)) * expand(x)


def _factored(g: Poly) -> Term:
    """The end that all words share, set apart: (S - G) E v for S E v - G E v."""
    words = [word for _, word in g.terms]
    plain = all(not scalars for scalars, _ in g.terms)
    if len(words) < 2 or not plain or not all(words):
        return to_term(g)
    shared = 0
    while all(len(w) > shared + 1 and w[-1 - shared] is words[0][-1 - shared] for w in words):
        shared += 1
    if not shared:
        return to_term(g)
    end = words[0][len(words[0]) - shared :]
    front = Poly((g.shape[0], end[0].shape[0]), {})
    for (scalars, word), value in g.terms.items():
        front = front + word_poly(front.shape, scalars, word[: len(word) - shared], value)
    return mul(to_term(front), *end)
