"""The mean value inequality: ||z|| <= B at all times, where ||z(0)|| <= B(0) and ||z'|| <= B'.

More is true: it is enough that Re <z, z'> <= ||z|| B', so that of z' = A z + g with A + A^* <= 0 only ||g|| <= B' is
asked.  A norm has no derivative where it vanishes, but with a margin r > 0 and b = B + r

    (||z||^2 / b)'  <=  2 B' ||z|| / b - B' ||z||^2 / b^2  =  B' - B' (1 - ||z|| / b)^2  <=  B',

so that ||z||^2 <= b B for every r (norms/margins.py goes on from there).  Of the spectral norm of a matrix Z it is
said of Z v for all v.  Dieudonne, Foundations of Modern Analysis (1960), 8.5; for the dissipative part Soederlind,
The logarithmic norm, BIT 46 (2006).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let x : R^n(t), c : nonnegative
... assume ||\\\\dot x|| <= c
... show ||x - x(0)|| <= c t''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import isqrt

from lemmata.kernel.meaning import difference, is_vector_norm
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused, depends_on, expand, is_real, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import (
    SCALAR,
    Term,
    add,
    exp,
    identity,
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
from lemmata.prove.algebra import by_ideal, by_squares_sum, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.motion.exponentialnorms import by_exponential_growth
from lemmata.prove.motion.growth import by_growth
from lemmata.prove.motion.splittings import Split, splits
from lemmata.prove.norms.margins import with_margins, without_margins
from lemmata.prove.norms.normchains import (
    bound_of_vector,
    known_bounds,
    norm_of,
    parts_of,
    rows_add_up,
    unit_bound,
)
from lemmata.prove.norms.norms import by_root, cauchy_schwarz
from lemmata.prove.norms.operatornorms import by_operator_norm
from lemmata.prove.onematrix import by_singular_values
from lemmata.prove.order.gram import Row
from lemmata.prove.order.vectors import for_all_vectors, new_vector
from lemmata.prove.scalars import by_arithmetic
from lemmata.prove.search import establish
from lemmata.terms.forms import diff, equation, norm, relation, zero

__all__ = ["by_mean_value"]

ONE = Fraction(1)
SECONDS = 0.5
TIMES = ("time", "nonnegative")
NOTHING = number(0)


def by_mean_value(draft: Draft, claim: Term) -> Ref | None:
    """||z|| <= B for functions of a time t that B names outside of exponents."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not is_real(claim):
        return None
    small, large = _roots(*(claim.args if claim.head == "le" else claim.args[::-1]))
    if draft.pointwise is not None or draft.inducting or not _is_size(small) or sign_of(large, False) != 1:
        return None
    clocks = _clocks(draft, small, large)
    if not clocks and any(t.head == "exp" and t.shape != SCALAR for t in subterms(small)):
        return _at_one(draft, claim, small, large)
    for clock in clocks:
        with draft.attempt() as keep:
            try:
                spectral = small.value == "2" and 1 not in small.args[0].shape
                ref = (_of_matrix if spectral else _bounded)(draft, small, large, clock)
            except Refused:
                continue
            if ref is None:
                continue
            bound = relation("le", small, large)
            if claim is not bound:
                squared = small not in claim.args
                scales: list[tuple[Term, ...]] = [(small,), (large,)] if squared else [()]
                ref = rows_add_up(draft, claim, [(ONE, s, number(1), ref) for s in scales])
            if ref is not None:
                keep()
                return ref
    return None


def _at_one(draft: Draft, claim: Term, small: Term, large: Term) -> Ref | None:
    """The bound s B for e^{sA} in place of e^A and all s >= 0, at s = 1."""
    inside = subterms(small)
    exponents = [t for t in inside if t.head == "exp"]
    taken = {s.name for p in (claim, *draft.letters, *(f for f, _ in draft.facts)) for s in symbols_of(p)}
    if small.head != "norm" or any(t.head in ("at", "diff") for t in inside):
        return None
    s = symbol(next(n for n in ("s", "r", "s'", "s''") if n not in taken), domain="nonnegative")
    general = relation("le", substitute(small, {t: exp(mul(s, t.args[0])) for t in exponents}), mul(s, large))
    inner = draft.inner([])
    if by_mean_value(inner, general) is None:
        return None
    ref = draft.add(make("forall", (s, general)), "forall", steps=inner.steps)
    ref = draft.add(substitute(general, {s: number(1)}), "instance", of=ref, terms=[to_json(number(1))])
    return rows_add_up(draft, claim, [(ONE, (), number(1), ref)])


