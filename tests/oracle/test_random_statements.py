"""Random statements: what the oracle accepts holds at random points, by an evaluation of its own."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import Term, add, inverse, mul, number, symbol
from lemmata.oracle import decide
from lemmata.terms.forms import power, relation

DOMAINS = {"x": "positive", "y": "nonnegative", "z": "real"}
LETTERS = {name: symbol(name, 1, 1, domain) for name, domain in DOMAINS.items()}
SMALL = st.fractions(min_value=-3, max_value=3, max_denominator=4)
POSITIVE = st.fractions(min_value=Fraction(1, 50), max_value=20, max_denominator=50)


def _deeper(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        pairs.map(lambda p: add(*p)), pairs.map(lambda p: mul(*p)), inner.map(lambda a: power(a, 2)),
        inner.map(lambda a: inverse(add(number(1), power(a, 2)))), inner.map(inverse),
    )  # fmt: skip


ATOMS = st.one_of(st.sampled_from(list(LETTERS.values())), SMALL.map(number))
EXPRESSIONS = st.recursive(ATOMS, _deeper, max_leaves=6)


def value(term: Term, point: dict[Term, Fraction]) -> Fraction:
    """The exact value; ZeroDivisionError where there is none."""
    match term.head:
        case "symbol":
            return point[term]
        case "number":
            return Fraction(term.value)
        case "add":
            return sum((value(a, point) for a in term.args), Fraction(0))
        case "mul":
            product = Fraction(1)
            for a in term.args:
                product *= value(a, point)
            return product
        case "inverse":
            return 1 / value(term.args[0], point)
    return value(term.args[0], point) ** int(term.args[1].value)


POINTS = st.lists(
    st.tuples(POSITIVE, st.one_of(st.just(Fraction(0)), POSITIVE), st.one_of(st.just(Fraction(0)), SMALL)),
    min_size=30, max_size=30,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(left=EXPRESSIONS, right=EXPRESSIONS, head=st.sampled_from(["le", "lt", "ne"]), points=POINTS)
def test_an_accepted_inequality_holds_at_random_rational_points(
    left: Term, right: Term, head: str, points: list[tuple[Fraction, ...]]
) -> None:
    assume(decide(Statement((), relation(head, left, right)), seconds=0.5).holds is True)
    for numbers in points:
        point = dict(zip(LETTERS.values(), numbers, strict=True))
        a, b = value(left, point), value(right, point)
        assert {"le": a <= b, "lt": a < b, "ne": a != b}[head]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(left=EXPRESSIONS, bound=EXPRESSIONS, points=POINTS)
def test_an_accepted_consequence_holds_where_its_hypothesis_does(
    left: Term, bound: Term, points: list[tuple[Fraction, ...]]
) -> None:
    hypothesis = relation("le", left, bound)
    doubled = relation("le", add(left, left), add(bound, bound, power(left, 2)))
    found = decide(Statement((hypothesis,), doubled), seconds=0.5)
    assume(found.holds is True)
    for numbers in points:
        point = dict(zip(LETTERS.values(), numbers, strict=True))
        try:
            a, b = value(left, point), value(bound, point)
        except ZeroDivisionError:
            continue
        assert a > b or 2 * a <= 2 * b + a * a
