"""Instances a second: the four Penrose conditions, exactly and in stacks, against bare SVDs of such stacks.

    python bench/instances.py

The floor is LAPACK: a pseudoinverse in floating point is a singular value decomposition and a little more.
"""

from __future__ import annotations

from table import cpu, print_table, ratio  # sets the number of threads, hence before NumPy

import numpy as np  # isort: skip

from lemmata.kernel.term import Term, make, pinv, symbol
from lemmata.refute.decide import Truth, decide
from lemmata.refute.models import ModelMaker
from lemmata.refute.residual import TOLERANCE, violation
from lemmata.terms.forms import equation

SHAPES = [(3, 5), (10, 20), (30, 60)]
ENOUGH = 0.5  # seconds of processor time for each figure


def conditions() -> Term:
    X = symbol("X", "m", "n")
    P = pinv(X)
    return make(
        "and",
        (
            equation(X @ P @ X, X),
            equation(P @ X @ P, P),
            equation((X @ P).T, X @ P),
            equation((P @ X).T, P @ X),
        ),
    )


def exact(m: int, n: int) -> float:
    """Instances a second, drawn and decided over the rationals."""
    show, dims = conditions(), {"m": m, "n": n}
    maker = ModelMaker((), show, 1)
    done, taken = 0, 0.0

    def one() -> bool:
        instance = maker.attempt(dims)
        return instance is not None and decide(show, instance) is Truth.TRUE

    while taken < ENOUGH:
        spent, good = cpu(one)
        taken += spent
        done += good
    return done / taken


def stacked(m: int, n: int, batch: int) -> float:
    """Instances a second, drawn and decided in floating point, a batch at a time."""
    show, dims = conditions(), {"m": m, "n": n}
    maker = ModelMaker((), show, 1)
    done, taken = 0, 0.0

    def some() -> int:
        stack = maker.stack(batch, dims)
        if stack is None:
            return 0
        v = violation(show, stack.evaluator(maker.plan, maker.unit))
        return int((np.broadcast_to(v, stack.keep.shape) <= TOLERANCE).sum())

    some()
    while taken < ENOUGH:
        spent, count = cpu(some)
        taken += spent
        done += count
    return done / taken


def bare(m: int, n: int, batch: int) -> float:
    """Decompositions a second of stacks of the same size."""
    data = np.random.default_rng(1).normal(size=(batch, m, n))
    done, taken = 0, 0.0
    while taken < ENOUGH:
        spent, _ = cpu(lambda: np.linalg.svd(data, full_matrices=False))
        taken += spent
        done += batch
    return done / taken


def main() -> None:
    rows = []
    for m, n in SHAPES:
        batch = 1024 if m * n < 500 else 256
        e, s, b = exact(m, n), stacked(m, n, batch), bare(m, n, batch)
        rows.append([f"{m} x {n}", f"{e:,.0f}", f"{s:,.0f}", f"{b:,.0f}", ratio(b / s), ratio(s / e)])
    print_table(["instances a second", "exact", "stacked", "bare SVD", "SVD/stacked", "stacked/exact"], rows)


if __name__ == "__main__":
    main()
