"""Bounds on spectral norms as inequalities between matrices, and back.

||E|| <= c says E^T E <= c^2 I, and E E^T <= c^2 I; ||E|| < c says that c^2 I - E^T E is definite.  So two
projections with ||P - Q|| < 1 have one rank: P (I - (P - Q)^2) = P Q P (Kato, *Perturbation Theory for Linear
Operators*, I 4.6).  The other way, ||X|| <= c also follows from X X^T <= c^2 I, since ||X|| = ||X^T||: so
A A^T <= B B^T gives ||B^+ A|| <= 1 (Douglas 1966).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let P, Q : R^{n x n}\\nassume ||P - Q|| < 1\\nshow (P - Q)^T (P - Q) < I")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Refused, expand, is_real, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import (
    SCALAR,
    Term,
    identity,
    inverse,
    make,
    mul,
    number,
    pinv,
    substitute,
    subterms,
    symbol,
    symbols_of,
    to_json,
)
from lemmata.prove.algebra import by_square, by_squares_sum
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.norms.lowerbounds import by_square_of_norm
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.onematrix import by_singular_values
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import by_rows
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import equation, is_, norm, relation

__all__ = [
    "by_contractions", "by_letter", "by_products_of_pseudoinverses", "establish_contractions",
    "invertible_near_identity", "near_identity",
]  # fmt: skip

SECONDS = 1.0
ONE = Fraction(1)
MOST_BOUNDS = 4


def by_contractions(draft: Draft, claim: Term) -> Ref | None:
    """An inequality between matrices, once the known bounds on norms are such inequalities."""
    ordered = claim.head in ("le", "lt", "ge", "gt") or claim.value in ("psd", "spd")
    if not ordered or claim.args[0].shape == SCALAR:
        return None
    with draft.attempt() as keep:
        if not establish_contractions(draft):
            return None
        ref = draft.find(claim) or by_squares_sum(draft, claim, 0.5) or by_rows(draft, claim)
        if ref is not None:
            keep()
        return ref


def establish_contractions(draft: Draft, strict: bool = False) -> list[Ref]:
    """c^2 I - E^T E and c^2 I - E E^T are semidefinite for each ||E|| <= c that is known, definite for <."""
    bounds = [(fact, ref) for fact, ref in draft.facts if _bounded(fact) is not None]
    found = []
    for fact, ref in bounds[:MOST_BOUNDS]:
        if not strict or fact.head in ("lt", "gt"):
            found += [_contraction(draft, ref, left) for left in (False, True)]
    return [ref for ref in found if ref is not None]


def _bounded(fact: Term) -> tuple[Term, Term] | None:
    """E and c^2 of ||E|| <= c or ||E||^2 <= c^2, for a matrix E and a c that is seen not to be negative."""
    if fact.head not in ("le", "lt", "ge", "gt") or fact.args[0].shape != SCALAR:
        return None
    small, large = fact.args if fact.head in ("le", "lt") else fact.args[::-1]
    squared = small.head == "power" and small.args[1] is number(2)
    size = small.args[0] if squared else small
    if size.head != "norm" or size.value != "2" or 1 in size.args[0].shape or sign_of(large, False) != 1:
        return None
    return size.args[0], large if squared or large is number(1) else mul(large, large)


Shown = Callable[[Draft, Ref, Term], Ref | None]
"""How a conclusion is shown from the fact ||Z|| <= c about a letter Z."""


def _consequence(draft: Draft, ref: Ref, conclusion: Callable[[Term], Term], shown: Shown) -> Ref | None:
    """What ||E|| <= c says of E."""
    fact = draft.fact(ref)
    pair = _bounded(fact)
    if pair is None:
        return None
    size = norm(pair[0])
    return by_letter(draft, ref, pair[0], lambda Z: substitute(fact, {size: norm(Z)}), conclusion, shown)


def by_letter(
    draft: Draft,
    ref: Ref,
    E: Term,
    premise: Callable[[Term], Term],
    conclusion: Callable[[Term], Term],
    shown: Shown,
) -> Ref | None:
    """What a fact says of E: for a sum or product E by the case of a letter, where less is in the way."""
    known = draft.find(conclusion(E))
    if known is not None or E.head == "symbol":
        return known or shown(draft, ref, conclusion(E))
    taken = {s.name for f, _ in draft.facts for s in symbols_of(f)}
    Z = symbol("Z'", *E.shape, "real" if is_real(E) else "complex")
    while Z.name in taken:
        Z = symbol(Z.name + "'", *Z.value[1:])
    outer = draft.inner([])
    inner = outer.inner([premise(Z)])
    if shown(inner, ["given", len(inner.given) - 1], conclusion(Z)) is None:
        return None
    arrow = make("implies", (premise(Z), conclusion(Z)))
    outer.add(arrow, "implies", steps=inner.steps)
    general = draft.add(make("forall", (Z, arrow)), "forall", steps=outer.steps)
    special = substitute(arrow, {Z: E})
    instance = draft.add(special, "instance", of=general, terms=[to_json(E)])
    return draft.add(special.args[1], "logic", of=[instance, ref])


def _contraction(draft: Draft, ref: Ref, left: bool) -> Ref | None:
    """c^2 I - E^* E >= 0 from ||E|| <= c, and c^2 I - E E^* >= 0; definite from ||E|| < c."""
    fact = draft.fact(ref)
    pair = _bounded(fact)
    if pair is None:
        return None
    bound = pair[1]
    kind = "spd" if fact.head in ("lt", "gt") and sign_of(bound) == 1 else "psd"

    def conclusion(Z: Term) -> Term:
        square = mul(Z, Z.T) if left else mul(Z.T, Z)
        one = identity(square.shape[0])
        return is_(kind, (one if bound is number(1) else mul(bound, one)) - square)

    return _consequence(draft, ref, conclusion, _by_singular_values)


def _by_singular_values(draft: Draft, ref: Ref, claim: Term) -> Ref | None:
    with draft.only([ref]):
        return by_singular_values(draft, claim)


def by_products_of_pseudoinverses(draft: Draft, claim: Term) -> Ref | None:
    """||X|| <= c from X^* X <= c^2 I, or from X X^* <= c^2 I, which bounds ||X^*||, for X with B^+ in it."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    squared = small.head == "power" and small.args[1] is number(2)
    size = small.args[0] if squared else small
    if size.head != "norm" or size.value != "2" or 1 in size.args[0].shape or sign_of(large, False) != 1:
        return None
    (X,) = size.args
    if not any(t.head == "pinv" for t in subterms(X)):
        return None
    with draft.attempt() as keep:
        if squared:
            ref = _square_bound(draft, X, large) and by_square_of_norm(draft, claim)
        else:
            ref = _rooted(draft, relation("le", norm(X), large)) or _turned(draft, X, large)
            if ref is not None and draft.fact(ref) is not claim:
                ref = rows_add_up(draft, claim, [(ONE, (), number(1), ref)])
        if ref is not None:
            keep()
        return ref


