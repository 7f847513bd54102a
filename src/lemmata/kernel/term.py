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
the table ``_HEADS``, the payloads (``value``) in the table ``_VALUES``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any
from weakref import WeakValueDictionary

__all__ = [
    "DOMAINS", "INDICES", "PREDICATES", "SCALAR", "Dim", "Shape", "ShapeError", "Term", "add",
    "adjoint", "at", "bound_symbols", "call", "coerce", "coercions", "constant", "diff", "dim",
    "equation", "exp", "fraction", "from_json", "grad", "identity", "infinity", "inverse", "is_",
    "limit", "literal", "make", "mul", "neg", "norm", "number", "pinv", "power", "relation", "space",
    "substitute", "subterms", "symbol", "symbols_of", "to_json", "zero",
]  # fmt: skip

Dim = int | str
Shape = tuple[Dim, Dim]
SCALAR: Shape = (1, 1)
DOMAINS = frozenset({"real", "complex", "positive", "nonnegative", "natural", "time"})
INDICES = frozenset("ijklmn")
"""Variables of sequences: they run through 0, 1, 2, ... and nothing is differentiated in them."""
PREDICATES = frozenset(
    {"symmetric", "psd", "spd", "invertible", "orthogonal", "projection", "diagonal", "idempotent"}
)


class ShapeError(ValueError):
    """Shapes or sorts that do not fit.  The message names both sides."""


class Term:
    """One node: ``head``, ``args`` (terms), ``value`` (hashable payload), ``shape``, ``sort``."""

    __slots__ = ("__weakref__", "args", "head", "shape", "sort", "value")
    head: str
    args: tuple[Term, ...]
    value: Any
    shape: Shape
    sort: str

    def __new__(cls, *_: Any) -> Term:
        raise TypeError("terms are built with lemmata.kernel.term.make and its short forms")

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("terms are immutable")

    def __reduce__(self) -> tuple[Any, ...]:
        return make, (self.head, self.args, self.value)

    def __repr__(self) -> str:
        payload = [] if self.value is None else [repr(self.value)]
        return f"{self.head}({', '.join(payload + [repr(a) for a in self.args])})"

    # Operators, so that a course file reads like mathematics.  A sum or product is spliced into another.
    def __add__(self, other: Any) -> Term:
        return make("add", (*_summands(self), coerce(other)))

    def __radd__(self, other: Any) -> Term:
        return coerce(other) + self

    def __neg__(self) -> Term:
        return neg(self)

    def __sub__(self, other: Any) -> Term:
        return self + neg(coerce(other))

    def __rsub__(self, other: Any) -> Term:
        return coerce(other) - self

    def __mul__(self, other: Any) -> Term:
        return mul(*_factors(self), *_factors(coerce(other)))

    def __rmul__(self, other: Any) -> Term:
        return coerce(other) * self

    __matmul__ = __mul__
    __rmatmul__ = __rmul__

    def __truediv__(self, other: Any) -> Term:
        return mul(self, inverse(coerce(other)))

    def __pow__(self, exponent: Any) -> Term:
        return power(self, coerce(exponent))

    @property
    def T(self) -> Term:
        return make("adjoint", (self,))

    @property
    def is_scalar(self) -> bool:
        return self.sort == "matrix" and self.shape == SCALAR

    @property
    def name(self) -> str:
        """The name of a symbol."""
        return str(self.value[0])


coercions: list[Callable[[Any], Term | None]] = []
"""Converters from other libraries' scalars; a front end adds its own (the kernel knows none)."""


def coerce(value: Any) -> Term:
    """A term as it is; an integer or a fraction as a number; anything else by the converters."""
    if isinstance(value, Term):
        return value
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return number(value)
    for convert in coercions:
        term = convert(value)
        if term is not None:
            return term
    raise TypeError(f"{value!r} is no term")


def _factors(term: Term) -> tuple[Term, ...]:
    # A scalar product such as y^T z must stay one factor: spliced in, its halves need not fit.
    splice = term.head == "mul" and (not term.is_scalar or _scalars(term.args))
    return term.args if splice else (term,)


def _summands(term: Term) -> tuple[Term, ...]:
    return term.args if term.head == "add" else (term,)


