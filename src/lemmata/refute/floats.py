"""Stacked floating point: one operation works on a whole batch of instances of one shape.

A value is a float64 array of shape (batch, rows, cols); the batch of a constant may be 1.  What is
undefined on an instance becomes NaN there and leaves the others alone.

>>> bool(np.isnan(Floats().inverse(np.zeros((1, 2, 2)))).all())
True

Nothing is ever decided here: a suspicious instance is handed on to exact arithmetic.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from fractions import Fraction
from math import factorial
from typing import Any

# Two BLAS threads make a stack of small decompositions 5 to 8 times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from lemmata.refute.system import Unsupported

__all__ = ["Array", "Floats"]

Array = NDArray[np.float64]
_CUTOFF = 1e-10
_TAYLOR = 14


class Floats:
    """Stacks of float64 matrices."""

    name = "floats"

    def rational(self, q: Fraction) -> Array:
        return np.full((1, 1, 1), float(q))

    def zeros(self, rows: int, cols: int) -> Array:
        return np.zeros((1, rows, cols))

    def eye(self, n: int) -> Array:
        return np.eye(n)[None]

    def add(self, a: Array, b: Array) -> Array:
        return a + b

    def mul(self, a: Array, b: Array) -> Array:
        return a @ b

    def scale(self, s: Array, a: Array) -> Array:
        return s * a

    def transpose(self, a: Array) -> Array:
        return a.transpose(0, 2, 1)

    def inverse(self, a: Array) -> Array:
        if a.shape[1] == 1:
            return np.divide(1.0, a, out=np.full_like(a, np.nan), where=a != 0)
        try:
            return np.asarray(np.linalg.inv(a), dtype=np.float64)
        except np.linalg.LinAlgError:  # one singular instance: set all such apart by their rank
            good = self.rank(a)[:, 0, 0] == a.shape[1]
            out = np.full_like(a, np.nan)
            if good.any():
                out[good] = np.linalg.inv(a[good])
            return out

    def pinv(self, a: Array) -> Array:
        if min(a.shape[1:]) == 1:  # a vector v: v^T / |v|^2
            square: Array = (a * a).sum(axis=(1, 2), keepdims=True)
            return np.asarray(self.transpose(a) / np.where(square == 0, 1.0, square), dtype=np.float64)
        finite = self._finite(a)
        u, s, vt = np.linalg.svd(finite, full_matrices=False)
        keep = s > _CUTOFF * s[:, :1]
        reciprocal = np.divide(1.0, s, out=np.zeros_like(s), where=keep & (s > 0))
        out = (vt.transpose(0, 2, 1) * reciprocal[:, None, :]) @ u.transpose(0, 2, 1)
        return self._nan_where_not_finite(out, a)

    @staticmethod
    def _finite(a: Array) -> Array:
        return np.where(np.isfinite(a).all(axis=(1, 2), keepdims=True), a, 0.0)

    @staticmethod
    def _nan_where_not_finite(out: Array, a: Array) -> Array:
        bad = ~np.isfinite(a).all(axis=(1, 2))
        if bad.any():
            out = out.copy()
            out[bad] = np.nan
        return out

    def power(self, a: Array, exponent: Array) -> Array:
        first = exponent.flat[0]
        if (exponent == first).all() and float(first).is_integer() and abs(first) < 1e4:
            n = int(first)
            base = self.inverse(a) if n < 0 else a
            return np.linalg.matrix_power(base, abs(n))
        if a.shape[1] != 1:
            raise Unsupported("a fractional power of a matrix")
        return np.power(np.where(a > 0, a, np.nan), exponent)

    def exp(self, a: Array) -> Array:
        if a.shape[1] == 1:
            return np.asarray(np.exp(a))
        finite = self._finite(a)
        if (finite == finite.transpose(0, 2, 1)).all():
            w, v = np.linalg.eigh(finite)
            out = (v * np.exp(w)[:, None, :]) @ v.transpose(0, 2, 1)
        else:  # halve until the norm is below 1/2, sum the series, square back
            size = max(float(np.abs(finite).sum(axis=2).max(initial=0.0)), 1e-300)
            halvings = max(0, int(np.ceil(np.log2(size))) + 1)
            x = finite / 2.0**halvings
            out = np.zeros_like(x) + np.eye(a.shape[1]) / factorial(_TAYLOR)
            for k in range(_TAYLOR - 1, -1, -1):
                out = out @ x + np.eye(a.shape[1]) / factorial(k)
            for _ in range(halvings):
                out = out @ out
        return self._nan_where_not_finite(out, a)

    def sqrt(self, s: Array) -> Array:
        return np.sqrt(np.where(s >= 0, s, np.nan))

    def function(self, name: str, s: Sequence[Array]) -> Array:
        if name in ("log", "ln"):
            return np.log(np.where(s[0] > 0, s[0], np.nan))
        if name == "sqrt":
            return self.sqrt(s[0])
        if name in ("min", "max"):
            best = s[0]
            for x in s[1:]:
                best = np.minimum(best, x) if name == "min" else np.maximum(best, x)
            return best
        plain = {"abs": np.abs, "sin": np.sin, "cos": np.cos, "tan": np.tan, "sinh": np.sinh, "exp": np.exp,
                 "cosh": np.cosh, "tanh": np.tanh, "atan": np.arctan}.get(name)  # fmt: skip
        if plain is None:
            raise Unsupported(f"no function {name}")
        return np.asarray(plain(s[0]))

    def constant(self, name: str) -> Array:
        return np.full((1, 1, 1), np.pi if name == "pi" else np.e)

    def rank(self, a: Array) -> Array:
        s = np.linalg.svd(self._finite(a), compute_uv=False)
        r = (s > _CUTOFF * np.maximum(s[:, :1], 1e-300)).sum(axis=1).astype(float)
        return np.asarray(r[:, None, None], dtype=np.float64)

    def det(self, a: Array) -> Array:
        return np.asarray(np.linalg.det(a))[:, None, None]

    def spectral(self, a: Array) -> Array:
        return np.asarray(np.linalg.svd(self._finite(a), compute_uv=False)[:, :1, None], dtype=np.float64)

    def join(self, rows: Sequence[Sequence[Array]]) -> Array:
        batch = max(b.shape[0] for row in rows for b in row)
        full = [[np.broadcast_to(b, (batch, *b.shape[1:])) for b in row] for row in rows]
        return np.concatenate([np.concatenate(row, axis=2) for row in full], axis=1)

    def part(self, a: Array, r0: int, r1: int, c0: int, c1: int) -> Array:
        return a[:, r0:r1, c0:c1]

    def settle(self, values: Sequence[Any]) -> Array:
        raise Unsupported("a limit in floating point")

    def index(self, s: Array) -> Fraction:
        first = float(s.flat[0])
        if not (s == first).all():
            raise Unsupported("a point that differs from instance to instance")
        return Fraction(first).limit_denominator(10**6)
