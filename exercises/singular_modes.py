"""The prediction error along the singular modes, and why it explodes where a singular value is small."""

from fractions import Fraction

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Mistake, Part, SolutionStep, Variant, exercise
from lemmata.grade.tex import tex
from lemmata.grade.values import exact
from lemmata.kernel.term import Term, exp, identity, make, mul, number, pinv, substitute, symbol
from lemmata.terms.forms import call, equation, power, relation, space

HALF, ONE, TWO, THREE = Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3)
EPSILON, LAMBDA = symbol("epsilon", domain="positive"), symbol("lambda", domain="positive")
TIME = symbol("t", domain="positive")

# Orthonormal pairs with rational entries, from the triangles 3-4-5 and 5-12-13 and from the axes.
FRAMES = (
    ((Fraction(3, 5), Fraction(4, 5)), (Fraction(-4, 5), Fraction(3, 5))),
    ((Fraction(4, 5), Fraction(3, 5)), (Fraction(-3, 5), Fraction(4, 5))),
    ((Fraction(4, 5), Fraction(-3, 5)), (Fraction(3, 5), Fraction(4, 5))),
    ((Fraction(5, 13), Fraction(12, 13)), (Fraction(-12, 13), Fraction(5, 13))),
    ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))),
)


def dot(a: Term, b: Term) -> Fraction:
    return Fraction(exact(a.T @ b).value)


@exercise(
    "singular-modes", title="The prediction error, mode by mode", source="schaeffer, equation 1", marks=11
)
def singular_modes(draw: Draw) -> Variant:
    left, right = draw.first((0, 4), lambda: (draw.choice((0, 1, 2)), draw.choice((0, 1, 2, 3, 4))))
    s, inverse_small = draw.first((2, 10), lambda: (draw.integer(2, 5), draw.choice((4, 5, 10, 20))))
    small = Fraction(1, inverse_small)
    (u1, u2), (v1, v2) = ([vector_of(z) for z in FRAMES[i]] for i in (left, right))

    def plain(u: Term) -> bool:
        return dot(u1, u) != 0 and dot(u2, u) != 0 and abs(dot(u1, u)) != s

    E = draw.first(vector_of([1, 1]), lambda: draw.until(lambda: draw.vector(2), plain))
    x = draw.first(vector_of([3, 1]), lambda: draw.until(
        lambda: draw.vector(2), lambda x: dot(v1, x) != 0 and dot(v2, x) != 0))  # fmt: skip
    X = exact(number(s) * u1 @ v1.T + number(small) * u2 @ v2.T)
    a, b = dot(v1, x) * dot(u1, E) / s, dot(v2, x) * dot(u2, E) / small
    shift = exact(pinv(X) @ E)
    return Variant(
        task="Targets are $y = X \\beta^* + E$, with an error $E$ that no linear model captures. The "
             "design matrix is "
        "$X = \\sigma_1 u_1 v_1^\\top + \\sigma_2 u_2 v_2^\\top$ with the singular values $\\sigma_1 = "
        f"{s}$, $\\sigma_2 = "
        f"{tex(small)}$ and $u_1 = {tex(u1)}$, $u_2 = {tex(u2)}$, $v_1 = {tex(v1)}$, $v_2 = {tex(v2)}$. Let "
        f"$E = {tex(E)}$, let $\\hat\\beta = X^+ y$, and let $x = {tex(x)}$ be a test point.",
        parts=(
            Part("a", "The error $\\hat\\beta - \\beta^*$ of the "
                      "parameters.", "vector", shift, TWO, mode="form",
                 hints=("$X^+ = \\sum_r \\tfrac{1}{\\sigma_r} v_r u_r^\\top$.",),
                 mistakes=(Mistake("sign", exact(-shift), "Subtract in the other order.", ONE),
                           Mistake("multiplied-by-singular-values", exact(X.T @ E),
                                   "Divide by the singular values instead of multiplying: this is $X^\\top "
                                   "E$."))),
            Part("b", "The part of the first mode in the prediction error $x^\\top (\\hat\\beta - "
                      "\\beta^*)$.", "number",
                 number(a), TWO, hints=("$\\tfrac{1}{\\sigma_1} (x \\cdot v_1)(u_1 \\cdot E)$.",),
                 mistakes=(Mistake("multiplied-by-singular-value", number(a * s * s),
                                   "Divide by $\\sigma_1$.", ONE),)),
            Part("c", "The part of the second mode.", "number", number(b), TWO,
                 mistakes=(Mistake("multiplied-by-singular-value", number(b * small * small),
                                   "Divide by $\\sigma_2$.", ONE),)),
            Part("d", "The squared prediction error at $x$.", "number", number((a + b) ** 2), TWO,
                 mistakes=(Mistake("squares-added", number(a * a + b * b),
                                   "Add the two parts first: they have signs, and the square has a mixed "
                                   "term.", ONE),
                           Mistake("not-squared", number(a + b), "This is the error; square it.", ONE))),
            Part("e", "By which factor does the part of the second mode change if $\\sigma_2$ is "
                      "halved?", "number",
                 number(2), ONE, mistakes=(Mistake("inverted", number(HALF), "The singular value is "
                                                                             "divided by."),
                                           Mistake("squared", number(4), "This is the factor of its "
                                                                         "square."))),
            Part("f", "A direction of test points for which the second mode contributes nothing, whatever "
                      "$E$ is.",
                 "vector", v1, TWO, mode="direction", hints=("Which of the three factors can the test "
                                                             "point make zero?",)),
        ),
        solution=(
            SolutionStep("The two left vectors are orthonormal,",
                         equation(u1 @ u1.T + u2 @ u2.T, identity(2))),
            SolutionStep("and so are the right ones.", equation(v1 @ v1.T + v2 @ v2.T, identity(2))),
            SolutionStep("Hence $X^+ = \\tfrac{1}{\\sigma_1} v_1 u_1^\\top + \\tfrac{1}{\\sigma_2} v_2 "
                         "u_2^\\top$,",
                         equation(pinv(X),
                                  number(Fraction(1, s)) * v1 @ u1.T + number(1 / small) * v2 @ u2.T)),
            SolutionStep("and, $X$ being invertible, $X^+ y - \\beta^* = X^+ "
                         "E$.", equation(pinv(X) @ X, identity(2))),
            SolutionStep(f"This is ${tex(shift)}$.", equation(pinv(X) @ E, shift)),
            SolutionStep(f"The first mode contributes $\\tfrac{{1}}{{{s}}} \\cdot {paren(dot(v1, x))} \\cdot "
                         f"{paren(dot(u1, E))} = {tex(a)}$ at $x$,",
                         equation(number(Fraction(1, s)) * (x.T @ v1) * (u1.T @ E), number(a))),
            SolutionStep(f"the second one ${inverse_small} \\cdot {paren(dot(v2, x))} \\cdot "
                         f"{paren(dot(u2, E))} = {tex(b)}$.",
                         equation(number(inverse_small) * (x.T @ v2) * (u2.T @ E), number(b))),
            SolutionStep(f"Together they are the prediction error, and its square is ${tex((a + b) ** 2)}$.",
                         equation(power(x.T @ shift, 2), number((a + b) ** 2))),
            SolutionStep("A mode is inversely proportional to its singular value, and it is multiplied by "
                         "$x \\cdot v_2$, "
                         "which vanishes along $v_1$.", equation(v1.T @ v2, number(0))),
        ),
    )  # fmt: skip


