"""Determinants: of products, of inverses, of I + A B, and of matrices that are known to be equal.

What a claim says of determinants is algebra of numbers once these are known of the matrices in play:

    det(A B) = det(A) det(B),  det(I) = 1       for square A and B
    det(A) det(A^{-1}) = 1                      from A A^{-1} = I
    det(I + A B) = det(I + B A)                 Sylvester; X + u v = X (I + X^{-1} u v) for an invertible X
    det(e^A) = e^{tr A}                         since det(e^{sA}) e^{-s tr A} does not change with s
    det(A) = det(B)                             from A = B, for the equations that are known

The adjugate, adj(A) A = det(A) I = A adj(A), and Jacobi's formula det(A)' = tr(adj(A) A') are part of the
algebra (hypotheses.py).  Horn and Johnson, Matrix Analysis, sections 0.3 and 0.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from lemmata.kernel.meaning import difference
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Poly, derivative, expand, star, to_term, word_poly
from lemmata.kernel.term import (
    SCALAR,
    Term,
    dim,
    exp,
    identity,
    inverse,
    make,
    mul,
    number,
    substitute,
    subterms,
    symbols_of,
    to_json,
)
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.connectives import by_contradiction
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.minima.quadratics import fresh
from lemmata.prove.order.eigenvectors import reciprocal
from lemmata.prove.order.gram import Row
from lemmata.prove.search import establish
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import equation, is_, relation, zero

__all__ = [
    "by_nonzero_determinant", "by_sign_of_determinant", "congruent", "note_adjugate", "note_jacobi", "note_product",
    "use_determinants",
]  # fmt: skip

MOST = 24
"""Matrices whose determinants are expanded, at most."""
SECONDS = 0.2
"""For an equation between matrices that only needs to be multiplied out."""


def use_determinants(draft: Draft, goal: Term) -> None:
    """Add what is known of the determinants that the goal and the facts name."""
    props = [goal, *(f for f, _ in draft.facts)]
    inside = dict.fromkeys(t for p in props for t in subterms(p))
    waiting = [to_term(expand(t.args[0])) for t in inside if t.head in ("det", "adjugate")]
    if not waiting:
        return
    vectors = [f.args[0] for f, _ in draft.facts if f.head == "ne" and f.args[0].shape[1:] == (1,)]
    for M, x in product(dict.fromkeys(waiting), vectors):
        if x.head == "symbol" and x.shape[0] == M.shape[0] != 1:
            _singular(draft, M, x)
    for M in [t.args[0] for t in inside if t.head == "adjugate" and t.args[0].head == "mul"]:
        if establish(draft, is_("invertible", M)) is not None:
            _inverse(draft, M)
    for fact, ref in draft.facts:
        waiting += _of_equal_matrices(draft, fact, ref)
        if fact.head == "eq" and fact.args[0].head == "diff" and fact.args[0].args[0] in waiting:
            _linear_flow(draft, fact, ref)
    seen: set[Term] = set()
    while waiting and len(seen) < MOST:
        M = waiting.pop(0)
        if M not in seen and M.shape != SCALAR:
            seen.add(M)
            waiting += _parted(draft, M)
            for t in inside:
                if t.head == "diff":
                    note_jacobi(draft, M, t.value)


def _of_equal_matrices(draft: Draft, fact: Term, ref: Ref | None) -> list[Term]:
    """det(A) = det(B) for a known A = B of single products, and these."""
    if fact.head == "is" and fact.value in ("orthogonal", "idempotent", "projection"):
        (A,) = fact.args
        fact = equation(A.T * A, identity(A.shape[0])) if fact.value == "orthogonal" else equation(A * A, A)
        ref = by_ideal(draft, fact, SECONDS)
    if ref is None or fact.head != "eq" or fact.args[0].sort != "matrix":
        return []
    a, b = fact.args
    square = a.shape[0] == a.shape[1] and a.shape != SCALAR
    single = square and all(len(expand(x).terms) < 2 for x in (a, b))
    if not single or any(t.head in ("diff", "grad", "limit") for t in subterms(fact)):
        return []
    congruent(draft, a, b, ref)
    return [to_term(expand(a)), to_term(expand(b))]


def _parted(draft: Draft, M: Term) -> list[Term]:
    """What the form of M says of det(M); returns the matrices whose determinants that names."""
    terms = expand(M).terms
    if not terms:
        _of_zero(draft, M)
    if len(terms) == 1:
        ((loops, word),) = terms
        if len(word) == 1:
            letter = M.args[0] if M.head == "adjoint" else M
            _inverse(draft, letter)
            _exponential(draft, letter)
        if not word and expand(M) == expand(_one(M)):
            note_product(draft, _one(M), _one(M))
        if loops or len(word) < 2:
            return []
        places = [i for i in range(1, len(word)) if word[i].shape[0] == M.shape[0]]
        return note_product(draft, mul(*word[: places[0]]), mul(*word[places[0] :])) if places else []
    for base, u, v in _updates(expand(M)):
        if base is None:
            _cite(draft, _det(_one(M) + u * v), _det(_one(v * u) + v * u), ["det", to_json(u), to_json(v)], 0)
            return [to_term(expand(_one(v * u) + v * u))]
        if _known_invertible(draft, base):
            X = _one(M) + inverse(base) * u * v
            ref = by_ideal(draft, equation(M, base * X), SECONDS)
            if ref is not None:
                congruent(draft, M, base * X, ref)
                return [*note_product(draft, base, X), to_term(expand(X))]
    return []


def _updates(poly: Poly) -> Iterator[tuple[Term | None, Term, Term]]:
    """B, u, v for the ways in which the polynomial is B + u v, with a letter B, or None for the identity."""
    if len(poly.terms) != 2:
        return
    parts = [to_term(Poly(poly.shape, {key: value})) for key, value in poly.terms.items()]
    for base, ((loops, word), value) in zip(parts[::-1], poly.terms.items(), strict=True):
        one = expand(base) == expand(identity(poly.shape[0]))
        letter = base.head != "mul"
        if not (one or letter):
            continue
        inner = sorted(range(1, len(word)), key=lambda i: word[i].shape[0] != 1)
        for i in inner[:1]:
            scalars = [number(value), *(mul(*loop) for loop in loops)]
            yield None if one else base, mul(*scalars, *word[:i]), mul(*word[i:])


def note_product(draft: Draft, A: Term, B: Term) -> list[Term]:
    """det(A B) = det(A) det(B), and det(I) = 1, which comes with it."""
    ref = ["det", to_json(A), to_json(B)]
    _cite(draft, _det(_one(A)), number(1), ref, 1)
    _cite(draft, _det(A * B), mul(_det(A), _det(B)), ref, 2)
    return [A, B]


def _of_zero(draft: Draft, Z: Term) -> None:
    """det(0) = 0, since n det(0) = tr(det(0) I) = tr(adj(0) 0)."""
    n = dim(Z.shape[0])
    uses = [["adjugate", to_json(Z)], ["inverse", to_json(n), None]]
    letters, rows = write_combinations([[
        Cofactor(Fraction(-1), ((inverse(n),),), (), 0, False, ()),
        Cofactor(Fraction(-1), ((_det(Z),),), (), 2, False, ()),
    ]])  # fmt: skip
    claim = equation(_det(Z), number(0))
    if draft.find(claim) is None:
        draft.add(claim, "ideal", uses=uses, letters=letters, combinations=rows)


def _singular(draft: Draft, M: Term, x: Term) -> None:
    """det(M) x^T x = x^T adj(M) M x = 0, where M x = 0 for an x that is not 0."""
    ref = by_ideal(draft, equation(mul(M, x), zero(*x.shape)), SECONDS)
    if ref is None:
        return
    ((_, adjugate),) = expand(make("adjugate", (M,))).terms
    square, left = mul(x.T, x), (star(x),)
    letters, rows = write_combinations([[
        Cofactor(Fraction(-1), (), left, 0, False, (x,)), Cofactor(Fraction(1), (), left + adjugate, 2, False, ()),
    ]])  # fmt: skip
    claim, uses = equation(mul(_det(M), square), number(0)), [["adjugate", to_json(M)], ref]
    draft.add(claim, "ideal", uses=uses, letters=letters, combinations=rows)
    reciprocal(draft, square)


def _inverse(draft: Draft, M: Term) -> None:
    """det(A) det(A^{-1}) = 1 and adj(A) = det(A) A^{-1}."""
    A = M.args[0] if M.head == "inverse" else M
    if _known_invertible(draft, A):
        ref = by_ideal(draft, equation(A * inverse(A), _one(A)), SECONDS)
        if ref is not None:
            congruent(draft, A * inverse(A), _one(A), ref)
            note_product(draft, A, inverse(A))
            by_ideal(draft, _adjugate_of_inverse(A), SECONDS)


def by_nonzero_determinant(draft: Draft, claim: Term) -> Ref | None:
    """det(A) != 0 for an invertible A."""
    d, other = claim.args
    if d.head != "det" or expand(other) or establish(draft, is_("invertible", d.args[0])) is None:
        return None
    _inverse(draft, d.args[0])
    return by_contradiction(draft, claim)


def by_sign_of_determinant(draft: Draft, claim: Term, factor: str = "G") -> Ref | None:
    """det(S) >= 0 for a semidefinite S = G^T G, det(S) > 0 if S > 0; the factor has this name, if it is free."""
    d, nothing = claim.args if claim.head in ("ge", "gt") else claim.args[::-1]
    if d.head != "det" or expand(nothing):
        return None
    (S,) = d.args
    weak = relation({"lt": "le", "gt": "ge"}.get(claim.head, claim.head), *claim.args)
    if claim.head != weak.head:
        parts = [establish(draft, weak), establish(draft, relation("ne", *claim.args))]
        return None if None in parts else draft.add(claim, "logic", of=parts)
    fact = draft.find(is_("psd", S)) or establish(draft, is_("psd", S))
    if fact is None:
        return None
    G = fresh(factor, {x.name for f in (claim, *(f for f, _ in draft.facts)) for x in symbols_of(f)}, S.shape)
    premise = make("exists", (G, equation(S, mul(G.T, G))))
    with draft.attempt() as keep:
        root = draft.add(premise, "gram", of=fact)
        inner = draft.inner([premise.args[-1]])
        congruent(inner, S, mul(G.T, G), ["given", len(inner.given) - 1])
        note_product(inner, G.T, G)
        rows: list[Row] = [(Fraction(1), (), _det(G), None)]
        if with_squares(inner, claim, difference(claim), rows, SECONDS) is None:
            return None
        keep()
        arrow = draft.add(make("implies", (premise, claim)), "implies", steps=inner.steps)
        return draft.add(claim, "logic", of=[arrow, root])


def note_adjugate(draft: Draft, A: Term) -> None:
    """Where det(A) != 0 is known, adj(A)/det(A) is the likely inverse of A."""
    d = make("det", (A,))
    if draft.find(relation("ne", d, number(0))) is not None:
        draft.witnesses.setdefault(A, []).append(mul(inverse(d), make("adjugate", (A,))))


def _exponential(draft: Draft, M: Term) -> None:
    """det(e^X) = e^{tr X}, since det(e^{sX}) e^{-s tr X} is the same for all s."""
    if M.head != "exp" or any(x.value[4] for x in symbols_of(M)):
        return
    s = fresh("s", {x.name for f in (M, *draft.given) for x in symbols_of(f)}, SCALAR)
    X, inner = M.args[0], draft.inner([])
    with inner.only([]):
        _liouville(inner, exp(s * X), X, s.name)
    tr = _trace(inner, X)
    q = mul(_det(exp(s * X)), exp(-s * tr))
    with inner.only([["step", i] for i in range(len(inner.steps))]):
        still = by_ideal(inner, equation(make("diff", (q,), s.name), number(0)), SECONDS)
    if still is not None:
        constant = equation(q, value_at(q, s.name, number(0), None))
        inner.add(constant, "constant", of=still)
        general = draft.add(make("forall", (s, constant)), "forall", steps=inner.steps)
        one = number(1)
        draft.add(substitute(constant, {s: one}), "instance", of=general, terms=[to_json(one)])
        note_product(draft, _one(M), _one(M))


def _trace(draft: Draft, X: Term) -> Term:
    """tr(X), or 0 where that is known."""
    tr = make("trace", (X,))
    return tr if by_ideal(draft, equation(tr, number(0)), SECONDS) is None else number(0)


def _linear_flow(draft: Draft, fact: Term, ref: Ref) -> None:
    """Liouville's formula det(W)' = det(W) tr(L + R) for W' = L W + W R, and whether the trace vanishes."""
    (W,), sides = fact.args[0].args, Poly(fact.args[0].shape, {})
    adjugate = make("adjugate", (W,))
    ((_, inverse_word),) = expand(adjugate).terms
    cofactors = [Cofactor(Fraction(1), (), inverse_word, 0, False, ())]
    for (loops, word), c in expand(fact.args[1]).terms.items():
        if not word or W not in (word[-1], word[0]):
            return
        left, right = (word[:-1], ()) if word[-1] is W else ((), word[1:])
        cofactors.append(Cofactor(c, loops, left, 1 + bool(left or not right), False, right))
        sides += word_poly(W.shape, loops, (*left, *right), c)
    tr = make("trace", (to_term(sides),))
    letters, rows = write_combinations([cofactors])
    rate = make("diff", (_det(W),), fact.args[0].value)
    uses = [ref, ["adjugate", to_json(W)]]
    draft.add(equation(rate, mul(_det(W), tr)), "ideal", uses=uses, letters=letters, combinations=rows)
    by_ideal(draft, equation(tr, number(0)), SECONDS)


