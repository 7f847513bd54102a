"""Linear rates: A, B and c, constant in time, with  g' = A g + g B + c g  along the equations of motion.

Weight decay has the rate -2 lambda D for the imbalance D = U^T U - V V^T of two layers (after Arora, Cohen and
Hazan 2018).  A, B and c are read off: they stand around one monomial of g in its rate, with the equations of
motion put in.  What is read off is a guess; a proof that uses it shows the equation.
"""

from __future__ import annotations

from collections import Counter

from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Poly, depends_on, expand, to_term, word_poly
from lemmata.kernel.term import SCALAR, Term, number, substitute, subterms, symbols_of
from lemmata.prove.draft import Draft
from lemmata.terms.forms import at, diff

__all__ = ["linear_rates", "motions", "written"]

MOST_WRITTEN = 4
"""How often equations are put into a rate: a definition in terms of another is written out in turn."""


def linear_rates(draft: Draft, gap: Term, variable: str) -> list[tuple[Term, Term, Term]]:
    """A, B and c, constant in time, for which  gap' = A gap + gap B + c gap  may hold; the likely first."""
    known = motions(draft, variable)
    if not any(t.head == "diff" for t in known):
        return []
    rate = expand(written(to_term(expand(diff(gap, variable))), known))
    return _generators(expand(written(gap, known)), rate, variable)


def motions(draft: Draft, variable: str) -> dict[Term, Term]:
    """What the equations say of the rates of letters, and of letters that they define."""
    found: dict[Term, Term] = {}
    for fact, _ in draft.facts:
        if fact.head != "eq" or fact.args[0].sort != "matrix":
            continue
        for side, other in (fact.args, fact.args[::-1]):
            rate = side.head == "diff" and side.value == variable and side.args[0].head == "symbol"
            named = side.head == "symbol" and side.value[4] == variable and side not in symbols_of(other)
            if (rate or named) and side not in found and other not in found:
                found[side] = other
                break
    for s, value in list(found.items()):
        if s.head == "symbol" and not any(t.head in ("diff", "limit") for t in subterms(value)):
            found.setdefault(diff(s, variable), to_term(expand(diff(value, variable))))
            found.setdefault(at(s, number(0)), value_at(value, variable, number(0)))
    return found


def written(term: Term, known: dict[Term, Term]) -> Term:
    """The term with the equations put in; one definition may need another."""
    for _ in range(MOST_WRITTEN):
        term = substitute(term, known)
    return term


def _generators(gap: Poly, rate: Poly, variable: str) -> list[tuple[Term, Term, Term]]:
    """A, B and c, constant in time, for which  rate = A gap + gap B + c gap,  by each monomial of the gap.

    Those first for which this is so by expanding; for the others it may follow from what is known.
    """
    rows, cols = gap.shape
    found: dict[tuple[Term, Term, Term], bool] = {}
    for (scalars, word), size in gap.terms.items():
        before, after, factor = Poly((rows, rows), {}), Poly((cols, cols), {}), Poly(SCALAR, {})
        for (around, other), value in rate.terms.items():
            if Counter(scalars) - Counter(around):
                continue
            loops, share = tuple((Counter(around) - Counter(scalars)).elements()), value / size
            if other == word:
                factor = factor + word_poly(SCALAR, loops, (), share)
            elif word and other[len(other) - len(word) :] == word:
                before = before + word_poly(before.shape, loops, other[: len(other) - len(word)], share)
            elif word and other[: len(word)] == word:
                after = after + word_poly(after.shape, loops, other[len(word) :], share)
        parts = to_term(before), to_term(after), to_term(factor)
        if any(depends_on(part, variable) for part in parts) or not (before or after or factor):
            continue
        found[parts] = rate == (before * gap + gap * after if word else Poly(gap.shape, {})) + factor * gap
    return sorted(found, key=lambda parts: not found[parts])
