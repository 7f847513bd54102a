# ruff: noqa: E501 - one false statement a row
"""False statements against the reduction to singular values: blocks, norms, the checker's own letters.

A row is a theorem with its certificate, as in certificate_steps.
"""

from __future__ import annotations

import pytest
from certificate_steps import (
    ABSURD,
    G0,
    G1,
    ONE,
    S0,
    ZERO,
    Row,
    X,
    ideal,
    inner,
    once,
    proved,
    spectral,
    step,
)

from lemmata.kernel.poly import Refused
from lemmata.kernel.term import dim, exp, identity, inverse, make, mul, number, pinv, symbol
from lemmata.terms.forms import (
    adjoint,
    at,
    diff,
    equation,
    grad,
    infinity,
    is_,
    limit,
    norm,
    power,
    relation,
    zero,
)

Q, H, Y = symbol("X", "n", "n"), symbol("H", "n", "n", "complex"), symbol("Y", "n", "n")
Z, named_one = symbol("Z", "m", "n", "complex"), symbol("1", "m", "n")
u, v, y, p = symbol("u", "n"), symbol("v", "n"), symbol("y", "n"), symbol("p", "m")
cu, cv, zc = symbol("u", "n", 1, "complex"), symbol("v", "n", 1, "complex"), symbol("z", domain="complex")
s, lam, a_positive = symbol("s"), symbol("lambda", domain="positive"), symbol("a", domain="positive")
c0, excess = symbol("c", domain="nonnegative"), symbol("e^x - 1", domain="nonnegative")
sigma, kernel_sigma = symbol("σ", domain="positive"), symbol("σ", 1, 1, "positive", "singular value")
k, l = symbol("k", domain="natural"), symbol("l", domain="natural")  # noqa: E741
t, t_real = symbol("t", domain="time"), symbol("t")
a, w, x_k_n = symbol("a", of="t"), symbol("w", "n", of="t"), symbol("x", "n", of="k")
f0, w_scalar = symbol("f", "n", of="w(0)"), symbol("w", of="t")
add_k = k + 1
shifted = equation(at(x_k_n, k + 1), mul(power(1 + k, l), v))
curve = mul(power(exp(-t), k), v)
rates = norm(exp(-t * (X.T @ X)))
two_norms = equation(norm(named_one.T @ named_one), norm(named_one))

moving_length = norm(a_positive * X)

