"""Known inequalities for letters: what a certificate may use about e^{-x}, b^k, roots, sines, logarithms.

For e = e^{-x} and x >= 0, say, these are e <= 1, e (1 + x) <= 1, 1 - x <= e, e <= 1 - x + x^2/2 and the
like; for p = b^k and 0 <= b <= 1 they are p <= 1, Bernoulli's inequality, p <= e^{-k (1-b)}.  All are
textbook facts (Mitrinovic, *Analytic Inequalities*, 1970, sections 2.4 and 3.6).
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.oracle.calculus import number
from lemmata.oracle.ratios import GENERATORS, ONE, Poly, Ratio, Refused
from lemmata.oracle.world import World

__all__ = ["facts_about", "facts_between"]

Fact = tuple[Poly, bool]
"""(p, strict): p > 0 or p >= 0."""


def facts_about(world: World, n: int) -> list[Fact]:
    """Inequalities for one letter, proved from what its arguments satisfy."""
    letter = world.letters[n]
    value = Ratio.letter(n)
    if letter.kind in ("constant", "exp", "root", "log", "sin", "cos", "arctan") and not _has_symbol(
        world, value
    ):
        return _enclosed(world, value)
    found: list[tuple[Ratio, bool]] = []
    match letter.kind:
        case "exp":
            found = _exponential(world, value, letter.of[0])
        case "power":
            found = _power(world, value, letter.of[0], letter.of[1], letter.natural)
        case "sin" | "cos":
            found = _trigonometric(world, value, letter.of[0], letter.kind)
        case "log":
            found = _logarithm(world, value, letter.of[0])
        case "arctan":
            x = letter.of[0]
            found = [(ONE + ONE - value, True), (ONE + ONE + value, True)]
            if world.nonnegative(x):
                found += [(value, False), (x - value, False)]
        case "symbol" if letter.natural:
            return []
    return _facts(world, found)


def facts_between(world: World, a: int, b: int) -> list[Fact]:
    """Inequalities between two letters of one kind: e^{-x} <= e^{-y} for x >= y; b^k <= c^k for 0 <= b <= c."""
    one, two = world.letters[a], world.letters[b]
    va, vb = Ratio.letter(a), Ratio.letter(b)
    found: list[tuple[Ratio, bool]] = []
    if one.kind == two.kind == "exp":
        for x, y, u, v in ((one.of[0], two.of[0], va, vb), (two.of[0], one.of[0], vb, va)):
            if world.nonnegative(x - y):
                found.append((v - u, world.positive(x - y)))
                break
    elif one.kind == two.kind == "power" and one.of[1] == two.of[1] and world.nonnegative(one.of[1]):
        for x, y, u, v in ((one.of[0], two.of[0], va, vb), (two.of[0], one.of[0], vb, va)):
            if world.nonnegative(x) and world.nonnegative(y - x):
                found.append((v - u, False))
                break
    elif one.kind == two.kind == "power" and one.of[0] == two.of[0]:
        base = one.of[0]
        for p, q, u, v in ((one.of[1], two.of[1], va, vb), (two.of[1], one.of[1], vb, va)):
            if world.nonnegative(p - q) and world.nonnegative(q) and world.nonnegative(base):
                if world.nonnegative(ONE - base):
                    found.append((v - u, False))
                elif world.nonnegative(base - ONE):
                    found.append((u - v, False))
                break
    elif one.kind == two.kind == "root" and one.degree == two.degree:
        for x, y, u, v in ((one.of[0], two.of[0], va, vb), (two.of[0], one.of[0], vb, va)):
            if world.nonnegative(y - x):
                found.append((v - u, world.positive(y - x)))
                break
    elif one.kind == two.kind == "log":
        x, y = one.of[0], two.of[0]
        # The tangents of the logarithm.
        found += [(va - vb - ONE + y / x, False), (x / y - ONE - va + vb, False)]
        for x, y, u, v in ((one.of[0], two.of[0], va, vb), (two.of[0], one.of[0], vb, va)):
            if world.nonnegative(y - x):
                found.append((v - u, world.positive(y - x)))
                break
    return _facts(world, found)


def _facts(world: World, found: list[tuple[Ratio, bool]]) -> list[Fact]:
    facts = []
    for ratio, strict in found:
        num = ratio.num
        if not ratio.den.is_constant():
            if world.prove(-ratio.den, ">"):
                num = -num
            elif not world.prove(ratio.den, ">"):
                continue
        facts.append((world.reduce(num), strict))
    return facts


def _has_symbol(world: World, ratio: Ratio) -> bool:
    for n in ratio.letters():
        letter = world.letters[n]
        if letter.kind == "symbol" or any(_has_symbol(world, r) for r in letter.of):
            return True
    return False


def _enclosed(world: World, value: Ratio) -> list[Fact]:
    """Rational bounds of a number."""
    try:
        middle = number(world, value)
    except Refused:
        return []
    low, high = _rational(middle, -1), _rational(middle, 1)
    return [((value - Ratio.of(low)).num, True), ((Ratio.of(high) - value).num, True)]


def _rational(x: object, side: int) -> Fraction:
    lower = x.lower() if side < 0 else x.upper()  # type: ignore[attr-defined]
    exact = lower.mid().fmpq()
    value = Fraction(int(exact.p), int(exact.q))
    scale = 10**12
    import math

    return (
        Fraction(math.floor(value * scale) - 1, scale)
        if side < 0
        else Fraction(math.ceil(value * scale) + 1, scale)
    )


def _exponential(world: World, e: Ratio, x: Ratio) -> list[tuple[Ratio, bool]]:
    two, three, six = Ratio.of(2), Ratio.of(3), Ratio.of(6)
    found = [(e - ONE + x, False), (ONE - e * (ONE + x), False)]
    if world.nonnegative(x):
        strict = world.positive(x)
        found += [
            (ONE - e, strict),
            (two - two * x + x * x - two * e, strict),
            (two - e * (two + two * x + x * x), strict),
            ((two + x) * e - two + x, strict),
            (six * e - six + six * x - three * x * x + x * x * x, strict),
        ]
        if strict:
            found[:2] = [(e - ONE + x, True), (ONE - e * (ONE + x), True)]
    elif world.nonnegative(-x):
        found.append((e - ONE, world.positive(-x)))
    return found


def _power(world: World, p: Ratio, b: Ratio, k: Ratio, natural: bool) -> list[tuple[Ratio, bool]]:
    found: list[tuple[Ratio, bool]] = []
    if not natural and not world.positive(b):
        return []
    if not world.nonnegative(k):
        return []
    nonnegative = world.nonnegative(b)
    small = world.nonnegative(ONE - b)
    if small and (nonnegative or world.nonnegative(ONE + b)):
        found += [(ONE - p, False), (ONE + p, False), (ONE - p * p, False)]
    if world.nonnegative(b - ONE):
        found.append((p - ONE, False))
    if natural and (nonnegative or world.nonnegative(b + ONE)):
        found.append((p - ONE - k * (b - ONE), False))
    if natural and nonnegative and small:
        found.append((ONE - p * (ONE + k * (ONE - b)), False))
    if nonnegative and natural and world.nonnegative(ONE - k * (b - ONE)):
        e = world.known_exponential(ONE)
        found.append(((Ratio.of(Fraction(2719, 1000)) if e is None else e) - p, False))
    if nonnegative:
        bound = world.known_exponential(k * (b - ONE))
        if bound is not None:
            found.append((bound - p, False))
        least = world.known_exponential(-ONE) if small else None
        if least is not None:  # with x = k (1 - b): b^k x <= e^{-x} x <= 1/e
            found.append((least - p * k * (ONE - b), False))
    return found


def _trigonometric(world: World, value: Ratio, x: Ratio, kind: str) -> list[tuple[Ratio, bool]]:
    two, six = Ratio.of(2), Ratio.of(6)
    found = [(ONE - value, False), (ONE + value, False)]
    # Without the letter pi, 3 stands for it: what holds up to pi holds up to 3.
    turn = world.pi() if "#pi" in world.names else Ratio.of(3)
    if kind == "cos":
        found.append((two * value - two + x * x, False))
        if world.nonnegative(turn / two - x) and world.nonnegative(turn / two + x):
            found.append((value, world.positive(turn / two - x) and world.positive(turn / two + x)))
        return found
    cos = world.trigonometric(x)[1]
    if world.nonnegative(x):
        found += [(x - value, False), (x + value, False), (six * value - six * x + x * x * x, False)]
        if world.nonnegative(turn - x):
            found.append((value, world.positive(x) and world.positive(turn - x)))
            found.append((value - x * cos, False))
        if world.nonnegative(turn / two - x):
            found.append((value - two * x / Ratio.of(Fraction(22, 7)), False))
            if "#pi" in world.names:
                found.append((value - two * x / turn, False))
    elif world.nonnegative(-x):
        found += [(value - x, False), (-x - value, False)]
        if world.nonnegative(turn + x):
            found.append((-value, False))
    return found


def _logarithm(world: World, value: Ratio, y: Ratio) -> list[tuple[Ratio, bool]]:
    two = Ratio.of(2)
    found = [(y - ONE - value, False), (value - ONE + ONE / y, False)]
    if world.nonnegative(y - ONE):
        strict = world.positive(y - ONE)
        found += [(value, strict), ((y + ONE) * value - two * (y - ONE), False)]
        found.append((y * y - ONE - two * y * value, False))
    elif world.nonnegative(ONE - y):
        found.append((-value, world.positive(ONE - y)))
    return found


def letter(n: int) -> Poly:
    return GENERATORS[n]
