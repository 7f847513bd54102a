# ruff: noqa: E501 - one false statement a row
"""False statements against the reduction to scalars, oracles, bound letters and clocks: each must be refused.

A row is a name, a theorem (hypotheses, conclusion), the steps of its certificate and the lemmas that it applies,
as in test_false_statements.py.  Where the statement is true and only its certificate is not, the row says so.
"""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.kernel.check import Proved, check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import (
    Term,
    dim,
    exp,
    identity,
    inverse,
    make,
    mul,
    number,
    pinv,
    symbol,
    to_json,
)
from lemmata.terms.forms import adjoint, at, call, diff, equation, grad, is_, limit, norm, relation, zero

Row = tuple[Any, ...]
J, G0, G1, S0, S1 = to_json, ["given", 0], ["given", 1], ["step", 0], ["step", 1]
ZERO, ONE, half = number(0), number(1), number("1/2")
imaginary = make("constant", (), "i")


def step(claim: Term, rule: str, **fields: Any) -> dict[str, Any]:
    return {"claim": J(claim), "rule": rule, **fields}


def ideal(claim: Term, *rows: Any, uses: Any = (), letters: Any = ()) -> dict[str, Any]:
    """Rows (coefficient, left, index, right) for the one polynomial of the claim."""
    items = [[c, [], left, index, False, right] for c, left, index, right in rows]
    return step(claim, "ideal", uses=list(uses), letters=[J(x) for x in letters], combinations=[items])


def spectral(claim: Term, *uses: Any, matrix: Term, **fields: Any) -> dict[str, Any]:
    """Identities between fractions are settled without steps in ``cases``."""
    return step(claim, "spectral", **{"matrix": J(matrix), "uses": list(uses), "cases": {}, **fields})


def positive(claim: Term, squares: Any, **fields: Any) -> dict[str, Any]:
    return step(
        claim, "positive", **{"uses": [], "letters": [], "squares": squares, "combination": [], **fields}
    )


def apply(claim: Term, terms: Any = (), dims: Any = (), given: Any = ()) -> dict[str, Any]:
    pairs = [[J(old), J(new)] for old, new in terms]
    return step(claim, "apply", lemma="L", terms=pairs, dims=[list(d) for d in dims], given=list(given))


def inner(left: Term, right: Term) -> Term:
    return make("inner", (left, right))


def forall(*args: Term) -> Term:
    return make("forall", args)


def exists(*args: Term) -> Term:
    return make("exists", args)


def oracle(claim: Term, *uses: Any) -> dict[str, Any]:
    return step(claim, "oracle", uses=list(uses))


X, Q, Z = symbol("X", "m", "n"), symbol("X", "n", "n"), symbol("Z", "m", "n", "complex")
H = symbol("H", "n", "n", "complex")
A, B = symbol("A", "n", "n"), symbol("B", "n", "n")
u, v, y, z = (symbol(name, "n") for name in "uvyz")
p, q = symbol("p", "m"), symbol("q", "m")
s, r, x = symbol("s"), symbol("r"), symbol("x")
lam, c0 = symbol("lambda", domain="positive"), symbol("c", domain="nonnegative")
zc = symbol("z", domain="complex")
k, l = symbol("k", domain="natural"), symbol("l", domain="natural")  # noqa: E741
t, tt = symbol("t"), symbol("t", domain="time")
t_pos = symbol("t", domain="positive")
a, b, w = symbol("a", of="t"), symbol("b", of="t"), symbol("w", "n", of="t")
sigma, real_sigma = symbol("σ", domain="positive"), symbol("σ")
ABSURD = equation(ZERO, ONE)

