"""Noncommutative polynomials: the normal form in which the kernel compares matrices.

A term expands to a sum of monomials ``coefficient * scalars * word``.  A *letter* is an atom (a
symbol, A^{-1}, A^+, e^A, ...) or its adjoint; a *word* is a composable tuple of letters.  Every
sub-word that runs from dimension 1 to dimension 1 is a scalar: it is pulled out in front, where
scalars commute and equal their own adjoints (real scalars).  So y^T A x and x^T A^T y are the same
monomial, and (A + B)^2 = A^2 + AB + BA + B^2 holds by comparing dictionaries.

The definitions built into ``expand``: adjoint, inner product, squared norms, trace up to cyclic
order, integer powers, (A^*)^+ = (A^+)^*, (A^*)^{-1} = (A^{-1})^*, (e^A)^* = e^{A^*}, the product
rule and the gradient of a scalar polynomial.  All else is an opaque atom.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from lemmata.kernel.term import INDICES, SCALAR, Shape, Term, dim, make, number

__all__ = [
    "Monomial",
    "Poly",
    "Refused",
    "Word",
    "derivative",
    "expand",
    "letter_key",
    "star",
    "to_term",
    "trace",
]

Word = tuple[Term, ...]
Monomial = tuple[tuple[Word, ...], Word]


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
    return make("adjoint", (letter,))


def star_word(word: Word) -> Word:
    return tuple(star(x) for x in reversed(word))


def _scalar_word(word: Word) -> Word:
    # Over the complex numbers u^* v and v^* u are conjugate, not equal.
    return min(word, star_word(word), key=_word_key) if all(map(is_real, word)) else word


@lru_cache(maxsize=1 << 16)
def is_real(term: Term) -> bool:
    """No complex symbol and no imaginary unit occurs in the term."""
    if term.head in ("symbol", "constant"):
        return bool(term.value != "i" if term.head == "constant" else term.value[3] != "complex")
    return all(map(is_real, term.args))


def _monomial(scalars: Iterable[Word], word: Word) -> Monomial:
    """Pull every loop at dimension 1 out of the word and sort the scalars."""
    found = list(scalars)
    if word:
        ones = [i for i, x in enumerate(word) if x.shape[0] == 1]
        ones += [len(word)] if word[-1].shape[1] == 1 else []
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
        terms: dict[Monomial, Fraction] = {}
        for (s1, w1), v1 in self.terms.items():
            for (s2, w2), v2 in other.terms.items():
                key = _monomial((*s1, *s2), w1 + w2)
                terms[key] = terms.get(key, Fraction(0)) + v1 * v2
        return Poly(shape, terms)

    def adjoint(self) -> Poly:
        shape = (self.shape[1], self.shape[0])
        return Poly(
            shape,
            {
                _monomial((_scalar_word(star_word(s)) for s in ss), star_word(w)): v
                for (ss, w), v in self.terms.items()
            },
        )


def word_poly(shape: Shape, scalars: Iterable[Word], word: Word, coefficient: Fraction = Fraction(1)) -> Poly:
    """One monomial; refuses a word whose letters do not compose or do not span the shape."""
    for a, b in pairwise(word):
        if a.shape[1] != b.shape[0]:
            raise Refused("the letters of a word do not compose")
    ends = (word[0].shape[0], word[-1].shape[1]) if word else shape
    if ends != shape or (not word and shape[0] != shape[1]):
        raise Refused(f"a word from {ends[0]} to {ends[1]} is used at shape {shape}")
    return Poly(shape, {_monomial(scalars, word): coefficient})


def _constant(shape: Shape, value: Fraction) -> Poly:
    return Poly(shape, {((), ()): value})


def _letter(atom: Term) -> Poly:
    return Poly(atom.shape, {_monomial((), (atom,)): Fraction(1)})


def to_term(poly: Poly) -> Term:
    """A canonical term with this expansion, so that atoms with equal arguments are equal."""
    summands = []
    for (scalars, word), value in sorted(
        poly.terms.items(), key=lambda kv: ([_word_key(s) for s in kv[0][0]], _word_key(kv[0][1]))
    ):
        factors = [make("mul", s) if len(s) > 1 else s[0] for s in scalars]
        if poly.shape != SCALAR:
            body = word or (make("identity", (), poly.shape[0]),)
            factors.append(make("mul", body) if len(body) > 1 else body[0])
        if value != 1 or not factors:
            factors.insert(0, number(value))
        summands.append(make("mul", tuple(factors)) if len(factors) > 1 else factors[0])
    if not summands:
        return number(0) if poly.shape == SCALAR else make("zero", (), poly.shape)
    return make("add", tuple(summands)) if len(summands) > 1 else summands[0]


# --- expansion -------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def expand(term: Term) -> Poly:
    """The normal form of a matrix term.  Raises Refused for what has none (a limit of no value...)."""
    head, args = term.head, term.args
    if head == "number":
        return _constant(SCALAR, term.value)
    if head == "identity":
        return _constant(term.shape, Fraction(1))
    if head == "zero":
        return Poly(term.shape, {})
    if head == "add":
        total = expand(args[0])
        for arg in args[1:]:
            total = total + expand(arg)
        return total
    if head == "mul":
        product = expand(args[0])
        for arg in args[1:]:
            product = product * expand(arg)
        return product
    if head == "adjoint":
        return expand(args[0]).adjoint()
    if head == "inner":
        return trace(expand(args[0]).adjoint() * expand(args[1]))
    if head == "power":
        return _power(term)
    if head in ("inverse", "pinv", "exp"):
        return _function(head, expand(args[0]))
    if head == "trace":
        return trace(expand(args[0]))
    if head == "diff":
        return derivative(expand(args[0]), term.value)
    if head == "grad":
        return _gradient(expand(args[0]), args[1])
    if head == "norm":
        return _letter(make(head, (to_term(expand(args[0])),), term.value))
    if term.sort != "matrix" or head == "infinity":
        raise Refused(f"{head} has no polynomial form")
    return _letter(term)


def _power(term: Term) -> Poly:
    base, exponent = term.args
    if exponent.head != "number" or exponent.value.denominator != 1 or abs(exponent.value) > 64:
        return _letter(make("power", (to_term(expand(base)), exponent)))
    count = int(exponent.value)
    if (
        base.head == "norm"
        and count > 0
        and count % 2 == 0
        and (base.value == "F" or base.args[0].shape[1] == 1)
    ):
        inner = expand(base.args[0])
        factor, count = trace(inner.adjoint() * inner), count // 2
    else:
        factor = expand(base) if count >= 0 else _function("inverse", expand(base))
    result = _constant(factor.shape, Fraction(1))
    for _ in range(abs(count)):
        result = result * factor
    return result


def _function(head: str, inner: Poly) -> Poly:
    """inverse, pinv, exp of a polynomial, oriented so that f(A^*) is the adjoint letter of f(A)."""
    constant = inner.terms.get(((), ())) if len(inner.terms) == 1 else None
    if head == "exp" and not inner:
        return _constant(inner.shape, Fraction(1))
    if head == "pinv" and not inner:
        return Poly((inner.shape[1], inner.shape[0]), {})
    if head != "exp" and constant is not None:
        return _constant(inner.shape, 1 / constant)
    straight, flipped = to_term(inner), to_term(inner.adjoint())
    if straight.shape == SCALAR and head == "pinv":
        raise Refused("the pseudoinverse of a scalar that may vanish is not used")
    if letter_key(straight) <= letter_key(flipped):
        return _letter(make(head, (straight,)))
    return _letter(make(head, (flipped,))).adjoint()


def trace(inner: Poly) -> Poly:
    """tr is linear, cyclic and invariant under transposition; tr(x y^T) = y^T x, tr(I_n) = n."""
    if inner.shape[0] != inner.shape[1]:
        raise Refused("trace of a rectangle")
    if inner.shape == SCALAR:
        return inner
    if not all(is_real(x) for _, word in inner.terms for x in word):
        raise Refused("traces of complex matrices have no normal form here")
    total = Poly(SCALAR, {})
    for (scalars, word), value in inner.terms.items():
        ones = [i for i, x in enumerate(word) if x.shape[0] == 1]
        if not word:
            size = inner.shape[0]
            loop: Word = (dim(size),) if isinstance(size, str) else ()
            value = value * (size if isinstance(size, int) else 1)
        elif ones:
            loop = word[ones[0] :] + word[: ones[0]]
        else:
            turns = [word[i:] + word[:i] for i in range(len(word))]
            best = min([t for w in turns for t in (w, star_word(w))], key=_word_key)
            loop = (make("trace", (make("mul", best) if len(best) > 1 else best[0],)),)
        total = total + Poly(SCALAR, {_monomial(scalars, loop): value})
    return total


# --- derivatives -----------------------------------------------------------------------------


def _leibniz(poly: Poly, rule: _Rule) -> Poly:
    """Extend a rule for letters to a derivation of polynomials."""
    total = Poly(poly.shape, {})
    for (scalars, word), value in poly.terms.items():
        for i, loop in enumerate(scalars):
            rest = Poly(poly.shape, {(scalars[:i] + scalars[i + 1 :], word): value})
            total = total + _leibniz_word(loop, SCALAR, rule) * rest
        total = total + (Poly(SCALAR, {(scalars, ()): value}) * _leibniz_word(word, poly.shape, rule))
    return total


class _Rule:
    """The derivative in a variable, letter by letter."""

    def __init__(self, variable: str) -> None:
        self.variable = variable

    def __call__(self, letter: Term) -> Poly:
        head, variable = letter.head, self.variable
        if head == "adjoint":
            return self(letter.args[0]).adjoint()
        if head == "symbol":
            if letter.value[4] == variable:
                return _letter(make("diff", (letter,), variable))
            is_variable = letter.name == variable
            if is_variable and (letter.shape != SCALAR or letter.value[3] in ("complex", "natural")):
                raise Refused(f"nothing is differentiated in {variable}")
            return _constant(SCALAR, Fraction(1)) if is_variable else Poly(letter.shape, {})
        if head == "diff" and letter.value == variable:
            return _letter(make("diff", (letter,), variable))
        if not depends_on(letter, variable):
            return Poly(letter.shape, {})
        if head == "inverse":  # opaque here; check.py knows its value where the inverse exists
            return _letter(make("diff", (letter,), variable))
        if head == "trace":
            return trace(derivative(expand(letter.args[0]), variable))
        if head == "exp":
            inner = expand(letter.args[0])
            rate = derivative(inner, variable)
            if rate * inner == inner * rate:
                return rate * _letter(letter)
        raise Refused(f"no derivative of {head} in {variable} without further conditions")


def depends_on(term: Term, variable: str) -> bool:
    """Whether the variable, or a function of it, occurs free; at(w, s) depends on s alone."""
    if term.head == "symbol":
        return bool(term.value[4] == variable or (term.name == variable and term.shape == SCALAR))
    if term.head == "at":
        return depends_on(term.args[1], variable)
    if term.head == "limit" and term.args[1].name == variable:
        return depends_on(term.args[2], variable)
    return any(depends_on(a, variable) for a in term.args)


def _leibniz_word(word: Word, shape: Shape, rule: _Rule) -> Poly:
    total = Poly(shape, {})
    for i, letter in enumerate(word):
        inner = rule(letter)
        left = word_poly((word[0].shape[0], letter.shape[0]), (), word[:i]) if i else None
        right = (
            word_poly((letter.shape[1], word[-1].shape[1]), (), word[i + 1 :]) if i + 1 < len(word) else None
        )
        total = (
            total + (left * inner if left else inner) * right
            if right
            else total + (left * inner if left else inner)
        )
    return total


def derivative(poly: Poly, variable: str) -> Poly:
    """d/d(variable) by the product rule.  Refuses where no rule is known (a varying A^+)."""
    if variable in INDICES:
        raise Refused("nothing is differentiated in the index of a sequence")
    return _leibniz(poly, _Rule(variable))


def _gradient(poly: Poly, x: Term) -> Poly:
    """The gradient of a scalar in the vector or matrix x: d(poly) = <gradient, dx>, to first order."""
    if not is_real(x) or not all(is_real(y) for key in poly.terms for w in key[0] for y in w):
        raise Refused("gradients are those of real functions of real vectors and matrices")
    total = Poly(x.shape, {})
    for (scalars, _), value in poly.terms.items():
        for i, loop in enumerate(scalars):
            rest = Poly(SCALAR, {(scalars[:i] + scalars[i + 1 :], ()): value})
            letters = (
                loop[0].args[0].args
                if loop[0].head == "trace" and loop[0].args[0].head == "mul"
                else loop[0].args
                if loop[0].head == "trace"
                else loop
            )
            for j, letter in enumerate(letters):
                # tr(L x R) has the gradient L^T R^T = (R L)^T in x, and tr(L x^T R) has R L.
                around = letters[j + 1 :] + letters[:j]
                size = (letter.shape[1], letter.shape[0])
                if letter is x:
                    total = total + rest * word_poly(size, (), around).adjoint()
                elif letter is star(x):
                    total = total + rest * word_poly(size, (), around)
                elif any(s is x for s in _symbols(letter)):
                    raise Refused(f"no gradient of {letter.head} in {x.name}")
    return total


def _symbols(term: Term) -> Iterable[Term]:
    if term.head == "symbol":
        yield term
    for arg in term.args:
        yield from _symbols(arg)
