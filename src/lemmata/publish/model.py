r"""What a build needs to know of a checked course: views, frozen and free of engine objects.

The course hands over strings that are ready to set.  Two kinds of string occur, and every field says
which it takes:

* *LaTeX* is mathematics without dollars, as written by ``lemmata.terms.show(term, "latex")``:
  ``r"X^{+} = X^\top (X X^\top)^{-1}"``;
* *Markdown* is prose in which mathematics stands between dollars: ``r"$X$ has full row rank"``.

>>> evidence = EvidenceView("proved", instances={"exact": 240, "sampled": 760}, seed=20251)
>>> view = TheoremView("full-row-rank", "Pseudoinverse, full row rank",
...                    hypotheses=(HypothesisView(r"\operatorname{rank}(X) = m", name="full-row-rank"),),
...                    statements=(r"X^{+} = X^\top (X X^\top)^{-1}",), evidence=evidence)
>>> view.evidence.total
1000
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = [
    "KINDS", "RESULTS", "WORDS", "CourseViews", "EvidenceView", "ExerciseView", "FigureView",
    "HypothesisView", "OptionView", "PartView", "StepView", "TheoremView", "WhyView",
]  # fmt: skip

# The ladder of evidence, strongest first.
WORDS = ("proved", "exact", "enclosed", "sampled", "refuted", "cited", "open")
KINDS = ("theorem", "lemma", "proposition", "corollary", "definition", "example", "conjecture")
RESULTS = ("counterexample", "superfluous", "undecided")


def _one_of(what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ValueError(f"{what} {value!r} is not one of {', '.join(known)}")


@dataclass(frozen=True)
class EvidenceView:
    """How a result is known.

    ``instances`` counts the instances on which it held, by number system ("exact", "enclosed",
    "sampled"); their sum is the total.  ``oracles``, ``cites``, ``warnings`` and ``tried`` are Markdown if
    they contain a formula (a dollar), else plain text.
    """

    word: str
    instances: Mapping[str, int] = field(default_factory=dict)
    oracles: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    seed: int | None = None
    worst_residual: float | None = None
    warnings: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _one_of("evidence word", self.word, WORDS)

    @property
    def total(self) -> int:
        """How many instances were drawn, over all number systems."""
        return sum(self.instances.values())


@dataclass(frozen=True)
class HypothesisView:
    """One hypothesis: ``latex`` always, ``prose`` (Markdown) where words say it better, ``name``."""

    latex: str
    prose: str = ""
    name: str = ""


@dataclass(frozen=True)
class StepView:
    """One line of a proof: ``claim`` (LaTeX), ``reason`` and ``note`` (Markdown), the kernel's ``rule``.

    ``uses`` are labels of the course's own results; ``status`` is a word of the ladder.
    """

    claim: str
    reason: str = ""
    note: str = ""
    rule: str = ""
    status: str = "proved"
    uses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _one_of("status of a step", self.status, WORDS)


@dataclass(frozen=True)
class WhyView:
    """What happens without one hypothesis.

    ``result`` is "counterexample", "superfluous" or "undecided".  With a counterexample ``matrices`` holds
    LaTeX equations such as ``X = \\begin{bmatrix} 0 & 0 \\end{bmatrix}``, and ``because`` says what fails
    there (Markdown if it contains a dollar, else plain text).
    """

    hypothesis: str
    result: str
    matrices: tuple[str, ...] = ()
    because: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        _one_of("result of dropping a hypothesis", self.result, RESULTS)
        if self.result == "counterexample" and not self.matrices:
            raise ValueError(f"the counterexample without {self.hypothesis!r} shows no matrix")


@dataclass(frozen=True)
class TheoremView:
    """One result: what is assumed, what holds, how that is known, and why.

    ``title`` and ``remarks`` are Markdown; ``declarations`` (``X \\in \\mathbb{R}^{m \\times n}``) and
    ``statements`` are LaTeX; ``refutation`` holds the matrices (LaTeX) of a refuted result; ``source``
    (Markdown) says which document states it.
    """

    label: str
    title: str
    kind: str = "theorem"
    file: str | None = None
    line: int | None = None
    declarations: tuple[str, ...] = ()
    hypotheses: tuple[HypothesisView, ...] = ()
    statements: tuple[str, ...] = ()
    evidence: EvidenceView = field(default_factory=lambda: EvidenceView("open"))
    steps: tuple[StepView, ...] = ()
    idea: str = ""
    why: tuple[WhyView, ...] = ()
    remarks: tuple[str, ...] = ()
    refutation: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        _one_of("kind", self.kind, KINDS)


@dataclass(frozen=True)
class OptionView:
    """One choice of a multiple-choice question: ``text`` and ``why`` (shown with the solution), Markdown."""

    text: str
    right: bool = False
    why: str = ""


@dataclass(frozen=True)
class PartView:
    """One part of an exercise; ``task`` and ``solution`` are Markdown, ``answer`` is LaTeX."""

    task: str
    answer: str = ""
    solution: str = ""
    points: float | None = None
    options: tuple[OptionView, ...] = ()


@dataclass(frozen=True)
class ExerciseView:
    """An exercise: ``title``, ``task``, ``solution`` in Markdown, ``steps`` the solution's checked steps."""

    label: str
    title: str
    task: str
    parts: tuple[PartView, ...] = ()
    solution: str = ""
    steps: tuple[StepView, ...] = ()
    evidence: EvidenceView | None = None
    points: float | None = None
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class FigureView:
    """A drawn figure: ``caption`` is Markdown, ``alt`` plain text computed from the data that was drawn."""

    name: str
    caption: str
    alt: str
    svg: str
    pdf: bytes


@dataclass(frozen=True)
class CourseViews:
    """A whole checked course.  ``chapters`` are file stems in reading order; empty means alphabetical."""

    title: str
    theorems: Mapping[str, TheoremView] = field(default_factory=dict)
    exercises: Mapping[str, ExerciseView] = field(default_factory=dict)
    figures: Mapping[str, FigureView] = field(default_factory=dict)
    chapters: tuple[str, ...] = ()
    subtitle: str = ""
    author: str = ""
    language: str = "en"
    abstract: str = ""
