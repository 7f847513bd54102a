"""A statement in the form in which instances can be tried.

An implication moves its premises to the hypotheses, an equivalence becomes two goals, a conjunction
one goal each; a leading "for all" frees its symbols, since free symbols are universally quantified
anyway; a hypothesis "there is Z with ..." gives a free Z.  What has been taken apart is tried piece by
piece, and is false iff one piece is.

>>> from lemmata.kernel.term import symbol, make
>>> from lemmata.terms.forms import is_
>>> A = symbol("A", "n", "n")
>>> both = make("iff", (is_("spd", A), is_("psd", A)))
>>> [g.show.value for g in goals((), both)]
['psd', 'spd']
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lemmata.kernel.term import Term, make, substitute, subterms, symbols_of
from lemmata.terms.blocks import parts_of, without_selectors

__all__ = ["Goal", "conjuncts", "dimension_names", "goals"]


@dataclass(frozen=True)
class Goal:
    """Hypotheses without conjunctions and one conclusion."""

    given: tuple[Term, ...]
    show: Term

    @property
    def terms(self) -> tuple[Term, ...]:
        return (*self.given, self.show)


def goals(given: Iterable[Term], show: Term) -> list[Goal]:
    """The goals whose conjunction is the statement."""
    return _split(tuple(given), show)


def _split(given: tuple[Term, ...], show: Term) -> list[Goal]:
    if show.head == "and":
        return [g for a in show.args for g in _split(given, a)]
    if show.head == "implies":
        return _split((*given, show.args[0]), show.args[1])
    if show.head == "iff":
        a, b = show.args
        return [*_split((*given, a), b), *_split((*given, b), a)]
    if show.head == "forall":
        return _split(given, _freed(show, given))
    if show.head == "not" and (inner := _negation(show.args[0])) is not show:
        return _split(given, inner)
    return [Goal(conjuncts(given), show)]


def _negation(p: Term) -> Term:
    """The proposition "not p" with the negation inside the quantifiers and connectives, as far as it goes."""
    if p.head in ("exists", "forall"):
        other = "forall" if p.head == "exists" else "exists"
        return make(other, (*p.args[:-1], _negation(p.args[-1])))
    if p.head == "not":
        return p.args[0]
    if p.head == "and":  # not both: the last fails where the others hold
        premises = p.args[:-1]
        premise = premises[0] if len(premises) == 1 else make("and", premises)
        return make("implies", (premise, _negation(p.args[-1])))
    if p.head == "or":
        return make("and", tuple(map(_negation, p.args)))
    if p.head == "implies":
        return make("and", (p.args[0], _negation(p.args[1])))
    if p.head in ("eq", "ne") and p.args[0].sort == "matrix":
        return make("ne" if p.head == "eq" else "eq", p.args)
    return make("not", (p,))


def conjuncts(given: Iterable[Term]) -> tuple[Term, ...]:
    """Hypotheses with conjunctions taken apart and existential symbols set free, each once.

    What is true of selectors is true of the standard ones, and left out.
    """
    out: list[Term] = []
    queue = without_selectors(given)
    while queue:
        g = queue.pop(0)
        if g.head == "and":
            queue[:0] = list(g.args)
        elif g.head == "exists":
            queue.insert(0, _freed(g, [*out, *queue]))
        elif g.head == "forall" and g.args[-1].head == "and":
            queue[:0] = [make("forall", (*g.args[:-1], a)) for a in g.args[-1].args]
        elif g.head == "not" and (inner := _negation(g.args[0])) is not g:
            queue.insert(0, inner)
        elif g not in out:
            out.append(g)
    return tuple(out)


def _freed(quantified: Term, others: Iterable[Term]) -> Term:
    """The body, its bound symbols renamed where another free symbol has the name."""
    taken = {s.name for t in others for s in symbols_of(t)}
    renaming: dict[Term, Term] = {}
    for s in quantified.args[:-1]:
        name = s.name
        while name in taken:
            name += "_"
        taken.add(name)
        if name != s.name:
            renaming[s] = make("symbol", (), (name, *s.value[1:]))
    return substitute(quantified.args[-1], renaming)


def dimension_names(terms: Iterable[Term]) -> list[str]:
    """The names of dimensions, in order of appearance."""
    names: dict[str, None] = {}
    for term in terms:
        for t in subterms(term):
            if t.head == "symbol":
                found = [t.value[1], t.value[2]]
            elif t.head in ("identity", "dim"):
                found = [t.value]
            elif t.head == "zero":
                found = list(t.value)
            else:
                continue
            names.update(dict.fromkeys(p for d in found for p in parts_of(d) if isinstance(p, str)))
    return list(names)
