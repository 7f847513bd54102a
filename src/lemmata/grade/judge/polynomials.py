r"""The zeros of a scalar equation, by factors: two equations say the same iff the factors are the same.

    x^2 = 4  and  (x - 2)(x + 2) = 0       factors x - 2, x + 2 of both
    y = 1/x  and  x y = 1                  factor  x y - 1 of both numerators

Letters are real.  What is no polynomial (e^x, |x|, \sqrt{x}) is taken as one more letter: equal factors then
still mean equal zeros, different ones mean nothing.  Factors without a real zero (x^2 + 1, a letter that is
declared positive) are dropped.  Factorisation over Q is that of python-flint.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from flint import fmpq, fmpq_mpoly_ctx, fmpq_poly

from lemmata.grade.evaluate.arithmetic import NoValue, TooLarge
from lemmata.kernel.entries import written_out
from lemmata.kernel.poly import Refused, expand, is_vector_norm, to_term
from lemmata.kernel.term import Term, mul, number, substitute, subterms

__all__ = ["Zeros", "zeros_of"]

LARGEST_POWER, MOST_TERMS, MOST_PARTS = 40, 2_000, 60
PLAIN = ("literal", "number", "symbol", "add", "mul", "adjoint", "inner", "norm", "trace")


@dataclass(frozen=True)
class Zeros:
    """The irreducible factors of a numerator, as texts; ``opaque``: some letter stands for a function.

    ``dropped`` are factors without real zeros.
    """

    factors: frozenset[str]
    dropped: frozenset[str]
    opaque: bool
    trivial: bool = False

    def same_as(self, other: Zeros) -> bool:
        if self.trivial or other.trivial:
            return self.trivial and other.trivial
        if not self.factors:  # no solution at all: only the same equation counts as the same
            return not other.factors and self.dropped == other.dropped
        return self.factors == other.factors


def zeros_of(residuals: Sequence[Term]) -> list[Zeros]:
    """The factors of each residual, over common letters.  Raises NoValue for what is no scalar."""
    if any(not r.is_scalar for r in residuals):
        raise NoValue("an equation between matrices")
    residuals = [_multiplied_out(_squared(r)) for r in residuals]
    atoms: dict[Term, str] = {}
    for residual in residuals:
        _collect(residual, atoms)
    names = list(atoms.values()) or ["x0"]
    ring = fmpq_mpoly_ctx.get(names, "degrevlex")
    letters = dict(zip(atoms, ring.gens(), strict=False))
    return [_zeros(residual, ring, letters) for residual in residuals]


def _squared(term: Term) -> Term:
    """x^2 + y^2 - 25 for sqrt(x^2 + y^2) - 5 and for ||(x, y)|| - 5: what is squared is not negative."""
    if term.head != "add" or len(term.args) != 2:
        return term
    (c, length), (d, root) = sorted(map(_times, term.args), key=lambda pair: pair[1] is not number(1))
    if length is not number(1) or c * d > 0 or not d:
        return term
    if root.head == "call" and root.value == "sqrt":
        return root.args[0] - number((c / d) ** 2)
    return root**2 - number((c / d) ** 2) if is_vector_norm(root) else term


def _times(term: Term) -> tuple[Fraction, Term]:
    """(-5, 1) of -5 and (2, x) of 2 x."""
    if term.head != "mul":
        return (term.value, number(1)) if term.head == "number" else (Fraction(1), term)
    pairs = [_times(factor) for factor in term.args]
    rest = [r for _, r in pairs if r is not number(1)]
    return prod((c for c, _ in pairs), start=Fraction(1)), mul(*rest) if rest else number(1)


def _multiplied_out(term: Term) -> Term:
    """2x - y for (2, -1)^T (x, y): the entries of what is written out, where they are short."""
    if not any(t.head == "literal" for t in subterms(term)):
        return term
    products: dict[Term, Term] = {}
    for part in subterms(term):
        matrices = part.is_scalar and part.head in ("mul", "inner", "trace") and not _polynomial(part)
        matrices |= part.head == "power" and is_vector_norm(part.args[0])
        inside = list(subterms(part)) if matrices else []
        short = any(t.head == "literal" for t in inside) and len(inside) <= MOST_PARTS
        if short and all(t.head in PLAIN or t in (part, number(2)) for t in inside):
            with suppress(Refused):
                products[part] = to_term(*written_out(expand(part)))
    return substitute(term, products)


def _polynomial(term: Term) -> bool:
    if term.head in ("number", "add", "inverse"):
        return True
    if term.head == "mul":
        return all(a.is_scalar for a in term.args)
    return term.head == "power" and _exponent(term) is not None


def _exponent(term: Term) -> int | None:
    e = term.args[1]
    sign = 1
    if e.head == "mul" and len(e.args) == 2 and e.args[0].head == "number" and e.args[1].head == "number":
        value = e.args[0].value * e.args[1].value
    elif e.head == "number":
        value = e.value
    else:
        return None
    return int(value) * sign if value.denominator == 1 else None


def _collect(term: Term, atoms: dict[Term, str]) -> None:
    """Every maximal part that is no polynomial operation becomes a letter."""
    if _polynomial(term):
        for a in term.args[:1] if term.head == "power" else term.args:
            _collect(a, atoms)
    elif term not in atoms:
        atoms[term] = f"x{len(atoms)}"


def _zeros(term: Term, ring: Any, letters: dict[Term, Any]) -> Zeros:
    top, bottom = _fraction(term, ring, letters)
    used = {str(g): t for t, g in letters.items()}
    opaque = any(t.head != "symbol" for t in letters if t in set(subterms(term)))
    if top == 0:
        return Zeros(frozenset(), frozenset(), opaque, True)
    top = top / top.gcd(bottom)
    factors: set[str] = set()
    dropped: set[str] = set()
    for factor, _ in top.factor()[1]:
        (dropped if _never_zero(factor, used) else factors).add(str(factor / factor.leading_coefficient()))
    return Zeros(frozenset(factors), frozenset(dropped), opaque)


def _never_zero(factor: Any, used: dict[str, Term]) -> bool:
    """Whether a factor has no real zero: a positive letter, e^u, u(x) without real roots."""
    letter = used.get(str(factor))
    if letter is not None:
        return letter.head == "exp" or (letter.head == "symbol" and letter.value[3] == "positive")
    degrees = factor.degrees()
    present = [i for i, d in enumerate(degrees) if d]
    if len(present) != 1:
        return False
    (i,) = present
    dense = [fmpq(0)] * (int(degrees[i]) + 1)
    for exponents, coefficient in factor.terms():
        dense[int(exponents[i])] = coefficient
    roots: Any = fmpq_poly(dense).complex_roots()
    return not any(root.imag.contains(0) for root, _ in roots)


def _fraction(term: Term, ring: Any, letters: dict[Term, Any]) -> tuple[Any, Any]:
    one = ring.constant(1)
    if term in letters:
        return letters[term], one
    if term.head == "number":
        q: Fraction = term.value
        return ring.constant(fmpq(q.numerator, q.denominator)), one
    if term.head == "add":
        top, bottom = ring.constant(0), one
        for a in term.args:
            p, q_ = _fraction(a, ring, letters)
            top, bottom = _bounded(top * q_ + p * bottom), _bounded(bottom * q_)
        return top, bottom
    if term.head == "mul":
        top, bottom = one, one
        for a in term.args:
            p, q_ = _fraction(a, ring, letters)
            top, bottom = _bounded(top * p), _bounded(bottom * q_)
        return top, bottom
    if term.head == "inverse":
        top, bottom = _fraction(term.args[0], ring, letters)
        return _divided(bottom, top)
    exponent = _exponent(term)
    if exponent is None:
        raise NoValue("an exponent that is no number")
    top, bottom = _fraction(term.args[0], ring, letters)
    if exponent < 0:
        top, bottom = _divided(bottom, top)
    n = abs(exponent)
    terms = max(len(top), len(bottom))
    if n > LARGEST_POWER or (terms > 1 and n * terms > 400):
        raise TooLarge("a power of a long polynomial")
    return _bounded(top**n), _bounded(bottom**n)


def _divided(top: Any, bottom: Any) -> tuple[Any, Any]:
    if bottom == 0:
        raise NoValue("division by zero")
    return top, bottom


def _bounded(p: Any) -> Any:
    if len(p) > MOST_TERMS:
        raise TooLarge("a polynomial with thousands of terms")
    return p
