"""The language, as a table: every row is one term in several spellings."""

# ruff: noqa: E501  (tables read better in long lines)

from __future__ import annotations

import pytest

from lemmata.kernel.term import Term, add, dim, exp, identity, inverse, make, mul, number, pinv, symbol
from lemmata.terms import ReadError, Scope, parse_chain, parse_list, parse_prop, parse_props, parse_term
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
    neg,
    norm,
    power,
    relation,
    space,
    zero,
)

A, X, B, S = symbol("A", "m", "n"), symbol("X", "m", "n"), symbol("B", "n", "p"), symbol("S", "n", "n")
x, u, w0, y, b = symbol("x", "n"), symbol("u", "n"), symbol("w_0", "n"), symbol("y", "m"), symbol("b", "m")
w, W1, W2 = (
    symbol("w", "n", 1, "real", "t"),
    symbol("W_1", "k", "d", "real", "t"),
    symbol("W_2", "p", "k", "real", "t"),
)
q = symbol("q", "n", 1, "real", "j")
j, t = symbol("j", domain="natural"), symbol("t", domain="time")
lam, mu = symbol("lambda", domain="positive"), symbol("mu", domain="positive")
SCOPE = Scope.of(
    [A, X, B, S, x, u, w0, y, b, w, W1, W2, q, lam, mu, symbol("w_row", "n"), symbol("C", 2, 2, "complex")]
)

ridge = mul(inverse(add(mul(X.T, X), mul(lam, identity("n")))), X.T, y)
half, two = number("1/2"), number(2)

