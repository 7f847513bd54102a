"""What a recursion says of norms: ||x_{k+1}|| <= c ||x_k|| + d from x_{k+1} = A x_k + b, ||A|| <= c, ||b|| <= d.

The bound is a chain of norms (norms/normchains.py), so that A may be a product or a sum; a norm that the claim names
stands for itself, any other for what is known of it.  Summed up along k it is the discrete lemma of Groenwall.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{n x n}, b : R^n, x : R^n(k)
... assume x_{k+1} = A x_k + b, ||A|| <= 1
... show ||x_k|| <= ||x_0|| + k ||b||''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from lemmata.kernel.poly import is_real
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, mul, number, subterms, symbol, to_json
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.norms.normchains import (
    bound_of_vector,
    known_bounds,
    norm_of,
    parts_of,
    rows_add_up,
    unit_bound,
)
from lemmata.prove.order.gram import Row
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import equation, norm, relation

__all__ = ["bound_steps"]

ONE = Fraction(1)
SECONDS = 0.2


def bound_steps(draft: Draft, claim: Term, name: str) -> list[Ref]:
    """||x_{k+1}|| <= (a bound) for the recursions x_{k+1} = ... of the vectors whose norms are compared."""
    small = claim.args[0] if claim.head in ("le", "lt") else claim.args[1]
    found = []
    inside = set(subterms(claim))
    for fact, _ in list(draft.facts):
        if fact.head != "eq" or fact.args[0].shape == SCALAR or fact.args[0].sort != "matrix":
            continue
        for side, other in (fact.args, fact.args[::-1]):
            later = side.head == "at" and side.args[0].value[4] == name and side.args[1].head == "add"
            if later and side.shape[1] == 1 and norm(side.args[0]) in subterms(small):
                known = known_bounds(draft, of_vectors=True)
                choice = {n: bounds[0] for n, bounds in known.items() if n not in inside}
                ref = _step(draft, side, other, choice, inside)
                found += [ref] if ref is not None else []
    return found


def _step(
    draft: Draft, later: Term, value: Term, choice: dict[Term, tuple[Term, Ref]], inside: set[Term]
) -> Ref | None:
    parts = parts_of(value)
    if any(part.end is None for part in parts) or (len(parts) < 2 and not choice):
        return None
    for size in {norm_of(F) for part in parts for F in part.factors} - set(choice) - set(inside):
        unit = unit_bound(draft, size)
        choice |= {size: unit} if unit is not None else {}
    sign = 1 if parts[0].number > 0 else -1
    chain = bound_of_vector(draft, [replace(p, number=sign * p.number) for p in parts], choice)
    if chain is None:
        return None
    total, ref = chain
    bound = draft.fact(ref).args[1]
    recursion = [r for f, r in draft.facts if f.head == "eq" and later in subterms(f)]
    if sign_of(bound, strict=False) != 1 or not is_real(later):
        return _of_equals(draft, later, total, ref)
    # B^2 - ||x||^2 = (B - ||v||) B + (B - ||v||) ||v|| for x = v or -v
    squares = relation("le", mul(norm(later), norm(later)), mul(bound, bound))
    rows: list[Row] = [(ONE, (s,), number(1), ref) for s in (bound, norm(total))]
    squared = rows_add_up(draft, squares, rows, recursion)
    return None if squared is None else draft.add(relation("le", norm(later), bound), "root", of=squared)


def _of_equals(draft: Draft, later: Term, total: Term, chain: Ref) -> Ref | None:
    """||x_{k+1}|| <= B from ||v|| <= B for x_{k+1} = v, where the sign of B is not seen and squares tell nothing.

    It is not seen of B = c r + (1 - c) r, where ||b|| <= (1 - c) r is what says that c r is at most r.
    """
    same = by_ideal(draft, equation(later, total), SECONDS)
    if same is None:
        return None
    z = symbol("z'", *later.shape, domain="real" if is_real(later) else "complex")
    # With a factor 1: an equation of two norms as such is one of their squares.
    equal = equation(norm(later), mul(number(1), norm(total)))
    uses = [["congruent", to_json(norm(z)), to_json(z), same]]
    letters, rows = write_combinations([[Cofactor(ONE, (), (), 0, False, ())]])
    sizes = draft.add(equal, "ideal", uses=uses, letters=letters, combinations=rows)
    bound = relation("le", norm(later), draft.fact(chain).args[1])
    return rows_add_up(draft, bound, [(ONE, (), number(1), chain)], [sizes])
