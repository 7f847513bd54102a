"""Inequalities between norms: compare squares, with Cauchy-Schwarz for the mixed terms.

||u + v|| <= ||u|| + ||v|| holds because the squares differ by 2 (||u|| ||v|| - <u, v>), and
<u, v> <= ||u|| ||v|| because ||u||^2 ||v||^2 - <u, v>^2 is half of ||u v^T - v u^T||_F^2.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, combinations_with_replacement, permutations

from lemmata.kernel.meaning import difference, is_vector_norm
from lemmata.kernel.poly import Refused, Word, expand, is_real, star_word, trace
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import (
    SCALAR,
    Term,
    add,
    identity,
    inverse,
    make,
    mul,
    number,
    pinv,
    subterms,
    symbol,
    symbols_of,
    to_json,
)
from lemmata.prove.algebra import by_squares_sum, with_squares
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.onematrix import by_singular_values
from lemmata.prove.order.gram import Row
from lemmata.prove.scalars import by_oracle, is_scalar
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import neg, norm, relation

__all__ = [
    "bounds_of_norms",
    "by_both_signs",
    "by_cauchy_schwarz",
    "by_cauchy_schwarz_through",
    "by_root",
    "cauchy_schwarz",
    "with_root",
    "without_differences",
]

MOST_NORMS = 4


def by_root(draft: Draft, claim: Term, seconds: float) -> Ref | None:
    """a <= b from a^2 <= b^2, where norms are in play; a - c <= b as a <= b + c."""
    if claim.head not in ("le", "ge") or not _of_real_numbers(claim):
        return None
    if not any(t.head == "norm" or (t.head == "call" and t.value == "abs") for t in subterms(claim)):
        return None
    moved = without_differences(claim)
    with draft.attempt() as keep:
        ref = _squared(draft, moved, [], seconds) or _with_cauchy_schwarz(draft, moved, seconds)
        if ref is None:
            bounds = bounds_of_norms(draft, moved)
            ref = _squared(draft, moved, bounds, seconds) if bounds else None
        if ref is not None and moved is not claim:
            with draft.only([ref]):
                ref = by_squares_sum(draft, claim, seconds)
        if ref is not None:
            keep()
        return ref


def _of_real_numbers(claim: Term) -> bool:
    """Whether both sides are scalars that equal their conjugates."""
    if claim.args[0].shape != SCALAR:
        return False
    try:
        return all(expand(a).adjoint() == expand(a) for a in claim.args)
    except Refused:
        return False


def without_differences(claim: Term) -> Term:
    """a <= b + c for a - c <= b; b >= a as a <= b."""
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    summands = _summands(small)
    negative = [a for a in summands if a.head == "mul" and a.args[0] is number(-1)]
    if negative:
        positive = [a for a in summands if a not in negative]
        small = add(*positive) if positive else number(0)
        large = add(*_summands(large), *(mul(*a.args[1:]) for a in negative))
    return claim if claim.head == "le" and not negative else relation("le", small, large)


def _summands(term: Term) -> tuple[Term, ...]:
    if term.head == "mul" and term.args[0] is number(-1) and term.args[1].head == "add":
        return tuple(neg(a) if a.args[:1] != (number(-1),) else mul(*a.args[1:]) for a in term.args[1].args)
    return term.args if term.head == "add" else (term,)


def _with_cauchy_schwarz(draft: Draft, claim: Term, seconds: float) -> Ref | None:
    """The mixed terms ||u|| ||v|| of the larger side's square are bounded below by <u, v> or -<u, v>."""
    norms = sorted({t for t in subterms(claim.args[1]) if is_vector_norm(t)}, key=repr)
    small = claim.args[0]
    if (small.value == "abs" or (small.args[:1] and small.args[0].shape == SCALAR)) and len(norms) == 2:
        u, v = (t.args[0] for t in norms)
        product = u.shape == v.shape and _squared(draft, claim, [_cauchy_squares(draft, u, v)], seconds)
        if product:
            return product
    pairs = [(a.args[0], b.args[0]) for a, b in combinations(norms, 2) if a.args[0].shape == b.args[0].shape]
    for signs in ((1,), (-1,)) if len(norms) <= MOST_NORMS and pairs else ():
        facts = [cauchy_schwarz(draft, u, v, sign, seconds) for u, v in pairs for sign in signs]
        ref = _squared(draft, claim, [f for f in facts if f is not None], seconds)
        if ref is not None:
            return ref
    return None


