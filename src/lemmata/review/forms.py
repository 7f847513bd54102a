r"""Forms that are no chains: definitions by cases, letters that a condition introduces, expressions alone.

|x| = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{if } x < 0 \end{cases}   two steps, each with its condition
\text{for all } v \in \operatorname{Null}(X): \ A v = 0             v begins here, with A v = 0
\arg\min_w \|X w - y\|^2                                            claims nothing
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from lemmata.kernel.term import ShapeError, Term, make
from lemmata.review.hypotheses import Hypotheses, short
from lemmata.review.layout import Clause
from lemmata.review.naming import let
from lemmata.review.reading import Piece, Said, read_chain, syntax_error, unreadable
from lemmata.review.remarks import Prepared
from lemmata.review.signs import MARK
from lemmata.terms.errors import ReadError
from lemmata.terms.parse import parse_prop, parse_term

__all__ = ["Forms"]

_CASES = re.compile(
    r"\s*((?:(?!\\begin|=).)*?)&?\s*=\s*(?:\\left\s*\\\{\s*)?\\begin\s*\{d?cases\}((?:(?!\\begin|\\end).)*)\\end\s*\{d?cases\}[\s.,]*",
    re.DOTALL,
)
_PROBLEM = re.compile(
    r"\s*(?:\\arg\s*(?:\\[,!]\s*)?\\m(?:in|ax)|\\argm(?:in|ax)|\\m(?:in|ax))(?:\\limits)?\s*_\s*"
    r"(?:\{(?:[^{}]|\{[^{}]*\})*\}|\w)"
)


class Forms(Hypotheses):
    """Sentences of other forms than a chain of relations."""

    @abstractmethod
    def _judged(self, said: Sequence[Said], premises: Sequence[Term], supposed: str) -> list[Term]:
        """What judges relations; the next layer provides it."""

    def _by_cases(self, prepared: Prepared, offset: int) -> bool:
        """a = b where P, c where Q: two steps, each under its condition.  False where that cannot be read."""
        found = _CASES.fullmatch(prepared.text)
        if found is None:
            return False
        first = Piece(found[1], offset + found.start(1))
        rows: list[tuple[Piece, Term]] = []
        at = found.start(2)
        conditions: list[Term] = []
        for row in re.split(r"(\\\\)", found[2]):
            start, at = at, at + len(row)
            cells = row.split("&")
            if row == "\\\\" or not row.replace(MARK, "").strip():
                continue
            if len(cells) != 2:
                return False
            member = Piece(cells[0].rstrip(" ,\n"), offset + start)
            words = [w for n, w in prepared.words.items() if start <= n < at]
            condition = cells[1].replace(MARK, " ").strip(" ,.\n")
            if (
                not condition
                and conditions
                and any(re.match(r"otherwise|else", w.strip(" ,.")) for w in words)
            ):
                other = conditions[0] if len(conditions) == 1 else make("or", tuple(conditions))
                rows.append((member, make("not", (other,))))
                continue
            if any(not re.fullmatch(r"(?:if|for|when|where|whenever)?", w.strip(" ,.")) for w in words):
                return False
            try:
                prop = parse_prop(condition, self.known.scope)
            except (ReadError, ShapeError):
                return False
            conditions.append(prop)
            rows.append((member, prop))
        for member, prop in rows:
            said = read_chain([first, member], ["="], self.known.scope, self.document)
            self._judged(said, [prop], "")
        self.last = None
        return bool(rows)

    def _introduced(self, clause: Clause, offset: int) -> list[Term] | None:
        """for all v in Null(X): a letter that begins here, and what is known of it; None for other conditions."""
        if clause.first is None or len(clause.links) != 1 or clause.whole or clause.barrier:
            return None
        first, link = self._piece(clause.first, offset), clause.links[0]
        member = self._piece(link.member, offset)
        member = Piece(member.text.rstrip(" :."), member.offset, member.spelled.rstrip(" :."))
        named = let(first, link.relation, member, self.known.scope, self.local)
        if named is None:
            return None
        if named.fresh:
            self._forget(named.fresh)
        self.local |= set(named.scope.symbols) - set(self.known.scope.symbols)
        self.known = replace(self.known, scope=named.scope)
        self._given(f"{first.shown} {link.relation} {member.shown}", first.offset, "suppose")
        return list(named.given)

    def _expression(self, p: Piece) -> None:
        """An expression alone: nothing is claimed; what cannot be read is said all the same."""
        source = " ".join(p.source.split())
        problem = _PROBLEM.match(source)
        if problem and syntax_error(source[problem.end() :], self.known.scope.lenient()) is None:
            self._remark(p, "a problem of minimisation: nothing is claimed")
            return
        wrong = syntax_error(source, self.known.scope)
        if wrong is not None:
            why = unreadable(wrong.message, self.document, p.offset + wrong.column - 1, wrong.suggestion)
            self._failed(short(p.shown), p.offset, "unread", why)
            return
        try:
            parse_term(source, self.known.scope)
        except ReadError as error:
            unclear = any(
                mark in error.message for mark in ("does not follow", "?", "not clear", "a statement")
            )
            why = unreadable(error.message, self.document, p.offset + error.column - 1, error.suggestion)
            self._failed(short(p.shown), p.offset, "unread" if unclear else "rejected", why)
            return
        self._remark(p, "an expression: nothing is claimed")
