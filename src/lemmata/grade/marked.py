"""The result for one answer: a value that travels as JSON from the worker to the report."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

__all__ = ["PARTIAL", "VERDICTS", "Marked", "Wrong"]

VERDICTS = ("correct", "partial", "incorrect", "malformed")
# Diagnoses that are half right; an exercise decides otherwise by Part.credit.
PARTIAL = frozenset(
    [
        "row-for-column",
        "column-for-row",
        "row-layout",
        "not-evaluated",
        "one-point",
        "direction-missing",
        "direction-too-many",
        "one-direction-wrong",
        "constant-not-fixed",
        "element-missing",
        "case-missing",
        "element-too-many",
        "elements-mixed",
        "no-right-hand-side",
        "equation-missing",
        "equation-wrong",
        "limit-not-evaluated",
        "component-only",
        "component-missing",
        "constant-missing",
        "part-missing",
        "identity-missing",
        "transposed-layout",
    ]
)


@dataclass(frozen=True)
class Marked:
    """One answer's result; ``evidence`` says how equality is known, ``marks`` None waits for a person."""

    verdict: str
    marks: Fraction | None
    out_of: Fraction
    feedback: str = ""
    diagnosis: str = ""
    counterexample: dict[str, Any] | None = None
    evidence: str = ""
    first_wrong_step: int | None = None

    @property
    def flagged(self) -> bool:
        """Whether a person has to look at the answer."""
        return self.marks is None

    def to_json(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict, "marks": None if self.marks is None else str(self.marks),
            "out_of": str(self.out_of), "feedback": self.feedback, "diagnosis": self.diagnosis,
            "counterexample": self.counterexample, "evidence": self.evidence,
            "first_wrong_step": self.first_wrong_step,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Marked:
        marks = data["marks"]
        return cls(
            data["verdict"], None if marks is None else Fraction(marks), Fraction(data["out_of"]),
            data["feedback"], data["diagnosis"], data["counterexample"], data["evidence"],
            data.get("first_wrong_step"),
        )  # fmt: skip


class Wrong(Exception):
    """Raised while an answer is marked: it is readable and wrong, and this is why."""

    def __init__(self, name: str, feedback: str, counterexample: dict[str, Any] | None = None) -> None:
        super().__init__(name)
        self.name = name
        self.feedback = feedback
        self.counterexample = counterexample
        self.marks: Fraction | None = None
