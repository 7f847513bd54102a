"""What an answer says: the point of failure, what was tried, and what is not treated."""

from __future__ import annotations

import subprocess
import sys
import time
from fractions import Fraction
from itertools import pairwise

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import Term, add, exp, inverse, make, mul, number, symbol
from lemmata.oracle import Decision, decide
from lemmata.oracle.certificates import certificate, means
from lemmata.oracle.confirm import confirm, points_of
from lemmata.oracle.ratios import GENERATORS, Ratio
from lemmata.oracle.values import Undefined, Values
from lemmata.oracle.world import World
from lemmata.terms.forms import call, constant, equation, norm, power, relation

x, y = symbol("x"), symbol("y")
p = symbol("p", 1, 1, "positive")


@pytest.mark.parametrize(
    ("show", "why"),
    [
        (relation("gt", p, number(1)), "it fails at p = 1"),
        (relation("ge", mul(x, x), x), "it fails at x = 1/2"),
        (equation(mul(x, inverse(x)), number(1)), "it fails at x = 0: a division by zero"),
        (relation("ge", power(call("sqrt", x), 2), x), "it fails at x = -1: the square root of a negative number"),
    ],
)  # fmt: skip
def test_a_refutation_names_its_point(show: Term, why: str) -> None:
    assert decide(Statement((), show)) == Decision(False, why=why)


@pytest.mark.parametrize(
    "show",
    [
        equation(symbol("z", 1, 1, "complex"), number(0)),
        equation(mul(constant("i"), constant("i")), number(-1)),
        equation(symbol("w", 1, 1, "real", "t"), symbol("w", 1, 1, "real", "t")),
        equation(symbol("v", "n"), symbol("v", "n")),
        relation("in", symbol("v", "n"), make("col", (symbol("A", "n", "n"),))),
        equation(call("factorial", p), call("factorial", p)),
        make("exists", (x, equation(x, number(0)))),
    ],
)
def test_what_is_no_statement_about_real_scalars_stays_open(show: Term) -> None:
    found = decide(Statement((), show))
    assert found.holds is None
    assert found.why


def test_what_no_point_confirms_stays_open() -> None:
    empty = relation("lt", mul(x, x), number(-1))
    found = decide(Statement((empty,), relation("le", x, number(0))))
    assert found.holds is None


def test_a_hypothesis_that_is_not_defined_is_not_used() -> None:
    wrong = equation(inverse(number(0)), x)
    assert decide(Statement((wrong,), relation("ge", x, number(0)))).holds is not True


def test_a_bound_variable_is_not_the_free_one() -> None:
    t = symbol("t", 1, 1, "positive")
    small = relation("le", t, number(1))
    limit = make("limit", (t, t, make("infinity")), "")
    assert decide(Statement((small,), relation("le", limit, number(1)))).holds is not True


def test_a_derivative_needs_more_than_a_sign_at_one_point() -> None:
    slope = make("diff", (norm(x),), "x")
    assert decide(Statement((), equation(mul(slope, slope), number(1)))).holds is not True


def test_a_hypothesis_at_one_point_does_not_enter_a_derivative_or_a_limit() -> None:
    slope = make("diff", (mul(x, y),), "x")
    assert decide(Statement((equation(y, x),), equation(slope, mul(number(2), x)))).holds is not True
    assert decide(Statement((equation(y, x),), equation(slope, y))).holds is True
    limit = make("limit", (mul(inverse(power(x, 2)), y), x, make("infinity")), "")
    assert decide(Statement((equation(y, power(x, 2)),), equation(limit, number(1)))).holds is not True


def test_names_cannot_be_mistaken_for_formulas() -> None:
    strange = symbol("x^2*y")
    same = equation(exp(mul(x, x, y)), exp(strange))
    assert decide(Statement((), same)).holds is not True
    assert decide(Statement((), equation(symbol("pi"), constant("pi")))).holds is not True


def test_the_sign_in_an_equation_is_not_guessed() -> None:
    given = equation(norm(x), y)
    assert decide(Statement((given,), equation(x, mul(number(-1), y)))).holds is not True
    assert decide(Statement((given,), relation("ge", y, number(0)))).holds is True


def test_the_norm_of_a_scalar_is_its_absolute_value() -> None:
    assert decide(Statement((), relation("le", x, norm(x)))).holds is True
    assert decide(Statement((), equation(norm(x), x))).holds is False


def test_the_time_is_kept() -> None:
    letters = [symbol(f"x_{n}") for n in range(6)]
    sums = [power(add(a, mul(b, b), exp(a)), 4) for a, b in pairwise(letters)]
    hard = relation("ge", add(*sums), mul(*letters))
    begin = time.monotonic()
    decide(Statement((), hard), seconds=1)
    assert time.monotonic() - begin < 6


@pytest.mark.parametrize(
    ("goal", "hypothesis", "follows"),
    [
        ("ac-ab", "c-b", True),
        ("ab-ac", "c-b", False),
        ("cc-bb", "c-b", True),
        ("c-b+1", "c-b", True),
        ("c-b-1", "c-b", False),
    ],
)
def test_certificates_from_a_hypothesis(goal: str, hypothesis: str, follows: bool) -> None:
    a, b, c = GENERATORS[:3]
    polys = {
        "ac-ab": a * c - a * b, "ab-ac": a * b - a * c, "cc-bb": c * c - b * b, "c-b": c - b,
        "c-b+1": c - b + 1, "c-b-1": c - b - 1,
    }  # fmt: skip
    assert certificate(polys[goal], [(polys[hypothesis], False)], [1] * 30, False) is follows


def test_weighted_means_are_exact() -> None:
    plus = [((2, 0), Fraction(1)), ((0, 2), Fraction(1))]
    assert means(plus, ((1, 1), Fraction(-2)))
    assert not means(plus, ((1, 1), Fraction(-2) - Fraction(1, 10**12)))
    assert not means(plus, ((1, 2), Fraction(-1)))


def test_equal_functions_are_one_letter() -> None:
    world = World()
    s, t = world.symbol("s", 2), world.symbol("t", 1)
    assert world.exponential(s * t) * world.exponential(-(s * t)) == Ratio.of(1)
    assert world.exponential(s + t) == world.exponential(s) * world.exponential(t)
    assert world.exponential(s) != world.exponential(t)


def test_points_satisfy_the_hypotheses_also_with_equality() -> None:
    circle = equation(add(mul(x, x), mul(y, y)), number(1))
    points = points_of((circle,), (x, y), 24)
    assert len(points) >= 4
    assert all(a[x] ** 2 + a[y] ** 2 == 1 for a in points)


def test_the_confirmation_finds_what_a_proof_might_miss() -> None:
    assert confirm(Statement((), relation("le", x, exp(x)))).failure == ""
    assert confirm(Statement((), relation("le", exp(x), add(number(1), x)))).failure.startswith("x = ")


def test_values_are_exact_where_they_are_rational() -> None:
    assert Values({x: Fraction(1, 3)}).value(mul(x, number(3))) == 1
    with pytest.raises(Undefined):
        Values({x: Fraction(0)}).value(inverse(x))


def test_the_command_line_does_not_load_the_oracle() -> None:
    code = "import sys, lemmata.cli; sys.exit(any(m.startswith(('lemmata.oracle', 'flint')) for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
