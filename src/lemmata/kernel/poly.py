"""Noncommutative polynomials: the normal form in which the kernel compares matrices.

A term expands to a sum of monomials ``coefficient * scalars * word``.  A *letter* is an atom (a
symbol, A^{-1}, A^+, e^A, ...) or its adjoint; a *word* is a composable tuple of letters.  Every
sub-word that runs from dimension 1 to dimension 1 is a scalar: it is pulled out in front, where
scalars commute and equal their own adjoints (real scalars).  So y^T A x and x^T A^T y are the same
monomial, and (A + B)^2 = A^2 + AB + BA + B^2 holds by comparing dictionaries.

The definitions built into ``expand``: adjoint, inner product, squared norms, trace up to cyclic
order, integer powers, B^{k+l} = B^k B^l for natural k, l, e^a e^b = e^{a+b} for scalars,
(A^*)^+ = (A^+)^*, (A^*)^{-1} = (A^{-1})^*, (e^A)^* = e^{A^*}, the product rule and the gradient of a
scalar polynomial.  All else is an opaque atom, of which nothing is used but that it is a matrix of
its shape; so an inverse that does not exist does no harm here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from itertools import chain, groupby, pairwise, product
from operator import add as plus
from operator import mul as times

from lemmata.kernel.term import INDICES, SCALAR, Refused, Shape, Term, add, dim, mul, number, subterms
from lemmata.kernel.term import product_shape as composed

__all__ = [
    "Monomial", "Poly", "Refused", "Word", "depends_on", "derivative", "expand", "is_real", "is_vector_norm",
    "letter_key", "star", "star_word", "to_term", "trace", "word_poly",
]  # fmt: skip

Word = tuple[Term, ...]
Monomial = tuple[tuple[Word, ...], Word]
ONE = Fraction(1)
LARGEST = 1 << 16
"""A product of more monomials than this is not expanded."""


# --- letters and words -----------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def letter_key(letter: Term) -> str:
    """A total order on letters that does not depend on memory addresses."""
    return repr(letter)


def _word_key(word: Word) -> tuple[int, tuple[str, ...]]:
    return len(word), tuple(map(letter_key, word))


@lru_cache(maxsize=1 << 16)
def is_real(term: Term) -> bool:
    """No complex symbol, imaginary unit or root of what may be negative occurs, other than in a norm or a rank."""
    if term.head == "symbol":
        return bool(term.value[3] != "complex")
    if term.head in ("norm", "rank"):
        return True
    if term.head == "power" and not _is_whole(term.args[1]) and not _nonnegative(term.args[0]):
        return False
    if term.head == "call" and term.value not in (*_ENTIRE, *_ROOTS):
        return False
    if term.head == "call" and term.value in _ROOTS and not _nonnegative(term.args[0], term.value != "sqrt"):
        return False
    return term.value != "i" if term.head == "constant" else all(map(is_real, term.args))


_ENTIRE = set("sin cos sinh cosh tanh abs sign min max floor ceil arctan".split())  # noqa: SIM905
_ROOTS = ("sqrt", "log", "ln")


def _is_whole(exponent: Term) -> bool:
    """A sum of products of integers and letters for natural numbers."""
    if exponent.head in ("add", "mul"):
        return all(map(_is_whole, exponent.args))
    return _is_natural(exponent) or (exponent.head == "number" and exponent.value.denominator == 1)


def _nonnegative(term: Term, strict: bool = False) -> bool:
    """Whether no value of a scalar is negative (or 0, if ``strict``), by its form alone."""
    if term.shape != SCALAR:
        return False
    if term.head == "add":
        weak = all(map(_nonnegative, term.args))
        return weak and (not strict or any(_nonnegative(a, strict) for a in term.args))
    if term.head in ("mul", "inverse") or (term.head == "call" and term.value == "sqrt"):
        return all(_nonnegative(a, strict) for a in term.args)
    if term.head == "power":
        even = not strict and term.args[1].head == "number" and term.args[1].value % 2 == 0
        return is_real(term) and (even or _nonnegative(term.args[0], strict))
    if term.head == "symbol":
        return term.value[3] == "positive" or (
            not strict and term.value[3] in ("nonnegative", "natural", "time")
        )
    if term.head == "number":
        return bool(term.value > 0 or (term.value == 0 and not strict))
    size = term.head in ("norm", "rank") or (term.head == "call" and term.value == "abs")
    return (size and not strict) or term.head == "dim" or (term.head == "exp" and is_real(term))


def _is_natural(term: Term) -> bool:
    return term.head == "symbol" and term.value[3] == "natural"


def _is_power(letter: Term) -> bool:
    return letter.head == "power" and _is_natural(letter.args[1])


@lru_cache(maxsize=1 << 16)
def star(letter: Term) -> Term:
    """The adjoint of a letter: a real scalar or an atom of a self-adjoint argument is its own."""
    if letter.head == "adjoint":
        return letter.args[0]
    own = letter.shape == SCALAR and is_real(letter)
    if not own and (letter.head in ("inverse", "pinv", "exp", "adjugate") or _is_power(letter)):
        inner = expand(letter.args[0])
        own = inner.adjoint() == inner
    if letter.head == "trace" and not own:
        ((((turned,),), _),) = trace(expand(letter.args[0]).adjoint()).terms
        return turned
    return letter if own else letter.T


@lru_cache(maxsize=1 << 16)
def star_word(word: Word) -> Word:
    return _commuted(tuple(map(star, reversed(word))))


@lru_cache(maxsize=1 << 16)
def _base(letter: Term) -> Term:
    """B of the letters B, B^k, B^l, which commute, and B^* of their adjoints."""
    if letter.head == "adjoint":
        return star(_base(letter.args[0]))
    return letter.args[0] if _is_power(letter) else letter


@lru_cache(maxsize=1 << 16)
def _commuted(word: Word) -> Word:
    return tuple(x for _, powers in groupby(word, _base) for x in sorted(powers, key=letter_key))


@lru_cache(maxsize=1 << 16)
def _scalar_word(word: Word) -> Word:
    # Over the complex numbers u^* v and v^* u are conjugate, not equal.
    return min(word, star_word(word), key=_word_key) if all(map(is_real, word)) else word


def _is_exponential(loop: Word) -> bool:
    return len(loop) == 1 and loop[0].head == "exp" and loop[0].shape == SCALAR and is_real(loop[0])


def _monomial(scalars: Iterable[Word], word: Word) -> Monomial:
    """Pull every loop at dimension 1 out of the word, merge scalar exponentials and sort the scalars."""
    word = _commuted(word)
    ones = [i for i, x in enumerate(word) if x.shape[0] == 1]
    ones += [len(word)] if word and word[-1].shape[1] == 1 else []
    loops = [*map(_scalar_word, scalars), *(_scalar_word(word[i:j]) for i, j in pairwise(ones))]
    if len(ones) > 1:
        word = word[: ones[0]] + word[ones[-1] :]
    if len(exponents := [loop[0].args[0] for loop in loops if _is_exponential(loop)]) > 1:
        total = expand(add(*exponents))
        loops = [loop for loop in loops if not _is_exponential(loop)]
        loops += [(Term("exp", (to_term(total),)),)] if total else []
    return tuple(sorted(loops, key=_word_key)), word


# --- polynomials -----------------------------------------------------------------------------


@dataclass(slots=True)
class Poly:
    """A polynomial of a shape; ``terms`` maps monomials to nonzero fractions."""

    shape: Shape
    terms: dict[Monomial, Fraction]

    def __post_init__(self) -> None:
        self.terms = {k: v for k, v in self.terms.items() if v}

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __add__(self, other: Poly) -> Poly:
        if self.shape != other.shape:
            raise Refused(f"cannot add shapes {self.shape} and {other.shape}")
        return _sum(self.shape, chain(self.terms.items(), other.terms.items()))

    def __sub__(self, other: Poly) -> Poly:
        return self + other.scale(-ONE)

    def scale(self, factor: Fraction) -> Poly:
        return Poly(self.shape, {k: v * factor for k, v in self.terms.items()})

    def __mul__(self, other: Poly) -> Poly:
        shape = composed(self.shape, other.shape)
        if len(self.terms) * len(other.terms) > LARGEST:
            raise Refused("the expansion is too long")
        pairs = product(self.terms.items(), other.terms.items())
        return _sum(shape, ((_monomial((*s, *t), v + w), a * b) for ((s, v), a), ((t, w), b) in pairs))

    def adjoint(self) -> Poly:
        items = self.terms.items()
        flipped = ((_monomial(map(star_word, loops), star_word(word)), a) for (loops, word), a in items)
        return _sum(self.shape[::-1], flipped)


def _sum(shape: Shape, items: Iterable[tuple[Monomial, Fraction]]) -> Poly:
    terms: dict[Monomial, Fraction] = {}
    for key, value in items:
        terms[key] = terms[key] + value if key in terms else value
    return Poly(shape, terms)


def word_poly(shape: Shape, scalars: Iterable[Word], word: Word, coefficient: Fraction = ONE) -> Poly:
    """One monomial; refuses a word whose letters do not compose or do not span the shape."""
    loops = tuple(scalars)
    for (rows, cols), letters in ((shape, word), *((SCALAR, loop) for loop in loops)):
        sizes = [rows, *(d for x in letters for d in x.shape), cols]
        if any(a != b for a, b in zip(sizes[::2], sizes[1::2], strict=True)):
            raise Refused(f"a word used at the shape {rows} x {cols} does not compose to it")
    return Poly(shape, {_monomial(loops, word): coefficient})


def _constant(shape: Shape, value: Fraction = ONE) -> Poly:
    return Poly(shape, {((), ()): value})


def to_term(poly: Poly) -> Term:
    """A canonical term with this expansion, so that atoms with equal arguments are equal."""
    summands = []
    for scalars, word in sorted(poly.terms, key=lambda m: ([*map(_word_key, m[0])], _word_key(m[1]))):
        value, factors = poly.terms[scalars, word], [mul(*loop) for loop in scalars]
        if poly.shape != SCALAR:
            factors.append(mul(*word) if word else Term("identity", (), poly.shape[0]))
        summands.append(mul(*([number(value)] if value != 1 or not factors else []), *factors))
    if not summands:
        return number(0) if poly.shape == SCALAR else Term("zero", (), poly.shape)
    return add(*summands)


# --- expansion -------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def expand(term: Term) -> Poly:
    """The normal form of a matrix term.  Raises Refused for what has none (infinity, a proposition)."""
    if term.sort != "matrix" or term.head == "infinity":
        raise Refused(f"{term.head} has no polynomial form")
    return _DEFINITIONS.get(term.head, _letter)(term)


_DEFINITIONS: dict[str, Callable[[Term], Poly]] = {
    "number": lambda t: _constant(SCALAR, t.value),
    "identity": lambda t: _constant(t.shape),
    "zero": lambda t: Poly(t.shape, {}),
    "add": lambda t: reduce(plus, map(expand, t.args)),
    "mul": lambda t: reduce(times, map(expand, t.args)),
    "adjoint": lambda t: expand(t.args[0]).adjoint(),
    "inner": lambda t: trace(expand(t.args[0]).adjoint() * expand(t.args[1])),
    "trace": lambda t: trace(expand(t.args[0])),
    "power": lambda t: _power(*t.args),
    **dict.fromkeys(("inverse", "pinv", "exp", "adjugate"), lambda t: _function(t.head, expand(t.args[0]))),
    "det": lambda t: expand(t.args[0]) if t.args[0].shape == SCALAR else _function("det", expand(t.args[0])),
    "norm": lambda t: _letter(Term(t.head, (to_term(expand(t.args[0])),), t.value)),
    "diff": lambda t: derivative(expand(t.args[0]), t.value),
    "grad": lambda t: _gradient(expand(t.args[0]), t.args[1]),
}


def _letter(atom: Term) -> Poly:
    return word_poly(atom.shape, (), (atom,))


def is_vector_norm(term: Term) -> bool:
    """A norm whose square is a trace: the Euclidean norm of a vector or the Frobenius norm."""
    return term.head == "norm" and (term.value == "F" or term.args[0].shape[1] == 1)


def _power(base: Term, exponent: Term) -> Poly:
    """B^{c + 2 k + l} = B^c B^k B^k B^l for symbols k, l of natural numbers and an integer c."""
    B, count, letters, parts = expand(base), 0, [], expand(exponent).terms
    for (scalars, _), value in parts.items():
        natural = value > 0 and len(scalars) < 2 and all(_is_natural(x) for loop in scalars for x in loop)
        negative = len(parts) == 1 and not scalars
        if not (natural or negative) or value.denominator > 1 or abs(value) > 64:
            return _letter(Term("power", (to_term(B), exponent)))
        letters += [x for loop in scalars for x in loop] * int(value)
        count += 0 if scalars else int(value)
    if is_vector_norm(base) and count > 0 and count % 2 == 0:
        inner = expand(base.args[0])
        factors = [trace(inner.adjoint() * inner)] * (count // 2)
    else:
        factors = [B if count >= 0 else _function("inverse", B)] * abs(count)
    factors += [_function("power", B, k) for k in sorted(letters, key=letter_key)]
    return reduce(times, factors, _constant(B.shape))


def _function(head: str, inner: Poly, *more: Term) -> Poly:
    """inverse, pinv, exp, adjugate, det, power of a polynomial; f(A^*) is the adjoint letter of f(A)."""
    if not inner and head in ("pinv", "exp"):
        return _constant(inner.shape) if head == "exp" else inner.adjoint()
    if list(inner.terms) == [((), ())] and head in ("pinv", "inverse"):
        return _constant(inner.shape, 1 / inner.terms[(), ()])
    if inner.shape == SCALAR and head == "pinv":
        raise Refused("the pseudoinverse of a scalar that may vanish is not used")
    straight, adjoint = to_term(inner), to_term(inner.adjoint())
    if letter_key(straight) <= letter_key(adjoint):
        return _letter(Term(head, (straight, *more)))
    return _letter(Term(head, (adjoint, *more))).adjoint()


def trace(inner: Poly) -> Poly:
    """tr is linear, cyclic and, if real, invariant under transposition; tr(x y^*) = y^* x, tr(I_n) = n."""
    if inner.shape == SCALAR:
        return inner
    total = Poly(SCALAR, {})
    for (scalars, word), value in inner.terms.items():
        turns = [word[i:] + word[:i] for i in range(len(word))]
        if not word:
            loop = expand(dim(inner.shape[0]))
        elif any(x.shape[0] == 1 for x in word):
            loop = word_poly(SCALAR, (), next(t for t in turns if t[0].shape[0] == 1))
        else:
            best = min(map(_scalar_word, turns), key=_word_key)
            loop = _letter(Term("trace", (mul(*best),)))
        total += Poly(SCALAR, {(scalars, ()): value}) * loop
    return total


# --- derivatives -----------------------------------------------------------------------------


def derivative(poly: Poly, variable: str) -> Poly:
    """d/d(variable) by the product rule.  Refuses where no rule is known (a varying A^+)."""
    if variable in INDICES:
        raise Refused("nothing is differentiated in the index of a sequence")
    return _rate(to_term(poly), variable)


def _rate(term: Term, variable: str) -> Poly:
    """The derivative of a term in normal form."""
    head, args = term.head, term.args
    if not depends_on(term, variable):
        return Poly(term.shape, {})
    if head == "add":
        return reduce(plus, (_rate(a, variable) for a in args))
    if head == "mul":
        places = range(len(args))
        rows = [[_rate(args[i], variable) if i == j else expand(args[i]) for i in places] for j in places]
        return reduce(plus, (reduce(times, row) for row in rows))
    if head == "adjoint":
        return _rate(args[0], variable).adjoint()
    if head == "symbol":
        varies = term.value[4] == variable
        if not varies and term.value[3] in ("complex", "natural"):
            raise Refused(f"nothing is differentiated in {variable}")
        return _letter(Term("diff", (term,), variable)) if varies else _constant(SCALAR)
    if head == "inverse" or (head == "diff" and term.value == variable):
        return _letter(Term("diff", (term,), variable))  # that of an inverse is opaque here: see check.py
    if head == "trace":
        return trace(_rate(args[0], variable))
    if head == "det":  # Jacobi's formula
        return trace(expand(Term("adjugate", args)) * _rate(args[0], variable))
    if head == "exp":
        rate, inner = _rate(args[0], variable), expand(args[0])
        if rate * inner == inner * rate:
            return rate * _letter(term)
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


def _gradient(poly: Poly, x: Term) -> Poly:
    """The gradient of a scalar in the vector or matrix x: d(poly) = <gradient, dx>, to first order."""
    if not (is_real(x) and is_real(to_term(poly))):
        raise Refused("gradients are those of real functions of real vectors and matrices")
    total = Poly(x.shape, {})
    for (scalars, _), value in poly.terms.items():
        for i, loop in enumerate(scalars):
            others = Poly(SCALAR, {(scalars[:i] + scalars[i + 1 :], ()): value})
            inner = loop[0].args[0] if loop[0].head == "trace" else mul(*loop)
            letters = inner.args if inner.head == "mul" else (inner,)
            for j, letter in enumerate(letters):
                # tr(L x R) has the gradient L^T R^T = (R L)^T in x, and tr(L x^T R) has R L.
                if letter in (x, star(x)):
                    turned = word_poly(letter.shape[::-1], (), letters[j + 1 :] + letters[:j])
                    total += others * (turned.adjoint() if letter is x else turned)
                elif letter.head == "exp" and letter.shape == SCALAR:
                    total += others * _letter(letter) * _gradient(expand(letter.args[0]), x)
                elif x in subterms(letter) or depends_on(letter, x.name):
                    raise Refused(f"no gradient of {letter.head} in {x.name}")
    return total
