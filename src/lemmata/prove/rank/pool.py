"""The matrices in play of a claim about ranks, compared by their normal forms.

A claim about rank(A B - I) speaks of A B - I; on the way from rank(A - I) and rank(B - I) lies A B - A.
So the pool holds the matrices whose ranks are named, their summands and factors, the identities, and
products of two of them.  A matrix and its multiples are one element, since they have one rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from time import thread_time

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import Monomial, Poly, Refused, expand, letter_key, star_word, to_term
from lemmata.kernel.term import (
    SCALAR,
    Shape,
    Term,
    dim,
    identity,
    inverse,
    make,
    mul,
    number,
    pinv,
    subterms,
    symbols_of,
)
from lemmata.prove.algebra import cited
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.hypotheses import collect
from lemmata.prove.rank.facts import complement
from lemmata.prove.words.completion import Completion, SearchError
from lemmata.prove.words.linear import solution
from lemmata.terms.blocks import selected

__all__ = [
    "Element", "Factored", "Pool", "coefficients", "mirrored", "multiple", "outer_products", "parts", "projections",
]  # fmt: skip

MOST_ELEMENTS = 60
MOST_SUMMANDS = 5
Factored = tuple[Term, Term, Term, Term]
"""A, B, P, Q with A = P B Q, so that rank(A) <= rank(B)."""
Key = tuple[Shape, frozenset[tuple[Monomial, Fraction]]]


@dataclass(frozen=True)
class Element:
    """A matrix, and its normal form as a multiple of a monic one."""

    term: Term
    monic: Poly
    scale: Fraction

    @property
    def size(self) -> Term:
        """Its rank as a number: k for the identity I_k."""
        return dim(self.term.shape[0]) if self.term.head == "identity" else make("rank", (self.term,))


class Pool:
    """Elements by their normal forms under one completion of what is known."""

    def __init__(self, draft: Draft, terms: Iterable[Term], seconds: float) -> None:
        start = [t for t in dict.fromkeys(terms) if t.shape != SCALAR]
        self.draft = draft
        self.refs, self.polys, self.owner = collect([expand(t) for t in start], draft)
        self.system = Completion(
            self.polys, goals=[expand(t) for t in start], max_rules=120, max_degree=8, eliminate=False
        )
        self.system.until = thread_time() + draft.clock()
        self.system.complete(seconds)
        self.elements: list[Element] = []
        self.places: dict[Key, int] = {}
        self._normal: dict[Key, Poly | None] = {}
        for term in start:
            self.add(term)

    def normal(self, poly: Poly) -> Poly | None:
        key = _key(poly)
        if key not in self._normal:
            try:
                self._normal[key] = self.system.normal(poly)
            except (SearchError, Refused):
                self._normal[key] = None
        return self._normal[key]

    def find(self, poly: Poly) -> tuple[int, Fraction] | None:
        """The element that a normal form is a multiple of, and the multiple of its term."""
        monic, scale = _monic(poly)
        at = self.places.get(_key(monic))
        return None if at is None else (at, scale / self.elements[at].scale)

    def multiple(self, A: Term) -> tuple[int, Fraction] | None:
        """The element that a matrix is a multiple of, and the multiple."""
        poly = self.normal(expand(A))
        return self.find(poly) if poly else None

    def place(self, poly: Poly) -> int | None:
        found = self.find(poly)
        return None if found is None else found[0]

    def add(self, term: Term, poly: Poly | None = None) -> int | None:
        """The place of a matrix in the pool, which is enlarged; None for 0, or where the pool is full."""
        poly = self.normal(expand(term)) if poly is None else poly
        if poly is None or not poly or poly.shape == SCALAR:
            return None
        monic, scale = _monic(poly)
        key = _key(monic)
        if key not in self.places:
            if len(self.elements) >= MOST_ELEMENTS:
                return None
            if list(monic.terms) == [((), ())]:
                term, scale = identity(monic.shape[0]), Fraction(1)
            self.places[key] = len(self.elements)
            self.elements.append(Element(term, monic, scale))
        return self.places[key]

    def link(self, draft: Draft, claim: Term) -> Ref | None:
        """An equation that the completion reduces to 0, as a step."""
        try:
            results = [self.system.reduce(goal) for goal in zeros(claim)]
        except (SearchError, Refused):
            return None
        if any(rest for rest, _ in results):
            return None
        refs, found = cited(self.refs, self.polys, self.owner, [cofactors for _, cofactors in results])
        letters, rows = write_combinations(found)
        return draft.add(claim, "ideal", uses=refs, letters=letters, combinations=rows)


def coefficients(X: Element, Y: Element, Z: Element) -> tuple[Fraction, Fraction]:
    """a, b with X = a Y + b Z for the terms of the elements."""
    a, b = solution([Y.monic.terms, Z.monic.terms], X.monic.terms) or (Fraction(1), Fraction(1))
    return a * X.scale / Y.scale, b * X.scale / Z.scale


def _key(poly: Poly) -> Key:
    return poly.shape, frozenset(poly.terms.items())


def _monic(poly: Poly) -> tuple[Poly, Fraction]:
    lead = max(poly.terms, key=_monomial_key)
    scale = poly.terms[lead]
    return poly.scale(1 / scale), scale


def _monomial_key(monomial: Monomial) -> tuple[int, list[list[str]]]:
    scalars, word = monomial
    return len(word), [[letter_key(x) for x in w] for w in (word, *scalars)]


# --- what a matrix is made of ----------------------------------------------------------------


def parts(A: Term) -> Iterator[Term]:
    """A itself, its letters, its summands and their sums, and its cofactors."""
    yield A
    poly = expand(A)
    yield from (s for s in symbols_of(A) if s.shape != SCALAR and not s.value[4])
    for left in (True, False):
        inner = _stripped(poly, left)
        while inner is not None:
            yield to_term(inner)
            inner = _stripped(inner, left)
    if len(poly.terms) in (1, *range(MOST_SUMMANDS + 1, 100)):
        return
    total = Poly(poly.shape, {})
    for monomial, value in poly.terms.items():
        one = Poly(poly.shape, {monomial: value})
        total = total + one
        yield from map(to_term, (one, total, poly - one))


def projections(X: Term) -> list[Term]:
    """Onto Col(X), Row(X), Null(X^T) and Null(X)."""
    return [mul(X, pinv(X)), mul(pinv(X), X), complement(X, True), complement(X, False)]


def _stripped(poly: Poly, left: bool) -> Poly | None:
    """Q with poly = L Q (or Q R) for one letter."""
    words = [word for _, word in poly.terms]
    if not all(words) or len({w[0 if left else -1] for w in words}) != 1 or max(map(len, words)) < 2:
        return None
    letter = words[0][0 if left else -1]
    shape = (letter.shape[1], poly.shape[1]) if left else (poly.shape[0], letter.shape[0])
    if 1 in letter.shape:
        return None
    return Poly(shape, {(s, w[1:] if left else w[:-1]): v for (s, w), v in poly.terms.items()})


def multiple(c: Fraction, A: Term) -> Term:
    return A if c == 1 else mul(number(c), A)


def outer_products(fact: Term) -> Iterator[Factored]:
    """1 = P X Q with X = x y^T, A x y^T, x y^T A, A x y^T A, from s = y^T A x != 0; s^* is s for real letters."""
    if fact.head != "ne" or fact.args[0].shape != SCALAR or fact.args[1] is not number(0):
        return
    terms = expand(fact.args[0]).terms
    loops, _ = next(iter(terms), ((), ()))
    if len(terms) != 1 or len(loops) != 1 or len(loops[0]) < 2 or loops[0][0].shape[0] != 1:
        return
    mirror = star_word(loops[0])
    real = expand(mul(*mirror)) == expand(mul(*loops[0]))
    for word in (loops[0], mirror) if real else (loops[0],):
        y, A, x = word[:1], word[1:-1], word[-1:]
        s = inverse(mul(*word))
        for left, right in product((False, True), repeat=2) if A else [(False, False)]:
            X = (*(A if left else ()), *x, *y, *(A if right else ()))
            P, Q = (*y, *(() if left else A)), (*(() if right else A), *x)
            yield number(1), mul(*X), mul(s, s, *P), mul(*Q)


def mirrored(props: Sequence[Term]) -> bool:
    """Whether adjoints are spoken of, other than those of the selectors of blocks."""
    terms = (t for p in props for t in subterms(p))
    return any(
        t.value == "orthogonal" or (t.head == "adjoint" and selected(t.args[0]) is None) for t in terms
    )
