"""Random instances of the letters of a question: expressions that agree on all of them count as equal.

Instances are exact (small rationals), satisfy the declared hypotheses, and come in order of size, so that
the first one on which two expressions differ is a small counterexample.  They depend on the question
alone: the same answer always gets the same verdict.

Agreement on N instances is evidence and not a proof; the result says so ("exact on N instances").  For
expressions built with +, *, transpose and inverse two different ones agree at random small integers
only with small probability (Schwartz 1980, Zippel 1979).
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from flint import fmpq_mat

from lemmata.grade.propositions import holds
from lemmata.grade.values import NoValue, Value, evaluate, fractions, rational, value_of_rows
from lemmata.kernel.term import Term, subterms
from lemmata.terms.blocks import parts_of, selected, size_of

__all__ = ["Instance", "instances", "printed"]

STANDING = "sigma_9"  # the letters of lemmata.grade.operators, which are nobody's
DIMENSIONS = ((1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (3, 3))


@dataclass(frozen=True)
class Instance:
    """Sizes for the dimensions and values for the letters."""

    dims: dict[str, int]
    values: dict[Term, Value]

    def value(self, term: Term) -> Value:
        return evaluate(term, self.values, self.dims)


def printed(instance: Instance) -> dict[str, list[list[str]]]:
    """The letters with their entries as exact strings; of a sequence (``sequences``) the first eight elements."""
    return {
        s.name: [[str(x) for x in row] for row in fractions(v)[: 8 if s.name.endswith("_•") else None]]
        for s, v in instance.values.items()
        if rational(v) and not s.name.startswith(STANDING)
    }


@lru_cache(maxsize=256)
def instances(
    letters: tuple[Term, ...], given: tuple[Term, ...] = (), count: int = 24
) -> tuple[Instance, ...]:
    """Up to ``count`` instances of the letters under the hypotheses; an empty one where there is no letter.

    Raises NoValue when no instance was found.
    """
    names = sorted({d for t in (*letters, *given) for n in subterms(t) for d in _dims(n)})
    letters = tuple(s for s in letters if selected(s) is None)
    if not letters and not names:
        return (Instance({}, {}),)
    key = repr((letters, given))
    source = random.Random(int.from_bytes(hashlib.sha256(key.encode()).digest()))
    found: list[Instance] = []
    for sizes in _sizes(len(names), source, count):
        dims = dict(zip(names, sizes, strict=True))
        for attempt in range(12):
            values = {s: _draw(s, dims, given, source, attempt + len(found)) for s in letters}
            if _satisfies(given, values, dims):
                found.append(Instance(dims, values))
                break
        if len(found) == count:
            break
    if not found:
        raise NoValue("no instance of the hypotheses was found")
    return tuple(found)


def _dims(node: Term) -> list[str]:
    sizes = {"symbol": node.shape, "zero": node.value, "identity": (node.value,), "dim": (node.value,)}
    return [p for d in sizes.get(node.head, ()) for p in parts_of(d) if isinstance(p, str)]


def _sizes(n: int, source: random.Random, count: int) -> Iterable[tuple[int, ...]]:
    """Sizes of the dimensions, small ones first, then at random up to 4."""
    if n == 0:
        yield from ((),) * (3 * count)
        return
    if n == 1:
        yield from ((d,) for d in (1, 1, 2, 2, 2, 3, 3))
    elif n == 2:
        yield from DIMENSIONS
    else:
        yield (1,) * n
        yield (2,) * n
    for _ in range(12 * count):
        yield tuple(source.getrandbits(2) + 1 for _ in range(n))


def _draw(
    letter: Term, dims: dict[str, int], given: Sequence[Term], source: random.Random, turn: int
) -> Value:
    rows, cols = (size_of(d, dims) for d in letter.shape)
    domain = letter.value[3]
    spread = 2 if turn < 6 else 7

    def entry() -> Fraction:
        value = source.getrandbits(16) % (2 * spread + 1) - spread
        return Fraction(value) if letter.shape != (1, 1) else Fraction(value, 1 + source.getrandbits(2))

    if letter.shape == (1, 1):
        if domain == "natural":
            return value_of_rows([[Fraction(source.getrandbits(3) % 7)]])
        if domain in ("positive", "nonnegative", "time"):
            return value_of_rows([[abs(entry()) + Fraction(1, 2)]])
        return value_of_rows([[entry() or Fraction(3, 2)]])
    a = value_of_rows([[entry() for _ in range(cols)] for _ in range(rows)])
    for prop in given:
        if prop.head == "is" and prop.args[0] is letter:
            a = _shaped(prop.value, a)
    return a


def _shaped(name: str, a: fmpq_mat) -> fmpq_mat:
    """A matrix with a property, made from an arbitrary square one."""
    n, t = a.nrows(), a.transpose()
    eye = value_of_rows([[Fraction(int(i == j)) for j in range(n)] for i in range(n)])
    if name == "symmetric":
        return a + t
    if name in ("psd", "spd"):
        return t * a + (eye if name == "spd" else eye * 0)
    if name == "diagonal":
        return value_of_rows(
            [[x if i == j else Fraction(0) for j, x in enumerate(r)] for i, r in enumerate(fractions(a))]
        )
    if name == "orthogonal":
        skew = a - t
        return (eye - skew) * (eye + skew).inv()  # Cayley; I + skew is always invertible
    return a


def _satisfies(given: Iterable[Term], values: dict[Term, Value], dims: dict[str, int]) -> bool:
    try:
        return all(holds(prop, values, dims) for prop in given)
    except NoValue:
        return False
