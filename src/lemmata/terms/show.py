r"""Printing: a term becomes text, Unicode or LaTeX that reads back as the same term.

>>> from lemmata.kernel.term import adjoint, add, identity, inverse, mul, symbol
>>> X, s = symbol("X", "m", "n"), symbol("lambda", domain="positive")
>>> term = inverse(add(mul(adjoint(X), X), mul(s, identity("n"))))
>>> show(term), show(term, "unicode")
('(X^T X + lambda I)^{-1}', '(Xᵀ X + λ I)⁻¹')
>>> print(show(term, "latex"))
(X^{\top} X + \lambda I)^{-1}

An identity is shown as ``I`` where its size follows from what stands around it, else as ``I_n``;
the printer runs the same unification as the reader to find out.  A zero matrix is ``0`` as a member
of a sum or of a relation, else ``0_{m x n}``.  What the parser never produces (an ``implies`` of
three, a closed interval of numbers) is printed, but need not read back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lemmata.kernel.term import Term, symbols_of
from lemmata.terms.lexer import GREEK
from lemmata.terms.scope import variable_domain
from lemmata.terms.shapes import OpenShape, Unknown, is_scalar, resolve, unify, unify_shapes

__all__ = ["declaration", "show", "show_name", "statement_text"]

# How tightly the outermost sign of a text binds.
LOGIC, RELATION, SUM, MINUS, PRODUCT, OPERATOR, POWER, ATOM = 10, 60, 70, 75, 80, 82, 90, 100
_ACCENTS = ("hat", "bar", "tilde", "check", "vec")
_SUP = str.maketrans("0123456789+-T", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀ")
_SUB = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_UNICODE_GREEK = {"lambda": "λ", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η",
                  "theta": "θ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
                  "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "kappa": "κ", "zeta": "ζ", "iota": "ι",
                  "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
                  "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ"}  # fmt: skip
_SIGNS = {  # head: (text, unicode, latex)
    "eq": ("=", "=", "="), "ne": ("!=", "≠", r"\neq"), "le": ("<=", "≤", r"\leq"), "lt": ("<", "<", "<"),
    "ge": (">=", "≥", r"\geq"), "gt": (">", ">", ">"), "in": ("in", "∈", r"\in"), "subset": ("<=", "⊆", r"\subseteq"),
    "and": ("and", "∧", r"\land"), "or": ("or", "∨", r"\lor"), "implies": ("==>", "⇒", r"\implies"),
    "iff": ("<==>", "⇔", r"\iff"),
}  # fmt: skip
_COLUMN = {"text": 0, "unicode": 1, "latex": 2}
_SPACES = {"col": "Col", "row": "Row", "null": "Null"}
_LATEX_FUNCTIONS = frozenset("sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan max min".split())


@dataclass
class _Hole:
    """An identity whose subscript is decided when the whole term has been seen."""

    size: OpenShape
    actual: Any


Piece = str | _Hole


@dataclass
class _Out:
    """Printed pieces, the binding strength of the outermost sign, the shape a reader infers."""

    pieces: list[Piece]
    level: int
    shape: OpenShape = (1, 1)

    @property
    def first(self) -> str:
        return self.pieces[0] if self.pieces and isinstance(self.pieces[0], str) else ""

    def has(self, *signs: str) -> bool:
        return any(isinstance(p, str) and any(s in p for s in signs) for p in self.pieces)


def show(term: Term, style: str = "text", names: Iterable[str] = ()) -> str:
    """The term in ``style`` text, unicode or latex.

    ``names``: further declared names of the scope in which it will be read, so that x_0 as the
    value of a sequence x is not mistaken for a declared x_0.
    """
    taken = {s.name for s in symbols_of(term)} | set(names)
    out = _Printer(style, taken).out(term)
    return _join(out.pieces, style)


def _join(pieces: list[Piece], style: str) -> str:
    return "".join(p if isinstance(p, str) else _identity(p, style) for p in pieces)


def _identity(hole: _Hole, style: str) -> str:
    size = resolve(hole.size[0])
    if not isinstance(size, Unknown) and hole.actual != 1:
        return "I"
    name = show_name(str(hole.actual), style)
    return f"I_{name}" if len(name) == 1 or (style != "latex" and "_" not in name) else f"I_{{{name}}}"


def show_name(name: str, style: str = "text") -> str:
    """A declared name: w_0, w₀, w_{0}, \\hat{w}, W_{\\mathrm{row}}, …"""
    body = name.rstrip("'")
    primes = name[len(body) :]
    base, *subs = body.split("_")
    if style == "latex":
        stem = f"\\{base}" if base in GREEK else base if len(base) == 1 or any(c.isdigit() for c in base) else f"\\mathrm{{{base}}}"
        if subs and subs[0] in _ACCENTS:
            stem, subs = f"\\{subs[0]}{{{stem}}}", subs[1:]
        if subs and subs[-1] == "star":
            return f"{stem}{_latex_subscripts(subs[:-1])}^\\star{primes}"
        return f"{stem}{_latex_subscripts(subs)}{primes}"
    stem = _UNICODE_GREEK.get(base, base) if style == "unicode" else base
    for sub in subs:
        if style == "unicode" and sub.isdigit():
            stem += sub.translate(_SUB)
        else:
            stem += f"_{sub}" if sub.isalpha() or sub.isdigit() else f"_{{{sub}}}"
    return stem + primes


def _latex_subscripts(subs: list[str]) -> str:
    def one(sub: str) -> str:
        if sub in GREEK or sub == "star":
            return f"\\{sub}"
        return f"\\mathrm{{{sub}}}" if len(sub) > 1 and sub.isalpha() else sub

    return f"_{{{'_'.join(map(one, subs))}}}" if subs else ""


class _Printer:
    def __init__(self, style: str, taken: set[str]) -> None:
        if style not in _COLUMN:
            raise ValueError(f"unknown style {style!r}: text, unicode or latex")
        self.style = style
        self.latex = style == "latex"
        self.taken = taken
        self.under: list[str] = []  # variables of the limits that are open: w(t), not w

    def out(self, term: Term) -> _Out:
        method = _PRINT.get(term.head)
        if method is None:
            raise ValueError(f"no way to print {term.head}")
        return method(self, term)

    # --- tools --------------------------------------------------------------------------------

    def bracket(self, out: _Out) -> _Out:
        return _Out(["(", *out.pieces, ")"], ATOM, out.shape)

    def at_least(self, term: Term, level: int) -> _Out:
        out = self.out(term)
        return out if out.level >= level else self.bracket(out)

    def member(self, term: Term, level: int) -> _Out:
        """A member of a sum or a relation, where 0 may stand for a zero matrix."""
        if term.head == "zero" and term.shape != (1, 1):
            return _Out(["0"], ATOM, (Unknown(), Unknown()))
        if term.head == "number" and term.value == 0:
            return _Out(["0"], ATOM, (Unknown(), Unknown()))
        return self.at_least(term, level)

    def base(self, term: Term) -> _Out:
        """What stands under a superscript."""
        out = self.at_least(term, ATOM)
        return self.bracket(out) if term.head == "constant" else out

    def raised(self, out: _Out, text: str) -> list[Piece]:
        if self.style == "unicode":
            return [*out.pieces, text.translate(_SUP)]
        if not self.latex and len(text) == 1:
            return [*out.pieces, f"^{text}"]
        return [*out.pieces, f"^{{{text}}}"]

    def function(self, name: str, parts: list[_Out], shape: OpenShape = (1, 1)) -> _Out:
        pieces: list[Piece] = [f"{name}("]
        for k, part in enumerate(parts):
            pieces += [*([", "] if k else []), *part.pieces]
        return _Out([*pieces, ")"], ATOM, shape)

    def operator(self, name: str) -> str:
        return f"\\operatorname{{{name}}}" if self.latex else name

    # --- atoms --------------------------------------------------------------------------------

    def symbol(self, term: Term) -> _Out:
        text, of = show_name(term.name, self.style), str(term.value[4])
        if of in self.under:
            return _Out([f"{text}({show_name(of, self.style)})"], ATOM, term.shape)
        if of and variable_domain(of) == "natural" and "_" not in term.name and f"{term.name}_{of}" not in self.taken:
            return _Out([f"{text}_{of}"], ATOM, term.shape)
        return _Out([text], POWER if "^" in text else ATOM, term.shape)

    def number(self, term: Term) -> _Out:
        value: Fraction = term.value
        if value.denominator == 1:
            return _Out([str(value)], ATOM if value >= 0 else MINUS)
        if self.latex:
            body = f"\\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
            return _Out([body], POWER) if value > 0 else _Out(["-", body], MINUS)
        return _Out([str(value)], PRODUCT if value > 0 else MINUS)

    def constant(self, term: Term) -> _Out:
        name = str(term.value)
        return _Out([show_name(name, self.style) if name == "pi" else name], ATOM)

    def dim(self, term: Term) -> _Out:
        return _Out([show_name(str(term.value), self.style)], ATOM)

    def infinity(self, term: Term) -> _Out:
        return _Out([("oo", "∞", r"\infty")[_COLUMN[self.style]]], ATOM)

    def identity(self, term: Term) -> _Out:
        size = Unknown() if term.value != 1 else term.value
        return _Out([_Hole((size, size), term.value)], ATOM, (size, size))

    def zero(self, term: Term) -> _Out:
        rows, cols = (show_name(str(d), self.style) for d in term.value)
        times = r" \times " if self.latex else " x "
        return _Out([f"0_{{{rows}}}" if cols == "1" else f"0_{{{rows}{times}{cols}}}"], ATOM, term.shape)

    def literal(self, term: Term) -> _Out:
        rows, cols = term.value
        cells = [self.at_least(a, SUM).pieces for a in term.args]
        table = [cells[r * cols : (r + 1) * cols] for r in range(rows)]
        if self.latex:
            body = _weave([_weave(row, " & ") for row in table], r" \\ ")
            return _Out([r"\begin{pmatrix} ", *body, r" \end{pmatrix}"], ATOM, term.shape)
        if cols == 1 and rows > 1:
            return _Out(["[", *_weave([row[0] for row in table], ", "), "]"], ATOM, term.shape)
        body = _weave([_weave(row, ", ") for row in table], "; ")
        left, right = ("[[", "]]") if rows == 1 else ("[", "]")
        return _Out([left, *body, right], ATOM, term.shape)

    # --- arithmetic ---------------------------------------------------------------------------

    def add(self, term: Term) -> _Out:
        # 0 + 0 has no size: then the first zero carries it.
        anchored = any(not _is_zero(a.args[1] if _is_negated(a) else a) for a in term.args)
        out = self.member(term.args[0], MINUS) if anchored else self.at_least(term.args[0], MINUS)
        pieces, shape = list(out.pieces), out.shape
        for arg in term.args[1:]:
            if _is_negated(arg):
                part, sign = self.member(arg.args[1], PRODUCT), " - "
            else:
                part, sign = self.member(arg, PRODUCT), " + "
            unify_shapes(shape, part.shape)
            pieces += [sign, *part.pieces]
        return _Out(pieces, SUM, shape)

    def mul(self, term: Term) -> _Out:
        args = term.args
        if self.latex and len(args) == 2 and _is_quotient(term):
            above, below = self.out(args[0]), self.out(args[1].args[0])
            return _Out([r"\frac{", *above.pieces, "}{", *below.pieces, "}"], POWER, above.shape)
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
                    out = self.at_least(args[0], OPERATOR if args[0].head in ("limit", "diff", "grad") else POWER)
                    return _Out(["-", *out.pieces], MINUS, out.shape)
            else:
                pieces.append(_join(self.positive(-args[0].value).pieces, self.style))
                shape, args = (1, 1), args[1:]
        previous = None if minus or shape is None else term.args[0]
        for arg in args:
            over = (
                not self.latex and previous is not None and arg.head == "inverse" and arg.is_scalar
                and not (previous.head == "number" and arg.args[0].head == "number")
            )  # fmt: skip
            if over:
                part = self.at_least(arg.args[0], ATOM)
                pieces += ["/", *part.pieces]
                previous = arg
                continue
            first = previous is None
            if first and arg.head == "number" and arg.value > 0:
                part = self.out(arg)
            else:
                part = self.at_least(arg, POWER)
            if not first and part.first.startswith("<"):
                part = self.bracket(part)
            if not first:
                digit = part.first[:1].isdigit() and not part.first.startswith("0_") or part.first.startswith("\\frac{") and part.first[6:7].isdigit()
                pieces.append((r" \cdot " if self.latex else " * ") if digit else " ")
            pieces += part.pieces
            shape = part.shape if shape is None else _product(shape, part.shape)
            previous = arg
        return _Out(pieces, level, shape or (1, 1))

    def positive(self, value: Fraction) -> _Out:
        if value.denominator == 1:
            return _Out([str(value)], ATOM)
        return _Out([f"\\frac{{{value.numerator}}}{{{value.denominator}}}" if self.latex else str(value)], PRODUCT)

    def mark(self, term: Term) -> _Out:
        body = term.args[0]
        out = self.base(body)
        if body.head == "number" and term.head != "inverse" and out.level == ATOM and not out.first.startswith("("):
            out = self.bracket(out)
        rows, cols = out.shape
        if term.head == "inverse":
            unify(rows, cols)
            return _Out(self.raised(out, "-1"), POWER, (rows, cols))
        if term.head == "pinv":
            return _Out(self.raised(out, "+"), POWER, (cols, rows))
        conjugate = any(s.value[3] == "complex" for s in symbols_of(term))
        if conjugate:
            pieces: list[Piece] = [*out.pieces, "^{*}" if self.latex else "^*"]
        else:
            pieces = [*out.pieces, r"^{\top}"] if self.latex else self.raised(out, "T")
        return _Out(pieces, POWER, (cols, rows))

    def power(self, term: Term) -> _Out:
        out, exponent = self.base(term.args[0]), term.args[1]
        unify(*out.shape)
        if self.style == "unicode" and exponent.head == "number" and exponent.value.denominator == 1 and exponent.value != -1:
            return _Out([*out.pieces, str(exponent.value).translate(_SUP)], POWER, out.shape)
        above = self.out(exponent).pieces
        escaped = above == ["-1"] or (exponent.head == "symbol" and exponent.name in ("T", "H"))
        if len(above) == 1 and isinstance(above[0], str) and above[0].isdigit() and not self.latex:
            return _Out([*out.pieces, f"^{above[0]}"], POWER, out.shape)
        left, right = ("^{{", "}}") if escaped else ("^{", "}")
        return _Out([*out.pieces, left, *above, right], POWER, out.shape)

    def exp(self, term: Term) -> _Out:
        body = self.out(term.args[0])
        unify(*body.shape)
        if "e" in self.taken:
            return self.function(r"\exp" if self.latex else "exp", [body], body.shape)
        return _Out(["e^{", *body.pieces, "}"], POWER, body.shape)

    # --- functions ----------------------------------------------------------------------------

    def norm(self, term: Term) -> _Out:
        mark = (("||", "||"), ("‖", "‖"), (r"\|", r"\|"))[_COLUMN[self.style]]
        out = self.bars(self.out(term.args[0]), *mark)
        return _Out([*out.pieces, "_F"], ATOM) if term.value == "F" else out

    def bars(self, out: _Out, left: str, right: str) -> _Out:
        # The reader closes a bar at the first chance, so bars within bars stand in brackets.
        if out.has("|", "‖"):
            out = self.bracket(out)
        return _Out([left, *out.pieces, right], ATOM)

    def inner(self, term: Term) -> _Out:
        left, right = map(self.out, term.args)
        unify_shapes(left.shape, right.shape)
        ends = ("<", ">") if self.style == "text" else ("⟨", "⟩") if not self.latex else (r"\langle ", r" \rangle")
        return _Out([ends[0], *left.pieces, ", ", *right.pieces, ends[1]], ATOM)

    def to_scalar(self, term: Term) -> _Out:
        name = {"trace": "tr"}.get(term.head, term.head)
        body = self.out(term.args[0])
        if term.head != "rank":
            unify(*body.shape)
        return self.function(r"\det" if self.latex and name == "det" else self.operator(name), [body])

    def call(self, term: Term) -> _Out:
        parts = [self.out(a) for a in term.args]
        name = str(term.value)
        if name == "abs" and len(parts) == 1:
            return self.bars(parts[0], "|", "|")
        if name == "sqrt" and self.latex and len(parts) == 1:
            return _Out([r"\sqrt{", *parts[0].pieces, "}"], ATOM)
        if name == "log":
            return self.function(r"\ln" if self.latex else "ln", parts)
        return self.function(f"\\{name}" if self.latex and name in _LATEX_FUNCTIONS else self.operator(name), parts)

    # --- calculus -----------------------------------------------------------------------------

    def diff(self, term: Term) -> _Out:
        body, variable = term.args[0], str(term.value)
        if self.latex and body.head == "symbol" and variable == "t" and not {"^", "\\hat", "'"} & set(show_name(body.name, "latex")) and not any(f"_{a}" in body.name for a in _ACCENTS):
            base, *subs = body.name.split("_")
            return _Out([f"\\dot{{{show_name(base, 'latex')}}}{_latex_subscripts(subs)}"], ATOM, body.shape)
        shown = show_name(variable, self.style)
        if self.latex:
            sign = f"\\frac{{d}}{{d{shown}}} "
        elif "d" in self.taken:
            sign = f"\\frac{{d}}{{d{variable}}} "
        else:
            sign = f"d/d{variable} "
        out = self.out(body)
        return _Out([sign, *(out if body.head == "symbol" else self.bracket(out)).pieces], OPERATOR, out.shape)

    def grad(self, term: Term) -> _Out:
        name = show_name(term.args[1].name, self.style)
        index = name if len(name) == 1 and not self.latex else f"{{{name}}}"
        sign = ("grad", "∇", r"\nabla")[_COLUMN[self.style]]
        return _Out([f"{sign}_{index} ", *self.bracket(self.out(term.args[0])).pieces], OPERATOR, term.shape)

    def limit(self, term: Term) -> _Out:
        body, variable, point = term.args
        arrow = ("->", "→", r"\to")[_COLUMN[self.style]]
        end = self.out(point)
        if end.level < ATOM and not (end.level == MINUS and (point.head == "number" or point.args[-1].head == "infinity")):
            end = self.bracket(end)
        side = str(term.value)
        side = side if not side else f"^{{{side}}}" if self.latex else side
        self.under.append(variable.name)
        out = self.at_least(body, PRODUCT)
        self.under.pop()
        name = show_name(variable.name, self.style)
        start = f"{chr(92) if self.latex else ''}lim_{{{name} {arrow} "
        return _Out([start, *end.pieces, side, "} ", *out.pieces], OPERATOR, out.shape)

    def at(self, term: Term) -> _Out:
        function, point = term.args
        name = show_name(function.name, self.style)
        out = self.out(point)
        if point.head == "symbol" and point.name == function.value[4]:
            return _Out([f"{name}((", *out.pieces, "))"], ATOM, term.shape)
        plain = _join(self.out(point).pieces, "text")
        index = f"{function.name}_{plain}" not in self.taken and "_" not in function.name
        if function.value[4] in ("t", "s", "tau") or not index or "^" in name:
            return _Out([f"{name}(", *out.pieces, ")"], ATOM, term.shape)
        if self.style == "unicode" and plain.isdigit():
            return _Out([name + plain.translate(_SUB)], ATOM, term.shape)
        pieces: list[Piece] = [f"{name}_{plain}"] if plain.isdigit() and not self.latex else [f"{name}_{{", *out.pieces, "}"]
        return _Out(pieces, ATOM, term.shape)

    # --- spaces, sets, statements -------------------------------------------------------------

    def space(self, term: Term) -> _Out:
        body = self.out(term.args[0])
        return self.function(self.operator(_SPACES[term.head]), [body], term.shape)

    def perp(self, term: Term) -> _Out:
        out = self.at_least(term.args[0], ATOM)
        mark = ("^perp", "^⊥", r"^{\perp}")[_COLUMN[self.style]]
        return _Out([*out.pieces, mark], POWER, term.shape)

    def relation(self, term: Term) -> _Out:
        left, right = term.args
        anchored = not (_is_zero(left) and _is_zero(right))
        return self.related(term, self.member(left, SUM) if anchored else self.at_least(left, SUM), self.member(right, SUM))

    def related(self, term: Term, left: _Out, right: _Out) -> _Out:
        unify_shapes(left.shape, right.shape)
        return _Out([*left.pieces, f" {self.sign(term.head)} ", *right.pieces], RELATION)

    def sign(self, head: str) -> str:
        return _SIGNS[head][_COLUMN[self.style]]

    def predicate(self, term: Term) -> _Out:
        body = self.out(term.args[0])
        unify(*body.shape)
        return self.function(self.operator(str(term.value)), [body])

    def logic(self, term: Term) -> _Out:
        parts = [self.at_least(a, RELATION).pieces for a in term.args]
        return _Out(_weave(parts, f" {self.sign(term.head)} "), LOGIC)

    def negation(self, term: Term) -> _Out:
        out = self.bracket(self.out(term.args[0]))
        return _Out([("not ", "¬", r"\neg ")[_COLUMN[self.style]], *out.pieces], LOGIC)

    def quantified(self, term: Term) -> _Out:
        *bound, body = term.args
        sign = {"forall": ("forall ", "∀", r"\forall "), "exists": ("exists ", "∃", r"\exists ")}[term.head]
        types = ", ".join(f"{show_name(s.name, self.style)} : {_type(s, self.style)}" for s in bound)
        return _Out([f"{sign[_COLUMN[self.style]]}{types}. ", *self.out(body).pieces], LOGIC)

    def collection(self, term: Term) -> _Out:
        parts = [self.out(a) for a in term.args]
        for part in parts[1:]:
            unify_shapes(parts[0].shape, part.shape)
        if term.head == "empty":
            return _Out(["∅" if self.style == "unicode" else r"\emptyset"], ATOM)
        if term.head == "set":
            return _Out([r"\{", *_weave([p.pieces for p in parts], ", "), r"\}"], ATOM, term.shape)
        if term.head == "interval":
            infinite = any(s.head == "infinity" for a in term.args for s in (a, *a.args))
            if term.value == "()" and not infinite:
                return self.function(self.operator("interval"), parts)
            left, right = str(term.value or "()")
            return _Out([left, *_weave([p.pieces for p in parts], ", "), right], ATOM)
        return self.function(self.operator(term.head), parts, term.shape)


def _weave(parts: list[list[Piece]], sign: str) -> list[Piece]:
    woven: list[Piece] = []
    for k, part in enumerate(parts):
        woven += [*([sign] if k else []), *part]
    return woven


def _is_zero(term: Term) -> bool:
    return term.head == "zero" or (term.head == "number" and term.value == 0)


def _is_negated(term: Term) -> bool:
    """mul(-1, b): what a - b adds."""
    return term.head == "mul" and len(term.args) == 2 and term.args[0].head == "number" and term.args[0].value == -1


def _is_quotient(term: Term) -> bool:
    above, below = term.args
    integers = above.head == "number" and below.head == "inverse" and below.args[0].head == "number"
    return below.head == "inverse" and below.is_scalar and not integers and not (above.head == "number" and above.value < 0)


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


_P = _Printer
_PRINT: dict[str, Callable[[_Printer, Term], _Out]] = {
    "symbol": _P.symbol, "number": _P.number, "constant": _P.constant, "dim": _P.dim, "infinity": _P.infinity,
    "identity": _P.identity, "zero": _P.zero, "literal": _P.literal, "add": _P.add, "mul": _P.mul,
    "adjoint": _P.mark, "pinv": _P.mark, "inverse": _P.mark, "power": _P.power, "exp": _P.exp, "norm": _P.norm,
    "inner": _P.inner, **dict.fromkeys(("trace", "rank", "det"), _P.to_scalar), "call": _P.call, "diff": _P.diff,
    "grad": _P.grad, "limit": _P.limit, "at": _P.at, **dict.fromkeys(_SPACES, _P.space), "perp": _P.perp,
    **dict.fromkeys(("eq", "ne", "le", "lt", "ge", "gt", "in", "subset"), _P.relation), "is": _P.predicate,
    **dict.fromkeys(("and", "or", "implies", "iff"), _P.logic), "not": _P.negation,
    **dict.fromkeys(("forall", "exists"), _P.quantified),
    **dict.fromkeys(("set", "span", "affine", "interval", "empty"), _P.collection),
}  # fmt: skip


# --- statements ------------------------------------------------------------------------------


def _type(symbol: Term, style: str = "text") -> str:
    _, rows, cols, domain, of = symbol.value
    field = {"real": "R", "complex": "C"}.get(domain, domain)
    if style == "latex" and domain in ("real", "complex"):
        field = f"\\mathbb{{{field}}}"
    if (rows, cols) != (1, 1):
        r, c = show_name(str(rows), style), show_name(str(cols), style)
        size = r if cols == 1 else f"{r} {chr(92) + 'times' if style == 'latex' else 'x'} {c}"
        field += f"^{size}" if len(size) == 1 else f"^{{{size}}}"
    return f"{field}({of})" if of else field


def declaration(symbol: Term) -> str:
    """The declaration of a symbol in claim text, as in ``X : R^{m x n}``."""
    return f"{show_name(symbol.name)} : {_type(symbol)}"


def statement_text(given: Iterable[Term], goal: Term) -> str:
    """A statement as claim text, with its declarations: what ``lemmata ask`` reads.

    >>> from lemmata.kernel.term import equation, mul, pinv, symbol
    >>> A = symbol("A", "m", "n")
    >>> print(statement_text([], equation(mul(A, pinv(A), A), A)))
    let A : R^{m x n}
    show A A^+ A = A
    """
    given = list(given)
    free: dict[str, Term] = {}
    for term in (*given, goal):
        for symbol in symbols_of(term):
            free.setdefault(symbol.name, symbol)
    index = {str(s.value[4]) for s in free.values() if s.value[4]}
    lines = [f"let {declaration(s)}" for n, s in sorted(free.items()) if not _implicit(s, index)]
    lines += [f"assume {show(g, names=free)}" for g in given]
    return "\n".join([*lines, f"show {show(goal, names=free)}"])


def _implicit(symbol: Term, index: set[str]) -> bool:
    """A variable that a reader declares by itself: t, and the k of a sequence."""
    name = symbol.name
    return (name == "t" or name in index) and symbol.value == (name, 1, 1, variable_domain(name), "")
