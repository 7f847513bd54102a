r"""An exercise: a function from a draw to a task, its parts and a solution that is checked, every time.

    @exercise("double", title="Twice", source="batra#E1")
    def double(draw: Draw) -> Variant:
        a = draw.integer(2, 9)
        return Variant(
            task=f"Let $a = {a}$.",
            parts=(Part("a", "Compute $2a$.", "number", number(2 * a), marks=1),),
            solution=(SolutionStep(f"$2a = {2 * a}$.", equation(number(2) * number(a), number(2 * a))),))

A variant is only handed out after its solution has been checked: every claim of a step is evaluated
exactly, every reference answer must meet the criteria of its part, and marks must add up.  A variant
that fails raises WrongSolution and is never written anywhere.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from lemmata.grade.draw import Draw
from lemmata.grade.evaluate.propositions import holds
from lemmata.grade.policy import OPEN, Policy
from lemmata.grade.reading.operators import Operator
from lemmata.grade.values import NoValue, agree, evaluate
from lemmata.kernel.term import Dim, Term, substitute, symbol, symbols_of

__all__ = [
    "KINDS", "Criterion", "Exercise", "Mistake", "Part", "SolutionStep", "Variant", "WrongSolution",
    "answer_symbol", "check_variant", "exercise",
]  # fmt: skip

KINDS = (
    "number", "vector", "matrix", "expression", "affine", "interval", "finite", "choice", "equation", "derivation",
)  # fmt: skip


def answer_symbol(rows: Dim, cols: Dim = 1) -> Term:
    """The letter that stands for the student's answer in a criterion."""
    return symbol("answer", rows, cols)


