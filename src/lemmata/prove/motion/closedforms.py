"""Bounds that fade like 1/t or 1/k, by the closed form of the flow or the recursion, before others are tried.

For a flow w' = -A^T (A w - y) the residual along a singular value s > 0 is s e^{-t s^2} times its start, and

    t (s e^{-t s^2})^2 = z e^{-2z} <= 1/(2e)      with z = t s^2;

for the gradient method  2 k u (1 - u)^{2k} <= 1  with u = mu s^2 in [0, 1]  (Nesterov, Introductory Lectures on
Convex Optimization, 2004, section 2.1.5, has the rate for all convex functions).  No induction and no energy
shows such a bound as it stands, since its constant is none that a single step keeps.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, w : R^n(t)
... assume \\\\dot w = -A^T A w
... show 2 t ||A w(t)||^2 <= ||w(0)||^2''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from lemmata.kernel.term import SCALAR, Term, subterms, symbols_of
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.motion.flows import solve_flows
from lemmata.prove.motion.recursions import solve_recursions
from lemmata.prove.onematrix import by_singular_values

__all__ = ["by_closed_form"]


def by_closed_form(draft: Draft, goal: Term) -> Ref | None:
    """An inequality with t or k as a factor, where one rectangular or symmetric matrix drives all."""
    if goal.head not in ("le", "ge") or goal.args[0].shape != SCALAR or draft.inducting:
        return None
    letters = symbols_of(goal)
    runs = {s.value[4] for s in letters} - {""}
    runs |= {t.args[1].name for t in subterms(goal) if t.head == "at" and t.args[1].head == "symbol"}
    if not any(s.name in runs for s in _factors(goal)) or not _of_one_matrix(draft, goal):
        return None
    with draft.attempt() as keep:
        solved = [solve_flows(draft, letters), solve_recursions(draft, letters)]
        ref = by_singular_values(draft, goal) if any(solved) else None
        if ref is not None:
            keep()
        return ref


def _of_one_matrix(draft: Draft, goal: Term) -> bool:
    props = [goal, *(f for f, _ in draft.facts)]
    matrices = {s for p in props for s in symbols_of(p) if 1 not in s.shape}
    if len(matrices) != 1:
        return False
    (A,) = matrices
    return A.shape[0] != A.shape[1] or any(f.head == "is" and f.args[0] is A for f in props)


def _factors(term: Term) -> list[Term]:
    """The letters of a proposition, other than those of exponents only."""
    if term.head == "symbol":
        return [term]
    if term.head == "exp":
        return []
    args = term.args[:1] if term.head == "power" else term.args
    return [s for a in args for s in _factors(a)]
