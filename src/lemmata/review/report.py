"""What a review finds: steps with their verdicts, and what was taken as given.

>>> Report("d.md", "", (Step("1.1", 3, "a = b", "proved"), Step("2.1", 9, "b = c", "refuted"))).first_error
'2.1'
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lemmata.kernel.term import Term

__all__ = ["VERDICTS", "Hypothesis", "Remark", "Report", "Step"]

VERDICTS = ("proved", "refuted", "rejected", "unknown", "unread")


@dataclass(frozen=True)
class Step:
    """One relation of a display.  ``id`` is the number of the display and of the step in it, as in "3.2".

    ``backward``: the second direction of an equivalence, which is judged by itself but is the same relation.
    ``prop`` is what the step says, under ``premises`` besides the hypotheses of the document (for graders).
    """

    id: str
    line: int
    text: str
    verdict: str
    evidence: dict[str, Any] = field(default_factory=dict)
    counterexample: dict[str, Any] | None = None
    why: str = ""
    display: int = 0
    offset: int = 0
    backward: bool = False
    prop: Term | None = field(default=None, compare=False, repr=False)
    premises: tuple[Term, ...] = field(default=(), compare=False, repr=False)

    def to_json(self) -> dict[str, Any]:
        """The object of ``review --json``."""
        keys = ("id", "line", "text", "verdict", "evidence", "counterexample", "why")
        return {key: getattr(self, key) for key in keys}


@dataclass(frozen=True)
class Hypothesis:
    """Something a display does not claim but assume, let or define, or suppose before an implication."""

    line: int
    text: str
    kind: str  # assume | let | define | suppose
    display: int = 0
    offset: int = 0


@dataclass(frozen=True)
class Remark:
    """A display, or a part of it, that claims nothing: an expression, the range of an index."""

    line: int
    text: str
    why: str
    display: int = 0
    offset: int = 0


@dataclass(frozen=True)
class Report:
    """The review of one document."""

    file: str
    text: str
    steps: tuple[Step, ...]
    hypotheses: tuple[Hypothesis, ...] = ()
    remarks: tuple[Remark, ...] = ()
    displays: int = 0
    declared: str = ""

    @property
    def first_error(self) -> str | None:
        """The id of the first step that is refuted or rejected."""
        return next((step.id for step in self.steps if step.verdict in ("refuted", "rejected")), None)

    @property
    def counts(self) -> dict[str, int]:
        """How many steps have each verdict."""
        found = Counter(step.verdict for step in self.steps)
        return {verdict: found[verdict] for verdict in VERDICTS if found[verdict]}

    def to_json(self) -> dict[str, Any]:
        """steps and first_error, as the contract has them; and what was assumed and what claims nothing."""
        return {
            "steps": [step.to_json() for step in self.steps],
            "first_error": self.first_error,
            "hypotheses": [{"line": h.line, "text": h.text, "kind": h.kind} for h in self.hypotheses],
            "remarks": [{"line": r.line, "text": r.text, "why": r.why} for r in self.remarks],
        }
