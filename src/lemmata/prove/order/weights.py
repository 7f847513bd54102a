"""Squares with scalar symbols: A^T B + B^T A <= c A^T A + B^T B / c, as c (A - B/c)^T (A - B/c) >= 0.

The difference is z^* G z for a few words z, where the entries of the Gram matrix G are fractions of scalars.
The words are the roots of the terms w^* w (and w^* M w with M known to be semidefinite).  Three ways to see
that G >= 0:

* binomials: each term g of g_ij meets terms a of g_ii and b of g_jj with a b = g^2, and a (z_i + g/a z_j)^2
  is taken away; nonnegative terms remain on the diagonal (Ahmadi and Majumdar 2019, with symbols for numbers);
* elimination: G = L D L^T over the field of fractions; the pivots D must be seen to be nonnegative, and
  those that divide to be positive (Lagrange's reduction of a quadratic form);
* dominance: G is a sum of |g_ij| (z_i +- z_j)^2 and of (g_ii - sum_j |g_ij|) z_i^2.

What the kernel does not see of a pivot becomes a step of its own: s - s^2 >= 0 from 0 <= s <= 1.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A, B : R^{m x n}, c : positive\\nshow A^T B + B^T A <= c A^T A + 1/c B^T B")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import (
    Poly,
    Refused,
    Word,
    expand,
    star,
    star_word,
    to_term,
    trace,
    word_poly,
)
from lemmata.kernel.scalar import equal, sign_of
from lemmata.kernel.term import SCALAR, Term, add, identity, inverse, mul, number
from lemmata.prove.algebra import by_squares_sum, is_strict, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.order.gram import Row
from lemmata.prove.scalars import by_oracle, is_scalar
from lemmata.terms.forms import neg, relation

__all__ = ["Weight", "by_weighted_squares", "root_of", "shown", "with_weights", "words_of"]

ONE, ZERO = Fraction(1), number(0)
MOST_ROOTS = 5
SECONDS = 0.5

Entries = dict[tuple[int, int], Term]
"""The entries g_ij of a Gram matrix, i <= j, that are not 0."""

Weight = tuple[tuple[Term, ...], Ref | None]
"""What is nonnegative: the product of scalars, or the difference of a fact."""

Sign = Callable[[Term], Weight | None]
"""A scalar as a weight, if it is seen to be nonnegative."""


def by_weighted_squares(draft: Draft, claim: Term) -> Ref | None:
    """An inequality with scalar symbols, by Gram matrices of fractions, one for each middle."""
    try:
        goal = difference(claim)
    except Refused:
        return None
    if is_scalar(claim) or goal.shape[0] != goal.shape[1]:
        return None
    words = words_of(goal)
    if words is None or not any(scalars for scalars, _, _ in words):
        return None
    strict = claim.head in ("lt", "gt") or claim.value == "spd"

    def finish(rows: list[Row]) -> Ref | None:
        if strict and not any(is_strict(draft, row) for row in rows):
            return None
        return with_squares(draft, claim, goal, rows, SECONDS)

    return with_weights(draft, goal, finish)


def with_weights(draft: Draft, goal: Poly, finish: Callable[[list[Row]], Ref | None]) -> Ref | None:
    """What the rows finish that add up to the goal, for the first way to find them that leads to the end."""
    form = _form(draft, goal)
    if form is None:
        return None
    seen = shown(draft)
    ways = ((_paired, _seen), (_eliminated, _seen), (_dominated, seen), (_eliminated, seen))
    for way, sign in ways:
        with draft.attempt() as keep:
            rows = _rows(way, sign, *form)
            ref = None if rows is None else finish(rows)
            if ref is not None:
                keep()
                return ref
    return None


# --- the Gram matrices -----------------------------------------------------------------------

Grams = list[tuple[Ref | None, Entries]]


def _form(draft: Draft, goal: Poly) -> tuple[list[Term], Grams] | None:
    """The roots, and the Gram matrices in which the goal is a form of them; None if it is no such form."""
    words = words_of(goal)
    if words is None:
        return None
    middles = [(None, None), *_semidefinite_letters(draft)]
    roots: dict[Term, None] = {}
    for _, word, _ in words:
        for letter, _ in middles:
            root = root_of(goal, word, letter)
            if root is not None:
                roots.setdefault(root)
    found = list(roots)
    if not 0 < len(found) <= MOST_ROOTS:
        return None
    places: dict[Word, tuple[int, int, Ref | None]] = {}
    for letter, ref in middles:
        for i, a in enumerate(found):
            for j, b in enumerate(found):
                product = _product(goal, a, letter, b)
                if product is not None:
                    places.setdefault(product, (i, j, ref))
    grams: dict[str, tuple[Ref | None, dict[tuple[int, int], Poly]]] = {}
    for scalars, word, value in words:
        place = places.get(word) or places.get(_mirrored(goal, word))
        if place is None:
            return None
        i, j, ref = place
        entries = grams.setdefault(str(ref), (ref, {}))[1]
        # Between matrices z_i^* z_j and z_j^* z_i are two words; between numbers they are one.
        half = ONE if i == j else ONE / 2
        part = Poly(SCALAR, {(scalars, ()): value * half})
        entries[min(i, j), max(i, j)] = entries.get((min(i, j), max(i, j)), Poly(SCALAR, {})) + part
    return found, [(ref, {k: to_term(p) for k, p in g.items() if p}) for ref, g in grams.values()]


def words_of(goal: Poly) -> list[tuple[tuple[Word, ...], Word, Fraction]] | None:
    """Scalars, one word and a coefficient; of a number the word is the one loop that is no letter."""
    found = []
    for (loops, word), value in goal.terms.items():
        if goal.shape == SCALAR:
            compound = [s for s in loops if _is_form(s)]
            if len(compound) > 1:
                return None
            loops = tuple(s for s in loops if not _is_form(s))
            word = compound[0] if compound else ()
        found.append((_cancelled(loops), word, value))
    return found


def _cancelled(loops: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without s and s^{-1} side by side."""
    rest = list(loops)
    for loop in loops:
        if (inverse(mul(*loop)),) in rest and loop in rest:
            rest.remove(loop)
            rest.remove((inverse(mul(*loop)),))
    return tuple(rest)


