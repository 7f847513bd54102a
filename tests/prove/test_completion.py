"""What completion finds: a table of identities with their hypotheses, and what it must not find."""

from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction

import pytest
from _pytest.mark import ParameterSet
from cofactors import verify_combination

from lemmata.kernel.poly import Refused, expand, star
from lemmata.kernel.term import Term, identity, inverse, make, number, pinv, symbol
from lemmata.prove.words.completion import Cofactor, Completion, combinations, combine, shorten
from lemmata.terms.forms import at, diff, norm


def inner(x: Term, y: Term) -> Term:
    return make("inner", (x, y))


Identity = tuple[Term, list[Term]]


def identities_of(rows: dict[str, Identity]) -> list[ParameterSet]:
    return [pytest.param(goal, hypotheses, id=name) for name, (goal, hypotheses) in rows.items()]


def penrose(A: Term, X: Term | None = None) -> list[Term]:
    """The four equations that make X (or A^+) the pseudoinverse of A."""
    X = pinv(A) if X is None else X
    return [A @ X @ A - A, X @ A @ X - X, A @ X - (A @ X).T, X @ A - (X @ A).T]


def inverse_axioms(M: Term) -> list[Term]:
    one = number(1) if M.is_scalar else identity(M.shape[0])
    return [M @ inverse(M) - one, inverse(M) @ M - one]


def matrix(name: str, rows: int | str = "n", cols: int | str = "n") -> Term:
    return symbol(name, rows, cols)


A, B, C = matrix("A", "m", "n"), matrix("B", "n", "p"), matrix("C", "p", "q")
X, Y, Z = matrix("X", "n", "m"), matrix("Y", "n", "m"), matrix("Z", "n", "q")
L, P = matrix("L", "n", "p"), matrix("P", "m", "q")
F, H = matrix("F", "m", "r"), matrix("H", "r", "n")
D, J, N, S = (matrix(x) for x in "DJNS")
U, V, W = matrix("U", "n", "k"), matrix("V", "k", "n"), matrix("W", "k", "k")
Q, R = matrix("Q", "m", "m"), matrix("R", "n", "n")
w, z, u, y = symbol("w", "n"), symbol("z", "n"), symbol("u", "n"), symbol("y", "m")
lam, a, b = symbol("lambda", domain="positive"), symbol("a"), symbol("b")
Im, In, Ir = identity("m"), identity("n"), identity("r")
AB, ABC, G, K = A @ B, A @ B @ C, A.T @ A, A @ A.T
ridge, kernel_ridge = G + lam @ In, K + lam @ Im
two = penrose(A) + penrose(B) + penrose(AB)
greville = [pinv(A) @ A @ B @ B.T @ A.T - B @ B.T @ A.T, B @ pinv(B) @ A.T @ A @ B - A.T @ A @ B]
normal = [*penrose(N), N @ N.T - N.T @ N]
woodbury = D + U @ W @ V
capacitance = inverse(W) + V @ inverse(D) @ U

