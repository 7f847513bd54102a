"""Scalar equations under the trace: tr(l h r) vanishes with h, and words may be turned.

tr(E) = tr(E E^+) for an idempotent E, because the word E E^+ E may be read as E (Penrose) and, turned,
as E E E^+ = E E^+.  Turning the left sides of rules gives such relations; the goal is sought among
their linear combinations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from time import thread_time

from lemmata.kernel.poly import Poly, Refused, Word, star_word, trace, word_poly
from lemmata.kernel.term import SCALAR, Term
from lemmata.prove.words.completion import Cofactor, Completion, SearchError
from lemmata.prove.words.linear import solution

__all__ = ["rewritten", "under_traces"]

ONE = Fraction(1)
MOST_REWRITES = 12
MOST_RELATIONS = 40
LONGEST = 5
"""The longest left side that is turned."""
Step = tuple[Poly, list[Cofactor]]
"""A scalar polynomial that vanishes, and why."""


def under_traces(goal: Poly, polys: Sequence[Poly], seconds: float) -> list[Cofactor] | None:
    """Cofactors of a scalar equation, modulo what vanishes under the trace; None if none are found."""
    if not any(loop[0].head in ("trace", "rank") for scalars, _ in goal.terms for loop in scalars):
        return None
    system = Completion(polys, goals=[goal], max_rules=120, max_degree=10)
    system.until = thread_time() + seconds
    system.complete(seconds / 2)
    try:
        rest, cofactors = system.reduce(goal)
    except SearchError:
        rest, cofactors = goal, []
    rest, found = rewritten(rest, system)
    cofactors = [*cofactors, *found]
    if rest:
        scalars = [
            (p, [Cofactor(ONE, (), (), i, False, ())]) for i, p in enumerate(polys) if p.shape == SCALAR
        ]
        # tr(A) = tr(B) as it stands, before the rules that it gives rise to have rewritten it away
        plain = list[Step]()
        for p, start in scalars:
            turned, found = rewritten(p, system)
            plain.append((turned, [*start, *(replace(c, coefficient=-c.coefficient) for c in found)]))
        values = None
        for wide in (False, True):
            found_relations = [*scalars, *_relations(system, rest, wide)]
            relations = [r for r in (_rewritten_relation(r, system) for r in found_relations) if r[0]]
            relations += plain
            values = solution([p.terms for p, _ in relations], rest.terms)
            if values is not None:
                break
        if values is None:
            return None
        for value, (_, found) in zip(values, relations, strict=True):
            cofactors += [replace(c, coefficient=c.coefficient * value) for c in found] if value else []
    return cofactors or None


def rewritten(poly: Poly, system: Completion, settled: bool = False) -> Step:
    """The polynomial rewritten inside its traces, with the cofactors of the difference.

    ``settled``: of two words that are only mirrored the smaller one is kept.
    """
    rest, cofactors = poly, list[Cofactor]()
    for _ in range(MOST_REWRITES):
        steps = (
            (scalars, value, _one_trace(scalars, system, settled))
            for (scalars, _), value in rest.terms.items()
        )
        _, value, step = next((s for s in steps if s[2] is not None), ((), Fraction(0), None))
        if step is None:
            break
        others, change, found = step
        rest = rest - Poly(SCALAR, {(others, ()): value}) * change
        cofactors += [
            replace(c, coefficient=c.coefficient * value, scalars=c.scalars + others) for c in found
        ]
    return rest, cofactors


def _rewritten_relation(relation: Step, system: Completion) -> Step:
    # r = rest + (what vanishes): then rest = r - (what vanishes) vanishes too.
    poly, cofactors = relation
    rest, found = rewritten(poly, system)
    try:
        rest, more = system.reduce(rest)
    except SearchError:
        more = []
    return rest, [*cofactors, *(replace(c, coefficient=-c.coefficient) for c in (*found, *more))]


def _one_trace(
    scalars: tuple[Word, ...], system: Completion, settled: bool
) -> tuple[tuple[Word, ...], Poly, list[Cofactor]] | None:
    """Rewrite one trace among the scalars by the turn of its word that gets shortest."""
    for i, loop in enumerate(scalars):
        if loop[0].head != "trace":
            continue
        word = _word(loop[0])
        best: tuple[int, Poly, list[Cofactor]] | None = None
        for body, normal, found in _turns(word, system):
            change = trace(body) - trace(normal)
            size = sum(len(w) + len(s) for s, w in normal.terms)
            if settled and _turned_back(trace(body), trace(normal)):
                continue
            if change and (best is None or size < best[0]):
                best = size, change, found
        if best is not None:
            return scalars[:i] + scalars[i + 1 :], best[1], best[2]
    return None


def _turned_back(before: Poly, after: Poly) -> bool:
    """Whether a word is only mirrored, into one that is no smaller.

    With S^T = S the word S^T u has the normal form S u, whose trace is again written tr(S^T u^T): of the two, which
    are the same number, the smaller one stays.
    """
    if [list(p.terms.values()) for p in (before, after)] != 2 * [[ONE]]:
        return False
    loops = [[loop[0] for loop in next(iter(p.terms))[0]] for p in (before, after)]
    if any(len(traces) != 1 or traces[0].head != "trace" for traces in loops):
        return False
    letters = [sorted(repr(x.args[0] if x.head == "adjoint" else x) for x in _word(t)) for (t,) in loops]
    return letters[0] == letters[1] and repr(loops[1]) >= repr(loops[0])


def _word(under: Term) -> Word:
    """The word under a trace."""
    return under.args[0].args if under.args[0].head == "mul" else (under.args[0],)


def _turns(word: Word, system: Completion) -> Iterator[tuple[Poly, Poly, list[Cofactor]]]:
    """Each turn of a word with its normal form and the cofactors of the difference."""
    for turn in (word[k:] + word[:k] for k in range(len(word))):
        try:
            body = word_poly((turn[0].shape[0], turn[-1].shape[1]), (), turn)
            yield (body, *system.reduce(body))
        except (SearchError, Refused):
            continue


def _is_mirrored(word: Word) -> bool:
    """Whether tr(w) and tr(w^T) are the same in normal form, as over the reals: tr(L^T B L) = 0 for skew B."""
    try:
        one, other = (word_poly((w[0].shape[0], w[-1].shape[1]), (), w) for w in (word, star_word(word)))
        return trace(one) == trace(other)
    except Refused:
        return False


def _relations(system: Completion, goal: Poly, wide: bool = False) -> list[Step]:
    """tr(a) = tr(b) for the normal forms a, b of two turns of one word, and the scalar rules themselves.

    ``wide`` takes words in which two rules overlap at one end too: from E E = E and E F + F E = F follows
    tr(F) = 2 tr(E F), and only the turns of E E F say tr(E F) = tr(E F E) = 0.
    """
    sides = [w for w in system.left_sides() if 1 < len(w) <= LONGEST]
    words = [w for w in sides if w[0].shape[0] == w[-1].shape[1]]
    # u = a p b and v = b q a overlap at both ends: both rewrite the cyclic word a p b q.
    words += [u[:-1] + v[:-1] for u in sides for v in sides if u[-1] is v[0] and v[-1] is u[0]]
    if wide:
        linear = (u[:-1] + v for u in sides for v in sides if u[-1] is v[0])
        words += [w for w in linear if len(w) <= LONGEST and w[0].shape[0] == w[-1].shape[1]]
    words += [
        _word(loop[0]) for scalars, _ in goal.terms for loop in scalars if loop[0].head == "trace"
    ]  # fmt: skip
    found: list[Step] = []
    for word in sorted(dict.fromkeys(words), key=len)[:MOST_RELATIONS]:
        turns = [*_turns(word, system), *(_turns(star_word(word), system) if _is_mirrored(word) else ())]
        for (_, first, before), (_, other, after) in pairwise(turns):
            relation = trace(other) - trace(first)
            if relation:
                found.append((relation, [*before, *(replace(c, coefficient=-c.coefficient) for c in after)]))
    return found
