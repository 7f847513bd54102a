"""True facts that the oracle must decide: one a line, in claim text.

Rational and polynomial inequalities, exponentials, powers, logarithms, sines, limits with parameters.
"""

from __future__ import annotations

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.oracle import Decision, decide
from lemmata.terms.claims import read_claims


def decision(text: str) -> Decision:
    """What the oracle says of one claim; the lines of the claim text are divided by semicolons."""
    claims = read_claims(text.replace(";", "\n"))
    (shown,) = claims.shows
    return decide(Statement((*claims.given, *claims.definitions), shown.prop), seconds=20)


# Of singular values, parameters and coordinates.
PARAMETERS = """
let s, lambda : positive; show s^2 + lambda != 0
let s : positive, t : nonnegative; show 1 + t s^2 > 0
let s, lambda : positive; show s/(s^2+lambda) <= 1/(2 sqrt(lambda))
let s, lambda, mu : positive; assume lambda <= mu; show 1/(s+mu) <= 1/(s+lambda)
let s, mu, N : positive; assume mu N^2 <= 2; assume s <= N; show (1-mu s^2)^2 <= 1
let s, mu : positive, x, y : real; assume mu s^2 <= 2; show (x - mu s (s x - y) - y/s)^2 <= (x - y/s)^2
let s, mu : positive, x, y : real; assume mu s^2 <= 2; show (s(x - mu s (s x - y)) - y)^2 <= (s x - y)^2
let s, u, v : real; assume 0 <= s; assume s <= 1; show s (1-s) (u-v)^2 >= 0
let a, b : real, c : positive; show a b <= c a^2 + b^2/(4 c)
let s : real; assume 0 <= s; assume s <= 1; show s^2 <= s
let a, b : nonnegative; show sqrt(a b) <= (a+b)/2
let u, v : real, c : positive; show 2 u v <= c u^2 + v^2/c
let s, lambda, mu : positive, v : real; assume lambda <= mu; \
show (lambda/(s^2+lambda))^2 v^2 <= (mu/(s^2+mu))^2 v^2
let x : real; show exp(x) >= 1 + x
let x : nonnegative; show exp(-x) <= 1/(1+x)
let x : nonnegative; show |1/(1+x) - exp(-x)| <= 0.2037
let x : positive; show (1-exp(-x))^2 (1+x)^2/x^2 <= 1.6862
let x : real; show x exp(-x) <= exp(-1)
let x : nonnegative; show x exp(-x) <= exp(-1)
let x : nonnegative; show ln(1+x) <= x
let x : real; assume x > -1; show ln(1+x) <= x
let x : nonnegative; show sin(x) <= x
let x : real; show 1/2 (exp(x) + exp(-x)) >= 1
let x : real; show exp(x) >= e x
let x : real; show (sin(x))^2 <= 1
let x : real, k : natural; assume 0 <= x; assume x <= 1; show (1-x)^k <= exp(-k x)
let x : real, k : natural; assume x >= -1; show (1+x)^k >= 1 + k x
let s, mu : positive, k : natural; assume mu s^2 <= 2; show |1 - mu s^2|^k <= 1
let s, mu : positive, k : natural; assume mu s^2 <= 2; show (1 - mu s^2)^(2k) <= 1
let s : positive, r, t : nonnegative; assume r <= t; show exp(-t s^2) <= exp(-r s^2)
let a : positive, r, t : nonnegative, v : real; assume r <= t; \
show (1-exp(-r a))^2 v^2 <= (1-exp(-t a))^2 v^2
let a : positive, t : nonnegative, v : real; show exp(-2 t a) v^2 <= v^2
let a : positive, t : nonnegative, v : real; show exp(-t a) <= 1/(1+t a)
let a : positive, t : nonnegative, y : real; show (exp(-t a))^2 y^2 <= (1/(1+t a))^2 y^2
let s, lambda : positive; show lim_{lambda -> 0+} s/(s^2+lambda) = 1/s
let s : positive, t : nonnegative, y, w : real; \
show lim_{t -> oo} ((1-exp(-t s^2))/s y + exp(-t s^2) w) = y/s
let s, mu, N : positive, k : natural; assume mu N^2 < 2; assume s <= N; show lim_{k -> oo} (1-mu s^2)^k = 0
let s, mu, N : positive, k : natural; assume mu s^2 < 2; show lim_{k -> oo} (1-mu s^2)^k = 0
let x : real; show lim_{x -> oo} x exp(-x) = 0
let x : real; show lim_{x -> 0} (1-exp(-x))/x = 1
let x : real; show lim_{x -> 0} sin(x)/x = 1
let k : natural; show lim_{k -> oo} (1+1/(k+1))^k = e
let s, lambda : positive; show lim_{lambda -> oo} s/(s^2+lambda) = 0
let x : positive; show ln(x) <= x - 1
let a, b, c : nonnegative; show a b c <= (a^3+b^3+c^3)/3
let a, b, c : real; show a b + b c + c a <= a^2 + b^2 + c^2
let x : real; show cosh(x) >= 1
let x : real; show |tanh(x)| <= 1
let x : real; show |sin(x)| <= 1
"""