@dataclass(frozen=True)
class Criterion:
    """A property of the answer that earns marks by itself: ``prop`` is about ``answer_symbol``.

    ``name`` continues the sentence "your answer ...".  Where ``gate`` is set and the property fails,
    nothing else is looked at: a zero matrix is symmetric, but that earns nothing.  ``lacks`` names the
    mistake of an answer without the property.
    """

    name: str
    prop: Term
    marks: Fraction = Fraction(0)
    gate: bool = False
    lacks: str = ""


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that is foreseen, with its diagnosis, what to tell the student, and what it earns."""

    diagnosis: str
    answer: Term
    feedback: str
    marks: Fraction = Fraction(0)


@dataclass(frozen=True)
class Part:
    """One question.

    ``kind`` is one of KINDS; ``answer`` is a closed term (number, vector, matrix), a term in the symbols
    of the question (expression, under ``given``), a set (``affine``, ``interval``, ``finite``), or for
    a choice the number of the right option.  ``criteria`` and ``mistakes`` give partial credit by property
    and by foreseen answer, ``credit`` by diagnosis.  ``mode`` "form" asks for the computed value, "direction"
    for any nonzero multiple.  ``tolerance`` allows decimals that are off by so much (absolute).
    ``aliases`` are other names of a letter, as w(0) for w_0.

    An equation has a proposition as its ``answer`` (``context``: the reference as text, where it tells that x is
    a function).  A derivation is read by ``lemmata.review``: ``context`` is claim text with declarations and
    hypotheses, ``reference`` the line that it must end with (empty: any sound derivation), ``relation``
    "implies" joins lines without a sign; where ``answer`` is an equation, the chain has to begin with its left
    side.  ``uses`` names earlier parts, and ``carried`` computes from the answers given there the one that
    would be right here (follow-through marks).

    ``decimals``, ``partial``, ``follow`` and ``opposite`` are switches of ``lemmata.grade.policy``: None leaves them
    to the policy of the exercise and of the course, and in the end means True.

    ``operators`` are the sums and integrals in the answer, for each of which there is a letter in it.
    """

    id: str
    prompt: str
    kind: str
    answer: Term
    marks: Fraction = Fraction(1)
    hints: tuple[str, ...] = ()
    mode: str = ""
    tolerance: Fraction | None = None
    symbols: tuple[Term, ...] = ()
    given: tuple[Term, ...] = ()
    aliases: tuple[tuple[Term, Term], ...] = ()
    options: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    credit: Mapping[str, Fraction] = field(default_factory=lambda: MappingProxyType({}))
    context: str = ""
    relation: str = ""
    reference: str = ""
    uses: tuple[str, ...] = ()
    carried: Callable[[Mapping[str, Term]], Term] | None = None
    decimals: bool | None = None
    partial: bool | None = None
    follow: bool | None = None
    opposite: bool | None = None
    operators: tuple[Operator, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(
                f"part {self.id!r}: unknown kind {self.kind!r}; the kinds are {', '.join(KINDS)}"
            )
        object.__setattr__(self, "marks", Fraction(self.marks))


@dataclass(frozen=True)
class SolutionStep:
    """One step of the worked solution: Markdown, and a proposition without free symbols that must hold."""

    text: str
    claim: Term | None = None


@dataclass(frozen=True)
class Variant:
    """An exercise with its data: task and prompts are Markdown, mathematics between dollars."""

    task: str
    parts: tuple[Part, ...]
    solution: tuple[SolutionStep, ...]
    label: str = ""
    title: str = ""
    who: str = ""

    @property
    def marks(self) -> Fraction:
        return sum((p.marks for p in self.parts), Fraction(0))

    def part(self, name: str) -> Part:
        """The part with this identifier.  Raises KeyError."""
        for part in self.parts:
            if part.id == name:
                return part
        raise KeyError(name)


class WrongSolution(ValueError):
    """A variant whose own solution is not right; names the exercise, the variant and the step."""

    def __init__(self, label: str, who: str, why: str) -> None:
        super().__init__(f"exercise {label!r}, {who}: {why}")
        self.label = label
        self.who = who
        self.why = why

    def __reduce__(self) -> tuple[type[WrongSolution], tuple[str, str, str]]:
        # It comes back from the worker that drew the variant.
        return type(self), (self.label, self.who, self.why)


@dataclass(frozen=True)
class Exercise:
    """A named function from draws to variants; calling it draws."""

    label: str
    title: str
    write: Callable[[Draw], Variant]
    source: str = ""
    marks: Fraction | None = None
    file: str = ""
    line: int = 0
    policy: Policy = OPEN

    def variant(self, seed: int, who: int | str = 0) -> Variant:
        """The checked variant with this number, or of the student with this identifier.

        Raises WrongSolution when the worked solution, the criteria or the marks do not hold good.
        """
        if isinstance(who, str):
            draw, name = Draw.of(seed, self.label, student=who), f"student {who}"
        else:
            draw, name = Draw.of(seed, self.label, variant=who), f"variant {who}"
        drawn = self.write(draw)
        parts = tuple(self.policy.applied(part) for part in drawn.parts)
        variant = Variant(drawn.task, parts, drawn.solution, self.label, self.title, name)
        why = check_variant(variant, self.marks)
        if why:
            raise WrongSolution(self.label, f"seed {seed}, {name}", why)
        return variant


def exercise(
    label: str, *, title: str, source: str = "", marks: int | Fraction | None = None, policy: Policy = OPEN
) -> Callable[[Callable[[Draw], Variant]], Exercise]:
    """Decorator: the function becomes an Exercise and, while a course is being read, is entered into it."""
    frame = sys._getframe(1)
    file, line = frame.f_code.co_filename, frame.f_lineno

    def declare(write: Callable[[Draw], Variant]) -> Exercise:
        from lemmata.course.theorem import loading

        total = None if marks is None else Fraction(marks)
        made = Exercise(label, title, write, source, total, file, line, policy)
        register = loading.get()
        if register is not None:
            register.add_exercise(label, made, file, line)
        elif frame.f_globals.get("__name__") == "__main__":
            from lemmata.grade.sheet import variant_markdown

            print(variant_markdown(made.variant(0), solutions=True))
        return made

    return declare


# --- the check ---------------------------------------------------------------------------------------


def check_variant(variant: Variant, marks: Fraction | None = None) -> str:
    """An empty string, or what is wrong with the variant."""
    names = [p.id for p in variant.parts]
    if not names or len(set(names)) != len(names):
        return f"the parts {names} need distinct identifiers"
    if marks is not None and variant.marks != marks:
        return f"the parts earn {variant.marks} marks, the exercise says {marks}"
    for place, step in enumerate(variant.solution, start=1):
        if step.claim is not None:
            why = _false(step.claim)
            if why:
                return f"step {place} of the solution: {why}"
    for part in variant.parts:
        why = _check_part(part)
        if why:
            return f"part {part.id}: {why}"
    return ""


def _false(claim: Term) -> str:
    free = symbols_of(claim)
    if free:
        return f"the claim has the free symbol {free[0].name}"
    try:
        return "" if holds(claim) else f"the claim is false: {claim!r}"
    except NoValue as error:
        return f"the claim has no truth value: {error}"


def _check_part(part: Part) -> str:
    earned = sum((c.marks for c in part.criteria), Fraction(0))
    extra = [m.marks for m in part.mistakes] + list(part.credit.values())
    if part.marks <= 0 or earned > part.marks or any(not 0 <= m < part.marks for m in extra):
        return f"its marks do not add up: {earned} for criteria and {list(map(str, extra))} of {part.marks}"
    if part.kind == "choice":
        right = part.answer.value if part.answer.head == "number" else None
        return (
            ""
            if right in range(len(part.options))
            else f"option {right} of {len(part.options)} does not exist"
        )
    if part.kind in ("number", "vector", "matrix") and not symbols_of(part.answer):
        evaluate(part.answer)
        for criterion in part.criteria:
            why = _false(about(criterion.prop, part.answer))
            if why:
                return f"its own answer does not satisfy '{criterion.name}': {why}"
    return ""


def about(prop: Term, answer: Term) -> Term:
    """The criterion with the answer put in."""
    return substitute(prop, {answer_symbol(*answer.shape): answer})


def same_value(a: Term, b: Term) -> bool:
    """Whether two closed terms have the same shape and value."""
    return a.shape == b.shape and agree(evaluate(a), evaluate(b))
