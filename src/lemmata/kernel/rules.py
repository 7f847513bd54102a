"""The rules by which a claim follows from what is known; the table is in check.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lemmata.kernel.algebra import ALGEBRA
from lemmata.kernel.context import Context, names_it, running, sides
from lemmata.kernel.judgement import Statement
from lemmata.kernel.meaning import difference, zeros
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused, depends_on, expand, is_real, to_term, trace
from lemmata.kernel.scalar import divisors, sign_of
from lemmata.kernel.spectral import Reduction
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    from_json,
    make,
    mul,
    number,
    substitute,
    subterms,
    symbol,
    symbols_of,
)  # fmt: skip

__all__ = ["ABSURD", "RULES", "run"]


def run(context: Context, steps: Any, goals: Sequence[Term]) -> None:
    """Check the steps; afterwards each goal must be settled."""
    for place, step in enumerate(steps, 1):
        claim = from_json(step["claim"])
        if claim.sort != "prop" or step["rule"] not in RULES:
            raise Refused(f"step {place} claims no proposition by a known rule")
        context.declare(claim)
        context.letters = [from_json(x) for x in step.get("letters", ())]
        try:
            RULES[step["rule"]](context, claim, step)
        except Refused as error:
            raise Refused(f"step {place} ({step['rule']}): {error}") from None
        context.steps.append(claim)
    if not all(map(context.settles, goals)):
        raise Refused("the proof does not end in what was to be shown")


# --- scalars ---------------------------------------------------------------------------------


def _spectral(context: Context, claim: Term, step: Any) -> None:
    facts = [context.fact(ref) for ref in step["uses"]]
    if any(t.head in ("diff", "limit") for p in (claim, *facts) for t in subterms(p)):
        facts = [context.always(ref, "a function") for ref in step["uses"]]
    local = {f for f, ref in zip(facts, step["uses"], strict=True) if not context.is_universal(ref)}
    reduction = Reduction(from_json(step["matrix"]), facts, step.get("left", ()), context.names, local)
    for block, case in reduction.cases(claim).items():
        inner = Context(case.given, {}, context)
        inner.pointwise = None if context.pointwise is None else 0
        clocks = running([*case.given, *case.goals])
        inner.names = {name: s for name, s in context.names.items() if name in clocks}
        for prop in (*case.given, *case.goals):
            inner.declare(prop)
        run(inner, step["cases"].get(block, ()), case.goals)


def _rational(context: Context, claim: Term, step: Any) -> None:
    if not context.settles(claim):
        raise Refused("the two fractions differ, or a denominator may vanish")


def _oracle(context: Context, claim: Term, step: Any) -> None:
    """A statement about real numbers alone, taken on trust and listed."""
    facts = [context.fact(ref) for ref in step["uses"]]
    inside = [t for p in (claim, *facts) for t in subterms(p)]
    if any(t.shape != SCALAR or t.sort not in ("matrix", "prop") or t.head in _BEYOND for t in inside):
        raise Refused("an oracle is asked of numbers only")
    odd = [t for t in inside if t.head == "symbol" and (t.value[4] or t.value[3] == "complex")]
    if odd or not all(map(is_real, (claim, *facts))):
        raise Refused("an oracle is asked of real numbers, not of functions")
    if any(s.name in running([claim]) for p in facts for s in symbols_of(p)):
        raise Refused("a hypothesis names a variable that runs")
    for prop in (claim, *facts):  # in the extended reals oo = oo + 1
        limits = [any(t.head == "limit" for t in subterms(side)) for side in prop.args]
        if any(limits) and (prop.head != "eq" or all(limits)):
            raise Refused("a limit is one side of an equation, the other a number")
    # What an oracle calls true must have a meaning: s^{-1} s = 1 is not for all s.  Near the point of a
    # limit that is the limit's own affair.
    bound = {t.args[1] for t in inside if t.head == "limit"}
    if any(names_it(p, b.name) for p in (claim, *facts) for b in bound):
        raise Refused("the variable of a limit is free elsewhere")
    found = [d for p in (claim, *facts) for d in divisors(p) if not bound & set(symbols_of(d))]
    if not all(map(context.nonzero, found)):
        raise Refused("a divisor is not seen to be nonzero")
    context.oracles.add(Statement(tuple(facts), claim))


_BEYOND = set("rank trace det at grad literal is forall exists dim in not or".split())  # noqa: SIM905


# --- functions of time and of an index -------------------------------------------------------


def _constant(context: Context, claim: Term, step: Any) -> None:
    """q = q(0), q <= q(0) or q >= q(0) from the sign of dq/dt at all times."""
    fact = context.always(step["of"], "a derivative")
    if fact.head not in ("eq", "le", "ge") or fact.args[0].head != "diff" or expand(fact.args[1]):
        raise Refused("a derivative that vanishes, or has a sign, is needed")
    rate, (q, start) = fact.args[0], claim.args
    clock = context.names.get(rate.value)
    domains = ("time", "nonnegative", "real")[: 3 if fact.head == "eq" else 2]
    if clock is not None and clock.value[3] not in domains:
        raise Refused(f"{rate.value} does not run through an interval from 0")
    same = claim.head == fact.head and expand(q) == expand(rate.args[0])
    if not same or expand(start) != expand(value_at(q, rate.value, number(0), clock)):
        raise Refused("the claim does not compare q(t) with q(0)")


def _value(context: Context, claim: Term, step: Any) -> None:
    """A proposition that holds for all values of a variable, at one of them."""
    variable, fact = step["variable"], context.function(step["of"], step["variable"])
    if claim is not value_at(fact, variable, from_json(step["point"]), context.names.get(variable)):
        raise Refused("the claim is not the value of this proposition")


def _linear(context: Context, claim: Term, step: Any) -> None:
    """a = b at all times, where (a - b)' = T(a - b) for a linear T with continuous coefficients, and a(0) = b(0)."""
    fact, (a, b), T = context.always(step["of"], "a rate"), sides(claim), from_json(step["map"])
    gap = a - b
    Z = symbol(step["letter"], *a.shape, domain="real" if is_real(gap) else "complex")
    if fact.head != "eq" or fact.args[0].head != "diff" or expand(fact.args[0].args[0]) != expand(gap):
        raise Refused("the rate of the difference of the two sides is needed")
    variable, letters = fact.args[0].value, symbols_of(T)
    clock = context.names.get(variable)
    if clock is not None and clock.value[3] not in ("time", "nonnegative", "real"):
        raise Refused(f"{variable} does not run through an interval from 0")
    if any(s.name == Z.name and s is not Z for s in letters) or not _degree(Z, expand(T).terms) <= {1}:
        raise Refused("the map is not seen to be linear")
    if not {t.head for t in subterms(T) if Z in subterms(t)} <= LINEAR:
        raise Refused("the map is more than sums and products of the letter")
    moving = {t.head for t in subterms(T) if depends_on(t, variable)}
    if not moving <= set(SMOOTH) or any(s.value[4] not in ("", variable) for s in letters):
        raise Refused("a coefficient is not seen to be continuous")
    if expand(fact.args[1]) != expand(substitute(T, {Z: gap})):
        raise Refused("the rate is not this map of the difference")
    if not context.settles(make("eq", tuple(value_at(side, variable, number(0), clock) for side in (a, b)))):
        raise Refused("the two sides are not known to be equal at 0")


