r"""A second look at a step of a derivation that no proof was found for.

    (x^2 - 4)/(x - 2) = x + 2        the same rational function: decided
    x <= 1000  for x > 0             holds at 200 small numbers, fails at 1001: refuted

Instances that a search draws are small.  Here they are not: numbers of all magnitudes and naturals far out,
matrices up to 6 x 6, singular ones, ones with equal rows, powers of ten as entries.  What is found here is
evaluated by ``lemmata.grade.values`` and not by ``lemmata.refute``: the two would have to err together.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lemmata.grade.evaluate.arithmetic import NoValue, enclosed
from lemmata.grade.evaluate.probe import Instance, printed, shaped
from lemmata.grade.evaluate.propositions import holds
from lemmata.grade.judge.polynomials import zeros_of
from lemmata.grade.values import Value, value_of_rows
from lemmata.kernel.term import Term, add, mul, subterms, symbols_of
from lemmata.terms.blocks import parts_of, selected, size_of
from lemmata.terms.forms import neg

__all__ = ["Second", "second_look"]

TRIES = 90
MAGNITUDES = [
    Fraction(0),
    *(Fraction(10) ** k for k in (0, 1, 2, 3, 6, -1, -3, -6)),
    Fraction(7, 3),
    Fraction(2),
]
NATURALS = [0, 1, 2, 3, 4, 5, 7, 10, 11, 16, 25, 40, 41, 64, 99, 100]
SIZES = (1, 2, 2, 3, 3, 4, 4, 5, 6)


@dataclass(frozen=True)
class Second:
    """word: identical (decided), fails (with an instance), holds (on ``instances``), or open."""

    word: str
    instances: int = 0
    counterexample: dict[str, Any] | None = None


@enclosed
def second_look(prop: Term, given: Sequence[Term]) -> Second:
    """Decide the proposition, or try it at instances of the hypotheses far from where a search looks."""
    letters = tuple(dict.fromkeys(s for p in (prop, *given) for s in symbols_of(p) if selected(s) is None))
    if prop.head == "eq" and prop.args[0].is_scalar and all(s.is_scalar for s in symbols_of(prop)):
        try:
            if zeros_of([add(prop.args[0], neg(prop.args[1]))])[0].trivial:
                return Second("identical")
        except (NoValue, ArithmeticError, KeyError):
            pass
    if _solutions_kept(prop, given):
        return Second("identical")
    if any(
        t.head in ("diff", "at", "limit", "grad", "forall", "exists")
        for p in (prop, *given)
        for t in subterms(p)
    ):
        return Second("open")
    if any(s.value[4] or s.value[3] == "complex" for s in letters):
        return Second("open")
    tried = 0
    for instance in _instances(letters, prop, given):
        try:
            if not all(holds(p, instance.values, instance.dims) for p in given):
                continue
            truth = holds(prop, instance.values, instance.dims)
        except (ValueError, ArithmeticError):  # also NoValue, TooLarge and ShapeError: no truth value here
            continue
        tried += 1
        if not truth:
            return Second("fails", tried, dict(printed(instance)))
    return Second("holds" if tried >= 20 else "open", tried)


def _solutions_kept(prop: Term, given: Sequence[Term]) -> bool:
    """x^2 = 9 ==> x = 3 or x = -3: every real factor of a premise is one of the conclusion."""
    parts = prop.args if prop.head == "or" else (prop,)
    if any(p.head != "eq" or not p.args[0].is_scalar for p in parts):
        return False
    known = [g.args if g.head == "or" else (g,) for g in given]
    premises = [k for k in known if all(g.head == "eq" and g.args[0].is_scalar for g in k)]
    residuals = [mul(*(add(p.args[0], neg(p.args[1])) for p in some)) for some in (parts, *premises)]
    if not premises or any(not s.is_scalar for r in residuals for s in symbols_of(r)):
        return False
    try:
        conclusion, *supposed = zeros_of(residuals)
    except (NoValue, ArithmeticError, KeyError):
        return False
    return any(
        not (k.opaque or conclusion.opaque) and k.factors and k.factors <= conclusion.factors
        for k in supposed
    )


def _instances(letters: Sequence[Term], prop: Term, given: Sequence[Term]) -> Iterator[Instance]:
    source = random.Random(20 + len(letters))
    names = sorted({d for p in (prop, *given) for t in subterms(p) for d in _dims(t)})
    for turn in range(TRIES):
        dims = {d: source.choice(SIZES) for d in names}
        yield Instance(dims, {s: _value(s, dims, given, source, turn) for s in letters})


def _dims(node: Term) -> list[str]:
    sizes = {"symbol": node.shape, "zero": node.value, "identity": (node.value,), "dim": (node.value,)}
    return [p for d in sizes.get(node.head, ()) for p in parts_of(d) if isinstance(p, str)]


def _value(
    letter: Term, dims: dict[str, int], given: Sequence[Term], source: random.Random, turn: int
) -> Value:
    rows, cols = (size_of(d, dims) for d in letter.shape)
    if letter.shape == (1, 1):
        return value_of_rows([[_number(letter.value[3], source, turn)]])
    spread = (1, 2, 9, 1000)[turn % 4]
    table = [[Fraction(source.randrange(-spread, spread + 1)) for _ in range(cols)] for _ in range(rows)]
    kind = turn % 5
    if kind == 1 and rows > 1:  # of low rank
        table = [[x * (i + 1) for x in table[0]] for i in range(rows)]
    elif kind == 2:  # mostly zero
        table = [[x if source.random() < 0.35 else Fraction(0) for x in row] for row in table]
    elif kind == 3 and rows == cols:  # strictly upper triangular: nilpotent
        table = [[x if j > i else Fraction(0) for j, x in enumerate(row)] for i, row in enumerate(table)]
    properties = {p.value for p in given if p.head == "is" and p.args[0] is letter}
    if rows == cols and properties:
        value = value_of_rows(table)
        for name in sorted(properties):
            value = shaped(name, value)
        return value
    return value_of_rows(table)


def _number(domain: str, source: random.Random, turn: int) -> Fraction:
    if domain == "natural":
        return Fraction(NATURALS[turn] if turn < len(NATURALS) else source.choice(NATURALS))
    size = (
        MAGNITUDES[turn]
        if turn < len(MAGNITUDES)
        else source.choice(MAGNITUDES) * Fraction(source.randrange(1, 30), 10)
    )
    if domain in ("positive", "nonnegative", "time"):
        return size if size or domain != "positive" else Fraction(1, 7)
    return -size if source.random() < 0.5 else size