TERMS: list[tuple[Term, list[str]]] = [
    (mul(A.T, A, x), ["A^T A x", "A^TAx", r"A^\top A x", r"A^{\top}Ax", "AᵀAx", "A^T*A*x", "A.T @ A @ x", "A^{T} A x",
                      r"A^{\mathsf T}A x", r"\mathbf{A}^\top \mathbf{A}\mathbf{x}", "transpose(A) A x", "A⊤Ax"]),
    (pinv(X), ["X^+", "X^{+}", "X⁺", "pinv(X)", r"X^\dagger", r"X^{\dagger}", "X†"]),
    (inverse(S), ["S^{-1}", "S^-1", "inv(S)", "S⁻¹", "S^⁻¹", "S**-1", "S**(-1)"]),
    (adjoint(inverse(S)), ["S^{-T}", r"S^{-\top}", "S^-T", "(S^{-1})^T", "S⁻ᵀ"]),
    (ridge, ["(X^T X + lambda I)^{-1} X^T y", r"(X^\top X + \lambda I)^{-1}X^\top y", "(XᵀX + λI)⁻¹Xᵀy",
             r"\left(X^{\top}X+\lambda I_n\right)^{-1}X^{\top}y", r"\bigl(X^TX+\lambda\,I\bigr)^{-1} X^T\, y",
             "inv(X^T X + lambda I_n) X^T y"]),
    (add(mul(A, x), neg(b)), ["A x - b", "Ax-b", "Ax − b", r"A x \\ - b", "[Ax - b]"]),
    (mul(number(-1), A, x), ["-A x", "-Ax", "- A*x"]),
    (neg(mul(A, x)), ["-(A x)", "-(Ax)"]),
    (mul(number(-3), x), ["-3 x", "-3x", r"-3\cdot x"]),
    (half, ["1/2", r"\frac12", r"\frac{1}{2}", r"\tfrac12", r"\tfrac 1 2", r"\dfrac{2}{4}", "½", "0.5", r"\frac{-1}{-2}"]),
    (mul(lam, inverse(two)), ["lambda/2", r"\frac{\lambda}{2}", "λ/2"]),
    (norm(x), ["||x||", r"\|x\|", "‖x‖", r"\lVert x \rVert", r"\|x\|_2", "norm(x)", "|x|", r"\left\| x \right\|"]),
    (power(norm(x), two), ["||x||^2", r"\|x\|_2^2", r"\|x\|^2_2", "‖x‖²", "‖x‖₂²"]),
    (power(norm(A, "F"), two), [r"\|A\|_F^2", "||A||_F^2", r"\lVert A\rVert_{F}^{2}"]),
    (call("abs", lam), ["|lambda|", r"\left|\lambda\right|", "abs(lambda)", "|λ|"]),
    (make("inner", (u, x)), ["<u, x>", r"\langle u, x\rangle", r"u \cdot x", "u·x", "inner(u, x)", "⟨u, x⟩"]),
    (mul(number(1), number(4)), [r"1\cdot 4", r"1 \times 4", "1*4"]),
    (exp(mul(number(-1), t, A.T, A)), ["e^{-t A^T A}", "exp(-t A^T A)", r"\exp(-tA^\top A)", r"\mathrm{e}^{-tA^TA}"]),
    (diff(w), [r"\dot w", r"\dot{w}(t)", "d/dt w", r"\frac{d}{dt} w(t)", r"\frac{dw}{dt}", "dw/dt", "w'",
               r"\frac{\mathrm{d}w}{\mathrm{d}t}", r"\frac{\mathrm d}{\mathrm dt} w"]),
    (diff(diff(w)), [r"\ddot w", r"\frac{d^2 w}{dt^2}", "d/dt (d/dt w)"]),
    (mul(adjoint(diff(W2)), W2), [r"\dot W_2^TW_2", r"\dot{W}_2^\top W_2", r"\dot{W_2}^T W_2"]),
    (diff(mul(W1, W1.T)), ["d/dt (W_1 W_1^T)", r"\frac{d}{dt} W_1W_1^T", r"\frac{d}{dt}\left(W_1W_1^\top\right)", "d/dt(W₁W₁ᵀ)"]),
    (w, ["w", "w(t)"]),
    (at(w, number(0)), ["w(0)"]),
    (at(q, number(0)), ["q_0", "q_{0}", "q₀", "q(0)"]),
    (at(q, add(j, number(1))), ["q_{j+1}", "q(j + 1)"]),
    (q, ["q_j", "q_{j}", "q"]),
    (symbol("w_row", "n"), ["w_row", "w_{row}", r"w_{\text{row}}", r"w_{\mathrm{row}}"]),
    (mul(power(add(identity("n"), neg(mul(mu, A.T, A))), j), at(q, number(0))), ["(I - mu A^T A)^j q_0", r"(I-\mu A^TA)^{j}q_0"]),
    (grad(power(norm(add(mul(A, x), neg(b))), two), x), ["grad_x (||A x - b||^2)", r"\nabla_x \|Ax-b\|^2", "∇_x ‖Ax-b‖²",
                                                        r"\nabla\|Ax-b\|_2^2"]),
    (limit(w, t, infinity()), [r"\lim_{t \to \infty} w(t)", "lim_{t -> oo} w(t)", "lim_(t→∞) w"]),
    (limit(ridge, lam, number(0), "+"), ["lim_{lambda -> 0+} (X^T X + lambda I)^{-1} X^T y",
                                        r"\lim_{\lambda \downarrow 0} (X^TX+\lambda I)^{-1}X^Ty",
                                        r"\lim_{\lambda \to 0^+} (X^TX+\lambda I)^{-1}X^Ty", "lim_{λ→0⁺} (XᵀX+λI)⁻¹Xᵀy"]),
    (make("trace", (S,)), ["tr(S)", r"\operatorname{tr}(S)", r"\mathrm{tr}\,S", "tr S", "trace(S)"]),
    (make("rank", (A,)), ["rank(A)", r"\operatorname{rank}(A)", r"\text{rank}(A)", "rk A"]),
    (literal([[number(1), two], [number(3), number(4)]]),
     ["[1 2; 3 4]", "[1, 2; 3, 4]", "[[1,2],[3,4]]", "matrix([1,2],[3,4])", "[[1. 2.]\n [3. 4.]]",
      r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", r"\begin{smallmatrix}1&2\\3&4\end{smallmatrix}",
      r"\left[\begin{array}{cc}1&2\\3&4\end{array}\right]", r"\begin{bmatrix}1&2\\3&4\\\end{bmatrix}"]),
    (literal([[number(1)], [number(-1)]]), ["(1,-1)", "(1,-1)^T", "[1,-1]", "[1; -1]", r"\begin{pmatrix}1\\-1\end{pmatrix}"]),
    (literal([[number(1), number(-2)]]), ["[1 -2]", r"\begin{pmatrix}1&-2\end{pmatrix}", "[[1, -2]]"]),
    (space("perp", space("null", A)), ["Null(A)^perp", r"\operatorname{Null}(A)^\perp", r"(\text{Null}(A))^{\perp}", "Perp(Null(A))",
                                      r"(\ker A)^\perp", r"\mathcal{N}(A)^\perp", "Null(A)^⊥"]),
    (make("set", (two, number(3))), [r"\{2,3\}", "{2, 3}", r"\left\{2,3\right\}"]),
    (make("interval", (two, infinity()), "()"), [r"(2,\infty)", "(2, oo)", "(2,∞)"]),
    (make("interval", (number(0), number(1)), "[)"), ["[0,1)"]),
    (power(call("sin", lam), two), [r"\sin^2\lambda", r"(\sin \lambda)^2", r"\sin(\lambda)^2", "sin(lambda)^2"]),
    (call("log", power(lam, two)), [r"\ln\lambda^2", r"\log(\lambda^2)", "ln(lambda^2)"]),
    (add(number(3), call("sqrt", number(5))), ["3+sqrt 5", "3+√5", r"3+\sqrt{5}", r"3+\sqrt5"]),
    (make("det", (S,)), ["det(S)", r"\det S", "|S|"]),
    (adjoint(symbol("C", 2, 2, "complex")), ["C^*", "C^H", "C^{*}", "adjoint(C)"]),
]  # fmt: skip


