"""Derivations as graders meet them: a chain without declarations and its first wrong step."""

from __future__ import annotations

import pytest

from lemmata.review.derivation import review_derivation
from lemmata.terms.errors import ReadError

SQUARE = "let A : R^{n x n}, B : R^{n x n}, C : R^{n x n}"
NETWORK = r"""let W_1 : R^{k x d}(t), W_2 : R^{p x k}(t), G : R^{p x d}(t)
assume \dot W_2 = -G W_1^T, \dot W_1 = -W_2^T G"""
GROWTH = (
    r"\frac{d}{dt}(W_2^TW_2-W_1W_1^T) \\ &= \dot W_2^TW_2+W_2^T\dot W_2-\dot W_1W_1^T-W_1\dot W_1^T \\ &= "
)

# rows, declarations, what joins the rows, the first wrong step
TABLE = [
    (r"(A+B)^2 \\ &= A^2+AB+BA+B^2 \\ &= A^2+2AB+B^2", SQUARE + "\nassume A B = B A", "=", None),
    (r"(A+B)^2 \\ &= A^2+AB+BA+B^2 \\ &= A^2+2AB+B^2", SQUARE, "=", 2),
    (r"\nabla\tfrac12\|Ax-b\|^2 \\ &= \nabla\tfrac12(Ax-b)^T(Ax-b) \\ &= A^T(Ax-b) \\ &= A^TAx-A^Tb",
     "let A : R^{m x n}, x : R^n, b : R^m", "=", None),
    (r"\begin{vmatrix}1&2\\3&4\end{vmatrix} \\ &= 1\cdot4+2\cdot3 \\ &= 10", "", "=", 1),
    (r"\begin{vmatrix}1&2\\3&4\end{vmatrix} \\ &= 1\cdot4-2\cdot2 \\ &= -2", "", "=", 1),
    (r"\begin{vmatrix}1&2\\3&4\end{vmatrix} \\ &= 1\cdot4-2\cdot3 \\ &= -2", "", "=", None),
    (r"\operatorname{tr}(ABC) \\ &= \operatorname{tr}(ACB)", SQUARE, "=", 1),
    (r"\operatorname{tr}(ABC) \\ &= \operatorname{tr}(CAB) \\ &= \operatorname{tr}(BCA)", SQUARE, "=", None),
    (r"((AB)^T)^{-1} \\ &= (B^TA^T)^{-1} \\ &= (A^T)^{-1}(B^T)^{-1}",
     SQUARE + "\nassume invertible(A), invertible(B)", "=", None),
    (r"\dot x=-\lambda x \\ &\Rightarrow \ln|x|=\lambda t+C \\ &\Rightarrow x=x_0e^{\lambda t}",
     "", "implies", 1),
    (GROWTH + r"-W_1G^TW_2-W_2^TGW_1^T+W_2^TGW_1^T+W_1G^TW_2 \\ &= 0", NETWORK, "=", None),
    (GROWTH + "-W_1G^TW_2-W_2^TGW_1^T-W_2^TGW_1^T-W_1G^TW_2", NETWORK, "=", 2),
    (r"2+3 \\ &= 5\cdot4 \\ &= 20", "", "=", 1),
    (r"v-\frac{v\cdot u}{u\cdot u}u \\ &= (3,1)-3\,(2,0) \\ &= (-3,1)",
     "define u = (2,0)\ndefine v = (3,1)", "=", 1),
    (r"x+1=2 \\ x=1", "", "implies", None),
    (r"x^2=1 \\ x=1", "", "implies", 1),
    (r"(x-1)(x+1) \\ x^2-1", "", "=", None),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "given", "relation", "wrong"), TABLE)
def test_first_wrong_step(rows: str, given: str, relation: str, wrong: int | None) -> None:
    text = "\\begin{align*}\n" + rows + "\n\\end{align*}"
    found = review_derivation(text, given, relation)
    assert found.first_wrong_step == wrong
    assert found.proved is (wrong is None)


FORMS = [
    "We expand.\n\n1. $(x-1)(x+1)$\n2. $= x^2 + x - x - 1$ (distribute)\n3. so $= x^2-1$.",
    "(x-1)(x+1)\n= x^2 + x - x - 1\n= x^2-1",
    r"$$ (x-1)(x+1) = x^2 + x - x - 1 $$ and so $$ = x^2-1 $$",
    r"\[ (x-1)(x+1) \] \[ = x^2 + x - x - 1 \] \[ = x^2-1 \]",
]


@pytest.mark.parametrize("text", FORMS)
def test_the_same_chain_in_several_forms(text: str) -> None:
    found = review_derivation(text)
    assert [step.verdict for step in found.steps] == ["proved", "proved"]
    assert found.last == "x^2-1"


def test_words_before_a_display_are_no_licence() -> None:
    assert review_derivation("Assume\n$$ x = x + 1 $$").first_wrong_step == 1


def test_what_cannot_be_read_is_no_wrong_step() -> None:
    found = review_derivation(r"a = \foo = b")
    assert ([s.verdict for s in found.steps], found.first_wrong_step, found.proved) == (
        ["unread", "unread"], None, False,
    )  # fmt: skip


def test_wrong_calls() -> None:
    with pytest.raises(ValueError, match="joined by"):
        review_derivation("a = b", relation="<")
    with pytest.raises(ReadError):
        review_derivation("a = b", given="let A : T^n")
    assert not review_derivation("").proved
