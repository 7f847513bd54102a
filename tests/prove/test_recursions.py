"""Bounds along recursions by induction, and limits of powers."""

from __future__ import annotations

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.prove.answer import decide
from lemmata.prove.search import prove
from lemmata.terms.claims import read_claims


def statement(text: str) -> Statement:
    claims = read_claims(text)
    return Statement((*claims.definitions, *claims.given), claims.shows[0].prop)


PROVED = r"""
let x : R^n(k), q : nonnegative
assume ||x_{k+1}|| <= q ||x_k||
show ||x_k|| <= q^k ||x_0||

let a : R(k), q : nonnegative
assume a_{k+1} <= q a_k
show a_k <= q^k a_0

let a : R(k), q, b : nonnegative
assume q < 1, a_{k+1} <= q a_k + b
show a_k <= q^k a_0 + b (1 - q^k)/(1 - q)

let a : R(k), q, b : nonnegative
assume q < 1, a_{k+1} <= q a_k + b
show a_k <= q^k a_0 + b/(1 - q)

let a : R(k), b : real
assume a_{k+1} <= a_k + b
show a_k <= a_0 + k b

let x : R^n(k), z : R^n
assume ||x_{k+1} - z|| <= ||x_k - z||
show ||x_k - z|| <= ||x_0 - z||

let A : R^{m x n}, x : R^n(k), y : R^m, z : R^n, mu > 0
assume mu A^T A <= 2 I, A^T A z = A^T y, x_{k+1} = x_k - mu A^T (A x_k - y)
show ||x_k - z|| <= ||x_0 - z||

let S : R^{n x n}, x : R^n(k), z : R^n
assume S <= I, -S <= I, x_{k+1} - z = S (x_k - z)
show ||x_k - z|| <= ||x_0 - z||

let S : R^{n x n}, x : R^n(k), z : R^n, q : nonnegative
assume ||S|| <= q, x_{k+1} - z = S (x_k - z)
show ||x_k - z|| <= q^k ||x_0 - z||

let x, e : R^n(k), M : R^{n x n}, z : R^n
assume x_{k+1} = z + M (x_k - z), e_k = x_k - z
show e_k = M^k e_0

let f : R(k)
assume f_{k+1} <= f_k
show f_k <= f_0

let A : R^{m x n}, x : R^n(k), y : R^m, mu > 0
assume mu A^T A <= 2 I, x_{k+1} = x_k - mu A^T (A x_k - y)
show ||A x_k - y|| <= ||A x_0 - y||

let A : R^{m x n}, x : R^n(k), y : R^m, mu > 0
assume mu A^T A <= 2 I, x_{k+1} = x_k - mu A^T (A x_k - y)
show ||A x_{k+1} - y|| <= ||A x_k - y||

let A : R^{n x n}, x : R^n(k), q : nonnegative
assume A^T A <= q^2 I, x_{k+1} = A x_k
show ||x_k|| <= q^k ||x_0||

let A, P : R^{n x n}, x : R^n(k)
assume A^T P A <= P, x_{k+1} = A x_k
show x_k^T P x_k <= x_0^T P x_0

let A, P : R^{n x n}, x : R^n(k), q >= 0
assume A^T P A <= q P, x_{k+1} = A x_k
show x_k^T P x_k <= q^k x_0^T P x_0

let a : nonnegative, x : R^n(k), q : nonnegative
assume q <= 1, ||x_{k+1}|| <= q ||x_k||
show ||x_k|| <= ||x_0||

let e : R^n(k), r : nonnegative
assume ||e_{k+1}||^2 <= r ||e_k||^2
show ||e_k||^2 <= r^k ||e_0||^2

let x : R^n(k), z : R^n, q : nonnegative
assume ||x_{k+1} - z|| <= q ||x_k - z||
show ||x_k - z|| <= q^k ||x_0 - z||

let x : R^n(j), q : nonnegative
assume ||x_{j+1}|| <= q ||x_j||
show ||x_j|| <= q^j ||x_0||

let x : R^n(k), q, c : nonnegative
assume q < 1, ||x_{k+1}|| <= q ||x_k|| + c
show ||x_k|| <= q^k ||x_0|| + c/(1 - q)

let x : R^n(k), q : nonnegative, c : nonnegative
assume q < 1, ||x_{k+1}|| <= c + q ||x_k||
show ||x_k|| <= q^k ||x_0|| + (1 - q)^{-1} (1 - q^k) c

let a : R(k), q, b : nonnegative
assume a_{k+1} >= q a_k + b
show a_k >= q^k a_0

let a : R(k)
assume a_{k+1} >= a_k
show a_0 <= a_k

let A : R^{n x n}, x : R^n(k)
assume A^T A <= I, x_{k+1} = A x_k
show ||x_k|| <= ||x_0||

let S : R^{n x n}, x : R^n(k), b, z : R^n, q : nonnegative
assume symmetric(S), S <= q I, -S <= q I, z = S z + b, x_{k+1} = S x_k + b
show ||x_k - z|| <= q^k ||x_0 - z||

let S : R^{n x n}, x : R^n(k), b, z : R^n, eta > 0
assume psd(S), eta S <= 2 I, S z = b, x_{k+1} = x_k - eta (S x_k - b)
show ||x_k - z|| <= ||x_0 - z||

let f, x : R(k), c : real
assume f_{k+1} <= f_k - c^2
show f_k <= f_0

let A : R^{m x n}, x : R^n(k), y : R^m, mu > 0, f : R(k)
assume mu A^T A <= I, x_{k+1} = x_k - mu A^T (A x_k - y), f_k = 1/2 ||A x_k - y||^2
show f_k <= f_0

let A : R^{m x n}, x : R^n(k), y : R^m, mu > 0, f : R(k)
assume mu A^T A <= I, x_{k+1} = x_k - mu A^T (A x_k - y), f_k = ||A x_k - y||^2
show f_{k+1} <= f_k

let S : R^{n x n}, x : R^n(k), b : R^n, eta > 0
assume psd(S), eta S <= 2 I, x_{k+1} = x_k - eta (S x_k - b)
show 1/2 x_k^T S x_k - b^T x_k <= 1/2 x_0^T S x_0 - b^T x_0

let A, P : R^{n x n}, x : R^n(k), z : R^n
assume A^T P A <= P, x_{k+1} = z + A (x_k - z)
show (x_k - z)^T P (x_k - z) <= (x_0 - z)^T P (x_0 - z)

let A : R^{m x n}, x, e : R^n(k), y : R^m, z : R^n, mu : real
assume A^T A z = A^T y, x_{k+1} = x_k - mu A^T (A x_k - y), e_k = x_k - z
show e_{k+1} = (I - mu A^T A) e_k

let A : R^{m x n}, x, e : R^n(k), y : R^m, z : R^n, mu : real
assume A^T A z = A^T y, x_{k+1} = x_k - mu A^T (A x_k - y), e_k = x_k - z
show e_k = (I - mu A^T A)^k e_0

let A : R^{m x n}, x : R^n(k), r : R^m(k), y : R^m, mu : real
assume x_{k+1} = x_k - mu A^T (A x_k - y), r_k = A x_k - y
show r_k = (I - mu A A^T)^k r_0

let A : R^{m x n}, x : R^n(k), r : R^m(k), y : R^m, mu > 0
assume mu A^T A <= 2 I, x_{k+1} = x_k - mu A^T (A x_k - y), r_k = A x_k - y
show ||r_k|| <= ||r_0||

let A : R^{m x n}, x : R^n(k), y : R^m, mu > 0
assume x_{k+1} = x_k - mu A^T (A x_k - y), (I - A^+ A) x_0 = 0
show (I - A^+ A) x_k = 0

let A : R^{m x n}, x, v : R^n(k), y : R^m, mu, beta : real
assume v_{k+1} = beta v_k - mu A^T (A x_k - y), x_{k+1} = x_k + v_{k+1}, (I - A^+ A) x_0 = 0, (I - A^+ A) v_0 = 0
show (I - A^+ A) v_k = 0

let A : R^{m x n}, x, v : R^n(k), y : R^m, mu, beta : real
assume v_{k+1} = beta v_k - mu A^T (A x_k - y), x_{k+1} = x_k + v_{k+1}, (I - A^+ A) x_0 = 0, (I - A^+ A) v_0 = 0
show (I - A^+ A) x_k = 0

let S : C^{n x n}, x : C^n(k), z : C^n, q : nonnegative
assume S^* S <= q I, x_{k+1} - z = S (x_k - z)
show ||x_k - z||^2 <= q^k ||x_0 - z||^2

let A : R^{n x n}, x : R^n(k), q : nonnegative
assume ||A|| <= q, x_{k+1} = A x_k
show ||x_k|| <= q^k ||x_0||

let A : R^{n x n}, x : R^n(k)
assume x_{k+1} = A x_k
show ||x_k|| <= ||A||^k ||x_0||

let A : R^{n x n}, x : R^n(k)
assume ||A|| <= 1, x_{k+1} = A x_k
show ||x_k|| <= ||x_0||

let S : R^{n x n}, x : R^n(k), b, z : R^n, eta, mu > 0
assume eta mu <= 1, S >= mu I, eta S <= I, S z = b, x_{k+1} = x_k - eta (S x_k - b)
show ||x_k - z||^2 <= (1 - eta mu)^k ||x_0 - z||^2

let S : R^{n x n}, x : R^n(k), b, z : R^n, eta, mu > 0
assume eta mu <= 1, S >= mu I, eta S <= I, S z = b, x_{k+1} = x_k - eta (S x_k - b)
show ||x_k - z||^2 <= (1 - eta mu)^{2 k} ||x_0 - z||^2

let V : R(k), c : nonnegative
assume V_{k+1} <= V_k - c
show V_k <= V_0 - k c

let x : R^n(k), A, P : R^{n x n}
assume P - A^T P A >= 0, x_{k+1} = A x_k
show x_k^T P x_k <= x_0^T P x_0

let x : R^n(j), rho : nonnegative, d : R^n
assume ||x_{j+1} - d|| <= rho ||x_j - d||, rho <= 1
show ||x_j - d|| <= ||x_0 - d||
""".strip().split("\n\n")

