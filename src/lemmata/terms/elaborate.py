r"""From what was written to what was meant: shapes are inferred, then terms are built.

``Inference`` gives every node of the syntax tree a shape; ``build`` makes the term, when every
dimension has a value:

    X^T X + lambda I = 0      with X : R^{m x n}   gives   identity("n")   and   zero("n", "n")

A size that stays open is an error which asks for ``I_n``.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from lemmata.kernel import term as T
from lemmata.kernel.term import Dim, Shape, ShapeError, Term
from lemmata.terms import forms
from lemmata.terms.blocks import block, parts_of, sum_of
from lemmata.terms.inference import Inference
from lemmata.terms.shapes import OpenShape, known, unify_shapes
from lemmata.terms.syntax import Node

__all__ = ["elaborate", "infer_together"]

MOST_BLOCKS = 20


def elaborate(node: Node, text: str) -> Term:
    """The term of a syntax tree.  Raises ReadError with the place in ``text``."""
    worker = Elaborator(text)
    worker.infer(node, True)
    return worker.build(node)


def infer_together(nodes: list[Node], text: str, like: Shape | None = None) -> list[Term]:
    """The terms of the members of one chain, all of one shape (``like``, where given)."""
    worker = Elaborator(text)
    shape: OpenShape | None = like
    for node in nodes:
        worker.infer(node, True)
        if node.sort == "matrix":
            if shape is not None and not unify_shapes(shape, node.shape):
                raise worker.differ("compared", nodes[0], node, shape)
            shape = node.shape if shape is None else shape
    return [worker.build(node) for node in nodes]


class Elaborator(Inference):
    """The second pass."""

    def build(self, node: Node) -> Term:
        """The term of a node whose shapes have been inferred."""
        try:
            return _BUILD[node.kind](self, node)
        except ShapeError as error:
            raise self.fail(str(error), node) from error

    def parts(self, node: Node) -> tuple[Term, ...]:
        return tuple(self.build(child) for child in node.args)

    def number(self, node: Node) -> Term:
        rows, cols = map(known, node.shape)
        if node.value == 0 and rows is not None and cols is not None and (rows, cols) != (1, 1):
            return forms.zero(rows, cols)
        return T.number(node.value)

    def make_identity(self, node: Node) -> Term:
        size = known(node.shape[0])
        if size is None:
            raise self.fail("the size of this I does not follow from what stands around it", node, "I_n")
        if size == 1 and node.value is None:
            raise self.fail("this I would be 1 x 1", node, "1, or I_1 if that is meant")
        return T.identity(size)

    def initial(self, node: Node) -> Term:
        """w_0 or x_0 in the definition of w or x; a column where nothing says otherwise."""
        rows, cols = map(known, node.shape)
        if rows is None:
            raise self.fail(
                f"the shape of {node.value.name} does not follow from this definition",
                node,
                f"let {node.value.name} : R^n",
            )
        width = 1 if cols is None else cols
        if not node.value.sequence:
            return T.symbol(node.value.name, rows, width, node.value.domain)
        if node.value.of:
            return forms.at(T.symbol(node.value.sequence, rows, width, "real", node.value.of), T.number(0))
        return T.symbol(node.value.name, rows, width)

    def add(self, node: Node) -> Term:
        return T.make("add", self.parts(node))

    def minus(self, node: Node) -> Term:
        """a - b is a + (-1) b, with b as one factor."""
        return forms.neg(self.build(node.args[0]))

    def negative(self, node: Node) -> Term:
        """-A B is (-1) A B, -3 x is (-3) x, -(A B) is (-1) (A B)."""
        body = node.args[0]
        if body.kind == "num" and (not body.paren or body.value.denominator != 1):
            zero = self.number(body)
            return zero if zero.head == "zero" else T.number(-body.value)
        if body.kind in ("mul", "dots") and not body.paren:
            factors = self.factors(body)
            if factors is not None:
                first = body.args[0]
                while first.kind in ("mul", "dots") and not first.paren:
                    first = first.args[0]
                if (
                    first.kind == "num"
                    and factors[0].value == first.value
                    and (not first.paren or first.value.denominator != 1)
                ):
                    return T.mul(T.number(-first.value), *factors[1:])
                return T.mul(T.number(-1), *factors)
        return forms.neg(self.build(body))

    def factors(self, node: Node) -> tuple[Term, ...] | None:
        """The factors of a written product, also with \\cdot; None where an inner product is meant."""
        if node.kind == "dots":
            if "inner" in node.value:
                return None
            found: list[Term] = []
            for child in node.args:
                inner = self.factors(child) if child.kind == "mul" and not child.paren else None
                found.extend(inner if inner is not None else (self.build(child),))
            return tuple(found)
        return self.parts(node)

    def mul(self, node: Node) -> Term:
        return T.mul(*self.parts(node))

    def make_dots(self, node: Node) -> Term:
        factors = self.factors(node)
        if factors is not None:
            return T.mul(*factors)
        done = self.build(node.args[0])
        for step, child in zip(node.value, node.args[1:], strict=True):
            right = self.build(child)
            done = T.make("inner", (done, right)) if step == "inner" else T.mul(done, right)
        return done

    def mark(self, node: Node) -> Term:
        head = {"T": "adjoint", "*": "adjoint", "+": "pinv", "-1": "inverse", "perp": "perp"}[node.value]
        return T.make(head, self.parts(node))

    def make_conjugate(self, node: Node) -> Term:
        """The conjugate of a number, or its real or imaginary part."""
        number = self.build(node.args[0])
        conjugate = T.make("adjoint", (number,))
        half = T.number(Fraction(1, 2))
        if node.value == "real":
            return T.mul(half, T.add(number, conjugate))
        if node.value == "imaginary":
            return T.mul(half, forms.constant("i"), T.add(conjugate, forms.neg(number)))
        return conjugate

    def make_limit(self, node: Node) -> Term:
        body, point = self.parts(node)
        return forms.limit(body, node.value[0], point, node.value[1])

    def make_dimension(self, node: Node) -> Term:
        """Rank and nullity: dim Null(A) = n - rank(A)."""
        body = node.args[0]
        of = self.build(body.args[0])
        rank = T.make("rank", (of,))
        width = T.add(*map(T.dim, parts_of(of.shape[1])))
        return rank if body.value != "null" else width - rank

    def make_grid(self, node: Node) -> Term:
        """A matrix of numbers, or a block matrix whose parts have sizes by now."""
        if node not in self.partitions:
            return T.make("literal", self.parts(node), node.value)
        entries = self.parts(node)
        sizes: list[tuple[Dim, ...]] = []
        for what, dims in zip(("row", "column"), self.partitions[node], strict=True):
            found = [d for d in map(known, dims) if d is not None]
            if len(found) < len(dims):
                place = next(k for k, d in enumerate(dims, 1) if known(d) is None)
                raise self.fail(
                    f"the size of block {what} {place} does not follow from what stands around it",
                    node,
                    "0_{m x n}, a zero with its size",
                )
            sizes.append(tuple(found))
        heights, widths = sizes
        if max(len(parts_of(sum_of(parts))) for parts in sizes) > MOST_BLOCKS:
            raise self.fail(f"more than {MOST_BLOCKS} blocks in a row or a column", node)
        cols = len(widths)
        return block([entries[r * cols : (r + 1) * cols] for r in range(len(heights))], heights, widths)

    def make_row(self, node: Node) -> Term:
        return self.make_grid(node) if node in self.partitions else self.build(node.value)

    def make_chain(self, node: Node) -> Term:
        parts = self.parts(node)
        found = tuple(_relation(r, a, b) for r, a, b in zip(node.value, parts, parts[1:], strict=False))
        return found[0] if len(found) == 1 else T.make("and", found)

    def make_minimiser(self, node: Node) -> Term:
        """w = argmin_v f(v) says f(w) <= f(v) for all v, and equality only for v = w; "in" says the first."""
        at, (variable, only_one) = self.build(node.args[0]), node.value
        _, scope = node.args[1].value
        body = scope.written_out(self.build(node.args[1].args[0]), variable.name)
        used = {s.name for s in T.symbols_of(body)} | {s.name for s in T.symbols_of(at)}
        name = next(n for n in ("v", "u", "z", *(f"v_{k}" for k in range(99))) if n not in used)
        free = T.symbol(name, *variable.value[1:4])
        here, there = T.substitute(body, {variable: at}), T.substitute(body, {variable: free})
        best = forms.relation("le", here, there)
        if not only_one:
            return T.make("forall", (free, best))
        only = T.make("implies", (forms.relation("le", there, here), forms.equation(free, at)))
        return T.make("forall", (free, T.make("and", (best, only))))

    def make_law(self, node: Node) -> Term:
        """normal(N) says N^* N = N N^*, skew(S) says S^* = -S."""
        a = self.build(node.args[0])
        if node.value == "skew":
            return forms.equation(forms.adjoint(a), forms.neg(a))
        return forms.equation(T.mul(forms.adjoint(a), a), T.mul(a, forms.adjoint(a)))

    def quantified(self, node: Node) -> Term:
        return T.make(node.value[0], (*node.value[1], self.build(node.args[0])))

    def headed(self, node: Node) -> Term:
        """Nodes that are their head: implies, and, exp, …"""
        return T.make(node.kind, self.parts(node), node.value)

    def valued(self, node: Node) -> Term:
        """Nodes whose value is the head of the term: rank, col, set, …"""
        return T.make(node.value, self.parts(node))


def _relation(name: str, left: Term, right: Term) -> Term:
    if name == "supset":
        return forms.relation("subset", right, left)
    if name == "notin":
        return T.make("not", (forms.relation("in", left, right),))
    if name == "perp":
        if left.sort == "space":
            return forms.relation("subset", left, forms.space("perp", right))
        return forms.equation(T.make("inner", (left, right)), T.number(0))
    return forms.relation(name, left, right)


def _symbol(node: Node) -> Term:
    symbol: Term = node.value
    return symbol


_E = Elaborator
_BUILD: dict[str, Callable[[Elaborator, Node], Term]] = {
    "num": _E.number, "name": lambda _, n: _symbol(n), "const": lambda _, n: forms.constant(n.value),
    "dim": lambda _, n: T.dim(n.value), "inf": lambda _, n: forms.infinity(),
    "identity": _E.make_identity,
    "zero": lambda _, n: forms.zero(*n.value), "pending": _E.initial, "neg": _E.negative,
    "minus": _E.minus, "add": _E.add, "mul": _E.mul,
    "over": lambda s, n: T.inverse(s.build(n.args[0])), "dots": _E.make_dots, "mark": _E.mark,
    "conjugate": _E.make_conjugate,
    "pow": lambda s, n: T.make("power", s.parts(n)), "exp": _E.headed, "adjugate": _E.headed, "to_scalar": _E.valued,
    "norm": _E.headed, "inner": _E.headed, "call": _E.headed, "diff": _E.headed,
    "grad": lambda s, n: forms.grad(s.build(n.args[0]), n.value), "limit": _E.make_limit,
    "apply": lambda s, n: forms.at(*s.parts(n)), **dict.fromkeys(("literal", "list", "column", "spaced"), _E.make_grid),
    "beside": _E.make_row, "set": _E.valued,
    "interval": _E.headed, "space": _E.valued, "dimension": _E.make_dimension, "chain": _E.make_chain,
    "minimiser": _E.make_minimiser, "is": _E.headed, "law": _E.make_law, "quantified": _E.quantified,
    **dict.fromkeys(("and", "or", "not", "implies", "iff"), _E.headed),
}  # fmt: skip
