"""Making a counterexample smaller: in shape, then in entries.

Guarantee: the result is a counterexample, no larger in shape than what was given, and no single drawn
number in it can be replaced by a simpler one (0, 1, -1, 2, ...) without losing it.  A statement that
is refuted stays refuted: what shrinks to an undefined expression is not taken.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from itertools import product

from flint import fmpq, fmpq_mat

from lemmata.refute.build import Builder
from lemmata.refute.draw import Source
from lemmata.refute.evaluate import slot
from lemmata.refute.exact import Exact
from lemmata.refute.instance import Instance
from lemmata.refute.models import ModelMaker
from lemmata.refute.system import NumberError
from lemmata.refute.verdict import Counterexample, judge

__all__ = ["cost", "shrink"]

_SIMPLER = (fmpq(0), fmpq(1), fmpq(-1), fmpq(2), fmpq(-2), fmpq(1, 2), fmpq(-1, 2), fmpq(3), fmpq(-3))


def _complexity(q: fmpq) -> int:
    size = int(abs(q.p)) + 2 * (int(q.q) - 1)
    return 2 * size + (1 if q < 0 else 0) if q else 0


def cost(instance: Instance) -> tuple[int, int, int]:
    """The order that shrinking goes down: shape, entries that are not 0, size of the entries."""
    entries = [x for v in instance.values.values() for x in v.entries()]
    return sum(instance.dims.values()), len([x for x in entries if x]), sum(map(_complexity, entries))


def shrink(
    found: Counterexample, maker: ModelMaker, end: float, plain: ModelMaker | None = None
) -> Counterexample:
    """A smaller counterexample of the same kind, until the time is up or nothing gets smaller.

    ``plain`` draws what ``maker`` makes from other matrices: then its entries are what gets simpler.
    """
    found = _smaller_shape(found, maker, end)
    again = None if plain is None else _drawn_by(found, plain)
    if again is not None and plain is not None:
        found, maker = again, plain
    improved = True
    while improved and time.monotonic() < end:
        improved = False
        for better in _neighbours(found, maker):
            if time.monotonic() > end:
                break
            if better is not None:
                found, improved = better, True
                break
    return found


def _smaller_shape(found: Counterexample, maker: ModelMaker, end: float) -> Counterexample:
    assert found.instance is not None
    shapes = sorted(maker.shapes, key=lambda d: (sum(d.values()), tuple(d.values())))
    best = found
    for dims in shapes:
        if sum(dims.values()) > sum(best.dims.values()):
            break
        for _ in range(40):
            if time.monotonic() > end:
                return best
            instance = maker.attempt(dims)
            if instance is None or cost(instance) >= _cost(best):
                continue
            candidate = judge(maker.show, instance, found.seed)
            if candidate is not None and candidate.kind == found.kind:
                best = candidate
    return best


def _cost(c: Counterexample) -> tuple[int, int, int]:
    assert c.instance is not None
    return cost(c.instance)


def _neighbours(found: Counterexample, maker: ModelMaker) -> Iterator[Counterexample | None]:
    """Counterexamples that differ in one drawn number (or one symmetric pair) and cost less."""
    base, unit = found.instance, maker.unit
    assert base is not None
    drawn = _drawn_keys(base, maker)
    for key in drawn:
        m = base.values[key]
        rows, cols = m.nrows() // unit, m.ncols() // unit
        for i, j, part in product(range(rows), range(cols), range(unit)):
            now = m[i * unit + part, j * unit]
            for q in (*_SIMPLER, now.floor(), now.ceil()):
                q = fmpq(q)
                if _complexity(q) >= _complexity(now):
                    continue
                for tied in (False, True) if rows == cols and i != j else (False,):
                    other = fmpq_mat(m)
                    _set(other, i, j, q, unit, part)
                    if tied:
                        _set(other, j, i, -q if part else q, unit, part)
                    yield _try(found, maker, {k: base.values[k] for k in drawn} | {key: other})


def _set(m: fmpq_mat, i: int, j: int, q: fmpq, unit: int, part: int) -> None:
    """The real (0) or imaginary (1) part of an entry; with the unit 2, a + b i is [[a, -b], [b, a]]."""
    for k in range(unit):
        m[i * unit + (k ^ part), j * unit + k] = -q if part and k else q


def _drawn_keys(base: Instance, maker: ModelMaker) -> list[str]:
    """The slots that were drawn: all others, such as x_1 = q x_0, are computed again from them."""
    keys = []
    for r in maker.plan.drawn:
        point = None if r.point is None else Exact().index(base.evaluator().entry(r.point))
        keys.append(slot(r.symbol.name, r.order, point))
    return [k for k in keys if k in base.values]


def _drawn_by(found: Counterexample, maker: ModelMaker) -> Counterexample | None:
    """The same data, with the values of the slots that another maker draws."""
    assert found.instance is not None
    e = found.instance.evaluator()
    source = Source(0, Exact(), unit=maker.unit)
    try:
        values = {slot(r.symbol.name): e.value(r.symbol) for r in maker.plan.drawn if r[1:] == (0, None)}
        values |= {k: found.instance.values[k] for k in _drawn_keys(found.instance, maker)}
        builder = Builder(maker.plan, found.dims, source, maker.affine, values)
        builder.complete()
    except NumberError:
        return None
    instance = Instance(dict(found.dims), builder.values, builder.definitions, maker.unit)
    again = judge(maker.show, instance, found.seed) if maker.satisfies(instance) else None
    return again if again is not None and again.kind == found.kind else None


def _try(found: Counterexample, maker: ModelMaker, values: Mapping[str, fmpq_mat]) -> Counterexample | None:
    source = Source(0, Exact(), unit=maker.unit)
    builder = Builder(maker.plan, found.dims, source, maker.affine, dict(values))
    try:
        builder.complete()
    except NumberError:
        return None
    if any(type(v) is not fmpq_mat for v in builder.values.values()):
        return None
    instance = Instance(dict(found.dims), builder.values, builder.definitions, maker.unit)
    if cost(instance) >= _cost(found) or not maker.satisfies(instance):
        return None
    better = judge(maker.show, instance, found.seed)
    return better if better is not None and better.kind == found.kind else None
