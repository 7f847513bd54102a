"""Terms: the language in which every statement, answer and certificate is written.

A term is an immutable, interned tree: two terms with the same structure are the *same object*, so
``is`` is structural equality.  Building a term checks its shape at once and never simplifies.

>>> X = symbol("X", "m", "n")
>>> mul(X, pinv(X), X).shape
('m', 'n')
>>> try: mul(X, X)
... except ShapeError as error: print(error)
product of m x n and m x n does not fit: n is not m

A dimension is a positive integer or the name of one ("m").  A scalar is a term of shape (1, 1), a
vector one of shape (n, 1).  Sorts: ``matrix`` (scalars and vectors too), ``space`` (a subspace of
R^n, shape (n, 1)), ``prop`` (a proposition), ``set`` (a set of scalars or vectors).  The heads are in
the table ``_HEADS``, the payloads (``value``) in the table ``_VALUES``.  More short forms than the
kernel needs are in lemmata.terms.forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any
from weakref import WeakValueDictionary

__all__ = [
    "INDICES", "SCALAR", "Dim", "Refused", "Shape", "ShapeError", "Term", "add", "coerce", "coercions", "dim", "exp",
    "fraction", "from_json", "identity", "inverse", "make", "mul", "number", "pinv", "product_shape",
    "substitute", "subterms", "symbol", "symbols_of", "to_json",
]  # fmt: skip

Dim = int | str
Shape = tuple[Dim, Dim]
SCALAR: Shape = (1, 1)
DOMAINS = frozenset({"real", "complex", "positive", "nonnegative", "natural", "time"})
INDICES = frozenset("ijklmn")
"""Variables of sequences: they run through 0, 1, 2, ... and nothing is differentiated in them."""
PREDICATES = ("symmetric", "psd", "spd", "invertible", "orthogonal", "projection", "diagonal", "idempotent")


class Refused(ValueError):
    """What the kernel does not accept: a term, a rule, a certificate.  The message says why."""


class ShapeError(Refused):
    """Shapes or sorts that do not fit.  The message names both sides."""


class Term:
    """One node: ``head``, ``args`` (terms), ``value`` (hashable payload), ``shape``, ``sort``."""

    __slots__ = ("__weakref__", "args", "head", "shape", "sort", "value")
    head: str
    args: tuple[Term, ...]
    value: Any
    shape: Shape
    sort: str

    def __new__(cls, head: str, args: tuple[Term, ...] = (), value: Any = None) -> Term:
        """The one constructor.  Raises ShapeError when shapes or sorts do not fit."""
        # 1 == Fraction(1) == True as dictionary keys, so the type of the payload belongs to the key.
        key = (head, args, type(value), value)
        if (found := _interned.get(key)) is not None:
            return found
        shape = _shape(head, args, value)
        term = object.__new__(cls)
        fields = {"head": head, "args": args, "value": value, "shape": shape, "sort": _HEADS[head][-1]}
        for name, content in fields.items():
            object.__setattr__(term, name, content)
        return _interned.setdefault(key, term)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("terms are immutable")

    def __reduce__(self) -> tuple[Any, ...]:
        return Term, (self.head, self.args, self.value)

    def __repr__(self) -> str:
        payload = () if self.value is None else (self.value,)
        return f"{self.head}({', '.join(map(repr, payload + self.args))})"

    # Operators, so that a course file reads like mathematics.  A sum or product is spliced into another.
    def __add__(self, other: Any) -> Term:
        return add(*(self.args if self.head == "add" else (self,)), coerce(other))

    def __radd__(self, other: Any) -> Term:
        return coerce(other) + self

    def __neg__(self) -> Term:
        return mul(number(-1), self)

    def __sub__(self, other: Any) -> Term:
        return self + -coerce(other)

    def __rsub__(self, other: Any) -> Term:
        return coerce(other) - self

    def __mul__(self, other: Any) -> Term:
        return mul(*_factors(self), *_factors(coerce(other)))

    def __rmul__(self, other: Any) -> Term:
        return coerce(other) * self

    __matmul__, __rmatmul__ = __mul__, __rmul__

    def __truediv__(self, other: Any) -> Term:
        return mul(self, inverse(coerce(other)))

    def __pow__(self, exponent: Any) -> Term:
        return Term("power", (self, coerce(exponent)))

    @property
    def T(self) -> Term:
        return Term("adjoint", (self,))

    @property
    def is_scalar(self) -> bool:
        return self.sort == "matrix" and self.shape == SCALAR

    @property
    def name(self) -> str:
        """The name of a symbol."""
        return str(self.value[0])


make = Term
_interned: WeakValueDictionary[tuple[Any, ...], Term] = WeakValueDictionary()
coercions: list[Callable[[Any], Term | None]] = []
"""Converters from other libraries' scalars; a front end adds its own (the kernel knows none)."""


