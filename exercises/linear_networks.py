"""Two-layer linear networks: what gradient flow keeps, where it ends, and the largest margin."""

from fractions import Fraction

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Criterion, Mistake, Part, SolutionStep, Variant, answer_symbol, exercise
from lemmata.grade.tex import tex
from lemmata.grade.values import exact
from lemmata.kernel.term import Term, inverse, make, number
from lemmata.terms.forms import call, equation, is_, power, relation

HALF, ONE, TWO, THREE = Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3)


def size(A: Term) -> Fraction:
    """The squared Frobenius norm of a written-out matrix."""
    return sum((e.value**2 for e in A.args), Fraction(0))


@exercise("conserved-matrix", title="What two layers keep", source="yun, appendix H.1", marks=12)
def conserved_matrix(draw: Draw) -> Variant:
    def layers() -> tuple[Term, Term, Term]:
        return draw.matrix(2, 2, -2, 3), draw.matrix(2, 2, -2, 3), draw.matrix(2, 2, -2, 2)

    def good(data: tuple[Term, Term, Term]) -> bool:
        A, B, G = data
        D = exact(A.T @ A - B @ B.T)
        parts = (D, A.T @ G, G @ B.T, A.T @ A - A @ A.T)
        return all(any(e.value for e in exact(z).args) for z in parts) and size(A) != size(B)

    A, B, G = draw.first(
        (matrix_of([[1, 2], [0, 1]]), matrix_of([[1, 0], [1, 1]]), matrix_of([[1, 0], [-1, 2]])),
        lambda: draw.until(layers, good),
    )
    D = exact(A.T @ A - B @ B.T)
    difference = size(A) - size(B)
    later = draw.first(10, lambda: draw.integer(1, 20)) + abs(int(difference))
    first, second = exact(-(G @ B.T)), exact(-(A.T @ G))
    Q = answer_symbol(2, 2)
    balanced = exact(A.T)
    wrong = ["the same matrix", "its inverse", "its negative"]
    turn = draw.first(0, lambda: draw.integer(0, 3))
    choices = (*wrong[:turn], "its transpose", *wrong[turn:])
    return Variant(
        task="A linear network maps the data $X$ to $X W_1 W_2$ and is trained by gradient flow on both "
             "layers: $\\dot W_1 = "
        "-G W_2^\\top$ and $\\dot W_2 = -W_1^\\top G$, where $G$ is the gradient of the loss in the "
        "product $W_1 W_2$. At the "
        f"start $W_1 = {tex(A)}$, $W_2 = {tex(B)}$ and $G = {tex(G)}$.",
        parts=(
            Part("a", "The velocity $\\dot W_1$ at the start.", "matrix", first, TWO, mode="form",
                 mistakes=(Mistake("sign", exact(-first), "The flow goes against the gradient.", ONE),
                           Mistake("not-transposed", exact(-(G @ B)), "$W_2$ has to be transposed.", ONE))),
            Part("b", "The velocity $\\dot W_2$ at the start.", "matrix", second, TWO, mode="form",
                 mistakes=(Mistake("sign", exact(-second), "The flow goes against the gradient.", ONE),
                           Mistake("not-transposed", exact(-(A @ G)), "$W_1$ has to be transposed.", ONE))),
            Part("c", "The conserved matrix $W_1^\\top W_1 - W_2 W_2^\\top$ at the "
                      "start.", "matrix", D, THREE, mode="form",
                 criteria=(Criterion("is symmetric", is_("symmetric", Q), gate=True, lacks="not-symmetric"),),
                 mistakes=(
                     Mistake("wrong-grams", exact(A @ A.T - B.T @ B),
                             "The inner sides of the two layers meet: $W_1^\\top W_1$ and $W_2 "
                             "W_2^\\top$.", ONE),
                     Mistake("sum-instead-of-difference", exact(A.T @ A + B @ B.T), "The difference is "
                                                                                    "conserved.", ONE),
                 )),
            Part("d", "Its derivative at the start.", "matrix", matrix_of([[0, 0], [0, 0]]), mode="form",
                 hints=("Use the two velocities.",)),
            Part("e", f"Later on $\\|W_2\\|_F^2 = {later}$. What is $\\|W_1\\|_F^2$ then?", "number",
                 number(later + difference), TWO, hints=("Take the trace of the conserved matrix.",),
                 mistakes=(Mistake("wrong-sign", number(later - difference), "The difference is taken the "
                                                                             "other way.", ONE),
                           Mistake("equal-norms", number(later), "The layers are not balanced at the "
                                                                 "start."))),
            Part("f", "With this $W_1$, for which of these $W_2$ would the layers be balanced, $W_1^\\top "
                      "W_1 = W_2 W_2^\\top$?",
                 "choice", number(turn), TWO, options=choices,
                 hints=("$W_2 W_2^\\top$ has to be $W_1^\\top W_1$.",)),
        ),
        solution=(
            SolutionStep(f"The velocities are $\\dot W_1 = {tex(first)}$", equation(-(G @ B.T), first)),
            SolutionStep(f"and $\\dot W_2 = {tex(second)}$.", equation(-(A.T @ G), second)),
            SolutionStep(f"The conserved matrix is $W_1^\\top W_1 - W_2 W_2^\\top = {tex(D)}$.",
                         equation(A.T @ A - B @ B.T, D)),
            SolutionStep("Its derivative is $\\dot W_1^\\top W_1 + W_1^\\top \\dot W_1 - \\dot W_2 "
                         "W_2^\\top - W_2 \\dot "
                         "W_2^\\top$. The terms cancel in pairs: with the velocities both halves are $-W_2 "
                         "G^\\top W_1 - "
                         "W_1^\\top G W_2^\\top$.",
                         equation(first.T @ A + A.T @ first, second @ B.T + B @ second.T)),
            SolutionStep("So it is zero at every moment; here:",
                         equation(first.T @ A + A.T @ first - second @ B.T - B @ second.T,
                                                             matrix_of([[0, 0], [0, 0]]))),
            SolutionStep("The trace of the conserved matrix is the difference of the squared norms,",
                         equation(make("trace", (D,)), number(difference))),
            SolutionStep(f"so that later $\\|W_1\\|_F^2 = {later} {'+' if difference > 0 else '-'} "
                         f"{abs(difference)}$.",
                         equation(make("trace", (A.T @ A,)) - make("trace", (B @ B.T,)), number(difference))),
            SolutionStep("For $W_2 = W_1^\\top$ the matrix would be zero: the layers would be balanced.",
                         equation(A.T @ A, balanced @ balanced.T)),
            SolutionStep("For $W_2 = W_1$ or $-W_1$ they would not.", relation("ne", A.T @ A, A @ A.T)),
        ),
    )  # fmt: skip


