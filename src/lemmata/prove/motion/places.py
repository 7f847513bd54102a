"""Functions at points that are named: x_2 = A x_1 and x_1 = A x_0 from x_{k+1} = A x_k, for a claim on x_2.

``use_places`` says recursions at such places in advance, ``by_value`` answers a claim on S(0) by a fact on S(t).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{n x n}, x : R^n(k); assume x_{k+1} = A x_k; show x_2 = A^2 x_0", semicolons=True)
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator

from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused, depends_on, expand
from lemmata.kernel.term import INDICES, SCALAR, Term, add, number, subterms, symbols_of, to_json
from lemmata.prove.draft import Draft, Ref
from lemmata.terms.forms import at

__all__ = ["by_value", "use_places"]

FURTHEST = 6
"""Places beyond this are reached by a closed form or by induction, not one after the other."""


def by_value(draft: Draft, claim: Term) -> Ref | None:
    """What is known at all times is known at the time that the claim names."""
    points = {(t.args[0].value[4], t.args[1]) for t in subterms(claim) if t.head == "at"}
    for fact, ref in draft.facts if points else ():
        if fact.head != claim.head or fact in draft.local:
            continue
        for name, point in sorted(points, key=repr):
            clock = next((s for s in symbols_of(fact) if s.name == name), None)
            try:
                if fact is not claim and value_at(fact, name, point, clock) is claim:
                    return draft.add(claim, "value", of=ref, variable=name, point=to_json(point))
            except Refused:
                continue
    return None


def use_places(draft: Draft, goal: Term) -> None:
    """Recursions at every place up to the largest number that is named, and at the letters that are.

    Whatever else holds at all times is read where all its functions are named.
    """
    if draft.pointwise is not None:
        return
    named = {t for p in (goal, *(f for f, _ in draft.facts)) for t in subterms(p) if t.head == "at"}
    for fact, ref in list(draft.facts):
        for name, reach in _recursion(fact):
            points = {t.args[1] for t in named if t.args[0].value[4] == name}
            for point in _before(points, reach):
                if point.head != "symbol" or point.name != name:  # that is the fact itself
                    _read(draft, fact, ref, name, point)
        functions = {s for s in symbols_of(fact) if s.value[4]}
        names = {s.value[4] for s in functions} if all(t.head != "at" for t in subterms(fact)) else set()
        for point in sorted(
            {t.args[1] for t in named if t.args[0] in functions and len(names) == 1}, key=repr
        ):
            (name,) = names
            if not depends_on(point, name) and all(at(s, point) in named for s in functions):
                _read(draft, fact, ref, name, point)


def _read(draft: Draft, fact: Term, ref: Ref, name: str, point: Term) -> None:
    clock = next((s for s in symbols_of(fact) if s.name == name), None)
    try:
        value = value_at(fact, name, point, clock)
    except Refused:
        return
    if draft.find(value) is None:
        draft.add(value, "value", of=ref, variable=name, point=to_json(point))


def _recursion(fact: Term) -> Iterator[tuple[str, int]]:
    """The index of a relation that names x_{k+1} or x_{k+2}, and how far ahead it goes."""
    if fact.head not in ("eq", "le", "lt", "ge", "gt") or fact.args[0].sort != "matrix":
        return
    for name in sorted({t.args[0].value[4] for t in subterms(fact) if t.head == "at"} & INDICES):
        ahead = [
            _constant(t.args[1]) for t in subterms(fact) if t.head == "at" and depends_on(t.args[1], name)
        ]
        if ahead and max(ahead) > 0:
            yield name, max(ahead)


def _before(points: set[Term], reach: int) -> list[Term]:
    """The places from which the recursion tells x at these points: j below a number, N + j below N + c."""
    numbers = {int(p.value) for p in points if p.head == "number"}
    found = [number(j) for j in range(min(max(numbers, default=0) - reach, FURTHEST) + 1)]
    for letter in sorted({s for p in points for s in symbols_of(p) if s.shape == SCALAR}, key=repr):
        far = max(_constant(p) for p in points if letter in symbols_of(p))
        found += [
            add(letter, number(j)) if j else letter for j in range(min(max(far - reach, 0), FURTHEST) + 1)
        ]
    return found


def _constant(point: Term) -> int:
    """The c of k + c."""
    try:
        return int(expand(point).terms.get(((), ()), 0))
    except Refused:
        return 0
