"""Three short proofs: a chain of equations, the step that carries it, what fails without a hypothesis."""

from fractions import Fraction

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Criterion, Mistake, Part, SolutionStep, Variant, answer_symbol, exercise
from lemmata.grade.tex import tex
from lemmata.grade.values import exact
from lemmata.kernel.term import Term, make, number, pinv, symbol
from lemmata.terms.forms import diff, equation, norm, power, relation, space, zero

HALF, ONE, TWO, THREE = Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3)
CONDITIONS = ("(i) X B X = X", "(ii) B X B = B", "(iii) X B is symmetric", "(iv) B X is symmetric")


FLOW = """let X : R^{m x n}, y : R^m, v : R^n, w : R^n(t)
assume X v = 0
assume d/dt w = -X^T (X w - y)"""


def nonzero(term: Term) -> bool:
    value = exact(term)
    return value.value != 0 if value.head == "number" else any(e.value for e in value.args)


@exercise(
    "prove-adjoint-pinv", title="Why the residual is perpendicular", source="batra, section 3.1", marks=12
)
def prove_adjoint_pinv(draw: Draw) -> Variant:
    def data() -> tuple[Term, list[int]]:
        row = draw.until(lambda: draw.integers(2), all)
        scale = draw.until(lambda: draw.integers(2, -2, 3), all)
        return vector_of(row), scale

    u, scale = draw.first(
        (vector_of([1, 2]), [1, 2]), lambda: draw.until(data, lambda d: len(set(d[1])) == 2)
    )
    v = vector_of(scale)
    X = exact(u @ v.T)
    B = exact(vector_of([1, 0]) @ matrix_of([[1, 0]]) / (X.args[0]))
    target = draw.first(vector_of([3, 1]), lambda: draw.until(
        lambda: draw.vector(2), lambda y: nonzero(X.T @ (y - X @ B @ y)) and nonzero(X.T @ y)))  # fmt: skip
    product, best = exact(X.T @ X @ B), exact(X @ pinv(X) @ target)
    left = exact(target - best)
    wrong = exact(X.T @ (target - X @ B @ target))
    Xs, ys = symbol("X", "m", "n"), symbol("y", "m")
    r = answer_symbol(2)
    return Variant(
        task="Prove that $X^\\top X X^+ = X^\\top$ for every matrix $X$, from the four conditions that "
             "define $B = X^+$. "
        f"Then test it on $X = {tex(X)}$, with $y = {tex(target)}$ and the matrix $B = {tex(B)}$, which "
        "satisfies (i) and (ii).",
        parts=(
            Part("a", "Show $X^\\top X X^+ = X^\\top$ in a chain of equations, for any $X$. Begin with "
                      "$X^\\top X X^+$ and end "
                 "with $X^\\top$.", "derivation", equation(Xs.T @ Xs @ pinv(Xs), Xs.T), THREE,
                 context="let X : R^{m x n}", reference="X^T", hints=("Transpose a product twice.",)),
            Part("b", "The usual proof begins $X^\\top X X^+ = X^\\top (X X^+)^\\top$. Which condition is "
                      "used?", "choice",
                 number(2), options=CONDITIONS),
            Part("c", "It goes on $X^\\top (X X^+)^\\top = (X X^+ X)^\\top = X^\\top$. Which condition is "
                      "used in the last "
                 "step?", "choice", number(0), options=CONDITIONS),
            Part("d", "Apply it: for any $X$ and $y$, the vector $X^\\top (y - X X^+ y)$, simplified as "
                      "far as possible.",
                 "expression", zero("n"), symbols=(Xs, ys),
                 mistakes=(Mistake("second-term-forgotten", Xs.T @ ys, "Subtract $X^\\top X X^+ y = "
                                                                       "X^\\top y$."),)),
            Part("e", "For the data: the residual $y - X X^+ y$.", "vector", left, TWO, mode="form",
                 criteria=(Criterion("is perpendicular to the columns of $X$",
                                     equation(X.T @ r, vector_of([0, 0])), HALF, True, "not-perpendicular"),),
                 mistakes=(Mistake("fitted-values", best, "These are the fitted values $X X^+ y$."),
                           Mistake("sign", exact(-left), "Subtract in the other order.", ONE))),
            Part("f", "For the data: the product $X^\\top X B$.", "matrix", product, mode="form",
                 mistakes=(Mistake("as-for-the-pseudoinverse", exact(X.T),
                                   "It would be $X^\\top$ for $B = X^+$; this $B$ is another matrix."),)),
            Part("g", "Which of the two conditions that the proof uses fails for this "
                      "$B$?", "choice", number(2),
                 options=CONDITIONS),
            Part("h", "For the data: the vector $X^\\top (y - X B y)$.", "vector", wrong, TWO, mode="form",
                 mistakes=(Mistake("as-for-the-pseudoinverse", vector_of([0, 0]),
                                   "It is zero for $B = X^+$, but not for this $B$.", HALF),)),
        ),
        solution=(
            SolutionStep("By (iii) $X X^+ = (X X^+)^\\top$, so $X^\\top X X^+ = X^\\top (X X^+)^\\top$; "
                         "for the data:",
                         equation(X.T @ X @ pinv(X), X.T @ (X @ pinv(X)).T)),
            SolutionStep("A product is transposed in reverse order: $X^\\top (X X^+)^\\top = (X X^+ "
                         "X)^\\top$.",
                         equation(X.T @ (X @ pinv(X)).T, (X @ pinv(X) @ X).T)),
            SolutionStep("By (i) this is $X^\\top$.", equation((X @ pinv(X) @ X).T, X.T)),
            SolutionStep("Hence $X^\\top (y - X X^+ y) = X^\\top y - X^\\top y = 0$ for every $y$;",
                         equation(X.T @ (target - X @ pinv(X) @ target), vector_of([0, 0]))),
            SolutionStep(f"here the residual is ${tex(left)}$.",
                         equation(target - X @ pinv(X) @ target, left)),
            SolutionStep("The matrix $B$ satisfies (i),", equation(X @ B @ X, X)),
            SolutionStep("but not (iii): $X B$ is not symmetric.", relation("ne", X @ B, (X @ B).T)),
            SolutionStep(f"For it $X^\\top X B = {tex(product)}$, which is not $X^\\top$,",
                         relation("ne", product, X.T)),
            SolutionStep(f"and $X^\\top (y - X B y) = {tex(wrong)}$ is not zero.",
                         equation(X.T @ (target - X @ B @ target), wrong)),
        ),
    )  # fmt: skip


