"""Data for hypotheses about whole block matrices: psd([A B; B^T C]), orthogonal([A B; C D]).

Blocks that are drawn one by one hardly ever make a semidefinite matrix.  So the whole is drawn and the
blocks are read off: A = E_1^T M E_1, B = E_1^T M E_2, with the selectors of the partition.

>>> from lemmata.kernel.term import symbol
>>> from lemmata.terms.blocks import block
>>> from lemmata.terms.forms import is_
>>> A, B, C = symbol("A", "m", "m"), symbol("B", "m", "n"), symbol("C", "n", "n")
>>> whole = block([[A, B], [B.T, C]], ("m", "n"), ("m", "n"))
>>> [g.head for g in drawn_whole((is_("psd", whole),))]
['is', 'eq', 'eq', 'eq', 'is']
"""

from __future__ import annotations

from collections.abc import Iterable

from lemmata.kernel.term import Term, make, mul, symbol, symbols_of
from lemmata.terms.blocks import Grid, grid_of, selector
from lemmata.terms.forms import equation, is_

__all__ = ["MARK", "drawn_whole", "is_whole"]

MARK = "⟦"
"""Names that begin with it are drawn, so that others can be read off, and not shown to anyone."""


def is_whole(name: str) -> bool:
    """The name of a matrix that was drawn for others; not shown to anyone."""
    return MARK in name


def drawn_whole(given: tuple[Term, ...]) -> tuple[Term, ...]:
    """The hypotheses, with a letter for each block matrix that one is about and its blocks as parts of it."""
    found = list(given)
    taken = _fixed(given)
    for g in given:
        about = _about(g)
        grid = grid_of(about) if about is not None else None
        if about is None or grid is None:
            continue
        blocks = _letters(grid)
        if blocks is None or taken & set(blocks):
            continue
        taken |= set(blocks)
        domain = "complex" if any(s.value[3] == "complex" for s in blocks) else "real"
        whole = symbol(f"{MARK}{','.join(s.name for s in blocks)}", *about.shape, domain)
        for s, (i, j) in blocks.items():
            E, F = selector(grid.heights, i), selector(grid.widths, j)
            found.append(equation(s, mul(E.T, whole, F)))
        found.append(
            is_(str(g.value), whole)
            if g.head == "is"
            else make(g.head, (whole, make("zero", (), about.shape)))
        )
    return tuple(found)


def _about(g: Term) -> Term | None:
    """The matrix of which a property is asked: psd(M), M >= 0."""
    if g.head == "is":
        return g.args[0]
    return g.args[0] if g.head in ("ge", "gt") and g.args[1].head == "zero" else None


def _letters(grid: Grid) -> dict[Term, tuple[int, int]] | None:
    """Each letter and its place, where every block is a letter or the adjoint of the mirrored one."""
    found: dict[Term, tuple[int, int]] = {}
    if len(grid.heights) < 2 or len(grid.widths) < 2:
        return None
    for i, row in enumerate(grid.rows):
        for j, entry in enumerate(row):
            if entry is None:
                return None
            if entry.head == "symbol" and entry not in found and not entry.value[4]:
                found[entry] = (i, j)
            elif not (entry.head == "adjoint" and found.get(entry.args[0]) == (j, i)):
                return None
    return found


def _fixed(given: Iterable[Term]) -> set[Term]:
    """The letters that an equation defines, or that depend on a variable."""
    sides = {side for g in given if g.head == "eq" for side in g.args}
    return {s for g in given for s in symbols_of(g) if s in sides or s.value[4]}
