r"""General solutions with other constants: the same family of functions, written with other parameters.

    c_1 \cos 2t + c_2 \sin 2t       R \cos(2t - \varphi), A \sin(2t + \delta)         amplitude and phase
    c_1 e^t + c_2 e^{-t}            A \cosh t + B \sinh t, (A + B) e^t + (A - B) e^{-t}        another basis

The right family is linear in its constants: a function, and combinations of basis functions.  Every function of the
other one has coordinates in this basis, found by solving at as many places as are needed and confirmed at others.

    linear in its constants, as many as there are:   the coordinates have to depend on them invertibly
    R times a function of \varphi:                   the coordinates of this function have to run through an ellipse
                                                     about 0, so that its multiples are all there are

An ellipse v(\varphi) about 0 is known by v(\varphi + 2h) + v(\varphi) = 2c v(\varphi + h) with one c between -1 and 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from flint import acb, acb_mat

from lemmata.grade.evaluate.arithmetic import as_ball, scalar
from lemmata.grade.evaluate.probe import Instance, instances
from lemmata.grade.exercise import Part
from lemmata.grade.judge.constants import beside_functions
from lemmata.grade.values import NoValue, Value
from lemmata.kernel.term import ShapeError, Term, add, mul, substitute, subterms, symbol, symbols_of
from lemmata.terms.forms import constant

__all__ = ["same_family"]

CONSTANTS = re.compile(r"C|[cC]_\d")
PARAMETERS = re.compile(r"(?:[A-DKRMabcdkr]|alpha|beta|gamma|delta|phi|varphi|theta|psi|t|x)(?:_\d)?")
MOST = 3
PLACES = 12
SMALL = 1e-20
# Values of the constants at which the coordinates are looked at; of no pattern.
_SAMPLES = (Fraction(3, 7), Fraction(-5, 3), Fraction(11, 4), Fraction(2, 9), Fraction(-13, 6))
_STEPS = (Fraction(1, 3), Fraction(4, 7))


def same_family(part: Part, term: Term, unknown: Sequence[Term]) -> bool:
    """Whether the answer, with the constants ``unknown``, is the family of the right answer."""
    own = [
        s
        for s in symbols_of(part.answer)
        if s not in part.symbols and s.is_scalar and CONSTANTS.fullmatch(s.name)
    ]
    term, unknown = _with_real_constants(term, unknown)
    # 2 c_1 t is rather a derivative, with a letter of the question.
    if not beside_functions(part.answer):
        return False
    named = all(s.is_scalar and PARAMETERS.fullmatch(s.name) for s in unknown)
    if (
        not named
        or not len(own) == len(unknown) <= MOST
        or (term.shape, part.answer.shape) != ((1, 1), (1, 1))
    ):
        return False
    letters = [s for s in symbols_of(part.answer) if s not in own]
    moving = [s for s in letters if s.name == "t"] or [s for s in letters if s.name == "x"]
    if not moving or any(s not in (*letters, *unknown) for s in symbols_of(term)):
        return False
    try:
        probes = instances(tuple(dict.fromkeys((*part.symbols, *letters))), part.given)
        return all(
            _agrees(_Family(part, own, moving[0], at), term, unknown) for at in (probes[3], probes[-1])
        )
    except (NoValue, ShapeError, ArithmeticError, ValueError, IndexError):
        return False


def _with_real_constants(term: Term, unknown: Sequence[Term]) -> tuple[Term, Sequence[Term]]:
    r"""\operatorname{Re}(C e^{2it}): a constant that is conjugated is a complex one, of two real ones."""
    if len(unknown) != 1 or not any(
        t.head == "adjoint" and unknown[0] in symbols_of(t) for t in subterms(term)
    ):
        return term, unknown
    real, imaginary = (symbol(name, 1, 1) for name in ("A_8", "B_8"))
    return substitute(term, {unknown[0]: add(real, mul(constant("i"), imaginary))}), (real, imaginary)


class _Family:
    """The right family at values of the other letters: its functions as columns of their values at places."""

    def __init__(self, part: Part, own: Sequence[Term], moving: Term, at: Instance) -> None:
        self.points = [
            Instance(at.dims, {**at.values, moving: scalar(Fraction(2 * n + 3, 11))}) for n in range(PLACES)
        ]
        zero = dict.fromkeys(own, scalar(0))
        self.base = self.values(part.answer, zero)
        columns = [self.values(part.answer, {**zero, s: scalar(1)}) - self.base for s in own]
        again = [self.values(part.answer, {**zero, s: scalar(_SAMPLES[0])}) - self.base for s in own]
        sample = {s: scalar(_SAMPLES[n]) for n, s in enumerate(own)}
        mixed = self.values(part.answer, sample) - self.base
        total = sum((c * _ball(_SAMPLES[n]) for n, c in enumerate(columns)), columns[0] * 0)
        scaled = all(_is_small(a - c * _ball(_SAMPLES[0])) for a, c in zip(again, columns, strict=True))
        if not scaled or not _is_small(mixed - total):
            raise NoValue("the right family is not linear in its constants")
        self.basis = acb_mat([[c[i, 0] for c in columns] for i in range(PLACES)])
        self.turned = self.basis.transpose().conjugate()

    def values(self, term: Term, constants: Mapping[Term, Value]) -> acb_mat:
        """The values of a term at all places, as a column."""
        return acb_mat(
            [[as_ball(Instance(p.dims, {**p.values, **constants}).value(term))[0, 0]] for p in self.points]
        )

    def coordinates(self, term: Term, constants: Mapping[Term, Value]) -> acb_mat:
        """The coordinates in the basis.  Raises NoValue where the function does not belong to the family.

        They have to be real, as the constants are: A e^{2it} + B e^{-2it} is another family.
        """
        right = self.values(term, constants) - self.base
        found = (self.turned * self.basis).solve(self.turned * right)
        if not _is_small(self.basis * found - right) or not _is_small(found - found.conjugate()):
            raise NoValue("this function does not belong to the right family")
        return found


def _agrees(family: _Family, term: Term, unknown: Sequence[Term]) -> bool:
    return _is_another_basis(family, term, unknown) or any(
        _is_amplitude_and_phase(family, term, *pair) for pair in _pairs(unknown)
    )


def _pairs(unknown: Sequence[Term]) -> list[tuple[Term, Term]]:
    return [(unknown[0], unknown[1]), (unknown[1], unknown[0])] if len(unknown) == 2 else []


def _is_another_basis(family: _Family, term: Term, unknown: Sequence[Term]) -> bool:
    """Whether the coordinates depend on the constants in a linear and invertible way, but for a fixed summand."""
    zero = dict.fromkeys(unknown, scalar(0))
    try:
        start = family.coordinates(term, zero)
        columns = [family.coordinates(term, {**zero, s: scalar(1)}) - start for s in unknown]
        for turn in range(3):
            sample = {s: _SAMPLES[(turn + n) % len(_SAMPLES)] for n, s in enumerate(unknown)}
            there = family.coordinates(term, {s: scalar(v) for s, v in sample.items()}) - start
            total = sum((c * _ball(v) for c, v in zip(columns, sample.values(), strict=True)), start * 0)
            if not _is_small(there - total):
                return False
    except NoValue:
        return False
    size = len(unknown)
    return _is_large(acb_mat([[c[i, 0] for c in columns] for i in range(size)]).det())


def _is_amplitude_and_phase(family: _Family, term: Term, amplitude: Term, phase: Term) -> bool:
    """Whether the coordinates are the amplitude times a point of an ellipse about 0 that the phase runs through."""

    def point(size: Fraction, angle: Fraction) -> acb_mat:
        return family.coordinates(term, {amplitude: scalar(size), phase: scalar(angle)})

    ratios: dict[Fraction, acb] = {}
    for angle in _SAMPLES:
        one = point(Fraction(1), angle)
        if not all(
            _is_small(point(size, angle) - one * _ball(size)) for size in (Fraction(0), *_SAMPLES[:2])
        ):
            return False
        for step in _STEPS:
            next_one, third = point(Fraction(1), angle + step), point(Fraction(1), angle + 2 * step)
            if not _is_large(acb_mat([[one[i, 0], next_one[i, 0]] for i in range(2)]).det()):
                return False
            place = max(range(2), key=lambda i: abs(complex(next_one[i, 0].mid())))
            ratio = ratios.setdefault(step, (one + third)[place, 0] / next_one[place, 0])
            turns = abs(complex(ratio.mid()).real) < 2 - 1e-9 and _is_small(acb_mat([[ratio.imag]]))
            if not turns or not _is_small(one + third - next_one * ratio):
                return False
    return True


def _ball(value: Fraction) -> acb:
    return as_ball(scalar(value))[0, 0]


def _is_small(column: acb_mat) -> bool:
    return all(abs(complex(x.mid())) < SMALL for x in column.entries())


def _is_large(number: acb) -> bool:
    return abs(complex(number.mid())) > 1e-9