@exercise("prove-null-still", title="Why the null component stands still", source="batra, lemma 1", marks=11)
def prove_null_still(draw: Draw) -> Variant:
    X = draw.first(matrix_of([[1, 0, 1], [0, 1, 1]]), lambda: draw.full_row_rank(2, 3, denominator=14))
    (a, b, c), (d, e, f) = ([int(x.value) for x in X.args[i : i + 3]] for i in (0, 3))
    v = vector_of([b * f - c * e, c * d - a * f, a * e - b * d])
    start, y = draw.first(
        (vector_of([1, 2, 0]), vector_of([3, 0])),
        lambda: draw.until(
            lambda: (draw.vector(3), draw.vector(2)),
            lambda z: nonzero(v.T @ z[0]) and nonzero(X.T @ (X @ z[0] - z[1])),
        ),
    )
    velocity = exact(-(X.T @ (X @ start - y)))
    kept = exact(v.T @ start)
    vs, wt = symbol("v", "n"), symbol("w", "n", of="t")
    ridge = exact(velocity - start)
    return Variant(
        task="Prove that under gradient flow $\\dot w = -X^\\top (X w - y)$ the component of $w$ in the "
             "null space of $X$ never "
        f"moves. The data for a test: $X = {tex(X)}$, $y = {tex(y)}$, $w(0) = {tex(start)}$, and $v = "
        f"{tex(v)}$, which spans "
        "the null space.",
        parts=(
            Part("a", "Show in a chain of equations, for a $v$ with $X v = 0$, that $\\tfrac{d}{dt} "
                      "(v^\\top w) = 0$. Begin "
                 "with $\\tfrac{d}{dt} (v^\\top w)$ and end with $0$.", "derivation",
                 equation(diff(vs.T @ wt, "t"), number(0)), Fraction(4), context=FLOW, reference="0",
                 hints=("$v^\\top X^\\top = (X v)^\\top$.",)),
            Part("b", "The velocity $\\dot w$ at the start, for the data.", "vector", velocity, mode="form",
                 mistakes=(Mistake("sign", exact(-velocity), "This is the gradient.", HALF),)),
            Part("c", "The number $v^\\top \\dot w$ at the start.", "number", number(0),
                 mistakes=(Mistake("start-instead-of-velocity", kept, "This is $v^\\top w(0)$."),)),
            Part("d", "The number $v^\\top w(t)$ at $t = 7$.", "number", kept, TWO,
                 hints=("It is constant.",), mistakes=(Mistake("zero", number(0),
                                                               "Its derivative is zero, but it is not."),)),
            Part("e", "Where does the proof use that the loss is that of least "
                      "squares?", "choice", number(1), ONE,
                 options=("the gradient vanishes at the minimum",
                          "the gradient is the transpose of X times a vector",
                          "the loss is convex"),
                 hints=("Which property of $\\dot w$ is needed?",)),
            Part("f", "With the penalty $\\tfrac12 \\|w\\|^2$ the flow is $\\dot w = -X^\\top (X w - y) - "
                      "w$. The number "
                 "$v^\\top \\dot w$ at the start, for the data.", "number", exact(v.T @ ridge), TWO,
                 credit={"sign": ONE},
                 mistakes=(Mistake("as-without-penalty", number(0), "The penalty pulls at the null "
                                                                    "component too."),)),
        ),
        solution=(
            SolutionStep("Let $X v = 0$:", equation(X @ v, vector_of([0, 0]))),
            SolutionStep("For any residual $r$ one has $v^\\top X^\\top r = (X v)^\\top r = 0$; here:",
                         equation(v.T @ X.T @ (X @ start - y), (X @ v).T @ (X @ start - y))),
            SolutionStep(f"At the start the velocity is ${tex(velocity)}$.",
                         equation(velocity, -(X.T @ (X @ start - y)))),
            SolutionStep("It is perpendicular to $v$, and so it is at every other "
                         "point,", equation(v.T @ velocity,
                                                                                               number(0))),
            SolutionStep("for it lies in the row space.", relation("in", velocity, space("row", X))),
            SolutionStep(f"So $v^\\top w$ keeps its value ${tex(kept)}$ for ever. At the limit it is the "
                         "same:",
                         equation(v.T @ (start + pinv(X) @ (y - X @ start)), kept)),
            SolutionStep("With the penalty the velocity gets the summand $-w$, which is not perpendicular "
                         "to $v$:",
                         equation(v.T @ (velocity - start), -kept)),
        ),
    )  # fmt: skip


