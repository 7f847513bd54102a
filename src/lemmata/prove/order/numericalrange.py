"""A complex matrix whose numerical range is {0} is zero: x^* M x = 0 for all x gives M = 0.

At z + v and v + i z with z = M v the forms say z^* z + v^* M z = 0 and v^* M z - z^* z = 0, hence z = 0.  Over the real
numbers M need only be skew.  Horn and Johnson, Matrix Analysis, theorem 4.1.4.
"""

from __future__ import annotations

from lemmata.kernel.poly import Poly, expand, star, to_term
from lemmata.kernel.term import SCALAR, Term, add, make, mul, substitute, symbols_of, to_json
from lemmata.prove.algebra import by_ideal, by_square
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.minima.quadratics import fresh
from lemmata.prove.order.vectors import for_all_vectors
from lemmata.terms.forms import constant, equation, zero

__all__ = ["by_numerical_range"]

SECONDS = 0.5


def by_numerical_range(draft: Draft, claim: Term) -> Ref | None:
    """An equation, from facts "for all complex x, x^* M x = 0"."""
    found = False
    for fact, ref in draft.facts:
        M = _matrix_of_form(fact)
        if M is not None and draft.find(equation(M, zero(*M.shape))) is None:
            found |= _vanishes(draft, fact, ref, M) is not None
    if not found:
        return None
    return draft.find(claim) or by_ideal(draft, claim, SECONDS)


def _matrix_of_form(fact: Term) -> Term | None:
    """M, if the fact is x^* M x = 0 for all complex vectors x."""
    if fact.head != "forall" or len(fact.args) != 2 or fact.args[1].head != "eq":
        return None
    x, (left, right) = fact.args[0], fact.args[1].args
    if x.shape[1] != 1 or x.shape == SCALAR or x.value[3] != "complex" or left.shape != SCALAR:
        return None
    M, n = Poly((x.shape[0], x.shape[0]), {}), x.shape[0]
    for (loops, _), c in (expand(left) - expand(right)).terms.items():
        forms = [loop for loop in loops if x in loop]
        if len(forms) != 1 or forms[0][0] is not star(x) or forms[0][-1] is not x:
            return None
        rest = tuple(loop for loop in loops if loop is not forms[0])
        M += Poly((n, n), {(rest, forms[0][1:-1]): c})
    return to_term(M) if M and x not in symbols_of(to_term(M)) else None


def _vanishes(draft: Draft, fact: Term, ref: Ref, M: Term) -> Ref | None:
    x, body = fact.args
    names = {s.name for f, _ in draft.facts for s in symbols_of(f)}
    v = fresh("v", names, x.shape, "complex")
    z, inner = mul(M, v), draft.inner([])
    special = []
    for point in (v, z, add(z, v), add(v, mul(constant("i"), z))):
        said = substitute(body, {x: point})
        special.append(inner.add(said, "instance", of=inner.find(fact) or ref, terms=[to_json(point)]))
    with inner.only(special):
        if by_square(inner, equation(z, zero(*z.shape)), SECONDS) is None:
            return None
    with draft.attempt() as keep:
        general = draft.add(make("forall", (v, equation(z, zero(*z.shape)))), "forall", steps=inner.steps)
        found = for_all_vectors(draft, equation(M, zero(*M.shape)), general)
        if found is not None:
            keep()
        return found
