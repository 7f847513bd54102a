"""One instance against one conclusion: what a counterexample is and when something is one.

`judge` decides exactly (or in balls).  A conclusion that is false at a model of the hypotheses is
*refuted*; one that is undefined there, as X^T (X X^T)^{-1} at X = [0], is *rejected*: no statement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flint import arb_mat, fmpq_mat

from lemmata.kernel.term import Term
from lemmata.refute.balls import Balls
from lemmata.refute.decide import Truth, decide
from lemmata.refute.exact import Surd
from lemmata.refute.instance import Instance, describe, strings, undefined_reason
from lemmata.refute.quantified import unsolvable
from lemmata.refute.rational import precision
from lemmata.refute.system import Diverges, Irrational, NumberError, Undefined

__all__ = ["Counterexample", "assignments", "judge"]

Matrix = list[list[str]]


@dataclass(frozen=True)
class Counterexample:
    """Exact data at which a statement fails.

    ``values`` maps slots ("A", "w'", "w(0)") to exact strings row by row; ``lhs`` and ``rhs`` are the
    two sides of a relation, ``lhs`` alone the argument of a property (decimals where irrational);
    ``kind`` is "refuted" or "rejected"; ``show`` is the part of the conclusion that fails.
    """

    kind: str
    dims: Mapping[str, int]
    values: Mapping[str, Matrix]
    lhs: Matrix | None
    rhs: Matrix | None
    reason: str
    seed: int = 0
    show: Term | None = field(default=None, compare=False, repr=False)
    instance: Instance | None = field(default=None, compare=False, repr=False)

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "dims": dict(self.dims), "values": dict(self.values), "lhs": self.lhs,
            "rhs": self.rhs, "reason": self.reason, "seed": self.seed,
        }  # fmt: skip


def assignments(values: Mapping[str, Any]) -> list[str]:
    """The data of a counterexample line by line, as claim text has them: A = [1 0; 0 1]."""
    return [
        f"{name} = [{'; '.join(' '.join(map(str, row)) for row in rows)}]"
        if isinstance(rows, (list, tuple)) and rows and all(isinstance(row, (list, tuple)) for row in rows)
        else f"{name} = {rows}"
        for name, rows in values.items()
    ]


_RELATIONS = ("eq", "ne", "le", "lt", "ge", "gt")
_REASONS = {"eq": "the two sides differ", "ne": "the two sides are equal"}


def judge(show: Term, instance: Instance, seed: int = 0) -> Counterexample | None:
    """A counterexample if ``show`` is false or undefined at the instance, which satisfies the hypotheses."""
    try:
        if decide(show, instance) is not Truth.FALSE:
            return None
        kind, reason = "refuted", _reason(show, instance)
    except Diverges as error:
        kind, reason = "refuted", undefined_reason(error)
    except Undefined as error:
        kind, reason = "rejected", undefined_reason(error)
    except NumberError:
        return None
    sides: list[Matrix | None] = [None, None]
    if show.head in _RELATIONS and show.args[0].sort == "matrix":
        sides = [written(a, instance) for a in show.args]
    elif show.head in ("is", "in"):
        sides[0] = written(show.args[0], instance)
    return Counterexample(
        kind, dict(instance.dims), _values(instance, show), sides[0], sides[1], reason, seed, show, instance
    )


def _reason(show: Term, instance: Instance) -> str:
    if show.head == "exists":
        letters = " and ".join(s.name for s in show.args[:-1])
        return "; ".join(
            filter(None, [f"there is no such {letters}", unsolvable(instance.evaluator(), show)])
        )
    if show.head in ("le", "lt", "ge", "gt"):
        if show.args[0].shape == (1, 1):
            return "the inequality fails"
        strict = show.head in ("lt", "gt")
        return "the difference is not positive " + ("definite" if strict else "semidefinite")
    if show.head == "is":
        name = {"psd": "positive semidefinite", "spd": "positive definite", "projection": "a projection"}
        return f"{describe(show.args[0])} is not {name.get(show.value, show.value)}"
    if show.head in ("in", "subset"):
        link = "does not lie in" if show.head == "in" else "is not contained in"
        return f"{describe(show.args[0])} {link} {describe(show.args[1])}"
    return _REASONS.get(show.head, "the conclusion is false")


def _values(instance: Instance, show: Term) -> dict[str, Matrix]:
    """Every slot, and the symbols that are defined by others."""
    out = instance.strings()
    for name, body in instance.definitions.items():
        if name not in out:
            value = written(body, instance)
            if value is not None:
                out[name] = value
    return out


def written(term: Term, instance: Instance) -> Matrix | None:
    """The value of a term as strings: exact if rational or a square root, else decimals of a ball."""
    try:
        try:
            value = instance.value(term)
        except Irrational:
            with precision(256):
                value = instance.evaluator(Balls()).value(term)
    except NumberError:
        return None
    if type(value) is Surd:
        if value.shape == (1, 1):
            return [[_surd(value)]]
        with precision(256):
            value = value.ball()
    if type(value) is fmpq_mat:
        return strings(value, instance.unit)
    if type(value) is arb_mat:
        return [[x.str(15, radius=False) for x in row] for row in value.tolist()]
    return None


def _surd(value: Surd) -> str:
    """ "1/2 + 3 sqrt(2)"."""
    out = ""
    for d, m in sorted(value.parts.items()):
        q = m[0, 0]
        size = abs(q)
        root = f"sqrt({d})" if size == 1 else f"{size} sqrt({d})"
        text = str(size) if d == 1 else root
        sign = "-" if q < 0 else "+"
        out += f" {sign} {text}" if out else ("-" if q < 0 else "") + text
    return out
