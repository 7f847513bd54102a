r"""Names: what a run of letters means.

Declared names win.  A run of letters that is no name is cut into as few known pieces as possible
(``AB`` into A and B, ``lambdaI`` into lambda and I); what cannot be cut is an unknown name.
Subscripts belong to the name (``w_0``, ``W_1``, ``w_{row}``); where x is a sequence, ``x_{k+1}``
is its value at k + 1.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from lemmata.kernel.term import Term, symbol
from lemmata.terms.blocks import sum_of
from lemmata.terms.brackets import Brackets
from lemmata.terms.errors import ReadError, close_name
from lemmata.terms.letters import GREEK
from lemmata.terms.lexer import Token
from lemmata.terms.syntax import CONSTANTS, FUNCTIONS, SPELLINGS, Node

__all__ = ["Names"]

_RESERVED = (
    frozenset(FUNCTIONS) | frozenset(GREEK) | frozenset(CONSTANTS) | frozenset(SPELLINGS) | {"I", "oo"}
)
# \lambda_{\max} is the letter that \lambda_{max} is, and lambda_max in plain text is no product.
_SUBSCRIPT_WORDS = frozenset(("max", "min", "opt"))
_OF_SUBSCRIPTS = ("num", "name", "word")
_SIGNS_OF_SUBSCRIPTS = frozenset((",", "*", "+", "-", "oo", "star", "'", "perp", "_")) | _SUBSCRIPT_WORDS


class Names(Brackets):
    """The layer of names and of types.  What the layers above provide comes first."""

    @abstractmethod
    def primary(self) -> Node:
        """Reads what is no product: a name, a number, a bracket."""

    @abstractmethod
    def function(self, word: str, token: Token) -> Node:
        """Reads the arguments of a function by name."""

    @abstractmethod
    def quotient(self) -> Node | None:
        """Reads d/dt (…) or dw/dt, if one stands here."""

    # --- a name -------------------------------------------------------------------------------

    def bases(self) -> set[str]:
        """Declared names, without subscripts."""
        return {name.split("_")[0].rstrip("'") for name in (*self.scope.symbols, *self.pending)}

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
                cost = (
                    2
                    if piece in names
                    else 3
                    if piece in reserved
                    else 5
                    if letters and end - start == 1
                    else 0
                )
                here = best[end]
                if cost and (here is None or before[0] + cost < here[0]):
                    best[end] = (before[0] + cost, [*before[1], piece])
        found = best[len(word)]
        return found[1] if found else []

    def unknown(self, name: str, at: Token) -> ReadError:
        known = [*self.scope.symbols, *self.scope.dims, *(f for f in FUNCTIONS if len(f) > 2)]
        near = close_name(name, known)
        hint = f"did you mean {near}?" if near else f"declare it, for example  let {name} : R^n"
        if name in ("sum", "prod"):
            hint = "sums and products over an index are not read: write the terms out"
        later = [t.text for t in self.tokens[self.i + 1 :] if t.kind == "op"]
        if "forall" in later:
            hint = f"write the quantifier first, as in  forall {name} : R^n. A {name} = 0"
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
        if token.kind not in ("name", "word"):
            raise self.fail("a name is missing here")
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
        return (
            word in self.scope.symbols or word in CONSTANTS or word in ("i", "j") or word in self.scope.dims
        )

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
                if part.kind not in _OF_SUBSCRIPTS and part.text not in _SIGNS_OF_SUBSCRIPTS:
                    raise self.fail(
                        f"a subscript of {base} that is no name",
                        hint=f"declare {base} as a sequence: let {base} : R^n(k)",
                    )
                text += {"*": "star"}.get(part.text, part.text)
                self.i += 1
            self.i += 1
            return text
        self.i += 1
        plain = token.kind == "name" and len(token.text) > 1 and token.text not in _SUBSCRIPT_WORDS
        if plain and f"{base}_{token.text}" not in self.scope.symbols:
            first, rest = token.text[0], token.text[1:]
            if f"{base}_{first}" in self.scope.symbols or self.scope.student:
                self.tokens.insert(self.i, Token("name", rest, token.start + 1, token.end))
                return first
        if token.kind in _OF_SUBSCRIPTS or token.text in _SUBSCRIPT_WORDS:
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
        if self.is_op("^") and self.tokens[self.i + 1].text in (
            ("*", "star") if found is None else ("star",)
        ):
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
        exact = self.tokens[ahead].text == base.value[4] and (
            ahead == self.i or self.tokens[ahead + 1].text == "}"
        )
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
        """n or {n} or {m x n} or {(m+n) x p} after the sign _ or ^."""
        if not (self.take("{") or self.take("(")):
            return [self.part_of_size(False)[0]]
        found: list[int | str] = []
        while True:
            grouped = self.take("(")
            here = self.part_of_size(not grouped)
            while self.take("+"):
                more = self.part_of_size(not grouped)
                here = [*here[:-1], sum_of((here[-1], more[0])), *more[1:]]
            if grouped:
                self.expect(")")
            found += here
            if self.is_op("}", ")"):
                self.i += 1
                break
            if self.token.text in ("x", "*"):
                self.i += 1
        if len(found) > most:
            raise self.fail("too many sizes")
        return found

    def part_of_size(self, crossed: bool) -> list[int | str]:
        """A number or a name; ``crossed``: mxn is m x n."""
        token = self.token
        if token.kind == "num" and token.value.denominator == 1 and token.value >= 1:
            found: list[int | str] = [int(token.value)]
        elif token.kind in ("name", "word"):
            pair = token.text.split("x") if crossed and token.kind == "name" else [token.text]
            found = [*pair] if all(pair) else [token.text]
        else:
            raise self.fail("a size is a name or a positive whole number", hint="n, {m x n} or {m+n}")
        self.i += 1
        if crossed and self.is_op("_"):  # a dimension such as n_1
            self.i += 1
            found[-1] = f"{found[-1]}_{self.subscript(str(found[-1]))}"
        return found

    def split_letter(self) -> None:
        """A^TA: only the first letter after ^ is the exponent."""
        token = self.token
        if len(token.text) > 1:
            self.tokens[self.i : self.i + 1] = [
                Token(token.kind, token.text[0], token.start, token.start + 1, token.space),
                Token(token.kind, token.text[1:], token.start + 1, token.end),
            ]

    # --- declarations ---

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
            raise self.fail(
                f"unknown type {word!r}",
                token,
                "R^{m x n}, C^n, R, real, positive, nonnegative, natural, time",
            )
        if self.is_op("->"):
            raise self.fail(
                "functions between spaces cannot be declared yet",
                hint="write the function out, as in ||A x - b||^2",
            )
        of = ""
        if self.take("("):
            of = self.bound()[0]
            self.expect(")")
        return rows, cols, domain, of