PSEUDOINVERSE: dict[str, Identity] = {
    "A^+ is unique": (X - Y, penrose(A, X) + penrose(A, Y)),
    "what satisfies Penrose is A^+": (X - pinv(A), penrose(A) + penrose(A, X)),
    "A^++ = A": (pinv(pinv(A)) - A, penrose(A) + penrose(pinv(A))),
    "A^T A A^+ = A^T": (A.T @ A @ pinv(A) - A.T, penrose(A)),
    "A^+ A A^T = A^T": (pinv(A) @ A @ A.T - A.T, penrose(A)),
    "A A^T A^+T = A": (A @ A.T @ pinv(A).T - A, penrose(A)),
    "A^T = A^T A A^+": (A.T - A.T @ A @ pinv(A), penrose(A)),
    "A^+ = A^T A^+T A^+": (pinv(A) - A.T @ pinv(A).T @ pinv(A), penrose(A)),
    "A^+ A idempotent": ((pinv(A) @ A) ** 2 - pinv(A) @ A, penrose(A)),
    "I - A^+ A idempotent": ((In - pinv(A) @ A) ** 2 - (In - pinv(A) @ A), penrose(A)),
    "I - A^+ A symmetric": ((In - pinv(A) @ A).T - (In - pinv(A) @ A), penrose(A)),
    "A (I - A^+ A) = 0": (A @ (In - pinv(A) @ A), penrose(A)),
    "(A^T A)^+ = A^+ A^+T": (pinv(G) - pinv(A) @ pinv(A).T, penrose(A) + penrose(G)),
    "(A A^T)^+ = A^+T A^+": (pinv(K) - pinv(A).T @ pinv(A), penrose(A) + penrose(K)),
    "A^+ = (A^T A)^+ A^T": (pinv(A) - pinv(G) @ A.T, penrose(A) + penrose(G)),
    "A^+ = A^T (A A^T)^+": (pinv(A) - A.T @ pinv(K), penrose(A) + penrose(K)),
    "A A^+ = (A A^T)(A A^T)^+": (A @ pinv(A) - K @ pinv(K), penrose(A) + penrose(K)),
    "full row rank": (pinv(A) - A.T @ inverse(K), [*penrose(A), A @ pinv(A) - Im, *inverse_axioms(K)]),
    "full row rank, from the inverse": (A @ pinv(A) - Im, penrose(A) + inverse_axioms(K)),
    "full column rank": (pinv(A) - inverse(G) @ A.T, penrose(A) + inverse_axioms(G)),
    "invertible": (pinv(D) - inverse(D), penrose(D) + inverse_axioms(D)),
    "orthogonal": (pinv(D) - D.T, [*penrose(D), D.T @ D - In, D @ D.T - In]),
    "projection": (pinv(D) - D, [*penrose(D), D - D.T, D @ D - D]),
    "symmetric": (pinv(D) - pinv(D).T, [*penrose(D), D - D.T]),
    "normal: N N^+ = N^+ N": (N @ pinv(N) - pinv(N) @ N, normal),
    "normal: N^+ normal": (pinv(N) @ pinv(N).T - pinv(N).T @ pinv(N), normal),
    "normal: (N^2)^+ = (N^+)^2": (pinv(N @ N) - pinv(N) @ pinv(N), normal + penrose(N @ N)),
    "orthogonal factors": (
        pinv(Q @ A @ R) - R.T @ pinv(A) @ Q.T,
        penrose(A) + penrose(Q @ A @ R) + [Q @ Q.T - Im, Q.T @ Q - Im, R @ R.T - In, R.T @ R - In],
    ),
    "full-rank factors": (
        pinv(F @ H) - pinv(H) @ pinv(F),
        penrose(F) + penrose(H) + penrose(F @ H) + [pinv(F) @ F - Ir, H @ pinv(H) - Ir],
    ),
    "full-rank factors, formula": (
        pinv(F @ H) - H.T @ inverse(H @ H.T) @ inverse(F.T @ F) @ F.T,
        penrose(F @ H) + inverse_axioms(H @ H.T) + inverse_axioms(F.T @ F),
    ),
    "cancellation": (A @ B - A @ L, [*penrose(A), G @ B - G @ L]),
    "range inclusion": (A @ pinv(A) @ P - P, [*penrose(A), P - A @ Z]),
    "Greville: (AB)^+ = B^+ A^+": (pinv(AB) - pinv(B) @ pinv(A), two + greville),
    "A^T A and B B^T commute": (pinv(AB) - pinv(B) @ pinv(A), [*two, G @ B @ B.T - B @ B.T @ G]),
    "B with orthonormal rows": (pinv(AB) - B.T @ pinv(A), [*two, B @ B.T - In]),
    "(AB)^+ = (A^+ A B)^+ (A B B^+)^+": (
        pinv(AB) - pinv(pinv(A) @ AB) @ pinv(AB @ pinv(B)),
        two + penrose(pinv(A) @ AB) + penrose(AB @ pinv(B)),
    ),
    "triple reverse order, one direction": (
        G @ pinv(A) @ ABC @ pinv(C) @ C @ pinv(C) @ pinv(B) @ pinv(A) @ A
        - (G @ pinv(A) @ ABC @ pinv(C) @ C @ pinv(C) @ pinv(B) @ pinv(A) @ A).T,
        penrose(A) + penrose(B) + penrose(C) + penrose(ABC) + [pinv(ABC) - pinv(C) @ pinv(B) @ pinv(A)],
    ),
}

