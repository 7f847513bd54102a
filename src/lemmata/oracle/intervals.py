"""One variable: f > 0 on an interval by zeros treated with derivatives, boxes in between, and a tail bound.

Near a point c where f vanishes exactly, the first derivative that does not vanish there decides, if its
enclosure keeps its sign on [c, c + d].  Far out, f is a sum of terms c_j x^m e^{-q(x)}; beyond some X
each of them, divided by the dominant one, decreases, and at X together they are smaller than 1.  What
is left is covered by boxes on which a Taylor form with ball coefficients is positive.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, arb_poly, ctx, fmpq, fmpq_poly

from lemmata.oracle.calculus import Expansion, at_point, derivative, number
from lemmata.oracle.ratios import Poly, Ratio, Refused, constant, letters_of, monomials
from lemmata.oracle.world import World

__all__ = ["Region", "on_interval", "region_of", "univariate_polynomial"]

MOST_BOXES = 4000
BITS = 128


@dataclass(frozen=True)
class Region:
    """low <= x <= high; None is infinity; ``open_low``, ``open_high``: without the end."""

    low: Fraction
    high: Fraction | None
    open_low: bool
    open_high: bool


def region_of(world: World, index: int) -> Region | None:
    """The interval that the sign and the hypotheses a x + b >= 0 leave to a symbol; None if unbounded below."""
    low: Fraction | None = Fraction(0) if world.signs[index] else None
    open_low = world.signs[index] == 2
    high: Fraction | None = None
    open_high = False
    for poly, strict in world.hypotheses:
        if letters_of(poly) != [index] or poly.degrees()[index] != 1:
            continue
        parts = {e[index]: c for e, c in monomials(poly)}
        end = -parts.get(0, Fraction(0)) / parts[1]
        if parts[1] > 0:
            if low is None or end > low or (end == low and strict):
                low, open_low = end, strict
        elif high is None or end < high or (end == high and strict):
            high, open_high = end, strict
    return None if low is None else Region(low, high, open_low, open_high)


def on_interval(world: World, poly: Poly, index: int, region: Region, strict: bool) -> int:
    """Whether f >= 0 (f > 0) on the region, f in one symbol: the number of boxes, or 0 if undecided."""
    with ctx.workprec(BITS):
        try:
            return _Interval(world, poly, index, strict).decide(region)
        except Refused:
            world.clock()
            return 0


class _Interval:
    def __init__(self, world: World, poly: Poly, index: int, strict: bool) -> None:
        self.world, self.index, self.strict = world, index, strict
        self.f = Ratio(poly, constant(1))
        self.boxes = 1
        self.derivatives = [self.f]

    def decide(self, region: Region) -> int:
        if region.high is not None and region.high <= region.low:
            return 0
        high, start = region.high, region.low
        end = self._tail(region.low) if high is None else high
        points = self._zeros(start, end)
        if self.strict and any(
            region.low < p < end
            or (p == region.low and not region.open_low)
            or (p == end and high is not None and not region.open_high)
            for p in points
        ):
            return 0
        pieces: list[tuple[Fraction, Fraction]] = []
        left = start
        for p in points if end in points else [*points, end]:
            if p in points:
                if p > start:
                    stop = p - self._near(p, -1, p - left)
                    pieces.append((left, stop))
                left = p if p == end else p + self._near(p, 1, end - p)
            else:
                pieces.append((left, end))
        for a, b in pieces:
            if a <= b:
                self._cover(a, b)
        return self.boxes

    def _expansion(self, centre: arb, length: int) -> list[arb]:
        return Expansion(self.world, self.index, centre, length).coefficients(self.f)

    def _zeros(self, low: Fraction, high: Fraction) -> list[Fraction]:
        """The ends and simple fractions where f vanishes exactly."""
        candidates = {low, high, *(Fraction(n, d) for d in (1, 2, 3) for n in range(-4 * d, 6 * d + 1))}
        found = []
        for p in sorted(c for c in candidates if low <= c <= high):
            try:
                value = self._expansion(_ball(p), 1)[0]
                if not value.contains(0):
                    continue
            except Refused:
                if p not in (low, high):
                    raise
            if self._vanishes(self.f, p):
                found.append(p)
        return found

    def _vanishes(self, ratio: Ratio, point: Fraction) -> bool:
        value = at_point(self.world, ratio, self.index, Ratio.of(point))
        return self.world.is_zero(value.num)

    def _near(self, point: Fraction, side: int, room: Fraction) -> Fraction:
        """d such that f > 0 between the zero and the point at distance d on that side, both without it."""
        order = 0
        while self._vanishes(self._nth(order), point):
            order += 1
            if order > 8:
                raise Refused("a zero of high order")
        sign = side**order
        if (
            not number(self.world, at_point(self.world, self._nth(order), self.index, Ratio.of(point))) * sign
            > 0
        ):
            raise Refused("it changes its sign")
        size = min(room, Fraction(1))
        for _ in range(40):
            self.world.clock()
            self.boxes += 1
            middle = point + side * size / 2
            try:
                top = self._expansion(_ball(middle, size / 2), order + 1)[order]
                if top * sign > 0:
                    return size
            except Refused:
                pass
            size /= 2
        raise Refused("no enclosure near a zero")

    def _nth(self, order: int) -> Ratio:
        while len(self.derivatives) <= order:
            self.derivatives.append(derivative(self.world, self.derivatives[-1], self.index))
        return self.derivatives[order]

    def _cover(self, low: Fraction, high: Fraction) -> None:
        # The first cut is geometric, since boxes near 0 must be small and those far out may be large.
        stack = [(low, high)]
        while stack:
            a, b = stack.pop()
            self.world.clock()
            self.boxes += 1
            if self.boxes > MOST_BOXES:
                raise Refused("too many boxes")
            bound = self._bound(a, b)
            if bound is not None and bound > 0:
                continue
            if (bound is not None and bound <= 0) or a == b:
                raise Refused(f"it is not positive near {float(a)}")
            middle = (
                (a + b) / 2 if a <= 0 or b < 4 * a else Fraction(round(float(a * b) ** 0.5 * 2**20), 2**20)
            )
            if not a < middle < b:
                middle = (a + b) / 2
            if (b - a) < Fraction(1, 10**9):
                raise Refused("no decision near a point")
            stack += [(a, middle), (middle, b)]

    def _bound(self, a: Fraction, b: Fraction) -> arb | None:
        if a == b:
            try:
                return self._expansion(_ball(a), 1)[0]
            except Refused:
                return None
        length = 4
        try:
            whole = self._expansion(_ball((a + b) / 2, (b - a) / 2), length + 1)
        except Refused:
            return None
        if whole[0] > 0:
            return whole[0]
        centre = self._expansion(_ball((a + b) / 2), length)
        if centre[0] < 0:
            return centre[0]
        step = _ball(Fraction(0), (b - a) / 2)
        total, power = arb(0), arb(1)
        for k in range(length):
            total = total + centre[k] * power
            power = power * step
        return total + whole[length] * power

    # --- the tail ----------------------------------------------------------------------------

    def _tail(self, low: Fraction) -> Fraction:
        """X such that f > 0 for all x >= X."""
        terms = self._exponential_terms()
        lead = self._dominant(terms)
        X = max(Fraction(2), low + 1)
        for _ in range(14):
            X *= 2
            if self._decreasing(terms, lead, X) and self._small(terms, lead, X):
                return X
        raise Refused("no tail bound")

    def _exponential_terms(self) -> list[tuple[int, fmpq_poly, arb]]:
        """(m, q, c) for c x^m e^{-q(x)}."""
        grouped: dict[tuple[int, str], tuple[fmpq_poly, arb]] = {}
        for exponents, c in monomials(self.f.num):
            value, q = arb(fmpq(c.numerator, c.denominator)), fmpq_poly([0])
            for n, e in enumerate(exponents):
                if not e or n == self.index:
                    continue
                letter = self.world.letters[n]
                if letter.kind == "exp" and any(self.index in r.letters() for r in letter.of):
                    q += e * _single(letter.of[0], self.index)
                else:
                    value = value * number(self.world, Ratio.letter(n)) ** e
            key = (exponents[self.index], str(q))
            old = grouped.get(key, (q, arb(0)))[1]
            grouped[key] = (q, old + value)
        return [(m, q, c) for (m, _), (q, c) in grouped.items()]

    def _dominant(self, terms: list[tuple[int, fmpq_poly, arb]]) -> tuple[int, fmpq_poly, arb]:
        best = terms[0]
        for t in terms[1:]:
            gap = t[1] - best[1]
            lead = gap[gap.degree()] if gap else 0
            if lead < 0 or (lead == 0 and t[0] > best[0]):
                best = t
        if not best[2] > 0:
            raise Refused("it is not positive far out")
        return best

    def _decreasing(self, terms: list[Any], lead: tuple[int, fmpq_poly, arb], X: Fraction) -> bool:
        """Whether each quotient x^{m - m0} e^{-(q - q0)} decreases for x >= X: x (q - q0)' >= m - m0 there."""
        shift = fmpq_poly([fmpq(X.numerator, X.denominator), 1])
        for m, q, _ in terms:
            slope = (q - lead[1]).derivative() * fmpq_poly([0, 1]) - (m - lead[0])
            if any(c < 0 for c in slope(shift).coeffs()):
                return False
        return True

    def _small(self, terms: list[Any], lead: tuple[int, fmpq_poly, arb], X: Fraction) -> bool:
        x = fmpq(X.numerator, X.denominator)
        total = arb(0)
        for m, q, c in terms:
            if (m, q) != lead[:2]:
                gap = q - lead[1]
                total += abs(c) * arb(x) ** (m - lead[0]) * (-arb(gap(x))).exp()
        return bool(total < lead[2])


