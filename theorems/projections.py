"""Orthogonal projections: P = P^T = P^2 sends every vector to the nearest point of Col(P).

For X = [1 2] the projection onto the row space is (1/5) [[1, 2], [2, 4]]; it sends (5, 0) to (1, 2), and
what is left, (4, -2), lies in the null space.
"""

from lemmata.course.author import *

m, n = dims("m n")
X = matrix("X", m, n)
P, Q = matrices("P Q", n, n)
s, z = vectors("s z", n)

theorem(
    "projection-complement",
    "The complementary projection",
    given={"projection": projection(P)},
    show=[
        projection(I(n) - P),
        Eq(P @ (I(n) - P), 0),
        Eq(Col(I(n) - P), Perp(Col(P))),
        Eq(Col(I(n) - P), Null(P)),
    ],
    kind="lemma",
    source="batra-036",
)

theorem(
    "nearest-point",
    "An orthogonal projection finds the nearest point",
    given={"projection": projection(P), "competitor": In(s, Col(P))},
    show=[
        Eq(norm(z - s) ** 2, norm(z - P @ z) ** 2 + norm(P @ z - s) ** 2),
        Le(norm(z - P @ z), norm(z - s)),
    ],
    source="batra-038",
)

theorem(
    "nearest-point-unique",
    "The nearest point is unique",
    given={
        "projection": projection(P),
        "competitor": In(s, Col(P)),
        "equally near": Eq(norm(z - s), norm(z - P @ z)),
    },
    show=Eq(s, P @ z),
    kind="corollary",
    source="batra-039",
)

theorem(
    "projection-unique",
    "A subspace has one orthogonal projection",
    given={"P": projection(P), "Q": projection(Q), "same range": Eq(Col(P), Col(Q))},
    show=Eq(P, Q),
    kind="proposition",
)

theorem(
    "row-projection",
    "The projection onto the row space",
    show=[projection(pinv(X) @ X), Eq(Col(pinv(X) @ X), Row(X))],
    source="batra-057",
    notes="An $n \\times n$ matrix that acts on parameters; no hypothesis on the rank.",
)

theorem(
    "col-projection",
    "The projection onto the column space",
    show=[projection(X @ pinv(X)), Eq(Col(X @ pinv(X)), Col(X))],
    source="batra-056",
    notes="An $m \\times m$ matrix that acts on data; no hypothesis on the rank.",
)

theorem(
    "row-projection-full-rank",
    "The row projection of a matrix of full row rank",
    given={"full row rank": Eq(rank(X), m)},
    show=[
        Eq(pinv(X) @ X, X.T @ inv(X @ X.T) @ X),
        projection(X.T @ inv(X @ X.T) @ X),
        Eq(Col(X.T @ inv(X @ X.T) @ X), Row(X)),
    ],
    kind="proposition",
    source="batra-043",
)

theorem(
    "col-projection-full-rank",
    "The column projection of a matrix of full column rank",
    given={"full column rank": Eq(rank(X), n)},
    show=[
        Eq(X @ pinv(X), X @ inv(X.T @ X) @ X.T),
        projection(X @ inv(X.T @ X) @ X.T),
        Eq(Col(X @ inv(X.T @ X) @ X.T), Col(X)),
    ],
    kind="proposition",
    source="batra-049",
    notes="The inverse is that of $X^\\top X$; $X X^\\top$ has rank $n$ and is singular for $m > n$.",
)
