"""The exercises of the course: every variant is right, its own answers are accepted, wrong ones are named."""

from __future__ import annotations

import runpy
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import (
    Criterion,
    Exercise,
    Mistake,
    Part,
    SolutionStep,
    Variant,
    WrongSolution,
    answer_symbol,
    exercise,
)
from lemmata.grade.mark import mark
from lemmata.grade.sheet import answer_tex
from lemmata.grade.values import evaluate, fractions
from lemmata.kernel.term import number
from lemmata.terms.forms import equation, is_, literal

COURSE: dict[str, Exercise] = {
    value.label: value
    for path in sorted((Path(__file__).resolve().parents[2] / "exercises").glob("*.py"))
    for value in runpy.run_path(str(path), run_name=f"course_{path.stem}").values()
    if isinstance(value, Exercise)
}
LABELS = ["initialisation", "min-norm-line", "pinv-2x3"]


def test_the_three_exercises_exist() -> None:
    assert {COURSE[label].source for label in LABELS} == {"batra#E1", "batra#E2", "batra#E3"}


@pytest.mark.parametrize("label", LABELS)
def test_two_hundred_variants_have_right_solutions_and_accept_their_own_answers(label: str) -> None:
    for number_ in range(200):
        variant = COURSE[label].variant(11, number_)  # raises WrongSolution
        assert sum(step.claim is not None for step in variant.solution) >= 6
        for part in variant.parts:
            own = part.options[int(part.answer.value)] if part.kind == "choice" else answer_tex(part)
            marked = mark(part, own)
            assert (marked.verdict, marked.marks) == ("correct", part.marks), (number_, part.id, own, marked)


@pytest.mark.parametrize("label", LABELS)
def test_a_student_always_gets_the_same_variant_and_most_students_different_ones(label: str) -> None:
    tasks = [COURSE[label].variant(3, f"student-{n}").task for n in range(30)]
    assert tasks == [COURSE[label].variant(3, f"student-{n}").task for n in range(30)]
    assert len(set(tasks)) > 15
    assert (
        COURSE[label].variant(4, "student-0").task != tasks[0]
        or COURSE[label].variant(5, "student-0").task != tasks[0]
    )


@pytest.mark.parametrize("label", LABELS)
def test_the_original_variant_does_not_depend_on_the_seed(label: str) -> None:
    assert COURSE[label].variant(1, 0).task == COURSE[label].variant(2, 0).task


# --- what students write for the original variants -----------------------------------------------------

