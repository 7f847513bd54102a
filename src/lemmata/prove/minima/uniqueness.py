"""What it says that a quadratic has one minimiser only: its form has no null space.

Let w be the only minimiser of f(v) = v^T H v - 2 b^T v + c, and N = I - H^+ H (for H = A^T A, I - A^+ A).  Then
f(w + N u) = f(w) for all u, so that w + N u = w; hence N = 0, and H is invertible (A has rank n).  A solution of
least squares is unique only if the columns are linearly independent (Golub and Van Loan, section 5.3).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, y : R^m, w : R^n
... assume w = argmin_v ||A v - y||^2
... show rank(A) = n''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import expand, is_real, star, to_term
from lemmata.kernel.term import Term, dim, identity, make, mul, pinv, substitute, symbols_of, to_json
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.inverse.likely import by_witness
from lemmata.prove.minima.quadratics import Quadratic, fresh, quadratic, use_stationarity
from lemmata.terms.forms import equation, is_, zero

__all__ = ["by_unique_minimiser"]

SECONDS = 0.5


def by_unique_minimiser(draft: Draft, claim: Term) -> Ref | None:
    """The claim, once the forms of which the facts name the only minimiser are known to be invertible."""
    from lemmata.prove.search import establish

    general = [(fact, ref) for fact, ref in draft.facts if fact.head == "forall"]
    known = [(f, fact, ref) for fact, ref in general if (f := _only(fact)) is not None]
    if not known:
        return None
    with draft.attempt() as keep:
        if all(is_real(f.v) and is_real(f.H) and is_real(f.b) for f, _, _ in known):
            use_stationarity(draft, claim)  # which asks, for complex ones, whether H > 0
        if not any([_invertible(draft, f, fact, ref) for f, fact, ref in known]):
            return None
        found = establish(draft, claim)
        if found is not None:
            keep()
        return found


def _only(fact: Term) -> Quadratic | None:
    """The quadratic of a fact "for all v, f(w) <= f(v), and f(v) <= f(w) gives v = w"."""
    f, body = quadratic(fact), fact.args[-1]
    if f is None or body.head != "and" or len(body.args) != 2 or f.v.shape[1] != 1 or not expand(f.H):
        return None
    last = body.args[1]
    unique = last.head == "implies" and last.args[1] in (equation(f.v, f.w), equation(f.w, f.v))
    return f if unique else None


def _invertible(draft: Draft, f: Quadratic, fact: Term, ref: Ref) -> bool:
    """Whether rank(A) = n, for H = c A^T A, or invertible(H) is added."""
    A, H = _factor(f.H), f.symmetric
    X = H if A is None else A
    claim = is_("invertible", H) if A is None else equation(make("rank", (A,)), dim(A.shape[1]))
    N = identity(X.shape[1]) - mul(pinv(X), X)
    if draft.find(claim) is not None:
        return False
    with draft.attempt() as keep:
        if _no_kernel(draft, f, fact, ref, N) is None:
            return False
        found = by_witness(draft, claim, SECONDS) if A is None else by_ideal(draft, claim, SECONDS)
        if found is not None:
            keep()
        return found is not None


def _factor(H: Term) -> Term | None:
    """A with H = c A^T A for a letter or a word A."""
    terms = expand(H).terms
    (_, word), *others = terms
    half = len(word) // 2
    if others or len(word) != 2 * half or tuple(map(star, reversed(word[half:]))) != word[:half]:
        return None
    return mul(*word[half:])


def _no_kernel(draft: Draft, f: Quadratic, fact: Term, ref: Ref, N: Term) -> Ref | None:
    """N = 0 from w + N u = w for all u."""
    names = {s.name for p in (fact, *(other for other, _ in draft.facts)) for s in symbols_of(p)}
    u = fresh("u", names, f.v.shape, f.v.value[3])
    point, still = f.w + mul(N, u), equation(mul(N, u), zero(*f.v.shape))
    inner = draft.inner([])
    at = ref if ref[0] == "given" else ["given", len(draft.given) + ref[1]]
    special = substitute(fact.args[-1], {f.v: point})
    instance = inner.add(special, "instance", of=at, terms=[to_json(point)])
    arrow = inner.add(special.args[1], "logic", of=[instance])
    premise, same = special.args[1].args
    level = with_squares(inner, premise, difference(premise), [], SECONDS)
    if level is None:
        return None
    moved = inner.add(same, "logic", of=[arrow, level])
    with inner.only([moved]):
        if by_ideal(inner, still, SECONDS) is None:
            return None
    general = draft.add(make("forall", (u, still)), "forall", steps=inner.steps)
    return draft.add(equation(to_term(expand(N)), zero(*N.shape)), "vectors", of=general, uses=[])
