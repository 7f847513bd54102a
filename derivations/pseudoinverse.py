"""The Moore-Penrose pseudoinverse: the derivations."""

from lemmata.course.author import *

m, n, r = dims("m n r")
X = matrix("X", m, n)
A, B = matrix("A", m, n), matrix("B", n, m)


@derivation("penrose-conditions")
def _(p: Proof) -> None:
    """These four equations are what $X^+$ means; that they have exactly one solution is shown next."""
    p.conclude(by="definition")


@derivation("penrose-unique")
def _(p: Proof) -> None:
    """Insert one solution into the other: $A^+ = B A A^+ = B A B = B$."""
    C = pinv(A)
    left = p.have(Eq(A @ C, A @ B), using=["i", "iii"])
    right = p.have(Eq(C @ A, B @ A), using=["i", "iv"])
    p.calc(C).eq(C @ A @ C, by="second Penrose condition").eq(B @ A @ C, using=[right]).eq(
        B @ A @ B, using=[left]
    ).eq(B, by="ii")
    p.conclude()


F, G = matrix("F", m, r), matrix("G", r, n)


@derivation("penrose-exists")
def _(p: Proof) -> None:
    """Both Gram matrices of a full-rank factorisation are invertible; the candidate then checks out."""
    R = G.T @ inv(G @ G.T) @ inv(F.T @ F) @ F.T
    p.have(invertible(F.T @ F), by="columns of F independent")
    p.have(invertible(G @ G.T), by="rows of G independent")
    p.text(r"Write $R$ for the candidate $G^\top (G G^\top)^{-1} (F^\top F)^{-1} F^\top$.")
    left = (
        p.calc(X @ R)
        .eq(F @ G @ R, by="full-rank factorisation")
        .eq(F @ inv(F.T @ F) @ F.T, by="inverse")
        .step
    )
    right = (
        p.calc(R @ X)
        .eq(R @ F @ G, by="full-rank factorisation")
        .eq(G.T @ inv(G @ G.T) @ G, by="inverse")
        .step
    )
    p.conclude(by=["full-rank factorisation", "inverse"], using=[left], part=1)
    p.conclude(by="inverse", using=[right], part=2)
    p.conclude(using=[left], part=3)
    p.conclude(using=[right], part=4)
    p.conclude(by="penrose-unique", A=X, B=R)


@derivation("full-row-rank")
def _(p: Proof) -> None:
    """The candidate satisfies the four Penrose conditions; uniqueness does the rest."""
    R = X.T @ inv(X @ X.T)
    p.have(invertible(X @ X.T), by="full row rank")
    p.calc(X @ R).eq(X @ X.T @ inv(X @ X.T)).eq(I(m), by="inverse")
    p.have(Eq(X @ R @ X, X), by="inverse")
    p.have(Eq(R @ X @ R, R), by="inverse")
    p.have(symmetric(X @ R), by="inverse")
    p.have(symmetric(R @ X), by=r"$X X^\top$ is symmetric")
    p.conclude(by="penrose-unique", A=X, B=R)


@derivation("full-column-rank")
def _(p: Proof) -> None:
    """As for rows: here the candidate is a left inverse."""
    R = inv(X.T @ X) @ X.T
    p.have(invertible(X.T @ X), by="full column rank")
    p.calc(R @ X).eq(inv(X.T @ X) @ X.T @ X).eq(I(n), by="inverse")
    p.have(Eq(X @ R @ X, X), by="inverse")
    p.have(Eq(R @ X @ R, R), by="inverse")
    p.have(symmetric(X @ R), by=r"$X^\top X$ is symmetric")
    p.have(symmetric(R @ X), by="inverse")
    p.conclude(by="penrose-unique", A=X, B=R)


@derivation("right-inverse")
def _(p: Proof) -> None:
    r"""$X X^+$ projects onto $\operatorname{Col}(X)$, by full row rank all of $\mathbb{R}^m$."""
    p.have(invertible(X @ X.T), by="full row rank")
    p.calc(X @ pinv(X)).eq(X @ X.T @ inv(X @ X.T), by="full-row-rank").eq(I(m), by="inverse")
    p.conclude()


@derivation("left-inverse")
def _(p: Proof) -> None:
    r"""$X^+ X$ projects onto $\operatorname{Row}(X)$, by full column rank all of $\mathbb{R}^n$."""
    p.have(invertible(X.T @ X), by="full column rank")
    p.calc(pinv(X) @ X).eq(inv(X.T @ X) @ X.T @ X, by="full-column-rank").eq(I(n), by="inverse")
    p.conclude()


@derivation("gram-positive-definite")
def _(p: Proof) -> None:
    r"""The eigenvalues of $X X^\top$ are the squares of the singular values, and none of these is zero."""
    p.conclude(by="full row rank")
