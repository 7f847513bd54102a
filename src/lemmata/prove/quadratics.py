"""Minimisers of quadratics: "for all v, f(w) <= f(v)" and the normal equations, each from the other.

f is read as v^T H v - 2 b^T v + c with H = H^T, and g = H w - b is half of the gradient at w.  For
matrices v the products are those of the trace, <g, g> = tr(g^T g).

* Necessary.  At v = w - s g the hypothesis says 2 s g^T g <= s^2 h with h = g^T H g.  For s (1 + h^2) = q
  and q = g^T g that is q^2 (2 h^2 - h + 2) <= 0; the bracket is positive, so that q = 0 and H w = b.
  Nothing is asked of H.
* Sufficient.  If H p = b, then f(v) - f(p) = (v - p)^T H (v - p).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let S : R^{n x n}, b, w : R^n
... assume spd(S), forall v : R^n. 1/2 w^T S w - b^T w <= 1/2 v^T S v - b^T v
... show w = S^{-1} b''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Poly, Refused, Word, expand, is_real, star, star_word, to_term, word_poly
from lemmata.kernel.term import (
    SCALAR,
    Shape,
    Term,
    inverse,
    make,
    mul,
    number,
    substitute,
    subterms,
    symbol,
    symbols_of,
    to_json,
)
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.completion import Cofactor
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.terms.forms import equation, is_, relation

__all__ = ["by_minimality", "use_stationarity"]

ONE, HALF = Fraction(1), Fraction(1, 2)
SECONDS = 0.5


@dataclass(frozen=True)
class Quadratic:
    """0 <= D(v) = v^T H v - 2 b^T v + c with D(w) = 0; H need not be symmetric as it is written."""

    v: Term
    w: Term
    H: Term
    b: Term

    @property
    def symmetric(self) -> Term:
        H = expand(self.H)
        return to_term((H + H.adjoint()).scale(HALF))


def quadratic(fact: Term) -> Quadratic | None:
    """What "for all v, f(w) <= f(v)", possibly with more about those v, compares."""
    if fact.head != "forall" or len(fact.args) != 2:
        return None
    v, body = fact.args
    least = body.args[0] if body.head == "and" else body
    if least.head not in ("le", "ge") or v.shape[0] == 1 or not is_real(least):
        return None
    w = _other(v, *least.args)
    try:
        read = None if w is None else _read(difference(least), v)
    except Refused:
        return None
    return None if w is None or read is None else Quadratic(v, w, *read)


def _other(v: Term, a: Term, b: Term) -> Term | None:
    """w, where one side is f(v) and the other f(w)."""
    here, there = (a, b) if v in symbols_of(a) else (b, a)
    if v in symbols_of(there):
        return None
    candidates = (t for t in subterms(there) if t.sort == "matrix" and t.shape == v.shape)
    return next((w for w in candidates if substitute(here, {v: w}) is there), None)


def _read(D: Poly, v: Term) -> tuple[Term, Term] | None:
    n = v.shape[0]
    H, b = Poly((n, n), {}), Poly(v.shape, {})
    for (loops, _), value in D.terms.items():
        cycles = [_cycle(loop) for loop in loops]
        if any(v in subterms(x) for cycle in cycles for x in cycle if x not in (v, star(v))):
            return None
        own = [cycle for cycle in cycles if v in cycle or star(v) in cycle]
        rest = tuple(loop for loop, cycle in zip(loops, cycles, strict=True) if cycle not in own)
        ends = [_without(cycle, v) for cycle in own]
        if len(own) == 1 and ends[0] is None:
            middle = _between(own[0], v)
            if middle is None:
                return None
            H = H + word_poly((n, n), rest, middle, value)
        elif len(own) == 1 and ends[0] is not None:
            b = b + word_poly(v.shape, rest, ends[0], -value / 2)
        elif len(own) == 2 and ends[0] and ends[1] and v.shape[1] == 1:
            H = H + word_poly((n, n), rest, (*ends[0], *star_word(ends[1])), value)
        elif own:
            return None
    return to_term(H), to_term(b)


def _cycle(loop: Word) -> Word:
    """The word whose trace a scalar is."""
    if len(loop) == 1 and loop[0].head == "trace":
        (inner,) = loop[0].args
        return inner.args if inner.head == "mul" else (inner,)
    return loop


def _without(cycle: Word, v: Term) -> Word | None:
    """l, if the trace is that of l^T v; None if v occurs twice."""
    places = [i for i, x in enumerate(cycle) if x in (v, star(v))]
    if len(places) != 1:
        return None
    (i,) = places
    rest = cycle[i + 1 :] + cycle[:i]
    return star_word(rest) if cycle[i] is v else rest


def _between(cycle: Word, v: Term) -> Word | None:
    """M, if the trace is that of v^T M v."""
    if star(v) not in cycle:
        return None
    i = cycle.index(star(v))
    turned = cycle[i + 1 :] + cycle[:i]
    return turned[:-1] if turned and turned[-1] is v and not {v, star(v)} & set(turned[:-1]) else None


def _product(a: Term, b: Term) -> Term:
    """<a, b>."""
    return mul(a.T, b) if a.shape[1] == 1 else make("trace", (mul(a.T, b),))


# --- necessary -------------------------------------------------------------------------------


def use_stationarity(draft: Draft, goal: Term) -> bool:
    """Add H w = b for every quadratic that the facts say w minimises; True if one was new."""
    found = False
    for fact, ref in draft.facts:
        parts = [p for p in fact.args if p.head == "forall"] if fact.head == "and" else [fact]
        for part in parts:
            f = quadratic(part)
            if f is None or draft.find(_normal_equation(f.symmetric, f)) is not None:
                continue
            with draft.attempt() as keep:
                whole = ref if part is fact else draft.add(part, "logic", of=[ref])
                _stationary(draft, f, part.args[-1], whole, goal)
                found = True
                keep()
            plain = _normal_equation(f.H, f)
            if draft.find(plain) is None:
                by_ideal(draft, plain, SECONDS)
    return found


def _normal_equation(H: Term, f: Quadratic) -> Term:
    return equation(mul(H, f.w) if expand(H) else H @ f.w, f.b)


def _stationary(draft: Draft, f: Quadratic, body: Term, ref: Ref, goal: Term) -> Ref:
    """H w = b for the letters g, h, s of the argument above, which exist."""
    H = f.symmetric
    names = {s.name for p in (goal, *(fact for fact, _ in draft.facts)) for s in symbols_of(p)}
    g, h, s = (_fresh(name, names, shape) for name, shape in (("g", f.v.shape), ("h", SCALAR), ("s", SCALAR)))
    q, m = _product(g, g), number(1) + mul(h, h)
    gradient, form, divided = mul(H, f.w) - f.b, _product(g, mul(H, g)), mul(q, inverse(m))
    result = _normal_equation(H, f)
    premises = [equation(g, gradient), equation(h, form), equation(mul(s, m), q)]
    reasons: list[tuple[list[Any], Items]] = [
        ([], []), ([], []), ([["inverse", to_json(m), None]], [(ONE, [_loop(q)], (), 0)]),
    ]  # fmt: skip
    levels = [draft]
    for premise in premises:
        levels.append(levels[-1].inner([]).inner([premise]))
    refs = [["given", len(level.given) - 1] for level in levels[1:]]
    _descend(levels[3], f, body, ref, refs, (g, h, s), result)
    for i, (x, value) in reversed([*enumerate([(g, gradient), (h, form), (s, divided)])]):
        ref = _for_any(levels[i], x, value, premises[i], result, levels[i + 1], reasons[i])
    return ref


Items = list[tuple[Fraction, list[Word], Word, int]]


def _loop(scalar: Term) -> Word:
    """The one factor of a scalar."""
    (((loop,), _),) = expand(scalar).terms
    return loop


def _fresh(name: str, names: set[str], shape: Shape) -> Term:
    while name in names:
        name += "'"
    names.add(name)
    return symbol(name, *shape)


def _for_any(
    draft: Draft,
    x: Term,
    value: Term,
    premise: Term,
    result: Term,
    inner: Draft,
    why: tuple[list[Any], Items],
) -> Ref:
    """The result, as it holds for all x with the premise, and the value is such an x."""
    arrow = make("implies", (premise, result))
    steps = [{"claim": to_json(arrow), "rule": "implies", "steps": inner.steps}]
    lemma = draft.add(make("forall", (x, arrow)), "forall", steps=steps)
    special = substitute(premise, {x: value})
    known = _ideal(draft, special, *why)
    instance = draft.add(make("implies", (special, result)), "instance", of=lemma, terms=[to_json(value)])
    return draft.add(result, "logic", of=[instance, known])


def _descend(
    draft: Draft, f: Quadratic, body: Term, ref: Ref, refs: list[Any], letters: tuple[Term, ...], result: Term
) -> None:
    g, h, s = letters
    q, m = _product(g, g), number(1) + mul(h, h)
    point = f.w - mul(s, g)
    below = draft.add(substitute(body, {f.v: point}), "instance", of=ref, terms=[to_json(point)])
    if body.head == "and":
        below = draft.add(substitute(body.args[0], {f.v: point}), "logic", of=[below])
    gain = relation("le", mul(number(2), s, q), mul(s, s, h))
    at_point = _positive(draft, gain, [(ONE, number(1), below)], refs[:2], [
        (ONE, [(s,), (s,)], (), 1), (Fraction(-2), [(s,)], (g.T,), 0),
    ])  # fmt: skip
    # 15/8 q^2 + m^2 (s^2 h - 2 s q) + 2 q^2 (h - 1/4)^2 is a multiple of s m - q.
    Q, c = _loop(q), Fraction(8, 15)
    upper = _positive(
        draft, relation("le", mul(q, q), number(0)),
        [(c, m, at_point), (2 * c, mul(q, h - number(Fraction(1, 4))), None)], refs[2:], [
            (-c, [(h,), Q], (), 0), (-c, [(h,), (s,)], (), 0), (-c, [(h,), (h,), (h,), (s,)], (), 0),
            (2 * c, [Q], (), 0), (2 * c, [(h,), (h,), Q], (), 0),
        ],
    )  # fmt: skip
    lower = _positive(draft, relation("le", number(0), mul(q, q)), [(ONE, q, None)], [], [])
    both = draft.add(equation(mul(q, q), number(0)), "logic", of=[upper, lower])
    gone = _square(draft, equation(q, number(0)), q, both)
    flat = _square(draft, equation(g, make("zero", (), g.shape)), g, gone)
    _ideal(draft, result, [refs[0], flat], [(-ONE, [], (), 0), (ONE, [], (), 1)])


def _written(items: Items) -> tuple[list[Any], list[Any]]:
    return write_combinations([[Cofactor(c, tuple(s), left, i, False, ()) for c, s, left, i in items]])


def _ideal(draft: Draft, claim: Term, uses: list[Any], items: Items) -> Ref:
    letters, rows = _written(items)
    return draft.add(claim, "ideal", uses=uses, letters=letters, combinations=rows)


def _positive(
    draft: Draft, claim: Term, rows: list[tuple[Fraction, Term, Ref | None]], uses: list[Any], items: Items
) -> Ref:
    letters, combinations = _written(items)
    squares = [[str(c), [], to_json(R), [] if ref is None else [ref]] for c, R, ref in rows]
    return draft.add(
        claim, "positive", uses=uses, letters=letters, squares=squares, combination=combinations[0]
    )


def _square(draft: Draft, claim: Term, root: Term, vanishing: Ref, middle: Ref | None = None) -> Ref:
    letters, rows = _written([(ONE, [], (), 0)])
    squares = [[["1", [], to_json(root), [] if middle is None else [middle]]]]
    more = {"trace": True} if root.shape[1] != 1 else {}
    return draft.add(
        claim, "square", uses=[vanishing], letters=letters, combinations=rows, squares=squares, **more
    )


# --- sufficient ------------------------------------------------------------------------------


def by_minimality(draft: Draft, claim: Term) -> Ref | None:
    """For all v, f(p) <= f(v) (and p alone does so well), from H p = b and H >= 0 (H > 0)."""
    f = quadratic(claim)
    if f is None or any(f.v in symbols_of(fact) for fact, _ in draft.facts):
        return None
    from lemmata.prove.search import establish

    parts = claim.args[-1].args if claim.args[-1].head == "and" else claim.args[-1:]
    unique = [part for part in parts[1:] if _says_unique(part, f)]
    if len(unique) + 1 != len(parts) or not expand(f.H):
        return None
    definite = establish(draft, is_("spd" if unique else "psd", f.H))
    level = by_ideal(draft, _normal_equation(f.H, f), 2 * SECONDS) if definite is not None else None
    if definite is None or level is None:
        return None
    letter = f.w.head == "symbol"
    names = {s.name for p in (claim, *(fact for fact, _ in draft.facts)) for s in symbols_of(p)}
    p = f.w if letter else _fresh("p", names, f.v.shape)
    general = Quadratic(f.v, p, f.H, f.b)
    body, normal = substitute(claim.args[-1], {f.w: p}), _normal_equation(f.H, general)
    if substitute(body, {p: f.w}) is not claim.args[-1]:
        return None
    with draft.attempt() as keep:
        outer = draft if letter else draft.inner([])
        inner = outer if letter else outer.inner([normal])
        known = level if letter else ["given", len(inner.given) - 1]
        definite = definite if letter else _shifted(draft, definite)
        if _least(inner, general, body, definite, known) is None:
            return None
        keep()
        if letter:
            return draft.find(claim)
        least = make("forall", (f.v, body))
        outer.add(make("implies", (normal, least)), "implies", steps=inner.steps)
        lemma = draft.add(make("forall", (p, make("implies", (normal, least)))), "forall", steps=outer.steps)
        special = make("implies", (substitute(normal, {p: f.w}), claim))
        arrow = draft.add(special, "instance", of=lemma, terms=[to_json(f.w)])
        return draft.add(claim, "logic", of=[arrow, level])


def _shifted(draft: Draft, ref: Ref) -> Ref:
    """The reference to a fact of the draft as sub-proofs make it."""
    return ref if ref[0] == "given" else ["given", len(draft.given) + ref[1]]


def _says_unique(part: Term, f: Quadratic) -> bool:
    return part.head == "implies" and part.args[1] in (equation(f.v, f.w), equation(f.w, f.v))


def _least(draft: Draft, f: Quadratic, body: Term, definite: Ref, level: Ref) -> Ref | None:
    """The general statement for p with H p = b, by a sub-proof that ends in the body."""
    inner = draft.inner([])
    definite, level = _shifted(draft, definite), _shifted(draft, level)
    parts = body.args if body.head == "and" else (body,)
    away = f.v - f.w
    form = _product(away, mul(f.H, away))
    symmetry = [
        ref for fact, ref in inner.facts if fact.head == "is" or fact.head in ("le", "ge", "lt", "gt")
    ]
    with inner.only([level, *symmetry, *(ref for fact, ref in inner.facts if _is_symmetry(fact))]):
        refs = [with_squares(inner, parts[0], difference(parts[0]), [(ONE, (), away, definite)], SECONDS)]
        for part in parts[1:]:
            under = inner.inner([part.args[0]])
            premise = ["given", len(under.given) - 1]
            local = [_shifted(inner, level), premise, *(_shifted(inner, ref) for ref in symmetry)]
            with under.only(local):
                below = relation("le", form, number(0))
                upper = with_squares(
                    under, below, difference(below), [(ONE, (), number(1), premise)], SECONDS
                )
            if upper is None:
                return None
            root = _shifted(inner, definite)
            lower = _positive(under, relation("le", number(0), form), [(ONE, away, root)], [], [])
            both = under.add(equation(form, number(0)), "logic", of=[upper, lower])
            _square(under, part.args[1], away, both, root)
            refs.append(inner.add(part, "implies", steps=under.steps))
    if None in refs:
        return None
    if len(parts) > 1:
        inner.add(body, "logic", of=refs)
    return draft.add(make("forall", (f.v, body)), "forall", steps=inner.steps)


def _is_symmetry(fact: Term) -> bool:
    """S^T = S, and equations with no vectors in them."""
    return fact.head == "eq" and all(s.shape[1] != 1 or s.shape == SCALAR for s in symbols_of(fact))
