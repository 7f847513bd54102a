"""Bounds on spectral norms: ||M|| <= b from ||M x|| <= b ||x|| for a new vector x, by a chain of norms.

M is taken apart as it is written, and each norm enters by itself or by what a hypothesis says of it:
||A B|| <= c d from ||A|| <= c and ||B|| <= d.  Where that is not enough the claim says what M is made of:
||A^{-1} - B^{-1}|| <= ||A^{-1}|| ||A - B|| ||B^{-1}|| since M = -A^{-1} (A - B) B^{-1} up to what is known.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A, B : R^{m x n}\\nshow ||A + B|| <= ||A|| + ||B||")
>>> prove(Statement(c.given, c.shows[0].prop)).proof["steps"][-1]["rule"]
'root'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, islice, permutations, product

from lemmata.kernel.meaning import is_vector_norm
from lemmata.kernel.poly import expand, is_real
from lemmata.kernel.scalar import equal, sign_of
from lemmata.kernel.term import SCALAR, Dim, Term, add, identity, inverse, make, mul, number, subterms
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.hypotheses import collect
from lemmata.prove.motion.energies import by_energy
from lemmata.prove.norms.normchains import (
    Part,
    bound_of_vector,
    known_bounds,
    norm_of,
    parts_of,
    rows_add_up,
    unit_bound,
    written_bound,
)
from lemmata.prove.norms.norms import by_root, cauchy_schwarz, without_differences
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import by_rows
from lemmata.prove.order.vectors import by_vectors, for_all_vectors, new_vector
from lemmata.prove.scalars import by_arithmetic
from lemmata.prove.search import establish
from lemmata.prove.words.completion import Completion, SearchError
from lemmata.terms.forms import equation, norm, relation

__all__ = ["along", "by_bilinear_form", "by_operator_norm", "choices_of_bounds", "plain_power", "total_below"]

MOST_CHOICES = 8
MOST_FACTORS = 4
MOST_WORDS = 12
MOST_EQUAL = 3
MOST_SUMS = 64
MOST_BOUNDS = 6
SECONDS = 0.3
ONE = Fraction(1)


def by_operator_norm(draft: Draft, claim: Term) -> Ref | None:
    """||M|| <= b by a chain; differences of norms moved to the other side."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not is_real(claim):
        return None
    moved = without_differences(claim)
    if moved is not claim:
        with draft.attempt() as keep:
            ref = by_operator_norm(draft, moved)
            ref = ref and by_rows(draft, claim, [(ONE, (), identity(1), ref)])
            if ref is not None:
                keep()
            return ref
    small, large = claim.args
    if small.head == "norm" and small.args[0].shape[1] == 1 and small.value == "2":
        return None if small.args[0].shape == SCALAR else _of_image(draft, claim)
    if small.head == "mul":
        return _of_multiple(draft, claim)
    if small.head != "norm" or small.value != "2" or 1 in small.args[0].shape or sign_of(large, False) != 1:
        return None
    for parts, choice, spare in _ways(draft, small.args[0], large):
        with draft.attempt() as keep:
            ref = along(draft, claim, parts, choice, spare)
            if ref is not None:
                keep()
                return ref
    return _in_general(draft, claim)


def _in_general(draft: Draft, claim: Term) -> Ref | None:
    """||M|| <= b from what is known of ||M x|| for all x."""
    (M,), large = claim.args[0].args, claim.args[1]
    squares = relation("le", mul(M.T, M), mul(large, large, identity(M.shape[1])))
    ref = by_vectors(draft, squares)
    return None if ref is None else draft.add(claim, "root", of=ref)


def _of_image(draft: Draft, claim: Term) -> Ref | None:
    """||M v|| <= b ||v|| from ||M|| <= b."""
    small, large = claim.args
    parts = parts_of(small.args[0])
    factors = large.args if large.head == "mul" else (large,)
    v = parts[0].end
    if v is None or any(p.end is not v for p in parts) or norm(v) not in factors:
        return None
    M = plain_power(_written(parts, v.shape[0]))
    rest = [f for f in factors if f is not norm(v)]
    with draft.attempt() as keep:
        # The lemma comes first: after a derivative has been taken the kernel opens no general statement.
        # But of powers the bound is first, for its induction wants nothing known of one k.
        bound = relation("le", norm(M), mul(*rest) if rest else number(1))
        below = establish(draft, bound) if M.head == "power" else None
        found = bound_of_vector(draft, [Part(ONE, (), (M,), v)], {})
        below = below or (None if found is None else establish(draft, bound))
        if found is None or below is None:
            return None
        rows: list[Row] = [(ONE, (), number(1), found[1]), (ONE, (norm(v),), number(1), below)]
        ref = rows_add_up(draft, relation("le", small, mul(number(1), large)), rows)
        ref = ref and _of_numbers(draft, claim, ref)
        if ref is not None:
            keep()
        return ref


