"""Is there, at given data, a matrix with ..., and does ... hold for every matrix?  Exactly, where it can be.

*There is*: equations that are affine in the bound letters (A X B = C, A X = B and X C = D, X^T = X, X in
a subspace) are one linear system over the rationals, written out entry by entry; it is solvable iff its
rank does not rise with the right-hand side (Rouche, Capelli).  A unique solution also decides what is
not affine; and where linear equations force  x^T X x < 0  for some x, no X is semidefinite (`semidefinite`).

*For all*: an equation of degree 2 at most holds identically iff all its coefficients vanish; an inequality
f(v) <= g(v) of degree 2 holds for all v iff  g - f = [v; 1]^T M [v; 1]  with M positive semidefinite.  A
premise (A v = 0, or f(v) <= f(w) for a convex f) leaves a smaller set of v of the same kind.

>>> from flint import fmpq_mat
>>> from lemmata.kernel.term import make, mul, symbol
>>> from lemmata.terms.forms import equation
>>> from lemmata.refute.decide import decide
>>> from lemmata.refute.instance import Instance
>>> A, x, b = symbol("A", "m", "n"), symbol("x", "n"), symbol("b", "m")
>>> solvable = make("exists", (x, equation(mul(A, x), b)))
>>> decide(solvable, Instance({"m": 1, "n": 1}, {"A": fmpq_mat(1, 1), "b": fmpq_mat(1, 1, [1])})).name
'FALSE'

Anything else is UNKNOWN, unless a few values of the letters settle it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from flint import fmpq, fmpq_mat

from lemmata.kernel.term import SCALAR, Term, add, make
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.letters import (
    Binding,
    Chart,
    degree,
    fresh,
    full_chart,
    mentions,
    squared_sides,
    vanishing,
)
from lemmata.refute.semidefinite import obstacle, semidefinite, symmetry
from lemmata.refute.solving import solutions, system, zeros
from lemmata.refute.system import Irrational, NumberError, Undecided, Unsupported
from lemmata.refute.truth import Truth, definite, negated, zero
from lemmata.terms.forms import neg

__all__ = ["for_all", "there_is", "unsolvable"]

Decide = Callable[[Term, Evaluator], Truth]
_BRANCHES = 16
_OPPOSITE = {"ne": "eq", "le": "gt", "lt": "ge", "ge": "lt", "gt": "le"}


# --- there is --------------------------------------------------------------------------------------


def there_is(e: Evaluator, p: Term, decide: Decide) -> Truth:
    """The truth of "there are letters with ..."; ``decide`` is for propositions without such letters."""
    _, letters, body = fresh(p, getattr(e, "depth", 0))
    best = Truth.FALSE
    for letters_, props in _branches(letters, body, getattr(e, "depth", 0)):
        best = max(best, _satisfiable(e, letters_, props, decide))
        if best is Truth.TRUE:
            break
    return best


def _branches(
    letters: tuple[Term, ...], body: Term, depth: int
) -> list[tuple[tuple[Term, ...], tuple[Term, ...]]]:
    """Conjunctions whose disjunction the body is, each with its letters."""
    if body.head == "or":
        found = [b for a in body.args for b in _branches(letters, a, depth)]
    elif body.head == "exists":
        _, more, inner = fresh(body, depth + 100 + len(letters))
        found = _branches((*letters, *more), inner, depth)
    elif body.head == "and":
        found = [(letters, ())]
        for a in body.args:
            parts = _branches(letters, a, depth)
            found = [(tuple(dict.fromkeys((*ls, *ms))), (*ps, *qs)) for ls, ps in found for ms, qs in parts]
            if len(found) > _BRANCHES:
                raise Unsupported("too many cases under a quantifier", body)
    else:
        found = [(letters, (body,))]
    return found


def _satisfiable(e: Evaluator, letters: tuple[Term, ...], props: tuple[Term, ...], decide: Decide) -> Truth:
    known, least = frozenset(letters), Truth.TRUE
    affine, others = [], []
    for p in props:
        if not mentions(p, known):
            least = min(least, decide(p, e))
            if least is Truth.FALSE:
                return least
            continue
        residual = vanishing(p, known)
        if residual is None:
            others.append(p)
        else:
            affine.append(residual)
    orders = semidefinite(others, known)
    affine += [symmetry(term) for term, _ in orders]
    chart = solutions(e, full_chart(e, letters), affine)
    if isinstance(chart, Truth):
        return chart
    bounded = any(s.value[3] not in ("real", "complex") for s in letters)
    if not others and not bounded:
        return least
    fixed = _fixed(chart)
    settled = [p for p in others if fixed.issuperset(s for s in letters if mentions(p, frozenset([s])))]
    if _holds(chart.at(e), tuple(s for s in letters if s in fixed), settled, decide) is Truth.FALSE:
        return Truth.FALSE
    if any(obstacle(e, chart, term, strict) for term, strict in orders):
        return Truth.FALSE
    if len(others) == 1 and not bounded and _opposed(others[0]):
        # There is one with p iff not all have the opposite of p.
        never = _everywhere(e, chart, make(_OPPOSITE[others[0].head], others[0].args), decide)
        if never in (Truth.TRUE, Truth.FALSE):
            return negated(never) if never is Truth.TRUE else least
    best = Truth.UNKNOWN
    for b in _few(e, chart):
        best = max(best, min(least, _holds(b, letters, others, decide)))
        if best is Truth.TRUE:
            break
    return best


def _opposed(p: Term) -> bool:
    """Is the negation of ``p`` a relation too?  (Matrices that are not A <= B need not be A > B.)"""
    return p.head == "ne" or (p.head in _OPPOSITE and p.args[0].shape == SCALAR)


def _fixed(chart: Chart) -> frozenset[Term]:
    """The letters that have the same value all over the chart."""
    return frozenset(
        s for i, s in enumerate(chart.letters) if all(zero(d[i]) is Truth.TRUE for d in chart.directions)
    )


def _holds(b: Binding, letters: tuple[Term, ...], props: list[Term], decide: Decide) -> Truth:
    least = Truth.TRUE
    for s in letters:
        if s.value[3] not in ("real", "complex"):
            x = b.entry(s)
            if type(x) is not fmpq_mat:
                raise Irrational("a bound number of a restricted kind")
            least = min(least, _in_domain(x[0, 0], s.value[3]))
    for p in props:
        if least is Truth.FALSE:
            break
        try:
            least = min(least, decide(p, b))
        except (Irrational, Undecided):
            raise
        except NumberError:
            least = min(least, Truth.UNKNOWN)
    return least


def _in_domain(x: fmpq, domain: str) -> Truth:
    good = x > 0 if domain == "positive" else x >= 0 and (domain != "natural" or x.q == 1)
    return Truth.TRUE if good else Truth.FALSE


def _few(e: Evaluator, chart: Chart) -> Iterator[Binding]:
    """A few values of the letters: the base and points near it."""
    yield chart.at(e)
    steps = [(i, k) for k in (1, -1, 2) for i in range(len(chart.directions))]
    yield from (chart.at(e, s) for s in islice(steps, 12))


def unsolvable(e: Evaluator, p: Term) -> str:
    """Why there is no solution, where that is a matter of ranks: to be checked by anyone."""
    _, letters, body = fresh(p, 0)
    try:
        ((letters, props),) = _branches(letters, body, 0)
        known = frozenset(letters)
        affine = [r for r in (vanishing(q, known) for q in props) if r is not None]
        orders = semidefinite(props, known)
        affine += [symmetry(term) for term, _ in orders]
        columns, constant = system(e, full_chart(e, letters), affine)
        chart = solutions(e, full_chart(e, letters), affine)
    except (NumberError, ValueError):
        return ""
    rows, n = len(constant), len(columns)
    if any(type(x) is not fmpq for c in [*columns, constant] for x in c):
        return ""
    left = fmpq_mat(rows, n, [columns[j][i] for i in range(rows) for j in range(n)])
    both = fmpq_mat(rows, n + 1, [(*columns, constant)[j][i] for i in range(rows) for j in range(n + 1)])
    if left.rank() == both.rank():
        if isinstance(chart, Truth):
            return ""
        reasons = (obstacle(e, chart, term, strict) for term, strict in orders)
        return next((f"its linear equations force {why}" for why in reasons if why), "")
    return f"its linear equations have rank {left.rank()}, with the right-hand side {both.rank()}"


# --- for all ---------------------------------------------------------------------------------------


def for_all(e: Evaluator, p: Term, decide: Decide) -> Truth:
    """The truth of "for all letters ..."."""
    _, letters, body = fresh(p, getattr(e, "depth", 0))
    if any(s.value[3] not in ("real", "complex") for s in letters):
        return _sampled(e, full_chart(e, letters), body, letters, decide)
    return _everywhere(e, full_chart(e, letters), body, decide)


def _everywhere(e: Evaluator, chart: Chart, p: Term, decide: Decide) -> Truth:
    """Does ``p`` hold at all points of the chart?"""
    letters = frozenset(chart.letters)
    if not mentions(p, letters):
        return decide(p, e)
    if p.head == "and":
        least = Truth.TRUE
        for a in p.args:
            if least is not Truth.FALSE:
                least = min(least, _everywhere(e, chart, a, decide))
        return least
    if p.head == "implies":
        found = _under_premise(e, chart, p.args[0], p.args[1], decide)
        return _sampled(e, chart, p, chart.letters, decide) if found is None else found
    residual = vanishing(p, letters)
    if residual is not None:
        points = [chart.at(e), *(chart.at(e, (i, 1)) for i in range(len(chart.directions)))]
        return min(zero(residual(b)) for b in points)
    if p.head == "eq" and p.args[0].sort == "matrix":
        gap = add(p.args[0], neg(p.args[1]))
        d = degree(gap, letters)
        if d is not None and d <= 2:
            return _identical(e, chart, gap)
    if p.head in ("le", "lt", "ge", "gt"):
        difference = squared_sides(p, letters)
        if difference is not None:
            return _inequality(e, chart, difference, p.head in ("lt", "gt"))
    return _sampled(e, chart, p, chart.letters, decide)


def _identical(e: Evaluator, chart: Chart, gap: Term) -> Truth:
    """A polynomial of degree 2 that vanishes at 0, d_i, 2 d_i and d_i + d_j vanishes."""
    n = len(chart.directions)
    steps: list[tuple[tuple[int, int], ...]] = [()]
    steps += [((i, k),) for i in range(n) for k in (1, 2)]
    steps += [((i, 1), (j, 1)) for i in range(n) for j in range(i)]
    least = Truth.TRUE
    for s in steps:
        least = min(least, zero(chart.at(e, *s).value(gap)))
        if least is Truth.FALSE:
            break
    return least


def _form(e: Evaluator, chart: Chart, difference: Term) -> Any:
    """The matrix of a real-valued polynomial of degree 2."""
    if e.unit == 2:
        imaginary = chart.quadratic(e, lambda b: b.system.part(b.value(difference), 1, 2, 0, 1))
        if zero(imaginary) is not Truth.TRUE:
            raise Unsupported("an order between complex numbers", difference)
    return chart.quadratic(e, lambda b: b.entry(difference))


def _inequality(e: Evaluator, chart: Chart, difference: Term, strict: bool) -> Truth:
    """Is the difference nonnegative (strict: positive) at all points of the chart?"""
    m = _form(e, chart, difference)
    found = definite(e, m, False)
    if not strict or found is Truth.FALSE:
        return found
    if type(m) is not fmpq_mat:
        return Truth.UNKNOWN
    # [z; 1]^T M [z; 1] = 0 means M [z; 1] = 0: positive iff that has no solution.
    return Truth.TRUE if not _reaches_one(m) else Truth.FALSE


def _reaches_one(m: fmpq_mat) -> bool:
    """Is there a null vector whose last entry is 1?"""
    n = m.ncols()
    left = fmpq_mat(n, n - 1, [m[i, j] for i in range(n) for j in range(n - 1)])
    return bool(left.rank() == m.rank())


def _under_premise(
    e: Evaluator, chart: Chart, premise: Term, conclusion: Term, decide: Decide
) -> Truth | None:
    """The conclusion where the premise holds; None if the premise is not of a kind that is known."""
    letters = frozenset(chart.letters)
    strict = _on_nonzero(e, chart, premise, conclusion)
    if strict is not None:
        return strict
    for p in premise.args if premise.head == "and" else (premise,):
        if not mentions(p, letters):
            truth = decide(p, e)
            if truth is Truth.FALSE:
                return Truth.TRUE
            if truth is not Truth.TRUE:
                return None
            continue
        residual = vanishing(p, letters)
        smaller = _zeros_of(e, chart, p) if residual is None else solutions(e, chart, [residual])
        if smaller is Truth.FALSE:
            return Truth.TRUE  # nothing satisfies the premise
        if smaller is None or isinstance(smaller, Truth):
            return None
        chart = smaller
    return _everywhere(e, chart, conclusion, decide)


def _zeros_of(e: Evaluator, chart: Chart, p: Term) -> Chart | Truth | None:
    """Where  f <= c  for a convex f of degree 2 that is nowhere below c: the zeros of f - c."""
    if p.head not in ("le", "ge"):
        return None
    difference = squared_sides(p, frozenset(chart.letters))
    if difference is None:
        return None
    m = _form(e, chart, neg(difference))
    if type(m) is not fmpq_mat or definite(e, m, False) is not Truth.TRUE:
        return None
    n = m.ncols() - 1
    columns = [[m[i, j] for i in range(n + 1)] for j in range(n)]
    return zeros(e, chart, columns, [m[i, n] for i in range(n + 1)])


def _on_nonzero(e: Evaluator, chart: Chart, premise: Term, conclusion: Term) -> Truth | None:
    """v != 0 ==> 0 < v^T S v: definite, for a form without linear part, on all v."""
    if premise.head != "ne" or conclusion.head not in ("lt", "gt") or len(chart.letters) != 1:
        return None
    v, other = premise.args
    centred = all(zero(b) is Truth.TRUE for b in chart.base)
    if v is not chart.letters[0] or other.head not in ("zero", "number") or not centred:
        return None
    difference = squared_sides(conclusion, frozenset(chart.letters))
    if difference is None:
        return None
    m = _form(e, chart, difference)
    n = len(chart.directions)
    if type(m) is not fmpq_mat or any(m[i, n] for i in range(n + 1)):
        return None
    return definite(e, fmpq_mat(n, n, [m[i, j] for i in range(n) for j in range(n)]), True)


def _sampled(e: Evaluator, chart: Chart, p: Term, letters: tuple[Term, ...], decide: Decide) -> Truth:
    """FALSE if a few values say so, else UNKNOWN."""
    for b in _few(e, chart):
        try:
            if _holds(b, letters, [], decide) is Truth.TRUE and decide(p, b) is Truth.FALSE:
                return Truth.FALSE
        except (Irrational, Undecided):
            raise
        except NumberError:
            continue
    return Truth.UNKNOWN
