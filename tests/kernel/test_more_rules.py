# ruff: noqa: E501 - one statement a row
"""Rules about one matrix, numbers, ranks, sequences and references: each fires, and refuses what is changed.

A row is a theorem with a certificate, and the changes (hypotheses, conclusion or steps) that must be refused.
"""

from __future__ import annotations

from typing import Any

import pytest
from certificate_steps import (
    G0,
    G1,
    G3,
    ONE,
    ZERO,
    J,
    X,
    apply,
    exists,
    forall,
    ideal,
    inner,
    once,
    oracle,
    positive,
    proved,
    spectral,
    step,
)

from lemmata.kernel.__main__ import replay
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term, dim, exp, identity, inverse, make, mul, number, pinv, symbol
from lemmata.terms.forms import at, call, diff, equation, is_, norm, relation, zero

S, A, B, C = (symbol(c, "n", "n") for c in "SABC")
P, Q = symbol("P", "m", "p"), symbol("Q", "p", "n")
u, v, w = symbol("u", "n"), symbol("v", "n"), symbol("w", "n", of="t")
s, r, c = symbol("s"), symbol("r"), symbol("c", domain="nonnegative")
lam, sigma, t = (
    symbol("lambda", domain="positive"),
    symbol("σ", domain="positive"),
    symbol("t", domain="time"),
)
k, x_k = symbol("k", domain="natural"), symbol("x", of="k")
eta = symbol("eta", domain="positive")
Z, i_ = symbol("Z", "m", "n", "complex"), make("constant", (), "i")

ridge = X.T @ inverse(X @ X.T + lam * identity("m"))
swapped = inverse(X.T @ X + lam * identity("n")) @ X.T
flow = exp(-t * (X.T @ X)) @ v
gap = relation("le", exp(-lam), ONE)
rank_X, rank_P = make("rank", (X,)), make("rank", (P,))
H, K = symbol("H", "n", "n", "complex"), symbol("K", "n", "n", "complex")
complex_root = exists(K, equation(H, K.T @ K))
square_root = exists(C, equation(A, C.T @ C))
nonzero_v, half_norm = relation("ne", v, zero("n")), mul(number(1) / 2, norm(X), norm(X), v)
reaches = exists(v, make("and", (nonzero_v, equation(X.T @ X @ v, mul(norm(X), norm(X), v)))))
start, moves = equation(at(x_k, ZERO), s), equation(at(x_k, k + 1), 2 * x_k)
grown = equation(x_k, mul(number(2) ** k, s))
next_one = equation(at(x_k, k + 1), mul(number(2) ** (k + 1), s))
doubled = ideal(next_one, ("1", [], 0, []), ("2", [], 1, []), uses=[G1, G3])
induction = step(grown, "induction", variable="k", steps=[doubled])
at_start = once(equation(at(x_k, ZERO), mul(number(2) ** ZERO, s)), G0)
commute, crosses = equation(A @ B, B @ A), equation(A @ C, C @ B)
shrinks = relation("le", norm(v) * norm(v), c * c)
below = relation("le", X.T @ X, c * c * identity("n"))

