r"""The grammar: a Pratt parser from tokens to the light syntax tree.

A Pratt parser gives every sign a strength and lets the stronger one take the operand between two:

    <==>  <  ==>  <  or  <  and  <  not  <  = <= in ...  <  + -  <  \cdot  <  juxtaposition /  <  ^ _

Juxtaposition needs the declared names: ``AB`` is one name if AB is declared, else the product of A
and B.  Unary minus takes the whole product (-A B is (-A) B, as one term), a function without
brackets takes the factors that follow it.  See Pratt, Top down operator precedence (1973).
"""

from __future__ import annotations

from collections.abc import Callable

from lemmata.terms.calculus import Calculus
from lemmata.terms.cursor import AND, DOT, IFF, IMPLIES, NOT, OR, PRODUCT, RELATION, SUM
from lemmata.terms.errors import ReadError
from lemmata.terms.lexer import Token
from lemmata.terms.syntax import Node

__all__ = ["RELATIONS", "Parser"]

RELATIONS = {"=": "eq", "!=": "ne", "<=": "le", ">=": "ge", "<": "lt", ">": "gt"}
RELATIONS |= {"in": "in", "notin": "notin", "subset": "subset", "perp": "perp"}
_LOGIC = {"<==>": ("iff", IFF), "==>": ("implies", IMPLIES), "or": ("or", OR), "and": ("and", AND)}


