"""A proof under construction: facts, references to them, and the steps found so far.

Nothing here is trusted: ``finish`` hands the collected steps to the kernel, which alone decides.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from lemmata.kernel.check import Proved, check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Word
from lemmata.kernel.term import Term, to_json
from lemmata.prove.words.completion import Cofactor

__all__ = ["Draft", "OutOfTime", "Ref", "write_combinations"]

Ref = list[Any]
"""["given", i] or ["step", i], as in kernel/check.py."""


class OutOfTime(Exception):
    """The time for one claim is used up."""


class Draft:
    """Facts known so far (given and established) and the certificate steps that establish them."""

    def __init__(self, given: Sequence[Term], lemmas: Mapping[str, Proved], deadline: float) -> None:
        self.given = list(given)
        self.lemmas = lemmas
        self.steps: list[dict[str, Any]] = []
        self.claims: list[Term] = []
        self.deadline = deadline
        self.tried: list[str] = []
        self.focus: list[Ref] | None = None
        self.letters: tuple[Term, ...] = ()
        self.witnesses: dict[Term, list[Term]] = {}
        self.pointwise: int | None = None  # as in kernel/context.py
        self.inducting = False  # one induction inside another is not tried
        self.depth = 0  # how many lemmas for letters are being proved around this one

    def clock(self) -> float:
        """Seconds left; raises OutOfTime when none are."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left

    @property
    def facts(self) -> list[tuple[Term, Ref]]:
        """The facts in play: all, or those that the author names and what was found since."""
        known: list[tuple[Term, Ref]] = [(g, ["given", i]) for i, g in enumerate(self.given)]
        known += [(c, ["step", i]) for i, c in enumerate(self.claims)]
        if self.focus is None:
            return known
        return [(fact, ref) for fact, ref in known if ref in self.focus]

    def fact(self, ref: Ref) -> Term:
        """The proposition that a reference names."""
        return self.given[ref[1]] if ref[0] == "given" else self.claims[ref[1]]

    @contextmanager
    def only(self, refs: Sequence[Ref]) -> Any:
        """Restrict the facts in play to these and to what is established meanwhile.

        That an inverse exists is never a reason worth naming, so such facts stay in play.
        """
        existence = [
            ref for fact, ref in self.facts if fact.head == "is" and fact.value in ("invertible", "spd")
        ]
        before, self.focus = self.focus, [*refs, *existence]
        try:
            yield
        finally:
            self.focus = before

    @property
    def local(self) -> set[Term]:
        """The facts in play that hold at one point of the running variables only."""
        first = self.pointwise
        pairs = self.facts if first is not None else []
        return {fact for fact, ref in pairs if ref[0] == "step" or ref[1] >= (first or 0)}

    def find(self, claim: Term) -> Ref | None:
        return next((ref for fact, ref in self.facts if fact is claim), None)

    def add(self, claim: Term, rule: str, **fields: Any) -> Ref:
        """Record a step; terms in the fields are written as JSON."""
        self.steps.append({"claim": to_json(claim), "rule": rule, **fields})
        self.claims.append(claim)
        ref = ["step", len(self.claims) - 1]
        if self.focus is not None:
            self.focus.append(ref)
        return ref

    @contextmanager
    def attempt(self) -> Any:
        """Undo the steps of a failed attempt: ``with draft.attempt() as keep: ...; keep()``."""
        mark, kept = len(self.steps), []
        try:
            yield lambda: kept.append(True)
        finally:
            if not kept:
                del self.steps[mark:], self.claims[mark:]

    def inner(self, extra: Sequence[Term]) -> Draft:
        """A sub-proof: all facts here are its hypotheses, and ``extra``."""
        draft = Draft([*self.given, *self.claims, *extra], self.lemmas, self.deadline)
        draft.tried, draft.inducting, draft.pointwise = self.tried, self.inducting, self.pointwise
        draft.depth = self.depth
        if self.pointwise is None and extra:
            draft.pointwise = len(self.given) + len(self.claims)
        return draft

    def finish(self, label: str, statement: Statement) -> Proved:
        """Let the kernel replay the steps.  Raises Refused if it does not accept them."""
        return check(label, statement, {"steps": self.steps}, self.lemmas)


def write_combinations(combinations: Iterable[Sequence[Cofactor]]) -> tuple[list[Any], list[Any]]:
    """Cofactors as JSON: the table of letters, and the combinations that index it."""
    letters: dict[Term, int] = {}

    def word(w: Word) -> list[int]:
        return [letters.setdefault(x, len(letters)) for x in w]

    rows = [
        [
            [
                str(c.coefficient),
                [word(s) for s in c.scalars],
                word(c.left),
                c.index,
                c.starred,
                word(c.right),
            ]
            for c in cofactors
        ]
        for cofactors in combinations
    ]
    return [to_json(x) for x in letters], rows
