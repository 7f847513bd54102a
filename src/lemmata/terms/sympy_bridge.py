r"""To and from SymPy, node by node, and never through its simplifier.

SymPy cancels ``Inverse(X.T*X)*X.T*X`` to ``I`` as soon as the product is *built*, with no hypothesis
on the rank of X.  So every node is built with ``evaluate=False``:

>>> from lemmata.kernel.term import inverse, mul, symbol
>>> X = symbol("X", "m", "n")
>>> term = mul(inverse(mul(X.T, X)), X.T, X)
>>> to_sympy(term)
(X.T*X)**(-1)*X.T*X
>>> from_sympy(to_sympy(term)) is term
True

What SymPy has no head for (pseudoinverse, norm, matrix exponential, a matrix that depends on t, a
1 x 1 matrix used as a number) is refused.  ``power(x, 1/2)`` and ``sqrt(x)`` are one thing in SymPy
and come back as ``sqrt(x)``.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy as sp

from lemmata.kernel import term as T
from lemmata.kernel.term import Dim, Term
from lemmata.terms import forms

__all__ = ["ConversionError", "enable_sympy_scalars", "from_sympy", "to_sympy"]


class ConversionError(TypeError):
    """An expression that the other side has no head for."""


_ASSUMPTIONS: dict[str, dict[str, bool]] = {
    "real": {"real": True}, "complex": {"complex": True}, "positive": {"positive": True},
    "nonnegative": {"nonnegative": True}, "natural": {"integer": True, "nonnegative": True},
    "time": {"real": True},
}  # fmt: skip
# max and min are missing: SymPy keeps their arguments as a set, in an order of its own.
_CALLS: dict[str, Any] = {
    "sin": sp.sin, "cos": sp.cos, "tan": sp.tan, "cot": sp.cot, "sec": sp.sec, "csc": sp.csc, "sinh": sp.sinh,
    "cosh": sp.cosh, "tanh": sp.tanh, "arcsin": sp.asin, "arccos": sp.acos, "arctan": sp.atan, "log": sp.log,
    "abs": sp.Abs, "sign": sp.sign, "factorial": sp.factorial,
}  # fmt: skip
_NAMES = {function: name for name, function in _CALLS.items()}
_RELATIONS: dict[str, Any] = {"eq": sp.Eq, "ne": sp.Ne, "le": sp.Le, "lt": sp.Lt, "ge": sp.Ge, "gt": sp.Gt}
_RELATION_NAMES = {relation: name for name, relation in _RELATIONS.items()}


# --- from a term to SymPy --------------------------------------------------------------------


def to_sympy(term: Term) -> Any:
    """The SymPy expression with the same nodes.  Raises ConversionError where there is none."""
    build = _TO.get(term.head)
    if build is None:
        raise ConversionError(f"SymPy has no head for {term.head}")
    return build(term)


def _dim(dim: Dim) -> Any:
    return sp.Integer(dim) if isinstance(dim, int) else sp.Symbol(dim, integer=True, positive=True)


def _symbol(term: Term) -> Any:
    name, rows, cols, domain, of = term.value
    if not term.is_scalar:
        if of:
            raise ConversionError(f"SymPy has no head for {name}, a matrix that depends on {of}")
        if domain == "complex":
            raise ConversionError(f"SymPy has no head for {name}, its matrices have no domain")
        return sp.MatrixSymbol(name, _dim(rows), _dim(cols))
    if of:
        return sp.Function(name, **_ASSUMPTIONS[domain])(_variable(of))
    return sp.Symbol(name, **_ASSUMPTIONS[domain])


def _variable(name: str) -> Any:
    return (
        sp.Symbol(name, integer=True, nonnegative=True)
        if name in tuple("ijkln")
        else sp.Symbol(name, real=True)
    )


def _scalar(term: Term) -> Any:
    """A number in SymPy's sense; its 1 x 1 matrices are none."""
    made = to_sympy(term)
    if getattr(made, "is_Matrix", False):
        raise ConversionError(f"SymPy does not take the 1 x 1 matrix {made} as a number")
    return made


def _number(term: Term) -> Any:
    return sp.Rational(term.value.numerator, term.value.denominator)


def _add(term: Term) -> Any:
    parts = [to_sympy(a) for a in term.args]
    matrices = [getattr(p, "is_Matrix", False) for p in parts]
    if any(matrices) and not all(matrices):
        raise ConversionError("SymPy does not add a 1 x 1 matrix and a number")
    return (sp.MatAdd if all(matrices) else sp.Add)(*parts, evaluate=False)


def _mul(term: Term) -> Any:
    parts = [to_sympy(a) for a in term.args]
    matrix = any(getattr(p, "is_Matrix", False) for p in parts)
    return (sp.MatMul if matrix else sp.Mul)(*parts, evaluate=False)


