"""Matrices as lists of rows of fractions: what the kernel's answers are compared with.

Nothing here knows of terms or polynomials.
"""

from __future__ import annotations

from fractions import Fraction

Matrix = list[list[Fraction]]


def times(a: Matrix, b: Matrix) -> Matrix:
    """The product, also by a number that is written as a 1 x 1 matrix."""
    if len(a[0]) == len(b):
        columns = flip(b)
        return [[sum((x * y for x, y in zip(r, c, strict=True)), Fraction(0)) for c in columns] for r in a]
    scalar, other = (a[0][0], b) if len(a) == len(a[0]) == 1 else (b[0][0], a)
    return [[scalar * x for x in row] for row in other]


def plus(a: Matrix, b: Matrix) -> Matrix:
    return [[x + y for x, y in zip(*rows, strict=True)] for rows in zip(a, b, strict=True)]


def flip(a: Matrix) -> Matrix:
    return [list(col) for col in zip(*a, strict=True)]


def trace(a: Matrix) -> Matrix:
    return [[sum((a[i][i] for i in range(len(a))), Fraction(0))]]


def unit(n: int) -> Matrix:
    return [[Fraction(int(i == j)) for j in range(n)] for i in range(n)]
