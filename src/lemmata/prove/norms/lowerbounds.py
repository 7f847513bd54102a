"""Lower bounds on norms, and relations between numbers that multiples of the identity tell.

* Division: a <= b from ||Z|| a <= ||Z|| b and Z != 0.  So 1 <= ||A|| ||A^+|| for A != 0, since A = A A^+ A;
  and ||E|| >= 1 for an idempotent E != 0, since E = E E.
* The identity: a <= b from a I <= b I, by the trace, as n >= 1.  So mu c <= 1 from c I <= A^T A and
  mu A^T A <= I; and ||U|| >= 1 from I = U^T U <= ||U||^2 I.
* Squares: ||A||^2 <= b from A^T A <= b I, by sqrt(b); ||A B||_F^2 <= ||A||^2 ||B||_F^2 from the roots of its sides.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A : R^{m x n}\\nassume A != 0\\nshow 1 <= ||A|| ||A^+||")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Refused, expand, is_real
from lemmata.kernel.rules import ABSURD
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, dim, identity, inverse, make, mul, number, subterms, symbol
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.norms.norms import by_root
from lemmata.prove.norms.operatornorms import by_operator_norm
from lemmata.prove.norms.squareroots import square_of_root
from lemmata.prove.onematrix import by_singular_values
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import by_rows
from lemmata.prove.scalars import by_arithmetic
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import call, equation, norm, relation, zero

__all__ = [
    "by_dividing",
    "by_identity",
    "by_nonzero",
    "by_square_of_norm",
    "matrix_norms",
    "square_bound",
    "square_from_order",
]

ONE = Fraction(1)
MOST_NORMS = 3
MOST_SCALARS = 4


def matrix_norms(term: Term) -> list[Term]:
    """The spectral norms of matrices that a term names."""
    return [
        t
        for t in dict.fromkeys(subterms(term))
        if t.head == "norm" and 1 not in t.args[0].shape and t.value == "2"
    ]


# --- division --------------------------------------------------------------------------------


def by_dividing(draft: Draft, claim: Term) -> Ref | None:
    """a <= b from ||Z|| a <= ||Z|| b, for a Z that is not zero and whose norm, or inverse norm, is named."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not is_real(claim):
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    norms = matrix_norms(claim)
    for f, _ in draft.facts if norms else ():
        if f.head == "ne" and f.args[0].sort == "matrix" and f.args[0].shape[1] == 1 != f.args[0].shape[0]:
            norms.append(norm(f.args[0] if not expand(f.args[1]) else f.args[0] - f.args[1]))
    for size in norms[:MOST_NORMS]:
        with draft.attempt() as keep:
            if not _is_nonzero(draft, size.args[0]):
                continue
            ref = _divided(draft, claim, small, large, size)
            if ref is not None:
                keep()
                return ref
    return None


def _divided(draft: Draft, claim: Term, small: Term, large: Term, size: Term) -> Ref | None:
    """b - a = (1/s)^2 s (s b - s a) for s = ||Z||."""
    s, one = inverse(size), equation(mul(inverse(size), size), number(1))
    unit = by_arithmetic(draft, one)
    if unit is None:
        return None
    left = _without(small, s)
    if left is not None:  # a = c / s: show c <= s b
        bound = relation("le", left, mul(size, large))
        ref = by_operator_norm(draft, bound) or by_root(draft, bound, 0.2) or by_dividing(draft, bound)
    else:
        left = size if small is number(1) else mul(size, small)
        bound = relation("le", left, mul(size, large))
        ref = by_operator_norm(draft, bound) or by_root(draft, bound, 0.2)
    return None if ref is None else rows_add_up(draft, claim, [(ONE, (size,), s, ref)], [unit])


def by_nonzero(draft: Draft, claim: Term) -> Ref | None:
    """Z != 0, and ||Z|| != 0, for matrices."""
    if claim.head != "ne" or claim.args[0].sort != "matrix" or expand(claim.args[1]):
        return None
    Z = claim.args[0].args[0] if claim.args[0].head == "norm" else claim.args[0]
    with draft.attempt() as keep:
        if 1 in Z.shape or not _is_nonzero(draft, Z):
            return None
        keep()
        return draft.find(claim) or by_arithmetic(draft, claim)


def _without(term: Term, factor: Term) -> Term | None:
    factors = list(term.args) if term.head == "mul" else [term]
    if factor not in factors:
        return None
    factors.remove(factor)
    return mul(*factors) if factors else number(1)


