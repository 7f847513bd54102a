"""Instances of catalogue claims in floating point, by code that shares nothing with the engine's own.

The engine is judged by the catalogue, so the catalogue is checked without it: ``truth`` evaluates a
proposition with NumPy alone, and ``instance`` draws data that satisfy the hypotheses, by a claim's
``# model:`` line where chance would not find them.  Only terms and the parser are shared.

A model line has assignments in Python with ``;`` between them.  Its words: the dimensions; the declared
names (``lambda_`` for lambda); ``rnd``, ``low``, ``orth``, ``sym``, ``psd``, ``spd``, ``skew``, ``proj``,
``oblique``, ``normal`` and the rest of ``Words``.  A function of t or k is a Python function.

>>> from lemmata.terms.claims import read_claims
>>> holds = check(read_claims("let A : R^{m x n}; show A A^+ A = A", semicolons=True), "", seed=1)
>>> holds
True
"""

from __future__ import annotations

import keyword
from collections.abc import Callable
from typing import Any

import numpy as np
from catalogue_values import Evaluator
from catalogue_words import Array, Data, Undefined, Words, column

from lemmata.kernel.term import Term, subterms, symbols_of
from lemmata.terms.blocks import parts_of, selected
from lemmata.terms.claims import Claims

__all__ = ["Undefined", "check", "evaluator", "instance", "value"]

_PROPERTY = {"symmetric": "sym", "psd": "psd", "spd": "spd", "orthogonal": "orth", "projection": "proj"}


def _scalar(domain: str, rng: np.random.Generator) -> Any:
    if domain == "natural":
        return int(rng.integers(0, 5))
    if domain in ("positive", "time"):
        return float(np.exp(rng.normal()))
    if domain == "nonnegative":
        return float(np.exp(rng.normal()) * (rng.random() > 0.2)) * float(rng.choice([1, 1, 4]))
    z = float(rng.normal() * rng.choice([0.5, 2.0]))
    return z + 1j * float(rng.normal()) if domain == "complex" else z


def _path(words: Words, rows: int, cols: int) -> Callable[[float], Array]:
    """A function of t without any property: a quadratic."""
    a, b, c = (words.rnd(rows, cols) for _ in range(3))
    return lambda t: a + t * b + t * t / 2 * c


def instance(claims: Claims, model: str, rng: np.random.Generator) -> Evaluator | None:
    """Data for all declared names that satisfy the hypotheses, or None when this draw does not."""
    shown = claims.shows[0].prop
    props = [*claims.given, *claims.definitions, shown]
    letters = {s.name: s for p in props for s in symbols_of(p) if selected(s) is None}
    letters |= dict(claims.scope.symbols)
    names = {p for s in letters.values() for d in s.shape for p in parts_of(d) if isinstance(p, str)}
    names |= set(claims.scope.dims)
    names |= {
        d
        for p in props
        for t in subterms(p)
        if t.head == "identity"
        for d in parts_of(t.value)
        if isinstance(d, str)
    }
    dims = {d: int(rng.integers(1, 5)) for d in sorted(names)}
    complex_ = any(s.value[3] == "complex" for s in letters.values())
    definitions = {p.args[0].name: p.args[1] for p in claims.definitions}
    assigned = [part.strip() for part in model.split(";")] if model else []
    for part in assigned:  # sizes first: later words draw matrices of that size
        name, _, body = part.partition(" = ")
        if name in dims:
            dims[name] = int(eval(body, {"randint": rng.integers, **dims}))
    words = Words(rng, dims, complex_)
    property_of = {
        p.args[0].name: p.value for p in claims.given if p.head == "is" and p.args[0].head == "symbol"
    }
    small = rng.random() < 0.4  # small whole numbers: singular matrices, orthogonal vectors, equal values
    data: Data = {}
    for name, s in letters.items():
        if name in definitions:
            continue
        rows, cols = (Evaluator({}, dims, {}).size(d) for d in s.shape)
        maker = _PROPERTY.get(property_of.get(name, ""), "")
        if s.value[4]:
            data[name] = _path(words, rows, cols)
        elif s.shape == (1, 1):
            whole = small and s.value[3] in ("real", "complex")
            data[name] = float(rng.integers(-2, 3)) if whole else _scalar(s.value[3], rng)
        elif maker:
            data[name] = getattr(words, maker)(rows)
        elif small:
            data[name] = rng.integers(-1, 2, size=(rows, cols)).astype(float)
        elif cols == 1:
            data[name] = words.rnd(rows) * float(rng.choice([1, 1, 1, 0]))
        else:
            data[name] = words.low(rows, cols) * float(rng.choice([0.3, 1.0, 1.0, 2.0]))
    for name in definitions:
        data[f"{name}(0)"] = words.rnd(*(d if isinstance(d, int) else dims[d] for d in letters[name].shape))
    for variable in {s.value[4] for s in letters.values() if s.value[4]} | {"t", "k"}:
        # Short times: solutions of nonlinear equations may not exist for long.
        data.setdefault(
            variable, _scalar("natural", rng) if variable == "k" else float(rng.uniform(0.1, 0.9))
        )
    space = {**words.names(), **{n + "_" * keyword.iskeyword(n): v for n, v in data.items()}, **dims}
    for part in assigned:
        name, _, body = part.partition(" = ")
        if name in dims:
            continue
        made = eval(body, space)
        targets = name.split(", ")
        for target, v in zip(targets, made if len(targets) > 1 else [made], strict=True):
            space[target] = data[target.rstrip("_")] = v if callable(v) or np.ndim(v) == 0 else column(v)
    e = Evaluator(data, dims, definitions)
    try:
        return e if all(e.truth(g) for g in claims.given) else None
    except Undefined:
        return None


def value(e: Evaluator, goal: Term) -> bool:
    """Whether the goal holds at an instance; what is undefined there does not."""
    try:
        return e.truth(goal)
    except Undefined:
        return False


def check(claims: Claims, model: str, seed: int, count: int = 12, tries: int = 600) -> bool | None:
    """True when ``count`` instances satisfy the claim, False when one does not, None when none was found."""
    rng = np.random.default_rng(seed)
    goal = claims.shows[0].prop
    held = 0
    for _ in range(tries):
        e = instance(claims, model, rng)
        if e is None:
            continue
        if not value(e, goal):
            return False
        held += 1
        if held == count:
            return True
    return True if held else None


def evaluator(claims: Claims, data: Data) -> Evaluator:
    """The evaluation of a claim at given matrices; dimensions are read off."""
    dims: dict[str, int] = {}
    for s in claims.scope.symbols.values():
        for d, size in zip(s.shape, column(data[s.name]).shape, strict=True):
            if isinstance(d, str) and parts_of(d) == (d,):
                dims[d] = size
    dims |= {d: int(column(v)[0, 0]) for d, v in data.items() if d in claims.scope.dims}
    return Evaluator(
        {"t": 0.5, "k": 1, **data}, dims, {p.args[0].name: p.args[1] for p in claims.definitions}
    )
