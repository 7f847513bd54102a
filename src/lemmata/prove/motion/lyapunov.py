"""Bounds along a recursion by a form that does not grow: u_k <= F_k <= F_0 <= b, with F_k = x_k^* P x_k.

The bound b says what happens at k = 0; said of k it is a form itself, and so are x^* P x for the matrices P that are
compared with others.  One of them is above u at each k and decreases: then u stays below its start (Lyapunov 1892;
for x_{k+1} = A x_k and A^* P A - P + Q <= 0 see Kalman and Bertram 1960).

>>> from lemmata.prove.search import prove
>>> from lemmata.prove.standard import standard
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A, P, Q : R^{n x n}, x : R^n(k)
... assume psd(P), psd(Q), A^T P A - P + Q <= 0, x_{k+1} = A x_k
... show x_k^T Q x_k <= x_0^T P x_0''')
>>> prove(standard(Statement(c.given, c.shows[0].prop))).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice, pairwise

from lemmata.kernel.meaning import difference
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import depends_on, expand
from lemmata.kernel.term import SCALAR, Term, mul, number, substitute, subterms, symbols_of
from lemmata.prove.algebra import with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.motion.descent import by_descent
from lemmata.prove.motion.induction import indices_of, reads_on
from lemmata.prove.order.forms import by_forms
from lemmata.prove.order.gram import Row
from lemmata.terms.forms import relation

__all__ = ["by_lyapunov"]

MOST_FORMS = 3
SECONDS = 0.3


def by_lyapunov(draft: Draft, claim: Term) -> Ref | None:
    """A number that runs is below one that does not, by a form between them."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    for name in indices_of(draft, claim):
        if not depends_on(small, name) or depends_on(large, name) or reads_on(claim, name):
            continue
        for form in islice(_forms(draft, small, large, name), MOST_FORMS):
            with draft.attempt() as keep:
                ref = _chain(draft, claim, [small, form, value_at(form, name, number(0)), large])
                if ref is not None:
                    keep()
                    return ref
    return None


def _forms(draft: Draft, small: Term, large: Term, name: str) -> Iterator[Term]:
    """The bound, said of k; and x^* P x for the P that facts compare."""
    starts = {t: t.args[0] for t in subterms(large) if t.head == "at" and t.args[1] is number(0)}
    lifted = substitute(large, starts)
    if depends_on(lifted, name) and expand(lifted) != expand(small):
        yield lifted
    runs = [s for s in symbols_of(small) if s.value[4] == name and s.shape[1] == 1 != s.shape[0]]
    for x in runs:
        for P in dict.fromkeys(s for f, _ in draft.facts if _orders(f) for s in symbols_of(f)):
            form = mul(x.T, P, x) if P.shape == (x.shape[0], x.shape[0]) and not P.value[4] else lifted
            if form is not lifted and expand(form) not in (expand(lifted), expand(small)):
                yield form


def _orders(fact: Term) -> bool:
    return fact.head in ("le", "ge", "lt", "gt") and fact.args[0].shape != SCALAR


def _chain(draft: Draft, claim: Term, values: list[Term]) -> Ref | None:
    """The first value is at most the last, since each is at most the next."""
    above, falls, below = (relation("le", a, b) for a, b in pairwise(values))
    with draft.attempt():
        if _link(draft, above, by_forms) is None:  # what is quick to deny comes first
            return None
    # The matrices that forms bring in would only be in the way of the descent.
    links = ((falls, by_descent), (above, by_forms), (below, by_forms))
    refs = [ref for link, strategy in links if (ref := _link(draft, link, strategy)) is not None]
    if len(refs) < len(links):
        return None
    rows: list[Row] = [(Fraction(1), (), number(1), ref) for ref in refs]
    hermitian = [ref for fact, ref in draft.facts if fact.value in ("psd", "spd", "symmetric")]
    with draft.only([*refs, *hermitian]):
        return with_squares(draft, claim, difference(claim), rows, SECONDS)


def _link(draft: Draft, link: Term, strategy: Callable[[Draft, Term], Ref | None]) -> Ref | None:
    if expand(link.args[0]) == expand(link.args[1]):
        return draft.find(link) or draft.add(link, "rational")
    return draft.find(link) or strategy(draft, link)
