"""Mixtures of matrices: sums w_1 M_1 + ... + w_k M_k with weights that facts say are nonnegative, as c and 1 - c.

* Order: what is known of the M_i is known of w M_i, for M = G^* G gives w M = G^* w G.
* Definite: if the M_i > 0 and H v = -a v with a >= 0 and v != 0, the numbers w_i v^* M_i v and a v^* v add up to
  nothing, so that all w_i vanish; which is absurd if they add up to 1.
* Convexity: with H = sum w_i M_i, X = sum w_i X_i and R_i = M_i^{-1} X_i - H^{-1} X

      sum w_i X_i^* M_i^{-1} X_i - X^* H^{-1} X = sum w_i R_i^* M_i R_i,

  so that (c A + (1 - c) B)^{-1} <= c A^{-1} + (1 - c) B^{-1}, and x^* A^{-1} x is convex in A and x together
  (Kiefer 1959; Ando, Linear Algebra Appl. 26, 1979).

>>> from lemmata.prove.search import prove
>>> from lemmata.prove.standard import standard
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A, B : R^{n x n}, c : real
... assume spd(A), spd(B), 0 <= c, c <= 1
... show (c A + (1 - c) B)^{-1} <= c A^{-1} + (1 - c) B^{-1}''')
>>> prove(standard(Statement(c.given, c.shows[0].prop))).theorem is not None
True
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from math import isqrt

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Monomial, Poly, Refused, Word, expand, is_real, star, to_term
from lemmata.kernel.rules import ABSURD
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, add, identity, inverse, make, mul, number, subterms, symbols_of
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.minima.quadratics import fresh
from lemmata.prove.order.eigenvectors import reciprocal, without_eigenvector
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import by_rows, definite_inverses
from lemmata.prove.order.weights import Weight, root_of, shown, words_of
from lemmata.prove.scalars import is_scalar
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import equation, is_, relation

__all__ = ["by_mixtures", "definite_mixture"]

ONE = Fraction(1)
SECONDS = 0.3
MOST_PARTS = 4
MOST_MIXTURES = 2
MOST_WEIGHTED = 8


@dataclass(frozen=True)
class Part:
    """w M, where the fact ``known`` says that M is semidefinite; M = I without one."""

    weight: Term
    sign: Weight
    matrix: Term
    known: Ref | None
    definite: bool


# --- the strategy ----------------------------------------------------------------------------


def by_mixtures(draft: Draft, claim: Term) -> Ref | None:
    """An inequality between matrices, or forms, with weights."""
    try:
        goal = difference(claim)
    except Refused:
        return None
    if is_scalar(claim) or goal.shape[0] != goal.shape[1]:
        return None
    if claim.head in ("lt", "gt") or claim.value == "spd":
        return definite_mixture(draft, claim)
    if claim.head not in ("le", "ge") and claim.value != "psd":
        return None
    with draft.attempt() as keep:
        ref = _convex(draft, claim, goal) or _weighted(draft, claim, goal)
        if ref is not None:
            keep()
        return ref


def _parts(draft: Draft, H: Poly) -> list[Part] | None:
    """H as a sum of w M with M known to be semidefinite and w to be nonnegative."""
    known: dict[Word, tuple[Term, Ref | None, bool]] = {(): (identity(H.shape[0]), None, True)}
    for fact, ref in draft.facts:
        if fact.head == "is" and fact.value in ("psd", "spd"):
            monomials = expand(fact.args[0]).terms
            if list(monomials.values()) == [1] and not next(iter(monomials))[0]:
                word = next(iter(monomials))[1]
                if fact.value == "spd" or word not in known:
                    known[word] = fact.args[0], ref, fact.value == "spd"
    weights: dict[Word, dict[Monomial, Fraction]] = {}
    for (scalars, word), value in H.terms.items():
        weights.setdefault(word, {})[scalars, ()] = value
    if H.shape == SCALAR or not 1 < len(weights) <= MOST_PARTS or not weights.keys() <= known.keys():
        return None
    found, sign = [], shown(draft)
    for word, terms in weights.items():
        weight = to_term(Poly(SCALAR, terms))
        nonnegative = sign(weight)
        if nonnegative is None:
            return None
        found.append(Part(weight, nonnegative, *known[word]))
    return found


# --- definite --------------------------------------------------------------------------------


def definite_mixture(draft: Draft, claim: Term) -> Ref | None:
    """H > 0 for a mixture H whose weights cannot all vanish."""
    try:
        H = difference(claim)
    except Refused:
        return None
    if H.shape == SCALAR or not any(scalars for scalars, _ in H.terms):
        return None
    with draft.attempt() as keep:
        parts = _parts(draft, H)
        if parts is None or not any(part.definite for part in parts):
            return None
        before = len(draft.given)
        ref = without_eigenvector(draft, claim, lambda inner, v, a: _vanishing(inner, v, a, parts, before))
        if ref is not None:
            keep()
        return ref


def _vanishing(inner: Draft, v: Term, a: Term, parts: list[Part], before: int) -> Ref | None:
    """1 = 0, since the weights of what is definite vanish."""

    def here(ref: Ref) -> Ref:
        return ref if ref[0] == "given" else ["given", before + ref[1]]

    zero, one = number(0), number(1)
    rows, forms = list[Row](), list[Term]()
    for part in parts:
        form = mul(v.T, v) if part.known is None else mul(v.T, part.matrix, v)
        claim = relation("lt" if part.definite else "le", zero, form)
        known = None if part.known is None else here(part.known)
        seen = with_squares(inner, claim, difference(claim), [(ONE, (), v, known)], SECONDS)
        if seen is None:
            return None
        scalars, fact = part.sign
        rows.append((ONE, scalars, one, seen if fact is None else [here(fact), seen]))
        forms.append(form)
    balance = _balance(inner, v, ["given", len(inner.given) - 2])
    gone = []
    for place, (part, form) in enumerate(zip(parts, forms, strict=True)):
        if not part.definite:
            continue
        value = mul(part.weight, form)
        others = [*rows[:place], *rows[place + 1 :], (ONE, (a,), v, None)]
        sides = (relation("le", value, zero), others), (relation("le", zero, value), [rows[place]])
        both = []
        for claim, squares in sides:
            with inner.only([balance]):
                both.append(with_squares(inner, claim, difference(claim), squares, SECONDS))
        if None in both:
            return None
        nothing = inner.add(equation(value, zero), "logic", of=both)
        with inner.only([nothing, reciprocal(inner, form)]):
            gone.append(by_ideal(inner, equation(part.weight, zero), SECONDS))
    return None if None in gone else _absurd(inner, [ref for ref in gone if ref is not None])


def _balance(inner: Draft, v: Term, pair: Ref) -> Ref:
    """v^* H v + a v^* v = 0 from H v = -a v."""
    left, right = (mul(v.T, side) for side in inner.fact(pair).args)
    letters, rows = write_combinations([[Cofactor(ONE, (), (star(v),), 0, False, ())]])
    return inner.add(equation(left, right), "ideal", uses=[pair], letters=letters, combinations=rows)


def _absurd(inner: Draft, gone: list[Ref]) -> Ref | None:
    """1 = 0 from weights that vanish, and from what is known of numbers."""
    numbers = [(fact, ref) for fact, ref in inner.facts if is_scalar(fact)]
    equations = [ref for fact, ref in numbers if fact.head == "eq"]
    gaps = [fact.args[0] - fact.args[1] for fact, _ in numbers if fact.head in ("lt", "gt", "ne")]
    weights = [inner.fact(ref).args[0] for ref in gone]
    with inner.only([*gone, *equations]):
        for x in [to_term(expand(gap)) for gap in gaps] + [w for w in weights if sign_of(w) == 1]:
            reciprocal(inner, x)
        return by_ideal(inner, ABSURD, SECONDS)


# --- order -----------------------------------------------------------------------------------


def _weighted(draft: Draft, claim: Term, goal: Poly) -> Ref | None:
    """The goal as a sum of w M, for the numbers w >= 0 and the matrices M >= 0 of facts."""
    if goal.shape == SCALAR or not any(scalars for scalars, _ in goal.terms):
        return None
    numbers = [ref for f, ref in draft.facts if f.head in ("le", "lt", "ge", "gt") and is_scalar(f)]
    letters = dict.fromkeys(mul(*loop) for scalars, _ in goal.terms for loop in scalars)
    weights: list[Weight] = [((), ref) for ref in numbers] + [
        ((w,), None) for w in letters if sign_of(w, False) == 1
    ]
    matrices = [(f, ref) for f, ref in draft.facts if _orders(f, goal)]
    one, rows = identity(goal.shape[0]), list[Row]()
    if not numbers or not matrices:
        return None
    for weight, (fact, ref) in islice(product(weights, matrices), MOST_WEIGHTED):
        row = _row(draft, weight, to_term(difference(fact)), ref, one)
        rows += [row] if row is not None else []
    rows += [(ONE, (), one, ref) for _, ref in matrices]
    return by_rows(draft, claim, rows)


def _orders(fact: Term, goal: Poly) -> bool:
    if fact.head not in ("le", "ge", "lt", "gt") and fact.value not in ("psd", "spd"):
        return False
    try:
        return difference(fact).shape == goal.shape
    except Refused:
        return False


def _row(draft: Draft, weight: Weight, M: Term, known: Ref | None, R: Term) -> Row | None:
    """w R^* M R, with the middle w M where w >= 0 is a fact."""
    scalars, fact = weight
    if fact is None:
        return ONE, scalars, R, known
    if known is None:
        return ONE, (), R, fact
    ref = _multiple(draft, fact, M, known)
    return None if ref is None else (ONE, (), R, ref)


def _multiple(draft: Draft, above: Ref, M: Term, known: Ref) -> Ref | None:
    """w M >= 0 from w >= 0 and M = G^* G."""
    claim = is_("psd", to_term(difference(draft.fact(above)) * expand(M)))
    found = draft.find(claim)
    if found is not None:
        return found
    if draft.fact(known).head != "is":
        psd = with_squares(draft, is_("psd", M), expand(M), [(ONE, (), identity(M.shape[0]), known)], SECONDS)
        if psd is None:
            return None
        known = psd
    names = {s.name for f, _ in draft.facts for s in symbols_of(f)}
    G = fresh("G", names, M.shape, "real" if is_real(M) else "complex")
    premise = make("exists", (G, equation(M, mul(G.T, G))))
    root = draft.add(premise, "gram", of=known)
    inner = draft.inner([premise.args[-1]])
    weight = inner.find(draft.fact(above))
    with inner.only([["given", len(inner.given) - 1]]):
        ref = with_squares(inner, claim, difference(claim), [(ONE, (), G, weight)], SECONDS)
    if ref is None:
        return None
    arrow = draft.add(make("implies", (premise, claim)), "implies", steps=inner.steps)
    return draft.add(claim, "logic", of=[arrow, root])


# --- convexity -------------------------------------------------------------------------------


def _convex(draft: Draft, claim: Term, goal: Poly) -> Ref | None:
    """sum w_i X_i^* M_i^{-1} X_i >= X^* H^{-1} X, for the inverses of mixtures in the claim."""
    inside = [t for t in subterms(claim) if t.head == "inverse" and t.shape != SCALAR]
    inverses = [W for W in dict.fromkeys(inside) if len(expand(W.args[0]).terms) > 1]
    for W in inverses[:MOST_MIXTURES]:
        definite_inverses(draft, W.args[0])
        parts = _parts(draft, expand(W.args[0]))
        ends = None if parts is None else [_end(goal, part) for part in parts]
        if parts is None or ends is None or None in ends:
            continue
        X = add(*(mul(part.weight, Z) for part, Z in zip(parts, ends, strict=True) if Z is not None))
        rows = [
            _row(draft, part.sign, part.matrix, part.known, mul(_inverse(part), Z) - mul(W, X))
            for part, Z in zip(parts, ends, strict=True)
            if Z is not None
        ]
        found = [row for row in rows if row is not None]
        ref = with_squares(draft, claim, goal, found, SECONDS) if len(found) == len(parts) else None
        if ref is not None:
            return ref
    return None


def _inverse(part: Part) -> Term:
    return part.matrix.args[0] if part.matrix.head == "inverse" else inverse(part.matrix)


def _end(goal: Poly, part: Part) -> Term | None:
    """The X_i with w_i X_i^* M_i^{-1} X_i in the goal, up to a number in it."""
    own = None if part.known is None else expand(_inverse(part))
    middle = None if own is None else next(iter(own.terms))[1][0]
    weights: dict[Term, dict[Monomial, Fraction]] = {}
    for scalars, word, value in words_of(goal) or ():
        bare = word[0].args[0] if len(word) == 1 and word[0].head == "trace" else mul(*word) if word else None
        alone = own is not None and bare is not None and expand(bare) in (own, own.adjoint())
        root = identity(own.shape[0]) if own is not None and alone else root_of(goal, word, middle)
        if root is not None:
            terms = weights.setdefault(root, {})
            terms[scalars, ()] = terms.get((scalars, ()), Fraction(0)) + value
    found = []
    for root, terms in weights.items():
        scale = _scale(Poly(SCALAR, terms), expand(part.weight))
        if scale is not None:
            found.append(root if scale == 1 else mul(number(scale), root))
    return None if not found else add(*found) if len(found) > 1 else found[0]


def _scale(weight: Poly, own: Poly) -> Fraction | None:
    """s with weight = s^2 own."""
    monomial, value = next(iter(own.terms.items()))
    ratio = weight.terms.get(monomial, Fraction(0)) / value
    if ratio <= 0 or own.scale(ratio) != weight:
        return None
    top, bottom = isqrt(ratio.numerator), isqrt(ratio.denominator)
    return Fraction(top, bottom) if Fraction(top, bottom) ** 2 == ratio else None
