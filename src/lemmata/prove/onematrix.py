"""Form 2: a claim about one matrix, by what it says of its singular values.

The kernel reduces the claim to statements about scalars (lemmata.kernel.spectral); each of them is
established like any other claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from lemmata.kernel.meaning import difference, zeros
from lemmata.kernel.poly import Refused, to_term
from lemmata.kernel.spectral import Case, Reduction
from lemmata.kernel.term import SCALAR, Term, subterms, symbol, symbols_of, to_json
from lemmata.prove.algebra import by_ideal, by_squares_sum
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.scalars import by_oracle, settles
from lemmata.terms.blocks import selected
from lemmata.terms.forms import equation, is_, zero

__all__ = ["by_equal_projectors", "by_singular_values"]

MOST_OPEN = 4
"""With more vectors than these, the sides of a square matrix are not tried out."""


def by_singular_values(draft: Draft, claim: Term) -> Ref | None:
    """The claim, if it is about one matrix and holds on singular pairs and null spaces."""
    reason = ""
    for matrix in _matrices(draft, claim):
        _note_symmetry(draft, matrix)
        for left in _sides(matrix, draft, claim):
            try:
                facts = _usable(draft, matrix, left)
                cases = Reduction(matrix, [f for f, _ in facts], left, local=draft.local).cases(claim)
            except (Refused, ValueError) as refused:
                reason = reason or f"{_where(matrix)}: {refused}"
                continue
            steps = _solve(draft, cases)
            if isinstance(steps, str):
                reason = f"{_where(matrix)}: {steps}"
                continue
            facts, steps = _fewer(draft, matrix, left, claim, facts, steps)
            more = {"left": left} if left else {}
            uses = [ref for _, ref in facts]
            return draft.add(claim, "spectral", matrix=to_json(matrix), uses=uses, cases=steps, **more)
    if reason:
        draft.tried.append(reason)
    return None


def by_equal_projectors(draft: Draft, claim: Term) -> Ref | None:
    """A relation between subspaces of one matrix, by the equations that it stands for."""
    if claim.head not in ("eq", "subset", "in") or claim.args[1].sort != "space":
        return None
    with draft.attempt() as keep:
        try:
            gaps = [z for z in zeros(claim) if z]
        except Refused:
            return None
        found = [by_singular_values(draft, equation(to_term(z), zero(*z.shape))) for z in gaps]
        refs = [ref for ref in found if ref is not None]
        if len(refs) < len(gaps):
            return None
        with draft.only(refs):
            ref = by_ideal(draft, claim, 0.3)
        if ref is not None:
            keep()
        return ref


def _note_symmetry(draft: Draft, S: Term) -> None:
    """symmetric(S) from S^T = S, and from an inequality S >= mu I, which includes it."""
    if S.shape[0] != S.shape[1] or any(f.head == "is" and f.args[0] is S for f, _ in draft.facts):
        return
    antisymmetric = {((), (S,)), ((), (S.T,))}
    for fact, _ in draft.facts:
        try:
            gap = zeros(fact)[0] if fact.head == "eq" else difference(fact)
        except Refused:
            continue
        if gap.shape == S.shape and set((gap.adjoint() - gap).terms) == antisymmetric:
            by_ideal(draft, is_("symmetric", S), 0.2)
            return


def _matrices(draft: Draft, claim: Term) -> list[Term]:
    names = {s for s in symbols_of(claim) if 1 not in s.shape and selected(s) is None}
    for fact, _ in draft.facts:
        if fact.head == "eq" and any(s in symbols_of(claim) for s in symbols_of(fact)):
            names |= {s for s in symbols_of(fact) if 1 not in s.shape and selected(s) is None}
    if not names:
        # Vectors alone are read coordinate by coordinate, as on the null space of any matrix.
        sizes = {s.shape[0] for s in symbols_of(claim) if s.shape != SCALAR}
        names = {symbol("no matrix", "rows", size) for size in sizes if len(sizes) == 1 and size != "rows"}
    return sorted((s for s in names if not s.value[4]), key=repr)


def _where(matrix: Term) -> str:
    return "vectors alone" if matrix.name == "no matrix" else f"one matrix {matrix.name}"


def _sides(matrix: Term, draft: Draft, claim: Term) -> Iterator[list[str]]:
    """The vectors of the left side: none to name for a rectangle; for a square, by trial."""
    yield []
    symmetric = any(f.head == "is" and f.args[0] is matrix for f, _ in draft.facts)
    if matrix.shape[0] != matrix.shape[1] or symmetric:
        return
    letters = {s for p in (claim, *(f for f, _ in draft.facts)) for s in symbols_of(p)}
    open_ = sorted(s.name for s in letters if s.shape == (matrix.shape[0], 1))
    if len(open_) <= MOST_OPEN:
        for choice in list(product((False, True), repeat=len(open_)))[1:]:
            yield [name for name, on_left in zip(open_, choice, strict=True) if on_left]


def _usable(draft: Draft, matrix: Term, left: list[str]) -> list[tuple[Term, Ref]]:
    """The facts that the reduction takes: ranks first (whether an inverse exists depends on them), then
    what is known of w(0), since w may be given in its terms, then those that say what a vector is.
    """
    found: list[tuple[Term, Ref]] = []
    order = (_is_rank, _is_start, _defines)
    for fact, ref in sorted(draft.facts, key=lambda pair: [not test(pair[0]) for test in order]):
        if _reads_back(fact) or (fact.head == "eq" and fact.args[0] is fact.args[1]):
            continue
        try:
            Reduction(matrix, [*(f for f, _ in found), fact], left, local=draft.local)
        except (Refused, ValueError):
            continue
        found.append((fact, ref))
    return found


def _reads_back(fact: Term) -> bool:
    """w(0) in terms of w(t): true of a flow, and no help where w(t) is known in terms of w(0)."""
    pairs = (fact.args, fact.args[::-1]) if fact.head == "eq" else ()
    return any(a.head == "at" and a.args[1].head == "number" and a.args[0] in subterms(b) for a, b in pairs)


def _defines(fact: Term) -> bool:
    return fact.head == "eq" and any(a.head == "symbol" and a.shape[1] == 1 for a in fact.args)


def _is_start(fact: Term) -> bool:
    """w(0) in Row(A), x_0 = 0."""
    start = fact.args[0] if fact.head in ("eq", "in") else fact
    return start.head == "at" and start.args[1].head == "number"


def _is_rank(fact: Term) -> bool:
    heads = [arg.head for arg in fact.args]
    return fact.head in ("is", "lt", "gt") or (fact.head == "eq" and "rank" in heads)


def _solve(draft: Draft, cases: dict[str, Case]) -> dict[str, list[Any]] | str:
    """Sub-proofs of the scalar statements, or the first that is not established."""
    found = {}
    for block, case in cases.items():
        inner = Draft(case.given, {}, draft.deadline)
        for goal in case.goals:
            if not settles(inner, goal) and not _number(inner, goal):
                return _said(block, goal)
        if inner.steps:
            found[block] = inner.steps
    return found


def _number(draft: Draft, goal: Term) -> bool:
    """A scalar goal from scalar facts: by algebra, by a sum of squares, or by the oracle."""
    if goal.head == "eq" and by_ideal(draft, goal, 0.3) is not None:
        return True
    with draft.attempt() as keep:
        if goal.head in ("le", "lt", "ge", "gt") and by_squares_sum(draft, goal, 0.3) is not None:
            keep()
            return True
    return by_oracle(draft, goal) is not None


def _said(block: str, goal: Term) -> str:
    from lemmata.terms.show import show

    place = {"pair": "a singular value σ > 0", "L": "the null space of X^T", "R": "the null space of X"}[
        block
    ]
    return f"not seen on {place}: {show(goal)}"


def _fewer(
    draft: Draft,
    matrix: Term,
    left: list[str],
    claim: Term,
    facts: list[tuple[Term, Ref]],
    steps: dict[str, list[Any]],
) -> tuple[list[tuple[Term, Ref]], dict[str, list[Any]]]:
    """Without the facts that the claim does not need."""
    for pair in reversed(facts):
        rest = [other for other in facts if other is not pair]
        try:
            shorter = _solve(
                draft, Reduction(matrix, [f for f, _ in rest], left, local=draft.local).cases(claim)
            )
        except (Refused, ValueError):
            continue
        if not isinstance(shorter, str):
            facts, steps = rest, shorter
    return facts, steps
