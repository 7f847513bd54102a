"""Systems with many solutions or none: least squares, and the shortest of all minimisers."""

from fractions import Fraction
from math import gcd

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Criterion, Mistake, Part, SolutionStep, Variant, answer_symbol, exercise
from lemmata.grade.tex import tex
from lemmata.grade.values import exact
from lemmata.kernel.term import Term, identity, inverse, make, number, pinv
from lemmata.terms.forms import equation, relation, space

ZERO, HALF, ONE, TWO, THREE = Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3)


def numbers(term: Term) -> list[Fraction]:
    """The entries of a written-out matrix, row by row."""
    return [e.value for e in term.args]


def cross(a: list[Fraction], b: list[Fraction]) -> Term:
    """A column of coprime integers that is perpendicular to two integer columns."""
    (x, y, z), (u, v, w) = ([int(e) for e in c] for c in (a, b))
    n = [y * w - z * v, z * u - x * w, x * v - y * u]
    return vector_of([e // gcd(*n) for e in n])


def columns(A: Term) -> tuple[list[Fraction], list[Fraction]]:
    return numbers(A)[0::2], numbers(A)[1::2]


@exercise(
    "min-norm-2x3", title="The shortest solution of two equations", source="batra, section 3.3", marks=9
)
def min_norm_2x3(draw: Draw) -> Variant:
    X = draw.first(matrix_of([[1, 1, 0], [0, 1, 1]]), lambda: draw.full_row_rank(2, 3, denominator=14))
    d = cross(numbers(X)[:3], numbers(X)[3:])
    shortest = draw.first(vector_of([1, 3, 2]), lambda: exact(X.T @ draw.vector(2, -2, 2)))
    multiple = draw.first(1, lambda: draw.integer(-2, 2, nonzero=True))
    other = exact(shortest + number(multiple) * d)
    y = exact(X @ shortest)
    size, excess = exact(shortest.T @ shortest), exact(number(multiple) ** 2 * (d.T @ d))
    u = exact(inverse(X @ X.T) @ y)
    w = answer_symbol(3)
    return Variant(
        task=f"Let $X = {tex(X)}$ and $y = {tex(y)}$. One solution of $X w = y$ is $v = {tex(other)}$.",
        parts=(
            Part("a", "All solutions of $X w = y$.", "affine", make("affine", (other, d)), TWO,
                 hints=("Add the null space to one solution.",),
                 credit={"one-point": HALF, "parallel": ONE, "direction-only": ONE}),
            Part(
                "b", "The shortest solution.", "vector", shortest, THREE, mode="form",
                credit={"not-evaluated": ONE},
                hints=("It is the one that lies in the row space.", "Solve $X X^\\top u = y$; then $w = "
                                                                    "X^\\top u$."),
                criteria=(
                    Criterion("solves $X w = y$", equation(X @ w, y), ONE, True, "not-a-solution"),
                    Criterion("lies in the row space", relation("in", w, space("row", X)),
                              lacks="not-minimal"),
                ),
                mistakes=(
                    Mistake("gram-not-inverted", exact(X.T @ y),
                            "This is $X^\\top y$; the inverse of $X X^\\top$ is missing."),
                    Mistake("null-component", exact(other - shortest),
                            "This is the component of $v$ in the null space; the other one is needed."),
                ),
            ),
            Part("c", "Its squared norm.", "number", size,
                 mistakes=(Mistake("other-solution", exact(other.T @ other),
                                   "This is the squared norm of $v$, which is not the shortest solution."),)),
            Part("d", "The component of $v$ in the null space of $X$.", "vector", exact(other - shortest),
                 mode="form", hints=("Two solutions differ by an element of the null space.",),
                 mistakes=(Mistake("other-component", shortest, "This is the component in the row space."),
                           Mistake("sign", exact(shortest - other), "Subtract in the other order."))),
            Part("e", "By how much is the squared norm of $v$ larger than the smallest "
                      "one?", "number", excess, TWO,
                 hints=("Pythagoras.",)),
        ),
        solution=(
            SolutionStep("The given vector is a solution:", equation(X @ other, y)),
            SolutionStep(f"The null space consists of the multiples of ${tex(d)}$, as the rank is 2. All "
                         "solutions "
                         f"are $v + t\\,{tex(d)}$.", equation(X @ d, vector_of([0, 0]))),
            SolutionStep(f"The shortest is $X^\\top u$ with $X X^\\top u = y$. The system of size 2 gives "
                         f"$u = {tex(u)}$,", equation(X @ X.T @ u, y)),
            SolutionStep(f"and $w = X^\\top u = {tex(shortest)}$.", equation(X.T @ u, shortest)),
            SolutionStep("It solves the system", equation(X @ shortest, y)),
            SolutionStep("and is perpendicular to the null space.", equation(shortest.T @ d, number(0))),
            SolutionStep("It is what the pseudoinverse gives.", equation(shortest, pinv(X) @ y)),
            SolutionStep(f"Hence $v$ has the component ${tex(exact(other - shortest))}$ in the null space, "
                         "and by "
                         f"Pythagoras $\\|v\\|^2 = {tex(size)} + {tex(excess)}$.",
                         equation(other.T @ other, size + excess)),
        ),
    )  # fmt: skip


@exercise("least-squares-3x2", title="Three equations, two unknowns, no "
                                     "solution", source="batra, section 3.3",
          marks=9)  # fmt: skip
def least_squares_3x2(draw: Draw) -> Variant:
    A = draw.first(
        matrix_of([[1, 0], [1, 1], [1, 2]]), lambda: exact(draw.full_row_rank(2, 3, denominator=60).T)
    )
    normal = cross(*columns(A))
    x = draw.first(vector_of([5, -3]), lambda: draw.vector(2))
    r = exact(number(draw.first(1, lambda: draw.choice([-1, 1]))) * normal)
    b = exact(A @ x + r)
    gram, right, fit = exact(A.T @ A), exact(A.T @ b), exact(A @ x)
    smallest = exact(r.T @ r)
    v, e = answer_symbol(2), answer_symbol(3)
    fits = equation(A.T @ (b - A @ v), vector_of([0, 0]))
    return Variant(
        task=f"Let $A = {tex(A)}$ and $b = {tex(b)}$. The system $A x = b$ has no solution; find the $x$ "
             "that makes "
        "$\\|A x - b\\|^2$ smallest.",
        parts=(
            Part("a", "The matrix of the normal equations.", "matrix", gram, mode="form",
                 mistakes=(Mistake("gram-of-rows", exact(A @ A.T), "This is $A A^\\top$."),)),
            Part("b", "Their right side.", "vector", right, mode="form", hints=("$A^\\top b$.",)),
            Part(
                "c", "The minimiser.", "vector", x, THREE, mode="form", credit={"not-evaluated": ONE},
                hints=("Solve the normal equations.",),
                criteria=(Criterion("satisfies the normal equations", fits, gate=True,
                                    lacks="normal-equations-fail"),),
                mistakes=(
                    Mistake("gram-not-inverted", right, "This is the right side $A^\\top b$, not the "
                                                        "solution."),
                    Mistake("one-equation-dropped", first_two(A, b),
                            "This solves the first two equations and ignores the third.", HALF),
                ),
            ),
            Part(
                "d", "The residual $b - A x$ at the minimiser.", "vector", r, TWO, mode="form",
                credit={"sign": ONE},
                criteria=(Criterion("is perpendicular to the columns of $A$",
                                    equation(A.T @ e, vector_of([0, 0])), ONE, True, "not-perpendicular"),),
                mistakes=(Mistake("fitted-values", fit, "These are the fitted values $A x$."),
                          Mistake("sign", exact(-r), "This is $A x - b$; the sign is the other one.", ONE)),
            ),
            Part("e", "The smallest value of $\\|A x - b\\|^2$.", "number", smallest, TWO,
                 mistakes=(
                     Mistake("halved", exact(smallest / number(2)), "The factor $1/2$ is not in the "
                                                                    "question.", ONE),
                     Mistake("norm-of-fit", exact(fit.T @ fit), "This is the squared norm of the fitted "
                                                                "values."),
                 )),
        ),
        solution=(
            SolutionStep("The normal equations have the matrix $A^\\top A = "
                         f"{tex(gram)}$", equation(A.T @ A, gram)),
            SolutionStep(f"and the right side $A^\\top b = {tex(right)}$.", equation(A.T @ b, right)),
            SolutionStep(f"Their solution is $x = {tex(x)}$;", equation(gram @ x, right)),
            SolutionStep("it is the only one, since the columns of $A$ are independent.",
                         equation(x, inverse(gram) @ right)),
            SolutionStep(f"The fitted values are $A x = {tex(fit)}$ and the residual is ${tex(r)}$,",
                         equation(b - A @ x, r)),
            SolutionStep("which is perpendicular to the columns, but not "
                         "zero.", equation(A.T @ r, vector_of([0, 0]))),
            SolutionStep(f"So the smallest value is $\\|b - A x\\|^2 = {tex(smallest)}$.",
                         equation((b - A @ x).T @ (b - A @ x), smallest)),
        ),
    )  # fmt: skip


def first_two(A: Term, b: Term) -> Term:
    """The solution of the first two equations; of the last two where those have none or many."""
    rows, right = numbers(A), numbers(b)
    for i in (0, 2):
        top = matrix_of([rows[i : i + 2], rows[i + 2 : i + 4]])
        if rows[i] * rows[i + 3] != rows[i + 1] * rows[i + 2]:
            return exact(inverse(top) @ vector_of(right[i // 2 : i // 2 + 2]))
    return exact(pinv(A) @ b)


def draw_plane(draw: Draw) -> tuple[list[int], list[int], int, int]:
    """Columns u, v without zeros, and b = p u + q u' with u' perpendicular to u, p a multiple of |v|^2."""

    def column() -> list[int]:
        return [draw.integer(-3, 3, nonzero=True), draw.integer(-3, 3, nonzero=True)]

    u = draw.until(column, lambda c: gcd(*c) == 1)
    v = draw.until(column, lambda c: gcd(*c) == 1 and c[0] ** 2 + c[1] ** 2 <= 10)
    return u, v, draw.integer(-3, 3, nonzero=True), draw.choice([-1, 1])


@exercise("shortest-minimiser", title="Many minimisers, one of them shortest", source="batra, section 3.3",
          marks=9)  # fmt: skip
def shortest_minimiser(draw: Draw) -> Variant:
    us, vs, p, q = draw.first(([1, 2], [1, 1], 2, 1), lambda: draw_plane(draw))
    u, v = vector_of(us), vector_of(vs)
    A = exact(u @ v.T)
    r = exact(number(q) * vector_of([-us[1], us[0]]))
    b = exact(number(p) * u + r)
    along = vector_of([-vs[1], vs[0]])
    shortest = exact(number(Fraction(p, vs[0] ** 2 + vs[1] ** 2)) * v)
    smallest = exact(r.T @ r)
    gram, right = exact(A.T @ A), exact(A.T @ b)
    w = answer_symbol(2)
    minimises = equation(A.T @ (A @ w - b), vector_of([0, 0]))
    return Variant(
        task=f"Let $A = {tex(A)}$ and $b = {tex(b)}$. The loss is $L(w) = \\tfrac12 \\|A w - b\\|^2$.",
        parts=(
            Part("a", "Has $A w = b$ a solution?", "choice", number(1), options=("yes", "no"),
                 hints=("Every column of $A$ is a multiple of the same vector.",)),
            Part("b", "All minimisers of $L$.", "affine", make("affine", (shortest, along)), THREE,
                 hints=("Solve the normal equations; they always have a solution.",),
                 credit={"one-point": ONE, "parallel": ONE, "direction-only": ONE}),
            Part(
                "c", "The shortest minimiser.", "vector", shortest, TWO, mode="form",
                criteria=(
                    Criterion("minimises the loss", minimises, ONE, True, "not-a-minimiser"),
                    Criterion("lies in the row space", relation("in", w, space("row", A)),
                              lacks="not-minimal"),
                ),
                mistakes=(Mistake("not-normalised", exact(number(p) * v),
                                  "The direction is right; divide by the squared norm of the row.", ONE),
                          Mistake("gram-not-inverted", right, "This is $A^\\top b$.")),
            ),
            Part("d", "The smallest value of $L$.", "number", exact(smallest / number(2)), TWO,
                 hints=("The residual is the part of $b$ that is perpendicular to the column space.",),
                 mistakes=(Mistake("half-forgotten", smallest, "The loss has a factor $1/2$.", ONE),
                           Mistake("zero", number(0), "The loss would be zero if $b$ were in the column "
                                                      "space."))),
            Part("e", "Gradient flow on $L$ starts at $0$. Where does it "
                      "end?", "vector", shortest, mode="form",
                 hints=("The gradient always lies in the row space.",),
                 criteria=(Criterion("minimises the loss", minimises, gate=True, lacks="not-a-minimiser"),),
                 mistakes=(Mistake("zero", vector_of([0, 0]), "The gradient is not zero there."),)),
        ),
        solution=(
            SolutionStep(f"The columns of $A$ are multiples of ${tex(u)}$, and $b$ is not: it has the part "
                         f"${tex(r)}$ "
                         "perpendicular to it, so there is no "
                         "solution.", equation(A.T @ r, vector_of([0, 0]))),
            SolutionStep(f"The normal equations are ${tex(gram)}\\,w = "
                         f"{tex(right)}$;", equation(A.T @ A, gram)),
            SolutionStep(f"they say that $v^\\top w = {p}$ with $v = {tex(v)}$, and one solution is "
                         f"${tex(shortest)}$.", equation(gram @ shortest, right)),
            SolutionStep(f"The others differ from it by multiples of ${tex(along)}$.",
                         equation(A @ along, vector_of([0, 0]))),
            SolutionStep("That solution is a multiple of $v$, so it lies in the row space and is the "
                         "shortest.",
                         equation(shortest.T @ along, number(0))),
            SolutionStep("It is the pseudoinverse times $b$.", equation(shortest, pinv(A) @ b)),
            SolutionStep(f"The residual there is ${tex(exact(-r))}$ and the loss is half of its squared "
                         "length, "
                         f"${tex(exact(smallest / number(2)))}$.", equation(A @ shortest - b, -r)),
            SolutionStep("The gradient $A^\\top (A w - b)$ lies in the row space, so the flow from $0$ "
                         "stays there; "
                         "the only minimiser there is the shortest one.",
                         equation((identity(2) - pinv(A) @ A) @ right, vector_of([0, 0]))),
        ),
    )  # fmt: skip