LIMITS = r"""
let S : R^{n x n}, k : natural
assume symmetric(S), ||S|| < 1
show lim_{k -> oo} (I - S^k)(I - S)^{-1} = (I - S)^{-1}

let S : R^{n x n}, k : natural
assume symmetric(S), ||S|| < 1
show lim_{k -> oo} S^k = 0

let S : R^{n x n}, k : natural
assume S^T = S, ||S|| < 1
show lim_{k -> oo} (I + S^k) = I

let A : R^{m x n}, k : natural
assume ||A|| < 1
show lim_{k -> oo} (A^T A)^k = 0

let A : R^{m x n}, k : natural
assume ||A|| < 1
show lim_{k -> oo} A (A^T A)^k = 0

let H : R^{n x n}, j : natural
assume symmetric(H), ||H|| < 1
show lim_{j -> oo} H^j (I + H) = 0

let S : R^{n x n}, k : natural
assume psd(S), S <= 1/2 I
show lim_{k -> oo} S^k = 0

let S : R^{n x n}, k : natural, x : R^n
assume symmetric(S), ||S|| < 1
show lim_{k -> oo} S^k x = 0

let A : R^{m x n}, k : natural, mu > 0
assume mu ||A||^2 < 2
show lim_{k -> oo} (I - mu A^T A)^k = I - A^+ A

let P : R^{n x n}, k : natural
assume projection(P)
show lim_{k -> oo} P^k = P

let S : R^{n x n}, k : natural
assume symmetric(S)
show lim_{k -> oo} (S S^+)^k = S S^+

let X : R^{m x n}, k : natural
assume ||X|| < 1
show lim_{k -> oo} (I - (X^T X)^k) (I - X^T X)^{-1} = (I - X^T X)^{-1}

let A : C^{m x n}, k : natural
assume ||A|| < 1
show lim_{k -> oo} (A^* A)^k = 0
""".strip().split("\n\n")

