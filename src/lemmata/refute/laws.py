"""Linear laws of motion for hypotheses about rates:  w' = r w + v  and  x_{k+1} = M x_k.

Instances of  d/dt |w|^2 <= 2 c |w|^2  or of  x_{k+1}^T P x_{k+1} <= q x_k^T P x_k,  at all times, are not drawn.
A function with  w' = M w  satisfies the first if  2 u^T M u <= 2 c |u|^2  for all u, and that is a hypothesis
about constants, which is decided (`quantified`).  What is refuted for such functions is refuted.

>>> from lemmata.terms.claims import read_claims
>>> from lemmata.terms.show import show
>>> c = read_claims("let w : R^n(t), c : real; assume d/dt ||w||^2 <= c ||w||^2; show w = 0", semicolons=True)
>>> [show(p) for s in by_laws(Statement(c.given, c.shows[0].prop)) for p in s.given][2:]
['d/dt w = M w', 'forall u : R^n. 2 ((M u)^T u) <= c ||u||^2']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused, expand, to_term
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    add,
    make,
    mul,
    number,
    substitute,
    subterms,
    symbol,
    symbols_of,
)
from lemmata.refute.goals import conjuncts
from lemmata.refute.tight import unused
from lemmata.terms.forms import at, diff, equation

__all__ = ["by_laws"]

Law = Callable[[Term], Term]


def by_laws(statement: Statement) -> Iterator[Statement]:
    """The statement for such functions, if its hypotheses about them are inequalities about rates."""
    given = conjuncts(statement.given)
    rates = [p for p in given if _about_rates(p)]
    functions = {s for p in rates for s in symbols_of(p) if s.value[4]}
    if len(functions) != 1 or any(_moves(p, s) for p in given if p not in rates for s in functions):
        return
    (s,) = functions
    taken = {x.name for p in (*given, statement.show) for x in symbols_of(p)}
    u = symbol(unused("u", taken), *s.shape, s.value[3])
    # That x_k changes its sign from step to step is no help.
    kind = "nonnegative" if s.value[4] in INDICES else "real"
    r, M = symbol(unused("r", taken), domain=kind), symbol(unused("M", taken), s.shape[0], s.shape[0])
    v = symbol(unused("v", taken), *s.shape)
    laws: list[Law] = [lambda x: add(mul(r, x), v), lambda x: mul(M, x)]
    for law in laws[: 1 if s.shape == SCALAR else 2]:
        try:
            about = {p: make("forall", (u, make(p.head, tuple(_along(a, s, law, u) for a in p.args))))
                     for p in rates}  # fmt: skip
        except Refused:
            return
        if any(x.value[4] or x.name == s.value[4] for p in about.values() for x in symbols_of(p)):
            return
        yield Statement((equation(_next(s), law(s)), *(about.get(p, p) for p in given)), statement.show)


def _about_rates(p: Term) -> bool:
    """A relation between scalars that speaks of a rate or of the next value, and is no equation of motion."""
    if (
        p.head not in ("eq", "le", "ge", "lt", "gt")
        or p.args[0].sort != "matrix"
        or p.args[0].shape != SCALAR
    ):
        return False
    ahead = [t for t in subterms(p) if t.head == "diff" or _is_next(t)]
    return bool(ahead) and not (
        p.head == "eq" and any(a in ahead and a.args[0].head == "symbol" for a in p.args)
    )


def _is_next(t: Term) -> bool:
    return t.head == "at" and t.args[0].value[4] in INDICES and t.args[1].head == "add"


def _next(s: Term) -> Term:
    variable = s.value[4]
    if variable not in INDICES:
        return diff(s, variable)
    return at(s, symbol(variable, domain="natural") + number(1))


def _moves(p: Term, s: Term) -> bool:
    """Does the proposition speak of s at other times than 0?"""
    if any(t.head == "at" and t.args[0] is s and t.args[1] is not number(0) for t in subterms(p)):
        return True
    starts = {t: symbol("start", *s.shape) for t in subterms(p) if t.head == "at" and t.args[0] is s}
    return s in symbols_of(substitute(p, starts))


def _along(side: Term, s: Term, law: Law, u: Term) -> Term:
    """The side with u for s, and with what the law says for its rate or its next value."""
    ahead = {diff(s, s.value[4]), *(t for t in subterms(side) if _is_next(t) and t.args[0] is s)}
    index = {t for t in subterms(side) if t.head == "at" and t.args[0] is s and t.args[1].head == "symbol"}
    written = to_term(expand(side)) if any(t.head == "diff" for t in subterms(side)) else side
    moved = substitute(written, {**dict.fromkeys(ahead, law(u)), **dict.fromkeys(index, u)})
    if any(t.head == "at" and t.args[0] is s for t in subterms(moved)):
        raise Refused("a value at another point")
    return substitute(moved, {s: u})
