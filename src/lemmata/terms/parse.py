r"""Reading: text to term, by one grammar for claim text, LaTeX and students' answers.

>>> from lemmata.terms.scope import Scope
>>> scope = Scope().declare("X", "m", "n").declare("y", "m").declare("lambda", domain="positive")
>>> parse_term(r"(X^\top X + \lambda I)^{-1} X^T y", scope).shape
('n', 1)
>>> parse_term("XX⁺X", scope) is parse_term(r"X X^{\dagger} X", scope)
True
>>> parse_prop("X^+ X = 1", scope)
Traceback (most recent call last):
lemmata.terms.errors.IllTyped: line 1, column 9: X^+ X is n x n and 1 is a scalar: they cannot be compared
    X^+ X = 1
            ^
    try: I for a multiple of the identity

What is read is never evaluated: no ``eval``, no SymPy, work linear in the length of the text up to
the limits in the scope.  2^{2^{33}} is a power of powers, not a number.
"""

from __future__ import annotations

from typing import NamedTuple

from lemmata.kernel.term import Shape, Term
from lemmata.terms.elaborate import elaborate, infer_together
from lemmata.terms.errors import ReadError
from lemmata.terms.grammar import RELATIONS, Parser
from lemmata.terms.scope import Scope
from lemmata.terms.syntax import Node

__all__ = ["Link", "parse_chain", "parse_list", "parse_located", "parse_prop", "parse_props", "parse_term"]


def parse_term(text: str, scope: Scope) -> Term:
    """One expression: a matrix, vector or number, a subspace, a set.  Raises ReadError."""
    node = _whole(text, scope)
    found = elaborate(node, text)
    if found.sort == "prop":
        raise ReadError.at("a statement, where an expression was expected", text, node.start)
    return found


def parse_prop(text: str, scope: Scope) -> Term:
    """One proposition; a chain a = b = c becomes an ``and``.  Raises ReadError."""
    node = _whole(text, scope)
    found = elaborate(node, text)
    if found.sort != "prop":
        raise ReadError.at(
            "an expression, where a statement was expected", text, node.start, "an equation, as in A x = y"
        )
    return found


def parse_props(text: str, scope: Scope) -> tuple[Term, ...]:
    """Propositions with commas between them, as after ``assume``."""
    return tuple(prop for prop, _, _ in parse_located(text, scope))


def parse_located(text: str, scope: Scope) -> list[tuple[Term, int, int]]:
    """Propositions with commas between them, each with its place in the text."""
    parser = Parser(text, scope)
    nodes = [parser.expression()]
    while parser.take(","):
        nodes.append(parser.expression())
    parser.finish()
    found = []
    for node in nodes:
        term = elaborate(node, text)
        if term.sort != "prop":
            raise ReadError.at(
                "an expression, where a statement was expected",
                text,
                node.start,
                "an equation, as in A x = y",
            )
        found.append((term, node.start, node.end))
    return found


def parse_list(text: str, scope: Scope) -> list[Term]:
    """Expressions or statements with commas between them, as in ``x = 1, y = 2`` or ``i, -i``."""
    parser = Parser(text, scope)
    nodes = [parser.expression()]
    while parser.take(",", ";"):
        nodes.append(parser.expression())
    parser.finish()
    return [elaborate(node, text) for node in nodes]


class Link(NamedTuple):
    """One member of a chain: its relation to the member before ("" for the first), its place."""

    relation: str
    term: Term
    start: int
    end: int


def parse_chain(text: str, scope: Scope, like: Shape | None = None) -> list[Link]:
    """The members of a = b <= c, one by one; shapes are inferred along the whole chain.

    A text that begins with a relation ("&= A^T A x") gives links that all have a relation; ``like``
    is then the shape of what stood before.  A single proposition without a relation sign, or one
    with logical connectives, is one link with the relation "".
    """
    parser = Parser(text, scope)
    parser.skip_layout()
    leading = ""
    if parser.token.kind == "op" and parser.token.text in RELATIONS and parser.token.text != "<":
        leading = RELATIONS[parser.token.text]
        parser.i += 1
    node = parser.expression()
    parser.finish()
    if node.kind != "chain" or node.paren or any(a.kind == "argmin" for a in node.args):
        return [Link(leading, infer_together([node], text, like)[0], node.start, node.end)]
    # Checks relations and tells <= between spaces from <= between numbers.
    members = list(node.args)
    elaborate(node, text)
    relations = [leading, *node.value]
    plain = all(r not in ("in", "notin", "perp") for r in relations)
    if plain:
        terms = infer_together(members, text, like if members[0].sort == "matrix" else None)
    else:
        terms = [elaborate(member, text) for member in members]
    return [Link(r, t, m.start, m.end) for r, t, m in zip(relations, terms, members, strict=True)]


def _whole(text: str, scope: Scope) -> Node:
    parser = Parser(text, scope)
    node = parser.expression()
    parser.finish()
    return node
