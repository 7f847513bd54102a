r"""Zeros found numerically, for scalar equations with e^x, \ln x, |x|, \sqrt{x}.

    \ln y = 2x  and  y = e^{2x}     for several x, the same y

One letter at a time: with the others fixed, every change of sign on a grid is narrowed down in balls of 256
bits.  Two equations agree where each changes its sign at the zeros of the other.  This is evidence, not proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from lemmata.grade.evaluate.arithmetic import NoValue, as_ball, enclosed, scalar
from lemmata.grade.evaluate.probe import Instance
from lemmata.kernel.term import Term, symbols_of

__all__ = ["same_roots"]

GRID = [Fraction(n, 4) + Fraction(1, 97) for n in range(-33, 34)]
HALVINGS, SMALL = 40, Fraction(1, 10**6)


@enclosed
def same_roots(one: Term, two: Term, letters: Sequence[Term], probes: Sequence[Instance]) -> bool:
    """Whether the two have the same zeros in every letter, for the other letters as in the probes.

    Raises NoValue where no zero was met at all.
    """
    met = 0
    for letter in letters:
        if any(letter not in symbols_of(r) for r in (one, two)):
            continue
        for probe in probes:
            a, b = _roots(one, letter, probe), _roots(two, letter, probe)
            if len(a) != len(b) or any(abs(x - y) > SMALL for x, y in zip(a, b, strict=True)):
                return False
            met += len(a)
    if met < 2:
        raise NoValue("this equation could not be compared with the right one")
    return True


def _sign(term: Term, letter: Term, x: Fraction, probe: Instance) -> int | None:
    try:
        value = as_ball(Instance(probe.dims, {**probe.values, letter: scalar(x)}).value(term))[0, 0]
    except NoValue:
        return None
    if not value.imag.contains(0) or bool(abs(value.real) > 10**12):
        return None
    return 1 if value.real > 0 else -1 if value.real < 0 else 0


def _roots(term: Term, letter: Term, probe: Instance) -> list[Fraction]:
    positive = letter.value[3] in ("positive", "nonnegative")
    grid = [x for x in GRID if not positive or x > 0]
    found: list[Fraction] = []
    signs = [_sign(term, letter, x, probe) for x in grid]
    for (low, s), (high, t) in zip(
        zip(grid, signs, strict=True), list(zip(grid, signs, strict=True))[1:], strict=False
    ):
        if s == 0:
            found.append(low)
        if s is None or t is None or s * t >= 0:
            continue
        a, b = low, high
        for _ in range(HALVINGS):
            middle = (a + b) / 2
            m = _sign(term, letter, middle, probe)
            if m is None:
                break
            a, b = (middle, b) if m == s else (a, middle)
        # A pole changes the sign as well: there the values grow.
        if _small(term, letter, a, probe):
            found.append(a)
    return found


def _small(term: Term, letter: Term, x: Fraction, probe: Instance) -> bool:
    try:
        value = as_ball(Instance(probe.dims, {**probe.values, letter: scalar(x)}).value(term))[0, 0]
    except NoValue:
        return False
    return bool(abs(value) < 1)