# --- construction ----------------------------------------------------------------------------

_HEADS: dict[str, tuple[str, int, int, str]] = {
    head: (sort, least, most, of)
    for sort, least, most, of, heads in (
        ("matrix", 0, 0, "", "symbol number constant dim infinity identity zero"),
        ("matrix", 1, 1, "matrix", "adjoint pinv inverse exp norm trace rank det diff"),
        ("matrix", 2, 2, "matrix", "inner power grad at"),
        ("matrix", 3, 3, "matrix", "limit"),
        ("matrix", 2, 10**6, "matrix", "add mul"),
        ("matrix", 0, 10**6, "matrix", "literal call"),
        ("space", 1, 1, "matrix", "col row null"),
        ("space", 1, 1, "space", "perp"),
        ("prop", 2, 2, "", "eq ne le lt ge gt in subset"),
        ("prop", 1, 1, "matrix", "is"),
        ("prop", 1, 1, "prop", "not"),
        ("prop", 2, 2, "prop", "implies iff"),
        ("prop", 2, 10**6, "prop", "and or"),
        ("prop", 2, 10**6, "", "forall exists"),
        ("set", 0, 10**6, "matrix", "set span affine interval empty"),
    )
    for head in heads.split()
}
"""head: its sort, the least and the largest number of arguments, and their sort (empty: see _shape)."""


def _valid_dim(value: Any) -> bool:
    return (type(value) is int and value >= 1) or (type(value) is str and value.isidentifier())


def _valid_symbol(value: Any) -> bool:
    name, rows, cols, domain, variable = value
    fits = domain in ("real", "complex") or (domain in DOMAINS and (rows, cols) == SCALAR)
    texts = isinstance(name, str) and name != "" and isinstance(variable, str)
    return texts and _valid_dim(rows) and _valid_dim(cols) and fits


def _valid_size(value: Any) -> bool:
    return type(value) is tuple and len(value) == 2 and all(map(_valid_dim, value))


_VALUES: dict[str, Callable[[Any], bool]] = {
    "symbol": _valid_symbol,
    "number": lambda value: type(value) is Fraction,
    "constant": lambda value: value in ("pi", "e", "i"),
    "dim": _valid_dim,
    "identity": _valid_dim,
    "zero": _valid_size,
    "literal": lambda value: _valid_size(value) and all(type(d) is int for d in value),
    "norm": lambda value: value in ("2", "F"),
    "diff": lambda value: isinstance(value, str) and value != "",
    "limit": lambda value: value in ("", "+", "-"),
    "call": lambda value: isinstance(value, str) and value != "",
    "interval": lambda value: value is None or isinstance(value, str),
    "is": lambda value: value in PREDICATES,
}
"""What the payload of a head may be; any other head has none."""

_interned: WeakValueDictionary[tuple[Any, ...], Term] = WeakValueDictionary()


def make(head: str, args: tuple[Term, ...] = (), value: Any = None) -> Term:
    """The one constructor.  Raises ShapeError when shapes or sorts do not fit."""
    # 1 == Fraction(1) == True as dictionary keys, so the type of the payload belongs to the key.
    key = (head, args, type(value), value)
    found = _interned.get(key)
    if found is not None:
        return found
    if head not in _HEADS:
        raise ShapeError(f"unknown head {head!r}")
    sort, least, most, of = _HEADS[head]
    _need(least <= len(args) <= most, f"{head} takes {least} arguments, got {len(args)}")
    for arg in args:
        _need(arg.sort == of or not of, f"{head} takes a {of}, got a {arg.sort}")
    good = _VALUES[head](value) if head in _VALUES else value is None
    _need(good, f"bad {head} {value!r}")
    term = object.__new__(Term)
    for name, content in zip(("head", "args", "value", "sort"), (head, args, value, sort), strict=True):
        object.__setattr__(term, name, content)
    object.__setattr__(term, "shape", _shape(head, args, value))
    return _interned.setdefault(key, term)


def _need(ok: bool, message: str) -> None:
    if not ok:
        raise ShapeError(message)


def _show(shape: Shape) -> str:
    return f"{shape[0]} x {shape[1]}"


