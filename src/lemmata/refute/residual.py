"""How far stacked floating-point data are from satisfying a proposition.

For each instance of a batch a *violation*: 0 where the proposition holds, its size relative to the
norms of both sides where it does not, NaN where it is undefined.  Rounding gives about 1e-15 times a
condition number; what exceeds `TOLERANCE` is suspicious and goes to exact arithmetic.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lemmata.kernel.term import SCALAR, Term, make
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.floats import Array
from lemmata.refute.letters import fresh, full_chart, squared_sides
from lemmata.refute.minimisers import lacking
from lemmata.refute.stable import instability
from lemmata.refute.system import Unsupported
from lemmata.refute.truth import infinite, projector

__all__ = ["TOLERANCE", "violation"]

TOLERANCE = 1e-7


def violation(p: Term, e: Evaluator) -> Array:
    """The scaled violation of ``p`` on each instance, of shape (batch,) or (1,).

    Raises Unsupported where the proposition has no floating-point meaning.
    """
    head = p.head
    if head == "eq":
        unstable = instability(p, e)
        return _equal(p, e) if unstable is None else unstable
    if head == "ne":
        return np.where(_equal(p, e) > TOLERANCE, 0.0, 1.0)
    if head in ("le", "lt", "ge", "gt"):
        return _order(p, e)
    if head == "in" and p.args[1].sort == "space":
        v = e.value(p.args[0])
        return _gap(projector(e, p.args[1]) @ v, v)
    if head == "in" and p.args[1].head == "interval" and len(p.args[1].args) == 2:
        (low, high), v = p.args[1].args, p.args[0]
        left = make("le" if p.args[1].value[0] == "[" else "lt", (low, v))
        right = make("le" if p.args[1].value[1] == "]" else "lt", (v, high))
        return np.maximum(_order(left, e), _order(right, e))
    if head == "subset":
        inner, outer = (projector(e, a) for a in p.args)
        return _gap(outer @ inner, inner)
    if head == "is":
        return _is(p, e)
    if head == "and":
        return _fold(np.maximum, [violation(a, e) for a in p.args])
    if head == "or":
        return _fold(np.minimum, [violation(a, e) for a in p.args])
    if head == "not":
        v = violation(p.args[0], e)
        return np.where(np.isnan(v), np.nan, np.where(v > TOLERANCE, 0.0, 1.0))
    if head == "implies":
        return _implies(violation(p.args[0], e), violation(p.args[1], e))
    if head == "iff":
        a, b = (violation(x, e) for x in p.args)
        return np.maximum(_implies(a, b), _implies(b, a))
    gap = lacking(e, p)
    gap = _everywhere(p, e) if gap is None else gap
    if gap is None:
        raise Unsupported(f"{head} in floating point", p)
    return gap


def _everywhere(p: Term, e: Evaluator) -> Array | None:
    """For all u: f(u) <= g(u) with a polynomial g - f of degree 2, that is, with a semidefinite matrix."""
    if p.head != "forall" or p.args[-1].head not in ("le", "ge"):
        return None
    known, letters, body = fresh(p, 0)
    difference = squared_sides(body, known)
    if difference is None or e.unit != 1:
        return None
    m = full_chart(e, letters).quadratic(e, lambda b: b.entry(difference))
    return np.asarray(_below(_least_eigenvalue(m), 1.0 + _size(m), False))


def _fold(f: Any, parts: list[Array]) -> Array:
    out = parts[0]
    for x in parts[1:]:
        out = f(out, x)
    return out


def _implies(a: Array, b: Array) -> Array:
    return np.where(a > TOLERANCE, 0.0, b)


def _size(a: Array) -> Array:
    return np.asarray(np.abs(a).max(axis=(1, 2)))


def _gap(a: Array, b: Array) -> Array:
    """|a - b| / (1 + |a| + |b|), largest entries."""
    return np.asarray(_size(a - b) / (1.0 + _size(a) + _size(b)))


def _equal(p: Term, e: Evaluator) -> Array:
    left, right = p.args
    if left.sort == "matrix":
        return _gap(e.value(left), e.value(right))
    if left.sort == "space":
        return _gap(projector(e, left), projector(e, right))
    raise Unsupported("an equation between sets", p)


def _order(p: Term, e: Evaluator) -> Array:
    small, large = p.args if p.head in ("le", "lt") else p.args[::-1]
    strict = p.head in ("lt", "gt")
    if infinite(small) or infinite(large):
        return np.full(1, 0.0 if infinite(large) > 0 or infinite(small) < 0 else 1.0)
    a, b = e.value(small), e.value(large)
    scale = 1.0 + _size(a) + _size(b)
    gap = b - a
    if p.args[0].shape == SCALAR:
        least = gap[:, 0, 0]
        asymmetry: Any = 0.0 if e.unit == 1 else np.abs(gap[:, 1, 0])
    else:
        asymmetry = _size(gap - gap.transpose(0, 2, 1))
        least = _least_eigenvalue(gap)
    return np.asarray(np.maximum(_below(least, scale, strict), asymmetry / scale))


def _below(least: Array, scale: Any, strict: bool) -> Array:
    """A strict inequality that holds by rounding alone counts as violated: exact arithmetic decides."""
    if strict:
        failed = np.where(least > 1e-11 * scale, 0.0, np.maximum(1e-3, -least / scale))
        return np.where(np.isnan(least), np.nan, failed)
    return np.asarray(np.maximum(0.0, -least / scale))


def _least_eigenvalue(a: Array) -> Array:
    finite = np.where(np.isfinite(a).all(axis=(1, 2), keepdims=True), a, 0.0)
    w = np.linalg.eigvalsh((finite + finite.transpose(0, 2, 1)) / 2)[:, 0]
    return np.where(np.isfinite(a).all(axis=(1, 2)), w, np.nan)


def _is(p: Term, e: Evaluator) -> Array:
    a = e.value(p.args[0])
    t = a.transpose(0, 2, 1)
    n = a.shape[1]
    if p.value == "invertible":
        return np.where(e.system.rank(a)[:, 0, 0] == n, 0.0, 1.0)
    if p.value == "symmetric":
        return _gap(a, t)
    if p.value in ("psd", "spd"):
        scale = 1.0 + _size(a)
        return np.maximum(_gap(a, t), _below(_least_eigenvalue(a), scale, p.value == "spd"))
    if p.value == "orthogonal":
        return _gap(t @ a, np.broadcast_to(np.eye(n), a.shape))
    if p.value == "idempotent":
        return _gap(a @ a, a)
    if p.value == "projection":
        return np.maximum(_gap(a @ a, a), _gap(a, t))
    u = e.unit
    mask = np.kron(np.eye(n // u), np.ones((u, u)))
    return _size(a * (1 - mask)) / (1.0 + _size(a))
