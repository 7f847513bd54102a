"""Rates of a function along its own gradient, with semidefinite matrices in front.

With x' = -G grad_x f the rate of f is -(grad_x f)^T G grad_x f, and a sum of such forms where several letters
run, x' = -G grad_x f and y' = -K grad_y f.  So the rows R^T M R that are tried have gradients for R (matrices
under the trace), and for M what is known to be semidefinite.

Steepest descent in the metric of G^{-1}: Nesterov and Nemirovskii; natural gradients: Amari 1998.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let X : R^{m x n}, Y : R^{m x p}, G : R^{n x n}, W : R^{n x p}(t)
... assume psd(G), \\\\dot W = -G X^T (X W - Y)
... show d/dt ||X W - Y||_F^2 <= 0''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Poly, Refused
from lemmata.kernel.term import SCALAR, Term, subterms
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.motion.energies import gradients
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import by_rows

__all__ = ["by_gradient_rate"]

MOST_ROWS = 24
ONE = Fraction(1)


def by_gradient_rate(draft: Draft, claim: Term) -> Ref | None:
    """d/dt f <= 0 (or what a gradient bounds) by forms in the gradients of f."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        return None
    rates = [t.args[0] for t in dict.fromkeys(subterms(claim)) if t.head == "diff" and t.shape == SCALAR]
    middles = _semidefinite(draft) if rates else []
    if not middles:
        return None  # without a matrix in front squares are enough
    roots = [R for f in rates for R in gradients([f])]
    rows: list[Row] = [
        (ONE, (), R, ref) for R in roots for M, ref in middles if M.shape == (R.shape[0], R.shape[0])
    ]
    rows += [(ONE, (), R, None) for R in roots]
    return by_rows(draft, claim, rows[:MOST_ROWS]) if roots else None


def _semidefinite(draft: Draft) -> list[tuple[Poly, Ref]]:
    found = []
    for fact, ref in draft.facts:
        try:
            M = difference(fact)
        except Refused:
            continue
        if M.shape != SCALAR:
            found.append((M, ref))
    return found