@exercise(
    "prove-gram-kernel",
    title="A matrix and its Gram matrix vanish together",
    source="batra, section 2.2",
    marks=12,
)
def prove_gram_kernel(draw: Draw) -> Variant:
    A = draw.first(matrix_of([[1, 1, 0], [0, 1, 1]]), lambda: draw.full_row_rank(2, 3, denominator=14))
    (a, b, c), (d, e, f) = ([int(x.value) for x in A.args[i : i + 3]] for i in (0, 3))
    v = vector_of([b * f - c * e, c * d - a * f, a * e - b * d])
    gram = exact(A.T @ A)
    p = draw.first(2, lambda: draw.integer(2, 6))
    q = draw.first(3, lambda: draw.integer(-6, 6, nonzero=True))
    N = matrix_of([[p, -1], [p * p, -p]])
    w = vector_of([q, q])
    product = exact(N @ w)
    As, Bs = symbol("A", "m", "n"), symbol("B", "n", "p")
    return Variant(
        task="Prove: if $A^\\top A B = 0$ then $A B = 0$. Then use it for "
        f"$A = {tex(A)}$, and see that $A^\\top$ is needed: let $N = {tex(N)}$ and $z = {tex(w)}$.",
        parts=(
            Part("a", "Show in a chain of equations, under the hypothesis $A^\\top A B = 0$, that $\\|A "
                      "B\\|_F^2 = 0$. Begin "
                 "with $\\|A B\\|_F^2$ and end with $0$.", "derivation",
                 equation(power(norm(As @ Bs, "F"), 2), number(0)),
                 THREE, context="let A : R^{m x n}, B : R^{n x p}\nassume A^T A B = 0", reference="0",
                 hints=("A squared Frobenius norm is a trace.",)),
            Part("b", "By what is $A^\\top A B$ multiplied from the left to become $(A B)^\\top (A "
                      "B)$?", "expression",
                 Bs.T, TWO, symbols=(As, Bs), hints=("$(A B)^\\top = B^\\top A^\\top$.",)),
            Part("c", "The trace of $(A B)^\\top (A B)$, as a square.", "expression",
                 power(norm(As @ Bs, "F"), 2), TWO,
                 symbols=(As, Bs), hints=("The sum of the squares of all entries of $A B$.",),
                 mistakes=(Mistake("not-squared", norm(As @ Bs, "F"), "This is the norm; the trace is its "
                                                                      "square.", ONE),)),
            Part("d", "For the data: the matrix $A^\\top A$.", "matrix", gram, mode="form",
                 mistakes=(Mistake("other-gram", exact(A @ A.T), "This is $A A^\\top$."),)),
            Part("e", "The null space of $A^\\top A$.", "affine", make("span", (v,)), TWO, mode="span",
                 hints=("By what is proved it is the null space of $A$.",), credit={"one-point": ONE}),
            Part("f", "For the data: $N z$.", "vector", product, mode="form",
                 mistakes=(Mistake("zero", vector_of([0, 0]), "$N^2 z$ is zero, but $N z$ is not."),)),
            Part("g", "Does $N N z = 0$ imply $N z = 0$, as $N^\\top N z = 0$ does?", "choice", number(1),
                 options=("yes", "no")),
        ),
        solution=(
            SolutionStep("Multiply $A^\\top A B = 0$ by $B^\\top$ from the left: $(A B)^\\top (A B) = 0$. "
                         "The trace of this is "
                         "$\\|A B\\|_F^2$, the sum of the squares of the entries of $A B$; as an example, "
                         "with $A^\\top$ for "
                         "$B$:", equation(make("trace", ((A @ A.T).T @ (A @ A.T),)),
                                          power(norm(A @ A.T, "F"), 2))),
            SolutionStep("A sum of squares is zero only when every one of them is, so $A B = 0$. Hence the "
                         "null spaces of "
                         "$A^\\top A$ and of $A$ are the same. For the data,", equation(A.T @ A, gram)),
            SolutionStep("the null space of $A$ is spanned by "
                         f"${tex(v)}$,", equation(A @ v, vector_of([0, 0]))),
            SolutionStep("and $A^\\top A$ vanishes there", equation(gram @ v, vector_of([0, 0, 0]))),
            SolutionStep("and, having the same rank 2, nowhere else.",
                         equation(make("rank", (gram,)), number(2))),
            SolutionStep("Without the transpose this is wrong: $N^2$ is zero,",
                         equation(N @ N, matrix_of([[0, 0], [0, 0]]))),
            SolutionStep(f"but $N z = {tex(product)}$ is not.", relation("ne", N @ w, vector_of([0, 0]))),
            SolutionStep("And $N^\\top N z$ is not zero either, as it must be.",
                         relation("ne", N.T @ N @ w, vector_of([0, 0]))),
        ),
    )  # fmt: skip
