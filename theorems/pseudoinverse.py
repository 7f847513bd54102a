"""The Moore-Penrose pseudoinverse: four equations, exactly one solution.

For X = [1 2], X^+ = (1/5) [1; 2]: X X^+ = 1, and X^+ X is the projection onto the line through (1, 2).
"""

from lemmata.course.author import *

m, n, r = dims("m n r")
X = matrix("X", m, n)

theorem(
    "penrose-conditions",
    "The pseudoinverse",
    show=[
        Eq(X @ pinv(X) @ X, X),
        Eq(pinv(X) @ X @ pinv(X), pinv(X)),
        symmetric(X @ pinv(X)),
        symmetric(pinv(X) @ X),
    ],
    kind="definition",
    source="batra-051",
)

A, B = matrix("A", m, n), matrix("B", n, m)

theorem(
    "penrose-unique",
    "The four conditions have one solution",
    given={
        "i": Eq(A @ B @ A, A),
        "ii": Eq(B @ A @ B, B),
        "iii": symmetric(A @ B),
        "iv": symmetric(B @ A),
    },
    show=Eq(pinv(A), B),
    source="batra-053",
)

F, G = matrix("F", m, r), matrix("G", r, n)
B_FG = G.T @ inv(G @ G.T) @ inv(F.T @ F) @ F.T

theorem(
    "penrose-exists",
    "The four conditions have a solution",
    given={
        "full-rank factorisation": Eq(X, F @ G),
        "columns of F independent": Eq(rank(F), r),
        "rows of G independent": Eq(rank(G), r),
    },
    show=[
        Eq(X @ B_FG @ X, X),
        Eq(B_FG @ X @ B_FG, B_FG),
        symmetric(X @ B_FG),
        symmetric(B_FG @ X),
        Eq(pinv(X), B_FG),
    ],
    source="batra-052",
    notes=r"""Every $X \ne 0$ has such a factorisation: the columns of $F$ are a basis of
    $\operatorname{Col}(X)$, and $G$ holds the coordinates of the columns of $X$ in that basis. For $X
    = 0$ the zero matrix solves the four equations.""",
)

theorem(
    "full-row-rank",
    "Pseudoinverse of a matrix of full row rank",
    given={"full row rank": Eq(rank(X), m)},
    show=Eq(pinv(X), X.T @ inv(X @ X.T)),
    source="batra-063",
)

theorem(
    "full-column-rank",
    "Pseudoinverse of a matrix of full column rank",
    given={"full column rank": Eq(rank(X), n)},
    show=Eq(pinv(X), inv(X.T @ X) @ X.T),
    source="batra-077",
)

theorem(
    "right-inverse",
    "With full row rank the pseudoinverse is a right inverse",
    given={"full row rank": Eq(rank(X), m)},
    show=Eq(X @ pinv(X), I(m)),
    kind="corollary",
    source="batra-073",
)

theorem(
    "left-inverse",
    "With full column rank the pseudoinverse is a left inverse",
    given={"full column rank": Eq(rank(X), n)},
    show=Eq(pinv(X) @ X, I(n)),
    kind="corollary",
)

theorem(
    "gram-positive-definite",
    "With full row rank the Gram matrix of the rows is positive definite",
    given={"full row rank": Eq(rank(X), m)},
    show=spd(X @ X.T),
    kind="lemma",
    source="batra-132",
)