def _roots(small: Term, large: Term) -> tuple[Term, Term]:
    """a <= b for a^2 <= b^2, where b is a product."""
    if small.head != "power" or small.args[1] is not number(2) or not _is_size(small.args[0]):
        return small, large
    terms = expand(large).terms
    if len(terms) != 1:
        return small, large
    (((loops, _), value),) = terms.items()
    numbers = [Fraction(isqrt(value.numerator), isqrt(value.denominator))] if value > 0 else []
    letters = dict.fromkeys(loops)
    even = all(len(loop) == 1 and loops.count(loop) % 2 == 0 for loop in letters)
    if not even or [r for r in numbers if r * r == value] != numbers or not numbers:
        return small, large
    halves = [x for (x,) in letters for _ in range(loops.count((x,)) // 2)]
    factors = [number(numbers[0])] * (numbers[0] != 1) + halves
    return small.args[0], mul(*factors) if factors else number(1)


def _is_size(small: Term) -> bool:
    return small.head == "norm" or (small.head == "call" and small.value == "abs")


def _clocks(draft: Draft, small: Term, large: Term) -> list[Term]:
    """The times of the functions and exponentials in z, where no hypothesis fixes them, if B grows."""
    found, inside = [], subterms(small)
    moving = {s.value[4] for s in symbols_of(small)}
    moving |= {s.name for e in inside if e.head == "exp" and e.shape != SCALAR for s in symbols_of(e)}
    for t in sorted(_outside_exponents(large), key=repr):
        if t.shape != SCALAR or t.value[4] or t.value[3] not in TIMES or t.name not in moving:
            continue
        fixed = any(
            t in symbols_of(f) and not any(s.value[4] == t.name for s in symbols_of(f))
            for f, _ in draft.facts
        )
        try:
            growing = sign_of(to_term(expand(diff(large, t.name))), strict=False) == 1
        except Refused:
            continue
        found += [t] * (growing and not fixed)
    return found


def _outside_exponents(term: Term) -> set[Term]:
    """The letters of a bound; what grows exponentially is a matter of growth.py."""
    if term.head in ("symbol", "exp"):
        return {term} if term.head == "symbol" else set()
    return {s for a in term.args for s in _outside_exponents(a)}


# --- the two steps ---------------------------------------------------------------------------


def _of_matrix(draft: Draft, small: Term, large: Term, clock: Term) -> Ref | None:
    """||Z|| <= B from ||Z v|| <= B ||v|| for a new vector v."""
    (Z,) = small.args
    claim = relation("le", small, large)
    v = new_vector(draft, claim, Z.shape[1])
    inner, image, bound = draft.inner([]), norm(mul(Z, v)), mul(large, norm(v))
    ref = _bounded(inner, image, bound, clock)
    squares = relation("le", mul(Z.T, Z), mul(large, large, identity(Z.shape[1])))
    form = relation("ge", mul(v.T, to_term(difference(squares)), v), NOTHING)
    rows: list[Row] = [(ONE, (s,), number(1), ref) for s in (image, bound)]
    if ref is None or rows_add_up(inner, form, rows) is None:
        return None
    general = draft.add(make("forall", (v, form)), "forall", steps=inner.steps)
    below = for_all_vectors(draft, squares, general)
    return None if below is None else draft.add(claim, "root", of=below)


def _bounded(draft: Draft, small: Term, large: Term, clock: Term) -> Ref | None:
    """||z|| <= B from ||z||^2 <= B^2 + B r for all r > 0."""
    taken = {s.name for p in (small, large, *(f for f, _ in draft.facts)) for s in symbols_of(p)}
    taken |= {s.name for s in draft.letters}
    margin = symbol(next(n for n in ("r", "r'", "r''", "the margin") if n not in taken), domain="positive")
    inner = draft.inner([])
    premise = with_margins(small, large, margin).args[0]
    if _with_margin(inner, premise.args[-1], small, large, margin, clock) is None:
        return None
    draft.add(premise, "forall", steps=inner.steps)
    return without_margins(draft, small, large, margin)


def _with_margin(draft: Draft, goal: Term, small: Term, large: Term, margin: Term, clock: Term) -> Ref | None:
    """||z||^2 <= B (B + r), since ||z||^2/(B + r) - B does not grow and starts below 0."""
    square, name = _square(small), clock.name
    growth, whole = to_term(expand(diff(large, name))), add(large, margin)
    start = _start(draft, small, large, clock)
    slow = None if start is None else _slow(draft, small, growth, name)
    if slow is None:
        return None
    q = add(mul(square, inverse(whole)), mul(number(-1), large))
    decay = relation("le", diff(q, name), NOTHING)
    gap = add(number(1), mul(number(-1), small, inverse(whole)))
    rows: list[Row] = [(ONE, (growth,), gap, None), (ONE, (inverse(whole),), number(1), slow)]
    falls = rows_add_up(draft, decay, rows)
    if falls is None:
        return None
    first = value_at(q, name, NOTHING, clock)
    now = draft.add(relation("le", q, first), "constant", of=falls)
    begins = _begins(draft, first, small, large, margin, clock, start or [])
    rows = [(ONE, (whole,), number(1), ref) for ref in (now, begins) if ref is not None]
    return None if begins is None else rows_add_up(draft, goal, rows)


def _square(small: Term) -> Term:
    """||z||^2 as a polynomial."""
    (z,) = small.args
    if z.shape == SCALAR:
        return mul(z.T, z)
    return mul(z.T, z) if z.shape[1] == 1 else make("trace", (mul(z.T, z),))


# --- at the start ----------------------------------------------------------------------------


def _start(draft: Draft, small: Term, large: Term, clock: Term) -> list[Ref] | None:
    """||z(0)|| <= B(0): nothing to say where z(0) = 0 at sight."""
    a, b = (value_at(side, clock.name, NOTHING, clock) for side in (small, large))
    if (
        not expand(a.args[0])
        or by_ideal(draft, equation(a.args[0], _nothing(a.args[0])), SECONDS) is not None
    ):
        return []
    ref = establish(draft, relation("le", a, b if expand(b) else NOTHING))
    return None if ref is None else [_of_sizes(draft, ref)]


def _nothing(z: Term) -> Term:
    return NOTHING if z.shape == SCALAR else zero(*z.shape)


def _of_sizes(draft: Draft, ref: Ref) -> Ref:
    """||u|| <= 1 ||v|| for ||u|| <= ||v||, which as it stands is a relation of squares."""
    small, large = draft.fact(ref).args
    if not (is_vector_norm(small) and is_vector_norm(large)):
        return ref
    squares = rows_add_up(
        draft, relation("le", mul(small, small), mul(large, large)), [(ONE, (), number(1), ref)]
    )
    plain = relation("le", small, mul(number(1), large))
    return ref if squares is None else draft.add(plain, "root", of=squares)


def _begins(
    draft: Draft, first: Term, small: Term, large: Term, margin: Term, clock: Term, start: list[Ref]
) -> Ref | None:
    """||z(0)||^2/b - B(0) <= 0 for b = B(0) + r."""
    a, b = (value_at(side, clock.name, NOTHING, clock) for side in (small, large))
    some = inverse(value_at(add(large, margin), clock.name, NOTHING, clock))
    sizes = [a, *([b] if expand(b) else [])]
    rows: list[Row] = [(ONE, (some, s), number(1), ref) for ref in start for s in sizes]
    rows += [(ONE, (some, margin, b), number(1), None)] if expand(b) else []
    below = relation("le", first, NOTHING)
    return rows_add_up(draft, below, rows) or with_squares(draft, below, difference(below), rows, SECONDS)


# --- the rate --------------------------------------------------------------------------------


def _slow(draft: Draft, small: Term, growth: Term, name: str) -> Ref | None:
    """(||z||^2)' <= 2 B' ||z||."""
    (z,) = small.args
    kind = small.value if small.head == "norm" else "2"
    claim = relation("le", diff(_square(small), name), mul(number(2), growth, small))
    for split in splits(draft, z, name):
        with draft.attempt() as keep:
            ref = _by_split(draft, claim, small, growth, split, kind)
            if ref is not None:
                keep()
                return ref
    return None


def _by_split(draft: Draft, claim: Term, small: Term, growth: Term, split: Split, kind: str) -> Ref | None:
    (z,), g = small.args, split.g
    rows: list[Row] = []
    if split.A is not None:
        falls = relation("le", to_term(expand(add(split.A, split.A.T))), zero(*split.A.shape))
        rows.append((ONE, (), z, establish(draft, falls)))
        if rows[0][3] is None:
            return None
    if expand(g):
        size = (small.head == "call" and make("call", (g,), "abs")) or norm(g, kind)
        bound = _bound(draft, relation("le", size, growth))
        if bound is None:
            return None
        rows.append((Fraction(2), (small,), number(1), _of_sizes(draft, bound)))
        rows.append((Fraction(2), (), number(1), _cauchy(draft, z, split, small, size)))
    else:
        rows.append((Fraction(2), (growth, small), number(1), None))
    if any(ref is None for _, scalars, _, ref in rows if growth not in scalars):
        return None
    return with_squares(draft, claim, difference(claim), rows, SECONDS)


def _bound(draft: Draft, claim: Term) -> Ref | None:
    """||g|| <= B', by few strategies: as it is known, by squares, by a chain of norms, by what moves in g."""
    known = draft.find(claim)
    if known is not None:
        return known
    for strategy in (
        by_arithmetic,
        _by_moving_end,
        _by_root,
        by_operator_norm,
        _by_chain,
        by_singular_values,
    ):
        with draft.attempt() as keep:
            ref = strategy(draft, claim)
            if ref is not None:
                keep()
                return ref
    return None


def _by_root(draft: Draft, claim: Term) -> Ref | None:
    found = by_root(draft, claim, SECONDS)
    if found is not None or sign_of(claim.args[1], strict=False) != 1:
        return found
    squares = by_squares_sum(draft, relation("le", *(mul(a, a) for a in claim.args)), SECONDS)
    return None if squares is None else draft.add(claim, "root", of=squares)


def _by_chain(draft: Draft, claim: Term) -> Ref | None:
    """||a + F b|| <= ||a|| + ||F|| ||b||, with what is known of these norms."""
    size, growth = claim.args
    if size.head != "norm" or size.args[0].shape[1] != 1 or size.args[0].shape == SCALAR:
        return None
    parts, inside = parts_of(size.args[0]), set(subterms(growth))
    known = known_bounds(draft, of_vectors=True)
    choice = {n: bounds[0] for n, bounds in known.items() if n not in inside}
    for n in {norm_of(F) for part in parts for F in part.factors} - set(choice) - inside:
        one = relation("le", n, number(1))
        unit = by_exponential_growth(draft, one) if n.args[0].head == "exp" else None
        bound = (number(1), unit) if unit is not None else unit_bound(draft, n)
        choice |= {n: bound} if bound is not None else {}
    for sign in (1, -1):
        with draft.attempt() as keep:
            chain = bound_of_vector(draft, [replace(p, number=sign * p.number) for p in parts], choice)
            rows: list[Row] = [] if chain is None else [(ONE, (), number(1), chain[1])]
            ref = rows_add_up(draft, claim, rows) if rows else None
            if ref is not None:
                keep()
                return ref
    return None


def _by_moving_end(draft: Draft, claim: Term) -> Ref | None:
    """||F s|| <= ||F|| ||c|| for a function s of time with ||s|| <= ||c||, where c is constant."""
    size, growth = claim.args
    (g,) = size.args
    s = g.args[-1] if g.head == "mul" else g
    if s.head != "symbol" or not s.value[4] or s.shape[1] != 1:
        return None
    norms = [t for t in subterms(growth) if t.head == "norm"]
    for n in (n for n in norms if n.args[0].shape == s.shape and not depends_on(n, s.value[4])):
        shrinks = by_growth(draft, relation("le", norm(s), n))
        if shrinks is None:
            continue
        slower = _of_sizes(draft, shrinks)
        if g is s:
            return rows_add_up(draft, claim, [(ONE, (), number(1), slower)])
        front = expand(mul(*g.args[:-1]))
        for N in (N for N in norms if expand(N.args[0]) in (front, front.scale(-ONE))):
            chain = by_operator_norm(draft, relation("le", size, mul(N, norm(s))))
            rows: list[Row] = [(ONE, (N,), number(1), slower), (ONE, (), number(1), chain)]
            return None if chain is None else rows_add_up(draft, claim, rows)
    return None


def _cauchy(draft: Draft, z: Term, split: Split, small: Term, size: Term) -> Ref | None:
    if z.shape == SCALAR:
        return establish(draft, relation("le", mul(number(split.sign), z, split.g), mul(small, size)))
    return cauchy_schwarz(draft, z, split.g, split.sign, SECONDS)
