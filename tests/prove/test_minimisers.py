"""Minimisers of quadratics and the normal equations, each from the other."""

from __future__ import annotations

import pytest
from proof_tables import assert_not_proved, assert_proved_without_oracle

PROVED = r"""
let A : R^{m x n}, y : R^m, w, v, z : R^n, lambda > 0
assume w = argmin_v (||A v - y||^2 + lambda ||v - z||^2)
show w = (A^T A + lambda I)^{-1} (A^T y + lambda z)

let A : R^{m x n}, y : R^m, w, v, z : R^n, lambda > 0
assume w = argmin_v (||A v - y||^2 + lambda ||v - z||^2)
show w = z + (A^T A + lambda I)^{-1} A^T (y - A z)

let A : R^{m x n}, G : R^{n x n}, y : R^m, w, v : R^n
assume spd(G), w = argmin_v (||A v - y||^2 + v^T G v)
show w = (A^T A + G)^{-1} A^T y

let A : R^{m x n}, G : R^{n x n}, y : R^m, w, v, z : R^n
assume spd(G), w = argmin_v (||A v - y||^2 + (v - z)^T G (v - z))
show (A^T A + G) w = A^T y + G z

let A : R^{m x n}, W : R^{m x m}, L : R^{p x n}, y : R^m, w, v : R^n, lambda > 0
assume spd(W), w = argmin_v ((A v - y)^T W (A v - y) + lambda ||L v||^2)
show (A^T W A + lambda L^T L) w = A^T W y

let S : R^{n x n}, b, w, v : R^n
assume spd(S), w = argmin_v (1/2 v^T S v - b^T v)
show w = S^{-1} b

let S : R^{n x n}, b, v : R^n
assume spd(S)
show S^{-1} b = argmin_v (1/2 v^T S v - b^T v)

let A : R^{m x n}, y : R^m, v, z : R^n, lambda > 0
show (A^T A + lambda I)^{-1} (A^T y + lambda z) = argmin_v (||A v - y||^2 + lambda ||v - z||^2)

let A : R^{m x n}, y : R^m, v : R^n, G : R^{n x n}
assume spd(G)
show (A^T A + G)^{-1} A^T y = argmin_v (||A v - y||^2 + v^T G v)

let S : R^{n x n}, b, w : R^n
assume spd(S), forall v : R^n. 1/2 w^T S w - b^T w <= 1/2 v^T S v - b^T v
show w = S^{-1} b

let S : R^{n x n}, b, w : R^n
assume spd(S), S w = b
show forall v : R^n. 1/2 w^T S w - b^T w <= 1/2 v^T S v - b^T v

let S : R^{n x n}, b, w : R^n
assume spd(S)
show (forall v : R^n. 1/2 w^T S w - b^T w <= 1/2 v^T S v - b^T v) <==> S w = b

let S : R^{n x n}, b, w : R^n
assume psd(S), S w = b
show forall v : R^n. 1/2 w^T S w - b^T w <= 1/2 v^T S v - b^T v

let A : R^{m x n}, y : R^m, w, z : R^n, c > 0
show (forall v : R^n. ||A w - y||^2 + c ||w - z||^2 <= ||A v - y||^2 + c ||v - z||^2) <==> (A^T A + c I) w = A^T y + c z

let A : R^{m x n}, y : R^m, w : R^n, G : R^{n x n}
assume spd(G)
show (forall v : R^n. ||A w - y||^2 + w^T G w <= ||A v - y||^2 + v^T G v) <==> (A^T A + G) w = A^T y

let A : R^{m x n}, B : R^{m x p}, X : R^{n x p}
assume forall V : R^{n x p}. ||A X - B||_F^2 <= ||A V - B||_F^2
show A^T A X = A^T B

let A : R^{m x n}, B : R^{m x p}, X : R^{n x p}, lambda > 0
assume forall V : R^{n x p}. ||A X - B||_F^2 + lambda ||X||_F^2 <= ||A V - B||_F^2 + lambda ||V||_F^2
show X = (A^T A + lambda I)^{-1} A^T B

let A : R^{m x n}, B : R^{m x p}, X : R^{n x p}, lambda > 0
assume X = (A^T A + lambda I)^{-1} A^T B
show forall V : R^{n x p}. ||A X - B||_F^2 + lambda ||X||_F^2 <= ||A V - B||_F^2 + lambda ||V||_F^2

let A : R^{m x n}, y : R^m, v : R^n, G : R^{n x n}, c : R^n
assume spd(G), c = argmin_v (||A v - y||^2 + 1/2 v^T G^{-1} v)
show (A^T A + 1/2 G^{-1}) c = A^T y

let A : R^{m x n}, y : R^m, w : R^n
assume forall v : R^n. ||A w - y|| <= ||A v - y||
show A^T A w = A^T y

let A : R^{m x n}, y : R^m
show forall v : R^n. ||A A^+ y - y|| <= ||A v - y||

let c, d, w : R^n, v : R^n
assume w = argmin_v (||v - c||^2 + ||v - d||^2)
show w = 1/2 (c + d)

let c, d, v : R^n, a > 0, b > 0
show 1/(a+b) (a c + b d) = argmin_v (a ||v - c||^2 + b ||v - d||^2)

let A : R^{m x n}, B : R^{p x n}, y : R^m, z : R^p, w : R^n
show (forall v : R^n. ||A w - y||^2 + ||B w - z||^2 <= ||A v - y||^2 + ||B v - z||^2) <==> A^T (A w - y) = B^T (z - B w)

let S : R^{n x n}, b, w : R^n
assume spd(S), forall v : R^n. b^T v - 1/2 v^T S v <= b^T w - 1/2 w^T S w
show S w = b

let S : R^{n x n}, b, w : R^n
assume symmetric(S), forall v : R^n. 1/2 w^T S w - b^T w <= 1/2 v^T S v - b^T v
show S w = b

let S : R^{n x n}, b, w : R^n
assume psd(S)
show S w = b ==> (forall v : R^n. 1/2 w^T S w - b^T w <= 1/2 v^T S v - b^T v)

let Q : R^{n x n}, c, x, u : R^n
assume spd(Q), x = argmin_u (u^T Q u + c^T u)
show x = -1/2 Q^{-1} c

let A : R^{m x n}, y : R^m, w, u : R^n
assume w = argmin_u (1/2 ||y - A u||^2 + 1/2 ||u||^2)
show (I + A^T A) w = A^T y

let A : C^{m x n}, y : C^m, w, v : C^n, lambda > 0
assume w = argmin_v (||A v - y||^2 + lambda ||v||^2)
show w = (A^* A + lambda I)^{-1} A^* y

let A : C^{m x n}, y : C^m, w, v, z : C^n, lambda > 0
assume w = argmin_v (||A v - y||^2 + lambda ||v - z||^2)
show (A^* A + lambda I) w = A^* y + lambda z

let A : C^{m x n}, y : C^m, v, z : C^n, lambda > 0
show (A^* A + lambda I)^{-1} (A^* y + lambda z) = argmin_v (||A v - y||^2 + lambda ||v - z||^2)

let X : R^{m x n}, D : R^{n x n}, r : R^m, beta, u : R^n
assume spd(D), beta = argmin_u (1/2 ||X u - r||^2 + 1/2 u^T D u)
show beta = (X^T X + D)^{-1} X^T r

let X : R^{m x n}, r : R^m, beta, b0, u : R^n, c > 0
assume beta = argmin_u (c ||u - b0||^2 + ||r - X u||^2)
show beta = b0 + (c I + X^T X)^{-1} X^T (r - X b0)

let A : R^{m x n}, W : R^{m x m}, y : R^m, w, v : R^n
assume spd(W), rank(A) = n, w = argmin_v ((A v - y)^T W (A v - y))
show A^T W A w = A^T W y

let A : R^{m x n}, L : R^{p x n}, y : R^m, w, v : R^n, lambda > 0
assume w = argmin_v (||A v - y||^2 + lambda ||L v||^2)
show A^T (A w - y) + lambda L^T L w = 0

let A : R^{m x n}, y : R^m, v : R^n, lambda > 0
show A^T (A A^T + lambda I)^{-1} y = argmin_v (||A v - y||^2 + lambda ||v||^2)

let S : R^{n x n}, b, w, v : R^n
assume spd(S)
show w = argmin_v (1/2 v^T S v - b^T v) <==> S w = b

let A : R^{m x n}, y : R^m, w : R^n
show (forall v : R^n. ||A w - y|| <= ||A v - y||) <==> A^T (A w - y) = 0

let A : R^{m x n}, y : R^m, w, v : R^n, lambda > 0
assume w = argmin_v (||A v - y||^2 + lambda ||v||^2)
show lambda w = A^T (y - A w)

let P, Q : R^{n x n}, p, q, v, w : R^n
assume spd(P), spd(Q), w = argmin_v ((v - p)^T P (v - p) + (v - q)^T Q (v - q))
show w = (P + Q)^{-1} (P p + Q q)

let A : R^{m x n}, y : R^m, G : R^{n x n}, z, v, w : R^n
assume psd(G), forall v : R^n. ||A w - y||^2 + (w - z)^T G (w - z) <= ||A v - y||^2 + (v - z)^T G (v - z)
show A^T (A w - y) = G (z - w)

let H : C^{n x n}, b, w, v : C^n
assume spd(H), w = argmin_v (v^* H v - b^* v - v^* b)
show w = H^{-1} b
""".strip().split("\n\n")