ANSWERS = [
    ("pinv-2x3", "a", "[5 4; 4 8]", "correct", 1, "correct"),
    ("pinv-2x3", "a", "[1 2 0; 2 8 4; 0 4 4]", "incorrect", 0, "gram-of-columns"),
    ("pinv-2x3", "b", "[1/3 -1/6; 1/3 1/12; -1/3 5/12]", "correct", 4, "correct"),
    ("pinv-2x3", "b", r"\frac{1}{12}\begin{pmatrix}4&-2\\4&1\\-4&5\end{pmatrix}", "correct", 4, "correct"),
    ("pinv-2x3", "b", "[1 -1; 0 1/2; 0 0]", "partial", 3, "penrose-iv-fails"),
    ("pinv-2x3", "b", "[1/3 1/3 -1/3; -1/6 1/12 5/12]", "incorrect", 0, "transposed"),
    ("pinv-2x3", "b", "[1 0; 2 2; 0 2]", "incorrect", 0, "only-transposed"),
    ("pinv-2x3", "b", "[8 -4; 8 2; -8 10]", "partial", 1, "determinant-forgotten"),
    ("pinv-2x3", "b", "[0 0; 0 0; 0 0]", "incorrect", 0, "penrose-i-fails"),
    ("pinv-2x3", "b", "[1 2 0; 0 2 2]^+", "incorrect", 0, "not-evaluated"),
    ("pinv-2x3", "c", "I", "correct", 1, "correct"),
    ("pinv-2x3", "c", "I_3", "incorrect", 0, "wrong-shape"),
    ("pinv-2x3", "d", "[1 0 0; 0 1 0; 0 0 1]", "incorrect", 0, "identity"),
    ("pinv-2x3", "d", "[1 0 -2; 0 1 1; 0 0 0]", "partial", 1, "not-symmetric"),
    ("min-norm-line", "a", "(4,0)+t(-2,1)", "correct", 2, "correct"),
    ("min-norm-line", "a", r"\{(x_1,x_2) : x_1 + 2x_2 = 4\}", "correct", 2, "correct"),
    ("min-norm-line", "a", r"x = (0,2) + s(4,-2), s \in \mathbb{R}", "correct", 2, "correct"),
    ("min-norm-line", "a", "x_1 = 4 - 2t, x_2 = t", "correct", 2, "correct"),
    ("min-norm-line", "a", "x_1 = 4 - 2x_2, x_2 free", "correct", 2, "correct"),
    ("min-norm-line", "a", "(4,0) + span{(-2,1)}", "correct", 2, "correct"),
    ("min-norm-line", "a", r"(4,0) + t(-\frac{2}{\sqrt5}, \frac{1}{\sqrt5})", "correct", 2, "correct"),
    ("min-norm-line", "a", "(4,0)", "partial", Fraction(1, 2), "one-point"),
    ("min-norm-line", "a", "(1,1) + t(-2,1)", "partial", 1, "parallel"),
    ("min-norm-line", "a", "(4,0) + t(2,1)", "incorrect", 0, "wrong-direction"),
    ("min-norm-line", "a", "(4,0) + s(1,0) + t(0,1)", "incorrect", 0, "everything"),
    ("min-norm-line", "b", "(4/5, 8/5)", "correct", 2, "correct"),
    ("min-norm-line", "b", "(0.8, 1.6)", "correct", 2, "correct"),
    ("min-norm-line", "b", "(4, 0)", "partial", 1, "not-minimal"),
    ("min-norm-line", "b", "(4, 8)", "partial", Fraction(1, 2), "not-normalised"),
    ("min-norm-line", "b", "[4/5 8/5]", "partial", 1, "row-for-column"),
    ("min-norm-line", "c", "(0,0)", "incorrect", 0, "zero"),
    ("min-norm-line", "d", r"0 < \eta < 0.4", "correct", 2, "correct"),
    ("min-norm-line", "d", "|1 - 5 eta| < 1", "correct", 2, "correct"),
    ("min-norm-line", "d", "(0, 1/5)", "partial", 1, "too-narrow"),
    ("min-norm-line", "d", "0 < eta <= 2/5", "partial", 1, "endpoint-included"),
    ("min-norm-line", "d", "eta < 2/5", "partial", 1, "lower-bound-missing"),
    ("min-norm-line", "d", "(0, 1)", "incorrect", 0, "too-wide"),
    ("initialisation", "a", "(1, 2, 0)", "incorrect", 0, "not-in-row-space"),
    ("initialisation", "d", r"X^+ y + (I - X^+ X) w_0", "correct", 3, "correct"),
    ("initialisation", "d", r"w_0 + X^\top (X X^\top)^{-1} (y - X w_0)", "correct", 3, "correct"),
    ("initialisation", "d", r"\lim_{t \to \infty} w(t) = X^+ y + w(0) - X^+ X w(0)", "correct", 3, "correct"),
    ("initialisation", "d", "X^+ y", "partial", 1, "null-component-forgotten"),
    ("initialisation", "d", "X^+ y + w_0", "partial", 1, "start-added"),
    ("initialisation", "d", "X^+ y + X^+ X w_0", "partial", 1, "row-component-kept"),
    ("initialisation", "d", "(X^T X)^{-1} X^T y", "incorrect", 0, "undefined"),
    ("initialisation", "d", "X^{-1} y", "incorrect", 0, "ill-typed"),
    ("initialisation", "d", "X^+ y + (I - X^+ X) z", "incorrect", 0, "ill-typed"),
    ("initialisation", "e", "No, w_0 is not in the row space.", "correct", 1, "correct"),
    ("initialisation", "e", "yes", "incorrect", 0, "wrong-option"),
    ("initialisation", "e", "yes and no", "malformed", None, "unreadable"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "part", "text", "verdict", "marks", "diagnosis"), ANSWERS)
def test_answers(
    label: str, part: str, text: str, verdict: str, marks: Fraction | int | None, diagnosis: str
) -> None:
    marked = mark(COURSE[label].variant(0, 0).part(part), text)
    assert (marked.verdict, marked.marks, marked.diagnosis) == (verdict, marks, diagnosis), marked.feedback


def test_the_limit_without_the_null_component_is_recognised_in_numbers() -> None:
    variant = COURSE["initialisation"].variant(0, 0)
    shortest = variant.part("c").mistakes[0].answer
    marked = mark(variant.part("c"), answer_tex(Part("x", "", "vector", shortest)))
    assert (marked.diagnosis, marked.marks) == ("null-component-forgotten", Fraction(1))
    assert "w_0 = 0" in marked.feedback


