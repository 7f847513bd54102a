# ruff: noqa: E501 - one false statement a row
"""False statements about time: functions, their variables, and what holds at one time only.

A row is a theorem with its certificate, as in certificate_steps.  Each was, or might have been, a way to make the
checker accept something false.
"""

from __future__ import annotations

from typing import Any

import pytest
from certificate_steps import (
    ABSURD,
    G0,
    G1,
    G2,
    G3,
    ONE,
    S0,
    S1,
    ZERO,
    J,
    Row,
    Step,
    X,
    apply,
    exists,
    forall,
    ideal,
    once,
    positive,
    proved,
    spectral,
    square,
    step,
)

from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term, inverse, make, mul, number, pinv, symbol
from lemmata.terms.forms import adjoint, at, call, diff, equation, grad, infinity, limit, relation, zero

v, y = symbol("v", "n"), symbol("y", "n")
s, x, zc = symbol("s"), symbol("x"), symbol("z", domain="complex")
lam, imaginary = symbol("lambda", domain="positive"), make("constant", (), "i")
t, t_real, t_positive = symbol("t", domain="time"), symbol("t"), symbol("t", domain="positive")
k, l, natural_p = (symbol(name, domain="natural") for name in "klp")  # noqa: E741
a, b, w = symbol("a", of="t"), symbol("b", of="t"), symbol("w", "n", of="t")
scalar_W, zt = symbol("W", of="t"), symbol("z", "n", of="t")
s_of_t, y_of_x = symbol("s", of="t"), symbol("y", of="x")
w_of_s, w1 = symbol("w", of="s"), symbol("w_1", "n", of="s")
x_k, v1, a_of_p = symbol("x", of="k"), symbol("v"), symbol("a", of="p")
half, minus = number("1/2"), number(-1)

# --- what the rows speak of ---
halves = equation(mul(a, a), a)
value_at_0 = make("implies", (equation(w, v), equation(at(w, ZERO), v)))
rate_0 = make("implies", (equation(w, v), equation(diff(w, "t"), zero("n"))))
some_time = exists(t, equation(w, v))
read_later = make("implies", (equation(w, v), equation(at(zt, ZERO), v)))
in_row, whole = equation(zt, pinv(X) @ X @ w), equation(pinv(X) @ X @ v, v)
at_its_limit = equation(t, limit(a, t, infinity()))
rises, above = equation(diff(a, "t"), ONE), relation("le", at(a, ZERO), a)
rising = [
    ideal(equation(diff(a - t, "t"), ZERO), ("1", [], 0, []), uses=[G0]),
    step(equation(a - t, at(a, ZERO) - ZERO), "constant", of=S0),
    positive(above, [["1", [J(t)], J(ONE), []]], ("1", [], 0, []), uses=[S1]),
]


def idempotent_rate(a: Term, variable: str, fact: Any = G0) -> list[Step]:
    """From a^2 = a: a' = (2a - 1)^2 a' + ... = 0, so that a is constant if it is differentiable."""
    rate = diff(a, variable)
    # (2a - 1)(2 a a' - a') = (4a^2 - 4a + 1) a' = a'  modulo a^2 - a.
    uses = [["diff", fact, variable], fact]
    letters = [J(a), J(rate)]
    row = [["2", [[0]], [], 0, False, []], ["-1", [], [], 0, False, []], ["-4", [[1]], [], 1, False, []]]
    return [step(equation(rate, ZERO), "ideal", uses=uses, letters=letters, combinations=[row])]


def equal_places(fact: Any = G0) -> list[Step]:
    """From a^2 = a, for a sequence a: it is constant, so that it has its value at any place l."""
    value_at_l = ["value", S1, "p", J(l)]
    return [
        *idempotent_rate(a_of_p, "p", fact),
        step(equation(a_of_p, at(a_of_p, ZERO)), "constant", of=S0),
        ideal(equation(a_of_p, at(a_of_p, l)), ("1", [], 0, []), ("-1", [], 1, []), uses=[S1, value_at_l]),
    ]


