"""What completion finds of random consequences: of a few random hypotheses, sums of their multiples."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cofactors import verify_combination
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lemmata.kernel.poly import Poly, star, word_poly
from lemmata.kernel.term import SCALAR, Dim, Term, symbol
from lemmata.prove.words.completion import combine

A, D, Q = symbol("A", "m", "n"), symbol("D", "n", "n"), symbol("Q", "m", "m")
w, y = symbol("w", "n"), symbol("y", "m")
LETTERS = [x for letter in (A, D, Q, w, y) for x in (letter, star(letter))]
ENDS: tuple[Dim, ...] = ("m", "n", 1)
COEFFICIENTS = (Fraction(1), Fraction(-1), Fraction(2), Fraction(1, 3))


@st.composite
def words(draw: st.DrawFn, start: Dim, end: Dim, longest: int) -> tuple[Term, ...]:
    """A composable word of the given ends; () where it may be empty."""
    word: list[Term] = []
    here = start
    for _ in range(draw(st.integers(0, longest))):
        word.append(draw(st.sampled_from([x for x in LETTERS if x.shape[0] == here])))
        here = word[-1].shape[1]
    if here != end:
        word.append(next(x for x in LETTERS if x.shape == (here, end)))
    return tuple(word)


def word_as_poly(word: tuple[Term, ...], rows: Dim, cols: Dim) -> Poly:
    return word_poly((rows, cols), (), word)


@st.composite
def consequences(draw: st.DrawFn) -> tuple[Poly, list[Poly]]:
    """A goal of the form sum c l h r, h one of a few hypotheses or its adjoint."""
    hypotheses = []
    for _ in range(draw(st.integers(1, 2))):
        rows, cols = draw(st.sampled_from(ENDS)), draw(st.sampled_from(ENDS))
        lead = draw(words(rows, cols, 2).filter(bool))
        total = word_as_poly(lead, rows, cols)
        for _ in range(draw(st.integers(0, 2))):
            other = word_as_poly(draw(words(rows, cols, 1)), rows, cols)
            total = total + other.scale(draw(st.sampled_from(COEFFICIENTS)))
        hypotheses.append(total)
    rows, cols = draw(st.sampled_from(ENDS)), draw(st.sampled_from(ENDS))
    goal = Poly((rows, cols), {})
    for _ in range(draw(st.integers(1, 3))):
        h = draw(st.sampled_from(hypotheses))
        h = h.adjoint() if draw(st.booleans()) else h
        left = word_as_poly(draw(words(rows, h.shape[0], 2)), rows, h.shape[0])
        right = word_as_poly(draw(words(h.shape[1], cols, 2)), h.shape[1], cols)
        goal = goal + (left * h * right).scale(Fraction(draw(st.sampled_from([1, -1, 3]))))
    return goal, hypotheses


def solvable(hypotheses: Sequence[Poly]) -> bool:
    """No hypothesis of the kind c I = 0, and no word that passes through dimension 1 inside."""
    return all(
        any(word or h.shape == SCALAR for _, word in h.terms)
        and not any(x.shape[1] == 1 for _, word in h.terms for x in word[:-1])
        for h in hypotheses
    )


@given(consequences())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_cofactors_of_random_consequences_multiply_out(case: tuple[Poly, list[Poly]]) -> None:
    goal, hypotheses = case
    cofactors = combine(goal, hypotheses, seconds=0.3)
    if cofactors is not None:
        assert verify_combination(goal, hypotheses, cofactors)


@given(consequences())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_a_consequence_of_one_step_is_found(case: tuple[Poly, list[Poly]]) -> None:
    _, hypotheses = case
    for h in filter(bool, hypotheses if solvable(hypotheses) else []):
        for goal in (h, h.adjoint(), h.adjoint() * h):
            cofactors = combine(goal, hypotheses, seconds=0.5)
            assert cofactors is not None
            assert verify_combination(goal, hypotheses, cofactors)
