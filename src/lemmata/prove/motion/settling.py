"""Limits of matrices that move at a linear rate: z -> 0 where z' = A z + z B + c z pulls z towards 0.

Let z = f - L and E = <z, z>, so that

    E' = 2 <z, A z> + 2 <z, z B> + 2 c E <= -a E    gives    E <= e^{-at} E(0)    and so    f -> L.

How fast, a, is read off: from a number c < 0 it is -2 c, as for the imbalance U^T U - V V^T of two layers under
weight decay (after Arora, Cohen and Hazan 2018).  From a term -Y^T M Y of A with M > 0, as the gradient has it
that a preconditioner M changes, it is 2 / (1 + ||M^{-1}|| ||Y^+||^2) for all z in Row(Y), since

    z^T z = |Y^+ Y z|^2 <= ||Y^+||^2 |Y z|^2,    |Y z|^2 <= ||M^{-1}|| (Y z)^T M (Y z).

What is followed may be an image X z from which z comes back, z = B X z: with B = X^+ where X has full column rank,
and on the invariant space Col(G A^T) of the preconditioned flow w' = -G A^T (A w - y) with X = A and
B = G A^T (A G A^T)^+, which is how its bias differs from that of the flow without G (Gunasekar, Lee, Soudry
and Srebro 2018).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let U, V, H : R^{n x n}(t), mu : positive
... assume \\\\dot U = V^T H - mu U, \\\\dot V = H U^T - mu V
... show lim_{t -> oo} (U U^T - V^T V) = 0''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused, expand, is_real, star_word, to_term, trace
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    add,
    exp,
    identity,
    inverse,
    make,
    mul,
    number,
    pinv,
    subterms,
    symbol,
    symbols_of,
)
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.motion.conserved import by_constancy
from lemmata.prove.motion.linearrates import linear_rates
from lemmata.prove.norms.normchains import instance_of
from lemmata.prove.order.gram import Row
from lemmata.prove.search import establish
from lemmata.terms.forms import diff, equation, is_, norm, power, relation

__all__ = ["by_settling"]

ONE = Fraction(1)
SECONDS = 0.5
MOST_TRIED = 2


def by_settling(draft: Draft, claim: Term) -> Ref | None:
    """lim f(t) = L for t -> oo, where f - L, or its image under an X of full column rank, shrinks."""
    if claim.head != "eq" or claim.args[0].head != "limit" or claim.args[0].args[2].head != "infinity":
        return None
    (f, t, _), L = claim.args[0].args, claim.args[1]
    moving = any(s.value[4] == t.name for s in symbols_of(f)) and t.name not in INDICES
    if not moving or draft.pointwise is not None or any(p.head in ("at", "limit") for p in subterms(f)):
        return None
    gap = f - L if expand(L) else f
    for image in (None, *_injective(draft, gap), *_observed(claim, gap)):
        with draft.attempt() as keep:
            try:
                back = None if image is None else _comes_back(draft, gap, image)
                z = gap if image is None else mul(image.X, gap)
                found = linear_rates(draft, z, t.name) if image is None or back is not None else []
            except Refused:
                continue
            for generator in found[:MOST_TRIED]:
                ref = _attempted(draft, claim, _Path(gap, z, image, back), t, generator)
                if ref is not None:
                    keep()
                    return ref
    return None


def _attempted(
    draft: Draft, claim: Term, path: _Path, t: Term, generator: tuple[Term, Term, Term]
) -> Ref | None:
    with draft.attempt() as keep:
        try:
            ref = _settles(draft, claim, path, t, generator)
        except Refused:
            return None
        if ref is not None:
            keep()
        return ref


@dataclass(frozen=True)
class _Image:
    """X with B such that z = B X z, and what that rests on: a rank, or a definite G."""

    X: Term
    B: Term
    S: Term | None = None
    """A G A^T, where X is A."""
    G: Term | None = None


@dataclass(frozen=True)
class _Path:
    """The gap f - L, what is followed, and how the gap comes back from it."""

    gap: Term
    z: Term
    image: _Image | None
    back: list[Ref] | None


def _observed(claim: Term, gap: Term) -> list[_Image]:
    """X = A and B = G A^T (A G A^T)^+ for the pseudoinverses of such products in the claim."""
    found = []
    for S in (t.args[0] for t in subterms(claim) if t.head == "pinv"):
        factors = S.args if S.head == "mul" else ()
        half = len(factors) // 2
        if len(factors) in (3, 5) and star_word(tuple(factors[half + 1 :])) == tuple(factors[:half]):
            X = mul(*factors[:half])
            if X.shape[1] == gap.shape[0] and not any(s.value[4] for s in symbols_of(S)):
                found.append(_Image(X, mul(factors[half], X.T, pinv(S)), S, factors[half]))
    return list(dict.fromkeys(found))[:MOST_TRIED]


def _comes_back(draft: Draft, gap: Term, image: _Image) -> list[Ref] | None:
    """The facts from which z = B X z follows; for a preconditioned flow that is one about all times."""
    if image.S is None or image.G is None:
        pairs = [(f, ref) for f, ref in draft.facts if f.head == "eq"]
        return [ref for fact, ref in pairs if any(a.head == "rank" for a in fact.args)]
    if establish(draft, is_("spd", image.G)) is None:
        return None
    same = establish(draft, equation(mul(image.S, pinv(image.S), image.X), image.X))
    back = None if same is None else by_constancy(draft, equation(gap, mul(image.B, image.X, gap)))
    return None if back is None else [back]


def _injective(draft: Draft, gap: Term) -> list[_Image]:
    """X and X^+ for the X of the facts rank(X) = n that may stand before the gap."""
    pairs = [pair for f, _ in draft.facts if f.head == "eq" for pair in (f.args, f.args[::-1])]
    ranks = [(r.args[0], size) for r, size in pairs if r.head == "rank" and size.head == "dim"]
    full = [X for X, size in ranks if X.shape[1] == gap.shape[0] == size.value]
    return [_Image(X, pinv(X)) for X in full][:MOST_TRIED]


def _settles(
    draft: Draft,
    claim: Term,
    path: _Path,
    t: Term,
    generator: tuple[Term, Term, Term],
) -> Ref | None:
    z = path.z
    A, B, c = generator
    terms = [mul(A, z)] * bool(expand(A)) + [mul(z, B)] * bool(expand(B)) + [mul(c, z)] * bool(expand(c))
    image = add(*terms) if len(terms) > 1 else terms[0]
    linear: Ref | None = None
    for pull in _pulls(draft, z, generator):
        linear = linear or by_ideal(draft, equation(diff(z, t.name), image), SECONDS)
        shrinks = None if linear is None else _shrinking(draft, z, image, t, pull, generator, linear)
        if shrinks is not None:
            return _squeezed(draft, claim, path, t, pull.speed, shrinks)
    return None


@dataclass(frozen=True)
class Pull:
    """E' <= -speed E, because of these rows."""

    speed: Term
    rows: tuple[Row, ...]