FALSE: dict[str, Row] = {
    # --- what may be a clock ---
    "a clock that is itself a function": (
        (equation(w_of_s, s_of_t),), equation(diff(s_of_t, "t"), ZERO),
        [ideal(equation(diff(s_of_t, "t"), ZERO), ("-1", [], 0, []), uses=[["diff", G0, "t"]])]),
    "a clock that is a function of itself": (
        (), equation(diff(symbol("t", of="t"), "t"), diff(at(symbol("t", of="t"), symbol("t", of="t")), "t")), []),
    "the gradient of a function of x in x": (
        (), equation(grad(y_of_x, x), ZERO), [ideal(equation(grad(y_of_x, x), ZERO))]),
    "a gradient, with a function of x for a constant": (
        (), equation(grad(y_of_x * x, x), y_of_x),
        [apply(equation(grad(y_of_x * x, x), y_of_x), [(s, y_of_x)])],
        (((), equation(grad(s * x, x), s), [ideal(equation(grad(s * x, x), s))]),)),
    "a real clock at an imaginary point": (
        (equation(adjoint(t_real) + a, t_real + a),), equation(adjoint(imaginary), imaginary),
        [ideal(equation(adjoint(imaginary), imaginary), ("1", [], 0, []), uses=[["value", G0, "t", J(imaginary)]])]),
    "a real clock at a complex point": (
        (equation(adjoint(t_real) + a, t_real + a),), equation(adjoint(zc), zc),
        [ideal(equation(adjoint(zc), zc), ("1", [], 0, []), uses=[["value", G0, "t", J(zc)]])]),
    "a clock that is positive at 0": (
        (equation(a * t_positive, b * t_positive),), equation(ZERO * at(a, ZERO), ONE),
        [ideal(equation(ZERO * at(a, ZERO), ONE), ("1", [], 0, []), uses=[["value", G0, "t", J(ZERO)]])]),
    "a time at a negative point": (
        (equation(call("sqrt", t) * call("sqrt", t) + a, t + a),), equation(call("sqrt", number(-1)) * call("sqrt", number(-1)), number(-1)),
        [ideal(equation(call("sqrt", number(-1)) * call("sqrt", number(-1)), number(-1)), ("1", [], 0, []),
               uses=[["value", G0, "t", J(number(-1))]])]),
    "two variables of one name": (
        (), equation(t_real, t_positive),
        [ideal(equation(diff(t_real - t_positive, "t"), ZERO)),
         step(equation(t_real - t_positive, ZERO), "constant", of=S0),
         once(equation(t_real, t_positive), S1)]),
    "a variable that starts after 0 is put to 0": (
        (), equation(mul(t_positive, inverse(t_positive)), ZERO),
        [spectral(equation(diff(mul(t_positive, inverse(t_positive)), "t"), ZERO)),
         step(equation(mul(t_positive, inverse(t_positive)), ZERO), "constant", of=S0)]),
    "a time runs in the complex plane": (
        (), equation(diff(adjoint(symbol("t", domain="complex")), "t"), ONE),
        [ideal(equation(diff(adjoint(symbol("t", domain="complex")), "t"), ONE))]),
    # --- what holds at one time only ---
    "a hypothesis on s at one point is differentiated in s": (
        (equation(s, ONE),), ABSURD,
        [once(ABSURD, ["diff", G0, "s"], coefficient="-1")]),
    "what holds at one time is read at time 0": (
        (), value_at_0,
        [step(value_at_0, "implies", steps=[spectral(equation(at(w, ZERO), v), G0)])]),
    "what holds at one time is generalised over t": (
        (), make("implies", (equation(w, v), forall(t, equation(w, v)))),
        [step(make("implies", (equation(w, v), forall(t, equation(w, v)))), "implies",
              steps=[step(forall(t, equation(w, v)), "forall", steps=[])])]),
    "what holds at some time holds now": (
        (), make("implies", (some_time, equation(w, v))),
        [step(make("implies", (some_time, equation(w, v))), "implies", steps=[])]),
    "its derivative at one time": (
        (), rate_0,
        [step(rate_0, "implies", steps=[spectral(equation(diff(w, "t"), zero("n")), G0)])]),
    "the value of a fact at one time": (
        (), value_at_0,
        [step(value_at_0, "implies", steps=[ideal(equation(at(w, ZERO), v), ("1", [], 0, []), uses=[["value", G0, "t", J(ZERO)]])])]),
    "the derivative of a fact at one time": (
        (), rate_0,
        [step(rate_0, "implies", steps=[ideal(equation(diff(w, "t"), zero("n")), ("1", [], 0, []), uses=[["diff", G0, "t"]])])]),
    "a hypothesis about one time, by the value of a function there": (
        (equation(t_real, at(a, ZERO)),), ABSURD, [ideal(ABSURD, ("-1", [], 0, []), uses=[["diff", G0, "t"]])]),
    "a time that is a limit over all times": (
        (at_its_limit,), ABSURD, [ideal(ABSURD, ("-1", [], 0, []), uses=[["diff", G0, "t"]])]),
    "what is equal at one time is read at another, through a second function": (
        (equation(w, zt),), read_later,
        [step(read_later, "implies", steps=[spectral(equation(at(zt, ZERO), v), G1, G0)])]),
    "what is equal at one time is read at another, through an expression": (
        (in_row, whole), read_later,
        [step(read_later, "implies", steps=[spectral(equation(at(zt, ZERO), v), G2, G0, G1)])]),
    "a value at one time is that at another": (
        (), make("implies", (equation(at(w, ONE), v), equation(at(w, ZERO), v))),
        [step(make("implies", (equation(at(w, ONE), v), equation(at(w, ZERO), v))), "implies",
              steps=[spectral(equation(at(w, ZERO), v), G0)])]),
    "a constant that is there at each time is one constant": (
        (exists(v, equation(w, v)),), equation(w, at(w, ZERO)),
        [step(make("implies", (exists(v, equation(w, v)), equation(w, at(w, ZERO)))), "implies",
              steps=[ideal(equation(w, at(w, ZERO)), ("1", [], 0, []), ("-1", [], 1, []), uses=[G1, ["value", G1, "t", J(ZERO)]])]),
         step(equation(w, at(w, ZERO)), "logic", of=[S0, G0])]),
    "a limit of what is known at one time": (
        (), make("implies", (equation(w, v), equation(limit(w, t, infinity()), v))),
        [step(make("implies", (equation(w, v), equation(limit(w, t, infinity()), v))), "implies",
              steps=[spectral(equation(limit(w, t, infinity()), v), G0)])]),
    "the value of a limit": (
        (equation(limit(a, t_real, ZERO), b),), equation(limit(at(a, ONE), t_real, ZERO), at(b, ONE)),
        [ideal(equation(limit(at(a, ONE), t_real, ZERO), at(b, ONE)), ("1", [], 0, []), uses=[["value", G0, "t", J(ONE)]])]),
    "a hypothesis that names lambda is used inside a limit of an intermediate claim": (
        (equation(v, mul(lam, y)),), equation(v, zero("n")),
        [spectral(equation(limit(v, lam, ZERO, "+"), zero("n")), G0),
         spectral(equation(limit(v, lam, ZERO, "+"), v)),
         ideal(equation(v, zero("n")), ("1", [], 0, []), ("-1", [], 1, []), uses=[S0, S1])]),
    # --- sequences ---
    "a sequence under a natural clock is no smooth function": (
        (equation(a_of_p * a_of_p, a_of_p), equation(natural_p * a_of_p, a_of_p * natural_p)), equation(a_of_p, at(a_of_p, l)), equal_places()),
    "the same under a lemma that does not know its clock": (
        (equation(a_of_p * a_of_p, a_of_p), equation(natural_p * a_of_p, a_of_p * natural_p)), equation(a_of_p, at(a_of_p, l)),
        [apply(equation(a_of_p, at(a_of_p, l)), given=[G0])],
        (((equation(a_of_p * a_of_p, a_of_p),), equation(a_of_p, at(a_of_p, l)), equal_places()),)),
    "the same inside a reduction": (
        (equation(a_of_p * a_of_p, a_of_p), equation(natural_p * a_of_p, a_of_p * natural_p)), equation(a_of_p, at(a_of_p, l)),
        [spectral(equation(a_of_p, at(a_of_p, l)), G0, cases={"pair": equal_places(G3), "L": equal_places(G1), "R": equal_places(G1)})]),
    "a constant from the derivative of a sequence": (
        (equation(diff(x_k, "k"), ZERO),), equation(x_k, at(x_k, ZERO)),
        [step(equation(x_k, at(x_k, ZERO)), "constant", of=G0)]),
    "a sequence is differentiated in its index": (
        (equation(mul(x_k, x_k), x_k), equation(k, k)), equation(x_k, at(x_k, ZERO)),
        [*idempotent_rate(x_k, "k"), step(equation(x_k, at(x_k, ZERO)), "constant", of=S0)]),
    "a sequence is differentiated in its index, which is not named": (
        (equation(mul(x_k, x_k), x_k),), equation(x_k, at(x_k, ZERO)),
        [*idempotent_rate(x_k, "k"), step(equation(x_k, at(x_k, ZERO)), "constant", of=S0)]),
    "a sequence before its start": (
        (equation(x_k, v1),), equation(at(x_k, number(-1)), v1),
        [ideal(equation(at(x_k, number(-1)), v1), ("1", [], 0, []), uses=[["value", G0, "k", J(number(-1))]])]),
    "a sequence between its places": (
        (equation(x_k, v1), equation(at(x_k, half), lam)), equation(v1, lam),
        [ideal(equation(v1, lam), ("-1", [], 0, []), ("1", [], 1, []), uses=[["value", G0, "k", J(half)], G1])]),
    # --- lemmas about functions ---
    "a lemma about functions is applied at one time": (
        (), make("implies", (halves, equation(a, at(a, ZERO)))),
        [step(make("implies", (halves, equation(a, at(a, ZERO)))), "implies",
              steps=[apply(equation(a, at(a, ZERO)), given=[G0])])],
        (((halves,), equation(a, at(a, ZERO)),
          [*idempotent_rate(a, "t"), step(equation(a, at(a, ZERO)), "constant", of=S0)]),)),
    "a lemma about times from 0 on is applied to all real ones": (
        (rises, equation(t_real * a, a * t_real)), above, [apply(above, given=[G0])], (((rises,), above, rising),)),
    "a lemma about times from 0 on is applied to all real ones, which are bound": (
        (rises,), forall(t_real, above), [step(forall(t_real, above), "forall", steps=[apply(above, given=[G0])])], (((rises,), above, rising),)),
    "the steps declare more times than the statement has": (
        (equation(diff(b, "t"), ONE), equation(at(b, ZERO), ZERO), equation(a * a, b)), ABSURD,
        [ideal(equation(diff(b - t_real, "t"), ZERO), ("1", [], 0, []), uses=[G0]),
         step(equation(b - t_real, at(b, ZERO) - ZERO), "constant", of=S0),
         square(ABSURD, [["1", [], J(ONE), []], ["1", [], J(at(a, minus)), []]],
                ("1", [], 0, []), ("1", [], 1, []), ("1", [], 2, []),
                uses=[["value", S1, "t", J(minus)], G1, ["value", G2, "t", J(minus)]])]),
    "a variable of functions is replaced by a number": (
        (equation(w, zero("n")),), equation(v, diff(w, "t")),
        [apply(equation(diff(w, "t"), v), [(t_real, ZERO)], given=[G0]),
         once(equation(v, diff(w, "t")), S0, coefficient="-1")],
        (((equation(w, mul(t_real, v)),), equation(diff(w, "t"), v),
          [once(equation(diff(w, "t"), v), ["diff", G0, "t"])]),)),
    "a function of t is replaced by a function of s": (
        (), equation(diff(w1, "s"), zero("n")),
        [apply(equation(diff(w1, "s"), zero("n")), [(w, w1)])],
        (((), equation(diff(w, "s"), zero("n")), [ideal(equation(diff(w, "s"), zero("n")))]),)),
    "a differentiable function is replaced by one that is not": (
        (equation(mul(make("rank", (scalar_W,)), make("rank", (scalar_W,))), make("rank", (scalar_W,))),),
        equation(make("rank", (scalar_W,)), make("rank", (at(scalar_W, ZERO),))),
        [apply(equation(diff(make("rank", (scalar_W,)), "t"), ZERO), [(a, make("rank", (scalar_W,)))], given=[G0]),
         step(equation(make("rank", (scalar_W,)), make("rank", (at(scalar_W, ZERO),))), "constant", of=S0)],
        (((halves,), equation(diff(a, "t"), ZERO), idempotent_rate(a, "t")),)),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_a_false_statement_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        proved(*FALSE[name])
