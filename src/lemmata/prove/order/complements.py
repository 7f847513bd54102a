"""What a projection leaves: if P is an orthogonal projection, I - P is the square (I - P)^* (I - P).

The P are read off the words of the claim: letters that are known to be projections, X X^+ and X^+ X, and what a
word has in its middle, as A (A^* A)^+ A^* or A^* (A^* A + S)^{-1} A^*.  Three kinds of squares R^* M R are tried,
with the tail T that follows P in the word:

* R = (I - P) T: so B^T P B <= B^T B;
* R = (I - P - Q) T and (P - Q) T: (P - Q)^2 + (I - P - Q)^2 = I, hence ||P - Q|| <= 1 (Kato, *Perturbation Theory
  for Linear Operators*, I 6.8);
* R = L X^+ T for the summands L^* M L of X: with X = A A^* + B B^* and P = A^* X^+ A,

      I - P = (I - P)^2 + (B^* X^+ A)^* (B^* X^+ A).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : C^{m x n}, B : C^{m x p}\\nshow A^* (A A^* + B B^*)^+ A <= I")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, islice

from lemmata.kernel.meaning import difference, zeros
from lemmata.kernel.poly import Poly, Refused, Word, expand, star_word, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, identity, inverse, mul, number, subterms
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.lowerbounds import by_square_of_norm
from lemmata.prove.order.gram import Row
from lemmata.prove.order.ranges import summands
from lemmata.prove.order.semidefinite import by_rows
from lemmata.terms.forms import equation, relation

__all__ = ["by_complements", "by_projected_norm"]

MOST_WORDS = 8
LONGEST = 10
MOST_ROWS = 60
MOST_SUMMANDS = 12
SECONDS = 0.2
ONE = Fraction(1)


def by_complements(draft: Draft, claim: Term) -> Ref | None:
    """An inequality by what projections in it leave; ||X|| <= c from X^* X <= c^2 I, ||X||^2 <= c likewise."""
    if claim.head not in ("le", "ge") and claim.value != "psd":
        return None
    small, large = claim.args[::-1] if claim.head == "ge" else (claim.args[0], claim.args[-1])
    squared = small.head == "power" and small.args[1] is number(2)
    size = small.args[0] if squared else small
    with draft.attempt() as keep:
        if size.head != "norm" or size.value != "2" or 1 in size.args[0].shape:
            ref = _by_squares(draft, claim)
        elif sign_of(large, False) != 1:
            ref = None
        else:
            (X,) = size.args
            c = large if squared else mul(large, large)
            bound = relation("le", mul(X.T, X), mul(c, identity(X.shape[1])))
            ref = draft.find(bound) or _by_squares(draft, bound, None if squared else large)
            if ref is not None:
                ref = by_square_of_norm(draft, claim) if squared else draft.add(claim, "root", of=ref)
        if ref is not None:
            keep()
        return ref


def _by_squares(draft: Draft, claim: Term, size: Term | None = None) -> Ref | None:
    """The claim by squares, where the P in it lie below ``size`` times the identity."""
    try:
        goal = difference(claim)
    except Refused:
        return None
    if goal.shape[0] != goal.shape[1]:
        return None
    rows = list(islice(_rows(draft, goal, _multiple(goal) if size is None else size), MOST_ROWS))
    return by_rows(draft, claim, rows) if rows else None


def _multiple(goal: Poly) -> Term:
    """The c > 0 of a goal c I - P, else 1."""
    constants = {monomial: value for monomial, value in goal.terms.items() if not monomial[1]}
    c = to_term(Poly(SCALAR, constants)) if goal.shape != SCALAR and constants else number(1)
    return c if sign_of(c) == 1 else number(1)


def _rows(draft: Draft, goal: Poly, c: Term) -> Iterator[Row]:
    """The squares that may add up to the goal, for the tails that its words have."""
    projections = _projections(draft)
    words = _words(goal)[:MOST_WORDS]
    centres: dict[Word, dict[Word, None]] = {}
    for word in words:
        for centre, tail in _cut(word, projections):
            centres.setdefault(tail, {})[centre] = None
    fits = [T for T in centres if goal.shape == SCALAR or not T or T[-1].shape[1] == goal.shape[1]]
    for tail in fits:
        T = [mul(*tail)] if tail else []
        found = [mul(*centre) for centre in centres[tail]]
        if T:
            yield ONE, (), T[0], None
        for P in found:
            yield ONE, (), mul(identity(P.shape[0]) - P, *T), None
            if c is not number(1):
                for scalars in ((), (inverse(c),)):
                    yield ONE, scalars, mul(mul(c, identity(P.shape[0])) - P, *T), None
        for P, Q in combinations(found, 2):
            if P.shape == Q.shape:
                yield ONE, (), mul(identity(P.shape[0]) - P - Q, *T), None
                yield ONE, (), mul(P - Q, *T), None
    for tail in dict.fromkeys(tail for word in words for tail in _inverted(word)):
        yield from _summand_rows(draft, tail)


def _inverted(word: Word) -> Iterator[Word]:
    """X^+ T for the X^+ in the word that have T after them, and no less before them."""
    for place, x in enumerate(word):
        if _is_inverse(x) and 2 * place + 1 >= len(word):
            yield word[place:]
            return


def _summand_rows(draft: Draft, tail: Word) -> Iterator[Row]:
    """(X^+ T)^* M X^+ T for the summands M of X."""
    _mirrored(draft, tail[0])
    X, root = _inside(tail[0]), mul(*tail)
    for scalars, word in expand(X).terms:
        if not word:  # the summand c I
            yield ONE, tuple(mul(*s) for s in scalars), root, None
    for part in islice(summands(draft, X), MOST_SUMMANDS):
        if part.root.shape[1] == root.shape[0]:
            yield part.row(root)


def _words(goal: Poly) -> list[Word]:
    """The words of a difference of matrices; of a number the loops, and what is under its traces, turned."""
    if goal.shape != SCALAR:
        return [word for _, word in goal.terms if 0 < len(word) <= LONGEST]
    loops = dict.fromkeys(loop for scalars, _ in goal.terms for loop in scalars)
    words: dict[Word, None] = {}
    for loop in loops:
        inner = loop[0].args[0] if loop[0].head == "trace" else None
        word = loop if inner is None else inner.args if inner.head == "mul" else (inner,)
        turns = [word[k:] + word[:k] for k in range(len(word))] if len(word) <= LONGEST else []
        mirrored = [turn for turn in turns if turn == star_word(turn)]
        words |= dict.fromkeys(mirrored or turns)
    return list(words)


def _cut(word: Word, projections: Sequence[Term]) -> Iterator[tuple[Word, Word]]:
    """What may be a projection, or lie below I, within the word, and what follows it."""
    for start in range(len(word)):
        for end in range(start + 1, len(word) + 1):
            centre, tail = word[start:end], word[end:]
            if 2 * len(tail) <= len(word) - len(centre) + 1 and _is_centre(centre, projections):
                yield centre, tail


def _is_centre(centre: Word, projections: Sequence[Term]) -> bool:
    if len(centre) == 1:
        return centre[0] in projections
    pairs = zip(centre, star_word(centre), strict=True)
    if all(x is y or (_is_inverse(x) and _is_inverse(y)) for x, y in pairs):
        return any(x in projections or _is_inverse(x) for x in centre)
    for plus, rest in ((centre[0], centre[1:]), (centre[-1], centre[:-1])):
        if _is_inverse(plus) and expand(_inside(plus)) == expand(mul(*rest)):
            return True
    return False


def _is_inverse(x: Term) -> bool:
    plain = x.args[0] if x.head == "adjoint" else x
    return plain.head in ("pinv", "inverse") and plain.shape != SCALAR


def _mirrored(draft: Draft, x: Term) -> None:
    """X^+ = (X^+)^* for an X = A A^* + S with S^* = S, which multiplying out alone does not tell."""
    X = _inside(x)
    if X.shape[0] == X.shape[1] and expand(X) != expand(X.T) and draft.find(equation(x.T, x)) is None:
        by_ideal(draft, equation(x.T, x), SECONDS)


def _inside(x: Term) -> Term:
    return x.args[0].args[0].T if x.head == "adjoint" else x.args[0]


def _projections(draft: Draft) -> list[Term]:
    """The letters that are said to be projections: by name, or as P^2 = P or P^* P = P."""
    found: dict[Term, None] = {}
    for fact, _ in draft.facts:
        if fact.head == "is" and fact.value in ("projection", "idempotent"):
            found[fact.args[0]] = None
        try:
            vanishing = zeros(fact) if fact.head in ("eq", "is") else []
        except Refused:
            continue
        for poly in vanishing:
            words = sorted((word for _, word in poly.terms), key=len)
            if [len(word) for word in words] == [1, 2]:
                (P,) = words[0]
                if set(words[1]) <= {P, P.T}:
                    found[P] = None
    return [Y for X in found for Y in (X, X.T)]


def by_projected_norm(draft: Draft, claim: Term) -> Ref | None:
    """||P G Q||_F <= ||G||_F: ||G||_F^2 = ||P G Q||_F^2 + ||(I - P) G||_F^2 + ||P G (I - Q)||_F^2.

    So ||A^+||_F <= ||G||_F where A G A = A, with P = A^+ A and Q = A A^+.
    """
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    if any(t.head != "norm" or t.value != "F" for t in (small, large)):
        return None
    (X,), (G,) = small.args, large.args
    for plus in [t for t in subterms(X) if t.head == "pinv" and t.shape == G.shape == X.shape]:
        A = plus.args[0]
        P, Q = mul(plus, A), mul(A, plus)
        rests = (mul(identity(P.shape[0]) - P, G), mul(P, G, identity(Q.shape[0]) - Q))
        rows: list[Row] = [(ONE, (), R, None) for R in rests]
        ref = with_squares(draft, claim, difference(claim), rows, SECONDS)
        if ref is not None:
            return ref
    return None
