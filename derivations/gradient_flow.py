"""The gradient flow of least squares: the derivations.

Write A = X^T X and q = X^+ y.  Since A q = X^T y, the flow is w' = -A (w - q): multiplied by e^{tA} the
distance w - q does not move at all, and everything else follows.
"""

from lemmata.course.author import *

m, n = dims("m n")
X = matrix("X", m, n)
y = vector("y", m)
h, v, w0 = vectors("h v w_0", n)
x = vector("w", n)
t = scalar("t", "time")
w = vector("w", n, of="t")
u = vector("u", m, of="t")

A = X.T @ X
q = pinv(X) @ y
null = I(n) - pinv(X) @ X
limit_point = q + null @ w0


@derivation("gradient-of-loss")
def _(p: Proof) -> None:
    """The linear part of $L(w + h) - L(w)$; the exact remainder is in the expansion before."""
    p.conclude(by="chain rule")


@derivation("expansion-of-loss")
def _(p: Proof) -> None:
    """$X (w + h) - y = (X w - y) + X h$; expand the square."""
    p.calc(norm(X @ (x + h) - y) ** 2).eq(norm((X @ x - y) + X @ h) ** 2).eq(
        norm(X @ x - y) ** 2 + 2 * inner(X @ x - y, X @ h) + norm(X @ h) ** 2, by="expand the square"
    )
    p.have(Eq(inner(X @ x - y, X @ h), inner(X.T @ (X @ x - y), h)), by="move X to the other side")
    p.conclude()


@derivation("gradient-orthogonal-to-null")
def _(p: Proof) -> None:
    r"""Move $X^\top$ to the other side, where it meets $X v = 0$."""
    p.calc(inner(v, X.T @ (X @ x - y))).eq(inner(X @ v, X @ x - y), by="move X to the other side").eq(
        0, by="in the null space"
    )
    p.conclude()


@derivation("null-component-constant")
def _(p: Proof) -> None:
    """The velocity is a row vector, and $I - X^+ X$ kills the rows."""
    p.calc(diff(null @ w, "t")).eq(null @ diff(w, "t"), by="the projector is constant").eq(
        -(null @ X.T @ (X @ w - y)), by="gradient flow"
    ).eq(0, by="fourth and first Penrose conditions")
    p.conclude()


@derivation("row-space-dynamics")
def _(p: Proof) -> None:
    r"""Differentiate $w = X^\top u$ and compare with the flow."""
    p.calc(X.T @ diff(u, "t")).eq(diff(w, "t"), by="in the row space").eq(
        -(X.T @ (X @ w - y)), by="gradient flow"
    ).eq(X.T @ (y - X @ X.T @ u), by="in the row space")
    p.conclude()


@derivation("reduced-flow")
def _(p: Proof) -> None:
    r"""Full row rank makes $X^\top$ injective: it may be cancelled on the left."""
    same = p.apply("row-space-dynamics")
    left = p.have(Eq(pinv(X).T @ X.T, I(m)), by="full row rank")
    p.calc(diff(u, "t")).eq(pinv(X).T @ X.T @ diff(u, "t"), using=[left]).eq(
        pinv(X).T @ X.T @ (y - X @ X.T @ u), using=[same]
    ).eq(y - X @ X.T @ u, using=[left])
    p.conclude()


@derivation("reduced-flow-lifts")
def _(p: Proof) -> None:
    r"""Differentiate $w = X^\top u$ and put the reduced flow in."""
    p.calc(diff(w, "t")).eq(X.T @ diff(u, "t"), by="in the row space").eq(
        X.T @ (y - X @ X.T @ u), by="reduced flow"
    ).eq(-(X.T @ (X @ w - y)), by="in the row space")
    p.conclude()


@derivation("flow-solution")
def _(p: Proof) -> None:
    r"""Let $A = X^\top X$, $q = X^+ y$: differentiating $e^{-tA}$ brings down $-A$, and $A q = X^\top y$."""
    p.calc(diff(w, "t")).eq(-(A @ exp(-t * A) @ (w0 - q)), by="the curve").eq(
        -(A @ (w - q)), by="the curve"
    ).eq(-(X.T @ (X @ w - y)), by="normal-equations")
    p.conclude()


