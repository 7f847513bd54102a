r"""Shapes of expressions: products, sums, inverses, norms, derivatives.

Dimensions may be unknown (the I of ``I - P``, the 0 of ``X v = 0``); sums, products and relations
unify them.  Inner products (``u \cdot v`` of two vectors), absolute values and norms (``|x|``),
application and product (``w(0)``, ``w (I - P)``) are told apart here, by shape.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from lemmata.kernel.term import Term
from lemmata.terms.errors import IllTyped, Inexpressible, ReadError
from lemmata.terms.shapes import (
    SCALAR,
    OpenShape,
    Unknown,
    equal,
    is_scalar,
    resolve,
    show_open,
    show_shape,
    unify,
    unify_shapes,
)
from lemmata.terms.syntax import Node

__all__ = ["SORTS", "Expressions", "bare_zero", "walk"]

SORTS = {"matrix": "an expression", "space": "a subspace", "set": "a set", "prop": "a statement"}


class Expressions(ABC):
    """The rules for expressions; the layers above add matrices written out and statements."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.complex = False  # whether a complex symbol has been seen

    # --- errors -------------------------------------------------------------------------------

    def source(self, node: Node) -> str:
        words = " ".join(self.text[node.start : node.end].split())
        return words if len(words) <= 40 else words[:37] + "…"

    def fail(self, message: str, node: Node, hint: str = "") -> ReadError:
        return IllTyped.at(message, self.text, node.start, hint)

    def differ(self, verb: str, left: Node, right: Node, shape: OpenShape | None = None) -> ReadError:
        """Shapes that do not fit in a sum or a relation; 1 beside a matrix was meant as I."""
        first, second = shape or left.shape, right.shape
        hint = ""
        for node, other in ((left, second), (right, first)):
            bare = node.args[0] if node.kind in ("minus", "neg") else node
            if bare.kind == "num" and equal(*other) and not is_scalar(other):
                factor = "" if bare.value == 1 else f"{bare.value} "
                hint = f"{factor}I for a multiple of the identity"
        here = f"{self.source(left)} is {show_shape(first)} and {self.source(right)} is {show_shape(second)}"
        return self.fail(f"{here}: they cannot be {verb}", right, hint)

    # --- shapes -------------------------------------------------------------------------------

    @abstractmethod
    def infer(self, node: Node, flexible: bool = False) -> None:
        """Set sort and shape.  ``flexible``: a bare 0 may be a zero matrix here."""

    def matrix(self, node: Node, flexible: bool = False, what: str = "a matrix or a number") -> OpenShape:
        self.infer(node, flexible)
        if node.sort != "matrix":
            raise self.fail(f"{self.source(node)} is {SORTS[node.sort]}, expected {what}", node)
        return node.shape

    def scalar(self, node: Node, where: str) -> None:
        shape = self.matrix(node)
        if not unify_shapes(shape, SCALAR):
            raise self.fail(f"{where} takes a number, but {self.source(node)} is {show_shape(shape)}", node)

    def square(self, node: Node, where: str, hint: str = "") -> OpenShape:
        shape = self.matrix(node)
        if not unify(*shape):
            raise self.fail(
                f"{where} takes a square matrix, but {self.source(node)} is {show_shape(shape)}", node, hint
            )
        return shape

    def prop(self, node: Node, where: str) -> None:
        self.infer(node)
        if node.sort != "prop":
            raise self.fail(f"{where} takes statements, but {self.source(node)} is {SORTS[node.sort]}", node)

    def atom(self, node: Node, flexible: bool) -> None:
        if node.kind == "name":
            node.shape = node.value.shape
            self.complex |= node.value.value[3] == "complex"
        elif node.kind == "identity":
            size = Unknown() if node.value is None else node.value
            node.shape = (size, size)
        elif node.kind == "zero":
            node.shape = node.value
        elif node.kind == "pending":
            node.shape = node.value.shape
        elif node.kind == "num" and node.value == 0 and flexible:
            node.shape = (Unknown(), Unknown())

    def same(self, node: Node, flexible: bool) -> None:
        """minus and neg."""
        node.shape = self.matrix(node.args[0], flexible)

    def sum(self, node: Node, flexible: bool) -> None:
        first = node.args[0]
        shape = self.matrix(first, True)
        for other in node.args[1:]:
            if not unify_shapes(shape, self.matrix(other, True)):
                raise self.differ("added", first, other)
            shape = first.shape
        if not flexible and all(bare_zero(child) for child in node.args):
            unify_shapes(shape, SCALAR)  # 0 + 0 as a factor is a number
        node.shape = shape

    def times(self, left: OpenShape, right: Node, before: Node, all_: Node) -> OpenShape:
        """The shape of a product so far and one more factor."""
        if is_scalar(left):
            return right.shape
        if is_scalar(right.shape):
            return left
        inner, outer = resolve(left[1]), resolve(right.shape[0])
        if (
            not equal(inner, outer)
            and 1 in (inner, outer)
            and (isinstance(inner, Unknown) or isinstance(outer, Unknown))
        ):
            raise self.fail("the size of this product is not clear", all_, "write I_n, with its size")
        if not unify(inner, outer):
            product = self.text[all_.start : before.end]
            name = product if len(product) <= 40 else "the product before"
            raise self.fail(
                f"the product of {name} ({show_shape(left)}) and {self.source(right)} "
                f"({show_shape(right.shape)}) "
                f"does not fit: {show_open(inner)} is not {show_open(outer)}",
                right,
                self.repair(before, right),
            )
        return (left[0], right.shape[1])

    def repair(self, left: Node, right: Node) -> str:
        (a, b), (c, d) = (map(resolve, left.shape), map(resolve, right.shape))
        if equal(b, d):
            return f"{self.source(left)} {self.source(right)}^T, if a transpose is missing"
        if equal(a, c):
            return f"{self.source(left)}^T {self.source(right)}, if a transpose is missing"
        return ""

    def product(self, node: Node, flexible: bool) -> None:
        for child in node.args:
            self.matrix(child)
        shape = node.args[0].shape
        for before, child in zip(node.args, node.args[1:], strict=False):
            shape = self.times(shape, child, before, node)
        node.shape = shape

    def over(self, node: Node, flexible: bool) -> None:
        body = node.args[0]
        shape = self.matrix(body)
        if not unify_shapes(shape, SCALAR):
            raise self.fail(
                f"division by {self.source(body)}, which is {show_shape(shape)}",
                body,
                f"add brackets, / ({self.source(body)} …)"
                if resolve(shape[0]) == 1
                else "multiply by an inverse, A^{-1} B or B A^{-1}",
            )

    def dots(self, node: Node, flexible: bool) -> None:
        r"""Left to right: two columns make an inner product, all else a product."""
        for child in node.args:
            self.matrix(child)
        shape = node.args[0].shape
        steps = []
        for before, child in zip(node.args, node.args[1:], strict=False):
            if _column(shape) and _column(child.shape):
                if not unify(shape[0], child.shape[0]):
                    raise self.differ("multiplied", before, child, shape)
                shape = SCALAR
                steps.append("inner")
            else:
                shape = self.times(shape, child, before, node)
                steps.append("mul")
        node.value, node.shape = steps, shape

    def marked(self, node: Node, flexible: bool) -> None:
        body, mark = node.args[0], node.value
        if mark == "perp":
            self.infer(body)
            if body.sort != "space":
                raise self.fail(
                    f"only a subspace has an orthogonal complement, {self.source(body)} is a {body.sort}",
                    body,
                    "Row(A)^perp",
                )
            node.sort, node.shape = "space", body.shape
        elif mark == "-1":
            hint = f"{self.source(body)}^+ for the pseudoinverse"
            node.shape = self.square(body, "an inverse", hint)
        else:
            rows, cols = self.matrix(body)
            node.shape = (cols, rows)
            names = walk(body) if self.complex and mark == "T" else []
            if any(n.kind == "name" and n.value.value[3] == "complex" for n in names):
                # The only transpose of the kernel is the adjoint, and here they differ.
                hint = f"{self.source(body)}^* for the conjugate transpose"
                why = f"{self.source(body)} is complex and has no plain transpose here"
                raise Inexpressible.at(why, self.text, node.start, hint)

    def raised(self, node: Node, flexible: bool) -> None:
        base, exponent = node.args
        self.scalar(exponent, "an exponent")
        hint = ""
        if _column(self.matrix(base)):
            hint = f"||{self.source(base)}||^2"
        node.shape = self.square(base, "a power", hint)

    def endo(self, node: Node, flexible: bool) -> None:
        node.shape = self.square(node.args[0], node.kind)

    def scalar_of(self, node: Node, flexible: bool) -> None:
        if node.value in ("trace", "det"):
            self.square(node.args[0], node.value)
        else:
            self.matrix(node.args[0], node.kind == "norm")

    def bars(self, node: Node, flexible: bool) -> None:
        shape = self.matrix(node.args[0])
        complex_number = self.complex and any(
            n.kind == "name" and n.value.value[3] == "complex" for n in walk(node)
        )
        if is_scalar(shape) and not complex_number:
            node.kind, node.value = "call", "abs"
        elif is_scalar(shape) or _column(shape):
            node.kind, node.value = "norm", "2"
        elif unify(*shape):
            node.kind, node.value = "to_scalar", "det"
        else:
            raise self.fail(f"|…| of {show_shape(shape)}", node, "||…|| for a norm")

    def inner(self, node: Node, flexible: bool) -> None:
        left, right = node.args
        if not unify_shapes(self.matrix(left, True), self.matrix(right, True)):
            raise self.differ("paired", left, right)

    def call(self, node: Node, flexible: bool) -> None:
        for child in node.args:
            self.scalar(child, str(node.value))

    def derivative(self, node: Node, flexible: bool) -> None:
        node.shape = self.matrix(node.args[0])

    def gradient(self, node: Node, flexible: bool) -> None:
        self.scalar(node.args[0], "a gradient")
        if node.value is None:
            node.value = self.variable(node)
        node.shape = node.value.shape

    def variable(self, node: Node) -> Term:
        """The symbol of a nabla without index: the only vector inside, or else x, w, theta, in this order."""
        inside: dict[str, Term] = {n.value.name: n.value for n in walk(node) if n.kind == "name"}
        vectors = [s for s in inside.values() if s.shape[1] == 1 and s.shape[0] != 1]
        usual: list[Term] = [
            inside[n]
            for n in ("x", "w", "theta", "u", "v")
            if n in inside and inside[n] in (vectors or inside.values())
        ]
        if len(vectors) == 1 or usual:
            return vectors[0] if len(vectors) == 1 else usual[0]
        raise self.fail("the gradient in which variable?", node, "nabla_x (…)")

    def limit(self, node: Node, flexible: bool) -> None:
        body, point = node.args
        node.shape = self.matrix(body, flexible)
        self.scalar(point, "a limit")

    def apply(self, node: Node, flexible: bool) -> None:
        function, argument = node.args
        self.infer(function)
        shape = self.matrix(argument)
        if node.value == "index" or is_scalar(shape):
            node.shape = function.shape
            self.scalar(argument, "an argument")
        else:
            node.kind = "mul"
            self.product(node, flexible)


def _column(shape: OpenShape) -> bool:
    return resolve(shape[1]) == 1 and resolve(shape[0]) != 1 and not isinstance(resolve(shape[0]), Unknown)


def bare_zero(node: Node) -> bool:
    """A zero without a size, also -0 and 0 + 0."""
    return node.kind == "num" or (node.kind in ("minus", "neg", "add") and all(map(bare_zero, node.args)))


def walk(node: Node) -> list[Node]:
    """A node and all below it."""
    return [node, *(n for child in node.args for n in walk(child))]
