"""Matrices of fixed size, entry by entry: the normal form of polynomials that are written out.

A polynomial with literals such as [[1, 2], [3, 4]] x is compared entry by entry; the entry (i, j) of
any other letter A of fixed size is the scalar e_i^T A e_j with unit vectors e_i, e_j.

>>> from lemmata.kernel.poly import expand
>>> from lemmata.kernel.term import make, number
>>> A = make("literal", (number(1), number(2), number(3), number(4)), (2, 2))
>>> written_out(expand(make("det", (A,)))) == [expand(number(-2))]
True
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import mul as times

from lemmata.kernel.poly import Poly, Refused, Word, expand, word_poly
from lemmata.kernel.term import SCALAR, Dim, Term, make, number

__all__ = ["written_out"]

Table = list[list[Poly]]
"""Scalar polynomials row by row."""
ZERO = Poly(SCALAR, {})


def written_out(poly: Poly) -> list[Poly]:
    """The entries, row by row.  Raises Refused unless the size is fixed and moderate."""
    return [entry for row in _entries(poly) for entry in row]


def _entries(poly: Poly) -> Table:
    rows, cols = map(_size, poly.shape)
    parts = [(_factor(scalars, value), _word(word, rows)) for (scalars, word), value in poly.terms.items()]
    return [[sum((c * table[i][j] for c, table in parts), ZERO) for j in range(cols)] for i in range(rows)]


def _factor(scalars: tuple[Word, ...], value: Fraction) -> Poly:
    return reduce(times, (_word(loop, 1)[0][0] for loop in scalars), word_poly(SCALAR, (), (), value))


def _size(value: Dim) -> int:
    if not isinstance(value, int) or value > 20:
        raise Refused("only matrices of a fixed, moderate size are written out")
    return value


def _word(word: Word, size: int) -> Table:
    one = [[word_poly(SCALAR, (), (), Fraction(i == j)) for j in range(size)] for i in range(size)]
    return reduce(_product, map(_letter, word), one)


def _product(a: Table, b: Table) -> Table:
    places = range(len(b))
    return [[sum((row[k] * b[k][j] for k in places), ZERO) for j in range(len(b[0]))] for row in a]


def _letter(letter: Term) -> Table:
    rows, cols = map(_size, letter.shape)
    if letter.head == "literal":
        cells = [_entries(expand(a))[0][0] for a in letter.args]
        return [cells[i * cols : (i + 1) * cols] for i in range(rows)]
    if letter.head == "adjoint":
        inner = _letter(letter.args[0])
        return [[inner[j][i].adjoint() for j in range(cols)] for i in range(rows)]
    if letter.head in ("trace", "det"):
        inner = _entries(expand(letter.args[0]))
        trace = (row[i] for i, row in enumerate(inner))
        return [[sum(trace, ZERO) if letter.head == "trace" else _determinant(inner)]]
    if letter.shape == SCALAR:
        return [[expand(letter)]]
    return [[expand(_unit(rows, i).T * letter * _unit(cols, j)) for j in range(cols)] for i in range(rows)]


def _unit(size: int, i: int) -> Term:
    return make("literal", tuple(number(int(k == i)) for k in range(size)), (size, 1))


def _determinant(table: Table) -> Poly:
    """Expansion along the first row; sizes up to 5."""
    if len(table) > 5:
        raise Refused("determinants are computed up to 5 x 5")
    if not table:
        return word_poly(SCALAR, (), ())
    minors = [[row[:j] + row[j + 1 :] for row in table[1:]] for j in range(len(table))]
    signed = (table[0][j].scale(Fraction((-1) ** j)) * _determinant(minor) for j, minor in enumerate(minors))
    return sum(signed, ZERO)
