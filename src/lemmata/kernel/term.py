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
R^n, shape (n, 1)), ``prop`` (a proposition), ``set`` (a set of scalars or vectors).

Heads
    matrix  symbol number constant dim identity zero literal add mul adjoint inverse pinv power exp
            norm inner trace rank det diff grad limit at call infinity
    space   col row null perp
    prop    eq ne le lt ge gt in subset is and or not implies iff forall exists
    set     set span affine interval empty
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any
from weakref import WeakValueDictionary

__all__ = [
    "INDICES",
    "PREDICATES",
    "Dim",
    "Shape",
    "ShapeError",
    "Term",
    "add",
    "adjoint",
    "at",
    "call",
    "coerce",
    "coercions",
    "constant",
    "diff",
    "dim",
    "equation",
    "exp",
    "from_json",
    "grad",
    "identity",
    "infinity",
    "inverse",
    "is_",
    "limit",
    "literal",
    "make",
    "mul",
    "neg",
    "norm",
    "number",
    "pinv",
    "power",
    "relation",
    "space",
    "substitute",
    "subterms",
    "symbol",
    "symbols_of",
    "to_json",
    "zero",
]  # fmt: skip

Dim = int | str
Shape = tuple[Dim, Dim]
SCALAR: Shape = (1, 1)
INDICES = frozenset("ijklmn")
"""Variables of sequences: they run through 0, 1, 2, ... and nothing is differentiated in them."""
DOMAINS = frozenset({"real", "complex", "positive", "nonnegative", "natural", "time"})
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
        inner = ", ".join(
            ([repr(self.value)] if self.value is not None else []) + [repr(a) for a in self.args]
        )
        return f"{self.head}({inner})"

    # Operators, so that a course file reads like mathematics.
    def __add__(self, other: Any) -> Term:
        return make("add", (*_summands(self), coerce(other)))

    def __radd__(self, other: Any) -> Term:
        return make("add", (*_summands(coerce(other)), self))

    def __neg__(self) -> Term:
        return neg(self)

    def __sub__(self, other: Any) -> Term:
        return make("add", (*_summands(self), neg(coerce(other))))

    def __rsub__(self, other: Any) -> Term:
        return make("add", (*_summands(coerce(other)), neg(self)))

    def __mul__(self, other: Any) -> Term:
        return mul(*_factors(self), *_factors(coerce(other)))

    def __rmul__(self, other: Any) -> Term:
        return mul(*_factors(coerce(other)), *_factors(self))

    __matmul__ = __mul__
    __rmatmul__ = __rmul__

    def __truediv__(self, other: Any) -> Term:
        return mul(self, inverse(coerce(other)))

    def __pow__(self, exponent: Any) -> Term:
        return make("power", (self, coerce(exponent)))

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
    splice = term.head == "mul" and (not term.is_scalar or all(a.is_scalar for a in term.args))
    return term.args if splice else (term,)


def _summands(term: Term) -> tuple[Term, ...]:
    return term.args if term.head == "add" else (term,)


_interned: WeakValueDictionary[tuple[Any, ...], Term] = WeakValueDictionary()


def make(head: str, args: tuple[Term, ...] = (), value: Any = None) -> Term:
    """The one constructor.  Raises ShapeError when shapes or sorts do not fit."""
    # 1 == Fraction(1) == True as dictionary keys, so the type of the payload belongs to the key.
    key = (head, args, type(value), value)
    found = _interned.get(key)
    if found is not None:
        return found
    rule = _RULES.get(head)
    if rule is None:
        raise ShapeError(f"unknown head {head!r}")
    sort, shape = rule(head, args, value)
    term = object.__new__(Term)
    for field, content in (
        ("head", head), ("args", args), ("value", value), ("shape", shape), ("sort", sort)
    ):  # fmt: skip
        object.__setattr__(term, field, content)
    return _interned.setdefault(key, term)


# --- shape rules -----------------------------------------------------------------------------

Rule = Callable[[str, tuple[Term, ...], Any], tuple[str, Shape]]


def _show(shape: Shape) -> str:
    return f"{shape[0]} x {shape[1]}"


def _need(ok: bool, message: str) -> None:
    if not ok:
        raise ShapeError(message)


def _matrices(head: str, args: tuple[Term, ...], count: int | None = None) -> None:
    _need(count is None or len(args) == count, f"{head} takes {count} argument(s), got {len(args)}")
    for arg in args:
        _need(arg.sort == "matrix", f"{head} takes matrices, got a {arg.sort}")


def _square(head: str, arg: Term) -> None:
    _need(arg.shape[0] == arg.shape[1], f"{head} takes a square matrix, got {_show(arg.shape)}")


def _valid_dim(dim: Any) -> bool:
    return (type(dim) is int and dim >= 1) or (type(dim) is str and dim.isidentifier())


