"""Evidence for a statement from many instances.

>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.kernel.term import symbol, mul, pinv
>>> from lemmata.terms.forms import equation
>>> X = symbol("X", "m", "n")
>>> found = sample(Statement((), equation(mul(X, pinv(X), X), X)), count=300)
>>> found.word, found.instances >= 300, found.counterexample
('exact', True, None)

The words are those of the ladder of evidence: "exact" if the conclusion was decided over the rationals
(and square roots of rationals), "enclosed" if balls agreed with it, "sampled" if only floating point
could evaluate it, "refuted" with a counterexample, "open" if it could not be tried; `notes` says why.
Stacks in floating point add volume; what looks wrong in them is drawn again exactly, and only that
counts as a counterexample.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lemmata.refute.clock import until
from lemmata.refute.counterexample import StatementLike
from lemmata.refute.decide import Truth, decide
from lemmata.refute.goals import Goal, goals
from lemmata.refute.instance import Instance, describe
from lemmata.refute.models import ModelMaker
from lemmata.refute.residual import TOLERANCE, violation
from lemmata.refute.system import NumberError, OutOfTime, Undefined, Unsupported
from lemmata.refute.verdict import Counterexample, judge

__all__ = ["Evidence", "sample"]

_EXACT = 200
_BATCH = 64


@dataclass(frozen=True)
class Evidence:
    """What instances say about a statement."""

    word: str
    instances: int
    by_system: Mapping[str, int]  # "exact", "balls", "floats": instances decided in each
    degenerate: int  # of the exact ones: with a matrix that is zero or rank deficient
    worst_residual: float | None  # the largest in floating point, scaled by the norms of both sides
    seed: int
    counterexample: Counterexample | None = None
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "word": self.word, "instances": self.instances, "by_system": dict(self.by_system),
            "degenerate": self.degenerate, "worst_residual": self.worst_residual, "seed": self.seed,
            "notes": list(self.notes),
            "counterexample": self.counterexample.to_json() if self.counterexample else None,
        }  # fmt: skip


@dataclass
class _Tally:
    systems: Counter[str] = field(default_factory=Counter)
    degenerate: int = 0
    worst: float | None = None
    notes: dict[str, None] = field(default_factory=dict)
    found: Counterexample | None = None


def sample(statement: StatementLike, count: int = 1000, seed: int = 0, seconds: float = 3.0) -> Evidence:
    """Tries a statement on about ``count`` instances for each of its goals.

    ``seconds`` is a ceiling for slow statements; a run that stays below it depends on the seed alone.
    """
    parts = goals(statement.given, statement.show)
    words, tally = [], _Tally()
    for part in parts:
        words.append(_try_goal(part, count, seed, seconds / len(parts), tally))
        if tally.found is not None:
            break
    word = min(words, key=_LADDER.index, default="open")
    if tally.found is not None:  # undefined at a model: no statement, hence neither true nor false
        word = "refuted" if tally.found.kind == "refuted" else "open"
        tally.notes[tally.found.reason] = None
    total = sum(tally.systems.values())
    return Evidence(
        word, total, dict(tally.systems), tally.degenerate, tally.worst, seed, tally.found, tuple(tally.notes)
    )


_LADDER = ["open", "sampled", "enclosed", "exact", "refuted"]


def _try_goal(goal: Goal, count: int, seed: int, seconds: float, tally: _Tally) -> str:
    end = time.monotonic() + seconds
    maker = ModelMaker(goal.given, goal.show, seed)
    with until(end):
        return _tried(maker, count, seed, seconds, end, tally)


def _tried(maker: ModelMaker, count: int, seed: int, seconds: float, end: float, tally: _Tally) -> str:
    exact = _exactly(maker, min(count, _EXACT), seed, time.monotonic() + seconds / 2, tally)
    if tally.found is not None:
        return "refuted"
    if not any(maker.found.values()):
        tally.notes[maker.obstacle() or "no model of the hypotheses was found"] = None
        return "open"
    done = sum(exact.values())
    floats = None if maker.plan.flows else _stacked(maker, count - done, seed, end, tally)
    if tally.found is None and (floats or 0) < (count - done) / 2:
        # No meaning in floating point, or hardly a model: exact instances make up the number.
        exact += _exactly(maker, count - done - (floats or 0), seed, end, tally)
    if exact["balls"]:
        return "enclosed"
    if exact["exact"]:
        return "exact"
    return "sampled" if floats else "open"


def _exactly(maker: ModelMaker, count: int, seed: int, end: float, tally: _Tally) -> Counter[str]:
    """Exact instances; how many were decided over the rationals and how many in balls."""
    done: Counter[str] = Counter()
    misses = 0
    while sum(done.values()) < count and time.monotonic() < end and misses < 400:
        instance = maker.attempt()
        if instance is None:
            misses += 1
            continue
        try:
            truth = decide(maker.show, instance)
        except Undefined:
            truth = Truth.FALSE
        except OutOfTime:
            break
        except NumberError as error:
            where = f" in {describe(error.place)}" if error.place is not None else ""
            tally.notes[f"not tried exactly: {error}{where}"] = None
            if isinstance(error, Unsupported):
                break
            truth = Truth.UNKNOWN
        if truth is Truth.FALSE:
            tally.found = judge(maker.show, instance, seed)
            if tally.found is not None:
                break
        if truth is Truth.UNKNOWN:
            tally.notes["some instances were left undecided, also by balls of 2048 bits"] = None
            misses += 20  # costly, and more of the same will follow
            continue
        misses = 0
        done["balls" if truth is Truth.ENCLOSED else "exact"] += 1
        tally.degenerate += _is_degenerate(instance)
    tally.systems.update(done)
    return done


def _is_degenerate(instance: Instance) -> bool:
    matrices = [v for v in instance.values.values() if max(v.nrows(), v.ncols()) > 1]
    return any(v.rank() < min(v.nrows(), v.ncols()) for v in matrices)


def _stacked(maker: ModelMaker, count: int, seed: int, end: float, tally: _Tally) -> int | None:
    """Instances tried in floating point; None if the statement has no meaning there."""
    done = misses = 0
    # Batches of 64 spread the instances over many shapes; large requests get larger batches.
    batch = max(_BATCH, min(1024, count // 32))
    while done < count and misses < 20 and time.monotonic() < end:
        stack = maker.stack(batch)
        if stack is None or not stack.keep.any():
            misses += 1
            continue
        with np.errstate(all="ignore"):
            try:
                v = violation(maker.show, stack.evaluator(maker.plan, maker.unit))
            except NumberError:
                return done or None
        v = np.broadcast_to(v, stack.keep.shape)
        bad = np.flatnonzero(((v > TOLERANCE) | np.isnan(v)) & stack.keep)
        good = stack.keep & (v <= TOLERANCE)
        for i in bad[:2]:
            instance = maker.again(stack, int(i))
            tally.found = judge(maker.show, instance, seed) if instance else None
            if tally.found is not None:
                return done
        if len(bad):
            # Not confirmed: rounding on ill-conditioned data.  Such instances are not counted.
            tally.notes["some ill-conditioned floating-point instances were set aside"] = None
        if good.any():
            tally.worst = max(tally.worst or 0.0, float(v[good].max()))
        done += int(good.sum())
        tally.systems["floats"] += int(good.sum())
        misses = 0 if good.any() else misses + 1
    return done
