# ruff: noqa: E501 - one false statement a row
"""False statements from true ones: lemmas and instances of other letters, bound letters, parts of a proposition.

A row is a theorem with its certificate, as in certificate_steps.
"""

from __future__ import annotations

import pytest
from certificate_steps import (
    ABSURD,
    G0,
    G1,
    S0,
    ZERO,
    J,
    Row,
    apply,
    exists,
    forall,
    ideal,
    inner,
    proved,
    step,
)

from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term, exp, inverse, make, mul, number, symbol
from lemmata.terms.forms import adjoint, at, call, diff, equation, grad, infinity, is_, norm, relation, zero

A, B = symbol("A", "n", "n"), symbol("B", "n", "n")
C, D, M, M_square = symbol("C", "m", "n"), symbol("D", "n", "m"), symbol("M", "n", "p"), symbol("M", "p", "p")
u, v, xs, ps = symbol("u", "n"), symbol("v", "n"), symbol("x", "n"), symbol("x", "p")
s, r, x, zc = symbol("s"), symbol("r"), symbol("x"), symbol("z", domain="complex")
lam, k, half = symbol("lambda", domain="positive"), symbol("k", domain="natural"), number("1/2")
t, t_real = symbol("t", domain="time"), symbol("t")
a, w = symbol("a", of="t"), symbol("w", "n", of="t")
some = exists(t_real, equation(s, t_real))
vanishing = exists(s, equation(s * inverse(s), ZERO))
undefined_at_0 = exists(x, equation(x * inverse(x), ZERO))

Z, dyad = symbol("Z", "n", "n", "complex"), v @ v.T


def reaches(matrix: Term, vector: Term) -> Term:
    """There is a vector that is not 0 and that the matrix makes longer by its norm."""
    image = equation(mul(matrix.T, matrix, vector), mul(norm(matrix), norm(matrix), vector))
    return exists(vector, make("and", (relation("ne", vector, zero("n")), image)))


at_this_time = equation(ZERO, ZERO)
a_is_s = equation(a, s)

