"""Carrying out a plan: data for given dimensions, in exact or in stacked numbers.

Slots are drawn in some order.  Those hypotheses that restrict a slot and are affine in it (found out
by trying: f(u + v) + f(0) = f(u) + f(v)) are solved as one linear system, free unknowns at random:

    A w = y, B = f(others), commuting A B = B A, symmetric S, y in Col(A), Col(B) <= Col(A), ...

Properties that are not linear (rank, definite, orthogonal, idempotent) come from recipes.  The rest
is left to luck, and every instance is checked against all hypotheses before anyone sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat

from lemmata.kernel.term import Term, substitute, subterms, symbols_of
from lemmata.refute import draw
from lemmata.refute.asked import bound_below, commuting, size_said
from lemmata.refute.draw import RECIPES, Source
from lemmata.refute.evaluate import Evaluator, slot
from lemmata.refute.exact import Exact
from lemmata.refute.flow import flow_definition, sequence_definition, without_drives
from lemmata.refute.letters import degree
from lemmata.refute.linear import basis, flat, residuals, solve
from lemmata.refute.minimisers import minimised, minimiser, nearest
from lemmata.refute.plan import Plan
from lemmata.refute.sized import of_size
from lemmata.refute.slots import Ref
from lemmata.refute.system import NumberError, Unsupported
from lemmata.terms.blocks import size_of

__all__ = ["Builder"]


class Builder:
    """One attempt at data: ``values`` fills up slot by slot."""

    def __init__(
        self,
        plan: Plan,
        dims: Mapping[str, int],
        source: Source,
        affine: dict[tuple[Term, Ref], bool],
        values: dict[str, Any] | None = None,
    ) -> None:
        self.plan = plan
        self.dims = dims
        self.source = source
        self.system = source.system
        self.affine = affine  # learned by exact attempts, shared by all attempts of a plan
        self.values: dict[str, Any] = {} if values is None else values
        self.definitions: dict[str, Term] = dict(plan.definitions)  # and the flows, once they are solved
        self._assigned: dict[str, Term] | None = None

    # --- reading -----------------------------------------------------------------------------

    def evaluator(self) -> Evaluator:
        return Evaluator(self.system, self.dims, self.lookup, self.definitions, self.source.unit)

    def lookup(self, s: Term, order: int, point: Fraction | None) -> Any:
        """A slot: drawn, or computed from the equation that assigns it."""
        key = slot(s.name, order, point)
        if key in self.values:
            return self.values[key]
        if s.name in self.plan.recursions and order == 0:
            return self._iterate(s, self._index(s) if point is None else point)
        body = self.assigned.get(key)
        if body is None:
            raise Unsupported(f"no value for {key}", s)
        return self._computed(body)

    def _computed(self, body: Term) -> Any:
        """The value that an equation assigns, or a hypothesis of minimality."""
        least = minimised(body)
        return self.evaluator().value(body) if least is None else minimiser(self.evaluator(), least)

    @property
    def assigned(self) -> dict[str, Term]:
        if self._assigned is None:
            e = self.evaluator()
            self._assigned = {}  # what is asked for to know the points is drawn, and none of these
            try:
                self._assigned = {self._key(r, e): body for r, body in self.plan.assigned.items()}
            except NumberError:
                self._assigned = None
                raise
        return self._assigned

    def _key(self, r: Ref, e: Evaluator) -> str:
        point = None if r.point is None else self.system.index(e.entry(r.point))
        return slot(r.symbol.name, r.order, point)

    def _index(self, s: Term) -> Fraction:
        return self.system.index(self.values[s.value[4]])

    def _iterate(self, s: Term, k: Fraction) -> Any:
        """x_k from x_{k-1}, or from x_{k-1} and x_{k-2}, by the recursion."""
        recursion = self.plan.recursions[s.name]
        if k.denominator != 1 or not 0 <= k <= 64:
            raise Unsupported(f"{s.name} has no value at {k}", s)
        key = slot(s.name, 0, k)
        if key in self.values:
            return self.values[key]
        if k < recursion.steps:
            return self.evaluator().value(self.assigned[key])
        before, variable = k - recursion.steps, s.value[4]

        def lookup(other: Term, order: int, point: Fraction | None) -> Any:
            if other.name == variable:
                return self.evaluator().scalar(self.system.rational(before))
            if (
                other.value[4] == variable
                and point is None
                and order == 0
                and other.name in self.plan.recursions
            ):
                return self._iterate(other, before)
            if other.value[4] == variable and other.name not in (*self.plan.recursions, *self.plan.constant):
                raise Unsupported(f"{other.name} at another place than the one that was drawn", other)
            return self.lookup(other, order, None if other.name in self.plan.constant else point)

        e = Evaluator(self.system, self.dims, lookup, self.definitions, self.source.unit)
        self.values[key] = e.value(recursion.body)
        return self.values[key]

    # --- drawing -----------------------------------------------------------------------------

    def build(self, order: tuple[Ref, ...]) -> dict[str, Any]:
        """Draws every slot in this order, then computes the assigned ones.

        Raises NumberError when an equation on the way has no solution for the data so far.
        """
        place = {r: i for i, r in enumerate(order)}
        active: dict[Ref, list[Term]] = {r: [] for r in order}
        for g in self.plan.restrictions:
            depends = self.plan.depends[g]
            if depends:
                active[max(depends, key=lambda r: place[r])].append(g)
        for r in order:
            key = self._key(r, self.evaluator())
            self.values[key] = self._draw(r, key, active[r])
        self.complete()
        return self.values

    def complete(self) -> None:
        """Computes the assigned slots that the statement speaks of."""
        for name in self.plan.flows:
            self._flow(next(r.symbol for r in self.plan.needed if r.symbol.name == name))
        for name in self.plan.endless:
            self._sequence(next(r.symbol for r in self.plan.needed if r.symbol.name == name))
        self._no_collision()
        e = self.evaluator()
        for r in self.plan.needed:
            if r.symbol.name in self.plan.flows:
                continue
            key = self._key(r, e)
            if key not in self.values:
                point = None if r.point is None else self.system.index(e.entry(r.point))
                self.values[key] = self.lookup(r.symbol, r.order, point)

    def settle_minimisers(self) -> None:
        """Moves what was put down to the nearest minimiser."""
        for m in self.plan.minimisers:
            self.values[m.at.name] = nearest(self.evaluator(), m, self.values[m.at.name])

    def _flow(self, s: Term) -> None:
        """Solves dw/dt = F(w) for an affine F, driven perhaps; the solution becomes the definition of w."""
        if not isinstance(self.system, Exact) or self.source.unit != 1:
            raise Unsupported("a flow of stacked or complex data", s)
        start, time = self._start(s), self._variable(s)
        e = self.evaluator()
        body, rates = without_drives(self.plan.flows[s.name], time, lambda a: e.system.index(e.entry(a)))
        m, b, columns = self._affine_map(s, body, start, tuple(rates))
        drives = [(0, b), *zip(rates.values(), columns, strict=True)]
        self.definitions[s.name] = flow_definition(m, drives, start, time)

    def _sequence(self, s: Term) -> None:
        """Writes x_k of an affine recursion as a power, for limits."""
        if not isinstance(self.system, Exact) or self.source.unit != 1:
            return
        start, index = self._start(s), self._variable(s)
        m, b, _ = self._affine_map(s, self.plan.recursions[s.name].body, start)
        self.definitions[s.name] = sequence_definition(m, b, start, index)

    def _start(self, s: Term) -> fmpq_mat:
        key = slot(s.name, 0, Fraction(0))
        if key not in self.values:
            self.values[key] = self.evaluator().value(self.assigned[key])
        start = self.values[key]
        if type(start) is not fmpq_mat:
            raise Unsupported("an initial value that is not rational", s)
        return start

    def _variable(self, s: Term) -> Term:
        return next(r.symbol for r in self.plan.drawn if r.symbol.name == s.value[4])

    def _affine_map(
        self, s: Term, body: Term, start: fmpq_mat, drives: tuple[Term, ...] = ()
    ) -> tuple[list[list[Any]], list[Any], list[list[Any]]]:
        """M, b and the columns c with  body = M w + b + sum of c g  on the entries of w, row by row."""
        written_out = self._written_out(body)
        d = None if written_out is None else degree(written_out, frozenset([s, *drives]))
        if d is None or d > 1:
            raise Unsupported("an equation that is not affine", s)
        directions = list(basis(self.source, s, *self._size(s)))

        def field(w: Any, on: Term | None = None) -> list[Any]:
            def moment(x: Term, order: int, point: Fraction | None) -> Any:
                if x in drives:
                    return fmpq_mat(1, 1, [int(x is on)])
                return self._moment(x, order, point, s, w)

            e = Evaluator(self.system, self.dims, moment, self.plan.definitions)
            return list(flat(self.source, [e.value(body)]))

        zero = directions[0] * fmpq(0)
        b = field(zero)
        slopes = [*map(field, directions), *(field(zero, on=g) for g in drives)]
        columns = [[x - y for x, y in zip(c, b, strict=True)] for c in slopes]
        m = [[c[i] for c in columns[: len(directions)]] for i in range(len(b))]
        return m, b, columns[len(directions) :]

    def _written_out(self, term: Term) -> Term | None:
        """The term with definitions put in; None where one is evaluated at a point."""
        for _ in range(len(self.plan.definitions) + 1):
            used = {t: d for t in symbols_of(term) if (d := self.plan.definitions.get(t.name)) is not None}
            if not used:
                return term
            if any(t.head == "at" and t.args[0] in used for t in subterms(term)):
                return None
            term = substitute(term, used)
        return None

    def _moment(self, x: Term, order: int, point: Fraction | None, s: Term, w: Any) -> Any:
        """Data for the right-hand side: w as given, constants as drawn, nothing else."""
        if x is s and order == 0 and point is None:
            return w
        if x.name in self.plan.constant:
            return self.lookup(x, order, None)
        if x.value[4] == s.value[4] or x.name == s.value[4]:
            raise Unsupported(f"an equation for {s.name} that depends on {x.name}", s)
        return self.lookup(x, order, point)

    def _no_collision(self) -> None:
        # x_0 and x_k are two slots of one function: they may not be drawn apart at the same point.
        points: set[tuple[str, Fraction]] = set()
        e = self.evaluator()
        for r in self.plan.needed:
            name, variable = r.symbol.name, r.symbol.value[4]
            if r.order or name in self.plan.recursions or name in self.definitions:
                continue
            if r.point is not None:
                p = self.system.index(e.entry(r.point))
            elif variable in self.values:
                p = self.system.index(self.values[variable])
            else:
                continue
            if (name, p) in points:
                raise Unsupported(f"two slots of {name} at the same point")
            points.add((name, p))

    def _size(self, s: Term) -> tuple[int, int]:
        rows, cols = (size_of(d, self.dims) for d in s.shape)
        return rows, cols

    def _draw(self, r: Ref, key: str, active: list[Term]) -> Any:
        s, src = r.symbol, self.source
        rows, cols = self._size(s)
        complex_ = s.value[3] == "complex"
        bare = r.order == 0 and r.point is None
        properties = self.plan.properties.get(s.name, frozenset()) if bare else frozenset()
        if s.shape == (1, 1) and not properties:
            linear = [g for g in active if self._is_affine(g, r, key)]
            if linear and s.value[3] in ("real", "complex"):
                return self._solve(r, key, linear)
            variables = {x.symbol.value[4] for x in self.plan.needed}
            return src.scalar(s.value[3] if r.order == 0 else "real", s.name in variables)
        if bare and s.name in self.plan.orthonormal:
            n = max(rows, cols)
            q = draw.orthogonal(src, n, complex_)
            return self.system.part(q, 0, rows * src.unit, 0, cols * src.unit)
        if bare and s.name in self.plan.ranks:
            return self._of_rank(s, rows, cols, properties, complex_)
        above = bound_below(s, active) if bare else None
        if above is not None and src.choice.random() < 0.8:  # A >= B: A = B + G G^T
            gap = src.gram(src.matrix(rows, src.choice.randint(1, rows), complex_, 1))
            gap = self.system.add(gap, src.eye(rows)) if "spd" in properties else gap
            return self.system.add(self.evaluator().value(above), gap)
        linear = [g for g in active if self._is_affine(g, r, key)]
        if properties & {"psd", "spd"} and linear:
            partner = commuting(linear, s)
            if partner is not None:
                return self._square_of_polynomial(partner, rows, "spd" in properties)
        restricting = [g for g in linear if not (g.head == "is" and g.args[0] is s)]
        if restricting:
            return self._solve(r, key, linear)
        if "partial isometry" in properties:
            return draw.partial_isometry(src, rows, cols, complex_)
        for needs, recipe in RECIPES:
            if needs <= properties:
                return recipe(src, rows, complex_)
        if "invertible" in properties:
            return src.matrix(rows, cols, complex_)
        sizes = [size for g in active if bare and (size := size_said(g, s)) is not None]
        if sizes and (sizes[0].fixed or src.choice.random() < 0.5):
            return of_size(sizes[0], s, key, self.values, src, self.evaluator())
        earlier = [v for k, v in self.values.items() if "(" not in k]
        return draw.free(src, rows, cols, complex_, earlier)

    def _of_rank(self, s: Term, rows: int, cols: int, properties: frozenset[str], complex_: bool) -> Any:
        r = int(self.system.index(self.evaluator().entry(self.plan.ranks[s.name])))
        if r > min(rows, cols):
            raise Unsupported("a rank that is too large")
        src = self.source
        if properties & {"psd", "symmetric"}:
            return src.gram(src.matrix(rows, r, complex_)) if r else src.zeros(rows, rows)
        if "projection" in properties or "idempotent" in properties:
            g = src.matrix(r, rows, complex_, 1) if r else src.zeros(1, rows)
            return self.system.mul(self.system.pinv(g), g)
        return draw.of_rank(src, rows, cols, r, complex_)

    def _square_of_polynomial(self, partner: Term, n: int, definite: bool) -> Any:
        """(a I + b A)^2 (+ I): symmetric, definite, and commutes with a symmetric A."""
        src, system = self.source, self.system
        a, b = (src.scalar("real", True) for _ in range(2))
        e = self.evaluator()
        p = system.add(e.times(a, src.eye(n), n), e.times(b, e.value(partner), n))
        square = system.mul(p, p)
        return system.add(square, src.eye(n)) if definite else square

    # --- linear systems ------------------------------------------------------------------------

    def _residual_at(self, g: Term, key: str, value: Any) -> Any:
        before = self.values.get(key)
        self.values[key] = value
        try:
            return residuals(g, self.evaluator())
        finally:
            if before is None:
                del self.values[key]
            else:
                self.values[key] = before

    def _is_affine(self, g: Term, r: Ref, key: str) -> bool:
        known = self.affine.get((g, r))
        if known is not None:
            return known
        if self.source.stacked:  # a stack and its exact repetition must go the same way
            return False
        rows, cols = self._size(r.symbol)
        if (rows, cols) == (1, 1) and r.symbol.shape != (1, 1):
            return self._affine_here(g, r, key, rows, cols)  # too small a case to learn from
        found = self._affine_here(g, r, key, rows, cols)
        self.affine[(g, r)] = found
        return found

    def _affine_here(self, g: Term, r: Ref, key: str, rows: int, cols: int) -> bool:
        complex_ = r.symbol.value[3] == "complex"
        probe = Source(17, self.system, unit=self.source.unit)
        u, v = probe.matrix(rows, cols, complex_, 3), probe.matrix(rows, cols, complex_, 3)
        if r.symbol.shape == (1, 1):
            u, v = probe.eye(1) * 3, probe.eye(1) * 5
        try:
            zero = self._residual_at(g, key, u * fmpq(0))
            parts = [self._residual_at(g, key, x) for x in (u, v, u + v, u * fmpq(2))]
        except NumberError:
            return False
        if zero is None or any(type(x) is not fmpq_mat for x in (zero, *parts)):
            return False
        a, b, both, twice = parts
        return bool(both + zero == a + b and twice + zero == a + a)

    def _solve(self, r: Ref, key: str, linear: list[Term]) -> Any:
        """A random solution of the restrictions that are affine in this slot."""
        src = self.source
        directions = list(basis(src, r.symbol, *self._size(r.symbol)))
        zero = self.system.scale(self.system.rational(Fraction(0)), directions[0])
        constant = flat(src, [self._residual_at(g, key, zero) for g in linear])
        columns = [flat(src, [self._residual_at(g, key, d) for g in linear]) for d in directions]
        weights = solve(src, columns, constant)
        total = zero
        for i, d in enumerate(directions):
            w = self.system.part(weights, i, i + 1, 0, 1)
            total = self.system.add(total, self.system.scale(w, d))
        return total
