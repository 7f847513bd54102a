"""Where gradient flow ends when it does not start at the origin."""

from fractions import Fraction

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Criterion, Mistake, Part, SolutionStep, Variant, answer_symbol, exercise
from lemmata.grade.tex import tex
from lemmata.grade.values import exact
from lemmata.kernel.term import Term, dim, identity, make, number, pinv, substitute, symbol
from lemmata.terms.forms import at, equation, relation, space


def draw_data(draw: Draw, X: Term) -> Term:
    """A right side, not zero, of the form X v with small integers in v."""
    return draw.until(lambda: exact(X @ draw.vector(3, -2, 2)), lambda y: any(e.value for e in y.args))


def draw_start(draw: Draw, X: Term) -> Term:
    """A start with a null-space component; in one case of four, one that lies in the row space."""
    if draw.integer(1, 4) == 1:
        return exact(X.T @ draw.vector(2, -2, 2))
    return draw.until(lambda: draw.vector(3), lambda w: any(e.value for e in exact(pinv(X) @ X @ w).args))


@exercise("initialisation", title="The start decides the limit", source="batra#E3", marks=9)
def initialisation(draw: Draw) -> Variant:
    X = draw.first(matrix_of([[1, 0, 1], [0, 1, 1]]), lambda: draw.full_row_rank(2, 3, denominator=14))
    y = draw.first(vector_of([3, 0]), lambda: draw_data(draw, X))
    start = draw.first(vector_of([1, 2, 0]), lambda: draw_start(draw, X))
    row_part = exact(pinv(X) @ X @ start)
    null_part = exact(start - row_part)
    shortest = exact(pinv(X) @ y)
    end = exact(shortest + null_part)
    stays = not any(e.value for e in null_part.args)
    excess = exact(null_part.T @ null_part)
    w = answer_symbol(3)
    one, half = Fraction(1), Fraction(1, 2)
    Xs, ys, ws = symbol("X", "m", "n"), symbol("y", "m"), symbol("w_0", "n")
    formula = pinv(Xs) @ ys + (identity("n") - pinv(Xs) @ Xs) @ ws
    at_data = substitute(formula, {Xs: X, ys: y, ws: start}, {"m": 2, "n": 3})
    return Variant(
        task=(
            f"Let $X = {tex(X)}$, $y = {tex(y)}$ and $w_0 = {tex(start)}$. Gradient flow "
            "$\\dot w = -X^\\top (X w - y)$ starts at $w(0) = w_0$. Write $w_0 = w_0^\\parallel + "
            "w_0^\\perp$ with "
            "$w_0^\\parallel$ in the row space of $X$ and $w_0^\\perp$ in its null space. No "
            "differential equation "
            "has to be solved."
        ),
        parts=(
            Part(
                "a",
                "The component $w_0^\\parallel$ in the row space.",
                "vector",
                row_part,
                marks=one,
                mode="form",
                hints=("The projection onto the row space is $X^+ X$.",),
                criteria=(
                    Criterion(
                        "lies in the row space",
                        relation("in", w, space("row", X)),
                        gate=True,
                        lacks="not-in-row-space",
                    ),
                ),
                mistakes=(Mistake("other-component", null_part, "This is the component in the null space."),),
            ),
            Part(
                "b",
                "The component $w_0^\\perp$ in the null space.",
                "vector",
                null_part,
                marks=one,
                mode="form",
                hints=("Subtract: $w_0^\\perp = w_0 - w_0^\\parallel$.",),
                criteria=(
                    Criterion(
                        "lies in the null space",
                        equation(X @ w, vector_of([0, 0])),
                        gate=True,
                        lacks="not-in-null-space",
                    ),
                ),
                mistakes=(Mistake("other-component", row_part, "This is the component in the row space."),),
            ),
            Part(
                "c",
                "The limit of $w(t)$ as $t \\to \\infty$.",
                "vector",
                end,
                marks=Fraction(2),
                mode="form",
                hints=(
                    "One component of $w(t)$ never moves.",
                    "The other one goes where it goes from a zero start.",
                ),
                criteria=(
                    Criterion(
                        "fits the data, $X w = y$",
                        equation(X @ w, y),
                        half,
                        gate=True,
                        lacks="does-not-interpolate",
                    ),
                ),
                mistakes=(
                    Mistake(
                        "null-component-forgotten",
                        shortest,
                        "This is right for $w_0 = 0$ only: the component of the start in the null space is "
                        "still there at the end.",
                        one,
                    ),
                    Mistake(
                        "start-added",
                        exact(shortest + start),
                        "Only the component of the start in the null space survives, not all of it.",
                        half,
                    ),
                    Mistake(
                        "row-component-kept",
                        exact(shortest + row_part),
                        "The wrong component of the start survives: the row-space one is forgotten.",
                    ),
                ),
            ),
            Part(
                "d",
                "The limit as a formula in $X$, $y$ and $w_0$, for any $X$ of full row rank.",
                "expression",
                formula,
                marks=Fraction(3),
                symbols=(Xs, ys, ws),
                given=(equation(make("rank", (Xs,)), dim("m")),),
                aliases=((at(symbol("w", "n", of="t"), number(0)), ws),),
                hints=("$I - X^+ X$ projects onto the null space.",),
                mistakes=(
                    Mistake(
                        "null-component-forgotten",
                        pinv(Xs) @ ys,
                        "This is right for $w_0 = 0$ only: the start also contributes $(I - X^+ X) w_0$.",
                        one,
                    ),
                    Mistake(
                        "start-added",
                        pinv(Xs) @ ys + ws,
                        "Only the component of the start in the null space survives, not all of it.",
                        one,
                    ),
                    Mistake(
                        "row-component-kept",
                        pinv(Xs) @ ys + pinv(Xs) @ Xs @ ws,
                        "$X^+ X w_0$ is the component that is forgotten; the other one survives.",
                        one,
                    ),
                ),
            ),
            Part(
                "e",
                "Is the limit the solution of $X w = y$ of smallest norm?",
                "choice",
                number(0 if stays else 1),
                marks=one,
                options=("yes", "no"),
            ),
            Part(
                "f",
                "By how much does the squared norm of the limit exceed the smallest possible one?",
                "number",
                excess,
                marks=one,
                hints=("Pythagoras.",),
            ),
        ),
        solution=(
            SolutionStep(
                "The projection onto the row space is $X^+ X$, hence $w_0^\\parallel = X^+ X w_0 = "
                f"{tex(row_part)}$.",
                relation("in", row_part, space("row", X)),
            ),
            SolutionStep(
                f"The rest is $w_0^\\perp = {tex(null_part)}$; indeed $X w_0^\\perp = 0$,",
                equation(X @ null_part, vector_of([0, 0])),
            ),
            SolutionStep("and the two add up to $w_0$.", equation(row_part + null_part, start)),
            SolutionStep(
                f"The velocity $-X^\\top(Xw - y)$ lies in the row space, so the null-space component stays "
                f"${tex(null_part)}$ for ever. The row-space component obeys the same equation as "
                "from a zero start "
                f"and tends to $X^+ y = {tex(shortest)}$,",
                equation(X @ shortest, y),
            ),
            SolutionStep("which lies in the row space itself.", relation("in", shortest, space("row", X))),
            SolutionStep(f"The limit is their sum, ${tex(end)}$.", equation(end, shortest + null_part)),
            SolutionStep(
                "In letters: $\\lim w(t) = X^+ y + (I - X^+ X) w_0$, where $X^+ = X^\\top (X X^\\top)^{-1}$.",
                equation(at_data, end),
            ),
            SolutionStep(
                "The two summands are perpendicular, so by Pythagoras the squared norm exceeds the "
                "smallest one by "
                f"$\\|w_0^\\perp\\|^2 = {tex(excess)}$. "
                + (
                    "It is zero here: the start lies in the row space and the limit is the shortest solution."
                    if stays
                    else "It is not zero here, and the limit is not the shortest solution."
                ),
                equation(end.T @ end - shortest.T @ shortest, excess),
            ),
        ),
    )
