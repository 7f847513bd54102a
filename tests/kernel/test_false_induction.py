# ruff: noqa: E501 - one false statement a row
"""False statements by induction: the variable, the case 0, and what the step may assume.

A row is a theorem with its certificate, as in certificate_steps.  What is given at a step is what was given before,
then the claim at k.
"""

from __future__ import annotations

import pytest
from certificate_steps import G0, G1, G2, ZERO, J, Row, ideal, proved, step

from lemmata.kernel.poly import Refused
from lemmata.kernel.term import make, number, symbol
from lemmata.terms.forms import at, call, equation

s, k, x_k = symbol("s"), symbol("k", domain="natural"), symbol("x", of="k")
k_real, t_real, a = symbol("k"), symbol("t"), symbol("a", of="t")

FALSE: dict[str, Row] = {
    # --- induction ---
    "a hypothesis that fixes k": (
        (equation(k, ZERO),), equation(k * s, ZERO),
        [step(equation(k * s, ZERO), "induction", variable="k", steps=[ideal(equation((k + 1) * s, ZERO), ("1", [], 0, []), uses=[G0])])]),
    "the step assumes its own conclusion": (
        (equation(at(x_k, ZERO), ZERO),), equation(x_k, ZERO),
        [step(equation(x_k, ZERO), "induction", variable="k",
              steps=[ideal(equation(at(x_k, k + 1), ZERO), ("1", [], 0, []), uses=[["value", G1, "k", J(k + 1)]])])]),
    "no case 0": (
        (equation(at(x_k, k + 1), x_k),), equation(x_k, ZERO),
        [step(equation(x_k, ZERO), "induction", variable="k",
              steps=[ideal(equation(at(x_k, k + 1), ZERO), ("1", [], 0, []), ("1", [], 1, []), uses=[G0, G1])])]),
    "a claim about the next value": (
        (equation(at(x_k, ZERO), ZERO),), equation(at(x_k, k + 1), at(x_k, k + 1)),
        [step(equation(at(x_k, k + 1), ZERO), "induction", variable="k", steps=[])]),
    "a real variable": (
        (equation(at(a, t_real + 1), a), equation(at(a, ZERO), ZERO)), equation(a, ZERO),
        [step(equation(a, ZERO), "induction", variable="t",
              steps=[ideal(equation(at(a, t_real + 1), ZERO), ("1", [], 0, []), ("1", [], 1, []), uses=[G0, G2])])]),
    "a real k": (
        (equation(at(x_k, k_real + 1), x_k), equation(at(x_k, ZERO), ZERO)), equation(x_k, ZERO),
        [step(equation(x_k, ZERO), "induction", variable="k",
              steps=[ideal(equation(at(x_k, k_real + 1), ZERO), ("1", [], 0, []), ("1", [], 1, []), uses=[G0, G2])])]),
    "under a local hypothesis": (
        (equation(at(x_k, ZERO), ZERO),), make("implies", (equation(at(x_k, k + 1), x_k), equation(x_k, ZERO))),
        [step(make("implies", (equation(at(x_k, k + 1), x_k), equation(x_k, ZERO))), "implies",
              steps=[step(equation(x_k, ZERO), "induction", variable="k",
                          steps=[ideal(equation(at(x_k, k + 1), ZERO), ("1", [], 0, []), ("1", [], 1, []), uses=[G1, G2])])])]),
    # --- sequences ---
    "a sequence is read between its places": (
        (equation(call("sqrt", k) * call("sqrt", k) + x_k, k + x_k),), equation(call("sqrt", number(-1)) * call("sqrt", number(-1)), number(-1)),
        [ideal(equation(call("sqrt", number(-1)) * call("sqrt", number(-1)), number(-1)), ("1", [], 0, []), uses=[["value", G0, "k", J(number(-1))]])]),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_a_false_statement_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        proved(*FALSE[name])
