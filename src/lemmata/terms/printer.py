"""Printing atoms and arithmetic: sums, products, powers, inverses.

An ``Out`` is a printed part: its pieces, how strongly its outermost sign binds, and the shape that a
reader would infer.  A part that binds too weakly for its place gets brackets.  Signs follow the
reader: a - b is add(a, mul(-1, b)), -A B is mul(-1, A, B), a bracketed product stays one factor.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lemmata.kernel.term import Term, symbols_of
from lemmata.terms.blocks import parts_of
from lemmata.terms.notation import show_dim, show_name, show_size
from lemmata.terms.scope import variable_domain
from lemmata.terms.shapes import OpenShape, Unknown, is_scalar, known, unify, unify_shapes

__all__ = ["Algebra", "Hole", "Out", "Piece", "is_zero", "join", "weave"]

# How tightly the outermost sign of a text binds.
LOGIC, RELATION, SUM, MINUS, PRODUCT, OPERATOR, POWER, ATOM = 10, 60, 70, 75, 80, 82, 90, 100
_SUP = str.maketrans("0123456789+-T", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀ")
COLUMN = {"text": 0, "unicode": 1, "latex": 2}


@dataclass
class Hole:
    """An identity or a zero block whose subscript is decided when the whole term has been seen."""

    size: OpenShape
    actual: Any


Piece = str | Hole


@dataclass
class Out:
    """Printed pieces, the binding strength of the outermost sign, the shape a reader infers."""

    pieces: list[Piece]
    level: int
    shape: OpenShape = (1, 1)

    @property
    def first(self) -> str:
        return self.pieces[0] if self.pieces and isinstance(self.pieces[0], str) else ""

    def has(self, *signs: str) -> bool:
        return any(isinstance(p, str) and any(s in p for s in signs) for p in self.pieces)


def join(pieces: list[Piece], style: str) -> str:
    return "".join(p if isinstance(p, str) else show_sized(p, style) for p in pieces)


def show_sized(hole: Hole, style: str) -> str:
    """I or I_n, 0 or 0_{m x n}."""
    follows = all(known(size) is not None for size in hole.size)
    if isinstance(hole.actual, tuple):
        return "0" if follows else f"0_{{{show_size(hole.actual, style)}}}"
    if follows and hole.actual != 1:
        return "I"
    name = show_dim(hole.actual, style)
    return (
        f"I_{name}"
        if len(name) == 1 or (style != "latex" and not {"_", "+"} & set(name))
        else f"I_{{{name}}}"
    )


class Algebra(ABC):
    """Printers of atoms and arithmetic."""

    def __init__(self, style: str, taken: set[str]) -> None:
        if style not in COLUMN:
            raise ValueError(f"unknown style {style!r}: text, unicode or latex")
        self.style = style
        self.latex = style == "latex"
        self.taken = taken
        self.under: list[str] = []  # variables of the limits that are open: w(t), not w

    @abstractmethod
    def out(self, term: Term) -> Out:
        """Any term; the layer above knows the heads."""

    # --- tools --------------------------------------------------------------------------------

    def bracket(self, out: Out) -> Out:
        # Around a matrix that is written out a bracket grows with it.
        tall = self.latex and any(isinstance(p, str) and r"\begin{pmatrix}" in p for p in out.pieces)
        opening, closing = (r"\left(", r"\right)") if tall else ("(", ")")
        return Out([opening, *out.pieces, closing], ATOM, out.shape)

    def at_least(self, term: Term, level: int) -> Out:
        out = self.out(term)
        return out if out.level >= level else self.bracket(out)

    def member(self, term: Term, level: int) -> Out:
        """A member of a sum or a relation, where 0 may stand for a zero matrix."""
        if term.head == "zero" and term.shape != (1, 1):
            return Out(["0"], ATOM, (Unknown(), Unknown()))
        if term.head == "number" and term.value == 0:
            return Out(["0"], ATOM, (Unknown(), Unknown()))
        return self.at_least(term, level)

    def base(self, term: Term) -> Out:
        """What stands under a superscript."""
        out = self.at_least(term, ATOM)
        return self.bracket(out) if term.head == "constant" else out

    def raised(self, out: Out, text: str) -> list[Piece]:
        if self.style == "unicode":
            return [*out.pieces, text.translate(_SUP)]
        if not self.latex and len(text) == 1:
            return [*out.pieces, f"^{text}"]
        return [*out.pieces, f"^{{{text}}}"]

    def function(self, name: str, parts: list[Out], shape: OpenShape = (1, 1)) -> Out:
        pieces: list[Piece] = [f"{name}("]
        for k, part in enumerate(parts):
            pieces += [*([", "] if k else []), *part.pieces]
        return Out([*pieces, ")"], ATOM, shape)

    def operator(self, name: str) -> str:
        return f"\\operatorname{{{name}}}" if self.latex else name

    # --- atoms --------------------------------------------------------------------------------

    def symbol(self, term: Term) -> Out:
        text, of = show_name(term.name, self.style), str(term.value[4])
        if of in self.under:
            return Out([f"{text}({show_name(of, self.style)})"], ATOM, term.shape)
        if (
            of
            and variable_domain(of) == "natural"
            and "_" not in term.name
            and f"{term.name}_{of}" not in self.taken
        ):
            return Out([f"{text}_{of}"], ATOM, term.shape)
        return Out([text], POWER if "^" in text else ATOM, term.shape)

    def number(self, term: Term) -> Out:
        value: Fraction = term.value
        if value.denominator == 1:
            return Out([str(value)], ATOM if value >= 0 else MINUS)
        if self.latex:
            body = f"\\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
            return Out([body], POWER) if value > 0 else Out(["-", body], MINUS)
        return Out([str(value)], PRODUCT if value > 0 else MINUS)

    def constant(self, term: Term) -> Out:
        name = str(term.value)
        return Out([show_name(name, self.style) if name == "pi" else name], ATOM)

    def dim(self, term: Term) -> Out:
        return Out([show_dim(term.value, self.style)], ATOM if len(parts_of(term.value)) == 1 else SUM)

    def infinity(self, term: Term) -> Out:
        return Out([("oo", "∞", r"\infty")[COLUMN[self.style]]], ATOM)

    def identity(self, term: Term) -> Out:
        size = Unknown() if term.value != 1 else term.value
        return Out([Hole((size, size), term.value)], ATOM, (size, size))

    def zero(self, term: Term) -> Out:
        return Out([f"0_{{{show_size(term.value, self.style)}}}"], ATOM, term.shape)

    # --- arithmetic ---------------------------------------------------------------------------

    def add(self, term: Term) -> Out:
        # 0 + 0 has no size: then the first zero carries it.
        anchored = any(not is_zero(a.args[1] if _is_negated(a) else a) for a in term.args)
        out = self.member(term.args[0], MINUS) if anchored else self.at_least(term.args[0], MINUS)
        pieces, shape = list(out.pieces), out.shape
        for arg in term.args[1:]:
            if _is_negated(arg):
                part, sign = self.member(arg.args[1], PRODUCT), " - "
            else:
                part, sign = self.member(arg, PRODUCT), " + "
            unify_shapes(shape, part.shape)
            pieces += [sign, *part.pieces]
        return Out(pieces, SUM, shape)

    def mul(self, term: Term) -> Out:
        args = term.args
        if self.latex and len(args) == 2 and _is_quotient(term):
            above, below = self.out(args[0]), self.out(args[1].args[0])
            return Out([r"\frac{", *above.pieces, "}{", *below.pieces, "}"], POWER, above.shape)
        pieces: list[Piece] = []
        level = PRODUCT
        shape: OpenShape | None = None
        minus = False
        if args[0].head == "number" and args[0].value < 0:
            level = MINUS
            pieces.append("-")
            if args[0].value == -1 and not _starts_with_number(args[1]):
                args, minus = args[1:], True
                if len(args) == 1:
                    out = self.at_least(
                        args[0], OPERATOR if args[0].head in ("limit", "diff", "grad") else POWER
                    )
                    return Out(["-", *out.pieces], MINUS, out.shape)
            else:
                pieces.append(join(self.positive(-args[0].value).pieces, self.style))
                shape, args = (1, 1), args[1:]
        previous = None if minus or shape is None else term.args[0]
        for arg in args:
            over = (
                not self.latex and previous is not None and arg.head == "inverse" and arg.is_scalar
                and not (previous.head == "number" and arg.args[0].head == "number")
            )  # fmt: skip
            if over:
                part = self.at_least(arg.args[0], POWER)
                pieces += ["/", *part.pieces]
                previous = arg
                continue
            first = previous is None
            bare = first and arg.head == "number" and arg.value > 0
            part = self.out(arg) if bare else self.at_least(arg, POWER)
            if not first and part.first.startswith("<"):
                part = self.bracket(part)
            if not first:
                digit = (part.first[:1].isdigit() and not part.first.startswith("0_")) or (
                    part.first.startswith("\\frac{") and part.first[6:7].isdigit()
                )
                pieces.append((r" \cdot " if self.latex else " * ") if digit else " ")
            pieces += part.pieces
            shape = part.shape if shape is None else _product(shape, part.shape)
            previous = arg
        return Out(pieces, level, shape or (1, 1))

    def positive(self, value: Fraction) -> Out:
        if value.denominator == 1:
            return Out([str(value)], ATOM)
        return Out(
            [f"\\frac{{{value.numerator}}}{{{value.denominator}}}" if self.latex else str(value)], PRODUCT
        )

    def mark(self, term: Term) -> Out:
        body = term.args[0]
        out = self.base(body)
        if (
            body.head == "number"
            and term.head != "inverse"
            and out.level == ATOM
            and not out.first.startswith(("(", r"\left("))
        ):
            out = self.bracket(out)
        rows, cols = out.shape
        if term.head == "inverse":
            unify(rows, cols)
            return Out(self.raised(out, "-1"), POWER, (rows, cols))
        if term.head == "pinv":
            return Out(self.raised(out, "+"), POWER, (cols, rows))
        conjugate = any(s.value[3] == "complex" for s in symbols_of(term))
        if conjugate:
            pieces: list[Piece] = [*out.pieces, "^{*}" if self.latex else "^*"]
        else:
            pieces = [*out.pieces, r"^{\top}"] if self.latex else self.raised(out, "T")
        return Out(pieces, POWER, (cols, rows))

    def power(self, term: Term) -> Out:
        out, exponent = self.base(term.args[0]), term.args[1]
        unify(*out.shape)
        if (
            self.style == "unicode"
            and exponent.head == "number"
            and exponent.value.denominator == 1
            and exponent.value != -1
        ):
            return Out([*out.pieces, str(exponent.value).translate(_SUP)], POWER, out.shape)
        above = self.out(exponent).pieces
        escaped = above == ["-1"] or (exponent.head == "symbol" and exponent.name in ("T", "H"))
        if len(above) == 1 and isinstance(above[0], str) and above[0].isdigit() and not self.latex:
            return Out([*out.pieces, f"^{above[0]}"], POWER, out.shape)
        left, right = ("^{{", "}}") if escaped else ("^{", "}")
        return Out([*out.pieces, left, *above, right], POWER, out.shape)

    def exp(self, term: Term) -> Out:
        body = self.out(term.args[0])
        unify(*body.shape)
        if "e" in self.taken:
            return self.function(r"\exp" if self.latex else "exp", [body], body.shape)
        return Out(["e^{", *body.pieces, "}"], POWER, body.shape)


def weave(parts: list[list[Piece]], sign: str) -> list[Piece]:
    woven: list[Piece] = []
    for k, part in enumerate(parts):
        woven += [*([sign] if k else []), *part]
    return woven


def is_zero(term: Term) -> bool:
    return term.head == "zero" or (term.head == "number" and term.value == 0)


def _is_negated(term: Term) -> bool:
    """mul(-1, b): what a - b adds."""
    return (
        term.head == "mul"
        and len(term.args) == 2
        and term.args[0].head == "number"
        and term.args[0].value == -1
    )


def _is_quotient(term: Term) -> bool:
    above, below = term.args
    integers = above.head == "number" and below.head == "inverse" and below.args[0].head == "number"
    return (
        below.head == "inverse"
        and below.is_scalar
        and not integers
        and not (above.head == "number" and above.value < 0)
    )


def _starts_with_number(term: Term) -> bool:
    """Whether the printed term begins with a numeral that a minus sign would swallow."""
    return term.head == "number" and term.value >= 0


def _product(left: OpenShape, right: OpenShape) -> OpenShape:
    if is_scalar(left):
        return right
    if is_scalar(right):
        return left
    unify(left[1], right[0])
    return (left[0], right[1])
