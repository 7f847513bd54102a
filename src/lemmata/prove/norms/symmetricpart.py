"""The symmetric part of a matrix lies below its norm: A + A^T <= 2 ||A|| I, and above -2 ||A|| I.

For x^T A x <= ||x|| ||A x|| <= ||A|| ||x||^2 by Cauchy and Schwarz.  This is what a norm says of a flow
w' = A w, whose energy changes at the rate w^T (A + A^T) w.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{n x n}, x : R^n\\nshow x^T A x <= ||A|| ||x||^2")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from time import monotonic
from typing import Any

from lemmata.kernel.poly import is_real
from lemmata.kernel.term import SCALAR, Term, add, identity, make, mul, number, subterms, symbol
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.motion.energies import by_energy
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.norms.norms import bounds_of_norms, cauchy_schwarz
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import by_rows
from lemmata.prove.order.vectors import for_all_vectors
from lemmata.prove.search import establish
from lemmata.terms.forms import neg, norm, relation

__all__ = ["by_symmetric_parts", "symmetric_parts"]

ONE = Fraction(1)
MOST_NORMS = 3
SECONDS = 5.0


def by_symmetric_parts(draft: Draft, claim: Term) -> Ref | None:
    """A relation of forms, or in the Loewner order, by what the norms that it names say."""
    if claim.head not in ("le", "ge") or not is_real(claim):
        return None
    with draft.attempt() as keep:
        known = symmetric_parts(draft, [claim])
        if not known:
            return None
        if claim.args[0].shape == SCALAR:
            ref = by_energy(draft, claim)
        else:
            known += bounds_of_norms(draft, claim)
            one = identity(claim.args[0].shape[0])
            ref = by_rows(draft, claim, [(ONE, (), one, ref) for ref in known if _fits(draft, ref, one)])
        if ref is not None:
            keep()
        return ref


def _fits(draft: Draft, ref: Ref, one: Term) -> bool:
    return draft.fact(ref).args[0].shape == one.shape


def symmetric_parts(draft: Draft, props: Sequence[Term]) -> list[Ref]:
    """A + A^T <= 2 ||A|| I and -(A + A^T) <= 2 ||A|| I for the square matrices whose norms are named."""
    sizes = dict.fromkeys(t for p in props for t in subterms(p) if t.head == "norm" and t.value == "2")
    named = [t.args[0] for t in sizes if t.args[0].shape[0] == t.args[0].shape[1] != 1]
    found = []
    for A in [A for A in named if is_real(A)][:MOST_NORMS]:
        for sign in (1, -1):
            ref = instance_of(
                draft, [symbol("Z'", *A.shape)], lambda Z, sign=sign: _claim(Z, sign), [A], proof_of
            )
            found += [ref] if ref is not None else []
    return found


def _claim(Z: Term, sign: int) -> Term:
    """Z + Z^T <= 2 ||Z|| I, or the same for -Z."""
    part = add(Z, Z.T)
    return relation("le", part if sign > 0 else neg(part), mul(number(2), norm(Z), identity(Z.shape[0])))


@lru_cache(maxsize=64)
def proof_of(claim: Term) -> list[dict[str, Any]] | None:
    """The steps for a letter Z."""
    (Z,) = (s for s in claim.args[1].args[1].args)
    sign = 1 if claim is _claim(Z, 1) else -1
    draft = Draft([], {}, monotonic() + SECONDS)
    z = symbol(Z.name.replace("Z", "x"), Z.shape[0])
    image, size, one = mul(Z, z), norm(z), number(1)
    inner = draft.inner([])
    mixed = cauchy_schwarz(inner, z, image, sign, 1.0)
    below = establish(inner, relation("le", norm(image), mul(norm(Z), size)))
    part, large = claim.args
    goal = relation("le", mul(z.T, part, z), mul(z.T, large, z))
    rows: list[Row] = [(Fraction(2), (), one, mixed), (Fraction(2), (size,), one, below)]
    if mixed is None or below is None or rows_add_up(inner, goal, rows) is None:
        return None
    general = draft.add(make("forall", (z, goal)), "forall", steps=inner.steps)
    return None if for_all_vectors(draft, claim, general) is None else draft.steps
