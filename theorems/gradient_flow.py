"""Gradient flow of the squared loss: it never moves in the null space, and it finds X^+ y in the row space.

The flow of L(w) = |X w - y|^2 / 2 is w' = -X^T (X w - y). For X = [1 2], y = 5 and w(0) = 0 it runs along the
line through (1, 2): w(t) = (1 - e^{-5t}) (1, 2), which ends at (1, 2), the shortest solution.
"""

from lemmata.course.author import *

m, n = dims("m n")
X = matrix("X", m, n)
y = vector("y", m)
h, v, w0 = vectors("h v w_0", n)

p = vector("w", n)  # a fixed parameter vector, for what holds pointwise

theorem(
    "gradient-of-loss",
    "The gradient of the squared loss",
    show=Eq(grad(norm(X @ p - y) ** 2 / 2, p), X.T @ (X @ p - y)),
    kind="proposition",
    source="batra-099",
)

theorem(
    "expansion-of-loss",
    "The exact second-order expansion of the squared loss",
    show=Eq(
        norm(X @ (p + h) - y) ** 2 / 2,
        norm(X @ p - y) ** 2 / 2 + inner(X.T @ (X @ p - y), h) + norm(X @ h) ** 2 / 2,
    ),
    kind="lemma",
    source="batra-099",
)

theorem(
    "gradient-orthogonal-to-null",
    "The gradient is orthogonal to the null space",
    given={"in the null space": In(v, Null(X))},
    show=Eq(inner(v, X.T @ (X @ p - y)), 0),
    kind="lemma",
    source="batra-110",
)

t = scalar("t", "time")
w = vector("w", n, of="t")
u = vector("u", m, of="t")

flow = Eq(diff(w, "t"), -X.T @ (X @ w - y))
start = Eq(at(w, 0), w0)
start_zero = Eq(at(w, 0), 0)
solution = pinv(X) @ y + exp(-t * X.T @ X) @ (w0 - pinv(X) @ y)
limit_point = pinv(X) @ y + (I(n) - pinv(X) @ X) @ w0

theorem(
    "null-component-constant",
    "The null component does not move",
    given={"gradient flow": flow},
    show=Eq(diff((I(n) - pinv(X) @ X) @ w, "t"), 0),
    kind="lemma",
    source="batra-117",
)

theorem(
    "row-space-dynamics",
    "The flow in coordinates of the row space",
    given={"in the row space": Eq(w, X.T @ u), "gradient flow": flow},
    show=Eq(X.T @ diff(u, "t"), X.T @ (y - X @ X.T @ u)),
    kind="lemma",
    source="batra-129",
)

theorem(
    "reduced-flow",
    "The reduced flow in $\\mathbb{R}^m$",
    given={"full row rank": Eq(rank(X), m), "in the row space": Eq(w, X.T @ u), "gradient flow": flow},
    show=Eq(diff(u, "t"), y - X @ X.T @ u),
    kind="proposition",
    source="batra-131",
)

theorem(
    "reduced-flow-lifts",
    "A solution of the reduced flow gives a solution of the flow",
    given={"in the row space": Eq(w, X.T @ u), "reduced flow": Eq(diff(u, "t"), y - X @ X.T @ u)},
    show=flow,
    kind="proposition",
    notes="No rank is needed in this direction.",
)

theorem(
    "flow-solution",
    "An explicit solution of the gradient flow",
    given={"the curve": Eq(w, solution)},
    show=flow,
    source="batra-141",
)

theorem(
    "flow-initial-value",
    "The explicit solution starts where it should",
    given={"the curve": Eq(w, solution)},
    show=start,
    kind="lemma",
    source="batra-142",
)

theorem(
    "flow-unique",
    "The gradient flow has no other solution",
    given={"gradient flow": flow, "start": start},
    show=Eq(w, solution),
    source="batra-141",
)

theorem(
    "null-component-preserved",
    "The null component of the start is kept for ever",
    given={"gradient flow": flow, "start": start},
    show=Eq((I(n) - pinv(X) @ X) @ w, (I(n) - pinv(X) @ X) @ w0),
    kind="corollary",
    source="batra-121",
)

theorem(
    "flow-from-zero",
    "The flow from zero with full row rank",
    given={"full row rank": Eq(rank(X), m), "gradient flow": flow, "start at zero": start_zero},
    show=Eq(w, X.T @ (I(m) - exp(-t * X @ X.T)) @ inv(X @ X.T) @ y),
    kind="corollary",
    source="batra-141",
)

theorem(
    "flow-limit",
    "The limit of the gradient flow",
    given={"gradient flow": flow, "start": start},
    show=Eq(limit(w, t, oo), limit_point),
    source="batra-111",
)

theorem(
    "flow-limit-zero-init",
    "Started at zero, the flow converges to the pseudoinverse solution",
    given={"gradient flow": flow, "start at zero": start_zero},
    show=Eq(limit(w, t, oo), pinv(X) @ y),
    kind="corollary",
    source="batra-106",
    notes="Any $X$ and any $y$; full row rank only adds that the limit interpolates.",
)

theorem(
    "limit-interpolates",
    "With consistent data the limit interpolates",
    given={"gradient flow": flow, "consistent": In(y, Col(X))},
    show=Eq(X @ limit(w, t, oo), y),
    source="batra-107",
)

theorem(
    "implicit-bias",
    "Started at zero, the flow finds the shortest interpolator",
    given={"gradient flow": flow, "start at zero": start_zero, "an interpolator": Eq(X @ v, y)},
    show=[
        Eq(X @ limit(w, t, oo), y),
        Le(norm(limit(w, t, oo)), norm(v)),
        Implies(Eq(norm(v), norm(limit(w, t, oo))), Eq(v, limit(w, t, oo))),
    ],
    source="batra-108",
)

theorem(
    "flow-limit-rank-deficient",
    "Whatever the data, the limit is a least-squares solution",
    given={"gradient flow": flow},
    show=[
        Eq(X.T @ X @ limit(w, t, oo), X.T @ y),
        Eq(limit(X @ w - y, t, oo), -(I(m) - X @ pinv(X)) @ y),
    ],
    source="batra-113",
)

theorem(
    "flow-loss-decreases",
    "The loss decreases at the rate of the squared gradient",
    given={"gradient flow": flow},
    show=[
        Eq(diff(norm(X @ w - y) ** 2 / 2, "t"), -(norm(X.T @ (X @ w - y)) ** 2)),
        Le(diff(norm(X @ w - y) ** 2 / 2, "t"), 0),
    ],
    kind="proposition",
)

theorem(
    "flow-error",
    "The distance still to go",
    given={"gradient flow": flow, "start": start},
    show=Eq(w - limit_point, exp(-t * X.T @ X) @ (pinv(X) @ X @ w0 - pinv(X) @ y)),
    kind="proposition",
    notes="Each singular direction forgets its error at the rate of its squared singular value.",
)
