"""Off-diagonal blocks: ||X||^2 <= ||A|| ||B|| for a semidefinite [A X; X^T B], in both norms.

And (u^T X v)^2 <= (u^T A u) (v^T B v), of which the first is the case of the worst u and v.

With [A X; X^T B] = G^T G and the selectors E, F of the two parts, P = G E and Q = G F have A = P^T P, X = P^T Q and
B = Q^T Q.  So what is to be shown are two inequalities between products of any two matrices,

    ||P^T Q||^2 <= ||P||^2 ||Q||^2 <= ||P^T P|| ||Q^T Q||,
    ||P^T Q||_F^2 = <P P^T, Q Q^T> <= ||P P^T||_F ||Q Q^T||_F = ||P^T P||_F ||Q^T Q||_F

(Horn and Johnson, Topics in Matrix Analysis, 3.5).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.prove.standard import standard
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x m}, X : R^{m x n}, B : R^{n x n}
... assume [A, X; X^T, B] >= 0
... show ||X||^2 <= ||A|| ||B||''')
>>> prove(standard(Statement(c.given, c.shows[0].prop))).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, permutations
from typing import Any

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import expand, is_real, to_term
from lemmata.kernel.term import (
    SCALAR,
    Term,
    identity,
    make,
    mul,
    number,
    subterms,
    symbol,
    symbols_of,
    to_json,
)
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.minima.quadratics import fresh
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import by_rows
from lemmata.prove.search import establish
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.blocks import Grid, grid_of, selector
from lemmata.terms.forms import equation, is_, norm, relation

__all__ = ["by_off_diagonal_blocks"]

ONE = Fraction(1)
MOST_PLACES = 2
SECONDS = 0.3


@dataclass(frozen=True)
class _Corner:
    """A matrix M >= 0 with the blocks A, X, B at two of its parts, whose norms the claim names."""

    M: Term
    ref: Ref
    selectors: tuple[Term, Term]
    blocks: tuple[Term, Term, Term]
    kind: str

    def bound(self) -> Term:
        """||X||^2 <= ||A|| ||B||."""
        A, X, B = (norm(Y, self.kind) for Y in self.blocks)
        return relation("le", X**2, mul(A, B))


def by_off_diagonal_blocks(draft: Draft, claim: Term) -> Ref | None:
    """An inequality in which the norms of an off-diagonal block and of its two neighbours are compared."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not is_real(claim):
        return None
    found = _of_vectors(draft, claim) or _of_products(draft, claim)
    if found is not None:
        return found
    for corner in _corners(draft, claim):
        with draft.attempt() as keep:
            known = _bounded(draft, corner)
            ref = None if known is None else draft.find(claim) or _concluded(draft, claim, corner, known)
            if ref is not None:
                keep()
                return ref
    return None


def _corners(draft: Draft, claim: Term) -> Iterator[_Corner]:
    norms = dict.fromkeys(t for t in subterms(claim) if t.head == "norm" and 1 not in t.args[0].shape)
    for M, grid, ref in _block_matrices(draft) if len(norms) > 1 else ():
        for i, j in permutations(range(len(grid.heights)), 2):
            A, X, B = grid.rows[i][i], grid.rows[i][j], grid.rows[j][j]
            if A is None or X is None or B is None:
                continue
            for size in norms:
                if norm(A, size.value) in norms and norm(B, size.value) in norms and _same(size.args[0], X):
                    blocks = (A, size.args[0], B)
                    yield _Corner(
                        M, ref, (selector(grid.heights, i), selector(grid.heights, j)), blocks, size.value
                    )


def _block_matrices(draft: Draft) -> Iterator[tuple[Term, Grid, Ref]]:
    """The semidefinite matrices that are written in blocks."""
    for fact, ref in draft.facts:
        if fact.head not in ("le", "ge", "lt", "gt") and fact.value not in ("psd", "spd"):
            continue
        sides = fact.args if fact.head in ("ge", "gt") else fact.args[::-1]
        M = fact.args[0] if fact.head == "is" or sides[-1].head == "zero" else sides[0] - sides[-1]
        grid = None if M.shape == SCALAR else grid_of(M)
        if grid is not None and grid.heights == grid.widths and len(grid.heights) > 1:
            yield M, grid, ref


def _same(X: Term, Y: Term) -> bool:
    return X.shape == Y.shape and expand(X) == expand(Y)


# --- with a factor of the whole --------------------------------------------------------------


