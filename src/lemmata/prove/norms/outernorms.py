"""The spectral norm of an outer product: ||u v^*|| = ||u|| ||v||.

At most, by Cauchy and Schwarz: v v^* <= ||v||^2 I.  At least, from M^* M <= s^2 I for M = u v^* and s = ||M|| at v:
with a = ||u||^2 and b = ||v||^2 it says a b^2 <= s^2 b, so that

    s^4 - a^2 b^2 = (s^2 - a b)^2 + 2 a (s^2 b - a b^2) >= 0,

and a b <= s^2 by a root; no division by b, which may vanish.  Both are lemmas for letters.  What a claim says of such
a norm it says of the product, and in a sum, ||I + u v^*|| <= 1 + ||u|| ||v||, the product bounds the norm.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let u : R^m, v : R^n\\nshow ||u v^T|| = ||u|| ||v||")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import expand, is_real, star_word, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import (
    SCALAR,
    Term,
    identity,
    make,
    mul,
    number,
    substitute,
    subterms,
    symbol,
    to_json,
)
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.norms.lowerbounds import matrix_norms
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.norms.operatornorms import by_operator_norm
from lemmata.prove.order.gram import Row
from lemmata.prove.order.vectors import for_all_vectors
from lemmata.prove.search import establish
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import call, equation, norm, relation

__all__ = ["by_outer_norms"]

ONE = Fraction(1)
MOST_PRODUCTS = 3
SECONDS = 0.3


def by_outer_norms(draft: Draft, claim: Term) -> Ref | None:
    """A relation between numbers that names the norm of an outer product, or of a sum with one."""
    if claim.head not in ("le", "ge", "lt", "gt") or claim.args[0].shape != SCALAR:
        return None
    products = list(islice(_products(claim), MOST_PRODUCTS))
    if not products:
        return None
    if (found := _plain(draft, claim, *products[0][1:])) is not None:
        return found
    sizes = {norm(M): _sizes(u, v) for M, u, v in products}
    there = substitute(claim, sizes)
    with draft.attempt() as keep:
        if there is claim:
            bounds = [establish(draft, _bound(*product)) for product in products]
            ref = None if None in bounds else by_operator_norm(draft, claim)
        else:
            # First what is claimed of the products: with the equations in play their norms would be read back.
            below = establish(draft, there)
            known = [] if below is None else [_product(draft, *product) for product in products]
            equal = [ref for ref in known if ref is not None]
            row: list[Row] = [(ONE, (), number(1), below)]
            ref = rows_add_up(draft, claim, row, equal) if known and len(equal) == len(known) else None
        if ref is not None:
            keep()
        return ref


def _bound(M: Term, u: Term, v: Term) -> Term:
    """||c u v^*|| <= c ||u|| ||v||, with |c| for c where its sign is not seen."""
    factors = u.args if u.head == "mul" else (u,)
    scale = [_absolute(f) for f in factors if f.shape == SCALAR and f is not number(-1)]
    return relation(
        "le", norm(M), mul(*scale, norm(mul(*(f for f in factors if f.shape != SCALAR))), norm(v))
    )


def _absolute(c: Term) -> Term:
    if c.head == "number":
        return number(abs(c.value))
    return c if sign_of(c, False) == 1 else call("abs", c)


def _products(claim: Term) -> Iterator[tuple[Term, Term, Term]]:
    """M, u and v for the M = u v^* within the matrices whose norms the claim names."""
    seen = set()
    for size in matrix_norms(claim):
        for M in subterms(size.args[0]):
            if M.head != "mul" or 1 in M.shape or M in seen:
                continue
            terms = expand(M).terms
            (((loops, word), value),) = terms.items() if len(terms) == 1 else [(((), ()), ONE)]
            cut = next((k for k in range(1, len(word)) if word[k].shape[0] == 1), None)
            if cut is not None:
                seen.add(M)
                scale = [*([number(value)] if value != 1 else []), *(mul(*loop) for loop in loops)]
                yield M, mul(*scale, *word[:cut]), mul(*star_word(word[cut:]))


def _product(draft: Draft, M: Term, u: Term, v: Term) -> Ref | None:
    """||M|| <= ||u|| ||v|| and ||u|| ||v|| <= ||M||, hence an equation, from the lemmas for letters."""
    letters = [symbol("u'", *u.shape), symbol("v'", *v.shape)]
    written = mul(u, v.T)
    both = [
        instance_of(draft, letters, lambda a, b: relation("le", norm(mul(a, b.T)), _sizes(a, b)), [u, v]),
        instance_of(draft, letters, lambda a, b: relation("le", _sizes(a, b), norm(mul(a, b.T))), [u, v]),
    ]
    if None in both:
        return None
    ref = draft.add(equation(norm(written), _sizes(u, v)), "logic", of=both)
    return ref if written is M else _renamed(draft, M, written, ref)


def _renamed(draft: Draft, M: Term, written: Term, ref: Ref) -> Ref | None:
    """||M|| = ||u|| ||v|| from the same of u v^*, which is M written otherwise: functions of equals are equal."""
    Z = symbol("Z'", *M.shape, domain=_field(M))
    same = by_ideal(draft, equation(M, written), SECONDS)
    if same is None:
        return None
    letters, rows = write_combinations([[Cofactor(ONE, (), (), k, False, ()) for k in (0, 1)]])
    uses = [["congruent", to_json(norm(Z)), to_json(Z), same], ref]
    claim = equation(norm(M), draft.fact(ref).args[1])
    return draft.add(claim, "ideal", uses=uses, letters=letters, combinations=rows)


def _sizes(u: Term, v: Term) -> Term:
    return mul(norm(u), norm(v))


def _plain(draft: Draft, claim: Term, u: Term, v: Term) -> Ref | None:
    """The two lemmas themselves."""
    M = mul(u, v.T)
    if claim is relation("le", norm(M), _sizes(u, v)):
        return _at_most(draft, claim, u, v)
    if claim is relation("le", _sizes(u, v), norm(M)):
        return _at_least(draft, claim, u, v)
    return None


def _at_most(draft: Draft, claim: Term, u: Term, v: Term) -> Ref | None:
    """M^* M = ||u||^2 v v^* <= ||u||^2 ||v||^2 I."""
    one, M, b = identity(v.shape[0]), mul(u, v.T), _sizes(u, v)
    outer = relation("le", mul(v, v.T), mul(norm(v) ** 2, one))
    # By a vector with a name of its own, since the lemma is proved apart from the letters of the claim.
    x = symbol(f"the other {v.name}" if v.head == "symbol" else "the other vector", *v.shape, _field(v))
    form = relation("ge", mul(x.T, to_term(difference(outer)), x), number(0))
    inner = draft.inner([])
    inner.add(form, "cauchy", left=to_json(v), right=to_json(x))
    below = for_all_vectors(draft, outer, draft.add(make("forall", (x, form)), "forall", steps=inner.steps))
    squares = relation("le", mul(M.T, M), mul(b, b, one))
    rows: list[Row] = [(ONE, (norm(u), norm(u)), one, below)]
    ref = None if below is None else with_squares(draft, squares, difference(squares), rows, SECONDS)
    return None if ref is None else draft.add(claim, "root", of=ref)


def _field(v: Term) -> str:
    return "real" if is_real(v) else "complex"


def _at_least(draft: Draft, claim: Term, u: Term, v: Term) -> Ref | None:
    """||u||^2 ||v||^2 <= ||M||^2 by the squares of both, and a root again."""
    one, M = identity(v.shape[0]), mul(u, v.T)
    s, p = norm(M), _sizes(u, v)
    bound = instance_of(
        draft,
        [symbol("Z'", *M.shape)],
        lambda Z: relation("le", mul(Z.T, Z), mul(norm(Z), norm(Z), one)),
        [M],
    )
    squares = relation("le", mul(p, p), mul(s, s))
    fourth = relation("le", mul(p, p, p, p), mul(s, s, s, s))
    rows: list[Row] = [(ONE, (), mul(s, s) - mul(p, p), None), (2 * ONE, (norm(u), norm(u)), v, bound)]
    ref = None if bound is None else with_squares(draft, fourth, difference(fourth), rows, SECONDS)
    ref = ref and draft.add(squares, "root", of=ref)
    return ref and draft.add(claim, "root", of=ref)
