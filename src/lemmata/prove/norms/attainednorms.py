"""Lower bounds on spectral norms, f(||A||) <= ||f(A)||, since the norm is attained.

The largest singular value s = ||A|| is one: A^* A v = s^2 v for some v != 0.  So M^* M v = f(s)^2 v for M = f(A),
whose singular values are |f| of those of A, and f(s)^2 v^* v <= ||M||^2 v^* v gives |f(s)| <= ||M||.  With the upper
bound by singular values, ||A^T A + lambda I|| = ||A||^2 + lambda and ||e^{A^T A}|| = e^{||A||^2}.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, lambda : positive
... show ||A||^2 + lambda <= ||A^T A + lambda I||''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from lemmata.kernel.operators import Operator
from lemmata.kernel.poly import Refused, expand, is_real
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.spectral import Reduction
from lemmata.kernel.term import (
    SCALAR,
    Term,
    exp,
    inverse,
    make,
    mul,
    number,
    substitute,
    symbol,
    symbols_of,
    to_json,
)
from lemmata.prove.algebra import by_ideal, by_square
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.norms.lowerbounds import matrix_norms, square_bound
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.onematrix import by_singular_values
from lemmata.prove.order.gram import Row
from lemmata.prove.order.ranges import all_vanish
from lemmata.prove.scalars import by_arithmetic
from lemmata.prove.search import detach, establish
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import equation, norm, power, relation, zero

__all__ = ["attained", "by_attained_existence", "by_attained_norm", "value_at_norm"]

ONE = Fraction(1)
MOST_NORMS = 2
SECONDS = 1.0


def by_attained_norm(draft: Draft, claim: Term) -> Ref | None:
    """a <= b where b names a norm ||f(A)||, by f(||A||) <= ||f(A)||."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not all(map(is_real, claim.args)):
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    own = set(matrix_norms(small))
    for size in matrix_norms(large)[:MOST_NORMS]:
        (M,) = size.args
        letter = M.args[0] if M.head == "adjoint" else M
        found = None if letter.head == "symbol" else value_at_norm(draft, M)
        if found is None or norm(found[0]) not in own:
            continue
        with draft.attempt() as keep:
            below = _below(draft, *found, size)
            ref = below and (
                draft.find(claim)
                or rows_add_up(draft, claim, [(ONE, (), number(1), below)])
                or _square(draft, claim, large, below)
                or _weaker(draft, claim, small, found[0], below)
            )
            if ref is not None:
                keep()
                return ref
    return None


def _square(draft: Draft, claim: Term, large: Term, below: Ref) -> Ref | None:
    """a^2 <= b^2 for a <= b."""
    rows: list[Row] = [(ONE, (side,), number(1), below) for side in draft.fact(below).args]
    return rows_add_up(draft, claim, rows) if large.head in ("power", "mul") else None


def _weaker(draft: Draft, claim: Term, small: Term, A: Term, below: Ref) -> Ref | None:
    """a <= b from a <= f(||A||), which is so for all numbers in the place of ||A||."""
    size, value = norm(A), draft.fact(below).args[0]

    def lemma(s: Term) -> Term:
        return relation("le", substitute(small, {size: s}), substitute(value, {size: s}))

    letter = symbol("s'", domain="nonnegative")
    if any(x.shape != SCALAR for side in lemma(letter).args for x in symbols_of(side)):
        return None
    less = instance_of(draft, [letter], lemma, [size])
    return less and rows_add_up(draft, claim, [(ONE, (), number(1), ref) for ref in (less, below)])


def value_at_norm(draft: Draft, M: Term) -> tuple[Term, Term] | None:
    """The one matrix A that M = f(A) is a function of, and f(||A||)."""
    matrices = [s for s in symbols_of(M) if 1 not in s.shape]
    if len(matrices) != 1 or matrices[0].value[4]:
        return None
    (A,) = matrices
    try:
        reduction = Reduction(A, [f for f, _ in draft.facts if f.head == "is" and f.args[0] is A])
        value = reduction.value(M)
    except Refused:
        return None
    if not isinstance(value, Operator):
        return None
    return A, substitute(value.at("pair"), {reduction.sigma: norm(A)})


def _below(draft: Draft, A: Term, value: Term, size: Term) -> Ref | None:
    """f(||A||) <= ||M||, from v with A^* A v = ||A||^2 v, or from u with A A^* u = ||A||^2 u."""
    (M,) = size.args
    X = A if M.shape[1] == A.shape[1] else A.T
    value = value if sign_of(value, strict=False) != -1 else -value
    claim = relation("le", value, size)
    return _with_vector(draft, claim, X, lambda inner, v: _at_vector(inner, v, M, value, size))


def by_attained_existence(draft: Draft, claim: Term) -> Ref | None:
    """There is an x with P(x), for the vector at which a norm in P is attained, or that over its length."""
    *bound, body = claim.args
    sizes = [t for t in matrix_norms(body) if t.args[0].head == "symbol"]
    if len(bound) != 1 or bound[0].shape[1] != 1 or bound[0].shape == SCALAR:
        return None

    def shown(inner: Draft, v: Term) -> Ref | None:
        for x in (v, mul(inverse(norm(v)), v)):
            if x is not v and establish(inner, relation("ne", norm(v), number(0))) is None:
                return None
            ref = establish(inner, substitute(body, {bound[0]: x}))
            if ref is not None:
                return inner.add(claim, "exists", of=ref, terms=[to_json(x)])
        return None

    for size in sizes[:MOST_NORMS]:
        (A,) = size.args
        if A.shape[1] == bound[0].shape[0] and (ref := _with_vector(draft, claim, A, shown)) is not None:
            return ref
    return None


