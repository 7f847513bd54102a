r"""Answers that are right up to constants which the question determines.

    c e^{-\lambda t}  for  x_0 e^{-\lambda t}            the constant is a letter of the question
    c_1 e^t + c_2 e^{-3t}  for  2 e^t - e^{-3t}         constants are numbers, found by solving for them
    A e^t + B e^{-3t}  for  c_1 e^t + c_2 e^{-3t}       nothing is determined: constants have any names

The second is decided by as many instances as there are constants, and confirmed by the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

from flint import acb, acb_mat

from lemmata.grade.evaluate.arithmetic import as_ball, close, scalar
from lemmata.grade.evaluate.probe import Instance, instances
from lemmata.grade.exercise import Part
from lemmata.grade.marked import Wrong
from lemmata.grade.values import NoValue, Value, agree
from lemmata.kernel.term import ShapeError, Term, substitute, subterms, symbols_of

__all__ = ["beside_functions", "constant_not_fixed", "renamed_constants"]

MOST = 5
MOST_NAMES = 3
CONSTANTS = frozenset(("c", "C", "k", "K", "a", "b", "d", "A", "B", "D", "alpha", "beta", "gamma"))
CLOSE = Fraction(1, 10**20)


def constant_not_fixed(part: Part, term: Term, unknown: Sequence[Term], letters: Sequence[Term]) -> None:
    """Raises Wrong where the answer is right but for constants that it leaves open."""
    if term.shape != part.answer.shape and len(unknown) == 1:
        # e^{-tA} c: the letter that nobody declared is a vector.
        columns = [s for s in letters if not s.is_scalar and s.shape[1] == 1 and s in symbols_of(part.answer)]
        for column in columns:
            if column not in symbols_of(term):
                _replaced(part, term, unknown[0], column, letters)
        return
    missing = [s for s in letters if s in symbols_of(part.answer) and s not in symbols_of(term)]
    if (
        len(symbols_of(part.answer)) < 2
        or len(unknown) != 1
        or len(missing) != 1
        or unknown[0].shape != missing[0].shape
    ):
        return _family(part, term, unknown, letters)
    _replaced(part, term, unknown[0], missing[0], letters)
    _family(part, term, unknown, letters)


def renamed_constants(part: Part, term: Term, unknown: Sequence[Term]) -> Term | None:
    """The answer with the names that its arbitrary constants have in the right one; None where it is another one.

    Arbitrary are C, c_1, C_2, ... beside functions of t or x, where the question does not declare them.
    """
    if not beside_functions(part.answer):
        return None
    own = [s for s in symbols_of(part.answer) if s not in (*part.symbols, *symbols_of(term)) and s.is_scalar]
    own = [s for s in own if re.fullmatch(r"C|[cC]_\d", s.name)]
    named = [s for s in unknown if s.is_scalar and s.name.partition("_")[0] in CONSTANTS]
    if not len(own) == len(named) == len(unknown) <= MOST_NAMES or term.shape != part.answer.shape:
        return None
    probes = instances(tuple(dict.fromkeys((*part.symbols, *symbols_of(part.answer)))), part.given)
    for order in permutations(own):
        renamed = substitute(term, dict(zip(unknown, order, strict=True)))
        try:
            if all(agree(i.value(renamed), i.value(part.answer)) for i in probes):
                return renamed
        except (NoValue, ShapeError, KeyError):
            return None
    return None


def beside_functions(term: Term) -> bool:
    """Whether there are functions in a term, as there are in general solutions."""
    return any(
        t.head in ("exp", "call") or (t.head == "power" and symbols_of(t.args[1])) for t in subterms(term)
    )


def _replaced(part: Part, term: Term, unknown: Term, letter: Term, letters: Sequence[Term]) -> None:
    """Raises Wrong where the answer is right with this letter of the question in place of the unknown one."""
    try:
        fixed = substitute(term, {unknown: letter})
        if all(agree(i.value(fixed), i.value(part.answer)) for i in instances(tuple(letters), part.given)):
            raise Wrong("constant-not-fixed", f"The constant {unknown.name} is determined by the question.")
    except (NoValue, ShapeError):
        return


def _family(part: Part, term: Term, unknown: Sequence[Term], letters: Sequence[Term]) -> None:
    """Numbers for the unknown letters that make the answer right: the same for all values of its other letters."""
    used = [s for s in letters if s in symbols_of(term) and s.is_scalar]
    if any(s.name.partition("_")[0] not in CONSTANTS for s in unknown):
        return
    if (
        not used
        or len(unknown) > MOST
        or any(not s.is_scalar for s in unknown)
        or term.shape != part.answer.shape
    ):
        return
    # What the answer lacks (an initial value) is part of the constants; so it is held fixed.
    moving = [s for s in used if s.name == "t"] or [s for s in used if s.name == "x"] or used
    try:
        found = _solved(part, term, unknown, moving, letters)
    except (NoValue, ShapeError, ArithmeticError, ValueError):
        return
    if found:
        names = ", ".join(s.name for s in unknown)
        many = len(unknown) > 1
        said = f"The constant{'s' * many} {names} {'are' if many else 'is'} determined by the question."
        raise Wrong("constant-not-fixed", said)


def _solved(
    part: Part, term: Term, unknown: Sequence[Term], moving: Sequence[Term], letters: Sequence[Term]
) -> bool:
    first, *more = instances(tuple(letters), part.given)
    points = [
        first,
        *(Instance(first.dims, {**first.values, **{s: p.values[s] for s in moving}}) for p in more),
    ]
    points = points[: 3 * len(unknown) + 6]
    zero = {s: scalar(0) for s in unknown}
    rows, right = [], []
    for p in points:
        base = _entries(Instance(p.dims, {**p.values, **zero}).value(term))
        columns = [
            [a - b for a, b in zip(_entries(Instance(p.dims, {**p.values, **zero, s: scalar(1)}).value(term)), base,
                                   strict=True)]
            for s in unknown
        ]  # fmt: skip
        rows += [list(r) for r in zip(*columns, strict=True)]
        right += [[r - b] for r, b in zip(_entries(p.value(part.answer)), base, strict=True)]
    matrix = acb_mat(rows)
    turned = matrix.transpose().conjugate()
    solution = (turned * matrix).solve(turned * acb_mat(right))
    fixed: dict[Term, Value] = {s: acb_mat([[solution[i, 0]]]) for i, s in enumerate(unknown)}
    return all(
        close(Instance(p.dims, {**p.values, **fixed}).value(term), p.value(part.answer), CLOSE)
        for p in points
    )


def _entries(value: Value) -> list[acb]:
    return list(as_ball(value).entries())
