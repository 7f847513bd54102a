r"""Derivatives, gradients, limits, minimisers and quantifiers: signs that act on what follows.

    d/dt (…)   \frac{d}{dt} …   \dot w   dw/dt      \nabla_w …      \lim_{t \to \infty} …
    argmin_v …      forall v : R^n. P

They reach to the next + or -, argmin to the next relation: ``\lim_{s \to 0} A B + C`` is (lim A B) + C.
"""

from __future__ import annotations

from lemmata.kernel.term import Term, symbol, symbols_of
from lemmata.terms.cursor import DOT, RELATION
from lemmata.terms.expressions import walk
from lemmata.terms.functions import Functions
from lemmata.terms.letters import GREEK
from lemmata.terms.lexer import Token
from lemmata.terms.scope import variable_domain
from lemmata.terms.syntax import Node, Pending

__all__ = ["Calculus"]


def _approaching(name: str, point: str, side: str) -> str:
    """The domain of a limit's variable that is not declared: positive where it comes from there."""
    domain = variable_domain(name)
    infinite = point in ("oo", "\\infty", "∞", "infinity", "inf")
    above = (point == "0" and side == "+") or (infinite and side != "-")
    return "positive" if domain == "real" and above else domain


class Calculus(Functions):
    """The layer of calculus and of bound variables."""

    def operand(self) -> Node:
        """What d/dt, nabla and lim act on: all up to the next + or -, as in lim A B and d/dt (a)^T (b)."""
        return self.expression(DOT - 1)

    def quotient(self) -> Node | None:
        """d/dt (…) and dw/dt in plain text."""
        first = self.token
        if not first.text.startswith("d") or first.text in self.scope.symbols:
            return None
        ahead, rest = self.i + 1, first.text[1:]
        while (rest and self.tokens[ahead].text in ("_", "{", "}")) or (
            rest
            and self.tokens[ahead - 1].text in ("_", "{")
            and self.tokens[ahead].kind in ("num", "name", "word")
        ):
            ahead += 1
        if rest and [t.text for t in self.tokens[ahead : ahead + 3]][::2] == ["(", ")"]:
            ahead += 3
        after, last = self.tokens[ahead], self.tokens[min(ahead + 1, len(self.tokens) - 1)]
        if after.text != "/" or last.kind != "name" or last.text[0] != "d" or last.text in self.scope.symbols:
            return None
        variable = last.text[1:]
        if len(variable) != 1 and variable not in GREEK and variable not in self.scope.symbols:
            return None
        if not rest:
            self.i += 3
            body = self.operand()
            return self.node("diff", (body,), variable, first.start)
        self.tokens[self.i] = Token(first.kind, rest, first.start + 1, first.end)
        body = self.name()
        self.i += 2
        self.refuse_argument(first)
        return self.node("diff", (body,), variable, first.start)

    def leibniz(self, token: Token) -> Node | None:
        r"""\frac{d}{dt} …, \frac{d w}{dt}, \frac{d^2}{dt^2} …"""
        texts = [(t.text, t.kind) for t in self.tokens[self.i : self.i + 3]]
        if (
            len(texts) < 3
            or texts[0][0] != "{"
            or texts[1][1] not in ("name", "word")
            or not texts[1][0].startswith("d")
        ):
            return None
        close = self.i
        while self.tokens[close].text != "}" or (self.tokens[close + 1].text != "{"):
            if self.tokens[close].kind == "eof":
                return None
            close += 1
        bottom = [t.text for t in self.tokens[close + 2 : close + 9]]
        joined = "".join(bottom).split("}")[0]
        order = 1
        for power in (2, 3):
            if joined.endswith(f"^{power}") or joined.endswith(f"^{{{power}"):
                order, joined = power, joined.split("^")[0]
        if not (joined.startswith("d") and len(joined) > 1 and joined[1:].isalpha()):
            return None
        variable = joined[1:]
        if "d" in self.scope.symbols and variable not in self.scope.variables():
            return None
        top = self.tokens[self.i + 1 : close]
        skip = 1 + (2 if order > 1 and len(top) > 1 and top[1].text == "^" else 0)
        if top[0].text == "d" and len(top) == skip:
            self.i = close + 1
            self.skip_group()
            body = self.operand()
        else:
            if top[0].text != "d":
                self.tokens[self.i + 1] = Token(top[0].kind, top[0].text[1:], top[0].start + 1, top[0].end)
                self.i += 1
            else:
                self.i += 1 + skip
            body = self.expression()
            self.expect("}")
            self.skip_group()
        for _ in range(order):
            body = self.node("diff", (body,), variable, token.start)
        return body

    def skip_group(self) -> None:
        self.i += 1
        depth = 1
        while depth and self.token.kind != "eof":
            depth += {"{": 1, "}": -1}.get(self.token.text, 0)
            self.i += 1

    def accent(self) -> Node:
        token = self.token
        self.i += 1
        if self.is_op("{") and self.tokens[self.i + 2].text == "}":
            del self.tokens[self.i + 2], self.tokens[self.i]
        if token.text in ("dot", "ddot"):
            if self.token.kind == "name" and not self.known(self.token.text):
                self.split_letter()
            body = self.group(self.token) if self.is_op("{") else self.primary()
            if body.kind in ("at", "apply"):
                raise self.no_value_of_derivative(token)
            body = self.node("diff", (body,), "t", token.start)
            self.refuse_argument(token)
            return self.node("diff", (body,), "t", token.start) if token.text == "ddot" else body
        base = self.token
        if token.text == "bar" and self.is_op("{"):  # \overline{z + w}
            return self.node("conjugate", (self.group(base),), None, token.start)
        if base.kind not in ("name", "word"):
            raise self.fail(f"\\{token.text} stands over a letter", token)
        if base.kind == "name" and len(base.text) > 1 and not self.known(base.text):
            self.split_letter()
            base = self.token
        self.i += 1
        full = f"{base.text}_{token.text}"
        here = self.i
        while self.is_op("_"):
            self.i += 1
            full = f"{full}_{self.subscript(full)}"
        found = self.scope.symbols.get(full)
        if found is None:
            self.i = here
            found = self.scope.symbols.get(f"{base.text}_{token.text}")
        if found is not None:
            return self.applied(self.node("name", (), found, token.start), token)
        letter = self.scope.symbols.get(base.text)
        if token.text == "bar" and letter is not None and letter.value[3] == "complex":
            self.i = here
            return self.conjugate(self.node("name", (), letter, base.start), token)
        if token.text == "vec" or self.scope.student:
            self.i = here
            return self.applied(self.subscripted(base.text, base), base)
        raise self.unknown(full, token)

    def conjugate(self, node: Node, token: Token) -> Node:
        r"""\bar z, and \bar x^T as x^*: only numbers have a conjugate without a transpose."""
        if node.value.shape != (1, 1) and self.is_op("^"):
            made = self.superscript(node)
            if made.kind == "mark" and made.value == "T" and made.args[0] is node:
                made.value = "*"
                return made
        return self.node("conjugate", (node,), None, token.start)

    def nabla(self, token: Token) -> Node:
        value: Term | None = None
        if self.take("_"):
            if self.take("{"):
                inner = self.name()
                self.expect("}")
            else:
                if self.token.kind == "name" and not self.known(self.token.text):
                    self.split_letter()
                inner = self.name()
            if inner.kind != "name":
                raise self.fail("the gradient is taken in a declared symbol", inner)
            value = inner.value
        return self.node("grad", (self.operand(),), value, token.start)

    def limit(self, token: Token) -> Node:
        if not self.take("_"):
            raise self.fail("a limit of what variable?", token, "lim_{t -> oo} …")
        opener = self.token
        if not self.take("{", "("):
            raise self.fail("the variable of a limit stands in braces", hint="lim_{t -> oo} …")
        name, _ = self.bound()
        side = {"->": "", "->+": "+", "->-": "-"}.get(self.token.text)
        if side is None:
            raise self.fail("an arrow is missing in this limit", hint="lim_{t -> oo} …")
        self.i += 1
        negative = self.take("-")
        if self.take("+"):
            pass
        start = self.token
        point = self.primary()
        if negative:
            point = self.node("neg", (point,), None, start.start)
        if self.take("^"):
            braced = self.take("{")
            side = self.side()
            if braced:
                self.expect("}")
        elif self.is_op("+", "-"):
            side = self.side()
        self.expect("}" if opener.text == "{" else ")", opener)
        scope = self.scope
        variable = (
            scope.symbols.get(name)
            or scope.variables().get(name)
            or symbol(name, 1, 1, _approaching(name, start.text, side if not negative else "-"))
        )
        if variable.shape != (1, 1):
            raise self.fail(f"{name} is no scalar", opener)
        self.scope = scope.having(variable)
        body = self.operand()
        self.scope = scope
        return self.node("limit", (body, point), (variable, side), token.start)

    def side(self) -> str:
        token = self.token
        if not self.take("+", "-"):
            raise self.fail("from which side?", hint="0+ or 0-")
        return token.text

    def argmin(self, token: Token) -> Node:
        """argmin_v f(v): up to the next relation, for a minimiser is no part of a sum.

        Where f is the name of an expression in v, that expression is meant.
        """
        value = None
        if self.take("_"):
            braced = self.take("{")
            value, _ = self.bound()
            if braced:
                self.expect("}")
        before = self.pending
        if value is not None and value not in self.scope.symbols:
            self.pending = {**before, value: Pending(value, "", "")}
        body = self.expression(RELATION)
        self.pending = before
        return self.node("argmin", (body,), (value, self.scope), token.start)

    def quantifier(self) -> Node:
        """forall v, w : R^n. P"""
        token = self.token
        self.i += 1
        names = [self.bound()[0]]
        while self.take(","):
            names.append(self.bound()[0])
        if not self.take(":", "in"):
            raise self.fail("the type of a bound variable is missing", hint="forall v : R^n. …")
        bound = tuple(symbol(n, *self_type) for self_type in [self.type()] for n in names)
        while (
            self.is_op(",")
            and self.tokens[self.i + 1].kind in ("name", "word")
            and self.tokens[self.i + 2].text == ":"
        ):
            self.i += 1
            name = self.bound()[0]
            self.i += 1
            bound += (symbol(name, *self.type()),)
        self.take(".", ":", ",", "|")
        scope = self.scope
        self.scope = scope.having(*bound)
        body = self.expression(0)
        self.scope = scope
        self.meets_abbreviations(body, bound)
        return self.node("quantified", (body,), (token.text, bound), token.start)

    def meets_abbreviations(self, body: Node, bound: tuple[Term, ...]) -> None:
        """Refuses a bound letter of another type than the letter of its name in an abbreviation."""
        inside = [self.scope.abbreviations.get(n.value) for n in walk(body) if n.kind == "name"]
        letters = [s for value in inside if value is not None for s in symbols_of(value)]
        for b in bound:
            if any(s.name == b.name and s is not b for s in letters):
                raise self.fail(f"{b.name} is another {b.name} in the abbreviation", body, "another letter")
