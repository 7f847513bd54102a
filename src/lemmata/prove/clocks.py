"""Times and places in standard form: w(t) for w(s), x_{k+1} = A x_k for x_k = A x_{k-1}.

A statement about w(s) at an arbitrary time s says what the one about w(t) says, and is easier to prove: there are
rules for functions of t, their rates and their values at 0.  Where something binds t, or s is what other functions
are of, the two are different statements, and s stays.

>>> from lemmata.terms.claims import read_claims
>>> from lemmata.terms.show import show
>>> def current(text: str) -> str:
...     c = read_claims(text)
...     return show(at_current_time(Statement(c.given, c.shows[0].prop)).show)
>>> current("let w : R^n(t), s : time\\nshow w(s) = w(0)"), current("let w : R(t), s : time\\nshow d/dt (w(s)) = 0")
('w = w(0)', 'd/dt (w(s)) = 0')
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import depends_on, expand
from lemmata.kernel.scalar import divisors
from lemmata.kernel.term import INDICES, SCALAR, Term, make, number, substitute, subterms, symbol, symbols_of
from lemmata.terms.forms import at, zero

__all__ = [
    "at_current_time",
    "at_positive_times",
    "bound_by",
    "bound_letters",
    "from_above",
    "from_first_place",
    "from_zero",
]

BINDERS = ("forall", "exists", "limit", "diff", "grad")
OTHER_TIMES = ("s", "r", "tau", "sigma", "theta")


def at_positive_times(props: list[Term]) -> list[Term]:
    """w(s) with a new letter s > 0 for w(t), where t > 0 is given and something is divided by t.

    Hypotheses on functions of t hold at all times and stay; one that names t alone is about the same s.
    """
    inside = {t for p in props for t in subterms(p)}
    letters = {s for p in props for s in symbols_of(p)}
    names = {s.name for s in letters} | {s.value[4] for s in letters}
    clocks = {s.value[4] for s in letters} - {s.name for s in bound_letters(props)} - INDICES
    for t in sorted((s for s in letters if s.name in clocks and s.value[3] == "positive"), key=repr):
        lasting = [p for p in props[:-1] if any(s.value[4] == t.name for s in symbols_of(p))]
        here = [p for p in props if p not in lasting]
        divided = {s for p in here for d in divisors(p) for s in symbols_of(d)}
        free = [name for name in OTHER_TIMES if name not in names]
        moves = any(x.head == "diff" and x.value == t.name for p in here for x in subterms(p))
        if t not in divided or moves or not free or any(t in symbols_of(p) for p in lasting):
            continue
        s = symbol(free[0], domain="positive")
        values = [x for x in inside if x.head == "at"]
        moved: dict[Term, Term] = {x: at(x.args[0], substitute(x.args[1], {t: s})) for x in values}
        moved |= {f: at(f, s) for f in letters if f.value[4] == t.name}
        props = [p if p in lasting else substitute(p, {**moved, t: s}) for p in props]
        names.add(s.name)
    return props


def from_above(props: list[Term]) -> list[Term]:
    """lim_{s -> 0+} f with a positive s: f at s <= 0 is no matter for it, so that 1/s has a meaning.

    A letter that has a meaning outside the limit keeps its name there, and gives it up within.
    """
    limits = {t for p in props for t in subterms(p) if t.head == "limit" and t.value == "+"}
    letters = {s for p in props for s in symbols_of(p)}
    clocks = {s.value[4] for s in letters}
    mapping: dict[Term, Term] = {}
    for limit in limits:
        body, s, point = limit.args
        signed = s.value[3] in ("positive", "natural", "complex")
        if (
            point is not number(0)
            or s.name in clocks
            or signed
            or any(t.head in BINDERS for t in subterms(body))
        ):
            continue
        taken = {x.name for x in letters} | {d for x in letters for d in x.shape} | clocks
        free = any(_is_free(s.name, p) for p in props)
        names = [n for n in OTHER_TIMES if n not in taken] if free else [s.name]
        if names:
            new = symbol(names[0], domain="positive")
            mapping[limit] = make("limit", (substitute(body, {s: new}), new, point), limit.value)
    return [substitute(p, mapping) for p in props]


def _is_free(name: str, term: Term) -> bool:
    """Whether a letter of this name occurs outside the limits in it."""
    if term.head == "symbol":
        return bool(term.name == name)
    outside = term.args[2:] if term.head == "limit" and term.args[1].name == name else term.args
    return any(_is_free(name, a) for a in outside)


def from_zero(props: list[Term]) -> list[Term]:
    """The variables of functions of time as times."""
    letters = {s for p in props for s in symbols_of(p)} - bound_letters(props)
    clocks = {s.value[4] for s in letters}
    domains = ("positive", "nonnegative")
    mapping = {
        s: symbol(s.name, domain="time") for s in letters if s.name in clocks and s.value[3] in domains
    }
    return [substitute(p, mapping) for p in props]


def at_current_time(statement: Statement, from_zero: bool = False) -> Statement:
    """A claim about w(s) for any s >= 0 as the claim about w(t), and one about x_N as that about x_k.

    Only where nothing else is known of s, no function is one of s, and t neither occurs nor is made its own by a
    derivative, limit or quantifier around w(s): then the two say the same.  With ``from_zero``
    also for s > 0, of which the claim for all t >= 0 says more: at t = 0 it may be false, and where 1/s
    occurs it says nothing, so that s stays.
    """
    show = statement.show
    divided = {s for d in divisors(show) for s in symbols_of(d)}
    values = [v for v in subterms(show) if v.head == "at" and v.args[1].head == "symbol"]
    letters = {s for p in (*statement.given, show) for s in symbols_of(p)}
    taken = {s for p in statement.given for s in symbols_of(p)} | bound_letters([show])
    taken |= {s for s in letters if any(f.value[4] == s.name for f in letters)}
    for s in dict.fromkeys(v.args[1] for v in values):
        here = [v for v in values if v.args[1] is s]
        clock = here[0].args[0].value[4]
        now = symbol(clock, domain="natural" if clock in INDICES else "time")
        times = ("time", "nonnegative", "positive")[: 3 if from_zero and s not in divided else 2]
        arbitrary = s not in taken and s.value[3] in (("natural",) if clock in INDICES else times)
        if not arbitrary or s.value[4] or any(v.args[0].value[4] != clock for v in here):
            continue
        if any(clock in bound_by(t) and s in subterms(t) for t in subterms(show)):
            continue
        without = {v: number(0) if v.shape == SCALAR else zero(*v.shape) for v in here}
        same_clock = all(other is now for other in taken if other.name == clock)
        if same_clock and not depends_on(substitute(show, without), clock):
            show = _at_rate(substitute(show, {**{v: v.args[0] for v in here}, s: now}), s.name, clock)
    return Statement(statement.given, show)


def _at_rate(term: Term, name: str, clock: str) -> Term:
    """d/dt for d/ds throughout."""
    value = clock if term.head == "diff" and term.value == name else term.value
    return Term(term.head, tuple(_at_rate(a, name, clock) for a in term.args), value)


def from_first_place(given: Sequence[Term], show: Term) -> Statement:
    """x_{k+1} = A x_k for x_k = A x_{k-1}: no sequence has a place before 0.

    The claim stays where a hypothesis speaks of k itself, as k = 1 does: it is about this k.
    """
    fixed = [p for p in given if not any(f.value[4] for f in symbols_of(p))]
    about = {s.name for p in fixed for s in symbols_of(p)}
    names = {f.value[4] for f in symbols_of(show)} & about
    return Statement(tuple(map(_moved_on, given)), show if names else _moved_on(show))


def _moved_on(prop: Term) -> Term:
    """The proposition at the first later place at which nothing in it stands before 0."""
    places: dict[Term, Fraction] = {}
    for value in (t for t in subterms(prop) if t.head == "at" and t.args[0].value[4] in INDICES):
        k = symbol(value.args[0].value[4], domain="natural")
        offset = expand(value.args[1] - k)
        if not set(offset.terms) - {((), ())}:
            places[value] = offset.terms.get(((), ()), Fraction(0))
    clocks = {value.args[0].value[4] for value in places}
    if len(clocks) != 1 or min(places.values()) >= 0 or any(t.head in BINDERS for t in subterms(prop)):
        return prop
    k, late = symbol(clocks.pop(), domain="natural"), -min(places.values())
    inside = symbols_of(prop)
    mapping = {f: at(f, k + number(late)) for f in inside if f.value[4] == k.name}
    mapping |= {s: s + number(late) for s in inside if s.name == k.name}
    for value in (t for t in subterms(prop) if t.head == "at" and t not in places):
        if depends_on(value.args[1], k.name):
            return prop
        mapping[value] = value
    for value, place in places.items():
        f = value.args[0]
        mapping[value] = at(f, k + number(place + late)) if place + late else f
    return substitute(prop, mapping)


def bound_letters(props: Sequence[Term]) -> set[Term]:
    """The letters of quantifiers, limits and gradients."""
    inside = [t for p in props for t in subterms(p)]
    found = {s for t in inside if t.head in ("forall", "exists") for s in t.args[:-1]}
    return found | {t.args[1] for t in inside if t.head in ("limit", "grad")}


def bound_by(term: Term) -> set[str]:
    """The names that this head makes its own in its arguments: t in d/dt and lim_t, x in a gradient."""
    if term.head == "diff":
        return {str(term.value)}
    if term.head in ("limit", "grad"):
        return {term.args[1].name}
    return {s.name for s in term.args[:-1]} if term.head in ("forall", "exists") else set()
