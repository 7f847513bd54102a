"""What holds for all vectors: A = B from A x = B x, M >= 0 from x^T M x >= 0, with a new letter x.

The facts that begin with "for all v" are read at x, and at L x for the matrices L that are there: if
||E v|| <= ||v|| for all v and E E = E, then at v = E^T x they give E^T x = E E^T x.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}
... assume forall v : R^n. A v = 0
... show A = 0''')
>>> prove(Statement(c.given, c.shows[0].prop)).proof["steps"][-1]["rule"]
'vectors'
"""

from __future__ import annotations

from lemmata.kernel.meaning import difference, is_vector_norm
from lemmata.kernel.poly import Refused, to_term
from lemmata.kernel.term import SCALAR, Dim, Term, make, mul, number, substitute, symbol, symbols_of, to_json
from lemmata.prove.algebra import by_ideal, by_squares_sum, combine_all
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.search import establish
from lemmata.terms.forms import equation, relation

__all__ = ["by_vectors", "for_all_vectors", "new_vector"]

MOST_READ = 8
"""Points at which a general fact is read."""


def by_vectors(draft: Draft, claim: Term) -> Ref | None:
    """The claim about matrices from a claim about a new vector, where a fact speaks of all vectors."""
    facts = [(f, ref) for f, ref in draft.facts if _speaks_of_vectors(f)]
    if not facts or claim.sort != "prop" or not claim.args or 1 in claim.args[0].shape:
        return None
    if claim.value == "symmetric":
        A = claim.args[0]
        ref = by_vectors(draft, equation(A.T, A))
        return None if ref is None else by_ideal(draft, claim, 0.3)
    return _directly(draft, claim, facts) or _both_ways(draft, claim, facts) or _mirrored(draft, claim, facts)


def _both_ways(draft: Draft, claim: Term, facts: list[tuple[Term, Ref]]) -> Ref | None:
    """A = B from A <= B and B <= A, where A - B is symmetric: ||A v|| = ||v|| for all v gives A^T A = I."""
    if (
        claim.head != "eq"
        or claim.args[0].sort != "matrix"
        or claim.args[0].shape[0] != claim.args[0].shape[1]
    ):
        return None
    with draft.attempt() as keep:
        refs = [_directly(draft, relation("le", *pair), facts) for pair in (claim.args, claim.args[::-1])]
        if None not in refs:
            keep()
            return draft.add(claim, "logic", of=refs)
    return None


def _directly(draft: Draft, claim: Term, facts: list[tuple[Term, Ref]]) -> Ref | None:
    new = _goal(draft, claim)
    if new is None:
        return None
    x, goal = new
    inner = draft.inner([])
    for fact, ref in facts:
        _read(inner, fact, ref, x)
    if establish(inner, goal) is None:
        return None
    with draft.attempt() as keep:
        general = draft.add(make("forall", (x, goal)), "forall", steps=inner.steps)
        whole = for_all_vectors(draft, claim, general)
        if whole is not None:
            keep()
        return whole


def _speaks_of_vectors(fact: Term) -> bool:
    return (
        fact.head == "forall" and len(fact.args) == 2 and fact.args[0].shape[1] == 1 != fact.args[0].shape[0]
    )


def new_vector(draft: Draft, claim: Term, size: Dim) -> Term:
    """A vector that neither the claim nor any fact names; complex if something in the claim is."""
    names = {s.name for p in (claim, *(f for f, _ in draft.facts)) for s in symbols_of(p)}
    name = next(n for n in ("x", "v", "u", "z", "x'", "x''", "the vector") if n not in names)
    fields = {s.value[3] for s in symbols_of(claim)}
    return symbol(name, size, 1, "complex" if "complex" in fields else "real")


def _goal(draft: Draft, claim: Term) -> tuple[Term, Term] | None:
    """A new vector x, and A x = B x or x^T M x >= 0."""
    if claim.head == "eq" and claim.args[0].sort == "matrix" and 1 not in claim.args[0].shape:
        x = new_vector(draft, claim, claim.args[0].shape[1])
        return x, equation(*(mul(a, x) for a in claim.args))
    if claim.head not in ("le", "ge") and claim.value != "psd":
        return None
    try:
        M = difference(claim)
    except Refused:
        return None
    x = new_vector(draft, claim, M.shape[1])
    return None if M.shape == SCALAR else (x, relation("ge", mul(x.T, to_term(M), x), number(0)))


def _read(inner: Draft, fact: Term, ref: Ref, x: Term) -> None:
    """The fact at x and at L x; norms also by their squares."""
    v, body = fact.args
    letters = {s for f, _ in inner.facts for s in symbols_of(f) if 1 not in s.shape and not s.value[4]}
    near = [x, *(mul(L, x) for s in sorted(letters, key=repr) for L in (s, s.T) if L.shape[1] == x.shape[0])]
    for point in [t for t in near if t.shape == v.shape][:MOST_READ]:
        special = substitute(body, {v: point})
        inner.add(special, "instance", of=ref, terms=[to_json(point)])
        if special.head in ("le", "ge", "eq") and all(map(_is_norm, special.args)):
            a, b = (t.args[0] for t in special.args)
            squares = (mul(a.T, a), mul(b.T, b))
            if special.head == "eq":
                by_ideal(inner, equation(*squares), 0.3)
            else:
                by_squares_sum(inner, relation(special.head, *squares), 0.3)


def _is_norm(t: Term) -> bool:
    return t.head == "norm" and is_vector_norm(t)


def _mirrored(draft: Draft, claim: Term, facts: list[tuple[Term, Ref]]) -> Ref | None:
    """What follows from E^T = E E^T, so that E is symmetric."""
    if claim.head != "eq":
        return None
    letters = {s for s in symbols_of(claim) if s.shape[0] == s.shape[1] != 1 and not s.value[4]}
    for E in sorted(letters, key=repr):
        with draft.attempt() as keep:
            lemma = _directly(draft, equation(E.T, mul(E, E.T)), facts)
            ref = None if lemma is None else by_ideal(draft, claim, 0.5)
            if ref is not None:
                keep()
                return ref
    return None


def for_all_vectors(draft: Draft, claim: Term, general: Ref) -> Ref | None:
    """The kernel's rule: M = 0 from "for all x: M x = 0", M >= 0 from "for all x: x^T M x >= 0"."""
    if claim.head == "eq":
        return draft.add(claim, "vectors", of=general)
    M = difference(claim)
    result = combine_all(draft, [M.adjoint() - M], 0.5)
    if result is None:
        return None
    letters, combinations = write_combinations(result[1])
    return draft.add(claim, "vectors", of=general, uses=result[0], letters=letters, symmetry=combinations[0])
