"""Pseudoinverses of matrices whose rank is neither full row rank nor full column rank."""

from fractions import Fraction

from lemmata.grade.draw import Draw, matrix_of, vector_of
from lemmata.grade.exercise import Criterion, Mistake, Part, SolutionStep, Variant, answer_symbol, exercise
from lemmata.grade.tex import tex
from lemmata.grade.values import exact
from lemmata.kernel.term import Term, identity, inverse, make, number, pinv
from lemmata.terms.forms import equation, is_

ZERO, HALF, ONE, TWO, FOUR = Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(4)


def rank(A: Term) -> Term:
    return make("rank", (A,))


def penrose(A: Term, n: int, m: int) -> tuple[Criterion, ...]:
    """The four conditions on the n x m answer, a mark for each."""
    B = answer_symbol(n, m)
    return (
        Criterion("satisfies (i) $A B A = A$", equation(A @ B @ A, A), ONE, True, "penrose-i-fails"),
        Criterion("satisfies (ii) $B A B = B$", equation(B @ A @ B, B), ONE, lacks="penrose-ii-fails"),
        Criterion("satisfies (iii) $(A B)^\\top = A B$", is_("symmetric", A @ B), ONE,
                  lacks="penrose-iii-fails"),
        Criterion("satisfies (iv) $(B A)^\\top = B A$", is_("symmetric", B @ A), ONE,
                  lacks="penrose-iv-fails"),
    )  # fmt: skip


def draw_factors(draw: Draw) -> tuple[list[int], list[int]]:
    """Two integer columns of length 2, not multiples of unit vectors, not parallel, with small norms."""

    def good(pair: tuple[list[int], list[int]]) -> bool:
        u, v = pair
        return all(u) and all(v) and norm2(u) * norm2(v) <= 50 and u[0] * v[1] != u[1] * v[0]

    return draw.until(lambda: (draw.integers(2), draw.integers(2)), good)


def norm2(v: list[int]) -> int:
    return sum(x * x for x in v)


@exercise("pinv-rank-one", title="The pseudoinverse of a column times a row", source="batra, section 3.1",
          marks=9)  # fmt: skip
def pinv_rank_one(draw: Draw) -> Variant:
    us, vs = draw.first(([1, 2], [3, 1]), lambda: draw_factors(draw))
    u, v = vector_of(us), vector_of(vs)
    A = exact(u @ v.T)
    p, q = norm2(us), norm2(vs)
    B = exact(v @ u.T / number(p * q))
    onto_col, onto_row = exact(A @ B), exact(B @ A)
    return Variant(
        task=f"The matrix $A = {tex(A)}$ is the product of the column $u = {tex(u)}$ and the row "
             "$v^\\top$, where "
        f"$v = {tex(v)}$.",
        parts=(
            Part("a", "The rank of $A$.", "number", number(1),
                 mistakes=(Mistake("full-rank-assumed", number(2), "The second row is a multiple of the "
                                                                   "first."),)),
            Part(
                "b", "The pseudoinverse $A^+$.", "matrix", B, FOUR, mode="form",
                credit={"not-evaluated": ZERO},
                hints=("Neither $A A^\\top$ nor $A^\\top A$ has an inverse here.",
                       "Try a multiple of $v u^\\top$ and use the first condition."),
                criteria=penrose(A, 2, 2),
                mistakes=(
                    Mistake("only-transposed", exact(A.T),
                            "This is $A^\\top = v u^\\top$; it still has to be divided by "
                            "$\\|u\\|^2 \\|v\\|^2$.", ONE),
                    Mistake("one-norm-missing", exact(v @ u.T / number(p)),
                            "Divide by $\\|v\\|^2$ too: $A A^+ A = A$ needs both.", TWO),
                    Mistake("one-norm-missing", exact(v @ u.T / number(q)),
                            "Divide by $\\|u\\|^2$ too: $A A^+ A = A$ needs both.", TWO),
                ),
            ),
            Part("c", "The projection $A A^+$ onto the column space.", "matrix", onto_col, mode="form",
                 hints=("The column space is the line of the multiples of $u$.",),
                 mistakes=(Mistake("other-product", onto_row, "This is $A^+ A$."),)),
            Part("d", "The projection $A^+ A$ onto the row space.", "matrix", onto_row, mode="form",
                 mistakes=(Mistake("other-product", onto_col, "This is $A A^+$."),)),
            Part("e", "The null space of $A$.", "affine", make("span", (vector_of([-vs[1], vs[0]]),)),
                 mode="span",
                 hints=("It is perpendicular to the row space.",), credit={"one-point": HALF}),
            Part("f", "Does $A^\\top (A A^\\top)^{-1}$ give $A^+$ here?", "choice", number(1),
                 options=("yes", "no")),
        ),
        solution=(
            SolutionStep("All rows are multiples of $v^\\top$ and not all are zero, so the rank is 1.",
                         equation(rank(A), number(1))),
            SolutionStep("Then $A A^\\top$ has rank 1 as well and no inverse.",
                         equation(rank(A @ A.T), number(1))),
            SolutionStep(f"For $B = c\\,v u^\\top$ one finds $A B A = c\\,\\|u\\|^2 \\|v\\|^2 A$, and so "
                         f"$c = 1 / ({p} \\cdot {q})$ for condition (i).",
                         equation(A @ (v @ u.T) @ A, number(p * q) * A)),
            SolutionStep(f"With it $A^+ = {tex(B)}$. Condition (i) holds,", equation(A @ B @ A, A)),
            SolutionStep("condition (ii) holds,", equation(B @ A @ B, B)),
            SolutionStep(f"and $A A^+ = {tex(onto_col)}$, which is symmetric: (iii).",
                         equation(onto_col, u @ u.T / number(p))),
            SolutionStep(f"So is $A^+ A = {tex(onto_row)}$: (iv).", equation(onto_row, v @ v.T / number(q))),
            SolutionStep("The null space is the line perpendicular to $v$.",
                         equation(A @ vector_of([-vs[1], vs[0]]), vector_of([0, 0]))),
        ),
    )  # fmt: skip


