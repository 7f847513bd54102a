"""Matrices of fixed size, entry by entry: the normal form of polynomials that are written out.

A polynomial with literals such as [[1, 2], [3, 4]] x is compared entry by entry; the entry (i, j) of
any other letter A of fixed size is the scalar e_i^T A e_j with unit vectors e_i, e_j.

>>> from lemmata.kernel.poly import expand
>>> from lemmata.kernel.term import literal, make, number
>>> A = literal([[number(1), number(2)], [number(3), number(4)]])
>>> written_out(expand(make("det", (A,)))) == [expand(number(-2))]
True
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from lemmata.kernel.poly import Poly, Refused, Word, expand, word_poly
from lemmata.kernel.term import SCALAR, Dim, Term, literal, number

__all__ = ["written_out"]

Table = list[list[Poly]]
"""Scalar polynomials row by row."""


def written_out(poly: Poly) -> list[Poly]:
    """The entries, row by row.  Raises Refused unless the size is fixed and moderate."""
    return [entry for row in _entries(poly) for entry in row]


def _entries(poly: Poly) -> Table:
    rows, cols = map(_size, poly.shape)
    total = [[Poly(SCALAR, {})] * cols for _ in range(rows)]
    for (scalars, word), value in poly.terms.items():
        factor = word_poly(SCALAR, (), (), value)
        for loop in scalars:
            factor = factor * _word(loop, 1)[0][0]
        table = _word(word, rows)
        total = [
            [a + factor * b for a, b in zip(*pair, strict=True)] for pair in zip(total, table, strict=True)
        ]
    return total


def _size(value: Dim) -> int:
    if not isinstance(value, int) or value > 20:
        raise Refused("only matrices of a fixed, moderate size are written out")
    return value


def _word(word: Word, size: int) -> Table:
    one = [[word_poly(SCALAR, (), (), Fraction(int(i == j))) for j in range(size)] for i in range(size)]
    return reduce(_product, map(_letter, word), one)


def _product(a: Table, b: Table) -> Table:
    zero = Poly(SCALAR, {})
    return [
        [sum((x * y for x, y in zip(row, col, strict=True)), zero) for col in zip(*b, strict=True)]
        for row in a
    ]


def _letter(letter: Term) -> Table:
    rows, cols = map(_size, letter.shape)
    if letter.head == "literal":
        cells = [_entries(expand(a))[0][0] for a in letter.args]
        return [cells[i * cols : (i + 1) * cols] for i in range(rows)]
    if letter.head == "adjoint":
        return [[x.adjoint() for x in column] for column in zip(*_letter(letter.args[0]), strict=True)]
    if letter.head in ("trace", "det"):
        inner = _entries(expand(letter.args[0]))
        diagonal = sum((inner[i][i] for i in range(len(inner))), Poly(SCALAR, {}))
        return [[diagonal if letter.head == "trace" else _determinant(inner)]]
    return [[_entry(letter, i, j) for j in range(cols)] for i in range(rows)]


def _entry(letter: Term, i: int, j: int) -> Poly:
    before, after = (_unit(letter.shape[0], i), _unit(letter.shape[1], j))
    return expand(letter if letter.shape == SCALAR else before.T * letter * after)


def _unit(size: Dim, i: int) -> Term:
    return literal([[number(int(k == i))] for k in range(_size(size))])


def _determinant(table: Table) -> Poly:
    """Expansion along the first row; sizes up to 5."""
    if len(table) > 5:
        raise Refused("determinants are computed up to 5 x 5")
    total = table[0][0] if len(table) == 1 else Poly(SCALAR, {})
    for j in range(len(table) if len(table) > 1 else 0):
        minor = [row[:j] + row[j + 1 :] for row in table[1:]]
        total = total + (table[0][j] * _determinant(minor)).scale(Fraction((-1) ** j))
    return total
