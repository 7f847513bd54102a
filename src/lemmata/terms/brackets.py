r"""Everything between two signs: ( ), [ ], { }, | |, || ||, < >, and matrices written out.

    (1, 2)  a column     [1, 2]  a column     [A B]  [1 2; 3 4]  [[1,2],[3,4]]  \begin{pmatrix}…  matrices
    (0, oo)  [0, 1)  intervals     \{1, 2\}  a set     |x|  ||x||  \|A\|_F  <u, v>

A bracket [ ] around one expression is only a bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lemmata.terms.cursor import RELATION, Cursor
from lemmata.terms.lexer import Token
from lemmata.terms.syntax import FUNCTIONS, Node

__all__ = ["Brackets"]

_CLOSERS = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "<<": ">>"}
_MARKS = ("^", "_", "'")
_SIZED = re.compile(r"\\(left|[bB]igg?l?)\s*\\?$")


class Brackets(Cursor):
    """The layer of brackets."""

    def group(self, opener: Token) -> Node:
        """( ), { } or \\{ \\}: a bracket, a tuple, an interval or a set."""
        self.i += 1
        closer = _CLOSERS[opener.text]
        if opener.text == "\\{" and self.take(closer):
            return self.node("set", (), "empty", opener.start)
        with self.inside("("):
            items = [self.expression()]
            while self.take(","):
                items.append(self.expression())
        if opener.text == "(" and len(items) == 2 and self.take("]"):
            return self.node("interval", tuple(items), "(]", opener.start)
        self.expect(closer, opener)
        if opener.text == "\\{" or (opener.text == "{" and len(items) > 1):
            return self.node("set", tuple(items), "set", opener.start)
        if len(items) == 1:
            return self.enclosed(items[0], opener)
        if len(items) == 2 and any(map(_infinite, items)):
            return self.node("interval", tuple(items), "()", opener.start)
        made = self.literal([[item] for item in items], opener, "list")
        self.skip_row_transpose()
        return made

    def enclosed(self, node: Node, opener: Token) -> Node:
        node.paren = True
        node.start, node.end = opener.start, self.tokens[self.i - 1].end
        return node

    def skip_row_transpose(self) -> None:
        """(1, 2)^T is how a column is written in a line of text, so the T says nothing new."""
        if self.is_op("^"):
            words = [t.text for t in self.tokens[self.i + 1 : self.i + 4]]
            if words[0] in ("T", "top"):
                self.i += 2
            elif words[0] == "{" and words[1] in ("T", "top") and words[2] == "}":
                self.i += 4

    def bracket(self, opener: Token) -> Node:
        """[ ]: a matrix as in MATLAB or as nested lists, a list, an interval, or a bracket."""
        style = self.survey()
        self.i += 1
        if style == "nested":
            rows = []
            with self.inside("("):
                while self.is_op("["):
                    inner, row_style = self.token, self.survey()
                    self.i += 1
                    rows.append(self.row("matlab" if row_style in ("row", "beside") else "("))
                    self.expect("]", inner)
                    self.take(",")
            self.expect("]", opener)
            return self.literal(rows, opener)
        rows = [self.row("matlab" if style in ("row", "beside", "matlab") else "(")]
        while self.take(";"):
            rows.append(self.row("matlab" if style == "matlab" else "("))
        if len(rows) == 1 and len(rows[0]) == 2 and self.take(")"):
            return self.node("interval", tuple(rows[0]), "[)", opener.start)
        self.expect("]", opener)
        if len(rows) == 1 and len(rows[0]) == 1:
            return self.enclosed(rows[0][0], opener)
        if style == "beside":
            return self.node("beside", tuple(rows[0]), self.together(rows[0], opener), opener.start)
        if len(rows) == 1 and style != "row":  # [1, 2] is a list, hence a column; [1 2] is a row
            return self.literal([[item] for item in rows[0]], opener, "list")
        if style == "column":
            return self.literal(rows, opener, "column")
        spaced = style == "matlab" and any(len(row) > 1 and any(map(self.is_spaced, row)) for row in rows)
        return self.literal(rows, opener, "spaced" if spaced else "literal")

    def is_spaced(self, entry: Node) -> bool:
        """A sum with white space in it, beside other entries: [A x + b; C d] may be meant in two ways."""
        return not entry.paren and entry.kind == "add" and " " in self.text[entry.start : entry.end].strip()

    def together(self, entries: list[Node], opener: Token) -> Node:
        """[A B] and [A -B] as the product and the difference in brackets."""
        terms: list[list[Node]] = []
        for entry in entries:
            signed = entry.kind == "neg" and not entry.paren
            if signed or not terms:
                terms.append([])
            terms[-1].append(entry)
        members: list[Node] = []
        for factors in terms:  # [A -B] has two entries, and one in brackets
            sign = factors[0] if factors[0].kind == "neg" and not factors[0].paren else None
            factors = [factors[0].args[0] if sign else factors[0], *factors[1:]]
            flat = [f for e in factors for f in (e.args if e.kind == "mul" and not e.paren else (e,))]
            made = flat[0] if len(flat) == 1 else self.node("mul", tuple(flat), None, flat[0].start)
            if sign:
                made = self.node("minus" if members else "neg", (made,), None, sign.start)
            members.append(made)
        whole = members[0] if len(members) == 1 else self.node("add", tuple(members), None, opener.start)
        return self.enclosed(whole, opener)

    def row(self, mode: str) -> list[Node]:
        items: list[Node] = []
        with self.inside(mode):
            while True:
                items.append(self.expression(RELATION))
                if not self.take(",") and (mode != "matlab" or not self.starts_entry()):
                    return items

    def starts_entry(self) -> bool:
        token = self.token
        if token.kind == "op":
            return token.text in ("(", "[", "{", "-", "+", "sqrt", "frac")
        return token.kind != "eof"

    def survey(self) -> str:
        """What the bracket at the cursor is: nested, matlab (has ;), row (numbers only), list, beside, or a group."""
        depth, commas, semicolons, plain, nested = 0, False, False, True, self.tokens[self.i + 1].text == "["
        between = ""
        for token in self.tokens[self.i :]:
            opens, closes = token.text in ("(", "[", "{"), token.text in (")", "]", "}")
            if token.kind == "op" and opens:
                nested = nested and not (depth == 1 and token.text != "[")
                depth += 1
            elif token.kind == "op" and closes:
                depth -= 1
                if depth == 0:
                    break
                continue
            nested = nested and not (depth == 2 and token.text == ";")
            if depth == 1 and not (opens and between == ""):
                commas |= token.text == ","
                semicolons |= token.text == ";"
                plain &= token.kind == "num" or token.text in ("-", "+", "/")
                nested = nested and token.text in (",", "[")
            between = token.text
        if nested:
            return "nested"
        if semicolons:
            return "list" if commas else "column" if not plain and self.has_bare_rows() else "matlab"
        return "list" if commas else "row" if plain else "beside" if self.stands_beside() else "group"

    def entries(self) -> Iterator[tuple[Token, Token, bool]]:
        """The tokens of the bracket at the cursor outside of inner brackets, each with the one after it.

        And whether it begins an entry: at white space between two operands, or before a sign as in [A -B].
        """
        depth, before, scripted, first, bar = 1, self.token, False, True, ""
        for token, after in zip(self.tokens[self.i + 1 :], self.tokens[self.i + 2 :], strict=False):
            op = token.text if token.kind == "op" else ""
            closes = token.kind == "end" or op in (")", "]", "}")
            depth -= closes
            if depth == 0 or token.kind == "eof":
                return
            if depth == 1 and not closes:
                script = before.kind == "op" and before.text in ("^", "_")
                ended = before.kind != "op" or before.text in (")", "]", "}", "'")
                ended = scripted or (ended and not self.is_function(before))  # row is no function in w_row
                ended = ended or (before.text in ("|", "||") and not bar)
                signed = op in ("-", "+") and not script and not after.space
                operand = op == "" or signed or op in ("(", "[", "{", "sqrt", "frac", "|", "||")
                yield token, after, not bar and (first or (token.space and ended and operand and not script))
                first, scripted = op == ";", script
                if op in ("|", "||"):
                    bar = "" if bar else op
            depth += token.kind == "begin" or op in ("(", "[", "{")
            before = token

    def has_bare_rows(self) -> bool:
        """[X; sqrt(2) I], [A x + b; 1]: a row of one entry beside rows of several, which are then products."""
        counts, numbers = [0], True
        for token, _, begins in self.entries():
            numbers = numbers and (token.kind == "num" or token.text in ("-", "+", "/", ";"))
            if token.kind == "op" and token.text == ";":
                counts.append(0)
            counts[-1] += begins
        return 1 in counts and max(counts) > 1 and not numbers

    def stands_beside(self) -> bool:
        """Whether the bracket at the cursor holds operands with white space between, as [A B^T] and [A -B].

        \\left[ … \\right] is a bracket, and so is one with a sum, a quotient or a statement in it.
        """
        if _SIZED.search(self.text[max(0, self.token.start - 12) : self.token.start]):
            return False
        count, before = 0, self.token
        for token, after, begins in self.entries():
            script = before.kind == "op" and before.text in ("^", "_")
            sign = token.kind == "op" and token.text == "-" and not script
            if not (script or self.begins_or_marks(token, after)) or (sign and not begins):
                return False
            count, before = count + begins, token
        return count > 1

    def is_function(self, token: Token) -> bool:
        return token.kind == "fn" or (
            token.kind in ("name", "word")
            and token.text in FUNCTIONS
            and token.text not in self.scope.symbols
        )

    def begins_or_marks(self, token: Token, after: Token) -> bool:
        """Whether a token may stand in an entry of a row: part of an operand, a mark on it, its sign."""
        if token.kind == "op":
            return token.text in (*_MARKS, "(", "[", "{", "-", "sqrt", "frac")
        if self.is_function(token):
            return after.text == "(" and not after.space
        return token.kind != "eof"

    def literal(self, rows: list[list[Node]], opener: Token, kind: str = "literal") -> Node:
        """A matrix written out row by row, or a list with commas."""
        widths = {len(row) for row in rows}
        if len(widths) != 1 or 0 in widths:
            hint = "white space ends an entry: set commas, as in [I, 0; A B, I]" if opener.text == "[" else ""
            raise self.fail("the rows of this matrix differ in length", opener, hint)
        width = widths.pop()
        if len(rows) * width > self.limits.entries:
            raise self.fail(f"a matrix of more than {self.limits.entries} entries", opener)
        return self.node(kind, tuple(c for row in rows for c in row), (len(rows), width), opener.start)

    def environment(self) -> Node:
        opener = self.token
        self.i += 1
        rows: list[list[Node]] = [[]]
        with self.inside("matrix"):
            while True:
                rows[-1].append(self.expression(RELATION))
                if self.take("&"):
                    continue
                if self.take("\\\\"):
                    if self.token.kind == "end":
                        break
                    rows.append([])
                else:
                    break
        if self.token.kind != "end" or self.token.text != opener.text:
            if self.token.kind == "eof":
                raise self.fail(
                    f"\\begin{{{opener.text}}} is never closed", opener, f"add \\end{{{opener.text}}}"
                )
            raise self.fail(f"expected & or \\\\ or \\end{{{opener.text}}}")
        self.i += 1
        made = self.literal(rows, opener)
        if opener.text == "vmatrix":
            return self.node("to_scalar", (made,), "det", opener.start)
        return self.node("norm", (made,), "2", opener.start) if opener.text == "Vmatrix" else made

    def absolute(self, opener: Token) -> Node:
        """| | and || ||.  Inside, the next bar of the same kind after an operand closes."""
        self.i += 1
        mark = opener.text
        with self.inside(mark):
            body = self.expression()
        if not self.take(mark):
            raise self.fail(f"this {mark} is never closed", opener, f"close it with a second {mark}")
        if mark == "|":
            return self.node("bars", (body,), None, opener.start)
        kind = "2"
        if self.take("_"):
            braced = self.take("{")
            chosen = self.token
            if chosen.text not in ("2", "F") or chosen.kind not in ("num", "name", "word"):
                raise self.fail(
                    f"the norm with index {chosen.text!r} is not known here",
                    hint="the norms are || ||, || ||_2 and || ||_F",
                )
            kind = chosen.text
            self.i += 1
            if braced:
                self.expect("}")
        return self.node("norm", (body,), kind, opener.start)

    def pairing(self, opener: Token) -> Node:
        """< u, v > and \\langle u, v \\rangle."""
        self.i += 1
        with self.inside("<" if opener.text == "<" else "("):
            left = self.expression()
            if not self.take(",", "|"):
                raise self.fail("an inner product has two parts", hint="<u, v>")
            right = self.expression()
        self.expect(">" if opener.text == "<" else ">>", opener)
        return self.node("inner", (left, right), None, opener.start)


def _infinite(node: Node) -> bool:
    return node.kind == "inf" or (node.kind == "neg" and node.args[0].kind == "inf")
