"""Implications that hold for all vectors, as equations between matrices.

"For all x, M x = 0 gives N x = 0" says that N (I - M^+ M) = 0.  With several premises the solutions are
x = T u: T begins with A for a premise x in Col(A), with I otherwise, and each premise M x = 0 turns T into
T (I - (M T)^+ M T).  Then N T u = 0 for all u, so that N T = 0.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{n x n}\\nassume forall x : R^n. A^2 x = 0 ==> A x = 0\\nshow rank(A^2) = rank(A)")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import Poly, Refused, expand, to_term
from lemmata.kernel.term import (
    SCALAR,
    Term,
    identity,
    make,
    mul,
    pinv,
    substitute,
    subterms,
    symbols_of,
    to_json,
)
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.minima.quadratics import fresh
from lemmata.terms.forms import equation, zero

__all__ = ["use_linear_implications"]

SECONDS = 0.5
MOST_FACTS = 3


def use_linear_implications(draft: Draft) -> None:
    """Add N T = 0 for every known "for all x, P(x) implies Q(x)" with linear P and Q."""
    found = [(f, ref) for f, ref in draft.facts if f.head == "forall" and len(f.args) == 2]
    for fact, ref in found[:MOST_FACTS]:
        x, body = fact.args
        if body.head != "implies" or x.shape[1] != 1 or x.shape == SCALAR:
            continue
        T, goals = _solutions(x, body.args[0]), _matrices(x, body.args[1])
        if T is None or not goals or len(goals) > 1:
            continue
        with draft.attempt() as keep:
            if _conclude(draft, ref, x, body, T, goals[0]) is not None:
                keep()


def _matrices(x: Term, prop: Term) -> list[Poly] | None:
    """The M of the equations M x = 0 that a proposition is; None if it is something else."""
    try:
        found = [_matrix(x, z) for z in zeros(prop) if z]
    except Refused:
        return None
    known = [M for M in found if M is not None]
    return known if len(known) == len(found) else None


def _matrix(x: Term, poly: Poly) -> Poly | None:
    terms = {}
    for (scalars, word), value in poly.terms.items():
        inside = [t for w in (*scalars, word[:-1]) for y in w for t in subterms(y)]
        if not word or word[-1] is not x or x in inside:
            return None
        terms[scalars, word[:-1]] = value
    return Poly((poly.shape[0], x.shape[0]), terms)


def _solutions(x: Term, premise: Term) -> Term | None:
    """T with the solutions T u."""
    parts = premise.args if premise.head == "and" else (premise,)
    ranges = [p for p in parts if p.head == "in" and p.args[0] is x and p.args[1].head == "col"]
    T = ranges[0].args[1].args[0] if ranges else identity(x.shape[0])
    for part in parts:
        matrices = _matrices(x, part) if part not in ranges[:1] else []
        if matrices is None:
            return None
        for M in matrices:
            start = to_term(M * expand(T))
            rest = identity(T.shape[1]) - mul(pinv(start), start)
            T = rest if T.head == "identity" else mul(T, rest)
    return None if T.head == "identity" or x in subterms(T) else T


def _conclude(draft: Draft, ref: Ref, x: Term, body: Term, T: Term, N: Poly) -> Ref | None:
    """N T = 0, from N T u = 0 for a letter u."""
    names = {s.name for fact, _ in draft.facts for s in symbols_of(fact)}
    u = fresh("u", names, (T.shape[1], 1), x.value[3])
    special = substitute(body, {x: mul(T, u)})
    claim = equation(to_term(N * expand(T)), zero(N.shape[0], T.shape[1]))
    if draft.find(claim) is not None or u.shape == SCALAR or not N * expand(T):
        return None
    inner = draft.inner([])
    at = inner.add(special, "instance", of=_inside(draft, ref), terms=[to_json(mul(T, u))])
    premise, conclusion = special.args
    parts = premise.args if premise.head == "and" else (premise,)
    refs = [by_ideal(inner, part, SECONDS) for part in parts]
    if None in refs:
        return None
    known = inner.add(premise, "logic", of=refs) if premise.head == "and" else refs[0]
    inner.add(conclusion, "logic", of=[at, known])
    general = draft.add(make("forall", (u, conclusion)), "forall", steps=inner.steps)
    return draft.add(claim, "vectors", of=general)


def _inside(draft: Draft, ref: Ref) -> Ref:
    """The reference as a sub-proof makes it."""
    return ref if ref[0] == "given" else ["given", len(draft.given) + ref[1]]
