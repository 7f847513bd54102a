"""One matrix, singular value by singular value: a statement about X becomes statements about scalars.

By the singular value decomposition X maps each right singular vector v_i to sigma_i u_i, sigma_i > 0,
and is zero on the rest.  In these bases an expression made of X, adjoints, inverses, pseudoinverses,
exponentials, limits and scalars is diagonal: a scalar in sigma on each singular pair, and a scalar on
Null(X) (between vectors of R^n, side "R") or on Null(X^T) (vectors of R^m, side "L").  A free vector is
its coordinate there; u^T A v, a squared norm or a trace is a sum over pairs and null directions.  So a
claim holds if it holds on each of the three *blocks* as a statement about scalars, and an equation or a
Loewner inequality that is given holds on each block.

>>> from lemmata.kernel.term import symbol, pinv, mul
>>> X = symbol("X", "m", "n")
>>> cases = Reduction(X, ()).cases(make("eq", (mul(X, pinv(X), X), X)))
>>> [(block, len(case.goals)) for block, case in cases.items()]
[('pair', 1)]

A symmetric X (so declared by a fact) has one side and eigenvalues sigma of either sign.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from lemmata.kernel.meaning import equations
from lemmata.kernel.operators import NULL, ONE, ZERO, Operator, Value, adjoint_of, plus, product
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused, depends_on, expand, is_real
from lemmata.kernel.scalar import divisors, equal, is_natural, sign_of
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    inverse,
    make,
    mul,
    number,
    pinv,
    substitute,
    subterms,
    symbol,
    symbols_of,
)

__all__ = ["SIGMA", "Case", "Reduction"]

SIGMA = "σ"
ORDER = ("le", "lt", "ge", "gt")


@dataclass(frozen=True)
class Case:
    """What is to be shown of scalars on one block: ``goals`` under ``given``."""

    given: list[Term] = field(default_factory=list)
    goals: list[Term] = field(default_factory=list)


class Reduction:
    """The scalar statements behind a claim about ``matrix`` under ``given``.

    ``left`` names the vectors of side "L" where a square matrix leaves that open; ``names`` tells how
    the variables of functions are declared, ``local`` which facts hold at one of their values only.
    """

    def __init__(
        self,
        matrix: Term,
        given: Iterable[Term],
        left: Collection[str] = (),
        names: Mapping[str, Term] | None = None,
        local: Collection[Term] = (),
    ) -> None:
        if matrix.head != "symbol" or matrix.value[4] or 1 in matrix.shape:
            raise Refused("the functional calculus is that of one constant matrix")
        self.facts = list(given)
        self.matrix, self.left = matrix, left
        kinds = {p.value for p in self.facts if p.head == "is" and p.args[0] is matrix}
        self.symmetric = bool(kinds & {"symmetric", "psd", "spd", "projection"})
        self.signed = signed = self.symmetric and not kinds & {"psd", "spd"}
        self.sigma = symbol(SIGMA, domain="real" if signed else "positive")
        self.norms: dict[Term, Term] = {}
        self.names = names or {}
        self.read: set[str] = set()  # variables of which other values are taken
        self.given: dict[str, list[Term]] = {block: [] for block in ("pair", *NULL)}
        if signed:
            self.given["pair"].append(make("ne", (self.sigma, ZERO)))
        self.values: dict[Term, Operator] = {}
        self.fixed: set[Term] = set()  # bound at one point only: nothing is known of their other values
        self.divisors: dict[str, list[Term]] = {block: [] for block in self.given}
        for prop in self.facts:
            _reserved(prop)
            bound = set(self.values)
            self._assume(prop)
            if prop in local or self.fixed:
                self.fixed |= set(self.values) - bound

    # --- what is known and what is to be shown ---

    def _assume(self, prop: Term) -> None:
        if prop.head == "in" and prop.args[1].sort == "space" and self._free(prop.args[0]):
            X, v, space = self.matrix, prop.args[0], prop.args[1]
            if space.args[0] is X and space.head in ("col", "row", "null"):
                onto = mul(pinv(X), X, v) if space.head != "col" else mul(X, pinv(X), v)
                return self._bind(v, v - onto if space.head == "null" else onto)
        if prop.head == "eq" and prop.args[0].sort == "matrix":
            for vector, expression in (prop.args, prop.args[::-1]):
                if self._free(vector) and not _occurs(vector, expression):
                    return self._bind(vector, expression)
        if prop.head == "ne" and prop.args[0] is self.matrix and not expand(prop.args[1]):
            prop = make("ne", (make("norm", (self.matrix,), "2"), ZERO))
        for block, props in self._read(prop, conclusion=False).items():
            self.given[block] += props

    def _free(self, v: Term) -> bool:
        vector = v.head in ("symbol", "at") and v.shape[1] == 1 and v.shape != SCALAR
        return vector and v not in self.values

    def _bind(self, vector: Term, expression: Term) -> None:
        # v := P v is sound, since v = P v is what is given.
        value = self.value(expression)
        self.values[vector] = self._lift(value, *self._side(vector)) if isinstance(value, Term) else value

    def cases(self, claim: Term) -> dict[str, Case]:
        """The statements to be shown, those aside whose hypotheses are plainly false (an empty block)."""
        _reserved(claim)
        goals = self._read(claim, conclusion=True)
        inside = [t for p in (claim, *self.facts) for t in subterms(p)]
        if any(t.head == "grad" for t in inside):
            raise Refused("a gradient is no function of singular values")
        runs = self.read | {t.value for t in inside if t.head == "diff"}
        runs |= {t.args[1].name for t in inside if t.head == "limit"}
        if any(depends_on(norm, name) for norm in self.norms for name in runs):
            raise Refused("a norm that varies is no number")
        found = {}
        for block, given in self.given.items():
            wanted = [make("ne", (d, ZERO)) for d in self.divisors[block]] + goals.get(block, [])
            if wanted and not any(map(_false, given)):
                letters = _pointwise([*given, *wanted])
                found[block] = Case(
                    *(list(dict.fromkeys(substitute(p, letters) for p in ps)) for ps in (given, wanted))
                )
        return found

    def _read(self, prop: Term, conclusion: bool) -> dict[str, list[Term]]:
        """A proposition block by block."""
        head = prop.head
        if head == "and":
            parts = [self._read(p, conclusion) for p in prop.args]
            return {block: [q for part in parts for q in part.get(block, [])] for block in self.given}
        if head == "is" and prop.value in ("psd", "spd", "invertible"):
            relation = {"psd": "ge", "spd": "gt", "invertible": "ne"}[prop.value]
            value = self._lift_identity(prop.args[0])
            value.each(lambda x: x)
            return {b: [make(relation, (_real(value.at(b)), ZERO))] for b in value.blocks}
        ranks = head == "eq" and any(t.head == "rank" for t in prop.args)
        if head not in (*ORDER, "eq", "ne") or prop.args[0].sort != "matrix" or (ranks and not conclusion):
            zeros = [make("eq", (z, make("zero", (), z.shape))) for z in equations(prop)]
            parts = [self._read(z, conclusion) for z in zeros]
            return {block: [q for part in parts for q in part.get(block, [])] for block in self.given}
        return self._compare(head, self.value(prop.args[0]), self.value(prop.args[1]), conclusion, prop)

    def _compare(self, head: str, a: Value, b: Value, conclusion: bool, prop: Term) -> dict[str, list[Term]]:
        if isinstance(a, Term) and isinstance(b, Term):
            return {block: [make(head, (a, b))] for block in self.given}
        model = a if isinstance(a, Operator) else b
        if not isinstance(model, Operator):
            raise Refused("the claim is about numbers alone")
        a, b = (self._lift(x, model.to, model.frm) if isinstance(x, Term) else x for x in (a, b))
        if (a.to, a.frm) != (b.to, b.frm):
            raise Refused("the two sides map between different spaces")
        form = a.to == a.frm == "1"
        if form and not conclusion:
            raise Refused("a number that is given says nothing about a single singular value")
        if head == "ne" or (head in ORDER and (a.to != a.frm or (form and head in ("lt", "gt")))):
            raise Refused(f"{head} is not decided singular value by singular value")
        entry = _real if head in ORDER else lambda x: x
        return {block: [make(head, (entry(a.at(block)), entry(b.at(block))))] for block in a.blocks}

    # --- evaluation ---

    def _side(self, vector: Term) -> tuple[str, str]:
        return self._space(vector.shape[0], vector.args[0].name if vector.args else vector.name), "1"

    def _space(self, size: object, name: str = "") -> str:
        rows, cols = self.matrix.shape
        if size not in (rows, cols):
            raise Refused(f"the dimension {size} is not one of the matrix")
        return "L" if not self.symmetric and (name in self.left if rows == cols else size == rows) else "R"

    def _lift(self, c: Term, to: str, frm: str) -> Operator:
        if c is ZERO:
            return Operator(to, frm, {})
        if to != frm or to == "1":
            raise Refused("a multiple of the identity meets a map between different spaces")
        return Operator(to, frm, {"pair": c, to: c})

    def _lift_identity(self, term: Term) -> Operator:
        value = self.value(term)
        side = self._space(term.shape[0])
        return self._lift(value, side, side) if isinstance(value, Term) else value

    def value(self, term: Term) -> Value:
        """The map that a term is.  Raises Refused for what is no function of the one matrix."""
        head, args = term.head, term.args
        X = self.matrix
        if term in self.values:
            return self.values[term]
        if term is X:
            return Operator("R" if self.symmetric else "L", "R", {"pair": self.sigma})
        if head in ("identity", "zero"):
            return ONE if head == "identity" else ZERO
        if head == "dim":
            side = self._space(term.value)
            return Operator("1", "1", {"pair": ONE, side: ONE})
        if term.shape == SCALAR:
            constant = substitute(term, self._norms(term))
            if all(s.shape == SCALAR for s in symbols_of(constant)):
                for divisor in divisors(constant):
                    self._divide(divisor, self.given)
                return constant
        if head == "symbol" or (head == "at" and args[0] not in set(self.values) - self.fixed):
            return self._vector(term)
        match head:
            case "at":
                clock, point = args[0].value[4], args[1]
                known = self.values[args[0]]
                self.read.add(clock)
                values = {b: value_at(x, clock, point, self.names.get(clock)) for b, x in known.on.items()}
                return replace(known, on=values)
            case "add":
                total = self.value(args[0])
                for arg in args[1:]:
                    total = self._sum(total, self.value(arg))
                return total
            case "mul":
                whole = self.value(args[0])
                for arg in args[1:]:
                    whole = product(whole, self.value(arg))
                return whole
            case "adjoint":
                return adjoint_of(self.value(args[0]))
            case "inner" | "trace" | "power" if head != "power" or args[0].head == "norm":
                return self._form(term)
            case "rank" | "pinv":
                value = self._known(args[0])
                ones = {
                    b: ONE if head == "rank" else inverse(x) for b, x in value.on.items() if self._nonzero(x)
                }
                return Operator(*(("1", "1") if head == "rank" else (value.frm, value.to)), ones)
            case "inverse" | "power" | "exp":
                return self._function(term)
            case "diff" | "limit":
                varying = self.value(args[0])
                name = term.value if head == "diff" else args[1].name
                rest = args[1:]
                if isinstance(varying, Term) or (head == "diff" and name in INDICES):
                    raise Refused(f"{head} of a number, or in an index")
                entries = {
                    b: make(head, (x, *rest), term.value)
                    for b, x in varying.on.items()
                    if depends_on(x, name)
                }
                kept = varying.on if head == "limit" else {}
                return replace(varying, on={**kept, **entries})
        raise Refused(f"{head} is not part of the functional calculus")

    def _norms(self, term: Term) -> dict[Term, Term]:
        """Letters for the norms of maps; no entry exceeds either norm, nor the first the second."""
        for t in subterms(term):
            if t.head == "norm" and 1 not in t.args[0].shape and t not in self.norms:
                own, value = t is make("norm", (self.matrix,), "2"), self._known(t.args[0])
                name = f"‖{self.matrix.name}‖" if own else f"‖‖{len(self.norms) + 1}"
                n = self.norms[t] = symbol(name, domain="nonnegative")
                for block in value.blocks:
                    entry = _real(value.at(block))
                    self.given[block] += [
                        make("le", (e, n)) for e in (entry, -entry) if sign_of(e, False) != -1
                    ]
                pair = [self.norms.get(make("norm", t.args, kind)) for kind in ("2", "F")]
                for block in self.given if None not in pair else ():
                    self.given[block].append(make("le", tuple(p for p in pair if p is not None)))
        return self.norms

    def _vector(self, term: Term) -> Operator:
        name, _, cols, domain, clock = (term.args[0] if term.head == "at" else term).value
        if cols != 1:
            raise Refused(f"a second matrix: {name}")
        # A real vector has complex coordinates with respect to complex singular vectors.
        letter = symbol(name, 1, 1, domain if is_real(self.matrix) else "complex", clock)
        entry = make("at", (letter, term.args[1])) if term.head == "at" else letter
        to, frm = self._side(term)
        return Operator(to, frm, {"pair": entry, to: entry})

    def _known(self, term: Term) -> Operator:
        value = self.value(term)
        if isinstance(value, Operator) and "1" not in (value.to, value.frm):
            return value
        raise Refused("a function of a number or of an expression with free vectors")

    def _nonzero(self, entry: Term) -> bool:
        """Whether an entry vanishes nowhere (it may vanish everywhere).  Raises Refused if it is not seen."""
        if equal(entry, ZERO):
            return False
        positive = symbol(SIGMA, domain="positive")
        if not all(
            sign_of(substitute(entry, {self.sigma: s})) for s in (positive, -positive)[: 1 + self.signed]
        ):
            raise Refused("an entry may vanish at some singular values")
        return True

    def _divide(self, divisor: Term, blocks: Iterable[str]) -> None:
        for block in blocks:
            if not sign_of(divisor):
                self.divisors[block].append(divisor)

    def _sum(self, a: Value, b: Value) -> Value:
        if isinstance(a, Term) and isinstance(b, Term):
            return plus(a, b)
        model = a if isinstance(a, Operator) else b
        if not isinstance(model, Operator):
            raise Refused("a sum of numbers")
        a, b = (self._lift(x, model.to, model.frm) if isinstance(x, Term) else x for x in (a, b))
        if (a.to, a.frm) != (b.to, b.frm):
            raise Refused("a sum of maps between different spaces")
        return Operator(a.to, a.frm, {k: plus(a.at(k), b.at(k)) for k in dict.fromkeys((*a.on, *b.on))})

    def _form(self, term: Term) -> Operator:
        """<u, v>, a trace, ||a||^2: sums over singular pairs and null directions."""
        inner = term.args[0].args[0] if term.head == "power" else term.args[0]
        if term.head == "power" and term.args[1] is not number(2):
            raise Refused("of norms, squares are treated")
        if term.head == "trace":
            form: Value = self._lift_identity(inner)
        else:
            right = term.args[-1] if term.head == "inner" else inner
            form = product(adjoint_of(self.value(inner)), self.value(right))
        spectral = term.head == "power" and inner.shape[1] != 1 and term.args[0].value == "2"
        if isinstance(form, Term) or form.to != form.frm or spectral:
            raise Refused("no sum over singular values")
        return Operator("1", "1", form.on)

    def _function(self, term: Term) -> Value:
        value = self.value(term.args[0])

        def rule(x: Term) -> Term:
            return make(term.head, (x, *term.args[1:]))

        if term.head == "power" and not is_natural(term.args[1]):
            raise Refused("an exponent is a sum of natural numbers")
        if isinstance(value, Term):
            if term.head == "inverse":
                self._divide(value, self.given)
            return rule(value)
        result = value.each(rule)
        if term.head == "inverse":
            for block in value.blocks:
                self._divide(value.at(block), [block])
        return result


def _real(x: Term) -> Term:
    if not is_real(x):
        raise Refused("complex numbers are not ordered")
    return x


def _occurs(v: Term, term: Term) -> bool:
    """Whether v itself occurs; w does not occur in w(0)."""
    return term is v or (term.head != "at" and any(_occurs(v, a) for a in term.args))


def _pointwise(props: list[Term]) -> dict[Term, Term]:
    """Letters for values of functions, such as w(0), x(k + 1), and x(k) where nothing runs through k."""
    inside = [t for p in props for t in subterms(p)]
    runs = {t.value for t in inside if t.head == "diff"} | {
        t.args[1].name for t in inside if t.head == "limit"
    }
    values = [t for t in inside if t.head == "at" or (t.head == "symbol" and t.value[4])]
    letters = {}
    for t in values:
        f, point = t.args if t.head == "at" else (t, t.value[4])
        if not any(depends_on(t, name) for name in runs):
            place = point.value if isinstance(point, Term) and point.head == "number" else point
            letters[t] = symbol(f"{f.name}({place})", 1, 1, f.value[3])
    return letters


def _false(prop: Term) -> bool:
    """Whether a relation between scalars is plainly false."""
    if prop.head not in ("eq", "ne", *ORDER) or not is_real(prop):
        return False
    left, right = prop.args
    if not all(sign_of(d) or (d.head == "symbol" and d.name == SIGMA) for d in divisors(prop)):
        return False
    if equal(left, right):
        return prop.head in ("ne", "lt", "gt")
    wrong = {"eq": (1, -1), "le": (1,), "lt": (1,), "ge": (-1,), "gt": (-1,)}.get(prop.head, ())
    return sign_of(left - right) in wrong


def _reserved(prop: Term) -> None:
    """Refuses the names of the letters that are introduced here."""
    inside = subterms(prop)
    names = {name for t in inside if t.head == "symbol" for name in (t.name, t.value[4])}
    names |= {t.value for t in inside if t.head == "diff"}
    if any(name == SIGMA or set("‖(") & set(name) or name[:1] in set("-0123456789") for name in names):
        raise Refused(f"the names {SIGMA}, ‖0‖ and w(0) are taken")
