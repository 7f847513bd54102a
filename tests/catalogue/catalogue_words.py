"""The vocabulary of model lines: random matrices of a kind, and solutions of initial value problems.

>>> words = Words(np.random.default_rng(1), {"n": 3}, False)
>>> p = words.proj(3)
>>> bool(np.allclose(p @ p, p))
True
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

__all__ = ["Array", "Data", "Undefined", "Words", "column", "expm", "inverse", "pinv", "rank"]

Array = Any  # a NumPy matrix
Data = dict[str, Any]


class Undefined(ArithmeticError):
    """An expression without a value at this instance, such as the inverse of a singular matrix."""


def expm(a: Array) -> Array:
    """The matrix exponential by scaling and squaring of a Taylor polynomial."""
    size = float(np.abs(a).sum(axis=0).max(initial=0.0))
    squarings = max(0, int(np.ceil(np.log2(size))) + 3) if size > 0 else 0
    a = a / 2.0**squarings
    total = term = np.eye(len(a), dtype=a.dtype)
    for i in range(1, 16):
        term = term @ a / i
        total = total + term
    for _ in range(squarings):
        total = total @ total
    return total


def pinv(a: Array) -> Array:
    """Singular values below 1e-9 count as zeros: what should vanish is not quite zero in floating point."""
    u, d, v = np.linalg.svd(a, full_matrices=False)
    small = d < 1e-9
    inverted = np.where(small, 0.0, 1 / np.where(small, 1.0, d))
    made: Array = (v.conj().T * inverted) @ u.conj().T
    return made


def inverse(a: Array) -> Array:
    if np.linalg.cond(a) > 1e10:
        raise Undefined("a singular matrix has no inverse")
    return np.linalg.inv(a)


def rank(a: Array) -> int:
    return int((np.linalg.svd(a, compute_uv=False) > 1e-8).sum())


def flow(
    rate: Callable[[float, list[Array]], list[Array]], start: list[Array], index: int
) -> Callable[[float], Array]:
    """Component ``index`` of the solution of an initial value problem, by Runge-Kutta of order four."""
    known: dict[float, list[Array]] = {}

    def solve(t: float) -> list[Array]:
        h, y = t / 60, start
        for i in range(60):
            s = i * h
            k1 = rate(s, y)
            k2 = rate(s + h / 2, [a + h / 2 * b for a, b in zip(y, k1, strict=True)])
            k3 = rate(s + h / 2, [a + h / 2 * b for a, b in zip(y, k2, strict=True)])
            k4 = rate(s + h, [a + h * b for a, b in zip(y, k3, strict=True)])
            y = [
                a + h / 6 * (p + 2 * q + 2 * r + s4) for a, p, q, r, s4 in zip(y, k1, k2, k3, k4, strict=True)
            ]
        return y

    def component(t: float) -> Array:
        if t not in known:
            known[t] = solve(float(np.real(t)))
        return known[t][index]

    return component


def _components(
    rate: Callable[[float, list[Array]], list[Array]], start: list[Array]
) -> list[Callable[[float], Array]]:
    return [flow(rate, start, i) for i in range(len(start))]


class Words:
    """The vocabulary of model lines; every word draws from one random generator."""

    def __init__(self, rng: np.random.Generator, dims: Mapping[str, int], unitary: bool) -> None:
        self.rng, self.dims, self.complex = rng, dims, unitary
        self.starts: dict[int, Array] = {}

    def rnd(self, m: int, n: int = 1) -> Array:
        a = self.rng.normal(size=(m, n))
        return a + 1j * self.rng.normal(size=(m, n)) if self.complex else a

    def randint(self, a: int, b: int) -> int:
        return int(self.rng.integers(a, b))

    def orth(self, n: int) -> Array:
        return np.linalg.qr(self.rnd(n, n))[0]

    def low(self, m: int, n: int, r: int | None = None) -> Array:
        """A matrix of random rank whose nonzero singular values lie between 0.6 and 1.7."""
        most = min(m, n)
        r = most if r is None and self.rng.random() < 0.5 else self.randint(0, most + 1) if r is None else r
        return self.orth(m)[:, :r] @ np.diag(self.rng.uniform(0.6, 1.7, r)) @ self.orth(n)[:, :r].conj().T

    def sym(self, n: int) -> Array:
        q = self.orth(n)
        return q @ np.diag(self.rng.choice([-1.5, -0.5, 0.0, 0.0, 1.0, 1.3], n)) @ q.conj().T

    def psd(self, n: int) -> Array:
        a = self.low(n, n)
        return a.conj().T @ a

    def spd(self, n: int) -> Array:
        return self.psd(n) + self.rng.uniform(0.5, 1.5) * np.eye(n)

    def skew(self, n: int) -> Array:
        a = self.rnd(n, n)
        return (a - a.conj().T) / 2

    def proj(self, n: int) -> Array:
        q = self.orth(n)[:, : self.randint(0, n + 1)]
        return q @ q.conj().T

    def normal(self, n: int) -> Array:
        """Scaled rotations and zeros, in a random orthonormal basis."""
        a, i = np.zeros((n, n)), 0
        while i < n:
            x, y = self.rng.normal(size=2) * (self.rng.random() < 0.7)
            if i + 1 < n and self.rng.random() < 0.6:
                a[i : i + 2, i : i + 2] = [[x, -y], [y, x]]
                i += 2
            else:
                a[i, i] = x
                i += 1
        q = self.orth(n)
        return q @ a @ q.conj().T

    def _basis(self, n: int) -> Array:
        return np.eye(n) + 0.3 * np.triu(self.rnd(n, n), 1) @ np.eye(n)

    def _split(self, n: int, count: int) -> list[Array]:
        """Diagonal zeros and ones that do not overlap."""
        kind = self.rng.integers(0, count + 1, n)
        return [np.diag((kind == i).astype(float)) for i in range(count)]

    def _alike(self, matrices: list[Array], basis: Array) -> list[Array]:
        return [basis @ d @ np.linalg.inv(basis) for d in matrices]

    def oblique(self, n: int) -> Array:
        return self._alike(self._split(n, 1), self._basis(n))[0]

    def disjoint_idempotents(self, n: int) -> list[Array]:
        return self._alike(self._split(n, 2), self._basis(n))

    def commuting_idempotents(self, n: int) -> list[Array]:
        return self._alike(self._split(n, 1) + self._split(n, 1), self._basis(n))

    def commuting_projections(self, n: int) -> list[Array]:
        return self._alike(self._split(n, 1) + self._split(n, 1), self.orth(n))

    def nested_projections(self, n: int) -> list[Array]:
        p, q = self._split(n, 2)
        return self._alike([p + q, q], self.orth(n))

    def range_symmetric(self, n: int) -> Array:
        q, r = self.orth(n), self.randint(0, n + 1)
        a = np.zeros((n, n))
        a[:r, :r] = self._basis(r) if r else 0
        return q @ a @ q.conj().T

    def inner_inverse(self, a: Array) -> Array:
        """One of all G with A G A = A."""
        z, p = self.rnd(*a.shape[::-1]), pinv(a)
        return p + z - p @ a @ z @ a @ p

    def greville(self, m: int, n: int, p: int) -> tuple[Array, Array]:
        """Factors that share their singular vectors in the middle."""
        v = self.orth(n)
        a, b = np.zeros((m, n)), np.zeros((n, p))
        for i in range(min(m, n)):
            a[i, i] = self.rng.choice([0.0, 0.7, 1.6])
        for i in range(min(n, p)):
            b[i, i] = self.rng.choice([0.0, 0.8, 1.4])
        return self.orth(m) @ a @ v.conj().T, v @ b @ self.orth(p)

    def orthogonal_pair(self, m: int, n: int) -> tuple[Array, Array]:
        u, v, k = self.orth(m), self.orth(n), min(m, n)
        kind = self.rng.integers(0, 3, k)
        s = self.rng.uniform(0.6, 1.7, k)
        one, two = (u[:, :k] @ np.diag(s * (kind == i)) @ v[:, :k].conj().T for i in (0, 1))
        return one, two

    def w0(self, n: int) -> Array:
        """One start for all calls, so that a function of t stays one function."""
        return self.starts.setdefault(n, self.rnd(n))

    def flow(self, rate: Callable[[Array], Array], start: Array) -> Callable[[float], Array]:
        """The solution of  w' = rate(w)."""
        return flow(lambda _, y: [rate(y[0])], [start], 0)

    def oscillator(self, k: Array, c: float = 0.0) -> list[Callable[[float], Array]]:
        n = len(k)
        block = np.block([[np.zeros((n, n)), np.eye(n)], [-k, -c * np.eye(n)]])
        start = self.rnd(2 * n)
        return [lambda t: (expm(t * block) @ start)[:n], lambda t: (expm(t * block) @ start)[n:]]

    def lax(self, n: int) -> list[Callable[[float], Array]]:
        l0, b = self.rnd(n, n), 0.5 * self.rnd(n, n)
        return [lambda t: expm(t * b) @ l0 @ expm(-t * b), lambda t: b]

    def _force(self, m: int, n: int) -> Callable[[float], Array]:
        g, h = 0.3 * self.rnd(m, n), 0.3 * self.rnd(m, n)
        return lambda t: g + t * h

    def two_layers(
        self, n: int, k: int, m: int, balanced: bool = False, sign: float = 1.0, decay: float = 0.0
    ) -> list[Any]:
        force, w, v = self._force(m, n), self.rnd(k, n), self.rnd(m, k)
        if balanced:
            s = np.diag(self.rng.uniform(0.5, 1.5, min(m, n, k)))
            r, q = len(s), self.orth(k)
            w, v = q[:, :r] @ s @ self.orth(n)[:r, :], self.orth(m)[:, :r] @ s @ q[:, :r].T

        def rate(t: float, y: list[Array]) -> list[Array]:
            return [-y[1].T @ force(t) - decay * y[0], -sign * force(t) @ y[0].T - decay * y[1]]

        return [*_components(rate, [w, v]), force]

    def two_layers_loss(self, n: int, k: int, m: int, x: Array, y: Array) -> list[Callable[[float], Array]]:
        def rate(_: float, z: list[Array]) -> list[Array]:
            g = (z[1] @ z[0] @ x - y) @ x.T
            return [-z[1].T @ g, -g @ z[0].T]

        return _components(rate, [0.4 * self.rnd(k, n), 0.4 * self.rnd(m, k)])

    def three_layers(self, n: int, k: int, l: int, m: int) -> list[Any]:  # noqa: E741
        force = self._force(m, n)

        def rate(t: float, y: list[Array]) -> list[Array]:
            a, b, c = y
            g = force(t)
            return [-b.T @ c.T @ g, -c.T @ g @ a.T, -g @ a.T @ b.T]

        return [*_components(rate, [0.5 * self.rnd(k, n), 0.5 * self.rnd(l, k), 0.5 * self.rnd(m, l)]), force]

    def scalar_layers(self) -> list[Any]:
        return self.two_layers(1, 1, 1)

    def neuron(self, n: int) -> list[Any]:
        force = self._force(n, 1)
        solved = _components(lambda t, y: [-y[1] * force(t), -force(t).T @ y[0]], [self.rnd(n), self.rnd(1)])
        return [*solved, force]

    def names(self) -> Data:
        own = {k: getattr(self, k) for k in dir(Words) if not k.startswith("_") and k != "names"}
        size = self.dims.get("n", 2)
        return {
            **own, **self.dims, "pinv": pinv, "inv": inverse, "expm": expm, "eye": np.eye, "array": np.array,
            "zeros": np.zeros, "block": np.block, "diag": np.diag, "triu": np.triu,
            "matrix_power": np.linalg.matrix_power, "spd0": self.spd(size), "skew0": self.skew(size),
        }  # fmt: skip


def column(v: Any) -> Array:
    """A number as a 1 x 1 matrix, a list as a column, a matrix as it is."""
    a = np.asarray(v)
    return a.reshape(1, 1) if a.ndim == 0 else a.reshape(-1, 1) if a.ndim == 1 else a
