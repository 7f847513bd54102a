"""Near misses: each line is false, by a constant, a sign, an end point or a missing hypothesis.

None may be accepted.  Where the oracle finds an exact point of failure it says so.
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
    return decide(Statement((*claims.given, *claims.definitions), shown.prop), seconds=2)


NEAR_MISSES = """
let x : nonnegative; show |1/(1+x) - exp(-x)| <= 0.2035
let x : nonnegative; show (1-exp(-x))^2 (1+x)^2/x^2 <= 1.6862
let x : real; show exp(x) > 1 + x
let x : nonnegative; show exp(-x) < 1/(1+x)
let x : real; show exp(-x) <= 1/(1+x)
let x : real; assume x >= -1; show exp(-x) <= 1/(1+x)
let s, mu : positive; show (1-mu s^2)^2 <= 1
let s, mu : positive; assume mu s^2 <= 2.0000001; show (1-mu s^2)^2 <= 1
let s, mu : positive; assume mu s^2 <= 2; show (1-mu s^2)^2 < 1
let s, mu, N : positive; assume mu N^2 <= 2; assume N <= s; show (1-mu s^2)^2 <= 1
let s, lambda, mu : positive; assume mu <= lambda; show 1/(s+mu) <= 1/(s+lambda)
let s, lambda, mu : positive; assume lambda <= mu; show 1/(s+mu) < 1/(s+lambda)
let s : real, lambda : nonnegative; show s^2 + lambda != 0
let s : positive, lambda : real; show s^2 + lambda != 0
let s, lambda : positive; show s/(s^2+lambda) < 1/(2 sqrt(lambda))
let s, lambda : positive; show s/(s^2+lambda) <= 0.4999/sqrt(lambda)
let s : positive; show lim_{t -> oo} exp(-t s^2) = 1
let s, lambda : positive; show lim_{lambda -> 0+} s/(s^2+lambda) = s
let s : real, lambda : positive; show lim_{lambda -> 0+} s/(s^2+lambda) = 1/s
let s : nonnegative, lambda : positive; show lim_{lambda -> 0+} s/(s^2+lambda) = 1/s
let s : positive, a : real; show lim_{t -> oo} exp(-t a) = 0
let s, mu : positive, k : natural; show lim_{k -> oo} (1-mu s^2)^k = 0
let s, mu : positive, k : natural; assume mu s^2 <= 2; show lim_{k -> oo} (1-mu s^2)^k = 0
let x : real; show lim_{x -> oo} x = 0
let x : real; show lim_{x -> oo} sin(x) = 0
let x : real; show lim_{x -> 0} abs(x)/x = 1
let x : real; show lim_{x -> 0} 1/x = 0
let x : real; show 1/x * x = 1
let x : real; show sqrt(x)^2 = x
let x : real; show sqrt(x^2) = x
let x : real; show ln(x) <= x - 1
let x : nonnegative; show ln(x) <= x - 1
let x : positive; show ln(x) < x - 1
let x : real, k : natural; show (1+x)^k >= 1 + k x
let x : real, k : natural; assume x >= 0; show (1-x)^k <= exp(-k x)
let a : positive, r, t : nonnegative; assume t <= r; show exp(-t a) <= exp(-r a)
let a : positive, r, t : nonnegative; assume r <= t; show exp(-t a) < exp(-r a)
let a : real, t : nonnegative; show exp(-t a) <= 1
let x : nonnegative; show sin(x) < x
let x : real; show sin(x) <= x
let x : real; show cosh(x) > 1
let x : real; show exp(x) >= e x + 0.0001
let x : real; show x exp(-x) < exp(-1)
let x : real; show x exp(-x) <= 0.3678
let a, b : nonnegative; show sqrt(a b) < (a+b)/2
let a, b : real; show sqrt(a b) <= (a+b)/2
let a, b, c : real; show a b c <= (a^3+b^3+c^3)/3
let k : natural; show (1+1/k)^k <= e
let k : natural; show lim_{k -> oo} (1+1/(k+1))^k = 2.718281828
let x : real; show tan(x) = sin(x)/cos(x)
let u, v : real, c : real; show 2 u v <= c u^2 + v^2/c
let x : nonnegative; show x^2 >= x
let x : natural; show x^2 > x
let x : real; show (x^2-1)/(x-1) = x+1
let x : nonnegative; show exp(-x) >= 1 - x + x^2/2
let x : nonnegative; show exp(-x) <= 1 - x + 0.49 x^2
let x : real; show tanh(x) < 0.99999
let x : real; show exp(-x^2) >= 1 - 0.999 x^2
let x : real; assume x^2 <= 2; show x <= 1.41421
let x : real; show x^4 - 2 x^2 + 1 > 0
let x : real; show x^2 - 2.0000001 x + 1 >= 0
let x, y : real; show x^2 y^2 (x^2 + y^2 - 3) + 0.999 >= 0
let x : positive; show (1-exp(-x))^2 (1+x)^2/x^2 <= 1.6859
let x : real; show (1-exp(-x))^2 (1+x)^2/x^2 <= 1.6862
let x : real; assume x >= -1; show ln(1+x) <= x
let s, lambda, mu : positive; show (lambda/(s^2+lambda))^2 <= (mu/(s^2+mu))^2
let s, mu : positive, x, y : real; show (x - mu s (s x - y) - y/s)^2 <= (x - y/s)^2
let s, u, v : real; assume 0 <= s; show s (1-s) (u-v)^2 >= 0
let s, u, v : real; assume s <= 1; show s (1-s) (u-v)^2 >= 0
let a, b, c : real; show a b <= c a^2 + b^2/(4 c)
let a, b : real, c : positive; show a b <= c a^2 + b^2/(4.001 c)
let a, b : real, c : positive; show a b < c a^2 + b^2/(4 c)
let s : real; assume 0 <= s; show s^2 <= s
let s : real; assume 0 <= s; assume s <= 1.0001; show s^2 <= s
let s, mu : positive, k : natural; show |1 - mu s^2|^k <= 1
let s, mu : positive, k : natural; assume mu s^2 <= 2; show |1 - mu s^2|^k < 1
let s, mu : positive, k : natural; assume mu s^2 < 2; show |1 - mu s^2|^k < 1
let a : real, k : natural; assume 0 <= a; assume a <= 2; show (1-a)^k >= 0
let a : real, k : natural; show (1-a)^(2k) <= 1
let a : nonnegative, t : nonnegative, v : real; show exp(-2 t a) v^2 < v^2
let a : real, r, t : nonnegative, v : real; assume r <= t; show exp(-t a)^2 v^2 <= exp(-r a)^2 v^2
let a : positive, t : nonnegative; show exp(-t a) < 1/(1+t a)
let s, t : positive; show s exp(-t s^2) <= 0.999/sqrt(2 e t)
let t, s : positive; show (1 - exp(-t s^2))/s <= 0.638 sqrt(t)
let x : positive; show x ln(x) >= -0.3678
let p : real; assume 0 < p; assume p < 1; show -p ln(p) - (1-p) ln(1-p) < ln(2)
let p : real; assume 0 <= p; assume p < 1; show -p ln(p) - (1-p) ln(1-p) <= ln(2)
let x : real; show ln(1+exp(x)) <= |x|
let x : real; show lim_{x -> 0+} 1/x = -oo
let x : real; show lim_{x -> 0} 1/x = oo
let x : real; show lim_{x -> oo} exp(-x) sin(x) = 1
let k : natural, r : real; show lim_{k -> oo} r^k = 0
let k : natural, r : real; assume |r| <= 1; show lim_{k -> oo} r^k = 0
let k : natural, r : real; assume r < 1; show lim_{k -> oo} r^k = 0
let k : natural; show lim_{k -> oo} (-1)^k = 1
let lambda : positive, s : real; show lim_{lambda -> 0+} s^2/(s^2+lambda) = 1
let lambda : positive, s : real; show lim_{lambda -> 0+} lambda/(s^2+lambda) = 0
let lambda, s : positive; show lim_{lambda -> 0+} lambda^2/(s^2+lambda) = lambda
let x, a, b : real; show lim_{x -> oo} (a x + 1)/(b x + 1) = a/b
let x, a : real; show lim_{x -> oo} exp(a x)/(1+exp(a x)) = 1
let x : real; show lim_{x -> 0} sqrt(x) = 0
let x : real; show lim_{x -> 0-} sqrt(x) = 0
let x : real; show lim_{x -> 0} sqrt(x^2)/x = 1
let x : positive; show lim_{x -> oo} ln(x)/x = 1
let x : positive; show lim_{x -> 0+} ln(x) = 0
let t : nonnegative, a : nonnegative; show lim_{t -> oo} exp(-t a) = 0
let x, y : real; assume x y >= 1; show y > 0
let x, y : real; assume x^2 = y^2; show x = y
let x, y : real; assume x^2 <= y^2; show x <= y
let x : real; assume x^2 - 3 x + 2 = 0; show x = 2
let x : real; show x != 0 ==> x > 0
let x : real; show 1/x > 0 ==> x > 0
let x : real; show x > 0 or x < 0
let a, b : real; show max(a, b) > a
let a, b : real; show |a - b| <= |a| - |b|
let x : real; show sin(x)^2 + cos(x)^2 = 2
let x : real; assume 0 <= x; assume x <= 3.15; show sin(x) >= 0
let x : real; assume 0 <= x; assume x <= pi; show sin(x) > 0
let x : real; assume 0 <= x; assume x <= pi/2; show tan(x) >= x
let x : real, t : real; show x^t > 0
let x : real; show x^(1/3) x^(2/3) = x
let k : natural; show 0^k = 0
let x : positive; show x^x >= 0.6922
let x : positive, a : real; show x^a >= x
let x, y : real; show x^4 y^2 + x^2 y^4 - 3.0001 x^2 y^2 + 1 >= 0
let a, b, c, d : nonnegative; show a b c d <= ((a+b+c+d)/4.0001)^4
let a, b, c : positive; show a/(b+c) + b/(c+a) + c/(a+b) > 3/2
let a, b, c : real; show (a+b)(b+c)(c+a) >= 8 a b c
let x : real; assume x < 1; show exp(x) < 1/(1-x)
let x : real; show 1/(1+exp(-x)) <= 0.9999
let k : natural; show (1+1/(k+1))^k <= 2.718
let k : natural; show 2^k > 1 + k
let n : natural; show (-1)^n = 1
"""


@pytest.mark.parametrize("text", NEAR_MISSES.strip().splitlines())
def test_a_false_statement_is_never_accepted(text: str) -> None:
    found = decision(text)
    assert found.holds is not True, found.how
    assert found.why