def _squared(draft: Draft, claim: Term, facts: list[Ref], seconds: float) -> Ref | None:
    small, large = claim.args
    if small.head == "norm" and small.value == "2" and small.args[0].shape[1] != 1:
        A = small.args[0]
        squares = relation("le", mul(A.T, A), mul(large, large, identity(A.shape[1])))
    else:
        squares = relation("le", mul(small, small), mul(large, large))
    kinds = ("eq", "le", "ge", "lt", "gt")
    plain = [ref for f, ref in draft.facts if f.head == "eq" or (f.head in kinds and is_scalar(f))]
    matrix = squares.args[0].shape != SCALAR
    ref = None
    if not facts:
        ref = by_singular_values(draft, squares) if matrix else _by_singular_values(draft, squares, seconds)
    if ref is None:
        with draft.only([*facts, *plain]):
            ref = by_squares_sum(draft, squares, seconds)
    if ref is None and facts and is_vector_norm(small):
        # ||s u + r v||^2 written out: as a letter its square is a relation that may lead astray.
        with draft.only([*facts, *plain]):
            found = by_squares_sum(draft, relation("le", small**2, mul(large, large)), seconds)
        if found is not None:
            with draft.only([found]):
                ref = by_squares_sum(draft, squares, seconds)
    if ref is None and matrix and not facts and small.args[0].shape[0] == small.args[0].shape[1]:
        # Pythagoras: b^2 I - M^T M = (b I - M)^T (b I - M) for M = b E, E an orthogonal projector
        rest = mul(large, identity(squares.args[0].shape[0])) - small.args[0]
        with draft.only([*facts, *plain, *_properties(draft)]):
            ref = with_squares(draft, squares, difference(squares), [(Fraction(1), (), rest, None)], 0.2)
    return None if ref is None else _rooted(draft, claim, ref)


def _properties(draft: Draft) -> list[Ref]:
    return [ref for fact, ref in draft.facts if fact.head == "is"]


def _rooted(draft: Draft, claim: Term, squares: Ref) -> Ref | None:
    """a <= b from a^2 <= b^2, once b >= 0 is seen or established."""
    large = claim.args[1] if claim.head == "le" else claim.args[0]
    if sign_of(large, strict=False) == 1 or not expand(large):
        return draft.add(claim, "root", of=squares)
    with draft.only([ref for fact, ref in draft.facts if is_scalar(fact)]):
        nonnegative = relation("le", number(0), large)
        above = by_squares_sum(draft, nonnegative, 0.5) or by_oracle(draft, nonnegative)
        above = above or by_singular_values(draft, nonnegative)
    return None if above is None else draft.add(claim, "root", of=squares, above=above)


def _by_singular_values(draft: Draft, squares: Term, seconds: float) -> Ref | None:
    """The same with ||a||^2 for ||a|| ||a||, tr(A^T A) for matrices and s for sqrt(s) sqrt(s)."""
    sides = [mul(*_powers(side)) for side in squares.args]
    with draft.attempt() as keep:
        ref = by_singular_values(draft, relation("le", *sides))
        if ref is not None:
            roots = [r for f, r in draft.facts if f.head == "eq" and any(map(_is_root, subterms(f)))]
            with draft.only([ref, *roots]):
                row: Row = (Fraction(1), (), number(1), ref)
                ref = with_squares(draft, squares, difference(squares), [row], seconds)
        if ref is not None:
            keep()
        return ref


def _powers(product: Term) -> list[Term]:
    """The factors of s s with each norm and root squared once: s s = c c r ||a||^2 for s = c sqrt(r) ||a||."""
    half = _factors(product.args[0]) if product.head == "mul" else [product]
    norms = [f for f in half if is_vector_norm(f)]
    roots = [f.args[0] for f in half if _is_root(f)]
    rest = [f for f in half if f not in norms and not _is_root(f)]
    return [
        *rest,
        *rest,
        *roots,
        *(f**2 if f.args[0].shape[1] == 1 else _square_sum(f.args[0]) for f in norms),
    ]


def _is_root(term: Term) -> bool:
    return term.head == "call" and term.value == "sqrt"


def _square_sum(A: Term) -> Term:
    return make("trace", (mul(A.T, A),))


def _factors(term: Term) -> list[Term]:
    return list(term.args) if term.head == "mul" else [term]


