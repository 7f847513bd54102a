"""Limits at given data are exact wherever eigenvalues are rational; what is only guessed refutes nothing."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import expand
from lemmata.kernel.term import Term, add, exp, mul, number, symbol
from lemmata.refute.counterexample import refute
from lemmata.refute.decide import Truth, decide
from lemmata.refute.flow import without_drives
from lemmata.refute.instance import Instance
from lemmata.refute.limits import exact_limit
from lemmata.refute.motions import Motions, Turns
from lemmata.refute.rational import exact_pinv
from lemmata.refute.system import Diverges, Irrational, Unsupported
from lemmata.terms.forms import equation, power

Claim = Callable[[str], Statement]
HALF = fmpq(1, 2)
A = fmpq_mat(2, 2, [1, 1, 0, HALF])  # eigenvalues 1 and 1/2
J = fmpq_mat(2, 2, [HALF, 1, 0, HALF])  # a Jordan block
S = fmpq_mat(2, 2, [2, 1, 1, 1])  # eigenvalues (3 +- sqrt 5) / 2
TURN = fmpq_mat(2, 2, [0, -1, 1, 0])  # a quarter turn
NIL = fmpq_mat(2, 2, [0, 1, 0, 0])
EYE = fmpq_mat(2, 2, [1, 0, 0, 1])
O2 = fmpq_mat(2, 2)

EXACT: list[tuple[str, fmpq_mat, fmpq_mat | type[Exception]]] = [
    ("lim_{lambda -> 0+} (M^T M + lambda I)^{-1} M^T", A, exact_pinv(A)),
    ("lim_{lambda -> 0+} (M^T M + lambda I)^{-1} M^T", S, exact_pinv(S)),
    ("lim_{lambda -> 0+} (M + lambda I)^{-1}", NIL, Diverges),
    ("lim_{lambda -> oo} lambda (M^T M + lambda I)^{-1}", S, EYE),
    ("lim_{t -> oo} e^{-t M}", A, O2),
    ("lim_{t -> oo} e^{-t M}", J, O2),
    ("lim_{t -> oo} e^{-t M}", NIL, Diverges),
    ("lim_{t -> oo} e^{-t M}", O2, EYE),
    ("lim_{t -> oo} e^{-t M}", S, O2),
    ("lim_{t -> oo} e^{t M}", S, Diverges),
    ("lim_{t -> oo} e^{-t M}", TURN, Diverges),
    ("lim_{t -> oo} e^{-t} e^{-t M}", TURN, O2),
    ("lim_{t -> oo} e^{t M} e^{t M^T}", TURN, EYE),
    ("lim_{t -> oo} \\frac{1}{t} e^{t M}", TURN, Irrational),
    ("lim_{k -> oo} M^k", TURN, Diverges),
    ("lim_{k -> oo} M^{4 k}", TURN, EYE),
    ("lim_{k -> oo} M^k", TURN * HALF, O2),
    ("lim_{t -> oo} \\frac{1}{t} e^{t M}", NIL, NIL * fmpq(1)),
    ("lim_{t -> oo} t^3 e^{-t M}", J, O2),
    ("lim_{t -> oo} (I + e^{t M})^{-1} e^{t M}", J, EYE),
    ("lim_{k -> oo} M^k", J, O2),
    ("lim_{k -> oo} M^k", A, fmpq_mat(2, 2, [1, 2, 0, 0])),
    ("lim_{k -> oo} M^k", -A, Diverges),
    ("lim_{k -> oo} M^{k+1}", A, fmpq_mat(2, 2, [1, 2, 0, 0])),
    ("lim_{k -> oo} 2^k M^k", J, Diverges),
    ("lim_{k -> oo} k M^{2 k}", J, O2),
    ("lim_{t -> 0} e^{t M}", S, EYE),
]


def _limit(claim: Claim, text: str) -> Term:
    return claim(f"let M : R^{{n x n}}, lambda : positive; show {text} = M").show.args[0]


@pytest.mark.parametrize(("text", "m", "value"), EXACT, ids=[f"{i} {t}" for i, (t, _, _) in enumerate(EXACT)])
def test_limits_of_matrices(claim: Claim, text: str, m: fmpq_mat, value: fmpq_mat | type[Exception]) -> None:
    e = Instance({"n": 2}, {"M": m}).evaluator()
    if isinstance(value, type):
        with pytest.raises(value):
            exact_limit(e, _limit(claim, text))
    else:
        assert exact_limit(e, _limit(claim, text)) == value


SCALARS: list[tuple[str, str | type[Exception]]] = [
    ("lim_{x -> 0} \\frac{1 - e^{-x}}{x}", "1"),
    ("lim_{x -> 0} \\frac{e^x - 1 - x}{x^2}", "1/2"),
    ("lim_{x -> 0} \\frac{\\sin x}{x}", "1"),
    ("lim_{x -> 0} \\frac{\\ln(1 + x)}{x}", "1"),
    ("lim_{x -> 0} |x| / x", Diverges),
    ("lim_{s -> 0} |s| / s", "1"),
    ("lim_{x -> 0} (\\sin x - \\sin x) / x", "0"),
    ("lim_{x -> 0} \\sin(x)^{10} / x^{9}", "0"),
    ("lim_{x -> 0+} \\sin(x)^{10} / x^{11}", Diverges),
    ("lim_{x -> 0} \\sin(x)^{20} / x^{18}", "0"),
    ("lim_{x -> 0+} |x| / x", "1"),
    ("lim_{x -> 0-} |x| / x", "-1"),
    ("lim_{x -> 1} (x^2 - 1) / (x - 1)", "2"),
    ("lim_{x -> oo} (\\sqrt{x^2 + 2 x + 1} - x)", "1"),
    ("lim_{x -> oo} |e^{-x} - 1|", "1"),
    ("lim_{x -> -oo} e^x", "0"),
    ("lim_{x -> oo} \\frac{2^x + e^x}{e^x}", "1"),
    ("lim_{x -> oo} \\frac{3^x + e^x}{e^x}", Diverges),
    ("lim_{k -> oo} (-1)^k", Diverges),
    ("lim_{k -> oo} (-1)^k / k", "0"),
    ("lim_{k -> oo} (1 + 1/k)^k", Irrational),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SCALARS, ids=[t for t, _ in SCALARS])
def test_limits_of_numbers(claim: Claim, text: str, value: str | type[Exception]) -> None:
    term = claim(f"let x : real, s : positive; show {text} = 0").show.args[0]
    e = Instance({}, {}).evaluator()
    if isinstance(value, type):
        with pytest.raises(value):
            exact_limit(e, term)
    else:
        assert str(exact_limit(e, term)[0, 0]) == value


TURNING: list[tuple[str, bool]] = [
    ("let S : R^{n x n}; assume S + S^T >= 0; show lim_{t -> oo} e^{-t S} = I - S^+ S", True),
    ("let S : R^{n x n}; assume S + S^T > 0; show lim_{t -> oo} e^{-t S} = 0", False),
    ("let S : R^{n x n}; assume S^T = -S; show lim_{t -> oo} e^{t S} e^{t S^T} = I", False),
    ("let K : R^{n x n}, x : R^n; assume K^T = -K; show lim_{t -> oo} ||e^{t K} x|| = ||x||", False),
    ("let K : R^{n x n}, x : R^n; assume K^T = -K; show lim_{t -> oo} ||e^{t K} x||^2 = 2 ||x||^2", True),
    ("let Q : R^{n x n}; assume Q^T Q = I; show lim_{k -> oo} Q^k = I", True),
]


@pytest.mark.parametrize(("text", "wrong"), TURNING)
def test_what_turns_for_ever_has_no_limit(claim: Claim, text: str, wrong: bool) -> None:
    found = refute(claim(text), seconds=10 if wrong else 1)
    assert (found is not None and found.kind == "refuted") is wrong


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-3, 3), min_size=9, max_size=9), st.booleans())
def test_limits_agree_with_eigenvalues(entries: list[int], natural: bool) -> None:
    m, motions = fmpq_mat(3, 3, entries) / (2 if natural else 1), Motions(natural)
    one, t = motions.lift(m), motions.variable(1, 0)
    roots = np.linalg.eigvals(np.array([[float(x) for x in row] for row in m.tolist()]))
    size = np.abs(roots).max() - 1 if natural else roots.real.max()
    if abs(size) < 1e-4:
        return
    motion = motions.power(one, t) if natural else motions.exp(motions.scale(t, one))
    if size < 0:
        assert motions.limit(motion) == m * 0
    else:
        with pytest.raises(Turns):
            motions.limit(motion)


def test_a_guess_agrees_but_refutes_nothing(claim: Claim) -> None:
    term, data = _limit(claim, "lim_{t -> oo} e^{-t^2 M}"), Instance({"n": 2}, {"M": S, "Z": O2})
    from lemmata.kernel.term import symbol

    assert decide(equation(term, symbol("Z", "n", "n")), data) is Truth.ENCLOSED
    assert decide(equation(term, symbol("M", "n", "n")), data) is Truth.UNKNOWN


DESCENT = (
    "let A : R^{m x n}, y : R^m, mu : positive, x : R^n(k);"
    "assume x_{k+1} = x_k - mu A^T (A x_k - y), mu ||A||^2 {} 2, x_0 = 0; show lim_{{k -> oo}} x_k = {}"
).replace("{k+1}", "{{k+1}}").replace("^{m x n}", "^{{m x n}}")  # fmt: skip


@pytest.mark.parametrize(
    ("relation", "limit", "refuted"), [("<", "A^T y", True), ("<=", "A^+ y", True), ("<", "A^+ y", False)]
)
def test_limits_of_affine_recursions(claim: Claim, relation: str, limit: str, refuted: bool) -> None:
    found = refute(claim(DESCENT.format(relation, limit)), seconds=10 if refuted else 2)
    assert (found is not None and found.kind == "refuted") is refuted


def test_a_flow_that_is_not_affine_is_left_alone(claim: Claim) -> None:
    text = "let w : R(t); assume \\dot w = w - w^2, w(0) = 1/2; show lim_{t -> oo} w(t) = "
    assert refute(claim(text + "1"), seconds=1) is None
    assert refute(claim(text + "0"), seconds=1) is None  # false, but not refuted by guessing


def test_a_drive_is_an_exponential_of_a_multiple_of_the_time() -> None:
    """t^3 - 3 t^2 + 3 t has the values of t at 0, 1 and 2."""
    t = symbol("t", domain="time")
    cubic = add(power(t, 3), mul(number(-3), power(t, 2)), mul(number(3), t))

    def value(a: Term) -> Fraction:
        return expand(a).terms.get(((), ()), Fraction(0))

    _, rates = without_drives(exp(mul(number(-2), t)), t, value)
    assert list(rates.values()) == [-2]
    with pytest.raises(Unsupported):
        without_drives(exp(cubic), t, value)
