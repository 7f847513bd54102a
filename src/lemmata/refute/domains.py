"""Numbers of the kind that was declared: a positive lambda, a natural k, a real entry.

What is drawn is of its kind; what is computed (c = x^T y with a positive c) or made simpler need not be,
and data that are not of their kind are no model, whatever they do to the conclusion.

>>> from flint import fmpq_mat
>>> from lemmata.kernel.term import symbol
>>> c = symbol("c", domain="positive")
>>> [of_kind((c,), Instance({}, {"c": fmpq_mat(1, 1, [q])})).name for q in (1, 0)]
['TRUE', 'FALSE']
"""

from __future__ import annotations

from collections.abc import Iterable

from flint import fmpq_mat

from lemmata.kernel.term import Term, subterms
from lemmata.refute.balls import Balls
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.instance import Instance
from lemmata.refute.rational import precision
from lemmata.refute.system import Irrational, Unsupported
from lemmata.refute.truth import Truth, nonnegative, zero
from lemmata.terms.forms import bound_symbols

__all__ = ["declared", "of_kind"]


def declared(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Symbols and values w(s) whose kind says something about their values: not merely complex."""
    found: dict[Term, None] = {}
    for term in terms:
        bound = {s for t in subterms(term) for s in bound_symbols(t)}
        for t in subterms(term):
            s = t.args[0] if t.head == "at" else t
            speaks = s.head == "symbol" and s.value[3] != "complex"
            if speaks and (t.head != "at" or bound.isdisjoint(subterms(t.args[1]))):
                found[t] = None
    return tuple(found)


def of_kind(values: Iterable[Term], instance: Instance) -> Truth:
    """Are these values of the kinds declared for them?  What has no value here is not looked at."""
    least = Truth.TRUE
    for t in values:
        s = t.args[0] if t.head == "at" else t
        if instance.unit == 1 and s.value[3] == "real":
            continue
        try:
            try:
                found = _kind(t, s.value[3], instance.evaluator())
            except Irrational:
                with precision(256):
                    found = _kind(t, s.value[3], instance.evaluator(Balls()))
        except Unsupported:
            continue
        least = min(least, found)
        if least is Truth.FALSE:
            break
    return least


def _kind(t: Term, domain: str, e: Evaluator) -> Truth:
    value = e.value(t)
    least = Truth.TRUE
    if e.unit == 2:  # a + bi is [[a, -b], [b, a]]: what is real has no b
        for i in range(0, e.size(t.shape[0]) * 2, 2):
            for j in range(0, e.size(t.shape[1]) * 2, 2):
                least = min(least, zero(e.system.part(value, i + 1, i + 2, j, j + 1)))
    if domain == "real" or least is Truth.FALSE:
        return least
    x = e.entry(t)
    if domain == "natural" and (type(x) is not fmpq_mat or x[0, 0].q != 1):
        return Truth.FALSE
    return min(least, nonnegative(x, domain == "positive"))