# Of the textbooks.
TEXTBOOK = """
let x : positive; show (1-exp(-x))^2 (1+x)^2/x^2 <= 1.68592
let x : real; show x^2 >= 0
let x, y : real; show x^2 + y^2 >= 2 x y
let x, y : real; show x^4 + y^4 >= x^3 y + x y^3
let x, y, z : real; show x^2 y^2 + y^2 z^2 + z^2 x^2 >= x y z (x + y + z)
let x : real; show x^4 - x + 1/2 > 0
let x : real; show x^2 - x + 1 > 0
let x : real; assume x^2 <= 2; show x <= 1.41422
let a, b : positive; show a/b + b/a >= 2
let a, b, c : positive; show a/(b+c) + b/(c+a) + c/(a+b) >= 3/2
let a, b, c, d : real; show (a c + b d)^2 <= (a^2+b^2)(c^2+d^2)
let a, b : nonnegative; show sqrt(a+b) <= sqrt(a) + sqrt(b)
let x : nonnegative; show sqrt(1+x) <= 1 + x/2
let x, y : positive; show 2/(1/x+1/y) <= sqrt(x y)
let x : real; assume 0 <= x; assume x <= 1; show x (1-x) <= 1/4
let x, y : real; assume x^2 + y^2 <= 1; show x + y <= 3/2
let x, y : real; assume x^2 + y^2 = 1; show x^2 <= 1
let x : real; show x/(1+x^2) <= 1/2
let s, t : real; assume 0 <= t; assume t <= 1; assume 0 <= s; assume s <= 1; show s t <= (s+t)/2
let mu, L : positive, x : real; assume mu L <= 1; show 0 <= 1 - mu L
let mu, L, s : positive; assume mu <= 1/L; assume s <= L; show |1 - mu s| <= 1 - mu s
let mu, L, m, s : positive; assume mu <= 2/(L+m); assume m <= s; assume s <= L; show |1 - mu s| <= 1 - mu m
let x : real; show exp(x) > 0
let x : real; show exp(-x^2) <= 1
let x : real; show exp(-x^2) <= 1/(1+x^2)
let x : real; show exp(x) exp(-x) = 1
let x, y : real; show exp(x+y) = exp(x) exp(y)
let x : real; show cosh(x)^2 - sinh(x)^2 = 1
let x : real; show (sin(x))^2 + (cos(x))^2 = 1
let x : real; show cosh(x) >= 1 + x^2/2
let x : nonnegative; show sinh(x) >= x
let x : nonnegative; show tanh(x) <= x
let x : real; show |sinh(x)| <= cosh(x)
let x : real; show 1 - x^2/2 <= cos(x)
let x : nonnegative; show x - x^3/6 <= sin(x)
let x : real; show |sin(x)| <= |x|
let x : real; show sin(x) cos(x) <= 1/2
let x : positive; show ln(x) <= x/e
let x : positive; show ln(x) >= 1 - 1/x
let x : positive; show x ln(x) >= -1/e
let x : positive; show x ln(x) >= x - 1
let x : nonnegative; show ln(1+x) >= x - x^2/2
let x : nonnegative; show ln(1+x) >= x/(1+x)
let x : nonnegative; show ln(1+x) >= 2 x/(2+x)
let x, y : positive; show ln(x y) = ln(x) + ln(y)
let x, y : positive; assume x <= y; show ln(x) <= ln(y)
let x, y : real; assume x <= y; show exp(x) <= exp(y)
let x, y : real; assume x < y; show exp(x) < exp(y)
let x, y : real; show exp((x+y)/2) <= (exp(x)+exp(y))/2
let t, a, b : positive; assume a <= b; show exp(-t b) <= exp(-t a)
let a, t : positive; show (1 - exp(-t a))/a <= t
let a, t : positive; show (1 - exp(-t a))/a <= 1/a
let a, t : positive; show (1 - exp(-t a))/a >= t/(1 + t a)
let a, t : positive; show t exp(-t a) <= (1 - exp(-t a))/a
let a, b, t : positive; assume a <= b; show (1 - exp(-t b))/b <= (1 - exp(-t a))/a
let x : positive; show x^2 exp(-x) <= 4 exp(-2)
let x : nonnegative; show exp(-2 x) + 2 x >= 1
let s, t : positive; show s exp(-t s^2) <= 1/sqrt(2 e t)
let s, t : positive; show s^2 exp(-t s^2) <= 1/(e t)
let s, lambda : positive; show s^2/(s^2+lambda) < 1
let s, lambda : positive; show 1 - s^2/(s^2+lambda) = lambda/(s^2+lambda)
let s, t, lambda : positive; assume lambda = 1/t; show exp(-t s^2) <= lambda/(s^2+lambda)
let s, t, lambda : positive, y : real; assume t lambda = 1; \
show (exp(-t s^2) y)^2 <= (lambda/(s^2+lambda) y)^2
let s, t : positive; show |1/(1+t s^2) - exp(-t s^2)| <= 0.2037
let s, t : positive; show ((1-exp(-t s^2))/s - s/(s^2+1/t))^2 <= 0.0415/s^2
let k : natural, a : real; assume 0 <= a; assume a <= 1; show (1-a)^k <= 1/(1+k a)
let k : natural, a : real; assume 0 <= a; assume a <= 2; show (1-a)^(2k) <= 1
let k : natural, a : real; assume 0 <= a; assume a < 2; show lim_{k -> oo} (1-a)^(2k) a = 0
let k : natural, r : real; assume |r| < 1; show lim_{k -> oo} (1 - r^(k+1))/(1-r) = 1/(1-r)
let k : natural; show (1+1/(k+1))^k <= e
let k : natural; show k <= 2^k
let x : real; show lim_{x -> 0} (cos(x)-1)/x^2 = -1/2
let x : real; show lim_{x -> 1} (x^2-1)/(x-1) = 2
let x : positive; show lim_{x -> 0+} x ln(x) = 0
let x : positive; show lim_{x -> oo} ln(x)/x = 0
let x : real, a : real; show lim_{x -> 0} (exp(a x) - 1)/x = a
let x : real; show lim_{x -> oo} tanh(x) = 1
let x : real; show lim_{x -> oo} x^5 exp(-x/10) = 0
let x : real; show lim_{x -> oo} (sqrt(x^2+x) - x) = 1/2
let x : real; show lim_{x -> oo} sin(x)/x = 0
let t : nonnegative, s, r : positive; show lim_{t -> oo} (exp(-t s) + exp(-t r)) = 0
let lambda, s : positive, y : real; show lim_{lambda -> 0+} lambda y/(s^2+lambda) = 0
let lambda, s : positive, y : real; show lim_{lambda -> 0+} (s y/(s^2+lambda) - y/s)/lambda = -y/s^3
let lambda, s : positive, y : real; show lim_{lambda -> oo} lambda s/(s^2+lambda) y = s y
let t, s : positive; show lim_{t -> 0+} (1-exp(-t s^2))/t = s^2
let x : real; show x > 0 ==> x + 1/x >= 2
let x, y : real; show x^2 + y^2 = 0 ==> x = 0
let x : real; assume x != 0; show x/x = 1
let x, y, c : real; assume c > 0; assume x <= y; show c x <= c y
let x, y : real; assume x >= 1; assume y >= 1; show x y >= 1
let x, y, z : real; assume x <= y; assume y <= z; show x <= z
let x, y : real; show max(x, y) >= x
let x, y : real; show |x + y| <= |x| + |y|
let x, y : real; show |x y| = |x| |y|
let x : real; show arctan(x) <= 2
let x : nonnegative; show arctan(x) <= x
let p, q, a, b : positive; assume 1/p + 1/q = 1; assume p = 2; show a b <= a^2/p + b^2/q
let t : nonnegative, a : positive; show d/dt exp(-t a) = -a exp(-t a)
let x : real; assume 0 <= x; assume x <= 1; show exp(-x) <= 1 - x + x^2/2
let x : real; assume 0 <= x; assume x <= 1; show exp(x) <= 1 + x + x^2
let x : real; assume x < 1; assume x >= 0; show exp(x) <= 1/(1-x)
let x : real; assume x^2 <= 1; show |x| <= 1
let s, N, mu : positive, k : natural; assume mu N^2 <= 1; assume s <= N; show (1 - mu s^2)^k <= 1
let s, N, m, mu : positive, k : natural; assume mu N^2 <= 1; assume s <= N; assume m <= s; \
show (1 - mu s^2)^k <= (1 - mu m^2)^k
let s, N, m, mu : positive, k : natural; assume mu N^2 <= 1; assume s <= N; assume m <= s; \
show (1 - mu s^2)^(2k) <= (1 - mu m^2)^(2k)
let s, m, t : positive, y : real; assume m <= s; show exp(-2 t s^2) y^2 <= exp(-2 t m^2) y^2
"""