@derivation("flow-initial-value")
def _(p: Proof) -> None:
    """At $t = 0$ the exponential is the identity."""
    p.conclude(by="the curve")


@derivation("flow-unique")
def _(p: Proof) -> None:
    r"""The integrating factor: $e^{tA} (w - q)$ keeps its initial value ($A = X^\top X$, $q = X^+ y$)."""
    p.have(Eq(A @ q, X.T @ y), by="normal-equations")
    rest = p.have(Eq(diff(exp(t * A) @ (w - q), "t"), 0), by="gradient flow")
    kept = p.have(Eq(exp(t * A) @ (w - q), at(w, 0) - q), using=[rest])
    moved = p.have(Eq(exp(t * A) @ (w - q), w0 - q), using=[kept, "start"])
    p.calc(w - q).eq(exp(-t * A) @ exp(t * A) @ (w - q), by="$e^{-tA} e^{tA} = I$").eq(
        exp(-t * A) @ (w0 - q), using=[moved]
    )
    p.conclude()


@derivation("null-component-preserved")
def _(p: Proof) -> None:
    """What has derivative zero keeps its initial value."""
    still = p.apply("null-component-constant")
    kept = p.have(Eq(null @ w, null @ at(w, 0)), using=[still])
    p.conclude(using=[kept, "start"])


@derivation("flow-from-zero")
def _(p: Proof) -> None:
    """Put $w(0) = 0$ and the formula for $X^+$ into the solution."""
    p.have(invertible(X @ X.T), by="full row rank")
    solution = p.apply("flow-unique", {w0: zero(n, 1)})
    p.conclude(using=[solution, "full row rank"])


@derivation("flow-limit")
def _(p: Proof) -> None:
    """$e^{-t s^2}$ tends to 0 for every singular value $s > 0$ and stays 1 on the null space."""
    solution = p.apply("flow-unique")
    p.conclude(using=[solution])


@derivation("flow-limit-zero-init")
def _(p: Proof) -> None:
    """The null component of 0 is 0."""
    end = p.apply("flow-limit", {w0: zero(n, 1)})
    p.conclude(using=[end])


@derivation("limit-interpolates")
def _(p: Proof) -> None:
    """$X$ maps the null component to 0 and $X^+ y$ to $y$."""
    end = p.apply("flow-limit", {w0: at(w, 0)})
    p.conclude(using=[end, "consistent"])


@derivation("implicit-bias")
def _(p: Proof) -> None:
    """The limit is $X^+ y$; that it is the shortest solution is known already."""
    end = p.apply("flow-limit-zero-init")
    p.conclude(using=[end, "an interpolator"], part=1)
    shortest = p.apply("min-norm", {x: v})
    p.conclude(using=[end, shortest, "an interpolator"], part=2)
    p.conclude(part=3)


@derivation("flow-limit-rank-deficient")
def _(p: Proof) -> None:
    """The limit differs from $X^+ y$ by a null vector only."""
    end = p.apply("flow-limit", {w0: at(w, 0)})
    p.conclude(using=[end], part=1)
    solution = p.apply("flow-unique", {w0: at(w, 0)})
    p.conclude(using=[solution], part=2)


@derivation("flow-loss-decreases")
def _(p: Proof) -> None:
    """Chain rule: the rate is the inner product of the gradient with the velocity."""
    rate = (
        p.calc(diff(norm(X @ w - y) ** 2 / 2, "t"))
        .eq(inner(X.T @ (X @ w - y), diff(w, "t")), by="chain rule")
        .eq(-(norm(X.T @ (X @ w - y)) ** 2), by="gradient flow")
    )
    p.conclude(using=[rate], part=1)
    p.conclude(part=2)


@derivation("flow-error")
def _(p: Proof) -> None:
    r"""$e^{-t X^\top X}$ leaves null vectors alone, so only the row part of the distance decays."""
    solution = p.apply("flow-unique")
    p.conclude(using=[solution])
