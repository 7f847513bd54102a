# ruff: noqa: E501 - one claim a row
"""Spellings that are easily read as something else, and domains that are easily forgotten.

Each row is a claim text, whether it is true, and the mark of a known bug.  What is not understood may be
refused with a ReadError; what is read must not be decided wrongly.
"""

from __future__ import annotations

import pytest

from lemmata.prove.answer import answer
from lemmata.terms.claims import read_claims
from lemmata.terms.errors import ReadError

TRUE, FALSE = ("refuted", "rejected"), ("proved",)


CASES = [
    # the derivative at a point
    (r"let x : R^n(t); show \dot x(0) = 0", FALSE, ""),
    (r"let x : R^n(t); show \dot{x}(0) = 0", FALSE, ""),
    (r"let x : R^n(t); show x'(0) = 0", FALSE, ""),
    (r"let x : R^n(t); show dx/dt(0) = 0", FALSE, ""),
    (r"let x, y : R^n(t); assume x(0) = y(0); show \dot x(0) = \dot y(0)", FALSE, ""),
    (r"let A : R^{n x n}, x : R^n(t); assume \dot x = A x; show \dot x(0) = A x(0)", TRUE, ""),
    (r"let x : R^n(t); assume \dot x = 0; show \dot x(0) = 0", TRUE, ""),
    # initial values that nobody declares
    (
        "let A : R^{m x n}, mu : real; define x_k = (I - mu A^T A)^k x_0; show x_{k+1} = x_k - mu A^T A x_k",
        TRUE,
        "",
    ),
    (
        "let A : R^{m x n}, w : R^n(t); define w(t) = e^{-t A^T A} w_0; show d/dt w = -A^T A w",
        TRUE,
        "",
    ),
    # derivatives in vectors and matrices
    (r"let x : R^n; show d/dx (x^T x) = 0", FALSE, ""),
    (r"let x : R^n; show \frac{\partial}{\partial x} (x^T x) = 0", FALSE, ""),
    (r"let A : R^{n x n}; show d/dA trace(A) = 0", FALSE, ""),
    (r"let A : R^{n x n}; show d/dA A = 0", FALSE, ""),
    (r"let s : real, A : R^{n x n}; show d/ds (s A) = A", TRUE, ""),
    # complex scalars
    ("let c : complex; show |c|^2 = c^* c", TRUE, ""),
    ("let c, d : complex; show |c d| = |c| |d|", TRUE, ""),
    ("let c : complex, x : C^n; show ||c x|| = |c| ||x||", TRUE, ""),
    ("let c : complex; show |c|^2 = c^2", FALSE, ""),
    ("let c : complex; show c = c^*", FALSE, ""),
    ("let c : complex, A : C^{m x n}; show (c A)^* = c A^*", FALSE, ""),
    ("let A : C^{n x n}; show tr(A^T) = tr(A)", TRUE, ""),
    ("let x : C^n; show x^* x >= 0", TRUE, ""),
    # hypotheses at one time and at all times
    ("let f, g : R(t); assume f(0) = g(0); show f = g", FALSE, ""),
    ("let f : R(t); assume f = 0; show d/dt f = 0", TRUE, ""),
    ("let f, g : R(t); assume f <= g; show d/dt f <= d/dt g", FALSE, ""),
    ("let f : R(t); show f = 0 ==> d/dt f = 0", FALSE, ""),
    (r"let x : R^n(t); assume \dot x(0) = 0; show \dot x = 0", FALSE, ""),
    # "P or Q" is claimed of each time apart
    (r"let x, y : R(t); assume x \dot y = 0; show x = 0 or y = y(0)", FALSE, ""),
    ("let x, y : R(k); assume x_k (y_{k+1} - y_k) = 0; show x_k = 0 or y_k = y_0", FALSE, ""),
    (r"let y : R(t), c : R; show t = c or \dot y = 0", FALSE, ""),
    (r"let y : R(t), s : R; assume s \dot y = 0; show s = 0 or y = y(0)", TRUE, ""),
    ("let A : R^{n x n}; show A^{-1} = 0 or A^{-1} A = I", FALSE, ""),
    ("let x : R^n(k); assume x_0 = 0; show x_k = 0", FALSE, ""),
    ("let x : R^n(k); show x_{k+1} = x_k", FALSE, ""),
    # clocks, bound letters, and hypotheses that hold at all times
    (r"let w : R^n(t), s : time; assume \dot w = -w; show lim_{t -> oo} w(s) = 0", FALSE, ""),
    ("let x : R^n(k), N : natural; assume x_{k+1} = 1/2 x_k; show lim_{k -> oo} x_N = 0", FALSE, ""),
    (r"let w : R(t), s : time; assume \dot w = 1; show d/dt (w(s)) = 1", FALSE, ""),
    (r"let w : R(t), s : time; assume \dot w = -w; show forall v : R. d/dt (v w(s)) = -v w(s)", FALSE, ""),
    (r"let w : R(t), s : time; assume \dot w = 1; show d/dt (w(s)) = 0", TRUE, ""),
    (r"let w : R(t), s, r : time; assume \dot w = w; show lim_{t->oo} (e^{-2t} w(s) w(r)) = 0", TRUE, ""),
    (r"let w : R(t), v : R(s); assume \dot w = 1; show d/ds (w(s) + v) = 1", FALSE, ""),
    (r"let w : R(t), v : R(s); assume \dot w = 1, w(0) = 0, d/ds v = 1, v(0) = 0; show w(s) = v", TRUE, ""),
    (
        r"let s : positive, f : real; assume f = 1/s; show \nabla_s (s^2) = 2 s and lim_{s -> oo} f = 0",
        FALSE,
        "",
    ),
    (r"let x, r : R^n; assume r = x; show (forall x : R^n. r = x) and \nabla_x ||x||^2 = 2 r", FALSE, ""),
    (
        r"let A : R^{m x n}, x : R^n, y, r : R^m; assume r = A x - y; show forall x : R^n. \nabla_x ||r||^2 = 2 A^T r",
        FALSE,
        "",
    ),
    (
        r"let A : R^{m x n}, x : R^n, y, r : R^m; assume r = A x - y; show \nabla_x ||A x - y||^2 = 0",
        FALSE,
        "",
    ),
    (
        r"let A : R^{m x n}, x : R^n, y, r : R^m; assume r = A x - y; show \nabla_x ||A x - y||^2 = 2 A^T r",
        TRUE,
        "",
    ),
    ("let c : complex; assume not (c <= 0); show c > 0", FALSE, ""),
    (r"let w : R(t), t : real; assume \dot w >= 0; show w >= w(0)", FALSE, ""),
    ("let x : R(k), k : positive; assume x_{k+1} = x_k; show x_1 = x_0", TRUE, ""),
    (r"let A : R^{m x n}, w : R^n(t), b : R^m; assume b = A w; show A \dot w = 0", TRUE, ""),
    ("let b : R, x : R(k); assume b = x_k; show x_{k+1} = x_k", TRUE, ""),
    ("let c : real, w : R(t); assume c = w^2; show w = w(0) or w = -w(0)", TRUE, ""),
    (r"let w : R(t); assume w = w(0) + t; show \dot w = 1", TRUE, ""),
    ("let A : R^{m x n}, x : R^n(k); assume A x_k = A x_0; show A x_{k+1} = A x_k", TRUE, ""),
    (r"let A : R^{m x n}, w : R^n(t); assume w - w(0) in Null(A); show A \dot w = 0", TRUE, ""),
    (
        r"let A : R^{m x n}, w : R^n(t), y : R^m(t); assume w = argmin_v (||A v - y||^2 + ||v||^2); show \dot w = (A^T A + I)^{-1} A^T \dot y",
        TRUE,
        "",
    ),
    ("let x : R^n(k); assume forall u : R^n. u^T x_k = 0; show x_{k+1} = 0", TRUE, ""),
    (r"let A : R^{m x n}(t), v : R^n; assume v in Null(A); show \dot A v = 0", TRUE, ""),
    (r"let w : R(t); assume ||w|| <= 0; show \dot w = 0", TRUE, ""),
    ("let w : R(t); assume w = 1 or w = -1; show w = w(0)", TRUE, ""),
    (r"let S : R^{n x n}(t), v : R^n; assume psd(S), v^T S v = 0; show \dot S v = 0", TRUE, ""),
    ("let x, y : R(k); assume x_k = 0 ==> y_k = 0; show x_{k+1} = 0 ==> y_{k+1} = 0", TRUE, ""),
    (r"let S : R^{n x n}, w : R^n(t); assume spd(S), \dot w = S w, ||w|| <= 1; show w = 0", TRUE, ""),
    ("let x : R(k); assume x_{k+1} = 2 x_k, ||x_k|| <= 5; show x_k = 0", TRUE, ""),
    ("let a : real; show a/a = 1 or a = 0", TRUE, ""),
    ("let a : real; show a = 0 or a/a = 1", TRUE, ""),
    ("let A : R^{m x n}; show not (rank(A) = n) or (A^T A)^{-1} A^T = A^+", TRUE, ""),
    ("let x : R(k); assume x_0 = 0, ||x_{k+1}|| <= ||x_k||; show x_k = 0", TRUE, ""),
    (r"let w : R(t); assume w(0) = 0, ||\dot w|| <= ||w||; show w = 0", TRUE, ""),
    (r"let w : R(t), a : positive; assume ||\dot w|| <= a; show w + a t >= w(0)", TRUE, ""),
    ("let W : R^{n x n}(k); assume ||W_{k+1}||_F <= ||W_k||; show ||W_{k+1}||_F <= ||W_0||", TRUE, ""),
    ("let s, f : positive; assume f = 1/s; show lim_{s -> oo} f = 1/s", TRUE, ""),
    ("let x : R(k); assume k = 1; show x_{k-1} = x_0", TRUE, ""),
    ("let x : R(k); assume x_{k+1} = 2 x_k, k = 3; show x_{k-1} = 4 x_0", TRUE, ""),
    ("let lambda : positive; define c = 2; define w(lambda) = lambda^2; show w(c) = 4", TRUE, ""),
    ("let lambda : positive; define w(lambda) = lambda^2; show w(w(2)) = 16", TRUE, ""),
    ("let s : real; define f = s + 1; show forall s : positive. f > 1", TRUE, ""),
    (r"let w : R(t), c : real; assume w + c t = w(0); show \dot w = -c", TRUE, ""),
    ("let x : R(k); assume x_k - k = x_0; show x_{k+1} = x_k + 1", TRUE, ""),
    ("let w : R(t); assume w(0) = 1; assume w^2 >= 1; show w > 0", TRUE, ""),
    ("let w, v : R(t); assume w v = 1, w(0) > 0; show w > 0", TRUE, ""),
    ("let x : R^n(k), N : natural; assume x_k = x_N; show x_k = x_0", TRUE, ""),
    (r"let w : R^n(t), s : time; assume w = w(s); show \dot w = 0", TRUE, ""),
    ("let w : R(t); assume w(2 t) = 2 w; show w(0) = 0", TRUE, ""),
    ("let x : R(k); assume x_{2 k} = x_k; show x_2 = x_1", TRUE, ""),
    (
        r"let S : R^{n x n}, x, b : R^n; assume symmetric(S), S x = b; show \nabla_x (1/2 x^T S x - b^T x) = 0",
        TRUE,
        "",
    ),
    (r"let x, y : R^n, c, d : real; assume ||x||^2 = d; show \nabla_x (||x||^2 - d) = 2 x", TRUE, ""),
    (
        r"let A : R^{m x n}, x : R^n, y, r : R^m; assume r = A x - y; show \nabla_x (1/2 ||r||^2) = A^T r",
        TRUE,
        "",
    ),
    (
        r"let A : R^{m x n}, x : R^n, y, r : R^m; assume r = A x - y; show \nabla_x (1/2 ||A x - y||^2) = A^T r",
        TRUE,
        "",
    ),
    (
        r"let S : R^{n x n}, x, b : R^n; assume symmetric(S), S x = b; show \nabla_x (1/2 x^T S x - b^T x) = b",
        FALSE,
        "",
    ),
    ("let x : R(k); assume x_{2 k} = x_k; show x_3 = x_1", FALSE, ""),
    ("let w : R(t); assume w(2 t) = 2 w; show w(0) = 1", FALSE, ""),
    (r"let x, r, q : R^n; assume r = x, q = r; show \nabla_x (q^T x) = q", FALSE, ""),
    # empty products, vanishing scalars, roots
    ("let P : R^{n x n}, k : natural; assume projection(P); show P^k = P", FALSE, ""),
    ("let k : natural; show 0^k = 0", FALSE, ""),
    ("let A : R^{n x n}; show A^0 = I", TRUE, ""),
    ("let s : real; show s^{-1} s = 1", FALSE, ""),
    ("let s : real; show s^+ s = 1", FALSE, ""),
    (r"let s : real; show \sqrt{s^2} = s", FALSE, ""),
    (r"let s : real; show \sqrt{s}^2 = s", FALSE, ""),
    # singular values are positive, matrices need not be
    ("let A : R^{n x n}; show A >= 0", FALSE, ""),
    ("let A : R^{n x n}; show A + A >= A", FALSE, ""),
    ("let A : R^{n x n}; show A A^T A >= 0", FALSE, ""),
    ("let A : R^{n x n}; show A^+ >= 0", FALSE, ""),
    ("let A : R^{n x n}; show -A^T <= 0", FALSE, ""),
    ("let A : R^{n x n}; assume symmetric(A); show A <= 2 A", FALSE, ""),
    ("let A : R^{n x n}; assume A >= 0; show A <= 2 A", TRUE, ""),
    ("let A : R^{n x n}, x : R^n; show x^T A x >= 0", FALSE, ""),
    # a complex number is not its own adjoint
    ("let A : C^{m x n}, y : C^m, x : C^n; show y^* A x = x^* A^* y", FALSE, ""),
    ("let A : C^{m x n}, x, z : C^n; show x^* A^* A z = z^* A^* A x", FALSE, ""),
    ("let A : R^{m x n}, x, z : R^n; show x^T A^T A z = z^T A^T A x", TRUE, ""),
    # order relations between matrices say that the difference is symmetric
    ("let A, B : R^{n x n}; assume A >= B; show symmetric(A - B)", TRUE, ""),
    ("let A, B : R^{n x n}; assume A >= B; show symmetric(A)", FALSE, ""),
    ("let A : R^{n x n}; show A >= 0 or A <= 0", FALSE, ""),
    ("let A : R^{n x n}; assume forall x : R^n. x^T A x >= 0; show psd(A)", FALSE, ""),
    ("let A : R^{n x n}; assume forall x : R^n. x^T A x = 0; show A = 0", FALSE, ""),
    # sizes that happen to be one
    ("let A : R^{1 x n}, B : R^{n x 1}; show A B = B^T A^T", TRUE, ""),
    ("let a, b : R^n; show a b^T = b a^T", FALSE, ""),
    ("let A : R^{2 x 3}; show rank(A) = 2", FALSE, ""),
    # limits and what they bind
    (
        "let A : R^{m x n}, lambda : positive; show lim_{lambda -> 0+} (A^T A + lambda I)^{-1} = (A^T A)^+",
        FALSE,
        "",
    ),
    ("let A : R^{m x n}; show lim_{t -> oo} t e^{-t A^T A} = 0", FALSE, ""),
    (
        "let A : R^{m x n}, lambda : positive; assume lambda = 1; show lim_{lambda -> 0+} lambda A = A",
        FALSE,
        "",
    ),
    ("let A : R^{m x n}, t : real; show e^{-t A^T A} <= I", FALSE, ""),
    ("let S : R^{n x n}; assume symmetric(S); show lim_{t -> oo} e^{-t S} = I - S^+ S", FALSE, ""),
]


@pytest.mark.parametrize(("text", "wrong", "bug"), CASES, ids=[c[0] for c in CASES])
def test_is_not_decided_wrongly(text: str, wrong: tuple[str, ...], bug: str) -> None:
    try:
        (found,) = answer(read_claims(text, semicolons=True), 2.0)
        failed = found["verdict"] in wrong
    except ReadError:
        failed = False
    except Exception as error:  # a traceback is a failure like a wrong verdict
        if not bug:
            raise
        found, failed = {"verdict": repr(error)}, True
    if bug:
        assert failed, "this bug is mended: remove its mark"
        pytest.xfail(bug)
    assert not failed, found