def draw_rank_two(draw: Draw) -> tuple[list[int], Term]:
    """The combination that makes the third row, and the two independent first rows."""
    return [draw.choice([-1, 1]), draw.choice([-1, 1])], draw.full_row_rank(2, 3, -1, 2, denominator=14)


@exercise("pinv-3x3", title="A singular matrix of size three", source="batra, section 3.1", marks=12)
def pinv_3x3(draw: Draw) -> Variant:
    (a, b), G = draw.first(([1, 1], matrix_of([[1, 0, 1], [0, 1, 1]])), lambda: draw_rank_two(draw))
    F = matrix_of([[1, 0], [0, 1], [a, b]])
    A = exact(F @ G)
    B = exact(pinv(A))
    onto = exact(A @ B)
    ((x, y, z), (u, v, w)) = ([int(e.value) for e in G.args[i : i + 3]] for i in (0, 3))
    normal = vector_of([y * w - z * v, z * u - x * w, x * v - y * u])
    gram_f, gram_g = exact(F.T @ F), exact(G @ G.T)
    left, right = exact(inverse(gram_f) @ F.T), exact(G.T @ inverse(gram_g))
    sign = ["+" if c > 0 else "-" for c in (a, b)]
    third = f"{'-' if a < 0 else ''}r_1 {sign[1]} r_2"
    return Variant(
        task=f"Let $A = {tex(A)}$, with the rows $r_1, r_2, r_3$. Here $r_3 = {third}$.",
        parts=(
            Part("a", "The rank of $A$.", "number", number(2),
                 mistakes=(Mistake("full-rank-assumed", number(3),
                                   "The third row is a combination of the other two."),)),
            Part("b", "The null space of $A$.", "affine", make("span", (normal,)), TWO, mode="span",
                 hints=("What is perpendicular to $r_1$ and $r_2$?",), credit={"one-point": ONE}),
            Part("c", "Let $G$ consist of the rows $r_1$ and $r_2$. Give the $F$ with $A = F "
                      "G$.", "matrix", F,
                 TWO, mode="form", hints=("Each row of $F$ says how a row of $A$ is combined from $r_1, "
                                          "r_2$.",)),
            Part(
                "d", "The pseudoinverse $A^+$.", "matrix", B, FOUR, mode="form",
                credit={"not-evaluated": ZERO},
                hints=("$A^+ = G^+ F^+$, since $F$ has full column rank and $G$ full row rank.",
                       "$G^+ = G^\\top (G G^\\top)^{-1}$ and $F^+ = (F^\\top F)^{-1} F^\\top$."),
                criteria=penrose(A, 3, 3),
                mistakes=(
                    Mistake("only-transposed", exact(A.T), "This is $A^\\top$."),
                    Mistake("grams-not-inverted", exact(G.T @ gram_g @ gram_f @ F.T),
                            "The two Gram matrices have to be inverted.", ONE),
                ),
            ),
            Part("e", "The projection $A A^+$ onto the column space.", "matrix", onto, Fraction(3),
                 mode="form",
                 hints=("$F$ and $A$ have the same column space.",),
                 mistakes=(
                     Mistake("identity", exact(identity(3)), "$A A^+$ has rank 2, so it is not the "
                                                             "identity."),
                     Mistake("other-product", exact(B @ A), "This is $A^+ A$, which projects onto the row "
                                                            "space.",
                             ONE),
                 )),
        ),
        solution=(
            SolutionStep("The third row adds nothing to the span, and $r_1$, $r_2$ are independent: the "
                         "rank is 2.",
                         equation(rank(A), number(2))),
            SolutionStep(f"The vector ${tex(normal)}$ is perpendicular to all rows; it spans the null space.",
                         equation(A @ normal, vector_of([0, 0, 0]))),
            SolutionStep(f"The rows are combined from $r_1, r_2$ by $F = {tex(F)}$.", equation(F @ G, A)),
            SolutionStep(f"$F^\\top F = {tex(gram_f)}$ gives $F^+ = (F^\\top F)^{{-1}} F^\\top = "
                         f"{tex(left)}$,",
                         equation(left @ F, identity(2))),
            SolutionStep(f"$G G^\\top = {tex(gram_g)}$ gives $G^+ = G^\\top (G G^\\top)^{{-1}} = "
                         f"{tex(right)}$.",
                         equation(G @ right, identity(2))),
            SolutionStep(f"Hence $A^+ = G^+ F^+ = {tex(B)}$. Condition (i) holds,", equation(A @ B @ A, A)),
            SolutionStep("condition (ii) holds,", equation(B @ A @ B, B)),
            SolutionStep("the product $A^+ A = G^+ G$ is symmetric: (iv),", equation(B @ A, right @ G)),
            SolutionStep(f"and $A A^+ = F F^+ = {tex(onto)}$ is symmetric: (iii). It is the projection "
                         "onto the "
                         "column space.", is_("projection", onto)),
        ),
    )  # fmt: skip
