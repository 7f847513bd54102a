r"""Sums of squares: f = sum c R^* M R modulo the hypotheses, c >= 0, M = 1 or known nonnegative.

The hypotheses are completed once; f and all products z_i^* z_j of a basis z of words are reduced to
normal form.  The basis are the halves of the words of f (from y^T A A^T y comes A^T y) and the words
inside the norms of the claim.  Two ways to find the squares are tried:

* a linear programme: nonnegative multiples of (z_i)^2, (z_i + z_j)^2, (z_i - z_j)^2 and of the known
  inequalities (diagonally dominant sums of squares, Ahmadi and Majumdar), solved exactly;
* a Gram matrix: f = z^* G z is linear in G; an exact L D L^T of G gives the squares (Parrilo for
  commuting, Helton for noncommuting unknowns), where G is determined by f; and with known middles
  M >= 0 likewise, f = z^* M G z with numbers in G.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from time import thread_time

from lemmata.kernel.meaning import difference, is_vector_norm
from lemmata.kernel.poly import Monomial, Poly, Refused, Word, expand, star_word, to_term, trace, word_poly
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, subterms
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.hypotheses import collect
from lemmata.prove.words.completion import Completion, SearchError
from lemmata.prove.words.linear import nonnegative_solution, solution

__all__ = ["Row", "sum_of_squares"]

Row = tuple[Fraction, tuple[Term, ...], Term, Ref | None]
"""c * scalars * R^* M R with M = 1 or the known nonnegative of a fact."""

MOST_PAIRED = 6
MOST_MULTIPLIED = 4
MOST_BASIS = 12
MOST_MIDDLES = 3
MOST_COLUMNS = 400

Root = tuple[tuple[int, Fraction], ...]
"""A combination of basis words."""


@dataclass(frozen=True)
class _Column:
    """What one unknown coefficient multiplies: s R^* R or s R^* (fact) R."""

    scalars: tuple[Word, ...]
    root: Root
    fact: int | None
    value: Poly


def sum_of_squares(draft: Draft, claim: Term, goal: Poly, seconds: float) -> list[Row] | None:
    """Rows that add up to the goal modulo what is known, or None."""
    known = _inequalities(draft)
    _, polys, _ = collect([goal, *(d for _, d in known)], draft)
    system = Completion(polys, goals=[goal, *(d for _, d in known)])
    system.until = thread_time() + min(seconds, draft.clock())
    system.complete(min(seconds, draft.clock()) / 2)
    normal = _reduce(system, goal)
    if normal is None:
        return None
    middles = [(ref, reduced) for ref, d in known if (reduced := _reduce(system, d)) is not None]
    middles += _products(system, middles)
    basis = _basis([normal, goal, *(m for _, m in middles)], goal.shape, _words_in_norms(claim))
    scalars = _scalar_factors([normal, *(m for _, m in middles)], goal.shape)
    pool = _Pool(system, goal.shape, basis, scalars, middles)
    squares, facts = pool.squares(), pool.facts()
    for columns in (facts, [*facts, *squares]):
        if columns and len(columns) <= MOST_COLUMNS:
            values = nonnegative_solution([c.value.terms for c in columns], normal.terms)
            if values is not None:
                return pool.rows(columns, values)
    return pool.gram(normal)


def _products(system: Completion, middles: list[tuple[Ref, Poly]]) -> list[tuple[Ref, Poly]]:
    """Products of two or three scalar inequalities, if there are few."""
    scalars = [(ref, d) for ref, d in middles if d.shape == SCALAR]
    found: list[tuple[Ref, Poly]] = []
    for size in (2, 3) if len(scalars) <= MOST_MULTIPLIED else ():
        for chosen in combinations(scalars, size):
            product = chosen[0][1]
            for _, d in chosen[1:]:
                product = product * d
            reduced = _reduce(system, product)
            if reduced:
                found.append(([ref for ref, _ in chosen], reduced))
    return found


def _words_in_norms(claim: Term) -> list[Word]:
    norms = [t.args[0] for t in subterms(claim) if is_vector_norm(t)]
    norms += [a for t in subterms(claim) if t.head == "inner" for a in t.args]
    return list(dict.fromkeys(w for a in norms for scalars, w in expand(a).terms if w))


def _inequalities(draft: Draft) -> list[tuple[Ref, Poly]]:
    found = []
    for fact, ref in draft.facts:
        try:
            found.append((ref, difference(fact)))
        except Refused:
            continue
    return found


def _reduce(system: Completion, poly: Poly) -> Poly | None:
    try:
        return system.normal(poly)
    except SearchError:
        return None


def _compound(monomial: Monomial, shape: object) -> tuple[tuple[Word, ...], Word] | None:
    """The scalar factors of a monomial and its one word; a scalar's word is its compound loop."""
    scalars, word = monomial
    if shape != SCALAR:
        return scalars, word
    compound = [s for s in scalars if len(s) > 1]
    if len(compound) > 1:
        return None
    return tuple(s for s in scalars if len(s) == 1), compound[0] if compound else ()