def _is_nonzero(draft: Draft, Z: Term) -> bool:
    """Z != 0 as a fact: known, or since Z = 0 would make something zero that is not."""
    wanted = relation("ne", Z, zero(*Z.shape))
    pairs = [f.args for f, _ in draft.facts if f.head == "ne" and f.args[0].sort == "matrix"]
    gaps = [a if not expand(b) else a - b for a, b in pairs if a.shape != SCALAR]
    if any(expand(gap) in (expand(Z), expand(-Z)) for gap in gaps):
        return True
    known = [f.args[0] for f, _ in draft.facts if f.head == "is" and f.value in ("invertible", "spd")]
    whole = [A for A in known if A.shape != SCALAR]
    for A in whole:
        by_ideal(draft, equation(mul(A, inverse(A)), identity(A.shape[0])), 0.1)
    for X in [*gaps, *whole]:
        inner = draft.inner([equation(Z, zero(*Z.shape))])
        if (_no_identity(inner, X) if X in whole else _no_norm(inner, X)) is not None:
            arrow = make("implies", (inner.given[-1], ABSURD))
            draft.add(wanted, "logic", of=[draft.add(arrow, "implies", steps=inner.steps)])
            return True
    return False


def _no_norm(inner: Draft, X: Term) -> Ref | None:
    """1 = 0 from X = 0 for an X != 0, by its Frobenius norm."""
    size = norm(X, "F")
    claims = [
        equation(X, zero(*X.shape)),
        equation(make("trace", (mul(X.T, X),)), number(0)),
        equation(mul(size, size), number(0)),
    ]
    for claim in claims:
        square = by_ideal(inner, claim, 0.2)
        if square is None:
            return None
    return None if square is None else _absurd(inner, size, square)


def _no_identity(inner: Draft, A: Term) -> Ref | None:
    """1 = 0 from A A^{-1} = 0, which is I: the trace of I is n."""
    one, nothing = identity(A.shape[0]), zero(*A.shape)
    unit = inner.find(equation(mul(A, inverse(A)), one))
    vanishes = by_ideal(inner, equation(mul(A, inverse(A)), nothing), 0.2)
    if unit is None or vanishes is None:
        return None
    n = dim(A.shape[0])
    combination = [Cofactor(c, ((n,),), (), place, False, ()) for place, c in enumerate((ONE, -ONE))]
    return _absurd(inner, n, _combined(inner, equation(mul(n, n), number(0)), [vanishes, unit], combination))


def _absurd(inner: Draft, s: Term, square: Ref) -> Ref | None:
    """1 = (1/s)^2 s^2 = 0 from s^2 = 0, for an s that is seen not to vanish."""
    unit = by_arithmetic(inner, equation(mul(inverse(s), s), number(1)))
    if unit is None:
        return None
    ((over, _),), ((own, _),) = expand(inverse(s)).terms, expand(s).terms
    combination = [
        Cofactor(-ONE, (), (), 0, False, ()),
        Cofactor(-ONE, (*over, *own), (), 0, False, ()),
        Cofactor(ONE, (*over, *over), (), 1, False, ()),
    ]
    return _combined(inner, ABSURD, [unit, square], combination)


def _combined(draft: Draft, claim: Term, uses: list[Ref], combination: list[Cofactor]) -> Ref:
    letters, rows = write_combinations([combination])
    return draft.add(claim, "ideal", uses=uses, letters=letters, combinations=rows)


# --- multiples of the identity ---------------------------------------------------------------


def by_identity(draft: Draft, claim: Term) -> Ref | None:
    """a <= b by the traces of what is known in the Loewner order, over n; norms by their squares."""
    if claim.head not in ("le", "ge", "lt", "gt") or claim.args[0].shape != SCALAR or not is_real(claim):
        return None
    inside = list(subterms(claim))
    if any(
        t.head in ("trace", "rank", "inner", "at", "diff") or (t.shape not in (SCALAR, ()) and 1 in t.shape)
        for t in inside
        if t.sort == "matrix"
    ):
        return None
    small, large = claim.args if claim.head in ("le", "lt") else claim.args[::-1]
    norms = matrix_norms(claim)
    with draft.attempt() as keep:
        if norms:
            if claim.head not in ("le", "ge") or sign_of(large, strict=False) != 1 or len(norms) > MOST_NORMS:
                return None
            for size in norms:
                square_bound(draft, size.args[0])
            squares = relation("le", mul(small, small), mul(large, large))
            ref = by_rows(draft, squares, list(_traces(draft, squares)))
            ref = None if ref is None else draft.add(claim, "root", of=ref)
            ref = ref or _above_identity(draft, claim, small, large)
        else:
            rows = list(_traces(draft, claim))
            ref = by_rows(draft, claim, rows) if rows else None
        if ref is not None:
            keep()
        return ref


