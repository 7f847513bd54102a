"""Hypotheses in standard form: signs as domains, semidefiniteness and projections as properties.

``assume t >= 0`` says that t is a time, ``assume S >= 0`` that S is psd, ``assume P^2 = P, P^* = P`` that P is
a projection.  The search and the kernel know much of a domain or a property, and little of a relation.

>>> from lemmata.terms.claims import read_claims
>>> from lemmata.terms.show import show
>>> c = read_claims("let S : R^{n x n}, r : real\\nassume S >= 0, r >= 0\\nshow r S >= 0")
>>> [show(p) for p in standard(Statement(c.given, c.shows[0].prop)).given]
['psd(S)', '0 = 0']

A recursion x_k = A x_{k-1} is read from its first place on, as x_{k+1} = A x_k; and where a gradient in x is
taken of what an equation makes a function of x, as in r = A x - y, that function is put in its place.

The places of the hypotheses stay: what is said elsewhere is 0 = 0 here.  Behind them stands what is true of the
selectors of block matrices, which instances have by construction (lemmata.terms.blocks).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations

from lemmata.kernel.judgement import Statement
from lemmata.kernel.meaning import equations
from lemmata.kernel.poly import Refused, expand, is_real, to_term
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    identity,
    inverse,
    make,
    number,
    substitute,
    subterms,
    symbol,
    symbols_of,
)
from lemmata.prove.clocks import (
    at_current_time,
    at_positive_times,
    bound_by,
    bound_letters,
    from_above,
    from_first_place,
    from_zero,
)
from lemmata.terms.blocks import with_selectors
from lemmata.terms.forms import adjoint, equation, grad, is_, relation, zero

__all__ = ["as_read", "standard"]

MOST_PAIRS = 6
SAID = equation(number(0), number(0))
WEAKER = {"real": 0, "time": 1, "nonnegative": 1, "natural": 1, "positive": 2}


def standard(statement: Statement) -> Statement:
    """The statement with its hypotheses in standard form.

    Where functions of t are named, t > 0 becomes t >= 0: their time runs from 0 on, and w(0) is a value.
    That is the stronger statement; in all else the two say the same.  Where it is divided by t, which at 0 has
    no meaning, the claim is instead about the functions at another letter s > 0.
    """
    signs, conclusion = _signs_first(statement)
    props = [_property(p) for p in statement.given]
    _projections(props)
    props = [_without_negation(p) for p in (*props, *_of_diagonals(props), *signs, conclusion)]
    props = _without_named_functions([_without_negative_powers(p) for p in props])
    props = from_above(props)
    inside = {t for p in props for t in subterms(p)}
    bound = bound_letters(props)
    letters = {s: s.value[3] for s in inside if s.head == "symbol" and s.shape == SCALAR and not s.value[4]}
    domains = dict(letters)
    for place, prop in enumerate(props[:-1]):
        s, domain = _sign(prop)
        if s is None or s in bound or domains.get(s) not in WEAKER:
            continue
        if WEAKER[domain] > WEAKER[domains[s]]:
            domains[s] = domain
        if number(0) in prop.args:
            props[place] = SAID
    mapping = {s: symbol(s.name, domain=d) for s, d in domains.items() if d != letters[s]}
    *given, show = (substitute(p, mapping) for p in props)
    *given, show = from_zero(at_positive_times([*given, show]))
    show = at_current_time(Statement(tuple(given), show), from_zero=True).show
    return Statement(with_selectors(given, show), show)


def as_read(statement: Statement) -> Statement:
    """The statement with the places of sequences, the times, the gradients and the projections of its text made plain.

    This much proof, instances and counterexamples share; what more ``standard`` does helps the proof alone.
    """
    placed = from_first_place([_moving(p) for p in statement.given], statement.show)
    given = list(placed.given)
    _projections(given)
    given = [p for p in given if p is not SAID]
    return at_current_time(Statement(tuple(given), _under_gradients(given, placed.show)))


def _moving(prop: Term) -> Term:
    """The equation that a property of a function of time is, which may be differentiated: U^T U = I."""
    if prop.head != "is" or not any(s.value[4] and s.value[4] not in INDICES for s in symbols_of(prop)):
        return prop
    (P,) = prop.args
    sides = {
        "orthogonal": (adjoint(P) @ P, identity(P.shape[0])), "symmetric": (adjoint(P), P),
        "idempotent": (P @ P, P), "projection": (adjoint(P) @ P, P),
    }  # fmt: skip
    return equation(*sides[prop.value]) if prop.value in sides else prop


def _without_negative_powers(prop: Term) -> Term:
    """(A^{-1})^2 for A^{-2}."""
    mapping: dict[Term, Term] = {}
    for term in subterms(prop):
        if term.head == "power" and term.args[1].head == "number" and term.args[1].value < 0:
            base, exponent = (substitute(a, mapping) for a in term.args)
            mapping[term] = inverse(base) ** number(-exponent.value)
    return substitute(prop, mapping)


def _under_gradients(given: Sequence[Term], show: Term) -> Term:
    """The conclusion, with functions of x for the letters that name them, where it has a gradient in x.

    r = A x - y names r, and so does A x - y = r under a gradient of ||r||^2, which would not depend on x otherwise.
    S x = b says of this x what it is: under a gradient of x^T S x - b^T x the letter b is held fixed.
    """
    quantified = {s for t in subterms(show) if t.head in ("forall", "exists") for s in t.args[:-1]}
    for gradient in [t for t in subterms(show) if t.head == "grad" and t.args[1] not in quantified]:
        body, x = gradient.args
        fixed = x in symbols_of(body)
        for prop in _chained(given, x) * len(given):
            for letter, function in _isolated(prop, x, symbols_of(body)):
                if not bound_letters([body]) & set(symbols_of(function)) and (
                    not fixed or prop.args[0] is letter
                ):
                    body = substitute(body, {letter: function})
        show = substitute(show, {gradient: grad(body, x)})
    return show


def _chained(given: Sequence[Term], x: Term) -> list[Term]:
    """The hypotheses with A x for r where r = A x names it, so that q = r names a function of x as well."""
    said = list(given)
    for place, prop in enumerate(given):
        if prop.head == "eq" and prop.args[0].head == "symbol" and prop.args[0] not in bound_letters(given):
            r, value = said[place].args
            if r is not x and x in symbols_of(value):
                said = [p if k == place else substitute(p, {r: value}) for k, p in enumerate(said)]
    return said


def _without_named_functions(props: list[Term]) -> list[Term]:
    """For r = A x - y, where a gradient in x is taken of something else, A x - y for r throughout.

    What says that a letter under the gradient is a function of this x, as S x = b does, goes: the kernel takes no
    statement in which it is not plain what is held fixed, and without the hypothesis more is claimed.
    """
    for gradient in (t for t in subterms(props[-1]) if t.head == "grad"):
        body, x = gradient.args
        for place in range(len(props) - 1):
            inside = set(symbols_of(body))
            if _isolated(props[place], x, inside):
                props[place] = SAID
            for letter, function in _isolated(props[place], x, set(symbols_of(props[place])) - inside):
                terms = [t for p in props for t in subterms(p)]
                # Another x than that of the function may be meant there: the x of a limit, of "for all x".
                hidden = any(
                    x.name in bound_by(t) and letter in subterms(t) for t in terms if t.head != "grad"
                )
                if hidden or (bound_letters(props) - {x}) & set(symbols_of(function)):
                    continue
                props[place] = SAID
                props = [substitute(p, {letter: function}) for p in props]
    return props


def _isolated(prop: Term, x: Term, letters: Collection[Term]) -> list[tuple[Term, Term]]:
    """r with A x - y, for the first of the letters that r = A x - y, r + y = A x or the like isolates.

    Where a letter stands alone on a side, it is that one.
    """
    if prop.head != "eq" or prop.args[0].sort != "matrix" or x not in symbols_of(prop):
        return []
    gap = expand(prop.args[0]) - expand(prop.args[1])
    alone = [s for s in prop.args if s.head == "symbol" and s is not x]
    for r in alone or symbols_of(prop):
        factor = gap.terms.get((((r,),), ()) if r.shape == SCALAR else ((), (r,)))
        if r is x or r.value[4] or r not in letters or not factor:
            continue
        rest = to_term((gap - expand(r).scale(factor)).scale(-1 / factor))
        if r not in symbols_of(rest):
            return [(r, rest)]
    return []


def _signs_first(statement: Statement) -> tuple[list[Term], Term]:
    """t >= 0 and Q for "t >= 0 implies Q"; A != 0 and Q for "A = 0 or Q": they say the same.

    Not where A moves: a hypothesis on w(t) holds at all times, and w = 0 or Q is claimed of each time apart.
    """
    show = statement.show
    if show.head == "or":
        letters = {s for p in (*statement.given, show) for s in symbols_of(p)}
        clocks = {s.value[4] for s in letters}
        *denied, last = sorted(show.args, key=lambda part: part.head != "eq" or _moves(part, clocks))
        if all(
            part.head == "eq" and part.args[0].sort == "matrix" and not _moves(part, clocks)
            for part in denied
        ):
            return [make("ne", part.args) for part in denied], last
    if show.head != "implies":
        return [], show
    premise, conclusion = show.args
    parts = list(premise.args) if premise.head == "and" else [premise]
    plain = all(_sign(part)[0] is not None and number(0) in part.args for part in parts)
    return (parts, conclusion) if plain else ([], show)


def _moves(prop: Term, clocks: Collection[str | None]) -> bool:
    """Whether a function, or what functions are of, is named."""
    return any(s.value[4] or s.name in clocks for s in symbols_of(prop))


def _sign(prop: Term) -> tuple[Term | None, str]:
    """The letter of s >= 0, s > 0 or s >= ||x||, and the domain that this says."""
    if prop.head not in ("le", "lt", "ge", "gt"):
        return None, ""
    large, small = prop.args if prop.head in ("ge", "gt") else prop.args[::-1]
    strict = prop.head in ("lt", "gt")
    size = small.head == "norm" or small.value == "abs"  # a number above a size is no less than 0
    if large.head != "symbol" or large.shape != SCALAR or large.value[4] or not (size or small is number(0)):
        return None, ""
    if strict and large.value[3] in ("natural", "time"):
        # k > 0 is more than natural; of a time it is said by positive, unless it is a clock.
        return (large, "positive") if large.value[3] == "time" else (None, "")
    return large, "positive" if strict else "nonnegative"


def _property(prop: Term) -> Term:
    """psd(S) for S >= 0, spd(S) for S > 0."""
    if prop.head not in ("le", "lt", "ge", "gt") or prop.args[0].shape == SCALAR:
        return prop
    large, small = prop.args if prop.head in ("ge", "gt") else prop.args[::-1]
    zero = small is number(0) or small.head == "zero"
    if not zero or large.head != "symbol" or large.value[4]:
        return prop
    return is_("spd" if prop.head in ("lt", "gt") else "psd", large)


def _of_diagonals(props: list[Term]) -> list[Term]:
    """Real diagonal matrices are symmetric, and diagonal matrices of one size commute."""
    found = [p.args[0] for p in props if p.head == "is" and p.value == "diagonal"]
    said = [is_("symmetric", D) for D in found if is_real(D)]
    pairs = [(D, E) for D, E in combinations(found, 2) if D.shape == E.shape]
    return [*(p for p in said if p not in props), *(equation(D @ E, E @ D) for D, E in pairs[:MOST_PAIRS])]


def _without_negation(prop: Term) -> Term:
    """not (b in Col(A)) as (I - A A^+) b != 0, what membership means; not (a = b) as a != b, not (a <= b) as a > b."""
    if prop.head in ("and", "or", "implies", "iff"):
        return make(prop.head, tuple(map(_without_negation, prop.args)))
    if prop.head != "not":
        return prop
    (inside,) = prop.args
    opposite = {"eq": "ne", "ne": "eq", "le": "gt", "lt": "ge", "ge": "lt", "gt": "le"}.get(inside.head)
    if opposite and inside.args[0].sort == "matrix":
        # Complex numbers may be neither a <= b nor a > b.
        ordered = inside.args[0].shape == SCALAR and all(map(is_real, inside.args))
        return make(opposite, inside.args) if ordered or inside.head in ("eq", "ne") else prop
    try:
        (gap,) = equations(inside)
    except (Refused, ValueError):
        return prop
    return relation("ne", gap, zero(*gap.shape) if gap.shape != SCALAR else number(0))


def _projections(props: list[Term]) -> None:
    """projection(P) for P P = P with P^* = P."""
    idempotent: dict[Term, int] = {}
    symmetric: dict[Term, int] = {}
    for place, prop in enumerate(props):
        for P in (s for s in symbols_of(prop) if s.shape[0] == s.shape[1] != 1 and not s.value[4]):
            if _says(prop, "idempotent", P @ P, P):
                idempotent[P] = place
            if _says(prop, "symmetric", adjoint(P), P):
                symmetric[P] = place
    for P in set(idempotent) & set(symmetric):
        props[idempotent[P]], props[symmetric[P]] = is_("projection", P), SAID


def _says(prop: Term, name: str, left: Term, right: Term) -> bool:
    if prop.head == "is":
        return prop.value == name and prop.args[0] is right
    if prop.head != "eq" or prop.args[0].shape != left.shape or len(symbols_of(prop)) != 1:
        return False
    try:
        difference = expand(prop.args[0]) - expand(prop.args[1])
        wanted = expand(left) - expand(right)
    except Refused:
        return False
    return difference in (wanted, wanted.scale(number(-1).value))
