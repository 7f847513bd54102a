"""Hostile and broken text: a ReadError with a place, quickly, and nothing else."""

# ruff: noqa: E501  (tables read better in long lines)

from __future__ import annotations

import gc
import random
import time

import pytest

from lemmata.kernel.term import mul, number
from lemmata.terms import ReadError, Scope, parse_term, read_claims
from lemmata.terms.forms import power

STUDENT = Scope(student=True)
BOMBS = [
    "(" * 4000, "(" * 4000 + "x" + ")" * 4000, "-" * 9999 + "x", "^".join(["9"] * 4000), "x" + "^T" * 4000,
    "[" * 9999, "{" * 5000, "|" * 9999, "\\frac" * 1900, "9" * 9999, "a" * 100_000, "x" + "!" * 9000, "√" * 9999,
    "x_" * 5000, "x^" * 5000, "<" * 5000, "not " * 2400, "sin " * 2400, "\\begin{pmatrix}" * 600, "[" + "1," * 4900 + "1]",
    "d/dt " * 1900, "lim_{t->oo}" * 900, "forall v:R^2." * 700, "\\nabla " * 1400, "A^{" * 3300, "(1,2)" * 1900,
]  # fmt: skip


@pytest.mark.parametrize("text", BOMBS, ids=lambda text: text[:12])
def test_bombs_are_refused_quickly(text: str) -> None:
    gc.disable()  # to collect what other tests have left is no work of the parser
    try:
        start = time.process_time()
        with pytest.raises(ReadError) as caught:
            parse_term(text, STUDENT)
        assert time.process_time() - start < 1
    finally:
        gc.enable()
    assert len(str(caught.value)) < 600


def test_towers_stay_towers() -> None:
    nine = number(9)
    assert parse_term("9^9^9^9", STUDENT) is power(nine, power(nine, power(nine, nine)))
    assert parse_term("1e1000000000", STUDENT) is mul(number(1), power(number(10), number(10**9)))


@pytest.mark.parametrize(
    "text", ['eval("x")', "__import__('os')", "x\x00", "\\input{f}", 'f"{x}"', "1\u0338=2", "lambda x: x"]
)
def test_code_is_no_mathematics(text: str) -> None:
    with pytest.raises(ReadError):
        parse_term(text, Scope())


PIECES = [
    r"x",
    r"A",
    r"w",
    r"(",
    r")",
    r"[",
    r"]",
    r"{",
    r"}",
    r"|",
    r"||",
    r"<",
    r">",
    r",",
    r";",
    r"+",
    r"-",
    r"*",
    r"/",
    r"^",
    r"_",
    r"'",
    r"!",
    r"=",
    r"0",
    r"1",
    r"2",
    r"1.",
    r"T",
    r"\\",
    r"&",
    r"\frac",
    r"\sqrt",
    r"\dot",
    r"\hat",
    r"d/dt",
    r"\lim_{t\to0}",
    r"lim_",
    r"\nabla",
    r"tr",
    r"sin",
    r"\sin^",
    r"e^",
    r"I_",
    r"0_",
    r"forall",
    r"argmin",
    r"\begin{pmatrix}",
    r"\end{pmatrix}",
    r"\langle",
    r"\rangle",
    r"\{",
    r"\}",
    r"->",
    r"in",
    r"and",
    r"not",
    r"\perp",
    r"^T",
    r"^+",
    r"^{",
    r"_{",
    r"matrix(",
    r"R^n",
    r":",
    r".",
    r"#",
    r"\left.",
    r"½",
    r"⁺",
    r"₁",
    r"λ",
]


def test_random_text_never_hangs_or_crashes() -> None:
    draw = random.Random(7)
    start = time.process_time()
    for _ in range(4_000):
        text = "".join(draw.choice(PIECES) + draw.choice(("", " ")) for _ in range(draw.randint(1, 12)))
        for read in (
            parse_term,
            lambda t, s: read_claims("let " + t),
            lambda t, s: read_claims("define " + t),
        ):
            try:
                read(text, STUDENT)
            except ReadError as error:
                assert error.message
    assert time.process_time() - start < 60
