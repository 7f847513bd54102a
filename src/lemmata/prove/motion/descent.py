"""Inequalities along a recursion: u_k <= c^k u_0 (+ ...) by induction, where each step is one of energies.

The step is sought as a nonnegative combination: of the hypothesis for k, of what is known of x_{k+1},
and of rows R^T M R for known M >= 0 and the vectors at hand (energies.py).  Norms are compared as they
stand, and by their squares.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let x : R^n(k), q : nonnegative
... assume ||x_{k+1}|| <= q ||x_k||
... show ||x_k|| <= q^k ||x_0||''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from lemmata.kernel.meaning import difference, is_vector_norm
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused, depends_on, is_real
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    add,
    identity,
    make,
    mul,
    number,
    subterms,
    symbol,
    symbols_of,
)
from lemmata.prove.algebra import with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.motion.energies import by_energy, multiple, roots_of
from lemmata.prove.motion.induction import indices_of, reads_on, shift_definitions
from lemmata.prove.motion.recursions import matrices_of_recursions
from lemmata.prove.motion.steps import bound_steps
from lemmata.prove.norms.normchains import rows_add_up
from lemmata.prove.norms.norms import bounds_of_norms
from lemmata.prove.onematrix import by_singular_values
from lemmata.prove.order.gram import Row
from lemmata.prove.scalars import by_arithmetic, is_scalar
from lemmata.terms.forms import relation

__all__ = ["by_descent"]


def by_descent(draft: Draft, claim: Term) -> Ref | None:
    """An inequality for all k, where the step is a matter of energies; norms also by their squares."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not _recursive(draft):
        return None
    for name in indices_of(draft, claim):
        if not any(depends_on(side, name) for side in claim.args):
            continue
        with draft.attempt() as keep:
            shift_definitions(draft, claim, name)
            if reads_on(claim, name):
                ref = by_energy(draft, claim, [v for v in roots_of(draft, claim) if not reads_on(v, name)])
            else:
                ways = [_either, _contracts, _by_steps]
                order = ways[::-1] if any(side.head == "add" for side in claim.args) else ways
                ref = next((ref for way in order if (ref := way(draft, claim, name)) is not None), None)
            if ref is not None:
                keep()
                return ref
    return None


def _recursive(draft: Draft) -> bool:
    inside = {t for f, _ in draft.facts for t in subterms(f)}
    return any(t.head == "at" and t.args[0].value[4] in INDICES and t.args[1].head == "add" for t in inside)


def _either(draft: Draft, claim: Term, name: str) -> Ref | None:
    """As it stands, where that can be; by squares."""
    bounded = any(f.head in ("le", "ge") and reads_on(f, name) for f, _ in draft.facts)
    if bounded or not any(t.head == "norm" for side in claim.args for t in _factors(side)):
        return (
            _descends(draft, claim, name)
            or _norms_descend(draft, claim, name)
            or _squares_descend(draft, claim, name)
        )
    return _squares_descend(draft, claim, name)


def _factors(side: Term) -> tuple[Term, ...]:
    return side.args if side.head == "mul" else (side,)


def _by_steps(draft: Draft, claim: Term, name: str) -> Ref | None:
    """By what one step does to the norm, and numbers alone."""
    with draft.attempt() as keep:
        steps = [draft.fact(ref) for ref in bound_steps(draft, claim, name)]
        numbers = [f for f, _ in draft.facts if is_scalar(f) and f.head != "eq"]
        ref = _descends(draft, claim, name, [*steps, *numbers]) if steps else None
        if ref is not None:
            keep()
        return ref


def _descends(draft: Draft, claim: Term, name: str, among: Sequence[Term] = ()) -> Ref | None:
    """By induction, where the step is one of energies; with these facts only, if any are named."""
    k = next((s for s in symbols_of(claim) if s.name == name), symbol(name, domain="natural"))
    try:
        base = value_at(claim, name, number(0))
        later = value_at(claim, name, add(k, number(1)))
    except Refused:
        return None
    with draft.attempt() as keep:
        if (by_arithmetic(draft, base) or _by_numbers(draft, base) or by_energy(draft, base)) is None:
            return None
        inner = draft.inner([claim])
        inner.inducting = True
        roots = [v for v in roots_of(draft, claim) if depends_on(v, name)]
        chosen = [ref for f, ref in inner.facts if not among or f in among or f is claim]
        with inner.only(chosen):
            if by_energy(inner, later, roots) is None:
                return None
        keep()
        return draft.add(claim, "induction", variable=name, steps=inner.steps)


