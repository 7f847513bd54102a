r"""Shape inference: every node of the syntax tree gets a sort and a shape.

The rules for expressions are in ``expressions``, those for matrices written out in ``grids``; here are
those for subspaces, sets and statements, and the table of all rules.
"""

from __future__ import annotations

from collections.abc import Callable

from lemmata.kernel.term import symbol, symbols_of
from lemmata.terms.errors import Inexpressible
from lemmata.terms.expressions import SORTS, walk
from lemmata.terms.grids import Grids
from lemmata.terms.shapes import SCALAR, is_scalar, known, show_shape, unify, unify_shapes
from lemmata.terms.syntax import Node, Pending

__all__ = ["Inference"]


class Inference(Grids):
    """The first pass, over one text."""

    def infer(self, node: Node, flexible: bool = False) -> None:
        rule = _INFER.get(node.kind)
        if rule is None:
            raise self.fail(f"{self.source(node)!r} cannot stand here", node)
        if node not in self.settled:
            rule(self, node, flexible)

    def collection(self, node: Node, flexible: bool) -> None:
        node.sort = "set"
        node.shape = self.matrix(node.args[0]) if node.args else SCALAR
        for child in node.args[1:]:
            if not unify_shapes(node.shape, self.matrix(child)):
                raise self.differ("collected", node.args[0], child)

    def conjugate(self, node: Node, flexible: bool) -> None:
        shape = self.matrix(node.args[0])
        if not is_scalar(shape):
            what = f"{self.source(node.args[0])} is {show_shape(shape)}, and only numbers are conjugated entrywise"
            raise Inexpressible.at(what, self.text, node.start, "A^* for the conjugate transpose")

    def space(self, node: Node, flexible: bool) -> None:
        rows, cols = self.matrix(node.args[0])
        node.sort, node.shape = "space", (rows if node.value == "col" else cols, 1)

    def image(self, node: Node, flexible: bool) -> None:
        """Im(A) is a subspace, Im(z) a number."""
        number = is_scalar(self.matrix(node.args[0]))
        node.kind, node.value = ("conjugate", "imaginary") if number else ("space", "col")
        self.infer(node)

    def dimension(self, node: Node, flexible: bool) -> None:
        body = node.args[0]
        self.infer(body)
        if body.kind != "space":
            raise self.fail("dim takes Col(A), Row(A) or Null(A)", body)

    def chain(self, node: Node, flexible: bool) -> None:
        node.sort = "prop"
        first = node.args[0]
        if len(node.args) == 2 and "argmin" in (first.kind, node.args[1].kind):
            if first.kind == "argmin":
                node.args = node.args[::-1]
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
        for side, other in ((left, right), (right, left)):
            if other.sort == "space" and name not in ("in", "notin", "perp") and _is_nothing(side):
                self.trivial(side, other)
        if name in ("le", "ge") and left.sort == right.sort == "space":
            name = "subset" if name == "le" else "supset"
        if name in ("in", "notin"):
            if right.sort not in ("space", "set"):
                raise self.fail(f"{self.source(right)} is no subspace and no set", right, "y in Col(A)")
        elif name == "perp":
            pass
        elif left.sort != right.sort:
            kinds = [f"{self.source(side)} is {SORTS[side.sort]}" for side in (left, right)]
            raise self.fail(f"{' and '.join(kinds)}: they cannot be compared", right)
        elif left.sort == "prop":
            raise self.fail("statements are not compared by this sign", right, "P <==> Q")
        if right.sort != "set" and not unify_shapes(left.shape, right.shape):
            raise self.differ("compared", left, right)
        if name in ("le", "ge", "lt", "gt") and left.sort == "matrix" and not unify(*left.shape):
            raise self.fail(
                f"{self.source(left)} is {show_shape(left.shape)}: "
                "only numbers and square matrices are ordered",
                right,
            )
        return name

    def trivial(self, node: Node, other: Node) -> None:
        """0 or {0} beside a subspace is Null(I)."""
        node.args = (Node("identity", (), None, node.start, node.end),)
        node.kind, node.value = "space", "null"
        self.infer(node)
        unify_shapes(node.shape, other.shape)

    def minimiser(self, node: Node) -> None:
        left, right = node.args
        if node.value not in (("eq",), ("in",)) or right.kind != "argmin" or left.kind == "argmin":
            raise self.fail("a minimiser is given by an equation", right, "w = argmin_v ||A v - y||")
        self.matrix(left)
        only = node.value == ("eq",)
        wanted, scope = right.value
        name = wanted or (left.value.name if left.kind == "name" else "")
        letters = [n.value for n in walk(right) if n.kind in ("name", "pending")]
        named = [scope.written_out(x, name) for x in letters if x in scope.abbreviations]
        inside = {s.name: s for x in named for s in symbols_of(x)} | {x.name: x for x in letters}
        letter = inside.get(wanted)
        if isinstance(letter, Pending):
            unify_shapes(left.shape, letter.shape)
        self.scalar(right.args[0], "argmin")
        if isinstance(letter, Pending):
            rows, cols = map(known, letter.shape)
            if rows is None or cols is None:
                raise self.fail(f"the shape of {letter.name} does not follow", right, "declare it")
            letter.domain = "complex" if self.complex else "real"
            inside[letter.name] = symbol(letter.name, rows, cols, letter.domain)
        if name not in inside:
            raise self.fail("argmin over which variable?", right, "argmin_v ||A v - y||")
        if not unify_shapes(left.shape, inside[name].shape):
            raise self.differ("compared", left, right, left.shape)
        node.kind, node.value = "minimiser", (inside[name], only)

    def is_property(self, node: Node, flexible: bool) -> None:
        node.sort = "prop"
        self.square(node.args[0], str(node.value))

    def logic(self, node: Node, flexible: bool) -> None:
        node.sort = "prop"
        for child in node.args:
            self.prop(child, node.kind)


def _is_nothing(node: Node) -> bool:
    if node.kind == "set" and len(node.args) == 1:
        return _is_nothing(node.args[0])
    return node.kind == "zero" or (node.kind == "num" and node.value == 0)


_E = Inference
_INFER: dict[str, Callable[[Inference, Node, bool], None]] = {
    **dict.fromkeys(("num", "name", "const", "dim", "inf", "identity", "zero", "pending"), _E.atom),
    "neg": _E.same, "minus": _E.same, "add": _E.sum, "mul": _E.product, "over": _E.over, "dots": _E.dots,
    "mark": _E.marked, "pow": _E.raised, "exp": _E.endo, "to_scalar": _E.scalar_of, "norm": _E.scalar_of,
    "bars": _E.bars, "inner": _E.inner, "call": _E.call, "diff": _E.derivative, "grad": _E.gradient,
    "adjugate": _E.endo, "limit": _E.limit, "apply": _E.apply, "beside": _E.beside,
    **dict.fromkeys(("literal", "list", "column", "spaced"), _E.literal),
    "set": _E.collection, "interval": _E.collection, "space": _E.space, "dimension": _E.dimension, "chain": _E.chain,
    "conjugate": _E.conjugate, "image": _E.image, "is": _E.is_property, "law": _E.is_property, "quantified": _E.logic,
    **dict.fromkeys(("and", "or", "not", "implies", "iff"), _E.logic),
}  # fmt: skip