def _above_identity(draft: Draft, claim: Term, small: Term, large: Term) -> Ref | None:
    """1 <= ||I|| <= b, where b bounds what I is the product of."""
    if small is not number(1) or not matrix_norms(large):
        return None
    one = norm(identity(matrix_norms(large)[0].args[0].shape[0]))
    below, above = by_identity(draft, relation("le", small, one)), relation("le", one, large)
    ref = None if below is None else by_operator_norm(draft, above)
    rows: list[Row] = [(ONE, (), number(1), r) for r in (below, ref) if r is not None]
    return rows_add_up(draft, claim, rows) if len(rows) == 2 else None


def _traces(draft: Draft, claim: Term) -> Iterable[Row]:
    """s/n tr(M) for the M >= 0 that are known, and the letters s > 0 that are declared."""
    letters = {t for p in (claim, *(f for f, _ in draft.facts)) for t in subterms(p) if t.head == "symbol"}
    scalars = [
        t
        for t in letters
        if t.shape == SCALAR and t.value[3] in ("positive", "nonnegative") and not t.value[4]
    ]
    scalars = sorted(scalars, key=repr)[:MOST_SCALARS]
    for fact, ref in draft.facts:
        try:
            M = difference(fact)
        except Refused:
            continue
        if M.shape != SCALAR and M.shape[0] == M.shape[1]:
            n = inverse(dim(M.shape[0]))
            for s in ((), *((s,) for s in scalars)):
                yield ONE, (n, *s), identity(M.shape[0]), ref
        elif M.shape == SCALAR:
            yield ONE, (), number(1), ref


def square_bound(draft: Draft, M: Term) -> Ref | None:
    """M^T M <= ||M||^2 I, for a compound M from the lemma for a letter."""

    def body(Z: Term) -> Term:
        return relation("le", mul(Z.T, Z), mul(norm(Z), norm(Z), identity(M.shape[1])))

    return instance_of(draft, [symbol("Z'", *M.shape)], body, [M])


# --- squares ---------------------------------------------------------------------------------


def by_square_of_norm(draft: Draft, claim: Term) -> Ref | None:
    """||A||^2 <= b, from A^T A <= b I (or A A^T) and ||A|| <= sqrt(b)."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not is_real(claim):
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    if (ref := _by_roots(draft, claim, small, large)) is not None:
        return ref
    sizes = matrix_norms(small)
    if (
        len(sizes) != 1
        or sign_of(large, strict=False) != 1
        or expand(small) != expand(mul(sizes[0], sizes[0]))
    ):
        return None
    (A,) = sizes[0].args
    with draft.attempt() as keep:
        bound = relation("le", mul(A.T, A), mul(large, identity(A.shape[1])))
        ref = draft.find(bound) or by_singular_values(draft, bound)
        found = None if ref is None else square_from_order(draft, claim, ref)
        if found is not None:
            keep()
        return found


def square_from_order(draft: Draft, claim: Term, order: Ref) -> Ref | None:
    """||A||^2 <= b from A^T A <= b I, for b >= 0, by sqrt(b)."""
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    (size,) = matrix_norms(small)
    (A,) = size.args
    rooted = square_of_root(draft, large)
    if rooted is None:
        return None
    root = call("sqrt", large)
    squared = relation("le", mul(A.T, A), mul(root, root, identity(A.shape[1])))
    whole = rows_add_up(draft, squared, [(ONE, (), identity(A.shape[1]), order)], [rooted])
    if whole is None:
        return None
    below = draft.add(relation("le", size, root), "root", of=whole)
    # b - a^2 = (r - a) a + (r - a) r for b = r^2
    rows: list[Row] = [(ONE, (s,), number(1), below) for s in (size, root)]
    return rows_add_up(draft, claim, rows, [rooted])


def _by_roots(draft: Draft, claim: Term, small: Term, large: Term) -> Ref | None:
    """||M||^2 <= b^2 for the norm of a product, where the b of the claim is written as a product of squares."""
    factors = large.args if large.head == "mul" else (large,)
    if any(t.head != "power" or t.args[1] is not number(2) for t in (small, *factors)):
        return None
    a, b = small.args[0], mul(*(t.args[0] for t in factors))
    if a.head != "norm" or sign_of(b, strict=False) != 1:
        return None
    with draft.attempt() as keep:
        below = by_operator_norm(draft, relation("le", a, b)) or by_root(draft, relation("le", a, b), 0.3)
        rows: list[Row] = [(ONE, (s,), number(1), below) for s in (a, b)]
        ref = None if below is None else rows_add_up(draft, claim, rows)
        if ref is not None:
            keep()
        return ref
