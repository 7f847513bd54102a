"""The words in which a course states: symbols, operators and properties, as in a lecture.

Every word builds a term of :mod:`lemmata.kernel.term`, unevaluated and with its shape checked at once.
A dimension is a scalar term, so that it serves both as a size and as a number:

>>> m, n = dims("m n")
>>> X = matrix("X", m, n)
>>> Eq(rank(X), m)
eq(rank(symbol(('X', 'm', 'n', 'real', ''))), dim('m'))
>>> (X.T @ inv(X @ X.T)).shape
('n', 'm')

Scalars of SymPy mix in: SymPy is imported only after an object of its own has shown up.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lemmata.kernel import term as k
from lemmata.kernel.term import Dim, ShapeError, Term, coerce
from lemmata.terms import forms

__all__ = [
    "And", "Col", "Eq", "Exists", "ForAll", "Fraction", "Ge", "Gt", "I", "Iff", "Implies", "In", "Le", "Lt",
    "Ne", "Not", "Null", "Or", "Perp", "Row", "ShapeError", "Subset", "Term", "at", "det", "diagonal", "diff",
    "dims", "exp", "grad", "half", "idempotent", "inner", "inv", "invertible", "limit", "literal", "matrices",
    "matrix", "norm", "number", "oo", "orthogonal", "pi", "pinv", "projection", "psd", "rank", "scalar",
    "scalars", "spd", "sqrt", "symmetric", "trace", "vector", "vectors", "zero",
]  # fmt: skip

oo = forms.infinity()
pi = forms.constant("pi")
number = k.number
half = k.number("1/2")


# --- symbols ---------------------------------------------------------------------------------


def _size(value: Any) -> Dim:
    """A dimension given as 3, "m" or one of :func:`dims`."""
    if isinstance(value, Term):
        if value.head == "dim":
            return str(value.value)
        if value.head == "number" and value.value.denominator == 1:
            return int(value.value)
        raise ShapeError("a dimension is a positive integer or one of dims(...)")
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        return value
    raise ShapeError(f"a dimension is a positive integer or one of dims(...), not {value!r}")


def dims(names: str) -> list[Term]:
    """``m, n = dims("m n")``: positive integers that the statement holds for, whatever they are."""
    return [k.dim(name) for name in names.split()]


def matrix(name: str, rows: Any, cols: Any, *, domain: str = "real", of: str = "") -> Term:
    """The matrix ``name`` of shape rows x cols; ``of="t"``: a differentiable function of t."""
    return k.symbol(name, _size(rows), _size(cols), domain, of)


def matrices(names: str, rows: Any, cols: Any, *, domain: str = "real", of: str = "") -> list[Term]:
    """Several matrices of one shape: ``A, B = matrices("A B", m, n)``."""
    return [matrix(name, rows, cols, domain=domain, of=of) for name in names.split()]


def vector(name: str, rows: Any, *, domain: str = "real", of: str = "") -> Term:
    """The column vector ``name`` with so many rows; ``of="k"``: a sequence, ``of="t"``: a curve."""
    return matrix(name, rows, 1, domain=domain, of=of)


def vectors(names: str, rows: Any, *, domain: str = "real", of: str = "") -> list[Term]:
    """Several vectors of one length: ``w, v = vectors("w v", n)``."""
    return [vector(name, rows, domain=domain, of=of) for name in names.split()]


def scalar(name: str, domain: str = "real", *, of: str = "") -> Term:
    """A scalar: real, complex, positive, nonnegative, natural or time."""
    return k.symbol(name, 1, 1, domain, of)


def scalars(names: str, domain: str = "real", *, of: str = "") -> list[Term]:
    """Several scalars of one domain."""
    return [scalar(name, domain, of=of) for name in names.split()]


def I(n: Any) -> Term:  # noqa: E743 - the field's own name
    """The identity matrix n x n."""
    return k.identity(_size(n))


def zero(rows: Any, cols: Any = 1) -> Term:
    """The zero matrix rows x cols (a zero vector if cols is left out)."""
    return forms.zero(_size(rows), _size(cols))


def literal(*rows: list[Any]) -> Term:
    """A matrix written out row by row: ``literal([1, 0], [0, 0])``."""
    return forms.literal([[coerce(entry) for entry in row] for row in rows])


# --- operators -------------------------------------------------------------------------------


def pinv(a: Any) -> Term:
    """The Moore-Penrose pseudoinverse A^+: m x n gives n x m; it always exists."""
    return k.pinv(coerce(a))


def inv(a: Any) -> Term:
    """The inverse of a square matrix; that it exists must follow from the hypotheses."""
    return k.inverse(coerce(a))


def exp(a: Any) -> Term:
    """The exponential of a square matrix or of a scalar."""
    return k.exp(coerce(a))


def norm(a: Any, kind: str = "2") -> Term:
    """The Euclidean norm of a vector, the spectral norm of a matrix; ``"F"``: the Frobenius norm."""
    return forms.norm(coerce(a), kind)


def inner(u: Any, v: Any) -> Term:
    """<u, v> = u^T v."""
    return k.make("inner", (coerce(u), coerce(v)))


def trace(a: Any) -> Term:
    """The trace of a square matrix."""
    return k.make("trace", (coerce(a),))


def det(a: Any) -> Term:
    """The determinant of a square matrix."""
    return k.make("det", (coerce(a),))


def rank(a: Any) -> Term:
    """The rank."""
    return k.make("rank", (coerce(a),))


def sqrt(a: Any) -> Term:
    """The square root of a nonnegative scalar."""
    return forms.call("sqrt", coerce(a))


def limit(body: Any, variable: Any, point: Any, side: str = "+") -> Term:
    """lim of the body as the variable tends to a point from a side ("+", "-", "" for both) or to oo."""
    point = coerce(point)
    # There is one way to approach infinity, so the side says nothing and must not tell terms apart.
    return forms.limit(coerce(body), coerce(variable), point, "" if point is oo or point is -oo else side)


def diff(a: Any, variable: Any = "t") -> Term:
    """The derivative in the variable, given by name or as a scalar."""
    return forms.diff(coerce(a), variable if isinstance(variable, str) else coerce(variable).name)


def grad(a: Any, x: Any) -> Term:
    """The gradient of a scalar in the symbol x, of the shape of x."""
    return forms.grad(coerce(a), coerce(x))


def at(function: Any, point: Any) -> Term:
    """w(s), x_{k+1}: the value at a point; at its own variable it is the symbol itself."""
    curve, where = coerce(function), coerce(point)
    if curve.head == "symbol" and where.head == "symbol" and where.name == curve.value[4]:
        return curve
    return forms.at(curve, where)


# --- subspaces -------------------------------------------------------------------------------


def Col(a: Any) -> Term:
    """The column space of an m x n matrix, in R^m."""
    return forms.space("col", coerce(a))


def Row(a: Any) -> Term:
    """The row space of an m x n matrix, in R^n."""
    return forms.space("row", coerce(a))


def Null(a: Any) -> Term:
    """The null space of an m x n matrix, in R^n."""
    return forms.space("null", coerce(a))


def Perp(s: Term) -> Term:
    """The orthogonal complement of a subspace."""
    return forms.space("perp", s)


# --- propositions ----------------------------------------------------------------------------


def _relation(head: str, left: Any, right: Any) -> Term:
    left, right = coerce(left), coerce(right)
    # 0 stands for the zero matrix of the other side's shape, as on a blackboard.
    if right is k.number(0) and left.sort == "matrix" and not left.is_scalar:
        right = forms.zero(*left.shape)
    elif left is k.number(0) and right.sort == "matrix" and not right.is_scalar:
        left = forms.zero(*right.shape)
    return forms.relation(head, left, right)


def Eq(left: Any, right: Any) -> Term:
    """Equality of scalars, vectors, matrices or subspaces."""
    return _relation("eq", left, right)


def Ne(left: Any, right: Any) -> Term:
    """Inequality in the sense of "not equal"."""
    return _relation("ne", left, right)


def Le(left: Any, right: Any) -> Term:
    """<= of scalars; on square matrices the Loewner order (the difference is psd)."""
    return _relation("le", left, right)


def Lt(left: Any, right: Any) -> Term:
    """< of scalars; on square matrices: the difference is positive definite."""
    return _relation("lt", left, right)


def Ge(left: Any, right: Any) -> Term:
    """>=, see :func:`Le`."""
    return _relation("ge", left, right)


def Gt(left: Any, right: Any) -> Term:
    """>, see :func:`Lt`."""
    return _relation("gt", left, right)


def In(x: Any, s: Term) -> Term:
    """The vector x lies in the subspace s."""
    return forms.relation("in", coerce(x), s)


def Subset(s: Term, t: Term) -> Term:
    """The subspace s is contained in t."""
    return forms.relation("subset", s, t)


def And(*props: Term) -> Term:
    """All of them; of one proposition, that one."""
    return props[0] if len(props) == 1 else k.make("and", props)


def Or(*props: Term) -> Term:
    """One of them at least."""
    return props[0] if len(props) == 1 else k.make("or", props)


def Not(prop: Term) -> Term:
    """The negation."""
    return k.make("not", (prop,))


def Implies(p: Term, q: Term) -> Term:
    """If p then q."""
    return k.make("implies", (p, q))


def Iff(p: Term, q: Term) -> Term:
    """p exactly if q."""
    return k.make("iff", (p, q))


def ForAll(*symbols_and_body: Any) -> Term:
    """``ForAll(v, body)``, ``ForAll(u, v, body)``: for all values of the symbols."""
    return k.make("forall", tuple(coerce(s) for s in symbols_and_body))


def Exists(*symbols_and_body: Any) -> Term:
    """``Exists(v, body)``: for some value of the symbol."""
    return k.make("exists", tuple(coerce(s) for s in symbols_and_body))


def symmetric(a: Any) -> Term:
    """A = A^T (Hermitian, if complex)."""
    return forms.is_("symmetric", coerce(a))


def psd(a: Any) -> Term:
    """Symmetric and v^T A v >= 0 for all v."""
    return forms.is_("psd", coerce(a))


def spd(a: Any) -> Term:
    """Symmetric and v^T A v > 0 for all v other than 0."""
    return forms.is_("spd", coerce(a))


def invertible(a: Any) -> Term:
    """Square with an inverse."""
    return forms.is_("invertible", coerce(a))


def orthogonal(a: Any) -> Term:
    """Q^T Q = I = Q Q^T."""
    return forms.is_("orthogonal", coerce(a))


def projection(a: Any) -> Term:
    """An orthogonal projection: P = P^T = P^2."""
    return forms.is_("projection", coerce(a))


def idempotent(a: Any) -> Term:
    """P^2 = P."""
    return forms.is_("idempotent", coerce(a))


def diagonal(a: Any) -> Term:
    """Zero off the diagonal."""
    return forms.is_("diagonal", coerce(a))


# --- SymPy -----------------------------------------------------------------------------------


def _sympy_scalar(value: Any) -> Term | None:
    """Load the bridge when the first SymPy object shows up; the converter that it adds comes next."""
    if type(value).__module__.partition(".")[0] == "sympy":
        from lemmata.terms.sympy_bridge import enable_sympy_scalars

        enable_sympy_scalars()
    return None


if _sympy_scalar not in k.coercions:
    k.coercions.append(_sympy_scalar)