NOT_PROVED = r"""
let x : R^n(k), q : real
assume ||x_{k+1}|| <= q ||x_k||
show ||x_k||^2 <= q^k ||x_0||^2

let a : R(k), q : real
assume a_{k+1} <= q a_k
show a_k <= q^k a_0

let a : R(k), q, b : nonnegative
assume a_{k+1} <= q a_k + b
show a_k <= q^k a_0 + b

let a : R(k), q : nonnegative, b : real
assume q < 1, a_{k+1} <= q a_k + b
show a_k <= q^k a_0 + b/(1 - q)

let A : R^{m x n}, x : R^n(k), y : R^m, z : R^n, mu > 0
assume A^T A z = A^T y, x_{k+1} = x_k - mu A^T (A x_k - y)
show ||x_k - z|| <= ||x_0 - z||

let A : R^{m x n}, x : R^n(k), y : R^m, z : R^n, mu > 0
assume mu A^T A <= 3 I, A^T A z = A^T y, x_{k+1} = x_k - mu A^T (A x_k - y)
show ||x_k - z|| <= ||x_0 - z||

let S : R^{n x n}, x : R^n(k), z : R^n
assume S <= I, x_{k+1} - z = S (x_k - z)
show ||x_k - z|| <= ||x_0 - z||

let A, P : R^{n x n}, x : R^n(k), q : real
assume A^T P A <= q P, x_{k+1} = A x_k
show x_k^T P x_k <= q^k x_0^T P x_0

let S : R^{n x n}, x : R^n(k), b : R^n, eta > 0
assume psd(S), eta S <= 3 I, x_{k+1} = x_k - eta (S x_k - b)
show 1/2 x_k^T S x_k - b^T x_k <= 1/2 x_0^T S x_0 - b^T x_0

let S : R^{n x n}, x : R^n(k), b, z : R^n, eta, mu > 0
assume S >= mu I, S z = b, x_{k+1} = x_k - eta (S x_k - b)
show ||x_k - z||^2 <= (1 - eta mu)^k ||x_0 - z||^2

let A : R^{m x n}, x, v : R^n(k), y : R^m, mu, beta : real
assume v_{k+1} = beta v_k - mu A^T (A x_k - y), x_{k+1} = x_k + v_{k+1}, (I - A^+ A) x_0 = 0
show (I - A^+ A) x_k = 0

let S : R^{n x n}, k : natural
assume symmetric(S), ||S|| <= 1
show lim_{k -> oo} S^k = 0

let S : R^{n x n}, k : natural
assume symmetric(S), ||S|| < 1
show lim_{k -> oo} S^k = I
""".strip().split("\n\n")

