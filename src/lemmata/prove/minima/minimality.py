"""Minimisers of quadratics: from the normal equations H p = b to "for all v, f(p) <= f(v)".

For f(v) = v^T H v - 2 b^T v + c with H >= 0 and H p = b the rest f(v) - f(p) is (v - p)^T H (v - p); for
H > 0 it vanishes at p alone.  Where p is an expression this is proved for a letter first.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let S : R^{n x n}, b, v : R^n
... assume spd(S)
... show S^{-1} b = argmin_v (1/2 v^T S v - b^T v)''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import expand
from lemmata.kernel.term import SCALAR, Term, make, mul, number, substitute, symbols_of, to_json
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.minima.quadratics import (
    Quadratic,
    fresh,
    normal_equation,
    positive,
    product,
    quadratic,
    square,
)
from lemmata.prove.order.ranges import by_ranges
from lemmata.terms.forms import equation, is_, relation

__all__ = ["by_minimality"]

ONE = Fraction(1)
SECONDS = 0.5


def by_minimality(draft: Draft, claim: Term) -> Ref | None:
    """For all v, f(p) <= f(v) (and p alone does so well), from H p = b and H >= 0 (H > 0)."""
    f = quadratic(claim)
    if f is None or any(f.v in symbols_of(fact) for fact, _ in draft.facts):
        return None
    from lemmata.prove.search import establish

    parts = claim.args[-1].args if claim.args[-1].head == "and" else claim.args[-1:]
    unique = [part for part in parts[1:] if _says_unique(part, f)]
    if len(unique) + 1 != len(parts) or not expand(f.H):
        return None
    definite = establish(draft, is_("spd" if unique else "psd", f.H))
    if definite is None:
        return None
    normal = normal_equation(f.H, f)
    level = by_ideal(draft, normal, 2 * SECONDS) or by_ranges(draft, normal)
    if level is None:
        return None
    letter = f.w.head == "symbol"
    names = {s.name for p in (claim, *(fact for fact, _ in draft.facts)) for s in symbols_of(p)}
    p = f.w if letter else fresh("p", names, f.v.shape, f.v.value[3])
    general = Quadratic(f.v, p, f.H, f.b)
    body, normal = substitute(claim.args[-1], {f.w: p}), normal_equation(f.H, general)
    if substitute(body, {p: f.w}) is not claim.args[-1]:
        return None
    with draft.attempt() as keep:
        outer = draft if letter else draft.inner([])
        inner = outer if letter else outer.inner([normal])
        known = level if letter else ["given", len(inner.given) - 1]
        definite = definite if letter else _shifted(draft, definite)
        if _least(inner, general, body, definite, known) is None:
            return None
        keep()
        if letter:
            return draft.find(claim)
        least = make("forall", (f.v, body))
        outer.add(make("implies", (normal, least)), "implies", steps=inner.steps)
        lemma = draft.add(make("forall", (p, make("implies", (normal, least)))), "forall", steps=outer.steps)
        special = make("implies", (substitute(normal, {p: f.w}), claim))
        arrow = draft.add(special, "instance", of=lemma, terms=[to_json(f.w)])
        return draft.add(claim, "logic", of=[arrow, level])


def _shifted(draft: Draft, ref: Ref) -> Ref:
    """The reference to a fact of the draft as sub-proofs make it."""
    return ref if ref[0] == "given" else ["given", len(draft.given) + ref[1]]


def _says_unique(part: Term, f: Quadratic) -> bool:
    return part.head == "implies" and part.args[1] in (equation(f.v, f.w), equation(f.w, f.v))


def _least(draft: Draft, f: Quadratic, body: Term, definite: Ref, level: Ref) -> Ref | None:
    """The general statement for p with H p = b, by a sub-proof that ends in the body."""
    inner = draft.inner([])
    definite, level = _shifted(draft, definite), _shifted(draft, level)
    parts = body.args if body.head == "and" else (body,)
    away = f.v - f.w
    form = product(away, mul(f.H, away))
    symmetry = [
        ref for fact, ref in inner.facts if fact.head == "is" or fact.head in ("le", "ge", "lt", "gt")
    ]
    with inner.only([level, *symmetry, *(ref for fact, ref in inner.facts if _is_symmetry(fact))]):
        refs = [with_squares(inner, parts[0], difference(parts[0]), [(ONE, (), away, definite)], SECONDS)]
        for part in parts[1:]:
            under = inner.inner([part.args[0]])
            premise = ["given", len(under.given) - 1]
            local = [_shifted(inner, level), premise, *(_shifted(inner, ref) for ref in symmetry)]
            with under.only(local):
                below = relation("le", form, number(0))
                upper = with_squares(
                    under, below, difference(below), [(ONE, (), number(1), premise)], SECONDS
                )
            if upper is None:
                return None
            root = _shifted(inner, definite)
            lower = positive(under, relation("le", number(0), form), [(ONE, away, root)], [], [])
            both = under.add(equation(form, number(0)), "logic", of=[upper, lower])
            square(under, part.args[1], away, both, root)
            refs.append(inner.add(part, "implies", steps=under.steps))
    if None in refs:
        return None
    if len(parts) > 1:
        inner.add(body, "logic", of=refs)
    return draft.add(make("forall", (f.v, body)), "forall", steps=inner.steps)


def _is_symmetry(fact: Term) -> bool:
    """S^T = S, and equations with no vectors in them."""
    return fact.head == "eq" and all(s.shape[1] != 1 or s.shape == SCALAR for s in symbols_of(fact))
