"""Random well-shaped terms, for properties that must hold of every term."""

# ruff: noqa: E501  (tables read better in long lines)

from __future__ import annotations

import itertools
import random
from fractions import Fraction

from lemmata.kernel.term import Dim, Term, add, dim, exp, identity, inverse, make, mul, number, pinv, symbol
from lemmata.terms.blocks import block, parts_of, sum_of
from lemmata.terms.forms import (
    adjoint,
    at,
    call,
    constant,
    diff,
    equation,
    grad,
    infinity,
    is_,
    limit,
    literal,
    neg,
    norm,
    power,
    relation,
    space,
    zero,
)

BOTH, BORDERED = sum_of(("m", "n")), sum_of(("n", 1))
DIMS = ("m", "n", 2, 1, "m", "n", 2, 1, BOTH, BORDERED)
SYMBOLS = [
    symbol("X", "m", "n"), symbol("Y", "m", "n"), symbol("S", "n", "n"), symbol("Q", "m", "m"),
    symbol("W_1", "m", "n", "real", "t"), symbol("K", 2, 2), symbol("w", "n", 1, "real", "t"),
    symbol("w_0", "n"), symbol("y", "m"), symbol("w_row", "n"), symbol("x", "n", 1, "real", "k"),
    symbol("lambda", domain="positive"), symbol("s"), symbol("t", domain="time"),
    symbol("k", domain="natural"), symbol("u_hat", "n"), symbol("v_star", 2), symbol("H", "n", "m"),
]  # fmt: skip