def _single(ratio: Ratio, index: int) -> fmpq_poly:
    if ratio.den != 1 or letters_of(ratio.num) != [index]:
        raise Refused("an exponent that is no polynomial of the variable")
    coefficients = [fmpq(0)] * (ratio.num.degrees()[index] + 1)
    for e, c in monomials(ratio.num):
        coefficients[e[index]] = fmpq(c.numerator, c.denominator)
    return fmpq_poly(coefficients)


def _ball(middle: Fraction, radius: Fraction = Fraction(0)) -> arb:
    x = arb(fmpq(middle.numerator, middle.denominator))
    return x + arb(0, arb(fmpq(radius.numerator, radius.denominator)).upper()) if radius else x


def univariate_polynomial(world: World, poly: Poly, index: int, strict: bool) -> bool:
    """Whether a polynomial in one letter is >= 0 (> 0) where its sign and the hypotheses in it allow.

    The real zeros of all polynomials are isolated; between them a rational point decides each sign.
    """
    f = _dense(poly, index)
    bounds = [(_dense(h, index), s) for h, s in world.hypotheses if letters_of(h) == [index]]
    if world.signs[index]:
        bounds.append((fmpq_poly([0, 1]), world.signs[index] == 2))
    product = f
    for h, _ in bounds:
        product = product * h
    product = product / product.gcd(product.derivative())
    # With hypotheses that allow one point only, or a strict claim at a zero, nothing is said.
    roots = _real_roots(product)
    cuts = _between(roots)
    feasible = [all(h(x) > 0 for h, _ in bounds) for x in cuts]
    for x, inside in zip(cuts, feasible, strict=True):
        if inside and not f(x) > 0:
            return False
    for n, r in enumerate(roots):
        if any(_at(h, r) < 0 for h, _ in bounds):
            continue
        if any(s and _at(h, r).contains(0) and _common(h, r, product) for h, s in bounds):
            continue
        if strict and not _at(f, r) > 0:
            return False
        if not strict and not (feasible[n] or feasible[n + 1]) and not _at(f, r) > 0:
            return False
    return True