def _liouville(draft: Draft, W: Term, L: Term, variable: str) -> None:
    """det(W)' = det(W) tr(L), where W' = L W by the rules of differentiation."""
    rate, right = make("diff", (_det(W),), variable), mul(_det(W), make("trace", (L,)))
    by_ideal(draft, equation(rate, right), SECONDS)


def note_jacobi(draft: Draft, A: Term, variable: str) -> None:
    """Jacobi's formula for an invertible A: tr(adj(A) A') = det(A) tr(A^{-1} A')."""
    ref = draft.find(_adjugate_of_inverse(A))
    if ref is None:
        return
    rate = derivative(expand(A), variable)
    cofactors = [Cofactor(c, loops, (), 0, False, word) for (loops, word), c in rate.terms.items()]
    letters, rows = write_combinations([cofactors])
    adjugate, inner = (make("trace", (mul(X, to_term(rate)),)) for X in (make("adjugate", (A,)), inverse(A)))
    draft.add(
        equation(adjugate, mul(_det(A), inner)), "ideal", uses=[ref], letters=letters, combinations=rows
    )


def _adjugate_of_inverse(A: Term) -> Term:
    return equation(make("adjugate", (A,)), _det(A) * inverse(A))


def _known_invertible(draft: Draft, A: Term) -> bool:
    return any(draft.find(is_(name, A)) is not None for name in ("invertible", "spd"))


def congruent(draft: Draft, a: Term, b: Term, ref: Ref, function: str = "det") -> None:
    """det(a) = det(b), or tr(a) = tr(b), since a = b."""
    x = fresh("X", {t.name for t in subterms(equation(a, b)) if t.head == "symbol"}, a.shape)
    fa, fb, fx = (make(function, (t,)) for t in (a, b, x))
    _cite(draft, fa, fb, ["congruent", to_json(fx), to_json(x), ref], 0)


def _cite(draft: Draft, a: Term, b: Term, ref: Ref, index: int) -> None:
    """The equation a = b between numbers that a reference of the kernel stands for, unless it is one anyway."""
    claim = equation(a, b)
    if expand(a) != expand(b) and draft.find(claim) is None:
        draft.add(claim, "ideal", uses=[ref], letters=[], combinations=[[["1", [], [], index, False, []]]])


def _det(A: Term) -> Term:
    return make("det", (A,))


def _one(A: Term) -> Term:
    return identity(A.shape[0])
