"""General lemmas inside a proof: proved for letters, then used for the expressions at hand.

A^+ = B follows from the four Penrose conditions of B, and T^{-1} = Y from T Y = I.  For compound A and
T (u v^T, A + u v^T) the search among their words can be hopeless where it is easy for one letter.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let y : R^m\\nassume y != 0\\nshow y^+ = (y^T y)^{-1} y^T")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from lemmata.kernel.poly import expand
from lemmata.kernel.term import (
    Term,
    identity,
    inverse,
    make,
    mul,
    number,
    pinv,
    substitute,
    subterms,
    symbol,
    to_json,
)
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import equation, is_, relation, zero

__all__ = ["by_proposal", "by_uniqueness", "by_unit_products", "unit_product"]

QUICK, SECONDS = 0.1, 0.5


def by_uniqueness(draft: Draft, claim: Term) -> Ref | None:
    """An equation that says what A^+ or T^{-1} is, from the equations that determine it."""
    if claim.head != "eq" or claim.args[0].sort != "matrix":
        return None
    return _determined(draft, claim)


def by_proposal(draft: Draft, claim: Term) -> Ref | None:
    """(S + b b^T)^+ = ...: whether the proposal satisfies what determines it is soon seen, or hard to see."""
    sums = any(side.head == "pinv" and side.args[0].head == "add" for side in claim.args)
    return _determined(draft, claim, QUICK) if claim.head == "eq" and sums else None


def by_unit_products(draft: Draft, claim: Term) -> Ref | None:
    """An equation that names v^+ for a vector v != 0, from v^+ v = 1; or what it says of A^+, from that too."""
    if claim.head != "eq" or claim.args[0].sort != "matrix":
        return None
    vectors = dict.fromkeys(_column(x.args[0]) for x in subterms(claim) if x.head == "pinv" and 1 in x.shape)
    with draft.attempt() as keep:
        known = [unit_product(draft, v) for v in vectors]
        ref = (by_ideal(draft, claim, 0.3) or _determined(draft, claim)) if any(known) else None
        if ref is not None:
            keep()
        return ref


def _column(v: Term) -> Term:
    return v if v.shape[1] == 1 else v.args[0] if v.head == "adjoint" else v.T


def unit_product(draft: Draft, v: Term) -> Ref | None:
    """v^+ v = 1 for a vector v != 0, and what v^+ is."""
    return _of_vector(draft, v) or _of_expression(draft, v)


def _determined(draft: Draft, claim: Term, seconds: float = SECONDS) -> Ref | None:
    for left, right in (claim.args, claim.args[::-1]):
        if left.head not in ("pinv", "inverse") or left in subterms(right):
            continue
        conditions = _penrose if left.head == "pinv" else _two_sided
        with draft.attempt() as keep:
            ref = _apply(draft, left, right, conditions, seconds)
            if ref is not None and draft.fact(ref) is not claim:
                ref = by_ideal(draft, claim, 0.5)
            if ref is not None:
                keep()
                return ref
    return None


def _of_expression(draft: Draft, v: Term) -> Ref | None:
    """v^+ v = 1 and v^+ = v^+ (v^+)^* v^* where v != 0 is known, by the case of a letter."""
    fact = draft.find(relation("ne", v, zero(*v.shape)))
    if fact is None or v.shape[1] != 1:
        return None
    x = symbol(f"v'_{{{v.shape[0]}}}", *v.shape, "complex")  # the size belongs to the name
    premise, conclusion = relation("ne", x, zero(*x.shape)), equation(mul(pinv(x), x), number(1))
    arrow = make("implies", (premise, conclusion))
    general = make("forall", (x, arrow))
    lemma = draft.find(general)
    if lemma is None:
        outer = draft.inner([])
        inner = outer.inner([premise])
        if _of_vector(inner, x) is None or inner.find(conclusion) is None:
            return None
        outer.add(arrow, "implies", steps=inner.steps)
        lemma = draft.add(general, "forall", steps=outer.steps)
    special = substitute(arrow, {x: v})
    instance = draft.add(special, "instance", of=lemma, terms=[to_json(v)])
    _turned(draft, v)
    return draft.add(special.args[1], "logic", of=[instance, fact])


def _turned(draft: Draft, v: Term) -> Term:
    """v^+ = v^+ (v^+)^* v^*, from the Penrose conditions."""
    ((_, P),) = expand(pinv(v)).terms
    turned = equation(pinv(v), mul(mul(pinv(v), pinv(v).T), v.T))
    cofactors = [Cofactor(Fraction(-1), (), (), 1, False, ()), Cofactor(Fraction(-1), (), P, 2, False, ())]
    letters, rows = write_combinations([cofactors])
    draft.add(turned, "ideal", uses=[["penrose", to_json(v)]], letters=letters, combinations=rows)
    return turned


def _of_vector(draft: Draft, v: Term) -> Ref | None:
    """v^+ = v^T / v^T v where v != 0 is known: v^T (v v^+ v - v) = 0 gives v^+ v = 1."""
    if v.head != "symbol" or v.shape[1] != 1 or draft.find(relation("ne", v, zero(*v.shape))) is None:
        return None
    p, q = mul(pinv(v), v), mul(v.T, v)
    with draft.attempt() as keep:
        letters, rows = write_combinations([[Cofactor(Fraction(1), (), (v.T,), 0, False, ())]])
        refs = [["penrose", to_json(v)]]
        step = draft.add(equation(mul(q, p), q), "ideal", uses=refs, letters=letters, combinations=rows)
        c = mul(pinv(v), pinv(v).T)
        turned = _turned(draft, v)
        one = equation(mul(c, q), number(1))
        links = [equation(p, mul(inverse(q), q, p)), equation(p, number(1)), one]
        if step and all(by_ideal(draft, link, 0.5) is not None for link in links):
            # v^+ - v^T / q = (v^+ - c v^T) + (c q - 1) v^T / q - (q / q - 1) c v^T
            ((loops, _),), ((over, _),), ((_, turn),) = (
                expand(c).terms,
                expand(inverse(q)).terms,
                expand(v.T).terms,
            )
            unit = draft.add(equation(mul(inverse(q), q), number(1)), "rational")
            rows = [
                Cofactor(Fraction(1), (), (), 0, False, ()), Cofactor(Fraction(1), over, (), 1, False, turn),
                Cofactor(Fraction(-1), loops, (), 2, False, turn),
            ]  # fmt: skip
            letters, combination = write_combinations([rows])
            uses = [draft.find(turned), draft.find(one), unit]
            value = equation(pinv(v), mul(inverse(q), v.T))
            keep()
            return draft.add(value, "ideal", uses=uses, letters=letters, combinations=combination)
    return None


def _penrose(A: Term, B: Term) -> list[Term]:
    return [
        equation(mul(A, B, A), A), equation(mul(B, A, B), B),
        equation(mul(A, B).T, mul(A, B)), equation(mul(B, A).T, mul(B, A)),
    ]  # fmt: skip


def _two_sided(T: Term, Y: Term) -> list[Term]:
    return [is_("invertible", T), equation(mul(T, Y), identity(T.shape[0]))]


def _apply(
    draft: Draft, value: Term, B: Term, conditions: Callable[[Term, Term], list[Term]], seconds: float
) -> Ref | None:
    A = value.args[0]
    refs = []
    for wanted in conditions(A, B):
        ref = draft.find(wanted) or (by_ideal(draft, wanted, seconds) if wanted.head == "eq" else None)
        if ref is None:
            return None
        refs.append(ref)
    X, Y = symbol("X'", *A.shape, "complex"), symbol("Y'", *B.shape, "complex")
    determined = equation(pinv(X) if value.head == "pinv" else inverse(X), Y)
    fact = _general(draft, X, Y, conditions(X, Y), determined)
    if fact is None:
        return None
    chain = _chain(conditions(X, Y), determined)
    special = substitute(chain, {X: A, Y: B})
    ref = draft.add(special, "instance", of=fact, terms=[to_json(A), to_json(B)])
    for premise in refs:
        special = special.args[1]
        ref = draft.add(special, "logic", of=[ref, premise])
    return ref


def _chain(premises: list[Term], conclusion: Term) -> Term:
    for premise in reversed(premises):
        conclusion = make("implies", (premise, conclusion))
    return conclusion


def _general(draft: Draft, X: Term, Y: Term, premises: list[Term], conclusion: Term) -> Ref | None:
    """The lemma for letters: for all X, Y the premises give the conclusion."""
    levels = [draft]
    for premise in premises:
        levels.append(levels[-1].inner([premise]))
    inner = levels[-1]
    given = len(inner.given)
    with inner.only([["given", i] for i in range(given - len(premises), given)]):
        P = conclusion.args[0]
        links = [equation(mul(X, P), mul(X, Y)), equation(mul(P, X), mul(Y, X))] if P.head == "pinv" else []
        if any(by_ideal(inner, link, 0.5) is None for link in [*links, conclusion]):
            return None
    steps = inner.steps
    for i in reversed(range(len(premises))):
        steps = [{"claim": to_json(_chain(premises[i:], conclusion)), "rule": "implies", "steps": steps}]
    return draft.add(make("forall", (X, Y, _chain(premises, conclusion))), "forall", steps=steps)
