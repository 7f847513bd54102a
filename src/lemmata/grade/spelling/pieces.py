r"""Taking an answer apart before it is parsed: labels, lists of answers, boxes, prose.

>>> split("x_1 = 4 - 2t, x_2 = t", ",")
['x_1 = 4 - 2t', 'x_2 = t']
>>> unlabel("w = x = (1, 2)")
('(1, 2)', ['w', 'x'])

The signs are found by the lexer of ``lemmata.terms``, outside of all brackets; nothing is evaluated.
"""

from __future__ import annotations

import re

from lemmata.kernel.term import Shape, Term
from lemmata.terms.elaborate import elaborate, infer_together
from lemmata.terms.errors import ReadError
from lemmata.terms.grammar import Parser
from lemmata.terms.lexer import Token, tokenize
from lemmata.terms.scope import Scope
from lemmata.terms.syntax import Node

__all__ = [
    "IllTyped",
    "clean",
    "each_name",
    "inner",
    "is_outside",
    "read_any",
    "read_term",
    "split",
    "top_level",
    "unlabel",
]

_OPEN, _CLOSE = frozenset(("(", "[", "{", "\\{", "<<")), frozenset((")", "]", "}", "\\}", ">>"))


class IllTyped(ValueError):
    """Readable, but shapes do not fit: a mistake in mathematics and not in typing."""


def clean(text: str) -> str:
    r"""The answer without \boxed and without the bare points of NumPy.  Raises ReadError on two boxes."""
    text = text.strip()
    boxes = [m.end() for m in re.finditer(r"\\(?:boxed|fbox)\s*\{", text)]
    if len(boxes) > 1:
        raise ReadError.at("two boxed answers", text, boxes[1], "give one")
    if boxes:
        depth, end = 1, boxes[0]
        while end < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        if depth:
            raise ReadError.at("this box is never closed", text, boxes[0])
        text = text[boxes[0] : end - 1]
    return re.sub(r"(?<=\d)\.(?=[\s\],;)])", "", text) if "[" in text else text


def top_level(text: str) -> list[tuple[Token, int]]:
    """The tokens of the text, each with its depth of nesting; closing signs count as outside."""
    depth, found = 0, []
    for token in tokenize(text):
        op = token.text if token.kind == "op" else ""
        if op in _CLOSE or token.kind == "end":
            depth -= 1
        found.append((token, depth))
        if op in _OPEN or token.kind == "begin":
            depth += 1
    return found


def is_outside(before: str) -> bool:
    """Whether all brackets before a place are closed; those of ]0, 1[ and (0, 1] close each other."""
    return sum(before.count(c) for c in "([{") == sum(before.count(c) for c in ")]}")


def split(text: str, *signs: str) -> list[str]:
    """The pieces of the text between these signs at the top level."""
    pieces, start = [], 0
    for token, depth in top_level(text):
        if depth == 0 and token.kind == "op" and token.text in signs:
            pieces.append(text[start : token.start])
            start = token.end
    pieces.append(text[start:])
    return [p.strip() for p in pieces]


def unlabel(text: str) -> tuple[str, list[str]]:
    """What stands after the last equals sign, and all that stood before."""
    *labels, value = split(text, "=")
    return value, labels


_NAME = re.compile(r"\\?[A-Za-z]+(?:_\{?\w+\}?)?")


def each_name(piece: str) -> list[str]:
    """x = y = 0 as x = 0 and y = 0; any other text as it is."""
    *names, value = split(piece, "=")
    if len(names) < 2 or len(set(names)) < len(names) or not all(_NAME.fullmatch(name) for name in names):
        return [piece]
    return [f"{name} = {value}" for name in names]


def inner(text: str, opener: str, closer: str) -> str | None:
    r"""The text between an opener and its closer, when the two enclose all of it; otherwise None."""
    tokens = top_level(text)[:-1]
    if len(tokens) < 2 or (tokens[0][0].text, tokens[-1][0].text) != (opener, closer):
        return None
    if any(depth == 0 for _, depth in tokens[1:-1]):
        return None
    return text[tokens[0][0].end : tokens[-1][0].start].strip()


def read_any(text: str, scope: Scope, like: Shape | None = None) -> Term:
    """One expression, proposition or set; ``like`` is the shape of an I or 0 whose size stays open.

    Raises ReadError when the text cannot be read, IllTyped when shapes do not fit.
    """
    node = _node(text, scope)
    try:
        return elaborate(node, text)
    except ReadError as error:
        if like is not None:
            try:
                return infer_together([_node(text, scope)], text, like)[0]
            except ReadError:
                pass
        raise IllTyped(error.message) from error


def _node(text: str, scope: Scope) -> Node:
    parser = Parser(text, scope)
    node = parser.expression()
    parser.finish()
    return node


def read_term(text: str, scope: Scope) -> Term:
    """One matrix, vector or number.  Raises ReadError or IllTyped."""
    term = read_any(text, scope)
    if term.sort != "matrix":
        raise ReadError.at(f"a {term.sort}, where an expression was expected", text, 0)
    return term
