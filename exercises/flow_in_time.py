"""Gradient flow at every time: the path of a weight, and how fast the residual settles."""

from fractions import Fraction

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Mistake, Part, SolutionStep, Variant, exercise
from lemmata.grade.exponentials import TIME, at_time, column, decay, derivative
from lemmata.grade.tex import tex
from lemmata.grade.values import exact
from lemmata.kernel.term import exp, mul, number, symbol
from lemmata.terms.forms import call, equation, norm, power, relation

HALF, ONE, TWO, THREE = Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3)
W = symbol("w")


@exercise("flow-scalar", title="One weight in continuous time", source="batra, section 4.2", marks=9)
def flow_scalar(draw: Draw) -> Variant:
    a, end, gap = draw.first(
        (2, 3, -3),
        lambda: (draw.integer(2, 4), draw.integer(-4, 4, nonzero=True), draw.integer(-5, 5, nonzero=True)),
    )
    b, start, rate = a * end, end + gap, a * a
    modes = [(Fraction(gap), rate)]
    path = decay(end, modes)
    loss = decay(0, [(Fraction(rate * gap * gap, 2), 2 * rate)])
    data = f"{a} w {'-' if b > 0 else '+'} {abs(b)}"
    half = call("log", number(2)) / number(rate)
    return Variant(
        task=f"Gradient flow on $L(w) = \\tfrac12 ({data})^2$, for a single weight $w$, starts at $w(0) = "
             f"{start}$.",
        parts=(
            Part("a", "The velocity $\\dot w$ at the point $w$.", "expression",
                 number(b * a) - number(rate) * W, symbols=(W,), hints=("$\\dot w = -L'(w)$.",),
                 credit={"sign": HALF},
                 mistakes=(Mistake("inner-derivative-forgotten", number(b) - number(a) * W,
                                   f"The inner derivative ${a}$ is missing.", HALF),)),
            Part("b", "The weight $w(t)$.", "expression", path, THREE, symbols=(TIME,),
                 hints=("The distance to the minimum obeys $\\dot d = -a^2 d$.",),
                 mistakes=(
                     Mistake("rate-not-squared", decay(end, [(Fraction(gap), a)]),
                             f"The rate is ${a}^2$, not ${a}$.", ONE),
                     Mistake("growing", decay(end, [(Fraction(gap), -rate)]),
                             "The sign in the exponent is wrong: the distance decays.", ONE),
                     Mistake("start-forgotten", decay(end, [(Fraction(-end), rate)]),
                             "This starts at $0$.", ONE),
                 )),
            Part("c", "The limit of $w(t)$ as $t \\to \\infty$.", "number", number(end),
                 mistakes=(Mistake("target-instead-of-weight", number(b), "This is what the prediction "
                                                                          "tends to."),)),
            Part("d", "The time after which the distance to the limit is half of what it "
                      "was.", "number", half, TWO,
                 tolerance=Fraction(1, 10**6),
                 mistakes=(Mistake("rate-not-squared", call("log", number(2)) / number(a),
                                   f"The rate is ${a}^2$.", ONE),
                           Mistake("loss-halved", call("log", number(2)) / number(2 * rate),
                                   "After this time the loss is halved; it decays twice as fast.", ONE))),
            Part("e", "The loss $L(w(t))$.", "expression", loss, TWO, symbols=(TIME,),
                 hints=("It is quadratic in the distance.",),
                 mistakes=(Mistake("rate-not-doubled", decay(0, [(Fraction(rate * gap * gap, 2), rate)]),
                                   "The square of $e^{-ct}$ is $e^{-2ct}$.", ONE),
                           Mistake("half-forgotten", decay(0, [(Fraction(rate * gap * gap), 2 * rate)]),
                                   "The loss has a factor $1/2$.", ONE))),
        ),
        solution=(
            SolutionStep(f"$L'(w) = {a} ({data})$ vanishes at $w = {end}$,",
                         equation(number(a) * number(end), number(b))),
            SolutionStep(f"and the distance $d = w - ({end})$ obeys $\\dot d = -{rate} d$, so $w(t) = "
                         f"{tex(path)}$. It "
                         "starts where it should,", equation(at_time(path, 0), number(start))),
            SolutionStep("and it obeys the equation; for example at $t = 1$:",
                         equation(at_time(derivative(modes), 1),
                                  number(a * b) - number(rate) * at_time(path, 1))),
            SolutionStep(f"The distance is halved when $e^{{-{rate} t}} = \\tfrac12$, at $t = {tex(half)}$.",
                         equation(exp(mul(number(-rate), half)), number(HALF))),
            SolutionStep(f"The loss is $\\tfrac12 \\cdot {rate} d^2 = {tex(loss)}$; at the start:",
                         equation(at_time(loss, 0), number(Fraction((a * start - b) ** 2, 2)))),
            SolutionStep("and at $t = 1$:", equation(at_time(loss, 1),
                                                     power(number(a) * at_time(path, 1) - number(b), 2)
                                                     / number(2))),
        ),
    )  # fmt: skip


