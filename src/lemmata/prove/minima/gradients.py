"""Gradients in a claim: computed first, for the searches that know of no gradient.

The gradient of a polynomial is a polynomial, and the kernel's normal form computes it; so the claim is established with
A^T (A x - y) for the gradient of 1/2 ||A x - y||^2, and is that claim multiplied out.  Within a norm, or under another
function of which algebra says nothing, that is what opens it.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, x : R^n, y : R^m, L : positive
... assume ||A||^2 <= L
... show ||grad_x (1/2 ||A x - y||^2)||^2 <= L ||A x - y||^2''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Refused, expand, to_term
from lemmata.kernel.term import SCALAR, Term, identity, number, substitute, subterms
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.order.gram import Row
from lemmata.prove.search import establish

__all__ = ["by_gradients"]

SECONDS = 0.3


def by_gradients(draft: Draft, claim: Term) -> Ref | None:
    """The claim from the one in which the gradients are computed, and those of the equations that are known."""
    computed = _computed(claim)
    if claim.args[0].sort != "matrix":
        return None
    with draft.attempt() as keep:
        news = _use_gradients(draft)
        ref = establish(draft, computed) if news or computed is not claim else None
        if ref is None or computed is claim:
            if ref is not None:
                keep()
            return ref
        with draft.only([ref]):
            if claim.head == "eq":
                same = by_ideal(draft, claim, SECONDS)
            else:
                n = claim.args[0].shape[0]
                one = number(1) if claim.args[0].shape == SCALAR else identity(n)
                row: Row = (Fraction(1), (), one, ref)
                same = with_squares(draft, claim, difference(claim), [row], SECONDS)
        if same is not None:
            keep()
        return same


def _use_gradients(draft: Draft) -> bool:
    """Add the equations that are known with their gradients computed; True if one was new."""
    found = False
    for fact, ref in draft.facts:
        computed = _computed(fact) if fact.head == "eq" and fact.args[0].sort == "matrix" else fact
        if computed is not fact and draft.find(computed) is None:
            with draft.only([ref]):
                found |= by_ideal(draft, computed, SECONDS) is not None
    return found


def _computed(claim: Term) -> Term:
    """The claim with normal forms for its gradients, the inner ones first."""
    mapping: dict[Term, Term] = {}
    for gradient in [t for t in subterms(claim) if t.head == "grad"]:
        try:
            mapping[gradient] = to_term(expand(gradient))
        except Refused:
            continue
    return substitute(claim, mapping) if mapping else claim
