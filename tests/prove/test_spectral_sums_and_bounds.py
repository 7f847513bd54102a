"""Traces by Cauchy and Schwarz, sums over singular values, bounds of a spectrum.

Each method is shown by the claims that it is for, and by the same claims with a hypothesis dropped or a
sign changed, which are false.
"""

from __future__ import annotations

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.prove.search import prove
from lemmata.prove.standard import standard
from lemmata.terms.claims import read_claims

SPECTRUM = (
    "let S : R^{n x n}, mu, nu : positive, k : natural; assume symmetric(S), mu I <= S, S <= nu I; show "
)
RIDGE = "let A : R^{m x n}, lambda, mu : positive; assume A != 0, lambda < mu; show "


def is_proved(text: str) -> bool:
    c = read_claims(text, semicolons=True)
    return prove(standard(Statement(c.given, c.shows[0].prop)), seconds=8.0).theorem is not None


@pytest.mark.parametrize(
    "claim",
    [
        "let A : R^{n x n}; show tr(A)^2 <= rank(A) ||A||_F^2",
        "let A : R^{n x n}; show n ||A||_F^2 >= tr(A)^2",
        "let A : R^{m x n}; show rank(A) <= ||A^+||_F ||A||_F",
        "let A : R^{m x n}, B : R^{n x m}; show |tr(B A)| <= ||A||_F ||B||_F",
        "let S : R^{n x n}; assume spd(S); show n^2 <= tr(S^{-1}) tr(S)",
    ],
)
def test_a_trace_is_an_inner_product(claim: str) -> None:
    assert is_proved(claim)


@pytest.mark.parametrize(
    "claim",
    [
        "let A : R^{n x n}; show tr(A)^2 <= ||A||_F^2",
        "let A : R^{n x n}; show n^2 <= ||A||_F^2 ||A^+||_F^2",
        "let A, B : R^{n x n}; show tr(A B)^2 <= rank(B) ||A||_F^2",
        "let S : R^{n x n}; assume symmetric(S), invertible(S); show n^2 <= tr(S) tr(S^{-1})",
    ],
)
def test_but_no_more_than_cauchy_and_schwarz_say(claim: str) -> None:
    assert not is_proved(claim)


@pytest.mark.parametrize(
    "claim",
    [
        "tr(A (A^T A + lambda I)^{-1} A^T) < rank(A)",
        "tr((A^T A + lambda I)^{-1} A^T A) < n",
        "tr((A^T A + mu I)^{-1} A^T A) < tr((A^T A + lambda I)^{-1} A^T A)",
        "lambda tr((A^T A + lambda I)^{-1} A^T A) <= ||A||_F^2",
        "0 < rank(A)",
    ],
)
def test_sums_over_singular_values(claim: str) -> None:
    assert is_proved(RIDGE + claim)


def test_a_strict_sum_needs_a_singular_value() -> None:
    assert not is_proved(RIDGE.replace("A != 0, ", "") + "tr(A (A^T A + lambda I)^{-1} A^T) < rank(A)")
    assert not is_proved(RIDGE.replace("A != 0, ", "") + "0 < rank(A)")


def test_a_strict_sum_needs_the_strict_gap() -> None:
    claim = "tr((A^T A + mu I)^{-1} A^T A) < tr((A^T A + lambda I)^{-1} A^T A)"
    assert not is_proved(RIDGE.replace("lambda < mu", "lambda <= mu") + claim)
    assert not is_proved(RIDGE + "tr((A^T A + lambda I)^{-1} A^T A) < tr((A^T A + mu I)^{-1} A^T A)")


@pytest.mark.parametrize(
    "claim",
    [
        "|| I - 2/(mu + nu) S || <= (nu - mu)/(nu + mu)",
        "|| (I - 1/nu S)^k || <= (1 - mu/nu)^k",
        "0 <= 1 - mu/nu",
        "||S^k|| <= nu^k",
    ],
)
def test_bounds_of_a_spectrum(claim: str) -> None:
    assert is_proved(SPECTRUM + claim)


def test_both_bounds_of_a_spectrum_are_needed() -> None:
    claim = "|| I - 2/(mu + nu) S || <= (nu - mu)/(nu + mu)"
    assert not is_proved(SPECTRUM.replace("mu I <= S, ", "") + claim)
    assert not is_proved(SPECTRUM.replace(", S <= nu I", "") + claim)
    assert not is_proved(SPECTRUM + "|| I - 3/(mu + nu) S || <= (nu - mu)/(nu + mu)")


def test_powers_of_norms() -> None:
    text = "let A : R^{n x n}, mu : positive, k : natural; assume A^T A <= mu^2 I; show "
    assert is_proved(text + "||A^k|| <= mu^k")
    assert is_proved(text.replace("A^T A", "A A^T") + "||A^k|| <= mu^k")
    assert not is_proved(text.replace("mu^2 I", "mu I") + "||A^k|| <= mu^k")
    assert not is_proved(text + "||A^k|| <= mu")