NOT_PROVED = r"""
let A : R^{m x n}, y : R^m, w, v, z : R^n, lambda > 0
assume w = argmin_v (||A v - y||^2 + lambda ||v - z||^2)
show w = (A^T A + lambda I)^{-1} (A^T y - lambda z)

let A : R^{m x n}, y : R^m, w, v, z : R^n, lambda > 0
assume w = argmin_v (||A v - y||^2 + lambda ||v - z||^2)
show w = (A^T A + 2 lambda I)^{-1} (A^T y + 2 lambda z)

let A : R^{m x n}, G : R^{n x n}, y : R^m, w, v : R^n
assume spd(G), w = argmin_v (||A v - y||^2 + 1/2 v^T G v)
show (A^T A + G) w = A^T y

let S : R^{n x n}, b, w, v : R^n
assume spd(S), w = argmin_v (v^T S v - b^T v)
show S w = b

let S : R^{n x n}, b, w : R^n
assume symmetric(S), S w = b
show forall v : R^n. 1/2 w^T S w - b^T w <= 1/2 v^T S v - b^T v

let S : R^{n x n}, b, w : R^n
assume psd(S), S w = b
show w = argmin_v (1/2 v^T S v - b^T v)

let S : R^{n x n}, b, w : R^n
assume forall v : R^n. 1/2 w^T S w - b^T w <= 1/2 v^T S v - b^T v
show S w = b

let S : R^{n x n}, b, w : R^n
assume psd(S)
show (forall v : R^n. 1/2 w^T S w + b^T w <= 1/2 v^T S v + b^T v) <==> S w = b
""".strip().split("\n\n")


@pytest.mark.parametrize("text", PROVED)
def test_what_is_true_is_proved_without_an_oracle(text: str) -> None:
    assert_proved_without_oracle(text)


@pytest.mark.parametrize("text", NOT_PROVED)
def test_what_is_false_is_not_proved(text: str) -> None:
    assert_not_proved(text)