def _with_vector(
    draft: Draft, claim: Term, X: Term, shown: Callable[[Draft, Term], Ref | None]
) -> Ref | None:
    """The claim from a vector v != 0 with X^* X v = ||X||^2 v; for a semidefinite X with X v = ||X|| v."""
    A = X if X.head == "symbol" else X.args[0]
    with draft.attempt() as keep:
        if X is not A and _same_norm(draft, A) is None:
            return None
        some = attained(draft, X)
        premise = draft.fact(some)
        inner = draft.inner([premise.args[-1]])
        detach(inner)
        v, s = premise.args[0], norm(A)
        if (definite := _semidefinite(inner, X)) is not None:
            _leaves_direction(inner, X, v, s, definite)
        elif X is not A:
            by_ideal(inner, equation(mul(X.T, X, v), mul(s, s, v)), SECONDS)
        if shown(inner, v) is None:
            return None
        keep()
        arrow = draft.add(make("implies", (premise, claim)), "implies", steps=inner.steps)
        return draft.add(claim, "logic", of=[arrow, some])


def _same_norm(draft: Draft, A: Term) -> Ref | None:
    """||A^*|| = ||A||, from both inequalities for a letter."""
    letter = [symbol("Z'", *A.shape)]
    less = instance_of(draft, letter, lambda Z: relation("le", norm(Z.T), norm(Z)), [A])
    more = instance_of(draft, letter, lambda Z: relation("le", norm(Z), norm(Z.T)), [A])
    return (
        None
        if less is None or more is None
        else draft.add(equation(norm(A.T), norm(A)), "logic", of=[less, more])
    )


def _semidefinite(draft: Draft, S: Term) -> Ref | None:
    return next((ref for f, ref in draft.facts if f.value in ("psd", "spd") and f.args[0] is S), None)


def _leaves_direction(inner: Draft, S: Term, v: Term, s: Term, definite: Ref) -> None:
    """S v = s v from S^2 v = s^2 v, for a semidefinite S and s >= 0.

    For w = S v - s v it is S w = -s w, so that w^* S w + s w^* w = 0 and S w = 0; then w^* w = 2 v^* S w = 0.
    """
    w = mul(S, v) - mul(s, v)
    nothing = zero(*v.shape)
    if all_vanish(inner, [equation(mul(S, w), nothing)], [(ONE, (), w, definite), (ONE, (s,), w, None)]):
        by_square(inner, equation(mul(S, v), mul(s, v)), SECONDS)


def attained(draft: Draft, X: Term) -> Ref:
    """There is v != 0 with X^* X v = ||X||^2 v."""
    taken = {s.name for f, _ in draft.facts for s in symbols_of(f)}
    taken |= {s.name for t in (X, *draft.letters) for s in symbols_of(t)}
    name = next(n for n in ("v", "u", "v'", "v''", "the singular vector") if n not in taken)
    v = symbol(name, X.shape[1], domain="real" if is_real(X) else "complex")
    size = norm(X)
    pair = (
        make("ne", (v, zero(*v.shape))),
        equation(mul(X.T, X, v), mul(size, size, v)),
    )
    return draft.add(make("exists", (v, make("and", pair))), "attained", matrix=to_json(X))


def _at_vector(inner: Draft, v: Term, M: Term, value: Term, size: Term) -> Ref | None:
    """f(s) <= ||M||: f(s)^2 = x^* M^* M x <= ||M||^2 for x = v/||v||."""
    below, length = square_bound(inner, M), norm(v)
    image, nonzero = _image(inner, v, M, value), establish(inner, relation("ne", length, number(0)))
    unit = nonzero and by_arithmetic(inner, equation(mul(inverse(length), length), number(1)))
    if below is None or image is None or unit is None:
        return None
    squares = relation("le", mul(value, value), mul(size, size))
    ref = rows_add_up(inner, squares, [(ONE, (), mul(v, inverse(length)), below)], [image, unit])
    return None if ref is None else inner.add(relation("le", value, size), "root", of=ref)


def _image(inner: Draft, v: Term, M: Term, value: Term) -> Ref | None:
    """M^* M v = f(s)^2 v; for M = M^* by M v = f(s) v, twice."""
    claim = equation(mul(M.T, M, v), mul(value, value, v))
    once = expand(M)
    if once.adjoint() != once:
        return by_ideal(inner, claim, SECONDS)
    for letter in dict.fromkeys(x for _, word in once.terms for x in word if x.head in ("exp", "power")):
        found = value_at_norm(inner, letter.args[0]) if letter.shape[1] == v.shape[0] else None
        if found is not None:
            _function(inner, v, letter, found[1])
    own = equation(mul(M, v), mul(value, v))
    image = by_ideal(inner, own, SECONDS) or by_singular_values(inner, own)
    if image is None:
        return None
    # M M v - f f v = M (M v - f v) + f (M v - f v), where f f may be one letter, as e^{2a} for e^a e^a
    factors = [*once.terms.items(), *expand(value).terms.items()]
    rows = [Cofactor(c, loops, word, 0, False, ()) for (loops, word), c in factors]
    letters, combinations = write_combinations([rows])
    return inner.add(claim, "ideal", uses=[image], letters=letters, combinations=combinations)


def _function(inner: Draft, v: Term, letter: Term, b: Term) -> Ref | None:
    """e^B v = e^b v, or B^k v = b^k v, from B v = b v."""
    B, *k = letter.args
    same = by_ideal(inner, equation(mul(B, v), mul(b, v)), SECONDS)
    if same is None:
        return None
    use = ["intertwine", *map(to_json, (B, b, v)), same, *map(to_json, k)]
    claim = equation(mul(letter, v), mul(power(b, k[0]) if k else exp(b), v))
    rows = [[["1", [], [], 0, False, []]]]
    return inner.add(claim, "ideal", uses=[use], letters=[], combinations=rows)