INVERSES: dict[str, Identity] = {
    "an inverse is unique": (S - inverse(D), [*inverse_axioms(D), D @ S - In]),
    "symmetric inverse": (inverse(D) - inverse(D).T, [*inverse_axioms(D), D - D.T]),
    "(D S)^{-1}": (
        inverse(D @ S) - inverse(S) @ inverse(D),
        inverse_axioms(D) + inverse_axioms(S) + inverse_axioms(D @ S),
    ),
    "Woodbury": (
        inverse(woodbury) - inverse(D) + inverse(D) @ U @ inverse(capacitance) @ V @ inverse(D),
        [h for M in (woodbury, capacitance, D, W) for h in inverse_axioms(M)],
    ),
    "push-through": (
        inverse(Im + A @ X) @ A - A @ inverse(In + X @ A),
        inverse_axioms(Im + A @ X) + inverse_axioms(In + X @ A),
    ),
    "resolvent": (
        inverse(ridge) @ A.T - A.T @ inverse(kernel_ridge),
        inverse_axioms(ridge) + inverse_axioms(kernel_ridge),
    ),
    "ridge error": (
        pinv(A) - inverse(ridge) @ A.T - lam @ inverse(ridge) @ pinv(A),
        penrose(A) + inverse_axioms(ridge),
    ),
    "ridge error, kernel form": (
        pinv(A) - A.T @ inverse(kernel_ridge) - lam @ inverse(ridge) @ pinv(A),
        penrose(A) + inverse_axioms(ridge) + inverse_axioms(kernel_ridge),
    ),
    "the ridge inverse by the kernel": (
        inverse(ridge) - (In - A.T @ inverse(kernel_ridge) @ A) / lam,
        inverse_axioms(ridge) + inverse_axioms(kernel_ridge) + inverse_axioms(lam),
    ),
}

w_t, x_t, q_t = (symbol(name, "n", 1, of="t") for name in "wxq")
W1, W2 = symbol("W_1", "k", "n", of="t"), symbol("W_2", "m", "k", of="t")
L1, L2 = symbol("L_1", "k", "n", of="t"), symbol("L_2", "p", "k", of="t")
L3 = symbol("L_3", "m", "p", of="t")
target, inputs = symbol("Y", "m", "r"), symbol("X", "n", "r")
E2, E3 = (target - W2 @ W1 @ inputs) @ inputs.T, (target - L3 @ L2 @ L1 @ inputs) @ inputs.T
three_layers = [
    diff(L1) - L2.T @ L3.T @ E3,
    diff(L2) - L3.T @ E3 @ L1.T,
    diff(L3) - E3 @ L1.T @ L2.T,
]
flow = diff(w_t) + A.T @ (A @ w_t - y)

FLOWS: dict[str, Identity] = {
    "null component constant": (u.T @ diff(w_t), [flow, A @ u]),
    "the loss decreases": (diff(norm(A @ w_t - y) ** 2) + 2 * norm(A.T @ (A @ w_t - y)) ** 2, [flow]),
    "initial value": (pinv(A) @ A @ at(w_t, number(0)), [at(w_t, number(0))]),
    "two layers: conserved": (
        diff(W1 @ W1.T - W2.T @ W2),
        [diff(W1) - W2.T @ E2, diff(W2) - E2 @ W1.T],
    ),
    "three layers: conserved 1": (diff(L1 @ L1.T - L2.T @ L2), three_layers),
    "three layers: conserved 2": (diff(L2 @ L2.T - L3.T @ L3), three_layers),
    "Hamiltonian": (diff(x_t.T @ D @ x_t), [diff(x_t) - J @ D @ x_t, J + J.T, D - D.T]),
    "oscillator": (diff(norm(diff(q_t)) ** 2 + q_t.T @ D @ q_t), [diff(diff(q_t)) + D @ q_t, D - D.T]),
}

