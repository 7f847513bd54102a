r"""Inequalities: the same solutions, tried at random points and at the ends of every range.

    x < 3  and  -x > -3      true and false at the same points, also at 3 itself
    |x| < 2  and  x^2 < 4    the ends -2 and 2 are found from both

For each letter and each relation that is affine in it (|u|, u^2 count as u) the end is computed from random
values of the other letters; the points tried are the ends, points on both sides of each, and a grid.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from lemmata.grade.evaluate.arithmetic import NoValue, Value, rational, scalar
from lemmata.grade.evaluate.probe import Instance
from lemmata.grade.evaluate.propositions import holds
from lemmata.kernel.term import Term, subterms, symbols_of

__all__ = ["difference"]

STEP = Fraction(1, 1000)
GRID = [Fraction(n, 2) for n in range(-12, 13)]


def difference(
    one: Term, two: Term, relations: Sequence[Term], letters: Sequence[Term], probes: Sequence[Instance]
) -> tuple[Instance, bool] | None:
    """A point at which one is true and the other not, and whether ``one`` is true there; None without any.

    Raises NoValue where the relations have no value at any point.
    """
    inside = {s for r in relations for s in symbols_of(r)}
    used = [s for s in letters if s.shape == (1, 1) and s in inside]
    tried = 0
    # The probes differ in the other letters: without any, one is as good as all.
    for probe in probes if len(inside) > 1 else probes[:1]:
        for letter in used:
            for x in _points(relations, letter, probe):
                if (letter.value[3] == "positive" and x <= 0) or (letter.value[3] == "nonnegative" and x < 0):
                    continue
                point = Instance(probe.dims, {**probe.values, letter: scalar(x)})
                try:
                    truth = [holds(p, point.values, point.dims) for p in (one, two)]
                except NoValue:
                    continue
                tried += 1
                if truth[0] != truth[1]:
                    return point, truth[0]
    if tried < 10:
        raise NoValue("these relations have no truth value that can be computed here")
    return None


def _points(relations: Sequence[Term], letter: Term, probe: Instance) -> list[Fraction]:
    ends: set[Fraction] = set()
    for relation in relations:
        for side in subterms(relation):
            if side.sort == "matrix" and side.shape == (1, 1) and letter in symbols_of(side):
                ends |= _ends(side, relation, letter, probe)
    source = random.Random(len(ends))
    around = sorted(ends)[:16]
    near = [e + d for e in around for d in (0, STEP, -STEP, Fraction(1, 3), -Fraction(1, 3))]
    return [*near, *GRID, Fraction(source.randrange(-900, 900), 7)]


def _ends(side: Term, relation: Term, letter: Term, probe: Instance) -> set[Fraction]:
    """Where a part u of the relation that is affine in the letter is 0, or +-v or +-sqrt(v), v the other side."""
    found: set[Fraction] = set()
    try:
        base, slope = _affine(side, letter, probe)
    except NoValue:
        return found
    if slope == 0:
        return found
    targets = {Fraction(0)}
    for other in relation.args:
        try:
            value = _number(Instance(probe.dims, {**probe.values, letter: scalar(0)}).value(other))
        except NoValue:
            continue
        root = _root(abs(value))
        targets |= {value, -value} | ({root, -root} if root is not None else set())
        # 2x + 1 < 7 - x: the difference of the sides is affine as well.
        for against in relation.args:
            try:
                b, s = _affine(against, letter, probe)
            except NoValue:
                continue
            if s != slope:
                found.add((b - base) / (slope - s))
    return found | {(t - base) / slope for t in targets}


def _affine(term: Term, letter: Term, probe: Instance) -> tuple[Fraction, Fraction]:
    values = [
        _number(Instance(probe.dims, {**probe.values, letter: scalar(x)}).value(term))
        for x in (0, 1, Fraction(5, 2))
    ]
    slope = values[1] - values[0]
    if values[2] != values[0] + slope * Fraction(5, 2):
        raise NoValue("not affine")
    return values[0], slope


def _number(value: Value) -> Fraction:
    if not rational(value) or (value.nrows(), value.ncols()) != (1, 1):
        raise NoValue("no rational number")
    x = value[0, 0]
    return Fraction(int(x.p), int(x.q))


def _root(q: Fraction) -> Fraction | None:
    from math import isqrt

    a, b = isqrt(q.numerator), isqrt(q.denominator)
    return Fraction(a, b) if a * a == q.numerator and b * b == q.denominator else None