ROWS: dict[str, tuple[tuple[Term, ...], Term, list[Any], dict[str, dict[str, Any]]]] = {
    # --- one matrix ---
    "spectral, an identity with inverses": (
        (), equation(ridge, swapped), [
            spectral(is_("invertible", X @ X.T + lam * identity("m"))),
            spectral(is_("invertible", X.T @ X + lam * identity("n"))),
            spectral(equation(ridge, swapped))], {}),
    "spectral, full rank": (
        (equation(rank_X, dim("n")),), equation(pinv(X) @ X, identity("n")), [spectral(equation(pinv(X) @ X, identity("n")), G0)], {
            "no hypothesis": {"steps": [spectral(equation(pinv(X) @ X, identity("n")))]},
            "the other rank": {"given": (equation(rank_X, dim("m")),)},
            "the other side": {"show": (wrong := equation(X @ pinv(X), identity("m"))), "steps": [spectral(wrong, G0)]}}),
    "spectral, a flow": (
        (equation(w, flow),), equation(diff(w, "t"), -(X.T @ X @ w)), [spectral(equation(diff(w, "t"), -(X.T @ X @ w)), G0)], {
            "another sign": {"show": (wrong := equation(diff(w, "t"), X.T @ X @ w)), "steps": [spectral(wrong, G0)]},
            "another variable": {"show": (wrong := equation(diff(w, "s"), -(X.T @ X @ w))), "steps": [spectral(wrong, G0)]},
            "no definition": {"steps": [spectral(equation(diff(w, "t"), -(X.T @ X @ w)))]}}),
    "spectral, the value of a flow": (
        (equation(w, flow),), equation(at(w, ZERO), v), [spectral(equation(at(w, ZERO), v), G0)], {
            "at another time": {"show": (wrong := equation(at(w, ONE), v)), "steps": [spectral(wrong, G0)]}}),
    "spectral, symmetric": (
        (is_("symmetric", S),), equation(S @ pinv(S), pinv(S) @ S), [spectral(equation(S @ pinv(S), pinv(S) @ S), G0, matrix=S)], {
            "not symmetric": {"given": (), "steps": [spectral(equation(S @ pinv(S), pinv(S) @ S), matrix=S)]}}),
    "spectral, a case with steps": (
        (), relation("le", exp(-(X.T @ X)), identity("n")),
        [spectral(relation("le", exp(-(X.T @ X)), identity("n")), cases={"pair": [oracle(relation("le", exp(-(sigma * sigma)), ONE))]})], {
            "without the case": {"steps": [spectral(relation("le", exp(-(X.T @ X)), identity("n")))]},
            "the case of another block": {"steps": [spectral(relation("le", exp(-(X.T @ X)), identity("n")), cases={"R": [oracle(relation("le", exp(-(sigma * sigma)), ONE))]})]}}),
    "spectral, the norm bounds": (
        (relation("lt", norm(X), ONE),), relation("le", X.T @ X, norm(X) ** 2 * identity("n")),
        [spectral(relation("le", X.T @ X, norm(X) ** 2 * identity("n")), cases={"pair": [
            positive(relation("le", sigma * sigma, symbol("‖X‖", domain="nonnegative") ** 2),
                     [["1", [], J(ONE), [G0, G0]], ["2", [J(sigma)], J(ONE), [G0]]])]})], {
            "not with another sign": {"steps": [spectral(relation("ge", X.T @ X, norm(X) ** 2 * identity("n")))]}}),
    # --- numbers ---
    "rational": (
        (), equation(lam * inverse(lam * lam + c * lam), inverse(lam + c)), [step(equation(lam * inverse(lam * lam + c * lam), inverse(lam + c)), "rational")], {
            "another fraction": {"show": (wrong := equation(lam * inverse(lam * lam + lam), inverse(lam + c))), "steps": [step(wrong, "rational")]},
            "a denominator that may vanish": {"show": (wrong := equation(c * inverse(c * c + c), inverse(c + 1))), "steps": [step(wrong, "rational")]}}),
    "rational, under a hypothesis": (
        (make("ne", (s, ZERO)),), equation(s * inverse(s), ONE), [step(equation(s * inverse(s), ONE), "rational")], {
            "no hypothesis": {"given": ()}, "of another number": {"given": (make("ne", (r, ZERO)),)}, "<= only": {"given": (relation("le", ZERO, s),)}}),
    "rational, a sign": (
        (), relation("lt", ZERO, lam + c), [step(relation("lt", ZERO, lam + c), "rational")], {
            "not strict": {"show": (wrong := relation("lt", ZERO, c)), "steps": [step(wrong, "rational")]},
            "of two signs": {"show": (wrong := relation("le", ZERO, lam - c)), "steps": [step(wrong, "rational")]}}),
    "oracle": ((), gap, [oracle(gap)], {}),
    "root": (
        (relation("le", s * s, c * c),), relation("le", s, c), [step(relation("le", s, c), "root", of=G0)], {
            "of unknown sign": {"given": (relation("le", s * s, r * r),), "show": relation("le", s, r), "steps": [step(relation("le", s, r), "root", of=G0)]},
            "the other way round": {"show": relation("le", c, s), "steps": [step(relation("le", c, s), "root", of=G0)]}}),
    "root, of a vector": ((shrinks,), relation("le", norm(v), c), [step(relation("le", norm(v), c), "root", of=G0)], {
        "another vector": {"show": relation("le", norm(u), c), "steps": [step(relation("le", norm(u), c), "root", of=G0)]}}),
    "root, of a matrix": ((below,), relation("le", norm(X), c), [step(relation("le", norm(X), c), "root", of=G0)], {
        "the Frobenius norm": {"show": relation("le", norm(X, "F"), c), "steps": [step(relation("le", norm(X, "F"), c), "root", of=G0)]}}),
    "cauchy": (
        (), relation("le", inner(u, v) ** 2, norm(u) ** 2 * norm(v) ** 2),
        [step(relation("le", inner(u, v) ** 2, norm(u) ** 2 * norm(v) ** 2), "cauchy", left=J(u), right=J(v))], {
            "other vectors": {"steps": [step(relation("le", inner(u, v) ** 2, norm(u) ** 2 * norm(v) ** 2), "cauchy", left=J(u), right=J(u))]}}),
    "rank": (
        (equation(X, P @ Q),), relation("le", rank_X, rank_P), [step(relation("le", rank_X, rank_P), "rank", of=[G0], factors=[[J(identity("m")), J(Q)]])], {
            "the other way round": {"show": relation("le", rank_P, rank_X), "steps": [step(relation("le", rank_P, rank_X), "rank", of=[G0], factors=[[J(identity("m")), J(Q)]])]},
            "another factor": {"steps": [step(relation("le", rank_X, rank_P), "rank", of=[G0], factors=[[J(identity("m")), J(pinv(P) @ X)]])]}}),
    "rank, by a dimension": (
        (equation(X, P @ Q),), relation("le", rank_X, dim("p")), [step(relation("le", rank_X, dim("p")), "rank", of=[G0], factors=[[J(P), J(Q)]])], {
            "another dimension": {"show": relation("le", rank_X, dim("q")), "steps": [step(relation("le", rank_X, dim("q")), "rank", of=[G0], factors=[[J(P), J(Q)]])]}}),
    "gram": ((is_("psd", A),), square_root, [step(square_root, "gram", of=G0)], {
        "symmetric is not enough": {"given": (is_("symmetric", A),)},
        "another product": {"show": (wrong := exists(C, equation(A, C @ C))), "steps": [step(wrong, "gram", of=G0)]}}),
    "gram, of a complex matrix": ((is_("psd", H),), complex_root, [step(complex_root, "gram", of=G0)], {
        "symmetric is not enough": {"given": (is_("symmetric", H),)}}),
    "attained": ((), reaches, [step(reaches, "attained", matrix=J(X))], {
        "half of the norm": {"show": (wrong := exists(v, make("and", (nonzero_v, equation(X.T @ X @ v, half_norm))))), "steps": [step(wrong, "attained", matrix=J(X))]},
        "of another matrix": {"steps": [step(reaches, "attained", matrix=J(2 * X))]},
        "of all vectors": {"show": (wrong := forall(v, reaches.args[1])), "steps": [step(wrong, "attained", matrix=J(X))]},
        "of the vector 0": {"show": (wrong := exists(v, make("and", (equation(v, zero("n")), reaches.args[1].args[1])))), "steps": [step(wrong, "attained", matrix=J(X))]},
        "the Frobenius norm": {"show": (wrong := exists(v, make("and", (nonzero_v, equation(X.T @ X @ v, mul(norm(X, "F"), norm(X, "F"), v)))))), "steps": [step(wrong, "attained", matrix=J(X))]}}),
    "logic, antisymmetry": (
        (relation("le", A, B), relation("le", B, A)), equation(A, B), [step(equation(A, B), "logic", of=[G0, G1])], {
            "one side twice": {"steps": [step(equation(A, B), "logic", of=[G0, G0])]}}),
    "logic, weaker": ((relation("lt", s, r),), relation("le", s, r), [step(relation("le", s, r), "logic", of=[G0])], {
        "turned": {"show": relation("le", r, s), "steps": [step(relation("le", r, s), "logic", of=[G0])]}}),
    # --- sequences and time ---
    "induction": ((start, moves), grown, [at_start, induction], {
        "no start": {"given": (moves, moves)},
        "another factor": {"given": (start, equation(at(x_k, k + 1), 3 * x_k))},
        "another variable": {"steps": [at_start, {**induction, "variable": "l"}]},
        "no steps": {"steps": [at_start, {**induction, "steps": []}]}}),
    "value": ((equation(w, flow),), equation(at(w, ONE), exp(-(X.T @ X)) @ v), [once(equation(at(w, ONE), exp(-(X.T @ X)) @ v), ["value", G0, "t", J(ONE)])], {
        "another point": {"steps": [once(equation(at(w, ONE), exp(-(X.T @ X)) @ v), ["value", G0, "t", J(ZERO)])]},
        "another variable": {"steps": [once(equation(at(w, ONE), exp(-(X.T @ X)) @ v), ["value", G0, "s", J(ONE)])]}}),
    # --- definitions ---
    "symmetric": ((is_("psd", A),), equation(A.T, A), [once(equation(A.T, A), ["symmetric", G0])], {"of another": {"given": (is_("psd", B),)}}),
    "penrose": ((), equation(A @ pinv(A) @ A, A), [once(equation(A @ pinv(A) @ A, A), ["penrose", J(A)])], {
        "another condition": {"steps": [once(equation(A @ pinv(A) @ A, A), ["penrose", J(A)], index=1)]}}),
    "abs": ((), equation(call("abs", s) * call("abs", s), s * s), [once(equation(call("abs", s) * call("abs", s), s * s), ["abs", J(s)])], {
        "of another": {"steps": [once(equation(call("abs", s) * call("abs", s), s * s), ["abs", J(r)])]}}),
    "rank and trace": ((), equation(make("rank", (X,)), make("trace", (X @ pinv(X),))), [once(equation(make("rank", (X,)), make("trace", (X @ pinv(X),))), ["rank", J(X)])], {
        "of the gram matrix": {"show": (wrong := equation(make("rank", (X,)), make("trace", (X @ X.T,)))), "steps": [once(wrong, ["rank", J(X)])]}}),
    "exp": ((commute,), equation(exp(A + B), exp(A) @ exp(B)), [once(equation(exp(A + B), exp(A) @ exp(B)), ["exp", J(A), J(B), G0])], {
        "no commuting": {"steps": [once(equation(exp(A + B), exp(A) @ exp(B)), ["exp", J(A), J(B), None])]},
        "another fact": {"given": (equation(A @ A, B @ A),)}}),
    "intertwine": ((crosses,), equation(exp(A) @ C, C @ exp(B)), [once(equation(exp(A) @ C, C @ exp(B)), ["intertwine", J(A), J(B), J(C), G0])], {
        "turned": {"steps": [once(equation(exp(A) @ C, C @ exp(B)), ["intertwine", J(B), J(A), J(C), G0])]}, "no fact": {"given": (commute,)}}),
    "intertwined powers": ((crosses,), equation(A**k @ C, C @ B**k), [once(equation(A**k @ C, C @ B**k), ["intertwine", J(A), J(B), J(C), G0, J(k)])], {
        "an exponential": {"steps": [once(equation(A**k @ C, C @ B**k), ["intertwine", J(A), J(B), J(C), G0])]},
        "a real exponent": {"show": (wrong := equation(A**c @ C, C @ B**c)), "steps": [once(wrong, ["intertwine", J(A), J(B), J(C), G0, J(c)])]}}),
    "the imaginary unit": ((), equation(i_ * i_, number(-1)), [once(equation(i_ * i_, number(-1)), ["i", J(i_)])], {
        "plus one": {"show": (wrong := equation(i_ * i_, ONE)), "steps": [once(wrong, ["i", J(i_)])]},
        "another number": {"show": (wrong := equation(s * s, number(-1))), "steps": [once(wrong, ["i", J(s)])]}}),
    # --- what holds for all vectors ---
    "vectors, an equation": ((forall(v, equation(A @ v, B @ v)),), equation(A, B), [step(equation(A, B), "vectors", of=G0)], {
        "of one vector": {"given": (equation(A @ v, B @ v),)},
        "there is a vector": {"given": (exists(v, equation(A @ v, B @ v)),)},
        "of other matrices": {"given": (forall(v, equation(A @ v, C @ v)),)},
        "after a matrix": {"given": (forall(v, equation(C @ A @ v, C @ B @ v)),)},
        "the vector in the claim": {"given": (forall(v, equation(v @ v.T @ v, v)),), "show": (wrong := equation(v @ v.T, identity("n"))), "steps": [step(wrong, "vectors", of=G0)]},
        "of numbers": {"given": (forall(s, equation(s * A, s * B)),)},
        "a function of the number": {"given": (forall(t, equation(t * w, t * at(w, ZERO))),), "show": (wrong := equation(w, at(w, ZERO))), "steps": [step(wrong, "vectors", of=G0)]},
        "of a row": {"given": (forall(v, equation(v.T @ A, v.T @ B)),)},
        "a quadratic form": {"given": (forall(v, equation(v.T @ A @ v, v.T @ B @ v)),)}}),
    "vectors, an order": ((is_("symmetric", A), forall(v, relation("ge", v.T @ A @ v, ZERO))), is_("psd", A),
        [step(is_("psd", A), "vectors", of=G1, uses=[G0], letters=[], symmetry=[["1", [], [], 0, False, []]])], {
        "not symmetric": {"given": (is_("symmetric", B), forall(v, relation("ge", v.T @ A @ v, ZERO)))},
        "strictly": {"show": (wrong := is_("spd", A)), "steps": [step(wrong, "vectors", of=G1, uses=[G0], letters=[], symmetry=[["1", [], [], 0, False, []]])]},
        "the other way round": {"given": (is_("symmetric", A), forall(v, relation("le", v.T @ A @ v, ZERO)))},
        "of one vector": {"given": (is_("symmetric", A), relation("ge", v.T @ A @ v, ZERO))},
        "of numbers": {"given": (is_("symmetric", A), forall(s, relation("ge", make("trace", (s * A * s,)), ZERO)))},
        "two vectors": {"given": (is_("symmetric", A), forall(u, v, relation("ge", v.T @ A @ v, ZERO)))}}),
    "vectors, real ones and a complex matrix": ((forall(v, equation(Z @ v, zero("m"))),), equation(Z, zero("m", "n")), [step(equation(Z, zero("m", "n")), "vectors", of=G0)], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_rule_fires(name: str) -> None:
    given, show, steps, _ = ROWS[name]
    assert proved(given, show, steps).statement == Statement(given, show)


@pytest.mark.parametrize("name, change", [(name, change) for name, row in ROWS.items() for change in row[3]])
def test_what_is_changed_is_refused(name: str, change: str) -> None:
    given, show, steps, changes = ROWS[name]
    with pytest.raises(Refused):
        proved(**{"given": given, "show": show, "steps": steps, **changes[change]})


def test_oracle_facts_are_listed_with_their_hypotheses_however_deep() -> None:
    fact = relation("le", s * s, c)
    show = make("implies", (fact, relation("le", s, c + 1)))
    theorem = proved((), show, [step(show, "implies", steps=[oracle(relation("le", s, c + 1), G0)])])
    assert theorem.oracles == (Statement((fact,), relation("le", s, c + 1)),)
    given, show, steps, _ = ROWS["spectral, a case with steps"]
    assert [o.show for o in proved(given, show, steps).oracles] == [
        relation("le", exp(-(sigma * sigma)), ONE)
    ]


def test_oracle_facts_of_a_lemma_are_listed_with_what_applies_it() -> None:
    lemma = {"label": "L", "given": [], "show": J(gap), "proof": {"steps": [oracle(gap)]}}
    other = relation("le", exp(-eta), ONE)
    steps = [apply(other, [(lam, eta)])]
    theorem = {"label": "T", "given": [], "show": J(other), "proof": {"steps": steps}}
    rows = replay({"theorems": [lemma, theorem]})
    assert [row["verdict"] for row in rows] == ["checked", "checked"]
    assert rows[0]["oracles"] == rows[1]["oracles"] == [Statement((), gap).to_json()]
