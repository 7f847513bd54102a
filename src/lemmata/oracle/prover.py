"""The sign of a polynomial under hypotheses: p >= 0, p > 0, p != 0.

The polynomial is factored; the sign of each factor is shown by the first method that works: signs of the
coefficients, a root or cosine that occurs linearly, one variable (zeros, boxes, a tail bound), a
certificate from the hypotheses, a discriminant, monotonicity in a variable.  Values at a few points of the
domain tell which signs need not be tried at all.

>>> from lemmata.oracle.world import World
>>> world = World()
>>> x, y = world.symbol("x", 0), world.symbol("y", 0)
>>> prover = Prover(world, [])
>>> prover.prove((x * x + y * y - x * y).num, ">=")
True
>>> prover.how
['polynomial: a certificate from the hypotheses']
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from lemmata.oracle.calculus import float_letters
from lemmata.oracle.certificates import certificate
from lemmata.oracle.methods import Methods
from lemmata.oracle.ratios import (
    Poly,
    constant,
    factors,
    monomials,
)
from lemmata.oracle.world import World

__all__ = ["Prover"]


class Prover(Methods):
    """Proves signs in one world.  ``how`` lists the methods that were used."""

    def __init__(self, world: World, points: Sequence[Mapping[Any, Fraction]], effort: int = 1) -> None:
        self.world = world
        self.effort = effort
        """0: the quick methods only; 1: all."""
        self.points = list(points)[:40]
        self.how: list[str] = []
        self.done: dict[tuple[str, str], bool] = {}
        self.failed: dict[tuple[str, str, int], bool] = {}
        self.busy: set[tuple[str, str]] = set()
        self.facts: dict[Any, list[tuple[Poly, bool]]] = {}
        self.version = 0
        self.floats: list[list[float]] = []
        self.depth = 0
        world.prove = self.prove

    # --- the frame ---------------------------------------------------------------------------

    def prove(self, poly: Poly, relation: str) -> bool:
        """Whether p > 0, p >= 0, p != 0 or p == 0 follows; False means only that it was not seen."""
        poly = self.world.reduce(poly)
        if relation == "==":
            return self._zero(poly)
        if poly.is_constant() or not poly:
            value = poly.leading_coefficient() if poly else 0
            return bool({">": value > 0, ">=": value >= 0, "!=": value != 0}[relation])
        key = (str(poly), relation)
        if self.world.changed != self.version:
            self.version = self.world.changed
            self.failed.clear()
            self.facts.clear()
            self.floats = [float_letters(self.world, dict(p)) for p in self.points]
        if key in self.done:
            return True
        if (*key, self.depth) in self.failed or key in self.busy or len(self.busy) > 24:
            return False
        self.world.clock()
        self.busy.add(key)
        try:
            found = self._nonzero(poly) if relation == "!=" else self._signed(poly, relation == ">")
        finally:
            self.busy.discard(key)
        if found:
            self.done[key] = True
        else:
            self.failed[*key, self.depth] = False
        return found

    def _zero(self, poly: Poly) -> bool:
        if not poly:
            return True
        if poly.is_constant():
            return False
        for e in self.world.equalities:
            if e and not e.is_constant() and not divmod(poly, e)[1]:
                return True
        columns = [*self.world.equalities]
        if columns and certificate(poly, [], self.world.signs, False, columns):
            return certificate(-poly, [], self.world.signs, False, columns)
        return False

    def _nonzero(self, poly: Poly) -> bool:
        if any(not divmod(p, poly)[1] for p in self.world.nonzero if p):
            return True
        _, parts = factors(poly)
        if len(parts) > 1 or parts[0][1] > 1:
            return all(self.prove(p, "!=") for p, _ in parts)
        return self.prove(poly, ">") or self.prove(-poly, ">")

    def _signed(self, poly: Poly, strict: bool) -> bool:
        if self.seen(poly) < 0:
            return False
        unit, parts = factors(poly)
        sign = 1 if unit > 0 else -1
        rest = constant(sign)
        unknown = 0
        for p, m in parts:
            if m % 2 == 0:
                if strict and not self.prove(p, "!="):
                    return False
                continue
            found = self._sign(p, strict) if len(parts) > 1 else 0
            if found:
                sign *= found
                rest = rest * found
            else:
                unknown += 1
                rest = rest * p
        if not unknown:
            return sign > 0
        return self.irreducible(rest, strict)

    def _sign(self, poly: Poly, strict: bool) -> int:
        """1 or -1 if the factor is seen to have that sign, else 0."""
        seen = self._range(poly)
        relation = ">" if strict else ">="
        if seen[0] and self.prove(poly, relation):
            return 1
        return -1 if seen[1] and self.prove(-poly, relation) else 0

    def _range(self, poly: Poly) -> tuple[bool, bool]:
        """(may it be nonnegative?, may it be nonpositive?), judged by the points."""
        up = down = True
        terms = [(float(c), [(n, e) for n, e in enumerate(x) if e]) for x, c in monomials(poly)]
        for values in self.floats:
            total = size = 0.0
            try:
                for c, letters in terms:
                    for n, e in letters:
                        c *= values[n] ** e
                    total += c
                    size += abs(c)
            except (OverflowError, ZeroDivisionError, IndexError):
                continue
            if math.isnan(total) or math.isinf(size):
                continue
            if total > 1e-9 * size:
                down = False
            elif total < -1e-9 * size:
                up = False
        return up, down

    def seen(self, poly: Poly) -> int:
        up, _ = self._range(poly)
        return 0 if up else -1
