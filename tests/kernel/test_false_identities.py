# ruff: noqa: E501 - one false statement a row
"""False identities: definitions that say something else, and products and entries that are expanded wrongly.

A row is a theorem with its certificate, as in certificate_steps.
"""

from __future__ import annotations

import pytest
from certificate_steps import G0, ONE, ZERO, J, Row, ideal, inner, once, proved, step

from lemmata.kernel.poly import Refused
from lemmata.kernel.term import exp, identity, inverse, make, mul, number, symbol
from lemmata.terms.forms import adjoint, call, equation, grad, is_, literal, norm

A, B = symbol("A", "n", "n"), symbol("B", "n", "n")
C, D, E = symbol("A", "m", "n"), symbol("B", "m", "n"), symbol("C", "n", "p")
s, rank_A = symbol("s"), make("rank", (A,))
a, u, cv, zc = (
    symbol("a", "n"),
    symbol("u", "n"),
    symbol("v", "n", 1, "complex"),
    symbol("z", domain="complex"),
)
size2 = literal([[ONE, ZERO], [ZERO, ONE]])
only = literal([[zc, ZERO], [ZERO, ZERO]])
two_by_two = symbol("x", 2, 2)

FALSE: dict[str, Row] = {
    # --- references ---
    "e^(A+B) without commuting": (
        (), equation(exp(A + B), exp(A) @ exp(B)), [ideal(equation(exp(A + B), exp(A) @ exp(B)), ("1", [], 0, []), uses=[["exp", J(A), J(B), None]])]),
    "e^(A+B) by another fact": (
        (equation(A @ A, B @ B),), equation(exp(A + B), exp(A) @ exp(B)), [ideal(equation(exp(A + B), exp(A) @ exp(B)), ("1", [], 0, []), uses=[["exp", J(A), J(B), G0]])]),
    "intertwined by a fact of another side": (
        (equation(A @ B, B @ A),), equation(exp(A) @ B, B @ exp(B)), [ideal(equation(exp(A) @ B, B @ exp(B)), ("1", [], 0, []), uses=[["intertwine", J(A), J(B), J(B), G0]])]),
    "intertwined with a real exponent": (
        (equation(A @ B, B @ A),), equation(A ** s @ B, B @ A ** s), [ideal(equation(A ** s @ B, B @ A ** s), ("1", [], 0, []), uses=[["intertwine", J(A), J(A), J(B), G0, J(s)]])]),
    "the rank of a trace": (
        (), equation(rank_A, make("trace", (A,))), [ideal(equation(rank_A, make("trace", (A,))), ("1", [], 0, []), uses=[["rank", J(A)]])]),
    "the absolute value of a complex number": (
        (), equation(call("abs", zc) ** 2, zc * zc), [ideal(equation(call("abs", zc) ** 2, zc * zc), ("1", [], 0, []), uses=[["abs", J(zc)]])]),
    "the spectral norm as a Frobenius norm": (
        (), equation(norm(A) * norm(A), inner(A, A)), [ideal(equation(norm(A) * norm(A), inner(A, A)), ("1", [], 0, []), uses=[["norm", J(A), "2"]])]),
    "an inverse by another's invertibility": (
        (is_("invertible", B),), equation(A @ inverse(A), identity("n")), [ideal(equation(A @ inverse(A), identity("n")), ("1", [], 0, []), uses=[["inverse", J(A), G0]])]),
    "symmetric because equal": (
        (equation(A, B),), equation(A.T, A), [ideal(equation(A.T, A), ("1", [], 0, []), uses=[["symmetric", G0]])]),
    # --- expansion ---
    "the inner product of matrices is no product, in algebra": (
        (), equation(mul(inner(C, D), E), mul(adjoint(C), D, E)),
        [ideal(equation(mul(inner(C, D), E), mul(adjoint(C), D, E)))]),
    "the gradient of an exponential, without what is in it": (
        (), equation(grad(exp(inner(a, u)), u), exp(inner(a, u)) * u), [ideal(equation(grad(exp(inner(a, u)), u), exp(inner(a, u)) * u))]),
    "the gradient of a complex function": (
        (), equation(grad(mul(adjoint(u), cv), u), cv),
        [ideal(equation(grad(mul(adjoint(u), cv), u), cv))]),
    "the spectral norm of a matrix written out": (
        (), equation(norm(size2) ** 2, number(2)),
        [ideal(equation(norm(size2) ** 2, number(2)))]),
    "the adjoint of a complex matrix written out": (
        (), equation(adjoint(only), only),
        [step(equation(adjoint(only), only), "ideal", uses=[], letters=[], combinations=[[]] * 4)]),
    "an entry and a function of the same name": (
        (equation(two_by_two, size2),), equation(call("x[1,1]"), ONE),
        [once(equation(call("x[1,1]"), ONE), G0)]),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_a_false_statement_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        proved(*FALSE[name])
