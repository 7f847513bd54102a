r"""The form of an expression: the same up to the order of summands and of scalar factors, no more.

    -1 + x^2  and  x^2 - 1            the same form
    (A^T)^{-1}  and  A^{-T}           the same form: adjoint and inverse go to the letters
    (x - 1)(x + 1)  and  x^2 - 1      equal, but two forms: nothing is multiplied out or collected

A derivation ends where its last line has the form that was asked for.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lemmata.kernel.term import Term

__all__ = ["same_form", "settled_like"]

Form = tuple[Any, ...]


def same_form(one: Term, two: Term) -> bool:
    """Whether the two are the same up to order, and adjoints and inverses of products."""
    return one.sort == two.sort and one.shape == two.shape and form_of(one) == form_of(two)


def form_of(term: Term) -> Form:
    """A nested tuple; equal for terms of the same form."""
    coefficient, factors = _product(term)
    if len(factors) == 1 and factors[0][0] == "sum" and coefficient != 1:
        return ("product", coefficient, tuple(factors))
    if coefficient == 1 and len(factors) == 1:
        return factors[0]
    return ("product", coefficient, tuple(factors))


def _product(term: Term) -> tuple[Fraction, list[Form]]:
    """The numeric coefficient and the factors; scalar ones sorted before the others, powers written out."""
    head, args = term.head, term.args
    if head == "number":
        return term.value, []
    if head == "mul":
        coefficient = Fraction(1)
        scalars: list[Form] = []
        others: list[Form] = []
        for a in args:
            c, factors = _product(a)
            coefficient *= c
            (scalars if a.is_scalar else others).extend(factors)
        return coefficient, [*sorted(scalars, key=repr), *others]
    if head == "power" and args[1].head == "number" and args[1].value in (2, 3, 4):
        c, factors = _product(args[0])
        n = int(args[1].value)
        if args[0].is_scalar:
            return c**n, sorted(factors * n, key=repr)
        return c**n, factors * n
    if head in ("adjoint", "inverse"):
        return _turned(head, args[0])
    if head == "add":
        return _sum(term)
    return Fraction(1), [(head, term.value, *(form_of(a) for a in args))]


def _turned(head: str, inner: Term) -> tuple[Fraction, list[Form]]:
    """Adjoint or inverse of a product, factor by factor in the other order."""
    c, factors = _product(inner)
    if head == "inverse":
        c = 1 / c if c else c
    if head == "adjoint" and inner.is_scalar:
        return c, factors
    return c, [_one(head, f) for f in reversed(factors)]


def _one(head: str, factor: Form) -> Form:
    if factor[0] == "turned":
        marks = factor[1] ^ {head}
        return ("turned", marks, factor[2]) if marks else factor[2]
    return ("turned", frozenset([head]), factor)


def _sum(term: Term) -> tuple[Fraction, list[Form]]:
    summands: list[tuple[tuple[Form, ...], Fraction]] = []
    stack = [(Fraction(1), term)]
    while stack:
        scale, t = stack.pop()
        if t.head == "add":
            stack += [(scale, a) for a in t.args]
            continue
        if t.head == "mul" and len(t.args) == 2 and t.args[0].head == "number" and t.args[1].head == "add":
            stack.append((scale * t.args[0].value, t.args[1]))
            continue
        c, factors = _product(t)
        if scale * c:
            summands.append((tuple(factors), scale * c))
    parts = sorted(summands, key=repr)
    if not parts:
        return Fraction(0), []
    if len(parts) == 1:
        return Fraction(parts[0][1]), list(parts[0][0])
    return Fraction(1), [("sum", tuple(parts))]


# --- multiplied out ---------------------------------------------------------------------------------------

MOST_SUMMANDS = 300
Monomial = tuple[
    tuple[Form, ...], tuple[Form, ...]
]  # scalar factors in order of name, the others as they stand


def settled_like(term: Term, wanted: Term) -> bool:
    """Whether a term is another one in another order or factored otherwise, with nothing left to collect in it."""
    try:
        mine, right = _expanded(term), _expanded(wanted)
    except OverflowError:
        return False
    return _collected(mine) == _collected(right) and _settled(term)


def _settled(term: Term) -> bool:
    if term.head in ("mul", "power", "adjoint"):
        return all(_settled(a) for a in term.args)
    return term.head != "add" or len(_expanded(term)) == len(_collected(_expanded(term)))


def _collected(summands: list[tuple[Fraction, Monomial]]) -> dict[Monomial, Fraction]:
    found: dict[Monomial, Fraction] = {}
    for c, monomial in summands:
        found[monomial] = found.get(monomial, Fraction(0)) + c
    return {m: c for m, c in found.items() if c}


def _expanded(term: Term) -> list[tuple[Fraction, Monomial]]:
    """The summands of a term multiplied out, not collected.  Raises OverflowError where there are too many."""
    head, args = term.head, term.args
    if head == "number":
        return [(term.value, ((), ()))]
    if head == "identity":
        return [(Fraction(1), ((), ()))]
    if head == "add":
        return [s for a in args for s in _expanded(a)]
    if head == "power" and args[1].head == "number" and args[1].value in (2, 3, 4):
        args, head = (args[0],) * int(args[1].value), "mul"
    if head == "mul":
        made: list[tuple[Fraction, Monomial]] = [(Fraction(1), ((), ()))]
        for a in args:
            factor = _expanded(a)
            if len(made) * len(factor) > MOST_SUMMANDS:
                raise OverflowError
            made = [(c * d, _joined(m, n)) for c, m in made for d, n in factor]
        return made
    if head == "adjoint":
        if args[0].is_scalar:
            return _expanded(args[0])
        turned = [(c, m[0], reversed(m[1])) for c, m in _expanded(args[0])]
        return [(c, (scalars, tuple(_one("adjoint", f) for f in others))) for c, scalars, others in turned]
    coefficient, factors = _product(term)
    if term.is_scalar:
        return [(coefficient, (tuple(sorted(factors, key=repr)), ()))]
    return [(coefficient, ((), tuple(factors)))]


def _joined(one: Monomial, two: Monomial) -> Monomial:
    return tuple(sorted((*one[0], *two[0]), key=repr)), (*one[1], *two[1])
