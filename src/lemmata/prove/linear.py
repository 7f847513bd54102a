"""Exact linear algebra for searches: solutions of A x = b over the rationals, also with x >= 0.

Columns and right-hand side are sparse: mappings from any hashable keys (the rows) to fractions.

>>> one, two = Fraction(1), Fraction(2)
>>> nonnegative_solution([{"a": one}, {"a": -one, "b": one}], {"a": one, "b": two})
[Fraction(3, 1), Fraction(2, 1)]
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

__all__ = ["nonnegative_solution", "solution"]

K = TypeVar("K", bound=Hashable)
MOST_PIVOTS = 400


def _rows(columns: Sequence[Mapping[K, Fraction]], goal: Mapping[K, Fraction]) -> list[list[Fraction]] | None:
    """The augmented matrix; None if the goal has a row that no column has."""
    keys = list(dict.fromkeys(k for column in columns for k in column))
    if any(v and k not in set(keys) for k, v in goal.items()):
        return None
    zero = Fraction(0)
    return [[c.get(k, zero) for c in columns] + [goal.get(k, zero)] for k in keys]


def _pivot(rows: list[list[Fraction]], at: int, col: int) -> None:
    lead = rows[at][col]
    rows[at] = [x / lead for x in rows[at]]
    for r, row in enumerate(rows):
        if r != at and row[col]:
            factor = row[col]
            rows[r] = [x - factor * y if y else x for x, y in zip(row, rows[at], strict=True)]


def solution(columns: Sequence[Mapping[K, Fraction]], goal: Mapping[K, Fraction]) -> list[Fraction] | None:
    """One solution of sum x_i column_i = goal, free unknowns 0; None if there is none."""
    rows = _rows(columns, goal)
    if rows is None:
        return None
    pivots: list[int] = []
    for col in range(len(columns)):
        top = len(pivots)
        at = next((r for r in range(top, len(rows)) if rows[r][col]), None)
        if at is not None:
            rows[top], rows[at] = rows[at], rows[top]
            _pivot(rows, top, col)
            pivots.append(col)
    if any(row[-1] for row in rows[len(pivots) :]):
        return None
    values = [Fraction(0)] * len(columns)
    for r, col in enumerate(pivots):
        values[col] = rows[r][-1]
    return values


def nonnegative_solution(
    columns: Sequence[Mapping[K, Fraction]], goal: Mapping[K, Fraction]
) -> list[Fraction] | None:
    """A solution with x >= 0, by the first phase of the simplex method with Bland's rule, or None."""
    rows = _rows(columns, goal)
    if rows is None:
        return None
    count, size = len(columns), len(rows)
    rows = [[-x for x in row] if row[-1] < 0 else row for row in rows]
    # The last row is the sum of the artificial variables, to be driven to 0.
    table = [list(row) for row in rows]
    table.append([sum((row[c] for row in rows), Fraction(0)) for c in range(count + 1)])
    basic: list[int] = [-1] * size
    for _ in range(MOST_PIVOTS):
        entering = next((c for c in range(count) if table[-1][c] > 0), None)
        if entering is None or not table[-1][-1]:
            break
        ratios = [
            (table[r][-1] / table[r][entering], basic[r], r) for r in range(size) if table[r][entering] > 0
        ]
        if not ratios:
            return None
        leaving = min(ratios)[2]
        _pivot(table, leaving, entering)
        basic[leaving] = entering
    if table[-1][-1]:
        return None
    values = [Fraction(0)] * count
    for r, c in enumerate(basic):
        if c >= 0:
            values[c] = table[r][-1]
    return values
