"""Functional calculus of one matrix: identities that hold for every singular value.

By the singular value decomposition, X maps each right singular vector v_i to s_i u_i, s_i > 0, and
is zero on the rest.  An expression built from X, adjoints, pseudoinverses, inverses, sums, products,
exponentials and scalars is therefore one scalar function f(s) on singular pairs together with a
constant on Null(X) (between vectors of R^n) or on Null(X^T) (between vectors of R^m).  Two such
expressions agree for all X if the functions agree for all s > 0 and the constants agree on each null
space that a rank hypothesis has not made trivial.  Applied to free vectors they agree if each
vector's coefficient does.

>>> from lemmata.kernel.term import symbol, pinv, inverse, mul, adjoint, equation
>>> X = symbol("X", "m", "n")
>>> Calculus(X, ()).decide(equation(mul(X, pinv(X), X), X))
>>> try: Calculus(X, ()).decide(equation(mul(pinv(X), X), make("identity", (), "n")))
... except Refused as refused: print(refused)
the two sides differ on Null(X)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from lemmata.kernel.poly import Refused, depends_on, is_real, letter_key
from lemmata.kernel.scalar import (
    EXCESS,
    SIGMA,
    Frac,
    Sum,
    coefficients,
    exponential_bounds,
    multiple_of,
    plus,
    sign,
    without_decay,
)  # fmt: skip
from lemmata.kernel.term import INDICES, SCALAR, Term, make, subterms

__all__ = ["Calculus"]

Side = str  # "R" for R^n, the side of Null(X); "L" for R^m, the side of Null(X^T)


@dataclass(frozen=True)
class Operator:
    """f on the singular pairs, c on the null space (only from a side to itself)."""

    to: Side
    frm: Side
    f: Frac
    c: Frac

    def __mul__(self, other: Operator) -> Operator:
        if self.frm != other.to:
            raise Refused("a product leaves the functional calculus of one matrix (X X for instance)")
        c = self.c * other.c if self.to == self.frm == other.frm else Frac.of(0)
        return Operator(self.to, other.frm, self.f * other.f, c)

    def each(self, rule: Callable[[Frac], Frac]) -> Operator:
        return replace(self, f=rule(self.f), c=rule(self.c) if self.to == self.frm else self.c)


Key = tuple[Term | None, Term | None]
Form = dict[Key, Operator]
"""An operator and the free vectors around it: A, A v at (None, v), u^T A at (u, None), u^T A v at (u, v)."""
Value = Form | Frac


class Calculus:
    """The decision procedure for one matrix X under rank hypotheses and substitutions.

    ``given`` may contain rank(X) = m or n, invertible(X), definitions v = expression or
    expression = v of a vector v, and memberships of a vector in Row, Col or Null of X.
    """

    def __init__(self, matrix: Term, given: Iterable[Term]) -> None:
        if matrix.head != "symbol" or matrix.value[3] not in ("real", "complex") or matrix.value[4]:
            raise Refused("the functional calculus is that of one constant matrix symbol")
        self.matrix = matrix
        self.rows, self.cols = matrix.shape
        self.empty: set[Side] = set()
        self.values: dict[Term, Form] = {}
        self.bounds: list[Sum] = []  # polynomials in sigma and scalars that are nonnegative
        self.strict: list[Sum] = []  # and those that are positive
        self.bounding = False
        for hypothesis in given:
            self._assume(hypothesis)

    # --- hypotheses ---

    def _assume(self, prop: Term) -> None:
        X = self.matrix
        left, right = (*prop.args, None)[:2]
        if prop.head == "is" and prop.value == "invertible" and left is X:
            self.empty |= {"L", "R"}
        elif prop.head == "eq" and left is not None and left.head == "rank" and left.args[0] is X:
            size = right.value if right is not None and right.head in ("dim", "number") else None
            if size == self.rows:
                self.empty.add("L")
            if size == self.cols:
                self.empty.add("R")
            if size not in (self.rows, self.cols):
                raise Refused("only full row rank and full column rank are used")
        elif prop.head in ("lt", "le", "gt", "ge") and left is not None and right is not None:
            self._bound(
                *((left, right) if prop.head in ("lt", "le") else (right, left)), prop.head in ("lt", "gt")
            )
        elif prop.head == "in" and left is not None and right is not None and self._is_free(left):
            if right.args[0] is not X or right.head == "perp":
                raise Refused("membership in a space of another matrix")
            projector = {
                "col": lambda: X * make("pinv", (X,)),
                "row": lambda: make("pinv", (X,)) * X,
                "null": lambda: make("identity", (), X.shape[1]) - make("pinv", (X,)) * X,
            }[right.head]()
            self._bind(left, projector * left)
        elif prop.head == "eq" and left is not None and right is not None:
            if self._is_free(left):
                self._bind(left, right)
            elif self._is_free(right):
                self._bind(right, left)
            else:
                raise Refused("an equation that defines no vector")
        else:
            raise Refused(f"the hypothesis {prop.head} is not used by the functional calculus")

    def _bound(self, small: Term, large: Term, strict: bool) -> None:
        """a <= b between scalars; c ||X||^2 <= d, c >= 0, gives c sigma^2 <= d for every singular value."""
        largest = make("norm", (self.matrix,), "2")
        norms = [t for t in subterms(small) if t.head == "norm" and t is not largest]
        if norms or any(t.head == "norm" for t in subterms(large)):
            raise Refused("only a bound from above on the norm of the matrix is used")
        self.bounding = True
        below, above = self.scalar(small), self.scalar(large)
        self.bounding = False
        alone = SIGMA not in Frac(below.den, below.den).symbols() and sign(below.den) == 1
        rising = alone and all(self._sign(c, strict=False) == 1 for c in coefficients(below.num, SIGMA))
        if largest in subterms(small) and not rising:
            raise Refused("the bound does not grow with the norm")
        difference = above + -below
        if sign(difference.den) != 1:
            raise Refused("a bound with a denominator")
        (self.strict if strict else self.bounds).append(difference.num)

    def _sign(self, poly: Sum, strict: bool) -> int:
        """The sign of a polynomial, also as a nonnegative monomial times a known bound, or by e^{-x} <= 1."""
        seen = sign(poly, strict)
        turned = None if seen or strict else without_decay(poly)
        if turned is not None and sign(turned, strict=False):
            return sign(turned, strict=False)
        weak = [] if strict else [*self.bounds, *exponential_bounds(poly)]
        for bound in [] if seen else [*self.strict, *weak]:
            for direction in (1, -1):
                if multiple_of(poly, bound, direction, strict):
                    return direction
        return seen

    def _shrinks(self, base: Sum) -> bool:
        one: Sum = {(): Fraction(1)}
        return all(self._sign(plus(one, base, direction), strict=True) == 1 for direction in (1, -1))

    def _is_free(self, term: Term) -> bool:
        return (
            term.head in ("symbol", "at")
            and term.shape[1] == 1
            and term.shape != SCALAR
            and term not in self.values
        )

    def _bind(self, vector: Term, expression: Term) -> None:
        value = self.form(expression)
        # v := P v is sound for a projector P only because v = P v is the hypothesis itself.
        self.values[vector] = value

    # --- evaluation ---

    def _identity(self, side: Side) -> Operator:
        return Operator(side, side, Frac.of(1), Frac.of(1))

    def _side(self, size: object) -> Side:
        if self.rows == self.cols:
            raise Refused(
                "a square X leaves it open on which side a vector or identity lives; declare X : R^{m x n}"
            )
        if size not in (self.rows, self.cols):
            raise Refused(f"the dimension {size} is not one of the matrix")
        return "L" if size == self.rows else "R"

    def form(self, term: Term) -> Form:
        value = self.value(term)
        if isinstance(value, Frac):
            raise Refused("a scalar stands where a matrix is needed")
        return value

    def scalar(self, term: Term) -> Frac:
        value = self.value(term)
        if not isinstance(value, Frac):
            raise Refused("a scalar that depends on vectors stands where a number is needed")
        return value

    def value(self, term: Term) -> Value:
        head, args = term.head, term.args
        if head == "number":
            return Frac.of(term.value)
        if term in self.values:
            return self.values[term]
        if head == "at" and args[0] in self.values and args[1].head == "add":
            return self._later(*args)
        if head == "at" and args[0] in self.values and args[1] is make("number", (), Fraction(0)):
            clock = self._clock(self.values[args[0]], args[0].value[4])
            return _map(self.values[args[0]], lambda x: x.at_zero(clock) if clock else x, self.empty)
        if head in ("symbol", "at"):
            return self._letter(term)
        if head == "identity":
            return {(None, None): self._identity(self._side(term.value))}
        if head == "zero":
            return {}
        if head == "add":
            return _sum([self.value(a) for a in args])
        if head == "mul":
            product = self.value(args[0])
            for arg in args[1:]:
                product = _product(product, self.value(arg))
            return product
        if head == "adjoint":
            inner = self.value(args[0])
            return inner if isinstance(inner, Frac) else _adjoint(inner)
        if head == "inner" and args[0].shape[1] == 1:
            return _product(_adjoint(self.form(args[0])), self.form(args[1]))
        if head == "power":
            return self._power(*args)
        if head in ("inverse", "pinv", "exp"):
            return self._function(head, args[0])
        if head == "diff":
            return self._derivative(term)
        if head == "limit":
            return self._limit(term)
        if head == "norm" and self.bounding and args[0] is self.matrix and term.value == "2":
            return Frac.of(SIGMA)
        raise Refused(f"{head} is not part of the functional calculus")

    def _later(self, function: Term, point: Term) -> Value:
        """x_{k+n} from the definition of x_k."""
        index = self._clock(self.values[function], function.value[4])
        step = self.scalar(point) + -Frac.of(index) if index is not None else Frac.of(0)
        by = step.num.get((), Fraction(0))
        if step.den != {(): Fraction(1)} or set(step.num) - {()} or by < 0 or by.denominator != 1 or by > 64:
            raise Refused("a sequence is read at k + 1, k + 2, ...")
        return _map(self.values[function], lambda x: x.shifted(index, int(by)) if index else x, self.empty)

    def _letter(self, term: Term) -> Value:
        if term is self.matrix:
            return {(None, None): Operator("L", "R", Frac.of(SIGMA), Frac.of(0))}
        if term.shape == SCALAR:
            if (
                term.head != "symbol"
                or term.value[3] == "complex"
                or term.value[4]
                or term in (SIGMA, EXCESS)
            ):
                raise Refused(f"{term.head} is no constant real scalar")
            return Frac.of(term)
        if term.shape[1] != 1:
            raise Refused(f"a second matrix: {term.args[0].name if term.args else term.name}")
        return {(None, term): self._identity(self._side(term.shape[0]))}

    def _power(self, base: Term, exponent: Term) -> Value:
        if exponent.head != "number":
            return self._symbolic_power(base, exponent)
        if exponent.value.denominator != 1 or abs(exponent.value) > 64:
            raise Refused("only integer powers are treated")
        count = int(exponent.value)
        if base.head == "norm" and base.args[0].shape[1] == 1 and count == 2:
            inner = self.form(base.args[0])
            return _product(_adjoint(inner), inner)
        value: Value = self._function("inverse", base) if count < 0 else self.value(base)
        result: Value = Frac.of(1)
        if base.shape != SCALAR:
            result = {(None, None): self._identity(self._side(base.shape[0]))}
        for _ in range(abs(count)):
            result = _product(result, value)
        return result

    def _symbolic_power(self, base: Term, exponent: Term) -> Value:
        """base^(a k + b l + c) for natural indices k, l and natural numbers a, b, c."""
        linear = self.scalar(exponent)
        if linear.den != {(): Fraction(1)} or base.shape[0] != base.shape[1]:
            raise Refused("an exponent with a denominator")
        result: Value = self._power(base, make("number", (), linear.num.get((), Fraction(0))))
        inner = self.value(base)
        if not isinstance(inner, Frac) and any(k != (None, None) or o.to != o.frm for k, o in inner.items()):
            raise Refused("a power of an expression with free vectors")
        for product, value in linear.num.items():
            if product:
                letter, multiple = product[0]
                index = letter if isinstance(letter, Term) and letter.value[3] == "natural" else None
                if index is None or len(product) > 1 or multiple != 1 or value.denominator != 1 or value < 0:
                    raise Refused("an exponent is a sum of indices and natural numbers")
                raised = partial(Frac.raised, index=index, times=int(value))
                result = _product(result, _map(inner, raised, self.empty))
        return result

    def _function(self, head: str, arg: Term) -> Value:
        inner = self.value(arg)
        if isinstance(inner, Frac):
            if head == "pinv":
                raise Refused("the pseudoinverse of a scalar is not treated")
            return inner.exp() if head == "exp" else inner.inverse()
        if any(key != (None, None) for key in inner):
            raise Refused(f"{head} of an expression with free vectors")
        if not inner:
            side = "" if head == "pinv" else self._side(arg.shape[0])
            zero = Operator(side, side, Frac.of(0), Frac.of(0))
            if head == "pinv":
                return {}
            inner = {(None, None): zero}
        op = inner[(None, None)]
        same = op.to == op.frm
        if head == "exp":
            if not same:
                raise Refused("the exponential of a map between different spaces")
            return {(None, None): op.each(Frac.exp)}
        if head == "pinv":
            c = op.c if op.to in self.empty else _reciprocal(op.c)
            return {(None, None): Operator(op.frm, op.to, _reciprocal(op.f), c)}
        if (same and op.to in self.empty) or (not same and {"L", "R"} <= self.empty):
            return {(None, None): Operator(op.frm, op.to, op.f.inverse(), op.c)}
        if not same:
            raise Refused("X has an inverse only if both its null spaces are trivial")
        return {(None, None): op.each(Frac.inverse)}

    def _derivative(self, term: Term) -> Value:
        value = self.value(term.args[0])
        clock = self._clock(value, term.value)
        if term.value in INDICES or (clock is not None and clock.value[3] == "natural"):
            raise Refused("nothing is differentiated in an index")
        return _map(value, lambda x: x.derivative(clock) if clock else Frac.of(0))

    def _clock(self, value: Value, name: str) -> Term | None:
        """The scalar symbol called ``name`` in the value; no free vector may depend on it."""
        if name == SIGMA.name:
            raise Refused("the singular value is no variable")
        fractions: list[Frac] = [value] if isinstance(value, Frac) else []
        for key, op in {} if isinstance(value, Frac) else value.items():
            fractions += [op.f, op.c]
            if any(letter is not None and depends_on(letter, name) for letter in key):
                raise Refused(f"a vector that varies with {name} in a way that is not known")
        found = {s for x in fractions for s in x.symbols() if s.name == name}
        if len(found) > 1:
            raise Refused(f"two different variables are called {name}")
        return found.pop() if found else None

    def _limit(self, term: Term) -> Value:
        body, variable, point = term.args
        value = self.value(body)
        clock = self._clock(value, variable.name)
        if clock not in (None, variable):
            raise Refused(f"two different variables are called {variable.name}")
        domain = variable.value[3]
        if domain == "complex" or variable is SIGMA or (term.value == "-" and domain != "real"):
            raise Refused("limits are taken in a real variable")
        if point.head == "infinity" and term.value == "":
            return _map(value, lambda x: x.at_infinity(variable, self._shrinks), self.empty)
        if point.head == "number" and point.value == 0 and domain != "natural":
            return _map(value, lambda x: x.at_zero(variable), self.empty)
        raise Refused("limits are taken at 0 and at infinity")

    # --- judgement ---

    def decide(self, prop: Term) -> None:
        """Raises Refused unless the proposition holds for every X under the hypotheses."""
        if prop.head == "eq" and prop.args[0].sort == "matrix":
            self._equal(*prop.args)
        elif prop.head == "is" and prop.value == "invertible":
            self.value(make("inverse", prop.args))
        elif prop.head == "is" and prop.value in ("symmetric", "projection", "idempotent"):
            A = prop.args[0]
            if prop.value != "idempotent":
                self._equal(A.T, A)
            if prop.value != "symmetric":
                self._equal(A * A, A)
        elif prop.head == "is" and prop.value in ("psd", "spd"):
            self._definite(self.form(prop.args[0]), strict=prop.value == "spd")
        elif prop.head in ("le", "ge"):
            small, large = prop.args if prop.head == "le" else prop.args[::-1]
            if small.head == large.head == "norm":
                small, large = small**2, large**2
            self._ordered(self.value(small), self.value(large))
        else:
            raise Refused(f"{prop.head} is not decided by the functional calculus")

    def _equal(self, left: Term, right: Term) -> None:
        # An expression in vectors that depend on each other must vanish coefficient by coefficient.
        difference = _sum([self.value(left), _product(Frac.of(-1), self.value(right))])
        if isinstance(difference, Frac):
            if not difference.is_zero():
                raise Refused("the two sides differ")
            return
        for op in difference.values():
            if not op.f.is_zero():
                raise Refused("the two sides differ at a singular value sigma > 0")
            if op.to == op.frm and op.to not in self.empty and not op.c.is_zero():
                raise Refused(f"the two sides differ on {'Null(X)' if op.to == 'R' else 'Null(X^T)'}")

    def _ordered(self, small: Value, large: Value) -> None:
        """large - small is a sum of quadratic forms u^T A u (or one A) with A positive semidefinite."""
        difference = _sum([large, _product(Frac.of(-1), small)])
        if isinstance(difference, Frac):
            difference = {(None, None): Operator("R", "R", difference, difference)}
        for (u, v), op in difference.items():
            if u is not v or op.to != op.frm:
                raise Refused("the difference is no sum of squares, one for each vector")
            for x in [op.f] if op.to in self.empty else [op.f, op.c]:
                if not x.is_zero() and self._sign(x.num, strict=False) * sign(x.den) <= 0:
                    raise Refused("the difference is not seen to be nonnegative for every singular value")

    def _definite(self, form: Form, strict: bool) -> None:
        op = form.get((None, None))
        if op is None or len(form) > 1 or op.to != op.frm:
            raise Refused("definiteness is that of a function of X^T X or X X^T")
        values = [op.f] if op.to in self.empty else [op.f, op.c]
        for x in values:
            if not (x.is_zero() and not strict) and self._sign(x.num, strict) * sign(x.den) <= 0:
                raise Refused("not seen to be positive for every singular value")


def _reciprocal(x: Frac) -> Frac:
    return x if x.is_zero() else x.inverse()


def _map(value: Value, rule: Callable[[Frac], Frac], empty: Iterable[Side] = ()) -> Value:
    if isinstance(value, Frac):
        return rule(value)
    return {k: replace(op, f=rule(op.f)) if op.to in empty else op.each(rule) for k, op in value.items()}


def _sum(values: list[Value]) -> Value:
    if all(isinstance(v, Frac) for v in values):
        total = Frac.of(0)
        for v in values:
            total = total + v if isinstance(v, Frac) else total
        return total
    result: Form = {}
    for v in values:
        if isinstance(v, Frac):
            if v.is_zero():
                continue
            raise Refused("a number and a quadratic form in vectors are not added here")
        for (u, w), op in v.items():
            # Real scalars are their own adjoints: u^T A w and w^T A^T u are one key.
            key = (u, w)
            if (
                u is not None
                and w is not None
                and is_real(u)
                and is_real(w)
                and letter_key(w) < letter_key(u)
            ):
                key, op = (w, u), Operator(op.frm, op.to, op.f, op.c)
            old = result.get(key)
            if old is not None and (old.to, old.frm) != (op.to, op.frm):
                raise Refused("a sum of maps between different spaces")
            result[key] = op if old is None else replace(op, f=old.f + op.f, c=old.c + op.c)
    return result


def _product(a: Value, b: Value) -> Value:
    if isinstance(a, Frac) and isinstance(b, Frac):
        return a * b
    if isinstance(a, Frac) or isinstance(b, Frac):
        scalar, form = (a, b) if isinstance(a, Frac) else (b, a)
        return {k: op.each(lambda x: scalar * x) for k, op in form.items()}  # type: ignore[operator,union-attr]
    result: list[Value] = []
    for (u, v), x in a.items():
        for (w, z), y in b.items():
            if v is not None or w is not None:
                raise Refused("a product of expressions in vectors is not linear in each vector")
            result.append({(u, z): x * y})
    return _sum(result) if result else {}


def _adjoint(form: Form) -> Form:
    return {(v, u): Operator(op.frm, op.to, op.f, op.c) for (u, v), op in form.items()}
