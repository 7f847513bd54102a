"""Gradient flow along eigenvectors: each mode decays at its own rate."""

from fractions import Fraction

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Criterion, Mistake, Part, SolutionStep, Variant, answer_symbol, exercise
from lemmata.grade.exponentials import TIME, at_time, column, decay, derivative
from lemmata.grade.tex import tex
from lemmata.grade.values import exact
from lemmata.kernel.term import Term, exp, make, mul, number, symbol
from lemmata.terms.forms import equation, is_, relation

HALF, ONE, TWO = Fraction(1, 2), Fraction(1), Fraction(2)

# Pairs of perpendicular directions (p, q) of equal length: X = (s p p'^T + s' q q'^T) / |p|^2 has the
# singular values s, s', and integer entries for the right pairs of them.
DIRECTIONS = (((1, 1), (1, -1)), ((1, 2), (2, -1)), ((2, 1), (1, -2)), ((1, -1), (1, 1)))


def compose(left: int, right: int, s: int, r: int) -> list[list[Fraction]]:
    """The matrix with the singular values s, r along the pairs of DIRECTIONS with these numbers."""
    (p, q), (u, v) = DIRECTIONS[left], DIRECTIONS[right]
    n = p[0] ** 2 + p[1] ** 2
    return [[Fraction(s * p[i] * u[j] + r * q[i] * v[j], n) for j in range(2)] for i in range(2)]


def whole(rows: list[list[Fraction]]) -> bool:
    return all(x.denominator == 1 for row in rows for x in row)


SYSTEMS = [
    (left, right, s, r)
    for left, right in ((0, 0), (0, 3), (3, 0), (1, 1), (1, 2), (2, 1), (2, 2), (3, 3))
    for s in range(1, 7)
    for r in range(1, 7)
    if s != r and whole(compose(left, right, s, r))
]


def combine(c: int, u: tuple[int, int], d: int, v: tuple[int, int]) -> list[int]:
    return [c * u[0] + d * v[0], c * u[1] + d * v[1]]


