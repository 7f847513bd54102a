"""Gradient descent with a constant step size: which steps converge, how fast, and in closed form."""

from fractions import Fraction

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Criterion, Mistake, Part, SolutionStep, Variant, answer_symbol, exercise
from lemmata.grade.tex import tex
from lemmata.grade.values import exact
from lemmata.kernel.term import Term, add, exp, identity, make, mul, number, pinv, substitute, symbol
from lemmata.terms.forms import call, equation, literal, neg, power, relation

HALF, ONE, TWO, THREE = Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3)
K = symbol("k", domain="natural")


def after(term: Term, steps: int) -> Term:
    return substitute(term, {K: number(steps)})


def geometric(limit: Fraction | int, gap: Fraction | int, factor: Fraction) -> Term:
    """limit + gap * factor^k."""
    term = (
        power(number(factor), K)
        if abs(gap) == 1
        else mul(number(abs(Fraction(gap))), power(number(factor), K))
    )
    return add(number(Fraction(limit)), term if gap > 0 else neg(term))


# Symmetric matrices [[a, b], [b, a]] and the like with integer eigenvalues and known eigenvectors.
def spectral(low: int, high: int, u: tuple[int, int]) -> list[list[Fraction]]:
    """The matrix with the eigenvalue low along u and high along the perpendicular direction."""
    v, n = (-u[1], u[0]), u[0] ** 2 + u[1] ** 2
    return [[Fraction(low * u[i] * u[j] + high * v[i] * v[j], n) for j in range(2)] for i in range(2)]


MATRICES = [
    (low, high, u)
    for u in ((1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))
    for low in range(1, 7)
    for high in range(low + 1, 13)
    if all(x.denominator == 1 for row in spectral(low, high, u) for x in row)
]


@exercise("step-size-window", title="Which step sizes converge", source="mse-gd", marks=11)
def step_size_window(draw: Draw) -> Variant:
    low, high, u = draw.first((1, 3, (1, 1)), lambda: draw.choice(MATRICES))
    v = (-u[1], u[0])
    S, slow, fast = matrix_of(spectral(low, high, u)), vector_of(u), vector_of(v)
    best, bound = Fraction(2, low + high), Fraction(2, high)
    factor = Fraction(high - low, high + low)
    tried = draw.first(
        Fraction(1),
        lambda: draw.choice([bound * x for x in (Fraction(1, 2), Fraction(3, 4), Fraction(5, 4), 1, 2)]),
    )
    verdict = 0 if tried < bound else 1 if tried == bound else 2
    fate = ("tends to zero", "keeps its size for ever", "grows without bound")
    return Variant(
        task=f"Gradient descent $w_{{k+1}} = w_k - \\eta\\,S w_k$ on $L(w) = \\tfrac12 w^\\top S w$, with "
        f"$S = {tex(S)}$, starts at a $w_0$ with a component along every eigenvector of $S$.",
        parts=(
            Part("a", "The eigenvalues of $S$.", "finite", make("set", (number(low), number(high))), TWO,
                 hints=("Trace and determinant.",), credit={"element-missing": ONE}),
            Part(
                "b", "All step sizes $\\eta$ for which $w_k \\to 0$.", "interval",
                make("interval", (number(0), number(bound)), "()"), THREE,
                hints=("Along an eigenvector with the eigenvalue $\\mu$, a step multiplies by $1 - \\eta "
                       "\\mu$.",),
                credit={"too-narrow": ONE, "endpoint-included": TWO, "lower-bound-missing": TWO},
            ),
            Part("c", "The step size for which the slowest component decays "
                      "fastest.", "number", number(best), TWO,
                 hints=("Both factors should have the same absolute value.",),
                 mistakes=(
                     Mistake("inverse-of-largest", number(Fraction(1, high)),
                             "This removes the fast component at once and is slower along the other.", ONE),
                     Mistake("end-of-window", number(bound), "With this step the fast component does not "
                                                             "decay."),
                     Mistake("inverse-of-sum", number(Fraction(1, low + high)), "Twice this.", ONE),
                 )),
            Part("d", "The factor by which the norm is multiplied, at worst, in a step of that "
                      "size.", "number",
                 number(factor), TWO,
                 mistakes=(Mistake("largest-eigenvalue-only", number(1 - Fraction(low, high)),
                                   "This is the factor for the step $1/\\mu_{\\max}$.", ONE),
                           Mistake("squared", number(factor * factor), "This is the factor of the "
                                                                       "loss.", ONE))),
            Part("e", f"What happens to the component of $w_k$ along ${tex(fast)}$ for $\\eta = "
                      f"{tex(tried)}$?", "choice",
                 number(verdict), TWO, options=fate, hints=("Is it inside the window?",)),
        ),
        solution=(
            SolutionStep(f"${tex(slow)}$ is an eigenvector for "
                         f"${low}$", equation(S @ slow, number(low) * slow)),
            SolutionStep(f"and ${tex(fast)}$ is one for ${high}$.", equation(S @ fast, number(high) * fast)),
            SolutionStep("A step multiplies the components by $1 - \\eta \\mu$. Both factors are smaller "
                         "than 1 in absolute "
                         f"value exactly when $0 < \\eta < 2/{high} = {tex(bound)}$. At that end the "
                         "factor is $-1$:",
                         equation((identity(2) - number(bound) * S) @ fast, -fast)),
            SolutionStep(f"The larger of the two factors is smallest when $1 - {low}\\eta = -(1 - "
                         f"{high}\\eta)$, at "
                         f"$\\eta = {tex(best)}$:",
                         equation(number(1) - number(low) * number(best),
                                  number(high) * number(best) - number(1))),
            SolutionStep(f"and it is ${tex(factor)}$ then.",
                         equation(number(1) - number(low) * number(best), number(factor))),
            SolutionStep("With $\\eta = 1/\\mu_{\\max}$ it would be larger,",
                         relation("gt", number(1 - Fraction(low, high)), number(factor))),
            SolutionStep(f"For $\\eta = {tex(tried)}$ the component along ${tex(fast)}$ is multiplied by "
                         f"${tex(1 - high * tried)}$ in each step: it {fate[verdict]}.",
                         relation(("lt", "eq", "gt")[verdict], call("abs", number(1 - high * tried)),
                                  number(1))),
        ),
    )  # fmt: skip