def _degree(Z: Term, monomials: Any) -> set[int]:
    """How often Z or its transpose occurs in each monomial, within traces too."""
    return {sum(_count(Z, x) for loop in (*loops, word) for x in loop) for loops, word in monomials}


def _count(Z: Term, letter: Term) -> int:
    if letter.head == "trace":
        return max(_degree(Z, expand(letter.args[0]).terms))
    if Z in subterms(letter) and letter not in (Z, Z.T):
        raise Refused("the map is not linear")
    return int(letter in (Z, Z.T))


def _squeeze(context: Context, claim: Term, step: Any) -> None:
    """lim f = L for t -> oo, from <f - L, f - L> <= b, which holds all the way, and lim b = 0."""
    fact, tends = context.always(step["of"], "a bound"), context.fact(step["limit"])
    if claim.head != "eq" or claim.args[0].head != "limit" or fact.head not in ("le", "lt"):
        raise Refused("a limit follows from a bound")
    (f, variable, point), L = claim.args[0].args, claim.args[1]
    if point.head != "infinity":
        raise Refused("only limits at infinity follow from bounds")
    gap, (square, bound) = expand(f) - expand(L), fact.args
    wanted = make("eq", (make("limit", (bound, variable, point), claim.args[0].value), number(0)))
    if depends_on(L, variable.name) or expand(square) != trace(gap.adjoint() * gap) or tends is not wanted:
        raise Refused("a bound on the square of the distance that tends to 0 is needed")


