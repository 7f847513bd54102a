"""Which rule for which claim: the strategies in the order in which they pay.

``establish`` adds steps to a draft until the claim is a known fact, or gives up.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lemmata.kernel.check import Proved, check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused, derivative, expand
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.spectral import value_at
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    inverse,
    make,
    mul,
    number,
    subterms,
    symbols_of,
)  # fmt: skip
from lemmata.prove.algebra import by_ideal, by_square, by_squares_sum, by_witness
from lemmata.prove.draft import Draft, OutOfTime, Ref
from lemmata.prove.pruning import prune
from lemmata.terms.forms import diff, equation, is_, relation, zero

__all__ = ["Outcome", "detach", "establish", "obligations", "prove"]


@dataclass(frozen=True)
class Outcome:
    """What a search found: a checked theorem with its proof, or what was tried."""

    theorem: Proved | None
    proof: dict[str, Any] | None
    tried: tuple[str, ...] = ()
    missing: tuple[Term, ...] = field(default=())
    """Matrices whose inverse is used but not established."""
    seconds: float = 0.0


def prove(
    statement: Statement,
    lemmas: Mapping[str, Proved] | None = None,
    *,
    seconds: float = 5.0,
    label: str = "claim",
) -> Outcome:
    """Search a proof and let the kernel check it.  Never raises on a well-formed statement."""
    start = time.monotonic()
    draft = Draft(statement.given, lemmas or {}, start + seconds)
    missing: list[Term] = []
    theorem = None
    try:
        detach(draft)
        missing = obligations(draft, (*statement.given, statement.show))
        if not missing and _establish_goal(draft, statement.show):
            draft.steps = _shortest(draft, label, statement)
            theorem = draft.finish(label, statement)
    except OutOfTime:
        draft.tried.append(f"out of time after {seconds:g} s")
    except Refused as refused:
        draft.tried.append(f"the kernel refused: {refused}")
    proof = {"steps": draft.steps} if theorem else None
    tried = tuple(dict.fromkeys(draft.tried))
    return Outcome(theorem, proof, tried, tuple(missing), time.monotonic() - start)


def _shortest(draft: Draft, label: str, statement: Statement) -> list[dict[str, Any]]:
    """The steps without those that the goal does not use, if the kernel agrees."""
    goals = [statement.show, *(statement.show.args if statement.show.head == "and" else ())]
    fewer = prune(draft.steps, len(statement.given), goals)
    if len(fewer) == len(draft.steps) and fewer == draft.steps:
        return draft.steps
    try:
        check(label, statement, {"steps": fewer}, draft.lemmas)
    except Refused:
        return draft.steps
    return fewer


def _establish_goal(draft: Draft, goal: Term) -> bool:
    """The goal as it stands; failing that, with the closed forms of the linear flows that are given."""
    if establish(draft, goal) is not None:
        return True
    from lemmata.prove.flows import solve_flows
    from lemmata.prove.minimisers import use_general_facts
    from lemmata.prove.recursions import solve_recursions

    draft.letters = tuple(symbols_of(goal))
    use_general_facts(draft, goal)
    if draft.find(goal) is not None:
        return True
    general = any(f.head == "forall" for f, _ in draft.facts)
    new = [general, solve_flows(draft), solve_recursions(draft)]
    return any(new) and establish(draft, goal) is not None


def obligations(draft: Draft, props: Sequence[Term]) -> list[Term]:
    """Establish that every inverse in the propositions exists; returns those that were not."""
    missing = []
    for prop in props:
        _note_witnesses(draft, prop)
    for prop in props:
        bound = {b for t in subterms(prop) if t.head in ("forall", "exists") for b in t.args[:-1]}
        for term in subterms(prop):
            if term.head != "inverse" or term.args[0].head == "number" or bound & set(symbols_of(term)):
                continue
            A = term.args[0]
            if A.shape == SCALAR:
                if not sign_of(A) and establish(draft, relation("ne", A, number(0))) is None:
                    missing.append(A)
            elif establish(draft, is_("invertible", A)) is None and A not in missing:
                missing.append(A)
    return missing


def _note_witnesses(draft: Draft, prop: Term) -> None:
    """T^{-1} = Y, to be shown, names the likely inverse of T."""
    for equality in subterms(prop):
        if equality.head == "eq" and equality.args[0].sort == "matrix":
            for left, right in (equality.args, equality.args[::-1]):
                if left.head == "inverse" and left not in subterms(right):
                    draft.witnesses.setdefault(left.args[0], []).append(right)


def establish(draft: Draft, claim: Term) -> Ref | None:
    """Make the claim a fact of the draft by the first strategy that works; None if none does."""
    known = draft.find(claim)
    if known is not None:
        return known
    draft.clock()
    for strategy in _STRATEGIES.get(claim.head, (_equational,)):
        with draft.attempt() as keep:
            ref = strategy(draft, claim)
            if ref is not None:
                keep()
                return ref
    return None


# --- strategies ------------------------------------------------------------------------------


def _spectral(draft: Draft, claim: Term) -> Ref | None:
    from lemmata.prove.onematrix import by_singular_values

    return by_singular_values(draft, claim)


def _scalar(draft: Draft, claim: Term) -> Ref | None:
    from lemmata.prove.scalars import by_arithmetic

    return by_arithmetic(draft, claim)


def _oracle(draft: Draft, claim: Term) -> Ref | None:
    from lemmata.prove.scalars import by_oracle

    return by_oracle(draft, claim)


def _ideal(draft: Draft, claim: Term) -> Ref | None:
    return by_ideal(draft, claim, 2.0)


def _square(draft: Draft, claim: Term) -> Ref | None:
    return by_square(draft, claim, 1.0)


def _squares_sum(draft: Draft, claim: Term) -> Ref | None:
    for part in subterms(claim) if claim.head != "is" else ():
        if part.head == "inverse" and draft.find(is_("spd", part.args[0])) is not None:
            establish(draft, is_("spd", part))
    return by_squares_sum(draft, claim, 1.0)


def _few_squares(draft: Draft, claim: Term) -> Ref | None:
    return by_squares_sum(draft, claim, 0.3)


def _root(draft: Draft, claim: Term) -> Ref | None:
    from lemmata.prove.norms import by_root

    return by_root(draft, claim, 0.5)


def _equational(draft: Draft, claim: Term) -> Ref | None:
    for strategy in _EQUATIONAL:
        ref = strategy(draft, claim)
        if ref is not None:
            return ref
    return None


def _constant(draft: Draft, claim: Term) -> Ref | None:
    """q = q(0) where a fact says that dq/dt = 0."""
    if claim.head != "eq" or claim.args[0].sort != "matrix":
        return None
    for fact, ref in draft.facts:
        if fact.head != "eq" or fact.args[0].head != "diff" or fact.args[0].shape != claim.args[0].shape:
            continue
        q, rate = fact.args[0].args[0], fact.args[1]
        if not expand(rate) and expand(q) == expand(claim.args[0]):
            try:
                start = value_at(claim.args[0], fact.args[0].value, number(0))
            except Refused:
                continue
            if expand(start) == expand(claim.args[1]):
                return draft.add(claim, "constant", of=ref)
    return _conserved(draft, claim)


def _conserved(draft: Draft, claim: Term) -> Ref | None:
    """q(t) = q(0): the claim is what `constant` gives once dq/dt = 0 is shown; norms by their squares."""
    left, right = claim.args
    if left.head == right.head == "norm":
        squares = equation(left**2, right**2)
        ref = _conserved(draft, squares)
        return None if ref is None else _ideal(draft, claim)
    for variable in sorted({s.value[4] for s in symbols_of(left) if s.value[4]}):
        try:
            same = expand(value_at(left, variable, number(0))) == expand(right)
        except Refused:
            continue
        rate = equation(diff(left, variable), zero(*left.shape) if left.shape != SCALAR else number(0))
        if same and expand(left) != expand(right):
            fact = establish(draft, rate)
            if fact is not None:
                return draft.add(claim, "constant", of=fact)
    ref = _conserved_difference(draft, left - right)
    return None if ref is None else _ideal(draft, claim)


def _conserved_difference(draft: Draft, q: Term) -> Ref | None:
    """A claim left = right between functions of time, where left - right is constant and starts at 0."""
    for variable in sorted({s.value[4] for s in symbols_of(q) if s.value[4]} - INDICES):
        try:
            start = value_at(q, variable, number(0))
            nothing = zero(*q.shape) if q.shape != SCALAR else number(0)
            derivative(expand(q), variable)
        except Refused:
            continue
        with draft.attempt() as keep:
            beginning = _ideal(draft, equation(start, nothing))
            rate = beginning and _ideal(draft, equation(diff(q, variable), nothing))
            if rate:
                draft.add(equation(q, start), "constant", of=rate)
                ref = _ideal(draft, equation(q, nothing))
                if ref is not None:
                    keep()
                    return ref
    return None


def _square_inverse(draft: Draft, claim: Term) -> Ref | None:
    """B A = I from A B = I for square matrices: A is then invertible, with the inverse B."""
    if claim.head != "eq" or claim.args[0].head != "mul" or claim.args[1].head != "identity":
        return None
    factors = claim.args[0].args
    for i in range(1, len(factors)):
        B, A = mul(*factors[:i]), mul(*factors[i:])
        if A.shape == B.shape and A.shape[0] == A.shape[1] and A.shape != SCALAR:
            draft.witnesses.setdefault(A, []).append(B)
            if by_witness(draft, is_("invertible", A), 0.5) is not None:
                by_ideal(draft, equation(B, inverse(A)), 0.5)
                return _ideal(draft, claim)
    return None


def _is(draft: Draft, claim: Term) -> Ref | None:
    """invertible, spd, psd, and the properties that are equations."""
    if claim.value == "invertible":
        return _invertible(draft, claim)
    if claim.value in ("psd", "spd"):
        return _spectral(draft, claim) or _squares_sum(draft, claim) or _semidefinite(draft, claim)
    return _equational(draft, claim)


def _invertible(draft: Draft, claim: Term) -> Ref | None:
    A = claim.args[0]
    for arg in A.args:
        # The inverses that a likely inverse is made of: (A B)^{-1} of A^{-1} and B^{-1}.
        for part in subterms(arg):
            if part.head == "inverse" and part.args[0].shape != SCALAR:
                establish(draft, is_("invertible", part.args[0]))
    for fact, ref in draft.facts:
        if fact.head == "is" and fact.value in ("invertible", "spd") and expand(fact.args[0]) == expand(A):
            if fact is is_("spd", A):
                return draft.add(claim, "logic", of=[ref])
            return ref
    if A.shape == SCALAR:
        return None
    found = _spectral(draft, claim)
    if found is not None:
        return found
    found = _squares_sum(draft, is_("spd", A))
    if found is not None:
        return draft.add(claim, "logic", of=[found])
    return by_witness(draft, claim, 1.0)


def _and(draft: Draft, claim: Term) -> Ref | None:
    refs = []
    for part in claim.args:
        ref = establish(draft, part)
        if ref is None:
            return None
        refs.append(ref)
    return draft.add(claim, "logic", of=refs)


def _implication(draft: Draft, claim: Term) -> Ref | None:
    P, Q = claim.args
    forward = _nested(draft, [P], Q)
    if forward is None:
        return None
    if claim.head == "implies":
        return draft.add(claim, "implies", steps=forward)
    back = _nested(draft, [Q], P)
    return None if back is None else draft.add(claim, "implies", steps=forward, back=back)


def detach(draft: Draft) -> None:
    """Forward chaining: every known implication whose premise is known gives its conclusion."""
    progress = True
    while progress:
        progress = False
        known = dict(draft.facts)
        for fact, ref in draft.facts:
            pairs = (
                [fact.args]
                if fact.head == "implies"
                else [fact.args, fact.args[::-1]]
                if fact.head == "iff"
                else []
            )
            for premise, conclusion in pairs:
                if premise in known and conclusion not in known:
                    draft.add(conclusion, "logic", of=[ref, known[premise]])
                    known = dict(draft.facts)
                    progress = True


def _nested(draft: Draft, extra: list[Term], goal: Term) -> list[Any] | None:
    # "There is x with P" is used as P for the letter x itself; the kernel checks that it is new.
    extra = [p.args[-1] if p.head == "exists" else p for p in extra]
    inner = draft.inner(extra)
    detach(inner)
    missing = obligations(inner, [*extra, goal])
    if missing:
        return None
    if establish(inner, goal) is None:
        if not any(t.head == "forall" for t in (p for e in extra for p in subterms(e))):
            return None
        from lemmata.prove.minimisers import use_general_facts

        use_general_facts(inner, goal)
        if establish(inner, goal) is None:
            return None
    return inner.steps


def _induction(draft: Draft, claim: Term) -> Ref | None:
    from lemmata.prove.induction import by_induction

    return by_induction(draft, claim)


def _cancellation(draft: Draft, claim: Term) -> Ref | None:
    from lemmata.prove.cancellation import by_cancellation

    return by_cancellation(draft, claim, 1.0)


def _intertwined(draft: Draft, claim: Term) -> Ref | None:
    from lemmata.prove.exponentials import by_intertwining

    return by_intertwining(draft, claim)


def _growth(draft: Draft, claim: Term) -> Ref | None:
    from lemmata.prove.growth import by_growth

    return by_growth(draft, claim)


def _different(draft: Draft, claim: Term) -> Ref | None:
    """a != b, since a = b would give 1 = 0."""
    absurd = equation(number(1), number(0))
    steps = _nested(draft, [equation(*claim.args)], absurd) if claim.args[0].sort == "matrix" else None
    if steps is None:
        return None
    ref = draft.add(make("implies", (equation(*claim.args), absurd)), "implies", steps=steps)
    return draft.add(claim, "logic", of=[ref])


def _cauchy(draft: Draft, claim: Term) -> Ref | None:
    from lemmata.prove.norms import by_cauchy_schwarz, by_cauchy_schwarz_through

    return by_cauchy_schwarz(draft, claim) or by_cauchy_schwarz_through(draft, claim)


def _unique(draft: Draft, claim: Term) -> Ref | None:
    from lemmata.prove.schemas import by_uniqueness

    return by_uniqueness(draft, claim)


def _norms(draft: Draft, claim: Term) -> Ref | None:
    """a = b between nonnegative numbers from a <= b and b <= a."""
    if claim.head != "eq" or not any(
        t.head == "norm" or t.value == "abs" for a in claim.args for t in subterms(a)
    ):
        return None
    if claim.args[0].sort != "matrix" or claim.args[0].shape != SCALAR:
        return None
    both = [_root(draft, relation("le", *pair)) for pair in (claim.args, claim.args[::-1])]
    return None if None in both else draft.add(claim, "logic", of=both)


def _ranks(draft: Draft, claim: Term) -> Ref | None:
    """Comparisons of ranks and of dimensions by factors; sums of ranks by traces."""
    if claim.head == "is" or not any(t.head in ("rank", "dim") for t in subterms(claim)):
        return None
    from lemmata.prove.ranks import by_factors, by_rank_sums

    return by_factors(draft, claim) or by_rank_sums(draft, claim)


def _semidefinite(draft: Draft, claim: Term) -> Ref | None:
    """What follows for sums, traces and inverses from facts of semidefiniteness."""
    kinds = ("psd", "spd", "projection")
    if not any(f.head in ("le", "ge", "lt", "gt") or f.value in kinds for f, _ in draft.facts):
        return None
    from lemmata.prove.semidefinite import by_gram_factor, by_rows

    return by_rows(draft, claim) or by_gram_factor(draft, claim)


def _normality(draft: Draft, claim: Term) -> Ref | None:
    from lemmata.prove.cancellation import by_normality

    return by_normality(draft, claim, 0.5)


def _ranges(draft: Draft, claim: Term) -> Ref | None:
    """Pseudoinverses of sums of semidefinite matrices."""
    if not any(
        t.head in ("pinv", "col", "row", "null") and _is_sum(draft, t.args[0]) for t in subterms(claim)
    ):
        return None
    from lemmata.prove.semidefinite import by_ranges

    return by_ranges(draft, claim)


def _is_sum(draft: Draft, S: Term) -> bool:
    """Whether S is written as a sum, or lies above something."""
    above = (f.args[f.head in ("le", "lt")] for f, _ in draft.facts if f.head in ("le", "lt", "ge", "gt"))
    return S.head == "add" or S in above


def _forall(draft: Draft, claim: Term) -> Ref | None:
    general = _nested(draft, [], claim.args[-1])
    return None if general is None else draft.add(claim, "forall", steps=general)


def _exists(draft: Draft, claim: Term) -> Ref | None:
    from lemmata.prove.witnesses import by_witness_of_existence

    return by_witness_of_existence(draft, claim)


_EQUATIONAL = (
    _constant, _scalar, _spectral, _ranks, _ranges, _intertwined, _ideal, _unique, _square_inverse, _square,
    _cancellation, _normality, _semidefinite, _norms, _induction, _oracle,
)  # fmt: skip
_ORDER = (
    _scalar,
    _spectral,
    _ranks,
    _cauchy,
    _few_squares,
    _root,
    _squares_sum,
    _semidefinite,
    _growth,
    _induction,
    _oracle,
)

_STRATEGIES = {
    "and": (_and,),
    "implies": (_implication,),
    "iff": (_implication,),
    "forall": (_forall,),
    "exists": (_exists,),
    "is": (_is,),
    "le": _ORDER,
    "ge": _ORDER,
    "lt": _ORDER,
    "gt": _ORDER,
    "ne": (_scalar, _oracle, _different),
}