def _is_form(loop: Word) -> bool:
    return len(loop) > 1 or loop[0].head == "trace"


def _semidefinite_letters(draft: Draft) -> list[tuple[Term | None, Ref | None]]:
    known = [(f.args[0], ref) for f, ref in draft.facts if f.head == "is" and f.value in ("psd", "spd")]
    return [(S, ref) for S, ref in known if S.head in ("symbol", "inverse")]


def root_of(goal: Poly, word: Word, middle: Term | None) -> Term | None:
    """z, if the word is z^* M z, or its trace."""
    if not word:
        return number(1) if goal.shape == SCALAR else identity(goal.shape[0])
    turns = [word]
    if goal.shape == SCALAR:
        if word[0].head == "trace":
            word = word[0].args[0].args if word[0].args[0].head == "mul" else (word[0].args[0],)
        turns = [word[k:] + word[:k] for k in range(len(word))]
    for turn in turns:
        half, odd = divmod(len(turn), 2)
        if bool(odd) != (middle is not None) or (odd and middle not in (turn[half], star(turn[half]))):
            continue
        before, after = turn[:half], turn[half + odd :]
        if star_word(before) == after:
            return to_term(word_poly((after[0].shape[0], after[-1].shape[1]), (), after)) if after else None
    return None


def _product(goal: Poly, a: Term, middle: Term | None, b: Term) -> Word | None:
    """The word of a^* M b."""
    if a.shape[0] != b.shape[0] or (middle is not None and middle.shape[0] != a.shape[0]):
        return None
    try:
        poly = expand(a).adjoint() * (expand(b) if middle is None else expand(mul(middle, b)))
        poly = trace(poly) if goal.shape == SCALAR else poly
    except Refused:
        return None
    if poly.shape != goal.shape or len(poly.terms) != 1:
        return None
    words = words_of(poly)
    return words[0][1] if words and not words[0][0] else None


def _mirrored(goal: Poly, word: Word) -> Word:
    return word if goal.shape == SCALAR else star_word(word)


# --- rows ------------------------------------------------------------------------------------

Squares = list[tuple[Weight, dict[int, Term]]]

Way = Callable[[Entries, int, Sign], Squares | None]
"""A form as weights times squares of combinations of the roots."""


def _rows(way: Way, sign: Sign, roots: list[Term], grams: Grams) -> list[Row] | None:
    rows: list[Row] = []
    for middle, entries in grams:
        squares = way(entries, len(roots), sign)
        if squares is None:
            return None
        for (scalars, fact), combination in squares:
            if middle is not None and fact is not None:
                return None  # a weight that is a fact of its own has no place beside a matrix
            parts = [roots[i] if c is ONE_TERM else mul(c, roots[i]) for i, c in combination.items()]
            root = parts[0] if len(parts) == 1 else sum(parts[1:], parts[0])
            rows.append((ONE, scalars, root, middle if fact is None else fact))
    return rows


