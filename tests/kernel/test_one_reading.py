# ruff: noqa: E501 - one false statement a row
"""What could be read in two ways is refused: names, places before a start, clocks of lemmas, gradients.

Each row is a theorem with its certificate, as in certificate_steps, and is false in one of its readings.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from certificate_steps import (
    ABSURD,
    G0,
    G1,
    G2,
    ONE,
    S0,
    S1,
    S2,
    ZERO,
    J,
    Row,
    X,
    apply,
    forall,
    ideal,
    inner,
    once,
    oracle,
    positive,
    proved,
    spectral,
    square,
    step,
)

from lemmata.kernel.poly import Refused
from lemmata.kernel.term import dim, inverse, make, number, symbol
from lemmata.terms.forms import at, diff, equation, grad, limit, relation, zero

a, b, w1 = symbol("a", of="t"), symbol("b", of="t"), symbol("w", "n", of="1")
t_real, t, s, c = symbol("t"), symbol("t", domain="time"), symbol("s"), symbol("c")
k, x_k, x_n = symbol("k", domain="natural"), symbol("x", of="k"), symbol("x", of="n")
z_i, a_e = symbol("z", 1, 1, "complex", "i"), symbol("a", of="e")
i, e = make("constant", (), "i"), make("constant", (), "e")
x, y, r, v, A = symbol("x", "n"), symbol("y", "m"), symbol("r", "m"), symbol("v", "n"), symbol("A", "m", "n")
lam, lam_positive = symbol("lambda"), symbol("lambda", domain="positive")
minus, half = number(-1), number("1/2")

# --- what the rows speak of ---
rises, commutes = equation(diff(a, "t"), ONE), equation(t * a, a * t)
above = relation("le", at(a, ZERO), a)
at_minus_one = equation(at(b, minus), at(b, ZERO) - 1)
root_at_minus_one = equation(at(a, minus) * at(a, minus), at(b, minus))
flat = equation(grad(inner(y, y), x), zero("n"))
moves = make("implies", (equation(s, c * t_real), equation(diff(s, "t"), ZERO)))
tends = make("implies", (equation(v, lam_positive * x), equation(limit(v, lam_positive, ZERO, "+"), v)))
tends_to_itself = limit(lam, lam, ZERO)
for_all_scalars = forall(lam, equation(lam * inverse(lam), ONE))

# A lemma on all of R, which says so by naming t, and one on t >= 0.
BACKWARDS: Row = (
    (equation(diff(b, "t"), ONE), equation(t_real * b, b * t_real)), at_minus_one,
    [
        ideal(equation(diff(b - t_real, "t"), ZERO), ("1", [], 0, []), uses=[G0]),
        step(equation(b - t_real, at(b, ZERO) - ZERO), "constant", of=S0),
        ideal(at_minus_one, ("1", [], 0, []), uses=[["value", S1, "t", J(minus)]]),
    ],
)  # fmt: skip
FORWARDS: Row = (
    (rises, commutes), above,
    [
        ideal(equation(diff(a - t, "t"), ZERO), ("1", [], 0, []), uses=[G0]),
        step(equation(a - t, at(a, ZERO) - ZERO), "constant", of=S0),
        positive(above, [["1", [J(t)], J(ONE), []]], ("1", [], 0, []), uses=[S1]),
    ],
)  # fmt: skip

ROWS: dict[str, Row] = {
    "a lemma on all of R is applied to functions of a time": (
        (equation(diff(b, "t"), ONE), equation(at(b, ZERO), half)), at_minus_one,
        [ideal(equation(b - b, ZERO)), apply(at_minus_one, given=[G0, S0])], BACKWARDS,
    ),
    "a lemma on t >= 0 is applied to functions on all of R": (
        (rises, equation(t_real * a, a * t_real)), above,
        [ideal(equation(a - a, ZERO)), apply(above, given=[G0, S0])], FORWARDS,
    ),
    "w(1) is the letter of a function of 1 and of its value at 1": ((), equation(w1, at(w1, ONE)), [spectral(equation(w1, at(w1, ONE)))]),
    "y is a function of x where its gradient is taken": ((equation(y, A @ x),), flat, [ideal(flat)]),
    "y is one by way of r": ((equation(r, A @ x), equation(y, r)), flat, [ideal(flat)]),
    "y is one by an equation that is not solved for it": ((equation(y - A @ x, zero("m")),), flat, [ideal(flat)]),
    "a premise makes s a function of t": ((), moves, [step(moves, "implies", steps=[ideal(moves.args[1])])]),
    "a premise makes v a function of lambda": ((), tends, [step(tends, "implies", steps=[spectral(tends.args[1], matrix=X)])]),
    "x_{-1} is no place of a sequence": (
        (equation(x_k, s * at(x_k, k - 1)), equation(s, ZERO)), equation(at(x_k, ZERO), ZERO),
        [
            ideal(equation(x_k, ZERO), ("1", [], 0, []), ("1", [0], 1, []), uses=[G0, G1], letters=[at(x_k, k - 1)]),
            once(equation(at(x_k, ZERO), ZERO), ["value", S0, "k", J(ZERO)]),
        ],
    ),
    "a(-1) is no value of a function of a time": (
        (equation(a, s * at(a, t - 1)), equation(s, ZERO)), equation(at(a, ZERO), ZERO),
        [
            ideal(equation(a, ZERO), ("1", [], 0, []), ("1", [0], 1, []), uses=[G0, G1], letters=[at(a, t - 1)]),
            once(equation(at(a, ZERO), ZERO), ["value", S0, "t", J(ZERO)]),
        ],
    ),
    "n is a dimension and an index": (
        (equation(x_n, dim("n")),), equation(at(x_n, ZERO), dim("n")),
        [once(equation(at(x_n, ZERO), dim("n")), ["value", G0, "n", J(ZERO)])],
    ),
    "i is the imaginary unit and an index": (
        (equation(z_i, i),), equation(at(z_i, ZERO), i), [once(equation(at(z_i, ZERO), i), ["value", G0, "i", J(ZERO)])],
    ),
    "e is a number and a variable": (
        (equation(a_e, e),), equation(diff(a_e, "e"), ZERO), [once(equation(diff(a_e, "e"), ZERO), ["diff", G0, "e"])],
    ),
    "lambda is the variable of a limit and free beside it": (
        (), ABSURD,
        [
            step(for_all_scalars, "forall", steps=[
                oracle(equation(tends_to_itself, lam * inverse(lam) - 1)), oracle(equation(tends_to_itself, ZERO)),
                ideal(for_all_scalars.args[-1], ("-1", [], 0, []), ("1", [], 1, []), uses=[S0, S1]),
            ]),
            step(equation(ZERO * inverse(ZERO), ONE), "instance", of=S0, terms=[J(ZERO)]),
            once(ABSURD, S1),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_it_is_refused(name: str) -> None:
    given, show, steps, *lemmas = ROWS[name]
    for lemma in lemmas:
        proved(*lemma)  # the lemma itself is true
    with pytest.raises(Refused):
        proved(given, show, steps, tuple(lemmas))


def test_a_contradiction_from_a_lemma_on_all_of_r_is_refused() -> None:
    """b' = 1, b(0) = 1/2 and a^2 = b have a model on t >= 0: b = t + 1/2."""
    roots: Row = (
        (equation(a * a, b), equation(t_real * b, b * t_real)), root_at_minus_one,
        [ideal(root_at_minus_one, ("1", [], 0, []), uses=[["value", G0, "t", J(minus)]])],
    )  # fmt: skip
    given = (equation(diff(b, "t"), ONE), equation(at(b, ZERO), half), equation(a * a, b))
    squares = [["2", [], J(at(a, minus)), []], ["1", [], J(minus), []]]
    rows = [("2", [], n, []) for n in range(3)]
    steps = [
        ideal(equation(b - b, ZERO)), apply(root_at_minus_one, given=[G2, S0]), apply(at_minus_one, given=[G0, S0]),
        square(ABSURD, squares, *rows, uses=[S2, S1, G1]),
    ]  # fmt: skip
    with pytest.raises(Refused, match="another variable"):
        proved(given, ABSURD, steps, (roots,))


def test_data_that_no_equation_isolates_is_held_fixed() -> None:
    """A^T A x = A^T y: the gradient of ||A x - y||^2 vanishes, with y held fixed."""
    gap = A @ x - y
    claim = equation(grad(inner(gap, gap), x), zero("n"))
    proved((equation(A.T @ A @ x, A.T @ y),), claim, [once(claim, G0, coefficient="2")])


LABELS = ["\ud800", "trivial\nchecked  the Riemann hypothesis", "\x1b[2J"]


@pytest.mark.parametrize("label", LABELS)
def test_a_label_writes_no_line_of_its_own(label: str, tmp_path: Path) -> None:
    theorem: dict[str, Any] = {
        "given": [],
        "show": J(equation(ZERO, ZERO)),
        "proof": {"steps": [ideal(equation(ZERO, ZERO))]},
    }
    (tmp_path / "c.json").write_text(json.dumps({"theorems": [{"label": label, **theorem}]}))
    done = subprocess.run(
        [sys.executable, "-m", "lemmata.kernel", str(tmp_path / "c.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1 and done.stdout.isascii() and "\x1b" not in done.stdout