def _symbol(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    name, rows, cols, domain, variable = value
    _need(not args and isinstance(name, str) and bool(name), "a symbol needs a name")
    _need(_valid_dim(rows) and _valid_dim(cols), f"bad dimension in {name} : {rows} x {cols}")
    _need(domain in DOMAINS and isinstance(variable, str), f"unknown domain {domain!r} of {name}")
    _need(domain in ("real", "complex") or (rows, cols) == SCALAR, f"{name} is {domain} but no scalar")
    return "matrix", (rows, cols)


def _atom(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    good = {
        "number": lambda: type(value) is Fraction,
        "constant": lambda: value in ("pi", "e", "i"),
        "dim": lambda: _valid_dim(value),
        "infinity": lambda: value is None,
    }[head]()
    _need(not args and good, f"bad {head} {value!r}")
    return "matrix", SCALAR


def _fixed(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    """identity(n) and zero(r, c)."""
    rows, cols = (value, value) if head == "identity" else value
    _need(not args and _valid_dim(rows) and _valid_dim(cols), f"bad {head} {value!r}")
    return "matrix", (rows, cols)


def _literal(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    rows, cols = value
    _matrices(head, args, rows * cols)
    _need(all(a.is_scalar for a in args), "the entries of a matrix are scalars")
    return "matrix", (rows, cols)


def _add(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    _matrices(head, args)
    _need(len(args) >= 2, "a sum has two terms or more")
    for arg in args[1:]:
        _need(
            arg.shape == args[0].shape, f"sum of {_show(args[0].shape)} and {_show(arg.shape)} does not fit"
        )
    return "matrix", args[0].shape


def _mul(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    _matrices(head, args)
    _need(len(args) >= 2, "a product has two factors or more")
    shape = args[0].shape
    for arg in args[1:]:
        if shape[1] == arg.shape[0]:
            shape = (shape[0], arg.shape[1])
        elif SCALAR in (shape, arg.shape):
            shape = arg.shape if shape == SCALAR else shape
        else:
            raise ShapeError(
                f"product of {_show(shape)} and {_show(arg.shape)} does not fit: "
                f"{shape[1]} is not {arg.shape[0]}"
            )
    return "matrix", shape


def _flip(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    """adjoint and pinv."""
    _matrices(head, args, 1)
    return "matrix", (args[0].shape[1], args[0].shape[0])


def _endo(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    """inverse and exp: square to the same shape.  power: the exponent is a scalar."""
    _matrices(head, args, 2 if head == "power" else 1)
    _square(head, args[0])
    _need(head != "power" or args[1].is_scalar, "an exponent is a scalar")
    return "matrix", args[0].shape


def _to_scalar(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    _matrices(head, args, 2 if head == "inner" else 1)
    if head in ("trace", "det"):
        _square(head, args[0])
    if head == "inner":
        _need(
            args[0].shape == args[1].shape,
            f"inner product of {_show(args[0].shape)} and {_show(args[1].shape)}",
        )
    _need(head != "norm" or value in ("2", "F"), f"unknown norm {value!r}")
    return "matrix", SCALAR


def _call(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    _matrices(head, args)
    _need(all(a.is_scalar for a in args), f"{value} takes scalars")
    return "matrix", SCALAR


def _diff(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    """diff: derivative of args[0] in the variable named value; grad: of a scalar in a symbol."""
    _matrices(head, args, 1 if head == "diff" else 2)
    if head == "diff":
        _need(isinstance(value, str) and bool(value), "a derivative names its variable")
        return "matrix", args[0].shape
    _need(args[0].is_scalar, f"the gradient is of a scalar, not of {_show(args[0].shape)}")
    _need(args[1].head == "symbol", "the gradient is taken in a symbol")
    return "matrix", args[1].shape


def _limit(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    """limit(body, symbol, point), value the side: "+", "-" or ""."""
    _matrices(head, args, 3)
    _need(args[1].head == "symbol" and args[2].is_scalar and value in ("", "+", "-"), "bad limit")
    return "matrix", args[0].shape


def _at(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    """at(w, s): the value at s of a symbol that depends on a variable."""
    _matrices(head, args, 2)
    _need(
        args[0].head == "symbol" and bool(args[0].value[4]),
        "only a function of a variable has a value at a point",
    )
    _need(args[1].is_scalar, "the point is a scalar")
    return "matrix", args[0].shape


def _space(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    if head == "perp":
        _need(len(args) == 1 and args[0].sort == "space", "perp takes a subspace")
        return "space", args[0].shape
    _matrices(head, args, 1)
    return "space", (args[0].shape[0 if head == "col" else 1], 1)


def _relation(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    _need(len(args) == 2, f"{head} relates two terms")
    left, right = args
    sorts = {"in": ("space", "set"), "subset": ("space",), "eq": ("matrix", "space", "set")}
    allowed = sorts.get("eq" if head == "ne" else head, ("matrix",))
    fits = right.sort in allowed and left.sort == ("matrix" if head == "in" else right.sort)
    _need(fits, f"{head} cannot relate a {left.sort} and a {right.sort}")
    if right.sort != "set":
        _need(left.shape == right.shape, f"{_show(left.shape)} and {_show(right.shape)} cannot be compared")
    if head in ("le", "lt", "ge", "gt"):
        _square("an order relation", left)
    return "prop", SCALAR


def _predicate(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    _matrices(head, args, 1)
    _need(value in PREDICATES, f"unknown property {value!r}")
    _square(str(value), args[0])
    return "prop", SCALAR


def _logic(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    bound = len(args) - 1 if head in ("forall", "exists") else 0
    _need(all(a.head == "symbol" for a in args[:bound]), f"{head} binds symbols")
    _need(all(a.sort == "prop" for a in args[bound:]), f"{head} takes propositions")
    least = {"not": 1, "and": 2, "or": 2, "implies": 2, "iff": 2}.get(head, 2)
    _need(len(args) >= least, f"{head} takes {least} arguments or more")
    return "prop", SCALAR


def _set(head: str, args: tuple[Term, ...], value: Any) -> tuple[str, Shape]:
    _matrices(head, args)
    for arg in args[1:]:
        _need(arg.shape == args[0].shape, f"a set of {_show(args[0].shape)} and {_show(arg.shape)}")
    return "set", args[0].shape if args else SCALAR


_RULES: dict[str, Rule] = {
    "symbol": _symbol, "number": _atom, "constant": _atom, "dim": _atom, "infinity": _atom,
    "identity": _fixed, "zero": _fixed, "literal": _literal, "add": _add, "mul": _mul,
    "adjoint": _flip, "pinv": _flip, "inverse": _endo, "power": _endo, "exp": _endo,
    "norm": _to_scalar, "inner": _to_scalar, "trace": _to_scalar, "rank": _to_scalar,
    "det": _to_scalar, "call": _call, "diff": _diff, "grad": _diff, "limit": _limit, "at": _at,
    "col": _space, "row": _space, "null": _space, "perp": _space,
    **dict.fromkeys(("eq", "ne", "le", "lt", "ge", "gt", "in", "subset"), _relation),
    "is": _predicate, **dict.fromkeys(("and", "or", "not", "implies", "iff", "forall", "exists"), _logic),
    **dict.fromkeys(("set", "span", "affine", "interval", "empty"), _set),
}  # fmt: skip


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
    return make("power", (base, number(exponent) if isinstance(exponent, int) else exponent))


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


def substitute(term: Term, terms: Mapping[Term, Term], dims: Mapping[str, Dim] | None = None) -> Term:
    """Replace subterms (outermost first) and dimensions at once; shapes are checked again.

    Raises ShapeError when the replacement does not fit.  Bound symbols of forall, exists, limit and
    grad must be renamed apart by the caller; a replacement that captures one is refused.
    """
    dims = dims or {}
    done: dict[Term, Term] = dict(terms)

    def rename(d: Any) -> Any:
        return dims.get(d, d) if isinstance(d, str) else d

    for node in subterms(term):
        if node in done:
            continue
        value = node.value
        if node.head == "symbol" and dims:
            value = (value[0], rename(value[1]), rename(value[2]), *value[3:])
        elif node.head == "identity":
            value = rename(value)
        elif node.head == "zero":
            value = (rename(value[0]), rename(value[1]))
        elif node.head == "dim":
            done[node] = dim(rename(value))
            continue
        bound = {"limit": node.args[1:2], "grad": node.args[1:2]}.get(
            node.head, node.args[:-1] if node.head in ("forall", "exists") else ()
        )
        for b in bound:
            _need(done[b].head == "symbol", f"{b.name} is bound and cannot be replaced by a term")
        done[node] = make(node.head, tuple(done[a] for a in node.args), value)
    return done[term]


# --- JSON ------------------------------------------------------------------------------------


def to_json(term: Term) -> list[Any]:
    """["head", value, arg, ...]; fractions become strings."""
    value = (
        str(term.value)
        if isinstance(term.value, Fraction)
        else list(term.value)
        if isinstance(term.value, tuple)
        else term.value
    )
    return [term.head, value, *(to_json(a) for a in term.args)]


def from_json(data: Any) -> Term:
    """The inverse of to_json; every shape is checked again.  Raises ShapeError on anything else."""
    if not (isinstance(data, list) and len(data) >= 2 and isinstance(data[0], str)):
        raise ShapeError(f"not a term: {str(data)[:60]}")
    head, value = data[0], data[1]
    if head == "number":
        value = Fraction(value)
    elif isinstance(value, list):
        value = tuple(value)
    return make(head, tuple(from_json(a) for a in data[2:]), value)
