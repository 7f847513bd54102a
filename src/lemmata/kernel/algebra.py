"""The rules in which polynomials in matrices are expanded: combinations, sums of squares, ranks.

Each takes the certificate's coefficients, multiplies them out (poly.py) and compares.  "ideal": the
claim A - B = 0 is a combination of equations that are known.
For example S^3 - S = S (S^2 - S) + (S^2 - S) vanishes with S^2 - S.
"""

from __future__ import annotations

from typing import Any

from lemmata.kernel.context import Context
from lemmata.kernel.meaning import difference, zeros
from lemmata.kernel.poly import Poly, Refused, depends_on, expand, is_real, trace
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, dim, fraction, from_json, make, mul, symbols_of

__all__ = ["ALGEBRA"]


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
    symmetry = context.combination(goal.shape, step.get("symmetry", []), step["uses"])
    if goal.shape != SCALAR and symmetry != goal.adjoint() - goal:  # Loewner: between symmetric matrices
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
    real = all(expand(x).adjoint() == expand(x) for x in (small, large))
    if difference(context.fact(step["of"])) != squares or not (nonnegative and real):
        raise Refused("a^2 <= b^2 and b >= 0 are needed for a <= b")


def _cauchy(context: Context, claim: Term, step: Any) -> None:
    """|<u, v>|^2 <= <u, u> <v, v> for vectors, and for matrices in the trace inner product."""
    u, v = expand(from_json(step["left"])), expand(from_json(step["right"]))
    if u.shape != v.shape:
        raise Refused("the two factors differ in shape")
    uu, uv, vu, vv = (trace(a.adjoint() * b) for a in (u, v) for b in (u, v))
    if claim.head not in ("le", "ge") or difference(claim) != uu * vv - uv * vu:
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
    if x.head != "dim" and x.value.denominator != 1:
        raise Refused("a rank is compared with a rank or a dimension")
    return x.value if x.head == "dim" else int(x.value)


def _vectors(context: Context, claim: Term, step: Any) -> None:
    """M = 0 if M v = 0 for all v; M >= 0 if M is symmetric and v^* M v >= 0 for all v."""
    fact = context.fact(step["of"])
    v, prop = fact.args
    # A number is no vector: tr(s M s) >= 0 for all s says nothing of M.
    if fact.head != "forall" or v.shape[1] != 1 or v.shape == SCALAR or v in symbols_of(claim):
        raise Refused("a fact about all vectors is needed")
    if claim.head == "eq":
        seen = zeros(prop) == [M * expand(v) for M in zeros(claim)]
    else:
        M, real = difference(claim), is_real(v) == is_real(claim)
        seen = real and difference(prop) == trace(expand(v).adjoint() * M * expand(v))
        seen = seen and context.combination(M.shape, step["symmetry"], step["uses"]) == M.adjoint() - M
    if not seen or claim.head in ("lt", "gt") or claim.value == "spd":
        raise Refused("the fact is not M v = 0, nor v^* M v >= 0")


def _gram(context: Context, claim: Term, step: Any) -> None:
    """A semidefinite S is G^* G for some G."""
    fact = context.fact(step["of"])
    G, S = claim.args[0], fact.args[0]
    if fact.value not in ("psd", "spd") or G.shape != S.shape:
        raise Refused("psd(S) is needed for: there is G with S = G^* G")
    _there_is(claim, make("eq", (S, mul(G.T, G))), S)


def _attained(context: Context, claim: Term, step: Any) -> None:
    """There is a v != 0 with A^* A v = ||A||^2 v: the largest singular value is one."""
    A, v = from_json(step["matrix"]), claim.args[0]
    size, some = make("norm", (A,), "2"), make("ne", (v, make("zero", (), v.shape)))
    _there_is(claim, make("and", (some, make("eq", (mul(A.T, A, v), mul(size, size, v))))), A)


def _there_is(claim: Term, body: Term, known: Term) -> None:
    """The claim says this of a letter that the known term does not name, and that is real if it is."""
    x = claim.args[0]
    new = x not in symbols_of(known) and not depends_on(known, x.name)
    plain = x.value[3:] == ("real" if is_real(known) else "complex", "")
    if claim is not make("exists", (x, body)) or not (new and plain):
        raise Refused("the claim is not that there is such a letter")


ALGEBRA = {
    "ideal": _ideal, "positive": _positive, "square": _square, "root": _root, "cauchy": _cauchy,
    "witness": _witness, "rank": _rank, "gram": _gram, "attained": _attained, "vectors": _vectors,
}  # fmt: skip
