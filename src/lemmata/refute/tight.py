"""Hypotheses made equations, so that instances of them can be drawn.

No instance is drawn of u' <= -a u + b or of ||x_{k+1}|| <= q ||x_k|| + b; of u' = -a u + b, or of
x_{k+1} = q x_k + b d with |d| <= 1, it is.  Nor is one of A^T P + P A <= -Q; of A^T P + P A = -Q it is.  What is
refuted under the stronger hypotheses is refuted.

>>> from lemmata.terms.claims import read_claims
>>> from lemmata.terms.show import show
>>> c = read_claims("let a : R(k), q : real\\nassume a_{k+1} <= q a_k\\nshow a_k <= q^k a_0")
>>> [show(s.given[0]) for s in tightened(Statement(c.given, c.shows[0].prop))]
['a_{k + 1} = a_k q', 'a_{k + 1} = a_k q - 1']
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count

from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Poly, Refused, expand, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    add,
    mul,
    number,
    substitute,
    subterms,
    symbol,
    symbols_of,
)
from lemmata.refute.goals import conjuncts
from lemmata.terms.forms import equation, norm, relation

__all__ = ["of_real_data", "tightened", "unused"]


def tightened(statement: Statement) -> Iterator[Statement]:
    """The statement with equations for the inequalities that say how a function goes on; then with slack."""
    taken = {s.name for p in (*statement.given, statement.show) for s in symbols_of(p)}
    said = conjuncts(statement.given)
    units = [unused(f"d_{i}" if i else "d", taken) for i in range(len(said))]
    before = said
    for slack in (0, 1):
        parts = [_tight(prop, slack, unit) for prop, unit in zip(said, units, strict=True)]
        given = tuple(p for part in parts for p in part)
        if given not in (said, before):
            yield Statement(given, statement.show)
        before = given


def unused(name: str, taken: set[str]) -> str:
    """The name, with a number if it is taken."""
    return next(n for n in chain([name], (f"{name}_{i}" for i in count(1))) if n not in taken)


def _tight(prop: Term, slack: int, unit: str) -> list[Term]:
    """What to put in the place of a hypothesis; ``unit`` is the name of a vector of length 1 at most."""
    if prop.head not in ("eq", "le", "ge") or prop.args[0].sort != "matrix":
        return [prop]
    small, large = prop.args if prop.head != "ge" else prop.args[::-1]
    more: list[Term] = []
    if prop.head != "eq" and small.head == "norm":
        d = symbol(unit, *small.args[0].shape, _field(small.args[0]))
        sides = _without_norms(small, large, d)
        if sides is None:
            return [prop]
        more = [relation("le", norm(d, small.value), number(1))] if d in symbols_of(sides[1]) else []
        (small, large), slack = sides, 0  # c ||v|| - 1 may be negative, where no norm is
    elif prop.head != "eq" and small.shape != SCALAR:
        return [equation(small, large) if _couples(small, large) else prop]
    try:
        solved = _alone(expand(small) - expand(large), prop.head, slack)
    except Refused:
        return [prop]
    return [prop] if solved is None else [solved, *more]


def _couples(small: Term, large: Term) -> bool:
    """Whether it is about products of constant matrices, as A^T P + P A <= -Q is: chance seldom meets these."""
    try:
        terms = (expand(large) - expand(small)).terms
    except Refused:
        return False
    letters = [{s for x in word for s in symbols_of(x) if s.shape[0] == s.shape[1] != 1} for _, word in terms]
    still = not any(s.value[4] for s in (*symbols_of(small), *symbols_of(large)))
    return still and any(len(inside) > 1 for inside in letters)


def _field(term: Term) -> str:
    return "complex" if any(s.value[3] == "complex" for s in symbols_of(term)) else "real"


def _without_norms(small: Term, large: Term, d: Term) -> tuple[Term, Term] | None:
    """u and  c v + b d  for  ||u|| <= c ||v|| + b  with b, c >= 0: true if they agree and |d| <= 1."""
    total = []
    for part in large.args if large.head == "add" else (large,):
        factors = part.args if part.head == "mul" else (part,)
        norms = [f for f in factors if f.head == "norm"]
        others = [f for f in factors if f.head != "norm"]
        if len(norms) > 1 or any(sign_of(f, strict=False) != 1 for f in others):
            return None
        if norms and norms[0].args[0].shape != small.args[0].shape:
            return None
        if norms and norms[0].value != small.value and 1 not in small.args[0].shape:
            return None  # ||u||_F <= ||v|| is more than u = v gives
        total.append(mul(*others, norms[0].args[0] if norms else d))
    return small.args[0], add(*total)


def _alone(gap: Poly, head: str, slack: int) -> Term | None:
    """gap = 0 (or <= 0) solved for w', or for x_{k+1}."""
    ahead = [(key, value, x) for key, value in gap.terms.items() for x in _ahead(key)]
    if len(ahead) != 1 or (head == "eq" and any(t.head == "diff" for t in subterms(ahead[0][2]))):
        return None
    ((key, value, x),) = ahead
    if len(key[0]) + len(key[1]) != 1:
        return None
    rest = to_term(Poly(gap.shape, {k: v for k, v in gap.terms.items() if k != key}).scale(-1 / value))
    less = slack and head != "eq" and gap.shape == SCALAR
    return equation(x, (rest - number(slack) if value > 0 else rest + number(slack)) if less else rest)


def _ahead(key: tuple[tuple[tuple[Term, ...], ...], tuple[Term, ...]]) -> list[Term]:
    """The rates and next values that are factors of a monomial by themselves or in words."""
    letters = [x for word in (*key[0], key[1]) for x in word]
    own = [x for x in letters if x.head == "diff" and x.args[0].head == "symbol"]
    return own + [
        x for x in letters if x.head == "at" and x.args[0].value[4] in INDICES and x.args[1].head == "add"
    ]


def of_real_data(statement: Statement) -> Statement:
    """The statement for real matrices, which are complex ones: of these no equation of motion is solved."""
    props = (*statement.given, statement.show)
    real = {s: symbol(s.name, *s.shape, "real", s.value[4])
            for p in props for s in symbols_of(p) if s.value[3] == "complex"}  # fmt: skip
    given = tuple(substitute(p, real) for p in statement.given)
    return Statement(given, substitute(statement.show, real)) if real else statement
