# ruff: noqa: E501 - one false statement a row
"""False statements with the cleverest certificates that we could think of: each must be refused.

Every row once was, or might have been, a way to make the checker accept something false.  A row is a name, a
theorem (hypotheses, conclusion), the steps of its proof and the lemmas that it applies.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from lemmata.kernel.check import Proved, check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term, exp, identity, inverse, make, mul, number, pinv, symbol, to_json
from lemmata.terms.forms import (
    adjoint,
    at,
    call,
    diff,
    equation,
    grad,
    infinity,
    is_,
    limit,
    literal,
    norm,
    power,
    relation,
    zero,
)

X = symbol("X", "m", "n")
Q = symbol("X", "n", "n")
Z = symbol("Z", "m", "n", "complex")
u, v, y, z = symbol("u", "n"), symbol("v", "n"), symbol("y", "n"), symbol("z", "n")
s, r, lam = symbol("s"), symbol("r"), symbol("lambda", domain="positive")
t, t_real, t_positive = symbol("t", domain="time"), symbol("t"), symbol("t", domain="positive")
w, w1 = symbol("w", "n", of="t"), symbol("w_1", "n", of="s")
a, b = symbol("a", of="t"), symbol("b", of="t")
k = symbol("k", domain="natural")
x_k = symbol("x", of="k")
ZERO, ONE = number(0), number(1)


def step(claim: Term, rule: str, **fields: Any) -> dict[str, Any]:
    return {"claim": to_json(claim), "rule": rule, **fields}


def trivial(claim: Term, **fields: Any) -> dict[str, Any]:
    """An identity that holds by expansion: no combination is needed."""
    return step(claim, "ideal", uses=[], letters=[], combinations=[[]], **fields)


def once(claim: Term, *uses: Any, index: int = 0, coefficient: str = "1") -> dict[str, Any]:
    """The claim is a multiple of one known polynomial."""
    row = [coefficient, [], [], index, False, []]
    return step(claim, "ideal", uses=list(uses), letters=[], combinations=[[row]])


def spectral(claim: Term, *uses: Any, matrix: Term = X) -> dict[str, Any]:
    return step(claim, "spectral", matrix=to_json(matrix), uses=list(uses), cases={})


def apply(claim: Term, lemma: str, terms: Any = (), dims: Any = (), given: Any = ()) -> dict[str, Any]:
    pairs = [[to_json(old), to_json(new)] for old, new in terms]
    return step(claim, "apply", lemma=lemma, terms=pairs, dims=[list(d) for d in dims], given=list(given))


@dataclass(frozen=True)
class False_:
    name: str
    given: tuple[Term, ...]
    show: Term
    steps: list[dict[str, Any]]
    lemmas: tuple[tuple[tuple[Term, ...], Term, list[dict[str, Any]]], ...] = field(default=())


ABSURD = equation(ZERO, ONE)
halves = equation(mul(a, a), a)
"""a(t)^2 = a(t)."""


def idempotent_rate(a: Term, variable: str) -> list[dict[str, Any]]:
    """From a^2 = a: a' = (2a - 1)^2 a' + ... = 0, so that a is constant if it is differentiable."""
    rate = diff(a, variable)
    # (2a - 1)(2 a a' - a') = (4a^2 - 4a + 1) a' = a'  modulo a^2 - a.
    uses = [["diff", ["given", 0], variable], ["given", 0]]
    letters = [to_json(a), to_json(rate)]
    row = [["2", [[0]], [], 0, False, []], ["-1", [], [], 0, False, []], ["-4", [[1]], [], 1, False, []]]
    return [step(equation(rate, ZERO), "ideal", uses=uses, letters=letters, combinations=[row])]


xs, ps = symbol("x", "n"), symbol("x", "p")
M = symbol("M", "n", "p")
As, Bs, Cs = symbol("A", "m", "n"), symbol("B", "m", "n"), symbol("C", "n", "p")
F, G = symbol("F", "m"), symbol("G", "m")
sigma = symbol("σ", 1, 1, "positive", "singular value")
plain_sigma = symbol("σ", domain="positive")
cu, cv = symbol("u", "n", 1, "complex"), symbol("v", "n", 1, "complex")
scalar_W = symbol("W", of="t")
cs = symbol("c", domain="complex")
xk_n, add_k = symbol("x", "n", of="k"), k + 1

FALSE = [
    # --- variables and time ---
    False_("a hypothesis on s at one point is differentiated in s", (equation(s, ONE),), ABSURD,
           [once(ABSURD, ["diff", ["given", 0], "s"], coefficient="-1")]),
    False_("a hypothesis that names lambda is used inside a limit of an intermediate claim",
           (equation(v, mul(lam, y)),), equation(v, zero("n")),
           [spectral(equation(limit(v, lam, ZERO, "+"), zero("n")), ["given", 0]),
            spectral(equation(limit(v, lam, ZERO, "+"), v)),
            step(equation(v, zero("n")), "ideal", uses=[["step", 0], ["step", 1]], letters=[],
                 combinations=[[["1", [], [], 0, False, []], ["-1", [], [], 1, False, []]]])]),
    False_("what holds at one time is read at time 0", (),
           make("implies", (equation(w, v), equation(at(w, ZERO), v))),
           [step(make("implies", (equation(w, v), equation(at(w, ZERO), v))), "implies",
                 steps=[spectral(equation(at(w, ZERO), v), ["given", 0])])]),
    False_("what holds at one time is generalised over t", (),
           make("implies", (equation(w, v), make("forall", (t, equation(w, v))))),
           [step(make("implies", (equation(w, v), make("forall", (t, equation(w, v))))), "implies",
                 steps=[step(make("forall", (t, equation(w, v))), "forall", steps=[])])]),
    False_("a lemma about functions is applied at one time", (),
           make("implies", (halves, equation(a, at(a, ZERO)))),
           [step(make("implies", (halves, equation(a, at(a, ZERO)))), "implies",
                 steps=[apply(equation(a, at(a, ZERO)), "L", given=[["given", 0]])])],
           (((halves,), equation(a, at(a, ZERO)),
             [*idempotent_rate(a, "t"), step(equation(a, at(a, ZERO)), "constant", of=["step", 0])]),)),
    False_("a sequence is differentiated in its index", (equation(mul(x_k, x_k), x_k), equation(k, k)),
           equation(x_k, at(x_k, ZERO)),
           [*idempotent_rate(x_k, "k"), step(equation(x_k, at(x_k, ZERO)), "constant", of=["step", 0])]),
    False_("a sequence is differentiated in its index, which is not named",
           (equation(mul(x_k, x_k), x_k),), equation(x_k, at(x_k, ZERO)),
           [*idempotent_rate(x_k, "k"), step(equation(x_k, at(x_k, ZERO)), "constant", of=["step", 0])]),
    False_("two variables of one name", (), equation(t_real, t_positive),
           [trivial(equation(diff(t_real - t_positive, "t"), ZERO)),
            step(equation(t_real - t_positive, ZERO), "constant", of=["step", 0]),
            once(equation(t_real, t_positive), ["step", 1])]),
    False_("a variable that starts after 0 is put to 0", (), equation(mul(t_positive, inverse(t_positive)), ZERO),
           [spectral(equation(diff(mul(t_positive, inverse(t_positive)), "t"), ZERO)),
            step(equation(mul(t_positive, inverse(t_positive)), ZERO), "constant", of=["step", 0])]),
    False_("a time runs in the complex plane", (),
           equation(diff(adjoint(symbol("t", domain="complex")), "t"), ONE),
           [trivial(equation(diff(adjoint(symbol("t", domain="complex")), "t"), ONE))]),
    # --- undefined expressions ---
    False_("an inverse is differentiated where it need not exist", (),
           equation(diff(power(t_real, -1), "t"), mul(number(-1), power(t_real, -1), power(t_real, -1))),
           [trivial(equation(diff(power(t_real, -1), "t"), mul(number(-1), power(t_real, -1), power(t_real, -1))))]),
    False_("a negative power that need not exist", (), equation(power(s, -2), mul(power(s, -1), power(s, -1))),
           [trivial(equation(power(s, -2), mul(power(s, -1), power(s, -1))))]),
    # --- functional calculus ---
    False_("every square matrix is positive", (), relation("le", zero("n", "n"), Q),
           [spectral(relation("le", zero("n", "n"), Q), matrix=Q)]),
    False_("complex inner products commute", (),
           equation(make("inner", (cu, cv)), make("inner", (cv, cu))),
           [spectral(equation(make("inner", (cu, cv)), make("inner", (cv, cu))), matrix=Z)]),
    False_("a limit in the letter that stands for the singular values", (),
           equation(limit(X, sigma, ZERO, "+"), zero("m", "n")),
           [spectral(equation(limit(X, sigma, ZERO, "+"), zero("m", "n")))]),
    False_("a derivative in the letter that stands for the singular values", (), equation(mul(X, pinv(X)), zero("m", "m")),
           [spectral(equation(diff(diff(mul(X, adjoint(X)), "σ"), "σ"), 2 * (X @ pinv(X)))),
            once(equation(mul(X, pinv(X)), zero("m", "m")), ["step", 0], coefficient="-1/2")]),
    False_("the same with a variable of that name declared", (), equation(mul(X, pinv(X)), plain_sigma * zero("m", "m")),
           [spectral(equation(diff(diff(mul(X, adjoint(X)), "σ"), "σ"), 2 * (X @ pinv(X)))),
            once(equation(mul(X, pinv(X)), plain_sigma * zero("m", "m")), ["step", 0], coefficient="-1/2")]),
    False_("the inner product of matrices is no product", (),
           equation(mul(make("inner", (X, X)), pinv(X)), adjoint(X)),
           [spectral(equation(mul(make("inner", (X, X)), pinv(X)), adjoint(X)))]),
    False_("the limit of a natural number at 0", (),
           equation(limit(mul(k, k), k, ZERO, "+"), ZERO),
           [spectral(equation(limit(mul(k, k), k, ZERO, "+"), ZERO))]),
    # --- polynomials ---
    False_("the inner product of matrices is no product, in algebra", (),
           equation(mul(make("inner", (As, Bs)), Cs), mul(adjoint(As), Bs, Cs)),
           [trivial(equation(mul(make("inner", (As, Bs)), Cs), mul(adjoint(As), Bs, Cs)))]),
    False_("the gradient of a complex function", (), equation(grad(mul(adjoint(u), cv), u), cv),
           [trivial(equation(grad(mul(adjoint(u), cv), u), cv))]),
    False_("a bound that falls with the norm is read as one for every singular value",
           (relation("le", exp(mul(number(-1), power(make("norm", (X,), "2"), 2))), lam),),
           relation("le", mul(X, exp(mul(number(-1), adjoint(X), X)), adjoint(X)), mul(lam, X, adjoint(X))),
           [spectral(relation("le", mul(X, exp(mul(number(-1), adjoint(X), X)), adjoint(X)),
                              mul(lam, X, adjoint(X))), ["given", 0])]),
    False_("a power whose base holds its index is shifted as if it did not",
           (equation(xk_n, mul(power(add_k, k), y)),), equation(at(xk_n, k + 1), mul(power(add_k, k), add_k, y)),
           [spectral(equation(at(xk_n, k + 1), mul(power(add_k, k), add_k, y)), ["given", 0])]),
    False_("an even power of a complex number is positive", (relation("le", ONE, power(cs, 4)),),
           relation("le", ONE, power(cs, 2)),
           [step(relation("le", ONE, power(cs, 2)), "root", of=["given", 0])]),
    # --- lemmas ---
    False_("two letters of one name meet when their dimensions do", (),
           equation(grad(make("inner", (ps, ps)), ps), ps),
           [apply(equation(grad(make("inner", (ps, ps)), ps), ps), "L", terms=[(u, ps)], dims=[("n", "p")])],
           (((), equation(grad(make("inner", (u, xs)), xs), u),
             [trivial(equation(grad(make("inner", (u, xs)), xs), u))]),)),
    False_("a free letter meets a bound one when their dimensions do", (),
           equation(grad(mul(adjoint(ps), symbol("M", "p", "p"), ps), ps), mul(symbol("M", "p", "p"), ps)),
           [apply(equation(grad(mul(adjoint(ps), symbol("M", "p", "p"), ps), ps), mul(symbol("M", "p", "p"), ps)),
                  "L", dims=[("n", "p")])],
           (((), equation(grad(mul(adjoint(xs), M, ps), xs), mul(M, ps)),
             [trivial(equation(grad(mul(adjoint(xs), M, ps), xs), mul(M, ps)))]),)),
    False_("a variable of functions is replaced by a number", (equation(w, zero("n")),), equation(v, diff(w, "t")),
           [apply(equation(diff(w, "t"), v), "L", terms=[(t_real, ZERO)], given=[["given", 0]]),
            once(equation(v, diff(w, "t")), ["step", 0], coefficient="-1")],
           (((equation(w, mul(t_real, v)),), equation(diff(w, "t"), v),
             [once(equation(diff(w, "t"), v), ["diff", ["given", 0], "t"])]),)),
    False_("a function of t is replaced by a function of s", (),
           equation(diff(w1, "s"), zero("n")),
           [apply(equation(diff(w1, "s"), zero("n")), "L", terms=[(w, w1)])],
           (((), equation(diff(w, "s"), zero("n")), [trivial(equation(diff(w, "s"), zero("n")))]),)),
    False_("a differentiable function is replaced by one that is not",
           (equation(mul(make("rank", (scalar_W,)), make("rank", (scalar_W,))), make("rank", (scalar_W,))),),
           equation(make("rank", (scalar_W,)), make("rank", (at(scalar_W, ZERO),))),
           [apply(equation(diff(make("rank", (scalar_W,)), "t"), ZERO), "L", terms=[(a, make("rank", (scalar_W,)))],
                  given=[["given", 0]]),
            step(equation(make("rank", (scalar_W,)), make("rank", (at(scalar_W, ZERO),))), "constant", of=["step", 0])],
           (((halves,), equation(diff(a, "t"), ZERO), idempotent_rate(a, "t")),)),
    False_("a number is replaced by infinity", (), equation(infinity() - infinity(), ZERO),
           [apply(equation(add_infinity := infinity() - infinity(), ZERO), "L", terms=[(s, infinity())])],
           (((), equation(s - s, ZERO), [trivial(equation(s - s, ZERO))]),)),
    False_("a positive number is replaced by a real one", (), relation("lt", ZERO, s),
           [apply(relation("lt", ZERO, s), "L", terms=[(lam, s)])],
           (((), relation("lt", ZERO, exp(ZERO)), []),)),
]  # fmt: skip


# --- the second round ---
ell = symbol("l", domain="natural")
seq = symbol("x", "n", of="k")
p_ = symbol("a", domain="positive")
nn = symbol("c", domain="nonnegative")
zc = symbol("z", domain="complex")
size2 = literal([[number(1), ZERO], [ZERO, number(1)]])
only = literal([[zc, ZERO], [ZERO, ZERO]])
excess = symbol("e^x - 1", domain="nonnegative")
two_by_two = symbol("x", 2, 2)
shifted = equation(at(seq, k + 1), mul(power(1 + k, ell), v))
curve = mul(power(exp(-t), k), v)
some_time = make("exists", (t, equation(w, v)))
FALSE += [
    False_("what holds at some time holds now", (), make("implies", (some_time, equation(w, v))),
           [step(make("implies", (some_time, equation(w, v))), "implies", steps=[])]),
    False_("a bound on a function that falls with the norm",
           (relation("le", exp(-norm(X) ** 2), p_),), is_("psd", mul(p_ * identity("n") - exp(-X.T @ X), pinv(X), X)),
           [spectral(is_("psd", mul(p_ * identity("n") - exp(-X.T @ X), pinv(X), X)), ["given", 0])]),
    False_("a bound from below on the Frobenius norm",
           (relation("le", ONE, norm(X, "F") ** 2),), is_("psd", X.T @ X - pinv(X) @ X),
           [spectral(is_("psd", X.T @ X - pinv(X) @ X), ["given", 0])]),
    False_("a bound is divided by what may vanish", (relation("le", ZERO, nn * s),), relation("le", ZERO, s),
           [spectral(relation("le", ZERO, s), ["given", 0])]),
    False_("a letter of the checker's own", (), relation("le", ONE, mul(exp(-t), 2 + excess)),
           [spectral(relation("le", ONE, mul(exp(-t), 2 + excess)))]),
    False_("the base of a power stays behind when its index moves",
           (equation(seq, mul(power(1 + k, ell), v)),), shifted, [spectral(shifted, ["given", 0])]),
    False_("an exponential inside a power is not differentiated",
           (equation(w, curve),), equation(diff(w, "t"), zero("n")),
           [spectral(equation(diff(w, "t"), zero("n")), ["given", 0])]),
    False_("an exponential inside a power under a limit", (),
           equation(limit(power(1 + exp(-t), k), t, infinity()), power(1 + exp(-t), k)),
           [spectral(equation(limit(power(1 + exp(-t), k), t, infinity()), power(1 + exp(-t), k)))]),
    False_("the spectral norm of a matrix written out", (), equation(norm(size2) ** 2, number(2)),
           [step(equation(norm(size2) ** 2, number(2)), "ideal", uses=[], letters=[], combinations=[[]])]),
    False_("the adjoint of a complex matrix written out", (), equation(adjoint(only), only),
           [step(equation(adjoint(only), only), "ideal", uses=[], letters=[], combinations=[[]] * 4)]),
    False_("an entry and a function of the same name",
           (equation(two_by_two, size2),), equation(call("x[1,1]"), ONE),
           [step(equation(call("x[1,1]"), ONE), "ideal", uses=[["given", 0]], letters=[],
                 combinations=[[["1", [], [], 0, False, []]]])]),
]  # fmt: skip


def prove(row: False_) -> Proved:
    lemmas = {}
    for given, show, steps in row.lemmas:
        lemmas["L"] = check("L", Statement(given, show), {"steps": steps}, lemmas)
    return check(row.name, Statement(row.given, row.show), {"steps": row.steps}, lemmas)


@pytest.mark.parametrize("row", FALSE, ids=lambda row: row.name)
def test_a_false_statement_is_refused(row: False_) -> None:
    with pytest.raises(Refused):
        prove(row)
