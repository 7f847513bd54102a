r"""From what was written to what was meant: shapes are inferred, then terms are built.

Two passes over the syntax tree.  ``infer`` gives every node a sort and a shape whose dimensions may
be unknown (the I of ``I - P``, the 0 of ``X v = 0``) and unifies them in sums, products and
relations.  ``build`` makes the term, when every dimension has a value:

    X^T X + lambda I = 0      with X : R^{m x n}   gives   identity("n")   and   zero("n", "n")

Inner products (``u \cdot v`` of two vectors), absolute values and norms (``|x|``) are told apart by
shape.  A size that stays open is an error which asks for ``I_n``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lemmata.kernel import term as T
from lemmata.kernel.term import Shape, ShapeError, Term
from lemmata.terms.errors import ReadError
from lemmata.terms.shapes import SCALAR, OpenShape, Unknown, is_scalar, resolve, show_shape, unify, unify_shapes
from lemmata.terms.syntax import Node

__all__ = ["elaborate", "infer_together"]


def elaborate(node: Node, text: str) -> Term:
    """The term of a syntax tree.  Raises ReadError with the place in ``text``."""
    worker = _Elaborator(text)
    worker.infer(node, True)
    return worker.build(node)


def infer_together(nodes: list[Node], text: str, like: Shape | None = None) -> list[Term]:
    """The terms of the members of one chain, all of one shape (``like``, where given)."""
    worker = _Elaborator(text)
    shape: OpenShape | None = like
    for node in nodes:
        worker.infer(node, True)
        if node.sort == "matrix":
            if shape is not None and not unify_shapes(shape, node.shape):
                raise worker.differ("compared", nodes[0], node, shape)
            shape = node.shape if shape is None else shape
    return [worker.build(node) for node in nodes]


class _Elaborator:
    def __init__(self, text: str) -> None:
        self.text = text

    # --- errors -------------------------------------------------------------------------------

    def source(self, node: Node) -> str:
        words = " ".join(self.text[node.start : node.end].split())
        return words if len(words) <= 40 else words[:37] + "…"

    def fail(self, message: str, node: Node, hint: str = "") -> ReadError:
        return ReadError.at(message, self.text, node.start, hint)

    def differ(self, verb: str, left: Node, right: Node, shape: OpenShape | None = None) -> ReadError:
        """Shapes that do not fit in a sum or a relation; 1 beside a matrix was meant as I."""
        first, second = shape or left.shape, right.shape
        hint = ""
        for node, other in ((left, second), (right, first)):
            bare = node.args[0] if node.kind in ("minus", "neg") else node
            square = resolve(other[0]) is resolve(other[1]) or resolve(other[0]) == resolve(other[1])
            if bare.kind == "num" and square and not is_scalar(other):
                factor = "" if bare.value == 1 else f"{bare.value} "
                hint = f"{factor}I for a multiple of the identity"
        here = f"{self.source(left)} is {show_shape(first)} and {self.source(right)} is {show_shape(second)}"
        return self.fail(f"{here}: they cannot be {verb}", right, hint)

    # --- shapes -------------------------------------------------------------------------------

    def infer(self, node: Node, flexible: bool = False) -> None:
        """Set sort and shape.  ``flexible``: a bare 0 may be a zero matrix here."""
        rule = _INFER.get(node.kind)
        if rule is None:
            raise self.fail(f"{self.source(node)!r} cannot stand here", node)
        rule(self, node, flexible)

    def matrix(self, node: Node, flexible: bool = False, what: str = "a matrix or a number") -> OpenShape:
        self.infer(node, flexible)
        if node.sort != "matrix":
            raise self.fail(f"{self.source(node)} is a {node.sort}, expected {what}", node)
        return node.shape

    def scalar(self, node: Node, where: str) -> None:
        shape = self.matrix(node)
        if not unify_shapes(shape, SCALAR):
            raise self.fail(f"{where} takes a number, but {self.source(node)} is {show_shape(shape)}", node)

    def square(self, node: Node, where: str, hint: str = "") -> OpenShape:
        shape = self.matrix(node)
        if not unify(*shape):
            raise self.fail(f"{where} takes a square matrix, but {self.source(node)} is {show_shape(shape)}", node, hint)
        return shape

    def prop(self, node: Node, where: str) -> None:
        self.infer(node)
        if node.sort != "prop":
            raise self.fail(f"{where} takes statements, but {self.source(node)} is a {node.sort}", node)

    def atom(self, node: Node, flexible: bool) -> None:
        if node.kind == "name":
            node.shape = node.value.shape
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
        if not flexible and all(_bare_zero(child) for child in node.args):
            unify_shapes(shape, SCALAR)  # 0 + 0 as a factor is a number
        node.shape = shape

    def times(self, left: OpenShape, right: Node, before: Node, all_: Node) -> OpenShape:
        """The shape of a product so far and one more factor."""
        if is_scalar(left):
            return right.shape
        if is_scalar(right.shape):
            return left
        inner, outer = resolve(left[1]), resolve(right.shape[0])
        if inner != outer and 1 in (inner, outer) and (isinstance(inner, Unknown) or isinstance(outer, Unknown)):
            raise self.fail("the size of this product is not clear", all_, "write I_n, with its size")
        if not unify(inner, outer):
            product = self.text[all_.start : before.end]
            name = product if len(product) <= 40 else "the product before"
            raise self.fail(
                f"the product of {name} ({show_shape(left)}) and {self.source(right)} ({show_shape(right.shape)}) "
                f"does not fit: {inner} is not {outer}", right, self.repair(before, right))  # fmt: skip
        return (left[0], right.shape[1])

    def repair(self, left: Node, right: Node) -> str:
        (a, b), (c, d) = (map(resolve, left.shape), map(resolve, right.shape))
        if b == d:
            return f"{self.source(left)} {self.source(right)}^T, if a transpose is missing"
        if a == c:
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
            raise self.fail(f"division by {self.source(body)}, which is {show_shape(shape)}", body, "multiply by an inverse, A^{-1} B or B A^{-1}")

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
                raise self.fail(f"only a subspace has an orthogonal complement, {self.source(body)} is a {body.sort}", body, "Row(A)^perp")
            node.sort, node.shape = "space", body.shape
        elif mark == "-1":
            hint = f"{self.source(body)}^+ for the pseudoinverse"
            node.shape = self.square(body, "an inverse", hint)
        else:
            rows, cols = self.matrix(body)
            node.shape = (cols, rows)

    def raised(self, node: Node, flexible: bool) -> None:
        base, exponent = node.args
        self.scalar(exponent, "an exponent")
        hint = ""
        if _column(self.matrix(base)):
            hint = f"||{self.source(base)}||^2"
        node.shape = self.square(base, "a power", hint)

    def endo(self, node: Node, flexible: bool) -> None:
        node.shape = self.square(node.args[0], "exp")

    def scalar_of(self, node: Node, flexible: bool) -> None:
        if node.value in ("trace", "det"):
            self.square(node.args[0], node.value)
        else:
            self.matrix(node.args[0], node.kind == "norm")

    def bars(self, node: Node, flexible: bool) -> None:
        shape = self.matrix(node.args[0])
        if is_scalar(shape):
            node.kind, node.value = "call", "abs"
        elif _column(shape):
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
        inside = {n.value.name: n.value for n in _walk(node) if n.kind == "name"}
        vectors = [s for s in inside.values() if s.shape[1] == 1 and s.shape[0] != 1]
        usual = [inside[n] for n in ("x", "w", "theta", "u", "v") if n in inside and inside[n] in (vectors or inside.values())]
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

    def literal(self, node: Node, flexible: bool) -> None:
        for child in node.args:
            self.scalar(child, "an entry of a matrix")
        node.shape = node.value

    def collection(self, node: Node, flexible: bool) -> None:
        node.sort = "set"
        node.shape = self.matrix(node.args[0]) if node.args else SCALAR
        for child in node.args[1:]:
            if not unify_shapes(node.shape, self.matrix(child)):
                raise self.differ("collected", node.args[0], child)

    def space(self, node: Node, flexible: bool) -> None:
        rows, cols = self.matrix(node.args[0])
        node.sort, node.shape = "space", (rows if node.value == "col" else cols, 1)

    def dimension(self, node: Node, flexible: bool) -> None:
        body = node.args[0]
        self.infer(body)
        if body.kind != "space":
            raise self.fail("dim takes Col(A), Row(A) or Null(A)", body)

    def chain(self, node: Node, flexible: bool) -> None:
        node.sort = "prop"
        first = node.args[0]
        if len(node.args) == 2 and node.args[1].kind == "argmin":
            self.minimiser(node)
            return
        self.infer(first, True)
        before = first
        relations = list(node.value)
        for place, other in enumerate(node.args[1:]):
            self.infer(other, True)
            relations[place] = self.relate(relations[place], before, other)
            before = other
        node.value = tuple(relations)

    def relate(self, name: str, left: Node, right: Node) -> str:
        """Check one relation; <= between subspaces is inclusion."""
        if name in ("le", "ge") and left.sort == right.sort == "space":
            name = "subset" if name == "le" else "supset"
        if name == "in":
            if right.sort not in ("space", "set"):
                raise self.fail(f"{self.source(right)} is no subspace and no set", right, "y in Col(A)")
        elif name == "perp":
            pass
        elif left.sort != right.sort:
            raise self.fail(f"{self.source(left)} is a {left.sort} and {self.source(right)} a {right.sort}: they cannot be compared", right)
        elif left.sort == "prop":
            raise self.fail("statements are not compared by this sign", right, "P <==> Q")
        if right.sort != "set" and not unify_shapes(left.shape, right.shape):
            raise self.differ("compared", left, right)
        if name in ("le", "ge", "lt", "gt") and left.sort == "matrix" and not unify(*left.shape):
            raise self.fail(f"{self.source(left)} is {show_shape(left.shape)}: only numbers and square matrices are ordered", right)
        return name

    def minimiser(self, node: Node) -> None:
        left, right = node.args
        if node.value != ("eq",):
            raise self.fail("a minimiser is given by an equation", right, "w = argmin_v ||A v - y||")
        self.matrix(left)
        self.scalar(right.args[0], "argmin")
        inside = {n.value.name: n.value for n in _walk(right.args[0]) if n.kind == "name"}
        name = right.value or (left.value.name if left.kind == "name" else "")
        if name not in inside:
            raise self.fail("argmin over which variable?", right, "argmin_v ||A v - y||")
        if not unify_shapes(left.shape, inside[name].shape):
            raise self.differ("compared", left, right, left.shape)
        node.kind, node.value = "minimiser", inside[name]

    def is_property(self, node: Node, flexible: bool) -> None:
        node.sort = "prop"
        self.square(node.args[0], str(node.value))

    def logic(self, node: Node, flexible: bool) -> None:
        node.sort = "prop"
        for child in node.args:
            self.prop(child, node.kind)

    # --- terms --------------------------------------------------------------------------------

    def build(self, node: Node) -> Term:
        """The term of a node whose shapes have been inferred."""
        try:
            return _BUILD[node.kind](self, node)
        except ShapeError as error:
            raise self.fail(str(error), node) from error

    def parts(self, node: Node) -> tuple[Term, ...]:
        return tuple(self.build(child) for child in node.args)

    def number(self, node: Node) -> Term:
        rows, cols = map(resolve, node.shape)
        if node.value == 0 and not isinstance(rows, Unknown) and not isinstance(cols, Unknown) and (rows, cols) != (1, 1):
            return T.zero(rows, cols)
        return T.number(node.value)

    def make_identity(self, node: Node) -> Term:
        size = resolve(node.shape[0])
        if isinstance(size, Unknown):
            raise self.fail("the size of this I does not follow from what stands around it", node, "I_n")
        return T.identity(size)

    def initial(self, node: Node) -> Term:
        """w_0 or x_0 in the definition of w or x; a column where nothing says otherwise."""
        rows, cols = map(resolve, node.shape)
        if isinstance(rows, Unknown):
            raise self.fail(f"the shape of {node.value.name} does not follow from this definition", node, f"let {node.value.name} : R^n")
        width = 1 if isinstance(cols, Unknown) else cols
        if node.value.of:
            return T.at(T.symbol(node.value.sequence, rows, width, "real", node.value.of), T.number(0))
        return T.symbol(node.value.name, rows, width)

    def add(self, node: Node) -> Term:
        return T.make("add", self.parts(node))

    def minus(self, node: Node) -> Term:
        """a - b is a + (-1) b, with b as one factor."""
        return T.neg(self.build(node.args[0]))

    def negative(self, node: Node) -> Term:
        """-A B is (-1) A B, -3 x is (-3) x, -(A B) is (-1) (A B)."""
        body = node.args[0]
        if body.kind == "num" and (not body.paren or body.value.denominator != 1):
            return T.zero(*body.shape) if body.value == 0 and not is_scalar(body.shape) and not isinstance(resolve(body.shape[0]), Unknown) else T.number(-body.value)  # type: ignore[arg-type]
        if body.kind in ("mul", "dots") and not body.paren:
            factors = self.factors(body)
            if factors is not None:
                first = body.args[0]
                while first.kind in ("mul", "dots") and not first.paren:
                    first = first.args[0]
                if first.kind == "num" and factors[0].value == first.value and (not first.paren or first.value.denominator != 1):
                    return T.mul(T.number(-first.value), *factors[1:])
                return T.mul(T.number(-1), *factors)
        return T.neg(self.build(body))

    def factors(self, node: Node) -> tuple[Term, ...] | None:
        """The factors of a written product, those of \\cdot included; None where an inner product is meant."""
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
        head = {"T": "adjoint", "+": "pinv", "-1": "inverse", "perp": "perp"}[node.value]
        return T.make(head, self.parts(node))

    def make_limit(self, node: Node) -> Term:
        body, point = self.parts(node)
        return T.limit(body, node.value[0], point, node.value[1])

    def make_dimension(self, node: Node) -> Term:
        """Rank and nullity: dim Null(A) = n - rank(A)."""
        body = node.args[0]
        of = self.build(body.args[0])
        rank = T.make("rank", (of,))
        return rank if body.value != "null" else T.add(T.dim(of.shape[1]), T.neg(rank))

    def make_chain(self, node: Node) -> Term:
        parts = self.parts(node)
        found = tuple(_relation(r, a, b) for r, a, b in zip(node.value, parts, parts[1:], strict=False))
        return found[0] if len(found) == 1 else T.make("and", found)

    def make_minimiser(self, node: Node) -> Term:
        """w = argmin_v f(v) says f(w) <= f(v) for all v, and equality only for v = w."""
        at, body, variable = self.build(node.args[0]), self.build(node.args[1].args[0]), node.value
        used = {s.name for s in T.symbols_of(body)} | {s.name for s in T.symbols_of(at)}
        name = next(n for n in ("v", "u", "z", *(f"v_{k}" for k in range(99))) if n not in used)
        free = T.symbol(name, *variable.value[1:4])
        here, there = T.substitute(body, {variable: at}), T.substitute(body, {variable: free})
        best = T.relation("le", here, there)
        only = T.make("implies", (T.relation("le", there, here), T.equation(free, at)))
        return T.make("forall", (free, T.make("and", (best, only))))

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
        return T.relation("subset", right, left)
    if name == "perp":
        if left.sort == "space":
            return T.relation("subset", left, T.space("perp", right))
        return T.equation(T.make("inner", (left, right)), T.number(0))
    return T.relation(name, left, right)


def _column(shape: OpenShape) -> bool:
    return resolve(shape[1]) == 1 and resolve(shape[0]) != 1 and not isinstance(resolve(shape[0]), Unknown)


def _bare_zero(node: Node) -> bool:
    return node.kind == "num" or (node.kind in ("minus", "neg", "add") and all(map(_bare_zero, node.args)))


def _walk(node: Node) -> list[Node]:
    return [node, *(n for child in node.args for n in _walk(child))]


_E = _Elaborator
_INFER: dict[str, Callable[[_Elaborator, Node, bool], None]] = {
    **dict.fromkeys(("num", "name", "const", "dim", "inf", "identity", "zero", "pending"), _E.atom),
    "neg": _E.same, "minus": _E.same, "add": _E.sum, "mul": _E.product, "over": _E.over, "dots": _E.dots,
    "mark": _E.marked, "pow": _E.raised, "exp": _E.endo, "to_scalar": _E.scalar_of, "norm": _E.scalar_of,
    "bars": _E.bars, "inner": _E.inner, "call": _E.call, "diff": _E.derivative, "grad": _E.gradient,
    "limit": _E.limit, "apply": _E.apply, "literal": _E.literal, "set": _E.collection,
    "interval": _E.collection, "space": _E.space, "dimension": _E.dimension, "chain": _E.chain,
    "is": _E.is_property, "quantified": _E.logic,
    **dict.fromkeys(("and", "or", "not", "implies", "iff"), _E.logic),
}  # fmt: skip
_BUILD: dict[str, Callable[[_Elaborator, Node], Term]] = {
    "num": _E.number, "name": lambda _, n: n.value, "const": lambda _, n: T.constant(n.value),
    "dim": lambda _, n: T.dim(n.value), "inf": lambda _, n: T.infinity(), "identity": _E.make_identity,
    "zero": lambda _, n: T.zero(*n.value), "pending": _E.initial, "neg": _E.negative, "minus": _E.minus, "add": _E.add, "mul": _E.mul,
    "over": lambda s, n: T.inverse(s.build(n.args[0])), "dots": _E.make_dots, "mark": _E.mark,
    "pow": lambda s, n: T.make("power", s.parts(n)), "exp": _E.headed, "to_scalar": _E.valued,
    "norm": _E.headed, "inner": _E.headed, "call": _E.headed, "diff": _E.headed,
    "grad": lambda s, n: T.grad(s.build(n.args[0]), n.value), "limit": _E.make_limit,
    "apply": lambda s, n: T.at(*s.parts(n)), "literal": _E.headed, "set": _E.valued,
    "interval": _E.headed, "space": _E.valued, "dimension": _E.make_dimension, "chain": _E.make_chain,
    "minimiser": _E.make_minimiser, "is": _E.headed, "quantified": _E.quantified,
    **dict.fromkeys(("and", "or", "not", "implies", "iff"), _E.headed),
}  # fmt: skip