def cauchy_schwarz(draft: Draft, u: Term, v: Term, sign: int, seconds: float) -> Ref | None:
    """<u, v> <= ||u|| ||v||, or the same for -v; over the complex numbers of the real part."""
    real = is_real(u) and is_real(v)
    both, half = (_inner(u, v), _inner(v, u)), number(Fraction(1, 2))
    product = both[0] if real else mul(half, add(*both))
    kind = "2" if u.shape[1] == 1 else "F"
    sizes = mul(norm(u, kind), norm(v, kind))
    claim = relation("le", product if sign > 0 else neg(product), sizes)
    known = draft.find(claim)
    if known is not None:
        return known
    squares = relation("le", mul(product, product), mul(sizes, sizes))
    fact = _cauchy_squares(draft, u, v)
    with draft.only([fact]):
        if real:
            ref = by_squares_sum(draft, squares, seconds)
        else:  # |z|^2 = (Re z)^2 + (Im z)^2
            rows: list[Row] = [
                (Fraction(1, 4), (), add(both[0], neg(both[1])), None),
                (Fraction(1), (), number(1), fact),
            ]
            ref = with_squares(draft, squares, difference(squares), rows, seconds)
    return None if ref is None else draft.add(claim, "root", of=ref)


def _cauchy_squares(draft: Draft, u: Term, v: Term) -> Ref:
    squares = relation("le", mul(_inner(u, v), _inner(v, u)), mul(_inner(u, u), _inner(v, v)))
    return draft.find(squares) or draft.add(squares, "cauchy", left=to_json(u), right=to_json(v))


def _inner(u: Term, v: Term) -> Term:
    return make("inner", (u, v)) if u.shape[1] == 1 else make("trace", (mul(u.T, v),))


def by_cauchy_schwarz(draft: Draft, claim: Term) -> Ref | None:
    """<u, v>^2 <= <u, u> <v, v>, where the claim's products have that form."""
    try:
        poly = difference(claim)
    except Refused:
        return None
    if claim.head not in ("le", "ge") or poly.shape != SCALAR:
        return None
    halves = list(
        dict.fromkeys(h for scalars, _ in poly.terms for loop in scalars if (h := _half(loop)) is not None)
    )
    for u, v in combinations(halves, 2):
        if u.shape == v.shape:
            uu, uv, vu, vv = (trace(expand(a.T) * expand(b)) for a in (u, v) for b in (u, v))
            if poly == uu * vv - uv * vu:
                return draft.add(claim, "cauchy", left=to_json(u), right=to_json(v))
    return None


