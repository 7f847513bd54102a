r"""Block matrices: matrices whose entries are matrices, and dimensions that are sums.

The kernel has no head for them.  It needs none: with the columns of an identity as selectors,

    I = [E_1 E_2],    [A B; C D] = E_1 A F_1^T + E_1 B F_2^T + E_2 C F_1^T + E_2 D F_2^T,

where the E_i select the rows of the partition and the F_j its columns.  A claim about block matrices is
read as a claim about letters E_i with E_i^T E_i = I, E_i^T E_j = 0 and sum E_i E_i^T = I.  A theorem for
all such letters contains the one for the standard selectors; instances take the standard ones only.

>>> A, B = symbol("A", "m", "p"), symbol("B", "n", "p")
>>> stacked = block([[A], [B]], ("m", "n"), ("p",))
>>> stacked.shape == (sum_of(("m", "n")), "p"), parts_of(stacked.shape[0])
(True, ('m', 'n'))
>>> grid_of(stacked).rows == ((A,), (B,))
True

A dimension m + n is one dimension of the kernel, with a name that cannot be typed; equal lists of parts
have equal names and equal selectors.  Zero blocks are left out of the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, combinations, pairwise

from lemmata.kernel.term import Dim, Term, add, dim, identity, make, mul, number, subterms, symbol

__all__ = [
    "Grid", "block", "grid_of", "parts_of", "selected", "selector", "selector_hypotheses", "size_of", "sum_of",
    "with_selectors", "without_selectors",
]  # fmt: skip

_PLUS = "ⵜ"  # U+2D5C: the kernel takes it in the name of a dimension, no reader does
_DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
Parts = tuple[Dim, ...]


# --- dimensions that are sums --------------------------------------------------------------------


def sum_of(parts: Iterable[Dim]) -> Dim:
    """The dimension m + n + ...; of numbers the number."""
    flat = [p for part in parts for p in parts_of(part)]
    if all(isinstance(p, int) for p in flat):
        return sum(int(p) for p in flat)
    return str(flat[0]) if len(flat) == 1 else "".join(f"{_PLUS}{p}" for p in flat)


def parts_of(size: Dim) -> Parts:
    """The summands of a dimension; of m or 3 it is the only one."""
    if isinstance(size, int) or not size.startswith(_PLUS):
        return (size,)
    return tuple(int(p) if p.isdigit() else p for p in size[1:].split(_PLUS))


def size_of(size: Dim, sizes: Mapping[str, int]) -> int:
    """The size of a dimension, given those that are letters."""
    return sum(p if isinstance(p, int) else sizes[p] for p in parts_of(size))


# --- selectors -----------------------------------------------------------------------------------


def selector(parts: Parts, place: int) -> Term:
    """The letter of one part of a partition: columns of the identity, when the theorem is applied."""
    listed = ",".join("+".join(map(str, parts_of(p))) for p in parts)
    return symbol(f"E{str(place + 1).translate(_DIGITS)}⟨{listed}⟩", sum_of(parts), parts[place])


@lru_cache(maxsize=1 << 10)
def selected(term: Term) -> tuple[Parts, int] | None:
    """The partition and the place of a selector; None for every other term."""
    if term.head != "symbol" or not term.name.endswith("⟩"):
        return None
    _, _, listed = term.name[:-1].partition("⟨")
    parts = tuple(sum_of(int(p) if p.isdigit() else p for p in part.split("+")) for part in listed.split(","))
    for place in range(len(parts)):
        if term is selector(parts, place):
            return parts, place
    return None


def selector_hypotheses(terms: Iterable[Term]) -> tuple[Term, ...]:
    """What is true of the standard selectors that occur in the terms, and of their refinements."""
    terms = tuple(terms)
    found = (selected(t) for term in terms for t in subterms(term))
    partitions = dict.fromkeys(s[0] for s in found if s is not None)
    sizes = (t.value for term in terms for t in subterms(term) if t.head in ("identity", "dim"))
    ties = [
        make("eq", (dim(size), add(*map(dim, parts_of(size)))))
        for size in dict.fromkeys(sizes)
        if len(parts_of(size)) > 1
    ]
    for size in dict.fromkeys(map(sum_of, partitions)):
        of = [parts for parts in partitions if sum_of(parts) == size]
        if len(of) > 1:
            finest = _refinement(size, of)
            partitions[finest] = None
            for parts in of:
                ties += _ties(parts, finest, partitions)
    return (*(p for parts in partitions for p in _orthonormal(parts)), *ties)


def with_selectors(given: Sequence[Term], show: Term) -> tuple[Term, ...]:
    """The hypotheses and, behind them, those of the selectors that a statement speaks of."""
    return (*given, *(p for p in selector_hypotheses((*given, show)) if p not in given))


def without_selectors(given: Iterable[Term]) -> list[Term]:
    """The hypotheses without what is true of selectors anyway."""
    return [g for g in given if g not in selector_hypotheses((g,))]


def _orthonormal(parts: Parts) -> list[Term]:
    letters = [selector(parts, i) for i in range(len(parts))]
    whole = add(*(mul(e, e.T) for e in letters))
    return [
        *(make("eq", (mul(e.T, e), identity(e.shape[1]))) for e in letters),
        *(make("eq", (mul(e.T, f), make("zero", (), (e.shape[1], f.shape[1]))))
          for e, f in combinations(letters, 2)),
        make("eq", (whole, identity(sum_of(parts)))),
    ]  # fmt: skip


def _refinement(size: Dim, partitions: Iterable[Parts]) -> Parts:
    """The coarsest partition that refines all of these."""
    if isinstance(size, str):
        return parts_of(size)
    cuts = {0, *(c for parts in partitions for c in accumulate(int(p) for p in parts))}
    return tuple(b - a for a, b in pairwise(sorted(cuts)))


def _ties(parts: Parts, finest: Parts, partitions: dict[Parts, None]) -> list[Term]:
    """E_i e_j = F_k: a part of a part is a part of the whole."""
    if parts == finest:
        return []
    ties, k = [], 0
    for i, part in enumerate(parts):
        pieces = [finest[k]]
        while sum_of(pieces) != part:
            pieces.append(finest[k + len(pieces)])
        coarse = selector(parts, i)
        if len(pieces) == 1:
            ties.append(make("eq", (coarse, selector(finest, k))))
        else:
            partitions[tuple(pieces)] = None
            ties += [
                make("eq", (mul(coarse, selector(tuple(pieces), j)), selector(finest, k + j)))
                for j in range(len(pieces))
            ]
        k += len(pieces)
    return ties


# --- block matrices ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Grid:
    """A block matrix as it is written: rows of entries (None for a zero block), and its partitions."""

    rows: tuple[tuple[Term | None, ...], ...]
    heights: Parts
    widths: Parts


def block(rows: Sequence[Sequence[Term | None]], heights: Parts, widths: Parts) -> Term:
    """The block matrix with these entries.  Raises ShapeError where an entry does not fit."""
    written = _written_out(rows, heights, widths)
    if written is not None:
        return written
    summands = [
        _summand(entry, heights, i, widths, j)
        for i, row in enumerate(rows)
        for j, entry in enumerate(row)
        if not _is_zero(entry)
    ]
    return add(*summands) if summands else make("zero", (), (sum_of(heights), sum_of(widths)))


def _summand(entry: Term | None, heights: Parts, i: int, widths: Parts, j: int) -> Term:
    assert entry is not None
    factors = [selector(heights, i)] if len(heights) > 1 else []
    factors += [] if _is_one(entry) else [entry]
    factors += [selector(widths, j).T] if len(widths) > 1 else []
    return mul(*factors)


def _is_zero(entry: Term | None) -> bool:
    return entry is None or entry.head == "zero" or (entry.head == "number" and entry.value == 0)


def _is_one(entry: Term) -> bool:
    return entry.head == "identity" or (entry.head == "number" and entry.value == 1)


def _written_out(rows: Sequence[Sequence[Term | None]], heights: Parts, widths: Parts) -> Term | None:
    """One literal, where all entries are numbers, literals, zeros or identities of known sizes."""
    lines: list[list[Term]] = []
    for height, row in zip(heights, rows, strict=True):
        cells = [_cells(entry, height, width) for entry, width in zip(row, widths, strict=True)]
        known = [c for c in cells if c is not None]
        if len(known) < len(cells):
            return None
        lines += [[x for c in known for x in c[r]] for r in range(int(height))]
    return make("literal", tuple(x for line in lines for x in line), (len(lines), len(lines[0])))


def _cells(entry: Term | None, height: Dim, width: Dim) -> list[list[Term]] | None:
    if not isinstance(height, int) or not isinstance(width, int):
        return None
    if entry is None or _is_zero(entry):
        return [[number(0)] * width for _ in range(height)]
    if entry.head == "identity":
        return [[number(int(r == c)) for c in range(width)] for r in range(height)]
    if entry.head == "literal":
        return [list(entry.args[r * width : (r + 1) * width]) for r in range(height)]
    return [[entry]] if entry.is_scalar else None


# --- reading a sum as a block matrix again ---------------------------------------------------------

Place = tuple[Parts, int] | None
Reading = tuple[Place, Place, Term]


@lru_cache(maxsize=1 << 12)
def grid_of(term: Term) -> Grid | None:
    """The block matrix that is exactly this term, or None."""
    summands = [_readings(t) for t in (term.args if term.head == "add" else (term,))]
    for row, col, _ in summands[0]:
        kind = (row and row[0], col and col[0])
        chosen = [
            next((r for r in s if (r[0] and r[0][0], r[1] and r[1][0]) == kind), None) for s in summands
        ]
        found = [r for r in chosen if r is not None]
        if len(found) < len(chosen):
            continue
        heights, widths = kind[0] or term.shape[:1], kind[1] or term.shape[1:]
        cells: list[list[Term | None]] = [[None] * len(widths) for _ in heights]
        for r, c, entry in found:
            cells[r[1] if r else 0][c[1] if c else 0] = entry
        if block(cells, heights, widths) is term:
            return Grid(tuple(map(tuple, cells)), heights, widths)
    return None


def _readings(t: Term) -> list[Reading]:
    """The ways in which a summand is one entry: (rows, columns, entry), both partitions first."""
    factors = t.args if t.head == "mul" else (t,)
    left = selected(factors[0])
    right = selected(factors[-1].args[0]) if factors[-1].head == "adjoint" else None
    found: list[Reading] = []
    if left and right and len(factors) == 2:
        found.append((left, right, _one(left)))
    if left and right and len(factors) == 3:
        found.append((left, right, factors[1]))
    if left and len(factors) <= 2:
        found.append((left, None, factors[1] if len(factors) == 2 else _one(left)))
    if right and len(factors) <= 2:
        found.append((None, right, factors[0] if len(factors) == 2 else _one(right)))
    shapes = [(r and r[0][r[1]], c and c[0][c[1]]) for r, c, _ in found]
    fits = [
        (h is None or h == e.shape[0]) and (w is None or w == e.shape[1])
        for (h, w), (_, _, e) in zip(shapes, found, strict=True)
    ]
    return [reading for reading, good in zip(found, fits, strict=True) if good]


def _one(place: tuple[Parts, int]) -> Term:
    part = place[0][place[1]]
    return number(1) if part == 1 else identity(part)