def paren(value: Fraction) -> str:
    return f"({tex(value)})" if value < 0 else tex(value)


@exercise(
    "bias-and-variance",
    title="What an overparameterised fit cannot see",
    source="schaeffer, section 2",
    marks=10,
)
def bias_and_variance(draw: Draw) -> Variant:
    X = draw.first(matrix_of([[1, 0, 1], [0, 1, 1]]), lambda: draw.full_row_rank(2, 3, denominator=14))
    P = exact(pinv(X) @ X)
    rest = exact(identity(3) - P)
    beta = draw.first(
        vector_of([1, 2, 0]),
        lambda: draw.until(lambda: draw.vector(3), lambda z: any(e.value for e in exact(rest @ z).args)),
    )
    E = draw.first(vector_of([1, 1]), lambda: draw.vector(2, -2, 2))

    def seen(x: Term) -> bool:
        return 0 not in (dot(x, exact(rest @ beta)), dot(x, exact(pinv(X) @ E)), dot(x, beta))

    x = draw.first(vector_of([1, 1, 0]), lambda: draw.until(lambda: draw.vector(3), seen))
    visible, hidden = exact(P @ beta), exact(rest @ beta)
    noise = exact(pinv(X) @ E)
    bias, variance = -dot(x, hidden), dot(x, noise)
    y = exact(X @ beta + E)
    fit = exact(pinv(X) @ y)
    inside = exact(X.T @ vector_of([1, 1]))
    return Variant(
        task=f"There are two observations and three parameters: $X = {tex(X)}$. The targets are $y = X "
             "\\beta^* + E$ with "
        f"$\\beta^* = {tex(beta)}$ and $E = {tex(E)}$. The shortest interpolating parameters are "
        "$\\hat\\beta = X^+ y$, and "
        f"$x = {tex(x)}$ is a test point.",
        parts=(
            Part("a", "The part $X^+ X \\beta^*$ of the true parameters that the data "
                      "show.", "vector", visible, TWO,
                 mode="form", mistakes=(Mistake("other-component", hidden, "This is the part that they do "
                                                                           "not show."),)),
            Part("b", "The bias $x^\\top (X^+ X - I) \\beta^*$ of the prediction at "
                      "$x$.", "number", number(bias), TWO,
                 hints=("It depends on the component of $\\beta^*$ in the null space only.",),
                 credit={"sign": ONE},
                 mistakes=(Mistake("visible-part", number(dot(x, visible)),
                                   "This is $x^\\top X^+ X \\beta^*$; subtract $x^\\top \\beta^*$.", ONE),)),
            Part("c", "The contribution $x^\\top X^+ E$ of the errors.", "number", number(variance), TWO,
                 credit={"sign": ONE},
                 mistakes=(Mistake("gram-not-inverted", number(dot(x, exact(X.T @ E))),
                                   "This is $x^\\top X^\\top E$."),)),
            Part("d", "The prediction error $x^\\top (\\hat\\beta - "
                      "\\beta^*)$.", "number", number(bias + variance), TWO,
                 mistakes=(Mistake("bias-forgotten", number(variance), "The bias is missing.", ONE),
                           Mistake("errors-forgotten", number(bias), "The contribution of $E$ is "
                                                                     "missing.", ONE))),
            Part("e", f"The bias at the test point ${tex(inside)}$.", "number", number(0),
                 hints=("This point is the sum of the two rows of $X$.",)),
            Part("f", "Has the expression $(X^\\top X)^{-1} X^\\top E$ a value for this "
                      "$X$?", "choice", number(1),
                 options=("yes", "no"), hints=("What is the rank of $X^\\top X$?",)),
        ),
        solution=(
            SolutionStep(f"$X^+ X$ projects onto the row space, and $X^+ X \\beta^* = {tex(visible)}$.",
                         relation("in", visible, space("row", X))),
            SolutionStep(f"What is left, ${tex(hidden)}$, lies in the null space: no data can show it.",
                         equation(X @ hidden, vector_of([0, 0]))),
            SolutionStep(f"The bias at $x$ is minus its inner product with $x$, ${tex(bias)}$.",
                         equation(x.T @ (P - identity(3)) @ beta, number(bias))),
            SolutionStep(f"The errors move the parameters by $X^+ E = {tex(noise)}$ and the prediction by "
                         f"${tex(variance)}$.", equation(x.T @ noise, number(variance))),
            SolutionStep("The fit interpolates the targets,", equation(X @ fit, y)),
            SolutionStep("and the prediction error is the sum of the two.",
                         equation(x.T @ (fit - beta), number(bias + variance))),
            SolutionStep("For a test point in the row space the bias is "
                         "zero.", equation(inside.T @ hidden, number(0))),
            SolutionStep("$X^\\top X$ is of size 3 and rank 2 and has no inverse; the formula that holds "
                         "here is "
                         "$X^+ E = X^\\top (X X^\\top)^{-1} E$.",
                         equation(make("rank", (X.T @ X,)), number(2))),
        ),
    )  # fmt: skip


