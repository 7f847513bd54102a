"""General facts put to use: "for all v, f(w) <= f(v)" is read at the minimiser of f.

The gradient of a quadratic f is H v - b; its zero H^+ b (A^+ y for least squares) is the point at which
the general fact says most, and w is compared with it.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, y : R^m, w : R^n
... assume forall v : R^n. ||A w - y|| <= ||A v - y||
... show A^T A w = A^T y''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from lemmata.kernel.poly import Poly, Refused, expand, star, to_term
from lemmata.kernel.term import SCALAR, Term, inverse, mul, pinv, substitute, subterms, symbols_of, to_json
from lemmata.prove.draft import Draft, Ref
from lemmata.terms.forms import equation, grad, is_

__all__ = ["at_vector", "use_general_facts"]

MOST_INSTANCES = 6


def use_general_facts(draft: Draft, goal: Term) -> None:
    """Add instances of the facts that begin with "for all", and what follows from them at once."""
    for fact, ref in draft.facts:
        if fact.head == "and":
            for part in fact.args:
                if part.head == "forall" and draft.find(part) is None:
                    draft.add(part, "logic", of=[ref])
    for fact, ref in draft.facts:
        if fact.head == "forall" and len(fact.args) == 2:
            v, body = fact.args
            for t in _candidates(draft, v, body, goal)[:MOST_INSTANCES]:
                at_vector(draft, ref, v, body, t)


def at_vector(draft: Draft, ref: Ref, v: Term, body: Term, t: Term) -> None:
    """The general fact "for all v, body" at the vector t, and what follows from it at once."""
    from lemmata.prove.search import establish, obligations

    special = substitute(body, {v: t})
    if draft.find(special) is not None or obligations(draft, [special]):
        return
    instance = draft.add(special, "instance", of=ref, terms=[to_json(t)])
    for part in _parts(special):
        known = instance if part is special else draft.add(part, "logic", of=[instance])
        if part.head == "implies":
            premise = establish(draft, part.args[0])
            if premise is not None:
                draft.add(part.args[1], "logic", of=[known, premise])
    _compare(draft, v, body, t)


def _parts(prop: Term) -> tuple[Term, ...]:
    return prop.args if prop.head == "and" else (prop,)


def _compare(draft: Draft, v: Term, body: Term, t: Term) -> None:
    """w = t, or A w = A t, for the vectors w that are said to be as good as any."""
    from lemmata.prove.cancellation import by_cancellation

    letters = [s for s in symbols_of(body) if s.shape == v.shape and s is not v and s not in symbols_of(t)]
    matrices = [s for s in symbols_of(body) if s.shape[1] == v.shape[0] and s.shape != SCALAR]
    for w in letters:
        claims = [equation(w, t), *(equation(mul(A, w), mul(A, t)) for A in matrices)]
        for claim in claims:
            with draft.attempt() as keep:
                if by_cancellation(draft, claim, 0.5) is not None:
                    keep()
                    break


def _candidates(draft: Draft, v: Term, body: Term, goal: Term) -> list[Term]:
    """The minimiser of the side that holds v, and vectors of the goal."""
    found = []
    premises = [part.args[0] if part.head == "implies" else part for part in _parts(body)]
    for premise in premises:
        for side in premise.args if premise.head in ("le", "ge", "lt", "gt") else ():
            if v in symbols_of(side):
                found += _stationary(draft, v, side**2 if side.head == "norm" else side)
    found += [t for t in subterms(goal) if t.sort == "matrix" and t.shape == v.shape and t.head != "number"]
    return list(dict.fromkeys(t for t in found if v not in symbols_of(t)))


def _stationary(draft: Draft, v: Term, f: Term) -> list[Term]:
    from lemmata.prove.search import establish

    try:
        gradient = expand(grad(f, v))
    except Refused:
        return []
    linear, rest = Poly((v.shape[0], v.shape[0]), {}), Poly(v.shape, {})
    for (scalars, word), value in gradient.terms.items():
        if word and word[-1] is v:
            linear = linear + Poly(linear.shape, {(scalars, word[:-1]): value})
        else:
            rest = rest + Poly(rest.shape, {(scalars, word): -value})
    H, b = to_term(linear), to_term(rest)
    halves = _least_squares(linear, rest)
    if halves is not None:
        return [halves]
    if establish(draft, is_("invertible", H)) is not None:
        return [mul(inverse(H), b)]
    return [mul(pinv(H), b)]


def _least_squares(H: Poly, b: Poly) -> Term | None:
    """A^+ y, if H = c A^T A and b = c A^T y."""
    if len(H.terms) != 1:
        return None
    (((scalars, word), c),) = H.terms.items()
    if scalars or len(word) != 2 or word[0] is not star(word[1]):
        return None
    A = word[1]
    starts = all(w and w[0] is word[0] for _, w in b.terms)
    y = (
        Poly((A.shape[0], 1), {(s, w[1:]): value / c for (s, w), value in b.terms.items()})
        if starts
        else None
    )
    return None if y is None else mul(pinv(A), to_term(y))
