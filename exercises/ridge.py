"""Ridge regression: the path of the solutions, its two ends, and one equation seen from both sides."""

from fractions import Fraction

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Criterion, Mistake, Part, SolutionStep, Variant, answer_symbol, exercise
from lemmata.grade.tex import tex
from lemmata.grade.values import exact
from lemmata.kernel.term import Term, identity, inverse, number, pinv, substitute, symbol
from lemmata.terms.forms import equation, literal, power, relation

HALF, ONE, TWO, THREE = Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3)
LAMBDA = symbol("lambda", domain="positive")


def column(*entries: Term) -> Term:
    return literal([[e] for e in entries])


def at_lambda(term: Term, value: Fraction | int) -> Term:
    return substitute(term, {LAMBDA: number(value)})


Column = tuple[int, ...]
PERPENDICULAR: tuple[tuple[Column, Column], ...] = (
    ((1, 1, 0), (1, -1, 1)), ((1, 0, 1), (1, 1, -1)), ((1, 1, 1), (1, -1, 0)), ((2, 1, 0), (-1, 2, 1)),
    ((1, 2, 0), (2, -1, 1)), ((1, 1, 1), (2, -1, -1)), ((2, 1, 1), (0, 1, -1)), ((1, 2, 1), (1, 0, -1)),
    ((1, 1, 2), (1, -1, 0)), ((0, 2, 1), (1, 1, -2)), ((1, 0, 2), (2, 1, -1)), ((0, 1, 1), (2, 1, -1)),
)  # fmt: skip


def draw_columns(draw: Draw) -> tuple[Column, Column]:
    """Two perpendicular integer columns of different lengths."""
    p, q = draw.choice(PERPENDICULAR)
    return (p, q) if draw.choice([True, False]) else (q, p)


def dot(a: Column, b: Column) -> int:
    return sum(x * y for x, y in zip(a, b, strict=True))


