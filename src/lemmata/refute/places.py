"""What the hypotheses about a sequence say at later places, where the claim reads as far.

``assume f_{k+2} = f_{k+1} + f_k`` is meant for all k: where f_{k+3} is spoken of, that f_{k+3} = f_{k+2} + f_{k+1}
restricts it too.  One place more than the claim reads is looked at, so that the last value drawn can go on.

>>> from lemmata.terms.claims import read_claims
>>> from lemmata.terms.show import show
>>> c = read_claims("let f : R(k); assume f_{k+1} <= f_k; show f_{k+2} <= f_k", semicolons=True)
>>> [show(p) for p in at_later_places(c.given, c.shows[0].prop)]
['f_{k + 2} <= f_{k + 1}', 'f_{k + 3} <= f_{k + 2}']
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lemmata.kernel.poly import Refused, depends_on, expand
from lemmata.kernel.term import INDICES, Term, add, number, substitute, subterms, symbol, symbols_of
from lemmata.terms.forms import at

__all__ = ["at_later_places", "steps_ahead", "successors", "told"]

MOST_AHEAD = 6
ON_THE_WAY = 4  # places at which what restricts a sequence must hold as its recursion goes on


def at_later_places(given: Iterable[Term], show: Term, recursions: Collection[str] = ()) -> list[Term]:
    """The hypotheses that relate several places of a sequence, at the places after k.

    One about x_k alone restricts the later places, too, if a recursion tells these: ``recursions`` names such x.
    """
    given = [
        g for g in given if not any(t.head in ("limit", "forall", "exists", "diff") for t in subterms(g))
    ]
    found: list[Term] = []
    told = {t.args[0].value[4] for g in (*given, show) for t in subterms(g) if t.head == "at"}
    for name in sorted(
        (told | {s.value[4] for g in given for s in symbols_of(g) if s.name in recursions}) & INDICES
    ):
        ahead = [_furthest(p, name) for p in (*given, show)]
        for g, reach in zip(given, ahead, strict=False):
            driven = any(s.name in recursions and s.value[4] == name for s in symbols_of(g))
            last = max(ahead) - reach + 1 if reach > 0 else ON_THE_WAY if driven else 0
            places = range(1, last + 1) if max(ahead) <= MOST_AHEAD else ()
            found += [_shifted(g, name, n) for n in places]
    return [g for g in dict.fromkeys(found) if g not in given]


def _furthest(term: Term, name: str) -> int:
    """The largest n for which x_{k+n} occurs; 0 if none does."""
    points = [t.args[1] for t in subterms(term) if t.head == "at" and t.args[0].value[4] == name]
    return max((_offset(p, name) for p in points if depends_on(p, name)), default=0)


def told(value: Term) -> bool:
    """Whether the point of this value is fixed, or one of k, k + 1, k + 2, ..."""
    name = value.args[0].value[4]
    fixed = not depends_on(value.args[1], name)
    return fixed or (name in INDICES and (value.args[1].head == "symbol" or _offset(value.args[1], name) > 0))


def _offset(point: Term, name: str) -> int:
    k = symbol(name, domain="natural")
    try:
        gap = expand(point - k)
    except Refused:
        return 0
    value = gap.terms.get(((), ()), 0)
    return int(value) if not set(gap.terms) - {((), ())} and value == int(value) else 0


def _shifted(g: Term, name: str, n: int) -> Term:
    """The hypothesis at k + n."""
    k = symbol(name, domain="natural")
    mapping: dict[Term, Term] = {k: add(k, number(n))}
    for t in subterms(g):
        if t.head == "symbol" and t.value[4] == name:
            mapping[t] = at(t, add(k, number(n)))
        elif t.head == "at" and t.args[0].value[4] == name:
            far = depends_on(t.args[1], name)
            mapping[t] = at(t.args[0], add(k, number(n + _offset(t.args[1], name)))) if far else t
    return substitute(g, mapping)


def successors(g: Term) -> list[Term]:
    """x where the equation has x_{k+1} or x_{k+2} on a side."""
    ats = [a for a in g.args if a.head == "at"]
    return [a.args[0] for a in ats if steps_ahead(a.args[1], a.args[0].value[4])]


def steps_ahead(point: Term, variable: str) -> int:
    """1 for the point k + 1, 2 for k + 2; 0 for any other."""
    ahead = _offset(point, variable) if variable in INDICES and depends_on(point, variable) else 0
    return ahead if ahead in (1, 2) else 0
