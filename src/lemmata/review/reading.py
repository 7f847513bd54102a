r"""From a clause to propositions: every relation is read by the grammar of ``lemmata.terms``.

A chain is read as a whole, so that the sizes of I and 0 follow from any of its members; where that fails,
relation by relation, so that one member that cannot be read does not hide the others.  What cannot be read
is ``unread``, what can be read and has shapes that do not fit is ``rejected``; both name the place.

>>> scope = Scope().declare("A", "n", "n")
>>> pieces = [Piece("A A^{-1}", 0), Piece("I", 11), Piece("A +", 15)]
>>> for said in read_chain(pieces, ["=", "="], scope, "A A^{-1} = I = A +"):
...     print(said.text, "--", said.verdict or "read")
A A^{-1} = I -- read
I = A + -- unread
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lemmata.kernel.term import ShapeError, Term, make
from lemmata.review.sums import without_sums
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import relation
from lemmata.terms.grammar import Parser
from lemmata.terms.parse import parse_chain, parse_prop
from lemmata.terms.scope import Scope

__all__ = [
    "TENDS",
    "Piece",
    "Said",
    "read_alternatives",
    "read_chain",
    "read_limit",
    "syntax_error",
    "unreadable",
]

TENDS = frozenset(["\\to", "\\rightarrow", "\\longrightarrow", "→", "->", "\\xrightarrow"])
UNKNOWN_RELATIONS = frozenset(
    {"\\approx", "\\sim", "\\simeq", "\\propto", "\\equiv", "\\cong", "\\ll", "\\gg", "\\mapsto", "\\doteq"}
    | {"≈", "∼", "∝", "≡", "≪", "≫", "\\lesssim", "\\gtrsim", "\\ni", "\\ngeq", "\\nleq", "\\supset"}
    | {"\\supseteq", "\\nsubseteq", "\\downarrow"}
)
_PLAIN = {":=": "=", "\\triangleq": "=", "\\coloneqq": "=", "≔": "="}
_LAYOUT = re.compile(r"\\\\\*?(?![a-zA-Z&])|(?<!\\)&")
_DOTTED_ZERO = re.compile(r"\\cdot\s*(?:\\math[a-z]+\s*)?\{?0(?![\d.])|(?<![\d.])0\}?\s*\\cdot")
_EITHER = re.compile(r"\\pm(?![a-zA-Z])|±")
_SIMPLE = frozenset(["eq", "ne", "le", "ge", "lt", "gt"])


@dataclass(frozen=True)
class Piece:
    """A part of a formula, its place in the document, and how the grammar is to read it (the same length)."""

    text: str
    offset: int
    spelled: str = ""

    @property
    def source(self) -> str:
        """The text for the grammar, in one line."""
        return (self.spelled or self.text).replace("\n", " ")

    @property
    def shown(self) -> str:
        """The text for people: in one line, without the layout of an alignment."""
        flat = self.text if "\\begin" in self.text else _LAYOUT.sub(" ", self.text)
        return " ".join(flat.split())


@dataclass(frozen=True)
class Said:
    """One relation of a chain: what was written, where, and what it says or why it says nothing."""

    text: str
    offset: int
    prop: Term | None
    verdict: str = ""  # unread | rejected, where there is no proposition
    why: str = ""


def read_chain(pieces: Sequence[Piece], relations: Sequence[str], scope: Scope, document: str) -> list[Said]:
    """The relations between neighbours of ``pieces``, one by one."""
    relations = [_PLAIN.get(r, r) for r in relations]
    texts = [f"{a.shown} {r} {b.shown}" for a, r, b in zip(pieces, relations, pieces[1:], strict=False)]
    whole = _whole(pieces, relations, scope)
    if whole is not None:
        return [Said(t, p.offset, prop) for t, p, prop in zip(texts, pieces[1:], whole, strict=True)]
    found = []
    for a, r, b, text in zip(pieces, relations, pieces[1:], texts, strict=False):
        found.append(_pair(a, r, b, text, scope, document))
    return found


def _whole(pieces: Sequence[Piece], relations: Sequence[str], scope: Scope) -> list[Term] | None:
    """All relations of a chain read together, or None."""
    if any(r in UNKNOWN_RELATIONS or r in TENDS for r in relations) or any(
        not p.text.strip() for p in pieces
    ):
        return None
    text, _ = _composed(pieces, relations)
    try:
        links = parse_chain(text, scope)
    except (ReadError, ShapeError):
        return None
    if len(links) != len(pieces) or any(link.relation not in _SIMPLE for link in links[1:]):
        return None
    try:
        return [relation(b.relation, a.term, b.term) for a, b in pairwise(links)]
    except ShapeError:
        return None


def _composed(pieces: Sequence[Piece], relations: Sequence[str]) -> tuple[str, list[tuple[int, Piece]]]:
    """One line of text for the grammar, and where each piece begins in it."""
    text = ""
    places: list[tuple[int, Piece]] = []
    for p, r in zip(pieces, ["", *relations], strict=True):
        text += f" {r} " if r else ""
        places.append((len(text), p))
        text += p.source
    return text, places


def _pair(a: Piece, r: str, b: Piece, text: str, scope: Scope, document: str) -> Said:
    if r in UNKNOWN_RELATIONS:
        why = unreadable(
            f"{r} is no relation that can be decided", document, b.offset - 1, "= or an inequality"
        )
        return Said(text, b.offset, None, "unread", why)
    for part, side in ((a, "before"), (b, "after")):
        if not part.text.strip():
            why = unreadable(f"nothing stands {side} this {r}", document, part.offset)
            return Said(text, b.offset, None, "unread", why)
    source, places = _composed((a, b), (r,))
    try:
        prop = parse_prop(source, scope)
        return Said(text, b.offset, prop)
    except ReadError as error:
        found = _rewritten(a.source, r, b.source, scope)
        if found is not None:
            return Said(text, b.offset, found)
        verdict = "unread" if _unclear(error, source, scope) else "rejected"
        return Said(text, b.offset, None, verdict, _placed(error, places, document))
    except ShapeError as error:
        return Said(text, b.offset, None, "rejected", str(error))


def syntax_error(source: str, scope: Scope) -> ReadError | None:
    """Why a text is no formula at all; None where it is one, whatever its shapes."""
    try:
        parser = Parser(source, scope)
        parser.expression()
        parser.finish()
    except ReadError as error:
        return error
    return None


def _unclear(error: ReadError, source: str, scope: Scope) -> bool:
    """Whether a text has no meaning that could be wrong: no formula, or a size that is left open."""
    open_ = "?" in error.message or "not clear" in error.message or "does not follow" in error.message
    open_ = open_ or bool(_DOTTED_ZERO.search(source))  # the number 0 or a vector: its size is left open
    return open_ or "where a" in error.message or syntax_error(source, scope) is not None


def _placed(error: ReadError, places: list[tuple[int, Piece]], document: str) -> str:
    at = error.column - 1
    start, p = next((pair for pair in reversed(places) if pair[0] <= at), places[0])
    return unreadable(error.message, document, p.offset + min(at - start, len(p.text)), error.suggestion)


def unreadable(message: str, document: str, offset: int, hint: str = "") -> str:
    """The message with the place in the document and a caret under it."""
    return str(ReadError.at(message, document, offset, hint))


def _rewritten(left: str, r: str, right: str, scope: Scope) -> Term | None:
    """Sums over entries and products with a vector 0 in the words of the grammar, or None."""
    left, right = (_zero_dotted(without_sums(side, scope)) for side in (left, right))
    try:
        return parse_prop(f"{left} {r} {right}", scope)
    except (ReadError, ShapeError):
        return None


def _zero_dotted(text: str) -> str:
    r"""u \cdot 0 and 0 \cdot (u): the zero vector of the size of u is u - u."""
    group = r"(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\\math[a-z]+\s*\{\s*\w\s*\}|\\?[A-Za-z]+(?:_\w)?)"
    text = re.sub(rf"(?<![\d.])0\s*\\cdot\s*{group}", r"(\1 - \1)^\\top \1", text)
    return re.sub(
        rf"{group}\s*\\cdot\s*(?:\\math[a-z]+\s*\{{\s*0\s*\}}|0(?![\d.]))", r"\1^\\top (\1 - \1)", text
    )


def read_alternatives(p: Piece, scope: Scope, document: str) -> Said:
    """x = 3 or x = -3, and x = ±3: one statement, with alternatives."""
    source = p.source
    try:
        signs = ("+", "-") if _EITHER.search(source) else ("",)
        props = [parse_prop(_EITHER.sub(f" {sign} ", source), scope) for sign in signs]
        return Said(p.shown, p.offset, props[0] if len(props) == 1 else make("or", tuple(props)))
    except ReadError as error:
        verdict = "unread" if _unclear(error, source, scope) else "rejected"
        return Said(p.shown, p.offset, None, verdict, _placed(error, [(0, p)], document))
    except ShapeError as error:
        return Said(p.shown, p.offset, None, "rejected", str(error))


def read_limit(a: Piece, b: Piece, tends: Piece, text: str, scope: Scope, document: str) -> Said:
    """a -> b as t -> oo: the limit of a is b."""
    tending = re.sub(r"\s+", " ", tends.text)
    left, right = (" ".join(p.source.split()) for p in (a, b))
    source = rf"\lim_{{{tending}}} \left( {left} \right) = {right}"
    try:
        return Said(text, b.offset, parse_prop(source, scope))
    except ReadError as error:
        verdict = "unread" if _unclear(error, source, scope) else "rejected"
        return Said(
            text, b.offset, None, verdict, unreadable(error.message, document, a.offset, error.suggestion)
        )
    except ShapeError as error:
        return Said(text, b.offset, None, "rejected", str(error))
