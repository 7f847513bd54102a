"""Orthogonal projections: the derivations.

A projection is a symmetric idempotent, P^T = P = P^2.  What lies in its range is fixed by it, and what is
left over, z - P z, is orthogonal to the range.
"""

from lemmata.course.author import *

m, n = dims("m n")
X = matrix("X", m, n)
P, Q = matrices("P Q", n, n)
s, z = vectors("s z", n)


@derivation("projection-complement")
def _(p: Proof) -> None:
    """Expand $(I - P)^2$ and $P (I - P)$ with $P^2 = P$."""
    p.calc((I(n) - P) @ (I(n) - P)).eq(I(n) - P - P + P @ P).eq(I(n) - P, by="projection")
    p.conclude(by="projection", part=1)
    p.conclude(by="projection", part=2)
    p.conclude(by="projection", part=3)
    p.conclude(by="projection", part=4)


@derivation("nearest-point")
def _(p: Proof) -> None:
    """Pythagoras: the foot $P z$ splits $z - s$ into two orthogonal pieces."""
    fixed = p.have(Eq(P @ s, s), using=["projection", "competitor"])
    split = p.have(Eq(z - s, (z - P @ z) + (P @ z - s)), by="sum")
    p.have(Eq(inner(z - P @ z, P @ z - s), 0), using=["projection", fixed])
    square = p.have(
        Eq(norm(z - s) ** 2, norm(z - P @ z) ** 2 + norm(P @ z - s) ** 2), using=["projection", fixed, split]
    )
    p.conclude(using=[square], part=1)
    p.conclude(using=["projection", fixed], part=2)


@derivation("nearest-point-unique")
def _(p: Proof) -> None:
    """If $s$ is equally near, the second piece of the Pythagorean sum has length zero."""
    fixed = p.have(Eq(P @ s, s), using=["projection", "competitor"])
    p.have(Eq(norm(z - s) ** 2, norm(z - P @ z) ** 2 + norm(P @ z - s) ** 2), using=["projection", fixed])
    p.have(Eq(norm(P @ z - s) ** 2, 0), using=["projection", fixed, "equally near"])
    p.conclude()


@derivation("projection-unique")
def _(p: Proof) -> None:
    """Each projection fixes the range of the other: $P = Q P$ and $Q = P Q$; compare adjoints."""
    first = p.have(Eq(Q @ P, P), using=["P", "Q", "same range"])
    second = p.have(Eq(P @ Q, Q), using=["P", "Q", "same range"])
    p.calc(P).eq(P.T, by="P").eq((Q @ P).T, using=[first]).eq(P @ Q, using=["P", "Q"]).eq(Q, using=[second])
    p.conclude()


@derivation("row-projection")
def _(p: Proof) -> None:
    """The Penrose conditions (ii) and (iv)."""
    p.have(Eq(pinv(X) @ X @ pinv(X) @ X, pinv(X) @ X), by="first Penrose condition")
    p.have(symmetric(pinv(X) @ X), by="fourth Penrose condition")
    p.conclude()


@derivation("col-projection")
def _(p: Proof) -> None:
    """The Penrose conditions (i) and (iii)."""
    p.have(Eq(X @ pinv(X) @ X @ pinv(X), X @ pinv(X)), by="first Penrose condition")
    p.have(symmetric(X @ pinv(X)), by="third Penrose condition")
    p.conclude()


@derivation("row-projection-full-rank")
def _(p: Proof) -> None:
    """Put the formula for $X^+$ into $X^+ X$."""
    p.have(invertible(X @ X.T), by="full row rank")
    formula = p.apply("full-row-rank")
    same = p.have(Eq(pinv(X) @ X, X.T @ inv(X @ X.T) @ X), using=[formula])
    p.conclude(using=[same], part=1)
    p.conclude(part=2)
    p.conclude(part=3)


@derivation("col-projection-full-rank")
def _(p: Proof) -> None:
    """Put the formula for $X^+$ into $X X^+$."""
    p.have(invertible(X.T @ X), by="full column rank")
    formula = p.apply("full-column-rank")
    same = p.have(Eq(X @ pinv(X), X @ inv(X.T @ X) @ X.T), using=[formula])
    p.conclude(using=[same], part=1)
    p.conclude(part=2)
    p.conclude(part=3)
