r"""What a clause says by its form: a variable that tends, a range, a chain that goes together.

>>> from lemmata.kernel.term import number
>>> from lemmata.terms.forms import relation
>>> a, b, c = number(1), number(2), number(3)
>>> found = transitive([relation("eq", a, b), relation("lt", b, c)])
>>> found is relation("lt", a, c)
True
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from lemmata.kernel.term import Term
from lemmata.review.layout import Clause, Span
from lemmata.review.reading import TENDS, Piece
from lemmata.terms.forms import relation

__all__ = ["is_tending", "piece_of", "shown", "tending", "tending_bracket", "transitive"]


def piece_of(span: Span, offset: int) -> Piece:
    return Piece(span.text, offset + span.start)


def shown(group: Sequence[Clause], offset: int) -> str:
    parts = []
    for clause in group:
        first = piece_of(clause.first, offset).shown if clause.first is not None else ""
        parts.append(
            first
            + "".join(f" {link.relation} {piece_of(link.member, offset).shown}" for link in clause.links)
        )
    return ", ".join(parts)


def is_tending(clause: Clause) -> bool:
    return len(clause.links) == 1 and clause.links[0].relation in TENDS


def tending(clauses: Sequence[Clause], offset: int) -> Piece | None:
    r"""The t \to \infty of a sentence, from a condition or from brackets behind the formula."""
    for clause in clauses:
        if clause.role == "condition" and is_tending(clause) and clause.first is not None:
            link = clause.links[0]
            text = f"{clause.first.text} \\to {link.member.text}"
            return Piece(text, offset + clause.first.start)
        inside = tending_bracket(clause)
        if inside and clause.first is not None:
            return Piece(inside[1], offset + clause.first.start + inside.start(1))
    return None


def tending_bracket(clause: Clause) -> re.Match[str] | None:
    r"""The (t \to \infty) beside a formula."""
    if clause.first is None or clause.links:
        return None
    return re.fullmatch(r"\s*\((.*(?:\\to(?![a-z])|→|\\rightarrow).*)\)\s*", clause.first.text, re.DOTALL)


def transitive(props: Sequence[Term]) -> Term | None:
    """a = b <= c < d gives a < d; None where the relations do not go together."""
    heads = {prop.head for prop in props}
    first, last = props[0].args[0], props[-1].args[1]
    if any(p.args[1] is not q.args[0] for p, q in pairwise(props)) or first.sort != "matrix":
        return None
    for allowed, strict, weak in (
        ({"eq"}, "", "eq"),
        ({"eq", "le", "lt"}, "lt", "le"),
        ({"eq", "ge", "gt"}, "gt", "ge"),
    ):
        if heads <= allowed:
            return relation(strict if strict in heads else weak, first, last)
    return None
