"""Where on a chart of the bound letters affine equations hold: nowhere, or on a smaller chart.

A `Chart` gives the letters values  base + combination of directions;  what must vanish is affine in the
coefficients, so that one rational row reduction answers.  A system whose right-hand side is known in balls
only can still be seen to be unsolvable, by a row of the left null space.
"""

from __future__ import annotations

from typing import Any

from flint import fmpq, fmpq_mat

from lemmata.refute.evaluate import Evaluator
from lemmata.refute.exact import Surd
from lemmata.refute.letters import Chart
from lemmata.refute.system import Irrational
from lemmata.refute.truth import Truth

__all__ = ["solutions", "system", "zeros"]


def _entries(v: Any) -> list[Any]:
    if type(v) is Surd:
        raise Irrational("an equation with square roots")
    return list(v.entries())


def system(e: Evaluator, chart: Chart, affine: list[Any]) -> tuple[list[list[Any]], list[Any]]:
    """Columns, one for each direction, and the constant part of what must vanish."""
    constant = [x for r in affine for x in _entries(r(chart.at(e)))]
    columns = []
    for i in range(len(chart.directions)):
        moved = [x for r in affine for x in _entries(r(chart.at(e, (i, 1))))]
        columns.append([x - y for x, y in zip(moved, constant, strict=True)])
    return columns, constant


def solutions(e: Evaluator, chart: Chart, affine: list[Any]) -> Chart | Truth:
    """The part of the chart where all residuals vanish; FALSE if there is none."""
    if not affine:
        return chart
    columns, constant = system(e, chart, affine)
    if any(type(x) is not fmpq for c in columns for x in c):
        return Truth.UNKNOWN  # the rank of a matrix of balls is not known
    if any(type(x) is not fmpq for x in constant):
        return _outside(columns, constant)
    return zeros(e, chart, columns, constant)


def zeros(e: Evaluator, chart: Chart, columns: list[list[fmpq]], constant: list[fmpq]) -> Chart | Truth:
    """The points of the chart where  constant + columns z = 0;  FALSE if there is none."""
    rows, n = len(constant), len(columns)
    augmented = fmpq_mat(
        rows, n + 1, [(-constant[i] if j == n else columns[j][i]) for i in range(rows) for j in range(n + 1)]
    )
    reduced, rank = augmented.rref()
    pivots = [next(j for j in range(n + 1) if reduced[i, j]) for i in range(rank)]
    if n in pivots:
        return Truth.FALSE
    base = {p: reduced[i, n] for i, p in enumerate(pivots)}
    free = [j for j in range(n) if j not in pivots]
    kernel = [{j: fmpq(1), **{p: -reduced[i, j] for i, p in enumerate(pivots)}} for j in free]
    return Chart(
        chart.letters,
        _combined(e, chart, chart.base, base),
        tuple(_combined(e, chart, None, k) for k in kernel),
    )


def _combined(
    e: Evaluator, chart: Chart, start: tuple[Any, ...] | None, weights: dict[int, fmpq]
) -> tuple[Any, ...]:
    s = e.system
    total = list(start) if start is not None else [s.scale(fmpq_mat(1, 1), v) for v in chart.base]
    for i, w in weights.items():
        if w:
            factor = fmpq_mat(1, 1, [w])
            total = [s.add(t, s.scale(factor, d)) for t, d in zip(total, chart.directions[i], strict=True)]
    return tuple(total)


def _outside(columns: list[list[fmpq]], constant: list[Any]) -> Truth:
    """FALSE if balls on the right-hand side are seen to leave the column space."""
    rows, n = len(constant), len(columns)
    m = fmpq_mat(n, rows, [columns[j][i] for j in range(n) for i in range(rows)])  # the transpose
    reduced, rank = m.rref() if n else (m, 0)
    pivots = [next(j for j in range(rows) if reduced[i, j]) for i in range(rank)]
    for j in (j for j in range(rows) if j not in pivots):  # a row of the left null space
        weights = {j: fmpq(1), **{p: -reduced[i, j] for i, p in enumerate(pivots)}}
        total: Any = 0
        for k, w in weights.items():
            total = total + constant[k] * w
        if total != 0 if type(total) is fmpq else not total.contains(0):
            return Truth.FALSE
    return Truth.UNKNOWN
