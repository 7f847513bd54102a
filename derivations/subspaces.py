"""Row space and null space: the derivations.

Write P = X^+ X.  The Penrose conditions say that P is symmetric, that P X^T = X^T and that X P = X; the
whole file is made of these three facts.
"""

from lemmata.course.author import *

m, n = dims("m n")
X = matrix("X", m, n)
u, v, w = vectors("u v w", n)
P = pinv(X) @ X


@derivation("row-null-orthogonal")
def _(p: Proof) -> None:
    """Let $P = X^+ X$. A row vector is $u = P u$; move the symmetric $P$ over to $v$, which $X$ kills."""
    p.calc(inner(u, v)).eq(inner(P @ u, v), by="in the row space").eq(
        inner(u, P @ v), by="P is symmetric"
    ).eq(0, by="in the null space")
    p.conclude()


@derivation("row-space-complement")
def _(p: Proof) -> None:
    """Both are described by one projector: $P = X^+ X$ onto the row space, $I - P$ onto the null space."""
    p.have(symmetric(P), by="fourth Penrose condition")
    p.have(Eq(P @ X.T, X.T), by="P fixes the rows of X")
    p.have(Eq(X @ (I(n) - P), 0), by="first Penrose condition")
    p.text(r"So every column of $X^\top$ is fixed by $P$ and every column of $I - P$ lies in the null space.")
    p.have(Eq(X.T @ pinv(X.T), P), by=r"a preimage of $P u$ under $X^\top$ is $(X^+)^\top u$")
    p.conclude()


@derivation("orthogonal-decomposition")
def _(p: Proof) -> None:
    """Split $w$ into $P w$ and $(I - P) w$ with $P = X^+ X$."""
    p.conclude(by="sum", part=1)
    p.conclude(by="P is idempotent", part=2)
    p.have(Eq(X @ (I(n) - P), 0), by="first Penrose condition")
    p.conclude(part=3)
    p.calc(inner(P @ w, (I(n) - P) @ w)).eq(inner(w, P @ (I(n) - P) @ w), by="P is symmetric").eq(
        0, by="P is idempotent"
    )
    p.conclude(part=4)


@derivation("decomposition-unique")
def _(p: Proof) -> None:
    """Apply $P = X^+ X$ to $w = u + v$: it fixes $u$ and kills $v$."""
    fixes = p.have(Eq(P @ u, u), by="in the row space")
    kills = p.have(Eq(P @ v, 0), by="in the null space")
    p.calc(P @ w).eq(P @ u + P @ v, by="the sum").eq(u, using=[fixes, kills])
    p.conclude(part=1)
    p.calc((I(n) - P) @ w).eq((I(n) - P) @ u + (I(n) - P) @ v, by="the sum").eq(v, using=[fixes, kills])
    p.conclude(part=2)