def _square(what: str, arg: Term) -> Shape:
    _need(arg.shape[0] == arg.shape[1], f"{what} takes a square matrix, got {_show(arg.shape)}")
    return arg.shape


def _shape(head: str, args: tuple[Term, ...], value: Any) -> Shape:
    """The shape of a node whose number of arguments, their sort and payload are right."""
    match head:
        case "symbol":
            return value[1], value[2]
        case "identity":
            return value, value
        case "zero":
            rows, cols = value
            return rows, cols
        case "literal":
            _need(len(args) == value[0] * value[1] and _scalars(args), "a matrix is filled with scalars")
            return value[0], value[1]
        case "add" | "set" | "span" | "affine" | "interval" | "inner":
            for arg in args[1:]:
                what = {"add": "sum", "inner": "inner product"}.get(head, head)
                sides = f"{_show(args[0].shape)} and {_show(arg.shape)}"
                _need(arg.shape == args[0].shape, f"{what} of {sides} does not fit")
            return args[0].shape if args and head != "inner" else SCALAR
        case "mul":
            return _product(args)
        case "adjoint" | "pinv":
            return args[0].shape[1], args[0].shape[0]
        case "inverse" | "exp" | "power":
            _need(_scalars(args[1:]), "an exponent is a scalar")
            return _square(head, args[0])
        case "trace" | "det":
            _square(head, args[0])
        case "call":
            _need(_scalars(args), f"{value} takes scalars")
        case "diff":
            return args[0].shape
        case "grad":
            _need(_scalars(args[:1]), f"the gradient is of a scalar, not of {_show(args[0].shape)}")
            _need(args[1].head == "symbol", "the gradient is taken in a symbol")
            return args[1].shape
        case "limit":
            scalars = args[1].head == "symbol" and _scalars(args[1:])
            _need(scalars, "a limit is taken in a scalar symbol, at a scalar")
            return args[0].shape
        case "at":
            function = args[0].head == "symbol" and args[0].value[4] != ""
            _need(
                function and _scalars(args[1:]),
                "a function of a variable has a value at a scalar, nothing else",
            )
            return args[0].shape
        case "col" | "row" | "null" | "perp":
            return args[0].shape[head in ("row", "null")], 1
        case "eq" | "ne" | "le" | "lt" | "ge" | "gt" | "in" | "subset":
            _relation(head, *args)
        case "is":
            _square(str(value), args[0])
        case "forall" | "exists":
            symbols = all(a.head == "symbol" for a in args[:-1])
            _need(symbols and args[-1].sort == "prop", f"{head} binds symbols in a proposition")
    return SCALAR


def _scalars(args: tuple[Term, ...]) -> bool:
    return all(a.is_scalar for a in args)


def _product(args: tuple[Term, ...]) -> Shape:
    shape = args[0].shape
    for arg in args[1:]:
        if shape[1] == arg.shape[0]:
            shape = (shape[0], arg.shape[1])
        elif SCALAR in (shape, arg.shape):
            shape = arg.shape if shape == SCALAR else shape
        else:
            sides = f"{shape[1]} is not {arg.shape[0]}"
            raise ShapeError(f"product of {_show(shape)} and {_show(arg.shape)} does not fit: {sides}")
    return shape


def _relation(head: str, left: Term, right: Term) -> None:
    sorts = {"in": ("space", "set"), "subset": ("space",), "eq": ("matrix", "space", "set")}
    sorts["ne"] = sorts["eq"]
    fits = right.sort in sorts.get(head, ("matrix",)) and left.sort == (
        "matrix" if head == "in" else right.sort
    )
    _need(fits, f"{head} cannot relate a {left.sort} and a {right.sort}")
    alike = left.shape == right.shape or right.sort == "set"
    _need(alike, f"{_show(left.shape)} and {_show(right.shape)} cannot be compared")
    if head in ("le", "lt", "ge", "gt"):
        _square("an order relation", left)


# --- short forms -----------------------------------------------------------------------------


def symbol(name: str, rows: Dim = 1, cols: Dim = 1, domain: str = "real", of: str = "") -> Term:
    """A declared letter; ``of`` names the variable that it depends on ("t", "k") or is empty."""
    return make("symbol", (), (name, rows, cols, domain, of))


def number(value: int | str | Fraction) -> Term:
    return make("number", (), Fraction(value))


