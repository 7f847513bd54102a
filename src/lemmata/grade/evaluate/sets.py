"""Affine sets and intervals as values, and how a student's set relates to the right one.

    {p + t_1 d_1 + ... + t_k d_k}     AffineSet(p, (d_1, ..., d_k)), in any parametrisation
    (0, 2/5], (2, oo)                 Range(0, 2/5, low_closed=False, high_closed=True)

The right set is rational: N x = N p with the rows of N a basis of what is orthogonal to all d.  A
student's set is inside iff N p' = N p and N d' = 0, and the dimension is that of the right one iff
the coordinates of the d' along the d have full rank.  Both are exact on rationals, and on balls the
first is an enclosure and the second a proof.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from flint import acb_mat, fmpq_mat

from lemmata.grade.values import (
    NoValue,
    Value,
    agree,
    as_ball,
    enclosed,
    evaluate,
    is_zero,
    rational,
    value_of_rows,
)
from lemmata.kernel.term import Term

__all__ = [
    "AffineSet", "Range", "affine_set", "compare_ends", "independent", "intersect", "nullspace", "relate_affine",
    "relate_ranges", "solve_linear",
]  # fmt: skip


@dataclass(frozen=True)
class AffineSet:
    """A point and directions, columns of the same length; the directions may be dependent.

    ``solved``: the set was given by equations, so that point and directions are nobody's words.
    """

    point: Value
    directions: tuple[Value, ...]
    solved: bool = False

    @property
    def dimension(self) -> int:
        """The ambient dimension n."""
        return int(self.point.nrows())


@dataclass(frozen=True)
class Range:
    """An interval; an end that is None is infinite.  ``low`` is at most ``high``."""

    low: Value | None
    high: Value | None
    low_closed: bool = False
    high_closed: bool = False


def affine_set(term: Term) -> AffineSet:
    """The value of affine(p, d, ...), span(d, ...), Null(A), Col(A), Row(A), a complement or a single point."""
    if term.head == "affine":
        point, *directions = (evaluate(a) for a in term.args)
        return AffineSet(point, tuple(directions))
    if term.head == "span":
        directions = [evaluate(a) for a in term.args]
        return AffineSet(directions[0] * 0, tuple(directions))
    if term.head in ("null", "col", "row"):
        matrix = evaluate(term.args[0])
        if not rational(matrix):
            raise NoValue("the space of a matrix that is not rational")
        if term.head == "null":
            columns = nullspace(matrix)
        else:
            columns = _columns(matrix if term.head == "col" else matrix.transpose())
        rows = matrix.nrows() if term.head == "col" else matrix.ncols()
        return AffineSet(fmpq_mat(rows, 1), tuple(columns))
    if term.head == "perp":
        space = affine_set(term.args[0])
        directions = [[*d.entries()] for d in space.directions if rational(d)]
        if len(directions) < len(space.directions):
            raise NoValue("the complement of a space that is not rational")
        found = nullspace(fmpq_mat(directions or [[0] * space.dimension]))
        return AffineSet(fmpq_mat(space.dimension, 1), tuple(found))
    if term.head == "set" and len(term.args) == 1:
        return AffineSet(evaluate(term.args[0]), ())
    raise NoValue(f"{term.head} is no affine set")


def _columns(matrix: fmpq_mat) -> list[fmpq_mat]:
    return [fmpq_mat([[matrix[i, j]] for i in range(matrix.nrows())]) for j in range(matrix.ncols())]


def nullspace(matrix: fmpq_mat) -> list[fmpq_mat]:
    """A basis of the null space, as columns; empty when there is only the zero vector."""
    echelon, rank = matrix.rref()
    n = matrix.ncols()
    pivots = [next(j for j in range(n) if echelon[i, j] != 0) for i in range(rank)]
    basis = []
    for free in (j for j in range(n) if j not in pivots):
        column = [Fraction(0)] * n
        column[free] = Fraction(1)
        for i, pivot in enumerate(pivots):
            x = echelon[i, free]
            column[pivot] = -Fraction(int(x.p), int(x.q))
        basis.append(value_of_rows([[x] for x in column]))
    return basis


def solve_linear(matrix: fmpq_mat, right: fmpq_mat) -> AffineSet | None:
    """All solutions of A x = b; None when there is none."""
    both = fmpq_mat([[*a, *b] for a, b in zip(matrix.tolist(), right.tolist(), strict=True)])
    echelon, rank = both.rref()
    n = matrix.ncols()
    pivots = [next(j for j in range(n + 1) if echelon[i, j] != 0) for i in range(rank)]
    if n in pivots:
        return None
    point = [Fraction(0)] * n
    for i, pivot in enumerate(pivots):
        x = echelon[i, n]
        point[pivot] = Fraction(int(x.p), int(x.q))
    return AffineSet(value_of_rows([[x] for x in point]), tuple(nullspace(matrix)))


def _rank(columns: Iterable[Value]) -> int:
    """The rank of rational columns."""
    rows = [[x for (x,) in c.tolist()] for c in columns]
    return int(fmpq_mat(rows).rank()) if rows else 0


@enclosed
def relate_affine(student: AffineSet, right: AffineSet) -> tuple[str, str]:
    """(diagnosis, sentence); the diagnosis is "same" when the two sets are equal."""
    if student.dimension != right.dimension:
        return (
            "wrong-dimension",
            f"These are vectors with {student.dimension} entries; {right.dimension} are needed.",
        )
    dimension = _rank(right.directions)
    if dimension:
        normals = nullspace(fmpq_mat([[x for (x,) in d.tolist()] for d in right.directions]))
    else:
        normals = _columns(
            value_of_rows(
                [[Fraction(int(i == j)) for j in range(right.dimension)] for i in range(right.dimension)]
            )
        )
    offset = _minus(student.point, right.point)
    on = all(is_zero(_dot(n, offset)) for n in normals)
    moving = [d for d in student.directions if not is_zero(d)]
    inside = [all(is_zero(_dot(n, d)) for n in normals) for d in moving]
    if on and all(inside):
        return _inside(moving, right, dimension)
    if all(inside) and moving:
        if is_zero(student.point):
            return (
                "direction-only",
                "The directions are right, but the set must not pass through the origin: a "
                "particular solution is missing.",
            )
        return "parallel", "The directions are right, but the point you start from is not in the set."
    if not on and _contains(student, right, moving):
        if _rank(moving) == right.dimension:
            return "everything", "This is the whole space."
        return "direction-too-many", "Your set contains the right one, but it is too large."
    if student.solved and not _contains(student, right, moving):
        return "wrong-set", "These equations describe another set."
    if not on:
        return (
            "wrong-set",
            "The point you start from is not in the set, and you move away from it in a wrong direction.",
        )
    wrong = inside.index(False)
    if all(rational(d) for d in moving) and _rank([*right.directions, *moving]) == _rank(moving) > dimension:
        if _rank(moving) == right.dimension:
            return "everything", "This is the whole space."
        return (
            "direction-too-many",
            f"Your set contains the right one, but it is too large: direction number {wrong + 1} "
            "leads out of it.",
        )
    if any(inside):
        return "one-direction-wrong", f"Direction number {wrong + 1} leads out of the set."
    return "wrong-direction", "The point is in the set, but the direction leads out of it."


def _contains(student: AffineSet, right: AffineSet, moving: list[Value]) -> bool:
    """Whether a rational set contains the right one and more."""
    if not all(rational(v) for v in (student.point, *moving)):
        return False
    rank = _rank(moving)
    return rank > _rank(right.directions) and rank == _rank(
        [*moving, *right.directions, _minus(right.point, student.point)]
    )


def _inside(moving: list[Value], right: AffineSet, dimension: int) -> tuple[str, str]:
    if all(rational(d) for d in moving):
        reached = _rank(moving)
    else:
        reached = dimension if _full(moving, right, dimension) else len(moving)
    if reached == dimension:
        return "same", ""
    if reached == 0:
        return "one-point", "This is one element of the set; all of them were asked for."
    said = f"Your set has dimension {reached}; the right one has dimension {dimension}."
    if len(moving) > reached:
        said = (
            f"Your {len(moving)} vectors are dependent: they span only dimension {reached}, not {dimension}."
        )
    return "direction-missing", said


def independent(vectors: Iterable[Value]) -> bool:
    """Whether columns are linearly independent; irrational ones are taken to be."""
    listed = list(vectors)
    return not all(rational(v) for v in listed) or _rank(listed) == len(listed)


def _full(moving: list[Value], right: AffineSet, dimension: int) -> bool:
    """Whether directions that may be balls span as much as the right ones: a Gram determinant, not 0."""
    inner = [[as_ball(_dot(r, d))[0, 0] for d in moving] for r in right.directions]
    if len(moving) == 1:
        return any(not row[0].contains(0) for row in inner) and dimension == 1
    coordinates = acb_mat(inner)
    return not (coordinates * coordinates.transpose().conjugate()).det().contains(0)


def _dot(a: Value, b: Value) -> Value:
    return a.transpose() * b if rational(a) and rational(b) else as_ball(a).transpose() * as_ball(b)


def _minus(a: Value, b: Value) -> Value:
    return a - b if rational(a) and rational(b) else as_ball(a) - as_ball(b)


# --- ranges ----------------------------------------------------------------------------------------


def compare_ends(a: Value, b: Value) -> int:
    """-1, 0 or 1; ends that agree to 40 digits count as equal."""
    if agree(a, b):
        return 0
    difference = _minus(a, b)[0, 0]
    if not rational(_minus(a, b)):
        difference = difference.real
    return 1 if difference > 0 else -1


def intersect(a: Range, b: Range) -> Range:
    """The common part; low may exceed high, then it is empty."""
    low, low_closed = _inner_end((a.low, a.low_closed), (b.low, b.low_closed), 1)
    high, high_closed = _inner_end((a.high, a.high_closed), (b.high, b.high_closed), -1)
    return Range(low, high, low_closed, high_closed)


def _inner_end(
    a: tuple[Value | None, bool], b: tuple[Value | None, bool], side: int
) -> tuple[Value | None, bool]:
    if a[0] is None or b[0] is None:
        return b if a[0] is None else a
    order = side * compare_ends(a[0], b[0])
    return a if order > 0 else b if order < 0 else (a[0], a[1] and b[1])


def _end_order(student: Value | None, right: Value | None, side: int) -> int:
    """1 when the student's end lies further inside, 0 when the ends are equal, -1 when further outside."""
    if student is None or right is None:
        return 0 if student is right is None else -1 if student is None else 1
    return side * compare_ends(student, right)


