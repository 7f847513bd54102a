"""Inequalities between sums of ranks, as sums of a few kinds of facts.

    rank(P X Q) <= rank(X)                              factors
    rank(X) <= rank(Y) + rank(Z)                        where X = a Y + b Z
    rank(A B) + rank(B C) <= rank(B) + rank(A B C)      Frobenius; with B = I Sylvester
    what is assumed about ranks, and that no rank is negative

They are written down for the matrices of a pool (pool.py); a linear programme over the rationals says
which of them add up to the claim, and only those are proved.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{n x n}\\nshow n <= rank(A) + rank(I - A)")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations, product
from typing import Any

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import Poly, expand, star_word
from lemmata.kernel.term import (
    SCALAR,
    Term,
    dim,
    identity,
    inverse,
    make,
    mul,
    number,
    pinv,
    subterms,
)
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.rank.facts import (
    complement,
    frobenius,
    instance_of,
    nonnegativity,
    nullity,
    rank,
    subadditivity,
    sum_of_facts,
    transposition,
    vanishing,
    within,
)
from lemmata.prove.rank.pool import Element, Pool, coefficients, multiple, parts, projections
from lemmata.prove.rank.programme import Fact, Row, cheapest, sizes_of
from lemmata.prove.schemas import unit_product
from lemmata.terms.blocks import selected
from lemmata.terms.forms import relation

__all__ = ["by_rank_facts"]

ONE = Fraction(1)
Factored = tuple[Term, Term, Term, Term]
"""A, B, P, Q with A = P B Q, so that rank(A) <= rank(B)."""


def by_rank_facts(
    draft: Draft, claim: Term, rich: bool = False, extra: Sequence[Term] = (), below: Sequence[Factored] = ()
) -> Ref | None:
    """A linear inequality between ranks, or an equation by two of them.

    ``extra``: other matrices in play; ``below``: A, B, P, Q with A = P B Q, not seen from A and B as they are.
    """
    if claim.head not in ("le", "ge", "eq") or sizes_of(claim) is None:
        return None
    wanted = [relation("le", *claim.args), relation("le", *claim.args[::-1])]
    wanted = {"le": wanted[:1], "ge": [claim], "eq": wanted}[claim.head]
    with draft.attempt() as keep:
        facts = _Facts(draft, claim, rich, extra, below)
        refs = [facts.add_up(goal) for goal in wanted]
        if all(ref is not None for ref in refs):
            keep()
            return refs[0] if claim.head != "eq" else draft.add(claim, "logic", of=refs)
    draft.tried.append("ranks: the known inequalities do not add up")
    return None


class _Facts:
    """The facts about the ranks of a pool, and how each is written down."""

    def __init__(
        self, draft: Draft, claim: Term, rich: bool, extra: Sequence[Term], below: Sequence[Factored]
    ) -> None:
        self.draft, self.facts = draft, list[Fact]()
        known = [f for f, _ in draft.facts if sizes_of(f) is not None]
        self.named = [t.args[0] for f in (claim, *known) for t in sizes_of(f) or () if t.head == "rank"]
        whole = [f.args[0] for f, _ in draft.facts if f.head == "is" and f.value in ("invertible", "spd")]
        base = [*self.named, *(X for X in whole if X not in self.named)]
        base += [p for X in base for p in parts(X)]
        base += [X for f, _ in draft.facts for _, X, _, _ in _outer_products(f)]
        base += [*extra, *(X for factored in below for X in factored[:2])]
        inner = [X for X in dict.fromkeys(base) if rich and (X in self.named or X.head == "symbol")]
        near = [p for X in inner for p in projections(X)]
        ones = [identity(d) for d in dict.fromkeys(d for X in base for d in X.shape) if d != 1]
        self.pool = Pool(draft, [*base, *ones, *(inverse(X) for X in whole), *near], 1.2 if rich else 0.3)
        self.base = list(self.pool.elements)
        self._hypotheses()
        self.named += [X for factored in below for X in factored[:2]]
        self._named()
        for factored in below:
            self._below(*factored)
        self.near = {at for X in near if (at := self.pool.add(X)) is not None}
        factors = [e.term for e in self.base]
        mirrored = _mirrored((claim, *(f for f, _ in draft.facts)))
        factors += [x.T for x in factors if x.head == "symbol" and (mirrored or selected(x) is not None)]
        factors += [inverse(X) for X in whole]
        self._products([x for x in dict.fromkeys(factors) if x.head != "identity"])
        self._subspaces(inner)
        self._annihilated([x for x in factors if x in self.named or x.head == "symbol"])
        self._splits()
        self._adjoints()

    # --- which facts there are ---

    def _hypotheses(self) -> None:
        for fact, ref in self.draft.facts:
            row = sizes_of(fact)
            if fact.head == "is" and fact.value in ("invertible", "spd"):
                X = fact.args[0]
                self._below(identity(X.shape[0]), X, inverse(X), identity(X.shape[1]))
            elif fact.head == "ne" and fact.args[0].shape == SCALAR:
                for one, X, P, Q in _outer_products(fact):
                    low = relation("le", one, rank(X))
                    self._known({rank(X): ONE, one: -ONE}, partial(self._lower, low, P, Q))
                    self._alias(X)
            elif fact.head == "ne" and fact.args[0].shape[1:] == (1,):
                self._vector(fact.args[0])
            elif row is None:
                continue
            elif fact.head == "eq" and any(z.shape != SCALAR for z in zeros(fact)):  # rank(A) = n
                for X, k in (fact.args, fact.args[::-1]):
                    if X.head == "rank" and X.args[0].shape[1] == k.value:
                        A = X.args[0]
                        self._below(identity(A.shape[1]), A, pinv(A), identity(A.shape[1]))
                    elif X.head == "rank" and X.args[0].shape[0] == k.value:
                        A = X.args[0]
                        self._below(identity(A.shape[0]), A, identity(A.shape[0]), pinv(A))
            else:
                self._known(row, lambda ref=ref: [ref], fact.head == "eq")

    def _lower(self, low: Term, P: Term, Q: Term) -> list[Ref | Term] | None:
        return _all(within(self.draft, low, P, Q))

    def _vector(self, v: Term) -> None:
        """1 <= rank(v) from v^+ v = 1, where v != 0 is known."""
        low, one = relation("le", number(1), rank(v)), identity(1)

        def write() -> list[Ref | Term] | None:
            found = unit_product(self.draft, v)
            return None if found is None else _all(within(self.draft, low, pinv(v), one))

        if v.shape != SCALAR and self.pool.add(v) is not None:
            self._known({rank(v): ONE, number(1): -ONE}, write)
            self._alias(v)

    def _named(self) -> None:
        """What is named elsewhere in the pool under another form; sizes; ranks are nonnegative."""
        for A in dict.fromkeys(self.named):
            self._alias(A)
            self._known({rank(A): ONE}, lambda A=A: [instance_of(self.draft, nonnegativity(A.shape), [A])])
            if (normal := self.pool.normal(expand(A))) is not None and not normal:
                self._known({rank(A): -ONE}, lambda A=A: _all(vanishing(self.draft, A, self.pool.link)))
        for E in self.base:
            rows, cols = E.term.shape
            if E.term.head == "identity":
                if isinstance(rows, str):
                    self._known({dim(rows): ONE}, lambda n=rows: [dim(n)])
                continue
            for k, left in ((cols, True), (rows, False)):
                pair = (E.term, identity(cols)) if left else (identity(rows), E.term)
                self._below(E.term, identity(k), *pair)
        self._known({number(1): ONE}, lambda: [number(1)])

    def _known(self, row: Row, write: Any, equal: bool = False) -> None:
        if row:
            self.facts.append(Fact(row, write, equal))

    def _alias(self, A: Term) -> None:
        """rank(A) is that of the element that A is a multiple of."""
        at = self.pool.multiple(A)
        if at is not None and (E := self.pool.elements[at[0]]).term is not A:
            one = identity(A.shape[0])
            self._below(A, E.term, multiple(at[1], one), identity(A.shape[1]))
            self._below(E.term, A, multiple(1 / at[1], one), identity(A.shape[1]))

    def _subspaces(self, matrices: Sequence[Term]) -> None:
        """The ranks of the projections onto the four subspaces."""
        for X in matrices:
            P, Q, plus = mul(X, pinv(X)), mul(pinv(X), X), pinv(X)
            one, other = identity(X.shape[0]), identity(X.shape[1])
            self._alias(P)
            self._alias(Q)
            self._below(X, P, one, X)
            self._below(P, X, one, plus)
            self._below(X, Q, X, other)
            self._below(Q, X, plus, other)
            for left in (True, False):
                N = complement(X, left)
                self._alias(N)
                row = _sum((dim(N.shape[0]), ONE), (rank(X), -ONE), (rank(N), -ONE))

                def write(X: Term = X, left: bool = left) -> list[Ref | Term]:
                    return [instance_of(self.draft, nullity(X.shape, left), [X])]

                self._known(row, write, equal=True)

    def _annihilated(self, factors: Sequence[Term]) -> None:
        """rank(X) + rank(Y) <= n where X Y = 0."""
        for E in self.pool.elements:
            for x in factors:
                for X, Y in ((x, E.term), (E.term, x)):
                    if X.shape[1] != Y.shape[0] or "identity" in (X.head, Y.head):
                        continue
                    whole = self.pool.normal(expand(X) * expand(Y))
                    at, bt = self.pool.multiple(X), self.pool.multiple(Y)
                    if whole is None or whole or at is None or bt is None:
                        continue
                    one = self.pool.add(identity(X.shape[1]))
                    if one is not None:
                        self._frobenius(X, self.pool.elements[one], Y, expand(X), at[0], bt[0])

    def _below(self, A: Term, B: Term, P: Term, Q: Term) -> None:
        """rank(A) <= rank(B) from A = P B Q."""
        claim = relation("le", _size(A), _size(B))
        row = _sum((_size(B), ONE), (_size(A), -ONE))
        self._known(row, lambda: _all(within(self.draft, claim, P, Q, self.pool.link)))

    def _products(self, factors: Sequence[Term]) -> None:
        """Factors and the inequality of Frobenius, for B among the elements and products with factors."""
        pool, polys = self.pool, {x: expand(x) for x in factors}
        lefts: dict[int, list[tuple[Term, Poly, int]]] = {}
        rights: dict[int, list[tuple[Term, int]]] = {}
        for i, E in enumerate(self.base):
            B = E.monic
            for x in factors:
                for left in (True, False):
                    a, b = (polys[x], B) if left else (B, polys[x])
                    if a.shape[1] != b.shape[0]:
                        continue
                    product = pool.normal(a * b)
                    if not product:
                        continue
                    whole = mul(x, E.term) if left else mul(E.term, x)
                    place = (
                        pool.add(whole, product.scale(E.scale))
                        if self._new(x, i)
                        else self.pool.place(product)
                    )
                    if place is None:
                        continue
                    if left:
                        lefts.setdefault(i, []).append((x, product, place))
                    else:
                        rights.setdefault(i, []).append((x, place))
                    self._factor(place, E, x, left)
        for j in range(len(self.base), len(pool.elements)):
            E = pool.elements[j]
            for x in (x for x in factors if x.head in ("symbol", "adjoint")):
                for left in (True, False):
                    a, b = (polys[x], E.monic) if left else (E.monic, polys[x])
                    known = pool.normal(a * b) if a.shape[1] == b.shape[0] else None
                    found = pool.find(known) if known else None
                    if found is not None:
                        self._factor(found[0], E, x, left)
        for i, pairs in lefts.items():
            for A, product, ab in pairs:
                for C, bc in rights.get(i, ()):
                    self._frobenius(A, self.base[i], C, product, ab, bc)

    def _new(self, x: Term, i: int) -> bool:
        """Whether the product of a factor and an element is worth a place in the pool."""
        at = self.pool.multiple(x)
        if i in self.near:
            return x.head == "symbol" or x in self.named
        return at is None or at[0] not in self.near or self.base[i].term.head == "symbol"

    def _factor(self, place: int, E: Element, x: Term, left: bool) -> None:
        whole = mul(x, E.term) if left else mul(E.term, x)
        found = self.pool.multiple(whole)
        if found is None or found[0] != place:
            return
        X, c = self.pool.elements[place].term, 1 / found[1]
        if left:
            self._below(X, E.term, multiple(c, x), identity(E.term.shape[1]))
        else:
            self._below(X, E.term, multiple(c, identity(E.term.shape[0])), x)

    def _frobenius(self, A: Term, E: Element, C: Term, AB: Poly, ab: int, bc: int) -> None:
        B, elements = E.term, self.pool.elements
        if 1 in (*B.shape, C.shape[1]):
            return
        whole = self.pool.normal(AB * expand(C))
        at = self.pool.find(whole) if whole else None
        if whole is None or (whole and at is None):
            return
        products = [mul(A, B), mul(B, C), mul(A, B, C)]
        high = [(E.size, ONE), *([(elements[at[0]].size, ONE)] if at is not None else [])]
        row = _sum(*high, (elements[ab].size, -ONE), (elements[bc].size, -ONE))

        def write() -> list[Ref | Term] | None:
            lemma = frobenius((A.shape[0], B.shape[0]), (B.shape[1], C.shape[1]))
            refs = [
                instance_of(self.draft, lemma, [A, B, C]),
                *(self._as_element(X, place, below=False) for X, place in zip(products, (ab, bc), strict=False)),
                vanishing(self.draft, products[2], self.pool.link) if at is None
                else self._as_element(products[2], at[0], below=True),
                *([self._one(B)] if B.head == "identity" else []),
            ]  # fmt: skip
            return _all(*refs)

        self._known(row, write)

    def _one(self, one: Term) -> Ref | None:
        """rank(I_n) <= n."""
        return within(self.draft, relation("le", rank(one), _size(one)), one, one)

    def _splits(self) -> None:
        """X = a Y + b Z among the elements."""
        seen: set[frozenset[int]] = set()
        for i, j in combinations(range(len(self.pool.elements)), 2):
            X, Y = self.pool.elements[i].monic, self.pool.elements[j].monic
            if X.shape != Y.shape or 1 in X.shape:
                continue
            for a in {X.terms[k] / Y.terms[k] for k in X.terms.keys() & Y.terms.keys()}:
                found = self.pool.find(X - Y.scale(a)) if Y.scale(a) != X else None
                if found is not None and len(three := frozenset((i, j, found[0]))) == 3 and three not in seen:
                    seen.add(three)
                    for k in three:
                        self._split(k, *sorted(three - {k}))

    def _split(self, i: int, j: int, k: int) -> None:
        X, Y, Z = (self.pool.elements[n] for n in (i, j, k))
        row = _sum((X.size, -ONE), (Y.size, ONE), (Z.size, ONE))

        def write() -> list[Ref | Term] | None:
            a, b = coefficients(X, Y, Z)
            first, second = multiple(a, Y.term), multiple(b, Z.term)
            split = instance_of(self.draft, subadditivity(X.term.shape), [first, second])
            return _all(
                split, self._as_element(make("add", (first, second)), i, below=False),
                self._as_element(first, j, below=True), self._as_element(second, k, below=True),
            )  # fmt: skip

        self._known(row, write)

    def _adjoints(self) -> None:
        """rank(Y) <= rank(X) where Y is a multiple of X^*."""
        for X in self.pool.elements:
            at = self.pool.multiple(X.term.T)
            if at is None or (Y := self.pool.elements[at[0]]) is X:
                continue

            def write(X: Element = X, place: int = at[0]) -> list[Ref | Term] | None:
                lemma = instance_of(self.draft, transposition(X.term.shape), [X.term])
                return _all(lemma, self._as_element(X.term.T, place, below=False))

            self._known(_sum((X.size, ONE), (Y.size, -ONE)), write)

    def _as_element(self, X: Term, place: int, below: bool) -> Ref | None:
        """rank(X) <= the size of the element that X is a multiple of, or the other way round.

        Nothing is to be shown, and the answer is 0 <= 0, where the two are one term.
        """
        E, found = self.pool.elements[place], self.pool.multiple(X)
        if found is None:
            return None
        one, right = identity(X.shape[0]), identity(X.shape[1])
        low, high, c = (rank(X), E.size, found[1]) if below else (E.size, rank(X), 1 / found[1])
        if low is high:
            return []
        return within(self.draft, relation("le", low, high), multiple(c, one), right, self.pool.link)

    # --- which of them add up ---

    def add_up(self, claim: Term) -> Ref | None:
        goal = sizes_of(claim)
        if goal is None:
            return None
        values = cheapest(self.facts, goal)
        if values is None:
            return None
        facts: list[tuple[Fraction, Ref]] = []
        equations: list[tuple[Fraction, Ref]] = []
        sizes: list[tuple[Fraction, Term]] = []
        for fact, value in values:
            written = fact.write()
            if written is None:
                return None
            for ref in written:
                if isinstance(ref, Term):
                    sizes.append((value, ref))
                elif fact.equal:
                    equations.append((-value, ref))  # the kernel reads a = b as a - b
                elif ref:
                    facts.append((value, ref))
        return self.draft.find(claim) or sum_of_facts(self.draft, claim, facts, equations, sizes)


def _outer_products(fact: Term) -> Iterator[Factored]:
    """1 = P X Q with X = x y^T, A x y^T, x y^T A, A x y^T A, from s = y^T A x != 0; and for s^* too."""
    if fact.head != "ne" or fact.args[0].shape != SCALAR or fact.args[1] is not number(0):
        return
    terms = expand(fact.args[0]).terms
    loops, _ = next(iter(terms), ((), ()))
    if len(terms) != 1 or len(loops) != 1 or len(loops[0]) < 2 or loops[0][0].shape[0] != 1:
        return
    for word in dict.fromkeys((loops[0], star_word(loops[0]))):
        y, A, x = word[:1], word[1:-1], word[-1:]
        s = inverse(mul(*word))
        for left, right in product((False, True), repeat=2) if A else [(False, False)]:
            X = (*(A if left else ()), *x, *y, *(A if right else ()))
            P, Q = (*y, *(() if left else A)), (*(() if right else A), *x)
            yield number(1), mul(*X), mul(s, s, *P), mul(*Q)


def _mirrored(props: Sequence[Term]) -> bool:
    """Whether adjoints are spoken of, other than those of the selectors of blocks."""
    terms = (t for p in props for t in subterms(p))
    return any(
        t.value == "orthogonal" or (t.head == "adjoint" and selected(t.args[0]) is None) for t in terms
    )


def _size(A: Term) -> Term:
    return dim(A.shape[0]) if A.head == "identity" else rank(A)


def _sum(*sizes: tuple[Term, Fraction]) -> Row:
    row: Row = {}
    for size, value in sizes:
        key, value = (number(1), value * size.value) if size.head == "number" else (size, value)
        row[key] = row.get(key, Fraction(0)) + value
    return {key: value for key, value in row.items() if value}


def _all(*refs: Ref | None) -> list[Ref | Term] | None:
    found = [ref for ref in refs if ref is not None]
    return [*found] if len(found) == len(refs) else None