def _by_numbers(draft: Draft, base: Term) -> Ref | None:
    """The beginning by what is known of numbers alone: d / (1 - c) >= 0 from c < 1."""
    with draft.only([ref for fact, ref in draft.facts if is_scalar(fact)]):
        return by_energy(draft, base)


def _norms_descend(draft: Draft, claim: Term, name: str) -> Ref | None:
    """||u|| <= ||v|| between the numbers and not, as such a claim is read, between their squares."""
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    if not is_vector_norm(small) or not is_vector_norm(large):
        return None
    ref = _descends(draft, relation("le", mul(number(1), small), large), name)
    if ref is None:
        return None
    rows: list[Row] = [(Fraction(1), (n,), number(1), ref) for n in (small, large)]
    with draft.only([ref]):
        return with_squares(draft, claim, difference(claim), rows, 0.3)


def _squares_descend(draft: Draft, claim: Term, name: str) -> Ref | None:
    """||u|| <= c ||v|| by ||u||^2 <= c^2 ||v||^2, with what is known of the norms of matrices."""
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    factors = [*_factors(small), *_factors(large)]
    if not any(f.head == "norm" for f in factors) or not is_real(claim):
        return None
    seen = sign_of(large, strict=False) == 1
    if not seen and not any(f.head == "power" for f in _factors(large)):
        return None
    for fact in (claim, *(f for f, _ in draft.facts)):
        if fact.head in ("le", "lt", "ge", "gt"):
            bounds_of_norms(draft, fact)
    squares = relation("le", *(mul(*_twice(side)) for side in (small, large)))
    ref = _descends(draft, squares, name)
    sides = relation("le", mul(small, small), mul(large, large))
    ref = multiple(draft, sides, ref) if ref is not None and sides is not squares else ref
    if ref is None or seen:
        return None if ref is None else draft.add(claim, "root", of=ref)
    # After the induction for the squares: the kernel runs none under a hypothesis that names k alone.
    above = _nonnegative(draft, large)
    return None if above is None else draft.add(claim, "root", of=ref, above=above)


def _nonnegative(draft: Draft, large: Term) -> Ref | None:
    """0 <= b for a product b of norms and powers q^k, once 0 <= q is established."""
    open_ = [f for f in _factors(large) if sign_of(f, strict=False) != 1]
    rest = [f for f in _factors(large) if f not in open_]
    refs = [_nonnegative_power(draft, f) for f in open_]
    if None in refs:
        return None
    rows: list[Row] = [(Fraction(1), tuple(rest), number(1), refs if len(refs) > 1 else refs[0])]
    return rows_add_up(draft, relation("le", number(0), large), rows)


def _nonnegative_power(draft: Draft, power: Term) -> Ref | None:
    """0 <= q^k from 0 <= q, by induction."""
    from lemmata.prove.search import establish

    claim = relation("le", number(0), power)
    if power.head != "power" or power.args[1].head != "symbol" or draft.find(claim) is not None:
        return draft.find(claim)
    (q, k), one = power.args, number(1)
    ref = establish(draft, relation("le", number(0), q))
    if ref is None or by_arithmetic(draft, value_at(claim, k.name, number(0), k)) is None:
        return None
    inner = draft.inner([claim])
    now, base = inner.find(claim), inner.find(relation("le", number(0), q))
    later = value_at(claim, k.name, add(k, one), k)
    if (
        now is None
        or base is None
        or rows_add_up(inner, later, [(Fraction(1), (), one, [now, base])]) is None
    ):
        return None
    return draft.add(claim, "induction", variable=k.name, steps=inner.steps)


def _contracts(draft: Draft, claim: Term, name: str) -> Ref | None:
    """The same after M^T M <= c^2 I, or c I, for the matrix M of the recursion and the factor c^k."""
    rates = [
        t.args[0]
        for t in subterms(claim)
        if t.head == "power" and name in {s.name for s in symbols_of(t.args[1])}
    ]
    scales = [number(1), *dict.fromkeys(r for c in rates if c.shape == SCALAR for r in (mul(c, c), c))]
    for x, M, _ in matrices_of_recursions(draft, name):
        for scale in scales[-2:]:
            bound = relation("le", mul(M.T, M), mul(scale, identity(x.shape[0])))
            with draft.attempt() as keep:
                if draft.find(bound) is None and by_singular_values(draft, bound) is None:
                    continue
                ref = _either(draft, claim, name)
                if ref is not None:
                    keep()
                    return ref
    return None


def _twice(side: Term) -> list[Term]:
    """The factors of the square: ||a||^2 for norms."""
    return [
        g for f in _factors(side) for g in ([make("power", (f, number(2)))] if f.head == "norm" else [f, f])
    ]