@pytest.mark.parametrize(("term", "text"), [(term, text) for term, texts in TERMS for text in texts])
def test_spellings(term: Term, text: str) -> None:
    assert parse_term(text, SCOPE) is term


PROPS: list[tuple[Term, list[str]]] = [
    (equation(mul(X, pinv(X)), identity("m")), ["X X^+ = I", r"XX^{+} = I_m", "XX⁺ = I"]),
    (equation(mul(A, x), zero("m")), ["A x = 0", "Ax=0", "A x = 0_m"]),
    (equation(make("rank", (A,)), dim("n")), ["rank(A) = n", r"\operatorname{rank}(A)=n"]),
    (relation("subset", space("col", B), space("row", A)), ["Col(B) <= Row(A)", r"\text{Col}(B) \subseteq \text{Row}(A)",
                                                           "Row(A) >= Col(B)", "Range(B) ⊆ Row(A)"]),
    (relation("in", y, space("col", A)), ["y in Col(A)", r"y \in \operatorname{Col}(A)", "y ∈ Col(A)"]),
    (relation("le", norm(x), norm(u)), ["||x|| <= ||u||", r"\|x\| \leq \|u\|", r"\|x\|\le\|u\|", "‖x‖ ≤ ‖u‖"]),
    (relation("ge", S, zero("n", "n")), ["S >= 0", r"S \succeq 0", "S ⪰ 0"]),
    (is_("symmetric", S), ["symmetric(S)", r"\operatorname{symmetric}(S)"]),
    (make("and", (equation(mul(S, S), S), equation(S, S.T))), ["S S = S = S^T", "S S = S and S = S^T", r"SS = S \land S = S^T"]),
    (make("implies", (is_("spd", S), is_("invertible", S))), ["spd(S) ==> invertible(S)", r"spd(S) \implies invertible(S)",
                                                            r"spd(S) \Rightarrow invertible(S)", "spd(S) ⇒ invertible(S)"]),
    (make("iff", (equation(mul(A, x), y), equation(x, x))), ["A x = y <==> x = x", r"Ax=y \iff x=x", r"Ax=y \Leftrightarrow x=x"]),
    (make("forall", (symbol("v", "n"), equation(mul(A, symbol("v", "n")), y))), ["forall v : R^n. A v = y", r"\forall v \in \mathbb{R}^n: Av = y"]),
    (equation(make("inner", (u, x)), number(0)), [r"u \perp x", "<u, x> = 0"]),
    (relation("subset", space("row", A), space("perp", space("null", A))), [r"\operatorname{Row}(A) \perp \operatorname{Null}(A)"]),
    (make("not", (relation("in", x, space("null", A)),)), [r"x \notin Null(A)", "not x in Null(A)"]),
]  # fmt: skip


