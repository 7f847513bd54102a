"""Oblique projections: a shadow on Col(A), in a light that falls along Null(B^T)."""

from lemmata.course.author import *

n, k = dims("n k")
A, B = matrices("A B", n, k)
P = matrix("P", n, n)
x, y = vectors("x y", n)

theorem(
    "oblique-projection",
    "The projection onto one space along another",
    given={"the two spaces meet in 0 only": invertible(B.T @ A)},
    show=[
        idempotent(A @ inv(B.T @ A) @ B.T),
        Eq(Col(A @ inv(B.T @ A) @ B.T), Col(A)),
        Eq(Null(A @ inv(B.T @ A) @ B.T), Null(B.T)),
    ],
    notes="The hypothesis is on a $k \\times k$ matrix; $A$ and $B$ themselves may be tall.",
)

theorem(
    "residual",
    "What is left over lies along the light",
    given={"the two spaces meet in 0 only": invertible(B.T @ A)},
    show=Eq(B.T @ (y - A @ inv(B.T @ A) @ B.T @ y), 0),
    kind="corollary",
)

theorem(
    "perpendicular-light",
    "A shadow in perpendicular light is never longer than the thing",
    given={"idempotent": idempotent(P), "symmetric": symmetric(P)},
    show=Le(norm(P @ x), norm(x)),
    source="folklore#5",
)