def coerce(value: Any) -> Term:
    """A term as it is; an integer or a fraction as a number; anything else by the converters."""
    if isinstance(value, Term):
        return value
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return number(value)
    for convert in coercions:
        if (term := convert(value)) is not None:
            return term
    raise TypeError(f"{value!r} is no term")


def _factors(term: Term) -> tuple[Term, ...]:
    # A scalar product such as y^T z must stay one factor: spliced in, its halves need not fit.
    splice = term.head == "mul" and (not term.is_scalar or all(a.is_scalar for a in term.args))
    return term.args if splice else (term,)


# --- shapes ----------------------------------------------------------------------------------

_HEADS: dict[str, tuple[str, str, str]] = {
    head: (takes, shape, sort)
    for heads, takes, shape, sort in (
        ("symbol number constant dim infinity identity zero", "", "11", "matrix"),
        ("adjoint pinv", "mn", "nm", "matrix"),
        ("inverse exp adjugate", "nn", "nn", "matrix"),
        ("trace det", "nn", "11", "matrix"),
        ("norm rank", "mn", "11", "matrix"),
        ("diff", "mn", "mn", "matrix"),
        ("inner", "mn mn", "11", "matrix"),
        ("power", "nn 11", "nn", "matrix"),
        ("grad", "11 symbol:mn", "mn", "matrix"),
        ("at", "symbol:mn 11", "mn", "matrix"),
        ("limit", "mn symbol:11 11", "mn", "matrix"),
        ("add", "mn mn mn*", "mn", "matrix"),
        ("mul", "?? ?? ??*", "11", "matrix"),
        ("literal call", "11*", "11", "matrix"),
        ("col", "mn", "m1", "space"),
        ("row null", "mn", "n1", "space"),
        ("perp", "space:mn", "mn", "space"),
        ("eq ne", "mn mn | space:mn space:mn | set:?? set:??", "11", "prop"),
        ("le lt ge gt", "nn nn", "11", "prop"),
        ("in", "mn space:mn | ?? set:??", "11", "prop"),
        ("subset", "space:mn space:mn", "11", "prop"),
        ("is", "nn", "11", "prop"),
        ("not", "prop:11", "11", "prop"),
        ("implies iff", "prop:11 prop:11", "11", "prop"),
        ("and or", "prop:11 prop:11 prop:11*", "11", "prop"),
        ("forall exists", "symbol:?? symbol:??* prop:11", "11", "prop"),
        ("set span affine interval empty", "mn*", "mn", "set"),
    )
    for head in heads.split()
}
"""head: what it takes (a matrix where no sort is said, ? any size, * any number), its shape and sort."""


def _is_dim(value: Any) -> bool:
    return (type(value) is int and value >= 1) or (type(value) is str and value.isidentifier())


