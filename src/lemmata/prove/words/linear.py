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


Row = dict[int, Fraction]
"""The entries of a row that are not 0, by columns; the right-hand side stands after the last column."""


def _rows(columns: Sequence[Mapping[K, Fraction]], goal: Mapping[K, Fraction]) -> list[Row] | None:
    """The augmented matrix; None if the goal has a row that no column has."""
    keys = {k: r for r, k in enumerate(dict.fromkeys(k for column in columns for k in column))}
    if any(v and k not in keys for k, v in goal.items()):
        return None
    rows: list[Row] = [{} for _ in keys]
    for place, column in enumerate([*columns, goal]):
        for k, v in column.items():
            if v:
                rows[keys[k]][place] = v
    return rows


def _pivot(rows: list[Row], at: int, col: int) -> None:
    lead = rows[at][col]
    if lead != 1:
        rows[at] = {c: x / lead for c, x in rows[at].items()}
    for r, row in enumerate(rows):
        if r != at and (factor := row.get(col)):
            for c, y in rows[at].items():
                value = row[c] - factor * y if c in row else -factor * y
                if value:
                    row[c] = value
                else:
                    del row[c]


def solution(columns: Sequence[Mapping[K, Fraction]], goal: Mapping[K, Fraction]) -> list[Fraction] | None:
    """One solution of sum x_i column_i = goal, free unknowns 0; None if there is none."""
    rows, last = _rows(columns, goal), len(columns)
    if rows is None:
        return None
    pivots: list[int] = []
    for col in range(last):
        top = len(pivots)
        at = next((r for r in range(top, len(rows)) if col in rows[r]), None)
        if at is not None:
            rows[top], rows[at] = rows[at], rows[top]
            _pivot(rows, top, col)
            pivots.append(col)
    if any(last in row for row in rows[len(pivots) :]):
        return None
    values = [Fraction(0)] * last
    for r, col in enumerate(pivots):
        values[col] = rows[r].get(last, Fraction(0))
    return values


def nonnegative_solution(
    columns: Sequence[Mapping[K, Fraction]], goal: Mapping[K, Fraction]
) -> list[Fraction] | None:
    """A solution with x >= 0, or None: by the simplex method, without the columns that signs rule out."""
    kept = _possible(columns, goal)
    found = _simplex([columns[c] for c in kept], goal) if kept is not None else None
    if kept is None or found is None:
        return None
    values = dict(zip(kept, found, strict=True))
    return [values.get(c, Fraction(0)) for c in range(len(columns))]


def _possible(columns: Sequence[Mapping[K, Fraction]], goal: Mapping[K, Fraction]) -> list[int] | None:
    """The columns that may be positive: in a row of one sign whose goal is 0 nothing is; None if none will do.

    So of sums of squares only those remain whose leading terms are those of the goal.
    """
    rows: dict[K, dict[int, Fraction]] = {}
    for c, column in enumerate(columns):
        for k, v in column.items():
            if v:
                rows.setdefault(k, {})[c] = v
    out: set[int] = set()
    waiting = dict.fromkeys([*rows, *goal])
    while waiting:
        key = next(iter(waiting))
        del waiting[key]
        signs = {v > 0 for v in rows.get(key, {}).values()}
        wanted = goal.get(key, 0)
        if wanted and (wanted > 0) not in signs:
            return None
        if not wanted and len(signs) == 1:
            for c in list(rows[key]):
                out.add(c)
                for k, v in columns[c].items():
                    if v:
                        del rows[k][c]
                        waiting.setdefault(k)
    return [c for c in range(len(columns)) if c not in out]


def _simplex(columns: Sequence[Mapping[K, Fraction]], goal: Mapping[K, Fraction]) -> list[Fraction] | None:
    """The first phase of the simplex method, with Bland's rule."""
    rows, last, zero = _rows(columns, goal), len(columns), Fraction(0)
    if rows is None:
        return None
    table = [{c: -x for c, x in row.items()} if row.get(last, zero) < 0 else row for row in rows]
    # The last row is the sum of the artificial variables, to be driven to 0.
    total: Row = {}
    for row in table:
        for c, x in row.items():
            total[c] = total.get(c, zero) + x
    table.append({c: x for c, x in total.items() if x})
    basic: list[int] = [-1] * len(rows)
    for _ in range(MOST_PIVOTS):
        entering = min((c for c, x in table[-1].items() if x > 0 and c < last), default=None)
        if entering is None or last not in table[-1]:
            break
        ratios = [
            (row.get(last, zero) / row[entering], basic[r], r)
            for r, row in enumerate(table[:-1])
            if row.get(entering, zero) > 0
        ]
        if not ratios:
            return None
        leaving = min(ratios)[2]
        _pivot(table, leaving, entering)
        basic[leaving] = entering
    if last in table[-1]:
        return None
    values = [zero] * last
    for r, c in enumerate(basic):
        if c >= 0:
            values[c] = table[r].get(last, zero)
    return values
