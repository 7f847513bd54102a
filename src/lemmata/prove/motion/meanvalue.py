"""The mean value inequality: ||z|| <= B at all times, where ||z(0)|| <= B(0) and ||z'|| <= B'.

More is true: it is enough that Re <z, z'> <= ||z|| B', so that of z' = A z + g with A + A^* <= 0 only ||g|| <= B' is
asked.  A norm has no derivative where it vanishes, but with a margin r > 0 and b = B + r

    (||z||^2 / b)'  <=  2 B' ||z|| / b - B' ||z||^2 / b^2  =  B' - B' (1 - ||z|| / b)^2  <=  B',

so that ||z||^2 <= b B for every r (order/margins.py goes on from there).  Of the spectral norm of a matrix Z it is
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

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Poly, Refused, Word, depends_on, expand, is_real, to_term, word_poly
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
    symbol,
    symbols_of,
)
from lemmata.prove.algebra import with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.motion.linearrates import motions, written
from lemmata.prove.order.gram import Row
from lemmata.prove.order.margins import with_margins, without_margins
from lemmata.prove.order.normchains import rows_add_up
from lemmata.prove.order.norms import cauchy_schwarz
from lemmata.prove.order.vectors import for_all_vectors, new_vector
from lemmata.prove.search import establish
from lemmata.terms.forms import diff, norm, relation, zero

__all__ = ["by_mean_value"]

ONE = Fraction(1)
SECONDS = 0.5
TIMES = ("time", "nonnegative")
MOST_SPLIT = 4
NOTHING = number(0)


def by_mean_value(draft: Draft, claim: Term) -> Ref | None:
    """||z|| <= B for functions of a time t that B names outside of exponents."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not is_real(claim):
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    if draft.pointwise is not None or draft.inducting or not _is_size(small) or sign_of(large, False) != 1:
        return None
    for clock in _clocks(draft, large):
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
                ref = rows_add_up(draft, claim, [(ONE, (), number(1), ref)])
            if ref is not None:
                keep()
                return ref
    return None


def _is_size(small: Term) -> bool:
    return small.head == "norm" or (small.head == "call" and small.value == "abs")


def _clocks(draft: Draft, large: Term) -> list[Term]:
    """The times at which B is read, where no hypothesis fixes them, if B grows."""
    found = []
    for t in sorted(symbols_of(large), key=repr):
        if t.shape != SCALAR or t.value[4] or t.value[3] not in TIMES:
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
    z = expand(a.args[0])
    if not z:
        return []
    ref = establish(draft, relation("le", a, b if expand(b) else NOTHING))
    return None if ref is None else [ref]


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


@dataclass(frozen=True)
class _Split:
    """z' = A z + g; no A where it is 0."""

    A: Term | None
    g: Term


def _slow(draft: Draft, small: Term, growth: Term, name: str) -> Ref | None:
    """(||z||^2)' <= 2 B' ||z||."""
    (z,) = small.args
    kind = small.value if small.head == "norm" else "2"
    claim = relation("le", diff(_square(small), name), mul(number(2), growth, small))
    for split in _splits(draft, z, name):
        with draft.attempt() as keep:
            ref = _by_split(draft, claim, small, growth, split, kind)
            if ref is not None:
                keep()
                return ref
    return None


def _by_split(draft: Draft, claim: Term, small: Term, growth: Term, split: _Split, kind: str) -> Ref | None:
    (z,), g = small.args, split.g
    rows: list[Row] = []
    if split.A is not None:
        falls = relation("le", to_term(expand(add(split.A, split.A.T))), zero(*split.A.shape))
        rows.append((ONE, (), z, establish(draft, falls)))
    if expand(g):
        size = (small.head == "call" and make("call", (g,), "abs")) or norm(g, kind)
        rows.append((Fraction(2), (small,), number(1), establish(draft, relation("le", size, growth))))
        rows.append((Fraction(2), (), number(1), _cauchy(draft, z, g, small, size)))
    else:
        rows.append((Fraction(2), (growth, small), number(1), None))
    if any(ref is None for _, scalars, _, ref in rows if growth not in scalars):
        return None
    return with_squares(draft, claim, difference(claim), rows, SECONDS)


def _cauchy(draft: Draft, z: Term, g: Term, small: Term, size: Term) -> Ref | None:
    if z.shape == SCALAR:
        return establish(draft, relation("le", mul(z, g), mul(small, size)))
    return cauchy_schwarz(draft, z, g, 1, SECONDS)


def _splits(draft: Draft, z: Term, name: str) -> Iterator[_Split]:
    """The ways to write z' as A z + g: by every monomial of z that its rate ends with, and without A."""
    known = motions(draft, name)
    z = written(z, {s: value for s, value in known.items() if s.head == "symbol"})
    rate = expand(written(to_term(_rate(expand(z), name)), known))
    found: dict[Term | None, Term] = {}
    for A in _prefixes(expand(z), rate, name):
        found.setdefault(to_term(A), _factored(rate - A * expand(z)))
    found = dict(list(found.items())[:MOST_SPLIT])
    found[None] = _factored(rate)
    for A, g in found.items():
        yield _Split(A, g)


def _prefixes(z: Poly, rate: Poly, name: str) -> Iterator[Poly]:
    rows = z.shape[0]
    for (scalars, word), size in z.terms.items():
        if not word or scalars or z.shape == SCALAR:
            continue
        A = Poly((rows, rows), {})
        for (around, other), value in rate.terms.items():
            if len(other) > len(word) and other[len(other) - len(word) :] == word:
                A = A + word_poly(A.shape, around, other[: len(other) - len(word)], value / size)
        if A and not depends_on(to_term(A), name):
            yield A


def _rate(z: Poly, name: str) -> Poly:
    """z' with the factors that exponentials give before them."""
    total = Poly(z.shape, {})
    for (scalars, word), value in z.terms.items():
        if z.shape == SCALAR or any(depends_on(x, name) for loop in scalars for x in loop):
            return expand(diff(to_term(z), name))
        for i, x in enumerate(word):
            if depends_on(x, name):
                before, after = (_of_word(w) for w in (word[:i], word[i + 1 :]))
                term = before * _rate_of_letter(x, name) if before else _rate_of_letter(x, name)
                term = term * after if after else term
                total = total + word_poly(SCALAR, scalars, (), value) * term
    return total


def _of_word(word: Word) -> Poly | None:
    return word_poly((word[0].shape[0], word[-1].shape[1]), (), word) if word else None


def _rate_of_letter(x: Term, name: str) -> Poly:
    inside = x.args[0] if x.head == "adjoint" else x
    if inside.head != "exp":
        return expand(diff(x, name))
    exponent = inside.args[0].T if inside is not x else inside.args[0]
    return expand(diff(exponent, name)) * expand(x)


def _factored(g: Poly) -> Term:
    """The end that all words share, set apart: (S - G) E v for S E v - G E v."""
    words = [word for _, word in g.terms]
    plain = all(not scalars for scalars, _ in g.terms)
    if len(words) < 2 or not plain or not all(words):
        return to_term(g)
    shared = 0
    while all(len(w) > shared + 1 and w[-1 - shared] is words[0][-1 - shared] for w in words):
        shared += 1
    if not shared:
        return to_term(g)
    end = words[0][len(words[0]) - shared :]
    front = Poly((g.shape[0], end[0].shape[0]), {})
    for (scalars, word), value in g.terms.items():
        front = front + word_poly(front.shape, scalars, word[: len(word) - shared], value)
    return mul(to_term(front), *end)
