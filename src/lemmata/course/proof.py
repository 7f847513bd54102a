"""The blackboard: a recorder on which a derivation writes its steps, in the order of a lecture.

    @derivation("full-row-rank")
    def _(p: Proof) -> None:
        "The candidate satisfies the four Penrose conditions; uniqueness does the rest."
        R = X.T @ inv(X @ X.T)
        p.calc(X @ R @ X).eq(I(m) @ X, by="inverse").eq(X)
        p.have(symmetric(X @ R), by="inverse")
        p.conclude(by="penrose-unique", A=X, B=R)

Nothing is proved here.  The recorder builds an immutable :class:`Script`, a list of claims each with a
reason and with what it uses; another module replays it and has every claim checked.  A reason is a
name of a hypothesis, the label of a theorem of the course, a step written before, or a word for the
reader ("inverse"); what looks like a label must be one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lemmata.course.errors import CourseError, suggest
from lemmata.course.script import ProofStep, Script, Use
from lemmata.course.theorem import Citation, Theorem
from lemmata.kernel import term as k
from lemmata.kernel.term import Dim, ShapeError, Term, coerce
from lemmata.terms import forms

__all__ = ["Calc", "Proof", "ProofStep", "Script", "Step", "Use", "instantiate"]

_LABEL = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


@dataclass(frozen=True)
class Step:
    """A step written before, to be used as a reason: ``p.have(..., using=[s])``."""

    index: int
    claim: Term


class Calc:
    """A chain of relations in progress: ``p.calc(a).eq(b, by=...).le(c)``."""

    def __init__(self, proof: Proof, first: Any) -> None:
        self._proof = proof
        self._terms = [coerce(first)]
        self._heads: list[str] = []
        self._links: list[int] = []
        self._closed: Step | None = None

    def eq(self, term: Any, by: Any = "", using: Iterable[Any] = ()) -> Calc:
        """The last term equals this one."""
        return self._link("eq", term, by, using)

    def le(self, term: Any, by: Any = "", using: Iterable[Any] = ()) -> Calc:
        """The last term is at most this one."""
        return self._link("le", term, by, using)

    def lt(self, term: Any, by: Any = "", using: Iterable[Any] = ()) -> Calc:
        """The last term is less than this one."""
        return self._link("lt", term, by, using)

    def ge(self, term: Any, by: Any = "", using: Iterable[Any] = ()) -> Calc:
        """The last term is at least this one."""
        return self._link("ge", term, by, using)

    def gt(self, term: Any, by: Any = "", using: Iterable[Any] = ()) -> Calc:
        """The last term is greater than this one."""
        return self._link("gt", term, by, using)

    def _link(self, head: str, term: Any, by: Any, using: Iterable[Any]) -> Calc:
        if self._closed is not None:
            raise self._proof.error(
                "this chain has been used already and cannot go on", "begin a new p.calc(...)"
            )
        if {head[0], *(h[0] for h in self._heads)} >= {"l", "g"}:
            raise self._proof.error("a chain of <= cannot go on with >=", "turn one of the two sides round")
        term = coerce(term)
        if term is k.number(0) and not self._terms[-1].is_scalar:
            term = forms.zero(*self._terms[-1].shape)
        step = self._proof.record("calc", forms.relation(head, self._terms[-1], term), by, using)
        self._terms.append(term)
        self._heads.append(head)
        self._links.append(step.index)
        return self

    @property
    def step(self) -> Step:
        """The chain as one step, first term against last; nothing can be added to it any more."""
        if not self._links:
            raise self._proof.error("a chain needs one relation at least", "write p.calc(a).eq(b)")
        if self._closed is None:
            strict = next((h for h in self._heads if h in ("lt", "gt")), None)
            weak = next((h for h in self._heads if h in ("le", "ge")), "eq")
            claim = forms.relation(strict or weak, self._terms[0], self._terms[-1])
            if len(self._links) == 1:
                self._closed = Step(self._links[0], claim)
            else:
                uses: tuple[Use, ...] = tuple(("step", i) for i in self._links)
                self._closed = Step(
                    self._proof.append(ProofStep("chain", claim, "transitivity", uses)), claim
                )
        return self._closed


class Proof:
    """The recorder of one derivation.  ``statements`` are the theorems that it may name."""

    def __init__(
        self, theorem: Theorem, statements: Mapping[str, Theorem], file: str = "", line: int = 0
    ) -> None:
        self.theorem = theorem
        self._statements = statements
        self._file, self._line = file, line
        self._steps: list[ProofStep] = []
        self._open: Calc | None = None
        self._concluded: set[int] = set()

    # --- what a derivation writes ------------------------------------------------------------

    def given(self, name: str) -> Term:
        """The hypothesis of that name."""
        for known, prop in self.theorem.given:
            if known == name:
                return prop
        names = [known for known, _ in self.theorem.given]
        raise self.error(
            f"{self.theorem.label!r} has no hypothesis {name!r}",
            suggest(name, names, f"it has {', '.join(names) or 'none'}"),
        )

    def calc(self, first: Any) -> Calc:
        """Begin a chain of relations."""
        self._close()
        self._open = Calc(self, first)
        return self._open

    def have(self, prop: Term, by: Any = "", using: Iterable[Any] = ()) -> Step:
        """An intermediate claim."""
        self._close()
        return self.record("have", prop, by, using)

    def apply(
        self, label: str | Citation, terms: Mapping[Term, Any] | None = None, *, part: int = 0, **by_name: Any
    ) -> Step:
        """A theorem of the course with its symbols replaced: ``p.apply("penrose-unique", {A: X, B: R})``.

        Keyword arguments replace a symbol by its name.  Dimensions follow from the shapes.  ``part``
        (from 1) picks one of several conclusions.  That the hypotheses of the theorem hold here is for
        the replay to prove.  Raises CourseError for an unknown label or symbol or a shape that does not fit.
        """
        self._close()
        return self._apply(label, terms or {}, part, by_name)

    def cite(self, name: str, prop: Term) -> Step:
        """A named result from outside the course (an axiom here, and listed as one): what it gives us."""
        self._close()
        return Step(self.append(ProofStep("cite", _prop(self, prop), name)), prop)

    def conclude(self, by: Any = "", using: Iterable[Any] = (), *, part: int = 0, **by_name: Any) -> None:
        """What was to be shown follows: all conclusions not concluded yet, or the ``part``-th (from 1).

        With keyword arguments ``by`` is a theorem that is applied first, as by :meth:`apply`.
        """
        self._close()
        using = list(using)
        if by_name:
            using.append(self._apply(by, {}, 0, by_name))
            by = ""
        count = len(self.theorem.shows)
        if not 0 <= part <= count:
            raise self.error(
                f"{self.theorem.label!r} has {count} conclusion(s), none is number {part}", "count from 1"
            )
        parts = [part] if part else [i for i in range(1, count + 1) if i not in self._concluded]
        for i in parts:
            self._concluded.add(i)
            self.record("conclude", self.theorem.shows[i - 1], by, using, part=i)

    def text(self, words: str) -> None:
        """A sentence for the reader."""
        self._close()
        self.append(ProofStep("text", None, text=words))

    # --- recording ---------------------------------------------------------------------------

    def finish(self, idea: str = "") -> Script:
        """The script; a derivation that does not conclude concludes from all its steps."""
        self._close()
        if len(self._concluded) < len(self.theorem.shows):
            self.conclude()
        return Script(self.theorem.label, " ".join(idea.split()), tuple(self._steps), self._file, self._line)

    def record(self, kind: str, claim: Any, by: Any, using: Iterable[Any], part: int = 0) -> Step:
        """Append a step with its reasons resolved."""
        reason, uses = self._reasons(by, list(using))
        return Step(self.append(ProofStep(kind, _prop(self, claim), reason, uses, part=part)), claim)

    def append(self, step: ProofStep) -> int:
        """Append a step, adding the line of the derivation that wrote it; its index."""
        self._steps.append(replace(step, file=self._file, line=self._here()))
        return len(self._steps) - 1

    def error(self, message: str, remedy: str = "") -> CourseError:
        """An error at the line of the derivation being run."""
        return CourseError(message, self._file, self._here(), remedy)

    def _close(self) -> None:
        if self._open is not None:
            chain, self._open = self._open, None
            _ = chain.step

    def _here(self) -> int:
        # The innermost frame of the derivation's own file, whatever helper functions lie in between.
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename != self._file:
            frame = frame.f_back  # type: ignore[assignment]
        return frame.f_lineno if frame is not None else self._line

    def _reasons(self, by: Any, using: list[Any]) -> tuple[str, tuple[Use, ...]]:
        items = [*(by if isinstance(by, (list, tuple)) else [by] if by != "" else []), *using]
        uses, words = [], []
        for item in items:
            use = self._use(item)
            if use is not None:
                uses.append(use)
            if isinstance(item, (str, Citation)):
                words.append(item if isinstance(item, str) else item.label)
        return ", ".join(words), tuple(dict.fromkeys(uses))

    def _use(self, item: Any) -> Use | None:
        if isinstance(item, Calc):
            item = item.step
        if isinstance(item, Step):
            return ("step", item.index)
        if isinstance(item, Theorem):
            item = item.label
        if isinstance(item, Citation):
            return ("theorem", self._theorem(item.label).label)
        if isinstance(item, Term):
            for name, prop in self.theorem.given:
                if prop is item:
                    return ("given", name)
            for index in reversed(range(len(self._steps))):
                if self._steps[index].claim is item:
                    return ("step", index)
            raise self.error(
                "what is used here is neither given nor shown before", "show it first with p.have(...)"
            )
        if not isinstance(item, str):
            raise self.error(f"{item!r} is no reason", "give a hypothesis, a label, a step or a word")
        if any(item == name for name, _ in self.theorem.given):
            return ("given", item)
        if item in self._statements or _LABEL.fullmatch(item):
            return ("theorem", self._theorem(item).label)
        return None  # a word for the reader and a hint for the search

    def _theorem(self, label: str) -> Theorem:
        if label not in self._statements:
            raise self.error(
                f"no theorem is labelled {label!r}",
                suggest(label, self._statements, "state it in theorems/ first"),
            )
        return self._statements[label]

    def _apply(self, label: Any, terms: Mapping[Term, Any], part: int, by_name: Mapping[str, Any]) -> Step:
        if not isinstance(label, (str, Citation)):
            raise self.error(
                "with symbols replaced, `by` is the label of a theorem", 'write by="penrose-unique"'
            )
        theorem = self._theorem(label if isinstance(label, str) else label.label)
        symbols = {s.name: s for prop in (*theorem.hypotheses, *theorem.shows) for s in k.symbols_of(prop)}
        values: dict[Term, Term] = {}
        for symbol, value in [*terms.items(), *((symbols.get(n, n), v) for n, v in by_name.items())]:
            if (
                not isinstance(symbol, Term)
                or symbols.get(symbol.name if symbol.head == "symbol" else "") is not symbol
            ):
                name = symbol.name if isinstance(symbol, Term) and symbol.head == "symbol" else str(symbol)
                raise self.error(
                    f"{theorem.label!r} does not speak of {name}",
                    f"its symbols are {', '.join(sorted(symbols))}",
                )
            values[symbol] = coerce(value)
        if not 0 <= part <= len(theorem.shows):
            raise self.error(
                f"{theorem.label!r} has {len(theorem.shows)} conclusion(s), none is number {part}",
                "count from 1",
            )
        try:
            dims = _match_dims(values)
            shows = [instantiate(show, values, dims) for show in theorem.shows]
        except ShapeError as error:
            raise self.error(f"{theorem.label!r} cannot be applied so: {error}", "") from error
        claim = shows[part - 1] if part else shows[0] if len(shows) == 1 else k.make("and", tuple(shows))
        step = ProofStep(
            "apply", claim, theorem.label, (("theorem", theorem.label),), terms=tuple(values.items()),
            dims=tuple(sorted(dims.items())), part=part,
        )  # fmt: skip
        return Step(self.append(step), claim)


def instantiate(prop: Term, terms: Mapping[Term, Term], dims: Mapping[str, Dim]) -> Term:
    """A proposition with its symbols and dimensions replaced.  Raises ShapeError if that does not fit."""
    return k.substitute(prop, terms, dims)


def _match_dims(values: Mapping[Term, Term]) -> dict[str, Dim]:
    """The dimensions that the shapes of the replacements force; those of untouched symbols stay."""
    dims: dict[str, Dim] = {}
    for symbol, term in values.items():
        for old, new in zip(symbol.shape, term.shape, strict=True):
            if (isinstance(old, str) and dims.setdefault(old, new) != new) or (
                isinstance(old, int) and old != new
            ):
                rows, cols = term.shape
                raise ShapeError(
                    f"{symbol.name} is {symbol.shape[0]} x {symbol.shape[1]}, its replacement {rows} x {cols}"
                )
    return {old: new for old, new in dims.items() if old != new}


def _prop(proof: Proof, prop: Any) -> Term:
    if not isinstance(prop, Term) or prop.sort != "prop":
        raise proof.error(
            "a step claims a proposition", "write Eq(a, b), Le(a, b), In(x, Row(X)), symmetric(S) ..."
        )
    return prop
