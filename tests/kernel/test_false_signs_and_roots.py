# ruff: noqa: E501 - one false statement a row
"""False statements about signs: roots, Cauchy-Schwarz, sums of squares, and inverses that need not exist.

A row is a theorem with its certificate, as in certificate_steps.
"""

from __future__ import annotations

import pytest
from certificate_steps import G0, G1, G2, ONE, ZERO, J, Row, X, ideal, inner, positive, proved, square, step

from lemmata.kernel.poly import Refused
from lemmata.kernel.term import dim, exp, identity, inverse, make, mul, number, pinv, symbol
from lemmata.terms.forms import adjoint, call, diff, equation, infinity, is_, norm, power, relation, zero

A, B = symbol("A", "n", "n"), symbol("B", "n", "n")
u, v = symbol("u", "n"), symbol("v", "n")
s, r, zc = symbol("s"), symbol("r"), symbol("z", domain="complex")
cs = symbol("c", domain="complex")
lam, c0 = symbol("lambda", domain="positive"), symbol("c", domain="nonnegative")
k, l = symbol("k", domain="natural"), symbol("l", domain="natural")  # noqa: E741
t_real, half = symbol("t"), number("1/2")
minus_half, tr_A = number(-1) ** half, make("trace", (A,))
trace_half, exp_root = make("trace", (A**half,)), make("trace", (exp(A) ** half,))
tr_squared = relation("le", tr_A * tr_A, make("trace", (A.T @ A,)))

