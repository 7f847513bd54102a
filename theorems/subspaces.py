"""Row space and null space: R^n splits into what a matrix sees and what it does not see.

For X = [1 2] the row space is the line through (1, 2), the null space the line through (2, -1): they are
perpendicular, and every w is the sum of one vector of each in exactly one way.
"""

from lemmata.course.author import *

m, n = dims("m n")
X = matrix("X", m, n)
u, v, w = vectors("u v w", n)

theorem(
    "row-null-orthogonal",
    "The row space is orthogonal to the null space",
    given={"in the row space": In(u, Row(X)), "in the null space": In(v, Null(X))},
    show=Eq(inner(u, v), 0),
    kind="lemma",
    source="batra-025",
)

theorem(
    "row-space-complement",
    "Row space and null space are orthogonal complements",
    show=[Eq(Row(X), Perp(Null(X))), Eq(Null(X), Perp(Row(X))), Eq(Col(X), Perp(Null(X.T)))],
    source="batra-025",
    notes=r"""The inclusion $\operatorname{Null}(X)^\perp \subseteq \operatorname{Row}(X)$ is the half that
    needs an idea: a preimage of $u$ under $X^\top$ is $(X^+)^\top u$, not $X u$.""",
)

theorem(
    "orthogonal-decomposition",
    "Every vector is a sum of a row vector and a null vector",
    show=[
        Eq(pinv(X) @ X @ w + (I(n) - pinv(X) @ X) @ w, w),
        In(pinv(X) @ X @ w, Row(X)),
        In((I(n) - pinv(X) @ X) @ w, Null(X)),
        Eq(inner(pinv(X) @ X @ w, (I(n) - pinv(X) @ X) @ w), 0),
    ],
    source="batra-033",
)

theorem(
    "decomposition-unique",
    "The decomposition is unique",
    given={
        "in the row space": In(u, Row(X)),
        "in the null space": In(v, Null(X)),
        "the sum": Eq(w, u + v),
    },
    show=[Eq(u, pinv(X) @ X @ w), Eq(v, (I(n) - pinv(X) @ X) @ w)],
    kind="proposition",
    source="batra-034",
)