def _bounded(draft: Draft, corner: _Corner) -> Ref | None:
    """||X||^2 <= ||A|| ||B||, under the premise that there is G."""
    opened = _factored(draft, corner.M, corner.ref, corner.bound())
    if opened is None:
        return None
    G, inner, root = opened
    P, Q = (mul(G, E) for E in corner.selectors)
    lemma = _lemma(inner, P, Q, corner.kind)
    if lemma is None:
        return None
    known: list[Ref] = []
    for (L, R), X in zip(((P, P), (P, Q), (Q, Q)), corner.blocks, strict=True):
        known += _equal_norms(inner, mul(L.T, R), X, corner.kind)
    ref = rows_add_up(inner, corner.bound(), [(ONE, (), number(1), lemma)], known)
    if ref is None:
        return None
    return _closed(draft, inner, root, corner.bound())


def _factored(draft: Draft, M: Term, ref: Ref, claim: Term) -> tuple[Term, Draft, Ref] | None:
    """A new G, a draft under the premise that M = G^T G, and what says that there is one."""
    rows: list[Row] = [(ONE, (), identity(M.shape[0]), ref)]
    whole = draft.find(is_("psd", M)) or by_rows(draft, is_("psd", M), rows)
    if whole is None:
        return None
    names = {s.name for f in (claim, *(f for f, _ in draft.facts)) for s in symbols_of(f)}
    G = fresh("G", names, M.shape)
    premise = make("exists", (G, equation(M, mul(G.T, G))))
    root = draft.add(premise, "gram", of=whole)
    return G, draft.inner([premise.args[-1]]), root


def _closed(draft: Draft, inner: Draft, root: Ref, claim: Term) -> Ref:
    arrow = draft.add(make("implies", (draft.fact(root), claim)), "implies", steps=inner.steps)
    return draft.add(claim, "logic", of=[arrow, root])


def _equal_norms(draft: Draft, left: Term, right: Term, kind: str) -> list[Ref]:
    """a = b and ||a|| = ||b||, the latter of the norms and not, as between two norms, of their squares."""
    same = by_ideal(draft, equation(left, right), SECONDS)
    if same is None:
        return []
    x = symbol("x'", *left.shape)
    letters, rows = write_combinations([[Cofactor(ONE, (), (), 0, False, ())]])
    norms = draft.add(
        equation(mul(number(1), norm(left, kind)), norm(right, kind)), "ideal",
        uses=[["congruent", to_json(norm(x, kind)), to_json(x), same]], letters=letters, combinations=rows,
    )  # fmt: skip
    return [same, norms]


def _concluded(draft: Draft, claim: Term, corner: _Corner, known: Ref) -> Ref | None:
    """The claim from the bound, by itself or by squares: 4 a b <= (a + b)^2."""
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    one = number(1)
    rows: list[Row] = [(ONE, (), one, known)]
    ref = by_rows(draft, claim, rows)
    if ref is not None:
        return ref
    A, _, B = (norm(Y, corner.kind) for Y in corner.blocks)
    squares = relation("le", mul(small, small), mul(large, large))
    above = by_rows(draft, squares, [*rows, (ONE, (), A - B, None)])
    return None if above is None else draft.add(claim, "root", of=above)


def _of_vectors(draft: Draft, claim: Term) -> Ref | None:
    """(u^T X v)^2 <= (u^T A u) (v^T B v), by Cauchy and Schwarz for P u and Q v."""
    goal = difference(claim)
    vectors = [s for s in symbols_of(claim) if s.shape[1] == 1 != s.shape[0]]
    if len(vectors) != 2 or not any(sum(len(s) > 1 for s in loops) == 2 for loops, _ in goal.terms):
        return None
    for M, grid, ref in _block_matrices(draft):
        places = permutations(range(len(grid.heights)), 2)
        fits = (
            (i, j) for i, j in places if [grid.heights[i], grid.heights[j]] == [v.shape[0] for v in vectors]
        )
        for i, j in islice(fits, MOST_PLACES):
            with draft.attempt() as keep:
                opened = _factored(draft, M, ref, claim)
                if opened is None:
                    continue
                G, inner, root = opened
                U, V = (mul(G, selector(grid.heights, k), v) for k, v in zip((i, j), vectors, strict=True))
                row: Row = (ONE, (), number(1), _cauchy(inner, U, V))
                if with_squares(inner, claim, goal, [row], SECONDS) is not None:
                    keep()
                    return _closed(draft, inner, root, claim)
    return None