# --- clocks and bound letters ---
s_of_t, w_of_s = symbol("s", of="t"), symbol("w", of="s")
y_of_x = symbol("y", of="x")
natural_p = symbol("p", domain="natural")
a_of_p = symbol("a", of="p")
some = exists(t, equation(s, t))
rate = diff(a_of_p, "p")
bits: list[dict[str, Any]] = [
    step(equation(rate, ZERO), "ideal", uses=[["diff", G0, "p"], G0], letters=[J(a_of_p), J(rate)],
         combinations=[[["2", [[0]], [], 0, False, []], ["-1", [], [], 0, False, []], ["-4", [[1]], [], 1, False, []]]]),
    step(equation(a_of_p, at(a_of_p, ZERO)), "constant", of=S0),
    step(equation(a_of_p, at(a_of_p, l)), "ideal", uses=[S1, ["value", S1, "p", J(l)]], letters=[],
         combinations=[[["1", [], [], 0, False, []], ["-1", [], [], 1, False, []]]]),
]  # fmt: skip
f0 = symbol("f", "n", of="w(0)")
w_scalar, w0_scalar = symbol("w", of="t"), symbol("w(0)")
CLOCKS: dict[str, Row] = {
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
    "a function of a bound t is captured by an instance": (
        (), exists(t, equation(a, t)),
        [step(forall(s, some), "forall", steps=[ideal(equation(s, s)), step(some, "exists", of=S0, terms=[J(s)])]),
         step(exists(t, equation(a, t)), "instance", of=S0, terms=[J(a)])]),
    "a function of a bound t is captured by a lemma": (
        (), exists(t, equation(a, t)),
        [apply(exists(t, equation(a, t)), [(s, a)])],
        (((), some, [ideal(equation(s, s)), step(some, "exists", of=S0, terms=[J(s)])]),)),
    "a square root that is the variable of its square": (
        (is_("psd", a),), exists(t, equation(a, t.T * t)), [step(exists(t, equation(a, t.T * t)), "gram", of=G0)]),
    "a square root that is a letter of the matrix": (
        (is_("psd", A),), exists(A, equation(A, A.T @ A)), [step(exists(A, equation(A, A.T @ A)), "gram", of=G0)]),
    "a sequence under a natural clock is no smooth function": (
        (equation(a_of_p * a_of_p, a_of_p), equation(natural_p * a_of_p, a_of_p * natural_p)), equation(a_of_p, at(a_of_p, l)), bits),
    "the same under a lemma that does not know its clock": (
        (equation(a_of_p * a_of_p, a_of_p), equation(natural_p * a_of_p, a_of_p * natural_p)), equation(a_of_p, at(a_of_p, l)),
        [apply(equation(a_of_p, at(a_of_p, l)), given=[G0])],
        (((equation(a_of_p * a_of_p, a_of_p),), equation(a_of_p, at(a_of_p, l)), bits),)),
    "the same inside a reduction": (
        (equation(a_of_p * a_of_p, a_of_p), equation(natural_p * a_of_p, a_of_p * natural_p)), equation(a_of_p, at(a_of_p, l)),
        [spectral(equation(a_of_p, at(a_of_p, l)), G0, matrix=X,
                  cases={b: [{**s_, "uses": [[*u_[:1], ["given", 1 if b != "pair" else 3], *u_[2:]] if u_[0] == "diff" else ["given", 1 if b != "pair" else 3] for u_ in s_["uses"]]} if i == 0 else s_ for i, s_ in enumerate(bits)] for b in ("pair", "L", "R")})]),
    "a real clock at an imaginary point": (
        (equation(adjoint(t) + a, t + a),), equation(adjoint(imaginary), imaginary),
        [ideal(equation(adjoint(imaginary), imaginary), ("1", [], 0, []), uses=[["value", G0, "t", J(imaginary)]])]),
    "a real clock at a complex point": (
        (equation(adjoint(t) + a, t + a),), equation(adjoint(zc), zc),
        [ideal(equation(adjoint(zc), zc), ("1", [], 0, []), uses=[["value", G0, "t", J(zc)]])]),
    "a clock that is positive at 0": (
        (equation(a * t_pos, b * t_pos),), equation(ZERO * at(a, ZERO), ONE),
        [ideal(equation(ZERO * at(a, ZERO), ONE), ("1", [], 0, []), uses=[["value", G0, "t", J(ZERO)]])]),
    "a time at a negative point": (
        (equation(call("sqrt", tt) * call("sqrt", tt) + a, tt + a),), equation(call("sqrt", number(-1)) * call("sqrt", number(-1)), number(-1)),
        [ideal(equation(call("sqrt", number(-1)) * call("sqrt", number(-1)), number(-1)), ("1", [], 0, []),
               uses=[["value", G0, "t", J(number(-1))]])]),
    "the clock of a letter w(0) is a function's clock": (
        (), equation(f0, zero("n")),
        [spectral(equation(diff(at(w_scalar, ZERO) * f0, "w(0)"), at(w_scalar, ZERO) * diff(f0, "w(0)") + f0), matrix=X),
         ideal(equation(f0, zero("n")), ("-1", [], 0, []), uses=[S0])]),
    "differentiation in the letter of the singular values": (
        (), equation(X @ pinv(X), zero("m", "m")),
        [spectral(equation(diff(diff(X @ X.T, "σ"), "σ"), 2 * (X @ pinv(X))), matrix=X),
         ideal(equation(X @ pinv(X), zero("m", "m")), ("-1/2", [], 0, []), uses=[S0])]),
    "a constant from the derivative of a sequence": (
        (equation(diff(symbol("x", of="k"), "k"), ZERO),), equation(symbol("x", of="k"), at(symbol("x", of="k"), ZERO)),
        [step(equation(symbol("x", of="k"), at(symbol("x", of="k"), ZERO)), "constant", of=G0)]),
}  # fmt: skip