def _limit_root(context: Context, claim: Term, step: Any) -> None:
    """lim a = b from lim a^2 = b^2, for a, b >= 0."""
    fact = context.fact(step["of"])
    if any(p.head != "eq" or p.args[0].head != "limit" for p in (claim, fact)):
        raise Refused("limits are compared")
    (a, *where), (q, *there) = claim.args[0].args, fact.args[0].args
    b, r, kinds = claim.args[1], fact.args[1], {claim.args[0].value, fact.args[0].value}
    agree = where == there and len(kinds) == 1 and expand(a**2) == expand(q) and expand(b**2) == expand(r)
    if not agree or sign_of(a, strict=False) != 1 or (expand(b) and sign_of(b, strict=False) != 1):
        raise Refused("lim a^2 = b^2 with a, b >= 0 is needed for lim a = b")


def _induction(context: Context, claim: Term, step: Any) -> None:
    """P(k) from P(0) and from P(k) => P(k + 1)."""
    name = step["variable"]
    k = context.names.get(name, symbol(name, domain="natural"))
    if name not in INDICES or k.value[3] != "natural" or context.pointwise is not None:
        raise Refused("induction runs over a natural number that nothing else fixes")
    context.free_of(name)
    if not context.settles(value_at(claim, name, number(0))):
        raise Refused("the case 0 is not established")
    run(context.inner([claim]), step["steps"], [value_at(claim, name, make("add", (k, number(1))))])


# --- logic -----------------------------------------------------------------------------------


def _apply(context: Context, claim: Term, step: Any) -> None:
    lemma = context.lemmas.get(step["lemma"])
    if lemma is None:
        raise Refused(f"the theorem {step['lemma']!r} has not been checked")
    statement, dims = lemma.statement, dict(step["dims"])
    mapping = {from_json(k): from_json(v) for k, v in step["terms"]}
    if not all(type(name) is str for name in dims):
        raise Refused("only named dimensions are replaced")
    props = (*statement.given, statement.show)
    _instantiable(props, mapping, dims)
    declared = {s.name: s.value[3] for p in props for s in symbols_of(p)}
    for name in running(props):
        usual, clock = "natural" if name in INDICES else "time", context.names.get(name)
        domains = {declared.get(name, usual), usual if clock is None else clock.value[3]}
        if len(domains) > 1 and domains != {"time", "nonnegative"}:
            raise Refused(f"the theorem reads {name} as another variable than it is here")
        context.free_of(name, context.pointwise)
    for prop, ref in zip(statement.given, step["given"], strict=True):
        fact = context.always(ref, "a function") if _varies(props) else context.fact(ref)
        wanted = substitute(prop, mapping, dims)
        if fact is not wanted and zeros(fact) != zeros(wanted):
            raise Refused("a hypothesis of the theorem is not established")
    show = substitute(statement.show, mapping, dims)
    if claim is not show and not (show.head == "and" and claim in show.args):
        raise Refused("the claim is not the conclusion of the theorem")
    context.used.add(step["lemma"])


