"""Diagonal maps: one matrix, and what is made of it, by its entries in the singular bases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lemmata.kernel.poly import Refused, is_real
from lemmata.kernel.term import Term, make, number

__all__ = ["NULL", "ONE", "ZERO", "Operator", "Value", "adjoint_of", "plus", "product", "times"]

ZERO, ONE = number(0), number(1)
NULL = ("L", "R")


@dataclass(frozen=True)
class Operator:
    """A map between sides ("L", "R", "1" for scalars) by its nonzero entries on the blocks."""

    to: str
    frm: str
    on: Mapping[str, Term]

    @property
    def blocks(self) -> tuple[str, ...]:
        """The blocks where it may be nonzero."""
        return ("pair", *(side for side in NULL if {self.to, self.frm} <= {side, "1"}))

    def each(self, rule: Callable[[Term], Term]) -> Operator:
        """A function of a map from a side to itself: of each entry, zero or not."""
        if self.to != self.frm or self.to == "1":
            raise Refused("a function of a map between different spaces, or of a form in vectors")
        return replace(self, on={block: rule(self.on.get(block, ZERO)) for block in self.blocks})

    def at(self, block: str) -> Term:
        return self.on.get(block, ZERO)


Value = Operator | Term
"""A map, or a number (as a matrix: that multiple of the identity)."""


def plus(a: Term, b: Term) -> Term:
    return b if a is ZERO else a if b is ZERO else a + b


def times(a: Term, b: Term) -> Term:
    if ZERO in (a, b) or ONE in (a, b):
        return ZERO if ZERO in (a, b) else b if a is ONE else a
    return make("mul", (a, b)) if a.head == "number" else a * b


def adjoint_of(value: Value) -> Value:
    def star(x: Term) -> Term:
        return x if is_real(x) else make("adjoint", (x,))

    if isinstance(value, Term):
        return star(value)
    return Operator(value.frm, value.to, {block: star(x) for block, x in value.on.items()})


def product(a: Value, b: Value) -> Value:
    if isinstance(a, Term):
        return (
            times(a, b) if isinstance(b, Term) else replace(b, on={k: times(a, x) for k, x in b.on.items()})
        )
    if isinstance(b, Term):
        return product(b, a)
    if a.frm != b.to or a.frm == "1":
        raise Refused("a product leaves the functional calculus of one matrix (X X or u v^T for instance)")
    return Operator(a.to, b.frm, {k: times(a.on[k], b.on[k]) for k in a.on if k in b.on})
