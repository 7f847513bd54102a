"""Least squares and minimum norm: the derivations.

One idea throughout: write a competitor as X^+ y plus the rest, and see that the two are orthogonal.
"""

from lemmata.course.author import *

m, n = dims("m n")
X = matrix("X", m, n)
v, w, w0 = vectors("v w w_0", n)
y = vector("y", m)
best = pinv(X) @ y


@derivation("normal-equations")
def _(p: Proof) -> None:
    r"""The whole proof is $X^\top X X^+ = (X X^+ X)^\top$."""
    p.calc(X.T @ X @ pinv(X) @ y).eq(X.T @ (X @ pinv(X)).T @ y, by="third Penrose condition").eq(
        (X @ pinv(X) @ X).T @ y, by="transpose of a product"
    ).eq(X.T @ y, by="first Penrose condition")
    p.conclude()


@derivation("least-squares-minimiser")
def _(p: Proof) -> None:
    """The residual of $X^+ y$ is orthogonal to everything that $X$ can reach."""
    p.have(Eq(X.T @ (X @ best - y), 0), by="normal-equations")
    pythagoras = p.have(
        Eq(norm(X @ w - y) ** 2, norm(X @ best - y) ** 2 + norm(X @ w - X @ best) ** 2),
        by="the mixed term vanishes",
    )
    p.conclude(using=[pythagoras])


@derivation("least-squares-characterisation")
def _(p: Proof) -> None:
    """By Pythagoras the residuals are equally long exactly if $X w = X X^+ y$."""
    p.have(Eq(X.T @ (X @ best - y), 0), by="normal-equations")
    p.have(
        Eq(norm(X @ w - y) ** 2, norm(X @ best - y) ** 2 + norm(X @ w - X @ best) ** 2),
        by="the mixed term vanishes",
    )
    p.have(
        Implies(Eq(norm(X @ w - y), norm(X @ best - y)), Eq(X @ w, X @ best)), by="the last square vanishes"
    )
    p.conclude()


@derivation("least-squares-unique")
def _(p: Proof) -> None:
    r"""$X^\top X$ is invertible: multiply the normal equations by its inverse."""
    p.have(invertible(X.T @ X), by="full column rank")
    p.calc(w).eq(inv(X.T @ X) @ X.T @ X @ w, by="inverse").eq(inv(X.T @ X) @ X.T @ y, by="normal equations")
    p.conclude()


@derivation("interpolation")
def _(p: Proof) -> None:
    r"""$X X^+$ is the projection onto $\operatorname{Col}(X)$, where $y$ lies."""
    p.conclude(by="consistent")


@derivation("solution-set")
def _(p: Proof) -> None:
    """Subtract the two systems."""
    p.calc(X @ (w - v)).eq(X @ w - X @ v).eq(X @ w - y, by="a solution")
    p.conclude()


@derivation("difference-in-null-space")
def _(p: Proof) -> None:
    """Both solve the same system."""
    p.calc(X @ (w - best)).eq(X @ w - X @ pinv(X) @ y).eq(X @ w - X @ pinv(X) @ X @ w, by="a solution").eq(
        0, by="first Penrose condition"
    )
    p.conclude()


@derivation("pythagoras")
def _(p: Proof) -> None:
    """$X^+ y$ is a row vector, $w - X^+ y$ a null vector: they are orthogonal."""
    p.have(In(best, Row(X)), by="second Penrose condition")
    p.apply("difference-in-null-space")
    right_angle = p.apply("row-null-orthogonal", u=best, v=w - best)
    p.calc(norm(w) ** 2).eq(norm(best + (w - best)) ** 2, by="sum").eq(
        norm(best) ** 2 + 2 * inner(best, w - best) + norm(w - best) ** 2, by="expand the square"
    ).eq(norm(best) ** 2 + norm(w - best) ** 2, using=[right_angle])
    p.conclude()


@derivation("min-norm")
def _(p: Proof) -> None:
    """Drop the second square of Pythagoras."""
    p.conclude(by="pythagoras")


@derivation("min-norm-unique")
def _(p: Proof) -> None:
    """If the lengths agree, the second square of Pythagoras is zero."""
    square = p.have(Eq(norm(w - best) ** 2, 0), by="pythagoras", using=["equally short"])
    p.conclude(using=[square])


@derivation("min-norm-least-squares")
def _(p: Proof) -> None:
    """Every least-squares solution solves $X w = X X^+ y$, a consistent system with the same $X^+ y$."""
    fitted = p.have(Eq(X @ w, X @ best), by="normal equations")
    same = p.have(Eq(pinv(X) @ X @ pinv(X) @ y, best), by="second Penrose condition")
    p.have(Eq(norm(w) ** 2, norm(best) ** 2 + norm(w - best) ** 2), using=[fitted, same])
    p.conclude()


@derivation("nearest-interpolator")
def _(p: Proof) -> None:
    """Shift the origin to $w_0$: the problem becomes that of the minimum norm."""
    nearest = best + (I(n) - pinv(X) @ X) @ w0
    p.conclude(part=1)
    p.have(Eq(nearest - w0, pinv(X) @ X @ (w - w0)), by="a solution")
    p.conclude(part=2)