def constant(name: str) -> Term:
    return make("constant", (), name)


def dim(name: Dim) -> Term:
    """A dimension used as a number, as in rank(A) = m."""
    return number(name) if isinstance(name, int) else make("dim", (), name)


def infinity() -> Term:
    return make("infinity")


def identity(n: Dim) -> Term:
    return make("identity", (), n)


def zero(rows: Dim, cols: Dim = 1) -> Term:
    return make("zero", (), (rows, cols))


def literal(rows: list[list[Term]]) -> Term:
    """A matrix written out, row by row."""
    return make("literal", tuple(e for row in rows for e in row), (len(rows), len(rows[0])))


def add(*terms: Term) -> Term:
    return terms[0] if len(terms) == 1 else make("add", terms)


def mul(*factors: Term) -> Term:
    return factors[0] if len(factors) == 1 else make("mul", factors)


def neg(term: Term) -> Term:
    return mul(number(-1), term)


def adjoint(a: Term) -> Term:
    return make("adjoint", (a,))


def inverse(a: Term) -> Term:
    return make("inverse", (a,))


def pinv(a: Term) -> Term:
    return make("pinv", (a,))


def power(base: Term, exponent: Term | int) -> Term:
    return make("power", (base, coerce(exponent)))


def exp(a: Term) -> Term:
    return make("exp", (a,))


def norm(a: Term, kind: str = "2") -> Term:
    return make("norm", (a,), kind)


def call(name: str, *args: Term) -> Term:
    return make("call", args, name)


def diff(a: Term, variable: str = "t") -> Term:
    return make("diff", (a,), variable)


def grad(a: Term, x: Term) -> Term:
    return make("grad", (a, x))


def limit(body: Term, variable: Term, point: Term, side: str = "") -> Term:
    return make("limit", (body, variable, point), side)


def at(function: Term, point: Term) -> Term:
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


# --- traversal -------------------------------------------------------------------------------


def subterms(term: Term) -> Iterator[Term]:
    """Every subterm once, arguments before what contains them."""
    seen: set[Term] = set()
    stack: list[tuple[Term, bool]] = [(term, False)]
    while stack:
        node, done = stack.pop()
        if done:
            yield node
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((a, False) for a in reversed(node.args))


def symbols_of(term: Term) -> list[Term]:
    return [t for t in subterms(term) if t.head == "symbol"]


def bound_symbols(node: Term) -> tuple[Term, ...]:
    """The symbols that a node binds: those of forall and exists, and the variable of limit and grad."""
    if node.head in ("forall", "exists"):
        return node.args[:-1]
    return node.args[1:2] if node.head in ("limit", "grad") else ()


def substitute(term: Term, terms: Mapping[Term, Term], dims: Mapping[str, Dim] | None = None) -> Term:
    """Replace subterms (outermost first) and dimensions at once; shapes are checked again.

    Raises ShapeError when the replacement does not fit or puts a term for a bound symbol.  That a
    replacement holds no symbol which is bound where it is put, the caller must see to.
    """
    renamed = dims or {}
    done: dict[Term, Term] = dict(terms)
    for node in subterms(term):
        if node in done:
            continue
        value = node.value
        if node.head == "symbol":
            value = (value[0], *(renamed.get(d, d) for d in value[1:3]), *value[3:])
        elif node.head == "zero":
            value = tuple(renamed.get(d, d) for d in value)
        elif node.head in ("identity", "dim"):
            value = renamed.get(value, value)
        for b in bound_symbols(node):
            _need(done[b].head == "symbol", f"{b.name} is bound and cannot be replaced by a term")
        args = tuple(done[a] for a in node.args)
        done[node] = dim(value) if node.head == "dim" else make(node.head, args, value)
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
    return make(head, tuple(map(from_json, data[2:])), fraction(value) if head == "number" else value)


def fraction(data: Any) -> Fraction:
    """A fraction written as "3" or "-1/2"; no other spelling, since "1e999999999" would fill the memory."""
    if not (isinstance(data, str) and re.fullmatch("-?[0-9]+(/[1-9][0-9]*)?", data)):
        raise ShapeError(f"not a fraction: {str(data)[:60]}")
    return Fraction(data)