# --- spectral ---
yy = symbol("Y", "n", "n")
SPECTRAL: dict[str, Row] = {
    "real vectors have complex coordinates": (
        (), equation(inner(Z @ u, Z @ v), inner(Z @ v, Z @ u)),
        [spectral(equation(inner(Z @ u, Z @ v), inner(Z @ v, Z @ u)), matrix=Z)]),
    "real vectors and a Hermitian matrix": (
        (is_("symmetric", H),), equation(inner(u, H @ v), inner(v, H @ u)),
        [spectral(equation(inner(u, H @ v), inner(v, H @ u)), G0, matrix=H)]),
    "a definition with the letter of the singular values": (
        (is_("psd", Q), equation(v, sigma * y)), equation(Q @ pinv(Q) @ v, Q @ y),
        [spectral(equation(Q @ pinv(Q) @ v, Q @ y), G0, G1, matrix=Q)]),
    "a claim with the letter of the singular values": (
        (is_("psd", Q),), equation(Q @ pinv(Q) @ y * sigma, Q @ y),
        [spectral(equation(Q @ pinv(Q) @ y * sigma, Q @ y), G0, matrix=Q)]),
    "a definition with the letter of a value at 0": (
        (equation(v, symbol("a(0)") * y),), equation(v, at(a, ZERO) * y),
        [spectral(equation(v, at(a, ZERO) * y), G0, matrix=X)]),
    "a definition with the letter of the norm": (
        (equation(v, symbol("‖X‖", domain="nonnegative") * y),), equation(v, norm(X) * y),
        [spectral(equation(v, norm(X) * y), G0, matrix=X)]),
    "the null space": ((), equation(pinv(X) @ X, identity("n")), [spectral(equation(pinv(X) @ X, identity("n")), matrix=X)]),
    "a square matrix is not symmetric": (
        (), equation(Q @ u, Q.T @ u), [spectral(equation(Q @ u, Q.T @ u), matrix=Q, left=["u"])]),
    "a square matrix is not symmetric, no vectors": (
        (), equation(Q, Q.T), [spectral(equation(Q, Q.T), matrix=Q)]),
    "sides that a certificate names cannot mix": (
        (), equation(Q @ u, u), [spectral(equation(Q @ u, u), matrix=Q, left=["u"])]),
    "symmetry that only another matrix has": (
        (is_("symmetric", yy),), equation(Q, Q.T), [spectral(equation(Q, Q.T), G0, matrix=Q)]),
    "eigenvalues have a sign": (
        (is_("symmetric", Q),), is_("psd", Q), [spectral(is_("psd", Q), G0, matrix=Q)]),
    "a form that is given does not hold block by block": (
        (equation(inner(u, v), ZERO),), equation(inner(pinv(X) @ X @ u, v), ZERO),
        [spectral(equation(inner(pinv(X) @ X @ u, v), ZERO), G0, matrix=X)]),
    "a strict form on an empty block": (
        (), relation("lt", ZERO, make("trace", (X.T @ X,))),
        [spectral(relation("lt", ZERO, make("trace", (X.T @ X,))), matrix=X)]),
    "the norm of X when X = 0": (
        (), relation("lt", ZERO, norm(X)), [spectral(relation("lt", ZERO, norm(X)), matrix=X)]),
    "a divisor that vanishes with X": (
        (), equation(norm(X) * inverse(norm(X)), ONE), [spectral(equation(norm(X) * inverse(norm(X)), ONE), matrix=X)]),
    "an inverse that is dropped with a zero entry": (
        (), equation(inverse(X.T @ X) @ X.T @ X, pinv(X) @ X),
        [spectral(equation(inverse(X.T @ X) @ X.T @ X, pinv(X) @ X), matrix=X)]),
    "an inverse on the null space of X": (
        (), equation(X @ inverse(X.T @ X) @ X.T, X @ pinv(X)),
        [spectral(equation(X @ inverse(X.T @ X) @ X.T, X @ pinv(X)), matrix=X)]),
    "the rank of an entry that may vanish": (
        (), equation(make("rank", (s * X,)), make("rank", (X,))),
        [spectral(equation(make("rank", (s * X,)), make("rank", (X,))), matrix=X)]),
    "0^0 is 1": (
        (), equation((X.T @ X) ** k, pinv(X) @ X @ (X.T @ X) ** k),
        [spectral(equation((X.T @ X) ** k, pinv(X) @ X @ (X.T @ X) ** k), matrix=X)]),
    "a dimension counts the null space": (
        (), equation(make("trace", (X.T @ pinv(X.T),)), dim("n")),
        [spectral(equation(make("trace", (X.T @ pinv(X.T),)), dim("n")), matrix=X)]),
    "rank X = n leaves Null(X^T)": (
        (equation(make("rank", (X,)), dim("n")),), equation(X @ pinv(X), identity("m")),
        [spectral(equation(X @ pinv(X), identity("m")), G0, matrix=X)]),
    "the inner product of matrices is a number": (
        (), equation(inner(X, X) * pinv(X), X.T), [spectral(equation(inner(X, X) * pinv(X), X.T), matrix=X)]),
    "two forms are no form": (
        (), relation("le", inner(u, v) * inner(u, v), inner(u, u) * inner(v, v) - inner(u, u) * inner(v, v)),
        [spectral(relation("le", inner(u, v) * inner(u, v), inner(u, u) * inner(v, v) - inner(u, u) * inner(v, v)), matrix=X)]),
    "a form times a vector": (
        (), equation(mul(u, inner(u, v)), mul(v, inner(u, u))),
        [spectral(equation(mul(u, inner(u, v)), mul(v, inner(u, u))), matrix=X)]),
    "the spectral norm is no sum": (
        (), equation(norm(X) ** 2, make("trace", (X.T @ X,))),
        [spectral(equation(norm(X) ** 2, make("trace", (X.T @ X,))), matrix=X)]),
    "a definition of a vector by itself": (
        (equation(v, pinv(X) @ X @ v + v),), equation(v, zero("n")),
        [spectral(equation(v, zero("n")), G0, matrix=X)]),
    "two definitions of one vector": (
        (equation(v, pinv(X) @ X @ u), equation(v, u)), equation(v, zero("n")),
        [spectral(equation(v, zero("n")), G0, G1, matrix=X)]),
    "a definition in time that holds at one time": (
        (), make("implies", (equation(w, v), equation(at(w, ZERO), v))),
        [step(make("implies", (equation(w, v), equation(at(w, ZERO), v))), "implies",
              steps=[spectral(equation(at(w, ZERO), v), G0, matrix=X)])]),
    "its derivative at one time": (
        (), make("implies", (equation(w, v), equation(diff(w, "t"), zero("n")))),
        [step(make("implies", (equation(w, v), equation(diff(w, "t"), zero("n")))), "implies",
              steps=[spectral(equation(diff(w, "t"), zero("n")), G0, matrix=X)])]),
    "a matrix that varies": (
        (), equation(diff(symbol("X", "m", "n", of="t"), "t"), zero("m", "n")),
        [spectral(equation(diff(symbol("X", "m", "n", of="t"), "t"), zero("m", "n")), matrix=symbol("X", "m", "n", of="t"))]),
    "a row for a matrix": (
        (), equation(pinv(p.T) @ p.T, identity("m")), [spectral(equation(pinv(p.T) @ p.T, identity("m")), matrix=p.T)]),
    "a number proved on one block only": (
        (equation(X.T @ X, lam * identity("n")),), relation("le", lam, norm(X)),
        [spectral(relation("le", lam, norm(X)), G0, matrix=X)]),
    "numbers ordered in the complex plane": (
        (), relation("le", zero("n", "n"), zc * zc * (X.T @ X)), [spectral(relation("le", zero("n", "n"), zc * zc * (X.T @ X)), matrix=X)]),
    "the trace of a map between two spaces": (
        (), relation("le", ZERO, make("trace", (Q,))), [spectral(relation("le", ZERO, make("trace", (Q,))), matrix=Q)]),
    "a limit through a zero divisor": (
        (), equation(limit(inverse(t * identity("n")) @ (t * identity("n")), t, ZERO), zero("n", "n")),
        [spectral(equation(limit(inverse(t * identity("n")) @ (t * identity("n")), t, ZERO), zero("n", "n")), matrix=X)]),
}  # fmt: skip

