"""Cauchy and Schwarz in the trace inner product: tr(U^T V)^2 <= tr(U^T U) tr(V^T V).

Which U and V is read off what is squared: a trace tr(W) is <U, V> for each way to cut the word W, turned if need be,
into U^T V, with a projection that W may be given more of (tr(A) = tr(A A^+ A)); a rank is tr(A^+ A), a dimension
tr(A^{-1} A) or tr(I), and with S = G^T G all this is so of G and G X.  So

    tr(A)^2 = <A A^+, A>^2 <= rank(A) ||A||_F^2,     rank(A)^2 = <(A^+)^T, A>^2 <= ||A^+||_F^2 ||A||_F^2.

For complex matrices |<U, V>|^2 is <U, V> times its conjugate <V, U>; that a trace is real must then be seen from both.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{n x n}\\nshow tr(A)^2 <= rank(A) ||A||_F^2")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from lemmata.kernel.meaning import is_vector_norm
from lemmata.kernel.poly import Poly, expand, is_real, to_term
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
    subterms,
    symbol,
    to_json,
)
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.norms.normchains import instance_of
from lemmata.prove.norms.realroots import root_of_real
from lemmata.prove.order.gram import Row
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import call, equation, relation

__all__ = ["by_trace_cauchy"]

ONE = Fraction(1)
MOST_PAIRS = 24
SECONDS = 0.2


@dataclass(frozen=True)
class _Shape:
    """|a|^2 <= b c, the claim itself or what it is the root of."""

    a: Term
    b: Term
    c: Term
    is_root: bool


def by_trace_cauchy(draft: Draft, claim: Term) -> Ref | None:
    """|a|^2 <= b c, or |a| <= sqrt(b) sqrt(c), for a trace, a rank, a dimension or an inner product a."""
    shape = _shape(claim) if claim.head in ("le", "ge") and claim.args[0].shape == SCALAR else None
    if shape is None:
        return None
    with draft.attempt() as keep:
        told = [*_roots(draft, claim), *_reality(draft, shape)]
        for U, V, fact in islice(_pairs(draft, shape.a), MOST_PAIRS):
            draft.clock()
            with draft.attempt() as keep_pair:
                ref = _through(draft, claim, shape, (U, V), fact, told)
                if ref is not None:
                    keep_pair()
                    keep()
                    return ref
    return None


# --- the claim -------------------------------------------------------------------------------


def _shape(claim: Term) -> _Shape | None:
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    factors = large.args if large.head == "mul" else (large, large)
    factors = (large.args[0],) * 2 if large.head == "power" and large.args[1] is number(2) else factors
    if len(factors) != 2:
        return None
    squared = _under_the_square(small)
    if squared is not None:
        return _Shape(_bare(squared), *factors, False) if large.head in ("mul", "power") else None
    norms = large.head == "mul" and any(is_vector_norm(f) or f.value == "sqrt" for f in factors)
    b, c = (_square(f) for f in factors)
    return _Shape(_bare(small), b, c, True) if norms and _is_form(_bare(small)) else None


def _under_the_square(term: Term) -> Term | None:
    """s, where the term is s^2."""
    if term.head == "power" and term.args[1].head == "number":
        half = term.args[1].value / 2
        return term.args[0] if half == 1 else term.args[0] ** number(half) if half in (2, 3) else None
    return (
        term.args[0] if term.head == "mul" and len(term.args) == 2 and term.args[0] is term.args[1] else None
    )


def _bare(term: Term) -> Term:
    """z for |z|."""
    modulus = term.value == "abs" or (term.head == "norm" and term.args[0].shape == SCALAR)
    return term.args[0] if modulus else term


def _is_form(term: Term) -> bool:
    """Whether Cauchy and Schwarz have to say something of the term."""
    heads = ("trace", "rank", "dim", "inner", "mul")
    return term.head in heads or (term.head == "power" and term.args[0].value == "F")


def _square(factor: Term) -> Term:
    if factor.value == "sqrt":
        return factor.args[0]
    return factor**2 if is_vector_norm(factor) else mul(factor, factor)


def _roots(draft: Draft, claim: Term) -> list[Ref]:
    """sqrt(n)^2 = n for the roots that are seen to be of nonnegative numbers."""
    s = symbol("s'", domain="nonnegative")
    roots = dict.fromkeys(t for t in subterms(claim) if t.value == "sqrt" and sign_of(t.args[0], False) == 1)
    found = [instance_of(draft, [s], _is_root, list(root.args)) for root in roots]
    return [ref for ref in found if ref is not None]


def _reality(draft: Draft, shape: _Shape) -> list[Ref]:
    """That a number whose root is taken is its own conjugate, as tr(S) of a Hermitian matrix is."""
    conjugate = to_term(expand(shape.a.T))
    if not shape.is_root or expand(shape.a) == expand(conjugate):
        return []
    real = equation(conjugate, shape.a)
    ref = draft.find(real) or by_ideal(draft, real, SECONDS)
    return [] if ref is None else [ref]


def _is_root(s: Term) -> Term:
    return equation(mul(call("sqrt", s), call("sqrt", s)), s)


# --- the two factors -------------------------------------------------------------------------

Pair = tuple[Term, Term, tuple[Term, Ref] | None]
"""U, V, and where they are made of it the fact that there is G with S = G^T G."""


def _pairs(draft: Draft, a: Term) -> Iterator[Pair]:
    """U and V with <U, V> = a, the most likely first."""
    for U, V in _cuts(draft, a):
        if U.shape == V.shape:
            yield U, V, None
    for fact, ref in draft.facts:
        if (
            fact.head == "is"
            and fact.value in ("psd", "spd")
            and fact.args[0].head == "symbol"
            and is_real(fact)
        ):
            (S,) = fact.args
            G = symbol("G'", *S.shape)
            inverses = [pinv(S), inverse(S)] if fact.value == "spd" else [pinv(S)]
            if a.head in ("rank", "dim"):
                yield from ((mul(G, X), G, (S, ref)) for X in inverses)
            for before, after in _around(a, S):
                yield mul(G, before.T) if before.head != "identity" else G, mul(G, after), (S, ref)


def _cuts(draft: Draft, a: Term) -> Iterator[tuple[Term, Term]]:
    if a.head == "rank":
        (A,) = a.args
        yield pinv(A).T, A
        yield pinv(A), A.T
    if a.head == "dim":
        for fact, _ in draft.facts:
            if fact.head == "is" and fact.value in ("invertible", "spd"):
                A = fact.args[0]
                yield inverse(A).T, A
                yield inverse(A), A.T
            if fact.head == "eq" and a in fact.args:
                for (A,) in (k.args for k in fact.args if k.head == "rank"):
                    yield pinv(A).T, A
                    yield pinv(A), A.T
    if a.head == "inner" or (a.head == "mul" and a.shape == SCALAR):
        U = a.args[0]
        yield (U, a.args[1]) if a.head == "inner" else (U.T, mul(*a.args[1:]))
    if a.head == "power" and a.args[0].value == "F":
        (A,) = a.args[0].args
        yield mul(pinv(A), A), mul(A.T, A)
        yield mul(A, pinv(A)), mul(A, A.T)
    if a.head == "trace":
        (W,) = a.args
        word = W.args if W.head == "mul" else (W,)
        turned = [word[k:] + word[:k] for k in range(len(word))]
        yield from ((mul(*w[:k]).T, mul(*w[k:])) for w in turned for k in range(1, len(w)))
        projections = [f.args[0] for f, _ in draft.facts if f.value == "projection"]
        for w in turned:
            V, n = mul(*w), w[0].shape[0]
            yield from ((P, V) for P in projections if P is w[0])
            yield mul(w[0], pinv(w[0])), V
            yield mul(pinv(w[-1]), w[-1]), V
            yield identity(n), V
        if W.head == "symbol" or len(word) > 1:
            yield mul(W, pinv(W)), W


def _around(a: Term, S: Term) -> Iterator[tuple[Term, Term]]:
    """What stands before and after S in a trace, turned: tr(B S C) as <G B^T, G C>."""
    if a.head != "trace":
        return
    word = a.args[0].args if a.args[0].head == "mul" else (a.args[0],)
    for k, X in enumerate(word):
        if X is S:
            rest = word[k + 1 :] + word[:k]
            yield identity(S.shape[0]), mul(*rest) if rest else identity(S.shape[0])


# --- the proof -------------------------------------------------------------------------------


def _through(
    draft: Draft,
    claim: Term,
    shape: _Shape,
    pair: tuple[Term, Term],
    fact: tuple[Term, Ref] | None,
    told: list[Ref],
) -> Ref | None:
    """The claim by Cauchy and Schwarz for this pair, under the premise that there is G if it names one."""
    if fact is None:
        return _by_pair(draft, claim, shape, pair, told)
    S, ref = fact
    G = symbol("G'", *S.shape)
    premise = make("exists", (G, equation(S, mul(G.T, G))))
    root = draft.add(premise, "gram", of=ref)
    inner = draft.inner([premise.args[-1]])
    if _by_pair(inner, claim, shape, pair, told) is None:
        return None
    arrow = draft.add(make("implies", (premise, claim)), "implies", steps=inner.steps)
    return draft.add(claim, "logic", of=[arrow, root])


def _by_pair(
    draft: Draft, claim: Term, shape: _Shape, pair: tuple[Term, Term], told: list[Ref]
) -> Ref | None:
    U, V = pair
    known = _known_equal(draft, [(shape.b, _inner(U, U)), (shape.c, _inner(V, V))])
    if known is None:
        known = _known_equal(draft, [(shape.c, _inner(U, U)), (shape.b, _inner(V, V))])
    product = None if known is None else _known_equal(draft, [(shape.a, _inner(U, V))])
    if known is None or product is None:
        return None
    if not is_real(U):
        product += [_conjugate(draft, ref) for ref in product]
    cauchy = _cauchy(draft, U, V)
    row: Row = (ONE, (), number(1), cauchy)
    squares = relation("le", mul(shape.a.T, shape.a), mul(shape.b, shape.c))
    with draft.only([cauchy, *known, *product, *told]):
        ref = with_squares(draft, squares, expand(squares.args[1]) - expand(squares.args[0]), [row], SECONDS)
    if ref is None:
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    wanted = relation("le", mul(small, small), mul(large, large)) if shape.is_root else claim
    row = (ONE, (), number(1), ref)
    with draft.only([ref, *told]):
        ref = with_squares(draft, wanted, _gap(wanted), [row], SECONDS)
    if ref is None or not shape.is_root:
        return ref
    if expand(small) != expand(small).adjoint():
        with draft.only([ref, *told]):
            return root_of_real(draft, claim, ref)
    return draft.add(claim, "root", of=ref) if sign_of(large, strict=False) == 1 else None


def _gap(claim: Term) -> Poly:
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    return expand(large) - expand(small)


def _inner(U: Term, V: Term) -> Term:
    return mul(U.T, V) if U.shape[1] == 1 else make("trace", (mul(U.T, V),))


def _known_equal(draft: Draft, pairs: list[tuple[Term, Term]]) -> list[Ref] | None:
    """What says that these numbers are equal; nothing for those that are written alike."""
    found: list[Ref] = []
    for a, b in pairs:
        if expand(a) == expand(b):
            continue
        equal = equation(b, a)
        ref = draft.find(equal) or by_ideal(draft, equal, SECONDS)
        if ref is None:
            return None
        found.append(ref)
    return found


def _conjugate(draft: Draft, ref: Ref) -> Ref:
    """The equation between the conjugates of two numbers from that between the numbers."""
    claim = equation(*(to_term(expand(a.T)) for a in draft.fact(ref).args))
    letters, rows = write_combinations([[Cofactor(ONE, (), (), 0, True, ())]])
    return draft.find(claim) or draft.add(claim, "ideal", uses=[ref], letters=letters, combinations=rows)


def _cauchy(draft: Draft, U: Term, V: Term) -> Ref:
    squares = relation("le", mul(_inner(U, V), _inner(V, U)), mul(_inner(U, U), _inner(V, V)))
    return draft.find(squares) or draft.add(squares, "cauchy", left=to_json(U), right=to_json(V))
