"""Witnesses for existence: candidates from the equations that the unknown must satisfy.

For A X B = C the general theory of linear matrix equations (Penrose 1955) offers A^+ C B^+; for the
pair A X = C, X B = D it offers A^+ C + D B^+ - A^+ A D B^+; _special has solutions of A X = C that are symmetric,
skew or semidefinite.  For X that commutes with A and is determined by words in A and X it is the Drazin inverse,
A^k (A^{2k+1})^+ A^k, where k is the highest power of A that stands alone; for k = 1 the group inverse (Ben-Israel and
Greville, chapter 4).  For a number c with M <= c N it is a norm (norms/multiples.py).  Otherwise terms of the right
shape that the statement itself contains are tried.  Several unknowns, or one in several terms, are solved for in
unknowns.py.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, islice, product

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import Poly, Refused, expand, star, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, identity, mul, pinv, substitute, subterms, to_json
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.multiples import likely_multiples
from lemmata.prove.search import establish, obligations
from lemmata.prove.unknowns import solved
from lemmata.terms.forms import zero

__all__ = ["by_witness_of_existence", "candidates"]

MOST_TRIED = 40


def by_witness_of_existence(draft: Draft, claim: Term) -> Ref | None:
    """exists x: P(x) from P(t) for a candidate t."""
    *bound, body = claim.args
    joint = [values for poly in _zeros(body) if (values := solved(draft, bound, poly)) is not None]
    choices = [candidates(x, body, draft) for x in bound]
    for terms in islice(chain(map(tuple, joint), product(*choices)), MOST_TRIED):
        with draft.attempt() as keep:
            instance = substitute(body, dict(zip(bound, terms, strict=True)))
            if obligations(draft, [instance]):
                continue
            ref = establish(draft, instance)
            if ref is not None:
                keep()
                return draft.add(claim, "exists", of=ref, terms=[to_json(t) for t in terms])
    draft.tried.append("existence: none of the likely witnesses works")
    return None


def candidates(x: Term, body: Term, draft: Draft) -> list[Term]:
    """Likely values of x, the best first; each has the shape of x and does not contain it."""
    found: list[Term] = []
    parts: list[tuple[Term, Term, Term]] = []
    props = _parts(body)
    equations = [poly for prop in props for poly in _zeros(prop)]
    for poly in equations:
        split = _linear(x, poly)
        if split is not None:
            parts.append(split)
            left, right, rest = split
            found.append(to_term(expand(mul(pinv(left), rest, pinv(right)))))
    for A, one, C in parts:
        if one.head == "identity" and x.shape[0] == x.shape[1]:
            found[:0] = _special(A, C, x, props)
        elif A.head == "identity" and x.shape[0] == x.shape[1]:  # x^* solves one^* x^* = C^*
            found[:0] = [to_term(expand(t.T)) for t in _special(one.T, C.T, x, props)]
        for other, B, D in parts:
            if one.head == other.head == "identity" and A.head != "identity":
                both = mul(pinv(A), C) + mul(D, pinv(B)) - mul(pinv(A), A, D, pinv(B))
                found.insert(0, to_term(expand(both)))
    found[:0] = _commuting(x, equations)
    if x.shape == SCALAR:
        found[:0] = likely_multiples(x, body)
    inside = [t for f in (body, *(fact for fact, _ in draft.facts)) for t in subterms(f)]
    matrices = [t for t in inside if t.sort == "matrix" and t.shape != SCALAR]
    found += [t for t in matrices if t.shape == x.shape]
    found += [pinv(t) for t in matrices if t.head == "symbol" and t.shape == x.shape[::-1]]
    found += [t.T for t in matrices if t.head == "symbol" and t.shape == x.shape[::-1]]
    found += [zero(*x.shape)] + ([identity(x.shape[0])] if x.shape[0] == x.shape[1] else [])
    return [
        t for t in dict.fromkeys(found) if t.shape == x.shape and x not in subterms(t) and _has_sign(t, x)
    ]


def _has_sign(t: Term, x: Term) -> bool:
    """Whether t is seen to be as positive, or nonnegative, as x is said to be."""
    strict = {"positive": True, "nonnegative": False}.get(x.value[3])
    return strict is None or (t.head == "symbol" and t.value[3] == x.value[3]) or sign_of(t, strict) == 1


def _zeros(prop: Term) -> list[Poly]:
    try:
        return zeros(prop)
    except Refused:
        return []


def _commuting(x: Term, equations: list[Poly]) -> list[Term]:
    """Drazin inverses of the A with A x = x A."""
    words = [{word for _, word in poly.terms} for poly in equations]
    letters = {A for pair in words if len(pair) == 2 for word in pair for A in word if len(word) == 2}
    found = []
    for A in sorted(letters - {x}, key=repr):
        if {(A, x), (x, A)} in words:
            k = max([1, *(len(word) for pair in words for word in pair if set(word) == {A})])
            found.append(mul(*[A] * k, pinv(mul(*[A] * (2 * k + 1))), *[A] * k))
    return found


def _parts(body: Term) -> list[Term]:
    """The statements that a body is made of."""
    if body.head in ("and", "iff", "implies"):
        return [p for arg in body.args for p in _parts(arg)]
    return [body]


def _special(A: Term, C: Term, x: Term, props: list[Term]) -> list[Term]:
    """Solutions of A x = C that are symmetric, skew or semidefinite, where that is asked for.

    A^+ C + (I - A^+ A) (A^+ C)^T is symmetric where A C^T is, as its difference with - for + is skew (Don, Linear
    Algebra Appl. 88/89 (1987)); C^T (A C^T)^+ C is semidefinite with A C^T (Khatri and Mitra, SIAM J. Appl.
    Math. 31 (1976)).
    """
    least = mul(pinv(A), C)
    mirrored = mul(identity(x.shape[0]) - mul(pinv(A), A), least.T)
    found = []
    if any(_asks_for_order(p, x) for p in props):
        found.append(mul(C.T, pinv(mul(A, C.T)), C))
    if any(p.value == "symmetric" and x in p.args for p in props) or any(_mirrors(p, x, 1) for p in props):
        found.append(least + mirrored)
    if any(_mirrors(p, x, -1) for p in props):
        found.append(least - mirrored)
    if not found and x.T in {t for p in props for t in subterms(p)}:
        found += [mul(C.T, pinv(mul(A, C.T)), C), least + mirrored]
    return found


def _asks_for_order(p: Term, x: Term) -> bool:
    return x in p.args and (p.head in ("ge", "le") or p.value == "psd")


def _mirrors(p: Term, x: Term, sign: int) -> bool:
    """Whether p says x^* = x, or x^* = -x."""
    wanted = expand(x.T) - expand(x).scale(Fraction(sign))
    return any(poly in (wanted, wanted.scale(Fraction(-1))) for poly in _zeros(p) if p.head == "eq")


def _linear(x: Term, poly: Poly) -> tuple[Term, Term, Term] | None:
    """left, right, rest with poly = left x right - rest up to a number; None if it is not so."""
    inside = [
        (key, value)
        for key, value in poly.terms.items()
        if any(x in subterms(y) for w in (*key[0], key[1]) for y in w)
    ]
    if len(inside) != 1 or x.shape == SCALAR:
        return None
    ((scalars, word), value) = inside[0]
    if scalars or word.count(x) != 1 or any(y is star(x) for y in word):
        return None
    i = word.index(x)
    rest = Poly(poly.shape, {k: v for k, v in poly.terms.items() if k != (scalars, word)}).scale(-1 / value)
    try:
        left = mul(*word[:i]) if i else identity(x.shape[0])
        right = mul(*word[i + 1 :]) if i + 1 < len(word) else identity(x.shape[1])
        return left, right, to_term(rest)
    except Refused:
        return None
