"""Bounds along flows: rates about a fixed point, Lyapunov functions, Groenwall's lemma."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved_without_oracle

PROVED = r"""
let S : R^{n x n}, w : R^n(t), z : R^n, mu > 0, t >= 0
assume S >= mu I
assume \dot w = -S (w - z)
show ||w(t) - z|| <= e^{-mu t} ||w(0) - z||

let S : R^{n x n}, w : R^n(t), z : R^n, mu > 0, t >= 0
assume S >= mu I
assume \dot w = -S (w - z)
show ||w(t) - z||^2 <= e^{-2 mu t} ||w(0) - z||^2

let A : R^{m x n}, w : R^n(t), y : R^m, mu > 0, t >= 0
assume A A^T >= mu I
assume \dot w = -A^T (A w - y)
show ||A w(t) - y|| <= e^{-mu t} ||A w(0) - y||

let A : R^{m x n}, w : R^n(t), y : R^m, mu > 0, t >= 0
assume A A^T >= mu I
assume \dot w = -A^T (A w - y)
show ||A w(t) - y||^2 <= e^{-2 mu t} ||A w(0) - y||^2

let A, P : R^{n x n}, x : R^n(t), t >= 0
assume A^T P + P A <= 0, \dot x = A x
show x(t)^T P x(t) <= x(0)^T P x(0)

let A, P : R^{n x n}, x : R^n(t), t >= 0, alpha > 0
assume spd(P), A^T P + P A <= -2 alpha P, \dot x = A x
show x(t)^T P x(t) <= e^{-2 alpha t} x(0)^T P x(0)

let A, P, Q : R^{n x n}, x : R^n(t), t >= 0
assume psd(Q), spd(P), A^T P + P A = -Q, \dot x = A x
show x(t)^T P x(t) <= x(0)^T P x(0)

let A, P, Q : R^{n x n}, x : R^n(t), t >= 0
assume psd(Q), spd(P), A^T P + P A <= -Q, \dot x = A x
show x(t)^T P x(t) <= x(0)^T P x(0)

let A, P, Q : R^{n x n}, x : R^n(t), t >= 0, c > 0
assume spd(P), A^T P + P A <= -Q, Q >= c P, \dot x = A x
show x(t)^T P x(t) <= e^{-c t} x(0)^T P x(0)

let A, P : R^{n x n}, x : R^n(t), z : R^n, t >= 0
assume A^T P + P A <= 0, \dot x = A (x - z)
show (x(t)-z)^T P (x(t)-z) <= (x(0)-z)^T P (x(0)-z)

let q : R(t), a > 0, b : real, t >= 0
assume \dot q <= -a q + b
show q(t) <= e^{-a t} q(0) + (1 - e^{-a t}) b/a

let q : R(t), a > 0, b : real, t >= 0
assume \dot q <= -a q + b
show q(t) <= b/a + e^{-a t} (q(0) - b/a)

let q : R(t), a > 0, b >= 0, t >= 0
assume \dot q <= -a q + b
show q(t) <= e^{-a t} q(0) + b/a

let q : R(t), b : real, t >= 0
assume \dot q <= b
show q(t) <= q(0) + b t

let S : R^{n x n}, w : R^n(t), t >= 0
assume psd(S), \dot w = -S w
show w(t)^T S w(t) <= w(0)^T S w(0)

let S : R^{n x n}, w : R^n(t), b : R^n, t >= 0
assume symmetric(S), \dot w = b - S w
show 1/2 w(t)^T S w(t) - b^T w(t) <= 1/2 w(0)^T S w(0) - b^T w(0)

let A : R^{m x n}, w : R^n(t), y : R^m, t >= 0
assume \dot w = -A^T (A w - y)
show ||A w(t) - y|| <= ||A w(0) - y||

let A : R^{m x n}, w : R^n(t), y : R^m, z : R^n, t >= 0
assume A^T A z = A^T y, \dot w = -A^T (A w - y)
show ||w(t) - z|| <= ||w(0) - z||

let A : R^{m x n}, w : R^n(t), y : R^m, z : R^n, mu > 0, t >= 0
assume A^T A >= mu I, A^T A z = A^T y, \dot w = -A^T (A w - y)
show ||w(t) - z|| <= e^{-mu t} ||w(0) - z||

