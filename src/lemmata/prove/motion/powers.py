"""Symbolic powers with a commuting reflexive inverse: A^k X^k X = X = X X^k A^k where A X = X A and X A X = X.

It is the step by which the Drazin inverse is unique (Drazin 1958): where A^{k+1} X = A^k too, X is made of
A^k on either side, and two of them are X = X A Y = Y.  The lemma is proved for all j by induction, since k
may be the fixed index of A, and used at j = k; all else is algebra with the letters A^k and X^k.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A, X, Y : R^{n x n}, k : natural
... assume A^{k+1} X = A^k, X A X = X, A X = X A
... assume A^{k+1} Y = A^k, Y A Y = Y, A Y = Y A
... show X = Y''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Sequence

from lemmata.kernel.poly import Refused
from lemmata.kernel.term import INDICES, SCALAR, Term, make, mul, subterms, symbol, symbols_of, to_json
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.motion.induction import by_induction
from lemmata.terms.forms import equation, power

__all__ = ["by_powers_of_inverses"]

MOST_LETTERS = 4
MOST_EXPONENTS = 2
SECONDS = 0.2


def by_powers_of_inverses(draft: Draft, claim: Term) -> Ref | None:
    """An equation by algebra, once the powers of commuting reflexive inverses are at hand."""
    if claim.head not in ("eq", "subset", "in") or draft.inducting:
        return None
    props = [claim, *(fact for fact, _ in draft.facts)]
    inside = [t for p in props for t in subterms(p) if t.head == "power" and t.shape != SCALAR]
    exponents = {
        s for t in inside for s in symbols_of(t.args[1]) if s.value[3] == "natural" and not s.value[4]
    }
    letters = sorted(
        {s for p in props for s in symbols_of(p) if s.shape != SCALAR and not s.value[4]}, key=repr
    )
    pairs = [
        (A, X)
        for A in letters
        for X in letters
        if A is not X and A.shape == X.shape and any(A in symbols_of(t.args[0]) for t in inside)
    ]
    if not 0 < len(exponents) <= MOST_EXPONENTS or len(letters) > MOST_LETTERS:
        return None
    places = sorted(exponents, key=repr)
    with draft.attempt() as keep:
        found = [lemma for A, X in pairs if (lemma := _unrolled(draft, A, X, places)) is not None]
        ref = by_ideal(draft, claim, 1.0) if found else None
        if ref is not None:
            keep()
        return ref


def _unrolled(draft: Draft, A: Term, X: Term, places: Sequence[Term]) -> Ref | None:
    """A^k X^k X = X = X X^k A^k, at these k, as instances of the same for all j."""
    names = (
        INDICES
        - {s.name for fact, _ in draft.facts for s in symbols_of(fact)}
        - {"n", "m", *(k.name for k in places)}
    )
    known = [fact for fact, _ in draft.facts if {A, X} <= set(symbols_of(fact))]
    if not names or not known:
        return None
    j = symbol(min(names), domain="natural")
    with draft.attempt() as keep:
        reflexive = by_ideal(draft, equation(mul(X, A, X), X), SECONDS)
        commuting = by_ideal(draft, equation(mul(A, X), mul(X, A)), SECONDS) if reflexive else None
        if commuting is None:
            return None
        general = _both(A, X, j)
        inner = draft.inner([])
        try:
            if by_induction(inner, general) is None:
                return None
        except Refused:
            return None
        keep()
        ref = draft.add(make("forall", (j, general)), "forall", steps=inner.steps)
        for k in places:
            special = _both(A, X, k)
            whole = draft.add(special, "instance", of=ref, terms=[to_json(k)])
            for part in special.args:
                draft.add(part, "logic", of=[whole])
        return ref


def _both(A: Term, X: Term, k: Term) -> Term:
    sides = mul(power(A, k), power(X, k), X), mul(X, power(X, k), power(A, k))
    return make("and", tuple(equation(side, X) for side in sides))
