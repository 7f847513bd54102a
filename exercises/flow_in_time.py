"""Gradient flow at every time: solutions with exponentials, rates, and what decays how fast."""

from fractions import Fraction

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Criterion, Mistake, Part, SolutionStep, Variant, answer_symbol, exercise
from lemmata.grade.tex import tex
from lemmata.grade.values import exact
from lemmata.kernel.term import Term, add, exp, make, mul, number, substitute, symbol
from lemmata.terms.forms import call, equation, is_, literal, neg, norm, power, relation

HALF, ONE, TWO, THREE = Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3)
TIME, W = symbol("t", domain="time"), symbol("w")
Modes = list[tuple[Fraction, int]]  # coefficient and rate: the sum of c e^{-rate t}


def decay(constant: int | Fraction, modes: Modes) -> Term:
    """The constant plus the sum of c e^{-rate t}, without what is zero."""
    terms = [number(Fraction(constant))] if constant else []
    for c, rate in modes:
        wave = exp(TIME if rate == -1 else mul(number(-rate), TIME))
        size = wave if abs(c) == 1 else mul(number(abs(Fraction(c))), wave)
        if c:
            first = not terms and abs(c) != 1
            terms.append(size if c > 0 else mul(number(Fraction(c)), wave) if first else neg(size))
    return number(0) if not terms else terms[0] if len(terms) == 1 else add(*terms)


def derivative(modes: Modes) -> Term:
    """The time derivative of such a sum."""
    return decay(0, [(-c * rate, rate) for c, rate in modes])


def at_time(term: Term, t: Fraction | int) -> Term:
    return substitute(term, {TIME: number(t)})


def column(*entries: Term) -> Term:
    return literal([[e] for e in entries])


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
