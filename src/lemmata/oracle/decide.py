"""Decisions about scalar statements: the axioms that a proof may rest on, so nothing false is accepted.

A statement is tried at points first: a point where it fails refutes it.  Then it is read into ratios of
letters and proved; where that fails it is rewritten (a hypothesis solved for a symbol, t s^2 = x, both
signs of a real symbol, sqrt(a) = r) and proved again.  What is proved must also stand in ball arithmetic
at the points of the confirmation, or it is not accepted.

>>> from lemmata.kernel.term import exp, number, symbol
>>> from lemmata.terms.forms import relation
>>> x = symbol("x", 1, 1, "nonnegative")
>>> decide(Statement((), relation("le", number(1) + x, exp(x)))).holds
True
>>> decide(Statement((), relation("lt", number(1) + x, exp(x)))).why
'it fails at x = 0'
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import lru_cache

from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import Term, make, subterms
from lemmata.oracle.confirm import confirm, free_symbols, points_of
from lemmata.oracle.prover import Prover
from lemmata.oracle.ratios import Ratio, Refused
from lemmata.oracle.reading import Reader, to_term
from lemmata.oracle.variants import variants
from lemmata.oracle.world import Again, Split, World
from lemmata.terms.forms import relation

__all__ = ["Decision", "decide"]

MOST_SPLITS = 5


@dataclass(frozen=True)
class Decision:
    """holds: True (proved and confirmed), False (fails at a point), None (not decided).

    ``how`` is one line on the method; ``why`` is the point of failure or what could not be shown.
    """

    holds: bool | None
    how: str = ""
    why: str = ""


def decide(statement: Statement, seconds: float = 5.0) -> Decision:
    """Whether the statement holds for all values of its scalar symbols.

    ``given`` and ``show`` are relations between real scalars, conjunctions and implications of them.
    A division by zero, a logarithm or root out of its domain makes a statement false.
    """
    return _decide(statement, seconds)


@lru_cache(maxsize=4096)
def _decide(statement: Statement, seconds: float) -> Decision:
    deadline = time.monotonic() + seconds
    try:
        _check_heads(statement)
        first = confirm(statement, 40, min(seconds / 4, 0.5))
        if first.failure:
            return Decision(False, why=f"it fails at {first.failure}")
        if first.doubt:
            return Decision(None, why=f"it does not seem to hold at {first.doubt}")
        how = _search(statement, deadline)
        last = confirm(statement, seconds=max(0.2, min(1.0, deadline - time.monotonic())))
        if last.failure or last.doubt:
            return Decision(None, why=f"proof and ball arithmetic disagree at {last.failure or last.doubt}")
        if not last.points:
            return Decision(None, how, "no point of the domain could be evaluated to confirm it")
        return Decision(True, f"{how}; confirmed at {last.points} points in ball arithmetic")
    except Refused as reason:
        return Decision(None, why=str(reason))
    except RecursionError:
        return Decision(None, why="the expression is nested too deeply")
    except (ArithmeticError, ValueError, OverflowError, MemoryError) as reason:
        return Decision(None, why=f"a computation broke off: {reason}")


def _search(statement: Statement, deadline: float) -> str:
    try:
        return _prove(statement, _Search(deadline))
    except Refused:
        return _prove(statement, _Search(deadline, effort=1))


_PROPOSITIONS = frozenset({"eq", "ne", "le", "lt", "ge", "gt", "and", "or", "not", "implies", "iff", "is"})
_HEADS = frozenset(
    {
        *(
            "symbol",
            "dim",
            "number",
            "constant",
            "zero",
            "identity",
            "add",
            "mul",
            "inner",
            "adjoint",
            "trace",
        ),
        *("det", "literal", "inverse", "exp", "norm", "power", "call", "diff", "limit", "infinity"),
    }
)


def _check_heads(statement: Statement) -> None:
    for prop in (*statement.given, statement.show):
        for t in subterms(prop):
            if t.sort == "prop" and t.head not in _PROPOSITIONS:
                raise Refused(f"the proposition {t.head} is not treated")
            if t.sort == "matrix" and not (t.is_scalar and t.head in _HEADS):
                raise Refused(f"{t.head} is not treated, or no scalar")
            if t.sort not in ("prop", "matrix"):
                raise Refused(f"a {t.sort} is no scalar")
            if t.head == "constant" and t.value == "i":
                raise Refused("complex numbers are not treated")
            if t.head == "symbol" and (t.value[3] == "complex" or t.value[4]):
                raise Refused(f"{t.name} is complex or a function")


# --- one statement, its cases and variants -----------------------------------------------------


@dataclass(frozen=True)
class _Search:
    """What bounds the search: the clock, the effort, the case distinctions and the rewritings so far."""

    deadline: float
    effort: int = 0
    cases: int = 0
    rewritten: int = 0

    def late(self) -> bool:
        return time.monotonic() > self.deadline


MOST_REWRITINGS = 3


def _prove(statement: Statement, search: _Search) -> str:
    """How the statement is proved.  Raises Refused."""
    show = statement.show
    given = tuple(_flat(statement.given))
    match show.head:
        case "and":
            return _all([Statement(given, s) for s in show.args], search)
        case "implies":
            _defined(Statement(given, show.args[0]), search)
            return _prove(Statement((*given, show.args[0]), show.args[1]), search)
        case "iff":
            ways = [make("implies", args) for args in (show.args, show.args[::-1])]
            return _all([Statement(given, w) for w in ways], search)
        case "or":
            return _one_of(Statement(given, show), search)
    statement = Statement(given, _relation(show))
    equations = any(g.head == "eq" for g in given)
    if equations and search.rewritten < MOST_REWRITINGS:
        found = _rewritten(statement, search, first=True)
        if found:
            return found
    try:
        return _read_and_prove(statement, search)
    except _Cases as cases:
        if search.cases >= MOST_SPLITS:
            raise Refused("too many cases") from None
        parts = [Statement((*given, case), statement.show) for case in cases.props]
        return f"cases by a sign; {_all(parts, replace(search, cases=search.cases + 1))}"
    except Refused as reason:
        found = _rewritten(statement, search) if search.rewritten < MOST_REWRITINGS else ""
        if not found:
            raise reason
        return found


def _all(parts: list[Statement], search: _Search) -> str:
    return "; ".join(dict.fromkeys(_prove(p, search) for p in parts))


def _rewritten(statement: Statement, search: _Search, first: bool = False) -> str:
    """How a variant of the statement is proved, or nothing; ``first``: only equations are solved."""
    deeper = replace(search, rewritten=search.rewritten + 1)
    for how, parts in variants(statement, first):
        if search.late():
            break
        try:
            return f"{how}; {_all(parts, deeper)}"
        except Refused:
            continue
    return ""


def _one_of(statement: Statement, search: _Search) -> str:
    """One part, where the others fail."""
    parts = statement.show.args
    reason: Refused | None = None
    for prop in parts:
        _defined(Statement(statement.given, prop), search)
    for n, prop in enumerate(parts):
        try:
            others = [make("not", (p,)) for m, p in enumerate(parts) if m != n]
            return _prove(Statement((*statement.given, *others), prop), search)
        except Refused as found:
            reason = reason or found
    raise reason or Refused("no part of a disjunction")


def _flat(props: tuple[Term, ...]) -> list[Term]:
    found: list[Term] = []
    for p in props:
        found += _flat(p.args) if p.head == "and" else [p]
    return found


_OPPOSITE = {"eq": "ne", "ne": "eq", "le": "gt", "gt": "le", "lt": "ge", "ge": "lt"}


def _relation(prop: Term) -> Term:
    """The relation that a proposition about scalars is.  Raises Refused."""
    if prop.head in _OPPOSITE:
        return prop
    if prop.head == "not":
        inner = _relation(prop.args[0])
        return relation(_OPPOSITE[inner.head], *inner.args)
    if prop.head == "is" and prop.value in ("psd", "spd", "invertible"):
        from lemmata.kernel.term import number

        return relation({"psd": "ge", "spd": "gt", "invertible": "ne"}[prop.value], prop.args[0], number(0))
    raise Refused(f"the proposition {prop.head} is not treated")


def _hypothesis(prop: Term) -> Term | None:
    """The relation that a hypothesis is; one that is none is not used."""
    try:
        return _relation(prop)
    except Refused:
        return None


class _Cases(Exception):
    def __init__(self, props: tuple[Term, ...]) -> None:
        super().__init__("cases")
        self.props = props


def _world(statement: Statement, search: _Search, units: dict[str, int]) -> tuple[World, Prover, Reader]:
    leaves = tuple(free_symbols(statement))
    world = World(units, search.deadline - time.monotonic())
    prover = Prover(world, points_of(statement.given, leaves, 24), search.effort)
    reader = Reader(world)
    pending = [g for g in map(_hypothesis, statement.given) if g is not None]
    # A hypothesis is used if it is defined, which may follow from others.
    for _ in range(3):
        left = []
        for g in pending:
            try:
                _assume(world, reader, g)
            except Split as split:
                world.undecided = split.ratio
                left.append(g)
                reader.read.clear()
            except Refused:
                world.clock()
                left.append(g)
                reader.read.clear()
        if len(left) == len(pending):
            break
        pending = left
    if not pending:
        world.undecided = None
    world.settle()
    return world, prover, reader


def _assume(world: World, reader: Reader, prop: Term) -> None:
    x = reader.ratio(prop.args[0]) - reader.ratio(prop.args[1])
    head = prop.head
    if head in ("le", "lt"):
        x = -x
    if head in ("eq", "ne"):
        world.assume(x.num, "==" if head == "eq" else "!=")
        return
    relation_ = ">" if head in ("lt", "gt") else ">="
    if world.prove(x.den, ">"):
        world.assume(x.num, relation_)
    elif world.prove(-x.den, ">"):
        world.assume(-x.num, relation_)
    else:
        world.assume(x.num * x.den, relation_)


def _read_and_prove(statement: Statement, search: _Search) -> str:
    units: dict[str, int] = {}
    for _ in range(8):
        try:
            world, prover, reader = _world(statement, search, units)
            try:
                return _show(world, prover, reader, statement.show)
            except Split as split:
                raise _cases(world, split.ratio) from None
            except Refused:
                # A hypothesis such as |x| <= y may be of use once a sign is chosen.
                if world.undecided is None or search.cases >= MOST_SPLITS:
                    raise
                raise _cases(world, world.undecided) from None
        except Again:
            continue
    raise Refused("exponents with too many denominators")


def _cases(world: World, ratio: Ratio) -> Exception:
    from lemmata.kernel.term import number

    try:
        term = to_term(world, ratio)
    except Refused as reason:
        return reason
    return _Cases((relation("ge", term, number(0)), relation("le", term, number(0))))


def _show(world: World, prover: Prover, reader: Reader, prop: Term) -> str:
    from lemmata.oracle.limits import infinite_limit

    if prop.head == "eq" and prop.args[1].head in ("infinity", "mul") and _infinite(prop.args[1]):
        return infinite_limit(reader, prop)
    left, right = reader.ratio(prop.args[0]), reader.ratio(prop.args[1])
    how = "limit: leading terms" if any(t.head == "limit" for t in subterms(prop)) else ""
    x = left - right
    head = prop.head
    if head in ("le", "lt"):
        x, head = -x, {"le": "ge", "lt": "gt"}[head]
    if head == "eq":
        if world.is_zero(x.num):
            return how or "a polynomial identity"
        if world.prove(x.num, "=="):
            return how or "a polynomial identity under the hypotheses"
        if world.prove(x.num, ">=") and world.prove(-x.num, ">="):
            return "; ".join(dict.fromkeys(prover.how))
        raise Refused(f"this is not seen to vanish: {world.show_poly(x.num)[:200]}")
    shown = (
        world.prove(x.num, "!=")
        if head == "ne"
        else world.positive(x)
        if head == "gt"
        else world.nonnegative(x)
    )
    if not shown:
        sign = {"ne": "nonzero", "gt": "positive", "ge": "nonnegative"}[head]
        raise Refused(f"this is not seen to be {sign}: {world.show(x)[:200]}")
    return "; ".join(dict.fromkeys(([how] if how else []) + prover.how)) or "exact rational arithmetic"


def _infinite(term: Term) -> bool:
    return term.head == "infinity" or (term.head == "mul" and any(_infinite(a) for a in term.args))


def _defined(statement: Statement, search: _Search) -> None:
    """Show that a proposition is defined under the hypotheses.  Raises Refused."""
    units: dict[str, int] = {}
    for _ in range(8):
        try:
            _, _, reader = _world(statement, search, units)
            for t in subterms(statement.show):
                if t.sort == "prop" and t.head in (*_OPPOSITE, "is"):
                    for a in t.args:
                        reader.ratio(a)
            return
        except Again:
            continue
        except Split:
            raise Refused("a case distinction in a premise") from None
    raise Refused("exponents with too many denominators")
