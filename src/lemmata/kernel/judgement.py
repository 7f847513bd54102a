"""Statements: what a theorem claims.

>>> from lemmata.kernel.term import make, mul, pinv, symbol
>>> X = symbol("X", "m", "n")
>>> Statement((), make("eq", (mul(X, pinv(X), X), X))).given
()
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lemmata.kernel.term import ShapeError, Term, from_json, to_json

__all__ = ["Statement"]


@dataclass(frozen=True)
class Statement:
    """``given`` implies ``show``, for all dimensions and all values of the free symbols."""

    given: tuple[Term, ...]
    show: Term

    def __post_init__(self) -> None:
        if not all(prop.sort == "prop" for prop in (*self.given, self.show)):
            raise ShapeError("a statement is made of propositions")

    def to_json(self) -> dict[str, Any]:
        return {"given": [to_json(g) for g in self.given], "show": to_json(self.show)}

    @classmethod
    def from_json(cls, data: Any) -> Statement:
        return cls(tuple(map(from_json, data["given"])), from_json(data["show"]))
