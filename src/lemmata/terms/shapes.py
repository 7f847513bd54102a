"""Shapes with unknown dimensions: how big is the I in (A^T A + lambda I)^{-1}?

A dimension is a number, a name, or an ``Unknown`` that unification fills in.

>>> u = Unknown()
>>> unify(u, "n"), resolve(u)
(True, 'n')
>>> unify(u, "m")
False
"""

from __future__ import annotations

from lemmata.kernel.term import Dim

__all__ = [
    "SCALAR", "OpenDim", "OpenShape", "Unknown", "is_scalar", "resolve", "show_shape", "unify",
    "unify_shapes",
]  # fmt: skip


class Unknown:
    """A dimension still to be found."""

    __slots__ = ("link",)

    def __init__(self) -> None:
        self.link: OpenDim | None = None


OpenDim = Dim | Unknown
OpenShape = tuple[OpenDim, OpenDim]
SCALAR: OpenShape = (1, 1)


def resolve(dim: OpenDim) -> OpenDim:
    """What is known of a dimension."""
    while isinstance(dim, Unknown) and dim.link is not None:
        dim = dim.link
    return dim


def unify(left: OpenDim, right: OpenDim) -> bool:
    """Make two dimensions equal; False when they cannot be."""
    left, right = resolve(left), resolve(right)
    if left is right or (not isinstance(left, Unknown) and left == right):
        return True
    if isinstance(left, Unknown):
        left.link = right
        return True
    if isinstance(right, Unknown):
        right.link = left
        return True
    return False


def unify_shapes(left: OpenShape, right: OpenShape) -> bool:
    return unify(left[0], right[0]) and unify(left[1], right[1])


def is_scalar(shape: OpenShape) -> bool:
    """Known to be 1 x 1."""
    return resolve(shape[0]) == 1 and resolve(shape[1]) == 1


def show_shape(shape: OpenShape) -> str:
    """'a scalar', 'a vector in R^n', 'm x n'; a dimension that is not known yet is a '?'."""
    rows, cols = (("?" if isinstance(d, Unknown) else d) for d in map(resolve, shape))
    if (rows, cols) == (1, 1):
        return "a scalar"
    return f"a vector in R^{rows}" if cols == 1 else f"{rows} x {cols}"
