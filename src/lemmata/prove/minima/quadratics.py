"""Minimisers of quadratics: from "for all v, f(w) <= f(v)" to the normal equations.

f is read as v^T H v - 2 b^T v + c with H = H^T, and g = H w - b is half of the gradient at w.  For
matrices v the products are those of the trace, <g, g> = tr(g^T g).

At v = w - s g the hypothesis says 2 s g^T g <= s^2 h with h = g^T H g.  For s (1 + h^2) = q and q = g^T g
that is q^2 (2 h^2 - h + 2) <= 0; the bracket is positive, so that q = 0 and H w = b.  Nothing is asked of H.

Over the complex numbers H > 0 is needed here: f(w) - f(p) = (w - p)^* H (w - p) for p = H^{-1} b gives
w = p.  That H p = b suffices for a minimum is in minimality.py.

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
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import equation, is_, relation

__all__ = [
    "Quadratic", "fresh", "normal_equation", "positive", "product", "quadratic", "square", "use_stationarity",
]  # fmt: skip

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
    if least.head not in ("le", "ge") or v.shape[0] == 1 or (v.shape[1] != 1 and not is_real(least)):
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
            if is_real(v):
                b = b + word_poly(v.shape, rest, ends[0], -value / 2)
            elif star(v) in own[0]:  # v^* b, whose conjugate is another summand
                b = b + word_poly(v.shape, rest, ends[0], -value)
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


def product(a: Term, b: Term) -> Term:
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
            if f is None or draft.find(normal_equation(f.symmetric, f)) is not None:
                continue
            with draft.attempt() as keep:
                whole = ref if part is fact else draft.add(part, "logic", of=[ref])
                real = is_real(f.v) and is_real(f.H) and is_real(f.b)
                if real:
                    _stationary(draft, f, part.args[-1], whole, goal)
                elif _at_minimiser(draft, f, part.args[-1], whole, goal) is None:
                    continue
                found = True
                keep()
            plain = normal_equation(f.H, f)
            if draft.find(plain) is None:
                by_ideal(draft, plain, SECONDS)
    return found


def normal_equation(H: Term, f: Quadratic) -> Term:
    return equation(mul(H, f.w) if expand(H) else H @ f.w, f.b)


def _stationary(draft: Draft, f: Quadratic, body: Term, ref: Ref, goal: Term) -> Ref:
    """H w = b for the letters g, h, s of the argument above, which exist."""
    H = f.symmetric
    names = {s.name for p in (goal, *(fact for fact, _ in draft.facts)) for s in symbols_of(p)}
    g, h, s = (fresh(name, names, shape) for name, shape in (("g", f.v.shape), ("h", SCALAR), ("s", SCALAR)))
    q, m = product(g, g), number(1) + mul(h, h)
    gradient, form, divided = mul(H, f.w) - f.b, product(g, mul(H, g)), mul(q, inverse(m))
    result = normal_equation(H, f)
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


def fresh(name: str, names: set[str], shape: Shape, domain: str = "real") -> Term:
    """A letter of which nothing is known yet."""
    while name in names:
        name += "'"
    names.add(name)
    return symbol(name, *shape, domain)


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
    q, m = product(g, g), number(1) + mul(h, h)
    point = f.w - mul(s, g)
    below = draft.add(substitute(body, {f.v: point}), "instance", of=ref, terms=[to_json(point)])
    if body.head == "and":
        below = draft.add(substitute(body.args[0], {f.v: point}), "logic", of=[below])
    gain = relation("le", mul(number(2), s, q), mul(s, s, h))
    at_point = positive(draft, gain, [(ONE, number(1), below)], refs[:2], [
        (ONE, [(s,), (s,)], (), 1), (Fraction(-2), [(s,)], (g.T,), 0),
    ])  # fmt: skip
    # 15/8 q^2 + m^2 (s^2 h - 2 s q) + 2 q^2 (h - 1/4)^2 is a multiple of s m - q.
    Q, c = _loop(q), Fraction(8, 15)
    upper = positive(
        draft, relation("le", mul(q, q), number(0)),
        [(c, m, at_point), (2 * c, mul(q, h - number(Fraction(1, 4))), None)], refs[2:], [
            (-c, [(h,), Q], (), 0), (-c, [(h,), (s,)], (), 0), (-c, [(h,), (h,), (h,), (s,)], (), 0),
            (2 * c, [Q], (), 0), (2 * c, [(h,), (h,), Q], (), 0),
        ],
    )  # fmt: skip
    lower = positive(draft, relation("le", number(0), mul(q, q)), [(ONE, q, None)], [], [])
    both = draft.add(equation(mul(q, q), number(0)), "logic", of=[upper, lower])
    gone = square(draft, equation(q, number(0)), q, both)
    flat = square(draft, equation(g, make("zero", (), g.shape)), g, gone)
    _ideal(draft, result, [refs[0], flat], [(-ONE, [], (), 0), (ONE, [], (), 1)])


def _written(items: Items) -> tuple[list[Any], list[Any]]:
    return write_combinations([[Cofactor(c, tuple(s), left, i, False, ()) for c, s, left, i in items]])


def _ideal(draft: Draft, claim: Term, uses: list[Any], items: Items) -> Ref:
    letters, rows = _written(items)
    return draft.add(claim, "ideal", uses=uses, letters=letters, combinations=rows)


def positive(
    draft: Draft, claim: Term, rows: list[tuple[Fraction, Term, Ref | None]], uses: list[Any], items: Items
) -> Ref:
    letters, combinations = _written(items)
    squares = [[str(c), [], to_json(R), [] if ref is None else [ref]] for c, R, ref in rows]
    return draft.add(
        claim, "positive", uses=uses, letters=letters, squares=squares, combination=combinations[0]
    )


def square(draft: Draft, claim: Term, root: Term, vanishing: Ref, middle: Ref | None = None) -> Ref:
    letters, rows = _written([(ONE, [], (), 0)])
    squares = [[["1", [], to_json(root), [] if middle is None else [middle]]]]
    more = {"trace": True} if root.shape[1] != 1 else {}
    return draft.add(
        claim, "square", uses=[vanishing], letters=letters, combinations=rows, squares=squares, **more
    )


def _at_minimiser(draft: Draft, f: Quadratic, body: Term, ref: Ref, goal: Term) -> Ref | None:
    """w = H^{-1} b for H > 0: the lemma that w = p whenever H p = b, at p = H^{-1} b."""
    from lemmata.prove.search import establish

    definite = establish(draft, is_("spd", f.H))
    p_value = mul(inverse(f.H), f.b)
    level = by_ideal(draft, equation(mul(f.H, p_value), f.b), SECONDS) if definite is not None else None
    if definite is None or level is None:
        return None
    names = {s.name for q in (goal, *(fact for fact, _ in draft.facts)) for s in symbols_of(q)}
    p = fresh("p", names, f.v.shape, f.v.value[3])
    premise, result = equation(mul(f.H, p), f.b), equation(f.w, p)
    inner = draft.inner([]).inner([premise])
    least = inner.add(substitute(body, {f.v: p}), "instance", of=ref, terms=[to_json(p)])
    if body.head == "and":
        least = inner.add(substitute(body.args[0], {f.v: p}), "logic", of=[least])
    root, away = ["given", inner.given.index(draft.fact(definite))], f.w - p
    form = product(away, mul(f.H, away))
    below = relation("le", form, number(0))
    with inner.only([["given", len(inner.given) - 1], least, root]):
        upper = with_squares(inner, below, difference(below), [(ONE, (), number(1), least)], SECONDS)
    if upper is None:
        return None
    lower = positive(inner, relation("le", number(0), form), [(ONE, away, root)], [], [])
    both = inner.add(equation(form, number(0)), "logic", of=[upper, lower])
    square(inner, result, away, both, root)
    arrow = make("implies", (premise, result))
    steps = [{"claim": to_json(arrow), "rule": "implies", "steps": inner.steps}]
    lemma = draft.add(make("forall", (p, arrow)), "forall", steps=steps)
    special = substitute(arrow, {p: p_value})
    instance = draft.add(special, "instance", of=lemma, terms=[to_json(p_value)])
    return draft.add(special.args[1], "logic", of=[instance, level])