def by_cauchy_schwarz_through(draft: Draft, claim: Term) -> Ref | None:
    """a^2 <= b c by <u, v>^2 <= <u, u> <v, v> for likely u, v: G x, G y with S = G^T G, and A A^+, A."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        return None
    if not _has_products(claim):
        return None
    letters = symbols_of(claim)
    squares = [s for s in letters if s.shape[0] == s.shape[1] != 1 and not s.value[4]]
    for A in squares:
        with draft.attempt() as keep:
            _cauchy_squares(draft, mul(A, pinv(A)), A)
            ref = by_squares_sum(draft, claim, 0.5)
            if ref is not None:
                keep()
                return ref
        for kind in ("spd", "psd"):
            fact = draft.find(make("is", (A,), kind))
            # a complex S has a Gram factor too, but the kernel's rule names real ones only
            ref = with_root(draft, claim, A, fact) if fact is not None and is_real(A) else None
            if ref is not None:
                return ref
    return _through_squares(draft, claim)


def _through_squares(draft: Draft, claim: Term) -> Ref | None:
    """The same with L x and L X^+ y for an X = L^* L whose inverse or pseudoinverse the claim names."""
    named = [t for t in subterms(claim) if t.head in ("pinv", "inverse") and t.args[0].head == "mul"]
    for plus in dict.fromkeys(named):
        word = plus.args[0].args
        if len(word) % 2 or star_word(word) != word:
            continue
        root = word[len(word) // 2 :]
        vectors = [s for s in symbols_of(claim) if s.shape == (plus.shape[0], 1)]
        for x, y in permutations(vectors, 2):
            u, v = mul(*root, x), mul(*root, plus, y)
            with draft.attempt() as keep:
                row: Row = (Fraction(1), (), number(1), _cauchy_squares(draft, u, v))
                ref = with_squares(draft, claim, difference(claim), [row], 0.3)
                if ref is not None:
                    keep()
                    return ref
    return None


def _has_products(claim: Term) -> bool:
    """Whether a product of two forms occurs, or the claim is written as a^2 <= b c."""
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    if small.head in ("power", "mul") and large.head == "mul" and len(large.args) == 2:
        return True
    try:
        return any(sum(len(loop) > 1 for loop in loops) > 1 for loops, _ in difference(claim).terms)
    except Refused:
        return False


def with_root(draft: Draft, claim: Term, S: Term, fact: Ref) -> Ref | None:
    """The claim in the semi-inner product of S, which is that of G x and G y."""
    G = symbol("G'", *S.shape)
    premise = make("exists", (G, make("eq", (S, mul(G.T, G)))))
    vectors = [s for s in symbols_of(claim) if s.shape == (S.shape[0], 1)]
    for x, y in combinations_with_replacement(vectors, 2):
        pairs = [(mul(G, x), mul(G, y))] if x is not y else []
        cubes = any(
            loop.count(S) + loop.count(S.T) > 2 for loops, _ in difference(claim).terms for loop in loops
        )
        pairs += [(mul(G, x), mul(G, S, y))] if cubes else []
        if draft.fact(fact).value == "spd":
            pairs += [(mul(G, x), mul(G, inverse(S), y)), (mul(G, inverse(S), x), mul(G, y))][: 2 - (x is y)]
        if any(t.head == "pinv" and t.args[0] is S for t in subterms(claim)):
            pairs += [(mul(G, x), mul(G, pinv(S), y)), (mul(G, pinv(S), x), mul(G, y))][: 2 - (x is y)]
        for u, v in pairs:
            with draft.attempt() as keep:
                root = draft.add(premise, "gram", of=fact)
                inner = draft.inner([premise.args[-1]])
                row: Row = (Fraction(1), (), number(1), _cauchy_squares(inner, u, v))
                direct = with_squares(inner, claim, difference(claim), [row], 0.3)
                if direct is None and by_squares_sum(inner, claim, 0.5) is None:
                    continue
                keep()
                arrow = draft.add(make("implies", (premise, claim)), "implies", steps=inner.steps)
                return draft.add(claim, "logic", of=[arrow, root])
    return None


def _half(loop: Word) -> Term | None:
    """z, if the loop is z^T z or tr(z^T z)."""
    word = loop
    if loop[0].head == "trace":
        inner = loop[0].args[0]
        word = inner.args if inner.head == "mul" else (inner,)
    for turn in (word[k:] + word[:k] for k in range(len(word))):
        half = len(turn) // 2
        if len(turn) % 2 == 0 and turn[:half] == star_word(turn[half:]):
            return mul(*turn[half:])
    return None


def bounds_of_norms(draft: Draft, claim: Term) -> list[Ref]:
    """A^T A <= ||A||^2 I and A A^T <= ||A||^2 I for the matrices whose norms the claim names."""
    found = []
    for size in sorted(
        {t for t in subterms(claim) if t.head == "norm" and t.args[0].shape[1] != 1}, key=repr
    ):
        (A,) = size.args
        if A.head == "symbol":
            for square in (mul(A.T, A), mul(A, A.T)):
                bound = relation("le", square, mul(size, size, identity(square.shape[0])))
                ref = draft.find(bound) or by_singular_values(draft, bound)
                found += [ref] if ref is not None else []
    return found


# --- absolute values -------------------------------------------------------------------------


def by_both_signs(draft: Draft, claim: Term) -> Ref | None:
    """|c| <= b from c <= b and -c <= b: |c|^2 = c^2 <= b^2, since (b - c) (b + c) >= 0 and b >= 0."""
    from lemmata.prove.search import establish

    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    if claim.head not in ("le", "ge") or small.value != "abs" or not is_real(claim):
        return None
    (c,) = small.args
    refs = [establish(draft, relation("le", a, large)) for a in (c, -c)]
    if None in refs:
        return None
    one, letters, rows = (
        to_json(number(1)),
        *write_combinations([[Cofactor(Fraction(-1), (), (), 0, False, ())]]),
    )
    above = draft.add(
        relation("le", number(0), large), "positive", uses=[], letters=[], combination=[],
        squares=[["1/2", [], one, [ref]] for ref in refs],
    )  # fmt: skip
    squared = draft.add(
        relation("le", mul(small, small), mul(large, large)), "positive", uses=[["abs", to_json(c)]],
        letters=letters, combination=rows[0], squares=[["1", [], one, refs]],
    )  # fmt: skip
    return draft.add(claim, "root", of=squared, above=above)
