r"""Superscripts: transpose, inverse, pseudoinverse, powers; also primes and factorials.

    A^T  A^\top  A^*  A^H      adjoint        A^+  A^{+}  A^\dagger     pseudoinverse
    A^{-1}  A^{-T}             inverse        S^\perp                  orthogonal complement
    X^2  x^{-2}  9^9^9         powers, grouped to the right     e^{-t A}   exponential

In plain text the exponent is a single letter or one operand: ``A^TA`` is (A^T) A.
"""

from __future__ import annotations

from lemmata.terms.errors import ReadError
from lemmata.terms.lexer import Token
from lemmata.terms.names import Names
from lemmata.terms.syntax import Node

__all__ = ["Scripts"]

_MARKS = {"T": "T", "top": "T", "H": "*", "*": "*", "star": "*", "+": "+", "dagger": "+", "perp": "perp"}
_WRITTEN_OUT = ("literal", "spaced", "column")


def _complex_entries(matrix: Node) -> bool:
    """Whether an entry is complex, and no letter in an entry is a matrix."""
    found, left = False, list(matrix.args)
    while left:
        node = left.pop()
        if node.kind == "name" and node.value.shape != (1, 1):
            return False
        found |= node.kind == "const" and node.value == "i"
        found |= node.kind == "name" and node.value.value[3] == "complex"
        left += node.args
    return found


class Scripts(Names):
    """The layer of superscripts."""

    def no_value_of_derivative(self, token: Token) -> ReadError:
        return self.fail(
            "the value of a derivative at one time has no notation here",
            token,
            "an equation that holds for all t, such as \\dot x = A x",
        )

    def refuse_argument(self, token: Token) -> None:
        """x'(0): without this, (0) would be read as a factor."""
        inside = self.tokens[self.i : self.i + 3]
        texts = [t.text for t in inside]
        if texts[::2] == ["(", ")"] and not inside[0].space and inside[1].kind == "num":
            raise self.no_value_of_derivative(token)

    def postfix(self, node: Node) -> Node:
        while True:
            token = self.token
            if token.kind != "op":
                return node
            if token.text == "^":
                node = self.superscript(node)
            elif token.text in ("dagger", "top"):  # A†, A⊤
                self.i += 1
                node = self.marked(node, token.text)
            elif token.text == "!":
                self.i += 1
                node = self.node("call", (node,), "factorial", node.start)
            elif token.text == "'":
                self.i += 1
                if node.kind != "name" or not node.value.value[4]:
                    raise self.fail(
                        "a prime after what does not depend on t",
                        token,
                        "A^T for a transpose, \\dot w for a derivative",
                    )
                node = self.node("diff", (node,), node.value.value[4], node.start)
                self.refuse_argument(token)
            elif token.text == "_" and node.kind == "pow" and node.args[0].kind == "norm" and not node.paren:
                self.i += 1  # \|x\|^2_2
                kind = self.subscript("the norm")
                if kind not in ("2", "F"):
                    raise self.fail(f"the norm with index {kind!r} is not known here", token)
                node.args[0].value = kind
            else:
                return node

    def marked(self, base: Node, sign: str) -> Node:
        r"""The base with a mark.  A student's complex matrix that is written out is turned by ^T, not conjugated, and
        conjugated by \dagger, too.  In claims ^T is the adjoint: so it is printed, and read back."""
        mark = _MARKS.get(sign, sign)
        if not (self.scope.student and base.kind in _WRITTEN_OUT and _complex_entries(base)):
            return self.node("mark", (base,), mark, base.start)
        if mark != "T":
            return self.node("mark", (base,), "*" if sign == "dagger" else mark, base.start)
        rows, cols = base.value
        turned = tuple(base.args[i * cols + j] for j in range(cols) for i in range(rows))
        return self.node("literal", turned, (cols, rows), base.start)

    def superscript(self, base: Node) -> Node:
        self.i += 1
        token = self.token
        no_mark = base.kind in ("num", "const") and not base.paren
        if token.text == "{" and token.kind == "op":
            marks = [] if no_mark else self.marks()
            if marks:
                for mark in marks:
                    base = self.marked(base, mark)
                return base
            plain = self.tokens[self.i + 1].text == "{"
            exponent = self.group(token)
            # x^{{-1}} is the power with exponent -1, x^{-1} the inverse.
            return (
                self.node("pow", (base, exponent), None, base.start) if plain else self.raised(base, exponent)
            )
        after = self.tokens[self.i + 1]
        signed = no_mark and token.text == "+" and not after.space and after.kind in ("num", "name", "word")
        if signed:  # 2^+1 is 2^1; the pseudoinverse of a number is written (2)^+
            self.i += 1
            return self.raised(base, self.exponent())
        if token.kind == "op" and token.text in _MARKS:
            self.i += 1
            return self.marked(base, token.text)
        if token.text == "'":
            raise self.fail("^' is no transpose", token, "A^T for a transpose")
        if self.take("-"):
            if self.token.text[:1] in ("T", "H") and self.token.kind == "name":
                self.split_letter()
                mark = _MARKS[self.token.text]
                self.i += 1
                base = self.node("mark", (base,), "-1", base.start)
                return self.node("mark", (base,), mark, base.start)
            if self.is_op("top", "*"):
                mark = _MARKS[self.token.text]
                self.i += 1
                base = self.node("mark", (base,), "-1", base.start)
                return self.node("mark", (base,), mark, base.start)
            below = self.exponent()
            return self.raised(base, self.node("neg", (below,), None, token.start))
        letter = token.kind == "name" and not no_mark and token.text not in self.scope.symbols
        if letter and (token.text[0] in "TH" or token.text in _MARKS):
            if token.text not in _MARKS:
                self.split_letter()
            self.i += 1
            return self.marked(base, self.tokens[self.i - 1].text)
        if token.kind == "word" and token.text in ("T", "H", "top"):
            self.i += 1
            return self.marked(base, token.text)
        return self.raised(base, self.exponent())

    def exponent(self) -> Node:
        """An exponent without braces: one primary, and powers group to the right."""
        token = self.token
        self.level += 1
        if self.level > self.limits.depth:
            raise self.fail("nested too deeply", hint=f"at most {self.limits.depth} levels")
        if token.kind == "name" and not self.known(token.text):
            self.split_letter()
        made = self.primary()
        if self.is_op("^"):
            made = self.superscript(made)
        self.level -= 1
        return made

    def marks(self) -> list[str]:
        """{-T}, {+}, {\\top +}: operators in braces; an empty list (and no move) for anything else."""
        found: list[str] = []
        ahead = self.i + 1
        while True:
            token = self.tokens[ahead]
            if token.kind == "op" and token.text == "}":
                break
            after = self.tokens[ahead + 1] if token.kind != "eof" else token
            if token.text == "-" and after.text == "1":
                found.append("-1")
                ahead += 1
            elif token.text == "-" and after.text in ("T", "top", "H", "*"):
                found += ["-1", after.text]
                ahead += 1
            elif token.text in _MARKS and not (
                found == [] and token.text in ("+", "*") and after.kind in ("num", "name")
            ):
                found.append(token.text)
            else:
                return []
            ahead += 1
        self.i = ahead + 1 if found else self.i
        return found

    def raised(self, base: Node, exponent: Node) -> Node:
        if base.kind == "const" and base.value == "e" and not base.paren:
            return self.node("exp", (exponent,), None, base.start)
        if exponent.kind == "neg" and exponent.args[0].kind == "num" and exponent.args[0].value == 1:
            return self.node("mark", (base,), "-1", base.start)
        return self.node("pow", (base, exponent), None, base.start)