FALSE: dict[str, Row] = {
    # --- roots ---
    "a square root of a negative number is real": (
        (), relation("le", ZERO, minus_half * minus_half),
        [positive(relation("le", ZERO, minus_half * minus_half), [["1", [], J(minus_half), []]])]),
    "the trace of a square root is real": (
        (is_("invertible", A),), relation("le", ZERO, trace_half * trace_half),
        [positive(relation("le", ZERO, trace_half * trace_half), [["1", [], J(trace_half), []]])]),
    "a root of e^A is real": (
        (is_("invertible", exp(A)),), relation("le", ZERO, exp_root * exp_root),
        [positive(relation("le", ZERO, exp_root * exp_root), [["1", [], J(exp_root), []]])]),
    "a root that is its own absolute value": (
        (), equation(call("abs", minus_half) ** 2, minus_half * minus_half),
        [ideal(equation(call("abs", minus_half) ** 2, minus_half * minus_half), ("1", [], 0, []), uses=[["abs", J(minus_half)]])]),
    "a root of what may be negative": (
        (relation("le", s * s, r * r),), relation("le", s, r), [step(relation("le", s, r), "root", of=G0)]),
    "a root of complex sides": (
        (relation("le", zc * zc, lam * lam),), relation("le", zc, lam), [step(relation("le", zc, lam), "root", of=G0)]),
    "a strict root": (
        (relation("le", s * s, lam * lam),), relation("lt", s, lam), [step(relation("lt", s, lam), "root", of=G0)]),
    "an even power of a complex number is positive": (
        (relation("le", ONE, power(cs, 4)),), relation("le", ONE, power(cs, 2)),
        [step(relation("le", ONE, power(cs, 2)), "root", of=G0)]),
    # --- Cauchy-Schwarz ---
    "Cauchy-Schwarz the other way round": (
        (), relation("ge", inner(u, v) ** 2, norm(u) ** 2 * norm(v) ** 2),
        [step(relation("ge", inner(u, v) ** 2, norm(u) ** 2 * norm(v) ** 2), "cauchy", left=J(u), right=J(v))]),
    "strict Cauchy-Schwarz": (
        (), relation("lt", inner(u, v) ** 2, norm(u) ** 2 * norm(v) ** 2),
        [step(relation("lt", inner(u, v) ** 2, norm(u) ** 2 * norm(v) ** 2), "cauchy", left=J(u), right=J(v))]),
    "Cauchy-Schwarz of complex numbers": (
        (), relation("le", zc * zc, zc * adjoint(zc)),
        [step(relation("le", zc * zc, zc * adjoint(zc)), "cauchy", left=J(zc), right=J(ONE))]),
    "Cauchy-Schwarz of a number and a matrix": (
        (), tr_squared, [step(tr_squared, "cauchy", left=J(ONE), right=J(A))]),
    # --- sums of squares ---
    "strict because a vector is long": (
        (), relation("lt", ZERO, norm(v) ** 2), [positive(relation("lt", ZERO, norm(v) ** 2), [["1", [], J(v), []]])]),
    "strict because a matrix is not zero": (
        (make("ne", (A, zero("n", "n"))),), is_("spd", A.T @ A), [positive(is_("spd", A.T @ A), [["1", [], J(A), []]])]),
    "strict because of full row rank": (
        (equation(make("rank", (X,)), dim("m")),), is_("spd", X.T @ X), [positive(is_("spd", X.T @ X), [["1", [], J(X), []]])]),
    "strict with a middle that is semidefinite": (
        (is_("psd", A), make("ne", (v, zero("n")))), relation("lt", ZERO, mul(v.T, A, v)),
        [positive(relation("lt", ZERO, mul(v.T, A, v)), [["1", [], J(v), [G0]]])]),
    "two semidefinite middles": (
        (is_("psd", A), is_("psd", B)), is_("psd", A @ B),
        [positive(is_("psd", A @ B), [["1", [], J(identity("n")), [G0, G1]]])]),
    "a semidefinite middle that annihilates nothing": (
        (is_("psd", A), equation(mul(v.T, A, v), ZERO)), equation(v, zero("n")),
        [square(equation(v, zero("n")), [["1", [], J(v), [G0]]], ("1", [], 0, []), uses=[G1])]),
    "a product of two nonnegative numbers says nothing of one": (
        (relation("le", ZERO, s), relation("le", ZERO, r), equation(s * r, ZERO)), equation(s, ZERO),
        [square(equation(s, ZERO), [["1", [], J(ONE), [G0, G1]]], ("1", [], 0, []), uses=[G2])]),
    "a nonnegative factor may be what vanishes": (
        (relation("le", ZERO, s), equation(s * r * r, ZERO)), equation(r, ZERO),
        [square(equation(r, ZERO), [["1", [], J(r), [G0]]], ("1", [], 0, []), uses=[G1])]),
    # --- numbers that need not exist ---
    "an inverse of 0": ((), equation(s * inverse(s), ONE), [step(equation(s * inverse(s), ONE), "rational")]),
    "an identity of fractions inside an exponential": (
        (), equation(exp(s * inverse(s)), exp(ONE)), [step(equation(exp(s * inverse(s)), exp(ONE)), "rational")]),
    "a negative power of what may vanish": (
        (), equation(s ** number(-1) * s, ONE), [step(equation(s ** number(-1) * s, ONE), "rational")]),
    "a symbolic power of what may vanish": (
        (), equation(s ** (k - l) * s ** (l - k), ONE), [step(equation(s ** (k - l) * s ** (l - k), ONE), "rational")]),
    "a negative power that need not exist": (
        (), equation(power(s, -2), mul(power(s, -1), power(s, -1))),
        [ideal(equation(power(s, -2), mul(power(s, -1), power(s, -1))))]),
    "an inverse is differentiated where it need not exist": (
        (), equation(diff(power(t_real, -1), "t"), mul(number(-1), power(t_real, -1), power(t_real, -1))),
        [ideal(equation(diff(power(t_real, -1), "t"), mul(number(-1), power(t_real, -1), power(t_real, -1))))]),
    "a power of zero is positive": (
        (), relation("lt", ZERO, c0 ** k), [step(relation("lt", ZERO, c0 ** k), "rational")]),
    "a pseudoinverse of a number": (
        (), equation(s * pinv(s), ONE), [step(equation(s * pinv(s), ONE), "rational")]),
    "not zero, under another's hypothesis": (
        (), equation(s * inverse(s), ONE),
        [step(make("implies", (make("ne", (s, ZERO)), equation(s * inverse(s), ONE))), "implies",
              steps=[step(equation(s * inverse(s), ONE), "rational")]),
         step(equation(s * inverse(s), ONE), "rational")]),
    "a product that is not zero does not name its factor": (
        (make("ne", (s + r, ZERO)),), equation(s * inverse(s), ONE), [step(equation(s * inverse(s), ONE), "rational")]),
    "infinity is the largest number": (
        (), relation("lt", infinity(), s), [step(relation("lt", infinity(), s), "rational")]),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_a_false_statement_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        proved(*FALSE[name])
