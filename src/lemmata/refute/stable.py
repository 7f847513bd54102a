"""Data for hypotheses about spectra:  lim e^{tA} = 0,  lim A^k = 0.

Matrices drawn by chance seldom have the first, and those that do are seldom far from normal.  A matrix has it
iff  A = (Z - Z^T - R) Q  with positive definite R and Q (Lyapunov 1892: Q is the quadratic form that
decreases); and  A^k -> 0  iff  A = (I + H) (I - H)^{-1}  with such an H (Cayley).  So Z, R and Q are drawn.

>>> from lemmata.terms.claims import read_claims
>>> from lemmata.terms.show import show
>>> c = read_claims("let A : R^{n x n}; assume lim_{t -> oo} e^{-t A} = 0; show invertible(A)", semicolons=True)
>>> [show(p) for p in drawn_stable(c.given)][1]
'-A = (⟦0Z - ⟦0Z^T - ⟦0R) ⟦0Q'

The hypothesis itself is decided over the rationals (`motions`); this only makes it likely.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from lemmata.kernel.poly import Refused, depends_on, expand, to_term
from lemmata.kernel.term import Term, add, identity, inverse, mul, number, substitute, symbol, symbols_of
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.floats import Array
from lemmata.refute.partitioned import MARK
from lemmata.terms.forms import adjoint, equation, is_, neg

_CLOSE = 1e-9

__all__ = ["asymptotics", "drawn_stable", "instability"]


def drawn_stable(given: tuple[Term, ...]) -> tuple[Term, ...]:
    """The hypotheses, with equations that make stable what is to be stable."""
    found = list(given)
    for i, g in enumerate(given):
        asked = asymptotics(g)
        if asked is None:
            continue
        matrix, natural = asked
        letters = set(symbols_of(matrix))
        if any(letters >= set(symbols_of(p)) for p in given if p is not g and symbols_of(p)):
            continue  # it is to be symmetric, for instance, as well: that is drawn, and the limit left to luck
        domain = "complex" if any(s.value[3] == "complex" for s in letters) else "real"
        z, r, q = (symbol(f"{MARK}{i}{name}", *matrix.shape, domain) for name in "ZRQ")
        stable, one = mul(add(z, neg(adjoint(z)), neg(r)), q), identity(matrix.shape[0])
        if natural:
            stable = mul(add(one, stable), inverse(add(one, neg(stable))))
        found += [equation(matrix, stable), is_("spd", r), is_("spd", q)]
    return tuple(found)


@lru_cache(maxsize=1000)
def asymptotics(g: Term) -> tuple[Term, bool] | None:
    """L of  lim e^{tL} = 0;  L and True of  lim L^k = 0;  or of such limits of norms."""
    if g.head != "eq" or g.args[0].sort != "matrix":
        return None
    limit, nothing = g.args if g.args[0].head == "limit" else g.args[::-1]
    if limit.head != "limit" or not (nothing.head == "zero" or nothing is number(0)):
        return None
    body, variable, point = limit.args
    body = body.args[0] if body.head == "norm" else body
    if point.head != "infinity":
        return None
    if body.head == "power" and body.args[1] is variable and not depends_on(body.args[0], variable.name):
        return body.args[0], True
    if body.head != "exp":
        return None
    slope = substitute(body.args[0], {variable: number(1)})
    try:
        linear = expand(mul(variable, slope)) == expand(body.args[0])
        return (to_term(expand(slope)), False) if linear else None
    except Refused:
        return None


def instability(p: Term, e: Evaluator) -> Array | None:
    """In floating point: 1 where the proposition is such a limit and does not hold; None if it is not one."""
    asked = asymptotics(p)
    if asked is None:
        return None
    matrix, natural = asked
    a = e.value(matrix)
    finite = np.isfinite(a).all(axis=(1, 2))
    spectrum = np.linalg.eigvals(np.where(finite[:, None, None], a, 0.0))
    largest = np.abs(spectrum).max(axis=1) - 1 if natural else spectrum.real.max(axis=1)
    return np.where(finite, np.where(largest < -_CLOSE, 0.0, 1.0), np.nan)