let A : R^{m x n}, w : R^n(t), y : R^m, mu > 0, t >= 0
assume A^T A >= mu I, \dot w = -A^T (A w - y)
show ||w(t) - A^+ y|| <= e^{-mu t} ||w(0) - A^+ y||

let S : R^{n x n}, w : R^n(t), b : R^n, mu > 0, t >= 0
assume S >= mu I
assume \dot w = b - S w
show ||w(t) - S^{-1} b|| <= e^{-mu t} ||w(0) - S^{-1} b||

let K : R^{m x m}, u : R^m(s), c : R^m, kappa > 0, s >= 0
assume K >= kappa I
assume d/ds u = -K (u - c)
show ||u(s) - c|| <= e^{-kappa s} ||u(0) - c||

let S : R^{n x n}, w : R^n(t), z : R^n, mu > 0, t >= 0
assume S + S^T >= 2 mu I
assume \dot w = S (z - w)
show ||w(t) - z|| <= e^{-mu t} ||w(0) - z||

let M, N : R^{n x n}, x : R^n(t), a > 0, t >= 0
assume spd(M), M N + N^T M <= -a M, \dot x = N x
show x(t)^T M x(t) <= e^{-a t} x(0)^T M x(0)

let X : R^{m x n}, w : R^n(t), y : R^m, lambda > 0, t >= 0
assume \dot w = -X^T (X w - y) - lambda w
show ||w(t) - (X^T X + lambda I)^{-1} X^T y|| <= e^{-lambda t} ||w(0) - (X^T X + lambda I)^{-1} X^T y||

let P, S : R^{n x n}, w : R^n(t), z : R^n, t >= 0
assume spd(P), psd(S), \dot w = -P S (w - z)
show (w(t)-z)^T P^{-1} (w(t)-z) <= (w(0)-z)^T P^{-1} (w(0)-z)

let P, S : R^{n x n}, w : R^n(t), z : R^n, mu > 0, t >= 0
assume spd(P), S >= mu P^{-1}, \dot w = -P S (w - z)
show (w(t)-z)^T P^{-1} (w(t)-z) <= e^{-2 mu t} (w(0)-z)^T P^{-1} (w(0)-z)

let v : R(t), c, d : real, t >= 0
assume \dot v >= -c v + c d
show v(t) >= d + e^{-c t} (v(0) - d)

let A : R^{n x n}, x : R^n(t), c : real, t >= 0
assume A + A^T <= 2 c I, \dot x = A x
show ||x(t)|| <= e^{c t} ||x(0)||

let A : R^{n x n}, x : R^n(t), c : real, t >= 0
assume A + A^T >= 2 c I, \dot x = A x
show ||x(t)|| >= e^{c t} ||x(0)||

let A : R^{n x n}, x, y : R^n(t), c : real, t >= 0
assume A + A^T <= 2 c I, \dot x = A x, \dot y = A y
show ||x(t) - y(t)|| <= e^{c t} ||x(0) - y(0)||

let S : R^{n x n}, w : R^n(t), b : R^n, mu > 0, t >= 0
assume S >= mu I, \dot w = -(S w - b)
show 1/2 (w(t) - S^{-1} b)^T S (w(t) - S^{-1} b) <= e^{-2 mu t} 1/2 (w(0) - S^{-1} b)^T S (w(0) - S^{-1} b)

let A : R^{m x n}, w : R^n(t), y : R^m, mu > 0, t >= 0
assume A A^T >= mu I
assume \dot w = -A^T (A w - y)
show 1/2 ||A w(t) - y||^2 <= e^{-2 mu t} 1/2 ||A w(0) - y||^2

let A : R^{m x n}, w : R^n(t), y : R^m, t >= 0
assume \dot w = -A^T (A w - y)
show ||A^T (A w(t) - y)|| <= ||A^T (A w(0) - y)||

let A : R^{n x n}, x : R^n(t), f : R^n(t), t >= 0
assume psd(A), \dot x = -A x
show ||x(t)||^2 <= ||x(0)||^2

let V : R(t), x : R^n(t), a > 0, t >= 0
assume V = ||x||^2, \dot V <= -2 a V
show ||x(t)|| <= e^{-a t} ||x(0)||

