"""Hypotheses made equations, so that instances of them can be drawn.

No instance is drawn of u' <= -a u + b or of ||x_{k+1}|| <= q ||x_k||; of u' = -a u + b, or of x_{k+1} = q x_k,
it is.  What is refuted under the stronger hypotheses is refuted.

>>> from lemmata.terms.claims import read_claims
>>> from lemmata.terms.show import show
>>> c = read_claims("let a : R(k), q : real\\nassume a_{k+1} <= q a_k\\nshow a_k <= q^k a_0")
>>> [show(s.given[0]) for s in tightened(Statement(c.given, c.shows[0].prop))]
['a_{k + 1} = a_k q', 'a_{k + 1} = a_k q - 1']
"""

from __future__ import annotations

from collections.abc import Iterator

from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Poly, Refused, expand, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import INDICES, SCALAR, Term, mul, number, subterms
from lemmata.terms.forms import equation

__all__ = ["tightened"]


def tightened(statement: Statement) -> Iterator[Statement]:
    """The statement with equations for the inequalities that say how a function goes on; then with slack."""
    for slack in (0, 1):
        given = tuple(_tight(prop, slack) for prop in statement.given)
        if given != statement.given:
            yield Statement(given, statement.show)


def _tight(prop: Term, slack: int) -> Term:
    if prop.head not in ("eq", "le", "ge") or prop.args[0].sort != "matrix":
        return prop
    small, large = prop.args if prop.head != "ge" else prop.args[::-1]
    if prop.head != "eq" and small.head == "norm":
        sides = _without_norms(small, large)
        if sides is None:
            return prop
        small, large = sides
    elif prop.head != "eq" and small.shape != SCALAR:
        return prop
    try:
        solved = _alone(expand(small) - expand(large), prop.head, slack)
    except Refused:
        return prop
    return prop if solved is None else solved


def _without_norms(small: Term, large: Term) -> tuple[Term, Term] | None:
    """u and c v for ||u|| <= c ||v|| with c >= 0."""
    factors = large.args if large.head == "mul" else (large,)
    norms = [f for f in factors if f.head == "norm"]
    others = [f for f in factors if f.head != "norm"]
    if len(norms) != 1 or norms[0].args[0].shape != small.args[0].shape:
        return None
    if any(sign_of(f, strict=False) != 1 for f in others):
        return None
    return small.args[0], mul(*others, norms[0].args[0])


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
