"""Ridge regression: a small penalty lambda picks one minimiser, and its limit is X^+ y.

For X = [1 2], y = 5: w_lambda = 5 / (5 + lambda) (1, 2), which tends to (1, 2) as lambda falls to 0.
"""

from lemmata.course.author import *

m, n = dims("m n")
X = matrix("X", m, n)
y = vector("y", m)
v, w = vectors("v w", n)
lam = scalar("lambda", "positive")

ridge = inv(X.T @ X + lam * I(n)) @ X.T @ y
ridge_limit = limit(ridge, lam, 0, "+")

theorem(
    "ridge-invertible",
    "The ridge matrix is positive definite",
    show=[spd(X.T @ X + lam * I(n)), invertible(X.T @ X + lam * I(n))],
    kind="lemma",
    source="batra-158",
)

theorem(
    "ridge-normal-equations",
    "The normal equations of ridge regression",
    show=Iff(Eq(X.T @ (X @ w - y) + lam * w, 0), Eq(w, ridge)),
    kind="proposition",
    source="batra-154",
)

theorem(
    "ridge-minimiser",
    "The ridge solution is the unique minimiser of the penalised loss",
    given={"the ridge solution": Eq(w, ridge)},
    show=[
        Le(
            norm(X @ w - y) ** 2 / 2 + half * lam * norm(w) ** 2,
            norm(X @ v - y) ** 2 / 2 + half * lam * norm(v) ** 2,
        ),
        Implies(
            Eq(
                norm(X @ v - y) ** 2 / 2 + half * lam * norm(v) ** 2,
                norm(X @ w - y) ** 2 / 2 + half * lam * norm(w) ** 2,
            ),
            Eq(v, w),
        ),
    ],
    source="batra-156",
)

theorem(
    "ridge-push-through",
    "The ridge solution from an m x m system",
    show=Eq(inv(X.T @ X + lam * I(n)) @ X.T, X.T @ inv(X @ X.T + lam * I(m))),
    kind="lemma",
)

theorem(
    "ridge-error-identity",
    "The exact distance of ridge regression from the pseudoinverse",
    show=Eq(pinv(X) @ y - ridge, lam * inv(X.T @ X + lam * I(n)) @ pinv(X) @ y),
    kind="proposition",
)

theorem(
    "ridge-limit",
    "Ridge regression tends to the pseudoinverse solution",
    show=Eq(ridge_limit, pinv(X) @ y),
    source="batra-160",
    notes="No rank is assumed.",
)

theorem(
    "ridge-limit-normal-equations",
    "The ridge limit solves the normal equations",
    show=Eq(X.T @ X @ ridge_limit, X.T @ y),
    kind="corollary",
)
