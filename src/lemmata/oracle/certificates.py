"""Certificates: p = sum of c_i m_i h_j h_k with c_i >= 0 proves p >= 0 (Handelman, Schmuedgen).

The h are hypotheses (nonnegative polynomials), the m are monomials in nonnegative letters, or squares.
A numerical search (nonnegative least squares, Lawson and Hanson 1974) proposes which products occur;
their coefficients are then solved for in rational numbers, and only that solution counts.

>>> from lemmata.oracle.ratios import GENERATORS
>>> a, b, c = GENERATORS[:3]
>>> certificate(a * c - a * b, [(c - b, False)], [1] * 30, False)   # a (c - b)
True
>>> certificate(a * b - a * c, [(c - b, False)], [1] * 30, False)
False
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import lcm
from typing import Any

from flint import fmpq, fmpq_mat

from lemmata.oracle.ratios import Poly, letters_of, monomials

__all__ = ["certificate", "means"]

Exponents = tuple[int, ...]
Terms = dict[Exponents, Fraction]
MOST_COLUMNS = 700
MOST_ROWS = 260


def certificate(
    goal: Poly,
    hypotheses: Sequence[tuple[Poly, bool]],
    signs: Sequence[int],
    strict: bool,
    equalities: Sequence[Poly] = (),
    level: int = 1,
    clock: Callable[[], None] = lambda: None,
) -> bool:
    """Whether goal >= 0 (or > 0, if ``strict``) is seen from products of the hypotheses."""
    used = _relevant(goal, hypotheses, equalities)
    polys = [
        goal,
        *(h for h, _ in used),
        *(e for e in equalities if set(letters_of(e)) & _letters(goal, used)),
    ]
    active = sorted({n for p in polys for n in letters_of(p)})
    if not goal or not active:
        return False
    short = [_short(p, active) for p in polys]
    known = [(p, strong) for p, (_, strong) in zip(short[1:], used, strict=False)]
    equal = short[1 + len(used) :]
    sign = [signs[n] for n in active]
    box, total = _box(short[0], [*(h for h, _ in known), *equal], level)
    target = short[0]
    free = _free_columns(equal, box, total)
    columns = _useful(_columns(target, known, sign, box, total, level), free, target)
    if not columns or len(columns) > MOST_COLUMNS:
        return False
    everything = [c for c, _ in columns] + free + [{e: -v for e, v in c.items()} for c in free]
    strong = [s for _, s in columns] + [False] * (2 * len(free))
    if not strict:
        return _solve(everything, target, clock) is not None
    found = _solve(everything, target, clock)
    if found is None:
        return False
    if any(strong[i] for i in found):
        return True
    for i in [i for i, s in enumerate(strong) if s][:12]:
        top = max(abs(v) for v in everything[i].values())
        for part in (Fraction(1, 4), Fraction(1, 64)):
            rest = dict(target)
            scale = part * max(abs(v) for v in target.values()) / top
            for e, v in everything[i].items():
                rest[e] = rest.get(e, Fraction(0)) - scale * v
            if _solve(everything, {e: v for e, v in rest.items() if v}, clock) is not None:
                return True
    return False


def _letters(goal: Poly, used: Sequence[tuple[Poly, bool]]) -> set[int]:
    return {n for p in (goal, *(h for h, _ in used)) for n in letters_of(p)}


def _short(poly: Poly, active: Sequence[int]) -> Terms:
    """The terms with the exponents of the active letters only."""
    return {tuple(e[n] for n in active): c for e, c in monomials(poly)}


def _relevant(
    goal: Poly, hypotheses: Sequence[tuple[Poly, bool]], equalities: Sequence[Poly]
) -> list[tuple[Poly, bool]]:
    """The hypotheses that share letters with the goal, directly or through another one; nearest first."""
    letters = set(letters_of(goal)) or {n for h, _ in hypotheses for n in letters_of(h)}
    for e in equalities:
        if letters & set(letters_of(e)):
            letters |= set(letters_of(e))
    inside = set(letters)
    for _ in range(2):
        for h, _ in hypotheses:
            if letters & set(letters_of(h)):
                letters |= set(letters_of(h))
    found = [h for h in hypotheses if letters & set(letters_of(h[0]))]
    found.sort(key=lambda h: (len(set(letters_of(h[0])) - inside), len(h[0]) + int(h[0].total_degree())))
    return found[:14]


def _degrees(terms: Terms, size: int) -> list[int]:
    return [max((e[n] for e in terms), default=0) for n in range(size)]


def _total(terms: Terms) -> int:
    return max((sum(e) for e in terms), default=0)


def _box(goal: Terms, others: Sequence[Terms], level: int) -> tuple[list[int], int]:
    """The largest degree in each letter and in all of them together."""
    size = len(next(iter(goal)))
    degrees = _degrees(goal, size)
    inside = [d > 0 for d in degrees]
    for h in others:
        for n, d in enumerate(_degrees(h, size)):
            if not inside[n] or level > 1:
                degrees[n] = max(degrees[n], d)
    return degrees, max([_total(goal), *map(_total, others)]) + level - 1


def _multipliers(room: list[int], total: int, most: int) -> list[Exponents]:
    """Monomials within the box, smallest first."""
    count = 1
    for r in room:
        count *= r + 1
    if count > 20000:
        return [(0,) * len(room)]
    found = [c for c in product(*(range(r + 1) for r in room)) if sum(c) <= total]
    return sorted(found, key=sum)[:most]


def _times(a: Terms, b: Terms) -> Terms:
    found: Terms = {}
    for e, c in a.items():
        for f, d in b.items():
            key = _shift(e, f)
            found[key] = found.get(key, Fraction(0)) + c * d
    return {e: c for e, c in found.items() if c}


def _columns(
    goal: Terms, used: list[tuple[Terms, bool]], signs: Sequence[int], box: list[int], total: int, level: int
) -> list[tuple[Terms, bool]]:
    size = len(box)
    products: list[tuple[Terms, bool]] = [({(0,) * size: Fraction(1)}, True), *used]
    for (a, p), (b, q) in combinations(used[:10], 2):
        if _total(a) + _total(b) <= total:
            products.append((_times(a, b), p and q))
    if level > 1:
        products += [(_times(a, a), p) for a, p in used]
    columns: list[tuple[Terms, bool]] = []
    for h, strict in products:
        room = [b - d for b, d in zip(box, _degrees(h, size), strict=True)]
        spare = total - _total(h)
        if min(room) < 0 or spare < 0:
            continue
        for m in _multipliers(room, spare, 80 * level):
            if any(e % 2 and not s for e, s in zip(m, signs, strict=True)):
                continue
            positive = strict and all(s == 2 for e, s in zip(m, signs, strict=True) if e)
            columns.append(({_shift(e, m): c for e, c in h.items()}, positive))
        if len(columns) > 3 * MOST_COLUMNS:
            break
    return columns + _squares(goal, signs) + (_halves(goal, signs, box, total) if level > 1 else [])


def _squares(goal: Terms, signs: Sequence[int]) -> list[tuple[Terms, bool]]:
    """m (u + v)^2 and m (u - v)^2 where u^2, v^2 and uv fit the terms of the goal."""
    found: list[tuple[Terms, bool]] = []
    evens = [e for e in goal if all(x % 2 == 0 or s for x, s in zip(e, signs, strict=True))]
    for a, b in combinations(evens, 2):
        middle = _shift(a, b)
        if all(x % 2 == 0 for x in middle):
            half = tuple(x // 2 for x in middle)
            if half in goal or any(x % 2 and not s for x, s in zip(half, signs, strict=True)):
                for sign in (1, -1):
                    found.append(({a: Fraction(1), b: Fraction(1), half: Fraction(2 * sign)}, False))
    return found[:120]


def _halves(goal: Terms, signs: Sequence[int], box: list[int], total: int) -> list[tuple[Terms, bool]]:
    """(u + v)^2 and (u - v)^2 for monomials u, v of half the degree, where some letter has no sign."""
    if all(signs):
        return []
    least = min(map(sum, goal))
    top = _total(goal)
    room = [d // 2 for d in _degrees(goal, len(box))]
    roots = [m for m in _multipliers(room, top // 2, 40) if 2 * sum(m) >= least]
    found: list[tuple[Terms, bool]] = []
    for u, v in combinations(roots[:24], 2):
        squares: Terms = {_shift(u, u): Fraction(1), _shift(v, v): Fraction(1)}
        for sign in (1, -1):
            found.append(({**squares, _shift(u, v): Fraction(2 * sign)}, False))
    return found[:400]


def means(plus: Sequence[tuple[Exponents, Fraction]], minus: tuple[Exponents, Fraction]) -> bool:
    """Whether sum c_i x^{a_i} >= |c| x^b by weighted means: b = sum w_i a_i and prod (c_i / w_i)^{w_i} >= |c|.

    The x^{a_i} are nonnegative.  The last comparison is one of integer powers, so it is exact.
    """
    target, size = minus[0], abs(minus[1])
    rows = len(target)
    columns: list[Terms] = [
        {**{(n,): Fraction(a[n]) for n in range(rows) if a[n]}, (rows,): Fraction(1)} for a, _ in plus
    ]
    goal: Terms = {**{(n,): Fraction(target[n]) for n in range(rows) if target[n]}, (rows,): Fraction(1)}
    if any(e not in {k for c in columns for k in c} for e in goal):
        return False
    keys = list(dict.fromkeys(e for c in columns for e in c))
    index = {e: n for n, e in enumerate(keys)}
    matrix = fmpq_mat(len(keys), len(plus) + 1)
    for j, column in enumerate([*columns, goal]):
        for e, v in column.items():
            matrix[index[e], j] = fmpq(v.numerator, v.denominator)
    reduced, rank = matrix.rref()
    weights = [Fraction(0)] * len(plus)
    for r in range(rank):
        lead = next(j for j in range(len(plus) + 1) if reduced[r, j] != 0)
        value = reduced[r, len(plus)]
        if lead == len(plus) or value < 0:
            return False
        weights[lead] = Fraction(int(value.p), int(value.q))
    common = lcm(*(w.denominator for w in weights))
    if common > 60:
        return False
    product_ = Fraction(1)
    for (_, c), w in zip(plus, weights, strict=True):
        if w:
            product_ *= (c / w) ** int(w * common)
    return bool(product_ >= size**common)


def _free_columns(equalities: Sequence[Terms], box: list[int], total: int) -> list[Terms]:
    found: list[Terms] = []
    for h in equalities:
        room = [max(b - d, 0) for b, d in zip(box, _degrees(h, len(box)), strict=True)]
        for m in _multipliers(room, max(total - _total(h), 0), 60):
            found.append({_shift(e, m): c for e, c in h.items()})
    return found[:120]


def _shift(a: Exponents, b: Exponents) -> Exponents:
    return tuple(x + y for x, y in zip(a, b, strict=True))


def _useful(columns: list[tuple[Terms, bool]], free: list[Terms], target: Terms) -> list[tuple[Terms, bool]]:
    """Without columns that have a term which nothing else can cancel."""
    counts: dict[Exponents, list[int]] = {}
    signed = [[(e, v > 0) for e, v in c.items()] for c, _ in columns]
    for terms in signed:
        for e, up in terms:
            counts.setdefault(e, [0, 0])[up] += 1
    # The goal stands on the other side: its term is cancelled by the same sign.
    for e, v in target.items():
        counts.setdefault(e, [0, 0])[v < 0] += 1
    for column in free:
        for e in column:
            pair = counts.setdefault(e, [0, 0])
            pair[0] += 1
            pair[1] += 1
    alive = [True] * len(columns)
    changed = True
    while changed:
        changed = False
        for n, terms in enumerate(signed):
            if alive[n] and not all(all(counts[e]) for e, _ in terms):
                alive[n] = False
                changed = True
                for e, up in terms:
                    counts[e][up] -= 1
    return [c for c, kept in zip(columns, alive, strict=True) if kept]


def _solve(columns: list[Terms], target: Terms, clock: Callable[[], None]) -> list[int] | None:
    """The columns with positive coefficients in an exact solution, or None."""
    rows = {e: n for n, e in enumerate(dict.fromkeys(e for c in columns for e in c))}
    if any(e not in rows for e in target) or len(rows) > MOST_ROWS:
        return None
    support = _propose(columns, target, rows, clock)
    if support is None:
        return None
    matrix = fmpq_mat(len(rows), len(support) + 1)
    for j, n in enumerate(support):
        for e, v in columns[n].items():
            matrix[rows[e], j] = fmpq(v.numerator, v.denominator)
    for e, v in target.items():
        matrix[rows[e], len(support)] = fmpq(v.numerator, v.denominator)
    reduced, rank = matrix.rref()
    found = []
    for r in range(rank):
        lead = next(j for j in range(len(support) + 1) if reduced[r, j] != 0)
        value = reduced[r, len(support)]
        if lead == len(support) or value < 0:
            return None
        if value > 0:
            found.append(support[lead])
    return found


def _propose(
    columns: list[Terms], target: Terms, rows: dict[Exponents, int], clock: Callable[[], None]
) -> list[int] | None:
    """Lawson and Hanson's nonnegative least squares in floating point: the support of a solution."""
    import numpy as np

    A = np.zeros((len(rows), len(columns)))
    b = np.zeros(len(rows))
    for j, column in enumerate(columns):
        for e, v in column.items():
            A[rows[e], j] = float(v)
    for e, v in target.items():
        b[rows[e]] = float(v)
    size = float(np.abs(b).max())
    if not size:
        return None
    b /= size
    A /= np.linalg.norm(A, axis=0)
    x = np.zeros(len(columns))
    passive: list[int] = []
    gradient = A.T @ b
    for _ in range(3 * len(rows) + 20):
        clock()
        blocked = gradient.copy()
        blocked[passive] = -1
        best = int(np.argmax(blocked))
        if blocked[best] < 1e-10:
            break
        passive.append(best)
        while passive:
            z: Any = np.linalg.lstsq(A[:, passive], b, rcond=None)[0]
            if z.min() > 1e-12:
                break
            old = x[passive]
            falling = z <= 1e-12
            steps = old[falling] / np.maximum(old[falling] - z[falling], 1e-300)
            alpha = min(1.0, float(steps.min()))
            moved = old + alpha * (z - old)
            x[:] = 0
            x[passive] = moved
            dropped = [p for p, m, f in zip(passive, moved, falling, strict=True) if m <= 1e-12 and f]
            if not dropped:
                dropped = [passive[-1]]
            passive = [p for p in passive if p not in dropped]
        x[:] = 0
        if passive:
            x[passive] = z
        residual = b - A @ x
        if float(np.abs(residual).max()) < 1e-9:
            return passive
        gradient = A.T @ residual
    return None