def hyperbola(limit: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of points (u, v), u > v >= 0, on the same u^2 - v^2, with different products."""
    points = [(u, v) for u in range(1, limit) for v in range(u)]
    return [
        (p, q)
        for p in points
        for q in points
        if p != q and p[0] ** 2 - p[1] ** 2 == q[0] ** 2 - q[1] ** 2 and q[1]
    ]


PATHS = [(p, q) for p, q in hyperbola(15) if q[0] * q[1] <= 90]


@exercise("two-scalar-layers", title="Two weights in a row", source="yun, appendix H.1", marks=11)
def two_scalar_layers(draw: Draw) -> Variant:
    (u, v), (p, q) = draw.first(((4, 1), (8, 7)), lambda: draw.choice(PATHS))
    swapped = draw.first(False, lambda: draw.choice([True, False]))
    if swapped:
        (u, v), (p, q) = (v, u), (q, p)
    goal, kept, gap = p * q, u * u - v * v, u * v - p * q
    root = draw.first(3, lambda: draw.integer(2, 9))
    end = vector_of([p, q])
    velocity = vector_of([-gap * v, -gap * u])
    w = answer_symbol(2)
    entry = (matrix_of([[1, 0]]) @ w, matrix_of([[0, 1]]) @ w)
    fits = equation(entry[0] * entry[1], number(goal))
    keeps = equation(entry[0] * entry[0] - entry[1] * entry[1], number(kept))
    return Variant(
        task=f"The network $f(x) = u v x$ with two scalar weights is fitted to $x = 1$, $y = {goal}$ by "
             "gradient flow on "
        f"$L = \\tfrac12 (u v - {goal})^2$ from $u(0) = {u}$, $v(0) = {v}$.",
        parts=(
            Part("a", "The velocity $(\\dot u, \\dot v)$ at the start.", "vector", velocity, TWO, mode="form",
                 mistakes=(Mistake("sign", exact(-velocity), "The flow goes against the gradient.", ONE),
                           Mistake("entries-swapped", vector_of([-gap * u, -gap * v]),
                                   "The derivative in $u$ has the factor $v$, and the other way "
                                   "round.", ONE))),
            Part("b", "The value of $u^2 - v^2$ for all times.", "number", number(kept), TWO,
                 mistakes=(Mistake("sum-instead-of-difference", number(u * u + v * v),
                                   "The sum is not conserved; the difference is.", ONE),
                           Mistake("wrong-sign", number(-kept), "This is $v^2 - u^2$.", ONE))),
            Part("c", "The limit of $(u, v)$.", "vector", end, Fraction(4), mode="form",
                 hints=("Two equations: $u v$ at the minimum, and what is "
                        "conserved.", "A square of integers does it."),
                 criteria=(
                     Criterion("fits the data", fits, ONE, True, "does-not-interpolate"),
                     Criterion("keeps $u^2 - v^2$", keeps, ONE, lacks="not-conserved"),
                     Criterion("has positive weights", make("and", (relation("gt", entry[0], number(0)),
                                                                    relation("gt", entry[1], number(0)))),
                               lacks="other-branch"),
                 ),
                 mistakes=(Mistake("entries-swapped", vector_of([q, p]),
                                   "This has the right product, but $u^2 - v^2$ has changed its "
                                   "sign.", ONE),)),
            Part("d", f"From $u(0) = v(0) = 1$ and with $y = {root * root}$: the limit of "
                      "$u$.", "number", number(root), TWO,
                 hints=("The layers are balanced, and stay so.",),
                 mistakes=(Mistake("product-instead-of-weight", number(root * root), "This is the limit of "
                                                                                     "$u v$."),)),
            Part("e", "Does the flow of part (c) end at the pair of weights with $u v = " + str(goal) +
                 "$ and the smallest $u^2 + v^2$?", "choice", number(1), options=("yes", "no"),
                 hints=("That pair is balanced.",)),
        ),
        solution=(
            SolutionStep(f"At the start $u v - {goal} = {gap}$, so the velocity is ${tex(velocity)}$.",
                         equation(number(-gap) * vector_of([v, u]), velocity)),
            SolutionStep("Since $\\dot u = -g v$ and $\\dot v = -g u$ with the same $g$, the derivative of "
                         "$u^2 - v^2$ is "
                         "$-2 g u v + 2 g u v = 0$; at the start:",
                         equation(number(2 * u) * velocity.args[0] - number(2 * v) * velocity.args[1],
                                  number(0))),
            SolutionStep(f"The value that is kept is $u^2 - v^2 = {kept}$.", equation(power(number(u), 2) -
                                                                                    power(number(v), 2),
                                                                                    number(kept))),
            SolutionStep("The larger weight can never become zero, so the flow cannot stop at the saddle "
                         "$(0, 0)$ and ends "
                         f"where $u v = {goal}$. With both weights positive this is $({p}, {q})$: it fits,",
                         equation(number(p) * number(q), number(goal))),
            SolutionStep("and it has the same difference of squares.",
                         equation(power(number(p), 2) - power(number(q), 2), number(kept))),
            SolutionStep(f"From a balanced start $u = v$ for ever, so $u^2 = {root * root}$ in the end.",
                         equation(call("sqrt", number(root * root)), number(root))),
            SolutionStep("The smallest $u^2 + v^2$ with the product $p$ is $2 p$, for equal weights; here "
                         "the sum is larger.",
                         relation("gt", power(number(p), 2) + power(number(q), 2), number(2) * number(goal))),
        ),
    )  # fmt: skip


def draw_points(draw: Draw) -> tuple[tuple[int, int], list[tuple[int, int]], list[int]]:
    """The direction g, three points z = y x, and the numbers of those with the smallest g.z."""
    g = draw.until(
        lambda: (draw.integer(-3, 3), draw.integer(-3, 3)), lambda g: g[0] ** 2 + g[1] ** 2 in (2, 5, 10, 13)
    )
    across = (-g[1], g[0])
    grid = [(a, b) for a in range(-5, 6) for b in range(-5, 6)]

    def along(z: tuple[int, int]) -> int:
        return g[0] * z[0] + g[1] * z[1]

    def side(z: tuple[int, int]) -> int:
        return across[0] * z[0] + across[1] * z[1]

    if draw.integer(1, 3) == 1:
        near = [g]
    else:
        level = draw.choice([m for m in range(2, 10)
                             if any(along(z) == m and side(z) > 0 for z in grid)
                             and any(along(z) == m and side(z) < 0 for z in grid)])  # fmt: skip
        near = [
            draw.choice([z for z in grid if along(z) == level and side(z) > 0]),
            draw.choice([z for z in grid if along(z) == level and side(z) < 0]),
        ]
    level = along(near[0])
    far = [z for z in grid if level < along(z) <= level + 12]
    points = near + [draw.choice(far) for _ in range(3 - len(near))]
    order = draw.until(lambda: [draw.integer(0, 2) for _ in range(3)], lambda o: len(set(o)) == 3)
    placed = [points[i] for i in order]
    return g, placed, [place + 1 for place, i in enumerate(order) if i < len(near)]


@exercise("max-margin", title="The largest margin", source="yun, section 6", marks=10)
def max_margin(draw: Draw) -> Variant:
    g, zs, support = draw.first(((1, 2), [(1, 2), (0, 3), (4, 1)], [1]), lambda: draw_points(draw))
    signs = draw.first([1, -1, 1], lambda: [draw.choice([1, -1]) for _ in range(3)])
    xs = [vector_of([s * z[0], s * z[1]]) for s, z in zip(signs, zs, strict=True)]
    products = [g[0] * z[0] + g[1] * z[1] for z in zs]
    level, n = min(products), g[0] ** 2 + g[1] ** 2
    beta = vector_of([Fraction(g[0], level), Fraction(g[1], level)])
    margin = number(level) / call("sqrt", number(n))
    Z = matrix_of(zs)
    active = matrix_of([zs[i - 1] for i in support])
    alpha = exact(inverse(active @ active.T) @ vector_of([1] * len(support)))
    weights = [alpha] if alpha.head == "number" else list(alpha.args)
    w = answer_symbol(2)
    rows = [matrix_of([list(z)]) @ w for z in zs]
    separates = make("and", tuple(relation("gt", row, number(0)) for row in rows))
    margins = make("and", tuple(relation("ge", row, number(1)) for row in rows))
    points = ", ".join(f"$x_{i + 1} = {tex(x)}$ with $y_{i + 1} = {s}$" for i, (x, s) in
                       enumerate(zip(xs, signs, strict=True)))  # fmt: skip
    scaled = exact(number(level) * beta)
    unit = vector_of(g) / call("sqrt", number(n))
    return Variant(
        task=f"A linear classifier $\\operatorname{{sign}}(x^\\top \\beta)$ without offset is trained on "
             f"three points: {points}. "
        "The classifier of largest margin is the shortest $\\beta$ with $y_i x_i^\\top \\beta \\ge 1$ for "
        "all $i$.",
        parts=(
            Part("a", "The matrix $Z$ with the rows $y_i x_i^\\top$.", "matrix", Z, mode="form",
                 mistakes=(Mistake("labels-forgotten", matrix_of([[e.value for e in x.args] for x in xs]),
                                   "Multiply each point by its label."),)),
            Part("b", "This shortest $\\beta$.", "vector", beta, Fraction(4), mode="form",
                 hints=("Guess which constraints are equalities, and check the others.",
                        "The multipliers of the equalities must not be negative."),
                 criteria=(
                     Criterion("classifies all points correctly", separates, ONE, True, "does-not-separate"),
                     Criterion("satisfies the three constraints", margins, ONE, lacks="constraint-violated"),
                 ),
                 mistakes=(
                     Mistake("not-normalised", scaled,
                             "The direction is right; scale it so that the smallest $y_i x_i^\\top \\beta$ "
                             "is 1.", TWO),
                     Mistake("sign", exact(-beta), "This puts every point on the wrong side."),
                 )),
            Part("c", "The margin: the distance of the nearest point from the line $x^\\top \\beta = "
                      "0$.", "number", margin, TWO,
                 tolerance=Fraction(1, 10**6), hints=("$1 / \\|\\beta\\|$.",), credit={"reciprocal": ONE},
                 mistakes=(Mistake("reciprocal", call("sqrt", number(n)) / number(level),
                                   "This is $\\|\\beta\\|$; the margin is its reciprocal.", ONE),)),
            Part("d", "The numbers of the points at this distance (the support vectors).", "finite",
                 make("set", tuple(number(i) for i in support)), TWO,
                 credit={"element-too-many": ONE, "element-missing": ONE}),
            Part("e", "The limit of $\\beta(t) / \\|\\beta(t)\\|$ for gradient flow on the logistic loss "
                      "of these points.",
                 "vector", unit, ONE, tolerance=Fraction(1, 10**6), credit={"sign": Fraction(0)},
                 hints=("It is the direction of largest margin.",),
                 mistakes=(Mistake("not-normalised", beta, "The direction is right, but a limit of unit "
                                                           "vectors has the "
                                   "norm 1.", HALF),
                           Mistake("minimiser-expected", vector_of([0, 0]),
                                   "The loss has no minimum: $\\beta(t)$ grows without "
                                   "bound.")) if level**2 != n
                 else (),),
        ),
        solution=(
            SolutionStep("All three constraints hold for the $\\beta$ of part (b):",
                         make("and", tuple(relation("ge", matrix_of([list(z)]) @ beta, number(1))
                                           for z in zs))),
            SolutionStep(f"with equality for {', '.join(f'$x_{i}$' for i in support)}.",
                         equation(active @ beta, vector_of([1] * len(support))
                                  if len(support) > 1 else number(1))),
            SolutionStep("It is a combination of the vectors $y_i x_i$ of these points,",
                         equation(active.T @ alpha, beta)),
            SolutionStep("with multipliers that are positive. So the conditions of Karush, Kuhn and Tucker "
                         "hold, and as the "
                         "problem is convex, this is the minimum.",
                         make("and", tuple(relation("gt", a, number(0)) for a in weights)) if len(weights) > 1
                         else relation("gt", weights[0], number(0))),
            SolutionStep(f"The margin is $1 / \\|\\beta\\| = {tex(margin)}$.",
                         equation(power(margin, 2) * (beta.T @ beta), number(1))),
            *(
                SolutionStep(f"The point $x_{i + 1}$ is farther away and has no influence.",
                             relation("gt", matrix_of([list(z)]) @ beta, number(1)))
                for i, z in enumerate(zs) if i + 1 not in support
            ),
            SolutionStep("For separable points the direction of gradient flow on the logistic loss tends "
                         "to that of largest "
                         f"margin, ${tex(vector_of(g))}$ up to a positive factor.",
                         equation(number(level) * beta, vector_of(g))),
        ),
    )  # fmt: skip
