"""The light syntax tree between text and term: what was written, before shapes are known.

``I`` and ``0`` have no size yet, ``u \\cdot v`` is not yet known to be an inner product and ``|x|``
not yet an absolute value.  ``elaborate`` finds that out.
"""

from __future__ import annotations

from typing import Any

from lemmata.terms.letters import ELEMENTARY
from lemmata.terms.shapes import SCALAR, OpenShape, Unknown

__all__ = ["CONSTANTS", "FUNCTIONS", "SPELLINGS", "Node", "Pending"]


class Node:
    """kind, args, value; start and end in the text; depth of the tree; later sort and shape."""

    __slots__ = ("args", "depth", "end", "kind", "paren", "shape", "sort", "start", "value")

    def __init__(self, kind: str, args: tuple[Node, ...], value: Any, start: int, end: int) -> None:
        self.kind = kind
        self.args = args
        self.value = value
        self.start = start
        self.end = end
        self.depth: int = 1 + max((a.depth for a in args), default=0)
        self.paren = False
        self.sort = "matrix"
        self.shape: OpenShape = SCALAR


class Pending:
    """A name whose shape is not known yet: the initial value of a function that is being defined, or the
    letter that an argmin binds."""

    __slots__ = ("domain", "name", "of", "sequence", "shape")

    def __init__(self, name: str, sequence: str, of: str) -> None:
        self.name = name
        self.sequence = sequence
        self.of = of
        self.domain = "real"
        self.shape: OpenShape = (Unknown(), Unknown())


# What a function name does: (kind of node, value).  A declared name of the same spelling wins.
FUNCTIONS: dict[str, tuple[str, str]] = {
    "rank": ("to_scalar", "rank"), "rk": ("to_scalar", "rank"),
    "tr": ("to_scalar", "trace"), "Tr": ("to_scalar", "trace"), "trace": ("to_scalar", "trace"),
    "det": ("to_scalar", "det"), "exp": ("exp", ""),
    "adj": ("adjugate", ""), "adjugate": ("adjugate", ""),
    "pinv": ("mark", "+"), "inv": ("mark", "-1"), "transpose": ("mark", "T"), "adjoint": ("mark", "*"),
    "abs": ("bars", ""), "norm": ("norm", "2"), "inner": ("inner", ""), "dot": ("inner", ""),
    "Col": ("space", "col"), "col": ("space", "col"), "Range": ("space", "col"), "range": ("space", "col"),
    "im": ("space", "col"), "Im": ("image", ""), "ran": ("space", "col"),
    "Row": ("space", "row"), "row": ("space", "row"),
    "Null": ("space", "null"), "null": ("space", "null"), "ker": ("space", "null"), "Ker": ("space", "null"),
    "kernel": ("space", "null"),
    "conj": ("conjugate", ""), "Re": ("conjugate", "real"),
    "Perp": ("mark", "perp"), "dim": ("dimension", ""),
    **{name: ("call", name) for name in (*ELEMENTARY, "log", "sqrt", "sign", "factorial")},
    "ln": ("call", "log"), "asin": ("call", "arcsin"), "acos": ("call", "arccos"), "atan": ("call", "arctan"),
    **{name: ("is", name) for name in
       ["symmetric", "psd", "spd", "invertible", "orthogonal", "projection", "diagonal", "idempotent"]},
    "hermitian": ("is", "symmetric"), "Hermitian": ("is", "symmetric"), "unitary": ("is", "orthogonal"),
    "normal": ("law", "normal"),
    "skew": ("law", "skew"), "antisymmetric": ("law", "skew"), "antihermitian": ("law", "skew"),
    "diag": ("diagonal", ""),
    "matrix": ("matrix", ""), "Matrix": ("matrix", ""), "array": ("matrix", ""), "vector": ("matrix", ""),
    "interval": ("interval", "()"),
    "span": ("set", "span"), "Span": ("set", "span"), "lim": ("lim", ""), "limit": ("lim", ""),
    "argmin": ("argmin", ""), "grad": ("nabla", ""), "nabla": ("nabla", ""),
}  # fmt: skip
CONSTANTS = {"pi": "pi", "e": "e", "i": "i"}
# Words of plain text that are names or signs of their own.
SPELLINGS = {"infinity": "oo", "infty": "oo", "inf": "oo"}
