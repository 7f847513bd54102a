"""Exact data for the symbols of a statement, and how they are written.

>>> from lemmata.kernel.term import symbol, pinv
>>> X = symbol("X", "m", "n")
>>> data = Instance({"m": 1, "n": 2}, {"X": fmpq_mat(1, 2, [1, 1])})
>>> data.value(pinv(X)).tolist(), data.strings()
([[1/2], [1/2]], {'X': [['1', '1']]})
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from flint import fmpq_mat

from lemmata.kernel.term import Term
from lemmata.refute.evaluate import Evaluator, Lookup, slot
from lemmata.refute.exact import Exact
from lemmata.refute.partitioned import is_whole
from lemmata.refute.rational import fraction
from lemmata.refute.system import System, Undefined, Unsupported

__all__ = ["Instance", "complex_text", "describe", "lookup_in", "strings", "undefined_reason"]


@dataclass(frozen=True)
class Instance:
    """Exact data: dimensions, rational slots, definitions of functions; unit 2 if complex."""

    dims: Mapping[str, int]
    values: Mapping[str, fmpq_mat]
    definitions: Mapping[str, Term] = field(default_factory=dict)
    unit: int = 1

    def evaluator(self, system: System | None = None) -> Evaluator:
        return Evaluator(system or Exact(), self.dims, lookup_in(self.values), self.definitions, self.unit)

    def value(self, term: Term) -> Any:
        """The exact value of a matrix term."""
        return self.evaluator().value(term)

    def strings(self) -> dict[str, list[list[str]]]:
        """Every slot as exact strings, row by row: {"A": [["1", "-1/2"]]}."""
        return {name: strings(v, self.unit) for name, v in self.values.items() if not is_whole(name)}


def lookup_in(values: Mapping[str, Any]) -> Lookup:
    def lookup(s: Term, order: int, point: Fraction | None) -> Any:
        key = slot(s.name, order, point)
        try:
            return values[key]
        except KeyError:
            raise Unsupported(f"no value for {key}", s) from None

    return lookup


def strings(a: fmpq_mat, unit: int = 1) -> list[list[str]]:
    """A rational matrix as strings, row by row."""
    if unit == 1:
        return [[str(x) for x in row] for row in a.tolist()]
    return [
        [complex_text(fraction(a[i, j]), fraction(a[i + 1, j])) for j in range(0, a.ncols(), 2)]
        for i in range(0, a.nrows(), 2)
    ]


def complex_text(re: Fraction, im: Fraction) -> str:
    """A complex number with rational parts: "1/2-3i"."""
    if not im:
        return str(re)
    imaginary = "i" if im == 1 else "-i" if im == -1 else f"{im}i" if im.denominator == 1 else f"{im} i"
    return imaginary if not re else f"{re}{'' if imaginary.startswith('-') else '+'}{imaginary}"


def undefined_reason(error: Undefined) -> str:
    """ "X X^T is not invertible"."""
    place = error.place
    if place is not None and place.head == "inverse":
        return f"{describe(place.args[0])} is not invertible"
    if place is not None:
        return f"{describe(place)} is undefined: {error}"
    return str(error)


def describe(term: Term) -> str:
    """A term in plain text, for messages."""
    from lemmata.terms.show import show

    return show(term)