def _real_roots(poly: fmpq_poly) -> list[arb]:
    """Isolated enclosures of the real zeros of a square-free polynomial, in order."""
    if poly.degree() <= 0:
        return []
    found: list[Any] = poly.complex_roots()
    return sorted((r.real for r, _ in found if r.imag == 0), key=lambda r: float(r.mid()))


def _at(poly: fmpq_poly, x: arb) -> arb:
    return arb_poly(poly)(x)


def _common(h: fmpq_poly, root: arb, product: fmpq_poly) -> bool:
    """Whether the isolated root of the product is a root of h: exactly one of the two parts has it."""
    rest = product / h.gcd(product)
    return not _at(rest, root).contains(0)


def _dense(poly: Poly, index: int) -> fmpq_poly:
    coefficients = [fmpq(0)] * (poly.degrees()[index] + 1 if poly else 1)
    for e, c in monomials(poly):
        coefficients[e[index]] = fmpq(c.numerator, c.denominator)
    return fmpq_poly(coefficients)


def _between(roots: list[arb]) -> list[fmpq]:
    """Rational points left of, between and right of isolated real numbers."""
    if not roots:
        return [fmpq(0)]
    points = [_exact(roots[0].lower()) - 1]
    for a, b in itertools.pairwise(roots):
        low, high = _exact(a.upper()), _exact(b.lower())
        if not low < high:
            raise Refused("zeros that lie too close")
        points.append((low + high) / 2)
    return [*points, _exact(roots[-1].upper()) + 1]


def _exact(x: arb) -> fmpq:
    return x.mid().fmpq() if x.rad() == 0 else x.mid().fmpq() + x.rad().fmpq()
