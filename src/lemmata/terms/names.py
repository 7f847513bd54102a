r"""Names, functions and scripts: what a run of letters means, and what stands above and below it.

Declared names win.  A run of letters that is no name is cut into as few known pieces as possible
(``AB`` into A and B, ``lambdaI`` into lambda and I); what cannot be cut is an unknown name.
Subscripts belong to the name (``w_0``, ``W_1``, ``w_{row}``); where x is a sequence, ``x_{k+1}``
is its value at k + 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lemmata.kernel.term import Term, symbol
from lemmata.terms.brackets import Brackets
from lemmata.terms.cursor import DOT, PRODUCT
from lemmata.terms.errors import ReadError, close_name
from lemmata.terms.lexer import GREEK, Token
from lemmata.terms.scope import variable_domain
from lemmata.terms.syntax import CONSTANTS, FUNCTIONS, SPELLINGS, Node

__all__ = ["Names"]

_MARKS = {"T": "T", "top": "T", "H": "T", "*": "T", "star": "T", "+": "+", "dagger": "+", "perp": "perp"}
_RESERVED = frozenset(FUNCTIONS) | GREEK | frozenset(CONSTANTS) | frozenset(SPELLINGS) | {"I", "oo"}


class Names(Brackets):
    """The layer of names, scripts and functions."""

    def primary(self) -> Node:
        raise NotImplementedError

    # --- a name -------------------------------------------------------------------------------

    def bases(self) -> set[str]:
        """Declared names, without subscripts."""
        return {name.split("_")[0].rstrip("'") for name in self.scope.symbols}

    def known(self, word: str) -> bool:
        scope = self.scope
        return (
            word in scope.symbols or word in _RESERVED or word in scope.dims or word in self.bases()
            or word in scope.variables() or (scope.student and len(word) == 1)
        )  # fmt: skip

    def cut(self, word: str) -> list[str]:
        """The fewest known pieces of a run of letters; declared ones first."""
        bases, scope = self.bases() | set(self.scope.symbols), self.scope
        names = bases | scope.dims | set(scope.variables())
        reserved = {r for r in _RESERVED if len(r) > 1} | {"I", "e", "i"}
        letters = scope.student and len(word) <= 3
        best: list[tuple[int, list[str]] | None] = [(0, [])] + [None] * len(word)
        longest = max(map(len, names | reserved))
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - longest), end):
                before, piece = best[start], word[start:end]
                if before is None:
                    continue
                cost = 2 if piece in names else 3 if piece in reserved else 5 if letters and end - start == 1 else 0
                here = best[end]
                if cost and (here is None or before[0] + cost < here[0]):
                    best[end] = (before[0] + cost, [*before[1], piece])
        found = best[len(word)]
        return found[1] if found else []

    def unknown(self, name: str, at: Token) -> ReadError:
        known = [*self.scope.symbols, *self.scope.dims, *(f for f in FUNCTIONS if len(f) > 2)]
        near = close_name(name, known)
        hint = f"did you mean {near}?" if near else f"declare it, for example  let {name} : R^n"
        return self.fail(f"unknown name {name[:40]!r}", at, hint)

    def split_word(self) -> None:
        """Replace a run of letters under the cursor by its pieces."""
        token = self.token
        word = token.text
        if len(word) == 1 or self.known(word):
            return
        after = self.tokens[self.i + 1]
        if after.kind == "num" and not after.space and word + after.text in self.scope.symbols:
            return
        pieces = self.cut(word)
        if not pieces:
            raise self.unknown(word, token)
        made, start = [], token.start
        for piece in pieces:
            made.append(Token("name", piece, start, start + len(piece), token.space and start == token.start))
            start += len(piece)
        self.tokens[self.i : self.i + 1] = made

    def name(self) -> Node:
        token = self.token
        if token.kind == "name":
            derivative = self.quotient()
            if derivative is not None:
                return derivative
            self.split_word()
            token = self.token
        self.i += 1
        word = token.text
        if word not in self.scope.symbols:
            if word in SPELLINGS or word == "oo":
                return self.node("inf", (), None, token.start)
            if word in FUNCTIONS and word not in self.bases():
                return self.function(word, token)
            if word == "I" and "I" not in self.scope.symbols:
                return self.identity(token)
        return self.applied(self.subscripted(word, token), token)

    def subscripted(self, word: str, token: Token) -> Node:
        """A name with the subscripts, digits and primes that follow it."""
        full, symbols = word, self.scope.symbols
        after = self.token
        if after.kind == "num" and not after.space and after.text.isdigit():
            # x1 is x_1 where one of them is declared, or where an answer declares nothing.
            for spelling in (word + after.text, f"{word}_{after.text}"):
                if spelling in symbols or (
                    self.scope.student and "_" in spelling and not self.known_value(word)
                ):
                    self.i += 1
                    full = spelling
                    break
        while self.is_op("_"):
            base = symbols.get(full)
            if base is not None and base.value[4] and not self.declared_below(full):
                return self.sequence_value(base, token)
            self.i += 1
            full = f"{full}_{self.subscript(full)}"
        while self.is_op("'") and full + "'" in symbols:
            self.i += 1
            full += "'"
        return self.resolve(full, token)

    def known_value(self, word: str) -> bool:
        return word in self.scope.symbols or word in CONSTANTS or word in ("i", "j") or word in self.scope.dims

    def declared_below(self, full: str) -> bool:
        """Whether the subscript that follows makes a declared name (w_0 beside a function w)."""
        here = self.i
        self.i += 1
        try:
            return f"{full}_{self.subscript(full)}" in self.scope.symbols
        except ReadError:
            return False
        finally:
            self.i = here

    def subscript(self, base: str) -> str:
        """The text of a subscript, after the sign _ itself."""
        token = self.token
        if self.take("{"):
            text = ""
            while not self.is_op("}"):
                part = self.token
                if part.kind not in ("num", "name", "word") and part.text not in (",", "*", "+", "-", "oo", "star", "'", "perp", "_"):
                    raise self.fail(f"a subscript of {base} that is no name", hint=f"declare {base} as a sequence: let {base} : R^n(k)")
                text += {"*": "star"}.get(part.text, part.text)
                self.i += 1
            self.i += 1
            return text
        self.i += 1
        if token.kind == "name" and len(token.text) > 1 and f"{base}_{token.text}" not in self.scope.symbols:
            first, rest = token.text[0], token.text[1:]
            if f"{base}_{first}" in self.scope.symbols or self.scope.student:
                self.tokens.insert(self.i, Token("name", rest, token.start + 1, token.end))
                return first
        if token.kind in ("num", "name", "word"):
            return token.text
        if token.text in ("*", "star"):
            return "star"
        if token.text in ("oo", "+", "-", "perp"):
            return token.text
        self.i -= 1
        raise self.fail("a subscript is missing here")

    def resolve(self, full: str, token: Token) -> Node:
        """The node of a complete name."""
        scope = self.scope
        if full in self.pending:
            return self.node("pending", (), self.pending[full], token.start)
        found = scope.symbols.get(full)
        # w^\star is the declared w_star, w^* only where w itself is not declared.
        if self.is_op("^") and self.tokens[self.i + 1].text in (("*", "star") if found is None else ("star",)):
            starred = scope.symbols.get(full + "_star")
            if starred is not None:
                found = starred
                self.i += 2
        if found is None:
            if full in CONSTANTS or (full == "j" and scope.student and full not in scope.dims):
                return self.node("const", (), CONSTANTS.get(full, "i"), token.start)
            variables = scope.variables()
            if full in scope.dims and (full == "t" or full not in variables):
                return self.node("dim", (), full, token.start)
            found = variables.get(full)
        if found is None and scope.student and not ("+" in full or "-" in full):
            found = symbol(full, of="t" if full in self.moving else "")
        if found is None and "_" in full and ("+" in full or "-" in full):
            base = full.split("_")[0]
            raise self.fail(f"{base} is not declared as a sequence", token, f"let {base} : R^n(k)")
        if found is None:
            raise self.unknown(full, token)
        return self.node("name", (), found, token.start)

    def applied(self, node: Node, token: Token) -> Node:
        """w(t), w(0): a function of a variable and its argument."""
        if node.kind == "name" and node.value.value[4] and self.is_op("("):
            variable = node.value.value[4]
            inner = self.tokens[self.i + 1 : self.i + 3]
            exact = inner[0].text == variable and inner[1].text == ")"
            if exact:
                self.i += 3
                return self.node("name", (), node.value, token.start)
            if not self.token.space:
                argument = self.group(self.token)
                return self.node("apply", (node, argument), None, token.start)
        return node

    def sequence_value(self, base: Term, token: Token) -> Node:
        """x_{k+1} for a declared sequence x."""
        self.i += 1
        ahead = self.i + self.is_op("{")
        exact = self.tokens[ahead].text == base.value[4] and (ahead == self.i or self.tokens[ahead + 1].text == "}")
        index = self.group(self.token) if ahead > self.i else self.primary()
        if exact:
            return self.node("name", (), base, token.start)
        return self.node("apply", (self.node("name", (), base, token.start), index), "index", token.start)

    def identity(self, token: Token) -> Node:
        if not self.is_op("_"):
            return self.node("identity", (), None, token.start)
        self.i += 1
        return self.node("identity", (), self.sizes(1)[0], token.start)

    def sized_zero(self, token: Token) -> Node:
        """0_n and 0_{m x n}: a zero whose size is written."""
        self.i += 1
        sizes = self.sizes(2)
        return self.node("zero", (), (sizes[0], sizes[1] if len(sizes) > 1 else 1), token.start)

    def sizes(self, most: int) -> list[int | str]:
        """n or {n} or {m x n} after the sign _ or ^."""
        braced = self.take("{") or self.take("(")
        found: list[int | str] = []
        while True:
            token = self.token
            if token.kind == "num" and token.value.denominator == 1 and token.value >= 1:
                found.append(int(token.value))
            elif token.kind in ("name", "word"):
                pair = token.text.split("x") if braced and token.kind == "name" else [token.text]
                found.extend(pair if all(pair) else [token.text])
            else:
                raise self.fail("a size is a name or a positive whole number", hint="n, or {m x n}")
            self.i += 1
            if braced and self.is_op("_"):  # a dimension such as n_1
                self.i += 1
                found[-1] = f"{found[-1]}_{self.subscript(str(found[-1]))}"
            if not braced:
                break
            if self.is_op("}", ")"):
                self.i += 1
                break
            if self.token.text in ("x", "*"):
                self.i += 1
        if len(found) > most:
            raise self.fail("too many sizes")
        return found

    # --- scripts ------------------------------------------------------------------------------

    def postfix(self, node: Node) -> Node:
        while True:
            token = self.token
            if token.kind != "op":
                return node
            if token.text == "^":
                node = self.superscript(node)
            elif token.text == "!":
                self.i += 1
                node = self.node("call", (node,), "factorial", node.start)
            elif token.text == "'":
                self.i += 1
                if node.kind != "name" or not node.value.value[4]:
                    raise self.fail("a prime after what does not depend on t", token, "A^T for a transpose, \\dot w for a derivative")
                node = self.node("diff", (node,), node.value.value[4], node.start)
            elif token.text == "_" and node.kind == "pow" and node.args[0].kind == "norm" and not node.paren:
                self.i += 1  # \|x\|^2_2
                kind = self.subscript("the norm")
                if kind not in ("2", "F"):
                    raise self.fail(f"the norm with index {kind!r} is not known here", token)
                node.args[0].value = kind
            else:
                return node

    def superscript(self, base: Node) -> Node:
        self.i += 1
        token = self.token
        no_mark = base.kind in ("num", "const") and not base.paren
        if token.text == "{" and token.kind == "op":
            marks = [] if no_mark else self.marks()
            if marks:
                for mark in marks:
                    base = self.node("mark", (base,), mark, base.start)
                return base
            plain = self.tokens[self.i + 1].text == "{"
            exponent = self.group(token)
            # x^{{-1}} is the power with exponent -1, x^{-1} the inverse.
            return self.node("pow", (base, exponent), None, base.start) if plain else self.raised(base, exponent)
        if token.kind == "op" and token.text in _MARKS:
            self.i += 1
            return self.node("mark", (base,), _MARKS[token.text], base.start)
        if token.text == "'":
            raise self.fail("^' is no transpose", token, "A^T for a transpose")
        if self.take("-"):
            if self.token.text[:1] in ("T", "H") and self.token.kind == "name":
                self.split_letter()
                self.i += 1
                base = self.node("mark", (base,), "-1", base.start)
                return self.node("mark", (base,), "T", base.start)
            if self.take("top", "*"):
                base = self.node("mark", (base,), "-1", base.start)
                return self.node("mark", (base,), "T", base.start)
            below = self.exponent()
            return self.raised(base, self.node("neg", (below,), None, token.start))
        if token.kind == "name" and not no_mark and token.text not in self.scope.symbols:
            if token.text[0] in "TH" or token.text in _MARKS:
                if token.text not in _MARKS:
                    self.split_letter()
                self.i += 1
                return self.node("mark", (base,), _MARKS[self.tokens[self.i - 1].text], base.start)
        if token.kind == "word" and token.text in ("T", "H", "top"):
            self.i += 1
            return self.node("mark", (base,), "T", base.start)
        return self.raised(base, self.exponent())

    def split_letter(self) -> None:
        """A^TA: only the first letter after ^ is the exponent."""
        token = self.token
        if len(token.text) > 1:
            self.tokens[self.i : self.i + 1] = [
                Token(token.kind, token.text[0], token.start, token.start + 1, token.space),
                Token(token.kind, token.text[1:], token.start + 1, token.end),
            ]

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
                found += ["-1", "T"]
                ahead += 1
            elif token.text in _MARKS and not (found == [] and token.text in ("+", "*") and after.kind in ("num", "name")):
                found.append(_MARKS[token.text])
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

    # --- functions ----------------------------------------------------------------------------

    def function(self, word: str, token: Token) -> Node:
        kind, value = FUNCTIONS.get(word, ("", ""))
        if kind == "":
            raise self.unknown(word, token)
        special: dict[str, Callable[[Token], Node]] = {
            "lim": self.limit, "nabla": self.nabla, "argmin": self.argmin, "matrix": self.matrix
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
                    raise self.fail(f"{word} … ^ … can be read in two ways", t, f"{word}(x^2) or ({word} x)^2")
        return [factors[0] if len(factors) == 1 else self.node("mul", tuple(factors), None, factors[0].start)]

    def starts_function(self) -> bool:
        token = self.token
        return token.kind == "fn" or (token.kind in ("name", "word") and token.text in FUNCTIONS and token.text not in self.scope.symbols)

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
        if len(rows) == 1 and rows[0].kind == "literal":
            return rows[0]
        if all(r.kind == "literal" and r.value[1] == 1 for r in rows):
            return self.literal([list(r.args) for r in rows], opener)
        return self.literal([[r] for r in rows], opener)

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
                Token("num", here.text[0], here.start, here.start + 1, here.space, here.value * 0 + int(here.text[0])),
                Token("num", here.text[1:], here.start + 1, here.end, False, here.value * 0 + int(here.text[1:])),
            ]
        if here.kind == "name" and not self.known(here.text):
            self.split_letter()
        return self.primary()

    def root(self, token: Token) -> Node:
        self.i += 1
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

    # --- calculus -----------------------------------------------------------------------------

    def operand(self) -> Node:
        """What d/dt, nabla and lim act on: all up to the next + or -, as in lim A B and d/dt (a)^T (b)."""
        return self.expression(DOT - 1)

    def quotient(self) -> Node | None:
        """d/dt (…) and dw/dt in plain text."""
        first = self.token
        if not first.text.startswith("d") or first.text in self.scope.symbols:
            return None
        ahead, rest = self.i + 1, first.text[1:]
        while rest and self.tokens[ahead].text in ("_", "{", "}") or (rest and self.tokens[ahead - 1].text in ("_", "{") and self.tokens[ahead].kind in ("num", "name", "word")):
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
        return self.node("diff", (body,), variable, first.start)

    def leibniz(self, token: Token) -> Node | None:
        r"""\frac{d}{dt} …, \frac{d w}{dt}, \frac{d^2}{dt^2} …"""
        texts = [(t.text, t.kind) for t in self.tokens[self.i : self.i + 3]]
        if len(texts) < 3 or texts[0][0] != "{" or texts[1][1] not in ("name", "word") or not texts[1][0].startswith("d"):
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
            body = self.node("diff", (body,), "t", token.start)
            return self.node("diff", (body,), "t", token.start) if token.text == "ddot" else body
        base = self.token
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
        if token.text == "vec" or self.scope.student:
            self.i = here
            return self.applied(self.subscripted(base.text, base), base)
        raise self.unknown(full, token)

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

    def bound(self) -> tuple[str, Token]:
        """The name of a bound variable under the cursor."""
        token = self.token
        accent = ""
        if token.kind == "accent" and token.text not in ("dot", "ddot"):
            accent = f"_{token.text}"
            self.i += 1
            if self.is_op("{") and self.tokens[self.i + 2].text == "}":
                del self.tokens[self.i + 2], self.tokens[self.i]
        if self.token.kind not in ("name", "word"):
            raise self.fail("a name is missing here")
        full = self.token.text + accent
        self.i += 1
        if self.token.kind == "num" and not self.token.space and self.token.text.isdigit():
            full += self.token.text
            self.i += 1
        while self.is_op("_"):
            self.i += 1
            full = f"{full}_{self.subscript(full)}"
        if self.is_op("^") and self.tokens[self.i + 1].text in ("*", "star"):
            self.i += 2
            full += "_star"
        while self.take("'"):
            full += "'"
        return full, token

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
        variable = scope.symbols.get(name) or scope.variables().get(name) or symbol(name, 1, 1, variable_domain(name))
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
        value = None
        if self.take("_"):
            braced = self.take("{")
            value, _ = self.bound()
            if braced:
                self.expect("}")
        return self.node("argmin", (self.operand(),), value, token.start)

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
        while self.is_op(",") and self.tokens[self.i + 1].kind in ("name", "word") and self.tokens[self.i + 2].text == ":":
            self.i += 1
            name = self.bound()[0]
            self.i += 1
            bound += (symbol(name, *self.type()),)
        self.take(".", ":", ",", "|")
        scope = self.scope
        self.scope = scope.having(*bound)
        body = self.expression(0)
        self.scope = scope
        return self.node("quantified", (body,), (token.text, bound), token.start)

    def type(self) -> tuple[Any, Any, str, str]:
        """R^{m x n}, C^n, R, positive, …, with (t) or (k) behind: rows, cols, domain, variable."""
        token = self.token
        if token.kind not in ("name", "word"):
            raise self.fail("a type is missing here", hint="R^{m x n}, R^n, R, positive")
        self.i += 1
        word = token.text
        domains = ("real", "complex", "positive", "nonnegative", "natural", "time")
        rows: Any = 1
        cols: Any = 1
        if word in ("R", "C"):
            domain = "real" if word == "R" else "complex"
            if self.take("^"):
                found = self.sizes(2)
                rows, cols = found[0], found[1] if len(found) > 1 else 1
        elif word == "N":
            domain = "natural"
        elif word in domains:
            domain = word
        else:
            raise self.fail(f"unknown type {word!r}", token, "R^{m x n}, C^n, R, real, positive, nonnegative, natural, time")
        if self.is_op("->"):
            raise self.fail("functions between spaces cannot be declared yet", hint="write the function out, as in ||A x - b||^2")
        of = ""
        if self.take("("):
            of = self.bound()[0]
            self.expect(")")
        return rows, cols, domain, of
