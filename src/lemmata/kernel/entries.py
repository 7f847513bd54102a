"""Matrices of fixed size, entry by entry: the normal form of terms that are written out.

A term with literals such as [[1, 2], [3, 4]] x is compared entry by entry; a symbol of fixed size
becomes its entries, the atoms ``call("x[2,1]")``.  Products, sums, adjoints, traces and determinants
are computed from the definition; no other function of a matrix is.

>>> from lemmata.kernel.term import literal, number, symbol
>>> A = literal([[number(1), number(2)], [number(3), number(4)]])
>>> entries(make("det", (A,)))[0][0] == entries(number(-2))[0][0]
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.poly import Poly, Refused, derivative, expand
from lemmata.kernel.term import SCALAR, Term, make, subterms, symbols_of

__all__ = ["Table", "entries", "is_written_out"]

Table = list[list[Poly]]
"""Scalar polynomials row by row."""


def is_written_out(term: Term) -> bool:
    return any(t.head == "literal" for t in subterms(term))


def entries(term: Term) -> Table:
    """The entries of a term of fixed size.  Raises Refused for other shapes and functions."""
    head, args = term.head, term.args
    rows, cols = term.shape
    if not (isinstance(rows, int) and isinstance(cols, int)) or rows * cols > 400:
        raise Refused("only matrices of a fixed, moderate size are written out")
    scalars_only = all(s.shape == SCALAR for s in symbols_of(term))
    if term.shape == SCALAR and scalars_only and not is_written_out(term):
        return [[expand(term)]]
    if head == "literal":
        return [[entries(args[r * cols + c])[0][0] for c in range(cols)] for r in range(rows)]
    if head == "symbol":
        name, _, _, domain, variable = term.value
        if domain == "complex" or variable:
            raise Refused(f"{name} is no constant real vector or matrix")
        return _table(rows, cols, lambda r, c: expand(make("call", (), f"{name}[{r + 1},{c + 1}]")))
    if head in ("identity", "zero"):
        return _table(rows, cols, lambda r, c: _constant(int(head == "identity" and r == c)))
    if head == "adjoint":
        inner = entries(args[0])
        return _table(rows, cols, lambda r, c: inner[c][r])
    if head == "add":
        parts = [entries(a) for a in args]
        return _table(rows, cols, lambda r, c: _sum([p[r][c] for p in parts]))
    if head == "mul":
        product = entries(args[0])
        for arg in args[1:]:
            product = _product(product, entries(arg))
        return product
    if head == "power" and args[1].head == "number" and args[1].value in range(13):
        return _power(args[0], int(args[1].value))
    if head == "diff":
        return [[derivative(x, term.value) for x in row] for row in entries(args[0])]
    if head == "inner":
        return entries(make("trace", (make("mul", (make("adjoint", (args[0],)), args[1])),)))
    if head in ("trace", "det"):
        inner = entries(args[0])
        return [[_sum([inner[i][i] for i in range(len(inner))]) if head == "trace" else _determinant(inner)]]
    raise Refused(f"{head} of a written-out matrix is not computed")


def _table(rows: int, cols: int, entry: object) -> Table:
    return [[entry(r, c) for c in range(cols)] for r in range(rows)]  # type: ignore[operator]


def _constant(value: int) -> Poly:
    return Poly(SCALAR, {((), ()): Fraction(value)})


def _sum(polys: list[Poly]) -> Poly:
    total = _constant(0)
    for p in polys:
        total = total + p
    return total


def _product(a: Table, b: Table) -> Table:
    if len(a[0]) == len(b):
        return _table(len(a), len(b[0]), lambda r, c: _sum([a[r][k] * b[k][c] for k in range(len(b))]))
    scalar, table = (a[0][0], b) if len(a) == len(a[0]) == 1 else (b[0][0], a)
    return [[scalar * x for x in row] for row in table]


def _power(base: Term, count: int) -> Table:
    if base.head == "norm" and count == 2:
        inner = base.args[0]
        return entries(make("trace", (make("mul", (make("adjoint", (inner,)), inner)),)))
    factor = entries(base)
    result = _table(len(factor), len(factor), lambda r, c: _constant(int(r == c)))
    for _ in range(count):
        result = _product(result, factor)
    return result


def _determinant(table: Table) -> Poly:
    """Expansion along the first row; sizes up to 5."""
    if len(table) > 5:
        raise Refused("determinants are computed up to 5 x 5")
    if len(table) == 1:
        return table[0][0]
    minors = [[row[:j] + row[j + 1 :] for row in table[1:]] for j in range(len(table))]
    terms = [(table[0][j] * _determinant(m)).scale(Fraction((-1) ** j)) for j, m in enumerate(minors)]
    return _sum(terms)