def at_epsilon(term: Term, value: Fraction) -> Term:
    return substitute(term, {EPSILON: number(value)})


@exercise(
    "interpolation-threshold",
    title="The divergence and how to tame it",
    source="schaeffer, section 2",
    marks=12,
)
def interpolation_threshold(draw: Draw) -> Variant:
    z, e, root = draw.first(
        (2, 3, 2),
        lambda: draw.until(
            lambda: (draw.integer(-4, 4), draw.integer(-4, 4), draw.integer(2, 6)),
            lambda d: abs(d[0] * d[1]) > 1,
        ),
    )
    c, penalty = z * e, root * root
    plain = number(c) / EPSILON
    ridge = number(c) * EPSILON / (power(EPSILON, 2) + LAMBDA)
    decay = exp(mul(number(-1), TIME, power(EPSILON, 2)))
    flow = number(c) * (number(1) - decay) / EPSILON
    tenth = Fraction(1, 10)
    here = {EPSILON: number(root), LAMBDA: number(penalty)}
    return Variant(
        task="Near the interpolation threshold the smallest singular value $\\varepsilon$ of the design "
             "matrix becomes small. "
        f"Let $u$ and $v$ be its singular vectors, let $u \\cdot E = {e}$ for the error $E$ of the "
        "targets, and $x \\cdot v = "
        f"{z}$ for a test point $x$. Write epsilon for $\\varepsilon$ in your answers.",
        parts=(
            Part("a", "The contribution of this mode to the prediction error of least squares, as a "
                      "function of "
                 "$\\varepsilon$.", "expression", plain, TWO, symbols=(EPSILON,),
                 mistakes=(Mistake("multiplied-by-singular-value", number(c) * EPSILON,
                                   "Divide by $\\varepsilon$.", ONE),
                           Mistake("squared", number(c) / power(EPSILON, 2),
                                   "The pseudoinverse has $1/\\varepsilon$, not its square.", ONE))),
            Part("b", "The square of it for $\\varepsilon = 1/10$.", "number", number(100 * c * c), TWO,
                 mistakes=(Mistake("not-squared", number(10 * c), "Square it.", ONE),)),
            Part("c", "The factor by which this square grows when $\\varepsilon$ becomes ten times "
                      "smaller.", "number",
                 number(100), mistakes=(Mistake("not-squared", number(10), "This is the factor of the "
                                                                           "error itself.", HALF),)),
            Part("d", "The contribution under ridge regression with the penalty $\\lambda \\|w\\|^2$ to "
                      "$\\|X w - y\\|^2$ "
                 "(the part that comes from $E$).", "expression", ridge, THREE, symbols=(EPSILON, LAMBDA),
                 hints=("Ridge replaces $1/\\sigma$ by $\\sigma / (\\sigma^2 + \\lambda)$.",),
                 mistakes=(Mistake("penalty-on-singular-value", number(c) / (EPSILON + LAMBDA),
                                   "The penalty is added to the square of the singular value.", ONE),
                           Mistake("factor-missing", number(c) / (power(EPSILON, 2) + LAMBDA),
                                   "A factor $\\varepsilon$ is missing in the numerator.", ONE))),
            Part("e", f"For $\\lambda = {penalty}$: the $\\varepsilon$ for which the ridge factor "
                      "$\\varepsilon / "
                 "(\\varepsilon^2 + \\lambda)$ is largest.", "number", number(root), TWO,
                 hints=("Set the derivative to zero.",),
                 mistakes=(Mistake("square-of-it", number(penalty), "$\\varepsilon^2 = \\lambda$ "
                                                                    "there.", ONE),)),
            Part("f", "The contribution at time $t$ of gradient flow from $0$ (the part that comes from "
                      "$E$).", "expression",
                 flow, TWO, symbols=(EPSILON, TIME),
                 mistakes=(Mistake("rate-not-squared",
                                   number(c) * (number(1) - exp(mul(number(-1), TIME, EPSILON))) / EPSILON,
                                   "The rate is $\\varepsilon^2$.", ONE),
                           Mistake("remaining-part", number(c) * decay / EPSILON,
                                   "This is what is still missing at time $t$.", ONE))),
        ),
        solution=(
            SolutionStep(f"The mode contributes $\\tfrac{{1}}{{\\varepsilon}} (x \\cdot v)(u \\cdot E) = "
                         f"{c} / \\varepsilon$; for $\\varepsilon = \\tfrac{{1}}{{10}}$ this is ${10 * c}$,",
                         equation(at_epsilon(plain, tenth), number(10 * c))),
            SolutionStep(f"with the square ${100 * c * c}$.", equation(power(at_epsilon(plain, tenth), 2),
                                                                     number(100 * c * c))),
            SolutionStep("Ten times smaller, the square is a hundred times as large.",
                         equation(power(at_epsilon(plain, tenth / 10), 2),
                                  number(100) * power(at_epsilon(plain, tenth), 2))),
            SolutionStep("Ridge has $\\varepsilon / (\\varepsilon^2 + \\lambda)$ in the place of "
                         "$1/\\varepsilon$. For "
                         f"$\\lambda = {penalty}$ it is largest where $\\varepsilon^2 = \\lambda$, and "
                         "never above "
                         f"$1 / (2 \\cdot {root})$: at that point the contribution is",
                         equation(substitute(ridge, here), number(Fraction(c, 2 * root)))),
            SolutionStep("and it is smaller in absolute value a little to the left",
                         relation("lt", call("abs",
                                             substitute(ridge, {**here, EPSILON: number(root - tenth)})),
                                  number(abs(Fraction(c, 2 * root))))),
            SolutionStep("and a little to the right.",
                         relation("lt", call("abs",
                                             substitute(ridge, {**here, EPSILON: number(root + tenth)})),
                                  number(abs(Fraction(c, 2 * root))))),
            SolutionStep("Gradient flow has the factor $1 - e^{-t \\varepsilon^2}$, and $1 - e^{-a} < a$, "
                         "so that its "
                         "contribution is at most $t \\varepsilon$ times the two inner products: it "
                         "vanishes with "
                         "$\\varepsilon$ instead of exploding. For $t = 1$ and $\\varepsilon = "
                         "\\tfrac{1}{10}$:",
                         relation("lt", call("abs",
                                             substitute(flow, {TIME: number(1), EPSILON: number(tenth)})),
                                  number(abs(c) * tenth))),
        ),
    )  # fmt: skip
