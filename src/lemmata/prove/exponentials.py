"""What commutes with a matrix commutes with its exponential: lemmas for claims with e^A.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A, P : R^{n x n}\\nassume invertible(P)\\nshow P e^A P^{-1} = e^{P A P^{-1}}")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from itertools import product

from lemmata.kernel.poly import Poly, expand, to_term
from lemmata.kernel.term import SCALAR, Term, exp, identity, mul, subterms
from lemmata.prove.algebra import by_ideal
from lemmata.prove.completion import Completion, SearchError
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.hypotheses import collect
from lemmata.terms.forms import equation

__all__ = ["by_intertwining"]

MOST_TRIED = 12


def by_intertwining(draft: Draft, claim: Term) -> Ref | None:
    """The claim by algebra, once A c = c B is established for the exponents A, B that occur."""
    inside = [t for p in (claim, *(f for f, _ in draft.facts)) for t in subterms(p)]
    exponents = list(dict.fromkeys(t.args[0] for t in inside if t.head == "exp" and t.shape != SCALAR))
    if not exponents:
        return None
    exponents += [t for A in exponents if (t := to_term(expand(-A))) not in exponents]
    letters = {t for t in inside if t.head == "symbol" and t.sort == "matrix" and 1 not in t.shape}
    cores = [x for c in sorted(letters, key=repr) for x in (c, c.T)]
    cores += [identity(A.shape[0]) for A in exponents[:1]] + [exp(A) for A in exponents]
    _, polys, _ = collect([expand(t) for t in (*cores, *(exp(A) for A in exponents))], draft)
    system = Completion(polys)
    system.complete(min(0.3, draft.clock()))
    trials = ((A, B, c) for A, B in product(exponents, repeat=2) for c in cores)
    gaps = [
        equation(mul(A, c), mul(c, B))
        for A, B, c in trials
        if c.shape == (A.shape[0], B.shape[0])
        and (gap := expand(A @ c) - expand(c @ B))
        and _vanishes(system, gap)
    ]
    with draft.attempt() as keep:
        new = [by_ideal(draft, gap, 0.2) for gap in gaps[:MOST_TRIED]]
        ref = by_ideal(draft, claim, 1.0) if any(new) else None
        if ref is not None:
            keep()
        return ref


def _vanishes(system: Completion, gap: Poly) -> bool:
    try:
        return not system.reduce(gap)[0]
    except SearchError:
        return False
