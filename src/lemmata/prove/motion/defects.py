"""Invariants of flows: a = b at all times, where the defect D = a - b has a rate linear in D and starts at 0.

Q^T Q = I stays true along Q' = K Q, since D' = K D - D K for a skew K; Oja's rule keeps ||w|| = 1, since
D' = -2 (w^T S w) D for D = w^T w - 1.  A linear equation has one solution for one start (Picard and Lindeloef),
and 0 is one.  What multiplies D is read off the cofactors: D' lies in the ideal of the hypotheses and of D.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let S : R^{n x n}, w : R^n(t)
... assume \\\\dot w = S w - (w^T S w) w, w(0)^T w(0) = 1, symmetric(S)
... show w^T w = 1''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from typing import Any

from lemmata.kernel.meaning import zeros
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Poly, Refused, depends_on, expand, is_real, to_term
from lemmata.kernel.term import INDICES, SCALAR, Term, add, make, mul, number, symbol, symbols_of, to_json
from lemmata.prove.algebra import by_ideal, cited
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.hypotheses import collect
from lemmata.prove.words.completion import Cofactor, combinations
from lemmata.prove.words.traces import under_traces
from lemmata.terms.forms import diff, equation, zero

__all__ = ["by_vanishing_defect"]

SECONDS = 0.5
LETTER = "Z"


def by_vanishing_defect(draft: Draft, claim: Term) -> Ref | None:
    """Functions of time that are equal at 0 are equal; norms by their squares, properties by their equations."""
    if draft.pointwise is not None or not any(s.value[4] for s in symbols_of(claim)):
        return None
    if claim.head == "is" and claim.value not in ("invertible", "psd", "spd"):
        return _part_by_part(draft, claim)
    if claim.head != "eq" or claim.args[0].sort != "matrix":
        return None
    if any(side.head == "norm" for side in claim.args):
        squares = by_vanishing_defect(draft, equation(*(side**2 for side in claim.args)))
        return None if squares is None else by_ideal(draft, claim, SECONDS) or _by_root(draft, claim, squares)
    variables = {s.value[4] for s in symbols_of(claim) if s.value[4]} - INDICES
    for variable in sorted(v for v in variables if any(depends_on(side, v) for side in claim.args)):
        with draft.attempt() as keep:
            try:
                ref = _along(draft, claim, variable)
            except Refused:
                continue
            if ref is not None:
                keep()
                return ref
    return None


def _part_by_part(draft: Draft, claim: Term) -> Ref | None:
    """A property that is one equation or several."""
    with draft.attempt() as keep:
        parts = [equation(to_term(part), zero(*part.shape)) for part in zeros(claim)]
        found = all(by_ideal(draft, part, 0.1) or by_vanishing_defect(draft, part) for part in parts)
        ref = by_ideal(draft, claim, SECONDS) if found else None
        if ref is not None:
            keep()
        return ref


def _by_root(draft: Draft, claim: Term, squares: Ref) -> Ref | None:
    from lemmata.prove.search import establish

    with draft.only([squares]):
        both = [establish(draft, make("le", pair)) for pair in (claim.args, claim.args[::-1])]
        return None if None in both else draft.add(claim, "logic", of=both)


def _along(draft: Draft, claim: Term, variable: str) -> Ref | None:
    from lemmata.prove.search import establish

    beginning = equation(*(value_at(side, variable, number(0)) for side in claim.args))
    gap = claim.args[0] - claim.args[1]
    inner = draft.inner([equation(gap, zero(*gap.shape) if gap.shape != SCALAR else number(0))])
    assumed = ["given", len(inner.given) - 1]
    found = _cofactors(inner, expand(diff(gap, variable)), assumed)
    if found is None:
        return None
    refs, polys, owner, cofactors = found
    own = [c for c in cofactors if refs[owner[c.index]] == assumed]
    rest = [c for c in cofactors if refs[owner[c.index]] != assumed]
    Z = symbol(LETTER, *gap.shape, domain="real" if is_real(gap) else "complex")
    if any(s.name == LETTER for p in (claim, *draft.given) for s in symbols_of(p)):
        return None
    if by_ideal(draft, beginning, SECONDS) is None and establish(draft, beginning) is None:
        return None
    uses, rows = cited(refs, polys, owner, [rest])
    letters, written = write_combinations(rows)
    rate = equation(diff(gap, variable), _linear(own, gap))
    ref = draft.add(
        rate, "ideal", uses=[_outside(u, draft) for u in uses], letters=letters, combinations=written
    )
    return draft.add(claim, "linear", of=ref, map=to_json(_linear(own, Z)), letter=LETTER)


def _cofactors(
    draft: Draft, goal: Poly, assumed: Ref
) -> tuple[list[Ref], list[Poly], list[int], list[Cofactor]] | None:
    """The goal by what is known and by what is assumed at one moment, which is not differentiated."""
    refs, polys, owner = collect([goal], draft)
    usable = [i for i, ref in enumerate(owner) if refs[ref] == assumed or assumed not in refs[ref]]
    polys, owner = [polys[i] for i in usable], [owner[i] for i in usable]
    (found,) = combinations([goal], polys, seconds=min(SECONDS, draft.clock()))
    if found is None and goal.shape == SCALAR:
        found = under_traces(goal, polys, min(SECONDS, draft.clock()))
    return None if found is None else (refs, polys, owner, found)


def _linear(cofactors: list[Cofactor], Z: Term) -> Term:
    """The sum of coefficient * scalars * left * Z * right, with the transpose of Z where the cofactor has it."""
    summands = []
    for c in cofactors:
        product = mul(*c.left, Z.T if c.starred else Z, *c.right)
        if Z.shape == SCALAR and product.shape != SCALAR:
            product = make("trace", (product,))
        summands.append(mul(number(c.coefficient), *(mul(*loop) for loop in c.scalars), product))
    return add(*summands) if summands else zero(*Z.shape) if Z.shape != SCALAR else number(0)


def _outside(ref: Any, draft: Draft) -> Any:
    """A reference of the sub-proof as one of the draft around it."""
    if isinstance(ref, list) and len(ref) == 2 and ref[0] == "given" and isinstance(ref[1], int):
        return ref if ref[1] < len(draft.given) else ["step", ref[1] - len(draft.given)]
    return [_outside(part, draft) for part in ref] if isinstance(ref, list) else ref
