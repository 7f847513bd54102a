"""Instances of hypotheses: exact ones, each checked, and stacks of floating-point ones.

>>> from lemmata.kernel.term import symbol, make, dim
>>> from lemmata.terms.forms import equation
>>> X = symbol("X", "m", "n")
>>> full_row_rank = equation(make("rank", (X,)), dim("m"))
>>> all(i.values["X"].rank() == i.dims["m"] for i in models((full_row_rank,), equation(X, X), count=20))
True

Shapes run over 1..4 in each dimension, degenerate ones included.  Which shapes and which orders of
drawing lead to models is learned on the way; where nothing does, there is nothing to report about the
conclusion, and `lint` says so: a theorem with hypotheses that nothing satisfies is vacuous.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import fmpq_mat

from lemmata.kernel.term import Term, subterms
from lemmata.refute.build import Builder
from lemmata.refute.clock import check, until
from lemmata.refute.decide import Truth, decide_all
from lemmata.refute.domains import declared, of_kind
from lemmata.refute.draw import Source
from lemmata.refute.evaluate import Evaluator, is_complex
from lemmata.refute.exact import Exact
from lemmata.refute.floats import Array, Floats
from lemmata.refute.goals import conjuncts
from lemmata.refute.instance import Instance, lookup_in
from lemmata.refute.partitioned import drawn_whole, is_whole
from lemmata.refute.plan import Plan, feasible, read_plan
from lemmata.refute.residual import TOLERANCE, violation
from lemmata.refute.slots import Ref
from lemmata.refute.stable import drawn_stable
from lemmata.refute.system import NumberError, OutOfTime, System

__all__ = ["Lint", "ModelMaker", "Stack", "lint", "models"]

_LARGEST = 40


@dataclass(frozen=True)
class Stack:
    """A batch of floating-point instances of one shape; ``keep`` marks those that satisfy the hypotheses."""

    dims: Mapping[str, int]
    values: Mapping[str, Array]
    keep: Any
    seed: int
    order: tuple[Ref, ...]
    batch: int

    def evaluator(self, plan: Plan, unit: int) -> Evaluator:
        return Evaluator(Floats(), self.dims, lookup_in(self.values), plan.definitions, unit)


class ModelMaker:
    """Makes models of one set of hypotheses; ``show`` tells which other data are spoken of.

    With ``stable`` matrices that are to be stable are drawn by construction, else left to luck.
    """

    def __init__(
        self, given: Iterable[Term], show: Term, seed: int = 0, max_dim: int = 4, stable: bool = True
    ) -> None:
        self.given = conjuncts(given)
        self.show = show
        drawn = drawn_whole(self.given)
        constructed = drawn_stable(drawn) if stable else drawn
        self.by_construction = constructed != drawn
        self.plan = read_plan(constructed, show)
        self.checked = (*self.given, *self.plan.implied)
        self.declared = declared((*self.given, show))
        self.unit = 2 if is_complex((*self.given, show)) else 1
        self.random = random.Random(seed)
        self.affine: dict[tuple[Term, Ref], bool] = {}
        self.shapes = self._shapes(max_dim)
        self.tried = dict.fromkeys(range(len(self.shapes)), 0)
        self.found = dict.fromkeys(range(len(self.shapes)), 0)
        self.orders = self._orders()
        self.order_score = [[1.0, 1.0] for _ in self.orders]

    def _shapes(self, max_dim: int) -> list[dict[str, int]]:
        names = self.plan.dims
        if max_dim ** len(names) <= 4096:
            every = itertools.product(range(1, max_dim + 1), repeat=len(names))
            shapes = [dict(zip(names, s, strict=True)) for s in every]
        else:
            shapes = [{n: self.random.randint(1, max_dim) for n in names} for _ in range(512)]
        if self.obstacle_of_size() or self.plan.refusal:
            return []
        return [s for s in shapes if feasible(self.plan, s)]

    def _orders(self) -> list[tuple[Ref, ...]]:
        drawn = self.plan.drawn
        variables = {r.symbol.value[4] for r in self.plan.needed} - {""}
        head = tuple(r for r in drawn if r.symbol.name in variables)
        tail = [r for r in drawn if r.symbol.name not in variables]
        orders = [head + tuple(tail)]
        if self.plan.restrictions and len(tail) > 1:
            orders.append(head + tuple(reversed(tail)))
            for _ in range(2):
                self.random.shuffle(tail)
                orders.append(head + tuple(tail))
        return list(dict.fromkeys(orders))

    def _pick_order(self) -> int:
        if len(self.orders) == 1:
            return 0
        weights = [good / tries for good, tries in self.order_score]
        return self.random.choices(range(len(self.orders)), weights)[0]

    def _pick_shape(self) -> int:
        hopeful = [i for i in self.tried if self.tried[i] < 4 or self.found[i] * 20 > self.tried[i]]
        return self.random.choice(hopeful or list(self.tried))

    def attempt(self, dims: Mapping[str, int] | None = None) -> Instance | None:
        """One attempt at an exact model."""
        if not self.shapes:
            return None
        shape = -1 if dims is not None else self._pick_shape()
        size = self.shapes[shape] if dims is None else dims
        which = self._pick_order()
        source = Source(self.random.getrandbits(48), Exact(), unit=self.unit)
        instance = self.build(size, source, self.orders[which])
        good = instance is not None and self.satisfies(instance)
        self.order_score[which][0] += good
        self.order_score[which][1] += 1
        if shape >= 0:
            self.tried[shape] += 1
            self.found[shape] += good
        return instance if good else None

    def build(self, dims: Mapping[str, int], source: Source, order: tuple[Ref, ...]) -> Instance | None:
        """Exact data, not yet checked."""
        builder = Builder(self.plan, dims, source, self.affine)
        try:
            values = builder.build(order)
        except NumberError:
            return None
        if any(type(v) is not fmpq_mat for v in values.values()):
            return None
        return Instance(dict(dims), values, builder.definitions, self.unit)

    def satisfies(self, instance: Instance) -> bool:
        """Every hypothesis, defining equations included, holds exactly (transcendental: in balls).

        So does what the declarations say: a positive number is positive.
        """
        try:
            if of_kind(self.declared, instance) < Truth.ENCLOSED:
                return False
            return decide_all(self.checked, instance) >= Truth.ENCLOSED
        except NumberError:
            return False

    def obstacle_of_size(self) -> str:
        sizes = [d for r in self.plan.needed for d in r.symbol.shape if isinstance(d, int)]
        return f"dimensions above {_LARGEST} are not tried" if max(sizes, default=0) > _LARGEST else ""

    def obstacle(self) -> str:
        """Why models may exist and yet not be found: for hypotheses beyond what is tried here."""
        if self.plan.refusal or self.obstacle_of_size():
            return self.plan.refusal or self.obstacle_of_size()
        if any(t.head in ("forall", "exists") for g in self.given for t in subterms(g)):
            return "a hypothesis with a quantifier: not tried"
        if self.plan.flows:
            return "only equations of motion that are affine are solved: not tried"
        return ""

    def __iter__(self) -> Iterator[Instance]:
        misses = 0
        while self.shapes and misses < 400:
            try:
                check()
            except OutOfTime:
                return
            instance = self.attempt()
            misses = 0 if instance else misses + 1
            if instance:
                yield instance

    def stack(self, batch: int, dims: Mapping[str, int] | None = None) -> Stack | None:
        """A batch of floating-point models of a shape that exact models have been found for."""
        good = [i for i in self.tried if self.found[i]]
        if self.plan.flows or (not good and dims is None):
            return None
        size = self.shapes[self.random.choice(good)] if dims is None else dims
        order = self.orders[self._pick_order()]
        seed = self.random.getrandbits(48)
        system: System = Floats()
        with np.errstate(all="ignore"):
            try:
                builder = Builder(self.plan, size, Source(seed, system, batch, unit=self.unit), self.affine)
                values = builder.build(order)
                e = Evaluator(system, size, lookup_in(values), self.plan.definitions, self.unit)
                keep = np.ones(batch, dtype=bool)
                for g in self.checked:
                    keep &= violation(g, e) <= TOLERANCE / 100
            except NumberError:
                return None
        return Stack(size, values, keep, seed, order, batch)

    def again(self, stack: Stack, i: int) -> Instance | None:
        """Element ``i`` of a stack, drawn again exactly; None if it is no exact model."""
        source = Source(stack.seed, Exact(), stack.batch, i, self.unit)
        instance = self.build(stack.dims, source, stack.order)
        return instance if instance is not None and self.satisfies(instance) else None


def models(
    given: Iterable[Term], show: Term, seed: int = 0, count: int = 100, max_dim: int = 4
) -> Iterator[Instance]:
    """At most ``count`` exact models of the hypotheses, shapes mixed; fewer when they are not found."""
    return itertools.islice(iter(ModelMaker(given, show, seed, max_dim)), count)


@dataclass(frozen=True)
class Lint:
    """What is odd about hypotheses: ``warning`` is "vacuous" or empty, ``reasons`` says why."""

    warning: str
    reasons: tuple[str, ...]
    models: int
    seed: int

    @property
    def message(self) -> str:
        return "; ".join(self.reasons)


def lint(
    given: Iterable[Term], seed: int = 0, count: int = 24, seconds: float = 2.0, show: Term | None = None
) -> Lint:
    """Are there models of the hypotheses, and any that are not degenerate?

    What the conclusion ``show`` or a hypothesis itself says (w = 0, two one-sided inverses) is meant so.
    """
    given = conjuncts(given)
    if not given:
        return Lint("", (), 0, seed)
    maker = ModelMaker(given, given[0], seed)
    end = time.monotonic() + seconds
    with until(end):
        found = list(itertools.islice(itertools.takewhile(lambda _: time.monotonic() < end, maker), count))
    if not found:
        reason = maker.obstacle() or ("out of time" if time.monotonic() > end else "")
        if reason:  # nothing was tried, so nothing can be said
            return Lint("", (reason,), 0, seed)
        return Lint("vacuous", ("no model of the hypotheses was found",), 0, seed)
    said = (*given, *([] if show is None else [show]))
    bare = [r.symbol for r in maker.plan.drawn if r.order == 0 and r.point is None]
    symbols = {s for s in bare if s.shape != (1, 1) and not is_whole(s.name)}
    reasons = [r for s in sorted(symbols, key=lambda s: s.name) if (r := _degenerate(s, found, said))]
    return Lint("vacuous" if reasons else "", tuple(reasons), len(found), seed)


def _degenerate(s: Term, found: list[Instance], said: tuple[Term, ...]) -> str:
    if any(_settles(p, s) for p in said):
        return ""
    values = [i.values[s.name] for i in found]
    if not any(any(v.entries()) for v in values):
        return f"{s.name} is zero in every model"
    square = s.shape[0] == s.shape[1]
    if square and all(v == _eye(v.nrows()) for v in values):
        return f"{s.name} is the identity in every model"
    if (
        not square
        and 1 not in s.shape
        and all(v.nrows() == v.ncols() for v in values)
        and not _inverted(s, said)
    ):
        return f"{s.name} is square in every model"
    return ""


def _settles(p: Term, s: Term) -> bool:
    """Does the proposition speak of the value of ``s``: s = ..., or A s = 0?"""
    if p.head in ("and", "or", "implies", "iff", "forall", "exists"):
        return any(_settles(a, s) for a in p.args if a.sort == "prop")
    if p.head != "eq" or p.args[0].sort != "matrix":
        return False
    for side, other in (p.args, p.args[::-1]):
        if side is s and s not in subterms(other):
            return True
        if p.args[1] is other and _is_zero(other) and _factor(side, s):
            return True
    return False


def _is_zero(t: Term) -> bool:
    return t.head == "zero" or (t.head == "number" and t.value == 0)


def _factor(t: Term, s: Term) -> bool:
    """Is the term  s, |s|, a multiple of these?"""
    if t.head in ("norm", "adjoint", "pinv"):
        return _factor(t.args[0], s)
    if t.head == "mul":
        return _factor(t.args[-1], s) and all(a.is_scalar for a in t.args[:-1])
    return t is s


def _inverted(s: Term, said: tuple[Term, ...]) -> bool:
    """Are there a left and a right inverse of ``s`` among the hypotheses?"""
    products = [
        side
        for p in said
        if p.head == "eq"
        for side, other in (p.args, p.args[::-1])
        if other.head == "identity" and side.head == "mul"
    ]
    return any(s in subterms(t.args[0]) for t in products) and any(
        s in subterms(t.args[-1]) for t in products
    )


def _eye(n: int) -> fmpq_mat:
    return fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
