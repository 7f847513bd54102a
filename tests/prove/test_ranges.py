# ruff: noqa: E501 - tables of one case a line
"""Ranges from order, equal ranks, elimination, group inverses and implications for all vectors; near misses."""

from __future__ import annotations

import pytest

from lemmata.kernel.check import check
from lemmata.kernel.judgement import Statement
from lemmata.prove.answer import inline
from lemmata.prove.search import prove
from lemmata.prove.standard import standard
from lemmata.terms.claims import read_claims

PROVED = [
    # what is below a multiple of another lies in its range
    "let A : R^{m x n}, B : R^{m x p}, c : positive; assume A A^T <= c B B^T; show Col(A) <= Col(B)",
    "let A : C^{m x n}, B : C^{m x p}, c : positive; assume c A A^* <= B B^*; show B B^+ A = A",
    "let A : R^{m x n}, B : R^{p x n}; assume 2 B^T B >= A^T A; show Row(A) <= Row(B)",
    "let A : R^{m x n}, B : R^{m x p}, D : R^{m x q}; assume A A^T + D D^T <= B B^T; show Col(D) <= Col(B)",
    "let A : R^{m x n}, B : R^{m x p}; assume A A^T <= B B^T; show exists C : R^{p x n}. A = B C and C C^T <= I",
    "let S, G, T : R^{n x n}; assume S >= 0, S <= G, G <= 3 T; show Col(S) <= Col(T)",
    "let S, G : R^{n x n}, c : positive; assume S <= c G, S >= 0; show Null(G) <= Null(S)",
    "let A : R^{m x n}, B : R^{m x p}; assume A A^T <= B B^T; show rank(A) <= rank(B)",
    # a semidefinite weight
    "let A : R^{m x n}, W : R^{m x m}; assume psd(W); show rank(A^T W A) = rank(W A)",
    "let A : C^{n x m}, W : C^{m x m}; assume spd(W); show Col(A W) <= Col(A W A^*)",
    # ranges of equal dimension, one in the other
    "let A : R^{m x n}, B : R^{m x p}; assume Col(A) <= Col(B), rank(A) = rank(B); show Col(A) = Col(B)",
    "let S, G : R^{n x n}; assume rank(S) = rank(G), S >= 0, G >= S; show Null(S) = Null(G)",
    "let S, G : C^{n x n}; assume rank(G) = rank(S), psd(S), S <= G; show S^+ - G^+ >= 0",
    "let S, G : R^{n x n}; assume S >= 0, G >= S; show Col(S) = Col(G) <==> G^+ <= S^+",
    # ranks by elimination
    "let F, E : C^{n x n}; assume E^2 = E, idempotent(E), idempotent(F); show rank([F E]) = rank(F) + rank(E - F E)",
    "let E, F : R^{n x n}; assume idempotent(E), idempotent(F); show rank(F - E) + rank(E) + rank(F) = rank([E F]) + rank([F; E])",
    "let P, Q : R^{n x n}; assume projection(P), projection(Q); show rank(P - Q) = 2 rank([P Q]) - rank(P) - rank(Q)",
    "let A : R^{m x n}, a : R^m; assume a != 0, A^T a = 0; show rank([A a]) = rank(A) + 1",
    "let c : C^m; assume c != 0; show rank(c) = 1",
    # group and Drazin inverses
    "let A : R^{n x n}; show (exists X : R^{n x n}. A X A = A and X A X = X and A X = X A) <==> rank(A^2) = rank(A)",
    "let T : R^{n x n}; assume rank(T) = rank(T^2); show exists G : R^{n x n}. T G = G T and T = T G T and G T G = G",
    "let A, B, C : R^{n x n}; assume exists X : R^{n x n}. A X = B; assume exists Y : R^{n x n}. B Y = C; show exists Z : R^{n x n}. A Z = C",
    # implications for all vectors
    "let A : R^{n x n}; show (forall x : R^n. x in Col(A) and x in Null(A) ==> x = 0) <==> rank(A^2) = rank(A)",
    "let A : C^{m x n}, B : C^{p x n}; show (forall x : C^n. A x = 0 ==> B x = 0) <==> Null(A) <= Null(B)",
    "let A, B : R^{n x n}; assume forall x : R^n. A x = 0 ==> B x = 0; assume forall x : R^n. B x = 0 ==> A x = 0; show rank(A) = rank(B)",
    # the pseudoinverse of an expression that does not vanish
    "let A : R^{m x n}, a, b : R^m; assume a + b != 0, a - b != 0; show (a + b)^+ (a + b) = (a - b)^+ (a - b)",
    "let A : R^{m x n}, a : R^n; define c = (I - A^+ A) a; assume c != 0; show [A; a^T]^+ = [(A^+ - (c^T)^+ a^T A^+) ((c^T)^+)]",
]  # fmt: skip