null = In - pinv(A) @ A
SCALARS: dict[str, Identity] = {
    "Pythagoras for the minimum norm": (
        norm(w) ** 2 - norm(pinv(A) @ y) ** 2 - norm(w - pinv(A) @ y) ** 2,
        [*penrose(A), A @ w - y],
    ),
    "Pythagoras for the projection": (
        norm(w) ** 2 - norm(pinv(A) @ A @ w) ** 2 - norm(null @ w) ** 2,
        penrose(A),
    ),
    "nearest point": (
        norm(w - z) ** 2 - norm(w - null @ w) ** 2 - norm(null @ w - z) ** 2,
        [*penrose(A), A @ z],
    ),
    "row space and null space": (inner(A.T @ y, z), [A @ z]),
    "isometry": (norm(D @ w) ** 2 - norm(w) ** 2, [D.T @ D - In]),
    "skew form vanishes": (w.T @ J @ w, [J + J.T]),
    "symmetric form": (u.T @ D @ w - w.T @ D @ u, [D - D.T]),
    "commuting scalars": (a**2 * b - a * b**2, [a - b]),
    "powers": (a**4 - 1, [a**2 - 1]),
    "scalar inverse beside I": ((lam / lam) @ In - In, inverse_axioms(lam)),
    "scalar hypothesis beside a matrix": (inner(u, w) @ D @ S - D @ S, [inner(u, w) - 1]),
    "a product of rank one, split by scalars": (inner(u, w) @ inner(z, u) - u.T @ D @ u, [w @ z.T - D]),
    "a product of rank one, beside a row": (inner(u, w) @ z.T - u.T @ D, [w @ z.T - D]),
    "definitions are eliminated": (pinv(A) @ y - w, [*penrose(A), y - A @ z, w - pinv(A) @ A @ z]),
}

FALSE: dict[str, Identity] = {
    "reverse order without conditions": (pinv(AB) - pinv(B) @ pinv(A), two),
    "reverse order, one of two conditions": (pinv(AB) - pinv(B) @ pinv(A), two + greville[:1]),
    "A^+ A = I": (pinv(A) @ A - In, penrose(A)),
    "uniqueness from three equations": (X - Y, penrose(A, X)[:3] + penrose(A, Y)[:3]),
    "every projection is zero": (D, [D - D.T, D - D @ D]),
    "Woodbury, wrong sign": (
        inverse(woodbury) - inverse(D) - inverse(D) @ U @ inverse(capacitance) @ V @ inverse(D),
        [h for M in (woodbury, capacitance, D, W) for h in inverse_axioms(M)],
    ),
    "resolvent, wrong factor": (
        inverse(ridge) @ A.T - 2 * A.T @ inverse(kernel_ridge),
        inverse_axioms(ridge) + inverse_axioms(kernel_ridge),
    ),
    "Pythagoras without A w = y": (
        norm(w) ** 2 - norm(pinv(A) @ y) ** 2 - norm(w - pinv(A) @ y) ** 2,
        penrose(A),
    ),
    "skew form without skewness": (w.T @ J @ w, []),
    "symmetric matrices commute": (D @ S - S @ D, [D - D.T, S - S.T]),
    "the loss is constant": (diff(norm(A @ w_t - y) ** 2), [flow]),
    "needs a square root of the hypothesis": (D @ w, [(D @ w).T @ (D @ w)]),
}

TRUE = PSEUDOINVERSE | INVERSES | FLOWS | SCALARS


@pytest.mark.parametrize(("goal", "hypotheses"), identities_of(TRUE))
def test_a_true_identity_has_cofactors_that_multiply_out(goal: Term, hypotheses: list[Term]) -> None:
    polys = [expand(h) for h in hypotheses]
    cofactors = combine(expand(goal), polys)
    assert cofactors is not None
    assert verify_combination(expand(goal), polys, cofactors)


@pytest.mark.parametrize(("goal", "hypotheses"), identities_of(FALSE))
def test_a_false_identity_has_none(goal: Term, hypotheses: list[Term]) -> None:
    start = time.process_time()
    assert combine(expand(goal), [expand(h) for h in hypotheses]) is None
    assert time.process_time() - start < 2.5


MUTATED = ("A^+ is unique", "Woodbury", "Hamiltonian", "nearest point")


