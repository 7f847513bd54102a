r"""Equations between matrices, one letter at a time: with all other letters fixed, both are linear systems.

    A^T A x = A^T b  and  A^T (b - A x) = 0        in x: the same rows after elimination, for every A and b

Two equations that are affine in the entries of a letter have the same solutions in it iff the reduced row
echelon forms of [M | c] are equal.  That is decided exactly on each instance of the hypotheses; a difference
refutes, agreement on all instances is evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq_mat

from lemmata.grade.evaluate.arithmetic import NoValue, Value, agree, rational, scalar, value_of_rows
from lemmata.grade.evaluate.probe import Instance
from lemmata.kernel.term import Term

__all__ = ["Slice", "multiples", "slices_agree"]

Slice = tuple[bool, list[list[Fraction]]]
MOST_ENTRIES = 12


def multiples(a: Sequence[Value], b: Sequence[Value]) -> bool:
    """Whether b_i = c a_i for one constant c, not 0, on all instances, and not all a_i are zero."""
    factor: Fraction | None = None
    for x, y in zip(a, b, strict=True):
        if (x.nrows(), x.ncols()) != (y.nrows(), y.ncols()) or not (rational(x) and rational(y)):
            return False
        entry = next(((p, q) for p, q in zip(x.entries(), y.entries(), strict=True) if p != 0), None)
        if entry is None:
            if any(q != 0 for q in y.entries()):
                return False
            continue
        ratio = entry[1] / entry[0]
        c = Fraction(int(ratio.p), int(ratio.q))
        if c == 0 or (factor is not None and c != factor):
            return False
        factor = c
        if not agree(x * scalar(c)[0, 0], y):
            return False
    return factor is not None


def slices_agree(
    a: Sequence[Term], b: Sequence[Term], letter: Term, probes: Sequence[Instance]
) -> tuple[bool, Instance | None] | None:
    """(a solution was met, an instance on which the solutions differ); None where a side is not affine."""
    met = False
    for probe in probes:
        one, two = _slice(a, letter, probe), _slice(b, letter, probe)
        if one is None or two is None:
            return None
        if one != two:
            return met, probe
        met = met or one[0]
    return met, None


def _slice(residuals: Sequence[Term], letter: Term, probe: Instance) -> Slice | None:
    """(solvable, rows of the reduced system) in the entries of the letter; None where it is not affine."""
    start = probe.values[letter]
    rows, cols = start.nrows(), start.ncols()
    if rows * cols > MOST_ENTRIES:
        return None

    def at(entries: list[Fraction]) -> list[Fraction]:
        value = value_of_rows([entries[i * cols : (i + 1) * cols] for i in range(rows)])
        found: list[Fraction] = []
        for r in residuals:
            v = Instance(probe.dims, {**probe.values, letter: value}).value(r)
            if not rational(v):
                raise NoValue("an irrational coefficient")
            found += [Fraction(int(x.p), int(x.q)) for x in v.entries()]
        return found

    n = rows * cols
    try:
        constant = at([Fraction(0)] * n)
        columns = []
        for i in range(n):
            unit = [Fraction(int(i == j)) for j in range(n)]
            columns.append([v - c for v, c in zip(at(unit), constant, strict=True)])
        for trial in (
            [Fraction(2 * i + 3, 2) for i in range(n)],
            [Fraction(-((i + 2) ** 2), 3) for i in range(n)],
        ):
            expected = [
                c + sum((t * col[r] for t, col in zip(trial, columns, strict=True)), Fraction(0))
                for r, c in enumerate(constant)
            ]
            if at(trial) != expected:
                return None
    except NoValue:
        return None
    table = [[col[r] for col in columns] + [-c] for r, c in enumerate(constant)]
    return _reduced(value_of_rows(table), n)


def _reduced(table: fmpq_mat, n: int) -> Slice:
    echelon, rank = table.rref()
    lines = [[Fraction(int(x.p), int(x.q)) for x in row] for row in echelon.tolist()[:rank]]
    if any(all(x == 0 for x in line[:n]) for line in lines):
        return False, []
    return True, lines
