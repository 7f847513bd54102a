"""Traces with a semidefinite A = G^T G: tr(A B) = tr(G B G^T) is nonnegative, and bounded by norms.

With B = H^T H besides, tr(A B) = ||G H^T||_F^2 <= ||G||_F^2 ||H||_F^2 = tr(A) tr(B).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A, B : R^{n x n}\\nassume psd(A), psd(B)\\nshow trace(A B) >= 0")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Refused, is_real
from lemmata.kernel.term import SCALAR, Term, identity, make, mul, pinv, subterms, symbol, symbols_of
from lemmata.prove.algebra import by_ideal, combine_all, total, with_squares, written
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.norms.symmetricpart import symmetric_parts
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import by_rows
from lemmata.prove.search import establish
from lemmata.terms.forms import equation, is_, norm, relation, zero

__all__ = ["by_gram_factor", "factored"]

SECONDS = 1.0
MOST_INVERSES = 2
ONE = Fraction(1)


def by_gram_factor(draft: Draft, claim: Term) -> Ref | None:
    """A claim about traces, with A = G^T G for a semidefinite A in them."""
    inequality = claim.head in ("le", "ge") and claim.args[0].shape == SCALAR
    if not any(t.head == "trace" for p in (claim, *(f for f, _ in draft.facts)) for t in subterms(p)):
        return None
    if not inequality and not (claim.head == "eq" and claim.args[0].sort == "matrix"):
        return None
    with draft.attempt() as keep:
        _bounds(draft, claim)
        rule = _under_gram if inequality else _vanishing_product
        ref = factored(draft, claim, rule)
        if ref is None and inequality:
            ref = factored(draft, claim, lambda one, _, G: factored(one, claim, _product_of(G)))
        if ref is not None:
            keep()
        return ref


Rule = Callable[[Draft, Term, Term], Ref | None]
"""What shows a claim once A = G^T G is known."""


def factored(draft: Draft, claim: Term, rule: Rule) -> Ref | None:
    """The claim by the rule, for a semidefinite A in it that has not been factored."""
    names = {s.name for p in (claim, *(f for f, _ in draft.facts)) for s in symbols_of(p)}
    name = next(n for n in ("G", "H", "G'", "G''", "H'", "the factor") if n not in names)
    known = {f.args[0] for f, _ in draft.facts if f.head == "eq"}
    for fact, ref in draft.facts:
        if fact.head != "is" or fact.value not in ("psd", "spd") or fact.args[0] not in subterms(claim):
            continue
        A = fact.args[0]
        if A in known:
            continue
        G = symbol(name, *A.shape, "real" if is_real(A) else "complex")
        premise = make("exists", (G, equation(A, mul(G.T, G))))
        with draft.attempt() as keep:
            root = draft.add(premise, "gram", of=ref)
            inner = draft.inner([premise.args[-1]])
            if rule(inner, claim, G) is None:
                continue
            keep()
            step = draft.add(make("implies", (premise, claim)), "implies", steps=inner.steps)
            return draft.add(claim, "logic", of=[step, root])
    return None


def _bounds(draft: Draft, claim: Term) -> None:
    """S <= ||S|| I, and M + M^T <= 2 ||M|| I, for the matrices whose norms the claim names."""
    symmetric_parts(draft, [claim])
    for size in {t for t in subterms(claim) if t.head == "norm" and t.value == "2"}:
        (S,) = size.args
        if S.shape[0] == S.shape[1] != 1:
            establish(draft, relation("le", S, mul(size, identity(S.shape[0]))))


def _product_of(G: Term) -> Rule:
    """||G H^T||_F^2 <= ||G||_F^2 ||H||_F^2, and what follows."""

    def rule(inner: Draft, claim: Term, H: Term) -> Ref | None:
        if G.shape[1] != H.shape[1]:
            return None
        small, large = norm(mul(G, H.T), "F"), (norm(G, "F"), norm(H, "F"))
        one = identity(1)
        bound = establish(inner, relation("le", small, mul(*large)))
        if bound is None:
            return None
        # b^2 - a^2 = (b - a) a + (b - a) b
        squares = relation("le", small**2, mul(*(n**2 for n in large)))
        found = by_rows(inner, squares, [(ONE, (small,), one, bound), (ONE, large, one, bound)])
        return None if found is None else by_rows(inner, claim, [(ONE, (), one, found)])

    return rule


def _under_gram(inner: Draft, claim: Term, G: Term) -> Ref | None:
    """sum c tr(G M G^T) + sum c tr(M)."""
    if (ref := _below_rank(inner, claim, G)) is not None:
        return ref
    rows: list[Row] = []
    for fact, ref in inner.facts:
        try:
            M = difference(fact)
        except Refused:
            continue
        if M.shape == SCALAR:
            rows.append((ONE, (), identity(1), ref))
            continue
        letters = sorted({X for p in (claim, fact) for X in symbols_of(p)} - {G}, key=repr)
        near = [L for X in letters for L in (X, X.T) if L.shape == (M.shape[0], G.shape[0])]
        roots = [G.T, G, identity(G.shape[0]), *(mul(L, F) for L in near for F in (G.T, G))]
        rows += [(ONE, (), R, ref) for R in roots if R.shape[0] == M.shape[0]]
    return by_rows(inner, claim, rows)


def _below_rank(inner: Draft, claim: Term, G: Term) -> Ref | None:
    """tr(A L) <= rank(A) for 0 <= A <= B and an inverse L of B, by A - A L A >= 0 between G A^+ and its adjoint.

    The rows are those of A - A L A = (I - L A)^T A (I - L A) + (L A)^T (B - A) L A; and rank(A) = tr(G A^+ G^T).
    """
    A = inner.given[-1].args[0]
    inside = dict.fromkeys(subterms(claim))
    inverses = [L for L in inside if L.head in ("pinv", "inverse") and L.shape == A.shape]
    known = inner.find(is_("psd", A)) or inner.find(is_("spd", A))
    orders = [(f, ref) for f, ref in inner.facts if f.head in ("le", "lt", "ge", "gt")]
    if make("rank", (A,)) not in inside or known is None:
        return None
    for L in inverses[:MOST_INVERSES]:
        by_ideal(inner, equation(L.T, L), SECONDS / 4)
        short, long = mul(L, G.T), mul(pinv(A), G.T)
        for fact, ref in orders:
            if L.args[0] in fact.args and A in fact.args:
                rows: list[Row] = [(ONE, (), long - short, known), (ONE, (), short, ref)]
                found = with_squares(inner, claim, difference(claim), rows, SECONDS)
                if found is not None:
                    return found
    return None


def _vanishing_product(inner: Draft, claim: Term, G: Term) -> Ref | None:
    """tr(A B) = 0 for semidefinite B: tr(G B G^T) = 0 gives B G^T = 0, hence B A = B G^T G = 0."""
    A = inner.given[-1].args[0]
    for fact, ref in inner.facts:
        if (
            fact.head != "is"
            or fact.value not in ("psd", "spd")
            or fact.args[0] is A
            or fact.args[0].shape != A.shape
        ):
            continue
        B = fact.args[0]
        row: Row = (ONE, (), G.T, ref)
        try:
            result = combine_all(inner, [total(inner, [row], True)], SECONDS)
        except Refused:
            continue
        if result is None:
            continue
        letters, cofactors = write_combinations(result[1])
        gone = equation(mul(B, G.T), zero(*A.shape))
        inner.add(
            gone, "square", uses=result[0], letters=letters, combinations=cofactors,
            squares=[written([row])], trace=True,
        )  # fmt: skip
        return by_ideal(inner, claim, SECONDS)
    return None
