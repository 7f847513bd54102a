"""Linear networks under gradient flow: the layers stay in balance.

Layers multiply from the left to the right: the data X (a row for each example) passes through W_1, then W_2,
so that the network computes X W_1 W_2.  G(t) is the gradient of the loss in the product W_1 W_2, whatever the
loss; for the squared loss it is X^T (X W_1 W_2 - Y).  With every dimension equal to 1, w_1' = -g w_2 and
w_2' = -g w_1, so that w_1^2 - w_2^2 never changes.
"""

from lemmata.course.author import *

N, d, h, p, k = dims("N d h p k")
X, Y = matrix("X", N, d), matrix("Y", N, k)

# Two layers: d -> h -> k.  U and V are the layers at one moment, W_1 and W_2 their course in time.
U, V = matrix("U", d, h), matrix("V", h, k)
loss_2 = norm(X @ U @ V - Y, "F") ** 2 / 2

theorem(
    "two-layer-flow",
    "The gradients of a two-layer linear network",
    show=[
        Eq(grad(loss_2, U), X.T @ (X @ U @ V - Y) @ V.T),
        Eq(grad(loss_2, V), U.T @ X.T @ (X @ U @ V - Y)),
    ],
    kind="proposition",
    source="yun, appendix H.1",
)

W1, W2, G = matrix("W_1", d, h, of="t"), matrix("W_2", h, k, of="t"), matrix("G", d, k, of="t")
flow_2 = {
    "flow of the first layer": Eq(diff(W1, "t"), -G @ W2.T),
    "flow of the second layer": Eq(diff(W2, "t"), -W1.T @ G),
}

theorem(
    "two-layer-conserved",
    "Two layers: the conserved quantity",
    given=flow_2,
    show=Eq(diff(W1.T @ W1 - W2 @ W2.T, "t"), 0),
    source="yun, appendix H.1",
)

theorem(
    "two-layer-equal-growth",
    "Two layers: the squared norms grow alike",
    given=flow_2,
    show=Eq(diff(norm(W1, "F") ** 2, "t"), diff(norm(W2, "F") ** 2, "t")),
    kind="corollary",
    source="yun, appendix H.2",
)

# Three layers: d -> h -> p -> k.
A, B, C = matrix("A", d, h), matrix("B", h, p), matrix("C", p, k)
loss_3 = norm(X @ A @ B @ C - Y, "F") ** 2 / 2

theorem(
    "three-layer-flow",
    "The gradients of a three-layer linear network",
    show=[
        Eq(grad(loss_3, A), X.T @ (X @ A @ B @ C - Y) @ C.T @ B.T),
        Eq(grad(loss_3, B), A.T @ X.T @ (X @ A @ B @ C - Y) @ C.T),
        Eq(grad(loss_3, C), B.T @ A.T @ X.T @ (X @ A @ B @ C - Y)),
    ],
    kind="proposition",
    source="yun, appendix H.1",
)

V1, V2, V3 = matrix("W_1", d, h, of="t"), matrix("W_2", h, p, of="t"), matrix("W_3", p, k, of="t")
flow_3 = {
    "flow of the first layer": Eq(diff(V1, "t"), -G @ V3.T @ V2.T),
    "flow of the second layer": Eq(diff(V2, "t"), -V1.T @ G @ V3.T),
    "flow of the third layer": Eq(diff(V3, "t"), -V2.T @ V1.T @ G),
}

theorem(
    "three-layer-conserved-1",
    "Three layers: the conserved quantity of the first two",
    given=dict(list(flow_3.items())[:2]),
    show=Eq(diff(V1.T @ V1 - V2 @ V2.T, "t"), 0),
    source="yun, appendix H.1",
)

theorem(
    "three-layer-conserved-2",
    "Three layers: the conserved quantity of the last two",
    given=dict(list(flow_3.items())[1:]),
    show=Eq(diff(V2.T @ V2 - V3 @ V3.T, "t"), 0),
    source="yun, appendix H.1",
)

theorem(
    "three-layer-equal-growth",
    "Three layers: the squared norms grow alike",
    given=flow_3,
    show=[
        Eq(diff(norm(V1, "F") ** 2, "t"), diff(norm(V2, "F") ** 2, "t")),
        Eq(diff(norm(V2, "F") ** 2, "t"), diff(norm(V3, "F") ** 2, "t")),
    ],
    kind="corollary",
    source="yun, appendix H.2",
)
