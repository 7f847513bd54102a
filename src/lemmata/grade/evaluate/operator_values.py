r"""The values of sums, products, integrals, brackets and binomials at an instance of the other letters.

    \sum_{i=1}^n (2i - 1) at n = 4      added up: 16
    \int_0^1 x^2 dx                     of a polynomial: exactly, from its values at as many points as its degree asks
    \int_0^1 e^{-x^2} dx                by the quadrature of Arb: a ball that contains the value
    \sum_{k=1}^\infty, \int_0^\infty    extrapolated, or after a substitution: to some ten digits

A letter that counts (n above) has a natural number as its value, declared or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from flint import acb, acb_mat, arb, fmpq_mat

from lemmata.grade.evaluate.arithmetic import (
    NoValue,
    Undefined,
    Value,
    as_ball,
    close,
    enclosed,
    plus,
    rational,
    scalar,
    times,
)
from lemmata.grade.evaluate.endless import improper_integral, series, within
from lemmata.grade.evaluate.extrapolation import limit_value
from lemmata.grade.evaluate.piecewise_values import at_borders, piecewise
from lemmata.grade.evaluate.probe import Instance, instances
from lemmata.grade.reading.operators import Operator
from lemmata.grade.reading.sequences import element, elements_of, is_sequence
from lemmata.grade.values import agree, evaluate
from lemmata.kernel.term import Term, make, substitute, subterms, symbol, symbols_of
from lemmata.terms.forms import infinity, zero

__all__ = ["alike", "counted_instances", "extended", "outside_of_cases"]

MOST_SUMMANDS = (200, 40, 14)  # of a sum; of one with another sum in it; and so on
MOST_DEGREE = 60
EVALUATIONS = 4000  # of an integrand: more are needed only where it is infinite somewhere
FAR = (7, 9, 12)  # naturals beyond those that instances draw
CLOSE = Fraction(1, 10**9)
_BRANCHES = ("sqrt", "log", "abs")


def extended(at: Instance, operators: Sequence[Operator]) -> Instance:
    """The instance with values for the letters of these operators.  Raises NoValue."""
    if not operators:
        return at
    return Instance(at.dims, {**at.values, **{o.letter: _value(o, at) for o in operators}})


def counted_instances(
    letters: Sequence[Term], given: Sequence[Term], operators: Sequence[Operator], count: int = 24
) -> list[Instance]:
    """Instances of the letters, natural numbers for those that count, with values for the operators."""
    counting = set().union(*(o.counting() for o in operators))
    twins = {s: symbol(s.name, 1, 1, "natural") for s in letters if s in counting and s.is_scalar}
    # From 1 to a positive number there is no pole of 1/x.
    running = {o.variable for o in operators if o.kind == "antiderivative"} - counting
    twins |= {s: symbol(s.name, 1, 1, "positive") for s in letters if s in running}
    back = {twin: s for s, twin in twins.items()}
    sequences = [s for s in letters if is_sequence(s)]
    drawn: Sequence[Instance] = instances(
        tuple(twins.get(s, s) for s in letters if s not in sequences),
        tuple(substitute(g, twins) for g in given),
        count,
    )
    if sequences:
        if len(drawn) < count:  # no other letters: one instance, and as many sequences as are wanted
            drawn = [drawn[n % len(drawn)] for n in range(count)]
        drawn = [
            Instance(i.dims, {**i.values, **{s: elements_of(s, n) for s in sequences}})
            for n, i in enumerate(drawn)
        ]
    found: list[Instance] = []
    tried = [
        *drawn,
        *at_borders(drawn, operators, given),
        *_far(drawn, {twins[s] for s in twins if s in counting}),
    ]
    # What depends on no letter is computed once.
    closed = [o for o in operators if not o.free() and not drawn[0].dims]
    known = extended(Instance({}, {}), closed).values
    others = [o for o in operators if o not in closed]
    for i in tried:
        plain = Instance(i.dims, {**{back.get(s, s): v for s, v in i.values.items()}, **known})
        try:
            found.append(extended(plain, others))
        except NoValue as error:
            why = error
    if 3 * len(found) < len(tried):
        raise why
    return found


def outside_of_cases(
    operators: Sequence[Operator], right: Term, letters: Sequence[Term], given: Sequence[Term],
    others: Sequence[Operator],
) -> Instance | None:  # fmt: skip
    """An instance where ``right``, with its operators ``others``, has a value and no case of these operators holds."""
    if not any(o.kind == "cases" for o in operators):
        return None
    drawn = list(instances(tuple(letters), tuple(given)))
    for at in [*drawn, *at_borders(drawn, (*operators, *others), given)]:
        try:
            extended(at, others).value(right)
        except NoValue:
            continue
        try:
            extended(at, operators)
        except NoValue:
            return at
    return None


def _far(drawn: Sequence[Instance], natural: set[Term]) -> list[Instance]:
    if not natural:
        return []
    return [Instance(drawn[-1].dims, {**drawn[-1].values, **dict.fromkeys(natural, scalar(n))}) for n in FAR]


def alike(one: Value, two: Value) -> bool:
    """Equal; to nine digits where one of them was extrapolated, so that more are not known."""
    if agree(one, two):
        return True
    if not (_rough(one) or _rough(two)):
        return False
    size = max(1.0, *(abs(complex(x.mid())) for x in as_ball(two).entries()))
    return close(one, two, CLOSE * Fraction(min(size, 1e30)))


def _rough(value: Value) -> bool:
    return not rational(value) and any(bool(x.rad() > 1e-20) for x in value.entries())


# --- one operator -------------------------------------------------------------------------------------


def _at(term: Term, inner: Sequence[Operator], at: Instance) -> Value:
    here = [o for o in inner if o.letter in _letters(term)]
    return evaluate(term, extended(at, here).values, at.dims)


@lru_cache(maxsize=512)
def _letters(term: Term) -> frozenset[Term]:
    return frozenset(symbols_of(term))


def _body(o: Operator, x: Value, at: Instance) -> Value:
    here = {**at.values, o.variable: x}
    if o.sequences:
        here |= {indexed: element(at.values[whole], _whole(x)) for indexed, whole in o.sequences}
    return _at(o.body, o.inner, Instance(at.dims, here))


@enclosed
def _value(o: Operator, at: Instance) -> Value:
    if o.kind == "binomial":
        return _binomial(*(_at(t, o.inner, at) for t in (o.body, o.low)))
    if o.kind == "cases":
        return piecewise(o, extended(at, o.inner), lambda value: _at(value, o.inner, at))
    if o.kind in ("sum", "product"):
        return _counted(o, at)
    return _difference(o, at) if o.kind == "bracket" else _integral(o, at)


def _whole(value: Value) -> int:
    if not rational(value) or int(value[0, 0].q) != 1:
        raise NoValue("a sum or a product between limits that are no integers")
    return int(value[0, 0].p)


def _counted(o: Operator, at: Instance) -> Value:
    first = _whole(_at(o.low, o.inner, at))
    if o.high is infinity() and o.kind == "sum" and not o.inner:
        return series(lambda k: as_ball(_body(o, scalar(k), at))[0, 0], first)
    last = _whole(_at(o.high, o.inner, at))
    if last - first >= MOST_SUMMANDS[min(o.depth, 2)]:
        raise NoValue("a sum or a product of hundreds of terms")
    combine = plus if o.kind == "sum" else times
    total: Value = scalar(0 if o.kind == "sum" else 1)
    if not o.letter.is_scalar:
        total = evaluate(zero(*o.letter.shape), at.values, at.dims)
    for k in range(first, last + 1):
        total = combine(total, _body(o, scalar(k), at))
    return total


def _binomial(above: Value, below: Value) -> Value:
    k = _whole(below)
    if k > MOST_SUMMANDS[0]:
        raise NoValue("a very large binomial coefficient")
    total: Value = scalar(int(k >= 0))
    for j in range(k):
        total = times(total, times(plus(above, scalar(-j)), scalar(Fraction(1, j + 1))))
    return total


def _difference(o: Operator, at: Instance) -> Value:
    ends = []
    for end in (o.low, o.high):
        if infinity() in (end, *end.args):
            values = {**at.values, **extended(at, o.inner).values} if o.inner else at.values
            limit = limit_value(make("limit", (o.body, o.variable, end), ""), values, at.dims)
            ends.append(acb_mat([[within(as_ball(limit)[0, 0], 1e-10)]]))
        else:
            ends.append(_body(o, _at(end, o.inner, at), at))
    return plus(ends[1], times(scalar(-1), ends[0]))


# --- integrals ------------------------------------------------------------------------------------------


def _integral(o: Operator, at: Instance) -> Value:
    if o.endless:
        fixed = [
            None if infinity() in (e, *e.args) else as_ball(_at(e, o.inner, at))[0, 0]
            for e in (o.low, o.high)
        ]
        if o.low is infinity() or (fixed[1] is None and o.high is not infinity()):
            raise NoValue("an integral downwards from infinity")
        return improper_integral(lambda x: as_ball(_body(o, acb_mat([[x]]), at))[0, 0], fixed[0], fixed[1])
    low, high = (_at(e, o.inner, at) for e in (o.low, o.high))
    degree = _degree(o.body, o.variable, o.inner)
    if degree is not None and rational(low) and rational(high):
        values = [_body(o, scalar(k), at) for k in range(degree + 1)]
        if all(rational(v) for v in values):
            return _of_polynomial(values, low, high)
    ends = as_ball(low)[0, 0], as_ball(high)[0, 0]
    branches = [t for t in subterms(o.body) if _branches(t) and o.variable in symbols_of(t)]

    def integrand(z: acb, analytic: bool) -> acb:
        values = {**at.values, o.variable: acb_mat([[z]])}
        try:
            for node in branches:  # innermost first
                values[node] = acb_mat([[_branch(node, values, o, at, analytic)]])
            return as_ball(_at(o.body, o.inner, Instance(at.dims, values)))[0, 0]
        except Undefined:  # a ball with a zero of a denominator in it: smaller ones will do
            return acb("nan")

    tiny = arb(2) ** -130
    found = acb.integral(integrand, *ends, rel_tol=tiny, abs_tol=tiny, eval_limit=EVALUATIONS)
    if found.is_finite() and bool(found.rad() < 1e-30 * (1 + float(abs(found).upper()))):
        return acb_mat([[found]])
    # An integrand that is infinite at an end, as 1/sqrt(x) at 0.
    return improper_integral(lambda x: as_ball(_body(o, acb_mat([[x]]), at))[0, 0], *ends)


def _branches(node: Term) -> bool:
    """Whether a function with a branch cut, or not analytic at all, is applied last."""
    if node.head == "power":
        return node.args[1].head != "number" or node.args[1].value.denominator != 1
    return node.head == "call" and node.value in _BRANCHES


def _branch(node: Term, values: dict[Term, Value], o: Operator, at: Instance, analytic: bool) -> acb:
    """The value of such a function, not finite where an analytic one was asked for and the cut is near."""
    here = Instance(at.dims, values)
    x, *more = (as_ball(_at(a, o.inner, here))[0, 0] for a in node.args)
    if node.head == "power":
        return x.pow(more[0], analytic=analytic)
    if node.value == "abs":
        return x.real_abs(analytic=analytic)
    return x.sqrt(analytic=analytic) if node.value == "sqrt" else x.log(analytic=analytic)


def _degree(term: Term, x: Term, inner: Sequence[Operator]) -> int | None:
    """A bound for the degree in x where the term is built as a polynomial in it; None elsewhere."""
    if term is x:
        return 1
    for o in inner:
        if term is o.letter:
            return _degree_of(o, x)
    if not term.args:
        return 0
    degrees = [_degree(a, x, inner) for a in term.args]
    if not any(degrees):
        return None if None in degrees else 0
    known = [d for d in degrees if d is not None]
    if term.head == "power" and term.args[1].head == "number":
        n = term.args[1].value
        return (
            int(n) * known[0] if n.denominator == 1 and 0 <= n <= 40 and known[0] * n <= MOST_DEGREE else None
        )
    if term.head not in ("add", "mul") or len(known) < len(degrees):
        return None
    total = max(known) if term.head == "add" else sum(known)
    return total if total <= MOST_DEGREE else None


def _degree_of(o: Operator, x: Term) -> int | None:
    """The degree in x of a sum or an integral of a polynomial between ends that are polynomials."""
    if o.kind not in ("sum", "integral") or o.endless:
        return None
    within, outside, *ends = (
        _degree(t, y, o.inner) for t, y in ((o.body, o.variable), (o.body, x), (o.low, x), (o.high, x))
    )
    if within is None or outside is None or None in ends:
        return None
    total = outside + (within + 1) * max(e or 0 for e in ends)
    return total if total <= MOST_DEGREE else None


def _of_polynomial(values: Sequence[Value], low: Value, high: Value) -> Value:
    """The integral of the polynomial that has these values at 0, 1, 2, ..."""
    n = len(values)
    points = fmpq_mat(n, n, [k**j for k in range(n) for j in range(n)])
    coefficients = points.solve(fmpq_mat(n, 1, [v[0, 0] for v in values]))
    a, b = low[0, 0], high[0, 0]
    total = sum((coefficients[j, 0] * (b ** (j + 1) - a ** (j + 1)) / (j + 1) for j in range(n)), 0 * a)
    return fmpq_mat(1, 1, [total])