def _adjoint(term: Term) -> Any:
    body = to_sympy(term.args[0])
    if not getattr(body, "is_Matrix", False):
        raise ConversionError("SymPy does not transpose a number")
    return sp.Transpose(body)


def _inverse(term: Term) -> Any:
    body = to_sympy(term.args[0])
    if getattr(body, "is_Matrix", False):
        return sp.Inverse(body)
    return sp.Pow(body, sp.Integer(-1), evaluate=False)


def _power(term: Term) -> Any:
    base, exponent = to_sympy(term.args[0]), _scalar(term.args[1])
    if getattr(base, "is_Matrix", False):
        return sp.MatPow(base, exponent, evaluate=False)
    return sp.Pow(base, exponent, evaluate=False)


def _exp(term: Term) -> Any:
    if not term.is_scalar:
        raise ConversionError("SymPy has no head for the exponential of a matrix")
    return sp.exp(_scalar(term.args[0]), evaluate=False)


def _call(term: Term) -> Any:
    parts = [_scalar(a) for a in term.args]
    if term.value == "sqrt" and len(parts) == 1:
        return sp.Pow(parts[0], sp.Rational(1, 2), evaluate=False)
    if term.value not in _CALLS:
        raise ConversionError(f"SymPy has no head for {term.value}")
    return _CALLS[term.value](*parts, evaluate=False)


def _diff(term: Term) -> Any:
    return sp.Derivative(_scalar(term.args[0]), _variable(str(term.value)), evaluate=False)


def _limit(term: Term) -> Any:
    body, variable, point = (_scalar(a) for a in term.args)
    return sp.Limit(body, variable, point, dir=term.value or "+-")


def _at(term: Term) -> Any:
    name, _, _, domain, _ = term.args[0].value
    if not term.is_scalar:
        raise ConversionError(f"SymPy has no head for {name}, a matrix that depends on a variable")
    return sp.Function(name, **_ASSUMPTIONS[domain])(_scalar(term.args[1]))


def _relation(term: Term) -> Any:
    left, right = map(to_sympy, term.args)
    matrix = getattr(left, "is_Matrix", False)
    if matrix != getattr(right, "is_Matrix", False):
        raise ConversionError("SymPy does not compare a 1 x 1 matrix and a number")
    if matrix and term.head not in ("eq", "ne"):
        raise ConversionError("SymPy has no Loewner order")
    return _RELATIONS[term.head](left, right, evaluate=False)


_TO: dict[str, Callable[[Term], Any]] = {
    "symbol": _symbol, "number": _number, "dim": lambda t: _dim(t.value), "infinity": lambda _: sp.oo,
    "constant": lambda t: {"pi": sp.pi, "e": sp.E, "i": sp.I}[t.value],
    "identity": lambda t: sp.Identity(_dim(t.value)), "zero": lambda t: sp.ZeroMatrix(*map(_dim, t.value)),
    "literal": lambda t: sp.ImmutableDenseMatrix(*t.value, [_scalar(a) for a in t.args]),
    "add": _add, "mul": _mul, "adjoint": _adjoint, "inverse": _inverse, "power": _power, "exp": _exp,
    "call": _call,
    "trace": lambda t: sp.Trace(to_sympy(t.args[0])), "det": lambda t: sp.Determinant(to_sympy(t.args[0])),
    "diff": _diff, "limit": _limit, "at": _at, **dict.fromkeys(_RELATIONS, _relation),
}  # fmt: skip


# --- from SymPy to a term --------------------------------------------------------------------


def from_sympy(expression: Any) -> Term:
    """The term with the same nodes.  Symbols without assumptions are real; Floats are refused."""
    if isinstance(expression, (int, Fraction)) and not isinstance(expression, bool):
        return T.number(expression)
    for kind, build in _FROM:
        if isinstance(expression, kind):
            return build(expression)
    name = type(expression).__name__
    hint = ": write an exact fraction" if isinstance(expression, sp.Float) else ""
    raise ConversionError(f"there is no head for SymPy's {name} {str(expression)[:60]!r}{hint}")


def _from_dim(dim: Any) -> Dim:
    if isinstance(dim, sp.Integer):
        return int(dim)
    if isinstance(dim, sp.Symbol):
        return str(dim.name)
    raise ConversionError(f"a dimension is a number or a name, not {dim}")


def _from_symbol(s: Any) -> Term:
    if s.name == "t" and not s.is_nonnegative:
        return T.symbol("t", domain="time")
    if s.is_integer and s.is_positive:
        return T.dim(str(s.name))
    return T.symbol(str(s.name), domain=_domain(s))


def _domain(s: Any) -> str:
    if s.is_integer and s.is_nonnegative:
        return "natural"
    if s.is_positive:
        return "positive"
    if s.is_nonnegative:
        return "nonnegative"
    return "complex" if s.is_complex and not s.is_real else "real"


