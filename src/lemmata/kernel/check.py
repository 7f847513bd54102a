"""The checker: the rules by which a statement becomes a theorem.  Read this file first.

A *proof* is JSON: a list of steps, each a claim with the name of a rule and what the rule needs.
``check`` replays it and returns a ``Proved``, which cannot be made in any other way.

    rule        claim                         from
    ideal       equations                     f = sum of c * l * f_i * r over known equations f_i = 0
    square      equations f = 0               sum c R^* M R in the ideal, c > 0, f among the R (or M R)
    positive    a <= b, psd, spd              b - a = sum c R^* R + sum c R^*(known nonneg.)R + ideal
    spectral    equations, limits, spd, ...   one matrix: see spectral.py
    witness     invertible(T)                 T Y = I (or Y T = I) modulo the ideal (T square)
    root        a <= b                        a^2 <= b^2, b seen to be nonnegative
    definite    invertible(T)                 spd(T)
    flip        B A = I                       A B = I, A and B square
    constant    q = q(0)                      dq/dt = 0 for all t
    rewrite     P[b/a]                        P and a = b
    apply       Q[s]                          a checked theorem P => Q at s, and P[s]
    implies     P => Q, P <=> Q               Q proved with the hypothesis P (and back); P may be "there is"
    detach      Q                             P => Q (or <=>) and P
    forall      for all v: P                  P proved, v not free in what is known
    instance    P[s]                          for all v: P
    exists      there is v: P                 P[s]
    conjunct    P_i                           P_1 and ... and P_n;  or the conjunction from its parts
    cite        anything                      a named theorem of the literature, listed

References to known facts: ["given", i], ["step", i], ["diff", ref, "t"] (an equation that holds for
all t may be differentiated), ["symmetric", ref] (what is compared in Loewner order has a symmetric
difference), and the definitions ["penrose", A], ["inverse", A, ref], ["norm", a], ["exp", a],
["dinverse", A, ref, "t"] (the derivative of A^{-1}), ["intertwine", a, b, c] (a c = c b gives
e^a c = c e^b).

A hypothesis that contains functions of a running variable (a time, a limit's variable) is read for
all its values; one that names the variable but no function of it is refused.  Scalars are real,
positive, ... as declared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from lemmata.kernel.judgement import Statement
from lemmata.kernel.meaning import is_vector_norm, zeros
from lemmata.kernel.poly import Poly, Refused, depends_on, derivative, expand, is_real, trace, word_poly
from lemmata.kernel.scalar import sign
from lemmata.kernel.spectral import Calculus
from lemmata.kernel.term import (
    SCALAR,
    ShapeError,
    Term,
    exp,
    fraction,
    from_json,
    make,
    pinv,
    substitute,
    subterms,
    symbol,
    symbols_of,
)

__all__ = ["Proved", "check"]


MALFORMED = (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError, ArithmeticError)


class Proved:
    """A checked statement: its label, what it cites itself, and the lemmas that it applies."""

    __slots__ = ("cites", "label", "lemmas", "statement")
    label: str
    statement: Statement
    cites: tuple[str, ...]
    lemmas: tuple[str, ...]

    def __new__(cls, *_: Any) -> Proved:
        raise TypeError("only lemmata.kernel.check.check makes a theorem")

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("theorems are immutable")


def check(label: str, statement: Statement, proof: Any, lemmas: Mapping[str, Proved]) -> Proved:
    """Replay a proof.  Raises Refused, naming the step, unless every rule applies."""
    context = _Context(statement.given, lemmas)
    try:
        _functions_declared(statement.given, statement.show)
        for prop in (*statement.given, statement.show):
            context._name(prop)
        context.run(proof["steps"], statement.show)
        context.defined(statement)
    except MALFORMED as error:
        if isinstance(error, Refused):
            raise
        raise Refused(f"malformed certificate: {type(error).__name__}: {error}") from None
    theorem = object.__new__(Proved)
    for field, value in (
        ("label", label), ("statement", statement), ("cites", tuple(sorted(context.cites))),
        ("lemmas", tuple(sorted(context.used))),
    ):  # fmt: skip
        object.__setattr__(theorem, field, value)
    return theorem


def _functions_declared(given: Sequence[Term], claim: Term) -> None:
    """A hypothesis about one value of a running variable must not meet a claim about all values."""
    props = (*given, claim)
    letters = {s for p in props for s in symbols_of(p)}
    running = _running(props) | {s.value[4] for s in letters if s.value[4]}
    for prop in given:
        for name in running:
            inside = symbols_of(prop)
            bare = any(s.name == name and s.shape == SCALAR for s in inside)
            if bare and not any(s.value[4] == name for s in inside):
                raise Refused(
                    f"a hypothesis names {name} but no function of it: declare what depends on {name}"
                )


def scalar_sign(term: Term) -> int:
    """The sign of a scalar expression in declared scalars on its whole domain, 0 if not seen."""
    try:
        value = Calculus(symbol("X", "m", "n"), ()).scalar(term)
    except Refused:
        return 0
    return sign(value.num) * sign(value.den)


class _Context:
    """What is known at a step: the hypotheses and the claims of the steps before."""

    def __init__(self, given: Sequence[Term], lemmas: Mapping[str, Proved]) -> None:
        self.given = list(given)
        self.steps: list[Term] = []
        self.lemmas = lemmas
        self.cites: set[str] = set()
        self.used: set[str] = set()
        self.letters: list[Term] = []
        self.names: dict[str, Term] = {}
        self.local = False  # inside an implication facts hold at one point in time only

    # --- references ---

    def fact(self, ref: Any) -> Term:
        """The proposition that a reference names."""
        kind, index = ref
        known = {"given": self.given, "step": self.steps}[kind]
        if not (isinstance(index, int) and 0 <= index < len(known)):
            raise Refused(f"no fact {ref}")
        return known[index]

    def known(self, ref: Any) -> list[Poly]:
        """The vanishing polynomials that a reference names."""
        kind = ref[0]
        if kind in ("given", "step"):
            return zeros(self.fact(ref))
        if kind == "diff":
            self._for_all_times("an equation")
            if not any(s.value[4] == ref[2] for s in symbols_of(self.fact(ref[1]))):
                raise Refused("only an equation between functions of the variable is differentiated")
            return [
                expand(make("diff", (left - right,), ref[2]))
                for left, right in [self._sides(self.fact(ref[1]))]
            ]
        if kind == "symmetric":
            difference = context_difference(self.fact(ref[1]))
            return [difference.adjoint() - difference]
        A = from_json(ref[1])
        if kind == "penrose":
            P = pinv(A)
            return [expand(e) for e in (A * P * A - A, P * A * P - P, (A * P).T - A * P, (P * A).T - P * A)]
        if kind == "inverse":
            self._invertible(A, ref[2])
            inverse, one = make("inverse", (A,)), make("identity", (), A.shape[0])
            return [expand(A * inverse) - expand(one), expand(inverse * A) - expand(one)]
        if kind == "dinverse":
            self._for_all_times("an inverse")
            self._invertible(A, ref[2])
            inverse = make("inverse", (A,))
            rate = expand(inverse) * derivative(expand(A), ref[3]) * expand(inverse)
            return [derivative(expand(inverse), ref[3]) + rate]
        if kind == "norm" and is_vector_norm(make("norm", (A,), ref[2])):
            a = make("norm", (A,), ref[2])
            return [expand(a * a) - expand(a**2)]
        if kind == "exp":
            return [expand(exp(A) * exp(-A)) - expand(make("identity", (), A.shape[0]))]
        if kind == "intertwine":
            b, c = from_json(ref[2]), from_json(ref[3])
            if expand(A * c) != expand(c * b):
                raise Refused("the two exponents are not intertwined")
            return [expand(exp(A) * c) - expand(c * exp(b))]
        raise Refused(f"unknown reference {kind!r}")

    def _sides(self, prop: Term) -> tuple[Term, Term]:
        if prop.head != "eq" or prop.args[0].sort != "matrix":
            raise Refused("an equation between matrices is needed")
        return prop.args[0], prop.args[1]

    def _name(self, prop: Term) -> None:
        """One name, one symbol; the variable of functions, derivatives and limits is a scalar."""
        for s in symbols_of(prop):
            if self.names.setdefault(s.name, s) is not s:
                raise Refused(f"two different symbols are called {s.name}")
        variables = _running([prop]) | {s.value[4] for s in symbols_of(prop)}
        for name in variables & set(self.names):
            if self.names[name].shape != SCALAR or self.names[name].value[3] == "complex":
                raise Refused(f"{name} is a variable of functions and no real scalar")

    def _for_all_times(self, what: str) -> None:
        if self.local:
            raise Refused(f"{what} under a local hypothesis is known at one point only")

    def _invertible(self, A: Term, ref: Any) -> None:
        if ref is None:
            if A.shape != SCALAR or not scalar_sign(A):
                raise Refused("an inverse is used before its existence is established")
            return
        fact = self.fact(ref)
        if fact.head != "is" or fact.value not in ("invertible", "spd") or expand(fact.args[0]) != expand(A):
            raise Refused("the fact does not say that this matrix is invertible")

    def combination(self, shape: tuple[Any, Any], items: Any, uses: Any) -> Poly:
        """sum of coefficient * scalars * left * (known polynomial or its adjoint) * right."""
        known = [p for ref in uses for p in self.known(ref)]
        total = Poly(shape, {})
        for coefficient, scalars, left, index, starred, right in items:
            if not 0 <= index < len(known):
                raise Refused("a certificate names a polynomial that is not there")
            p = known[index].adjoint() if starred else known[index]
            l, r = self._word(left), self._word(right)  # noqa: E741
            first = word_poly((l[0].shape[0], p.shape[0]) if l else (p.shape[0], p.shape[0]), (), l)
            last = word_poly((p.shape[1], r[-1].shape[1]) if r else (p.shape[1], p.shape[1]), (), r)
            factor = word_poly(SCALAR, [self._word(s) for s in scalars], (), fraction(coefficient))
            product = first * p * last
            if shape == SCALAR:
                product = trace(product)  # of a scalar itself; of a vanishing matrix 0
            elif product.shape == SCALAR and shape[0] == shape[1]:
                product = product * expand(make("identity", (), shape[0]))
            total = total + factor * product
        return total

    def _word(self, indices: Any) -> tuple[Term, ...]:
        return tuple(self.letters[i] for i in indices)

    # --- running ---

    def run(self, steps: Any, goal: Term) -> None:
        """Check the steps; the goal must be among the claims (each part of a conjunction)."""
        for number, step in enumerate(steps):
            claim = from_json(step["claim"])
            if claim.sort != "prop":
                raise Refused(f"step {number + 1} claims no proposition")
            _functions_declared(self.given, claim)
            self._name(claim)
            self.letters = [from_json(x) for x in step.get("letters", ())]
            rule = _RULES.get(step["rule"])
            if rule is None:
                raise Refused(f"step {number + 1}: unknown rule {step['rule']!r}")
            try:
                rule(self, claim, step)
            except (Refused, ShapeError) as error:
                raise Refused(f"step {number + 1} ({step['rule']}): {error}") from None
            self.steps.append(claim)
        known = {*self.given, *self.steps}
        if goal not in known and not (goal.head == "and" and all(a in known for a in goal.args)):
            raise Refused("the proof does not end in what was to be shown")

    def defined(self, statement: Statement) -> None:
        """Every inverse in the statement exists: nonzero scalar, or established as invertible."""
        facts = [f for f in (*self.given, *self.steps) if f.head == "is" and f.value in ("invertible", "spd")]
        for prop in (*statement.given, statement.show):
            for term in subterms(prop):
                negative = term.head == "power" and (term.args[1].head != "number" or term.args[1].value < 0)
                natural = term.head == "power" and all(_is_natural(t) for t in subterms(term.args[1]))
                if (term.head == "inverse" or (negative and not natural)) and term.args[0].head != "number":
                    A = term.args[0]
                    if (
                        not scalar_sign(A)
                        if A.shape == SCALAR
                        else all(expand(f.args[0]) != expand(A) for f in facts)
                    ):
                        raise Refused("the statement uses an inverse whose existence is not established")

    def nested(self, extra: Sequence[Term], steps: Any, goal: Term) -> None:
        """Check a sub-proof under extra local hypotheses."""
        inner = _Context([*self.given, *self.steps, *extra], self.lemmas)
        inner.names = dict(self.names)
        inner.local = self.local or bool(extra)
        inner.run(steps, goal)
        self.cites |= inner.cites
        self.used |= inner.used


# --- rules -----------------------------------------------------------------------------------


def _ideal(context: _Context, claim: Term, step: Any) -> None:
    goals = zeros(claim)
    if len(goals) != len(step["combinations"]):
        raise Refused("one combination is needed for each equation")
    for goal, items in zip(goals, step["combinations"], strict=True):
        if context.combination(goal.shape, items, step["uses"]) != goal:
            raise Refused("the combination does not expand to the claim")


def _nonnegative(context: _Context, shape: tuple[Any, Any], items: Any) -> tuple[Poly, bool]:
    """sum of c * s * R^* M R with c > 0, scalars s >= 0, M = 1 or known nonnegative; strictly so?"""
    total, strict = Poly(shape, {}), False
    for coefficient, scalars, root, middle in items:
        c, R = fraction(coefficient), expand(from_json(root))
        factor = Poly(SCALAR, {((), ()): c})
        signs = []
        for s in map(from_json, scalars):
            nonnegative = s.head == "symbol" and s.value[3] in ("nonnegative", "time", "natural")
            signs.append(scalar_sign(s))
            if signs[-1] < 0 or (not signs[-1] and not nonnegative):
                raise Refused("a factor is not seen to be nonnegative")
            factor = factor * expand(s)
        if c <= 0:
            raise Refused("a square is taken a nonpositive number of times")
        inner = R
        for ref in _refs(middle):
            known = context_difference(context.fact(ref))
            if known.shape != SCALAR and (len(_refs(middle)) > 1 or known.shape[0] != R.shape[0]):
                raise Refused("only nonnegative scalars are multiplied")
            inner = known * inner
        product = R.adjoint() * inner
        total = total + factor * (trace(product) if shape == SCALAR else product)
        unit = middle is None and list(R.terms) == [((), ())] and R.shape[0] == R.shape[1]
        strict = strict or (unit and all(signs))
    return total, strict


def _refs(middle: Any) -> list[Any]:
    return [] if middle is None else middle if isinstance(middle[0], list) else [middle]


def context_difference(prop: Term) -> Poly:
    """b - a for a <= b (and the like): the matrix or scalar that the proposition calls nonnegative."""
    if prop.head == "is" and prop.value in ("psd", "spd"):
        return expand(prop.args[0])
    if prop.head not in ("le", "lt", "ge", "gt"):
        raise Refused(f"{prop.head} is no inequality")
    small, large = prop.args if prop.head in ("le", "lt") else prop.args[::-1]
    if is_vector_norm(small) and is_vector_norm(large):
        return expand(large**2) - expand(small**2)
    return expand(large) - expand(small)


def _square(context: _Context, claim: Term, step: Any) -> None:
    goals = zeros(claim)
    if len(goals) != len(step["combinations"]) or len(goals) != len(step["squares"]):
        raise Refused("one combination is needed for each equation")
    for goal, items, squares in zip(goals, step["combinations"], step["squares"], strict=True):
        size = expand(from_json(squares[0][2])).shape[1]
        shape = SCALAR if step.get("trace") else (size, size)
        if context.combination(shape, items, step["uses"]) != _nonnegative(context, shape, squares)[0]:
            raise Refused("the combination does not expand to the sum of squares")
        if not any(_vanishes(context, goal, square) for square in squares):
            raise Refused("the polynomial itself is not among the squares, with a positive factor")


def _vanishes(context: _Context, goal: Poly, square: Any) -> bool:
    """Whether s R^* R = 0, or s R^* M R = 0 with M semidefinite, says that the goal (or its adjoint) is 0."""
    _, scalars, root, middle = square
    R = expand(from_json(root))
    if middle is not None:
        fact = context.fact(middle)
        if fact.head != "is" or fact.value not in ("psd", "spd"):
            return False
        R = R if fact.value == "spd" and goal == R else context_difference(fact) * R
    return R in (goal, goal.adjoint()) and all(scalar_sign(from_json(s)) == 1 for s in scalars)


def _positive(context: _Context, claim: Term, step: Any) -> None:
    goal = context_difference(claim)
    if goal.shape[0] != goal.shape[1]:
        raise Refused("an inequality is between square matrices or scalars")
    total, strict = _nonnegative(context, goal.shape, step["squares"])
    if total + context.combination(goal.shape, step["combination"], step["uses"]) != goal:
        raise Refused("the squares do not add up to the difference")
    if (claim.head in ("lt", "gt") or (claim.head == "is" and claim.value == "spd")) and not strict:
        raise Refused("a strict inequality needs a strictly positive term")
    if goal.shape != SCALAR:  # a Loewner inequality is between symmetric matrices
        symmetry = goal.adjoint() - goal
        if context.combination(goal.shape, step.get("symmetry", []), step["uses"]) != symmetry:
            raise Refused("the difference is not seen to be symmetric")


def _spectral(context: _Context, claim: Term, step: Any) -> None:
    facts = [context.fact(r) for r in step["uses"]]
    if context.local and any(t.head in ("diff", "limit", "at") for p in (claim, *facts) for t in subterms(p)):
        context._for_all_times("a function")
    Calculus(from_json(step["matrix"]), facts).decide(claim)


def _witness(context: _Context, claim: Term, step: Any) -> None:
    if claim.head != "is" or claim.value != "invertible":
        raise Refused("a witness shows invertibility")
    A, Y = claim.args[0], from_json(step["witness"])
    product = expand(Y * A) if step.get("left") else expand(A * Y)
    goal = product - expand(make("identity", (), A.shape[0]))
    if context.combination(goal.shape, step["combination"], step["uses"]) != goal:
        raise Refused("the witness is no inverse")


def _root(context: _Context, claim: Term, step: Any) -> None:
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        raise Refused("roots are taken of an inequality between scalars")
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    difference = expand(large * large) - expand(small * small)
    real = is_real(small) and is_real(large)
    if context_difference(context.fact(step["of"])) != difference or not (real and _seen_nonnegative(large)):
        raise Refused("a^2 <= b^2 and b >= 0 are needed for a <= b")


def _seen_nonnegative(term: Term) -> bool:
    """A norm, an absolute value, a nonnegative number or scalar, an even power; sums and products."""
    if term.head in ("add", "mul"):
        return all(a.shape == SCALAR and _seen_nonnegative(a) for a in term.args)
    if term.head == "power" and term.args[1].head == "number" and term.args[1].value.denominator == 1:
        return term.args[1].value >= 0 and (term.args[1].value % 2 == 0 or _seen_nonnegative(term.args[0]))
    absolute = term.head == "norm" or (term.head == "call" and term.value == "abs")
    declared = term.head == "symbol" and term.value[3] in ("positive", "nonnegative", "time", "natural")
    return absolute or declared or (term.head == "number" and bool(term.value >= 0))


def _definite(context: _Context, claim: Term, step: Any) -> None:
    fact = context.fact(step["of"])
    if claim.head != "is" or claim.value != "invertible" or fact is not make("is", claim.args, "spd"):
        raise Refused("spd(T) is needed for invertible(T)")


def _flip(context: _Context, claim: Term, step: Any) -> None:
    A, B = from_json(step["left"]), from_json(step["right"])
    if A.shape != B.shape or A.shape[0] != A.shape[1]:
        raise Refused("only square matrices may be exchanged")
    one = expand(make("identity", (), A.shape[0]))
    if zeros(context.fact(step["of"])) != [expand(A * B) - one] or zeros(claim) != [expand(B * A) - one]:
        raise Refused("A B = I is needed for B A = I")


def _constant(context: _Context, claim: Term, step: Any) -> None:
    context._for_all_times("a derivative")
    left, right = context._sides(context.fact(step["of"]))
    if left.head != "diff" or expand(right):
        raise Refused("a derivative that vanishes is needed")
    clock = context.names.get(left.value)
    if clock is not None and clock.value[3] not in ("time", "nonnegative", "real"):
        raise Refused(f"{left.value} does not run through an interval from 0")
    q, start = context._sides(claim)
    if expand(q) != expand(left.args[0]) or expand(start) != expand(initial_value(q, left.value)):
        raise Refused("the claim is not q(t) = q(0)")


def initial_value(q: Term, variable: str) -> Term:
    """q with the variable set to 0; refuses where q holds a derivative or a limit."""
    replaced: dict[Term, Term] = {}
    for term in subterms(q):
        if term.head in ("diff", "limit", "at", "grad"):
            raise Refused("the initial value of a derivative or limit is not formed")
        if term.head == "symbol" and term.value[4] == variable:
            replaced[term] = make("at", (term, make("number", (), Fraction(0))))
        elif term.head == "symbol" and term.name == variable:
            replaced[term] = make("number", (), Fraction(0))
    return substitute(q, replaced)


def _rewrite(context: _Context, claim: Term, step: Any) -> None:
    context._for_all_times("an equation")
    mapping: dict[Term, Term] = {}
    for ref in step["equations"]:
        left, right = context._sides(context.fact(ref))
        mapping[left] = right
    fact = context.fact(step["of"]) if step["of"] is not None else make("eq", (claim.args[0], claim.args[0]))
    if substitute(fact, mapping) is not substitute(claim, mapping):
        raise Refused("the claim is not what rewriting gives")


def _apply(context: _Context, claim: Term, step: Any) -> None:
    lemma = context.lemmas.get(step["lemma"])
    if type(lemma) is not Proved:
        raise Refused(f"the theorem {step['lemma']!r} has not been checked")
    if context.local and _varies((*lemma.statement.given, lemma.statement.show)):
        context._for_all_times("a function")
    statement, dims = lemma.statement, dict(step["dims"])
    mapping = {from_json(k): from_json(v) for k, v in step["terms"]}
    _instantiable((*statement.given, statement.show), mapping, dims, context)
    for prop, ref in zip(statement.given, step["given"], strict=True):
        wanted = substitute(prop, mapping, dims)
        if context.fact(ref) is not wanted and zeros(context.fact(ref)) != zeros(wanted):
            raise Refused("a hypothesis of the theorem is not established")
    show = substitute(statement.show, mapping, dims)
    if claim is not show and not (show.head == "and" and claim in show.args):
        raise Refused("the claim is not the conclusion of the theorem")
    context.used.add(step["lemma"])


def _instantiable(
    props: Sequence[Term], mapping: Mapping[Term, Term], dims: Mapping[str, Any], context: _Context
) -> None:
    """Each symbol is replaced by a term of its shape, field and sign that varies no more than it."""
    runs = _varies(props)
    variables = _running(props) | {s.value[4] for p in props for s in symbols_of(p) if s.value[4]}
    bound = {t.args[1] for p in props for t in subterms(p) if t.head in ("limit", "grad")}
    bound |= {b for p in props for t in subterms(p) if t.head in ("forall", "exists") for b in t.args[:-1]}
    for old, new in mapping.items():
        name, rows, cols, domain, variable = old.value
        if old.head != "symbol" or new.shape != (dims.get(rows, rows), dims.get(cols, cols)):
            raise Refused(f"{name} is replaced by a term of another shape")
        if domain != "complex" and not is_real(new):
            raise Refused(f"{name} is real")
        declared = new.head == "symbol" and new.value[3] == domain
        positive = domain in ("positive", "nonnegative") and scalar_sign(new) == 1
        if domain not in ("real", "complex") and not (declared or positive):
            raise Refused(f"{name} is {domain}, its replacement is not seen to be")
        if any(t.head == "infinity" for t in subterms(new)) or (name in variables and new is not old):
            raise Refused(f"{name} is replaced by infinity, or is a variable of functions")
        if any(depends_on(new, v) for v in variables - {variable}) and runs:
            raise Refused(f"{name} does not vary so")
        if runs and any(
            s.value[4] not in ("", variable) for s in symbols_of(new) if depends_on(new, s.value[4])
        ):
            raise Refused(f"{name} is constant, its replacement varies")
        if variable and any(t.head not in SMOOTH and depends_on(t, variable) for t in subterms(new)):
            raise Refused(f"{name} is differentiable, its replacement need not be")
        if old in bound and new is not old:
            raise Refused(f"{name} is bound and keeps its name")
        if old not in bound and {s.name for s in symbols_of(new)} & {b.name for b in bound}:
            raise Refused(f"the replacement of {name} would be captured")


SMOOTH = frozenset(
    {
        "symbol", "number", "constant", "dim", "identity", "zero", "literal",
        "add", "mul", "adjoint", "exp", "inner", "trace", "at", "diff",
    }
)  # fmt: skip
"""Heads that keep a function of time differentiable."""


def _is_natural(t: Term) -> bool:
    number = t.head == "number" and t.value >= 0 and t.value.denominator == 1
    return number or t.head in ("add", "mul") or (t.head == "symbol" and t.value[3] == "natural")


def _varies(props: Sequence[Term]) -> bool:
    return any(
        t.head in ("diff", "limit", "at") or (t.head == "symbol" and t.value[4])
        for p in props
        for t in subterms(p)
    )


def _running(props: Sequence[Term]) -> set[str]:
    names = {t.value for p in props for t in subterms(p) if t.head == "diff"}
    return names | {t.args[1].name for p in props for t in subterms(p) if t.head == "limit"}


def _implies(context: _Context, claim: Term, step: Any) -> None:
    if claim.head not in ("implies", "iff"):
        raise Refused("the claim is no implication")
    P, Q = claim.args
    context.nested([_opened(context, P, Q)], step["steps"], Q)
    if claim.head == "iff":
        context.nested([_opened(context, Q, P)], step["back"], P)


def _opened(context: _Context, premise: Term, goal: Term) -> Term:
    """A premise "there is x: P(x)" gives P(x) for a letter x that occurs nowhere else."""
    if premise.head != "exists":
        return premise
    bound = premise.args[:-1]
    known = (*context.given, *context.steps, goal)
    if any(b in _free(f) or depends_on(f, b.name) for f in known for b in bound):
        raise Refused("the bound letter is not new")
    if {s.value[4] for s in symbols_of(premise)} & {b.name for b in bound}:
        raise Refused("the bound letter is a variable of functions")
    return premise.args[-1]


def _free(prop: Term) -> set[Term]:
    inner = {s for a in prop.args for s in _free(a)} if prop.head != "symbol" else {prop}
    return inner - set(prop.args[:-1]) if prop.head in ("forall", "exists") else inner


def _detach(context: _Context, claim: Term, step: Any) -> None:
    rule, premise = context.fact(step["of"]), context.fact(step["premise"])
    pairs = (
        [rule.args] if rule.head == "implies" else [rule.args, rule.args[::-1]] if rule.head == "iff" else []
    )
    if not any(premise is p and claim is q for p, q in pairs):
        raise Refused("P => Q and P are needed for Q")


def _forall(context: _Context, claim: Term, step: Any) -> None:
    if claim.head != "forall":
        raise Refused("the claim is not general")
    bound = claim.args[:-1]
    if any(
        s.value[4] == b.name for f in (*context.given, *context.steps) for s in symbols_of(f) for b in bound
    ):
        raise Refused("the bound letter is a variable of functions")
    if any(b in symbols_of(f) for f in (*context.given, *context.steps) for b in bound):
        raise Refused("the bound letter is not new")
    context.nested([], step["steps"], claim.args[-1])


def _instance(context: _Context, claim: Term, step: Any) -> None:
    general = context.fact(step["of"])
    if general.head != "forall":
        raise Refused("the fact is not general")
    mapping = {b: from_json(v) for b, v in zip(general.args[:-1], step["terms"], strict=True)}
    body = general.args[-1]
    _instantiable([body], mapping, {}, context)
    if claim is not substitute(body, mapping):
        raise Refused("the claim is no instance of the fact")


def _exists(context: _Context, claim: Term, step: Any) -> None:
    if claim.head != "exists":
        raise Refused("the claim asserts no existence")
    mapping = {b: from_json(v) for b, v in zip(claim.args[:-1], step["terms"], strict=True)}
    _instantiable([claim.args[-1]], mapping, {}, context)
    if context.fact(step["of"]) is not substitute(claim.args[-1], mapping):
        raise Refused("the fact is no instance of the claim")


def _conjunct(context: _Context, claim: Term, step: Any) -> None:
    facts = [context.fact(r) for r in step["of"]]
    part = len(facts) == 1 and facts[0].head == "and" and claim in facts[0].args
    if not part and not (claim.head == "and" and all(a in facts for a in claim.args)):
        raise Refused("the claim is neither part nor whole")


def _cite(context: _Context, claim: Term, step: Any) -> None:
    if not (isinstance(step["name"], str) and step["name"].strip()):
        raise Refused("a citation needs a name")
    context.cites.add(step["name"])


_RULES: dict[str, Callable[[_Context, Term, Any], None]] = {
    "ideal": _ideal, "square": _square, "positive": _positive, "spectral": _spectral, "witness": _witness,
    "root": _root,
    "definite": _definite, "flip": _flip, "constant": _constant, "rewrite": _rewrite, "apply": _apply,
    "implies": _implies, "detach": _detach, "forall": _forall, "instance": _instance, "exists": _exists,
    "conjunct": _conjunct, "cite": _cite,
}  # fmt: skip