class RandomTerms:
    """Terms of a given shape, drawn with a seed."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)

    def matrix(self, rows: int | str, cols: int | str, depth: int) -> Term:
        r = self.r
        leaves = [s for s in SYMBOLS if s.shape == (rows, cols)]
        if (len(parts_of(rows)) > 1 or len(parts_of(cols)) > 1) and r.random() < 0.5:
            return self.block(rows, cols, depth - 1)
        if depth <= 0 or r.random() < 0.15:
            return self.leaf(rows, cols, leaves)
        shape = (rows, cols)
        makers = ["add", "mul", "mul", "scale", "adjoint", "neg", "sub", "diff", "limit", "paren"]
        if rows == cols:
            makers += ["inverse", "power", "exp"]
        if shape == (1, 1):
            makers += ["norm", "inner", "to_scalar", "call", "call", "quotient", "number", "quotient"]
        maker = r.choice(makers)
        deeper = depth - 1
        if maker == "add":
            return add(*(self.matrix(rows, cols, deeper) for _ in range(r.choice((2, 2, 3)))))
        if maker == "sub":
            return add(self.matrix(rows, cols, deeper), neg(self.matrix(rows, cols, deeper)))
        if maker in ("mul", "paren"):
            inner = [r.choice(DIMS) for _ in range(r.choice((1, 1, 2)))]
            path = [rows, *inner, cols]
            factors = [self.matrix(a, b, deeper) for a, b in itertools.pairwise(path)]
            return mul(*factors)
        if maker == "scale":
            return mul(self.matrix(1, 1, deeper), self.matrix(rows, cols, deeper))
        if maker == "neg":
            return neg(self.matrix(rows, cols, deeper))
        if maker == "adjoint":
            return r.choice((adjoint, pinv))(self.matrix(cols, rows, deeper))
        if maker == "diff":
            return diff(self.matrix(rows, cols, deeper))
        if maker == "limit":
            variable = r.choice([s for s in SYMBOLS if s.is_scalar and s.name != "k"])
            point = r.choice([number(0), infinity(), neg(infinity()), number(-2), number("1/2")])
            return limit(self.matrix(rows, cols, deeper), variable, point, r.choice(("", "+", "-")))
        if maker == "inverse":
            return inverse(self.matrix(rows, cols, deeper))
        if maker == "power":
            return power(self.matrix(rows, cols, deeper), self.matrix(1, 1, deeper))
        if maker == "exp":
            return exp(self.matrix(rows, cols, deeper))
        a, b = r.choice(DIMS), r.choice(DIMS)
        if maker == "norm":
            return norm(self.matrix(a, b, deeper), r.choice("2F"))
        if maker == "inner":
            return make("inner", (self.matrix(a, b, deeper), self.matrix(a, b, deeper)))
        if maker == "to_scalar":
            return make(r.choice(("trace", "det", "rank")), (self.matrix(a, a, deeper),))
        if maker == "quotient":
            return mul(self.matrix(1, 1, deeper), inverse(self.matrix(1, 1, deeper)))
        if maker == "number":
            return number(Fraction(r.randint(-3, 3), r.randint(1, 3)))
        return call(r.choice(("sin", "log", "sqrt", "abs", "arctan", "max")), self.matrix(1, 1, deeper))

    def block(self, rows: Dim, cols: Dim, depth: int) -> Term:
        heights, widths = parts_of(rows), parts_of(cols)

        def entry(h: Dim, w: Dim) -> Term | None:
            if h == w and self.r.random() < 0.3:
                return identity(h)
            return None if self.r.random() < 0.3 else self.matrix(h, w, depth)

        return block([[entry(h, w) for w in widths] for h in heights], heights, widths)

    def leaf(self, rows: int | str, cols: int | str, leaves: list[Term]) -> Term:
        r = self.r
        if (rows, cols) == (1, 1):
            leaves = leaves + [number(0), number(1), number(-1), number("2/3"), number("-1/2"), dim("n"),
                               constant("pi"), constant("e"), constant("i")] + [number(r.randint(-9, 9))] * 3  # fmt: skip
        elif rows == cols:
            leaves = leaves + [identity(rows)] * 2
        if (rows, cols) == ("n", 1):
            leaves = [*leaves, at(leaves[0], number(0)), at(SYMBOLS[10], add(SYMBOLS[14], number(1))),
                               grad(norm(SYMBOLS[7]), SYMBOLS[7])]  # fmt: skip
        if isinstance(rows, int) and isinstance(cols, int) and rows * cols > 1:
            leaves = [
                *leaves,
                literal([[number(r.randint(-2, 2)) for _ in range(cols)] for _ in range(rows)]),
            ]
        leaves = [*leaves, zero(rows, cols)] if (rows, cols) != (1, 1) or r.random() < 0.1 else leaves
        return r.choice(leaves)

    def subspace(self, n: int | str, depth: int) -> Term:
        head = self.r.choice(("col", "row", "null", "perp"))
        if head == "perp":
            return space("perp", self.subspace(n, depth - 1)) if depth > 0 else self.subspace(n, 0)
        other = self.r.choice(DIMS)
        return space(
            head, self.matrix(n, other, depth - 1) if head == "col" else self.matrix(other, n, depth - 1)
        )

    def prop(self, depth: int) -> Term:
        r = self.r
        kind = r.choice(
            ("eq", "eq", "eq", "ne", "le", "lt", "in", "subset", "is", "logic", "logic", "forall")
        )
        a, b = r.choice(DIMS), r.choice(DIMS)
        if kind in ("eq", "ne"):
            return relation(kind, self.matrix(a, b, depth - 1), self.matrix(a, b, depth - 1))
        if kind in ("le", "lt"):
            return relation(
                r.choice((kind, "ge", "gt")), self.matrix(a, a, depth - 1), self.matrix(a, a, depth - 1)
            )
        if kind == "in":
            return relation("in", self.matrix(a, 1, depth - 1), self.subspace(a, depth - 1))
        if kind == "subset":
            return relation(
                r.choice(("subset", "eq")), self.subspace(a, depth - 1), self.subspace(a, depth - 1)
            )
        if kind == "is" or depth <= 0:
            return is_(r.choice(("symmetric", "psd", "orthogonal")), self.matrix(a, a, depth - 1))
        if kind == "forall":
            v = symbol("v", "n")
            bound = (v, symbol("u", "m")) if r.random() < 0.5 else (v,)
            return make(r.choice(("forall", "exists")), (*bound, equation(v, self.matrix("n", 1, depth - 1))))
        head = r.choice(("and", "or", "not", "implies", "iff"))
        return make(head, tuple(self.prop(depth - 1) for _ in range(1 if head == "not" else 2)))
