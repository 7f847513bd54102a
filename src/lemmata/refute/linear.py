"""Random solutions of linear systems, exact and stacked.

Equations that are affine in one matrix are known through their values: ``constant`` at zero and one
column for each basis matrix.  Exactly, unknowns without a pivot take small random integers; a stack
takes the solution of least norm plus a random vector projected to the null space.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpq_mat

from lemmata.kernel.term import Term
from lemmata.refute.draw import Source
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.exact import Exact
from lemmata.refute.minimisers import gradient, minimised
from lemmata.refute.rational import exact_pinv
from lemmata.refute.system import Undefined, Unsupported
from lemmata.refute.truth import projector

__all__ = ["basis", "flat", "residuals", "solve"]


def basis(source: Source, s: Term, rows: int, cols: int) -> Iterator[Any]:
    """The matrices with one entry (and its i-fold, for a complex symbol), as values."""
    system, u = source.system, source.unit
    blocks = [[(0, 0, 1), (1, 1, 1)]] if u == 2 else [[(0, 0, 1)]]
    if s.value[3] == "complex":
        blocks.append([(1, 0, 1), (0, 1, -1)])
    for i in range(rows):
        for j in range(cols):
            for block in blocks:
                cells = {(i * u + a, j * u + b): sign for a, b, sign in block}
                yield system.join(
                    [
                        [system.rational(Fraction(cells.get((p, q), 0))) for q in range(cols * u)]
                        for p in range(rows * u)
                    ]
                )


def residuals(g: Term, e: Evaluator) -> Any:
    """What must vanish for ``g`` to hold, for hypotheses that may be linear; else None."""
    s = e.system
    if g.head == "eq" and g.args[0].sort == "matrix":
        return s.add(e.value(g.args[0]), e.minus(e.value(g.args[1])))
    if g.head == "is" and g.value == "symmetric":
        a = e.value(g.args[0])
        return s.add(a, e.minus(s.transpose(a)))
    if g.head == "in" and g.args[1].sort == "space":
        v = e.value(g.args[0])
        return s.add(s.mul(projector(e, g.args[1]), v), e.minus(v))
    if g.head == "subset":
        inner, outer = g.args
        if inner.head == "null" and outer.head == "null":  # Null(A) <= Null(B) iff Row(B) <= Row(A)
            a, b = inner.args[0], e.value(outer.args[0])
            v = e.value(a)
            return s.add(s.mul(b, s.mul(s.pinv(v), v)), e.minus(b))
        if inner.head in ("col", "row"):
            b = e.value(inner.args[0])
            b = b if inner.head == "col" else s.transpose(b)
            return s.add(s.mul(projector(e, outer), b), e.minus(b))
    least = minimised(g)
    return None if least is None else gradient(e, least)


def flat(source: Source, parts: list[Any]) -> Any:
    """All entries in a row: a list of rationals, or an array of shape (batch, entries)."""
    if isinstance(source.system, Exact):
        if any(type(p) is not fmpq_mat for p in parts):
            raise Unsupported("a linear equation with square roots")
        return [x for p in parts for x in p.entries()]
    batch = max(p.shape[0] for p in parts)
    return np.concatenate(
        [np.broadcast_to(p, (batch, *p.shape[1:])).reshape(batch, -1) for p in parts], axis=1
    )


def solve(source: Source, columns: list[Any], constant: Any) -> Any:
    """A random x with  constant + sum x_j (column_j - constant) = 0, as a column.

    Raises Undefined when there is none (exactly; a stack gives the nearest miss instead).
    """
    if isinstance(source.system, Exact):
        return _solve_exactly(source, columns, constant, len(columns))
    return _solve_stacked(source, columns, constant, len(columns))


def _solve_exactly(source: Source, columns: list[Any], constant: Any, count: int) -> fmpq_mat:
    rows = len(constant)
    moved = [[c - c0 for c, c0 in zip(column, constant, strict=True)] for column in columns]
    if source.stacked:  # the same solution as the stack took
        a = fmpq_mat(rows, count, [moved[j][i] for i in range(rows) for j in range(count)])
        p = exact_pinv(a)
        z = source.matrix(count, 1)
        z = z if source.unit == 1 else _every_other(z)
        b = fmpq_mat(rows, 1, [-x for x in constant])
        return p * b + z - p * (a * z)
    moved.append([-c for c in constant])
    augmented = fmpq_mat(rows, count + 1, [moved[j][i] for i in range(rows) for j in range(count + 1)])
    reduced, rank = augmented.rref()
    pivots = [next(j for j in range(count + 1) if reduced[i, j]) for i in range(rank)]
    if count in pivots:
        raise Undefined("an equation without a solution")
    free = source.matrix(count, 1).entries()[:: source.unit**2]
    solution = list(free)
    for i, pivot in enumerate(pivots):
        solution[pivot] = reduced[i, count]
        for j in range(pivot + 1, count):
            if j not in pivots and reduced[i, j]:
                solution[pivot] -= reduced[i, j] * free[j]
    return fmpq_mat(count, 1, solution)


def _solve_stacked(source: Source, columns: list[Any], constant: Any, count: int) -> Any:
    batch = max(c.shape[0] for c in [*columns, constant])
    wide = [np.broadcast_to(c, (batch, c.shape[1])) - constant for c in columns]
    a = np.stack(wide, axis=2)
    a[np.abs(a) < 1e-11] = 0.0  # I - A A^+ for an invertible A is rounding, not an equation
    z = source.matrix(count, 1)
    z = z if source.unit == 1 else z[:, ::2, ::2]
    p = source.system.pinv(a)
    b = np.broadcast_to(-constant, (batch, constant.shape[1]))[:, :, None]
    return p @ b + z - p @ (a @ z)


def _every_other(z: fmpq_mat) -> fmpq_mat:
    return fmpq_mat(z.nrows() // 2, 1, [z[i, 0] for i in range(0, z.nrows(), 2)])
