"""The rules by which a claim follows from what is known; the table is in check.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lemmata.kernel.context import Context, running
from lemmata.kernel.judgement import Statement
from lemmata.kernel.meaning import difference, zeros
from lemmata.kernel.poly import Poly, Refused, depends_on, expand, is_real, trace
from lemmata.kernel.scalar import divisors, sign_of
from lemmata.kernel.spectral import Reduction, value_at
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    dim,
    fraction,
    from_json,
    make,
    mul,
    number,
    substitute,
    subterms,
    symbol,
    symbols_of,
)  # fmt: skip

__all__ = ["RULES", "run"]


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


# --- polynomials -----------------------------------------------------------------------------


def _ideal(context: Context, claim: Term, step: Any) -> None:
    for goal, items in zip(zeros(claim), step["combinations"], strict=True):
        if context.combination(goal.shape, items, step["uses"]) != goal:
            raise Refused("the combination does not expand to the claim")


def _positive(context: Context, claim: Term, step: Any) -> None:
    goal = difference(claim)
    total, strict = _nonnegative(context, goal.shape, step["squares"])
    if total + context.combination(goal.shape, step["combination"], step["uses"]) != goal:
        raise Refused("the squares do not add up to the difference")
    if (claim.head in ("lt", "gt") or claim.value == "spd") and not strict:
        raise Refused("a strict inequality needs a strictly positive term")
    symmetry = goal.adjoint() - goal  # a Loewner inequality is between symmetric matrices
    if (
        goal.shape != SCALAR
        and context.combination(goal.shape, step.get("symmetry", []), step["uses"]) != symmetry
    ):
        raise Refused("the difference is not seen to be symmetric")


def _square(context: Context, claim: Term, step: Any) -> None:
    for goal, items, squares in zip(zeros(claim), step["combinations"], step["squares"], strict=True):
        size = expand(from_json(squares[0][2])).shape[1]
        shape = SCALAR if step.get("trace") else (size, size)
        if context.combination(shape, items, step["uses"]) != _nonnegative(context, shape, squares)[0]:
            raise Refused("the combination does not expand to the sum of squares")
        if not any(_vanishes(context, goal, *square) for square in squares):
            raise Refused("the polynomial itself is not among the squares, with a positive factor")


def _nonnegative(context: Context, shape: tuple[Any, Any], items: Any) -> tuple[Poly, bool]:
    """sum of c * s * R^* M R with c > 0, scalars s >= 0, M = 1 or known nonnegative; strictly so?"""
    total, strict = Poly(shape, {}), False
    for coefficient, scalars, root, middle in items:
        c, R, factors = fraction(coefficient), expand(from_json(root)), list(map(from_json, scalars))
        if c <= 0 or not all(is_real(s) and sign_of(s, strict=False) == 1 for s in factors):
            raise Refused("a factor is not seen to be nonnegative")
        facts = [context.fact(ref) for ref in middle]
        inner = R
        for known in map(difference, facts):
            if known.shape != SCALAR and (len(facts) > 1 or known.shape[0] != R.shape[0]):
                raise Refused("only nonnegative scalars are multiplied")
            inner = known * inner
        product = R.adjoint() * inner
        product = trace(product) if shape == SCALAR else product
        for s in factors:
            product = expand(s) * product
        total = total + product.scale(c)
        above = all(f.head in ("lt", "gt") or f.value == "spd" for f in facts)
        strict = strict or (above and all(map(sign_of, factors)) and _injective(context, R))
    return total, strict


def _injective(context: Context, R: Poly) -> bool:
    """Whether R^* R > 0: a multiple of the identity, a vector that is not 0, full column rank, invertible."""
    if list(R.terms) == [((), ())]:
        return True
    nonzero = [difference_of(f) for f in context.known if f.head == "ne" and f.args[0].sort == "matrix"]
    whole = [expand(f.args[0]) for f in context.known if f.head == "is" and f.value in ("invertible", "spd")]
    inverses = [expand(make("inverse", (f.args[0],))) for f in context.known if f.value == "invertible"]
    ranks = [a for f in context.known if f.head == "eq" for a in f.args if a.head == "rank"]
    full = [expand(r.args[0]) for r in ranks if make("eq", (r, dim(r.args[0].shape[1]))) in context.known]
    return R in ([d for d in nonzero if d.shape[1] == 1] + whole + inverses + full)


def difference_of(prop: Term) -> Poly:
    return expand(prop.args[0]) - expand(prop.args[1])


def _vanishes(context: Context, goal: Poly, _: Any, scalars: Any, root: Any, middle: Any) -> bool:
    """Whether s R^* R = 0, or s R^* M R = 0 with M semidefinite, says that the goal (or its adjoint) is 0."""
    R = expand(from_json(root))
    if middle:
        M = context.fact(middle[0])
        definite = M.value == "spd" or M.head in ("lt", "gt")
        R = R if definite and goal == R else difference(M) * R
        if len(middle) > 1:
            return False
    return R in (goal, goal.adjoint()) and all(sign_of(from_json(s)) == 1 for s in scalars)


def _root(context: Context, claim: Term, step: Any) -> None:
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        raise Refused("roots are taken of an inequality between scalars")
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    squares = expand(large * large) - expand(small * small)
    if small.head == "norm" and small.value == "2" and small.args[0].shape[1] != 1:
        A = small.args[0]  # ||A|| <= b if A^* A <= b^2 I
        squares = expand(large * large) * context.one(A.T) - expand(A.T * A)
    above = difference(context.fact(step["above"])) if "above" in step else None
    nonnegative = sign_of(large, strict=False) == 1 or not expand(large) or above == expand(large)
    if difference(context.fact(step["of"])) != squares or not (
        nonnegative and is_real(small) and is_real(large)
    ):
        raise Refused("a^2 <= b^2 and b >= 0 are needed for a <= b")


def _cauchy(context: Context, claim: Term, step: Any) -> None:
    """<u, v>^2 <= <u, u> <v, v> for real vectors, and for real matrices in the trace inner product."""
    u, v = expand(from_json(step["left"])), expand(from_json(step["right"]))
    if u.shape != v.shape:
        raise Refused("the two factors differ in shape")
    uu, uv, vv = (trace(a.adjoint() * b) for a, b in ((u, u), (u, v), (v, v)))
    if not is_real(claim) or difference(claim) != uu * vv - uv * uv or claim.head not in ("le", "ge"):
        raise Refused("the claim is not the Cauchy-Schwarz inequality")


def _witness(context: Context, claim: Term, step: Any) -> None:
    if claim.head != "is" or claim.value != "invertible":
        raise Refused("a witness shows invertibility")
    A, Y = claim.args[0], from_json(step["witness"])
    goal = expand(Y * A if step.get("left") else A * Y) - context.one(A)
    if context.combination(goal.shape, step["combination"], step["uses"]) != goal:
        raise Refused("the witness is no inverse")


def _rank(context: Context, claim: Term, step: Any) -> None:
    """rank(A) <= rank(B) from A = P B Q; equality from both; the number k stands for rank(I_k)."""
    low, high = claim.args if claim.head in ("le", "eq") else claim.args[::-1]
    pairs = [(low, high)] if claim.head in ("le", "ge") else [(low, high), (high, low)]
    if claim.head not in ("le", "ge", "eq"):
        raise Refused("ranks are compared")
    for (a, b), ref, (P, Q) in zip(pairs, step["of"], step["factors"], strict=True):
        A, B = (x.args[0] if x.head == "rank" else make("identity", (), _size(x)) for x in (a, b))
        P, Q = from_json(P), from_json(Q)
        fits = (P.shape, Q.shape) == ((A.shape[0], B.shape[0]), (B.shape[1], A.shape[1]))
        if not fits or zeros(context.fact(ref)) != [expand(A) - expand(mul(P, B, Q))]:
            raise Refused("A = P B Q is needed")


def _size(x: Term) -> Any:
    if x.head == "number" and x.value.denominator == 1 and x.value > 0:
        return int(x.value)
    if x.head != "dim":
        raise Refused("a rank is compared with a rank or a dimension")
    return x.value


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
    if any(t.head == "symbol" and t.value[4] for t in inside) or not all(map(is_real, (claim, *facts))):
        raise Refused("an oracle is asked of real numbers, not of functions")
    if any(s.name in running([claim]) for p in facts for s in symbols_of(p)):
        raise Refused("a hypothesis names a variable that runs")
    for prop in (claim, *facts):  # in the extended reals oo = oo + 1
        limits = [any(t.head == "limit" for t in subterms(side)) for side in prop.args]
        if any(limits) and (prop.head != "eq" or all(limits)):
            raise Refused("a limit is one side of an equation, the other a number")
    if not any(t.head == "limit" for t in inside):
        # What an oracle calls true must have a meaning: 1/s s = 1 is not for all s.
        open_ = [d for p in (claim, *facts) for d in divisors(p) if not context.nonzero(d)]
        if open_:
            raise Refused("a divisor is not seen to be nonzero")
    context.oracles.add(Statement(tuple(facts), claim))


_BEYOND = {
    "rank",
    "trace",
    "det",
    "at",
    "grad",
    "literal",
    "is",
    "forall",
    "exists",
    "dim",
    "in",
    "not",
    "or",
}


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
    for name in running(props) - {s.name for p in props for s in symbols_of(p)}:
        clock = context.names.get(name)
        if clock is not None and clock.value[3] not in (
            "natural" if name in INDICES else "time",
            "nonnegative",
        ):
            raise Refused(f"the theorem reads {name} as a time from 0 on, or as an index")
    for prop, ref in zip(statement.given, step["given"], strict=True):
        varies = _varies(props)
        fact, wanted = (
            (context.always(ref, "a function") if varies else context.fact(ref)),
            substitute(prop, mapping, dims),
        )
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


SMOOTH = set(
    [
        "symbol",
        "number",
        "constant",
        "dim",
        "identity",
        "zero",
        "literal",
        "add",
        "mul",
        "adjoint",
        "exp",
        "inner",
        "trace",
        "at",
        "diff",
    ]
)
"""Heads that keep a function of time differentiable."""


def _varies(props: Sequence[Term]) -> bool:
    heads = ("diff", "limit", "at")
    return any(t.head in heads or (t.head == "symbol" and t.value[4]) for p in props for t in subterms(p))


def _implies(context: Context, claim: Term, step: Any) -> None:
    if claim.head not in ("implies", "iff"):
        raise Refused("the claim is no implication")
    P, Q = claim.args
    run(context.inner([_opened(context, P, Q)]), step["steps"], [Q])
    if claim.head == "iff":
        run(context.inner([_opened(context, Q, P)]), step["back"], [P])


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
    _is_instance(context.fact(step["of"]), "forall", claim, step["terms"])


def _exists(context: Context, claim: Term, step: Any) -> None:
    _is_instance(claim, "exists", context.fact(step["of"]), step["terms"])


def _is_instance(general: Term, head: str, special: Term, terms: Any) -> None:
    if general.head != head:
        raise Refused(f"there is no {head}")
    mapping = {b: from_json(v) for b, v in zip(general.args[:-1], terms, strict=True)}
    _instantiable(general.args[-1:], mapping, {})
    if special is not substitute(general.args[-1], mapping):
        raise Refused("the one is no instance of the other")


def _gram(context: Context, claim: Term, step: Any) -> None:
    """A semidefinite S is G^T G for some G."""
    fact = context.fact(step["of"])
    G, S = claim.args[0], fact.args[0]
    new = G not in symbols_of(fact) and not depends_on(S, G.name)
    good = fact.value in ("psd", "spd") and is_real(S) and G.shape == S.shape and new
    if (
        not good
        or claim is not make("exists", (G, make("eq", (S, mul(G.T, G)))))
        or G.value[3:] != ("real", "")
    ):
        raise Refused("psd(S) is needed for: there is G with S = G^T G")


def _logic(context: Context, claim: Term, step: Any) -> None:
    """From P and P => Q; a part of a conjunction, or the whole; what is weaker."""
    facts = [context.fact(ref) for ref in step["of"]]
    weaker = {("spd", "psd"), ("spd", "invertible")}
    for f in facts:
        arrows = {"implies": [f.args], "iff": [f.args, f.args[::-1]]}.get(f.head, [])
        if any(claim is q and p in facts for p, q in arrows) or (f.head == "and" and claim in f.args):
            return
        if f.args == claim.args and (
            (f.value, claim.value) in weaker or (f.head, claim.head) in {("lt", "le"), ("gt", "ge")}
        ):
            return
    absurd = make("eq", (number(1), number(0)))
    if claim.head == "ne" and make("implies", (make("eq", claim.args), absurd)) in facts:
        return
    both = {make("le", claim.args), make("le", claim.args[::-1])} if claim.head == "eq" else set()
    if both and claim.args[0].sort == "matrix" and both <= set(facts):
        return
    if claim.head != "and" or not all(a in facts for a in claim.args):
        raise Refused("the claim is no part, whole or consequence of these facts")


def _cite(context: Context, claim: Term, step: Any) -> None:
    if not (isinstance(step["name"], str) and step["name"].strip()):
        raise Refused("a citation needs a name")
    context.cites.add(step["name"])


RULES: dict[str, Callable[[Context, Term, Any], None]] = {
    "ideal": _ideal, "positive": _positive, "square": _square, "root": _root, "cauchy": _cauchy,
    "witness": _witness, "rank": _rank,
    "spectral": _spectral, "rational": _rational, "oracle": _oracle,
    "constant": _constant, "induction": _induction,
    "apply": _apply, "implies": _implies, "forall": _forall, "instance": _instance, "exists": _exists,
    "gram": _gram, "logic": _logic, "cite": _cite,
}  # fmt: skip
