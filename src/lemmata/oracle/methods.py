"""Methods for the sign of a polynomial: each shows p >= 0 (or p > 0) in its own way, or gives up.

| method | shows |
|---|---|
| signs of coefficients | a b + c^2 >= 0 for a, b >= 0 |
| a known inequality | 1 - e^{-x} >= 0 for x >= 0 |
| squares of both sides | a + b sqrt(c) >= 0 from a^2 >= b^2 c |
| one variable | zeros, boxes in ball arithmetic, a bound for the tail |
| certificate | a sum of products of the hypotheses |
| discriminants | a x^2 + b x + c from 4 a c >= b^2 |
| weighted means | a^2 b + a b^2 + 1 >= 3 a b |
| the contrary | -1 as a sum of products |
| monotonicity | the value at 0 and the derivative |
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

from lemmata.oracle.calculus import at_point, dependent, derivative
from lemmata.oracle.certificates import certificate, means
from lemmata.oracle.coefficients import coefficient, has_sign, linear_parts, symbols_in
from lemmata.oracle.intervals import on_interval, region_of, univariate_polynomial
from lemmata.oracle.knowledge import facts_about, facts_between
from lemmata.oracle.ratios import (
    GENERATORS,
    Poly,
    Ratio,
    Refused,
    constant,
    letters_of,
    monomials,
    polynomial,
)
from lemmata.oracle.world import Again, Split, World

__all__ = ["Methods"]


class Methods(ABC):
    """The methods; ``prove`` and the points belong to the frame around them."""

    world: World
    effort: int
    depth: int
    how: list[str]
    facts: dict[Any, list[tuple[Poly, bool]]]

    @abstractmethod
    def prove(self, poly: Poly, relation: str) -> bool:
        """Whether the relation to 0 holds for all values: the frame, which calls these methods."""

    @abstractmethod
    def seen(self, poly: Poly) -> int:
        """-1 where the points that were tried make it negative, else 0."""

    def irreducible(self, f: Poly, strict: bool) -> bool:
        if self.seen(f) < 0:
            return False
        if has_sign(self.world, f, strict):
            return self._by("signs of coefficients")
        if self._hypothesis(f, strict):
            return self._by("a hypothesis")
        if self.depth > 3:
            return False
        self.depth += 1
        try:
            for method in self._methods():
                self.world.clock()
                try:
                    found = method(f, strict)
                except (Refused, Split):
                    self.world.clock()
                    found = ""
                if found:
                    return self._by(found)
        finally:
            self.depth -= 1
        return False

    def _methods(self) -> list[Callable[[Poly, bool], str]]:
        quick = (self._fact, self._waves, self._linear_letter, self._one_variable, self._certificate)
        means = (self._discriminant, self._circuit, self._log_linear)
        slow = (self._shifted, self._certificate_2, self._refutation, self._monotone)
        return [*quick, *means, *(slow if self.effort else ())]

    def _by(self, how: str) -> bool:
        if how not in self.how:
            self.how.append(how)
        return True

    def _hypothesis(self, f: Poly, strict: bool) -> bool:
        return self._among(f, strict, self.world.hypotheses)

    def _fact(self, f: Poly, strict: bool) -> str:
        """f is a known inequality, up to a positive multiple."""
        return "a known inequality" if self._among(f, strict, self._known(f)) else ""

    def _among(self, f: Poly, strict: bool, known: Sequence[tuple[Poly, bool]]) -> bool:
        for h, hard in known:
            if h and hard >= strict and len(h) == len(f):
                quotient, rest = divmod(f, h)
                if not rest and quotient.is_constant() and quotient.leading_coefficient() > 0:
                    return True
        return False

    def _known(self, f: Poly) -> list[tuple[Poly, bool]]:
        """The hypotheses, and facts about the letters of f and of the hypotheses next to it."""
        letters = set(letters_of(f))
        found = list(self.world.hypotheses)
        for h, _ in self.world.hypotheses:
            if letters & set(letters_of(h)):
                letters |= set(letters_of(h))
        wanted: list[Any] = [n for n in sorted(letters) if self.world.letters[n].kind != "symbol"]
        wanted += list(combinations(wanted, 2))
        for key in wanted:
            if key not in self.facts:
                self.facts[key] = []
                self.depth += 1
                try:
                    make = (
                        facts_between(self.world, *key)
                        if isinstance(key, tuple)
                        else facts_about(self.world, key)
                    )
                    self.facts[key] = make
                except (Refused, Split, Again):
                    self.world.clock()
                finally:
                    self.depth -= 1
            found += [fact for fact in self.facts[key] if fact[0]]
        found += self._tangents(f)
        for n in letters:
            if (
                self.world.letters[n].natural
                and self.world.letters[n].kind == "symbol"
                and self.world.signs[n] == 2
            ):
                found.append((GENERATORS[n] - 1, False))
        return found

    def _tangents(self, f: Poly) -> list[tuple[Poly, bool]]:
        """m >= n (1 - x + y) for products m = e^{-x} and n = e^{-y} of exponentials in the terms of f."""
        products: dict[tuple[int, ...], Ratio] = {}
        exponentials = {n for n, letter in enumerate(self.world.letters) if letter.kind == "exp"}
        for e, _ in monomials(f):
            key = tuple(x if n in exponentials else 0 for n, x in enumerate(e))
            if any(key):
                total = Ratio.of(0)
                for n, x in enumerate(key):
                    if x:
                        total = total + self.world.letters[n].of[0] * Ratio.of(x)
                products[key] = total
        if not 2 <= len(products) <= 4 or all(sum(map(bool, k)) <= 1 and max(k) == 1 for k in products):
            return []
        found: list[tuple[Poly, bool]] = []
        for (k, p), (m, q) in permutations(products.items(), 2):
            one, two = (Ratio(polynomial({key: Fraction(1)}), constant(1)) for key in (k, m))
            fact = one - two * (Ratio.of(1) - p + q)
            if fact.den == 1 and len(fact.num) <= 12:
                found.append((self.world.reduce(fact.num), False))
        return found

    def _certificate(self, f: Poly, strict: bool, level: int = 1) -> str:
        if len(letters_of(f)) > 9:
            return ""
        known = self._known(f)
        if certificate(f, known, self.world.signs, strict, self.world.equalities, level, self.world.clock):
            return "polynomial: a certificate from the hypotheses"
        return ""

    def _certificate_2(self, f: Poly, strict: bool) -> str:
        return self._certificate(f, strict, 2) if self.depth <= 2 else ""

    def _linear_letter(self, f: Poly, strict: bool) -> str:
        """a + b r with r = sqrt(B) >= 0, or with |r| <= 1 for a sine or cosine."""
        for n in letters_of(f):
            letter = self.world.letters[n]
            if f.degrees()[n] != 1 or letter.kind not in ("root", "sin", "cos"):
                continue
            if letter.kind == "root" and letter.degree != 2:
                continue
            a, b = linear_parts(f, n)
            square = letter.of[0].num if letter.kind == "root" else constant(1)
            gap = a * a - b * b * square
            if self.prove(a, ">=") and self.prove(gap, ">" if strict else ">="):
                return "squares of both sides"
            if letter.kind == "root" and self.prove(b, ">=") and self.prove(-gap, ">" if strict else ">="):
                return "squares of both sides"
        return ""

    def _waves(self, f: Poly, strict: bool) -> str:
        """A polynomial in sin x and cos x made homogeneous by sin^2 + cos^2 = 1, in free letters."""
        if len(self.world.letters) > 26:
            return ""
        for n in letters_of(f):
            letter = self.world.letters[n]
            if letter.kind != "sin":
                continue
            m = self.world.names["cos" + letter.name[3:]]
            parts: dict[int, Poly] = {}
            for e, c in monomials(f):
                parts[e[n] + e[m]] = parts.get(e[n] + e[m], constant(0)) + polynomial({e: c})
            if len({d % 2 for d in parts}) != 1 or max(parts) % 2:
                continue
            u = self.world.symbol("u", 0, key=("sin", n))
            v = self.world.symbol("v", 0, key=("cos", n))
            square = u * u + v * v
            put = {n: u, m: v}
            total = Ratio.of(0)
            for d, p in parts.items():
                total = total + Ratio(p, constant(1)).at(put) * square ** ((max(parts) - d) // 2)
            if total.num.degrees()[n] or total.num.degrees()[m]:
                continue
            if not strict and self.prove(total.num, ">="):
                return "a form in sine and cosine"
        return ""

    def _shifted(self, f: Poly, strict: bool) -> str:
        """f = c h + g with a hypothesis h of degree 2 and a form g that needs none."""
        if f.total_degree() > 2 or self.depth > 2:
            return ""
        options = [h for h, _ in self.world.hypotheses if h.total_degree() == 2]
        options += [s * e for e in self.world.equalities if e.total_degree() == 2 for s in (1, -1)]
        for h in options[:4]:
            for c in (Fraction(1, 2), Fraction(1), Fraction(1, 4), Fraction(2), Fraction(3, 4), Fraction(4)):
                g = f - constant(c) * h
                if g and self.seen(g) >= 0 and self._irreducible_or_constant(g, strict):
                    return "a hypothesis and discriminants"
        return ""

    def _irreducible_or_constant(self, g: Poly, strict: bool) -> bool:
        return self.prove(g, ">" if strict else ">=")

    def _log_linear(self, f: Poly, strict: bool) -> str:
        """a + b log B >= 0 with b > 0 is B >= e^{-a/b}; with b < 0 it is B <= e^{-a/b}."""
        if self.depth > 2 or len(self.world.letters) > 22:
            return ""
        for n in letters_of(f):
            letter = self.world.letters[n]
            if letter.kind != "log" or f.degrees()[n] != 1:
                continue
            a, b = (Ratio(p, constant(1)) for p in linear_parts(f, n))
            if n in a.letters() | b.letters() or len(monomials(b.num)) > 1:
                continue
            sign = 1 if self.world.positive(b) else -1 if self.world.positive(-b) else 0
            if not sign:
                continue
            gap = (letter.of[0] - self.world.exponential(-a / b)) * Ratio.of(sign)
            if self.world.positive(gap) if strict else self.world.nonnegative(gap):
                return "exponentials of both sides"
        return ""

    def _circuit(self, f: Poly, strict: bool) -> str:
        """Weighted arithmetic and geometric means: one negative term between positive ones."""
        if strict:
            return ""
        terms = monomials(f)
        signs = self.world.signs
        plus = [(e, c) for e, c in terms if c > 0 and all(x % 2 == 0 or signs[n] for n, x in enumerate(e))]
        minus = [t for t in terms if t not in plus]
        if len(minus) != 1 or not 2 <= len(plus) <= 8:
            return ""
        return "weighted means" if means(plus, minus[0]) else ""

    def _refutation(self, f: Poly, strict: bool) -> str:
        """From -f > 0 (or >= 0) and the hypotheses a sum of squares and products is negative."""
        if self.depth > 1 or len(letters_of(f)) > 6 or not (self.world.hypotheses or self.world.equalities):
            return ""
        signs = self.world.signs
        known = [*self._known(f), (-f, not strict)]
        candidates = [constant(1)] if strict or any(s for _, s in known) else []
        if strict:
            candidates += [h for h, s in known if s][:4]
        else:
            candidates += [-f, f * f]
            candidates += [-f * h for h, s in known[:-1] if s][:4]
            candidates += [-f * GENERATORS[n] for n in letters_of(f) if signs[n] == 2]
        letters = {n for h, _ in self.world.hypotheses for n in letters_of(h)}
        candidates += [
            (-f if not strict else constant(1)) * GENERATORS[n] for n in sorted(letters) if signs[n] == 2
        ]
        for s in candidates:
            self.world.clock()
            for level in (1, 2):
                if certificate(-s, known, signs, False, self.world.equalities, level, self.world.clock):
                    return "polynomial: the contrary leads to a negative sum of nonnegative terms"
        return ""

    def _one_variable(self, f: Poly, strict: bool) -> str:
        found = letters_of(f)
        if len(found) == 1 and self.world.letters[found[0]].kind == "symbol":
            if univariate_polynomial(self.world, f, found[0], strict):
                return "polynomial in one variable: real zeros isolated"
            return ""
        symbols = symbols_in(self.world, f)
        if len(symbols) != 1:
            return ""
        index = symbols.pop()
        region = region_of(self.world, index)
        if region is None:
            return ""
        boxes = on_interval(self.world, f, index, region, strict)
        return f"intervals: {boxes} boxes, Taylor forms at zeros, a bound for the tail" if boxes else ""

    def _discriminant(self, f: Poly, strict: bool) -> str:
        """a x^2 + b x + c >= 0 if a >= 0, c >= 0 and 4 a c >= b^2."""
        degrees = f.degrees()
        for n in letters_of(f):
            if degrees[n] != 2:
                continue
            a, b, c = (coefficient(f, n, k) for k in (2, 1, 0))
            if not a or (not b and not c):
                continue
            gap = 4 * a * c - b * b
            if not gap and strict:
                continue
            if self.seen(gap) < 0 if gap else False:
                continue
            relation = ">" if strict else ">="
            if self.prove(a, ">=") and self.prove(c, relation) and self.prove(gap, relation):
                return "discriminants"
        return ""

    def _monotone(self, f: Poly, strict: bool) -> str:
        """f >= 0 at x = 0 and f increasing in x >= 0, for a symbol that no hypothesis keeps from 0."""
        if self.depth > 3:
            return ""
        for x in sorted(symbols_in(self.world, f)):
            if not self.world.signs[x] or self.world.letters[x].natural or not self._reaches_zero(x):
                continue
            try:
                start = at_point(self.world, Ratio(f, constant(1)), x, Ratio.of(0))
                slope = derivative(self.world, Ratio(f, constant(1)), x)
                if slope.letters() and len(slope.num) > 3 * len(f) + 6:
                    continue
                if not self.world.nonnegative(start):
                    continue
                if not strict:
                    if self.world.nonnegative(slope):
                        return "monotonicity"
                elif (self.world.positive(start) and self.world.nonnegative(slope)) or (
                    self.world.signs[x] == 2 and self.world.positive(slope)
                ):
                    return "monotonicity"
            except (Refused, Split, Again):
                self.world.clock()
        return ""

    def _reaches_zero(self, x: int) -> bool:
        """Whether 0 <= x' <= x keeps every hypothesis: x occurs only in terms that are not positive."""
        moving = dependent(self.world, x)
        signs = self.world.signs
        for h, strict in [*self.world.hypotheses, *((e, False) for e in self.world.equalities),
                     *((e, False) for e in self.world.nonzero)]:  # fmt: skip
            if not set(letters_of(h)) & set(moving):
                continue
            if (h, strict) in self.world.hypotheses and has_sign(self.world, h, strict):
                continue
            if (
                any(set(letters_of(h)) & set(moving[1:]))
                or h in self.world.equalities
                or h in self.world.nonzero
            ):
                return False
            for e, c in monomials(h):
                if e[x] and (c > 0 or any(k % 2 and not signs[n] for n, k in enumerate(e) if k)):
                    return False
        return True