def plain_power(X: Term) -> Term:
    """A^k for ((A^T)^k)^T, as which normal forms are written."""
    turned = X.args[0] if X.head == "adjoint" else X
    if X is turned or turned.head != "power":
        return X
    A, k = turned.args
    return (A.args[0] if A.head == "adjoint" else A.T) ** k


def _of_multiple(draft: Draft, claim: Term) -> Ref | None:
    """c ||M|| <= b from ||M|| <= b / c, for c > 0."""
    small, large = claim.args
    norms = [f for f in small.args if f.head == "norm" and 1 not in f.args[0].shape]
    rest = [f for f in small.args if f not in norms]
    if len(norms) != 1 or sign_of(mul(*rest)) != 1:
        return None
    with draft.attempt() as keep:
        c = mul(*rest)
        one = equation(mul(c, inverse(c)), number(1))
        unit = draft.find(one) or by_arithmetic(draft, one)
        alone = relation("le", norms[0], mul(inverse(c), large))
        ref = by_operator_norm(draft, alone) or by_root(draft, alone, SECONDS)
        if ref is None or unit is None:
            return None
        ref = rows_add_up(draft, claim, [(ONE, (c,), number(1), ref)], [unit])
        if ref is not None:
            keep()
        return ref


def _of_numbers(draft: Draft, claim: Term, ref: Ref) -> Ref | None:
    """||u|| <= ||v||, which is read as a relation of squares, from ||u|| <= 1 ||v||."""
    squares = all(map(is_vector_norm, claim.args))
    one: list[tuple[Term, ...]] = [(n,) for n in claim.args] if squares else [()]
    return rows_add_up(draft, claim, [(ONE, s, number(1), ref) for s in one], [])


Way = tuple[Sequence[Part], dict[Term, tuple[Term, Ref]], Ref | None]
"""What M is the sum of, what bounds norms, and b' <= b if the bound b' is not the b of the claim."""


def _ways(draft: Draft, M: Term, large: Term) -> Iterator[Way]:
    """M as it is written, with the bounds that make it at most what is claimed; M as the claim names it."""
    named = {t.args[0] for t in subterms(large) if t.head == "norm" and t.value == "2"}
    bounds = known_bounds(draft)
    whole = {
        F for F in subterms(M) if F is not M and F.shape != SCALAR and (norm_of(F) in bounds or F in named)
    }
    parts = parts_of(M, whole)
    for choice in choices_of_bounds(draft, parts, bounds, large):
        total = add(*(written_bound(part, choice) for part in parts))
        spare = None if expand(total) == expand(large) else total_below(draft, total, large)
        if spare is not None or expand(total) == expand(large):
            yield parts, choice, spare
    isometries = [norm(f.args[0]) for f, _ in draft.facts if f.head == "is" and f.value == "orthogonal"]
    units = {size: one for size in isometries[:1] if (one := unit_bound(draft, size)) is not None}
    for words in _sums_of_words(draft, M, large, list(units)):
        yield words, units, None
    yield from _between_bounds(draft, M, large)


def choices_of_bounds(
    draft: Draft, parts: Sequence[Part], bounds: Mapping[Term, list[tuple[Term, Ref]]], large: Term
) -> Iterator[dict[Term, tuple[Term, Ref]]]:
    """By what each norm may enter: itself first where the claim names it, else what is known of it."""
    inside = set(subterms(large))
    options: dict[Term, list[tuple[Term, Ref] | None]] = {}
    for size in dict.fromkeys(norm_of(F) for part in parts for F in part.factors):
        known: list[tuple[Term, Ref] | None] = [*bounds.get(size, ())]
        if size not in inside and not known:
            unit = unit_bound(draft, size)
            known += [unit] if unit is not None else []
        options[size] = [None, *known] if size in inside or not known else [*known, None]
    for picked in islice(product(*options.values()), MOST_CHOICES):
        yield {size: bound for size, bound in zip(options, picked, strict=True) if bound is not None}