xk_, v1 = symbol("x", of="k"), symbol("v")

# --- ranks, oracles, signs, roots ---
AI = mul(A, ONE)
ut, vt = symbol("c", "n"), symbol("d", "n")
rank_A = make("rank", (A,))
minus_half = number(-1) ** half
sqrt_s = s**half
OTHERS: dict[str, Row] = {
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
        (), make("implies", (equation(t, ONE), equation(limit(t * s, t, ZERO), s))),
        [step(make("implies", (equation(t, ONE), equation(limit(t * s, t, ZERO), s))), "implies",
              steps=[oracle(equation(limit(t * s, t, ZERO), s), G0)])]),
    "a square root of a negative number is real": (
        (), relation("le", ZERO, minus_half * minus_half),
        [positive(relation("le", ZERO, minus_half * minus_half), [["1", [], J(minus_half), []]])]),
    "every number is nonnegative, by a true oracle": (
        (make("ne", (s, ZERO)),), relation("le", ZERO, s),
        [oracle(equation(sqrt_s * sqrt_s, s)),
         positive(relation("le", ZERO, s), [["1", [], J(sqrt_s), []]], uses=[S0], combination=[["-1", [], [], 0, False, []]])]),
    "the same with a called square root": (
        (), relation("le", ZERO, s),
        [oracle(equation(call("sqrt", s) * call("sqrt", s), s)),
         positive(relation("le", ZERO, s), [["1", [], J(call("sqrt", s)), []]], uses=[S0], combination=[["-1", [], [], 0, False, []]])]),
    "a root of what may be negative": (
        (relation("le", s * s, r * r),), relation("le", s, r), [step(relation("le", s, r), "root", of=G0)]),
    "a root of complex sides": (
        (relation("le", zc * zc, lam * lam),), relation("le", zc, lam), [step(relation("le", zc, lam), "root", of=G0)]),
    "a strict root": (
        (relation("le", s * s, lam * lam),), relation("lt", s, lam), [step(relation("lt", s, lam), "root", of=G0)]),
    "Cauchy-Schwarz the other way round": (
        (), relation("ge", inner(u, v) ** 2, norm(u) ** 2 * norm(v) ** 2),
        [step(relation("ge", inner(u, v) ** 2, norm(u) ** 2 * norm(v) ** 2), "cauchy", left=J(u), right=J(v))]),
    "strict Cauchy-Schwarz": (
        (), relation("lt", inner(u, v) ** 2, norm(u) ** 2 * norm(v) ** 2),
        [step(relation("lt", inner(u, v) ** 2, norm(u) ** 2 * norm(v) ** 2), "cauchy", left=J(u), right=J(v))]),
    "Cauchy-Schwarz of complex numbers": (
        (), relation("le", zc * zc, zc * adjoint(zc)),
        [step(relation("le", zc * zc, zc * adjoint(zc)), "cauchy", left=J(zc), right=J(ONE))]),
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
        [step(equation(v, zero("n")), "square", uses=[G1], letters=[], combinations=[[["1", [], [], 0, False, []]]],
              squares=[[["1", [], J(v), [G0]]]])]),
    "an inverse of 0": ((), equation(s * inverse(s), ONE), [step(equation(s * inverse(s), ONE), "rational")]),
    "an identity of fractions inside an exponential": (
        (), equation(exp(s * inverse(s)), exp(ONE)), [step(equation(exp(s * inverse(s)), exp(ONE)), "rational")]),
    "a negative power of what may vanish": (
        (), equation(s ** number(-1) * s, ONE), [step(equation(s ** number(-1) * s, ONE), "rational")]),
    "a symbolic power of what may vanish": (
        (), equation(s ** (k - l) * s ** (l - k), ONE), [step(equation(s ** (k - l) * s ** (l - k), ONE), "rational")]),
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
    "psd from spd, the wrong way": ((is_("psd", A),), is_("spd", A), [step(is_("spd", A), "logic", of=[G0])]),
    "invertible from psd": ((is_("psd", A),), is_("invertible", A), [step(is_("invertible", A), "logic", of=[G0])]),
    "< from <=": ((relation("le", s, r),), relation("lt", s, r), [step(relation("lt", s, r), "logic", of=[G0])]),
    "> from <": ((relation("lt", s, r),), relation("ge", s, r), [step(relation("ge", s, r), "logic", of=[G0])]),
    "antisymmetry from one side": ((relation("le", s, r),), equation(s, r), [step(equation(s, r), "logic", of=[G0, G0])]),
    "against the arrow": (
        (make("implies", (equation(A, B), equation(B, A))), equation(B, A)), equation(A, B), [step(equation(A, B), "logic", of=[G0, G1])]),
    "the contrary of an arrow": (
        (make("implies", (equation(A, B), ABSURD)),), ABSURD, [step(ABSURD, "logic", of=[G0])]),
    "a part of a disjunction": (
        (make("or", (ABSURD, equation(s, s))),), ABSURD, [step(ABSURD, "logic", of=[G0])]),
    "what is denied": ((make("not", (ABSURD,)),), ABSURD, [step(ABSURD, "logic", of=[G0])]),
}  # fmt: skip