PAIRS: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
    ((1, 1), (1, -1)), ((1, 1, 0), (1, -1, 1)), ((1, 0, 1), (1, 1, -1)), ((1, 1, 1), (1, -1, 0)),
    ((2, 1), (1, -2)),
    ((1, 2, 0), (0, 0, 1)), ((1, 1, 1), (2, -1, -1)), ((1, 1, 2), (1, -1, 0)), ((2, 1, 0), (0, 0, 1)),
    ((2, 0), (0, 1)),
    ((1, 1, 0), (0, 0, 1)), ((0, 1, 1), (2, 1, -1)),
)  # fmt: skip


def draw_descent(draw: Draw) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], int]:
    """Two perpendicular columns of different lengths, and the inverse of a step inside the window."""

    def good(pair: tuple[tuple[tuple[int, ...], tuple[int, ...]], int]) -> bool:
        sizes = {sum(x * x for x in z) for z in pair[0]}
        return len(sizes) == 2 and 2 * pair[1] > max(sizes) and pair[1] not in sizes

    return draw.until(lambda: (draw.choice(PAIRS), draw.integer(2, 9)), good)


@exercise("descent-closed-form", title="The iterates in closed form", source="mse-gd", marks=13)
def descent_closed_form(draw: Draw) -> Variant:
    (p, q), steps = draw.first((PAIRS[1], 4), lambda: draw_descent(draw))
    a, b = draw.first(
        (1, 2),
        lambda: draw.until(
            lambda: (draw.integer(-3, 3, nonzero=True), draw.integer(-3, 3, nonzero=True)),
            lambda c: c[0] != c[1],
        ),
    )
    P, Q = (sum(x * x for x in z) for z in (p, q))
    eta = Fraction(1, steps)
    X, goal = matrix_of(list(zip(p, q, strict=True))), vector_of([a, b])
    y = exact(X @ goal)
    f, g = 1 - eta * P, 1 - eta * Q
    path = literal([[geometric(a, -a, f)], [geometric(b, -b, g)]])
    first, second, late = exact(after(path, 1)), exact(after(path, 2)), exact(after(path, 3))
    zero = vector_of([0, 0])
    pull = exact(X.T @ y)
    Xs, ys, ws = symbol("X", "m", "n"), symbol("y", "m"), symbol("w_0", "n")
    eta_s = symbol("eta", domain="positive")
    map_s = power(identity("n") - eta_s * Xs.T @ Xs, K)
    formula = pinv(Xs) @ ys + map_s @ (ws - pinv(Xs) @ ys)
    at_data = substitute(
        formula, {Xs: X, ys: y, ws: zero, eta_s: number(eta), K: number(3)}, {"m": len(p), "n": 2}
    )
    w = answer_symbol(2)
    return Variant(
        task=f"Let $X = {tex(X)}$ and $y = {tex(y)}$. Gradient descent $w_{{k+1}} = w_k - \\eta X^\\top (X "
             "w_k - y)$ starts "
        f"at $w_0 = 0$ with $\\eta = {tex(eta)}$.",
        parts=(
            Part("a", "The first step, $w_1$.", "vector", first, TWO, mode="form",
                 mistakes=(Mistake("sign", exact(-first), "The step goes against the gradient.", ONE),
                           Mistake("step-size-forgotten", pull, "Multiply by $\\eta$.", ONE))),
            Part("b", "The second step, $w_2$.", "vector", second, TWO, mode="form",
                 mistakes=(Mistake("gradient-not-updated", exact(number(2) * first),
                                   "The gradient has to be computed again, at $w_1$."),)),
            Part("c", "The iterate $w_k$ as a function of $k$.", "vector", path, Fraction(4), symbols=(K,),
                 hints=("The columns are perpendicular, so each entry has its own recursion.",
                        "$w_k - w_\\infty$ is multiplied by a fixed factor in each step."),
                 mistakes=(
                     Mistake("off-by-one", literal([[geometric(a, -a * f, f)], [geometric(b, -b * g, g)]]),
                             "This is $w_{k+1}$: at $k = 0$ it has to be $0$.", TWO),
                     Mistake("factors-swapped", literal([[geometric(a, -a, g)], [geometric(b, -b, f)]]),
                             "The two factors belong the other way round.", TWO),
                     Mistake("limit-forgotten", literal([[geometric(0, -a, f)], [geometric(0, -b, g)]]),
                             "This is the difference to the limit; add the limit.", TWO),
                 )),
            Part("d", "The limit of $w_k$ as $k \\to \\infty$.", "vector", goal, TWO, mode="form",
                 criteria=(Criterion("solves $X w = y$", equation(X @ w, y), gate=True,
                                     lacks="not-a-solution"),)),
            Part("e", "The iterate $w_k$ as a formula in $X$, $y$, $\\eta$, $k$ and the start $w_0$, "
                      "for any $X$.",
                 "expression", formula, THREE, symbols=(Xs, ys, ws, eta_s, K),
                 hints=("$w_{k+1} - X^+ y = (I - \\eta X^\\top X)(w_k - X^+ y)$.",),
                 mistakes=(
                     Mistake("start-forgotten", pinv(Xs) @ ys - map_s @ pinv(Xs) @ ys,
                             "This is right for $w_0 = 0$ only.", ONE),
                     Mistake("null-component-only", pinv(Xs) @ ys + (identity("n") - pinv(Xs) @ Xs) @ ws,
                             "This is the limit of $w_k$, not $w_k$ itself.", ONE),
                 )),
        ),
        solution=(
            SolutionStep("The columns are perpendicular:", equation(X.T @ X, matrix_of([[P, 0], [0, Q]]))),
            SolutionStep("The gradient at $0$ is $-X^\\top y$, and so $w_1 = \\eta X^\\top y = "
                         f"{tex(first)}$.",
                         equation(number(eta) * pull, first)),
            SolutionStep(f"From there $w_2 = {tex(second)}$.",
                         equation(first - number(eta) * X.T @ (X @ first - y), second)),
            SolutionStep(f"The point ${tex(goal)}$ does not move under a step, since it solves $X w = y$.",
                         equation(X @ goal, y)),
            SolutionStep(f"The differences to it are multiplied by $1 - {tex(eta * P)} = {tex(f)}$ and by "
                         "$1 - "
                         f"{tex(eta * Q)} = {tex(g)}$ in a step, so $w_k = {tex(path)}$. At $k = 0$:",
                         equation(after(path, 0), zero)),
            SolutionStep("It obeys the recursion; for example from $k = 2$ to $k = 3$:",
                         equation(second - number(eta) * X.T @ (X @ second - y), late)),
            SolutionStep("Both factors are smaller than 1 in absolute value, so $w_k$ converges.",
                         relation("lt", call("max", call("abs", number(f)), call("abs", number(g))),
                                  number(1))),
            SolutionStep("In letters $w_k = X^+ y + (I - \\eta X^\\top X)^k (w_0 - X^+ y)$; here for $k = "
                         "3$:",
                         equation(at_data, late)),
        ),
    )  # fmt: skip


