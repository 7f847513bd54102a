"""Off-diagonal blocks: ||X||^2 <= ||A|| ||B|| for a semidefinite [A X; X^T B], in both norms.

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
from itertools import permutations
from typing import Any

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import expand, is_real
from lemmata.kernel.term import SCALAR, Term, make, mul, number, subterms, symbol, symbols_of, to_json
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.minima.quadratics import fresh
from lemmata.prove.order.gram import Row
from lemmata.prove.order.normchains import instance_of, rows_add_up
from lemmata.prove.order.semidefinite import by_rows
from lemmata.prove.search import establish
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.blocks import grid_of, selector
from lemmata.terms.forms import equation, is_, norm, relation

__all__ = ["by_off_diagonal_blocks"]

ONE = Fraction(1)
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
    facts = [(f, ref) for f, ref in draft.facts if f.head in ("le", "ge", "lt", "gt") or f.value in ("psd", "spd")]
    for fact, ref in facts if len(norms) > 1 else ():
        sides = fact.args if fact.head in ("ge", "gt") else fact.args[::-1]
        M = fact.args[0] if fact.head == "is" or sides[-1].head == "zero" else sides[0] - sides[-1]
        grid = None if M.shape == SCALAR else grid_of(M)
        if grid is None or grid.heights != grid.widths or len(grid.heights) < 2:
            continue
        for i, j in permutations(range(len(grid.heights)), 2):
            A, X, B = grid.rows[i][i], grid.rows[i][j], grid.rows[j][j]
            for size in norms if A is not None and X is not None and B is not None else ():
                if norm(A, size.value) in norms and norm(B, size.value) in norms and _same(size.args[0], X):
                    blocks = (A, size.args[0], B)
                    yield _Corner(M, ref, (selector(grid.heights, i), selector(grid.heights, j)), blocks, size.value)


def _same(X: Term, Y: Term) -> bool:
    return X.shape == Y.shape and expand(X) == expand(Y)


# --- with a factor of the whole --------------------------------------------------------------


def _bounded(draft: Draft, corner: _Corner) -> Ref | None:
    """||X||^2 <= ||A|| ||B||, under the premise that there is G."""
    whole = draft.find(is_("psd", corner.M)) or by_rows(
        draft, is_("psd", corner.M), [(ONE, (), make("identity", (), corner.M.shape[0]), corner.ref)]
    )
    if whole is None:
        return None
    names = {s.name for f in (corner.bound(), *(f for f, _ in draft.facts)) for s in symbols_of(f)}
    G = fresh("G", names, corner.M.shape)
    premise = make("exists", (G, equation(corner.M, mul(G.T, G))))
    root = draft.add(premise, "gram", of=whole)
    inner = draft.inner([premise.args[-1]])
    P, Q = (mul(G, E) for E in corner.selectors)

    def proof(bound: Term) -> list[dict[str, Any]] | None:
        return (_spectral if corner.kind == "2" else _frobenius)(inner.inner([]), bound)

    letters = [symbol("Z'", *P.shape), symbol("W'", *Q.shape)]
    lemma = instance_of(inner, letters, _product_bound(corner.kind), [P, Q], proof)
    if lemma is None:
        return None
    known: list[Ref] = []
    for (L, R), X in zip(((P, P), (P, Q), (Q, Q)), corner.blocks, strict=True):
        known += _equal_norms(inner, mul(L.T, R), X, corner.kind)
    ref = rows_add_up(inner, corner.bound(), [(ONE, (), number(1), lemma)], known)
    if ref is None:
        return None
    arrow = draft.add(make("implies", (premise, corner.bound())), "implies", steps=inner.steps)
    return draft.add(corner.bound(), "logic", of=[arrow, root])


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


# --- two matrices ----------------------------------------------------------------------------


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
    product, (P, Q) = _product_in(bound)
    U, V = mul(P, P.T), mul(Q, Q.T)
    inner, uu, vv = (make("trace", (mul(X, Y),)) for X, Y in ((U, V), (U, U), (V, V)))
    cauchy = relation("le", mul(inner, inner), mul(uu, vv))
    known = draft.add(cauchy, "cauchy", left=to_json(U), right=to_json(V))
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
