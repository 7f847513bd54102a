"""Functions of time that statements ask for at more than one time.

Value and derivative at one time are independent data as long as nothing relates two times.  Where a
statement speaks of w(t) and w(0), or of lim w(t), an equation  dw/dt = F(w)  must be solved.  For an
affine F it is: on the entries of w, stacked row by row,

    w(t) = [I 0] e^{t K} [w(0); 1],     K = [[M, b], [0, 0]],   F(w) = M w + b.

What drives a flow may fade or grow, F(w) = M w + b + c e^{a t}: the exponential is an entry more, with the
equation g' = a g and g(0) = 1.  Likewise the limit of a sequence with  x_{k+1} = M x_k + b  needs
x_k = [I 0] K^k [x_0; 1]  with  K = [[M, b], [0, 1]].  Anything else (an equation that is not affine, or one
not solved for the derivative) is refused: data drawn apart at two times would not be a model, and a
counterexample made of them would be false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from flint import fmpq_mat

from lemmata.kernel.term import (
    SCALAR,
    Term,
    add,
    exp,
    mul,
    number,
    substitute,
    subterms,
    symbol,
)
from lemmata.refute.letters import degree
from lemmata.refute.rational import fraction
from lemmata.refute.system import Unsupported
from lemmata.terms.forms import literal, power

__all__ = [
    "flow_definition", "functions_in_limits", "has_derivative", "sequence_definition",
    "without_drives",
]  # fmt: skip


def has_derivative(term: Term, name: str) -> bool:
    """Does the term differentiate the function?"""
    inside = (s for t in subterms(term) if t.head == "diff" for s in subterms(t))
    return any(s.head == "symbol" and s.name == name for s in inside)


def functions_in_limits(terms: Iterable[Term]) -> set[str]:
    """Names of functions whose limit in their own variable is taken."""
    found = set()
    for term in terms:
        for t in subterms(term):
            if t.head == "limit":
                inside = (s for s in subterms(t.args[0]) if s.head == "symbol")
                found |= {s.name for s in inside if s.value[4] == t.args[1].name}
    return found


def without_drives(
    body: Term, time: Term, value: Callable[[Term], Fraction]
) -> tuple[Term, dict[Term, Fraction]]:
    """An equation with a letter for each e^{a t} that drives it, and the a; ``value`` evaluates numbers."""
    rates: dict[Term, Fraction] = {}
    for t in dict.fromkeys(subterms(body)):
        if t.head != "exp" or t.shape != SCALAR or time not in subterms(t):
            continue
        if any(s.value[4] == time.name for s in subterms(t) if s.head == "symbol"):
            raise Unsupported("an equation that is not affine")
        start, one = (value(substitute(t.args[0], {time: number(point)})) for point in range(2))
        if start or degree(t.args[0], frozenset([time])) != 1:
            raise Unsupported("an equation driven by more than exponentials")
        letter = symbol(f"drive#{len(rates)}", domain="positive")
        body, rates[letter] = substitute(body, {t: letter}), one
    return body, rates


def flow_definition(
    m: list[list[Any]], drives: list[tuple[Any, list[Any]]], start: fmpq_mat, time: Term
) -> Term:
    """The solution as a term in ``time``; ``start`` is w(0), entries of M, w row by row.

    ``drives`` holds a and c for each summand c e^{a t} of the rate, the constant b among them with a = 0.
    """
    return _picked(exp(mul(time, _driven(m, drives))), start, len(drives))


def sequence_definition(m: list[list[Any]], b: list[Any], start: fmpq_mat, index: Term) -> Term:
    """The sequence as a term in ``index``; ``start`` is x_0."""
    return _picked(power(_driven(m, [(1, b)]), index), start, 1)


def _matrix(entries: list[list[Any]]) -> Term:
    cells = [[x if isinstance(x, (int, Fraction)) else fraction(x) for x in row] for row in entries]
    return literal([[number(x) for x in row] for row in cells])


def _driven(m: list[list[Any]], drives: list[tuple[Any, list[Any]]]) -> Term:
    """[[M, C], [0, D]] with the c as columns of C and the a on the diagonal of D."""
    above = [[*row, *(c[i] for _, c in drives)] for i, row in enumerate(m)]
    below = [
        [0] * len(m) + [a if i == j else 0 for j in range(len(drives))] for i, (a, _) in enumerate(drives)
    ]
    return _matrix([*above, *below])


def _picked(motion: Term, start: fmpq_mat, more: int) -> Term:
    """The motion applied to [w(0); 1; ...; 1], its entries put back into the shape of w."""
    rows, cols = start.nrows(), start.ncols()
    column = mul(motion, _matrix([[x] for x in start.entries()] + [[1]] * more))
    parts = []
    for j in range(cols):
        pick = _matrix([[int(p == i * cols + j) for p in range(rows * cols + more)] for i in range(rows)])
        unit = _matrix([[int(q == j) for q in range(cols)]])
        parts.append(mul(pick, column, unit) if cols > 1 else mul(pick, column))
    return add(*parts)
