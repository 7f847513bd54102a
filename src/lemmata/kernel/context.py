"""What is known at a step of a proof, and the references by which a certificate names it.

["given", i], ["step", i]     a hypothesis, the claim of an earlier step
["diff", ref, "t"]            its derivative: an equation that holds for all t may be differentiated
["value", ref, "t", point]    and read at one point: x_{k+1} from x_k, w(0) from w(t)
["symmetric", ref]            what is compared in Loewner order has a symmetric difference
["penrose", A]                the four Penrose conditions of A^+
["inverse", A, ref]           A A^{-1} = I = A^{-1} A; ref says that A is invertible, or is null for a
                              scalar that is seen not to vanish
["dinverse", A, ref, "t"]     (A^{-1})' = -A^{-1} A' A^{-1}
["norm", a, kind], ["abs", c] ||a||^2 = <a, a>, |c|^2 = c^2
["rank", A], ["i", i]         rank(A) = trace(A A^+), i^2 = -1 and i^* = -i
["adjugate", A]               adj(A) A = det(A) I = A adj(A)
["det", A, B]                 det(I + A B) = det(I + B A); det(I) = 1 and det(A B) = det(A) det(B), if square
["congruent", T, x, ref]      T(a) = T(b) for the equation a = b, where T(x) is any term in the letter x
["exp", A, B, ref]            e^{A + B} = e^A e^B, for A B = B A
["intertwine", A, B, C, ref]  e^A C = C e^B, for A C = C B; with k at the end A^k C = C B^k

In the last two the condition holds by expansion (ref is null) or is the fact at ref.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from lemmata.kernel.judgement import Statement
from lemmata.kernel.meaning import difference, is_vector_norm, zeros
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import (
    Poly,
    Refused,
    depends_on,
    derivative,
    expand,
    is_real,
    to_term,
    trace,
    word_poly,
)
from lemmata.kernel.scalar import divisors, equal, is_natural, sign_of
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    exp,
    fraction,
    from_json,
    identity,
    inverse,
    make,
    mul,
    number,
    pinv,
    substitute,
    subterms,
    symbols_of,
)

__all__ = ["Context", "Lemma", "names_it", "running", "sides"]

STRICT = {"lt", "gt", "ne"}
MINUS = Fraction(-1)


class Lemma(Protocol):
    """A checked theorem."""

    @property
    def statement(self) -> Statement: ...


def sides(prop: Term) -> tuple[Term, Term]:
    if prop.head != "eq" or prop.args[0].sort != "matrix":
        raise Refused("an equation between matrices is needed")
    return prop.args[0], prop.args[1]


def running(props: Sequence[Term]) -> set[str]:
    """The variables of functions, derivatives and limits."""
    inside = [t for p in props for t in subterms(p)]
    names = {t.value for t in inside if t.head == "diff"} | {
        t.args[1].name for t in inside if t.head == "limit"
    }
    return names | {t.value[4] for t in inside if t.head == "symbol" and t.value[4]}


def varies_with(term: Term, name: str) -> bool:
    """Whether a function of the variable occurs free, other than at a point that does not depend on it."""
    if term.head == "at":
        return term.args[0].value[4] == name and depends_on(to_term(expand(term.args[1])), name)
    return (
        term.value[4] == name
        if term.head == "symbol"
        else any(varies_with(a, name) for a in _open(term, name))
    )


def names_it(term: Term, name: str) -> bool:
    """Whether the variable itself occurs free."""
    own = term.head == "symbol" and term.name == name and term.shape == SCALAR
    return own or any(names_it(a, name) for a in _open(term, name))


def _open(term: Term, name: str) -> tuple[Term, ...]:
    """The arguments in which the variable is not bound."""
    if term.head == "limit" and term.args[1].name == name:
        return term.args[2:]
    bound = term.head in ("forall", "exists") and name in {b.name for b in term.args[:-1]}
    return () if bound else term.args


def _zeros(prop: Term) -> list[Poly]:
    """What vanishes by a proposition, or by its parts; nothing if it is no equation."""
    if prop.head == "and":
        return [z for part in prop.args for z in _zeros(part)]
    try:
        small = prop.head in ("le", "ge") and prop.args[0 if prop.head == "le" else 1].head == "norm"
        return zeros(make("eq", prop.args) if small else prop)
    except Refused:
        return []


def _det(A: Term) -> Poly:
    return expand(make("det", (A,)))


class Context:
    """The hypotheses and the claims of the steps before.

    ``pointwise`` is the place from which on the hypotheses, and everything derived here, hold at one
    value of the running variables only; None outside of implications.
    """

    def __init__(
        self, given: Sequence[Term], lemmas: Mapping[str, Lemma], outer: Context | None = None
    ) -> None:
        self.given, self.lemmas = list(given), lemmas
        self.steps: list[Term] = []
        self.letters: list[Term] = []
        self.names: dict[str, Term] = {}
        self.sizes: set[str] = set()
        self.pointwise: int | None = None
        self.cites: set[str] = outer.cites if outer else set()
        self.used: set[str] = outer.used if outer else set()
        self.oracles: set[Statement] = outer.oracles if outer else set()

    def inner(self, extra: Sequence[Term]) -> Context:
        """A sub-proof, under extra hypotheses that hold at one point."""
        context = Context([*self.given, *self.steps, *extra], self.lemmas, self)
        context.names, context.sizes = dict(self.names), set(self.sizes)
        context.pointwise = self.pointwise
        if context.pointwise is None and extra:
            context.pointwise = len(self.given) + len(self.steps)
        return context

    @property
    def known(self) -> list[Term]:
        return [*self.given, *self.steps]

    def declare(self, prop: Term) -> None:
        """One name, one symbol; the variable of functions, derivatives and limits is a real scalar.

        A hypothesis about one value of a running variable must not meet a claim about all values.
        """
        for s in symbols_of(prop):
            if self.names.setdefault(s.name, s) is not s:
                raise Refused(f"two different symbols are called {s.name}")
        inside = subterms(prop)
        self.sizes |= {d for t in inside for d in t.shape if type(d) is str}
        self.sizes |= {t.value for t in inside if t.head in ("dim", "constant")}
        for t in inside:
            if t.head == "at" and expand(t.args[1]) and sign_of(t.args[1], False) != 1:
                f, clock = t.args[0], self.names.get(t.args[0].value[4])
                runs = f.value[4] in INDICES or depends_on(t.args[1], f.value[4])
                if runs and (clock is None or clock.value[3] != "real"):
                    raise Refused(f"{f.name} is read at a place that may lie before its start")
            if t.head == "grad" and self._moving(t.args[1], inside) & set(symbols_of(t.args[0])):
                raise Refused("a hypothesis makes what the gradient holds fixed a function of its variable")
        points = {t.args[2] for t in inside if t.head == "limit"}
        endless = {p for p in points if any(t.head == "infinity" for t in subterms(p))}
        places = [(t, a) for t in inside for a in (t.args[:2] if t.head == "limit" else t.args)]
        if any(a in endless or (a.head == "infinity" and t not in points) for t, a in places):
            raise Refused("infinity is no number, only the point of a limit")
        functions = {t.value[4] for t in inside if t.head == "symbol" and t.value[4]}
        functions |= {t.value for t in inside if t.head == "diff"}
        for name in running([prop]):
            clock = self.names.get(name)
            domain = clock.value[3] if clock is not None else "natural" if name in INDICES else "time"
            if clock is not None and (clock.shape != SCALAR or domain == "complex" or clock.value[4]):
                raise Refused(f"{name} is a variable of functions and no real scalar")
            whole = name in {t.value[4] for t in symbols_of(prop)}
            if name in functions and (
                (domain == "natural") != (name in INDICES) or (whole and domain == "positive")
            ):
                raise Refused(f"{name} is declared {domain}, and functions of {name} are not so defined")
        if any(t.head == "diff" and t.value in INDICES for t in inside):
            raise Refused("nothing is differentiated in the index of a sequence")
        variables = running([*self.given, prop])
        if self.sizes & {*self.names, *variables}:
            raise Refused("a dimension or constant and a symbol or variable have one name")
        bound = {t.args[1].name for t in inside if t.head == "limit"}
        bound |= {t.value for t in inside if t.head == "diff"}
        for name in variables:
            self.free_of(name, None if name in bound else self.pointwise)

    def _moving(self, x: Term, inside: Sequence[Term]) -> set[Term]:
        """The symbols that hypotheses, and premises inside the proposition, define in terms of x, other than x."""
        premises = [
            a for t in inside if t.head in ("implies", "iff") for a in t.args[: 1 + (t.head == "iff")]
        ]
        found, equal = {x}, [(h, z) for h in (*self.given, *premises) for z in _zeros(h)]
        for h, z in equal * len(equal):
            letters = set(symbols_of(h))
            alone = {s for s in letters if {((), (s,)), ((), (s.T,)), (((s,),), ())} & set(z.terms)}
            found |= alone if letters & found else set()
        return found - {x}

    def free_of(self, name: str, end: int | None = None) -> None:
        """Refuses hypotheses that fix a running variable: those that name it and no function of it."""
        if any(names_it(prop, name) and not varies_with(prop, name) for prop in self.given[:end]):
            raise Refused(f"a hypothesis names {name} but no function of it: declare what depends on {name}")

    # --- references ---

    def fact(self, ref: Any) -> Term:
        """The proposition that a reference names."""
        kind, index = ref
        known = {"given": self.given, "step": self.steps}[kind]
        if not (type(index) is int and 0 <= index < len(known)):
            raise Refused(f"no fact {ref}")
        return known[index]

    def is_universal(self, ref: Any) -> bool:
        return self.pointwise is None or (ref[0] == "given" and ref[1] < self.pointwise)

    def always(self, ref: Any, what: str) -> Term:
        """The fact, if it holds for all values of the running variables."""
        if not self.is_universal(ref):
            raise Refused(f"{what} under a local hypothesis is known at one point only")
        return self.fact(ref)

    def function(self, ref: Any, variable: str) -> Term:
        """The fact, if it is one about functions of the variable at all its values."""
        prop = self.always(ref, "a statement")
        if not varies_with(prop, variable):
            raise Refused(f"nothing about functions of {variable}")
        return prop

    def zeros(self, ref: Any) -> list[Poly]:
        """The vanishing polynomials that a reference names."""
        kind, first, *rest = ref
        match kind:
            case "given" | "step":
                return zeros(self.fact(ref))
            case "diff":
                left, right = sides(self.function(first, rest[0]))
                return [derivative(expand(left) - expand(right), rest[0])]
            case "value":
                point, clock = from_json(rest[1]), self.names.get(rest[0])
                return zeros(value_at(self.function(first, rest[0]), rest[0], point, clock))
            case "symmetric":
                d = difference(self.fact(first))
                return [d.adjoint() - d]
        A, one = from_json(first), self.one(from_json(first))
        match kind:
            case "penrose":
                P = pinv(A)
                pairs = [(A * P * A, A), (P * A * P, P), ((A * P).T, A * P), ((P * A).T, P * A)]
                return [expand(a) - expand(b) for a, b in pairs]
            case "inverse":
                self._invertible(A, rest[0])
                return [expand(A * inverse(A)) - one, expand(inverse(A) * A) - one]
            case "dinverse":
                if self.pointwise is not None:
                    self.always(rest[0], "an inverse")
                self._invertible(A, rest[0])
                rate = expand(inverse(A))
                return [derivative(rate, rest[1]) + rate * derivative(expand(A), rest[1]) * rate]
            case "norm" if is_vector_norm(make("norm", (A,), rest[0])):
                a = make("norm", (A,), rest[0])
                return [expand(a * a) - expand(a**2)]
            case "abs" if is_real(A):
                a = make("call", (A,), "abs")
                return [expand(a * a) - expand(A * A)]
            case "i" if A is make("constant", (), "i"):
                return [expand(A * A) + one, expand(A.T) + expand(A)]
            case "rank":
                return [expand(make("rank", (A,))) - trace(expand(A * pinv(A)))]
            case "adjugate":
                C = make("adjugate", (A,))
                return [expand(C * A) - _det(A) * one, expand(A * C) - _det(A) * one]
            case "det":
                B, left, right = from_json(rest[0]), identity(A.shape[0]), identity(A.shape[1])
                if B.shape != A.shape[::-1]:  # a number fits every product
                    raise Refused("the factors do not fit both ways")
                swapped = [_det(left + A * B) - _det(right + B * A)]
                if left is not right:
                    return swapped
                return [*swapped, _det(left) - expand(number(1)), _det(A * B) - _det(A) * _det(B)]
            case "congruent":
                a, b = sides(self.fact(rest[1]))
                if any(t.head in ("diff", "grad", "limit", "at") for t in subterms(A)):
                    raise Refused("what is equal at one point may be replaced where only values count")
                x = from_json(rest[0])
                return [expand(substitute(A, {x: a})) - expand(substitute(A, {x: b}))]
            case "exp":
                B = from_json(rest[0])
                self._same(A * B, B * A, rest[1])
                return [expand(exp(A + B)) - expand(exp(A) * exp(B))]
            case "intertwine":
                B, C = from_json(rest[0]), from_json(rest[1])
                self._same(A * C, C * B, rest[2])
                k = from_json(rest[3]) if len(rest) > 3 else None
                if k is not None and not is_natural(k):
                    raise Refused("a power with a natural exponent is needed")
                f, g = (exp(A), exp(B)) if k is None else (A**k, B**k)
                return [expand(f * C) - expand(C * g)]
        raise Refused(f"no definition {kind!r}")

    def _same(self, a: Term, b: Term, ref: Any) -> None:
        wanted = expand(a) - expand(b)
        if wanted and (
            ref is None or wanted not in [q for p in zeros(self.fact(ref)) for q in (p, p.scale(MINUS))]
        ):
            raise Refused("the exponents are not seen to commute")

    def one(self, A: Term) -> Poly:
        return expand(identity(A.shape[0]))

    # --- what does not vanish ---

    def _invertible(self, A: Term, ref: Any) -> None:
        if ref is None:
            if A.shape != SCALAR or not self.nonzero(A):
                raise Refused("an inverse is used before its existence is established")
            return
        fact = self.fact(ref)
        if fact.head != "is" or fact.value not in ("invertible", "spd") or expand(fact.args[0]) != expand(A):
            raise Refused("the fact does not say that this matrix is invertible")

    def nonzero(self, a: Term) -> bool:
        """Whether a scalar is seen not to vanish: by its sign, or since a fact says so (v != 0: of v^* v)."""
        if sign_of(a):
            return True
        wanted = expand(a)
        if len(wanted.terms) == 1:
            ((loops, _),) = wanted.terms
            if len(loops) > 1:
                return all(self.nonzero(mul(*loop)) for loop in loops)
            a = loops[0][0] if loops and len(loops[0]) == 1 else a
        if a.head in ("norm", "inverse"):
            wanted = expand(a.args[0])
        facts = [f for f in self.known if f.head in STRICT and f.args[0].sort == "matrix"]
        differences = [expand(f.args[0]) - expand(f.args[1]) for f in facts]
        squares = [d.adjoint() * d for d in differences if d.shape[1] == 1]
        return any(wanted in (d, d.scale(MINUS)) for d in [*differences, *squares])

    def defined(self, statement: Statement) -> None:
        """Every inverse in the statement exists: of a nonzero scalar, or established as invertible."""
        facts = [f for f in self.known if f.head == "is" and f.value in ("invertible", "spd")]
        # That an oracle fact is defined is part of what the oracle says.
        told = any(o.show is statement.show and set(o.given) <= set(statement.given) for o in self.oracles)
        for prop in (*statement.given, *(() if told else (statement.show,))):
            bound = {b for t in subterms(prop) if t.head in ("forall", "exists") for b in t.args[:-1]}
            for A in divisors(prop):
                if bound & set(symbols_of(A)):  # facts about a free letter of this name say nothing
                    good = A.shape == SCALAR and bool(sign_of(A))
                elif A.shape == SCALAR:
                    good = self.nonzero(A)
                else:
                    good = any(expand(f.args[0]) == expand(A) for f in facts)
                if not good:
                    raise Refused("the statement uses an inverse whose existence is not established")

    # --- combinations ---

    def combination(self, shape: tuple[Any, Any], items: Any, uses: Any) -> Poly:
        """sum of coefficient * scalars * left * (known polynomial or its adjoint) * right."""
        known = [p for ref in uses for p in self.zeros(ref)]
        total = Poly(shape, {})
        for coefficient, scalars, left, index, starred, right in items:
            if not 0 <= index < len(known):
                raise Refused("a certificate names a polynomial that is not there")
            p = known[index].adjoint() if starred else known[index]
            before, after = self._word(left, p.shape[0]), self._word(right, p.shape[1])
            loops = [tuple(self.letters[i] for i in s) for s in scalars]
            product = before * p * after
            if shape == SCALAR:
                product = trace(product)  # of a scalar itself; of a vanishing matrix 0
            elif product.shape == SCALAR and shape[0] == shape[1]:
                product = product * expand(identity(shape[0]))
            total = total + word_poly(SCALAR, loops, (), fraction(coefficient)) * product
        return total

    def _word(self, indices: Any, size: Any) -> Poly:
        word = tuple(self.letters[i] for i in indices)
        return word_poly((word[0].shape[0], word[-1].shape[1]) if word else (size, size), (), word)

    # --- goals ---

    def divides(self, d: Term) -> bool:
        """Whether a scalar is seen not to vanish, a matrix known to have an inverse."""
        return self.nonzero(d) if d.shape == SCALAR else make("is", (d,), "invertible") in self.known

    def settles(self, goal: Term) -> bool:
        """Whether a goal is known, part by part, or an identity of scalars, or says what is seen not to vanish."""
        if goal in self.known or (goal.head == "and" and all(map(self.settles, goal.args))):
            return True
        if goal.head not in ("eq", "ne", "le", "lt", "ge", "gt") or goal.args[0].shape != SCALAR:
            return False
        left, right = goal.args if goal.head in ("eq", "ne", "le", "lt") else goal.args[::-1]
        if left.sort != "matrix" or not all(map(self.divides, divisors(goal))):
            return False
        if goal.head in ("eq", "le", "ge") and equal(left, right):
            return True
        gap = right - left
        real = is_real(gap) and goal.head != "eq"
        return (
            self.nonzero(gap) if goal.head == "ne" else real and sign_of(gap, goal.head in ("lt", "gt")) == 1
        )
