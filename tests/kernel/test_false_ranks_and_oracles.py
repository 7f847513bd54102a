# ruff: noqa: E501 - one false statement a row
"""False statements from bounds on ranks, and from facts about numbers that an oracle is asked for.

A row is a theorem with its certificate, as in certificate_steps.  An oracle is believed about real numbers only,
and nothing may follow from its facts where they are not defined.  (That s = s for all s is true, but not for it.)
"""

from __future__ import annotations

import pytest
from certificate_steps import (
    ABSURD,
    G0,
    ONE,
    S0,
    S1,
    S2,
    ZERO,
    J,
    Row,
    forall,
    ideal,
    inner,
    oracle,
    positive,
    proved,
    step,
)

from lemmata.kernel.poly import Refused
from lemmata.kernel.term import exp, identity, make, mul, number, symbol
from lemmata.terms.forms import call, equation, infinity, limit, norm, relation, zero

A, B = symbol("A", "n", "n"), symbol("B", "n", "n")
u, v, a = symbol("u", "n"), symbol("v", "n"), symbol("a", of="t")
s, c0, zc = symbol("s"), symbol("c", domain="nonnegative"), symbol("z", domain="complex")
t, t_real, imaginary = symbol("t", domain="time"), symbol("t"), make("constant", (), "i")
rank_A, sqrt_s, log_s, log_c = make("rank", (A,)), s ** number("1/2"), call("log", s), call("log", c0)
sin_, cos_ = call("sin", call("arcsin", c0)), call("cos", call("arcsin", c0))
size, endless = call("abs", infinity()), limit(t, t, infinity())

FALSE: dict[str, Row] = {
    # --- ranks ---
    "rank at most 1, from I_1 as a number": (
        (), relation("le", rank_A, ONE),
        [ideal(equation(A, A)), step(relation("le", rank_A, ONE), "rank", of=[S0], factors=[[J(A), J(identity("n"))]])]),
    "rank at most that of a number": (
        (), relation("le", rank_A, make("rank", (ONE,))),
        [ideal(equation(A, A)), step(relation("le", rank_A, make("rank", (ONE,))), "rank", of=[S0], factors=[[J(A), J(identity("n"))]])]),
    "rank at most that of a vector whose product is a number": (
        (equation(A, mul(inner(u, v), A)),), relation("le", rank_A, make("rank", (v,))),
        [step(relation("le", rank_A, make("rank", (v,))), "rank", of=[G0], factors=[[J(u.T), J(A)]])]),
    "rank at most 1, by the dimension 1": (
        (), relation("le", rank_A, make("dim", (), 1)),
        [ideal(equation(A, A)), step(relation("le", rank_A, make("dim", (), 1)), "rank", of=[S0], factors=[[J(A), J(identity("n"))]])]),
    "rank at most 0": (
        (), relation("le", rank_A, ZERO),
        [ideal(equation(A, A)), step(relation("le", rank_A, ZERO), "rank", of=[S0], factors=[[J(A), J(A)]])]),
    "rank the other way round": (
        (equation(A, B @ B),), relation("le", make("rank", (B,)), rank_A),
        [step(relation("le", make("rank", (B,)), rank_A), "rank", of=[G0], factors=[[J(B), J(identity("n"))]])]),
    "a strict rank": (
        (equation(A, B @ B),), relation("lt", rank_A, make("rank", (B,))),
        [step(relation("lt", rank_A, make("rank", (B,))), "rank", of=[G0], factors=[[J(B), J(identity("n"))]])]),
    # --- what an oracle is not asked ---
    "an oracle about vectors": ((), equation(u, zero("n")), [oracle(equation(u, zero("n")))]),
    "an oracle about a trace": ((), equation(make("trace", (A,)), ZERO), [oracle(equation(make("trace", (A,)), ZERO))]),
    "an oracle about a norm of a matrix": ((), equation(norm(A), ZERO), [oracle(equation(norm(A), ZERO))]),
    "an oracle about a quadratic form": ((), equation(inner(u, u), ZERO), [oracle(equation(inner(u, u), ZERO))]),
    "an oracle about a function": ((), equation(a, ZERO), [oracle(equation(a, ZERO))]),
    "an oracle about a complex number": ((), equation(zc, ZERO), [oracle(equation(zc, ZERO))]),
    "an oracle about the imaginary unit": ((), equation(imaginary, ZERO), [oracle(equation(imaginary, ZERO))]),
    "an oracle for all numbers": ((), forall(s, equation(s, s)), [oracle(forall(s, equation(s, s)))]),
    "an oracle under a hypothesis about vectors": (
        (equation(inner(u, u), ONE),), ABSURD, [oracle(ABSURD, G0)]),
    "an oracle with a variable that its hypothesis fixes": (
        (), make("implies", (equation(t_real, ONE), equation(limit(t_real * s, t_real, ZERO), s))),
        [step(make("implies", (equation(t_real, ONE), equation(limit(t_real * s, t_real, ZERO), s))), "implies",
              steps=[oracle(equation(limit(t_real * s, t_real, ZERO), s), G0)])]),
    # --- functions outside of their domain, by true oracles ---
    "every number is nonnegative, by a true oracle": (
        (make("ne", (s, ZERO)),), relation("le", ZERO, s),
        [oracle(equation(sqrt_s * sqrt_s, s)),
         positive(relation("le", ZERO, s), [["1", [], J(sqrt_s), []]], ("-1", [], 0, []), uses=[S0])]),
    "the same with a called square root": (
        (), relation("le", ZERO, s),
        [oracle(equation(call("sqrt", s) * call("sqrt", s), s)),
         positive(relation("le", ZERO, s), [["1", [], J(call("sqrt", s)), []]], ("-1", [], 0, []), uses=[S0])]),
    "every number is positive, by a true oracle": (
        (make("ne", (s, ZERO)),), relation("lt", ZERO, s),
        [oracle(equation(exp(log_s), s)),
         positive(relation("lt", ZERO, s), [["1", [J(exp(log_s))], J(ONE), []]], ("-1", [], 0, []), uses=[S0])]),
    "the logarithm of 0": (
        (), relation("lt", ZERO, c0),
        [oracle(equation(exp(log_c), c0)),
         positive(relation("lt", ZERO, c0), [["1", [J(exp(log_c))], J(ONE), []]], ("-1", [], 0, []), uses=[S0])]),
    "the arc sine of 2 is real": (
        (), relation("le", c0 * c0, ONE),
        [oracle(equation(sin_, c0)), oracle(equation(sin_ * sin_ + cos_ * cos_, ONE)),
         step(equation(c0 * c0 + cos_ * cos_, ONE), "ideal", uses=[S0, S1], letters=[J(c0), J(sin_)],
              combinations=[[["-1", [[0]], [], 0, False, []], ["-1", [[1]], [], 0, False, []], ["1", [], [], 1, False, []]]]),
         positive(relation("le", c0 * c0, ONE), [["1", [], J(cos_), []]], ("-1", [], 0, []), uses=[S2])]),
    "infinity is a number": (
        (), ABSURD, [oracle(equation(size, size + 1)), ideal(ABSURD, ("1", [], 0, []), uses=[S0])]),
    "an infinite limit is a number": (
        (), ABSURD, [oracle(equation(endless, endless + 1)), ideal(ABSURD, ("1", [], 0, []), uses=[S0])]),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_a_false_statement_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        proved(*FALSE[name])
