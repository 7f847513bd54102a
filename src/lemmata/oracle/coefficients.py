"""What the coefficients of a polynomial show at once: its sign, its symbols, its parts in one letter."""

from __future__ import annotations

from lemmata.oracle.ratios import GENERATORS, Poly, letters_of, monomials, polynomial
from lemmata.oracle.world import World

__all__ = ["coefficient", "has_sign", "linear_parts", "symbols_in"]


def has_sign(world: World, f: Poly, strict: bool) -> bool:
    """Whether every term of f is nonnegative (strict: and one positive) by the signs of its letters."""
    signs = world.signs
    positive = False
    for e, c in monomials(f):
        if c < 0 or any(x % 2 and not signs[n] for n, x in enumerate(e) if x):
            return False
        positive = positive or all(signs[n] == 2 for n, x in enumerate(e) if x)
    return positive or not strict or _sum_positive(world, f)


def _sum_positive(world: World, f: Poly) -> bool:
    """A sum of nonnegative terms is positive if one of its terms is."""
    for e, _ in monomials(f):
        names = [n for n, x in enumerate(e) if x]
        if all(world.signs[n] == 2 or any(not divmod(p, GENERATORS[n])[1] for p in world.nonzero)
               for n in names):  # fmt: skip
            return True
    return False


def symbols_in(world: World, f: Poly) -> set[int]:
    """The symbols in f, those inside roots, exponentials and the like among them."""
    todo, found = set(letters_of(f)), set()
    while todo:
        n = todo.pop()
        letter = world.letters[n]
        if letter.kind == "symbol":
            found.add(n)
        for r in letter.of:
            todo |= r.letters()
    return found


def coefficient(f: Poly, n: int, degree: int) -> Poly:
    """The coefficient of the n-th letter to this degree."""
    return polynomial({(*e[:n], 0, *e[n + 1 :]): c for e, c in monomials(f) if e[n] == degree})


def linear_parts(f: Poly, n: int) -> tuple[Poly, Poly]:
    """(a, b) with f = a + b x for the n-th letter x, where f is linear in it."""
    return coefficient(f, n, 0), coefficient(f, n, 1)
