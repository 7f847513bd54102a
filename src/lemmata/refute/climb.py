"""Inequalities between norms that chance does not violate: from instance to instance uphill.

Some constants are nearly right: ||B^+ - A^+|| <= c ||A^+|| ||B^+|| ||A - B|| for A, B of equal rank is false for c = 1
and true for c = (1 + sqrt(5))/2 (Wedin 1973), and instances that violate c = 1 are rare.  From an exact instance of
the hypotheses go those that differ by one step: a multiple of a row or column added to another, which no rank
notices, or an entry changed.  A whole stack of such neighbours is evaluated in floating point; the one that satisfies
the hypotheses and violates the claim most, relative to the size of its sides, is the next, and the step is done again
in exact arithmetic.  So what is found in the end is rational, and is judged as any other instance.

>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A, B : R^{2 x 2}\\nshow ||A B|| <= 1/2 ||A|| ||B|| + ||A + B||^2")
>>> climb(Statement(c.given, c.shows[0].prop), 2.0).kind
'refuted'
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat

from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import SCALAR, Term, subterms
from lemmata.refute.clock import until
from lemmata.refute.evaluate import Evaluator, slot
from lemmata.refute.floats import Array, Floats
from lemmata.refute.goals import Goal, goals
from lemmata.refute.instance import Instance, lookup_in
from lemmata.refute.models import ModelMaker
from lemmata.refute.residual import TOLERANCE, violation
from lemmata.refute.system import NumberError
from lemmata.refute.verdict import Counterexample, judge

__all__ = ["climb"]

BATCH = 96
MISSES = 300
PATIENCE = 4
"""Stacks without a better neighbour after which another start is made."""
LEAST_GAIN = 1e-6
STEPS = tuple(fmpq(sign, size) for size in (1, 2, 4, 8, 16) for sign in (1, -1))
LARGEST = 10**6
"""Numerators and denominators beyond this are no longer a counterexample to look at."""


@dataclass(frozen=True)
class Step:
    """To a matrix: q times row j to row i, q times column j to column i, or q to the entry (i, j)."""

    key: str
    kind: str
    i: int
    j: int
    q: fmpq

    def exact(self, X: fmpq_mat) -> fmpq_mat:
        Y = fmpq_mat(X)
        if self.kind == "row":
            for k in range(X.ncols()):
                Y[self.i, k] += self.q * X[self.j, k]
        elif self.kind == "column":
            for k in range(X.nrows()):
                Y[k, self.i] += self.q * X[k, self.j]
        else:
            Y[self.i, self.j] += self.q
        return Y


def climb(statement: Statement, seconds: float = 0.5, seed: int = 0) -> Counterexample | None:
    """A counterexample to an inequality in which norms of matrices occur, or None."""
    parts = [g for g in goals(statement.given, statement.show) if _between_norms(g)]
    for goal in parts:
        end = time.monotonic() + seconds / len(parts)
        with until(end), np.errstate(all="ignore"):
            found = _searched(goal, end, seed)
        if found is not None:
            return found
    return None


def _between_norms(goal: Goal) -> bool:
    show = goal.show
    if show.head not in ("le", "lt", "ge", "gt") or show.args[0].shape != SCALAR:
        return False
    inside = [t for p in goal.terms for t in subterms(p)]
    still = not any(t.head in ("diff", "limit", "at", "forall", "exists", "exp") for t in inside)
    return still and any(t.head == "norm" and 1 not in t.args[0].shape for t in subterms(show))


def _searched(goal: Goal, end: float, seed: int) -> Counterexample | None:
    maker = ModelMaker(goal.given, goal.show, seed)
    drawer = ModelMaker([g for g in goal.given if not _compares_ranks(g)], goal.show, seed)
    sizes = [d for d in drawer.shapes if set(d.values()) <= {2, 3}]
    drawn = {slot(r.symbol.name, 0, None) for r in maker.plan.drawn if r.order == 0 and r.point is None}
    chance, misses = random.Random(seed), 0
    while sizes and misses < MISSES and time.monotonic() < end and maker.unit == 1:
        start = drawer.attempt(chance.choice(sizes))
        misses += 1
        if start is None or set(start.values) != drawn or not maker.satisfies(start):
            continue
        misses = 0
        try:
            found = _uphill(maker, start, chance, end)
        except NumberError:
            return None
        if found is not None:
            return replace(found, seed=seed)
    return None


def _compares_ranks(prop: Term) -> bool:
    """rank(A) = rank(B): neither is drawn by the other, and two in a few agree by chance."""
    return prop.head == "eq" and all(a.head == "rank" for a in prop.args)


def _uphill(maker: ModelMaker, best: Instance, chance: random.Random, end: float) -> Counterexample | None:
    """One climb."""
    score, waited = float(_scores(maker, best, _stacked(best.values, 1))[0]), 0
    while waited < PATIENCE and time.monotonic() < end:
        steps = [_step(best, chance) for _ in range(BATCH)]
        scores = _scores(maker, best, _neighbours(best, steps))
        place = int(np.argmax(scores))
        waited += 1
        if scores[place] <= score + LEAST_GAIN:
            continue
        step = steps[place]
        values = {**best.values, step.key: step.exact(best.values[step.key])}
        if any(max(abs(x.p), x.q) > LARGEST for x in values[step.key].entries()):
            return None
        better = replace(best, values=values)
        if not maker.satisfies(better):
            continue
        best, score, waited = better, float(scores[place]), 0
        if score > TOLERANCE:
            return judge(maker.show, best)
    return None


def _step(instance: Instance, chance: random.Random) -> Step:
    key = chance.choice(sorted(instance.values))
    X = instance.values[key]
    kind = chance.choice(("row", "column", "entry"))
    rows, columns = X.nrows(), X.ncols()
    i = chance.randrange(columns if kind == "column" else rows)
    j = chance.randrange(rows if kind == "row" else columns)
    return Step(key, kind, i, j, chance.choice(STEPS))


def _stacked(values: Mapping[str, fmpq_mat], batch: int) -> dict[str, Array]:
    def floats(X: fmpq_mat) -> Array:
        return np.array([[float(x.p) / float(x.q) for x in row] for row in X.tolist()])

    return {key: np.repeat(floats(X)[None], batch, axis=0) for key, X in values.items()}


def _neighbours(instance: Instance, steps: Sequence[Step]) -> dict[str, Array]:
    stack = _stacked(instance.values, len(steps))
    for n, s in enumerate(steps):
        X, q = stack[s.key][n], float(s.q.p) / float(s.q.q)
        if s.kind == "row":
            X[s.i] += q * X[s.j]
        elif s.kind == "column":
            X[:, s.i] += q * X[:, s.j]
        else:
            X[s.i, s.j] += q
    return stack


def _scores(maker: ModelMaker, instance: Instance, stack: Mapping[str, Array]) -> Any:
    """By how much each element violates the claim, relative to its sides; -1 where a hypothesis fails."""
    e = Evaluator(Floats(), instance.dims, lookup_in(stack), maker.plan.definitions, maker.unit)
    small, large = _sides(maker.show)
    a, b = e.value(small)[:, 0, 0], e.value(large)[:, 0, 0]
    batch = len(next(iter(stack.values())))
    score = np.broadcast_to(np.nan_to_num((a - b) / (np.abs(a) + np.abs(b)), nan=-1.0), (batch,)).copy()
    for g in maker.checked:
        score[np.broadcast_to(~(violation(g, e) <= TOLERANCE / 100), (batch,))] = -1.0
    return score


def _sides(show: Term) -> tuple[Term, Term]:
    small, large = show.args if show.head in ("le", "lt") else show.args[::-1]
    return small, large