@settings(max_examples=150, deadline=None)
@given(
    label=st.sampled_from(LABELS), variant=st.integers(0, 40), place=st.integers(0, 8),
    which=st.integers(0, 5),
    change=st.fractions(-3, 3, max_denominator=12).filter(bool),
)  # fmt: skip
def test_a_changed_entry_is_never_correct(
    label: str, variant: int, place: int, which: int, change: Fraction
) -> None:
    parts = [p for p in COURSE[label].variant(5, variant).parts if p.kind in ("number", "vector", "matrix")]
    part = parts[which % len(parts)]
    rows = fractions(evaluate(part.answer))
    flat = place % (len(rows) * len(rows[0]))
    rows[flat // len(rows[0])][flat % len(rows[0])] += change
    marked = mark(part, answer_tex(Part("x", "", "matrix", literal([[number(x) for x in r] for r in rows]))))
    assert marked.verdict in ("incorrect", "partial")
    assert marked.marks is not None and marked.marks < part.marks


@settings(max_examples=60, deadline=None)
@given(
    change=st.sampled_from(["X^+ y", "-({})", "({}) + w_0", "2({})", "({}) - X^T y", "X^T X ({})", "({})/2"])
)
def test_a_changed_formula_is_never_correct(change: str) -> None:
    part = COURSE["initialisation"].variant(5, 1).part("d")
    marked = mark(part, change.format("X^+ y + (I - X^+ X) w_0"))
    assert marked.verdict in ("incorrect", "partial") and marked.counterexample


@settings(max_examples=80, deadline=None)
@given(
    variant=st.integers(0, 30),
    low=st.fractions(-1, 1, max_denominator=9),
    high=st.fractions(-1, 1, max_denominator=9),
    left=st.sampled_from("(["),
    right=st.sampled_from(")]"),
)
def test_a_changed_range_is_never_correct(
    variant: int, low: Fraction, high: Fraction, left: str, right: str
) -> None:
    part = COURSE["min-norm-line"].variant(5, variant).part("d")
    bound = part.answer.args[1].value
    marked = mark(part, f"{left}{low}, {bound + high}{right}")
    changed = low != 0 or high != 0 or left == "[" or right == "]"
    assert (marked.verdict == "correct") != changed


# --- a variant that is wrong is never handed out ---------------------------------------------------------


def _exercise(**changes: object) -> Exercise:
    fields: dict[str, object] = {
        "task": "Twice.", "parts": (Part("a", "Twice 2?", "number", number(4)),),
        "solution": (SolutionStep("It is 4.", equation(number(2) * number(2), number(4))),),
    }  # fmt: skip
    fields.update(changes)
    variant = Variant(**fields)  # type: ignore[arg-type]
    return exercise("double", title="Twice", marks=1)(lambda draw: variant)


def test_a_right_exercise_passes() -> None:
    assert _exercise().variant(1, 0).marks == 1


SYMMETRIC = Criterion("is symmetric", is_("symmetric", answer_symbol(2, 2)))
TOO_KIND = Mistake("m", number(5), "no", Fraction(1))
P = Part("a", "?", "matrix", matrix_of([[1, 2], [3, 4]]))


@pytest.mark.parametrize(("changes", "why"), [
    ({"solution": (SolutionStep("It is 5.", equation(number(2) * number(2), number(5))),)}, "step 1"),
    ({"solution": (SolutionStep("Free.", equation(answer_symbol(1), number(5))),)}, "free symbol"),
    ({"solution": (SolutionStep("1/0.", equation(number(1) / number(0), number(1))),)}, "no truth value"),
    ({"parts": ()}, "distinct identifiers"),
    ({"parts": (P, P)}, "distinct identifiers"),
    ({"parts": (Part("a", "?", "number", number(4), Fraction(2)),)}, "2 marks"),
    ({"parts": (Part("a", "?", "choice", number(3), options=("yes", "no")),)}, "option 3"),
    ({"parts": (Part("a", "?", "matrix", matrix_of([[1, 2], [3, 4]]),
                     criteria=(SYMMETRIC,)),)}, "is symmetric"),
    ({"parts": (Part("a", "?", "number", number(4), mistakes=(TOO_KIND,)),)}, "add up"),
])  # fmt: skip
def test_a_wrong_exercise_is_refused(changes: dict[str, object], why: str) -> None:
    with pytest.raises(WrongSolution, match=why):
        _exercise(**changes).variant(1, 0)


# --- draws ----------------------------------------------------------------------------------------------


def test_draws_are_reproducible_across_versions() -> None:
    draw = Draw.of(20240517, "pinv-2x3", student="ada")
    assert [draw.integer(0, 99) for _ in range(5)] == [41, 53, 96, 63, 61]


@settings(max_examples=30, deadline=None)
@given(key=st.text(max_size=8), rows=st.integers(1, 2))
def test_full_row_rank_and_small_denominators(key: str, rows: int) -> None:
    x = evaluate(Draw(key).full_row_rank(rows, 3))
    assert x.rank() == rows
    assert 2 <= int((x.transpose() * (x * x.transpose()).inv()).numer_denom()[1]) <= 30


@settings(max_examples=30, deadline=None)
@given(key=st.text(max_size=8), spectrum=st.lists(st.integers(-3, 5), min_size=1, max_size=4))
def test_a_chosen_spectrum(key: str, spectrum: list[int]) -> None:
    s = evaluate(Draw(key).symmetric(spectrum))
    assert s == s.transpose()
    polynomial = s.charpoly()
    assert all(polynomial(x) == 0 for x in spectrum) and polynomial.degree() == len(spectrum)


def test_chosen_singular_values() -> None:
    x = evaluate(Draw("k").with_singular_values(2, 3, [2, 5]))
    polynomial = (x * x.transpose()).charpoly()
    assert polynomial(4) == polynomial(25) == 0
    with pytest.raises(ValueError, match="singular values"):
        Draw("k").with_singular_values(2, 3, [1, 2, 3])


def test_vector_of() -> None:
    assert vector_of([1, 2]).shape == (2, 1)
