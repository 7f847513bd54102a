"""Slots: what data are kept for, w, w', w(s), before the points have values; and which ones a term needs.

>>> from lemmata.kernel.term import mul, number, symbol
>>> from lemmata.terms.forms import at
>>> A, w = symbol("A", "m", "n"), symbol("w", "n", of="t")
>>> [(r.symbol.name, r.point) for r in refs(mul(A, at(w, number(0))), {})]
[('A', None), ('w', number(Fraction(0, 1)))]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lemmata.kernel.term import Term
from lemmata.terms.blocks import selected

__all__ = ["Ref", "refs", "slot_of"]


class Ref(NamedTuple):
    """A slot before its point has a value: a symbol, the order of a derivative, a point."""

    symbol: Term
    order: int = 0
    point: Term | None = None


def refs(term: Term, definitions: Mapping[str, Term]) -> dict[Ref, None]:
    """The slots that a term's value depends on, definitions opened, in order of appearance."""
    return dict.fromkeys(_refs(term, definitions, {}, frozenset()))


def _refs(
    t: Term, definitions: Mapping[str, Term], orders: Mapping[str, int], bound: frozenset[str]
) -> Iterator[Ref]:
    if t.head == "symbol":
        if selected(t) is not None:
            return  # the standard selector, not drawn
        if t.name in definitions:
            yield from _refs(definitions[t.name], definitions, orders, bound)
        elif t.name not in bound:
            for order in range(orders.get(t.value[4], 0) + 1):
                yield Ref(t, order)
        return
    if t.head == "diff":
        orders = {**orders, t.value: orders.get(t.value, 0) + 1}
    elif t.head == "at":
        w, point = t.args
        yield from _refs(point, definitions, orders, bound)
        if w.name in definitions:
            yield from _refs(definitions[w.name], definitions, orders, bound | {w.value[4]})
        else:
            yield Ref(w, 0, point)
        return
    elif t.head == "limit":
        yield from _refs(t.args[2], definitions, orders, bound)
        yield from _refs(t.args[0], definitions, orders, bound | {t.args[1].name})
        return
    elif t.head in ("forall", "exists"):
        bound = bound | {s.name for s in t.args[:-1]}
    for a in t.args:
        yield from _refs(a, definitions, orders, bound)


def slot_of(t: Term) -> Ref | None:
    """The slot that a term is: w(s), a derivative of w; None for any other term, and for w itself."""
    if t.head == "at":
        return Ref(t.args[0], 0, t.args[1])
    order = 0
    while t.head == "diff":
        t, order = t.args[0], order + 1
    return Ref(t, order) if order and t.head == "symbol" else None
