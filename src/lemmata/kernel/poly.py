"""Noncommutative polynomials: the normal form in which the kernel compares matrices.

A term expands to a sum of monomials ``coefficient * scalars * word``.  A *letter* is an atom (a
symbol, A^{-1}, A^+, e^A, ...) or its adjoint; a *word* is a composable tuple of letters.  Every
sub-word that runs from dimension 1 to dimension 1 is a scalar: it is pulled out in front, where
scalars commute and equal their own adjoints (real scalars).  So y^T A x and x^T A^T y are the same
monomial, and (A + B)^2 = A^2 + AB + BA + B^2 holds by comparing dictionaries.

The definitions built into ``expand``: adjoint, inner product, squared norms, trace up to cyclic
order, integer powers, (A^*)^+ = (A^+)^*, (A^*)^{-1} = (A^{-1})^*, (e^A)^* = e^{A^*}, the product
rule and the gradient of a scalar polynomial.  All else is an opaque atom, of which nothing is used
but that it is a matrix of its shape; so an inverse that does not exist does no harm here.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Dim,
    Shape,
    Term,
    diff,
    dim,
    identity,
    make,
    mul,
    number,
    power,
    subterms,
    zero,
)  # fmt: skip

__all__ = [
    "Monomial", "Poly", "Refused", "Word", "depends_on", "derivative", "expand", "is_real", "is_vector_norm",
    "letter_key", "star", "star_word", "to_term", "trace", "word_poly",
]  # fmt: skip

Word = tuple[Term, ...]
Monomial = tuple[tuple[Word, ...], Word]
LARGEST = 1 << 20
"""A product of more monomials than this is not expanded."""


class Refused(ValueError):
    """A rule does not apply, or a certificate does not check.  The message says why."""


@lru_cache(maxsize=1 << 16)
def letter_key(letter: Term) -> str:
    """A total order on letters that does not depend on memory addresses."""
    return repr(letter)


def _word_key(word: Word) -> tuple[int, tuple[str, ...]]:
    return len(word), tuple(map(letter_key, word))


@lru_cache(maxsize=1 << 16)
def star(letter: Term) -> Term:
    """The adjoint of a letter: a real scalar or an atom of a self-adjoint argument is its own."""
    if letter.shape == SCALAR and is_real(letter):
        return letter
    if letter.head == "adjoint":
        return letter.args[0]
    if letter.head in ("inverse", "pinv", "exp"):
        inner = expand(letter.args[0])
        if inner.adjoint() == inner:
            return letter
    return letter.T


def star_word(word: Word) -> Word:
    return tuple(map(star, reversed(word)))


def _scalar_word(word: Word) -> Word:
    # Over the complex numbers u^* v and v^* u are conjugate, not equal.
    return min(word, star_word(word), key=_word_key) if all(map(is_real, word)) else word


@lru_cache(maxsize=1 << 16)
def is_real(term: Term) -> bool:
    """No complex symbol and no imaginary unit occurs in the term."""
    if term.head == "symbol":
        return bool(term.value[3] != "complex")
    return term.value != "i" if term.head == "constant" else all(map(is_real, term.args))


def _monomial(scalars: Iterable[Word], word: Word) -> Monomial:
    """Pull every loop at dimension 1 out of the word and sort the scalars."""
    found = list(scalars)
    ones = [i for i, x in enumerate(word) if x.shape[0] == 1]
    ones += [len(word)] if word and word[-1].shape[1] == 1 else []
    found += [_scalar_word(word[a:b]) for a, b in pairwise(ones)]
    if len(ones) > 1:
        word = word[: ones[0]] + word[ones[-1] :]
    return tuple(sorted(found, key=_word_key)), word


class Poly:
    """A polynomial of a shape; ``terms`` maps monomials to nonzero fractions."""

    __slots__ = ("shape", "terms")

    def __init__(self, shape: Shape, terms: dict[Monomial, Fraction]) -> None:
        self.shape = shape
        self.terms = {k: v for k, v in terms.items() if v}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.shape == other.shape and self.terms == other.terms

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __add__(self, other: Poly) -> Poly:
        if self.shape != other.shape:
            raise Refused(f"cannot add shapes {self.shape} and {other.shape}")
        terms = dict(self.terms)
        for key, value in other.terms.items():
            terms[key] = terms.get(key, Fraction(0)) + value
        return Poly(self.shape, terms)

    def __sub__(self, other: Poly) -> Poly:
        return self + other.scale(Fraction(-1))

    def scale(self, factor: Fraction) -> Poly:
        return Poly(self.shape, {k: v * factor for k, v in self.terms.items()})

    def __mul__(self, other: Poly) -> Poly:
        if self.shape[1] == other.shape[0]:
            shape = (self.shape[0], other.shape[1])
        elif SCALAR in (self.shape, other.shape):
            shape = other.shape if self.shape == SCALAR else self.shape
        else:
            raise Refused(f"cannot multiply shapes {self.shape} and {other.shape}")
        if len(self.terms) * len(other.terms) > LARGEST:
            raise Refused("the expansion is too long")
        terms: dict[Monomial, Fraction] = {}
        for (s1, w1), v1 in self.terms.items():
            for (s2, w2), v2 in other.terms.items():
                key = _monomial((*s1, *s2), w1 + w2)
                terms[key] = terms.get(key, Fraction(0)) + v1 * v2
        return Poly(shape, terms)

    def adjoint(self) -> Poly:
        flipped = {
            _monomial((_scalar_word(star_word(s)) for s in scalars), star_word(word)): value
            for (scalars, word), value in self.terms.items()
        }
        return Poly((self.shape[1], self.shape[0]), flipped)


def word_poly(shape: Shape, scalars: Iterable[Word], word: Word, coefficient: Fraction = Fraction(1)) -> Poly:
    """One monomial; refuses a word whose letters do not compose or do not span the shape."""
    if any(a.shape[1] != b.shape[0] for a, b in pairwise(word)):
        raise Refused("the letters of a word do not compose")
    ends = (word[0].shape[0], word[-1].shape[1]) if word else shape
    if ends != shape or (not word and shape[0] != shape[1]):
        raise Refused(f"a word from {ends[0]} to {ends[1]} is used at shape {shape}")
    return Poly(shape, {_monomial(scalars, word): coefficient})


def _constant(shape: Shape, value: Fraction | int) -> Poly:
    return Poly(shape, {((), ()): Fraction(value)})


def to_term(poly: Poly) -> Term:
    """A canonical term with this expansion, so that atoms with equal arguments are equal."""
    summands = []
    for (scalars, word), value in sorted(poly.terms.items(), key=_term_key):
        factors = [mul(*s) for s in scalars]
        if poly.shape != SCALAR:
            factors.append(mul(*word) if word else identity(poly.shape[0]))
        if value != 1 or not factors:
            factors.insert(0, number(value))
        summands.append(mul(*factors))
    if not summands:
        return number(0) if poly.shape == SCALAR else zero(*poly.shape)
    return make("add", tuple(summands)) if len(summands) > 1 else summands[0]


def _term_key(item: tuple[Monomial, Fraction]) -> tuple[object, object]:
    (scalars, word), _ = item
    return [_word_key(s) for s in scalars], _word_key(word)


# --- expansion -------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def expand(term: Term) -> Poly:
    """The normal form of a matrix term.  Raises Refused for what has none (infinity, a proposition)."""
    head, args = term.head, term.args
    match head:
        case "number" | "identity":
            return _constant(term.shape, term.value if head == "number" else 1)
        case "zero":
            return Poly(term.shape, {})
        case "add" | "mul":
            total = expand(args[0])
            for arg in args[1:]:
                total = total + expand(arg) if head == "add" else total * expand(arg)
            return total
        case "adjoint":
            return expand(args[0]).adjoint()
        case "inner":
            return trace(expand(args[0]).adjoint() * expand(args[1]))
        case "power":
            return _power(term)
        case "inverse" | "pinv" | "exp":
            return _function(head, expand(args[0]))
        case "trace":
            return trace(expand(args[0]))
        case "diff":
            return derivative(expand(args[0]), term.value)
        case "grad":
            return _gradient(expand(args[0]), args[1], term)
        case "norm":
            return _letter(make(head, (to_term(expand(args[0])),), term.value))
    if term.sort != "matrix" or head == "infinity":
        raise Refused(f"{head} has no polynomial form")
    return _letter(term)


def _letter(atom: Term) -> Poly:
    return word_poly(atom.shape, (), (atom,))


def is_vector_norm(term: Term) -> bool:
    """A norm whose square is a trace: the Euclidean norm of a vector or the Frobenius norm."""
    return term.head == "norm" and (term.value == "F" or term.args[0].shape[1] == 1)


def _power(term: Term) -> Poly:
    base, exponent = term.args
    if exponent.head != "number" or exponent.value.denominator != 1 or abs(exponent.value) > 64:
        return _letter(power(to_term(expand(base)), exponent))
    count = int(exponent.value)
    if is_vector_norm(base) and count > 0 and count % 2 == 0:
        inner = expand(base.args[0])
        factor, count = trace(inner.adjoint() * inner), count // 2
    else:
        factor = expand(base) if count >= 0 else _function("inverse", expand(base))
    result = _constant(factor.shape, 1)
    for _ in range(abs(count)):
        result = result * factor
    return result


def _function(head: str, inner: Poly) -> Poly:
    """inverse, pinv, exp of a polynomial, oriented so that f(A^*) is the adjoint letter of f(A)."""
    if not inner and head != "inverse":
        flipped = (inner.shape[1], inner.shape[0])
        return Poly(flipped, {}) if head == "pinv" else _constant(inner.shape, 1)
    if list(inner.terms) == [((), ())] and head != "exp":
        return _constant(inner.shape, 1 / inner.terms[((), ())])
    if inner.shape == SCALAR and head == "pinv":
        raise Refused("the pseudoinverse of a scalar that may vanish is not used")
    straight, adjoint = to_term(inner), to_term(inner.adjoint())
    if letter_key(straight) <= letter_key(adjoint):
        return _letter(make(head, (straight,)))
    return _letter(make(head, (adjoint,))).adjoint()


def trace(inner: Poly) -> Poly:
    """tr is linear, cyclic and invariant under transposition; tr(x y^T) = y^T x, tr(I_n) = n."""
    if inner.shape == SCALAR:
        return inner
    if inner.shape[0] != inner.shape[1]:
        raise Refused("trace of a rectangle")
    if not all(is_real(x) for _, word in inner.terms for x in word):
        raise Refused("traces of complex matrices have no normal form here")
    total = Poly(SCALAR, {})
    for (scalars, word), value in inner.terms.items():
        ones = [i for i, x in enumerate(word) if x.shape[0] == 1]
        if not word:
            loop = expand(dim(inner.shape[0]))
        elif ones:
            loop = word_poly(SCALAR, (), word[ones[0] :] + word[: ones[0]])
        else:
            turns = [word[i:] + word[:i] for i in range(len(word))]
            best = min([t for w in turns for t in (w, star_word(w))], key=_word_key)
            loop = _letter(make("trace", (mul(*best),)))
        total = total + Poly(SCALAR, {(scalars, ()): value}) * loop
    return total


# --- derivatives -----------------------------------------------------------------------------


def derivative(poly: Poly, variable: str) -> Poly:
    """d/d(variable) by the product rule.  Refuses where no rule is known (a varying A^+)."""
    if variable in INDICES:
        raise Refused("nothing is differentiated in the index of a sequence")
    total = Poly(poly.shape, {})
    for (scalars, word), value in poly.terms.items():
        for i, loop in enumerate(scalars):
            others = Poly(poly.shape, {(scalars[:i] + scalars[i + 1 :], word): value})
            total = total + _word_rate(SCALAR, loop, variable) * others
        total = total + Poly(SCALAR, {(scalars, ()): value}) * _word_rate(poly.shape, word, variable)
    return total


def _word_rate(shape: Shape, word: Word, variable: str) -> Poly:
    total = Poly(shape, {})
    for i, letter in enumerate(word):
        left = _chain(shape[0], word[:i], letter.shape[0])
        right = _chain(letter.shape[1], word[i + 1 :], shape[1])
        total = total + left * _rate(letter, variable) * right
    return total


def _chain(rows: Dim, word: Word, cols: Dim) -> Poly:
    return word_poly((rows, cols), (), word)


def _rate(letter: Term, variable: str) -> Poly:
    """The derivative of one letter."""
    if not depends_on(letter, variable):
        return Poly(letter.shape, {})
    if letter.head == "adjoint":
        return _rate(letter.args[0], variable).adjoint()
    if letter.head == "symbol":
        varies = letter.value[4] == variable
        if not varies and letter.value[3] in ("complex", "natural"):
            raise Refused(f"nothing is differentiated in {variable}")
        return _letter(diff(letter, variable)) if varies else _constant(SCALAR, 1)
    if letter.head == "inverse" or (letter.head == "diff" and letter.value == variable):
        return _letter(diff(letter, variable))  # that of an inverse is opaque here: see check.py
    if letter.head == "trace":
        return trace(derivative(expand(letter.args[0]), variable))
    if letter.head == "exp":
        inner = expand(letter.args[0])
        rate = derivative(inner, variable)
        if rate * inner == inner * rate:
            return rate * _letter(letter)
    raise Refused(f"no derivative of {letter.head} in {variable} without further conditions")


def depends_on(term: Term, variable: str) -> bool:
    """Whether the variable, or a function of it, occurs free; at(w, s) depends on s alone."""
    if term.head == "symbol":
        return bool(term.value[4] == variable or (term.name == variable and term.shape == SCALAR))
    if term.head == "at":
        return depends_on(term.args[1], variable)
    if term.head == "limit" and term.args[1].name == variable:
        return depends_on(term.args[2], variable)
    return any(depends_on(a, variable) for a in term.args)


def _gradient(poly: Poly, x: Term, term: Term) -> Poly:
    """The gradient of a scalar in the vector or matrix x: d(poly) = <gradient, dx>, to first order."""
    if not is_real(term):
        raise Refused("gradients are those of real functions of real vectors and matrices")
    total = Poly(x.shape, {})
    for (scalars, _), value in poly.terms.items():
        for i, loop in enumerate(scalars):
            others = Poly(SCALAR, {(scalars[:i] + scalars[i + 1 :], ()): value})
            if loop[0].head == "trace":
                inner = loop[0].args[0]
                loop = inner.args if inner.head == "mul" else (inner,)
            for j, letter in enumerate(loop):
                # tr(L x R) has the gradient L^T R^T = (R L)^T in x, and tr(L x^T R) has R L.
                around = loop[j + 1 :] + loop[:j]
                if letter is x or letter is star(x):
                    turned = _chain(letter.shape[1], around, letter.shape[0])
                    total = total + others * (turned.adjoint() if letter is x else turned)
                elif x in subterms(letter):
                    raise Refused(f"no gradient of {letter.head} in {x.name}")
    return total