# --- induction, instances, lemmas, references ---
xk = symbol("x", of="k")
vk = symbol("x", "n", of="k")
grows = relation("le", ZERO, xk)
IND = {
    "induction": {
        "a hypothesis that fixes k": (
            (equation(k, ZERO), ), equation(k * s, ZERO),
            [step(equation(k * s, ZERO), "induction", variable="k", steps=[ideal(equation((k + 1) * s, ZERO), ("1", [], 0, []), uses=[["given", 0]])])]),
        "the step assumes its own conclusion": (
            (equation(at(xk, ZERO), ZERO),), equation(xk, ZERO),
            [step(equation(xk, ZERO), "induction", variable="k",
                  steps=[ideal(equation(at(xk, k + 1), ZERO), ("1", [], 0, []), uses=[["value", G1, "k", J(k + 1)]])])]),
        "no case 0": (
            (equation(at(xk, k + 1), xk),), equation(xk, ZERO),
            [step(equation(xk, ZERO), "induction", variable="k",
                  steps=[ideal(equation(at(xk, k + 1), ZERO), ("1", [], 0, []), ("1", [], 1, []), uses=[G0, G1])])]),
        "a claim about the next value": (
            (equation(at(xk, ZERO), ZERO),), equation(at(xk, k + 1), at(xk, k + 1)),
            [step(equation(at(xk, k + 1), ZERO), "induction", variable="k", steps=[])]),
        "a real variable": (
            (equation(at(symbol("a", of="t"), t + 1), a), equation(at(a, ZERO), ZERO)), equation(a, ZERO),
            [step(equation(a, ZERO), "induction", variable="t",
                  steps=[ideal(equation(at(a, t + 1), ZERO), ("1", [], 0, []), ("1", [], 1, []), uses=[G0, ["given", 2]])])]),
        "a real k": (
            (equation(at(xk, symbol("k") + 1), xk), equation(at(xk, ZERO), ZERO)), equation(xk, ZERO),
            [step(equation(xk, ZERO), "induction", variable="k",
                  steps=[ideal(equation(at(xk, symbol("k") + 1), ZERO), ("1", [], 0, []), ("1", [], 1, []), uses=[G0, ["given", 2]])])]),
        "under a local hypothesis": (
            (equation(at(xk, ZERO), ZERO),), make("implies", (equation(at(xk, k + 1), xk), equation(xk, ZERO))),
            [step(make("implies", (equation(at(xk, k + 1), xk), equation(xk, ZERO))), "implies",
                  steps=[step(equation(xk, ZERO), "induction", variable="k",
                              steps=[ideal(equation(at(xk, k + 1), ZERO), ("1", [], 0, []), ("1", [], 1, []), uses=[G1, ["given", 2]])])])]),
        "a sequence is read between its places": (
            (equation(call("sqrt", k) * call("sqrt", k) + xk, k + xk),), equation(call("sqrt", number(-1)) * call("sqrt", number(-1)), number(-1)),
            [ideal(equation(call("sqrt", number(-1)) * call("sqrt", number(-1)), number(-1)), ("1", [], 0, []), uses=[["value", G0, "k", J(number(-1))]])]),
    },
    "lemmas and instances": {
        "scalars become matrices by a numeral": (
            (), equation(A @ B, B @ A), [step(equation(A @ B, B @ A), "apply", lemma="L", dims={"1": "n"}, terms=[[J(s), J(A)], [J(r), J(B)]], given=[])],
            (((), equation(s * r, r * s), [ideal(equation(s * r, r * s))]),)),
        "scalars become matrices by a number": (
            (), equation(A @ B, B @ A), [step(equation(A @ B, B @ A), "apply", lemma="L", dims=[[1, "n"]], terms=[[J(s), J(A)], [J(r), J(B)]], given=[])],
            (((), equation(s * r, r * s), [ideal(equation(s * r, r * s))]),)),
        "two dimensions meet and one matrix commutes": (
            (), equation(A @ B, B @ A),
            [step(equation(A @ B, B @ A), "apply", lemma="L", dims=[["m", "n"]], terms=[[J(symbol("C", "m", "n")), J(A)], [J(symbol("D", "n", "m")), J(B)]], given=[])],
            (((), equation(symbol("C", "m", "n") @ symbol("D", "n", "m"), symbol("C", "m", "n") @ symbol("D", "n", "m")), [ideal(equation(symbol("C", "m", "n") @ symbol("D", "n", "m"), symbol("C", "m", "n") @ symbol("D", "n", "m")))]),)),
        "a hypothesis of a lemma is another's": (
            (equation(A, B),), equation(B, zero("n", "n")),
            [apply(equation(B, zero("n", "n")), given=[G0])],
            (((equation(B, zero("n", "n")),), equation(B, zero("n", "n")), [ideal(equation(B, zero("n", "n")), ("1", [], 0, []), uses=[G0])]),)),
        "a complex number for a real one": (
            (), equation(adjoint(zc), zc), [apply(equation(adjoint(zc), zc), [(s, zc)])],
            (((), equation(adjoint(s), s), [ideal(equation(adjoint(s), s))]),)),
        "a fraction for a natural number": (
            (), equation(A ** (half + 1), A ** half @ A), [apply(equation(A ** (half + 1), A ** half @ A), [(k, half)])],
            (((), equation(A ** (k + 1), A ** k @ A), [ideal(equation(A ** (k + 1), A ** k @ A))]),)),
        "an instance of another shape": (
            (forall(s, equation(s * r, r * s)),), equation(A * r, r * A), [step(equation(A * r, r * A), "instance", of=G0, terms=[J(A)])]),
        "an instance of another sign": (
            (forall(lam, relation("lt", ZERO, lam)),), relation("lt", ZERO, s), [step(relation("lt", ZERO, s), "instance", of=G0, terms=[J(s)])]),
        "captured by name": (
            (forall(v, exists(u, make("ne", (u, v)))),), exists(u, make("ne", (u, u))),
            [step(exists(u, make("ne", (u, u))), "instance", of=G0, terms=[J(u)])]),
        "there is one, so all are": (
            (exists(u, equation(A @ u, v)),), equation(A @ u, v), [step(equation(A @ u, v), "instance", of=G0, terms=[J(u)])]),
        "what exists has the name of what is known": (
            (equation(B @ u, v), exists(u, equation(A @ u, v))), make("implies", (exists(u, equation(A @ u, v)), equation(A @ u, v))),
            [step(make("implies", (exists(u, equation(A @ u, v)), equation(A @ u, v))), "implies", steps=[])]),
        "all, from the one that is known": (
            (equation(A @ u, v),), forall(u, equation(A @ u, v)), [step(forall(u, equation(A @ u, v)), "forall", steps=[])]),
        "general in the variable of a function": (
            (equation(w, at(w, ZERO)),), forall(tt, equation(at(w, tt), v)), [step(forall(tt, equation(at(w, tt), v)), "forall", steps=[])]),
    },
    "references": {
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
        "the value of a fact at one time": (
            (), make("implies", (equation(w, v), equation(at(w, ZERO), v))),
            [step(make("implies", (equation(w, v), equation(at(w, ZERO), v))), "implies", steps=[ideal(equation(at(w, ZERO), v), ("1", [], 0, []), uses=[["value", G0, "t", J(ZERO)]])])]),
        "the derivative of a fact at one time": (
            (), make("implies", (equation(w, v), equation(diff(w, "t"), zero("n")))),
            [step(make("implies", (equation(w, v), equation(diff(w, "t"), zero("n")))), "implies", steps=[ideal(equation(diff(w, "t"), zero("n")), ("1", [], 0, []), uses=[["diff", G0, "t"]])])]),
        "the value of a limit": (
            (equation(limit(a, t, ZERO), b),), equation(limit(at(a, ONE), t, ZERO), at(b, ONE)), [ideal(equation(limit(at(a, ONE), t, ZERO), at(b, ONE)), ("1", [], 0, []), uses=[["value", G0, "t", J(ONE)]])]),
    },
}  # fmt: skip