@exercise("ridge-path", title="The path of the ridge solutions", source="batra, section 7", marks=11)
def ridge_path(draw: Draw) -> Variant:
    p, q = draw.first(PERPENDICULAR[2], lambda: draw_columns(draw))
    start: Column = (4, 2, 3)
    y = draw.first(
        start,
        lambda: draw.until(
            lambda: tuple(draw.integers(3, -4, 6)),
            lambda y: dot(p, y) != 0 and dot(q, y) not in (0, dot(p, y)),
        ),
    )
    value = draw.first(1, lambda: draw.integer(1, 6))
    P, Q, a, b = dot(p, p), dot(q, q), dot(p, y), dot(q, y)
    X, target = matrix_of(list(zip(p, q, strict=True))), vector_of(y)
    gram, right = matrix_of([[P, 0], [0, Q]]), vector_of([a, b])
    path = column(number(a) / (number(P) + LAMBDA), number(b) / (number(Q) + LAMBDA))
    here = exact(at_lambda(path, value))
    limit = vector_of([Fraction(a, P), Fraction(b, Q)])
    apart = column(
        number(Fraction(a, P)) * LAMBDA / (number(P) + LAMBDA),
        number(Fraction(b, Q)) * LAMBDA / (number(Q) + LAMBDA),
    )
    w = answer_symbol(2)
    balance = equation(gram @ w + number(value) * w, right)
    fits = equation((gram + number(value) * identity(2)) @ here, right)
    return Variant(
        task=f"Let $X = {tex(X)}$ and $y = {tex(target)}$. For $\\lambda > 0$ let $w_\\lambda$ be the "
             "minimiser of "
        "$\\|X w - y\\|^2 + \\lambda \\|w\\|^2$.",
        parts=(
            Part("a", "The matrix $X^\\top X$.", "matrix", gram, mode="form", hints=("The columns are "
                                                                                     "perpendicular.",),
                 mistakes=(Mistake("gram-of-rows", exact(X @ X.T), "This is $X X^\\top$."),)),
            Part(
                "b", f"The minimiser for $\\lambda = {value}$.", "vector", here, TWO, mode="form",
                hints=("$(X^\\top X + \\lambda I) w = X^\\top y$.",),
                criteria=(Criterion("satisfies the ridge normal equations", balance, gate=True,
                                    lacks="ridge-equations-fail"),),
                mistakes=(
                    Mistake("penalty-forgotten", limit, "This is the least-squares solution, for $\\lambda "
                                                        "= 0$.",
                            HALF),
                    Mistake("penalty-subtracted", minus_penalty(P, Q, a, b, value),
                            "The penalty is added to $X^\\top X$, not subtracted."),
                    Mistake("penalty-halved", exact(at_lambda(path, Fraction(value, 2))),
                            "Both terms have the same factor 2 in the gradient: it is $\\lambda$, not "
                            "$\\lambda / 2$.", ONE),
                ),
            ),
            Part("c", "The minimiser $w_\\lambda$ as a function of "
                      "$\\lambda$.", "vector", path, TWO, symbols=(LAMBDA,),
                 mistakes=(Mistake("penalty-squared", substitute(path, {LAMBDA: power(LAMBDA, 2)}),
                                   "The penalty enters as $\\lambda$, not as its square."),)),
            Part("d", "The limit of $w_\\lambda$ as $\\lambda \\to 0$.", "vector", limit, mode="form",
                 mistakes=(Mistake("other-end", vector_of([0, 0]), "That is the limit for $\\lambda \\to "
                                                                   "\\infty$."),)),
            Part("e", "The limit of $w_\\lambda$ as $\\lambda \\to \\infty$.", "vector", vector_of([0, 0]),
                 mistakes=(Mistake("other-end", limit, "That is the limit for $\\lambda \\to 0$."),)),
            Part("f", "The limit of $\\lambda w_\\lambda$ as $\\lambda \\to \\infty$.", "vector", right, TWO,
                 mode="form", hints=("$\\lambda w_\\lambda = \\lambda (X^\\top X + \\lambda I)^{-1} "
                                     "X^\\top y$.",),
                 mistakes=(Mistake("zero", vector_of([0, 0]),
                                   "$w_\\lambda$ tends to zero, but only like $1/\\lambda$."),)),
            Part("g", "The difference $w_0 - w_\\lambda$, where $w_0$ is the limit of part "
                      "(d).", "vector", apart, TWO,
                 symbols=(LAMBDA,), hints=("Each entry of $w_0$ is multiplied by $\\lambda / (s + "
                                           "\\lambda)$.",),
                 mistakes=(Mistake("sign", -apart, "Subtract in the other order.", ONE),)),
        ),
        solution=(
            SolutionStep("The columns are perpendicular, so $X^\\top X$ is "
                         "diagonal.", equation(X.T @ X, gram)),
            SolutionStep(f"The right side of the normal equations is $X^\\top y = {tex(right)}$.",
                         equation(X.T @ target, right)),
            SolutionStep("The gradient of the penalised loss vanishes when $(X^\\top X + \\lambda I) w = "
                         "X^\\top y$. "
                         f"For $\\lambda = {value}$ this gives ${tex(here)}$.", fits),
            SolutionStep(f"In general $w_\\lambda = {tex(path)}$; for example at $\\lambda = 5$:",
                         equation((gram + number(5) * identity(2)) @ at_lambda(path, 5), right)),
            SolutionStep(f"As $\\lambda \\to 0$ it tends to ${tex(limit)}$, the least-squares solution,",
                         equation(limit, pinv(X) @ target)),
            SolutionStep("and the difference to it is $\\lambda (X^\\top X + \\lambda I)^{-1}$ times the "
                         "limit; at "
                         "$\\lambda = 5$:", equation(limit - at_lambda(path, 5), at_lambda(apart, 5))),
            SolutionStep("As $\\lambda \\to \\infty$ both entries tend to zero. Every entry of "
                         "$w_\\lambda$ is smaller "
                         "than before the penalty; in squared norms, at $\\lambda = 5$:",
                         relation("lt", at_lambda(path, 5).T @ at_lambda(path, 5), limit.T @ limit)),
            SolutionStep("Multiplied by $\\lambda$ they tend to $X^\\top y$: the entries of $X^\\top y - "
                         "\\lambda "
                         "w_\\lambda$ are those of $X^\\top X w_\\lambda$, which vanish in the limit.",
                         equation(right - number(1000) * at_lambda(path, 1000),
                                  gram @ at_lambda(path, 1000))),
        ),
    )  # fmt: skip


def minus_penalty(P: int, Q: int, a: int, b: int, value: int) -> Term:
    """The minimiser with the wrong sign of the penalty; the gradient X^T y where that does not exist."""
    if value in (P, Q):
        return vector_of([a, b])
    return vector_of([Fraction(a, P - value), Fraction(b, Q - value)])


