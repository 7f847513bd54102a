"""A hundred variants of every exercise: right, gradable in every notation, and no mutant is ever correct."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import pytest

from lemmata.grade.exercise import Exercise, Part, Variant
from lemmata.grade.mark import mark
from lemmata.grade.sheet import answer_tex, variant_markdown
from lemmata.grade.values import evaluate, fractions, rational
from lemmata.kernel.term import Term, number, symbols_of
from lemmata.terms.forms import literal, neg
from lemmata.terms.show import show

VALUES = ("number", "vector", "matrix")


def test_there_are_at_least_twenty_and_the_documents_are_covered(exercises: dict[str, Exercise]) -> None:
    assert len(exercises) >= 20
    sources = {e.source for e in exercises.values()}
    assert {"batra#E1", "batra#E2", "batra#E3", "slt-flow#P1", "slt-flow#P2"} <= sources
    assert {s.partition("#")[0].partition(",")[0] for s in sources} == {
        "batra", "schaeffer", "mse-gd", "yun", "slt-flow",
    }  # fmt: skip


def test_every_solution_verifies(
    label: str, exercises: dict[str, Exercise], variants: tuple[Variant, ...]
) -> None:
    marks = exercises[label].marks
    assert marks is not None
    for variant in variants:
        assert variant.marks == marks
        assert all(step.claim is not None for step in variant.solution)
        assert len(variant.solution) >= 5
        for claim in (step.claim for step in variant.solution):
            # A claim such as 3 = 3 would check nothing.
            assert claim is None or claim.head != "eq" or claim.args[0] is not claim.args[1]


def test_variants_differ_and_a_student_keeps_the_same(label: str, exercises: dict[str, Exercise]) -> None:
    exercise = exercises[label]
    tasks = [variant_markdown(exercise.variant(3, f"student-{n}"), solutions=True) for n in range(30)]
    assert len(set(tasks)) > 15
    assert tasks[7] == variant_markdown(exercise.variant(3, "student-7"), solutions=True)
    assert exercise.variant(1, 0).task == exercise.variant(2, 0).task


def test_texts_are_markdown_with_closed_formulas(label: str, variants: tuple[Variant, ...]) -> None:
    for variant in variants[:20]:
        for part in variant.parts:
            assert part.prompt.strip() and (part.kind != "choice" or len(part.options) >= 2)
            texts = [variant.task, part.prompt, *part.hints, *(m.feedback for m in part.mistakes)]
            for text in [*texts, *(s.text for s in variant.solution)]:
                assert text.count("$") % 2 == 0, text
                for formula in re.findall(r"\$([^$]*)\$", text):
                    assert formula.count("{") == formula.count("}"), formula
                    assert "--" not in formula and "+ -" not in formula, formula


# --- right answers ---------------------------------------------------------------------------------


def entry(term: Term) -> str:
    """An entry as plain text without spaces."""
    return show(term, style="text").replace(" ", "")


def cells(answer: Term) -> list[list[str]]:
    if answer.head != "literal":
        return [[entry(answer)]]
    rows, cols = answer.value
    return [[entry(e) for e in answer.args[i * cols : (i + 1) * cols]] for i in range(rows)]


def notations(part: Part) -> Iterator[str]:
    """The reference answer as students write it."""
    if part.kind == "choice":
        yield part.options[int(part.answer.value)]
        return
    yield answer_tex(part)
    if part.kind in VALUES and not (part.answer.head != "literal" and symbols_of(part.answer)):
        rows = cells(part.answer)
        letters = bool(symbols_of(part.answer))
        if part.kind == "number":
            yield f"$x = {answer_tex(part)}$"
            yield rows[0][0]
        elif part.kind == "vector" and part.answer.head == "literal":
            column = [row[0] for row in rows]
            yield f"({', '.join(column)})"
            yield f"[{', '.join(column)}]"
            yield f"x = ({', '.join(column)})^T"
            yield rf"\left({', '.join(column)}\right)^\top"
            yield f"np.array([{', '.join(column)}])"
        elif part.answer.head == "literal":
            yield "[" + ", ".join(f"[{', '.join(row)}]" for row in rows) + "]"
            yield rf"\begin{{bmatrix}} {chr(92) * 2} ".join([]) or answer_tex(part).replace(
                "pmatrix", "bmatrix"
            )
            if not letters:
                yield "[" + "; ".join(" ".join(row) for row in rows) + "]"
    elif part.kind == "expression":
        yield show(part.answer, style="text")
        yield show(part.answer, style="unicode")
        yield f"${show(part.answer, style='latex')}$"
    elif part.kind == "finite":
        words = [entry(e) for e in part.answer.args]
        yield from ("{" + ", ".join(words) + "}", ", ".join(reversed(words)), " and ".join(words))
    elif part.kind == "interval":
        low, high = (entry(a) for a in part.answer.args)
        yield from (
            f"({low}, {high})",
            f"{low} < \\eta < {high}",
            f"]{low}, {high}[",
            f"eta > {low} and eta < {high}",
        )
    elif part.kind == "affine":
        yield from affine_notations(part.answer)


def affine_notations(answer: Term) -> Iterator[str]:
    vectors = [f"({', '.join(row[0] for row in cells(a))})" for a in answer.args]
    if answer.head == "span":
        yield from (f"span{{{', '.join(vectors)}}}", rf"\operatorname{{span}}\{{{', '.join(vectors)}\}}")
        yield " + ".join(f"{name} {v}" for name, v in zip("st", vectors, strict=False))
    else:
        point, *directions = vectors
        moved = " + ".join(f"{name}{d}" for name, d in zip("st", directions, strict=False))
        yield from (f"{point} + {moved}", f"x = {point} + {moved}, with s real",
                    f"{point} + span{{{', '.join(directions)}}}")  # fmt: skip


def test_own_answers_are_correct_in_every_notation(label: str, variants: tuple[Variant, ...]) -> None:
    done: set[tuple[str, Term]] = set()
    for n, variant in enumerate(variants):
        for part in variant.parts:
            if part.kind == "derivation" or (part.id, part.answer) in done:
                continue
            done.add((part.id, part.answer))
            texts = list(notations(part))
            for text in texts if not symbols_of(part.answer) or n < 20 else texts[:1]:
                marked = mark(part, text)
                assert (marked.verdict, marked.marks) == ("correct", part.marks), (n, part.id, text, marked)


# --- wrong answers ---------------------------------------------------------------------------------


def as_part(answer: Term, kind: str = "matrix") -> str:
    return answer_tex(Part("x", "", kind, answer))


def mutants(part: Part, n: int) -> Iterator[str]:
    """Changed reference answers, none of which is right; ``n`` turns the place and the size of the change."""
    if part.kind == "choice":
        yield from (o for i, o in enumerate(part.options) if i != int(part.answer.value))
    elif part.kind in VALUES and part.mode == "direction":
        a, b = part.answer.args
        yield from (as_part(literal([[neg(b)], [a]])), as_part(literal([[number(0)], [number(0)]])))
    elif part.kind in VALUES and part.answer.head != "literal" and not part.answer.is_scalar:
        yield from (as_part(neg(part.answer)), as_part(number(2) * part.answer))
    elif part.kind in VALUES:
        change = number((Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(3), Fraction(-2, 3))[n % 5])
        entries = list(part.answer.args) if part.answer.head == "literal" else [part.answer]
        place = n % len(entries)
        rows, cols = part.answer.shape
        assert isinstance(rows, int) and isinstance(cols, int)
        changed = [e + change if i == place else e for i, e in enumerate(entries)]
        yield as_part(
            literal([changed[i * cols : (i + 1) * cols] for i in range(rows)])
            if rows * cols > 1
            else changed[0]
        )
        if symbols_of(part.answer) or any(x for row in value_rows(part.answer) for x in row):
            yield as_part(literal([[neg(x) for x in entries[i * cols : (i + 1) * cols]] for i in range(rows)])
                          if rows * cols > 1 else neg(entries[0]))  # fmt: skip
    elif part.kind == "expression":
        written = show(part.answer, style="text")
        if part.answer.is_scalar:
            yield from (f"{written} + 1", f"2 ({written}) + 1/7")
        if part.answer.head != "zero":
            yield from (f"-({written})", f"3 ({written})")
        yield from ("1/0", "17")
    elif part.kind == "finite":
        words = [entry(e) for e in part.answer.args]
        yield from ("{" + ", ".join([*words, "77"]) + "}", "{77}", "{" + ", ".join([*words[1:], "77"]) + "}")
        if len(words) > 1:
            yield words[0]
    elif part.kind == "interval":
        low, high = (entry(a) for a in part.answer.args)
        yield from (
            f"[{low}, {high})",
            f"({low}, {high}]",
            f"({low}, {high}/2)",
            f"({low}, 2({high}))",
            f"x < {high}",
        )
    elif part.kind == "affine":
        yield from affine_mutants(part.answer)


def value_rows(term: Term) -> list[list[Fraction]]:
    value = evaluate(term)
    return fractions(value) if rational(value) else [[Fraction(1)]]


def affine_mutants(answer: Term) -> Iterator[str]:
    vectors = [[Fraction(row[0]) for row in cells(a)] for a in answer.args]
    point, direction = ([Fraction(0)] * len(vectors[0]), vectors[0]) if answer.head == "span" else vectors
    # A vector that is no multiple of the direction: add 1 where another entry of the direction is not 0.
    place = next(i for i in range(len(direction)) if any(x for j, x in enumerate(direction) if j != i))
    off = [x + (i == place) for i, x in enumerate(direction)]
    shifted = [x + (i == place) for i, x in enumerate(point)]

    def written(v: list[Fraction]) -> str:
        return f"({', '.join(map(str, v))})"

    yield from (
        f"{written(point)} + t{written(off)}",
        f"{written(shifted)} + t{written(direction)}",
        written(point),
    )
    yield f"{written(point)} + s{written(direction)} + t{written(off)}"


def test_mutants_are_never_correct(label: str, variants: tuple[Variant, ...]) -> None:
    done: set[tuple[str, Term]] = set()
    for n, variant in enumerate(variants):
        for part in variant.parts:
            texts = list(mutants(part, n))
            if symbols_of(part.answer):  # balls are slow: every formula once, one mutant of it in turn
                texts = texts[n % len(texts) :][:1] if texts and (part.id, part.answer) not in done else []
                done.add((part.id, part.answer))
            for text in texts:
                marked = mark(part, text)
                assert marked.verdict != "correct", (n, part.id, text, marked)
                assert marked.marks is None or marked.marks < part.marks, (n, part.id, text, marked)


@pytest.mark.parametrize("text", ["", "?", "I do not know", "\\frac", "x", "0/0", "[[1,2],[3]]", "9" * 5000])
def test_no_answer_is_correct_or_raises(text: str, exercises: dict[str, Exercise]) -> None:
    for exercise in exercises.values():
        for part in exercise.variant(1, 1).parts:
            assert mark(part, text).verdict != "correct"


def test_foreseen_mistakes_get_their_diagnosis(label: str, variants: tuple[Variant, ...]) -> None:
    seen: Counter[tuple[str, int]] = Counter()
    for n, variant in enumerate(variants):
        for part in variant.parts:
            for i, mistake in enumerate(part.mistakes):
                if n >= 40 and symbols_of(mistake.answer):
                    continue
                kind = "matrix" if part.kind in VALUES else part.kind
                marked = mark(part, as_part(mistake.answer, kind))
                if marked.verdict == "correct":  # with these numbers the mistake leads to the right answer
                    assert coincide(mistake.answer, part), (n, part.id, mistake.diagnosis)
                    continue
                earlier = [m.diagnosis for m in part.mistakes[:i] if coincide(m.answer, part, mistake.answer)]
                names = [mistake.diagnosis, *earlier]
                assert marked.diagnosis in names, (n, part.id, mistake.diagnosis, marked)
                if marked.diagnosis == mistake.diagnosis:
                    seen[part.id, i] += 1
                    assert marked.marks == mistake.marks, (n, part.id, marked)
    for part in variants[0].parts:
        for i, mistake in enumerate(part.mistakes):
            expected = 20 if symbols_of(mistake.answer) else 50
            assert seen[part.id, i] >= expected, (part.id, mistake.diagnosis, seen[part.id, i])


def coincide(answer: Term, part: Part, other: Term | None = None) -> bool:
    """Whether two answers to a part have the same value; formulas for one value of their letters."""
    right = part.answer if other is None else other
    letters = {s: evaluate(number(Fraction(3, 2))) for s in {*symbols_of(answer), *symbols_of(right)}}
    if any(s.shape != (1, 1) for s in letters):
        return answer is right
    return bool(evaluate(answer, letters) == evaluate(right, letters)) or close(answer, right, letters)


def close(a: Term, b: Term, letters: dict[Term, object]) -> bool:
    from lemmata.grade.values import agree

    return agree(evaluate(a, letters), evaluate(b, letters))


def test_diagnoses_and_feedback_are_written_out(label: str, variants: tuple[Variant, ...]) -> None:
    for part in variants[1].parts:
        for mistake in part.mistakes:
            assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", mistake.diagnosis)
            assert mistake.feedback[-1] in ".?" and len(mistake.feedback) > 8
        for criterion in part.criteria:
            assert criterion.lacks and re.match(r"[a-z]", criterion.name)


# --- derivations -----------------------------------------------------------------------------------

DERIVATIONS = [
    ("prove-adjoint-pinv", "X^T X X^+ = X^T (X X^+)^T = (X X^+ X)^T = X^T", "correct"),
    ("prove-adjoint-pinv",
     r"\begin{align*} X^\top X X^+ &= X^\top (X X^+)^\top \\ &= (X X^+ X)^\top \\ &= X^\top "
     r"\end{align*}", "correct"),
    ("prove-adjoint-pinv", "X^T X X^+ = X^T X^+ X = X^T", "incorrect"),
    ("prove-adjoint-pinv", "X^T X X^+ = X^T (X X^+)^T = (X X^+ X)^T", "partial"),
    ("prove-null-still", r"\frac{d}{dt} (v^T w) = v^T \dot w = -v^T X^T (X w - y) = -(X v)^T (X w - y) = 0",
     "correct"),
    ("prove-null-still", r"\frac{d}{dt} (v^T w) = v^T \dot w = v^T (X w - y) = 0", "incorrect"),
    ("prove-gram-kernel",
     r"\|A B\|_F^2 = \operatorname{tr}((A B)^T (A B)) = \operatorname{tr}(B^T A^T A B) = 0", "correct"),
    ("prove-gram-kernel", r"\|A B\|_F^2 = \operatorname{tr}(A B A B) = 0", "incorrect"),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "verdict"), DERIVATIONS)
def test_derivations(exercise: str, text: str, verdict: str, exercises: dict[str, Exercise]) -> None:
    part = exercises[exercise].variant(1, 1).part("a")
    marked = mark(part, text)
    assert marked.verdict == verdict, marked
    if verdict == "correct":
        assert marked.marks == part.marks
    else:
        assert marked.marks is not None and marked.marks < part.marks


def test_an_answer_for_another_variant_is_marked_wrong(label: str, variants: tuple[Variant, ...]) -> None:
    """Copying from a neighbour helps only where the numbers happen to be the same."""
    for mine, other in pairwise(variants[1:40]):
        for part in mine.parts:
            theirs = other.part(part.id)
            if part.kind in VALUES and part.answer is not theirs.answer and part.mode != "direction":
                same = part.tolerance is not None or coincide(theirs.answer, part)
                assert same or mark(part, answer_tex(theirs)).verdict != "correct", (part.id, theirs.answer)