class Parser(Calculus):
    """The layer of signs.  ``Parser(text, scope).expression()`` reads one expression."""

    def finish(self) -> None:
        """Nothing may follow, except the full stop of a display."""
        self.skip_layout()
        if self.is_op(".", ",", ";") and self.tokens[self.i + 1].kind == "eof":
            self.i += 1
        if self.token.kind != "eof":
            raise self.unexpected()

    def unexpected(self) -> ReadError:
        token = self.token
        if token.kind == "eof":
            return self.fail("the expression ends too early", hint="something is missing at the end")
        if token.text in (")", "]", "}", "\\}", ">>"):
            return self.fail(f"this {token.text} closes nothing", hint="remove it, or open the bracket")
        if token.text == "|" or token.text == "||":
            return self.fail(
                f"this {token.text} is never closed", hint=f"close it with a second {token.text}"
            )
        if token.text == "pm":
            return self.fail("± is two values", hint="write the two answers")
        return self.fail(f"{token.text!r} cannot stand here", hint="an operator or an operand may be missing")

    def expression(self, strength: int = 0) -> Node:
        """Pratt's loop: one operand, then every sign that binds more tightly than ``strength``."""
        self.level += 1
        if self.level > self.limits.depth:
            raise self.fail("nested too deeply", hint=f"at most {self.limits.depth} levels")
        if strength < RELATION:
            self.skip_layout()
        left = self.prefix(strength)
        while True:
            token = self.tokens[self.i]
            if token.kind == "op":
                text = token.text
                if text in ("&", "\\\\") and not self.in_matrix:
                    self.i += 1
                    continue
                if text in ("+", "-") and strength < SUM:
                    if self.starts_signed_entry():
                        break
                    left = self.sum(left)
                elif text == "dot" and strength < DOT:
                    left = self.dots(left)
                elif text in ("*", "/") and strength < PRODUCT:
                    left = self.product(left)
                elif text in RELATIONS and strength < RELATION and not self.in_pairing(text):
                    left = self.chain(left)
                elif text in _LOGIC and strength < _LOGIC[text][1]:
                    left = self.logic(left, *_LOGIC[text])
                elif strength < PRODUCT and self.starts_factor():
                    left = self.product(left)
                else:
                    break
            elif token.kind != "eof" and strength < PRODUCT and self.starts_factor():
                left = self.product(left)
            else:
                break
        self.level -= 1
        return left

    def opens_inner(self) -> bool:
        """Whether a < after a factor begins <u, v>: a comma and then > follow, close by, before any relation.

        White space tells it from  a < 0, b > 1.
        """
        depth, comma = 0, False
        if self.tokens[self.i + 1].space:
            return False
        for token in self.tokens[self.i + 1 : self.i + 60]:
            text = token.text if token.kind == "op" else ""
            if text in ("(", "[", "{"):
                depth += 1
            elif text in (")", "]", "}"):
                depth -= 1
            if depth < 0 or token.kind == "eof":
                return False
            if depth == 0 and text == ",":
                comma = True
            elif depth == 0 and text == ">":
                return comma and not token.space
            elif depth == 0 and text in RELATIONS:
                return False
        return False

    def in_pairing(self, text: str) -> bool:
        """Whether a < or > is a bracket of <u, v> and no relation."""
        closes = text == ">" and bool(self.bars) and self.bars[-1] == "<"
        return closes or (text == "<" and self.opens_inner())

    def starts_factor(self) -> bool:
        """Whether the next token begins one more factor of a product."""
        token = self.tokens[self.i]
        if token.kind in ("num", "name", "word", "fn", "accent", "begin"):
            # In [1 2; 3 4] white space ends an entry.
            return not (self.bars and self.bars[-1] == "matlab" and token.space)
        if token.kind != "op":
            return False
        if token.text in ("|", "||"):
            return not (self.bars and self.bars[-1] == token.text)
        if token.text == "<":
            return self.opens_inner()
        if token.text in ("(", "[", "{", "<<", "sqrt", "frac", "nabla", "oo"):
            return not (self.bars and self.bars[-1] == "matlab" and token.space)
        return False

    def prefix(self, strength: int) -> Node:
        token = self.token
        if token.kind == "op":
            if token.text == "-" or (token.text == "+" and strength < SUM):
                self.i += 1
                operand = self.expression(DOT - 1 if strength <= SUM else max(strength, DOT - 1))
                return self.node("neg", (operand,), None, token.start) if token.text == "-" else operand
            if token.text == "not":
                self.i += 1
                return self.node("not", (self.expression(NOT),), None, token.start)
            if token.text in ("forall", "exists"):
                return self.quantifier()
        return self.factor()

    def sum(self, left: Node) -> Node:
        terms = [*left.args] if left.kind == "add" and not left.paren else [left]
        while self.is_op("+", "-"):
            sign = self.token
            if self.starts_signed_entry():
                break
            self.i += 1
            term = self.expression(SUM)
            terms.append(self.node("minus", (term,), None, sign.start) if sign.text == "-" else term)
            self.skip_layout_before("+", "-")
        if len(terms) == 1:
            return left
        return self.node("add", tuple(terms), None, terms[0].start)

    def starts_signed_entry(self) -> bool:
        """[1 -2] has two entries, [1 - 2] one."""
        sign, after = self.token, self.tokens[self.i + 1]
        return bool(self.bars) and self.bars[-1] == "matlab" and sign.space and not after.space

    def skip_layout_before(self, *ops: str) -> None:
        if self.in_matrix:
            return
        ahead = self.i
        while self.tokens[ahead].kind == "op" and self.tokens[ahead].text in ("&", "\\\\"):
            ahead += 1
        if self.tokens[ahead].kind == "op" and self.tokens[ahead].text in ops:
            self.i = ahead

    def dots(self, left: Node) -> Node:
        factors = [left]
        while self.take("dot"):
            factors.append(self.expression(DOT))
        return self.node("dots", tuple(factors), None, left.start)

    def product(self, left: Node) -> Node:
        """Factors side by side, with * or with /."""
        factors = [left]
        while True:
            if self.take("*"):
                factors.append(self.signed_factor())
            elif self.is_op("/"):
                self.i += 1
                below = self.signed_factor()
                above = factors[-1]
                if _integer(above) and _integer(below) and below.value:
                    folded = self.node("num", (), above.value / below.value, above.start)
                    folded.paren = True  # 1/2/3 is (1/2)/3
                    factors[-1] = folded
                else:
                    factors.append(self.node("over", (below,), None, below.start))
            elif self.starts_factor():
                factors.append(self.factor())
            else:
                break
        return factors[0] if len(factors) == 1 else self.node("mul", tuple(factors), None, left.start)

    def chain(self, left: Node) -> Node:
        terms, relations = [left], []
        while (
            self.token.kind == "op" and self.token.text in RELATIONS and not self.in_pairing(self.token.text)
        ):
            relations.append(RELATIONS[self.token.text])
            self.i += 1
            terms.append(self.expression(RELATION))
            self.skip_layout_before(*RELATIONS)
        return self.node("chain", tuple(terms), tuple(relations), left.start)

    def logic(self, left: Node, head: str, strength: int) -> Node:
        parts = [left]
        spelling = self.token.text
        while self.take(spelling):
            # ==> is right associative, the others are flat.
            parts.append(self.expression(strength - 1 if head == "implies" else strength))
        if head in ("implies", "iff"):
            while len(parts) > 2 and head == "iff":
                raise self.fail("P <==> Q <==> R can be read in two ways", left, "add brackets")
        return self.node(head, tuple(parts), None, left.start)

    # --- factors ------------------------------------------------------------------------------

    def factor(self) -> Node:
        return self.postfix(self.primary())

    def primary(self) -> Node:
        # Not every nesting passes through ``expression``: \frac\frac…, sin sin …
        self.inner += 1
        if self.inner > self.limits.depth + 10:
            raise self.fail("nested too deeply", hint=f"at most {self.limits.depth} levels")
        made = self.operand_at(self.token)
        self.inner -= 1
        return made

    def operand_at(self, token: Token) -> Node:
        if token.kind == "num":
            self.i += 1
            if token.value == 0 and self.is_op("_"):
                return self.sized_zero(token)
            return self.node("num", (), token.value, token.start)
        if token.kind in ("name", "word"):
            return self.name()
        if token.kind == "fn":
            self.i += 1
            return self.function(token.text, token)
        if token.kind == "accent":
            return self.accent()
        if token.kind == "begin":
            return self.environment()
        if token.kind == "op" and token.text in _PRIMARY:
            return _PRIMARY[token.text](self, token)
        raise self.unexpected()

    def nullary(self, token: Token) -> Node:
        self.i += 1
        return (
            self.node("inf", (), None, token.start)
            if token.text == "oo"
            else self.node("set", (), "empty", token.start)
        )

    def gradient(self, token: Token) -> Node:
        self.i += 1
        return self.nabla(token)


_PRIMARY: dict[str, Callable[[Parser, Token], Node]] = {
    "(": Parser.group, "{": Parser.group, "\\{": Parser.group, "[": Parser.bracket,
    "|": Parser.absolute, "||": Parser.absolute, "<": Parser.pairing, "<<": Parser.pairing,
    "frac": Parser.fraction, "sqrt": Parser.root, "nabla": Parser.gradient,
    "oo": Parser.nullary, "empty": Parser.nullary,
}  # fmt: skip


def _integer(node: Node) -> bool:
    """A numeral without brackets, as in 1/2."""
    return node.kind == "num" and not node.paren and node.value.denominator == 1
