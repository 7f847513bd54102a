"""Oblique projections: the derivations."""

from lemmata.course.author import *

n, k = dims("n k")
A, B = matrices("A B", n, k)
P = matrix("P", n, n)
x, y = vectors("x y", n)


@derivation("oblique-projection")
def _(p: Proof) -> None:
    """In the square of $A (B^T A)^{-1} B^T$ the middle, $B^T A$, cancels against an inverse."""
    M = inv(B.T @ A)
    p.calc(A @ M @ B.T @ A @ M @ B.T).eq(A @ M @ B.T, by="inverse")
    p.have(Eq(A @ M @ B.T @ A, A), by="inverse")
    p.have(Eq(B.T @ A @ M @ B.T, B.T), by="inverse")
    p.conclude()


@derivation("residual")
def _(p: Proof) -> None:
    """Multiply out; $B^T A$ meets its inverse."""
    p.calc(B.T @ (y - A @ inv(B.T @ A) @ B.T @ y)).eq(B.T @ y - B.T @ A @ inv(B.T @ A) @ B.T @ y).eq(
        B.T @ y - B.T @ y, by="inverse"
    )
    p.conclude()


@derivation("perpendicular-light")
def _(p: Proof) -> None:
    """By Pythagoras the square of the thing is that of the shadow and that of the rest."""
    p.calc(norm(x) ** 2).eq(norm(P @ x) ** 2 + norm(x - P @ x) ** 2, by=["idempotent", "symmetric"])
    p.conclude()
