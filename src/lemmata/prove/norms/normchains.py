"""Chains of norms: ||s F G x - H x|| <= (|s| ||F|| ||G|| + ||H||) ||x||, link by link.

What is bounded is a vector written as a sum of *parts*: a number, scalars, factors, and a last vector.  Each
link is an instance of a lemma for letters, ||Z z|| <= ||Z|| ||z||, ||s z|| = |s| ||z|| or the triangle
inequality, and the chain is their sum with nonnegative multiples; nothing is searched for.  A factor that
is bounded by a hypothesis, ||F|| <= c, may enter by its bound.

>>> from lemmata.kernel.term import symbol
>>> A, B, x = symbol("A", "n", "n"), symbol("B", "n", "n"), symbol("x", "n")
>>> [(str(p.number), p.factors == (A, B), p.end is x) for p in parts_of(mul(A, number(-2), B, x))]
[('-2', True, True)]
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from time import monotonic
from typing import Any

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import expand, is_real, to_term
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, add, make, mul, number, substitute, symbol, symbols_of, to_json
from lemmata.prove.algebra import with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.norms import by_root
from lemmata.prove.order.gram import Row
from lemmata.prove.pruning import moved
from lemmata.prove.search import establish
from lemmata.terms.forms import call, norm, relation

__all__ = [
    "Part", "bound_of_vector", "instance_of", "known_bounds", "norm_of", "parts_of", "rows_add_up",
    "unit_bound", "written_bound",
]  # fmt: skip

ONE = Fraction(1)
MOST_PARTS = 6
SECONDS = 5.0


@dataclass(frozen=True)
class Part:
    """number * scalars * factors * end, where the end is a vector, or None in a sum of matrices."""

    number: Fraction
    scalars: tuple[Term, ...] = ()
    factors: tuple[Term, ...] = ()
    end: Term | None = None


def parts_of(term: Term, whole: Collection[Term] = ()) -> list[Part]:
    """The summands of a term; a sum in brackets is multiplied out unless it is among the ``whole``."""
    if term not in whole and term.head == "add":
        return [part for arg in term.args for part in parts_of(arg, whole)]
    if term not in whole and term.head == "mul":
        found = [Part(ONE)]
        for arg in term.args:
            found = [_joined(a, b) for a in found for b in parts_of(arg, whole)]
        return found
    if term.head == "power" and term not in whole and (written := to_term(expand(term))) is not term:
        return parts_of(written, whole)
    if term.head == "number":
        return [Part(term.value)]
    if term.head in ("identity", "zero"):
        return [Part(Fraction(term.head == "identity"))]
    if term.shape == SCALAR:
        return [Part(ONE, (term,))]
    return [Part(ONE, (), (), term)] if term.shape[1] == 1 else [Part(ONE, (), (term,))]


def _joined(a: Part, b: Part) -> Part:
    return Part(a.number * b.number, a.scalars + b.scalars, a.factors + b.factors, b.end or a.end)


def norm_of(F: Term) -> Term:
    """||F||, for the transpose of a letter that of the letter."""
    return norm(F.args[0] if _is_turned(F) else F)


def _is_turned(F: Term) -> bool:
    return F.head == "adjoint" and F.args[0].head == "symbol"


def known_bounds(draft: Draft, of_vectors: bool = False) -> dict[Term, list[tuple[Term, Ref]]]:
    """What norms are at most, as the facts have it: c for ||F|| <= c.

    That c is nonnegative must be seen, for a chain multiplies by it; not ``of_vectors``, which end a chain.
    """
    found: dict[Term, list[tuple[Term, Ref]]] = {}
    for fact, ref in draft.facts:
        if fact.head in ("le", "lt", "ge", "gt"):
            small, large = fact.args if fact.head in ("le", "lt") else fact.args[::-1]
            if small.head != "norm" or small.value != "2":
                continue
            ends = of_vectors and small.args[0].shape[1] == 1
            if ends or sign_of(large, strict=False) == 1:
                found.setdefault(norm_of(small.args[0]), []).append((large, ref))
    return found


def unit_bound(draft: Draft, size: Term) -> tuple[Term, Ref] | None:
    """1, where a norm is seen to be at most that: of projections, of orthogonal matrices."""
    one = relation("le", size, number(1))
    ref = draft.find(one) or by_root(draft, one, 0.1)
    return None if ref is None else (number(1), ref)


Choice = Mapping[Term, tuple[Term, Ref]]
"""For a norm its bound, with the fact that says so; other norms stand for themselves."""


def written_bound(part: Part, choice: Choice) -> Term:
    """The bound of one part, without its last vector."""
    sizes = [_size_of_scalar(s) for s in part.scalars]
    sizes += [choice[n][0] if n in choice else n for n in map(norm_of, part.factors)]
    return mul(*([number(abs(part.number))] if abs(part.number) != 1 or not sizes else []), *sizes)


def bound_of_vector(draft: Draft, parts: Sequence[Part], choice: Choice) -> tuple[Term, Ref] | None:
    """||v|| <= b for the sum v of these parts, the first of them positive; v as the sum is written."""
    if not 0 < len(parts) <= MOST_PARTS or any(p.end is None for p in parts):
        return None
    vectors = [_vector(replace(p, number=abs(p.number))) for p in parts]
    rows: list[Row] = []
    total = vectors[0]
    for part, v in zip(parts[1:], vectors[1:], strict=True):
        both = _triangle(draft, total, v, part.number > 0)
        if both is None:
            return None
        rows.append((ONE, (), number(1), both))
        total = draft.fact(both).args[0].args[0]
    for part in parts:
        links = _links(draft, replace(part, number=abs(part.number)), choice)
        if links is None:
            return None
        rows += links
    bounds = [mul(written_bound(p, choice), _size(p.end, choice)) for p in parts]
    claim = relation("le", norm(total), add(*bounds))
    ref = rows_add_up(draft, claim, rows) if rows else draft.find(claim)
    return None if ref is None else (total, ref)


def _size(end: Term | None, choice: Choice) -> Term:
    size = norm(end) if end is not None else number(1)
    return choice[size][0] if size in choice else size


def rows_add_up(draft: Draft, claim: Term, rows: list[Row], known: Sequence[Ref] = ()) -> Ref | None:
    """An inequality that is the sum of these rows as they stand, or up to what is known."""
    with draft.only([*known, *(ref for row in rows if row[3] is not None for ref in _refs(row[3]))]):
        return with_squares(draft, claim, difference(claim), rows, 0.5)


def _refs(middle: Ref) -> list[Ref]:
    return middle if isinstance(middle[0], list) else [middle]


def _vector(part: Part) -> Term:
    assert part.end is not None
    scale = [number(part.number)] if part.number != 1 else []
    return mul(*scale, *part.scalars, *part.factors, part.end)


def _links(draft: Draft, part: Part, choice: Choice) -> list[Row] | None:
    """The rows whose sum is (bound of the part) - ||part||."""
    rows: list[Row] = []
    before: list[Term] = []
    scales = [number(part.number)] if part.number != 1 else []
    links = [*scales, *part.scalars, *part.factors]
    for place, F in enumerate(links):
        rest = [*links[place + 1 :], *([part.end] if part.end is not None else [])]
        tail = mul(*rest)
        ref = _homogeneous(draft, F, tail) if F.shape == SCALAR else _submultiplicative(draft, F, tail)
        if ref is None:
            return None
        rows.append((ONE, tuple(before), number(1), ref))
        size = _size_of_scalar(F) if F.shape == SCALAR else norm_of(F)
        if size in choice:
            size, known = choice[size]
            rows.append((ONE, (*before, norm(tail)), number(1), known))
        before.append(size)
    size = norm(part.end) if part.end is not None else number(1)
    if size in choice:
        rows.append((ONE, tuple(before), number(1), choice[size][1]))
    return rows


def _size_of_scalar(s: Term) -> Term:
    if sign_of(s, strict=False) == 1:
        return s
    return call("abs", s) if is_real(s) else norm(s)


# --- the lemmas, for letters -----------------------------------------------------------------


Proof = Callable[[Term], list[dict[str, Any]] | None]
"""How a lemma is proved: the search, if nothing else is said."""


@lru_cache(maxsize=256)
def _steps(claim: Term, depth: int) -> list[dict[str, Any]] | None:
    """The proof of a lemma, which rests on nothing and so is the same everywhere at this depth."""
    draft = Draft([], {}, monotonic() + SECONDS)
    draft.depth = depth
    return None if establish(draft, claim) is None else draft.steps


def instance_of(
    draft: Draft,
    letters: Sequence[Term],
    body: Callable[..., Term],
    terms: Sequence[Term],
    proof_of: Proof | None = None,
) -> Ref | None:
    """A general fact at these terms; its letters are renamed until no other fact names them.

    For a complex term its letter is complex too.  Within the proof of a lemma the letters have its depth in their
    names, since the letters of the lemmas around need not occur in any fact.
    """
    mark = f"_{draft.depth}" if draft.depth else ""
    letters = [
        symbol(s.name + mark, *s.shape, s.value[3] if is_real(t) else "complex")
        for s, t in zip(letters, terms, strict=True)
    ]
    for fact, ref in draft.facts:
        own = fact.args[:-1]
        same = fact.head == "forall" and [s.value[1:] for s in own] == [s.value[1:] for s in letters]
        if same and body(*own) is fact.args[-1]:
            return _at(draft, fact, ref, terms)
    taken = {s.name for f, _ in draft.facts for s in symbols_of(f)} | {
        s.name for t in terms for s in symbols_of(t)
    }
    while any(s.name in taken for s in letters):
        letters = [symbol(s.name + "'", *s.value[1:]) for s in letters]
    claim = body(*letters)
    steps = proof_of(claim) if proof_of else _steps(claim, draft.depth + 1)
    if steps is None:
        return None
    lemma = make("forall", (*letters, body(*letters)))
    if proof_of is None:
        steps = moved(steps, len(draft.given) + len(draft.claims))
    return _at(draft, lemma, draft.add(lemma, "forall", steps=steps), terms)


def _at(draft: Draft, lemma: Term, ref: Ref, terms: Sequence[Term]) -> Ref:
    special = substitute(lemma.args[-1], dict(zip(lemma.args[:-1], terms, strict=True)))
    known = draft.find(special)
    return known or draft.add(special, "instance", of=ref, terms=[to_json(t) for t in terms])


def _triangle(draft: Draft, u: Term, v: Term, plus: bool) -> Ref | None:
    def body(a: Term, b: Term) -> Term:
        return relation("le", norm(a + b if plus else a - b), norm(a) + norm(b))

    return instance_of(draft, [symbol("u'", *u.shape), symbol("v'", *u.shape)], body, [u, v])


def _submultiplicative(draft: Draft, F: Term, v: Term) -> Ref | None:
    turned = _is_turned(F)
    own = F.args[0] if turned else F

    def body(Z: Term, z: Term) -> Term:
        return relation("le", norm(mul(Z.T if turned else Z, z)), mul(norm(Z), norm(z)))

    return instance_of(draft, [symbol("Z'", *own.shape), symbol("z'", *v.shape)], body, [own, v])


def _homogeneous(draft: Draft, s: Term, v: Term) -> Ref | None:
    """||s v|| <= |s| ||v||, with s for |s| where its sign is seen."""

    def body(r: Term, z: Term) -> Term:
        return relation("le", norm(mul(r, z)), mul(_size_of_scalar(r), norm(z)))

    letter = symbol("s'", domain="nonnegative" if sign_of(s, strict=False) == 1 else "real")
    return instance_of(draft, [letter, symbol("z'", *v.shape)], body, [s, v])