def _pulls(draft: Draft, z: Term, generator: tuple[Term, Term, Term]) -> Iterator[Pull]:
    """The parts of the rate that make z shrink; what the others add is nonnegative, or cancels."""
    A, B, c = generator
    slower = to_term(expand(mul(number(-2), c)))
    forms = list(_forms(draft, z, A, B))
    rows: list[Row] = [form.row for form in forms]
    if sign_of(slower) == 1:
        yield Pull(slower, tuple(rows))
        return
    if expand(c) and sign_of(slower, strict=False) == 1:
        rows.append((ONE, (slower,), z, None))
    for form in forms:
        pulled = _bounded_below(draft, form)
        if pulled is not None:
            yield Pull(pulled.speed, (*(row for row in rows if row is not form.row), *pulled.rows))


@dataclass(frozen=True)
class _Form:
    """A summand -c s v^T M v of E', as a row, where v = Y z, or v = z and no Y."""

    row: tuple[Fraction, tuple[Term, ...], Term, Ref]
    outer: Term | None


def _forms(draft: Draft, z: Term, A: Term, B: Term) -> Iterator[_Form]:
    """The terms -s Y^T M Y of A, and of B^T, where M is known to be definite."""
    for poly, x in ((expand(A), z), (expand(B).adjoint(), z.T)):
        for (loops, word), value in poly.terms.items():
            half = len(word) // 2
            scalars = tuple(mul(*loop) for loop in loops)
            odd = len(word) in (1, 3) and star_word(word[half + 1 :]) == word[:half]
            if value >= 0 or not odd or any(sign_of(s) != 1 for s in scalars):
                continue
            definite = establish(draft, is_("spd", word[half]))
            if definite is not None:
                Y = word[-1] if half else None
                yield _Form((-2 * value, scalars, x if Y is None else mul(Y, x), definite), Y)


