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

from flint import acb, acb_mat, fmpq

from lemmata.grade.evaluate.arithmetic import adjoint_of, eye, inverse_of, plus, times
from lemmata.grade.evaluate.propositions import holds
from lemmata.grade.values import NoValue, Value, evaluate, rational, value_of_rows
from lemmata.kernel.term import Term, subterms
from lemmata.refute.instance import complex_text
from lemmata.terms.blocks import parts_of, selected, size_of

__all__ = ["Instance", "instances", "printed", "shaped"]

STANDING = "sigma_9"  # the letters of lemmata.grade.reading.operators, which are nobody's
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
        s.name: [[_text(x) for x in row] for row in v.tolist()[: 8 if s.name.endswith("_•") else None]]
        for s, v in instance.values.items()
        if (rational(v) or s.value[3] == "complex") and not s.name.startswith(STANDING)
    }


def _text(x: fmpq | acb) -> str:
    if isinstance(x, fmpq):
        return str(x)
    return complex_text(*(Fraction(float(part.mid())) for part in (x.real, x.imag)))


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
    if domain == "complex" and turn % 2:  # the first instance is real, and on the second conj(z) is not z
        return _complex_draw(rows, cols, letter, given, source)
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
    return _with_properties(a, letter, given)


def _complex_draw(rows: int, cols: int, letter: Term, given: Sequence[Term], source: random.Random) -> Value:
    """Quarters as real and imaginary parts: binary fractions, which balls hold exactly."""

    def quarter() -> float:
        return (source.getrandbits(16) % 17 - 8) / 4

    a: Value = acb_mat([[acb(quarter() or 1.5, quarter() or 0.5) for _ in range(cols)] for _ in range(rows)])
    return _with_properties(a, letter, given)


def _with_properties(a: Value, letter: Term, given: Sequence[Term]) -> Value:
    for prop in given:
        if prop.head == "is" and prop.args[0] is letter:
            a = shaped(prop.value, a)
    return a


def shaped(name: str, a: Value) -> Value:
    """A matrix with a property, made from an arbitrary square one."""
    t, one = adjoint_of(a), eye(a.nrows())
    if name == "symmetric":
        return plus(a, t)
    if name in ("psd", "spd"):
        return plus(times(t, a), one if name == "spd" else one * 0)
    if name == "diagonal":
        return type(a)([[x if i == j else 0 * x for j, x in enumerate(r)] for i, r in enumerate(a.tolist())])
    if name == "orthogonal":
        skew = a - t
        return times(plus(one, -1 * skew), inverse_of(plus(one, skew)))  # Cayley; I + skew is invertible
    return a


def _satisfies(given: Iterable[Term], values: dict[Term, Value], dims: dict[str, int]) -> bool:
    try:
        return all(holds(prop, values, dims) for prop in given)
    except NoValue:
        return False
