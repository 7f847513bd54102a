"""A place in a row of tokens, and what every part of the grammar does there.

The parser is a tower of classes, each in a module of its own, to be read in this order: ``Cursor``
(here), ``Brackets``, ``Names``, ``Scripts``, ``Functions``, ``Calculus`` and, with the signs,
``grammar.Parser``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lemmata.terms.errors import ReadError
from lemmata.terms.lexer import Token, tokenize
from lemmata.terms.scope import Scope
from lemmata.terms.syntax import Node, Pending

__all__ = ["AND", "DOT", "IFF", "IMPLIES", "NOT", "OR", "PRODUCT", "RELATION", "SUM", "Cursor"]

# How strongly the signs bind.
IFF, IMPLIES, OR, AND, NOT, RELATION, SUM, DOT, PRODUCT = 10, 20, 30, 40, 50, 60, 70, 75, 80


class Cursor(ABC):
    """One text, one scope, one pass.  Every method reads from ``self.i`` on."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text = text
        self.scope = scope
        self.limits = scope.limits
        self.tokens = tokenize(text, scope.limits)
        self.tokens += self.tokens[-1:] * 4  # so that looking ahead never runs off the end
        self.i = 0
        self.level = 0  # open expressions, and
        self.inner = 0  # open operands: both bounded, so that nothing recurses without end
        self.bars: list[str] = []  # what is open, innermost last: ( [ | || < matrix matlab
        self.pending: dict[str, Pending] = {}
        self.moving = self._moving() if scope.student else frozenset()

    # What the layers above provide.

    @abstractmethod
    def expression(self, strength: int = 0) -> Node:
        """Reads operators that bind at least as strongly."""

    @abstractmethod
    def factor(self) -> Node:
        """Reads one factor of a product."""

    @property
    def token(self) -> Token:
        return self.tokens[self.i]

    def fail(self, message: str, at: Token | Node | None = None, hint: str = "") -> ReadError:
        return ReadError.at(message, self.text, (at or self.token).start, hint)

    def is_op(self, *ops: str) -> bool:
        token = self.tokens[self.i]
        return token.kind == "op" and token.text in ops

    def take(self, *ops: str) -> bool:
        if self.is_op(*ops):
            self.i += 1
            return True
        return False

    def expect(self, op: str, opener: Token | None = None) -> None:
        if self.take(op):
            return
        if self.token.kind == "eof" or self.is_op(")", "]", "}", "\\}"):
            if opener is not None:
                raise self.fail(f"this {opener.text} is never closed", opener, f"add {op}")
            raise self.fail(f"{op} is missing here")
        raise self.fail(f"expected {op} before {self.token.text!r}", hint="an operator may be missing")

    def node(self, kind: str, args: tuple[Node, ...], value: Any, start: int) -> Node:
        made = Node(kind, args, value, start, self.tokens[self.i - 1].end if self.i else start)
        if made.depth > 2 * self.limits.depth:
            raise ReadError.at("nested too deeply", self.text, start)
        return made

    def skip_layout(self) -> None:
        """Outside of matrices, & and \\\\ are layout."""
        while self.tokens[self.i].kind == "op" and self.tokens[self.i].text in ("&", "\\\\"):
            self.i += 1

    @contextmanager
    def inside(self, mark: str) -> Iterator[None]:
        self.bars.append(mark)
        yield
        self.bars.pop()

    def _moving(self) -> frozenset[str]:
        """Undeclared letters under a dot or before a prime: functions of the time."""
        found = set()
        for here, after in zip(self.tokens, self.tokens[1:], strict=False):
            if here.kind == "accent" and here.text in ("dot", "ddot") and after.kind in ("name", "word"):
                found.add(after.text[:1] if after.kind == "name" else after.text)
            if here.kind in ("name", "word") and after.kind == "op" and after.text == "'":
                found.add(here.text[-1:] if here.kind == "name" else here.text)
        return frozenset(found)
