"""Changed statements, and what becomes of statements without one of their hypotheses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import Term, subterms
from lemmata.refute.counterexample import refute
from lemmata.refute.mutants import mutants, without_hypothesis
from lemmata.terms.show import show

Claim = Callable[[str], Statement]

KINDS = [
    ("let X : R^{n x n}; show X^T = X", {"a transpose dropped", "a factor 2"}),
    ("let A, B : R^{n x n}; show (A B)^T = B^T A^T", {"two factors swapped", "a transpose dropped"}),
    ("let X : R^{m x n}; show X^+ = X^T (X X^T)^{-1}", {"pseudoinverse replaced by transpose", "a factor 2"}),
    ("let u, v : R^n; show ||u - v|| <= ||u|| + ||v||", {"a sign flipped", "the relation made strict"}),
    ("let A : R^{n x n}; show e^{-A} e^A = I", {"the sign of an exponent flipped", "a factor 2"}),
    ("let A : R^{n x n}; show A + I = A I + I", {"identity replaced by zero", "a term dropped"}),
    ("let A : R^{m x n}; show Col(A^T) = Row(A)", {"another subspace"}),
    ("let A : R^{n x n}; show symmetric(A) ==> symmetric(A^2)", {"the converse", "a stronger property"}),
]


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_kinds_of_mutants(claim: Claim, text: str, kinds: set[str]) -> None:
    assert kinds <= {m.description for m in mutants(claim(text).show)}


@pytest.mark.parametrize("text", [t for t, _ in KINDS])
def test_mutants_are_different_propositions_of_bounded_number(claim: Claim, text: str) -> None:
    original = claim(text).show
    found = mutants(original, most=6)
    assert len(found) <= 6
    assert len({m.prop for m in found}) == len(found)
    assert all(m.prop is not original and m.prop.sort == "prop" for m in found)


@pytest.mark.parametrize(
    "text",
    [
        "let X : R^{m x n}; assume rank(X) = m; show X^+ = X^T (X X^T)^{-1}",
        "let A : R^{m x n}, w, v : R^n, y : R^m; assume A w = y; show A^T (A w - y) = 0",
        "let A, B : R^{n x n}; assume invertible(A), invertible(B); show (A B)^{-1} = B^{-1} A^{-1}",
        "let A : R^{m x n}, w : R^n(t); assume d/dt w = -A^T A w; show d/dt (w^T w) = -2 w^T A^T A w",
        "let A : R^{m x n}, w_0 : R^n; define w(t) = e^{-t A^T A} w_0; show d/dt w = -A^T A w",
    ],
)
def test_every_mutant_of_a_sharp_theorem_is_refuted(claim: Claim, text: str) -> None:
    statement = claim(text)
    harmless = {"an inverse dropped"} if "A^T (A w - y)" in text else set()
    for m in mutants(statement.show):
        found = refute(Statement(statement.given, m.prop), seconds=5)
        # 2 X = 0 for X = 0: doubling is harmless where both sides vanish, as in A w - y = 0.
        assert found is not None or m.description in harmless, f"{m.description}: {show(m.prop)}"


def test_without_each_hypothesis(claim: Claim) -> None:
    hypotheses = "symmetric(A), symmetric(B), A B = B A"
    statement = claim(f"let A, B : R^{{n x n}}; assume {hypotheses}; show symmetric(A B)")
    weakened = without_hypothesis(statement)
    assert [show(dropped) for dropped, _ in weakened] == ["symmetric(A)", "symmetric(B)", "A B = B A"]
    assert all(refute(s, seconds=5) is not None for _, s in weakened)
    assert refute(statement, seconds=0.3) is None


def test_definitions_are_no_hypotheses_to_drop(claim: Claim) -> None:
    statement = claim("let A : R^{n x n}, w_0 : R^n; define w(t) = e^{-t A} w_0; show w(0) = w_0")
    assert without_hypothesis(statement) == []


def test_bound_symbols_and_premises_stay(claim: Claim) -> None:
    prop = claim("let A : R^{n x n}, v : R^n; show A v = 0 ==> A^2 v = 0").show
    others = [m.prop for m in mutants(prop) if m.description != "the converse"]
    assert all(p.args[0] is prop.args[0] for p in others if p.head == "implies")


def test_nothing_to_change(claim: Claim) -> None:
    def heads(term: Term) -> set[str]:
        return {t.head for t in subterms(term)}

    prop = claim("let a : real; show a = 0").show
    assert [heads(m.prop) for m in mutants(prop)] == [{"eq", "symbol", "number"}]
