r"""Powers of a definite matrix that are no whole number: W^{1/2}, A^{-1/2}.

A symmetric rational matrix has real eigenvalues, the roots of its characteristic polynomial, and is diagonal in a
basis of eigenvectors; so by Sylvester's formula

    A^p = \sum_i \lambda_i^p \prod_{j \ne i} (A - \lambda_j I) / (\lambda_i - \lambda_j)

over its distinct eigenvalues.  They are roots of a polynomial without repeated factors, which Arb encloses.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import acb, acb_mat, arb, fmpq_mat, fmpq_poly

from lemmata.grade.evaluate.arithmetic import (
    NoValue,
    TooLarge,
    Undefined,
    Value,
    as_ball,
    bits,
    eye,
    rational,
)

__all__ = ["definite_power"]

LONGEST, LARGEST = 1_000, 12  # bits of an entry, rows


def definite_power(a: Value, exponent: Fraction) -> Value:
    """The power of a symmetric matrix without negative eigenvalues; with a negative exponent, without zero.

    Raises NoValue for other matrices, Undefined for a singular one with a negative exponent.
    """
    if not rational(a) or a != a.transpose():
        raise NoValue("a matrix to a power that is not an integer")
    if bits(a) > LONGEST or a.nrows() > LARGEST:
        raise TooLarge("a power of a large matrix that is not an integer")
    values = _distinct_eigenvalues(a)
    if any(x < 0 for x in values):
        raise NoValue("a matrix with negative eigenvalues to a power that is not an integer")
    if exponent < 0 and any(x.is_zero() for x in values):
        raise Undefined("a singular matrix to a negative power")
    ball, one = as_ball(a), as_ball(eye(a.nrows()))
    power = arb(exponent.numerator) / exponent.denominator
    total = one * acb(0)
    for i, own in enumerate(values):
        term = one * acb(own**power if not own.is_zero() else arb(0))
        for other in (x for j, x in enumerate(values) if j != i):
            term = term * (ball - one * acb(other)) * acb(1 / (own - other))
        total = total + term
    return acb_mat(total)


def _distinct_eigenvalues(a: fmpq_mat) -> list[arb]:
    """The eigenvalues, each once, and zero exactly."""
    polynomial = a.charpoly()
    derivative = polynomial.derivative()
    simple = polynomial / polynomial.gcd(derivative) if polynomial.degree() > 1 else polynomial
    zero = [arb(0)] if simple(0) == 0 else []
    rest = simple / fmpq_poly([0, 1]) if zero else simple
    roots: Any = rest.numer().complex_roots() if rest.degree() > 0 else []
    return [*zero, *(root.real for root, _ in roots)]
