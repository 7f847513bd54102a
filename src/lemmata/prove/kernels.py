"""Null spaces of semidefinite matrices: M z = 0 from z^T M z = 0, as lemmas for what follows from them.

From (A^T A + c B^T W B) z = 0 with c > 0 and W >= 0 follow A z = 0 and W B z = 0, since z^T times it is the sum of
two nonnegative things: the null space of a sum of semidefinite matrices is what theirs have in common.

From A + A^T >= 0 follows (A + A^T)(I - A^+ A) = 0, so A and A^T have one null space.  From ||E|| <= 1 and
E E = E follows (I - E^T E) E = 0, so E = E^T E is symmetric.  For a definite M it is z that vanishes: ||E|| < 1
and E z = z give z = 0; so it is for an invertible A with A v = 0.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{n x n}\\nassume A + A^T >= 0\\nshow Null(A) <= Null(A^T)")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

from lemmata.kernel.meaning import difference, zeros
from lemmata.kernel.poly import Poly, Refused, expand, star_word, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, identity, inverse, mul, pinv, subterms, symbols_of
from lemmata.prove.algebra import by_ideal, by_square, by_squares_sum, combine_all, total, written
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.hypotheses import collect
from lemmata.prove.norms.contractions import establish_contractions
from lemmata.prove.order.gram import Row
from lemmata.prove.words.completion import Completion, SearchError
from lemmata.terms.forms import equation, zero

__all__ = ["by_kernels"]

MOST = 40
"""Products z^T M z that are tried."""
MOST_CANCELLED = 3
MOST_SUMMANDS = 6


def by_kernels(draft: Draft, claim: Term) -> Ref | None:
    """The claim by algebra or squares, once M z = 0 is added for known M >= 0 with z^T M z = 0."""
    ordered = claim.head in ("le", "ge") or claim.value in ("psd", "spd")
    if not ordered and claim.head not in ("eq", "subset", "in", "is"):
        return None
    with draft.attempt() as keep:
        establish_contractions(draft)
        known = _semidefinite(draft)
        found = [_cancelled(draft, claim), _summands_vanish(draft)]
        if not any(found) and not (known and _lemmas(draft, claim, known)):
            return None
        if ordered:
            ref = by_squares_sum(draft, claim, 0.5)
        else:
            ref = by_ideal(draft, claim, 0.5) or by_square(draft, claim, 0.5)
        if ref is not None:
            keep()
        return ref


def _semidefinite(draft: Draft) -> list[tuple[Ref, Poly]]:
    found = []
    for fact, ref in draft.facts:
        try:
            M = difference(fact)
        except Refused:
            continue
        if M.shape != SCALAR:
            found.append((ref, M))
    return found


def _lemmas(draft: Draft, claim: Term, known: list[tuple[Ref, Poly]]) -> bool:
    """M z = 0, or z = 0, for each pair with z^T M z = 0; whether there is one that was not known."""
    pairs = [(ref, M, z) for ref, M in known for z in _roots(draft, claim) if z.shape[0] == M.shape[0]][:MOST]
    forms = [expand(z).adjoint() * M * expand(z) for _, M, z in pairs]
    _, polys, _ = collect(forms, draft)
    system = Completion(polys)
    system.complete(min(0.2, draft.clock()))
    new = False
    for (ref, M, z), form in zip(pairs, forms, strict=True):
        product = expand(z) if _is_definite(draft.fact(ref)) else M * expand(z)
        try:
            if not system.normal(form) and system.normal(product):
                new = _vanishing(draft, product, z, ref) is not None or new
        except SearchError:
            continue
    return new


def _cancelled(draft: Draft, claim: Term) -> bool:
    """A^{-1} A = I for the invertible A with A v = 0 for a vector v; whether there is one."""
    whole = [f.args[0] for f, _ in draft.facts if f.head == "is" and f.value == "invertible"]
    letters = sorted({s for s in symbols_of(claim) if s.shape[1] == 1 != s.shape[0]}, key=repr)
    found = False
    for A, v in islice(((A, v) for A in whole for v in letters if A.shape[1] == v.shape[0]), MOST_CANCELLED):
        if by_ideal(draft, equation(mul(A, v), zero(*v.shape)), 0.1) is not None:
            unit = equation(mul(inverse(A), A), identity(A.shape[0]))
            found = by_ideal(draft, unit, 0.1) is not None or found
    return found


def _is_definite(fact: Term) -> bool:
    return fact.value == "spd" or fact.head in ("lt", "gt")


def _summands_vanish(draft: Draft) -> bool:
    """M_1 T_1 z = 0, M_2 T_2 z = 0, ... for each known sum of T^* M T z that vanishes; whether there is one."""
    found = False
    for fact, ref in draft.facts:
        for poly in _equations(fact) if fact.head in ("eq", "in", "subset", "and") else ():
            for sides in (poly, poly.adjoint()):
                rows = _rows(draft, sides)
                if rows is not None:
                    with draft.only([ref, *(row[3] for row in rows if row[3] is not None)]):
                        found = _each_vanishes(draft, rows) or found
    return found


def _equations(fact: Term) -> list[Poly]:
    try:
        return [p for p in zeros(fact) if p.shape != SCALAR and 1 < len(p.terms) <= MOST_SUMMANDS]
    except Refused:
        return []


def _rows(draft: Draft, poly: Poly) -> list[Row] | None:
    """c s (T z)^* M (T z) for each term c s T^* M T z of the polynomial, or of its negative, with one z for all."""
    middles = {f.args[0]: ref for f, ref in draft.facts if f.value in ("psd", "spd")}
    words = [word for _, word in poly.terms]
    sign = min(poly.terms.values()) > 0 or max(poly.terms.values()) < 0
    for length in range(min(map(len, words)) if sign else 0):
        z = words[0][len(words[0]) - length :]
        rows = []
        for (scalars, word), value in poly.terms.items():
            head, half = word[: len(word) - length], (len(word) - length) // 2
            tail, middle = head[len(head) - half :], head[half : len(head) - half]
            mirrored = star_word(tail) == head[:half] and (middle[0] in middles if middle else True)
            factors = tuple(mul(*s) for s in scalars)
            if word[len(head) :] != z or not mirrored or any(sign_of(s, strict=False) != 1 for s in factors):
                break
            root = mul(*tail, *z) if tail or z else identity(poly.shape[1])
            rows.append((abs(value), factors, root, middles[middle[0]] if middle else None))
        if len(rows) == len(words):
            return rows
    return None


def _each_vanishes(draft: Draft, rows: list[Row]) -> bool:
    result = combine_all(draft, [total(draft, rows)], 0.3)
    if result is None:
        return False
    letters, combinations = write_combinations(result[1])
    for row in rows:
        _, scalars, root, middle = row
        if any(sign_of(s) != 1 for s in scalars):  # 0 A^T A tells nothing of A
            continue
        product = expand(root) if middle is None else difference(draft.fact(middle)) * expand(root)
        lemma = equation(to_term(product), zero(*product.shape))
        if draft.find(lemma) is None:
            draft.add(
                lemma, "square", uses=result[0], letters=letters, combinations=combinations,
                squares=[written([row, *(other for other in rows if other is not row)])],
            )  # fmt: skip
    return True


def _vanishing(draft: Draft, product: Poly, z: Term, ref: Ref) -> Ref | None:
    """M z = 0, or z = 0 for a definite M, which is ``product``, by the kernel's rule for squares."""
    rows: list[Row] = [(Fraction(1), (), z, ref)]
    result = combine_all(draft, [total(draft, rows)], 0.3)
    if result is None:
        return None
    letters, combinations = write_combinations(result[1])
    lemma = equation(to_term(product), zero(*product.shape))
    return draft.add(
        lemma, "square", uses=result[0], letters=letters, combinations=combinations, squares=[written(rows)]
    )


