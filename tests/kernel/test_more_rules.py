# ruff: noqa: E501 - one statement a row
"""Rules about one matrix, numbers, ranks, sequences and references: each fires, and refuses what is changed.

A row is a theorem with a certificate, and the changes (hypotheses, conclusion or steps) that must be refused.
"""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.kernel.__main__ import replay
from lemmata.kernel.check import check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term, dim, exp, identity, inverse, make, mul, number, pinv, symbol, to_json
from lemmata.terms.forms import at, call, diff, equation, is_, norm, relation

J, G0, G1, S0 = to_json, ["given", 0], ["given", 1], ["step", 0]
ZERO, ONE = number(0), number(1)
X, S, A, B, C = symbol("X", "m", "n"), symbol("S", "n", "n"), *(symbol(c, "n", "n") for c in "ABC")
P, Q, Z = symbol("P", "m", "p"), symbol("Q", "p", "n"), symbol("Z", "m", "n", "complex")
u, v, w, y = symbol("u", "n"), symbol("v", "n"), symbol("w", "n", of="t"), symbol("y", "m")
s, r, c = symbol("s"), symbol("r"), symbol("c", domain="nonnegative")
lam, sigma, t = (
    symbol("lambda", domain="positive"),
    symbol("σ", domain="positive"),
    symbol("t", domain="time"),
)
k, x_k = symbol("k", domain="natural"), symbol("x", of="k")
eta = symbol("eta", domain="positive")
Change = dict[str, Any]


def step(claim: Term, rule: str, **fields: Any) -> dict[str, Any]:
    return {"claim": J(claim), "rule": rule, **fields}


def once(claim: Term, *uses: Any, index: int = 0, coefficient: str = "1") -> dict[str, Any]:
    items = [[coefficient, [], [], index, False, []]]
    return step(claim, "ideal", uses=list(uses), letters=[], combinations=[items])


def spectral(claim: Term, *uses: Any, matrix: Term = X, **cases: Any) -> dict[str, Any]:
    return step(claim, "spectral", matrix=J(matrix), uses=list(uses), cases=cases)


ridge = X.T @ inverse(X @ X.T + lam * identity("m"))
swapped = inverse(X.T @ X + lam * identity("n")) @ X.T
flow = exp(-t * (X.T @ X)) @ v
gap = relation("le", exp(-lam), ONE)
rank_X, rank_P = make("rank", (X,)), make("rank", (P,))
square_root = make("exists", (C, equation(A, C.T @ C)))
start, moves = equation(at(x_k, ZERO), s), equation(at(x_k, k + 1), 2 * x_k)
grown = equation(x_k, mul(number(2) ** k, s))
induction = step(grown, "induction", variable="k", steps=[step(
    equation(at(x_k, k + 1), mul(number(2) ** (k + 1), s)), "ideal", uses=[G1, ["given", 3]], letters=[],
    combinations=[[["1", [], [], 0, False, []], ["2", [], [], 1, False, []]]])])  # fmt: skip
at_start = once(equation(at(x_k, ZERO), mul(number(2) ** ZERO, s)), G0)
commute, crosses = equation(A @ B, B @ A), equation(A @ C, C @ B)
shrinks = relation("le", norm(v) * norm(v), c * c)
below = relation("le", X.T @ X, c * c * identity("n"))