def total_below(draft: Draft, total: Term, large: Term) -> Ref | None:
    """The bound that is found against the one that is claimed: by signs, or by what is known of numbers."""
    claim = relation("le", total, large)
    letters = {t for t in subterms(claim) if t.shape == SCALAR and t.head in ("symbol", "norm")}
    compared = any(letters & set(subterms(f)) for f, _ in draft.facts if f.head in ("le", "lt", "ge", "gt"))
    return by_arithmetic(draft, claim) or (by_energy(draft, claim) if compared else None)


def along(
    draft: Draft,
    claim: Term,
    parts: Sequence[Part],
    choice: Mapping[Term, tuple[Term, Ref]],
    spare: Ref | None,
) -> Ref | None:
    """The claim from the chain for x, its square for all x, and a root."""
    (M,), large = claim.args[0].args, claim.args[1]
    sign = 1 if parts[0].number > 0 else -1
    parts = [replace(part, number=sign * part.number) for part in parts]
    whole, known = _written(parts, M.shape[1]), list[Ref]()
    if expand(whole) != expand(M).scale(Fraction(sign)):
        same = by_ideal(draft, equation(whole, M if sign > 0 else -M), SECONDS)
        if same is None:
            return None
        known = [same]
    x, one = new_vector(draft, claim, M.shape[1]), number(1)
    inner = draft.inner([])
    choice = {size: (bound, _moved(draft, inner, ref)) for size, (bound, ref) in choice.items()}
    spare = None if spare is None else _moved(draft, inner, spare)
    known = [_moved(draft, inner, ref) for ref in known]
    found = bound_of_vector(inner, [replace(part, end=x) for part in parts], choice)
    if found is None:
        return None
    image, chain = found
    rows: list[Row] = [(ONE, (), one, chain)]
    rows += [(ONE, (norm(x),), one, spare)] if spare is not None else []
    length = rows_add_up(inner, relation("le", norm(image), mul(large, norm(x))), rows)
    goal = relation("le", mul(x.T, M.T, M, x), mul(large, large, x.T, x))
    # b^2 - a^2 = (b - a) a + (b - a) b
    rows = [(ONE, (norm(image),), one, length), (ONE, (large, norm(x)), one, length)]
    if length is None or rows_add_up(inner, goal, rows, known) is None:
        return None
    general = draft.add(make("forall", (x, goal)), "forall", steps=inner.steps)
    squares = relation("le", mul(M.T, M), mul(large, large, identity(M.shape[1])))
    whole_squares = for_all_vectors(draft, squares, general)
    return None if whole_squares is None else draft.add(claim, "root", of=whole_squares)


def _moved(draft: Draft, inner: Draft, ref: Ref) -> Ref:
    """The reference by which the inner proof names a fact."""
    found = inner.find(draft.fact(ref))
    assert found is not None
    return found


def _written(parts: Sequence[Part], size: Dim) -> Term:
    return add(*(_matrix(part, size) for part in parts))


def _matrix(part: Part, size: Dim) -> Term:
    factors = part.factors or (identity(size),)
    return mul(*([number(part.number)] if part.number != 1 else []), *part.scalars, *factors)


