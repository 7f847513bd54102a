r"""Printing matrices written out: numbers as entries, or blocks.

>>> from lemmata.kernel.term import symbol
>>> from lemmata.terms.blocks import block
>>> from lemmata.terms.show import show
>>> A, B = symbol("A", "m", "n"), symbol("B", "m", "p")
>>> print(show(block([[A, B]], ("m",), ("n", "p"))), show(block([[A, B]], ("m",), ("n", "p")), "latex"))
[A B] \begin{pmatrix} A & B \end{pmatrix}

A zero block is shown as ``0`` where its size follows from its neighbours, else as ``0_{m x n}``.
"""

from __future__ import annotations

from lemmata.kernel.term import Dim, Term
from lemmata.terms.blocks import Grid, grid_of
from lemmata.terms.printer import ATOM, SUM, Algebra, Hole, Out, Piece, join, weave
from lemmata.terms.shapes import OpenDim, OpenShape, Sum, Unknown, is_scalar, unify

__all__ = ["Matrices"]


class Matrices(Algebra):
    """Printers of matrices written out."""

    def literal(self, term: Term) -> Out:
        rows, cols = term.value
        cells = [self.at_least(a, SUM).pieces for a in term.args]
        table = [cells[r * cols : (r + 1) * cols] for r in range(rows)]
        if self.latex:
            return Out(_environment(table), ATOM, term.shape)
        if cols == 1 and rows > 1:
            return Out(["[", *weave([row[0] for row in table], ", "), "]"], ATOM, term.shape)
        body = weave([weave(row, ", ") for row in table], "; ")
        left, right = ("[[", "]]") if rows == 1 else ("[", "]")
        return Out([left, *body, right], ATOM, term.shape)

    def block(self, term: Term) -> Out | None:
        """The block matrix that a sum is; None for any other sum."""
        grid = grid_of(term)
        if grid is None:
            return None
        entries = [e for row in grid.rows for e in row if e is not None]
        sized = all(e.is_scalar for e in entries)  # else it would read back as a matrix of numbers
        table = [
            [
                self.zero_block(h, w, sized) if e is None else self.at_least(e, SUM)
                for e, w in zip(row, grid.widths, strict=True)
            ]
            for row, h in zip(grid.rows, grid.heights, strict=True)
        ]
        return Out(self.laid_out(table), ATOM, _measured(grid, table))

    def zero_block(self, height: Dim, width: Dim, sized: bool) -> Out:
        shape: OpenShape = (height, width) if sized else (Unknown(), Unknown())
        return Out([Hole((Unknown(), Unknown()) if sized else shape, (height, width))], ATOM, shape)

    def laid_out(self, table: list[list[Out]]) -> list[Piece]:
        """[A B; C D] while no entry has a space in it, else [A, B; C, D]; one row needs no comma or two brackets."""
        cells = [[out.pieces for out in row] for row in table]
        if self.latex:
            return _environment(cells)
        simple = all(_simple(join(cell, self.style)) for row in cells for cell in row)
        if len(cells) == 1:
            listed = any(join(cell, self.style).startswith("[") for cell in cells[0])
            if not simple or listed or is_scalar(table[0][0].shape):
                return ["[[", *weave(cells[0], ", "), "]]"]
        if len(cells[0]) == 1:
            # A row that ends where white space begins shows that white space ends no entry.
            bare = any(_simple(join(c, self.style)) for (c,) in cells)
            column = [c if bare else ["(", *c, ")"] for (c,) in cells]
            return ["[", *weave(column, "; "), "]"]
        return ["[", *weave([weave(row, " " if simple else ", ") for row in cells], "; "), "]"]


def _environment(cells: list[list[list[Piece]]]) -> list[Piece]:
    body = weave([weave(row, " & ") for row in cells], r" \\ ")
    return [r"\begin{pmatrix} ", *body, r" \end{pmatrix}"]


def _measured(grid: Grid, table: list[list[Out]]) -> OpenShape:
    """The shape that a reader infers."""

    def total(lines: list[list[OpenDim]]) -> OpenDim:
        for line in lines:
            for other in line[1:]:
                unify(line[0], other)
        return lines[0][0] if len(lines) == 1 else Sum(tuple(line[0] for line in lines))

    rows = [[out.shape[0] for out in row] for row in table]
    cols = [[out.shape[1] for out in col] for col in zip(*table, strict=True)]
    return total(rows), total(cols)


def _simple(text: str) -> bool:
    """Whether an entry ends where white space begins, as in A^{-1} and -tr(A B), and is no more than one operand."""
    depth, before = 0, ""
    for c in text:
        depth -= c in ")]}"
        script = before in ("^", "_")
        if depth == 0 and (c in " /*|<>,;‖⟨⟩" or (c in "+-" and before and not script)):
            return False
        depth += c in "([{"
        before = c
    return True
