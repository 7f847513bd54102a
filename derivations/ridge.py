"""Ridge regression: the derivations."""

from lemmata.course.author import *

m, n = dims("m n")
X = matrix("X", m, n)
y = vector("y", m)
v, w = vectors("v w", n)
lam = scalar("lambda", "positive")
K = X.T @ X + lam * I(n)
ridge = inv(K) @ X.T @ y


@derivation("ridge-invertible")
def _(p: Proof) -> None:
    r"""$v^\top (X^\top X + \lambda I) v = \|X v\|^2 + \lambda \|v\|^2 > 0$ for every $v \ne 0$."""
    p.have(spd(K), by="a square plus lambda times a square")
    p.conclude()


@derivation("ridge-normal-equations")
def _(p: Proof) -> None:
    r"""Collect $w$: $(X^\top X + \lambda I) w = X^\top y$, and the matrix is invertible."""
    p.have(invertible(K), by="ridge-invertible")
    p.have(Eq(X.T @ (X @ w - y) + lam * w, K @ w - X.T @ y), by="collect w")
    p.conclude()


@derivation("ridge-minimiser")
def _(p: Proof) -> None:
    """Complete the square around the ridge solution."""
    p.have(invertible(K), by="ridge-invertible")
    stationary = p.have(Eq(X.T @ (X @ w - y) + lam * w, 0), by="the ridge solution")
    square = p.have(
        Eq(
            norm(X @ v - y) ** 2 / 2 + half * lam * norm(v) ** 2,
            norm(X @ w - y) ** 2 / 2
            + half * lam * norm(w) ** 2
            + norm(X @ (v - w)) ** 2 / 2
            + half * lam * norm(v - w) ** 2,
        ),
        using=[stationary],
    )
    p.conclude(using=[square], part=1)
    p.conclude(using=[square], part=2)


@derivation("ridge-push-through")
def _(p: Proof) -> None:
    r"""$X^\top (X X^\top + \lambda I) = (X^\top X + \lambda I) X^\top$; multiply by the two inverses."""
    p.have(spd(X @ X.T + lam * I(m)), by="a square plus lambda times a square")
    p.have(Eq(X.T @ (X @ X.T + lam * I(m)), K @ X.T), by="expand")
    p.conclude(by="inverse")


@derivation("ridge-error-identity")
def _(p: Proof) -> None:
    r"""Multiply by $X^\top X + \lambda I$: both sides become $\lambda X^+ y$."""
    p.have(invertible(K), by="ridge-invertible")
    p.calc(K @ (pinv(X) @ y - ridge)).eq(
        X.T @ X @ pinv(X) @ y + lam * pinv(X) @ y - X.T @ y, by="inverse"
    ).eq(lam * pinv(X) @ y, by="normal-equations")
    p.conclude()


@derivation("ridge-limit")
def _(p: Proof) -> None:
    r"""On each singular pair $s / (s^2 + \lambda)$ tends to $1 / s$; on the null spaces nothing happens."""
    p.have(invertible(K), by="ridge-invertible")
    p.conclude()


@derivation("ridge-limit-normal-equations")
def _(p: Proof) -> None:
    """Put the limit $X^+ y$ into the normal equations."""
    p.have(invertible(K), by="ridge-invertible")
    p.apply("ridge-limit")
    p.conclude()
