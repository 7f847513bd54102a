"""Minimisers of quadratic functions: points computed from data, not found by luck.

That  f(w) <= f(v)  holds for all v, with f(v) = 1/2 v^T H v + h^T v + c, says that H is positive
semidefinite and  H w + h = 0.  Where w is the only minimiser, H is definite and w = -H^{-1} h: such a w
need not be drawn.  Else a w that was drawn goes to the nearest minimiser,  w - H^+ (H w + h).

>>> from lemmata.kernel.term import add, make, mul, symbol
>>> from lemmata.terms.forms import neg, norm
>>> A, y, v, w = symbol("A", "m", "n"), symbol("y", "m"), symbol("v", "n"), symbol("w", "n")
>>> gap = lambda x: norm(add(mul(A, x), neg(y)))
>>> minimised(make("forall", (v, make("le", (gap(w), gap(v)))))).at.name
'w'
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from flint import fmpq_mat

from lemmata.kernel.term import Term, make, number, substitute, subterms, symbols_of
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.floats import Array
from lemmata.refute.letters import Binding, degree, fresh, full_chart, squared_sides
from lemmata.refute.rational import exact_pinv
from lemmata.refute.system import Irrational, Undefined

__all__ = ["Minimised", "gradient", "lacking", "minimised", "minimiser", "nearest", "slope", "uniquely"]

_FLAT = 1e-9


class Minimised(NamedTuple):
    """What a hypothesis calls minimal: at the symbol ``at``, ``f`` as a function of ``letter``."""

    at: Term
    letter: Term
    f: Term


@lru_cache(maxsize=1000)
def minimised(p: Term) -> Minimised | None:
    """Reads  forall v. f(w) <= f(v)  with a symbol w and f of degree 2 at most."""
    if p.head != "forall" or len(p.args) != 2 or p.args[1].head not in ("le", "ge"):
        return None
    _, (v,), body = fresh(p, 0)
    here, there = body.args if body.head == "le" else body.args[::-1]
    return _read(here, there, v)


@lru_cache(maxsize=1000)
def uniquely(p: Term) -> Minimised | None:
    """Reads  forall v. f(v) <= f(w) ==> v = w."""
    if p.head != "forall" or len(p.args) != 2 or p.args[1].head != "implies":
        return None
    _, (v,), body = fresh(p, 0)
    premise, conclusion = body.args
    if premise.head not in ("le", "ge") or conclusion.head != "eq":
        return None
    there, here = premise.args if premise.head == "le" else premise.args[::-1]
    found = _read(here, there, v)
    return found if found is not None and {*conclusion.args} == {v, found.at} else None


def _read(here: Term, there: Term, v: Term) -> Minimised | None:
    if v.value[3] not in ("real", "complex") or here.shape != (1, 1):
        return None
    for w in symbols_of(here):
        if w.shape == v.shape and w.value[3:] == (v.value[3], "") and substitute(there, {v: w}) is here:
            f = squared_sides(make("le", (number(0), there)), frozenset([v]))
            if f is None or degree(f, frozenset([v])) is None or _differentiates(f):
                return None
            return Minimised(w, v, f)
    return None


def _differentiates(f: Term) -> bool:
    return any(t.head in ("grad", "diff", "limit", "forall", "exists") for t in subterms(f))


def slope(e: Evaluator, m: Minimised) -> tuple[Any, Any]:
    """H and h (halved), in the entries of the letter."""
    chart = full_chart(e, (m.letter,))

    def real(b: Binding) -> Any:
        return b.entry(m.f)

    both = chart.quadratic(e, real)  # type: ignore[arg-type]
    n = len(chart.directions)
    return e.system.part(both, 0, n, 0, n), e.system.part(both, 0, n, n, n + 1)


def _entries(e: Evaluator, m: Minimised, w: Any) -> Any:
    """The coordinates of a value of the letter, as a column."""
    s, u, complex_ = e.system, e.unit, m.letter.value[3] == "complex"
    rows, cols = (e.size(d) for d in m.letter.shape)
    cells = []
    for i in range(rows):
        for j in range(cols):
            for k in range(2 if complex_ else 1):
                cells.append([s.part(w, i * u + k, i * u + k + 1, j * u, j * u + 1)])
    return s.join(cells)


def _value(e: Evaluator, m: Minimised, z: Any) -> Any:
    chart = full_chart(e, (m.letter,))
    total = chart.base[0]
    for i, (d,) in enumerate(chart.directions):
        total = e.system.add(total, e.system.scale(e.system.part(z, i, i + 1, 0, 1), d))
    return total


def _exactly(h: Any) -> None:
    if not isinstance(h, (fmpq_mat, np.ndarray)):
        raise Irrational("a minimiser that is not rational")


def minimiser(e: Evaluator, m: Minimised) -> Any:
    """The only minimiser.  Raises Undefined where there may be others."""
    big, small = slope(e, m)
    _exactly(big)
    if type(big) is fmpq_mat and not big.det():
        raise Undefined("more than one minimiser, or none")
    return _value(e, m, e.minus(e.system.mul(e.system.inverse(big), small)))


def nearest(e: Evaluator, m: Minimised, w: Any) -> Any:
    """The zero of the gradient that is nearest to w, where there is one."""
    big, small = slope(e, m)
    _exactly(big)
    inverse = exact_pinv(big) if type(big) is fmpq_mat else e.system.pinv(big)
    z = _entries(e, m, w)
    gradient = e.system.add(e.system.mul(big, z), small)
    return _value(e, m, e.system.add(z, e.minus(e.system.mul(inverse, gradient))))


def gradient(e: Evaluator, m: Minimised) -> Any:
    """H w + h: what must vanish."""
    big, small = slope(e, m)
    return e.system.add(e.system.mul(big, _entries(e, m, e.value(m.at))), small)


def lacking(e: Evaluator, p: Term) -> Array | None:
    """In floating point: how far  H w + h  is from 0 and H from semidefinite (for "only": definite)."""
    m, only = minimised(p), uniquely(p)
    found = m or only
    if found is None:
        return None
    big, small = slope(e, found)
    z = _entries(e, found, e.value(found.at))
    bad = np.isnan(big).any(axis=(1, 2))
    least = np.linalg.eigvalsh(np.where(bad[:, None, None], 0.0, big))[:, 0]
    size = np.linalg.norm(big, axis=(1, 2)) + _FLAT
    if m is None:
        return np.where(bad, np.nan, np.where(least > _FLAT * size, 0.0, 1.0))
    gap = np.linalg.norm(big @ z + small, axis=(1, 2)) / (
        1 + size * np.linalg.norm(z, axis=(1, 2)) + np.linalg.norm(small, axis=(1, 2))
    )
    worst: Array = np.maximum(gap, np.where(bad, np.nan, np.maximum(-least / size, 0.0)))
    return worst