def _instantiable(props: Sequence[Term], mapping: Mapping[Term, Term], dims: Mapping[str, Any]) -> None:
    """Each symbol is replaced by a term of its shape, field and sign that varies no more than it."""
    inside = [t for p in props for t in subterms(p)]
    runs, variables = _varies(props), running(props)
    bound = {b for t in inside if t.head in ("limit", "grad") for b in t.args[1:2]}
    bound |= {b for t in inside if t.head in ("forall", "exists") for b in t.args[:-1]}
    for old, new in mapping.items():
        name, rows, cols, domain, variable = old.value
        parts = list(subterms(new))
        letters = [s for s in parts if s.head == "symbol"]
        declared = new.head == "symbol" and new.value[3] == domain
        signed = domain in ("positive", "nonnegative") and sign_of(new, domain == "positive") == 1
        problems = {
            "is replaced by a term of another shape": new.shape
            != (dims.get(rows, rows), dims.get(cols, cols)),
            "is real": domain != "complex" and not is_real(new),
            f"is {domain}, its replacement is not seen to be": not (
                domain in ("real", "complex") or declared or signed
            ),
            "is replaced by infinity": any(t.head == "infinity" for t in parts),
            "is a variable of functions, or bound": new is not old and (name in variables or old in bound),
            "does not vary so": runs and any(depends_on(new, v) for v in variables - {variable}),
            "is constant, its replacement varies": runs
            and any(s.value[4] not in ("", variable) for s in letters if depends_on(new, s.value[4])),
            "is differentiable, its replacement need not be": variable
            and any(t.head not in SMOOTH and depends_on(t, variable) for t in parts),
            "has a replacement that would be captured": old not in bound
            and any(depends_on(new, b.name) or b.name in {s.name for s in letters} for b in bound),
        }
        for problem, found in problems.items():
            if found:
                raise Refused(f"{name} {problem}")


SMOOTH = "symbol number constant dim identity zero literal add mul adjoint exp inner trace at diff".split()  # noqa: SIM905
"""Heads that keep a function of time differentiable."""


LINEAR = set("symbol add mul adjoint inner trace".split())  # noqa: SIM905
"""Heads under which a letter may stand for a function: to expand and to put it in commute."""


def _varies(props: Sequence[Term]) -> bool:
    heads = ("diff", "limit", "at")
    return any(t.head in heads or (t.head == "symbol" and t.value[4]) for p in props for t in subterms(p))


def _implies(context: Context, claim: Term, step: Any) -> None:
    if claim.head not in ("implies", "iff"):
        raise Refused("the claim is no implication")
    P, Q = claim.args
    for premise, goal, part in ((P, Q, "steps"), (Q, P, "back"))[: 1 + (claim.head == "iff")]:
        inner = context.inner([_opened(context, premise, goal)])
        inner.declare(goal)
        run(inner, step[part], [goal])


def _opened(context: Context, premise: Term, goal: Term) -> Term:
    """A premise "there is x: P(x)" gives P(x) for a letter x that occurs nowhere else."""
    if premise.head == "exists":
        _new(premise.args[:-1], [*context.known, goal])
        if {s.value[4] for s in symbols_of(premise)} & {b.name for b in premise.args[:-1]}:
            raise Refused("the bound letter is a variable of functions")
    return premise.args[-1] if premise.head == "exists" else premise


def _new(bound: Sequence[Term], props: Sequence[Term]) -> None:
    for prop in props:
        if any(b in _free(prop) or depends_on(prop, b.name) for b in bound):
            raise Refused("the bound letter is not new")


def _free(prop: Term) -> set[Term]:
    inner = {s for a in prop.args for s in _free(a)} if prop.head != "symbol" else {prop}
    return inner - set(prop.args[:-1]) if prop.head in ("forall", "exists") else inner


def _forall(context: Context, claim: Term, step: Any) -> None:
    bound = claim.args[:-1]
    if claim.head != "forall" or any(
        s.value[4] == b.name for f in context.known for s in symbols_of(f) for b in bound
    ):
        raise Refused("the claim is not general")
    if any(b in symbols_of(f) for f in context.known for b in bound):
        raise Refused("the bound letter is not new")
    run(context.inner([]), step["steps"], [claim.args[-1]])