# Harder ones.
HARDER = """
let x, y : real; show x^2 + x y + y^2 >= 0
let x, y, z : real; show x^4 + y^4 + z^4 >= x y z (x+y+z)
let x, y : real; show x^4 y^2 + x^2 y^4 - 3 x^2 y^2 + 1 >= 0
let a, b, c, d : nonnegative; show a b c d <= ((a+b+c+d)/4)^4
let a, b, c : positive; show (a+b)(b+c)(c+a) >= 8 a b c
let a, b, c : positive; show (a+b+c)(1/a+1/b+1/c) >= 9
let x1, x2, y1, y2 : real; show sqrt((x1+y1)^2 + (x2+y2)^2) <= sqrt(x1^2+x2^2) + sqrt(y1^2+y2^2)
let x, y, t : real; assume 0 <= t; assume t <= 1; show (t x + (1-t) y)^2 <= t x^2 + (1-t) y^2
let a, b, c : positive; show a^2/b + b^2/c + c^2/a >= a + b + c
let s, N, mu : positive; assume mu < 2/N^2; assume s <= N; show |1 - mu s^2| < 1
let s, N, m, mu : positive; assume mu < 2/N^2; assume s <= N; assume m <= s; show (1 - mu s^2)^2 <= 1
let s, lambda : positive, u, v : real; \
show (lambda/(s^2+lambda) u)^2 + (s/(s^2+lambda) v)^2 <= u^2 + v^2/(4 lambda)
let s, lambda : positive; show s^2/(s^2+lambda)^2 <= 1/(4 lambda)
let s, lambda, mu : positive; assume lambda <= mu; show s/(s^2+mu) <= s/(s^2+lambda)
let s, lambda, mu : positive; assume lambda <= mu; show |1/(s+lambda) - 1/(s+mu)| <= (mu - lambda)/s^2
let s, r, lambda : positive; assume s <= r; show s^2/(s^2+lambda) <= r^2/(r^2+lambda)
let s, m, lambda : positive; assume m <= s; show lambda/(s^2+lambda) <= lambda/(m^2+lambda)
let s, t, r : nonnegative; show exp(-t s) exp(-r s) = exp(-(t+r) s)
let s : positive, t : nonnegative, w, y : real; \
show (exp(-t s^2) w + (1-exp(-t s^2)) y/s - y/s)^2 <= (w - y/s)^2
let s : positive, t : nonnegative, w, y : real; \
show (s(exp(-t s^2) w + (1-exp(-t s^2)) y/s) - y)^2 <= (s w - y)^2
let s, m : positive, t : nonnegative, w, y : real; assume m <= s; \
show (exp(-t s^2) w + (1-exp(-t s^2)) y/s - y/s)^2 <= exp(-2 m^2 t) (w - y/s)^2
let s : positive, r, t : nonnegative, w, y : real; assume r <= t; \
show (exp(-t s^2) w + (1-exp(-t s^2)) y/s - y/s)^2 <= (exp(-r s^2) w + (1-exp(-r s^2)) y/s - y/s)^2
let t, s : positive; show (1 - exp(-t s^2))/s <= t s
let t, s : positive; show (1 - exp(-t s^2))/s <= sqrt(t)
let t, s : positive; show (1 - exp(-t s^2))/s <= 0.6382 sqrt(t)
let t, s : positive; show (1 - exp(-t s^2))^2 <= t s^2
let t, s : positive; show (1 - exp(-t s))/(1 + exp(-t s)) <= t s/2
let t, s : positive; show ((1-exp(-t s^2))/s)^2 <= 1.6862 (s/(s^2 + 1/t))^2
let t, s, lambda : positive; assume lambda = 1/t; show ((1-exp(-t s^2))/s)^2 <= 1.6862 (s/(s^2 + lambda))^2
let t, s, lambda : positive, y : real; assume t = 1/lambda; \
show (((1-exp(-t s^2))/s - s/(s^2+lambda)) y)^2 <= (0.2037 y/s)^2
let t, s : positive; show (exp(-t s^2) - 1/(1+t s^2))^2 <= 0.2037^2
let t, s : positive; show exp(-t s^2) <= 1/(1 + t s^2 + t^2 s^4/2)
let k : natural, s, mu : positive; assume mu s^2 <= 1; show (1 - mu s^2)^k <= exp(-mu s^2 k)
let k : natural, s, mu : positive; assume mu s^2 <= 1; show (1 - (1 - mu s^2)^k)/s <= k mu s
let k : natural, s, mu : positive; assume mu s^2 <= 1; show (1 - mu s^2)^(k+1) <= (1 - mu s^2)^k
let k : natural, s, mu : positive, y, w : real; assume mu s^2 < 2; \
show lim_{k -> oo} ((1 - mu s^2)^k w + (1 - (1 - mu s^2)^k) y/s) = y/s
let k : natural, mu, s, N : positive; assume mu < 2/N^2; assume s <= N; show lim_{k -> oo} (1-mu s^2)^k = 0
let k : natural, mu, s, N : positive; assume mu <= 1/N^2; assume s <= N; show lim_{k -> oo} (1-mu s^2)^k = 0
let k : natural, r : real; assume -1 < r; assume r < 1; show lim_{k -> oo} k r^k = 0
let x : real; show lim_{x -> oo} (1 + 1/x)^x = e
let x, a : positive; show lim_{x -> oo} (1 + a/x)^x = exp(a)
let k : natural, a : positive; show lim_{k -> oo} (1 - a/(k+1))^k = exp(-a)
let k : natural; show lim_{k -> oo} (k^2+1)/(2 k^2 + k + 1) = 1/2
let x : positive; show lim_{x -> 0+} x^x = 1
let lambda, s : positive; show lim_{lambda -> 0+} sqrt(s^2 + lambda) = s
let lambda, s : positive; show lim_{lambda -> 0+} sqrt(lambda)/(s^2 + lambda) = 0
let t, s : positive; show lim_{t -> oo} t exp(-t s^2) = 0
let t, s : positive; show lim_{t -> oo} 1/(1 + t s^2) = 0
let t, s, lambda : positive; show lim_{t -> oo} (exp(-t s^2) - exp(-2 t s^2))/exp(-t s^2) = 1
let x : real; show lim_{x -> oo} exp(-x) sin(x) = 0
let x : real; show lim_{x -> -oo} exp(x) = 0
let x : real; show lim_{x -> oo} x^2 = oo
let x, a : real; show lim_{x -> a} x^2 = a^2
let x, a : real; show lim_{x -> a} (x^2 - a^2)/(x - a) = 2 a
let x : real; show lim_{x -> 0} (exp(x) - 1 - x)/x^2 = 1/2
let x : real; show lim_{x -> 0} (1+x)^(1/x) = e
let x : real; show lim_{x -> 0+} exp(-1/x) = 0
let x : real; show lim_{x -> 0} tan(x)/x = 1
let x : real; show lim_{x -> 0} ln(1+x)/x = 1
let x : real; assume x > 0; assume x < 1; show ln(x) < 0
let x : real; assume x > 1; show ln(x) > 0
let x : real; assume x >= 0; assume x <= 1; show sin(x) >= 0
let x : real; assume x >= 0; assume x <= pi; show sin(x) >= 0
let x : real; assume 0 <= x; assume x <= pi/2; show sin(x) >= 2 x/pi
let x : real; assume 0 <= x; assume x < pi/2; show tan(x) >= x
let x : real; show exp(x) + exp(-x) <= 2 exp(x^2/2)
let x : nonnegative; show exp(x) >= 1 + x + x^2/2
let x : real; show exp(x) >= 1 + x + x^2/2 + x^3/6
let x : real; show 1/(1+exp(-x)) < 1
let x : real; show exp(-x)/(1+exp(-x))^2 <= 1/4
let x : real; show ln(1+exp(x)) >= x
let x : real; show ln(1+exp(x)) > 0
let x : real; show ln(1+exp(x)) <= ln(2) + |x|
let x, y : real; show ln((exp(x)+exp(y))/2) >= (x+y)/2
let x, y : positive; show (x - y)(ln(x) - ln(y)) >= 0
let x, y : positive; show x ln(x/y) >= x - y
let x : positive; show x + 1/x >= 2
let x : positive, p : real; show x^p x^(-p) = 1
let x : positive, t : nonnegative; assume x <= 1; show x^t <= 1
let x : positive, a, b : real; show x^(a+b) = x^a x^b
let x : real; show 2^x > 0
let k : natural; show 2^k >= 1 + k
let k : natural; show (1/2)^k <= 1
let n : natural; show 2^(n+1) = 2 2^n
let n : natural; show (-1)^(2n) = 1
let x : real; show x^3 - 3 x + 2 <= (x+2) (x-1)^2
let x, y : real; assume x y >= 1; assume x > 0; show y > 0
let x, y : real; assume x^3 = y^3; show x = y
let x, y : real; assume x + y = 1; show x y <= 1/4
let x, y, z : real; assume x + y + z = 3; show x^2 + y^2 + z^2 >= 3
let x, y : nonnegative; assume x^2 <= y^2; show x <= y
let x, y : nonnegative; assume x <= y; show sqrt(x) <= sqrt(y)
let x, y : real; assume |x| <= 1; assume |y| <= 1; show |x y| <= 1
let x, y : real; assume |x| <= y; show x^2 <= y^2
let x, y : real; assume x^2 <= y^2; assume y >= 0; show |x| <= y
let x : real; assume |x - 1| < 1; show x > 0
let mu, a, b : real; assume mu > 0; assume mu a <= mu b; show a <= b
let a, b, c : real; assume a < b; assume b < c; show a < c
let x : real; assume x^2 - 3 x + 2 = 0; assume x != 1; show x = 2
let x, y : real; assume x > 0; assume y > 0; show x/y > 0
let a, b : positive; assume a b = 1; show a + b >= 2
let x : real; show x^2 > 0 or x = 0
let x : real; show not (x^2 < 0)
let a, b : real; assume a >= 0; assume b >= 0; show (a+b)^2 >= a^2 + b^2
"""


@pytest.mark.parametrize("text", [line for line in (PARAMETERS + TEXTBOOK + HARDER).splitlines() if line])
def test_a_true_fact_is_decided_and_confirmed(text: str) -> None:
    found = decision(text)
    assert found.holds is True, found.why
    assert "ball arithmetic" in found.how
    assert found.why == ""
