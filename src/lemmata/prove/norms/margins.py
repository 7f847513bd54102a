"""a <= b from a^2 <= b^2 + b r for all r > 0: what holds with every margin holds without.

Were b^2 - a^2 = -e < 0, the margin r = e/(1 + b) would give e <= b e/(1 + b) < e (the axiom of Archimedes, as it is
used in every proof with an epsilon).  The kernel argues by contradiction about eigenvalues alone, so the number is
that of the matrix (b^2 - a^2) I.

>>> from lemmata.kernel.term import symbol
>>> a, b = symbol("a", domain="nonnegative"), symbol("b", domain="nonnegative")
>>> r = symbol("r", domain="positive")
>>> draft = Draft([with_margins(a, b, r).args[0]], {}, time.monotonic() + 5)
>>> without_margins(draft, a, b, r) is not None
True
"""

from __future__ import annotations

import time
from fractions import Fraction
from functools import cache
from typing import Any

from lemmata.kernel.term import Term, add, identity, inverse, make, mul, number, substitute, symbol, to_json
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.order.eigenvectors import absurd, without_eigenvector
from lemmata.prove.pruning import moved
from lemmata.terms.forms import equation, relation

__all__ = ["with_margins", "without_margins"]

SECONDS = 5.0
CALLED = ("d''", "e''")
"""The lemma is proved once and for all, so that its letters must be none of a claim."""
ONE = Fraction(1)


def with_margins(a: Term, b: Term, margin: Term) -> Term:
    """a^2 <= b^2 + b r for all r > 0 implies a <= b."""
    premise = make("forall", (margin, relation("le", mul(a, a), add(mul(b, b), mul(b, margin)))))
    return make("implies", (premise, relation("le", a, b)))


def without_margins(draft: Draft, a: Term, b: Term, margin: Term) -> Ref | None:
    """a <= b, where the premise is a fact; a and b are seen to be nonnegative."""
    letters = [symbol("a'", domain="nonnegative"), symbol("b'", domain="nonnegative")]
    before = len(draft.given) + len(draft.claims)

    def lemma(x: Term, y: Term) -> Term:
        return with_margins(x, y, margin)

    arrow = instance_of(draft, letters, lemma, [a, b], lambda body: _steps_at(body, before))
    if arrow is None:
        return None
    premise, conclusion = draft.fact(arrow).args
    known = draft.find(premise)
    return None if known is None else draft.add(conclusion, "logic", of=[arrow, known])


def _steps_at(body: Term, before: int) -> list[dict[str, Any]] | None:
    steps = _proof(body)
    return None if steps is None else moved(steps, before)


@cache
def _proof(body: Term) -> list[dict[str, Any]] | None:
    """The steps that show the implication."""
    premise, conclusion = body.args
    a, b = conclusion.args
    draft = Draft([], {}, time.monotonic() + SECONDS)
    inner, one = draft.inner([premise]), identity(2)
    loewner = relation("le", mul(a, a, one), mul(b, b, one))

    def absurdity(draft: Draft, v: Term, e: Term) -> Ref | None:
        return _contradiction(draft, v, e, premise, b)

    ordered = without_eigenvector(inner, loewner, absurdity, CALLED)
    squares = relation("le", mul(a, a), mul(b, b))
    half = Fraction(1, 2)
    ref = None if ordered is None else rows_add_up(inner, squares, [(half, (), one, ordered)])
    if ref is None:
        return None
    inner.add(conclusion, "root", of=ref)
    draft.add(body, "implies", steps=inner.steps)
    return draft.steps


def _contradiction(inner: Draft, v: Term, e: Term, premise: Term, b: Term) -> Ref | None:
    """1 = 0, from (b^2 - a^2) v = -e v and v != 0, by the margin e/(1 + b)."""
    general = inner.find(premise)
    margin = mul(e, inverse(add(number(1), b)))
    special = substitute(premise.args[-1], {premise.args[0]: margin})
    ref = inner.add(special, "instance", of=general, terms=[to_json(margin)])
    size = mul(v.T, v)
    sides = relation("le", mul(e, size), number(0)), relation("le", number(0), mul(e, size))
    known = [r for f, r in inner.facts if f.head in ("eq", "ne")]
    below = rows_add_up(inner, sides[0], [(ONE, (add(number(1), b),), v, ref)], known)
    above = rows_add_up(inner, sides[1], [(ONE, (e,), v, None)])
    if below is None or above is None:
        return None
    nothing = inner.add(equation(mul(e, size), number(0)), "logic", of=[below, above])
    return absurd(inner, nothing, e, size) or by_ideal(inner, make("eq", (number(1), number(0))), 0.3)