def _instance(context: Context, claim: Term, step: Any) -> None:
    """P(s) from "for all v: P(v)"; "there is v: P(v)" from P(s)."""
    pair = (context.fact(step["of"]), claim)
    general, special = pair if step["rule"] == "instance" else pair[::-1]
    if general.head != {"instance": "forall", "exists": "exists"}[step["rule"]]:
        raise Refused("no general statement is named")
    mapping = {b: from_json(v) for b, v in zip(general.args[:-1], step["terms"], strict=True)}
    _instantiable(general.args[-1:], mapping, {})
    if special is not substitute(general.args[-1], mapping):
        raise Refused("the one is no instance of the other")


def _eigen(context: Context, claim: Term, step: Any) -> None:
    """H >= 0 for a Hermitian H without an eigenvalue -a < 0; H > 0 without an eigenvalue -a <= 0."""
    H = difference(claim)
    strict = claim.head in ("lt", "gt") or claim.value == "spd"
    v = symbol(step["vector"], H.shape[0], 1, domain="real" if is_real(claim) else "complex")
    a = symbol(step["value"], domain="nonnegative" if strict else "positive")
    _new([v, a], [*context.known, claim])
    if H.shape == SCALAR or context.combination(H.shape, step["symmetry"], step["uses"]) != H.adjoint() - H:
        raise Refused("the eigenvectors of a Hermitian matrix are needed")
    pair = [
        make("eq", (to_term(H * expand(v)), mul(number(-1), a, v))),
        make("ne", (v, make("zero", (), v.shape))),
    ]
    inner = context.inner(pair)
    for prop in pair:
        inner.declare(prop)
    run(inner, step["steps"], [ABSURD])


ABSURD = make("eq", (number(1), number(0)))
WEAKER = {("spd", "psd"), ("spd", "invertible"), ("lt", "le"), ("gt", "ge")}


def _logic(context: Context, claim: Term, step: Any) -> None:
    """From P and P => Q; a part of a conjunction, or the whole; what is weaker."""
    facts = [context.fact(ref) for ref in step["of"]]
    for f in facts:
        arrows = {"implies": [f.args], "iff": [f.args, f.args[::-1]]}.get(f.head, [])
        if any(claim is q and p in facts for p, q in arrows) or (f.head == "and" and claim in f.args):
            return
        if f.args == claim.args and (f.value or f.head, claim.value or claim.head) in WEAKER:
            return
    if claim.head == "ne" and make("implies", (make("eq", claim.args), ABSURD)) in facts:
        return
    if claim.head in ("lt", "gt") and claim.args[0].shape == SCALAR:
        weak = make({"lt": "le", "gt": "ge"}[claim.head], claim.args)
        if weak in facts and {make("ne", claim.args), make("ne", claim.args[::-1])} & set(facts):
            return
    both = claim.head == "eq" and claim.args[0].sort == "matrix"
    if both and {make("le", claim.args), make("le", claim.args[::-1])} <= set(facts):
        return
    if claim.head != "and" or not all(a in facts for a in claim.args):
        raise Refused("the claim is no part, whole or consequence of these facts")


def _cite(context: Context, claim: Term, step: Any) -> None:
    if not (isinstance(step["name"], str) and step["name"].strip()):
        raise Refused("a citation needs a name")
    context.cites.add(step["name"])


RULES: dict[str, Callable[[Context, Term, Any], None]] = {
    **ALGEBRA,
    "spectral": _spectral, "rational": _rational, "oracle": _oracle,
    "constant": _constant, "linear": _linear, "value": _value, "squeeze": _squeeze,
    "limitroot": _limit_root, "induction": _induction,
    "apply": _apply, "implies": _implies, "forall": _forall, "instance": _instance, "exists": _instance,
    "eigen": _eigen, "logic": _logic, "cite": _cite,
}  # fmt: skip
