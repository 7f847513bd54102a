"""The rank of a sum of two idempotents: rank(E + F) = rank(F) + rank((I - F) E (I - F)).

For 2 I - E has the inverse (I + E) / 2, and (E + F) (2 I - E) = 2 F + (I - F) E is block triangular: F times it
is 2 F, and it times I - F is (I - F) E (I - F).  A claim about such a sum is one about what is left of it.

>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.prove.search import prove
>>> from lemmata.prove.standard import standard
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let E, F : R^{n x n}
... assume idempotent(E), idempotent(F)
... show rank(E + F) = rank([E F; F 0]) - rank(F)''')
>>> prove(standard(Statement(c.given, c.shows[0].prop))).theorem is not None
True

(Tian and Styan, *Rank equalities for idempotent and involutory matrices*, 2001.)
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from lemmata.kernel.poly import expand, to_term
from lemmata.kernel.term import Term, identity, substitute, subterms
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.rank.elimination import by_elimination, idempotents
from lemmata.prove.rank.facts import rank
from lemmata.prove.rank.pool import multiple
from lemmata.prove.rank.sums import by_rank_facts
from lemmata.terms.forms import equation

__all__ = ["by_idempotent_sums"]

SECONDS = 0.5


def by_idempotent_sums(draft: Draft, claim: Term) -> Ref | None:
    """An equation between ranks, with what is left of one sum of two idempotents in place of the sum."""
    if claim.head != "eq":
        return None
    for X, E, F in _sums(draft, claim):
        N = identity(E.shape[0]) - F
        rest = rank(F) + rank(to_term(expand(N) * expand(E) * expand(N)))
        simpler = substitute(claim, {rank(X): rest})
        with draft.attempt() as keep:
            known = expand(simpler.args[0]) == expand(simpler.args[1])
            if not (known or by_rank_facts(draft, simpler) or by_elimination(draft, simpler)):
                continue
            if _split(draft, X, E, F, equation(rank(X), rest)) is None:
                continue
            ref = draft.find(claim) or by_ideal(draft, claim, SECONDS)
            if ref is not None:
                keep()
                return ref
    return None


def _sums(draft: Draft, claim: Term) -> Iterator[tuple[Term, Term, Term]]:
    """X = E + F among the matrices whose ranks are named, for idempotent letters, both ways round."""
    own = idempotents(draft)
    for X in dict.fromkeys(t.args[0] for t in subterms(claim) if t.head == "rank"):
        for E, F in permutations(own, 2):
            if X.head == "add" and E.shape == F.shape == X.shape and expand(X) == expand(E + F):
                yield X, E, F


def _split(draft: Draft, X: Term, E: Term, F: Term, claim: Term) -> Ref | None:
    """rank(X) = rank(F) + rank((I - F) E (I - F)), through Y = X (2 I - E)."""
    one = identity(E.shape[0])
    unit = 2 * one - E
    Y = expand(X) * expand(unit)
    inner = Y * expand(F)
    extra = [to_term(expand(one) - expand(F)), to_term(inner), to_term(Y - inner)]
    below = [
        (to_term(Y), X, one, unit), (X, to_term(Y), one, multiple(Fraction(1, 2), one + E)),
    ]  # fmt: skip
    return by_rank_facts(draft, claim, extra=extra, below=below)