@enclosed
def relate_ranges(student: Range, right: Range) -> tuple[str, str]:
    """(diagnosis, sentence); the diagnosis is "same" when the two intervals are equal."""
    low, high = _end_order(student.low, right.low, 1), _end_order(student.high, right.high, -1)
    if low == high == 0:
        wider = (student.low_closed and not right.low_closed) or (
            student.high_closed and not right.high_closed
        )
        tighter = (right.low_closed and not student.low_closed) or (
            right.high_closed and not student.high_closed
        )
        if wider:
            return (
                "endpoint-included",
                "The ends are right, but an end that does not belong to the range is included.",
            )
        if tighter:
            return (
                "endpoint-excluded",
                "The ends are right, but an end that belongs to the range is left out.",
            )
        return "same", ""
    if student.low is not None and student.high is not None and compare_ends(student.low, student.high) > 0:
        return "empty", "No number satisfies this."
    if low >= 0 and high >= 0:
        return (
            "too-narrow",
            "Every value here is right, so this is sufficient, but it is not the whole range.",
        )
    if low <= 0 and high <= 0:
        if high == 0 and student.low is None:
            return "lower-bound-missing", "The upper end is right; the lower end is missing."
        if low == 0 and student.high is None:
            return "upper-bound-missing", "The lower end is right; the upper end is missing."
        return "too-wide", "The right range is contained in yours, but yours is too large."
    return "wrong-range", "Neither range contains the other."
