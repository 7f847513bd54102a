"""Roots of numbers: sqrt(s)^2 = s, of letters and of what is seen to be nonnegative, as a rank.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{m x n}\\nshow ||A||_F <= sqrt(rank(A)) ||A||")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, mul, subterms, symbol, symbols_of
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.normchains import instance_of
from lemmata.prove.search import establish
from lemmata.terms.forms import call, equation, power

__all__ = ["square_of_root", "squares_of_roots"]


def squares_of_roots(draft: Draft, goal: Term) -> None:
    """sqrt(s)^2 = s for the roots that a claim about matrices names."""
    props = [goal, *(fact for fact, _ in draft.facts)]
    if all(s.shape == SCALAR for s in symbols_of(goal)):
        return
    roots = dict.fromkeys(t for p in props for t in subterms(p) if t.head == "call" and t.value == "sqrt")
    for root in roots:
        (s,) = root.args
        plain = all(letter.shape == SCALAR for letter in symbols_of(s))
        if plain and establish(draft, equation(power(root, 2), s)) is not None:
            continue
        if sign_of(s, strict=False) == 1:
            square_of_root(draft, s)


def square_of_root(draft: Draft, s: Term) -> Ref | None:
    """sqrt(s) sqrt(s) = s, from the lemma for a letter."""
    return instance_of(draft, [symbol("s'", domain="nonnegative")], _square, [s])


def _square(s: Term) -> Term:
    return equation(mul(call("sqrt", s), call("sqrt", s)), s)
