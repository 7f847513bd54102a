"""A derivation as recorded: an immutable list of claims, each with its reason and what it uses.

A :class:`Script` is data.  It says nothing about truth: the replay proves every step from the
hypotheses, the steps it uses and the theorems it cites.  Its fingerprint is a hash of the content, so
that comments and moved lines in the file of a derivation never make evidence stale.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lemmata.course.theorem import digest
from lemmata.kernel.term import Dim, Term, to_json

__all__ = ["STEP_KINDS", "ProofStep", "Script", "Use"]

Use = tuple[str, str | int]
"""("given", name), ("theorem", label) or ("step", index)."""

STEP_KINDS = ("calc", "chain", "have", "apply", "cite", "conclude", "text")


@dataclass(frozen=True)
class ProofStep:
    """One line of a derivation.

    ``kind`` is one of: calc (a link of a chain), chain (first and last term of a chain that has been
    closed; ``uses`` its links), have, apply (a theorem of the course instantiated by ``terms`` and
    ``dims``; the claim is its conclusion, all of them joined if it has several), cite (a named result
    from outside), conclude (``part``-th conclusion of the theorem), text (prose; no claim).
    """

    kind: str
    claim: Term | None
    reason: str = ""
    uses: tuple[Use, ...] = ()
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
    text: str = ""
    terms: tuple[tuple[Term, Term], ...] = ()
    dims: tuple[tuple[str, Dim], ...] = ()
    part: int = 0

    def to_json(self) -> dict[str, Any]:
        """The content of the step; its place in the file does not enter."""
        return {
            "kind": self.kind,
            "claim": None if self.claim is None else to_json(self.claim),
            "reason": self.reason,
            "uses": [list(use) for use in self.uses],
            "text": self.text,
            "terms": [[to_json(a), to_json(b)] for a, b in self.terms],
            "dims": [list(pair) for pair in self.dims],
            "part": self.part,
        }


@dataclass(frozen=True)
class Script:
    """A derivation as recorded: for the theorem ``label``, the idea in words and the steps."""

    label: str
    idea: str
    steps: tuple[ProofStep, ...]
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def cites(self) -> tuple[str, ...]:
        """The labels of the theorems used, each once, in order of first use."""
        return tuple(
            dict.fromkeys(str(name) for step in self.steps for kind, name in step.uses if kind == "theorem")
        )

    def to_json(self) -> dict[str, Any]:
        """The content of the derivation."""
        return {"label": self.label, "idea": self.idea, "steps": [step.to_json() for step in self.steps]}

    def fingerprint(self) -> str:
        """A hash of the content."""
        return digest(self.to_json())