def _bounded_below(draft: Draft, form: _Form) -> Pull | None:
    """c s v^T M v >= speed <z, z>, since  1 <= ||M^{-1}|| M  and  |z| = |Y^+ v| <= ||Y^+|| |v|."""
    size, scalars, v, definite = form.row
    (M,), Y = draft.fact(definite).args, form.outer
    if establish(draft, is_("invertible", M)) is None:
        return None
    weight = norm(inverse(M))
    below = establish(draft, relation("le", identity(M.shape[0]), mul(weight, M)))
    chain: list[tuple[tuple[Term, ...], Ref | None]] = [((), below)]
    if Y is not None:
        back, longest = pinv(Y), norm(pinv(Y))
        within = instance_of(draft, [symbol("Z'", *back.shape)], _gram_below, [back])
        chain = [((longest, longest), below), ((), within)]
        weight = mul(weight, longest, longest)
    share = inverse(add(number(1), weight))  # c s M = c s share (1 + weight) M
    rows: list[Row] = [(size, (*scalars, share), v, definite)]
    for factors, ref in chain:
        if ref is None:
            return None
        rows.append((size, (*scalars, share, *factors), v, ref))
    return Pull(mul(number(size), *scalars, share), tuple(rows))


def _gram_below(Z: Term) -> Term:
    """Z^T Z <= ||Z||^2 I."""
    return relation("le", mul(Z.T, Z), mul(norm(Z), norm(Z), identity(Z.shape[1])))


def _shrinking(
    draft: Draft, z: Term, image: Term, t: Term, pull: Pull, generator: tuple[Term, Term, Term], linear: Ref
) -> Ref | None:
    """e^{at} E <= E(0), by the rows; the facts about A, B and c alone are mostly enough."""
    product = expand(z).adjoint() * expand(image)
    product = trace(product) if z.shape[1] != 1 else product
    falls = product + product.adjoint() + expand(mul(pull.speed, _energy(z)))
    slows = relation("le", to_term(falls), number(0))
    own = {s for g in generator for s in symbols_of(g)}
    lasting = [(ref, set(symbols_of(f)) <= own) for f, ref in draft.facts if not _has_rates(f)]
    ref = None
    for known in ([ref for ref, about in lasting if about], [ref for ref, _ in lasting]):
        with draft.only([*known, *(row[3] for row in pull.rows if row[3] is not None)]):
            ref = ref or with_squares(draft, slows, difference(slows), list(pull.rows), SECONDS)
    if ref is None:
        return None
    weight = exp(mul(pull.speed, t))
    q = mul(weight, _energy(z))
    decay = relation("le", diff(q, t.name), number(0))
    rows: list[Row] = [(ONE, (weight,), number(1), ref)]
    with draft.only([ref, linear]):
        step = with_squares(draft, decay, difference(decay), rows, SECONDS)
    # Where z is a product, its rate has many words, and the equations of motion put in are fewer.
    step = step or with_squares(draft, decay, difference(decay), rows, SECONDS)
    start = value_at(q, t.name, number(0), t)
    return None if step is None else draft.add(relation("le", q, start), "constant", of=step)


def _squeezed(draft: Draft, claim: Term, path: _Path, t: Term, speed: Term, shrinks: Ref) -> Ref | None:
    """The limit, from <gap, gap> <= ||B||^2 <z, z> <= ||B||^2 E(0) e^{-at}."""
    z, start = path.z, draft.fact(shrinks).args[1]
    if not is_real(start):
        start = power(norm(value_at(z, t.name, number(0), t), "2" if z.shape[1] == 1 else "F"), 2)
    fading = exp(mul(number(-1), speed, t))
    rows: list[Row] = [(ONE, (fading,), number(1), shrinks)]
    if path.image is not None:
        back, longest = path.image.B, norm(path.image.B)
        within = instance_of(draft, [symbol("Z'", *back.shape)], _gram_below, [back])
        if within is None:
            return None
        rows = [(ONE, (fading, longest, longest), number(1), shrinks), (ONE, (), z, within)]
        start = mul(longest, longest, start)
    below = relation("le", _energy(path.gap), mul(start, fading))
    with draft.only([*(path.back or []), *(row[3] for row in rows if row[3] is not None)]):
        bound = with_squares(draft, below, difference(below), rows, SECONDS)

    def tends(level: Term, speed: Term) -> Term:
        body = mul(level, exp(mul(number(-1), speed, t)))
        return equation(make("limit", (body, *claim.args[0].args[1:]), claim.args[0].value), number(0))

    letters = [symbol("K"), symbol("c", domain="positive")]
    limit = None if bound is None else instance_of(draft, letters, tends, [start, speed])
    return None if limit is None else draft.add(claim, "squeeze", of=bound, limit=limit)


def _has_rates(fact: Term) -> bool:
    return any(t.head == "diff" for t in subterms(fact))


def _energy(z: Term) -> Term:
    """<z, z>."""
    if z.shape == SCALAR:
        return mul(z, z)
    return mul(z.T, z) if z.shape[1] == 1 else make("trace", (mul(z.T, z),))