@pytest.mark.parametrize(("goal", "hypotheses"), identities_of({name: TRUE[name] for name in MUTATED}))
def test_no_cofactor_can_be_dropped_or_doubled(goal: Term, hypotheses: list[Term]) -> None:
    polys = [expand(h) for h in hypotheses]
    cofactors = combine(expand(goal), polys) or []
    assert cofactors
    for i, c in enumerate(cofactors):
        assert not verify_combination(expand(goal), polys, cofactors[:i] + cofactors[i + 1 :])
        doubled = [*cofactors[:i], replace(c, coefficient=2 * c.coefficient), *cofactors[i + 1 :]]
        assert not verify_combination(expand(goal), polys, doubled)


def test_the_table_of_pseudoinverses_is_fast() -> None:
    rows = [(expand(goal), [expand(h) for h in hypotheses]) for goal, hypotheses in PSEUDOINVERSE.values()]
    start = time.process_time()
    for goal, hypotheses in rows:
        combine(goal, hypotheses)
    assert time.process_time() - start < 2.0  # about 0.2 s; the margin is for slow machines


def test_the_search_is_deterministic() -> None:
    goal, hypotheses = TRUE["Greville: (AB)^+ = B^+ A^+"]
    polys = [expand(h) for h in hypotheses]
    assert combine(expand(goal), polys) == combine(expand(goal), polys)


def test_goals_share_one_completion() -> None:
    hypotheses = [expand(h) for h in penrose(A) + penrose(G)]
    goals = [expand(pinv(A) - pinv(G) @ A.T), expand(pinv(A) @ A - In), expand(G @ pinv(G) - pinv(A) @ A)]
    found = combinations(goals, hypotheses, seconds=2)
    assert [c is not None for c in found] == [True, False, True]


def test_reduce_gives_a_normal_form_and_the_cofactors_of_the_difference() -> None:
    hypotheses = [expand(h) for h in penrose(A)]
    system = Completion(hypotheses)
    assert system.complete(2.0)
    poly = expand(A.T @ A @ pinv(A) + In.T @ A.T)
    normal, cofactors = system.reduce(poly)
    assert normal == expand(2 * A.T)
    assert verify_combination(poly - normal, hypotheses, cofactors)


def test_limits_are_kept() -> None:
    hypotheses = [expand(D @ S @ D - S @ D @ S), expand(S @ J @ S - J @ D @ J), expand(D @ J @ D - D @ S @ J)]
    start = time.monotonic()
    assert combine(expand(D @ S - S @ D), hypotheses, seconds=0.3, max_degree=60) is None
    assert time.monotonic() - start < 1.5
    assert not Completion(hypotheses, max_rules=5).complete(1.0)


def test_the_zero_goal_needs_nothing_and_no_hypotheses_prove_nothing() -> None:
    assert combine(expand(D - D), []) == []
    assert combine(expand(D), []) is None


def test_complex_scalars_are_not_their_own_adjoints() -> None:
    p, q = symbol("p", "n", 1, "complex"), symbol("q", "n", 1, "complex")
    assert combine(expand(p.T @ q), [expand(q.T @ p)]) is not None  # the adjoint of the hypothesis
    assert combine(expand(p.T @ q - q.T @ p), []) is None
    M = symbol("M", "n", "n", "complex")
    assert combine(expand(p.T @ M @ p), [expand(M + M.T)]) is None  # purely imaginary, not zero


def test_shorten_merges_and_drops() -> None:
    one = Cofactor(Fraction(1), (), (D,), 0, False, ())
    assert shorten([one, one]) == [replace(one, coefficient=Fraction(2))]
    assert shorten([one, replace(one, coefficient=Fraction(-1))]) == []
    # u^T D^T w = w^T D u: as scalars the two summands are the same.
    back = Cofactor(Fraction(1), (), (u.T,), 0, True, (w,))
    straight = Cofactor(Fraction(1), (), (star(w),), 0, False, (u,))
    assert len(shorten([back, straight], [expand(D)])) == 1


def test_a_word_that_does_not_compose_is_refused_by_the_kernel() -> None:
    with pytest.raises(Refused):
        verify_combination(expand(D), [expand(A)], [Cofactor(Fraction(1), (), (A,), 0, False, ())])
