r"""Printing: a term becomes text, Unicode or LaTeX that reads back as the same term.

>>> from lemmata.kernel.term import add, identity, inverse, mul, symbol
>>> from lemmata.terms.forms import adjoint
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

from lemmata.kernel.term import Term, symbols_of
from lemmata.terms.blocks import selected
from lemmata.terms.letters import ELEMENTARY
from lemmata.terms.matrices import Matrices
from lemmata.terms.notation import ACCENTS, SUBSCRIPTS, latex_subscripts, show_name, show_type
from lemmata.terms.printer import (
    ATOM,
    COLUMN,
    LOGIC,
    MINUS,
    OPERATOR,
    POWER,
    PRODUCT,
    RELATION,
    SUM,
    Out,
    Piece,
    is_zero,
    join,
    weave,
)  # fmt: skip
from lemmata.terms.shapes import unify, unify_shapes

__all__ = ["show"]

_SIGNS = {  # head: (text, unicode, latex)
    "eq": ("=", "=", "="), "ne": ("!=", "≠", r"\neq"), "le": ("<=", "≤", r"\leq"), "lt": ("<", "<", "<"),
    "ge": (">=", "≥", r"\geq"), "gt": (">", ">", ">"), "in": ("in", "∈", r"\in"),
    "subset": ("<=", "⊆", r"\subseteq"),
    "and": ("and", "∧", r"\land"), "or": ("or", "∨", r"\lor"), "implies": ("==>", "⇒", r"\implies"),
    "iff": ("<==>", "⇔", r"\iff"),
}  # fmt: skip
_SPACES = {"col": "Col", "row": "Row", "null": "Null"}


def show(term: Term, style: str = "text", names: Iterable[str] = ()) -> str:
    """The term in ``style`` text, unicode or latex.

    ``names``: further declared names of the scope in which it will be read, so that x_0 as the
    value of a sequence x is not mistaken for a declared x_0.
    """
    taken = {s.name for s in symbols_of(term)} | set(names)
    out = Printer(style, taken).out(term)
    return join(out.pieces, style)


class Printer(Matrices):
    """Printers of everything else."""

    def out(self, term: Term) -> Out:
        if term.head in ("symbol", "adjoint", "mul", "add") and (found := self.block(term)) is not None:
            return found
        method = _PRINT.get(term.head)
        if method is None:
            raise ValueError(f"no way to print {term.head}")
        return method(self, term)

    # --- functions ----------------------------------------------------------------------------

    def norm(self, term: Term) -> Out:
        mark = (("||", "||"), ("‖", "‖"), (r"\|", r"\|"))[COLUMN[self.style]]
        out = self.bars(self.out(term.args[0]), *mark)
        return Out([*out.pieces, "_F"], ATOM) if term.value == "F" else out

    def bars(self, out: Out, left: str, right: str) -> Out:
        # The reader closes a bar at the first chance, so bars within bars stand in brackets.
        if out.has("|", "‖"):
            out = self.bracket(out)
        return Out([left, *out.pieces, right], ATOM)

    def inner(self, term: Term) -> Out:
        left, right = map(self.out, term.args)
        unify_shapes(left.shape, right.shape)
        ends = (
            ("<", ">")
            if self.style == "text"
            else ("⟨", "⟩")
            if not self.latex
            else (r"\langle ", r" \rangle")
        )
        return Out([ends[0], *left.pieces, ", ", *right.pieces, ends[1]], ATOM)

    def adjugate(self, term: Term) -> Out:
        body = self.out(term.args[0])
        unify(*body.shape)
        return self.function(self.operator("adj"), [body], body.shape)

    def to_scalar(self, term: Term) -> Out:
        name = {"trace": "tr"}.get(term.head, term.head)
        body = self.out(term.args[0])
        if term.head != "rank":
            unify(*body.shape)
        return self.function(r"\det" if self.latex and name == "det" else self.operator(name), [body])

    def call(self, term: Term) -> Out:
        parts = [self.out(a) for a in term.args]
        name = str(term.value)
        if name == "abs" and len(parts) == 1:
            return self.bars(parts[0], "|", "|")
        if name == "sqrt" and self.latex and len(parts) == 1:
            return Out([r"\sqrt{", *parts[0].pieces, "}"], ATOM)
        if name == "log":
            return self.function(r"\ln" if self.latex else "ln", parts)
        return self.function(f"\\{name}" if self.latex and name in ELEMENTARY else self.operator(name), parts)

    # --- calculus -----------------------------------------------------------------------------

    def diff(self, term: Term) -> Out:
        body, variable = term.args[0], str(term.value)
        named = body.head == "symbol" and selected(body) is None
        if (
            self.latex
            and named
            and variable == "t"
            and not {"^", "\\hat", "'"} & set(show_name(body.name, "latex"))
            and not any(f"_{a}" in body.name for a in ACCENTS)
        ):
            base, *subs = body.name.split("_")
            return Out([f"\\dot{{{show_name(base, 'latex')}}}{latex_subscripts(subs)}"], ATOM, body.shape)
        shown = show_name(variable, self.style)
        if self.latex:
            sign = f"\\frac{{d}}{{d{shown}}} "
        elif "d" in self.taken:
            sign = f"\\frac{{d}}{{d{variable}}} "
        else:
            sign = f"d/d{variable} "
        out = self.out(body)
        return Out([sign, *(out if named else self.bracket(out)).pieces], OPERATOR, out.shape)

    def grad(self, term: Term) -> Out:
        name = show_name(term.args[1].name, self.style)
        index = name if len(name) == 1 and not self.latex else f"{{{name}}}"
        sign = ("grad", "∇", r"\nabla")[COLUMN[self.style]]
        return Out([f"{sign}_{index} ", *self.bracket(self.out(term.args[0])).pieces], OPERATOR, term.shape)

    def limit(self, term: Term) -> Out:
        body, variable, point = term.args
        arrow = ("->", "→", r"\to")[COLUMN[self.style]]
        end = self.out(point)
        if end.level < ATOM and not (
            end.level == MINUS and (point.head == "number" or point.args[-1].head == "infinity")
        ):
            end = self.bracket(end)
        side = str(term.value)
        side = side if not side else f"^{{{side}}}" if self.latex else side
        self.under.append(variable.name)
        out = self.at_least(body, PRODUCT)
        self.under.pop()
        name = show_name(variable.name, self.style)
        start = f"{chr(92) if self.latex else ''}lim_{{{name} {arrow} "
        return Out([start, *end.pieces, side, "} ", *out.pieces], OPERATOR, out.shape)

    def at(self, term: Term) -> Out:
        function, point = term.args
        name = show_name(function.name, self.style)
        out = self.out(point)
        if point.head == "symbol" and point.name == function.value[4]:
            return Out([f"{name}((", *out.pieces, "))"], ATOM, term.shape)
        plain = join(self.out(point).pieces, "text")
        index = f"{function.name}_{plain}" not in self.taken and "_" not in function.name
        if function.value[4] in ("t", "s", "tau") or not index or "^" in name:
            return Out([f"{name}(", *out.pieces, ")"], ATOM, term.shape)
        if self.style == "unicode" and plain.isdigit():
            return Out([name + plain.translate(SUBSCRIPTS)], ATOM, term.shape)
        pieces: list[Piece] = (
            [f"{name}_{plain}"] if plain.isdigit() and not self.latex else [f"{name}_{{", *out.pieces, "}"]
        )
        return Out(pieces, ATOM, term.shape)

    # --- spaces, sets, statements -------------------------------------------------------------

    def space(self, term: Term) -> Out:
        body = self.out(term.args[0])
        return self.function(self.operator(_SPACES[term.head]), [body], term.shape)

    def perp(self, term: Term) -> Out:
        out = self.at_least(term.args[0], ATOM)
        mark = ("^perp", "^⊥", r"^{\perp}")[COLUMN[self.style]]
        return Out([*out.pieces, mark], POWER, term.shape)

    def relation(self, term: Term) -> Out:
        left, right = term.args
        anchored = not (is_zero(left) and is_zero(right))
        return self.related(
            term, self.member(left, SUM) if anchored else self.at_least(left, SUM), self.member(right, SUM)
        )

    def related(self, term: Term, left: Out, right: Out) -> Out:
        unify_shapes(left.shape, right.shape)
        return Out([*left.pieces, f" {self.sign(term.head)} ", *right.pieces], RELATION)

    def sign(self, head: str) -> str:
        return _SIGNS[head][COLUMN[self.style]]

    def predicate(self, term: Term) -> Out:
        body = self.out(term.args[0])
        unify(*body.shape)
        return self.function(self.operator(str(term.value)), [body])

    def logic(self, term: Term) -> Out:
        parts = [self.at_least(a, RELATION).pieces for a in term.args]
        return Out(weave(parts, f" {self.sign(term.head)} "), LOGIC)

    def negation(self, term: Term) -> Out:
        out = self.bracket(self.out(term.args[0]))
        return Out([("not ", "¬", r"\neg ")[COLUMN[self.style]], *out.pieces], LOGIC)

    def quantified(self, term: Term) -> Out:
        *bound, body = term.args
        sign = {"forall": ("forall ", "∀", r"\forall "), "exists": ("exists ", "∃", r"\exists ")}[term.head]
        types = ", ".join(f"{show_name(s.name, self.style)} : {show_type(s, self.style)}" for s in bound)
        return Out([f"{sign[COLUMN[self.style]]}{types}. ", *self.out(body).pieces], LOGIC)

    def collection(self, term: Term) -> Out:
        parts = [self.out(a) for a in term.args]
        for part in parts[1:]:
            unify_shapes(parts[0].shape, part.shape)
        if term.head == "empty":
            return Out(["∅" if self.style == "unicode" else r"\emptyset"], ATOM)
        if term.head == "set":
            return Out([r"\{", *weave([p.pieces for p in parts], ", "), r"\}"], ATOM, term.shape)
        if term.head == "interval":
            infinite = any(s.head == "infinity" for a in term.args for s in (a, *a.args))
            if term.value == "()" and not infinite:
                return self.function(self.operator("interval"), parts)
            ends = str(term.value or "()")
            return Out([ends[0], *weave([p.pieces for p in parts], ", "), ends[1]], ATOM)
        return self.function(self.operator(term.head), parts, term.shape)


_P = Printer
_PRINT: dict[str, Callable[[Printer, Term], Out]] = {
    "symbol": _P.symbol, "number": _P.number, "constant": _P.constant, "dim": _P.dim, "infinity": _P.infinity,
    "identity": _P.identity, "zero": _P.zero, "literal": _P.literal, "add": _P.add, "mul": _P.mul,
    "adjoint": _P.mark, "pinv": _P.mark, "inverse": _P.mark, "power": _P.power, "exp": _P.exp,
    "adjugate": _P.adjugate,
    "norm": _P.norm,
    "inner": _P.inner, **dict.fromkeys(("trace", "rank", "det"), _P.to_scalar), "call": _P.call,
    "diff": _P.diff,
    "grad": _P.grad, "limit": _P.limit, "at": _P.at, **dict.fromkeys(_SPACES, _P.space), "perp": _P.perp,
    **dict.fromkeys(("eq", "ne", "le", "lt", "ge", "gt", "in", "subset"), _P.relation), "is": _P.predicate,
    **dict.fromkeys(("and", "or", "implies", "iff"), _P.logic), "not": _P.negation,
    **dict.fromkeys(("forall", "exists"), _P.quantified),
    **dict.fromkeys(("set", "span", "affine", "interval", "empty"), _P.collection),
}  # fmt: skip
