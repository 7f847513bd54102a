r"""Affine sets written with rounded numbers: span{(0.333, 0.667, 1)} for span{(1, 2, 3)}, within a tolerance.

A direction is compared with its largest entry scaled to 1, as a single rounded direction is; the point as it
stands.  Vectors that are dependent up to ten times the tolerance count as dependent.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from lemmata.grade.evaluate.sets import AffineSet
from lemmata.grade.values import Value, as_ball

__all__ = ["relate_rounded"]

Vector = list[float]


def relate_rounded(student: AffineSet, right: AffineSet, tolerance: Fraction) -> tuple[str, str] | None:
    """(diagnosis, sentence) where the student's set lies within the tolerance of the right one; None elsewhere."""
    most = float(tolerance)
    wanted = _independent([_floats(d) for d in right.directions], 1e-12)
    offset = [a - b for a, b in zip(_floats(student.point), _floats(right.point), strict=True)]
    moving = [_scaled(v) for v in map(_floats, student.directions) if any(v)]
    if any(abs(x) > most for v in (offset, *moving) for x in _beside(v, wanted)):
        return None
    reached = len(_independent([_along(v, wanted) for v in moving], max(10 * most, 1e-9)))
    if reached == len(wanted):
        return "same", ""
    if reached == 0:
        return "one-point", "This is one element of the set; all of them were asked for."
    said = f"Your set has dimension {reached}; the right one has dimension {len(wanted)}."
    return "direction-missing", said


def _floats(value: Value) -> Vector:
    ball = as_ball(value)
    return [float(ball[i, 0].real.mid()) for i in range(ball.nrows())]


def _scaled(vector: Vector) -> Vector:
    largest = max(map(abs, vector))
    return [x / largest for x in vector]


def _dot(a: Vector, b: Vector) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def _along(vector: Vector, basis: Sequence[Vector]) -> Vector:
    """The projection onto the span of an orthonormal basis."""
    total = [0.0] * len(vector)
    for b in basis:
        factor = _dot(vector, b)
        total = [t + factor * x for t, x in zip(total, b, strict=True)]
    return total


def _beside(vector: Vector, basis: Sequence[Vector]) -> Vector:
    return [x - y for x, y in zip(vector, _along(vector, basis), strict=True)]


def _independent(vectors: Sequence[Vector], least: float) -> list[Vector]:
    """An orthonormal basis of the span; what is left of a vector counts where it is longer than ``least``."""
    basis: list[Vector] = []
    rest = [v for v in vectors if any(v)]
    while rest:
        rest = [_beside(v, basis[-1:]) for v in rest] if basis else rest
        longest = max(rest, key=lambda v: _dot(v, v))
        size = _dot(longest, longest) ** 0.5
        if size <= least:
            break
        basis.append([x / size for x in longest])
    return basis