def _from_matrix_symbol(s: Any) -> Term:
    return T.symbol(str(s.name), _from_dim(s.shape[0]), _from_dim(s.shape[1]))


def _args(expression: Any) -> tuple[Term, ...]:
    return tuple(from_sympy(a) for a in expression.args)


def _from_power(p: Any) -> Term:
    base, exponent = p.args
    if base == sp.E:
        return T.exp(from_sympy(exponent))
    if exponent == -1:
        return T.inverse(from_sympy(base))
    if exponent == sp.Rational(1, 2):
        return forms.call("sqrt", from_sympy(base))
    return forms.power(from_sympy(base), from_sympy(exponent))


def _from_applied(f: Any) -> Term:
    """f(t), f(0): a scalar function of one variable."""
    if len(f.args) != 1:
        raise ConversionError(f"{f} is a function of several variables")
    argument = f.args[0]
    free = [a for a in argument.free_symbols if isinstance(a, sp.Symbol)]
    of = str(free[0].name) if len(free) == 1 else "t"
    function = T.symbol(str(f.func.__name__), domain=_domain(f), of=of)
    return function if isinstance(argument, sp.Symbol) else forms.at(function, from_sympy(argument))


def _from_derivative(d: Any) -> Term:
    made = from_sympy(d.args[0])
    for variable, count in d.variable_count:
        for _ in range(int(count)):
            made = forms.diff(made, str(variable))
    return made


def _from_limit(limit: Any) -> Term:
    body, variable, point, side = limit.args
    # SymPy gives limits at infinity a side, which says nothing.
    shown = "" if str(side) == "+-" or point in (sp.oo, -sp.oo) else str(side)
    return forms.limit(from_sympy(body), from_sympy(variable), from_sympy(point), shown)


def _from_matrix(m: Any) -> Term:
    return forms.literal([[from_sympy(m[r, c]) for c in range(m.cols)] for r in range(m.rows)])


def _from_function(f: Any) -> Term:
    name = _NAMES.get(f.func)
    if name is None:
        raise ConversionError(f"there is no head for SymPy's function {f.func.__name__}")
    return forms.call(name, *_args(f))


# The first kind that fits decides, so special ones stand before general ones.
_FROM: list[tuple[Any, Callable[[Any], Term]]] = [
    (sp.Rational, lambda r: T.number(Fraction(int(r.p), int(r.q)))),
    (type(sp.oo), lambda _: forms.infinity()),
    (type(-sp.oo), lambda _: forms.neg(forms.infinity())),
    (type(sp.pi), lambda _: forms.constant("pi")),
    (type(sp.E), lambda _: forms.constant("e")),
    (type(sp.I), lambda _: forms.constant("i")),
    (sp.Symbol, _from_symbol),
    (sp.MatrixSymbol, _from_matrix_symbol),
    (sp.Identity, lambda m: T.identity(_from_dim(m.shape[0]))),
    (sp.ZeroMatrix, lambda m: forms.zero(*map(_from_dim, m.shape))),
    (sp.MatrixBase, _from_matrix),
    (sp.Transpose, lambda m: forms.adjoint(from_sympy(m.arg))),
    (sp.Adjoint, lambda m: forms.adjoint(from_sympy(m.arg))),
    (sp.Inverse, lambda m: T.inverse(from_sympy(m.arg))),
    (
        sp.MatPow,
        lambda m: (
            T.inverse(from_sympy(m.base))
            if m.exp == -1
            else forms.power(from_sympy(m.base), from_sympy(m.exp))
        ),
    ),
    ((sp.MatMul, sp.Mul), lambda m: T.mul(*_args(m))),
    ((sp.MatAdd, sp.Add), lambda m: T.add(*_args(m))),
    (sp.Pow, _from_power),
    (sp.exp, lambda e: T.exp(from_sympy(e.args[0]))),
    (sp.Trace, lambda m: T.make("trace", (from_sympy(m.arg),))),
    (sp.Determinant, lambda m: T.make("det", (from_sympy(m.arg),))),
    (sp.Derivative, _from_derivative),
    (sp.Limit, _from_limit),
    (sp.core.function.AppliedUndef, _from_applied),
    (tuple(_RELATION_NAMES), lambda r: forms.relation(_RELATION_NAMES[r.func], *_args(r))),
    (tuple(_NAMES), _from_function),
]


def _coerce(value: Any) -> Term | None:
    return from_sympy(value) if isinstance(value, (sp.Basic, sp.MatrixBase)) else None


def enable_sympy_scalars() -> None:
    """Let the operators of terms take SymPy expressions, as in ``Symbol("s") * A``.  Idempotent."""
    if _coerce not in T.coercions:
        T.coercions.append(_coerce)