let A, Q, P : R^{n x n}, x : R^n(t), a, b > 0, t >= 0
assume A^T P + P A = -Q, P <= b I, Q >= a I, spd(P), \dot x = A x
show x(t)^T P x(t) <= e^{-a/b t} x(0)^T P x(0)

let L : R(t), w : R^n(t), t >= 0
assume \dot L = -||\dot w||^2
show L(t) <= L(0)

let q : R(t), c >= 0, t >= 0
assume \dot q <= c q
show q(t) <= e^{c t} q(0)

let q : R(t), a : real, t >= 0
assume a != 0, \dot q <= a q + a
show q(t) <= e^{a t} (q(0) + 1) - 1

let u, v : R(t), t >= 0
assume \dot u <= \dot v, u(0) <= v(0)
show u(t) <= v(t)

let S : C^{n x n}, w : C^n(t), z : C^n, mu > 0, t >= 0
assume S >= mu I
assume \dot w = -S (w - z)
show ||w(t) - z||^2 <= e^{-2 mu t} ||w(0) - z||^2

let q : R(t), a, b, c > 0, t >= 0
assume \dot q <= c - (a + b) q
show q(t) <= q(0) e^{-(a + b) t} + c/(a + b)

let E : R(t), x : R^n(t), M : R^{n x n}, t >= 0
assume E = 1/2 ||x||^2, psd(M), \dot x = -M x
show E(t) <= E(0)

let L : R^{n x n}, x : R^n(t), b, z : R^n, c > 0, t >= 0
assume L + L^T >= 2 c I, L z = b, \dot x = b - L x
show ||x(t) - z||^2 <= ||x(0) - z||^2 e^{-2 c t}

let K : R^{n x n}, x : R^n(t), z : R^n, t >= 0
assume K^T = -K, \dot x = K (x - z)
show ||x(t) - z|| <= ||x(0) - z||
""".strip().split("\n\n")

NOT_PROVED = r"""
let S : R^{n x n}, w : R^n(t), z : R^n, mu > 0, t >= 0
assume S >= mu I
assume \dot w = S (w - z)
show ||w(t) - z|| <= e^{-mu t} ||w(0) - z||

let S : R^{n x n}, w : R^n(t), z : R^n, mu > 0, t >= 0
assume S >= mu I
assume \dot w = -S (w - z)
show ||w(t) - z|| <= e^{-2 mu t} ||w(0) - z||

let S : R^{n x n}, w : R^n(t), z : R^n, mu > 0, t >= 0
assume \dot w = -S (w - z)
show ||w(t) - z|| <= e^{-mu t} ||w(0) - z||

let A, P : R^{n x n}, x : R^n(t), t >= 0
assume A P + P A <= 0, \dot x = A x
show x(t)^T P x(t) <= x(0)^T P x(0)

let A : R^{m x n}, w : R^n(t), y : R^m, mu > 0, t >= 0
assume A^T A >= mu I
assume \dot w = -A^T (A w - y)
show ||A w(t) - y|| <= e^{-mu t} ||A w(0) - y||

let q : R(t), a > 0, b : real, t >= 0
assume \dot q <= -a q + b
show q(t) <= e^{-a t} q(0) + b/a

let q : R(t), a > 0, b : real, t >= 0
assume \dot q <= -a q + b
show q(t) <= e^{-a t} q(0) + (1 - e^{-a t}) b

let q : R(t), a > 0, b : real, t >= 0
assume \dot q <= a q + b
show q(t) <= e^{-a t} q(0) + (1 - e^{-a t}) b/a

let u, v : R(t), t >= 0
assume \dot u <= \dot v
show u(t) <= v(t)

let A : R^{n x n}, x : R^n(t), c : real, t >= 0
assume A + A^T <= 2 c I, \dot x = A x
show ||x(t)|| >= e^{c t} ||x(0)||
""".strip().split("\n\n")


@pytest.mark.parametrize("text", PROVED)
def test_what_is_true_is_proved_without_an_oracle(text: str) -> None:
    assert_proved_without_oracle(text)


@pytest.mark.parametrize("text", NOT_PROVED)
def test_what_is_false_is_not_proved(text: str) -> None:
    assert_not_proved(text)
