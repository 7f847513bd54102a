r"""The review: displays in their order, each step judged under what is known when it is reached.

>>> report = review_document("---\nlet: {A: 'R^{m x n}'}\n---\n$$ A A^+ A = A = A^+ $$\n")
>>> [(step.id, step.text, step.verdict) for step in report.steps]
[('1.1', 'A A^+ A = A', 'proved'), ('1.2', 'A = A^+', 'rejected')]

A sentence claims (every relation of its chains is a step), assumes, lets or defines; with an arrow, what
stands before the arrow is supposed for what stands after it.  A step that is proved may be used by later
ones; one that is not is never used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from lemmata.kernel.term import Term
from lemmata.review.clauses import is_tending, shown, tending, tending_bracket, transitive
from lemmata.review.declarations import parts_of, read_declarations
from lemmata.review.document import Display, read_document
from lemmata.review.forms import Forms
from lemmata.review.hypotheses import DEFINES, short
from lemmata.review.judging import Known, judge
from lemmata.review.layout import Clause, Sentence, sentences
from lemmata.review.naming import define, names_something
from lemmata.review.reading import (
    TENDS,
    Piece,
    Said,
    read_alternatives,
    read_chain,
    read_limit,
    unreadable,
)
from lemmata.review.remarks import prepare
from lemmata.review.report import Report, Step
from lemmata.review.roles import role
from lemmata.terms.claims import Claims
from lemmata.terms.scope import Scope
from lemmata.terms.syntax import FUNCTIONS

__all__ = ["review_document"]

Progress = Callable[[int, int, Step], None]
MOST_CHARACTERS = 20_000  # of one display
_ELLIPSIS = re.compile(r"\s*(?:\\[lc]?dots[a-z]?|…|⋯|\.{3})\s*")
_DOTS = re.compile(r"\s*(?:\d+|\\[lc]?dots[a-z]?|…|\.{2,3}|[a-zA-Z])\s*")


def review_document(
    text: str, given: str = "", *, file: str = "", tex: bool | None = None, seconds: float = 5.0,
    progress: Progress | None = None,
) -> Report:  # fmt: skip
    """Review a Markdown or LaTeX document; ``given`` is claim text with declarations.

    ``tex`` says whether the text is LaTeX (None: it shows), ``seconds`` bounds each step.  Raises ReadError
    where declarations cannot be read.
    """
    document = read_document(text, tex)
    first, *later = parts_of(given)
    outer = first.claims(Scope())
    inner = read_declarations(document.text)
    claims = inner.claims(outer.scope)
    reviewer = Reviewer(document.text, _known(outer, claims), seconds)
    for display in document.displays:
        before = len(reviewer.steps)
        while later and later[0].start <= display.line:
            reviewer.declare(later.pop(0))
        reviewer.display(display, document.masked[display.start : display.end])
        if progress is not None:
            for step in reviewer.steps[before:]:
                progress(display.number, len(document.displays), step)
    declared = "\n".join(part for part in (given.strip("\n"), inner.text) if part)
    return Report(
        file, document.text, tuple(reviewer.steps), tuple(reviewer.hypotheses), tuple(reviewer.remarks),
        len(document.displays), declared,
    )  # fmt: skip


def _known(outer: Claims, inner: Claims) -> Known:
    return Known(inner.scope, (*outer.given, *inner.given), (*outer.definitions, *inner.definitions))


class Reviewer(Forms):
    """The sentences of displays, one after the other."""

    # --- displays ---------------------------------------------------------------------------------

    def display(self, display: Display, body: str) -> None:
        """One display with its fences taken off; ``body`` is as long as the text between them."""
        self.number, self.count = display.number, 0
        whole = Piece(body, display.start)
        if display.fault:
            why = unreadable(display.fault, self.document, max(0, display.start - 1))
            self._failed(short(whole.shown), display.start, "unread", why)
            return
        continued = bool(re.fullmatch(r"(?:and|and that|,|as well as|or)\W*", display.lead, re.IGNORECASE))
        self.role = self.role if continued else role(display.lead)
        if len(body) > MOST_CHARACTERS:
            why = unreadable(f"more than {MOST_CHARACTERS} characters", self.document, display.start)
            self._failed(short(whole.shown), display.start, "unread", why)
            return
        prepared = prepare(body, self._is_name)
        cases = re.search(r"\\begin\s*\{d?cases\}", prepared.text)
        if cases and prepared.text[: cases.start()].strip(" \n&"):
            if not self._by_cases(prepared, display.start):
                said = "definitions by cases like these are not read"
                hint = "a = \\begin{cases} b & \\text{if } x > 0 \\\\ c & \\text{if } x \\le 0 \\end{cases}"
                why = unreadable(said, self.document, display.start + cases.start(), hint)
                self._failed(short(whole.shown), display.start, "unread", why)
            return
        found = sentences(prepared, display.environment, self.fill)
        if not found:
            self._remark(whole, "nothing but words" if body.strip() else "an empty display")
        for sentence in found:
            self.sentence(sentence, display.start)

    def _is_name(self, word: str) -> bool:
        scope = self.known.scope
        return bool(word) and (
            word in FUNCTIONS or word in scope.symbols or word in scope.dims or word == "or"
        )

    def sentence(self, sentence: Sentence, offset: int) -> None:
        """One sentence: its conditions are premises, its reasons come first."""
        kind = sentence.role or self.role
        clauses = [clause for group in sentence.groups for clause in group]
        premises: list[Term] = []
        tends = tending(clauses, offset)
        for clause in clauses:
            if clause.role == "condition" and not is_tending(clause):
                introduced = self._introduced(clause, offset)
                if introduced is not None:
                    premises += introduced
                    continue
                props = self._props(clause, offset, "suppose")
                if props is None:
                    return
                premises += props
        for clause in clauses:
            if clause.role == "reason" and clause.links and not clause.barrier:
                reached = self.last
                self.claim(clause, offset, (), None)
                self.last = reached or self.last  # the chain goes on from where it was
        if kind in ("assume", "let", "define") and not sentence.arrows:
            for clause in sentence.groups[0]:
                if clause.role in ("claim", "where"):
                    self._take(clause, offset, kind)
            return
        if kind == "assume":
            self._assumed_implication(sentence, offset)
            return
        if not sentence.arrows and sentence.opening not in ("==>", "<=="):
            concluded: list[Term] = []
            for clause in sentence.groups[0]:
                if clause.role in ("claim", "where") and not tending_bracket(clause):
                    concluded += self.claim(clause, offset, premises, tends, where=clause.role == "where")
            self.concluded = tuple(concluded)
            return
        self._implications(sentence, offset, premises, tends)

    # --- claims -----------------------------------------------------------------------------------

    def claim(
        self, clause: Clause, offset: int, premises: Sequence[Term], tends: Piece | None, where: bool = False,
        supposed: str = "",
    ) -> list[Term]:  # fmt: skip
        """Every relation of a clause as a step; returns what it says, proved or not."""
        if self._blocked(clause, offset) or self._is_range(clause, offset):
            return []
        first = self._piece(clause.first, offset) if clause.first is not None else self.last
        links = clause.links
        if first is None:
            if links:
                at = offset + links[0].place
                why = unreadable("a chain that begins with its relation", self.document, at, "the left side")
                self._failed(
                    f"{links[0].relation} {self._piece(links[0].member, offset).shown}", at, "unread", why
                )
            return []
        if clause.whole:
            self.last = first
            return self._judged(
                [read_alternatives(first, self.known.scope, self.document)], premises, supposed
            )
        if not links:
            self._expression(first)
            self.last = first
            return []
        sign, member = links[0].relation, self._piece(links[0].member, offset)
        naming = sign in DEFINES or (where and sign == "=" and names_something(first.text, self.known.scope))
        if naming:
            named = define(first, member, self.known, self.document)
            naming = named.verdict != "claim"
        if naming:
            if not self._named(named, first, sign, member, "define") or len(links) == 1:
                self.last = member
                return []
            first, links = member, links[1:]
        pieces = [first, *(self._piece(link.member, offset) for link in links)]
        relations = [link.relation for link in links]
        for n in range(len(pieces) - 2, 0, -1):
            # a = ... = b says that a = b.
            if _ELLIPSIS.fullmatch(pieces[n].text) and relations[n - 1] == relations[n] == "=":
                del pieces[n], relations[n]
        said = read_chain(pieces, relations, self.known.scope, self.document)
        said = [
            self._limit(s, a, b, tends) if r in TENDS else s
            for s, r, (a, b) in zip(said, relations, pairwise(pieces), strict=True)
        ]
        self.last = pieces[-1]
        return self._judged(said, premises, supposed)

    def _limit(self, said: Said, a: Piece, b: Piece, tends: Piece | None) -> Said:
        drawn = re.match(r"\s*\{([^{}]*)\}", b.text) if "\\xrightarrow" in said.text else None
        if drawn:
            tends = Piece(drawn[1], b.offset + drawn.start(1))
            b = Piece(b.text[drawn.end() :], b.offset + drawn.end())
        if tends is None:
            hint = r"a \to b \text{ as } t \to \infty"
            why = unreadable("a limit of what variable?", self.document, b.offset, hint)
            return Said(said.text, said.offset, None, "unread", why)
        text = f"{a.shown} \\to {b.shown} \\text{{ as }} {tends.shown}"
        return read_limit(a, b, tends, text, self.known.scope, self.document)

    def _judged(self, said: Sequence[Said], premises: Sequence[Term], supposed: str) -> list[Term]:
        unconditional = all(self.known.holds(p) or self._index_range(p) for p in premises)
        ids: list[str] = []
        found: list[Term] = []
        for s in said:
            text = f"{supposed}{s.text}"
            if s.prop is None:
                self._failed(text, s.offset, s.verdict, s.why)
                continue
            found.append(s.prop)
            found_here = judge(self.known, premises, s.prop, s.text, self.seconds)
            step = self._step(text, s.offset, found_here, s.prop, premises)
            if step.verdict == "proved" and unconditional:
                ids.append(step.id)
                self._establish(s.prop, step.id)
        if len(ids) > 1 and len(ids) == len(said):
            whole = transitive(found)
            if whole is not None:
                self._establish(whole, ids[-1])
        return found

    def _index_range(self, prop: Term) -> bool:
        """k >= 0 for an index, t >= 0 for a time: true of all their values."""
        if prop.head not in ("ge", "gt", "le", "lt"):
            return False
        small, large = prop.args if prop.head in ("le", "lt") else prop.args[::-1]
        natural = large.head == "symbol" and large.value[3] in ("natural", "time", "nonnegative", "positive")
        return natural and small.head == "number" and small.value == 0 and (
            prop.head in ("le", "ge") or large.value[3] == "positive"
        )  # fmt: skip

    def _implications(
        self, sentence: Sentence, offset: int, conditions: Sequence[Term], tends: Piece | None
    ) -> None:
        """P => Q => R: each is judged with what stands before it supposed."""
        groups = [[c for c in group if c.role in ("claim", "where")] for group in sentence.groups]
        if sentence.opening in ("==>", "<=="):
            supposed, before = "\\Rightarrow ", list(self.concluded)
            said = self._conclude(groups[0], offset, [*conditions, *before], tends, supposed)
        else:
            said = self._supposed(groups[0], offset, sentence.arrows[0])
        chain: list[Term] = list(said) if said is not None else []
        texts = [shown(group, offset) for group in groups]
        for n, arrow in enumerate(sentence.arrows):
            if said is None:
                self._failed(
                    texts[n + 1], offset + sentence.start, "unread", "what it follows from is not read"
                )
                continue
            start = len(self.steps)
            if arrow in ("==>", "<==>"):
                # What has been concluded on the way may be used, as long as none of it is false.
                premises = [*conditions, *dict.fromkeys([*chain, *said])]
                after = self._conclude(groups[n + 1], offset, premises, tends, f"{texts[n]} \\Rightarrow ")
            else:
                after = self._supposed(groups[n + 1], offset, arrow)
            last = self.last
            if arrow in ("<==", "<==>") and after is not None:
                self.backward = arrow == "<==>"
                self._conclude(
                    groups[n], offset, [*conditions, *after], tends, f"{texts[n + 1]} \\Rightarrow "
                )
                self.backward = False
                self.last = last
            self.conclusion = texts[n + 1]
            wrong = any(step.verdict != "proved" for step in self.steps[start:])
            said = after
            chain = list(after or []) if wrong or arrow != "==>" else [*chain, *(after or [])]
        self.concluded = tuple(said or ())

    def _supposed(self, group: Sequence[Clause], offset: int, arrow: str) -> list[Term] | None:
        found: list[Term] = []
        for clause in group:
            if not clause.links and clause.first is not None and not clause.barrier and not clause.whole:
                at = self._piece(clause.first, offset)
                why = unreadable("an expression before an arrow", self.document, at.offset, "a statement")
                self._failed(at.shown, at.offset, "unread", why)
                return None
            props = self._props(clause, offset, "suppose")
            if props is None:
                return None
            found += props
        return found

    def _conclude(
        self,
        group: Sequence[Clause],
        offset: int,
        premises: Sequence[Term],
        tends: Piece | None,
        supposed: str,
    ) -> list[Term] | None:
        before = len(self.steps)
        found: list[Term] = []
        for clause in group:
            found += self.claim(clause, offset, premises, tends, supposed=supposed)
        return None if any(step.verdict == "unread" for step in self.steps[before:]) else found

    def _is_range(self, clause: Clause, offset: int) -> bool:
        """k = 0, 1, 2, … and k >= 1 beside a claim: the range of an index and no claim."""
        if clause.first is None:
            return False
        first = self._piece(clause.first, offset)
        if not clause.links:
            if _DOTS.fullmatch(first.text) and self.remarks and self.remarks[-1].why == "a range":
                return True
            return bool(re.fullmatch(r"\s*(?:\\[lc]?dots[a-z]?|…)\s*", first.text))
        name = first.text.strip()
        variables = self.known.scope.variables()
        if name in variables and len(clause.links) == 1:
            number = re.fullmatch(r"\s*\d+\s*", clause.links[0].member.text)
            index = variables[name].value[3] in ("natural", "time")
            if index and number and clause.links[0].relation in ("=", "\\ge", "\\geq", "≥", ">=", ">"):
                self._remark(
                    Piece(f"{name} {clause.links[0].relation} {number.group().strip()}", first.offset),
                    "a range",
                )
                return True
        return False
