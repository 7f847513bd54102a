r"""A small course as the build sees it: four results of every kind of evidence, two exercises, figures."""

from __future__ import annotations

from functools import cache

from lemmata.publish.figures import draw_all
from lemmata.publish.model import (
    CourseViews,
    EvidenceView,
    ExerciseView,
    FigureView,
    HypothesisView,
    OptionView,
    PartView,
    StepView,
    TheoremView,
    WhyView,
)

X = r"X \in \mathbb{R}^{m \times n}"
Y = r"y \in \mathbb{R}^m"
FULL_RANK = HypothesisView(r"\operatorname{rank}(X) = m", "the matrix has full row rank", "full-row-rank")

ROW_NULL = TheoremView(
    "row-null-orthogonal", r"The row space is orthogonal to the null space of $X$", kind="lemma",
    file="theorems/subspaces.py", line=7, declarations=(X, r"u \in \mathbb{R}^m", r"v \in \mathbb{R}^n"),
    hypotheses=(HypothesisView(r"X v = 0"),), statements=(r"\left\langle X^\top u, v\right\rangle = 0",),
    evidence=EvidenceView("proved", {"exact": 240, "sampled": 760}, seed=20251, worst_residual=3e-15),
    idea="Move $X$ to the other side of the inner product.",
    steps=(
        StepView(r"\left\langle X^\top u, v\right\rangle = u^\top X v", "transpose of a product",
                 rule="identity"),
        StepView(r"u^\top X v = 0", "the hypothesis $Xv = 0$", rule="identity"),
    ),
    why=(WhyView("X v = 0", "counterexample",
                 (r"X = \begin{bmatrix} 1 \end{bmatrix}", r"u = \begin{bmatrix} 1 \end{bmatrix}",
                  r"v = \begin{bmatrix} 1 \end{bmatrix}"), "There the inner product is $1$."),),
)  # fmt: skip

MIN_NORM = TheoremView(
    "min-norm", "The shortest interpolant", file="theorems/least_squares.py", line=40,
    declarations=(X, Y, r"w \in \mathbb{R}^n"),
    hypotheses=(FULL_RANK, HypothesisView(r"X w = y", name="interpolates")),
    statements=(r"X \left(X^{+} y\right) = y", r"\lVert X^{+} y\rVert_2 \le \lVert w\rVert_2"),
    evidence=EvidenceView("proved", {"exact": 1000}, seed=20251,
                          oracles=("$1 - e^{-t s^2} \\ge 0$ for $t, s > 0$",)),
    steps=(
        StepView(r"w = X^{+} y + (I - X^{+} X) w", "splitting $w$", uses=("row-null-orthogonal",)),
        StepView(
            r"\lVert w\rVert_2^2 = \lVert X^{+} y\rVert_2^2 + \lVert (I - X^{+} X) w\rVert_2^2 \ge"
            r" \lVert X^{+} y\rVert_2^2", "Pythagoras", note="The cross term vanishes.",
            rule="sum of squares",
            uses=("pythagoras",),
        ),
    ),
    why=(
        WhyView(r"\operatorname{rank}(X) = m", "counterexample",
                (r"X = \begin{bmatrix} 0 & 0 \end{bmatrix}", "y = 1"),
                "No $w$ interpolates.", "full-row-rank"),
        WhyView(r"X w = y", "superfluous", name="interpolates"),
    ),
    remarks=("Equality holds only for $w = X^{+} y$.",), source="the lecture notes, P3",
)  # fmt: skip

FLOW = TheoremView(
    "flow-limit", r"Gradient flow converges to $X^{+}y + (I - X^{+}X)\,w_0$",
    file="theorems/gradient_flow.py", line=12,
    declarations=(X, Y, r"w : \mathbb{R} \to \mathbb{R}^n"),
    hypotheses=(HypothesisView(r"\dot w = -X^\top (X w - y)"), HypothesisView("w(0) = w_0")),
    statements=(r"\lim_{t \to \infty} w(t) = X^{+} y + \left(I - X^{+} X\right) w_0",),
    evidence=EvidenceView("proved", {"enclosed": 64}, cites=("Picard–Lindelöf",), seed=7),
    steps=(
        StepView(r"\frac{d}{dt} e^{-t X^\top X} = -X^\top X\, e^{-t X^\top X}", "functional calculus",
                 rule="spectral"),
        StepView(r"w(t) = e^{-t X^\top X} w_0 + \left(I - e^{-t X^\top X}\right) X^{+} y",
                 "the solution is unique",
                 status="cited"),
    ),
    why=(WhyView("w(0) = w_0", "undecided"),),
)  # fmt: skip

WRONG = TheoremView(
    "wrong-limit", "The limit is always shortest", kind="conjecture",
    file="theorems/gradient_flow.py", line=31,
    declarations=(X,), statements=(r"\lim_{t \to \infty} w(t) = X^{+} y",),
    evidence=EvidenceView("refuted", warnings=("vacuous for $n = 0$",), tried=("a certificate of form 2",)),
    refutation=(r"X = \begin{bmatrix} 1 & 2 \end{bmatrix}", r"w_0 = \begin{bmatrix} 2 \\ -1 \end{bmatrix}"),
)  # fmt: skip

BY_HAND = ExerciseView(
    "by-hand", "The shortest point of a line", r"Let $X = \begin{bmatrix} 1 & 2 \end{bmatrix}$ and $y = 4$.",
    parts=(
        PartView("Compute $X^{+}$.", r"\tfrac15 \begin{bmatrix} 1 \\ 2 \end{bmatrix}", 
                 "Use $X^\\top (XX^\\top)^{-1}$.", 2),
        PartView("Give an interpolant that is longer.", r"(4, 0)", "QUAGGA: any other point of the line.", 1),
    ),
    solution="Both parts follow from the full-rank formula. OKAPI.", points=3,
    steps=(StepView(r"X X^\top = 5", "multiply out"), StepView(r"X^{+} y = \left(\tfrac45, \tfrac85\right)")),
    evidence=EvidenceView("exact", {"exact": 50}, seed=1),
)  # fmt: skip

CHOOSE = ExerciseView(
    "choose", "Where does the flow end?", "Gradient flow starts at $w_0 = 0$.",
    parts=(PartView("Its limit is", options=(
        OptionView("$X^{+} y$", True, "The flow never leaves the row space."),
        OptionView("$0$", False, "GIRAFFE: the loss would not fall."),
    )),),
)  # fmt: skip

SECRETS = ("OKAPI", "QUAGGA", "GIRAFFE", "ZEBRAHINT", r"X X^\top = 5")


@cache
def figures() -> dict[str, FigureView]:
    return draw_all()


def sample_course() -> CourseViews:
    return CourseViews(
        "Shortest Solutions", {view.label: view for view in (ROW_NULL, MIN_NORM, FLOW, WRONG)},
        {view.label: view for view in (BY_HAND, CHOOSE)}, figures(), ("geometry", "flow"),
        "What gradient descent finds", "A. Lecturer & B. Reader",
        abstract="Two short chapters on 100 % of the geometry.",
    )  # fmt: skip