def _square_bound(draft: Draft, X: Term, c: Term) -> Ref | None:
    """X^* X <= c I, or from X X^* <= c I by c (c I - X^* X) = (c I - X^* X)^2 + X^* (c I - X X^*) X."""
    one, other = identity(X.shape[1]), identity(X.shape[0])
    bound = relation("le", mul(X.T, X), mul(c, one))
    ref = draft.find(bound) or by_rows(draft, bound, _rows(draft, X, (c,)))
    if ref is not None or sign_of(c) != 1:
        return ref
    turned = relation("le", mul(X, X.T), mul(c, other))
    known = draft.find(turned) or by_rows(draft, turned, _rows(draft, X.T, (c,)))
    if known is None:
        return None
    rows: list[Row] = [(ONE, (inverse(c),), mul(c, one) - mul(X.T, X), None), (ONE, (inverse(c),), X, known)]
    return rows_add_up(draft, bound, rows)


def _turned(draft: Draft, X: Term, large: Term) -> Ref | None:
    """||X|| <= ||X^*|| <= c."""
    above = _rooted(draft, relation("le", norm(X.T), large))
    if above is None:
        return None
    letter = symbol("Z'", *X.shape, "real" if is_real(X) else "complex")
    same = instance_of(draft, [letter], lambda Z: relation("le", norm(Z), norm(Z.T)), [X])
    if same is None:
        return None
    rows: list[Row] = [(ONE, (), number(1), above), (ONE, (), number(1), same)]
    return rows_add_up(draft, relation("le", norm(X), large), rows)


def _rooted(draft: Draft, claim: Term) -> Ref | None:
    """||Y|| <= c from Y^* Y <= c^2 I."""
    (Y,), large = claim.args[0].args, claim.args[1]
    bound = relation("le", mul(Y.T, Y), mul(large, large, identity(Y.shape[1])))
    ref = draft.find(bound) or by_rows(draft, bound, _rows(draft, Y, (large, large)))
    return None if ref is None else draft.add(claim, "root", of=ref)