def _roots(draft: Draft, claim: Term) -> list[Term]:
    """I - A^+ A and I - A A^+, idempotents E and I - E, and the vectors that are there."""
    props = (claim, *(fact for fact, _ in draft.facts))
    letters = sorted({s for p in props for s in symbols_of(p) if s.shape != SCALAR}, key=repr)
    bases = {t.args[0] for p in props for t in subterms(p) if t.head in ("pinv", "col", "row", "null")}
    found: list[Term] = []
    for A in [a for a in letters if 1 not in a.shape and a in bases]:
        found += [identity(A.shape[1]) - pinv(A) @ A, identity(A.shape[0]) - A @ pinv(A)]
    for fact, _ in draft.facts:
        for E in letters:
            if E in symbols_of(fact) and fact.head in ("is", "eq") and _idempotent(fact, E):
                found += [E, E.T, identity(E.shape[0]) - E]
    return found + [v for v in letters if v.shape[1] == 1]


def _idempotent(fact: Term, E: Term) -> bool:
    if fact.head == "is":
        return fact.value in ("idempotent", "projection") and fact.args[0] is E
    sides = [expand(a) for a in fact.args] if fact.args[0].shape == E.shape else []
    return E.shape[0] == E.shape[1] and all(p in sides for p in (expand(E @ E), expand(E)))