@pytest.mark.parametrize(("term", "text"), [(term, text) for term, texts in PROPS for text in texts])
def test_statements(term: Term, text: str) -> None:
    assert parse_prop(text, SCOPE) is term


def test_declared_names_win() -> None:
    assert parse_term("AB", SCOPE) is mul(A, B)
    AB = symbol("AB", "m", "p")
    assert parse_term("AB", SCOPE.having(AB)) is AB
    e = symbol("e", "n")
    assert parse_term("A e", SCOPE.having(e)) is mul(A, e)


def test_y_transpose_y_is_a_number() -> None:
    assert parse_term("y^T y + 1", SCOPE) is add(mul(y.T, y), number(1))


def test_a_minimiser_is_the_only_one() -> None:
    v = symbol("v", "n")
    f, g = norm(add(mul(A, x), neg(y))), norm(add(mul(A, v), neg(y)))
    best = make("and", (relation("le", f, g), make("implies", (relation("le", g, f), equation(v, x)))))
    assert parse_prop("x = argmin ||A x - y||", SCOPE) is make("forall", (v, best))


def test_a_chain_over_rows() -> None:
    chain = parse_chain(
        "\\begin{align*}\n  A^T(Ax-b) \\\\\n  &= A^TAx-A^Tb \\\\\n  &= 0\n\\end{align*}", SCOPE
    )
    assert [link.relation for link in chain] == ["", "eq", "eq"]
    assert chain[2].term is zero("n")


def test_a_row_that_begins_with_its_relation() -> None:
    text = r"&\le 0"
    (link,) = parse_chain(text, SCOPE, like=("n", "n"))
    assert (link.relation, link.term, text[link.start : link.end]) == ("le", zero("n", "n"), "0")


def test_lists() -> None:
    assert parse_list("i, -i", Scope(student=True)) == [parse_term("i", Scope()), parse_term("-i", Scope())]
    assert parse_props("symmetric(S), rank(A) = n", SCOPE) == (
        is_("symmetric", S),
        equation(make("rank", (A,)), dim("n")),
    )


@pytest.mark.parametrize(
    ("answer", "names"),
    [("x + y", "x y"), ("x_1 + x2", "x_1 x_2"), ("2xy", "x y"), ("(1-\\eta\\lambda)^k x_0", "eta lambda k x_0"),
     ("3+4i", ""), ("3+4j", ""), ("\\dot x=-\\lambda x", "x lambda"), ("x'=-λ x", "x lambda")],
)  # fmt: skip
def test_students_need_no_declarations(answer: str, names: str) -> None:
    from lemmata.kernel.term import symbols_of

    (first, *rest) = parse_chain(answer, Scope(student=True))
    found = {s.name for link in (first, *rest) for s in symbols_of(link.term)}
    assert found == set(names.split())


def test_a_hat_is_forgiven_to_students_only() -> None:
    assert parse_term(r"A\hat x", SCOPE.lenient()) is mul(A, x)
    with pytest.raises(ReadError):
        parse_term(r"A\hat x", SCOPE)
    hat = symbol("x_hat", "n")
    assert parse_term(r"A\hat{x}", SCOPE.having(hat)) is mul(A, hat)