def _basis(polys: Sequence[Poly], shape: object, more: Sequence[Word]) -> list[Word]:
    """Halves of the words, shortest first, cut on both sides of a letter in the middle; and more."""
    found: dict[Word, None] = dict.fromkeys([*more, *([()] if shape == SCALAR else [])])
    for poly in polys:
        for monomial in poly.terms:
            if poly.shape == SCALAR:
                for half in _halves(monomial):
                    found.setdefault(half)
            parts = _compound(monomial, shape if poly.shape == SCALAR else poly.shape)
            if parts is None:
                continue
            word = parts[1]
            singles = [s[0] for s in monomial[0] if len(s) == 1 and not _nonnegative(s)]
            if poly.shape == SCALAR and singles:
                found.setdefault(())
                found.setdefault(tuple(singles[: (len(singles) + 1) // 2]))
            cuts = {len(word) // 2, (len(word) + 1) // 2}
            for cut in sorted(cuts):
                found.setdefault(word[cut:])
                found.setdefault(star_word(word[:cut]))
    return sorted(found, key=lambda w: (len(w), repr(w)))[:MOST_BASIS]


def _halves(monomial: Monomial) -> list[Word]:
    """Halves of the words under traces; u v^T from (u^T u)(v^T v) and from (u^T v)^2."""
    loops = [s for s in monomial[0] if len(s) > 1]
    found: list[Word] = []
    if len(loops) == 2:
        ends = [loops[0][(len(loops[0])) // 2 :], loops[1][len(loops[1]) // 2 :]]
        starts = [star_word(loop[: (len(loop) + 1) // 2]) for loop in loops]
        for a in (ends[0], starts[0]):
            for b in (ends[1], starts[1]):
                if a and b and a[-1].shape[1] == b[-1].shape[1] == 1:
                    found += [a + star_word(b), b + star_word(a)]
    for (letter,) in (s for s in monomial[0] if len(s) == 1 and s[0].head == "trace"):
        inner = letter.args[0]
        word = inner.args if inner.head == "mul" else (inner,)
        for cut in {len(word) // 2, (len(word) + 1) // 2}:
            found += [word[cut:], star_word(word[:cut])]
    return [w for w in found if w]


def _scalar_factors(polys: Sequence[Poly], shape: object) -> list[tuple[Word, ...]]:
    """The products of declared scalars that occur, if they are nonnegative."""
    found: dict[tuple[Word, ...], None] = {(): None}
    for poly in polys:
        for monomial in poly.terms:
            parts = _compound(monomial, shape)
            if parts is not None:
                factors = tuple(s for s in parts[0] if _nonnegative(s))
                found.setdefault(factors)
                found.setdefault(tuple(s for s in factors if s[0].head == "symbol"))  # c of c ||u|| ||v||
    single = [(s,) for chosen in found for s in chosen]
    double = [(s, s) for chosen in found for s in dict.fromkeys(chosen) if chosen.count(s) > 1]
    return list(dict.fromkeys([*found, *single, *double]))[:12]


def _nonnegative(word: Word) -> bool:
    letter = word[0]
    declared = letter.head == "symbol" and letter.value[3] in ("nonnegative", "time", "natural")
    return len(word) == 1 and (declared or sign_of(letter, strict=False) == 1)


def _as_poly(word: Word, cols: object) -> Poly | None:
    if not word:
        size = 1 if cols is None else cols
        return Poly((size, size), {((), ()): Fraction(1)})  # type: ignore[arg-type]
    if cols is not None and word[-1].shape[1] != cols:
        return None
    return word_poly((word[0].shape[0], word[-1].shape[1]), (), word)


class _Pool:
    """The columns that a sum of squares may be made of, with their normal forms."""

    def __init__(
        self,
        system: Completion,
        shape: tuple[object, object],
        basis: list[Word],
        scalars: list[tuple[Word, ...]],
        middles: list[tuple[Ref, Poly]],
    ) -> None:
        self.system, self.shape, self.basis, self.scalars, self.middles = (
            system,
            shape,
            basis,
            scalars,
            middles,
        )
        cols = None if shape == SCALAR else shape[1]
        self.polys = {i: p for i, w in enumerate(basis) if (p := _as_poly(w, cols)) is not None}

    def squares(self) -> list[_Column]:
        """s R^* R for R = z_i and R = z_i + z_j, z_i - z_j."""
        one = Fraction(1)
        roots: list[Root] = [((i, one),) for i in self.polys]
        for i, j in combinations(self.polys, 2):
            if self.polys[i].shape == self.polys[j].shape:
                roots += [((i, one), (j, one)), ((i, one), (j, -one))]
        products = [(root, self._product(self._poly(root), self._poly(root))) for root in roots]
        return [self._column(s, root, None, p) for s in self.scalars for root, p in products if p]

    def facts(self) -> list[_Column]:
        """s R^* M R for the known nonnegative M, R = z_i (and differences, if M is a scalar)."""
        found: list[_Column] = []
        one = Fraction(1)
        for k, (_, middle) in enumerate(self.middles):
            roots: list[Root] = [((i, one),) for i in self.polys]
            if middle.shape == SCALAR or len(self.polys) <= MOST_PAIRED:
                pairs = combinations(self.polys, 2)
                roots += [
                    ((i, one), (j, -one)) for i, j in pairs if self.polys[i].shape == self.polys[j].shape
                ]
            for root in roots:
                R = self._poly(root)
                if R.shape[0] == middle.shape[0] or middle.shape == SCALAR:
                    product = self._product(R, middle * R)
                    if product:
                        found += [self._column(s, root, k, product) for s in self.scalars]
        return found

    def _poly(self, root: Root) -> Poly:
        first, *rest = (self.polys[i].scale(c) for i, c in root)
        for p in rest:
            first = first + p
        return first

    def _product(self, a: Poly, b: Poly) -> Poly | None:
        """a^* b in normal form, under the trace where a number is sought."""
        product = _reduce(self.system, a.adjoint() * b)
        if product is not None and self.shape == SCALAR:
            try:
                product = _reduce(self.system, trace(product))
            except Refused:
                return None
        return product if product is not None and product.shape == self.shape else None

    def _column(self, scalars: tuple[Word, ...], root: Root, fact: int | None, product: Poly) -> _Column:
        return _Column(scalars, root, fact, Poly(SCALAR, {(scalars, ()): Fraction(1)}) * product)

    def rows(self, columns: list[_Column], values: list[Fraction]) -> list[Row]:
        """The columns with their multiples as rows of a certificate."""
        rows: list[Row] = []
        for column, value in zip(columns, values, strict=True):
            if value:
                ref = None if column.fact is None else self.middles[column.fact][0]
                rows.append((value, _letters(column.scalars), to_term(self._poly(column.root)), ref))
        return rows

    def gram(self, goal: Poly) -> list[Row] | None:
        """Rows z^* G z, or z^* M G z with known M >= 0, where the goal determines G; its free entries are 0.

        Squares alone come first, then known middles alone: of x^T M x both are forms, x^T x and (M x)^T x.
        """
        known = [k for k, (_, M) in enumerate(self.middles) if M.shape != SCALAR][:MOST_MIDDLES]
        alone: list[Sequence[int | None]] = [[k] for k in known]
        ways = [[None], *alone, *([known] if len(known) > 1 else []), *([[None, *known]] if known else [])]
        for middles in ways:
            rows = self._gram(goal, middles)
            if rows is not None:
                return rows
        return None

    def _gram(self, goal: Poly, middles: Sequence[int | None]) -> list[Row] | None:
        columns, kept = [], []
        for k in middles:
            for i, j, entry in self._entries(k):
                for s in self.scalars:
                    columns.append((Poly(SCALAR, {(s, ()): Fraction(1)}) * entry).terms)
                    kept.append((s, k, i, j))
        values = solution(columns, goal.terms) if len(columns) <= MOST_COLUMNS else None
        if values is None:
            return None
        rows: list[Row] = []
        for s, k in dict.fromkeys((s, k) for s, k, _, _ in kept):
            squares = _ldl({c[2:]: v for c, v in zip(kept, values, strict=True) if c[:2] == (s, k)})
            if squares is None:
                return None
            ref = None if k is None else self.middles[k][0]
            rows += [
                (d, _letters(s), to_term(self._poly(tuple(sorted(row.items())))), ref) for d, row in squares
            ]
        return rows

    def _entries(self, k: int | None) -> Iterator[tuple[int, int, Poly]]:
        """What the entries of a Gram matrix multiply: z_i^* M z_j, and its mirror image."""
        M = None if k is None else self.middles[k][1]
        sides = {
            i: p if M is None else M * p
            for i, p in self.polys.items()
            if M is None or M.shape[1] == p.shape[0]
        }
        for i, j in combinations_with_replacement(sides, 2):
            if self.polys[i].shape == self.polys[j].shape:
                product = self._product(self.polys[i], sides[j])
                other = self._product(self.polys[j], sides[i]) if i != j else None
                entry = product + other if product and other else product
                if entry:
                    yield i, j, entry


def _letters(scalars: tuple[Word, ...]) -> tuple[Term, ...]:
    return tuple(s[0] for s in scalars)


def _ldl(gram: dict[tuple[int, int], Fraction]) -> list[tuple[Fraction, dict[int, Fraction]]] | None:
    """Squares d (z_i + ...)^2 with d > 0 whose sum is z^T G z; None if G is not semidefinite."""
    entries = {k: v for k, v in gram.items() if v}
    found = []
    while entries:
        pivot = next((i for i, j in sorted(entries) if i == j), None)
        if pivot is None or entries[pivot, pivot] < 0:
            return None
        d = entries.pop((pivot, pivot))
        row = {pivot: Fraction(1)}
        for i, j in list(entries):
            if pivot in (i, j):
                row[j if i == pivot else i] = entries.pop((i, j)) / d
        found.append((d, row))
        for i in row:
            for j in row:
                if pivot not in (i, j) and i <= j:
                    entries[i, j] = entries.get((i, j), Fraction(0)) - d * row[i] * row[j]
        entries = {k: v for k, v in entries.items() if v}
    return found
