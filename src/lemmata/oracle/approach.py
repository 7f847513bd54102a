"""h -> 0+: the expansions of letters, the limit of a quotient, and what holds for all small h.

A letter is a Laurent series in h, with powers of log h perhaps, or *flat*: smaller than every power of h,
as e^{-c/h} with c > 0 and b^{1/h} with |b| < 1 are; or a wave, such as sin(1/h).  Flat terms fall away
beside others, and leading powers are compared.

>>> from lemmata.oracle.prover import Prover
>>> from lemmata.oracle.world import World
>>> world = World()
>>> _ = Prover(world, [])
>>> h = world.symbol("h", 2)
>>> world.show(Approach(world, 0, False).limit((world.exponential(h) - ONE) / h))
'1'
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lemmata.oracle.calculus import dependent
from lemmata.oracle.laurent import Series, Short, compose, factorial, merge, small_rest, without_common
from lemmata.oracle.ratios import ONE, ZERO, Poly, Ratio, Refused, constant, monomials, polynomial
from lemmata.oracle.world import World

__all__ = ["Approach", "Diverges"]

LENGTHS = (4, 9)


class Diverges(Refused):
    """The limit is infinite; ``sign`` is 1 or -1, or 0 if it is not known."""

    def __init__(self, sign: int) -> None:
        super().__init__("the limit is not finite")
        self.sign = sign


class Approach:
    """h -> 0+ in a world: expansions of letters, and what holds for all small h."""

    def __init__(self, world: World, index: int, natural: bool) -> None:
        self.world = world
        self.index = index
        self.natural = natural
        self.length = LENGTHS[0]
        self.known: dict[int, Any] = {}

    # --- answers -----------------------------------------------------------------------------

    def limit(self, ratio: Ratio) -> Ratio:
        for self.length in LENGTHS:
            self.known.clear()
            try:
                return self._limit(ratio)
            except Short:
                continue
        raise Refused("leading terms that cancel to a high order")

    def eventually(self, x: Ratio, relation: str) -> bool:
        """Whether x != 0, x > 0 or x >= 0 for all small h."""
        for self.length in LENGTHS:
            self.known.clear()
            try:
                signs = []
                for poly in (x.num, x.den):
                    lead = self._leading(poly)
                    if relation == "!=":
                        if not (self.world.prove(lead.num, "!=") and self.world.prove(lead.den, "!=")):
                            return False
                    elif self.world.positive(lead):
                        signs.append(1)
                    elif self.world.positive(-lead):
                        signs.append(-1)
                    else:
                        return False
                return relation == "!=" or signs[0] * signs[1] > 0
            except Short:
                continue
            except Refused:
                self.world.clock()
                return False
        return False

    def _leading(self, poly: Poly) -> Ratio:
        """The coefficient of the dominant term."""
        groups = self._groups(poly)
        flats = [key for key in groups if key[0] == ()]
        if len(flats) != len(groups):
            # Flat terms fall away beside one that is not flat; alone they must share one factor.
            if not flats and len({key[0] for key in groups}) == 1:
                flats = list(groups)
            groups = {key: s for key, s in groups.items() if key in flats and small_rest(groups, key)}
        if not groups:
            raise Refused("no dominant term")
        key, series, k = self._dominant(groups)
        if key[2] or any(self.world.letters[n].kind != "exp" for n, _ in key[0]):
            raise Refused("a dominant term of unknown sign")
        # log h is negative for small h.
        return -series.at(k) if key[1] % 2 else series.at(k)

    # --- the limit of a quotient -------------------------------------------------------------

    def _limit(self, ratio: Ratio) -> Ratio:
        above, below = self._groups(ratio.num), self._groups(ratio.den)
        above, below = without_common(above, below)
        plain = {key: s for key, s in below.items() if not key[0]}
        if not plain or any(e < 0 for key in below for _, e in key[0]):
            raise Refused("the denominator has no dominant term")
        key, series, power = self._dominant(plain)
        if key[2]:
            raise Refused("the denominator keeps oscillating")
        lead = series.at(power)
        if not self.world.prove(lead.num, "!="):
            raise Refused("the leading coefficient of the denominator may vanish")
        total = ZERO
        infinite: list[tuple[int, int, Ratio]] = []
        for (flat, logs, waves), s in above.items():
            if flat and all(e > 0 for _, e in flat):
                continue
            if flat:
                positive = all(self.world.signs[n] == 2 for n, _ in flat)
                if len(above) == 1 and positive and all(e < 0 for _, e in flat) and not waves:
                    raise Diverges(self._sign(s.at(self._valuation(s)) / lead, logs - key[1]))
                raise Refused("an exponential that may grow")
            for k in range(s.start, s.start + len(s.coefficients)):
                coefficient = s.at(k)
                if self.world.is_zero(coefficient.num):
                    continue
                order = (k - power, key[1] - logs)
                if order > (0, 0):
                    break
                if waves:
                    raise Refused("the limit oscillates")
                if order < (0, 0):
                    infinite.append((*order, coefficient / lead))
                    continue
                total = total + coefficient / lead
            else:
                if s.start + len(s.coefficients) <= power:
                    raise Short
        if infinite:
            first = min(infinite, key=lambda item: item[:2])
            same = [c for c in infinite if c[:2] == first[:2]]
            # log h is negative: an odd power of it turns the sign.
            raise Diverges(self._sign(first[2], first[1]) if len(same) == 1 else 0)
        return total

    def _sign(self, x: Ratio, logs: int) -> int:
        turn = -1 if logs % 2 else 1
        if self.world.positive(x):
            return turn
        return -turn if self.world.positive(-x) else 0

    def _valuation(self, s: Series) -> int:
        for k in range(s.start, s.start + len(s.coefficients)):
            if not self.world.is_zero(s.at(k).num):
                return k
        raise Short

    def _dominant(self, groups: dict[Any, Series]) -> tuple[Any, Series, int]:
        """The group with the least power of h, then the most logarithms; its leading power."""
        found = []
        for key, s in groups.items():
            try:
                found.append(((self._valuation(s), -key[1]), key, s))
            except Short:
                if len(groups) == 1 or s.start + len(s.coefficients) <= 0:
                    raise
        if not found:
            raise Short
        first = min(found, key=lambda item: item[0])
        if sum(item[0] == first[0] for item in found) > 1:
            raise Refused("two dominant terms")
        for key, s in groups.items():
            if not any(key is f[1] for f in found) and s.start + len(s.coefficients) <= first[0][0]:
                raise Short
        return first[1], first[2], first[0][0]

    # --- polynomials and letters -------------------------------------------------------------

    def _groups(self, poly: Poly) -> dict[Any, Series]:
        """Terms by (flat letters with exponents, power of log h, waves), each with its series."""
        poly = self.world.reduce(poly)
        moving = set(dependent(self.world, self.index))
        groups: dict[Any, Series] = {}
        for exponents, c in monomials(poly):
            kept = tuple(0 if n in moving else e for n, e in enumerate(exponents))
            fixed = Ratio(polynomial({kept: c}), constant(1))
            parts: dict[Any, Series] = {((), 0, ()): self._constant(fixed)}
            for n, e in enumerate(exponents):
                if e and n in moving:
                    parts = self._times(parts, n, e)
            for key, s in parts.items():
                groups[key] = groups[key] + s if key in groups else s
        return groups

    def _constant(self, c: Ratio) -> Series:
        return Series(0, [c] + [ZERO] * (self.length - 1))

    def _times(self, parts: dict[Any, Series], n: int, e: int) -> dict[Any, Series]:
        kind = self._letter(n)
        found: dict[Any, Series] = {}
        if isinstance(kind, tuple):
            flat, sign = kind
            for (flats, logs, waves), s in parts.items():
                if flat == "wave":
                    key = (flats, logs, (*waves, (n, e)))
                else:
                    key = (merge(flats, ((n, sign * e),)), logs, waves)
                found[key] = s
            return found
        for _ in range(e):
            found = {}
            for (flats, logs, waves), s in parts.items():
                for more, factor in kind.items():
                    key = (flats, logs + more, waves)
                    product = s * factor
                    found[key] = found[key] + product if key in found else product
            parts = found
        return parts

    def _letter(self, n: int) -> Any:
        """{power of log h: series}, or ("flat", 1 or -1) or ("wave", 0)."""
        if n not in self.known:
            self.known[n] = self._expand(n)
        return self.known[n]

    def series_of(self, ratio: Ratio) -> Series:
        """The Laurent series of a ratio of letters that have one."""
        above, below = self._groups(ratio.num), self._groups(ratio.den)
        if any(key != ((), 0, ()) for key in (*above, *below)):
            raise Refused("a function of what has no power series")
        bottom = below[((), 0, ())]
        top = above.get(((), 0, ()), self._constant(ZERO))
        return top * self._reciprocal(bottom)

    def _reciprocal(self, s: Series) -> Series:
        k = self._valuation(s)
        lead = s.at(k)
        if not self.world.prove(lead.num, "!="):
            raise Refused("a leading coefficient that may vanish")
        count = s.start + len(s.coefficients) - k
        inverse = [ONE / lead]
        for m in range(1, count):
            total = ZERO
            for i in range(1, m + 1):
                total = total + s.at(k + i) * inverse[m - i]
            inverse.append(-total / lead)
        return Series(-k, inverse)

    def _expand(self, n: int) -> Any:
        world = self.world
        letter = world.letters[n]
        if n == self.index:
            return {0: Series(1, [ONE] + [ZERO] * (self.length - 1))}
        match letter.kind:
            case "exp":
                return self._exponential(self._with_logarithms(-letter.of[0]))
            case "power":
                return self._power(letter.of[0], letter.of[1], letter.natural)
            case "root":
                return {0: self._root(self.series_of(letter.of[0]), letter.degree)}
            case "log":
                return self._logarithm(self.series_of(letter.of[0]))
            case "sin" | "cos":
                return self._wave(self.series_of(letter.of[0]), letter.kind)
        raise Refused(f"the limit of {letter.name}")

    def _trimmed(self, s: Series) -> Series:
        k = self._valuation(s)
        return Series(k, s.coefficients[k - s.start :])

    def _with_logarithms(self, ratio: Ratio) -> dict[int, Series]:
        """{power of log h: series} of a ratio whose denominator has no logarithm."""
        above, below = self._groups(ratio.num), self._groups(ratio.den)
        if any(key[0] or key[2] for key in above) or any(key != ((), 0, ()) for key in below):
            raise Refused("an exponent without a series")
        inverse = self._reciprocal(below[(), 0, ()])
        return {logs: s * inverse for (_, logs, _), s in above.items()}

    def _exponential(self, parts: dict[int, Series]) -> Any:
        """e^s: flat if s has a pole with a coefficient of known sign; h log h and the like are small."""
        s = parts.get(0, self._constant(ZERO))
        made = self._plain_exponential(s)
        if isinstance(made, tuple):
            if any(self._valuation(q) <= s.start for n, q in parts.items() if n):
                raise Refused("an exponent with a pole and a logarithm")
            return made
        for logs, q in parts.items():
            if not logs:
                continue
            try:
                if self._valuation(q) < 1:
                    raise Refused("an exponent with a logarithm")
            except Short:
                if q.start + len(q.coefficients) < 2:
                    raise
                continue
            grown: dict[int, Series] = {}
            power = Series(0, [ONE] + [ZERO] * (self.length - 1))
            for k in range(self.length):
                for n, r in made.items():
                    term = (r * power).scaled(Ratio.of(Fraction(1, factorial(k))))
                    key = n + k * logs
                    grown[key] = grown[key] + term if key in grown else term
                power = power * q
            made = grown
        return made

    def _plain_exponential(self, s: Series) -> Any:
        try:
            s = self._trimmed(s)
        except Short:
            if s.start + len(s.coefficients) <= 0:
                raise
            return {0: Series(0, [ONE] + [ZERO] * (s.start + len(s.coefficients) - 1))}
        if s.start < 0:
            lead = s.coefficients[0]
            if self.world.positive(-lead):
                return "flat", 1
            if self.world.positive(lead):
                return "flat", -1
            raise Refused("an exponent of unknown sign")
        count = s.start + len(s.coefficients)
        start = self.world.exponential(s.at(0))
        return {0: compose([Fraction(1, factorial(k)) for k in range(count)], s, count).scaled(start)}

    def _power(self, base: Ratio, exponent: Ratio, natural: bool) -> Any:
        world = self.world
        b, p = self.series_of(base), self._trimmed(self.series_of(exponent))
        if p.start >= 0:
            return self._exponential({n: q * p for n, q in self._logarithm(b).items()})
        if world.is_zero(b.at(0).num) if b.start >= 0 else False:
            b0 = ZERO
        elif b.start < 0 and self._trimmed(b).start < 0:
            raise Refused("a power with an infinite base")
        else:
            b0 = b.at(0)
        if not world.positive(p.coefficients[0]):
            raise Refused("a power with an exponent of unknown sign")
        if b0 == ONE:
            return self._exponential({n: q * p for n, q in self._logarithm(b).items()})
        if world.positive(ONE - b0 * b0):
            return "flat", 1
        if world.positive(b0 - ONE) or (natural and world.positive(-b0 - ONE)):
            return "flat", -1
        raise Refused(f"a power whose base is not seen to lie between -1 and 1: {world.show(b0)[:120]}")

    def _root(self, s: Series, degree: int) -> Series:
        s = self._trimmed(s)
        if s.start % degree:
            raise Refused("a root of an odd power")
        lead = s.coefficients[0]
        if not self.world.positive(lead):
            raise Refused("a root of unknown sign")
        count = len(s.coefficients)
        u = Series(0, [c / lead for c in s.coefficients])
        u.coefficients[0] = ZERO
        binomial = [Fraction(1)]
        for k in range(1, count):
            binomial.append(binomial[-1] * (Fraction(1, degree) - k + 1) / k)
        made = compose(binomial, u, count).scaled(self.world.root(lead, degree))
        return Series(s.start // degree, made.coefficients)

    def _logarithm(self, s: Series) -> Any:
        s = self._trimmed(s)
        lead = s.coefficients[0]
        if not self.world.positive(lead):
            raise Refused("a logarithm of unknown sign")
        count = len(s.coefficients)
        u = Series(0, [c / lead for c in s.coefficients])
        u.coefficients[0] = ZERO
        weights = [Fraction(0)] + [Fraction((-1) ** (k + 1), k) for k in range(1, count)]
        plain = compose(weights, u, count)
        if lead != ONE:
            plain = plain + Series(0, [self.world.logarithm(lead)] + [ZERO] * (count - 1))
        if not s.start:
            return {0: plain}
        return {0: plain, 1: Series(0, [Ratio.of(s.start)] + [ZERO] * (count - 1))}

    def _wave(self, s: Series, kind: str) -> Any:
        try:
            s = self._trimmed(s)
        except Short:
            if s.start + len(s.coefficients) <= 0:
                raise
            first = ONE if kind == "cos" else ZERO
            return {0: Series(0, [first] + [ZERO] * (s.start + len(s.coefficients) - 1))}
        if s.start < 0:
            return "wave", 0
        count = s.start + len(s.coefficients)
        sin0, cos0 = self.world.trigonometric(s.at(0))
        signs = (1, 1, -1, -1)
        sines = [Fraction(signs[k % 4] * (k % 2), factorial(k)) for k in range(count)]
        cosines = [Fraction(signs[k % 4] * ((k + 1) % 2), factorial(k)) for k in range(count)]
        sine, cosine = compose(sines, s, count), compose(cosines, s, count)
        if kind == "sin":
            return {0: cosine.scaled(sin0) + sine.scaled(cos0)}
        return {0: cosine.scaled(cos0) + sine.scaled(-sin0)}
