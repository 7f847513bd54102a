"""Short forms: one function per head that the kernel itself does not need to name.

>>> from lemmata.kernel.term import symbol
>>> w = symbol("w", "n", 1, "real", "t")
>>> equation(diff(w), neg(w)).head
'eq'

Every form calls the kernel's one constructor, which checks the shape.  The forms of sums, products,
numbers, symbols, inverses and exponentials are in lemmata.kernel.term.
"""

from __future__ import annotations

from lemmata.kernel.term import Dim, Term, coerce, make

__all__ = [
    "adjoint", "at", "bound_symbols", "call", "constant", "diff", "equation", "grad", "infinity", "is_", "limit",
    "literal", "neg", "norm", "power", "relation", "space", "zero",
]  # fmt: skip


def constant(name: str) -> Term:
    """pi, e or i."""
    return make("constant", (), name)


def infinity() -> Term:
    return make("infinity")


def zero(rows: Dim, cols: Dim = 1) -> Term:
    return make("zero", (), (rows, cols))


def literal(rows: list[list[Term]]) -> Term:
    """A matrix written out, row by row."""
    return make("literal", tuple(e for row in rows for e in row), (len(rows), len(rows[0])))


def neg(term: Term) -> Term:
    return -term


def adjoint(a: Term) -> Term:
    return a.T


def power(base: Term, exponent: Term | int) -> Term:
    return make("power", (base, coerce(exponent)))


def norm(a: Term, kind: str = "2") -> Term:
    """The Euclidean norm of a vector, the spectral norm of a matrix; or "F", the Frobenius norm."""
    return make("norm", (a,), kind)


def call(name: str, *args: Term) -> Term:
    """A named function of scalars, of which the kernel knows nothing."""
    return make("call", args, name)


def diff(a: Term, variable: str = "t") -> Term:
    return make("diff", (a,), variable)


def grad(a: Term, x: Term) -> Term:
    return make("grad", (a, x))


def limit(body: Term, variable: Term, point: Term, side: str = "") -> Term:
    return make("limit", (body, variable, point), side)


def at(function: Term, point: Term) -> Term:
    """The value of a function of a variable at a point, w(0) or x_{k+1}."""
    return make("at", (function, point))


def space(head: str, arg: Term) -> Term:
    """space("col" | "row" | "null" | "perp", argument)."""
    return make(head, (arg,))


def relation(head: str, left: Term, right: Term) -> Term:
    return make(head, (left, right))


def equation(left: Term, right: Term) -> Term:
    return make("eq", (left, right))


def is_(property_: str, a: Term) -> Term:
    return make("is", (a,), property_)


def bound_symbols(node: Term) -> tuple[Term, ...]:
    """The symbols that a node binds: those of forall and exists, and the variable of limit and grad."""
    if node.head in ("forall", "exists"):
        return node.args[:-1]
    return node.args[1:2] if node.head in ("limit", "grad") else ()