ROWS: dict[str, tuple[tuple[Term, ...], Term, list[Any], dict[str, Change]]] = {
    # --- one matrix ---
    "spectral, an identity with inverses": (
        (), equation(ridge, swapped), [
            step(is_("invertible", X @ X.T + lam * identity("m")), "spectral", matrix=J(X), uses=[], cases={}),
            step(is_("invertible", X.T @ X + lam * identity("n")), "spectral", matrix=J(X), uses=[], cases={}),
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
        [spectral(relation("le", exp(-(X.T @ X)), identity("n")), pair=[step(relation("le", exp(-(sigma * sigma)), ONE), "oracle", uses=[])])], {
            "without the case": {"steps": [spectral(relation("le", exp(-(X.T @ X)), identity("n")))]},
            "the case of another block": {"steps": [spectral(relation("le", exp(-(X.T @ X)), identity("n")), R=[step(relation("le", exp(-(sigma * sigma)), ONE), "oracle", uses=[])])]}}),
    "spectral, the norm bounds": (
        (relation("lt", norm(X), ONE),), relation("le", X.T @ X, norm(X) ** 2 * identity("n")),
        [spectral(relation("le", X.T @ X, norm(X) ** 2 * identity("n")), pair=[
            step(relation("le", sigma * sigma, symbol("‖X‖", domain="nonnegative") ** 2), "positive", uses=[], letters=[], combination=[],
                 squares=[["1", [], J(ONE), [["given", 0], ["given", 0]]], ["2", [J(sigma)], J(ONE), [["given", 0]]]])])], {
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
    "oracle": ((), gap, [step(gap, "oracle", uses=[])], {}),
    "root": (
        (relation("le", s * s, c * c),), relation("le", s, c), [step(relation("le", s, c), "root", of=G0)], {
            "of unknown sign": {"given": (relation("le", s * s, r * r),), "show": relation("le", s, r), "steps": [step(relation("le", s, r), "root", of=G0)]},
            "the other way round": {"show": relation("le", c, s), "steps": [step(relation("le", c, s), "root", of=G0)]}}),
    "root, of a vector": ((shrinks,), relation("le", norm(v), c), [step(relation("le", norm(v), c), "root", of=G0)], {
        "another vector": {"show": relation("le", norm(u), c), "steps": [step(relation("le", norm(u), c), "root", of=G0)]}}),
    "root, of a matrix": ((below,), relation("le", norm(X), c), [step(relation("le", norm(X), c), "root", of=G0)], {
        "the Frobenius norm": {"show": relation("le", norm(X, "F"), c), "steps": [step(relation("le", norm(X, "F"), c), "root", of=G0)]}}),
    "cauchy": (
        (), relation("le", make("inner", (u, v)) ** 2, norm(u) ** 2 * norm(v) ** 2),
        [step(relation("le", make("inner", (u, v)) ** 2, norm(u) ** 2 * norm(v) ** 2), "cauchy", left=J(u), right=J(v))], {
            "other vectors": {"steps": [step(relation("le", make("inner", (u, v)) ** 2, norm(u) ** 2 * norm(v) ** 2), "cauchy", left=J(u), right=J(u))]}}),
    "rank": (
        (equation(X, P @ Q),), relation("le", rank_X, rank_P), [step(relation("le", rank_X, rank_P), "rank", of=[G0], factors=[[J(identity("m")), J(Q)]])], {
            "the other way round": {"show": relation("le", rank_P, rank_X), "steps": [step(relation("le", rank_P, rank_X), "rank", of=[G0], factors=[[J(identity("m")), J(Q)]])]},
            "another factor": {"steps": [step(relation("le", rank_X, rank_P), "rank", of=[G0], factors=[[J(identity("m")), J(pinv(P) @ X)]])]}}),
    "rank, by a dimension": (
        (equation(X, P @ Q),), relation("le", rank_X, dim("p")), [step(relation("le", rank_X, dim("p")), "rank", of=[G0], factors=[[J(P), J(Q)]])], {
            "another dimension": {"show": relation("le", rank_X, dim("q")), "steps": [step(relation("le", rank_X, dim("q")), "rank", of=[G0], factors=[[J(P), J(Q)]])]}}),
    "gram": ((is_("psd", A),), square_root, [step(square_root, "gram", of=G0)], {
        "symmetric is not enough": {"given": (is_("symmetric", A),)},
        "another product": {"show": (wrong := make("exists", (C, equation(A, C @ C)))), "steps": [step(wrong, "gram", of=G0)]}}),
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
}  # fmt: skip


def proved(given: tuple[Term, ...], show: Term, steps: list[Any]) -> Any:
    return check("row", Statement(given, show), {"steps": steps}, {})


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
    inner = step(relation("le", s, c + 1), "oracle", uses=[["given", 0]])
    show = make("implies", (fact, relation("le", s, c + 1)))
    theorem = proved((), show, [step(show, "implies", steps=[inner])])
    assert theorem.oracles == (Statement((fact,), relation("le", s, c + 1)),)
    given, show, steps, _ = ROWS["spectral, a case with steps"]
    assert [o.show for o in proved(given, show, steps).oracles] == [
        relation("le", exp(-(sigma * sigma)), ONE)
    ]


def test_oracle_facts_of_a_lemma_are_listed_with_what_applies_it() -> None:
    lemma = {"label": "L", "given": [], "show": J(gap), "proof": {"steps": [step(gap, "oracle", uses=[])]}}
    other = relation("le", exp(-eta), ONE)
    use = step(other, "apply", lemma="L", dims=[], terms=[[J(lam), J(eta)]], given=[])
    theorem = {"label": "T", "given": [], "show": J(other), "proof": {"steps": [use]}}
    rows = replay({"theorems": [lemma, theorem]})
    assert [row["verdict"] for row in rows] == ["checked", "checked"]
    assert rows[0]["oracles"] == rows[1]["oracles"] == [Statement((), gap).to_json()]
