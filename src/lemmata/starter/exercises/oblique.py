"""Shadows in the plane, computed by hand."""

from fractions import Fraction

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Criterion, Mistake, Part, SolutionStep, Variant, answer_symbol, exercise
from lemmata.grade.tex import tex
from lemmata.grade.values import exact
from lemmata.kernel.term import Term, identity, inverse, number
from lemmata.terms.forms import equation


def draw_lines(draw: Draw) -> tuple[list[int], list[int]]:
    """A direction a to project onto and a normal b of the light, neither parallel nor perpendicular."""
    return draw.until(
        lambda: (draw.integers(2, -3, 3), draw.integers(2, -3, 3)),
        lambda ab: (
            2 <= abs(ab[0][0] * ab[1][0] + ab[0][1] * ab[1][1]) <= 7
            and ab[0][0] * ab[1][1] != ab[0][1] * ab[1][0]
        ),
    )


def projection_along(a: Term, b: Term) -> Term:
    """a b^T / b^T a, computed."""
    return exact(a @ inverse(b.T @ a) @ b.T)


@exercise("shadow-matrix", title="The matrix of a shadow", marks=6)
def shadow_matrix(draw: Draw) -> Variant:
    a, b = (vector_of(v) for v in draw.first(([1, 1], [1, 2]), lambda: draw_lines(draw)))
    E = projection_along(a, b)
    rest = exact(identity(2) - E)
    X = answer_symbol(2, 2)
    one = Fraction(1)
    return Variant(
        task=(
            f"Every point $y$ of the plane is moved to the line spanned by $a = {tex(a)}$, such that what "
            f"is left over, $y - E y$, is perpendicular to $b = {tex(b)}$."
        ),
        parts=(
            Part(
                "a",
                "Find the matrix $E$.",
                "matrix",
                E,
                marks=Fraction(4),
                mode="form",
                hints=("It has the form $a\\, v^\\top$ with a multiple $v$ of $b$.", "$E a$ has to be $a$."),
                criteria=(
                    Criterion("is idempotent", equation(X @ X, X), one, gate=True, lacks="not-idempotent"),
                    Criterion("fixes $a$", equation(X @ a, a), one, gate=True, lacks="moves-the-line"),
                ),
                mistakes=(
                    Mistake(
                        "not-divided",
                        exact(a @ b.T),
                        "The direction is right; divide by $b^\\top a$, so that $a$ stays where it is.",
                        Fraction(2),
                    ),
                    Mistake(
                        "perpendicular",
                        projection_along(a, a),
                        "This is the perpendicular shadow; the light falls in another direction here.",
                        one,
                    ),
                ),
            ),
            Part(
                "b",
                "Find the matrix $I - E$, which gives what is left over.",
                "matrix",
                rest,
                marks=Fraction(2),
                mode="form",
                hints=("No new computation is needed.",),
            ),
        ),
        solution=(
            SolutionStep(f"First, $b^\\top a = {tex(exact(b.T @ a))}$.", equation(b.T @ a, exact(b.T @ a))),
            SolutionStep(
                f"By the formula for oblique projections, $E = a\\,(b^\\top a)^{{-1}} b^\\top = {tex(E)}$.",
                equation(E, a @ inverse(b.T @ a) @ b.T),
            ),
            SolutionStep("It is idempotent,", equation(E @ E, E)),
            SolutionStep("it fixes $a$,", equation(E @ a, a)),
            SolutionStep(
                "and what is left over is perpendicular to $b$ for every $y$, since $b^\\top (I - E) = 0$.",
                equation(b.T @ (identity(2) - E), matrix_of([[0, 0]])),
            ),
            SolutionStep(f"Finally $I - E = {tex(rest)}$.", equation(rest, identity(2) - E)),
        ),
    )


@exercise("longer-shadow", title="A shadow that is longer than the thing", marks=3)
def longer_shadow(draw: Draw) -> Variant:
    c = draw.first(2, lambda: draw.integer(2, 6) * draw.choice([-1, 1]))
    E = matrix_of([[1, c], [0, 0]])
    y = vector_of([1, c])
    shadow = exact(E @ y)
    length = exact(shadow.T @ shadow)
    return Variant(
        task=f"Let $E = {tex(E)}$, an idempotent matrix that is not symmetric, and $y = {tex(y)}$.",
        parts=(
            Part("a", "Compute the shadow $E y$.", "vector", shadow, marks=Fraction(1), mode="form"),
            Part(
                "b",
                "By which factor is $\\|E y\\|^2$ larger than $\\|y\\|^2$?",
                "number",
                number(1 + c * c),
                marks=Fraction(2),
                hints=("Both squared norms are integers here.",),
                mistakes=(
                    Mistake(
                        "squared-norm",
                        length,
                        "This is $\\|E y\\|^2$ itself; divide it by $\\|y\\|^2$.",
                        Fraction(1),
                    ),
                ),
            ),
        ),
        solution=(
            SolutionStep(f"The shadow is $E y = {tex(shadow)}$.", equation(E @ y, shadow)),
            SolutionStep(
                f"Its squared norm is ${tex(length)}$, that of $y$ is ${1 + c * c}$;",
                equation(y.T @ y, number(1 + c * c)),
            ),
            SolutionStep(
                f"so the factor is ${1 + c * c}$: light that grazes the ground makes long shadows.",
                equation(length, number(1 + c * c) * (y.T @ y)),
            ),
        ),
    )