# --- a third round: norms of maps, letters for values, real roots ---
decay = exp(-tt * (X.T @ X))
rates = norm(decay)
trace_half = make("trace", (A**half,))
log_s = call("log", s)
OTHERS |= {
    "a norm that varies is read at 0 as if it did not": (
        (equation(w, rates * y),), equation(at(w, ZERO), rates * y),
        [spectral(equation(at(w, ZERO), rates * y), G0, matrix=X)]),
    "the trace of a square root is real": (
        (is_("invertible", A),), relation("le", ZERO, trace_half * trace_half),
        [positive(relation("le", ZERO, trace_half * trace_half), [["1", [], J(trace_half), []]])]),
    "every number is positive, by a true oracle": (
        (make("ne", (s, ZERO)),), relation("lt", ZERO, s),
        [oracle(equation(exp(log_s), s)),
         positive(relation("lt", ZERO, s), [["1", [J(exp(log_s))], J(ONE), []]], uses=[S0], combination=[["-1", [], [], 0, False, []]])]),
    "a root that is its own absolute value": (
        (), equation(call("abs", minus_half) ** 2, minus_half * minus_half),
        [ideal(equation(call("abs", minus_half) ** 2, minus_half * minus_half), ("1", [], 0, []), uses=[["abs", J(minus_half)]])]),
    "a hypothesis about one time, by the value of a function there": (
        (equation(t, at(a, ZERO)),), ABSURD, [ideal(ABSURD, ("-1", [], 0, []), uses=[["diff", G0, "t"]])]),
    "a sequence before its start": (
        (equation(xk_, v1),), equation(at(xk_, number(-1)), v1),
        [ideal(equation(at(xk_, number(-1)), v1), ("1", [], 0, []), uses=[["value", G0, "k", J(number(-1))]])]),
    "a sequence between its places": (
        (equation(xk_, v1), equation(at(xk_, half), lam)), equation(v1, lam),
        [ideal(equation(v1, lam), ("-1", [], 0, []), ("1", [], 1, []), uses=[["value", G0, "k", J(half)], G1])]),
    "a block that is empty only where an inverse is not defined": (
        (), make("implies", (make("ne", (s * inverse(s), ONE)), ABSURD)),
        [step(make("implies", (make("ne", (s * inverse(s), ONE)), ABSURD)), "implies",
              steps=[spectral(ABSURD, G0, matrix=X)])]),
    "norms of two maps": (
        (), equation(norm(X.T @ X) * norm(X @ X.T), norm(X) ** 2 * norm(X)),
        [spectral(equation(norm(X.T @ X) * norm(X @ X.T), norm(X) ** 2 * norm(X)), matrix=X)]),
    "the norm of a sum is no sum": (
        (), relation("le", norm(X.T @ X) + lam, norm(X.T @ X - lam * identity("n"))),
        [spectral(relation("le", norm(X.T @ X) + lam, norm(X.T @ X - lam * identity("n"))), matrix=X)]),
}  # fmt: skip
# --- a fourth round: functions outside of their domain, what is known at one time, clocks of lemmas ---
asin = call("arcsin", c0)
sin_, cos_, log_c = call("sin", asin), call("cos", asin), call("log", c0)
zt = symbol("z", "n", of="t")
read_later = make("implies", (equation(w, v), equation(at(zt, ZERO), v)))
rises = equation(diff(a, "t"), ONE)
above = relation("le", at(a, ZERO), a)
rising = [
    ideal(equation(diff(a - tt, "t"), ZERO), ("1", [], 0, []), uses=[G0]),
    step(equation(a - tt, at(a, ZERO) - ZERO), "constant", of=S0),
    positive(above, [["1", [J(tt)], J(ONE), []]], uses=[S1], combination=[["1", [], [], 0, False, []]]),
]
OTHERS |= {
    "the logarithm of 0": (
        (), relation("lt", ZERO, c0),
        [oracle(equation(exp(log_c), c0)),
         positive(relation("lt", ZERO, c0), [["1", [J(exp(log_c))], J(ONE), []]], uses=[S0], combination=[["-1", [], [], 0, False, []]])]),
    "the arc sine of 2 is real": (
        (), relation("le", c0 * c0, ONE),
        [oracle(equation(sin_, c0)), oracle(equation(sin_ * sin_ + cos_ * cos_, ONE)),
         step(equation(c0 * c0 + cos_ * cos_, ONE), "ideal", uses=[S0, S1], letters=[J(c0), J(sin_)],
              combinations=[[["-1", [[0]], [], 0, False, []], ["-1", [[1]], [], 0, False, []], ["1", [], [], 1, False, []]]]),
         positive(relation("le", c0 * c0, ONE), [["1", [], J(cos_), []]], uses=[["step", 2]], combination=[["-1", [], [], 0, False, []]])]),
    "what is equal at one time is read at another, through a second function": (
        (equation(w, zt),), read_later,
        [step(read_later, "implies", steps=[spectral(equation(at(zt, ZERO), v), G1, G0, matrix=X)])]),
    "a lemma about times from 0 on is applied to all real ones": (
        (rises, equation(t * a, a * t)), above, [apply(above, given=[G0])], (((rises,), above, rising),)),
    "a lemma about times from 0 on is applied to all real ones, which are bound": (
        (rises,), forall(t, above), [step(forall(t, above), "forall", steps=[apply(above, given=[G0])])], (((rises,), above, rising),)),
}  # fmt: skip
vanishing = exists(s, equation(s * inverse(s), ZERO))
OTHERS |= {
    "defined by a hypothesis on a free letter of the same name": (
        (make("ne", (s, ZERO)),), vanishing,
        [ideal(equation(ZERO * inverse(ZERO), ZERO)), step(vanishing, "exists", of=S0, terms=[J(ZERO)])]),
    "a witness outside of its domain": (
        (), exists(lam, equation(lam, s)), [ideal(equation(s, s)), step(exists(lam, equation(lam, s)), "exists", of=S0, terms=[J(s)])]),
    "a witness that is no natural number": (
        (), exists(k, equation(k, half)), [ideal(equation(half, half)), step(exists(k, equation(k, half)), "exists", of=S0, terms=[J(half)])]),
    "a witness that does not exist": (
        (), exists(x, equation(x, inverse(ZERO))),
        [ideal(equation(inverse(ZERO), inverse(ZERO))), step(exists(x, equation(x, inverse(ZERO))), "exists", of=S0, terms=[J(inverse(ZERO))])]),
    "the dimensions of a matrix are one": (
        (), equation(dim("n"), dim("m")), [spectral(equation(dim("n"), dim("m")), matrix=X)]),
    "the trace of a multiple of the identity": (
        (), equation(make("trace", (s * identity("n"),)), s), [spectral(equation(make("trace", (s * identity("n"),)), s), matrix=X)]),
    "a projection of complex numbers": (
        (is_("projection", H),), equation(inner(u, H @ v), inner(v, H @ u)), [spectral(equation(inner(u, H @ v), inner(v, H @ u)), G0, matrix=H)]),
    "a head whose payload reads like that of a symbol": (
        (), equation(A @ B, B @ A), [apply(equation(A @ B, B @ A), [(call("abcde", s), A)])],
        (((), equation(call("abcde", s) * r, r * call("abcde", s)), [ideal(equation(call("abcde", s) * r, r * call("abcde", s)))]),)),
}  # fmt: skip
exp_root = make("trace", (exp(A) ** half,))
OTHERS |= {
    "a root of e^A is real": (
        (is_("invertible", exp(A)),), relation("le", ZERO, exp_root * exp_root),
        [positive(relation("le", ZERO, exp_root * exp_root), [["1", [], J(exp_root), []]])]),
}  # fmt: skip
in_row, whole = equation(zt, pinv(X) @ X @ w), equation(pinv(X) @ X @ v, v)
size = call("abs", make("infinity", ()))
OTHERS |= {
    "what is equal at one time is read at another, through an expression": (
        (in_row, whole), read_later,
        [step(read_later, "implies", steps=[spectral(equation(at(zt, ZERO), v), ["given", 2], G0, G1, matrix=X)])]),
    "a value at one time is that at another": (
        (), make("implies", (equation(at(w, ONE), v), equation(at(w, ZERO), v))),
        [step(make("implies", (equation(at(w, ONE), v), equation(at(w, ZERO), v))), "implies",
              steps=[spectral(equation(at(w, ZERO), v), G0, matrix=X)])]),
    "a constant that is there at each time is one constant": (
        (exists(v, equation(w, v)),), equation(w, at(w, ZERO)),
        [step(make("implies", (exists(v, equation(w, v)), equation(w, at(w, ZERO)))), "implies",
              steps=[ideal(equation(w, at(w, ZERO)), ("1", [], 0, []), ("-1", [], 1, []), uses=[G1, ["value", G1, "t", J(ZERO)]])]),
         step(equation(w, at(w, ZERO)), "logic", of=[S0, G0])]),
    "infinity is a number": (
        (), ABSURD, [oracle(equation(size, size + 1)), ideal(ABSURD, ("1", [], 0, []), uses=[S0])]),
    "infinity is the largest number": (
        (), relation("lt", make("infinity", ()), s), [step(relation("lt", make("infinity", ()), s), "rational")]),
    "a product of two nonnegative numbers says nothing of one": (
        (relation("le", ZERO, s), relation("le", ZERO, r), equation(s * r, ZERO)), equation(s, ZERO),
        [step(equation(s, ZERO), "square", uses=[["given", 2]], letters=[], combinations=[[["1", [], [], 0, False, []]]],
              squares=[[["1", [], J(ONE), [G0, G1]]]])]),
    "a nonnegative factor may be what vanishes": (
        (relation("le", ZERO, s), equation(s * r * r, ZERO)), equation(r, ZERO),
        [step(equation(r, ZERO), "square", uses=[G1], letters=[], combinations=[[["1", [], [], 0, False, []]]],
              squares=[[["1", [], J(r), [G0]]]])]),
}  # fmt: skip
endless = limit(tt, tt, make("infinity", ()))
undefined_at_0 = exists(x, equation(x * inverse(x), ZERO))
OTHERS |= {
    "an infinite limit is a number": (
        (), ABSURD, [oracle(equation(endless, endless + 1)), ideal(ABSURD, ("1", [], 0, []), uses=[S0])]),
    "a bound letter that may vanish": (
        (make("ne", (s, ZERO)),), undefined_at_0,
        [ideal(equation(ZERO * inverse(ZERO), ZERO)), step(undefined_at_0, "exists", of=S0, terms=[J(ZERO)])]),
    "a limit of what is known at one time": (
        (), make("implies", (equation(w, v), equation(limit(w, tt, make("infinity", ())), v))),
        [step(make("implies", (equation(w, v), equation(limit(w, tt, make("infinity", ())), v))), "implies",
              steps=[spectral(equation(limit(w, tt, make("infinity", ())), v), G0, matrix=X)])]),
}  # fmt: skip
named_one = symbol("1", "m", "n")
two_norms = equation(norm(named_one.T @ named_one), norm(named_one))
square_A = symbol("A", "n", "n")
tr_A, minus = make("trace", (square_A,)), number(-1)
tr_squared = relation("le", tr_A * tr_A, make("trace", (square_A.T @ square_A,)))
at_its_limit = equation(tt, limit(symbol("a", 1, 1, "real", "t"), tt, make("infinity", ())))
root_a, root_b, real_t = symbol("a", 1, 1, "real", "t"), symbol("b", 1, 1, "real", "t"), symbol("t")
OTHERS |= {
    "two norms have one letter": ((), two_norms, [spectral(two_norms, matrix=named_one)]),
    "Cauchy-Schwarz of a number and a matrix": (
        (), tr_squared, [step(tr_squared, "cauchy", left=J(ONE), right=J(square_A))]),
    "a time that is a limit over all times": (
        (at_its_limit,), ABSURD, [ideal(ABSURD, ("-1", [], 0, []), uses=[["diff", G0, "t"]])]),
    "the steps declare more times than the statement has": (
        (equation(diff(root_b, "t"), ONE), equation(at(root_b, ZERO), ZERO), equation(root_a * root_a, root_b)), ABSURD,
        [ideal(equation(diff(root_b - real_t, "t"), ZERO), ("1", [], 0, []), uses=[G0]),
         step(equation(root_b - real_t, at(root_b, ZERO) - ZERO), "constant", of=S0),
         step(ABSURD, "square", uses=[["value", S1, "t", J(minus)], G1, ["value", ["given", 2], "t", J(minus)]], letters=[],
              combinations=[[["1", [], [], i, False, []] for i in range(3)]],
              squares=[[["1", [], J(ONE), []], ["1", [], J(at(root_a, minus)), []]]])]),
}  # fmt: skip
FALSE: dict[str, Row] = {
    f"{kind}: {name}": row
    for kind, rows in (("clocks", CLOCKS), ("spectral", SPECTRAL), ("others", OTHERS), *IND.items())
    for name, row in rows.items()
}


def prove(given: tuple[Term, ...], show: Term, steps: list[Any], lemmas: Any = ()) -> Proved:
    known: dict[str, Proved] = {}
    for lemma_given, lemma_show, lemma_steps in lemmas:
        known["L"] = check("L", Statement(lemma_given, lemma_show), {"steps": lemma_steps}, known)
    return check("false", Statement(given, show), {"steps": steps}, known)


@pytest.mark.parametrize("name", FALSE)
def test_a_false_statement_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        prove(*FALSE[name])
