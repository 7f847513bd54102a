r"""Sequences of numbers: what x_i stands for in \sum_{i=1}^n x_i.

One letter stands for all of x.  Its value is a column of numbers, none of them zero, from which a sum takes the
element with its index; how many of them it takes is for its limits to say.

>>> from lemmata.kernel.term import symbol
>>> from lemmata.terms.scope import Scope
>>> whole = sequence_of(symbol("x_i", 1, 1), "i", Scope(student=True))
>>> whole.name, is_sequence(whole), element(elements_of(whole, 0), 3)
('x_•', True, [6])
"""

from __future__ import annotations

import random
from fractions import Fraction

from lemmata.grade.evaluate.arithmetic import NoValue, Value, scalar
from lemmata.grade.values import value_of_rows
from lemmata.kernel.term import Term, symbol
from lemmata.terms.scope import Scope

__all__ = ["element", "elements_of", "is_sequence", "sequence_of"]

MOST = 40
_SIGN = "_•"  # an index that nobody writes


def sequence_of(indexed: Term, index: str, scope: Scope) -> Term | None:
    """The letter for all of x, where ``indexed`` is x_i; None for x_{ij}, and for an entry of a declared vector x."""
    base, _, under = indexed.name.partition("_")
    declared = scope.symbols.get(base)
    if under != index or not indexed.is_scalar or (declared is not None and not declared.is_scalar):
        return None
    domain = indexed.value[3]
    return symbol(base + _SIGN, MOST, 1, domain if domain in ("positive", "nonnegative") else "real")


def is_sequence(letter: Term) -> bool:
    """Whether a letter stands for a sequence."""
    return letter.name.endswith(_SIGN)


def elements_of(sequence: Term, turn: int) -> Value:
    """The elements on the instance with this number."""
    source = random.Random(f"{sequence.name} {turn}")
    positive = sequence.value[3] != "real"
    numbers = [
        Fraction(source.randrange(1, 8), source.choice((1, 1, 2, 3)))
        * (1 if positive else source.choice((1, -1)))
        for _ in range(MOST)
    ]
    return value_of_rows([[x] for x in numbers])


def element(elements: Value, index: int) -> Value:
    """The element with this index, counted from 0.  Raises NoValue beyond the last one."""
    if not 0 <= index < MOST:
        raise NoValue(f"element {index} of a sequence")
    return scalar(Fraction(str(elements[index, 0])))