FALSE = [
    "let A : R^{m x n}, B : R^{m x p}, c : positive; assume A A^T <= c B B^T; show Col(B) <= Col(A)",
    "let A : R^{m x n}, B : R^{m x p}, c : real; assume c A A^T <= B B^T; show Col(A) <= Col(B)",
    "let A : R^{m x n}, B : R^{m x p}; assume A A^T - I <= B B^T; show Col(A) <= Col(B)",
    "let A : R^{m x n}, B : R^{m x p}; assume A A^T <= 2 B B^T; show exists C : R^{p x n}. A = B C and C C^T <= I",
    "let S, G : R^{n x n}; assume symmetric(S), S <= G; show Col(S) <= Col(G)",
    "let S, G : R^{n x n}; assume psd(S), S <= G; show Null(S) <= Null(G)",
    "let A : R^{m x n}, W : R^{m x m}; assume symmetric(W); show rank(A^T W A) = rank(W A)",
    "let A : R^{m x n}, W : R^{m x m}; assume psd(W); show rank(A^T W A) = rank(A)",
    "let A : R^{m x n}, B : R^{m x p}; assume rank(A) = rank(B); show Col(A) = Col(B)",
    "let A : R^{m x n}, B : R^{m x p}; assume Col(A) <= Col(B), rank(A) <= rank(B); show Col(A) = Col(B)",
    "let S, G : R^{n x n}; assume psd(S), G >= S; show G^+ <= S^+",
    "let S, G : R^{n x n}; assume symmetric(S), G >= S, rank(S) = rank(G); show G^+ <= S^+",
    "let E, F : R^{n x n}; assume idempotent(E); show rank([E F]) = rank(F) + rank(E - F E)",
    "let E, F : R^{n x n}; assume idempotent(E), idempotent(F); show rank(E - F) = 2 rank([E F]) - rank(E) - rank(F)",
    "let A : R^{m x n}, a : R^m; assume a != 0; show rank([A a]) = rank(A) + 1",
    "let A : R^{m x n}, a : R^m; assume A^T a = 0; show rank([A a]) = rank(A) + 1",
    "let A : R^{n x n}; show exists X : R^{n x n}. A X A = A and A X = X A",
    "let A : R^{n x n}; assume rank(A^3) = rank(A^2); show exists X : R^{n x n}. A X A = A and A X = X A",
    "let A, B, C : R^{n x n}; assume exists X : R^{n x n}. A X = B; show exists Z : R^{n x n}. B Z = A",
    "let A, B : R^{n x n}; assume forall x : R^n. A x = 0 ==> B x = 0; show rank(A) = rank(B)",
    "let A, B : R^{n x n}; assume forall x : R^n. A x = 0 ==> B x = 0; show Null(B) <= Null(A)",
    "let A : R^{n x n}; assume forall x : R^n. x in Col(A) ==> A x = 0; show A = 0",
    "let A : R^{m x n}, a : R^m; define c = (I - A A^+) a; show [A a]^+ = [(A^+ - A^+ a c^+); c^+]",
]


def statement(text: str) -> Statement:
    """As the search takes it: definitions written out, with what is true of the selectors of blocks."""
    claims = read_claims(text, semicolons=True)
    functions, props = inline(claims.definitions, [*claims.given, claims.shows[0].prop])
    return standard(Statement((*functions, *props[:-1]), props[-1]))


@pytest.mark.parametrize("text", PROVED)
def test_proved(text: str) -> None:
    claim = statement(text)
    outcome = prove(claim, seconds=20)
    assert outcome.proof is not None, outcome.tried
    assert check("again", claim, outcome.proof, {}).statement == claim


@pytest.mark.parametrize("text", FALSE)
def test_a_dropped_hypothesis_or_a_changed_sign_is_not_proved(text: str) -> None:
    outcome = prove(statement(text), seconds=3)
    assert outcome.theorem is None, "proved"
