"""One equation in two unknowns: its solutions, the shortest of them, and where gradient descent goes."""

from fractions import Fraction
from math import gcd

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Criterion, Mistake, Part, SolutionStep, Variant, answer_symbol, exercise
from lemmata.grade.tex import tex, tex_sum
from lemmata.kernel.term import Term, make, mul, number, pinv
from lemmata.terms.forms import call, equation, relation


def draw_line(draw: Draw) -> tuple[int, int, int]:
    """Coprime a, b and a right side c, none of them zero, with a^2 + b^2 at most 25."""
    a, b = draw.until(
        lambda: (draw.integer(-4, 4, nonzero=True), draw.integer(-4, 4, nonzero=True)),
        lambda ab: gcd(*ab) == 1 and 2 < ab[0] ** 2 + ab[1] ** 2 <= 25,
    )
    return a, b, draw.integer(2, 6) * draw.choice([-1, 1])


def solution_on_axis(a: int, b: int, c: int) -> Term:
    """A solution with a zero coordinate, of integers where there is one."""
    return vector_of([Fraction(c, a), 0]) if c % a == 0 or c % b else vector_of([0, Fraction(c, b)])


def row(i: int) -> Term:
    """The row that picks the coordinate i of a vector in the plane."""
    return vector_of([int(i == 1), int(i == 2)]).T


@exercise("min-norm-line", title="The shortest solution of one equation", source="batra#E2", marks=7)
def min_norm_line(draw: Draw) -> Variant:
    a, b, c = draw.first((1, 2, 4), lambda: draw_line(draw))
    s = a * a + b * b
    A = matrix_of([[a, b]])
    point, direction = solution_on_axis(a, b, c), vector_of([-b, a])
    shortest = vector_of([Fraction(a * c, s), Fraction(b * c, s)])
    w = answer_symbol(2)
    one, half = Fraction(1), Fraction(1, 2)
    on_line = Criterion(
        "lies on the line", equation(A @ w, number(c)), one, gate=True, lacks="not-a-solution"
    )
    line = tex_sum([a, b], ["x_1", "x_2"]) + f" = {c}"
    bound = Fraction(2, s)
    return Variant(
        task=(
            f"Consider the single equation ${line}$ in two unknowns, and the loss "
            f"$L(x) = \\tfrac12 ({tex_sum([a, b], ['x_1', 'x_2'])} {'-' if c > 0 else '+'} {abs(c)})^2$."
        ),
        parts=(
            Part(
                "a",
                "Describe all solutions.",
                "affine",
                make("affine", (point, direction)),
                marks=Fraction(2),
                hints=("Find one solution, and every solution of the equation with right side 0.",),
                credit={"one-point": half, "parallel": one, "direction-only": one},
            ),
            Part(
                "b",
                "Which solution has the smallest Euclidean norm?",
                "vector",
                shortest,
                marks=Fraction(2),
                mode="form",
                hints=("It is perpendicular to the line of solutions.",),
                criteria=(
                    on_line,
                    Criterion(
                        "is a multiple of the row of the equation",
                        equation(number(a) * row(2) @ w, number(b) * row(1) @ w),
                        lacks="not-minimal",
                    ),
                ),
                mistakes=(
                    Mistake(
                        "not-normalised",
                        vector_of([a * c, b * c]),
                        "The direction is right, but the length is not: divide by $a_1^2 + a_2^2$.",
                        half,
                    ),
                    Mistake("zero", vector_of([0, 0]), "The zero vector does not solve the equation."),
                ),
            ),
            Part(
                "c",
                "Gradient descent on $L$ starts at $(0, 0)$, with a small step size. Which point "
                "does it approach?",
                "vector",
                shortest,
                marks=one,
                mode="form",
                hints=("Every gradient is a multiple of one vector.",),
                criteria=(
                    Criterion(
                        "lies on the line", equation(A @ w, number(c)), gate=True, lacks="not-a-solution"
                    ),
                ),
                mistakes=(
                    Mistake(
                        "zero", vector_of([0, 0]), "This is the start; the loss is not stationary there."
                    ),
                ),
            ),
            Part(
                "d",
                "For exactly which constant step sizes $\\eta$ does gradient descent from $(0, 0)$ "
                "converge to it?",
                "interval",
                make("interval", (number(0), number(bound)), "()"),
                marks=Fraction(2),
                hints=("How is the residual multiplied in one step?",),
                credit={"too-narrow": one, "endpoint-included": one, "lower-bound-missing": one},
            ),
        ),
        solution=(
            SolutionStep(f"The point ${tex(point)}$ solves the equation.", equation(A @ point, number(c))),
            SolutionStep(
                f"With right side 0 the solutions are the multiples of ${tex(direction)}$, for the "
                "row is not 0. "
                f"So all solutions are $x = {tex(point)} + t\\,{tex(direction)}$, $t \\in \\mathbb{{R}}$.",
                equation(A @ direction, number(0)),
            ),
            SolutionStep(
                f"The shortest is the pseudoinverse of the row times the right side: $\\tfrac{{{c}}}{{{s}}}"
                f"{tex(vector_of([a, b]))} = {tex(shortest)}$.",
                equation(shortest, pinv(A) @ number(c)),
            ),
            SolutionStep("It solves the equation,", equation(A @ shortest, number(c))),
            SolutionStep(
                "and it is perpendicular to the line, so by Pythagoras every other solution is longer.",
                equation(shortest.T @ direction, number(0)),
            ),
            SolutionStep(
                f"The gradient at $x$ is the residual times ${tex(vector_of([a, b]))}$, so gradient "
                "descent from the "
                "origin never leaves the row space, the line through the origin that is perpendicular to the "
                f"solutions. The only solution there is ${tex(shortest)}$.",
                equation(number(b) * shortest.args[0], number(a) * shortest.args[1]),
            ),
            SolutionStep(
                f"One step multiplies the residual by $1 - {s}\\eta$, because the row has the "
                f"squared norm {s}.",
                equation(A @ A.T, number(s)),
            ),
            SolutionStep(
                "The residual at the start is not zero, so there is convergence exactly if $\\lvert 1 - "
                f"{s}\\eta \\rvert < 1$, "
                f"that is $0 < \\eta < {tex(bound)}$. At the upper end the residual only changes its sign:",
                equation(number(1) - mul(number(s), number(bound)), number(-1)),
            ),
            SolutionStep(
                f"and halfway, at $\\eta = {tex(bound / 2)}$, a single step arrives.",
                relation("lt", call("abs", number(1) - mul(number(s), number(bound / 2))), number(1)),
            ),
        ),
    )