@exercise("ridge-one-equation", title="Ridge for a single equation", source="batra, section 7", marks=10)
def ridge_one_equation(draw: Draw) -> Variant:
    a, b, c = draw.first(
        (1, 2, 10),
        lambda: draw.until(
            lambda: (
                draw.integer(-4, 4, nonzero=True),
                draw.integer(-4, 4, nonzero=True),
                draw.integer(2, 12),
            ),
            lambda t: abs(t[0]) != abs(t[1]),
        ),
    )
    value = draw.first(5, lambda: draw.integer(1, 9))
    s = a * a + b * b
    X, x, y = matrix_of([[a, b]]), vector_of([a, b]), number(c)
    path = column(number(a * c) / (number(s) + LAMBDA), number(b * c) / (number(s) + LAMBDA))
    here, shortest = exact(at_lambda(path, value)), vector_of([Fraction(a * c, s), Fraction(b * c, s)])
    big = exact(x @ x.T + number(value) * identity(2))
    determinant = LAMBDA * (number(s) + LAMBDA)
    return Variant(
        task=f"Let $X = {tex(X)}$ and $y = {c}$. For $\\lambda > 0$ the ridge solution is $w_\\lambda = "
             "(X^\\top X + "
        "\\lambda I)^{-1} X^\\top y$.",
        parts=(
            Part("a", "The matrix $X^\\top X + \\lambda I$ for $\\lambda = "
                      f"{value}$.", "matrix", big, mode="form",
                 mistakes=(Mistake("penalty-everywhere",
                                   exact(x @ x.T + number(value) * matrix_of([[1, 1], [1, 1]])),
                                   "The penalty is added on the diagonal only."),
                           Mistake("penalty-forgotten", exact(x @ x.T), "$\\lambda I$ is missing."))),
            Part("b", "The determinant of $X^\\top X + \\lambda I$ as a function of "
                      "$\\lambda$.", "expression",
                 determinant, TWO, symbols=(LAMBDA,), hints=("The eigenvalues of $X^\\top X$ are "
                                                             "$\\|X\\|^2$ and $0$.",),
                 mistakes=(Mistake("one-eigenvalue", number(s) + LAMBDA,
                                   "The null space contributes a factor $\\lambda$.", ONE),
                           Mistake("product-of-diagonal", (number(a * a) + LAMBDA) * (number(b * b) + LAMBDA),
                                   "The off-diagonal entries are not zero."))),
            Part("c", "The ridge solution $w_\\lambda$ as a function of $\\lambda$.", "vector", path, THREE,
                 symbols=(LAMBDA,), hints=("$w_\\lambda = X^\\top (X X^\\top + \\lambda)^{-1} y$ needs no "
                                           "matrix "
                                           "inverse: $X X^\\top$ is a number.",),
                 mistakes=(Mistake("penalty-forgotten", shortest, "This is the limit for $\\lambda \\to "
                                                                  "0$.", ONE),
                           Mistake("factor-forgotten", column(number(a) / (number(s) + LAMBDA),
                                                              number(b) / (number(s) + LAMBDA)),
                                   "The factor $y$ is missing.", ONE))),
            Part("d", "Its limit as $\\lambda \\to 0$.", "vector", shortest, mode="form",
                 mistakes=(Mistake("not-normalised", exact(y * x), "Divide by $X X^\\top$.", HALF),)),
            Part("e", "The residual $y - X w_\\lambda$ as a function of $\\lambda$.", "expression",
                 y * LAMBDA / (number(s) + LAMBDA), TWO, symbols=(LAMBDA,),
                 mistakes=(Mistake("sign", -y * LAMBDA / (number(s) + LAMBDA), "The sign is the other "
                                                                               "one.", ONE),
                           Mistake("fitted-value", y * number(s) / (number(s) + LAMBDA),
                                   "This is $X w_\\lambda$."))),
            Part("f", "For which $\\lambda$ is $w_\\lambda$ half as long as its limit for $\\lambda \\to "
                      "0$?", "number",
                 number(s), hints=("The factor is $s / (s + \\lambda)$ with $s = X X^\\top$.",),
                 mistakes=(Mistake("half-the-square", number(Fraction(s, 2)),
                                   "At this $\\lambda$ the factor is $2/3$."),)),
        ),
        solution=(
            SolutionStep(f"$X^\\top X$ is the product of a column and a row; adding ${value}$ on the "
                         "diagonal gives "
                         f"${tex(big)}$.", equation(X.T @ X + number(value) * identity(2), big)),
            SolutionStep(f"$X^\\top X$ has the eigenvalue $X X^\\top = {s}$ with the eigenvector $X^\\top$",
                         equation(X.T @ X @ x, number(s) * x)),
            SolutionStep("and the eigenvalue $0$ on the null space,",
                         equation(X @ vector_of([-b, a]), number(0))),
            SolutionStep(f"so the determinant is $\\lambda ({s} + \\lambda)$; for $\\lambda = {value}$:",
                         equation(big.args[0] * big.args[3] - big.args[1] * big.args[2],
                                  at_lambda(determinant, value))),
            SolutionStep("From $(X^\\top X + \\lambda I) X^\\top = X^\\top (X X^\\top + \\lambda)$ one "
                         "gets $w_\\lambda = "
                         f"X^\\top (X X^\\top + \\lambda)^{{-1}} y = {tex(path)}$; for $\\lambda = {value}$:",
                         equation(inverse(big) @ x @ y, here)),
            SolutionStep("As $\\lambda \\to 0$ it tends to the shortest "
                         "solution,", equation(shortest, pinv(X) @ y)),
            SolutionStep("which fits exactly, although $X^\\top X$ itself has no "
                         "inverse.", equation(X @ shortest, y)),
            SolutionStep(f"The residual is ${c} \\lambda / ({s} + \\lambda)$; for $\\lambda = {value}$:",
                         equation(y - X @ here, number(Fraction(c * value, s + value)))),
            SolutionStep(f"The factor ${s} / ({s} + \\lambda)$ is one half for $\\lambda = {s}$.",
                         equation(at_lambda(path, s), shortest / number(2))),
        ),
    )  # fmt: skip
