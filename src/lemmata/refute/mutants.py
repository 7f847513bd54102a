"""Statements that ought to be false: one small change at a time.

If a theorem is worth stating, dropping a transpose, swapping two factors or flipping a sign should
break it.  A mutant that is neither refuted nor provably equivalent shows what was not pinned down.

>>> from lemmata.kernel.term import symbol, mul, pinv
>>> from lemmata.terms.forms import equation
>>> X = symbol("X", "n", "n")
>>> [m.description for m in mutants(equation(pinv(X).T, X))]
['a factor 2', 'a transpose dropped', 'pseudoinverse replaced by transpose']

Only what keeps its shape is a mutant; the hypotheses of an implication stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import ShapeError, Term, add, exp, identity, inverse, make, mul, number
from lemmata.refute.goals import conjuncts
from lemmata.terms.forms import adjoint, is_, neg, norm, power, zero

__all__ = ["Mutant", "mutants", "without_hypothesis"]


@dataclass(frozen=True)
class Mutant:
    """A changed proposition and what was changed."""

    description: str
    prop: Term


_STRONGER = {"psd": "spd", "symmetric": "psd", "idempotent": "projection", "invertible": "orthogonal"}
_STRICT = {"le": "lt", "ge": "gt"}
_REVERSED = {"le": "ge", "ge": "le", "lt": "gt", "gt": "lt"}
_SPACES = {"col": "row", "row": "null", "null": "row"}


def mutants(prop: Term, most: int = 24) -> list[Mutant]:
    """At most ``most`` different mutants of a proposition, those of different kinds first."""
    by_kind: dict[str, list[Mutant]] = {}
    seen = {prop}
    for description, mutant in _changes(prop):
        if mutant not in seen:
            seen.add(mutant)
            by_kind.setdefault(description, []).append(Mutant(description, mutant))
    out: list[Mutant] = []
    rows = list(by_kind.values())
    for depth in range(max(map(len, rows), default=0)):
        out += [row[depth] for row in rows if depth < len(row)]
    return out[:most]


def without_hypothesis(statement: Statement) -> list[tuple[Term, Statement]]:
    """The statement without each of its hypotheses in turn; definitions (symbol = ...) are kept."""
    given = conjuncts(statement.given)
    return [
        (g, Statement(given[:i] + given[i + 1 :], statement.show))
        for i, g in enumerate(given)
        if not (g.head == "eq" and g.args[0].head == "symbol")
    ]


def _changes(t: Term) -> Iterator[tuple[str, Term]]:
    """Every change of the term or of one place inside it."""
    for change in _RULES.get(t.head, ()):
        yield from _shaped(change(t), t)
    for i, a in enumerate(t.args):
        if _frozen(t, i):
            continue
        for description, b in _changes(a):
            try:
                yield description, make(t.head, (*t.args[:i], b, *t.args[i + 1 :]), t.value)
            except ShapeError:
                continue


def _frozen(t: Term, i: int) -> bool:
    """Premises, bound symbols, points of evaluation and the variable of a gradient stay."""
    if t.head == "implies":
        return i == 0
    if t.head in ("forall", "exists"):
        return i < len(t.args) - 1
    return t.head in ("limit", "grad", "at") and i > 0


def _shaped(changes: Iterator[tuple[str, Term]], t: Term) -> Iterator[tuple[str, Term]]:
    while True:
        try:
            description, mutant = next(changes)
        except StopIteration:
            return
        except ShapeError:
            return
        if mutant.sort == t.sort and mutant.shape == t.shape:
            yield description, mutant


def _swap(t: Term) -> Iterator[tuple[str, Term]]:
    for i in range(len(t.args) - 1):
        a, b = t.args[i], t.args[i + 1]
        if a.is_scalar or b.is_scalar or a is b or {a.head, b.head} == {"identity"}:
            continue
        try:
            yield "two factors swapped", mul(*t.args[:i], b, a, *t.args[i + 2 :])
        except ShapeError:
            continue


def _sign_of_factor(t: Term) -> Iterator[tuple[str, Term]]:
    first = t.args[0]
    if first.head == "number" and first.value < 0:
        rest = t.args[1:] if first.value == -1 else (number(-first.value), *t.args[1:])
        yield "a sign flipped", mul(*rest)


def _sign_of_term(t: Term) -> Iterator[tuple[str, Term]]:
    for i, a in enumerate(t.args):
        if i and not (a.head == "mul" and a.args[0].head == "number" and a.args[0].value < 0):
            yield "a sign flipped", add(*t.args[:i], neg(a), *t.args[i + 1 :])


def _term_dropped(t: Term) -> Iterator[tuple[str, Term]]:
    for i in range(len(t.args)):
        yield "a term dropped", add(*t.args[:i], *t.args[i + 1 :])


def _doubled(t: Term) -> Iterator[tuple[str, Term]]:
    left, right = t.args
    if left.sort != "matrix":
        return
    if right.head in ("zero",) or (right.head == "number" and right.value == 0):
        if left.shape == (1, 1):
            yield "a constant added", make("eq", (left, number(1)))
        return
    yield "a factor 2", make("eq", (left, mul(number(2), right)))


def _strict(t: Term) -> Iterator[tuple[str, Term]]:
    if t.head in _STRICT:
        yield "the relation made strict", make(_STRICT[t.head], t.args)


_RULES: dict[str, list[Callable[[Term], Iterator[tuple[str, Term]]]]] = {
    "adjoint": [lambda t: iter([("a transpose dropped", t.args[0])])],
    "pinv": [lambda t: iter([("pseudoinverse replaced by transpose", adjoint(t.args[0]))])],
    "inverse": [lambda t: iter([("an inverse dropped", t.args[0])])],
    "mul": [_swap, _sign_of_factor],
    "add": [_sign_of_term, _term_dropped],
    "identity": [lambda t: iter([("identity replaced by zero", zero(t.value, t.value))])],
    "zero": [lambda t: iter([("zero replaced by identity", identity(t.value[0]))])],
    "exp": [lambda t: iter([("the sign of an exponent flipped", exp(neg(t.args[0])))])],
    "power": [
        lambda t: iter([("the sign of an exponent flipped", inverse(t))]),
        lambda t: iter([("an exponent raised by 1", power(t.args[0], add(t.args[1], number(1))))]),
    ],
    "norm": [lambda t: iter([("another norm", norm(t.args[0], "F"))] if t.args[0].shape[1] != 1 else [])],
    "eq": [_doubled],
    **{
        head: [
            _strict,
            lambda t: iter([("the relation reversed", make(_REVERSED[t.head], t.args))]),
        ]
        for head in _REVERSED
    },
    "subset": [
        lambda t: iter([("the inclusion reversed", make("subset", t.args[::-1]))]),
        lambda t: iter([("the inclusion made an equality", make("eq", t.args))]),
    ],
    **{head: [lambda t: iter([("another subspace", make(_SPACES[t.head], t.args))])] for head in _SPACES},
    "perp": [lambda t: iter([("a complement dropped", t.args[0])])],
    "is": [
        lambda t: iter(
            [("a stronger property", is_(_STRONGER[t.value], t.args[0]))] if t.value in _STRONGER else []
        )
    ],
    "implies": [lambda t: iter([("the converse", make("implies", t.args[::-1]))])],
}
