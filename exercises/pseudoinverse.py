"""The pseudoinverse of a matrix of full row rank, by hand."""

from fractions import Fraction

from lemmata.grade.draw import Draw, matrix_of
from lemmata.grade.exercise import Criterion, Mistake, Part, SolutionStep, Variant, answer_symbol, exercise
from lemmata.grade.tex import tex
from lemmata.grade.values import exact
from lemmata.kernel.term import identity, inverse, number
from lemmata.terms.forms import equation, is_


@exercise("pinv-2x3", title="A pseudoinverse and its four conditions", source="batra#E1", marks=8)
def pinv_2x3(draw: Draw) -> Variant:
    X = draw.first(matrix_of([[1, 2, 0], [0, 2, 2]]), lambda: draw.full_row_rank(2, 3))
    gram = exact(X @ X.T)
    inverse_gram = exact(inverse(gram))
    P = exact(X.T @ inverse_gram)
    row_projection = exact(P @ X)
    B = answer_symbol(3, 2)
    Q = answer_symbol(3, 3)
    one = Fraction(1)
    a, b, d = gram.args[0].value, gram.args[1].value, gram.args[3].value
    determinant = a * d - b * b
    square = f"({tex(b)})^2" if b < 0 else f"{tex(b)}^2"
    return Variant(
        task=(
            f"Let $X = {tex(X)}$. Its rows are linearly independent, so $X^+ = X^\\top (X X^\\top)^{{-1}}$. "
            "Compute the pseudoinverse and confirm the four Penrose conditions with numbers."
        ),
        parts=(
            Part(
                "a",
                "The Gram matrix $X X^\\top$.",
                "matrix",
                gram,
                marks=one,
                mode="form",
                hints=("Its entries are the inner products of the rows of $X$.",),
                mistakes=(
                    Mistake(
                        "gram-of-columns",
                        exact(X.T @ X),
                        "This is $X^\\top X$, the Gram matrix of the columns; the rows were asked for.",
                    ),
                ),
            ),
            Part(
                "b",
                "The pseudoinverse $X^+$.",
                "matrix",
                P,
                marks=Fraction(4),
                mode="form",
                credit={"not-evaluated": Fraction(0)},
                hints=(
                    "Invert the $2 \\times 2$ Gram matrix first.",
                    "$X^+$ has three rows and two columns.",
                ),
                criteria=(
                    Criterion(
                        "satisfies (i) $X B X = X$",
                        equation(X @ B @ X, X),
                        one,
                        gate=True,
                        lacks="penrose-i-fails",
                    ),
                    Criterion(
                        "satisfies (ii) $B X B = B$", equation(B @ X @ B, B), one, lacks="penrose-ii-fails"
                    ),
                    Criterion(
                        "satisfies (iii) $(X B)^\\top = X B$",
                        is_("symmetric", X @ B),
                        one,
                        lacks="penrose-iii-fails",
                    ),
                    Criterion(
                        "satisfies (iv) $(B X)^\\top = B X$",
                        is_("symmetric", B @ X),
                        one,
                        lacks="penrose-iv-fails",
                    ),
                ),
                mistakes=(
                    Mistake(
                        "gram-not-inverted",
                        exact(X.T @ gram),
                        "You multiplied $X^\\top$ by the Gram matrix itself; it has to be inverted first.",
                    ),
                    Mistake(
                        "only-transposed",
                        exact(X.T),
                        "This is $X^\\top$. It would be $X^+$ only if the rows of $X$ were orthonormal.",
                    ),
                    Mistake(
                        "determinant-forgotten",
                        exact(X.T @ (number(determinant) * inverse_gram)),
                        "The inverse of the Gram matrix lacks the division by its determinant.",
                        one,
                    ),
                ),
            ),
            Part(
                "c",
                "The product $X X^+$.",
                "matrix",
                exact(identity(2)),
                marks=one,
                mode="form",
                hints=("Full row rank makes $X^+$ a right inverse.",),
                mistakes=(
                    Mistake(
                        "other-product",
                        row_projection,
                        "This is $X^+ X$; the factors are in the wrong order.",
                    ),
                ),
            ),
            Part(
                "d",
                "The product $X^+ X$.",
                "matrix",
                row_projection,
                marks=Fraction(2),
                mode="form",
                hints=("It is the orthogonal projection onto the row space, and not the identity.",),
                criteria=(
                    Criterion(
                        "leaves every row of $X$ as it is, $X Q = X$",
                        equation(X @ Q, X),
                        one,
                        gate=True,
                        lacks="rows-not-kept",
                    ),
                    Criterion("is symmetric", is_("symmetric", Q), lacks="not-symmetric"),
                    Criterion("is idempotent", is_("idempotent", Q), lacks="not-idempotent"),
                ),
                mistakes=(
                    Mistake(
                        "identity",
                        exact(identity(3)),
                        "$X^+ X$ is not the identity: its rank is 2, and it sends the null space "
                        "of $X$ to 0.",
                    ),
                ),
            ),
        ),
        solution=(
            SolutionStep(
                f"The inner products of the rows give $X X^\\top = {tex(gram)}$.", equation(X @ X.T, gram)
            ),
            SolutionStep(
                f"Its determinant is ${tex(a)} \\cdot {tex(d)} - {square} = {tex(determinant)} \\ne 0$, "
                f"so the rank is full and $(X X^\\top)^{{-1}} = {tex(inverse_gram)}$.",
                equation(gram @ inverse_gram, identity(2)),
            ),
            SolutionStep(
                f"Hence $X^+ = X^\\top (X X^\\top)^{{-1}} = {tex(P)}$.", equation(P, X.T @ inverse(X @ X.T))
            ),
            SolutionStep(
                "Multiplying out, $X X^+ = I$. This is symmetric, which is condition (iii); "
                "and with it (i) $X X^+ X = X$ and (ii) $X^+ X X^+ = X^+$ are immediate.",
                equation(X @ P, identity(2)),
            ),
            SolutionStep("Condition (i) with these numbers: $X X^+ X$ is $X$ again.", equation(X @ P @ X, X)),
            SolutionStep(
                "Condition (ii) with these numbers: $X^+ X X^+$ is $X^+$ again.", equation(P @ X @ P, P)
            ),
            SolutionStep(
                f"The other product is $X^+ X = {tex(row_projection)}$, which is symmetric: condition (iv).",
                equation(P @ X, row_projection),
            ),
            SolutionStep(
                "It is the orthogonal projection onto the row space, of rank 2, and so not the identity.",
                equation(row_projection @ row_projection, row_projection),
            ),
        ),
    )