TRIPLES = (
    ((1, 1, 0), (1, -1, 1), (1, -1, -2)), ((1, 1, 1), (1, -1, 0), (1, 1, -2)),
    ((1, 0, 1), (1, 1, -1), (1, -2, -1)),
    ((2, 1, 0), (-1, 2, 1), (1, -2, 5)), ((1, 1, 1), (2, -1, -1), (0, 1, -1)),
    ((1, 2, 0), (0, 0, 1), (2, -1, 0)),
    ((0, 1, 1), (2, 1, -1), (1, -1, 1)), ((1, 1, 0), (0, 0, 1), (1, -1, 0)),
    ((1, 2, 1), (1, 0, -1), (1, -1, 1)),
)  # fmt: skip


@exercise("residual-rate", title="How fast the residual settles", source="slt-flow#P2", marks=13)
def residual_rate(draw: Draw) -> Variant:
    p, q, e = draw.first(TRIPLES[0], lambda: draw.choice(TRIPLES))
    if not draw.original and draw.choice([True, False]):
        p, q = q, p
    a, b, g = draw.first(
        (1, 2, 1),
        lambda: (draw.integer(-3, 3, nonzero=True), draw.integer(-3, 3, nonzero=True), draw.choice([-1, 1])),
    )
    P, Q, E = (sum(x * x for x in z) for z in (p, q, e))
    X = matrix_of(list(zip(p, q, strict=True)))
    y = vector_of([a * p[i] + b * q[i] + g * e[i] for i in range(3)])
    goal = vector_of([a, b])
    path = column(decay(a, [(Fraction(-a), P)]), decay(b, [(Fraction(-b), Q)]))
    loss = decay(E, [(Fraction(P * a * a), 2 * P), (Fraction(Q * b * b), 2 * Q)])
    slope = derivative([(Fraction(P * a * a), 2 * P), (Fraction(Q * b * b), 2 * Q)])
    start, here = exact(X.T @ y), at_time(path, 1)
    Xs, rs = symbol("X", "m", "n"), symbol("r", "m")
    leftover = exact(y - X @ goal)
    return Variant(
        task=f"Let $X = {tex(X)}$ and $y = {tex(y)}$. Gradient flow $\\dot w = -X^\\top (X w - y)$ starts "
             "at $w(0) = 0$; "
        "$r(t) = X w(t) - y$ is the residual.",
        parts=(
            Part("a", "The limit of $w(t)$.", "vector", goal, TWO, mode="form",
                 hints=("The columns of $X$ are perpendicular, so the normal equations are two separate "
                        "ones.",),
                 mistakes=(Mistake("gram-not-inverted", start, "This is $X^\\top y$."),)),
            Part("b", "The limit of $\\|r(t)\\|^2$.", "number", number(E), TWO,
                 hints=("The part of $y$ that is perpendicular to the columns.",),
                 mistakes=(Mistake("zero", number(0), "$y$ is not in the column space of $X$."),
                           Mistake("norm-of-fit", number(P * a * a + Q * b * b),
                                   "This is the squared norm of the fitted values."))),
            Part("c", "The squared norm $\\|r(t)\\|^2$.", "expression", loss, Fraction(4), symbols=(TIME,),
                 hints=("Find $w(t)$ first.", "Pythagoras, with three perpendicular parts."),
                 mistakes=(
                     Mistake("rate-not-doubled", decay(E, [(Fraction(P * a * a), P),
                                                           (Fraction(Q * b * b), Q)]),
                             "The square of $e^{-ct}$ is $e^{-2ct}$.", TWO),
                     Mistake("limit-forgotten", decay(0, [(Fraction(P * a * a), 2 * P),
                                                          (Fraction(Q * b * b), 2 * Q)]),
                             "The part of $y$ that cannot be fitted is missing.", TWO),
                     Mistake("columns-not-squared",
                             decay(E, [(Fraction(a * a), 2 * P), (Fraction(b * b), 2 * Q)]),
                             "The columns of $X$ do not have length 1.", TWO),
                 )),
            Part("d", "For any $X$: the derivative of $\\|r(t)\\|^2$, in terms of $X$ and $r$.", "expression",
                 number(-2) * power(norm(Xs.T @ rs), 2), TWO, symbols=(Xs, rs),
                 hints=("$\\dot r = X \\dot w$.",), credit={"sign": ONE},
                 mistakes=(Mistake("factor-two", -power(norm(Xs.T @ rs), 2), "A factor 2 is "
                                                                             "missing.", ONE),)),
            Part("e", "The rate at which $\\|r(t) - r(\\infty)\\|$ decays.", "number", number(min(P, Q)), ONE,
                 mistakes=(Mistake("largest-rate", number(max(P, Q)), "The slowest mode is left in the "
                                                                      "end."),)),
            Part("f", "The rate at which $\\|r(t)\\|^2 - \\|r(\\infty)\\|^2$ "
                      "decays.", "number", number(2 * min(P, Q)), TWO,
                 mistakes=(Mistake("rate-not-doubled", number(min(P, Q)), "This difference is "
                                                                          "quadratic.", ONE),)),
        ),
        solution=(
            SolutionStep("The columns are perpendicular:", equation(X.T @ X, matrix_of([[P, 0], [0, Q]]))),
            SolutionStep(f"The normal equations have the solution ${tex(goal)}$, the limit.",
                         equation(X.T @ X @ goal, start)),
            SolutionStep(f"What cannot be fitted is ${tex(leftover)}$, perpendicular to the columns,",
                         equation(X.T @ leftover, vector_of([0, 0]))),
            SolutionStep(f"of squared length ${E}$.", equation(leftover.T @ leftover, number(E))),
            SolutionStep(f"The weights are $w(t) = {tex(path)}$. They start at $0$",
                         equation(at_time(path, 0), vector_of([0, 0]))),
            SolutionStep("and obey the equation; at $t = 1$:",
                         equation(at_time(column(derivative([(Fraction(-a), P)]),
                                                 derivative([(Fraction(-b), Q)])), 1),
                                  -(X.T @ (X @ here - y)))),
            SolutionStep(f"Hence $\\|r(t)\\|^2 = {tex(loss)}$; at $t = 1$:",
                         equation((X @ here - y).T @ (X @ here - y), at_time(loss, 1))),
            SolutionStep("Its derivative is $2 r^\\top X \\dot w = -2 \\|X^\\top r\\|^2 \\le 0$, so it "
                         "never grows; "
                         "at $t = 1$:",
                         equation(at_time(slope, 1), number(-2) * power(norm(X.T @ (X @ here - y)), 2))),
            SolutionStep(f"The smallest squared singular value is ${min(P, Q)}$: this is the rate of "
                         "$r(t)$ itself. The "
                         "squared norm approaches its limit at twice this rate, since the parts are "
                         "perpendicular; the "
                         "norm does so too when its limit is not zero.",
                         relation("lt", number(min(P, Q)), number(max(P, Q)))),
        ),
    )  # fmt: skip
