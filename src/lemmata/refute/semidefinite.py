"""Why no matrix of a chart is positive semidefinite: what the linear equations force on a subspace.

On a chart the matrix is  P = P_0 + z_1 P_1 + z_2 P_2 + ...,  all symmetric.  On the common null space of
P_1, P_2, ... the form  x^T P x = x^T P_0 x  does not depend on z: where it is negative there is no
semidefinite P, and where it vanishes  P x = P_0 x  must vanish too.  For  A X = B  that space is the row
space of A, and  x = A^T u  has  x^T X x = u^T B A^T u.

>>> forced_negative([fmpq_mat(2, 2, [0, 1, 1, 0]), fmpq_mat(2, 2, [0, 0, 0, 1])], False)
'x^T P x = 0 and P x != 0 for x = [1; 0]'
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flint import fmpq_mat

from lemmata.kernel.term import SCALAR, Term, add
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.letters import Chart, Letters, degree
from lemmata.refute.spectrum import null_space
from lemmata.terms.forms import neg

__all__ = ["forced_negative", "obstacle", "semidefinite", "symmetry"]


def semidefinite(props: Iterable[Term], letters: Letters) -> list[tuple[Term, bool]]:
    """Terms, affine in the letters, that are said to be semidefinite (True: definite), and sums of two."""
    found = [o for p in props if (o := _order(p, letters)) is not None]
    pairs = [(a, b) for a, b in itertools.combinations(found, 2) if a[0].shape == b[0].shape]
    return [*found, *((add(a, b), s or t) for (a, s), (b, t) in pairs)]


def _order(p: Term, letters: Letters) -> tuple[Term, bool] | None:
    if p.head == "is" and p.value in ("psd", "spd"):
        found, strict = p.args[0], p.value == "spd"
    elif p.head in ("le", "lt", "ge", "gt") and p.args[0].shape != SCALAR:
        large, small = p.args if p.head in ("ge", "gt") else p.args[::-1]
        zero = small.head == "zero" or (small.head == "number" and small.value == 0)
        found, strict = large if zero else add(large, neg(small)), p.head in ("lt", "gt")
    else:
        return None
    d = degree(found, letters)
    return (found, strict) if d is not None and d <= 1 else None


def symmetry(term: Term) -> Callable[[Evaluator], Any]:
    """What vanishes where the term is symmetric, as what is semidefinite is."""
    return lambda e: e.system.add(e.value(term), e.minus(e.system.transpose(e.value(term))))


def obstacle(e: Evaluator, chart: Chart, term: Term, strict: bool) -> str:
    """Why the term is semidefinite nowhere on the chart, or nothing."""
    base = chart.at(e).value(term)
    parts = [base]
    for i in range(len(chart.directions)):
        moved = chart.at(e, (i, 1)).value(term)
        parts.append(e.system.add(moved, e.minus(base)))
    if any(type(p) is not fmpq_mat for p in parts):
        return ""
    return forced_negative(parts, strict)


def forced_negative(parts: list[fmpq_mat], strict: bool) -> str:
    """A vector x for which P = P_0 + z_1 P_1 + ... can not be semidefinite, whatever z is."""
    base, n = parts[0], parts[0].nrows()
    moving = parts[1:] or [fmpq_mat(n, n)]
    stacked = fmpq_mat(n * len(moving), n, [x for p in moving for x in p.entries()])
    for x in _forms(base, null_space(stacked)):
        value = (x.transpose() * base * x)[0, 0]
        if value < 0 or (value == 0 and strict):
            return f"x^T P x = {value} for {_written(x)}"
        if value == 0 and any((base * x).entries()):
            return f"x^T P x = 0 and P x != 0 for {_written(x)}"
    return ""


def _written(x: fmpq_mat) -> str:
    return "x = [" + "; ".join(str(v) for v in x.entries()) + "]"


def _forms(base: fmpq_mat, columns: list[list[Any]]) -> Iterator[fmpq_mat]:
    """Vectors of the space, not zero: few and simple ones, then orthogonal ones in the sense of the form."""
    space = [fmpq_mat(len(c), 1, c) for c in columns]
    for weights in itertools.islice(itertools.product((0, 1, -1), repeat=len(space)), 1, 82):
        yield sum((v * w for v, w in zip(space, weights, strict=True)), space[0] * 0)
    while space:  # Gram-Schmidt: a form is semidefinite on a space iff it is so on an orthogonal basis
        v = next((s for s in space if (s.transpose() * base * s)[0, 0]), space[0])
        square = (v.transpose() * base * v)[0, 0]
        yield v
        rest = [s for s in space if s is not v]
        for s in rest if not square else ():  # x^T P x = 0 for all: a mixed value decides
            mixed = (v.transpose() * base * s)[0, 0]
            if mixed:
                yield v - s * (1 if mixed > 0 else -1)
        space = [s - v * ((v.transpose() * base * s)[0, 0] / square) for s in rest] if square else rest
