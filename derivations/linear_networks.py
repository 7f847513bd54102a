"""Linear networks under gradient flow: the derivations.  Product rule, substitute the flow, cancel."""

from lemmata.course.author import *

N, d, h, p, k = dims("N d h p k")
X, Y = matrix("X", N, d), matrix("Y", N, k)
G = matrix("G", d, k, of="t")
W1, W2 = matrix("W_1", d, h, of="t"), matrix("W_2", h, k, of="t")
V1, V2, V3 = matrix("W_1", d, h, of="t"), matrix("W_2", h, p, of="t"), matrix("W_3", p, k, of="t")


@derivation("two-layer-flow")
def _(q: Proof) -> None:
    """The residual is linear in each layer: the chain rule puts the other factors on its two sides."""
    q.conclude(by="chain rule")


@derivation("two-layer-conserved")
def _(q: Proof) -> None:
    r"""Both parts change by $-(W_1^\top G W_2^\top + W_2 G^\top W_1)$."""
    first, second = "flow of the first layer", "flow of the second layer"
    q.calc(diff(W1.T @ W1, "t")).eq(diff(W1, "t").T @ W1 + W1.T @ diff(W1, "t"), by="product rule").eq(
        -(W2 @ G.T @ W1) - W1.T @ G @ W2.T, by=first
    )
    q.calc(diff(W2 @ W2.T, "t")).eq(diff(W2, "t") @ W2.T + W2 @ diff(W2, "t").T, by="product rule").eq(
        -(W1.T @ G @ W2.T) - W2 @ G.T @ W1, by=second
    )
    q.conclude()


@derivation("two-layer-equal-growth")
def _(q: Proof) -> None:
    """Take the trace of the conserved quantity."""
    q.apply("two-layer-conserved")
    q.conclude(using=["flow of the first layer", "flow of the second layer"])


@derivation("three-layer-flow")
def _(q: Proof) -> None:
    """As for two layers, with the layers on both sides of the one that moves."""
    q.conclude(by="chain rule")


@derivation("three-layer-conserved-1")
def _(q: Proof) -> None:
    """Both parts change by the same amount, in which the third layer enters only through its transpose."""
    q.calc(diff(V1.T @ V1, "t")).eq(
        -(V2 @ V3 @ G.T @ V1) - V1.T @ G @ V3.T @ V2.T, by=["product rule", "flow of the first layer"]
    )
    q.calc(diff(V2 @ V2.T, "t")).eq(
        -(V1.T @ G @ V3.T @ V2.T) - V2 @ V3 @ G.T @ V1, by=["product rule", "flow of the second layer"]
    )
    q.conclude()


@derivation("three-layer-conserved-2")
def _(q: Proof) -> None:
    """The same cancellation one layer on."""
    q.calc(diff(V2.T @ V2, "t")).eq(
        -(V3 @ G.T @ V1 @ V2) - V2.T @ V1.T @ G @ V3.T, by=["product rule", "flow of the second layer"]
    )
    q.calc(diff(V3 @ V3.T, "t")).eq(
        -(V2.T @ V1.T @ G @ V3.T) - V3 @ G.T @ V1 @ V2, by=["product rule", "flow of the third layer"]
    )
    q.conclude()


@derivation("three-layer-equal-growth")
def _(q: Proof) -> None:
    """Traces of the two conserved quantities; the trace is cyclic."""
    first, second, third = "flow of the first layer", "flow of the second layer", "flow of the third layer"
    q.conclude(using=[first, second], part=1)
    q.conclude(using=[second, third], part=2)