FALSE: dict[str, Row] = {
    "a theorem about all times, for one time": (
        (equation(t, s),), ABSURD,
        [ideal(at_this_time), apply(ABSURD, [(a, t)], given=[G0, S0])],
        ((
            (a_is_s, equation(diff(a, "t"), number(1))), ABSURD,
            [ideal(ABSURD, ("-1", [], 0, []), ("1", [], 1, []), uses=[["diff", G0, "t"], G1])],
        ),)),
    # --- lemmas ---
    "scalars become matrices by a numeral": (
        (), equation(A @ B, B @ A), [step(equation(A @ B, B @ A), "apply", lemma="L", dims={"1": "n"}, terms=[[J(s), J(A)], [J(r), J(B)]], given=[])],
        (((), equation(s * r, r * s), [ideal(equation(s * r, r * s))]),)),
    "scalars become matrices by a number": (
        (), equation(A @ B, B @ A), [apply(equation(A @ B, B @ A), [(s, A), (r, B)], dims=[(1, "n")])],
        (((), equation(s * r, r * s), [ideal(equation(s * r, r * s))]),)),
    "a head whose payload reads like that of a symbol": (
        (), equation(A @ B, B @ A), [apply(equation(A @ B, B @ A), [(call("abcde", s), A)])],
        (((), equation(call("abcde", s) * r, r * call("abcde", s)), [ideal(equation(call("abcde", s) * r, r * call("abcde", s)))]),)),
    "two dimensions meet and one matrix commutes": (
        (), equation(A @ B, B @ A),
        [apply(equation(A @ B, B @ A), [(C, A), (D, B)], dims=[("m", "n")])],
        (((), equation(C @ D, C @ D), [ideal(equation(C @ D, C @ D))]),)),
    "two letters of one name meet when their dimensions do": (
        (), equation(grad(inner(ps, ps), ps), ps),
        [apply(equation(grad(inner(ps, ps), ps), ps), [(u, ps)], dims=[("n", "p")])],
        (((), equation(grad(inner(u, xs), xs), u),
          [ideal(equation(grad(inner(u, xs), xs), u))]),)),
    "a free letter meets a bound one when their dimensions do": (
        (), equation(grad(mul(adjoint(ps), M_square, ps), ps), mul(M_square, ps)),
        [apply(equation(grad(mul(adjoint(ps), M_square, ps), ps), mul(M_square, ps)), dims=[("n", "p")])],
        (((), equation(grad(mul(adjoint(xs), M, ps), xs), mul(M, ps)),
          [ideal(equation(grad(mul(adjoint(xs), M, ps), xs), mul(M, ps)))]),)),
    "a hypothesis of a lemma is another's": (
        (equation(A, B),), equation(B, zero("n", "n")),
        [apply(equation(B, zero("n", "n")), given=[G0])],
        (((equation(B, zero("n", "n")),), equation(B, zero("n", "n")), [ideal(equation(B, zero("n", "n")), ("1", [], 0, []), uses=[G0])]),)),
    "a complex number for a real one": (
        (), equation(adjoint(zc), zc), [apply(equation(adjoint(zc), zc), [(s, zc)])],
        (((), equation(adjoint(s), s), [ideal(equation(adjoint(s), s))]),)),
    "a fraction for a natural number": (
        (), equation(A ** (half + 1), A ** half @ A), [apply(equation(A ** (half + 1), A ** half @ A), [(k, half)])],
        (((), equation(A ** (k + 1), A ** k @ A), [ideal(equation(A ** (k + 1), A ** k @ A))]),)),
    "a number is replaced by infinity": (
        (), equation(infinity() - infinity(), ZERO),
        [apply(equation(infinity() - infinity(), ZERO), [(s, infinity())])],
        (((), equation(s - s, ZERO), [ideal(equation(s - s, ZERO))]),)),
    "a positive number is replaced by a real one": (
        (), relation("lt", ZERO, s),
        [apply(relation("lt", ZERO, s), [(lam, s)])],
        (((), relation("lt", ZERO, exp(ZERO)), []),)),
    # --- instances ---
    "an instance of another shape": (
        (forall(s, equation(s * r, r * s)),), equation(A * r, r * A), [step(equation(A * r, r * A), "instance", of=G0, terms=[J(A)])]),
    "an instance of another sign": (
        (forall(lam, relation("lt", ZERO, lam)),), relation("lt", ZERO, s), [step(relation("lt", ZERO, s), "instance", of=G0, terms=[J(s)])]),
    "captured by name": (
        (forall(v, exists(u, make("ne", (u, v)))),), exists(u, make("ne", (u, u))),
        [step(exists(u, make("ne", (u, u))), "instance", of=G0, terms=[J(u)])]),
    "a function of a bound t is captured by an instance": (
        (), exists(t_real, equation(a, t_real)),
        [step(forall(s, some), "forall", steps=[ideal(equation(s, s)), step(some, "exists", of=S0, terms=[J(s)])]),
         step(exists(t_real, equation(a, t_real)), "instance", of=S0, terms=[J(a)])]),
    "a function of a bound t is captured by a lemma": (
        (), exists(t_real, equation(a, t_real)),
        [apply(exists(t_real, equation(a, t_real)), [(s, a)])],
        (((), some, [ideal(equation(s, s)), step(some, "exists", of=S0, terms=[J(s)])]),)),
    "there is one, so all are": (
        (exists(u, equation(A @ u, v)),), equation(A @ u, v), [step(equation(A @ u, v), "instance", of=G0, terms=[J(u)])]),
    "what exists has the name of what is known": (
        (equation(B @ u, v), exists(u, equation(A @ u, v))), make("implies", (exists(u, equation(A @ u, v)), equation(A @ u, v))),
        [step(make("implies", (exists(u, equation(A @ u, v)), equation(A @ u, v))), "implies", steps=[])]),
    "all, from the one that is known": (
        (equation(A @ u, v),), forall(u, equation(A @ u, v)), [step(forall(u, equation(A @ u, v)), "forall", steps=[])]),
    "general in the variable of a function": (
        (equation(w, at(w, ZERO)),), forall(t, equation(at(w, t), v)), [step(forall(t, equation(at(w, t), v)), "forall", steps=[])]),
    # --- witnesses ---
    "defined by a hypothesis on a free letter of the same name": (
        (make("ne", (s, ZERO)),), vanishing,
        [ideal(equation(ZERO * inverse(ZERO), ZERO)), step(vanishing, "exists", of=S0, terms=[J(ZERO)])]),
    "a bound letter that may vanish": (
        (make("ne", (s, ZERO)),), undefined_at_0,
        [ideal(equation(ZERO * inverse(ZERO), ZERO)), step(undefined_at_0, "exists", of=S0, terms=[J(ZERO)])]),
    "a witness outside of its domain": (
        (), exists(lam, equation(lam, s)), [ideal(equation(s, s)), step(exists(lam, equation(lam, s)), "exists", of=S0, terms=[J(s)])]),
    "a witness that is no natural number": (
        (), exists(k, equation(k, half)), [ideal(equation(half, half)), step(exists(k, equation(k, half)), "exists", of=S0, terms=[J(half)])]),
    "a witness that does not exist": (
        (), exists(x, equation(x, inverse(ZERO))),
        [ideal(equation(inverse(ZERO), inverse(ZERO))), step(exists(x, equation(x, inverse(ZERO))), "exists", of=S0, terms=[J(inverse(ZERO))])]),
    "a square root that is the variable of its square": (
        (is_("psd", a),), exists(t_real, equation(a, t_real.T * t_real)), [step(exists(t_real, equation(a, t_real.T * t_real)), "gram", of=G0)]),
    "a square root that is a letter of the matrix": (
        (is_("psd", A),), exists(A, equation(A, A.T @ A)), [step(exists(A, equation(A, A.T @ A)), "gram", of=G0)]),
    "a real square root of a complex matrix": (
        (is_("psd", Z),), exists(A, equation(Z, A.T @ A)), [step(exists(A, equation(Z, A.T @ A)), "gram", of=G0)]),
    "a norm is attained at a letter of the matrix": (
        (), reaches(dyad, v), [step(reaches(dyad, v), "attained", matrix=J(dyad))]),
    "a norm is attained at a real vector of a complex matrix": (
        (), reaches(Z, v), [step(reaches(Z, v), "attained", matrix=J(Z))]),
    "a norm is attained at a function of time": (
        (), reaches(A, w), [step(reaches(A, w), "attained", matrix=J(A))]),
    # --- propositions ---
    "psd from spd, the wrong way": ((is_("psd", A),), is_("spd", A), [step(is_("spd", A), "logic", of=[G0])]),
    "invertible from psd": ((is_("psd", A),), is_("invertible", A), [step(is_("invertible", A), "logic", of=[G0])]),
    "< from <=": ((relation("le", s, r),), relation("lt", s, r), [step(relation("lt", s, r), "logic", of=[G0])]),
    "> from <": ((relation("lt", s, r),), relation("ge", s, r), [step(relation("ge", s, r), "logic", of=[G0])]),
    "antisymmetry from one side": ((relation("le", s, r),), equation(s, r), [step(equation(s, r), "logic", of=[G0, G0])]),
    "against the arrow": (
        (make("implies", (equation(A, B), equation(B, A))), equation(B, A)), equation(A, B), [step(equation(A, B), "logic", of=[G0, G1])]),
    "the contrary of an arrow": (
        (make("implies", (equation(A, B), ABSURD)),), ABSURD, [step(ABSURD, "logic", of=[G0])]),
    "a part of a disjunction": (
        (make("or", (ABSURD, equation(s, s))),), ABSURD, [step(ABSURD, "logic", of=[G0])]),
    "what is denied": ((make("not", (ABSURD,)),), ABSURD, [step(ABSURD, "logic", of=[G0])]),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_a_false_statement_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        proved(*FALSE[name])