ONE_TERM = number(1)


def _paired(entries: Entries, size: int, sign: Sign) -> Squares | None:
    """a (z_i + g/a z_j)^2 for the terms g beside the diagonal, and what is left on it."""
    diagonal = {i: _terms(entries[i, i]) if (i, i) in entries else [] for i in range(size)}
    found: Squares = []
    for (i, j), entry in entries.items():
        for g in _terms(entry) if i != j else []:
            fits = (
                (a, b)
                for a in diagonal[i]
                for b in diagonal[j]
                if sign_of(a) == 1 and equal(mul(a, b), mul(g, g))
            )
            pair = next(fits, None)
            ratio = None if pair is None else _ratio(g, pair[0])
            if pair is None or ratio is None:
                return None
            diagonal[i].remove(pair[0])
            diagonal[j].remove(pair[1])
            found.append((((pair[0],), None), {i: ONE_TERM, j: ratio}))
    for i, terms in diagonal.items():
        if terms:
            weight = sign(add(*terms))
            if weight is None:
                return None
            found.append((weight, {i: ONE_TERM}))
    return found


def _terms(entry: Term) -> list[Term]:
    poly = expand(entry)
    return [to_term(Poly(SCALAR, {m: value})) for m, value in poly.terms.items()]


def _eliminated(entries: Entries, size: int, sign: Sign) -> Squares | None:
    """d (z_i + sum of r_j z_j)^2 for pivot after pivot, r_j = g_ij / d."""
    rest = dict(entries)
    found: Squares = []
    for i in range(size):
        beside = [j for j in range(size) if (min(i, j), max(i, j)) in rest and j != i]
        d = rest.pop((i, i), None)
        if d is None:
            if beside:
                return None
            continue
        weight = sign(d)
        if weight is None or (
            beside and not sign_of(d) and not all(_ratio(rest[_key(i, j)], d) for j in beside)
        ):
            return None
        ratios = {j: _ratio(rest.pop(_key(i, j)), d) or ZERO for j in beside}
        found.append((weight, {i: ONE_TERM, **ratios}))
        for j, r in ratios.items():
            for k, s in ratios.items():
                if j <= k:
                    changed = rest.get((j, k), ZERO) - mul(r, s, d)
                    rest.pop((j, k), None)
                    if not equal(changed, ZERO):
                        rest[j, k] = changed
    return found


def _key(i: int, j: int) -> tuple[int, int]:
    return min(i, j), max(i, j)


def _ratio(g: Term, d: Term) -> Term | None:
    """g/d, if it is a number or d is seen not to vanish."""
    a, b = expand(g), expand(d)
    if b.terms:
        monomial, value = next(iter(b.terms.items()))
        quotient = a.terms.get(monomial, Fraction(0)) / value
        if quotient and b.scale(quotient) == a:
            return number(quotient)
    return to_term(expand(mul(g, inverse(d)))) if sign_of(d) else None


def _dominated(entries: Entries, size: int, sign: Sign) -> Squares | None:
    """|g_ij| (z_i +- z_j)^2, and what is left of the diagonal."""
    diagonal = {i: entries.get((i, i), ZERO) for i in range(size)}
    found: Squares = []
    for i, j in combinations(range(size), 2):
        g = entries.get((i, j))
        if g is None:
            continue
        weight, direction = sign(neg(g)), number(-1)
        if weight is None:
            weight, direction = sign(g), ONE_TERM
        if weight is None:
            return None
        found.append((weight, {i: ONE_TERM, j: direction}))
        for k in (i, j):
            diagonal[k] = diagonal[k] - mul(direction, g)
    for i, g in diagonal.items():
        if not equal(g, ZERO):
            weight = sign(g)
            if weight is None:
                return None
            found.append((weight, {i: ONE_TERM}))
    return found


def _seen(c: Term) -> Weight | None:
    """By the signs of its terms."""
    c = to_term(expand(c))
    return ((c,), None) if sign_of(c, strict=False) == 1 else None


def shown(draft: Draft) -> Sign:
    """By the signs of its terms, or by the scalar facts."""

    def sign(c: Term) -> Weight | None:
        seen, above = _seen(c), relation("ge", to_term(expand(c)), ZERO)
        if seen is not None or not is_scalar(above):
            return seen
        with draft.only([ref for fact, ref in draft.facts if is_scalar(fact)]):
            fact = draft.find(above) or by_squares_sum(draft, above, SECONDS / 2) or by_oracle(draft, above)
        return None if fact is None else ((), fact)

    return sign
