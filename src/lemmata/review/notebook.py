r"""The notebook of a review: what is known so far, and what has been written down.

Letters can begin a new life: by a ``let`` in a display, or by declarations that hold from some line on.  What
was known of the old letter is then forgotten, so that nothing is concluded from two meanings of one name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lemmata.kernel.term import Term, symbols_of
from lemmata.review.declarations import Declarations
from lemmata.review.judging import Fact, Judgement, Known
from lemmata.review.layout import Span
from lemmata.review.reading import Piece
from lemmata.review.report import Hypothesis, Remark, Step
from lemmata.review.spelling import Spelling

__all__ = ["Notebook"]


def _cut(text: str, most: int = 2000) -> str:
    """Nobody reads a step of ten thousand signs, and no report should have to carry it."""
    return text if len(text) <= most else text[: most - 1] + "…"


class Notebook:
    """What is known at a place of the document, and what has been found up to there."""

    def __init__(self, document: str, known: Known, seconds: float, fill: str = "") -> None:
        self.document = document
        self.known = known
        self.seconds = seconds
        self.fill = fill
        self.steps: list[Step] = []
        self.hypotheses: list[Hypothesis] = []
        self.remarks: list[Remark] = []
        self.role = "step"
        self.backward = False
        self.last: Piece | None = None  # the last member of the chain before
        self.concluded: tuple[Term, ...] = ()  # what the sentence before ended with
        self.conclusion = ""  # the statement that the last implication ended with, as it was written
        self.local: set[str] = set()  # letters that a display has introduced
        self.number = 0
        self.count = 0
        self._line, self._counted = 1, 0
        self._spelling: tuple[object, Spelling] | None = None

    # --- places ---------------------------------------------------------------------------------

    def line(self, offset: int) -> int:
        if offset < self._counted:
            return self.document.count("\n", 0, offset) + 1
        self._line += self.document.count("\n", self._counted, offset)
        self._counted = offset
        return self._line

    def _piece(self, span: Span, offset: int) -> Piece:
        key = (self.known.scope, self.known.definitions)
        if self._spelling is None or self._spelling[0] != key:
            self._spelling = (key, Spelling(*key))
        return Piece(span.text, offset + span.start, self._spelling[1](span.text))

    def _step(
        self,
        text: str,
        offset: int,
        found: Judgement,
        prop: Term | None = None,
        premises: Sequence[Term] = (),
    ) -> Step:
        self.count += 1
        evidence = dict(found.evidence)
        if found.rests_on:
            evidence["rests_on"] = list(found.rests_on)
        step = Step(
            f"{self.number}.{self.count}", self.line(offset), _cut(text), found.verdict, evidence,
            found.counterexample, found.why, self.number, offset, self.backward,
            prop, tuple(premises),
        )  # fmt: skip
        self.steps.append(step)
        return step

    def _failed(self, text: str, offset: int, verdict: str, why: str) -> None:
        evidence = {"word": "open", "instances": 0, "oracles": [], "cites": []}
        self._step(text, offset, Judgement(verdict, evidence, None, why))

    def _remark(self, p: Piece, why: str) -> None:
        self.remarks.append(Remark(self.line(p.offset), p.shown, why, self.number, p.offset))

    def _given(self, text: str, offset: int, kind: str) -> None:
        self.hypotheses.append(Hypothesis(self.line(offset), text, kind, self.number, offset))

    def declare(self, part: Declarations) -> None:
        """Declarations that begin to hold here: letters that they declare anew begin a new life."""
        names = part.letters()
        for name in names & set(self.known.scope.symbols):
            self._forget(name)
        kept = {name: s for name, s in self.known.scope.symbols.items() if name not in names}
        claims = part.claims(replace(self.known.scope, symbols=kept))
        self.known = replace(
            self.known, scope=claims.scope, definitions=(*self.known.definitions, *claims.definitions)
        ).having(*claims.given)  # fmt: skip

    def _forget(self, name: str) -> None:
        def old(prop: Term) -> bool:
            return any(s.name == name for s in symbols_of(prop))

        self.known = Known(
            self.known.scope,
            tuple(p for p in self.known.given if not old(p)),
            tuple(p for p in self.known.definitions if not old(p)),
            tuple(fact for fact in self.known.facts if not old(fact.prop)),
        )

    def _establish(self, prop: Term, step: str) -> None:
        if not self.known.holds(prop) and symbols_of(prop):
            self.known = replace(self.known, facts=(*self.known.facts, Fact(prop, step)))