REFUTED = r"""
let q : R(t), a > 0, b : real, t >= 0
assume \dot q <= -a q + b
show q(t) <= e^{-a t} q(0) + b/a

let q : R(t), a > 0, b : real, t >= 0
assume \dot q <= -a q + b
show q(t) <= e^{-a t} q(0) + (1 - e^{-a t}) b

let a : R(k), q : real
assume a_{k+1} <= q a_k
show a_k <= q^k a_0

let a : R(k), q, b : nonnegative
assume a_{k+1} <= q a_k + b
show a_k <= q^k a_0 + b

let x : R^n(k), q : nonnegative
assume ||x_{k+1}|| <= q ||x_k||
show ||x_k|| <= q ||x_0||
""".strip().split("\n\n")


@pytest.mark.parametrize("text", [*PROVED, *LIMITS])
def test_what_is_true_is_proved(text: str) -> None:
    outcome = prove(statement(text))
    assert outcome.theorem is not None, outcome.tried


@pytest.mark.parametrize("text", NOT_PROVED)
def test_what_is_false_is_not_proved(text: str) -> None:
    assert prove(statement(text), seconds=3).theorem is None


@pytest.mark.parametrize("text", REFUTED)
def test_false_bounds_under_inequalities_are_refuted_on_instances_of_equations(text: str) -> None:
    assert decide(statement(text)).verdict == "refuted"
