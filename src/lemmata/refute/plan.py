"""From hypotheses to a recipe for data that satisfy them.

The hypotheses are read once.  An equation with a bare symbol on one side defines it; one with dw/dt,
w(s) or x_{k+1} on one side assigns that slot; every other hypothesis restricts the last of its slots
that is drawn, given the ones before.  For  A w = y  that means: draw A and w, put y = A w.

>>> from lemmata.kernel.term import symbol, mul
>>> from lemmata.terms.forms import equation
>>> A, w, y = symbol("A", "m", "n"), symbol("w", "n"), symbol("y", "m")
>>> plan = read_plan((equation(mul(A, w), y),), equation(y, y))
>>> plan.definitions, [ref.symbol.name for ref in plan.drawn]
({'y': mul(symbol(('A', 'm', 'n', 'real', '')), symbol(('w', 'n', 1, 'real', '')))}, ['A', 'w'])
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lemmata.kernel.term import Term, inverse, make, mul, number, subterms
from lemmata.refute.flow import functions_in_limits
from lemmata.refute.goals import dimension_names
from lemmata.refute.minimisers import Minimised, minimised, uniquely
from lemmata.refute.moved import bounded, firm, moved, outside
from lemmata.refute.places import at_later_places, steps_ahead, successors
from lemmata.refute.slots import Ref, refs, slot_of
from lemmata.refute.times import flows_asked_for, speaks_of
from lemmata.terms.blocks import size_of
from lemmata.terms.forms import adjoint, diff, power

__all__ = ["Plan", "feasible", "read_plan"]


@dataclass(frozen=True)
class Recursion:
    """x_{k + steps} as ``body``, which names x_k and, for two steps, x_{k+1}."""

    body: Term
    steps: int

    def starts(self, s: Term) -> list[Ref]:
        """The places that must be drawn."""
        return [Ref(s, 0, number(j)) for j in range(self.steps)]


@dataclass(frozen=True)
class Plan:
    """What to draw, what to compute, and what is left to satisfy."""

    dims: tuple[str, ...]
    definitions: Mapping[str, Term]
    assigned: Mapping[Ref, Term]
    recursions: Mapping[str, Recursion]  # x: x_{k+1} as a term in x and k, or x_{k+2} in x, x_{k+1} and k
    drawn: tuple[Ref, ...]
    needed: tuple[Ref, ...]
    restrictions: tuple[Term, ...]
    properties: Mapping[str, frozenset[str]]
    ranks: Mapping[str, Term]
    orthonormal: Mapping[str, str]  # "rows" or "columns"
    depends: Mapping[Term, tuple[Ref, ...]] = field(default_factory=dict)  # drawn slots of a restriction
    flows: Mapping[str, Term] = field(default_factory=dict)  # w: dw/dt, to be solved
    implied: tuple[Term, ...] = ()  # what the hypotheses say about derivatives and other times
    refusal: str = ""  # why no model can be made
    endless: frozenset[str] = frozenset()  # sequences by recursion whose limit is taken
    minimisers: tuple[Minimised, ...] = ()  # drawn, though f(w) <= f(v) for all v restricts them
    constant: frozenset[str] = frozenset()  # functions that keep the value that is drawn for them


def _depends_on(term: Term, name: str, definitions: Mapping[str, Term]) -> bool:
    seen: set[str] = set()
    stack = [term]
    while stack:
        for t in subterms(stack.pop()):
            if t.head == "symbol":
                if t.name == name:
                    return True
                if t.name in definitions and t.name not in seen:
                    seen.add(t.name)
                    stack.append(definitions[t.name])
    return False


def _definitions(given: tuple[Term, ...], show: Term) -> tuple[dict[str, Term], set[Term]]:
    """Symbols equated with expressions; symbols on the left before symbols on the right.

    No definition is made of b = S x where a gradient or a limit in x is taken: b is not a function of x there.
    """
    found: dict[str, Term] = {}
    used: set[Term] = set()
    bound = {t.args[1] for p in (*given, show) for t in subterms(p) if t.head in ("grad", "limit")}
    for side in (0, 1):
        for g in given:
            if g.head != "eq" or g in used or g.args[0].sort != "matrix":
                continue
            s, body = g.args[side], g.args[1 - side]
            if s.head == "symbol" and not s.value[4] and _moves(body):
                continue  # A w(t) = y says more than a definition of y: that A w(t) is constant
            if any(
                x in bound and x.name != s.value[4] for x in subterms(body) if x.head == s.head == "symbol"
            ):
                continue
            if s.head == "symbol" and s.name not in found and not _depends_on(body, s.name, found):
                found[s.name] = body
                used.add(g)
    return found, used


def _moves(term: Term) -> bool:
    return any(s.head == "symbol" and s.value[4] for s in subterms(term))


def _assignments(
    given: list[Term], definitions: Mapping[str, Term]
) -> tuple[dict[Ref, Term], dict[str, Recursion], set[Term]]:
    """Equations for dw/dt, w(s), x_{k+1} and x_{k+2}."""
    assigned: dict[Ref, Term] = {}
    recursions: dict[str, Recursion] = {}
    used: set[Term] = set()
    for g in given:
        if g.head != "eq" or g.args[0].sort != "matrix":
            continue
        for slot, body in map(_solved, (g.args, g.args[::-1])):
            ref = slot_of(slot)
            if ref is None or ref.symbol.name in definitions or ref in assigned:
                continue
            inside = refs(body, definitions)
            if ref in inside or any(_slot_cycle(ref, r, assigned, definitions) for r in inside):
                continue
            steps = 0 if ref.point is None else steps_ahead(ref.point, ref.symbol.value[4])
            if ref.point is not None and not steps and any(s.value[4] for s in outside(body, "at")):
                continue  # w(s) = w(t) says more than what w(s) is: that w(t) is constant
            if steps:
                # x_{k+1} = x_k + x_N tells no place by the ones before; of two equations one remains to be met.
                before = {r.point for r in inside if r.symbol is ref.symbol and r.point is not None}
                early = {p for p in before if p.head == "number" and p.value < steps}
                late = {
                    p for p in before - early if steps_ahead(p, ref.symbol.value[4]) not in range(1, steps)
                }
                if late or ref.symbol.name in recursions:
                    continue
                recursions[ref.symbol.name] = Recursion(body, steps)
            else:
                assigned[ref] = body
            used.add(g)
            break
    return assigned, recursions, used


def _solved(sides: Sequence[Term]) -> tuple[Term, Term]:
    """x_{k+1} = M^{-1} b for M x_{k+1} = b; where M is not invertible this finds no instance."""
    slot, body = sides
    if slot.head == "mul" and (ref := slot_of(slot.args[-1])) is not None and ref.point is not None:
        M, x = mul(*slot.args[:-1]), slot.args[-1]
        square = M.shape == (x.shape[0], x.shape[0]) and ref.symbol not in subterms(M)
        if square and steps_ahead(ref.point, ref.symbol.value[4]):
            return x, mul(inverse(M), body)
    return slot, body


def _minimisers(
    given: list[Term], definitions: Mapping[str, Term], assigned: dict[Ref, Term]
) -> tuple[set[Term], tuple[Minimised, ...]]:
    """Assigns what is said to be the only minimiser; the other minimisers stay to be drawn."""
    only = {m for g in given if (m := uniquely(g)) is not None}
    used: set[Term] = set()
    others: list[Minimised] = []
    for g in given:
        m = minimised(g)
        if m is None or m.at.name in definitions:
            continue
        ref, inside = Ref(m.at), refs(m.f, {**definitions, m.letter.name: number(0)})
        if ref in assigned or any(_slot_cycle(ref, r, assigned, definitions) for r in inside):
            continue
        if m in only:
            assigned[ref] = g
            used.add(g)
        else:
            others.append(m)
    return used, tuple(others)


def _slot_cycle(
    target: Ref, start: Ref, assigned: Mapping[Ref, Term], definitions: Mapping[str, Term]
) -> bool:
    stack: list[Ref] = [start]
    seen: set[Ref] = set()
    while stack:
        r = stack.pop()
        if r == target:
            return True
        if r in assigned and r not in seen:
            seen.add(r)
            stack.extend(refs(assigned[r], definitions))
    return False


def _traits(given: list[Term]) -> tuple[dict[str, frozenset[str]], dict[str, Term], dict[str, str]]:
    properties: dict[str, set[str]] = {}
    ranks: dict[str, Term] = {}
    orthonormal: dict[str, str] = {}
    for g in given:
        a = g.args[0] if g.args else g
        if g.head == "is" and a.head == "symbol":
            properties.setdefault(a.name, set()).add(g.value)
        elif g.head in ("ge", "gt", "le", "lt") and a.shape != (1, 1):
            s, other = g.args if g.head in ("ge", "gt") else g.args[::-1]
            if s.head == "symbol" and other.head in ("zero", "number"):
                properties.setdefault(s.name, set()).add("psd" if g.head in ("ge", "le") else "spd")
        elif g.head == "eq":
            for left, right in (g.args, g.args[::-1]):
                if left.head == "rank" and left.args[0].head == "symbol":
                    ranks[left.args[0].name] = right
                square = right.head == "symbol" and right.shape[0] == right.shape[1] != 1
                if square and left in (mul(right, right), power(right, 2)):
                    properties.setdefault(right.name, set()).add("idempotent")
                if right.head == "symbol" and left in (
                    mul(right, adjoint(right), right),
                    mul(mul(right, adjoint(right)), right),
                ):
                    properties.setdefault(right.name, set()).add("partial isometry")
                if left.head == "pinv" and right is adjoint(left.args[0]) and left.args[0].head == "symbol":
                    properties.setdefault(left.args[0].name, set()).add("partial isometry")
                if square and left is adjoint(right):
                    properties.setdefault(right.name, set()).add("symmetric")
                if right.head == "identity" and left.head == "mul" and len(left.args) == 2:
                    p, q = left.args
                    if p.head == "symbol" and q is adjoint(p):
                        orthonormal[p.name] = "rows"
                    elif q.head == "symbol" and p is adjoint(q):
                        orthonormal[q.name] = "columns"
    return {k: frozenset(v) for k, v in properties.items()}, ranks, orthonormal


def read_plan(given: tuple[Term, ...], show: Term) -> Plan:
    """Reads hypotheses (conjunctions taken apart) and a conclusion."""
    definitions, used = _definitions(given, show)
    rest = [g for g in given if g not in used]
    assigned, recursions, used = _assignments(rest, definitions)
    told = {g for g in used for x in successors(g) if x.name in recursions}
    later = at_later_places([g for g in rest if g not in told], show, recursions)
    if later:
        rest = [*rest, *later]
        assigned, recursions, used = _assignments(rest, definitions)
    rest = [g for g in rest if g not in used]
    used, minimisers = _minimisers(rest, definitions, assigned)
    rest = [g for g in rest if g not in used]
    strict = firm(rest, (*given, show))
    told_strictly = [g for g in strict if g not in rest]
    rest = strict
    properties, ranks, orthonormal = _traits(rest)

    needed: dict[Ref, None] = {}
    for term in (*given, show):
        needed.update(refs(term, definitions))
    flows, refusal = flows_asked_for((*given, show), definitions, assigned, recursions, needed, rest)
    functions: dict[str, int] = {}
    for r in needed:
        if r.symbol.value[4] and r.symbol.name not in recursions and r.symbol.name not in flows:
            functions[r.symbol.name] = max(functions.get(r.symbol.name, 0), r.order)
    points = dict.fromkeys(r.point for r in needed if r.point is not None and r.symbol.name in functions)
    known = moved(rest, functions, points)
    implied = [*known.said, *later, *told_strictly]
    driven = {r.symbol for r in needed if r.symbol.name in recursions or Ref(r.symbol, 1) in assigned}
    for s in (*known.silent, *(s for g in rest for s in bounded(g) if s in driven)):
        refusal = (
            refusal
            or f"what is known of {s.name} restricts it at other times in a way that is not seen: not tried"
        )
    for g in implied:
        needed.update(refs(g, definitions))
    rest = [*rest, *(g for g in implied if g not in later and g not in rest)]
    for ref, body in list(assigned.items()):  # w'' from w' by differentiating the equation again
        highest = max((r.order for r in needed if r.symbol is ref.symbol), default=0)
        for order in range(ref.order + 1, highest + 1) if ref.point is None else ():
            body = diff(body, ref.symbol.value[4])
            assigned.setdefault(Ref(ref.symbol, order), body)
    for body in (*assigned.values(), *(r.body for r in recursions.values())):
        needed.update(refs(body, definitions))
    for name in (*recursions, *flows):
        s = next(r.symbol for r in needed if r.symbol.name == name)
        if all(r.symbol.name != s.value[4] for r in needed):
            domain = "natural" if name in recursions else "time"
            needed.update(refs(make("symbol", (), (s.value[4], 1, 1, domain, "")), {}))

    drawn: list[Ref] = []
    for r in needed:
        if r in assigned:
            continue
        recursion = Recursion(number(0), 1) if r.symbol.name in flows else recursions.get(r.symbol.name)
        for start in [r] if recursion is None else recursion.starts(r.symbol):
            if start not in drawn and start not in assigned:
                drawn.append(start)
    variables = {r.symbol.value[4] for r in needed} - {""}
    # Times and indices first: the points of the other slots are evaluated with them.
    drawn.sort(key=lambda r: 0 if r.symbol.name in variables else 1)

    def bottom(term: Term) -> tuple[Ref, ...]:
        out: dict[Ref, None] = {}
        stack, seen = list(refs(term, definitions)), set()
        while stack:
            r = stack.pop()
            if r in seen:
                continue
            seen.add(r)
            if r in assigned:
                stack.extend(refs(assigned[r], definitions))
            elif r.symbol.name in flows and r.point is not number(0):
                stack.extend(refs(flows[r.symbol.name], definitions))
                stack.append(Ref(r.symbol, 0, number(0)))
            elif r.symbol.name in recursions and r not in recursions[r.symbol.name].starts(r.symbol):
                stack.extend(refs(recursions[r.symbol.name].body, definitions))
                stack.extend(recursions[r.symbol.name].starts(r.symbol))
            else:
                out[r] = None
        return tuple(out)

    return Plan(
        tuple(dimension_names((*given, show))), definitions, assigned, recursions, tuple(drawn), tuple(needed),
        tuple(rest), properties, ranks, orthonormal, {g: bottom(g) for g in rest}, flows, tuple(implied), refusal,
        frozenset(recursions) & functions_in_limits((*given, show)), minimisers,
        _constant(needed, {*recursions, *flows, *definitions}, rest),
    )  # fmt: skip


def _constant(needed: Iterable[Ref], told: set[str], rest: list[Term]) -> frozenset[str]:
    """Functions that may be constant: one value is spoken of, by nothing that names the variable or moves with it."""
    slots: dict[Term, set[tuple[int, Term | None]]] = {}
    for r in needed:
        slots.setdefault(r.symbol, set()).add((r.order, r.point))
    alone = {s for s, own in slots.items() if s.value[4] and own == {(0, None)} and s.name not in told}
    for g in rest:
        inside = alone & set(subterms(g))
        moving = {s for s in subterms(g) if s.head == "symbol" and s.value[4]}
        if len(moving) > 1 or any(speaks_of(g, s.value[4]) for s in inside):
            alone -= inside
    return frozenset(s.name for s in alone)


def feasible(plan: Plan, dims: Mapping[str, int]) -> bool:
    """Can the matrices of these sizes have the ranks that are asked for?"""
    for ref in plan.drawn:
        rank = plan.ranks.get(ref.symbol.name)
        rows, cols = (size_of(d, dims) for d in ref.symbol.shape)
        if rank is not None and rank.head in ("dim", "number"):
            r = size_of(rank.value, dims) if rank.head == "dim" else rank.value
            if r > min(rows, cols):
                return False
        side = plan.orthonormal.get(ref.symbol.name)
        if side is not None and (rows > cols if side == "rows" else cols > rows):
            return False
    return True