def steps_needed(factor: Fraction, bound: Fraction) -> int:
    """The smallest k with factor^k at most the bound."""
    k, size = 0, Fraction(1)
    while size > bound:
        k, size = k + 1, size * factor
    return k


@exercise("number-of-steps", title="How many steps are enough", source="slt-flow", marks=9)
def number_of_steps(draw: Draw) -> Variant:
    a, denominator, digits = draw.first(
        (2, 8, 3),
        lambda: draw.until(
            lambda: (draw.integer(1, 4), draw.integer(2, 40), draw.integer(2, 4)),
            lambda t: Fraction(1, 12) <= Fraction(t[0] ** 2, t[1]) <= Fraction(4, 5),
        ),
    )
    rate, eta = a * a, Fraction(1, denominator)
    factor, bound = 1 - eta * rate, Fraction(1, 10**digits)
    k = steps_needed(factor, bound)
    bits = call("log", number(10**digits))
    flow_time = bits if rate == 1 else bits / number(rate)
    return Variant(
        task=f"Gradient descent on $L(w) = \\tfrac12 ({'' if a == 1 else a}w - b)^2$ has the step size "
             f"$\\eta = {tex(eta)}$; "
        "$d_k$ is the distance of $w_k$ from the minimum, and $d_0 > 0$.",
        parts=(
            Part("a", "The factor by which the distance shrinks in one step.", "number", number(factor), TWO,
                 mistakes=(Mistake("rate-not-squared", number(1 - eta * a), "The second derivative is "
                                                                            f"${a}^2$.", ONE),
                           Mistake("reduction", number(eta * rate), "This is what the step removes.", ONE))),
            Part("b", "The quotient $d_3 / d_0$.", "number", number(factor**3), ONE,
                 mistakes=(Mistake("linear", number(1 - 3 * eta * rate), "The factor is applied three "
                                                                         "times."),
                           Mistake("one-step", number(factor), "This is the quotient for one step."))),
            Part("c", f"The smallest $k$ for which $d_k \\le 10^{{-{digits}}} d_0$ is "
                      "certain.", "number", number(k), THREE,
                 hints=("Take logarithms.", "$k$ is an integer; round up."),
                 mistakes=(Mistake("rounded-down", number(k - 1), "One more step is needed.", TWO),
                           Mistake("loss-instead-of-distance", number(steps_needed(factor**2, bound)),
                                   "So many steps bring the loss below the bound, but not the "
                                   "distance.", ONE))),
            Part("d", "The time after which gradient flow on $L$ has the distance "
                      "$10^{-" + str(digits) + "} d_0$.",
                 "number", flow_time, TWO, tolerance=Fraction(1, 10**6),
                 mistakes=(Mistake("rate-not-squared", bits / number(a), f"The rate is ${a}^2$.", ONE),
                           Mistake("natural-digits", number(Fraction(digits, rate)),
                                   "The logarithm of 10 is missing.", ONE))),
            Part("e", "The factor by which the flow shrinks the distance in the time $\\eta$ of one "
                      "step.", "number",
                 exp(number(-eta * rate)), ONE, tolerance=Fraction(1, 10**6),
                 mistakes=(Mistake("step-instead-of-flow", number(factor), "This is the factor of a "
                                                                           "step."),)),
        ),
        solution=(
            SolutionStep(f"The distance is multiplied by $1 - \\eta \\cdot {a}^2 = {tex(factor)}$.",
                         equation(number(1) - number(eta) * number(rate), number(factor))),
            SolutionStep(f"After three steps it is $({tex(factor)})^3 = {tex(factor**3)}$ of what it was.",
                         equation(power(number(factor), 3), number(factor**3))),
            SolutionStep(f"After ${k}$ steps it is at most $10^{{-{digits}}}$ of that,",
                         relation("le", power(number(factor), k), number(bound))),
            SolutionStep("and one step earlier it is not.",
                         relation("gt", power(number(factor), k - 1), number(bound))),
            SolutionStep(f"The flow has the factor $e^{{-{'' if rate == 1 else rate}t}}$, which reaches it "
                         "at "
                         f"$t = {tex(flow_time)}$.",
                         equation(exp(-(number(rate) * flow_time)), number(bound))),
            SolutionStep("In each step descent removes more than the flow does in the time $\\eta$.",
                         relation("lt", number(factor), exp(number(-eta * rate)))),
        ),
    )  # fmt: skip
