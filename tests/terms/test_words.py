"""Words and spellings beyond the signs: each reads as a statement that can also be written plainly."""

from __future__ import annotations

import pytest

from lemmata.terms import IllTyped, ReadError, parse_prop, read_claims
from lemmata.terms.letters import ELEMENTARY, GREEK
from lemmata.terms.lexer import tokenize

DECLARED = (
    "let A : R^{m x n}, S, N, U : R^{n x n}, C : C^{n x n}, x, w, u : R^n, y : R^m, lambda, p, q : real\n"
)
SCOPE = read_claims(DECLARED).scope

SAME = [  # a spelling, and the same statement written plainly
    ("A x = 0 iff x = 0", "A x = 0 <==> x = 0"),
    ("A x = 0 if and only if x = 0", "A x = 0 <==> x = 0"),
    (r"A x = 0 \text{ if and only if } x = 0", "A x = 0 <==> x = 0"),
    ("A x = 0 implies x = 0", "A x = 0 ==> x = 0"),
    ("for all z : R^n, A z = 0", "forall z : R^n. A z = 0"),
    ("for every z in R^n: A z = 0", "forall z : R^n. A z = 0"),
    ("there is a z : R^n such that A z = y", "exists z : R^n. A z = y"),
    ("there exists z : R^n, A z = y", "exists z : R^n. A z = y"),
    ("hermitian(C)", "symmetric(C)"),
    ("unitary(U)", "orthogonal(U)"),
    ("normal(N)", "N^T N = N N^T"),
    ("normal(C)", "C^* C = C C^*"),
    ("skew(S)", "S^T = -S"),
    ("antisymmetric(S)", "S^T = -S"),
    ("kernel(S) = Null(N)", "Null(S) = Null(N)"),
    ("Null(A) = 0", "Null(A) = Null(I_n)"),
    (r"\ker(A^T) = \{0\}", "Null(A^T) = Null(I_m)"),
    ("Col(A) <= {0}", "Col(A) <= Null(I_m)"),
    (r"\operatorname{range}(A) = \operatorname{im} A", "Col(A) = Col(A)"),
    ("diag(p, q) = [1 0; 0 2]", "[p, 0; 0, q] = [1 0; 0 2]"),
    (r"\sqrt[3]{8} = 2", "8^{1/3} = 2"),
    (r"\sqrt[2]{4} = 2", "sqrt(4) = 2"),
    ("2**+1 = 2", "2^1 = 2"),
    ("p^{+1} = p", "p^1 = p"),
    ("4 <u, w> = 0", "4 inner(u, w) = 0"),
    # an argmin binds its letter, reaches to the next relation, and may stand on either side
    ("w = argmin_z ||A z - y||", "w = argmin_u ||A u - y||"),
    ("w = argmin_z ||Az - y||", "w = argmin_u ||A u - y||"),
    (r"w = \arg\min_{z} ||A z - y||^2 + lambda ||z||^2", "w = argmin_u (||A u - y||^2 + lambda ||u||^2)"),
    ("argmin_z ||A z - y|| = w", "w = argmin_u ||A u - y||"),
    (r"w \in \arg\min_z ||A z - y||", "forall v : R^n. ||A w - y|| <= ||A v - y||"),
]


@pytest.mark.parametrize(("text", "plain"), SAME, ids=[t for t, _ in SAME])
def test_the_same_statement(text: str, plain: str) -> None:
    assert parse_prop(text, SCOPE) is parse_prop(plain, SCOPE)


REFUSED = [  # text, words of the message, words of the suggestion
    (r"\sum_{j=0}^{k-1} S^j = I", "sum over an index", "write the terms out"),
    ("sum_{j=0}^{k} S^j = I", "unknown name 'sum'", "write the terms out"),
    ("x^T S x / x^T x = 1", "division by x^T", "add brackets"),
    ("A z = 0 for all z : R^n", "unknown name 'z'", "quantifier first"),
    ("normal(A)", "takes a square matrix", ""),
    ("w = argmin_z ||S||", "over which variable", "argmin_v"),
    ("w <= argmin_z ||A z||", "given by an equation", "argmin_v"),
    ("diag = S", "diag of what", "diag(1, 2)"),
]


@pytest.mark.parametrize(("text", "message", "hint"), REFUSED, ids=[t for t, _, _ in REFUSED])
def test_what_is_refused(text: str, message: str, hint: str) -> None:
    with pytest.raises(ReadError) as caught:
        parse_prop(text, SCOPE)
    assert message in caught.value.message and hint in caught.value.suggestion


@pytest.mark.parametrize(
    ("show", "ill"), [("A A = A", True), ("x = 1 + A", True), ("A x = (y", False), ("A z = y", False)]
)
def test_what_has_no_shape_is_told_from_what_cannot_be_read(show: str, ill: bool) -> None:
    with pytest.raises(ReadError) as caught:
        read_claims(f"{DECLARED}show {show}")
    assert isinstance(caught.value, IllTyped) is ill
    assert caught.value.line == 2


def test_declared_names_win() -> None:
    claims = read_claims("let normal, kernel : R^n\nshow normal = kernel")
    assert [s.name for s in claims.shows[0].prop.args] == ["normal", "kernel"]


@pytest.mark.parametrize("name", sorted(GREEK))
def test_greek_letters_have_one_name(name: str) -> None:
    assert tokenize(GREEK[name])[0].text == tokenize(f"\\{name}")[0].text == name


@pytest.mark.parametrize("name", ELEMENTARY)
def test_functions_have_one_name(name: str) -> None:
    assert tokenize(f"\\{name}")[0].text == name