@exercise("flow-two-weights", title="Two weights, two rates", source="slt-flow", marks=12)
def flow_two_weights(draw: Draw) -> Variant:
    left, right, s, r = draw.first((0, 0, 1, 3), lambda: draw.choice(SYSTEMS))
    c, d = draw.first((1, 2), lambda: (draw.integer(-2, 2, nonzero=True), draw.integer(-2, 2, nonzero=True)))
    u, v = DIRECTIONS[right]
    X = matrix_of(compose(left, right, s, r))
    goal = vector_of(combine(c, u, d, v))
    y, S = exact(X @ goal), exact(X.T @ X)

    def path(first: int, second: int, target: bool = True) -> Term:
        return column(*(
            decay(c * u[i] + d * v[i] if target else 0,
                  [(Fraction(-c * u[i]), first), (Fraction(-d * v[i]), second)])
            for i in range(2)
        ))  # fmt: skip

    right_path = path(s * s, r * r)
    speed = column(
        *(derivative([(Fraction(-c * u[i]), s * s), (Fraction(-d * v[i]), r * r)]) for i in range(2))
    )
    at_1, pull = at_time(right_path, 1), exact(X.T @ y)
    w = answer_symbol(2)
    return Variant(
        task=f"Let $X = {tex(X)}$ and $y = {tex(y)}$. Gradient flow $\\dot w = -X^\\top (X w - y)$ starts "
             "at $w(0) = 0$.",
        parts=(
            Part("a", "The matrix $X^\\top X$.", "matrix", S, mode="form"),
            Part("b", "Its eigenvalues.", "finite", make("set", (number(s * s), number(r * r))), TWO,
                 hints=("Their sum is the trace and their product is the determinant.",),
                 credit={"element-missing": ONE}),
            Part("c", "The velocity at $t = 0$.", "vector", pull, mode="form",
                 mistakes=(Mistake("sign", exact(-pull), "The velocity is minus the gradient."),
                           Mistake("not-transposed", y, "This is $y$; the velocity is $X^\\top y$."))),
            Part("d", "The limit of $w(t)$ as $t \\to \\infty$.", "vector", goal, TWO, mode="form",
                 hints=("$X$ is invertible, so the loss has a single minimum.",),
                 criteria=(Criterion("solves $X w = y$", equation(X @ w, y), gate=True,
                                     lacks="not-a-solution"),)),
            Part("e", "The weights $w(t)$.", "vector", right_path, Fraction(5), symbols=(TIME,),
                 hints=(f"Write the limit as ${c}\\,{tex(vector_of(u))} {'+' if d > 0 else '-'} {abs(d)}\\,"
                        f"{tex(vector_of(v))}$.", "Each eigenvector has its own factor $1 - e^{-\\mu t}$."),
                 mistakes=(
                     Mistake("rate-not-squared", path(s, r),
                             "The rates are the eigenvalues of $X^\\top X$, the squares of the singular "
                             "values.", TWO),
                     Mistake("rates-swapped", path(r * r, s * s), "The two rates belong the other way "
                                                                  "round.", TWO),
                     Mistake("growing", path(-s * s, -r * r), "The signs in the exponents are wrong.", TWO),
                     Mistake("distance-instead-of-weights", path(s * s, r * r, False),
                             "This is the difference to the limit; add the limit.", TWO),
                 )),
            Part("f", "The rate at which $\\|w(t) - w(\\infty)\\|$ decays in the end.", "number",
                 number(min(s, r) ** 2),
                 mistakes=(Mistake("largest-rate", number(max(s, r) ** 2), "The slowest mode is left in "
                                                                           "the end."),
                           Mistake("rate-not-squared", number(min(s, r)), "The rate is the square of "
                                                                          "this.", HALF))),
        ),
        solution=(
            SolutionStep(f"$X^\\top X = {tex(S)}$.", equation(X.T @ X, S)),
            SolutionStep(f"The vector ${tex(vector_of(u))}$ is an eigenvector for ${s * s}$,",
                         equation(S @ vector_of(u), number(s * s) * vector_of(u))),
            SolutionStep(f"and ${tex(vector_of(v))}$ is one for ${r * r}$.",
                         equation(S @ vector_of(v), number(r * r) * vector_of(v))),
            SolutionStep(f"At the start the velocity is $X^\\top y = {tex(pull)}$.", equation(X.T @ y, pull)),
            SolutionStep(f"The limit is the solution ${tex(goal)}$ of $X w = y$,", equation(X @ goal, y)),
            SolutionStep("which is this combination of the eigenvectors:",
                         equation(number(c) * vector_of(u) + number(d) * vector_of(v), goal)),
            SolutionStep(f"Along each of them the flow is scalar, so that $w(t) = {tex(right_path)}$. It "
                         "starts at 0,",
                         equation(at_time(right_path, 0), vector_of([0, 0]))),
            SolutionStep("and it obeys the equation; for example at $t = 1$:",
                         equation(at_time(speed, 1), -(X.T @ (X @ at_1 - y)))),
            SolutionStep(f"In the end the mode with the smaller rate ${min(s, r) ** 2}$ is left.",
                         relation("lt", number(min(s, r) ** 2), number(max(s, r) ** 2))),
        ),
    )  # fmt: skip


QUADRATICS = [
    (k, low, high)
    for k in (0, 1, 2)
    for low in range(1, 6)
    for high in range(low + 1, 12)
    if whole(compose(k, k, low, high))
]


