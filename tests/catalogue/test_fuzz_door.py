"""Random input at the door: no text breaks the reader, no random claim is decided wrongly.

    tokens      any text is read or refused with a ReadError
    rewritten   both sides of a random expression rewritten by the Penrose equations: never refuted
    mutated     one letter of such a claim changed: proved only if it holds on instances
    small       random hypotheses and goals in two square matrices, against all pairs of 2 x 2 matrices
                with entries -1, 0, 1

LEMMATA_FUZZ is the number of examples of each (12); the search gets LEMMATA_FUZZ_SECONDS (1) a claim.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from fractions import Fraction
from functools import lru_cache

import numpy as np
from catalogue_models import Undefined, check, evaluator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lemmata.prove.answer import answer
from lemmata.terms.claims import read_claims
from lemmata.terms.errors import ReadError

EXAMPLES = int(os.environ.get("LEMMATA_FUZZ", "12"))
SECONDS = float(os.environ.get("LEMMATA_FUZZ_SECONDS", "1"))
FUZZ = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
READING = settings(FUZZ, max_examples=max(200, 20 * EXAMPLES))

# --- tokens ----------------------------------------------------------------------------------

WRITTEN_TOKENS = r"""
A B y x t k lambda mu I 0 1 2 -1 1/2 0.5 + - * / ^ _ ^T ^+ ^{-1} ^* ^{ ^( _{ } { ( ) [ ] \{ \} , ; . : |
|| < > <= >= = != in <==> ==> and or not forall exists Col( Row( Null( rank( tr( det( exp( e^{ sqrt(
\sqrt{ \frac{ \frac \lim_{ lim_{ -> 0+ oo \infty \to d/dt \dot \ddot \nabla_ argmin_ \left( \right)
\langle \rangle \| \|_F ||_F \top \dagger \cdot \quad & \\ symmetric( psd( projection( x_{k+1} x_0 w(t)
w(0) w( pinv( inv( ⁺ ⁻¹ ᵀ λ ∞ ≤ × · \begin{pmatrix} \end{pmatrix} \unknown $ # ~ ' " é \x00 𝔸 99999999999
x_{ AB ABx iff implies skew( normal( hermitian( diag( kernel( \sqrt[ argmin_z z \sum ** ,x> <y,
"""
TOKENS = WRITTEN_TOKENS.replace("\\x00", "\x00").split()
DECLARED = "let A : R^{m x n}, B : R^{n x n}, y : R^m, x : R^n(k), w : R^n(t), lambda : positive, mu : real\n"


def _read(text: str) -> None:
    try:
        read_claims(text)
    except ReadError as error:
        assert str(error) and error.line >= 1


@READING
@given(st.lists(st.sampled_from(TOKENS), max_size=14), st.sampled_from(["", " "]))
def test_random_tokens_are_read_or_refused(tokens: list[str], glue: str) -> None:
    _read(f"{DECLARED}show {glue.join(tokens)}")


@READING
@given(
    st.lists(
        st.sampled_from(
            [
                "let",
                "assume",
                "define",
                "show",
                "\n",
                ":",
                "R^{m x n}",
                "R^n(t)",
                "C^n",
                "positive",
                "x_k",
                "w(t)",
                "=",
                *TOKENS[:40],
            ]
        ),
        max_size=16,
    )
)
def test_random_items_are_read_or_refused(tokens: list[str]) -> None:
    _read(" ".join(tokens))


@READING
@given(st.text(max_size=60))
def test_random_characters_are_read_or_refused(text: str) -> None:
    _read(text)
    _read(f"{DECLARED}show {text}")


# --- rewriting by the Penrose equations ------------------------------------------------------

# A letter with what it may be replaced by; ' is the transpose, + the pseudoinverse, - its transpose.
LETTERS = ("A", "A'", "A+", "A-")
WRITTEN = {"A": "A", "A'": "A^T", "A+": "A^+", "A-": "(A^+)^T"}
STEPS: dict[tuple[str, ...], list[tuple[str, ...]]] = {
    ("A",): [("A", "A+", "A"), ("A-", "A'", "A"), ("A", "A'", "A-")],
    ("A'",): [("A'", "A", "A+"), ("A+", "A", "A'"), ("A'", "A-", "A'")],
    ("A+",): [("A+", "A", "A+"), ("A'", "A-", "A+"), ("A+", "A-", "A'")],
    ("A-",): [("A-", "A'", "A-"), ("A", "A+", "A-"), ("A-", "A+", "A")],
    ("A", "A+"): [("A-", "A'")],
    ("A-", "A'"): [("A", "A+")],
    ("A+", "A"): [("A'", "A-")],
    ("A'", "A-"): [("A+", "A")],
}
TALL = {"A", "A-"}  # m x n; the other two are n x m


@st.composite
def words(draw: st.DrawFn) -> tuple[str, ...]:
    """A word in A, its transpose and pseudoinverse in which the shapes alternate."""
    length = draw(st.integers(1, 4))
    tall = draw(st.booleans())
    return tuple(
        draw(st.sampled_from([x for x in LETTERS if (x in TALL) == (tall == (i % 2 == 0))]))
        for i in range(length)
    )


def rewritten(word: tuple[str, ...], choices: list[int]) -> tuple[str, ...]:
    """The word after one valid step for each choice."""
    for choice in choices:
        moves = [
            word[:i] + new + word[i + len(old) :]
            for i in range(len(word))
            for old, news in STEPS.items()
            if word[i : i + len(old)] == old
            for new in news
        ]
        word = moves[choice % len(moves)]
    return word


def equation(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    sides = (" ".join(WRITTEN[x] for x in word) for word in (left, right))
    return "let A : R^{m x n}\nshow " + " = ".join(sides)


CHOICES = st.lists(st.integers(0, 99), min_size=1, max_size=3)


@FUZZ
@given(words(), CHOICES, CHOICES)
def test_rewritten_claims_are_never_refuted(word: tuple[str, ...], left: list[int], right: list[int]) -> None:
    text = equation(rewritten(word, left), rewritten(word, right))
    claims = read_claims(text)
    assert check(claims, "", seed=1) is True, text
    (found,) = answer(claims, SECONDS)
    assert found["verdict"] == "proved", (text, found["verdict"], found["why"])


@FUZZ
@given(words(), CHOICES, st.integers(0, 99), st.integers(0, 3))
def test_mutated_claims_are_not_proved_unless_they_hold(
    word: tuple[str, ...], steps: list[int], place: int, letter: int
) -> None:
    changed = list(rewritten(word, steps))
    place %= len(changed)
    changed[place] = [x for x in LETTERS if (x in TALL) == (changed[place] in TALL)][letter % 2]
    text = equation(word, tuple(changed))
    claims = read_claims(text)
    holds = check(claims, "", seed=2, count=60)
    (found,) = answer(claims, SECONDS)
    assert found["verdict"] == ("proved" if holds else "refuted"), (text, found["verdict"], found["why"])


# --- small models ----------------------------------------------------------------------------

HYPOTHESES = [
    "A B = B A",
    "A B = 0",
    "A^2 = A",
    "A^2 = 0",
    "A^T = A",
    "A^T = -A",
    "A A^T = A^T A",
    "A B A = A",
    "A^2 = I",
    "B A B = B",
    "A B = I",
    "A^T B = 0",
    "A B^T = 0",
    "projection(A)",
    "projection(B)",
    "A + B = A B",
    "A B + B A = 0",
    "symmetric(A B)",
    "A^T = B",
    "A A^+ = A^+ A",
    "Col(B) <= Col(A)",
    "Null(A) <= Null(B)",
    "A^2 = B",
    "orthogonal(A)",
    "psd(A)",
    "psd(B)",
    "A >= B",
    "invertible(A)",
    "rank(A) = n",
    "B^2 = B",
    "A^T A B = B",
    "A B B^T = B B^T A",
    "A <= I",
    "A >= 0",
    "spd(A)",
    "A^T A <= I",
    "trace(A) = 0",
    "A + B = I",
    "A = B^T B",
    "A^+ = A^T",
    "exists X : R^{n x n}. A X = B",
    "forall v : R^n. v^T A v >= 0",
    "forall v : R^n. ||A v|| <= ||B v||",
    "forall v : R^n. v^T A v = v^T B v",
]
SIMPLE = ["A", "B", "A^T", "B^T", "A^+", "B^+", "I_n"]


@lru_cache(maxsize=1)
def pairs() -> list[tuple[np.ndarray, np.ndarray]]:
    """Pairs of 2 x 2 matrices with entries -1, 0, 1: all with zeros and ones, and a sample of the rest."""
    every = [np.array(v, dtype=float).reshape(2, 2) for v in itertools.product((0, 1, -1), repeat=4)]
    few = [a for a in every if a.min() >= 0]
    rng = np.random.default_rng(3)
    rest = [(every[i], every[j]) for i, j in rng.integers(0, len(every), size=(500, 2))]
    return [*itertools.product(few, few), *rest]


@st.composite
def statements(draw: st.DrawFn) -> str:
    given_ = draw(st.lists(st.sampled_from(HYPOTHESES), max_size=3, unique=True))
    word = st.lists(st.sampled_from(SIMPLE), min_size=1, max_size=3).map(" ".join)
    sum_ = st.tuples(word, st.sampled_from([" + ", " - "]), word).map("".join)
    side = st.one_of(word, word, sum_)
    a, b = draw(side), draw(side)
    goal = draw(
        st.sampled_from(
            [
                f"{a} = {b}",
                f"{a} = {b}",
                f"{a} = 0",
                f"symmetric({a})",
                f"idempotent({a})",
                f"projection({a})",
                f"invertible({a})",
                f"Col({a}) <= Col({b})",
                f"Null({a}) <= Null({b})",
                f"psd({a})",
                f"{a} = 0 ==> {b} = 0",
                f"{a} = 0 <==> {b} = 0",
                f"{a} >= {b}",
                f"{a} <= {b}",
                f"psd({a}) ==> psd({b})",
                f"trace({a}) = trace({b})",
                f"trace({a}) >= 0",
                f"{a} = 0 or {b} = 0",
                f"exists X : R^{{n x n}}. {a} X = {b}",
                f"exists X : R^{{n x n}}. {a} X B = {b}",
                f"exists X : R^{{n x n}}. X^T = X and {a} X = {b}",
                f"not exists X : R^{{n x n}}. {a} X = {b}",
                f"forall v : R^n. v^T ({a}) v >= 0",
                f"forall v : R^n. ||({a}) v|| <= ||({b}) v||",
                f"rank({a}) = rank({b})",
                f"({a})^+ = {b}",
                f"({a})^+ = {b}",
            ]
        )
    )
    assumed = f"assume {', '.join(given_)}\n" if given_ else ""
    return f"let A, B : R^{{n x n}}\n{assumed}show {goal}"


@FUZZ
@given(statements())
def test_small_claims_against_small_models(text: str) -> None:
    claims = read_claims(text)
    (found,) = answer(claims, SECONDS)
    goal = claims.shows[0].prop
    if found["verdict"] == "proved":
        for a, b in pairs():
            e = evaluator(claims, {"A": a, "B": b})
            if all(e.truth(g) for g in claims.given):
                assert e.truth(goal), (text, "is proved but fails at", a.tolist(), b.tolist())
    elif found["verdict"] in ("refuted", "rejected"):
        values = found["counterexample"]
        try:
            data = {n: np.array([[float(Fraction(x)) for x in row] for row in values[n]]) for n in ("A", "B")}
        except (KeyError, ValueError):
            return
        e = evaluator(claims, data)
        assert all(e.truth(g) for g in claims.given), (
            text,
            "the counterexample violates a hypothesis",
            values,
        )
        with contextlib.suppress(Undefined):
            assert not e.truth(goal), (text, "holds at its counterexample", values)