def _rows(draft: Draft, Y: Term, scalars: tuple[Term, ...]) -> list[Row]:
    """R^* M R for the known M >= 0 and the R = B^+ or (B^+)^* in Y, and multiples of I - R^* (R^*)^+."""
    rows: list[Row] = []
    for plus in dict.fromkeys(t for t in subterms(Y) if t.head == "pinv"):
        B = plus.args[0]
        for R, P in ((plus, mul(B, plus)), (plus.T, mul(plus, B))):
            if R.shape[1] != Y.shape[1]:
                continue
            rows += [(ONE, scalars[:k], identity(P.shape[0]) - P, None) for k in range(len(scalars) + 1)]
            for fact, ref in draft.facts:
                with suppress(Refused):
                    if difference(fact).shape == (R.shape[0], R.shape[0]):
                        rows.append((ONE, (), R, ref))
    return rows


def invertible_near_identity(draft: Draft, claim: Term) -> Ref | None:
    """I - E and I + E have inverses where ||E|| < 1 (Neumann): E x = x gives ||x|| <= ||E|| ||x||.

    That ||E|| < 1 is known, or follows from what is known of norms.
    """
    from lemmata.prove.search import establish

    A = claim.args[0]
    one = identity(A.shape[0])
    for fact, ref in draft.facts:
        pair = _bounded(fact)
        if pair is None or pair[0].shape != A.shape:
            continue
        for sign in (-1, 1):
            if expand(A) == expand(one + number(sign) * pair[0]):
                found = near_identity(draft, ref, sign)
                if found is not None:
                    return _same_inverse(draft, claim, found)
    rest = expand(A) - expand(one)
    if A.shape[0] != A.shape[1] or ((), ()) in rest.terms or not _bounds_norms(draft):
        return None
    sign = -1 if all(value < 0 for value in rest.terms.values()) else 1
    E = to_term(rest.scale(Fraction(sign)))
    small = establish(draft, relation("lt", norm(E), number(1)))
    known = None if small is None else near_identity(draft, small, sign)
    return None if known is None else _same_inverse(draft, claim, known)


def _bounds_norms(draft: Draft) -> bool:
    """Whether norms of matrices are spoken of, or projections and what vectors they leave as they are."""
    projections = any(f.value == "projection" for f, _ in draft.facts)
    if projections and any(f.head == "forall" and f.args[-1].head == "implies" for f, _ in draft.facts):
        return True
    facts = [f for f, _ in draft.facts if f.head in ("lt", "le", "gt", "ge", "eq")]
    return any(
        t.head == "norm" and t.value == "2" and 1 not in t.args[0].shape for f in facts for t in subterms(f)
    )


def _same_inverse(draft: Draft, claim: Term, known: Ref) -> Ref:
    """invertible(A) from invertible(B) for an A that multiplies out to B."""
    B = draft.fact(known).args[0]
    if draft.fact(known) is claim:
        return known
    letters, rows = write_combinations([[Cofactor(ONE, (), (), 0, False, ())]])
    return draft.add(
        claim, "witness", witness=to_json(inverse(B)), uses=[["inverse", to_json(B), known]],
        letters=letters, combination=rows[0],
    )  # fmt: skip


def near_identity(draft: Draft, ref: Ref, sign: int) -> Ref | None:
    """invertible(I + E), or invertible(I - E), from ||E|| < 1."""
    fact = draft.fact(ref)
    pair = _bounded(fact)
    if pair is None or pair[1] is not number(1) or fact.head not in ("lt", "gt"):
        return None
    one = identity(pair[0].shape[0])
    if pair[0].shape != one.shape:
        return None
    return _consequence(
        draft, ref, lambda Z: is_("invertible", one + Z if sign > 0 else one - Z), _by_null_space
    )


def _by_null_space(draft: Draft, ref: Ref, claim: Term) -> Ref | None:
    """N = I - W^+ W has W N = 0 for W = I -+ Z, so N = +-Z N and N^* (I - Z^* Z) N = 0; then W^+ W = I."""
    definite = _contraction(draft, ref, False)
    if definite is None:
        return None
    W = claim.args[0]
    with draft.only([definite]):
        unit = by_square(draft, equation(mul(pinv(W), W), identity(W.shape[0])), SECONDS)
    if unit is None:
        return None
    letters, rows = write_combinations([[Cofactor(ONE, (), (), 0, False, ())]])
    return draft.add(
        claim, "witness", witness=to_json(pinv(W)), left=True, uses=[unit], letters=letters,
        combination=rows[0],
    )  # fmt: skip