def by_bilinear_form(draft: Draft, claim: Term) -> Ref | None:
    """y^T A x <= ||y|| ||A|| ||x||, by Cauchy and Schwarz and a chain."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not is_real(claim):
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    terms = expand(small).terms
    if len(terms) != 1 or not any(t.head == "norm" for t in subterms(large)):
        return None
    (((loops, _), value),) = terms.items()
    if len(loops) != 1 or len(loops[0]) < 3 or abs(value) != 1:
        return None
    y, v = loops[0][0].T, parts_of(mul(*loops[0][1:]))
    y = y.args[0].args[0] if y.head == "adjoint" and y.args[0].head == "adjoint" else y
    with draft.attempt() as keep:
        chain = bound_of_vector(draft, v, {})
        first = cauchy_schwarz(draft, y, mul(*loops[0][1:]), 1 if value > 0 else -1, SECONDS)
        if chain is None or first is None:
            return None
        rows: list[Row] = [(ONE, (), number(1), first), (ONE, (norm(y),), number(1), chain[1])]
        ref = rows_add_up(draft, claim, rows)
        if ref is not None:
            keep()
        return ref


# --- what the claim says M is made of --------------------------------------------------------


def _sums_of_words(draft: Draft, M: Term, large: Term, units: list[Term]) -> Iterator[list[Part]]:
    """M as a sum of products, up to signs, of the matrices whose norms are multiplied in the bound."""
    groups: list[list[Part]] = []
    for (loops, _), value in expand(large).terms.items():
        sizes = [w[0] for w in loops if len(w) == 1 and w[0].head == "norm" and 1 not in w[0].args[0].shape]
        scalars = tuple(mul(*w) for w in loops if w[0] not in sizes)
        words = _words(sizes, M.shape) + (_words([*sizes, *units], M.shape) if units else [])
        if value.denominator > 1 or value > MOST_EQUAL or not words:
            return
        groups += [[Part(ONE, scalars, word) for word in words]] * int(value)
    signed = [[replace(p, number=s * p.number) for p in group for s in (ONE, -ONE)] for group in groups]
    wanted = expand(M)
    sums = list(islice(product(groups[0], *signed[1:]), MOST_SUMS)) if groups else []
    totals = [expand(_written(parts, M.shape[1])) for parts in sums]
    for parts, total in zip(sums, totals, strict=True):
        if total in (wanted, wanted.scale(-ONE)):
            yield list(parts) if total == wanted else _negated(parts)
            return
    if not sums:
        return
    _, polys, _ = collect([wanted, *totals], draft)
    system = Completion(polys, goals=[wanted])
    system.complete(min(SECONDS, draft.clock()))
    try:
        normal = system.reduce(wanted)[0]
        for parts, total in zip(sums, totals, strict=True):
            reduced = system.reduce(total)[0]
            if reduced in (normal, normal.scale(-ONE)):
                yield list(parts) if reduced == normal else _negated(parts)
    except SearchError:
        return


def _between_bounds(draft: Draft, M: Term, large: Term) -> Iterator[Way]:
    """M as a product of the one matrix whose norm the claim names, if any, and of factors whose norms are bounded.

    So ||A^+|| <= ||G|| for A G A = A, since A^+ = A^+ A G A A^+; and ||A^{-1} - B^{-1}|| <= c^2 ||B - A|| from
    ||A^{-1}|| <= c and ||B^{-1}|| <= c.
    """
    terms = expand(large).terms
    named = [w[0].args[0] for loops, _ in terms for w in loops if len(w) == 1 and w[0].head == "norm"]
    if len(terms) != 1 or len(named) > 1 or any(1 in X.shape for X in named):
        return
    own = [norm(X) for X in named]
    bounds = {size: found[0] for size, found in known_bounds(draft).items() if size not in own}
    bounds = {size: bound for size, bound in bounds.items() if 1 not in size.args[0].shape}
    for plus in dict.fromkeys(t for t in subterms(M) if t.head == "pinv"):
        A = plus.args[0]
        for P in (mul(plus, A), mul(A, plus)):
            if norm(P) not in bounds and (unit := unit_bound(draft, norm(P))) is not None:
                bounds[norm(P)] = unit
    picked = (c for k in (1, 2, 3) for c in combinations(list(bounds)[:MOST_BOUNDS], k))
    ways: list[tuple[Part, dict[Term, tuple[Term, Ref]]]] = []
    for sizes in picked:
        choice = {size: bounds[size] for size in sizes}
        ways += [(Part(ONE, (), word), choice) for word in _words([*own, *sizes], M.shape)]
    ways = [way for way in ways if equal(written_bound(*way), large)]
    wanted, products = expand(M), [expand(_matrix(part, M.shape[1])) for part, _ in ways]
    if not ways:
        return
    _, polys, _ = collect([wanted, *products], draft)
    system = Completion(polys, goals=[wanted])
    system.complete(min(SECONDS, draft.clock()))
    try:
        normal = system.reduce(wanted)[0]
        for (part, choice), whole in zip(ways, products, strict=True):
            sign = next((s for s in (ONE, -ONE) if system.reduce(whole)[0] == normal.scale(s)), None)
            if sign is not None:
                yield [replace(part, number=sign)], choice, None
    except SearchError:
        return


def _negated(parts: Sequence[Part]) -> list[Part]:
    return [replace(part, number=-part.number) for part in parts]


def _words(sizes: Sequence[Term], shape: tuple[Dim, Dim]) -> list[tuple[Term, ...]]:
    """The products of all these matrices, or their transposes, that have the shape."""
    found: list[tuple[Term, ...]] = []
    for order in dict.fromkeys(
        permutations([n.args[0] for n in sizes]) if len(sizes) <= MOST_FACTORS else ()
    ):
        for word in product(*((F, F.T) for F in order)):
            rows = [shape[0], *(F.shape[1] for F in word)]
            if word and rows[:-1] == [F.shape[0] for F in word] and rows[-1] == shape[1]:
                found.append(word)
    return sorted(found, key=lambda word: sum(F.head == "adjoint" for F in word))[:MOST_WORDS]
