"""Projections onto the row space and the column space of a matrix, and what they leave over."""

from fractions import Fraction
from math import gcd

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Criterion, Mistake, Part, SolutionStep, Variant, answer_symbol, exercise
from lemmata.grade.tex import tex
from lemmata.grade.values import evaluate, exact, fractions
from lemmata.kernel.term import Term, dim, identity, inverse, make, number, pinv, symbol
from lemmata.terms.forms import equation, is_, relation, space

ONE, TWO, THREE = Fraction(1), Fraction(2), Fraction(3)


def cross(a: Term, b: Term) -> list[int]:
    """A vector of coprime integers that is perpendicular to two integer columns of length three."""
    (x, y, z), (u, v, w) = ([int(e.value) for e in c.args] for c in (a, b))
    n = [y * w - z * v, z * u - x * w, x * v - y * u]
    divisor = gcd(*n) or 1
    return [e // divisor for e in n]


def is_zero(term: Term) -> bool:
    return not any(any(row) for row in fractions(evaluate(term)))


def projection_criteria(onto: Term, what: str) -> tuple[Criterion, ...]:
    """What makes Q the orthogonal projection onto a column space, each property with its share of 3 marks."""
    Q = answer_symbol(3, 3)
    return (
        Criterion(f"leaves every {what} as it is", equation(Q @ onto, onto), ONE, True, "vectors-not-kept"),
        Criterion("is symmetric", is_("symmetric", Q), lacks="not-symmetric"),
        Criterion("is idempotent", is_("idempotent", Q), lacks="not-idempotent"),
    )


@exercise("row-null-split", title="A vector in its two components", source="batra, section 2.3", marks=9)
def row_null_split(draw: Draw) -> Variant:
    X = draw.first(matrix_of([[1, 0, 1], [1, 1, 0]]), lambda: draw.full_row_rank(2, 3, denominator=14))
    P = exact(pinv(X) @ X)
    w = draw.first(
        vector_of([3, 0, 0]),
        lambda: draw.until(lambda: draw.vector(3), lambda w: not is_zero(X @ w) and not is_zero(w - P @ w)),
    )
    row_part, null_part = exact(P @ w), exact(w - P @ w)
    rows = [exact(X.T @ vector_of(e)) for e in ([1, 0], [0, 1])]
    normal = vector_of(cross(*rows))
    gram, apart = exact(X @ X.T), exact(null_part.T @ null_part)
    v = answer_symbol(3)
    return Variant(
        task=f"Let $X = {tex(X)}$ and $w = {tex(w)}$. Split $w$ into its components in the row space and in "
        "the null space of $X$.",
        parts=(
            Part(
                "a", "The null space of $X$.", "affine", make("span", (normal,)), TWO, mode="span",
                hints=("It is perpendicular to both rows.",), credit={"one-point": ONE},
            ),
            Part(
                "b", "The matrix of the orthogonal projection onto the row space of $X$.", "matrix", P, THREE,
                mode="form", credit={"not-evaluated": Fraction(0)},
                hints=("$P = X^\\top (X X^\\top)^{-1} X$.", "Or subtract the projection onto the null space, "
                       "which is a line, from $I$."),
                criteria=projection_criteria(X.T, "row of $X$"),
                mistakes=(
                    Mistake("other-projection", exact(identity(3) - P),
                            "This is the projection onto the null space; subtract it from $I$.", ONE),
                    Mistake("gram-not-inverted", exact(X.T @ X),
                            "This is $X^\\top X$: the inverse of the Gram matrix is missing between the "
                            "two."),
                ),
            ),
            Part(
                "c", "The component of $w$ in the row space.", "vector", row_part, mode="form",
                criteria=(Criterion("lies in the row space", relation("in", v, space("row", X)), gate=True,
                                    lacks="not-in-row-space"),),
                mistakes=(Mistake("other-component", null_part, "This is the component in the null space."),),
            ),
            Part(
                "d", "The component of $w$ in the null space.", "vector", null_part, mode="form",
                hints=("Subtract.",),
                criteria=(Criterion("lies in the null space", equation(X @ v, vector_of([0, 0])), gate=True,
                                    lacks="not-in-null-space"),),
                mistakes=(Mistake("other-component", row_part, "This is the component in the row space."),),
            ),
            Part(
                "e", "The squared distance from $w$ to the row space.", "number", apart, TWO,
                hints=("The nearest point of the row space is a component that you know.",),
                mistakes=(
                    Mistake("distance-to-other-space", exact(row_part.T @ row_part),
                            "This is the squared distance to the null space.", ONE),
                    Mistake("norm-of-the-vector", exact(w.T @ w),
                            "This is the squared distance to the origin, which is one point of the row space "
                            "and not the nearest one."),
                ),
            ),
        ),
        solution=(
            SolutionStep(f"The vector ${tex(normal)}$ is perpendicular to both rows. The rank is 2, so the "
                         "null space is the line of its multiples.", equation(X @ normal, vector_of([0, 0]))),
            SolutionStep("The rank is 2: the Gram matrix of the rows has an inverse.",
                         equation(gram @ exact(inverse(gram)), identity(2))),
            SolutionStep(f"The projection onto the row space is $P = X^\\top (X X^\\top)^{{-1}} X = "
                         f"{tex(P)}$.",
                         equation(P, X.T @ inverse(X @ X.T) @ X)),
            SolutionStep("It is symmetric and idempotent,", is_("projection", P)),
            SolutionStep("and together with the projection onto the null space it makes $I$.",
                         equation(P + normal @ normal.T / exact(normal.T @ normal), identity(3))),
            SolutionStep(f"Hence the component in the row space is $P w = {tex(row_part)}$,",
                         relation("in", row_part, space("row", X))),
            SolutionStep(f"and the one in the null space is the rest, ${tex(null_part)}$.",
                         equation(X @ null_part, vector_of([0, 0]))),
            SolutionStep("They are perpendicular and add up to $w$,", equation(row_part + null_part, w)),
            SolutionStep("so that Pythagoras applies.", equation(row_part.T @ null_part, number(0))),
            SolutionStep("The nearest point of the row space is $P w$; the squared distance is "
                         f"${tex(apart)}$.",
                         equation(w.T @ w - row_part.T @ row_part, apart)),
        ),
    )  # fmt: skip


@exercise("column-projection", title="The nearest point of a column space", source="batra, section 2.3",
          marks=11)  # fmt: skip
def column_projection(draw: Draw) -> Variant:
    A = draw.first(
        matrix_of([[1, 0], [1, 1], [1, 2]]), lambda: exact(draw.full_row_rank(2, 3, denominator=14).T)
    )
    P = exact(A @ pinv(A))
    b = draw.first(
        vector_of([6, 0, 0]),
        lambda: draw.until(lambda: draw.vector(3), lambda b: not is_zero(A.T @ b) and not is_zero(b - P @ b)),
    )
    gram, nearest = exact(A.T @ A), exact(P @ b)
    rest = exact(b - nearest)
    apart = exact(rest.T @ rest)
    letter, v = symbol("A", "m", "n"), answer_symbol(3)
    return Variant(
        task=f"Let $A = {tex(A)}$ and $b = {tex(b)}$. Which point of the column space of $A$ is nearest to "
             "$b$?",
        parts=(
            Part(
                "a", "The Gram matrix that the projection needs.", "matrix", gram, mode="form",
                hints=("Of $A^\\top A$ and $A A^\\top$ only one has an inverse.",),
                mistakes=(Mistake("singular-gram", exact(A @ A.T),
                                  "$A A^\\top$ is $3 \\times 3$ of rank 2: it has no inverse."),),
            ),
            Part(
                "b", "The matrix of the orthogonal projection onto the column space of $A$.", "matrix", P,
                THREE, mode="form", credit={"not-evaluated": Fraction(0)},
                hints=("$P b = A x$, where $A^\\top (b - A x) = 0$.",),
                criteria=projection_criteria(A, "column of $A$"),
                mistakes=(
                    Mistake("other-projection", exact(identity(3) - P),
                            "This projects onto the complement; subtract it from $I$.", ONE),
                    Mistake("gram-not-inverted", exact(A @ A.T),
                            "This is $A A^\\top$: the inverse of $A^\\top A$ is missing between the two."),
                ),
            ),
            Part(
                "c", "The nearest point.", "vector", nearest, TWO, mode="form",
                criteria=(Criterion("lies in the column space", relation("in", v, space("col", A)), gate=True,
                                    lacks="not-in-column-space"),),
                mistakes=(Mistake("residual", rest, "This is what the projection leaves over, $b - P b$."),),
            ),
            Part(
                "d", "Its squared distance from $b$.", "number", apart, TWO,
                hints=("The squared length of $b - P b$.",),
                mistakes=(Mistake("norm-of-the-projection", exact(nearest.T @ nearest),
                                  "This is the squared length of the projection itself."),),
            ),
            Part(
                "e", "The projection onto the column space as a formula, for any $A$ of full column rank.",
                "expression", A_formula(letter), TWO, symbols=(letter,),
                given=(equation(make("rank", (letter,)), dim("n")),),
                hints=("The Gram matrix of the columns is $A^\\top A$.",),
                mistakes=(
                    Mistake("gram-not-inverted", letter @ letter.T,
                            "The inverse of the Gram matrix is missing between $A$ and $A^\\top$."),
                ),
            ),
            Part(
                "f", "Does $A A^\\top$, for the $A$ above, have an inverse?", "choice", number(1),
                options=("yes", "no"), hints=("What is its rank?",),
            ),
        ),
        solution=(
            SolutionStep("The columns have the Gram matrix $A^\\top A = "
                         f"{tex(gram)}$,", equation(A.T @ A, gram)),
            SolutionStep("which is invertible, as the columns are independent.", is_("invertible", gram)),
            SolutionStep("The other product $A A^\\top$ is of size 3 and rank 2, so it has no inverse: a "
                         "formula "
                         "with $(A A^\\top)^{-1}$ has no value here.",
                         equation(make("rank", (A @ A.T,)), number(2))),
            SolutionStep(f"Hence $P = A (A^\\top A)^{{-1}} A^\\top = {tex(P)}$.",
                         equation(P, A @ inverse(A.T @ A) @ A.T)),
            SolutionStep("It is symmetric and idempotent,", is_("projection", P)),
            SolutionStep("and leaves the columns as they are.", equation(P @ A, A)),
            SolutionStep(f"The nearest point is $P b = {tex(nearest)}$; what is left over, ${tex(rest)}$, is "
                         "perpendicular to the columns.", equation(A.T @ rest, vector_of([0, 0]))),
            SolutionStep(f"The squared distance is ${tex(apart)}$, by Pythagoras.",
                         equation(b.T @ b - nearest.T @ nearest, apart)),
        ),
    )  # fmt: skip


def A_formula(A: Term) -> Term:
    """A (A^T A)^{-1} A^T."""
    return A @ inverse(A.T @ A) @ A.T
