r"""Shapes of matrices written out: numbers as entries, or blocks.

    [1 2; 3 4]         a matrix of numbers
    [A B; C D]         blocks: equal heights in a row, equal widths in a column
    [I 0; B I]         the sizes of I and 0 follow from their neighbours
    [A B]              side by side where the heights agree, else the product A B in brackets
    [A, B]             side by side or one above the other, where the sizes leave one way

The height of a block matrix is the sum of the heights of its rows, part by part: m+n, n+1.
"""

from __future__ import annotations

from lemmata.terms.errors import IllTyped, ReadError
from lemmata.terms.expressions import Expressions, bare_zero
from lemmata.terms.shapes import (
    SCALAR,
    OpenDim,
    Sum,
    equal,
    is_scalar,
    known,
    show_shape,
    unify,
    unify_shapes,
)
from lemmata.terms.syntax import Node

__all__ = ["Grids"]


class Grids(Expressions):
    """The rules for matrices written out."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.settled: set[Node] = set()  # inferred already, as entries of a row
        self.partitions: dict[Node, tuple[list[OpenDim], list[OpenDim]]] = {}  # of block matrices

    def literal(self, node: Node, flexible: bool) -> None:
        rows, cols = node.value
        try:
            for child in node.args:
                self.matrix(child, bare_zero(child))
        except IllTyped:
            if node.kind == "spaced":
                raise self.unclear(node) from None
            raise
        blocks = [c for c in node.args if not is_scalar(c.shape) and not bare_zero(c)]
        if all(c.kind == "pending" for c in blocks):
            if node.kind == "column":
                raise self.fail("the rows of this matrix differ in length", node)
            for child in node.args:
                unify_shapes(child.shape, SCALAR)
            node.shape = node.value
        elif len(node.args) == 1:
            raise self.fail(
                "an entry of a matrix takes a number, but "
                f"{self.source(blocks[0])} is {show_shape(blocks[0].shape)}", blocks[0]
            )  # fmt: skip
        elif node.kind == "list" and (fit := _one_way(node)) is not None:
            node.value = fit
            self.grid(node, *fit)
        elif node.kind == "list":
            first, *_, last = map(self.source, node.args)
            raise self.fail(
                "matrices with commas between them can stand side by side or one above the other",
                node,
                f"write [{first} {last}] or [{first}; {last}]"
                if len(node.args) == 2
                else "write [A B] or [A; B]",
            )
        elif node.kind == "spaced":
            raise self.unclear(node)
        else:
            self.grid(node, rows, cols)

    def unclear(self, node: Node) -> ReadError:
        hint = "set commas between the entries, or brackets around them"
        return self.fail("it is not clear where an entry of this matrix ends", node, hint)

    def grid(self, node: Node, rows: int, cols: int) -> None:
        """A block matrix."""
        table = [node.args[r * cols : (r + 1) * cols] for r in range(rows)]
        heights = [self.aligned("row", r, cells, 0) for r, cells in enumerate(table)]
        widths = [self.aligned("column", c, cells, 1) for c, cells in enumerate(zip(*table, strict=True))]
        self.partitions[node] = heights, widths
        node.shape = _total(heights), _total(widths)

    def aligned(self, what: str, place: int, cells: tuple[Node, ...], side: int) -> OpenDim:
        """The common height of a row of blocks, or the common width of a column."""
        first = next((c for c in cells if known(c.shape[side]) is not None), cells[0])
        for cell in cells:
            if not unify(first.shape[side], cell.shape[side]):
                raise self.uneven(what, place, first, cell)
        return first.shape[side]

    def uneven(self, what: str, place: int, first: Node, cell: Node) -> ReadError:
        shapes = ", ".join(f"{self.source(c)} is {show_shape(c.shape)}" for c in (first, cell))
        differ = "heights" if what == "row" else "widths"
        one = any(c.kind == "num" and c.value == 1 for c in (first, cell))
        hint = "I for the identity" if one else ""
        return self.fail(f"block {what} {place + 1}: {shapes}: {differ} differ", cell, hint)

    def beside(self, node: Node, flexible: bool) -> None:
        """[A B]: a row of blocks where the heights agree, else the product in brackets (the value)."""
        for child in node.args:
            self.matrix(child, bare_zero(child))
        self.settled.update(node.args)
        scalars = [is_scalar(c.shape) for c in node.args]
        pending = any(c.kind == "pending" for c in node.args)  # its shape follows from the product
        row = not scalars[0] and not pending and _agree([c.shape[0] for c in node.args])
        if row or not (any(scalars) or pending or self.chained(node)):
            self.grid(node, 1, len(node.args))
        else:
            self.infer(node.value, flexible)
            node.sort, node.shape = node.value.sort, node.value.shape

    def chained(self, node: Node) -> bool:
        """Whether the blocks fit as the factors of a product, or as the members of a sum."""
        if node.value.kind == "add":
            return all(_agree([c.shape[side] for c in node.args]) for side in (0, 1))
        pairs = zip(node.args, node.args[1:], strict=False)
        return all(_agree([a.shape[1], b.shape[0]]) for a, b in pairs)


def _one_way(node: Node) -> tuple[int, int] | None:
    """Rows and columns of blocks with commas between them, where their sizes leave one way; None where two or none."""
    sizes = [[c.shape[side] for c in node.args] for side in (0, 1)]
    if any(known(d) is None for side in sizes for d in side):
        return None
    heights, widths = (_agree(side) for side in sizes)
    count = len(node.args)
    return None if heights == widths else (1, count) if heights else (count, 1)


def _agree(dims: list[OpenDim]) -> bool:
    """Whether they can all be the same, as far as they are known."""
    sure = [d for d in dims if known(d) is not None]
    return all(equal(sure[0], d) for d in sure[1:])


def _total(parts: list[OpenDim]) -> OpenDim:
    return parts[0] if len(parts) == 1 else Sum(tuple(parts))