def _is_size(value: Any) -> bool:
    return type(value) is tuple and len(value) == 2 and all(map(_is_dim, value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _is_symbol(value: Any) -> bool:
    name, rows, cols, domain, variable = value
    fits = domain in ("real", "complex") or (domain in DOMAINS and (rows, cols) == SCALAR)
    return _is_text(name) and isinstance(variable, str) and _is_size((rows, cols)) and fits


_VALUES: dict[str, Callable[[Any], bool]] = {
    "symbol": _is_symbol,
    "number": lambda value: type(value) is Fraction,
    "constant": lambda value: value in ("pi", "e", "i"),
    "dim": _is_dim,
    "identity": _is_dim,
    "zero": _is_size,
    "literal": lambda value: _is_size(value) and all(type(d) is int for d in value),
    "norm": lambda value: value in ("2", "F"),
    "diff": _is_text,
    "limit": lambda value: value in ("", "+", "-"),
    "call": _is_text,
    "interval": lambda value: value is None or isinstance(value, str),
    "is": lambda value: value in PREDICATES,
}
"""What the payload of a head may be; any other head has none."""


def _show(shape: Shape) -> str:
    return f"{shape[0]} x {shape[1]}"


def _need(ok: bool, message: str, *args: Term) -> None:
    if not ok:
        raise ShapeError(message + ", ".join(f"{_show(a.shape)} ({a.sort})" for a in args))


def _shape(head: str, args: tuple[Term, ...], value: Any) -> Shape:
    """The shape of a node.  Raises ShapeError unless its arguments and its payload fit."""
    _need(head in _HEADS, f"unknown head {head!r}")
    _need(_VALUES[head](value) if head in _VALUES else value is None, f"bad {head} {value!r}")
    takes, shape, _ = _HEADS[head]
    fits = [sizes for option in takes.split("|") if (sizes := _sizes(option.split(), args))]
    _need(fits != [], f"{head} takes {takes}, got ", *args)
    match head:
        case "symbol":
            return value[1], value[2]
        case "identity":
            return value, value
        case "zero" | "literal":
            _need(head == "zero" or len(args) == value[0] * value[1], f"{_show(value)} entries are needed")
            return value[0], value[1]
        case "mul":
            return reduce(product_shape, (a.shape for a in args))
        case "at":
            _need(args[0].value[4] != "", "only a function of a variable has a value at a scalar")
    return fits[0].get(shape[0], 1), fits[0].get(shape[1], 1)


def _sizes(takes: list[str], args: tuple[Term, ...]) -> dict[str, Dim]:
    """What the letters of a row of the table stand for; nothing if an argument does not fit."""
    spare = len(args) - len(takes) + 1
    takes = [t.rstrip("*") for token in takes for t in [token] * (spare if token.endswith("*") else 1)]
    sizes: dict[str, Dim] = {"1": 1}
    fits = len(takes) == len(args)
    for token, arg in zip(takes, args, strict=False):
        sort, _, shape = token.rpartition(":")
        fits = fits and (arg.head if sort == "symbol" else arg.sort) == (sort or "matrix")
        for letter, size in zip(shape, arg.shape, strict=True):
            fits = fits and (letter == "?" or sizes.setdefault(letter, size) == size)
    return sizes if fits else {}


def product_shape(a: Shape, b: Shape) -> Shape:
    """The shape of a product; a scalar fits everything."""
    if a[1] == b[0]:
        return a[0], b[1]
    _need(SCALAR in (a, b), f"product of {_show(a)} and {_show(b)} does not fit: {a[1]} is not {b[0]}")
    return b if a == SCALAR else a


# --- short forms -----------------------------------------------------------------------------


def symbol(name: str, rows: Dim = 1, cols: Dim = 1, domain: str = "real", of: str = "") -> Term:
    """A declared letter; ``of`` names the variable that it depends on ("t", "k") or is empty."""
    return Term("symbol", (), (name, rows, cols, domain, of))


def number(value: int | str | Fraction) -> Term:
    return Term("number", (), Fraction(value))


def dim(name: Dim) -> Term:
    """A dimension used as a number, as in rank(A) = m."""
    return number(name) if isinstance(name, int) else Term("dim", (), name)


def identity(n: Dim) -> Term:
    return Term("identity", (), n)


def add(*terms: Term) -> Term:
    return terms[0] if len(terms) == 1 else Term("add", terms)


def mul(*factors: Term) -> Term:
    return factors[0] if len(factors) == 1 else Term("mul", factors)


def inverse(a: Term) -> Term:
    return Term("inverse", (a,))


def pinv(a: Term) -> Term:
    return Term("pinv", (a,))


def exp(a: Term) -> Term:
    return Term("exp", (a,))


# --- traversal -------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 12)
def subterms(term: Term) -> tuple[Term, ...]:
    """Every subterm once, arguments before what contains them."""
    return tuple(dict.fromkeys((*(t for a in term.args for t in subterms(a)), term)))


def symbols_of(term: Term) -> list[Term]:
    return [t for t in subterms(term) if t.head == "symbol"]


def substitute(term: Term, terms: Mapping[Term, Term], dims: Mapping[str, Dim] | None = None) -> Term:
    """Replace subterms (outermost first) and dimensions at once; shapes are checked again.

    Raises ShapeError when the replacement does not fit or puts a term for a bound symbol.  That a
    replacement holds no symbol which is bound where it is put, the caller must see to.
    """
    # A name only: that 1 is called n would make matrices of scalars.
    names = {name: d for name, d in (dims or {}).items() if isinstance(name, str)}
    done = dict(terms)
    for node in subterms(term):
        value = node.value
        if node.head == "symbol":
            value = (value[0], *(names.get(d, d) for d in value[1:3]), *value[3:])
        elif node.head == "zero":
            value = tuple(names.get(d, d) for d in value)
        elif node.head in ("identity", "dim"):
            value = names.get(value, value)
        if node not in done:
            args = tuple(done[a] for a in node.args)
            done[node] = dim(value) if node.head == "dim" else Term(node.head, args, value)
    return done[term]


# --- JSON ------------------------------------------------------------------------------------


def to_json(term: Term) -> list[Any]:
    """["head", value, arg, ...]; fractions become strings."""
    value = str(term.value) if isinstance(term.value, Fraction) else term.value
    return [term.head, list(value) if isinstance(value, tuple) else value, *map(to_json, term.args)]


def from_json(data: Any) -> Term:
    """The inverse of to_json; every shape is checked again.  Raises ShapeError on anything else."""
    if not (isinstance(data, list) and len(data) >= 2 and isinstance(data[0], str)):
        raise ShapeError(f"not a term: {str(data)[:60]}")
    head, value = data[0], tuple(data[1]) if isinstance(data[1], list) else data[1]
    return Term(head, tuple(map(from_json, data[2:])), fraction(value) if head == "number" else value)


def fraction(data: Any) -> Fraction:
    """A fraction written as "3" or "-1/2"; no other spelling, since "1e999999999" would fill the memory."""
    if not (isinstance(data, str) and re.fullmatch("-?[0-9]+(/[1-9][0-9]*)?", data)):
        raise ShapeError(f"not a fraction: {str(data)[:60]}")
    return Fraction(data)
