"""Shapes with unknown dimensions: how big is the I in (A^T A + lambda I)^{-1}?

A dimension is a number, a name, an ``Unknown`` that unification fills in, or the ``Sum`` of the heights
of blocks, some of which may be unknown.

>>> u = Unknown()
>>> unify(u, "n"), resolve(u)
(True, 'n')
>>> unify(u, "m")
False
>>> v = Unknown()
>>> unify(Sum(("m", v)), sum_of(("m", "n"))), resolve(v)
(True, 'n')
"""

from __future__ import annotations

from dataclasses import dataclass

from lemmata.kernel.term import Dim
from lemmata.terms.blocks import parts_of, sum_of

__all__ = [
    "SCALAR", "OpenDim", "OpenShape", "Sum", "Unknown", "equal", "is_scalar", "known", "resolve", "show_open",
    "show_shape", "unify", "unify_shapes",
]  # fmt: skip


class Unknown:
    """A dimension still to be found."""

    __slots__ = ("link",)

    def __init__(self) -> None:
        self.link: OpenDim | None = None


@dataclass(frozen=True, eq=False)
class Sum:
    """The sum of several dimensions, not all of them known."""

    parts: tuple[OpenDim, ...]


OpenDim = Dim | Unknown | Sum
OpenShape = tuple[OpenDim, OpenDim]
SCALAR: OpenShape = (1, 1)


def resolve(dim: OpenDim) -> OpenDim:
    """What is known of a dimension."""
    while isinstance(dim, Unknown) and dim.link is not None:
        dim = dim.link
    if not isinstance(dim, Sum):
        return dim
    parts = _parts(dim)
    whole = [p for p in parts if isinstance(p, (int, str))]
    return sum_of(whole) if len(whole) == len(parts) else Sum(tuple(parts))


def known(dim: OpenDim) -> Dim | None:
    """A dimension without unknown parts; else None."""
    dim = resolve(dim)
    return dim if isinstance(dim, (int, str)) else None


def _parts(dim: OpenDim) -> list[OpenDim]:
    """The summands, sums within a sum taken apart."""
    while isinstance(dim, Unknown) and dim.link is not None:
        dim = dim.link
    if isinstance(dim, Sum):
        return [p for part in dim.parts for p in _parts(part)]
    return [dim] if isinstance(dim, Unknown) else list(parts_of(dim))


def equal(left: OpenDim, right: OpenDim) -> bool:
    """Known to be the same."""
    left, right = resolve(left), resolve(right)
    return left is right or (isinstance(left, (int, str)) and left == right)


def unify(left: OpenDim, right: OpenDim) -> bool:
    """Make two dimensions equal; False when they cannot be."""
    left, right = resolve(left), resolve(right)
    if equal(left, right):
        return True
    if isinstance(left, Unknown):
        left, right = right, left
    if isinstance(right, Unknown):
        if right in _parts(left):
            return False
        right.link = left
        return True
    if isinstance(left, Sum) or isinstance(right, Sum):
        return _unify_sums(_parts(left), _parts(right))
    return False


def _unify_sums(left: list[OpenDim], right: list[OpenDim]) -> bool:
    """Part by part; one unknown part takes what is left over."""
    if len(right) == 1 or len(left) == 1:
        short, long = (right, left) if len(right) == 1 else (left, right)
        return _fill(long, short[0])
    while left and right and equal(left[0], right[0]):
        left, right = left[1:], right[1:]
    while left and right and equal(left[-1], right[-1]):
        left, right = left[:-1], right[:-1]
    for one, rest in ((left, right), (right, left)):
        if len(one) == 1 and len(rest) > 1 and isinstance(one[0], Unknown):
            return unify(one[0], Sum(tuple(rest)))
    return len(left) == len(right) and all(unify(a, b) for a, b in zip(left, right, strict=True))


def _fill(parts: list[OpenDim], total: OpenDim) -> bool:
    """Numbers that add up to a number, all but one of them known."""
    numbers = [p for p in parts if isinstance(p, int)]
    others = [p for p in parts if not isinstance(p, int)]
    if not isinstance(total, int) or len(others) != 1 or not isinstance(others[0], Unknown):
        return False
    return total > sum(numbers) and unify(others[0], total - sum(numbers))


def unify_shapes(left: OpenShape, right: OpenShape) -> bool:
    return unify(left[0], right[0]) and unify(left[1], right[1])


def is_scalar(shape: OpenShape) -> bool:
    """Known to be 1 x 1."""
    return resolve(shape[0]) == 1 and resolve(shape[1]) == 1


def show_open(dim: OpenDim) -> str:
    """ "n", "m+n", "m+?": a part that is not known yet is a question mark."""
    return "+".join("?" if isinstance(p, Unknown) else str(p) for p in _parts(dim))


def show_shape(shape: OpenShape) -> str:
    """'a scalar', 'a vector in R^n', '(m+n) x p'; a dimension that is not known yet is a '?'."""
    if is_scalar(shape):
        return "a scalar"
    rows, cols = map(show_open, shape)
    if resolve(shape[1]) == 1:
        return f"a vector in R^{f'({rows})' if '+' in rows else rows}"
    rows, cols = (f"({d})" if "+" in d else d for d in (rows, cols))
    return f"{rows} x {cols}"
