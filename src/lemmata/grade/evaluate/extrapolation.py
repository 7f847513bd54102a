r"""The value of a limit that a student left standing: extrapolated, to tell a right one from a wrong one.

    \lim_{n \to \infty} (1 + 1/n)^n      2.71828..., so it is e, but it is not computed

The body is evaluated in balls of 256 bits at a dozen points on the way, and the polynomial in 1/n (or in the
distance from the point) through them is read off at 0 (Neville).  Where two such values, with and without the
last point, differ, there is no value.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import acb, acb_mat

from lemmata.grade.evaluate.arithmetic import NoValue, Value, as_ball, enclosed, scalar
from lemmata.grade.values import Undefined, evaluate
from lemmata.kernel.term import Term, substitute, subterms, symbol, symbols_of
from lemmata.terms.forms import infinity

__all__ = ["TOLERANCE", "has_limit", "limit_value"]

TOLERANCE = Fraction(1, 10**8)
# Even and odd numbers mixed, so that (-1)^n is no sequence with a limit.
SETTLED = (1000, 1996, 1997)  # 0.97^1000 is less than 10^-8
POINTS = (40, 65, 105, 169, 273, 442, 714, 1155, 1868, 3023, 4891, 7914)


def has_limit(term: Term) -> bool:
    """Whether a limit is left standing in the term."""
    return any(t.head == "limit" for t in subterms(term))


@enclosed
def limit_value(term: Term, given: Mapping[Term, Value], dims: Mapping[str, int]) -> Value:
    """The value of a term with limits in it, to about ten digits.  Raises NoValue where none is found."""
    values = dict(given)
    for place, limit in enumerate(t for t in subterms(term) if t.head == "limit"):
        letter = symbol(f"limit_{place}", *limit.shape)
        values[letter] = _extrapolated(limit, given, dims)
        term = substitute(term, {limit: letter})
    return evaluate(term, values, dims)


def _extrapolated(term: Term, given: Mapping[Term, Value], dims: Mapping[str, int]) -> Value:
    body, variable, point = term.args
    if has_limit(body):
        raise NoValue("a limit within a limit")
    if point is infinity() and _matrix_powers(body, variable):
        return _settled(body, variable, given, dims)
    negative = point.head == "mul" and infinity() in point.args
    at_infinity = point is infinity() or negative
    base = None if at_infinity else evaluate(point, given, dims)
    sides = {"+": (1,), "-": (-1,), "": (1,) if at_infinity else (1, -1)}[term.value]
    found = []
    for side in sides:
        values, steps = [], []
        for n in POINTS:
            h = Fraction(1, n)
            x = scalar(-n if negative else n) if base is None else base + scalar(side * h)
            values.append(as_ball(evaluate(body, {**given, variable: as_ball(x)}, dims)))
            steps.append(h)
        last, before = _neville(values, steps), _neville(values[:-1], steps[:-1])
        if not _close(last, before):
            raise NoValue("no limit was found")
        found.append(last)
    if not all(_close(found[0], other) for other in found[1:]):
        raise NoValue("the limits from both sides differ")
    return found[0]


def _matrix_powers(body: Term, variable: Term) -> bool:
    """Whether a matrix is raised to a power that grows; its entries are no polynomials in 1/n."""
    return any(
        t.head == "power" and not t.args[0].is_scalar and variable in symbols_of(t.args[1])
        for t in subterms(body)
    )


def _settled(body: Term, variable: Term, given: Mapping[Term, Value], dims: Mapping[str, int]) -> acb_mat:
    """The value that powers of a matrix have settled on; Undefined where they still move, NoValue where slowly."""
    values = [as_ball(evaluate(body, {**given, variable: scalar(n)}, dims)) for n in SETTLED]
    if not all(_close(values[0], other) for other in values[1:]):
        if all(
            bool(abs(x - y).upper() < 0.01)
            for x, y in zip(values[1].entries(), values[2].entries(), strict=True)
        ):
            raise NoValue("no limit was found")
        raise Undefined("the powers of this matrix have no limit")
    return values[-1]


def _neville(values: list[acb_mat], steps: list[Fraction]) -> acb_mat:
    table = list(values)
    for level in range(1, len(table)):
        for i in range(len(table) - level):
            a, b = steps[i], steps[i + level]
            p, q = _ball(b / (b - a)), _ball(a / (b - a))
            table[i] = table[i] * p - table[i + 1] * q
    return table[0]


def _ball(q: Fraction) -> acb:
    return as_ball(scalar(q))[0, 0]


def _close(a: acb_mat, b: acb_mat) -> bool:
    return all(bool(abs(x - y).upper() < 1e-9) for x, y in zip(a.entries(), b.entries(), strict=True))
