"""What hypotheses that hold at all times say about derivatives and about other times.

From A w = y follow A w' = 0 and A w(0) = y: without these, w' and w(0) would be drawn as if unrestricted.

    w - w(0) in Null(A)        A w' = 0                 an equation, with what is fixed left as it is
    for all u: u^T x = 0       for all u: u^T x' = 0
    ||w|| <= 1                 ||w|| < 1                at a time when it holds strictly, w' is free
    w = 1 or w = -1            nothing is known         so no w' is drawn

>>> from lemmata.terms.claims import read_claims
>>> from lemmata.terms.show import show
>>> c = read_claims("let A : R^{m x n}, w : R^n(t); assume w - w(0) in Null(A); show A \\\\dot w = 0", semicolons=True)
>>> [show(p) for p in moved(c.given, {"w": 1}, []).said]
['d/dt (w - w(0)) in Null(A)']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lemmata.kernel.meaning import equations
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term, identity, make, number, pinv, substitute, subterms, symbols_of
from lemmata.refute.places import told
from lemmata.terms.forms import equation, zero

__all__ = ["Moved", "bounded", "firm", "moved", "outside"]

OPEN = ("lt", "gt", "ne")
FIRM = {"le": "lt", "ge": "gt"}


class Moved(NamedTuple):
    """What follows, and the functions of whose derivatives the hypotheses say what is not known."""

    said: list[Term]
    silent: list[Term]


def moved(given: Iterable[Term], free: Mapping[str, int], points: Iterable[Term]) -> Moved:
    """The hypotheses differentiated, and read at other points.

    ``free`` maps a function to the highest derivative that is asked for.
    """
    found = Moved([], [])
    points = list(points)
    for g in given:
        inside = subterms(g)
        bare = [s for s in inside if s.head == "symbol" and s.name in free]
        if not bare or any(t.head == "limit" for t in inside):
            continue
        clocks = {s.value[4] for s in bare}
        fixed = [t for t in inside if t.head == "at"]
        if any(s.head == "symbol" and s.name in clocks for t in fixed for s in subterms(t.args[1])):
            # x_{k+1} beside x_k: what this says elsewhere is for ``places`` to tell; of w(2 t) beside w nothing does.
            if not all(told(t) for t in fixed):
                found.silent.extend(bare)
            continue
        bound = {b.name for t in inside if t.head in ("forall", "exists") for b in t.args[:-1]}
        taken = clocks | {s.name for p in points for s in symbols_of(p)}
        if bound & taken or any(t.head == "diff" for t in inside):
            continue
        derived = [g]
        for _ in range(max(free[s.name] for s in bare)):
            rates = [_derived(p, bare[0].value[4]) for p in derived]
            if [] in rates and not all(map(_is_open, derived)):
                found.silent.extend(bare)
            derived = [p for rate in rates for p in rate]
            found.said.extend(derived)
        for p in points:
            mapping: dict[Term, Term] = {t: t for t in fixed} | {s: make("at", (s, p)) for s in bare}
            mapping |= {s: p for s in inside if s.head == "symbol" and s.name in clocks}
            found.said.append(substitute(g, mapping))
    return found


def firm(given: Sequence[Term], statement: Sequence[Term]) -> list[Term]:
    """The hypotheses at a time at which they hold strictly, and so near by, where a derivative is spoken of."""
    rates = [t for p in statement for t in subterms(p) if t.head == "diff"]
    moving = {s for t in rates for s in symbols_of(t) if s.value[4]}
    lasting = [
        set(outside(g, "at")) if not any(t.head == "diff" for t in subterms(g)) else set() for g in given
    ]
    return [_strictly(g) if moving & letters else g for g, letters in zip(given, lasting, strict=True)]


def _strictly(g: Term) -> Term:
    if g.head in FIRM:
        return make(FIRM[g.head], g.args)
    return make("is", g.args, "spd") if g.head == "is" and g.value == "psd" else g


def bounded(g: Term) -> list[Term]:
    """The functions in norms that the hypothesis bounds: a flow may leave such a bound behind."""
    if g.head not in ("le", "lt", "ge", "gt") or any(t.head == "diff" for t in subterms(g)):
        return []
    small = g.args[g.head in ("ge", "gt")]
    sizes = [t for t in subterms(small) if t.head == "norm" or t.value == "abs"]
    return [s for t in sizes for s in outside(t, "at") if s.value[4]]  # ||x_0|| <= 1 restricts x_0 alone


def outside(term: Term, *heads: str) -> list[Term]:
    """The letters that stand elsewhere than under these heads."""
    if term.head in heads:
        return []
    return [term] if term.head == "symbol" else [s for a in term.args for s in outside(a, *heads)]


def _is_open(g: Term) -> bool:
    return g.head in OPEN or (g.head == "is" and g.value in ("spd", "invertible"))


def _derived(g: Term, variable: str) -> list[Term]:
    """What says that the derivative of g vanishes; nothing where none is known to."""

    def d(t: Term) -> Term:
        return make("diff", (t,), variable)

    if (X := _of_constant_rank(g)) is not None:
        # The tangents of the matrices of one rank: they keep Null(X) within Col(X), to first order.
        into, onto = (identity(k) - p for k, p in zip(X.shape, (X @ pinv(X), pinv(X) @ X), strict=True))
        return [equation(into @ d(X) @ onto, zero(*X.shape))]
    if g.head == "eq" and g.args[0].sort == "matrix":
        return [equation(*map(d, g.args))]
    if g.head == "is" and g.value in ("symmetric", "diagonal"):
        return [make("is", (d(g.args[0]),), g.value)]
    if g.head == "forall" and all(b.name != variable for b in g.args[:-1]):
        return [make("forall", (*g.args[:-1], body)) for body in _derived(g.args[-1], variable)]
    others = (s for a in g.args[1:] for s in subterms(a) if s.head == "symbol")
    constant = not any(s.value[4] == variable for s in others)
    if g.head == "in" and g.args[1].sort == "space" and constant:
        return [make("in", (d(g.args[0]), g.args[1]))]
    if g.head == "subset" and g.args[0].head in ("col", "row") and constant:
        inner = make(g.args[0].head, (d(g.args[0].args[0]),))
        return [make("subset", (inner, g.args[1]))]
    try:
        gaps = [] if _is_open(g) else equations(g)
    except Refused:
        return []
    return [equation(d(z), number(0) if z.shape == (1, 1) else zero(*z.shape)) for z in gaps]


def _of_constant_rank(g: Term) -> Term | None:
    """The X of rank(X) = r, where X is a function of time, or has full rank and keeps it near by."""
    for side, r in (g.args, g.args[::-1]) if g.head == "eq" else ():
        if side.head == "rank" and r.head in ("dim", "number"):
            (X,) = side.args
            if X.head == "symbol" or (r.head == "dim" and r.value in X.shape):
                return X
    return None
