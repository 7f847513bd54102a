"""Rational matrices with rational eigenvalues, taken apart along their generalised eigenspaces.

>>> [(l, [p.tolist() for p in parts]) for l, parts in spectrum(fmpq_mat(2, 2, [1, 1, 0, 1]))]
[(1, [[[1, 0], [0, 1]], [[0, 1], [0, 0]]])]
"""

from __future__ import annotations

from flint import fmpq, fmpq_mat

from lemmata.refute.system import Irrational

__all__ = ["null_space", "spectrum"]


def spectrum(m: fmpq_mat) -> list[tuple[fmpq, list[fmpq_mat]]]:
    """Each eigenvalue l with P, (M - l I) P, (M - l I)^2 P, ... as long as these are not zero.

    Raises Irrational where an eigenvalue is not rational.
    """
    n = m.nrows()
    roots: list[tuple[fmpq, int]] = []
    for factor, multiplicity in m.charpoly().numer().factor()[1]:
        if factor.degree() > 1:
            raise Irrational("eigenvalues that are not rational")
        roots.append((fmpq(-factor[0], factor[1]), multiplicity))
    eye = fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
    columns: list[list[fmpq]] = []
    blocks: list[tuple[fmpq, fmpq_mat, int, int]] = []
    for root, multiplicity in roots:
        shifted = m - eye * root
        nilpotent = shifted
        for _ in range(multiplicity - 1):
            nilpotent = nilpotent * shifted
        kernel = null_space(nilpotent)
        blocks.append((root, shifted, len(columns), len(columns) + len(kernel)))
        columns += kernel
    basis = fmpq_mat(n, n, [columns[j][i] for i in range(n) for j in range(n)])
    back = basis.inv()
    out = []
    for root, shifted, low, high in blocks:
        chosen = fmpq_mat(n, n, [int(i == j and low <= i < high) for i in range(n) for j in range(n)])
        part, parts = basis * chosen * back, []
        while any(part.entries()):
            parts.append(part)
            part = shifted * part
        out.append((root, parts))
    return out


def null_space(a: fmpq_mat) -> list[list[fmpq]]:
    reduced, rank = a.rref()
    n = a.ncols()
    pivots = [next(j for j in range(n) if reduced[i, j]) for i in range(rank)]
    basis = []
    for j in (j for j in range(n) if j not in pivots):
        v = [fmpq(int(i == j)) for i in range(n)]
        for i, p in enumerate(pivots):
            v[p] = -reduced[i, j]
        basis.append(v)
    return basis
