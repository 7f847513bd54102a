r"""Hypotheses in displays: what a sentence assumes, lets or defines.

``Hypotheses`` is the part of the review that takes clauses for granted instead of judging them.  What it
cannot read becomes a step that says so: a hypothesis that is lost would make true steps look false.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lemmata.kernel.term import Term, make, number, subterms
from lemmata.review.judging import judge
from lemmata.review.layout import Clause, Sentence
from lemmata.review.naming import Named, define, let, names_something
from lemmata.review.notebook import Notebook
from lemmata.review.reading import Piece, read_alternatives, read_chain, unreadable
from lemmata.terms.forms import is_, relation

__all__ = ["DEFINES", "Hypotheses", "short"]

DEFINES = (":=", "\\triangleq", "\\coloneqq", "≔")


def short(text: str, most: int = 300) -> str:
    """A text cut where it is longer than anybody reads."""
    return text if len(text) <= most else text[: most - 1] + "…"


class Hypotheses(Notebook, ABC):
    """Clauses that are taken for granted."""

    @abstractmethod
    def claim(
        self, clause: Clause, offset: int, premises: Sequence[Term], tends: Piece | None, where: bool = False,
        supposed: str = "",
    ) -> list[Term]:  # fmt: skip
        """What judges a clause; the next layer provides it."""

    def _take(self, clause: Clause, offset: int, kind: str) -> None:
        """A clause of a sentence that assumes, lets or defines."""
        if self._blocked(clause, offset):
            return
        if clause.whole:
            self._props(clause, offset, kind)
            return
        if clause.first is None or not clause.links:
            at = offset + (clause.first.start if clause.first is not None else clause.links[0].place)
            text = self._piece(clause.first or clause.links[0].member, offset).shown
            self._failed(short(text), at, "unread", unreadable("this is no statement", self.document, at))
            return
        first, link = self._piece(clause.first, offset), clause.links[0]
        named = None
        if kind == "let":
            named = let(first, link.relation, self._piece(link.member, offset), self.known.scope, self.local)
        if named is None and (kind == "define" or names_something(first.text, self.known.scope)) and (
            link.relation in ("=", *DEFINES)
        ):  # fmt: skip
            named = define(first, self._piece(link.member, offset), self.known, self.document)
        if named is not None and named.verdict == "claim":
            self.claim(clause, offset, (), None)
            return
        if named is not None:
            if (
                self._named(named, first, link.relation, self._piece(link.member, offset), kind)
                and len(clause.links) > 1
            ):
                rest = Clause(link.member, clause.links[1:])
                self.claim(rest, offset, (), None)
            return
        self._props(clause, offset, kind)

    def _named(self, named: Named, a: Piece, sign: str, b: Piece, kind: str) -> bool:
        """Take over what a display names; False where that cannot be read."""
        text = f"{a.shown} {sign} {b.shown}"
        if named.fault:
            self._failed(text, a.offset, named.verdict, named.fault)
            return False
        if named.fresh:
            # The letter begins a new life: what was known of the old one is not known of the new.
            self._forget(named.fresh)
        self.local |= set(named.scope.symbols) - set(self.known.scope.symbols)
        self.known = replace(
            self.known, scope=named.scope, definitions=(*self.known.definitions, *named.definitions)
        ).having(*named.given)  # fmt: skip
        self._given(text, a.offset, kind if kind in ("assume", "let", "define") else "define")
        self._defined(text, b, named)
        return True

    def _defined(self, text: str, b: Piece, named: Named) -> None:
        """Every inverse in a definition must exist: where it does not, the definition is rejected."""
        for definition in named.definitions:
            inverses = [
                t for t in subterms(definition.args[1]) if t.head == "inverse" and t.args[0].head != "number"
            ]
            for inverse in inverses:
                inner = inverse.args[0]
                scalar = inner.shape == (1, 1)
                prop = relation("ne", inner, number(0)) if scalar else is_("invertible", inner)
                found = judge(self.known, (), prop, text, self.seconds)
                if found.verdict == "refuted":
                    found = replace(
                        found, verdict="rejected", why=f"what is to be inverted is singular: {found.why}"
                    )
                if found.verdict != "proved":
                    why = (
                        found.why
                        if found.verdict == "rejected"
                        else f"an inverse that may not exist: {found.why}"
                    )
                    self._step(text, b.offset, replace(found, why=why))
                    return

    def _props(self, clause: Clause, offset: int, kind: str) -> list[Term] | None:
        """The relations of a clause as hypotheses; None, with a step that says so, where one is unread."""
        if self._blocked(clause, offset):
            return None
        if clause.first is None or not (clause.links or clause.whole):
            return []
        pieces = [
            self._piece(clause.first, offset),
            *(self._piece(link.member, offset) for link in clause.links),
        ]
        if clause.whole:
            said = [read_alternatives(pieces[0], self.known.scope, self.document)]
        else:
            said = read_chain(
                pieces, [link.relation for link in clause.links], self.known.scope, self.document
            )
        found: list[Term] = []
        for s in said:
            if s.prop is None:
                self._failed(s.text, s.offset, s.verdict, s.why)
                return None
            found.append(s.prop)
            self._given(s.text, pieces[0].offset, kind)
        if kind != "suppose":
            self.known = self.known.having(*found)
        return found

    def _assumed_implication(self, sentence: Sentence, offset: int) -> None:
        groups: list[Term] = []
        for group in sentence.groups:
            props: list[Term] = []
            for clause in group:
                if clause.role == "claim":
                    found = self._props(clause, offset, "suppose")
                    if found is None:
                        return
                    props += found
            if props:
                groups.append(props[0] if len(props) == 1 else make("and", tuple(props)))
        for (a, b), arrow in zip(pairwise(groups), sentence.arrows, strict=False):
            pair = (b, a) if arrow == "<==" else (a, b)
            self.known = self.known.having(make("iff" if arrow == "<==>" else "implies", pair))

    def _blocked(self, clause: Clause, offset: int) -> bool:
        """Words that say something we cannot read make the clause unread."""
        if not clause.barrier:
            return False
        first = self._piece(clause.first, offset).shown if clause.first else ""
        rest = "".join(f" {link.relation} {self._piece(link.member, offset).shown}" for link in clause.links)
        why = unreadable(
            "these words say something that is not read",
            self.document,
            offset + clause.barrier_at,
            "a formula",
        )
        self._failed(
            short(f"{first}{rest} {clause.barrier}".strip()), offset + clause.barrier_at, "unread", why
        )
        return True
