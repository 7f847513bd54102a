"""Values of terms and truth of propositions at given matrices, by NumPy alone.

>>> Evaluator({"A": np.eye(2)}, {"n": 2}, {}).size("n")
2
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from catalogue_words import Array, Data, Undefined, column, expm, inverse, pinv, rank

from lemmata.kernel.term import Term
from lemmata.terms.blocks import parts_of, selected

__all__ = ["Evaluator"]

TOLERANCE = 1e-5
_STEP = 2e-3


class Evaluator:
    def __init__(self, data: Data, dims: Mapping[str, int], definitions: Mapping[str, Term]) -> None:
        self.data, self.dims, self.definitions = data, dims, definitions
        self.open: set[str] = set()

    def size(self, d: int | str) -> int:
        return sum(p if isinstance(p, int) else self.dims[p] for p in parts_of(d))

    def with_(self, name: str, v: Any) -> Evaluator:
        other = Evaluator({**self.data, name: v}, self.dims, self.definitions)
        other.open = self.open
        return other

    def number(self, t: Term) -> Any:
        return self(t)[0, 0]

    def __call__(self, t: Term) -> Array:
        found = getattr(self, f"_{t.head}", None)
        if found is None:
            raise NotImplementedError(t.head)
        v = found(t)
        return v if isinstance(v, np.ndarray) and v.ndim == 2 else column(v)

    def _function(self, name: str, variable: str, point: Any) -> Array:
        body = self.definitions.get(name)
        if body is None or (name in self.open and point == 0):
            v = self.data[name] if body is None else self.data[f"{name}(0)"]
            return column(v(point) if callable(v) else v)
        self.open.add(name)
        try:
            return self.with_(variable, point)(body)
        finally:
            self.open.discard(name)

    def _symbol(self, t: Term) -> Array:
        place = selected(t)
        if place is not None:
            sizes = [self.size(p) for p in place[0]]
            before = sum(sizes[: place[1]])
            return np.eye(sum(sizes))[:, before : before + sizes[place[1]]]
        name, variable = t.name, t.value[4]
        if variable:
            return self._function(name, variable, self.data[variable])
        return self(self.definitions[name]) if name in self.definitions else column(self.data[name])

    def _at(self, t: Term) -> Array:
        return self._function(t.args[0].name, t.args[0].value[4], self.number(t.args[1]))

    def _number(self, t: Term) -> float:
        return float(t.value)

    def _constant(self, t: Term) -> complex:
        return {"pi": np.pi, "e": np.e, "i": 1j}[t.value]

    def _dim(self, t: Term) -> float:
        return float(self.size(t.value))

    def _identity(self, t: Term) -> Array:
        return np.eye(self.size(t.value))

    def _zero(self, t: Term) -> Array:
        return np.zeros((self.size(t.value[0]), self.size(t.value[1])))

    def _literal(self, t: Term) -> Array:
        return np.array([self.number(a) for a in t.args]).reshape(t.value)

    def _add(self, t: Term) -> Array:
        return sum((self(a) for a in t.args[1:]), self(t.args[0]))

    def _mul(self, t: Term) -> Array:
        total: Array | None = None
        scale = 1.0
        for a in t.args:
            v = self(a)
            if a.is_scalar:
                scale = scale * v[0, 0]
            else:
                total = v if total is None else total @ v
        return column(scale) if total is None else scale * total

    def _adjoint(self, t: Term) -> Array:
        return self(t.args[0]).conj().T

    def _inverse(self, t: Term) -> Array:
        return inverse(self(t.args[0]))

    def _pinv(self, t: Term) -> Array:
        return pinv(self(t.args[0]))

    def _power(self, t: Term) -> Array:
        base, exponent = self(t.args[0]), self.number(t.args[1])
        if base.shape == (1, 1) and t.args[0].is_scalar:
            return base**exponent
        return np.linalg.matrix_power(base if exponent >= 0 else inverse(base), abs(round(float(exponent))))

    def _exp(self, t: Term) -> Array:
        return expm(self(t.args[0]))

    def _norm(self, t: Term) -> float:
        return float(np.linalg.norm(self(t.args[0]), 2 if t.value == "2" else "fro"))

    def _inner(self, t: Term) -> Array:
        return self(t.args[0]).conj().T @ self(t.args[1])

    def _trace(self, t: Term) -> Any:
        return np.trace(self(t.args[0]))

    def _rank(self, t: Term) -> float:
        return float(rank(self(t.args[0])))

    def _adjugate(self, t: Term) -> Any:
        u, s, vh = np.linalg.svd(self(t.args[0]))  # adj(U S V) = adj(V) adj(S) adj(U)
        rest = [np.prod(np.delete(s, i)) for i in range(len(s))]
        return np.linalg.det(u) * np.linalg.det(vh) * vh.conj().T @ np.diag(rest) @ u.conj().T

    def _det(self, t: Term) -> Any:
        return np.linalg.det(self(t.args[0]))

    def _call(self, t: Term) -> Any:
        f: Callable[..., Any] = getattr(np, t.value, None) or {"max": max, "min": min}[t.value]
        with np.errstate(all="ignore"):
            return f(*(self.number(a) for a in t.args))

    def _slope(self, f: Callable[[float], Array]) -> Array:
        return (8 * (f(_STEP) - f(-_STEP)) - (f(2 * _STEP) - f(-2 * _STEP))) / (12 * _STEP)

    def _diff(self, t: Term) -> Array:
        now = self.data[t.value]
        return self._slope(lambda h: self.with_(t.value, now + h)(t.args[0]))

    def _grad(self, t: Term) -> Array:
        x = t.args[1].name
        at = np.array(column(self.data[x]), dtype=float)
        out = np.zeros_like(at)
        for place in np.ndindex(at.shape):
            out[place] = self._slope(lambda h: self._moved(t.args[0], x, at, place, h))[0, 0]  # noqa: B023
        return out

    def _moved(self, body: Term, name: str, at: Array, place: tuple[int, ...], h: float) -> Array:
        """The value of the body with one entry of a matrix moved by h."""
        moved = at.copy()
        moved[place] += h
        return self.with_(name, moved)(body)

    def _limit(self, t: Term) -> Array:
        body, variable, point = t.args
        domain = variable.value[3]
        if point.head == "infinity":
            far = (1 << 22) if domain == "natural" else 1e5
            first, second = (self.with_(variable.name, v)(body) for v in (far, 2 * far + 1))
        else:
            p, side = self.number(point), -1 if t.value == "-" else 1
            first, second = (self.with_(variable.name, p + side * h)(body) for h in (2e-6, 1e-6))
        if not np.all(np.isfinite(second)) or np.abs(second - first).max(initial=0) > 1e-2:
            raise Undefined("no limit")
        return 2 * second - first

    # --- propositions ---

    def generators(self, s: Term) -> Array:
        """An orthonormal basis of a subspace, as columns."""
        if s.head == "perp":
            b = self.generators(s.args[0])
            a: Array = np.eye(len(b)) - b @ b.conj().T
        else:
            a = self(s.args[0])
            a = a if s.head == "col" else a.conj().T if s.head == "row" else np.eye(a.shape[1]) - pinv(a) @ a
        u, d, _ = np.linalg.svd(a)
        return u[:, : int((d > 1e-8).sum())]

    def gap(self, p: Term) -> Array | None:
        """What has to vanish for an equation, membership or inclusion; None for other propositions."""
        if p.head == "and":
            parts = [self.gap(a) for a in p.args]
            return (
                None if any(g is None for g in parts) else np.concatenate([g for g in parts if g is not None])
            )
        if p.head == "eq" and p.args[0].sort == "matrix":
            return (self(p.args[0]) - self(p.args[1])).ravel()
        if p.head in ("in", "subset") and p.args[1].sort == "space":
            b = self.generators(p.args[1])
            x = self(p.args[0]) if p.head == "in" else self.generators(p.args[0])
            return (x - b @ (b.conj().T @ x)).ravel()
        return None

    def truth(self, p: Term) -> bool:
        head, args = p.head, p.args
        if head in ("and", "or"):
            return (all if head == "and" else any)(self.truth(a) for a in args)
        if head == "not":
            return not self.truth(args[0])
        if head == "implies":
            return not self.truth(args[0]) or self.truth(args[1])
        if head == "iff":
            return self.truth(args[0]) == self.truth(args[1])
        if head == "ne":
            return bool(np.abs(self(args[0]) - self(args[1])).max(initial=0) > TOLERANCE)
        if head in ("le", "lt", "ge", "gt"):
            low, high = (args[1], args[0]) if head in ("ge", "gt") else args
            return _ordered(self(low), self(high), head in ("lt", "gt"))
        if head == "is":
            return _has(p.value, self(args[0]))
        if head == "eq" and args[0].sort == "space":
            a, b = (self.generators(s) for s in args)
            return a.shape == b.shape and bool(np.abs(a - b @ (b.conj().T @ a)).max(initial=0) < TOLERANCE)
        if head == "exists":
            return self._solvable(args[:-1], args[-1])
        if head == "forall":
            draws = [*self._samples(args[:-1]), *self._solutions(args[:-1], args[-1])]
            return all(self._bind(args[:-1], draw).truth(args[-1]) for draw in draws)
        g = self.gap(p)
        if g is None:
            raise NotImplementedError(head)
        size = max((float(np.abs(self(a)).max(initial=0)) for a in args if a.sort == "matrix"), default=0.0)
        return bool(np.abs(g).max(initial=0) <= TOLERANCE * (1 + size))

    def _bind(self, letters: tuple[Term, ...], values: list[Array]) -> Evaluator:
        e = self
        for s, v in zip(letters, values, strict=True):
            e = e.with_(s.name, v)
        return e

    def _shapes(self, letters: tuple[Term, ...]) -> list[tuple[int, int]]:
        return [(self.size(s.shape[0]), self.size(s.shape[1])) for s in letters]

    def _samples(self, letters: tuple[Term, ...]) -> Iterator[list[Array]]:
        rng = np.random.default_rng(5)
        for scale in (0.0, 1e-3, 0.1, 1.0, 1.0, 1.0, 1.0, 5.0):
            yield [scale * rng.normal(size=s) for s in self._shapes(letters)]
        for other in list(self.data.values()):  # what is near to other data of the right shape
            if isinstance(other, np.ndarray) and [other.shape] == self._shapes(letters):
                yield [other]
                for scale in (1e-2, 0.1, 0.3):
                    for _ in range(4):
                        step = scale * rng.normal(size=other.shape)
                        yield from ([other + step], [other - step])

    def _solutions(self, letters: tuple[Term, ...], body: Term) -> Iterator[list[Array]]:
        """Values of one letter that satisfy the equations of a premise, which chance would not find."""
        premise = body.args[0] if body.head == "implies" else body
        parts = [p for p in (premise.args if premise.head == "and" else (premise,)) if p.head in ("eq", "in")]
        ((rows, cols),) = self._shapes(letters) if len(letters) == 1 else [(0, 0)]
        if premise is body or not parts or cols != 1:
            return

        def gap(x: Array) -> Array:
            gaps = [self._bind(letters, [x]).gap(p) for p in parts]
            return np.concatenate([np.ravel(g) for g in gaps if g is not None] or [np.zeros(0)])

        base = gap(np.zeros((rows, 1)))
        columns = np.stack([gap(u.reshape(rows, 1)) - base for u in np.eye(rows)], axis=1)
        free = np.eye(rows) - pinv(columns) @ columns
        rng = np.random.default_rng(7)
        for _ in range(3):
            x = (free @ rng.normal(size=rows) - pinv(columns) @ base).reshape(rows, 1)
            yield [np.where(np.abs(x) < TOLERANCE, 0, x)]

    def _some_number(self, letter: Term, body: Term) -> bool:
        """Whether an inequality holds for one of a few numbers."""
        sizes = [10.0**k for k in range(-4, 6)]
        both = (
            sizes if letter.value[3] in ("positive", "nonnegative") else [*sizes, 0.0, *(-x for x in sizes)]
        )
        return any(self._bind((letter,), [np.array([[x]])]).truth(body) for x in both)

    def _singular_vectors(self, shapes: list[tuple[int, int]]) -> Iterator[Array]:
        """Vectors of this shape at which the norm of a matrix is attained."""
        for A in list(self.data.values()):
            if isinstance(A, np.ndarray) and shapes == [(A.shape[1], 1)]:
                yield np.linalg.svd(A)[2][:1].conj().T

    def _solvable(self, letters: tuple[Term, ...], body: Term) -> bool:
        """Whether equations that are affine in the bound letters have a solution, the shortest of which has
        the other properties that are asked for.
        """
        shapes = self._shapes(letters)
        parts = body.args if body.head == "and" else (body,)
        if shapes == [(1, 1)] and all(p.head in ("le", "lt", "ge", "gt", "forall") for p in parts):
            return self._some_number(letters[0], body)
        if any(self._bind(letters, [v]).truth(body) for v in self._singular_vectors(shapes)):
            return True
        equations = [p for p in parts if p.head not in ("le", "lt", "ge", "gt", "ne")]

        def bound(x: Array) -> Evaluator:
            values, at = [], 0
            for r, c in shapes:
                values.append(x[at : at + r * c].reshape(r, c))
                at += r * c
            return self._bind(letters, values)

        def gap(x: Array) -> Array:
            gaps = [bound(x).gap(p) for p in equations]
            if not gaps or any(g is None for g in gaps):
                raise NotImplementedError("exists of no equation")
            return np.concatenate([np.ravel(g) for g in gaps if g is not None])

        count = sum(r * c for r, c in shapes)
        base = gap(np.zeros(count))
        columns = np.stack([gap(u) - base for u in np.eye(count)], axis=1)
        shortest = -(pinv(columns) @ base)
        solved = bool(np.abs(base + columns @ shortest).max(initial=0) < TOLERANCE)
        return solved and all(bound(shortest).truth(p) for p in parts if p not in equations)


def _ordered(low: Array, high: Array, strict: bool) -> bool:
    d = high - low
    if not np.all(np.isfinite(d)):
        return False
    slack = -1e-9 if strict else 1e-8 * (1 + float(np.abs(high).max(initial=0)))
    if d.shape == (1, 1):
        return bool(np.abs(d.imag) < TOLERANCE) and bool(np.real(d[0, 0]) >= -slack)
    return bool(np.abs(d - d.conj().T).max() < TOLERANCE) and bool(np.linalg.eigvalsh(d).min() >= -slack)


def _has(name: str, a: Array) -> bool:
    def close(x: Array, y: Array) -> bool:
        return bool(np.abs(x - y).max(initial=0) < TOLERANCE * (1 + np.abs(x).max(initial=0)))

    h, one = a.conj().T, np.eye(len(a))
    return {
        "symmetric": lambda: close(a, h),
        "psd": lambda: _ordered(0 * a, a, False),
        "spd": lambda: _ordered(0 * a, a, True),
        "invertible": lambda: bool(np.linalg.cond(a) < 1e8),
        "orthogonal": lambda: close(h @ a, one),
        "projection": lambda: close(a @ a, a) and close(a, h),
        "idempotent": lambda: close(a @ a, a),
        "diagonal": lambda: close(a, np.diag(np.diag(a))),
    }[name]()
