"""Least squares and minimum norm: which of all the w that fit best is the shortest.

For X = [1 2], y = 5 every w on the line w_1 + 2 w_2 = 5 fits; X^+ y = (1, 2) is the shortest of them.
"""

from lemmata.course.author import *

m, n = dims("m n")
X = matrix("X", m, n)
v, w, w0 = vectors("v w w_0", n)
y = vector("y", m)

normal = Eq(X.T @ X @ w, X.T @ y)

theorem(
    "normal-equations",
    "The pseudoinverse solves the normal equations",
    show=Eq(X.T @ X @ pinv(X) @ y, X.T @ y),
    kind="lemma",
    source="batra-148",
)

theorem(
    "least-squares-minimiser",
    "The pseudoinverse solves the least-squares problem",
    show=Le(norm(X @ pinv(X) @ y - y), norm(X @ w - y)),
    source="batra-076",
)

theorem(
    "least-squares-characterisation",
    "Least-squares solutions are the solutions of the normal equations",
    show=[
        Iff(Eq(norm(X @ w - y), norm(X @ pinv(X) @ y - y)), normal),
        Iff(normal, In(w - pinv(X) @ y, Null(X))),
    ],
    source="batra-078",
)

theorem(
    "least-squares-unique",
    "With full column rank the least-squares solution is unique",
    given={"full column rank": Eq(rank(X), n), "normal equations": normal},
    show=Eq(w, inv(X.T @ X) @ X.T @ y),
    kind="corollary",
    source="batra-007",
)

theorem(
    "interpolation",
    "The pseudoinverse solves every consistent system",
    given={"consistent": In(y, Col(X))},
    show=Eq(X @ pinv(X) @ y, y),
    source="batra-081",
    notes="Full row rank makes every $y$ consistent: then $\\operatorname{Col}(X) = \\mathbb{R}^m$.",
)

theorem(
    "solution-set",
    "The solutions form an affine subspace",
    given={"a solution": Eq(X @ v, y)},
    show=Iff(Eq(X @ w, y), In(w - v, Null(X))),
    kind="proposition",
    source="batra-097",
)

theorem(
    "difference-in-null-space",
    "Solutions differ from the pseudoinverse solution by a null vector",
    given={"a solution": Eq(X @ w, y)},
    show=In(w - pinv(X) @ y, Null(X)),
    kind="lemma",
    source="batra-087",
)

theorem(
    "pythagoras",
    "Pythagoras for solutions",
    given={"a solution": Eq(X @ w, y)},
    show=Eq(norm(w) ** 2, norm(pinv(X) @ y) ** 2 + norm(w - pinv(X) @ y) ** 2),
    kind="lemma",
    source="batra-091",
)

theorem(
    "min-norm",
    "The pseudoinverse solution has minimum norm",
    given={"a solution": Eq(X @ w, y)},
    show=Le(norm(pinv(X) @ y), norm(w)),
    source="batra-084",
    notes="No rank is assumed: that a solution exists is all that is needed.",
)

theorem(
    "min-norm-unique",
    "The minimum-norm solution is unique",
    given={"a solution": Eq(X @ w, y), "equally short": Eq(norm(w), norm(pinv(X) @ y))},
    show=Eq(w, pinv(X) @ y),
    source="batra-085",
)

theorem(
    "min-norm-least-squares",
    "Among least-squares solutions the pseudoinverse solution is the shortest",
    given={"normal equations": normal},
    show=[
        Le(norm(pinv(X) @ y), norm(w)),
        Implies(Eq(norm(w), norm(pinv(X) @ y)), Eq(w, pinv(X) @ y)),
    ],
    source="batra-080",
)

theorem(
    "nearest-interpolator",
    "The solution nearest to a given point",
    given={"a solution": Eq(X @ w, y)},
    show=[
        Eq(X @ (pinv(X) @ y + (I(n) - pinv(X) @ X) @ w0), y),
        Le(norm(pinv(X) @ y + (I(n) - pinv(X) @ X) @ w0 - w0), norm(w - w0)),
    ],
    kind="proposition",
    source="batra-168",
)
