r"""Sums and integrals without end that are left standing: their values, to tell right ones from wrong ones.

    \sum_{k=1}^\infty 1/k^2      1.6449..., so it is pi^2/6, but it is not computed
    \lim_{n \to \infty} \sum_{k=1}^n 1/k^2      \sum_{k \ge 1} 1/k^2      \int_0^\infty e^{-x} dx

Partial sums at 8, 16, ..., 512 are extrapolated as polynomials in 1/N, and again at 9, 17, ..., 513: a sum has a
value where the two agree.  Integrals are added up after a substitution that makes the integrand fall off twice
exponentially; they have a value where half the step gives the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from flint import acb, acb_mat, arb

from lemmata.grade.evaluate.arithmetic import NoValue, Value, as_ball, scalar
from lemmata.grade.evaluate.probe import Instance
from lemmata.grade.spelling.libraries import summand_end
from lemmata.grade.spelling.pieces import IllTyped, read_term
from lemmata.grade.values import evaluate
from lemmata.kernel.term import Term, symbol, symbols_of
from lemmata.terms.errors import ReadError
from lemmata.terms.scope import Scope

__all__ = ["Diverges", "endless", "improper_integral", "series", "within"]

POINTS = (8, 16, 32, 64, 128, 256, 512)
_INFINITY = r"(?:\{\s*\+?\s*(?:\\infty|∞|oo)\s*\}|\\infty(?![A-Za-z])|∞)"
_START = r"_\s*\{\s*(?P<name>[a-zA-Z])\s*(?:=|\\geq?q?(?![a-z])|\\geqslant|≥|>=)\s*(?P<low>-?\d{1,3})\s*\}"
_LIMITS = r"\s*(?:\\(?:no)?limits)?\s*"
_SUM = re.compile(rf"\\sum{_LIMITS}{_START}\s*(?:\^\s*{_INFINITY}\s*)?(?P<body>[^_^\s])")
_LIMIT_OF_SUM = re.compile(
    r"\s*\\lim_\s*\{\s*(?P<last>[a-zA-Z])\s*(?:\\to|\\rightarrow|→)\s*(?:\\infty|∞|oo)\s*\}(?P<before>[^=]*?)"
    rf"\\sum{_LIMITS}{_START}\s*\^\s*(?:\{{\s*(?P=last)\s*\}}|(?P=last)(?![A-Za-z]))(?P<body>.*)",
    re.DOTALL,
)
_END = r"(?:\{(?P<%s>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}|(?P<%s1>\\[a-z]+|[-∞\w]))"
_INTEGRAL = re.compile(
    rf"\s*\\int{_LIMITS}_\s*{_END % ('low', 'low')}\s*\^\s*{_END % ('high', 'high')}(?P<body>.+?)"
    r"(?:\\[,;: !]|\s)*(?:\\mathrm\s*\{\s*d\s*\}|\\mathrm\s+d|d)\s*(?P<name>\\?[A-Za-z]+)\s*", re.DOTALL
)  # fmt: skip


class Diverges(NoValue):
    """There is no value: the partial sums grow, upwards or not."""

    def __init__(self, message: str, upwards: bool) -> None:
        super().__init__(message)
        self.upwards = upwards


def endless(text: str, scope: Scope) -> tuple[str, Callable[[Instance], Value]] | None:
    """("sum", how to compute it) where all of the text is one sum or integral without end; None elsewhere."""
    try:
        return _sum(text, scope) or _integral(text, scope)
    except (ReadError, IllTyped, ValueError):
        return None


# --- sums -----------------------------------------------------------------------------------------


def _sum(text: str, scope: Scope) -> tuple[str, Callable[[Instance], Value]] | None:
    found = _SUM.search(text)
    if found and text.count("\\sum") == 1 and "\\lim" not in text:
        end = summand_end(text, found.start("body"))
        rest = _number(f"{text[: found.start()]} \\sigma_{{97}} {text[end:]}", scope)
        body = _number(text[found.start("body") : end], scope)
        letter, whole = _letter(body, found["name"]), _letter(rest, "sigma_97")
        low = int(found["low"])

        def total(at: Instance) -> Value:
            value = series(_summand(body, letter, at), low)
            return evaluate(rest, {**at.values, whole: value}, at.dims)

        return "sum", total
    found = _LIMIT_OF_SUM.fullmatch(text)
    if found is None or summand_end(text, found.start("body")) < len(text.rstrip()):
        return None
    start, last = int(found["low"]), found["last"]
    body, before = _number(found["body"], scope), _number(found["before"].strip() or "1", scope)
    letter = _letter(body, found["name"])

    def value(at: Instance) -> Value:
        def sums(points: tuple[int, ...]) -> list[acb]:
            values = []
            for p in points:
                here = {**at.values, _letter(body, last): scalar(p), _letter(before, last): scalar(p)}
                moved = Instance(at.dims, here)
                sum_there = _partial(_summand(body, letter, moved), start, (p,))[0]
                values.append(_entry(moved.value(before)) * sum_there)
            return values

        moving = last in {s.name for t in (body, before) for s in symbols_of(t)}
        return _limit(sums) if moving else series(_summand(body, letter, at), start)

    return "limit", value


def _number(text: str, scope: Scope) -> Term:
    term = read_term(text.strip(), scope)
    if not term.is_scalar:
        raise IllTyped("a sum of numbers")
    return term


def _letter(term: Term, name: str) -> Term:
    return next((s for s in symbols_of(term) if s.name == name), symbol(name, 1, 1))


def _summand(body: Term, letter: Term, at: Instance) -> Callable[[int], acb]:
    return lambda k: _entry(evaluate(body, {**at.values, letter: scalar(k)}, at.dims))


def _entry(value: Value) -> acb:
    return as_ball(value)[0, 0]


def series(summand: Callable[[int], acb], start: int) -> Value:
    """The sum of the values of a function at start, start + 1, ...  Raises NoValue, Diverges."""
    return _limit(lambda points: _partial(summand, start, points))


def _partial(summand: Callable[[int], acb], start: int, points: tuple[int, ...]) -> list[acb]:
    """The sums up to these points."""
    found: list[acb] = []
    total = acb(0)
    for k in range(start, points[-1] + 1):
        total += summand(k)
        if k in points:
            found.append(total)
    return found


def _limit(sums: Callable[[tuple[int, ...]], list[acb]]) -> Value:
    """The limit of a sequence, from its values at even and at odd places."""
    even = sums(POINTS)
    if _grows(even):
        raise Diverges("the partial sums grow without end", bool(even[-1].real > even[0].real))
    if abs(even[-1] - even[-2]).upper() < 1e-20:
        return acb_mat([[within(even[-1], 1e-18)]])
    odd = sums(tuple(p + 1 for p in POINTS))
    limits = [_extrapolated(v, shift) for shift, v in enumerate((even, odd))]
    if any(abs(a - b).upper() > 1e-12 * (1 + abs(a).upper()) for a in limits for b in limits):
        raise NoValue("no limit was found")
    return acb_mat([[within(limits[0], 1e-12)]])


def _grows(values: list[acb]) -> bool:
    """Whether doubling the number of summands adds as much as it did before, or more."""
    steps = [abs(b - a) for a, b in pairwise(values)]
    growing = all(bool(b.lower() > a.upper() * 0.99) for a, b in pairwise(steps[-4:]))
    return growing and bool(steps[-1].lower() > 1e-6)


def _extrapolated(values: list[acb], shift: int) -> acb:
    table = list(values)
    steps = [Fraction(1, p + shift) for p in POINTS]
    for level in range(1, len(table)):
        last = table[1]
        for i in range(len(table) - level):
            a, b = steps[i], steps[i + level]
            table[i] = table[i + 1] * _ball(a / (a - b)) - table[i] * _ball(b / (a - b))
    if abs(table[0] - last).upper() > 1e-9 * (1 + abs(last).upper()):
        raise NoValue("no limit was found")
    return table[0]


def _ball(q: Fraction) -> acb:
    return _entry(scalar(q))


# --- integrals ------------------------------------------------------------------------------------


def _integral(text: str, scope: Scope) -> tuple[str, Callable[[Instance], Value]] | None:
    found = _INTEGRAL.fullmatch(text)
    if found is None:
        return None
    low, high = (str(found[n] or found[n + "1"]).strip() for n in ("low", "high"))
    infinite = [bool(re.fullmatch(r"[-−+]?\s*(?:\\infty|∞|oo)", end)) for end in (low, high)]
    if not any(infinite) or (infinite[0] and low[0] not in "-−") or (infinite[1] and high[0] in "-−"):
        return None
    body = _number(found["body"], scope)
    letter = _letter(body, found["name"].lstrip("\\"))
    fixed = None if all(infinite) else _number(high if infinite[0] else low, scope)

    def value(at: Instance) -> Value:
        base = None if fixed is None else _entry(at.value(fixed))

        def integrand(x: acb) -> acb:
            return _entry(evaluate(body, {**at.values, letter: acb_mat([[x]])}, at.dims))

        return improper_integral(integrand, *((None, base) if infinite[0] else (base, None)))

    return "integral", value


def improper_integral(integrand: Callable[[acb], acb], low: acb | None, high: acb | None) -> Value:
    """The integral between two ends; None is an infinite one, and at finite ends the integrand may be infinite.

    Not enclosed: it has a value where half the step gives the same to eleven digits.  Raises NoValue.
    """

    def moved(t: acb) -> tuple[acb, acb]:
        """The point that the substitution makes of t, and its derivative there."""
        inner, slope = t.sinh() * acb.pi() / 2, t.cosh() * acb.pi() / 2
        if low is None and high is None:
            return inner.sinh(), inner.cosh() * slope
        if low is not None and high is not None:
            half = (high - low) / 2
            # The distance from the nearer end, not a difference of almost equal numbers.
            near = (high - low) / (1 + (2 * abs(inner)).exp())
            x = low + near if bool(inner.real < 0) else high - near
            return x, half * slope / inner.cosh() ** 2
        x = inner.exp()
        return (high - x if low is None else low + x), x * slope  # type: ignore[operator]

    def at(t: acb) -> acb:
        x, slope = moved(t)
        return integrand(x.mid()) * slope

    rough, fine = (sum((at(acb(k) / n) for k in range(-4 * n, 4 * n + 1)), acb(0)) / n for n in (16, 32))
    if not bool(abs(rough - fine).upper() < 1e-11 * (1 + abs(fine).upper())):
        raise NoValue("no value of the integral was found")
    return acb_mat([[within(fine, 1e-11)]])


def within(value: acb, error: float) -> acb:
    """The ball around a value that is known up to a relative error."""
    radius = (1 + abs(value).upper()) * error
    return value + acb(arb(0, radius), arb(0, radius if value.imag != 0 else 0))
