"""Small counterexamples: enumerate, then try at random, then shrink.

All data with small entries are tried in order: small shapes first, then few and simple entries (0, 1,
-1, 2, -2).  Thousands of candidates of one shape are evaluated at once in floating point; those that
look like counterexamples are confirmed exactly, in order, and the first to be confirmed is the answer.

>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.kernel.term import symbol, mul, pinv, identity
>>> from lemmata.terms.forms import equation
>>> X = symbol("X", "m", "n")
>>> refute(Statement((), equation(mul(pinv(X), X), identity("n")))).values
{'X': [['0']]}

Where the hypotheses leave too little to enumerate, structured random models are drawn and a
counterexample found among them is shrunk: smaller shapes, then zeros, then simpler numbers.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import Any, Protocol

import numpy as np
from flint import fmpq, fmpq_mat

from lemmata.kernel.poly import depends_on
from lemmata.kernel.term import Term, substitute, subterms, symbol, symbols_of
from lemmata.refute.build import Builder
from lemmata.refute.clock import until
from lemmata.refute.draw import Source
from lemmata.refute.evaluate import Evaluator, slot
from lemmata.refute.exact import Exact
from lemmata.refute.floats import Array, Floats
from lemmata.refute.goals import Goal, goals
from lemmata.refute.instance import Instance, lookup_in
from lemmata.refute.models import ModelMaker
from lemmata.refute.residual import TOLERANCE, violation
from lemmata.refute.shrink import shrink
from lemmata.refute.slots import Ref
from lemmata.refute.system import NumberError, System
from lemmata.refute.verdict import Counterexample, judge
from lemmata.terms.blocks import size_of

__all__ = ["refute"]

_PER_SHAPE = 4096
_CONFIRM = 48
_SHRINKING = 0.5  # seconds on top, to make a counterexample smaller that was found at the last moment


class StatementLike(Protocol):
    @property
    def given(self) -> tuple[Term, ...]: ...
    @property
    def show(self) -> Term: ...


def refute(statement: StatementLike, seconds: float = 1.0, seed: int = 0) -> Counterexample | None:
    """A counterexample as small as can be found in the time, or None.

    The seed and the order of enumeration determine the answer; ``seconds`` only bounds the search.
    """
    rest = _at_rest(statement)
    searches = [(statement, 1.0)] if rest is None else [(statement, 0.7), (rest, 0.3)]
    for claim, share in searches:
        parts = goals(claim.given, claim.show)
        for part in parts:
            found = _search(part, share * seconds / len(parts), seed)
            if found is not None:
                return found
    return None


def _search(goal: Goal, seconds: float, seed: int) -> Counterexample | None:
    end = time.monotonic() + seconds
    maker = ModelMaker(goal.given, goal.show, seed)
    with until(end + _SHRINKING):
        if maker.by_construction:  # small matrices first: those that are built from others are not small
            plain = ModelMaker(goal.given, goal.show, seed, stable=False)
            found = _enumerate(plain, end - 0.7 * seconds, seed)
            return found or _random(maker, end, seed, plain)
        found = _enumerate(maker, end - 0.4 * seconds, seed)
        if found is None and (alone := _of_one_matrix(maker)):
            found = _enumerate(maker, end - 0.2 * seconds, seed, alone)
        return found or _random(maker, end, seed)


@dataclass(frozen=True)
class _Claim:
    given: tuple[Term, ...]
    show: Term


def _at_rest(statement: StatementLike) -> _Claim | None:
    """The statement for functions that do not move; a counterexample to it is one to the statement.

    Not where a hypothesis names the time beside them: D = e^{-t} D(0) says that D = 0 if D does not move,
    and at t = 0 alone it would say nothing.
    """
    props = (*statement.given, statement.show)
    moving = {s for p in props for s in symbols_of(p) if s.value[4]}
    if not any(t.head == "limit" for p in props for t in subterms(p)) or not moving:
        return None
    still = {s: symbol(s.name, *s.shape, s.value[3]) for s in moving}
    values = {t: still[t.args[0]] for p in props for t in subterms(p) if t.head == "at"}
    fixed = [substitute(p, {**values, **still}) for p in props]
    if any(depends_on(p, s.value[4]) for p in fixed[:-1] for s in moving):
        return None
    return _Claim(tuple(fixed[:-1]), fixed[-1])


# --- enumeration ---------------------------------------------------------------------------------

_ENTRIES = tuple(Fraction(k) for k in (0, 1, -1, 2, -2))
_DOMAINS = {
    "positive": tuple(Fraction(q) for q in ("1", "2", "1/2", "3", "1/4")),
    "nonnegative": tuple(Fraction(q) for q in ("0", "1", "2", "1/2", "3")),
    "time": tuple(Fraction(q) for q in ("0", "1", "2", "1/2", "3")),
    "natural": tuple(Fraction(q) for q in ("0", "1", "2", "3", "4", "5")),
}

# Definite matrices have a positive diagonal, which may be less than 1.
_DIAGONALS = {"spd": _DOMAINS["positive"], "psd": _DOMAINS["nonnegative"]}


class _Cell:
    """One number of the data: where it goes and which values it takes, simplest first."""

    def __init__(self, key: str, places: list[tuple[int, int, int]], values: tuple[Fraction, ...]) -> None:
        self.key = key
        self.places = places  # (row, column, sign)
        self.values = values


_COUPLINGS = tuple(Fraction(k) for k in (0, 1, 4, -4, 16))


def _of_one_matrix(maker: ModelMaker) -> frozenset[str]:
    """The square matrices A of which equations p(A) = 0 are given, and nothing else.

    Such equations are about eigenvalues alone: a triangular A satisfies them with any numbers above the
    diagonal, and what is false because A is not normal fails if these are large.
    """
    found = set()
    for prop in maker.checked:
        letters = {s for s in symbols_of(prop) if s.shape != (1, 1)}
        if prop.head == "eq" and len(letters) == 1:
            (A,) = letters
            turned = any(t.head in ("adjoint", "pinv", "norm", "rank") for t in subterms(prop))
            if A.shape[0] == A.shape[1] != 1 and not A.value[4] and not turned:
                found.add(A.name)
    return frozenset(found)


def _cells(
    r: Ref, key: str, maker: ModelMaker, dims: Mapping[str, int], triangular: frozenset[str] = frozenset()
) -> list[_Cell]:
    s, u = r.symbol, maker.unit
    rows, cols = (size_of(d, dims) for d in s.shape)
    values = _DOMAINS.get(s.value[3], _ENTRIES) if r.order == 0 else _ENTRIES
    bare = r.order == 0 and r.point is None
    properties = maker.plan.properties.get(s.name, frozenset()) if bare else frozenset()
    tied = bool(properties & {"symmetric", "psd", "spd", "projection"})
    out = []
    for i in range(rows):
        for j in range(cols):
            if ("diagonal" in properties and i != j) or (tied and j < i):
                continue
            if s.name in triangular and j < i:
                continue
            at = [(i, j, 1)] + ([(j, i, -1)] if tied and i != j else [])
            here = (
                _DIAGONALS.get(next(iter(properties & _DIAGONALS.keys()), ""), values) if i == j else
                _COUPLINGS if s.name in triangular else values
            )  # fmt: skip
            out.append(_Cell(key, [(a * u + k, b * u + k, 1) for a, b, _ in at for k in range(u)], here))
            if s.value[3] == "complex" and not (tied and i == j):
                imaginary = [(a * u + 1, b * u, x) for a, b, x in at]
                imaginary += [(a * u, b * u + 1, -x) for a, b, x in at]
                out.append(_Cell(key, imaginary, values))
    return out


@lru_cache(maxsize=64)
def _ranks(cells: int, high: int, most: int) -> Any:
    """Vectors of ranks 0..high by rising sum, then first entries first; at most about ``most``."""
    blocks, count, total = [np.zeros((1, cells), dtype=np.int8)], 1, 1
    while count < most and total <= high * cells:
        if comb(cells + total - 1, total) > 4 * most:
            break
        picks = np.array(list(itertools.combinations_with_replacement(range(cells), total)))
        block = np.zeros((len(picks), cells), dtype=np.int8)
        np.add.at(block, (np.arange(len(picks))[:, None], picks), 1)
        block = block[(block <= high).all(axis=1)]
        blocks.append(block)
        count, total = count + len(block), total + 1
    return np.concatenate(blocks)[:most]


def _by_size(maker: ModelMaker) -> list[dict[str, int]]:
    """Shapes, smallest first: the sum of the dimensions, then the number of entries."""

    def entries(dims: Mapping[str, int]) -> int:
        sizes = ([size_of(d, dims) for d in r.symbol.shape] for r in maker.plan.drawn)
        return sum(rows * cols for rows, cols in sizes)

    return sorted(maker.shapes, key=lambda d: (sum(d.values()), entries(d), tuple(d.values())))


def _enumerate(
    maker: ModelMaker, end: float, seed: int, triangular: frozenset[str] = frozenset()
) -> Counterexample | None:
    variables = {r.symbol.value[4] for r in maker.plan.needed} - {""}
    outer = [r for r in maker.plan.drawn if r.symbol.name in variables or r.symbol.value[3] == "natural"]
    inner = [r for r in maker.plan.drawn if r not in outer]
    for dims in _by_size(maker):
        if time.monotonic() > end:
            return None
        choices = [_outer_values(r.symbol.value[3]) for r in outer]
        best: tuple[int, Counterexample] | None = None
        for fixed in itertools.islice(itertools.product(*choices), 64):
            times = {r.symbol.name: q for r, q in zip(outer, fixed, strict=True)}
            found = _one_shape(maker, dims, times, inner, end, seed, triangular)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
        if best is not None:
            return best[1]
    return None


def _outer_values(domain: str) -> tuple[Fraction, ...]:
    """A power changes its sign from one k to the next, and its size with k: more naturals than other numbers."""
    return _DOMAINS.get(domain, _ENTRIES)[: 6 if domain == "natural" else 4]


def _one_shape(
    maker: ModelMaker,
    dims: Mapping[str, int],
    times: Mapping[str, Fraction],
    inner: list[Ref],
    end: float,
    seed: int,
    triangular: frozenset[str] = frozenset(),
) -> tuple[int, Counterexample] | None:
    """The first counterexample of a shape and its cost (the sum of the ranks of its entries)."""
    frame = _Frame(maker, dims, times)
    try:
        cells = [c for r in inner for c in _cells(r, frame.key(r), maker, dims, triangular)]
    except NumberError:
        return None
    # Wide data get fewer candidates, so that a stack stays small; very wide ones only the zero.
    most = min(_PER_SHAPE, 500_000 // len(cells)) if 0 < len(cells) <= 500 else 1
    high = max((len(c.values) for c in cells), default=1) - 1
    ranks = _ranks(len(cells), high, most) if most > 1 else np.zeros((1, len(cells)), dtype=np.int8)
    for j, c in enumerate(cells):
        if len(c.values) - 1 < high:
            ranks = ranks[ranks[:, j] < len(c.values)]
    # The cheap end of the list first: most false claims fail there.
    for block in np.split(ranks, [64, 1024]) if len(ranks) > 64 else [ranks]:
        for i in itertools.islice(_suspects(frame, cells, inner, block), _CONFIRM):
            if time.monotonic() > end:
                break
            instance = frame.instance(cells, inner, block[i])
            if instance is not None and maker.satisfies(instance):
                found = judge(maker.show, instance, seed)
                if found is not None:
                    return int(block[i].sum()), found
    return None


class _Frame:
    """A shape with its times: builds the data that a vector of ranks stands for."""

    def __init__(self, maker: ModelMaker, dims: Mapping[str, int], times: Mapping[str, Fraction]) -> None:
        self.maker = maker
        self.dims = dims
        self.times = times

    def start(self, system: System) -> Builder:
        source = Source(0, system, unit=self.maker.unit)
        one = system.eye(self.maker.unit)
        values = {name: system.scale(system.rational(q), one) for name, q in self.times.items()}
        return Builder(self.maker.plan, self.dims, source, self.maker.affine, values)

    def key(self, r: Ref) -> str:
        b = self.start(Exact())
        point = None if r.point is None else b.system.index(b.evaluator().entry(r.point))
        return slot(r.symbol.name, r.order, point)

    def _shape(self, r: Ref) -> tuple[int, int]:
        rows, cols = (size_of(d, self.dims) for d in r.symbol.shape)
        return rows * self.maker.unit, cols * self.maker.unit

    def stack(self, cells: list[_Cell], inner: list[Ref], ranks: Any) -> dict[str, Array]:
        b = self.start(Floats())
        for r in inner:
            b.values[self.key(r)] = np.zeros((len(ranks), *self._shape(r)))
        for j, c in enumerate(cells):
            column = np.array([float(v) for v in c.values])[ranks[:, j]]
            for i, k, sign in c.places:
                b.values[c.key][:, i, k] += sign * column
        b.settle_minimisers()
        b.complete()
        return b.values

    def instance(self, cells: list[_Cell], inner: list[Ref], ranks: Any) -> Instance | None:
        b = self.start(Exact())
        for r in inner:
            b.values[self.key(r)] = fmpq_mat(*self._shape(r))
        for j, c in enumerate(cells):
            q = c.values[int(ranks[j])]
            for i, k, sign in c.places:
                b.values[c.key][i, k] += fmpq(sign * q.numerator, q.denominator)
        try:
            b.settle_minimisers()
            b.complete()
        except NumberError:
            return None
        if any(type(v) is not fmpq_mat for v in b.values.values()):
            return None
        return Instance(dict(self.dims), b.values, b.definitions, self.maker.unit)


def _suspects(frame: _Frame, cells: list[_Cell], inner: list[Ref], ranks: Any) -> Iterator[int]:
    """Indices of candidates that look like counterexamples in floating point, in order.

    What floating point cannot evaluate (a limit) is not filtered: the first few candidates are taken.
    """
    maker = frame.maker
    if not len(ranks):
        return
    with np.errstate(all="ignore"):
        try:
            values = frame.stack(cells, inner, ranks)
        except NumberError:
            yield from range(min(len(ranks), _CONFIRM))
            return
        e = Evaluator(Floats(), frame.dims, lookup_in(values), maker.plan.definitions, maker.unit)
        keep = np.ones(len(ranks), dtype=bool)
        for g in maker.checked:
            try:
                # A hypothesis with a strict inequality marks its boundary as violated, as it should.
                keep &= violation(g, e) <= TOLERANCE
            except NumberError:
                continue
        if not keep.any():
            return
        try:
            v = violation(maker.show, e)
            keep &= (v > TOLERANCE) | np.isnan(v)
        except NumberError:
            pass
    yield from (int(i) for i in np.flatnonzero(keep))


# --- random ----------------------------------------------------------------------------------------


def _random(
    maker: ModelMaker, end: float, seed: int, plain: ModelMaker | None = None
) -> Counterexample | None:
    """Structured random models, exact ones and stacks by turns; what is found is shrunk."""
    for turn in range(2000):
        if time.monotonic() > end or (turn == 300 and not any(maker.found.values())):
            return None
        instance = maker.attempt()
        found = judge(maker.show, instance, seed) if instance else None
        if found is None and turn % 16 == 15:
            found = _from_stack(maker, seed)
        if found is not None:
            return shrink(found, maker, min(end + _SHRINKING, time.monotonic() + 1.0), plain)
    return None


def _from_stack(maker: ModelMaker, seed: int) -> Counterexample | None:
    stack = maker.stack(256)
    if stack is None:
        return None
    with np.errstate(all="ignore"):
        try:
            v = violation(maker.show, stack.evaluator(maker.plan, maker.unit))
        except NumberError:
            return None
    bad = np.flatnonzero(np.broadcast_to(((v > TOLERANCE) | np.isnan(v)) & stack.keep, stack.keep.shape))
    for i in bad[:2]:
        instance = maker.again(stack, int(i))
        found = judge(maker.show, instance, seed) if instance else None
        if found is not None:
            return found
    return None