@exercise("flow-quadratic", title="The decay rate of a quadratic", source="slt-flow#P1", marks=12)
def flow_quadratic(draw: Draw) -> Variant:
    k, low, high = draw.first((0, 1, 3), lambda: draw.choice(QUADRATICS))
    c, d = draw.first((1, 2), lambda: (draw.integer(-2, 2, nonzero=True), draw.integer(-2, 2, nonzero=True)))
    u, v = DIRECTIONS[k]
    A, start = matrix_of(compose(k, k, low, high)), vector_of(combine(c, u, d, v))

    def path(first: int, second: int) -> Term:
        return column(
            *(decay(0, [(Fraction(c * u[i]), first), (Fraction(d * v[i]), second)]) for i in range(2))
        )

    right = path(low, high)
    speed = column(*(derivative([(Fraction(c * u[i]), low), (Fraction(d * v[i]), high)]) for i in range(2)))
    n = u[0] ** 2 + u[1] ** 2
    size = decay(0, [(Fraction(c * c * n), 2 * low), (Fraction(d * d * n), 2 * high)])
    As, ws = symbol("A", "n", "n"), symbol("w_0", "n")
    gradient = exact(A @ start)
    return Variant(
        task=f"Let $A = {tex(A)}$, which is symmetric and positive definite, and $L(w) = \\tfrac12 w^\\top "
             "A w$. Gradient "
        f"flow starts at $w(0) = {tex(start)}$.",
        parts=(
            Part("a", "The eigenvalues of $A$.", "finite", make("set", (number(low), number(high))), TWO,
                 credit={"element-missing": ONE}),
            Part("b", "The velocity at $t = 0$.", "vector", exact(-gradient), mode="form",
                 mistakes=(Mistake("sign", gradient, "This is the gradient; the flow goes the other way."),)),
            Part("c", "The solution $w(t)$.", "vector", right, Fraction(4), symbols=(TIME,),
                 hints=("Write the start as a sum of eigenvectors.",),
                 mistakes=(
                     Mistake("rates-swapped", path(high, low), "The two rates belong the other way "
                                                               "round.", TWO),
                     Mistake("growing", path(-low, -high), "The signs in the exponents are wrong.", TWO),
                     Mistake("rate-doubled", path(2 * low, 2 * high),
                             "The factor $1/2$ of the loss cancels the 2 of the derivative.", TWO),
                 )),
            Part("d", "The squared norm $\\|w(t)\\|^2$.", "expression", size, TWO, symbols=(TIME,),
                 hints=("The two eigenvectors are perpendicular.",),
                 mistakes=(Mistake("rate-not-doubled",
                                   decay(0, [(Fraction(c * c * n), low), (Fraction(d * d * n), high)]),
                                   "The square of $e^{-ct}$ is $e^{-2ct}$.", ONE),)),
            Part("e", "The exponential rate at which $\\|w(t)\\|$ tends to zero: the number $\\rho$ for "
                      "which "
                 "$e^{\\rho t} \\|w(t)\\|$ has a positive limit.", "number", number(low),
                 mistakes=(Mistake("largest-rate", number(high), "The slowest mode is left in the end."),
                           Mistake("rate-doubled", number(2 * low), "This is the rate of the squared "
                                                                    "norm.", HALF))),
            Part("f", f"The same rate for the start $w(0) = {tex(vector_of(v))}$.", "number", number(high),
                 hints=("Which eigenvectors does this start contain?",),
                 mistakes=(Mistake("smallest-rate", number(low),
                                   "This start has no component along the eigenvector of the smallest "
                                   "eigenvalue."),)),
            Part("g", "The solution as a formula, for any symmetric positive definite $A$ and any start "
                      "$w_0$.",
                 "expression", exp(mul(number(-1), TIME, As)) @ ws, symbols=(As, ws, TIME),
                 given=(is_("spd", As),),
                 mistakes=(Mistake("growing", exp(mul(TIME, As)) @ ws, "The sign in the exponent is "
                                                                       "wrong.", HALF),)),
        ),
        solution=(
            SolutionStep(f"The vector ${tex(vector_of(u))}$ is an eigenvector for ${low}$,",
                         equation(A @ vector_of(u), number(low) * vector_of(u))),
            SolutionStep(f"and ${tex(vector_of(v))}$ is one for ${high}$.",
                         equation(A @ vector_of(v), number(high) * vector_of(v))),
            SolutionStep("The start is this combination of them:",
                         equation(number(c) * vector_of(u) + number(d) * vector_of(v), start)),
            SolutionStep(f"The gradient is $A w$, so the velocity is $-A w(0) = {tex(exact(-gradient))}$,",
                         equation(A @ start, gradient)),
            SolutionStep(f"and each component decays at its own rate: $w(t) = e^{{-tA}} w(0) = "
                         f"{tex(right)}$. At $t = 0$:",
                         equation(at_time(right, 0), start)),
            SolutionStep("The equation $\\dot w = -A w$ holds; for example at $t = 1$:",
                         equation(at_time(speed, 1), -(A @ at_time(right, 1)))),
            SolutionStep("The matrix exponential gives the same at $t = 1$:",
                         equation(exp(-A) @ start, at_time(right, 1))),
            SolutionStep("The eigenvectors are perpendicular, so the squared norms of the components add "
                         "up; at $t = 1$:",
                         equation(at_time(right, 1).T @ at_time(right, 1), at_time(size, 1))),
            SolutionStep(f"As the component along ${tex(vector_of(u))}$ is not zero, the rate is the "
                         "smallest eigenvalue "
                         f"${low}$. A start without it decays faster: from ${tex(vector_of(v))}$ the rate "
                         f"is ${high}$.",
                         relation("lt", number(low), number(high))),
        ),
    )  # fmt: skip