FALSE: dict[str, Row] = {
    # --- gradients ---
    "a norm is a number under a gradient": (
        (), equation(grad(moving_length, a_positive), ZERO),
        [spectral(equation(grad(moving_length, a_positive), ZERO))]),
    "a value of a function is another letter under a gradient": (
        (), equation(grad(at(a, t), a), ZERO), [spectral(equation(grad(at(a, t), a), ZERO))]),
    "a function is a letter under a gradient in its variable": (
        (), equation(grad(a, t), ZERO), [spectral(equation(grad(a, t), ZERO))]),
    # --- real and complex, symmetric and not ---
    "real vectors have complex coordinates": (
        (), equation(inner(Z @ u, Z @ v), inner(Z @ v, Z @ u)),
        [spectral(equation(inner(Z @ u, Z @ v), inner(Z @ v, Z @ u)), matrix=Z)]),
    "real vectors and a Hermitian matrix": (
        (is_("symmetric", H),), equation(inner(u, H @ v), inner(v, H @ u)),
        [spectral(equation(inner(u, H @ v), inner(v, H @ u)), G0, matrix=H)]),
    "a projection of complex numbers": (
        (is_("projection", H),), equation(inner(u, H @ v), inner(v, H @ u)), [spectral(equation(inner(u, H @ v), inner(v, H @ u)), G0, matrix=H)]),
    "complex inner products commute": (
        (), equation(inner(cu, cv), inner(cv, cu)),
        [spectral(equation(inner(cu, cv), inner(cv, cu)), matrix=Z)]),
    "numbers ordered in the complex plane": (
        (), relation("le", zero("n", "n"), zc * zc * (X.T @ X)), [spectral(relation("le", zero("n", "n"), zc * zc * (X.T @ X)))]),
    "a square matrix is not symmetric": (
        (), equation(Q @ u, Q.T @ u), [spectral(equation(Q @ u, Q.T @ u), matrix=Q, left=["u"])]),
    "a square matrix is not symmetric, no vectors": (
        (), equation(Q, Q.T), [spectral(equation(Q, Q.T), matrix=Q)]),
    "sides that a certificate names cannot mix": (
        (), equation(Q @ u, u), [spectral(equation(Q @ u, u), matrix=Q, left=["u"])]),
    "symmetry that only another matrix has": (
        (is_("symmetric", Y),), equation(Q, Q.T), [spectral(equation(Q, Q.T), G0, matrix=Q)]),
    "every square matrix is positive": (
        (), relation("le", zero("n", "n"), Q),
        [spectral(relation("le", zero("n", "n"), Q), matrix=Q)]),
    "eigenvalues have a sign": (
        (is_("symmetric", Q),), is_("psd", Q), [spectral(is_("psd", Q), G0, matrix=Q)]),
    "the trace of a map between two spaces": (
        (), relation("le", ZERO, make("trace", (Q,))), [spectral(relation("le", ZERO, make("trace", (Q,))), matrix=Q)]),
    "a matrix that varies": (
        (), equation(diff(symbol("X", "m", "n", of="t"), "t"), zero("m", "n")),
        [spectral(equation(diff(symbol("X", "m", "n", of="t"), "t"), zero("m", "n")), matrix=symbol("X", "m", "n", of="t"))]),
    "a row for a matrix": (
        (), equation(pinv(p.T) @ p.T, identity("m")), [spectral(equation(pinv(p.T) @ p.T, identity("m")), matrix=p.T)]),
    # --- the checker's own letters ---
    "a definition with the letter of the singular values": (
        (is_("psd", Q), equation(v, sigma * y)), equation(Q @ pinv(Q) @ v, Q @ y),
        [spectral(equation(Q @ pinv(Q) @ v, Q @ y), G0, G1, matrix=Q)]),
    "a claim with the letter of the singular values": (
        (is_("psd", Q),), equation(Q @ pinv(Q) @ y * sigma, Q @ y),
        [spectral(equation(Q @ pinv(Q) @ y * sigma, Q @ y), G0, matrix=Q)]),
    "a limit in the letter that stands for the singular values": (
        (), equation(limit(X, kernel_sigma, ZERO, "+"), zero("m", "n")),
        [spectral(equation(limit(X, kernel_sigma, ZERO, "+"), zero("m", "n")))]),
    "a derivative in the letter that stands for the singular values": (
        (), equation(mul(X, pinv(X)), zero("m", "m")),
        [spectral(equation(diff(diff(mul(X, adjoint(X)), "σ"), "σ"), 2 * (X @ pinv(X)))),
         once(equation(mul(X, pinv(X)), zero("m", "m")), S0, coefficient="-1/2")]),
    "the same with a variable of that name declared": (
        (), equation(mul(X, pinv(X)), sigma * zero("m", "m")),
        [spectral(equation(diff(diff(mul(X, adjoint(X)), "σ"), "σ"), 2 * (X @ pinv(X)))),
         once(equation(mul(X, pinv(X)), sigma * zero("m", "m")), S0, coefficient="-1/2")]),
    "a definition with the letter of a value at 0": (
        (equation(v, symbol("a(0)") * y),), equation(v, at(a, ZERO) * y),
        [spectral(equation(v, at(a, ZERO) * y), G0)]),
    "the clock of a letter w(0) is a function's clock": (
        (), equation(f0, zero("n")),
        [spectral(equation(diff(at(w_scalar, ZERO) * f0, "w(0)"), at(w_scalar, ZERO) * diff(f0, "w(0)") + f0)),
         ideal(equation(f0, zero("n")), ("-1", [], 0, []), uses=[S0])]),
    "a definition with the letter of the norm": (
        (equation(v, symbol("‖X‖", domain="nonnegative") * y),), equation(v, norm(X) * y),
        [spectral(equation(v, norm(X) * y), G0)]),
    "two norms have one letter": ((), two_norms, [spectral(two_norms, matrix=named_one)]),
    "a letter of the checker's own": (
        (), relation("le", ONE, mul(exp(-t), 2 + excess)),
        [spectral(relation("le", ONE, mul(exp(-t), 2 + excess)))]),
    # --- null spaces and empty blocks ---
    "the null space": ((), equation(pinv(X) @ X, identity("n")), [spectral(equation(pinv(X) @ X, identity("n")))]),
    "a strict form on an empty block": (
        (), relation("lt", ZERO, make("trace", (X.T @ X,))),
        [spectral(relation("lt", ZERO, make("trace", (X.T @ X,))))]),
    "the norm of X when X = 0": (
        (), relation("lt", ZERO, norm(X)), [spectral(relation("lt", ZERO, norm(X)))]),
    "a divisor that vanishes with X": (
        (), equation(norm(X) * inverse(norm(X)), ONE), [spectral(equation(norm(X) * inverse(norm(X)), ONE))]),
    "a bound is divided by what may vanish": (
        (relation("le", ZERO, c0 * s),), relation("le", ZERO, s),
        [spectral(relation("le", ZERO, s), G0)]),
    "an inverse that is dropped with a zero entry": (
        (), equation(inverse(X.T @ X) @ X.T @ X, pinv(X) @ X),
        [spectral(equation(inverse(X.T @ X) @ X.T @ X, pinv(X) @ X))]),
    "an inverse on the null space of X": (
        (), equation(X @ inverse(X.T @ X) @ X.T, X @ pinv(X)),
        [spectral(equation(X @ inverse(X.T @ X) @ X.T, X @ pinv(X)))]),
    "a block that is empty only where an inverse is not defined": (
        (), make("implies", (make("ne", (s * inverse(s), ONE)), ABSURD)),
        [step(make("implies", (make("ne", (s * inverse(s), ONE)), ABSURD)), "implies",
              steps=[spectral(ABSURD, G0)])]),
    "the rank of an entry that may vanish": (
        (), equation(make("rank", (s * X,)), make("rank", (X,))),
        [spectral(equation(make("rank", (s * X,)), make("rank", (X,))))]),
    "0^0 is 1": (
        (), equation((X.T @ X) ** k, pinv(X) @ X @ (X.T @ X) ** k),
        [spectral(equation((X.T @ X) ** k, pinv(X) @ X @ (X.T @ X) ** k))]),
    "a dimension counts the null space": (
        (), equation(make("trace", (X.T @ pinv(X.T),)), dim("n")),
        [spectral(equation(make("trace", (X.T @ pinv(X.T),)), dim("n")))]),
    "the dimensions of a matrix are one": (
        (), equation(dim("n"), dim("m")), [spectral(equation(dim("n"), dim("m")))]),
    "rank X = n leaves Null(X^T)": (
        (equation(make("rank", (X,)), dim("n")),), equation(X @ pinv(X), identity("m")),
        [spectral(equation(X @ pinv(X), identity("m")), G0)]),
    "the trace of a multiple of the identity": (
        (), equation(make("trace", (s * identity("n"),)), s), [spectral(equation(make("trace", (s * identity("n"),)), s))]),
    "a limit through a zero divisor": (
        (), equation(limit(inverse(t_real * identity("n")) @ (t_real * identity("n")), t_real, ZERO), zero("n", "n")),
        [spectral(equation(limit(inverse(t_real * identity("n")) @ (t_real * identity("n")), t_real, ZERO), zero("n", "n")))]),
    # --- forms, products and norms ---
    "a form that is given does not hold block by block": (
        (equation(inner(u, v), ZERO),), equation(inner(pinv(X) @ X @ u, v), ZERO),
        [spectral(equation(inner(pinv(X) @ X @ u, v), ZERO), G0)]),
    "the inner product of matrices is no product": (
        (), equation(mul(inner(X, X), pinv(X)), adjoint(X)),
        [spectral(equation(mul(inner(X, X), pinv(X)), adjoint(X)))]),
    "two forms are no form": (
        (), relation("le", inner(u, v) * inner(u, v), inner(u, u) * inner(v, v) - inner(u, u) * inner(v, v)),
        [spectral(relation("le", inner(u, v) * inner(u, v), inner(u, u) * inner(v, v) - inner(u, u) * inner(v, v)))]),
    "a form times a vector": (
        (), equation(mul(u, inner(u, v)), mul(v, inner(u, u))),
        [spectral(equation(mul(u, inner(u, v)), mul(v, inner(u, u))))]),
    "the spectral norm is no sum": (
        (), equation(norm(X) ** 2, make("trace", (X.T @ X,))),
        [spectral(equation(norm(X) ** 2, make("trace", (X.T @ X,))))]),
    "norms of two maps": (
        (), equation(norm(X.T @ X) * norm(X @ X.T), norm(X) ** 2 * norm(X)),
        [spectral(equation(norm(X.T @ X) * norm(X @ X.T), norm(X) ** 2 * norm(X)))]),
    "the norm of a sum is no sum": (
        (), relation("le", norm(X.T @ X) + lam, norm(X.T @ X - lam * identity("n"))),
        [spectral(relation("le", norm(X.T @ X) + lam, norm(X.T @ X - lam * identity("n"))))]),
    "a number proved on one block only": (
        (equation(X.T @ X, lam * identity("n")),), relation("le", lam, norm(X)),
        [spectral(relation("le", lam, norm(X)), G0)]),
    "a bound that falls with the norm is read as one for every singular value": (
        (relation("le", exp(mul(number(-1), power(make("norm", (X,), "2"), 2))), lam),),
        relation("le", mul(X, exp(mul(number(-1), adjoint(X), X)), adjoint(X)), mul(lam, X, adjoint(X))),
        [spectral(relation("le", mul(X, exp(mul(number(-1), adjoint(X), X)), adjoint(X)),
                           mul(lam, X, adjoint(X))), G0)]),
    "a bound on a function that falls with the norm": (
        (relation("le", exp(-norm(X) ** 2), a_positive),), is_("psd", mul(a_positive * identity("n") - exp(-X.T @ X), pinv(X), X)),
        [spectral(is_("psd", mul(a_positive * identity("n") - exp(-X.T @ X), pinv(X), X)), G0)]),
    "a bound from below on the Frobenius norm": (
        (relation("le", ONE, norm(X, "F") ** 2),), is_("psd", X.T @ X - pinv(X) @ X),
        [spectral(is_("psd", X.T @ X - pinv(X) @ X), G0)]),
    # --- definitions, times and powers ---
    "a definition of a vector by itself": (
        (equation(v, pinv(X) @ X @ v + v),), equation(v, zero("n")),
        [spectral(equation(v, zero("n")), G0)]),
    "two definitions of one vector": (
        (equation(v, pinv(X) @ X @ u), equation(v, u)), equation(v, zero("n")),
        [spectral(equation(v, zero("n")), G0, G1)]),
    "a norm that varies is read at 0 as if it did not": (
        (equation(w, rates * y),), equation(at(w, ZERO), rates * y),
        [spectral(equation(at(w, ZERO), rates * y), G0)]),
    "a power whose base holds its index is shifted as if it did not": (
        (equation(x_k_n, mul(power(add_k, k), y)),), equation(at(x_k_n, k + 1), mul(power(add_k, k), add_k, y)),
        [spectral(equation(at(x_k_n, k + 1), mul(power(add_k, k), add_k, y)), G0)]),
    "the base of a power stays behind when its index moves": (
        (equation(x_k_n, mul(power(1 + k, l), v)),), shifted, [spectral(shifted, G0)]),
    "an exponential inside a power is not differentiated": (
        (equation(w, curve),), equation(diff(w, "t"), zero("n")),
        [spectral(equation(diff(w, "t"), zero("n")), G0)]),
    "an exponential inside a power under a limit": (
        (), equation(limit(power(1 + exp(-t), k), t, infinity()), power(1 + exp(-t), k)),
        [spectral(equation(limit(power(1 + exp(-t), k), t, infinity()), power(1 + exp(-t), k)))]),
    "the limit of a natural number at 0": (
        (), equation(limit(mul(k, k), k, ZERO, "+"), ZERO),
        [spectral(equation(limit(mul(k, k), k, ZERO, "+"), ZERO))]),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_a_false_statement_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        proved(*FALSE[name])
