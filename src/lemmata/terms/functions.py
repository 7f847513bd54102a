r"""Functions and fractions: rank(A), tr A B, \sin^2 x, \sqrt{2}, \frac{a}{b}, matrix([1,2],[3,4]).

A function without brackets takes the factors that follow it (``\ln 2x``, ``tr A B``); plain
``sin x^2`` can be read in two ways and is refused.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from fractions import Fraction

from lemmata.terms.cursor import DOT, PRODUCT
from lemmata.terms.lexer import Token
from lemmata.terms.scripts import Scripts
from lemmata.terms.syntax import FUNCTIONS, Node

__all__ = ["Functions"]


class Functions(Scripts):
    """The layer of functions."""

    @abstractmethod
    def starts_factor(self) -> bool:
        """Whether what follows may be a factor."""

    @abstractmethod
    def limit(self, token: Token) -> Node:
        """Reads what follows lim."""

    @abstractmethod
    def nabla(self, token: Token) -> Node:
        """Reads what follows the sign of a gradient."""

    @abstractmethod
    def argmin(self, token: Token) -> Node:
        """Reads what follows argmin."""

    @abstractmethod
    def leibniz(self, token: Token) -> Node | None:
        """Reads d/dt or dw/dt, if the token begins one."""

    def function(self, word: str, token: Token) -> Node:
        kind, value = FUNCTIONS.get(word, ("", ""))
        if kind == "":
            raise self.unknown(word, token)
        if word == "sqrt" and token.kind == "fn" and self.is_op("["):
            return self.radical(token)
        special: dict[str, Callable[[Token], Node]] = {
            "lim": self.limit, "nabla": self.nabla, "argmin": self.argmin, "matrix": self.matrix,
            "diagonal": self.diagonal,
        }  # fmt: skip
        if kind in special:
            return special[kind](token)
        power: Node | None = None
        base: Node | None = None
        if word in ("log",) and self.take("_"):
            base = self.primary()
        if self.is_op("^") and kind in ("call", "to_scalar"):
            mark = self.i
            self.i += 1
            power = self.group(self.token) if self.is_op("{") else self.exponent()
            if power.kind == "neg":
                self.i = mark
                raise self.fail(f"{word}^-1 can mean two things", hint=f"arc{word} x, or 1/{word} x")
        arguments = self.arguments(word, token, kind)
        made = self.built(kind, value, arguments, token)
        if base is not None:
            below = self.node("call", (base,), "log", token.start)
            made = self.node("mul", (made, self.node("over", (below,), None, token.start)), None, token.start)
        return made if power is None else self.raised(made, power)

    def built(self, kind: str, value: str, arguments: list[Node], token: Token) -> Node:
        counts = {"inner": 2, "interval": 2, "set": -1, "call": -1}
        want = counts.get(kind, 1)
        if want > 0 and len(arguments) != want:
            raise self.fail(f"{token.text} takes {want} argument(s), got {len(arguments)}", token)
        if kind == "set" and len(arguments) == 1 and arguments[0].kind == "set":
            arguments = list(arguments[0].args)
        made = self.node(kind, tuple(arguments), value or None, token.start)
        return made

    def arguments(self, word: str, token: Token, kind: str) -> list[Node]:
        if self.is_op("(", "{", "\\{"):
            opener = self.token
            if opener.text == "\\{":
                return [self.group(opener)]
            self.i += 1
            items: list[Node] = []
            with self.inside("("):
                items.append(self.expression())
                while self.take(","):
                    items.append(self.expression())
            self.expect(")" if opener.text == "(" else "}", opener)
            return items
        if not self.starts_factor() and not self.is_op("-"):
            raise self.fail(f"{word} of what?", hint=f"{word}(…)")
        if word == "sqrt" or self.is_op("-"):
            return [self.signed_factor()]
        start = self.i
        factors = [self.factor()]
        while self.starts_factor() and not self.starts_function():
            factors.append(self.factor())
        if kind == "call" and token.kind == "name":
            for t in self.tokens[start : self.i]:
                if t.kind == "op" and t.text == "^":
                    raise self.fail(
                        f"{word} … ^ … can be read in two ways", t, f"{word}(x^2) or ({word} x)^2"
                    )
        return [factors[0] if len(factors) == 1 else self.node("mul", tuple(factors), None, factors[0].start)]

    def starts_function(self) -> bool:
        token = self.token
        return token.kind == "fn" or (
            token.kind in ("name", "word")
            and token.text in FUNCTIONS
            and token.text not in self.scope.symbols
        )

    def signed_factor(self) -> Node:
        token = self.token
        if self.take("-"):
            return self.node("neg", (self.expression(PRODUCT),), None, token.start)
        if not self.in_matrix:
            self.skip_layout()
        return self.factor()

    @property
    def in_matrix(self) -> bool:
        return bool(self.bars) and self.bars[-1] == "matrix"

    def matrix(self, token: Token) -> Node:
        """matrix([1,2],[3,4]), Matrix([[1,2],[3,4]]), array(...)."""
        opener = self.token
        self.expect("(")
        rows = []
        with self.inside("("):
            rows.append(self.expression(DOT))
            while self.take(","):
                rows.append(self.expression(DOT))
        self.expect(")", opener)
        if len(rows) == 1 and rows[0].kind in ("literal", "list"):
            return rows[0]
        if all(r.kind in ("literal", "list") and r.value[1] == 1 for r in rows):
            return self.literal([list(r.args) for r in rows], opener)
        return self.literal([[r] for r in rows], opener)

    def diagonal(self, token: Token) -> Node:
        """diag(1, 2, 3)."""
        opener = self.token
        if not self.is_op("(", "{"):
            raise self.fail("diag of what?", hint="diag(1, 2)")
        entries = self.arguments("diag", token, "matrix")
        rows = [
            [x if i == j else self.node("num", (), Fraction(0), x.start) for j in range(len(entries))]
            for i, x in enumerate(entries)
        ]
        return self.literal(rows, opener)

    def fraction(self, token: Token) -> Node:
        r"""\frac{a}{b}, \tfrac12, \frac{d}{dt}, \frac{dw}{dt}."""
        self.i += 1
        derivative = self.leibniz(token)
        if derivative is not None:
            return derivative
        above, below = self.part(token), self.part(token)
        signs = 1
        plain = []
        for side in (above, below):
            while side.kind == "neg" and not isinstance(side.args[0].value, tuple):
                side, signs = side.args[0], -signs
            plain.append(side)
        if all(p.kind == "num" and p.value.denominator == 1 for p in plain) and plain[1].value:
            value = plain[0].value / plain[1].value
            made = self.node("num", (), value, token.start)
            made.paren = True
            if signs < 0:
                made = self.node("neg", (made,), None, token.start)
                made.paren = True
            return made
        made = self.node("mul", (above, self.node("over", (below,), None, below.start)), None, token.start)
        made.paren = True
        return made

    def part(self, token: Token) -> Node:
        """One half of a fraction: a group, a digit of \\tfrac12, or one primary."""
        if self.token.kind == "eof":
            raise self.fail("a fraction has two parts", token, "\\frac{a}{b}")
        if self.is_op("{"):
            return self.group(self.token)
        here = self.token
        if here.kind == "num" and len(here.text) > 1 and here.text.isdigit():
            self.tokens[self.i : self.i + 1] = [
                Token(
                    "num",
                    here.text[0],
                    here.start,
                    here.start + 1,
                    here.space,
                    here.value * 0 + int(here.text[0]),
                ),
                Token(
                    "num", here.text[1:], here.start + 1, here.end, False, here.value * 0 + int(here.text[1:])
                ),
            ]
        if here.kind == "name" and not self.known(here.text):
            self.split_letter()
        after = self.tokens[self.i + 1]
        if here.kind in ("name", "word") and after.kind == "num":  # \frac x3 is x/3, and no x_3
            self.tokens[self.i + 1] = after._replace(space=True)
        return self.primary()

    def root(self, token: Token) -> Node:
        self.i += 1
        return self.radical(token)

    def radical(self, token: Token) -> Node:
        r"""What follows \sqrt: perhaps [3], and what the root is taken of."""
        degree: Node | None = None
        if self.take("["):
            degree = self.expression()
            self.expect("]")
        body = self.part(token)
        if degree is None or (degree.kind == "num" and degree.value == 2):
            return self.node("call", (body,), "sqrt", token.start)
        one = self.node("num", (), degree.value if degree.kind == "num" else 1, token.start)
        if degree.kind == "num" and degree.value:
            one.value = 1 / degree.value
            return self.node("pow", (body, one), None, token.start)
        return self.node("pow", (body, self.node("mark", (degree,), "-1", token.start)), None, token.start)