def _cauchy(draft: Draft, U: Term, V: Term) -> Ref:
    """<U, V>^2 <= <U, U> <V, V>, of vectors or under the trace."""
    pairs = (mul(X.T, Y) for X, Y in ((U, V), (U, U), (V, V)))
    uv, uu, vv = (p if p.shape == SCALAR else make("trace", (p,)) for p in pairs)
    return draft.add(relation("le", mul(uv, uv), mul(uu, vv)), "cauchy", left=to_json(U), right=to_json(V))


# --- two matrices ----------------------------------------------------------------------------


def _of_products(draft: Draft, claim: Term) -> Ref | None:
    """The claim from ||P^T Q||^2 <= ||P^T P|| ||Q^T Q||, where these norms are in it."""
    norms = dict.fromkeys(t for t in subterms(claim) if t.head == "norm" and t.args[0].head == "mul")
    for size in norms if len(norms) > 2 else ():
        word = size.args[0].args
        for k in range(1, len(word)):
            P, Q = (to_term(expand(Z)) for Z in (mul(*word[:k]).T, mul(*word[k:])))
            if not all(norm(mul(Z.T, Z), size.value) in norms for Z in (P, Q)) or 1 in (*P.shape, *Q.shape):
                continue
            with draft.attempt() as keep:
                lemma = _lemma(draft, P, Q, size.value)
                ref = None if lemma is None else rows_add_up(draft, claim, [(ONE, (), number(1), lemma)])
                if ref is not None:
                    keep()
                    return ref
    return None


def _lemma(draft: Draft, P: Term, Q: Term, kind: str) -> Ref | None:
    """||P^T Q||^2 <= ||P^T P|| ||Q^T Q||, by letters for P and Q."""

    def proof(bound: Term) -> list[dict[str, Any]] | None:
        return (_spectral if kind == "2" else _frobenius)(draft.inner([]), bound)

    letters = [symbol("Z'", *P.shape), symbol("W'", *Q.shape)]
    return instance_of(draft, letters, _product_bound(kind), [P, Q], proof)


def _product_bound(kind: str) -> Any:
    def body(P: Term, Q: Term) -> Term:
        sizes = (norm(mul(P.T, P), kind), norm(mul(Q.T, Q), kind))
        return relation("le", norm(mul(P.T, Q), kind) ** 2, mul(*sizes))

    return body


def _spectral(draft: Draft, bound: Term) -> list[dict[str, Any]] | None:
    """b^2 - a^2 = (b - a) a + (b - a) b for a = ||P^T Q|| and b = ||P|| ||Q||."""
    product, (P, Q) = _product_in(bound)
    a, b = norm(product), mul(norm(P), norm(Q))
    chain = establish(draft, relation("le", a, b))
    of_P, of_Q = (instance_of(draft, [symbol("Y'", *Z.shape)], _size_of_square, [Z]) for Z in (P, Q))
    if chain is None or of_P is None or of_Q is None:
        return None
    rows: list[Row] = [(ONE, (a,), number(1), chain), (ONE, (norm(P), norm(Q)), number(1), chain)]
    rows += [(ONE, (norm(Q), norm(Q)), number(1), of_P), (ONE, (norm(mul(P.T, P)),), number(1), of_Q)]
    return None if rows_add_up(draft, bound, rows) is None else draft.steps


def _size_of_square(Z: Term) -> Term:
    return relation("le", norm(Z) ** 2, norm(mul(Z.T, Z)))


def _frobenius(draft: Draft, bound: Term) -> list[dict[str, Any]] | None:
    """Cauchy and Schwarz for P P^T and Q Q^T."""
    _, (P, Q) = _product_in(bound)
    U, V = mul(P, P.T), mul(Q, Q.T)
    known = _cauchy(draft, U, V)
    inner = make("trace", (mul(U, V),))
    large = bound.args[1]
    squares = relation("le", mul(inner, inner), mul(large, large))
    with draft.only([known]):
        ref = with_squares(draft, squares, difference(squares), [(ONE, (), number(1), known)], SECONDS)
    if ref is None:
        return None
    rooted = draft.add(relation("le", inner, large), "root", of=ref)
    done = rows_add_up(draft, bound, [(ONE, (), number(1), rooted)])
    return None if done is None else draft.steps


def _product_in(bound: Term) -> tuple[Term, tuple[Term, Term]]:
    """P^T Q and its factors, of the bound on its norm."""
    (product,) = bound.args[0].args[0].args
    return product, (product.args[0].args[0], product.args[1])
