"""Inverses by a likely inverse: A Y = I (or Y A = I) for a square A makes Y its inverse.

The push-through candidate, (I + U V)^{-1} = I - U (I + V U)^{-1} V, is Woodbury's (1950).
"""

from __future__ import annotations

from collections.abc import Sequence

from lemmata.kernel.poly import Refused, expand
from lemmata.kernel.term import SCALAR, Term, identity, inverse, mul, number, pinv, to_json
from lemmata.prove.algebra import combine_all
from lemmata.prove.draft import Draft, Ref, write_combinations

__all__ = ["by_witness"]


def by_witness(draft: Draft, claim: Term, seconds: float) -> Ref | None:
    """invertible(T): an inverse among the likely ones; one side suffices for a square matrix."""
    A = claim.args[0]
    one = expand(identity(A.shape[0])) if A.shape != SCALAR else expand(number(1))
    for Y in _inverse_candidates(A, draft):
        for left in (False, True):
            try:
                product = expand(Y @ A) if left else expand(A @ Y)
                result = combine_all(draft, [product - one], min(seconds, 0.5))
            except Refused:
                continue
            if result is not None:
                letters, rows = write_combinations(result[1])
                more = {"left": True} if left else {}
                return draft.add(
                    claim, "witness", witness=to_json(Y), uses=result[0], letters=letters,
                    combination=rows[0], **more,
                )  # fmt: skip
    return None


def _inverse_candidates(A: Term, draft: Draft) -> list[Term]:
    """What the statement says; factors in reverse; (I + U V)^{-1} by (I + V U)^{-1}; A^+ itself."""
    found = list(draft.witnesses.get(A, ()))
    invertible = [f.args[0] for f, _ in draft.facts if f.head == "is" and f.value in ("invertible", "spd")]
    if A.head == "mul":
        scalars = [inverse(f) for f in A.args if f.shape == SCALAR]
        found.append(mul(*scalars, *(_reverse(f, invertible) for f in reversed(A.args) if f.shape != SCALAR)))
    if A.shape != SCALAR:
        found += [_reverse(A, invertible), *_exchanged(A, invertible), *_factor(A, invertible), pinv(A)]
    return list(dict.fromkeys(found))


def _reverse(A: Term, invertible: Sequence[Term]) -> Term:
    if A in invertible:
        return inverse(A)
    if A.head == "inverse":
        return A.args[0]
    if A.head == "adjoint":
        return _reverse(A.args[0], invertible).T
    if A.head == "mul":
        return mul(*(_reverse(f, invertible) for f in reversed(A.args) if f.shape != SCALAR))
    return pinv(A)


def _factor(A: Term, invertible: Sequence[Term]) -> list[Term]:
    """W M^{-1} and M^{-1} W for a known invertible M = A W or W A."""
    found = []
    letters = next(iter(expand(A).terms))[1] if len(expand(A).terms) == 1 else ()
    size = len(letters)
    for M in invertible:
        for _, word in expand(M).terms if len(expand(M).terms) == 1 and M.shape == A.shape else ():
            if size and word[:size] == letters and len(word) > size:
                found.append(mul(*word[size:], inverse(M)))
            if size and word[-size:] == letters and len(word) > size:
                found.append(mul(inverse(M), *word[:-size]))
    return found


def _exchanged(A: Term, invertible: Sequence[Term]) -> list[Term]:
    """For A = I + c U V with I + c V U invertible: I - c U (I + c V U)^{-1} V."""
    one = expand(identity(A.shape[0]))
    rest = expand(A) - one
    if len(rest.terms) != 1:
        return []
    ((scalars, word), value) = next(iter(rest.terms.items()))
    found = []
    for k in range(1, len(word)):
        U, V = mul(*word[:k]), mul(*word[k:])
        for M in invertible:
            swapped = mul(number(value), *(mul(*s) for s in scalars), V, U)
            if M.shape[0] == V.shape[0] and expand(M) == expand(identity(V.shape[0]) + swapped):
                found.append(
                    identity(A.shape[0]) - mul(number(value), *(mul(*s) for s in scalars), U, inverse(M), V)
                )
    return found
